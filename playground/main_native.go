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
	"io/fs"
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

const usage = `Reads IMAP transcripts: as a web page, and on the command line.

usage: playground [command] [options]

  serve     serve the page on this machine; so does playground alone
  annotate  explain a transcript: playground annotate session.log
  redact    make a copy of a transcript without secrets
  encode    write the commands and responses of a transcript anew
  build     build what the page needs, and nothing else
  version   print the version
  help      print this, or the options of a command: playground help annotate

A FILE of "-" is the standard input. Exit codes: 0 done, 1 found what -fail-on names, 2 could not do it.
`

// cli is where a command reads and writes: tests have their own.
type cli struct {
	in       io.Reader
	out, err io.Writer
	terminal bool // out is one: colours are welcome
	screen   bool // out is one, with colours or without
	typed    bool // in is one: somebody must be told to type
	width    int  // columns of out
}

func main() {
	c := &cli{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	c.terminal, c.width = terminal(os.Stdout)
	c.screen, c.typed = isTerminal(os.Stdout), isTerminal(os.Stdin)
	os.Exit(c.run(os.Args[1:]))
}

// run runs a command and gives its exit code.
func (c *cli) run(args []string) int {
	name := "serve"
	if len(args) > 0 && (!strings.HasPrefix(args[0], "-") || isHelp(args[0])) {
		name, args = args[0], args[1:]
	}
	if name == "help" && len(args) > 0 {
		name, args = args[0], []string{"-h"}
	}
	commands := map[string]func([]string) (int, error){
		"serve": c.serve, "annotate": c.annotate, "redact": c.redact, "encode": c.encode, "build": c.build, "version": c.version,
	}
	command := commands[name]
	switch {
	case command != nil:
	case isHelp(name):
		fmt.Fprint(c.out, usage)
		return exitDone
	default:
		fmt.Fprintf(c.err, "playground: no such command: %s\n", name)
		if _, err := os.Stat(name); err == nil {
			fmt.Fprintf(c.err, "To explain that file: playground annotate %s\n", name)
		}
		fmt.Fprintf(c.err, "\n%s", usage)
		return exitFault
	}
	code, err := command(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil:
		fmt.Fprintf(c.err, "playground: %v\n", err)
		return exitFault
	}
	return code
}

func isHelp(s string) bool { return s == "help" || s == "-h" || s == "-help" || s == "--help" }

// read reads a file, or the standard input if its name is "-".
func (c *cli) read(name string) ([]byte, error) {
	if name == "-" {
		if c.typed {
			fmt.Fprintln(c.err, "Paste the transcript, then end it with Ctrl D on a line of its own.")
		}
		return io.ReadAll(c.in)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s here", name)
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a directory: name a file in it", name)
	}
	return os.ReadFile(name)
}

func (c *cli) version(args []string) (int, error) {
	if _, err := c.flags("version", "", "prints the version of this command.").parse(args); err != nil {
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
