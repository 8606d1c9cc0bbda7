package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
)

// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP env-in-reply-to SP
// env-message-id ")" (RFC 9051 §9)
func (e *enc) envelope(v *imap.Envelope) {
	e.down()
	e.byte('(')
	if b, ok := e.plainStrings(&v.Date, &v.Subject); ok {
		e.b = append(b, ' ')
	} else {
		e.stringField("Date", &v.Date, nstring)
		e.sp()
		e.stringField("Subject", &v.Subject, nstring)
		e.sp()
	}
	e.addresses("From", v.From)
	e.addresses("Sender", v.Sender)
	e.addresses("ReplyTo", v.ReplyTo)
	e.addresses("To", v.To)
	e.addresses("Cc", v.Cc)
	e.addresses("Bcc", v.Bcc)
	if b, ok := e.plainStrings(&v.InReplyTo, &v.MessageID); ok {
		e.b = b
	} else {
		e.stringField("InReplyTo", &v.InReplyTo, nstring)
		e.sp()
		e.stringField("MessageID", &v.MessageID, nstring)
	}
	e.byte(')')
	e.up()
}

// addresses writes "(" 1*address ")" / nil, and SP.
func (e *enc) addresses(field string, as imap.Addresses) {
	e.field(field)
	if len(as) == 0 {
		e.words("NIL ")
		return
	}
	e.byte('(')
	for i := range as {
		e.at(i)
		a := &as[i]
		e.byte('(')
		if b, ok := e.plainStrings(&a.Name, &a.ADL, &a.Mailbox, &a.Host); ok {
			e.b = append(b, ')')
			continue
		}
		e.down()
		e.stringField("Name", &a.Name, nstring)
		e.sp()
		e.stringField("ADL", &a.ADL, nstring)
		e.sp()
		e.stringField("Mailbox", &a.Mailbox, nstring)
		e.sp()
		e.stringField("Host", &a.Host, nstring)
		e.up()
		e.byte(')')
	}
	e.words(") ")
}

// body = "(" (body-type-1part / body-type-mpart) ")" (RFC 9051 §9). Parts are written from a stack of this function's own: their depth may be
// anything.
func (e *enc) body(b *imap.BodyStructure) {
	if !e.openBody(b) {
		return
	}
	if len(b.Parts) > 0 {
		e.bodyParts(b)
	}
	e.closeBody(b)
}

// bodyParts writes all that lies in b.
func (e *enc) bodyParts(b *imap.BodyStructure) {
	type frame struct {
		b    *imap.BodyStructure
		next int
	}
	var few [8]frame
	for open := append(few[:0], frame{b: b}); ; {
		top := &open[len(open)-1]
		if top.next == len(top.b.Parts) {
			open = open[:len(open)-1]
			if len(open) == 0 {
				return
			}
			e.closeBody(top.b)
			e.up()
			continue
		}
		part := top.b.Parts[top.next]
		e.field("Parts")
		e.at(top.next)
		top.next++
		if part == nil {
			e.fail(ErrEmpty)
			return
		}
		e.down()
		if !e.openBody(part) {
			return
		}
		if len(part.Parts) > 0 {
			open = append(open, frame{b: part})
			continue
		}
		e.closeBody(part)
		e.up()
	}
}

// openBody writes what stands before the parts: all of the basic fields, but for a multipart.
func (e *enc) openBody(b *imap.BodyStructure) bool {
	e.byte('(')
	if b.Multipart {
		if len(b.Parts) == 0 {
			e.field("Parts")
			e.fail(ErrEmpty)
		}
		e.field("Type")
		if !b.Type.IsNil() || !b.ID.IsNil() || !b.Description.IsNil() || !b.Encoding.IsNil() || !b.MD5.IsNil() || b.Octets != 0 || b.Lines != 0 {
			e.fail(ErrField)
		}
		return e.err == nil
	}
	message := isMessage(b)
	if !message && is(&b.Type, "message") && is(&b.Subtype, "rfc822") {
		e.field("Envelope")
		e.fail(ErrEmpty)
	}
	if (len(b.Parts) == 1) != message || len(b.Parts) > 1 || (b.Envelope != nil) != message {
		e.field("Parts")
		e.fail(ErrType)
		return false
	}
	e.stringField("Type", &b.Type, str)
	e.sp()
	e.stringField("Subtype", &b.Subtype, str)
	e.sp()
	e.field("Params")
	e.bodyParams(b.Params)
	e.sp()
	e.stringField("ID", &b.ID, nstring)
	e.sp()
	e.stringField("Description", &b.Description, nstring)
	e.sp()
	e.stringField("Encoding", &b.Encoding, str)
	e.sp()
	e.field("Octets")
	e.number63(b.Octets)
	if message {
		e.sp()
		e.field("Envelope")
		e.envelope(b.Envelope)
		e.sp()
	}
	return true
}

// isMessage reports whether the part holds a message: message/rfc822 or message/global (RFC 9051 §9 media-message) with one. A message/global may
// stand without it, in the basic form (RFC 9755 §6).
func isMessage(b *imap.BodyStructure) bool {
	return b.Envelope != nil && is(&b.Type, "message") && (is(&b.Subtype, "rfc822") || is(&b.Subtype, "global"))
}

// is is String.Is, quick to say no.
func is(s *imap.String, w string) bool {
	return (len(s.Raw) == len(w) || s.Escaped) && s.Is(w)
}

// closeBody writes what stands behind the parts.
func (e *enc) closeBody(b *imap.BodyStructure) {
	if b.Multipart {
		e.sp()
		e.stringField("Subtype", &b.Subtype, str)
	} else if isMessage(b) || is(&b.Type, "text") {
		// body-fld-lines stands in both kinds, and in no other
		e.sp()
		e.field("Lines")
		e.number63(b.Lines)
	}
	if b.Extended {
		e.bodyExt(b)
	}
	e.byte(')')
}

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]; body-ext-mpart has body-fld-param
// instead of body-fld-md5. Trailing fields that say nothing are left out, as far as the source leaves them out too.
func (e *enc) bodyExt(b *imap.BodyStructure) {
	last := 1
	switch {
	case len(b.Ext) > 0:
		last = 5
	case !b.Location.IsNil():
		last = 4
	case len(b.Languages) > 0:
		last = 3
	case !b.Disposition.IsNil():
		last = 2
	}
	e.sp()
	if b.Multipart {
		e.field("Params")
		e.bodyParams(b.Params)
	} else {
		e.stringField("MD5", &b.MD5, nstring)
	}
	if last < 2 && !e.more() {
		return
	}
	e.sp()
	e.bodyDisposition(b)
	if last < 3 && !e.more() {
		return
	}
	e.sp()
	e.field("Languages")
	e.bodyLanguages(b.Languages)
	if last < 4 && !e.more() {
		return
	}
	e.sp()
	e.stringField("Location", &b.Location, nstring)
	e.field("Ext")
	for i := range b.Ext {
		e.at(i)
		e.sp()
		if !areBodyExtensions(b.Ext[i : i+1]) {
			e.fail(ErrType)
			return
		}
		e.valueIn(&b.Ext[i], str)
	}
}

// more reports whether the source goes on with another element of the list.
func (e *enc) more() bool { return e.src != nil && e.pos < len(e.src) && e.src[e.pos] == ' ' }

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
func (e *enc) bodyParams(ps []imap.Pair) {
	if len(ps) == 0 {
		e.word("NIL")
		return
	}
	e.pairs(ps, str, str)
}

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
func (e *enc) bodyDisposition(b *imap.BodyStructure) {
	e.field("Disposition")
	if b.Disposition.IsNil() {
		if len(b.DispositionParams) > 0 {
			e.fail(ErrNIL)
		}
		e.word("NIL")
		return
	}
	e.byte('(')
	e.string(&b.Disposition, str)
	e.sp()
	e.field("DispositionParams")
	e.bodyParams(b.DispositionParams)
	e.byte(')')
}

// body-fld-lang = nstring / "(" string *(SP string) ")"
func (e *enc) bodyLanguages(ls []imap.String) {
	list := e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '('
	switch {
	case len(ls) == 0:
		e.word("NIL")
	case len(ls) == 1 && !list:
		e.string(&ls[0], str)
	default:
		e.stringList(ls, str)
	}
}
