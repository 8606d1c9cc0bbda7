package encoder

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// search = "SEARCH" [search-return-opts] SP search-program (RFC 9051 §9)
// esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program (RFC 7377 §4)
func (e *enc) search(n imap.CommandName, a *imap.SearchArgs) bool {
	if a.In != nil {
		e.field("In")
		if n != imap.CmdESearch {
			e.fail(ErrField)
		}
		e.searchScopes(a.In)
	}
	e.searchReturn(a)
	if n == imap.CmdESearch && a.In == nil && a.Return == nil && len(e.programCharset(a)) == 0 && len(a.Keys) > 0 && a.Keys[0].Op == imap.KeyIn {
		e.field("Keys")
		e.at(0)
		e.fail(ErrName) // its IN would be read as that of the source options
	}
	e.sp()
	e.searchProgram(a)
	return true
}

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key) (RFC 9051 §9)
//
// Without a CHARSET the keys are ASCII (RFC 3501 §6.4.4), so one is written if keys that were built here need it; once UTF-8 is enabled there may
// be none (RFC 9755 §3).
func (e *enc) searchProgram(a *imap.SearchArgs) {
	if charset := e.programCharset(a); len(charset) > 0 || e.Verbatim && charset != nil {
		e.words("CHARSET ")
		e.charset(charset, literal)
		e.sp()
	}
	e.searchKeys(a.Keys)
}

// programCharset is the charset that a search program names; none if it is empty.
func (e *enc) programCharset(a *imap.SearchArgs) []byte {
	if len(a.Charset) == 0 && !e.UTF8 && needsCharset(a.Keys) {
		return charsetUTF8
	}
	return a.Charset
}

var charsetUTF8 = []byte("UTF-8")

// needsCharset reports whether there is UTF-8 among the keys that was not read from anywhere.
func needsCharset(keys []imap.SearchKey) bool {
	for i := range keys {
		for k := range keys[i].Walk() {
			if builtUTF8(&k.Text) || builtUTF8(&k.Field) {
				return true
			}
		}
	}
	return false
}

func builtUTF8(s *imap.String) bool {
	if s.Form != imap.FormAuto {
		return false
	}
	for _, c := range s.Raw {
		if c >= 0x80 {
			return utf8.Valid(s.Raw)
		}
	}
	return false
}

// sort = ["UID" SP] "SORT" [search-return-opts] SP sort-criteria SP search-criteria (RFC 5256 §5, RFC 5267 §5)
func (e *enc) sort(a *imap.SortArgs) bool {
	if a.In != nil {
		e.field("In")
		e.fail(ErrField)
	}
	e.searchReturn(&a.SearchArgs)
	e.sp()
	e.field("Sort")
	if len(a.Sort) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range a.Sort {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.sortKey(&a.Sort[i])
	}
	e.byte(')')
	e.searchCriteria(&a.SearchArgs)
	return true
}

// thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria (RFC 5256 §5)
func (e *enc) thread(a *imap.ThreadArgs) bool {
	if a.In != nil || a.Return != nil || a.Update != nil {
		e.field("Return")
		e.fail(ErrField)
	}
	e.sp()
	e.field("Algorithm")
	e.atom(a.Algorithm)
	e.searchCriteria(&a.SearchArgs)
	return true
}

// search-criteria = charset 1*(SP search-key) (RFC 5256 §5). Every server knows UTF-8, so a charset that is left out (nil) is that.
func (e *enc) searchCriteria(a *imap.SearchArgs) {
	e.sp()
	charset := a.Charset
	if charset == nil {
		charset = charsetUTF8
	}
	e.charset(charset, 0)
	e.sp()
	e.searchKeys(a.Keys)
}

// charset = atom / quoted (RFC 9051 §9); where p has literal it is an astring (RFC 3501 §9), which only what was read or cannot be quoted needs.
func (e *enc) charset(b []byte, p place) {
	e.field("Charset")
	next := byte(0)
	if e.pos < len(e.src) {
		next = e.src[e.pos]
	}
	switch {
	case p&literal != 0 && (next == '{' || !wire.CanQuote(b, false)):
		e.literalCharset(b)
	case next != '"' && (wire.IsAtom(b) || p&literal != 0 && e.follows(string(b)) && wire.IsAstringAtom(b)):
		e.raw(b)
	case !wire.CanQuote(b, false):
		e.fail(ErrAtom)
	default:
		e.b = wire.AppendQuoted(e.b, b)
		e.skipToken()
	}
}

// literalCharset writes the charset as a literal, with the header that the source has there.
func (e *enc) literalCharset(b []byte) {
	s := imap.String{Raw: b, Form: imap.FormAuto}
	if e.pos < len(e.src) && e.src[e.pos] == '{' {
		if h, n := wire.ConsumeLiteralHeader(e.src[e.pos:]); n > 0 {
			s.Form, s.NonSync = imap.FormLiteral, h.NonSync
			s.Span = wire.Span{Start: uint32(e.pos), End: uint32(e.pos + n)}
		}
	}
	e.literalOf(&s, b, literal)
	e.skipToken()
}

// esearch-source-opts = "IN" SP "(" source-mbox [SP "(" scope-options ")"] ")" (RFC 7377 §4); the options stand in the last scope.
func (e *enc) searchScopes(ss []imap.SearchScope) {
	if len(ss) == 0 {
		e.fail(ErrEmpty)
	}
	e.sp()
	e.word("IN")
	e.sp()
	e.byte('(')
	for i := range ss {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.down()
		if wire.EqualFold(ss[i].Filter, "selected-delayed") {
			e.field("Filter")
			e.fail(ErrName)
		}
		e.filterMailboxes(ss[i].Filter, ss[i].Mailboxes)
		e.field("Params")
		if len(ss[i].Params) > 0 && i < len(ss)-1 {
			e.fail(ErrField)
		}
		e.paramList("Params", ss[i].Params)
		e.up()
	}
	e.byte(')')
}

// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")" (RFC 9051 §9)
// modifier-update = "UPDATE" ["(" fetch-att *(SP fetch-att) ")"] (RFC 5465 §8)
func (e *enc) searchReturn(a *imap.SearchArgs) {
	if a.Return == nil {
		if a.Update != nil {
			e.field("Update")
			e.fail(ErrField)
		}
		return
	}
	e.sp()
	e.word("RETURN")
	e.sp()
	e.byte('(')
	update := a.Update
	for i := range a.Return {
		e.field("Return")
		e.at(i)
		if i > 0 {
			e.sp()
		}
		p := &a.Return[i]
		if n := wire.ConsumeLabel(p.Name); n == 0 || n < len(p.Name) {
			e.fail(ErrAtom)
			continue
		}
		if p.Is("UPDATE") && p.HasValue { // its list is a.Update
			e.fail(ErrField)
			continue
		}
		e.param(p)
		if update != nil && p.Is("UPDATE") {
			e.field("Update")
			if e.src != nil && e.follows(" ") { // as an example in RFC 5465 §7 has it
				e.sp()
			}
			e.fetchAtts(update)
			update = nil
		}
	}
	if update != nil {
		e.field("Update")
		e.fail(ErrField)
	}
	e.byte(')')
}

// sort-criterion = ["REVERSE" SP] sort-key (RFC 5256 §5)
// sort-key =/ "ANNOTATION" SP entry SP att-sort        att-sort = "value.priv" / "value.shared" (RFC 5257 §5); vendors' keys have a flag.
func (e *enc) sortKey(k *imap.SortKey) {
	if k.Reverse {
		e.words("REVERSE ")
	}
	e.down()
	e.field("Name")
	known := isSortKey(k.Name)
	if !known && !e.UnknownKeys || wire.EqualFold(k.Name, "REVERSE") {
		e.fail(ErrName)
	}
	e.atom(k.Name)
	e.field("Args")
	switch {
	case wire.EqualFold(k.Name, "ANNOTATION"):
		if len(k.Args) != 2 {
			e.fail(ErrEmpty)
			break
		}
		e.sp()
		e.at(0)
		e.string(&k.Args[0], astring)
		e.sp()
		e.at(1)
		if !k.Args[1].Is("value.priv") && !k.Args[1].Is("value.shared") {
			e.fail(ErrName)
		}
		e.atomString(&k.Args[1])
	case wire.EqualFold(k.Name, "HASFLAG"), wire.EqualFold(k.Name, "HASCONVFLAG"):
		if len(k.Args) != 1 {
			e.fail(ErrEmpty)
			break
		}
		e.sp()
		e.at(0)
		e.flagString(&k.Args[0])
	case len(k.Args) > 0 && known:
		e.fail(ErrField)
	default:
		for i := range k.Args {
			e.at(i)
			e.sp()
			e.string(&k.Args[i], astring)
		}
	}
	e.up()
}

// sortKeys are those of RFC 5256 §5, RFC 5957 §5, RFC 6203 §7 and RFC 5257 §5, and from MODSEQ on those of Cyrus and Dovecot.
var sortKeys = [...]string{
	"ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "DISPLAYFROM", "DISPLAYTO", "RELEVANCY", "ANNOTATION",
	"MODSEQ", "UID", "X-SCORE", "FOLDER", "CONVMODSEQ", "CONVEXISTS", "CONVSIZE", "SPAMSCORE", "CREATEDMODSEQ", "SAVEDATE", "HASFLAG", "HASCONVFLAG",
}

func isSortKey(b []byte) bool {
	for _, k := range sortKeys {
		if wire.EqualFold(b, k) {
			return true
		}
	}
	return false
}

// flagString writes a flag that stands in a String.
func (e *enc) flagString(s *imap.String) {
	if s.IsNil() || s.Escaped {
		e.fail(ErrFlag)
		return
	}
	e.flag(&imap.Flag{Name: s.Raw}, false)
}

// searchKeys writes search-key *(SP search-key), with keys that have keys from a stack of this function's own: their depth may be anything.
func (e *enc) searchKeys(keys []imap.SearchKey) {
	e.field("Keys")
	if len(keys) == 0 {
		e.fail(ErrEmpty)
		return
	}
	type frame struct {
		rest  []imap.SearchKey
		n     int // how many were written
		paren bool
	}
	var few [8]frame
	open := append(few[:0], frame{rest: keys})
	for len(open) > 0 {
		f := &open[len(open)-1]
		if len(f.rest) == 0 {
			if f.paren {
				e.byte(')')
			}
			open = open[:len(open)-1]
			if len(open) > 0 {
				e.up()
			}
			continue
		}
		k := &f.rest[0]
		f.rest = f.rest[1:]
		e.field("Keys")
		e.at(f.n)
		if f.n > 0 || !f.paren && len(open) > 1 {
			e.sp()
		}
		f.n++
		e.down()
		if e.openKey(k) {
			open = append(open, frame{rest: k.Keys, paren: k.Op == imap.KeyAnd})
			continue
		}
		e.up()
	}
}

// openKey writes a key without the keys below it, and reports whether there are any.
func (e *enc) openKey(k *imap.SearchKey) bool {
	want := 0
	switch k.Op {
	case imap.KeyAnd:
		e.byte('(')
		want = max(len(k.Keys), 1)
	case imap.KeyOr:
		e.word("OR")
		want = 2
	case imap.KeyNot, imap.KeyFuzzy:
		e.word(k.Op.String())
		want = 1
	case imap.KeyInThread:
		e.word("INTHREAD")
		e.sp()
		e.stringField("Text", &k.Text, astring)
		want = 1
	default:
		e.searchKey(k)
	}
	if len(k.Keys) != want {
		e.field("Keys")
		e.fail(ErrEmpty)
	}
	return want > 0 && e.err == nil
}

// searchKey writes a key that has no keys below it: search-key = "ALL" / "ANSWERED" / "BCC" SP astring / ... (RFC 9051 §9)
func (e *enc) searchKey(k *imap.SearchKey) {
	switch k.Op {
	case imap.KeySet:
		e.field("Set")
		e.set(k.Set)
		return
	case imap.KeyUnknown:
		e.unknownKey(k)
		return
	}
	w := k.Op.String()
	if w == "" {
		e.field("Op")
		e.fail(ErrName)
		return
	}
	e.word(w)
	switch k.Op {
	case imap.KeyAll, imap.KeyAnswered, imap.KeyDeleted, imap.KeyDraft, imap.KeyFlagged, imap.KeyNew, imap.KeyOld, imap.KeyRecent, imap.KeySeen,
		imap.KeyUnanswered, imap.KeyUndeleted, imap.KeyUndraft, imap.KeyUnflagged, imap.KeyUnseen, imap.KeySaveDateSupported,
		imap.KeyThreadRoot, imap.KeyThreadLeaf:
		return
	}
	e.sp()
	switch k.Op {
	case imap.KeyBefore, imap.KeyOn, imap.KeySince, imap.KeySentBefore, imap.KeySentOn, imap.KeySentSince, imap.KeySavedBefore, imap.KeySavedOn,
		imap.KeySavedSince, imap.KeyXSavedBefore, imap.KeyXSavedOn, imap.KeyXSavedSince:
		e.field("Date")
		e.date(k.Date)
	case imap.KeyLarger, imap.KeySmaller:
		e.field("Num")
		e.number63(k.Num)
	case imap.KeyOlder, imap.KeyYounger, imap.KeyUIDAfter, imap.KeyUIDBefore, imap.KeyXRealUID:
		e.field("Num")
		e.nz32(k.Num)
	case imap.KeySpamAbove, imap.KeySpamBelow:
		e.field("Num")
		if k.Num > 1<<32-1 {
			e.fail(ErrNumber)
		}
		e.number(k.Num)
	case imap.KeyXGMMsgID, imap.KeyXGMThrID:
		e.field("Num")
		e.number(k.Num)
	case imap.KeyUID:
		e.field("Set")
		e.set(k.Set)
	case imap.KeyModSeq:
		e.modSeqKey(k)
	case imap.KeyHeader:
		e.stringField("Field", &k.Field, astring)
		e.sp()
		e.stringField("Text", &k.Text, astring)
	case imap.KeyKeyword, imap.KeyUnkeyword:
		e.field("Text")
		e.atomString(&k.Text)
	case imap.KeyFilter:
		e.field("Text")
		if !wire.IsFilterName(k.Text.Raw) {
			e.fail(ErrAtom)
		}
		e.atomString(&k.Text)
	case imap.KeyEmailID, imap.KeyThreadID:
		e.field("Text")
		if !wire.IsObjectID(k.Text.Raw) {
			e.fail(ErrAtom)
		}
		e.atomString(&k.Text)
	case imap.KeyConvFlag:
		e.field("Text")
		e.flagString(&k.Text)
	case imap.KeyAnnotation:
		e.annotationKey(k)
	case imap.KeyMIMEPart, imap.KeyIn:
		e.field("Args")
		if len(k.Args) != 1 {
			e.fail(ErrEmpty)
			return
		}
		e.value(&k.Args[0])
	default:
		e.stringField("Text", &k.Text, astring)
	}
}

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer        search-modseq-ext = SP entry-name SP entry-type-req
// entry-name = DQUOTE "/flags/" attr-flag DQUOTE; entry-type-req = "priv" / "shared" / "all" (RFC 7162 §7)
func (e *enc) modSeqKey(k *imap.SearchKey) {
	if !k.Field.IsNil() {
		e.field("Field")
		if !isFlagEntry(k.Field.Bytes()) {
			e.fail(ErrName)
		}
		e.string(&k.Field, quotable)
		e.sp()
		e.field("Text")
		if !k.Text.Is("priv") && !k.Text.Is("shared") && !k.Text.Is("all") {
			e.fail(ErrName)
		}
		e.atomString(&k.Text)
		e.sp()
	} else if !k.Text.IsNil() {
		e.field("Text")
		e.fail(ErrField)
	}
	e.field("Num")
	e.number63(k.Num)
}

// isFlagEntry tells whether b is "/flags/" and a flag.
func isFlagEntry(b []byte) bool {
	const prefix = "/flags/"
	if len(b) < len(prefix) || !bytes.EqualFold(b[:len(prefix)], []byte(prefix)) {
		return false
	}
	b = b[len(prefix):]
	if len(b) > 0 && b[0] == '\\' {
		b = b[1:]
	}
	return wire.IsAtom(b)
}

// search-key =/ "ANNOTATION" SP entry-match SP att-search SP value        att-search = "value" / "value.priv" / "value.shared" (RFC 5257 §5)
func (e *enc) annotationKey(k *imap.SearchKey) {
	e.stringField("Field", &k.Field, wild|quotable|literal)
	e.sp()
	e.field("Args")
	if len(k.Args) != 1 || k.Args[0].IsList {
		e.fail(ErrEmpty)
		return
	}
	if a := &k.Args[0].Str; !a.Is("value") && !a.Is("value.priv") && !a.Is("value.shared") {
		e.fail(ErrName)
	}
	e.atomString(&k.Args[0].Str)
	e.sp()
	e.stringField("Text", &k.Text, nstring|literal8)
}

// unknownKey writes a key by its word and operands.
func (e *enc) unknownKey(k *imap.SearchKey) {
	e.field("Field")
	if !e.UnknownKeys || k.Field.IsNil() || k.Field.Escaped || !wire.IsAtom(k.Field.Raw) || imap.LookupSearchKey(k.Field.Raw) != imap.KeyUnknown ||
		wire.ConsumeSequenceSet(k.Field.Raw) > 0 || wire.EqualFold(k.Field.Raw, "CHARSET") || wire.EqualFold(k.Field.Raw, "RETURN") {
		e.fail(ErrName)
		return
	}
	e.raw(k.Field.Raw)
	e.field("Args")
	e.values(k.Args)
}
