package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// append = "APPEND" SP mailbox 1*append-message
//
// RFC 4466 §3, RFC 3502 §6.3.11.
func (p *Parser) append() bool {
	mark := p.openCommand(syntax.KindAppend)
	a := &p.commands.append
	*a = imap.AppendArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() {
		return false
	}
	messages := &p.commands.messages
	ok := p.appendMessage(messages.push())
	for ok && p.more() {
		ok = p.appendMessage(messages.push())
	}
	ok = ok && p.endOf() && p.spend(messages.open())
	a.Messages = messages.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// append-message = append-opts SP append-data
//
//	append-opts = [SP flag-list] [SP date-time] *(SP append-ext)
//
// RFC 4466 §3. The cursor stands behind the SP before it.
func (p *Parser) appendMessage(m *imap.AppendMessage) bool {
	mark := p.open(syntax.KindAppendMessage)
	ok := p.appendOpts(m)
	m.Ext = p.params.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

func (p *Parser) appendOpts(m *imap.AppendMessage) (ok bool) {
	could := ExpectLParen | ExpectDateTime | ExpectAtom | ExpectLiteral
	if p.peek() == '(' {
		if m.Flags, ok = p.flagList(syntax.KindFlagList, flagsOfMessage); !ok || !p.sp() {
			return false
		}
		could &^= ExpectLParen
	}
	if p.peek() == '"' {
		if !p.dateTime(0, &m.Date) || !p.sp() {
			return false
		}
		could &^= ExpectLParen | ExpectDateTime
	}
	for {
		switch c := p.peek(); {
		case c == '{':
			return p.literal(syntax.KindAppendData, &m.Data)
		case c == '~':
			return p.literal8(syntax.KindAppendData, &m.Data)
		case lower(c)-'a' > 25 && c != '-' && c != '_' && c != '.':
			return p.fail(could)
		case p.isWord("CATENATE"):
			return p.catenate(m)
		case p.isWord("UTF8"):
			return p.appendUTF8(m)
		}
		more, ok := p.appendExt()
		if !ok || !more {
			return ok
		}
		could = ExpectAtom | ExpectLiteral
	}
}

// append-ext = append-ext-name SP append-ext-value        append-data-ext = tagged-ext
//
// RFC 4466 §3; also att-annotate (RFC 5257 §5). A label and its value that no message data follows are append-data-ext: more is false then.
func (p *Parser) appendExt() (more, ok bool) {
	mark := p.open(syntax.KindAppendExt)
	start := p.i
	name, ok := p.extLabel(syntax.KindAppendExtName)
	if !ok || !p.param(name, start, true) {
		return false, false
	}
	if p.peek() != ' ' || p.atEnd() {
		p.becomes(syntax.KindAppendDataExt)
		p.close(mark)
		return false, true
	}
	p.close(mark)
	return true, p.sp()
}

// append-data =/ "CATENATE" SP "(" cat-part *(SP cat-part) ")"
//
// RFC 4469 §5.
func (p *Parser) catenate(m *imap.AppendMessage) bool {
	mark := p.open(syntax.KindCatenate)
	parts := &p.commands.catenates
	ok := p.word("CATENATE") && p.sp() && p.lparen()
	for ok {
		if ok = p.catPart(parts.push()); !ok {
			parts.pop()
			break
		}
		if !p.listMore() {
			ok = !p.failed()
			break
		}
	}
	ok = ok && p.spend(parts.open())
	m.Catenate = parts.emptyList()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// cat-part = text-literal / url
//
//	text-literal = "TEXT" SP literal        url = "URL" SP astring
//
// RFC 4469 §5; RFC 5738 §4, obsolete, adds "UTF8" SP "(" literal8 ")". A literal8 is what tells it from TEXT in the value.
func (p *Parser) catPart(c *imap.CatenatePart) bool {
	mark := p.open(syntax.KindCatPart)
	ok := false
	switch p.wordOf(syntax.KindKeyword, "TEXT", "URL", "UTF8") {
	case 0:
		ok = p.sp() && p.literal(syntax.KindTextLiteral, &c.Text)
	case 1:
		ok = p.sp() && p.astring(syntax.KindUrl, &c.URL)
	case 2:
		ok = p.utf8Literal(&c.Text)
	}
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// append-data =/ "UTF8" SP "(" literal8 ")"
//
// RFC 6855 §4.
func (p *Parser) appendUTF8(m *imap.AppendMessage) bool {
	mark := p.open(syntax.KindAppendUtf8)
	m.UTF8 = true
	if !p.word("UTF8") || !p.utf8Literal(&m.Data) {
		return false
	}
	p.close(mark)
	return true
}

// utf8Literal reads SP "(" literal8 ")". QuirkLiteralForLiteral8 takes a plain literal.
func (p *Parser) utf8Literal(s *imap.String) bool {
	if !p.sp() || !p.lparen() {
		return false
	}
	if start := p.i; p.peek() == '{' && p.Quirks.Has(QuirkLiteralForLiteral8) {
		ok := p.literal(0, s) && p.quirk(QuirkLiteralForLiteral8, start, start+1)
		s.Form = imap.FormLiteral8
		return ok && p.rparen()
	}
	return p.literal8(0, s) && p.rparen()
}

// replace = "REPLACE" SP seq-number SP mailbox append-message
//
// RFC 8508 §5. Num 0 is "*".
func (p *Parser) replace() bool {
	mark := p.openCommand(syntax.KindReplace)
	a := &p.commands.replace
	*a = imap.ReplaceArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	start, ok := p.i, true
	if p.peek() == '*' {
		p.i++
		p.leaf(syntax.KindSeqNumber, start)
	} else if a.Num, ok = p.nzNumber(syntax.KindSeqNumber); !ok {
		return false
	}
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() || !p.appendMessage(&a.Message) {
		return false
	}
	p.close(mark)
	return true
}
