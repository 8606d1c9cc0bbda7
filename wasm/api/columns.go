package api

import "math"

// Columns builds an answer of columns of numbers, little-endian, each beginning at a multiple of 8, so that the reader can lay typed
// arrays on them. The reader knows their order and their types; a count stands before columns of that many rows.
type Columns struct{ b []byte }

// Count begins a table of n rows.
func (c *Columns) Count(n int) { U32(c, 1, func(int) uint32 { return uint32(n) }) }

func (c *Columns) align() {
	for len(c.b)%8 != 0 {
		c.b = append(c.b, 0)
	}
}

// Octets writes b as it is.
func (c *Columns) Octets(b []byte) {
	c.b = append(c.b, b...)
	c.align()
}

// encoding/binary would bring reflection into the module.

func append16(dst []byte, v uint16) []byte { return append(dst, byte(v), byte(v>>8)) }

func append32(dst []byte, v uint32) []byte {
	return append(dst, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func append64(dst []byte, v uint64) []byte { return append32(append32(dst, uint32(v)), uint32(v>>32)) }

func read32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// U8 writes a column of n numbers of 8 bits.
func U8[T ~uint8](c *Columns, n int, at func(i int) T) {
	for i := range n {
		c.b = append(c.b, uint8(at(i)))
	}
	c.align()
}

// U16 writes a column of n numbers of 16 bits.
func U16(c *Columns, n int, at func(i int) uint16) {
	for i := range n {
		c.b = append16(c.b, at(i))
	}
	c.align()
}

// U32 writes a column of n numbers of 32 bits.
func U32(c *Columns, n int, at func(i int) uint32) {
	for i := range n {
		c.b = append32(c.b, at(i))
	}
	c.align()
}

// F32 writes a column of n single floats.
func F32(c *Columns, n int, at func(i int) float32) {
	for i := range n {
		c.b = append32(c.b, math.Float32bits(at(i)))
	}
	c.align()
}

// F64 writes a column of n double floats.
func F64(c *Columns, n int, at func(i int) float64) {
	for i := range n {
		c.b = append64(c.b, math.Float64bits(at(i)))
	}
	c.align()
}

// Strings is the pool that columns refer to by number; 0 is the empty string.
type Strings struct {
	octets  []byte
	ends    []uint32
	numbers map[string]uint32
}

func newStrings() *Strings {
	return &Strings{ends: []uint32{0}, numbers: map[string]uint32{"": 0}}
}

// number is the string's number.
func (s *Strings) number(v string) uint32 {
	n, ok := s.numbers[v]
	if !ok {
		n = uint32(len(s.ends))
		s.octets = append(s.octets, v...)
		s.ends = append(s.ends, uint32(len(s.octets)))
		s.numbers[v] = n
	}
	return n
}

// Strings writes the pool.
func (c *Columns) Strings(s *Strings) {
	c.Count(len(s.ends))
	U32(c, len(s.ends)+1, func(i int) uint32 {
		if i == 0 {
			return 0
		}
		return s.ends[i-1]
	})
	c.Octets(s.octets)
}

// List writes strings, equal ones as often as they occur.
func (c *Columns) List(all []string) {
	c.Count(len(all))
	end := 0
	U32(c, len(all)+1, func(i int) uint32 {
		if i > 0 {
			end += len(all[i-1])
		}
		return uint32(end)
	})
	for _, s := range all {
		c.b = append(c.b, s...)
	}
	c.align()
}

// Bytes is what was written.
func (c *Columns) Bytes() []byte { return c.b }
