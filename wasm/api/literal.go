package api

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Limits of what a literal's view shows.
const (
	fieldsShown = 40
	textShown   = 256 << 10 // of the literal, and of all of its parts together
	partShown   = 64 << 10  // of one part
	partsShown  = 200
	partsDepth  = 20
)

// Literal says what a literal holds, as far as that can be read: header fields, text, MIME parts.
func (d *Document) Literal(index int) ([]byte, error) {
	m, l := d.literal(index)
	if l == nil {
		return nil, errNoMessage
	}
	octets := l.Octets.Of(m.Wire)
	var w jsondoc.Writer
	what := "octets"
	header, body := splitHeader(octets)
	fields := readFields(header, fieldsShown)
	switch {
	case len(fields) > 0 && len(body) > 0:
		what = "message"
	case len(fields) > 0:
		what = "header"
	case utf8.Valid(octets):
		what = "text"
	}
	title := what
	if e, ok := d.words.Entry(explain.Facts, "literal-"+what); ok {
		title = e.Short
	}
	w.Open('{').Key("what").String(what).Key("title").String(title).Key("fields").Open('[')
	for _, f := range fields {
		w.Open('{').Key("name").String(string(f.name)).Key("value").String(f.shown()).Close('}')
	}
	w.Close(']')
	text := octets
	w2 := mimeWalk{}
	if len(fields) > 0 {
		w2.entity(octets, "", 0)
		text = w2.text
	}
	w.Key("text").String(plainText(text)).Key("parts").Open('[')
	for _, p := range w2.parts {
		w.Open('{').Key("number").String(p.number).Key("type").String(p.mediaType).Key("size").Int(p.size).Key("depth").Int(p.depth)
		w.Key("filename").String(p.filename).Key("text").String(p.text).Close('}')
	}
	return w.Close(']').Close('}').Buf, nil
}

func (d *Document) literal(index int) (*annotate.Message, *transcript.Literal) {
	if index < 0 {
		return nil, nil
	}
	for i := range d.Messages {
		m := &d.Messages[i]
		if index < len(m.Literals) {
			return m, &m.Literals[index]
		}
		index -= len(m.Literals)
	}
	return nil, nil
}

// field is one header field, RFC 5322 §2.2.
type field struct{ name, value []byte }

// shown is the value unfolded, its encoded words decoded, whatever is not UTF-8 escaped.
func (f field) shown() string {
	value := bytes.ReplaceAll(bytes.ReplaceAll(f.value, []byte("\r\n"), nil), []byte("\n"), nil)
	if text, ok := decodeWords(value); ok {
		value = []byte(text)
	}
	return shown(bytes.TrimSpace(value), 1000)
}

// splitHeader splits a message at its first empty line.
func splitHeader(b []byte) (header, body []byte) {
	for at := 0; at < len(b); {
		end := bytes.IndexByte(b[at:], '\n')
		if end < 0 {
			break
		}
		if line := bytes.TrimRight(b[at:at+end], "\r"); len(line) == 0 {
			return b[:at], b[at+end+1:]
		}
		at += end + 1
	}
	return b, nil
}

// readFields reads at most n header fields; none if b does not begin like a header.
func readFields(b []byte, n int) (all []field) {
	for len(b) > 0 && len(all) < n {
		end := fieldEnd(b)
		line := b[:end]
		b = b[end:]
		colon := bytes.IndexByte(line, ':')
		if colon <= 0 || !isFieldName(line[:colon]) {
			if len(all) == 0 {
				return nil
			}
			continue
		}
		all = append(all, field{line[:colon], line[colon+1:]})
	}
	return all
}

// fieldEnd is where the field at the start of b ends, its folded lines included.
func fieldEnd(b []byte) int {
	for at := 0; ; {
		end := bytes.IndexByte(b[at:], '\n')
		if end < 0 {
			return len(b)
		}
		at += end + 1
		if at == len(b) || b[at] != ' ' && b[at] != '\t' {
			return at
		}
	}
}

func isFieldName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c >= 0x7F || c == ':' {
			return false
		}
	}
	return true
}

// plainText is octets as text for the page, cut; empty when they are no text.
func plainText(b []byte) string {
	if len(b) > textShown {
		b = b[:textShown]
		for len(b) > 0 && !utf8.RuneStart(b[len(b)-1]) {
			b = b[:len(b)-1]
		}
		if len(b) > 0 && b[len(b)-1] >= utf8.RuneSelf {
			b = b[:len(b)-1]
		}
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return ""
	}
	return string(bytes.ToValidUTF8(b, []byte("\uFFFD")))
}

// mimeWalk lists the parts of a message, and takes the text of the first one that is text.
type mimeWalk struct {
	parts []mimePart
	text  []byte
	shown int // octets of text that the parts have
}

type mimePart struct {
	number, mediaType, filename string
	text                        string // of a part that is text, decoded and cut
	size, depth                 int
}

// entity reads one MIME entity, RFC 2045 and RFC 2046. Its number is the one that BODY[…] takes; the top has none.
func (w *mimeWalk) entity(b []byte, number string, depth int) {
	if len(w.parts) >= partsShown || depth > partsDepth {
		return
	}
	header, body := splitHeader(b)
	var mediaType, encoding, disposition []byte = []byte("text/plain"), nil, nil
	for _, f := range readFields(header, 200) {
		switch {
		case wire.EqualFold(f.name, "Content-Type"):
			mediaType = bytes.TrimSpace(f.value)
		case wire.EqualFold(f.name, "Content-Transfer-Encoding"):
			encoding = bytes.TrimSpace(f.value)
		case wire.EqualFold(f.name, "Content-Disposition"):
			disposition = f.value
		}
	}
	name, _, _ := bytes.Cut(mediaType, []byte(";"))
	name = bytes.ToLower(bytes.TrimSpace(name))
	filename := parameter(disposition, "filename")
	if filename == nil {
		filename = parameter(mediaType, "name")
	}
	file, _ := decodeWords(filename)
	w.parts = append(w.parts, mimePart{number: number, mediaType: shown(name, 80), filename: shown([]byte(file), 200), size: len(body), depth: depth})
	if boundary := parameter(mediaType, "boundary"); bytes.HasPrefix(name, []byte("multipart/")) && len(boundary) > 0 {
		for i, part := range splitParts(body, boundary) {
			below := decimal(uint64(i + 1))
			if number != "" {
				below = number + "." + below
			}
			w.entity(part, below, depth+1)
		}
		return
	}
	if w.shown < textShown && bytes.HasPrefix(name, []byte("text/")) {
		text := decodeBody(body, encoding, parameter(mediaType, "charset"))
		if w.text == nil {
			w.text = text
		}
		p := &w.parts[len(w.parts)-1]
		p.text = plainText(text[:min(len(text), partShown, textShown-w.shown)])
		w.shown += len(p.text)
	}
}

// parameter is the value of a parameter of a structured field, quotes taken off; nil if it has none.
func parameter(value []byte, name string) []byte {
	_, rest, more := bytes.Cut(value, []byte(";"))
	for more {
		var one []byte
		one, rest, more = cutParameter(rest)
		key, v, ok := bytes.Cut(one, []byte("="))
		if !ok || !wire.EqualFold(bytes.TrimSpace(key), name) {
			continue
		}
		v = bytes.TrimSpace(v)
		if len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"' {
			v = wire.AppendUnquoted(nil, v[1:len(v)-1])
		}
		return v
	}
	return nil
}

// cutParameter cuts at the first ";" that is not in quotes.
func cutParameter(b []byte) (one, rest []byte, more bool) {
	quoted := false
	for i := 0; i < len(b); i++ {
		switch {
		case quoted && b[i] == '\\':
			i++
		case b[i] == '"':
			quoted = !quoted
		case b[i] == ';' && !quoted:
			return b[:i], b[i+1:], true
		}
	}
	return b, nil, false
}

// splitParts splits the body of a multipart, RFC 2046 §5.1.1.
func splitParts(body, boundary []byte) (parts [][]byte) {
	delimiter := append([]byte("--"), boundary...)
	start := -1
	for at := 0; at < len(body) && len(parts) < partsShown; {
		end := bytes.IndexByte(body[at:], '\n')
		if end < 0 {
			end = len(body) - at - 1
		}
		line := bytes.TrimRight(body[at:at+end+1], "\r\n \t")
		if bytes.HasPrefix(line, delimiter) && (len(line) == len(delimiter) || string(line[len(delimiter):]) == "--") {
			if start >= 0 {
				parts = append(parts, bytes.TrimSuffix(bytes.TrimSuffix(body[start:at], []byte("\n")), []byte("\r")))
			}
			start = at + end + 1
			if len(line) > len(delimiter) {
				return parts
			}
		}
		at += end + 1
	}
	if start >= 0 && start <= len(body) {
		parts = append(parts, body[start:]) // cut off
	}
	return parts
}

// withoutSpace is b without blanks and line ends, which base64 in a body may have anywhere.
func withoutSpace(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c > ' ' {
			out = append(out, c)
		}
	}
	return out
}

// decodeBody undoes a transfer encoding and a charset, as far as the result may be shown.
func decodeBody(body, encoding, charset []byte) []byte {
	if len(body) > 2*textShown {
		body = body[:2*textShown]
	}
	switch {
	case wire.EqualFold(encoding, "base64"):
		// What can't be decoded any more, at the end or at a fault, is left out.
		body, _ = wire.AppendBase64Decoded(nil, withoutSpace(body))
	case wire.EqualFold(encoding, "quoted-printable"):
		body = unquotePrintable(body, false)
	}
	text, _ := toUTF8(body, charset)
	return text
}
