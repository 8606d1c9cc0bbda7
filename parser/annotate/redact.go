package annotate

import (
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Redact makes the safe copy of src that its Document would make, message by message while it is read.
func Redact(src []byte, o Options, r redact.Options) redact.Result {
	a := Begin(src, o)
	return redact.Copy(a.doc.Text, func(yield func(*redact.Part) bool) {
		var p redact.Part
		for m := range a.Messages() {
			if !yield(a.doc.part(m, &p)) {
				return
			}
		}
	}, r)
}

// Redact makes a safe copy of the text.
func (d *Document) Redact(o redact.Options) redact.Result {
	return d.RedactRange(0, len(d.Messages), o)
}

// RedactRange makes a safe copy of messages [from, to) with the lines that they stand on.
func (d *Document) RedactRange(from, to int, o redact.Options) redact.Result {
	text := d.Text
	if from > 0 || to < len(d.Messages) {
		return d.cut(from, to).Redact(o)
	}
	return redact.Copy(text, func(yield func(*redact.Part) bool) {
		var p redact.Part
		for i := range d.Messages {
			if !yield(d.part(&d.Messages[i], &p)) {
				return
			}
		}
	}, o)
}

// part makes p what m is to redaction.
func (d *Document) part(m *Message, p *redact.Part) *redact.Part {
	p.Message, p.Secrets = m.transcript(), m.Secrets
	p.Value, _, _ = d.Parse(m)
	return p
}

// transcript is m as the transcript gave it.
func (m *Message) transcript() transcript.Message {
	return transcript.Message{
		Conn: m.Conn, Kind: m.source, Mode: m.mode, Side: m.Side, SideSure: m.SideSure, Why: m.SideWhy,
		Span: wire.Span{Start: uint32(m.Start), End: uint32(m.End)}, Line: m.Line,
		Wire: m.Wire, Runs: m.Runs, Literals: m.Literals, Time: m.Time,
	}
}

// cut is messages [from, to) as a Document of their own.
func (d *Document) cut(from, to int) *Document {
	if from >= to {
		return Annotate(nil, d.options)
	}
	start, end := d.Messages[from].Start, d.Messages[from].End
	for i := from; i < to; i++ {
		end = max(end, d.Messages[i].End)
	}
	o := d.options
	o.Format = d.Format // a part may look different
	return Annotate(d.Text[start:end], o)
}
