//go:build !js

package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/playground/site"
)

// encode writes what a transcript says anew, in the form that the RFCs prefer, as C: and S: lines.
func (c *cli) encode(args []string) (int, error) {
	f := c.flags("encode", "FILE|-")
	r := reading{lang: "en"}
	f.StringVar(&r.format, "format", "", "read the transcript as this log `format` instead of detecting it")
	f.BoolVar(&r.swap, "swap", false, "exchange client and server")
	style := f.String("style", "compact", "`form` to prefer: compact, quoted (strings in quotes), literals (strings as literals), smallest (also sets joined, macros)")
	mode := f.String("literals", "sync", "`kind` of literals that commands may use: sync, minus (RFC 7888, up to 4096 octets), plus")
	var o encoder.Options
	f.BoolVar(&o.UTF8, "utf8", false, "write UTF-8 in quoted strings, as after ENABLE UTF8=ACCEPT")
	f.BoolVar(&o.Verbatim, "verbatim", false, "keep atoms, quoted strings and literals as they were")
	if err := parse(f, args, 1); err != nil {
		return 0, err
	}
	m, s := slices.Index(site.LiteralModes, *mode), slices.Index(site.Styles, *style)
	switch {
	case m < 0:
		return 0, fmt.Errorf("no such kind of literals: %s", *mode)
	case s < 0:
		return 0, fmt.Errorf("no such style: %s", *style)
	}
	o.Literals, o.Style = encoder.LiteralMode(m), encoder.Style(s)
	options, _, err := r.options()
	if err != nil {
		return 0, err
	}
	src, err := c.read(f.Arg(0))
	if err != nil {
		return 0, err
	}
	failed := 0
	if err := site.Encode(c.out, src, options, o, func(m *annotate.Message, err error) {
		failed++
		fmt.Fprintf(c.err, "playground: line %d: %v\n", m.Line, err)
	}); err != nil {
		return 0, err
	}
	if failed > 0 {
		return 0, errors.New("some messages could not be written anew, and stand as they were")
	}
	return exitDone, nil
}
