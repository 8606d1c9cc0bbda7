package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

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
	reach   int  // how many octets they hold
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
		if classes[b[i]]&nests == 0 {
			continue
		}
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
	g.m.Short = g.m.Short || a.short
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

// literalsMax bounds what one message can hold of the paste: real ones have a few literals, and the window must stay small.
const literalsMax = 4096

// literals reads on as long as the line ends in the announcement of a literal, then joins what was wrapped.
func (g *gatherer) literals(line seg) {
	for len(g.m.Literals) < literalsMax {
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

// cut drops the bytes from n on.
func (w *builder) cut(n int) {
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
}

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
		line = line.sub(0, len(trimRight(line.b, " \t")))
	}
	g.w.add(line)
	g.lineEnd(b)
	return line
}
