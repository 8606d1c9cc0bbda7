package transcript

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/imap"
)

// The filter by letter and length must let every command and status through that a line is known by.
func TestKeywordLengths(t *testing.T) {
	words := strings.Fields("FIND LSUB XLIST RLIST RLSUB SETACL SETQUOTA SETANNOTATION GETANNOTATION ESEARCH MULTIAPPEND CONVERSIONS RESETKEY OK NO BAD PREAUTH BYE")
	for c := imap.CommandName(1); c.String() != ""; c++ {
		words = append(words, c.String())
	}
	known := 0
	for _, w := range words {
		_, command := commandShape([]byte(w))
		if !command && statusOf([]byte(w)) == 0 {
			continue
		}
		known++
		require.True(t, maybeKeyword([]byte(w)), w)
		require.True(t, maybeKeyword([]byte(strings.ToLower(w))), w)
	}
	require.Greater(t, known, 60)
}
