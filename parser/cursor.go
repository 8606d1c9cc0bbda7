package parser

import "github.com/imapwire/imapwire/parser/wire"

// Every rule is a method that returns whether it matched. On true the cursor p.i stands behind it; on false a fault is recorded and the
// cursor stands where the rule gave up. Rules never look back, and look ahead by a byte or a word.

// peek is the byte at the cursor, NUL at the end of the input: no rule but literal8 takes a NUL.
func (p *Parser) peek() byte {
	if p.i < len(p.b) {
		return p.b[p.i]
	}
	return 0
}

// peekAt is the byte n places after the cursor, NUL behind the end.
func (p *Parser) peekAt(n int) byte {
	if p.i+n < len(p.b) {
		return p.b[p.i+n]
	}
	return 0
}

// span is the span from start to the cursor.
func (p *Parser) span(start int) wire.Span { return wire.Span{Start: uint32(start), End: uint32(p.i)} }

// punct takes the byte c.
func (p *Parser) punct(c byte, e Expect) bool {
	if p.i < len(p.b) && p.b[p.i] == c {
		p.i++
		return true
	}
	return p.fail(e)
}

// SP = %x20. Exactly one (RFC 9051 §9 note 3); QuirkExtraSpace takes a run of them, QuirkMissingSpace none where a parenthesis or bracket
// divides two elements.
func (p *Parser) sp() bool {
	if p.i+1 < len(p.b) && p.b[p.i] == ' ' && p.b[p.i+1] > ' ' {
		p.i++
		return true
	}
	return p.spSlow()
}

func (p *Parser) spSlow() bool {
	start := p.i
	if p.peek() != ' ' {
		if p.peek() == '\t' && p.quirk(QuirkTabSpace, start, start+1) {
			p.i++
			return p.moreSpace()
		}
		if p.closesItself() && p.quirk(QuirkMissingSpace, start, start+1) {
			return true
		}
		return p.fail(ExpectSP)
	}
	p.i++
	return p.moreSpace()
}

// closesItself says that the cursor stands where no SP is needed to tell two elements apart: before a parenthesis, before a string behind the end
// of a list, a section or an origin, and in a command before a string behind another. In a response two quotes may as well be unescaped ones.
func (p *Parser) closesItself() bool {
	switch p.peek() {
	case '(':
		return true
	case '"':
		return p.i > 0 && (p.b[p.i-1] == ')' || p.b[p.i-1] == ']' || p.b[p.i-1] == '>' || p.b[p.i-1] == '"' && p.side == wire.Client)
	case '{':
		return p.i > 0 && (p.b[p.i-1] == ']' || p.b[p.i-1] == '>')
	}
	return false
}

// moreSpace skips further blanks behind a SP where the quirk allows it; else the next rule finds them.
func (p *Parser) moreSpace() bool {
	start := p.i
	for c := p.peek(); c == ' ' || c == '\t'; c = p.peek() {
		p.i++
	}
	if p.i > start && !p.quirk(QuirkExtraSpace, start, p.i) {
		p.i = start
	}
	return true
}

// maybeSP takes a SP that no rule asks for but that is seen there, between the elements of lists that have no separator.
func (p *Parser) maybeSP(x Quirk) {
	if p.peek() != ' ' {
		return
	}
	start := p.i
	for p.peek() == ' ' {
		p.i++
	}
	if !p.quirk(x, start, p.i) {
		p.i = start
	}
}

// CRLF = CR LF, and with it the end of the message.
func (p *Parser) crlf() bool {
	if p.i+2 == len(p.b) && p.b[p.i] == '\r' && p.b[p.i+1] == '\n' {
		p.i += 2
		return true
	}
	return p.crlfSlow(ExpectCRLF)
}

// plainEnd says that only the CRLF is left.
func (p *Parser) plainEnd() bool {
	return p.i+2 == len(p.b) && p.b[p.i] == '\r' && p.b[p.i+1] == '\n'
}

// crlfOr is crlf where e could have stood as well.
func (p *Parser) crlfOr(e Expect) bool {
	if p.i+2 == len(p.b) && p.b[p.i] == '\r' && p.b[p.i+1] == '\n' {
		p.i += 2
		return true
	}
	return p.crlfSlow(e | ExpectCRLF)
}

func (p *Parser) crlfSlow(e Expect) bool {
	if c := p.peek(); c == ' ' || c == '\t' {
		start := p.i
		for c := p.peek(); c == ' ' || c == '\t'; c = p.peek() {
			p.i++
		}
		if p.i < len(p.b) && p.peek() != '\r' && p.peek() != '\n' || !p.quirk(QuirkTrailingSpace, start, p.i) {
			p.i = start
			return p.fail(e)
		}
	}
	switch p.peek() {
	case '\r':
		p.i++
		if p.peek() != '\n' {
			for p.peek() == '\r' {
				p.i++
			}
			if p.peek() != '\n' || !p.quirk(QuirkExtraCR, p.i-1, p.i) {
				return p.fail(ExpectCRLF)
			}
		}
		p.i++
	case '\n':
		if !p.quirk(QuirkBareLF, p.i, p.i+1) {
			return p.fail(e)
		}
		p.i++
	default:
		return p.fail(e)
	}
	if p.i < len(p.b) {
		return p.failCode(ErrorTrailingData, p.i)
	}
	return true
}

// atEnd says that the cursor stands at a line end, or at blanks before one that QuirkTrailingSpace forgives.
func (p *Parser) atEnd() bool {
	i := p.i
	for i < len(p.b) && (p.b[i] == ' ' || p.b[i] == '\t') && p.Quirks.Has(QuirkTrailingSpace) {
		i++
	}
	return i < len(p.b) && (p.b[i] == '\r' || p.b[i] == '\n')
}

// more says that SP and another element follow, as in *(SP x) before CRLF. It takes the SP.
func (p *Parser) more() bool {
	if p.i+1 < len(p.b) && p.b[p.i] == ' ' && p.b[p.i+1] > ' ' {
		p.i++
		return true
	}
	if p.peek() != ' ' && p.peek() != '\t' || p.atEnd() {
		return false
	}
	return p.sp()
}

// listMore reads what stands behind an element of a parenthesized list whose elements SP separates: SP, then another follows, or ")".
// On false the list has ended, well or, when p.failed, not.
func (p *Parser) listMore() bool {
	if p.i+1 < len(p.b) {
		switch p.b[p.i] {
		case ')':
			p.i++
			return false
		case ' ':
			if c := p.b[p.i+1]; c > ' ' && c != ')' {
				p.i++
				return true
			}
		}
	}
	return p.listMoreSlow()
}

func (p *Parser) listMoreSlow() bool {
	switch p.peek() {
	case ')':
		p.i++
		return false
	case ' ', '\t':
		start := p.i
		if !p.sp() {
			return false
		}
		if p.peek() == ')' && p.quirk(QuirkSpaceBeforeParen, start, p.i) {
			p.i++
			return false
		}
		return true
	}
	return p.fail(ExpectSP | ExpectRParen)
}

// lparen takes "(". QuirkSpaceAfterParen forgives blanks behind it.
func (p *Parser) lparen() bool {
	if p.i+1 < len(p.b) && p.b[p.i] == '(' && p.b[p.i+1] > ' ' {
		p.i++
		return true
	}
	if p.peek() != '(' {
		return p.fail(ExpectLParen)
	}
	p.i++
	p.maybeSP(QuirkSpaceAfterParen)
	return true
}

// rparen takes ")", with the blanks before it that QuirkSpaceBeforeParen forgives.
func (p *Parser) rparen() bool {
	if p.i < len(p.b) && p.b[p.i] == ')' {
		p.i++
		return true
	}
	if p.peek() == ' ' {
		start := p.i
		for p.peek() == ' ' {
			p.i++
		}
		if p.peek() == ')' && p.quirk(QuirkSpaceBeforeParen, start, p.i) {
			p.i++
			return true
		}
		p.i = start
	}
	return p.fail(ExpectRParen)
}

// failed says that a fault was recorded and not recovered from.
func (p *Parser) failed() bool { return p.fault.code != ErrorNone }
