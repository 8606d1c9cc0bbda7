package wire

import (
	"math"
	"math/bits"
	"strconv"
)

// ConsumeUint32 reads a number: digits, leading zeros included, up to 4294967295 (number of RFC 9051 §9).
func ConsumeUint32(b []byte) (v uint32, n int) {
	u, n := consumeUint(b, math.MaxUint32)
	return uint32(u), n
}

// ConsumeNzUint32 reads an nz-number: ConsumeUint32 without leading zeros and without 0 (RFC 9051 §9).
func ConsumeNzUint32(b []byte) (v uint32, n int) {
	if len(b) > 0 && b[0] == '0' {
		return 0, FaultZero.at(0)
	}
	return ConsumeUint32(b)
}

// ConsumeUint63 reads a number64: up to 9223372036854775807 (RFC 9051 §9; also mod-sequence-valzer of RFC 7162 §7).
func ConsumeUint63(b []byte) (v uint64, n int) { return consumeUint(b, math.MaxInt64) }

// ConsumeNzUint63 reads an nz-number64: ConsumeUint63 without leading zeros and without 0 (RFC 9051 §9; also mod-sequence-value).
func ConsumeNzUint63(b []byte) (v uint64, n int) {
	if len(b) > 0 && b[0] == '0' {
		return 0, FaultZero.at(0)
	}
	return ConsumeUint63(b)
}

// ConsumeUint64 reads a number up to 18446744073709551615, which no RFC has but X-GM-MSGID needs.
func ConsumeUint64(b []byte) (v uint64, n int) { return consumeUint(b, math.MaxUint64) }

// consumeUint reads digits up to the value limit, which has ten digits at least, so that nine need no look at it. A number that is
// larger is a fault at its first digit.
func consumeUint(b []byte, limit uint64) (v uint64, n int) {
	for n < len(b) {
		d := b[n] - '0'
		if d > 9 {
			break
		}
		if n >= 9 && v > (limit-uint64(d))/10 {
			return 0, FaultOverflow.at(0)
		}
		v = v*10 + uint64(d)
		n++
	}
	return v, n
}

// AppendUint appends v in decimal digits, as all numbers of IMAP are written.
func AppendUint(dst []byte, v uint64) []byte {
	if v == 0 || v >= 1e8 || cap(dst)-len(dst) < 8 {
		return strconv.AppendUint(dst, v, 10)
	}
	// Eight digits at once: halves of four digits, then of two, then of one, the first digit lowest. The products divide by 100 and by 10.
	// All eight are stored: what lies behind dst is anybody's.
	x := v/10000 | v%10000<<32
	q := x * 10486 >> 20 & 0x0000007F0000007F
	x = q | (x-100*q)<<16
	q = x * 103 >> 10 & 0x000F000F000F000F
	x = q | (x-10*q)<<8
	zeros := bits.TrailingZeros64(x) >> 3 // leading ones of the number
	x |= 0x3030303030303030
	x >>= zeros * 8
	n := len(dst)
	return append(dst, byte(x), byte(x>>8), byte(x>>16), byte(x>>24), byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56))[:n+8-zeros]
}
