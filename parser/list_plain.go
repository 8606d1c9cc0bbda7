package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// plainList reads SP mailbox-list CRLF in the plain form of plain.go, without extended items. On false nothing was taken.
func (p *Parser) plainList(l *imap.List) bool {
	b, start, nodes := p.b, p.i+1, p.nodes
	if start+4 > len(b) || b[start-1] != ' ' || b[start] != '(' || p.looseQuotes {
		return false
	}
	attrs := p.flagsAt(start+1, flagsOfMailbox)
	if attrs < 0 {
		return false
	}
	i := attrs + 1
	delim := byte(0)
	switch {
	case i+5 > len(b) || b[attrs] != ' ':
		i = unusual
	case b[i] == '"' && class[b[i+1]]&clsQuoted != 0 && b[i+2] == '"':
		delim, i = b[i+1], i+3
	case isNilAt(b, i):
		i += 3
	default:
		i = unusual
	}
	end := unusual
	if i > 0 && b[i] == ' ' {
		end = plainAString(b, i+1, &l.Mailbox.Wire)
	}
	if end < 0 || end+2 != len(b) || b[end] != '\r' || b[end+1] != '\n' {
		p.flags.used, p.nodes = p.flags.start, nodes
		l.Mailbox.Wire = imap.String{}
		return false
	}
	l.Attrs, l.Delim, l.Mailbox.UTF8 = p.flags.emptyList(), delim, p.UTF8
	if p.Tree != nil {
		p.plainListNodes(l, start, attrs, i, end)
	}
	p.i = end + 2
	return true
}

// plainListNodes adds the nodes of the list that begins at start, its attributes ending at attrs, its delimiter at delim.
func (p *Parser) plainListNodes(l *imap.List, start, attrs, delim, end int) {
	mark := p.openNode(syntax.KindMailboxList, start)
	p.flagListNodes(syntax.KindMbxListFlags, start, attrs, l.Attrs, flagsOfMailbox)
	kind := syntax.KindQuoted
	if l.Delim == 0 {
		kind = syntax.KindNil
	}
	p.addToken(syntax.KindDelimiter, kind, spanOf(attrs+1, delim))
	p.plainLeaf(syntax.KindMailbox, &l.Mailbox.Wire)
	p.closeNodesAt(mark, end)
}
