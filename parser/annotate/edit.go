package annotate

import (
	"slices"

	"github.com/imapwire/imapwire/parser/transcript"
)

// markEvery is how many messages lie between two checkpoints at least. As a checkpoint has a pointer for every connection and all lines that
// the scanner looked ahead at, there are fewer of them when these are many.
const markEvery = 256

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

// Change is what an edit did: messages [From, To) stand where [From, OldTo) stood before.
type Change struct {
	From, To, OldTo int
	Octets          int // of text annotated anew
}

// Edit replaces octets [start, end) of the text and annotates from the last checkpoint before them on. What comes out equals a fresh
// annotation of the new text with the same options. A document made from a container becomes one of plain text.
func (d *Document) Edit(start, end int, text []byte) Change {
	a := d.annotator
	start = min(max(start, 0), len(d.Text))
	end = min(max(end, start), len(d.Text))
	changed := slices.Concat(d.Text[:start], text, d.Text[end:])

	old := len(d.Messages)
	fresh := open(changed, d.options) // detection looks at the text as a whole; what it finds must not change
	same := d.Container == transcript.Text && fresh.Container() == transcript.Text && slices.Equal(fresh.Guesses(), d.Guesses) && fresh.Prefix() == a.scan.Prefix()
	i := len(a.marks)
	for i--; i >= 0; i-- {
		if c := &a.marks[i]; same && c.n > 0 && c.scan.Offset() <= start && c.scan.Prefix() <= start {
			break
		}
	}
	if i < 0 {
		*a = Annotator{scan: fresh, doc: d, parser: a.parser}
		d.Messages = d.Messages[:0]
	} else {
		c := a.marks[i]
		a.marks = a.marks[:i+1]
		a.scan, a.lines, a.owned = c.scan.Clone(), slices.Clone(c.lines), make([]bool, len(c.lines))
		a.nextMark = c.n + markEvery + len(a.lines) + a.scan.Ahead()
		a.scan.Retarget(changed)
		for j := range a.marks {
			a.marks[j].scan.Retarget(changed)
		}
		a.finished = false
		d.forget(c.n)
	}
	d.source = changed
	from := len(d.Messages)
	before := a.scan.Offset()
	for !a.Step(1 << 30) {
	}
	return Change{From: from, To: len(d.Messages), OldTo: old, Octets: len(changed) - before}
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
