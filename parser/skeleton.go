package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
	"io"
)

// Reader reads one side of a connection. The method called says the side and the mode: there is no mode to set and to forget.
type Reader struct {
	Parser    Parser                 // its Options, Limits, Tree, Notes; not embedded: Reader.Command beside ReadCommand would be a trap
	OnLiteral func(l *Literal) error // before the octets of each literal. Nil, or l not read: they are kept in the message, up to Limits.Literal
	Continue  func() error           // a client waits for "+" and will get it: a server sends it and flushes
	State     func() wire.State      // for ReadMessage: asked when the first byte of a message, or the first after a synchronizing header, has come, never before
}

func NewReader(src io.Reader) *Reader                              { panic("unbuilt") }
func (r *Reader) Reset(src io.Reader)                              { panic("unbuilt") }
func (r *Reader) ReadResponse() (*imap.Response, error)            { panic("unbuilt") } // Reset: after STARTTLS, COMPRESS
func (r *Reader) ReadCommand() (*imap.Command, error)              { panic("unbuilt") }
func (r *Reader) ReadAuthLine() (imap.AuthData, error)             { panic("unbuilt") }
func (r *Reader) ReadIdleDone() error                              { panic("unbuilt") }
func (r *Reader) ReadMessage(side wire.Side) (imap.Message, error) { panic("unbuilt") } // for those who watch; ErrOpaque: nothing was taken, see Buffered
func (r *Reader) Bytes() []byte                                    { panic("unbuilt") }
func (r *Reader) Offset() int64                                    { panic("unbuilt") }
func (r *Reader) Buffered() []byte                                 { panic("unbuilt") } // the message last read (nil if the source failed), its place in the stream, bytes read ahead (must be none at STARTTLS)
// An error of the source (a deadline) loses nothing: call again. After any other error the reader stands at the next message.
// Literal is one whose octets are still to come. To read from it takes them out of the message (String.Detached); what is left unread then is dropped. If the other side refuses it (State), Read ends and so does the message, with ErrTruncated.
// To return an error without reading refuses it: no "+" is sent and the message ends there; after "{n+}" octets and rest are read and dropped. The Read method returns that error with the command so far.
type Literal struct {
	wire.LiteralHeader
	Head []byte
}

func (l *Literal) Read(p []byte) (int, error)        { panic("unbuilt") } // Head: the message up to here
func (l *Literal) Command() (*imap.Command, error)   { panic("unbuilt") }
func (l *Literal) Response() (*imap.Response, error) { panic("unbuilt") } // what is said so far; an error is final: refuse before 50 MB are sent
