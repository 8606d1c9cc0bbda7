package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// The arguments of the codes whose values go to Code.Args. Each rule pushes its values with arg.

// arg adds a value to the arguments of the code.
func (p *Parser) arg(s imap.String) { p.valueStack = append(p.valueStack, imap.Value{Str: s}) }

// argList makes the values since base one list.
func (p *Parser) argList(base int) {
	list := p.values.copyOf(p.valueStack[base:])
	p.valueStack = append(p.valueStack[:base], imap.Value{List: list, IsList: true})
}

// argAtom reads an atom and adds it.
func (p *Parser) argAtom(kind syntax.Kind) bool {
	var s imap.String
	n := p.run(clsAtom)
	if n == 0 {
		return p.fail(ExpectAtom)
	}
	p.setAtom(kind, &s, n)
	p.arg(s)
	return true
}

// argNumber reads a number of at most top, at least 1 if nz, and adds it as it is written.
func (p *Parser) argNumber(top uint64, nz bool) bool {
	start := p.i
	var ok bool
	if nz {
		_, ok = p.nzDigits(0, syntax.KindNzNumber, top)
	} else {
		_, ok = p.digits(0, syntax.KindNumber, top, ExpectNumber)
	}
	p.arg(imap.String{Raw: p.b[start:p.i:p.i], Span: p.span(start), Form: imap.FormAtom})
	return ok
}

func (p *Parser) codeValues(c *imap.Code) bool {
	switch c.Name {
	case imap.CodeBadCharset:
		return p.peek() == ']' || p.sp() && p.charsets()
	case imap.CodeBadEvent:
		return p.sp() && p.atomList(syntax.KindEvent)
	case imap.CodeMailboxID:
		return p.sp() && p.objectidList()
	case imap.CodeObjectID:
		return p.sp() && p.objectidCompound()
	case imap.CodeURLMech:
		return p.urlmech()
	case imap.CodeBadURL, imap.CodeReferral:
		return p.codeURLs(c)
	case imap.CodeAnnotate:
		return p.sp() && p.argWord("TOOBIG", "TOOMANY")
	case imap.CodeAnnotations:
		return p.sp() && p.annSize()
	case imap.CodeNoUpdate:
		return p.sp() && p.argString(syntax.KindTagString, true)
	case imap.CodeMetadata:
		return p.sp() && p.metadataCode()
	case imap.CodeUndefinedFilter:
		return p.sp() && p.argAtom(syntax.KindFilterName)
	case imap.CodeInProgress:
		return p.peek() == ']' || p.sp() && p.inprogress()
	case imap.CodeMessageLimit:
		return p.sp() && p.argNumber(max32, true) && (p.peek() == ']' || p.sp() && p.argNumber(max32, true))
	case imap.CodeNewName:
		return p.sp() && p.argString(syntax.KindMailbox, false) && p.sp() && p.argString(syntax.KindMailbox, false)
	}
	return true
}

// argWord reads one of words, a closed set, and adds it.
func (p *Parser) argWord(words ...string) bool {
	for _, w := range words {
		if p.isWord(w) {
			return p.argAtom(syntax.KindKeyword)
		}
	}
	return p.failWord(ExpectWord, words...)
}

// argString reads a string; with quoted only a quoted one, else an atom will do as well.
func (p *Parser) argString(kind syntax.Kind, quoted bool) bool {
	var s imap.String
	if c := p.peek(); quoted || c == '"' || c == '{' {
		if quoted && c == '{' {
			return p.fail(ExpectString)
		}
		if !p.string(kind, &s) {
			return false
		}
		p.arg(s)
		return true
	}
	return p.argAtom(kind)
}

// "BADCHARSET" [SP "(" charset *(SP charset) ")"]        charset = atom / quoted
//
// RFC 9051 §9, erratum 7323; RFC 3501 §9 has astring instead, and thus literals.
func (p *Parser) charsets() bool {
	return p.parenthesized(func() bool { return p.argString(syntax.KindCharset, false) })
}

// parenthesized reads "(" x *(SP x) ")", where x adds an argument, as one list.
func (p *Parser) parenthesized(x func() bool) bool {
	base := len(p.valueStack)
	if !p.lparen() {
		return false
	}
	for {
		if !x() {
			return false
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() {
		return false
	}
	p.argList(base)
	return p.spend(1)
}

// atomList reads "(" atom *(SP atom) ")".
func (p *Parser) atomList(kind syntax.Kind) bool {
	return p.parenthesized(func() bool { return p.argAtom(kind) })
}

// objectid = 1*255(ALPHA / DIGIT / "_" / "-")
//
// RFC 8474 §7. QuirkObjectIDChars takes any atom.
func (p *Parser) objectid(rule syntax.Kind, s *imap.String) bool {
	n := p.runOf(clsObject)
	if all := p.run(clsAtom); all > n && p.i+all < len(p.b) && p.quirk(QuirkObjectIDChars, p.i, p.i+all) {
		n = all
	}
	if n > 255 {
		if p.i += 255; !p.Quirks.Has(QuirkNumberOverflow) {
			return p.failCode(ErrorNumberOverflow, p.i)
		}
		p.i -= 255
		p.quirk(QuirkNumberOverflow, p.i, p.i+n)
	}
	if n == 0 {
		if p.peek() == '"' && p.Quirks.Has(QuirkStringForNil) {
			p.quirk(QuirkStringForNil, p.i, p.i+1)
			return p.quoted(rule, s)
		}
		return p.fail(ExpectObjectID)
	}
	start := p.i
	p.i += n
	s.Raw, s.Span, s.Form = p.b[start:p.i:p.i], p.span(start), imap.FormAtom
	p.leafIn(rule, syntax.KindObjectid, start)
	return true
}

// objectidList reads "(" objectid ")".
func (p *Parser) objectidList() bool {
	var s imap.String
	base := len(p.valueStack)
	if !p.lparen() || !p.objectid(0, &s) || !p.rparen() {
		return false
	}
	p.arg(s)
	p.argList(base)
	return true
}

// objectid-compound = "OBJECTID" SP "(" [objectid-kvpair *(SP objectid-kvpair)] ")"        objectid-kvpair = objectid-key SP objectid
//
// draft-ietf-mailmaint-imap-objectid-bis-06 §10.
func (p *Parser) objectidCompound() bool {
	if p.peek() == '(' && p.peekAt(1) == ')' {
		p.i += 2
		p.argList(len(p.valueStack))
		return true
	}
	return p.parenthesized(func() bool {
		if !p.argAtom(syntax.KindKeyword) || !p.sp() {
			return false
		}
		var s imap.String
		if !p.objectid(0, &s) {
			return false
		}
		p.arg(s)
		return true
	})
}

// "URLMECH" SP "INTERNAL" *(SP mechanism ["=" base64])
//
// RFC 4467 §9.
func (p *Parser) urlmech() bool {
	if !p.sp() || !p.argWord("INTERNAL") {
		return false
	}
	for p.peek() == ' ' {
		if !p.sp() || !p.argAtom(syntax.KindMechanism) {
			return false
		}
	}
	return true
}

// badurl-response-code = "BADURL" SP url-resp-string        "REFERRAL" 1*(SP url)
//
// RFC 4469 §5, RFC 2193 §6, RFC 2221 §5. A bare URL runs to SP or "]"; BADURL's may be quoted.
func (p *Parser) codeURLs(c *imap.Code) bool {
	for {
		if !p.sp() {
			return false
		}
		var s imap.String
		if p.peek() == '"' || p.peek() == '{' {
			if !p.string(syntax.KindUrl, &s) {
				return false
			}
		} else {
			n := 0
			for b := p.peekAt(n); b > ' ' && b < 0x7F && b != ']'; b = p.peekAt(n) {
				n++
			}
			if n == 0 {
				return p.fail(ExpectAstring)
			}
			p.setAtom(syntax.KindUrl, &s, n)
		}
		p.arg(s)
		if p.peek() != ' ' || c.Name == imap.CodeBadURL {
			return true
		}
	}
}

// ann-size = "NONE" / (("READ-ONLY" / nz-number) [SP "NOPRIVATE"])
//
// RFC 5257 §5.
func (p *Parser) annSize() bool {
	if p.isWord("NONE") {
		return p.argAtom(syntax.KindKeyword)
	}
	if p.peek()-'0' <= 9 {
		if !p.argNumber(max32, true) {
			return false
		}
	} else if !p.argWord("READ-ONLY", "NONE") {
		return false
	}
	return p.peek() != ' ' || p.sp() && p.argWord("NOPRIVATE")
}

// "METADATA" SP ("LONGENTRIES" SP number / "MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE")
//
// RFC 5464 §5.
func (p *Parser) metadataCode() bool {
	number := p.isWord("LONGENTRIES") || p.isWord("MAXSIZE")
	if !p.argWord("LONGENTRIES", "MAXSIZE", "TOOMANY", "NOPRIVATE") {
		return false
	}
	return !number || p.sp() && p.argNumber(max32, false)
}

// "INPROGRESS" [SP "(" inprogress-tag SP inprogress-state ")"]
//
//	inprogress-tag = quoted / nil        inprogress-state = nil SP nil / number SP (nil / nz-number)
//
// RFC 9585 §5.
func (p *Parser) inprogress() bool {
	base := len(p.valueStack)
	if !p.lparen() {
		return false
	}
	var s imap.String
	if c := p.peek(); c == '{' {
		return p.fail(ExpectString | ExpectNil)
	}
	if !p.nstring(syntax.KindInprogressTag, &s) {
		return false
	}
	p.arg(s)
	mark, counts := 0, false
	for k := range 2 {
		if !p.sp() {
			return false
		}
		if k == 0 {
			mark = p.open(syntax.KindInprogressState)
		}
		switch {
		case p.isNil():
			var none imap.String
			p.takeNil(0, &none)
			p.arg(none)
		case k == 1 && !counts:
			return p.failWord(ExpectNil, "NIL") // without a count there is no goal
		case lower(p.peek()) == 'n':
			return p.failWord(ExpectNumber|ExpectNil, "NIL")
		case !p.argNumber(max32, k == 1):
			return false
		default:
			counts = true
		}
	}
	p.close(mark)
	if !p.rparen() {
		return false
	}
	p.argList(base)
	return true
}
