package transcript

import (
	"bytes"
	"strconv"

	"github.com/imapwire/imapwire/parser/wire"
)

// literalStats is what the literals so far have taught about the paste: how many fitted with each line end counted as CRLF, and how many as it stands.
type literalStats struct {
	crlf, plain     int
	present, elided int
}

// hidden reports whether the log is known not to print octets: then it isn't worth looking for them over megabytes of it.
func (s literalStats) hidden() bool { return s.elided > 3*s.present+2 }

// lost reports whether the CRs of literals are known to be lost, so that a size that fits without them fits by chance.
func (s literalStats) lost() bool { return s.crlf > 3*s.plain }

// literal finds where the octets of a literal end, takes them, and returns the rest of the message's line.
//
// Where a log prints every byte, counting decides. Elsewhere line ends, blanks and whole lines get lost, so counting is only one voice: every place where
// the octets can end is tried; what stands behind must close what the message opened, and the line after that must be the start of another message; among
// those that pass, the one whose size is explained best wins.
func (g *gatherer) literal(h header, l *Literal) (rest seg, more bool) {
	l.Octets.Start = uint32(g.w.len())
	l.Octets.End = l.Octets.Start
	if g.side == wire.Client && g.refused(h) {
		l.State, l.Reason = Elided, "refused"
		return rest, false
	}
	g.search()
	if h.size == 0 {
		return g.absent(h, l)
	}
	if g.s.elides.has(g.side) {
		if e, ok := g.printed(h); ok {
			return g.apply(h, l, e)
		}
		g.search()
		return g.absent(h, l)
	}
	e := g.bestEnd(h)
	if e.score < 15 && g.crossed { // both sides spoke at once
		g.search()
		g.cross = true
		if c := g.bestEnd(h); c.score >= 90 {
			e = c
		}
	}
	if (e.score < 95 || e.split > 0) && g.label != unmarked && !g.marked && g.bareAmong(e) {
		e = g.markedEnd(h, e.score < 15)
	}
	if g.gap >= 0 && (e.score < 90 || e.lines == 0 && e.split == 0) {
		gap := g.take(g.gap)
		_ = gap
		g.search()
		rest, more = g.absent(h, l)
		l.Reason = "placeholder"
		return rest, more
	}
	return g.apply(h, l, e)
}

// printed finds the octets of a literal that this log should not have, where the lines that follow can't go on in the message and are as long as announced:
// the program took them for something else than octets.
func (g *gatherer) printed(h header) (e ending, ok bool) {
	b := g.candidate(0)
	if b == nil || g.depth.depth <= 0 {
		return e, false
	}
	if fits, _ := g.fits(b.body.b, ending{rest: true}); fits || judge(b.body.b).weight >= likely {
		return e, false
	}
	e = g.bestEnd(h)
	return e, e.score >= 90 && e.lines > 0 && (e.state == Present || e.why == "line-ends")
}

// bareAmong reports whether lines without a label stand among the octets that were found, or where they were looked for.
func (g *gatherer) bareAmong(e ending) bool {
	n := e.lines + 1
	if e.score < 15 {
		n = len(g.cands)
	}
	for _, i := range g.cands[:min(n, len(g.cands))] {
		if b := g.s.at(i); b.kind == otherLine && !isBlank(b.body.b) {
			return true
		}
	}
	return false
}

// markedEnd looks for the octets among labelled lines alone: what stands between them may be chatter of the log. That is so if their size is right then,
// or if nothing was found among all lines and a labelled one goes on behind the octets.
func (g *gatherer) markedEnd(h header, lost bool) ending {
	g.search()
	g.marked, g.seen = true, true
	c := g.bestEnd(h)
	switch {
	case c.score >= 95 && c.lines+c.split > 0 && (c.state == Present || c.why == "line-ends") && !g.messageAmong(c):
		return c
	case lost && c.score >= 60 && c.lines+c.split == 0: // all that stands between them is
		return c
	}
	g.search()
	return g.bestEnd(h)
}

// messageAmong reports whether a line among the octets that were found looks like a message of the same side.
func (g *gatherer) messageAmong(e ending) bool {
	for _, i := range g.cands[:min(e.lines, len(g.cands))] {
		if g.isMessage(g.s.at(i)) {
			return true
		}
	}
	return false
}

// absent takes a literal whose octets the log never prints.
func (g *gatherer) absent(h header, l *Literal) (rest seg, more bool) {
	if h.size > 0 {
		l.State, l.Reason = Elided, "not-printed "+strconv.FormatUint(h.size, 10)
	}
	b := g.candidate(0)
	if h.size == 0 && b != nil && isBlank(b.body.b) && g.depth.depth > 0 { // an empty line for no octets
		if c := g.candidate(1); c != nil && restStarts(c.body.b) {
			g.take(g.cands[0])
			b = c
			g.cands = g.cands[1:]
		}
	}
	if b == nil {
		g.endLine()
		return rest, false
	}
	body := b.body.b[min(g.indent, b.lead):]
	if ok, space := g.fits(body, ending{rest: true}); ok && (len(body) > 0 || h.size == 0 || g.label != unmarked && b.kind == wireLine) {
		if v := judge(bytes.TrimLeft(body, " ")); g.depth.depth > 0 || v.weight < likely {
			return g.rest(g.cands[0], 0, space), true
		}
	}
	g.endLine()
	return rest, false
}

func restStarts(b []byte) bool { return len(b) > 0 && (b[0] == ')' || b[0] == ' ') }

// apply takes the octets up to the end that was found.
func (g *gatherer) apply(h header, l *Literal, e ending) (rest seg, more bool) {
	if e.score < 15 {
		return g.unfinished(h, l)
	}
	if e.lines == 0 && e.split == 0 && h.size > 0 {
		g.s.literals.elided++
	} else {
		g.s.literals.present++
	}
	switch {
	case e.why == "line-ends" && e.lines > 0:
		g.s.literals.crlf++
	case e.plain && e.state == Present:
		g.s.literals.plain++
	}
	for k := range e.lines {
		b := g.take(g.cands[k])
		g.w.add(g.octets(b))
		if e.plain && !b.explicit {
			g.w.add(b.tail)
		} else {
			g.lineEnd(b)
		}
	}
	if e.split > 0 && !e.mark {
		g.w.add(g.octets(g.s.at(g.cands[e.lines])).sub(0, e.split))
	}
	l.Octets.End = uint32(g.w.len())
	for k := range e.blank {
		g.take(g.cands[e.lines+k])
	}
	l.Found, l.State = uint64(e.found), e.state
	if e.why != "" {
		l.Reason = e.why + " " + strconv.Itoa(e.by)
	}
	if !e.rest {
		g.endLine()
		return rest, false
	}
	return g.rest(g.cands[e.lines+e.blank], e.split, e.space), true
}

// unfinished takes what there is of a literal whose end is nowhere: up to the next line that begins a message beyond doubt, or the announced size.
func (g *gatherer) unfinished(h header, l *Literal) (rest seg, more bool) {
	found := 0
	st := &g.s.streams[g.stream]
	k, mark := 0, false
	for ; ; k++ {
		b := g.candidate(k)
		if b == nil || uint64(found) >= h.size {
			break
		}
		v := judge(b.body.b[b.lead:])
		if mark && v.weight >= certain { // what was left out ends with the message's own rest
			break
		}
		mark = mark || isElision(b.body.b)
		if v.why == ByCompletion && st.has(v.tag) || g.label != unmarked && g.isMessage(b) || b.fenced != g.s.at(g.last).fenced {
			break
		}
		found += len(b.body.b) + g.lineEndLen(b)
	}
	atEnd := false // of the paste, or of the code in an article
	if g.candidate(k) == nil && g.stop {
		b := g.s.at(g.next)
		atEnd = b == nil || b.fenced != g.s.at(g.last).fenced
	}
	for i := range k {
		b := g.take(g.cands[i])
		o := g.octets(b)
		g.w.add(o)
		l.Found += uint64(len(o.b) + len(b.tail.b))
		if len(b.tail.b) > 0 {
			g.lineEnd(b)
		}
	}
	l.Octets.End = uint32(g.w.len())
	l.State, l.Partial = Present, true
	switch {
	case mark && !atEnd: // with the octets went what closes the message
		l.Partial = false
		l.State, l.Reason = Elided, "mark "+strconv.FormatUint(h.size-min(h.size, l.Found), 10)
		for range max(g.depth.depth, 0) {
			g.w.restore(")")
		}
		g.w.restore("\r\n")
	case uint64(l.Octets.End-l.Octets.Start) >= h.size:
		l.Partial = false
		l.State, l.Reason = Repaired, "end-lost"
	case atEnd:
		l.Reason = "cut"
	default:
		l.State, l.Reason = Repaired, "end-lost"
	}
	return rest, false
}
