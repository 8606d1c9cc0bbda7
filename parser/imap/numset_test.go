package imap

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func mustSet(t testing.TB, s string) NumSet {
	t.Helper()
	set, err := ParseSet(s)
	require.NoError(t, err, s)
	return set
}

func TestNumSetWalks(t *testing.T) {
	tests := []struct {
		set    string
		max    uint32
		nums   []uint32
		normal string
	}{
		{"1", 10, []uint32{1}, "1"},
		{"1:3", 10, []uint32{1, 2, 3}, "1:3"},
		{"3:1", 10, []uint32{1, 2, 3}, "1:3"},
		{"2,4:5,7", 10, []uint32{2, 4, 5, 7}, "2,4:5,7"},
		{"7,1:2", 10, []uint32{7, 1, 2}, "1:2,7"},
		{"1:3,2:4", 10, []uint32{1, 2, 3, 2, 3, 4}, "1:4"},
		{"1,2,3,5", 10, []uint32{1, 2, 3, 5}, "1:3,5"},
		{"*", 10, []uint32{10}, "10"},
		{"8:*", 10, []uint32{8, 9, 10}, "8:10"},
		{"*:8", 10, []uint32{8, 9, 10}, "8:10"},
		{"*:*", 3, []uint32{3}, "3"},
		{"5:*", 3, []uint32{3}, "3"}, // the range lies between 5 and the largest, whichever is larger
		{"5:7", 3, nil, ""},
		{"2:7", 3, []uint32{2, 3}, "2:3"},
		{"*", 0, nil, ""},
		{"1:*", 0, nil, ""},
		{"4294967295", math.MaxUint32, []uint32{math.MaxUint32}, "4294967295"},
		{"4294967294:*", math.MaxUint32, []uint32{math.MaxUint32 - 1, math.MaxUint32}, "4294967294:4294967295"},
		{"1:*,1:*,1:*", 2, []uint32{1, 2}, "1:2"}, // repeats beyond max: in normal form
		{"$", 10, nil, "$"},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			s := mustSet(t, tt.set)
			require.Equal(t, tt.nums, slices.Collect(s.Nums(tt.max)))
			require.Equal(t, tt.normal, s.Normal(tt.max).String())
			distinct := map[uint32]bool{}
			for _, n := range tt.nums {
				distinct[n] = true
				require.True(t, s.Contains(n, tt.max))
			}
			require.Equal(t, uint64(len(distinct)), s.Count(tt.max))
			require.False(t, s.Contains(0, tt.max))
		})
	}
}

func TestNumSetRejects(t *testing.T) {
	for _, s := range []string{"", "0", "1,", ",1", "1:", ":1", "1:2:3", "4294967296", "01", "1:0", "a", "1 2", "$,1", "1,$", "**", "-1", "99999999999999999999"} {
		_, err := ParseSet(s)
		require.Error(t, err, "%q", s)
	}
}

func TestNumSetBuild(t *testing.T) {
	require.Equal(t, "1:3,7", SetOf(3, 1, 2, 7).String())
	require.Equal(t, "5", SetOf(5).String())
	require.Equal(t, "*", SetOf(0).String())
	require.Equal(t, "1:2,*", SetOf(0, 2, 1, 1).String())
	require.True(t, SetOf().IsZero())
	require.Equal(t, "9,1:4,5:*,*", RangesOf(NumRange{9, 9}, NumRange{4, 1}, NumRange{5, 0}, NumRange{0, 0}).String())
	require.Equal(t, "5:*", RangesOf(NumRange{0, 5}).String())
	require.True(t, mustSet(t, "$").IsSaved())
	require.True(t, mustSet(t, "1,5:*").HasStar())
	require.False(t, mustSet(t, "1:5").HasStar())
}

func TestNumSetCompact(t *testing.T) {
	for in, want := range map[string]string{"3,1,2": "1:3", "5:*,7:*,1": "1,5:*", "*,1": "1,*", "$": "$", "9:4,5": "4:9", "1:4294967295,4294967295": "1:4294967295"} {
		require.Equal(t, want, mustSet(t, in).Compact().String())
	}
	require.True(t, NumSet{}.Compact().IsZero())
}

func TestNumSetEqual(t *testing.T) {
	require.True(t, mustSet(t, "3:1,5:*").Equal(mustSet(t, "1:3,*:5")))
	require.False(t, mustSet(t, "1:3").Equal(mustSet(t, "1,2,3")))
	require.False(t, mustSet(t, "1").Equal(mustSet(t, "1,2")))
	require.False(t, mustSet(t, "$").Equal(mustSet(t, "1")))
	require.False(t, mustSet(t, "$").Equal(NumSet{}))
	require.True(t, mustSet(t, "$").Equal(mustSet(t, "$")))
}

func TestPairs(t *testing.T) {
	pairs := func(a, b string) (out []string) {
		for s, d := range Pairs(mustSet(t, a), mustSet(t, b)) {
			out = append(out, strconv.Itoa(int(s))+">"+strconv.Itoa(int(d)))
		}
		return out
	}
	require.Equal(t, []string{"304>3956", "319>3957", "320>3958"}, pairs("304,319:320", "3956:3958"))
	require.Equal(t, []string{"5>1", "2>2"}, pairs("5,2", "1:2"), "wire order, not sorted")
	require.Equal(t, []string{"1>9"}, pairs("1", "9:20"), "the shorter one ends it")
	require.Empty(t, pairs("1:*", "5:6"))
	n := 0
	for range Pairs(mustSet(t, "1:4294967295"), mustSet(t, "1:4294967295")) {
		if n++; n == 10 {
			break
		}
	}
	require.Equal(t, 10, n)
}

func TestNumSetHostileSizeCostsNothing(t *testing.T) {
	s := mustSet(t, strings.Repeat("1:4294967295,", 5000)+"*")
	require.Equal(t, 3, len(slices.Collect(s.Nums(3))))
	require.Equal(t, uint64(1000), s.Count(1000))
	require.Equal(t, "1:4294967295", s.Normal(math.MaxUint32).String())
}

func TestNumSetAllocations(t *testing.T) {
	s, d := mustSet(t, "1:100,200,300:*"), mustSet(t, "1:500")
	n := 0
	require.Zero(t, testing.AllocsPerRun(50, func() {
		for x := range s.Nums(400) {
			n += int(x)
		}
		for r := range s.Ranges() {
			n += int(r.Lo)
		}
		for a, b := range Pairs(s, d) {
			n += int(a + b)
		}
		n += int(s.Count(400))
		if !s.Contains(350, 400) || s.Contains(150, 400) {
			t.Error("wrong membership")
		}
	}))
}

// slowSet is the reference: it splits the text and writes every number down.
func slowSet(s string, max uint32) (set map[uint32]bool, ok bool) {
	set = map[uint32]bool{}
	number := func(s string) (uint64, bool) {
		if s == "*" {
			return uint64(max), true
		}
		if s == "" || s[0] == '0' || strings.Trim(s, "0123456789") != "" {
			return 0, false
		}
		n, err := strconv.ParseUint(s, 10, 32)
		return n, err == nil && n > 0
	}
	for part := range strings.SplitSeq(s, ",") {
		a, b, isRange := strings.Cut(part, ":")
		if !isRange {
			b = a
		}
		lo, ok1 := number(a)
		hi, ok2 := number(b)
		if !ok1 || !ok2 {
			return nil, false
		}
		if lo > hi {
			lo, hi = hi, lo
		}
		for n := max64(lo, 1); n <= hi && n <= uint64(max); n++ {
			set[uint32(n)] = true
		}
	}
	return set, true
}

func max64(a, b uint64) uint64 {
	if a > b {
		return a
	}
	return b
}

func FuzzNumSet(f *testing.F) {
	for _, s := range []string{"1", "*", "1:*", "*:1", "5:3,1", "2,4:7,9,12:*", "1:4294967295", "0", "1,,2", "4294967296", "3:*,1:2,*"} {
		f.Add(s, uint16(10))
	}
	f.Fuzz(func(t *testing.T, text string, max16 uint16) {
		max := uint32(max16 % 300)
		want, ok := slowSet(text, max)
		set, err := ParseSet(text)
		if text == "$" {
			return
		}
		require.Equal(t, ok, err == nil, "%q", text)
		if !ok {
			for range (NumSet{Raw: []byte(text)}).Nums(max) {
			}
			return
		}
		got := map[uint32]bool{}
		for n := range set.Nums(max) {
			got[n] = true
		}
		require.True(t, maps.Equal(want, got), "%q max %d: %v, not %v", text, max, got, want)
		require.Equal(t, uint64(len(want)), set.Count(max))
		for n := range max + 2 {
			require.Equal(t, want[n], set.Contains(n, max), "%d", n)
		}
		normal := set.Normal(max)
		sorted := slices.Sorted(maps.Keys(want))
		require.Equal(t, sorted, slices.Collect(normal.Nums(max)))
		require.Equal(t, normal.String(), SetOf(sorted...).String())
		require.True(t, len(sorted) == 0 || set.Equal(RangesOf(slices.Collect(set.Ranges())...)))
	})
}
