package encoder

import (
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// code writes "[" resp-text-code "]" (RFC 9051 §9).
func (e *enc) code(c *imap.Code) {
	e.byte('[')
	e.field("Name")
	if c.Name == imap.CodeUnknown {
		if !wire.IsAtom(c.Word) || imap.LookupCode(c.Word) != imap.CodeUnknown {
			e.fail(ErrName)
			return
		}
		e.raw(c.Word)
	} else {
		w := c.Name.String()
		if w == "" {
			e.fail(ErrName)
		}
		e.word(w)
	}
	e.inCode = true
	e.codeData(c)
	e.inCode = false
	e.byte(']')
}

// codeData writes what follows the word, by what the code is.
func (e *enc) codeData(c *imap.Code) {
	switch c.Name {
	case imap.CodeUIDNext, imap.CodeUIDValidity, imap.CodeUnseen, imap.CodeMaxConvertMessages, imap.CodeMaxConvertParts:
		e.sp()
		e.field("Num")
		e.nz32(c.Num)
	case imap.CodeHighestModSeq:
		e.sp()
		e.field("Num")
		e.nz(c.Num)
	case imap.CodeAppendUID:
		e.sp()
		e.field("Num")
		e.nz32(c.Num)
		e.sp()
		e.field("Set")
		e.uidSet(c.Set)
	case imap.CodeCopyUID:
		e.sp()
		e.field("Num")
		e.nz32(c.Num)
		e.sp()
		e.field("Set")
		e.uidSet(c.Set)
		e.sp()
		e.field("Dest")
		e.uidSet(c.Dest)
	case imap.CodeModified, imap.CodeDowngraded:
		e.sp()
		e.field("Set")
		e.set(c.Set)
	case imap.CodePermanentFlags:
		e.sp()
		e.field("Flags")
		if c.Flags == nil && len(c.Raw) > 0 {
			e.fail(ErrType) // a lenient parser couldn't make sense of it
		}
		e.flagList(c.Flags, true)
	case imap.CodeCapability:
		e.field("Caps")
		if c.Caps == nil {
			e.fail(ErrEmpty)
			return
		}
		e.down()
		e.field("List")
		if len(c.Caps.List) == 0 {
			e.fail(ErrEmpty)
		}
		e.caps(c.Caps.List)
		e.up()
	case imap.CodeUnknown:
		e.codeText(c)
	default:
		if !e.codeArgs(c) {
			e.fail(ErrType)
		}
	}
}

// codeText writes [SP 1*<any TEXT-CHAR except "]">], the arguments of a code that nothing more is known of.
func (e *enc) codeText(c *imap.Code) {
	e.field("Raw")
	if len(c.Args) > 0 {
		e.field("Args")
		e.fail(ErrField)
	}
	if len(c.Raw) == 0 {
		return
	}
	if n := wire.ConsumeCodeText(c.Raw); n < len(c.Raw) || !utf8.Valid(c.Raw) {
		e.fail(ErrText)
		return
	}
	e.sp()
	e.raw(c.Raw)
}

// codeArgs writes the arguments of the codes that have them in Args, and reports whether they have the form that the code wants.
func (e *enc) codeArgs(c *imap.Code) bool {
	a := c.Args
	e.field("Args")
	word := func(i int, words ...string) bool {
		if i >= len(a) || a[i].IsList {
			return false
		}
		for _, w := range words {
			if a[i].Str.Is(w) {
				e.sp()
				e.atomString(&a[i].Str)
				return true
			}
		}
		return false
	}
	number := func(i int, least uint64) bool {
		if i >= len(a) || a[i].IsList {
			return false
		}
		v, n := wire.ConsumeUint32(a[i].Str.Raw)
		if n <= 0 || n < len(a[i].Str.Raw) || uint64(v) < least || least > 0 && a[i].Str.Raw[0] == '0' {
			return false
		}
		e.sp()
		e.raw(a[i].Str.Raw)
		return true
	}
	switch c.Name {
	case imap.CodeBadCharset: // [SP "(" charset *(SP charset) ")"]        charset = atom / quoted (RFC 9051 §9), astring (RFC 3501 §9)
		return isBare(c) || e.codeList(a, e.codeCharset)
	case imap.CodeBadEvent: // SP "(" event *(SP event) ")" (RFC 5465 §8)
		return e.codeList(a, e.codeAtom)
	case imap.CodeMailboxID: // SP "(" objectid ")" (RFC 8474 §7)
		return len(a) == 1 && len(a[0].List) == 1 && e.codeList(a, e.codeObjectID)
	case imap.CodeObjectID:
		if len(a) != 1 {
			return false
		}
		e.sp()
		e.objectIDs(&a[0])
		return true
	case imap.CodeURLMech: // SP "INTERNAL" *(SP mechanism) (RFC 4467 §9)
		if !word(0, "INTERNAL") {
			return false
		}
		for i := 1; i < len(a); i++ {
			e.sp()
			if a[i].IsList || !e.codeAtom(&a[i].Str) {
				return false
			}
		}
		return true
	case imap.CodeBadURL, imap.CodeReferral: // SP url; 1*(SP url) (RFC 4469 §5, RFC 2193 §6)
		return (len(a) == 1 || len(a) > 1 && c.Name == imap.CodeReferral) && e.codeURLs(a)
	case imap.CodeAnnotate: // SP ("TOOBIG" / "TOOMANY") (RFC 5257 §5)
		return len(a) == 1 && word(0, "TOOBIG", "TOOMANY")
	case imap.CodeAnnotations: // SP ("NONE" / (("READ-ONLY" / nz-number) [SP "NOPRIVATE"])) (RFC 5257 §5)
		switch len(a) {
		case 1:
			return word(0, "NONE", "READ-ONLY") || number(0, 1)
		case 2:
			return (word(0, "READ-ONLY") || number(0, 1)) && word(1, "NOPRIVATE")
		}
		return false
	case imap.CodeNoUpdate: // SP quoted (RFC 5267 §5)
		if len(a) != 1 || a[0].IsList {
			return false
		}
		e.sp()
		e.string(&a[0].Str, quotable)
		return true
	case imap.CodeMetadata: // SP ("LONGENTRIES" SP number / "MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE") (RFC 5464 §5)
		switch len(a) {
		case 1:
			return word(0, "TOOMANY", "NOPRIVATE")
		case 2:
			return word(0, "LONGENTRIES", "MAXSIZE") && number(1, 0)
		}
		return false
	case imap.CodeUndefinedFilter: // SP filter-name (RFC 5466 §4)
		if len(a) != 1 || a[0].IsList {
			return false
		}
		e.sp()
		return e.codeAtom(&a[0].Str)
	case imap.CodeInProgress: // [SP "(" (quoted / nil) SP (nil SP nil / number SP (nil / nz-number)) ")"] (RFC 9585 §5)
		return isBare(c) || e.inProgress(a)
	case imap.CodeMessageLimit: // SP nz-number [SP nz-number] (RFC 9738 §5)
		return (len(a) == 1 || len(a) == 2) && number(0, 1) && (len(a) == 1 || number(1, 1))
	case imap.CodeNewName: // SP string SP string (RFC 2060 §7.1)
		if len(a) != 2 || a[0].IsList || a[1].IsList {
			return false
		}
		e.codeLiterals = true
		e.sp()
		e.string(&a[0].Str, astring)
		e.sp()
		e.string(&a[1].Str, astring)
		e.codeLiterals = false
		return true
	}
	e.codeText(c)
	return true
}

// isBare reports whether a code that may have arguments has none. One that was read with bytes that are none has them in Raw, and can't be written.
func isBare(c *imap.Code) bool { return len(c.Args) == 0 && len(c.Raw) == 0 }

// codeList writes SP "(" x *(SP x) ")".
func (e *enc) codeList(a []imap.Value, x func(*imap.String) bool) bool {
	if len(a) != 1 || !a[0].IsList || len(a[0].List) == 0 {
		return false
	}
	e.sp()
	e.byte('(')
	for i := range a[0].List {
		if i > 0 {
			e.sp()
		}
		if a[0].List[i].IsList || !x(&a[0].List[i].Str) {
			return false
		}
	}
	e.byte(')')
	return true
}

func (e *enc) codeAtom(s *imap.String) bool {
	e.atomString(s)
	return true
}

func (e *enc) codeObjectID(s *imap.String) bool {
	if !isObjectID(s) {
		return false
	}
	e.raw(s.Raw)
	return true
}

func (e *enc) codeCharset(s *imap.String) bool {
	p := place(bare | quotable)
	if s.Form == imap.FormQuoted || !wire.IsAtom(s.Raw) {
		p = quotable
	}
	if s.Form == imap.FormLiteral && (e.Verbatim || !wire.CanQuote(s.Raw, e.UTF8)) {
		p |= literal
		e.codeLiterals = true
	}
	e.string(s, p)
	e.codeLiterals = false
	return true
}

func (e *enc) inProgress(a []imap.Value) bool {
	if len(a) != 1 || !a[0].IsList || len(a[0].List) != 3 {
		return false
	}
	e.sp()
	e.byte('(')
	for i := range a[0].List {
		v := &a[0].List[i]
		if v.IsList {
			return false
		}
		switch {
		case i == 0:
			e.string(&v.Str, quotable|nilable)
			continue
		case v.Str.IsNil():
			e.sp()
			e.word("NIL")
			continue
		}
		e.sp()
		e.bareNumber(&v.Str, 1<<32-1)
		if i == 2 && (len(v.Str.Raw) > 0 && v.Str.Raw[0] == '0' || a[0].List[1].Str.IsNil()) {
			return false
		}
	}
	e.byte(')')
	return true
}

// codeURLs writes 1*(SP url): what has no space and no bracket stands bare, the rest in quotes.
func (e *enc) codeURLs(a []imap.Value) bool {
	for i := range a {
		e.at(i)
		e.sp()
		s := &a[i].Str
		switch {
		case a[i].IsList:
			return false
		case s.Form == imap.FormQuoted && e.Verbatim || !isBareURL(s):
			e.string(s, quotable)
		default:
			e.raw(s.Raw)
			if e.src != nil {
				e.resync(s)
			}
		}
	}
	return true
}

func isBareURL(s *imap.String) bool {
	if s.IsNil() || s.Escaped || len(s.Raw) == 0 || s.Raw[0] == '"' || s.Raw[0] == '{' {
		return false
	}
	for _, c := range s.Raw {
		if c <= ' ' || c >= 0x7F || c == ']' {
			return false
		}
	}
	return true
}
