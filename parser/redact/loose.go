package redact

import (
	"bytes"

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

// keys end the names of settings whose value is secret: password:, "pass":, IMAP_PASS=, remotepass = .
var keys = [...]struct {
	name string
	kind Kind
}{
	{"password", Password},
	{"passwd", Password},
	{"passphrase", Password},
	{"pass", Password},
	{"pwd", Password},
	{"passwort", Password},
	{"password for", Password},
	{"密码", Password},
	{"授权码", Password},
	{"secret", Token},
	{"token", Token},
	{"apikey", Token},
	{"api_key", Token},
	{"cookie", Token},
	{"authorization", Token},
}

// words stand right before a value that is secret.
var words = [...]struct {
	name string
	kind Kind
}{
	{"Bearer ", Token},
	{"--oauth2-bearer ", Token},
	{"--password ", Password},
	{"--passwd ", Password},
	{"--pass ", Password},
	{"-password ", Password},
	{"--password1 ", Password},
	{"--password2 ", Password},
}

// setting is a value that a name or an option makes secret.
type setting struct {
	kind     Kind
	from, to int // the value
}

// settings finds the settings of a line one after the other. One pass: names end before a colon or an equals sign, words in a blank.
type settings struct {
	line  []byte
	at    int  // where the next may begin
	login bool // a word that may be LOGIN stands behind a blank that was passed
}

// turn marks the octets at which next has something to look at.
var turn = [256]bool{' ': true, ':': true, '=': true, 0x9A: true} // the last octet of a fullwidth colon

// wordEnd marks the last octets, in lower case, of words before a blank and of options.
var wordEnd = [256]bool{'r': true, 'd': true, 's': true, '1': true, '2': true, 'u': true}

const prompt = "password for " // somebody:

// next is the next setting; ok is false when there is none.
func (l *settings) next() (s setting, ok bool) {
	b, at := l.line, l.at
	asked := -1 // where the last prompt stands that may end at a colon
	for p := max(at, 1); p < len(b); p++ {
		if !turn[b[p]] {
			continue
		}
		if b[p] != ' ' {
			k := keyBefore(b, at, p)
			if k == 0 && b[p] == ':' && asked >= max(at, p-80) {
				k = Password
			}
			if k != 0 {
				if s = (setting{kind: k, from: p + 1}); s.end(b) {
					l.at = s.to
					return s, true
				}
			} else if b[p] == ':' && p+2 < len(b) && b[p+1] == '/' && b[p+2] == '/' {
				if s, ok = userinfo(b, p+3); ok {
					l.at = s.to
					return s, true
				}
			}
			continue
		}
		if p+1 < len(b) && b[p+1]|0x20 == 'l' {
			l.login = true
		}
		if !wordEnd[b[p-1]|0x20] {
			continue
		}
		if from := p + 1 - len(prompt); from >= at && wire.EqualFold(b[from:p+1], prompt) {
			asked = from
		}
		for i := range words {
			w := &words[i]
			if start := p + 1 - len(w.name); start >= at && b[start]|0x20 == w.name[0]|0x20 && wire.EqualFold(b[start:p+1], w.name) {
				if s = (setting{kind: w.kind, from: p + 1}); s.end(b) {
					l.at = s.to
					return s, true
				}
			}
		}
		if s, ok = option(b, at, p); ok {
			l.at = s.to
			return s, true
		}
	}
	return s, false
}

// keyEnd marks the last octets, in lower case, of the names in keys.
var keyEnd = func() (t [256]bool) {
	for i := range keys {
		name := keys[i].name
		t[name[len(name)-1]|0x20] = true
	}
	return t
}()

// keyBefore is the kind of the setting whose name ends before the colon or equals sign at p.
func keyBefore(b []byte, at, p int) Kind {
	end := p
	if b[p] == 0x9A {
		if end -= 2; end < at || b[end] != 0xEF || b[end+1] != 0xBC {
			return 0
		}
	}
	for end > at && (b[end-1] == ' ' || b[end-1] == '"' || b[end-1] == '\'' || b[end-1] == '\\') && p-end < 4 {
		end--
	}
	if end == at || !keyEnd[b[end-1]|0x20] {
		return 0
	}
	for i := range keys {
		if n := len(keys[i].name); end-n >= at && (b[end-1]|0x20 == keys[i].name[n-1]|0x20) && wire.EqualFold(b[end-n:end], keys[i].name) {
			return keys[i].kind
		}
	}
	return 0
}

// end sets where the value ends: at its closing quote, else at a blank or what separates settings. A value that says nothing is none.
func (s *setting) end(b []byte) bool {
	for s.from < len(b) && (b[s.from] == ' ' || b[s.from] == '=' || b[s.from] == '>' || b[s.from] == ':' || b[s.from] == '\\') && s.to == 0 {
		s.from++
	}
	quote := byte(0)
	if s.from < len(b) && (b[s.from] == '"' || b[s.from] == '\'' || b[s.from] == '<') {
		if quote = b[s.from]; quote == '<' {
			quote = '>'
		}
		s.from++
	}
	for s.to = s.from; s.to < len(b); s.to++ {
		if c := b[s.to]; c == '\n' || c == '\r' || quote != 0 && (c == quote || c == '\\') || quote == 0 && (c == ' ' || c == ',' || c == '&' || c == ';' || c == '"' || c == '\'' || c == '}' || c == ')') {
			break
		}
	}
	if value := b[s.from:s.to]; wire.EqualFold(value, "Bearer") || wire.EqualFold(value, "Basic") { // the scheme: the secret follows
		s.from = min(s.to+1, len(b))
		s.to = len(b)
	}
	switch string(bytes.ToLower(b[s.from:s.to])) {
	case "", "null", "none", "nil", "true", "false", "yes", "no", "undefined", "{", "[", "(":
		return false
	}
	return s.kind != Token || s.to-s.from >= 8
}

// userinfo finds the password between the colon and the @ of a URL (RFC 3986 §3.2.1), from its authority on.
func userinfo(b []byte, from int) (setting, bool) {
	colon := -1
	for i := from; i < len(b); i++ {
		switch b[i] {
		case ':':
			if colon < 0 {
				colon = i
			}
		case '@':
			return setting{Password, colon + 1, i}, colon >= from && i > colon+1
		case '/', ' ', '"', '\'', '\r', '\n':
			return setting{}, false
		}
	}
	return setting{}, false
}

// option finds the password behind the colon of curl's -u USER:PASSWORD, whose blank is at p.
func option(b []byte, at, p int) (setting, bool) {
	if !bytes.HasSuffix(b[at:p], []byte("-u")) && !bytes.HasSuffix(b[at:p], []byte("--user")) {
		return setting{}, false
	}
	end, quote := p+1, byte(' ')
	if end < len(b) && (b[end] == '"' || b[end] == '\'') {
		quote = b[end]
		end++
	}
	for start := end; end < len(b) && b[end] != quote && b[end] >= ' '; end++ {
		if b[end] == ':' && end > start {
			s := setting{Password, end + 1, end + 1}
			for s.to < len(b) && b[s.to] != quote && b[s.to] >= ' ' {
				s.to++
			}
			return s, s.to > s.from
		}
	}
	return setting{}, false
}

// tokenMin is the length from on which a word of base64 is looked into.
const tokenMin = 16

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
	if n := keyLine(trimmed); n > 0 {
		value := len(bytes.TrimLeft(trimmed[n:], " "))
		if string(trimmed[len(trimmed)-value:]) == "None" {
			return dst
		}
		return mark(dst, Ticket, b, wire.Span{Start: uint32(stop - value), End: uint32(stop)})
	}
	first := len(dst)
	found := false
	line := settings{line: trimmed}
	for {
		set, ok := line.next()
		if !ok {
			break
		}
		found = true
		dst = mark(dst, set.kind, b, wire.Span{Start: uint32(at + set.from), End: uint32(at + set.to)})
	}
	if len(dst) > first {
		return dst
	}
	dst = tokens(dst, b, at, stop)
	if line.login || found { // whose value was passed over
		dst = echoed(dst, b, at, stop)
	}
	if len(dst) > first {
		return dst
	}
	var fields [3]wire.Span
	if bytes.HasPrefix(trimmed, []byte("LOGIN ")) { // without a tag
		if words := fieldsOf(fields[:0], trimmed, 3); len(words) == 3 {
			w := unquoted(trimmed, words[2])
			dst = mark(dst, Password, b, wire.Span{Start: w.Start + uint32(at), End: w.End + uint32(at)})
		}
	}
	return dst
}

// keyLine is the length of the name of a key that a line of openssl s_client begins with, its colon included; 0 if there is none.
func keyLine(b []byte) int {
	if len(b) == 0 || !keyInitial(b[0]) {
		return 0
	}
	for _, key := range keyLines {
		if len(b) >= len(key) && string(b[:len(key)]) == key {
			return len(key)
		}
	}
	return 0
}

// keyInitial says whether a name of keyLines begins so.
func keyInitial(c byte) bool {
	return c == 'S' || c == 'M' || c == 'R' || c == 'P' || c == 'E' || c == 'K'
}

// isBlank: a blank, a tab, or the CR of a line end.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// tokens marks the words of base64 between at and stop that hold credentials.
func tokens(dst []Secret, b []byte, at, stop int) []Secret {
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
	return dst
}

// longestLogin bounds how far the arguments of a LOGIN in other text are looked for.
const longestLogin = 400

// echoed marks the passwords of LOGIN commands that stand in other text between at and stop: what a server repeats, a program's source, a line of
// several messages. A tag must stand before LOGIN, or any sentence with the word would do.
func echoed(dst []Secret, b []byte, at, stop int) []Secret {
	const word = "LOGIN "
	for i := at; i+len(word) < stop; i++ {
		next := bytes.IndexByte(b[i:stop], ' ')
		if next < 0 {
			break
		}
		i += next
		login := i + 1
		if login+len(word) >= stop || !wire.EqualFold(b[login:login+len(word)], word) {
			continue
		}
		tag := i
		for tag > at && i-tag < 12 && isLabel(b[tag-1]) {
			tag--
		}
		if !isTag(b[tag:i], string(b[login:login+len(word)]) == word) {
			continue
		}
		var fields [2]wire.Span
		words := fieldsOf(fields[:0], b[login+len(word):min(stop, login+longestLogin)], 2)
		if len(words) < 2 {
			continue
		}
		from := login + len(word) + int(words[1].Start)
		to := from
		quote := byte(0)
		switch {
		case b[from] == '"':
			quote = '"'
			from, to = from+1, to+1
		case bytes.HasPrefix(b[from:stop], []byte(`\"`)): // in a string of a program; the backslash before the closing quote ends it
			quote = '"'
			from, to = from+2, to+2
		}
		for to < stop && b[to] != '\\' && b[to] != '\r' && b[to] != '\n' && (quote == 0 && b[to] != ' ' && b[to] != '"' && b[to] != '<' || quote != 0 && b[to] != quote) {
			to++
		}
		dst = mark(dst, Password, b, wire.Span{Start: uint32(from), End: uint32(to)})
		i = to
	}
	return dst
}

// isTag says that a word is like the tags of clients: it has a digit, or it is one letter before LOGIN in upper case.
func isTag(b []byte, upper bool) bool {
	for _, c := range b {
		if isDigit(c) {
			return true
		}
	}
	return upper && len(b) == 1
}

// isDump recognises a line of xxd, hexdump -C or tcpdump -X, an offset and then octets in hexadecimal, and tells where these begin.
func isDump(b []byte) (payload int) {
	i := 0
	if bytes.HasPrefix(b, []byte("0x")) {
		i = 2
	}
	first := i
	for i < len(b) && unhex(b[i]) >= 0 {
		i++
	}
	if i-first < 4 || i-first > 8 || i+2 >= len(b) || b[i] != ':' && !(b[i] == ' ' && b[i+1] == ' ') {
		return 0
	}
	for i++; i < len(b) && (b[i] == ' ' || b[i] == '\t'); i++ {
	}
	payload = i
	groups, digits := 0, 0
	for ; i < len(b) && groups < 4; i++ {
		switch {
		case unhex(b[i]) >= 0:
			digits++
		case b[i] == ' ' && (digits == 2 || digits == 4):
			groups, digits = groups+1, 0
		default:
			return 0
		}
	}
	if groups < 4 {
		return 0
	}
	return payload
}

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
	if bytes.Contains(text, []byte("auth=Bearer")) || bytes.Contains(text, []byte(" LOGIN ")) || bytes.Contains(text, []byte(" AUTHENTICATE ")) {
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
