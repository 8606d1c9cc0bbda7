package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// code writes "[" resp-text-code "]" (RFC 9051 §9).
func (e *enc) code(c *imap.Code) {
	e.field("Code")
	e.down()
	defer e.up()
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
		e.flagList(c.Flags, true)
	case imap.CodeCapability:
		e.field("Caps")
		if c.Caps == nil {
			e.fail(ErrEmpty)
			return
		}
		e.down()
		e.field("List")
		e.caps(c.Caps.List)
		e.up()
	default:
		e.codeArgs(c)
	}
}

// codeArgs writes the arguments of the other codes: values, or text that is no values.
func (e *enc) codeArgs(c *imap.Code) {
	if c.Args != nil {
		e.field("Args")
		switch c.Name {
		case imap.CodeNoUpdate: // SP quoted (RFC 5267 §5)
			if len(c.Args) != 1 || c.Args[0].IsList {
				e.fail(ErrType)
				return
			}
			e.sp()
			e.string(&c.Args[0].Str, quotable)
		case imap.CodeInProgress: // the tag is quoted or NIL, the numbers are bare (RFC 9585 §5)
			e.inProgress(c.Args)
		case imap.CodeBadURL, imap.CodeReferral, imap.CodeURLMech:
			e.codeWords(c.Args)
		default:
			e.values(c.Args)
		}
		return
	}
	e.field("Raw")
	switch {
	case needsArgs(c.Name) && len(c.Raw) == 0:
		e.fail(ErrEmpty)
	case len(c.Raw) > 0:
		e.sp()
		if n := wire.ConsumeCodeText(c.Raw); n < len(c.Raw) {
			e.fail(ErrText)
			return
		}
		e.raw(c.Raw)
	}
}

// needsArgs reports whether the code says nothing without arguments.
func needsArgs(n imap.CodeName) bool {
	switch n {
	case imap.CodeBadEvent, imap.CodeMailboxID, imap.CodeObjectID, imap.CodeURLMech, imap.CodeBadURL, imap.CodeReferral, imap.CodeAnnotate,
		imap.CodeAnnotations, imap.CodeNoUpdate, imap.CodeMetadata, imap.CodeUndefinedFilter, imap.CodeMessageLimit, imap.CodeNewName:
		return true
	}
	return false
}

// "INPROGRESS" [SP "(" inprogress-tag SP inprogress-state ")"]        inprogress-tag = quoted / nil (RFC 9585 §5)
func (e *enc) inProgress(args []imap.Value) {
	if len(args) != 1 || !args[0].IsList || len(args[0].List) == 0 {
		e.fail(ErrType)
		return
	}
	e.sp()
	e.byte('(')
	for i := range args[0].List {
		if i > 0 {
			e.sp()
		}
		v := &args[0].List[i]
		switch {
		case v.IsList:
			e.fail(ErrType)
		case i == 0:
			e.string(&v.Str, quotable|nilable)
		default:
			e.simpleValue(&v.Str, astring)
		}
	}
	e.byte(')')
}

// codeWords writes *(SP word), where a word is whatever has no space and no bracket, such as a URL, or a quoted string.
func (e *enc) codeWords(args []imap.Value) {
	for i := range args {
		e.at(i)
		e.sp()
		s := &args[i].Str
		if args[i].IsList {
			e.fail(ErrType)
			return
		}
		if s.Form == imap.FormQuoted && e.Verbatim || !isBareURL(s) {
			e.string(s, quotable)
			continue
		}
		e.raw(s.Raw)
		if e.src != nil {
			e.resync(s)
		}
	}
}

func isBareURL(s *imap.String) bool {
	if s.IsNil() || s.Escaped || len(s.Raw) == 0 || s.Raw[0] == '"' {
		return false
	}
	for _, c := range s.Raw {
		if c <= ' ' || c >= 0x7F || c == ']' {
			return false
		}
	}
	return true
}
