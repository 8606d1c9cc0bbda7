package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// URLFETCH has the structure of a part as a generic value (RFC 5524 §4). The functions below say whether a value is one, and write it.

// bodyAsValue writes a value that isBody. Parts of a multipart stand without SP between them, and so do addresses; other lists don't. Parts are
// written from a stack of this function's own: their depth may be anything.
func (e *enc) bodyAsValue(v *imap.Value) {
	type frame struct {
		list   []imap.Value
		next   int
		parts  bool        // nothing but parts so far
		nested *imap.Value // of a message: its body, which stands behind its envelope
	}
	var few [8]frame
	opened := func(v *imap.Value) frame {
		e.byte('(')
		_, nested := isBodyType1part(v.List)
		return frame{list: v.List, parts: true, nested: nested}
	}
	for open := append(few[:0], opened(v)); len(open) > 0; {
		top := &open[len(open)-1]
		i := top.next
		if i == len(top.list) {
			e.byte(')')
			open = open[:len(open)-1]
			continue
		}
		top.next++
		el := &top.list[i]
		top.parts = top.parts && el.IsList
		if i > 0 && !top.parts {
			e.sp()
		}
		switch {
		case top.parts || el == top.nested:
			open = append(open, opened(el))
		case top.nested != nil && i == 7:
			e.envelopeAsValue(el)
		default:
			e.valueIn(el, str)
		}
	}
}

// isBody reports whether v has the form of body = "(" (body-type-1part / body-type-mpart) ")" (RFC 9051 §9). Parts are looked at from a stack of this
// function's own, too.
func isBody(v *imap.Value) bool {
	var few [8]*imap.Value
	for todo := append(few[:0], v); len(todo) > 0; {
		list := todo[len(todo)-1].List
		todo = todo[:len(todo)-1]
		if len(list) == 0 {
			return false
		}
		multipart, n := list[0].IsList, 0
		if multipart { // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
			for n < len(list) && list[n].IsList {
				todo = append(todo, &list[n])
				n++
			}
			if n == len(list) || !isString(&list[n]) {
				return false
			}
			n++
		} else {
			var nested *imap.Value
			if n, nested = isBodyType1part(list); n == 0 {
				return false
			}
			if nested != nil {
				todo = append(todo, nested)
			}
		}
		if !isBodyExt(list[n:], multipart) {
			return false
		}
	}
	return true
}

// isBodyType1part returns how many elements of list are body-type-1part without its body-ext-1part, and the body of the message among them.
//
//	body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
//	body-fields     = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
//	body-type-msg   = media-message SP body-fields SP envelope SP body SP body-fld-lines
//	body-type-text  = media-text SP body-fields SP body-fld-lines
func isBodyType1part(list []imap.Value) (n int, nested *imap.Value) {
	if len(list) < 7 || !isString(&list[0]) || !isString(&list[1]) || !isBodyFldParam(&list[2]) || !isNString(&list[3]) || !isNString(&list[4]) ||
		!isString(&list[5]) || !isNumber63(&list[6]) {
		return 0, nil
	}
	kind, sub := &list[0].Str, &list[1].Str
	switch {
	case is(kind, "text"):
		if len(list) < 8 || !isNumber63(&list[7]) {
			return 0, nil
		}
		return 8, nil
	case is(kind, "message") && (is(sub, "rfc822") || is(sub, "global") && len(list) > 7 && list[7].IsList): // see isMessage
		if len(list) < 10 || !isEnvelope(&list[7]) || !list[8].IsList || !isNumber63(&list[9]) {
			return 0, nil
		}
		return 10, &list[8]
	}
	return 7, nil
}

// isBodyExt reports whether list is body-ext-1part, or body-ext-mpart; neither has to be there, nor what stands at its end.
func isBodyExt(list []imap.Value, multipart bool) bool {
	for i := range list {
		v, ok := &list[i], false
		switch {
		case i == 0 && multipart:
			ok = isBodyFldParam(v)
		case i == 0 || i == 3: // body-fld-md5, body-fld-loc
			ok = isNString(v)
		case i == 1: // body-fld-dsp
			ok = isNil(v) || len(v.List) == 2 && isString(&v.List[0]) && isBodyFldParam(&v.List[1])
		case i == 2: // body-fld-lang
			ok = isNString(v) || isStringList(v)
		default:
			return areBodyExtensions(list[i:])
		}
		if !ok {
			return false
		}
	}
	return true
}

// isEnvelope reports whether v has the form of an envelope: two nstrings, six lists of addresses, two nstrings.
func isEnvelope(v *imap.Value) bool {
	if len(v.List) != 10 {
		return false
	}
	for i := range v.List {
		f := &v.List[i]
		if i < 2 || i > 7 {
			if !isNString(f) {
				return false
			}
			continue
		}
		if isNil(f) {
			continue
		}
		if len(f.List) == 0 {
			return false
		}
		for k := range f.List {
			a := f.List[k].List
			if len(a) != 4 || !isNString(&a[0]) || !isNString(&a[1]) || !isNString(&a[2]) || !isNString(&a[3]) {
				return false
			}
		}
	}
	return true
}

// envelopeAsValue writes a value that isEnvelope.
func (e *enc) envelopeAsValue(v *imap.Value) {
	e.byte('(')
	for i := range v.List {
		if i > 0 {
			e.sp()
		}
		f := &v.List[i]
		if !f.IsList {
			e.simpleValue(&f.Str, nstring)
			continue
		}
		e.byte('(')
		for k := range f.List {
			e.valueIn(&f.List[k], nstring)
		}
		e.byte(')')
	}
	e.byte(')')
}

// isBodyFldParam reports whether v is body-fld-param = "(" string SP string *(SP string SP string) ")" / nil.
func isBodyFldParam(v *imap.Value) bool { return isNil(v) || isStringList(v) && len(v.List)%2 == 0 }

// isStringList reports whether v is a list of strings that is not empty.
func isStringList(v *imap.Value) bool {
	for i := range v.List {
		if !isString(&v.List[i]) {
			return false
		}
	}
	return len(v.List) > 0
}

func isNil(v *imap.Value) bool { return !v.IsList && v.Str.IsNil() }

func isNString(v *imap.Value) bool { return isNil(v) || isString(v) }

// isString reports whether v is written as a string: an atom is none, nor a literal8.
func isString(v *imap.Value) bool {
	return !v.IsList && v.Str.Form != imap.FormNil && v.Str.Form != imap.FormAtom && v.Str.Form != imap.FormLiteral8
}

// isNumber63 reports whether v is written as a number or a number64.
func isNumber63(v *imap.Value) bool {
	if v.IsList || v.Str.Form != imap.FormAtom {
		return false
	}
	_, n := wire.ConsumeUint63(v.Str.Raw)
	return n > 0 && n == len(v.Str.Raw)
}
