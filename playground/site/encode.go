package site

import (
	"bufio"
	"io"
	"net/http"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/wire"
)

// Styles are the names of the encoder's styles, LiteralModes those of its literals, as the command line and the API take them.
var (
	Styles       = []string{encoder.Compact: "compact", encoder.Quoted: "quoted", encoder.Literals: "literals", encoder.Smallest: "smallest"}
	LiteralModes = []string{encoder.Sync: "sync", encoder.Minus: "minus", encoder.Plus: "plus"}
)

// Encode writes every message of a transcript anew, as C: and S: lines. What can't be written stands as it was, and is told to refused. The error is w's.
func Encode(w io.Writer, src []byte, read annotate.Options, o encoder.Options, refused func(m *annotate.Message, err error)) error {
	out := bufio.NewWriterSize(w, 1<<16)
	a := annotate.Begin(src, read)
	for m := range a.Messages() {
		if m.Side == 0 || m.Kind == annotate.Noise {
			continue
		}
		octets, err := encodeMessage(a.Document(), m, o)
		if err != nil {
			refused(m, err)
			octets = m.Wire
		}
		writeLabelled(out, m.Side, octets)
	}
	return out.Flush()
}

func encodeMessage(d *annotate.Document, m *annotate.Message, o encoder.Options) ([]byte, error) {
	value, _, err := d.Parse(m)
	switch {
	case err != nil:
		return nil, err
	case value.Command != nil:
		return encoder.AppendCommand(nil, value.Command, o)
	case value.Response != nil:
		return encoder.AppendResponse(nil, value.Response, o)
	}
	return m.Wire, nil // a SASL line and DONE have one form only
}

// writeLabelled writes octets with a label before each line.
func writeLabelled(w *bufio.Writer, side wire.Side, octets []byte) {
	label := "S: "
	if side == wire.Client {
		label = "C: "
	}
	begin := true
	for _, b := range octets {
		if begin {
			w.WriteString(label)
		}
		w.WriteByte(b)
		begin = b == '\n'
	}
	if !begin {
		w.WriteString("\r\n")
	}
}

// encode answers a transcript written anew. What the encoder refuses stands as it was.
func (s *site) encode(w http.ResponseWriter, r *http.Request) {
	s.work(w, r, func(q query, text []byte) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		Encode(w, text, q.options, q.encode, func(*annotate.Message, error) {}) // an error is a reader who left
	})
}
