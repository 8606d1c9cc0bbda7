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

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Value is a digit's value plus one; 0 is no digit. The digits of base64url count as well.
var base64Value = func() (t [256]uint8) {
	for i := range len(base64Alphabet) {
		t[base64Alphabet[i]] = uint8(i + 1)
	}
	t['-'], t['_'] = 63, 64
	return t
}()

// AppendBase64 appends the base64 of src, padded (RFC 4648 §4). The package of the standard library does the same but brings reflection into every
// program that links it.
func AppendBase64(dst, src []byte) []byte {
	for ; len(src) >= 3; src = src[3:] {
		v := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		dst = append(dst, base64Alphabet[v>>18], base64Alphabet[v>>12&63], base64Alphabet[v>>6&63], base64Alphabet[v&63])
	}
	switch len(src) {
	case 1:
		dst = append(dst, base64Alphabet[src[0]>>2], base64Alphabet[src[0]&3<<4], '=', '=')
	case 2:
		dst = append(dst, base64Alphabet[src[0]>>2], base64Alphabet[src[0]&3<<4|src[1]>>4], base64Alphabet[src[1]&15<<2], '=')
	}
	return dst
}

// AppendBase64Decoded appends what b, in base64 or base64url, with or without its padding, stands for. The error is FaultBase64; what was
// decoded before it is kept.
func AppendBase64Decoded(dst, b []byte) ([]byte, error) {
	for i := 0; i < 2 && len(b) > 0 && b[len(b)-1] == '='; i++ {
		b = b[:len(b)-1]
	}
	for ; len(b) >= 4; b = b[4:] {
		p, q, r, s := base64Value[b[0]], base64Value[b[1]], base64Value[b[2]], base64Value[b[3]]
		if p == 0 || q == 0 || r == 0 || s == 0 {
			break // below, which keeps what comes before it
		}
		v := uint(p-1)<<18 | uint(q-1)<<12 | uint(r-1)<<6 | uint(s-1)
		dst = append(dst, byte(v>>16), byte(v>>8), byte(v))
	}
	var v uint
	for i, c := range b {
		d := base64Value[c]
		if d == 0 {
			return dst, FaultBase64
		}
		v = v<<6 | uint(d-1)
		switch i % 4 {
		case 1:
			dst = append(dst, byte(v>>4))
		case 2:
			dst = append(dst, byte(v>>2))
		case 3:
			dst = append(dst, byte(v))
		}
	}
	if len(b)%4 == 1 {
		return dst, FaultBase64
	}
	return dst, nil
}
