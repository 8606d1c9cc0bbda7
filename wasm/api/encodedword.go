package api

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/wire"
)

// decodeWords decodes the encoded words (RFC 2047) of a header field's value, and reports whether there were any. Charsets other than
// UTF-8, US-ASCII and ISO-8859-1 stay as they are: tables for them would be larger than the parser.
func decodeWords(b []byte) (string, bool) {
	var out []byte
	found, afterWord := false, false
	for len(b) > 0 {
		start := bytes.Index(b, []byte("=?"))
		if start < 0 {
			break
		}
		text, n, ok := decodeWord(b[start:])
		if !ok {
			out = append(out, b[:start+2]...)
			b, afterWord = b[start+2:], false
			continue
		}
		if between := b[:start]; !afterWord || len(bytes.TrimSpace(between)) > 0 { // space between two encoded words is not shown, §6.2
			out = append(out, between...)
		}
		out = append(out, text...)
		b = b[start+n:]
		found, afterWord = true, true
	}
	return string(append(out, b...)), found
}

// decodeWord decodes the encoded word at the start of b, n octets long.
func decodeWord(b []byte) (text []byte, n int, ok bool) {
	parts := bytes.SplitN(b[2:], []byte("?"), 4)
	if len(parts) < 4 || len(parts[1]) != 1 || !bytes.HasPrefix(parts[3], []byte("=")) {
		return nil, 0, false
	}
	charset, body := parts[0], parts[2]
	n = 2 + len(charset) + 1 + 1 + 1 + len(body) + 2
	if lang := bytes.IndexByte(charset, '*'); lang >= 0 { // RFC 2231 §5
		charset = charset[:lang]
	}
	switch parts[1][0] {
	case 'B', 'b':
		raw, err := wire.AppendBase64Decoded(nil, body)
		if err != nil {
			return nil, 0, false
		}
		text = raw
	case 'Q', 'q':
		text = unquotePrintable(body, true)
	default:
		return nil, 0, false
	}
	text, ok = toUTF8(text, charset)
	return text, n, ok
}

// unquotePrintable undoes the quoted-printable encoding (RFC 2045 §6.7), or its form in encoded words, where "_" is a space.
func unquotePrintable(b []byte, word bool) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case word && c == '_':
			c = ' '
		case c == '=' && i+2 < len(b) && unhex(b[i+1]) >= 0 && unhex(b[i+2]) >= 0:
			c = byte(unhex(b[i+1])<<4 | unhex(b[i+2]))
			i += 2
		case c == '=' && i+2 < len(b) && b[i+1] == '\r' && b[i+2] == '\n':
			i += 2
			continue
		case c == '=' && i+1 < len(b) && b[i+1] == '\n':
			i++
			continue
		}
		out = append(out, c)
	}
	return out
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c - 'A' + 10)
	case 'a' <= c && c <= 'f':
		return int(c - 'a' + 10)
	}
	return -1
}

// toUTF8 converts text from a charset; ok is false when the charset is unknown here or the text isn't in it.
func toUTF8(b, charset []byte) ([]byte, bool) {
	switch {
	case len(charset) == 0, wire.EqualFold(charset, "utf-8"), wire.EqualFold(charset, "us-ascii"), wire.EqualFold(charset, "utf8"):
		return b, utf8.Valid(b)
	case wire.EqualFold(charset, "iso-8859-1"), wire.EqualFold(charset, "latin1"):
		out := make([]byte, 0, len(b)*2)
		for _, c := range b {
			out = utf8.AppendRune(out, rune(c))
		}
		return out, true
	}
	return b, false
}
