package encoder_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser"
)

// shape is a message of a kind that connections are made of.
type shape struct {
	name   string
	client bool
	wire   string
}

var shapes = []shape{
	{"fetch-flags", false, "* 2412 FETCH (UID 81230 FLAGS (\\Seen \\Answered $Forwarded) MODSEQ (182311))\r\n"},
	{"fetch-envelope", false, "* 12 FETCH (FLAGS (\\Seen) INTERNALDATE \"17-Jul-2026 02:44:25 -0700\" RFC822.SIZE 4286 ENVELOPE (\"Fri, 17 Jul 2026 02:23:25 -0700\" " +
		"\"Minutes of the meeting\" ((\"Terry Gray\" NIL \"gray\" \"example.org\")) ((\"Terry Gray\" NIL \"gray\" \"example.org\")) ((\"Terry Gray\" NIL \"gray\" \"example.org\")) " +
		"((NIL NIL \"imap\" \"example.org\")) ((NIL NIL \"minutes\" \"example.org\")(\"John Klensin\" NIL \"klensin\" \"example.com\")) NIL NIL \"<B27397-0100000@example.org>\"))\r\n"},
	{"bodystructure", false, "* 12 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23 NIL NIL NIL NIL)" +
		"(\"APPLICATION\" \"PDF\" (\"NAME\" \"report.pdf\") \"<a@example.org>\" \"A report\" \"BASE64\" 45540 NIL (\"attachment\" (\"filename\" \"report.pdf\")) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"xyz\") NIL NIL NIL))\r\n"},
	{"fetch-literal", false, "* 12 FETCH (UID 7 BODY[] {65536}\r\n" + strings.Repeat("x", 65536) + ")\r\n"},
	{"list", false, "* LIST (\\HasNoChildren \\Subscribed) \"/\" \"Archive/2026/Some Folder\"\r\n"},
	{"search", false, "* SEARCH 2 84 882 1023 2048 4711 5000 5001 5002 5003 12345 123456\r\n"},
	{"status", false, "* OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n"},
	{"commands", true, "A142 UID FETCH 1:*,4711 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From To Subject Date)]) (CHANGEDSINCE 12345)\r\n"},
	{"search-program", true, "A3 UID SEARCH RETURN (MIN MAX COUNT) CHARSET UTF-8 OR FROM ann (SUBJECT \"two words\" SINCE 1-Feb-2026) NOT DELETED\r\n"},
	{"append", true, "A4 APPEND Drafts (\\Seen \\Draft) \"17-Jul-2026 02:44:25 -0700\" {65536+}\r\n" + strings.Repeat("y", 65536) + "\r\n"},
}

func TestNothingIsAllocated(t *testing.T) {
	for _, s := range shapes {
		for name, o := range map[string]encoder.Options{"zero": {}, "verbatim": {Verbatim: true}, "utf8": {UTF8: true, Literals: encoder.Plus}} {
			buf := make([]byte, 0, 2*len(s.wire)+1024)
			w := encoder.Buffer{Options: o}
			var p parser.Parser
			var run func()
			if s.client {
				c, err := p.Command([]byte(s.wire))
				require.NoError(t, err)
				run = func() {
					encoder.AppendCommand(buf, c, o)
					w.Reset()
					w.Command(c)
					for range w.Segments() {
					}
				}
			} else {
				r, err := p.Response([]byte(s.wire))
				require.NoError(t, err)
				run = func() {
					encoder.AppendResponse(buf, r, o)
					w.Reset()
					w.Response(r)
				}
			}
			run()
			require.Zero(t, testing.AllocsPerRun(20, run), "%s, %s", s.name, name)
		}
	}
}

// run returns what writes the message of a shape, what reads it, and what copies its bytes: the three things that BenchmarkAppend compares.
func (s *shape) run(b *testing.B) (write, read, copied func()) {
	var p, q parser.Parser
	in := []byte(s.wire)
	buf := make([]byte, 0, 2*len(in)+1024)
	read, copied = func() { q.Response(in) }, func() { buf = append(buf[:0], in...) }
	if !s.client {
		r, err := p.Response(in)
		require.NoError(b, err)
		return func() { encoder.AppendResponse(buf[:0], r, encoder.Options{}) }, read, copied
	}
	c, err := p.Command(in)
	require.NoError(b, err)
	return func() { encoder.AppendCommand(buf[:0], c, encoder.Options{Literals: encoder.Plus}) }, func() { q.Command(in) }, copied
}

// BenchmarkAppend also says how long writing takes as a multiple of reading the same message and of copying its bytes: less is better. The three take turns and the
// fastest turns are compared, so other work on the machine hardly counts.
func BenchmarkAppend(b *testing.B) {
	for i := range shapes {
		s := &shapes[i]
		b.Run(s.name, func(b *testing.B) {
			write, read, copied := s.run(b)
			b.SetBytes(int64(len(s.wire)))
			b.ReportAllocs()
			for b.Loop() {
				write()
			}
			b.StopTimer()
			const turns = 200
			times := max(10, 20_000/len(s.wire)) // several: the first of a turn finds the caches as the turn before left them
			best := [3]time.Duration{time.Hour, time.Hour, time.Hour}
			for range turns {
				for k, f := range [...]func(){write, read, copied} {
					start := time.Now()
					for range times {
						f()
					}
					best[k] = min(best[k], time.Since(start))
				}
			}
			b.ReportMetric(float64(best[0])/float64(best[1]), "x-read")
			b.ReportMetric(float64(best[0])/float64(best[2]), "x-copy")
		})
	}
}
