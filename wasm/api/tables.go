package api

import (
	"math"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/wire"
)

// Octets of a row of the messages' columns, and of all that stands beside the rows of a table.
const (
	messageRow = 7 + 15*4 + 8
	tableHead  = 64 * 8
)

// Tables is all messages, diagnostics, secrets and literals as columns. The order is that of EngineDocument.tables in document.ts.
func (d *Document) Tables() []byte {
	t := count(d.Messages)
	c := &Columns{}
	c.reserve(messageRow*len(d.Messages) + (6*4+1)*t.diagnostics + 4*4*t.secrets + (8*4+2*8+1)*t.literals + 8*t.ranges + 4*tableHead)
	pool := newStrings()
	d.messageColumns(c, pool)
	d.diagnosticColumns(c, pool, t.diagnostics)
	d.secretColumns(c, pool, t.secrets)
	d.literalColumns(c, pool, t.literals)
	d.rangeColumns(c, t.ranges)
	c.Strings(pool)
	return c.b
}

// totals is how much all messages have.
type totals struct{ diagnostics, secrets, literals, ranges int }

func count(all []annotate.Message) (t totals) {
	var spans [][2]int
	for i := range all {
		m := &all[i]
		t.diagnostics += len(m.Diagnostics)
		t.secrets += len(m.Secrets)
		t.literals += len(m.Literals)
		spans = m.Spans(spans[:0])
		t.ranges += len(spans)
	}
	return t
}

// messageColumns goes over the messages once and fills all columns side by side: a message is too large to be fetched for each.
func (d *Document) messageColumns(c *Columns, pool *Strings) {
	all := d.Messages
	n := len(all)
	c.Count(n)
	start, end, line, lastLine, conn := c.column32(n), c.column32(n), c.column32(n), c.column32(n), c.column32(n)
	side, sure, kind, status, state, severity, failed := c.column8(n), c.column8(n), c.column8(n), c.column8(n), c.column8(n), c.column8(n), c.column8(n)
	name, tag, mailbox, answers, answeredBy := c.column32(n), c.column32(n), c.column32(n), c.column32(n), c.column32(n)
	time, latency, octets := c.column64(n), c.column32(n), c.column32(n)
	diagnostics, secrets, literals, ranges := c.column32(n+1), c.column32(n+1), c.column32(n+1), c.column32(n+1)
	unknown, unknown32 := math.NaN(), math.Float32bits(float32(math.NaN()))
	lastName, lastMailbox := "", "" // they mostly equal the ones before
	nameID, mailboxID := uint32(0), uint32(0)
	var at totals
	var spans [][2]int
	for i := range all {
		m := &all[i]
		from, to, breaks := d.positions.Stretch(m.Start, m.End)
		start[i], end[i], line[i], lastLine[i], conn[i] = from, to, m.Line, m.Line+breaks, m.Conn
		side[i], sure[i], kind[i], status[i], state[i] = uint8(m.Side), truth(m.SideSure), uint8(m.Kind), uint8(m.Status), uint8(m.State)
		severity[i], failed[i] = uint8(worst(m)), truth(m.Err != nil)
		if m.Name != lastName {
			lastName, nameID = m.Name, pool.number(m.Name)
		}
		if m.Mailbox != lastMailbox {
			lastMailbox, mailboxID = m.Mailbox, pool.number(m.Mailbox)
		}
		name[i], mailbox[i] = nameID, mailboxID
		if m.Tag.End > m.Tag.Start {
			tag[i] = pool.numberOf(m.Tag.Of(m.Wire))
		} else {
			tag[i] = 0
		}
		answers[i], answeredBy[i] = m.Answers, m.AnsweredBy
		time[i], latency[i] = unknown, unknown32
		if !m.Time.IsZero() {
			time[i] = float64(m.Time.UnixMicro()) / 1000
		}
		if m.Latency != 0 {
			latency[i] = math.Float32bits(float32(m.Latency.Microseconds()) / 1000)
		}
		octets[i] = uint32(len(m.Wire))
		diagnostics[i], secrets[i], literals[i], ranges[i] = uint32(at.diagnostics), uint32(at.secrets), uint32(at.literals), uint32(at.ranges)
		spans = m.Spans(spans[:0])
		at = totals{at.diagnostics + len(m.Diagnostics), at.secrets + len(m.Secrets), at.literals + len(m.Literals), at.ranges + len(spans)}
	}
	diagnostics[n], secrets[n], literals[n], ranges[n] = uint32(at.diagnostics), uint32(at.secrets), uint32(at.literals), uint32(at.ranges)
}

func (d *Document) diagnosticColumns(c *Columns, pool *Strings, n int) {
	c.Count(n)
	message, start, end, severity := c.column32(n), c.column32(n), c.column32(n), c.column8(n)
	id, title, producer := c.column32(n), c.column32(n), c.column32(n)
	titles := make(map[string]uint32) // of findings without arguments, by id: thousands may be alike
	k := 0
	for i := range d.Messages {
		for j := range d.Messages[i].Diagnostics {
			f := &d.Messages[i].Diagnostics[j]
			message[k], start[k], end[k], severity[k] = f.Message, d.positions.Editor(f.Start), d.positions.Editor(f.End), uint8(f.Severity)
			id[k], producer[k] = pool.number(f.ID), pool.number(f.Producer)
			known := false
			if title[k], known = titles[f.ID]; !known || len(f.Args) > 0 {
				title[k] = pool.number(annotate.WordsOf(d.words, &f.Finding).Title)
			}
			if len(f.Args) == 0 {
				titles[f.ID] = title[k]
			}
			k++
		}
	}
}

func (d *Document) secretColumns(c *Columns, pool *Strings, n int) {
	c.Count(n)
	message, start, end, kind := c.column32(n), c.column32(n), c.column32(n), c.column32(n)
	k := 0
	for i := range d.Messages {
		m := &d.Messages[i]
		for j := range m.Secrets {
			s := &m.Secrets[j]
			start[k], end[k] = d.place(m, s.Span)
			message[k], kind[k] = m.ID, pool.number(s.Kind.String())
			k++
		}
	}
}

func (d *Document) literalColumns(c *Columns, pool *Strings, n int) {
	c.Count(n)
	message, start, end, headStart, headEnd := c.column32(n), c.column32(n), c.column32(n), c.column32(n), c.column32(n)
	wireStart, wireEnd := c.column32(n), c.column32(n)
	announced, found, state, reason := c.column64(n), c.column64(n), c.column8(n), c.column32(n)
	lastReason, reasonID := "", uint32(0) // it mostly equals the one before
	k := 0
	for i := range d.Messages {
		m := &d.Messages[i]
		for j := range m.Literals {
			l := &m.Literals[j]
			message[k] = m.ID
			headStart[k], headEnd[k] = d.place(m, l.Head)
			start[k], end[k] = d.place(m, l.Octets)
			wireStart[k], wireEnd[k] = l.Octets.Start, l.Octets.End
			announced[k], found[k], state[k] = float64(l.Announced), float64(l.Found), uint8(l.State)
			if l.Reason != lastReason {
				lastReason, reasonID = l.Reason, pool.number(annotate.RepairWords(d.words, l.Reason))
			}
			reason[k] = reasonID
			k++
		}
	}
}

func (d *Document) rangeColumns(c *Columns, n int) {
	c.Count(n)
	all := c.column32(2 * n)
	var spans [][2]int
	k := 0
	for i := range d.Messages {
		spans = d.Messages[i].Spans(spans[:0])
		for _, s := range spans {
			all[k], all[k+1] = d.positions.Editor(s[0]), d.positions.Editor(s[1])
			k += 2
		}
	}
}

// place is where octets of a message stand in the editor.
func (d *Document) place(m *annotate.Message, s wire.Span) (start, end uint32) {
	from, to := m.Place(s)
	return d.positions.Editor(from), d.positions.Editor(to)
}

func worst(m *annotate.Message) (s diagnose.Severity) {
	for i := range m.Diagnostics {
		s = max(s, m.Diagnostics[i].Severity)
	}
	return s
}

func truth(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}
