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

// scanTable and scan are the measure of all parsers: look every byte up in a table, do nothing with it.
var scanTable [256]uint8

func scan(b []byte) (n int) {
	for _, c := range b {
		n += int(scanTable[c])
	}
	return n
}

var scanned int

// best is how long f takes at its best: other work on the machine makes it longer, never shorter.
func best(f func()) time.Duration {
	shortest := time.Hour
	for range 40 {
		const rounds = 50
		start := time.Now()
		for range rounds {
			f()
		}
		shortest = min(shortest, time.Since(start)/rounds)
	}
	return max(shortest, 1)
}

func benchmark(b *testing.B, msgs []string, p *parser.Parser) {
	var in [][]byte
	for _, m := range msgs {
		in = append(in, []byte(m))
	}
	read := func() {
		for _, m := range in {
			if _, err := p.Response(m); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.SetBytes(size(msgs))
	b.ReportAllocs()
	for b.Loop() {
		read()
	}
	ref := best(func() {
		for _, m := range in {
			scanned += scan(m)
		}
	})
	b.ReportMetric(float64(ref)/float64(best(read)), "x-scan")
}

// BenchmarkResponse reads each shape into values; x-scan is the speed as a multiple of that of a table scan of the same bytes in the same run.
func BenchmarkResponse(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) { benchmark(b, s.msgs, new(parser.Parser)) })
	}
}

// BenchmarkTree is BenchmarkResponse with a tree as well.
func BenchmarkTree(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) { benchmark(b, s.msgs, &parser.Parser{Tree: new(syntax.Tree)}) })
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
