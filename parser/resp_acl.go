package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// acl starts the data of an ACL response: SP mailbox.
func (p *Parser) acl() (*imap.ACL, bool) {
	a := &p.responses.acl
	*a = imap.ACL{}
	if !p.sp() {
		return a, false
	}
	p.resp.Data = a
	return a, p.mailbox(&a.Mailbox)
}

// acl-data = "ACL" SP mailbox *(SP identifier SP rights)
//
// RFC 4314 §7.
func (p *Parser) aclData() bool {
	a, ok := p.acl()
	if !ok {
		return false
	}
	for p.more() {
		e := p.pairs.push()
		if !p.astring(syntax.KindIdentifier, &e.Key) || !p.sp() || !p.rights(&e.Value) {
			p.pairs.pop()
			a.Entries = p.pairs.list()
			return false
		}
	}
	ok = p.spend(p.pairs.open())
	a.Entries = p.pairs.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

// rights = astring, of lower-case letters and digits
//
// RFC 4314 §7: which letters mean something is not the grammar's business.
func (p *Parser) rights(s *imap.String) bool { return p.astring(syntax.KindRights, s) }

// listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)
//
// RFC 4314 §7.
func (p *Parser) listrightsData() bool {
	a, ok := p.acl()
	if !ok || !p.sp() {
		return false
	}
	e := p.pairs.one()
	a.Entries = p.pairs.chunk[p.pairs.used-1 : p.pairs.used : p.pairs.used]
	if !p.astring(syntax.KindIdentifier, &e.Key) || !p.sp() || !p.rights(&e.Value) {
		return false
	}
	for p.more() {
		if !p.rights(p.strings.push()) {
			p.strings.pop()
			a.More = p.strings.list()
			return false
		}
	}
	ok = p.spend(p.strings.open())
	a.More = p.strings.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

// myrights-data = "MYRIGHTS" SP mailbox SP rights
//
// RFC 4314 §7.
func (p *Parser) myrightsData() bool {
	a, ok := p.acl()
	if !ok || !p.sp() {
		return false
	}
	e := p.pairs.one()
	a.Entries = p.pairs.chunk[p.pairs.used-1 : p.pairs.used : p.pairs.used]
	return p.rights(&e.Value) && p.crlf()
}

// quota-response = "QUOTA" SP quota-root-name SP quota-list        quota-root-name = astring
//
//	quota-list = "(" quota-resource *(SP quota-resource) ")"
//
// RFC 9208 §7; RFC 2087 §5.1 allows the empty list.
func (p *Parser) quotaResponse() bool {
	q := &p.responses.quota
	*q = imap.QuotaData{}
	if !p.sp() {
		return false
	}
	p.resp.Data = q
	if !p.astring(syntax.KindQuotaRootName, &q.Root) {
		return false
	}
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		return p.crlf()
	}
	if !p.sp() {
		return false
	}
	ok := p.quotaList()
	q.Quotas = p.responses.quotas.emptyList()
	return ok && p.crlf()
}

func (p *Parser) quotaList() bool {
	mark := p.open(syntax.KindQuotaList)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		p.close(mark)
		return true
	}
	p.besides(ExpectRParen)
	for {
		start, inner := p.i, len(p.opened)
		if !p.quotaResource(p.responses.quotas.push()) {
			p.responses.quotas.pop()
			if !p.recoverPair(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.responses.quotas.open()) {
		return false
	}
	p.close(mark)
	return true
}

// quota-resource = resource-name SP resource-usage SP resource-limit        resource-usage, resource-limit = number64
//
// RFC 9208 §7.
func (p *Parser) quotaResource(q *imap.Quota) (ok bool) {
	mark := p.open(syntax.KindQuotaResource)
	if q.Resource, ok = p.atom(syntax.KindResourceName); !ok || !p.sp() {
		return false
	}
	if q.Usage, ok = p.number64(syntax.KindResourceUsage); !ok || !p.sp() {
		return false
	}
	if q.Limit, ok = p.number64(syntax.KindResourceLimit); !ok {
		return false
	}
	p.close(mark)
	return true
}

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
//
// RFC 9208 §7.
func (p *Parser) quotarootResponse() bool {
	w := &p.responses.words
	*w = imap.Words{}
	if !p.sp() {
		return false
	}
	p.resp.Data = w
	if !p.mailbox(&w.Mailbox) {
		return false
	}
	return p.wordStrings(w, syntax.KindQuotaRootName) && p.crlfOr(ExpectSP)
}

// wordStrings reads *(SP astring).
func (p *Parser) wordStrings(w *imap.Words, kind syntax.Kind) bool {
	ok := true
	for ok && p.more() {
		if ok = p.astring(kind, p.strings.push()); !ok {
			p.strings.pop()
		}
	}
	ok = ok && p.spend(p.strings.open()) && !p.failed()
	w.Words = p.strings.list()
	return ok
}

// metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list)
//
//	entry-values = "(" entry-value *(SP entry-value) ")"    entry-value = entry SP value    entry-list = entry *(SP entry)
//	entry = astring    value = nstring / literal8
//
// RFC 5464 §5. QuirkMissingList takes it without its list, QuirkEmptyList with "()".
func (p *Parser) metadataResp() bool {
	m := &p.responses.metadata
	*m = imap.Metadata{}
	if !p.sp() {
		return false
	}
	p.resp.Data = m
	if !p.mailbox(&m.Mailbox) {
		return false
	}
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		return p.crlf()
	}
	if !p.sp() {
		return false
	}
	var ok bool
	if p.peek() == '(' {
		ok = p.entryValues()
	} else {
		m.Names = true
		ok = p.entryList()
	}
	ok = ok && p.spend(p.pairs.open())
	m.Entries = p.pairs.list()
	if !m.Names {
		return ok && p.crlf()
	}
	return ok && p.crlfOr(ExpectSP)
}

func (p *Parser) entryValues() bool {
	mark := p.open(syntax.KindEntryValues)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkEmptyList, p.i-1, p.i+1) {
		p.i++
		p.close(mark)
		return true
	}
	for {
		start, inner := p.i, p.open(syntax.KindEntryValue)
		e := p.pairs.push()
		if !p.astring(syntax.KindEntry, &e.Key) || !p.sp() || !p.metadataValue(&e.Value) {
			p.pairs.pop()
			if !p.recoverPair(inner, start) {
				return false
			}
		}
		p.close(inner)
		if !p.listMore() {
			break
		}
	}
	p.close(mark)
	return !p.failed()
}

// value = nstring / literal8
func (p *Parser) metadataValue(s *imap.String) bool {
	if p.peek() == '~' {
		return p.literal8(syntax.KindValue, s)
	}
	return p.nstring(syntax.KindValue, s)
}

func (p *Parser) entryList() bool {
	mark := p.open(syntax.KindEntryList)
	for {
		if !p.astring(syntax.KindEntry, &p.pairs.push().Key) {
			p.pairs.pop()
			return false
		}
		if !p.more() {
			break
		}
	}
	p.close(mark)
	return !p.failed()
}
