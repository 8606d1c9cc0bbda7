package diagnose_test

import (
	"strings"
	"testing"

	. "github.com/imapwire/imapwire/parser/diagnose"
)

func TestIntegrity(t *testing.T) { runAll(t, integrityChecks()) }

// What a server says against what it said before, and what must come with an answer.
func integrityChecks() []check {
	const (
		ids   = "S: * OK [CAPABILITY IMAP4rev1 OBJECTID CONDSTORE COMPRESS=DEFLATE ENABLE UTF8=ACCEPT] ready\nC: L1 LOGIN user secret\nS: L1 OK done\n"
		open  = "S: * FLAGS (\\Seen)\nS: * 10 EXISTS\nS: * OK [UIDVALIDITY 7] ok\n"
		rev2  = "S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 ENABLE] ready\nC: L1 LOGIN user secret\nS: L1 OK done\nC: L2 ENABLE IMAP4rev2\nS: * ENABLED IMAP4rev2\nS: L2 OK done\n"
		plain = `("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)`
	)
	uids := func(second string) string {
		return inbox + "C: A1 FETCH 1:3 UID\nS: * 1 FETCH (UID 41)\nS: * 3 FETCH (UID " + second + ")\nS: A1 OK done"
	}
	search := func(data string) string {
		return inbox + "C: A1 SEARCH ALL\nS: * SEARCH " + data + "\nS: A1 OK done"
	}
	size := func(n string) string {
		return inbox + "C: A1 FETCH 1 (RFC822.SIZE BODY.PEEK[])\nS: * 1 FETCH (RFC822.SIZE " + n + " BODY[] {7}\nS: hello\nS: )\nS: A1 OK done"
	}
	esearch := func(data string) string {
		return inbox + "C: A1 UID SEARCH RETURN (ALL) SEEN\nS: * ESEARCH " + data + "\nS: A1 OK done"
	}
	pairs := func(last string) string {
		return login + "C: A1 ID (\"name\" \"x\" " + last + ")\nS: * ID NIL\nS: A1 OK done"
	}
	return []check{
		{id: "uid-not-ascending", severity: Error, message: inboxLen + 2, bad: uids("40"), good: uids("43")},
		{id: "uid-beyond-uidnext", severity: Error, message: inboxLen + 2, bad: uids("100"), good: uids("99")},
		{
			id: "uid-beyond-uidnext", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 10 FETCH (UID 100)\nS: A1 OK done",
			good: inbox + "C: A1 NOOP\nS: * 11 EXISTS\nS: * 11 FETCH (UID 100)\nS: A1 OK done",
		},
		{id: "search-beyond-exists", severity: Error, message: inboxLen + 1, bad: search("1 11"), good: search("1 10")},
		{id: "size-mismatch", severity: Warning, message: inboxLen + 1, text: "{7}\r\n", bad: size("9"), good: size("7")},
		{id: "size-mismatch", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange", bad: host("outlook.office365.com") + size("9"), good: host("outlook.office365.com") + size("7")},
		{id: "esearch-wrong-tag", severity: Error, message: inboxLen + 1, text: `"a1"`, bad: esearch(`(TAG "a1") UID ALL 5`), good: esearch(`(TAG "A1") UID ALL 5`)},
		{id: "esearch-wrong-kind", severity: Error, message: inboxLen + 1, bad: esearch(`(TAG "A1") ALL 5`), good: esearch(`(TAG "A1")`)},
		{
			id: "move-without-expunge", severity: Warning, message: inboxLen + 2,
			bad:  inbox + "C: A1 UID MOVE 5 Old\nS: * OK [COPYUID 9 5 1] moved\nS: A1 OK done",
			good: inbox + "C: A1 UID MOVE 5 Old\nS: * OK [COPYUID 9 5 1] moved\nS: * 3 EXPUNGE\nS: A1 OK done",
		},
		{id: "logout-without-bye", severity: Error, message: inboxLen + 1, bad: inbox + "C: A1 LOGOUT\nS: A1 OK done", good: inbox + "C: A1 LOGOUT\nS: * BYE bye\nS: A1 OK done"},
		{id: "expunge-on-close", severity: Error, message: inboxLen + 1, bad: inbox + "C: A1 CLOSE\nS: * 3 EXPUNGE\nS: A1 OK done", good: inbox + "C: A1 EXPUNGE\nS: * 3 EXPUNGE\nS: A1 OK done"},
		{
			id: "list-attributes-contradict", severity: Error, message: 4,
			bad:  login + "C: A1 LIST \"\" *\nS: * LIST (\\HasChildren \\HasNoChildren) \"/\" Work\nS: A1 OK done",
			good: login + "C: A1 LIST \"\" *\nS: * LIST (\\Noinferiors \\HasNoChildren) \"/\" Work\nS: A1 OK done",
		},
		{id: "id-limits", severity: Error, message: 3, bad: pairs(`"name" "y"`), good: pairs(`"version" "y"`)},
		{id: "id-limits", severity: Error, message: 3, bad: pairs(`"` + strings.Repeat("n", 31) + `" "y"`), good: pairs(`"` + strings.Repeat("n", 30) + `" "y"`)},
		{id: "id-limits", severity: Error, message: 3, bad: pairs(`"v" "` + strings.Repeat("y", 1025) + `"`), good: pairs(`"v" "` + strings.Repeat("y", 1024) + `"`)},
		{
			id: "body-with-extension", severity: Warning, message: inboxLen + 1, text: `"PLAIN"`,
			bad: fetch("BODY " + plain[:len(plain)-1] + " NIL NIL NIL NIL)"), good: fetch("BODY " + plain),
		},
		{
			id: "compress-pipelined", severity: Error, message: loginLen + 1,
			bad:  ids + "C: A1 COMPRESS DEFLATE\nC: A2 NOOP\nS: A1 OK done",
			good: ids + "C: A1 COMPRESS DEFLATE\nS: A1 NO [COMPRESSIONACTIVE] no\nC: A2 NOOP\nS: A2 OK done",
		},
		{
			id: "append-utf8-not-enabled", severity: Error, message: loginLen,
			bad:  ids + "C: A1 APPEND Sent UTF8 (~{5}\nS: + go\nC: hello)\nS: A1 OK done",
			good: ids + "C: A0 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: A0 OK done\nC: A1 APPEND Sent UTF8 (~{5}\nS: + go\nC: hello)\nS: A1 OK done",
		},
		{id: "inbox-always-exists", severity: Error, message: loginLen, text: "inbox", bad: login + "C: A1 DELETE inbox\nS: A1 NO no", good: login + "C: A1 DELETE inbox/old\nS: A1 OK done"},
		{id: "inbox-always-exists", severity: Error, message: loginLen, text: "INBOX", bad: login + "C: A1 CREATE INBOX\nS: A1 NO no", good: login + "C: A1 RENAME INBOX old\nS: A1 OK done"},
		{
			id: "select-without-modseq", severity: Error, message: loginLen + 4,
			bad:  login + "C: A1 SELECT Work (CONDSTORE)\n" + open + "S: A1 OK [READ-WRITE] done",
			good: login + "C: A1 SELECT Work (CONDSTORE)\n" + open + "S: * OK [NOMODSEQ] none\nS: A1 OK [READ-WRITE] done",
		},
		{
			id: "store-without-modseq", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 UID STORE 5 (UNCHANGEDSINCE 7) +FLAGS (\\Seen)\nS: * 1 FETCH (UID 5 FLAGS (\\Seen))\nS: A1 OK done",
			good: inbox + "C: A1 UID STORE 5 (UNCHANGEDSINCE 7) +FLAGS (\\Seen)\nS: * 1 FETCH (UID 5 FLAGS (\\Seen) MODSEQ (9))\nS: A1 OK done",
		},
		{
			id: "mailboxid-missing", severity: Warning, message: loginLen + 4,
			bad:  ids + "C: A1 SELECT Work\n" + open + "S: A1 OK [READ-WRITE] done",
			good: ids + "C: A1 SELECT Work\n" + open + "S: * OK [MAILBOXID (F1)] id\nS: A1 OK [READ-WRITE] done",
		},
		{
			id: "mailboxid-missing", severity: Warning, message: loginLen + 5,
			bad:  ids + "C: A0 LIST \"\" %\nS: * LIST () \"/\" INBOX\nS: A0 OK done\nC: A1 CREATE Work\nC: A2 NOOP\nS: A1 OK done",
			good: ids + "C: A0 LIST \"\" %\nS: * LIST () \"/\" INBOX\nS: A0 OK done\nC: A1 CREATE Work\nC: A2 NOOP\nS: A1 OK [MAILBOXID (F1)] done",
		},
		{
			id: "partial-too-long", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 FETCH 1 BODY.PEEK[]<0.4>\nS: * 1 FETCH (BODY[]<0> {5}\nS: hello)\nS: A1 OK done",
			good: inbox + "C: A1 FETCH 1 BODY.PEEK[]<0.5>\nS: * 1 FETCH (BODY[]<0> {5}\nS: hello)\nS: A1 OK done",
		},
		{
			id: "relevancy-without-fuzzy", severity: Error, message: inboxLen,
			bad:  inbox + "C: A1 SEARCH RETURN (RELEVANCY ALL) TEXT hello\nS: A1 BAD no",
			good: inbox + "C: A1 SEARCH RETURN (RELEVANCY ALL) FUZZY TEXT hello\nS: A1 BAD no",
		},
		{
			id: "recent-in-rev2", severity: Hint, message: 7,
			bad: rev2 + "C: A1 SELECT INBOX\nS: * 3 RECENT\nS: A1 OK [READ-WRITE] done", good: rev2 + "C: A1 SELECT INBOX\nS: * 3 EXISTS\nS: A1 OK [READ-WRITE] done",
		},
		{
			id: "search-for-esearch", severity: Warning, message: 13,
			bad:  rev2 + "C: A1 SELECT INBOX\n" + open + "S: A1 OK [READ-WRITE] done\nC: A2 SEARCH ALL\nS: * SEARCH 1\nS: A2 OK done",
			good: rev2 + "C: A1 SELECT INBOX\n" + open + "S: A1 OK [READ-WRITE] done\nC: A2 SEARCH ALL\nS: * ESEARCH (TAG \"A2\") ALL 1\nS: A2 OK done",
		},
		{
			id: "missing-response", severity: Error, message: loginLen + 4,
			bad:  login + "C: A0 LIST \"\" %\nS: * LIST () \"/\" INBOX\nS: A0 OK done\nC: A1 GETQUOTAROOT INBOX\nS: A1 OK done",
			good: login + "C: A0 LIST \"\" %\nS: * LIST () \"/\" INBOX\nS: A0 OK done\nC: A1 GETQUOTAROOT INBOX\nS: * QUOTAROOT INBOX\nS: A1 OK done",
		},
	}
}
