package transcript

import (
	"bytes"
	"strconv"
	"unicode/utf8"

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

// gatherer puts a message together from its first line on: octets of literals, what follows them, lines that were wrapped.
type gatherer struct {
	s       *Scanner
	m       *Message
	w       builder
	side    wire.Side
	label   label
	stream  int32
	tag     []byte
	last    int // the last atom used
	indent  int // blanks before the first line: so many are taken off the others
	depth   nesting
	cands   []int
	next    int  // the atom that the search for candidates goes on at
	stop    bool // it came to an end
	marked  bool // only labelled lines are candidates
	seen    bool // a candidate was seen, so marked is settled
	cross   bool // lines of the other side in between are no hindrance
	crossed bool // one of them ended the search
	gaps    []missing
	gap     int // a placeholder stands where the octets should: its atom, else -1
}

// nesting is how deep in parentheses a message is.
type nesting struct {
	depth  int
	quoted bool
}

func (n nesting) after(b []byte) nesting {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case n.quoted && c == '\\':
			i++
		case c == '"':
			n.quoted = !n.quoted
		case n.quoted:
		case c == '(':
			n.depth++
		case c == ')':
			n.depth--
		}
	}
	return n
}

// begin takes the message's first line.
func (g *gatherer) begin(a *atom, line seg) {
	a.used = true
	g.indent = a.lead
	g.w.add(line)
	g.lineEnd(a)
	g.depth = nesting{}.after(line.b)
}

// lineEnd takes the line end of an atom, as it was on the wire.
func (g *gatherer) lineEnd(a *atom) {
	if a.open {
		return
	}
	t := a.tail
	switch {
	case a.explicit:
		g.w.add(t)
	case len(t.b) == 0:
		g.w.restore("\r\n")
	case len(t.b) > 2: // CR CR LF of a terminal
		g.w.add(t.from(len(t.b) - 2))
	case len(t.b) == 2 || g.s.crlf[a.label].kept():
		g.w.add(t)
	default:
		g.w.restore("\r")
		g.w.add(t)
	}
}

// lineEndLen is how many octets of a literal a line end stands for, as CRLF counted.
func (g *gatherer) lineEndLen(a *atom) int {
	switch {
	case a.open:
		return 0
	case a.explicit:
		return len(a.tail.b)
	case len(a.tail.b) == 1 && g.s.crlf[a.label].kept():
		return 1
	}
	return 2
}

// octets is the part of an atom's payload that counts inside a literal.
func (g *gatherer) octets(a *atom) seg {
	if n := min(g.indent, a.lead); n > 0 {
		return a.body.from(n)
	}
	return a.body
}

// take marks an atom as part of the message.
func (g *gatherer) take(i int) *atom {
	a := g.s.at(i)
	a.used = true
	g.m.Span.End = max(g.m.Span.End, a.span.End)
	g.last = max(g.last, i)
	return a
}

// literals reads on as long as the line ends in the announcement of a literal, then joins what was wrapped.
func (g *gatherer) literals(line seg) {
	for n := 0; ; n++ {
		h, ok := literalAtEnd(line.b)
		if !ok || g.depth.quoted {
			break
		}
		base := g.w.len() - len(line.b)
		if g.s.at(g.last).open {
			base = g.w.len() - len(line.b)
		} else {
			base -= trailing(g.w.bytes())
		}
		l := Literal{
			Head:      wire.Span{Start: uint32(base + h.at), End: uint32(base + len(bytes.TrimRight(line.b, "\r")))},
			Announced: h.size,
		}
		rest, more := g.literal(h, &l)
		g.m.Literals = append(g.m.Literals, l)
		if !more {
			return
		}
		line = rest
		g.depth = g.depth.after(line.b)
	}
	g.unwrap(line)
}

// trailing is the length of the line end at the end of b.
func trailing(b []byte) int {
	n := len(b)
	if n == 0 || b[n-1] != '\n' {
		return 0
	}
	if n > 1 && b[n-2] == '\r' {
		return 2
	}
	return 1
}

// wrapMax bounds how many lines one wrapped line may have become.
const wrapMax = 40

// unwrap joins lines that an editor, a mail or an RFC broke: parentheses or quotes are open and the next line is no message of its own.
func (g *gatherer) unwrap(line seg) {
	if g.s.d.faithful || g.s.d.bare == bareNoise {
		return
	}
	for n := 0; n < wrapMax && (g.depth.depth > 0 || g.depth.quoted); n++ {
		i := g.last + 1
		b := g.s.at(i)
		if b == nil || b.used || b.fenced != g.s.at(g.last).fenced || isBlank(b.body.b) {
			return
		}
		if b.kind != otherLine && !(b.kind == wireLine && b.label == unmarked && g.label == unmarked) {
			return
		}
		more := b.body.from(b.lead)
		if v := judge(more.b); v.weight >= doubtful {
			return
		}
		if after := g.depth.after(more.b); after.depth < 0 {
			return
		}
		g.rejoin(b, more)
		g.take(i)
		g.depth = g.depth.after(more.b)
		if endsInLiteral(more.b) && !g.depth.quoted {
			g.literals(more)
			return
		}
	}
}

// rejoin appends a wrapped line: in place of the line end comes one blank, unless the line was broken inside a word of a list.
func (g *gatherer) rejoin(b *atom, more seg) {
	n := g.w.len() - trailing(g.w.bytes())
	head := g.w.cut(n)
	if n > 0 && head != ' ' && head != '(' && more.b[0] != ')' || g.depth.quoted && head != ' ' {
		g.w.restore(" ")
	}
	g.w.add(more)
	g.lineEnd(b)
}

// cut drops the bytes from n on and returns the last that stays.
func (w *builder) cut(n int) byte {
	w.scatter()
	w.m.b = w.m.b[:n]
	for i := len(w.m.runs) - 1; i >= 0; i-- {
		r := &w.m.runs[i]
		if int(r.Wire) >= n {
			w.m.runs = w.m.runs[:i]
			continue
		}
		if over := int(r.Wire+r.WireLen) - n; over > 0 {
			if r.SrcLen == r.WireLen {
				r.SrcLen -= uint32(over)
			}
			r.WireLen -= uint32(over)
		}
		break
	}
	if n == 0 {
		return 0
	}
	return w.m.b[n-1]
}

// ending is one way in which a literal can end.
type ending struct {
	lines int  // this many candidates are octets as a whole
	split int  // and this many bytes of the next one
	rest  bool // the next candidate holds the rest of the message's line
	space bool // a blank before the rest got lost
	plain bool // line ends count as they stand, not as CRLF
	score int
	found int // octets in the paste
	why   string
	by    int
	state LiteralState
	mark  bool // all that stands for the octets is a mark
}

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
	if g.s.d.elides.has(g.side) || h.size == 0 {
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

// search starts over looking for candidates behind the last atom used.
func (g *gatherer) search() {
	g.cands, g.next, g.stop, g.seen, g.marked, g.gap = g.cands[:0], g.last+1, false, false, false, -1
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
		if g.s.steps <= 0 && len(g.cands) >= stepsOwed {
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
		if b.used || b.stream != g.stream {
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
		g.next++
	}
	return g.s.at(g.cands[k])
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

// bestEnd tries every end.
func (g *gatherer) bestEnd(h header) ending {
	n := h.size
	best := ending{score: -1}
	consider := func(e ending) {
		if e.score > best.score {
			best = e
		}
	}
	var sum sizes
	gap := 0
	exact := false
	for k := 0; ; k++ {
		b := g.candidate(k)
		for ; gap < len(g.gaps) && g.gaps[gap].before <= k; gap++ {
			sum = sum.without(g.gaps[gap].octets)
		}
		if !exact {
			consider(g.weighEnd(ending{lines: k, rest: b != nil}, h, sum, b, k))
			if b != nil && k > 0 || b == nil {
				consider(g.weighEnd(ending{lines: k}, h, sum, nil, k))
			}
			if k == 0 && best.score >= 90 && n > 1000 && g.s.literals.hidden() {
				return best
			}
		}
		if b == nil {
			break
		}
		o := g.octets(b).b
		for _, p := range [...]int64{int64(n) - int64(sum.crlf), int64(n) - int64(sum.asis), int64(n) - int64(sum.latin)} {
			if p > 0 && p <= int64(len(o)) {
				consider(g.weighEnd(ending{lines: k, split: int(p), rest: true}, h, sum, b, k))
			}
		}
		if k == 0 && best.score < 90 {
			g.shortEnds(h, o, b, sum, consider)
		}
		if best.score >= 100 && best.lines <= k {
			exact = true
		}
		sum = sum.plus(o, g.lineEndLen(b), len(b.tail.b))
		sum.ends = sum.ends || g.completes(o)
		if g.isMessage(b) {
			sum.heads++
		}
		if k > 0 && g.label != unmarked && !g.marked && !g.s.d.loose && b.kind == wireLine && b.label == g.label {
			break // this log labels no octets, so what it labels is none
		}
		if exact && uint64(sum.asis) > n || uint64(sum.asis) > n && uint64(sum.asis)-n > 2*n+4000 {
			break
		}
	}
	return best
}

// sizes counts octets under several suppositions about what the paste lost.
type sizes struct {
	asis  int // as they stand
	crlf  int // each line end as CRLF
	latin int // one octet per character: the text was decoded from an 8-bit charset
	wide  int // two octets per character that isn't ASCII
	lines int
	mark  bool // an elision mark stands among them
	ends  bool // the completion of an outstanding command does
	heads int  // so many of them look like the first lines of messages
	lost  int  // so many are missing, as the log says
}

// missing is a gap among the candidates.
type missing struct{ before, octets int }

// without counts octets that were left out.
func (z sizes) without(n int) sizes {
	z.asis += n
	z.crlf += n
	z.latin += n
	z.wide += n
	z.lost += n
	return z
}

func (z sizes) plus(o []byte, crlf, asis int) sizes {
	z.asis += len(o) + asis
	z.crlf += len(o) + crlf
	ascii, runes := 0, 0
	for i := 0; i < len(o); {
		if o[i] < utf8.RuneSelf {
			ascii++
			i++
			continue
		}
		_, w := utf8.DecodeRune(o[i:])
		i += w
		runes++
	}
	z.latin += ascii + runes + crlf
	z.wide += ascii + 2*runes + crlf
	z.lines++
	z.mark = z.mark || isElision(o)
	return z
}

// weighEnd scores one end; below 0 it is impossible. b is the candidate that holds the rest of the line, nil when none does.
func (g *gatherer) weighEnd(e ending, h header, sum sizes, b *atom, k int) ending {
	e.score = -1
	rest := []byte(nil)
	if e.rest {
		rest = g.octets(b).b
		if e.split > 0 {
			rest = rest[e.split:]
		} else if e.lines > 0 || b.lead > 0 {
			rest = b.body.b[min(g.indent, b.lead):]
		}
	}
	fits, space := g.fits(rest, e)
	if !fits {
		return e
	}
	e.space = space
	follow, certainly := g.follows(rest, e)
	if follow < 0 {
		return e
	}
	e.explain(h, sum)
	fitting := e.score == 100
	if e.score < 0 {
		return e
	}
	if e.plain && sum.lines > 0 && g.s.literals.lost() {
		e.score -= 16
	}
	if e.score < 90 && follow == 0 {
		e.score = -1
		return e
	}
	if e.state == Elided && e.lines == 0 && h.size > 2 {
		// Hardly any body begins with what closes the response, or with a message of the same side.
		if c := g.candidate(0); g.depth.depth > 0 || c != nil && g.isMessage(c) {
			e.score += 24
		}
	}
	e.score += 4 * follow
	if !e.rest {
		e.score -= 6
	}
	chance := 40
	if e.split == 0 && fitting && g.s.literals.elided == 0 {
		chance = 10 // to the line, and nothing says that this log prints no octets
	}
	if !g.m.Faithful && (sum.ends || e.split > 0 && (g.isMessage(b) || g.completes(b.body.b))) {
		e.score -= chance // sizes agree by chance when many ends are tried
	}
	if e.score < 90 {
		weight := 8
		if g.label != unmarked {
			weight = 20
		}
		e.score -= weight * min(sum.heads, 4)
	}
	if space {
		e.score -= 5
	}
	if e.lines == 0 && e.split == 0 && !certainly && e.score < 100 {
		e.score -= 10
	}
	return e
}

// completes reports whether a line among octets would complete an outstanding command.
func (g *gatherer) completes(o []byte) bool {
	v := judge(o[:min(len(o), 256)])
	return v.why == ByCompletion && (bytes.Equal(v.tag, g.tag) || g.s.streams[g.stream].pending.Has(v.tag))
}

// isMessage reports whether a line looks like the first of a message of the same side.
func (g *gatherer) isMessage(b *atom) bool {
	if b.label != unmarked && b.label == g.label {
		return judge(b.body.b).weight >= likely
	}
	v := judge(b.body.b[b.lead:])
	return b.label == g.label && v.side == g.side && v.weight >= certain
}

// explain scores how well the octets up to this end agree with the announced size, and names the reason when they don't.
func (e *ending) explain(h header, z sizes) {
	n := int(min(h.size, 1<<62))
	crlf, asis, latin, wide := z.crlf+e.split, z.asis+e.split, z.latin+e.split, z.wide+e.split
	e.found = asis - z.lost
	e.state = Repaired
	d := n - crlf
	switch {
	case z.lost > 0 && d == 0:
		e.state, e.why, e.by, e.score = Elided, "gap", z.lost, 100
	case e.lines == 0 && e.split == 0 && n > 0:
		e.state, e.why, e.by, e.score = Elided, "not-printed", n, 62
	case d == 0 && asis == n:
		e.state, e.score = Present, 100
	case d == 0:
		e.why, e.by, e.score = "line-ends", n-asis, 100
	case asis == n:
		e.state, e.plain, e.score = Present, true, 88
	case latin == n || wide == n:
		e.why, e.by, e.score = "charset", asis-n, 86
	case d > 0 && d <= 3*z.lines+8:
		e.why, e.by, e.score = "short", d, 72-d*12/(3*z.lines+8)
	case d < 0 && asis <= n:
		e.why, e.by, e.plain, e.score = "mixed-line-ends", n-asis, true, 68
	case z.mark:
		e.state, e.why, e.by, e.score = Elided, "mark", d, 60
	case d > 0:
		e.why, e.by, e.score = "short", d, int(50*int64(crlf)/int64(n))
	default:
		e.why, e.by, e.score = "long", -d, 58-int(60*int64(-d)/int64(max(n, 1)))
	}
}

// fits reports whether rest can stand behind the octets: it must go on in the list that the message opened, and close it or announce another literal.
func (g *gatherer) fits(rest []byte, e ending) (ok, space bool) {
	t := bytes.TrimRight(rest, "\r ")
	if g.depth.quoted {
		return false, false
	}
	if g.depth.depth <= 0 {
		if len(t) == 0 {
			// Only the line's end: behind a whole line it stands as an empty one.
			return true, false
		}
		if t[0] != ' ' || !e.rest {
			return false, false
		}
		after := g.depth.after(t)
		return after.depth == g.depth.depth && !after.quoted || after.depth > 0 && endsInLiteral(t), false
	}
	if !e.rest || len(t) == 0 {
		return false, false
	}
	switch t[0] {
	case ')', ' ':
	default:
		if e.split > 0 || !isFetchItem(t) {
			return false, false
		}
		space = true
	}
	after := g.depth.after(t)
	if after.quoted {
		return false, false
	}
	if endsInLiteral(t) {
		return after.depth >= 0, space
	}
	// A response with a list that is open across lines ends with that list, unless a server puts further items behind it.
	ends := t[len(t)-1] == ')' || e.split == 0 && t[0] == ')' && len(t) > 2 && isFetchItem(t[2:])
	return after.depth == 0 && (g.side == wire.Client || ends), space
}

// isFetchItem: the rest of a FETCH response whose first blank got lost begins with the name of an item.
func isFetchItem(b []byte) bool {
	i := 0
	for i < len(b) && (isAlnum(b[i]) || b[i] == '.' || b[i] == '-') {
		i++
	}
	if i == len(b) || b[i] != ' ' && b[i] != '[' {
		return false
	}
	switch upperWord(b[:i]) {
	case "BODY", "BINARY", "BINARY.SIZE":
		return b[i] == '[' || i+1 < len(b) && b[i+1] == '('
	case "FLAGS", "ENVELOPE", "BODYSTRUCTURE", "MODSEQ", "X-GM-LABELS", "EMAILID", "THREADID":
		return i+1 < len(b) && b[i+1] == '('
	case "UID", "RFC822.SIZE", "INTERNALDATE", "RFC822", "RFC822.HEADER", "RFC822.TEXT", "X-GM-MSGID", "X-GM-THRID", "SAVEDATE", "PREVIEW":
		return true
	}
	return false
}

// follows says how plausible the line behind the message is as the start of another one: 3 beyond doubt, 0 not at all.
func (g *gatherer) follows(rest []byte, e ending) (plausible int, certainly bool) {
	if endsInLiteral(rest) && (g.depth.depth > 0 || g.side == wire.Client) {
		return 2, false
	}
	k := e.lines
	if e.rest {
		k++
	}
	b := g.candidate(k)
	for ; b != nil && isBlank(b.body.b); k++ {
		if g.label != unmarked && b.kind == wireLine {
			return 0, false // an empty line of the same side is never a message
		}
		b = g.candidate(k + 1)
	}
	if b == nil {
		if g.next < g.s.base+len(g.s.win) {
			return 3, true // the other side speaks
		}
		return 2, false
	}
	v := judge(b.body.b[b.lead:])
	st := &g.s.streams[g.stream]
	switch {
	case v.why == ByCompletion && (st.pending.Has(v.tag) || bytes.Equal(v.tag, g.tag)):
		return 3, true
	case v.why == ByCompletion:
		return 1, false
	case v.side == g.side && v.weight >= likely:
		return 3, false
	case v.side != 0 && v.weight >= likely && g.label == unmarked:
		return 3, false
	case b.fenced != g.s.at(g.last).fenced || b.kind == noiseLine:
		return 2, false
	case g.side == wire.Client && b.label == g.label && st.pending.Mode() != wire.ModeCommand:
		return 1, false
	}
	return 0, false
}

// shortEnds looks for an end inside the first line, for short strings whose size is wrong: behind each place where the rest would fit.
func (g *gatherer) shortEnds(h header, o []byte, b *atom, sum sizes, consider func(ending)) {
	if m := elisionLen(o); m > 0 {
		e := g.weighEnd(ending{split: m, rest: true}, header{size: uint64(m)}, sum, b, 0)
		if e.score >= 0 {
			e.state, e.why, e.by, e.score, e.mark = Elided, "mark", int(min(h.size, 1<<62)), 92, true
			consider(e)
		}
	}
	if h.size > 512 || len(o) > 4096 {
		return
	}
	if m := maskLen(o); m > 0 && uint64(m) != h.size {
		e := g.weighEnd(ending{split: m, rest: true}, header{size: uint64(m)}, sum, b, 0)
		if e.score >= 0 {
			e.state, e.why, e.by, e.score = Masked, "masked", int(h.size)-m, 90
			consider(e)
		}
	}
	tries := 0
	for p := 1; p <= len(o) && tries < 32; p++ {
		if p < len(o) && o[p] != ' ' && o[p] != ')' {
			continue
		}
		tries++
		consider(g.weighEnd(ending{split: p, rest: true}, h, sum, b, 0))
	}
}

// maskLen is the length of a mask at the start of b.
func maskLen(b []byte) int {
	n := 0
	for n < len(b) && b[n] == '*' {
		n++
	}
	if n >= 3 {
		return n
	}
	if len(b) > 0 && (b[0] == '<' || b[0] == '[') {
		for i, c := range b[:min(len(b), 60)] {
			if c == '>' || c == ']' {
				if isMask(b[:i+1]) {
					return i + 1
				}
				break
			}
		}
	}
	return 0
}

// elisionLen is the length of a mark at the start of b, with the rest of the message's line behind it: "[...])".
func elisionLen(b []byte) int {
	for _, m := range [...]string{"[...]", "(...)", "(data...)", "...", "…", "<...>"} {
		if bytes.HasPrefix(b, []byte(m)) {
			return len(m)
		}
	}
	return 0
}

// isElision: a person left lines out here.
func isElision(b []byte) bool {
	b = bytes.Trim(b, " \t\r")
	if len(b) == 0 || len(b) > 100 {
		return false
	}
	switch string(b) {
	case "...", "....", ".....", "…", "[...]", "[…]", "(...)", "(…)", "<...>", "[snip]", "<snip>", "(snip)", "--snip--", "[cut]", "[truncated]":
		return true
	}
	c, d := b[0], b[len(b)-1]
	if c == '[' && d == ']' || c == '<' && d == '>' || c == '(' && d == ')' || bytes.HasPrefix(b, []byte("...")) {
		return containsFold(b, "snip") || containsFold(b, "omitted") || containsFold(b, "truncated") || containsFold(b, "removed") || containsFold(b, "elided") || containsFold(b, "more lines")
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

// endLine ends a message whose last line the log doesn't show.
func (g *gatherer) endLine() {
	if g.depth.depth <= 0 {
		g.w.restore("\r\n")
	}
}

// rest takes what stands behind the octets on a candidate's line.
func (g *gatherer) rest(i, split int, space bool) seg {
	b := g.take(i)
	line := b.body
	if split > 0 {
		line = g.octets(b).from(split)
	} else if n := min(g.indent, b.lead); n > 0 {
		line = b.body.from(n)
	}
	if space {
		g.w.restore(" ")
	}
	if g.s.d.generic && !g.s.crlf[b.label].kept() {
		if n := commentAt(line.b); n > 0 {
			line = line.sub(0, n)
		}
		line = line.sub(0, len(bytes.TrimRight(line.b, " \t")))
	}
	g.w.add(line)
	g.lineEnd(b)
	return line
}

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
	l.Found, l.State = uint64(e.found), e.state
	if e.why != "" {
		l.Reason = e.why + " " + strconv.Itoa(e.by)
	}
	if !e.rest {
		g.endLine()
		return rest, false
	}
	return g.rest(g.cands[e.lines], e.split, e.space), true
}

// unfinished takes what there is of a literal whose end is nowhere: up to the next line that begins a message beyond doubt, or the announced size.
func (g *gatherer) unfinished(h header, l *Literal) (rest seg, more bool) {
	found := 0
	st := &g.s.streams[g.stream]
	k := 0
	for ; ; k++ {
		b := g.candidate(k)
		if b == nil || uint64(found) >= h.size {
			break
		}
		if v := judge(b.body.b[b.lead:]); v.why == ByCompletion && st.pending.Has(v.tag) || g.label != unmarked && g.isMessage(b) || b.fenced != g.s.at(g.last).fenced {
			break
		}
		found += len(b.body.b) + g.lineEndLen(b)
	}
	atEnd := g.stop && g.next >= g.s.base+len(g.s.win)
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
