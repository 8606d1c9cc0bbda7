package diagnose_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	. "github.com/imapwire/imapwire/parser/diagnose"
)

// host begins a session with a server that is known by its name.
func host(name string) string { return "H: " + name + "\n" }

// fetch is a session in which one FETCH response comes; it is message inboxLen+1.
func fetch(items string) string {
	return inbox + "C: A1 NOOP\nS: * 1 FETCH (" + items + ")\nS: A1 OK done"
}

const (
	rest     = `NIL "7BIT" 5 1 NIL NIL NIL NIL`
	envelope = `ENVELOPE ("d" "s" ((NIL NIL "a" "example.org")) NIL NIL NIL NIL NIL NIL "<m@example.org>")`
)

func body(s string) string { return fetch("UID 5 BODYSTRUCTURE " + s) }

func from(addresses string) string {
	return fetch(`ENVELOPE ("d" "s" ` + addresses + ` NIL NIL NIL NIL NIL NIL "<m@example.org>")`)
}

// Every deviation that was seen in the wild, with the product that is known for it, and without.
func TestSeenInTheWildFraming(t *testing.T) { runAll(t, seenInTheWildFramingChecks()) }

func seenInTheWildFramingChecks() []check {
	const office, yahoo, qq, apple, gmail = "outlook.office365.com", "imap.mail.yahoo.com", "imap.qq.com", "imap.mail.me.com", "imap.gmail.com"
	status := func(end string) string {
		return login + "C: A1 STATUS Inbox (MESSAGES)\nS: * STATUS Inbox (MESSAGES 1)" + end + "\nS: A1 OK done"
	}
	search := func(end string) string {
		return inbox + "C: A1 SEARCH ALL\nS: * SEARCH 1 2 3" + end + "\nS: A1 OK done"
	}
	return []check{
		{id: "trailing-space", severity: Quirk, message: 4, producer: "Microsoft Exchange", bad: host(office) + status(" "), good: host(office) + status("")},
		{id: "trailing-space", severity: Error, message: 4, bad: status(" ")},
		{
			id: "trailing-space", severity: Quirk, message: 4, producer: "QQ Mail",
			bad:  host(qq) + login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 UIDPLUS \nS: A1 OK done",
			good: host(qq) + login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 UIDPLUS\nS: A1 OK done",
		},
		{id: "trailing-space", severity: Quirk, message: inboxLen + 1, producer: "Yahoo Mail", bad: host(yahoo) + search(" "), good: host(yahoo) + search("")},
		{
			id: "extra-space", severity: Quirk, message: 4, producer: "global-mail.cn",
			bad:  host("imap-n.global-mail.cn") + login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4 IMAP4rev1 LITERAL+  STARTTLS\nS: A1 OK done",
			good: host("imap-n.global-mail.cn") + login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4 IMAP4rev1 LITERAL+ STARTTLS\nS: A1 OK done",
		},
		{
			id: "literal-plus-split", severity: Hint, message: 4, text: "LITERAL +",
			bad:  login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 LITERAL + IDLE\nS: A1 OK done",
			good: login + "C: A1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 LITERAL+ IDLE\nS: A1 OK done",
		},
		{
			id: "extra-space", severity: Quirk, message: 4, producer: "DavMail",
			bad:  "S: * OK [CAPABILITY IMAP4REV1] IMAP4rev1 DavMail 6.0 server ready\nC: L1 LOGIN u p\nS: L1 OK Authenticated\nC: A1 SELECT Big\nS: *  522 EXISTS\nS: A1 OK done",
			good: "S: * OK [CAPABILITY IMAP4REV1] IMAP4rev1 DavMail 6.0 server ready\nC: L1 LOGIN u p\nS: L1 OK Authenticated\nC: A1 SELECT Big\nS: * 522 EXISTS\nS: A1 OK done",
		},
		{
			id: "missing-text", severity: Quirk, message: 4, producer: "Gmail",
			bad:  host(gmail) + login + "C: A1 SELECT INBOX\nS: * OK [HIGHESTMODSEQ 10]\nS: A1 OK done",
			good: host(gmail) + login + "C: A1 SELECT INBOX\nS: * OK [HIGHESTMODSEQ 10] modseq\nS: A1 OK done",
		},
		{
			id: "missing-text", severity: Quirk, message: 4, producer: "iCloud",
			bad:  host(apple) + login + "C: A1 LOGOUT\nS: A1 OK",
			good: host(apple) + login + "C: A1 LOGOUT\nS: A1 OK bye",
		},
		{id: "plus-without-space", severity: Error, message: 4, bad: login + "C: A1 IDLE\nS: +\nC: DONE\nS: A1 OK done", good: login + "C: A1 IDLE\nS: + \nC: DONE\nS: A1 OK done"},
		{
			id: "login-prompt", severity: Quirk, message: 2, text: "VXNlciBOYW1lAA==", producer: "QQ Mail",
			bad:  host(qq) + greeting + "C: A1 AUTHENTICATE LOGIN\nS: + VXNlciBOYW1lAA==\nC: dXNlcg==\nS: + UGFzc3dvcmQA\nC: cGFzcw==\nS: A1 OK done",
			good: host(qq) + greeting + "C: A1 AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC: dXNlcg==\nS: + UGFzc3dvcmQ6\nC: cGFzcw==\nS: A1 OK done",
		},
		{
			id: "missing-status", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host(office) + inbox + "C: A1 UID MOVE 10 Old\nS: * [COPYUID 124 10 233] \nS: A1 OK done",
			good: host(office) + inbox + "C: A1 UID MOVE 10 Old\nS: * OK [COPYUID 124 10 233] moved\nS: A1 OK done",
		},
		{
			id: "missing-star", severity: Quirk, message: inboxLen + 1, producer: "home.pl IdeaImapServer",
			bad:  host("imap.home.pl") + inbox + "C: A1 UID MOVE 10 Old\nS: [COPYUID 124 10 233]\nS: A1 OK done",
			good: host("imap.home.pl") + inbox + "C: A1 UID MOVE 10 Old\nS: * OK [COPYUID 124 10 233] moved\nS: A1 OK done",
		},
		{
			id: "empty-uid-set", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host(office) + inbox + "C: A1 UID COPY 10 Old\nS: A1 OK [COPYUID 701  ] done",
			good: host(office) + inbox + "C: A1 UID COPY 10 Old\nS: A1 OK [COPYUID 701 10 11] done",
		},
		{
			id: "exchange-error-in-ok", severity: Quirk, message: 2, producer: "Microsoft Exchange",
			bad:  greeting + "C: A AUTHENTICATE PLAIN AGEAYg==\nS: A OK [Error=\"Microsoft.Exchange.Data.Storage:Cross Server\" AuthResultFromPopImapEnd=0 Proxy=X:1993:SSL Service=Imap4] AUTHENTICATE completed.",
			good: greeting + "C: A AUTHENTICATE PLAIN AGEAYg==\nS: A OK AUTHENTICATE completed.",
		},
		{
			id: "free-text-code", severity: Quirk, message: 2, producer: "Microsoft Exchange",
			bad:  host(office) + greeting + "C: A AUTHENTICATE PLAIN AGEAYg==\nS: A OK [Error=\"Microsoft.Exchange.Data.Storage:Cross Server\" AuthResultFromPopImapEnd=0 Proxy=X:1993:SSL Service=Imap4] AUTHENTICATE completed.",
			good: greeting + "C: A AUTHENTICATE PLAIN AGEAYg==\nS: A OK [XMETA a:b c=0] AUTHENTICATE completed.",
		},
		{
			id: "bare-server-text", severity: Quirk, message: 4, producer: "Microsoft Exchange",
			bad:  login + "C: A1 NOOP\nS: Server Unavailable. 15",
			good: login + "C: A1 NOOP\nS: * BYE Server Unavailable. 15",
		},
		{id: "other-protocol", severity: Error, message: 0, bad: "S: 421 Server is busy, try again later.", good: "S: * BYE 421 Server is busy, try again later."},
		{id: "other-protocol", severity: Error, message: 0, bad: "S: 220 mx.example.org ESMTP", good: "S: * OK 220 mx.example.org ESMTP"},
		{id: "other-protocol", severity: Error, message: 0, bad: "S: +OK POP3 ready", good: "S: * OK POP3 isn't here"},
		{id: "other-protocol", severity: Error, message: 0, bad: "N: HTTP/1.1 400 Bad Request", good: "S: * OK HTTP/1.1"},
		{
			id: "bad-greeting", severity: Quirk, message: 0, producer: "IceWarp",
			bad: "S: * NO LOGOUT Intrusion prevention active for 192.0.2.1", good: "S: * BYE Intrusion prevention active for 192.0.2.1",
		},
		{id: "leading-space", severity: Error, message: 0, bad: "S:   NO LOGOUT Intrusion prevention active for 192.0.2.1", good: "S: * OK ready"},
		{
			id: "tagged-bye", severity: Quirk, message: 4, producer: "wp.pl",
			bad:  host("imap.wp.pl") + login + "C: A6 LOGOUT\nS: A6 BYE IMAP4rev1 Server logging out",
			good: host("imap.wp.pl") + login + "C: A6 LOGOUT\nS: * BYE IMAP4rev1 Server logging out\nS: A6 OK done",
		},
		{
			id: "bye-repeated", severity: Quirk, message: 5, producer: "Yandex Mail",
			bad:  host("imap.yandex.com") + login + "C: A1 NOOP\nS: * BYE Autologout\nS: * BYE Autologout\nS: * BYE Autologout",
			good: host("imap.yandex.com") + login + "C: A1 NOOP\nS: * BYE Autologout",
		},
		{
			id: "untagged-bad-hangs", severity: Quirk, message: 4, producer: "interia.pl",
			bad:  host("poczta.interia.pl") + login + "C: A1 SELECT INBOX\nS: * BAD [ALERT] Please enable IMAP access",
			good: host("poczta.interia.pl") + login + "C: A1 SELECT INBOX\nS: * BAD [ALERT] Please enable IMAP access\nS: A1 BAD failed",
		},
		{
			id: "untagged-bad-hangs", severity: Quirk, message: 4, producer: "QQ Mail",
			bad:  host(qq) + login + "C: A1 XXX (\"name\" \"aaa\")\nS: * BAD Command!\nC: A2 NOOP\nS: A2 OK done",
			good: host(qq) + login + "C: A1 XXX (\"name\" \"aaa\")\nS: A1 BAD Command!\nC: A2 NOOP\nS: A2 OK done",
		},
		{
			id: "alert-unusable", severity: Quirk, message: 2, producer: "interia.pl",
			bad:  host("poczta.interia.pl") + greeting + "C: A1 LOGIN u p\nS: A1 OK [ALERT] Please enable IMAP access\nC: A2 SELECT INBOX\nS: A2 NO no access",
			good: host("poczta.interia.pl") + greeting + "C: A1 LOGIN u p\nS: A1 OK [ALERT] Please enable IMAP access\nC: A2 SELECT INBOX\nS: A2 OK [READ-WRITE] done\nC: A3 SELECT No\nS: A3 NO no such box",
		},
		{
			id: "capability-untagged-at-login", severity: Hint, message: 2, producer: "Gmail",
			bad:  host(gmail) + greeting + "C: A1 LOGIN u p\nS: * CAPABILITY IMAP4rev1 IDLE\nS: A1 OK done",
			good: greeting + "C: A1 LOGIN u p\nS: A1 OK [CAPABILITY IMAP4rev1 IDLE] done",
		},
		{
			id: "server-warning", severity: Hint, message: inboxLen + 1,
			bad:  inbox + "C: A1 COPY 1 Old\nS: * NO Disk is 98% full, please delete unnecessary data\nS: A1 OK done",
			good: inbox + "C: A1 COPY 1 Old\nS: A1 NO Disk is full",
		},
		{
			id: "untagged-bad", severity: Warning, message: inboxLen,
			bad:  inbox + "S: * BAD Empty command line\nC: A1 NOOP\nS: A1 OK done",
			good: inbox + "C: A1 NOOP\nS: * BAD Empty command line\nS: A1 OK done",
		},
		{id: "leading-nul", severity: Error, message: 4, bad: login + "C: A1 NOOP\nS: ␀␀␀* 5 EXISTS\nS: A1 OK done", good: login + "C: A1 NOOP\nS: A1 OK done"},
		{id: "bare-lf", severity: Error, message: 4, bad: login + "C: A1 NOOP\nS: * 5 EXISTS␤\nS: A1 OK done", good: login + "C: A1 NOOP\nS: A1 OK done"},
		{id: "unknown-response", severity: Hint, message: 4, bad: login + "C: A1 NOOP\nS: * NOOP\nS: A1 OK done", good: login + "C: A1 NOOP\nS: * OK NOOP\nS: A1 OK done"},
		{
			id: "uidvalidity-zero", severity: Quirk, message: 4, producer: "WinWebMail",
			bad:  "S: * OK WinWebMail IMAP4 ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 SELECT INBOX\nS: * OK [UIDVALIDITY 0] x\nS: A1 OK done",
			good: "S: * OK WinWebMail IMAP4 ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 SELECT INBOX\nS: * OK [UIDVALIDITY 1] x\nS: A1 OK done",
		},
		{
			id: "malformed-code", severity: Error, message: 4,
			bad:  login + "C: A1 SELECT INBOX\nS: * OK [PERMANENTFLAGS Flags (\\Seen)] x\nS: A1 OK done",
			good: login + "C: A1 SELECT INBOX\nS: * OK [PERMANENTFLAGS (\\Seen)] x\nS: A1 OK done",
		},
		{
			id: "search-for-esearch", severity: Quirk, message: inboxLen + 2, producer: "Cyrus IMAP",
			bad:  "S: * OK [CAPABILITY IMAP4rev1 ESEARCH CONDSTORE] imap.example.org Cyrus IMAP v2.4.17 server ready\n" + inbox[len(greeting):] + "C: A1 UID SEARCH RETURN (ALL) SEEN\nS: * SEARCH 56753 (MODSEQ 46539)\nS: A1 OK done",
			good: "S: * OK [CAPABILITY IMAP4rev1 ESEARCH CONDSTORE] imap.example.org Cyrus IMAP v2.4.17 server ready\n" + inbox[len(greeting):] + "C: A1 UID SEARCH RETURN (ALL) SEEN\nS: * ESEARCH (TAG \"A1\") UID ALL 5\nS: A1 OK done",
		},
	}
}

func TestSeenInTheWildFramingLegal(t *testing.T) {
	// A status word inside a literal is no status.
	require.Nil(t, pick(play(t, inbox+"C: A1 FETCH 1 BODY.PEEK[HEADER]\nS: * 1 FETCH (BODY[HEADER] {27}\nS: A1 NO\nS: X-Spam-Flag: NO\nS: \nS: )\nS: A1 OK done"), "answered-twice"))
}

func TestSeenInTheWildData(t *testing.T) { runAll(t, seenInTheWildDataChecks()) }

func seenInTheWildDataChecks() []check {
	flags := func(list string) string {
		return login + "C: A1 SELECT INBOX\nS: * FLAGS (" + list + ")\nS: A1 OK done"
	}
	list := func(line string) string {
		return login + "C: A1 LIST \"\" *\nS: * " + line + "\nS: A1 OK done"
	}
	const homepl = "H: imap.home.pl\n"
	return []check{
		{id: "star-in-flags", severity: Quirk, message: 4, producer: "Zoho Mail", bad: host("imap.zoho.com") + flags(`\Answered \*`), good: host("imap.zoho.com") + flags(`\Answered \Seen`)},
		{id: "bracket-in-atom", severity: Quirk, message: 4, producer: "Gmail", bad: host("imap.gmail.com") + flags(`OIB-Seen-[Google Mail]/Alle`), good: host("imap.gmail.com") + flags(`OIB-Seen-Mail/Alle`)},
		{
			id: "quoted-flag", severity: Quirk, message: 4, producer: "InterMail",
			bad:  "S: * OK IMAP4 server (InterMail vM.8.04) ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 SELECT INBOX\nS: * FLAGS (\"\\\\Deleted\" \\Answered)\nS: A1 OK done",
			good: flags(`\Deleted \Answered`),
		},
		{
			id: "space-before-paren", severity: Quirk, message: 4, producer: "SurgeMail",
			bad:  "S: * OK SurgeMail IMAP ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 SELECT INBOX\nS: * FLAGS (\\Seen $Forwarded )\nS: A1 OK done",
			good: flags(`\Seen $Forwarded`),
		},
		{id: "nil-flag", severity: Hint, message: inboxLen + 1, text: "NIL", bad: fetch(`FLAGS (NIL)`), good: fetch(`FLAGS (NILS)`)},
		{id: "nil-flag", severity: Hint, message: inboxLen + 1, bad: fetch(`X-GM-LABELS ("\\Starred" NIL)`), good: fetch(`X-GM-LABELS ("\\Starred")`)},
		{
			id: "empty-flag", severity: Quirk, message: 4, producer: "home.pl IdeaImapServer",
			bad:  homepl + login + "C: A1 XLIST \"\" *\nS: * XLIST (\\HasNoChildren \\) \".\" \"INBOX.ARCH\"\nS: A1 OK done",
			good: homepl + login + "C: A1 XLIST \"\" *\nS: * XLIST (\\HasNoChildren) \".\" \"INBOX.ARCH\"\nS: A1 OK done",
		},
		{
			id: "unquoted-name", severity: Quirk, message: 4, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + list("LIST (\\HasNoChildren) \"/\" INBOX/Da␉Oggetto"),
			good: host("outlook.office365.com") + list(`LIST (\HasNoChildren) "/" INBOX/DaOggetto`),
		},
		{id: "bracket-in-mailbox", severity: Hint, message: 4, text: "INBOX.[Airmail].Snooze", bad: list(`LIST (\UnMarked) "." INBOX.[Airmail].Snooze`), good: list(`LIST (\UnMarked) "." "INBOX.[Airmail].Snooze"`)},
		{
			id: "list-root-name", severity: Hint, message: 4, text: `"/"`,
			bad:  login + "C: A1 LIST \"\" \"\"\nS: * LIST (\\Noselect) \"/\" \"/\"\nS: A1 OK done",
			good: login + "C: A1 LIST \"\" \"\"\nS: * LIST (\\Noselect) \"/\" \"\"\nS: A1 OK done",
		},
		{id: "nil-mailbox", severity: Hint, message: 4, text: "NIL", bad: list(`LIST () "/" NIL`), good: list(`LIST () "/" "NIL"`)},
		{id: "mailbox-literal", severity: Hint, message: 4, bad: list("LIST () \"/\" {3}\nS: a\\b"), good: list("LIST () \"/\" {3}\nS: a/b")},
		{
			id: "status-item-missing", severity: Quirk, message: 5, producer: "NetEase Mail",
			bad:  host("imap.163.com") + login + "C: A1 STATUS INBOX (UNSEEN)\nS: * STATUS \"INBOX\" ()\nS: A1 OK done",
			good: host("imap.163.com") + login + "C: A1 STATUS INBOX (UNSEEN)\nS: * STATUS \"INBOX\" (UNSEEN 1)\nS: A1 OK done",
		},
		{id: "space-before-paren", severity: Error, message: 4, bad: login + "C: A1 ID NIL\nS: * ID (\"name\" \"x\" )\nS: A1 OK done", good: login + "C: A1 ID NIL\nS: * ID (\"name\" \"x\")\nS: A1 OK done"},
		{
			id: "atom-for-string", severity: Quirk, message: 5, producer: "Proton Mail Bridge",
			bad:  "S: * OK [CAPABILITY IMAP4rev1 ID] ProtonMail Bridge ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 NOOP\nS: A1 OK done\nS: * ID (support-url https://proton.example.org name ProtonMail)",
			good: "S: * OK [CAPABILITY IMAP4rev1 ID] ProtonMail Bridge ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 NOOP\nS: A1 OK done\nS: * ID (\"name\" \"ProtonMail\")",
		},
		{id: "extra-space", severity: Error, message: 4, bad: login + "C: A1 GETQUOTA \"\"\nS: * QUOTA \"\" (STORAGE  10 512)\nS: A1 OK done", good: login + "C: A1 GETQUOTA \"\"\nS: * QUOTA \"\" (STORAGE 10 512)\nS: A1 OK done"},
		{id: "id-rejected", severity: Quirk, message: 4, producer: "mail.de", bad: host("imap.mail.de") + login + "C: A1 ID (\"name\" \"x\")\nS: A1 BAD invalid command", good: host("imap.mail.de") + login + "C: A1 ID (\"name\" \"x\")\nS: * ID NIL\nS: A1 OK done"},
		{id: "quota-64bit", severity: Hint, message: 4, bad: login + "C: A1 GETQUOTA \"\"\nS: * QUOTA \"\" (STORAGE 10 15728640000)\nS: A1 OK done", good: login + "C: A1 GETQUOTA \"\"\nS: * QUOTA \"\" (STORAGE 10 4294967295)\nS: A1 OK done"},
		{
			id: "modseq-zero-rejected", severity: Quirk, message: inboxLen + 1, producer: "iCloud",
			bad:  host("imap.mail.me.com") + inbox + "C: A1 UID SORT (DATE) UTF-8 MODSEQ 0\nS: A1 BAD Parse Error (took 0 ms)",
			good: host("imap.mail.me.com") + inbox + "C: A1 UID SORT (DATE) UTF-8 MODSEQ 1\nS: A1 BAD Parse Error (took 0 ms)",
		},
		{
			id: "unsafe-login", severity: Quirk, message: 4, producer: "NetEase Mail",
			bad:  login + "C: A1 SELECT INBOX\nS: A1 NO SELECT Unsafe Login. Please contact help@example.org",
			good: login + "C: A1 SELECT INBOX\nS: A1 NO no such mailbox",
		},
		{id: "xlist-obsolete", severity: Hint, message: 3, text: "XLIST", bad: login + "C: A1 XLIST \"\" *\nS: A1 OK done", good: login + "C: A1 LIST \"\" *\nS: A1 OK done"},
		{id: "gmail-labels", severity: Hint, message: 4, bad: host("imap.gmail.com") + list(`LIST (\All) "/" "[Gmail]/All Mail"`), good: list(`LIST (\All) "/" "All Mail"`)},
		{id: "alert", severity: Hint, message: 2, bad: greeting + "C: A1 LOGIN u p\nS: A1 NO [ALERT] Log in by the web", good: greeting + "C: A1 LOGIN u p\nS: A1 NO [AUTHENTICATIONFAILED] no"},
		{id: "list-without-arguments", severity: Hint, message: 3, bad: login + "C: A1 LIST\nS: A1 BAD Could not parse command", good: login + "C: A1 LIST \"\" *\nS: A1 BAD no"},
		{
			id: "recent-not-cleared", severity: Quirk, message: 10, producer: "Sina Mail",
			bad:  sinaSelect("2") + "C: A2 SELECT INBOX\nS: * 2 EXISTS\nS: * 2 RECENT\nS: A2 OK [READ-WRITE] done",
			good: sinaSelect("2") + "C: A2 SELECT INBOX\nS: * 2 EXISTS\nS: * 0 RECENT\nS: A2 OK [READ-WRITE] done",
		},
	}
}

func sinaSelect(recent string) string {
	return "S: * OK [CAPABILITY IMAP4rev1 ID] sina imapproxy ready\nC: L1 LOGIN u p\nS: L1 OK done\nC: A1 SELECT INBOX\nS: * 2 EXISTS\nS: * " + recent + " RECENT\nS: A1 OK [READ-WRITE] done\n"
}

func TestSeenInTheWildFetch(t *testing.T) { runAll(t, seenInTheWildFetchChecks()) }

func seenInTheWildFetchChecks() []check {
	const qq, domino, yandex, ru = "imap.qq.com", "S: * OK Domino IMAP4 Server Release 9.0.1 ready\n", "imap.yandex.ru", "imap.mail.ru"
	dominoFetch := func(items string) string { return domino + fetch(items)[len(greeting):] }
	good := fetch(`UID 5 FLAGS (\Seen)`)
	return []check{
		{id: "space-before-paren", severity: Quirk, message: inboxLen + 1, producer: "QQ Mail", bad: host(qq) + fetch("UID 19436 "), good: host(qq) + good},
		{id: "empty-fetch", severity: Quirk, message: inboxLen + 1, producer: "QIP.ru", bad: host("imap.qip.ru") + fetch(""), good: host("imap.qip.ru") + good},
		{id: "zero-number", severity: Error, message: inboxLen + 1, bad: inbox + "C: A1 NOOP\nS: * 0 FETCH (FLAGS (\\Seen))\nS: A1 OK done", good: good},
		{
			id: "fetch-beyond-exists", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + inbox + "C: A1 NOOP\nS: * 99 FETCH (FLAGS (\\Seen))\nS: A1 OK done",
			good: host("outlook.office365.com") + good,
		},
		{id: "wrapped-item", severity: Quirk, message: inboxLen + 1, producer: "HCL Domino", bad: dominoFetch("UID 5 (" + envelope + ")"), good: dominoFetch("UID 5 " + envelope)},
		{id: "missing-value", severity: Quirk, message: inboxLen + 1, producer: "Yandex Mail", bad: host(yandex) + fetch("UID 5 BODY[2]"), good: host(yandex) + fetch(`UID 5 BODY[2] ""`)},
		{id: "negative-number", severity: Quirk, message: inboxLen + 1, producer: "Zoho Mail", bad: host("imap.zoho.com") + fetch("MODSEQ (-1)"), good: host("imap.zoho.com") + fetch("MODSEQ (1)")},
		{
			id: "one-digit-day", severity: Quirk, message: inboxLen + 1, producer: "QQ Mail",
			bad: host(qq) + fetch(`INTERNALDATE "4-Jan-2015 16:53:35 +0800"`), good: host(qq) + fetch(`INTERNALDATE " 4-Jan-2015 16:53:35 +0800"`),
		},
		{
			id: "bad-date", severity: Quirk, message: inboxLen + 1, producer: "HCL Domino",
			bad: dominoFetch(`INTERNALDATE "00-Jan-0000 00:00:00 +0000"`), good: dominoFetch(`INTERNALDATE "01-Jan-2000 00:00:00 +0000"`),
		},
		{
			id: "fetch-item-missing", severity: Quirk, message: inboxLen + 2, producer: "iCloud",
			bad:  host("imap.mail.me.com") + inbox + "C: A1 UID FETCH 5 (UID RFC822)\nS: * 1 FETCH (UID 5)\nS: A1 OK done",
			good: host("imap.mail.me.com") + inbox + "C: A1 UID FETCH 5 (UID BODY.PEEK[])\nS: * 1 FETCH (UID 5 BODY[] \"x\")\nS: A1 OK done",
		},
		{
			id: "parse-error-reply", severity: Hint, message: inboxLen + 1, producer: "iCloud",
			bad:  inbox + "C: A1 UID FETCH 5 (RFC822 ,FLAGS)\nS: A1 BAD Parse Error (took 0 ms)",
			good: inbox + "C: A1 UID FETCH 5 (RFC822 ,FLAGS)\nS: A1 BAD syntax",
		},
		{id: "body-quoted", severity: Hint, message: inboxLen + 1, text: `"hi"`, bad: fetch(`BODY[1] "hi"`), good: fetch("BODY[1] {2}\nS: hi")},
		{
			id: "response-cut", severity: Quirk, message: inboxLen + 1, producer: "Yandex Mail",
			bad:  host(yandex) + fetch(`UID 5 BODYSTRUCTURE ("TEXT" "PL* 2 FETCH (UID 6`),
			good: host(yandex) + fetch(`UID 5 BODYSTRUCTURE ("TEXT" "PL* 2 FETCH (UID 6" NIL NIL NIL "7BIT" 5 1)`),
		},
		{
			id: "response-cut", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 1 FETCH (UID 5 BODYSTRUCTURE (\"TEXT\" \"PL\nS: * 2 FETCH (UID 6)\nS: A1 OK done",
			good: fetch("UID 5 FLAGS (,)"),
		},
		{id: "partial-echo", severity: Error, message: inboxLen + 1, bad: fetch("BODY[]<0.5> {5}\nS: hello"), good: fetch("BODY[]<0> {5}\nS: hello")},
		{id: "literal-zero-padded", severity: Hint, message: inboxLen + 1, bad: fetch("BODY[1] {012}\nS: hello world!"), good: fetch("BODY[1] {12}\nS: hello world!")},
		{
			id: "items-outside-fetch", severity: Error, message: inboxLen + 1,
			bad:  inbox + "C: A1 NOOP\nS: * 1 FETCH (BODY[] {5}\nS: hello) FLAGS (\\Seen) RFC822.SIZE 5\nS: A1 OK done",
			good: inbox + "C: A1 NOOP\nS: * 1 FETCH (BODY[] {5}\nS: hello FLAGS (\\Seen) RFC822.SIZE 5)\nS: A1 OK done",
		},
		{id: "nonsync-from-server", severity: Error, message: inboxLen + 1, bad: fetch("BODY[1] {5+}\nS: hello"), good: fetch("BODY[1] {5}\nS: hello")},

		{
			id: "space-between-addresses", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + from(`((NIL NIL "b" "example.org") (NIL NIL "c" "example.org"))`),
			good: host("outlook.office365.com") + from(`((NIL NIL "b" "example.org")(NIL NIL "c" "example.org"))`),
		},
		{
			id: "missing-envelope-field", severity: Quirk, message: inboxLen + 1, producer: "QQ Mail",
			bad: host(qq) + fetch(`ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL "<m@example.org>")`), good: host(qq) + fetch(envelope),
		},
		{id: "missing-envelope-field", severity: Error, message: inboxLen + 1, bad: fetch(`ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL)`), good: fetch(`ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL NIL)`)},
		{
			id: "nil-in-list", severity: Quirk, message: inboxLen + 1, producer: "SmarterMail",
			bad:  "S: * OK SmarterMail ready\n" + from(`(NIL ("x" "y"))`)[len(greeting):],
			good: "S: * OK SmarterMail ready\n" + from(`((NIL NIL "x" "y"))`)[len(greeting):],
		},
		{
			id: "short-address", severity: Quirk, message: inboxLen + 1, producer: "SmarterMail",
			bad:  "S: * OK SmarterMail ready\n" + from(`(NIL ("x" "y"))`)[len(greeting):],
			good: "S: * OK SmarterMail ready\n" + from(`((NIL NIL "x" "y"))`)[len(greeting):],
		},
		{
			id: "parens-for-nil", severity: Quirk, message: inboxLen + 1, producer: "hydroxide",
			bad:  "S: * OK hydroxide IMAP ready\n" + from("()")[len(greeting):],
			good: from("NIL"),
		},
		{id: "atom-for-string", severity: Error, message: inboxLen + 1, bad: from("((Support NIL support example.org))"), good: from(`(("Support" NIL "support" "example.org"))`)},
		{
			id: "unescaped-quote", severity: Quirk, message: inboxLen + 1, producer: "iCloud",
			bad:  host("imap.mail.me.com") + fetch(`ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL "<"x"@example.org>")`),
			good: host("imap.mail.me.com") + fetch(`ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL "<\"x\"@example.org>")`),
		},
		{
			id: "stray-backslash", severity: Quirk, message: inboxLen + 1, producer: "QQ Mail",
			bad:  host(qq) + from(`((NIL NIL "a" "example.com\"))`),
			good: host(qq) + from(`((NIL NIL "a" "example.com"))`),
		},
		{id: "bad-escape", severity: Error, message: inboxLen + 1, bad: from(`(("a\b" NIL "a" "example.com"))`), good: from(`(("a\\b" NIL "a" "example.com"))`)},
		{
			id: "sender-header-leaked", severity: Quirk, message: inboxLen + 1, producer: "Gmail",
			bad:  host("imap.gmail.com") + from(`(("D" NIL "=?UTF-8?Q?D" "example.com"))`),
			good: host("imap.gmail.com") + from(`(("=?UTF-8?Q?D?=" NIL "d" "example.com"))`),
		},
		{
			id: "address-like-group", severity: Hint, message: inboxLen + 1,
			bad: from(`(("Microsoft Exchange Server" NIL "x" ".MISSING-HOST-NAME."))`), good: from(`((NIL NIL "boys" NIL)(NIL NIL "a" "example.org")(NIL NIL NIL NIL))`),
		},
		{
			id: "address-without-host", severity: Hint, message: inboxLen + 1,
			bad: from(`((NIL NIL "Mail Delivery System" ""))`), good: from(`((NIL NIL "boys" NIL)(NIL NIL NIL NIL))`),
		},
		{id: "line-break-in-quoted", severity: Error, message: inboxLen + 1, bad: from("((\"a↵ b\" NIL \"a\" \"example.org\"))"), good: from(`(("a b" NIL "a" "example.org"))`)},

		{id: "nil-for-string", severity: Quirk, message: inboxLen + 1, producer: "Mail.ru", bad: host(ru) + body(`("text" "plain" ("boundary" NIL) NIL `+rest+`)`), good: host(ru) + body(`("text" "plain" ("boundary" "") NIL `+rest+`)`)},
		{
			id: "float-number", severity: Quirk, message: inboxLen + 1, producer: "Mail.ru",
			bad:  host(ru) + body(`("image" "png" NIL NIL NIL "base64" 3.45027e+06)`),
			good: host(ru) + body(`("image" "png" NIL NIL NIL "base64" 3450270)`),
		},
		{id: "negative-number", severity: Error, message: inboxLen + 1, bad: body(`("image" "png" NIL NIL NIL "base64" -1)`), good: body(`("image" "png" NIL NIL NIL "base64" 1)`)},
		{
			id: "nil-for-string", severity: Quirk, message: inboxLen + 1, producer: "iCloud",
			bad:  host("imap.mail.me.com") + body(`("image" "png" NIL NIL NIL NIL 5)`),
			good: host("imap.mail.me.com") + body(`("image" "png" NIL NIL NIL "7BIT" 5)`),
		},
		{
			id: "childless-multipart", severity: Quirk, message: inboxLen + 1, producer: "Gmail",
			bad:  host("imap.gmail.com") + body(`(("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)("TEXT" "PLAIN" NIL NIL `+rest+`) "MIXED")`),
			good: host("imap.gmail.com") + body(`(("TEXT" "PLAIN" NIL NIL `+rest+`) "MIXED")`),
		},
		{id: "childless-multipart", severity: Quirk, message: inboxLen + 1, producer: "Gmail", bad: host("imap.gmail.com") + fetch(`BODY ("ALTERNATIVE")`), good: host("imap.gmail.com") + fetch(`BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)`)},
		{
			id: "childless-multipart", severity: Quirk, message: inboxLen + 1, producer: "Gmail",
			bad:  host("imap.gmail.com") + body(`(("RELATED" NIL ("ATTACHMENT" NIL) NIL)("TEXT" "PLAIN" NIL NIL `+rest+`) "MIXED")`),
			good: host("imap.gmail.com") + body(`(("TEXT" "PLAIN" NIL NIL `+rest+`) "RELATED" NIL ("ATTACHMENT" NIL) NIL)`),
		},
		{
			id: "disposition-string", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + body(`(("TEXT" "PLAIN" NIL NIL `+rest+`) "mixed" ("boundary" "x") "Multipart message" NIL)`),
			good: host("outlook.office365.com") + body(`(("TEXT" "PLAIN" NIL NIL `+rest+`) "mixed" ("boundary" "x") NIL NIL)`),
		},
		{
			id: "empty-message-body", severity: Quirk, message: inboxLen + 1, producer: "HCL Domino",
			bad:  domino + fetch(`BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5 ` + envelope[len("ENVELOPE "):] + ` () 0)`)[len(greeting):],
			good: domino + fetch(`BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5 ` + envelope[len("ENVELOPE "):] + ` ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1) 0)`)[len(greeting):],
		},
		{
			id: "unescaped-quote", severity: Quirk, message: inboxLen + 1, producer: "NetEase Mail",
			bad:  host("imap.163.com") + fetch(`BODY ("TEXT" "PLAIN" NIL NIL """" "7BIT" 5 1)`),
			good: host("imap.163.com") + fetch(`BODY ("TEXT" "PLAIN" NIL NIL "" "7BIT" 5 1)`),
		},
		{
			id: "line-break-in-quoted", severity: Quirk, message: inboxLen + 1, producer: "NetEase Mail",
			bad:  host("imap.163.com") + fetch("BODY (\"APPLICATION\" \"PDF↵ NAME=\"ATT1.PDF\"\" NIL NIL NIL \"BASE64\" 5)"),
			good: host("imap.163.com") + fetch(`BODY ("APPLICATION" "PDF" NIL NIL NIL "BASE64" 5)`),
		},
		{
			id: "swapped-body-fields", severity: Quirk, message: inboxLen + 1, producer: "NetEase Mail",
			bad:  host("imap.163.com") + body(`("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 ("BOUNDARY" "x") NIL NIL)`),
			good: host("imap.163.com") + body(`("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL)`),
		},
		{
			id: "string-before-structure", severity: Quirk, message: inboxLen + 1, producer: "DavMail",
			bad:  "S: * OK DavMail ready\n" + body(`"" ("TEXT" "PLAIN" NIL NIL ` + rest + `)`)[len(greeting):],
			good: "S: * OK DavMail ready\n" + body(`("TEXT" "PLAIN" NIL NIL ` + rest + `)`)[len(greeting):],
		},
		{
			id: "multipart-as-part", severity: Error, message: inboxLen + 1,
			bad:  body(`("multipart" "related" ("boundary" "x") NIL NIL "7BIT" 400 ("boundary" "x") NIL NIL NIL)`),
			good: body(`("image" "png" ("name" "x") NIL NIL "7BIT" 400 NIL NIL NIL NIL)`),
		},
		{
			id: "disposition-string", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL "inline" NIL NIL)`),
			good: host("outlook.office365.com") + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL ("inline" NIL) NIL NIL)`),
		},
		{
			id: "disposition-nil", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL (NIL NIL) NIL NIL)`),
			good: host("outlook.office365.com") + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL NIL NIL NIL)`),
		},
		{
			id: "disposition-without-params", severity: Quirk, message: inboxLen + 1, producer: "Citadel",
			bad:  "S: * OK Citadel IMAP4rev1 ready\n" + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL ("inline") NIL NIL)`)[len(greeting):],
			good: body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL ("inline" NIL) NIL NIL)`),
		},
		{id: "parens-for-nil", severity: Error, message: inboxLen + 1, bad: body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL NIL NIL ())`), good: body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL NIL NIL NIL)`)},
		{
			id: "swapped-body-fields", severity: Quirk, message: inboxLen + 1, producer: "IceWarp",
			bad:  "S: * OK mail.example.org IceWarp 12 IMAP4rev1 ready\n" + body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL ("en" NIL) ("inline" NIL) NIL)`)[len(greeting):],
			good: body(`("image" "png" NIL NIL NIL "7BIT" 5 NIL ("inline" NIL) ("en") NIL)`),
		},
		{id: "extra-space", severity: Quirk, message: inboxLen + 1, producer: "HCL Domino", bad: dominoFetch(`BODY ("TEXT" "PLAIN"  ("CHARSET" "x") NIL NIL "7BIT" 5 1)`), good: dominoFetch(`BODY ("TEXT" "PLAIN" ("CHARSET" "x") NIL NIL "7BIT" 5 1)`)},
		{
			id: "space-between-parts", severity: Error, message: inboxLen + 1,
			bad:  body(`(("TEXT" "PLAIN" NIL NIL ` + rest + `) ("TEXT" "PLAIN" NIL NIL ` + rest + `) "MIXED")`),
			good: body(`(("TEXT" "PLAIN" NIL NIL ` + rest + `)("TEXT" "PLAIN" NIL NIL ` + rest + `) "MIXED")`),
		},
		{
			id: "message-without-envelope", severity: Quirk, message: inboxLen + 1, producer: "Gmail",
			bad:  host("imap.gmail.com") + fetch(`BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5)`),
			good: host("imap.gmail.com") + fetch(`BODY ("IMAGE" "PNG" NIL NIL NIL "7BIT" 5)`),
		},
		{
			id: "missing-lines", severity: Error, message: inboxLen + 1,
			bad:  body(`("TEXT" "PLAIN" NIL NIL NIL "7BIT" 74 NIL ("attachment" ("filename" "a")) NIL NIL)`),
			good: body(`("TEXT" "PLAIN" NIL NIL NIL "7BIT" 74 1 NIL ("attachment" ("filename" "a")) NIL NIL)`),
		},
		{
			id: "nil-for-string", severity: Quirk, message: inboxLen + 1, producer: "Microsoft Exchange",
			bad:  host("outlook.office365.com") + fetch(`BODY (NIL NIL NIL NIL NIL "7BIT" 563)`),
			good: host("outlook.office365.com") + fetch(`BODY ("APPLICATION" "PDF" NIL NIL NIL "7BIT" 563)`),
		},
		{id: "missing-subtype", severity: Error, message: inboxLen + 1, bad: fetch(`BODY ("X-ZIP" ("BOUNDARY" "") NIL NIL "7BIT" 5)`), good: fetch(`BODY ("X" "ZIP" ("BOUNDARY" "") NIL NIL "7BIT" 5)`)},
		{id: "unescaped-quote", severity: Error, message: inboxLen + 1, bad: fetch(`BODY ("TEXT" "HTML"" NIL NIL NIL "7BIT" 5 1)`), good: fetch(`BODY ("TEXT" "HTML" NIL NIL NIL "7BIT" 5 1)`)},
		{id: "8bit-in-quoted", severity: Error, message: inboxLen + 1, bad: fetch(`BODY ("TEXT" "PLAIN" ("name" "G‹F6›r") NIL NIL "7BIT" 5 1)`), good: fetch(`BODY ("TEXT" "PLAIN" ("name" "Gor") NIL NIL "7BIT" 5 1)`)},
		{id: "string-before-structure", severity: Error, message: inboxLen + 1, bad: body(`"" ("TEXT" "PLAIN" NIL NIL ` + rest + `)`), good: body(`("TEXT" "PLAIN" NIL NIL ` + rest + `)`)},
		{
			id: "global-without-envelope", severity: Hint, message: inboxLen + 1, text: `"GLOBAL"`,
			bad: fetch(`BODY ("MESSAGE" "GLOBAL" NIL NIL NIL "8BIT" 5)`), good: fetch(`BODY ("IMAGE" "PNG" NIL NIL NIL "8BIT" 5)`),
		},
		{
			id: "body-extension", severity: Hint, message: inboxLen + 1, text: `"PNG"`,
			bad: body(`("IMAGE" "PNG" NIL NIL NIL "7BIT" 5 NIL NIL NIL NIL (1 "x"))`), good: body(`("IMAGE" "PNG" NIL NIL NIL "7BIT" 5 NIL NIL NIL NIL)`),
		},
		{
			id: "address-group", severity: Hint, message: inboxLen + 1, text: `"boys"`,
			bad: from(`((NIL NIL "boys" NIL)(NIL NIL "a" "example.org")(NIL NIL NIL NIL))`), good: from(`((NIL NIL "boys" "example.org")(NIL NIL "a" "example.org"))`),
		},
		{
			id: "literal-lookalike", severity: Hint, message: inboxLen + 1, text: `"Subject: {50} Test"`,
			bad: fetch(`BODY[HEADER] "Subject: {50} Test"`), good: fetch(`BODY[HEADER] "Subject: {50 Test}"`),
		},
		{
			id: "response-lookalike", severity: Hint, message: inboxLen + 1, text: "A1 OK",
			bad: fetch("BODY[TEXT] {24}\nS: My server says:\nS: A1 OK"), good: fetch("BODY[TEXT] {24}\nS: My server says:\nS: A1 Ok."),
		},
		{id: "deep-structure", severity: Hint, message: inboxLen + 1, bad: fetch("BODY " + nested(9)), good: fetch("BODY " + nested(8))},
	}
}

func TestSeenInTheWildFetchLegal(t *testing.T) {
	// A brace in a quoted string begins no literal, a message/global without envelope is a basic part, groups may nest in lists.
	silent(t, inbox+"C: A1 FETCH 1 BODY.PEEK[HEADER]\nS: * 1 FETCH (BODY[HEADER] \"Subject: {50} Test\")\nS: A1 OK done")
	silent(t, fetch(`BODY ("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 5)`))
	silent(t, from(`((NIL NIL "boys" NIL)(NIL NIL "a" "example.org")(NIL NIL NIL NIL)(NIL "@route" "b" "example.org"))`))
	// Extension data that nobody knows yet is legal.
	silent(t, inbox+"C: A1 FETCH 1 BODYSTRUCTURE\nS: * 1 FETCH (BODYSTRUCTURE (\"message\" \"delivery-status\" NIL NIL NIL \"7BIT\" 5 NIL NIL NIL NIL 7 (\"x\" 8)))\nS: A1 OK done")
}

// nested is a BODY of n multiparts in each other.
func nested(n int) string {
	s := `("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)`
	for range n {
		s = "(" + s + ` "MIXED")`
	}
	return s
}

func TestSeenInTheWildClients(t *testing.T) { runAll(t, seenInTheWildClientsChecks()) }

func seenInTheWildClientsChecks() []check {
	return []check{
		{
			id: "append-utf8", severity: Hint, message: 6,
			bad:  login + "C: A0 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: A0 OK done\nC: 34 append \"Sent\" (\\Seen) UTF8 (~{5}\nS: + go\nC: hello)\nS: 34 OK done",
			good: login + "C: 34 append \"Sent\" (\\Seen) {5}\nS: + go\nC: hello\nS: 34 OK done",
		},
		{
			id: "command-while-idle", severity: Quirk, message: inboxLen + 2, text: "IDLE", producer: "iOS Mail",
			bad:  inbox + "C: 8.568 IDLE\nS: + idling\nC: 8.569 IDLE\nS: 8.568 BAD no",
			good: inbox + "C: 8.568 IDLE\nS: + idling\nC: DONE\nS: 8.568 OK done\nC: 8.569 IDLE\nS: + idling",
		},
		{
			id: "literal-before-continuation", severity: Quirk, message: 5, producer: "ImapEngine",
			bad:  login + "C: A0 ID (\"name\" \"ImapEngine\")\nS: A0 OK done\nC: A1 APPEND \"X\" {5}\nC: hello\nS: + go\nS: A1 OK done",
			good: login + "C: A0 ID (\"name\" \"ImapEngine\")\nS: A0 OK done\nC: A1 APPEND \"X\" {5}\nS: + go\nC: hello\nS: A1 OK done",
		},
		{
			id: "search-unquoted", severity: Warning, message: inboxLen, text: "test",
			bad:  inbox + "C: A1 SEARCH HEADER Subject fileinto test\nS: A1 BAD no",
			good: inbox + "C: A1 SEARCH HEADER Subject \"fileinto test\"\nS: * SEARCH\nS: A1 OK done",
		},
		{
			id: "store-missing-space", severity: Error, message: inboxLen, text: "+",
			bad:  inbox + "C: A1 UID STORE 5+FLAGS (\\Seen)\nS: A1 OK done",
			good: inbox + "C: A1 UID STORE 5 +FLAGS (\\Seen)\nS: A1 OK done",
		},
		{id: "descending-set", severity: Hint, message: inboxLen, text: "5:1,3", bad: inbox + "C: A1 FETCH 5:1,3 FLAGS\nS: A1 OK done", good: inbox + "C: A1 FETCH 1:3,5 FLAGS\nS: A1 OK done"},
		{id: "command-too-long", severity: Warning, message: inboxLen, bad: inbox + "C: A1 UID SEARCH UID 2" + many(3000) + "\nS: * SEARCH\nS: A1 OK done", good: inbox + "C: A1 UID SEARCH UID 2" + many(1000) + "\nS: * SEARCH\nS: A1 OK done"},
		{id: "wrong-state", severity: Error, message: 3, bad: login + "C: A1 SEARCH UID 5\nS: A1 BAD not selected", good: inbox + "C: A1 SEARCH UID 5\nS: * SEARCH\nS: A1 OK done"},
		{id: "trailing-separator", severity: Warning, message: 3, text: `"Work/"`, bad: login + "C: A1 SELECT \"Work/\"\nS: A1 NO no", good: login + "C: A1 CREATE \"Work/\"\nS: A1 OK done"},
		{
			id: "date-zero-padded", severity: Hint, message: 3, text: `"09-`,
			bad:  login + "C: A1 APPEND X \"09-Apr-2008 10:00:00 +0000\" {2+}\nC: hi\nS: A1 OK done",
			good: login + "C: A1 APPEND X \" 9-Apr-2008 10:00:00 +0000\" {2+}\nC: hi\nS: A1 OK done",
		},
		{id: "inbox-inbox", severity: Warning, message: 3, text: "INBOX.INBOX", bad: login + "C: A1 CREATE INBOX.INBOX\nS: A1 NO no", good: login + "C: A1 CREATE INBOX.Work\nS: A1 OK done"},
		{id: "atom-for-string", severity: Error, message: 3, bad: login + "C: A1 ID (name x)\nS: A1 BAD no", good: login + "C: A1 ID (\"name\" \"x\")\nS: * ID NIL\nS: A1 OK done"},
	}
}

func many(n int) string {
	b := make([]byte, 0, 4*n)
	for i := range n {
		b = append(b, ',', byte('1'+i/900%9), byte('0'+i/10%10), byte('0'+i%10))
	}
	return string(b)
}
