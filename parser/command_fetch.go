package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")") [fetch-modifiers]
//
// RFC 4466 §3. QuirkEmptyList takes "()", QuirkUnparenthesizedItems several items without parentheses.
func (p *Parser) fetchCommand() bool {
	mark := p.openCommand(syntax.KindFetch)
	a := &p.commands.fetch
	*a = imap.FetchArgs{}
	p.cmd.Args = a
	if !p.setArgument(&a.Set) {
		return false
	}
	p.besides(ExpectLParen)
	switch {
	case p.peek() == '(':
		a.Paren = true
		ok := p.fetchAttList(syntax.KindFetchAtts)
		a.Atts = p.commands.atts.list()
		if !ok {
			return false
		}
	case p.fetchMacro(a):
	default:
		ok := p.fetchAtt(p.commands.atts.push(), false)
		for ok && p.peek() == ' ' && class[p.peekAt(1)]&clsAtom != 0 && p.quirk(QuirkUnparenthesizedItems, p.i, p.i+1) {
			p.i++
			ok = p.fetchAtt(p.commands.atts.push(), false)
		}
		a.Atts = p.commands.atts.list()
		if !ok {
			return false
		}
	}
	if !p.plainEnd() && !p.lastParams(fetchModifiers, &a.Mods) {
		return false
	}
	p.close(mark)
	return true
}

// fetchMacro takes ALL, FAST or FULL.
func (p *Parser) fetchMacro(a *imap.FetchArgs) bool {
	var n int
	switch {
	case p.isWord("ALL"):
		a.Macro, n = imap.MacroAll, len("ALL")
	case p.isWord("FAST"):
		a.Macro, n = imap.MacroFast, len("FAST")
	case p.isWord("FULL"):
		a.Macro, n = imap.MacroFull, len("FULL")
	default:
		return false
	}
	start := p.i
	p.i += n
	p.leaf(syntax.KindFetchMacro, start)
	return true
}

// fetchAttList reads "(" fetch-att *(SP fetch-att) ")" into the open list of p.commands.atts.
func (p *Parser) fetchAttList(kind syntax.Kind) bool {
	mark := p.open(kind)
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkEmptyList, p.i, p.i+1) {
		p.i++
		p.close(mark)
		return true
	}
	atts := &p.commands.atts
	for !p.plainAtts() {
		start, inner := p.i, len(p.opened)
		if !p.fetchAtt(atts.push(), true) {
			atts.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(atts.open()) {
		return false
	}
	p.close(mark)
	return true
}

// attWord is the length of the name of an item at the cursor: an atom that ends before the "[" of a section and the "<" of a partial.
func (p *Parser) attWord() int {
	i, b := p.i, p.b
	for i < len(b) && class[b[i]]&clsAtom != 0 && b[i] != '[' && b[i] != '<' {
		i++
	}
	return i - p.i
}

// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822.SIZE" / "BODY" ["STRUCTURE"] / "UID" / "BODY" section [partial] /
//
//	"BODY.PEEK" section [partial] / "BINARY" [".PEEK"] section-binary [partial] / "BINARY.SIZE" section-binary
//
// RFC 9051 §9, and the items of extensions. An unknown item may have a section, a partial and, in a list, a parenthesized argument.
func (p *Parser) fetchAtt(f *imap.FetchAtt, inList bool) bool {
	mark := p.open(syntax.KindFetchAtt)
	start := p.i
	lo, hi, end := packWord(p.b, start)
	if name := imap.AttName(attWords.find(lo, hi)); name != imap.AttUnknown && end < len(p.b) {
		switch p.b[end] {
		case '[':
			if name == imap.AttBody {
				name = imap.AttSection
			}
			fallthrough
		case ' ', ')', '\r':
			f.Name = name
			p.i = end
			p.leaf(syntax.KindKeyword, start)
			if !p.fetchAttArguments(f, p.b[start:end], inList) {
				return false
			}
			p.close(mark)
			return true
		}
	}
	n := p.attWord()
	if n == 0 {
		return p.fail(ExpectFetchAtt)
	}
	if inList && (p.isWord("ALL") || p.isWord("FAST") || p.isWord("FULL")) && !p.quirk(QuirkMacroInList, start, start+n) {
		p.i += n
		return p.fail(ExpectFetchAtt)
	}
	name := p.b[start : start+n]
	f.Name = imap.LookupAtt(name)
	if f.Name == imap.AttBody && p.peekAt(n) == '[' {
		f.Name = imap.AttSection
	}
	ok := true
	switch f.Name {
	case imap.AttUnknown:
		ok = p.unknownAtt(f, inList)
	default:
		p.i += n
		p.leaf(syntax.KindKeyword, start)
		ok = p.fetchAttArguments(f, name, inList)
	}
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// fetchAttArguments reads what belongs to a known item, behind its name.
func (p *Parser) fetchAttArguments(f *imap.FetchAtt, name []byte, inList bool) (ok bool) {
	switch f.Name {
	case imap.AttSection:
		f.Peek = len(name) > len("BODY")
		f.Section, ok = p.section()
		return ok && p.partial(f)
	case imap.AttBinary:
		f.Peek = len(name) > len("BINARY")
		f.Section, ok = p.sectionBinary()
		return ok && p.partial(f)
	case imap.AttBinarySize:
		f.Section, ok = p.sectionBinary()
		return ok
	case imap.AttPreview, imap.AttSnippet:
		at := p.i
		if p.peek() == ' ' {
			at++
		}
		if peekAt(p.b, at) == '(' && (inList || p.previewModAhead(at)) {
			ok = p.sp() && p.previewMods()
			f.Params = p.params.list()
			return ok
		}
	case imap.AttAnnotation:
		return p.annotationAtt(f, name)
	case imap.AttRFC822HeaderLines, imap.AttRFC822HeaderLinesNot:
		return p.headerLines(f, name)
	}
	return true
}

// partial = "<" number64 "." nz-number64 ">"
//
// RFC 9051 §9. It may be absent.
func (p *Parser) partial(f *imap.FetchAtt) (ok bool) {
	if p.peek() != '<' {
		return true
	}
	mark := p.open(syntax.KindPartial)
	p.i++
	f.HasPartial = true
	if f.Offset, ok = p.number64(0); !ok || !p.punct('.', ExpectDot) {
		return false
	}
	if f.Count, ok = p.nzNumber64(0); !ok || !p.punct('>', ExpectGreater) {
		return false
	}
	p.close(mark)
	return true
}

// previewModAhead tells the modifiers of PREVIEW, whose list begins at paren, from those of FETCH, which look alike behind a single item.
func (p *Parser) previewModAhead(paren int) bool {
	at := p.i
	p.i = paren + 1
	is := p.isWord("LAZY") || p.isWord("FUZZY")
	p.i = at
	return is
}

// fetch-att =/ "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]        preview-mod = "LAZY"
//
// RFC 8970 §6. Other modifiers are kept: its drafts had FUZZY.
func (p *Parser) previewMods() bool {
	if !p.lparen() {
		return false
	}
	for {
		start := p.i
		word, ok := p.wordAtom(ExpectAtom)
		if !ok {
			return false
		}
		p.leaf(syntax.KindPreviewMod, start)
		*p.params.push() = imap.Param{Name: word, Span: p.span(start)}
		if !p.listMore() {
			return !p.failed()
		}
	}
}

// fetch-att =/ "ANNOTATION" SP "(" entries SP attribs ")"
//
//	entries = entry-match / "(" entry-match *(SP entry-match) ")"        attribs = attrib / "(" attrib *(SP attrib) ")"
//
// RFC 5257 §5. The value is the list of both, in FetchAtt.Unknown.
func (p *Parser) annotationAtt(f *imap.FetchAtt, name []byte) bool {
	from := p.i
	p.used = true
	u := p.unknowns.one()
	u.Name = name
	f.Unknown = u
	base := len(p.valueStack)
	ok := p.sp() && p.lparen() && p.entryMatches(syntax.KindEntries, syntax.KindEntryMatch) && p.sp() &&
		p.entryMatches(syntax.KindAttribs, syntax.KindAttrib) && p.rparen()
	list := p.values.copyOf(p.valueStack[base:])
	p.valueStack = p.valueStack[:base]
	*p.values.push() = imap.Value{List: list, IsList: true}
	u.Values = p.values.list()
	u.Raw = p.b[from:p.i:p.i]
	return ok
}

// entryMatches reads one list-mailbox or attrib, or a list of them, and leaves it on the value stack.
func (p *Parser) entryMatches(list, item syntax.Kind) bool {
	if p.peek() != '(' {
		return p.entryMatch(item)
	}
	mark := p.open(list)
	base := len(p.valueStack)
	p.lparen()
	ok := true
	for ok = p.entryMatch(item); ok && p.listMore(); {
		ok = p.entryMatch(item)
	}
	ok = ok && !p.failed() && p.spend(len(p.valueStack)-base)
	l := p.values.copyOf(p.valueStack[base:])
	p.valueStack = append(p.valueStack[:base], imap.Value{List: l, IsList: true})
	if ok {
		p.close(mark)
	}
	return ok
}

func (p *Parser) entryMatch(kind syntax.Kind) bool {
	var v imap.Value
	ok := false
	if kind == syntax.KindEntryMatch {
		ok = p.listMailbox(kind, &v.Str)
	} else {
		ok = p.astring(kind, &v.Str)
	}
	if ok {
		p.valueStack = append(p.valueStack, v)
	}
	return ok
}

// fetch_att_old = "RFC822.HEADER.LINES" [".NOT"] SPACE header_list
//
// RFC 2062 §6.4, obsolete.
func (p *Parser) headerLines(f *imap.FetchAtt, name []byte) bool {
	from := p.i
	p.used = true
	u := p.unknowns.one()
	u.Name = name
	f.Unknown = u
	var v imap.Value
	ok := p.sp()
	switch {
	case !ok:
	case p.peek() != '(':
		ok = p.fail(ExpectLParen)
	case p.peekAt(1) == ')':
		p.i++
		ok = p.fail(ExpectAstring)
	default:
		ok = p.value(&v, valueTagged)
		*p.values.push() = v
		u.Values = p.values.list()
	}
	u.Raw = p.b[from:p.i:p.i]
	return ok
}

// unknownAtt reads an item that no RFC here defines: its name with section and partial is Unknown.Name, an argument its value.
func (p *Parser) unknownAtt(f *imap.FetchAtt, inList bool) bool {
	start := p.i
	p.i += p.attWord()
	if p.peek() == '[' && !p.brackets() {
		return false
	}
	if p.peek() == '<' && !p.angles() {
		return false
	}
	p.used = true
	u := p.unknowns.one()
	u.Name = p.b[start:p.i:p.i]
	f.Unknown = u
	p.leaf(syntax.KindAtom, start)
	if inList && p.peek() == ' ' && p.peekAt(1) == '(' {
		p.i++
		from := p.i
		var v imap.Value
		ok := p.value(&v, valueAny)
		*p.values.push() = v
		u.Values = p.values.list()
		u.Raw = p.b[from:p.i:p.i]
		if !ok {
			return false
		}
	}
	p.unknown(start)
	return true
}

// brackets takes "[" ... "]" of an unknown item, quoted strings in it as wholes.
func (p *Parser) brackets() bool {
	for p.i < len(p.b) {
		switch c := p.b[p.i]; {
		case c == ']':
			p.i++
			return true
		case c == '"':
			n, _ := wire.ConsumeQuoted(p.b[p.i:], false)
			if n <= 0 {
				p.i = quotedFault(p.b, p.i)
				return p.fail(ExpectRBracket)
			}
			p.i += n
		case c < ' ' || c >= 0x7F:
			return p.fail(ExpectRBracket)
		default:
			p.i++
		}
	}
	return p.fail(ExpectRBracket)
}

// quotedFault is the offset of the first byte that keeps the quoted string at i from being one, len(b) if it only ends too early.
func quotedFault(b []byte, i int) int {
	for i = plainRun(b, i+1); i < len(b); i = plainRun(b, i) {
		switch c := b[i]; {
		case c == '\\':
			if i+1 < len(b) && b[i+1] != '"' && b[i+1] != '\\' {
				return i + 1
			}
			i += 2
		case c == '"' || c == 0 || c == '\r' || c == '\n' || c >= 0x80:
			return i
		default:
			i++
		}
	}
	return len(b)
}

// angles takes "<" ... ">" of an unknown item.
func (p *Parser) angles() bool {
	p.i++
	for p.i < len(p.b) && (p.b[p.i]-'0' <= 9 || p.b[p.i] == '.') {
		p.i++
	}
	return p.punct('>', ExpectGreater)
}

// fetch-modifier =/ chgsince-fetch-mod / rexpunges-fetch-mod / modifier-partial
//
//	chgsince-fetch-mod = "CHANGEDSINCE" SP mod-sequence-value        rexpunges-fetch-mod = "VANISHED"
//
// RFC 7162 §7, RFC 9394 §4. VANISHED and PARTIAL are for UID FETCH; that is for the session's findings, not for the grammar.
func (p *Parser) fetchModifier(name []byte, o option) (known, ok bool) {
	a := &p.commands.fetch
	switch o {
	case optionChangedSince:
		if !p.sp() {
			return true, false
		}
		p.becomes(syntax.KindChgsinceFetchMod)
		a.ChangedSince, ok = p.nzNumber64(syntax.KindModSequenceValue)
		return true, ok
	case optionVanished:
		a.Vanished = true
		p.becomes(syntax.KindRexpungesFetchMod)
		return true, true
	case optionPartial:
		p.becomes(syntax.KindPartialFetchMod)
		return true, p.modifierPartial(&p.params, name)
	}
	return false, true
}

// modifier-partial = "PARTIAL" SP partial-range
//
//	partial-range       = partial-range-first / partial-range-last
//	partial-range-first = nz-number ":" nz-number        partial-range-last = MINUS nz-number ":" MINUS nz-number
//
// RFC 9394 §4. The parameter goes to the open list of s.
func (p *Parser) modifierPartial(s *slab[imap.Param], name []byte) bool {
	start := p.i - len(name)
	if !p.sp() {
		return false
	}
	from := p.i
	minus := p.peek() == '-'
	if minus {
		p.i++
	}
	if _, ok := p.partialNumber(); !ok || !p.punct(':', ExpectColon) {
		return false
	}
	if minus && !p.punct('-', ExpectHyphen) {
		return false
	}
	if _, ok := p.partialNumber(); !ok {
		return false
	}
	p.leaf(syntax.KindPartialRange, from)
	v := imap.Param{Name: name, HasValue: true}
	v.Value.Str = imap.String{Raw: p.b[from:p.i:p.i], Span: p.span(from), Form: imap.FormAtom}
	v.Span = p.span(start)
	*s.push() = v
	return true
}

// partialNumber is nz-number without a node of its own.
func (p *Parser) partialNumber() (uint32, bool) {
	if p.peek()-'1' > 8 {
		return 0, p.fail(ExpectNzNumber)
	}
	return p.partNumber()
}
