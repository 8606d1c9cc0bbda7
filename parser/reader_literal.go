package parser

import (
	"errors"
	"io"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// Literal is a literal whose octets are still to come. To read from it takes them out of the message (imap.String.Detached); what is left
// unread then is dropped. If the other side refuses it (wire.State), Read ends and so does the message, with ErrTruncated.
//
// To return an error from OnLiteral without reading refuses it: no "+" is sent and the message ends there; after "{n+}" octets and rest are
// read and dropped. The Read method of the Reader returns that error with the command so far. A Literal is good during OnLiteral only.
type Literal struct {
	wire.LiteralHeader
	Head []byte // the message up to here

	r      *Reader
	state  literalState
	told   bool   // OnLiteral has been called
	sync   bool   // the sender waits for "+"
	left   uint64 // octets that were not read yet
	taken  int    // octets that were read out of the buffer, and still stand there
	failed error  // of the source, while OnLiteral was reading
}

type literalState uint8

const (
	literalNone    literalState = iota // no literal is open
	literalWaiting                     // nobody has asked for the octets yet
	literalKept                        // they belong to the message
	literalRead                        // they are read out of it
	literalRefused                     // the other side doesn't want them
)

// Command is what the command says so far. An error is final: the octets can be refused before 50 MB are sent.
func (l *Literal) Command() (*imap.Command, error) {
	m, err := l.message(wire.Client)
	return m.Command, err
}

// Response is what the response says so far. An error is final.
func (l *Literal) Response() (*imap.Response, error) {
	m, err := l.message(wire.Server)
	return m.Response, err
}

func (l *Literal) message(side wire.Side) (imap.Message, error) {
	if l.r == nil {
		return imap.Message{}, errLiteralOver
	}
	m, err := l.r.parse(l.Head, side)
	if errors.Is(err, ErrTruncated) {
		err = nil
	}
	return m, err
}

var errLiteralOver = errors.New("imap: the literal is used after OnLiteral has returned")

// Read reads octets of the literal. The first call takes it out of the message and, as a server, sends the "+" that the client waits for.
func (l *Literal) Read(b []byte) (int, error) {
	r := l.r
	if r == nil {
		return 0, errLiteralOver
	}
	if l.state == literalWaiting {
		if err := l.ask(literalRead); err != nil {
			l.failed = err
			return 0, err
		}
	}
	if l.state == literalRefused || l.left == 0 {
		return 0, io.EOF
	}
	if uint64(len(b)) > l.left {
		b = b[:l.left]
	}
	// What is buffered comes first; then the source fills b itself.
	n := copy(b, r.buf[r.pos+len(l.Head)+l.taken:])
	l.taken += n
	if n == 0 && len(b) > 0 {
		var err error
		for range emptyReads {
			if n, err = r.src.Read(b); n > 0 || err != nil {
				break
			}
		}
		if n == 0 && err == nil {
			err = io.ErrNoProgress
		}
		if n == 0 && err != nil {
			l.failed = r.sourceError(err)
			return 0, l.failed
		}
	}
	l.left -= uint64(n)
	r.away += int64(n)
	return n, nil
}

// drain drops what was not read.
func (l *Literal) drain() error {
	if l.left == 0 {
		return nil
	}
	rest := make([]byte, firstBuffer)
	for l.left > 0 {
		if _, err := l.Read(rest); err != nil {
			l.failed = nil
			return err
		}
	}
	return nil
}

// ask makes the octets come: "+" is sent, or whoever watches learns whether they will come at all.
func (l *Literal) ask(next literalState) error {
	r := l.r
	if l.sync && r.Continue != nil {
		if err := r.Continue(); err != nil {
			return err
		}
	}
	if l.sync && r.watching && r.State != nil {
		if r.pos+len(l.Head) == len(r.buf) {
			if err := r.fill(); err != nil {
				return err
			}
		}
		if r.State().Refused {
			l.state = literalRefused
			r.framer.Refuse()
			return nil
		}
	}
	l.state = next
	if next == literalRead {
		r.framer.Detach()
		r.detached = append(r.detached, uint32(headerAt(l.Head)))
	}
	return nil
}

// headerAt is the offset of the literal's header at the end of head: of its "{", or of the "~" before it.
func headerAt(head []byte) int {
	k := len(head) - 1
	for k > 0 && head[k] != '{' {
		k--
	}
	if k > 0 && head[k-1] == '~' {
		k--
	}
	return k
}

// literal deals with the literal whose header ends the first n bytes of the message.
func (r *Reader) literal(n int, sync bool) error {
	l := &r.lit
	*l = Literal{LiteralHeader: r.framer.Literal(), Head: r.buf[r.pos : r.pos+n : r.pos+n], r: r, sync: sync, state: literalWaiting}
	l.left = l.Size
	return r.goOn()
}

// goOn tells OnLiteral of the literal and then gets its octets out of the way. After an error of the source it goes on where it was.
func (r *Reader) goOn() error {
	l := &r.lit
	if r.OnLiteral != nil && !l.told {
		l.told, r.fixed = true, true
		err := r.OnLiteral(l)
		switch {
		case l.failed != nil:
			err := l.failed
			l.failed = nil
			return err
		case err != nil && l.state == literalWaiting:
			r.refusal = err
			l.state = literalRefused
			r.framer.Refuse()
		case err != nil:
			r.refusal = err
		}
	}
	if l.state == literalWaiting {
		if l.Size > uint64(r.Parser.Limits.Resolved().Literal) {
			l.state = literalKept // the framer complains
		} else if err := l.ask(literalKept); err != nil {
			return err
		}
	}
	if l.state == literalRead {
		if err := l.drain(); err != nil {
			return err
		}
		at := r.pos + len(l.Head)
		r.buf = r.buf[:at+copy(r.buf[at:], r.buf[at+l.taken:])]
	}
	r.lit = Literal{}
	return nil
}
