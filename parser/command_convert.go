package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// convert = "CONVERT" SP sequence-set SP convert-params SP (convert-att / "(" convert-att *(SP convert-att) ")")
//
// RFC 5259 §10.
func (p *Parser) convert() bool {
	mark := p.openCommand(syntax.KindConvert)
	a := &p.commands.convert
	*a = imap.ConvertArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.sequenceSet(0, &a.Set) || !p.sp() || !p.convertParams(a) || !p.sp() {
		return false
	}
	ok := false
	atts := &p.commands.atts
	if p.peek() != '(' {
		ok = p.convertAtt(atts.push())
	} else {
		p.lparen()
		for {
			if ok = p.convertAtt(atts.push()); !ok {
				atts.pop()
				break
			}
			if !p.listMore() {
				ok = !p.failed()
				break
			}
		}
	}
	ok = ok && p.spend(atts.open())
	a.Atts = atts.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// convert-params = "(" (quoted-to-mime-type / default-conversion) [SP "(" transcoding-params ")"] ")"
//
//	quoted-to-mime-type = DQUOTE to-mime-type DQUOTE        default-conversion = "NIL"
//
// RFC 5259 §10. Type is NIL for the default conversion.
func (p *Parser) convertParams(a *imap.ConvertArgs) bool {
	mark := p.open(syntax.KindConvertParams)
	if !p.lparen() {
		return false
	}
	switch c := p.peek(); {
	case c == '"':
		if !p.quoted(syntax.KindQuotedToMimeType, &a.Type) {
			return false
		}
	case c == 'N' || c == 'n':
		if !p.nil(syntax.KindDefaultConversion) {
			return false
		}
	default:
		return p.fail(ExpectNil | ExpectQuote)
	}
	if p.listMore() {
		ok := p.transcodingParams()
		a.Params = p.pairs.list()
		if !ok || !p.rparen() {
			return false
		}
	}
	if p.failed() {
		return false
	}
	p.close(mark)
	return true
}

// transcoding-params = transcoding-param *(SP transcoding-param)
//
//	transcoding-param = transcoding-param-name SP transcoding-param-value, both astring
//
// RFC 5259 §10. In parentheses; the parameters are the open list of p.pairs.
func (p *Parser) transcodingParams() bool {
	mark := p.open(syntax.KindTranscodingParams)
	if !p.lparen() {
		return false
	}
	for {
		param := p.open(syntax.KindTranscodingParam)
		pair := p.pairs.push()
		if !p.astring(syntax.KindTranscodingParamName, &pair.Key) || !p.sp() || !p.astring(syntax.KindTranscodingParamValue, &pair.Value) {
			p.pairs.pop()
			return false
		}
		p.close(param)
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.pairs.open()) {
		return false
	}
	p.close(mark)
	return true
}

// convert-att = "UID" / "BODYPARTSTRUCTURE" section-convert / "BINARY" section-convert [partial] / "BINARY.SIZE" section-convert /
//
//	"BODY[HEADER]" / "BODY[" section-part ".HEADER]" / "BODY[" section-part ".MIME]" / "AVAILABLECONVERSIONS" section-convert
//
// RFC 5259 §10.
func (p *Parser) convertAtt(f *imap.FetchAtt) (ok bool) {
	mark := p.open(syntax.KindConvertAtt)
	start := p.i
	n := p.attWord()
	f.Name = imap.LookupAtt(p.b[start : start+n])
	switch f.Name {
	case imap.AttUID, imap.AttBodyPartStructure, imap.AttBinarySize, imap.AttAvailableConversions, imap.AttBody:
	case imap.AttBinary:
		if n == len("BINARY") {
			break
		}
		fallthrough
	default:
		return p.failWord(ExpectWord, "UID", "BODYPARTSTRUCTURE", "BINARY.SIZE", "BODY[", "AVAILABLECONVERSIONS")
	}
	p.i += n
	p.leaf(syntax.KindKeyword, start)
	switch f.Name {
	case imap.AttUID:
		ok = true
	case imap.AttBody:
		f.Name = imap.AttSection
		if p.peek() == '[' && p.peekAt(1) == ']' {
			p.i++
			return p.fail(ExpectSection)
		}
		at := p.i
		if f.Section, ok = p.section(); ok && f.Section.Spec != imap.SectionHeader && (f.Section.Spec != imap.SectionMIME || f.Section.Part == nil) {
			p.i = at + 1
			return p.fail(ExpectSection)
		}
	case imap.AttBinary:
		if f.Section, ok = p.sectionBinary(); ok {
			ok = p.partial(f)
		}
	default:
		f.Section, ok = p.sectionBinary()
	}
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// conversions-cmd = "CONVERSIONS" SP from-mime-type-req SP to-mime-type-req, both astring
//
// RFC 5259 §10.
func (p *Parser) conversions() bool {
	mark := p.openCommand(syntax.KindConversionsCmd)
	ok := p.sp() && p.astring(syntax.KindFromMimeTypeReq, p.strings.push()) && p.sp() && p.astring(syntax.KindToMimeTypeReq, p.strings.push())
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}
