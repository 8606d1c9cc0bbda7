//go:build !js

package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/wire"
)

// literalModes by the names that -literals takes.
var literalModes = map[string]encoder.LiteralMode{"sync": encoder.Sync, "minus": encoder.Minus, "plus": encoder.Plus}

// encode writes what a transcript says anew, in the form that the RFCs prefer, as C: and S: lines.
func (c *cli) encode(args []string) (int, error) {
	f := c.flags("encode", "FILE|-")
	r := reading{lang: "en"}
	f.StringVar(&r.format, "format", "", "read the transcript as this log `format` instead of detecting it")
	f.BoolVar(&r.swap, "swap", false, "exchange client and server")
	mode := f.String("literals", "sync", "`kind` of literals that commands may use: sync, minus (RFC 7888, up to 4096 octets), plus")
	var o encoder.Options
	f.BoolVar(&o.UTF8, "utf8", false, "write UTF-8 in quoted strings, as after ENABLE UTF8=ACCEPT")
	f.BoolVar(&o.Verbatim, "verbatim", false, "keep atoms, quoted strings and literals as they were")
	if err := parse(f, args, 1); err != nil {
		return 0, err
	}
	var ok bool
	if o.Literals, ok = literalModes[*mode]; !ok {
		return 0, fmt.Errorf("no such kind of literals: %s", *mode)
	}
	options, _, err := r.options()
	if err != nil {
		return 0, err
	}
	src, err := c.read(f.Arg(0))
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(c.out, 1<<16)
	failed := 0
	a := annotate.Begin(src, options)
	for m := range a.Messages() {
		if m.Side == 0 || m.Kind == annotate.Noise {
			continue
		}
		octets, err := encodeMessage(a.Document(), m, o)
		if err != nil {
			failed++
			fmt.Fprintf(c.err, "playground: line %d: %v\n", m.Line, err)
			octets = m.Wire
		}
		writeLabelled(w, m.Side, octets)
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	if failed > 0 {
		return 0, errors.New("some messages could not be written anew, and stand as they were")
	}
	return exitDone, nil
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
