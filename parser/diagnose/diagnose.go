// Package diagnose finds what is wrong, odd or could be better in a session, and whose doing it is.
package diagnose

import "github.com/imapwire/imapwire/parser/wire"

// Severity of a finding. Error breaks the protocol, Quirk is a known deviation of a named product, Warning is legal but harmful, Hint could be better.
type Severity uint8

const (
	Hint Severity = iota + 1
	Warning
	Quirk
	Error
)

// Finding is one diagnosis with its evidence.
type Finding struct {
	ID         string // stable kebab id; its words are explain's
	Severity   Severity
	Message    uint32    // the message that shows it
	Span       wire.Span // evidence in that message's wire bytes
	Related    []uint32  // other messages that belong to the evidence
	Producer   string    // product, when the evidence names one
	Confidence float32   // 0 to 1, of Producer or of the finding itself
	Args       []string  // fill {0}, {1}, … in the words
}
