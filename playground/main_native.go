//go:build !js

// Command playground reads IMAP transcripts: as a web page that it serves, and on the command line.
//
//	playground [serve] [-addr 127.0.0.1:8080] [-data DIR]
//	playground annotate [-json] [-format ID] [-swap] [-lang en|zh] [-redact] [-fail-on SEVERITY] FILE|-
//	playground redact [-format ID] [-swap] FILE|-
//	playground encode [-literals sync|minus|plus] [-utf8] [-verbatim] FILE|-
//	playground version
//
// Exit codes: 0 done, 1 found what -fail-on names, 2 could not do it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
)

// Exit codes.
const (
	exitDone  = 0
	exitFound = 1
	exitFault = 2
)

const usage = `usage: playground [command] [options]

  serve     serve the page on this machine (default)
  annotate  explain a transcript: playground annotate session.log
  redact    make a copy of a transcript without secrets
  encode    write the commands and responses of a transcript anew
  build     build what the page needs, and nothing else
  version   print the version

"playground COMMAND -h" lists the options of a command. A FILE of "-" is the standard input.
`

// cli is where a command reads and writes: tests have their own.
type cli struct {
	in       io.Reader
	out, err io.Writer
	terminal bool // out is one: colours are welcome
	width    int  // columns of out
}

func main() {
	c := &cli{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	c.terminal, c.width = terminal(os.Stdout)
	os.Exit(c.run(os.Args[1:]))
}

// run runs a command and gives its exit code.
func (c *cli) run(args []string) int {
	name := "serve"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	commands := map[string]func([]string) (int, error){
		"serve": c.serve, "annotate": c.annotate, "redact": c.redact, "encode": c.encode, "build": c.build, "version": c.version,
	}
	command := commands[name]
	if command == nil {
		if name == "help" || len(args) == 0 && (name == "-h" || name == "--help") {
			fmt.Fprint(c.out, usage)
			return exitDone
		}
		fmt.Fprintf(c.err, "playground: no such command: %s\n\n%s", name, usage)
		return exitFault
	}
	code, err := command(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.Is(err, errUsage): // flag has said what
		return exitFault
	case err != nil:
		fmt.Fprintf(c.err, "playground: %v\n", err)
		return exitFault
	}
	return code
}

// errUsage says that a command line makes no sense, and that this has been said.
var errUsage = errors.New("usage")

// flags is the flag set of a command.
func (c *cli) flags(name, args string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(c.err)
	f.Usage = func() {
		fmt.Fprintf(c.err, "usage: playground %s [options] %s\n", name, args)
		f.PrintDefaults()
	}
	return f
}

// parse parses options and expects n arguments.
func parse(f *flag.FlagSet, args []string, n int) error {
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	if f.NArg() != n {
		f.Usage()
		return errUsage
	}
	return nil
}

// read reads a file, or the standard input if its name is "-".
func (c *cli) read(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(c.in)
	}
	return os.ReadFile(name)
}

func (c *cli) version(args []string) (int, error) {
	if err := parse(c.flags("version", ""), args, 0); err != nil {
		return 0, err
	}
	fmt.Fprintln(c.out, "imapwire playground", version())
	return exitDone, nil
}

// version is what the Go toolchain knows: a tag, or the commit, or "(devel)".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") && len(s.Value) >= 12 {
			v = "devel-" + s.Value[:12]
		}
	}
	if v == "" {
		v = "(devel)"
	}
	return v
}
