package jsondoc

import (
	"io"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// Version of the form. It changes only if a field changes its meaning, which it never should.
const Version = 1

// messagesPerPart bounds what Append holds at a time.
const messagesPerPart = 256

// Encoder writes one Document in parts, so that none of them is large.
type Encoder struct {
	Doc   *annotate.Document
	Words *explain.Table // language of summaries, titles and fixes; nil: none
	Brief bool           // leave out nodes, which are nine tenths of it

	w    Writer
	tree syntax.Tree
	ends []uint32
	part int
}

// Write writes all of d to w.
func Write(w io.Writer, d *annotate.Document, words *explain.Table) error {
	e := Encoder{Doc: d, Words: words}
	return e.Rest(w)
}

// Stream writes what Write writes of a Document of src, in bounded memory but for the text of findings and secrets, which stands at its end: it reads src
// twice. It returns the worst severity that it met.
func Stream(w io.Writer, src []byte, o annotate.Options, words *explain.Table) (worst diagnose.Severity, err error) {
	s := annotate.Look(src, o)
	e := Encoder{Doc: s.Document(), Words: words}
	found, hidden := Encoder{Doc: e.Doc, Words: words}, Encoder{}
	e.head()
	for m := range s.Messages() {
		e.w.Buf = append(e.w.Buf, '\n')
		e.message(m)
		found.diagnostics(m)
		hidden.secrets(m)
		for i := range m.Diagnostics {
			worst = max(worst, m.Diagnostics[i].Severity)
		}
		if len(e.w.Buf) >= 1<<16 {
			if _, err := w.Write(e.w.Buf); err != nil {
				return worst, err
			}
			e.w.Buf = e.w.Buf[:0]
		}
	}
	e.w.Close(']').Key("diagnostics").Open('[')
	e.w.Buf = append(e.w.Buf, found.w.Buf...)
	e.w.Close(']').Key("secrets").Open('[')
	e.w.Buf = append(e.w.Buf, hidden.w.Buf...)
	e.w.Close(']').Close('}')
	_, err = w.Write(append(e.w.Buf, '\n'))
	return worst, err
}

// Rest writes all parts that are left to w.
func (e *Encoder) Rest(w io.Writer) error {
	for {
		b := e.Next()
		if b == nil {
			return nil
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
}

// Next is the next part of the JSON text, or nil after the last. It is valid until the next call.
func (e *Encoder) Next() []byte {
	messages := (len(e.Doc.Messages) + messagesPerPart - 1) / messagesPerPart
	e.w.Buf = e.w.Buf[:0]
	switch part := e.part; {
	case part == 0:
		e.head()
	case part <= messages:
		from := (part - 1) * messagesPerPart
		for i := from; i < min(from+messagesPerPart, len(e.Doc.Messages)); i++ {
			e.w.Buf = append(e.w.Buf, '\n')
			e.message(&e.Doc.Messages[i])
		}
	case part == messages+1:
		e.tail()
	default:
		return nil
	}
	e.part++
	return e.w.Buf
}

func (e *Encoder) head() {
	d, w := e.Doc, &e.w
	w.Open('{').Key("version").Int(Version)
	w.Key("source").Open('{').Key("container").String(d.Container.String()).Key("bytes").Int(len(d.Text))
	if d.Generated() {
		w.Key("text").String(string(d.Text))
	}
	w.Close('}')
	w.Key("format").Open('{').Key("id").String(d.Format).Key("confidence").Ratio(d.Confidence())
	w.Key("guesses").Open('[')
	for _, g := range d.Guesses() {
		w.Open('{').Key("id").String(g.ID).Key("confidence").Ratio(g.Confidence).Close('}')
	}
	w.Close(']').Close('}')
	if d.Problem != "" {
		w.Key("problem").Open('{').Key("id").String(d.Problem).Key("detail").String(d.Detail).Close('}')
	}
	w.Key("connections").Open('[')
	for i := range d.Connections {
		c := &d.Connections[i]
		w.Open('{').Key("id").Uint(uint64(c.ID)).Key("host").String(c.Host)
		w.Key("server").String(c.Server).Key("client").String(c.Client).Key("why").Strings(c.Why).Close('}')
	}
	w.Close(']').Key("messages").Open('[')
}

func (e *Encoder) message(m *annotate.Message) {
	w := &e.w
	w.Open('{').Key("id").Uint(uint64(m.ID)).Key("connection").Uint(uint64(m.Conn)).Key("side").String(SideName(m.Side))
	w.Key("sideSure").Bool(m.SideSure).Key("sideWhy").Open('[')
	for _, y := range m.SideWhy {
		w.String(y.String())
	}
	w.Close(']').Key("start").Int(m.Start).Key("end").Int(m.End).Key("line").Uint(uint64(m.Line))
	if !m.Whole() {
		w.Key("spans").Open('[')
		for _, s := range m.Spans(nil) {
			w.Open('[').Int(s[0]).Int(s[1]).Close(']')
		}
		w.Close(']')
	}
	w.Key("wire").Latin1(m.Wire).Key("kind").String(m.Kind.String())
	if m.Name != "" {
		w.Key("name").String(m.Name)
	}
	if m.Tag.Len() > 0 {
		w.Key("tag").String(string(m.Tag.Of(m.Wire)))
	}
	if m.Answers != annotate.None {
		w.Key("answers").Uint(uint64(m.Answers))
	}
	if m.AnsweredBy != annotate.None {
		w.Key("answeredBy").Uint(uint64(m.AnsweredBy))
	}
	w.Key("state").String(m.State.String())
	if m.Mailbox != "" {
		w.Key("mailbox").String(m.Mailbox)
	}
	if !m.Time.IsZero() {
		w.Key("time").Time(m.Time)
	}
	if m.Latency > 0 {
		w.Key("latencyMs").Decimal(int64(m.Latency), 6)
	}
	if e.Words != nil {
		w.Key("summary").String(string(e.Doc.AppendSummary(nil, m, e.Words)))
	}
	if !e.Brief {
		e.nodes(m)
	}
	e.literals(m)
	if m.Err != nil {
		start, end := m.Place(m.Err.Span)
		w.Key("error").Open('{').Key("code").String(m.Err.Code.ID()).Key("start").Int(start).Key("end").Int(end)
		w.Key("rule").String(m.Err.Rule.String()).Key("expect").Open('[')
		for x := range m.Err.Expected {
			w.String(x)
		}
		w.Close(']').Close('}')
	}
	w.Close('}')
}

func (e *Encoder) nodes(m *annotate.Message) {
	tree := e.Doc.Tree(m, &e.tree)
	if len(tree.Nodes) == 0 {
		return
	}
	w := &e.w
	w.Key("nodes").Open('[')
	e.ends = e.ends[:0] // where the subtrees end that the next node may lie in
	for i, n := range tree.Nodes {
		for len(e.ends) > 0 && e.ends[len(e.ends)-1] <= uint32(i) {
			e.ends = e.ends[:len(e.ends)-1]
		}
		start, end := m.Place(n.Span)
		w.Open('{').Key("kind").String(n.Kind.String()).Key("start").Int(start).Key("end").Int(end).Key("depth").Int(len(e.ends))
		flags := n.Flags
		if m.Secret(n.Span) {
			flags |= syntax.FlagSecret
		}
		if flags != 0 {
			w.Key("flags").Strings(FlagNames(flags))
		}
		w.Close('}')
		e.ends = append(e.ends, n.Next)
	}
	w.Close(']')
}

func (e *Encoder) literals(m *annotate.Message) {
	if len(m.Literals) == 0 {
		return
	}
	w := &e.w
	w.Key("literals").Open('[')
	for i := range m.Literals {
		l := &m.Literals[i]
		start, _ := m.Place(l.Octets)
		w.Open('{').Key("start").Int(start).Key("announced").Uint(l.Announced).Key("found").Uint(l.Found).Key("state").String(l.State.String())
		if l.Reason != "" {
			w.Key("reason").String(annotate.RepairWords(e.Words, l.Reason))
		}
		w.Close('}')
	}
	w.Close(']')
}

func (e *Encoder) tail() {
	w := &e.w
	w.Close(']').Key("diagnostics").Open('[')
	for i := range e.Doc.Messages {
		e.diagnostics(&e.Doc.Messages[i])
	}
	w.Close(']').Key("secrets").Open('[')
	for i := range e.Doc.Messages {
		e.secrets(&e.Doc.Messages[i])
	}
	w.Close(']').Close('}')
	w.Buf = append(w.Buf, '\n')
}

func (e *Encoder) diagnostics(m *annotate.Message) {
	for i := range m.Diagnostics {
		e.w.Buf = append(e.w.Buf, '\n')
		e.diagnostic(&m.Diagnostics[i])
	}
}

func (e *Encoder) secrets(m *annotate.Message) {
	for _, s := range m.Secrets {
		start, end := m.Place(s.Span)
		e.w.Open('{').Key("start").Int(start).Key("end").Int(end).Key("kind").String(s.Kind.String()).Close('}')
	}
}

func (e *Encoder) diagnostic(f *annotate.Diagnostic) {
	w, words := &e.w, annotate.WordsOf(e.Words, &f.Finding)
	w.Open('{').Key("id").String(f.ID).Key("severity").String(SeverityName(f.Severity)).Key("message").Uint(uint64(f.Message))
	w.Key("start").Int(f.Start).Key("end").Int(f.End).Key("related").Open('[')
	for _, r := range f.Related {
		w.Uint(uint64(r))
	}
	w.Close(']').Key("title").String(words.Title).Key("body").String(words.Body)
	w.Key("fix").Open('{').Key("client").String(words.Client).Key("server").String(words.Server).Close('}')
	w.Key("rfc").String(words.RFC).Key("section").String(words.Section)
	if f.Producer != "" {
		w.Key("producer").String(f.Producer)
	}
	w.Key("confidence").Ratio(f.Confidence).Close('}')
}

// SideName is a side in the form's words.
func SideName(s wire.Side) string {
	switch s {
	case wire.Client:
		return "client"
	case wire.Server:
		return "server"
	}
	return "none"
}

// SeverityName is a severity in the form's words.
func SeverityName(s diagnose.Severity) string {
	return [...]string{"none", "hint", "warning", "quirk", "error"}[min(s, diagnose.Error)]
}

// FlagNames are a node's flags in the form's words.
func FlagNames(f syntax.Flags) []string {
	var names []string
	for i, name := range [...]string{"error", "missing", "quirk", "secret"} {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}
