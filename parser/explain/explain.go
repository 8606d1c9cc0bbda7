// Package explain has the words: what every construct of IMAP is, in one sentence and in a paragraph, with its RFC and ABNF rule, per language.
package explain

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// Topic is a family of ids. Ids are unique within a topic.
type Topic uint8

const (
	Kinds Topic = iota // syntax.Kind, by its String
	Commands
	Responses
	Codes
	Items // FETCH items of requests and data, STATUS items
	Keys  // search keys, sort keys
	Flags // flags, keywords and mailbox attributes
	Capabilities
	Mechanisms
	Errors      // parser.ErrorCode ids
	Quirks      // parser.Quirk ids
	Diagnostics // diagnose ids
	States
	Sides   // why a side was chosen
	Repairs // why a literal was repaired
)

// Entry is what there is to say about one id. Empty fields have nothing to say.
type Entry struct {
	Short, Long    string // one sentence; a paragraph with the why and the pitfalls. For diagnostics: title and body
	Client, Server string // what the author of a client, of a server should do
	ABNF           string // the rule, as its RFC writes it
	RFC, Section   string // "RFC 9051", "7.5.2"
}

// Table is the words of one language.
type Table struct{}

// Entry looks id up, folding ASCII case.
func (t *Table) Entry(topic Topic, id string) (Entry, bool) { panic("unbuilt") }

// Token is the entry that says most about a node: that of the flag \Seen rather than that of flags. src is the message.
func (t *Table) Token(tree *syntax.Tree, id syntax.ID, src []byte) (Entry, bool) { panic("unbuilt") }

// AppendSummary appends one plain sentence about m, with its real arguments, to dst.
func (t *Table) AppendSummary(dst []byte, m imap.Message) []byte { panic("unbuilt") }

// Fill appends text with {0}, {1}, … replaced by args to dst.
func Fill(dst []byte, text string, args []string) []byte { panic("unbuilt") }

// Load reads a compiled table, as Compile writes it. An error names the offset and what was expected there.
func Load(b []byte) (*Table, error) { panic("unbuilt") }
