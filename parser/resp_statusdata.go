package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// mailbox-data =/ "STATUS" SP mailbox SP "(" [status-att-list] ")"
//
// RFC 9051 §7.3.3. QuirkMissingList takes it without the list.
func (p *Parser) statusData() bool {
	s := &p.responses.status
	*s = imap.StatusData{}
	if !p.sp() {
		return false
	}
	p.resp.Data = s
	if !p.mailbox(&s.Mailbox) {
		return false
	}
	p.statusName(&s.Mailbox)
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		return p.crlf()
	}
	return p.sp() && p.statusAttList(s) && p.crlf()
}

// statusName extends an unquoted name over its blanks, up to the list at the end of the line: QuirkUnquotedName.
func (p *Parser) statusName(m *imap.Mailbox) {
	if m.Wire.Form != imap.FormAtom || p.peek() != ' ' || p.peekPastBlanks() == '(' || !p.Quirks.Has(QuirkUnquotedName) || p.atEnd() {
		return
	}
	for end := p.i; end+1 < len(p.b) && p.b[end] != '\r' && p.b[end] != '\n'; end++ {
		if p.b[end] == ' ' && p.b[end+1] == '(' {
			p.quirk(QuirkUnquotedName, int(m.Wire.Span.Start), end)
			p.restOfName(m, end)
			return
		}
	}
}

// status-att-list = status-att-val *(SP status-att-val)
//
// RFC 9051 §9, RFC 4466 §3.
func (p *Parser) statusAttList(s *imap.StatusData) bool {
	mark := p.open(syntax.KindStatusAttList)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		p.close(mark)
		s.Items = p.statuses.emptyList()
		return true
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.statusAttVal(p.statuses.push()) {
			p.statuses.pop()
			if !p.recoverPair(inner, start) {
				s.Items = p.statuses.list()
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	ok := p.spend(p.statuses.open())
	s.Items = p.statuses.emptyList()
	if !ok || p.failed() {
		return false
	}
	p.close(mark)
	return true
}

// recoverPair is recover for an element that is a word and a value.
func (p *Parser) recoverPair(mark, start int) bool {
	if n := start + p.runAt(start, clsAtom); p.i <= n && n < len(p.b) && p.b[n] == ' ' {
		p.i = n + 1
	}
	return p.recover(mark, start)
}

// runAt is the length of the run of class c at i.
func (p *Parser) runAt(i int, c uint8) int {
	n := 0
	for i+n < len(p.b) && class[p.b[i+n]]&c != 0 {
		n++
	}
	return n
}

// status-att-val = ("MESSAGES" SP number) / ("UIDNEXT" SP nz-number) / ("UIDVALIDITY" SP nz-number) / ("UNSEEN" SP number) /
//
//	("DELETED" SP number) / ("SIZE" SP number64) / tagged-ext
//
// RFC 9051 §9; RECENT RFC 3501, HIGHESTMODSEQ RFC 7162 §7, APPENDLIMIT RFC 7889 §5, DELETED-STORAGE RFC 9208 §7, MAILBOXID RFC 8474 §7.
func (p *Parser) statusAttVal(it *imap.StatusItem) bool {
	start := p.i
	mark := p.open(syntax.KindStatusAttVal)
	word, ok := p.wordAtom(ExpectWord)
	if !ok {
		return false
	}
	it.Word, it.Att = word, imap.LookupStatusAtt(word)
	p.leaf(syntax.KindStatusAtt, start)
	if !p.sp() {
		return false
	}
	switch it.Att {
	case imap.StatusMessages, imap.StatusRecent, imap.StatusUnseen, imap.StatusDeleted:
		it.Num, ok = p.digits(0, syntax.KindNumber, max32, ExpectNumber)
	case imap.StatusUIDNext, imap.StatusUIDValidity:
		it.Num, ok = p.nzDigits(0, syntax.KindNzNumber, max32)
	case imap.StatusSize, imap.StatusDeletedStorage, imap.StatusXSize:
		it.Num, ok = p.digits(0, syntax.KindNumber64, max63, ExpectNumber)
	case imap.StatusHighestModSeq, imap.StatusCreatedModSeq:
		it.Num, ok = p.digits(0, syntax.KindModSequenceValzer, max63, ExpectNumber)
	case imap.StatusAppendLimit:
		if p.isNil() {
			ok = p.nil(0)
			it.Value.Str.Span = p.span(p.i - 3)
			break
		}
		if lower(p.peek()) == 'n' {
			return p.failWord(ExpectNumber|ExpectNil, "NIL")
		}
		it.Num, ok = p.digits(0, syntax.KindNumber64, max63, ExpectNumber|ExpectNil)
		if ok {
			it.Value.Str = imap.String{Raw: p.b[start+len(word)+1 : p.i : p.i], Span: p.span(start + len(word) + 1), Form: imap.FormAtom}
		}
	case imap.StatusMailboxID:
		ok = p.objectidValue(&it.Value)
	case imap.StatusObjectID:
		base := len(p.valueStack)
		ok = p.objectidCompound()
		if ok {
			it.Value = p.valueStack[base]
		}
		p.valueStack = p.valueStack[:base]
	case imap.StatusXGUID, imap.StatusUniqueID:
		ok = p.value(&it.Value, valueAny)
	default:
		ok = p.taggedExtVal(&it.Value)
		if ok {
			p.unknown(start)
		}
	}
	if ok {
		p.close(mark)
	}
	return ok
}

// objectidValue reads "(" objectid ")" into v.
func (p *Parser) objectidValue(v *imap.Value) bool {
	base := len(p.valueStack)
	ok := p.objectidList()
	if ok {
		*v = p.valueStack[base]
	}
	p.valueStack = p.valueStack[:base]
	return ok
}
