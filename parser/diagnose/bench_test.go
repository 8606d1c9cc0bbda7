package diagnose_test

import (
	"strings"
	"testing"

	"github.com/imapwire/imapwire/parser"
	. "github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// BenchmarkSession examines messages of a common session, already parsed and followed: what a Doctor adds to both.
func BenchmarkSession(b *testing.B) {
	for _, bm := range []struct{ name, line string }{
		{"fetch-flags", `* 2 FETCH (UID 55 FLAGS (\Seen $Forwarded))`},
		{"fetch-envelope", `* 2 FETCH (UID 55 ENVELOPE ("Mon, 5 Jan 2026 09:15:00 +0000" "Hello" (("A" NIL "a" "example.org")) (("A" NIL "a" "example.org")) NIL (("B" NIL "b" "example.org")) NIL NIL NIL "<m@example.org>"))`},
		{"list", `* LIST (\HasNoChildren) "/" "Work/Projects"`},
		{"tagged", "A7 OK Fetch completed (0.001 + 0.000 secs)."},
	} {
		b.Run(bm.name, func(b *testing.B) {
			var p parser.Parser
			var d Doctor
			var t session.Tracker
			for i, line := range strings.Split("* OK [CAPABILITY IMAP4rev1 IDLE] Dovecot ready\r\n|* 10 EXISTS\r\n|"+bm.line+"\r\n", "|") {
				r, err := p.Response([]byte(line))
				if err != nil {
					b.Fatal(err)
				}
				e := session.Event{ID: uint32(i)}
				e.Response = r
				m := transcript.Message{Side: wire.Server, Wire: []byte(line), Faithful: true}
				c := Case{Message: &m, Event: &e, Tracker: &t}
				c.Effect = t.Feed(&e)
				var out []Finding
				if i < 2 {
					d.Feed(&c, nil)
					continue
				}
				b.SetBytes(int64(len(line)))
				b.ReportAllocs()
				for b.Loop() {
					out = d.Feed(&c, out[:0])
				}
			}
		})
	}
}
