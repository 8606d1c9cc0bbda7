package annotate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
)

// shapes are texts of about a megabyte, each hard for another part of the chain.
func shapes() []struct {
	name string
	text []byte
} {
	fill := func(part string) []byte { return []byte(strings.Repeat(part, 1<<20/len(part))) }
	labelled := "S: * OK IMAP4rev1 ready\nC: a1 LOGIN joe secret\nS: a1 OK done\nC: a2 FETCH 1:9 (UID FLAGS)\n" + strings.Repeat("S: * 1 FETCH (UID 7 FLAGS (\\Seen))\n", 9) + "S: a2 OK done\n"
	noise := "2026-03-01 10:41:07.123 DEBUG worker-7 queue: 17 items wait, next run in 250 ms\n"
	return []struct {
		name string
		text []byte
	}{
		{"sessions", fill(session)},
		{"bare", fill(strings.NewReplacer("S: ", "", "C: ", "").Replace(session))},
		{"labelled", fill(labelled)},
		{"noise", fill(noise)},
		{"mostly-noise", fill(labelled + strings.Repeat(noise, 50))},
		{"formats", fill(session + strings.Repeat(noise, 20) + labelled + strings.Repeat(noise, 20))},
		{"one-literal", []byte("* 1 FETCH (BODY[] {1048576}\r\n" + strings.Repeat("line of a body, thirty octets\r\n", 1<<20/32))},
		{"flat", fill(strings.Repeat(" * 1 EXISTS", 1400) + "\n")}, // many messages in a line, as a page leaves them
		{"tiny-lines", []byte("* 1 FETCH (BODY[] {65536}\r\n" + strings.Repeat("x\n", 1<<15))},
	}
}

// BenchmarkSession annotates sessions, one after the other, as a document and as a stream.
func BenchmarkSession(b *testing.B) {
	text := []byte(strings.Repeat(session, 2000))
	b.Run("document", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			annotate.Annotate(text, annotate.Options{})
		}
	})
	b.Run("stream", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			for range annotate.Messages(text, annotate.Options{}) {
			}
		}
	})
}

// BenchmarkShape runs over each shape: a search for line ends as the measure of what is possible, detection, the transcript alone, the whole chain.
func BenchmarkShape(b *testing.B) {
	for _, shape := range shapes() {
		text := shape.text
		run := func(name string, f func()) {
			b.Run(shape.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
		run("line-ends", func() {
			for rest := text; len(rest) > 0; {
				_, rest, _ = bytes.Cut(rest, []byte{10})
			}
		})
		run("detect", func() { transcript.Open(text, transcript.Options{}) })
		run("transcript", func() {
			var m transcript.Message
			for s := transcript.Open(text, transcript.Options{}); s.Next(&m); {
			}
		})
		run("document", func() { annotate.Annotate(text, annotate.Options{}) })
	}
}

// BenchmarkFiles runs over transcripts of the corpus file by file, those that were recorded and all: most are short, so that what each costs before its
// first message counts. Trees reads each message once more, as those who look at all of a Document do.
func BenchmarkFiles(b *testing.B) {
	for _, set := range []struct{ name, pattern string }{{"recorded", "*recorded*"}, {"all", "*"}} {
		names, err := filepath.Glob("../../corpus/transcripts/*/" + set.pattern + ".txt")
		require.NoError(b, err)
		require.NotEmpty(b, names)
		var texts [][]byte
		octets := 0
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(b, err)
			texts = append(texts, text)
			octets += len(text)
		}
		run := func(name string, f func(text []byte)) {
			b.Run(set.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(octets))
				b.ReportAllocs()
				for b.Loop() {
					for _, text := range texts {
						f(text)
					}
				}
			})
		}
		run("detect", func(text []byte) { transcript.Open(text, transcript.Options{}) })
		run("transcript", func(text []byte) {
			var m transcript.Message
			for s := transcript.Open(text, transcript.Options{}); s.Next(&m); {
			}
		})
		run("document", func(text []byte) { annotate.Annotate(text, annotate.Options{}) })
		var tree syntax.Tree
		run("trees", func(text []byte) {
			d := annotate.Annotate(text, annotate.Options{})
			for i := range d.Messages {
				d.Tree(&d.Messages[i], &tree)
			}
		})
	}
}

// BenchmarkEdit types a letter, and inserts a command with its answer, near the start, in the middle and near the end of a megabyte; then it takes either
// back.
func BenchmarkEdit(b *testing.B) {
	text := []byte(strings.Repeat(session, 1<<20/len(session)))
	for _, insert := range []struct{ name, text string }{{"letter", "x"}, {"command", "C: b1 NOOP\r\nS: b1 OK done\r\n"}} {
		for _, place := range []struct {
			name string
			part int
		}{{"start", 1}, {"middle", 50}, {"end", 99}} {
			at := len(text) * place.part / 100
			at += bytes.Index(text[at:], []byte("C: a4 IDLE"))
			b.Run(insert.name+"/"+place.name, func(b *testing.B) {
				d := annotate.Annotate(text, annotate.Options{})
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if i%2 == 0 {
						d.Edit(at, at, []byte(insert.text))
					} else {
						d.Edit(at, at+len(insert.text), nil)
					}
				}
			})
		}
	}
}
