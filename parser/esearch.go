package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
//
//	search-return-data = "MIN" SP nz-number / "MAX" SP nz-number / "ALL" SP sequence-set / "COUNT" SP number / search-ret-data-ext
//	search-ret-data-ext = search-modifier-name SP search-return-value
//
// RFC 9051 §9, RFC 4466 §3, RFC 4731 §4; MODSEQ RFC 7162 §7, PARTIAL RFC 9394 §4, ADDTO and REMOVEFROM RFC 5267 §5, RELEVANCY RFC 6203 §7.
func (p *Parser) esearchResponse() bool {
	e := &p.responses.esearch
	*e = imap.ESearch{}
	p.resp.Data = e
	ok := p.esearchBody(e)
	e.Ext = p.params.list()
	return ok && p.crlfOr(ExpectSP)
}

func (p *Parser) esearchBody(e *imap.ESearch) bool {
	if !p.more() {
		return !p.failed()
	}
	if p.peek() == '(' {
		if !p.searchCorrelator(&e.Tag, &e.Mailbox, &e.UIDValidity) {
			return false
		}
		if !p.more() {
			return !p.failed()
		}
	}
	if p.isWord("UID") {
		p.word("UID")
		e.UID = true
		if !p.more() {
			return !p.failed()
		}
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.searchReturnData(e) && !p.recoverPair(inner, start) {
			return false
		}
		if !p.more() {
			return !p.failed()
		}
	}
}

// search-correlator = SP "(" one-correlator *(SP one-correlator) ")"
//
//	one-correlator = ("TAG" SP tag-string) / ("MAILBOX" SP astring) / ("UIDVALIDITY" SP nz-number)        tag-string = astring
//
// RFC 7377 §4, RFC 9051 §9; RFC 4466 wants a string for the tag. "Each correlator MUST appear exactly once": the tag alone, as the base
// protocol has it, or all three, in any order. QuirkOddCorrelator takes any of them, any number of times.
func (p *Parser) searchCorrelator(tag *imap.String, mailbox *imap.Mailbox, uidValidity *uint32) bool {
	mark := p.open(syntax.KindSearchCorrelator)
	if !p.lparen() {
		return false
	}
	words := [...]string{"TAG", "MAILBOX", "UIDVALIDITY"}
	left, n := words, len(words) // those that may still come
	var seen [len(words)]bool
	for {
		inner, start := p.open(syntax.KindOneCorrelator), p.i
		k := 0
		for k < len(words) && !p.isWord(words[k]) {
			k++
		}
		if k < len(words) && seen[k] && !p.quirk(QuirkOddCorrelator, start, start+len(words[k])) || k == len(words) {
			return p.failWord(ExpectWord, left[:n]...)
		}
		ok := p.word(words[k]) && p.sp()
		switch {
		case !ok:
		case k == 0:
			ok = p.astring(syntax.KindTagString, tag)
		case k == 1:
			ok = p.mailbox(mailbox)
		default:
			*uidValidity, ok = p.nzNumber(0)
		}
		if !ok {
			return false
		}
		p.close(inner)
		seen[k] = true
		n = 0
		for k, w := range words {
			if !seen[k] {
				left[n] = w
				n++
			}
		}
		switch complete := seen[0] && (seen[1] == seen[2]); {
		case n == 0 && p.peek() != ')' && !p.Quirks.Has(QuirkOddCorrelator):
			return p.fail(ExpectRParen)
		case p.peek() == ')' && !complete && !p.quirk(QuirkOddCorrelator, start, p.i):
			return p.fail(ExpectSP)
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() {
		return false
	}
	p.close(mark)
	return true
}

func (p *Parser) searchReturnData(e *imap.ESearch) (ok bool) {
	start := p.i
	mark := p.open(syntax.KindSearchReturnData)
	n := p.run(clsAtom)
	if n == 0 {
		return p.fail(ExpectWord)
	}
	word := p.b[start : start+n : start+n]
	p.i += n
	p.leaf(syntax.KindSearchModifierName, start)
	if !p.sp() {
		return false
	}
	is := func(w string) bool { return len(word) == len(w) && foldEqual(word, w) }
	// An item SHOULD appear once (RFC 9051 §6.4.4): what comes again is one of Ext.
	again := is("MIN") && e.Min != 0 || is("MAX") && e.Max != 0 || is("COUNT") && e.HasCount || is("ALL") && !e.All.IsZero() || is("MODSEQ") && e.ModSeq != 0
	switch {
	case again:
		v := imap.Param{Name: word, HasValue: true}
		if !p.taggedExtVal(&v.Value) {
			return false
		}
		v.Span = p.span(start)
		*p.params.push() = v
		ok = true
	case is("MIN"):
		e.Min, ok = p.nzNumber(0)
	case is("MAX"):
		e.Max, ok = p.nzNumber(0)
	case is("COUNT"):
		e.Count, ok = p.number(0)
		e.HasCount = ok
	case is("ALL"):
		ok = p.numSet(0, &e.All, setStar)
	case is("MODSEQ"):
		e.ModSeq, ok = p.nzDigits(0, syntax.KindModSequenceValue, max63)
	default:
		v := imap.Param{Name: word, HasValue: true}
		known := true
		base := len(p.valueStack)
		switch {
		case is("PARTIAL"):
			ok = p.retDataPartial(base)
		case is("ADDTO"):
			ok = p.retDataUpdate(syntax.KindRetDataAddto, base)
		case is("REMOVEFROM"):
			ok = p.retDataUpdate(syntax.KindRetDataRemovefrom, base)
		case is("RELEVANCY"):
			ok = p.scoreList(base)
		default:
			known = false
			ok = p.taggedExtVal(&v.Value)
		}
		if known && ok {
			v.Value = p.valueStack[base]
		}
		p.valueStack = p.valueStack[:base]
		if !ok {
			return false
		}
		v.Span = p.span(start)
		*p.params.push() = v
		if !known {
			p.unknown(start)
		}
	}
	if !ok {
		return false
	}
	p.close(mark)
	return p.spend(1)
}

// foldEqual compares b with the upper-case word w of the same length.
func foldEqual(b []byte, w string) bool {
	for k := range b {
		c := b[k]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c != w[k] {
			return false
		}
	}
	return true
}

// argSpan adds the bytes from start to the cursor as they are.
func (p *Parser) argSpan(start int) {
	p.arg(imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom})
}

// ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")"
//
//	partial-range = nz-number ":" nz-number / MINUS nz-number ":" MINUS nz-number        partial-results = sequence-set / "NIL"
//
// RFC 9394 §4, RFC 5267 §5.
func (p *Parser) retDataPartial(base int) bool {
	mark := p.open(syntax.KindRetDataPartial)
	if !p.lparen() {
		return false
	}
	start := p.i
	if !p.partialRange() || !p.sp() {
		return false
	}
	end := p.i
	p.i--
	p.argSpan(start)
	p.i = end
	if p.isNil() {
		var none imap.String
		p.takeNil(syntax.KindPartialResults, &none)
		p.arg(none)
	} else {
		var s imap.NumSet
		at := p.i
		if lower(p.peek()) == 'n' {
			return p.failWord(ExpectSequenceSet|ExpectNil, "NIL")
		}
		if !p.numSet(syntax.KindPartialResults, &s, 0) {
			return false
		}
		p.argSpan(at)
	}
	if !p.rparen() {
		return false
	}
	p.argList(base)
	p.close(mark)
	return true
}

// partial-range = partial-range-first / partial-range-last
//
// Both ends have the same sign.
func (p *Parser) partialRange() bool {
	start := p.i
	minus := p.peek() == '-'
	for k := range 2 {
		if k == 1 && !p.punct(':', ExpectColon) {
			return false
		}
		if minus && !p.punct('-', ExpectNumber) {
			return false
		}
		if _, ok := p.bareNzNumber(); !ok {
			return false
		}
	}
	p.leaf(syntax.KindPartialRange, start)
	return true
}

// bareNzNumber reads an nz-number inside a token: no leaf.
func (p *Parser) bareNzNumber() (uint32, bool) {
	end := p.setNumber(p.i, 0)
	if end < 0 {
		return 0, false
	}
	var v uint32
	for _, c := range p.b[p.i:end] {
		v = v*10 + uint32(c-'0')
	}
	p.i = end
	return v, true
}

// ret-data-addto = "ADDTO" SP "(" context-position SP sequence-set *(SP context-position SP sequence-set) ")"
//
//	ret-data-removefrom = "REMOVEFROM" SP "(" … ")"        context-position = number
//
// RFC 5267 §5.
func (p *Parser) retDataUpdate(kind syntax.Kind, base int) bool {
	mark := p.open(kind)
	if !p.lparen() {
		return false
	}
	for {
		start := p.i
		if _, ok := p.number(syntax.KindContextPosition); !ok || !p.sp() {
			return false
		}
		end := p.i
		p.i--
		p.argSpan(start)
		p.i = end
		var s imap.NumSet
		if !p.numSet(0, &s, 0) {
			return false
		}
		p.argSpan(end)
		if !p.listMore() {
			break
		}
	}
	if p.failed() {
		return false
	}
	p.argList(base)
	p.close(mark)
	return true
}

// score-list = "(" [score *(SP score)] ")"        score = 1*3DIGIT, 1 to 100
//
// RFC 6203 §7.
func (p *Parser) scoreList(base int) bool {
	mark := p.open(syntax.KindScoreList)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		p.argList(base)
		p.close(mark)
		return true
	}
	for {
		start := p.i
		if _, ok := p.digits(syntax.KindScore, syntax.KindNumber, 100, ExpectNumber); !ok {
			return false
		}
		p.argSpan(start)
		if !p.listMore() {
			break
		}
	}
	if p.failed() {
		return false
	}
	p.argList(base)
	p.close(mark)
	return true
}

// uidbatches-response = "UIDBATCHES" search-correlator [SP uid-range *("," uid-range)]
//
// RFC 10022 §4.
func (p *Parser) uidbatchesResponse() bool {
	u := &p.responses.batches
	*u = imap.Batches{}
	if !p.sp() {
		return false
	}
	p.resp.Data = u
	if !p.searchCorrelator(&u.Tag, &u.Mailbox, &u.UIDValidity) {
		return false
	}
	if p.more() {
		return p.numSet(syntax.KindUidRange, &u.Ranges, 0) && p.crlf()
	}
	return !p.failed() && p.crlfOr(ExpectSP)
}
