package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// labelledDialect is any transcript that says who speaks before each line, in whatever way: "C: ", ">>> ", "client -> ", "user joe@example.org <<< ",
// or a log's whole prefix with its stamps and numbers. What its prefixes look like, which of them is whose, whether lines stand in quotes behind them, and
// which of their words tells connections apart is learnt from the sample: a prefix belongs to the side that the lines behind it speak for.
var labelledDialect = &dialect{
	id:      "labelled",
	name:    "Labelled lines",
	trust:   2,
	generic: true,
	bare:    bareLiteral,
	open:    openLabelled,
}

// labelledReader knows the prefixes of a paste.
type labelledReader struct {
	prefixes []prefixShape
	chatter  []prefixShape // whole lines that come again and again and are no IMAP: a logger's own heading before each line
	mixed    bool          // lines without a prefix are IMAP as well
	placed   bool          // "(* 512B literal *)" stands for octets
}

const (
	maxPrefixes = 24
	maxChatter  = 8
)

func openLabelled(s *sample) reader {
	r := &labelledReader{}
	marked, runs, strays := 0, 0, 0
	var bare, labelled [3]int
	last := wire.Side(0) // whose the last line with a prefix is, 0: something else stands behind it
	for i := range s.lines {
		l := &s.lines[i]
		if l.at < 0 {
			if !l.inside && !isBlank(l.body.b) {
				last = 0
			}
			continue
		}
		r.placed = r.placed || bytes.Contains(l.body.b, []byte(`B literal *)`))
		if isBlank(l.body.b[:l.at]) {
			bare[l.verdict.side]++
			if !l.inside && l.verdict.side == last {
				runs++
			} else if !l.inside {
				strays++
			}
			continue
		}
		last = l.verdict.side
		marked++
		labelled[l.verdict.side]++
		if !l.inside {
			r.learn(l.body.b, l.at, l.verdict)
		}
	}
	for i := range s.lines { // what quotes IMAP inside a literal is no prefix of its own
		if l := &s.lines[i]; l.inside && l.at > 0 && !isBlank(l.body.b[:l.at]) && r.reach(l.body.b) == 0 {
			r.learn(l.body.b, l.at, l.verdict)
		}
	}
	if marked == 0 && !s.asked {
		return nil
	}
	kept := r.prefixes[:0]
	most := r.labelsMost(s)
	for _, p := range r.prefixes {
		if p.plausible() && (p.lines > 1 || most && p.namesSide() || s.text <= 12 && p.namesSide() || s.imap*2 > s.text && (p.namesSide() || marked < 4) || r.siblings(p)) {
			kept = append(kept, p)
		}
	}
	r.prefixes = kept
	r.tellWords(s)
	r.addCounterparts(s)
	r.findChatter(s)
	findKeys(r.prefixes, s)
	// Some programs mark one side only: then all bare lines are the other's.
	r.mixed = labelled[wire.Server]*20 <= marked && bare[wire.Client]*20 <= bare[wire.Server] || labelled[wire.Client]*20 <= marked && bare[wire.Server]*20 <= bare[wire.Client]
	// Others print a read as it is, with a prefix before its first line only.
	r.mixed = r.mixed || runs > 2 && strays*10 <= runs && r.tellsSides()
	if len(kept) == 0 && !s.asked {
		return nil
	}
	return r
}

// labelsMost reports whether the prefixes that name a side stand before nearly all lines of a short text: of those, most may be octets of a literal.
func (r *labelledReader) labelsMost(s *sample) bool {
	if s.text > 60 || len(r.prefixes) > 4 {
		return false
	}
	lines := 0
	for i := range s.lines {
		for k := range r.prefixes {
			if p := &r.prefixes[k]; p.namesSide() && p.match(s.lines[i].body.b, nil) > 0 {
				lines++
				break
			}
		}
	}
	return lines*4 >= s.text*3
}

// tellsSides reports whether prefixes of both sides are known.
func (r *labelledReader) tellsSides() bool {
	var seen [3]bool
	for i := range r.prefixes {
		seen[r.prefixes[i].label()] = true
	}
	return seen[byClient] && seen[byServer]
}

func (r *labelledReader) learn(line []byte, at int, v verdict) {
	shape := shapeOf(line[:at])
	for i := range r.prefixes {
		if p := &r.prefixes[i]; p.shape == shape {
			p.vote(line, v)
			return
		}
	}
	if len(r.prefixes) < maxPrefixes {
		p := prefixShape{shape: shape, keyWord: -1}
		p.vote(line, v)
		r.prefixes = append(r.prefixes, p)
	}
}

// addCounterparts adds the prefix of a side that the sample shows, but in no line that says whose it is: "C: " beside "S: ".
func (r *labelledReader) addCounterparts(s *sample) {
	for _, p := range r.prefixes {
		l := p.label()
		shape := counterpart(p.shape)
		if l == unmarked || shape == "" || len(r.prefixes) == maxPrefixes || r.knows(shape) {
			continue
		}
		c := prefixShape{shape: shape, keyWord: -1, quote: p.quote, quoted: p.quoted, inner: p.inner, escaped: p.escaped}
		for i := range s.lines {
			if line := s.lines[i].body.b; c.match(line, nil) > 0 || s.lines[i].at > 0 && c.within(line, s.lines[i].at) > 0 {
				c.lines++
			}
		}
		if p.showsEOL() {
			c.ends = c.lines
		}
		if c.lines == 0 {
			continue
		}
		if l == byClient {
			c.server = 1
		} else {
			c.client = 1
		}
		r.prefixes = append(r.prefixes, c)
	}
}

// findChatter learns the shapes of lines with a time stamp that are no IMAP and come again and again.
func (r *labelledReader) findChatter(s *sample) {
	for i := range s.lines {
		line := s.lines[i].body.b
		if s.lines[i].at >= 0 || len(line) > prefixLenMax || r.reach(line) > 0 {
			continue
		}
		if _, n := findStamp(line[:min(len(line), 64)]); n == 0 || s.lines[i].inside && isField(line) {
			continue
		}
		shape := shapeOf(line)
		known := false
		for k := range r.chatter {
			if c := &r.chatter[k]; c.shape == shape {
				c.lines++
				known = true
			}
		}
		if !known && len(r.chatter) < maxChatter {
			r.chatter = append(r.chatter, prefixShape{shape: shape, lines: 1})
		}
	}
	kept := r.chatter[:0]
	for _, c := range r.chatter {
		if c.lines >= 3 && c.lines*20 >= len(s.lines) {
			kept = append(kept, c)
		}
	}
	r.chatter = kept
}

// best is the prefix that the line begins with, the longest one, and of those the one with the fewest words left open; -1: none.
func (r *labelledReader) best(line []byte) (best, at int) {
	best = -1
	var ends wordEnds
	for i := range r.prefixes {
		if n := r.prefixes[i].matchWith(line, nil, &ends); n > at || n == at && n > 0 && r.prefixes[i].words() < r.prefixes[best].words() {
			best, at = i, n
		}
	}
	return best, at
}

// isField reports whether a line looks like one of a message's header (RFC 5322 §2.2), or goes on in one: "Date: ..." has a date as log lines have.
func isField(line []byte) bool {
	n := 0
	for n < len(line) && line[n] > ' ' && line[n] < 0x7F && line[n] != ':' {
		n++
	}
	return n < len(line) && (n == 0 && line[0] != ':' || n > 0 && line[n] == ':' && !hasDigit(line[:n]))
}

// reach is the length of the longest prefix that the line begins with.
func (r *labelledReader) reach(line []byte) (n int) {
	var ends wordEnds
	for i := range r.prefixes {
		n = max(n, r.prefixes[i].matchWith(line, nil, &ends))
	}
	return n
}

func (r *labelledReader) knows(shape string) bool {
	for i := range r.prefixes {
		if r.prefixes[i].shape == shape {
			return true
		}
	}
	return false
}

func (r *labelledReader) clone() reader { return r } // it learns nothing more

func (r *labelledReader) read(line []byte, e *entry) {
	if best, at := r.best(line); best >= 0 {
		p := &r.prefixes[best]
		e.kind, e.label, e.from = wireLine, p.label(), at
		e.time, _ = findStamp(line[:at])
		if p.keyWord >= 0 {
			var words [maxWords][]byte
			p.match(line, &words)
			e.key = words[p.keyWord]
		}
		switch {
		case p.isQuoted():
			raw := p.rawQuotes()
			e.to, e.esc = closingQuote(line, at, p.quote, raw), backslash
			switch {
			case raw:
				e.esc = visibleEOL
			case r.placed:
				e.esc = jsonPlaceholders
			default:
				e.listOfStrings(line, p.quote)
			}
		case p.showsEOL():
			e.esc = visibleEOL
		case r.placed:
			e.esc = placeholders
		}
		if !e.time.IsZero() && line[0] != ' ' {
			e.next = r.flattened(line, at)
		}
		return
	}
	for i := range r.prefixes {
		if r.prefixes[i].own(line) {
			e.kind = noiseLine
			return
		}
	}
	for i := range r.chatter {
		if r.chatter[i].match(line, nil) == len(line) && len(line) > 0 {
			e.kind = noiseLine
			return
		}
	}
	if !r.mixed {
		return
	}
	if t := trimBlanks(line); judge(t).weight >= likely {
		e.kind, e.from = wireLine, len(line)-len(t)
	}
}

// listOfStrings puts the strings of a list together that a program printed whole, ['* 3 EXISTS\r\n', 'a1 OK done\r\n'], of which the first is the payload.
func (e *entry) listOfStrings(line []byte, quote byte) {
	var m mapper
	for from, to := e.from, e.to; ; {
		next, other := nextString(line, to, quote)
		if next == 0 && m.b == nil {
			return
		}
		m.add(unescape(seg{b: line[from:to:to], src: uint32(from)}, backslash))
		if next == 0 {
			e.to, e.data, e.runs = to, m.b, m.seg().runs
			return
		}
		from, quote = next, other
		to = max(closingQuote(line, from, quote, false), from)
	}
}

// nextString is where the next string of a list begins whose last one is closed at line[i], and its quote; 0: there is none. Kinds of strings have a letter
// before the quote, and a string that holds a quote is put into the other ones.
func nextString(line []byte, i int, quote byte) (int, byte) {
	if i+3 >= len(line) || line[i] != quote || line[i+1] != ',' {
		return 0, 0
	}
	for i += 2; i < len(line) && line[i] == ' '; i++ {
	}
	if i < len(line) && line[i]|0x20 == 'b' {
		i++
	}
	if i >= len(line) || line[i] != quote && (quote == '`' || line[i] != '\'' && line[i] != '"') {
		return 0, 0
	}
	return i + 1, line[i]
}

// flattened is where the next entry begins in a line that holds several, because a page took their line ends for blanks. 0: nowhere.
func (r *labelledReader) flattened(line []byte, at int) int {
	next := 0
	for k := range r.prefixes {
		p := &r.prefixes[k]
		if !p.namesSide() || p.label() == unmarked {
			continue
		}
		if i := p.within(line, at); i > 0 && (next == 0 || i < next) {
			next = i
		}
	}
	return next
}

// closingQuote is where the payload that begins at line[at] ends: before the quote that closes it, or at the line's end where that got lost.
// Programs that don't escape quotes inside close with the last one.
func closingQuote(line []byte, at int, quote byte, raw bool) int {
	if raw {
		if last := bytes.LastIndexByte(line[at:], quote); last >= 0 {
			return max(at+last, 1)
		}
		return len(line)
	}
	for i := at; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case quote:
			if endsQuoted(line[i+1:]) {
				return max(i, 1)
			}
			if last := bytes.LastIndexByte(line, quote); last > i && bytes.IndexByte(line[at:], '\\') < 0 {
				return last
			}
			return max(i, 1)
		}
	}
	return len(line)
}
