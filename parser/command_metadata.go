package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
//
// RFC 5464 §5. The options come before the mailbox, although an example in §4.2.2 has them behind it (erratum 2785);
// QuirkMetadataOptionsAfterMailbox takes them there too. QuirkMissingList takes it without entries.
func (p *Parser) getMetadata() bool {
	mark := p.openCommand(syntax.KindGetmetadata)
	a := &p.commands.metadata
	*a = imap.MetadataArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	p.besides(ExpectLParen)
	if p.peek() == '(' && (!p.metadataOptions() || !p.sp()) {
		return false
	}
	if !p.mailboxArgument(&a.Mailbox) {
		return false
	}
	if p.atEnd() && p.quirk(QuirkMissingList, p.i, p.i) {
		p.close(mark)
		return true
	}
	if !p.sp() {
		return false
	}
	if p.metadataOptionsAhead() && p.quirk(QuirkMetadataOptionsAfterMailbox, p.i, p.i+1) {
		if !p.metadataOptions() || !p.sp() {
			return false
		}
	}
	ok := p.entries()
	a.Entries = p.pairs.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"        getmetadata-option = tagged-ext-label [SP tagged-ext-val]
//
// RFC 5464 §5.
func (p *Parser) metadataOptions() bool {
	ok := p.paramList(metadataOptions)
	p.commands.metadata.Params = p.params.list()
	return ok
}

// metadataOptionsAhead says that the list at the cursor has MAXSIZE or DEPTH first and that more follows it: it is not the entries, then, which
// may have these names too.
func (p *Parser) metadataOptionsAhead() bool {
	if p.peek() != '(' {
		return false
	}
	at := p.i
	p.i++
	is := p.isWord("MAXSIZE") || p.isWord("DEPTH")
	for is && (class[p.peek()]&clsAtom != 0 || p.peek() == ' ') {
		p.i++
	}
	is = is && p.peek() == ')' && p.peekAt(1) == ' '
	p.i = at
	return is
}

// maxsize-opt = "MAXSIZE" SP number        scope-opt = "DEPTH" SP ("0" / "1" / "infinity")
//
// RFC 5464 §5.
func (p *Parser) metadataOption(o option) (known, ok bool) {
	a := &p.commands.metadata
	switch o {
	case optionMaxSize:
		if !p.sp() {
			return true, false
		}
		n, ok := p.number(syntax.KindMaxsizeOpt)
		a.MaxSize, a.HasMaxSize = uint64(n), ok
		return true, ok
	case optionDepth:
		if !p.sp() {
			return true, false
		}
		start := p.i
		if p.wordOf(syntax.KindScopeOpt, "0", "1", "INFINITY") < 0 {
			return true, false
		}
		a.Depth = p.b[start:p.i:p.i]
		return true, true
	}
	return false, true
}

// entries = entry / "(" entry *(SP entry) ")"
//
// RFC 5464 §5. The entries are the open list of p.pairs, their values NIL. QuirkUnparenthesizedItems takes several without parentheses, as two
// examples of §4.2 had them (erratum 3868).
func (p *Parser) entries() bool {
	mark := p.open(syntax.KindEntries)
	if p.peek() != '(' {
		p.besides(ExpectLParen)
		if !p.entry(&p.pairs.push().Key) {
			p.pairs.pop()
			return false
		}
		for p.peek() == ' ' && class[p.peekAt(1)]&clsAstring != 0 && p.quirk(QuirkUnparenthesizedItems, p.i, p.i+1) {
			p.i++
			if !p.entry(&p.pairs.push().Key) {
				p.pairs.pop()
				return false
			}
		}
		p.close(mark)
		return true
	}
	p.lparen()
	for {
		start, inner := p.i, len(p.opened)
		if !p.entry(&p.pairs.push().Key) {
			p.pairs.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.pairs.open()) {
		return false
	}
	p.close(mark)
	return true
}

// entry = astring
//
// RFC 5464 §5: "MUST NOT contain "*" or "%"", and §3.1: no two consecutive slashes, none at the end, no octets 0x00 to 0x19 or outside ASCII.
// QuirkEntryName takes any string.
func (p *Parser) entry(s *imap.String) bool {
	start := p.i
	if !p.argument(syntax.KindEntry, s) {
		return false
	}
	bad, end := -1, p.i
	if s.Form == imap.FormQuoted {
		end--
	}
	for k, c := range s.Raw {
		if c == '*' || c == '%' || c <= 0x19 || c >= 0x80 || c == '/' && k > 0 && s.Raw[k-1] == '/' {
			bad = end - len(s.Raw) + k
			break
		}
		if c == '/' && k+1 == len(s.Raw) {
			bad = end
		}
	}
	if bad < 0 || p.quirk(QuirkEntryName, start, p.i) {
		return true
	}
	if s.Form != imap.FormAtom {
		bad = end // a string is looked at when it has ended
	}
	p.i = bad
	return p.fail(ExpectAstring)
}

// setmetadata = "SETMETADATA" SP mailbox SP entry-values        entry-values = "(" entry-value *(SP entry-value) ")"
//
// RFC 5464 §5.
func (p *Parser) setMetadata() bool {
	mark := p.openCommand(syntax.KindSetmetadata)
	a := &p.commands.metadata
	*a = imap.MetadataArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() {
		return false
	}
	ok := p.setEntryValues()
	a.Entries = p.pairs.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// setEntryValues reads entry-values into the open list of p.pairs.
//
//	entry-value = entry SP value        value = nstring / literal8
func (p *Parser) setEntryValues() bool {
	mark := p.open(syntax.KindEntryValues)
	if !p.lparen() {
		return false
	}
	for {
		start, inner := p.i, len(p.opened)
		pair := p.pairs.push()
		if !p.entry(&pair.Key) || !p.sp() || !p.nstringOrLiteral8(syntax.KindValue, &pair.Value) {
			p.pairs.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.pairs.open()) {
		return false
	}
	p.close(mark)
	return true
}
