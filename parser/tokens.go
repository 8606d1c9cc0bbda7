package parser

import (
	"bytes"
	"math/bits"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// The readers of strings write to *s instead of returning it: 40 bytes go through memory once. rule is the kind of the node that the token
// fills, "env-subject" say; 0 adds the token alone.

// atom = 1*ATOM-CHAR
func (p *Parser) atom(rule syntax.Kind) ([]byte, bool) {
	n := p.run(clsAtom)
	if n == 0 {
		return nil, p.fail(ExpectAtom)
	}
	start := p.i
	p.i += n
	p.leafIn(rule, syntax.KindAtom, start)
	return p.b[start:p.i:p.i], true
}

// astring = 1*ASTRING-CHAR / string
func (p *Parser) astring(rule syntax.Kind, s *imap.String) bool {
	switch c := p.peek(); {
	case class[c]&clsAstring != 0:
		n := p.run(clsAstring)
		p.setAtom(rule, s, n)
		return true
	case c == '"':
		return p.quoted(rule, s)
	case c == '{':
		return p.literal(rule, s)
	}
	return p.fail(ExpectAstring)
}

// setAtom makes the n bytes at the cursor an atom string.
func (p *Parser) setAtom(rule syntax.Kind, s *imap.String, n int) {
	start := p.i
	p.i += n
	s.Raw, s.Span, s.Form = p.b[start:p.i:p.i], p.span(start), imap.FormAtom
	p.leafIn(rule, syntax.KindAtom, start)
}

// string = quoted / literal
//
// QuirkAtomForString takes an atom.
func (p *Parser) string(rule syntax.Kind, s *imap.String) bool {
	switch p.peek() {
	case '"':
		return p.quoted(rule, s)
	case '{':
		return p.literal(rule, s)
	}
	return p.stringSlow(rule, s, ExpectString)
}

// nstring = string / nil
//
// The zero String is NIL.
func (p *Parser) nstring(rule syntax.Kind, s *imap.String) bool {
	switch p.peek() {
	case '"':
		return p.quoted(rule, s)
	case '{':
		return p.literal(rule, s)
	case 'N', 'n':
		if p.isNil() {
			p.takeNil(rule, s)
			return true
		}
	}
	return p.stringSlow(rule, s, ExpectNString)
}

// stringSlow is what string and nstring do with anything else.
func (p *Parser) stringSlow(rule syntax.Kind, s *imap.String, e Expect) bool {
	if p.peek() == '~' && p.peekAt(1) == '{' && p.quirk(QuirkLiteral8, p.i, p.i+2) {
		return p.literal8(rule, s)
	}
	if class[p.peek()]&clsAtom != 0 {
		n := p.run(clsAstring)
		if p.i+n < len(p.b) {
			if e == ExpectString && p.isNil() {
				if p.quirk(QuirkNilForString, p.i, p.i+3) {
					p.takeNil(rule, s)
					return true
				}
			} else if p.quirk(QuirkAtomForString, p.i, p.i+n) {
				p.setAtom(rule, s, n)
				return true
			}
		}
		if e == ExpectNString {
			return p.failWord(e, "NIL")
		}
	}
	if e == ExpectNString && p.peek() == '(' && p.peekAt(1) == ')' && p.quirk(QuirkParensForNil, p.i, p.i+2) {
		start := p.i
		p.i += 2
		p.leafIn(rule, syntax.KindNil, start)
		s.Span = p.span(start)
		return true
	}
	return p.fail(e)
}

// nil = "NIL"
func (p *Parser) isNil() bool {
	return isNilAt(p.b, p.i)
}

// takeNil takes the three letters that isNil saw.
func (p *Parser) takeNil(rule syntax.Kind, s *imap.String) {
	start := p.i
	p.i += 3
	s.Span = p.span(start)
	p.leafIn(rule, syntax.KindNil, start)
}

// skipNil takes the three letters that isNil saw, where there is no String for them.
func (p *Parser) skipNil(rule syntax.Kind) {
	start := p.i
	p.i += 3
	p.leafIn(rule, syntax.KindNil, start)
}

// nil takes NIL where nothing else may stand.
func (p *Parser) nil(rule syntax.Kind) bool {
	if !p.isNil() {
		return p.failWord(ExpectNil, "NIL")
	}
	start := p.i
	p.i += 3
	p.leafIn(rule, syntax.KindNil, start)
	return true
}

// load64 is the eight bytes of b from i on, the first one lowest: a single load once compiled.
func load64(b []byte, i int) uint64 {
	b = b[i : i+8 : i+8] // with the capacity known, the compiler needs no care for a slice that begins where the array ends
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// notPlain marks, by the high bit of its byte, the first of eight bytes that a quoted string cannot take as it is: a quote, a backslash, a
// control character (of which most are legal, the caller looks again) or a byte above 0x7F. Zero: there is none. Marks above the first mean
// nothing, for a borrow may have made them.
func notPlain(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	// 2 takes the quote to 0x20, next to the controls, which stay below it; the blank and "!" go above.
	return (((x ^ ones*2) - ones*0x21) | ((x ^ ones*'\\') - ones) | x) & highs
}

// plainRun is the offset of the first byte at or after i that notPlain marks, or len(b).
func plainRun(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		if m := notPlain(load64(b, i)); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' || c >= 0x80 {
			break
		}
	}
	return i
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
//
//	QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials
//
// With Options.UTF8 also UTF8-2, UTF8-3 and UTF8-4 (RFC 9051 §9, RFC 9755 §3).
func (p *Parser) quoted(rule syntax.Kind, s *imap.String) bool {
	b, start := p.b, p.i
	i := start + 1
	for ; i+8 <= len(b); i += 8 { // plainRun, in place
		if m := notPlain(load64(b, i)); m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			break
		}
	}
	if i < len(b) && b[i] == '"' && !p.looseQuotes {
		p.i = i + 1
		s.Raw, s.Form = b[start+1:i:i], imap.FormQuoted
		s.Span = wire.Span{Start: uint32(start), End: uint32(i + 1)}
		p.leafIn(rule, syntax.KindQuoted, start)
		return true
	}
	return p.quotedSlow(rule, s, i)
}

// quotedSlow reads on at i, the first byte that is not plain.
func (p *Parser) quotedSlow(rule syntax.Kind, s *imap.String, i int) bool {
	start, b := p.i, p.b
	var quirks quirkMarks
	later := 0 // a quote behind the line breaks that were read
	for {
		i = plainRun(b, i)
		if i >= len(b) {
			return p.failCode(ErrorBadQuoted, len(b))
		}
		switch c := b[i]; {
		case c == '"':
			if p.looseQuotes && !p.closesQuoted(i) {
				quirks.set(QuirkUnescapedQuote, i)
				i++
				continue
			}
			p.i = i + 1
			s.Raw, s.Form, s.Span = b[start+1:i:i], imap.FormQuoted, p.span(start)
			p.leafIn(rule, syntax.KindQuoted, start)
			p.noteMarks(&quirks, start)
			return true
		case c == '\\':
			if i+1 >= len(b) {
				return p.failCode(ErrorBadEscape, len(b))
			}
			switch next := b[i+1]; {
			case next == '"' && p.looseQuotes && p.strayBackslash(i):
				quirks.set(QuirkStrayBackslash, i)
				i++
				continue
			case next == '"' || next == '\\':
				s.Escaped = true
				i += 2
				continue
			}
			if !p.Quirks.Has(QuirkBadEscape) || b[i+1] == '\r' || b[i+1] == '\n' {
				return p.failCode(ErrorBadEscape, i+1)
			}
			quirks.set(QuirkBadEscape, i)
			i++
		case c == 0:
			if !p.Quirks.Has(QuirkNUL) {
				return p.failCode(ErrorIllegalNUL, i)
			}
			quirks.set(QuirkNUL, i)
			i++
		case c == '\r' || c == '\n':
			if i >= later && p.Quirks.Has(QuirkLineBreakInQuoted) {
				later = i + 1 + bytes.IndexByte(b[i+1:], '"')
			}
			if i >= later {
				return p.failCode(ErrorBadQuoted, i)
			}
			quirks.set(QuirkLineBreakInQuoted, i)
			i++
		case c >= 0x80:
			n := 1
			if p.UTF8 {
				if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError || size > 1 {
					i += size
					continue
				}
				if !p.Quirks.Has(Quirk8BitInQuoted) {
					return p.failCode(ErrorIllegal8Bit, notUTF8(b, i))
				}
			}
			if !p.Quirks.Has(Quirk8BitInQuoted) {
				return p.failCode(ErrorIllegal8Bit, i)
			}
			quirks.set(Quirk8BitInQuoted, i)
			i += n
		default: // a control character is a TEXT-CHAR
			i++
		}
	}
}

// literal = "{" number64 ["+"] "}" CRLF *CHAR8
//
// RFC 3501 §9, RFC 7888 §8, RFC 9051 §9: the count of IMAP4rev1 is 32-bit, that of IMAP4rev2 63-bit. "+" is the client's.
func (p *Parser) literal(rule syntax.Kind, s *imap.String) bool {
	start := p.i
	if p.peek() != '{' {
		return p.fail(ExpectLiteral)
	}
	p.i++
	n, ok := p.literalHead(s)
	if !ok || p.nulAhead(n) || !p.octets(s, start, n) {
		return false
	}
	s.Form = imap.FormLiteral
	if k := bytes.IndexByte(s.Raw, 0); k >= 0 {
		at := p.i - len(s.Raw) + k
		if !p.quirk(QuirkNUL, at, at+1) {
			return p.failCode(ErrorIllegalNUL, at)
		}
	}
	p.literalNodes(rule, syntax.KindLiteral, start, len(s.Raw))
	return true
}

// nulAhead fails at a NUL in a literal of n octets that are not all there: none that is still to come makes it good.
func (p *Parser) nulAhead(n uint64) bool {
	if n <= uint64(len(p.b)-p.i) || len(p.Repairs) > 0 || len(p.detached) > 0 || p.Quirks.Has(QuirkNUL) {
		return false
	}
	k := bytes.IndexByte(p.b[p.i:], 0)
	return k >= 0 && !p.failCode(ErrorIllegalNUL, p.i+k)
}

// literal8 = "~{" number64 ["+"] "}" CRLF *OCTET
//
// RFC 3516 §7, RFC 4466 §3, RFC 9051 §9.
func (p *Parser) literal8(rule syntax.Kind, s *imap.String) bool {
	start := p.i
	if p.peek() != '~' {
		return p.fail(ExpectLiteral)
	}
	p.i++
	if p.peek() != '{' {
		return p.fail(ExpectLiteral)
	}
	p.i++
	n, ok := p.literalHead(s)
	if !ok || !p.octets(s, start, n) {
		return false
	}
	s.Form = imap.FormLiteral8
	p.literalNodes(rule, syntax.KindLiteral8, start, len(s.Raw))
	return true
}

// literalHead reads the count of a literal, behind its "{".
func (p *Parser) literalHead(s *imap.String) (size uint64, ok bool) {
	first := p.i
	for p.i < len(p.b) && p.b[p.i]-'0' <= 9 {
		d := uint64(p.b[p.i] - '0')
		if size > (max63-d)/10 {
			return 0, p.failCode(ErrorNumberOverflow, p.i)
		}
		size = size*10 + d
		p.i++
	}
	if p.i == first {
		return 0, p.fail(ExpectNumber)
	}
	if p.peek() == '+' {
		if p.side == wire.Server && !p.quirk(QuirkNonSyncFromServer, p.i, p.i+1) {
			return 0, p.failCode(ErrorLiteralNotAllowed, p.i)
		}
		s.NonSync = p.side != wire.Server
		p.i++
	}
	if p.peek() != '}' {
		return 0, p.failAt(ErrorExpectedLiteral, p.i, ExpectRBrace)
	}
	p.i++
	if p.peek() == ' ' && p.Quirks.Has(QuirkTrailingSpace) {
		from := p.i
		for p.peek() == ' ' {
			p.i++
		}
		p.quirk(QuirkTrailingSpace, from, p.i)
	}
	if p.peek() == '\n' && p.quirk(QuirkBareLF, p.i, p.i+1) {
		p.i++
		return size, true
	}
	if !p.punct('\r', ExpectCRLF) || !p.punct('\n', ExpectCRLF) {
		return 0, false
	}
	return size, true
}

// octets takes the n octets of the literal whose header starts at start. What a repair or a detachment says about it comes first.
func (p *Parser) octets(s *imap.String, start int, n uint64) bool {
	if len(p.Repairs) > 0 || len(p.detached) > 0 {
		var away bool
		if n, away = p.elsewhere(start, n); away {
			s.Detached = uint32(n)
			s.Span = p.span(start)
			return true
		}
	}
	if n > uint64(len(p.b)-p.i) {
		p.i = len(p.b)
		return p.fail(0)
	}
	s.Raw = p.b[p.i : p.i+int(n) : p.i+int(n)]
	p.i += int(n)
	s.Span = p.span(start)
	return true
}

// elsewhere says how many octets of the literal at start really follow, or, if away, that they went to another reader.
func (p *Parser) elsewhere(start int, n uint64) (size uint64, away bool) {
	for p.repair < len(p.Repairs) && int(p.Repairs[p.repair].At) < start {
		p.repair++
	}
	if p.repair < len(p.Repairs) && int(p.Repairs[p.repair].At) == start {
		n = uint64(p.Repairs[p.repair].Size)
	}
	for _, at := range p.detached {
		if int(at) == start {
			return n, true
		}
	}
	return n, false
}

// text = 1*TEXT-CHAR, and UTF-8 in IMAP4rev2: 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4). It runs to the end of the line.
func (p *Parser) text(kind syntax.Kind) ([]byte, bool) {
	start := p.i
	i := start
	for {
		i = textRun(p.b, i)
		if i >= len(p.b) {
			p.i = i
			return p.b[start:], p.fail(ExpectText | ExpectCRLF)
		}
		c := p.b[i]
		if c == '\r' {
			if i+1 < len(p.b) && p.b[i+1] != '\n' && p.quirk(QuirkExtraCR, i, i+1) {
				i++
				continue
			}
			break
		}
		if c == '\n' {
			break
		}
		if c == 0 {
			if !p.quirk(QuirkNUL, i, i+1) {
				p.i = i
				return p.b[start:i], p.failCode(ErrorIllegalNUL, i)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(p.b[i:])
		if r == utf8.RuneError && size <= 1 {
			if !p.quirk(Quirk8BitInText, i, i+1) {
				p.i = i
				return p.b[start:i], p.failCode(ErrorIllegal8Bit, notUTF8(p.b, i))
			}
		}
		i += size
	}
	p.i = i
	if i > start {
		p.leaf(kind, start)
	}
	return p.b[start:i:i], true
}

// notUTF8 is the offset of the first byte that keeps the octets at i from being UTF-8, len(b) if they only end too early.
func notUTF8(b []byte, i int) int {
	for k := i + 1; k <= len(b); k++ {
		if utf8.FullRune(b[i:k]) {
			return k - 1
		}
	}
	return len(b)
}

// textRun is the offset of the first byte at or after i that is NUL, CR, LF or above 0x7F, or len(b).
func textRun(b []byte, i int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(b); i += 8 {
		x := load64(b, i)
		cr, lf := x^ones*'\r', x^ones*'\n'
		m := ((cr-ones)&^cr | (lf-ones)&^lf | (x-ones)&^x | x) & highs
		if m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b); i++ {
		if class[b[i]]&clsText == 0 {
			break
		}
	}
	return i
}
