package parser

import (
	"math"

	"github.com/imapwire/imapwire/parser/wire"
)

// Options say what a Parser accepts. The zero value is strict: the union of RFC 3501, RFC 9051 and their extensions, and no more.
type Options struct {
	Quirks  Quirks      // what is forgiven; any makes a fault in one element of a list cost that element only
	Limits  wire.Limits // Depth and Nodes; the others are the Framer's
	UTF8    bool        // quoted strings may hold UTF-8: IMAP4rev2 or UTF8=ACCEPT was enabled (RFC 9755 §3)
	UIDOnly bool        // UIDONLY was enabled (RFC 9586). No rule of the grammar depends on it: what may no longer come is for the session to say
}

// Note says that a quirk forgave something, or, with Quirk 0, that something unknown was read by the generic syntax.
type Note struct {
	Quirk Quirk
	Span  wire.Span
}

// limit resolves a limit: 0 is the default, negative is none.
func limit(n, def int) int {
	switch {
	case n == 0:
		return def
	case n < 0:
		return math.MaxInt
	}
	return n
}

// spend counts n elements of the message towards Limits.Nodes. It counts values, so a tree doesn't change what fits.
func (p *Parser) spend(n int) bool {
	p.nodes -= n
	if p.nodes < 0 {
		return p.failCode(ErrorNodeLimit, p.i)
	}
	return true
}
