package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// plainItem reads UID, RFC822.SIZE, MODSEQ and FLAGS with their values in the plain form of plain.go. On false nothing was taken.
func (p *Parser) plainItem(d *imap.FetchData) bool {
	b, start := p.b, p.i
	if start+12 > len(b) {
		return false
	}
	kind := syntax.KindNumber64 // of the value
	var name, from int          // where the name ends and where the value begins
	switch x := load64(b, start); {
	case x&mask48 == attFlags && b[start+6] == '(':
		return p.plainFlagsItem(d)
	case x&mask32 == attUID:
		kind, d.Name, name, from = syntax.KindUniqueid, imap.AttUID, start+3, start+4
	case x == attRFC822 && load32(b, start+8) == 'I'|'Z'<<8|'E'<<16|' '<<24:
		d.Name, name, from = imap.AttRFC822Size, start+11, start+12
	case x == attModSeq|' '<<48|'('<<56:
		kind, d.Name, name, from = syntax.KindModSequenceValue, imap.AttModSeq, start+6, start+8
	default:
		return false
	}
	num, end := plainNumber(b, from)
	if end < 0 || b[from] == '0' && d.Name != imap.AttRFC822Size || num > max32 && d.Name == imap.AttUID || b[end] != ' ' && b[end] != ')' {
		d.Name = imap.AttUnknown
		return false
	}
	p.i = end
	if d.Name == imap.AttModSeq {
		if b[end] != ')' {
			d.Name, p.i = imap.AttUnknown, start
			return false
		}
		p.i++
	}
	d.Num = num
	if p.Tree != nil {
		mark := p.openNode(syntax.KindMsgAttStatic, start)
		p.addToken(0, syntax.KindMsgAttName, spanOf(start, name))
		p.addToken(0, kind, spanOf(from, end))
		p.closeNodes(mark)
	}
	return true
}

// plainFlagsItem reads FLAGS SP "(" [flag-fetch *(SP flag-fetch)] ")", with plain flags only. On false nothing was taken.
func (p *Parser) plainFlagsItem(d *imap.FetchData) bool {
	b, start, flags := p.b, p.i, &p.flags
	i := start + len("FLAGS (")
	if i < len(b) && b[i] == ')' {
		i++
	} else {
		for {
			known, end := plainFlag(b, i)
			if end < 0 {
				flags.used = flags.start
				return false
			}
			f := flags.next()
			f.Name, f.Span, f.Known = b[i:end:end], spanOf(i, end), known
			i = end + 1
			if b[end] == ')' {
				break
			}
		}
	}
	if p.nodes < flags.open() {
		flags.used = flags.start
		return false
	}
	p.nodes -= flags.open()
	d.Name, d.Flags = imap.AttFlags, flags.emptyList()
	if p.Tree != nil {
		item := p.openNode(syntax.KindMsgAttStatic, start)
		p.addToken(0, syntax.KindMsgAttName, spanOf(start, start+5))
		list := p.openNode(syntax.KindFlagList, start+6)
		for k := range d.Flags {
			p.addToken(0, syntax.KindFlag, d.Flags[k].Span)
		}
		p.closeNodesAt(list, i)
		p.closeNodesAt(item, i)
	}
	p.i = i
	return true
}
