package parser

import (
	"math/bits"
	"runtime"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// The functions below read tokens in the form that servers write them in, for the rules that most bytes of traffic belong to. They take the
// offset of the token and return the one behind it, so that a rule of several tokens keeps its cursor in a register: through Parser.i each
// token would wait for the store of the one before. unusual is their answer to anything unusual, escapes, literals, quirks, faults and the
// last bytes of the input among it: nothing was taken then, and the rule reads what stands there in the ordinary way.
const unusual = -1

// engine says that this is the WebAssembly of a page. That has to be loaded before it can do anything, so readers of whole commands, keys and parts
// are left out of it: the rules that they stand for do the work.
const engine = runtime.GOARCH == "wasm"

// plainString reads a quoted string without escapes into s, which is zero. At least one byte follows it.
func plainString(b []byte, start int, s *imap.String) int {
	if start >= len(b) || b[start] != '"' {
		return unusual
	}
	return plainNString(b, start, s)
}

// plainNString reads a quoted string without escapes, or NIL, into s, which is zero. At least one byte follows it.
func plainNString(b []byte, start int, s *imap.String) int {
	if start >= len(b) || b[start] != '"' {
		if isNilAt(b, start) {
			s.Span = spanOf(start, start+3)
			return start + 3
		}
		return unusual
	}
	i := start + 1
	for ; i+8 <= len(b); i += 8 {
		if m := notPlain(load64(b, i)); m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			if i+1 >= len(b) || b[i] != '"' {
				return unusual
			}
			s.Raw, s.Form, s.Span = b[start+1:i:i], imap.FormQuoted, spanOf(start, i+1)
			return i + 1
		}
	}
	return lastNString(b, start, i, s)
}

// lastNString is plainNString where fewer than eight bytes are left at i.
func lastNString(b []byte, start, i int, s *imap.String) int {
	i += bits.TrailingZeros64(notPlain(last8(b, i))) >> 3
	if i+1 >= len(b) || b[i] != '"' {
		return unusual
	}
	s.Raw, s.Form, s.Span = b[start+1:i:i], imap.FormQuoted, spanOf(start, i+1)
	return i + 1
}

// last8 is load64 where fewer than eight bytes are left: NUL stands for those behind the end. Of a message of less than eight bytes it shows
// nothing.
func last8(b []byte, i int) uint64 {
	if i >= len(b) || len(b) < 8 {
		return 0
	}
	return load64(b, len(b)-8) >> (uint(8*(i+8-len(b))) & 63)
}

// isNilAt says that NIL stands at i, and nothing behind it that would make it a longer word.
func isNilAt(b []byte, i int) bool {
	if i+4 > len(b) {
		return false
	}
	x := load32(b, i)
	return x&0xDFDFDF == 'N'|'I'<<8|'L'<<16 && class[x>>24]&clsAstring == 0
}

// load32 is the four bytes of b from i on, the first one lowest.
func load32(b []byte, i int) uint32 {
	b = b[i : i+4 : i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// plainNumber reads a number of up to fifteen digits, eight bytes at a time, behind which a byte follows that is none.
func plainNumber(b []byte, i int) (v uint64, end int) {
	x := uint64(zeros) // digits are 0 to 9 in what is read
	switch {
	case i+8 <= len(b):
		x ^= load64(b, i)
	case i >= len(b) || b[len(b)-1]-'0' <= 9: // none, or one that might go on
		return 0, unusual
	default:
		x ^= last8(b, i)
	}
	n := bits.TrailingZeros64((x+nines|x)&highs) >> 3
	if uint(n-1) < 7 {
		return packedNumber(x << (uint(-8*n) & 63)), i + n // zeros before it take the place of what follows the number
	}
	if n == 0 || i+8 >= len(b) {
		return 0, unusual
	}
	y := uint64(zeros)
	if i+16 <= len(b) {
		y ^= load64(b, i+8)
	} else {
		y ^= last8(b, i+8)
	}
	n = bits.TrailingZeros64((y+nines|y)&highs) >> 3
	if n == 8 || i+8+n >= len(b) {
		return 0, unusual
	}
	return packedNumber(x)*tens[n] + packedNumber(y<<(uint(8*(7-n))&63)<<8), i + 8 + n
}

// What turns eight bytes into digits and marks those that are none.
const zeros, nines, highs = 0x3030303030303030, 0x7676767676767676, 0x8080808080808080

var tens = [8]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7}

// packedNumber is the number whose digits are the bytes of x, the first lowest.
func packedNumber(x uint64) uint64 {
	x = x*10 + x>>8 // pairs, each in the first of its two bytes
	return (x&0x000000FF000000FF*(100+1000000<<32) + x>>16&0x000000FF000000FF*(1+10000<<32)) >> 32 & mask32
}

// stringNodes adds the nodes of a string that plainString or plainNString read.
func (p *Parser) stringNodes(rule syntax.Kind, s *imap.String) {
	kind := syntax.KindQuoted
	if s.Form == imap.FormNil {
		kind = syntax.KindNil
	}
	p.addToken(rule, kind, s.Span)
}
