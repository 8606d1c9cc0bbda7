package transcript

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// A dialect that isn't tried must be one that would have made nothing of the paste: of the corpus as a whole, and of each line on its own.
func TestNeeds(t *testing.T) {
	texts := [][]byte{}
	for _, file := range corpusFiles(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, text)
		texts = append(texts, bytes.SplitAfter(text, []byte("\n"))...)
	}
	tried := 0
	for _, text := range texts {
		s := takeSample(text, 0, wholeSample)
		shown := s.shown()
		for i, d := range dialects {
			if shown[i] {
				tried++
				continue
			}
			require.LessOrEqual(t, s.try(d).score, float32(0), "%s makes something of %q, which holds none of %q", d.id, text, d.needs)
		}
	}
	require.Less(t, tried, len(texts)*len(dialects)/2)
}

func TestNeedsAreNeedles(t *testing.T) {
	n := 0
	for _, d := range dialects {
		for _, text := range d.needs {
			require.GreaterOrEqual(t, len(text), needleMin, d.id)
			n++
		}
	}
	require.LessOrEqual(t, n, needsMax)
}
