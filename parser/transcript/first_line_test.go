package transcript_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// A log may begin with a line that its dialect doesn't know and the server's words tell: no connection has been named by then.
func TestFirstLineUnknown(t *testing.T) {
	s := transcript.Open([]byte("  * OK IMAP4rev1 ready\r\n>>> 1 CAPABILITY\r\n* CAPABILITY IMAP4rev1\r\n1 OK done\r\n"), transcript.Options{Format: "mbsync"})
	var m transcript.Message
	require.True(t, s.Next(&m))
	require.Equal(t, wire.Server, m.Side)
	require.Equal(t, "* OK IMAP4rev1 ready\r\n", string(m.Wire))
	require.Len(t, s.Conns(), 1)
}
