package annotate

import (
	"bytes"
	"errors"
	"slices"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Annotator makes a Document step by step, for callers that draw, answer or give up in between. The Document may be asked everything at
// any time; what it doesn't know yet (who answers a command, who talks on a connection) comes with later steps.
type Annotator struct {
	doc      *Document
	scan     *transcript.Scanner
	parser   parser.Parser
	lines    []*line // by connection; what line gives may be changed, others may belong to checkpoints
	owned    []bool  // by connection: no checkpoint has this line
	marks    []checkpoint
	nextMark int                 // number of messages at which the next is due
	first    uint32              // id of doc.Messages[0]: not 0 when a stream dropped what it has yielded
	head     int                 // doc.Messages[:head] have been yielded by a stream
	stream   bool                // keep no checkpoints
	survey   *Survey             // notes what comes too late for the stream, or knows it; may be nil
	whys     map[string][]string // lists of reasons that connections which a stream has let go of have
	heard    []uint32            // connections with messages that describe has not seen
	isHeard  []bool              // by connection: it is in heard
	listed   int                 // connections that describe has seen
	findings []diagnose.Finding  // scratch
	event    session.Event       // scratch
	kase     diagnose.Case       // scratch
	in       transcript.Message  // scratch
	finished bool
	sampled  int // octets that detection read before the first message
}

// line is what is known of one connection while it is read.
type line struct {
	tracker session.Tracker
	doctor  *diagnose.Doctor
	finder  *redact.Finder
	moved   int // the edit that moved it last
}

// Begin opens src and detects its format; no message is read before the first Step. src must not change while the Document is used.
func Begin(src []byte, o Options) *Annotator {
	a := &Annotator{scan: open(src, o), doc: &Document{options: o, source: src}}
	a.doc.annotator, a.sampled = a, a.scan.Prefix()
	a.parser.Quirks = parser.Lenient
	a.describe()
	return a
}

func open(src []byte, o Options) *transcript.Scanner {
	return transcript.Open(src, transcript.Options{Format: o.Format, Swap: o.Swap, Limit: o.Limit})
}

// Annotate annotates all of src. src must not change while the Document is used.
func Annotate(src []byte, o Options) *Document {
	a := Begin(src, o)
	for !a.Step(1 << 30) {
	}
	return a.doc
}

// Document is what is annotated so far.
func (a *Annotator) Document() *Document { return a.doc }

// Progress tells how many octets of the text have been read, and how many there are.
func (a *Annotator) Progress() (done, total int) {
	if a.finished {
		return len(a.doc.Text), len(a.doc.Text)
	}
	return a.scan.Offset(), len(a.doc.Text)
}

// Step annotates on until about budget octets of the text have been read, and reports whether all is done.
func (a *Annotator) Step(budget int) (finished bool) {
	for until := a.scan.Offset() + max(budget, 1); !a.finished; {
		if !a.next() {
			a.finish()
			break
		}
		if a.scan.Offset() >= until {
			break
		}
	}
	a.describe()
	return a.finished
}

// next reads one message and reports whether there was one.
func (a *Annotator) next() bool {
	if !a.stream && len(a.doc.Messages) >= a.nextMark {
		a.mark()
	}
	if !a.scan.Next(&a.in) {
		return false
	}
	a.add(&a.in)
	return true
}

// add annotates one message of the transcript.
func (a *Annotator) add(in *transcript.Message) {
	l := a.line(in.Conn)
	if !a.isHeard[in.Conn] {
		a.isHeard[in.Conn] = true
		a.heard = append(a.heard, in.Conn)
	}
	a.grow()
	n := len(a.doc.Messages)
	id := a.first + uint32(n)
	a.doc.Messages = a.doc.Messages[:n+1] // what is behind the end is zero
	m := &a.doc.Messages[n]
	m.ID, m.Conn, m.Side, m.SideSure, m.Line, m.Time, m.source, m.mode = id, in.Conn, in.Side, in.SideSure, in.Line, in.Time, in.Kind, in.Mode
	m.Start, m.End = int(in.Span.Start), int(in.Span.End)
	m.Wire, m.Runs, m.Literals, m.SideWhy = in.Wire, in.Runs, in.Literals, in.Why
	m.Answers, m.AnsweredBy, m.Kind = None, None, kindOf(in)
	event := &a.event
	*event = session.Event{Side: in.Side, ID: id, Span: in.Span, Time: in.Time}
	effect := session.Effect{Before: l.tracker.State(), After: l.tracker.State()}
	a.parser.Notes = a.parser.Notes[:0]
	if in.Kind == transcript.Wire {
		m.wire = l.tracker.Wire()
		event.Message, event.Err = readMessage(&a.parser, m)
		event.Syncs = syncs(m)
		effect = l.tracker.Feed(event)
		a.describeMessage(m, event, effect)
		if event.Err != nil {
			m.Err, _ = errors.AsType[*parser.Error](event.Err)
		}
		if effect.Paired {
			a.pair(m, event, effect)
		}
	}
	m.State, m.Mailbox = l.tracker.State(), l.tracker.Mailbox()
	m.Secrets = l.finder.Find(m.Secrets, in, event)
	a.kase = diagnose.Case{Message: in, Event: event, Effect: effect, Tracker: &l.tracker, Notes: a.parser.Notes, Host: a.host(in.Conn)}
	a.findings = l.doctor.Feed(&a.kase, a.findings[:0])
	if m.Err != nil && !slices.ContainsFunc(a.findings, func(f diagnose.Finding) bool { return f.ID == m.Err.Code.ID() }) {
		m.Err = nil // what whoever pasted it left out is no fault of the message
	}
	a.file(a.findings, id)
}

// grow makes room for as many messages as the text has by what was read of it so far, between one and a half and sixteen times as many as there are.
func (a *Annotator) grow() {
	n := len(a.doc.Messages)
	if n < cap(a.doc.Messages) {
		return
	}
	more := n + 16
	if done := a.scan.Offset(); !a.stream && done > 0 {
		more = int(float64(n)*float64(len(a.scan.Text())-done)/float64(done)*1.06) + 16
	}
	a.doc.Messages = slices.Grow(a.doc.Messages, min(max(more, n/2+16), 15*n+64))
}

// pair enters that m answers a command, and on the command that it is answered if m completes it.
func (a *Annotator) pair(m *Message, e *session.Event, effect session.Effect) {
	m.Answers = effect.Answers
	if e.Response == nil || e.Response.Kind != imap.Tagged {
		return
	}
	m.Latency = effect.Latency
	if effect.Answers >= m.ID {
		return
	}
	if at := int(effect.Answers) - int(a.first); at >= a.head {
		a.doc.Messages[at].AnsweredBy = m.ID
	} else {
		a.survey.answer(effect.Answers, m.ID)
	}
}

// file puts findings where they belong. cause is the message that made them known: an edit before it takes them back.
func (a *Annotator) file(findings []diagnose.Finding, cause uint32) {
	for i := range findings {
		f := &findings[i]
		at := int(f.Message) - int(a.first)
		if max(at, a.head) >= len(a.doc.Messages) {
			continue
		}
		if at >= a.head {
			a.doc.Messages[at].file(*f, cause)
		} else if !a.survey.find(f) { // a stream that has let go of the message tells it with the oldest that it still has
			a.doc.Messages[a.head].file(*f, cause)
		}
	}
}

// file puts a finding among those of the message, in order of place.
func (m *Message) file(f diagnose.Finding, cause uint32) {
	d := Diagnostic{Finding: f, cause: cause, plain: f}
	if d.Start, d.End = m.Place(f.Span); f.Message != m.ID {
		d.Start, d.End = m.Start, m.Start
	}
	i := len(m.Diagnostics)
	for i > 0 && m.Diagnostics[i-1].Start > d.Start {
		i--
	}
	m.Diagnostics = slices.Insert(m.Diagnostics, i, d)
}

// finish ends every connection.
func (a *Annotator) finish() {
	a.finished = true
	named := false
	for conn, l := range a.lines {
		if l != nil {
			a.end(conn)
			named = named || l.doctor.Server() != "" || l.doctor.Client() != ""
		}
	}
	if named {
		a.attribute(a.doc.Messages[a.head:])
	}
}

// end tells what is found when a connection ends.
func (a *Annotator) end(conn int) {
	a.findings = a.lines[conn].doctor.Finish(&a.lines[conn].tracker, a.findings[:0])
	a.file(a.findings, None)
	a.survey.meet(conn, a.lines[conn].doctor)
}

// attribute names the products that are known now in findings that were made before.
func (a *Annotator) attribute(messages []Message) {
	for i := range messages {
		m := &messages[i]
		l := a.lines[m.Conn]
		if l == nil { // a stream has let go of it, and attributed before
			continue
		}
		for j := range m.Diagnostics {
			if f := &m.Diagnostics[j].Finding; f.Message == m.ID { // else it may be of another connection
				l.doctor.Attribute(f)
			}
		}
	}
}

// describe brings what is known of the whole text up to date.
func (a *Annotator) describe() {
	d := a.doc
	d.Text, d.Container, d.Format = a.scan.Text(), a.scan.Container(), a.scan.Format()
	d.Problem, d.Detail = a.scan.Problem()
	conns := a.scan.Conns()
	for _, conn := range a.heard {
		a.isHeard[conn] = false
		if l := a.lines[conn]; l != nil && int(conn) < a.listed {
			d.Connections[conn] = l.describe()
		}
	}
	a.heard = a.heard[:0]
	a.list(len(conns))
	for i, c := range conns {
		d.Connections[i].Conn = c
	}
}

// list makes the Document's list of connections n long at least.
func (a *Annotator) list(n int) {
	d := a.doc
	d.Connections = d.Connections[:a.listed]
	for ; a.listed < n; a.listed++ {
		c := Connection{}
		if a.listed < len(a.lines) && a.lines[a.listed] != nil {
			c = a.lines[a.listed].describe()
		}
		d.Connections = append(d.Connections, c)
	}
}

// describe is what is known of the connection.
func (l *line) describe() Connection {
	return Connection{Server: l.doctor.Server(), Client: l.doctor.Client(), Why: l.doctor.Why(), Caps: l.tracker.CapHistory()}
}

// host is the server of a connection, as the log names it.
func (a *Annotator) host(conn uint32) string {
	if conns := a.scan.Conns(); int(conn) < len(conns) {
		return conns[conn].Host
	}
	return ""
}

// line is the connection with number conn, to be changed; the first mention of it begins it.
func (a *Annotator) line(conn uint32) *line {
	for len(a.lines) <= int(conn) {
		a.lines, a.owned, a.isHeard = append(a.lines, nil), append(a.owned, false), append(a.isHeard, false)
	}
	switch l := a.lines[conn]; {
	case l == nil:
		fresh := new(struct { // in one piece of memory: logs of many short connections have as many of these
			line
			doctor diagnose.Doctor
			finder redact.Finder
		})
		fresh.line.doctor, fresh.line.finder = &fresh.doctor, &fresh.finder
		a.lines[conn] = &fresh.line
	case !a.owned[conn]:
		a.lines[conn] = &line{tracker: l.tracker, doctor: l.doctor.Clone(), finder: l.finder.Clone()}
	}
	a.owned[conn] = true
	return a.lines[conn]
}

// readMessage reads m's wire bytes with what the session and the transcript know about them.
func readMessage(p *parser.Parser, m *Message) (imap.Message, error) {
	p.Notes = p.Notes[:0]
	if m.Kind == Noise || m.Kind == Opaque || m.Kind == Literal || m.Side == 0 {
		return imap.Message{}, nil
	}
	p.UTF8, p.UIDOnly = m.wire.UTF8, m.wire.UIDOnly
	p.Repairs = p.Repairs[:0]
	for _, l := range m.Literals {
		if found := uint64(l.Octets.Len()); found != l.Announced {
			p.Repairs = append(p.Repairs, wire.LiteralRepair{At: l.Head.Start, Size: uint32(found)})
		}
	}
	msg, err := p.Message(m.Wire, m.Side, m.mode)
	if err != nil && endsUnseen(m, err) {
		err = nil
	}
	return msg, err
}

// endsUnseen reports whether a message only breaks off where its log left out a literal and all that came behind it.
func endsUnseen(m *Message, err error) bool {
	if len(m.Literals) == 0 || !errors.Is(err, parser.ErrTruncated) {
		return false
	}
	l := &m.Literals[len(m.Literals)-1]
	return l.State == transcript.Elided && l.Reason != "refused" && len(bytes.Trim(m.Wire[l.Octets.End:], "\r\n")) == 0
}

// syncs counts the literals of a client's message that make it wait for "+": {n} without the "+" of RFC 7888.
func syncs(m *Message) uint8 {
	if m.Side != wire.Client {
		return 0
	}
	n := 0
	for _, l := range m.Literals {
		if head := l.Head.Of(m.Wire); len(head) > 2 && !slices.Contains(head, '+') {
			n++
		}
	}
	return uint8(min(n, 255))
}
