package parser

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// The first byte that notPlain marks is the first one that a quoted string cannot take as it is, whatever stands around it.
func TestNotPlain(t *testing.T) {
	for c := range 256 {
		for _, fill := range []byte{' ', '!', '#', '[', ']', 'a', 0x7F} {
			for at := range 8 {
				b := []byte{fill, fill, fill, fill, fill, fill, fill, fill, '"'}
				b[at] = byte(c)
				want := 8
				if c == '"' || c == '\\' || c < ' ' || c >= 0x80 {
					want = at
				}
				require.Equal(t, want, plainRun(b, 0), "%q", b)
			}
		}
	}
}

// plainNumber reads what digits reads, or nothing.
func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]uint64{
		"0 abcdef": 0, "7)abcdef": 7, "1234567 ": 1234567, "0012 999": 12, "99/:;<=>": 99, "12345\x80\xff\x00": 12345,
		"12345678 abcdefg": 12345678, "12345678)": 12345678, "123456789)abcdef": 123456789, "4294967296 abcdef": 4294967296, "999999999999999 ": 999999999999999,
	} {
		v, end := plainNumber([]byte(in), 0)
		var p Parser
		p.b = []byte(in)
		slow, ok := p.digits(0, 0, max63, ExpectNumber)
		require.True(t, ok, in)
		require.Equal(t, want, v, in)
		require.Equal(t, slow, v, in)
		require.Equal(t, p.i, end, in)
	}
	for _, in := range []string{"12345678", "1234567890123456", "1234567890123456 abcdefgh", "1234", "", "/1234567", ":1234567", "a1234567"} {
		_, end := plainNumber([]byte(in), 0)
		require.Equal(t, unusual, end, in)
	}
}

// readNumbers reads what is plain, and as many as there is room for.
func TestReadNumbers(t *testing.T) {
	const rest = " (MODSEQ 12345678)\r\n"
	for in, want := range map[string][]uint32{
		" 1 2 3":                           {1, 2, 3},
		" 12 345 6789 12345 654321":        {12, 345, 6789, 12345, 654321},
		" 1234567 7654321 7":               {1234567, 7654321, 7},
		" 1234567 12345678 7":              {1234567},
		" 1234567":                         {1234567},
		" 12345678":                        nil,
		" 9 99 99999999 9":                 {9, 99},
		" 5 0 6":                           {5},
		" 5 06 6":                          {5},
		" 5  6":                            {5},
		" 5,6 7":                           {5},
		"5 6":                              nil,
		" 1 2 3 4 5 6 7 8 9 10 11 12 13":   {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
		" 1000000 1000001 1000002)1000003": {1000000, 1000001, 1000002},
		" 3:4 5":                           {3},
		" 3!4 5":                           {3},
	} {
		var nums [10]uint32
		k, end := readNumbers(nums[:], []byte(in+rest), 0)
		require.Equal(t, want, append([]uint32(nil), nums[:k]...), in)
		n := 0
		for _, v := range want {
			n += 1 + len(strconv.Itoa(int(v)))
		}
		require.Equal(t, n, end, in)
	}
}
