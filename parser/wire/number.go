package wire

import "math"

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

// pairs has the numbers of two digits.
const pairs = "0001020304050607080910111213141516171819" +
	"2021222324252627282930313233343536373839" +
	"4041424344454647484950515253545556575859" +
	"6061626364656667686970717273747576777879" +
	"8081828384858687888990919293949596979899"

// AppendUint appends v in decimal digits, as all numbers of IMAP are written.
func AppendUint(dst []byte, v uint64) []byte {
	switch {
	case v < 10:
		return append(dst, byte('0'+v))
	case v < 100:
		return append(dst, pairs[2*v], pairs[2*v+1])
	case v < 10000:
		p, q := 2*(v/100), 2*(v%100)
		if v < 1000 {
			return append(dst, pairs[p+1], pairs[q], pairs[q+1])
		}
		return append(dst, pairs[p], pairs[p+1], pairs[q], pairs[q+1])
	case v < 1e8:
		p, q := 2*(v%10000/100), 2*(v%100)
		return append(AppendUint(dst, v/10000), pairs[p], pairs[p+1], pairs[q], pairs[q+1])
	}
	low := v % 1e8
	p, q, r, s := 2*(low/1e6), 2*(low/10000%100), 2*(low/100%100), 2*(low%100)
	return append(AppendUint(dst, v/1e8), pairs[p], pairs[p+1], pairs[q], pairs[q+1], pairs[r], pairs[r+1], pairs[s], pairs[s+1])
}
