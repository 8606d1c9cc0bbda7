package transcript

import (
	"bytes"
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

// sample is what detection looks at: the first lines of a paste, and as many more as it takes to see some IMAP. Its size is bounded.
type sample struct {
	size     sampleSize
	lines    []sampleLine
	text     int // lines that aren't blank
	imap     int // lines in which IMAP was found
	last     int // the last of them
	prose    int // lines that aren't blank, hold no IMAP, and stand in no literal
	bare     int // of these, where it begins at the line's first byte
	outer    wrapper
	fold     fold
	asked    bool // the caller named the dialect: it needs no sign of its own
	thorough bool // all dialects that fit are wanted, not only the best
	end      int  // where it ends in the text

	starless bool // all untagged responses lost their "* "

	bareMatch match // bareDialect, if it was tried
}

type sampleLine struct {
	wire.Span        // the whole line, line end included
	eol       []byte // its line end
	body      seg    // what is left: neither line end nor wrapper
	verdict   verdict
	at        int  // where IMAP begins in body, -1: nowhere
	inside    bool // it may stand inside a literal that was announced before
}

// judge is judge for what stands at an octet of the line. Where IMAP was found, that is known.
func (l *sampleLine) judge(part []byte, at int) verdict {
	if at == l.at && at+len(part) == len(l.body.b) && (l.verdict.why != ByUntagged || l.body.b[at] == '*') &&
		(l.verdict.why != ByCommand || at == 0 || !isQuote(l.body.b[at-1])) { // where all of the line was judged, and nothing else
		return l.verdict
	}
	return judge(part)
}

// sampleSize bounds a sample.
type sampleSize struct {
	lines  int // looked at in any case
	reach  int // lines looked at until as many as wanted are IMAP
	wanted int
	bytes  int
}

var (
	wholeSample = sampleSize{lines: 500, reach: 20_000, wanted: 200, bytes: 4 << 20}
	laterSample = sampleSize{lines: 500, reach: 2000, wanted: 200, bytes: 512 << 10}
	briefSample = sampleSize{lines: 120, reach: 1000, wanted: 60, bytes: 128 << 10} // to see whether another log begins
)

// most is how many lines of a text are looked at in any case, as far as it has them.
func (z sampleSize) most(text []byte) int {
	if n := len(text) / 16; n < z.lines { // then it may have fewer
		return min(z.lines, bytes.Count(text, []byte{'\n'})+1)
	}
	return z.lines
}

const sampleLineMax = 16 << 10 // longer lines are looked at up to here

// takeSample reads the lines of text from at on.
func takeSample(text []byte, at int, size sampleSize) *sample {
	s := &sample{size: size}
	raw := make([][]byte, 0, size.most(text[at:]))
	joined := breaksLines(text[at:])
	for p, n := at, 0; p < len(text) && n < size.lines; n++ {
		end, eol := lineEnd(text, p)
		if joined {
			if b, behind := breakAt(text, p, eol); b >= 0 {
				end, eol = behind, b
			}
		}
		raw = append(raw, text[p:min(eol, p+sampleLineMax)])
		p = end
	}
	s.outer = findWrapper(raw)
	s.outer.joined = joined
	s.outer.tags = s.outer.tags || joined
	return s.take(text, at)
}

// take reads the lines as the wrapper has them.
func (s *sample) take(text []byte, at int) *sample {
	r := readLines(text, at, &s.outer, &s.fold)
	var l physLine
	octets := 0       // that a literal still has, if the log prints it
	var prefix []byte // what stands before the line that announced it, and then before each line there or before none
	s.lines = make([]sampleLine, 0, s.size.most(text[at:]))
	for n := 0; n < s.size.reach && r.at-at < s.size.bytes; n++ {
		if n >= s.size.lines && s.imap >= s.size.wanted {
			break
		}
		if !r.next(&l) {
			break
		}
		if len(l.body.b) > sampleLineMax {
			l.body = l.body.sub(0, sampleLineMax)
		}
		if len(s.lines) == cap(s.lines) { // append alone would grow by a quarter at a time
			left := bytes.Count(text[r.at:min(len(text), at+max(s.size.bytes, r.at-at))], []byte{'\n'}) + 2
			s.lines = slices.Grow(s.lines, max(min(left, s.size.reach-n, 3*n), 1))
		}
		s.lines = append(s.lines, sampleLine{Span: l.Span, eol: l.eol.b, body: l.body, at: -1})
		sl := &s.lines[n]
		switch {
		case l.fence: // the copy's, not the log's
			octets -= len(l.body.b) + 2
		case isBlank(l.body.b):
			octets -= 2
		default:
			s.text++
			sl.at, sl.verdict = payloadAt(l.body.b)
			sl.inside = octets > 0
			octets -= len(l.body.b) - likePrefix(l.body.b, prefix) + 2
			switch {
			case sl.inside && sl.verdict.why == ByCompletion: // the literal was shorter here than announced
				octets, sl.inside = 0, false
			case sl.at < 0 && octets <= -2:
				s.prose++
			case sl.at >= 0 && octets <= 0:
				if h, ok := literalAtEnd(l.body.b); ok {
					octets, prefix = int(min(h.size, 4096)), l.body.b[:sl.at]
				}
			}
			if sl.at >= 0 {
				s.imap++
				s.last = n
				if len(trimBlanks(l.body.b[:sl.at])) == 0 {
					s.bare++
				}
			}
		}
	}
	s.end = r.at
	if s.imap > 0 && s.imap < s.text && s.foreign() {
		s.imap, s.bare = 0, 0
		for i := range s.lines {
			s.lines[i].at = -1
		}
	}
	if s.starless = s.isStarless(); s.starless {
		s.countStarless()
		s.last = len(s.lines)
	}
	return s
}

// likePrefix is how long a prefix like the one of another line is at the start of a line, as far as its end shows: the words in it may differ.
func likePrefix(line, prefix []byte) int {
	n := len(prefix)
	if n > len(line) {
		return 0
	}
	for i := n - 1; i >= 0 && i >= n-2; i-- {
		if line[i] != prefix[i] {
			return 0
		}
	}
	return n
}

// match is a dialect that was tried on a sample.
type match struct {
	dialect *dialect
	score   float32
	swap    bool // the labels mean the opposite
	muddled bool // one label is on the lines of both sides
	opened  reader
	crlf    [3]eolCount // per label: how its lines end
	own     int         // lines without IMAP that the dialect knows as its program's own
}

// signsBy is how many lines behind which no IMAP stands a dialect has to show a sign of itself: a text without IMAP isn't read by every dialect to its end.
const signsBy = 1000

// try runs a dialect's reader over the sample and scores what it made of it: how much of what looks like IMAP it found, and where it found it.
func (s *sample) try(d *dialect) match {
	m := match{dialect: d, opened: d.open(s)}
	if m.opened == nil {
		return m
	}
	r := feed(m.opened.clone())
	var hits, signs, explained float32
	e := new(entry) // one for all lines: what an interface is called with escapes
	var votes [3]int
	var said [3][3]int // per label: lines that speak for each side
	for i := range s.lines {
		if i >= signsBy && i > s.last && hits == 0 && signs == 0 {
			break
		}
		l := &s.lines[i]
		line := l.body.b
		found := false
		for off := 0; ; {
			*e = entry{}
			r.show(l.eol, line[off:], e)
			if e.sign {
				signs++
			}
			if off == 0 {
				m.count(d, l, e)
			}
			switch e.kind {
			case wireLine, moreLine:
				p := line[off:][min(e.from, len(line)-off):]
				if e.data != nil {
					p = e.data
				} else if e.esc != plain {
					p = trimQuote(p)
				}
				v := verdict{}
				if t := trimBlanks(p); e.data != nil {
					v = judge(t)
				} else {
					v = l.judge(t, len(line)-len(t))
				}
				if v.weight >= likely {
					found = true
					votes[e.label] += sideVote(v)
					said[e.label][v.side]++
				} else if n := e.to - e.from; n > 0 && n < len(p) { // what stands behind it was no argument
					if v := judge(trimBlanks(p[:n])); v.weight >= likely {
						said[e.label][v.side]++
					}
				}
			case infoLine, noiseLine, gapLine, maskedLine:
				if e.sign && l.at >= 0 && e.next == 0 {
					explained++ // it repeats or tells IMAP, and the dialect knows that
				}
			case otherLine:
				if d.bare == bareInfer && len(trimBlanks(line)) == len(line)-max(l.at, 0) && l.at >= 0 {
					found = true
				}
			}
			if e.next <= off || off+e.next >= len(line) {
				break
			}
			off += e.next
		}
		if found {
			hits++
		}
	}
	if s.imap == 0 {
		if !d.generic && signs > 0 {
			m.score = min(0.5+signs/20, 0.9)
			if d.last { // what knows more of the log than its octets wins
				m.score *= 0.7
			}
		}
		return m
	}
	m.score = min(hits/max(float32(s.imap)-explained, 1), 1)
	if signs > 0 && hits > 0 {
		m.score += 0.1
		// A dialect that names its lines may print few of them as IMAP: its own chatter counts for it.
		m.score = max(m.score, min(0.6, signs/float32(max(s.text, 1))))
	} else if signs > 0 {
		m.score = min(0.5, signs/float32(max(s.text, 1)))
	}
	if d.generic {
		m.score *= 0.9
	}
	m.swap = swapped(votes, d.trust)
	m.muddled = muddled(said)
	return m
}

// plain is the sample as bareDialect has it, whatever the lines say.
func (s *sample) plain() match {
	m := s.bareMatch
	if m.opened == nil {
		m = s.try(bareDialect)
	}
	m.swap, m.muddled = false, false
	return m
}

// count notes what a line says about the log as a whole: how lines end, and whether the dialect knows it although no IMAP stands in it.
func (m *match) count(d *dialect, l *sampleLine, e *entry) {
	switch e.kind {
	case wireLine, moreLine:
		m.crlf[e.label].count(l.eol)
	case noiseLine, infoLine:
		if l.at < 0 && !l.inside && !isBlank(l.body.b) {
			m.own++
		}
		fallthrough
	default:
		if d.generic && l.at >= 0 {
			m.crlf[e.label].count(l.eol)
		}
	}
}

// muddled reports whether a log gives all its lines the same label, and shows both sides nevertheless: then the label says nothing. Some versions of
// imapflow log what the client sends as the server's.
func muddled(said [3][3]int) bool {
	for _, l := range [...]label{byClient, byServer} {
		own, others := said[l], said[l.other()]
		if others[wire.Client]+others[wire.Server] == 0 && min(own[wire.Client], own[wire.Server])*5 >= own[wire.Client]+own[wire.Server] &&
			min(own[wire.Client], own[wire.Server]) > 0 {
			return true
		}
	}
	return false
}

// sideVote is a verdict as a number: above 0 for the client.
func sideVote(v verdict) int {
	if v.side == 1 {
		return int(v.weight)
	}
	return -int(v.weight)
}

// swapped reports whether the lines outvote the labels: one decision for a whole paste, because a label means the same on each of its lines.
func swapped(votes [3]int, trust int) bool {
	against := votes[byServer] - votes[byClient]
	return against > trust*2
}

// trimQuote takes the opening of a quoted payload off, so that its first bytes can be judged.
func trimQuote(b []byte) []byte {
	if len(b) > 1 && b[0] == 'b' {
		b = b[1:]
	}
	if len(b) > 0 && (b[0] == '\'' || b[0] == '"' || b[0] == '`') {
		b = b[1:]
	}
	return b
}

// detectAt takes a sample of text from at on and finds the dialects that fit, best first; if it needn't be thorough, those that can't be best may be missing.
func detectAt(text []byte, at int, size sampleSize, format string, thorough bool) (*sample, []match) {
	sm := takeSample(text, at, size)
	sm.thorough = thorough
	ms := detect(sm, format)
	if len(ms) == 0 || !ms[0].dialect.exact { // what a program wrote octet by octet went through no collector
		if inner, better := detectCollected(sm, ms, text, at, format); len(better) > 0 {
			sm, ms = inner, better
		}
	}
	if inner, better := detectFolded(sm, ms, text, at, format); len(better) > 0 {
		sm, ms = inner, better
	}
	return sm, ms
}

// genericMost is more than a generic dialect can score.
const genericMost = 1

// detect tries every dialect and orders those that fit, best first. Only the format asked for is tried when one is.
func detect(s *sample, format string) []match {
	if d := dialectByID(format); d != nil {
		s.asked = true
		m := s.try(d)
		m.score = 1
		return []match{m}
	}
	var ms []match
	shown := s.shown()
	for i, d := range dialects {
		if !shown[i] || d.generic && !s.thorough && len(ms) > 0 && ms[0].score >= genericMost {
			continue
		}
		m := s.try(d)
		if d == bareDialect {
			s.bareMatch = m
		}
		if m.score <= 0 {
			continue
		}
		i := len(ms)
		for i > 0 && ms[i-1].score < m.score {
			i--
		}
		ms = append(ms, match{})
		copy(ms[i+1:], ms[i:])
		ms[i] = m
	}
	return ms
}
