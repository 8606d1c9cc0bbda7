package imap

import (
	"strings"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/wire"
)

// ParamValue returns the value of the MIME parameter of that name among ps, put together and decoded as RFC 2231 says; ok is false if there is
// none. Servers hand parameters over as the message wrote them: name, name*, or name*0, name*1*, ... A value in a character set other than UTF-8,
// US-ASCII and ISO-8859-1 has its invalid bytes replaced.
func ParamValue(ps []Pair, name string) (value string, ok bool) {
	raw, charset, ok := ParamOctets(ps, name)
	if !ok {
		return "", false
	}
	if equalFoldString(charset, "iso-8859-1") {
		var b strings.Builder
		for _, c := range raw {
			b.WriteRune(rune(c))
		}
		return b.String(), true
	}
	if !utf8.Valid(raw) {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), true
	}
	return string(raw), true
}

// ParamOctets is ParamValue before the character set: the octets, and the name of their character set, "" where none was given.
// An encoded value wins over a plain one of the same name, which is there for old readers (RFC 2231 §4).
func ParamOctets(ps []Pair, name string) (octets []byte, charset string, ok bool) {
	// parameter*N and parameter*N* come in any order (RFC 2231 §3): look for 0, 1, 2, ... until one is missing.
	for n := 0; n < len(ps); n++ {
		value, encoded, found := segment(ps, name, n)
		if !found {
			break
		}
		b := value.Bytes()
		if encoded && n == 0 {
			charset, b = cutCharset(b)
		}
		if encoded {
			octets = appendPercentDecoded(octets, b)
		} else {
			octets = append(octets, b...)
		}
		ok = true
	}
	if ok {
		return octets, charset, true
	}
	plain := String{}
	for i := range ps {
		base, rest, star := cutStar(ps[i].Key)
		if !wire.EqualFold(base, name) {
			continue
		}
		if star && len(rest) == 0 {
			charset, b := cutCharset(ps[i].Value.Bytes())
			return appendPercentDecoded(nil, b), charset, true
		}
		if !star && plain.IsNil() {
			plain = ps[i].Value
		}
	}
	return plain.Bytes(), "", !plain.IsNil()
}

// segment finds name*n or name*n*.
func segment(ps []Pair, name string, n int) (value String, encoded, ok bool) {
	for i := range ps {
		base, rest, star := cutStar(ps[i].Key)
		if !star || !wire.EqualFold(base, name) {
			continue
		}
		encoded = len(rest) > 0 && rest[len(rest)-1] == '*'
		if encoded {
			rest = rest[:len(rest)-1]
		}
		if k, digits := smallNumber(rest); digits && k == n {
			return ps[i].Value, encoded, true
		}
	}
	return String{}, false, false
}

func cutStar(key String) (base, rest []byte, star bool) {
	b := key.Bytes()
	for i, c := range b {
		if c == '*' {
			return b[:i], b[i+1:], true
		}
	}
	return b, nil, false
}

func smallNumber(b []byte) (n int, ok bool) {
	if len(b) == 0 || len(b) > 4 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// cutCharset takes charset'language' off an extended value (RFC 2231 §4).
func cutCharset(b []byte) (charset string, rest []byte) {
	s := string(b)
	charset, after, ok := strings.Cut(s, "'")
	if !ok {
		return "", b
	}
	_, text, ok := strings.Cut(after, "'")
	if !ok {
		return "", b
	}
	return charset, []byte(text)
}

func appendPercentDecoded(dst, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		if b[i] == '%' && i+2 < len(b) {
			hi, lo := hexDigit(b[i+1]), hexDigit(b[i+2])
			if hi >= 0 && lo >= 0 {
				dst = append(dst, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		dst = append(dst, b[i])
	}
	return dst
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= upper1(c) && upper1(c) <= 'F':
		return int(upper1(c)-'A') + 10
	}
	return -1
}
