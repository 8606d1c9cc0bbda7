package session_test

import (
	"bytes"
	"testing"

	"github.com/imapwire/imapwire/parser"
	. "github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// FuzzFeed (P12): a Tracker takes any messages in any order without panic, and a copy of it does the same as the original.
func FuzzFeed(f *testing.F) {
	for _, s := range []string{
		login, inbox,
		inbox + "C: a IDLE\nS: + \nS: * 3 EXPUNGE\nC: DONE\nS: a OK\n",
		inbox + "C: a UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 5)\nS: * VANISHED 5:4294967295\nS: * 4294967295 EXISTS\nS: * 1 EXPUNGE\n",
		"S: * OK\nC: a AUTHENTICATE PLAIN\nS: +\nC: *\nS: a BAD\nC: a STARTTLS\nS: a OK\nS: * BYE\nS: * OK\n",
		"C: a ENABLE QRESYNC UIDONLY\nS: * ENABLED\nS: a OK\nC: a SELECT x (QRESYNC (1 2))\nS: * OK [CLOSED]\nS: a OK\nS: * 5 UIDFETCH (FLAGS ())\n",
		"C: a APPEND x {3}\nS: + \nS: a NO\nC: a COMPRESS DEFLATE\nS: a OK\nC: b UNAUTHENTICATE\nS: b OK\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var p, q parser.Parser
		p.Quirks, q.Quirks = parser.Lenient, parser.Lenient
		var one Tracker
		id := uint32(0)
		for line := range bytes.Lines(text) {
			line = bytes.TrimLeft(line, "\t")
			side, partial := wire.Server, false
			switch {
			case bytes.HasPrefix(line, []byte("C: ")):
				side, line = wire.Client, line[3:]
				partial = bytes.HasSuffix(line, []byte("}\n"))
			case bytes.HasPrefix(line, []byte("S: ")):
				line = line[3:]
			}
			w := one.Wire()
			p.UTF8, p.UIDOnly = w.UTF8, w.UIDOnly
			m, err := p.Message(line, side, w.Mode)
			e := Event{Message: m, Side: side, Err: err, Partial: partial, ID: id, Syncs: uint8(len(line) & 3)}
			id++
			two := one
			a, b := one.Feed(&e), two.Feed(&e)
			if a != b || one.State() != two.State() || one.Outstanding() != two.Outstanding() || one.Wire() != two.Wire() {
				t.Fatalf("a copy did %+v, the original %+v", b, a)
			}
			if a.After != one.State() {
				t.Fatalf("the effect says %v, the tracker %v", a.After, one.State())
			}
			one.UID(id)
			one.Seq(id)
		}
	})
}
