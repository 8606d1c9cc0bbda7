package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// paramUse says whose parameters a list holds: what the RFCs define gets a field of its own, the rest stays a Param.
type paramUse uint8

const (
	selectParams paramUse = iota
	createParams
	renameParams
	fetchModifiers
	storeModifiers
	metadataOptions
	scopeOptions
)

// paramKinds has the kinds of the list, of an element and of its name.
var paramKinds = [...]struct{ list, item, name syntax.Kind }{
	selectParams:    {syntax.KindSelectParams, syntax.KindSelectParam, syntax.KindSelectParamName},
	createParams:    {syntax.KindCreateParams, syntax.KindCreateParam, syntax.KindCreateParamName},
	renameParams:    {syntax.KindRenameParams, syntax.KindRenameParam, syntax.KindRenameParamName},
	fetchModifiers:  {syntax.KindFetchModifiers, syntax.KindFetchModifier, syntax.KindFetchModifierName},
	storeModifiers:  {syntax.KindStoreModifiers, syntax.KindStoreModifier, syntax.KindStoreModifierName},
	metadataOptions: {syntax.KindGetmetadataOptions, syntax.KindGetmetadataOption, syntax.KindTaggedExtLabel},
	scopeOptions:    {syntax.KindScopeOptions, syntax.KindScopeOption, syntax.KindTaggedExtLabel},
}

// select-params = SP "(" select-param *(SP select-param) ")"
//
//	select-param = select-param-name [SP select-param-value]
//	select-param-name = tagged-ext-label        select-param-value = tagged-ext-val
//
// RFC 4466 §3. create-params, rename-params, fetch-modifiers, store-modifiers, and the options of RFC 5464 and RFC 7377 have the same form.
// The cursor stands at "(". The parameters that no field has are the open list of p.params.
func (p *Parser) paramList(use paramUse) bool {
	k := &paramKinds[use]
	mark := p.open(k.list)
	if use == selectParams && p.Quirks.Has(QuirkUnparenthesizedItems) && (p.isWord("CONDSTORE") || p.isWord("QRESYNC")) {
		return p.bareParams(use, mark)
	}
	if !p.lparen() {
		return false
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.paramOf(use) && !p.recover(inner, start) {
			return false
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() {
		return false
	}
	p.close(mark)
	return true
}

// lastParams reads [SP params] at the end of a command.
func (p *Parser) lastParams(use paramUse, params *[]imap.Param) bool {
	if !p.more() {
		return p.endOf()
	}
	ok := p.paramList(use)
	*params = p.params.list()
	return ok
}

// bareParams reads parameters without their parentheses: QuirkUnparenthesizedItems. Only words that are known to be parameters begin them, or a
// name with a blank that should be in quotes would pass for a name and its parameter.
func (p *Parser) bareParams(use paramUse, mark int) bool {
	start := p.i
	for {
		if !p.paramOf(use) {
			return false
		}
		if !p.more() {
			break
		}
	}
	p.close(mark)
	return p.endOf() && p.quirk(QuirkUnparenthesizedItems, start, p.i)
}

// paramOf reads one parameter.
func (p *Parser) paramOf(use paramUse) bool {
	k := &paramKinds[use]
	mark := p.open(k.item)
	start := p.i
	name, o, ok := p.optionLabel(k.name)
	if !ok {
		return false
	}
	var known bool
	switch {
	case o != optionUnknown && p.paramTwice(use, o):
		known, ok = p.paramAgain(name, start, o)
	case use == selectParams:
		known, ok = p.selectParam(o)
	case use == createParams:
		known, ok = p.useParam(o)
	case use == fetchModifiers:
		known, ok = p.fetchModifier(name, o)
	case use == storeModifiers:
		known, ok = p.storeModifier(o)
	case use == metadataOptions:
		known, ok = p.metadataOption(o)
	}
	if !known {
		ok = p.param(name, start, p.valueFollows())
	}
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// paramTwice says that a parameter that a field has was there before: the field has room for one, and the next becomes a Param. No RFC forbids to
// say it again, and RFC 4466 §3 derives it.
func (p *Parser) paramTwice(use paramUse, o option) bool {
	switch c := &p.commands; use {
	case selectParams:
		return c.sel.CondStore && o == optionCondStore || c.sel.QResync != nil && o == optionQResync
	case createParams:
		return c.create.Use != nil && o == optionUse
	case fetchModifiers:
		return c.fetch.ChangedSince != 0 && o == optionChangedSince || c.fetch.Vanished && o == optionVanished
	case storeModifiers:
		return c.storeArgs.HasUnchangedSince && o == optionUnchangedSince
	case metadataOptions:
		return c.metadata.HasMaxSize && o == optionMaxSize || c.metadata.Depth != nil && o == optionDepth
	}
	return false
}

// paramAgain reads a parameter that was there before, where its value is none of the generic syntax.
//
//	create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")"        scope-opt = "DEPTH" SP ("0" / "1" / "infinity")
//
// RFC 6154 §6, RFC 5464 §5.
func (p *Parser) paramAgain(name []byte, start int, o option) (known, ok bool) {
	v := imap.Param{Name: name, HasValue: true}
	switch o {
	case optionUse:
		if !p.sp() {
			return true, false
		}
		p.used = true
		attrs, ok := p.flagList(syntax.KindUseAttrs, flagsOfUse)
		for _, a := range attrs {
			*p.values.push() = imap.Value{Str: imap.String{Raw: a.Name, Span: a.Span, Form: imap.FormAtom}}
		}
		v.Value = imap.Value{List: p.values.emptyList(), IsList: true}
		if !ok {
			return true, false
		}
	case optionDepth:
		at := p.i + 1
		if !p.sp() || p.wordOf(syntax.KindScopeOpt, "0", "1", "INFINITY") < 0 {
			return true, false
		}
		v.Value.Str = imap.String{Raw: p.b[at:p.i:p.i], Span: p.span(at), Form: imap.FormAtom}
	default:
		return false, true
	}
	v.Span = p.span(start)
	*p.params.push() = v
	return true, p.spend(1)
}

// valueFollows says that SP and a tagged-ext-val follow a label, rather than the next label or the end of the list.
func (p *Parser) valueFollows() bool {
	if p.peek() != ' ' {
		return false
	}
	c := p.peekAt(1)
	return c == '(' || c-'0' <= 9 || c == '*' || c == '$'
}

// tagged-ext-label = tagged-label-fchar *tagged-label-char
//
//	tagged-label-fchar = ALPHA / "-" / "_" / "."        tagged-label-char = tagged-label-fchar / DIGIT / ":"
//
// RFC 4466 §3. QuirkLabelChars takes any atom.
func (p *Parser) extLabel(kind syntax.Kind) ([]byte, bool) {
	start, i, b := p.i, p.i, p.b
	for i < len(b) {
		c := b[i]
		if l := lower(c); l-'a' > 25 && c != '-' && c != '_' && c != '.' && (i == start || c-'0' > 9 && c != ':') {
			break
		}
		i++
	}
	if i < len(b) && class[b[i]]&clsAtom != 0 && p.Quirks.Has(QuirkLabelChars) {
		n := p.run(clsAtom)
		if start+n < len(b) {
			p.quirk(QuirkLabelChars, start, start+n)
			i = start + n
		}
	}
	if i == start {
		return nil, p.fail(ExpectAtom)
	}
	p.i = i
	p.leaf(kind, start)
	return b[start:i:i], true
}

// option is a parameter or an option of a command that means something to its rule.
type option uint8

const (
	optionUnknown option = iota
	optionOther          // known, but read like an unknown one
	optionCondStore
	optionQResync
	optionUse
	optionChangedSince
	optionVanished
	optionUnchangedSince
	optionPartial
	optionMaxSize
	optionDepth
	optionUpdate
	optionContext
)

// optionLabel reads a tagged-ext-label that may be an option.
func (p *Parser) optionLabel(kind syntax.Kind) (name []byte, o option, ok bool) {
	b, start := p.b, p.i
	lo, hi, end := packWord(b, start)
	o = option(optionWords.find(lo, hi))
	if o != optionUnknown && end < len(b) && (b[end] == ' ' || b[end] == ')') {
		p.i = end
		p.leaf(kind, start)
		return b[start:end:end], o, true
	}
	name, ok = p.extLabel(kind)
	if len(name) != end-start {
		o = optionUnknown
	}
	return name, o, ok
}

// argument is astring where a client may have forgotten the quotes: QuirkUnquotedArgument takes everything up to the next blank or ")".
func (p *Parser) argument(rule syntax.Kind, s *imap.String) bool {
	if end := plainAString(p.b, p.i, s); end > 0 {
		p.i = end
		p.plainLeaf(rule, s)
		return true
	}
	c := p.peek()
	if c == '"' || c == '{' {
		return p.astring(rule, s)
	}
	n := p.unquoted(p.run(clsAstring))
	if n == 0 {
		return p.fail(ExpectAstring)
	}
	p.setAtom(rule, s, n)
	return true
}

// unquoted is how many bytes an argument has that is no string, n of which an atom may have. QuirkUnquotedArgument takes what follows them.
func (p *Parser) unquoted(n int) int {
	next := p.peekAt(n)
	if next <= ' ' || next == ')' || next == '(' || !p.Quirks.Has(QuirkUnquotedArgument) {
		return n
	}
	m := n
	for next > ' ' && next != ')' && next != 0x7F {
		m++
		next = p.peekAt(m)
	}
	if p.i+m >= len(p.b) {
		return n
	}
	p.quirk(QuirkUnquotedArgument, p.i, p.i+m)
	return m
}

// mailboxArgument is mailbox with the leniency of argument.
func (p *Parser) mailboxArgument(m *imap.Mailbox) bool {
	m.UTF8 = p.UTF8
	if end := plainAString(p.b, p.i, &m.Wire); end > 0 {
		p.i = end
		p.plainLeaf(syntax.KindMailbox, &m.Wire)
		return true
	}
	c := p.peek()
	if class[c]&clsAstring != 0 || c >= 0x80 && p.Quirks.Has(QuirkUnquotedArgument) {
		return p.argument(syntax.KindMailbox, &m.Wire)
	}
	if c == '*' && p.UTF8 {
		return p.utf8Quoted(m)
	}
	return p.mailbox(m)
}

// utf8-quoted = "*" DQUOTE *UQUOTED-CHAR DQUOTE
//
// RFC 5738 §3.1, obsolete: how clients wrote UTF-8 before quoted strings could hold it.
func (p *Parser) utf8Quoted(m *imap.Mailbox) bool {
	start := p.i
	p.i++
	if p.peek() != '"' {
		return p.fail(ExpectQuote)
	}
	if !p.quoted(syntax.KindUtf8Quoted, &m.Wire) {
		return false
	}
	m.Wire.Span = p.span(start)
	return true
}

// wordOf takes one of a closed set of keywords, written in upper case, at the cursor and says which, or -1.
func (p *Parser) wordOf(kind syntax.Kind, words ...string) int {
	for k, w := range words {
		if p.isWord(w) {
			start := p.i
			p.i += len(w)
			p.leaf(kind, start)
			return k
		}
	}
	c := p.choice()
	for _, w := range words {
		c.add(w)
	}
	c.fail(ExpectWord, ExpectSP)
	return -1
}

// becomes changes the kind of the innermost open node to that of the rule which its name has told.
func (p *Parser) becomes(kind syntax.Kind) {
	if p.Tree != nil {
		p.setRule(kind)
	}
}

func (p *Parser) setRule(kind syntax.Kind) {
	if len(p.opened) > 0 {
		p.Tree.Nodes[p.opened[len(p.opened)-1]].Kind = kind
	}
}
