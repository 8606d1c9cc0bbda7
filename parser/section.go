package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// section = "[" [section-spec] "]"
//
// RFC 9051 §9. The result is nil for "[]".
func (p *Parser) section() (*imap.Section, bool) {
	mark := p.open(syntax.KindSection)
	if !p.punct('[', ExpectLBracket) {
		return nil, false
	}
	if p.peek() == ']' {
		p.i++
		p.close(mark)
		return nil, true
	}
	s := p.sections.one()
	if !p.sectionSpec(s) {
		return s, false
	}
	if p.peek() == ' ' && p.peekPastBlanks() == ']' {
		p.maybeSP(QuirkExtraSpace)
	}
	if !p.punct(']', ExpectRBracket) {
		return s, false
	}
	p.close(mark)
	return s, true
}

// section-spec = section-msgtext / (section-part ["." section-text])
//
// RFC 9051 §9.
func (p *Parser) sectionSpec(s *imap.Section) bool {
	mark := p.open(syntax.KindSectionSpec)
	if p.peek()-'0' > 9 {
		if !p.sectionText(s, false) {
			return false
		}
		p.close(mark)
		return true
	}
	if !p.sectionPart(s, true) {
		return false
	}
	if p.peek() == '.' {
		p.i++
		if !p.sectionText(s, true) {
			return false
		}
	}
	p.close(mark)
	return true
}

// section-part = nz-number *("." nz-number)
//
// RFC 9051 §9. With text, a "." that no number follows is left for the rule behind. QuirkSectionPartZero takes 0, which in RFC 1730 was the
// header of a part.
func (p *Parser) sectionPart(s *imap.Section, text bool) bool {
	start := p.i
	for {
		if p.peek() == '0' && class[p.peekAt(1)]&clsDigit == 0 && p.i+1 < len(p.b) && p.quirk(QuirkSectionPartZero, p.i, p.i+1) {
			p.i++
			*p.nums.push() = 0
		} else {
			n, ok := p.partNumber()
			if !ok {
				p.nums.list()
				return false
			}
			*p.nums.push() = n
		}
		if p.peek() != '.' || text && p.peekAt(1)-'0' > 9 {
			break
		}
		p.i++
	}
	ok := p.spend(p.nums.open())
	s.Part = p.nums.list()
	p.leaf(syntax.KindSectionPart, start)
	return ok
}

// partNumber is nz-number without a node of its own.
func (p *Parser) partNumber() (uint32, bool) {
	var v uint64
	start := p.i
	for p.i < len(p.b) {
		d := p.b[p.i] - '0'
		if d > 9 || p.i == start && d == 0 {
			break
		}
		if v = v*10 + uint64(d); v > max32 {
			return 0, p.failCode(ErrorNumberOverflow, p.i)
		}
		p.i++
	}
	if p.i == start {
		return 0, p.fail(ExpectSection)
	}
	return uint32(v), true
}

// section-text = section-msgtext / "MIME"
//
//	section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
//
// RFC 9051 §9. MIME needs a part number; QuirkMIMEWithoutPart takes it without one.
func (p *Parser) sectionText(s *imap.Section, part bool) bool {
	start := p.i
	n := 0
	if s.Spec, n = plainSectionText(p.b, start); n == 0 {
		n = p.run(clsAtom)
	}
	word := p.b[start : start+n]
	switch {
	case s.Spec != imap.SectionWhole:
	case wire.EqualFold(word, "HEADER"):
		s.Spec = imap.SectionHeader
	case wire.EqualFold(word, "TEXT"):
		s.Spec = imap.SectionText
	case wire.EqualFold(word, "HEADER.FIELDS"):
		s.Spec = imap.SectionHeaderFields
	case wire.EqualFold(word, "HEADER.FIELDS.NOT"):
		s.Spec = imap.SectionHeaderFieldsNot
	case wire.EqualFold(word, "MIME") && (part || p.quirk(QuirkMIMEWithoutPart, start, start+n)):
		s.Spec = imap.SectionMIME
	case part:
		return p.failSection("MIME")
	default:
		return p.failSection("")
	}
	p.i += n
	if part {
		p.leaf(syntax.KindSectionText, start)
	} else {
		p.leaf(syntax.KindSectionMsgtext, start)
	}
	if s.Spec == imap.SectionHeaderFields || s.Spec == imap.SectionHeaderFieldsNot {
		return p.sp() && p.headerList(s)
	}
	return true
}

// failSection fails at what is no section-text; mime is MIME where that could stand.
func (p *Parser) failSection(mime string) bool {
	c := p.choice()
	for _, w := range [...]string{"HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", mime} {
		c.add(w)
	}
	if c.best >= len("HEADER.FIELDS") {
		return c.fail(ExpectSection, ExpectSP)
	}
	return c.fail(ExpectSection, ExpectRBracket)
}

// plainSectionText knows the texts that clients ask for. n is 0 for any other.
func plainSectionText(b []byte, i int) (spec imap.SectionSpec, n int) {
	lo, hi, end := packWord(b, i)
	if end >= len(b) || b[end] != ']' && b[end] != ' ' {
		return imap.SectionWhole, 0
	}
	switch {
	case lo == 'H'|'E'<<8|'A'<<16|'D'<<24|'E'<<32|'R'<<40|'.'<<48|'F'<<56 && hi == 'I'|'E'<<8|'L'<<16|'D'<<24|'S'<<32:
		return imap.SectionHeaderFields, end - i
	case hi != 0:
	case lo == 'H'|'E'<<8|'A'<<16|'D'<<24|'E'<<32|'R'<<40:
		return imap.SectionHeader, end - i
	case lo == 'T'|'E'<<8|'X'<<16|'T'<<24:
		return imap.SectionText, end - i
	}
	return imap.SectionWhole, 0
}

// header-list = "(" header-fld-name *(SP header-fld-name) ")"        header-fld-name = astring
//
// RFC 9051 §9. A name may hold "]". QuirkEmptyList takes "()".
func (p *Parser) headerList(s *imap.Section) bool {
	mark := p.open(syntax.KindHeaderList)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkEmptyList, p.i, p.i+1) {
		p.i++
		s.Fields = p.strings.emptyList()
		p.close(mark)
		return true
	}
	ok := true
	for !p.plainFields() {
		if ok = p.astring(syntax.KindHeaderFldName, p.strings.push()); !ok {
			p.strings.pop()
			break
		}
		if !p.listMore() {
			ok = !p.failed()
			break
		}
	}
	ok = ok && p.spend(p.strings.open())
	s.Fields = p.strings.list()
	if ok {
		p.close(mark)
	}
	return ok
}

// section-binary = "[" [section-part] "]"
//
// RFC 9051 §9. The result is nil for "[]".
func (p *Parser) sectionBinary() (*imap.Section, bool) {
	mark := p.open(syntax.KindSectionBinary)
	if !p.punct('[', ExpectLBracket) {
		return nil, false
	}
	var s *imap.Section
	if p.peek() != ']' {
		s = p.sections.one()
		if !p.sectionPart(s, false) {
			return s, false
		}
	}
	if !p.punct(']', ExpectRBracket) {
		return s, false
	}
	p.close(mark)
	return s, true
}
