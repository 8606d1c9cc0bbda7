package api

import (
	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/wire"
)

// Edit replaces positions [start, end) by text and annotates what that changes.
func (d *Document) Edit(start, end int, text []byte) ([]byte, error) {
	if start < 0 || end < start || end > d.positions.Len() {
		return nil, errRange
	}
	from, to := d.positions.Octet(start), d.positions.Octet(end)
	if start == 0 {
		from = 0 // a dropped byte order mark goes with the first character
	}
	change := d.Document.Edit(from, to, text)
	d.export = nil
	d.measure()
	var w jsondoc.Writer
	w.Open('{').Key("from").Int(change.From).Key("to").Int(change.To).Key("oldTo").Int(change.OldTo).Key("octets").Int(change.Octets)
	return w.Close('}').Buf, nil
}

// What Redact leaves in, as bits that are not set: flags of document.ts.
const (
	outPeople = 1 << iota
	outHosts
	outContent
	outMailboxes
)

// Redact makes a safe copy. extra is pairs of positions, 32 bits each, to take out too.
func (d *Document) Redact(flags, from, to int, extra []byte) ([]byte, error) {
	o := redact.Options{
		People: flags&outPeople == 0, Hosts: flags&outHosts == 0, Content: flags&outContent == 0, Mailboxes: flags&outMailboxes == 0,
	}
	for ; len(extra) >= 8; extra = extra[8:] {
		start, end := int(read32(extra)), int(read32(extra[4:]))
		if end < start || end > d.positions.Len() {
			return nil, errRange
		}
		o.Extra = append(o.Extra, wire.Span{Start: uint32(d.positions.Octet(start)), End: uint32(d.positions.Octet(end))})
	}
	from, to = between(from, to, len(d.Messages))
	r := d.Document.RedactRange(from, to, o)
	positions := NewPositions(r.Text, true)
	var w jsondoc.Writer
	w.Open('{').Key("text").String(string(r.Text)).Key("replaced").Open('[')
	for _, x := range r.Replaced {
		w.Open('{').Key("kind").String(x.Kind.String()).Key("count").Int(x.Count).Key("before").String(x.Before).Key("after").String(x.After).Close('}')
	}
	w.Close(']').Key("suspects").Open('[')
	for _, x := range r.Suspects {
		w.Open('{').Key("kind").String(x.Kind.String()).Key("start").Uint(uint64(positions.Editor(int(x.Span.Start))))
		w.Key("end").Uint(uint64(positions.Editor(int(x.Span.End)))).Close('}')
	}
	return w.Close(']').Close('}').Buf, nil
}

// Flags of Encode.
const (
	encodeUTF8 = 1 << iota
	encodeVerbatim
	encodeStyle = 3 << iota // the encoder's Style, two bits
)

// encodeStyleShift is where the style begins in the flags.
const encodeStyleShift = 2

// Encode writes a message anew.
func (d *Document) Encode(message, literals, flags int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil {
		return nil, err
	}
	value, _, err := d.Parse(m)
	o := encoder.Options{Literals: encoder.LiteralMode(literals), UTF8: flags&encodeUTF8 != 0, Verbatim: flags&encodeVerbatim != 0, Style: encoder.Style(flags & encodeStyle >> encodeStyleShift)}
	octets, waits := []byte(nil), []uint32(nil)
	if err == nil {
		octets, waits, err = encode(m, value, o)
	}
	fault := ""
	if err != nil {
		octets, waits, fault = nil, nil, err.Error()
	}
	var c Columns
	c.Count(len(octets))
	c.Octets(octets)
	c.Count(len(waits))
	U32(&c, len(waits), func(i int) uint32 { return waits[i] })
	c.Count(len(fault))
	c.Octets([]byte(fault))
	return c.b, nil
}

func encode(m *annotate.Message, value imap.Message, o encoder.Options) (octets []byte, waits []uint32, err error) {
	w := encoder.Buffer{Options: o}
	switch {
	case value.Command != nil:
		err = w.Command(value.Command)
	case value.Response != nil:
		err = w.Response(value.Response)
	default: // a SASL line and DONE have one form only
		return m.Wire, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for s := range w.Segments() {
		octets = append(octets, s.Bytes...)
		if s.Wait {
			waits = append(waits, uint32(len(octets)))
		}
	}
	return octets, waits, nil
}

// JSON is part number part of the Document's JSON form; empty after the last. Parts are asked for in order.
func (d *Document) JSON(part int) []byte {
	if part == 0 || d.export == nil {
		d.export = &jsondoc.Encoder{Doc: d.Document, Words: d.words}
	}
	return d.export.Next()
}
