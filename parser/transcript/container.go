package transcript

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	unpackedMax = 256 << 20 // what a container may unpack to unless the caller says otherwise
	ratioMax    = 256       // and at most so many times its own size, beyond the first ratioFree bytes: logs shrink thirtyfold
	ratioFree   = 4 << 20
)

// unpack undoes the container of a source: what comes back is the text that all positions count in. A container that breaks off or grows beyond the limit
// gives what it held up to there.
func unpack(src []byte, limit int) (text []byte, c Container, p problem) {
	if limit <= 0 {
		limit = unpackedMax
	}
	text = src
	if isGzip(text) {
		text, p = gunzip(text, min(limit, max(ratioFree, ratioMax*len(src))))
		c = Gzip
	}
	switch {
	case isPcap(text):
		text, p = captureText(text, limit)
		return text, Pcap, p
	case isPcapNG(text):
		text, p = captureText(text, limit)
		return text, PcapNG, p
	}
	if order, ok := utf16Order(text); ok {
		text = decodeUTF16(text, order)
		if c == Text {
			c = UTF16
		}
	}
	if isHexdump(text) {
		if octets, ok := undump(text, limit); ok {
			text = octets
			if c == Text {
				c = Hexdump
			}
		}
	}
	return text, c, p
}

func isGzip(b []byte) bool { return len(b) >= 18 && b[0] == 0x1F && b[1] == 0x8B && b[2] == 8 }

// gunzip unpacks the members of a gzip file (RFC 1952). Checksums aren't looked at: a damaged log is still worth reading.
func gunzip(src []byte, limit int) (text []byte, p problem) {
	for isGzip(src) {
		body, ok := gzipBody(src)
		if !ok {
			break
		}
		z := inflater{in: body, out: text, base: len(text), limit: limit}
		end := z.run()
		text = z.out
		if end == streamLong {
			return text, problem{id: "too-large"}
		}
		if end != streamEnded || len(body)-z.at < 8 {
			break
		}
		src = body[z.at+8:]
	}
	return text, p
}

// gzipBody is what stands behind a member's header (§2.3).
func gzipBody(b []byte) (body []byte, ok bool) {
	const (
		hasCheck = 1 << (iota + 1)
		hasExtra
		hasName
		hasComment
	)
	flags := b[3]
	b = b[10:]
	if flags&hasExtra != 0 {
		if len(b) < 2 || len(b) < 2+int(littleEndian.u16(b)) {
			return nil, false
		}
		b = b[2+int(littleEndian.u16(b)):]
	}
	for _, f := range [...]byte{hasName, hasComment} {
		if flags&f == 0 {
			continue
		}
		i := bytes.IndexByte(b, 0)
		if i < 0 {
			return nil, false
		}
		b = b[i+1:]
	}
	if flags&hasCheck != 0 {
		if len(b) < 2 {
			return nil, false
		}
		b = b[2:]
	}
	return b, true
}

// byteOrder is that of a container's numbers. The standard library's brings reflect along.
type byteOrder bool

const (
	littleEndian byteOrder = false
	bigEndian    byteOrder = true
)

func (o byteOrder) u16(b []byte) uint16 {
	if o == bigEndian {
		return uint16(b[0])<<8 | uint16(b[1])
	}
	return uint16(b[1])<<8 | uint16(b[0])
}

func (o byteOrder) u32(b []byte) uint32 {
	if o == bigEndian {
		return uint32(o.u16(b))<<16 | uint32(o.u16(b[2:]))
	}
	return uint32(o.u16(b[2:]))<<16 | uint32(o.u16(b))
}

// utf16Order is the byte order of UTF-16 text; false for anything else. Without a byte order mark it takes a text in which nearly every other octet is NUL.
func utf16Order(b []byte) (byteOrder, bool) {
	if len(b) < 4 {
		return littleEndian, false
	}
	switch {
	case b[0] == 0xFF && b[1] == 0xFE && (b[2] != 0 || b[3] != 0):
		return littleEndian, true
	case b[0] == 0xFE && b[1] == 0xFF:
		return bigEndian, true
	}
	var zero [2]int
	head := b[:min(len(b), 4096)&^1]
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zero[1]*10 >= half*9 && zero[0]*10 < half:
		return littleEndian, true
	case zero[0]*10 >= half*9 && zero[1]*10 < half:
		return bigEndian, true
	}
	return littleEndian, false
}

// decodeUTF16 turns UTF-16 into UTF-8, without its byte order mark. An octet left over is kept as it is.
func decodeUTF16(b []byte, order byteOrder) []byte {
	text := make([]byte, 0, len(b)/2+16)
	i := 0
	if r := order.u16(b); r == 0xFEFF {
		i = 2
	}
	for ; i+1 < len(b); i += 2 {
		r := rune(order.u16(b[i:]))
		if utf16.IsSurrogate(r) && i+3 < len(b) {
			if both := utf16.DecodeRune(r, rune(order.u16(b[i+2:]))); both != utf8.RuneError {
				r = both
				i += 2
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return append(text, b[i:]...)
}
