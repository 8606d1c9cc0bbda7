package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
)

// append = "APPEND" SP mailbox 1*append-message (RFC 4466 §3, RFC 3502 §6.3.11)
func (e *enc) append(a *imap.AppendArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	e.field("Messages")
	if len(a.Messages) == 0 {
		e.fail(ErrEmpty)
	}
	for i := range a.Messages {
		e.at(i)
		e.down()
		e.appendMessage(&a.Messages[i])
		e.up()
	}
	return true
}

// append-message = append-opts SP append-data        append-opts = [SP flag-list] [SP date-time] *(SP append-ext) (RFC 4466 §3)
// append-data = literal / literal8 / "CATENATE" SP "(" cat-part *(SP cat-part) ")" / "UTF8" SP "(" literal8 ")"
func (e *enc) appendMessage(m *imap.AppendMessage) {
	if m.Flags != nil {
		e.sp()
		e.field("Flags")
		e.flagList(m.Flags, false)
	}
	if !m.Date.IsZero() {
		e.sp()
		e.field("Date")
		e.dateTime(m.Date)
	}
	e.field("Ext")
	for i := range m.Ext {
		e.at(i)
		e.sp()
		e.appendExt(&m.Ext[i])
	}
	e.field("Data")
	switch {
	case m.Catenate != nil:
		if !m.Data.IsNil() || m.UTF8 {
			e.fail(ErrField)
		}
		e.catenate(m.Catenate)
	case m.UTF8:
		e.sp()
		e.utf8Literal(&m.Data)
	case m.Data.IsNil() && len(m.Ext) > 0: // append-data-ext: the last extension is the data
	default:
		e.sp()
		p := place(literal)
		if e.Binary || m.Data.Form == imap.FormLiteral8 {
			p |= literal8
		}
		e.string(&m.Data, p)
	}
}

// append-ext = append-ext-name SP append-ext-value: always with a value, and no name of append-data (RFC 4466 §3)
func (e *enc) appendExt(p *imap.Param) {
	if !p.HasValue {
		e.fail(ErrEmpty)
	}
	if p.Is("CATENATE") || p.Is("UTF8") {
		e.fail(ErrName)
	}
	e.param(p)
}

// catenate writes SP "CATENATE" SP "(" cat-part *(SP cat-part) ")"
//
// cat-part = text-literal / url        text-literal = "TEXT" SP literal        url = "URL" SP astring (RFC 4469 §5)
func (e *enc) catenate(parts []imap.CatenatePart) {
	e.field("Catenate")
	if len(parts) == 0 {
		e.fail(ErrEmpty)
	}
	e.sp()
	e.word("CATENATE")
	e.sp()
	e.byte('(')
	for i := range parts {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		p := &parts[i]
		switch {
		case p.URL.IsNil() == p.Text.IsNil():
			e.fail(ErrField)
		case !p.URL.IsNil():
			e.word("URL")
			e.sp()
			e.string(&p.URL, astring)
		case p.Text.Form == imap.FormLiteral8:
			e.utf8Literal(&p.Text)
		default:
			e.word("TEXT")
			e.sp()
			e.string(&p.Text, literal)
		}
	}
	e.byte(')')
}

// utf8Literal writes "UTF8" SP "(" literal8 ")" (RFC 6855 §4, RFC 5738 §4).
func (e *enc) utf8Literal(s *imap.String) {
	e.word("UTF8")
	e.sp()
	e.byte('(')
	e.string(s, literal8|needs8)
	e.byte(')')
}

// replace = "REPLACE" SP seq-number SP mailbox append-message (RFC 8508 §5)
func (e *enc) replace(a *imap.ReplaceArgs) bool {
	e.sp()
	e.field("Num")
	if a.Num == 0 {
		e.byte('*')
	} else {
		e.number(uint64(a.Num))
	}
	e.mailboxField("Mailbox", &a.Mailbox)
	e.field("Message")
	e.down()
	e.appendMessage(&a.Message)
	e.up()
	return true
}

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")") [fetch-modifiers] (RFC 4466 §3)
func (e *enc) fetch(a *imap.FetchArgs) bool {
	e.sp()
	e.field("Set")
	e.set(a.Set)
	e.sp()
	macro := a.Macro
	if macro == imap.MacroNone && e.Style == Smallest && !e.Verbatim {
		macro = macroOf(a.Atts)
	}
	switch {
	case macro == imap.MacroNone:
		e.field("Atts")
		if e.fetchParen(a) {
			e.fetchAtts(a.Atts)
		} else {
			e.at(0)
			e.fetchAtt(&a.Atts[0])
		}
	default:
		e.field("Macro")
		if a.Macro != imap.MacroNone && len(a.Atts) > 0 || macro.String() == "" {
			e.fail(ErrField)
		}
		e.word(macro.String())
	}
	known := [...]option{{"CHANGEDSINCE", a.ChangedSince != 0}, {"VANISHED", a.Vanished}}
	e.optionList(a, known[:], "Mods", a.Mods)
	return true
}

// fetchParen reports whether the items stand in parentheses. A single one needs them where something follows it that modifiers of FETCH could be
// taken for.
func (e *enc) fetchParen(a *imap.FetchArgs) bool {
	if len(a.Atts) != 1 {
		return true
	}
	if e.src != nil {
		return e.pos < len(e.src) && e.src[e.pos] == '('
	}
	it := &a.Atts[0]
	return a.Paren && e.Style != Smallest || it.Params != nil || it.Unknown != nil && it.Unknown.Values != nil
}

// macros have the items that a macro stands for (RFC 9051 §6.4.5), the longest one first.
var macros = [...]struct {
	macro imap.Macro
	atts  []imap.AttName
}{
	{imap.MacroFull, []imap.AttName{imap.AttFlags, imap.AttInternalDate, imap.AttRFC822Size, imap.AttEnvelope, imap.AttBody}},
	{imap.MacroAll, []imap.AttName{imap.AttFlags, imap.AttInternalDate, imap.AttRFC822Size, imap.AttEnvelope}},
	{imap.MacroFast, []imap.AttName{imap.AttFlags, imap.AttInternalDate, imap.AttRFC822Size}},
}

// macroOf returns the macro that asks for the same items, in any order.
func macroOf(atts []imap.FetchAtt) imap.Macro {
next:
	for _, m := range macros {
		if len(m.atts) != len(atts) {
			continue
		}
		for _, want := range m.atts {
			found := false
			for i := range atts {
				found = found || atts[i].Name == want
			}
			if !found {
				continue next
			}
		}
		return m.macro
	}
	return imap.MacroNone
}

// fetchAtts writes "(" fetch-att *(SP fetch-att) ")".
func (e *enc) fetchAtts(atts []imap.FetchAtt) {
	if len(atts) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range atts {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.fetchAtt(&atts[i])
	}
	e.byte(')')
}

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags (RFC 4466 §3)
// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag))) (RFC 9051 §9)
func (e *enc) store(a *imap.StoreArgs) bool {
	e.sp()
	e.field("Set")
	e.set(a.Set)
	known := [...]option{{"UNCHANGEDSINCE", a.HasUnchangedSince}}
	e.optionList(a, known[:], "Mods", a.Mods)
	if !a.HasUnchangedSince && a.UnchangedSince != 0 {
		e.field("UnchangedSince")
		e.fail(ErrField)
	}
	e.sp()
	if a.Annotation != nil {
		return e.storeAnnotation(a)
	}
	e.field("Op")
	if a.Op > imap.StoreRemove {
		e.fail(ErrName)
	}
	e.word(a.Op.String())
	if a.Labels {
		e.word("X-GM-LABELS")
	} else {
		e.word("FLAGS")
	}
	if a.Silent {
		e.word(".SILENT")
	}
	e.sp()
	e.field("Flags")
	switch {
	case len(a.Flags) > 0 && (e.src != nil && e.pos < len(e.src) && e.src[e.pos] != '(' || e.Style == Smallest && !e.Verbatim):
		for i := range a.Flags {
			if i > 0 {
				e.sp()
			}
			e.at(i)
			if a.Labels {
				e.label(&a.Flags[i])
			} else {
				e.flag(&a.Flags[i], false)
			}
		}
	case a.Labels:
		e.labels(a.Flags)
	default:
		e.flagList(a.Flags, false)
	}
	return true
}

// att-annotate = "ANNOTATION" SP "(" entry-att *(SP entry-att) ")"        entry-att = entry SP "(" att-value *(SP att-value) ")" (RFC 5257 §5)
func (e *enc) storeAnnotation(a *imap.StoreArgs) bool {
	e.field("Annotation")
	if a.Op != imap.StoreReplace || a.Silent || a.Labels || len(a.Flags) > 0 || len(a.Annotation)%2 != 0 || len(a.Annotation) == 0 {
		e.fail(ErrField)
		return true
	}
	e.word("ANNOTATION")
	e.sp()
	e.byte('(')
	for i := 0; i < len(a.Annotation); i += 2 {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		entry, atts := &a.Annotation[i], &a.Annotation[i+1]
		if entry.IsList || !atts.IsList || len(atts.List) == 0 || len(atts.List)%2 != 0 {
			e.fail(ErrType)
			return true
		}
		e.string(&entry.Str, astring)
		e.sp()
		e.byte('(')
		for k := range atts.List {
			if k > 0 {
				e.sp()
			}
			p := place(astring)
			if k%2 == 1 {
				p = nstring | literal8
			}
			if atts.List[k].IsList {
				e.fail(ErrType)
			}
			e.string(&atts.List[k].Str, p)
		}
		e.byte(')')
	}
	e.byte(')')
	return true
}

// copy = "COPY" SP sequence-set SP mailbox        move = "MOVE" SP sequence-set SP mailbox (RFC 9051 §9)
func (e *enc) copy(a *imap.CopyArgs) bool {
	e.sp()
	e.field("Set")
	e.set(a.Set)
	e.mailboxField("Mailbox", &a.Mailbox)
	return true
}

// uid-expunge = "EXPUNGE" SP sequence-set (RFC 9051 §9)
func (e *enc) expunge(a *imap.ExpungeArgs) bool {
	e.sp()
	e.field("Set")
	e.set(a.Set)
	return true
}

// urlfetch = "URLFETCH" 1*(SP url-fetch-arg)        url-fetch-ext = "(" url-full *(SP url-fetch-param) ")" (RFC 5524 §4)
func (e *enc) urlFetch(a *imap.URLFetchArgs) bool {
	e.field("URLs")
	if len(a.URLs) == 0 {
		e.fail(ErrEmpty)
	}
	for i := range a.URLs {
		e.at(i)
		e.sp()
		u := &a.URLs[i]
		if u.Params == nil {
			e.string(&u.URL, astring)
			continue
		}
		e.byte('(')
		e.string(&u.URL, astring)
		for k := range u.Params {
			e.sp()
			if u.Params[k].HasValue {
				e.fail(ErrField)
			}
			e.atom(u.Params[k].Name)
		}
		e.byte(')')
	}
	return true
}

// convert = "CONVERT" SP sequence-set SP convert-params SP (convert-att / "(" convert-att *(SP convert-att) ")")
// convert-params = "(" (quoted-to-mime-type / "NIL") [SP "(" transcoding-params ")"] ")" (RFC 5259 §10)
func (e *enc) convert(a *imap.ConvertArgs) bool {
	e.sp()
	e.field("Set")
	e.set(a.Set)
	e.sp()
	e.byte('(')
	e.stringField("Type", &a.Type, quotable|nilable)
	if len(a.Params) > 0 {
		e.sp()
		e.field("Params")
		e.pairs(a.Params, astring, astring)
	}
	e.byte(')')
	e.sp()
	e.field("Atts")
	paren := len(a.Atts) != 1 || e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '('
	for i := range a.Atts {
		e.at(i)
		if !isConvertAtt(&a.Atts[i]) {
			e.fail(ErrType)
		}
	}
	e.inConvert = true
	if paren {
		e.fetchAtts(a.Atts)
	} else {
		e.at(0)
		e.fetchAtt(&a.Atts[0])
	}
	e.inConvert = false
	return true
}

// isConvertAtt reports whether CONVERT may ask for a.
//
//	convert-att = "UID" / "BODYPARTSTRUCTURE" section-convert / "BINARY" section-convert [partial] / "BINARY.SIZE" section-convert /
//	              "BODY[HEADER]" / "BODY[" section-part ".HEADER]" / "BODY[" section-part ".MIME]" / "AVAILABLECONVERSIONS" section-convert
//
// section-convert = section-binary, which may be empty (RFC 5259 §10, RFC 3516 §7)
func isConvertAtt(a *imap.FetchAtt) bool {
	if a.Peek || a.Params != nil {
		return false
	}
	switch a.Name {
	case imap.AttUID, imap.AttBodyPartStructure, imap.AttBinary, imap.AttBinarySize, imap.AttAvailableConversions:
		return true
	case imap.AttSection:
		return a.Section != nil && !a.HasPartial && (a.Section.Spec == imap.SectionHeader || a.Section.Spec == imap.SectionMIME)
	}
	return false
}

// message-batches = "UIDBATCHES" SP nz-number [SP nz-number ":" nz-number] (RFC 10022 §4)
func (e *enc) batches(a *imap.BatchesArgs) bool {
	e.sp()
	e.field("Size")
	e.nz(uint64(a.Size))
	if a.From == 0 && a.To == 0 {
		return true
	}
	e.sp()
	e.field("From")
	e.nz(uint64(a.From))
	e.byte(':')
	e.field("To")
	e.nz(uint64(a.To))
	return true
}
