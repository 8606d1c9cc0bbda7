package api

import (
	"bytes"
	"sort"
)

// Positions converts between octets of a text and editor positions: UTF-16 units of the text as a browser decodes it, every line break
// (CRLF, CR, LF) counting 1.
//
// The browser's decoder is that of the WHATWG Encoding Standard §8.1.1: a byte order mark at the start is dropped, and every maximal
// subpart of an ill-formed sequence becomes one U+FFFD (Unicode §3.9, table 3-8). An octet inside a character, or the LF of a CRLF, has
// the position of the character or break that it belongs to.
//
// The text is read as far as it is asked about, so that the first lines of a long one need not wait for the rest.
type Positions struct {
	text  []byte
	keep  bool   // a byte order mark counts: the text came as a string
	marks []mark // marks[i] is the last place between two characters at or before octet i*markEvery
	last  mark   // where the last conversion came to: the next one mostly goes on from there
}

// mark says that octet off has position pos, after so many line breaks. It lies between two characters.
type mark struct{ off, pos, breaks uint32 }

// markEvery is the distance of marks in octets: what one conversion may have to read.
const markEvery = 128

// NewPositions are the positions of text, which must not change. keepMark says that a byte order mark at the start is a character like
// others: the text was a string, which no decoder has seen.
func NewPositions(text []byte, keepMark bool) *Positions {
	return &Positions{text: text, keep: keepMark, marks: make([]mark, 1, 64)}
}

// Len is the length of the text in editor positions.
func (p *Positions) Len() int { return int(p.at(len(p.text)).pos) }

// Editor is the editor position of octet off.
func (p *Positions) Editor(off int) uint32 { return p.at(off).pos }

// Stretch is where octets [start, end) begin and end, and how many line breaks they hold but for one at their end.
func (p *Positions) Stretch(start, end int) (from, to, breaks uint32) {
	last := end
	if last > start && p.text[last-1] == '\n' {
		last--
	}
	if last > start && p.text[last-1] == '\r' {
		last--
	}
	a := p.at(start) // in ascending order: each goes on where the one before came to
	breaks = p.at(last).breaks - a.breaks
	return a.pos, p.Editor(end), breaks
}

// at is the last place between two characters at or before octet off.
func (p *Positions) at(off int) mark {
	to := uint32(min(max(off, 0), len(p.text)))
	for uint32(len(p.marks))*markEvery <= to {
		p.extend()
	}
	from := p.marks[to/markEvery]
	if p.last.off > from.off && p.last.off <= to {
		from = p.last
	}
	p.last = p.walk(from, to, ^uint32(0))
	return p.last
}

// extend reads on to the next mark.
func (p *Positions) extend() {
	n := len(p.marks)
	p.marks = append(p.marks, p.walk(p.marks[n-1], uint32(n)*markEvery, ^uint32(0)))
}

// Octet is the first octet of what stands at editor position pos.
func (p *Positions) Octet(pos int) int {
	to := uint32(min(max(pos, 0), len(p.text)))
	for p.marks[len(p.marks)-1].pos <= to && len(p.marks)*markEvery <= len(p.text) {
		p.extend()
	}
	from := p.marks[sort.Search(len(p.marks), func(i int) bool { return p.marks[i].pos > to })-1]
	if to == 0 {
		from = mark{}
		if !p.keep && bytes.HasPrefix(p.text, byteOrderMark) {
			return len(byteOrderMark)
		}
	}
	return int(p.walk(from, uint32(len(p.text)), to).off)
}

var byteOrderMark = []byte("\xEF\xBB\xBF")

// walk goes on from m while neither octet off nor position pos is passed.
func (p *Positions) walk(m mark, off, pos uint32) mark {
	const high, blanks = 0x8080808080808080, 0x2020202020202020
	for text := p.text; m.off < off && m.pos < pos; {
		for min(off-m.off, pos-m.pos) >= 8 {
			// Eight octets of printable ASCII or DEL: octets and positions are the same.
			b := text[m.off : m.off+8 : m.off+8]
			v := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
			if (v|(v-blanks))&high != 0 {
				break
			}
			m.off += 8
			m.pos += 8
		}
		for m.off < off && m.pos < pos {
			if c := text[m.off]; c < ' ' || c >= 0x80 {
				break
			}
			m.off++
			m.pos++
			if m.off&7 == 0 {
				break
			}
		}
		if m.off >= off || m.pos >= pos {
			break
		}
		c := text[m.off]
		if c >= ' ' && c < 0x80 {
			continue
		}
		n, u := p.unit(m.off)
		if m.off+n > off || m.pos+u > pos {
			break
		}
		m.off += n
		m.pos += u
		if c == '\r' || c == '\n' {
			m.breaks++
		}
	}
	return m
}

// unit is the length of the character or line break at off, in octets and in editor positions.
func (p *Positions) unit(off uint32) (octets, units uint32) {
	b := p.text[off:]
	switch c := b[0]; {
	case c == '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2, 1
		}
		return 1, 1
	case c < 0x80:
		return 1, 1
	case c < 0xC2 || c > 0xF4: // continuation octets, and leads that never begin a well-formed sequence
		return 1, 1
	case c < 0xE0:
		return sequence(b, 2, 0x80, 0xBF), 1
	case c < 0xF0:
		if off == 0 && !p.keep && bytes.HasPrefix(b, byteOrderMark) {
			return 3, 0
		}
		low, high := byte(0x80), byte(0xBF)
		if c == 0xE0 {
			low = 0xA0 // below are overlong forms
		} else if c == 0xED {
			high = 0x9F // above are surrogates
		}
		return sequence(b, 3, low, high), 1
	}
	low, high := byte(0x80), byte(0xBF)
	if b[0] == 0xF0 {
		low = 0x90
	} else if b[0] == 0xF4 {
		high = 0x8F // above is beyond U+10FFFF
	}
	n := sequence(b, 4, low, high)
	if n == 4 {
		return 4, 2
	}
	return n, 1
}

// sequence is how many octets of b belong to a sequence of n whose second octet is in [low, high]: n if it is well-formed, fewer if
// only its start is.
func sequence(b []byte, n int, low, high byte) uint32 {
	if len(b) < 2 || b[1] < low || b[1] > high {
		return 1
	}
	i := 2
	for i < n && i < len(b) && b[i]&0xC0 == 0x80 {
		i++
	}
	return uint32(i)
}
