package wire

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzBase64 compares the codec with the standard library's.
func FuzzBase64(f *testing.F) {
	for _, s := range []string{"", "a", "ab", "abc", "abcd", "\x00bob\x00secret", "\xff\xfe\xfd"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		enc := AppendBase64(nil, src)
		require.Equal(t, base64.StdEncoding.EncodeToString(src), string(enc))
		for _, text := range []string{string(enc), base64.RawStdEncoding.EncodeToString(src), base64.RawURLEncoding.EncodeToString(src)} {
			dec, err := AppendBase64Decoded(nil, []byte(text))
			require.NoError(t, err)
			require.Equal(t, string(src), string(dec))
		}
		// Whatever the input is, the library accepts no more than we do.
		if dec, err := base64.RawStdEncoding.DecodeString(string(src)); err == nil {
			for _, c := range src { // the library skips line ends
				if c == '\r' || c == '\n' {
					return
				}
			}
			ours, err := AppendBase64Decoded(nil, src)
			require.NoError(t, err)
			require.Equal(t, string(dec), string(ours))
		}
	})
}

func TestBase64Refused(t *testing.T) {
	for _, s := range []string{"A", "AAAAA", "AA A", "A===", "AAAA====", "é"} {
		_, err := AppendBase64Decoded(nil, []byte(s))
		require.ErrorIs(t, err, FaultBase64, s)
	}
}
