package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// How many lines are kept to look for the end of a literal among them: so many, and more only while they are as long as those of a message.
const (
	aheadMax   = 1 << 18
	aheadShort = 16
)

// search starts over looking for candidates behind the last atom used.
func (g *gatherer) search() {
	g.cands, g.next, g.stop, g.seen, g.marked, g.gap = g.cands[:0], g.last+1, false, false, false, -1
	g.reach = 0
	g.cross, g.crossed = false, false
	g.gaps = g.gaps[:0]
	if g.side != wire.Client || g.label != unmarked {
		return
	}
	// The server's "+" and what it says in between stand before an unlabelled client's octets.
	for j := g.next; ; j++ {
		b := g.s.at(j)
		if b == nil || b.used {
			return
		}
		if b.kind != wireLine && b.kind != otherLine {
			continue
		}
		v := judge(b.body.b[b.lead:])
		if v.why == ByContinuation {
			g.next = j + 1
			return
		}
		if v.why != ByUntagged && !isBlank(b.body.b) {
			return
		}
	}
}

// refused reports whether the server answered the announcement with NO or BAD: then the octets never came.
func (g *gatherer) refused(h header) bool {
	if h.nonSync {
		return false
	}
	for j, n := g.last+1, 0; n < 16; j++ {
		b := g.s.at(j)
		if b == nil {
			return false
		}
		if b.used || b.stream != g.stream || b.kind != wireLine && b.kind != otherLine || isBlank(b.body.b) {
			n++
			continue
		}
		if g.label != unmarked && b.label == g.label {
			return false
		}
		v := judge(b.body.b[b.lead:])
		if v.why == ByCompletion && bytes.Equal(v.tag, g.tag) && v.status != wire.OK {
			return true
		}
		if v.why != ByUntagged {
			return false
		}
		n++
	}
	return false
}

// answered reports whether a line of the server completes the command at hand.
func (g *gatherer) answered(b *atom) bool {
	v := judge(b.body.b[:min(len(b.body.b), 256)])
	return v.why == ByCompletion && bytes.Equal(v.tag, g.tag)
}

// candidate is the atom that stands k lines behind the announcement, nil where the lines that can be octets end.
func (g *gatherer) candidate(k int) *atom {
	for len(g.cands) <= k {
		if g.stop {
			return nil
		}
		j := g.next
		if g.s.steps <= 0 && len(g.cands) >= stepsOwed || j-g.last > aheadMax+g.reach/aheadShort {
			g.stop = true
			return nil
		}
		b := g.s.at(j)
		if b == nil {
			g.stop = true
			return nil
		}
		g.s.steps -= 1 + len(b.body.b)/512
		if b.fenced != g.s.at(g.last).fenced { // the code ends, or begins
			g.stop = true
			return nil
		}
		if b.used || b.stream != g.stream || g.elsewhere(b) {
			g.next++
			continue
		}
		switch b.kind {
		case infoLine, noiseLine, maskedLine, opaqueLine:
			g.next++
			continue
		case gapLine:
			if b.label != unmarked && b.label != g.label {
				g.next++
				continue
			}
			g.m.Faithful = false // octets are missing, and not by the sender's fault
			if g.s.d.exact {
				g.gaps = append(g.gaps, missing{before: len(g.cands), octets: int(min(b.size, 1<<40))})
			} else if len(g.cands) == 0 {
				g.gap = j
			}
			g.next++
			continue
		case otherLine:
			if g.s.d.bare == bareNoise || g.marked || g.s.d.bare == bareServer && g.side != wire.Server {
				g.next++
				continue
			}
			if !g.seen && g.label != unmarked && isBlank(b.body.b) && g.labelledNext(j) {
				g.next++ // a blank line between entries of the log
				continue
			}
			g.seen = g.seen || !isBlank(b.body.b)
		case wireLine:
			if g.label != unmarked && b.label != g.label && b.label != unmarked {
				wait := g.side == wire.Client && len(g.cands) == 0 && !g.answered(b)
				if g.s.d.chunked || g.cross || wait {
					g.next++
					continue
				}
				g.stop, g.crossed = true, true
				return nil
			}
			if !g.seen && g.label != unmarked {
				g.seen, g.marked = true, !g.s.d.loose && !g.bareNext(j)
			}
		}
		g.cands = append(g.cands, j)
		g.reach += len(b.body.b)
		g.next++
	}
	return g.s.at(g.cands[k])
}

// elsewhere reports whether a line belongs to another connection that shares the stream.
func (g *gatherer) elsewhere(b *atom) bool {
	st := &g.s.streams[g.stream]
	if len(st.parked) == 0 || b.kind != wireLine && b.kind != otherLine {
		return false
	}
	line := b.body.b[b.lead:]
	v := judge(line)
	if v.weight < likely {
		return false
	}
	u := utteranceOf(v.side, &v, line)
	own := max(st.fit(&u), fitsSome)
	for i := 0; i < len(st.parked) && own < u.most(); i++ {
		if st.parked[i].fit(&u) > own {
			return true
		}
	}
	return false
}

// labelledNext reports whether the next line that isn't blank is one that the log labels.
func (g *gatherer) labelledNext(j int) bool {
	for n := 0; n < 8; n++ {
		j++
		b := g.s.at(j)
		switch {
		case b == nil:
			return true
		case b.used, b.stream != g.stream, b.kind != wireLine && b.kind != otherLine, b.kind == otherLine && isBlank(b.body.b):
			continue
		}
		return b.kind == wireLine
	}
	return false
}

// bareNext reports whether an unlabelled line follows: then the log labels the first line of an entry only.
func (g *gatherer) bareNext(j int) bool {
	b := g.s.at(j + 1)
	return b != nil && b.kind == otherLine && g.s.d.bare != bareNoise && !isBlank(b.body.b)
}
