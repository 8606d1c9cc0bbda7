package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// mailbox = "INBOX" / astring
//
// RFC 9051 §9. NIL here is the name of a mailbox, an atom.
func (p *Parser) mailbox(m *imap.Mailbox) bool {
	m.UTF8 = p.UTF8
	if p.side == wire.Server {
		return p.mailboxOfServer(m)
	}
	return p.mailboxString(m, ExpectMailbox)
}

func (p *Parser) mailboxString(m *imap.Mailbox, e Expect) bool {
	switch c := p.peek(); {
	case class[c]&clsAstring != 0:
		p.setAtom(syntax.KindMailbox, &m.Wire, p.run(clsAstring))
		return true
	case c == '"':
		return p.quoted(syntax.KindMailbox, &m.Wire)
	case c == '{':
		return p.literal(syntax.KindMailbox, &m.Wire)
	}
	return p.fail(e)
}

// mailboxOfServer is mailbox with what servers do to names: QuirkUnquotedName takes octets that only a string may have.
func (p *Parser) mailboxOfServer(m *imap.Mailbox) bool {
	if c := p.peek(); class[c]&clsAstring != 0 || c >= 0x80 || c == '\\' || c == '%' || c == '*' {
		n := p.run(clsAstring)
		if next := p.peekAt(n); (next > ' ' && next != '(' && next != ')' || next == '\t') && p.i+n < len(p.b) {
			return p.looseName(m, n)
		}
		if n > 0 {
			p.setAtom(syntax.KindMailbox, &m.Wire, n)
			return true
		}
	}
	return p.mailboxString(m, ExpectMailbox)
}

// looseName reads a name that is not quoted although it must be, up to SP, "(" or the line end.
func (p *Parser) looseName(m *imap.Mailbox, n int) bool {
	end := p.i + n
	for end < len(p.b) && p.b[end] != ' ' && p.b[end] != '\r' && p.b[end] != '\n' && p.b[end] != ')' && p.b[end] != 0 {
		end++
	}
	if end >= len(p.b) || end == p.i+n || !p.quirk(QuirkUnquotedName, p.i, end) {
		if n == 0 {
			return p.fail(ExpectMailbox)
		}
		p.setAtom(syntax.KindMailbox, &m.Wire, n)
		return true // the rule behind the name says what it expected
	}
	p.setAtom(syntax.KindMailbox, &m.Wire, end-p.i)
	return true
}

// restOfName extends an atom name over the blanks behind it, to end.
func (p *Parser) restOfName(m *imap.Mailbox, end int) {
	start := int(m.Wire.Span.Start)
	p.i = end
	m.Wire.Raw, m.Wire.Span = p.b[start:end:end], p.span(start)
	if p.Tree != nil {
		for k := len(p.Tree.Nodes) - 1; k >= 0 && int(p.Tree.Nodes[k].Start) == start && (p.Tree.Nodes[k].Kind == syntax.KindAtom || p.Tree.Nodes[k].Kind == syntax.KindMailbox); k-- {
			p.Tree.Nodes[k].End = uint32(end)
		}
	}
}
