package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace
//
// RFC 2342 §6, RFC 9051 §9. QuirkMissingList takes it without the last one or two.
func (p *Parser) namespaceResponse() bool {
	n := &p.responses.namespace
	*n = imap.Namespace{}
	p.resp.Data = n
	for k, list := range [...]*[]imap.NamespaceItem{&n.Personal, &n.Other, &n.Shared} {
		if k > 0 && p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
			break
		}
		if !p.sp() || !p.namespace(list) {
			return false
		}
	}
	return p.crlf()
}

// namespace = nil / "(" 1*namespace-descr ")"
func (p *Parser) namespace(list *[]imap.NamespaceItem) bool {
	mark := p.open(syntax.KindNamespace)
	if p.isNil() {
		p.skipNil(0)
		p.close(mark)
		return true
	}
	if p.peek() != '(' {
		return p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	if p.peekAt(1) == ')' && p.quirk(QuirkParensForNil, p.i, p.i+2) {
		p.i += 2
		p.close(mark)
		return true
	}
	items := &p.responses.namespaceItems
	p.lparen()
	for {
		ok := p.namespaceDescr(items.push())
		if !ok {
			items.pop()
			*list = items.list()
			return false
		}
		p.maybeSPBefore('(', QuirkSpaceBetweenParts)
		if p.peek() != '(' {
			break
		}
	}
	ok := p.spend(items.open())
	*list = items.list()
	if !ok || p.peek() != ')' && p.peek() != ' ' {
		return p.fail(ExpectLParen | ExpectRParen)
	}
	if !p.rparen() {
		return false
	}
	p.close(mark)
	return true
}

// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [namespace-response-extensions] ")"
//
//	namespace-response-extension = SP string SP "(" string *(SP string) ")"
//	namespace-trans              = SP DQUOTE "TRANSLATION" DQUOTE SP "(" string ")"        (RFC 5255 §3.4)
func (p *Parser) namespaceDescr(it *imap.NamespaceItem) bool {
	mark := p.open(syntax.KindNamespaceDescr)
	it.Prefix.UTF8 = p.UTF8
	if !p.lparen() || !p.string(syntax.KindNamespacePrefix, &it.Prefix.Wire) || !p.sp() || !p.delimiter(&it.Delim) {
		return false
	}
	base := len(p.valueStack)
	ok := p.namespaceExtensions()
	it.Ext = p.values.copyOf(p.valueStack[base:])
	if len(it.Ext) == 0 {
		it.Ext = nil
	}
	p.valueStack = p.valueStack[:base]
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// namespaceExtensions reads the extensions of a descriptor and its ")". Each becomes two values, its name and the list of its arguments.
func (p *Parser) namespaceExtensions() bool {
	for p.listMore() {
		mark := p.open(syntax.KindNamespaceResponseExtension)
		var s imap.String
		if !p.string(0, &s) || !p.sp() {
			return false
		}
		if s.Is("TRANSLATION") {
			p.becomes(syntax.KindNamespaceTrans)
		}
		p.arg(s)
		if !p.parenthesized(func() bool { return p.argOf(func(s *imap.String) bool { return p.string(0, s) }) }) {
			return false
		}
		p.close(mark)
	}
	return !p.failed()
}

// argOf reads a string with read and adds it.
func (p *Parser) argOf(read func(*imap.String) bool) bool {
	var s imap.String
	if !read(&s) {
		return false
	}
	p.arg(s)
	return true
}

// id-response = "ID" SP id-params-list
//
//	id-params-list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil
//
// RFC 2971 §4. QuirkAtomForString takes atoms, QuirkOddPairs a last field without value.
func (p *Parser) idResponse() bool {
	id := &p.responses.id
	*id = imap.ID{}
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		p.resp.Data = id
		return p.crlf()
	}
	if !p.sp() {
		return false
	}
	p.resp.Data = id
	if p.isNil() {
		return p.nil(syntax.KindIdParamsList) && p.crlf()
	}
	if p.peek() != '(' {
		return p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	ok := p.idParams()
	id.Pairs = p.pairs.emptyList()
	return ok && p.crlf()
}
