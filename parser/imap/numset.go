package imap

import (
	"errors"
	"iter"
	"math"
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

// NumSet is a sequence-set, uid-set or partial range list: sequence numbers or UIDs, which Command.UID tells, or "$", the saved result of
// SEARCH (RFC 5182 §2). It keeps the wire form, so 1:4294967295 costs nothing. The zero NumSet is no set at all.
//
// The parser validates Raw; in a NumSet made by hand, what is no valid range ends the walks below, and the encoder refuses it.
type NumSet struct {
	Raw  []byte
	Span wire.Span
}

// NumRange is a range of numbers, both ends included. "*" is 0 and counts as the largest: 5:* and *:5 are {5, 0}, * is {0, 0}.
type NumRange struct{ Lo, Hi uint32 }

var errNumSet = errors.New("not a sequence set")

// SetOf returns the set of nums, sorted and joined: SetOf(3, 1, 2, 7) is 1:3,7. 0 stands for "*". Without nums it is the zero NumSet.
func SetOf(nums ...uint32) NumSet {
	switch len(nums) {
	case 0:
		return NumSet{}
	case 1:
		return RangesOf(NumRange{nums[0], nums[0]})
	}
	rs := make([]NumRange, len(nums))
	for i, n := range nums {
		rs[i] = NumRange{n, n}
	}
	return RangesOf(join(rs)...)
}

// RangesOf returns the set of those ranges, in that order, as they are.
func RangesOf(rs ...NumRange) NumSet {
	var b []byte
	for i, r := range rs {
		if i > 0 {
			b = append(b, ',')
		}
		r = r.ordered()
		b = wire.AppendSeqRange(b, r.Lo, r.Hi)
	}
	return NumSet{Raw: b}
}

// ParseSet returns the set that s spells.
func ParseSet(s string) (NumSet, error) {
	b := []byte(s)
	if n := wire.ConsumeSequenceSet(b); n <= 0 || n < len(b) {
		return NumSet{}, errNumSet
	}
	return NumSet{Raw: b}, nil
}

// ordered puts the ends in order, "*" last.
func (r NumRange) ordered() NumRange {
	if r.Lo == 0 || r.Hi != 0 && r.Hi < r.Lo {
		return NumRange{r.Hi, r.Lo}
	}
	return r
}

// within returns the numbers of an ordered range as a closed range up to max, "*" being max itself; ok is false where there are none.
func (r NumRange) within(max uint32) (lo, hi uint32, ok bool) {
	lo, hi = r.Lo, r.Hi
	if hi == 0 { // 5:* in a mailbox of three messages is 3:5 (RFC 9051 §9, seq-range)
		if lo == 0 || lo > max {
			lo = max
		}
		hi = max
	}
	if hi > max {
		hi = max
	}
	return lo, hi, lo != 0 && lo <= hi
}

// setCursor reads the ranges of a set one by one.
type setCursor struct {
	b    []byte
	r    NumRange // the last one read, ordered
	read bool     // one was read
}

// next reads a range and its comma. sequence-set = (seq-number / seq-range) ["," sequence-set] (RFC 9051 §9)
func (c *setCursor) next() bool {
	b := c.b
	if c.read {
		if len(b) == 0 || b[0] != ',' {
			return false
		}
		b = b[1:]
	}
	lo, n := seqNumber(b)
	if n == 0 {
		return false
	}
	hi := lo
	if b = b[n:]; len(b) > 0 && b[0] == ':' {
		if hi, n = seqNumber(b[1:]); n == 0 {
			return false
		}
		b = b[1+n:]
	}
	c.b, c.r, c.read = b, NumRange{lo, hi}.ordered(), true
	return true
}

// seqNumber reads nz-number / "*", which is 0. It takes leading zeros, which lenient parsing lets through.
func seqNumber(b []byte) (v uint32, n int) {
	if len(b) == 0 {
		return 0, 0
	}
	if b[0] == '*' {
		return 0, 1
	}
	var x uint64
	for n < len(b) && b[n]-'0' <= 9 {
		if x = x*10 + uint64(b[n]-'0'); x > math.MaxUint32 {
			return 0, 0
		}
		n++
	}
	if x == 0 {
		return 0, 0
	}
	return uint32(x), n
}

// IsZero reports whether s is no set at all.
func (s NumSet) IsZero() bool { return len(s.Raw) == 0 }

// IsSaved reports whether s is "$", the saved result.
func (s NumSet) IsSaved() bool { return len(s.Raw) == 1 && s.Raw[0] == '$' }

// HasStar reports whether "*" is in s.
func (s NumSet) HasStar() bool { return slices.Contains(s.Raw, '*') }

// String returns the wire form.
func (s NumSet) String() string { return string(s.Raw) }

// Ranges yields the ranges in wire order, each with its ends in order. "$" has none. It doesn't allocate.
func (s NumSet) Ranges() iter.Seq[NumRange] {
	return func(yield func(NumRange) bool) {
		for c := (setCursor{b: s.Raw}); c.next(); {
			if !yield(c.r) {
				return
			}
		}
	}
}

// Nums yields the numbers of s up to max, which stands for "*", in wire order and each range upwards. max bounds the walk: a set that repeats
// itself so often that more than max numbers would come is walked in its normal form instead, each number once. Otherwise it doesn't allocate.
func (s NumSet) Nums(max uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if total, _ := s.measure(max); total > uint64(max) {
			s = s.Normal(max)
		}
		for c := (setCursor{b: s.Raw}); c.next(); {
			lo, hi, ok := c.r.within(max)
			if !ok {
				continue
			}
			for n := lo; ; n++ {
				if !yield(n) {
					return
				}
				if n == hi {
					break
				}
			}
		}
	}
}

// Contains reports whether n is in s, max standing for "*".
func (s NumSet) Contains(n, max uint32) bool {
	for c := (setCursor{b: s.Raw}); c.next(); {
		if lo, hi, ok := c.r.within(max); ok && lo <= n && n <= hi {
			return true
		}
	}
	return false
}

// Count returns how many different numbers up to max s has, max standing for "*". It allocates only for sets whose ranges are out of order.
func (s NumSet) Count(max uint32) uint64 {
	n, rising := s.measure(max)
	if rising {
		return n
	}
	n, _ = s.Normal(max).measure(max)
	return n
}

// measure adds up the ranges, and says whether each lies above the one before it, so that the sum counts nothing twice.
func (s NumSet) measure(max uint32) (n uint64, rising bool) {
	rising = true
	last := uint32(0)
	for c := (setCursor{b: s.Raw}); c.next(); {
		lo, hi, ok := c.r.within(max)
		if !ok {
			continue
		}
		n += uint64(hi-lo) + 1
		rising = rising && lo > last
		last = hi
	}
	return n, rising
}

// Normal returns the set of the same numbers up to max, max standing for "*", sorted and joined: the shortest way to write it. An empty result
// is the zero NumSet. "$" stays as it is.
func (s NumSet) Normal(max uint32) NumSet {
	if s.IsSaved() {
		return s
	}
	var rs []NumRange
	for c := (setCursor{b: s.Raw}); c.next(); {
		if lo, hi, ok := c.r.within(max); ok {
			rs = append(rs, NumRange{lo, hi})
		}
	}
	return RangesOf(join(rs)...)
}

// Compact returns the set of the same numbers in the fewest bytes: sorted and joined, "*" kept. "$" stays as it is, and so does what is no set.
func (s NumSet) Compact() NumSet {
	var few [16]NumRange
	rs := few[:0]
	for c := (setCursor{b: s.Raw}); c.next(); {
		rs = append(rs, c.r)
	}
	if len(rs) == 0 {
		return s
	}
	return RangesOf(join(rs)...)
}

// join sorts rs in place and merges what overlaps or touches; "*" stays behind everything.
func join(rs []NumRange) []NumRange {
	slices.SortFunc(rs, func(a, b NumRange) int {
		// 0 is the largest: subtracting one makes it so.
		switch x, y := a.Lo-1, b.Lo-1; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	out := rs[:0]
	for _, r := range rs {
		if k := len(out) - 1; k >= 0 && r.Lo != 0 && out[k].Hi != 0 && uint64(r.Lo) <= uint64(out[k].Hi)+1 {
			if r.Hi == 0 || r.Hi > out[k].Hi {
				out[k].Hi = r.Hi
			}
			continue
		} else if k >= 0 && out[k].Hi == 0 {
			continue // all that follows lies below "*"
		}
		out = append(out, r)
	}
	return out
}

// Pairs yields the numbers of src and dst side by side in wire order, as in COPYUID (RFC 4315 §3), until one of them ends. Both sets come from a
// peer: stop when you have seen as many pairs as you copied messages. "*" and "$" have no place in these sets and end them. It doesn't allocate.
func Pairs(src, dst NumSet) iter.Seq2[uint32, uint32] {
	return func(yield func(uint32, uint32) bool) {
		s, d := numWalk{c: setCursor{b: src.Raw}}, numWalk{c: setCursor{b: dst.Raw}}
		for {
			a, aok := s.next()
			b, bok := d.next()
			if !aok || !bok || !yield(a, b) {
				return
			}
		}
	}
}

// numWalk reads the numbers of a set without "*" one by one.
type numWalk struct {
	c    setCursor
	n    uint32 // the last one yielded
	more bool   // the range goes on after n
}

func (w *numWalk) next() (uint32, bool) {
	if w.more {
		w.n++
	} else {
		if !w.c.next() || w.c.r.Hi == 0 {
			return 0, false
		}
		w.n = w.c.r.Lo
	}
	w.more = w.n < w.c.r.Hi
	return w.n, true
}

// Equal reports whether s and t have the same ranges in the same order; the order of a range's ends doesn't matter.
func (s NumSet) Equal(t NumSet) bool {
	a, b := setCursor{b: s.Raw}, setCursor{b: t.Raw}
	for {
		x, y := a.next(), b.next()
		if !x || !y {
			return x == y && string(a.b) == string(b.b)
		}
		if a.r != b.r {
			return false
		}
	}
}

// Clone returns s with memory of its own.
func (s NumSet) Clone() NumSet {
	s.own()
	return s
}

func (s *NumSet) own() { s.Raw = cloneBytes(s.Raw) }
