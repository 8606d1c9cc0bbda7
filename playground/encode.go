//go:build !js

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/playground/site"
)

// encode writes what a transcript says anew, in the form that the RFCs prefer, as C: and S: lines.
func (c *cli) encode(args []string) (int, error) {
	f := c.flags("encode", "FILE|-", "writes the commands and responses of a transcript anew, as C: and S: lines.",
		"session.log", "-style literals -literals plus session.log")
	r := reading{lang: "en"}
	f.StringVar(&r.format, "format", "", "read the transcript as this log `format` instead of detecting it; one that is none lists all")
	f.BoolVar(&r.swap, "swap", false, "exchange client and server")
	style := f.String("style", "compact", "`form` to prefer: compact, quoted (strings in quotes), literals (strings as literals), smallest (also sets joined, macros)")
	mode := f.String("literals", "sync", "`kind` of literals that commands may use: sync, minus (RFC 7888, up to 4096 octets), plus")
	var o encoder.Options
	f.BoolVar(&o.UTF8, "utf8", false, "write UTF-8 in quoted strings, as after ENABLE UTF8=ACCEPT")
	f.BoolVar(&o.Verbatim, "verbatim", false, "keep atoms, quoted strings and literals as they were")
	file, err := f.parse(args)
	if err != nil {
		return 0, err
	}
	m, s := slices.Index(site.LiteralModes, *mode), slices.Index(site.Styles, *style)
	switch {
	case m < 0:
		return 0, fmt.Errorf("no such kind of literals: %s (there are: %s)", *mode, strings.Join(site.LiteralModes, " "))
	case s < 0:
		return 0, fmt.Errorf("no such style: %s (there are: %s)", *style, strings.Join(site.Styles, " "))
	}
	o.Literals, o.Style = encoder.LiteralMode(m), encoder.Style(s)
	options, _, err := r.options()
	if err != nil {
		return 0, err
	}
	src, err := c.read(file)
	if err != nil {
		return 0, err
	}
	failed := 0
	if err := site.Encode(c.out, src, options, o, func(m *annotate.Message, err error) {
		if failed++; failed <= mostTold {
			fmt.Fprintf(c.err, "playground: line %d: %v\n", m.Line, err)
		}
	}); err != nil {
		return 0, err
	}
	if failed > 0 {
		return 0, fmt.Errorf("%d %s could not be written anew, and stand as they were", failed, plural(failed, "message"))
	}
	return exitDone, nil
}
