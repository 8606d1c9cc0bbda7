package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
//
// RFC 9051 §9. A fault in one item costs that item only, in lenient mode.
func (p *Parser) msgAtt() bool {
	f := &p.responses.fetch
	*f = imap.Fetch{}
	p.resp.Data = f
	return p.msgAttItems(syntax.KindMsgAtt)
}

// msgAttItems reads the list of items that rule is, msg-att or convert-msg-attrs.
func (p *Parser) msgAttItems(rule syntax.Kind) bool {
	mark := p.open(rule)
	ok := p.lparen()
	if ok && p.peek() == ')' {
		if ok = p.quirk(QuirkEmptyFetch, p.i, p.i+1); ok {
			p.i++
		} else {
			p.fail(ExpectFetchAtt)
		}
	} else if ok {
		ok = p.msgAttList()
	}
	p.responses.fetch.Items = p.responses.items.emptyList()
	if ok {
		p.close(mark)
	}
	return ok
}

func (p *Parser) msgAttList() bool {
	items := &p.responses.items
	for {
		plain := p.plainItems()
		if plain && p.i+3 == len(p.b) && p.b[p.i] == ')' && p.b[p.i+1] == '\r' {
			p.i++
			return p.spend(items.open())
		}
		start, inner := p.i, len(p.opened)
		if !plain && !p.msgAttItem(items.push()) {
			if items.chunk[items.used-1].Name == imap.AttUnknown || !p.keepsItem(&items.chunk[items.used-1]) {
				items.pop()
			}
			if !p.recoverItem(inner, start) {
				return false
			}
		}
		if !p.listMore() && !p.closedEarly() {
			break
		}
		for p.peek() == ')' && p.quirk(QuirkExtraParen, p.i, p.i+1) {
			p.i++
		}
	}
	if p.failed() {
		return p.missingParen()
	}
	p.extraParens()
	return p.spend(items.open())
}

// keepsItem says that an item that failed has enough to be worth having.
func (p *Parser) keepsItem(d *imap.FetchData) bool {
	return d.Envelope != nil || d.Body != nil || len(d.Flags) > 0
}

// closedEarly forgives a ")" behind which items go on, and moves to the next of them.
func (p *Parser) closedEarly() bool {
	if p.failed() || p.peek() != ' ' || !p.Quirks.Has(QuirkExtraParen) {
		return false
	}
	n := p.attLen(p.i + 1)
	if n == 0 || imap.LookupAtt(p.b[p.i+1:p.i+1+n]) == imap.AttUnknown || !p.quirk(QuirkExtraParen, p.i-1, p.i) {
		return false
	}
	p.i++
	return true
}

// missingParen forgives an item list that the line ends instead of ")".
func (p *Parser) missingParen() bool {
	c := p.peek()
	if (c == '\r' || c == '\n') && p.fault.code != ErrorTruncated && p.quirk(QuirkMissingParen, p.i, p.i) {
		p.fault = fault{}
		return true
	}
	return false
}

// extraParens forgives parentheses behind the last.
func (p *Parser) extraParens() {
	if p.peek() != ')' || !p.Quirks.Has(QuirkExtraParen) {
		return
	}
	start := p.i
	for p.peek() == ')' {
		p.i++
	}
	if p.atEnd() {
		p.quirk(QuirkExtraParen, start, p.i)
		return
	}
	p.i = start
}

// recoverItem is recover for a FETCH item: it skips on until a word that names an item follows, or the list ends.
func (p *Parser) recoverItem(mark, start int) bool {
	if n := start + p.attLen(start); p.i <= n && n < len(p.b) && p.b[n] == ' ' {
		p.i = n + 1
	}
	if !p.recover(mark, start) {
		return false
	}
	for p.peek() == ' ' {
		at := p.i + 1
		n := p.attLen(at)
		if n > 0 && imap.LookupAtt(p.b[at:at+n]) != imap.AttUnknown {
			return true
		}
		end, ok := p.skip(at, at)
		if !ok {
			return true
		}
		from := p.i
		p.i = end
		p.leaf(syntax.KindError, from)
		p.mark(syntax.FlagError)
	}
	return true
}

// attLen is the length of the item name at i: atom characters up to a section.
func (p *Parser) attLen(i int) int {
	b, k := p.b, i
	for k < len(b) && class[b[k]]&clsAtom != 0 && b[k] != '[' && b[k] != '<' {
		k++
	}
	return k - i
}

// msgAttItem reads one item: its name, SP, its value.
//
//	msg-att-dynamic = "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
//	msg-att-static  = "ENVELOPE" SP envelope / "INTERNALDATE" SP date-time / "RFC822.SIZE" SP number64 / "BODY" ["STRUCTURE"] SP body /
//	                  "BODY" section ["<" number ">"] SP nstring / "BINARY" section-binary SP (nstring / literal8) /
//	                  "BINARY.SIZE" section-binary SP number / "UID" SP uniqueid
func (p *Parser) msgAttItem(d *imap.FetchData) bool {
	start := p.i
	mark := p.open(syntax.KindMsgAttStatic)
	name, n := p.knownAtt()
	if n == 0 {
		if n = p.attLen(start); n == 0 || start+n >= len(p.b) {
			return p.oddItem(d, n)
		}
		name = imap.LookupAtt(p.b[start : start+n])
	}
	word := p.b[start : start+n : start+n]
	p.i += n
	d.Name = name
	if p.Tree != nil {
		p.becomes(p.msgAttKind(name))
	}
	p.leaf(syntax.KindMsgAttName, start)
	ok := false
	if p.peek() == ')' && p.quirk(QuirkMissingValue, p.i, p.i) {
		d.IsNil = true
		p.close(mark)
		return true
	}
	if p.nilValue(d.Name) {
		d.IsNil = true
		p.close(mark)
		return true
	}
	switch d.Name {
	case imap.AttFlags:
		if p.sp() {
			d.Flags, ok = p.flagList(syntax.KindFlagList, flagsOfMessage)
		}
	case imap.AttUID:
		if p.sp() {
			d.Num, ok = p.nzDigits(0, syntax.KindUniqueid, max32)
		}
	case imap.AttRFC822Size:
		ok = p.sp() && p.size(&d.Num)
	case imap.AttInternalDate:
		ok = p.sp() && p.dateTime(0, &d.Date)
	case imap.AttEnvelope:
		if p.sp() {
			p.used = true
			d.Envelope = p.responses.envelopes.one()
			ok = p.envelope(d.Envelope)
		}
	case imap.AttBody, imap.AttSection:
		if p.peek() == '[' {
			d.Name = imap.AttSection
			ok = p.sectionItem(d)
			break
		}
		d.Name = imap.AttBody
		ok = p.bodyItem(d)
	case imap.AttBodyStructure:
		ok = p.bodyItem(d)
	case imap.AttModSeq:
		ok = p.sp() && p.fetchModResp(&d.Num)
	default:
		ok = p.otherItem(d, word, start)
	}
	if ok {
		p.close(mark)
	}
	return ok
}

// msgAttKind is the rule that an item belongs to: the flags and what else may change in a message's life are dynamic.
//
//	msg-att-dynamic = "FLAGS" … (RFC 9051 §9) / "ANNOTATION" … (RFC 5257 §5) / "PREVIEW" … (RFC 8970 §6) / fetch-mod-resp (RFC 7162 §7)
//	msg-att-static  = … (RFC 9051 §9) / fetch-emailid-resp / fetch-threadid-resp (RFC 8474 §7)
//	convert-msg-att = msg-att-semistat / msg-att-conv-static (RFC 5259 §10)
func (p *Parser) msgAttKind(name imap.AttName) syntax.Kind {
	switch name {
	case imap.AttFlags, imap.AttAnnotation, imap.AttPreview, imap.AttSnippet, imap.AttXGMLabels:
		return syntax.KindMsgAttDynamic
	case imap.AttModSeq:
		return syntax.KindFetchModResp
	case imap.AttEmailID:
		return syntax.KindFetchEmailidResp
	case imap.AttThreadID:
		return syntax.KindFetchThreadidResp
	case imap.AttBinary, imap.AttBinarySize, imap.AttBodyPartStructure, imap.AttAvailableConversions:
		if p.resp.Name == imap.RespConverted {
			return syntax.KindMsgAttSemistat
		}
	case imap.AttUnknown:
		return syntax.KindMsgAttExt
	}
	return syntax.KindMsgAttStatic
}

const (
	mask24 = 1<<24 - 1
	mask32 = 1<<32 - 1
	mask40 = 1<<40 - 1
	mask48 = 1<<48 - 1
	mask56 = 1<<56 - 1
)

// nilValue forgives NIL as the value of an item that always has one.
func (p *Parser) nilValue(name imap.AttName) bool {
	if p.peek() != ' ' || p.peekAt(1)|0x20 != 'n' || !p.Quirks.Has(QuirkMissingValue) {
		return false
	}
	switch name {
	case imap.AttFlags, imap.AttRFC822Size, imap.AttInternalDate, imap.AttEnvelope, imap.AttModSeq, imap.AttXGMLabels:
		p.i++
		if p.isNil() && p.quirk(QuirkMissingValue, p.i, p.i+3) {
			p.skipNil(0)
			return true
		}
		p.i--
	}
	return false
}

// The names of the items that most messages have, with what follows them, as load64 reads them from what servers write.
const (
	attUID          = uint64('U') | 'I'<<8 | 'D'<<16 | ' '<<24
	attBody         = uint64('B') | 'O'<<8 | 'D'<<16 | 'Y'<<24
	attFlags        = uint64('F') | 'L'<<8 | 'A'<<16 | 'G'<<24 | 'S'<<32 | ' '<<40
	attEnvelope     = uint64('E') | 'N'<<8 | 'V'<<16 | 'E'<<24 | 'L'<<32 | 'O'<<40 | 'P'<<48 | 'E'<<56
	attRFC822       = uint64('R') | 'F'<<8 | 'C'<<16 | '8'<<24 | '2'<<32 | '2'<<40 | '.'<<48 | 'S'<<56
	attInternalDate = uint64('I') | 'N'<<8 | 'T'<<16 | 'E'<<24 | 'R'<<32 | 'N'<<40 | 'A'<<48 | 'L'<<56
	attStructure    = uint64('B') | 'O'<<8 | 'D'<<16 | 'Y'<<24 | 'S'<<32 | 'T'<<40 | 'R'<<48 | 'U'<<56
	attModSeq       = uint64('M') | 'O'<<8 | 'D'<<16 | 'S'<<24 | 'E'<<32 | 'Q'<<40
)

// knownAtt knows the names that most messages are made of, as servers write them, by one load and a comparison. n is 0 for any other.
func (p *Parser) knownAtt() (name imap.AttName, n int) {
	if len(p.b)-p.i < 16 {
		return imap.AttUnknown, 0
	}
	b := p.b[p.i : p.i+16]
	switch x := load64(b, 0); {
	case x&mask48 == attFlags:
		return imap.AttFlags, 5
	case x&mask32 == attUID:
		return imap.AttUID, 3
	case x == attRFC822 && b[8] == 'I' && b[9] == 'Z' && b[10] == 'E' && b[11] == ' ':
		return imap.AttRFC822Size, 11
	case x == attInternalDate && b[8] == 'D' && b[9] == 'A' && b[10] == 'T' && b[11] == 'E' && b[12] == ' ':
		return imap.AttInternalDate, 12
	case x == attEnvelope && b[8] == ' ':
		return imap.AttEnvelope, 8
	case x == attStructure && string(b[8:14]) == "CTURE ":
		return imap.AttBodyStructure, 13
	case x&mask32 == attBody && (b[4] == '[' || b[4] == ' '):
		return imap.AttBody, 4
	case x&mask48 == attModSeq && b[6] == ' ':
		return imap.AttModSeq, 6
	}
	return imap.AttUnknown, 0
}

// oddItem is msgAttItem where no name stands. QuirkWrappedItem takes items that have parentheses of their own; the name of n bytes at the
// end of the input is truncated.
func (p *Parser) oddItem(d *imap.FetchData, n int) bool {
	start := p.i
	if n == 0 && p.peek() == '(' && p.attLen(start+1) > 0 && p.Quirks.Has(QuirkWrappedItem) {
		end, closed := p.skip(start, start+1)
		at := start + 1
		k := p.attLen(at)
		if closed && imap.LookupAtt(p.b[at:at+k]) != imap.AttUnknown && p.quirk(QuirkWrappedItem, start, end) && p.enter() {
			p.i++
			ok := p.msgAttItem(d) && p.rparen()
			p.leave()
			return ok
		}
	}
	p.i += n
	return p.fail(ExpectFetchAtt)
}

// size is number64, which some servers write otherwise: QuirkNegativeNumber, QuirkFloatNumber.
func (p *Parser) size(v *uint64) (ok bool) {
	*v, ok = p.digits(0, syntax.KindNumber64, max63, ExpectNumber)
	if ok && p.peek() == '.' {
		return p.float(v)
	}
	return ok
}

// fetch-mod-resp = "MODSEQ" SP "(" permsg-modsequence ")"        permsg-modsequence = mod-sequence-value
//
// RFC 7162 §7. QuirkBareItemValue takes it without parentheses.
func (p *Parser) fetchModResp(v *uint64) (ok bool) {
	if p.peek()-'0' <= 9 && p.quirk(QuirkBareItemValue, p.i, p.i+1) {
		*v, ok = p.nzDigits(syntax.KindPermsgModsequence, syntax.KindModSequenceValue, max63)
		return ok
	}
	if !p.lparen() {
		return false
	}
	*v, ok = p.nzDigits(syntax.KindPermsgModsequence, syntax.KindModSequenceValue, max63)
	return ok && p.rparen()
}

// "BODY" section ["<" number ">"] SP nstring
//
// QuirkMissingValue takes an item without its value, QuirkPartialEcho the count of the request.
func (p *Parser) sectionItem(d *imap.FetchData) (ok bool) {
	p.used = true
	if d.Section, ok = p.section(); !ok || !p.origin(d) {
		return false
	}
	return p.missingValue(d) || p.sp() && p.contents(d, false)
}

// origin reads ["<" number ">"].
func (p *Parser) origin(d *imap.FetchData) (ok bool) {
	if p.peek() != '<' {
		return true
	}
	mark := p.open(syntax.KindOrigin)
	p.i++
	if d.Origin, ok = p.digits(0, syntax.KindNumber64, max63, ExpectNumber); !ok {
		return false
	}
	d.HasOrigin = true
	if p.peek() == '.' {
		start := p.i
		p.i++
		n := p.runOf(clsDigit)
		if p.peekAt(n) == '>' && n > 0 && p.quirk(QuirkPartialEcho, start, p.i+n) {
			p.i += n
		} else {
			p.i = start
		}
	}
	if !p.punct('>', ExpectGreater) {
		return false
	}
	p.close(mark)
	return true
}

// missingValue forgives an item whose value was left out: ")" or another item's name follows.
func (p *Parser) missingValue(d *imap.FetchData) bool {
	if c := p.peek(); c == ')' {
		if p.quirk(QuirkMissingValue, p.i, p.i) {
			d.IsNil = true
			return true
		}
	} else if c == ' ' && p.Quirks.Has(QuirkMissingValue) {
		n := p.attLen(p.i + 1)
		if n > 2 && imap.LookupAtt(p.b[p.i+1:p.i+1+n]) != imap.AttUnknown && p.quirk(QuirkMissingValue, p.i, p.i) {
			d.IsNil = true
			return true
		}
	}
	return false
}

// contents reads nstring, with binary also literal8.
func (p *Parser) contents(d *imap.FetchData, binary bool) bool {
	if binary && p.peek() == '~' {
		return p.literal8(0, &d.Str)
	}
	p.envelopeDone = true
	ok := p.nstring(0, &d.Str)
	p.envelopeDone = false
	d.IsNil = d.Str.Form == imap.FormNil
	return ok
}

// bodyItem reads SP body. QuirkStringBeforeStructure skips a string before the list.
func (p *Parser) bodyItem(d *imap.FetchData) (ok bool) {
	if !p.sp() {
		return false
	}
	if p.peek() == '"' && p.Quirks.Has(QuirkStringBeforeStructure) {
		start := p.i
		end := skipQuoted(p.b, start)
		if peekAt(p.b, end) == ' ' && peekAt(p.b, end+1) == '(' && p.quirk(QuirkStringBeforeStructure, start, end) {
			p.i = end + 1
		}
	}
	if p.isNil() && p.quirk(QuirkNilForString, p.i, p.i+3) {
		d.IsNil = true
		return p.nil(syntax.KindBody)
	}
	if p.emptyList() {
		d.IsNil = true
		return true
	}
	d.Body, ok = p.body()
	return ok
}
