package transcript

import (
	"bytes"
	"time"
)

// imaplibDialect is the trace of Python's imaplib, Debug 3 to 5: two blanks, minutes, seconds and hundredths, an arrow, the repr of a line.
// Octets of literals are not printed; "read literal size 44" stands in their place. Level 5 prints the server's as part of what it made of them.
var imaplibDialect = &dialect{
	id:     "imaplib",
	name:   "Python imaplib",
	needs:  []string{"untagged_responses[", "> b", "> '", `> "`, "< b", "< '", `< "`},
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   openImaplib,
}

type imaplibReader struct {
	shows bool // level 5
	after bool // the octets of a literal were the last that it showed of the server
}

func (r *imaplibReader) clone() reader { c := *r; return &c }

// elides: level 5 shows the server's octets.
func (r *imaplibReader) elides() sides {
	if r.shows {
		return clientOctets
	}
	return allOctets
}

func openImaplib(s *sample) reader {
	r := &imaplibReader{}
	for i := range s.lines {
		if _, n := madeOfLiteral(s.lines[i].body.b); n > 0 {
			r.shows = true
			break
		}
	}
	return r
}

// madeOfLiteral finds the octets in what level 5 prints of a response with a literal, a tuple of the line up to them and of themselves:
// untagged_responses[FETCH] 0 += ["(b'1 (BODY[] {44}', b'From: ...')"].
func madeOfLiteral(line []byte) (at, end int) {
	const mark = `+= ["(b`
	if !bytes.Contains(line[:min(len(line), 60)], []byte("untagged_responses[")) {
		return 0, 0
	}
	i := bytes.Index(line[:min(len(line), 120)], []byte(mark))
	if i < 0 {
		return 0, 0
	}
	i += len(mark)
	n := pyStringLen(line[i:])
	if n == 0 || !endsInLiteral(line[i:i+n-1]) || !bytes.HasPrefix(line[i+n:], []byte(", b")) {
		return 0, 0
	}
	i += n + 2
	return i, i + 1 + pyStringLen(line[i+1:])
}

// pyStringLen is the length of a quoted Python string at the start of b; 0 when it has no end.
func pyStringLen(b []byte) int {
	if len(b) == 0 || b[0] != '\'' && b[0] != '"' {
		return 0
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case b[0]:
			return i + 1
		}
	}
	return 0
}

func (r *imaplibReader) read(line []byte, e *entry) {
	t, n := minutesSeconds(line)
	if n == 0 {
		return
	}
	e.time = t
	p := line[n:]
	if at, end := madeOfLiteral(line); r.shows && end > at+1 {
		e.kind, e.label, e.from, e.to, e.esc, e.sign = moreLine, byServer, at, end, pyRepr, true
		e.cut, r.after = true, true
		return
	}
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
	if e.label == byServer && r.after { // the octets may end inside a line
		e.kind, r.after = moreLine, false
	}
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
