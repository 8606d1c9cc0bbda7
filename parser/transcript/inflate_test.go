package transcript

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func deflated(t testing.TB, text []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	require.NoError(t, err)
	_, err = w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestInflate(t *testing.T) {
	random := make([]byte, 70_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	texts := map[string][]byte{
		"empty":      {},
		"one line":   []byte("* OK ready\r\n"),
		"repetitive": []byte(strings.Repeat("* 1 FETCH (FLAGS (\\Seen))\r\n", 5000)),
		"random":     random,
		"zeroes":     make([]byte, 300_000),
	}
	for name, text := range texts {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
			in := deflated(t, text, level)
			z := inflater{in: append(in[:len(in):len(in)], "tail"...), limit: 1 << 20}
			require.Equal(t, streamEnded, z.run(), name)
			require.True(t, bytes.Equal(text, z.out), name)
			require.Equal(t, len(in), z.at, "%s: what stands behind the stream is left alone", name)
		}
	}
}

func TestInflateKeepsWhatItHas(t *testing.T) {
	text := []byte(strings.Repeat("* 7 FETCH (UID 9)\r\n", 400))
	in := deflated(t, text, flate.BestSpeed)
	z := inflater{in: in[:len(in)/2], limit: 1 << 20}
	require.Equal(t, streamCut, z.run())
	require.NotEmpty(t, z.out)
	require.True(t, bytes.HasPrefix(text, z.out))

	z = inflater{in: in, limit: 100}
	require.Equal(t, streamLong, z.run())
	require.LessOrEqual(t, len(z.out), 100)

	// A block whose code for the lengths of codes has room for more of them, which other programs refuse.
	z = inflater{in: append([]byte("\xb5\x92\xfaIt"), bytes.Repeat([]byte{0xc1}, 400)...), limit: 1 << 16}
	require.Equal(t, streamBroken, z.run())

	z = inflater{in: []byte("* OK not deflate at all\r\n"), limit: 100}
	require.NotEqual(t, streamEnded, z.run())
}

func FuzzInflate(f *testing.F) {
	f.Add(deflated(f, []byte("a1 OK done\r\n"), flate.BestSpeed))
	f.Add(deflated(f, bytes.Repeat([]byte("* 1 EXISTS\r\n"), 100), flate.BestCompression))
	f.Fuzz(func(t *testing.T, in []byte) {
		const limit = 1 << 16
		z := inflater{in: in, limit: limit}
		end := z.run()
		want, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(in)), limit))
		if end == streamEnded {
			require.NoError(t, err)
		}
		if err == nil && len(want) < limit {
			require.Equal(t, streamEnded, end)
			require.True(t, bytes.Equal(want, z.out))
		}
	})
}
