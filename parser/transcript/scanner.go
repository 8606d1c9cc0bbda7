package transcript

import (
	"bytes"
	"slices"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// Scanner reads a paste message by message. Apart from the text itself it keeps only the message under way and the lines looked ahead at,
// so a log of any size streams. Not for two goroutines at once.
type Scanner struct {
	text      []byte
	opt       Options
	container Container
	problem   problem
	prefix    int // bytes that detection read

	best     match // of the dialects that fit, if one does
	guesses  []Guess
	d        *dialect
	r        feeder
	swap     bool // the labels mean the opposite
	elides   sides
	muddled  bool // one label is on the lines of both sides: it says nothing
	wrap     int  // the column at which lines were cut, 0: none
	foreign  bool // no IMAP was seen
	woven    bool // several clients speak by turns
	starless bool // untagged responses lost their "* "
	sparse   bool // most of the text is no IMAP: a line needs better reasons, or company
	crlf     [3]eolCount

	lines  lineReader
	line   physLine // at hand
	entry  entry    // what the reader said of it
	lineNo uint32
	moreOf label // label and stream of the last wire entry, which a moreLine goes on in
	moreIn int32

	win      []atom // lines read and not yet given up, win[0] being atom number base
	base     int
	head     int // the first atom that may not be used up
	steps    int // lines that may still be looked ahead at: bounds what hostile announcements cost
	misses   int // lines in a row in which IMAP stands and the dialect saw none
	recent   recentLines
	looks    int // how often another dialect was looked for in vain
	turns    int // how often one was found
	patience int // how many octets pass between a look in vain and the next
	lookFrom int // where that will be
	began    int // where the dialect in use began

	streams  []stream
	byKey    map[string]int32
	conns    []Conn
	ended    []uint32 // those that have ended since Ended was called
	gather   gatherer // scratch
	opening  opening  // of the line that was looked at last
	kept     store
	wireEnd  uint32 // where the last message ended, to tell a lonely line from one in company
	literals literalStats
}

// eolCount counts how the lines of one label end.
type eolCount struct{ crlf, lf int }

// kept reports whether line ends came through the paste: then a bare LF was one on the wire. A log that writes some of its lines without CR has many such.
func (c eolCount) kept() bool {
	return c.crlf > 0 && c.crlf >= 9*c.lf || c.lf <= 2 && c.crlf > 2*c.lf
}

// atom is one protocol line, or one line of the paste that is none.
type atom struct {
	span     wire.Span // the whole lines that it stands on
	line     uint32
	kind     entryKind
	label    label
	stream   int32
	body     seg  // without the line end
	lead     int  // blanks at its start that only indent it
	tail     seg  // the line end; empty at the end of the paste
	explicit bool // the payload itself says how the line ends
	open     bool // the line's end is still to come in a later entry
	fenced   bool
	used     bool
	unsaid   bool // see entry.unsaid
	short    bool // the log shows only its beginning
	opened   bool
	closed   bool
	size     uint64
	host     string
	time     time.Time
}

// stream is what goes by one key in the log: one connection after the other.
type stream struct {
	key string
	talk
	parked []talk // other connections that share the key, or that nothing tells apart
	open   [3]int // per label: the atom whose line is unfinished, -1: none
	broken bool   // an empty line stands behind its last message: what goes on there without a mark may be an article's
}

const (
	maxStreams = 1 << 16
	noiseMax   = 64 << 10 // noise is handed out in messages of at most this size
	stepsSpare = 1 << 18
	stepsEarn  = 24 // looked-ahead lines that each line read pays for
	stepsOwed  = 8  // lines that each literal may look ahead at when nothing is left
)

// Open undoes the container, detects the format or takes the one that o names, and stands before the first message.
// The source must not change while the scanner or messages that alias it are in use.
func Open(src []byte, o Options) *Scanner {
	s := &Scanner{opt: o, steps: stepsSpare, byKey: map[string]int32{}}
	s.text, s.container, s.problem = unpack(src, o.Limit)
	s.start(0, o.Format)
	return s
}

// start detects the format of the text from at on and reads on from there.
func (s *Scanner) start(at int, format string) {
	size := wholeSample
	if at > 0 {
		size = laterSample
	}
	sm, ms := detectAt(s.text, at, size, format, false)
	var m match
	if len(ms) > 0 {
		m = ms[0]
	}
	if at == 0 {
		s.best, s.guesses = match{dialect: m.dialect, score: m.score}, nil
	}
	if m.opened == nil { // there is no IMAP, or what was asked for is of no use
		m = sm.plain()
	}
	d := m.dialect
	s.d, s.r, s.swap, s.muddled = d, feed(m.opened), m.swap, m.muddled
	s.elides = d.elides
	if r, ok := m.opened.(elider); ok {
		s.elides = r.elides()
	}
	s.foreign = s.opt.Format == "" && sm.imap == 0 && d.generic
	s.wrap = sm.wrapColumn()
	s.starless = sm.starless
	s.woven = sm.isWoven()
	s.prefix = max(s.prefix, sm.end)
	if at == 0 && s.problem.id == "" {
		s.problem = sm.problem(s.text)
	}
	s.lines = readLines(s.text, at, &sm.outer, &sm.fold)
	s.crlf = m.crlf
	s.sparse = sm.prose-m.own > sm.imap
	if d.exact {
		kept := eolCount{crlf: 1}
		s.crlf = [3]eolCount{kept, kept, kept}
	}
	s.misses, s.began = 0, at
	s.patience, s.lookFrom = 0, at
}

func (c *eolCount) count(eol []byte) {
	if len(eol) >= 2 {
		c.crlf++
	} else {
		c.lf++
	}
}

// Text is what positions count in: the source itself, or what was unpacked from it.
func (s *Scanner) Text() []byte { return s.text }

// Container is how the source was packed.
func (s *Scanner) Container() Container { return s.container }

// Problem says why there is nothing to show, if so: its id is empty, or one of empty, binary, other-protocol, no-imap, too-large; detail names the protocol.
func (s *Scanner) Problem() (id, detail string) { return s.problem.id, s.problem.detail }

// Offset is the number of bytes that were read into lines; they will not be read again, unless to detect another format in them.
func (s *Scanner) Offset() int { return s.lines.at }

// Prefix is the number of bytes that format detection has read so far: the scanner's state depends on all of them, even where Offset is less.
func (s *Scanner) Prefix() int { return s.prefix }

// Ahead is the number of lines that were read and are no part of a message yet: what Clone has to copy.
func (s *Scanner) Ahead() int { return max(s.base+len(s.win)-s.head, 0) }

// Ended are the connections that have ended since it was called last: no message to come belongs to one of them. The slice is good until Next.
func (s *Scanner) Ended() []uint32 {
	ended := s.ended
	s.ended = s.ended[:0]
	return ended
}

// Clone is a scanner in the same state; the two go on independently.
func (s *Scanner) Clone() *Scanner {
	c := *s
	c.r = feed(s.r.clone())
	c.gather, c.kept, c.opening, c.line = gatherer{}, store{}, opening{}, physLine{}
	c.base = max(s.base, min(s.head, s.base+len(s.win))) // what is used up stays behind
	c.win = append([]atom(nil), s.win[c.base-s.base:]...)
	c.streams = append([]stream(nil), s.streams...)
	for i := range c.streams {
		c.streams[i].talk = c.streams[i].talk.clone()
		c.streams[i].parked = append([]talk(nil), c.streams[i].parked...)
		for k := range c.streams[i].parked {
			c.streams[i].parked[k] = c.streams[i].parked[k].clone()
		}
	}
	c.conns = append([]Conn(nil), s.conns...)
	c.ended = append([]uint32(nil), s.ended...)
	c.byKey = make(map[string]int32, len(s.byKey))
	for k, v := range s.byKey {
		c.byKey[k] = v
	}
	return &c
}

// Retarget goes on in another text that equals this one up to Offset and Prefix. Only for text that came in no container.
func (s *Scanner) Retarget(text []byte) {
	s.text, s.lines.text = text, text
	for i := max(s.head-s.base, 0); i < len(s.win); i++ { // so that the old text can go
		a := &s.win[i]
		a.body, a.tail = a.body.moved(0, text), a.tail.moved(0, text)
	}
}

// Format is the format's id; empty when nothing in the text looks like IMAP.
func (s *Scanner) Format() string {
	if s.best.dialect == nil {
		return ""
	}
	return s.best.dialect.id
}

// Confidence is how sure the format is, 0 to 1.
func (s *Scanner) Confidence() float32 { return min(s.best.score, 1) }

// Guesses are all formats that fit, best first. They are looked for when they are first asked for: to know the best, not all have to be tried.
func (s *Scanner) Guesses() []Guess {
	if s.guesses == nil {
		_, ms := detectAt(s.text, 0, wholeSample, s.opt.Format, true)
		s.guesses = make([]Guess, 0, len(ms))
		for _, m := range ms {
			s.guesses = append(s.guesses, Guess{ID: m.dialect.id, Confidence: min(m.score, 1)})
		}
	}
	return s.guesses
}

// Conns are the connections seen so far.
func (s *Scanner) Conns() []Conn { return s.conns }

// at is atom number i, or nil behind the last one. A line that goes on in later entries comes back whole.
func (s *Scanner) at(i int) *atom {
	for i >= s.base+len(s.win) {
		if !s.fill() {
			return nil
		}
	}
	for n := 0; s.win[i-s.base].open && n < 4096; n++ {
		if !s.fill() {
			break
		}
	}
	return &s.win[i-s.base]
}

// release forgets the atoms before the first one that is still wanted.
func (s *Scanner) release() {
	for s.head-s.base < len(s.win) && s.win[s.head-s.base].used {
		s.head++
	}
	if n := s.head - s.base; n >= 64 && n*2 >= len(s.win) {
		rest := copy(s.win, s.win[n:])
		clear(s.win[rest:])
		s.win = s.win[:rest]
		s.base += n
	}
}

// fill reads one line of the paste into atoms.
func (s *Scanner) fill() bool {
	l := &s.line
	if !s.lines.next(l) {
		for i := range s.streams {
			s.streams[i].open = [3]int{-1, -1, -1}
		}
		return false
	}
	if s.beginsLine(int(l.Start)) {
		s.lineNo++
	}
	no := s.lineNo
	s.lineNo += l.folds
	if s.wrap > 0 {
		s.unfold(l)
	}
	if s.d.bare == bareInfer {
		s.unbreak(l)
	}
	s.steps = min(s.steps+stepsEarn, stepsSpare)
	if l.again || l.fence && s.lines.quoted && !s.lines.fenced {
		a := s.grow()
		a.span, a.line, a.kind, a.body, a.stream, a.fenced = l.Span, no, noiseLine, l.body, s.moreIn, l.fenced
		return true
	}
	line := l.body.b
	var whole seg
	run := 0
	for off, first := 0, true; first || off < len(line); first = false {
		e := &s.entry
		*e = entry{}
		s.r.show(l.eol.b, line[off:], e)
		if e.to == 0 {
			e.to = len(line) - off
			if e.next > 0 {
				e.to = e.next
			}
		}
		end := len(line)
		if e.next > 0 {
			end = min(off+max(e.next, e.to), end)
		}
		whole, run = l.body.part(off, end, run)
		s.place(l, no, whole, e)
		if e.next <= 0 {
			break
		}
		off += e.next
	}
	if l.fence {
		s.lines.quoted = s.win[len(s.win)-1].kind == noiseLine
	}
	return true
}

// beginsLine: a page's <br> ends lines that stand on one line of the paste.
func (s *Scanner) beginsLine(at int) bool { return at == 0 || s.text[at-1] == '\n' }

// grow adds an empty atom to the window. It is good until the next one is added.
func (s *Scanner) grow() *atom {
	n := len(s.win)
	if n == cap(s.win) { // append alone grows large slices by a quarter, which moves each atom five times
		s.win = slices.Grow(s.win, n+16)
	}
	s.win = s.win[:n+1]
	s.win[n] = atom{}
	return &s.win[n]
}

// shrink takes the last atom away again.
func (s *Scanner) shrink() { s.win = s.win[:len(s.win)-1] }

// place turns an entry into atoms. whole is what is left of the line, up to the next entry at least.
func (s *Scanner) place(l *physLine, no uint32, whole seg, e *entry) {
	a := s.grow()
	a.span, a.line, a.kind, a.label, a.fenced, a.time = l.Span, no, e.kind, e.label, l.fenced || e.sign && s.d == bareDialect, e.time
	a.size, a.short, a.unsaid, a.opened, a.closed, a.tail = e.size, e.short || l.short, e.unsaid, e.opened, e.closed, l.eol
	if e.host != nil {
		a.host = string(e.host)
	}
	if a.time.IsZero() && s.lines.outer.collects() {
		a.time = collectedAt(s.text, l)
	}
	switch e.kind {
	case wireLine, moreLine:
		a.stream = s.stream(e.key)
		if e.kind == moreLine && e.key == nil {
			a.stream = s.moreIn
		}
		if e.kind == moreLine && e.label == unmarked {
			a.label = s.moreOf
		}
		s.moreOf, s.moreIn = a.label, a.stream
		a.kind = wireLine
		payload := s.payload(whole, e)
		if e.next > 0 {
			a.tail = seg{} // the line's end is not this entry's
		}
		s.split(a, payload, e)
	case otherLine:
		a.body = whole
		if e.next > 0 {
			a.body, a.tail, a.explicit = whole.sub(0, e.next), seg{}, true
		}
		a.stream = s.moreIn
		if s.d.bare == bareMore && len(s.streams) > 0 && (l.fenced || !s.lines.quoted) {
			a.kind, a.label, a.unsaid = wireLine, s.moreOf, true
		}
		a.lead = len(a.body.b) - len(trimBlanks(a.body.b))
		if s.d.bare == bareServer && !isBlank(a.body.b) {
			a.label = byServer
		}
		if l.fence {
			a.kind = noiseLine
		}
	default:
		a.stream = s.moreIn
		if e.key != nil {
			a.stream = s.stream(e.key)
		}
		if e.kind == gapLine && e.label != unmarked && len(s.streams) > 0 { // what comes behind doesn't go on in the line before
			st := &s.streams[a.stream]
			st.open[e.label] = s.closed(st.open[e.label])
		}
	}
}

// payload is the bytes that an entry shows, unescaped.
func (s *Scanner) payload(whole seg, e *entry) seg {
	if e.data != nil {
		p := seg{b: e.data, runs: make([]Run, 0, len(e.runs)+1)}
		if e.runs == nil {
			span, _ := whole.sub(e.from, e.to).bounds()
			p.runs = append(p.runs, Run{0, uint32(len(e.data)), span.Start, span.End - span.Start})
			return p
		}
		for _, r := range e.runs {
			span, _ := whole.sub(int(r.Src), int(r.Src+r.SrcLen)).bounds()
			r.Src, r.SrcLen = span.Start, span.End-span.Start
			p.runs = append(p.runs, r)
		}
		return p
	}
	return unescape(whole.sub(e.from, e.to), e.esc)
}

// split makes one atom of each protocol line in a payload, a being the first.
func (s *Scanner) split(a *atom, p seg, e *entry) {
	st := &s.streams[a.stream]
	if e.kind == wireLine && !s.d.chunked {
		st.open[a.label] = s.closed(st.open[a.label])
	}
	nl := bytes.IndexByte(p.b, '\n')
	if n := len(p.b); nl < 0 && !e.cut && (n == 0 || p.b[n-1] != '\r') { // most are one line
		a.body = p
		if s.resume(st, a) {
			s.shrink()
		}
		return
	}
	whole := *a
	s.shrink()
	for at, run := 0, 0; ; nl = bytes.IndexByte(p.b[at:], '\n') {
		piece := whole
		switch {
		case nl >= 0:
			end := at + nl
			eol := end
			if nl > 0 && p.b[eol-1] == '\r' {
				eol--
			}
			piece.body, run = p.part(at, eol, run)
			piece.tail, run = p.part(eol, end+1, run)
			piece.explicit = true
			at = end + 1
		case at > 0 && at == len(p.b):
			return
		case e.cut:
			piece.body, _ = p.part(at, len(p.b), run)
			piece.tail, piece.explicit, piece.open = seg{}, true, true
			at = len(p.b)
		default:
			piece.body, _ = p.part(at, len(p.b), run)
			at = len(p.b)
			if n := len(piece.body.b); n > 0 && piece.body.b[n-1] == '\r' { // the line's own CR, shown in front of the log's line end
				piece.tail = piece.body.from(n - 1)
				piece.body = piece.body.sub(0, n-1)
				if len(whole.tail.b) > 0 {
					piece.tail = join(piece.tail, whole.tail.from(len(whole.tail.b)-1))
				} else {
					m := mapper{}
					m.add(piece.tail)
					m.restore("\n")
					piece.tail = m.seg()
				}
			}
		}
		if !s.resume(st, &piece) {
			if piece.open {
				st.open[whole.label] = s.base + len(s.win)
			}
			*s.grow() = piece
		}
		if at == len(p.b) {
			return
		}
	}
}

// closed ends an unfinished line whose rest didn't come.
func (s *Scanner) closed(at int) int {
	if at >= s.base && at < s.base+len(s.win) {
		s.win[at-s.base].open = false
	}
	return -1
}

// resume appends a piece to the unfinished line of its side, if there is one.
func (s *Scanner) resume(st *stream, piece *atom) bool {
	at := st.open[piece.label]
	if at < s.base || at >= s.base+len(s.win) || s.win[at-s.base].used {
		st.open[piece.label] = -1
		return false
	}
	a := &s.win[at-s.base]
	a.body = join(a.body, piece.body)
	a.tail, a.explicit, a.open = piece.tail, piece.explicit, piece.open
	if n := len(a.body.b); len(a.tail.b) == 1 && n > 0 && a.body.b[n-1] == '\r' { // a read ended between CR and LF
		a.tail = join(a.body.from(n-1), a.tail)
		a.body = a.body.sub(0, n-1)
	}
	a.span.End = piece.span.End
	if !a.open {
		st.open[piece.label] = -1
	}
	return true
}

// join is two segs in one.
func join(a, b seg) seg {
	if len(a.b) == 0 {
		return b
	}
	if len(b.b) == 0 {
		return a
	}
	if a.runs == nil && b.runs == nil && a.src+uint32(len(a.b)) == b.src && cap(a.b) >= len(a.b) {
		// Both alias the paste and touch there; only mapper makes segs with runs.
		m := mapper{}
		m.add(a)
		m.add(b)
		return m.seg()
	}
	m := mapper{b: a.b, runs: a.runs}
	if a.runs == nil {
		m = mapper{}
		m.add(a)
	} else {
		m.b = a.b[:len(a.b):cap(a.b)]
	}
	m.add(b)
	return m.seg()
}

// stream finds the stream of a key.
func (s *Scanner) stream(key []byte) int32 {
	if i := int(s.moreIn); i < len(s.streams) && s.streams[i].key == string(key) { // most lines are of the same one
		return s.moreIn
	}
	if i, ok := s.byKey[string(key)]; ok {
		return i
	}
	if len(s.streams) == maxStreams {
		return maxStreams - 1
	}
	i := int32(len(s.streams))
	k := string(key)
	s.byKey[k] = i
	s.streams = append(s.streams, stream{key: k, open: [3]int{-1, -1, -1}, talk: talk{conn: noConn}})
	return i
}

const noConn = ^uint32(0)

// conn is the connection that a stream is at, a new one if it has none.
func (s *Scanner) conn(i int32, host string) uint32 {
	if len(s.streams) == 0 {
		s.stream(nil)
	}
	st := &s.streams[i]
	if st.conn == noConn {
		st.conn = uint32(len(s.conns))
		s.conns = append(s.conns, Conn{ID: st.conn, Key: st.key, Host: host})
	}
	if c := &s.conns[st.conn]; c.Host == "" {
		c.Host = host
	}
	return st.conn
}
