package redact

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// section is what a string of a message holds.
type section uint8

const (
	wholeMessage section = iota // a header, an empty line, a body
	headerOnly
	bodyOnly
)

// body fills the message, or the part of one, that a node holds with filler of the same length, so that literal counts and line structure stay.
func (c *copier) body(m *transcript.Message, id uint32) {
	n := &c.tree.Nodes[id]
	if isLabels(n.Of(m.Wire)) {
		return // names of mailboxes
	}
	for k := id; k < n.Next; k++ {
		switch node := &c.tree.Nodes[k]; node.Kind {
		case syntax.KindEnvelope, syntax.KindBody, syntax.KindDateTime:
			return
		case syntax.KindQuoted, syntax.KindLiteral, syntax.KindLiteral8, syntax.KindUtf8Quoted:
			if k > id && c.inHeaderList(id, k) {
				continue
			}
			what := sectionOf(m.Wire[n.Start:node.Start])
			if n.Kind == syntax.KindEntryValue || n.Kind == syntax.KindValue {
				what = bodyOnly
			}
			c.fill(m.Wire, c.value(m, k), what)
		}
	}
}

// fill adds the edit that fills a string.
func (c *copier) fill(b []byte, s wire.Span, what section) {
	if s.Len() > 0 {
		c.message = append(c.message, edit{Span: s, with: string(fill(s.Of(b), what)), kind: Content, rank: byGrammar, fill: true})
	}
}

// inHeaderList says that node k is the name of a header field between the brackets of a section, not its content.
func (c *copier) inHeaderList(id, k uint32) bool {
	for above := id; above < k; above++ {
		if n := &c.tree.Nodes[above]; n.Next > k && (n.Kind == syntax.KindHeaderList || n.Kind == syntax.KindHeaderFldName || n.Kind == syntax.KindSection) {
			return true
		}
	}
	return false
}

// sectionOf tells from an item's name what its string holds.
func sectionOf(item []byte) section {
	upper := bytes.ToUpper(item)
	switch {
	case bytes.Contains(upper, []byte("HEADER")), bytes.Contains(upper, []byte("MIME]")):
		return headerOnly
	case bytes.Contains(upper, []byte("[]")), bytes.HasPrefix(upper, []byte("RFC822 ")), len(upper) == 0:
		return wholeMessage
	case bytes.HasPrefix(upper, []byte("BODY")), bytes.HasPrefix(upper, []byte("RFC822.TEXT")), bytes.HasPrefix(upper, []byte("BINARY")), bytes.HasPrefix(upper, []byte("PREVIEW")),
		bytes.HasPrefix(upper, []byte("SNIPPET")):
		return bodyOnly
	}
	return wholeMessage
}

// fill makes filler of the length of b: letters and digits become "x", the rest stays. Header field names, and the fields that a MIME reader needs,
// stay as well, and so do boundary lines.
func fill(b []byte, what section) []byte {
	out := bytes.Clone(b)
	var boundaries [][]byte
	inHeader, keep, enclosed := what != bodyOnly, false, false
	for at := 0; at < len(b); {
		end := at + bytes.IndexByte(b[at:], '\n') + 1
		if end == at {
			end = len(b)
		}
		text := bytes.TrimRight(b[at:end], "\r\n")
		switch {
		case boundaryOf(text, boundaries) >= 0:
			inHeader, keep, enclosed = !bytes.HasSuffix(text, []byte("--")), false, false
			coverBoundary(out[at:at+len(text)], boundaryOf(text, boundaries))
		case inHeader && len(text) == 0:
			inHeader, keep, enclosed = what == headerOnly || enclosed, false, false
		case inHeader:
			value := at
			if text[0] != ' ' && text[0] != '\t' {
				if colon := bytes.IndexByte(text, ':'); colon > 0 {
					value = at + colon + 1
					keep = isStructural(text[:colon])
					enclosed = enclosed || keep && bytes.Contains(bytes.ToLower(text), []byte("message/rfc822"))
				} else {
					keep = false
				}
			}
			if keep {
				if boundary := parameter(text, "boundary="); boundary != nil && len(boundaries) < 100 {
					boundaries = append(boundaries, boundary)
					from := at + bytes.LastIndex(text, boundary)
					coverBoundary(out[from:from+len(boundary)], len(boundaries)-1)
				}
				coverNames(out[value:at+len(text)], b[value:at+len(text)])
			} else {
				cover(out[value : at+len(text)])
				if _, word, status := wire.Head(b[at:end]); status != 0 { // X-Spam-Flag: NO
					copy(out[at+bytes.IndexByte(text, ' ')+1:], word)
				}
			}
		default:
			coverLine(out[at:at+len(text)], b[at:end])
		}
		at = end
	}
	return out
}

func isWordOctet(c byte) bool { return isLabel(c) && c != '_' || c == '=' }

// cover puts filler in the place of words: "x" for an octet of ASCII, a character of the same length for one of UTF-8, so that what depends on octets
// above 127 stays as it was. A number in braces stays: it may be what is taken for a literal.
func cover(b []byte) {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '{':
			n := 1
			for i+n < len(b) && isDigit(b[i+n]) {
				n++
			}
			if n > 1 && i+n < len(b) && b[i+n] == '}' {
				i += n
			}
		case c >= 0x80:
			_, n := utf8.DecodeRune(b[i:])
			i += copy(b[i:i+n], [...]string{"\xE9", "é", "中", "😀"}[n-1]) - 1
		case isWordOctet(c):
			b[i] = 'x'
		}
	}
}

// coverLine covers a line, but for the status word of one that reads as a response.
func coverLine(out, line []byte) {
	cover(out)
	tag, word, status := wire.Head(line)
	if status == 0 || len(tag) == 0 {
		return
	}
	copy(out[min(len(tag)+1, len(out)):], word)
}

// boundaryOf is the number of the boundary that a line is, -1 if it is none.
func boundaryOf(text []byte, boundaries [][]byte) int {
	if len(text) < 3 || text[0] != '-' || text[1] != '-' {
		return -1
	}
	for i, boundary := range boundaries {
		if rest, ok := bytes.CutPrefix(text[2:], boundary); ok && (len(rest) == 0 || string(rest) == "--") {
			return i
		}
	}
	return -1
}

// coverBoundary hides the letters of boundary number i, which some programs make of names and hosts; its digits and the number keep it apart from others.
func coverBoundary(b []byte, i int) {
	for k, c := range b {
		if isLabel(c) && !isDigit(c) && c != '_' {
			b[k] = 'x' - byte(i%20)
		}
	}
}

// isStructural says that a header field tells how a message is built and when it was written, not what it says.
func isStructural(name []byte) bool {
	switch string(bytes.ToLower(name)) {
	case "content-type", "content-transfer-encoding", "content-disposition", "content-language", "mime-version", "date":
		return true
	}
	return false
}

// parameter is the value behind name in a structured field, nil if it isn't there.
func parameter(text []byte, name string) []byte {
	i := containsFold(text, name)
	if i < 0 {
		return nil
	}
	v := text[i+len(name):]
	if len(v) > 0 && v[0] == '"' {
		v = v[1:]
		if j := bytes.IndexByte(v, '"'); j >= 0 {
			return v[:j]
		}
		return v
	}
	if j := bytes.IndexAny(v, "; \t"); j >= 0 {
		v = v[:j]
	}
	return v
}

// coverNames hides the values of name and filename parameters in a structured field.
func coverNames(out, text []byte) {
	for at := 0; at < len(text); {
		i := containsFold(text[at:], "name")
		if i < 0 {
			return
		}
		at += i + len("name")
		eq := at
		for eq < len(text) && (text[eq] == '*' || '0' <= text[eq] && text[eq] <= '9') {
			eq++
		}
		if eq >= len(text) || text[eq] != '=' {
			continue
		}
		end := eq + 1
		if end < len(text) && text[end] == '"' {
			for end++; end < len(text) && text[end] != '"'; end++ {
			}
		} else {
			for end < len(text) && text[end] != ';' && text[end] != ' ' {
				end++
			}
		}
		cover(out[eq+1 : end])
		at = end
	}
}
