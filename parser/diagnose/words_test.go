package diagnose_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	. "github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/explain/words"
)

// Every rule has words in every language: what happened, what follows, and what at least one side can do.
func TestWords(t *testing.T) {
	for _, lang := range words.Langs {
		table := words.Table(lang)
		for _, r := range Registry() {
			e, ok := table.Entry(explain.Diagnostics, r.ID)
			require.True(t, ok, "%s has no words in %s", r.ID, lang)
			require.NotEmpty(t, e.Short, r.ID)
			require.NotEmpty(t, e.Long, r.ID)
			require.NotEmpty(t, e.Client+e.Server, r.ID)
		}
	}
}

// No finding leaves a {0} of its words unfilled.
func TestArguments(t *testing.T) {
	for _, lang := range words.Langs {
		table := words.Table(lang)
		for _, c := range allChecks() {
			for _, f := range play(t, c.bad) {
				e, ok := table.Entry(explain.Diagnostics, f.ID)
				if !ok {
					continue // the grammar's
				}
				for _, text := range []string{e.Short, e.Long, e.Client, e.Server} {
					filled := string(explain.Fill(nil, text, f.Args...))
					for _, open := range []string{"{0}", "{1}", "{2}"} {
						require.False(t, strings.Contains(text, open) && strings.Contains(filled, open), "%s in %s: %s %q", open, lang, f.ID, f.Args)
					}
				}
			}
		}
	}
}
