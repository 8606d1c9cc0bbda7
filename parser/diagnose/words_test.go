package diagnose_test

import (
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
