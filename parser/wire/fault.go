package wire

// Fault is why bytes are not the token that they begin as. It is an error: errors.Is(err, wire.FaultTruncated) and == hold.
type Fault uint8

// The faults.
const (
	FaultNone      Fault = iota
	FaultTruncated       // the bytes end within the token; more bytes might complete it
	FaultChar            // an octet that the token may not hold
	FaultEscape          // "\" before something other than " and \ in a quoted string
	FaultUTF8            // ill-formed UTF-8, or any octet above %x7F where UTF-8 isn't enabled
	FaultLineEnd         // CR or LF within a quoted string
	FaultNumber          // a digit is missing
	FaultZero            // zero, or a leading zero, where an nz-number must stand
	FaultOverflow        // a number larger than its type
	FaultDate            // a date that the calendar doesn't have, or a time that the clock doesn't
	FaultBase64          // wrong padding, or bits set that padding must leave 0
	FaultLong            // longer than the RFC allows
	faultCount
)

var faultTexts = [faultCount]string{
	FaultNone:      "no fault",
	FaultTruncated: "the bytes end within the token",
	FaultChar:      "a character that may not stand here",
	FaultEscape:    "a backslash before neither a quote nor a backslash",
	FaultUTF8:      "ill-formed or forbidden 8-bit text",
	FaultLineEnd:   "a line end within a quoted string",
	FaultNumber:    "a number is missing",
	FaultZero:      "zero or a leading zero in a number that may have neither",
	FaultOverflow:  "a number too large",
	FaultDate:      "no such date or time",
	FaultBase64:    "incomplete base64",
	FaultLong:      "a token too long",
}

// Error is the fault in words, lower case, without the place.
func (f Fault) Error() string {
	if f < faultCount {
		return faultTexts[f]
	}
	return "unknown fault"
}

const faultBits = 4 // of a negative length: the fault; the bits above are the offset

// at makes the negative length that says fault f, off bytes into the token.
func (f Fault) at(off int) int { return -(off<<faultBits | int(f)) }

// FaultOf says what the negative length n that a Consume function returned means: the fault, and how many bytes into the token it
// is. For other lengths it is FaultNone.
func FaultOf(n int) (f Fault, off int) {
	if n >= 0 {
		return FaultNone, 0
	}
	return Fault(-n & (1<<faultBits - 1)), -n >> faultBits
}

// IsTruncated reports whether the length n that a Consume function returned says that the bytes end within the token.
func IsTruncated(n int) bool {
	f, _ := FaultOf(n)
	return f == FaultTruncated
}
