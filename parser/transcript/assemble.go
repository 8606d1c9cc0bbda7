package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// Next reads the next message in the order of the paste into m; false at the end. The message's slices are the caller's; its Wire may alias the text.
// Messages come in the order of their first bytes: one that has lines of others in between comes before them.
func (s *Scanner) Next(m *Message) bool {
	*m = Message{}
	var noise *Message // what was read into m so far, if it is noise
	for {
		s.release()
		a := s.at(s.head)
		if a == nil {
			return noise != nil
		}
		if a.kind == infoLine || a.kind == opaqueLine {
			if noise == nil {
				s.info(a, m)
			}
			return true
		}
		side, why, sure := s.sideOf(s.head)
		if side != 0 {
			if noise != nil {
				return true
			}
			s.message(s.head, side, sure, m)
			m.Why = oneWhy[why]
			if s.opt.Swap {
				m.Why = append(m.Why, ByOption)
			}
			return true
		}
		a = s.at(s.head) // looking ahead may have moved the window
		if back, line := s.strayed(a, noise); line > 0 {
			if noise != nil {
				if noise.Span.Start >= back {
					noise, *m = nil, Message{}
				} else {
					noise.Span.End = back
					noise.Wire = s.text[noise.Span.Start:back:back]
				}
			}
			s.restart(int(back), line)
			continue
		}
		if isBlank(trimEOL(s.text[a.span.Start:a.span.End])) && int(a.stream) < len(s.streams) {
			s.streams[a.stream].broken = true
		}
		a.used = true
		if noise != nil && noise.Span.Start <= a.span.Start && a.span.End <= noise.Span.End { // more of a line that was told already
			continue
		}
		if noise != nil && (noise.Span.End != a.span.Start || a.span.End-noise.Span.Start > noiseMax) {
			a.used = false
			return true
		}
		if noise == nil {
			noise = m
			*noise = Message{Kind: Noise, Span: a.span, Line: a.line, Time: a.time, Conn: s.lastConn(a)}
		}
		noise.Span.End = a.span.End
		noise.Wire = s.text[noise.Span.Start:noise.Span.End:noise.Span.End]
	}
}

// lastConn is the connection that noise stands by.
func (s *Scanner) lastConn(a *atom) uint32 {
	if int(a.stream) < len(s.streams) && s.streams[a.stream].conn != noConn {
		return s.streams[a.stream].conn
	}
	return 0
}

// info is a statement of the log about a connection.
func (s *Scanner) info(a *atom, m *Message) {
	a.used = true
	*m = Message{Kind: Info, Span: a.span, Line: a.line, Time: a.time, Wire: s.text[a.span.Start:a.span.End:a.span.End]}
	if a.kind == opaqueLine {
		m.Kind = Opaque
	}
	if len(s.streams) == 0 {
		s.stream(nil)
	}
	st := &s.streams[a.stream]
	switch {
	case !a.opened:
	case st.began && !st.over && st.pending.Len() > 0: // it may go on, among the lines of the new one
		s.park(st)
	case st.began || st.over:
		s.renew(st)
	case st.conn != noConn && a.host != "": // the one before came to nothing that is IMAP: another port was tried
		s.conns[st.conn].Host = a.host
	}
	m.Conn = s.conn(a.stream, a.host)
	if a.closed {
		st.over = true
	}
}

// missesMax is how many lines with IMAP in them a dialect may fail to see in a row before the rest of the paste is looked at anew:
// a paste may hold several logs.
const missesMax = 3

// How often a paste is looked at anew: in vain, and with another dialect found.
const (
	looksMax = 40
	turnsMax = 100
)

// strayed notes a line that the dialect made nothing of. When enough of them hold IMAP and another dialect reads them, it says where that one has to
// begin: at the lines before that were held back as noise, because the first lines of a log need not look like IMAP.
func (s *Scanner) strayed(a *atom, noise *Message) (back, line uint32) {
	if a.kind != otherLine || isBlank(a.body.b) || s.opt.Format != "" {
		return 0, 0
	}
	if noise == nil {
		s.recent.n = 0
	}
	s.recent.push(a)
	if p, _ := payloadAt(a.body.b[:min(len(a.body.b), sampleLineMax)]); p < 0 {
		return 0, 0
	}
	s.misses++
	if s.misses < missesMax || s.looks == looksMax || s.turns == turnsMax {
		return 0, 0
	}
	s.misses = 0
	back, line = s.recent.first()
	if int(back) <= s.began || int(back) < s.lookFrom {
		return 0, 0
	}
	sm := takeSample(s.text, int(back), briefSample)
	s.prefix = max(s.prefix, sm.end)
	if s.another(sm) {
		s.turns++
		return back, line
	}
	s.looks++
	s.patience = min(max(s.patience*2, (sm.end-int(back))/8), patienceMax)
	s.lookFrom = int(back) + s.patience
	return 0, 0
}

// patienceMax bounds how far another log may go on before it is looked for again.
const patienceMax = 128 << 10

// another reports whether a sample is in another dialect than the one in use.
func (s *Scanner) another(sm *sample) bool {
	// A program's own words may quote IMAP, too.
	if !s.d.generic && sm.try(s.d).score >= 0.4 {
		return false
	}
	ms := detect(sm, "")
	return len(ms) > 0 && ms[0].score >= 0.5 && (ms[0].dialect != s.d || s.d.generic && s.d != bareDialect)
}

// recentLines are the last lines that came to nothing.
type recentLines struct {
	start, line [8]uint32
	n           int
}

func (r *recentLines) push(a *atom) {
	if r.n == len(r.start) {
		copy(r.start[:], r.start[1:])
		copy(r.line[:], r.line[1:])
		r.n--
	}
	r.start[r.n], r.line[r.n] = a.span.Start, a.line
	r.n++
}

func (r *recentLines) first() (start, line uint32) { return r.start[0], r.line[0] }

// restart reads the paste anew from a line on, in the dialect that fits there.
func (s *Scanner) restart(at int, line uint32) {
	s.base, s.head = s.base+len(s.win), s.base+len(s.win)
	s.win = s.win[:0]
	for i := range s.streams {
		s.streams[i].open = [3]int{-1, -1, -1}
		if s.streams[i].began { // another log, another connection
			s.renew(&s.streams[i])
		}
	}
	s.recent.n = 0
	s.lineNo = line
	if s.beginsLine(at) {
		s.lineNo--
	}
	s.start(at, "")
}

// sideOf decides who sent the line of atom i as the first of a message; 0: it is no IMAP.
func (s *Scanner) sideOf(i int) (side wire.Side, why Why, sure bool) {
	a := s.at(i)
	switch a.kind {
	case wireLine:
	case otherLine:
		switch {
		case s.d.bare == bareNoise || isBlank(a.body.b):
			return 0, 0, false
		case s.d.bare == bareLiteral && !s.d.generic:
			return 0, 0, false
		case s.d.bare == bareLiteral:
			return s.unlabelled(a)
		case s.d.bare == bareServer:
			v := judge(a.body.b[a.lead:])
			if v.side == wire.Server && v.weight >= doubtful || s.awaited(a, v) {
				return s.flip(wire.Server), ByRule, true
			}
			return 0, 0, false
		}
	default:
		return 0, 0, false
	}
	if a.label != unmarked && !s.muddled {
		return s.labelled(a)
	}
	side, why, sure = s.infer(i)
	return s.flip(side), why, sure
}

// awaited reports whether a line without much evidence is the completion of an outstanding command.
func (s *Scanner) awaited(a *atom, v verdict) bool {
	return v.why == ByCompletion && len(s.streams) > 0 && s.streams[a.stream].has(v.tag)
}

func (s *Scanner) flip(side wire.Side) wire.Side {
	if s.opt.Swap && side != 0 {
		return wire.Client + wire.Server - side
	}
	return side
}

// sideFor is the side that a label means in this paste.
func (s *Scanner) sideFor(l label) wire.Side {
	if s.swap {
		l = l.other()
	}
	switch l {
	case byClient:
		return s.flip(wire.Client)
	case byServer:
		return s.flip(wire.Server)
	}
	return 0
}

// unlabelled is sideOf for a line without a label among labelled ones. An entry of the log may hold several lines, of which only the first is labelled: what
// the server said goes on with the data or the completion that the client waits for.
func (s *Scanner) unlabelled(a *atom) (wire.Side, Why, bool) {
	if len(s.streams) == 0 {
		return 0, 0, false
	}
	st := &s.streams[a.stream]
	if st.last != wire.Server || st.pending.Len() == 0 || len(bytes.TrimSpace(s.text[min(s.wireEnd, a.span.Start):a.span.Start])) > 0 {
		return 0, 0, false
	}
	v := judge(a.body.b)
	if v.why == ByCompletion && st.has(v.tag) || v.why == ByUntagged && v.weight >= certain {
		return s.flip(wire.Server), ByRule, true
	}
	return 0, 0, false
}

// labelled is sideOf for a line that the log labels.
func (s *Scanner) labelled(a *atom) (wire.Side, Why, bool) {
	side := s.sideFor(a.label)
	st := &s.streams[a.stream]
	if isBlank(a.body.b) && !(side == wire.Client && st.mode() == wire.ModeAuth && st.last == wire.Server) {
		if side == wire.Server && st.last == wire.Server { // an entry that begins with a line end: what it holds stands on the lines below
			s.wireEnd = max(s.wireEnd, a.span.End)
		}
		return 0, 0, false
	}
	if !a.unsaid {
		st.broken = false
	} else if (st.broken || s.d.bare == bareMore) && s.isRemark(st, a.body.b) {
		return 0, 0, false
	}
	if !s.d.exact && isStageDirection(a.body.b) {
		return 0, 0, false
	}
	if s.d.chunked && !s.d.exact && !st.began && side == wire.Server && judge(a.body.b).side == 0 && !isDigits(firstWord(a.body.b)) {
		return 0, 0, false // the log begins in the middle of a line
	}
	if s.sparse && s.d.generic { // prose has labels too
		v := judge(trimBlanks(a.body.b))
		if v.weight < doubtful && st.mode() == wire.ModeCommand && !st.has(firstWord(a.body.b)) && !plausibleTag(firstWord(a.body.b)) && !looksBase64(a.body.b) {
			return 0, 0, false
		}
	}
	why := ByLabel
	if s.swap {
		why = ByLabelSwapped
	}
	return side, why, true
}

// isRemark reports whether a line below a message, without a mark of its own, begins no other one: people go on below the logs that they paste, and logs
// print the rest of what they cut.
func (s *Scanner) isRemark(st *stream, line []byte) bool {
	return judge(trimBlanks(line)).weight == 0 && st.mode() == wire.ModeCommand && !isDone(line) && !st.has(firstWord(line))
}

// message reads the message that begins with atom i.
func (s *Scanner) message(i int, side wire.Side, sure bool, m *Message) {
	s.misses, s.recent.n = 0, 0
	a := s.at(i)
	if len(s.streams) == 0 { // the first line of all is one that the dialect doesn't know
		s.stream(nil)
	}
	st := &s.streams[a.stream]
	o := &s.opening
	if o.atom != i+1 { // its side wasn't told by its words
		o.line = s.firstLine(a)
		o.verdict = judge(o.line.b)
	}
	line, v := o.line, &o.verdict
	said := s.flip(side) // who speaks by the words: literals and state go by them even when the caller exchanged the sides
	m.Kind, m.Side, m.SideSure, m.Line, m.Time, m.Span = Wire, side, sure, a.line, a.time, a.span
	m.Faithful, m.Rewritten = s.d.faithful && s.crlf[a.label].kept(), s.d.rewrites.has(said)
	s.route(st, said, v, line.b)
	s.reconnect(st, said, v, line.b)
	m.Conn = s.conn(a.stream, a.host)
	m.Mode = s.mode(st, said, v, line.b)
	if said == wire.Client && m.Mode == wire.ModeCommand {
		if tag := s.lostTag(i, line.b, v); tag != nil {
			line = tagged(tag, line)
			*v = judge(line.b)
			a, st = s.at(i), &s.streams[a.stream] // looking ahead may have moved both
		}
	}

	g := &s.gather
	g.s, g.m, g.side, g.label, g.stream, g.last, g.tag = s, m, said, a.label, a.stream, i, v.tag
	g.w.reset(s.text, &s.kept)
	g.begin(a, line)
	if m.Mode != wire.ModeAuth && m.Mode != wire.ModeIdle && !(said == wire.Server && v.endsInText()) {
		g.literals(line)
	}
	m.Wire, m.Runs = g.w.finish(m.Span)
	g.m = nil // it is the caller's
	s.wireEnd = max(s.wireEnd, m.Span.End)
	s.note(st, said, m, v)
}

// firstLine is the text of a message's first line: without indentation, and without what a person wrote behind it.
func (s *Scanner) firstLine(a *atom) seg {
	line := a.body.from(a.lead)
	if a.label != byClient {
		line = s.mend(line)
	} else {
		line = straighten(line)
	}
	if s.d.generic || !s.d.faithful || !s.crlf[a.label].kept() {
		line = unescapedTwice(line)
	}
	if s.d.generic && !s.crlf[a.label].kept() {
		if n := commentAt(line.b); n > 0 {
			line = line.sub(0, n)
		}
		n := len(trimRight(line.b, " \t"))
		if n == 1 && line.b[0] == '+' && len(line.b) > 1 {
			n = 2 // RFC 9051 §9: continue-req = "+" SP ...
		}
		line = line.sub(0, n)
	} else if s.d.generic {
		if n := commentAt(line.b); n > 0 && !a.explicit {
			line = line.sub(0, n)
		}
	}
	return line
}

// opening is what was made of a line to tell its side, which the message that it begins needs as well.
type opening struct {
	atom    int // its number plus 1; 0: none
	line    seg
	verdict verdict
}

// endsInText: the line ends in human-readable text, in which "{1}" is no literal (RFC 9051 §9: resp-text, continue-req).
func (v *verdict) endsInText() bool {
	if v.why == ByContinuation || v.why == ByCompletion && v.status != 0 {
		return true
	}
	return v.why == ByUntagged && v.status != 0
}

// mode says how the client's line is to be parsed.
func (s *Scanner) mode(st *stream, side wire.Side, v *verdict, line []byte) wire.Mode {
	if side != wire.Client {
		return wire.ModeCommand
	}
	mode := st.pending.Mode()
	switch mode {
	case wire.ModeIdle:
		if isDone(line) {
			return mode
		}
		// The log shows one direction only, or leaves out DONE.
		if v.why == ByCommand {
			st.pending.Abandon()
			return wire.ModeCommand
		}
	case wire.ModeAuth:
		if v.why == ByCommand && v.weight >= doubtful && !looksSASL(line) {
			st.pending.Abandon()
			return wire.ModeCommand
		}
	case wire.ModeCommand:
		switch {
		case isDone(line):
			return wire.ModeIdle
		case !st.commands && looksBase64(line): // a log that begins inside the exchange
			return wire.ModeAuth
		case st.prompted && (isMask(line) || looksBase64(line)): // an exchange whose beginning the log changed
			return wire.ModeAuth
		}
	}
	return mode
}

// note keeps what the message changes for those after it.
func (s *Scanner) note(st *stream, side wire.Side, m *Message, v *verdict) {
	s.keep(st, side, m, v)
	st.began, st.last = true, side
	st.answered = st.answered || side == wire.Server
	st.prompted = v.why == ByContinuation
	st.greeted = st.greeted || !st.commands && isOpeningStatus(side, v) && isGreeting(m.Wire)
	switch {
	case side == wire.Client && m.Mode == wire.ModeIdle:
		st.pending.Done()
	case side == wire.Client && m.Mode == wire.ModeAuth:
	case side == wire.Client:
		tag, rest := cutWord(m.Wire[:min(len(m.Wire), 256)])
		word := trimEOL(firstWord(rest))
		if len(word) > 0 {
			st.pending.Command(tag, word)
			st.commands = true
		}
	case v.why == ByCompletion:
		st.pending.Completed(v.tag)
	case v.status == wire.BYE:
		st.over = true
	}
}

func trimEOL(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r') {
		b = b[:len(b)-1]
	}
	return b
}

// reconnect begins a new connection where the log's key goes on and the session can't: a greeting after commands, anything after the end.
func (s *Scanner) reconnect(st *stream, side wire.Side, v *verdict, line []byte) {
	if !st.began {
		return
	}
	greeting := isOpeningStatus(side, v)
	switch {
	case v.status == wire.PREAUTH && side == wire.Server && st.answered:
		s.renew(st)
	case greeting && st.over:
		s.renew(st)
	case greeting && (st.commands && st.answered || st.greeted && !st.commands) && isGreeting(line):
		s.park(st)
	case st.over && side == wire.Client && v.why == ByCommand && !st.pending.Has(v.tag) && st.pending.Len() == 0:
		s.renew(st)
	}
}

func isOpeningStatus(side wire.Side, v *verdict) bool {
	return side == wire.Server && v.why == ByUntagged && (v.status == wire.OK || v.status == wire.PREAUTH)
}

// isGreeting: "* OK" is also said in the middle of a session; a greeting has capabilities in brackets, or words that only greetings have.
func isGreeting(line []byte) bool {
	rest := line[min(len(line), 5):]
	if len(rest) == 0 || len(rest) > 2000 {
		return len(rest) > 0 && bytes.HasPrefix(rest, []byte("[CAPABILITY"))
	}
	if rest[0] == '[' {
		return bytes.HasPrefix(rest, []byte("[CAPABILITY"))
	}
	return isGreetingText(rest)
}

// isGreetingText: the words that greetings have.
func isGreetingText(rest []byte) bool {
	rest = rest[:min(len(rest), 2000)]
	return (containsFold(rest, "imap") || containsFold(rest, "server") || containsFold(rest, "service") || containsFold(rest, "dovecot")) &&
		(containsFold(rest, "ready") || containsFold(rest, "welcome") || containsFold(rest, "imap4") || containsFold(rest, "hello") || containsFold(rest, "greet"))
}
