//go:build !js

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/transcript"
)

// reading is the options of all commands that read a transcript.
type reading struct {
	format string
	swap   bool
	lang   string
}

func (r *reading) options() (annotate.Options, *explain.Table, error) {
	if r.format != "" && !slices.Contains(transcript.IDs(), r.format) {
		return annotate.Options{}, nil, fmt.Errorf("no such format: %s (there are: %s)", r.format, strings.Join(transcript.IDs(), " "))
	}
	if !slices.Contains(words.Langs, r.lang) {
		return annotate.Options{}, nil, fmt.Errorf("no such language: %s (there are: %s)", r.lang, strings.Join(words.Langs, " "))
	}
	return annotate.Options{Format: r.format, Swap: r.swap}, words.Table(r.lang), nil
}

// severities by the names that -fail-on takes.
var severities = map[string]diagnose.Severity{
	"": diagnose.Error + 1, "never": diagnose.Error + 1, "error": diagnose.Error, "quirk": diagnose.Quirk, "warning": diagnose.Warning, "hint": diagnose.Hint,
}

func (c *cli) annotate(args []string) (int, error) {
	f := c.flags("annotate", "FILE|-", "explains a transcript: who says what, what it means, what is wrong with it.",
		"session.log", "-json session.log", "-fail-on error -")
	var r reading
	f.StringVar(&r.format, "format", "", "read the transcript as this log `format` instead of detecting it; one that is none lists all")
	f.BoolVar(&r.swap, "swap", false, "exchange client and server")
	f.StringVar(&r.lang, "lang", "en", "`language` of explanations: en or zh")
	asJSON := f.Bool("json", false, "write the Document as JSON; secrets are not masked there without -redact")
	safe := f.Bool("redact", false, "take secrets out before annotating")
	failOn := f.String("fail-on", "", "exit with 1 when there is a finding of this `severity` or a worse one: error, quirk, warning, hint")
	full := f.Bool("full", false, "show literals in full, instead of folding them")
	brief := f.Bool("brief", false, "leave out the sentence about each message")
	colour := f.String("color", "auto", "`when` to write colours: auto (in a terminal, unless NO_COLOR is set), always, never")
	file, err := f.parse(args)
	if err != nil {
		return 0, err
	}
	limit, ok := severities[*failOn]
	if !ok {
		return 0, fmt.Errorf("no such severity: %s (there are: error quirk warning hint)", *failOn)
	}
	if !slices.Contains([]string{"auto", "always", "never"}, *colour) {
		return 0, fmt.Errorf("colours are auto, always or never, not %s", *colour)
	}
	options, table, err := r.options()
	if err != nil {
		return 0, err
	}
	src, err := c.read(file)
	if err != nil {
		return 0, err
	}
	if len(src) > 16<<20 {
		debug.SetGCPercent(25) // else the heap grows to twice the log
	}
	if *safe {
		src = annotate.Redact(src, options, redact.Options{}).Text
	}
	var worst diagnose.Severity
	if *asJSON && len(src) > streamFrom {
		w := bufio.NewWriterSize(c.out, 1<<16)
		if worst, err = jsondoc.Stream(w, src, options, table); err == nil {
			err = w.Flush()
		}
		if err != nil {
			return 0, err
		}
	} else if *asJSON {
		doc := annotate.Annotate(src, options)
		for i := range doc.Messages {
			worst = max(worst, worstOf(&doc.Messages[i]))
		}
		w := bufio.NewWriterSize(c.out, 1<<16)
		if err := errors.Join(jsondoc.Write(w, doc, table), w.Flush()); err != nil {
			return 0, err
		}
	} else {
		p := newPrinter(c, table, r.lang, *colour == "always" || *colour == "auto" && c.terminal)
		p.full, p.brief = *full, *brief
		if worst, err = p.print(annotate.Begin(src, options)); err != nil {
			return 0, err
		}
	}
	if worst >= limit {
		return exitFound, nil
	}
	return exitDone, nil
}

// streamFrom is the length from which on a log is read twice rather than held in memory with all that is known of it.
const streamFrom = 4 << 20

func worstOf(m *annotate.Message) (s diagnose.Severity) {
	for i := range m.Diagnostics {
		s = max(s, m.Diagnostics[i].Severity)
	}
	return s
}

func (c *cli) redact(args []string) (int, error) {
	f := c.flags("redact", "FILE|-", "makes a copy of a transcript without secrets, to show to others.",
		"session.log > safe.log", "-keep-mailboxes - < session.log")
	r := reading{lang: "en"}
	f.StringVar(&r.format, "format", "", "read the transcript as this log `format` instead of detecting it; one that is none lists all")
	f.BoolVar(&r.swap, "swap", false, "exchange client and server")
	var o redact.Options
	f.BoolVar(&o.People, "keep-people", false, "leave user names and addresses in")
	f.BoolVar(&o.Hosts, "keep-hosts", false, "leave host names and network addresses in")
	f.BoolVar(&o.Content, "keep-content", false, "leave what messages say in")
	f.BoolVar(&o.Mailboxes, "keep-mailboxes", false, "leave names of mailboxes, labels and keywords in")
	file, err := f.parse(args)
	if err != nil {
		return 0, err
	}
	options, _, err := r.options()
	if err != nil {
		return 0, err
	}
	src, err := c.read(file)
	if err != nil {
		return 0, err
	}
	safe := annotate.Redact(src, options, o)
	if _, err := c.out.Write(safe.Text); err != nil {
		return 0, err
	}
	line, at := 1, uint32(0)
	for i, s := range safe.Suspects {
		if i == mostTold {
			fmt.Fprintf(c.err, "playground: and %d more places\n", len(safe.Suspects)-i)
			break
		}
		line += bytes.Count(safe.Text[at:s.Span.Start], []byte("\n"))
		at = s.Span.Start
		fmt.Fprintf(c.err, "playground: line %d of the copy still looks like a secret (%s): look at it first\n", line, s.Kind)
	}
	return exitDone, nil
}

// mostTold is how many places of one kind are told on the error output: the first show what it is about.
const mostTold = 10
