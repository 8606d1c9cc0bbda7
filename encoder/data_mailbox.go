package encoder

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended] (RFC 9051 §9)
func (e *enc) listData(l *imap.List) bool {
	e.sp()
	e.field("Attrs")
	e.attrList(l.Attrs)
	e.sp()
	e.field("Delim")
	e.delimiter(l.Delim)
	e.mailboxField("Mailbox", &l.Mailbox)
	if l.Ext == nil && l.ChildInfo == nil && l.OldName.Wire.Form == imap.FormNil {
		return true
	}
	e.sp()
	e.byte('(')
	e.listExtended(l)
	e.byte(')')
	return true
}

// delimiter writes DQUOTE QUOTED-CHAR DQUOTE / nil.
func (e *enc) delimiter(c byte) {
	switch {
	case c == 0:
		e.word("NIL")
		return
	case c >= 0x80 || c == '\r' || c == '\n':
		e.fail(ErrText)
		return
	}
	if e.src == nil && c != '"' && c != '\\' {
		e.b = append(e.b, '"', c, '"')
		return
	}
	e.byte('"')
	if c == '"' || c == '\\' {
		e.byte('\\')
	}
	e.byte(c)
	e.byte('"')
}

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val (RFC 5258 §6), in the order of the source, CHILDINFO and OLDNAME first
// where there is none.
func (e *enc) listExtended(l *imap.List) {
	child, old, next, n := l.ChildInfo != nil, !l.OldName.IsZero(), 0, 0
	for ; child || old || next < len(l.Ext); n++ {
		if n > 0 {
			e.sp()
		}
		ext := next < len(l.Ext) && e.tagFollows(string(l.Ext[next].Name))
		switch {
		case child && !ext && !(old && e.tagFollows("OLDNAME")):
			child = false
			e.extTag([]byte("CHILDINFO"))
			e.sp()
			e.field("ChildInfo")
			e.stringList(l.ChildInfo, str)
		case old && !ext:
			old = false
			e.extTag([]byte("OLDNAME"))
			e.sp()
			e.byte('(')
			e.field("OldName")
			e.mailbox(&l.OldName)
			e.byte(')')
		default:
			e.field("Ext")
			e.at(next)
			p := &l.Ext[next]
			next++
			if !p.HasValue || p.Is("CHILDINFO") || p.Is("OLDNAME") {
				e.fail(ErrType)
			}
			e.extTag(p.Name)
			e.sp()
			e.down()
			e.field("Value")
			e.taggedExtVal(&p.Value)
			e.up()
		}
	}
}

// tagFollows is wordFollows for a tag that may be quoted.
func (e *enc) tagFollows(tag string) bool {
	if e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '"' {
		e.pos++
		defer func() { e.pos-- }()
	}
	return e.wordFollows(tag)
}

// extTag writes mbox-list-extended-item-tag, which is an astring, in quotes or as a literal where the source has it so.
func (e *enc) extTag(tag []byte) {
	quoted := e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '"' && wire.IsAtom(tag)
	if quoted {
		e.byte('"')
		e.word(string(tag))
		e.byte('"')
		return
	}
	at := len(e.b)
	s := imap.Bytes(tag)
	if e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '{' {
		if h, n := wire.ConsumeLiteralHeader(e.src[e.pos:]); n > 0 && h.Size == uint64(len(tag)) {
			s.Form, s.Span = imap.FormLiteral, wire.Span{Start: uint32(e.pos), End: uint32(e.pos + n + len(tag))}
			e.string(&s, astring)
			return
		}
	}
	e.string(&s, astring)
	if e.src != nil && bytes.HasPrefix(e.src[e.pos:], e.b[at:]) {
		e.pos += len(e.b) - at
	}
}

// "STATUS" SP mailbox SP "(" [status-att-list] ")"        status-att-list = status-att-val *(SP status-att-val) (RFC 9051 §9)
func (e *enc) statusData(s *imap.StatusData) bool {
	e.mailboxField("Mailbox", &s.Mailbox)
	e.sp()
	e.byte('(')
	e.field("Items")
	for i := range s.Items {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.down()
		it := &s.Items[i]
		e.field("Att")
		e.statusAtt(it)
		e.sp()
		e.statusValue(it)
		e.up()
	}
	e.byte(')')
	return true
}

// statusValue writes the value of a status item: status-att-val, and those of the extensions.
func (e *enc) statusValue(it *imap.StatusItem) {
	e.field("Value")
	switch it.Att {
	case imap.StatusMessages, imap.StatusRecent, imap.StatusUnseen, imap.StatusDeleted:
		if it.Num > 1<<32-1 {
			e.fail(ErrNumber)
		}
		e.number(it.Num)
	case imap.StatusUIDNext, imap.StatusUIDValidity:
		e.nz32(it.Num)
	case imap.StatusSize, imap.StatusHighestModSeq, imap.StatusDeletedStorage, imap.StatusXSize, imap.StatusCreatedModSeq:
		e.number63(it.Num)
	case imap.StatusAppendLimit: // number / nil (RFC 7889 §5)
		if it.Num == 0 && it.Value.Str.IsNil() {
			e.word("NIL")
			return
		}
		e.number63(it.Num)
	case imap.StatusMailboxID: // "(" objectid ")" (RFC 8474 §7)
		if !it.Value.IsList || len(it.Value.List) != 1 || !isObjectID(&it.Value.List[0].Str) {
			e.fail(ErrType)
			return
		}
		id := &it.Value.List[0].Str
		e.byte('(')
		e.raw(id.Raw) // an objectid has one form, whatever it spells
		if e.src != nil {
			e.resync(id)
		}
		e.byte(')')
	case imap.StatusObjectID:
		e.objectIDs(&it.Value)
	default:
		if it.Value.Str.IsNil() && !it.Value.IsList {
			e.fail(ErrEmpty)
			return
		}
		if it.Att == imap.StatusUnknown {
			e.taggedExtVal(&it.Value)
			return
		}
		e.value(&it.Value)
	}
}

// objectIDs writes "(" [objectid-key SP objectid *(SP objectid-key SP objectid)] ")" (draft-ietf-mailmaint-imap-objectid-bis §10).
func (e *enc) objectIDs(v *imap.Value) {
	if !v.IsList || len(v.List)%2 != 0 {
		e.fail(ErrType)
		return
	}
	e.byte('(')
	for i := range v.List {
		if i > 0 {
			e.sp()
		}
		s := &v.List[i].Str
		if v.List[i].IsList || i%2 == 1 && !isObjectID(s) {
			e.fail(ErrAtom)
			return
		}
		e.atomString(s)
	}
	e.byte(')')
}

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace (RFC 9051 §9)
func (e *enc) namespace(n *imap.Namespace) bool {
	e.namespaces("Personal", n.Personal)
	e.namespaces("Other", n.Other)
	e.namespaces("Shared", n.Shared)
	return true
}

// namespace = nil / "(" 1*namespace-descr ")"        namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [...] ")"
// namespace-response-extension = SP string SP "(" string *(SP string) ")"
func (e *enc) namespaces(field string, items []imap.NamespaceItem) {
	e.sp()
	e.field(field)
	if items == nil {
		e.word("NIL")
		return
	}
	if len(items) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range items {
		it := &items[i]
		e.at(i)
		e.down()
		e.byte('(')
		e.field("Prefix")
		e.name(&it.Prefix.Wire, it.Prefix.UTF8, str)
		e.sp()
		e.field("Delim")
		e.delimiter(it.Delim)
		e.field("Ext")
		if len(it.Ext)%2 != 0 {
			e.fail(ErrEmpty)
		}
		for k := 0; k+1 < len(it.Ext); k += 2 {
			e.at(k)
			name, list := &it.Ext[k], &it.Ext[k+1]
			if name.IsList || !list.IsList {
				e.fail(ErrType)
				break
			}
			e.sp()
			e.string(&name.Str, str)
			e.sp()
			e.stringValues(list.List, str)
		}
		e.byte(')')
		e.up()
	}
	e.byte(')')
}

// quota-response = "QUOTA" SP quota-root-name SP quota-list        quota-list = "(" [quota-resource *(SP quota-resource)] ")"
// quota-resource = resource-name SP resource-usage SP resource-limit (RFC 9208 §7, RFC 2087 §5.1)
func (e *enc) quotaData(q *imap.QuotaData) bool {
	e.sp()
	e.stringField("Root", &q.Root, astring)
	e.sp()
	e.byte('(')
	e.field("Quotas")
	for i := range q.Quotas {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.atom(q.Quotas[i].Resource)
		e.sp()
		e.number63(q.Quotas[i].Usage)
		e.sp()
		e.number63(q.Quotas[i].Limit)
	}
	e.byte(')')
	return true
}

// acl-data = "ACL" SP mailbox *(SP identifier SP rights)        myrights-data = "MYRIGHTS" SP mailbox SP rights
// listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights) (RFC 4314 §7)
func (e *enc) aclData(n imap.ResponseName, a *imap.ACL) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	e.field("Entries")
	if n != imap.RespACL && len(a.Entries) != 1 {
		e.fail(ErrEmpty)
	}
	for i := range a.Entries {
		e.at(i)
		e.sp()
		if n == imap.RespMyRights {
			if !a.Entries[i].Key.IsNil() {
				e.fail(ErrField)
			}
			e.string(&a.Entries[i].Value, astring)
			continue
		}
		e.pair(&a.Entries[i], astring, astring)
	}
	e.field("More")
	if n != imap.RespListRights && len(a.More) > 0 {
		e.fail(ErrField)
	}
	e.strings(a.More, astring)
	return true
}

// metadata-resp = "METADATA" SP mailbox SP (entry-values / entry-list) (RFC 5464 §5)
func (e *enc) metadataData(m *imap.Metadata) bool {
	e.mailboxField("Mailbox", &m.Mailbox)
	e.sp()
	e.field("Entries")
	if len(m.Entries) == 0 {
		e.fail(ErrEmpty)
	}
	if !m.Names {
		e.pairs(m.Entries, astring, nstring|literal8)
		return true
	}
	for i := range m.Entries {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		if !m.Entries[i].Value.IsNil() {
			e.fail(ErrField)
		}
		e.string(&m.Entries[i].Key, astring)
	}
	return true
}

// wordsData writes the data that is a list of strings.
//
//	language-data   = "LANGUAGE" SP "(" lang-tag-quoted *(SP lang-tag-quoted) ")"
//	comparator-data = "COMPARATOR" SP comp-sel-quoted [SP "(" comp-id-quoted *(SP comp-id-quoted) ")"] (RFC 5255 §4.10)
//	genurlauth-data = "GENURLAUTH" 1*(SP url-full) (RFC 4467 §9)
//	resp-jmapaccess = "JMAPACCESS" SP quoted (RFC 9698 §5)
//	quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name) (RFC 9208 §7)
func (e *enc) wordsData(n imap.ResponseName, w *imap.Words) bool {
	if n == imap.RespQuotaRoot {
		e.mailboxField("Mailbox", &w.Mailbox)
		e.field("Words")
		e.strings(w.Words, astring)
		return true
	}
	if !w.Mailbox.IsZero() {
		e.field("Mailbox")
		e.fail(ErrField)
	}
	e.field("Words")
	if len(w.Words) == 0 {
		e.fail(ErrEmpty)
		return true
	}
	switch n {
	case imap.RespLanguage:
		e.sp()
		e.stringList(w.Words, astring)
	case imap.RespComparator:
		e.sp()
		e.string(&w.Words[0], astring)
		if len(w.Words) > 1 {
			e.sp()
			e.stringList(w.Words[1:], astring)
		}
	case imap.RespGenURLAuth:
		e.strings(w.Words, astring)
	case imap.RespJMAPAccess:
		if len(w.Words) > 1 {
			e.fail(ErrField)
		}
		e.sp()
		e.string(&w.Words[0], quotable)
	default:
		return false
	}
	return true
}
