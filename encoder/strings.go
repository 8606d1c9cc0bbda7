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
	if s.Form == imap.FormNil {
		if p&nilable == 0 {
			e.fail(ErrNIL)
		}
		e.word("NIL")
		return
	}
	if s.Detached > 0 {
		e.detached(s, p)
		return
	}
	if e.src != nil {
		// What was read is followed token by token: whatever was written before, the source goes on behind this one.
		defer e.resync(s)
	}
	if p&(quotable|bare|wild|needs8) == quotable && len(s.Raw) <= shortString && !s.Escaped && e.Style == Compact && !e.Verbatim &&
		s.Form != imap.FormLiteral8 && isPlainQuoted(s.Raw) {
		// Most strings of responses are short, plain, and go where no atom can.
		e.b = append(e.b, '"')
		e.b = append(e.b, s.Raw...)
		e.b = append(e.b, '"')
		return
	}
	if s.Form == imap.FormLiteral8 && p&literal8 != 0 || p&needs8 != 0 {
		e.literalOf(s, s.Bytes(), p|needs8)
		return
	}
	if e.Verbatim && e.asRead(s, p) {
		return
	}
	b := s.Raw
	if s.Escaped {
		b = s.Bytes()
	}
	e.chosen(s, b, p)
}

// shortString is the length up to which an octet by octet look is quicker than any preparation.
const shortString = 32

// isPlainQuoted reports whether all of b stands for itself in a quoted string.
func isPlainQuoted(b []byte) bool {
	for _, c := range b {
		if wire.Class[c]&wire.QuotedChar == 0 {
			return false
		}
	}
	return true
}

// resync follows the source behind a string that stands in it.
func (e *enc) resync(s *imap.String) {
	if end := int(s.Span.End); end > 0 && end <= len(e.src) && int(s.Span.Start) < end {
		e.pos = end
	} else {
		e.skipToken()
	}
}

// asRead writes s in the form that it has, if the place and the peer allow it.
func (e *enc) asRead(s *imap.String, p place) bool {
	switch s.Form {
	case imap.FormAtom:
		// An atom NIL was read as a string here, so the place has no NIL.
		if !s.Escaped && (e.canBeBare(s.Raw, p) || len(s.Raw) == 3 && p&(bare|wild) != 0 && p&nilable == 0 && wire.EqualFold(s.Raw, "NIL")) {
			e.b = append(e.b, s.Raw...)
			return true
		}
	case imap.FormQuoted:
		if p&quotable == 0 {
			return false
		}
		if wire.CanQuote(s.Raw, e.UTF8) {
			if at := int(s.Span.Start); e.UTF8 && at < len(e.src) && e.src[at] == '*' {
				e.b = append(e.b, '*') // utf8-quoted of RFC 5738 §3.1
			}
			if s.Escaped {
				e.b = wire.AppendQuoted(e.b, s.Bytes())
			} else {
				e.b = wire.AppendQuoted(e.b, s.Raw)
			}
			return true
		}
	case imap.FormLiteral:
		if p&literal != 0 && !s.Escaped {
			e.literalOf(s, s.Raw, p)
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
	case e.UTF8 && !utf8.Valid(b):
		e.fail(ErrUTF8)
	default:
		e.fail(ErrLineBreak)
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
		if e.octets(b) {
			return
		}
		if p&literal8 == 0 {
			e.fail(ErrNUL)
			return
		}
		e.b, e.marks = e.b[:start], e.marks[:marks]
	}
	e.header(s, uint64(len(b)), true)
	e.b = append(e.b, b...)
}

// octets writes what a literal may hold, and reports whether it was all: CHAR8 is any octet but NUL (RFC 9051 §9). It looks for NUL piece by piece
// while the piece is still in the cache, so that a large literal costs hardly more than its copy.
func (e *enc) octets(b []byte) bool {
	const piece = 16 << 10
	e.b = slices.Grow(e.b, len(b))
	for len(b) > 0 {
		n := min(len(b), piece)
		if bytes.IndexByte(b[:n], 0) >= 0 {
			return false
		}
		e.b = append(e.b, b[:n]...)
		b = b[n:]
	}
	return true
}

// header writes a literal's header and notes whether its sender waits behind it.
func (e *enc) header(s *imap.String, size uint64, binary bool) {
	h := wire.LiteralHeader{Size: size, Binary: binary}
	if e.client {
		h.NonSync = e.Literals == Plus || e.Literals == Minus && size <= minusLimit
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
	if inUTF8 == e.UTF8 && !built {
		e.string(s, p)
		return
	}
	b := s.Raw
	if s.Escaped {
		b = s.Bytes()
	}
	switch {
	case inUTF8 && e.UTF8:
		if !utf8.Valid(b) {
			e.fail(ErrUTF8)
			return
		}
	case inUTF8:
		if !utf8.Valid(b) {
			e.fail(ErrUTF8)
			return
		}
		if needsMUTF7(b) {
			e.converted(s, wire.AppendMUTF7(nil, b), p)
			return
		}
	case (e.UTF8 || built) && needsMUTF7(b): // it has a shift, or something that has no place in modified UTF-7
		decoded, err := wire.AppendMUTF7Decoded(nil, b)
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
	t := imap.Bytes(b)
	t.Span = s.Span
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
