package encoder

import (
	"bytes"
	"slices"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// enc writes one message. After the first failure it goes on and what it wrote is dropped, so that the appenders need not ask after each step.
type enc struct {
	Options
	b            []byte
	plain        bool // neither Verbatim nor a Style: a short plain string has one best form
	client       bool // a command: its literals may have to wait
	stream       bool // detached literals are possible
	keep         bool // marks are wanted
	lend         bool // large literals are left where they are, and a mark says where they belong
	inCode       bool // inside the brackets of a response code, where "]" ends everything
	inConvert    bool // the items of CONVERT, which has some of its own
	codeLiterals bool // the code's grammar has strings, literals among them
	err          error
	marks        []mark // where a client waits and where a reader's octets come in, for those who ask

	src []byte // Verbatim: the message as it was read, and how far it has been followed
	pos int

	place *trace // where in the value the writing is, when a fault is looked for: see again
}

// mark is a point of the output behind a literal's header. What comes there is waited for, lent and streamed, in this order.
type mark struct {
	at     int
	wait   bool
	lent   []byte
	stream uint32
}

// leastRoom is what a full or nil destination is given to begin with, so that short messages grow it once.
const leastRoom = 256

// start makes a zero enc append to dst.
func (e *enc) start(dst []byte, o Options) {
	if len(dst) == cap(dst) {
		dst = slices.Grow(dst, leastRoom)
	}
	e.b, e.Options = dst, o
	e.plain = o.Style == Compact && !o.Verbatim
}

// fail notes the first error.
func (e *enc) fail(err error) {
	if e.err == nil {
		e.err = err
		if e.place != nil {
			e.err = e.place.error(err)
		}
	}
}

// again returns an enc to write the same a second time, to see which field is at fault. Nobody notes fields on the way to a success: that would
// cost a third of the time. What it writes goes behind dst and is dropped.
func (e *enc) again(dst []byte) enc {
	return enc{Options: e.Options, b: e.b[len(dst):len(dst)], plain: e.plain, client: e.client, stream: e.stream, place: new(trace)}
}

// fault is the error of the second time; first is that of the first.
func (e *enc) fault(first error) error {
	if e.err == nil { // somebody changes the value meanwhile
		return &Error{Err: first}
	}
	return e.err
}

// field says which field of the current value comes next.
func (e *enc) field(name string) {
	if e.place != nil {
		e.place.now = step{name, -1}
	}
}

// at says which element of the current field comes next.
func (e *enc) at(i int) {
	if e.place != nil {
		e.place.now.index = i
	}
}

// down enters the current field, up leaves it.
func (e *enc) down() {
	if e.place != nil {
		e.place.down()
	}
}

func (e *enc) up() {
	if e.place != nil {
		e.place.up()
	}
}

// byte writes a character of the grammar.
func (e *enc) byte(c byte) {
	if e.pos < len(e.src) && e.src[e.pos] == c {
		e.pos++
	}
	e.b = append(e.b, c)
}

func (e *enc) sp() { e.byte(' ') }

// word writes a keyword, in the case of the source if it stands there.
func (e *enc) word(w string) {
	if e.src == nil {
		e.b = append(e.b, w...)
		return
	}
	e.sourceWord(w)
}

func (e *enc) sourceWord(w string) {
	if e.follows(w) {
		e.b = append(e.b, e.src[e.pos:e.pos+len(w)]...)
		e.pos += len(w)
		return
	}
	e.skipToken()
	e.b = append(e.b, w...)
}

// words writes keywords and the characters around them: words(" RETURN (").
func (e *enc) words(s string) {
	if e.src == nil {
		e.b = append(e.b, s...)
		return
	}
	e.sourceWords(s)
}

func (e *enc) sourceWords(s string) {
	for len(s) > 0 {
		n := 0
		for n < len(s) && isAtomChar(s[n]) {
			n++
		}
		if n > 0 {
			e.sourceWord(s[:n])
		} else {
			e.byte(s[0])
			n = 1
		}
		s = s[n:]
	}
}

// skipToken goes past the token that the source has where the value has another one now, so that what stands behind is followed again.
func (e *enc) skipToken() {
	if e.pos >= len(e.src) {
		return
	}
	at := e.src[e.pos:]
	n := 0
	switch at[0] {
	case '"':
		n, _ = wire.ConsumeQuotedAny(at)
	case '{', '~':
		var h wire.LiteralHeader
		if h, n = wire.ConsumeLiteralHeader(at); n > 0 {
			n += int(min(h.Size, uint64(len(at)-n)))
		}
	default:
		for n < len(at) && at[n] > ' ' && bytes.IndexByte(separators, at[n]) < 0 {
			n++
		}
	}
	e.pos += max(n, 0)
}

// separators end a token that has no quotes.
var separators = []byte("()[]<>\"{}")

// raw writes bytes of a value that have been checked.
func (e *enc) raw(b []byte) {
	if e.src != nil {
		e.sourceRaw(b)
	}
	e.b = append(e.b, b...)
}

func (e *enc) sourceRaw(b []byte) {
	if bytes.HasPrefix(e.src[e.pos:], b) {
		e.pos += len(b)
	} else {
		e.skipToken()
	}
}

// follows reports whether the source goes on with w, in any case.
func (e *enc) follows(w string) bool {
	return len(e.src)-e.pos >= len(w) && wire.EqualFold(e.src[e.pos:e.pos+len(w)], w)
}

// wordFollows is follows for a whole word: what comes behind it is no part of a longer one.
func (e *enc) wordFollows(w string) bool {
	if e.src == nil || !e.follows(w) {
		return false
	}
	at := e.pos + len(w)
	return at == len(e.src) || !wire.IsAstringAtom(e.src[at:at+1])
}

// number writes a number, with the leading zeros of the source.
func (e *enc) number(n uint64) {
	if e.src == nil || !e.sourceNumber(n) {
		e.b = wire.AppendUint(e.b, n)
	}
}

func (e *enc) sourceNumber(n uint64) bool {
	if e.pos >= len(e.src) {
		return false
	}
	if v, k := wire.ConsumeUint64(e.src[e.pos:]); k > 0 && v == n {
		e.b = append(e.b, e.src[e.pos:e.pos+k]...)
		e.pos += k
		return true
	}
	e.skipToken()
	return false
}

// max63 is the largest number64 and mod-sequence-value (RFC 9051 §9, RFC 7162 §7).
const max63 = 1<<63 - 1

// number63 writes a number64.
func (e *enc) number63(n uint64) {
	if n > max63 {
		e.fail(ErrNumber)
	}
	e.number(n)
}

// nz writes an nz-number or a mod-sequence-value.
func (e *enc) nz(n uint64) {
	if n == 0 {
		e.fail(ErrNumber)
	}
	e.forgetZeros()
	e.number63(n)
}

// forgetZeros goes past a number in the source that begins with a zero, which no nz-number does.
func (e *enc) forgetZeros() {
	if e.pos < len(e.src) && e.src[e.pos] == '0' {
		for e.pos < len(e.src) && e.src[e.pos] == '0' {
			e.pos++
		}
	}
}

// nz32 writes an nz-number of 32 bits.
func (e *enc) nz32(n uint64) {
	if n == 0 || n > 1<<32-1 {
		e.fail(ErrNumber)
	}
	e.forgetZeros()
	e.number(n)
}

// atom writes a word that must be an atom.
func (e *enc) atom(b []byte) {
	if !wire.IsAtom(b) {
		e.fail(ErrAtom)
		return
	}
	e.raw(b)
}

// set writes a sequence-set.
func (e *enc) set(s imap.NumSet) {
	if n := wire.ConsumeSequenceSet(s.Raw); n <= 0 || n < len(s.Raw) {
		e.fail(ErrSet)
		return
	}
	if e.Style == Smallest && e.client && !e.Verbatim { // in a response the order may be that of SORT
		s = s.Compact()
	}
	e.raw(s.Raw)
}

// uidSet writes a uid-set: no "*", no "$".
func (e *enc) uidSet(s imap.NumSet) {
	if n := wire.ConsumeUIDSet(s.Raw); n <= 0 || n < len(s.Raw) {
		e.fail(ErrSet)
		return
	}
	e.raw(s.Raw)
}

// date writes a date of a search key: date = date-text / DQUOTE date-text DQUOTE (RFC 9051 §9).
func (e *enc) date(d imap.Date) {
	if !d.Valid() {
		e.fail(ErrDate)
		return
	}
	if e.src != nil && e.pos < len(e.src) {
		if v, k := wire.ConsumeDate(e.src[e.pos:]); k > 0 && v == d {
			e.b = append(e.b, e.src[e.pos:e.pos+k]...)
			e.pos += k
			return
		}
		e.skipToken()
	}
	e.b = wire.AppendDate(e.b, d)
}

// dateTime writes a date-time, in its quotes (RFC 9051 §9).
func (e *enc) dateTime(d imap.DateTime) {
	if !d.Valid() {
		e.fail(ErrDate)
		return
	}
	if e.src != nil && e.pos < len(e.src) {
		if v, k := wire.ScanDateTime(e.src[e.pos:]); k > 0 && v == d {
			e.b = append(e.b, e.src[e.pos:e.pos+k]...)
			e.pos += k
			return
		}
		e.skipToken()
	}
	e.b = wire.AppendDateTime(e.b, d)
}

// crlf ends the message.
func (e *enc) crlf() { e.b = append(e.b, '\r', '\n') }
