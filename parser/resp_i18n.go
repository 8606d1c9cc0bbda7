package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// startWords starts a response whose data is a list of words.
func (p *Parser) startWords() *imap.Words {
	w := &p.responses.words
	*w = imap.Words{}
	p.resp.Data = w
	return w
}

// language-data = "LANGUAGE" SP "(" lang-tag-quoted *(SP lang-tag-quoted) ")"        lang-tag-quoted = astring
//
// RFC 5255 §3.3, §3.5.
func (p *Parser) languageData() bool {
	w := p.startWords()
	ok := p.sp() && p.astringList(syntax.KindLangTag)
	w.Words = p.strings.list()
	return ok && p.crlf()
}

// astringList reads "(" astring *(SP astring) ")" onto the open list of strings.
func (p *Parser) astringList(kind syntax.Kind) bool {
	if !p.lparen() {
		return false
	}
	for {
		if !p.astring(kind, p.strings.push()) {
			p.strings.pop()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	return p.spend(p.strings.open()) && !p.failed()
}

// comparator-data = "COMPARATOR" SP comp-sel-quoted [SP "(" comp-id-quoted *(SP comp-id-quoted) ")"]
//
// RFC 5255 §4.8, §4.10: both are astrings.
func (p *Parser) comparatorData() bool {
	w := p.startWords()
	ok := p.sp()
	if ok {
		if ok = p.astring(syntax.KindCompSel, p.strings.push()); !ok {
			p.strings.pop()
		}
	}
	if ok && p.more() {
		ok = p.astringList(syntax.KindCompOrder)
		w.Words = p.strings.list()
		return ok && p.crlf()
	}
	w.Words = p.strings.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

// resp-jmapaccess = "JMAPACCESS" SP quoted
//
// RFC 9698 §5.
func (p *Parser) jmapaccessData() bool {
	w := p.startWords()
	if !p.sp() {
		return false
	}
	if p.peek() != '"' {
		return p.fail(ExpectString)
	}
	ok := p.quoted(syntax.KindUrl, p.strings.push())
	if !ok {
		p.strings.pop()
	}
	w.Words = p.strings.list()
	return ok && p.crlf()
}

// genurlauth-data = "*" SP "GENURLAUTH" 1*(SP url-full)        url-full = astring
//
// RFC 4467 §9.
func (p *Parser) genurlauthData() bool {
	w := p.startWords()
	if !p.sp() {
		return false
	}
	for {
		if !p.astring(syntax.KindUrlFull, p.strings.push()) {
			p.strings.pop()
			w.Words = p.strings.list()
			return false
		}
		if !p.more() {
			break
		}
	}
	ok := p.spend(p.strings.open())
	w.Words = p.strings.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

// urlfetch-data = "*" SP "URLFETCH" 1*(SP (urldata-simple / urldata-ext / urldata-error))
//
//	urldata-simple = SP url-full SP nstring    urldata-ext = SP url-full url-metadata    url-metadata = 1*(SP "(" url-metadata-el ")")
//	urldata-error  = SP url-full SP nil
//
// RFC 4467 §9, RFC 5524 §4.
func (p *Parser) urlfetchData() bool {
	u := &p.responses.urls
	*u = imap.URLData{}
	p.resp.Data = u
	items := &p.responses.urlItems
	if !p.sp() {
		return false
	}
	for {
		if !p.urldata(items.push()) {
			u.Items = items.list()
			return false
		}
		if !p.more() {
			break
		}
	}
	ok := p.spend(items.open())
	u.Items = items.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

func (p *Parser) urldata(d *imap.URLDatum) bool {
	mark := p.open(syntax.KindUrldataSimple)
	if !p.astring(syntax.KindUrlFull, &d.URL) || !p.sp() {
		return false
	}
	if p.peek() != '(' {
		if !p.nstring(0, &d.Data) {
			return false
		}
		if d.Data.IsNil() {
			p.becomes(syntax.KindUrldataError)
		}
		p.close(mark)
		return true
	}
	p.becomes(syntax.KindUrldataExt)
	base := len(p.valueStack)
	ok := p.urlMetadata()
	d.Parts = p.values.copyOf(p.valueStack[base:])
	p.valueStack = p.valueStack[:base]
	if ok {
		p.close(mark)
	}
	return ok
}

// url-metadata-el = url-meta-bodystruct / url-meta-body / url-meta-binary / metadata extension
//
//	url-meta-bodystruct = "BODYPARTSTRUCTURE" SP body    url-meta-binary = "BINARY" SP (nstring / literal8)    url-meta-body = "BODY" SP nstring
//
// Each becomes a list of its name and its value.
func (p *Parser) urlMetadata() bool {
	all := p.open(syntax.KindUrlMetadata)
	for {
		mark := p.open(syntax.KindUrlMetadataEl)
		base := len(p.valueStack)
		if !p.lparen() || !p.argAtom(syntax.KindKeyword) || !p.sp() {
			return false
		}
		name := p.valueStack[base].Str
		switch {
		case name.Is("BINARY"):
			p.becomes(syntax.KindUrlMetaBinary)
		case name.Is("BODY"):
			p.becomes(syntax.KindUrlMetaBody)
		}
		if name.Is("BODYPARTSTRUCTURE") {
			p.becomes(syntax.KindUrlMetaBodystruct)
			at := p.i
			if _, ok := p.body(); !ok {
				return false
			}
			if !p.reread(at) {
				return false
			}
		} else if !p.urlMetadataValue(&name) {
			return false
		}
		if !p.rparen() {
			return false
		}
		p.argList(base)
		p.close(mark)
		if p.peek() != ' ' || p.peekAt(1) != '(' {
			p.close(all)
			return true
		}
		p.i++
	}
}

// urlMetadataValue reads the value of a url-metadata-el that is no body structure: nstring, of BINARY also literal8, of an extension anything.
func (p *Parser) urlMetadataValue(name *imap.String) (ok bool) {
	var v imap.Value
	switch {
	case name.Is("BINARY") && p.peek() == '~':
		ok = p.literal8(0, &v.Str)
	case name.Is("BINARY"), name.Is("BODY"):
		ok = p.nstring(0, &v.Str)
	default:
		ok = p.value(&v, valueAny)
	}
	if ok {
		p.valueStack = append(p.valueStack, v)
	}
	return ok
}

// reread takes the bytes from at to the cursor, which a rule of its own has checked and given its nodes, as a generic value as well.
func (p *Parser) reread(at int) bool {
	tree, end := p.Tree, p.i
	notes := len(p.Notes)
	p.Tree, p.i = nil, at
	var v imap.Value
	ok := p.value(&v, valueAny)
	p.Tree = tree
	p.Notes = p.Notes[:notes]
	if ok && p.i != end || !ok && p.fault.code != ErrorDepthLimit && p.fault.code != ErrorNodeLimit {
		p.fault = fault{}
		ok = true
	}
	p.i = end
	p.valueStack = append(p.valueStack, v)
	return ok
}
