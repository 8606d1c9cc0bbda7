package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// The rules of body structures in the plain form of plain.go: one function for several tokens in a row, which takes all of them or nothing.
// Their nodes are made from the spans of what was read.

// plainParams reads body-fld-param at i.
func (p *Parser) plainParams(i int, list *[]imap.Pair) int {
	b, pairs := p.b, &p.pairs
	if i+1 >= len(b) || p.looseQuotes {
		return unusual
	}
	if b[i] != '(' {
		if isNilAt(b, i) {
			return i + 3
		}
		return unusual
	}
	for {
		pair := pairs.push()
		i = plainString(b, i+1, &pair.Key)
		if i < 0 || b[i] != ' ' {
			break
		}
		i = plainString(b, i+1, &pair.Value)
		if i < 0 {
			break
		}
		if b[i] == ')' {
			if i+1 >= len(b) || p.nodes < pairs.open() { // the ordinary way says what is wrong
				break
			}
			p.nodes -= pairs.open()
			*list = pairs.list()
			return i + 1
		}
		if b[i] != ' ' {
			break
		}
	}
	pairs.used = pairs.start
	return unusual
}

// paramNodes adds the nodes of the body-fld-param from start to end that plainParams read.
func (p *Parser) paramNodes(kind syntax.Kind, start, end int, list []imap.Pair) {
	if p.Tree == nil {
		return
	}
	if len(list) == 0 {
		p.addToken(kind, syntax.KindNil, spanOf(start, end))
		return
	}
	mark := p.openNode(kind, start)
	for k := range list {
		p.stringNodes(syntax.KindBodyFldParamName, &list[k].Key)
		p.stringNodes(syntax.KindBodyFldParamValue, &list[k].Value)
	}
	p.closeNodesAt(mark, end)
}

// plainPart reads body-type-basic or body-type-text and the ")" behind it at the cursor, with all four fields of extension data or none. On false
// nothing was taken, but parameters may stay on their slab, unused, until the next message.
func (p *Parser) plainPart(s *imap.BodyStructure) bool {
	b, nodes := p.b, p.nodes
	fields := p.plainFieldsAt(p.i, s)
	if fields < 0 || len(s.Type.Raw) == len("MESSAGE") && isMessage(s) {
		return p.notPlainBody(s, nodes)
	}
	lines := fields
	if isText(s) {
		if b[fields] != ' ' {
			return p.notPlainBody(s, nodes)
		}
		if s.Lines, lines = plainNumber(b, fields+1); lines < 0 {
			return p.notPlainBody(s, nodes)
		}
	}
	end, dsp := lines, 0
	if b[lines] == ' ' {
		s.Extended = true
		if end = plainNString(b, lines+1, &s.MD5); end < 0 || b[end] != ' ' {
			return p.notPlainBody(s, nodes)
		}
		dsp = end + 1
		if end = p.plainExtRest(dsp, s); end < 0 {
			return p.notPlainBody(s, nodes)
		}
	}
	if b[end] != ')' {
		return p.notPlainBody(s, nodes)
	}
	if p.Tree != nil {
		kind, _ := bodyKinds(s)
		p.setRule(kind)
		p.bodyFieldNodes(s, p.i, fields)
		if lines > fields {
			p.addToken(syntax.KindBodyFldLines, syntax.KindNumber64, spanOf(fields+1, lines))
		}
		if s.Extended {
			mark := p.openNode(syntax.KindBodyExt1part, lines+1)
			p.stringNodes(syntax.KindBodyFldMd5, &s.MD5)
			p.extRestNodes(dsp, s)
			p.closeNodesAt(mark, end)
		}
	}
	p.i = end + 1
	return true
}

// plainMpart reads SP media-subtype [SP body-ext-mpart] ")" at the cursor, with all four fields of extension data or none. On false nothing was
// taken.
func (p *Parser) plainMpart(s *imap.BodyStructure) bool {
	b, start, nodes := p.b, p.i+1, p.nodes
	if p.looseQuotes || start >= len(b) || b[start-1] != ' ' {
		return false
	}
	end := plainString(b, start, &s.Subtype)
	params, dsp := end+1, 0
	if end > 0 && b[end] == ' ' {
		end = p.plainParams(params, &s.Params)
		if dsp = end + 1; end > 0 && b[end] == ' ' {
			end = p.plainExtRest(dsp, s)
		} else {
			end = unusual
		}
		s.Extended = end > 0
	}
	if end < 0 || b[end] != ')' {
		p.nodes = nodes
		s.Subtype, s.Params, s.Extended = imap.String{}, nil, false
		return false
	}
	if p.Tree != nil {
		p.stringNodes(syntax.KindMediaSubtype, &s.Subtype)
		if s.Extended {
			mark := p.openNode(syntax.KindBodyExtMpart, params)
			p.paramNodes(syntax.KindBodyFldParam, params, dsp-1, s.Params)
			p.extRestNodes(dsp, s)
			p.closeNodesAt(mark, end)
		}
	}
	p.i = end + 1
	return true
}

// plainBodyFields reads media-basic SP body-fields, or media-text and so on, at the cursor. On false nothing was taken.
func (p *Parser) plainBodyFields(s *imap.BodyStructure) bool {
	nodes := p.nodes
	end := p.plainFieldsAt(p.i, s)
	if end < 0 {
		return p.notPlainBody(s, nodes)
	}
	if p.Tree != nil {
		p.bodyFieldNodes(s, p.i, end)
	}
	p.i = end
	return true
}

// plainFieldsAt reads media-basic SP body-fields at i, or media-text and so on, which SP or ")" follows.
func (p *Parser) plainFieldsAt(i int, s *imap.BodyStructure) (end int) {
	b := p.b
	if p.looseQuotes {
		return unusual
	}
	i = plainString(b, i, &s.Type)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	i = plainString(b, i+1, &s.Subtype)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	i = p.plainParams(i+1, &s.Params)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	i = plainNString(b, i+1, &s.ID)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	i = plainNString(b, i+1, &s.Description)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	i = plainString(b, i+1, &s.Encoding)
	if i < 0 || b[i] != ' ' {
		return unusual
	}
	s.Octets, i = plainNumber(b, i+1)
	if i < 0 || b[i] != ' ' && b[i] != ')' || s.Octets > max32 {
		return unusual
	}
	return i
}

// bodyFieldNodes adds the nodes of what plainFieldsAt read from start to end.
func (p *Parser) bodyFieldNodes(s *imap.BodyStructure, start, end int) {
	_, kind := bodyKinds(s)
	media := p.openNode(kind, start)
	p.stringNodes(syntax.KindMediaType, &s.Type)
	p.stringNodes(syntax.KindMediaSubtype, &s.Subtype)
	params := int(s.Subtype.Span.End) + 1
	p.closeNodesAt(media, params-1)
	fields := p.openNode(syntax.KindBodyFields, params)
	p.paramNodes(syntax.KindBodyFldParam, params, int(s.ID.Span.Start)-1, s.Params)
	p.stringNodes(syntax.KindBodyFldId, &s.ID)
	p.stringNodes(syntax.KindBodyFldDesc, &s.Description)
	p.stringNodes(syntax.KindBodyFldEnc, &s.Encoding)
	p.addToken(syntax.KindBodyFldOctets, syntax.KindNumber, spanOf(int(s.Encoding.Span.End)+1, end))
	p.closeNodesAt(fields, end)
}

// notPlainBody takes back what was read of a body; the parameters among it stay on their slab, unused, until the next message.
func (p *Parser) notPlainBody(s *imap.BodyStructure, nodes int) bool {
	p.nodes = nodes
	*s = imap.BodyStructure{}
	return false
}

// plainExt1part reads SP body-ext-1part ")" at the cursor, with all four fields and no extension. On false nothing was taken.
func (p *Parser) plainExt1part(s *imap.BodyStructure) bool {
	b, i := p.b, p.i
	if i >= len(b) || b[i] != ' ' || p.looseQuotes {
		return false
	}
	md5 := i + 1
	dsp := plainNString(b, md5, &s.MD5)
	if dsp > 0 && b[dsp] == ' ' {
		if end := p.plainExtRest(dsp+1, s); end > 0 {
			s.Extended = true
			if p.Tree != nil {
				mark := p.openNode(syntax.KindBodyExt1part, md5)
				p.stringNodes(syntax.KindBodyFldMd5, &s.MD5)
				p.extRestNodes(dsp+1, s)
				p.closeNodesAt(mark, end)
			}
			p.i = end + 1
			return true
		}
	}
	s.MD5 = imap.String{}
	return false
}

// plainExtRest reads body-fld-dsp SP body-fld-lang SP body-fld-loc at i, with no list of languages. It returns the offset of the ")" that follows.
func (p *Parser) plainExtRest(i int, s *imap.BodyStructure) int {
	b := p.b
	if p.looseQuotes || i >= len(b) {
		return unusual
	}
	if b[i] == '(' {
		i = plainString(b, i+1, &s.Disposition)
		if i > 0 && b[i] == ' ' {
			i = p.plainParams(i+1, &s.DispositionParams)
			if i > 0 && b[i] == ')' {
				i++
			} else {
				i = unusual
			}
		} else {
			i = unusual
		}
	} else if isNilAt(b, i) {
		i += 3
	} else {
		return unusual
	}
	if i > 0 && isNilAt(b, i+1) && b[i] == ' ' && b[i+4] == ' ' {
		i = plainNString(b, i+5, &s.Location)
		if i > 0 && b[i] == ')' {
			return i
		}
	}
	p.nodes += len(s.DispositionParams)
	s.Disposition, s.DispositionParams, s.Location = imap.String{}, nil, imap.String{}
	return unusual
}

// extRestNodes adds the nodes of what plainExtRest read at start.
func (p *Parser) extRestNodes(start int, s *imap.BodyStructure) {
	if p.Tree == nil {
		return
	}
	end := start + 3
	if s.Disposition.Form == imap.FormNil {
		p.addToken(syntax.KindBodyFldDsp, syntax.KindNil, spanOf(start, end))
	} else {
		// "(" string SP body-fld-param ")" SP NIL SP body-fld-loc
		end = int(s.Location.Span.Start) - len(" NIL ")
		mark := p.openNode(syntax.KindBodyFldDsp, start)
		p.stringNodes(syntax.KindBodyFldDspType, &s.Disposition)
		p.paramNodes(syntax.KindBodyFldParam, int(s.Disposition.Span.End)+1, end-1, s.DispositionParams)
		p.closeNodesAt(mark, end)
	}
	p.addToken(syntax.KindBodyFldLang, syntax.KindNil, spanOf(end+1, end+4))
	p.stringNodes(syntax.KindBodyFldLoc, &s.Location)
}
