package wire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// frames cuts a stream into its messages, each literal's header marked by what the framer said of it. The bytes come in pieces of the
// given size; what was searched and told is destroyed, so a framer that looks again is caught.
func frames(f Framer, stream string, piece int) (out []string) {
	var buf, seen []byte
	add := func(n int) {
		out = append(out, string(seen[:n]))
		buf, seen = buf[n:], seen[n:]
	}
	marks := ""
	for {
		n, ev, err := f.Next(buf)
		var limit *LimitError
		if errors.As(err, &limit) {
			marks += fmt.Sprintf("<%v %d %d>", limit.Limit, limit.Max, limit.Off)
		} else if err != nil {
			return append(out, err.Error())
		}
		switch ev {
		case NeedMore:
			if len(stream) == 0 {
				if len(seen) > 0 {
					out = append(out, "..."+string(seen))
				}
				return append(out, marks)[:len(out)+min(len(marks), 1)]
			}
			k := min(piece, len(stream))
			buf, seen, stream = append(buf, stream[:k]...), append(seen, stream[:k]...), stream[k:]
		case LiteralHead, LiteralSync:
			h := f.Literal()
			marks += fmt.Sprintf("<%s%d at %d>", map[Event]string{LiteralHead: "", LiteralSync: "sync "}[ev], h.Size, n)
		case FrameEnd:
			add(n)
			out[len(out)-1] += marks
			marks = ""
		case Dropped:
			dropped := string(seen[:n])
			buf, seen = buf[n:], seen[n:]
			if l := len(out); marks == "" && l > 0 && strings.HasPrefix(out[l-1], "dropped:") {
				out[l-1] += dropped
			} else {
				out = append(out, "dropped:"+marks+dropped)
			}
			marks = ""
		}
	}
}

func TestFramer(t *testing.T) {
	client, server := Framer{Side: Client}, Framer{Side: Server}
	for _, tt := range []struct {
		name string
		f    Framer
		in   string
		want []string
	}{
		{"commands", client, "a NOOP\r\nb NOOP\nc", []string{"a NOOP\r\n", "b NOOP\n", "...c"}},
		{"an empty line", client, "\r\n\n", []string{"\r\n", "\n"}},
		{
			"literals", client, "a LOGIN {1}\r\nx {2+}\r\n\r\n {0}\r\n\r\nb NOOP\r\n",
			[]string{"a LOGIN {1}\r\nx {2+}\r\n\r\n {0}\r\n\r\n<sync 1 at 13><2 at 21><sync 0 at 29>", "b NOOP\r\n"},
		},
		{"literal8", client, "a APPEND x UTF8 (~{3+}\r\n\x00\n})\r\n", []string{"a APPEND x UTF8 (~{3+}\r\n\x00\n})\r\n<3 at 24>"}},
		{"a header before a bare LF", client, "a LOGIN {1+}\nx {1+}\n\n\n", []string{"a LOGIN {1+}\nx {1+}\n\n\n<1 at 13><1 at 20>"}},
		{"after a literal a line ends at once", client, "a DELETE {3+}\r\nabc\r\n", []string{"a DELETE {3+}\r\nabc\r\n<3 at 15>"}},
		{"not at the line's end", client, "a LOGIN {1} x\r\nb\r\n", []string{"a LOGIN {1} x\r\n", "b\r\n"}},
		{"{n-} is nothing", client, "a LOGIN {1-}\r\nb\r\n", []string{"a LOGIN {1-}\r\n", "b\r\n"}},
		{"no size", client, "a {}\r\nb {+}\r\nc {x}\r\n}\r\n", []string{"a {}\r\n", "b {+}\r\n", "c {x}\r\n", "}\r\n"}},
		{"a size of 64 bits", client, "a {9223372036854775808}\r\nb\r\n", []string{"a {9223372036854775808}\r\n", "b\r\n"}},
		{"braces before braces", client, "a {{1+}\r\nx\r\n", []string{"a {{1+}\r\nx\r\n<1 at 9>"}},
		{"in a quoted string", client, "a LOGIN \"x {3}\"\r\nb\r\n", []string{"a LOGIN \"x {3}\"\r\n", "b\r\n"}},
		{"in an unfinished quoted string", client, "a LOGIN \"x {3}\r\nb\r\n", []string{"a LOGIN \"x {3}\r\n", "b\r\n"}},
		{"behind a quoted string", client, `a LOGIN "x\"\\" {1+}` + "\r\ny\r\n", []string{`a LOGIN "x\"\\" {1+}` + "\r\ny\r\n<1 at 22>"}},
		{"behind an escaped quote", client, `a LOGIN "x\" {1+}` + "\r\ny\r\n", []string{`a LOGIN "x\" {1+}` + "\r\n", "y\r\n"}},
		{"the quote ends with its line", client, "a {1+}\r\n\" \"\r\n", []string{"a {1+}\r\n\" \"\r\n<1 at 8>"}},
		{"a client's tag OK", client, "OK OK {1+}\r\nx\r\n", []string{"OK OK {1+}\r\nx\r\n<1 at 12>"}},
		{"an authentication line", Framer{Side: Client, Mode: ModeAuth}, "AA== {3+}\r\nab\r\n", []string{"AA== {3+}\r\n", "ab\r\n"}},
		{"DONE", Framer{Side: Client, Mode: ModeIdle}, "DONE {3+}\r\nab\r\n", []string{"DONE {3+}\r\n", "ab\r\n"}},
		{"no IMAP", Framer{Side: Client, Mode: ModeOpaque}, "\x16\x03\x01\n", []string{ErrOpaque.Error()}},
		{"no IMAP of a server", Framer{Side: Server, Mode: ModeOpaque}, "\x16\x03\x01\n", []string{ErrOpaque.Error()}},

		{
			"data", server, "* 1 FETCH (BODY[] {3}\r\na\r\n FLAGS ())\r\n* 2 EXISTS\r\n",
			[]string{"* 1 FETCH (BODY[] {3}\r\na\r\n FLAGS ())\r\n<3 at 23>", "* 2 EXISTS\r\n"},
		},
		{"binary data", server, "* 1 FETCH (BINARY[1] ~{2}\r\n\x00\n)\r\n", []string{"* 1 FETCH (BINARY[1] ~{2}\r\n\x00\n)\r\n<2 at 27>"}},
		{"tagged text", server, "A1 NO bad {3}\r\nA2 ok x {3}\r\n", []string{"A1 NO bad {3}\r\n", "A2 ok x {3}\r\n"}},
		{"text at once", server, "A1 NO {3}\r\n* BYE{3}\r\n", []string{"A1 NO {3}\r\n", "* BYE{3}\r\n"}},
		{"untagged text", server, "* OK [ALERT] x {3}\r\n* PREAUTH {3}\r\n", []string{"* OK [ALERT] x {3}\r\n", "* PREAUTH {3}\r\n"}},
		{"NUL and blanks before", server, "\x00 *  OK  {3}\r\nx\r\n", []string{"\x00 *  OK  {3}\r\n", "x\r\n"}},
		{"NOOP isn't NO", server, "* NOOP {1}\r\nx\r\n", []string{"* NOOP {1}\r\nx\r\n<1 at 12>"}},
		{"a very long word isn't PREAUTH", server, "* PREAUTHPREAUTHPREAUTH {1}\r\nx\r\n", []string{"* PREAUTHPREAUTHPREAUTH {1}\r\nx\r\n<1 at 29>"}},
		{"a continuation", server, "+ text {3}\r\n+{3}\r\n", []string{"+ text {3}\r\n", "+{3}\r\n"}},
		{"an unknown response", server, "* XFOO (a {1}\r\n))\r\n", []string{"* XFOO (a {1}\r\n))\r\n<1 at 15>"}},
		{"junk", server, "A1 WHAT {3}\r\n{3}\r\n%% {3}\r\nx\r\n", []string{"A1 WHAT {3}\r\n", "{3}\r\n", "%% {3}\r\n", "x\r\n"}},
		{"a code without strings", server, "* OK [UIDNEXT {3}\r\nx\r\n", []string{"* OK [UIDNEXT {3}\r\n", "x\r\n"}},
		{"a code with a string", server, "a NO [BADCHARSET ({5}\r\nUTF-8)] x {3}\r\nb\r\n", []string{"a NO [BADCHARSET ({5}\r\nUTF-8)] x {3}\r\n<5 at 23>", "b\r\n"}},
		{"text behind a code", server, "a NO [badcharset (\"]\" a)] x {3}\r\nb\r\n", []string{"a NO [badcharset (\"]\" a)] x {3}\r\n", "b\r\n"}},
		{"a quote in a code", server, "a NO [BADCHARSET (\"] {3}\r\nb\r\n", []string{"a NO [BADCHARSET (\"] {3}\r\n", "b\r\n"}},
		{
			"a line of its own in a quoted name", server, "* LIST () \"/\" \"{3}\"\r\n* LIST () \"/\" {3}\r\n{3}\r\n",
			[]string{"* LIST () \"/\" \"{3}\"\r\n", "* LIST () \"/\" {3}\r\n{3}\r\n<3 at 19>"},
		},
		{"whoever it is", Framer{}, "a LOGIN {1}\r\nx\r\na OK {1}\r\n* OK {1}\r\n", []string{"a LOGIN {1}\r\nx\r\n<1 at 13>", "a OK {1}\r\n", "* OK {1}\r\n"}},

		{"a line at the limit", Framer{Side: Client, Limits: Limits{Line: 8}}, "a NOOP\r\n", []string{"a NOOP\r\n"}},
		{"a line too long", Framer{Side: Client, Limits: Limits{Line: 8}}, "a NOOPS\r\nb\r\n", []string{"dropped:<line 8 8>a NOOPS\r\n", "b\r\n"}},
		{"a line too long with a literal", Framer{Side: Client, Limits: Limits{Line: 8}}, "a NOOPS {3+}\r\n\n\n\n \"{1}\r\nb\r\n", []string{"dropped:<line 8 8>a NOOPS {3+}\r\n\n\n\n \"{1}\r\n", "b\r\n"}},
		{"nobody says plus to a long line", Framer{Side: Client, Limits: Limits{Line: 8}}, "a NOOPS {3}\r\nb\r\n", []string{"dropped:<line 8 8>a NOOPS {3}\r\n", "b\r\n"}},
		{"a second line too long", Framer{Side: Client, Limits: Limits{Line: 8}}, "a {10+}\n1\n3456789\n23456789\nb\r\n", []string{"dropped:<10 at 8><line 8 26>a {10+}\n1\n3456789\n23456789\n", "b\r\n"}},
		{"a literal too long", Framer{Side: Server, Limits: Limits{Literal: 3}}, "* 1 X {4}\r\n\r\n\r\n {1}\r\n\n\r\n* 2\r\n", []string{"dropped:<4 at 11><literal 3 11>* 1 X {4}\r\n\r\n\r\n {1}\r\n\n\r\n", "* 2\r\n"}},
		{"a literal too long that waits", Framer{Side: Client, Limits: Limits{Literal: 3}}, "a {4}\r\nb\r\n", []string{"dropped:<sync 4 at 7><literal 3 7>a {4}\r\n", "b\r\n"}},
		{"a huge literal", Framer{Side: Server, Limits: Limits{-1, -1, -1, 0, 0}}, "* X {9223372036854775807}\r\nab", []string{"dropped:<9223372036854775807 at 27><frame 9223372036854775807 27>* X {9223372036854775807}\r\nab"}},
		{"literals too many", Framer{Side: Server, Limits: Limits{Frame: 15}}, "* {3}\r\n\n\n\n {2}\r\nab)\r\n* 2\r\n", []string{"dropped:<3 at 7><frame 15 15>* {3}\r\n\n\n\n {2}\r\nab)\r\n", "* 2\r\n"}},
		{"a frame too long by its literal", Framer{Side: Server, Limits: Limits{Frame: 15}}, "* {9}\r\n\n\n\n\n\n\n\n\n\n)\r\n* 2\r\n", []string{"dropped:<9 at 7><frame 15 7>* {9}\r\n\n\n\n\n\n\n\n\n\n)\r\n", "* 2\r\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for piece := 1; piece <= len(tt.in); piece++ {
				require.Equal(t, tt.want, frames(tt.f, tt.in, piece), "in pieces of %d", piece)
			}
		})
	}
}

// TestFramerNeverRescans overwrites what was searched with line ends: a framer that looks at it again ends the message there.
func TestFramerNeverRescans(t *testing.T) {
	in := "* 1 FETCH (BODY[] \"" + strings.Repeat("x", 300) + "\")\r\n"
	f := Framer{Side: Server}
	var buf []byte
	for i := range in {
		buf = append(buf, in[i])
		n, ev, err := f.Next(buf)
		require.NoError(t, err)
		if i < len(in)-1 {
			require.Equal(t, NeedMore, ev, "at %d", i)
			require.Zero(t, n)
			buf[i] = '\n'
			continue
		}
		require.Equal(t, FrameEnd, ev)
		require.Equal(t, len(in), n)
	}
	// Octets of a literal aren't looked at, nor is the line before it once its literal was told.
	head, rest := "* 1 FETCH (BODY[] {300}\r\n", ")\r\n"
	buf = []byte(head)
	n, ev, _ := f.Next(buf)
	require.Equal(t, LiteralHead, ev)
	buf = bytes.Repeat([]byte{'\n'}, n)
	for range 300 {
		_, ev, _ = f.Next(buf)
		require.Equal(t, NeedMore, ev)
		buf = append(buf, '\n')
	}
	buf = append(buf, rest...)
	n, ev, _ = f.Next(buf)
	require.Equal(t, FrameEnd, ev)
	require.Equal(t, len(head)+300+len(rest), n)
}

func TestDetach(t *testing.T) {
	f := Framer{Side: Server, Limits: Limits{Literal: 3, Frame: 60}}
	f.Detach() // no literal was told: nothing happens
	head := "* 1 FETCH (BODY[1] {1000000}\r\n"
	n, ev, err := f.Next([]byte(head))
	require.NoError(t, err)
	require.Equal(t, LiteralHead, ev)
	require.Equal(t, LiteralHeader{Size: 1000000}, f.Literal())
	f.Detach()
	_, ev, err = f.Next([]byte(head))
	require.NoError(t, err, "a detached literal has no limit")
	require.Equal(t, NeedMore, ev)
	next := head[:n] + " BODY[2] {3}\r\n"
	n, ev, err = f.Next([]byte(next))
	require.NoError(t, err)
	require.Equal(t, LiteralHead, ev)
	require.Equal(t, len(next), n)
	whole := next + "\n\n\n)\r\n"
	n, ev, err = f.Next([]byte(whole))
	require.NoError(t, err)
	require.Equal(t, FrameEnd, ev, "the second one isn't detached")
	require.Equal(t, len(whole), n)
}

func TestRefuse(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"the client waits", "a APPEND x {5}\r\nb NOOP\r\n", []string{"a APPEND x {5}\r\n", "b NOOP\r\n"}},
		{"the octets come", "a APPEND x {5+}\r\n1\n345 {1+}\r\n\n\r\nb NOOP\r\n", []string{"a APPEND x {5+}\r\n", "-1\n345 {1+}\r\n\n\r\n", "b NOOP\r\n"}},
		{"the octets come, but not what waits behind", "a APPEND x {1+}\r\n1 {1}\r\nb NOOP\r\n", []string{"a APPEND x {1+}\r\n", "-1 {1}\r\n", "b NOOP\r\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := Framer{Side: Client}
			f.Refuse() // no literal was told: nothing happens
			buf, got := []byte(tt.in), []string(nil)
			for len(buf) > 0 {
				n, ev, err := f.Next(buf)
				require.NoError(t, err)
				switch ev {
				case LiteralHead, LiteralSync:
					f.Refuse()
					continue
				case FrameEnd:
					got = append(got, string(buf[:n]))
				case Dropped:
					got = append(got, "-"+string(buf[:n]))
				default:
					require.Fail(t, "more wanted")
				}
				buf = buf[n:]
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestReset(t *testing.T) {
	f := Framer{Side: Client, Mode: ModeIdle, Limits: Limits{Line: 5}}
	f.Next([]byte("DONE and more"))
	f.Reset()
	require.Equal(t, Framer{Side: Client, Mode: ModeIdle, Limits: Limits{Line: 5}}, f)
}

func TestSplit(t *testing.T) {
	f := Framer{Side: Server}
	s := bufio.NewScanner(strings.NewReader("* OK {1}\r\n* LIST () \"/\" {3}\r\na\nb\r\n* BYE"))
	s.Split(f.Split)
	var got []string
	for s.Scan() {
		got = append(got, s.Text())
	}
	require.NoError(t, s.Err())
	require.Equal(t, []string{"* OK {1}\r\n", "* LIST () \"/\" {3}\r\na\nb\r\n", "* BYE"}, got)

	f = Framer{Side: Server, Limits: Limits{Line: 10}}
	s = bufio.NewScanner(strings.NewReader("* OK x\r\n* OK much too long\r\n"))
	s.Split(f.Split)
	require.True(t, s.Scan())
	require.False(t, s.Scan())
	var limit *LimitError
	require.ErrorAs(t, s.Err(), &limit)
	require.Equal(t, LimitError{LimitLine, 10, 10}, *limit)
	require.Equal(t, "wire: line longer than 10 octets, at offset 10", limit.Error())
}
