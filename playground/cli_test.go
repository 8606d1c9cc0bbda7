//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// run runs a command line over a text on standard input.
func run(t *testing.T, in string, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	c := &cli{in: strings.NewReader(in), out: &o, err: &e, width: 100}
	code = c.run(args)
	return code, o.String(), e.String()
}

const quirky = "S: * OK [CAPABILITY IMAP4rev1] ready\nC: a LOGIN joe open-sesame\nS: a OK done\nC: b FETCH 1 (\nS: b BAD what\n"

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		in   string
		args []string
		code int
	}{
		{sample, []string{"annotate", "-"}, exitDone},
		{sample, []string{"annotate", "-fail-on", "error", "-"}, exitDone},
		{quirky, []string{"annotate", "-fail-on", "error", "-"}, exitFound},
		{quirky, []string{"annotate", "-json", "-fail-on", "error", "-"}, exitFound},
		{quirky, []string{"annotate", "-"}, exitDone},
		{"", []string{"annotate", "-"}, exitDone},
		{"", []string{"annotate"}, exitFault},
		{"", []string{"annotate", "-fail-on", "doom", "-"}, exitFault},
		{"", []string{"annotate", "-format", "nosuch", "-"}, exitFault},
		{"", []string{"annotate", "-lang", "tlh", "-"}, exitFault},
		{"", []string{"annotate", "-nosuch", "-"}, exitFault},
		{"", []string{"annotate", "/nonexistent"}, exitFault},
		{sample, []string{"redact", "-"}, exitDone},
		{sample, []string{"encode", "-"}, exitDone},
		{quirky, []string{"encode", "-"}, exitFault},
		{"", []string{"encode", "-literals", "huge", "-"}, exitFault},
		{sample, []string{"encode", "-style", "literals", "-"}, exitDone},
		{"", []string{"encode", "-style", "baroque", "-"}, exitFault},
		{"", []string{"version"}, exitDone},
		{"", []string{"help"}, exitDone},
		{"", []string{"-h"}, exitDone},
		{"", []string{"--help"}, exitDone},
		{"", []string{"help", "annotate"}, exitDone},
		{"", []string{"help", "nosuch"}, exitFault},
		{"", []string{"version", "-h"}, exitDone},
		{"", []string{"version", "x"}, exitFault},
		{sample, []string{"annotate", "-", "-brief"}, exitDone},
		{sample, []string{"annotate", "-", "-nosuch"}, exitFault},
		{sample, []string{"annotate", "-", "-"}, exitFault},
		{"", []string{"annotate", "-color", "mauve", "-"}, exitFault},
		{"", []string{"annotate", "-h"}, exitDone},
		{"", []string{"nosuch"}, exitFault},
		{"", []string{"serve", "-addr", "256.0.0.1:x"}, exitFault},
	} {
		code, out, err := run(t, c.in, c.args...)
		require.Equal(t, c.code, code, "%v\n%s%s", c.args, out, err)
		if code == exitFault {
			require.NotEmpty(t, err, c.args)
		}
	}
}

// Help is for who asks: on the output, one line for each thing there is.
func TestHelp(t *testing.T) {
	_, out, err := run(t, "", "-h")
	require.Empty(t, err)
	for _, name := range []string{"serve", "annotate", "redact", "encode", "build", "version", "help"} {
		require.Regexp(t, `(?m)^  `+name+` +\S`, out)
		_, own, err := run(t, "", name, "-h")
		require.Empty(t, err)
		require.Contains(t, own, "usage: playground ")
	}
	_, out, _ = run(t, "", "annotate", "-h")
	require.Contains(t, out, "usage: playground annotate [options] FILE|-\n")
	require.Regexp(t, `(?m)^  -fail-on SEVERITY  +exit with 1`, out)
}

// What is wrong with a command line is said in a line or two, with what to do about it.
func TestWrongCommandLines(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "session.log")
	require.NoError(t, os.WriteFile(file, []byte(sample), 0o600))
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"annotate"}, "which file?"},
		{[]string{"annotate", filepath.Join(dir, "none.log")}, "there is no file"},
		{[]string{"annotate", dir}, "is a directory"},
		{[]string{"annotate", "-nosuch", file}, "not defined: -nosuch\n\"playground annotate -h\""},
		{[]string{"annotate", file, file}, "one file at a time"},
		{[]string{"annotate", "-format", "nosuch", file}, " labelled bare)"},
		{[]string{"annotate", "-fail-on", "doom", file}, "there are: error quirk warning hint"},
		{[]string{"encode", "-style", "baroque", file}, "there are: compact"},
		{[]string{file}, "playground annotate " + file},
	} {
		code, out, err := run(t, "", c.args...)
		require.Equal(t, exitFault, code)
		require.Empty(t, out)
		require.Contains(t, err, c.says)
	}
	odd := filepath.Join(dir, "-odd")
	require.NoError(t, os.WriteFile(odd, []byte(sample), 0o600))
	t.Chdir(dir)
	code, _, err := run(t, "", "annotate", "-brief", "--", "-odd")
	require.Equal(t, exitDone, code, err)
}

// A thousand warnings of one kind hide what they are about.
func TestWarningsAreBounded(t *testing.T) {
	in := "S: * OK ready\n" + strings.Repeat("C: a FETCH 1 (\nS: a BAD no\n", 100)
	code, _, err := run(t, in, "encode", "-")
	require.Equal(t, exitFault, code)
	require.Equal(t, mostTold+1, strings.Count(err, "\n"))
	require.Contains(t, err, "100 messages could not be written anew")
}

func TestAnnotateText(t *testing.T) {
	_, out, _ := run(t, quirky, "annotate", "-")
	require.NotContains(t, out, "open-sesame", "secrets are masked")
	require.Contains(t, out, mask)
	require.Contains(t, out, "C─→ a LOGIN joe")
	require.Contains(t, out, "● authenticated")
	require.Contains(t, out, "✗ error")
	require.NotContains(t, out, "\x1b", "no colours in a file")
	_, out, _ = run(t, quirky, "annotate", "-color", "always", "-lang", "zh", "-")
	require.Contains(t, out, "\x1b[")
	for line := range strings.Lines(out) {
		require.Equal(t, strings.Count(line, "\x1b[0m")*2, strings.Count(line, "\x1b["), "colours end where they began")
	}
	_, brief, _ := run(t, quirky, "annotate", "-brief", "-")
	require.Less(t, len(brief), len(out))
}

// A transcript can't steer the terminal that shows it.
func TestNothingSteersTheTerminal(t *testing.T) {
	in := "S: * OK \x1b]0;title\x07\x1b[2J \u202Eevil\u2066 \u009b31m\r\nS: * BYE \x00\x7f\r\nnoise \x1b[31m\r\n"
	for _, args := range [][]string{{"annotate", "-"}, {"annotate", "-full", "-"}, {"annotate", "-format", "labelled", "-"}} {
		_, out, _ := run(t, in, args...)
		for _, r := range out {
			require.True(t, r == '\n' || r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f), "%q", r)
			require.NotContains(t, []rune{0x202a, 0x202e, 0x2066, 0x2069}, r)
		}
	}
}

func TestLiteralsAreFolded(t *testing.T) {
	body := strings.Repeat("line of the body\r\n", 3)
	in := "S: * OK ready\r\nC: a FETCH 1 BODY[]\r\nS: * 1 FETCH (BODY[] {54}\r\n" + body + ")\r\nS: a OK done\r\n"
	_, out, _ := run(t, in, "annotate", "-")
	require.Contains(t, out, "BODY[] {54}‹54 octets›)")
	require.NotContains(t, out, "line of the body")
	_, out, _ = run(t, in, "annotate", "-full", "-")
	require.Contains(t, out, "line of the body")
}

func TestAnnotateJSON(t *testing.T) {
	name := filepath.Join(t.TempDir(), "session.txt")
	require.NoError(t, os.WriteFile(name, []byte(sample), 0o600))
	_, out, _ := run(t, "", "annotate", "-json", name)
	var d document
	require.NoError(t, json.Unmarshal([]byte(out), &d))
	require.Equal(t, "a LOGIN joe open-sesame\r\n", d.Messages[1].Wire)
	require.NotEmpty(t, d.Secrets)
	_, out, _ = run(t, "", "annotate", "-json", "-redact", name)
	require.NotContains(t, out, "open-sesame")
}

func TestEncode(t *testing.T) {
	_, out, _ := run(t, "C: a login {3}\r\nS: + go\r\nC: joe {4}\r\nS: + go\r\nC: pass\r\nS: a ok done\r\n", "encode", "-")
	require.Contains(t, out, "C: a LOGIN joe pass\r\n")
	require.Contains(t, out, "S: a OK done\r\n")
}

func TestVersion(t *testing.T) {
	_, out, _ := run(t, "", "version")
	require.Regexp(t, regexp.MustCompile(`^imapwire playground \S+\n$`), out)
}

func TestStale(t *testing.T) {
	dir := t.TempDir()
	b := builder{root: dir}
	require.NoError(t, os.MkdirAll(b.path("src", "dist"), 0o755))
	require.False(t, b.stale([]string{b.path("out")}, isGo, "src"), "there is no source")
	require.NoError(t, os.WriteFile(b.path("src", "a.go"), nil, 0o600))
	require.True(t, b.stale([]string{b.path("out")}, isGo, "src"), "the output is missing")
	require.NoError(t, os.WriteFile(b.path("out"), nil, 0o600))
	old := b.modified(b.path("out")).Add(-1e9)
	require.NoError(t, os.Chtimes(b.path("src", "a.go"), old, old))
	require.False(t, b.stale([]string{b.path("out")}, isGo, "src"))
	require.NoError(t, os.Chtimes(b.path("out"), old.Add(-1e9), old.Add(-1e9)))
	require.True(t, b.stale([]string{b.path("out")}, isGo, "src"), "the source is newer")
	require.NoError(t, os.Rename(b.path("src", "a.go"), b.path("src", "dist", "a.go")))
	require.False(t, b.stale([]string{b.path("out")}, isGo, "src"), "what was built is no source")
}

// Whatever is pasted, there is an answer.
func TestBadInput(t *testing.T) {
	for name, in := range map[string]string{
		"nothing":                "",
		"a NUL":                  "\x00",
		"no UTF-8":               "\xff\xfe\xfd\r\n\x80\x80",
		"a million brackets":     "C: a SEARCH " + strings.Repeat("(", 1e6) + "\r\n",
		"brackets of a server":   "* 1 FETCH (" + strings.Repeat("((", 5e5),
		"a literal of 4 GB":      "* 1 FETCH (BODY[] {4294967295}\r\nx\r\na OK\r\n",
		"a number of 100 digits": "* " + strings.Repeat("9", 100) + " EXISTS\r\n",
		"a line of 10 MB":        "C: a NOOP " + strings.Repeat("x", 10<<20),
		"a million tags":         strings.Repeat("C: a NOOP\r\n", 2e5),
		"many connections":       strings.Repeat("* OK ready\r\na LOGIN b c\r\n* BYE x\r\n", 2e4),
		"HTML":                   "<!doctype html><p>hello</p>",
		"SMTP":                   "220 mail.example.org ESMTP\r\nEHLO x\r\n250 OK\r\n",
		"POP3":                   "+OK ready\r\nUSER joe\r\n+OK\r\n",
		"only line ends":         strings.Repeat("\r", 1e5) + strings.Repeat("\n", 1e5),
	} {
		for _, args := range [][]string{{"annotate", "-brief", "-"}, {"annotate", "-json", "-"}, {"redact", "-"}} {
			code, out, err := run(t, in, args...)
			require.Equal(t, exitDone, code, "%s: %s", name, err)
			if args[1] == "-json" {
				require.True(t, json.Valid([]byte(out)), name)
			}
		}
	}
}

// The same fault in several places of a message is written once, and the end tells how often each was found, and where.
func TestOverview(t *testing.T) {
	in := "S: * OK ready\nC: a LOGIN joe x\nS: a OK done\nC: b SELECT INBOX\nS: * 1 EXISTS\nS: * FLAGS (\"\\\\Seen\" \"\\\\Draft\" \"\\\\Flagged\")\nS: * FLAGS (\"\\\\Seen\")\nS: b OK done\n"
	_, out, _ := run(t, in, "annotate", "-")
	require.Equal(t, 2, strings.Count(out, "✗ error: A flag in quotes\n")+strings.Count(out, "✗ error: A flag in quotes ×3\n"), out)
	require.Contains(t, out, "✗ error: A flag in quotes ×3\n")
	require.Contains(t, out, "\n  ✗ quoted-flag ×4  lines 6 7\n")

	const log = "../corpus/transcripts/labelled/i_finding-append-utf8_001.txt" // several hints at one line
	_, out, _ = run(t, "", "annotate", "-brief", log)
	for range 20 {
		_, again, _ := run(t, "", "annotate", "-brief", log)
		require.Equal(t, out, again)
	}
}
