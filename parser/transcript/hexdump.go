package transcript

import "bytes"

// A dump of octets, as hexdump -C, xxd and od -A x -t x1z write it, is a container: what stands in it is one stream, both sides in one. A row is the
// offset, up to sixty-four octets, and mostly what they look like as text; rows that repeat the one before may be left out for a "*".

const (
	dumpAround  = 3       // lines that may stand before the first row, and behind the last: a prompt, a fence
	dumpRowMost = 64      // octets
	dumpGapMost = 1 << 20 // octets that a "*" may stand for
)

// isHexdump reports whether a text begins like a dump; the rest may turn out otherwise.
func isHexdump(b []byte) bool {
	for range dumpAround + 1 {
		line, rest, more := bytes.Cut(b, newline)
		var row dumpOctets
		if _, ok := row.read(line); ok && row.n > 0 {
			return true
		}
		if b = rest; !more {
			return false
		}
	}
	return false
}

var newline = []byte{'\n'}

// undump is what the rows of a dump hold. ok is false unless their offsets say that none is missing, nothing else stands between them, and what they
// hold is a text.
func undump(b []byte, limit int) (text []byte, ok bool) {
	var row, last dumpOctets
	var from uint64
	rows, around := 0, 0
	again, ended := false, false
	for more := true; more; {
		var line []byte
		line, b, more = bytes.Cut(b, newline)
		at, isRow := row.read(line)
		switch t := trimBlanks(line); {
		case len(t) == 0:
			continue
		case !isRow && rows > 0 && !ended && len(t) == 1 && t[0] == '*':
			again = true
			continue
		case !isRow:
			ended = rows > 0
			if around++; around > dumpAround {
				return nil, false
			}
			continue
		case rows == 0:
			from = at
		}
		if ended {
			return nil, false
		}
		if gap := at - from - uint64(len(text)); again {
			if gap > dumpGapMost || last.n == 0 {
				return nil, false
			}
			for range gap / uint64(last.n) {
				text = append(text, last.b[:last.n]...)
			}
		}
		if again = false; at-from != uint64(len(text)) || len(text) > limit {
			return nil, false
		}
		text = append(text, row.b[:row.n]...)
		last = row
		rows++
		around = 0
	}
	return text, rows > 1 && isReadable(text)
}

// isReadable reports whether octets are a text of lines.
func isReadable(b []byte) bool {
	odd := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x7F {
			odd++
		}
	}
	return odd*4 <= len(b) && bytes.IndexByte(b, '\n') >= 0
}

// dumpOctets are the octets of a row.
type dumpOctets struct {
	b [dumpRowMost]byte
	n int
}

// read takes the offset and the octets from a row; od writes seven digits of octal offsets. A row without octets ends a dump.
func (r *dumpOctets) read(line []byte) (at uint64, ok bool) {
	r.n = 0
	line = trimRight(line, " \t\r")
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	digits, n := hexValue(line[i:], 8)
	if n < 6 {
		return 0, false
	}
	if at = uint64(digits); n == 7 {
		octal, digits := parseUint(line[i:])
		if digits != n {
			return 0, false
		}
		if at, ok = fromOctal(octal); !ok {
			return 0, false
		}
	}
	i += n
	colon := i < len(line) && line[i] == ':' // xxd's, which does not part the octets in the middle
	if colon {
		i++
	}
	if i == len(line) {
		return at, true
	}
	if line[i] != ' ' {
		return 0, false
	}
	for i < len(line) && line[i] == ' ' {
		i++
	}
	for i+1 < len(line) && isHex(line[i]) && isHex(line[i+1]) && r.n < dumpRowMost {
		v, _ := hexValue(line[i:], 2)
		r.b[r.n] = byte(v)
		r.n++
		i += 2
		space := 0
		for i+space < len(line) && line[i+space] == ' ' {
			space++
		}
		if space > 2 || space == 2 && (colon || r.n != 8) {
			break
		}
		i += space
	}
	return at, r.n > 0
}

// fromOctal is the number whose octal digits are the decimal digits of v.
func fromOctal(v uint64) (n uint64, ok bool) {
	for of := uint64(1); v > 0; v /= 10 {
		if v%10 > 7 {
			return 0, false
		}
		n += v % 10 * of
		of *= 8
	}
	return n, true
}
