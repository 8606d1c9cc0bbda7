package annotate

import (
	"bytes"
	"slices"

	"github.com/imapwire/imapwire/parser/diagnose"
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
		for k < len(old.marks) && old.marks[k].n < len(d.Messages) {
			k++
		}
		if k < len(old.marks) && old.marks[k].n == len(d.Messages) && a.resume(old, k) {
			a.describe()
			n := old.marks[k].n
			return Change{From: old.from, To: n, OldTo: n, Octets: old.reached - before}
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
	late              []Diagnostic // of messages before the checkpoint, made known behind it
	answered          [][2]uint32  // commands before the checkpoint that were answered behind it
	octets, lineCount int          // how far the rest moves
	reached           int          // how far the text was annotated anew
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
				p.late = append(p.late, f)
			}
		}
	}
	return p
}

// resume takes over all that comes behind checkpoint k of an earlier run, if everything is now what it was there.
func (a *Annotator) resume(p *past, k int) bool {
	c := &p.marks[k]
	later := make([]*transcript.Scanner, 0, len(p.marks)-k)
	for _, m := range p.marks[k+1:] {
		later = append(later, m.scan)
	}
	move, same := a.scan.Same(c.scan, append(later, p.scan), p.octets, p.lineCount)
	if !same || !slices.EqualFunc(a.lines, c.lines, func(x, y *line) bool { return x.same(y, p.octets) }) {
		return false
	}
	d := a.doc
	p.reached = a.scan.Offset()
	a.mark()
	for _, m := range p.marks[k+1:] {
		m.scan.Move(move, a.scan)
		a.takeOver(m.lines, c.lines, p.octets)
		a.marks = append(a.marks, m)
	}
	p.scan.Move(move, a.scan)
	a.takeOver(p.lines, c.lines, p.octets)
	a.scan, a.lines, a.owned, a.finished = p.scan, p.lines, make([]bool, len(p.lines)), true
	a.heard, a.isHeard = nil, make([]bool, len(p.lines))

	n := c.n - p.from
	for i := range p.messages[n:] {
		p.messages[n+i].move(d.annotator.scan.Text(), p.octets, p.lineCount)
	}
	d.Messages = append(d.Messages, p.messages[n:]...)
	// What was made known behind the checkpoint about messages before it.
	for i := range p.messages[:n] {
		m := &p.messages[i]
		if m.AnsweredBy != None {
			p.answered = append(p.answered, [2]uint32{m.ID, m.AnsweredBy})
		}
		p.late = append(p.late, m.Diagnostics...)
	}
	for _, x := range p.answered {
		if int(x[1]) >= c.n {
			d.Messages[x[0]].AnsweredBy = x[1]
		}
	}
	for _, f := range p.late {
		if int(f.cause) >= c.n {
			a.file([]diagnose.Finding{f.plain}, f.cause)
		}
	}
	a.attribute(d.Messages[:c.n])
	return true
}

// takeOver makes lines of an earlier run those of the edited text: what hasn't changed since the checkpoint with the lines before is what it is now.
func (a *Annotator) takeOver(lines, before []*line, octets int) {
	for i, l := range lines {
		switch {
		case l == nil:
		case i < len(before) && l == before[i]:
			lines[i] = a.lines[i]
		case l.moved != a.doc.edits:
			l.moved = a.doc.edits
			l.doctor.Move(octets)
		}
	}
}

// same reports whether two lines will go on alike.
func (l *line) same(o *line, octets int) bool {
	if l == o {
		return true
	}
	return l != nil && o != nil && *l.finder == *o.finder && l.tracker.Same(&o.tracker) && l.doctor.Same(o.doctor, octets)
}

// move makes m the same message octets and lines further on in text.
func (m *Message) move(text []byte, octets, lines int) {
	m.Start += octets
	m.End += octets
	m.Line += uint32(lines)
	transcript.MoveRuns(m.Runs, octets)
	m.alias(text)
	for i := range m.Diagnostics {
		m.Diagnostics[i].Start += octets
		m.Diagnostics[i].End += octets
	}
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
