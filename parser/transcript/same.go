package transcript

import (
	"bytes"
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

// Move is how far what follows an edit stands from where it stood before.
type Move struct {
	Octets, Lines int
	literals      literalStats // that were read more before it
}

// Same reports whether s, which reads an edited text, will go on as o did, which read the text as it was: all that is left is the same, only by octets and
// lines further on. later are scanners of the same run as o, at places behind it in ascending order; o's text is the old one.
func (s *Scanner) Same(o *Scanner, later []*Scanner, octets, lines int) (Move, bool) {
	move := Move{octets, lines, s.literals.minus(o.literals)}
	same := s.d == o.d && s.swap == o.swap && s.elides == o.elides && s.muddled == o.muddled && s.wrap == o.wrap && s.foreign == o.foreign && s.woven == o.woven &&
		s.starless == o.starless && s.sparse == o.sparse && s.moreOf == o.moreOf && s.moreIn == o.moreIn && s.steps == o.steps && s.misses == o.misses &&
		s.looks == o.looks && s.turns == o.turns && s.patience == o.patience && s.Ahead() == o.Ahead() && s.lineNo == o.lineNo+uint32(lines) &&
		s.wireEnd == o.wireEnd+uint32(octets) && max(s.lookFrom, s.lines.at) == max(o.lookFrom, o.lines.at)+octets && s.lines.same(&o.lines, octets) &&
		s.recent.same(&o.recent, octets, lines) && slices.Equal(s.conns, o.conns) && slices.EqualFunc(s.streams, o.streams, func(a, b stream) bool { return s.sameStream(o, &a, &b) })
	for i := range s.crlf {
		same = same && s.crlf[i].kept() == o.crlf[i].kept()
	}
	if !same || !sameReader(s.r.reader, o.r.reader) {
		return move, false
	}
	// What stands before may be looked at again.
	back := min(int(s.wireEnd), s.First(), int(s.lines.last.Start))
	if s.recent.n > 0 {
		back = min(back, int(s.recent.start[0]))
	}
	if back < octets || !bytes.Equal(s.text[back:s.First()], o.text[back-octets:o.First()]) {
		return move, false
	}
	for i := range s.Ahead() {
		if !s.win[s.head-s.base+i].same(&o.win[o.head-o.base+i], octets, lines) {
			return move, false
		}
	}
	from := o.literals
	for _, l := range later {
		if !from.agrees(l.literals, move.literals) {
			return move, false
		}
		from = l.literals
	}
	return move, true
}

// First is the first octet that the scanner's coming messages can hold.
func (s *Scanner) First() int {
	if s.Ahead() > 0 {
		return int(s.win[s.head-s.base].span.Start)
	}
	return s.lines.at
}

// Move makes s a scanner of the text that like reads, at the place to which its own place moved.
func (s *Scanner) Move(by Move, like *Scanner) {
	s.best, s.guesses, s.problem = like.best, like.guesses, like.problem
	s.prefix = max(s.prefix+by.Octets, like.prefix)
	s.lookFrom += by.Octets
	s.began += by.Octets
	s.wireEnd += uint32(by.Octets)
	s.lineNo += uint32(by.Lines)
	s.lines.at += by.Octets
	s.lines.last = moved(s.lines.last, by.Octets)
	s.literals = s.literals.plus(by.literals)
	for i := range s.recent.n {
		s.recent.start[i] += uint32(by.Octets)
		s.recent.line[i] += uint32(by.Lines)
	}
	s.text, s.lines.text = like.text, like.text
	for i := max(s.head-s.base, 0); i < len(s.win); i++ { // the others are used up
		a := &s.win[i]
		a.span = moved(a.span, by.Octets)
		a.line += uint32(by.Lines)
		a.body, a.tail = a.body.moved(by.Octets, like.text), a.tail.moved(by.Octets, like.text)
	}
}

func moved(s wire.Span, octets int) wire.Span {
	return wire.Span{Start: s.Start + uint32(octets), End: s.End + uint32(octets)}
}

// moved is s where it stands now. Its map may be shared.
func (s seg) moved(octets int, text []byte) seg {
	s.src += uint32(octets)
	if s.runs == nil {
		if n := uint32(len(s.b)); n > 0 {
			s.b = text[s.src : s.src+n : s.src+n]
		}
		return s
	}
	s.runs = append([]Run{}, s.runs...)
	MoveRuns(s.runs, octets)
	return s
}

// MoveRuns makes runs point at where their text stands now.
func MoveRuns(runs []Run, octets int) {
	for i := range runs {
		runs[i] = runs[i].moved(octets)
	}
}

func (r Run) moved(octets int) Run {
	if r.Src > 0 || r.SrcLen > 0 { // else it was restored, and stands nowhere
		r.Src += uint32(octets)
	}
	return r
}

func (r *lineReader) same(o *lineReader, octets int) bool {
	return r.at == o.at+octets && r.fold == o.fold && r.fenced == o.fenced && r.quoted == o.quoted && r.again == o.again && r.last == moved(o.last, octets) && r.outer.same(&o.outer)
}

func (w *wrapper) same(o *wrapper) bool {
	a, b := *w, *o
	a.logger, b.logger = nil, nil
	a.inner, b.inner = nil, nil
	return a == b && (w.logger == o.logger || w.logger != nil && o.logger != nil && w.logger.same(o.logger)) &&
		(w.inner == o.inner || w.inner != nil && o.inner != nil && w.inner.same(o.inner))
}

func (r *recentLines) same(o *recentLines, octets, lines int) bool {
	for i := range r.n {
		if i < o.n && (r.start[i] != o.start[i]+uint32(octets) || r.line[i] != o.line[i]+uint32(lines)) {
			return false
		}
	}
	return r.n == o.n
}

func (a *atom) same(b *atom, octets, lines int) bool {
	return a.span == moved(b.span, octets) && a.line == b.line+uint32(lines) && a.kind == b.kind && a.label == b.label && a.stream == b.stream && a.lead == b.lead &&
		a.explicit == b.explicit && a.open == b.open && a.fenced == b.fenced && a.used == b.used && a.short == b.short && a.unsaid == b.unsaid && a.opened == b.opened && a.closed == b.closed && a.size == b.size &&
		a.host == b.host && a.time.Equal(b.time) && a.body.same(b.body, octets) && a.tail.same(b.tail, octets)
}

func (s seg) same(o seg, octets int) bool {
	if (s.runs == nil) != (o.runs == nil) || len(s.runs) != len(o.runs) || !bytes.Equal(s.b, o.b) || s.runs == nil && s.src != o.src+uint32(octets) && len(s.b) > 0 {
		return false
	}
	for i, r := range o.runs {
		if s.runs[i] != r.moved(octets) {
			return false
		}
	}
	return true
}

func (s *Scanner) sameStream(o *Scanner, a, b *stream) bool {
	for l := range a.open { // atoms that are used up can't be gone on with
		i, j := max(a.open[l]-s.head, -1), max(b.open[l]-o.head, -1)
		if i != j {
			return false
		}
	}
	return a.key == b.key && a.broken == b.broken && a.talk.same(&b.talk) && slices.EqualFunc(a.parked, b.parked, func(x, y talk) bool { return x.same(&y) })
}

func (t *talk) same(o *talk) bool {
	return t.conn == o.conn && t.last == o.last && t.began == o.began && t.commands == o.commands && t.answered == o.answered && t.prompted == o.prompted && t.greeted == o.greeted &&
		t.named == o.named && t.over == o.over && t.waits == o.waits && t.tag == o.tag && t.pending.Equal(&o.pending) &&
		slices.EqualFunc(t.asked, o.asked, func(a, b asked) bool { return a.tag == b.tag && a.word == b.word && slices.Equal(a.got, b.got) })
}

func (p *prefixShape) same(o *prefixShape) bool {
	return p.shape == o.shape && p.label() == o.label() && p.quote == o.quote && p.isQuoted() == o.isQuoted() && p.showsEOL() == o.showsEOL() && p.keyWord == o.keyWord &&
		p.inner == o.inner && p.escaped == o.escaped && slices.Equal(p.fixed, o.fixed)
}

func samePrefixes(a, b []prefixShape) bool {
	return slices.EqualFunc(a, b, func(x, y prefixShape) bool { return x.same(&y) })
}

// sameReader reports whether two readers of one dialect are in the same state. Where that can't be told they aren't.
func sameReader(a, b reader) bool {
	switch a := a.(type) {
	case *labelledReader:
		b, ok := b.(*labelledReader)
		return ok && (a == b || a.mixed == b.mixed && a.placed == b.placed && samePrefixes(a.prefixes, b.prefixes) && samePrefixes(a.chatter, b.chatter))
	case *bareReader:
		return sameValue(a, b)
	case *mailkitReader:
		return sameValue(a, b)
	case *netIMAPSimpleReader:
		return sameValue(a, b)
	case *snappymailReader:
		return sameValue(a, b)
	case *evolutionReader:
		return sameValue(a, b)
	case *courierReader:
		return sameValue(a, b)
	case *captureReader:
		return sameValue(a, b)
	case *mozlogReader:
		b, ok := b.(*mozlogReader)
		return ok && a.cut == b.cut && a.label == b.label && bytes.Equal(a.key, b.key)
	case *muttReader:
		b, ok := b.(*muttReader)
		return ok && a.label == b.label && bytes.Equal(a.key, b.key)
	case *imaplibReader:
		return sameValue(a, b)
	case imaplib2Reader, greenmailReader, imapclientReader, aioimaplibReader, curlReader, fetchmailReader, gearyReader, hordeReader, k9Reader, clawsReader,
		interimapReader, roundcubeReader, emailjsReader, prefixedReader, marksReader, statementsReader: // without state
		return true
	}
	return false
}

func sameValue[T comparable](a *T, b reader) bool {
	o, ok := any(b).(*T)
	return ok && *a == *o
}

func (s literalStats) minus(o literalStats) literalStats {
	return literalStats{s.crlf - o.crlf, s.plain - o.plain, s.present - o.present, s.elided - o.elided}
}

func (s literalStats) plus(o literalStats) literalStats {
	return literalStats{s.crlf + o.crlf, s.plain + o.plain, s.present + o.present, s.elided + o.elided}
}

// agrees reports whether every decision that counts from s to until have led to is the same with more added to them. The counts only grow.
func (s literalStats) agrees(until, more literalStats) bool {
	if more == (literalStats{}) {
		return true
	}
	a, b := s.plus(more), until.plus(more)
	return sameThroughout(s.alwaysLost(until), a.alwaysLost(b)) && sameThroughout(s.alwaysHidden(until), a.alwaysHidden(b)) &&
		(s.elided > 0) == (until.elided > 0) && (a.elided > 0) == (b.elided > 0) && (s.elided > 0) == (a.elided > 0)
}

// An answer about a stretch of a log: throughout, nowhere, or sometimes.
type throughout int8

const (
	nowhere throughout = iota
	always
	sometimes
)

func sameThroughout(a, b throughout) bool { return a == b && a != sometimes }

// alwaysLost is lost for all counts from s to until.
func (s literalStats) alwaysLost(until literalStats) throughout {
	switch {
	case (literalStats{crlf: s.crlf, plain: until.plain}).lost():
		return always
	case !(literalStats{crlf: until.crlf, plain: s.plain}).lost():
		return nowhere
	}
	return sometimes
}

// alwaysHidden is hidden for all counts from s to until.
func (s literalStats) alwaysHidden(until literalStats) throughout {
	switch {
	case (literalStats{elided: s.elided, present: until.present}).hidden():
		return always
	case !(literalStats{elided: until.elided, present: s.present}).hidden():
		return nowhere
	}
	return sometimes
}
