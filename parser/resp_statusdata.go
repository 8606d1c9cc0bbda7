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
		plain := p.plainStatusAtts()
		start, inner := p.i, len(p.opened)
		if !plain && !p.statusAttVal(p.statuses.push()) {
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

// plainStatusAtts reads status-att-val whose value is a number, in the plain form of plain.go and with one SP between, into the open list of
// p.statuses. On true it stands behind one, on false where another begins.
func (p *Parser) plainStatusAtts() bool {
	b, i := p.b, p.i
	for {
		lo, hi, name := packWord(b, i)
		att := imap.StatusAtt(statusWords.find(lo, hi))
		kind, top, least := syntax.KindNumber, uint64(max32), uint64(0)
		switch att {
		case imap.StatusMessages, imap.StatusRecent, imap.StatusUnseen, imap.StatusDeleted:
		case imap.StatusUIDNext, imap.StatusUIDValidity:
			kind, least = syntax.KindNzNumber, 1
		case imap.StatusSize:
			kind, top = syntax.KindNumber64, max63
		case imap.StatusHighestModSeq:
			kind, top = syntax.KindModSequenceValzer, max63
		default:
			p.i = i
			return false
		}
		num, end := plainNumber(b, name+1)
		if end < 0 || end+1 >= len(b) || b[name] != ' ' || num > top || num < least || least > 0 && b[name+1] == '0' {
			p.i = i
			return false
		}
		it := p.statuses.push()
		it.Word, it.Att, it.Num = b[i:name:name], att, num
		if p.Tree != nil {
			mark := p.openNode(syntax.KindStatusAttVal, i)
			p.addToken(0, syntax.KindStatusAtt, spanOf(i, name))
			p.addToken(0, kind, spanOf(name+1, end))
			p.closeNodesAt(mark, end)
		}
		if b[end] != ' ' || b[end+1] <= ' ' || b[end+1] == ')' {
			p.i = end
			return true
		}
		i = end + 1
	}
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
