package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// keyFrame is a search key whose operands are being read: a parenthesized list, NOT, OR, FUZZY or INTHREAD.
type keyFrame struct {
	op    imap.SearchOp
	text  imap.String // the algorithm of INTHREAD
	start int         // where its operands begin on the stack
	need  int         // how many operands are still to come; of a list it is not known
	mark  int         // its node
}

// searchKeys reads search-key *(SP search-key) to the end of the line.
//
// Keys nest as the client likes, so there is no recursion: operands wait on a stack until the key that they belong to is complete, and are then
// copied to where they stay; those of the outermost list stay on the stack. A fault closes what is open, so that the keys before it are not lost.
func (p *Parser) searchKeys(a *imap.SearchArgs) bool {
	s := &p.commands
	s.keyStack, s.keyFrames = s.keyStack[:0], s.keyFrames[:0]
	ok := !engine && p.plainKeys() || p.searchKeyList()
	for len(s.keyFrames) > 0 {
		p.closeKey()
	}
	if n := len(s.keyStack); n > 0 {
		a.Keys = s.keyStack[:n:n] // the stack has done its work: it may become the list
	}
	return ok
}

func (p *Parser) searchKeyList() bool {
	s := &p.commands
	for {
		opened, ok := p.searchKey()
		if !ok {
			return false
		}
		if opened {
			continue
		}
		// A key is complete: see what it completes.
		for {
			if !p.spend(1) {
				return false
			}
			if len(s.keyFrames) == 0 {
				if p.more() {
					break
				}
				return p.endOf()
			}
			f := &s.keyFrames[len(s.keyFrames)-1]
			if f.op == imap.KeyAnd {
				if p.listMore() {
					break
				}
				if p.failed() {
					return false
				}
			} else if f.need--; f.need > 0 {
				if !p.sp() {
					return false
				}
				break
			}
			p.leave()
			p.closeKey()
		}
	}
}

// openKey begins a key that has keys as operands.
func (p *Parser) openKey(op imap.SearchOp, need, mark int) *keyFrame {
	s := &p.commands
	s.keyFrames = extended(s.keyFrames)
	f := &s.keyFrames[len(s.keyFrames)-1]
	f.op, f.text, f.start, f.need, f.mark = op, imap.String{}, len(s.keyStack), need, mark
	return f
}

// pushKey puts a zero key onto the stack. The pointer is good until the next.
func (s *commandStore) pushKey() *imap.SearchKey {
	s.keyStack = extended(s.keyStack)
	k := &s.keyStack[len(s.keyStack)-1]
	*k = imap.SearchKey{}
	return k
}

// closeKey makes the innermost open key one operand of the key around it.
func (p *Parser) closeKey() {
	s := &p.commands
	f := &s.keyFrames[len(s.keyFrames)-1]
	s.keyFrames = s.keyFrames[:len(s.keyFrames)-1]
	var operands []imap.SearchKey
	if len(s.keyStack) > f.start {
		operands = s.keys.copyOf(s.keyStack[f.start:])
	}
	s.keyStack = s.keyStack[:f.start]
	k := s.pushKey()
	k.Op, k.Keys, k.Text = f.op, operands, f.text
	if !p.failed() {
		p.close(f.mark)
	}
}

// search-key = "ALL" / "ANSWERED" / "BCC" SP astring / … / sequence-set / "(" search-key *(SP search-key) ")"
//
// RFC 9051 §9. A key without operands goes to the stack; one that has keys as operands is opened, and its first operand comes next.
func (p *Parser) searchKey() (opened, ok bool) {
	s := &p.commands
	mark := p.open(syntax.KindSearchKey)
	start := p.i
	if p.peek() == '(' {
		if !p.enter() {
			return false, false
		}
		p.lparen()
		p.openKey(imap.KeyAnd, 0, mark)
		return true, true
	}
	op, n := p.searchWord()
	if n > 0 {
		p.i += n
		p.leaf(syntax.KindKeyword, start)
	}
	switch op {
	case imap.KeyNot, imap.KeyFuzzy, imap.KeyOr, imap.KeyInThread:
		if !p.enter() || !p.sp() {
			return false, false
		}
		need := 1
		if op == imap.KeyOr {
			need = 2
		}
		f := p.openKey(op, need, mark)
		if op == imap.KeyInThread {
			if !p.argument(syntax.KindThreadAlg, &f.text) || !p.sp() {
				return false, false
			}
		}
		return true, true
	}
	k := s.pushKey()
	k.Op = op
	if !p.searchOperands(k) {
		if p.recoverKey(mark, start) {
			return false, true
		}
		s.keyStack = s.keyStack[:len(s.keyStack)-1]
		return false, false
	}
	p.close(mark)
	return false, true
}

// recoverKey drops a key that failed, and stands where the next could follow: at a SP, at ")", or, outside parentheses, at the line end.
func (p *Parser) recoverKey(mark, start int) bool {
	s := &p.commands
	s.keyStack[len(s.keyStack)-1] = imap.SearchKey{Op: imap.KeyUnknown}
	if p.recover(mark, start) {
		return true
	}
	if !p.lenient() || len(s.keyFrames) > 0 || p.fault.code == ErrorTruncated || p.fault.code >= ErrorDepthLimit && p.fault.code <= ErrorFrameLimit {
		return false
	}
	end, _ := p.skip(start, p.i)
	if end >= len(p.b) || p.b[end] != '\r' && p.b[end] != '\n' {
		return false
	}
	p.forgive(end)
	p.close(mark)
	return true
}

// searchWord looks at the key at the cursor: which it is, and how long its word is. A sequence-set has none.
func (p *Parser) searchWord() (op imap.SearchOp, n int) {
	if c := p.peek(); c-'0' <= 9 || c == '*' || c == '$' {
		return imap.KeySet, 0
	}
	lo, hi, end := packWord(p.b, p.i)
	if op = imap.SearchOp(searchWords.find(lo, hi)); op != imap.KeyUnknown && end < len(p.b) && class[p.b[end]]&clsAtom == 0 {
		return op, end - p.i
	}
	n = p.run(clsAtom)
	op = imap.LookupSearchKey(p.b[p.i : p.i+n])
	if op == imap.KeyUnknown {
		n = 0
	}
	return op, n
}

// searchOperands reads what belongs to the key, behind its word.
func (p *Parser) searchOperands(k *imap.SearchKey) (ok bool) {
	switch k.Op {
	case imap.KeyUnknown:
		return p.unknownKey(k)
	case imap.KeySet:
		p.besides(ExpectSearchKey | ExpectLParen)
		return p.sequenceSet(0, &k.Set)
	}
	if takesNothing(k.Op) {
		return true
	}
	if !p.sp() {
		return false
	}
	switch k.Op {
	case imap.KeyBcc, imap.KeyBody, imap.KeyCc, imap.KeyFrom, imap.KeySubject, imap.KeyText, imap.KeyTo,
		imap.KeyXGMRaw, imap.KeyXGMLabels, imap.KeyMessageID, imap.KeyXGUID, imap.KeyXMailbox, imap.KeyXAttachmentName, imap.KeyXAttachmentBody,
		imap.KeyXListID, imap.KeyXContentType, imap.KeyDeliveredTo, imap.KeyFolder, imap.KeyCID:
		return p.searchText(k)
	case imap.KeyHeader:
		return p.argument(syntax.KindHeaderFldName, &k.Field) && p.sp() && p.searchText(k)
	case imap.KeyBefore, imap.KeyOn, imap.KeySince, imap.KeySentBefore, imap.KeySentOn, imap.KeySentSince, imap.KeySavedBefore, imap.KeySavedOn,
		imap.KeySavedSince, imap.KeyXSavedBefore, imap.KeyXSavedOn, imap.KeyXSavedSince:
		return p.date(0, &k.Date)
	case imap.KeyLarger, imap.KeySmaller:
		k.Num, ok = p.number64(0)
		return ok
	case imap.KeyOlder, imap.KeyYounger, imap.KeyUIDAfter, imap.KeyUIDBefore, imap.KeyXRealUID, imap.KeySpamAbove, imap.KeySpamBelow:
		var n uint32
		if k.Op == imap.KeySpamAbove || k.Op == imap.KeySpamBelow {
			n, ok = p.number(0)
		} else {
			n, ok = p.nzNumber(0)
		}
		k.Num = uint64(n)
		return ok
	case imap.KeyXGMMsgID, imap.KeyXGMThrID:
		k.Num, ok = p.digits(0, syntax.KindNumber64, 1<<64-1, ExpectNumber)
		return ok
	case imap.KeyUID:
		return p.sequenceSet(0, &k.Set)
	}
	return p.extensionOperands(k)
}

// searchText reads the astring that a key looks for.
func (p *Parser) searchText(k *imap.SearchKey) bool { return p.argument(0, &k.Text) }

// extensionOperands is searchOperands for keys of other forms.
func (p *Parser) extensionOperands(k *imap.SearchKey) bool {
	switch k.Op {
	case imap.KeyKeyword, imap.KeyUnkeyword:
		return p.flagKeyword(&k.Text)
	case imap.KeyModSeq:
		return p.searchModsequence(k)
	case imap.KeyAnnotation:
		return p.searchAnnotation(k)
	case imap.KeyFilter:
		return p.filterName(&k.Text)
	case imap.KeyEmailID, imap.KeyThreadID:
		return p.objectid(0, &k.Text)
	case imap.KeyConvFlag:
		return p.flagOperand(&k.Text)
	}
	return p.listOperand(k) // MIMEPART, IN
}

// flag-keyword = "$MDNSent" / "$Forwarded" / … / atom
//
// RFC 9051 §9. QuirkStringForAtom takes a string.
func (p *Parser) flagKeyword(s *imap.String) bool {
	if p.peek() == '"' && p.quirk(QuirkStringForAtom, p.i, p.i+1) {
		return p.quoted(syntax.KindFlagKeyword, s)
	}
	n := p.run(clsAtom)
	if n == 0 {
		return p.fail(ExpectAtom)
	}
	p.setAtom(syntax.KindFlagKeyword, s, n)
	return true
}

// flagOperand reads the flag that CONVFLAG of Cyrus looks for, with its backslash.
func (p *Parser) flagOperand(s *imap.String) bool {
	n := 0
	if p.peek() == '\\' {
		n = 1
	}
	for class[p.peekAt(n)]&clsAtom != 0 {
		n++
	}
	if n == 0 || n == 1 && p.peek() == '\\' {
		p.i += n
		return p.fail(ExpectFlag)
	}
	p.setAtom(syntax.KindFlag, s, n)
	return true
}

// filter-name = 1*<any ATOM-CHAR except "/">
//
// RFC 5466 §4.
func (p *Parser) filterName(s *imap.String) bool {
	n := 0
	for c := p.peekAt(n); class[c]&clsAtom != 0 && c != '/'; c = p.peekAt(n) {
		n++
	}
	if n == 0 {
		return p.fail(ExpectAtom)
	}
	p.setAtom(syntax.KindFilterName, s, n)
	return true
}

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
//
//	search-modseq-ext = SP entry-name SP entry-type-req        entry-flag-name = DQUOTE "/flags/" attr-flag DQUOTE
//	attr-flag = ["\\\\"] atom        entry-type-req = "priv" / "shared" / "all"
//
// RFC 7162 §7.
func (p *Parser) searchModsequence(k *imap.SearchKey) (ok bool) {
	mark := p.open(syntax.KindSearchModsequence)
	if p.peek() == '"' {
		ext := p.open(syntax.KindSearchModseqExt)
		start := p.i
		bad, expect := p.flagEntry()
		if bad >= 0 && !p.Quirks.Has(QuirkEntryName) {
			if p.i++; expect == ExpectWord {
				return p.failWord(expect, "/flags/")
			}
			p.i = bad
			return p.fail(expect)
		}
		if !p.quoted(syntax.KindEntryName, &k.Field) || bad >= 0 && !p.quirk(QuirkEntryName, start, p.i) || !p.sp() {
			return false
		}
		start = p.i
		if p.wordOf(syntax.KindEntryTypeReq, "PRIV", "SHARED", "ALL") < 0 {
			return false
		}
		k.Text = imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom}
		p.close(ext)
		if !p.sp() {
			return false
		}
	}
	if p.peek()-'0' > 9 && k.Field.Form == imap.FormNil {
		return p.fail(ExpectNumber | ExpectQuote)
	}
	if k.Num, ok = p.number64(syntax.KindModSequenceValzer); !ok {
		return false
	}
	p.close(mark)
	return true
}

// flagEntry is where the quoted string at the cursor turns out not to name the entry of a flag, and what could have stood there; -1 if it names
// one, or if quoted fails before that. QuirkEntryName takes any string.
func (p *Parser) flagEntry() (bad int, e Expect) {
	b, i := p.b, p.i+1
	const prefix = "/flags/"
	for k := 0; k < len(prefix); k, i = k+1, i+1 {
		if i >= len(b) {
			return -1, 0
		}
		if lower(b[i]) != prefix[k] {
			return i, ExpectWord
		}
	}
	if i < len(b) && b[i] == '\\' {
		if i+1 >= len(b) || b[i+1] != '\\' && b[i+1] != '"' {
			return -1, 0 // what isn't quoted fails there
		}
		if i++; b[i] == '"' {
			return i, ExpectAtom
		}
		i++
	}
	name := i
	for i < len(b) && class[b[i]]&clsAtom != 0 {
		i++
	}
	switch {
	case i >= len(b) || i > name && b[i] == '"':
		return -1, 0
	case i > name:
		return i, ExpectQuote
	}
	return i, ExpectAtom
}

// search-key =/ "ANNOTATION" SP entry-match SP att-search SP value
//
//	att-search = "value" / "value.priv" / "value.shared"
//
// RFC 5257 §5. The attribute is Args[0].
func (p *Parser) searchAnnotation(k *imap.SearchKey) bool {
	if !p.listMailbox(syntax.KindEntryMatch, &k.Field) || !p.sp() {
		return false
	}
	start := p.i
	if p.wordOf(syntax.KindAttSearch, "VALUE", "VALUE.PRIV", "VALUE.SHARED") < 0 {
		return false
	}
	p.used = true
	p.values.push().Str = imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom}
	k.Args = p.values.list()
	return p.sp() && p.nstringOrLiteral8(syntax.KindValue, &k.Text)
}

// takesNothing says that the key has no operand.
func takesNothing(op imap.SearchOp) bool {
	switch op {
	case imap.KeyAll, imap.KeyAnswered, imap.KeyDeleted, imap.KeyDraft, imap.KeyFlagged, imap.KeyNew, imap.KeyOld, imap.KeyRecent, imap.KeySeen,
		imap.KeyUnanswered, imap.KeyUndeleted, imap.KeyUndraft, imap.KeyUnflagged, imap.KeyUnseen, imap.KeySaveDateSupported,
		imap.KeyThreadRoot, imap.KeyThreadLeaf:
		return true
	}
	return false
}

// listOperand reads the operand of MIMEPART (a list, in drafts) and of IN (Cyrus): one value, its elements in Args if it is a list.
func (p *Parser) listOperand(k *imap.SearchKey) bool {
	var v imap.Value
	p.used = true
	ok := p.value(&v, valueAny)
	*p.values.push() = v
	k.Args = p.values.list()
	return ok
}

// unknownKey reads a word that is no search key: with QuirkUnknownSearchKey, which keeps it by itself, since nothing says what belongs to it.
func (p *Parser) unknownKey(k *imap.SearchKey) bool {
	start := p.i
	if c := p.peek(); c == '"' && p.Quirks.Has(QuirkUnknownSearchKey) {
		if !p.quoted(syntax.KindUnknownValue, &k.Field) {
			return false
		}
		return p.quirk(QuirkUnknownSearchKey, start, p.i)
	}
	n := p.run(clsAstring)
	if n > 0 && p.i+n < len(p.b) && p.Quirks.Has(QuirkUnknownSearchKey) {
		p.setAtom(syntax.KindUnknownValue, &k.Field, n)
		return p.quirk(QuirkUnknownSearchKey, start, p.i)
	}
	return p.failSearchKey()
}

// failSearchKey is failWord with all search keys, and with the words that may come before the first.
func (p *Parser) failSearchKey() bool {
	c := p.choice()
	for op := imap.KeyUnknown + 1; op <= imap.KeySet || op.String() != ""; op++ {
		c.add(op.String())
	}
	if p.i == p.commands.returnAt {
		c.add("RETURN")
	}
	if p.i == p.commands.charsetAt {
		c.add("CHARSET")
	}
	follow := ExpectSP
	if c.whole && takesNothing(imap.LookupSearchKey(p.b[p.i:p.i+c.best])) {
		follow |= ExpectCRLF
	}
	return c.fail(ExpectSearchKey, follow)
}
