package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// plainList reads SP mailbox-list CRLF in the plain form of plain.go, without extended items. On false nothing was taken.
func (p *Parser) plainList(l *imap.List) bool {
	b, start, flags := p.b, p.i+1, &p.flags
	if start+16 > len(b) || b[start-1] != ' ' || b[start] != '(' || p.looseQuotes {
		return false
	}
	i := start + 1
	for b[i] != ')' {
		known, end := plainFlag(b, i)
		if end < 0 || b[i] != '\\' {
			flags.used = flags.start
			return false
		}
		flags.room()
		f := flags.next()
		f.Name, f.Span, f.Known = b[i:end:end], spanOf(i, end), known
		i = end
		if b[end] == ' ' {
			if i++; i >= len(b) || b[i] == ')' {
				flags.used = flags.start
				return false
			}
		}
	}
	attrs := i + 1
	delim := byte(0)
	i = attrs + 1
	switch {
	case i+8 > len(b) || b[attrs] != ' ':
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
	if end < 0 || end+2 != len(b) || b[end] != '\r' || b[end+1] != '\n' || p.nodes < flags.open() {
		flags.used = flags.start
		l.Mailbox.Wire = imap.String{}
		return false
	}
	p.nodes -= flags.open()
	l.Attrs, l.Delim, l.Mailbox.UTF8 = flags.emptyList(), delim, p.UTF8
	if p.Tree != nil {
		p.plainListNodes(l, start, attrs, i, end)
	}
	p.i = end + 2
	return true
}

// plainListNodes adds the nodes of the list that begins at start, its attributes ending at attrs, its delimiter at delim.
func (p *Parser) plainListNodes(l *imap.List, start, attrs, delim, end int) {
	mark := p.openNode(syntax.KindMailboxList, start)
	list := p.openNode(syntax.KindMbxListFlags, start)
	for k := range l.Attrs {
		p.addToken(0, flagKind(&l.Attrs[k], flagsOfMailbox), l.Attrs[k].Span)
	}
	p.closeNodesAt(list, attrs)
	kind := syntax.KindQuoted
	if l.Delim == 0 {
		kind = syntax.KindNil
	}
	p.addToken(syntax.KindDelimiter, kind, spanOf(attrs+1, delim))
	p.plainLeaf(syntax.KindMailbox, &l.Mailbox.Wire)
	p.closeNodesAt(mark, end)
}
