package annotate

import (
	"sort"
	"time"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Options choose how a text is read; the zero value detects everything.
type Options struct {
	Format string // id of a log format; empty: detect it
	Swap   bool   // exchange the two sides
	Limit  int    // octets that a container may unpack to; 0: transcript's default
}

// None is the id of no message.
const None = ^uint32(0)

// Kind is what a message of a Document is.
type Kind uint8

const (
	Noise        Kind = iota // no IMAP: other lines of the log, and what a log says about the connection
	Greeting                 // the server's first response
	Command                  // a client's command, literals included
	Continuation             // a server's "+"
	Data                     // an untagged response that carries data
	Status                   // OK, NO, BAD, PREAUTH or BYE, tagged or not
	Auth                     // a client's line of a SASL exchange
	IdleDone                 // DONE
	Literal                  // octets that have no owner
	Opaque                   // octets after TLS, COMPRESS or a SASL layer began
)

var kindNames = [...]string{"noise", "greeting", "command", "continuation", "data", "status", "auth", "idle-done", "literal", "opaque"}

// String is the kind's name in the JSON form.
func (k Kind) String() string { return kindNames[k] }

// Message is one message with everything that is kept of it. Its id is its index in Document.Messages.
type Message struct {
	ID         uint32
	Conn       uint32
	Kind       Kind
	Side       wire.Side // 0: none
	SideSure   bool
	SideWhy    []transcript.Why
	Start, End int    // whole lines in the text, log prefix and line end included
	Line       uint32 // 1-based line of Start
	Wire       []byte // reconstructed wire bytes; may alias the text; never change them
	Runs       []transcript.Run
	Literals   []transcript.Literal

	Name       string // command, response or data name in capitals: "FETCH", "UID FETCH", "OK"; empty where there is none
	Tag        wire.Span
	Status     wire.Status // of a status response; 0: none
	Answers    uint32      // the command that this answers or belongs to; None
	AnsweredBy uint32      // the tagged response that completes this command; None
	State      session.State
	Mailbox    string        // decoded name of the mailbox that is selected after this message
	Time       time.Time     // zero: unknown
	Latency    time.Duration // from the command to this tagged response; 0: unknown
	Err        *parser.Error // set where lenient parsing, with repairs applied, failed

	Diagnostics []Diagnostic    // what is found at this message, in order of place
	Secrets     []redact.Secret // spans in Wire

	source transcript.Kind
	mode   wire.Mode  // how Wire is read when a client sent it
	wire   wire.State // the connection's state before the message, as the grammar needs it
}

// Diagnostic is a finding with its place in the text.
type Diagnostic struct {
	diagnose.Finding
	Start, End int
	cause      uint32           // the message that made it known; None: the end of the connection
	plain      diagnose.Finding // before it was attributed to a product that was recognized later
}

// Connection is one connection of the text and who talks on it.
type Connection struct {
	transcript.Conn
	Server, Client string              // product ids; empty while nothing told them
	Why            []string            // the evidence
	Caps           []session.CapChange // not of a connection that ended while it was streamed
}

// Document is an annotated text.
type Document struct {
	Text        []byte // what was annotated: the source, or what its container held
	Container   transcript.Container
	Format      string
	Connections []Connection
	Messages    []Message // in order of Start

	// Problem says why little or nothing was found: empty, binary, other-protocol, no-imap, too-large; or "". Detail names what was found instead.
	Problem, Detail string

	options   Options
	source    []byte
	annotator *Annotator
	reader    *parser.Parser // for Parse and Tree, made when first needed
	edits     int            // so many were made
}

// Octets of the source that the Document was made from, before its container was undone.
func (d *Document) Source() []byte { return d.source }

// Options that the Document was made with.
func (d *Document) Options() Options { return d.options }

// At is the message whose lines hold offset off of the text, or nil. Where messages share a line it is the first whose bytes reach off.
func (d *Document) At(off int) *Message {
	i := sort.Search(len(d.Messages), func(i int) bool { return d.Messages[i].Start > off })
	var best *Message
	// A command with synchronizing literals spans the lines of its pieces and of the "+" between them, so the nearest start need not hold off.
	for steps := 0; i > 0 && steps < 64; steps++ {
		i--
		m := &d.Messages[i]
		if off >= m.End && !(off == m.End && off == len(d.Text)) {
			continue
		}
		if m.Holds(off) {
			return m
		}
		if best == nil {
			best = m
		}
	}
	return best
}

// Parse reads message m again. The value, the error and the notes are valid until the next Parse or Tree.
func (d *Document) Parse(m *Message) (imap.Message, []parser.Note, error) {
	if d.reader == nil {
		d.reader = &parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}
	}
	d.reader.Tree = nil
	value, err := readMessage(d.reader, m)
	return value, d.reader.Notes, err
}

// Tree reads message m again and returns its tree, made in into if that is not nil. A message that is no IMAP has an empty tree.
func (d *Document) Tree(m *Message, into *syntax.Tree) *syntax.Tree {
	if into == nil {
		into = new(syntax.Tree)
	}
	if d.reader == nil {
		d.reader = &parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}
	}
	into.Reset()
	d.reader.Tree = into
	readMessage(d.reader, m)
	d.reader.Tree = nil
	return into
}

// AppendSummary appends one sentence about m, in the language of words, to dst.
func (d *Document) AppendSummary(dst []byte, m *Message, words *explain.Table) []byte {
	value, _, _ := d.Parse(m)
	return appendSummary(dst, m, value, words)
}

// Generated tells whether Text is no part of the source: a capture's conversation, written as C: and S: lines.
func (d *Document) Generated() bool {
	return d.Container == transcript.Pcap || d.Container == transcript.PcapNG
}

// Confidence is how sure the format is, 0 to 1.
func (d *Document) Confidence() float32 { return d.annotator.scan.Confidence() }

// Guesses are all formats that fit, best first. They are looked for when they are first asked for.
func (d *Document) Guesses() []transcript.Guess { return d.annotator.scan.Guesses() }

// Secret tells whether s lies within something secret.
func (m *Message) Secret(s wire.Span) bool {
	for i := range m.Secrets {
		if s.Len() > 0 && m.Secrets[i].Span.Contains(s) {
			return true
		}
	}
	return false
}

// LiteralIn is the first literal with octets that begins in s, or whose octets do; nil if there is none.
func (m *Message) LiteralIn(s wire.Span) *transcript.Literal {
	for i := range m.Literals {
		l := &m.Literals[i]
		if l.Octets.Len() > 0 && (s.Start <= l.Head.Start && l.Head.Start < s.End || s.Start <= l.Octets.Start && l.Octets.Start < s.End) {
			return l
		}
	}
	return nil
}
