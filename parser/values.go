package parser

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// valueUse says what a generic value may be made of.
type valueUse uint8

const (
	valueTagged  valueUse = iota // tagged-ext-val: outside parentheses a number or a set
	valueAny                     // of something unknown: whatever has the form of a value
	valueBodyExt                 // body-extension: nstring, number, list
)

// valueFrame is a list that is being read.
type valueFrame struct{ start, mark int }

// tagged-ext-val = tagged-ext-simple / "(" [tagged-ext-comp] ")"
//
//	tagged-ext-simple = sequence-set / number / number64
//	tagged-ext-comp   = astring / tagged-ext-comp *(SP tagged-ext-comp) / "(" tagged-ext-comp ")"
//
// RFC 4466 §3, RFC 9051 §9.
func (p *Parser) taggedExtVal(v *imap.Value) bool {
	mark := p.open(syntax.KindTaggedExtVal)
	ok := p.value(v, valueTagged)
	if ok {
		p.close(mark)
	}
	return ok
}

// tagged-ext = tagged-ext-label SP tagged-ext-val
//
// The label has been read; withValue says whether SP and a value follow.
func (p *Parser) param(name []byte, start int, withValue bool) bool {
	v := imap.Param{Name: name}
	if withValue {
		if !p.sp() || !p.taggedExtVal(&v.Value) {
			return false
		}
		v.HasValue = true
	}
	v.Span = p.span(start)
	*p.params.push() = v
	return p.spend(1)
}

// value reads one value. Lists are kept on a stack of their own: their nesting is the sender's choice.
func (p *Parser) value(v *imap.Value, use valueUse) bool {
	if p.peek() != '(' {
		return p.simpleValue(v, use, false)
	}
	p.used = true
	base, frames := len(p.valueStack), len(p.valueFrames)
	ok := p.valueList(use, frames)
	for len(p.valueFrames) > frames {
		p.endValueList() // after a fault: what was read stays
	}
	if len(p.valueStack) > base {
		*v = p.valueStack[base]
		p.valueStack = p.valueStack[:base]
	}
	return ok
}

// valueList reads the list at the cursor and leaves it on the stack.
func (p *Parser) valueList(use valueUse, frames int) bool {
	for {
		if p.peek() == '(' {
			if !p.enter() {
				return false
			}
			p.valueFrames = append(p.valueFrames, valueFrame{len(p.valueStack), p.open(syntax.KindTaggedExtComp)})
			p.lparen()
			if p.peek() != ')' {
				p.besides(ExpectLParen | ExpectRParen)
				continue
			}
			if len(p.valueFrames) > frames+1 && use == valueTagged && !p.quirk(QuirkParensForNil, p.i-1, p.i+1) {
				return p.fail(ExpectAstring)
			}
			p.i++
		} else {
			p.valueStack = append(p.valueStack, imap.Value{})
			if !p.simpleValue(&p.valueStack[len(p.valueStack)-1], use, true) {
				p.valueStack = p.valueStack[:len(p.valueStack)-1]
				return false
			}
			if p.valueMore(use) {
				p.besides(ExpectLParen)
				continue
			}
		}
		for {
			if p.failed() || !p.spend(1) {
				return false
			}
			p.leave()
			p.endValueList()
			if len(p.valueFrames) == frames {
				return true
			}
			if p.valueMore(use) {
				p.besides(ExpectLParen)
				break
			}
		}
	}
}

// valueMore is listMore, except that unknown lists may lack the SP, as address lists and bodies do.
func (p *Parser) valueMore(use valueUse) bool {
	if use == valueAny && p.peek() == '(' && p.i > 0 && p.b[p.i-1] == ')' {
		return true
	}
	return p.listMore()
}

// endValueList makes the innermost open list a value.
func (p *Parser) endValueList() {
	f := p.valueFrames[len(p.valueFrames)-1]
	p.valueFrames = p.valueFrames[:len(p.valueFrames)-1]
	list := p.values.copyOf(p.valueStack[f.start:])
	p.valueStack = append(p.valueStack[:f.start], imap.Value{List: list, IsList: true})
	p.close(f.mark)
}

// simpleValue reads a value that is no list.
func (p *Parser) simpleValue(v *imap.Value, use valueUse, inList bool) bool {
	switch c := p.peek(); {
	case c == '"':
		if use == valueTagged && !inList && !p.quirk(QuirkStringForNil, p.i, p.i+1) {
			return p.fail(ExpectValue)
		}
		return p.quoted(0, &v.Str)
	case c == '{':
		if use == valueTagged && !inList && !p.quirk(QuirkStringForNil, p.i, p.i+1) {
			return p.fail(ExpectValue)
		}
		return p.literal(0, &v.Str)
	case c == '~' && p.peekAt(1) == '{' && use == valueAny:
		return p.literal8(0, &v.Str)
	case use != valueTagged && p.isNil():
		p.takeNil(0, &v.Str)
		return true
	case use == valueBodyExt:
		return p.bodyExtNumber(v)
	case use == valueTagged && !inList:
		return p.taggedExtSimple(v)
	case class[c]&clsAstring != 0:
		n := p.run(clsAstring)
		if next := p.peekAt(n); use == valueAny && (next == '*' || next == '%') {
			return p.looseValue(v) // 1:*, Archive/%
		}
		p.setAtom(0, &v.Str, n)
		return true
	case use == valueAny && (c == '\\' || c == '*' || c == '%' || c == '[' || c == '<'):
		return p.looseValue(v)
	}
	if use == valueTagged && !inList {
		return p.fail(ExpectValue)
	}
	return p.fail(ExpectAstring)
}

// looseValue reads what an unknown element may be made of besides atoms: flags, wildcards.
func (p *Parser) looseValue(v *imap.Value) bool {
	n := 0
	for c := p.peekAt(n); c > ' ' && c < 0x7F && c != '(' && c != ')' && c != '"' && c != '{'; c = p.peekAt(n) {
		n++
	}
	if n == 0 {
		return p.fail(ExpectValue)
	}
	p.setAtom(0, &v.Str, n)
	return true
}

// tagged-ext-simple = sequence-set / number / number64
//
// RFC 4466 §3. What follows is for the caller to judge. QuirkAtomForString takes an atom.
func (p *Parser) taggedExtSimple(v *imap.Value) bool {
	start, i, b := p.i, p.i, p.b
	for i < len(b) && (b[i]-'0' <= 9 || b[i] == ',' || b[i] == ':' || b[i] == '*') {
		i++
	}
	if i == start && peekAt(b, i) == '$' {
		i++
	}
	if i < len(b) && class[b[i]]&clsAstring != 0 || i == start {
		if n := p.run(clsAstring); n > 0 && p.i+n < len(b) && p.quirk(QuirkAtomForString, start, start+n) {
			p.setAtom(0, &v.Str, n)
			return true
		}
	}
	digits, first := p.runOf(clsDigit), p.peek()
	if digits == 0 && first != '*' && first != '$' {
		return p.fail(ExpectValue)
	}
	if next := peekAt(b, start+digits); digits > 0 && (first == '0' || next != ':' && next != ',') {
		_, ok := p.digits(0, syntax.KindNumber64, max63, ExpectNumber)
		v.Str = imap.String{Raw: b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom}
		return ok
	}
	var set imap.NumSet
	if !p.sequenceSet(0, &set) {
		return false
	}
	v.Str = imap.String{Raw: set.Raw, Span: set.Span, Form: imap.FormAtom}
	return true
}

// bodyExtNumber reads the number of a body-extension.
func (p *Parser) bodyExtNumber(v *imap.Value) bool {
	start := p.i
	if p.peek()-'0' > 9 {
		if class[p.peek()]&clsAtom != 0 {
			n := p.run(clsAstring)
			if p.i+n < len(p.b) && p.quirk(QuirkAtomForString, start, start+n) {
				p.setAtom(syntax.KindBodyExtension, &v.Str, n)
				return true
			}
		}
		return p.failWord(ExpectNString|ExpectNumber|ExpectLParen, "NIL")
	}
	if _, ok := p.number64(syntax.KindBodyExtension); !ok {
		return false
	}
	v.Str = imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom}
	return true
}

// unknownRest reads everything to the line end as values and makes it the Unknown called name. What doesn't have the form of values is kept
// as bytes only: Raw has all of them, from behind the name to before the CRLF.
func (p *Parser) unknownRest(name []byte, start int) (*imap.Unknown, bool) {
	p.used = true
	mark := p.open(syntax.KindUnknownArgs)
	u := p.unknowns.one()
	u.Name = name
	from := p.i
	values := len(p.valueStack)
	ok := true
	quirks := p.Quirks
	p.Quirks = Quirks{} // what is no value as it stands is free text, strict or not: there is nothing to forgive but a NUL
	for p.peek() == ' ' {
		at := p.i
		p.i++
		if c := p.peek(); c == ' ' || c == '\r' || c == '\n' {
			continue
		}
		p.valueStack = append(p.valueStack, imap.Value{})
		notes, nodes := len(p.Notes), p.nodeCount()
		var v imap.Value
		if !p.value(&v, valueAny) {
			p.valueStack = p.valueStack[:len(p.valueStack)-1]
			if c := p.fault.code; c == ErrorTruncated || c >= ErrorDepthLimit && c <= ErrorFrameLimit || c == ErrorIllegalNUL && !quirks.Has(QuirkNUL) {
				ok = false
				break
			}
			// No value: the line is free text from here on.
			p.fault = fault{}
			p.Notes = p.Notes[:notes]
			p.dropNodes(mark, nodes)
			p.i, p.Quirks = at, quirks
			ok = p.freeText()
			p.valueStack = p.valueStack[:values] // part of the line would pass for all of it
			break
		}
		p.valueStack[len(p.valueStack)-1] = v
	}
	p.Quirks = quirks
	if ok && p.peek() != '\r' && p.peek() != '\n' {
		ok = p.freeText()
		p.valueStack = p.valueStack[:values]
	}
	u.Values = p.values.copyOf(p.valueStack[values:])
	if len(u.Values) == 0 {
		u.Values = nil
	}
	p.valueStack = p.valueStack[:values]
	u.Raw = p.b[from:p.i:p.i]
	if ok {
		p.close(mark)
		p.unknown(start)
	}
	return u, ok
}

// freeText takes what is left of the message as it is. Outside quotes a literal's header at the end of a line is one, as for the Framer.
func (p *Parser) freeText() bool {
	from, quoted := p.i, false
	for p.i < len(p.b) {
		switch c := p.b[p.i]; {
		case c == '\r' || c == '\n':
			// A header behind a quote that is not closed is one to peers that don't mind quotes, so nobody may write it.
			if open := bytes.LastIndexByte(p.b[from:p.i], '{'); quoted && open >= 0 {
				if _, n := wire.ConsumeLiteralHeader(p.b[from+open:]); n != 0 && !p.quirk(QuirkUnescapedQuote, p.i, p.i) {
					return p.failCode(ErrorBadQuoted, p.i)
				}
			}
			if p.i > from {
				p.leaf(syntax.KindText, from)
			}
			return true
		case c == 0:
			if !p.quirk(QuirkNUL, p.i, p.i+1) {
				return p.failCode(ErrorIllegalNUL, p.i)
			}
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted && p.peekAt(1) != '\r' && p.peekAt(1) != '\n' && p.peekAt(1) != 0:
			p.i++
		case c == '{' && !quoted:
			if end := p.headerEnd(); end > 0 {
				var octets imap.String
				if plus := bytes.IndexByte(p.b[p.i:end], '+'); plus >= 0 && p.side == wire.Server && !p.quirk(QuirkNonSyncFromServer, p.i+plus, p.i+plus+1) {
					return p.failCode(ErrorLiteralNotAllowed, p.i+plus)
				}
				if at := end - 1; p.b[at-1] != '\r' && !p.quirk(QuirkBareLF, at, end) {
					p.i = at
					return p.fail(ExpectCRLF)
				}
				start, size := p.i, p.headerSize()
				if start > 0 && p.b[start-1] == '~' {
					start--
				}
				p.i = end
				if p.b[start] != '~' && p.nulAhead(size) || !p.octets(&octets, start, size) {
					return false
				}
				if nul := bytes.IndexByte(octets.Raw, 0); nul >= 0 && p.b[start] != '~' {
					if at := p.i - len(octets.Raw) + nul; !p.quirk(QuirkNUL, at, at+1) {
						return p.failCode(ErrorIllegalNUL, at)
					}
				}
				continue
			}
		}
		p.i++
	}
	return p.fail(ExpectCRLF)
}

// headerEnd is the offset behind the literal's header at the cursor and its line end, 0 if that is no header.
func (p *Parser) headerEnd() int {
	i := p.i + 1
	for i < len(p.b) && p.b[i]-'0' <= 9 {
		i++
	}
	if i == p.i+1 {
		return 0
	}
	if peekAt(p.b, i) == '+' {
		i++
	}
	if peekAt(p.b, i) != '}' {
		return 0
	}
	i++
	if peekAt(p.b, i) == '\r' {
		i++
	}
	if peekAt(p.b, i) != '\n' {
		return 0
	}
	return i + 1
}

// headerSize is the size that the header at the cursor announces, at most 2^63-1.
func (p *Parser) headerSize() (n uint64) {
	for i := p.i + 1; p.b[i]-'0' <= 9; i++ {
		d := uint64(p.b[i] - '0')
		if n > (max63-d)/10 {
			return max63
		}
		n = n*10 + d
	}
	return n
}
