package api

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// slowPositions gives the editor position of every octet of text, and of its end, by decoding the text as the Encoding Standard's UTF-8
// decoder does, state by state.
func slowPositions(text []byte, keepMark bool) []uint32 {
	pos := make([]uint32, len(text)+1)
	at := uint32(0)
	for i := 0; i < len(text); {
		n, units := 1, uint32(1)
		switch {
		case i == 0 && !keepMark && len(text) >= 3 && string(text[:3]) == "\xEF\xBB\xBF":
			n, units = 3, 0
		case text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n':
			n = 2
		default:
			n, units = slowDecode(text[i:])
		}
		for j := range n {
			pos[i+j] = at
		}
		i += n
		at += units
	}
	pos[len(text)] = at
	return pos
}

// slowDecode is the decoder of https://encoding.spec.whatwg.org/#utf-8-decoder for one character.
func slowDecode(b []byte) (n int, units uint32) {
	var needed, seen int
	var point rune
	lower, upper := byte(0x80), byte(0xBF)
	for i, c := range b {
		if needed == 0 {
			switch {
			case c <= 0x7F:
				return 1, 1
			case c >= 0xC2 && c <= 0xDF:
				needed, point = 1, rune(c&0x1F)
			case c >= 0xE0 && c <= 0xEF:
				if c == 0xE0 {
					lower = 0xA0
				}
				if c == 0xED {
					upper = 0x9F
				}
				needed, point = 2, rune(c&0xF)
			case c >= 0xF0 && c <= 0xF4:
				if c == 0xF0 {
					lower = 0x90
				}
				if c == 0xF4 {
					upper = 0x8F
				}
				needed, point = 3, rune(c&0x7)
			default:
				return 1, 1
			}
			continue
		}
		if c < lower || c > upper {
			return i, 1 // the octet is prepended to the stream again
		}
		lower, upper = 0x80, 0xBF
		point = point<<6 | rune(c&0x3F)
		if seen++; seen == needed {
			return i + 1, uint32(utf16.RuneLen(point))
		}
	}
	return len(b), 1 // end of the stream inside a sequence
}

func checkPositions(t *testing.T, text []byte, keep bool) {
	t.Helper()
	want := slowPositions(text, keep)
	p := NewPositions(text, keep)
	require.Equal(t, int(want[len(text)]), p.Len())
	for off := range want {
		require.Equal(t, want[off], p.Editor(off), "octet %d of %q", off, text)
	}
	for off := len(want) - 1; off >= 0; off -= 1 + off/64 {
		require.Equal(t, want[off], p.Editor(off), "backwards, octet %d of %q", off, text)
	}
	// An octet that begins something is found again from its position.
	for off := range text {
		if off == 0 || want[off] != want[off-1] {
			if off == 0 && len(text) >= 3 && want[3] == 0 {
				continue // the dropped byte order mark
			}
			require.Equal(t, off, p.Octet(int(want[off])), "position %d of %q", want[off], text)
		}
	}
	require.Equal(t, len(text), p.Octet(p.Len()))
}

func TestPositions(t *testing.T) {
	for _, text := range []string{
		"", "a", "\n", "\r", "\r\n", "\n\r", "\r\r\n\n", "a\r\nb\rc\nd",
		"é", "日本語", "😀", "a😀b", "\xEF\xBB\xBFabc", "x\xEF\xBB\xBFabc", "\xEF\xBB", "\xEF\xBB\xBF",
		"\x80", "\xC0\x80", "\xC2", "\xC2a", "\xE0\x80\x80", "\xE0\xA0", "\xE0\xA0a", "\xED\xA0\x80", "\xED\x9F\xBF",
		"\xF0\x80\x80\x80", "\xF0\x90\x80", "\xF0\x90\x80a", "\xF4\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xF5\x80", "\xFF\xFE",
		"\xE6\x97\r\n\xA5", "a\x00b", "\x1b[0m",
	} {
		checkPositions(t, []byte(text), false)
		checkPositions(t, []byte(text), true)
	}
}

// A long text has many marks, and characters that lie across the places where marks want to be.
func TestPositionsLong(t *testing.T) {
	for _, unit := range []string{"é", "日", "😀", "\r\n", "ab\r\n日本😀\x80", "\xE6\x97"} {
		var text []byte
		for shift := range 4 {
			text = append(text[:0], "xxxx"[:shift]...)
			for len(text) < 3*markEvery+5 {
				text = append(text, unit...)
			}
			checkPositions(t, text, false)
		}
	}
}

func TestPositionsOutside(t *testing.T) {
	p := NewPositions([]byte("abc"), false)
	require.Equal(t, uint32(0), p.Editor(-1))
	require.Equal(t, uint32(3), p.Editor(99))
	require.Equal(t, 0, p.Octet(-1))
	require.Equal(t, 3, p.Octet(99))
}

// A position between the two halves of a surrogate pair is that of the character.
func TestPositionsInsidePair(t *testing.T) {
	p := NewPositions([]byte("a😀b"), false)
	require.Equal(t, 1, p.Octet(2))
	require.Equal(t, 5, p.Octet(3))
}

func FuzzPositions(f *testing.F) {
	for _, s := range []string{"a\r\nb", "\xEF\xBB\xBF日本\r", "😀\x80\xF0\x90", "\xED\xA0\x80\r\n"} {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, keep bool) {
		checkPositions(t, text, keep)
		if utf8.Valid(text) && keep {
			breaks := 0
			for i := range text {
				if text[i] == '\n' && i > 0 && text[i-1] == '\r' {
					breaks++
				}
			}
			require.Equal(t, len(utf16.Encode([]rune(string(text))))-breaks, NewPositions(text, keep).Len())
		}
	})
}

func TestStretch(t *testing.T) {
	for text, want := range map[string]uint32{
		"": 0, "a": 0, "a\n": 0, "a\r\n": 0, "a\nb": 1, "a\r\nb\r\n": 1, "a\rb\n": 1, "\r\r\n": 1, "\n\n\n": 2, "a\r\n\r\nb\rc": 3,
	} {
		p := NewPositions([]byte("x\r\n"+text+"y"), false)
		from, to, breaks := p.Stretch(3, 3+len(text))
		require.Equal(t, []uint32{p.Editor(3), p.Editor(3 + len(text)), want}, []uint32{from, to, breaks}, "%q", text)
	}
}
