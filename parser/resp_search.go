package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// mailbox-data =/ "SEARCH" [1*(SP nz-number) [SP search-sort-mod-seq]]        sort-data has the same form
//
//	search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")"
//
// RFC 9051 §9, RFC 5256 §5, RFC 7162 §7.
func (p *Parser) searchData() bool {
	l := &p.responses.numList
	*l = imap.NumList{}
	p.resp.Data = l
	for p.more() || p.peek() == '(' && p.nums.open() > 0 && p.quirk(QuirkMissingSpace, p.i, p.i+1) {
		if p.peek() == '(' && p.nums.open() > 0 {
			ok := p.searchSortModSeq(l)
			l.Nums = p.nums.list()
			return ok && p.crlf()
		}
		if p.nums.open() > 0 {
			p.besides(ExpectLParen)
		}
		if !p.searchNumber() {
			l.Nums = p.nums.list()
			return false
		}
	}
	ok := p.spend(p.nums.open())
	l.Nums = p.nums.list()
	return ok && !p.failed() && p.crlfOr(ExpectSP)
}

// searchNumber reads one nz-number, and in one go all that follow it in the plain form.
func (p *Parser) searchNumber() bool {
	start := p.i
	v, ok := p.nzDigits(0, syntax.KindNzNumber, max32)
	if !ok {
		inner := len(p.opened)
		return p.recover(inner, start)
	}
	*p.nums.push() = uint32(v)
	p.plainNumbers()
	return true
}

// plainNumbers reads *(SP nz-number) as long as nothing is unusual about them: one SP, less than eight digits.
func (p *Parser) plainNumbers() {
	start, s := p.i, &p.nums
	known := s.open()
	for {
		if s.used == len(s.chunk) {
			s.grow(1)
		}
		k, end := readNumbers(s.chunk[s.used:], p.b, p.i)
		s.used += k
		p.i = end
		if s.used < len(s.chunk) {
			break
		}
	}
	if p.Tree != nil && s.open() > known {
		p.plainNumberNodes(start+1, s.chunk[s.start+known:s.used])
	}
}

// readNumbers fills nums with the numbers of plainNumbers at i, and returns how many there were and where they end. SP and the seven bytes behind it
// are looked at together; that a number has as many digits as the one before is a guess that the processor need not wait for.
func readNumbers(nums []uint32, b []byte, i int) (k, end int) {
	for i+16 < len(b) && k < len(nums) {
		x := load64(b, i) ^ spZeros // SP is 0 now, digits are 0 to 9
		n := bits.TrailingZeros64((x + spNines | x) & highs)
		switch {
		case n < 16:
			return k, i
		case n == 64: // seven digits: a byte behind them ends them
			n = 71
		}
		// What numbers that have as many digits look like, where they go in the word, and where the next one begins.
		ends := uint64(1) << n
		mask := ends | highs&(ends-1)
		for shift, step := uint(71-n)&63, n>>3; ; {
			if x&0xFF00 == 0 { // nz-number
				return k, i
			}
			y := x << shift * (1 + 10<<8) >> 8 & 0x00FF00FF00FF00FF // pairs of digits
			y = y * (1 + 100<<16) >> 16 & 0x0000FFFF0000FFFF        // pairs of these
			nums[k] = uint32(y * (1 + 10000<<32) >> 32)
			k++
			i += step
			if k == len(nums) || i+16 >= len(b) {
				break
			}
			if x = load64(b, i) ^ spZeros; (x+spNines|x)&mask != ends {
				break
			}
		}
		if n == 71 && b[i]-'0' <= 9 { // the seven were not all
			return k - 1, i - 8
		}
	}
	return k, i
}

// spZeros and spNines are zeros and nines for a word that begins with SP.
const spZeros, spNines = zeros ^ '0' ^ ' ', nines + 0x7F - 0x76

// plainNumberNodes adds the nodes of nums, the first of which stands at i: without leading zeros a number says how long it is.
func (p *Parser) plainNumberNodes(i int, nums []uint32) {
	nodes := p.Tree.Nodes
	low, high, digits := uint32(1), uint32(10), 1 // the numbers that have digits digits
	for _, v := range nums {
		if v < low || v >= high {
			for low, high, digits = 1, 10, 1; v >= high; digits++ {
				low, high = high, high*10
			}
		}
		nodes = append(nodes, syntax.Node{Kind: syntax.KindNzNumber, Span: spanOf(i, i+digits), Next: uint32(len(nodes) + 1)})
		i += digits + 1
	}
	p.Tree.Nodes = nodes
}

func (p *Parser) searchSortModSeq(l *imap.NumList) (ok bool) {
	mark := p.open(syntax.KindSearchSortModSeq)
	if !p.lparen() || !p.word("MODSEQ") || !p.sp() {
		return false
	}
	if l.ModSeq, ok = p.nzDigits(0, syntax.KindModSequenceValue, max63); !ok || !p.rparen() {
		return false
	}
	l.HasModSeq = true
	p.close(mark)
	return true
}

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids
//
// RFC 7162 §7: a set without "*". QuirkEmptyUIDSet takes none.
func (p *Parser) expungedResp() bool {
	v := &p.responses.vanished
	*v = imap.Vanished{}
	if p.atEnd() && p.quirk(QuirkEmptyUIDSet, p.i, p.i) {
		p.resp.Data = v
		return p.crlf()
	}
	if !p.sp() {
		return false
	}
	p.resp.Data = v
	if p.besides(ExpectLParen); p.peek() == '(' {
		if !p.lparen() || !p.word("EARLIER") || !p.rparen() {
			return false
		}
		v.Earlier = true
		if p.atEnd() && p.quirk(QuirkEmptyUIDSet, p.i, p.i) {
			return p.crlf()
		}
		if !p.sp() {
			return false
		}
	}
	if p.atEnd() && p.quirk(QuirkEmptyUIDSet, p.i, p.i) {
		return p.crlf()
	}
	return p.uidSet(syntax.KindKnownUids, &v.UIDs) && p.crlf()
}

// thread-data = "THREAD" [SP 1*thread-list]
//
//	thread-list = "(" (thread-members / thread-nested) ")"    thread-members = nz-number *(SP nz-number) [SP thread-nested]
//	thread-nested = 2*thread-list
//
// RFC 5256 §5. Depth is the sender's choice, so open lists are on a stack: each is the depth that its members start at. A list that begins
// with a list has a parent that is not there: a node with Num 0.
func (p *Parser) threadData() bool {
	t := &p.responses.threads
	*t = imap.Threads{}
	p.resp.Data = t
	if !p.more() {
		return !p.failed() && p.crlfOr(ExpectSP)
	}
	ok := p.threadLists()
	if ok {
		ok = p.spend(p.responses.threadNodes.open())
	}
	t.Nodes = p.responses.threadNodes.list()
	return ok && p.crlfOr(ExpectLParen)
}

func (p *Parser) threadLists() bool {
	r := &p.responses
	r.lists = r.lists[:0]
	for {
		if !p.lparenThread() {
			return false
		}
		for len(r.lists) > 0 {
			if !p.threadMember() {
				return false
			}
		}
		p.maybeSPBefore('(', QuirkSpaceBetweenParts)
		if p.peek() != '(' {
			return true
		}
	}
}

// Each open list is three ints on r.lists: mark, depth of its next node, and 2*nested lists + 1 if it has members.
func (p *Parser) lparenThread() bool {
	if p.peek() != '(' {
		return p.fail(ExpectLParen)
	}
	if !p.enter() {
		return false
	}
	r := &p.responses
	depth := 0
	if n := len(r.lists); n > 0 {
		depth = r.lists[n-2]
	}
	r.lists = append(r.lists, p.open(syntax.KindThreadList), depth, 0)
	p.i++
	return true
}

// threadMember reads the next element of the innermost open list, or its end.
func (p *Parser) threadMember() bool {
	r := &p.responses
	top := r.lists[len(r.lists)-3:]
	state := top[2]
	switch c := p.peek(); {
	case c == '(':
		if state == 1 && p.b[p.i-1] != ' ' && !p.quirk(QuirkMissingSpace, p.i, p.i+1) {
			return p.fail(ExpectSP | ExpectRParen)
		}
		if state == 0 { // the parent is missing
			*r.threadNodes.push() = imap.ThreadNode{Depth: uint32(top[1])}
			top[1]++
		}
		if state <= 1 {
			p.open(syntax.KindThreadNested)
		}
		top[2] += 2
		return p.lparenThread()
	case c == ')':
		if state == 0 {
			return p.fail(ExpectNzNumber | ExpectLParen)
		}
		if state>>1 == 1 && !p.quirk(QuirkLoneThread, p.i, p.i+1) { // thread-nested = 2*thread-list
			return p.fail(ExpectLParen)
		}
		p.close(top[0] + 1)
		p.i++
		p.leave()
		p.close(top[0])
		r.lists = r.lists[:len(r.lists)-3]
		return true
	case c == ' ' && state == 1:
		if !p.sp() {
			return false
		}
		if p.peek() == '(' {
			return true
		}
		if p.peek() == ')' && p.quirk(QuirkSpaceBeforeParen, p.i-1, p.i) {
			return true
		}
		p.besides(ExpectLParen)
		return p.threadNumber(top)
	case c == ' ' && state > 1 && p.Quirks.Has(QuirkSpaceBetweenParts):
		p.maybeSP(QuirkSpaceBetweenParts)
		return true
	case state == 0:
		p.besides(ExpectLParen)
		return p.threadNumber(top)
	}
	if state > 1 {
		if state>>1 == 1 {
			return p.fail(ExpectLParen)
		}
		return p.fail(ExpectLParen | ExpectRParen)
	}
	return p.fail(ExpectSP | ExpectRParen)
}

// threadNumber reads a member: the child of the one before it.
func (p *Parser) threadNumber(top []int) bool {
	v, ok := p.nzDigits(syntax.KindThreadMembers, syntax.KindNzNumber, max32)
	if !ok {
		return false
	}
	*p.responses.threadNodes.push() = imap.ThreadNode{Num: uint32(v), Depth: uint32(top[1])}
	top[1]++
	top[2] |= 1
	return true
}

// maybeSPBefore takes blanks that c follows.
func (p *Parser) maybeSPBefore(c byte, x Quirk) {
	if p.peek() == ' ' && p.peekPastBlanks() == c {
		p.maybeSP(x)
	}
}
