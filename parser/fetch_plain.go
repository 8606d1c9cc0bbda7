package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// plainItems reads UID, RFC822.SIZE, MODSEQ, FLAGS and ENVELOPE with their values in the plain form of plain.go, one SP between, into the open
// list of FETCH items. On true it stands behind an item, on false where another item begins.
func (p *Parser) plainItems() bool {
	b, i, items := p.b, p.i, &p.responses.items
	for i+8 <= len(b) {
		items.room()
		d := items.next()
		end := unusual
		switch x := load64(b, i); {
		case x&mask48 == attFlags && b[i+6] == '(':
			*d = imap.FetchData{Name: imap.AttFlags}
			end = p.plainFlagsItem(d, i)
		case x == attEnvelope && !engine:
			*d = imap.FetchData{Name: imap.AttEnvelope}
			end = p.plainEnvelopeItem(d, i)
		default:
			end = p.plainNumberItem(d, x, i)
		}
		if end < 0 {
			items.pop()
			break
		}
		if end+1 >= len(b) || b[end] != ' ' || b[end+1] <= ' ' || b[end+1] == ')' {
			p.i = end
			return true
		}
		i = end + 1
	}
	p.i = i
	return false
}

// plainEnvelopeItem reads ENVELOPE SP envelope.
func (p *Parser) plainEnvelopeItem(d *imap.FetchData, start int) (end int) {
	from := start + len("ENVELOPE ")
	if from >= len(p.b) || p.b[from-1] != ' ' {
		return unusual
	}
	p.used = true
	d.Envelope = p.responses.envelopes.one()
	nodes := p.nodeCount()
	mark := p.openAt(syntax.KindMsgAttStatic, start)
	p.leafTo(syntax.KindMsgAttName, start, from-1)
	p.i = from
	if !p.plainEnvelope(d.Envelope) {
		if p.Tree != nil {
			p.Tree.Nodes, p.opened = p.Tree.Nodes[:nodes], p.opened[:mark]
		}
		return unusual
	}
	p.close(mark)
	return p.i
}

// plainNumberItem reads the item of one number that begins at start with the eight bytes x.
func (p *Parser) plainNumberItem(d *imap.FetchData, x uint64, start int) (end int) {
	b := p.b
	name, kind, top := imap.AttUnknown, syntax.KindNumber64, uint64(max63) // of the value
	var nameEnd, from int                                                  // where the value begins
	switch {
	case x&mask32 == attUID:
		kind, top, name, nameEnd, from = syntax.KindUniqueid, max32, imap.AttUID, start+3, start+4
	case x == attRFC822 && start+12 <= len(b) && load32(b, start+8) == 'I'|'Z'<<8|'E'<<16|' '<<24:
		name, nameEnd, from = imap.AttRFC822Size, start+11, start+12
	case x == attModSeq|' '<<48|'('<<56:
		kind, name, nameEnd, from = syntax.KindModSequenceValue, imap.AttModSeq, start+6, start+8
	default:
		return unusual
	}
	num, end := plainNumber(b, from)
	if end < 0 || b[from] == '0' && name != imap.AttRFC822Size || num > top || b[end] != ' ' && b[end] != ')' {
		return unusual
	}
	after := end
	if name == imap.AttModSeq {
		if b[end] != ')' {
			return unusual
		}
		after++
	}
	*d = imap.FetchData{Name: name, Num: num}
	if p.Tree != nil {
		rule := syntax.Kind(0)
		if name == imap.AttModSeq {
			rule = syntax.KindPermsgModsequence
		}
		mark := p.openNode(p.msgAttKind(name), start)
		p.addToken(0, syntax.KindMsgAttName, spanOf(start, nameEnd))
		p.addToken(rule, kind, spanOf(from, end))
		p.closeNodesAt(mark, after)
	}
	return after
}

// plainFlagsItem reads FLAGS SP "(" [flag-fetch *(SP flag-fetch)] ")", with plain flags only.
func (p *Parser) plainFlagsItem(d *imap.FetchData, start int) (end int) {
	list := start + len("FLAGS ")
	if end = p.flagsAt(list+1, flagsOfMessage); end < 0 {
		return unusual
	}
	d.Flags = p.flags.emptyList()
	if p.Tree != nil {
		item := p.openNode(syntax.KindMsgAttDynamic, start)
		p.addToken(0, syntax.KindMsgAttName, spanOf(start, start+5))
		p.flagListNodes(syntax.KindFlagList, list, end, d.Flags, flagsOfMessage)
		p.closeNodesAt(item, end)
	}
	return end
}
