package wire

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// ErrOpaque is the Framer's answer in ModeOpaque: what comes is no IMAP.
var ErrOpaque = errors.New("wire: no IMAP is spoken here any more")

// LimitKind names one of the Limits that a Framer keeps.
type LimitKind uint8

// The limits of a Framer.
const (
	LimitLine LimitKind = iota + 1
	LimitLiteral
	LimitFrame
)

// String is "line", "literal" or "frame".
func (k LimitKind) String() string {
	switch k {
	case LimitLine:
		return "line"
	case LimitLiteral:
		return "literal"
	case LimitFrame:
		return "frame"
	}
	return ""
}

// LimitError says that a message broke a limit.
type LimitError struct {
	Limit LimitKind
	Max   int // the limit, in octets
	Off   int // where in the message: the first octet too many, or the end of the literal's header
}

// Error names the limit, its value and the offset.
func (e *LimitError) Error() string {
	return "wire: " + e.Limit.String() + " longer than " + strconv.Itoa(e.Max) + " octets, at offset " + strconv.Itoa(e.Off)
}

// overLiteral is the error of a literal that the limits don't let into memory, if it is one.
func (f *Framer) overLiteral() *LimitError {
	if f.detached {
		return nil
	}
	size, lim := f.lex.header.Size, f.Limits.Resolved()
	switch {
	case size > uint64(lim.Literal):
		return &LimitError{LimitLiteral, lim.Literal, f.pos}
	case size > math.MaxInt-uint64(f.pos) || f.pos+int(size) > lim.Frame:
		return &LimitError{LimitFrame, lim.Frame, f.pos}
	}
	return nil
}

// dropLiteral gives up the message at a literal that is too long.
func (f *Framer) dropLiteral(e *LimitError) (n int, ev Event, err error) {
	n = f.pos
	if f.waits() {
		f.Reset()
	} else {
		f.octets, f.phase = f.lex.header.Size, dropBytes
	}
	return n, Dropped, e
}

// dropFrom gives up the message in a line, which is within the limits up to the offset at. What was read of the line is remembered by
// the lexer, since a literal may still follow.
func (f *Framer) dropFrom(buf []byte, at int, k LimitKind, limit int) (n int, ev Event, err error) {
	f.lex.literal(buf[f.line:at])
	f.phase = dropLine
	return at, Dropped, &LimitError{k, limit, at}
}

// drop takes from buf what belongs to a message that was given up.
func (f *Framer) drop(buf []byte) (n int, ev Event, err error) {
	for n < len(buf) {
		if f.phase == dropBytes {
			if rest := uint64(len(buf) - n); f.octets > rest {
				f.octets -= rest
				return len(buf), Dropped, nil
			}
			n += int(f.octets)
			f.phase = dropLine
			continue
		}
		lf := bytes.IndexByte(buf[n:], '\n')
		if lf < 0 {
			f.lex.literal(buf[n:])
			return len(buf), Dropped, nil
		}
		literal := f.lex.literal(buf[n : n+lf+1])
		n += lf + 1
		if !literal || f.waits() { // nobody will say "+" to a lost message
			f.Reset()
			return n, Dropped, nil
		}
		f.octets, f.phase = f.lex.header.Size, dropBytes
	}
	if n == 0 {
		return 0, NeedMore, nil
	}
	return n, Dropped, nil
}
