package imap

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// Form is how a string stands, or is to stand, on the wire.
type Form uint8

const (
	FormNil      Form = iota // NIL: no string at all
	FormAuto                 // built here: the encoder chooses
	FormAtom                 // bare, as the position allows: atom, astring, list-mailbox
	FormQuoted               // "..."
	FormLiteral              // {n}CRLF and n octets
	FormLiteral8             // ~{n}CRLF and n octets, NUL among them (RFC 3516 §4.2)
)

var formNames = [...]string{"nil", "auto", "atom", "quoted", "literal", "literal8"}

// String returns a word for messages and tests, such as "quoted".
func (f Form) String() string {
	if int(f) < len(formNames) {
		return formNames[f]
	}
	return ""
}

// String is a string of the protocol: nstring, astring, list-mailbox or literal. The zero String is NIL, which is not the empty string; the
// encoder refuses it where the grammar has no NIL. An atom NIL read where an astring stands is the string "NIL", with FormAtom.
//
// A parsed String aliases the parser's input; see Clone.
type String struct {
	Raw      []byte    // between the delimiters, still escaped if Escaped
	Span     wire.Span // the whole token in the message, delimiters and literal header included
	Form     Form
	Escaped  bool   // Raw is the inside of a quoted string and has backslashes
	NonSync  bool   // the literal was announced with "+" (RFC 7888)
	Detached uint32 // size of a literal whose octets went, or come from, elsewhere; Raw is nil then
}

// Str returns a String with the content s, its form left to the encoder.
func Str(s string) String { return String{Raw: []byte(s), Form: FormAuto} }

// Bytes returns a String with the content b, which it keeps, its form left to the encoder.
func Bytes(b []byte) String {
	if b == nil {
		b = []byte{}
	}
	return String{Raw: b, Form: FormAuto}
}

// Stream returns a literal of size octets that a reader will deliver when it is written. Of size 0 it is the empty literal, which takes no reader.
func Stream(size uint32) String {
	s := String{Form: FormLiteral, Detached: size}
	if size == 0 {
		s.Raw = []byte{}
	}
	return s
}

// IsNil reports whether s is NIL.
func (s String) IsNil() bool { return s.Form == FormNil }

// String returns the content, "" for NIL and for a detached literal.
func (s String) String() string {
	if !s.Escaped {
		return string(s.Raw)
	}
	return string(s.Bytes())
}

// Append appends the content to dst. It allocates nothing but what dst needs.
func (s String) Append(dst []byte) []byte {
	if !s.Escaped {
		return append(dst, s.Raw...)
	}
	return wire.AppendUnquoted(dst, s.Raw)
}

// Bytes returns the content: Raw itself unless s is Escaped, else a new slice. It is nil for NIL.
func (s String) Bytes() []byte {
	if !s.Escaped {
		return s.Raw
	}
	return wire.AppendUnquoted(make([]byte, 0, len(s.Raw)), s.Raw)
}

// Len returns the number of octets of the content, of a detached literal too.
func (s String) Len() int {
	if s.Detached > 0 {
		return int(s.Detached)
	}
	n := len(s.Raw)
	if s.Escaped {
		for c := (unquoter{b: s.Raw}); ; n-- {
			if !c.skip() {
				break
			}
		}
	}
	return n
}

// Is reports whether the content is t, ASCII letters in any case. NIL is nothing, not even "".
func (s String) Is(t string) bool {
	if s.IsNil() || s.Detached > 0 {
		return false
	}
	if !s.Escaped {
		return wire.EqualFold(s.Raw, t)
	}
	c := unquoter{b: s.Raw}
	for i := range len(t) {
		b, ok := c.next()
		if !ok || upper1(b) != upper1(t[i]) {
			return false
		}
	}
	_, more := c.next()
	return !more
}

// Equal reports whether s and t are the same string, whatever their forms. NIL equals only NIL, a detached literal only one of the same size.
func (s String) Equal(t String) bool {
	if s.IsNil() || t.IsNil() {
		return s.IsNil() == t.IsNil()
	}
	if s.Detached != t.Detached {
		return false
	}
	if !s.Escaped && !t.Escaped {
		return bytes.Equal(s.Raw, t.Raw)
	}
	a, b := unquoter{b: s.Raw, plain: !s.Escaped}, unquoter{b: t.Raw, plain: !t.Escaped}
	for {
		x, xok := a.next()
		y, yok := b.next()
		if xok != yok || x != y {
			return false
		}
		if !xok {
			return true
		}
	}
}

// Clone returns s with memory of its own.
func (s String) Clone() String {
	s.own()
	return s
}

func (s *String) own()                 { s.Raw = cloneBytes(s.Raw) }
func (s *String) equal(t *String) bool { return s.Equal(*t) }

// unquoter reads the octets of a quoted string's inside one by one, without a copy.
type unquoter struct {
	b     []byte
	plain bool // backslashes stand for themselves
}

func (u *unquoter) next() (c byte, ok bool) {
	if len(u.b) == 0 {
		return 0, false
	}
	if c = u.b[0]; c == '\\' && !u.plain && len(u.b) > 1 {
		c = u.b[1]
		u.b = u.b[1:]
	}
	u.b = u.b[1:]
	return c, true
}

// skip moves behind the next escape and reports whether there was one.
func (u *unquoter) skip() bool {
	i := bytes.IndexByte(u.b, '\\')
	if i < 0 || i+1 >= len(u.b) {
		return false
	}
	u.b = u.b[i+2:]
	return true
}

// cloneBytes copies b, keeping the difference between nil and empty.
func cloneBytes(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append(make([]byte, 0, len(b)), b...)
}
