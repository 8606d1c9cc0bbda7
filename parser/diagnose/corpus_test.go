package diagnose_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

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
