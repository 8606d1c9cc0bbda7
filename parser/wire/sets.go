package wire

// SeqStar is the number that stands for "*", the largest number in use (RFC 9051 §9 seq-number). No nz-number is 0.
const SeqStar = 0

// ConsumeSequenceSet reads a sequence-set: numbers, "*" and ranges of them, separated by commas, or "$" alone, the result of the last
// search (RFC 9051 §9, RFC 5182 §4).
func ConsumeSequenceSet(b []byte) (n int) {
	if len(b) > 0 && b[0] == '$' {
		return 1
	}
	return consumeSet(b, true)
}

// ConsumeUIDSet reads a uid-set: a sequence-set without "*" and "$" (RFC 9051 §9, RFC 4315 §4).
func ConsumeUIDSet(b []byte) (n int) { return consumeSet(b, false) }

func consumeSet(b []byte, star bool) (n int) {
	for {
		end := shortNumber(b, n)
		if end > n && end < len(b) && b[end] == ':' {
			if hi := shortNumber(b, end+1); hi > end+1 {
				end = hi
			} else {
				end = n
			}
		}
		if end == n {
			_, _, m := consumeRange(b[n:], star)
			if m <= 0 {
				if m == 0 && n == 0 {
					return 0
				}
				return missing(b, n, m)
			}
			end += m
		}
		if n = end; n == len(b) || b[n] != ',' {
			return n
		}
		n++
	}
}

// shortNumber returns where an nz-number ends that begins at i and has so few digits that it can't be out of range; i if there is none.
func shortNumber(b []byte, i int) (end int) {
	end = i
	for end < len(b) && b[end]-'0' <= 9 {
		end++
	}
	if end-i > 9 || end > i && b[i] == '0' {
		return i
	}
	return end
}

// ConsumeSeqRange reads one member of a sequence-set, a number or a range (seq-number / seq-range of RFC 9051 §9). A single number is
// lo and hi; "*" is SeqStar; the numbers of a range stand as written, in either order.
func ConsumeSeqRange(b []byte) (lo, hi uint32, n int) { return consumeRange(b, true) }

// ConsumeUIDRange reads one member of a uid-set (uniqueid / uid-range of RFC 9051 §9).
func ConsumeUIDRange(b []byte) (lo, hi uint32, n int) { return consumeRange(b, false) }

func consumeRange(b []byte, star bool) (lo, hi uint32, n int) {
	lo, n = consumeSeqNumber(b, star)
	if n <= 0 || n == len(b) || b[n] != ':' {
		return lo, lo, n
	}
	hi, m := consumeSeqNumber(b[n+1:], star)
	if m <= 0 {
		return 0, 0, missing(b, n+1, m)
	}
	return lo, hi, n + 1 + m
}

// consumeSeqNumber reads a seq-number: nz-number / "*".
func consumeSeqNumber(b []byte, star bool) (v uint32, n int) {
	if star && len(b) > 0 && b[0] == '*' {
		return SeqStar, 1
	}
	return ConsumeNzUint32(b)
}

// missing turns the length m <= 0 of a part that must stand at off into the fault of the whole.
func missing(b []byte, off, m int) int {
	if m < 0 {
		f, at := FaultOf(m)
		return f.at(off + at)
	}
	if off == len(b) {
		return FaultTruncated.at(off)
	}
	return FaultNumber.at(off)
}

// AppendSeqRange appends a number, if lo is hi, or a range. SeqStar is written "*".
func AppendSeqRange(dst []byte, lo, hi uint32) []byte {
	dst = appendSeqNumber(dst, lo)
	if lo != hi {
		dst = appendSeqNumber(append(dst, ':'), hi)
	}
	return dst
}

func appendSeqNumber(dst []byte, v uint32) []byte {
	if v == SeqStar {
		return append(dst, '*')
	}
	return AppendUint(dst, uint64(v))
}
