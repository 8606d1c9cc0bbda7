package wire

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// MUTF7Error says where and why a name isn't modified UTF-7.
type MUTF7Error struct {
	Fault Fault // Truncated: not shifted out at the end; Char, Base64 (bits left over), UTF8 (lone surrogate), Escape (a shift that must not be)
	Off   int   // in the encoded name
}

// Error names the fault and the offset.
func (e *MUTF7Error) Error() string {
	why := e.Fault.Error()
	switch e.Fault {
	case FaultTruncated:
		why = "a shift isn't ended"
	case FaultEscape:
		why = "a shift that isn't needed"
	case FaultUTF8:
		why = "half a surrogate pair"
	case FaultBase64:
		why = "bits left over"
	}
	return "wire: modified UTF-7: " + why + ", at offset " + strconv.Itoa(e.Off)
}

// Unwrap is the Fault.
func (e *MUTF7Error) Unwrap() error { return e.Fault }

// mutf7Alphabet is base64 with "," for "/" (RFC 3501 §5.1.3).
const mutf7Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,"

// mutf7Value is the value of a character of mutf7Alphabet; ok is false for others.
func mutf7Value(c byte) (v uint32, ok bool) {
	switch {
	case c-'A' < 26:
		return uint32(c - 'A'), true
	case c-'a' < 26:
		return uint32(c-'a') + 26, true
	case c-'0' < 10:
		return uint32(c-'0') + 52, true
	case c == '+':
		return 62, true
	case c == ',':
		return 63, true
	}
	return 0, false
}

// AppendMUTF7 appends a mailbox name in modified UTF-7 (RFC 3501 §5.1.3): printable ASCII stands for itself, "&" becomes "&-", and each
// run of anything else one shift. Octets that aren't UTF-8 are encoded as U+FFFD.
func AppendMUTF7(dst, name []byte) []byte {
	for i := 0; i < len(name); {
		switch c := name[i]; {
		case c == '&':
			dst = append(dst, "&-"...)
			i++
		case c >= ' ' && c <= '~':
			dst = append(dst, c)
			i++
		default:
			var n int
			dst, n = appendShift(dst, name[i:])
			i += n
		}
	}
	return dst
}

// appendShift appends one shift for the run at the start of name that needs it, and says how long the run is.
func appendShift(dst, name []byte) ([]byte, int) {
	dst = append(dst, '&')
	var bits, held uint32 // held bits, not yet written
	i := 0
	for i < len(name) && (name[i] < ' ' || name[i] > '~') {
		r, n := utf8.DecodeRune(name[i:])
		i += n
		units := [2]rune{r, 0}
		count := 1
		if r > 0xFFFF {
			units[0], units[1] = utf16.EncodeRune(r)
			count = 2
		}
		for _, u := range units[:count] {
			bits, held = bits<<16|uint32(u), held+16
			for ; held >= 6; held -= 6 {
				dst = append(dst, mutf7Alphabet[bits>>(held-6)&63])
			}
		}
	}
	if held > 0 {
		dst = append(dst, mutf7Alphabet[bits<<(6-held)&63])
	}
	return append(dst, '-'), i
}

// AppendMUTF7Decoded appends, in UTF-8, the mailbox name that s is in modified UTF-7. It takes exactly what RFC 3501 §5.1.3 allows: no
// octets but printable ASCII, no shift around printable ASCII, no shift right after another, no bits left over, surrogates in pairs, and
// shifted out at the end. Otherwise nothing is appended and the error is a [*MUTF7Error]; a reader then keeps the name as it is.
func AppendMUTF7Decoded(dst, s []byte) ([]byte, error) {
	start := len(dst)
	shifted := false // the byte before ended a shift
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < ' ' || c > '~':
			return dst[:start], &MUTF7Error{FaultChar, i}
		case c != '&':
			dst = append(dst, c)
			i, shifted = i+1, false
			continue
		case i+1 < len(s) && s[i+1] == '-':
			dst = append(dst, '&')
			i, shifted = i+2, false
			continue
		case shifted:
			return dst[:start], &MUTF7Error{FaultEscape, i}
		}
		var e *MUTF7Error
		if dst, i, e = appendUnshifted(dst, s, i); e != nil {
			return dst[:start], e
		}
		shifted = true
	}
	return dst, nil
}

// appendUnshifted decodes the shift at s[i] and says where it ends.
func appendUnshifted(dst, s []byte, i int) ([]byte, int, *MUTF7Error) {
	var bits, held uint32
	var high rune // of a surrogate pair, waiting for the low half
	unit := i     // where the code unit began
	for i++; i < len(s); i++ {
		v, ok := mutf7Value(s[i])
		if !ok {
			break
		}
		if bits, held = bits<<6|v, held+6; held < 16 {
			continue
		}
		held -= 16
		u := rune(bits >> held & 0xFFFF)
		bits &= 1<<held - 1
		switch {
		case high != 0:
			r := utf16.DecodeRune(high, u)
			if r == utf8.RuneError {
				return dst, 0, &MUTF7Error{FaultUTF8, unit}
			}
			dst = utf8.AppendRune(dst, r)
			high = 0
		case u >= 0xD800 && u < 0xDC00:
			high, unit = u, i
		case u >= 0xDC00 && u < 0xE000:
			return dst, 0, &MUTF7Error{FaultUTF8, i}
		case u >= ' ' && u <= '~':
			return dst, 0, &MUTF7Error{FaultEscape, i}
		default:
			dst = utf8.AppendRune(dst, u)
		}
	}
	switch {
	case i == len(s):
		return dst, 0, &MUTF7Error{FaultTruncated, i}
	case s[i] != '-':
		return dst, 0, &MUTF7Error{FaultChar, i}
	case high != 0:
		return dst, 0, &MUTF7Error{FaultUTF8, unit}
	case held >= 6 || bits != 0:
		return dst, 0, &MUTF7Error{FaultBase64, i - 1}
	}
	return dst, i + 1, nil
}
