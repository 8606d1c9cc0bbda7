package wire

// LiteralHeader is what stands before the octets of a literal.
type LiteralHeader struct {
	Size    uint64 // octets that follow
	NonSync bool   // {n+}: the octets follow at once (RFC 7888 §4)
	Binary  bool   // ~{n}: a literal8, whose octets may hold NUL (RFC 9051 §9, RFC 3516 §4.2)
}

// ConsumeLiteralHeader reads a literal's header with the line end behind it: {n}, {n+}, ~{n} or ~{n+}, then CRLF (literal and literal8
// of RFC 9051 §9 and RFC 4466 §3). A bare LF is read as well, for the caller to judge by b[n-2]. Sizes have 63 bits.
func ConsumeLiteralHeader(b []byte) (h LiteralHeader, n int) {
	h, n = consumeBraces(b)
	if n <= 0 {
		return h, n
	}
	if n < len(b) && b[n] == '\r' {
		n++
	}
	if n == len(b) {
		return LiteralHeader{}, FaultTruncated.at(n)
	}
	if b[n] != '\n' {
		return LiteralHeader{}, FaultChar.at(n)
	}
	return h, n + 1
}

// consumeBraces reads a literal's header without the line end.
func consumeBraces(b []byte) (h LiteralHeader, n int) {
	if n < len(b) && b[n] == '~' {
		h.Binary = true
		n++
	}
	if n == len(b) || b[n] != '{' {
		return LiteralHeader{}, 0
	}
	n++
	v, m := ConsumeUint63(b[n:])
	if m <= 0 {
		return LiteralHeader{}, missing(b, n, m)
	}
	h.Size = v
	n += m
	if n < len(b) && b[n] == '+' {
		h.NonSync = true
		n++
	}
	if n == len(b) {
		return LiteralHeader{}, FaultTruncated.at(n)
	}
	if b[n] != '}' {
		return LiteralHeader{}, FaultChar.at(n)
	}
	return h, n + 1
}

// AppendLiteralHeader appends the header with its CRLF; the octets come next.
func AppendLiteralHeader(dst []byte, h LiteralHeader) []byte {
	if h.Binary {
		dst = append(dst, '~')
	}
	dst = AppendUint(append(dst, '{'), h.Size)
	if h.NonSync {
		dst = append(dst, '+')
	}
	return append(dst, "}\r\n"...)
}
