package transcript

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkMap requires property P9: every message byte maps back to the byte of the paste that it came from, and every line of the paste belongs to a message.
func checkMap(t testing.TB, tr *Transcript) {
	t.Helper()
	text := tr.Text
	covered, start := uint32(0), uint32(0)
	for i := range tr.Messages {
		m := &tr.Messages[i]
		require.LessOrEqual(t, m.Span.Start, m.Span.End)
		require.LessOrEqual(t, int(m.Span.End), len(text))
		require.LessOrEqual(t, start, m.Span.Start, "messages come in the order of their first lines")
		start = m.Span.Start
		require.LessOrEqual(t, m.Span.Start, covered, "a line between messages belongs to none")
		covered = max(covered, m.Span.End)
		if m.Span.Start > 0 && m.Kind == Wire {
			require.Regexp(t, `(?i)(\n|<br\s*/?>)$`, string(text[max(0, int(m.Span.Start)-8):m.Span.Start]), "a span begins with a line; pages end them with <br>, and with no line feed")
		}
		checkRuns(t, text, m, tr.Format != "k9") // k9 writes "(" where the log has "["
		last := uint32(0)
		for _, l := range m.Literals {
			require.LessOrEqual(t, last, l.Head.Start)
			require.LessOrEqual(t, l.Head.End, l.Octets.Start)
			require.LessOrEqual(t, l.Octets.Start, l.Octets.End)
			require.LessOrEqual(t, int(l.Octets.End), len(m.Wire))
			head := string(m.Wire[l.Head.Start:l.Head.End])
			require.True(t, strings.HasPrefix(strings.TrimPrefix(head, "~"), "{") && strings.HasSuffix(head, "}"), "%q", head)
			last = l.Octets.End
		}
		if m.Kind == Wire {
			require.NotZero(t, m.Side)
			require.NotEmpty(t, m.Why)
			require.Less(t, int(m.Conn), len(tr.Conns))
		} else {
			require.Zero(t, m.Side)
		}
	}
	require.Equal(t, len(text), int(covered), "the end of the paste belongs to no message")
}

func checkRuns(t testing.TB, text []byte, m *Message, same bool) {
	if m.Runs == nil {
		require.Equal(t, string(text[m.Span.Start:m.Span.End]), string(m.Wire))
		return
	}
	at := uint32(0)
	for _, r := range m.Runs {
		require.Equal(t, at, r.Wire, "runs tile the message")
		require.NotZero(t, r.WireLen)
		at += r.WireLen
		if r.SrcLen == 0 {
			continue
		}
		require.LessOrEqual(t, m.Span.Start, r.Src)
		require.LessOrEqual(t, r.Src+r.SrcLen, m.Span.End)
		if same && r.SrcLen == r.WireLen && r.WireLen > 1 {
			require.Equal(t, string(text[r.Src:r.Src+r.SrcLen]), string(m.Wire[r.Wire:r.Wire+r.WireLen]))
		}
	}
	require.Equal(t, len(m.Wire), int(at))
}

// hostile inputs are of the size given.
var hostile = []struct {
	name string
	make func(n int) []byte
}{
	{"one long line", func(n int) []byte { return bytes.Repeat([]byte("x "), n/2) }},
	{"open parentheses", func(n int) []byte { return append([]byte("* 1 FETCH "), bytes.Repeat([]byte("("), n)...) }},
	{"huge literals", func(n int) []byte { return bytes.Repeat([]byte("* 1 FETCH (BODY[] {4294967295}\r\n"), n/32) }},
	{"huge literals with an end", func(n int) []byte { return bytes.Repeat([]byte("* 1 FETCH (BODY[] {429496729}\r\nx\r\n)\r\n"), n/38) }},
	{"tiny literals", func(n int) []byte { return append([]byte("a LOGIN "), bytes.Repeat([]byte("{1}\r\n"), n/5)...) }},
	{"tiny literals in one line", func(n int) []byte { return bytes.Repeat([]byte("{1}"), n/3) }},
	{"literals of many lines", func(n int) []byte {
		return append([]byte("* 1 FETCH (BODY[] {99999999}\n"), bytes.Repeat([]byte(" a\n)\n* 2 FETCH (X {999}\n"), n/25)...)
	}},
	{"NULs", func(n int) []byte { return make([]byte, n) }},
	{"lines of NULs", func(n int) []byte { return bytes.Repeat([]byte("\x00\n"), n/2) }},
	{"invalid UTF-8", func(n int) []byte { return bytes.Repeat([]byte("* OK \xff\xc0\x80\xed\xa0\x80\n"), n/12) }},
	{"many connections", func(n int) []byte {
		var b bytes.Buffer
		for i := 0; b.Len() < n; i++ {
			b.WriteString("[Parent 1: IMAP]: I/IMAP 7f")
			b.WriteString(strings.Repeat("0", 6))
			b.WriteString(string([]byte{'a' + byte(i%6), 'a' + byte(i/6%6), '0' + byte(i/36%10), '0' + byte(i/360%10), '0' + byte(i/3600%10)}))
			b.WriteString(":mail.example:NA:CreateNewLineFromSocket: * 1 FETCH (BODY[] {99}\r\n")
		}
		return b.Bytes()
	}},
	{"formats by turns", func(n int) []byte {
		return bytes.Repeat([]byte("S: * OK hello\nC: a NOOP\n  00:00.01 > b'a NOOP'\n[1] 4> a NOOP\n* OK\na NOOP\nuser x <<< a NOOP\n"), n/98)
	}},
	{"backslashes", func(n int) []byte {
		return append([]byte("  00:00.01 > b'a NOOP'\n  00:00.01 < b'"), bytes.Repeat([]byte(`\`), n)...)
	}},
	{"many messages in a line", func(n int) []byte {
		return bytes.Repeat(append(bytes.Repeat([]byte(" * 1 EXISTS"), 1400), '\n'), n/15401+1)
	}},
	{"entities", func(n int) []byte {
		return append([]byte("&lt;&lt;&lt; * OK\n&gt;&gt;&gt; a NOOP\n"), bytes.Repeat([]byte("&lt;"), n/4)...)
	}},
	{"insertions in a terminal's line", func(n int) []byte {
		return append([]byte("* OK IMAP4rev1 ready\n"), bytes.Repeat([]byte("a\x1b[@"), n/4)...)
	}},
	{"many messages in one payload", func(n int) []byte {
		head := []byte("DEBUG:aioimaplib.aioimaplib:Sending : b'a NOOP\\r\\n'\nDEBUG:aioimaplib.aioimaplib:Received : b'")
		return append(append(head, bytes.Repeat([]byte(`* 1 EXISTS\r\n`), n/14)...), "'\n"...)
	}},
	{"many entries in one line", func(n int) []byte {
		entry := []byte("2026-03-01 10:00:00 &lt;&lt; * OK IMAP4rev1 &lt;hi&gt;\n2026-03-01 10:00:01 &gt;&gt; a NOOP\n")
		return append(bytes.Repeat(entry, 20), bytes.Repeat(bytes.ReplaceAll(entry, []byte("\n"), []byte(" ")), n/len(entry))...)
	}},
	{"never ending chunk", func(n int) []byte {
		return append([]byte("DEBUG:aioimaplib.aioimaplib:Received : b'* OK hi\\r\\n'\n"), bytes.Repeat([]byte("DEBUG:aioimaplib.aioimaplib:Received : b'xxxx'\n"), n/48)...)
	}},
}

func TestHostile(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			tr := Read(h.make(200_000), Options{})
			checkMap(t, tr)
		})
	}
}

// BenchmarkHostile shows that time is linear: bytes per second must not depend on the size.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		for _, n := range []int{250_000, 1_000_000, 4_000_000} {
			text := h.make(n)
			b.Run(h.name+"/"+[...]string{"S", "M", "L"}[map[int]int{250_000: 0, 1_000_000: 1, 4_000_000: 2}[n]], func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s := Open(text, Options{})
					for m := (Message{}); s.Next(&m); {
					}
				}
			})
		}
	}
}
