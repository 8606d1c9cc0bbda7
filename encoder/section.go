package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// section writes "[" [section-spec] "]" (RFC 9051 §9); binary is section-binary, which has part numbers only.
func (e *enc) section(s *imap.Section, binary bool) {
	e.byte('[')
	if s != nil {
		e.down()
		e.sectionSpec(s, binary)
		e.up()
	}
	e.byte(']')
}

// section-spec = section-msgtext / (section-part ["." section-text])
// section-text = section-msgtext / "MIME"        section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
func (e *enc) sectionSpec(s *imap.Section, binary bool) {
	e.field("Part")
	for i, n := range s.Part {
		if i > 0 {
			e.byte('.')
		}
		e.at(i)
		if n == 0 {
			e.fail(ErrNumber)
		}
		e.number(uint64(n))
	}
	e.field("Spec")
	if s.Spec > imap.SectionMIME || binary && s.Spec != imap.SectionWhole || s.Spec == imap.SectionMIME && len(s.Part) == 0 {
		e.fail(ErrSection)
		return
	}
	if s.Spec != imap.SectionWhole {
		if len(s.Part) > 0 {
			e.byte('.')
		}
		e.word(s.Spec.String())
	}
	e.field("Fields")
	switch s.Spec {
	case imap.SectionHeaderFields, imap.SectionHeaderFieldsNot:
		e.sp()
		e.stringList(s.Fields, astring)
	default:
		if len(s.Fields) > 0 {
			e.fail(ErrField)
		}
	}
}

// fetchAtt writes an item that FETCH or CONVERT asks for.
func (e *enc) fetchAtt(a *imap.FetchAtt) {
	e.down()
	defer e.up()
	e.field("Name")
	switch a.Name {
	case imap.AttUnknown, imap.AttRFC822HeaderLines, imap.AttRFC822HeaderLinesNot, imap.AttAnnotation:
		e.unknownAtt(a)
		return
	case imap.AttSection:
		e.peekable(a, "BODY")
		e.field("Section")
		e.section(a.Section, false)
		e.partial(a)
	case imap.AttBinary:
		e.peekable(a, "BINARY")
		e.field("Section")
		e.section(a.Section, true)
		e.partial(a)
	case imap.AttBinarySize:
		e.word("BINARY.SIZE")
		e.field("Section")
		e.section(a.Section, true)
	case imap.AttBodyPartStructure, imap.AttAvailableConversions: // of CONVERT only (RFC 5259 §10)
		if !e.inConvert {
			e.fail(ErrName)
		}
		e.word(a.Name.String())
		e.field("Section")
		e.section(a.Section, true)
	default:
		w := a.Name.String()
		if w == "" {
			e.fail(ErrName)
		}
		e.word(w)
		if a.Section != nil {
			e.field("Section")
			e.fail(ErrField)
		}
	}
	if a.Peek && a.Name != imap.AttSection && a.Name != imap.AttBinary {
		e.field("Peek")
		e.fail(ErrField)
	}
	if a.HasPartial && a.Name != imap.AttSection && a.Name != imap.AttBinary {
		e.field("HasPartial")
		e.fail(ErrField)
	}
	if a.Params != nil {
		e.field("Params")
		if a.Name != imap.AttPreview && a.Name != imap.AttSnippet {
			e.fail(ErrField)
		}
		if len(a.Params) == 0 {
			e.fail(ErrEmpty)
		}
		e.previewMods(a.Params)
	}
}

// previewMods writes SP "(" preview-mod *(SP preview-mod) ")"        preview-mod = "LAZY" (RFC 8970 §6); its drafts had others.
func (e *enc) previewMods(ps []imap.Param) {
	e.words(" (")
	for i := range ps {
		e.at(i)
		if i > 0 {
			e.sp()
		}
		if ps[i].HasValue {
			e.fail(ErrField)
		}
		e.atom(ps[i].Name)
	}
	e.byte(')')
}

func (e *enc) peekable(a *imap.FetchAtt, word string) {
	e.word(word)
	if a.Peek {
		e.word(".PEEK")
	}
}

// partial = "<" number64 "." nz-number64 ">"
func (e *enc) partial(a *imap.FetchAtt) {
	if !a.HasPartial {
		if a.Offset|a.Count != 0 {
			e.field("Offset")
			e.fail(ErrField)
		}
		return
	}
	e.byte('<')
	e.field("Offset")
	e.number63(a.Offset)
	e.byte('.')
	e.field("Count")
	e.nz(a.Count)
	e.byte('>')
}

// unknownAtt writes an item by its Unknown: its name, section and all, and what follows.
func (e *enc) unknownAtt(a *imap.FetchAtt) {
	u := a.Unknown
	e.field("Unknown")
	if u == nil {
		e.fail(ErrEmpty)
		return
	}
	e.down()
	defer e.up()
	e.field("Name")
	if a.Name != imap.AttUnknown {
		e.word(a.Name.String())
	} else if isAttName(u.Name) && imap.LookupAtt(u.Name) == imap.AttUnknown && !isMacro(u.Name) {
		e.raw(u.Name)
	} else {
		e.fail(ErrName)
		return
	}
	e.field("Values")
	if u.Values == nil && len(u.Raw) == 0 && a.Name == imap.AttUnknown {
		return
	}
	// Only a list belongs to the item for certain: anything else would be taken for the next one.
	if len(u.Values) != 1 || !u.Values[0].IsList {
		e.fail(ErrType)
		return
	}
	e.sp()
	switch list := u.Values[0].List; a.Name {
	case imap.AttAnnotation:
		e.annotationAtt(list)
	case imap.AttRFC822HeaderLines, imap.AttRFC822HeaderLinesNot: // SPACE header_list (RFC 2062 §6.4)
		e.extList(list, false)
	default:
		e.value(&u.Values[0])
	}
}

// fetch-att =/ "ANNOTATION" SP "(" entries SP attribs ")"        entries = entry-match / "(" entry-match *(SP entry-match) ")"
// attribs = attrib / "(" attrib *(SP attrib) ")" (RFC 5257 §5)
func (e *enc) annotationAtt(list []imap.Value) {
	if len(list) != 2 {
		e.fail(ErrType)
		return
	}
	e.byte('(')
	e.oneOrMore(&list[0], wild|quotable|literal)
	e.sp()
	e.oneOrMore(&list[1], astring)
	e.byte(')')
}

// oneOrMore writes a string, or a list of strings that is not empty.
func (e *enc) oneOrMore(v *imap.Value, p place) {
	if !v.IsList {
		e.string(&v.Str, p)
		return
	}
	e.stringValues(v.List, p)
}

// isMacro reports whether b stands for several items, and so for none of a list (RFC 9051 §6.4.5).
func isMacro(b []byte) bool {
	return wire.EqualFold(b, "ALL") || wire.EqualFold(b, "FAST") || wire.EqualFold(b, "FULL")
}

// isAttName reports whether b can be the name of an unknown item: an atom, a section in brackets, a partial in angles.
func isAttName(b []byte) bool {
	n := 0
	for n < len(b) && b[n] != '[' && b[n] != '<' && isAtomChar(b[n]) {
		n++
	}
	if n == 0 {
		return false
	}
	b = b[n:]
	if len(b) > 0 && b[0] == '[' {
		end := 1
		for end < len(b) && b[end] != ']' {
			n := 1
			switch c := b[end]; {
			case c == '"':
				n, _ = wire.ConsumeQuoted(b[end:], false)
			case c < ' ' || c >= 0x7F:
				n = 0
			}
			if n <= 0 {
				return false
			}
			end += n
		}
		if end == len(b) {
			return false
		}
		b = b[end+1:]
	}
	if len(b) == 0 {
		return true
	}
	if b[0] != '<' || b[len(b)-1] != '>' {
		return false
	}
	for _, c := range b[1 : len(b)-1] {
		if c != '.' && c-'0' > 9 {
			return false
		}
	}
	return true
}
