package annotate

import (
	"bytes"
	"slices"
	"sort"

	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
)

// markEvery is how many messages lie between two checkpoints at least. As a checkpoint has a pointer for every connection and all lines that
// the scanner looked ahead at, there are fewer of them when these are many.
var markEvery = 256

// checkpoint is what the chain knew before message n: enough to go on from there. Its lines are never changed again.
type checkpoint struct {
	n     int
	scan  *transcript.Scanner
	lines []*line
}

// mark keeps a checkpoint before the next message.
func (a *Annotator) mark() {
	n := len(a.doc.Messages)
	a.marks = append(a.marks, checkpoint{n: n, scan: a.scan.Clone(), lines: slices.Clone(a.lines)})
	clear(a.owned)
	a.nextMark = n + markEvery + len(a.lines) + a.scan.Ahead()
}

// Change is what an edit did: messages [From, To) stand where [From, OldTo) stood before; those behind have only moved.
type Change struct {
	From, To, OldTo int
	Octets          int // of text annotated anew
}

// Edit replaces octets [start, end) of the text and annotates from the last checkpoint before them on, until all that is known is what it was at a
// checkpoint behind them: from there on the messages stay what they are. What comes out equals a fresh annotation of the new text with the same options.
// A document made from a container becomes one of plain text.
func (d *Document) Edit(start, end int, text []byte) Change {
	a := d.annotator
	start = min(max(start, 0), len(d.Text))
	end = min(max(end, start), len(d.Text))
	changed := slices.Concat(d.Text[:start], text, d.Text[end:])
	fresh := open(changed, d.options) // detection looks at the text as a whole; what it finds must not change
	plain := d.Container == transcript.Text && fresh.Container() == transcript.Text
	i := -1
	if plain && fresh.Format() == d.Format && fresh.Confidence() == d.Confidence() && fresh.Prefix() == a.sampled {
		for i = len(a.marks) - 1; i >= 0; i-- {
			if c := &a.marks[i]; c.n > 0 && c.scan.Offset() <= start && c.scan.Prefix() <= start {
				break
			}
		}
	}
	old := d.past(i+1, plain && a.finished, len(text)-(end-start), bytes.Count(text, newline)-bytes.Count(d.Text[start:end], newline))
	from := sort.Search(len(d.Messages), func(i int) bool { return d.Messages[i].End > start })
	to := sort.Search(len(d.Messages), func(i int) bool { return d.Messages[i].Start >= end })
	old.numbers = session.Renumber{From: uint32(max(from, old.from)), To: uint32(max(from, to, old.from))}
	if i < 0 {
		*a = Annotator{scan: fresh, sampled: fresh.Prefix(), doc: d, parser: a.parser}
	} else {
		c := a.marks[i]
		a.marks = a.marks[:i+1]
		a.scan, a.lines, a.owned = c.scan.Clone(), slices.Clone(c.lines), make([]bool, len(c.lines))
		a.heard, a.isHeard, a.listed = nil, make([]bool, len(c.lines)), 0
		a.nextMark = c.n + markEvery + len(a.lines) + a.scan.Ahead()
		a.scan.Retarget(changed)
		for j := range a.marks {
			a.marks[j].scan.Retarget(changed)
		}
		a.finished = false
	}
	d.forget(old.from)
	for i := range d.Messages {
		d.Messages[i].alias(changed)
	}
	d.source = changed
	d.edits++
	before := a.scan.Offset()
	k := 0
	for k < len(old.marks) && old.marks[k].scan.First() < end {
		k++
	}
	for !a.finished {
		for k < len(old.marks) && old.marks[k].scan.First()+old.octets < a.scan.First() {
			k++
		}
		if n := len(d.Messages); k < len(old.marks) && old.marks[k].scan.First()+old.octets == a.scan.First() && a.resume(old, k) {
			a.describe()
			return Change{From: old.from, To: n, OldTo: old.marks[k].n, Octets: old.reached - before}
		}
		if !a.next() {
			a.finish()
		}
	}
	a.describe()
	return Change{From: old.from, To: len(d.Messages), OldTo: old.from + len(old.messages), Octets: len(changed) - before}
}

var newline = []byte{'\n'}

// past is what was known of the text behind a checkpoint before an edit.
type past struct {
	from              int          // messages before the checkpoint
	marks             []checkpoint // behind it; none if nothing can be taken over
	messages          []Message
	scan              *transcript.Scanner // at the end
	lines             []*line
	late              []late      // of messages before the checkpoint, made known behind it
	answered          [][2]uint32 // commands before the checkpoint that were answered behind it
	octets, lineCount int         // how far the rest moves
	numbers           session.Renumber
	reached           int // how far the text was annotated anew
}

// late is a finding of a connection that was made known behind the message that it stands at.
type late struct {
	Diagnostic
	conn uint32
}

// past takes what is behind the first marks checkpoints out of the document. usable tells whether any of it can come back.
func (d *Document) past(marks int, usable bool, octets, lines int) *past {
	a := d.annotator
	p := &past{octets: octets, lineCount: lines}
	if marks > 0 {
		p.from = a.marks[marks-1].n
	}
	p.messages = slices.Clone(d.Messages[p.from:])
	if !usable {
		return p
	}
	p.marks, p.scan, p.lines = slices.Clone(a.marks[marks:]), a.scan, a.lines
	for i := range d.Messages[:p.from] {
		m := &d.Messages[i]
		if m.AnsweredBy != None && int(m.AnsweredBy) >= p.from {
			p.answered = append(p.answered, [2]uint32{m.ID, m.AnsweredBy})
		}
		for _, f := range m.Diagnostics {
			if int(f.cause) >= p.from {
				p.late = append(p.late, late{f, m.Conn})
			}
		}
	}
	return p
}

// resume takes over all that comes behind checkpoint k of an earlier run, if everything is now what it was there.
func (a *Annotator) resume(p *past, k int) bool {
	c, d := &p.marks[k], a.doc
	r := p.numbers
	r.By = len(d.Messages) - c.n
	if int(r.To)+r.By < int(r.From) || len(a.lines) != len(c.lines) {
		return false
	}
	later := make([]*transcript.Scanner, 0, len(p.marks)-k)
	for _, m := range p.marks[k+1:] {
		later = append(later, m.scan)
	}
	move, same := a.scan.Same(c.scan, append(later, p.scan), p.octets, p.lineCount)
	if !same {
		return false
	}
	var ended []int // connections that have changed, and of which no message comes any more
	for i, l := range a.lines {
		switch {
		case l.same(c.lines[i], p.octets, r):
		case l == nil || c.lines[i] == nil || p.lines[i] != c.lines[i]:
			return false
		default:
			ended = append(ended, i)
		}
	}
	p.numbers, p.reached = r, a.scan.Offset()
	a.mark()
	now := slices.Clone(a.lines)
	for _, m := range p.marks[k+1:] {
		m.scan.Move(move, a.scan)
		m.n += r.By
		a.takeOver(p, m.lines, c.lines, now)
		a.marks = append(a.marks, m)
	}
	p.scan.Move(move, a.scan)
	a.takeOver(p, p.lines, c.lines, now)
	a.scan, a.lines, a.owned, a.finished = p.scan, p.lines, make([]bool, len(p.lines)), true
	a.heard, a.isHeard = nil, make([]bool, len(p.lines))

	n := c.n - p.from
	for i := range p.messages[n:] {
		p.messages[n+i].move(a.scan.Text(), p)
	}
	d.Messages = append(d.Messages, p.messages[n:]...)
	// What was made known behind the checkpoint about messages before it.
	for i := range p.messages[:n] {
		m := &p.messages[i]
		if m.AnsweredBy != None {
			p.answered = append(p.answered, [2]uint32{m.ID, m.AnsweredBy})
		}
		for _, f := range m.Diagnostics {
			p.late = append(p.late, late{f, m.Conn})
		}
	}
	for _, x := range p.answered {
		if int(x[1]) >= c.n {
			if id, ok := r.Of(x[0]); ok {
				d.Messages[id].AnsweredBy, _ = r.Of(x[1])
			}
		}
	}
	for i := range p.late {
		if f := &p.late[i]; int(f.cause) >= c.n && (f.cause != None || !slices.Contains(ended, int(f.conn))) {
			f.renumber(r)
			a.file([]diagnose.Finding{f.plain}, f.cause)
		}
	}
	for _, conn := range ended {
		a.end(conn)
	}
	a.attribute(d.Messages[:len(d.Messages)-len(p.messages[n:])])
	return true
}

// takeOver makes lines of an earlier run those of the edited text: what hasn't changed since the checkpoint with the lines before is what it is now.
func (a *Annotator) takeOver(p *past, lines, before, now []*line) {
	for i, l := range lines {
		switch {
		case l == nil:
		case i < len(before) && l == before[i]:
			lines[i] = now[i]
		case l.moved != a.doc.edits:
			l.moved = a.doc.edits
			l.doctor.Move(p.octets, p.numbers)
			trips := 0
			if i < len(before) && before[i] != nil {
				trips = now[i].tracker.Trips() - before[i].tracker.Trips()
			}
			l.tracker.Move(p.numbers, trips)
		}
	}
}

// same reports whether two lines will go on alike.
func (l *line) same(o *line, octets int, r session.Renumber) bool {
	if l == o { // from before the edit
		return true
	}
	return l != nil && o != nil && *l.finder == *o.finder && l.tracker.Same(&o.tracker, r) && l.doctor.Same(o.doctor, octets, r)
}

// move makes m the same message where it stands in the edited text.
func (m *Message) move(text []byte, p *past) {
	m.Start += p.octets
	m.End += p.octets
	m.Line += uint32(p.lineCount)
	transcript.MoveRuns(m.Runs, p.octets)
	m.alias(text)
	m.ID, _ = p.numbers.Of(m.ID)
	m.Answers, m.AnsweredBy = renumber(m.Answers, p.numbers), renumber(m.AnsweredBy, p.numbers)
	for i := range m.Diagnostics {
		f := &m.Diagnostics[i]
		f.Start += p.octets
		f.End += p.octets
		f.renumber(p.numbers)
	}
}

// renumber gives the messages that a diagnostic names their new numbers.
func (f *Diagnostic) renumber(r session.Renumber) {
	if r.By == 0 {
		return
	}
	f.cause, f.plain.Message = renumber(f.cause, r), renumber(f.plain.Message, r)
	f.Message = f.plain.Message
	related := slices.Clone(f.plain.Related)
	for i := range related {
		related[i] = renumber(related[i], r)
	}
	f.Related, f.plain.Related = related, related
}

// renumber is the number that a message has now; None stays.
func renumber(id uint32, r session.Renumber) uint32 {
	if now, ok := r.Of(id); ok && id != None {
		return now
	}
	return None
}

// alias makes m's wire bytes those that stand in text, if they are one stretch of it: so that an earlier text can go.
func (m *Message) alias(text []byte) {
	from, n := m.Start, len(m.Wire)
	switch {
	case m.Runs == nil:
	case len(m.Runs) == 1 && int(m.Runs[0].SrcLen) == n && int(m.Runs[0].WireLen) == n:
		from = int(m.Runs[0].Src)
	default:
		return
	}
	m.Wire = text[from : from+n : from+n]
}

// forget takes messages from n on back, and what they made known about earlier ones.
func (d *Document) forget(n int) {
	clear(d.Messages[n:])
	d.Messages = d.Messages[:n]
	for i := range d.Messages {
		m := &d.Messages[i]
		if m.AnsweredBy != None && int(m.AnsweredBy) >= n {
			m.AnsweredBy = None
		}
		m.Diagnostics = slices.DeleteFunc(m.Diagnostics, func(f Diagnostic) bool { return f.cause == None || int(f.cause) >= n })
		for j := range m.Diagnostics {
			m.Diagnostics[j].Finding = m.Diagnostics[j].plain
		}
	}
}
