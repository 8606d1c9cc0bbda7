package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// Lines that an article broke: documents fit a message into their width, and indent what didn't fit below the labelled line.

// wrapMax bounds how many lines one wrapped line may have become.
const wrapMax = 40

// unwrap joins lines that an editor, a mail or an RFC broke: parentheses or quotes are open and the next line is no message of its own, or it is indented
// below a labelled line and goes on as IMAP does.
func (g *gatherer) unwrap(line seg) {
	if g.depth.quoted && g.spread() {
		return
	}
	if g.s.d.faithful {
		return
	}
	for range wrapMax {
		open := g.depth.depth > 0 || g.depth.quoted
		if !open && g.label == unmarked && !g.isList() {
			return
		}
		b := g.s.at(g.last + 1)
		if b == nil || b.used || b.fenced != g.s.at(g.last).fenced || isBlank(b.body.b) {
			return
		}
		if b.kind != otherLine && !(b.kind == wireLine && b.label == unmarked && g.label == unmarked) {
			return
		}
		more := b.body.from(b.lead)
		if g.s.d.bare == bareNoise && (b.lead < g.indent+2 || !isWireText(more.b)) { // the log's own, if it isn't an article's
			return
		}
		if open && judge(more.b).weight >= doubtful || !open && !g.goesOn(b, more.b) {
			return
		}
		if after := g.depth.after(more.b); after.depth < 0 {
			return
		}
		g.rejoin(b, more)
		g.take(g.last + 1)
		g.depth = g.depth.after(more.b)
		if endsInLiteral(more.b) && !g.depth.quoted {
			g.literals(more)
			return
		}
	}
}

// isList reports whether the message is a list of words without parentheses, which may go on: RFC 9051 §9: capability-data.
func (g *gatherer) isList() bool {
	const list = "* CAPABILITY "
	head := g.w.bytes()
	return len(head) > len(list) && wire.EqualFold(head[:len(list)], list)
}

// goesOn reports whether a line that is indented below a labelled one is the rest of its message, although nothing is open there: words of IMAP behind a
// command or data, base64 behind base64. A status ends in text for people; what stands below that is a remark.
func (g *gatherer) goesOn(b *atom, more []byte) bool {
	if b.kind != otherLine || b.lead < g.indent+2 || judge(more).weight >= likely {
		return false
	}
	head := g.w.bytes()
	head = head[:len(head)-trailing(head)]
	if inBase64(head) {
		return looksSASL(more) && !isMask(more)
	}
	switch v := judge(head); v.why {
	case ByCommand:
		return v.weight >= doubtful && isWireText(more)
	case ByUntagged:
		return v.weight >= doubtful && v.status == 0 && isWireText(more)
	}
	return false
}

// inBase64 reports whether b ends in a long word of base64 that may go on.
func inBase64(b []byte) bool {
	const long = 24
	from := bytes.LastIndexByte(b[max(0, len(b)-sampleLineMax):], ' ') + 1 + max(0, len(b)-sampleLineMax)
	word := b[from:]
	return len(word) >= long && word[len(word)-1] != '=' && looksSASL(word) && hasDigit(word) && !isUpper(word) && !isLower(word)
}

// isWireText reports whether the words of a line are those of IMAP, as far as that shows without the grammar: keywords in capitals, numbers and sets, flags,
// strings, literals and lists of these, and few names between them.
func isWireText(b []byte) bool {
	words, names := 0, 0
	for i := 0; i < len(b); {
		switch c := b[i]; c {
		case ' ', '\t', '\r', '(', ')':
			i++
			continue
		case '"':
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			i++
			words++
			continue
		}
		from := i
		for i < len(b) && b[i] != ' ' && b[i] != '\t' && b[i] != '\r' && b[i] != '(' && b[i] != ')' && b[i] != '"' {
			i++
		}
		word := b[from:i]
		switch c := word[0]; {
		case isDigits(word[:1]), c == '\\', c == '$', c == '{', c == '~', c == '/', isUpper(word):
			words++
		case words == 0:
			return false
		default:
			names++
		}
	}
	return words > 0 && 2*names <= words
}

// spread takes the lines over which the sender spread a quoted string, which RFC 9051 §9 (QUOTED-CHAR) forbids, with their line ends: lines of the same
// label, or of a paste that kept its line ends, up to the one that closes the string and the message. It takes none where there is no such line.
func (g *gatherer) spread() bool {
	if g.label == unmarked && !g.s.crlf[unmarked].kept() {
		return false
	}
	depth := g.depth
	for i := g.last + 1; i <= g.last+wrapMax; i++ {
		b := g.s.at(i)
		if b == nil || b.used || b.kind != wireLine && (b.kind != otherLine || g.label != unmarked) || b.stream != g.stream || b.label != g.label {
			return false
		}
		if judge(b.body.b[b.lead:]).weight >= likely {
			return false
		}
		if depth = depth.after(b.body.b); depth.quoted {
			continue
		}
		if depth.depth != 0 {
			return false
		}
		for k := g.last + 1; k <= i; k++ {
			b := g.take(k)
			g.w.add(b.body)
			g.lineEnd(b)
		}
		g.depth = depth
		return true
	}
	return false
}

// rejoin appends a wrapped line: in place of the line end comes one blank, where the grammar has one.
func (g *gatherer) rejoin(b *atom, more seg) {
	n := g.w.len() - trailing(g.w.bytes())
	g.w.cut(n)
	if g.blankBefore(g.w.bytes(), more.b) {
		g.w.restore(" ")
	}
	g.w.add(more)
	g.lineEnd(b)
}

// blankBefore reports whether a blank stands between two lines that were one.
func (g *gatherer) blankBefore(head, more []byte) bool {
	if len(head) == 0 {
		return false
	}
	c := head[len(head)-1]
	switch {
	case g.depth.quoted:
		return c != ' ' && !inURL(head)
	case c == ' ', c == '(', more[0] == ')':
		return false
	case (c == ',' || c == ':') && isDigits(more[:1]), more[0] == ',', more[0] == ':': // RFC 9051 §9: sequence-set
		return false
	case c == ')' && more[0] == '(' && g.side == wire.Server:
		return !listOfLists(head) && !bytes.HasPrefix(head, []byte("* THREAD ")) // RFC 5256 §5: thread-data
	}
	return !inBase64(head)
}

// inURL reports whether b ends inside a quoted URL: it has no blanks (RFC 5092 §3).
func inURL(b []byte) bool {
	b = b[max(0, len(b)-sampleLineMax):]
	b = b[bytes.LastIndexByte(b, '"')+1:]
	return bytes.Contains(b, []byte("://")) && bytes.IndexByte(b, ' ') < 0
}

// listOfLists reports whether the innermost list that is open at the end of b began with a list: addresses, parts and namespaces then follow each other
// without a blank (RFC 9051 §9: env-from, body-type-mpart, namespace).
func listOfLists(b []byte) bool {
	b = b[max(0, len(b)-sampleLineMax):]
	depth, quoted := 0, false
	for i := len(b) - 1; i >= 0; i-- {
		switch c := b[i]; {
		case c == '"' && (i == 0 || b[i-1] != '\\'):
			quoted = !quoted
		case quoted:
		case c == ')':
			depth++
		case c == '(' && depth > 0:
			depth--
		case c == '(':
			return b[i+1] == '('
		}
	}
	return false
}
