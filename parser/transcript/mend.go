package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// mend undoes what editors, word processors and Markdown do to the words of a line: it is for first lines and rests of messages, never for octets of literals.
func (s *Scanner) mend(line seg) seg {
	if !s.d.generic && s.d.faithful || len(line.b) == 0 {
		return line
	}
	if bytes.IndexByte(line.b, 0xE2) >= 0 || bytes.IndexByte(line.b, 0xC2) >= 0 {
		line = straighten(bullet(line))
	}
	if s.starless && starless(line.b) {
		var m mapper
		m.restore("* ")
		m.add(line)
		line = m.seg()
	}
	return line
}

// typographic is what word processors put in place of ASCII.
var typographic = [...]replacement{
	{"\u201c", `"`},
	{"\u201d", `"`},
	{"\u201e", `"`},
	{"\u00ab", `"`},
	{"\u00bb", `"`},
	{"\u2018", "'"},
	{"\u2019", "'"},
	{"\u2013", "-"},
	{"\u2014", "-"},
	{"\u00a0", " "},
	{"\u2007", " "},
	{"\u202f", " "},
}

// straighten writes typographic quotes, dashes and blanks as ASCII. A line that has ASCII quotes was not set by a word processor: in it they are text.
func straighten(line seg) seg {
	if bytes.IndexByte(line.b, '"') >= 0 {
		return line
	}
	return replaced(line, 0x80, typographic[:])
}

// unescapedTwice reads a line that was escaped once more than its log says, as one string inside another is: \\Seen for \Seen, and \"INBOX\" for "INBOX".
// Outside of quoted strings a backslash stands only before the word of a flag or "*" (RFC 9051 §9: flag, flag-perm).
func unescapedTwice(line seg) seg {
	b := line.b
	i := bytes.IndexByte(b, '\\')
	if i < 0 || i+1 >= len(b) {
		return line
	}
	w := rewriter{of: line}
	quoted := bytes.Count(b[:i], []byte{'"'})%2 == 1
	for ; i+2 < len(b); i++ {
		switch {
		case b[i] == '"':
			quoted = !quoted
		case b[i] != '\\':
		case quoted && w.changed && bytes.HasPrefix(b[i:], []byte(`\\\\`)): // what was \\, before
			w.replace(i, i+4, `\\`)
			i += 3
		case quoted:
			i++
		case i == 0 || b[i-1] != ' ' && b[i-1] != '(':
		case b[i+1] == '"' && bytes.IndexByte(b[i+2:], '"') >= 0:
			return unbackslash(line, backslash)
		case b[i+1] == '\\' && (b[i+2] == '*' || b[i+2]|0x20 >= 'a' && b[i+2]|0x20 <= 'z'):
			w.replace(i, i+2, `\`)
			i++
		}
	}
	return w.seg()
}

// bullet writes a bullet before an untagged response as the "*" that Markdown or a word processor made it of.
func bullet(line seg) seg {
	for _, b := range [...]string{"\u2022", "\u00b7", "\u25cf", "\u2219", "\u25e6", "\u2023", "\u25aa"} {
		if !bytes.HasPrefix(line.b, []byte(b)) {
			continue
		}
		rest := trimBlanks(line.b[len(b):])
		if !starless(rest) {
			return line
		}
		var m mapper
		m.unit("* ", line.sub(0, len(line.b)-len(rest)))
		m.add(line.from(len(line.b) - len(rest)))
		return m.seg()
	}
	return line
}

// starless reports whether a line is an untagged response but for its "* ".
func starless(b []byte) bool {
	if len(b) == 0 || b[0] == '*' || b[0] == '+' {
		return false
	}
	if w := firstWord(b); b[0] > ' ' && !isDigits(w) && !isUpper(w) { // nothing that judge is certain of
		return false
	}
	var buf [300]byte
	n := copy(buf[2:], b)
	buf[0], buf[1] = '*', ' '
	w := judge(buf[:n+2])
	return w.weight >= certain && judge(b).weight < likely
}

// isStarless reports whether all untagged responses of a sample lost their "* ": Markdown takes it for a bullet or for emphasis.
func (s *sample) isStarless() bool {
	without, with := 0, 0
	for i := range s.lines {
		t := trimBlanks(s.lines[i].body.b)
		if at := s.lines[i].at; at > 0 {
			t = s.lines[i].body.b[at:]
		}
		switch {
		case bytes.HasPrefix(t, []byte("* ")):
			with++
		case starless(t):
			without++
		}
	}
	return without >= 3 && without >= 4*with && s.imap > 0
}

// countStarless finds the responses again whose "* " got lost.
func (s *sample) countStarless() {
	for i := range s.lines {
		l := &s.lines[i]
		t := trimBlanks(l.body.b)
		if l.at >= 0 || !starless(t) {
			continue
		}
		l.at, l.verdict = len(l.body.b)-len(t), verdict{side: wire.Server, weight: certain, why: ByUntagged}
		s.imap++
		s.bare++
	}
}

// repeats are lines that a copy multiplied.
type repeats struct {
	doubled bool // each line stands twice
	spaced  bool // behind each line stands an empty one
}

func findRepeats(raw [][]byte) (r repeats) {
	lines, same, followed, blank := 0, 0, 0, 0
	for i, l := range raw {
		if isBlank(l) {
			blank++
			continue
		}
		lines++
		if i+1 < len(raw) {
			if bytes.Equal(l, raw[i+1]) {
				same++
			}
			if isBlank(raw[i+1]) {
				followed++
			}
		}
	}
	r.doubled = lines >= 8 && same*20 >= lines*9 && same*20 <= lines*13 // where nearly all are the same, nothing was doubled
	r.spaced = lines >= 6 && followed*20 >= (lines-1)*19 && blank*20 >= len(raw)*9
	return r
}

// wrapColumn is the length of the longest lines of a sample, if a terminal or an editor cut them there: several lines have it, or one and the next, none is
// longer, and what follows them is mostly no line of IMAP on its own.
func (s *sample) wrapColumn() int {
	longest, n, rests, last := 0, 0, 0, 0
	adjoin := false
	var prefix []byte // what stands before the last line of IMAP that is labelled
	for i := range s.lines {
		sl := &s.lines[i]
		if sl.at > 0 && (len(prefix) == 0 || likePrefix(sl.body.b, prefix) > 0) {
			prefix = sl.body.b[:sl.at]
		}
		l := int(sl.End-sl.Start) - len(sl.eol)
		if l < longest {
			continue
		}
		if l > longest {
			longest, n, rests, adjoin = l, 0, 0, false
		}
		n++
		if i+1 < len(s.lines) && s.lines[i+1].isRest(prefix) {
			rests++
		}
		adjoin = adjoin || n > 1 && last+1 == i
		last = i
	}
	if n < 3 && !adjoin || longest < 40 || longest > 260 || rests*10 < n*7 {
		return 0
	}
	return longest
}

// isRest reports whether a line may be the rest of the one before it: no IMAP stands in it, or some behind other words than before labelled lines, for
// "ID XLIST CHILDREN" in a list of capabilities looks like a command.
func (l *sampleLine) isRest(prefix []byte) bool {
	if isBlank(l.body.b) {
		return false
	}
	return l.at < 0 || len(prefix) > 0 && likePrefix(l.body.b, prefix) == 0
}

// unfold appends the lines that a line was cut into, in a paste whose lines are cut in a column. A line that begins something of its own is none of them.
func (s *Scanner) unfold(l *physLine) {
	var next physLine
	for n, last := 0, *l; n < wrapMax && int(last.End-last.Start)-len(last.eol.b) == s.wrap; n++ {
		ahead := s.lines
		if !ahead.next(&next) || next.again || next.fence || next.fenced != l.fenced || isBlank(next.body.b) {
			return
		}
		if len(next.body.b)-len(trimBlanks(next.body.b)) >= 3 { // an article's: terminals don't indent, and unwrap knows better
			return
		}
		if s.d.bare == bareInfer || s.d.bare == bareServer {
			if judge(trimBlanks(next.body.b)).weight >= likely {
				return
			}
		} else {
			r := s.r.clone()
			var e entry
			r.read(l.body.b, &e)
			e = entry{}
			if r.read(next.body.b, &e); e.kind != otherLine {
				return
			}
		}
		s.lines = ahead
		s.lineNo++
		l.body = join(l.body, next.body)
		l.eol, l.End = next.eol, next.End
		last = next
	}
}

// unbreak appends the rest of a response code that an article broke into lines: "* OK [PERMANENTFLAGS (\Seen" and "\Deleted)] Limited". A code is closed on
// its line (RFC 9051 §9: resp-text), and what follows begins nothing of its own.
func (s *Scanner) unbreak(l *physLine) {
	const reach = 6
	t := trimBlanks(l.body.b[:min(len(l.body.b), sampleLineMax)])
	if !openCode(t) {
		return
	}
	ahead := s.lines
	body := l.body
	var next physLine
	for n := 1; n <= reach; n++ {
		if !ahead.next(&next) || next.again || next.fence || next.fenced != l.fenced || isBlank(next.body.b) || judge(trimBlanks(next.body.b)).weight >= likely {
			return
		}
		rest := next.body.from(len(next.body.b) - len(trimBlanks(next.body.b)))
		var m mapper
		m.add(body.sub(0, len(trimRight(body.b, " \t"))))
		m.restore(" ")
		m.add(rest)
		body = m.seg()
		if bytes.IndexByte(rest.b, ']') >= 0 {
			l.body, l.eol, l.End = body, next.eol, next.End
			s.lines = ahead
			s.lineNo += uint32(n)
			return
		}
	}
}

// openCode: a status whose code isn't closed.
func openCode(b []byte) bool {
	if bytes.IndexByte(b, '[') < 0 || bytes.IndexByte(b, ']') >= 0 {
		return false
	}
	v := judge(b)
	if v.status == 0 || v.weight < likely {
		return false
	}
	_, rest := cutWord(b)
	_, rest = cutWord(rest)
	return len(rest) > 1 && rest[0] == '['
}
