package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMUTF7(t *testing.T) {
	for _, tt := range []struct{ name, encoded string }{
		{"", ""},
		{"INBOX", "INBOX"},
		{"Entwürfe", "Entw&APw-rfe"},
		{"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
		{"A&B", "A&-B"},
		{"&", "&-"},
		{"&&", "&-&-"},
		{"日本語&", "&ZeVnLIqe-&-"},
		{"😀", "&2D3eAA-"},
		{"a😀b😀", "a&2D3eAA-b&2D3eAA-"},
		{"tab\there", "tab&AAk-here"},
		{"\x7f", "&AH8-"},
		{"Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"},
		{" ~", " ~"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.encoded, string(AppendMUTF7(nil, []byte(tt.name))))
			got, err := AppendMUTF7Decoded([]byte("x"), []byte(tt.encoded))
			require.NoError(t, err)
			require.Equal(t, "x"+tt.name, string(got))
		})
	}
	require.Equal(t, "a&,,3,,Q-", string(AppendMUTF7(nil, []byte("a\xff\xfe"))))
}

func TestMUTF7Faults(t *testing.T) {
	for _, tt := range []struct {
		in    string
		fault Fault
		off   int
	}{
		{"a&", FaultTruncated, 2},
		{"&AGE", FaultEscape, 3},               // an "a" needs no shift
		{"&AGE-", FaultEscape, 3},              //
		{"&ACY-", FaultEscape, 3},              // "&" is "&-"
		{"&U,BTFw-&ZeVnLIqe-", FaultEscape, 8}, // two shifts for one
		{"&APw", FaultTruncated, 4},            //
		{"&APx-", FaultBase64, 3},              // bits beyond the character
		{"&AP-", FaultBase64, 2},               // half a code unit
		{"&A-", FaultBase64, 1},                //
		{"&APwA-", FaultBase64, 4},             // six bits too many
		{"&AP/8-", FaultChar, 3},               // "/" is the alphabet of UTF-7
		{"&APw=-", FaultChar, 4},               //
		{"&2D0-", FaultUTF8, 3},                // the high half alone
		{"&3gA-", FaultUTF8, 3},                // the low half alone
		{"&2D0APA-", FaultUTF8, 3},             //
		{"gr\xc3\xbcn", FaultChar, 2},          // UTF-8
		{"a\tb", FaultChar, 1},                 //
		{"a\x7f", FaultChar, 1},                //
		{"a\x00", FaultChar, 1},                //
		{"&APw-&-&APw-&APw-", FaultEscape, 12}, // the third one
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, err := AppendMUTF7Decoded([]byte("x"), []byte(tt.in))
			require.Equal(t, "x", string(got))
			var e *MUTF7Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, tt.fault)
			require.Equal(t, tt.off, e.Off)
			require.Contains(t, e.Error(), "modified UTF-7")
		})
	}
}
