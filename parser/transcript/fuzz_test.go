package transcript

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func seed(f *testing.F) {
	for i, file := range corpusFiles(f) {
		if i%3 != 0 {
			continue // enough to start warm
		}
		b, err := os.ReadFile(file)
		require.NoError(f, err)
		if len(b) < 16<<10 {
			f.Add(b)
		}
	}
	for _, h := range hostile {
		f.Add(h.make(500))
	}
	f.Add([]byte(dumpOf([]byte(dumped))))
}

// FuzzRead is property P9: whatever is pasted, every message byte maps back to where it came from and every line belongs to a message, in any format.
func FuzzRead(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		checkMap(t, Read(text, Options{}))
		for _, id := range []string{"bare", "labelled", "thunderbird", "mail-imapclient", "curl-trace", "blocks"} {
			checkMap(t, Read(text, Options{Format: id}))
		}
	})
}

// FuzzDialect is P9 for one dialect at a time, whatever it is shown: detection would have kept most of this from it.
func FuzzDialect(f *testing.F) {
	for i, d := range dialects {
		for _, l := range []string{"* OK [ALERT] x", "a1 FETCH 1 BODY[] {3}", "+ ", "a1 OK  [ ]"} {
			f.Add(uint8(i), []byte(l+"\n"+strings.Join(d.needs, l+"\n")+l))
		}
	}
	f.Fuzz(func(t *testing.T, dialect uint8, text []byte) {
		checkMap(t, Read(text, Options{Format: dialects[int(dialect)%len(dialects)].id}))
	})
}

// FuzzScanner: a clone goes on as the original does, also when the rest of the text was exchanged for an equal one.
func FuzzScanner(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		s := Open(text, Options{})
		var m, n Message
		for i := 0; s.Next(&m); i++ {
			if i%5 != 3 {
				continue
			}
			c := s.Clone()
			if c.Container() == Text {
				c.Retarget(append([]byte(nil), c.Text()...))
			}
			o := s.Clone()
			for range 3 {
				more := o.Next(&m)
				require.Equal(t, more, c.Next(&n))
				require.Equal(t, m.Span, n.Span)
				require.Equal(t, m.Side, n.Side)
				require.True(t, bytes.Equal(m.Wire, n.Wire))
			}
		}
	})
}

// layers are what a paste gets around its lines on the way, none of which takes information away.
var layers = []struct {
	name string
	line func(n int, l string) string
}{
	{"nothing", func(_ int, l string) string { return l }},
	{"a code block", func(_ int, l string) string { return "    " + l }},
	{"a tab", func(_ int, l string) string { return "\t" + l }},
	{"a quoted mail", func(_ int, l string) string { return "> " + l }},
	{"a mail quoted twice", func(_ int, l string) string { return "> > " + l }},
	{"cat -n", func(n int, l string) string { return fmt.Sprintf("%6d\t%s", n, l) }},
	{"grep -n", func(n int, l string) string { return fmt.Sprintf("%d:%s", n, l) }},
	{"a page's source", func(_ int, l string) string { return html.EscapeString(l) }},
	{"a coloured terminal", func(_ int, l string) string { return "\x1b[32m" + l + "\x1b[0m" }},
	{"a Markdown fence", nil},
	{"docker compose", func(_ int, l string) string { return "app-1  | " + l }},
	{"syslog", func(_ int, l string) string { return "Nov 21 10:00:00 host prog[123]: " + l }},
}

const collectors = 10 // the layers from here on are those of collectors

func wrapped(text []byte, layer int) []byte {
	if layers[layer].line == nil {
		return slices.Concat([]byte("```\n"), text, []byte("\n```\n"))
	}
	var out []byte
	n := 0
	for l := range bytes.Lines(text) {
		n++
		body := bytes.TrimRight(l, "\n")
		out = append(append(out, layers[layer].line(n, string(body))...), l[len(body):]...)
	}
	return out
}

// FuzzMutation: line ends and what stands around every line, in two layers, change neither sides nor the number of messages.
func FuzzMutation(f *testing.F) {
	files := corpusFiles(f)
	for i := range files {
		f.Add(uint16(i), uint8(i), uint8(i/len(layers)), i%2 == 0) // each file with one of the mutations; fuzzing finds the others
	}
	f.Fuzz(func(t *testing.T, file uint16, inner, outer uint8, crlf bool) {
		name := files[int(file)%len(files)]
		if !strings.HasPrefix(filepath.Base(name), "y_") {
			return
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		in, out := int(inner)%len(layers), int(outer)%len(layers)
		if in == out && in > 0 {
			return
		}
		mutated := wrapped(wrapped(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), in), out)
		if crlf {
			mutated = bytes.ReplaceAll(mutated, []byte("\n"), []byte("\r\n"))
		}
		want, got := Read(text, Options{}), Read(mutated, Options{})
		checkMap(t, got)
		if (in >= collectors || out >= collectors) && (want.Format == "labelled" || want.Format == "bare") {
			return // a collector's name is as good a label as any: only formats with a name look behind it
		}
		a, b := said(want), said(got)
		require.Equal(t, len(a), len(b), "%s in %s in %s", name, layers[in].name, layers[out].name)
		for i := range a {
			require.Equal(t, a[i][:6], b[i][:6], "%s in %s in %s", name, layers[in].name, layers[out].name)
		}
	})
}
