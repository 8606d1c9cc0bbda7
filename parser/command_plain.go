package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// What commands are made of, in the plain form of plain.go.

// plainSet is the end of the set at i, with star a sequence-set, else a uid-set. Its numbers have up to seven digits, and a byte
// that is not part of it follows.
func plainSet(b []byte, i int, star bool) (end int) {
	for mayRange := true; i < len(b); i++ {
		x := uint64(zeros)
		if i+8 <= len(b) {
			x ^= load64(b, i)
		} else {
			x ^= last8(b, i)
		}
		n := bits.TrailingZeros64((x+nines|x)&highs) >> 3
		if n == 0 && b[i] == '*' && star {
			n = 1
		} else if uint(n-1) >= 7 || byte(x) == 0 {
			return unusual
		}
		if i += n; i >= len(b) {
			return unusual
		}
		switch b[i] {
		case ':':
			if !mayRange {
				return unusual
			}
			mayRange = false
		case ',':
			mayRange = true
		default:
			return i
		}
	}
	return unusual
}

// plainAString reads an atom or a quoted string without escapes into s, which is zero. SP, ")" or CR follows it.
func plainAString(b []byte, start int, s *imap.String) (end int) {
	if start >= len(b) {
		return unusual
	}
	if b[start] == '"' {
		if end = plainNString(b, start, s); end > 0 && !endsArgument(b[end]) {
			*s = imap.String{}
			return unusual
		}
		return end
	}
	if start+8 <= len(b) {
		end = start + bits.TrailingZeros64(wordStops(load64(b, start)))>>3
	}
	if end <= start || end >= len(b) || !endsArgument(b[end]) {
		end = plainAtom(b, start, clsAstring)
		if end <= start || !endsArgument(b[end]) {
			return unusual
		}
	}
	s.Raw, s.Form, s.Span = b[start:end:end], imap.FormAtom, spanOf(start, end)
	return end
}

// endsArgument says that c stands behind an astring.
func endsArgument(c byte) bool { return c == ' ' || c == ')' || c == '\r' }

// plainAtom is the end of the run of class c at i, which has to be a class that what wordStops lets pass belongs to. It is unusual if the
// message ends there.
func plainAtom(b []byte, i int, c uint8) (end int) {
	m := uint64(0)
	for ; i+8 <= len(b); i += 8 {
		if m = wordStops(load64(b, i)); m != 0 {
			break
		}
	}
	if m == 0 {
		m = wordStops(last8(b, i))
	}
	for i += bits.TrailingZeros64(m) >> 3; i < len(b); i++ {
		if class[b[i]]&c == 0 {
			return i
		}
	}
	return unusual
}

// setArgument reads SP sequence-set SP.
func (p *Parser) setArgument(s *imap.NumSet) bool {
	b, start := p.b, p.i+1
	if end := plainSet(b, start, true); !engine && end > 0 && b[start-1] == ' ' && b[end] == ' ' && end+1 < len(b) && b[end+1] > ' ' {
		s.Raw, s.Span = b[start:end:end], spanOf(start, end)
		if p.Tree != nil {
			p.addToken(0, syntax.KindSequenceSet, s.Span)
		}
		p.i = end + 1
		return true
	}
	return p.sp() && p.sequenceSet(0, s) && p.sp()
}

// plainAtts reads items of FETCH that are a word, or BODY and BODY.PEEK with a section, and a SP behind each, into the open list of
// p.commands.atts, as long as nothing else stands there. On true the last was followed by ")", which it took.
func (p *Parser) plainAtts() bool {
	i, b := p.i, p.b
	for {
		end := p.plainAtt(i)
		if end < 0 {
			p.i = i
			return false
		}
		i = end + 1
		if b[end] == ')' {
			p.i = i
			return true
		}
	}
}

// plainAtt reads the item at start. What follows it is ")", or a SP behind which another begins.
func (p *Parser) plainAtt(start int) (end int) {
	b, atts := p.b, &p.commands.atts
	lo, hi, end := packWord(b, start)
	name := imap.AttName(attWords.find(lo, hi))
	if end >= len(b) || b[end] == '[' {
		return p.plainSectionAtt(name, start, end)
	}
	switch name {
	case imap.AttUnknown, imap.AttSection, imap.AttBinary, imap.AttBinarySize: // the last three want a section
		return unusual
	}
	if !attEnds(b, end) {
		return unusual
	}
	atts.room()
	*atts.next() = imap.FetchAtt{Name: name}
	if p.Tree != nil {
		p.addToken(syntax.KindFetchAtt, syntax.KindKeyword, spanOf(start, end))
	}
	return end
}

// attEnds says that ")" stands at i, or a SP that the name of another item follows.
func attEnds(b []byte, i int) bool {
	return i+1 < len(b) && (b[i] == ')' || b[i] == ' ' && b[i+1] > ' ' && b[i+1] != '(' && b[i+1] != ')')
}

// plainSectionAtt reads BODY or BODY.PEEK, which stands from start to word, with its section.
func (p *Parser) plainSectionAtt(name imap.AttName, start, word int) (end int) {
	if engine || name != imap.AttBody && name != imap.AttSection || word >= len(p.b) {
		return unusual
	}
	atts, nodes, mark, left := &p.commands.atts, p.nodeCount(), len(p.opened), p.nodes
	f := atts.push()
	f.Name, f.Peek = imap.AttSection, word > start+len("BODY")
	p.openAt(syntax.KindFetchAtt, start)
	p.leafTo(syntax.KindKeyword, start, word)
	end = p.plainSection(f, word)
	if end > 0 && attEnds(p.b, end) {
		p.closeAt(mark, end)
		return end
	}
	atts.pop()
	p.nodes = left
	if p.Tree != nil {
		p.Tree.Nodes = p.Tree.Nodes[:nodes]
		p.opened = p.opened[:mark]
	}
	return unusual
}

// plainSection reads the section at start, where "[" stands: nothing, HEADER, TEXT or HEADER.FIELDS with plain names. What it leaves on the slabs
// where it takes nothing stays there unused until the next message.
func (p *Parser) plainSection(f *imap.FetchAtt, start int) (end int) {
	b := p.b
	if start+1 < len(b) && b[start+1] == ']' {
		p.leafTo(syntax.KindSection, start, start+2)
		return start + 2
	}
	spec, n := plainSectionText(b, start+1)
	if n == 0 {
		return unusual
	}
	s := p.sections.one()
	f.Section, s.Spec = s, spec
	mark := p.openAt(syntax.KindSection, start)
	p.openAt(syntax.KindSectionSpec, start+1)
	end = start + 1 + n
	p.leafTo(syntax.KindSectionMsgtext, start+1, end)
	if spec == imap.SectionHeaderFields {
		if end+2 >= len(b) || b[end] != ' ' || b[end+1] != '(' {
			return unusual
		}
		list := p.openAt(syntax.KindHeaderList, end+1)
		at := p.i
		p.i = end + 2
		ok := p.plainFields() && p.nodes >= p.strings.open()
		end, p.i = p.i, at
		if !ok {
			p.strings.used = p.strings.start
			return unusual
		}
		p.nodes -= p.strings.open()
		s.Fields = p.strings.list()
		p.closeAt(list, end)
	}
	if end >= len(b) || b[end] != ']' {
		return unusual
	}
	p.closeAt(mark+1, end)
	p.closeAt(mark, end+1)
	return end + 1
}

// plainStore reads SP sequence-set SP ["+" / "-"] "FLAGS" [".SILENT"] SP "(" [flag *(SP flag)] ")" at the cursor, with plain flags only. On false
// nothing was taken.
func (p *Parser) plainStore(a *imap.StoreArgs) bool {
	b, start := p.b, p.i+1
	set := plainSet(b, start, true)
	if set < 0 || b[start-1] != ' ' || b[set] != ' ' || set+2 >= len(b) {
		return false
	}
	item := set + 1
	name, op := item, imap.StoreReplace
	switch b[item] {
	case '+':
		name, op = item+1, imap.StoreAdd
	case '-':
		name, op = item+1, imap.StoreRemove
	}
	lo, hi, end := packWord(b, name)
	silent := lo == 'F'|'L'<<8|'A'<<16|'G'<<24|'S'<<32|'.'<<40|'S'<<48|'I'<<56 && hi == 'L'|'E'<<8|'N'<<16|'T'<<24
	if !silent && (lo != 'F'|'L'<<8|'A'<<16|'G'<<24|'S'<<32 || hi != 0) || end+1 >= len(b) || b[end] != ' ' || b[end+1] != '(' {
		return false
	}
	flags, list := &p.flags, end+1
	after := p.flagsAt(list+1, flagsOfMessage)
	if after < 0 {
		return false
	}
	a.Op, a.Silent, a.Flags = op, silent, flags.emptyList()
	a.Set.Raw, a.Set.Span = b[start:set:set], spanOf(start, set)
	p.i = after
	if p.Tree != nil {
		p.addToken(0, syntax.KindSequenceSet, a.Set.Span)
		mark := p.openNode(syntax.KindStoreAttFlags, item)
		p.addToken(0, syntax.KindStoreAttItem, spanOf(item, end))
		p.flagListNodes(syntax.KindFlagList, list, after, a.Flags, flagsOfMessage)
		p.closeNodes(mark)
	}
	return true
}

// plainKeys reads the search keys of every day as long as nothing else stands there, one SP between, onto the stack of keys. On true they were the
// last of the line; on false the cursor stands at a key.
func (p *Parser) plainKeys() bool {
	b, i, s := p.b, p.i, &p.commands
	for p.nodes > 0 {
		k := s.pushKey()
		word, end := plainKey(b, i, k)
		last := end > 0 && b[end] == '\r'
		if end < 0 || !last && (b[end] != ' ' || end+1 >= len(b) || b[end+1] <= ' ') {
			s.keyStack = s.keyStack[:len(s.keyStack)-1]
			break
		}
		p.nodes--
		if p.Tree != nil {
			p.keyNodes(k, i, word, end)
		}
		if i = end + 1; last {
			p.i = end
			return true
		}
	}
	p.i = i
	return false
}

// plainKey reads a key without keys as operands into k, which is zero: a word that ends at word, if it has one, and what belongs to it. A byte
// follows it.
func plainKey(b []byte, start int, k *imap.SearchKey) (word, end int) {
	if start >= len(b) {
		return 0, unusual
	}
	if b[start]-'0' <= 9 || b[start] == '*' {
		k.Op = imap.KeySet
		return start, plainKeySet(b, start, k)
	}
	lo, hi, word := packWord(b, start)
	k.Op = imap.SearchOp(searchWords.find(lo, hi))
	if word >= len(b) {
		return 0, unusual
	}
	from := word + 1
	switch k.Op {
	case imap.KeyAll, imap.KeyAnswered, imap.KeyDeleted, imap.KeyDraft, imap.KeyFlagged, imap.KeyNew, imap.KeyOld, imap.KeyRecent, imap.KeySeen,
		imap.KeyUnanswered, imap.KeyUndeleted, imap.KeyUndraft, imap.KeyUnflagged, imap.KeyUnseen:
		return word, word
	case imap.KeyBcc, imap.KeyBody, imap.KeyCc, imap.KeyFrom, imap.KeySubject, imap.KeyText, imap.KeyTo:
		end = plainAString(b, from, &k.Text)
	case imap.KeyHeader:
		if end = plainAString(b, from, &k.Field); end > 0 && b[end] == ' ' {
			end = plainAString(b, end+1, &k.Text)
		} else {
			end = unusual
		}
	case imap.KeyBefore, imap.KeyOn, imap.KeySince, imap.KeySentBefore, imap.KeySentOn, imap.KeySentSince:
		end = plainDate(b, from, &k.Date)
	case imap.KeyLarger, imap.KeySmaller:
		k.Num, end = plainNumber(b, from)
	case imap.KeyUID:
		end = plainKeySet(b, from, k)
	default:
		end = unusual
	}
	if b[word] != ' ' || end >= len(b) {
		return 0, unusual
	}
	return word, end
}

// plainKeySet reads the set of a key.
func plainKeySet(b []byte, start int, k *imap.SearchKey) (end int) {
	if end = plainSet(b, start, true); end > 0 {
		k.Set.Raw, k.Set.Span = b[start:end:end], spanOf(start, end)
	}
	return end
}

// keyNodes adds the nodes of a key that plainKey read.
func (p *Parser) keyNodes(k *imap.SearchKey, start, word, end int) {
	mark := p.openNode(syntax.KindSearchKey, start)
	if word > start {
		p.addToken(0, syntax.KindKeyword, spanOf(start, word))
	}
	switch {
	case word == end:
	case k.Field.Form != imap.FormNil:
		p.plainLeaf(syntax.KindHeaderFldName, &k.Field)
		p.plainLeaf(0, &k.Text)
	case k.Text.Form != imap.FormNil:
		p.plainLeaf(0, &k.Text)
	case k.Set.Raw != nil:
		p.addToken(0, syntax.KindSequenceSet, k.Set.Span)
	case k.Op == imap.KeyLarger || k.Op == imap.KeySmaller:
		p.addToken(0, syntax.KindNumber64, spanOf(word+1, end))
	default:
		p.addToken(0, syntax.KindDate, spanOf(word+1, end))
	}
	p.closeNodesAt(mark, end)
}

// plainFields reads header-fld-name *(SP header-fld-name) ")" into the open list of p.strings, as long as the names are plain, and one SP stands
// between. On true it stands behind the ")".
func (p *Parser) plainFields() bool {
	b, i := p.b, p.i
	for {
		p.strings.room()
		s := p.strings.next()
		*s = imap.String{}
		end := plainAString(b, i, s)
		if end < 0 || b[end] != ')' && (b[end] != ' ' || end+1 >= len(b) || b[end+1] <= ' ' || b[end+1] == ')') {
			p.strings.pop()
			p.i = i
			return false
		}
		p.plainLeaf(syntax.KindHeaderFldName, s)
		i = end + 1
		if b[end] == ')' {
			p.i = i
			return true
		}
	}
}

// plainLeaf adds the nodes of a string that plainAString read.
func (p *Parser) plainLeaf(rule syntax.Kind, s *imap.String) {
	if p.Tree != nil {
		p.addPlainLeaf(rule, s)
	}
}

func (p *Parser) addPlainLeaf(rule syntax.Kind, s *imap.String) {
	kind := syntax.KindAtom
	if s.Form == imap.FormQuoted {
		kind = syntax.KindQuoted
	}
	p.addToken(rule, kind, s.Span)
}
