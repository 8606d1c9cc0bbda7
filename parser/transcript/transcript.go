package transcript

import (
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// Container is how the text was packed.
type Container uint8

const (
	Text Container = iota
	Gzip
	UTF16
	Pcap
	PcapNG
	Hexdump // hexdump -C, xxd, od
)

// String is the name in a Document's source.container.
func (c Container) String() string {
	switch c {
	case Gzip:
		return "gzip"
	case UTF16:
		return "utf-16"
	case Pcap:
		return "pcap"
	case PcapNG:
		return "pcapng"
	case Hexdump:
		return "hexdump"
	}
	return "text"
}

// Options choose how to read; the zero value detects everything.
type Options struct {
	Format string // a format's id; empty: detect
	Swap   bool   // exchange the two sides
	Limit  int    // bytes that a container may unpack to; 0: default
}

// Guess is a format with its confidence, 0 to 1.
type Guess struct {
	ID         string
	Confidence float32
}

// Conn is one connection of the transcript.
type Conn struct {
	ID   uint32
	Host string // peer or account as the log names it, may be empty
	Key  string // what told it apart: pointer, fd, session id, stream; may be empty
}

// Kind is what a message of the transcript is, before the grammar sees it.
type Kind uint8

const (
	Wire   Kind = iota // IMAP: a command, a response, a continuation, a SASL line, DONE
	Noise              // text that is no IMAP: log lines, prompts, comments
	Info               // a log's own statement about the connection: connect, close, TLS
	Octets             // literal octets that have no owner
	Opaque             // bytes after TLS, COMPRESS or a SASL layer began
)

// LiteralState is what became of a literal's octets in the paste.
type LiteralState uint8

const (
	Present LiteralState = iota
	Repaired
	Elided
	Masked
)

var literalStateNames = [...]string{"present", "repaired", "elided", "masked"}

// String is the state's stable id.
func (s LiteralState) String() string { return literalStateNames[min(s, Masked)] }

// Literal is one literal of a message.
type Literal struct {
	Head      wire.Span // its header {n} in Wire
	Octets    wire.Span // its octets in Wire
	Announced uint64
	Found     uint64 // octets found in the paste, before repair
	State     LiteralState
	Partial   bool   // the paste ends inside
	Reason    string // stable kebab id of the reason with its numbers, explain words it
}

// Run maps WireLen bytes of a message to SrcLen bytes of the text. Equal lengths map byte by byte; WireLen > 0 with SrcLen 0 was restored;
// otherwise the run is one unit (an escape, an entity).
type Run struct{ Wire, WireLen, Src, SrcLen uint32 }

// Message is one message with its place.
type Message struct {
	Conn     uint32
	Kind     Kind
	Mode     wire.Mode // how Wire is to be parsed when Side is Client
	Side     wire.Side // 0: none
	SideSure bool
	Why      []Why
	Span     wire.Span // whole lines in the text, log prefix and line end included
	Line     uint32    // 1-based line of Span.Start; only LF ends a line: a CR alone is an octet of it
	Wire     []byte    // reconstructed wire bytes, literals with the octets that are there; may alias the text
	Runs     []Run     // nil: Wire is the text's Span itself
	Literals []Literal
	Faithful bool // the format prints bytes as they were: a wrong literal length is the sender's fault
	Time     time.Time

	// Rewritten: the format prints the message anew from what its program had parsed. Which form its strings have, the blanks between them and their charset
	// are that program's choice, not the sender's.
	Rewritten bool

	Short bool // the log shows only the beginning of one of its lines
}

// Transcript is a whole paste, read.
type Transcript struct {
	Container Container
	Text      []byte // what positions count in: the paste itself, or what was unpacked from it
	Format    string // the format's id; empty when nothing looks like IMAP
	Guesses   []Guess
	Conns     []Conn
	Messages  []Message // in the order of their first bytes
}

// Read reads a whole paste. It never fails: what is no IMAP comes back as noise. Messages may alias src.
func Read(src []byte, o Options) *Transcript {
	s := Open(src, o)
	t := &Transcript{Container: s.container, Text: s.text}
	for m := (Message{}); s.Next(&m); {
		t.Messages = append(t.Messages, m)
	}
	t.Format, t.Guesses, t.Conns = s.Format(), s.Guesses(), s.Conns()
	return t
}
