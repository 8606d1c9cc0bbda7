package transcript

import (
	"bytes"
	"os"
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

// FuzzMutation: line ends and what stands around every line change neither sides nor the number of messages.
func FuzzMutation(f *testing.F) {
	files := corpusFiles(f)
	for i := range files {
		f.Add(uint16(i), uint8(i)) // each file with one of the mutations; fuzzing finds the others
	}
	f.Fuzz(func(t *testing.T, file uint16, kind uint8) {
		text, err := os.ReadFile(files[int(file)%len(files)])
		require.NoError(t, err)
		if !bytes.Contains([]byte(files[int(file)%len(files)]), []byte("y_")) {
			return
		}
		prefix := [...]string{"", "    ", "> ", "> > ", "\t", "app-1  | "}[kind%6]
		var out []byte
		for l := range bytes.Lines(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))) {
			out = append(append(out, prefix...), l...)
		}
		want, got := Read(text, Options{}), Read(out, Options{})
		checkMap(t, got)
		if prefix == "app-1  | " && want.Format != "labelled" && want.Format != "bare" {
			return // a collector's name: only some formats look for themselves anywhere in a line
		}
		a, b := said(want), said(got)
		require.Equal(t, len(a), len(b), files[int(file)%len(files)])
		for i := range a {
			require.Equal(t, a[i][:6], b[i][:6])
		}
	})
}
