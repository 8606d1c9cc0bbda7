package wire

import (
	"time"
)

type Span struct{ Start, End uint32 }

func (s Span) Len() int             { panic("unbuilt") }
func (s Span) Of(b []byte) []byte   { panic("unbuilt") }
func (s Span) Contains(t Span) bool { panic("unbuilt") } // half-open byte range
type Side uint8

const (
	Client Side = iota + 1
	Server
)

func (s Side) String() string { panic("unbuilt") } // who sent the bytes
type Mode uint8

const (
	ModeCommand Mode = iota
	ModeAuth
	ModeIdle
	ModeOpaque
) // what the client's next line is. Opaque: TLS, DEFLATE or a SASL layer begins, no IMAP any more
type State struct {
	Mode                   Mode
	Refused, UTF8, UIDOnly bool
}                                                            // what bytes don't tell. Refused: the announced literal was answered NO or BAD, its octets won't come
type Limits struct{ Line, Literal, Frame, Depth, Nodes int } // 0: default, negative: none. The Framer keeps Line, Literal (in memory), Frame
type Event uint8

const (
	NeedMore Event = iota
	LiteralHead
	LiteralSync
	FrameEnd
) // LiteralHead, LiteralSync: buf[:n] ends in a literal's header; after Sync the sender waits for "+"
type LiteralHeader struct {
	Size            uint64
	NonSync, Binary bool
}
type Framer struct {
	Side   Side
	Mode   Mode
	Limits Limits
}                                                              // zero Mode is Command. A frame ends at LF, bare or not, whatever the options: the grammar judges it
func (f *Framer) Next(buf []byte) (n int, ev Event, err error) { panic("unbuilt") }
func (f *Framer) Literal() LiteralHeader                       { panic("unbuilt") } // buf: the message from its first byte; resumes, never rescans. Literal: the header that the last event stopped at
func (f *Framer) Detach()                                      { panic("unbuilt") }
func (f *Framer) Refuse()                                      { panic("unbuilt") }
func (f *Framer) Reset()                                       { panic("unbuilt") } // its octets won't be in buf; or: the message ends here
type Status uint8

const (
	OK Status = iota + 1
	NO
	BAD
	PREAUTH
	BYE
)

func Head(line []byte) (tag, word []byte, status Status) { panic("unbuilt") } // imap.Status is an alias. Head: a lexical peek
// n > 0: length, 0: not this token, < 0: why. Every Consume has its Append.
func ConsumeAtom(b []byte) (n int)                            { panic("unbuilt") }
func ConsumeQuoted(b []byte, utf8 bool) (n int, escaped bool) { panic("unbuilt") }
func ConsumeSequenceSet(b []byte) (n int)                     { panic("unbuilt") }
func ConsumeUint32(b []byte) (v uint32, n int)                { panic("unbuilt") }
func ConsumeUint64(b []byte) (v uint64, n int)                { panic("unbuilt") }
func ConsumeLiteralHeader(b []byte) (h LiteralHeader, n int)  { panic("unbuilt") }
func ConsumeDateTime(b []byte) (t DateTime, n int)            { panic("unbuilt") }
func AppendDateTime(dst []byte, t DateTime) []byte            { panic("unbuilt") }
func AppendQuoted(dst, s []byte) []byte                       { panic("unbuilt") }
func AppendUnquoted(dst, raw []byte) []byte                   { panic("unbuilt") }
func AppendMUTF7(dst, utf8 []byte) []byte                     { panic("unbuilt") }
func AppendMUTF7Decoded(dst, s []byte) ([]byte, error)        { panic("unbuilt") }
func EqualFold(b []byte, s string) bool                       { panic("unbuilt") } // ASCII, no allocation
type DateTime struct {
	Year                       uint16
	Month, Day, Hour, Min, Sec uint8
	Zone                       int16
} // as written, zone in minutes; zero is absent or NIL (Day 0 is no date; Sec 0 of an epoch would be one)
type Date struct {
	Year       uint16
	Month, Day uint8
}

func (d DateTime) IsZero() bool       { panic("unbuilt") }
func (d DateTime) Time() time.Time    { panic("unbuilt") }
func DateTimeOf(t time.Time) DateTime { panic("unbuilt") }
func (d Date) Time() time.Time        { panic("unbuilt") }
func DateOf(t time.Time) Date         { panic("unbuilt") }

// LiteralRepair says that the literal whose header starts at At in a message has Size octets there, whatever its header announces.
// A transcript whose line ends, blanks or bodies were lost states so; the grammar then skips what is really there.
type LiteralRepair struct{ At, Size uint32 }
