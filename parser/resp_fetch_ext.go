package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// otherItem reads the items of extensions, and any other one by the generic syntax.
func (p *Parser) otherItem(d *imap.FetchData, word []byte, start int) (ok bool) {
	p.used = true
	switch d.Name {
	case imap.AttBinary, imap.AttBinarySize, imap.AttBodyPartStructure, imap.AttAvailableConversions:
		return p.sectionedItem(d, word)
	case imap.AttRFC822, imap.AttRFC822Header, imap.AttRFC822Text:
		if p.peek() == '[' && p.peekAt(1) == ']' && p.quirk(QuirkRFC822Section, p.i, p.i+2) {
			p.i += 2
		}
		return p.missingValue(d) || p.sp() && p.contents(d, false)
	case imap.AttSaveDate, imap.AttXSaveDate:
		if !p.sp() {
			return false
		}
		if p.isNil() {
			d.IsNil = true
			return p.nil(0)
		}
		if p.peek() != '"' {
			return p.failWord(ExpectDateTime|ExpectNil, "NIL")
		}
		return p.dateTime(0, &d.Date)
	case imap.AttCreatedModSeq:
		return p.sp() && p.fetchModResp(&d.Num)
	case imap.AttEmailID, imap.AttThreadID:
		return p.sp() && p.objectidItem(d)
	case imap.AttPreview, imap.AttSnippet:
		return p.sp() && p.preview(d)
	case imap.AttXGMMsgID, imap.AttXGMThrID:
		if p.sp() {
			d.Num, ok = p.digits(0, syntax.KindNumber64, 1<<64-1, ExpectNumber)
		}
		return ok
	case imap.AttXGMLabels:
		if p.sp() {
			d.Flags, ok = p.labels()
		}
		return ok
	case imap.AttXRealUID:
		if p.sp() {
			d.Num, ok = p.nzDigits(0, syntax.KindUniqueid, max32)
		}
		return ok
	case imap.AttObjectID:
		d.Unknown = p.unknowns.one()
		d.Unknown.Name = word
		if !p.sp() {
			return false
		}
		base, from := len(p.valueStack), p.i
		if ok = p.objectidCompound(); ok {
			d.Unknown.Values = p.values.copyOf(p.valueStack[base:])
			d.Unknown.Raw = p.b[from:p.i:p.i]
		}
		p.valueStack = p.valueStack[:base]
		return ok
	case imap.AttXGUID, imap.AttXMailbox, imap.AttDigestSHA1, imap.AttRFC822SHA1, imap.AttXMsgID:
		return p.sp() && p.vendorString(d)
	}
	notes := len(p.Notes)
	if !p.unknownItem(d, word) {
		return false
	}
	if d.Name == imap.AttUnknown {
		p.unknown(start)
	} else {
		p.Notes = p.Notes[:notes]
	}
	return true
}

// vendorString reads a value that is a word or an nstring.
func (p *Parser) vendorString(d *imap.FetchData) bool {
	if c := p.peek(); c == '"' || c == '{' || p.isNil() {
		return p.contents(d, false)
	}
	return p.astring(0, &d.Str)
}

// fetch-emailid-resp = "EMAILID" SP "(" objectid ")"        fetch-threadid-resp = "THREADID" SP ("(" objectid ")" / nil)
//
// RFC 8474 §7.
func (p *Parser) objectidItem(d *imap.FetchData) bool {
	if d.Name == imap.AttThreadID && p.isNil() {
		p.takeNil(0, &d.Str)
		d.IsNil = true
		return true
	}
	if d.Name == imap.AttThreadID && lower(p.peek()) == 'n' && (p.i+3 >= len(p.b) || !p.Quirks.Has(QuirkBareItemValue)) {
		return p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	if c := p.peek(); class[c]&clsObject != 0 && p.quirk(QuirkBareItemValue, p.i, p.i+1) {
		return p.objectid(0, &d.Str)
	}
	return p.lparen() && p.objectid(0, &d.Str) && p.rparen()
}

// "PREVIEW" SP nstring
//
// RFC 8970 §6. Drafts, and SNIPPET, had "(" algorithm SP nstring ")".
func (p *Parser) preview(d *imap.FetchData) bool {
	if p.peek() != '(' {
		return p.contents(d, false)
	}
	if !p.lparen() {
		return false
	}
	if _, ok := p.atom(syntax.KindAlgorithm); !ok || !p.sp() || !p.contents(d, false) {
		return false
	}
	return p.rparen()
}

// labels reads the list of X-GM-LABELS: flags and astrings.
func (p *Parser) labels() ([]imap.Flag, bool) {
	return p.flagList(syntax.KindFlagList, flagsGmail)
}

// "BINARY" section-binary ["<" number ">"] SP (nstring / literal8)        "BINARY.SIZE" section-binary SP number
//
// RFC 3516 §7, RFC 9051 §9 and erratum 7246. "BODYPARTSTRUCTURE" section-part SP body, "AVAILABLECONVERSIONS" section-part SP mimetype-list,
// and (ERROR …) instead of a value: RFC 5259 §10.
func (p *Parser) sectionedItem(d *imap.FetchData, word []byte) (ok bool) {
	if p.peek() != '[' {
		if d.Name == imap.AttBodyPartStructure || d.Name == imap.AttAvailableConversions {
			return p.unknownItem(d, word)
		}
		return p.fail(ExpectLBracket)
	}
	if d.Section, ok = p.sectionBinary(); !ok {
		return false
	}
	if d.Name == imap.AttBinarySize {
		if !p.sp() {
			return false
		}
		if p.peek() == '(' {
			return p.unknownValue(d, word)
		}
		d.Num, ok = p.digits(0, syntax.KindNumber, max32, ExpectNumber)
		return ok
	}
	if !p.origin(d) || d.Name == imap.AttBinary && p.missingValue(d) {
		return !p.failed()
	}
	if !p.sp() {
		return false
	}
	if p.peek() == '(' && (d.Name != imap.AttBodyPartStructure || p.errorAhead()) {
		return p.unknownValue(d, word)
	}
	if d.Name == imap.AttBodyPartStructure {
		d.Body, ok = p.body()
		return ok
	}
	return p.contents(d, true)
}

// errorAhead says that "(ERROR" stands at the cursor.
func (p *Parser) errorAhead() bool {
	p.i++
	is := p.isWord("ERROR")
	p.i--
	return is
}

// unknownItem reads what follows the name of an item by the generic syntax: an optional section and origin, SP, one value. Without a value,
// nothing but ")" or another item follows.
func (p *Parser) unknownItem(d *imap.FetchData, word []byte) bool {
	from := p.i
	if p.peek() == '[' {
		if !p.brackets() {
			return false
		}
		p.leaf(syntax.KindSection, from)
		word = p.b[from-len(word) : p.i : p.i]
		from = p.i
	}
	if p.peek() == '<' {
		p.i++
		if _, ok := p.digits(0, syntax.KindNumber64, max63, ExpectNumber); !ok || !p.punct('>', ExpectGreater) {
			return false
		}
		word = p.b[from-len(word) : p.i : p.i]
	}
	if p.peek() == ')' {
		d.Unknown = p.unknowns.one()
		d.Unknown.Name = word
		return p.quirk(QuirkMissingValue, p.i, p.i) || p.fail(ExpectSP)
	}
	if !p.sp() {
		return false
	}
	return p.unknownValue(d, word)
}

// unknownValue reads one generic value into the Unknown called word.
func (p *Parser) unknownValue(d *imap.FetchData, word []byte) bool {
	mark := p.open(syntax.KindUnknownValue)
	u := p.unknowns.one()
	u.Name = word
	d.Unknown = u
	from := p.i
	var v imap.Value
	if p.peek() == '(' && p.errorAhead() {
		p.becomes(syntax.KindConverterrorPhrase)
		return p.convertError(u, mark)
	}
	if d.Name == imap.AttAvailableConversions {
		p.becomes(syntax.KindMimetypeList)
	}
	if !p.value(&v, valueAny) {
		return false
	}
	p.valueStack = append(p.valueStack, v)
	u.Values = p.values.copyOf(p.valueStack[len(p.valueStack)-1:])
	p.valueStack = p.valueStack[:len(p.valueStack)-1]
	u.Raw = p.b[from:p.i:p.i]
	p.close(mark)
	return true
}

// converterror-phrase = "(" "ERROR" SP convert-err-descript SP convert-error-code ")"
//
//	convert-error-code = "TEMPFAIL" [SP nz-number] / bad-params / missing-params / resp-text-code
//	missing-params     = "MISSINGPARAMETERS" SP from SP to "(" name *(SP name) ")"
//
// RFC 5259 §10: the last list has no SP before it.
func (p *Parser) convertError(u *imap.Unknown, mark int) bool {
	from := p.i
	base := len(p.valueStack)
	ok := p.lparen()
	for k := 0; ok; k++ {
		inner := 0
		switch k {
		case 1:
			inner = p.open(syntax.KindConvertErrDescript)
		case 2:
			p.open(syntax.KindConvertErrorCode)
		}
		var v imap.Value
		if ok = p.value(&v, valueAny); !ok {
			break
		}
		switch {
		case k == 1:
			p.close(inner)
		case k == 2 && v.Str.Is("BADPARAMETERS"):
			p.becomes(syntax.KindBadParams)
		case k == 2 && v.Str.Is("MISSINGPARAMETERS"):
			p.becomes(syntax.KindMissingParams)
		}
		p.valueStack = append(p.valueStack, v)
		if p.peek() == '(' {
			continue
		}
		if p.peek() == ')' {
			p.close(mark + 1) // the code
		}
		if !p.listMore() {
			ok = !p.failed()
			break
		}
	}
	if ok {
		p.argList(base)
	}
	u.Values = p.values.copyOf(p.valueStack[base:])
	p.valueStack = p.valueStack[:base]
	u.Raw = p.b[from:p.i:p.i]
	if ok {
		p.close(mark)
	}
	return ok
}
