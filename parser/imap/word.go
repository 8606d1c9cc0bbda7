package imap

import "github.com/imapwire/imapwire/parser/wire"

// wordMax is the longest word that a lookup may know; a longer one is none of them.
const wordMax = 40

// upper writes b, folded to upper case as ASCII, into buf and returns what it wrote; a word longer than wordMax comes back empty.
// Each eight octets of buf are stored at once, the last ones filled up with NUL: the comparisons that follow would have to wait if they
// loaded together what came from two stores.
func upper(buf *[wordMax]byte, b []byte) []byte {
	n := len(b)
	switch {
	case n > wordMax:
		return nil
	case n >= 8:
		i := 0
		for ; i+8 <= n; i += 8 {
			store8(buf[i:], upper8(load8(b[i:])))
		}
		if i < n {
			store8(buf[i:], upper8(load8(b[n-8:]))>>(uint(8*(i-n))&63))
		}
	case n >= 4:
		store8(buf[:], upper8(load4(b)|load4(b[n-4:])>>(uint(-8*n)&63)<<32))
	default:
		for i := range n {
			buf[i] = upper1(b[i])
		}
	}
	return buf[:n]
}

// The loads and stores are spelled out, little end first: the compiler makes one instruction of each, and encoding/binary would bring in reflect.

func load4(b []byte) uint64 {
	_ = b[3]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24
}

func load8(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func store8(b []byte, w uint64) {
	_ = b[7]
	b[0], b[1], b[2], b[3] = byte(w), byte(w>>8), byte(w>>16), byte(w>>24)
	b[4], b[5], b[6], b[7] = byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56)
}

// upper8 folds eight octets at once: an octet from 'a' to 'z' loses its bit 0x20, every other one stays.
func upper8(w uint64) uint64 {
	const ones = 0x0101010101010101
	low := w & (0x7f * ones)
	lower := (low + (0x80-'a')*ones) &^ (low + (0x7f-'z')*ones) &^ w & (0x80 * ones)
	return w ^ lower>>2
}

func upper1(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 0x20
	}
	return c
}

// LookupStatus returns the status that b names, in any case, or 0.
func LookupStatus(b []byte) Status {
	switch len(b) {
	case 2:
		switch upper8(uint64(b[0]) | uint64(b[1])<<8) {
		case 'O' | 'K'<<8:
			return wire.OK
		case 'N' | 'O'<<8:
			return wire.NO
		}
	case 3:
		if wire.EqualFold(b, "BAD") {
			return wire.BAD
		}
		if wire.EqualFold(b, "BYE") {
			return wire.BYE
		}
	case 7:
		if wire.EqualFold(b, "PREAUTH") {
			return wire.PREAUTH
		}
	}
	return 0
}
