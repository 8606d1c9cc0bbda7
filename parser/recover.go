package parser

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

func spanOf(start, end int) wire.Span { return wire.Span{Start: uint32(start), End: uint32(end)} }

// lenient says that a fault in one element of a list costs that element only.
func (p *Parser) lenient() bool { return p.Quirks != Quirks{} }

// recover skips what is left of an element of a list that failed. start is where the element began, mark what open returned before it. The
// fault is kept as the error of the parse, the skipped bytes become an Error node. It returns whether the list can go on: the cursor then
// stands at the SP or the ")" behind the element. At the end of the input, or when the line ends first, it cannot.
func (p *Parser) recover(mark, start int) bool { return p.recoverTo(mark, start, (*Parser).skip) }

// recoverList is recover for an element that is a list and may have nothing between it and the next: it skips to behind its ")".
func (p *Parser) recoverList(mark, start int) bool {
	return p.recoverTo(mark, start, (*Parser).skipList)
}

// recoverTo is recover, with end to find where the element that began at start ends, at or behind the cursor.
func (p *Parser) recoverTo(mark, start int, end func(p *Parser, start, least int) (int, bool)) bool {
	if !p.lenient() || p.fault.code == ErrorTruncated || p.fault.code >= ErrorDepthLimit && p.fault.code <= ErrorFrameLimit {
		return false
	}
	at, ok := end(p, start, p.i)
	if !ok {
		return false
	}
	p.forgive(at)
	p.close(mark)
	return true
}

// forgive keeps the fault as the error of the parse and moves on to end, over an Error node.
func (p *Parser) forgive(end int) {
	if p.first.code == ErrorNone {
		p.first = p.fault
	}
	p.fault = fault{}
	from := p.i
	p.i = end
	if end > from {
		p.leaf(syntax.KindError, from)
		p.mark(syntax.FlagError)
	} else {
		p.markRule(syntax.FlagError | syntax.FlagMissing)
	}
}

// skip finds the end of the element that began at i: the first SP or unmatched ")" at or behind least. Quoted strings, literals and lists
// are skipped as wholes. ok is false when the line ends first.
func (p *Parser) skip(i, least int) (end int, ok bool) {
	b := p.b
	depth := 0
	for i < len(b) {
		switch c := b[i]; c {
		case '(':
			depth++
		case ')':
			if depth == 0 && i >= least {
				return i, true
			}
			depth = max(depth-1, 0)
		case ' ':
			if depth == 0 && i >= least {
				return i, true
			}
		case '"':
			i = skipQuoted(b, i)
			continue
		case '{':
			if end, ok := p.skipLiteral(i); ok {
				i = end
				continue
			}
		case '\r', '\n':
			return i, false
		}
		i++
	}
	return i, false
}

// skipQuoted is the offset behind the quoted string at i; if it is not closed on its line, behind its quote.
func skipQuoted(b []byte, i int) int {
	for k := i + 1; k < len(b); {
		k = plainRun(b, k)
		if k >= len(b) {
			break
		}
		switch b[k] {
		case '"':
			return k + 1
		case '\\':
			k++
		case '\r', '\n':
			return i + 1
		}
		k++
	}
	return i + 1
}

// skipLiteral is the offset behind the literal at i.
func (p *Parser) skipLiteral(i int) (int, bool) {
	b := p.b
	k, n := i+1, uint64(0)
	for k < len(b) && b[k]-'0' <= 9 && n < max32 {
		n = n*10 + uint64(b[k]-'0')
		k++
	}
	if k == i+1 {
		return i, false
	}
	if k < len(b) && b[k] == '+' {
		k++
	}
	if !bytes.HasPrefix(b[k:], []byte("}\r\n")) {
		return i, false
	}
	k += 3
	if len(p.Repairs) > 0 || len(p.detached) > 0 {
		start := i
		if i > 0 && b[i-1] == '~' {
			start--
		}
		saved := p.repair
		p.repair = 0
		var away bool
		n, away = p.elsewhere(start, n)
		p.repair = saved
		if away {
			return k, true
		}
	}
	if n > uint64(len(b)-k) {
		return len(b), true
	}
	return k + int(n), true
}

// closesQuoted says whether the quote at i, in a string whose inner quotes may be unescaped, closes it: what follows could follow a string.
func (p *Parser) closesQuoted(i int) bool {
	if i+1 >= len(p.b) {
		return true
	}
	switch p.b[i+1] {
	case ')', '\r', '\n', ']':
		return true
	case ' ':
		// A string may be followed by what starts another element; inside text a blank after a quote is followed by a letter.
		if i+2 >= len(p.b) {
			return true
		}
		switch c := p.b[i+2]; {
		case c == '"' || c == '(' || c == ')' || c == '{' || c == '\r' || c-'0' <= 9:
			return true
		case c == 'N' || c == 'n':
			at := p.i
			p.i = i + 2
			is := p.isNil()
			p.i = at
			return is
		case c >= 'A' && c <= 'Z':
			return p.envelopeDone
		}
	}
	return false
}

// strayBackslash says whether the backslash at i, which stands before a quote, is text and the quote closes the string.
func (p *Parser) strayBackslash(i int) bool {
	return p.Quirks.Has(QuirkStrayBackslash) && p.closesQuoted(i+1)
}

// quirkMarks collects the quirks that one quoted string needed, so that each is noted once and only when the string was read.
type quirkMarks struct {
	quirks Quirks
	at     [2]uint32 // first and last offset
}

func (m *quirkMarks) set(x Quirk, at int) {
	if m.quirks == (Quirks{}) {
		m.at[0] = uint32(at)
	}
	m.at[1] = uint32(at)
	m.quirks.Add(x)
}

// noteMarks notes the quirks of the quoted string from start to the cursor.
func (p *Parser) noteMarks(m *quirkMarks, start int) {
	if m.quirks == (Quirks{}) {
		return
	}
	for x := range m.quirks.All() {
		p.note(x, int(m.at[0]), int(m.at[1])+1)
	}
	p.mark(syntax.FlagQuirk)
}

// skipList is the offset behind the ")" that closes the list at i, at or behind least.
func (p *Parser) skipList(i, least int) (end int, ok bool) {
	b, depth := p.b, 0
	for i < len(b) {
		switch b[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth <= 0 {
				return i + 1, i+1 >= least
			}
		case '"':
			i = skipQuoted(b, i)
			continue
		case '{':
			if end, ok := p.skipLiteral(i); ok {
				i = end
				continue
			}
		case '\r', '\n':
			return i, false
		}
		i++
	}
	return i, false
}
