package encoder

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// place is where a string stands, and so which forms it may have.
type place uint16

const (
	bare     place = 1 << iota // an atom, of ASTRING-CHAR
	wild                       // an atom that may hold "%" and "*" too: list-mailbox
	quotable                   // a quoted string
	literal                    // {n}
	literal8                   // ~{n}
	nilable                    // NIL
	needs8                     // literal8 and nothing else

	astring = bare | quotable | literal
	nstring = quotable | literal | nilable
	str     = quotable | literal
)

// maxQuoted is the length from which a literal is better than a quoted string where literals cost no round trip: lines should stay short
// (RFC 7162 §4, RFC 9051 §4). maxLine is the length from which a client waits rather than write a longer line.
const (
	maxQuoted = 1024
	maxLine   = 4096
)

// string writes s at a place that takes those forms.
func (e *enc) string(s *imap.String, p place) {
	// Most strings are NIL, or short and plain.
	if e.plain && !s.Escaped && s.Detached == 0 && len(s.Raw) <= maxQuoted {
		switch {
		case s.Form == imap.FormNil:
			if p&nilable != 0 {
				e.b = append(e.b, "NIL"...)
				return
			}
		case s.Form == imap.FormLiteral8 || p&needs8 != 0:
		case p&(bare|wild) != 0 && !(s.Form == imap.FormQuoted && bytes.IndexByte(s.Raw, ' ') >= 0) && e.canBeBare(s.Raw, p):
			// What was quoted mostly has a blank, which is found sooner than by looking at each octet.
			e.b = append(e.b, s.Raw...)
			return
		case p&quotable != 0:
			var ok bool
			if e.b, ok = wire.AppendPlainQuoted(e.b, s.Raw); ok {
				return
			}
		}
	}
	e.anyString(s, p)
}

// stringField writes the string of the field of that name.
func (e *enc) stringField(field string, s *imap.String, p place) {
	e.field(field)
	e.string(s, p)
}

// plainStrings appends strings with SP between them, if each is NIL or short and plain where no atom can stand, as most of an envelope are. If one is
// not, it returns false.
func (e *enc) plainStrings(ss ...*imap.String) ([]byte, bool) {
	b, ok := e.b, e.plain
	if !ok {
		return b, false
	}
	for i, s := range ss {
		if i > 0 {
			b = append(b, ' ')
		}
		switch {
		case s.Form == imap.FormNil:
			b = append(b, "NIL"...)
			continue
		case s.Escaped, s.Detached > 0, s.Form == imap.FormLiteral8, len(s.Raw) > maxQuoted:
			return b, false
		}
		if b, ok = wire.AppendPlainQuoted(b, s.Raw); !ok {
			return b, false
		}
	}
	return b, true
}

// anyString is string for all that isn't common.
func (e *enc) anyString(s *imap.String, p place) {
	switch {
	case s.Form == imap.FormNil:
		if p&nilable == 0 {
			e.fail(ErrNIL)
		}
		e.word("NIL")
		return
	case s.Detached > 0:
		e.detached(s, p)
		return
	}
	if e.src != nil {
		// What was read is followed token by token: whatever was written before, the source goes on behind this one.
		defer e.resync(s)
	}
	if s.Escaped {
		e.escaped(s, p)
		return
	}
	e.content(s, s.Raw, p)
}

// escaped writes a string that was read with backslashes.
func (e *enc) escaped(s *imap.String, p place) {
	var few [256]byte
	e.content(s, wire.AppendUnquoted(few[:0], s.Raw), p)
}

// content writes b, which s holds.
func (e *enc) content(s *imap.String, b []byte, p place) {
	switch {
	case s.Form == imap.FormLiteral8 && p&literal8 != 0 || p&needs8 != 0:
		e.literalOf(s, b, p|needs8)
	case e.Verbatim && e.asRead(s, b, p):
	default:
		e.chosen(s, b, p)
	}
}

// resync follows the source behind a string that stands in it.
func (e *enc) resync(s *imap.String) {
	if end := int(s.Span.End); end > 0 && end <= len(e.src) && int(s.Span.Start) < end {
		e.pos = end
	} else {
		e.skipToken()
	}
}

// asRead writes b in the form that s has, if the place and the peer allow it.
func (e *enc) asRead(s *imap.String, b []byte, p place) bool {
	switch s.Form {
	case imap.FormAtom:
		// An atom NIL was read as a string here, so the place has no NIL.
		if !s.Escaped && (e.canBeBare(b, p) || len(b) == 3 && p&(bare|wild) != 0 && p&nilable == 0 && wire.EqualFold(b, "NIL")) {
			e.b = append(e.b, b...)
			return true
		}
	case imap.FormQuoted:
		if p&quotable != 0 && wire.CanQuote(b, e.UTF8) {
			if at := int(s.Span.Start); e.UTF8 && at < len(e.src) && e.src[at] == '*' {
				e.b = append(e.b, '*') // utf8-quoted of RFC 5738 §3.1
			}
			e.b = wire.AppendQuoted(e.b, b)
			return true
		}
	case imap.FormLiteral:
		if p&literal != 0 && !s.Escaped {
			e.literalOf(s, b, p)
			return true
		}
	}
	return false
}

// canBeBare reports whether b can stand without quotes. NIL can't, in any case: some readers take it for no string at all.
func (e *enc) canBeBare(b []byte, p place) bool {
	switch {
	case p&wild != 0:
		if !wire.IsListMailbox(b) {
			return false
		}
	case p&bare == 0 || !wire.IsAstringAtom(b):
		return false
	}
	return !(len(b) == 3 && wire.EqualFold(b, "NIL")) && !(e.inCode && bytes.IndexByte(b, ']') >= 0)
}

// chosen writes b in the form that suits it best.
func (e *enc) chosen(s *imap.String, b []byte, p place) {
	if e.Style == Literals && p&literal != 0 {
		e.literalOf(s, b, p)
		return
	}
	// As a pattern an atom and a quoted string are the same, so wildcards don't decide.
	if len(b) <= maxQuoted && (e.Style != Quoted || p&quotable == 0) && e.canBeBare(b, p) {
		e.b = append(e.b, b...)
		return
	}
	if p&quotable != 0 && (len(b) <= maxQuoted || p&literal == 0 || len(b) <= maxLine && e.client && e.Literals == Sync) && wire.CanQuote(b, e.UTF8) {
		e.b = wire.AppendQuoted(e.b, b)
		return
	}
	if p&(literal|literal8) != 0 {
		e.literalOf(s, b, p)
		return
	}
	switch {
	case bytes.IndexByte(b, 0) >= 0:
		e.fail(ErrNUL)
	case bytes.ContainsAny(b, "\r\n"):
		e.fail(ErrLineBreak)
	default:
		e.fail(ErrUTF8)
	}
}

// literalOf writes b as a literal, or as a literal8 where it has NUL or the place wants one.
func (e *enc) literalOf(s *imap.String, b []byte, p place) {
	switch {
	case e.inCode && !e.codeLiterals:
		e.fail(ErrText) // no peer looks for literals inside other response codes
		return
	case uint64(len(b)) > 1<<32-1:
		e.fail(ErrLarge)
		return
	}
	start, marks := len(e.b), len(e.marks)
	if p&literal != 0 && p&needs8 == 0 {
		e.header(s, uint64(len(b)), false)
		if e.lend && len(b) >= lendFrom {
			if bytes.IndexByte(b, 0) < 0 {
				e.marks = append(e.marks, mark{at: len(e.b), lent: b})
				return
			}
		} else if e.octets(b) {
			return
		}
		if p&literal8 == 0 {
			e.fail(ErrNUL)
			return
		}
		e.b, e.marks = e.b[:start], e.marks[:marks]
	}
	e.header(s, uint64(len(b)), true)
	if e.lend && len(b) >= lendFrom {
		e.marks = append(e.marks, mark{at: len(e.b), lent: b})
		return
	}
	e.b = append(e.b, b...)
}

// lendFrom is the size from which a literal isn't copied where it needn't be. Nothing as large stands on the stack.
const lendFrom = 4096

// octets writes what a literal may hold, and reports whether it was all: CHAR8 is any octet but NUL (RFC 9051 §9). Each piece is searched right after
// it was copied, while it is in the nearest cache. Pieces end where a cache line does, and are smaller than those that the runtime copies by a string
// instruction, which takes three times as long where source and destination are aligned differently.
func (e *enc) octets(b []byte) bool {
	const line, piece = 64, 30 * 64
	at := len(e.b)
	e.b = slices.Grow(e.b, len(b))[:at+len(b)]
	dst := e.b[at:]
	for n := piece - at%line; len(b) > 0; n = piece {
		n = copy(dst[:min(n, len(dst))], b)
		if bytes.Count(dst[:n], nul) > 0 {
			return false
		}
		b, dst = b[n:], dst[n:]
	}
	return true
}

var nul = []byte{0}

// header writes a literal's header and notes whether its sender waits behind it.
func (e *enc) header(s *imap.String, size uint64, binary bool) {
	h := wire.LiteralHeader{Size: size, Binary: binary}
	if e.client {
		h.NonSync = (e.Literals == Plus || e.Literals == Minus && size <= minusLimit) && (e.Binary || !binary)
		if e.Verbatim && (s.Form == imap.FormLiteral || s.Form == imap.FormLiteral8) && e.src != nil {
			h.NonSync = s.NonSync
		}
	}
	if !e.sourceHeader(s, h) {
		e.b = wire.AppendLiteralHeader(e.b, h)
	}
	wait := e.client && !h.NonSync
	if e.keep && (wait || s.Detached > 0) {
		e.marks = append(e.marks, mark{at: len(e.b), wait: wait, stream: s.Detached})
	}
}

// sourceHeader copies the header from the source, leading zeros and all, if it says the same.
func (e *enc) sourceHeader(s *imap.String, h wire.LiteralHeader) bool {
	if e.src == nil || int(s.Span.Start) >= len(e.src) || s.Span.End <= s.Span.Start {
		return false
	}
	at := e.src[s.Span.Start:]
	got, n := wire.ConsumeLiteralHeader(at)
	if n <= 0 || got != h {
		return false
	}
	e.b = append(e.b, bytes.TrimRight(at[:n], "\r\n")...)
	e.b = append(e.b, '\r', '\n')
	return true
}

// detached writes the header of a literal whose octets a reader will give.
func (e *enc) detached(s *imap.String, p place) {
	binary := s.Form == imap.FormLiteral8 && p&literal8 != 0 || p&needs8 != 0
	switch {
	case !e.stream:
		e.fail(ErrStream)
	case !binary && p&literal == 0 || e.inCode:
		e.fail(ErrStream)
	default:
		e.header(s, uint64(s.Detached), binary)
	}
}

// mailbox writes a mailbox name in the encoding that the connection needs.
func (e *enc) mailbox(m *imap.Mailbox) {
	e.name(&m.Wire, m.UTF8, astring)
}

// name writes a mailbox name. Between UTF-8 and modified UTF-7 it is converted; a name that was read stays as it is where both sides
// use the same encoding, valid or not, and one that was built here has to be valid.
func (e *enc) name(s *imap.String, inUTF8 bool, p place) {
	if s.Detached > 0 || s.IsNil() {
		e.string(s, p)
		return
	}
	built := s.Form == imap.FormAuto
	if inUTF8 == e.UTF8 && !built || !inUTF8 && !s.Escaped && !needsMUTF7(s.Raw) {
		e.string(s, p)
		return
	}
	e.convertedName(s, inUTF8, built, p)
}

// convertedName is name where the encoding may have to change.
func (e *enc) convertedName(s *imap.String, inUTF8, built bool, p place) {
	var fewRaw, few [256]byte
	b := s.Raw
	if s.Escaped {
		b = wire.AppendUnquoted(fewRaw[:0], b)
	}
	switch {
	case inUTF8 && !utf8.Valid(b):
		e.fail(ErrUTF8)
		return
	case inUTF8 == e.UTF8 && inUTF8 || !needsMUTF7(b):
	case inUTF8:
		e.converted(s, wire.AppendMUTF7(few[:0], b), p)
		return
	case e.UTF8 || built: // it has a shift, or something that has no place in modified UTF-7
		decoded, err := wire.AppendMUTF7Decoded(few[:0], b)
		if err != nil {
			e.fail(ErrUTF7)
			return
		}
		if e.UTF8 {
			e.converted(s, decoded, p)
			return
		}
	}
	e.string(s, p)
}

// converted writes a name in its other encoding. Its form is chosen anew: the old one was for the old octets.
func (e *enc) converted(s *imap.String, b []byte, p place) {
	t := imap.String{Raw: b, Span: s.Span, Form: imap.FormAuto}
	e.string(&t, p)
}

func needsMUTF7(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' || c == '&' {
			return true
		}
	}
	return false
}

// text writes what a status response says: text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4) (RFC 9051 §9), or nothing.
func (e *enc) text(b []byte) {
	if n := wire.ConsumeText(b, true); n < len(b) {
		if b[n] >= 0x80 {
			e.fail(ErrUTF8)
		} else {
			e.fail(ErrLineBreak)
		}
		return
	}
	e.raw(b)
}
