package wire

// ConsumeBase64 reads base64 (RFC 9051 §9): *(4base64-char) [base64-terminal], where the terminal is two or three characters made four by
// "=". Nothing is base64 too: n is 0 then. Bits that padding makes meaningless may be set (RFC 4648 §3.5 leaves it open).
func ConsumeBase64(b []byte) (n int) {
	n = span(b, Base64Char)
	for pad := n % 4; pad != 0 && pad < 4; pad++ {
		switch {
		case n%4 == 1 && pad == 1:
			if n == len(b) {
				return FaultTruncated.at(n)
			}
			return FaultBase64.at(n)
		case n == len(b):
			return FaultTruncated.at(n)
		case b[n] != '=':
			return FaultBase64.at(n)
		}
		n++
	}
	return n
}
