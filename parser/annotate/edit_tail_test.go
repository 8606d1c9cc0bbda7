package annotate_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
)

// An edit must cost what it changes: behind it everything comes back from before, be the messages as many as they were or not. A letter in a word of the
// text, in a literal, in a completion; a line more, a command with its answer more, one less.
func TestEditStopsEarly(t *testing.T) {
	defer annotate.MarkEvery(16)()
	text := bytes.Repeat([]byte(session), 60)
	for _, c := range []struct{ name, at, insert string }{
		{"a word of a status", "Logged in", "x"},
		{"octets of a literal", "hello", "x"},
		{"a line of noise", "S: a3 OK", "-- a remark\r\n"},
		{"the words of a completion", "idle done", "so far "},
		{"data more", "S: a3 OK", "S: * 12 FETCH (FLAGS (\\Seen))\r\n"},
		{"a command more", "C: a4 IDLE", "C: b1 NOOP\r\nS: b1 OK done\r\n"},
	} {
		for _, part := range []float64{0.01, 0.5, 0.9} {
			at := int(part * float64(len(text)))
			at += bytes.Index(text[at:], []byte(c.at))
			d := annotate.Annotate(text, annotate.Options{})
			was := len(d.Messages)
			change := d.Edit(at, at, []byte(c.insert))
			want := annotate.Annotate([]byte(string(text[:at])+c.insert+string(text[at:])), annotate.Options{})
			requireSame(t, want, d)
			require.Less(t, change.Octets, len(text)/2, "%s at %v of the text", c.name, part)
			require.Equal(t, len(want.Messages), change.To+was-change.OldTo)
			back := d.Edit(at, at+len(c.insert), nil)
			requireSame(t, annotate.Annotate(text, annotate.Options{}), d)
			require.Less(t, back.Octets, len(text)/2, "%s taken back at %v of the text", c.name, part)
		}
	}
}

// Edits upon edits of every kind of log: each time the document is the one that a fresh annotation gives.
func TestEditEverywhere(t *testing.T) {
	files, err := filepath.Glob("../../corpus/transcripts/*/y_*_001.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	defer annotate.MarkEvery(8)()
	r := rand.New(rand.NewPCG(1, 2))
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		editAtRandom(t, r, file, bytes.Repeat(text, 1+4000/(len(text)+1)), 3)
	}
}

func editAtRandom(t *testing.T, r *rand.Rand, name string, text []byte, edits int) {
	d := annotate.Annotate(text, annotate.Options{})
	for range edits {
		from := r.IntN(len(text) + 1)
		to, insert := from, []byte{byte(' ' + r.IntN(95))}
		line := func(at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 } // where the line begins
		switch r.IntN(7) {
		case 0:
			to, insert = min(from+1, len(text)), nil
		case 1: // a line twice
			end := from + bytes.IndexByte(text[from:], '\n') + 1
			insert = text[from:max(end, from)]
		case 2: // part of a line less
			to, insert = min(from+r.IntN(60), len(text)), nil
		case 3:
			insert = []byte("\r\n")
		case 4: // lines from elsewhere
			other := line(r.IntN(len(text) + 1))
			from = line(from)
			to, insert = from, text[other:line(min(other+r.IntN(400), len(text)))]
		case 5: // whole lines less
			from = line(from)
			to, insert = max(from, line(min(from+r.IntN(400), len(text)))), nil
		}
		text = bytes.Join([][]byte{text[:from], insert, text[to:]}, nil)
		d.Edit(from, to, insert)
		requireSame(t, annotate.Annotate(text, annotate.Options{}), d)
		if t.Failed() {
			t.Fatalf("%s: [%d,%d) replaced by %q", name, from, to, insert)
		}
	}
}
