package jsondoc

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestWriterIsJSON(t *testing.T) {
	var w Writer
	w.Open('{').Key("a").Int(-1).Key("b").Open('[').Close(']').Key("c").Open('[').Bool(true).Null().Ratio(0.97).Close(']')
	w.Key("d").Open('{').Key("e").Strings([]string{"x", "y\"\\\n\x00"}).Close('}').Key("f").Uint(1 << 53).Close('}')
	require.Equal(t, `{"a":-1,"b":[],"c":[true,null,0.97],"d":{"e":["x","y\"\\\n\u0000"]},"f":9007199254740992}`, string(w.Buf))
	require.True(t, json.Valid(w.Buf))
}

// Numbers are written as strconv writes them, without its tables.
func TestNumbers(t *testing.T) {
	for n := range 400 {
		for of := max(n, 1); of < 400; of++ {
			f := float32(n) / float32(of)
			var w Writer
			w.Ratio(f)
			require.Equal(t, strconv.FormatFloat(float64(f), 'f', -1, 32), string(w.Buf))
		}
	}
	for _, n := range []int64{0, 1, 10, 1_000, 999_999, 1_000_000, 1_500_000, 12_345_678, 86_400_000_000_000, 123_456_789_012_345} {
		for _, n := range []int64{n, -n} {
			var w Writer
			w.Decimal(n, 6)
			require.Equal(t, strconv.FormatFloat(float64(n)/1e6, 'f', -1, 64), string(w.Buf))
		}
	}
	var w Writer
	w.Decimal(math.MinInt64, 6)
	require.Equal(t, "-9223372036854.775808", string(w.Buf))
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
