package transcript

import (
	"bytes"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/wire"
)

// ending is one way in which a literal can end.
type ending struct {
	lines int  // this many candidates are octets as a whole
	blank int  // and so many blank ones, which the paste has too many, are none
	split int  // of the next one so many bytes are
	chars int  // which were so many octets, before they were decoded from another charset; 0: as many
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
			if b != nil && k > 0 && !g.m.Faithful && uint64(sum.crlf) == n {
				if blank, c := g.blanks(k); blank > 0 && c != nil {
					consider(g.weighEnd(ending{lines: k, blank: blank, rest: true}, h, sum, c, k))
				}
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
		for per, left := range [...]int64{1: int64(n) - int64(sum.latin), 2: int64(n) - int64(sum.wide)} {
			if left > 0 && left <= int64(len(o)) && per > 0 {
				if p := decoded(o, int(left), per); p > int(left) {
					consider(g.weighEnd(ending{lines: k, split: p, chars: int(left), rest: true}, h, sum, b, k))
				}
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
		if !g.m.Faithful && sum.heads > headsMax && sum.heads*4 > k {
			break // a session, not the octets of a literal
		}
		if k > 0 && g.label != unmarked && !g.marked && !g.s.d.loose && b.kind == wireLine && b.label == g.label {
			break // this log labels no octets, so what it labels is none
		}
		if exact && uint64(sum.asis) > n || uint64(sum.asis) > n && uint64(sum.asis)-n > 2*n+4000 {
			break
		}
		if sum.exceed(n) && best.score >= longEnd-g.headWeight()*min(sum.heads, headsCount) {
			break // an end further on can't be better
		}
	}
	return best
}

// blanks counts the blank candidates from k on, and returns the one behind them.
func (g *gatherer) blanks(k int) (n int, behind *atom) {
	const most = 8
	for n < most {
		b := g.candidate(k + n)
		if b == nil || !isBlank(b.body.b) {
			return n, b
		}
		n++
	}
	return 0, nil
}

// longEnd is the best score of an end that gives a literal more octets than announced, however they are counted: a mark among them, and a line behind the
// message that follows for certain.
const longEnd = 60 + 3*4

// headsCount is how many lines that begin messages count against an end behind them.
const headsCount = 4

// headWeight is how much each of them counts: where lines are labelled they say more.
func (g *gatherer) headWeight() int {
	if g.label != unmarked {
		return 20
	}
	return 8
}

// headsMax is how many lines that begin messages one looks at for the end of a literal, when they are a quarter of all.
const headsMax = 200

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

// exceed reports whether the octets are more than n, however they are counted.
func (z sizes) exceed(n uint64) bool {
	return uint64(min(z.asis, z.crlf, z.latin, z.wide)) > n
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

// decoded is the length of the text at the start of b that octets octets were decoded to, each character beyond ASCII from per of them; 0: they end inside one.
func decoded(b []byte, octets, per int) int {
	i := 0
	for octets > 0 && i < len(b) {
		if b[i] < utf8.RuneSelf {
			octets--
			i++
			continue
		}
		_, w := utf8.DecodeRune(b[i:])
		octets -= per
		i += w
	}
	if octets != 0 {
		return 0
	}
	return i
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
		e.score -= g.headWeight() * min(sum.heads, headsCount)
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
	return v.why == ByCompletion && (bytes.Equal(v.tag, g.tag) || g.s.streams[g.stream].has(v.tag))
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
	if e.chars > 0 {
		latin, wide = z.latin+e.chars, z.wide+e.chars
	}
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
	t := trimRight(rest, "\r ")
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
		if e.split > 0 || !isFetchItem(t) && !(g.side == wire.Client && isCatPart(t)) {
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
	ends := t[len(t)-1] == ')' || t[0] == ')' && len(t) > 2 && t[1] == ' ' && isFetchItem(t[2:])
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

// isCatPart: a part of CATENATE behind another one, whose first blank got lost (RFC 4469 §5: cat-part).
func isCatPart(b []byte) bool {
	word, rest := cutWord(b)
	switch upperWord(word) {
	case "URL":
		return len(rest) > 0 && rest[0] == '"'
	case "TEXT":
		return endsInLiteral(rest)
	}
	return false
}

// follows says how plausible the line behind the message is as the start of another one: 3 beyond doubt, 0 not at all.
func (g *gatherer) follows(rest []byte, e ending) (plausible int, certainly bool) {
	if endsInLiteral(rest) && (g.depth.depth > 0 || g.side == wire.Client) {
		return 2, false
	}
	k := e.lines + e.blank
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
	case v.why == ByCompletion && (st.has(v.tag) || bytes.Equal(v.tag, g.tag)):
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
	if len(b) > 4 && len(bytes.Trim(b, ". ")) == 0 { // ". . ."
		return true
	}
	c, d := b[0], b[len(b)-1]
	if c == '[' && d == ']' || c == '<' && d == '>' || c == '(' && d == ')' || bytes.HasPrefix(b, []byte("...")) {
		return containsFold(b, "snip") || containsFold(b, "omitted") || containsFold(b, "truncated") || containsFold(b, "removed") || containsFold(b, "elided") || containsFold(b, "more lines") ||
			containsFold(b, "bytes") || containsFold(b, "octets")
	}
	return false
}
