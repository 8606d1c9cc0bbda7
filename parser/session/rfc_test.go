package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/imap"
	. "github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// uids is the sequence-to-UID map from 1 to n; 0 where it is not known.
func (p *player) uids(n uint32) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i], _ = p.tracker.UID(uint32(i) + 1)
	}
	return out
}

const eleven = `C: f FETCH 1:* UID
S: * 1 FETCH (UID 500)
S: * 2 FETCH (UID 504)
S: * 3 FETCH (UID 505)
S: * 4 FETCH (UID 507)
S: * 5 FETCH (UID 508)
S: * 6 FETCH (UID 509)
S: * 7 FETCH (UID 510)
S: * 8 FETCH (UID 600)
S: * 9 FETCH (UID 601)
S: * 10 FETCH (UID 602)
S: * 11 FETCH (UID 625)
S: f OK done`

// The example of RFC 7162 §3.2.10.2, with QRESYNC and without: the same messages stay under the same numbers.
func TestVanishedAndExpunge(t *testing.T) {
	for _, gone := range []string{
		"C: A202 EXPUNGE\nS: * VANISHED 505,507,510,625\nS: A202 OK done",
		"C: A202 EXPUNGE\nS: * 3 EXPUNGE\nS: * 3 EXPUNGE\nS: * 5 EXPUNGE\nS: * 8 EXPUNGE\nS: A202 OK done",
	} {
		p := play(t, login, "C: e ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: e OK done", "C: s SELECT INBOX\nS: * 11 EXISTS\nS: s OK [READ-WRITE] done", eleven, gone)
		require.Equal(t, []uint32{500, 504, 508, 509, 600, 601, 602, 0}, p.uids(8))
		require.Equal(t, 7, int(p.tracker.Box().Exists))
		p.play("C: A210 EXPUNGE\nS: * VANISHED 504,508\nS: A210 OK done")
		require.Equal(t, []uint32{500, 509, 600, 601, 602, 0}, p.uids(6))
		p.play("C: A211 UID FETCH 1:700 FLAGS (CHANGEDSINCE 1 VANISHED)\nS: * VANISHED (EARLIER) 1:499,509\nS: A211 OK done")
		require.Equal(t, 5, int(p.tracker.Box().Exists), "with EARLIER nothing is renumbered")
		seq, ok := p.tracker.Seq(600)
		require.True(t, ok)
		require.Equal(t, 3, int(seq))
	}
}

// SELECT with QRESYNC tells UIDs of the new mailbox before it is answered (RFC 7162 §3.2.5); those of the old one end with CLOSED (§3.2.11).
func TestUIDsWhileOpening(t *testing.T) {
	p := play(t, login, "C: e ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: e OK done", "C: s SELECT INBOX\nS: * 11 EXISTS\nS: s OK [READ-WRITE] done", eleven)
	p.play("C: o SELECT Old (QRESYNC (67890007 20050715194045000 41,43:211))\nS: * OK [CLOSED] bye\nS: * 100 EXISTS\nS: * OK [UIDVALIDITY 67890007] ok\nS: * VANISHED (EARLIER) 41,43:116\nS: * 49 FETCH (UID 117 FLAGS () MODSEQ (9))")
	require.Equal(t, "", p.tracker.Mailbox())
	p.play("S: * 50 FETCH (UID 119 FLAGS () MODSEQ (9))\nS: o OK [READ-WRITE] done")
	require.Equal(t, "Old", p.tracker.Mailbox())
	require.Equal(t, 100, int(p.tracker.Box().Exists))
	uid, ok := p.tracker.UID(49)
	require.True(t, ok)
	require.Equal(t, 117, int(uid))
	_, ok = p.tracker.UID(3)
	require.False(t, ok, "of the mailbox before")
	p.play("C: o SELECT INBOX\nS: * 3 FETCH (UID 7)\nS: * 11 EXISTS\nS: o OK done")
	_, ok = p.tracker.UID(3)
	require.False(t, ok, "nothing told which mailbox it was of")
}

// Search results name their command (RFC 9051 §7.3.4); updates of an earlier search (RFC 5267 §4.3) name that.
func TestCorrelator(t *testing.T) {
	p := play(t, inbox, "C: A1 SEARCH RETURN (MIN) SEEN\nC: A2 UID SEARCH RETURN (PARTIAL -1:-100 UPDATE) UNSEEN")
	p.play(`S: * ESEARCH (TAG "A2") UID PARTIAL (-1:-100 4,7)`)
	require.Equal(t, 14, int(p.last().Answers))
	p.play(`S: * ESEARCH (TAG "A1") MIN 2`)
	require.Equal(t, 13, int(p.last().Answers))
	p.play("S: A1 OK done\nS: A2 OK done\nC: A3 SEARCH RETURN (COUNT) ALL", `S: * ESEARCH (TAG "A2") UID ADDTO (1 32768:32769)`)
	require.False(t, p.last().Paired)
	require.True(t, p.last().Unilateral)
	p.play(`S: * ESEARCH (TAG "who") COUNT 5`)
	require.True(t, p.last().Paired, "a tag that nobody has is not believed")
}

// UIDONLY (RFC 9586 §3), COMPRESS (RFC 4978 §3) that a log sees through, UNAUTHENTICATE (RFC 8437 §3) and another user.
func TestModesOverTime(t *testing.T) {
	p := play(t, login, "C: e ENABLE UIDONLY UTF8=ACCEPT\nS: * ENABLED UIDONLY UTF8=ACCEPT\nS: e OK done")
	require.True(t, p.tracker.Wire().UIDOnly)
	require.True(t, p.tracker.Wire().UTF8)
	p.play("C: c COMPRESS DEFLATE\nS: c OK go")
	require.Equal(t, wire.ModeOpaque, p.tracker.Wire().Mode)
	p.play("C: s SELECT INBOX\nS: * 3 EXISTS\nS: s OK [READ-WRITE] done\nC: u UID FETCH 1:100 FLAGS\nS: * 25 UIDFETCH (FLAGS (\\Seen))")
	require.Equal(t, Selected, p.tracker.State())
	require.True(t, p.tracker.Compressed())
	require.True(t, p.last().Paired)
	p.play("S: * VANISHED 25\nS: u OK done")
	require.Equal(t, 2, int(p.tracker.Box().Exists))
	p.play("C: x UNAUTHENTICATE\nS: x OK done")
	require.Equal(t, NotAuthenticated, p.tracker.State())
	require.Equal(t, wire.State{}, p.tracker.Wire())
	require.Equal(t, "", p.tracker.Mailbox())
	require.False(t, p.tracker.CapsKnown())
	require.True(t, p.tracker.Compressed(), "the layer stays")
	p.play("C: l AUTHENTICATE PLAIN AGEAYg==\nS: l OK [CAPABILITY IMAP4rev1] done")
	require.Equal(t, Authenticated, p.tracker.State())
	require.True(t, p.tracker.Caps().Has(imap.CapIMAP4rev1))
}

// Exchanges of every shape: the client begins or the server, one line or several, the last one the server's; given up; refused with an error first.
func TestExchanges(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"initial response", "C: 1 AUTHENTICATE PLAIN AGEAYg==\nS: 1 OK in"},
		{"empty initial response", "C: 1 AUTHENTICATE EXTERNAL =\nS: 1 OK in"},
		{"LOGIN", "C: 1 AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC: dXNlcg==\nS: + UGFzc3dvcmQ6\nC: cGFzcw==\nS: 1 OK in"},
		{"CRAM-MD5", "C: 1 AUTHENTICATE CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQGE+\nC: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0\nS: 1 OK in"},
		{"DIGEST-MD5, the server has the last word", "C: 1 AUTHENTICATE DIGEST-MD5\nS: + cmVhbG09ImEi\nC: dXNlcm5hbWU9ImEi\nS: + cnNwYXV0aD0x\nC:\nS: 1 OK in"},
		{"SCRAM", "C: 1 AUTHENTICATE SCRAM-SHA-256 biwsbj11LHI9YQ==\nS: + cj1hYixzPXMsaT00MDk2\nC: Yz1iaXdzLHI9YWIscD1w\nS: + dj12\nC:\nS: 1 OK in"},
		{"GSSAPI", "C: 1 AUTHENTICATE GSSAPI\nS: + \nC: YIICAA==\nS: + YIGZ\nC:\nS: + BQQF\nC: BQQE\nS: 1 OK in"},
		{"a token refused, then the right one", "C: 0 AUTHENTICATE XOAUTH2 dXNlcj1h\nS: + eyJzdGF0dXMiOiI0MDEifQ==\nC:\nS: 0 NO no\nC: 1 AUTHENTICATE XOAUTH2 dXNlcj1i\nS: 1 OK in"},
		{"given up, then LOGIN", "C: 0 AUTHENTICATE CRAM-MD5\nS: + PDE+\nC: *\nS: 0 BAD given up\nC: 1 LOGIN u p\nS: 1 OK in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := play(t, "S: * OK ready", tt.text)
			require.Equal(t, Authenticated, p.tracker.State())
			require.Equal(t, wire.ModeCommand, p.tracker.Wire().Mode)
			require.Zero(t, p.tracker.Outstanding())
			for i, e := range p.effects[1:] {
				require.False(t, e.Unmatched, "message %d", i+1)
			}
		})
	}
}
