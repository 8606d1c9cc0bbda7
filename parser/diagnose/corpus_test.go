package diagnose_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser/annotate"
	. "github.com/imapwire/imapwire/parser/diagnose"
)

// Every finding has a transcript in the corpus in which it is found, read as a user's paste is: through format detection and all the rest.
func TestCorpus(t *testing.T) {
	for _, r := range Registry() {
		files, err := filepath.Glob("../../corpus/transcripts/*/i_finding-" + r.ID + "_001.txt")
		require.NoError(t, err)
		require.Len(t, files, 1, "transcript of %s", r.ID)
		text, err := os.ReadFile(files[0])
		require.NoError(t, err)
		d := annotate.Annotate(text, annotate.Options{})
		var found []string
		for i := range d.Messages {
			for _, f := range d.Messages[i].Diagnostics {
				found = append(found, f.ID)
			}
		}
		require.Contains(t, found, r.ID, files[0])
	}
}

// What was seen in the wild is found in every kind of log that can show it, with the product that is known for it, and not in what is nearly the same.
func TestSeenInTheWild(t *testing.T) {
	forms := map[string]func([]string) []byte{"labelled": labelled, "bare": bare, "mozilla": mozilla}
	for f := range corpus.Findings() {
		t.Run(f.Name, func(t *testing.T) {
			text, near := f.Sessions()
			shown := f.Forms
			if len(shown) == 0 {
				shown = []string{"labelled", "bare", "mozilla"}
			}
			for _, form := range shown {
				require.Condition(t, func() bool { return named(f, diagnosed(forms[form](text)), form != "mozilla") }, form)
				for _, d := range diagnosed(forms[form](near)) {
					require.NotEqual(t, f.ID, d.id, "near miss, %s", form)
				}
			}
		})
	}
}

// diagnosis is what of a finding is compared.
type diagnosis struct{ id, severity, producer string }

func diagnosed(text []byte) (out []diagnosis) {
	d := annotate.Annotate(text, annotate.Options{})
	for i := range d.Messages {
		for _, f := range d.Messages[i].Diagnostics {
			out = append(out, diagnosis{f.ID, f.Severity.String(), f.Producer})
		}
	}
	return out
}

// named tells whether one of the findings is that of the corpus. Where a paste may have changed octets, an error is a hint if no product is known for it.
func named(f *corpus.Finding, found []diagnosis, pasted bool) bool {
	return slices.ContainsFunc(found, func(d diagnosis) bool {
		return d.id == f.ID && (f.Producer == "" || d.producer == f.Producer) && (d.severity == f.Severity || pasted && f.Severity == "error" && d.severity == "hint")
	})
}

// wireLine is a line's octets with its line end.
func wireLine(line string) string {
	var b strings.Builder
	for _, r := range line[len("C: "):] {
		b.WriteByte(byte(r))
	}
	if !strings.HasSuffix(line, "\n") {
		b.WriteString("\r\n")
	}
	return b.String()
}

// labelled is a session as the documents of libraries and many bug reports show it.
func labelled(lines []string) (b []byte) {
	for _, l := range lines {
		b = append(append(b, l[:len("C: ")]...), wireLine(l)...)
	}
	return b
}

// bare is a session in a terminal.
func bare(lines []string) (b []byte) {
	for _, l := range lines {
		b = append(b, wireLine(l)...)
	}
	return b
}

// mozilla is a session in Thunderbird's log.
func mozilla(lines []string) (b []byte) {
	for i, l := range lines {
		what := "CreateNewLineFromSocket"
		if l[0] == 'C' {
			what = "SendData"
		}
		b = fmt.Appendf(b, "2026-01-05 10:41:00.%06d UTC - [Parent 4242: IMAP]: I/IMAP 7f4eb99d4900:mail.example.org:NA:%s: %s", 1000*i, what, wireLine(l))
	}
	return b
}
