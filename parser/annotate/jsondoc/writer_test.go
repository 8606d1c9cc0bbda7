package jsondoc

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestWriterIsJSON(t *testing.T) {
	var w Writer
	w.Open('{').Key("a").Int(-1).Key("b").Open('[').Close(']').Key("c").Open('[').Bool(true).Null().Float(0.97, 32).Close(']')
	w.Key("d").Open('{').Key("e").Strings([]string{"x", "y\"\\\n\x00"}).Close('}').Key("f").Uint(1 << 53).Close('}')
	require.Equal(t, `{"a":-1,"b":[],"c":[true,null,0.97],"d":{"e":["x","y\"\\\n\u0000"]},"f":9007199254740992}`, string(w.Buf))
	require.True(t, json.Valid(w.Buf))
}

func TestLatin1GivesEveryOctetBack(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	var w Writer
	w.Latin1(all)
	var s string
	require.NoError(t, json.Unmarshal(w.Buf, &s))
	var back []byte
	for _, r := range s {
		require.Less(t, r, rune(256))
		back = append(back, byte(r))
	}
	require.Equal(t, all, back)
}

func FuzzString(f *testing.F) {
	for _, s := range []string{"", "a\"b", "\x00\x1f\x7f", "日本", "\xff\xc0", "</script>", "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		require.NoError(t, json.Unmarshal(AppendString(nil, s), &back))
		if utf8.ValidString(s) {
			require.Equal(t, s, back)
		} else {
			require.Equal(t, string([]rune(s)), back)
		}
	})
}
