package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
//
// RFC 9051 §7.2.2. A list without a revision is a finding for others, not an error.
func (p *Parser) capabilityData() bool {
	c := &p.responses.capabilities
	*c = imap.Capabilities{}
	p.resp.Data = c
	return p.capabilities(c, true) && p.crlfOr(ExpectSP)
}

// enable-data = "ENABLED" *(SP capability)
//
// RFC 5161 §4, RFC 9051 §7.2.1.
func (p *Parser) enableData() bool {
	c := &p.responses.capabilities
	*c = imap.Capabilities{}
	p.resp.Data = c
	return p.capabilities(c, false) && p.crlfOr(ExpectSP)
}

// capabilities reads *(SP capability), at least one if some.
//
//	capability = ("AUTH=" auth-type) / atom
func (p *Parser) capabilities(c *imap.Capabilities, some bool) bool {
	mark := p.open(syntax.KindCapabilityData)
	if some && !p.more() {
		if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
			p.close(mark)
			return true
		}
		return p.fail(ExpectSP)
	}
	for some || p.more() {
		some = false
		if p.plainCapabilities(&c.Set) {
			continue
		}
		if !p.capability(p.caps.push()) {
			p.caps.pop()
			c.List = p.caps.list()
			return false
		}
		if last := &p.caps.chunk[p.caps.used-1]; last.Known != imap.CapUnknown {
			c.Set.Add(last.Known)
		}
	}
	ok := p.spend(p.caps.open())
	c.List = p.caps.list()
	p.close(mark)
	return ok && !p.failed()
}

// plainCapabilities reads capabilities that capabilityWords has, one SP between, into the open list of p.caps. On true it stands behind one, on
// false where another begins.
func (p *Parser) plainCapabilities(set *imap.CapSet) bool {
	b, i := p.b, p.i
	for {
		lo, hi, end := packWord(b, i)
		known := imap.Cap(capabilityWords.find(lo, hi))
		if known == imap.CapUnknown || end+1 >= len(b) || class[b[end]]&clsAtom != 0 {
			p.i = i
			return false
		}
		c := p.caps.push()
		c.Name, c.Span, c.Known = b[i:end:end], spanOf(i, end), known
		if m := equalSigns(lo); m != 0 {
			c.Value = c.Name[bits.TrailingZeros64(m)>>3+1:]
		} else if m := equalSigns(hi); m != 0 {
			c.Value = c.Name[bits.TrailingZeros64(m)>>3+9:]
		}
		set.Add(known)
		if p.Tree != nil {
			p.addToken(0, syntax.KindCapability, c.Span)
		}
		if b[end] != ' ' || b[end+1] <= ' ' {
			p.i = end
			return true
		}
		i = end + 1
	}
}

// equalSigns marks, by the high bit of its byte, the first "=" of a packed word.
func equalSigns(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	x ^= ones * '='
	return (x - ones) &^ x & highs
}

// capability = ("AUTH=" auth-type) / atom
//
// RFC 9051 §9. The value is what follows the first "=".
func (p *Parser) capability(c *imap.Capability) bool {
	b, start := p.b, p.i
	i, equals := start, -1 // equals is where the first "=" stands
	for i < len(b) && class[b[i]]&clsAtom != 0 {
		if b[i] == '=' && equals < 0 {
			equals = i
		}
		i++
	}
	if i == start {
		return p.fail(ExpectAtom)
	}
	p.i = i
	c.Name, c.Span = b[start:i:i], spanOf(start, i)
	c.Known = imap.LookupCap(c.Name)
	if equals >= 0 {
		c.Value = b[equals+1 : i : i]
	}
	p.leaf(syntax.KindCapability, start)
	return true
}
