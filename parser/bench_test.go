package parser_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/stretchr/testify/require"
)

// shapes are the messages that most traffic is made of, one per line of work that a Parser has.
var shapes = []struct {
	name string
	msgs []string
}{
	{"fetch-flags", []string{
		"* 14 FETCH (FLAGS (\\Seen \\Answered))\r\n",
		"* 1523 FETCH (UID 28114 FLAGS (\\Seen $Forwarded NonJunk))\r\n",
		"* 3 FETCH (FLAGS () UID 7 MODSEQ (81263))\r\n",
		"* 90211 FETCH (UID 193311 FLAGS (\\Seen \\Flagged \\Recent $Junk) RFC822.SIZE 44827)\r\n",
	}},
	{"fetch-envelope", []string{
		"* 12 FETCH (ENVELOPE (\"Wed, 15 Jul 2026 02:23:25 -0700 (PDT)\" \"Minutes of the weekly working group meeting\" ((\"Ann Example\" NIL \"ann.example\" \"mail.example.org\")) ((\"Ann Example\" NIL \"ann.example\" \"mail.example.org\")) ((\"Ann Example\" NIL \"ann.example\" \"mail.example.org\")) ((NIL NIL \"group\" \"lists.example.com\")) ((NIL NIL \"minutes\" \"example.net\")(\"Bob Example\" NIL \"bob\" \"example.net\")) NIL NIL \"<B27397-0100000.20260715@mail.example.org>\"))\r\n",
	}},
	{"bodystructure", []string{
		"* 7 FETCH (UID 28114 BODYSTRUCTURE (((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"FORMAT\" \"flowed\") NIL NIL \"QUOTED-PRINTABLE\" 3028 92 NIL NIL NIL NIL)(\"TEXT\" \"HTML\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 10942 211 NIL NIL NIL NIL) \"ALTERNATIVE\" (\"BOUNDARY\" \"----=_Part_5012_1830311.1783012\") NIL NIL NIL)(\"IMAGE\" \"PNG\" (\"NAME\" \"chart.png\") \"<part1.07060704@example.org>\" NIL \"BASE64\" 48212 NIL (\"INLINE\" (\"FILENAME\" \"chart.png\")) NIL NIL)(\"APPLICATION\" \"PDF\" (\"NAME\" \"minutes-2026-07.pdf\") NIL NIL \"BASE64\" 204554 NIL (\"ATTACHMENT\" (\"FILENAME\" \"minutes-2026-07.pdf\" \"SIZE\" \"149482\")) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"----=_Part_5011_99128.1783011\") NIL NIL NIL))\r\n",
	}},
	{"list", []string{
		"* LIST (\\HasNoChildren) \"/\" INBOX\r\n",
		"* LIST (\\HasNoChildren \\Drafts) \"/\" \"Drafts\"\r\n",
		"* LIST (\\HasChildren \\Subscribed) \"/\" \"Archive/2026/Projects\"\r\n",
		"* LIST (\\Noselect \\HasChildren) \".\" \"lists.example\"\r\n",
	}},
	{"search", []string{searchOf(10_000)}},
	{"session", []string{
		"* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN] Example ready.\r\n",
		"A1 OK [CAPABILITY IMAP4rev1 IMAP4rev2 SASL-IR ID ENABLE IDLE SORT THREAD=REFERENCES UIDPLUS CONDSTORE QRESYNC ESEARCH MOVE SPECIAL-USE] Logged in\r\n",
		"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded NonJunk)\r\n",
		"* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded NonJunk \\*)] Flags permitted.\r\n",
		"* 1523 EXISTS\r\n", "* 0 RECENT\r\n",
		"* OK [UIDVALIDITY 1719312321] UIDs valid\r\n", "* OK [UIDNEXT 28115] Predicted next UID\r\n", "* OK [HIGHESTMODSEQ 81263] Highest\r\n",
		"A2 OK [READ-WRITE] Select completed (0.001 + 0.000 secs).\r\n",
		"* 1523 FETCH (UID 28114 FLAGS (\\Seen) INTERNALDATE \"15-Jul-2026 11:24:01 +0200\" RFC822.SIZE 4480 BODY[HEADER.FIELDS (DATE FROM SUBJECT)] {120}\r\n" + strings.Repeat("Subject: x\r\n", 10) + ")\r\n",
		"* 1523 FETCH (BODY[] {2000}\r\n" + strings.Repeat("The quick brown fox jumps over the lazy dog 123456\r\n", 38) + "0123456789abcdefghijkl\r\n)\r\n",
		"A3 OK Fetch completed (0.004 + 0.000 + 0.003 secs).\r\n", "+ idling\r\n", "* 1524 EXISTS\r\n", "* 12 EXPUNGE\r\n", "A4 OK Idle completed.\r\n",
		"* STATUS \"Archive\" (MESSAGES 231 UIDNEXT 44292 UNSEEN 3)\r\n", "A5 OK Status completed.\r\n", "* BYE Logging out\r\n",
	}},
}

func searchOf(n int) string {
	b := []byte("* SEARCH")
	for k := range n {
		b = strconv.AppendInt(append(b, ' '), int64(k*7+1), 10)
	}
	return string(append(b, "\r\n"...))
}

func size(msgs []string) (n int64) {
	for _, m := range msgs {
		n += int64(len(m))
	}
	return n
}

// scanTable and scan are the measure of all parsers: a call per message that looks every byte up in a table, and adds up what it finds.
var scanTable [256]uint8

//go:noinline
func scan(b []byte) (n int) {
	for _, c := range b {
		n += int(scanTable[c])
	}
	return n
}

var scanned int

// benchmark reads msgs again and again, and reports as x-scan how fast that is as a multiple of the scan of the same messages. Passes of both
// alternate, and the shortest of each count: other work on the machine makes one longer, never shorter. It is the definition of corpus/bench, whose
// messages all differ; these few the processor knows by heart after a while.
func benchmark(b *testing.B, msgs []string, read func(m []byte) error) {
	var in [][]byte
	for _, m := range msgs {
		in = append(in, []byte(m))
	}
	pass := func() {
		for _, m := range in {
			if err := read(m); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.SetBytes(size(msgs))
	b.ReportAllocs()
	for b.Loop() {
		pass()
	}
	const passes = 20 // at once, so that the clock counts for nothing
	ofScan, ofRead := time.Hour, time.Hour
	for end := time.Now().Add(200 * time.Millisecond); time.Now().Before(end); {
		start := time.Now()
		for range passes {
			for _, m := range in {
				scanned += scan(m)
			}
		}
		middle := time.Now()
		for range passes {
			pass()
		}
		ofScan, ofRead = min(ofScan, middle.Sub(start)), min(ofRead, time.Since(middle))
	}
	b.ReportMetric(float64(ofScan)/float64(ofRead), "x-scan")
}

func response(p *parser.Parser) func(m []byte) error {
	return func(m []byte) error {
		_, err := p.Response(m)
		return err
	}
}

func command(p *parser.Parser) func(m []byte) error {
	return func(m []byte) error {
		_, err := p.Command(m)
		return err
	}
}

// BenchmarkResponse reads each shape into values.
func BenchmarkResponse(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) { benchmark(b, s.msgs, response(new(parser.Parser))) })
	}
}

// BenchmarkTree is BenchmarkResponse with a tree as well.
func BenchmarkTree(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) { benchmark(b, s.msgs, response(&parser.Parser{Tree: new(syntax.Tree)})) })
	}
}

// TestAllocs: a Parser that has seen a message of the shape before allocates nothing for it.
func TestAllocs(t *testing.T) {
	for _, s := range shapes {
		for name, p := range map[string]*parser.Parser{
			"strict": {}, "lenient": {Options: lenient}, "tree": {Tree: new(syntax.Tree)},
		} {
			var in [][]byte
			for _, m := range s.msgs {
				in = append(in, []byte(m))
			}
			allocs := testing.AllocsPerRun(20, func() {
				for _, m := range in {
					if _, err := p.Response(m); err != nil {
						t.Fatal(err)
					}
				}
			})
			require.Zero(t, allocs, "%s %s", s.name, name)
		}
	}
}
