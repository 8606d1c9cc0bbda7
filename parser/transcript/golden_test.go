package transcript

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/wire"
)

var update = flag.Bool("update", false, "write what is read into the goldens")

const corpusDir = "../../corpus/transcripts"

// corpusFiles are the transcripts of the corpus: <format>/<y|n|i>_<topic>_<nnn>.txt.
func corpusFiles(t testing.TB) []string {
	files, err := filepath.Glob(filepath.Join(corpusDir, "*", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func TestCorpus(t *testing.T) {
	for _, file := range corpusFiles(t) {
		name, err := filepath.Rel(corpusDir, file)
		require.NoError(t, err)
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			tr := Read(text, Options{})
			checkMap(t, tr)
			got := golden(tr)
			if strings.Contains(name, "_finding-") {
				return // the cases of diagnose, with goldens of their own
			}
			path := strings.TrimSuffix(file, ".txt") + ".sides"
			if *update {
				require.NoError(t, os.WriteFile(path, got, 0o644))
				return
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err, "run with -update and look at what changed")
			require.Equal(t, string(want), string(got))
		})
	}
}

// golden is a transcript in few words: the format, then per message its line, connection, side, kind or mode, literals, and its bytes.
// Noise is left out, as it is all the rest.
func golden(tr *Transcript) []byte {
	var b bytes.Buffer
	b.WriteString("format " + tr.Format + "\n")
	for _, c := range tr.Conns {
		b.WriteString("connection " + strconv.Itoa(int(c.ID)))
		if c.Key != "" {
			b.WriteString(" key " + strconv.Quote(c.Key))
		}
		if c.Host != "" {
			b.WriteString(" host " + strconv.Quote(c.Host))
		}
		b.WriteByte('\n')
	}
	for i := range tr.Messages {
		m := &tr.Messages[i]
		if m.Kind == Noise {
			continue
		}
		b.WriteString(strconv.Itoa(int(m.Line)) + " " + strconv.Itoa(int(m.Conn)) + " ")
		switch {
		case m.Kind == Info:
			b.WriteString("info")
		case m.Kind == Opaque:
			b.WriteString("opaque")
		case m.Side == wire.Client:
			b.WriteString("client" + [...]string{"", "-auth", "-idle", "-opaque"}[m.Mode])
		default:
			b.WriteString("server")
		}
		for _, l := range m.Literals {
			b.WriteString(" {" + strconv.FormatUint(l.Announced, 10) + "}=" + strconv.Itoa(int(l.Octets.End-l.Octets.Start)) + " " + l.State.String())
			if l.Reason != "" {
				b.WriteString(" (" + l.Reason + ")")
			}
		}
		b.WriteString(" " + strconv.Quote(string(m.Wire)) + "\n")
	}
	return b.Bytes()
}

// A clean transcript is read without a doubt: known sides, and literals that are as long as announced wherever the log prints them.
func TestCleanTranscripts(t *testing.T) {
	for _, file := range corpusFiles(t) {
		if base := filepath.Base(file); !strings.HasPrefix(base, "y_") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		tr := Read(text, Options{})
		require.Equal(t, filepath.Base(filepath.Dir(file)), tr.Format, file)
		for i := range tr.Messages {
			for _, l := range tr.Messages[i].Literals {
				if l.State == Present || l.State == Repaired && strings.HasPrefix(l.Reason, "line-ends") {
					require.Equal(t, l.Announced, uint64(l.Octets.Len()), "%s:%d", file, tr.Messages[i].Line)
				}
			}
		}
	}
}

// Damage that changes no word changes no message: sides and bytes stay the same whatever the line ends and whatever stands around the lines.
func TestDamage(t *testing.T) {
	quote := func(prefix string) func([]byte) []byte {
		return func(b []byte) []byte {
			var out []byte
			for l := range bytes.Lines(b) {
				out = append(append(out, prefix...), l...)
			}
			return out
		}
	}
	damages := []struct {
		name string
		do   func([]byte) []byte
	}{
		{"CRLF", func(b []byte) []byte {
			return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		}},
		{"LF", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }},
		{"indented", quote("    ")},
		{"quoted", quote("> ")},
		{"no last line end", func(b []byte) []byte { return bytes.TrimRight(b, "\r\n") }},
		{"coloured", quote("\x1b[32m\x1b[0m")},
		{"entities", func(b []byte) []byte {
			return []byte(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(string(b)))
		}},
	}
	for _, file := range corpusFiles(t) {
		if !strings.HasPrefix(filepath.Base(file), "y_") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		want := said(Read(text, Options{}))
		for _, d := range damages {
			tr := Read(d.do(text), Options{})
			checkMap(t, tr)
			require.Equal(t, want, said(tr), "%s, %s", file, d.name)
		}
	}
}

// said is who said what, in order.
func said(tr *Transcript) []string {
	var out []string
	for i := range tr.Messages {
		if m := &tr.Messages[i]; m.Kind == Wire {
			// Whether blanks at the end of a line belong to it can be told only where line ends came through.
			out = append(out, m.Side.String()+" "+strings.ReplaceAll(string(m.Wire), " \r\n", "\r\n"))
		}
	}
	return out
}
