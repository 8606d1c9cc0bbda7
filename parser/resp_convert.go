package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// message-data =/ nz-number SP "CONVERTED" SP convert-correlator SP convert-msg-attrs
//
//	convert-correlator = "(" "TAG" SP tag-string ")"        tag-string = string
//
// RFC 5259 §10. The correlator becomes an item of its own, an Unknown called TAG.
func (p *Parser) convertedData() bool {
	if !p.sp() {
		return false
	}
	f := &p.responses.fetch
	p.used = true
	p.resp.Data = f
	*f = imap.Fetch{}
	mark := p.open(syntax.KindConvertCorrelator)
	it := p.responses.items.push()
	it.Unknown = p.unknowns.one()
	base := len(p.valueStack)
	ok := p.lparen() && p.word("TAG") && p.sp()
	if ok {
		it.Unknown.Name = p.b[p.i-4 : p.i-1 : p.i-1]
		it.Unknown.Raw = p.b[p.i:p.i]
		at := p.i
		if ok = p.argOf(func(s *imap.String) bool { return p.astring(syntax.KindTagString, s) }); ok {
			it.Unknown.Values = p.values.copyOf(p.valueStack[base:])
			it.Unknown.Raw = p.b[at:p.i:p.i]
			ok = p.rparen()
		}
		p.valueStack = p.valueStack[:base]
	}
	if !ok {
		p.responses.items.pop()
		return false
	}
	p.close(mark)
	return p.sp() && p.msgAttItems(syntax.KindConvertMsgAttrs) && p.crlf()
}

// conversion-data = "CONVERSION" SP quoted-from-mime-type SP quoted-to-mime-type [SP "(" transcoding-params-names ")"]
//
// RFC 5259 §10.
func (p *Parser) conversionData() bool {
	u := p.unknowns.one()
	p.resp.Data = u
	u.Name = p.b[p.i-len("CONVERSION") : p.i : p.i]
	from := p.i
	base := len(p.valueStack)
	ok := p.sp() && p.argOf(func(s *imap.String) bool { return p.string(syntax.KindQuotedFromMimeType, s) }) &&
		p.sp() && p.argOf(func(s *imap.String) bool { return p.string(syntax.KindQuotedToMimeType, s) })
	if ok && p.more() {
		ok = p.parenthesized(func() bool {
			return p.argOf(func(s *imap.String) bool { return p.astring(syntax.KindTranscodingParamName, s) })
		})
	}
	u.Values = p.values.copyOf(p.valueStack[base:])
	u.Raw = p.b[from:p.i:p.i]
	p.valueStack = p.valueStack[:base]
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}
