package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// What commands are made of, in the plain form of plain.go.

// plainSet is the end of the set at i, with star a sequence-set, else a uid-set. Its numbers have up to seven digits, and a byte
// that is not part of it follows.
func plainSet(b []byte, i int, star bool) (end int) {
	for mayRange := true; i < len(b); i++ {
		x := uint64(zeros)
		if i+8 <= len(b) {
			x ^= load64(b, i)
		} else {
			x ^= last8(b, i)
		}
		n := bits.TrailingZeros64((x+nines|x)&highs) >> 3
		if n == 0 && b[i] == '*' && star {
			n = 1
		} else if uint(n-1) >= 7 || byte(x) == 0 {
			return unusual
		}
		if i += n; i >= len(b) {
			return unusual
		}
		switch b[i] {
		case ':':
			if !mayRange {
				return unusual
			}
			mayRange = false
		case ',':
			mayRange = true
		default:
			return i
		}
	}
	return unusual
}

// plainAString reads an atom or a quoted string without escapes into s, which is zero. SP, ")" or CR follows it.
func plainAString(b []byte, start int, s *imap.String) (end int) {
	if start >= len(b) {
		return unusual
	}
	if b[start] == '"' {
		end = plainNString(b, start, s)
	} else if end = plainAtom(b, start, clsAstring); end > start {
		s.Raw, s.Form, s.Span = b[start:end:end], imap.FormAtom, spanOf(start, end)
	} else {
		return unusual
	}
	if end > 0 && b[end] != ' ' && b[end] != ')' && b[end] != '\r' {
		*s = imap.String{}
		return unusual
	}
	return end
}

// plainAtom is the end of the run of class c at i, which has to be a class that what wordStops lets pass belongs to. It is unusual if the
// message ends there.
func plainAtom(b []byte, i int, c uint8) (end int) {
	m := uint64(0)
	for ; i+8 <= len(b); i += 8 {
		if m = wordStops(load64(b, i)); m != 0 {
			break
		}
	}
	if m == 0 {
		m = wordStops(last8(b, i))
	}
	for i += bits.TrailingZeros64(m) >> 3; i < len(b); i++ {
		if class[b[i]]&c == 0 {
			return i
		}
	}
	return unusual
}

// plainAtts reads items of FETCH that are a word, and a SP behind each, into the open list of p.commands.atts, as long as nothing else stands
// there. On true the last was followed by ")", which it took.
func (p *Parser) plainAtts() bool {
	b, i, atts := p.b, p.i, &p.commands.atts
	for {
		lo, hi, end := packWord(b, i)
		name := imap.AttName(attWords.find(lo, hi))
		if name == imap.AttUnknown || end+1 >= len(b) || b[end] != ')' && (b[end] != ' ' || b[end+1] <= ' ' || b[end+1] == '(' || b[end+1] == ')') {
			break
		}
		switch name {
		case imap.AttSection, imap.AttBinary, imap.AttBinarySize: // without a section: a fault
			p.i = i
			return false
		}
		*atts.next() = imap.FetchAtt{Name: name}
		if p.Tree != nil {
			p.addToken(syntax.KindFetchAtt, syntax.KindKeyword, spanOf(i, end))
		}
		i = end + 1
		if b[end] == ')' {
			p.i = i
			return true
		}
	}
	p.i = i
	return false
}

// plainFields reads header-fld-name *(SP header-fld-name) ")" into the open list of p.strings, as long as the names are plain, and one SP stands
// between. On true it stands behind the ")".
func (p *Parser) plainFields() bool {
	b, i := p.b, p.i
	for {
		s := p.strings.push()
		end := plainAString(b, i, s)
		if end < 0 || b[end] != ')' && (b[end] != ' ' || end+1 >= len(b) || b[end+1] <= ' ' || b[end+1] == ')') {
			p.strings.pop()
			p.i = i
			return false
		}
		p.plainLeaf(syntax.KindHeaderFldName, s)
		i = end + 1
		if b[end] == ')' {
			p.i = i
			return true
		}
	}
}

// plainLeaf adds the nodes of a string that plainAString read.
func (p *Parser) plainLeaf(rule syntax.Kind, s *imap.String) {
	if p.Tree == nil {
		return
	}
	kind := syntax.KindAtom
	if s.Form == imap.FormQuoted {
		kind = syntax.KindQuoted
	}
	p.addToken(rule, kind, s.Span)
}
