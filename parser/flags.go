package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// flagUse says which list of flags is being read.
type flagUse uint8

const (
	flagsOfMessage flagUse = iota // flag-list, flag-fetch
	flagsPermanent                // flag-perm: also "\*"
	flagsOfMailbox                // mbx-list-flags: "\" atom only
	flagsOfUse                    // use-attr: likewise
	flagsGmail                    // X-GM-LABELS: flags and astrings
)

// slashed says that each element of the list begins with a backslash.
func (u flagUse) slashed() bool { return u == flagsOfMailbox || u == flagsOfUse }

// flag-list = "(" [flag *(SP flag)] ")"
//
// RFC 9051 §9. The result is nil only when the list could not be read at all.
func (p *Parser) flagList(kind syntax.Kind, use flagUse) (list []imap.Flag, ok bool) {
	if list, ok = p.plainFlagList(kind, use); ok {
		return list, true
	}
	mark := p.open(kind)
	if !p.lparen() {
		return nil, false
	}
	if p.i < len(p.b) && p.b[p.i] == ')' {
		p.i++
		p.close(mark)
		return p.flags.emptyList(), true
	}
	if p.flags.open() == 0 {
		p.besides(ExpectRParen)
	}
	for {
		start := p.i
		inner := len(p.opened)
		if !p.flag(p.flags.push(), use) {
			p.flags.pop()
			if !p.recover(inner, start) {
				return p.flags.list(), false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.flags.open()) {
		return p.flags.list(), false
	}
	p.close(mark)
	return p.flags.emptyList(), true
}

// plainFlagList reads a list of flags in the plain form of plain.go. On false nothing was taken.
func (p *Parser) plainFlagList(kind syntax.Kind, use flagUse) (list []imap.Flag, ok bool) {
	start := p.i
	if use == flagsGmail || start >= len(p.b) || p.b[start] != '(' {
		return nil, false
	}
	end := p.flagsAt(start+1, use)
	if end < 0 {
		return nil, false
	}
	list = p.flags.emptyList()
	if p.Tree != nil {
		p.flagListNodes(kind, start, end, list, use)
	}
	p.i = end
	return list, true
}

// flagsAt reads [flag *(SP flag)] ")" at i into the open list of p.flags, with plain flags only, and counts them.
//
// What flags come, and how long they are, the processor cannot guess, so there is no branch on it: both halves of a word of up to sixteen bytes are
// read, whatever the first of them says.
func (p *Parser) flagsAt(i int, use flagUse) (end int) {
	b, flags := p.b, &p.flags
	if i < len(b) && b[i] == ')' {
		return i + 1
	}
	for {
		var lo, hi uint64
		switch {
		case i+16 <= len(b):
			lo, hi = load64(b, i), load64(b, i+8)
		case i+8 <= len(b):
			lo, hi = load64(b, i), last8(b, i+8)
		default:
			lo = last8(b, i)
		}
		prefix := flagPrefix[byte(lo)]
		m, rest := wordStops(lo)&^uint64(prefix), wordStops(hi)
		below, belowRest := int64((m-1)&^m), int64((rest-1)&^rest) // the bits below the first mark, all if there is none
		none := uint64(below >> 63)
		n := bits.TrailingZeros64(m)>>3 + bits.TrailingZeros64(rest)>>3&int(none)
		lo, hi = upperWord(lo)&uint64(below>>7), upperWord(hi)&uint64(belowRest>>7)&none
		end = i + n
		if end >= len(b) || n == 0 || n == 1 && prefix != 0 || use.slashed() && b[i] != '\\' {
			break
		}
		flags.room()
		f := flags.next()
		f.Known = imap.KnownFlag(flagWords.find(lo, hi))
		if b[end] != ' ' && b[end] != ')' { // it is longer, or has other bytes than keywords have
			for end < len(b) && class[b[end]]&clsAtom != 0 {
				end++
			}
			if end == len(b) || b[end] != ' ' && b[end] != ')' {
				break
			}
			f.Known = imap.LookupFlag(b[i:end])
		}
		f.Name, f.Span = b[i:end:end], spanOf(i, end)
		i = end + 1
		if b[end] == ')' {
			if p.nodes < flags.open() {
				break
			}
			p.nodes -= flags.open()
			return i
		}
	}
	flags.used = flags.start
	return unusual
}

// flagListNodes adds the nodes of a list of flags from start to end.
func (p *Parser) flagListNodes(kind syntax.Kind, start, end int, list []imap.Flag, use flagUse) {
	at := len(p.Tree.Nodes)
	nodes := append(p.Tree.Nodes, syntax.Node{Kind: kind, Span: spanOf(start, end), Next: uint32(at + 1 + len(list))})
	for k := range list {
		nodes = append(nodes, syntax.Node{Kind: flagKind(&list[k], use), Span: list[k].Span, Next: uint32(len(nodes) + 1)})
	}
	p.Tree.Nodes = nodes
}

// flagPrefix marks the bytes that only the first of a flag may be, as far as flagsAt goes.
var flagPrefix = [256]uint8{'\\': 0x80, '$': 0x80}

// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
//
//	flag-keyword = "$MDNSent" / … / atom    flag-extension = "\" atom    flag-perm = flag / "\*"
func (p *Parser) flag(f *imap.Flag, use flagUse) bool {
	b, start := p.b, p.i
	i := start
	if i < len(b) && b[i] == '\\' {
		i++
	}
	first := i
	for i < len(b) && class[b[i]]&clsAtom != 0 {
		i++
	}
	if i == first || i >= len(b) || b[i] != ' ' && b[i] != ')' || use >= flagsOfMailbox && first == start {
		return p.flagSlow(f, use, i)
	}
	p.i = i
	f.Name, f.Span = b[start:i:i], spanOf(start, i)
	f.Known = imap.LookupFlag(f.Name)
	p.flagLeaf(f, use)
	return true
}

// flagLeaf adds the token of a flag.
func (p *Parser) flagLeaf(f *imap.Flag, use flagUse) {
	if p.Tree != nil {
		p.addToken(0, flagKind(f, use), f.Span)
	}
}

// flagKind is the rule that a flag belongs to, by where it stands.
//
//	flag-fetch     = flag / obsolete-flag-recent        flag-perm = flag / "\*"        use-attr = "\All" / … (RFC 6154 §6)
//	mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" / "\Unmarked"        mbx-list-oflag = "\Noinferiors" / … / flag-extension
//	flag-keyword   = atom                               flag-extension = "\" atom
func flagKind(f *imap.Flag, use flagUse) syntax.Kind {
	switch use {
	case flagsGmail: // labels
		return syntax.KindFlag
	case flagsOfUse:
		return syntax.KindUseAttr
	case flagsOfMailbox:
		switch f.Known {
		case imap.FlagNonExistent, imap.FlagNoselect, imap.FlagMarked, imap.FlagUnmarked:
			return syntax.KindMbxListSflag
		}
		return syntax.KindMbxListOflag
	}
	kind := syntax.KindFlagKeyword
	if len(f.Name) > 0 && f.Name[0] == '\\' {
		kind = syntax.KindFlagExtension
	}
	if k := systemFlagKinds[f.Known]; k != 0 {
		kind = k
	}
	return kind
}

// systemFlagKinds has the rules of the flags that are neither keywords nor extensions.
var systemFlagKinds = [256]syntax.Kind{
	imap.FlagStar: syntax.KindFlagPerm, imap.FlagRecent: syntax.KindFlagFetch,
	imap.FlagAnswered: syntax.KindFlag, imap.FlagFlagged: syntax.KindFlag, imap.FlagDeleted: syntax.KindFlag, imap.FlagSeen: syntax.KindFlag, imap.FlagDraft: syntax.KindFlag,
}

// setFlag makes the bytes from the cursor to end the flag.
func (p *Parser) setFlag(f *imap.Flag, use flagUse, end int) {
	start := p.i
	p.i = end
	f.Name, f.Span = p.b[start:end:end], p.span(start)
	f.Known = imap.LookupFlag(f.Name)
	p.flagLeaf(f, use)
}

// anyFlag is what flag-perm has for "flags of any name may be made".
var anyFlag = []byte(`\*`)

// flagSlow reads the flags that are not simply atoms; i is where the atom at the cursor, after its backslash, ends.
func (p *Parser) flagSlow(f *imap.Flag, use flagUse, i int) bool {
	start := p.i
	slash := p.peek() == '\\'
	name := i - start
	if slash {
		name--
	}
	next := peekAt(p.b, i)
	switch {
	case use.slashed() && !slash && !p.lenient():
		return p.fail(ExpectFlag)
	case i >= len(p.b):
		p.i = i
		return p.fail(ExpectFlag)
	case slash && name == 0 && next == '*':
		if use == flagsPermanent || p.quirk(QuirkStarInFlags, start, i+1) {
			p.setFlag(f, use, i+1)
			return true
		}
		p.i = i
		return p.fail(ExpectFlag)
	case !slash && name == 0 && next == '*' && p.Quirks.Has(QuirkStarInFlags) && (peekAt(p.b, i+1) == ' ' || peekAt(p.b, i+1) == ')'):
		p.quirk(QuirkStarInFlags, start, i+1)
		p.setFlag(f, use, i+1)
		f.Name, f.Known = anyFlag, imap.LookupFlag(anyFlag)
		return true
	case slash && name == 0 && (next == ' ' || next == ')') && p.quirk(QuirkEmptyFlag, start, i):
		p.setFlag(f, use, i)
		return true
	case slash && name == 0 && next == '\\' && class[peekAt(p.b, i+1)]&clsAtom != 0 && p.quirk(QuirkEmptyFlag, start, i):
		p.i = i
		return p.flag(f, use)
	case next == '"' && !slash && name == 0 && use == flagsGmail:
		return p.stringFlag(f)
	case next == '{' && !slash && name == 0 && use == flagsGmail:
		return p.stringFlag(f)
	case next == '"' && !slash && name == 0 && p.Quirks.Has(QuirkQuotedFlag):
		if !p.stringFlag(f) {
			return false
		}
		return p.quirk(QuirkQuotedFlag, start, p.i)
	case name == 0 && next != ']':
		p.i = i
		if p.Quirks.Has(Quirk8BitInAtom) && next >= 0x80 {
			p.i = start
			return p.looseFlag(f, use, i)
		}
		return p.fail(ExpectFlag)
	case use.slashed() && !slash:
		if !p.quirk(QuirkAttributeWithoutBackslash, start, i) {
			return p.fail(ExpectFlag)
		}
	}
	if next != ' ' && next != ')' {
		if use == flagsGmail && !slash {
			return p.labelAtom(f, use)
		}
		return p.looseFlag(f, use, i)
	}
	p.setFlag(f, use, i)
	return true
}

// looseFlag reads a flag that has bytes no atom may have: QuirkBracketInAtom, Quirk8BitInAtom. It ends at SP or ")".
func (p *Parser) looseFlag(f *imap.Flag, use flagUse, i int) bool {
	start := p.i
	end, special, high := i, false, false
	for end < len(p.b) && p.b[end] > ' ' && p.b[end] != ')' && p.b[end] != '(' && p.b[end] != '"' && p.b[end] != 0x7F {
		special = special || p.b[end] < 0x80 && class[p.b[end]]&clsAtom == 0
		high = high || p.b[end] >= 0x80
		end++
	}
	if end == i || end >= len(p.b) || special && !p.Quirks.Has(QuirkBracketInAtom) || high && !p.Quirks.Has(Quirk8BitInAtom) {
		p.i = i
		return p.fail(ExpectSP | ExpectRParen)
	}
	if special {
		p.quirk(QuirkBracketInAtom, start, end)
	}
	if high {
		p.quirk(Quirk8BitInAtom, start, end)
	}
	p.setFlag(f, use, end)
	return true
}

// labelAtom reads a Gmail label, which is an astring.
func (p *Parser) labelAtom(f *imap.Flag, use flagUse) bool {
	n := p.run(clsAstring)
	if c := p.peekAt(n); c != ' ' && c != ')' {
		return p.looseFlag(f, use, p.i+n)
	}
	p.setFlag(f, use, p.i+n)
	return true
}

// stringFlag reads a flag that is written as a string. Its name is what stands between the quotes, escapes included.
func (p *Parser) stringFlag(f *imap.Flag) bool {
	var s imap.String
	start := p.i
	if !p.string(syntax.KindFlag, &s) {
		return false
	}
	f.Name, f.Span = s.Raw, p.span(start)
	if s.Escaped {
		f.Name = p.unescape(s.Raw)
	}
	f.Known = imap.LookupFlag(f.Name)
	return true
}

// unescape takes the backslashes of a quoted string out, into storage that lives as long as the values.
func (p *Parser) unescape(raw []byte) []byte {
	p.used = true
	start := len(p.bytes)
	p.bytes = wire.AppendUnquoted(p.bytes, raw)
	return p.bytes[start:len(p.bytes):len(p.bytes)]
}
