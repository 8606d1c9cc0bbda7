package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// What servers make of body structures, beside the rules in bodystructure.go.

// oneWordBody reads a body that has no subtype behind its first string. Without a quirk that is a fault. done says that the body, with its
// ")", was read; else its fields follow as if the subtype had been there.
//
//	("MIXED")  ("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)  ("RELATED" NIL ("ATTACHMENT" NIL) NIL): a multipart without parts
//	("X-ZIP" ("BOUNDARY" "") NIL NIL "7BIT" 10): a part without subtype
//	(NIL NIL NIL NIL NIL "7BIT" 563): neither type nor subtype
func (p *Parser) oneWordBody(b *imap.BodyStructure) (done, ok bool) {
	at := p.i
	switch {
	case p.peek() == ')' && p.quirk(QuirkChildlessMultipart, at, at):
		p.childless(b)
		p.i++
		return true, true
	case p.peek() != ' ':
		return false, p.fail(ExpectSP)
	}
	next := p.peekPastBlanks()
	switch {
	case next == '(' && p.fieldsAhead(1) && p.quirk(QuirkMissingSubtype, at, at):
		return false, true
	case next == '(' && p.quirk(QuirkChildlessMultipart, at, at):
		p.childless(b)
		return true, p.bodyExtMpart(b)
	case next == 'N' || next == 'n':
		if !b.Type.IsNil() && !p.fieldsAhead(2) && !p.fieldsAhead(1) && p.quirk(QuirkChildlessMultipart, at, at) {
			p.childless(b)
			return true, p.bodyExtMpart(b)
		}
		if !p.fieldsAhead(2) && p.fieldsAhead(1) && p.quirk(QuirkMissingSubtype, at, at) {
			return false, true
		}
	}
	return false, p.sp() && p.string(syntax.KindMediaSubtype, &b.Subtype)
}

// childless makes a body whose type was its only string a multipart without parts.
func (p *Parser) childless(b *imap.BodyStructure) {
	p.becomes(syntax.KindBodyTypeMpart)
	b.Multipart = true
	b.Type, b.Subtype = imap.String{}, b.Type
}

// fieldsAhead says that the elements behind the cursor, the first n-1 left out, have the form of body-fields: parameters, id, description, an
// encoding that is a string, and a number.
func (p *Parser) fieldsAhead(n int) bool {
	i := p.i
	for k := 0; k < n+4; k++ {
		for i < len(p.b) && p.b[i] == ' ' {
			i++
		}
		switch c := peekAt(p.b, i); {
		case k == n+3:
			return c-'0' <= 9 || c == '-' && peekAt(p.b, i+1)-'0' <= 9
		case k == n+2 && c != '"' && c != 'N' && c != 'n' && c != '{':
			return false
		case k == n-1 && c != '(' && c != 'N' && c != 'n':
			return false
		}
		end, ok := p.skip(i, i+1)
		if !ok {
			return false
		}
		i = end
		if p.b[i] == ')' {
			return false
		}
	}
	return false
}

// listForMD5 reads a list where body-fld-md5 belongs. It is the parameters of a multipart that was written as a part (QuirkMultipartAsPart),
// a disposition whose md5 is missing, or parameters that got there (QuirkSwappedBodyFields). more says that body-fld-dsp follows; else the
// body, with its ")", is read.
func (p *Parser) listForMD5(b *imap.BodyStructure, mark int) (more, ok bool) {
	start := p.i
	end, closed := p.skip(start, start+1)
	switch {
	case !closed:
		ok = p.nstring(syntax.KindBodyFldMd5, &b.MD5)
	case b.Type.Is("MULTIPART") && p.quirk(QuirkMultipartAsPart, start, end):
		b.Multipart = true
		ok = p.bodyFldParam(&b.Params, syntax.KindBodyFldParam)
	case p.dispositionAhead() && p.quirk(QuirkSwappedBodyFields, start, end):
		return true, true // md5 is missing, the cursor stands at the disposition
	case p.quirk(QuirkSwappedBodyFields, start, end):
		into := &b.Params
		var other []imap.Pair
		if len(b.Params) > 0 {
			into = &other
		}
		ok = p.bodyFldParam(into, syntax.KindBodyFldParam)
	default:
		ok = p.nstring(syntax.KindBodyFldMd5, &b.MD5)
	}
	if !ok {
		return false, false
	}
	more = p.bodyExtMore(mark)
	return more, !p.failed()
}

// dispositionAhead says that a list with the form of body-fld-dsp stands at the cursor: a string, and a list or NIL.
func (p *Parser) dispositionAhead() bool {
	i := p.i + 1
	if peekAt(p.b, i) != '"' {
		return false
	}
	i = skipQuoted(p.b, i)
	if peekAt(p.b, i) != ' ' {
		return false
	}
	c := peekAt(p.b, i+1)
	return c == '(' || lower(c) == 'n' && lower(peekAt(p.b, i+2)) == 'i' && lower(peekAt(p.b, i+3)) == 'l' && peekAt(p.b, i+4) == ')'
}

// dispositionForLanguage reads a disposition where the language belongs: the two were swapped. What was read as the disposition is the
// language then.
func (p *Parser) dispositionForLanguage(b *imap.BodyStructure, mark int) bool {
	start := p.i
	old := b.Disposition
	b.Disposition, b.DispositionParams = imap.String{}, nil
	if !p.bodyFldDsp(b) {
		return false
	}
	if !old.IsNil() {
		*p.strings.push() = old
		b.Languages = p.strings.list()
	}
	p.quirk(QuirkSwappedBodyFields, start, p.i)
	p.close(mark)
	return true
}

// dispositionString reads a string where body-fld-dsp belongs. It is the disposition without its parentheses, unless it reads like text: then
// a description has come in between, and the disposition follows.
func (p *Parser) dispositionString(b *imap.BodyStructure, mark int) bool {
	start := p.i
	if !p.Quirks.Has(QuirkDispositionString) {
		return p.fail(ExpectLParen | ExpectNil)
	}
	var s imap.String
	if !p.string(syntax.KindBodyFldDspType, &s) {
		return false
	}
	p.quirk(QuirkDispositionString, start, p.i)
	p.close(mark)
	for _, c := range s.Raw {
		if c == ' ' {
			if b.Description.IsNil() {
				b.Description = s
			}
			if c := p.peekPastBlanks(); p.peek() == ' ' && (c == '(' || c == 'N' || c == 'n') {
				return p.sp() && p.bodyFldDsp(b)
			}
			return true
		}
	}
	b.Disposition = s
	return true
}

// nilEnvelopeAhead says that SP NIL stands at the cursor where SP envelope belongs, and QuirkMessageWithoutEnvelope forgives it: a body, NIL for
// the body, or the count of lines follows. Extension data of a message that is written as any other part begins with NIL as well, but a
// disposition or another NIL follows that.
func (p *Parser) nilEnvelopeAhead() bool {
	b, i := p.b, p.i+1
	if p.peek() != ' ' || !p.Quirks.Has(QuirkMessageWithoutEnvelope) || i+5 >= len(b) || !isNilAt(b, i) || b[i+3] != ' ' {
		return false
	}
	i += 4
	if b[i] == '(' {
		if i++; peekAt(b, i) == '"' { // "type" SP "subtype": a disposition has a list or NIL there
			i = skipQuoted(b, i)
			return peekAt(b, i) == ' ' && peekAt(b, i+1) == '"'
		}
		return peekAt(b, i) == '('
	}
	if i+5 < len(b) && isNilAt(b, i) && b[i+3] == ' ' {
		i += 4
	}
	return b[i]-'0' <= 9
}

// nilEnvelope reads what nilEnvelopeAhead has found, up to the body of the message or to behind its lines.
func (p *Parser) nilEnvelope(b *imap.BodyStructure) (nested, ok bool) {
	p.i++
	p.quirk(QuirkMessageWithoutEnvelope, p.i, p.i+3)
	p.nil(syntax.KindEnvelope)
	if p.peekAt(1) == '(' {
		return true, p.sp()
	}
	if p.peekAt(1)-'0' > 9 {
		p.i++
		p.nil(syntax.KindBody)
	}
	return false, p.bodyFldLines(b)
}

// quotedNumberAhead says that SP and a number in quotes stand at the cursor, which is no md5, and QuirkQuotedNumber forgives it.
func (p *Parser) quotedNumberAhead() bool {
	if !p.Quirks.Has(QuirkQuotedNumber) || p.peekAt(1) != '"' {
		return false
	}
	i := p.i + 2
	for peekAt(p.b, i)-'0' <= 9 {
		i++
	}
	return i > p.i+2 && i < p.i+2+20 && peekAt(p.b, i) == '"'
}
