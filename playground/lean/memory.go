package lean

import "encoding/binary"

// maxMemory is more than a module begins with.
const maxMemory = 64 << 20

// memory is what a module begins with, by address.
type memory []byte

// load puts the data section's segments into memory.
func load(data []byte) (memory, error) {
	count, n := binary.Uvarint(data)
	if n <= 0 {
		return nil, errModule
	}
	data = data[n:]
	var m memory
	for range count {
		if len(data) < 2 || data[0] != 0 || data[1] != opI32Const {
			return nil, errModule
		}
		offset, n := signed(data[2:])
		if n <= 0 || offset < 0 || len(data) < 3+n || data[2+n] != opEnd {
			return nil, errModule
		}
		data = data[3+n:]
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) || uint64(offset)+size > maxMemory {
			return nil, errModule
		}
		if need := int(offset) + int(size); need > len(m) {
			m = append(m, make([]byte, need-len(m))...)
		}
		copy(m[offset:], data[n:n+int(size)])
		data = data[n+int(size):]
	}
	return m, nil
}

// segmentCost is about what one more segment costs: fewer zeroes than that are written out.
const segmentCost = 512

// segments gives a data section's body that fills a memory of zeroes with m.
func (m memory) segments() []byte {
	var body []byte
	count := uint64(0)
	for at := 0; at < len(m); {
		if m[at] == 0 {
			at++
			continue
		}
		from, to := at, at
		for zeroes := 0; at < len(m) && zeroes < segmentCost; at++ {
			if m[at] == 0 {
				zeroes++
				continue
			}
			zeroes, to = 0, at+1
		}
		body = append(body, 0, opI32Const)
		body = appendSigned(body, int64(from))
		body = append(body, opEnd)
		body = binary.AppendUvarint(body, uint64(to-from))
		body = append(body, m[from:to]...)
		count++
	}
	return append(binary.AppendUvarint(nil, count), body...)
}

// word is the eight octets at an address.
func (m memory) word(at uint64) uint64 { return binary.LittleEndian.Uint64(m[at:]) }

// slice is the memory of the slice at a word of the moduledata at md, nil if it is not in m.
func (m memory) slice(md, word, size uint64) []byte {
	from, length := m.word(md+8*word), m.word(md+8*word+8)*size
	if from > uint64(len(m)) || length > uint64(len(m))-from {
		return nil
	}
	return m[from : from+length]
}

// signed reads a signed LEB128 number, and tells its length.
func signed(b []byte) (v int64, n int) {
	for shift := 0; n < len(b) && shift < 64; {
		octet := b[n]
		n++
		v |= int64(octet&0x7f) << shift
		shift += 7
		if octet&0x80 == 0 {
			if octet&0x40 != 0 && shift < 64 {
				v |= -1 << shift
			}
			return v, n
		}
	}
	return 0, 0
}

func appendSigned(b []byte, v int64) []byte {
	for {
		octet := byte(v & 0x7f)
		v >>= 7
		if v == 0 && octet&0x40 == 0 || v == -1 && octet&0x40 != 0 {
			return append(b, octet)
		}
		b = append(b, octet|0x80)
	}
}
