package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/syntax"
)

// lower folds an ASCII letter.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// hasWord says that the keyword w, in any case, stands at the cursor. w is in upper case. What follows it is not looked at.
func (p *Parser) hasWord(w string) bool {
	if len(p.b)-p.i < len(w) {
		return false
	}
	return foldEqual(p.b[p.i:p.i+len(w)], w)
}

// isWord says that the whole atom at the cursor is the keyword w.
func (p *Parser) isWord(w string) bool {
	if !p.hasWord(w) {
		return false
	}
	i := p.i + len(w)
	return i >= len(p.b) || class[p.b[i]]&clsAtom == 0
}

// word takes the keyword w.
func (p *Parser) word(w string) bool {
	if !p.hasWord(w) {
		return p.failWord(ExpectWord, w)
	}
	start := p.i
	p.i += len(w)
	p.leaf(syntax.KindKeyword, start)
	return true
}

// run is the length of the run of class c at the cursor. What wordStops lets pass has to belong to the class.
func (p *Parser) run(c uint8) int {
	b, i := p.b, p.i
	if i+8 <= len(b) {
		i += bits.TrailingZeros64(wordStops(load64(b, i))) >> 3
	}
	for i < len(b) && class[b[i]]&c != 0 {
		i++
	}
	return i - p.i
}

// runOf is run for any class.
func (p *Parser) runOf(c uint8) int {
	b, i := p.b, p.i
	for i < len(b) && class[b[i]]&c != 0 {
		i++
	}
	return i - p.i
}

// wordAtom reads the atom that names what follows, and doesn't add a leaf: the caller knows its kind when it has looked the word up.
func (p *Parser) wordAtom(e Expect) ([]byte, bool) {
	n := p.run(clsAtom)
	if n == 0 {
		return nil, p.fail(e)
	}
	w := p.b[p.i : p.i+n]
	p.i += n
	return w, true
}
