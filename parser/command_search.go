package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// search = "SEARCH" [search-return-opts] SP search-program
//
// RFC 9051 §9.
func (p *Parser) search() bool {
	mark := p.openCommand(syntax.KindSearch)
	a := &p.commands.search
	*a = imap.SearchArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.searchReturnOpts(a) || !p.searchProgram(a) {
		return false
	}
	p.close(mark)
	return true
}

// esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program
//
// RFC 7377 §4.
func (p *Parser) esearch() bool {
	mark := p.openCommand(syntax.KindEsearch)
	a := &p.commands.search
	*a = imap.SearchArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if p.isWord("IN") {
		ok := p.esearchSourceOpts()
		a.In = p.commands.scopes.list()
		if !ok || !p.sp() {
			return false
		}
	}
	if !p.searchReturnOpts(a) || !p.searchProgram(a) {
		return false
	}
	p.close(mark)
	return true
}

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
//
// RFC 9051 §9. RFC 3501 §9 has an astring there: search = "SEARCH" [SP "CHARSET" SP astring] 1*(SP search-key).
func (p *Parser) searchProgram(a *imap.SearchArgs) bool {
	mark := p.open(syntax.KindSearchProgram)
	p.commands.charsetAt = p.i
	if p.peek()|0x20 == 'c' && p.isWord("CHARSET") {
		p.word("CHARSET")
		if !p.sp() || !p.charset(a, clsAstring) || !p.sp() {
			return false
		}
	}
	if !p.searchKeys(a) {
		return false
	}
	p.close(mark)
	return true
}

// charset = atom / quoted
//
// RFC 9051 §9, RFC 5256 §5. word is the class of octets that need no quotes; with that of an astring a literal may stand too. A literal whose
// octets went elsewhere leaves the charset empty.
func (p *Parser) charset(a *imap.SearchArgs, word uint8) bool {
	var s imap.String
	switch c := p.peek(); {
	case c == '"':
		if !p.quoted(syntax.KindSearchCharset, &s) {
			return false
		}
		a.Charset = s.Raw
		if s.Escaped {
			a.Charset = p.unescape(s.Raw)
		}
		return true
	case c == '{' && (word == clsAstring || p.Quirks.Has(QuirkLiteralForQuoted)):
		start := p.i
		if !p.literal(syntax.KindSearchCharset, &s) {
			return false
		}
		if word != clsAstring {
			p.quirk(QuirkLiteralForQuoted, start, p.i)
		}
		a.Charset = p.b[p.i:p.i:p.i]
		if s.Detached == 0 {
			a.Charset = s.Raw
		}
		return true
	}
	n := p.run(word)
	if n == 0 {
		if word == clsAstring {
			return p.fail(ExpectAstring)
		}
		return p.fail(ExpectAtom | ExpectQuote)
	}
	start := p.i
	p.i += n
	a.Charset = p.b[start:p.i:p.i]
	p.leafIn(syntax.KindSearchCharset, syntax.KindAtom, start)
	return true
}

// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
//
// RFC 9051 §9. It may be absent; then the cursor doesn't move. Else it ends behind the SP that must follow.
func (p *Parser) searchReturnOpts(a *imap.SearchArgs) bool {
	p.commands.returnAt = p.i
	if p.peek()|0x20 != 'r' || !p.isWord("RETURN") {
		return true
	}
	mark := p.open(syntax.KindSearchReturnOpts)
	ok := p.word("RETURN") && p.sp() && p.lparen()
	if ok && p.peek() == ')' {
		p.i++
	} else {
		p.besides(ExpectRParen)
		for ok {
			start, inner := p.i, len(p.opened)
			if !p.searchReturnOpt(a) && !p.recover(inner, start) {
				ok = false
				break
			}
			if !p.listMore() {
				ok = !p.failed()
				break
			}
		}
	}
	ok = ok && p.spend(p.commands.returns.open())
	a.Return = p.commands.returns.emptyList()
	if !ok {
		return false
	}
	p.close(mark)
	return p.sp()
}

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / search-ret-opt-ext
//
//	search-ret-opt-ext = search-modifier-name [SP search-mod-params]        search-modifier-name = tagged-ext-label
//	modifier-update = "UPDATE" ["(" fetch-att *(SP fetch-att) ")"]
//
// RFC 9051 §9, RFC 5465 §8, RFC 9394 §4. The example of RFC 5465 §7 has a SP before the list of UPDATE: it is taken too.
func (p *Parser) searchReturnOpt(a *imap.SearchArgs) bool {
	mark := p.open(syntax.KindSearchReturnOpt)
	start := p.i
	name, o, ok := p.optionLabel(syntax.KindSearchModifierName)
	if !ok {
		return false
	}
	if o == optionPartial {
		p.becomes(syntax.KindModifierPartial)
		ok = p.modifierPartial(&p.commands.returns, name)
		p.close(mark)
		return ok
	}
	v := p.commands.returns.push()
	v.Name = name
	switch {
	case o == optionUpdate && (p.peek() == '(' || p.peek() == ' ' && p.peekAt(1) == '('):
		for _, r := range p.commands.returns.chunk[p.commands.returns.start : p.commands.returns.used-1] {
			if r.Is("UPDATE") { // there is room for the items of one
				p.commands.returns.pop()
				return p.fail(ExpectSP | ExpectRParen)
			}
		}
		if p.peek() == ' ' {
			p.i++
		}
		p.becomes(syntax.KindModifierUpdate)
		ok = p.fetchAttList(syntax.KindFetchAtts)
		a.Update = p.commands.atts.list()
	case o == optionContext:
		p.becomes(syntax.KindModifierContext)
	case p.valueFollows():
		v.HasValue = true
		ok = p.sp() && p.taggedExtVal(&v.Value)
	}
	if !ok {
		p.commands.returns.pop()
		return false
	}
	v.Span = p.span(start)
	p.close(mark)
	return true
}

// esearch-source-opts = "IN" SP "(" source-mbox [SP "(" scope-options ")"] ")"
//
//	source-mbox = filter-mailboxes *(SP filter-mailboxes)
//
// RFC 7377 §4. The scopes are the open list of p.commands.scopes; the options belong to all of them and stand in the last.
func (p *Parser) esearchSourceOpts() bool {
	mark := p.open(syntax.KindEsearchSourceOpts)
	p.word("IN")
	if !p.sp() || !p.lparen() {
		return false
	}
	scopes := &p.commands.scopes
	source, end := p.open(syntax.KindSourceMbox), p.i
	var last *imap.SearchScope
	for {
		if p.peek() == '(' && last != nil {
			p.closeAt(source, end)
			ok := p.paramList(scopeOptions)
			last.Params = p.params.list()
			if !ok || !p.rparen() {
				return false
			}
			break
		}
		last = scopes.push()
		var ok bool
		if last.Filter, last.Mailboxes, ok = p.filterMailboxes(searchFilters); !ok {
			scopes.pop()
			return false
		}
		end = p.i
		if !p.listMore() {
			p.closeAt(source, end)
			break
		}
	}
	if p.failed() || !p.spend(scopes.open()) {
		return false
	}
	p.close(mark)
	return true
}

// The filters of mailboxes; from the fifth on they take mailboxes.
var (
	searchFilters = []string{"SELECTED", "INBOXES", "PERSONAL", "SUBSCRIBED", "SUBTREE", "MAILBOXES", "SUBTREE-ONE"}
	notifyFilters = append(searchFilters[:len(searchFilters):len(searchFilters)], "SELECTED-DELAYED")
)

// filter-mailboxes = filter-mailboxes-selected / filter-mailboxes-other
//
//	filter-mailboxes-selected = "selected" / "selected-delayed"
//	filter-mailboxes-other    = "inboxes" / "personal" / "subscribed" / ("subtree" SP one-or-more-mailbox) /
//	                            ("mailboxes" SP one-or-more-mailbox) / ("subtree-one" SP one-or-more-mailbox)
//
// RFC 5465 §8; RFC 7377 §4 has subtree-one, and forbids selected-delayed in ESEARCH. use says which of them there are.
func (p *Parser) filterMailboxes(use []string) (filter []byte, boxes []imap.Mailbox, ok bool) {
	mark := p.open(syntax.KindFilterMailboxes)
	start := p.i
	k := p.wordOf(syntax.KindKeyword, use...)
	if k < 0 {
		return nil, nil, false
	}
	filter = p.b[start:p.i:p.i]
	if k > 3 && k < len(searchFilters) {
		ok = p.sp() && p.oneOrMoreMailbox()
		boxes = p.commands.mailboxes.list()
		if !ok {
			return filter, boxes, false
		}
	}
	p.close(mark)
	return filter, boxes, true
}

// one-or-more-mailbox = mailbox / many-mailboxes        many-mailboxes = "(" mailbox *(SP mailbox) ")"
//
// RFC 5465 §8.
func (p *Parser) oneOrMoreMailbox() bool {
	boxes := &p.commands.mailboxes
	if p.peek() != '(' {
		mark := p.open(syntax.KindOneOrMoreMailbox)
		p.besides(ExpectLParen)
		if !p.mailboxArgument(boxes.push()) {
			boxes.pop()
			return false
		}
		p.close(mark)
		return true
	}
	mark := p.open(syntax.KindManyMailboxes)
	p.lparen()
	for {
		if !p.mailboxArgument(boxes.push()) {
			boxes.pop()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(boxes.open()) {
		return false
	}
	p.close(mark)
	return true
}
