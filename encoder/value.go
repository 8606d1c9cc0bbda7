package encoder

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// value writes a value of the generic syntax: tagged-ext-val (RFC 4466 §3), and what unknown elements are made of besides.
func (e *enc) value(v *imap.Value) { e.valueIn(v, astring|literal8) }

// valueIn writes a value whose strings may have the forms of p. Lists are written from a stack of this function's own: their depth may be anything.
func (e *enc) valueIn(v *imap.Value, p place) {
	if !v.IsList {
		e.simpleValue(&v.Str, p)
		return
	}
	var few [8][]imap.Value
	e.byte('(')
	first := true
	for open := append(few[:0], v.List); len(open) > 0; {
		top := &open[len(open)-1]
		if len(*top) == 0 {
			e.byte(')')
			open = open[:len(open)-1]
			first = false
			continue
		}
		next := &(*top)[0]
		*top = (*top)[1:]
		if !first && !(next.IsList && e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '(') {
			e.sp()
		}
		if first = next.IsList; first {
			e.byte('(')
			open = append(open, next.List)
		} else {
			e.simpleValue(&next.Str, p)
		}
	}
}

// values writes *(SP value).
func (e *enc) values(vs []imap.Value) {
	for i := range vs {
		e.at(i)
		e.sp()
		e.value(&vs[i])
	}
}

// simpleValue writes a string, or a word that stands without quotes: a number, a set, an atom, a flag. What was read as a string stays one: only
// the extension knows whether an atom would say the same.
func (e *enc) simpleValue(s *imap.String, p place) {
	switch s.Form {
	case imap.FormAtom:
		if s.Escaped || !e.isWord(s.Raw) && !(p == astring && wire.EqualFold(s.Raw, "NIL")) { // a tagged-ext-val has no NIL, only a word of that name
			e.fail(ErrAtom)
			return
		}
		e.b = append(e.b, s.Raw...)
		if e.src != nil {
			e.resync(s)
		}
		return
	case imap.FormQuoted, imap.FormLiteral:
		p &^= bare
	}
	e.string(s, p|nilable)
}

// isWord reports whether b can stand bare among values: an atom that may have "]", or one that begins with or goes on to a wildcard or a backslash, as
// sets, patterns and flags do. It breaks no list, begins no string and is not NIL.
func (e *enc) isWord(b []byte) bool {
	n := max(wire.ConsumeAstringAtom(b), 0)
	if n < len(b) {
		if c := b[n]; c != '*' && c != '%' && (c != '\\' || n > 0) {
			return false
		}
		for _, c := range b[n:] {
			if c <= ' ' || c >= 0x7F || c == '(' || c == ')' || c == '"' || c == '{' {
				return false
			}
		}
	}
	return len(b) > 0 && !(len(b) == 3 && wire.EqualFold(b, "NIL")) && !(e.inCode && bytes.IndexByte(b, ']') >= 0)
}

// taggedExtVal writes the value of a parameter: tagged-ext-val = tagged-ext-simple / "(" [tagged-ext-comp] ")", where tagged-ext-simple is a set
// or a number, and tagged-ext-comp is made of astrings and lists that are not empty (RFC 4466 §3).
func (e *enc) taggedExtVal(v *imap.Value) {
	if v.IsList {
		e.extList(v.List, true)
		return
	}
	if n := wire.ConsumeSequenceSet(v.Str.Raw); n <= 0 || n < len(v.Str.Raw) {
		if _, n := wire.ConsumeUint63(v.Str.Raw); n <= 0 || n < len(v.Str.Raw) {
			e.fail(ErrType)
			return
		}
	}
	e.raw(v.Str.Raw)
	if e.src != nil {
		e.resync(&v.Str)
	}
}

// extList writes the list of a parameter; top says that it may be empty.
func (e *enc) extList(list []imap.Value, top bool) {
	if !top && len(list) == 0 {
		e.fail(ErrEmpty)
	}
	if !onlyAstrings(list) {
		e.fail(ErrType)
		return
	}
	v := imap.Value{List: list, IsList: true}
	e.valueIn(&v, astring)
}

// onlyAstrings reports whether a list has nothing but astrings, numbers and lists that are not empty, at any depth.
func onlyAstrings(list []imap.Value) bool {
	return everyValue(list, func(s *imap.String) bool {
		switch s.Form {
		case imap.FormNil, imap.FormLiteral8:
			return false
		case imap.FormAtom:
			return wire.IsAstringAtom(s.Raw)
		}
		return bytes.IndexByte(s.Raw, 0) < 0
	})
}

// areBodyExtensions reports whether each value is body-extension = nstring / number / number64 / "(" body-extension *(SP body-extension) ")"
// (RFC 9051 §9).
func areBodyExtensions(vs []imap.Value) bool {
	return everyValue(vs, func(s *imap.String) bool {
		v := imap.Value{Str: *s}
		return isNString(&v) || isNumber63(&v)
	})
}

// everyValue reports whether all strings of a list are good, at any depth, and no list in it is empty.
func everyValue(list []imap.Value, good func(*imap.String) bool) bool {
	var few [8][]imap.Value
	for todo := append(few[:0], list); len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for i := range at {
			switch v := &at[i]; {
			case !v.IsList:
				if !good(&v.Str) {
					return false
				}
			case len(v.List) == 0:
				return false
			default:
				todo = append(todo, v.List)
			}
		}
	}
	return true
}

// isPartialRange reports whether b is partial-range = [MINUS] nz-number ":" [MINUS] nz-number, both with the sign or without (RFC 9394 §4).
func isPartialRange(b []byte) bool {
	minus := len(b) > 0 && b[0] == '-'
	for i := range 2 {
		if minus {
			if len(b) == 0 || b[0] != '-' {
				return false
			}
			b = b[1:]
		}
		_, n := wire.ConsumeNzUint32(b)
		if n <= 0 {
			return false
		}
		b = b[n:]
		if i == 0 {
			if len(b) == 0 || b[0] != ':' {
				return false
			}
			b = b[1:]
		}
	}
	return len(b) == 0
}

// param writes tagged-ext-label [SP tagged-ext-val]; the value of PARTIAL is a range that may count from the end (RFC 9394 §4).
func (e *enc) param(p *imap.Param) {
	e.down()
	defer e.up()
	e.field("Name")
	if n := wire.ConsumeLabel(p.Name); n < len(p.Name) || n == 0 {
		e.fail(ErrAtom)
		return
	}
	e.raw(p.Name)
	e.field("Value")
	partial := p.Is("PARTIAL")
	switch {
	case partial && (!p.HasValue || p.Value.IsList || !isPartialRange(p.Value.Str.Raw)):
		e.fail(ErrType)
	case partial:
		e.sp()
		e.raw(p.Value.Str.Raw)
	case p.HasValue:
		e.sp()
		e.taggedExtVal(&p.Value)
	}
}

// params writes parameters, separated by SP; first says that nothing stands before them.
func (e *enc) params(ps []imap.Param, first bool) {
	for i := range ps {
		e.at(i)
		if !first || i > 0 {
			e.sp()
		}
		e.param(&ps[i])
	}
}

// unknown writes what follows the name of something that has no type: its values, or else its bytes.
func (e *enc) unknown(u *imap.Unknown) {
	e.down()
	defer e.up()
	if u.Values != nil {
		e.field("Values")
		for i := range u.Values {
			e.at(i)
			e.sp()
			for e.more() { // more than one SP means nothing here, and is kept
				e.sp()
			}
			e.value(&u.Values[i])
		}
		for e.more() {
			e.sp()
		}
		return
	}
	e.field("Raw")
	if len(u.Raw) == 0 {
		return
	}
	if u.Raw[0] != ' ' && u.Raw[0] != '\t' {
		e.sp()
	}
	e.freeText(u.Raw)
}

// freeText writes what follows the name of an unknown command or response, as it is: no line break but those of literals whose octets it has, no NUL
// but in a literal8. A header of a literal ends it neither outside quotes nor inside, where it is none: a peer that doesn't mind quotes would
// take the next message for the octets.
func (e *enc) freeText(b []byte) {
	from, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\r', c == '\n', c == 0:
			e.fail(ErrLineBreak)
			return
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted && i+1 < len(b) && b[i+1] != '\r' && b[i+1] != '\n' && b[i+1] != 0:
			i++
		case c == '{':
			h, n := wire.ConsumeLiteralHeader(b[i:])
			switch {
			case n == 0 || n < 0 && !isHeader(b[i:]): // no header
				continue
			case n < 0 || quoted || b[i+n-2] != '\r' || uint64(len(b)-i-n) < h.Size || h.NonSync && !e.client:
				e.fail(ErrText)
				return
			}
			h.Binary = i > 0 && b[i-1] == '~'
			i += n
			octets := b[i : i+int(h.Size)]
			if !h.Binary && bytes.IndexByte(octets, 0) >= 0 {
				e.fail(ErrNUL)
				return
			}
			e.raw(b[from:i])
			from = i
			if e.keep && e.client && !h.NonSync {
				e.marks = append(e.marks, mark{at: len(e.b), wait: true})
			}
			i += int(h.Size) - 1
		}
	}
	e.raw(b[from:])
}

// isHeader reports whether all of b is a literal's header, but for the line end, whatever the size that it announces.
func isHeader(b []byte) bool {
	i := 1
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	if i > 1 && i < len(b) && b[i] == '+' {
		i++
	}
	return i > 1 && i == len(b)-1 && b[i] == '}'
}

// flag writes a flag, keyword or attribute: flag = "\" atom / atom; perm lets "\*" in (RFC 9051 §9).
func (e *enc) flag(f *imap.Flag, perm bool) {
	if f.Known != imap.FlagUnknown && f.Known != imap.FlagStar {
		if w := f.Known.String(); w != "" && (f.Name == nil || string(f.Name) == w) {
			e.word(w)
			return
		}
	}
	name := f.Name
	if name == nil && f.Known == imap.FlagStar {
		name = []byte(`\*`)
	}
	b := bytes.TrimPrefix(name, backslash)
	if !wire.IsAtom(b) && !(perm && string(name) == `\*`) {
		e.fail(ErrFlag)
		return
	}
	e.raw(name)
}

var backslash = []byte{'\\'}

// flagList writes "(" [flag *(SP flag)] ")".
func (e *enc) flagList(fs []imap.Flag, perm bool) {
	e.byte('(')
	i := 0
	if e.src == nil {
		e.b, i = appendKnown(e.b, fs)
	}
	for ; i < len(fs); i++ {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.flag(&fs[i], perm)
	}
	e.byte(')')
}

// appendKnown appends flags, as long as they are known ones in their common spelling, and says how many. Most are.
func appendKnown(b []byte, fs []imap.Flag) ([]byte, int) {
	for i := range fs {
		f := &fs[i]
		w := f.Known.String()
		if string(f.Name) != w || w == "" || f.Known == imap.FlagStar {
			return b, i
		}
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, w...)
	}
	return b, len(fs)
}

// label writes a Gmail label: an atom, a flag or a string, in modified UTF-7 like a mailbox name.
func (e *enc) label(f *imap.Flag) {
	b := f.Name
	s := imap.String{Raw: b, Span: f.Span, Form: imap.FormAuto}
	if e.src != nil && int(f.Span.End) <= len(e.src) && f.Span.Start < f.Span.End {
		at := e.src[f.Span.Start:]
		if h, n := wire.ConsumeLiteralHeader(at); n > 0 {
			s.Form, s.NonSync = imap.FormLiteral, h.NonSync
		} else if at[0] == '"' {
			s.Form = imap.FormQuoted
		} else {
			s.Form = imap.FormAtom
		}
	}
	if s.Form != imap.FormQuoted && s.Form != imap.FormLiteral && len(b) > 1 && b[0] == '\\' && wire.IsAtom(b[1:]) {
		e.raw(b)
		return
	}
	p := place(astring)
	if s.Form != imap.FormAtom && !wire.IsAtom(b) { // "]" is in no flag, as which one without parentheses is read
		p = str
	}
	e.string(&s, p)
}

func (e *enc) labels(fs []imap.Flag) {
	e.byte('(')
	for i := range fs {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.label(&fs[i])
	}
	e.byte(')')
}

// statusItems writes "(" status-att *(SP status-att) ")".
func (e *enc) statusAtts(items []imap.StatusItem) {
	if len(items) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range items {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.statusAtt(&items[i])
	}
	e.byte(')')
}

func (e *enc) statusAtt(it *imap.StatusItem) {
	if it.Att != imap.StatusUnknown {
		w := it.Att.String()
		if w == "" {
			e.fail(ErrName)
		}
		e.word(w)
		return
	}
	if imap.LookupStatusAtt(it.Word) != imap.StatusUnknown {
		e.fail(ErrName)
		return
	}
	e.atom(it.Word)
}

// mailboxes writes one-or-more-mailbox (RFC 5465 §8).
func (e *enc) mailboxes(ms []imap.Mailbox) {
	list := len(ms) > 1 || e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '('
	switch {
	case len(ms) == 0:
		e.fail(ErrEmpty)
	case !list:
		e.mailbox(&ms[0])
		return
	}
	e.byte('(')
	for i := range ms {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.mailbox(&ms[i])
	}
	e.byte(')')
}

// strings writes *(SP string), each at place p.
func (e *enc) strings(ss []imap.String, p place) {
	for i := range ss {
		e.at(i)
		e.sp()
		e.string(&ss[i], p)
	}
}

// stringList writes "(" string *(SP string) ")".
func (e *enc) stringList(ss []imap.String, p place) {
	if len(ss) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range ss {
		e.at(i)
		if i > 0 {
			e.sp()
		}
		e.string(&ss[i], p)
	}
	e.byte(')')
}

// stringValues is stringList for strings that stand in values.
func (e *enc) stringValues(vs []imap.Value, p place) {
	if len(vs) == 0 {
		e.fail(ErrEmpty)
	}
	e.byte('(')
	for i := range vs {
		if i > 0 {
			e.sp()
		}
		if vs[i].IsList {
			e.fail(ErrType)
		}
		e.string(&vs[i].Str, p)
	}
	e.byte(')')
}

// pairs writes "(" [name SP value *(SP name SP value)] ")".
func (e *enc) pairs(ps []imap.Pair, key, val place) {
	e.byte('(')
	for i := range ps {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.pair(&ps[i], key, val)
	}
	e.byte(')')
}

func (e *enc) pair(p *imap.Pair, key, val place) {
	e.down()
	e.stringField("Key", &p.Key, key)
	e.sp()
	e.stringField("Value", &p.Value, val)
	e.up()
}

// caps writes *(SP capability).
func (e *enc) caps(cs []imap.Capability) {
	for i := range cs {
		e.at(i)
		e.sp()
		if name := cs[i].Name; name == nil && cs[i].Known != imap.CapUnknown {
			e.word(cs[i].Known.String())
		} else if e.inCode && bytes.IndexByte(name, ']') >= 0 {
			e.fail(ErrAtom)
		} else {
			e.atom(name)
		}
	}
}

// bareNumber writes a number that stands in a String.
func (e *enc) bareNumber(s *imap.String, max uint64) {
	v, n := wire.ConsumeUint64(s.Raw)
	if n <= 0 || n < len(s.Raw) || v > max {
		e.fail(ErrNumber)
		return
	}
	e.raw(s.Raw)
}

// base64 writes base64, which may be empty.
func (e *enc) base64(b []byte) {
	if len(b) > 0 {
		if n := wire.ConsumeBase64(b); n < len(b) {
			e.fail(ErrBase64)
			return
		}
	}
	e.raw(b)
}

func isAtomChar(c byte) bool { return wire.Class[c]&wire.AtomChar != 0 }

func isObjectID(s *imap.String) bool { return !s.Escaped && wire.IsObjectID(s.Raw) }
