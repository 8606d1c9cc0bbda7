package jsondoc_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain/words"
)

// long has answers and findings that come long after their message, and a product that is recognized at the end.
var long = "S: * OK [CAPABILITY IMAP4rev1 ID IDLE] hi\r\nC: a1 LOGIN joe secret\r\nS: a1 OK Logged in\r\nC: a2 SELECT INBOX\r\nS: * 3 EXISTS\r\n" +
	"S: a2 OK [READ-WRITE] done\r\nC: a3 FETCH 1:* FLAGS\r\n" + strings.Repeat("S: * 1 FETCH (FLAGS (\\Seen))\r\n", 5000) + "S: a3 OK (took 3 ms)\r\nC: a5 FOO\r\n" +
	strings.Repeat("S: * 3 EXISTS\r\n", 5000) + "S: a6 OK\r\nS: a5 BAD parse error (took 3 ms)\r\n"

func TestStream(t *testing.T) {
	for _, text := range []string{"", "nothing", long, long + long} {
		var want, got bytes.Buffer
		d := annotate.Annotate([]byte(text), annotate.Options{})
		require.NoError(t, jsondoc.Write(&want, d, words.English()))
		worst, err := jsondoc.Stream(&got, []byte(text), annotate.Options{}, words.English())
		require.NoError(t, err)
		require.True(t, bytes.Equal(want.Bytes(), got.Bytes()), "%d octets", len(text))
		wanted := diagnose.Severity(0)
		for i := range d.Messages {
			for _, f := range d.Messages[i].Diagnostics {
				wanted = max(wanted, f.Severity)
			}
		}
		require.Equal(t, wanted, worst)
	}
}

func TestStreamStops(t *testing.T) {
	fault := errors.New("disk full")
	_, err := jsondoc.Stream(full{fault}, []byte(long), annotate.Options{}, nil)
	require.ErrorIs(t, err, fault)
}

// full is a writer that takes nothing.
type full struct{ fault error }

func (f full) Write([]byte) (int, error) { return 0, f.fault }
