package wire

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// QuotedBits tell what a quoted string holds beside plain ASCII.
type QuotedBits uint8

// What a quoted string can hold. Escaped and, where UTF-8 is enabled, UTF8 are legal; the others never are.
const (
	QuotedEscaped   QuotedBits = 1 << iota // \" or \\
	QuotedUTF8                             // well-formed UTF-8 above ASCII
	QuotedBadEscape                        // \ before another character, which then stands for itself
	QuotedBadUTF8                          // octets above %x7F that aren't UTF-8
	QuotedNUL                              // NUL
)

// ConsumeQuoted reads a quoted string with its quotes (RFC 9051 §9 quoted; RFC 3501 §9 the same without UTF-8). Octets above %x7F
// must be well-formed UTF-8, and utf8 must be true: UTF8=ACCEPT or IMAP4rev2 is enabled. The fault's place is the first octet that
// isn't allowed. Where escaped is true, [AppendUnquoted] gives the string; else it is b[1:n-1].
func ConsumeQuoted(b []byte, utf8 bool) (n int, escaped bool) {
	allowed := QuotedEscaped
	if utf8 {
		allowed |= QuotedUTF8
	}
	n, has := consumeQuoted(b, allowed)
	return n, has&QuotedEscaped != 0
}

// ConsumeQuotedAny reads what a lenient reader takes as a quoted string: everything from quote to quote that stays in the line, a
// backslash making the next character stand for itself. It says what it found; only FaultLineEnd and FaultTruncated are left.
func ConsumeQuotedAny(b []byte) (n int, has QuotedBits) { return consumeQuoted(b, ^QuotedBits(0)) }

func consumeQuoted(b []byte, allowed QuotedBits) (n int, has QuotedBits) {
	if len(b) == 0 || b[0] != '"' {
		return 0, 0
	}
	for n = 1; ; {
		n += plainQuoted(b[n:])
		if n == len(b) {
			return FaultTruncated.at(n), has
		}
		bit, m, f := QuotedBits(0), 1, FaultChar
		switch c := b[n]; {
		case c == '"':
			return n + 1, has
		case c == '\\':
			if n+1 == len(b) {
				return FaultTruncated.at(n + 1), has
			}
			switch d := b[n+1]; d {
			case '"', '\\':
				bit, m = QuotedEscaped, 2
			case '\r', '\n':
				return FaultLineEnd.at(n + 1), has
			default:
				// Only the backslash is taken here: what follows is judged as any other character.
				bit, f = QuotedBadEscape, FaultEscape
			}
		case c == '\r' || c == '\n':
			return FaultLineEnd.at(n), has
		case c == 0:
			bit = QuotedNUL
		case c >= 0x80:
			f = FaultUTF8
			switch m = utf8Len(b[n:]); {
			case m > 0:
				bit = QuotedUTF8
			case m == 0:
				bit, m = QuotedBadUTF8, 1
			case allowed&QuotedUTF8 == 0:
				bit, m = QuotedUTF8, 1 // refused whatever follows
			default:
				return FaultTruncated.at(len(b)), has
			}
		}
		if bit&^allowed != 0 {
			return f.at(n), has
		}
		has |= bit
		n += m
	}
}

// utf8Len is the length of the UTF-8 sequence at the start of b; 0 if it is ill-formed (overlong and surrogate forms included, RFC
// 3629 §4), negative if b ends within it.
func utf8Len(b []byte) int {
	_, m := utf8.DecodeRune(b)
	if m > 1 || b[0] < utf8.RuneSelf {
		return m
	}
	if !utf8.FullRune(b) {
		return -1
	}
	return 0
}

// AppendQuoted appends s as a quoted string: in quotes, " and \ escaped. It is for strings that a quoted string can hold: see [CanQuote].
func AppendQuoted(dst, s []byte) []byte {
	dst = append(dst, '"')
	for {
		n := plainQuoted(s)
		for n < len(s) && s[n] != '"' && s[n] != '\\' {
			n += 1 + plainQuoted(s[n+1:])
		}
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return append(dst, '"')
		}
		dst = append(dst, '\\', s[n])
		s = s[n+1:]
	}
}

// CanQuote reports whether s can be written as a quoted string: no NUL, CR or LF, and octets above %x7F only as well-formed UTF-8
// and only where utf8 says that UTF-8 is enabled.
func CanQuote(s []byte, utf8 bool) bool { return ConsumeText(s, utf8) == len(s) }

// AppendPlainQuoted appends s in quotes if every octet of it stands for itself there: ASCII without controls, DEL apart, and without " and \. If not,
// it returns dst as it was and false. It looks at eight octets while it copies them, at the last ones twice rather than one by one.
func AppendPlainQuoted(dst, s []byte) ([]byte, bool) {
	n, at := len(s), len(dst)
	if cap(dst)-at < n+2 {
		dst = slices.Grow(dst, n+2)
	}
	q := dst[at : at+n+2]
	q[0], q[n+1] = '"', '"'
	to := q[1 : n+1]
	switch {
	case n >= 8:
		for i := 0; i+8 < n; i += 8 {
			x := load(s[i:])
			if notPlainQuoted(x) != 0 {
				return dst, false
			}
			store(to[i:], x)
		}
		x := load(s[n-8:])
		store(to[n-8:], x)
		if notPlainQuoted(x) != 0 {
			return dst, false
		}
	case n >= 4:
		x, y := load4(s), load4(s[n-4:])
		store4(to, x)
		store4(to[n-4:], y)
		if notPlainQuoted(uint64(x)|uint64(y)<<32) != 0 {
			return dst, false
		}
	default:
		for i, c := range s {
			if c < ' ' || c > 0x7F || c == '"' || c == '\\' {
				return dst, false
			}
			to[i] = c
		}
	}
	return dst[:at+n+2], true
}

// AppendUnquoted appends the string that raw, the bytes between the quotes, stands for: each backslash is dropped and the character
// after it kept, whatever it is. A backslash at the very end is kept.
func AppendUnquoted(dst, raw []byte) []byte {
	for {
		n := bytes.IndexByte(raw, '\\')
		if n < 0 || n+1 == len(raw) {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:n]...)
		dst = append(dst, raw[n+1])
		raw = raw[n+2:]
	}
}
