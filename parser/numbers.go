package parser

import (
	"math"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

const (
	max32 = math.MaxUint32
	max63 = math.MaxInt64
)

// digits reads 1*DIGIT that is at most top.
func (p *Parser) digits(rule, kind syntax.Kind, top uint64, e Expect) (v uint64, ok bool) {
	b, i := p.b, p.i
	if v, end := plainNumber(b, i); end != unusual && v <= top {
		p.i = end
		p.leafIn(rule, kind, i)
		return v, true
	}
	for i < len(b) {
		d := b[i] - '0'
		if d > 9 {
			break
		}
		if v > (top-uint64(d))/10 {
			return p.overflow(rule, kind, i, top)
		}
		v = v*10 + uint64(d)
		i++
	}
	if i == p.i {
		return p.noNumber(rule, kind, top, e)
	}
	start := p.i
	p.i = i
	p.leafIn(rule, kind, start)
	return v, true
}

// overflow is what becomes of a number whose digit at i is one too many: QuirkNumberOverflow takes the largest that fits.
func (p *Parser) overflow(rule, kind syntax.Kind, i int, top uint64) (uint64, bool) {
	end := i
	for end < len(p.b) && p.b[end]-'0' <= 9 {
		end++
	}
	if end == len(p.b) || !p.quirk(QuirkNumberOverflow, p.i, end) {
		return 0, p.failCode(ErrorNumberOverflow, i)
	}
	start := p.i
	p.i = end
	p.leafIn(rule, kind, start)
	p.mark(syntax.FlagQuirk)
	return top, true
}

// noNumber is what becomes of a number that has no digit: QuirkNegativeNumber takes "-1" as 0, QuirkQuotedNumber takes "5" in quotes or as a
// literal.
func (p *Parser) noNumber(rule, kind syntax.Kind, top uint64, e Expect) (v uint64, ok bool) {
	start := p.i
	switch c := p.peek(); {
	case c == '-' && p.peekAt(1)-'0' <= 9:
		i := p.i + 1
		for i < len(p.b) && p.b[i]-'0' <= 9 {
			i++
		}
		if i < len(p.b) && p.quirk(QuirkNegativeNumber, start, i) {
			p.i = i
			p.leafIn(rule, kind, start)
			return 0, true
		}
	case c == '"' || c == '{':
		if v, end := p.numberInString(); end > 0 && v <= top && (v > 0 || e != ExpectNzNumber) && p.quirk(QuirkQuotedNumber, start, end) {
			p.i = end
			p.leafIn(rule, kind, start)
			return v, true
		}
	}
	return 0, p.fail(e)
}

// numberInString reads the string at the cursor if it holds nothing but a number of at most 19 digits, and says where it ends, else 0.
func (p *Parser) numberInString() (v uint64, end int) {
	i := p.i + 1
	if p.peek() == '{' {
		if i = p.headerEnd(); i == 0 || len(p.Repairs) > 0 || len(p.detached) > 0 {
			return 0, 0
		}
		end = i + int(min(p.headerSize(), uint64(len(p.b)-i)))
	}
	first := i
	for i < len(p.b) && p.b[i]-'0' <= 9 && i-first < 19 {
		v = v*10 + uint64(p.b[i]-'0')
		i++
	}
	switch {
	case i == first, i == len(p.b):
		return 0, 0
	case end == 0 && p.b[i] == '"':
		return v, i + 1
	case end == i:
		return v, end
	}
	return 0, 0
}

// number = 1*DIGIT: 0 to 4294967295. Leading zeros are legal.
func (p *Parser) number(rule syntax.Kind) (uint32, bool) {
	v, ok := p.digits(rule, syntax.KindNumber, max32, ExpectNumber)
	return uint32(v), ok
}

// nz-number = digit-nz *DIGIT: 1 to 4294967295
func (p *Parser) nzNumber(rule syntax.Kind) (uint32, bool) {
	v, ok := p.nzDigits(rule, syntax.KindNzNumber, max32)
	return uint32(v), ok
}

// number64 = 1*DIGIT: 0 to 2^63-1
func (p *Parser) number64(rule syntax.Kind) (uint64, bool) {
	return p.digits(rule, syntax.KindNumber64, max63, ExpectNumber)
}

// nz-number64 = digit-nz *DIGIT: 1 to 2^63-1
func (p *Parser) nzNumber64(rule syntax.Kind) (uint64, bool) {
	return p.nzDigits(rule, syntax.KindNzNumber64, max63)
}

func (p *Parser) nzDigits(rule, kind syntax.Kind, top uint64) (uint64, bool) {
	if p.peek() == '0' {
		n := p.runOf(clsDigit)
		if p.i+n == len(p.b) || !p.quirk(QuirkZeroNumber, p.i, p.i+n) {
			return 0, p.fail(ExpectNzNumber)
		}
	}
	return p.digits(rule, kind, top, ExpectNzNumber)
}

// setUse is what a kind of set may hold.
type setUse uint8

const (
	setStar  setUse = 1 << iota // "*"
	setSaved                    // "$" alone (RFC 5182 §2.1)
)

// sequence-set = (seq-number / seq-range) ["," sequence-set] / seq-last-command
//
//	seq-number = nz-number / "*"        seq-last-command = "$"
func (p *Parser) sequenceSet(rule syntax.Kind, s *imap.NumSet) bool {
	return p.numSet(rule, s, setStar|setSaved)
}

// uid-set = (uniqueid / uid-range) *("," uid-set)
//
// RFC 4315 §4, RFC 9051 §9: no "*" and no "$".
func (p *Parser) uidSet(rule syntax.Kind, s *imap.NumSet) bool { return p.numSet(rule, s, 0) }

func (p *Parser) numSet(rule syntax.Kind, s *imap.NumSet, use setUse) bool {
	start, i, b := p.i, p.i, p.b
	if end := plainSet(b, i, use&setStar != 0); end > 0 {
		p.i = end
		s.Raw, s.Span = b[start:end:end], spanOf(start, end)
		p.leafIn(rule, syntax.KindSequenceSet, start)
		return true
	}
	if i < len(b) && b[i] == '$' && use&setSaved != 0 {
		p.i++
		s.Raw, s.Span = b[start:p.i:p.i], p.span(start)
		mark := len(p.opened)
		if rule != 0 {
			p.openAt(rule, start)
		}
		p.leafIn(syntax.KindSequenceSet, syntax.KindSeqLastCommand, start)
		p.close(mark)
		return true
	}
	for {
		i = p.setNumber(i, use)
		if i < 0 {
			return false
		}
		if i < len(b) && b[i] == ':' {
			i = p.setNumber(i+1, use)
			if i < 0 {
				return false
			}
		}
		if i >= len(b) || b[i] != ',' {
			break
		}
		i++
		if i < len(b) && (b[i] == ' ' || b[i] == '\r' || b[i] == ']') && p.quirk(QuirkTrailingComma, i-1, i) {
			break
		}
	}
	p.i = i
	s.Raw, s.Span = b[start:i:i], p.span(start)
	if b[i-1] == ',' {
		s.Raw = b[start : i-1 : i-1]
	}
	p.leafIn(rule, syntax.KindSequenceSet, start)
	return true
}

// setNumber reads a seq-number at i and returns its end, or -1.
func (p *Parser) setNumber(i int, use setUse) int {
	b := p.b
	if i < len(b) && b[i] == '*' && use&setStar != 0 {
		return i + 1
	}
	first := i
	var v uint64
	for i < len(b) {
		d := b[i] - '0'
		if d > 9 || i == first && d == 0 {
			break
		}
		v = v*10 + uint64(d)
		if v > max32 {
			p.failCode(ErrorNumberOverflow, i)
			return -1
		}
		i++
	}
	if i == first {
		p.i = i
		p.fail(ExpectSequenceSet)
		return -1
	}
	return i
}
