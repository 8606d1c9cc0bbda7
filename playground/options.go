//go:build !js

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// options are those of one command, with what its help says.
type options struct {
	*flag.FlagSet
	out      io.Writer
	argument string // "FILE|-", or nothing
	about    string // what the command does, continuing its name
	examples []string
}

// flags makes the options of a command.
func (c *cli) flags(name, argument, about string, examples ...string) *options {
	o := &options{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError), out: c.out, argument: argument, about: about, examples: examples}
	o.SetOutput(io.Discard) // parse says what is wrong, once
	return o
}

// parse parses the options, before and after the argument, and gives the argument. The error is flag.ErrHelp when help was asked for and given.
func (o *options) parse(args []string) (argument string, err error) {
	var rest []string
	for len(args) > 0 {
		if err := o.Parse(args); errors.Is(err, flag.ErrHelp) {
			o.help()
			return "", err
		} else if err != nil {
			return "", o.wrong(err.Error())
		}
		if n := len(args) - o.NArg(); n > 0 && args[n-1] == "--" {
			rest = append(rest, o.Args()...) // names, whatever they begin with
			break
		}
		if args = o.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	switch {
	case o.argument == "" && len(rest) > 0:
		return "", o.wrong("it takes no " + rest[0])
	case o.argument != "" && len(rest) == 0:
		return "", o.wrong("which file? Name one, or \"-\" for the standard input")
	case len(rest) > 1:
		return "", o.wrong("one file at a time, not also " + rest[1])
	case len(rest) == 1:
		argument = rest[0]
	}
	return argument, nil
}

func (o *options) wrong(what string) error {
	return fmt.Errorf("%s: %s\n\"playground %[1]s -h\" lists its options", o.Name(), what)
}

// help writes what the command does and takes.
func (o *options) help() {
	usage := "usage: playground " + o.Name()
	var rows [][2]string
	o.VisitAll(func(f *flag.Flag) {
		name, words := flag.UnquoteUsage(f)
		row := "-" + f.Name
		if name != "" {
			row += " " + strings.ToUpper(name)
		}
		if f.DefValue != "" && f.DefValue != "false" {
			words += " (default " + f.DefValue + ")"
		}
		rows = append(rows, [2]string{row, words})
	})
	if len(rows) > 0 {
		usage += " [options]"
	}
	if o.argument != "" {
		usage += " " + o.argument
	}
	fmt.Fprintf(o.out, "%s\n\n%s %s\n", usage, o.Name(), o.about)
	if len(rows) > 0 {
		fmt.Fprintln(o.out)
	}
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r[0]))
	}
	for _, r := range rows {
		fmt.Fprintf(o.out, "  %-*s  %s\n", wide, r[0], r[1])
	}
	for i, x := range o.examples {
		if i == 0 {
			fmt.Fprintln(o.out)
		}
		fmt.Fprintln(o.out, strings.TrimRight("  playground "+o.Name()+" "+x, " "))
	}
}
