package parser

import (
	"errors"
	"io"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// Reader reads one side of a connection, message by message. The method called says the side and the mode: there is no mode to set and to
// forget. It is not for two goroutines at once.
//
// What a method returns is good until the next call of ReadCommand, ReadResponse or ReadMessage; ReadAuthLine and ReadIdleDone disturb
// nothing, so a server still has cmd.Tag when a SASL exchange or IDLE is over.
//
// An error of the source (a deadline, say) loses nothing: call the same method again and it goes on. After any other error the Reader stands
// at the next message.
type Reader struct {
	Parser    Parser                 // its Options, Limits, Tree, Notes; not embedded: Reader.Command beside ReadCommand would be a trap
	OnLiteral func(l *Literal) error // before the octets of each literal. Nil, or l not read: they are kept in the message, up to Limits.Literal
	Continue  func() error           // a client waits for "+" and will get it: a server sends it and flushes
	State     func() wire.State      // for ReadMessage: asked when the first byte of a message, or the first after a synchronizing header, has come, never before

	src    io.Reader
	framer wire.Framer
	buf    []byte
	pos    int   // where the message begins in buf
	size   int   // bytes of the message that was read last, 0 while one is being read
	offset int64 // place of the message in the stream
	away   int64 // octets of its detached literals

	begun    bool     // the message's first byte was looked at: the framer has its mode
	fixed    bool     // values may point into buf: its bytes must stay where they are
	watching bool     // ReadMessage: nobody here sends "+"
	detached []uint32 // offsets in the message of its detached literals
	lit      Literal  // the literal whose header the framer told last
	refusal  error    // what OnLiteral returned
	failed   bool     // the source failed during the last call
}

// NewReader returns a Reader of src.
func NewReader(src io.Reader) *Reader { return &Reader{src: src} }

// Reset makes the Reader read src, from a message's first byte: after STARTTLS or COMPRESS. What was buffered is dropped; Buffered tells it
// before. Parser, OnLiteral, Continue and State stay.
func (r *Reader) Reset(src io.Reader) {
	*r = Reader{Parser: r.Parser, OnLiteral: r.OnLiteral, Continue: r.Continue, State: r.State, src: src}
}

// ReadResponse reads the next response of a server.
func (r *Reader) ReadResponse() (*imap.Response, error) {
	r.release(true)
	m, err := r.message(wire.Server, wire.ModeCommand)
	return m.Response, err
}

// ReadCommand reads the next command of a client. Its tag is there whenever it could be read, for the BAD that answers a syntax error.
func (r *Reader) ReadCommand() (*imap.Command, error) {
	r.release(true)
	m, err := r.message(wire.Client, wire.ModeCommand)
	return m.Command, err
}

// ReadAuthLine reads the client's next line of a SASL exchange.
func (r *Reader) ReadAuthLine() (imap.AuthData, error) {
	r.release(false)
	m, err := r.message(wire.Client, wire.ModeAuth)
	if m.Auth == nil {
		return imap.AuthData{}, err
	}
	return *m.Auth, err
}

// ReadIdleDone reads the DONE that ends IDLE.
func (r *Reader) ReadIdleDone() error {
	r.release(false)
	_, err := r.message(wire.Client, wire.ModeIdle)
	return err
}

// ReadMessage reads whatever side says next, for those who watch a connection. State, if set, tells what the bytes don't. When it says
// wire.ModeOpaque the error is ErrOpaque, and nothing was taken: see Buffered.
func (r *Reader) ReadMessage(side wire.Side) (imap.Message, error) {
	r.release(true)
	r.watching = true
	return r.message(side, wire.ModeCommand)
}

// Bytes is the message last read, without the octets of literals that were given away; nil if the source failed.
func (r *Reader) Bytes() []byte {
	if r.failed || r.size == 0 {
		return nil
	}
	return r.buf[r.pos : r.pos+r.size : r.pos+r.size]
}

// Offset is the place of that message in the stream.
func (r *Reader) Offset() int64 { return r.offset }

// Buffered is what was read ahead of that message's end. At STARTTLS there must be none (RFC 9051 §6.2.1).
func (r *Reader) Buffered() []byte { return r.buf[r.pos+r.size:] }

// release lets go of the message that was read last. With move its memory may be used again.
func (r *Reader) release(move bool) {
	r.watching = false
	if r.size > 0 {
		r.skip(r.size)
		r.size = 0
	}
	r.fixed = !move
	if move && r.pos == len(r.buf) {
		r.buf, r.pos = r.buf[:0], 0
	}
}

// skip drops n bytes of the stream, and with them what is known of the message that they were of.
func (r *Reader) skip(n int) {
	r.pos += n
	r.offset += int64(n) + r.away
	r.away = 0
	r.begun, r.refusal = false, nil
	r.detached = r.detached[:0]
	r.lit = Literal{}
}

// message reads a message of side. mode is the client's, unless State knows better.
func (r *Reader) message(side wire.Side, mode wire.Mode) (m imap.Message, err error) {
	r.failed = false
	for {
		if !r.begun {
			if r.pos == len(r.buf) {
				if err := r.fill(); err != nil {
					return m, err
				}
			}
			if err := r.begin(side, mode); err != nil {
				return m, err
			}
		}
		if r.lit.state != literalNone {
			if err := r.goOn(); err != nil {
				return m, err
			}
		}
		n, ev, err := r.framer.Next(r.buf[r.pos:])
		switch ev {
		case wire.NeedMore:
			if err == nil {
				err = r.fill()
			}
			if err != nil {
				return m, err
			}
		case wire.LiteralHead, wire.LiteralSync:
			if err := r.literal(n, ev == wire.LiteralSync); err != nil {
				return m, err
			}
		case wire.FrameEnd:
			r.size = n
			m, err := r.parse(r.buf[r.pos:r.pos+n:r.pos+n], side)
			if r.refusal != nil {
				err = r.refusal
			}
			return m, err
		case wire.Dropped:
			if err != nil {
				r.size = n
				m, _ := r.parse(r.buf[r.pos:r.pos+n:r.pos+n], side)
				return m, r.limitError(err)
			}
			r.skip(n)
		}
	}
}

// begin looks at the first byte of a message: what it is read as depends on the state now.
func (r *Reader) begin(side wire.Side, mode wire.Mode) error {
	if r.watching && r.State != nil {
		s := r.State()
		mode = s.Mode
		r.Parser.UTF8, r.Parser.UIDOnly = s.UTF8, s.UIDOnly
	}
	if mode == wire.ModeOpaque {
		return ErrOpaque
	}
	r.framer.Side, r.framer.Mode, r.framer.Limits = side, mode, r.Parser.Limits
	r.begun = true
	return nil
}

// parse reads the message b, whose detached literals are known.
func (r *Reader) parse(b []byte, side wire.Side) (imap.Message, error) {
	r.Parser.detached = r.detached
	m, err := r.Parser.Message(b, side, r.framer.Mode)
	r.Parser.detached = nil
	if e, ok := errors.AsType[*Error](err); ok {
		e.Base = r.offset
	}
	return m, err
}

// limitError is the Framer's complaint as an Error.
func (r *Reader) limitError(err error) error {
	l, ok := errors.AsType[*wire.LimitError](err)
	if !ok {
		return err
	}
	code := ErrorFrameLimit
	switch l.Limit {
	case wire.LimitLine:
		code = ErrorLineLimit
	case wire.LimitLiteral:
		code = ErrorLiteralLimit
	}
	return &Error{Code: code, Span: spanOf(l.Off, l.Off), Base: r.offset}
}

const (
	firstBuffer = 4096
	emptyReads  = 100 // reads in a row that give nothing before the source is called broken
)

// fill reads more bytes behind those that are there. In a full buffer the message moves to the front if nothing points to it and that makes
// enough room, else a larger one takes its place: what values point to stays as it is.
func (r *Reader) fill() error {
	switch {
	case len(r.buf) < cap(r.buf):
	case !r.fixed && r.pos > cap(r.buf)/2:
		r.buf, r.pos = r.buf[:copy(r.buf, r.buf[r.pos:])], 0
	default:
		size := max(firstBuffer, 2*(len(r.buf)-r.pos))
		buf := make([]byte, len(r.buf)-r.pos, size)
		copy(buf, r.buf[r.pos:])
		r.buf, r.pos = buf, 0
	}
	for range emptyReads {
		n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+n]
		if n > 0 {
			return nil
		}
		if err != nil {
			return r.sourceError(err)
		}
	}
	return r.sourceError(io.ErrNoProgress)
}

// sourceError is err, or io.ErrUnexpectedEOF when the stream ends within a message.
func (r *Reader) sourceError(err error) error {
	r.failed = true
	if err == io.EOF && (r.pos < len(r.buf) || r.begun) {
		return io.ErrUnexpectedEOF
	}
	return err
}
