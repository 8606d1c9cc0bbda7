package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// genurlauth = "GENURLAUTH" 1*(SP url-rump SP mechanism)        url-rump = astring
//
// RFC 4467 §9. Words alternate: a URL, its mechanism.
func (p *Parser) genURLAuth() bool {
	mark := p.openCommand(syntax.KindGenurlauth)
	ok := p.sp()
	for ok {
		ok = p.astring(syntax.KindUrlRump, p.strings.push()) && p.sp() && p.mechanism()
		if ok && !p.more() {
			ok = p.endOf()
			break
		}
	}
	ok = ok && p.spend(p.strings.open())
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// mechanism = "INTERNAL" / 1*(ALPHA / DIGIT / "-" / ".")
//
// RFC 4467 §9. It goes to the open list of p.strings.
func (p *Parser) mechanism() bool {
	n := 0
	for c := p.peekAt(n); lower(c)-'a' <= 25 || c-'0' <= 9 || c == '-' || c == '.'; c = p.peekAt(n) {
		n++
	}
	if n == 0 {
		return p.fail(ExpectAtom)
	}
	p.setAtom(syntax.KindMechanism, p.strings.push(), n)
	return true
}

// resetkey = "RESETKEY" [SP mailbox *(SP mechanism)]
//
// RFC 4467 §9. The mailbox is the first of Words.
func (p *Parser) resetKey() bool {
	mark := p.openCommand(syntax.KindResetkey)
	ok := true
	if p.more() {
		ok = p.argument(syntax.KindMailbox, p.strings.push())
		if !ok {
			p.strings.pop()
		}
		for ok && p.more() {
			ok = p.mechanism()
		}
	}
	ok = ok && p.endOf() && p.spend(p.strings.open())
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// urlfetch = "URLFETCH" 1*(SP url-fetch-arg)        url-fetch-arg = url-fetch-simple / url-fetch-ext
//
// RFC 5524 §5.
func (p *Parser) urlFetch() bool {
	mark := p.openCommand(syntax.KindUrlfetch)
	a := &p.commands.urls
	*a = imap.URLFetchArgs{}
	p.cmd.Args = a
	items := &p.commands.urlItems
	ok := p.sp()
	for ok {
		if ok = p.urlFetchArg(items.push()); !ok {
			items.pop()
			break
		}
		if !p.more() {
			ok = p.endOf()
			break
		}
	}
	ok = ok && p.spend(items.open())
	a.URLs = items.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// url-fetch-simple = url-full        url-fetch-ext = "(" url-full *(SP url-fetch-param) ")"
//
//	url-full = astring        url-fetch-param = "BODY" / "BINARY" / "BODYPARTSTRUCTURE" / atom
//
// RFC 5524 §5. Params is nil for the simple form.
func (p *Parser) urlFetchArg(u *imap.URLItem) bool {
	mark := p.open(syntax.KindUrlFetchArg)
	if p.peek() != '(' {
		if !p.astring(syntax.KindUrlFull, &u.URL) {
			return false
		}
		p.becomes(syntax.KindUrlFetchSimple)
		p.close(mark)
		return true
	}
	p.becomes(syntax.KindUrlFetchExt)
	p.lparen()
	ok := p.astring(syntax.KindUrlFull, &u.URL)
	for ok && p.listMore() {
		start := p.i
		var word []byte
		if word, ok = p.wordAtom(ExpectAtom); ok {
			p.leaf(syntax.KindUrlFetchParam, start)
			*p.params.push() = imap.Param{Name: word, Span: p.span(start)}
		}
	}
	ok = ok && !p.failed() && p.spend(p.params.open())
	u.Params = p.params.emptyList()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}
