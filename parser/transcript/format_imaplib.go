package transcript

import (
	"bytes"
	"time"
)

// imaplibDialect is the trace of Python's imaplib, Debug 3 to 5: two blanks, minutes, seconds and hundredths, an arrow, the repr of a line.
// Octets of literals are not printed; "read literal size 44" stands in their place.
var imaplibDialect = &dialect{
	id:     "imaplib",
	name:   "Python imaplib",
	needs:  []string{"> b", "> '", `> "`, "< b", "< '", `< "`},
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   func(*sample) reader { return imaplibReader{} },
}

type imaplibReader struct{}

func (r imaplibReader) clone() reader { return r }

func (imaplibReader) read(line []byte, e *entry) {
	t, n := minutesSeconds(line)
	if n == 0 {
		return
	}
	e.time = t
	p := line[n:]
	if len(p) < 4 || p[1] != ' ' {
		e.kind = noiseLine
		return
	}
	switch p[0] {
	case '>':
		e.label = byClient
	case '<':
		e.label = byServer
	default:
		e.kind = noiseLine
		return
	}
	q := p[2:]
	if q[0] == 'b' {
		q = q[1:]
	}
	if q[0] != '\'' && q[0] != '"' {
		e.kind, e.label = noiseLine, unmarked
		return
	}
	e.kind, e.from, e.esc, e.sign = wireLine, n+2, pyRepr, true
}

// minutesSeconds reads the stamp "  MM:SS.hh " and its length.
func minutesSeconds(b []byte) (time.Time, int) {
	t := bytes.TrimLeft(b, " ")
	if len(t) < 9 || t[2] != ':' || t[5] != '.' || t[8] != ' ' || !isDigits(t[:2]) || !isDigits(t[3:5]) || !isDigits(t[6:8]) {
		return time.Time{}, 0
	}
	two := func(i int) int { return int(t[i]-'0')*10 + int(t[i+1]-'0') }
	return time.Date(0, 1, 1, 0, two(0), two(3), two(6)*10_000_000, time.UTC), len(b) - len(t) + 9
}
