package parser

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// "[" resp-text-code "]"
//
//	resp-text-code =/ atom [SP 1*<any TEXT-CHAR except "]">]
//
// RFC 9051 §9. A "]" is known to follow. Code stays nil when the brackets hold free text (QuirkFreeTextCode); a known code whose arguments
// break its rule keeps its word and its bytes (QuirkMalformedCode).
func (p *Parser) respTextCode() bool {
	start := p.i
	mark := p.open(syntax.KindRespTextCode)
	p.i++
	at := p.i
	lo, hi, end := packWord(p.b, at)
	n, name := end-at, imap.CodeName(codeWords.find(lo, hi))
	if name == imap.CodeUnknown || end >= len(p.b) || p.b[end] != ' ' && p.b[end] != ']' {
		n, name = p.run(clsAtom), imap.CodeUnknown
	}
	if c := p.peekAt(n); n == 0 || c != ' ' && c != ']' {
		if p.i+n < len(p.b) && p.quirk(QuirkFreeTextCode, start, p.i+n+1) {
			p.i = start
			p.dropNodes(mark, p.nodeCount())
			p.dropOpened(mark)
			return true
		}
		p.i += n
		if n == 0 {
			return p.fail(ExpectAtom)
		}
		return p.fail(ExpectSP | ExpectRBracket)
	}
	p.i += n
	c := &p.code
	*c = imap.Code{}
	p.resp.Code = c
	c.Word = p.b[at:p.i:p.i]
	c.Name = name
	if name == imap.CodeUnknown {
		c.Name = imap.LookupCode(c.Word)
	}
	inner := mark
	if kind := codeKind(c.Name); kind != 0 {
		inner = p.openAt(kind, at)
	}
	p.leaf(syntax.KindRespCodeName, at)
	from := p.i
	notes, nodes, whole := len(p.Notes), p.nodeCount(), p.first.code == ErrorNone
	ok := p.codeArgs(c, at)
	if ok && p.peek() == ' ' {
		end := p.i
		p.maybeSP(QuirkExtraSpace)
		if p.peek() != ']' {
			p.i = end
		}
	}
	if ok && p.peek() != ']' {
		ok = p.fail(ExpectRBracket)
	}
	if whole && p.first.code != ErrorNone && p.Quirks.Has(QuirkMalformedCode) { // an element inside it was skipped
		ok, p.first = false, fault{}
	}
	if !ok {
		if p.fault.code == ErrorTruncated || !p.Quirks.Has(QuirkMalformedCode) {
			return false
		}
		end := p.codeEnd(from)
		if end < 0 {
			return false
		}
		p.fault = fault{}
		p.Notes = p.Notes[:notes]
		p.dropNodes(inner, nodes)
		*c = imap.Code{Name: c.Name, Word: c.Word}
		p.i = end
		if p.i > from {
			p.leaf(syntax.KindRespCodeText, from)
		}
		p.quirk(QuirkMalformedCode, start, end+1)
	}
	if p.i > from {
		c.Raw = p.b[from+1 : p.i : p.i]
	}
	p.close(mark + 1)
	p.i++
	c.Span = p.span(start)
	p.close(mark)
	return true
}

// codeKind is the rule of a code that has one of its own, 0 for any other.
func codeKind(name imap.CodeName) syntax.Kind {
	switch name {
	case imap.CodeAppendUID:
		return syntax.KindRespCodeApnd
	case imap.CodeCopyUID:
		return syntax.KindRespCodeCopy
	case imap.CodeBadURL:
		return syntax.KindBadurlResponseCode
	case imap.CodeTooBig:
		return syntax.KindToobigResponseCode
	case imap.CodeBadEvent:
		return syntax.KindUnsupportedEventsCode
	case imap.CodeInProgress:
		return syntax.KindInprogressCode
	case imap.CodeMetadata:
		return syntax.KindMetadataCode
	case imap.CodeReferral:
		return syntax.KindReferralCode
	case imap.CodeNoUpdate:
		return syntax.KindNoupdateCode
	case imap.CodeMessageLimit:
		return syntax.KindMessagelimitCode
	}
	return 0
}

// codeEnd is the offset of the bracket that ends a code whose arguments start at i: the first one outside quotes, else the first one.
func (p *Parser) codeEnd(i int) int {
	for k := i; k < len(p.b) && p.b[k] != '\r' && p.b[k] != '\n'; {
		switch p.b[k] {
		case ']':
			return k
		case '"':
			k = skipQuoted(p.b, k)
			continue
		}
		k++
	}
	if k := bytes.IndexByte(p.b[i:], ']'); k >= 0 {
		return i + k
	}
	return -1
}

// codeArgs reads what follows the word of a code, up to its "]". Codes without a rule of their own may have any text but "]".
func (p *Parser) codeArgs(c *imap.Code, at int) bool {
	switch c.Name {
	case imap.CodeUIDNext, imap.CodeUIDValidity, imap.CodeUnseen, imap.CodeMaxConvertMessages, imap.CodeMaxConvertParts:
		return p.sp() && p.codeNumber(c, max32)
	case imap.CodeHighestModSeq:
		return p.sp() && p.codeNumber(c, max63)
	case imap.CodeAppendUID, imap.CodeCopyUID:
		return p.uidCode(c)
	case imap.CodeModified, imap.CodeDowngraded:
		return p.sp() && p.sequenceSet(0, &c.Set)
	case imap.CodePermanentFlags:
		if !p.sp() {
			return false
		}
		var ok bool
		c.Flags, ok = p.flagList(syntax.KindFlagList, flagsPermanent)
		return ok
	case imap.CodeCapability:
		p.used = true
		p.responses.capabilities = imap.Capabilities{}
		c.Caps = &p.responses.capabilities
		return p.capabilities(c.Caps, true)
	case imap.CodeBadCharset, imap.CodeBadEvent, imap.CodeMailboxID, imap.CodeObjectID, imap.CodeURLMech, imap.CodeBadURL, imap.CodeAnnotate,
		imap.CodeAnnotations, imap.CodeNoUpdate, imap.CodeMetadata, imap.CodeUndefinedFilter, imap.CodeReferral, imap.CodeInProgress,
		imap.CodeMessageLimit, imap.CodeNewName:
		p.used = true
		base := len(p.valueStack)
		ok := p.codeValues(c)
		c.Args = p.values.copyOf(p.valueStack[base:])
		if len(c.Args) == 0 {
			c.Args = nil
		}
		p.valueStack = p.valueStack[:base]
		return ok
	case imap.CodeUnknown:
		ok := p.codeText()
		p.unknown(at)
		return ok
	}
	return p.codeText()
}

// codeText reads [SP 1*<any TEXT-CHAR except "]">]: the arguments of a code that nothing more is known of.
func (p *Parser) codeText() bool {
	if p.peek() != ' ' {
		return true
	}
	p.i++
	from := p.i
	for p.i < len(p.b) && p.b[p.i] != ']' && p.b[p.i] != '\r' && p.b[p.i] != '\n' && p.b[p.i] != 0 {
		size := 1
		if p.b[p.i] >= utf8.RuneSelf {
			if _, size = utf8.DecodeRune(p.b[p.i:]); size == 1 && !p.quirk(Quirk8BitInText, p.i, p.i+1) {
				return p.failCode(ErrorIllegal8Bit, notUTF8(p.b, p.i))
			}
		}
		p.i += size
	}
	if p.i == from && (p.i == len(p.b) || !p.quirk(QuirkExtraSpace, from-1, from)) {
		return p.fail(ExpectText)
	}
	p.leaf(syntax.KindRespCodeText, from)
	return true
}

// codeNumber reads the number of a code, at least 1.
func (p *Parser) codeNumber(c *imap.Code, top uint64) bool {
	kind := syntax.KindNzNumber
	if top != max32 {
		kind = syntax.KindModSequenceValue
	}
	var ok bool
	c.Num, ok = p.nzDigits(0, kind, top)
	return ok
}

// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid        append-uid =/ uid-set
//
//	resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
//
// RFC 4315 §4, RFC 9051 §9.
func (p *Parser) uidCode(c *imap.Code) bool {
	start := p.i
	if !p.sp() || !p.codeNumber(c, max32) {
		return false
	}
	if p.peekPastBlanks() == ']' && p.quirk(QuirkEmptyUIDSet, start, p.i) {
		for p.peek() == ' ' {
			p.i++
		}
		return true
	}
	if c.Name == imap.CodeAppendUID {
		return p.sp() && p.uidSet(syntax.KindAppendUid, &c.Set)
	}
	return p.sp() && p.uidSet(syntax.KindUidSet, &c.Set) && p.sp() && p.uidSet(syntax.KindUidSet, &c.Dest)
}
