package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain/words"
)

// Every finding that there can be says what it is and what it means, in every language; what the grammar refuses, what to do as well.
func TestWordsOfFindings(t *testing.T) {
	for _, lang := range words.Langs {
		table := words.Table(lang)
		for _, r := range diagnose.Registry() {
			w := annotate.WordsOf(table, &diagnose.Finding{ID: r.ID, Args: []string{"NOOP", "text", "7"}})
			require.NotEmpty(t, w.Title, r.ID)
			require.NotEmpty(t, w.Body, r.ID)
			require.NotEmpty(t, w.Client+w.Server, r.ID)
			require.NotEmpty(t, w.RFC, r.ID)
		}
		for q := range parser.Lenient.All() {
			w := annotate.WordsOf(table, &diagnose.Finding{ID: q.ID()})
			require.NotEqual(t, q.ID(), w.Title)
			require.NotEmpty(t, w.Body, q.ID())
		}
		for code := parser.ErrorCode(1); code.ID() != ""; code++ {
			for _, args := range [][]string{{"", ""}, {"fetch-att", "SP"}, {"fetch-att", ""}} {
				w := annotate.WordsOf(table, &diagnose.Finding{ID: code.ID(), Severity: diagnose.Error, Args: args})
				require.NotEqual(t, code.ID(), w.Title)
				require.NotEmpty(t, w.Body, code.ID())
				require.NotEmpty(t, w.Client, code.ID())
				require.NotRegexp(t, `\{[0-9]\}`, w.Body, code.ID())
				require.Equal(t, args[0] != "", w.RFC != "", code.ID())
			}
		}
	}
}
