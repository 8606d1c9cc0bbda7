package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// classRules say each class as its RFC does, slowly.
var classRules = []struct {
	name  string
	class uint16
	in    func(c byte) bool
}{
	{"ATOM-CHAR", AtomChar, isAtomChar},
	{"ASTRING-CHAR", AstringChar, func(c byte) bool { return isAtomChar(c) || c == ']' }},
	{"list-char", ListChar, func(c byte) bool { return isAtomChar(c) || strings.IndexByte("%*]", c) >= 0 }},
	{"tag", TagChar, func(c byte) bool { return (isAtomChar(c) || c == ']') && c != '+' }},
	{"TEXT-CHAR", TextChar, isTextChar},
	{"QUOTED-CHAR", QuotedChar, func(c byte) bool { return isTextChar(c) && c != '"' && c != '\\' }},
	{"resp-text-code", CodeChar, func(c byte) bool { return isTextChar(c) && c != ']' }},
	{"tagged-label-fchar", LabelStart, func(c byte) bool { return isLetter(c) || strings.IndexByte("-_.", c) >= 0 }},
	{"tagged-label-char", LabelChar, func(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte("-_.:", c) >= 0 }},
	{"filter-name", FilterChar, func(c byte) bool { return isAtomChar(c) && c != '/' }},
	{"objectid", ObjectIDChar, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c == '-' }},
	{"base64-char", Base64Char, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '+' || c == '/' }},
	{"DIGIT", Digit, isDigit},
	{"ALPHA", Alpha, isLetter},
	{"above ASCII", HighBit, func(c byte) bool { return c > 0x7F }},
}

func isAtomChar(c byte) bool {
	return c > ' ' && c < 0x7F && strings.IndexByte(`(){%*"\]`, c) < 0 || c == '}'
}
func isTextChar(c byte) bool { return c > 0 && c <= 0x7F && c != '\r' && c != '\n' }
func isLetter(c byte) bool   { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }
func isDigit(c byte) bool    { return '0' <= c && c <= '9' }

func TestClasses(t *testing.T) {
	for _, r := range classRules {
		for c := range 256 {
			require.Equal(t, r.in(byte(c)), Class[c]&r.class != 0, "%s, octet %#02x", r.name, c)
		}
	}
}

func TestEqualFold(t *testing.T) {
	for c := range 256 {
		for d := range 256 {
			want := c == d || isLetter(byte(c)) && isLetter(byte(d)) && c|0x20 == d|0x20
			require.Equal(t, want, EqualFold([]byte{byte(c)}, string([]byte{byte(d)})), "%#x %#x", c, d)
		}
	}
	require.True(t, EqualFold([]byte("Body.Peek"), "BODY.PEEK"))
	require.False(t, EqualFold([]byte("BODY"), "BODY.PEEK"))
	require.True(t, EqualFold(nil, ""))
	require.False(t, EqualFold([]byte("\u212a"), "k"), "the Kelvin sign is no letter K here")
}

// slowQuoted is consumeQuoted's plain run, one octet after the other.
func slowPlainQuoted(b []byte) int {
	for i, c := range b {
		if c < 0x20 || c > 0x7F || c == '"' || c == '\\' {
			return i
		}
	}
	return len(b)
}

func slowPlainText(b []byte) int {
	for i, c := range b {
		if c < 0x20 || c > 0x7F {
			return i
		}
	}
	return len(b)
}

// requirePlainQuoted holds AppendPlainQuoted to the slow scanner, with and without room.
func requirePlainQuoted(t *testing.T, s []byte) {
	for _, room := range []int{1, 1 + len(s) + 2} {
		got, ok := AppendPlainQuoted(append(make([]byte, 0, room), 'x'), s)
		want := "x"
		if slowPlainQuoted(s) == len(s) {
			want = `x"` + string(s) + `"`
		}
		require.Equal(t, want, string(got))
		require.Equal(t, len(want) > 1, ok)
	}
}

// TestSWAR puts every octet at every place of two words, among neighbours that tempt the borrows.
func TestSWAR(t *testing.T) {
	for _, fill := range []byte{'a', ' ', '!', '#', 0x7F, '[', ']'} {
		for at := range 17 {
			for c := range 256 {
				b := []byte(strings.Repeat(string(rune(fill)), 17))
				b[at] = byte(c)
				require.Equal(t, slowPlainQuoted(b), plainQuoted(b), "%q", b)
				require.Equal(t, slowPlainText(b), plainText(b), "%q", b)
				for n := range len(b) + 1 {
					requirePlainQuoted(t, b[:n])
				}
			}
		}
	}
}
