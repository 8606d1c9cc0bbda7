package parser

import "math/bits"

// A keyword of up to sixteen letters is read by two loads and known by its value: packed, its first letter lowest, in upper case, NUL behind
// its last. That takes the same few instructions whatever the word is, where a comparison with one word after the other, or a loop over
// letters, lets the processor guess.

// keyword is a known word and what it means: a constant of an enumeration.
type keyword struct {
	lo, hi uint64
	id     uint8
}

// idOf is the keyword's meaning if the packed word is that keyword, else 0.
func (k *keyword) idOf(lo, hi uint64) uint8 {
	if k.lo != lo || k.hi != hi {
		return 0
	}
	return k.id
}

// keywords is a perfect hash table: no two of its words share a slot.
type keywords struct {
	multiplier uint64
	slots      [keywordSlots]keyword
}

const keywordSlots = 64

// find returns what the packed word means, 0 if the table does not have it.
func (t *keywords) find(lo, hi uint64) uint8 { return t.slots[t.slot(lo, hi)].idOf(lo, hi) }

func (t *keywords) slot(lo, hi uint64) uint64 { return (lo + hi) * t.multiplier >> 58 % keywordSlots }

// flagTable is keywords for more words than it has room for.
type flagTable struct {
	multiplier uint64
	slots      [flagSlots]keyword
}

const flagSlots = 256

// find returns which flag the packed word is, 0 if the table does not have it.
func (t *flagTable) find(lo, hi uint64) uint8 { return t.slots[t.slot(lo, hi)].idOf(lo, hi) }

func (t *flagTable) slot(lo, hi uint64) uint64 { return (lo + hi) * t.multiplier >> 56 }

// packWord packs the word at i, which ends at end: before a byte that wordStops marks, or behind sixteen bytes. A word that is longer, or that
// has other bytes than keywords have, is therefore one that something else than a blank or a bracket follows; its reader has to look.
func packWord(b []byte, i int) (lo, hi uint64, end int) {
	if i+8 > len(b) {
		lo, end = packRest(last8(b, i))
		return lo, 0, i + end
	}
	lo = load64(b, i)
	if m := wordStops(lo); m != 0 {
		n := bits.TrailingZeros64(m) &^ 7
		return upperWord(lo) & (1<<(uint(n)&63) - 1), 0, i + n>>3
	}
	if i+16 <= len(b) {
		hi = load64(b, i+8)
	} else {
		hi = last8(b, i+8)
	}
	hi, end = packRest(hi)
	return upperWord(lo), hi, i + 8 + end
}

// packRest packs what x has of a word.
func packRest(x uint64) (word uint64, n int) {
	m := wordStops(x)
	if m == 0 {
		return upperWord(x), 8
	}
	n = bits.TrailingZeros64(m) >> 3
	return upperWord(x) & (1<<(uint(8*n)&63) - 1), n
}

// wordStops marks, by the high bit of its byte, the first of eight bytes that is none of those which keywords are made of: , - . / 0 to 9 : ;
// < = > ? @ A to Z ` a to z, all of them ATOM-CHAR. Marks above the first mean nothing. Zero: there is none.
func wordStops(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	return (^(x + ones*(0x80-',')) | ((x | ones*0x20) + ones*(0x80-'{')) | x) & highs
}

// upperWord folds bytes that wordStops does not mark.
func upperWord(x uint64) uint64 {
	const ones = 0x0101010101010101
	return x &^ (x & (ones * 0x40) >> 1)
}
