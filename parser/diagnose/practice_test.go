package diagnose_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	. "github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// row is n commands, each answered before the next is sent; # is their number.
func row(n int, command string) string {
	var s string
	for i := range n {
		k := strconv.Itoa(i + 1)
		s += "C: R" + k + " " + expand(command, k) + "\nS: R" + k + " OK done\n"
	}
	return s
}

// burst is n commands that are sent at once.
func burst(n int, command string) string {
	var c, s string
	for i := range n {
		k := strconv.Itoa(i + 1)
		c += "C: R" + k + " " + expand(command, k) + "\n"
		s += "S: R" + k + " OK done\n"
	}
	return c + s
}

func expand(s, k string) string {
	out := ""
	for _, c := range s {
		if c == '#' {
			out += k
			continue
		}
		out += string(c)
	}
	return out
}

func TestPractice(t *testing.T) { runAll(t, practiceChecks()) }

func practiceChecks() []check {
	const clear = "S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\n"
	return []check{
		{
			id: "clear-text-login", severity: Warning, message: 1, text: "LOGIN",
			bad:  clear + "C: A1 LOGIN u p\nS: A1 OK done",
			good: clear + "C: A0 STARTTLS\nS: A0 OK go\nC: A1 LOGIN u p\nS: A1 OK done",
		},
		{
			id: "clear-text-login", severity: Warning, message: 1, text: "AUTHENTICATE",
			bad:  clear + "C: A1 AUTHENTICATE PLAIN AGEAYg==\nS: A1 OK done",
			good: clear + "C: A1 AUTHENTICATE SCRAM-SHA-256 biws\nS: A1 OK done",
		},
		{
			id: "clear-text-login", severity: Warning, message: 1,
			bad:  clear + "C: A1 LOGIN u p\nS: A1 OK done",
			good: "S: * OK Coremail System IMap Server Ready(163com[0a])\nC: A0 CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS X-CM-EXT-1\nS: A0 OK done\nC: A1 LOGIN u p\nS: A1 OK done",
		},
		{
			id: "clear-text-login", severity: Warning, message: 1,
			bad:  "H: imap.example.org:143\n" + clear + "C: A1 LOGIN u p\nS: A1 OK done",
			good: "H: imap.example.org:993\n" + clear + "C: A1 LOGIN u p\nS: A1 OK done",
		},
		{
			id: "refetch-flags", severity: Hint, message: inboxLen + 2, text: "UID FETCH",
			bad:  inbox + "C: A1 UID FETCH 1:* (FLAGS)\nS: A1 OK done\nC: A2 UID FETCH 1:* (FLAGS)\nS: A2 OK done",
			good: inbox + "C: A1 UID FETCH 1:* (FLAGS)\nS: A1 OK done\nC: A2 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 7)\nS: A2 OK done",
		},
		{id: "polling-noop", severity: Hint, message: inboxLen + 4, text: "NOOP", bad: inbox + row(3, "NOOP"), good: inbox + row(2, "NOOP") + "C: A1 CHECK\nS: A1 OK done\nC: A2 NOOP\nS: A2 OK done"},
		{id: "fetch-one-by-one", severity: Hint, message: inboxLen + 8, text: "UID FETCH", bad: inbox + row(5, "UID FETCH # (FLAGS)"), good: inbox + burst(6, "UID FETCH # (FLAGS)")},
		{id: "no-pipelining", severity: Hint, message: inboxLen + 8, text: "UID STORE", bad: inbox + row(5, `UID STORE # +FLAGS (\Seen)`), good: inbox + row(4, `UID STORE # +FLAGS (\Seen)`)},
		{id: "status-per-mailbox", severity: Hint, message: loginLen + 8, bad: login + row(5, "STATUS box# (MESSAGES)"), good: login + row(4, "STATUS box# (MESSAGES)")},
		{id: "body-without-peek", severity: Hint, message: inboxLen, text: "UID FETCH", bad: inbox + "C: A1 UID FETCH 5 (BODY[])\nS: A1 OK done", good: inbox + "C: A1 UID FETCH 5 (BODY.PEEK[])\nS: A1 OK done"},
		{
			id: "search-in-client", severity: Hint, message: inboxLen,
			bad:  inbox + "C: A1 FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])\nS: A1 OK done",
			good: inbox + "C: A1 FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT FROM DATE)])\nS: A1 OK done",
		},
		{id: "id-not-sent", severity: Hint, message: 1, bad: inbox, good: inbox + "C: A1 ID NIL\nS: * ID NIL\nS: A1 OK done"},
		{id: "namespace-ignored", severity: Hint, message: 3, text: "Work", bad: login + "C: A1 CREATE Work\nS: A1 OK done", good: login + "C: A0 NAMESPACE\nS: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: A0 OK done\nC: A1 CREATE Work\nS: A1 OK done"},
		{
			id: "special-use-ignored", severity: Hint, message: 3, text: `"Sent Items"`,
			bad:  login + "C: A1 CREATE \"Sent Items\"\nS: A1 OK done",
			good: login + "C: A0 LIST (SPECIAL-USE) \"\" *\nS: A0 OK done\nC: A1 CREATE \"Sent Items\"\nS: A1 OK done",
		},
		{
			id: "special-use-ignored", severity: Hint, message: 6, text: "Sent",
			bad:  login + "C: A0 LIST \"\" *\nS: * LIST (\\Sent) \"/\" Gesendet\nS: A0 OK done\nC: A1 APPEND Sent {2+}\nC: hi\nS: A1 OK done",
			good: login + "C: A0 LIST \"\" *\nS: * LIST (\\Sent) \"/\" Sent\nS: A0 OK done\nC: A1 APPEND Sent {2+}\nC: hi\nS: A1 OK done",
		},
		{
			id: "move-not-used", severity: Hint, message: inboxLen + 2, text: "UID STORE",
			bad:  inbox + "C: A1 UID COPY 5 Trash\nS: A1 OK done\nC: A2 UID STORE 5 +FLAGS.SILENT (\\Deleted)\nS: A2 OK done",
			good: inbox + "C: A1 UID COPY 5 Trash\nS: A1 OK done\nC: A2 UID STORE 5 +FLAGS.SILENT (\\Seen)\nS: A2 OK done",
		},
		{id: "expunge-without-uid", severity: Hint, message: inboxLen, text: "EXPUNGE", bad: inbox + "C: A1 EXPUNGE\nS: A1 OK done", good: inbox + "C: A1 UID EXPUNGE 5\nS: A1 OK done"},
		{id: "capability-asked-again", severity: Hint, message: 1, bad: greeting + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: A1 OK done", good: login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: A1 OK done"},
		{id: "sasl-ir-not-used", severity: Hint, message: 1, bad: greeting + "C: A1 AUTHENTICATE PLAIN\nS: + \nC: AGEAYg==\nS: A1 OK done", good: greeting + "C: A1 AUTHENTICATE PLAIN AGEAYg==\nS: A1 OK done"},
	}
}

// A literal whose octets are not as many as announced, in a format that prints bytes as they were.
func TestLiteralLength(t *testing.T) {
	feed := func(head, octets string, faithful bool, announced uint64) []Finding {
		p := newPlayer(t)
		p.play(inbox + "C: A1 FETCH 1 BODY[]")
		w := "* 1 FETCH (BODY[] " + head + "\r\n" + octets + ")\r\n"
		at := uint32(len("* 1 FETCH (BODY[] "))
		start := at + uint32(len(head)) + 2
		p.feed(&message{Message: transcript.Message{Side: wire.Server, Faithful: faithful, Wire: []byte(w), Literals: []transcript.Literal{{
			Head: wire.Span{Start: at, End: start}, Octets: wire.Span{Start: start, End: start + uint32(len(octets))},
			Announced: announced, Found: uint64(len(octets)), State: transcript.Repaired,
		}}}})
		return p.finish()
	}
	f := pick(feed("{7}", "hello", true, 7), "literal-length-wrong")
	require.NotNil(t, f)
	require.Equal(t, Error, f.Severity)
	require.Equal(t, []string{"7", "5"}, f.Args)
	f = pick(feed("{5}", "h\u00e9ll\u00f6", true, 5), "literal-counts-characters")
	require.NotNil(t, f)
	require.Equal(t, []string{"5", "7"}, f.Args)
	for _, id := range []string{"literal-length-wrong", "literal-counts-characters"} {
		require.Nil(t, pick(feed("{7}", "hello", false, 7), id), "a log that changed the line ends")
		require.Nil(t, pick(feed("{5}", "hello", true, 5), id))
	}
}

// The servers and clients of the sessions that people paste.
func TestProducts(t *testing.T) {
	for _, tt := range []struct{ server, client, text string }{
		{"dovecot", "", "S: * OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready."},
		{"gmail", "", "S: * OK Gimap ready for requests from 192.0.2.1 h1mb5"},
		{"cyrus", "", "S: * OK [CAPABILITY IMAP4rev1] imap.example.org Cyrus IMAP 3.8.1 server ready"},
		{"courier", "", "S: * OK [CAPABILITY IMAP4rev1] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc."},
		{"exchange", "", "S: * OK The Microsoft Exchange IMAP4 service is ready. [QQBN]"},
		{"qq", "", "S: * OK [CAPABILITY IMAP4 IMAP4rev1 ID AUTH=PLAIN NAMESPACE] QQMail XMail(9.9) IMAP4Server ready"},
		{"netease", "", "S: * OK Coremail System IMap Server Ready(163com[0a1b])"},
		{"coremail", "", "S: * OK Coremail System IMap Server Ready(example.org)"},
		{"sina", "", "S: * OK [CAPABILITY IMAP4rev1 ID] sina imapproxy ready"},
		{"yandex", "", "S: * OK Yandex IMAP4rev1 at sas.example.org:993 ready to talk with 192.0.2.1"},
		{"icloud", "", "S: * OK [CAPABILITY XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 SASL-IR AUTH=ATOKEN XAPPLELITERAL] (2217B) pv50p"},
		{"icloud", "", "S: * OK ready\nS: * CAPABILITY XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 LITERAL+ X-NETSCAPE X-SUN-SORT X-SUN-IMAP XUM1 ID IDLE QRESYNC"},
		{"oracle", "", "S: * OK ready\nS: * CAPABILITY IMAP4 IMAP4rev1 LITERAL+ X-NETSCAPE X-SUN-SORT X-SUN-IMAP XUM1 ID IDLE QRESYNC"},
		{"", "", "S: * OK ready\nS: * CAPABILITY XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 LITERAL+ ID IDLE"},
		{"qq", "", "H: imap.qq.com:143\nS: * OK ready"},
		{"", "", "H: imap.example.org:993\nS: * OK ready"},
		{"yahoo", "", "S: * OK [CAPABILITY IMAP4rev1 XYMHIGHESTMODSEQ AUTH=XYMCOOKIEB64] IMAP4rev1 imapgate ready"},
		{"greenmail", "", "S: * OK IMAP4rev1 Server GreenMail v2.0.0 ready"},
		{"stalwart", "", "S: * OK [CAPABILITY IMAP4rev2] Stalwart IMAP4rev2 at your service."},
		{"", "", "S: * OK IMAP4rev1 ready"},
		{"dovecot", "", "S: * OK ready\nC: x NOOP\nS: x OK NOOP completed (0.001 + 0.000 secs)."},
		{"gmail", "", "S: * OK ready\nC: tag1 CAPABILITY\nS: tag1 OK Thats all she wrote! h1mb5"},
		{"zimbra", "", "S: * OK ready\nC: x ID NIL\nS: * ID (\"NAME\" \"Zimbra\" \"VERSION\" \"9.0\")\nS: x OK done"},
		{"", "thunderbird", "C: 42 ID (\"name\" \"Thunderbird\" \"version\" \"139.0.2\")"},
		{"", "thunderbird", "C: 44 UID fetch 1:* (FLAGS)"},
		{"", "ios-mail", "C: 1 ID (\"name\" \"iPhone Mail\" \"version\" \"20A\")"},
		{"", "apple-mail", "C: 2.33 NOOP"},
		{"", "mailkit", "C: A00000001 CAPABILITY"},
		{"", "imaplib", "C: PMGB1 CAPABILITY"},
		{"", "mutt", "C: a0001 CAPABILITY"},
		{"", "net-imap", "C: RUBY0001 CAPABILITY"},
		{"", "alpine", "C: 00000000 CAPABILITY"},
		{"", "", "C: 1 CAPABILITY"},
		{"", "", "C: tag1 CAPABILITY"},
	} {
		p := newPlayer(t)
		p.play(tt.text)
		require.Equal(t, tt.server, p.doctor.Server(), "server of %q", tt.text)
		require.Equal(t, tt.client, p.doctor.Client(), "client of %q", tt.text)
		if tt.server+tt.client != "" {
			require.NotEmpty(t, p.doctor.Why())
		}
	}
}

// A session of a well-behaved server and client has nothing above a hint.
func TestClean(t *testing.T) {
	silent(t, `
S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN AUTH=LOGIN] Dovecot (Debian) ready.
C: 41 authenticate PLAIN
S: + 
C: AHVzZXIAc2VjcmV0
S: 41 OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT CONDSTORE QRESYNC ESEARCH MOVE UIDPLUS LITERAL+ NOTIFY SPECIAL-USE] Logged in
C: 42 ID ("name" "Thunderbird" "version" "139.0.2")
S: * ID ("name" "Dovecot")
S: 42 OK ID completed (0.001 + 0.000 secs).
C: 43 select "INBOX"
S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
S: * OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] Flags permitted.
S: * 1 EXISTS
S: * 0 RECENT
S: * OK [UIDVALIDITY 1750701677] UIDs valid
S: * OK [UIDNEXT 2] Predicted next UID
S: 43 OK [READ-WRITE] Select completed (0.001 + 0.000 secs).
C: 44 UID fetch 1:* (FLAGS)
S: * 1 FETCH (UID 1 FLAGS (\Seen))
S: 44 OK Fetch completed (0.001 + 0.000 secs).
C: 45 IDLE
S: + idling
S: * 2 EXISTS
S: * 1 RECENT
C: DONE
S: 45 OK Idle completed (0.012 + 0.012 + 0.011 secs).
C: 46 noop
S: 46 OK NOOP completed (0.001 + 0.000 secs).
C: 47 UID fetch 2 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To)])
S: * 2 FETCH (UID 2 RFC822.SIZE 621 FLAGS (\Recent) BODY[HEADER.FIELDS (FROM TO)] {25}
S: From: alice@example.org
S: )
S: 47 OK Fetch completed (0.002 + 0.000 + 0.001 secs).
C: 48 uid store 2 +Flags (\Seen)
S: * 2 FETCH (UID 2 FLAGS (\Seen \Recent))
S: 48 OK Store completed (0.001 + 0.000 secs).
C: 49 uid move 2 "Trash"
S: * OK [COPYUID 1750701680 2 7] Moved UIDs.
S: * 2 EXPUNGE
S: 49 OK Move completed (0.001 + 0.000 secs).
C: 50 logout
S: * BYE Logging out
S: 50 OK Logout completed (0.001 + 0.000 secs).
`)
}

// Extensions allow what the base protocol doesn't.
func TestExtensionsAllow(t *testing.T) {
	silent(t, inbox+"C: A1 NOTIFY SET (SELECTED (MessageNew MessageExpunge))\nS: A1 OK done\nS: * 3 EXPUNGE\nC: A2 FETCH 1 FLAGS\nS: * 2 EXPUNGE\nS: * 1 FETCH (FLAGS ())\nS: A2 OK done")
	silent(t, inbox+"C: A1 SEARCH RETURN (SAVE) UNSEEN\nS: A1 OK done")
	silent(t, login+"C: A0 ENABLE UIDONLY\nS: * ENABLED UIDONLY\nS: A0 OK done\n"+inbox[len(login):]+"C: A1 UID FETCH 5 (UID FLAGS)\nS: * 5 UIDFETCH (FLAGS ())\nS: A1 OK done\nS: * VANISHED 5")
	silent(t, login+"C: A0 ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: A0 OK done\nC: L2 SELECT INBOX (QRESYNC (7 100 1:50))\nS: * 10 EXISTS\nS: * FLAGS ()\nS: * OK [UIDVALIDITY 7] x\nS: * OK [HIGHESTMODSEQ 120] x\n"+
		"S: * VANISHED (EARLIER) 3:5\nS: * 2 FETCH (UID 9 MODSEQ (110) FLAGS ())\nS: L2 OK [READ-WRITE] done\nC: A1 UID STORE 9 (UNCHANGEDSINCE 100) +FLAGS (\\Seen)\nS: A1 OK [MODIFIED 9] no")
}

// What one side says is enough to go on with, and never makes the other look guilty.
func TestOneSide(t *testing.T) {
	silent(t, "C: 1 LOGIN u p\nC: 2 SELECT INBOX\nC: 3 UID FETCH 1:* (FLAGS)\nC: 4 IDLE\nC: DONE\nC: 5 UID STORE 3 +FLAGS (\\Seen)\nC: 6 LOGOUT")
	silent(t, "S: * OK ready\nS: 1 OK Logged in\nS: * FLAGS (\\Seen)\nS: * 3 EXISTS\nS: 2 OK [READ-WRITE] done\nS: * 1 FETCH (UID 3 FLAGS (\\Seen))\nS: 3 OK done\nS: + idling\nS: * 4 EXISTS\nS: * 2 EXPUNGE\nS: 4 OK done\nS: * BYE bye\nS: 6 OK done")
	silent(t, "C: 7 UID FETCH 1:* (FLAGS)\nS: * 1 FETCH (UID 3 FLAGS (\\Seen))\nS: 7 OK done\nC: 8 NOOP\nS: * 2 EXPUNGE\nS: 8 OK done")
}

// A checkpoint goes on as if nothing had happened to its original.
func TestClone(t *testing.T) {
	p := newPlayer(t)
	p.play(inbox + row(3, "UID FETCH # (FLAGS)"))
	c := p.doctor.Clone()
	before := p.tracker
	p.out = nil
	p.play(row(3, "UID FETCH # (FLAGS)"))
	first := ids(p.finish())
	p.doctor, p.tracker, p.out = *c, before, nil
	p.play(row(3, "UID FETCH # (FLAGS)"))
	require.Equal(t, first, ids(p.finish()))
	require.Contains(t, first, "hint fetch-one-by-one")
}

// Blanks and line ends that a paste may have changed are no errors in it, unless the server is known for them.
func TestLossyPaste(t *testing.T) {
	list := func(text string) []Finding {
		p := newPlayer(t)
		p.cut(text, func(m *message) { m.Faithful = false; p.feed(m) })
		return p.finish()
	}
	for _, text := range []string{"C: 1 IDLE\nS: +", "C: 1 NOOP\nS: 1 OK", "S: * SEARCH 1 2 \nS: * OK x", "S: *  5 EXISTS", "S: * 5 EXISTS␤"} {
		fs := list("S: * OK ready\n" + text)
		require.NotEmpty(t, fs, text)
		for _, f := range fs {
			require.Equal(t, Hint, f.Severity, "%s in %q", f.ID, text)
		}
	}
	require.Equal(t, Quirk, pick(list("H: imap.qq.com\nS: * OK ready\nS: * SEARCH 1 2 \nS: * OK x"), "trailing-space").Severity)
	require.Equal(t, Error, pick(list("S: * OK ready\nS: * 2 FETCH (UID 5 )"), "space-before-paren").Severity)
}

// What is recognized later makes a quirk of an earlier error.
func TestAttribute(t *testing.T) {
	p := newPlayer(t)
	p.play("S: * OK ready\nC: 1 ID NIL\nS: * CAPABILITY IMAP4rev1 \nS: * ID (\"name\" \"iCloud\")\nS: 1 OK done")
	f := pick(p.finish(), "trailing-space")
	require.Equal(t, Error, f.Severity)
	require.True(t, p.doctor.Attribute(f))
	require.Equal(t, Quirk, f.Severity)
	require.Equal(t, "iCloud", f.Producer)
	require.False(t, p.doctor.Attribute(f))
}

// Every rule has a check, and every id is stable, unique and in kebab case.
func TestRegistry(t *testing.T) {
	checked := map[string]bool{"literal-length-wrong": true, "literal-counts-characters": true} // TestLiteralLength
	for _, c := range allChecks() {
		require.NotEmpty(t, c.bad)
		checked[c.id] = true
	}
	seen := make(map[string]bool)
	for _, r := range Registry() {
		require.False(t, seen[r.ID], "%s twice", r.ID)
		seen[r.ID] = true
		require.True(t, checked[r.ID], "%s has no check", r.ID)
		require.NotZero(t, r.Severity)
		require.NotEmpty(t, r.Family.String())
		require.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, r.ID)
	}
}

func allChecks() []check {
	return slices.Concat(dialogueChecks(), literalsChecks(), numbersChecks(), selectChecks(), extensionsChecks(), seenInTheWildFramingChecks(), seenInTheWildDataChecks(), seenInTheWildFetchChecks(), seenInTheWildClientsChecks(), practiceChecks(), reasonChecks(), modeChecks(), integrityChecks())
}
