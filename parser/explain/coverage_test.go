package explain_test

import (
	"strings"
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
)

// spelled calls yield with the spelling of each member of an enumeration.
func spelled[T ~uint8 | ~uint16](of func(T) string, yield func(string)) {
	for i := range 250 {
		if s := of(T(i)); s != "" {
			yield(s)
		}
	}
}

// Everything that the library has a name for has words.
func TestCoverage(t *testing.T) {
	table := words.English()
	need := func(topic explain.Topic) func(string) {
		return func(id string) {
			if _, ok := table.Entry(topic, id); !ok {
				t.Errorf("%s: no words for %q", topic, id)
			}
		}
	}
	for k := syntax.Kind(0); ; k++ {
		if k.String() == "" || k.String() == "unknown" || strings.HasPrefix(k.String(), "kind(") {
			break
		}
		need(explain.Kinds)(k.String())
	}
	spelled(imap.CommandName.String, need(explain.Commands))
	spelled(imap.CodeName.String, func(s string) { need(explain.Codes)(s) })
	spelled(imap.ResponseName.String, need(explain.Responses))
	spelled(imap.AttName.String, need(explain.Items))
	spelled(imap.StatusAtt.String, need(explain.StatusItems))
	spelled(imap.KnownFlag.String, need(explain.Flags))
	spelled(imap.SearchOp.String, func(s string) {
		if s != "(" && s != "" {
			need(explain.Keys)(s)
		}
	})
	spelled(imap.Cap.String, func(s string) {
		if mechanism, ok := strings.CutPrefix(s, "AUTH="); ok && mechanism != "" {
			need(explain.Mechanisms)(mechanism)
			return
		}
		need(explain.Capabilities)(s)
	})
	spelled(parser.ErrorCode.ID, need(explain.Errors))
	for x := range parser.Lenient.All() {
		need(explain.Quirks)(x.ID())
	}
	need(explain.Quirks)(parser.QuirkNone.ID())
	for _, r := range diagnose.Registry() {
		need(explain.Diagnostics)(r.ID)
	}
	for s := session.Greeting; s <= session.Opaque; s++ {
		need(explain.States)(s.String())
	}
	for w := transcript.ByNothing; w.String() != "unknown"; w++ {
		need(explain.Sides)(w.String())
	}
}
