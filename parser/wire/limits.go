package wire

import "math"

// Limits bound what one message may cost. In each field 0 means the default and a negative number means no limit. The limits are on
// what was really sent: a size that a peer announces never makes anything allocate.
type Limits struct {
	Line    int // octets in one line, its line end included, literals not; kept by the Framer
	Literal int // octets of one literal that is kept in memory; kept by the Framer, doesn't bind detached ones
	Frame   int // octets of a message with all its literals but the detached ones; kept by the Framer
	Depth   int // nesting of parentheses, NOT, OR, body parts and the like; kept by the grammar
	Nodes   int // nodes of a syntax tree; kept by the grammar
}

// The defaults. They are far above what servers and clients send: a server for the public will want a smaller Line (RFC 7162 §4 asks
// for 8192 at least) and Literal.
const (
	DefaultLine    = 16 << 20  // a SEARCH result of a million UIDs is one line of 8 MB
	DefaultLiteral = 64 << 20  // the largest mail that common servers accept, encoded
	DefaultFrame   = 128 << 20 // a FETCH response with some of these
	DefaultDepth   = 128       // MIME parts nest ten deep in practice
	DefaultNodes   = 4 << 20   // 64 MB of nodes
)

// Resolved returns the limits with the defaults filled in and math.MaxInt for no limit, so that they compare as they are.
func (l Limits) Resolved() Limits {
	return Limits{
		Line:    resolve(l.Line, DefaultLine),
		Literal: resolve(l.Literal, DefaultLiteral),
		Frame:   resolve(l.Frame, DefaultFrame),
		Depth:   resolve(l.Depth, DefaultDepth),
		Nodes:   resolve(l.Nodes, DefaultNodes),
	}
}

func resolve(n, byDefault int) int {
	switch {
	case n == 0:
		return byDefault
	case n < 0:
		return math.MaxInt
	}
	return n
}
