package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"io"
	"iter"
)

type LiteralMode uint8

const (
	Sync LiteralMode = iota
	Minus
	Plus
)

type Options struct {
	Literals       LiteralMode
	UTF8, Verbatim bool
}

func OptionsFor(caps imap.CapSet) Options                                    { panic("unbuilt") } // UTF8 stays off: it needs ENABLE, not the capability
func AppendCommand(dst []byte, c *imap.Command, o Options) ([]byte, error)   { panic("unbuilt") }
func AppendResponse(dst []byte, r *imap.Response, o Options) ([]byte, error) { panic("unbuilt") } // a Detached string is an Error here
type Segment struct {
	Bytes  []byte
	Wait   bool
	Stream uint32
} // Bytes, then wait for "+", then Stream octets of the next reader
type Buffer struct{ Options }

func (w *Buffer) Command(c *imap.Command) error   { panic("unbuilt") }
func (w *Buffer) Response(r *imap.Response) error { panic("unbuilt") }
func (w *Buffer) Segments() iter.Seq[Segment]     { panic("unbuilt") }
func (w *Buffer) Reset()                          { panic("unbuilt") }

type Writer struct {
	Options
	Wait func() error
}

func NewWriter(w io.Writer) *Writer                                    { panic("unbuilt") } // Wait: all is flushed, read until "+"; its error (the tagged NO) ends the command and is returned
func (w *Writer) Command(c *imap.Command, bodies ...io.Reader) error   { panic("unbuilt") }
func (w *Writer) Response(r *imap.Response, bodies ...io.Reader) error { panic("unbuilt") } // a reader per Stream, in order, counted before a byte is sent
func (w *Writer) Status(tag imap.Tag, s imap.Status, code *imap.Code, text string) error {
	panic("unbuilt")
}                                            // tag nil: untagged
func (w *Writer) Continue(text string) error { panic("unbuilt") }
func (w *Writer) Challenge(b []byte) error   { panic("unbuilt") }
func (w *Writer) Auth(a imap.AuthData) error { panic("unbuilt") }
func (w *Writer) Done() error                { panic("unbuilt") }
func (w *Writer) Flush() error               { panic("unbuilt") } // these and Command flush
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { panic("unbuilt") }
func (e *Error) Unwrap() error { panic("unbuilt") } // "Args.Messages[1].Data"
