package transcript

import (
	"bytes"
	"unicode/utf8"
)

// unescape reads a payload as a program printed it. What isn't in that notation is taken as it stands.
func unescape(p seg, e escape) seg {
	switch e {
	case plain:
		return p
	case pyRepr:
		return unquote(p, backslash)
	case placeholders:
		return unplaced(p)
	case jsonPlaceholders:
		return unplaced(unescape(p, jsonString))
	case jsInspect:
		return latin1(unquote(p, e))
	}
	if bytes.IndexByte(p.b, '\\') < 0 {
		return p
	}
	return unbackslash(p, e)
}

// unquote takes the quotes off a Python or JavaScript string, and resolves its escapes. A string that breaks off is read as far as it goes.
func unquote(p seg, e escape) seg {
	b := p.b
	i := 0
	if len(b) > 1 && (b[0] == 'b' || b[0] == 'u' || b[0] == 'B') && (b[1] == '\'' || b[1] == '"') {
		i = 1
	}
	if i >= len(b) || b[i] != '\'' && b[i] != '"' && b[i] != '`' {
		return p
	}
	quote := b[i]
	i++
	j := i
	for j < len(b) && b[j] != quote {
		if b[j] == '\\' {
			j++
		}
		j++
	}
	j = min(j, len(b))
	return unbackslash(p.sub(i, j), e)
}

// unbackslash resolves \r \n \t \0 \\ \' \" \xHH \uHHHH \u{H...} \NNN. With visibleEOL only \r and \n.
func unbackslash(p seg, e escape) seg {
	w := rewriter{of: p}
	b := p.b
	for i := 0; i+1 < len(b); i++ {
		if b[i] != '\\' {
			continue
		}
		text, n := escaped(b[i:], e)
		if n == 0 {
			if e != visibleEOL {
				i++
			}
			continue
		}
		w.replace(i, i+n, text)
		i += n - 1
	}
	return w.seg()
}

// escaped reads one escape at the start of b: what it stands for and its length, 0 when it is none.
func escaped(b []byte, e escape) (string, int) {
	switch b[1] {
	case 'r':
		return "\r", 2
	case 'n':
		return "\n", 2
	}
	if e == visibleEOL {
		return "", 0
	}
	switch c := b[1]; c {
	case 't':
		return "\t", 2
	case 'a':
		return "\a", 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'v':
		return "\v", 2
	case '\\', '\'', '"', '`', '/', '$':
		return string(c), 2
	case 'x':
		if v, n := hexValue(b[2:], 2); n == 2 {
			if e == jsInspect { // a character, not an octet
				return string(rune(v)), 4
			}
			return string([]byte{byte(v)}), 4
		}
	case 'u':
		if len(b) > 2 && b[2] == '{' {
			if v, n := hexValue(b[3:], 6); n > 0 && len(b) > 3+n && b[3+n] == '}' {
				return string(utf8.AppendRune(nil, rune(v))), 4 + n
			}
			return "", 0
		}
		if v, n := hexValue(b[2:], 4); n == 4 {
			if v >= 0xD800 && v < 0xDC00 && len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
				if w, n := hexValue(b[8:], 4); n == 4 && w >= 0xDC00 && w < 0xE000 {
					return string(utf8.AppendRune(nil, 0x10000+rune(v-0xD800)<<10+rune(w-0xDC00))), 12
				}
			}
			return string(utf8.AppendRune(nil, rune(v))), 6
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(b) >= 4 && isOctal(b[2]) && isOctal(b[3]) {
			return string([]byte{(c-'0')<<6 | (b[2]-'0')<<3 | (b[3] - '0')}), 4
		}
		if c == '0' {
			return "\x00", 2
		}
	}
	return "", 0
}

func isOctal(c byte) bool { return c >= '0' && c <= '7' }

// hexValue reads up to most hexadecimal digits.
func hexValue(b []byte, most int) (v uint32, n int) {
	for n < len(b) && n < most && isHex(b[n]) {
		c := b[n]
		switch {
		case c <= '9':
			c -= '0'
		case c <= 'F':
			c -= 'A' - 10
		default:
			c -= 'a' - 10
		}
		v = v<<4 | uint32(c)
		n++
	}
	return v, n
}

// latin1 turns characters back into octets where all of them are below U+0100: Node keeps octets in "binary" strings and prints them as UTF-8.
func latin1(p seg) seg {
	high := false
	for i := 0; i < len(p.b); {
		if p.b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(p.b[i:])
		if r > 0xFF || r == utf8.RuneError {
			return p
		}
		high = true
		i += n
	}
	if !high {
		return p
	}
	w := rewriter{of: p}
	for i := 0; i < len(p.b); i++ {
		if p.b[i] < utf8.RuneSelf {
			continue
		}
		r, n := utf8.DecodeRune(p.b[i:])
		w.replace(i, i+n, string([]byte{byte(r)}))
		i += n - 1
	}
	return w.seg()
}
