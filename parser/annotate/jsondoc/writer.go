package jsondoc

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/wire"
)

// Writer appends JSON to Buf. It writes commas by itself, so that callers only name what comes; it does not check that what they name
// makes an object. The zero Writer is ready. encoding/json would bring reflection and 145 kB of it into the WebAssembly module; inlined,
// these small functions would bring 100 kB more, so they are kept from that.
type Writer struct {
	Buf  []byte
	more bool // something stands before, in the same object or array
}

// Open begins an object or an array: '{' or '['.
//
//go:noinline
func (w *Writer) Open(bracket byte) *Writer {
	w.comma()
	w.Buf, w.more = append(w.Buf, bracket), false
	return w
}

// Close ends it: '}' or ']'.
//
//go:noinline
func (w *Writer) Close(bracket byte) *Writer {
	w.Buf, w.more = append(w.Buf, bracket), true
	return w
}

// Key writes a member's name, which must be plain ASCII.
//
//go:noinline
func (w *Writer) Key(name string) *Writer {
	w.comma()
	w.Buf, w.more = append(append(append(w.Buf, '"'), name...), '"', ':'), false
	return w
}

func (w *Writer) comma() {
	if w.more {
		w.Buf = append(w.Buf, ',')
	}
}

// String writes a string; octets that are no UTF-8 become U+FFFD.
//
//go:noinline
func (w *Writer) String(s string) *Writer {
	w.comma()
	w.Buf, w.more = AppendString(w.Buf, s), true
	return w
}

// Time writes a time in UTC as a string, to the millisecond: 2006-01-02T15:04:05.000Z.
func (w *Writer) Time(t time.Time) *Writer {
	t = t.UTC()
	w.comma()
	b := append(wire.AppendISODate(append(w.Buf, '"'), t), 'T')
	w.Buf, w.more = append(wire.AppendISOTime(b, t, 3), 'Z', '"'), true
	return w
}

// Latin1 writes octets as a string with one code point each.
//
//go:noinline
func (w *Writer) Latin1(b []byte) *Writer {
	w.comma()
	w.Buf = append(w.Buf, '"')
	for _, c := range b {
		if c < utf8.RuneSelf {
			w.Buf = appendASCII(w.Buf, c)
		} else {
			w.Buf = utf8.AppendRune(w.Buf, rune(c))
		}
	}
	w.Buf, w.more = append(w.Buf, '"'), true
	return w
}

// Int writes a whole number.
//
//go:noinline
func (w *Writer) Int(n int) *Writer {
	w.comma()
	w.Buf, w.more = strconv.AppendInt(w.Buf, int64(n), 10), true
	return w
}

// Uint writes a whole number. Above 2^53 JavaScript would round it.
//
//go:noinline
func (w *Writer) Uint(n uint64) *Writer {
	w.comma()
	w.Buf, w.more = strconv.AppendUint(w.Buf, n, 10), true
	return w
}

// Ratio writes a number from 0 to 1 with as few digits as tell it from its neighbours. strconv would bring tables of powers of ten, which are a large
// part of what a page has to load.
//
//go:noinline
func (w *Writer) Ratio(f float32) *Writer {
	const most = 15 // digits that a float64 holds
	n, of := int64(0), int64(1)
	digits := 0
	for ; digits <= most; digits++ {
		if n = int64(float64(f)*float64(of) + 0.5); float32(float64(n)/float64(of)) == f {
			break
		}
		of *= 10
	}
	return w.Decimal(n, min(digits, most))
}

// Decimal writes n with so many of its digits behind the point, and without zeroes at the end there.
//
//go:noinline
func (w *Writer) Decimal(n int64, digits int) *Writer {
	w.comma()
	w.more = true
	if n < 0 {
		w.Buf = append(w.Buf, '-')
	}
	for digits > 0 && n%10 == 0 {
		n, digits = n/10, digits-1
	}
	whole := n
	of := int64(1)
	for range digits {
		whole, of = whole/10, of*10
	}
	w.Buf = strconv.AppendUint(w.Buf, magnitude(whole), 10)
	if digits == 0 {
		return w
	}
	w.Buf = append(w.Buf, '.')
	for rest := magnitude(n % of); of > 1; {
		of /= 10
		w.Buf = append(w.Buf, '0'+byte(rest/uint64(of)%10))
	}
	return w
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Bool writes true or false.
//
//go:noinline
func (w *Writer) Bool(b bool) *Writer {
	w.comma()
	w.Buf, w.more = strconv.AppendBool(w.Buf, b), true
	return w
}

// Null writes null.
//
//go:noinline
func (w *Writer) Null() *Writer {
	w.comma()
	w.Buf, w.more = append(w.Buf, "null"...), true
	return w
}

// Strings writes an array of strings.
//
//go:noinline
func (w *Writer) Strings(all []string) *Writer {
	w.Open('[')
	for _, s := range all {
		w.String(s)
	}
	return w.Close(']')
}

// AppendString appends s as a JSON string (RFC 8259 §7) to dst.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			dst = appendASCII(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = utf8.AppendRune(dst, r)
		i += n
	}
	return append(dst, '"')
}

const hex = "0123456789abcdef"

func appendASCII(dst []byte, c byte) []byte {
	switch {
	case c == '"' || c == '\\':
		return append(dst, '\\', c)
	case c == '\n':
		return append(dst, '\\', 'n')
	case c == '\r':
		return append(dst, '\\', 'r')
	case c == '\t':
		return append(dst, '\\', 't')
	case c < ' ' || c == 0x7F:
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
	return append(dst, c)
}
