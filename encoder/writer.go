package encoder

import (
	"bufio"
	"errors"
	"io"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// Writer writes one side of a connection. Its methods may not be called from two goroutines at once.
type Writer struct {
	Options
	// Wait is called where a command has to wait before the octets of a literal: all before them has been flushed. It reads until the server's "+"
	// and returns nil, or an error, typically made from the command's tagged NO or BAD: the command ends there, and its method returns the error.
	Wait func() error

	w   *bufio.Writer
	buf Buffer
}

var errNoWait = errors.New("encoder: a literal has to wait, and Wait is nil")

// NewWriter returns a Writer to w, with the zero Options.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

// Reset makes the Writer write to w, with nothing buffered: after STARTTLS or COMPRESS.
func (w *Writer) Reset(to io.Writer) { w.w.Reset(to) }

// Command writes and flushes a command. bodies deliver the octets of its detached literals, in order, one each. If a value can't be written, or
// the number of bodies is wrong, nothing is sent; if a reader gives too few octets, the connection is of no more use.
func (w *Writer) Command(c *imap.Command, bodies ...io.Reader) error {
	w.prepare()
	if err := w.buf.Command(c); err != nil {
		return err
	}
	if err := w.send(bodies); err != nil {
		return err
	}
	return w.w.Flush()
}

// Response writes a response; it stays buffered until Flush. bodies are as in Command.
func (w *Writer) Response(r *imap.Response, bodies ...io.Reader) error {
	w.prepare()
	if err := w.buf.Response(r); err != nil {
		return err
	}
	return w.send(bodies)
}

func (w *Writer) prepare() {
	w.buf.Reset()
	w.buf.Options, w.buf.lend = w.Options, true
}

// send writes what the buffer holds, with what was lent and the bodies in their places.
func (w *Writer) send(bodies []io.Reader) error {
	defer clear(w.buf.marks) // nothing is kept of what was lent
	streams, waits := 0, false
	for i := range w.buf.marks {
		if w.buf.marks[i].stream > 0 {
			streams++
		}
		waits = waits || w.buf.marks[i].wait
	}
	if streams != len(bodies) {
		return &Error{Err: ErrStream}
	}
	if waits && w.Wait == nil {
		return errNoWait
	}
	at := 0
	for i := range w.buf.marks {
		m := &w.buf.marks[i]
		if _, err := w.w.Write(w.buf.b[at:m.at]); err != nil {
			return err
		}
		at = m.at
		if m.wait {
			if err := w.w.Flush(); err != nil {
				return err
			}
			if err := w.Wait(); err != nil {
				return err
			}
		}
		if _, err := w.w.Write(m.lent); err != nil {
			return err
		}
		if m.stream > 0 {
			if err := w.stream(bodies[0], int64(m.stream)); err != nil {
				return err
			}
			bodies = bodies[1:]
		}
	}
	_, err := w.w.Write(w.buf.b[at:])
	return err
}

// stream writes the size octets that r has to give.
func (w *Writer) stream(r io.Reader, size int64) error {
	n, err := io.CopyN(w.w, r, size)
	if err == io.EOF || err == nil && n < size {
		err = ErrSize
	}
	return err
}

// Status writes a status response; tag nil is untagged. It stays buffered until Flush.
func (w *Writer) Status(tag imap.Tag, s imap.Status, code *imap.Code, text string) error {
	r := imap.Response{Name: imap.RespState, Tag: tag, Status: s, Code: code, Text: []byte(text)}
	if tag != nil {
		r.Kind = imap.Tagged
	}
	return w.Response(&r)
}

// Continue writes and flushes a "+" with a text for people.
func (w *Writer) Continue(text string) error {
	return w.respondNow(&imap.Response{Kind: imap.Continue, Name: imap.RespState, Text: []byte(text)})
}

// Challenge writes and flushes a "+" with b in base64: a SASL challenge (RFC 9051 §6.2.2). An empty one is "+" and a space.
func (w *Writer) Challenge(b []byte) error {
	return w.respondNow(&imap.Response{Kind: imap.Continue, Name: imap.RespState, Text: imap.AuthDataOf(b).Raw})
}

func (w *Writer) respondNow(r *imap.Response) error {
	if err := w.Response(r); err != nil {
		return err
	}
	return w.w.Flush()
}

// Auth writes and flushes a client line of a SASL exchange.
func (w *Writer) Auth(a imap.AuthData) error {
	line, err := AppendAuth(w.buf.b[:0], a)
	if err != nil {
		return err
	}
	return w.line(line)
}

// Done writes and flushes DONE, which ends IDLE (RFC 2177 §3).
func (w *Writer) Done() error { return w.line(append(w.buf.b[:0], "DONE\r\n"...)) }

func (w *Writer) line(b []byte) error {
	w.buf.b, w.buf.marks = b, w.buf.marks[:0]
	if _, err := w.w.Write(b); err != nil {
		return err
	}
	return w.w.Flush()
}

// Flush sends what is buffered.
func (w *Writer) Flush() error { return w.w.Flush() }

// AppendAuth appends a client line of a SASL exchange, CRLF included: base64, "*" to give up, or nothing (RFC 9051 §6.2.2).
func AppendAuth(dst []byte, a imap.AuthData) ([]byte, error) {
	switch {
	case a.Cancel && len(a.Raw) > 0:
		return dst, &Error{Path: "Raw", Err: ErrField}
	case a.Cancel:
		dst = append(dst, '*')
	case len(a.Raw) > 0 && wire.ConsumeBase64(a.Raw) != len(a.Raw):
		return dst, &Error{Path: "Raw", Err: ErrBase64}
	default:
		dst = append(dst, a.Raw...)
	}
	return append(dst, '\r', '\n'), nil
}
