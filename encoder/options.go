package encoder

import "github.com/imapwire/imapwire/parser/imap"

// LiteralMode is what kind of literals a client may send (RFC 7888). Responses always have plain literals.
type LiteralMode uint8

const (
	Sync  LiteralMode = iota // {n}: the client waits for "+" before the octets
	Minus                    // LITERAL-: {n+} up to 4096 octets, larger ones wait
	Plus                     // LITERAL+: {n+}, never waits
)

// minusLimit is the size up to which LITERAL- doesn't wait (RFC 7888 §5).
const minusLimit = 4096

// Style is a preference among forms that say the same.
type Style uint8

const (
	Compact  Style = iota // what takes the fewest bytes: atoms, then quoted strings, then literals
	Quoted                // quoted strings instead of atoms, where the grammar has a string
	Literals              // literals instead of quoted strings and atoms, where the grammar has one
	Smallest              // Compact; also number sets sorted and joined, FETCH macros, no parentheses around a single item
)

// Options say how to write. The zero Options suit any peer.
type Options struct {
	Literals LiteralMode // for commands
	UTF8     bool        // UTF8=ACCEPT or IMAP4rev2 was enabled: strings and names may be UTF-8 (RFC 9755 §3, RFC 9051 §5.1)
	Binary   bool        // the peer has BINARY: it takes a literal8 in APPEND, so a message with NUL can be sent, and ~{n+} (RFC 3516 §4.4, RFC 7888 §6)
	Verbatim bool        // keep the forms and spellings that were read; see the package's documentation
	Style    Style

	// UnknownKeys lets search and sort keys be written that this package doesn't know, as a server may have keys of its own. The grammar of RFC 9051
	// has no room for them, as it has for unknown commands, items, codes and parameters, so without it they are an error.
	UnknownKeys bool
}

// OptionsFor returns the options for a server with those capabilities. UTF8 stays off: it takes an ENABLE that was answered, not a capability.
// IMAP4rev2 has LITERAL- in it (RFC 9051 §4.3), and of BINARY only what is fetched (RFC 9051 Appendix B).
func OptionsFor(caps imap.CapSet) Options {
	o := Options{Binary: caps.Has(imap.CapBinary)}
	switch {
	case caps.Has(imap.CapLiteralPlus):
		o.Literals = Plus
	case caps.Has(imap.CapLiteralMinus), caps.Has(imap.CapIMAP4rev2):
		o.Literals = Minus
	}
	return o
}
