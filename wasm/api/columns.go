package api

import (
	"slices"
	"unsafe"
)

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

// grow makes room for n octets and returns them.
func (c *Columns) grow(n int) []byte {
	at := len(c.b)
	c.b = slices.Grow(c.b, n+8)[:at+n]
	return c.b[at:]
}

// reserve makes room for n more octets, so that columns which are made before they are filled stay where they are.
func (c *Columns) reserve(n int) { c.b = slices.Grow(c.b, n) }

// column8, column32 and column64 make a column of n numbers, to be filled by the caller before anything is written that wasn't reserved.
// The reader's numbers are little-endian, as WebAssembly's and those of the machines that run the tests.
func (c *Columns) column8(n int) []uint8 {
	b := c.grow(n)
	c.align()
	return b
}

func (c *Columns) column32(n int) []uint32 {
	b := c.grow(4 * n)
	c.align()
	return unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

func (c *Columns) column64(n int) []float64 {
	b := c.grow(8 * n)
	return unsafe.Slice((*float64)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// encoding/binary would bring reflection into the module.

func put32(b []byte, v uint32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

func read32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// U8 writes a column of n numbers of 8 bits.
func U8[T ~uint8](c *Columns, n int, at func(i int) T) {
	for i, b := 0, c.grow(n); i < n; i++ {
		b[i] = uint8(at(i))
	}
	c.align()
}

// U16 writes a column of n numbers of 16 bits.
func U16(c *Columns, n int, at func(i int) uint16) {
	for i, b := 0, c.grow(2*n); i < n; i++ {
		v := at(i)
		b[2*i], b[2*i+1] = byte(v), byte(v>>8)
	}
	c.align()
}

// U32 writes a column of n numbers of 32 bits.
func U32(c *Columns, n int, at func(i int) uint32) {
	for i, b := 0, c.grow(4*n); i < n; i++ {
		put32(b[4*i:], at(i))
	}
	c.align()
}

// Strings is the pool that columns refer to by number; 0 is the empty string.
type Strings struct {
	octets []byte
	ends   []uint32
	table  []uint32 // numbers by hash, 0: free; a power of two, at most half full. A map would allocate a key for each tag
}

func newStrings() *Strings { return &Strings{ends: []uint32{0}, table: make([]uint32, 1024)} }

// number is the string's number.
func (s *Strings) number(v string) uint32 { return number(s, v) }

// numberOf is number of a string in octets.
func (s *Strings) numberOf(v []byte) uint32 { return number(s, v) }

func number[T string | []byte](s *Strings, v T) uint32 {
	if len(v) == 0 {
		return 0
	}
	i := hash(v) & uint32(len(s.table)-1)
	for ; s.table[i] != 0; i = (i + 1) & uint32(len(s.table)-1) {
		if n := s.table[i]; string(s.octets[s.ends[n-1]:s.ends[n]]) == string(v) {
			return n
		}
	}
	n := uint32(len(s.ends))
	s.octets = append(s.octets, v...)
	s.ends = append(s.ends, uint32(len(s.octets)))
	s.table[i] = n
	if 2*len(s.ends) > len(s.table) {
		s.rehash()
	}
	return n
}

// rehash doubles the table.
func (s *Strings) rehash() {
	s.table = make([]uint32, 2*len(s.table))
	for n := 1; n < len(s.ends); n++ {
		i := hash(s.octets[s.ends[n-1]:s.ends[n]]) & uint32(len(s.table)-1)
		for s.table[i] != 0 {
			i = (i + 1) & uint32(len(s.table)-1)
		}
		s.table[i] = uint32(n)
	}
}

// hash is FNV-1a, mixed once more because only its low bits are used.
func hash[T string | []byte](v T) uint32 {
	h := uint32(2166136261)
	for i := range len(v) {
		h = (h ^ uint32(v[i])) * 16777619
	}
	return h ^ h>>15
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
