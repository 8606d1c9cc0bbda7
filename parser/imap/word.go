package imap

import (
	"encoding/binary"

	"github.com/imapwire/imapwire/parser/wire"
)

// wordMax is the longest word that a lookup may know; a longer one is none of them.
const wordMax = 40

// upper writes b, folded to upper case as ASCII, into buf and returns what it wrote; a word longer than wordMax comes back empty.
// Eight octets go at a time, the last ones overlapping, so that a lookup costs a few loads and the switch that follows.
func upper(buf *[wordMax]byte, b []byte) []byte {
	n := len(b)
	switch {
	case n > wordMax:
		return nil
	case n >= 8:
		for i := 0; i+8 <= n; i += 8 {
			binary.LittleEndian.PutUint64(buf[i:], upper8(binary.LittleEndian.Uint64(b[i:])))
		}
		binary.LittleEndian.PutUint64(buf[n-8:], upper8(binary.LittleEndian.Uint64(b[n-8:])))
	case n >= 4:
		lo, hi := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[n-4:])
		w := upper8(uint64(lo) | uint64(hi)<<32)
		binary.LittleEndian.PutUint32(buf[:], uint32(w))
		binary.LittleEndian.PutUint32(buf[n-4:], uint32(w>>32))
	default:
		for i := range n {
			buf[i] = upper1(b[i])
		}
	}
	return buf[:n]
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
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "OK":
		return wire.OK
	case "NO":
		return wire.NO
	case "BAD":
		return wire.BAD
	case "PREAUTH":
		return wire.PREAUTH
	case "BYE":
		return wire.BYE
	}
	return 0
}
