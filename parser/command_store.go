package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags
//
// RFC 4466 §3. QuirkMissingSpace takes no SP before the sign of the item.
func (p *Parser) storeCommand() bool {
	mark := p.openCommand(syntax.KindStore)
	a := &p.commands.storeArgs
	*a = imap.StoreArgs{}
	p.cmd.Args = a
	if (engine || !p.plainStore(a)) && !p.storeArguments(a) {
		return false
	}
	p.close(mark)
	return true
}

// storeArguments reads SP sequence-set [store-modifiers] SP store-att-flags.
func (p *Parser) storeArguments(a *imap.StoreArgs) bool {
	if !p.sp() || !p.sequenceSet(0, &a.Set) {
		return false
	}
	if c := p.peek(); c != '+' && c != '-' || !p.quirk(QuirkMissingSpace, p.i, p.i+1) {
		if !p.sp() {
			return false
		}
	}
	p.besides(ExpectLParen)
	if p.peek() == '(' {
		ok := p.paramList(storeModifiers)
		a.Mods = p.params.list()
		if !ok || !p.sp() {
			return false
		}
	}
	return p.storeAttFlags(a)
}

// store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer
//
// RFC 7162 §7.
func (p *Parser) storeModifier(o option) (known, ok bool) {
	if o != optionUnchangedSince {
		return false, true
	}
	a := &p.commands.storeArgs
	a.HasUnchangedSince = true
	if !p.sp() {
		return true, false
	}
	a.UnchangedSince, ok = p.number64(syntax.KindModSequenceValzer)
	return true, ok
}

// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
//
// RFC 9051 §9; also ANNOTATION (RFC 5257 §5) and X-GM-LABELS (Gmail).
func (p *Parser) storeAttFlags(a *imap.StoreArgs) bool {
	mark := p.open(syntax.KindStoreAttFlags)
	start := p.i
	switch p.peek() {
	case '+':
		a.Op = imap.StoreAdd
		p.i++
	case '-':
		a.Op = imap.StoreRemove
		p.i++
	}
	switch {
	case p.isWord("FLAGS"):
		p.i += len("FLAGS")
	case p.isWord("FLAGS.SILENT"):
		p.i += len("FLAGS.SILENT")
		a.Silent = true
	case p.isWord("X-GM-LABELS"):
		p.i += len("X-GM-LABELS")
		a.Labels = true
	case p.isWord("X-GM-LABELS.SILENT"):
		p.i += len("X-GM-LABELS.SILENT")
		a.Labels, a.Silent = true, true
	case a.Op == imap.StoreReplace && p.isWord("ANNOTATION"):
		p.i += len("ANNOTATION")
		p.leaf(syntax.KindStoreAttItem, start)
		return p.sp() && p.attAnnotate(a, mark)
	case a.Op == imap.StoreReplace:
		return p.failStoreItem("ANNOTATION", "+", "-")
	default:
		return p.failStoreItem()
	}
	p.leaf(syntax.KindStoreAttItem, start)
	if !p.sp() {
		return false
	}
	use, ok := flagsOfMessage, false
	if a.Labels {
		use = flagsGmail
	}
	if p.peek() == '(' {
		a.Flags, ok = p.flagList(syntax.KindFlagList, use)
	} else {
		p.besides(ExpectLParen)
		ok = p.bareFlags(use)
		a.Flags = p.flags.list()
	}
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// failStoreItem fails at what is no item to store, and none of the words that could stand there besides.
func (p *Parser) failStoreItem(words ...string) bool {
	c := p.choice()
	for _, w := range [...]string{"FLAGS", "FLAGS.SILENT", "X-GM-LABELS", "X-GM-LABELS.SILENT"} {
		c.add(w)
	}
	for _, w := range words {
		c.add(w)
	}
	return c.fail(ExpectWord, ExpectSP)
}

// bareFlags reads flag *(SP flag) into the open list of p.flags.
func (p *Parser) bareFlags(use flagUse) bool {
	for {
		if !p.bareFlag(p.flags.push(), use) {
			p.flags.pop()
			return false
		}
		if !p.more() {
			return p.endOf() && p.spend(p.flags.open())
		}
	}
}

// bareFlag is a flag that no ")" follows.
func (p *Parser) bareFlag(f *imap.Flag, use flagUse) bool {
	if c := p.peek(); use == flagsGmail && (c == '"' || c == '{') {
		return p.stringFlag(f)
	}
	i := p.i
	if p.peek() == '\\' {
		i++
	}
	end := i
	for end < len(p.b) && class[p.b[end]]&clsAtom != 0 {
		end++
	}
	if end == i {
		p.i = i
		return p.fail(ExpectFlag)
	}
	p.setFlag(f, use, end)
	return true
}

// att-annotate = "ANNOTATION" SP "(" entry-att *(SP entry-att) ")"
//
//	entry-att = entry SP "(" att-value *(SP att-value) ")"
//
// RFC 5257 §5. The values alternate: an entry, the list of its attributes and values.
func (p *Parser) attAnnotate(a *imap.StoreArgs, outer int) bool {
	p.used = true
	mark := p.open(syntax.KindAttAnnotate)
	base := len(p.valueStack)
	ok := p.entryAtts()
	a.Annotation = p.values.copyOf(p.valueStack[base:])
	p.valueStack = p.valueStack[:base]
	if !ok {
		return false
	}
	p.close(mark)
	p.close(outer)
	return true
}

// entryAtts reads "(" entry-att *(SP entry-att) ")" and leaves entries and lists on the value stack.
func (p *Parser) entryAtts() bool {
	if !p.lparen() {
		return false
	}
	for {
		mark := p.open(syntax.KindEntryAtt)
		if !p.entryMatch(syntax.KindEntry) || !p.sp() || !p.attValues() {
			return false
		}
		p.close(mark)
		if !p.listMore() {
			return !p.failed()
		}
	}
}

// attValues reads "(" att-value *(SP att-value) ")" and leaves it on the value stack as one list.
//
//	att-value = attrib SP value        value = nstring / literal8
//
// RFC 5257 §5.
func (p *Parser) attValues() bool {
	base := len(p.valueStack)
	if !p.lparen() {
		return false
	}
	ok := true
	for {
		mark := p.open(syntax.KindAttValue)
		if ok = p.entryMatch(syntax.KindAttrib) && p.sp(); !ok {
			break
		}
		var v imap.Value
		if ok = p.nstringOrLiteral8(syntax.KindValue, &v.Str); !ok {
			break
		}
		p.valueStack = append(p.valueStack, v)
		p.close(mark)
		if !p.listMore() {
			ok = !p.failed()
			break
		}
	}
	ok = ok && p.spend(len(p.valueStack)-base)
	list := p.values.copyOf(p.valueStack[base:])
	p.valueStack = append(p.valueStack[:base], imap.Value{List: list, IsList: true})
	return ok
}

// value = nstring / literal8
//
// RFC 5257 §5, RFC 5464 §5.
func (p *Parser) nstringOrLiteral8(rule syntax.Kind, s *imap.String) bool {
	if p.peek() == '~' {
		return p.literal8(rule, s)
	}
	p.besides(ExpectLiteral)
	return p.nstring(rule, s)
}

// copy = "COPY" SP sequence-set SP mailbox        move = "MOVE" SP sequence-set SP mailbox
//
// RFC 9051 §9, RFC 6851 §5.
func (p *Parser) copy(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := &p.commands.copy
	*a = imap.CopyArgs{}
	p.cmd.Args = a
	if !p.setArgument(&a.Set) || !p.mailboxArgument(&a.Mailbox) {
		return false
	}
	p.close(mark)
	return true
}

// uid-expunge = "EXPUNGE" SP sequence-set
//
// RFC 9051 §9.
func (p *Parser) uidExpunge() bool {
	mark := p.openCommand(syntax.KindUidExpunge)
	a := &p.commands.expunge
	*a = imap.ExpungeArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.sequenceSet(0, &a.Set) {
		return false
	}
	p.close(mark)
	return true
}
