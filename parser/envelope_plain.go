package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// plainEnvelope reads an envelope whose ten fields are all there and in the plain form of plain.go. On false nothing was taken, but addresses
// may stay on their slab, unused, until the next message.
func (p *Parser) plainEnvelope(e *imap.Envelope) bool {
	b, start, nodes := p.b, p.i, p.nodes
	if p.looseQuotes || start+1 >= len(b) || b[start] != '(' {
		return false
	}
	i := plainNString(b, start+1, &e.Date)
	if i > 0 && b[i] == ' ' {
		i = plainNString(b, i+1, &e.Subject)
	}
	lists := [6]*imap.Addresses{&e.From, &e.Sender, &e.ReplyTo, &e.To, &e.Cc, &e.Bcc}
	from := i + 1
	for _, list := range lists {
		if i < 0 || b[i] != ' ' {
			return p.notPlainEnvelope(e, nodes)
		}
		if isNilAt(b, i+1) {
			i += 4
		} else {
			i = p.plainAddresses(i+1, list)
		}
	}
	if i < 0 || b[i] != ' ' {
		return p.notPlainEnvelope(e, nodes)
	}
	if i = plainNString(b, i+1, &e.InReplyTo); i < 0 || b[i] != ' ' {
		return p.notPlainEnvelope(e, nodes)
	}
	if i = plainNString(b, i+1, &e.MessageID); i < 0 || b[i] != ')' {
		return p.notPlainEnvelope(e, nodes)
	}
	p.i = i + 1
	if p.Tree != nil {
		mark := p.openNode(syntax.KindEnvelope, start)
		p.stringNodes(syntax.KindEnvDate, &e.Date)
		p.stringNodes(syntax.KindEnvSubject, &e.Subject)
		for k, list := range lists {
			from = p.addressNodes(syntax.KindEnvFrom+syntax.Kind(k), from, *list) + 1
		}
		p.stringNodes(syntax.KindEnvInReplyTo, &e.InReplyTo)
		p.stringNodes(syntax.KindEnvMessageId, &e.MessageID)
		p.closeNodes(mark)
	}
	return true
}

func (p *Parser) notPlainEnvelope(e *imap.Envelope, nodes int) bool {
	p.nodes = nodes
	*e = imap.Envelope{}
	return false
}

// plainAddresses reads "(" 1*address ")" at i. A byte follows it.
func (p *Parser) plainAddresses(i int, list *imap.Addresses) (end int) {
	b, addresses := p.b, &p.responses.addresses
	if i+1 >= len(b) || b[i] != '(' || b[i+1] != '(' {
		return unusual
	}
	i++
	for b[i] == '(' {
		a := addresses.push()
		i = plainNString(b, i+1, &a.Name)
		if i < 0 || b[i] != ' ' {
			break
		}
		i = plainNString(b, i+1, &a.ADL)
		if i < 0 || b[i] != ' ' {
			break
		}
		i = plainNString(b, i+1, &a.Mailbox)
		if i < 0 || b[i] != ' ' {
			break
		}
		i = plainNString(b, i+1, &a.Host)
		if i < 0 || b[i] != ')' || i+2 >= len(b) {
			i = unusual
			break
		}
		if i++; b[i] == ')' && p.nodes >= addresses.open() {
			p.nodes -= addresses.open()
			*list = addresses.list()
			return i + 1
		}
	}
	addresses.used = addresses.start
	return unusual
}

// addressNodes adds the nodes of an address list at start, or of NIL, and returns where it ends.
func (p *Parser) addressNodes(kind syntax.Kind, start int, list imap.Addresses) (end int) {
	mark := p.openNode(kind, start)
	end = start + 3 // NIL
	if len(list) == 0 {
		p.addToken(0, syntax.KindNil, spanOf(start, end))
	} else {
		end = int(list[len(list)-1].Host.Span.End) + 2
	}
	for k := range list {
		a := &list[k]
		address := p.openNode(syntax.KindAddress, int(a.Name.Span.Start)-1)
		p.stringNodes(syntax.KindAddrName, &a.Name)
		p.stringNodes(syntax.KindAddrAdl, &a.ADL)
		p.stringNodes(syntax.KindAddrMailbox, &a.Mailbox)
		p.stringNodes(syntax.KindAddrHost, &a.Host)
		p.closeNodesAt(address, int(a.Host.Span.End)+1)
	}
	p.closeNodesAt(mark, end)
	return end
}
