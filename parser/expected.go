package parser

// maxWords is how many keywords an Error lists.
const maxWords = 12

// choice gathers keywords of which none stands at the cursor, and fails at the first byte that makes it so. Of the words those are told that agree
// up to there: behind "FL" only those that go on so could have come. It is for faults only.
type choice struct {
	p     *Parser
	best  int  // how many bytes agree with some word
	count int  // words that agree so far and go on
	whole bool // one ends there
	told  bool // there is a fault already, and its words are those of Parser.words
}

func (p *Parser) choice() choice {
	return choice{p: p, told: p.fault.code != ErrorNone || p.first.code != ErrorNone}
}

// add adds the keyword w.
func (c *choice) add(w string) {
	n := c.p.commonPrefix(w)
	if n < c.best || w == "" {
		return
	}
	if n > c.best {
		c.best, c.count, c.whole = n, 0, false
	}
	if n == len(w) {
		c.whole = true
		return
	}
	if c.count < maxWords && !c.told {
		c.p.words[c.count] = w
	}
	c.count++
}

// fail fails behind the bytes that agree. If there are any, what else e has can't follow them: what could have come is the rest of the words, and
// follow if one of them is whole. If there are none, the words are what e means by keyword or response.
func (c *choice) fail(e, follow Expect) bool {
	p, code, tell := c.p, e.code(), e&(ExpectWord|ExpectResponse) != 0
	if c.whole && follow != 0 {
		tell, e = true, follow
		if c.count > 0 {
			e |= ExpectWord
		}
	} else if c.best > 0 && c.count > 0 && c.count <= maxWords {
		tell, e = true, ExpectWord
	}
	p.i += c.best
	if !p.failAt(code, p.i, e) && !c.told && tell && c.count <= maxWords {
		p.fault.words = uint8(c.count)
	}
	return false
}

// besides says what could stand at the cursor too, for a fault of the rule that is tried there.
func (p *Parser) besides(e Expect) { p.beside, p.besideAt = e, p.i }

// failWord records that the word at the cursor is none of words, which are in upper case. A SP follows those that are read by it.
func (p *Parser) failWord(e Expect, words ...string) bool {
	c := p.choice()
	for _, w := range words {
		c.add(w)
	}
	if e&(ExpectNil|ExpectNString|ExpectWord) != 0 {
		return c.fail(e, ExpectSP)
	}
	return c.fail(e, 0)
}

// commonPrefix is how many bytes at the cursor agree with the keyword w.
func (p *Parser) commonPrefix(w string) int {
	n := 0
	for n < len(w) && p.i+n < len(p.b) && lower(p.b[p.i+n]) == lower(w[n]) {
		n++
	}
	return n
}
