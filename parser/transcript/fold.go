package transcript

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// fold is the width that a mail program, a terminal or a page broke every long line to, so that the rest of a log's line stands on lines of its own.
// The zero fold joins nothing.
type fold struct {
	column int  // no line that could be broken has more characters
	words  bool // lines were broken between words, not in the column itself
	starts [foldStarts]startingShape
}

// startingShape is the first octets of a line, with digits and letters alike: what begins a log's lines looks the same each time.
type startingShape [6]byte

const (
	foldStarts = 6
	foldMin    = 40  // narrower text is no log that somebody wrapped
	foldMax    = 260 // wider than any terminal
	foldLines  = 500 // so many lines tell it
)

func startShape(b []byte) (s startingShape) {
	for i := range s {
		if i == len(b) {
			break
		}
		c := b[i]
		switch {
		case c >= '0' && c <= '9':
			c = '0'
		case c >= 'A' && c <= 'Z':
			c = 'A'
		case c >= 'a' && c <= 'z':
			c = 'a'
		}
		s[i] = c
	}
	return s
}

// findFold looks for the width to which the lines were broken, and for what begins the lines that weren't. A line was broken if what follows would not have
// fitted behind it; one that wasn't is followed by a beginning for certain, and those look alike.
func findFold(lines [][]byte, words bool) fold {
	f := fold{words: words}
	for _, l := range lines {
		switch {
		case !bytes.ContainsFunc(l, unicode.IsLetter): // a rule across the page
		case !words:
			f.column = max(f.column, width(l))
		case breakable(l):
			f.column = max(f.column, width(bytes.TrimRight(l, " ")))
		}
		if f.column > foldMax {
			return fold{}
		}
	}
	if f.column < foldMin {
		return fold{}
	}
	counts := map[startingShape]int{}
	sure, cut := 0, 0
	for i := 1; i < len(lines); i++ {
		switch b := lines[i]; {
		case isBlank(b) || isBlank(lines[i-1]) || isFence(b):
		case f.isCut(lines[i-1], b):
			cut++
		default:
			counts[startShape(b)]++
			sure++
		}
	}
	if sure < 4 || cut < 3 {
		return fold{}
	}
	covered := 0
	for i := range f.starts {
		best := 0
		for s, n := range counts {
			if n > best || n == best && n > 0 && bytes.Compare(s[:], f.starts[i][:]) < 0 {
				f.starts[i], best = s, n
			}
		}
		if best < 2 {
			f.starts[i] = startingShape{}
			break
		}
		covered += best
		delete(counts, f.starts[i])
	}
	if covered*4 < sure*3 { // beginnings that don't look alike tell nothing
		return fold{}
	}
	return f
}

// width counts characters; an octet that belongs to none counts as one.
func width(b []byte) int { return utf8.RuneCount(b) }

// breakable: the line has a blank at which it could have been broken.
func breakable(b []byte) bool {
	t := bytes.Trim(b, " \t")
	return bytes.IndexByte(t, ' ') > 0
}

// isCut reports whether a line was broken off, if one was: it fills the width, or the first word of next would not have had its place behind it. Programs
// don't agree on whether the last column is one.
func (f *fold) isCut(line, next []byte) bool {
	if !f.words {
		return width(line) == f.column
	}
	next = bytes.TrimLeft(next, " \t")
	word := bytes.IndexByte(next, ' ')
	if word < 0 {
		word = len(next)
	}
	return width(bytes.TrimRight(line, " "))+1+width(next[:word]) >= f.column
}

// begins reports whether a line looks like those that weren't broken off.
func (f *fold) begins(b []byte) bool {
	shape := startShape(b)
	for _, s := range f.starts {
		if s == shape {
			return true
		}
	}
	return false
}

// goesOn reports whether next is what didn't fit behind line. What breaks lines indents none.
func (f *fold) goesOn(line, next []byte) bool {
	if len(next) > 1 && next[0] == ' ' && next[1] == ' ' {
		return false
	}
	return !isBlank(next) && !isFence(next) && f.isCut(line, next) && !f.begins(next)
}

// joined is line with what didn't fit behind it.
func (f *fold) joined(line, next seg) seg {
	if !f.words || len(line.b) > 0 && line.b[len(line.b)-1] == ' ' {
		return join(line, next)
	}
	var m mapper
	m.add(line)
	m.restore(" ")
	m.add(next)
	return m.seg()
}

// strays counts the lines without IMAP that begin like none.
func (f *fold) strays(s *sample) (n int) {
	for i := range s.lines[:min(len(s.lines), foldLines)] {
		if l := &s.lines[i]; l.at < 0 && !isBlank(l.body.b) && !isFence(l.body.b) && !f.begins(l.body.b) {
			n++
		}
	}
	return n
}

// isHeaded reports whether nearly all lines that others continue begin as a log's do: the paragraphs of a mail don't.
func (f *fold) isHeaded(lines [][]byte) bool {
	folded, headed := 0, 0
	for i, inside := 1, false; i < len(lines); i++ {
		if !f.goesOn(lines[i-1], lines[i]) {
			inside = false
			continue
		}
		if !inside {
			folded++
			if f.begins(lines[i-1]) {
				headed++
			}
		}
		inside = true
	}
	return headed*4 >= folded*3
}

// isRead reports whether a dialect knows nearly every line.
func (s *sample) isRead(d *dialect) bool {
	opened := d.open(s)
	if opened == nil { // asked for, and of no use
		return false
	}
	r := feed(opened)
	lines := s.lines[:min(len(s.lines), foldLines)]
	unread := 0
	var e entry
	for i := range lines {
		e = entry{}
		if r.show(lines[i].eol, lines[i].body.b, &e); e.kind == otherLine && !isBlank(lines[i].body.b) {
			unread++
		}
	}
	return unread*20 < len(lines)
}

// detectFolded looks at a sample again with its folded lines whole. It answers only where that leaves hardly a line that begins like none: in a log whose
// lines weren't broken these are the octets of literals, and most of them are short.
func detectFolded(s *sample, found []match, text []byte, at int, format string) (*sample, []match) {
	if s.prose < 3 || s.prose*20 < s.text || len(found) > 0 && !found[0].dialect.generic && s.isRead(found[0].dialect) {
		return nil, nil
	}
	lines := make([][]byte, min(len(s.lines), foldLines))
	for i := range lines {
		lines[i] = s.lines[i].body.b
	}
	var best *sample
	strays := 0
	for _, words := range [...]bool{false, true} {
		f := findFold(lines, words)
		if f.column == 0 || !f.isHeaded(lines) {
			continue
		}
		inner := &sample{size: s.size, thorough: s.thorough, outer: s.outer, fold: f}
		inner.take(text, at)
		n := f.strays(inner)
		if before := f.strays(s); before >= 3 && n*3 <= before && inner.imap >= s.imap && (best == nil || n < strays) {
			best, strays = inner, n
		}
	}
	if best == nil {
		return nil, nil
	}
	ms := detect(best, format)
	if len(ms) == 0 || len(found) > 0 && !found[0].dialect.generic && ms[0].dialect != found[0].dialect {
		return nil, nil
	}
	return best, ms
}
