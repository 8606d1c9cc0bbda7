package wire

import "math/bits"

// The character classes of RFC 9051 §9 and of the extensions, as bits of [Class]. RFC 3501 §9 has the same classes.
const (
	AtomChar     = 1 << iota // ATOM-CHAR: CHAR except ( ) { SP CTL % * " \ ]
	AstringChar              // ASTRING-CHAR: ATOM-CHAR or ]
	ListChar                 // list-char: ATOM-CHAR or % * ]
	TagChar                  // of tag: ASTRING-CHAR except +
	TextChar                 // TEXT-CHAR: CHAR except CR LF; TAB and other controls are in it
	QuotedChar               // of QUOTED-CHAR what stands for itself, in ASCII: TEXT-CHAR except " \
	CodeChar                 // of an unknown resp-text-code: TEXT-CHAR except ]
	LabelStart               // tagged-label-fchar: ALPHA - _ . (RFC 4466 §3)
	LabelChar                // tagged-label-char: also DIGIT and :
	FilterChar               // of filter-name: ATOM-CHAR except / (RFC 5466 §4)
	ObjectIDChar             // of objectid: ALPHA DIGIT _ - (RFC 8474 §7)
	Base64Char               // base64-char: ALPHA DIGIT + /
	Digit                    // DIGIT
	Alpha                    // ALPHA
	HighBit                  // %x80-FF: an octet of UTF-8, or of something older
)

// What single octets are, so that the table below can be read.
const (
	nul = 0                                // in no class
	eol = 0                                // CR, LF
	ctl = TextChar | QuotedChar | CodeChar // other controls and DEL
	spc = ctl                              // SP ( ) {
	dqt = TextChar | CodeChar              // "
	bsl = dqt                              // \
	wld = ctl | ListChar                   // % *
	rbr = TextChar | QuotedChar | AstringChar | ListChar | TagChar
	pls = (atm | Base64Char) &^ TagChar // +: begins a continuation, so it is in no tag
	sla = ctl | AtomChar | AstringChar | ListChar | TagChar | Base64Char
	atm = ctl | AtomChar | AstringChar | ListChar | TagChar | FilterChar
	usc = atm | LabelStart | LabelChar | ObjectIDChar
	hyp = usc
	dot = atm | LabelStart | LabelChar
	col = atm | LabelChar
	dig = atm | LabelChar | ObjectIDChar | Base64Char | Digit
	let = usc | Base64Char | Alpha
	hi8 = HighBit
)

// Class tells the classes of an octet: Class[c]&AtomChar != 0.
var Class = [256]uint16{
	// 0    1    2    3    4    5    6    7    8    9    A    B    C    D    E    F
	nul, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, eol, ctl, ctl, eol, ctl, ctl, // 00
	ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, ctl, // 10
	spc, atm, dqt, atm, atm, wld, atm, atm, spc, spc, wld, pls, atm, hyp, dot, sla, // 20
	dig, dig, dig, dig, dig, dig, dig, dig, dig, dig, col, atm, atm, atm, atm, atm, // 30
	atm, let, let, let, let, let, let, let, let, let, let, let, let, let, let, let, // 40
	let, let, let, let, let, let, let, let, let, let, let, atm, bsl, rbr, atm, usc, // 50
	atm, let, let, let, let, let, let, let, let, let, let, let, let, let, let, let, // 60
	let, let, let, let, let, let, let, let, let, let, let, spc, atm, atm, atm, ctl, // 70
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // 80
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // 90
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // A0
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // B0
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // C0
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // D0
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // E0
	hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, hi8, // F0
}

// The two classes of literals have no bit: CHAR8 is every octet but NUL, and the OCTETs of a literal8 are all there are.

// span returns how many bytes at the start of b are in the class. It is the reference for the scanners below, and as fast on the
// short tokens that IMAP mostly has.
func span(b []byte, class uint16) int {
	for i, c := range b {
		if Class[c]&class == 0 {
			return i
		}
	}
	return len(b)
}

// Eight octets at a time (SWAR): the highest bit of each byte of the result is set where a byte of x matches. Borrows can set the bit
// of a byte above a match wrongly, never below, so the lowest match is exact.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// load reads eight octets, the first one lowest. The compiler makes one load of it; encoding/binary has the same but brings reflect.
func load(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// load4 reads four octets, the first one lowest.
func load4(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// store and store4 write what load and load4 read.
func store(b []byte, x uint64) {
	_ = b[7]
	b[0], b[1], b[2], b[3] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
	b[4], b[5], b[6], b[7] = byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56)
}

func store4(b []byte, x uint32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
}

// hasLess marks bytes of x less than n, 1 <= n <= 128.
func hasLess(x uint64, n uint64) uint64 { return (x - ones*n) & ^x & highs }

// hasByte marks bytes of x equal to c.
func hasByte(x uint64, c byte) uint64 { return hasLess(x^(ones*uint64(c)), 1) }

// notPlainQuoted marks bytes of x outside of %x20-7F, and " and \.
func notPlainQuoted(x uint64) uint64 {
	return hasByte(x, '"') | hasByte(x, '\\') | hasLess(x, ' ') | x&highs
}

// plainQuoted returns how many bytes at the start of b are %x20-7F except " and \: what of a quoted string needs no second look.
func plainQuoted(b []byte) int {
	i := 0
	for ; len(b)-i >= 8; i += 8 {
		x := load(b[i:])
		if m := notPlainQuoted(x); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c < ' ' || c > 0x7F || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// plainText returns how many bytes at the start of b are %x20-7F: what of a text needs no second look.
func plainText(b []byte) int {
	i := 0
	for ; len(b)-i >= 8; i += 8 {
		x := load(b[i:])
		if m := hasLess(x, ' ') | x&highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(b) && b[i] >= ' ' && b[i] <= 0x7F {
		i++
	}
	return i
}

// EqualFold reports whether b is s, where ASCII letters match in either case and no other character does.
func EqualFold(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i, c := range b {
		if d := s[i]; c != d && (c^d != 0x20 || Class[c]&Alpha == 0) {
			return false
		}
	}
	return true
}
