package transcript

import "github.com/imapwire/imapwire/parser/wire"

// class tells what an octet can be part of.
type class uint8

const (
	alnum   class = 1 << iota
	joins         // joins letters and digits to one word: stamps, addresses, numbers, paths
	tagless       // in no tag that programs and people choose
	blank         // blank, tab, CR
	nul           // NUL
	quoting       // a quote
	nests         // opens or closes a string or a list, or stands between its items
	digit
)

// classes is the classes of each octet.
var classes = func() (t [256]class) {
	for c := range 256 {
		switch c := byte(c); {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			t[c] = alnum
		case c <= ' ' || c >= 0x7F:
			t[c] = tagless
		}
	}
	for c := '0'; c <= '9'; c++ {
		t[c] |= digit
	}
	for _, c := range []byte(".-:@/,+_%$&#=~\\") {
		t[c] |= joins
	}
	for _, c := range []byte("(){%*\"\\+<>=|`'[,;") {
		t[c] |= tagless
	}
	for _, c := range []byte(" \t\r") {
		t[c] |= blank
	}
	t[0] |= nul
	for _, c := range []byte("\"'`") {
		t[c] |= quoting
	}
	for _, c := range []byte(` "()\\`) {
		t[c] |= nests
	}
	return t
}()

// trimBlanks takes off the blanks and tabs at the start of b.
func trimBlanks(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	return b
}

// trimRight is bytes.TrimRight without the table that it makes of the characters to take off, which costs more than most calls have to do.
func trimRight(b []byte, cutset string) []byte {
trim:
	for len(b) > 0 {
		for i := range len(cutset) {
			if b[len(b)-1] == cutset[i] {
				b = b[:len(b)-1]
				continue trim
			}
		}
		break
	}
	return b
}

// cutWord splits b at its first blank.
func cutWord(b []byte) (word, rest []byte) {
	i := 0
	for i < len(b) && classes[b[i]]&blank == 0 {
		i++
	}
	word, rest = b[:i], b[i:]
	for len(rest) > 0 && classes[rest[0]]&blank != 0 {
		rest = rest[1:]
	}
	return word, rest
}

func firstWord(b []byte) []byte {
	w, _ := cutWord(b)
	return w
}

// upperWord is w in upper case for a switch; words longer than any keyword come back empty.
func upperWord(w []byte) string {
	var a [24]byte
	if len(w) > len(a) {
		return ""
	}
	for i, c := range w {
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		a[i] = c
	}
	return string(a[:len(w)])
}

func statusOf(w []byte) wire.Status {
	if len(w) < len("OK") || len(w) > len("PREAUTH") {
		return 0
	}
	switch upperWord(w) {
	case "OK":
		return wire.OK
	case "NO":
		return wire.NO
	case "BAD":
		return wire.BAD
	case "PREAUTH":
		return wire.PREAUTH
	case "BYE":
		return wire.BYE
	}
	return 0
}

// containsFold looks for a lower-case word in any case.
func containsFold(b []byte, lower string) bool {
	for i := 0; i+len(lower) <= len(b); i++ {
		j := 0
		for j < len(lower) && (b[i+j]|0x20 == lower[j] || b[i+j] == lower[j]) {
			j++
		}
		if j == len(lower) {
			return true
		}
	}
	return false
}

func isUpper(w []byte) bool {
	letters := false
	for _, c := range w {
		if 'a' <= c && c <= 'z' {
			return false
		}
		letters = letters || 'A' <= c && c <= 'Z'
	}
	return letters
}

func isLower(w []byte) bool {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return len(w) > 0
}

func isDigits(w []byte) bool {
	for _, c := range w {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(w) > 0
}

func hasDigit(w []byte) bool {
	for _, c := range w {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}

func isAlnum(c byte) bool { return classes[c]&alnum != 0 }

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func isBlank(b []byte) bool {
	for _, c := range b {
		if classes[c]&blank == 0 {
			return false
		}
	}
	return true
}

// parseUint reads the decimal number at the start of b and its length, 0 when there is none or it is too large.
func parseUint(b []byte) (v uint64, n int) {
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		if n == 18 {
			return 0, 0
		}
		v = v*10 + uint64(b[n]-'0')
		n++
	}
	return v, n
}
