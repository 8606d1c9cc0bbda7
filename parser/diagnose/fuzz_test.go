package diagnose_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/imapwire/imapwire/parser"
	. "github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// FuzzDoctor: a Doctor takes any messages in any order without panic; its findings have known ids and spans inside their messages, and a checkpoint
// finds the same as the original.
func FuzzDoctor(f *testing.F) {
	for _, c := range allChecks() {
		if len(c.bad) < 4000 {
			f.Add([]byte(c.bad))
		}
	}
	rules := make(map[string]bool)
	for _, r := range Registry() {
		rules[r.ID] = true
	}
	for c := range parser.ErrorCodes {
		rules[c.ID()] = true
	}
	rules[parser.QuirkNone.ID()] = true
	for q := range parser.Lenient.All() {
		rules[q.ID()] = true
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var d Doctor
		var tracker session.Tracker
		var p parser.Parser
		var sizes []int
		p.Quirks = parser.Lenient
		now := time.Unix(1e9, 0)
		for line := range bytes.Lines(text) {
			m := transcript.Message{Faithful: len(line)&1 == 0}
			line = bytes.TrimLeft(line, "\t")
			switch {
			case bytes.HasPrefix(line, []byte("C: ")):
				m.Side, m.Wire = wire.Client, line[3:]
			case bytes.HasPrefix(line, []byte("S: ")):
				m.Side, m.Wire = wire.Server, line[3:]
			default:
				m.Kind, m.Wire = transcript.Noise, line
			}
			if i := bytes.IndexByte(m.Wire, '{'); i >= 0 { // a literal of which nothing or all may be there
				end := uint32(len(m.Wire))
				m.Literals = append(m.Literals, transcript.Literal{
					Head: wire.Span{Start: uint32(i), End: min(uint32(i)+3, end)}, Octets: wire.Span{Start: min(uint32(i)+3, end), End: end},
					Announced: uint64(len(line)), Found: uint64(end), State: transcript.LiteralState(len(line) & 3), Partial: len(line)&4 != 0,
				})
			}
			now = now.Add(time.Minute * time.Duration(len(line)))
			e := session.Event{Side: m.Side, ID: uint32(len(sizes)), Time: now, Syncs: uint8(len(m.Literals))}
			sizes = append(sizes, len(m.Wire))
			c := Case{Message: &m, Event: &e}
			if m.Kind == transcript.Wire {
				w := tracker.Wire()
				m.Mode = w.Mode
				p.UTF8, p.UIDOnly = w.UTF8, w.UIDOnly
				e.Message, e.Err = p.Message(m.Wire, m.Side, w.Mode)
				c.Notes = p.Notes
			}
			c.Effect, c.Tracker = tracker.Feed(&e), &tracker
			copied := d.Clone()
			a, b := d.Feed(&c, nil), copied.Feed(&c, nil)
			if len(a) != len(b) {
				t.Fatalf("%d findings, the checkpoint has %d", len(a), len(b))
			}
			for _, x := range a {
				if !rules[x.ID] || x.Severity < Hint || x.Severity > Error {
					t.Fatalf("%+v", x)
				}
				if int(x.Message) >= len(sizes) || x.Span.Start > x.Span.End || int(x.Span.End) > sizes[x.Message] {
					t.Fatalf("%s at %v of message %d, which has %d octets", x.ID, x.Span, x.Message, sizes[min(int(x.Message), len(sizes)-1)])
				}
			}
		}
		d.Finish(&tracker, nil)
	})
}
