package diagnose_test

import (
	"testing"

	. "github.com/imapwire/imapwire/parser/diagnose"
)

func TestDialogue(t *testing.T) { runAll(t, dialogueChecks()) }

func dialogueChecks() []check {
	return []check{
		{
			id: "wrong-state", severity: Error, message: 3,
			bad:  login + "C: A1 FETCH 1 FLAGS\nS: A1 BAD no mailbox selected",
			good: login + "C: A1 FETCH 1 FLAGS\nS: A1 OK done",
		},
		{
			id: "wrong-state", severity: Error, message: 3, text: "LOGIN",
			bad:  login + "C: A1 LOGIN user secret\nS: A1 BAD already",
			good: greeting + "C: A1 LOGIN user wrong\nS: A1 NO\nC: A2 LOGIN user secret\nS: A2 OK done",
		},
		{
			id: "command-while-idle", severity: Error, message: inboxLen + 2, text: "NOOP",
			bad:  inbox + "C: A1 IDLE\nS: + idling\nC: A2 NOOP\nS: A1 BAD done expected",
			good: inbox + "C: A1 IDLE\nS: + idling\nC: DONE\nC: A2 NOOP\nS: A1 OK\nS: A2 OK",
		},
		{
			id: "command-after-logout", severity: Warning, message: 6, text: "NOOP",
			bad:  login + "C: A1 LOGOUT\nS: * BYE bye\nS: A1 OK bye\nC: A2 NOOP",
			good: login + "C: A1 NOOP\nS: A1 OK\nC: A2 LOGOUT\nS: * BYE bye\nS: A2 OK bye",
		},
		{
			id: "tag-in-use", severity: Error, message: 4, text: "A1",
			bad:  login + "C: A1 NOOP\nC: A1 NOOP\nS: A1 OK\nS: A1 OK",
			good: login + "C: A1 NOOP\nS: A1 OK\nC: A2 NOOP\nS: A2 OK",
		},
		{
			id: "tag-not-unique", severity: Hint, message: 5, text: "x",
			bad:  login + "C: x NOOP\nS: x OK done\nC: x NOOP\nS: x OK done",
			good: login + "C: x NOOP\nS: x OK done\nC: y NOOP\nS: y OK done",
		},
		{
			id: "unknown-tag", severity: Hint, message: 4, text: "ZZ",
			bad:  login + "C: A1 NOOP\nS: ZZ OK done",
			good: "S: * OK hello\nS: A1 OK [CAPABILITY IMAP4rev1] Logged in\nC: A2 NOOP\nS: A2 OK",
		},
		{
			id: "answered-twice", severity: Error, message: 5, text: "A1",
			bad:  login + "C: A1 NOOP\nS: A1 OK done\nS: A1 OK done",
			good: login + "C: A1 NOOP\nS: A1 OK done\nC: A2 NOOP\nS: A2 OK done",
		},
		{
			id: "command-unanswered", severity: Warning, message: 3,
			bad:  login + "C: A1 NOOP\nC: A2 CHECK\nS: A2 OK done",
			good: login + "C: A1 NOOP\nC: A2 NOOP\nS: A1 OK done",
		},
		{
			id: "unexpected-continuation", severity: Error, message: 4,
			bad:  login + "C: A1 NOOP\nS: + go on\nS: A1 OK done",
			good: login + "C: A1 IDLE\nS: + go on\nC: DONE\nS: A1 OK done",
		},
		{
			id: "starttls-pipelined", severity: Error, message: 2, text: "LOGIN",
			bad:  "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: A1 STARTTLS\nC: A2 LOGIN u p\nS: A1 OK go",
			good: "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: A1 STARTTLS\nS: A1 OK go\nC: A2 LOGIN u p\nS: A2 OK",
		},
		{
			id: "idle-too-long", severity: Warning, message: inboxLen,
			bad:  inbox + "C: A1 IDLE\nS: + idling\nT: 2000\nC: DONE\nS: A1 OK",
			good: inbox + "C: A1 IDLE\nS: + idling\nT: 1740\nC: DONE\nS: A1 OK",
		},
		{
			id: "bad-greeting", severity: Error, message: 0,
			bad:  "S: * NO too many connections",
			good: "S: * BYE too many connections",
		},
		{id: "bad-greeting", severity: Error, message: 0, bad: "S: * BAD go away\nC: A1 CAPABILITY", good: "S: * BAD command"},
		{
			id: "bad-greeting", severity: Error, message: 0,
			bad:  "S: * NO disk is 98% full\nC: A1 LOGIN u p",
			good: "S: * NO disk is 98% full\nC: A1 COPY 1:2 work\nS: * NO disk is 98% full\nS: A1 OK done",
		},
		{
			id: "wrong-state", severity: Error, message: 1, text: "COMPRESS",
			bad:  greeting + "C: A1 COMPRESS DEFLATE\nS: A1 BAD log in first",
			good: greeting + "C: A1 COMPRESS DEFLATE\nS: A1 NO [COMPRESSIONACTIVE] TLS does it",
		},
		{
			id: "left-out", severity: Hint, message: 1, text: "{removed}",
			bad:  "P: on\n" + greeting + "C: A1 LOGIN {removed} {removed}",
			good: "P: on\n" + greeting + "C: A1 LOGIN {3 removed",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: "xxxx",
			bad:  "P: on\n" + login + "C: A1 FETCH 1 UID\nS: * 1 FETCH (UID xxxx)",
			good: "P: on\n" + login + "C: A1 FETCH 1 UID\nS: * 1 FETCH (UID xx)",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: "[REDACTED]",
			bad:  "P: on\n" + login + "C: A1 LIST \"\" *\nS: * LIST () \"/\" [REDACTED] [x]",
			good: "P: on\n" + login + "C: A1 NOOP\nS: * [ALERT] hello",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: "[...]",
			bad:  "P: on\n" + login + "C: A1 FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE (\"Wed, 23 Sep 2020 15:03:11 +0000\" [...]))",
			good: login + "C: A1 FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE (\"Wed, 23 Sep 2020 15:03:11 +0000\" [...]))",
		},
		{
			id: "left-out", severity: Hint, message: 3, text: "<uids>",
			bad:  "P: on\n" + login + "C: A1 UID FETCH <uids> FLAGS",
			good: "P: on\n" + login + "C: A1 UID FETCH 1 BODY[]<0.5>",
		},
		{
			id: "left-out", severity: Hint, message: 3, text: "<uids>",
			bad:  "P: on\n" + login + "C: A1 UID FETCH <uids> FLAGS",
			good: "P: on\n" + login + "C: A1 UID FETCH <script> FLAGS",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: "...",
			bad:  "P: on\n" + login + "C: A1 FETCH 1 FLAGS\nS: * 1 FETCH ...\nS: A1 OK done",
			good: "P: on\n" + login + "C: A1 FETCH 1 BODY.PEEK[1]\nS: * 1 FETCH (BODY[1] \"...\")\nS: A1 OK done",
		},
		{
			id: "left-out", severity: Hint, message: 2, text: "...",
			bad:  "P: on\n" + greeting + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 ...\nS: A1 OK done",
			good: "P: on\n" + greeting + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 X..\nS: A1 OK done",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: ". . .",
			bad:  "P: on\n" + login + "C: A1 FETCH 1 FLAGS\nS: * 1 FETCH . . .\nS: A1 OK done",
			good: "P: on\n" + login + "C: A1 FETCH 1 FLAGS\nS: * 1 FETCH . .\nS: A1 OK done",
		},
		{
			id: "left-out", severity: Hint, message: 4, text: "...",
			bad:  "P: on\n" + login + "C: A1 SELECT x\nS: ...\nS: A1 OK [READ-WRITE] done",
			good: "P: on\n" + login + "C: A1 SELECT x\nN: ...\nS: A1 OK [READ-WRITE] done",
		},
		{
			id: "select-incomplete", severity: Error, message: 5,
			bad:  "P: on\n" + login + "C: A1 SELECT x\nS: * FLAGS ()\nS: A1 OK done",
			good: "P: on\n" + login + "C: A1 SELECT x\nS: * FLAGS ()\nN: [...]\nS: A1 OK done",
		},
		{
			id: "login-disabled", severity: Error, message: 1, text: "LOGIN",
			bad:  "S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\nC: A1 LOGIN u p\nS: A1 NO",
			good: "S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\nC: A1 STARTTLS\nS: A1 OK\nC: A2 LOGIN u p\nS: A2 OK",
		},
		{
			id: "mechanism-not-advertised", severity: Warning, message: 1, text: "AUTHENTICATE",
			bad:  greeting + "C: A1 AUTHENTICATE CRAM-MD5\nS: A1 NO",
			good: greeting + "C: A1 AUTHENTICATE plain\nS: +\nC: AGEAYg==\nS: A1 OK",
		},
	}
}

func TestLiterals(t *testing.T) { runAll(t, literalsChecks()) }

func literalsChecks() []check {
	const plain = "S: * OK [CAPABILITY IMAP4rev1] hi\nC: L1 LOGIN u p\nS: L1 OK\n"
	const minus = "S: * OK [CAPABILITY IMAP4rev1 LITERAL-] hi\nC: L1 LOGIN u p\nS: L1 OK\n"
	return []check{
		{
			id: "literal-before-continuation", severity: Error, message: 3, text: "{5}\r\n",
			bad:  plain + "C: A1 APPEND INBOX {5}\nC: hello\nS: + go on\nS: A1 OK",
			good: plain + "C: A1 APPEND INBOX {5}\nS: + go on\nC: hello\nS: A1 OK",
		},
		{
			id: "literal-plus-unadvertised", severity: Error, message: 3, text: "{5+}\r\n",
			bad:  plain + "C: A1 APPEND INBOX {5+}\nC: hello\nS: A1 OK",
			good: login + "C: A1 APPEND INBOX {5+}\nC: hello\nS: A1 OK",
		},
		{
			id: "literal-minus-too-large", severity: Error, message: 3, text: "{5000+}\r\n",
			bad:  minus + "C: A1 APPEND INBOX {5000+}\nC: " + fill(5000) + "\nS: A1 OK",
			good: minus + "C: A1 APPEND INBOX {4096+}\nC: " + fill(4096) + "\nS: A1 OK",
		},
		{
			id: "continuation-for-nonsync", severity: Error, message: 4, text: "+",
			bad:  login + "C: A1 APPEND INBOX {5+}\nC: hello\nS: + go on\nS: A1 OK",
			good: login + "C: A1 APPEND INBOX {5}\nS: + go on\nC: hello\nS: A1 OK",
		},
		{
			id: "literal-plus-and-minus", severity: Error, message: 0,
			bad:  "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ LITERAL-] hi",
			good: "S: * OK [CAPABILITY IMAP4rev1 LITERAL-] hi",
		},
		{
			id: "sync-literal", severity: Hint, message: 3, text: "{5}\r\n",
			bad:  login + "C: A1 APPEND INBOX {5}\nS: + go on\nC: hello\nS: A1 OK",
			good: plain + "C: A1 APPEND INBOX {5}\nS: + go on\nC: hello\nS: A1 OK",
		},
	}
}

func TestNumbers(t *testing.T) { runAll(t, numbersChecks()) }

func numbersChecks() []check {
	return []check{
		{
			id: "expunge-during-fetch", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 FETCH 1:3 FLAGS\nS: * 2 EXPUNGE\nS: A1 OK",
			good: inbox + "C: A1 UID FETCH 1:3 FLAGS\nS: * 2 EXPUNGE\nS: A1 OK",
		},
		{
			id: "expunge-without-command", severity: Error, message: inboxLen,
			bad:  inbox + "S: * 2 EXPUNGE",
			good: inbox + "C: A1 NOOP\nS: * 2 EXPUNGE\nS: A1 OK",
		},
		{
			id: "expunge-beyond-exists", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 11 EXPUNGE\nS: A1 OK",
			good: inbox + "C: A1 NOOP\nS: * 10 EXPUNGE\nS: A1 OK",
		},
		{
			id: "expunge-beyond-exists", severity: Error, message: inboxLen + 1,
			bad:  "P: on\n" + inbox + "C: A1 NOOP\nS: * 11 EXPUNGE\nS: A1 OK",
			good: "P: on\n" + inbox + "C: A1 NOOP\nN: An article shows it again:\nS: * 11 EXPUNGE\nS: A1 OK",
		},
		{
			id: "exists-decreased", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 9 EXISTS\nS: A1 OK",
			good: inbox + "C: A1 NOOP\nS: * 4 EXPUNGE\nS: * 9 EXISTS\nS: A1 OK",
		},
		{
			id: "fetch-beyond-exists", severity: Warning, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 11 FETCH (FLAGS ())\nS: A1 OK",
			good: inbox + "C: A1 NOOP\nS: * 11 EXISTS\nS: * 11 FETCH (FLAGS ())\nS: A1 OK",
		},
		{
			id: "sequence-beyond-exists", severity: Warning, message: inboxLen, text: "5:11",
			bad:  inbox + "C: A1 FETCH 5:11 FLAGS\nS: A1 BAD",
			good: inbox + "C: A1 UID FETCH 5:11 FLAGS\nS: A1 OK",
		},
		{
			id: "uid-changed", severity: Error, message: inboxLen + 2,
			bad:  inbox + "C: A1 FETCH 1:3 UID\nS: * 2 FETCH (UID 20)\nS: * 2 FETCH (UID 21)\nS: A1 OK",
			good: inbox + "C: A1 FETCH 1:3 UID\nS: * 2 FETCH (UID 20)\nS: A1 OK\nC: A2 NOOP\nS: * 2 EXPUNGE\nS: A2 OK\nC: A3 FETCH 2 UID\nS: * 2 FETCH (UID 21)\nS: A3 OK",
		},
		{
			id: "uid-fetch-without-uid", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 UID FETCH 5 RFC822.SIZE\nS: * 2 FETCH (RFC822.SIZE 20)\nS: A1 OK",
			good: inbox + "C: A1 UID FETCH 5 RFC822.SIZE\nS: * 3 FETCH (FLAGS (\\Seen))\nS: * 2 FETCH (RFC822.SIZE 20 UID 5)\nS: A1 OK",
		},
		{
			id: "copyuid-unequal", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 COPY 1:2 Old\nS: A1 OK [COPYUID 9 1:2 4:6] done",
			good: inbox + "C: A1 COPY 1:2 Old\nS: A1 OK [COPYUID 9 1:2 4,6] done",
		},
		{
			id: "flag-not-permanent", severity: Warning, message: inboxLen, text: "Work",
			bad:  inbox + "C: A1 STORE 1 +FLAGS (\\Seen Work)\nS: A1 OK",
			good: inbox + "C: A1 STORE 1 +FLAGS (\\Seen)\nS: A1 OK",
		},
		{
			id: "store-recent", severity: Error, message: inboxLen, text: `\Recent`,
			bad:  inbox + "C: A1 STORE 1 -FLAGS (\\Recent)\nS: A1 BAD",
			good: inbox + "C: A1 STORE 1 -FLAGS (\\Deleted)\nS: A1 OK",
		},
		{
			id: "write-in-read-only", severity: Warning, message: 7, text: "STORE",
			bad:  login + "C: A1 EXAMINE INBOX\nS: * 3 EXISTS\nS: * FLAGS ()\nS: A1 OK [READ-ONLY] done\nC: A2 STORE 1 +FLAGS (\\Seen)\nS: A2 NO",
			good: login + "C: A1 SELECT INBOX\nS: * 3 EXISTS\nS: * FLAGS ()\nS: A1 OK [READ-WRITE] done\nC: A2 STORE 1 +FLAGS (\\Seen)\nS: A2 OK",
		},
	}
}

func TestSelect(t *testing.T) { runAll(t, selectChecks()) }

func selectChecks() []check {
	again := func(validity string) string {
		return inbox + "C: A1 SELECT INBOX\nS: * FLAGS ()\nS: * 10 EXISTS\nS: * OK [UIDVALIDITY " + validity + "] x\nS: A1 OK [READ-WRITE] done"
	}
	box := func(code string) string {
		return login + "C: A1 SELECT INBOX\nS: * FLAGS ()\nS: * 10 EXISTS\nS: * OK [" + code + "] x\nS: A1 OK [READ-WRITE] done"
	}
	return []check{
		{id: "uidvalidity-changed", severity: Warning, message: inboxLen + 4, bad: again("8"), good: again("7")},
		{id: "uidvalidity-zero", severity: Error, message: 6, bad: box("UIDVALIDITY 0"), good: box("UIDVALIDITY 10")},
		{id: "uidnext-zero", severity: Error, message: 6, bad: box("UIDNEXT 0"), good: box("UIDNEXT 1")},
		{id: "unseen-zero", severity: Error, message: 6, bad: box("UNSEEN 0"), good: box("UNSEEN 1")},
		{id: "highestmodseq-zero", severity: Error, message: 6, bad: box("HIGHESTMODSEQ 0"), good: box("NOMODSEQ")},
		{
			id: "select-incomplete", severity: Error, message: 5,
			bad:  login + "C: A1 SELECT INBOX\nS: * FLAGS ()\nS: A1 OK done",
			good: login + "C: A1 SELECT INBOX\nS: A1 NO no such mailbox",
		},
		{
			id: "select-without-uidvalidity", severity: Warning, message: 6,
			bad:  login + "C: A1 SELECT INBOX\nS: * FLAGS ()\nS: * 0 EXISTS\nS: A1 OK done",
			good: box("UIDVALIDITY 3"),
		},
		{
			id: "examine-without-read-only", severity: Error, message: 7,
			bad:  login + "C: A1 EXAMINE INBOX\nS: * FLAGS ()\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 1] x\nS: A1 OK done",
			good: login + "C: A1 EXAMINE INBOX\nS: * FLAGS ()\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 1] x\nS: A1 OK [READ-ONLY] done",
		},
		{
			id: "status-of-selected", severity: Hint, message: inboxLen, text: "inbox",
			bad:  inbox + "C: A1 STATUS inbox (MESSAGES)\nS: * STATUS inbox (MESSAGES 10)\nS: A1 OK",
			good: inbox + "C: A1 STATUS Other (MESSAGES)\nS: * STATUS Other (MESSAGES 1)\nS: A1 OK",
		},
		{id: "reselect", severity: Hint, message: inboxLen, text: "SELECT", bad: again("7"), good: inbox + "C: A1 SELECT Other\nS: A1 OK"},
	}
}

func TestExtensions(t *testing.T) { runAll(t, extensionsChecks()) }

func extensionsChecks() []check {
	const bare = "S: * OK [CAPABILITY IMAP4rev1 ID] hi\nC: L1 LOGIN u p\nS: L1 OK\n"
	return []check{
		{
			id: "enable-in-selected", severity: Error, message: inboxLen, text: "ENABLE",
			bad:  inbox + "C: A1 ENABLE CONDSTORE\nS: A1 BAD",
			good: login + "C: A1 ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: A1 OK",
		},
		{
			id: "enable-unadvertised", severity: Hint, message: 3, text: "UTF8=ACCEPT",
			bad:  login + "C: A1 ENABLE UTF8=ACCEPT\nS: * ENABLED\nS: A1 OK",
			good: login + "C: A1 ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: A1 OK",
		},
		{
			id: "enable-without-enabled", severity: Error, message: 4,
			bad:  login + "C: A1 ENABLE QRESYNC CONDSTORE\nS: A1 OK ENABLE completed",
			good: login + "C: A1 ENABLE UTF8=ACCEPT\nS: A1 OK nothing of this is offered",
		},
		{
			id: "enable-without-enabled", severity: Quirk, message: 4, producer: "iCloud",
			bad:  "H: p01-imap.mail.me.com\nH: imap.mail.me.com\n" + login + "C: A1 ENABLE QRESYNC CONDSTORE\nS: A1 OK ENABLE completed",
			good: login + "C: A1 ENABLE QRESYNC\nS: A1 BAD",
		},
		{
			id: "enabled-unasked", severity: Warning, message: 4, text: "UTF8=ACCEPT",
			bad:  login + "C: A1 ENABLE QRESYNC\nS: * ENABLED QRESYNC UTF8=ACCEPT\nS: A1 OK",
			good: login + "C: A1 ENABLE QRESYNC\nS: * ENABLED QRESYNC CONDSTORE\nS: A1 OK",
		},
		{
			id: "qresync-not-enabled", severity: Error, message: 3, text: "SELECT",
			bad:  login + "C: A1 SELECT INBOX (QRESYNC (7 100))\nS: A1 BAD",
			good: login + "C: A0 ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: A0 OK\nC: A1 SELECT INBOX (QRESYNC (7 100))\nS: A1 OK",
		},
		{
			id: "vanished-not-enabled", severity: Error, message: inboxLen,
			bad:  inbox + "C: A1 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5 VANISHED)\nS: A1 BAD",
			good: inbox + "C: A1 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5)\nS: A1 OK",
		},
		{
			id: "capability-without-imap4", severity: Error, message: 0,
			bad:  "S: * OK [CAPABILITY IMAP4 IDLE] hi",
			good: "S: * OK [CAPABILITY IMAP4rev2 IDLE] hi",
		},
		{
			id: "capability-not-advertised", severity: Warning, message: 6, text: "NAMESPACE",
			bad:  bare + "C: A0 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: A0 OK done\nC: A1 NAMESPACE\nS: A1 BAD",
			good: "S: * OK hi\nC: L1 LOGIN u p\nS: L1 OK\nC: A1 NAMESPACE\nS: A1 BAD",
		},
		{
			id: "missing-response", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 SEARCH UNSEEN\nS: A1 OK",
			good: inbox + "C: A1 SEARCH UNSEEN\nS: * SEARCH\nS: A1 OK",
		},
		{
			id: "missing-response", severity: Error, message: 5,
			bad:  login + "C: A1 ID NIL\nS: * FLAGS ()\nS: A1 OK",
			good: login + "C: A1 ID NIL\nS: * ID NIL\nS: A1 OK",
		},
		{
			id: "search-for-esearch", severity: Warning, message: inboxLen + 2,
			bad:  inbox + "C: A1 UID SEARCH RETURN (ALL) UNSEEN\nS: * SEARCH 5 (MODSEQ 9)\nS: A1 OK",
			good: inbox + "C: A1 UID SEARCH UNSEEN\nS: * SEARCH 5 (MODSEQ 9)\nS: A1 OK",
		},
		{
			id: "fetch-item-missing", severity: Warning, message: inboxLen + 2,
			bad:  inbox + "C: A1 FETCH 1 (RFC822 RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 5)\nS: A1 OK",
			good: inbox + "C: A1 FETCH 1 (RFC822 RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 5 RFC822 \"hello\")\nS: A1 OK",
		},
		{
			id: "status-item-missing", severity: Warning, message: 5,
			bad:  login + "C: A1 STATUS INBOX (MESSAGES)\nS: * STATUS INBOX ()\nS: A1 OK",
			good: login + "C: A1 STATUS INBOX (MESSAGES)\nS: * STATUS INBOX (MESSAGES 0)\nS: A1 OK",
		},
		{
			id: "status-item-unasked", severity: Hint, message: 4,
			bad:  login + "C: A1 STATUS INBOX (MESSAGES)\nS: * STATUS INBOX (MESSAGES 0 UIDVALIDITY 3)\nS: A1 OK",
			good: login + "C: A1 STATUS INBOX (MESSAGES UIDVALIDITY)\nS: * STATUS INBOX (UIDVALIDITY 3 MESSAGES 0)\nS: A1 OK",
		},
		{
			id: "bad-utf7", severity: Warning, message: 3, text: `"R&D"`,
			bad:  login + "C: A1 SELECT \"R&D\"\nS: A1 NO",
			good: login + "C: A1 SELECT \"R&-D\"\nS: A1 NO",
		},
		{
			id: "utf7-in-utf8-mode", severity: Hint, message: 6, text: "&g0l6P3ux-",
			bad:  login + "C: A0 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: A0 OK\nC: A1 SELECT &g0l6P3ux-\nS: A1 NO",
			good: login + "C: A0 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: A0 OK\nC: A1 SELECT \"R&D\"\nS: A1 NO",
		},
		{
			id: "unknown-response", severity: Hint, message: 4,
			bad:  login + "C: A1 NOOP\nS: * FROBNICATED 7\nS: A1 OK",
			good: login + "C: A1 NOOP\nS: * SEARCH\nS: A1 OK",
		},
	}
}

func fill(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}
