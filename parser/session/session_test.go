package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	. "github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// player feeds a Tracker with a session written as a log is read: "C: " and "S: " lines, one message each; "T: 5" lets five seconds go by.
// A client line that ends in {n} is fed as a Partial command, and again as a whole with the next client line.
type player struct {
	t       testing.TB
	tracker Tracker
	parser  parser.Parser
	now     time.Time
	id      uint32
	open    string
	effects []Effect
}

func play(t testing.TB, lines ...string) *player {
	p := &player{t: t, now: time.Unix(1e9, 0)}
	p.parser.Quirks = parser.Lenient
	p.play(lines...)
	return p
}

func (p *player) play(lines ...string) {
	for _, line := range lines {
		for _, line := range strings.Split(line, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				p.line(line)
			}
		}
	}
}

func (p *player) line(line string) {
	require.GreaterOrEqual(p.t, len(line), 2)
	text := strings.TrimPrefix(line[2:], " ") + "\r\n"
	e := Event{ID: p.id, Time: p.now}
	switch line[:2] {
	case "T:":
		d, err := time.ParseDuration(strings.TrimSpace(text) + "s")
		require.NoError(p.t, err)
		p.now = p.now.Add(d)
		return
	case "C:":
		e.Side = wire.Client
		text, p.open = p.open+text, ""
		if strings.HasSuffix(text, "}\r\n") && !strings.HasSuffix(text, "+}\r\n") {
			e.Partial, p.open = true, text
		}
	case "S:":
		e.Side = wire.Server
	default:
		p.t.Fatalf("no side: %q", line)
	}
	w := p.tracker.Wire()
	if w.Mode == wire.ModeOpaque {
		w.Mode = wire.ModeCommand
	}
	p.parser.UTF8, p.parser.UIDOnly = w.UTF8, w.UIDOnly
	e.Message, e.Err = p.parser.Message([]byte(text), e.Side, w.Mode)
	p.effects = append(p.effects, p.tracker.Feed(&e))
	p.id++
}

// last is the effect of the last line.
func (p *player) last() Effect { return p.effects[len(p.effects)-1] }

const (
	login = "S: * OK [CAPABILITY IMAP4rev1 STARTTLS IDLE ENABLE] ready\nC: L1 LOGIN user secret\nS: L1 OK done\n"
	inbox = login + `C: L2 SELECT INBOX
	S: * FLAGS (\Answered \Seen)
	S: * OK [PERMANENTFLAGS (\Seen \*)] limited
	S: * 10 EXISTS
	S: * 2 RECENT
	S: * OK [UNSEEN 4] first
	S: * OK [UIDVALIDITY 7] ok
	S: * OK [UIDNEXT 100] ok
	S: * OK [HIGHESTMODSEQ 50] ok
	S: L2 OK [READ-WRITE] done
`
)

// RFC 9051 §3: the states and what leads from one to the next.
func TestStates(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       State
		sure       bool
	}{
		{"nothing", "", Greeting, false},
		{"greeting", "S: * OK ready", NotAuthenticated, true},
		{"preauth", "S: * PREAUTH ready", Authenticated, true},
		{"refused", "S: * BYE too busy", Logout, true},
		{"login", login, Authenticated, true},
		{"login refused", "S: * OK ready\nC: 1 LOGIN u p\nS: 1 NO wrong", NotAuthenticated, true},
		{"authenticate", "S: * OK ready\nC: 1 AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==\nS: 1 OK done", Authenticated, true},
		{"select", inbox, Selected, true},
		{"examine", login + "C: 1 EXAMINE Old\nS: 1 OK [READ-ONLY] done", Selected, true},
		{"select fails", inbox + "C: 1 SELECT None\nS: 1 NO no such mailbox", Authenticated, true},
		{"select is not understood", inbox + "C: 1 SELECT None\nS: 1 BAD what", Selected, true},
		{"close", inbox + "C: 1 CLOSE\nS: 1 OK done", Authenticated, true},
		{"unselect", inbox + "C: 1 UNSELECT\nS: 1 OK done", Authenticated, true},
		{"bye", inbox + "S: * BYE idle for too long", Logout, true},
		{"logout", inbox + "C: 1 LOGOUT\nS: * BYE bye\nS: 1 OK done", Logout, true},
		{"tagged bye", inbox + "C: 1 LOGOUT\nS: 1 BYE bye", Logout, true},
		{"unauthenticate", inbox + "C: 1 UNAUTHENTICATE\nS: 1 OK done", NotAuthenticated, true},
		{"starttls", "S: * OK ready\nC: 1 STARTTLS\nS: 1 OK go", Opaque, true},
		{"starttls refused", "S: * OK ready\nC: 1 STARTTLS\nS: 1 NO no", NotAuthenticated, true},
		{"starttls, seen through", "S: * OK ready\nC: 1 STARTTLS\nS: 1 OK go\nC: 2 CAPABILITY", NotAuthenticated, true},
		{"compress", inbox + "C: 1 COMPRESS DEFLATE\nS: 1 OK go", Opaque, true},
		{"compress, seen through", inbox + "C: 1 COMPRESS DEFLATE\nS: 1 OK go\nC: 2 NOOP", Selected, true},
		{"the log goes on with another connection", inbox + "S: * BYE bye\nS: * OK ready", NotAuthenticated, true},
		// Partial transcripts.
		{"client only, capability", "C: 1 CAPABILITY", NotAuthenticated, false},
		{"client only, list", "C: 1 LOGIN u p\nC: 2 LIST \"\" *", Authenticated, false},
		{"client only, fetch", "C: 1 LOGIN u p\nC: 2 SELECT INBOX\nC: 3 FETCH 1 FLAGS", Selected, false},
		{"client only, another mailbox", "C: 1 LOGIN u p\nC: 2 SELECT A\nC: 3 NOOP\nC: 4 FETCH 1 FLAGS\nC: 5 SELECT B\nC: 6 FETCH 1 FLAGS", Selected, false},
		{"from the middle", "C: 7 UID FETCH 1:* FLAGS\nS: * 1 FETCH (UID 3)\nS: 7 OK done", Selected, false},
		{"select without login", "C: 7 SELECT INBOX\nS: * 1 EXISTS\nS: 7 OK [READ-WRITE] done", Selected, true},
		{"a login that the log leaves out", "S: * OK ready\nC: 7 LIST \"\" *\nS: 7 OK done", Authenticated, true},
		{"server only, login", "S: * OK ready\nS: 1 OK [CAPABILITY IMAP4rev1] Logged in", Authenticated, true},
		{"server only, select", "S: * OK ready\nS: 1 OK Logged in\nS: * 3 EXISTS\nS: 2 OK [READ-WRITE] done", Selected, true},
		{"server only, from the middle", "S: * 3 EXISTS", Selected, false},
		{"server only, list", "S: * LIST () \"/\" INBOX", Authenticated, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := play(t, tt.text)
			require.Equal(t, tt.want.String(), p.tracker.State().String())
			require.Equal(t, tt.sure, p.tracker.Sure())
		})
	}
}

func TestPairing(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		answers    int // the command that the last line answers, -1 none
		unilateral bool
	}{
		{"tagged", login + "C: a NOOP\nC: b CHECK\nS: a OK done", 3, false},
		{"tagged, out of order", login + "C: a NOOP\nC: b CHECK\nS: b OK done", 4, false},
		{"unknown tag", login + "C: a NOOP\nS: b OK done", -1, false},
		{"data", login + "C: a LIST \"\" *\nC: b NAMESPACE\nS: * NAMESPACE NIL NIL NIL", 4, false},
		{"fetch", inbox + "C: a FETCH 1:3 FLAGS\nS: * 2 FETCH (FLAGS ())", 13, false},
		{"fetch of another message", inbox + "C: a FETCH 1:3 FLAGS\nS: * 5 FETCH (FLAGS ())", -1, true},
		{"uid fetch", inbox + "C: a UID FETCH 50:60 FLAGS\nS: * 2 FETCH (UID 55 FLAGS ())", 13, false},
		{"uid fetch of another message", inbox + "C: a UID FETCH 50:60 FLAGS\nS: * 2 FETCH (UID 61 FLAGS ())", -1, true},
		{"uid of a known number", inbox + "C: a FETCH 2 UID\nS: * 2 FETCH (UID 61)\nS: a OK\nC: b UID FETCH 50:60 FLAGS\nS: * 2 FETCH (FLAGS ())", -1, true},
		{"the second of two fetches", inbox + "C: a FETCH 1 FLAGS\nC: b FETCH 2 FLAGS\nS: * 2 FETCH (FLAGS ())", 14, false},
		{"last message below the range", inbox + "C: a UID FETCH 500:* FLAGS\nS: * 10 FETCH (UID 99 FLAGS ())", 13, false},
		{"select's code", login + "C: a SELECT INBOX\nS: * OK [UIDVALIDITY 5] ok", 3, false},
		{"news in idle", inbox + "C: a IDLE\nS: + idling\nS: * 11 EXISTS", 13, false},
		{"news with noop", inbox + "C: a NOOP\nS: * 11 EXISTS", 13, true},
		{"news", inbox + "S: * 11 EXISTS", -1, true},
		{"bye for logout", inbox + "C: a LOGOUT\nS: * BYE bye", 13, false},
		{"bye", inbox + "C: a NOOP\nS: * BYE shutdown", -1, true},
		{"continuation of idle", inbox + "C: a IDLE\nS: + idling", 13, false},
		{"continuation of a literal", login + "C: a APPEND INBOX {5}\nS: + go", 3, false},
		{"continuation for nothing", inbox + "C: a NOOP\nS: + go", -1, false},
		{"line of an exchange", "S: * OK ready\nC: a AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==", 1, false},
		{"done", inbox + "C: a IDLE\nS: + idling\nC: DONE", 13, false},
		{"untagged bad", inbox + "C: a XXX\nS: * BAD what", 13, false},
		{"expunge with move", inbox + "C: a FETCH 1 FLAGS\nC: b MOVE 2 Old\nS: * 2 EXPUNGE", 14, false},
		{"status of list", login + "C: a LIST \"\" * RETURN (STATUS (MESSAGES))\nS: * STATUS INBOX (MESSAGES 3)", 3, false},
		{"capabilities of login", "S: * OK ready\nC: a LOGIN u p\nS: * CAPABILITY IMAP4rev1", 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := play(t, tt.text).last()
			require.Equal(t, tt.answers >= 0, e.Paired)
			if tt.answers >= 0 {
				require.Equal(t, tt.answers, int(e.Answers))
			}
			require.Equal(t, tt.unilateral, e.Unilateral)
		})
	}
}

func TestTags(t *testing.T) {
	p := play(t, login, "C: a NOOP\nC: a CHECK")
	require.True(t, p.last().Reused)
	require.Equal(t, 2, p.tracker.Outstanding())
	p.play("S: a OK done")
	require.Equal(t, 4, int(p.last().Answers), "a client that reuses a tag means its last command")
	_, waiting := p.tracker.Waiting(imap.Tag("a"))
	require.True(t, waiting)
	p.play("S: a OK done", "S: a OK done")
	require.True(t, p.last().Unmatched)
	require.Zero(t, p.tracker.Outstanding())
}

// How the client's next line is to be read.
func TestWire(t *testing.T) {
	p := play(t, "S: * OK ready")
	require.Equal(t, wire.State{}, p.tracker.Wire())
	p.play("C: a AUTHENTICATE LOGIN")
	require.Equal(t, wire.ModeAuth, p.tracker.Wire().Mode)
	p.play("S: + VXNlcm5hbWU6", "C: dXNlcg==", "S: + UGFzc3dvcmQ6", "C: c2VjcmV0")
	require.Equal(t, wire.ModeAuth, p.tracker.Wire().Mode)
	p.play("S: a OK done")
	require.Equal(t, wire.ModeCommand, p.tracker.Wire().Mode)
	p.play("C: b IDLE")
	require.Equal(t, wire.ModeIdle, p.tracker.Wire().Mode)
	p.play("S: + idling", "S: * 3 EXISTS", "C: DONE")
	require.Equal(t, wire.ModeCommand, p.tracker.Wire().Mode, "a command may follow before IDLE is completed")
	p.play("S: b OK done", "C: c IDLE", "S: c BAD no")
	require.Equal(t, wire.ModeCommand, p.tracker.Wire().Mode)

	p.play("C: d APPEND INBOX {5}", "S: d NO [TRYCREATE] no")
	require.True(t, p.tracker.Wire().Refused, "the octets will not come")
	p.open = ""
	p.play("C: e NOOP")
	require.False(t, p.tracker.Wire().Refused)

	p.play("S: e OK done", "C: f ENABLE UTF8=ACCEPT UIDONLY", "S: * ENABLED UTF8=ACCEPT UIDONLY", "S: f OK done")
	require.Equal(t, wire.State{UTF8: true, UIDOnly: true}, p.tracker.Wire())
	p.play("C: g UNAUTHENTICATE", "S: g OK done")
	require.Equal(t, wire.State{}, p.tracker.Wire())
	p.play("C: h STARTTLS", "S: h OK go")
	require.Equal(t, wire.ModeOpaque, p.tracker.Wire().Mode)
	require.False(t, p.tracker.Compressed())

	p = play(t, login, "C: i COMPRESS DEFLATE", "S: i OK go")
	require.Equal(t, wire.ModeOpaque, p.tracker.Wire().Mode)
	require.True(t, p.tracker.Compressed())
	require.False(t, p.tracker.TLS())
}

func TestEnable(t *testing.T) {
	p := play(t, login, "C: a ENABLE CONDSTORE QRESYNC\nS: * ENABLED QRESYNC\nS: a OK done")
	require.True(t, p.tracker.Enabled().Has(imap.CapQResync))
	require.True(t, p.tracker.Enabled().Has(imap.CapCondStore), "it comes with QRESYNC")
	p = play(t, login, "C: a ENABLE UTF8=ACCEPT\nS: * ENABLED\nS: a OK done")
	require.Equal(t, imap.CapSet{}, p.tracker.Enabled())
	p = play(t, login, "C: a ENABLE UTF8=ACCEPT\nS: a BAD no")
	require.Equal(t, imap.CapSet{}, p.tracker.Enabled())
	p = play(t, "S: * OK ready\nC: L LOGIN u p\nS: L OK done\nC: a ENABLE QRESYNC\nS: a OK ENABLE completed")
	require.True(t, p.tracker.Enabled().Has(imap.CapQResync), "OK without ENABLED is meant so")
	p = play(t, login, "C: a ENABLE UTF8=ACCEPT\nC: b ENABLE QRESYNC\nS: a OK done\nS: * ENABLED QRESYNC\nS: b OK done")
	require.False(t, p.tracker.Enabled().Has(imap.CapUTF8Accept), "it is not offered")
	require.True(t, p.tracker.Enabled().Has(imap.CapQResync))
	p = play(t, login, "C: a SELECT INBOX (CONDSTORE)\nS: a OK done")
	require.True(t, p.tracker.Enabled().Has(imap.CapCondStore))
}

func TestMailbox(t *testing.T) {
	p := play(t, inbox)
	b := p.tracker.Box()
	require.Equal(t, "INBOX", p.tracker.Mailbox())
	require.Equal(t, []uint32{10, 2, 4, 7, 100}, []uint32{b.Exists, b.Recent, b.Unseen, b.UIDValidity, b.UIDNext})
	require.Equal(t, uint64(50), b.HighestModSeq)
	require.True(t, b.Permanent.Has(imap.FlagStar))
	require.True(t, b.Flags.Has(imap.FlagAnswered))
	require.False(t, b.ReadOnly)
	require.Equal(t, HasExists|HasRecent|HasUnseen|HasUIDValidity|HasUIDNext|HasFlags|HasPermanent|HasHighestModSeq, b.Has)

	p.play("C: a FETCH 1:3 (UID MODSEQ)", "S: * 1 FETCH (UID 11 MODSEQ (40))", "S: * 2 FETCH (UID 12 MODSEQ (60))", "S: * 3 FETCH (UID 15 MODSEQ (41))", "S: a OK done")
	require.Equal(t, uint64(60), p.tracker.Box().HighestModSeq)
	uid, ok := p.tracker.UID(3)
	require.True(t, ok)
	require.Equal(t, uint32(15), uid)
	p.play("C: b NOOP", "S: * 1 EXPUNGE", "S: * 10 EXISTS", "S: b OK done")
	require.Equal(t, uint32(10), p.tracker.Box().Exists)
	uid, _ = p.tracker.UID(2)
	require.Equal(t, uint32(15), uid)
	seq, ok := p.tracker.Seq(12)
	require.True(t, ok)
	require.Equal(t, uint32(1), seq)
	_, ok = p.tracker.UID(3)
	require.False(t, ok)
	p.play("C: c NOOP", "S: * VANISHED 12", "S: c OK done")
	require.Equal(t, uint32(9), p.tracker.Box().Exists)
	seq, _ = p.tracker.Seq(15)
	require.Equal(t, uint32(1), seq)
	p.play("S: * VANISHED (EARLIER) 15")
	require.Equal(t, uint32(9), p.tracker.Box().Exists)

	// The next mailbox begins with nothing of the last.
	p.play("C: d EXAMINE &g0l6P3ux-", "S: * 3 EXISTS", "S: d OK [READ-ONLY] done")
	b = p.tracker.Box()
	require.Equal(t, Mailbox{Name: "草稿箱", ReadOnly: true, Exists: 3, Has: HasExists}, b)
	_, ok = p.tracker.Seq(15)
	require.False(t, ok)
	p.play("C: e CLOSE", "S: e OK done")
	require.Equal(t, Mailbox{}, p.tracker.Box())
}

// News about the old mailbox come until CLOSED, RFC 7162 §3.2.11.
func TestSelectAnother(t *testing.T) {
	p := play(t, inbox, "C: a FETCH 1 FLAGS", "C: b SELECT Work", "S: * 12 EXISTS")
	require.Equal(t, uint32(12), p.tracker.Box().Exists, "FETCH still runs")
	p.play("S: a OK done", "S: * OK [CLOSED] bye", "S: * 3 EXISTS")
	opening, ok := p.tracker.Opening()
	require.True(t, ok)
	require.Equal(t, uint32(3), opening.Exists)
	p.play("S: b OK [READ-WRITE] done")
	_, ok = p.tracker.Opening()
	require.False(t, ok, "nothing is being opened any more")
	require.Equal(t, "Work", p.tracker.Mailbox())
	require.Equal(t, uint32(3), p.tracker.Box().Exists)
}

func TestCapabilities(t *testing.T) {
	p := play(t, login)
	require.True(t, p.tracker.Caps().Has(imap.CapStartTLS))
	p.play("C: a CAPABILITY", "S: * CAPABILITY IMAP4rev1 IDLE XMAGIC", "S: a OK done", "C: b CAPABILITY", "S: * CAPABILITY IMAP4rev1 IDLE XMAGIC", "S: b OK done")
	h := p.tracker.CapHistory()
	require.Len(t, h, 2)
	require.Equal(t, "IMAP4rev1 STARTTLS IDLE ENABLE", h[0].Words)
	require.Equal(t, NotAuthenticated, h[0].State)
	require.Equal(t, "IMAP4rev1 IDLE XMAGIC", h[1].Words)
	require.Equal(t, Authenticated, h[1].State)
	require.Equal(t, uint32(4), h[1].ID)

	p = play(t, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: a STARTTLS\nS: a OK go")
	require.False(t, p.tracker.CapsKnown(), "RFC 9051 §6.2.1: discard what was learnt before TLS")
	require.True(t, p.tracker.TLS())
	require.Len(t, p.tracker.CapHistory(), 1)
}

func TestTimes(t *testing.T) {
	p := play(t, "S: * OK ready\nC: a NOOP\nT: 1.5\nS: a OK done")
	require.Equal(t, 1500*time.Millisecond, p.last().Latency)
	require.Equal(t, 1, p.tracker.Trips())
	p.play("C: b NOOP\nC: c NOOP\nS: b OK\nS: c OK\nC: d NOOP")
	require.Equal(t, 3, p.tracker.Trips(), "two commands at once cost one round trip")
}

// A copy goes on by itself, whatever becomes of the original.
func TestCopy(t *testing.T) {
	var many strings.Builder
	for i := range 40 {
		many.WriteString("C: m" + string(rune('A'+i)) + " NOOP\n")
	}
	p := play(t, inbox, "C: a FETCH 1:3 UID\nS: * 1 FETCH (UID 11)\nS: * 2 FETCH (UID 12)\nS: * 3 FETCH (UID 13)", many.String())
	copied := p.tracker
	p.play("S: * 1 EXPUNGE", "S: mC OK done", "S: a OK done", "S: * CAPABILITY IMAP4rev1 NEW", "C: z SELECT Work", "S: z OK done")
	uid, ok := copied.UID(1)
	require.True(t, ok)
	require.Equal(t, uint32(11), uid)
	require.Equal(t, 41, copied.Outstanding())
	require.Equal(t, "INBOX", copied.Mailbox())
	require.Equal(t, uint32(10), copied.Box().Exists)
	require.Len(t, copied.CapHistory(), 1)
	n := 0
	for o := range copied.Unanswered() {
		if n == 0 {
			require.Equal(t, imap.CmdFetch, o.Name)
		}
		n++
	}
	require.Equal(t, 41, n)
}

// Following a session of short commands allocates nothing in steady state.
func TestNoAllocation(t *testing.T) {
	p := play(t, inbox)
	var sent, data, answer parser.Parser
	cmd, err := sent.Command([]byte("x UID FETCH 1:* (FLAGS)\r\n"))
	require.NoError(t, err)
	fetch, err := data.Response([]byte("* 2 FETCH (UID 55 FLAGS (\\Seen))\r\n"))
	require.NoError(t, err)
	ok, err := answer.Response([]byte("x OK done\r\n"))
	require.NoError(t, err)
	events := []Event{{Message: imap.Message{Command: cmd}}, {Message: imap.Message{Response: fetch}}, {Message: imap.Message{Response: ok}}}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for i := range events {
			p.tracker.Feed(&events[i])
		}
	}))
}
