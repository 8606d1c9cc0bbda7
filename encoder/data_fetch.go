package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")" (RFC 9051 §9)
func (e *enc) fetchData(items []imap.FetchData) bool {
	e.field("Items")
	if len(items) == 0 {
		e.fail(ErrEmpty)
	}
	e.words(" (")
	for i := range items {
		if i > 0 {
			e.sp()
		}
		if e.src == nil && e.plainItem(&items[i]) {
			continue
		}
		e.at(i)
		e.down()
		e.fetchItem(&items[i])
		e.up()
	}
	e.byte(')')
	return true
}

// plainItem writes one of the items that synchronizing is made of, at once, if there is nothing to be said against its value.
func (e *enc) plainItem(d *imap.FetchData) bool {
	b := e.b
	switch d.Name {
	case imap.AttFlags:
		n := 0
		if b, n = appendKnown(append(b, "FLAGS ("...), d.Flags); n < len(d.Flags) {
			return false
		}
		b = append(b, ')')
	case imap.AttUID:
		if d.Num == 0 || d.Num > 1<<32-1 {
			return false
		}
		b = wire.AppendUint(append(b, "UID "...), d.Num)
	case imap.AttModSeq:
		if d.Num == 0 || d.Num > max63 {
			return false
		}
		b = append(wire.AppendUint(append(b, "MODSEQ ("...), d.Num), ')')
	case imap.AttRFC822Size:
		if d.Num > max63 {
			return false
		}
		b = wire.AppendUint(append(b, "RFC822.SIZE "...), d.Num)
	default:
		return false
	}
	e.b = b
	return true
}

// fetchItem writes an item and its value.
func (e *enc) fetchItem(d *imap.FetchData) {
	switch d.Name {
	case imap.AttFlags:
		e.words("FLAGS ")
		e.field("Flags")
		e.flagList(d.Flags, false)
	case imap.AttUID:
		e.words("UID ")
		e.field("Num")
		e.nz32(d.Num)
	case imap.AttRFC822Size:
		e.words("RFC822.SIZE ")
		e.field("Num")
		e.number63(d.Num)
	case imap.AttInternalDate:
		e.words("INTERNALDATE ")
		e.field("Date")
		e.dateTime(d.Date)
	case imap.AttModSeq:
		e.modSeq("MODSEQ (", d)
	case imap.AttEnvelope:
		e.words("ENVELOPE ")
		e.field("Envelope")
		if d.Envelope == nil {
			e.fail(ErrEmpty)
			return
		}
		e.envelope(d.Envelope)
	case imap.AttBodyStructure:
		e.words("BODYSTRUCTURE ")
		e.bodyValue(d)
	case imap.AttBody:
		e.words("BODY ")
		e.bodyValue(d)
	case imap.AttSection:
		e.word("BODY")
		e.field("Section")
		e.section(d.Section, false)
		e.origin(d)
		e.sp()
		e.stringField("Str", &d.Str, nstring)
	case imap.AttRFC822, imap.AttRFC822Header, imap.AttRFC822Text:
		e.word(d.Name.String())
		e.sp()
		e.stringField("Str", &d.Str, nstring)
	default:
		e.extensionItem(d)
	}
}

// permsg-modsequence = mod-sequence-value, in parentheses (RFC 7162 §7)
func (e *enc) modSeq(words string, d *imap.FetchData) {
	e.words(words)
	e.field("Num")
	e.nz(d.Num)
	e.byte(')')
}

// bodyValue writes a body.
func (e *enc) bodyValue(d *imap.FetchData) {
	e.field("Body")
	if d.Body == nil {
		e.fail(ErrEmpty)
		return
	}
	e.down()
	e.body(d.Body)
	e.up()
}

// origin writes ["<" number64 ">"].
func (e *enc) origin(d *imap.FetchData) {
	if !d.HasOrigin {
		if d.Origin != 0 {
			e.field("Origin")
			e.fail(ErrField)
		}
		return
	}
	e.byte('<')
	e.field("Origin")
	e.number63(d.Origin)
	e.byte('>')
}

// extensionItem is fetchItem for the items of extensions.
func (e *enc) extensionItem(d *imap.FetchData) {
	if d.Unknown != nil {
		e.unknownItem(d)
		return
	}
	w := d.Name.String()
	switch d.Name {
	case imap.AttBinary, imap.AttBinarySize, imap.AttBodyPartStructure, imap.AttAvailableConversions:
		e.word(w)
		e.field("Section")
		e.section(d.Section, true)
		if d.Name == imap.AttBinary {
			e.origin(d)
		}
		e.sp()
		switch d.Name {
		case imap.AttBinary:
			e.stringField("Str", &d.Str, nstring|literal8)
		case imap.AttBinarySize:
			e.field("Num")
			if d.Num > 1<<32-1 {
				e.fail(ErrNumber)
			}
			e.number(d.Num)
		case imap.AttBodyPartStructure:
			e.bodyValue(d)
		default:
			e.field("Unknown")
			e.fail(ErrEmpty)
		}
	case imap.AttXRealUID:
		e.word(w)
		e.sp()
		e.field("Num")
		e.nz32(d.Num)
	case imap.AttCreatedModSeq:
		e.modSeq("CREATEDMODSEQ (", d)
	case imap.AttEmailID, imap.AttThreadID:
		e.word(w)
		e.sp()
		e.objectID(d)
	case imap.AttSaveDate, imap.AttXSaveDate:
		e.word(w)
		e.sp()
		e.field("Date")
		if d.IsNil {
			e.word("NIL")
			return
		}
		e.dateTime(d.Date)
	case imap.AttPreview, imap.AttSnippet:
		e.word(w)
		e.sp()
		e.field("Str")
		e.preview(d)
	case imap.AttXGUID, imap.AttXMailbox, imap.AttDigestSHA1, imap.AttRFC822SHA1, imap.AttXMsgID:
		e.word(w)
		e.sp()
		e.stringField("Str", &d.Str, astring|nilable)
	case imap.AttXGMMsgID, imap.AttXGMThrID:
		e.word(w)
		e.sp()
		e.number(d.Num)
	case imap.AttXGMLabels:
		e.word(w)
		e.sp()
		e.field("Flags")
		e.labels(d.Flags)
	default:
		e.field("Unknown")
		e.fail(ErrEmpty)
	}
}

// msg-att-dynamic =/ "PREVIEW" SP nstring (RFC 8970 §6). The drafts had "(" algorithm SP nstring ")", whose algorithm only the source knows.
func (e *enc) preview(d *imap.FetchData) {
	if e.pos < len(e.src) && e.src[e.pos] == '(' {
		n := wire.ConsumeAtom(e.src[e.pos+1:])
		e.byte('(')
		e.raw(e.src[e.pos : e.pos+n])
		e.sp()
		e.string(&d.Str, nstring)
		e.byte(')')
		return
	}
	e.string(&d.Str, nstring)
}

// fetch-emailid-resp = "EMAILID" SP "(" objectid ")"        fetch-threadid-resp = "THREADID" SP ("(" objectid ")" / nil) (RFC 8474 §7)
func (e *enc) objectID(d *imap.FetchData) {
	e.field("Str")
	if d.Str.IsNil() {
		if d.Name == imap.AttEmailID {
			e.fail(ErrNIL)
		}
		e.word("NIL")
		return
	}
	e.byte('(')
	if !isObjectID(&d.Str) {
		e.fail(ErrAtom)
		return
	}
	e.raw(d.Str.Raw)
	e.byte(')')
}

// unknownItem writes an item by its Unknown: its name, section and all, and one value.
func (e *enc) unknownItem(d *imap.FetchData) {
	u := d.Unknown
	e.field("Unknown")
	e.down()
	defer e.up()
	e.field("Name")
	switch {
	case d.Name == imap.AttUnknown:
		if !isAttName(u.Name) || imap.LookupAtt(u.Name) != imap.AttUnknown {
			e.fail(ErrName)
			return
		}
		e.raw(u.Name)
	case d.Name == imap.AttObjectID:
		e.word("OBJECTID")
		e.sp()
		if len(u.Values) != 1 {
			e.fail(ErrEmpty)
			return
		}
		e.objectIDs(&u.Values[0])
		return
	default:
		if !takesUnknownValue(d) {
			e.fail(ErrField)
			return
		}
		e.word(d.Name.String())
		switch d.Name {
		case imap.AttBinary, imap.AttBinarySize, imap.AttBodyPartStructure, imap.AttAvailableConversions:
			e.section(d.Section, true)
			if d.Name == imap.AttBinary {
				e.origin(d)
			}
		}
	}
	e.field("Values")
	if len(u.Values) != 1 {
		e.fail(ErrEmpty)
		return
	}
	e.sp()
	e.value(&u.Values[0])
}

// takesUnknownValue reports whether a known item may have a value without a type: the vendors' items, and those of CONVERTED, which may hold an
// error or a list instead of what they are for (RFC 5259 §10).
func takesUnknownValue(d *imap.FetchData) bool {
	switch d.Name {
	case imap.AttBinary, imap.AttBinarySize, imap.AttAvailableConversions:
		return len(d.Unknown.Values) == 1 && d.Unknown.Values[0].IsList
	case imap.AttBodyPartStructure:
		vs := d.Unknown.Values
		return len(vs) == 1 && len(vs[0].List) > 0 && vs[0].List[0].Str.Is("ERROR")
	case imap.AttAnnotation, imap.AttCID, imap.AttBaseCID, imap.AttFolder, imap.AttMailboxes, imap.AttMailboxIDs, imap.AttLastUpdated,
		imap.AttUIDValidity, imap.AttRFC822FileSize, imap.AttRFC822Peek, imap.AttRFC822TextPeek, imap.AttRFC822HeaderLines,
		imap.AttRFC822HeaderLinesNot:
		return true
	}
	return false
}

// message-data =/ nz-number SP "CONVERTED" SP convert-correlator SP convert-msg-attrs        convert-correlator = "(" "TAG" SP tag-string ")"
// (RFC 5259 §10). The correlator is the first item.
func (e *enc) converted5259(f *imap.Fetch) bool {
	e.field("Items")
	if len(f.Items) < 2 || f.Items[0].Unknown == nil || !wire.EqualFold(f.Items[0].Unknown.Name, "TAG") || len(f.Items[0].Unknown.Values) != 1 ||
		f.Items[0].Unknown.Values[0].IsList {
		e.fail(ErrType)
		return true
	}
	e.sp()
	e.byte('(')
	e.word("TAG")
	e.sp()
	e.string(&f.Items[0].Unknown.Values[0].Str, astring)
	e.byte(')')
	return e.fetchData(f.Items[1:])
}
