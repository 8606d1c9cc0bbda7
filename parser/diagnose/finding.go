package diagnose

import (
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Severity of a finding. Error breaks the protocol, Quirk is a known deviation of a named product, Warning is legal but harmful, Hint could be better.
type Severity uint8

// The severities, ascending.
const (
	Hint Severity = iota + 1
	Warning
	Quirk
	Error
)

// String is the word of the document's JSON.
func (s Severity) String() string {
	switch s {
	case Hint:
		return "hint"
	case Warning:
		return "warning"
	case Quirk:
		return "quirk"
	case Error:
		return "error"
	}
	return ""
}

// Finding is one diagnosis with its evidence.
type Finding struct {
	ID         string    // stable kebab id; its words are explain's: among the diagnostics, else the quirks, else the errors
	Severity   Severity  // Quirk where the evidence names a product that is known for it
	Message    uint32    // the message that shows it
	Span       wire.Span // evidence in that message's wire bytes
	Related    []uint32  // other messages that belong to the evidence
	Producer   string    // product, when the evidence names one
	Confidence float32   // 0 to 1, of Producer or of the finding itself
	Args       []string  // fill {0}, {1}, … in the words

	side wire.Side // who did it
}

// Case is one message of the connection with all that is known about it. It is only read during the call that gets it.
type Case struct {
	Message *transcript.Message
	Event   *session.Event   // as it was fed to the Tracker; its ID names the message in findings
	Effect  session.Effect   // what the Tracker said
	Tracker *session.Tracker // after the event
	Notes   []parser.Note    // what the grammar forgave
	Host    string           // the server's name, with its port or without, if the log has it; may be empty
}
