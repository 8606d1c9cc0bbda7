package transcript

import "math/bits"

// inflater decodes DEFLATE (RFC 1951). The standard library's decoder links fmt, which is too large for the page; this one keeps what it read of a stream that
// breaks off, and tells where blocks end, which is where a peer flushed what it had to say.
type inflater struct {
	in    []byte
	at    int
	acc   uint64 // bits read ahead, the next one lowest
	n     uint   // how many
	out   []byte
	base  int               // where in out this stream began: it can't refer to what stands before
	limit int               // out grows no longer
	flush func(in, out int) // told at each end of a block how much was read and written; may be nil
}

// inflateEnd is how a stream ended.
type inflateEnd uint8

const (
	streamEnded  inflateEnd = iota // with its last block
	streamCut                      // the input ends before it
	streamBroken                   // what follows is no DEFLATE
	streamLong                     // the output reached the limit
)

// run decodes the whole stream.
func (z *inflater) run() inflateEnd {
	for {
		last, ok := z.bits(1)
		kind, ok2 := z.bits(2)
		if !ok || !ok2 {
			return streamCut
		}
		var end inflateEnd
		switch kind {
		case 0:
			end = z.stored()
		case 1:
			end = z.codes(&fixedLiterals, &fixedDistances)
		case 2:
			var literals, distances huffman
			if end = z.tables(&literals, &distances); end == streamEnded {
				end = z.codes(&literals, &distances)
			}
		default:
			end = streamBroken
		}
		if end != streamEnded {
			return end
		}
		if z.flush != nil {
			z.flush(z.at-int(z.n/8), len(z.out))
		}
		if last == 1 {
			z.at -= int(z.n / 8) // whole octets read ahead aren't the stream's
			z.acc, z.n = 0, 0
			return streamEnded
		}
	}
}

func (z *inflater) fill() {
	for z.n <= 56 && z.at < len(z.in) {
		z.acc |= uint64(z.in[z.at]) << z.n
		z.at++
		z.n += 8
	}
}

func (z *inflater) bits(n uint) (uint, bool) {
	if z.n < n {
		z.fill()
		if z.n < n {
			return 0, false
		}
	}
	v := uint(z.acc & (1<<n - 1))
	z.acc >>= n
	z.n -= n
	return v, true
}

// stored is a block without compression (§3.2.4).
func (z *inflater) stored() inflateEnd {
	z.acc >>= z.n % 8
	z.n -= z.n % 8
	size, ok := z.bits(16)
	check, ok2 := z.bits(16)
	if !ok || !ok2 {
		return streamCut
	}
	if size != ^check&0xFFFF {
		return streamBroken
	}
	z.at -= int(z.n / 8)
	z.acc, z.n = 0, 0
	most := min(int(size), len(z.in)-z.at)
	if most > z.limit-len(z.out) {
		z.out = append(z.out, z.in[z.at:z.at+z.limit-len(z.out)]...)
		return streamLong
	}
	z.out = append(z.out, z.in[z.at:z.at+most]...)
	z.at += most
	if most < int(size) {
		return streamCut
	}
	return streamEnded
}

// codes is the body of a compressed block (§3.2.3, §3.2.5).
func (z *inflater) codes(literals, distances *huffman) inflateEnd {
	for {
		sym, end := z.symbol(literals)
		if end != streamEnded {
			return end
		}
		switch {
		case sym < 256:
			if len(z.out) >= z.limit {
				return streamLong
			}
			z.out = append(z.out, byte(sym))
			continue
		case sym == 256:
			return streamEnded
		case sym > 285:
			return streamBroken
		}
		extra, ok := z.bits(uint(lengthExtra[sym-257]))
		if !ok {
			return streamCut
		}
		length := int(lengthBase[sym-257]) + int(extra)
		if sym, end = z.symbol(distances); end != streamEnded {
			return end
		}
		if sym > 29 {
			return streamBroken
		}
		if extra, ok = z.bits(uint(distanceExtra[sym])); !ok {
			return streamCut
		}
		back := int(distanceBase[sym]) + int(extra)
		if back > len(z.out)-z.base {
			return streamBroken
		}
		if length > z.limit-len(z.out) {
			return streamLong
		}
		for from := len(z.out) - back; length > 0; {
			n := min(length, back)
			z.out = append(z.out, z.out[from:from+n]...)
			length -= n
			from += n
		}
	}
}

// tables reads the codes of a block that brings its own (§3.2.7).
func (z *inflater) tables(literals, distances *huffman) inflateEnd {
	nlit, ok := z.bits(5)
	ndist, ok2 := z.bits(5)
	ncode, ok3 := z.bits(4)
	if !ok || !ok2 || !ok3 {
		return streamCut
	}
	nlit, ndist, ncode = nlit+257, ndist+1, ncode+4
	if nlit > 286 || ndist > 30 { // symbols that never occur
		return streamBroken
	}
	var lengths [320]uint8
	for i := range ncode {
		v, ok := z.bits(3)
		if !ok {
			return streamCut
		}
		lengths[codeOrder[i]] = uint8(v)
	}
	var codes huffman
	if !codes.build(lengths[:19]) {
		return streamBroken
	}
	clear(lengths[:])
	for i := uint(0); i < nlit+ndist; {
		sym, end := z.symbol(&codes)
		if end != streamEnded {
			return end
		}
		if sym < 16 {
			lengths[i] = uint8(sym)
			i++
			continue
		}
		value, base, width := uint8(0), uint(3), uint(3)
		switch sym {
		case 16:
			if i == 0 {
				return streamBroken
			}
			value, width = lengths[i-1], 2
		case 18:
			base, width = 11, 7
		}
		n, ok := z.bits(width)
		if !ok {
			return streamCut
		}
		if n += base; i+n > nlit+ndist {
			return streamBroken
		}
		for ; n > 0; n-- {
			lengths[i] = value
			i++
		}
	}
	if !literals.build(lengths[:nlit]) || !distances.build(lengths[nlit:nlit+ndist]) {
		return streamBroken
	}
	return streamEnded
}

// huffman is a canonical code (§3.2.2).
type huffman struct {
	fast   [1 << fastBits]uint16 // by the next bits of the stream: the symbol <<4 | its length, 0 for longer codes
	count  [16]uint16            // codes of each length
	symbol [288]uint16           // in the order of their codes
}

const fastBits = 9

// build makes the code of the given lengths; false when no code can have them, or when one would have room for more symbols. No symbol at all, or one
// of one bit, is a code all the same (§3.2.7).
func (h *huffman) build(lengths []uint8) bool {
	*h = huffman{}
	for _, l := range lengths {
		h.count[l]++
	}
	h.count[0] = 0
	var offset, next [17]uint16
	left, code := 1, uint16(0)
	for l := 1; l < 16; l++ {
		left = left<<1 - int(h.count[l])
		if left < 0 {
			return false
		}
		offset[l+1] = offset[l] + h.count[l]
		code = (code + h.count[l-1]) << 1
		next[l] = code
	}
	if symbols := offset[16]; left > 0 && symbols > 0 && (symbols > 1 || h.count[1] == 0) {
		return false
	}
	for sym, l := range lengths {
		if l == 0 {
			continue
		}
		h.symbol[offset[l]] = uint16(sym)
		offset[l]++
		c := next[l]
		next[l]++
		if l > fastBits {
			continue
		}
		first := bits.Reverse16(c) >> (16 - l) // codes stand highest bit first, everything else lowest
		for i := uint(first); i < 1<<fastBits; i += 1 << l {
			h.fast[i] = uint16(sym)<<4 | uint16(l)
		}
	}
	return true
}

// symbol reads one symbol.
func (z *inflater) symbol(h *huffman) (uint, inflateEnd) {
	if z.n < 15 {
		z.fill()
	}
	if e := h.fast[z.acc&(1<<fastBits-1)]; e != 0 && uint(e&15) <= z.n {
		z.acc >>= e & 15
		z.n -= uint(e & 15)
		return uint(e >> 4), streamEnded
	}
	code, first, index := 0, 0, 0
	acc := z.acc
	for l := uint(1); l < 16; l++ {
		if l > z.n {
			return 0, streamCut
		}
		code |= int(acc & 1)
		acc >>= 1
		n := int(h.count[l])
		if code-n < first {
			z.acc = acc
			z.n -= l
			return uint(h.symbol[index+code-first]), streamEnded
		}
		index += n
		first = (first + n) << 1
		code <<= 1
	}
	return 0, streamBroken
}

var (
	lengthBase    = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra   = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase  = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceExtra = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	codeOrder     = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

	fixedLiterals, fixedDistances = fixedCodes()
)

// fixedCodes are the codes of §3.2.6.
func fixedCodes() (literals, distances huffman) {
	var l [288]uint8
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		default:
			l[i] = 8
		}
	}
	literals.build(l[:])
	var d [32]uint8 // the last two never occur
	for i := range d {
		d[i] = 5
	}
	distances.build(d[:])
	return literals, distances
}
