package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
//
//	mbox-or-pat = list-mailbox / patterns
//
// RFC 5258 §6. XLIST, its predecessor at Gmail, is read alike.
func (p *Parser) list(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := &p.commands.list
	*a = imap.ListArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if p.peek() == '(' {
		a.Extended = true
		ok := p.listSelectOpts()
		a.Select = p.params.emptyList()
		if !ok || !p.sp() {
			return false
		}
	}
	if a.Select == nil {
		p.besides(ExpectLParen)
	}
	if !p.mailboxArgument(&a.Reference) || !p.sp() {
		return false
	}
	ok := false
	p.besides(ExpectLParen)
	if p.peek() == '(' {
		a.Extended = true
		ok = p.patterns()
	} else {
		ok = p.listMailbox(syntax.KindListMailbox, p.strings.push())
	}
	a.Patterns = p.strings.list()
	if !ok {
		return false
	}
	if p.more() {
		a.Extended = true
		ok = p.listReturnOpts()
		a.Return = p.params.emptyList()
		if !ok {
			return false
		}
	} else if !p.endOf() {
		return false
	}
	p.close(mark)
	return true
}

// lsub = "LSUB" SP mailbox SP list-mailbox
//
// RFC 3501 §9; rlist and rlsub (RFC 2193 §6) have the same form.
func (p *Parser) lsub(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := &p.commands.list
	*a = imap.ListArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Reference) || !p.sp() {
		return false
	}
	ok := p.listMailbox(syntax.KindListMailbox, p.strings.push())
	a.Patterns = p.strings.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// list-mailbox = 1*list-char / string        list-char = ATOM-CHAR / list-wildcards / resp-specials
//
// RFC 9051 §9. QuirkUnquotedArgument takes everything up to the next blank.
func (p *Parser) listMailbox(rule syntax.Kind, s *imap.String) bool {
	switch p.peek() {
	case '"':
		return p.quoted(rule, s)
	case '{':
		return p.literal(rule, s)
	case '*':
		if p.UTF8 && p.peekAt(1) == '"' { // utf8-quoted of RFC 5738
			start := p.i
			p.i++
			if !p.quoted(rule, s) {
				return false
			}
			s.Span = p.span(start)
			return true
		}
	}
	n := p.unquoted(p.run(clsList))
	if n == 0 {
		return p.fail(ExpectListMailbox)
	}
	p.setAtom(rule, s, n)
	return true
}

// patterns = "(" list-mailbox *(SP list-mailbox) ")"
//
// RFC 5258 §6. The patterns are the open list of p.strings.
func (p *Parser) patterns() bool {
	mark := p.open(syntax.KindPatterns)
	if !p.lparen() {
		return false
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.listMailbox(syntax.KindListMailbox, p.strings.push()) {
			p.strings.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.strings.open()) {
		return false
	}
	p.close(mark)
	return true
}

//	list-select-opts =/ "(" [(*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)) /
//	                    (list-select-independent-opt *(SP list-select-independent-opt))] ")"
//
// RFC 5258 §6: what only modifies other options, RECURSIVEMATCH, needs one that is more than independent of them. QuirkLoneSelectOption takes
// it without.
func (p *Parser) listSelectOpts() bool {
	mark := p.open(syntax.KindListSelectOpts)
	if !p.lparen() {
		return false
	}
	p.besides(ExpectRParen)
	modifier, base := -1, false
	for p.peek() != ')' || p.params.open() > 0 {
		start, inner := p.i, len(p.opened)
		if p.option(syntax.KindListSelectOpt) {
			switch name := p.params.chunk[p.params.used-1].Name; {
			case wire.EqualFold(name, "RECURSIVEMATCH"):
				modifier = start
			case !wire.EqualFold(name, "REMOTE"):
				base = true
			}
		} else if !p.recover(inner, start) {
			return false
		}
		if p.peek() == ')' && modifier >= 0 && !base && !p.quirk(QuirkLoneSelectOption, modifier, modifier+len("RECURSIVEMATCH")) {
			return p.fail(ExpectSP)
		}
		if !p.listMore() {
			if p.failed() {
				return false
			}
			p.close(mark)
			return true
		}
	}
	p.i++
	p.close(mark)
	return true
}

// list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"
//
//	return-option = "SUBSCRIBED" / "CHILDREN" / status-option / option-extension
//
// RFC 5258 §6, RFC 5819 §4, RFC 9051 §9.
func (p *Parser) listReturnOpts() bool {
	mark := p.open(syntax.KindListReturnOpts)
	if !p.word("RETURN") || !p.sp() || !p.options(syntax.KindListReturnOpt) {
		return false
	}
	p.close(mark)
	return true
}

// options reads "(" [option *(SP option)] ")" into the open list of p.params.
func (p *Parser) options(kind syntax.Kind) bool {
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		return true
	}
	p.besides(ExpectRParen)
	for {
		start, inner := p.i, len(p.opened)
		if !p.option(kind) && !p.recover(inner, start) {
			return false
		}
		if !p.listMore() {
			return !p.failed()
		}
	}
}

// option-extension = (option-standard-tag / option-vendor-tag) [SP option-value]
//
//	option-standard-tag = atom        option-vendor-tag = vendor-token "-" atom
//
// RFC 5258 §6.
func (p *Parser) option(kind syntax.Kind) bool {
	mark := p.open(kind)
	start := p.i
	name, ok := p.wordAtom(ExpectAtom)
	if !ok {
		return false
	}
	p.leaf(syntax.KindKeyword, start)
	o := p.params.push()
	o.Name = name
	switch {
	case kind == syntax.KindListReturnOpt && wire.EqualFold(name, "STATUS") && p.commands.list.Status == nil:
		ok = p.statusOption()
	case kind == syntax.KindListReturnOpt && (wire.EqualFold(name, "METADATA") || wire.EqualFold(name, "STATUS")):
		ok = p.sp() && p.optionValue(o)
	case p.peek() == ' ' && p.peekAt(1) == '(':
		ok = p.sp() && p.optionValue(o)
	}
	if !ok {
		p.params.pop()
		return false
	}
	o.Span = p.span(start)
	p.close(mark)
	return p.spend(1)
}

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
//
// RFC 5819 §4. The items are in Status, the option itself in Return. Said again, which RFC 5258 §3 allows, it is an option with a value.
func (p *Parser) statusOption() bool {
	mark := p.openAt(syntax.KindStatusOption, p.i)
	ok := p.sp() && p.statusAtts()
	p.commands.list.Status = p.statuses.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// option-value = "(" option-val-comp ")"
//
//	option-val-comp = astring / option-val-comp *(SP option-val-comp) / "(" option-val-comp ")"
//
// RFC 5258 §6.
func (p *Parser) optionValue(o *imap.Param) bool {
	mark := p.open(syntax.KindOptionValue)
	o.HasValue = true
	if p.peek() != '(' {
		return p.fail(ExpectLParen)
	}
	if p.peekAt(1) == ')' {
		p.i++
		return p.fail(ExpectAstring)
	}
	if !p.value(&o.Value, valueTagged) {
		return false
	}
	p.close(mark)
	return true
}
