package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// bodyFrame is a body that is being read: of those on the stack the parts are read now.
type bodyFrame struct {
	b       *imap.BodyStructure
	start   int // offset of its "("
	mark    int // its node
	parts   int // where its parts begin on partStack
	depth   int // Parser.depth outside
	message bool
}

// body = "(" (body-type-1part / body-type-mpart) ")"
//
//	body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
//
// RFC 9051 §9. Bodies nest as deeply as the sender likes, so those that are open stand on a stack. A fault in one part costs what is left of
// that part, in lenient mode.
func (p *Parser) body() (*imap.BodyStructure, bool) {
	r := &p.responses
	p.used = true
	base, partBase := len(r.bodyFrames), len(r.partStack)
	root, ok := p.bodyTree(base)
	for n := len(r.bodyFrames); n > base; n-- { // after a fault: what was read stays
		f := &r.bodyFrames[n-1]
		p.keepParts(f.b, f.parts)
		r.bodyFrames = r.bodyFrames[:n-1]
	}
	r.partStack = r.partStack[:partBase]
	return root, ok
}

func (p *Parser) bodyTree(base int) (root *imap.BodyStructure, ok bool) {
	r := &p.responses
	for {
		// A body starts at the cursor.
		start, mark, depth := p.i, p.open(syntax.KindBody), p.depth
		if p.peek() != '(' {
			return root, p.fail(ExpectBody)
		}
		if !p.enter() {
			return root, false
		}
		p.i++
		s := r.bodies.one()
		if root == nil {
			root = s
		}
		if p.peek() == ' ' {
			p.maybeSP(QuirkSpaceAfterParen)
		}
		if p.peek() == '(' {
			s.Multipart = true
			p.open(syntax.KindBodyTypeMpart)
			r.openBody(s, start, mark, depth, false)
			continue
		}
		p.open(syntax.KindBodyType1part)
		nested, ok := p.bodyType1part(s)
		if nested && ok {
			r.openBody(s, start, mark, depth, true)
			continue
		}
		// s is read. It may be the last part of the one around it, and so on.
		for {
			if !ok && !p.recoverList(mark, start) { // skips to behind the ")"
				return root, false
			}
			p.depth = depth
			p.closeAt(mark+1, p.i-1) // the body-type, before the ")"
			p.close(mark)
			n := len(r.bodyFrames)
			if n == base {
				return root, p.spend(1)
			}
			r.partStack = append(r.partStack, s)
			f := &r.bodyFrames[n-1]
			if !f.message {
				if p.peek() == ' ' {
					p.maybeSPBefore('(', QuirkSpaceBetweenParts)
				}
				if p.peek() == '(' {
					break // the next part
				}
			}
			s, start, mark, depth = f.b, f.start, f.mark, f.depth
			r.bodyFrames = r.bodyFrames[:n-1]
			p.keepParts(s, f.parts)
			if !p.spend(len(s.Parts)) {
				return root, false
			}
			if f.message {
				ok = (p.linesMissing() || p.bodyFldLines(s)) && p.bodyExt1part(s)
			} else {
				ok = p.bodyTypeMpart(s)
			}
		}
	}
}

// openBody puts a body whose parts come next on the stack.
func (r *responseStore) openBody(s *imap.BodyStructure, start, mark, depth int, message bool) {
	r.bodyFrames = extended(r.bodyFrames)
	f := &r.bodyFrames[len(r.bodyFrames)-1]
	f.b, f.start, f.mark, f.depth, f.message = s, start, mark, depth, message
	f.parts = len(r.partStack)
}

// keepParts gives the body s the parts that stand on the stack from the offset parts on.
func (p *Parser) keepParts(s *imap.BodyStructure, parts int) {
	r := &p.responses
	if len(r.partStack) == parts {
		return
	}
	for _, part := range r.partStack[parts:] {
		r.parts.room()
		*r.parts.next() = part
	}
	s.Parts = r.parts.list()
	r.partStack = r.partStack[:parts]
}

// body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
//
//	body-type-basic = media-basic SP body-fields
//	body-type-msg   = media-message SP body-fields SP envelope SP body SP body-fld-lines
//	body-type-text  = media-text SP body-fields SP body-fld-lines
//
// nested says that the cursor stands at the body of a message: the rest follows when that is read. Otherwise the ")" has been read.
func (p *Parser) bodyType1part(b *imap.BodyStructure) (nested, ok bool) {
	if !engine && p.plainPart(b) {
		return false, true
	}
	if p.plainBodyFields(b) {
		return p.bodyRest(b)
	}
	start, nodes := p.i, p.nodeCount()
	if !p.string(syntax.KindMediaType, &b.Type) {
		return false, false
	}
	if p.peek() != ' ' || p.peekPastBlanks() != '"' && p.peekPastBlanks() != '{' {
		if done, ok := p.oneWordBody(b); done || !ok {
			return false, ok
		}
	} else if !p.sp() || !p.string(syntax.KindMediaSubtype, &b.Subtype) {
		return false, false
	}
	if p.Tree != nil {
		_, kind := bodyKinds(b)
		p.Tree.Wrap(uint32(nodes), kind, uint32(start), uint32(p.i))
	}
	done, ok := p.bodyFields(b)
	if done || !ok {
		return false, ok
	}
	return p.bodyRest(b)
}

// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
func isText(b *imap.BodyStructure) bool {
	return len(b.Type.Raw) == 4 && load32(b.Type.Raw, 0)&0xDFDFDFDF == 'T'|'E'<<8|'X'<<16|'T'<<24
}

// media-message = DQUOTE "MESSAGE" DQUOTE SP DQUOTE ("RFC822" / "GLOBAL") DQUOTE
func isMessage(b *imap.BodyStructure) bool {
	return len(b.Type.Raw) == 7 && b.Type.Is("MESSAGE") && (b.Subtype.Is("RFC822") || b.Subtype.Is("GLOBAL"))
}

// bodyKinds tells from its media type which of the three kinds of part a body is, and by which rule the type is one.
func bodyKinds(b *imap.BodyStructure) (body, media syntax.Kind) {
	switch {
	case isText(b):
		return syntax.KindBodyTypeText, syntax.KindMediaText
	case isMessage(b):
		return syntax.KindBodyTypeMsg, syntax.KindMediaMessage
	}
	return syntax.KindBodyTypeBasic, syntax.KindMediaBasic
}

// bodyRest reads what follows the body-fields, which the media type decides.
func (p *Parser) bodyRest(b *imap.BodyStructure) (nested, ok bool) {
	if p.Tree != nil {
		kind, _ := bodyKinds(b)
		p.setRule(kind)
	}
	switch {
	case isText(b):
		if p.linesMissing() {
			break
		}
		if !p.bodyFldLines(b) {
			return false, false
		}
	case isMessage(b):
		if nested, ok = p.message(b); nested || !ok {
			return nested, ok
		}
	}
	return false, p.bodyExt1part(b)
}

// bodyTypeMpart reads what follows the parts of a multipart: SP media-subtype [SP body-ext-mpart] ")".
func (p *Parser) bodyTypeMpart(b *imap.BodyStructure) bool {
	return !engine && p.plainMpart(b) || p.mpartRest(b)
}

// mpartRest is bodyTypeMpart whatever stands there.
func (p *Parser) mpartRest(b *imap.BodyStructure) bool {
	if p.peek() == ')' && p.quirk(QuirkMissingSubtype, p.i, p.i) {
		p.i++
		return true
	}
	if c := p.peek(); c != ' ' && (c != '"' || !p.Quirks.Has(QuirkMissingSpace)) {
		return p.fail(ExpectSP | ExpectLParen)
	}
	return p.sp() && p.string(syntax.KindMediaSubtype, &b.Subtype) && p.bodyExtMpart(b)
}

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
//
// done says that QuirkMissingBodyFields let the body end before its last field.
func (p *Parser) bodyFields(b *imap.BodyStructure) (done, ok bool) {
	if p.bodyEnds() {
		return true, true
	}
	if !p.sp() {
		return false, false
	}
	mark := p.open(syntax.KindBodyFields)
	if !p.bodyFldParam(&b.Params, syntax.KindBodyFldParam) {
		return false, false
	}
	if p.bodyEnds() {
		return true, true
	}
	if !p.sp() || !p.nstring(syntax.KindBodyFldId, &b.ID) {
		return false, false
	}
	if p.bodyEnds() {
		return true, true
	}
	if !p.sp() || !p.nstring(syntax.KindBodyFldDesc, &b.Description) {
		return false, false
	}
	if p.bodyEnds() {
		return true, true
	}
	if !p.sp() || !p.string(syntax.KindBodyFldEnc, &b.Encoding) {
		return false, false
	}
	if p.bodyEnds() {
		return true, true
	}
	if !p.sp() || !p.bodyNumber(syntax.KindBodyFldOctets, &b.Octets, max32) {
		return false, false
	}
	p.close(mark)
	return false, true
}

// bodyEnds takes the ")" of a body whose mandatory fields are not all there.
func (p *Parser) bodyEnds() bool {
	if p.i < len(p.b) && p.b[p.i] == ')' && p.quirk(QuirkMissingBodyFields, p.i, p.i) {
		p.i++
		return true
	}
	return false
}

// bodyNumber reads a size or a count of lines. QuirkNilForString takes NIL, QuirkFloatNumber scientific notation.
func (p *Parser) bodyNumber(kind syntax.Kind, v *uint64, top uint64) (ok bool) {
	if c := p.peek(); (c == 'N' || c == 'n') && p.isNil() && p.quirk(QuirkNilForString, p.i, p.i+3) {
		return p.nil(kind)
	}
	leaf := syntax.KindNumber
	if top != max32 {
		leaf = syntax.KindNumber64
	}
	if *v, ok = p.digits(kind, leaf, top, ExpectNumber); !ok {
		return false
	}
	if c := p.peek(); c == '.' || c == 'e' || c == 'E' {
		return p.float(v)
	}
	return true
}

// float reads the fraction and the exponent behind the digits of v, which QuirkFloatNumber forgives.
func (p *Parser) float(v *uint64) bool {
	start, i, b := p.i, p.i, p.b
	mantissa, scale := *v, 0
	if i < len(b) && b[i] == '.' {
		i++
		for i < len(b) && b[i]-'0' <= 9 {
			if mantissa < max63/100 {
				mantissa = mantissa*10 + uint64(b[i]-'0')
				scale--
			}
			i++
		}
	}
	if i < len(b) && lower(b[i]) == 'e' {
		i++
		neg := i < len(b) && b[i] == '-'
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		exp := 0
		for i < len(b) && b[i]-'0' <= 9 && exp < 100 {
			exp = exp*10 + int(b[i]-'0')
			i++
		}
		if neg {
			exp = -exp
		}
		scale += exp
	}
	if i >= len(b) || !p.quirk(QuirkFloatNumber, start, i) {
		return p.fail(ExpectSP | ExpectRParen)
	}
	for ; scale > 0 && mantissa < max63/10; scale-- {
		mantissa *= 10
	}
	for ; scale < 0 && mantissa > 0; scale++ {
		mantissa /= 10
	}
	*v = mantissa
	p.i = i
	return true
}

// SP body-fld-lines, where body-fld-lines = number64
func (p *Parser) bodyFldLines(b *imap.BodyStructure) bool {
	return p.sp() && p.bodyNumber(syntax.KindBodyFldLines, &b.Lines, max63)
}

// linesMissing says that no line count follows, which QuirkMissingLines forgives.
func (p *Parser) linesMissing() bool {
	c := p.peekPastBlanks()
	if c == '"' && p.quotedNumberAhead() {
		return false
	}
	if p.peek() == ' ' && c != '"' && c != '(' && c != 'N' && c != 'n' || p.peek() != ' ' && p.peek() != ')' {
		return false
	}
	return p.quirk(QuirkMissingLines, p.i, p.i)
}

// message reads what follows the body-fields of message/rfc822 and message/global up to the body of the message.
//
// RFC 9755 §6: message/global may be basic. QuirkMessageWithoutEnvelope takes message/rfc822 so too, QuirkEmptyMessageBody "()" for the
// envelope or the body.
func (p *Parser) message(b *imap.BodyStructure) (nested, ok bool) {
	if p.peek() != ' ' || p.peekPastBlanks() != '(' {
		if p.nilEnvelopeAhead() {
			return p.nilEnvelope(b)
		}
		if b.Subtype.Is("GLOBAL") {
			return false, true
		}
		if c := p.peekPastBlanks(); c-'0' <= 9 && p.peek() == ' ' && p.quirk(QuirkMessageWithoutEnvelope, p.i, p.i) {
			return false, p.bodyFldLines(b) // lines without envelope and body
		}
		if c := p.peek(); (c == ')' || c == ' ') && p.quirk(QuirkMessageWithoutEnvelope, p.i, p.i) {
			return false, true
		}
		if p.peek() != ' ' {
			return false, p.fail(ExpectSP)
		}
		p.i++
		return false, p.fail(ExpectLParen)
	}
	if !p.sp() {
		return false, false
	}
	if p.emptyList() {
		if p.peek() == ' ' && p.peekPastBlanks()-'0' <= 9 {
			return false, p.bodyFldLines(b)
		}
	} else {
		b.Envelope = p.responses.envelopes.one()
		if !p.envelope(b.Envelope) {
			return false, false
		}
	}
	if !p.sp() {
		return false, false
	}
	if p.emptyList() || p.isNil() && p.quirk(QuirkEmptyMessageBody, p.i, p.i+3) && p.nil(syntax.KindBody) {
		return false, p.bodyFldLines(b)
	}
	return true, true
}

// emptyList takes "()" that QuirkEmptyMessageBody forgives.
func (p *Parser) emptyList() bool {
	if p.peek() == '(' && p.peekAt(1) == ')' && p.quirk(QuirkEmptyMessageBody, p.i, p.i+2) {
		p.i += 2
		return true
	}
	return false
}

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
//
// QuirkParensForNil takes "()", QuirkNilForString a NIL value, QuirkOddPairs a last name without value.
func (p *Parser) bodyFldParam(list *[]imap.Pair, kind syntax.Kind) bool {
	if end := p.plainParams(p.i, list); end != unusual {
		p.paramNodes(kind, p.i, end, *list)
		p.i = end
		return true
	}
	mark := p.open(kind)
	if p.isNil() {
		p.skipNil(0)
		p.close(mark)
		return true
	}
	if p.peek() != '(' {
		if p.peek() == '"' && p.Quirks.Has(QuirkStringForNil) {
			var s imap.String
			p.quirk(QuirkStringForNil, p.i, p.i+1)
			ok := p.quoted(0, &s)
			p.close(mark)
			return ok
		}
		return p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	if p.peekAt(1) == ')' && p.quirk(QuirkParensForNil, p.i, p.i+2) {
		p.i += 2
		p.close(mark)
		return true
	}
	p.lparen()
	for {
		pair := p.pairs.push()
		if !p.string(syntax.KindBodyFldParamName, &pair.Key) {
			p.pairs.pop()
			*list = p.pairs.list()
			return false
		}
		if p.peek() == ')' && p.quirk(QuirkOddPairs, int(pair.Key.Span.Start), p.i) {
			p.i++
			break
		}
		if !p.sp() || !p.string(syntax.KindBodyFldParamValue, &pair.Value) {
			*list = p.pairs.list()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	ok := p.spend(p.pairs.open()) && !p.failed()
	*list = p.pairs.list()
	p.close(mark)
	return ok
}

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
//
// It starts at the SP before body-fld-md5, if there is one, and takes the ")" of the body.
func (p *Parser) bodyExt1part(b *imap.BodyStructure) bool {
	if p.plainExt1part(b) {
		return true
	}
	if !p.listMore() {
		return !p.failed()
	}
	b.Extended = true
	mark := p.open(syntax.KindBodyExt1part)
	if p.peek() == '(' && (p.Quirks.Has(QuirkSwappedBodyFields) || p.Quirks.Has(QuirkMultipartAsPart)) {
		more, ok := p.listForMD5(b, mark)
		if !ok || !more {
			return ok
		}
	} else {
		if !p.nstring(syntax.KindBodyFldMd5, &b.MD5) {
			return false
		}
		if !p.bodyExtMore(mark) {
			return !p.failed()
		}
	}
	return p.bodyExtRest(b, mark)
}

// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
func (p *Parser) bodyExtMpart(b *imap.BodyStructure) bool {
	if !p.listMore() {
		return !p.failed()
	}
	b.Extended = true
	mark := p.open(syntax.KindBodyExtMpart)
	if !p.bodyFldParam(&b.Params, syntax.KindBodyFldParam) {
		return false
	}
	if !p.bodyExtMore(mark) {
		return !p.failed()
	}
	return p.bodyExtRest(b, mark)
}

// bodyExtMore is listMore that closes the node of the extension data before the ")" of the body.
func (p *Parser) bodyExtMore(mark int) bool {
	if p.i < len(p.b) && p.b[p.i] == ')' {
		p.close(mark)
	}
	return p.listMore()
}

// bodyExtRest reads body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]] ")".
func (p *Parser) bodyExtRest(b *imap.BodyStructure, mark int) bool {
	if end := p.plainExtRest(p.i, b); end != unusual {
		p.extRestNodes(p.i, b)
		p.i = end
		p.close(mark)
		p.i++
		return true
	}
	if !p.bodyFldDsp(b) {
		return false
	}
	if !p.bodyExtMore(mark) {
		return !p.failed()
	}
	if !p.bodyFldLang(b) {
		return false
	}
	if !p.bodyExtMore(mark) {
		return !p.failed()
	}
	if !p.nstring(syntax.KindBodyFldLoc, &b.Location) {
		return false
	}
	base := len(p.valueStack)
	ok := true
	for ok && p.bodyExtMore(mark) {
		var v imap.Value
		if ok = p.bodyExtension(&v); ok {
			p.valueStack = append(p.valueStack, v)
		}
	}
	if len(p.valueStack) > base {
		b.Ext = p.values.copyOf(p.valueStack[base:])
		p.valueStack = p.valueStack[:base]
	}
	return ok && !p.failed() && p.spend(len(b.Ext))
}

// body-extension = nstring / number / number64 / "(" body-extension *(SP body-extension) ")"
func (p *Parser) bodyExtension(v *imap.Value) bool {
	if p.peek() != '(' {
		return p.simpleValue(v, valueBodyExt, false)
	}
	if p.peekAt(1) == ')' && !p.quirk(QuirkParensForNil, p.i, p.i+2) {
		p.i++
		return p.fail(ExpectNString | ExpectNumber | ExpectLParen)
	}
	mark := p.open(syntax.KindBodyExtension)
	ok := p.value(v, valueBodyExt)
	if ok {
		p.close(mark)
	}
	return ok
}

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
//
// QuirkDispositionString takes a string, QuirkDispositionNil a NIL type, QuirkDispositionWithoutParams a list without parameters.
func (p *Parser) bodyFldDsp(b *imap.BodyStructure) bool {
	mark := p.open(syntax.KindBodyFldDsp)
	if p.isNil() {
		p.skipNil(0)
		p.close(mark)
		return true
	}
	if p.peek() != '(' {
		if c := p.peek(); c == '"' || c == '{' {
			return p.dispositionString(b, mark)
		}
		return p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	if p.peekAt(1) == ')' && p.quirk(QuirkParensForNil, p.i, p.i+2) {
		p.i += 2
		p.close(mark)
		return true
	}
	p.lparen()
	if p.isNil() && p.quirk(QuirkDispositionNil, p.i, p.i+3) {
		p.nil(syntax.KindBodyFldDspType)
	} else if !p.string(syntax.KindBodyFldDspType, &b.Disposition) {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkDispositionWithoutParams, p.i, p.i) {
		p.i++
		p.close(mark)
		return true
	}
	if !p.sp() || !p.bodyFldParam(&b.DispositionParams, syntax.KindBodyFldParam) || !p.rparen() {
		return false
	}
	p.close(mark)
	return true
}

// body-fld-lang = nstring / "(" string *(SP string) ")"
func (p *Parser) bodyFldLang(b *imap.BodyStructure) bool {
	mark := p.open(syntax.KindBodyFldLang)
	if p.peek() != '(' {
		if p.isNil() {
			p.skipNil(0)
			p.close(mark)
			return true
		}
		s := p.strings.push()
		ok := p.nstring(0, s)
		if !ok {
			p.strings.pop()
		}
		b.Languages = p.strings.list()
		if ok {
			p.close(mark)
		}
		return ok
	}
	if p.peekAt(1) == ')' && p.quirk(QuirkParensForNil, p.i, p.i+2) {
		p.i += 2
		p.close(mark)
		return true
	}
	if p.Quirks.Has(QuirkSwappedBodyFields) && p.dispositionAhead() {
		return p.dispositionForLanguage(b, mark)
	}
	p.lparen()
	for {
		if !p.string(0, p.strings.push()) {
			p.strings.pop()
			b.Languages = p.strings.list()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	ok := p.spend(p.strings.open()) && !p.failed()
	b.Languages = p.strings.list()
	if ok {
		p.close(mark)
	}
	return ok
}
