package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// mailbox-data =/ ("LIST" / "LSUB") SP mailbox-list
//
//	mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
//
// RFC 9051 §9, RFC 5258 §6; XLIST of Gmail, RLIST and RLSUB of RFC 2193 have the same form.
func (p *Parser) mailboxList() bool {
	l := &p.responses.list
	*l = imap.List{}
	if p.plainList(l) {
		p.resp.Data = l
		return true
	}
	p.used = true
	if !p.sp() {
		return false
	}
	p.resp.Data = l
	mark := p.open(syntax.KindMailboxList)
	if !p.mbxListFlags(l) || !p.sp() || !p.delimiter(&l.Delim) || !p.sp() || !p.mailbox(&l.Mailbox) {
		return false
	}
	if l.Mailbox.Wire.Form == imap.FormAtom {
		p.blanksInName(&l.Mailbox)
	}
	if p.more() {
		if !p.mboxListExtended(l) {
			return false
		}
		p.close(mark)
		return p.crlf()
	}
	p.close(mark)
	return !p.failed() && p.crlfOr(ExpectSP)
}

// mbxListFlags reads the attributes. Each is "\" atom: mbx-list-oflag, mbx-list-sflag, flag-extension.
func (p *Parser) mbxListFlags(l *imap.List) (ok bool) {
	if p.isNil() && p.quirk(QuirkNilInList, p.i, p.i+3) {
		return p.nil(syntax.KindMbxListFlags)
	}
	l.Attrs, ok = p.flagList(syntax.KindMbxListFlags, flagsOfMailbox)
	return ok
}

// DQUOTE QUOTED-CHAR DQUOTE / nil
//
// QuirkBadDelimiter takes an empty string, a longer one, or a character without quotes.
func (p *Parser) delimiter(d *byte) bool {
	start, b := p.i, p.b[p.i:]
	switch {
	case len(b) >= 3 && b[0] == '"' && b[2] == '"' && class[b[1]]&clsQuoted != 0:
		*d = b[1]
		p.i += 3
	case len(b) >= 4 && b[0] == '"' && b[1] == '\\' && (b[2] == '\\' || b[2] == '"') && b[3] == '"':
		*d = b[2]
		p.i += 4
	case p.isNil():
		p.i += 3
		p.leafIn(syntax.KindDelimiter, syntax.KindNil, start)
		return true
	default:
		return p.looseDelimiter(d)
	}
	p.leafIn(syntax.KindDelimiter, syntax.KindQuoted, start)
	return true
}

func (p *Parser) looseDelimiter(d *byte) bool {
	start := p.i
	if p.peek() == '"' && p.Quirks.Has(QuirkBadDelimiter) {
		var s imap.String
		if p.peekAt(1) == '\\' && p.peekAt(2) == '"' && p.peekAt(3) == ' ' { // "\" for "\\"
			p.i += 3
			*d = '\\'
			p.leafIn(syntax.KindDelimiter, syntax.KindQuoted, start)
			return p.quirk(QuirkBadDelimiter, start, p.i)
		}
		if !p.quoted(syntax.KindDelimiter, &s) {
			return false
		}
		if len(s.Raw) > 0 {
			*d = s.Raw[0]
		}
		return p.quirk(QuirkBadDelimiter, start, p.i)
	}
	if c := p.peek(); c > ' ' && c < 0x7F && c != '(' && c != '"' && c != ')' && (p.peekAt(1) == ' ' || p.peekAt(1) == ')') && p.quirk(QuirkBadDelimiter, start, start+1) {
		p.i++
		*d = c
		p.leafIn(syntax.KindDelimiter, syntax.KindAtom, start)
		return true
	}
	if p.peek() == '"' {
		p.i++
		if p.peek() == '\\' {
			p.i++
			if c := p.peek(); c == '\\' || c == '"' {
				p.i++
			} else {
				return p.failCode(ErrorBadEscape, p.i)
			}
		} else if c := p.peek(); class[c]&clsQuoted != 0 {
			p.i++
		} else {
			return p.fail(ExpectText)
		}
		return p.fail(ExpectQuote)
	}
	return p.failWord(ExpectQuote|ExpectNil, "NIL")
}

// blanksInName extends an unquoted name to the end of the line when what follows is no extended list: QuirkUnquotedName.
func (p *Parser) blanksInName(m *imap.Mailbox) {
	if !p.Quirks.Has(QuirkUnquotedName) || p.atEnd() {
		return
	}
	switch c := p.peek(); {
	case c == ' ' && p.peekPastBlanks() == '(', c == '(' && p.extendedAhead(), c == '\r', c == '\n':
		return
	}
	end := p.i
	for end < len(p.b) && p.b[end] != '\r' && p.b[end] != '\n' {
		end++
	}
	if end == len(p.b) {
		return
	}
	p.quirk(QuirkUnquotedName, int(m.Wire.Span.Start), end)
	p.restOfName(m, end)
}

// extendedAhead says that the "(" at the cursor, right behind a name, begins extended items and is not part of the name.
func (p *Parser) extendedAhead() bool {
	p.i++
	is := p.peek() == '"' || p.isWord("CHILDINFO") || p.isWord("OLDNAME")
	p.i--
	return is
}

// mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
//
//	mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val        mbox-list-extended-item-tag = astring
//
// RFC 5258 §6.
func (p *Parser) mboxListExtended(l *imap.List) bool {
	mark := p.open(syntax.KindMboxListExtended)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		p.close(mark)
		l.Ext = p.params.emptyList()
		return true
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.mboxListExtendedItem(l) && !p.recover(inner, start) {
			l.Ext = p.params.list()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	l.Ext = p.params.list()
	if p.failed() {
		return false
	}
	p.close(mark)
	return true
}

func (p *Parser) mboxListExtendedItem(l *imap.List) bool {
	start := p.i
	mark := p.open(syntax.KindMboxListExtendedItem)
	var tag imap.String
	if !p.astring(syntax.KindMboxListExtendedItemTag, &tag) || !p.sp() {
		return false
	}
	switch {
	case tag.Is("CHILDINFO") && p.peek() == '(':
		if !p.childinfo(l) {
			return false
		}
	case tag.Is("OLDNAME") && p.peek() == '(':
		if !p.oldname(l) {
			return false
		}
	default:
		v := imap.Param{Name: tag.Raw, HasValue: true}
		if tag.Escaped {
			v.Name = p.unescape(tag.Raw)
		}
		if !p.taggedExtVal(&v.Value) {
			return false
		}
		v.Span = p.span(start)
		*p.params.push() = v
		p.unknown(start)
	}
	p.close(mark)
	return p.spend(1)
}

// childinfo-extended-item = "CHILDINFO" SP "(" list-select-base-opt-quoted *(SP list-select-base-opt-quoted) ")"
//
// RFC 5258 §6. QuirkEmptyList takes "()".
func (p *Parser) childinfo(l *imap.List) bool {
	mark := p.open(syntax.KindChildinfoExtendedItem)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkEmptyList, p.i-1, p.i+1) {
		p.i++
		p.close(mark)
		return true
	}
	for {
		s := p.strings.push()
		if !p.string(syntax.KindListSelectOpt, s) {
			p.strings.pop()
			l.ChildInfo = p.strings.list()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	l.ChildInfo = p.strings.list()
	p.close(mark)
	return !p.failed()
}

// oldname-extended-item = "OLDNAME" SP "(" mailbox ")"
//
// RFC 5465 §8, RFC 9051 §9.
func (p *Parser) oldname(l *imap.List) bool {
	mark := p.open(syntax.KindOldnameExtendedItem)
	if !p.lparen() || !p.mailbox(&l.OldName) || !p.rparen() {
		return false
	}
	p.close(mark)
	return true
}

// mailbox-data =/ "FLAGS" SP flag-list
//
// RFC 9051 §7.3.5. QuirkMissingList takes it without the list.
func (p *Parser) flagsData() bool {
	f := &p.responses.flagList
	*f = imap.FlagList{}
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		p.resp.Data = f
		return p.crlf()
	}
	if !p.sp() {
		return false
	}
	p.resp.Data = f
	var ok bool
	f.Flags, ok = p.flagList(syntax.KindFlagList, flagsOfMessage)
	return ok && p.crlf()
}
