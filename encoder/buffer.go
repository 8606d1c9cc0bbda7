package encoder

import (
	"iter"

	"github.com/imapwire/imapwire/parser/imap"
)

// Segment is a piece of what a [Buffer] holds: send Bytes; then, if Wait, wait for the server's "+"; then send Stream octets of the next reader.
type Segment struct {
	Bytes  []byte
	Wait   bool
	Stream uint32
}

// Buffer gathers messages and knows where their sender has to wait or to fill in. The zero Buffer is ready; reuse it and it allocates nothing.
type Buffer struct {
	Options
	b     []byte
	marks []mark
	lend  bool // for a Writer, which sends at once
}

// Command appends a command. On error the Buffer is as it was.
func (w *Buffer) Command(c *imap.Command) error {
	var e enc
	w.start(&e)
	e.client = true
	e.command(c)
	if e.err != nil {
		t := e.again(w.b)
		t.command(c)
		return t.fault(e.err)
	}
	w.b, w.marks = e.b, e.marks
	return nil
}

// Response appends a response. On error the Buffer is as it was.
func (w *Buffer) Response(r *imap.Response) error {
	var e enc
	w.start(&e)
	e.response(r)
	if e.err != nil {
		t := e.again(w.b)
		t.response(r)
		return t.fault(e.err)
	}
	w.b, w.marks = e.b, e.marks
	return nil
}

func (w *Buffer) start(e *enc) {
	e.start(w.b, w.Options)
	e.stream, e.keep, e.lend, e.marks = true, true, w.lend, w.marks
}

// Segments yields what the Buffer holds, in order. Joined, with the readers' octets in between, the segments are the messages; a Buffer without
// literals to wait for has one. They are valid until the next call of another method.
func (w *Buffer) Segments() iter.Seq[Segment] {
	return func(yield func(Segment) bool) {
		at := 0
		for _, m := range w.marks {
			if !yield(Segment{Bytes: w.b[at:m.at:m.at], Wait: m.wait, Stream: m.stream}) {
				return
			}
			at = m.at
		}
		if at < len(w.b) {
			yield(Segment{Bytes: w.b[at:len(w.b):len(w.b)]})
		}
	}
}

// Bytes returns all that the Buffer holds, the octets of detached literals left out. It is valid until the next call of another method.
func (w *Buffer) Bytes() []byte { return w.b }

// Reset empties the Buffer and keeps its memory.
func (w *Buffer) Reset() { w.b, w.marks = w.b[:0], w.marks[:0] }
