package annotate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
)

// describe is all that a document says about a message, comparable.
func describe(d *annotate.Document, m *annotate.Message) string {
	s := fmt.Sprintf("%d %d %v %v %v %v [%d %d) %d %q %v %v %s %v %v %d %d %v %q %v %v", m.ID, m.Conn, m.Kind, m.Side, m.SideSure, m.SideWhy, m.Start, m.End,
		m.Line, m.Wire, m.Runs, m.Literals, m.Name, m.Tag, m.Status, m.Answers, m.AnsweredBy, m.State, m.Mailbox, m.Time, m.Latency)
	if m.Err != nil {
		s += " error " + m.Err.Error()
	}
	for _, f := range m.Diagnostics {
		s += fmt.Sprintf(" (%v [%d %d))", f.Finding, f.Start, f.End)
	}
	return s + fmt.Sprint(m.Secrets)
}

func requireSame(t *testing.T, want, got *annotate.Document) {
	t.Helper()
	require.Equal(t, string(want.Text), string(got.Text))
	require.Equal(t, want.Format, got.Format)
	require.Equal(t, want.Guesses(), got.Guesses())
	require.Equal(t, len(want.Connections), len(got.Connections))
	for i := range want.Connections {
		require.Equal(t, want.Connections[i], got.Connections[i])
	}
	require.Equal(t, len(want.Messages), len(got.Messages))
	for i := range want.Messages {
		require.Equal(t, describe(want, &want.Messages[i]), describe(got, &got.Messages[i]), "message %d", i)
	}
}

func TestEdit(t *testing.T) {
	long := strings.Repeat(session, 100)
	for _, c := range []struct {
		name       string
		start, end int
		text       string
	}{
		{"insert at the start", 0, 0, "S: * OK hello\r\n"},
		{"change the greeting", 3, 9, "* BYE"},
		{"change near the end", len(long) - 10, len(long) - 8, "NO"},
		{"append", len(long), len(long), "C: z NOOP\r\nS: z OK done\r\n"},
		{"delete the middle", len(long) / 3, len(long) / 2, ""},
		{"delete everything", 0, len(long), ""},
		{"an open literal", len(long) * 3 / 4, len(long) * 3 / 4, "\r\nC: x LOGIN {1000}\r\n"},
		{"a login again", len(long) - len(session), len(long) - len(session), "S: * PREAUTH hi\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := annotate.Annotate([]byte(long), annotate.Options{})
			change := d.Edit(c.start, c.end, []byte(c.text))
			fresh := annotate.Annotate([]byte(long[:c.start]+c.text+long[c.end:]), annotate.Options{})
			requireSame(t, fresh, d)
			require.LessOrEqual(t, change.To, len(d.Messages))
			if c.start > len(long)-len(session) && change.Octets > len(long)/4 {
				t.Errorf("%d octets of %d annotated anew for an edit near the end", change.Octets, len(long))
			}
		})
	}
}

// Edits upon edits: what checkpoints keep must not be spoilt by going on from them.
func TestEditAgain(t *testing.T) {
	text := strings.Repeat(session, 60)
	d := annotate.Annotate([]byte(text), annotate.Options{})
	for i := range 12 {
		at := len(text) - 100*(i+1)
		d.Edit(at, at+3, []byte("xyz"))
		text = text[:at] + "xyz" + text[at+3:]
	}
	requireSame(t, annotate.Annotate([]byte(text), annotate.Options{}), d)
}

func FuzzEdit(f *testing.F) {
	f.Add(session, uint16(3), uint16(4), "x")
	f.Add(session, uint16(60), uint16(0), "C: q APPEND x {5}\r\n")
	f.Add("* OK hi\r\na login b c\r\na OK done\r\n", uint16(9), uint16(2), "\r\n")
	f.Add("*\x00 \x00O\x00K\x00 \x00h\x00i\x00\r\x00\n\x00", uint16(3), uint16(4), "0")
	f.Cleanup(annotate.MarkEvery(4))
	f.Fuzz(func(t *testing.T, text string, start, n uint16, insert string) {
		text = strings.Repeat(text, 1+600/(len(text)+1)) // several messages
		d := annotate.Annotate([]byte(text), annotate.Options{})
		text = string(d.Text) // what is edited, if the text came in a container
		from := min(int(start), len(text))
		to := min(from+int(n), len(text))
		d.Edit(from, to, []byte(insert))
		requireSame(t, annotate.Annotate([]byte(text[:from]+insert+text[to:]), annotate.Options{}), d)
	})
}

// FuzzAnnotate holds that any text is covered by its messages, in order, whatever it is, and that a stream says the same.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{session, "", "\x00\xff", "* OK {4294967295}\r\n", "a (((((((", "C: a LOGIN {3}\r\nS: +\r\nC: joe x\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := annotate.Annotate([]byte(text), annotate.Options{})
		start := 0
		for i := range d.Messages {
			m := &d.Messages[i]
			require.GreaterOrEqual(t, m.Start, start)
			start = m.Start
			checkPlaces(t, d, m)
			tree := d.Tree(m, nil)
			for _, n := range tree.Nodes {
				require.LessOrEqual(t, int(n.End), len(m.Wire))
			}
		}
		n := 0
		for range annotate.Messages([]byte(text), annotate.Options{}) {
			n++
		}
		require.Equal(t, len(d.Messages), n)
	})
}
