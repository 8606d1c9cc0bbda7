package redact

import (
	"bytes"
	"strings"

	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// loose looks for credentials in text that is no IMAP: what openssl s_client prints of the TLS session, headers, settings, tokens.
func (f *Finder) loose(dst []Secret, m *transcript.Message) []Secret {
	b := m.Wire
	for start := 0; start < len(b); {
		end := len(b)
		if i := bytes.IndexByte(b[start:], '\n'); i >= 0 {
			end = start + i
		}
		dst = f.looseLine(dst, b, start, end)
		start = end + 1
	}
	return dst
}

// keyLines begin lines of openssl s_client that name a key; what follows the colon is secret.
var keyLines = [...]string{"Session-ID:", "Session-ID-ctx:", "Master-Key:", "Resumption PSK:", "PSK identity:", "Early-Secret:", "Keylog:"}

// settings precede a value that is secret: in headers, URLs, JSON and program options.
var settings = [...]struct {
	name string
	kind Kind
}{
	{"Authorization:", Token},
	{"Bearer ", Token},
	{"Cookie:", Token},
	{"password=", Password},
	{"password:", Password},
	{"passwd=", Password},
	{"passwd:", Password},
	{"pass=", Password},
	{"pwd=", Password},
	{"access_token=", Token},
	{"refresh_token=", Token},
	{"client_secret=", Token},
	{"auth=Bearer", Token},
	{"\"password\":", Password},
	{"\"pass\":", Password},
	{"\"accessToken\":", Token},
	{"\"access_token\":", Token},
	{"\"refresh_token\":", Token},
}

// tokenMin is the length from on which a word of base64 is looked into.
const tokenMin = 16

// findSetting is the first of settings that b has, in any case, and its first place there; i is -1 when it has none. One pass: every setting has
// a colon, an equals sign or a blank behind a letter or a quote, and only there is it compared.
func findSetting(b []byte) (i, at int) {
	i = -1
	rest := settings[:]
	for p := 1; p < len(b); p++ {
		if c := b[p]; c > '=' || c != ':' && c != '=' && c != ' ' { // most octets are letters
			continue
		}
		switch b[p-1] | 0x20 {
		case 'd', 'e', 'h', 'n', 'r', 's', 't', '"':
		default:
			continue
		}
		for k := range rest {
			name := rest[k].name
			mark := len(name) - 1
			if name[mark] == 'r' { // auth=Bearer
				mark = strings.IndexByte(name, '=')
			}
			if start := p - mark; name[mark] == b[p] && start >= 0 && start+len(name) <= len(b) && wire.EqualFold(b[start:start+len(name)], name) {
				i, at, rest = k, start, rest[:k]
				break
			}
		}
	}
	return i, at
}

func (f *Finder) looseLine(dst []Secret, b []byte, start, end int) []Secret {
	at, stop := start, end
	for stop > at && isBlank(b[stop-1]) {
		stop--
	}
	for at < stop && (b[at] == ' ' || b[at] == '\t') {
		at++
	}
	trimmed := b[at:stop]
	if bytes.HasPrefix(trimmed, []byte("TLS session ticket:")) {
		f.ticket = true
		return dst
	}
	if f.ticket {
		if isHexDump(trimmed) {
			return mark(dst, Ticket, b, wire.Span{Start: uint32(at + 6), End: uint32(stop)})
		}
		f.ticket = false
	}
	for _, key := range keyLines {
		if len(trimmed) >= len(key) && trimmed[0] == key[0] && string(trimmed[:len(key)]) == key {
			value := len(bytes.TrimLeft(trimmed[len(key):], " "))
			if string(trimmed[len(trimmed)-value:]) == "None" {
				return dst
			}
			return mark(dst, Ticket, b, wire.Span{Start: uint32(stop - value), End: uint32(stop)})
		}
	}
	if i, j := findSetting(trimmed); i >= 0 {
		s := &settings[i]
		from := at + j + len(s.name)
		for from < stop && (b[from] == ' ' || b[from] == '"' || b[from] == '\'') {
			from++
		}
		to := from
		for to < stop && b[to] != '"' && b[to] != '\'' && b[to] != ' ' && b[to] != '&' && b[to] != ',' {
			to++
		}
		if s.name == "Authorization:" || s.name == "Cookie:" {
			to = stop
		}
		return mark(dst, s.kind, b, wire.Span{Start: uint32(from), End: uint32(to)})
	}
	for i := at; i+tokenMin <= stop; {
		n := tokenMin - 1
		if !isBase64(b[i+n]) { // no token can begin up to there
			i += tokenMin
			continue
		}
		start, end := i+n, i+n+1
		for start > i && isBase64(b[start-1]) {
			start--
		}
		for end < stop && isBase64(b[end]) {
			end++
		}
		if word := b[start:end]; len(word) >= tokenMin && (isJWT(word) || holdsCredentials(word)) {
			dst = mark(dst, Token, b, wire.Span{Start: uint32(start), End: uint32(end)})
		}
		i = end + 1
	}
	var fields [4]wire.Span
	if words := fieldsOf(fields[:0], trimmed, 2); len(words) == 2 && (wire.EqualFold(words[0].Of(trimmed), "LOGIN") || wire.EqualFold(words[1].Of(trimmed), "LOGIN")) {
		words = fieldsOf(fields[:0], trimmed, 4)
		for i := 0; i < 2 && len(words) == 4; i++ {
			if wire.EqualFold(words[i].Of(trimmed), "LOGIN") {
				w := unquoted(trimmed, words[i+2])
				dst = mark(dst, Password, b, wire.Span{Start: w.Start + uint32(at), End: w.End + uint32(at)})
				break
			}
		}
	}
	return dst
}

// isBlank: a blank, a tab, or the CR of a line end.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// isHexDump recognises "0010 - 3f 8a ...".
func isHexDump(b []byte) bool {
	if len(b) < 9 || string(b[4:7]) != " - " {
		return false
	}
	for _, c := range b[:4] {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return true
}

// isBase64 takes both alphabets, the padding, and the dots of a JWT.
func isBase64(c byte) bool { return base64Octets[c] }

var base64Octets = func() (t [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=-_.") {
		t[c] = true
	}
	return t
}()

// isJWT recognises a JSON web token (RFC 7519 §3): base64 of {" in front, and two dots.
func isJWT(b []byte) bool {
	return bytes.HasPrefix(b, []byte("eyJ")) && bytes.Count(b, []byte(".")) == 2
}

// holdsCredentials decodes base64 and looks for the shapes of SASL PLAIN (RFC 4616 §2) and of OAuth (RFC 7628 §3.1).
func holdsCredentials(b []byte) bool {
	var buf [512]byte // long enough for most; a longer one is allocated
	text, err := wire.AppendBase64Decoded(buf[:0], b)
	if err != nil {
		return false
	}
	if bytes.Contains(text, []byte("auth=Bearer")) {
		return true
	}
	first := bytes.IndexByte(text, 0)
	if first < 0 {
		return false
	}
	second := bytes.IndexByte(text[first+1:], 0)
	return second > 0 && first+1+second+1 < len(text) && isText(text[first+1:first+1+second]) && isText(text[first+second+2:])
}

func isText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == 0x7F {
			return false
		}
	}
	return true
}

// containsFold is the place of name in b without regard to ASCII case, or -1.
func containsFold(b []byte, name string) int {
	c := name[0] | 0x20
	for i := 0; i+len(name) <= len(b); i++ {
		if b[i]|0x20 == c && wire.EqualFold(b[i:i+len(name)], name) {
			return i
		}
	}
	return -1
}
