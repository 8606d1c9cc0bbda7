package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// sort = ["UID" SP] "SORT" SP sort-criteria SP search-criteria        extended-sort = "SORT" search-return-opts SP sort-criteria SP search-criteria
//
// RFC 5256 §5, RFC 5267 §5.
func (p *Parser) sort() bool {
	mark := p.openCommand(syntax.KindSort)
	a := &p.commands.sort
	*a = imap.SortArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if p.peek() != '(' && !p.isWord("RETURN") {
		return p.failWord(ExpectLParen|ExpectWord, "RETURN")
	}
	if !p.searchReturnOpts(&a.SearchArgs) {
		return false
	}
	ok := p.sortCriteria()
	a.Sort = p.commands.sortKeys.list()
	if !ok || !p.sp() || !p.searchCriteria(&a.SearchArgs) {
		return false
	}
	p.close(mark)
	return true
}

// thread = ["UID" SP] "THREAD" SP thread-alg SP search-criteria        thread-alg = "ORDEREDSUBJECT" / "REFERENCES" / thread-alg-ext
//
// RFC 5256 §5.
func (p *Parser) thread() (ok bool) {
	mark := p.openCommand(syntax.KindThread)
	a := &p.commands.thread
	*a = imap.ThreadArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if a.Algorithm, ok = p.atom(syntax.KindThreadAlg); !ok || !p.sp() || !p.searchCriteria(&a.SearchArgs) {
		return false
	}
	p.close(mark)
	return true
}

// search-criteria = charset 1*(SP search-key)
//
// RFC 5256 §5.
func (p *Parser) searchCriteria(a *imap.SearchArgs) bool {
	mark := p.open(syntax.KindSearchProgram)
	p.commands.returnAt, p.commands.charsetAt = -1, -1
	if !p.charset(a, clsAtom) || !p.sp() || !p.searchKeys(a) {
		return false
	}
	p.close(mark)
	return true
}

// sort-criteria = "(" sort-criterion *(SP sort-criterion) ")"
//
// RFC 5256 §5. The criteria are the open list of p.commands.sortKeys.
func (p *Parser) sortCriteria() bool {
	mark := p.open(syntax.KindSortCriteria)
	if !p.lparen() {
		return false
	}
	for {
		start, inner := p.i, len(p.opened)
		if !p.sortCriterion(p.commands.sortKeys.push()) {
			p.commands.sortKeys.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.commands.sortKeys.open()) {
		return false
	}
	p.close(mark)
	return true
}

// sortWords has the sort keys: RFC 5256 §5, RFC 5957 §5, RFC 6203 §7, RFC 5257 §5, and from MODSEQ on those of Cyrus and Dovecot.
var sortWords = [...]string{
	"ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "DISPLAYFROM", "DISPLAYTO", "RELEVANCY", "ANNOTATION",
	"MODSEQ", "UID", "X-SCORE", "FOLDER", "CONVMODSEQ", "CONVEXISTS", "CONVSIZE", "SPAMSCORE", "CREATEDMODSEQ", "SAVEDATE", "HASFLAG", "HASCONVFLAG",
}

// sort-criterion = ["REVERSE" SP] sort-key
//
// RFC 5256 §5. QuirkUnknownSortKey takes any other word.
func (p *Parser) sortCriterion(k *imap.SortKey) bool {
	mark := p.open(syntax.KindSortCriterion)
	if p.isWord("REVERSE") {
		k.Reverse = true
		if !p.word("REVERSE") || !p.sp() {
			return false
		}
	}
	if !p.sortKey(k) {
		return false
	}
	p.close(mark)
	return true
}

// sort-key = "ARRIVAL" / "CC" / "DATE" / "FROM" / "SIZE" / "SUBJECT" / "TO"
//
// RFC 5256 §5.
func (p *Parser) sortKey(k *imap.SortKey) bool {
	start := p.i
	n := p.run(clsAtom)
	word := p.b[start : start+n : start+n]
	known := -1
	for i, w := range sortWords {
		if wire.EqualFold(word, w) {
			known = i
			break
		}
	}
	if known < 0 && (n == 0 || start+n == len(p.b) || !p.quirk(QuirkUnknownSortKey, start, start+n)) {
		if k.Reverse {
			return p.failWord(ExpectWord, sortWords[:]...)
		}
		return p.failSortKey()
	}
	k.Name = word
	p.i += n
	p.leaf(syntax.KindSortKey, start)
	if known < 0 {
		return true
	}
	ok := true
	switch sortWords[known] {
	case "ANNOTATION":
		ok = p.sortAnnotation()
	case "HASFLAG", "HASCONVFLAG":
		ok = p.sp() && p.flagOperand(p.strings.push())
	}
	k.Args = p.strings.list()
	return ok
}

// failSortKey is failWord where REVERSE could stand too.
func (p *Parser) failSortKey() bool {
	c := p.choice()
	c.add("REVERSE")
	for _, w := range sortWords {
		c.add(w)
	}
	return c.fail(ExpectWord, ExpectSP|ExpectRParen)
}

// sort-key =/ "ANNOTATION" SP entry SP att-sort        att-sort = "value.priv" / "value.shared"
//
// RFC 5257 §5. Both are Args.
func (p *Parser) sortAnnotation() bool {
	if !p.sp() || !p.astring(syntax.KindEntry, p.strings.push()) || !p.sp() {
		return false
	}
	start := p.i
	if p.wordOf(syntax.KindAttSort, "VALUE.PRIV", "VALUE.SHARED") < 0 {
		return false
	}
	*p.strings.push() = imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom}
	return true
}
