package diagnose_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	. "github.com/imapwire/imapwire/parser/diagnose"
)

func TestReasons(t *testing.T) { runAll(t, reasonChecks()) }

// What servers say when they refuse, each with a near miss: the same moment with another reason, or with none.
func reasonChecks() []check {
	const (
		gmail    = "S: * OK Gimap ready for requests from 192.0.2.1 ab12mb123\n"
		exchange = "S: * OK The Microsoft Exchange IMAP4 service is ready. [QQBCAEMA]\n"
		oauth    = "C: A1 AUTHENTICATE XOAUTH2 dXNlcj11QGV4YW1wbGUub3JnAWF1dGg9QmVhcmVyIHgBAQ==\n"
	)
	ask := func(code string) string { return greeting + "C: A1 LOGIN user secret\nS: A1 " + code }
	do := func(code string) string { return inbox + "C: A1 COPY 1 Old\nS: A1 " + code }
	bye := func(text string) string { return inbox + "C: A1 IDLE\nS: + idling\nS: * BYE " + text }
	const done, refused = "OK done", "NO [AUTHENTICATIONFAILED] Authentication failed."
	at, idle := inboxLen+1, inboxLen+2
	return []check{
		{id: "login-refused", severity: Warning, message: 2, bad: ask(refused), good: ask(done)},
		{id: "login-refused", severity: Warning, message: 2, bad: ask("NO bad login"), good: ask("NO [UNAVAILABLE] later")},
		{
			id: "app-password-needed", severity: Warning, message: 2, producer: "Gmail",
			bad:  gmail + "C: A1 LOGIN u p\nS: A1 NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)",
			good: gmail + "C: A1 LOGIN u p\nS: A1 NO [ALERT] Too many simultaneous connections. (Failure)",
		},
		{
			id: "app-password-needed", severity: Warning, message: 2, producer: "iCloud",
			bad:  host("imap.mail.me.com") + ask("NO [AUTHENTICATIONFAILED] Authentication Failed"),
			good: ask("NO [AUTHENTICATIONFAILED] Authentication Failed"),
		},
		{id: "imap-disabled", severity: Warning, message: 2, producer: "Gmail", bad: ask("NO [ALERT] Your account is not enabled for IMAP use. (Failure)"), good: ask(refused)},
		{id: "imap-disabled", severity: Warning, message: 2, producer: "Yandex Mail", bad: ask("NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled"), good: ask("NO LOGIN invalid credentials")},
		{id: "web-login-required", severity: Warning, message: 2, producer: "Gmail", bad: ask("NO [WEBALERT https://example.org/] Web login required."), good: ask(refused)},
		{
			id: "basic-auth-blocked", severity: Warning, message: 2, producer: "Microsoft Exchange",
			bad:  exchange + "C: A1 AUTHENTICATE PLAIN AGEAYg==\nS: A1 NO [LogonDenied-BasicAuthBlocked-BasicAuthLogin-] AUTHENTICATE failed.",
			good: exchange + "C: A1 AUTHENTICATE PLAIN AGEAYg==\nS: A1 NO AUTHENTICATE failed.",
		},
		{
			id: "account-abnormal", severity: Warning, message: 2, producer: "QQ Mail",
			bad:  ask("NO Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy."),
			good: ask("NO Login failed"),
		},
		{id: "account-unusable", severity: Warning, message: 2, bad: ask("NO [EXPIRED] Ask for a new password"), good: ask(refused)},
		{id: "account-unusable", severity: Warning, message: 2, bad: ask("NO User is disabled"), good: do("NO User is disabled")},
		{id: "tls-needed", severity: Warning, message: 2, bad: ask("NO [PRIVACYREQUIRED] Encrypt first"), good: ask(refused)},
		{
			id: "token-refused", severity: Warning, message: 2, text: "eyJzdGF0dXMiOiI0MDEifQ==",
			bad:  gmail + oauth + "S: + eyJzdGF0dXMiOiI0MDEifQ==\nC: \nS: A1 NO [AUTHENTICATIONFAILED] no",
			good: gmail + oauth + "S: + \nS: A1 OK done",
		},
		{id: "token-refused", severity: Warning, message: 2, bad: exchange + oauth + "S: A1 NO AUTHENTICATE failed.", good: exchange + oauth + "S: A1 OK AUTHENTICATE completed."},
		{
			id: "authenticated-not-connected", severity: Warning, message: 4, producer: "Microsoft Exchange",
			bad: login + "C: A1 SELECT INBOX\nS: A1 BAD User is authenticated but not connected.", good: login + "C: A1 SELECT INBOX\nS: A1 BAD Command Error. 12",
		},
		{id: "too-many-connections", severity: Warning, message: 2, bad: ask("NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)"), good: ask("NO [UNAVAILABLE] Temporary authentication failure.")},
		{id: "too-many-connections", severity: Warning, message: 0, producer: "Courier IMAP", bad: "S: * BYE Maximum connections limit exceeded", good: "S: * BYE Maximum number of messages exceeded"},
		{id: "throttled", severity: Warning, message: at, producer: "Microsoft Exchange", bad: do("BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds"), good: do("NO Server Unavailable. 15")},
		{id: "throttled", severity: Warning, message: at, producer: "Gmail", bad: do("OK Success [THROTTLED]"), good: do("OK Success")},
		{id: "throttled", severity: Warning, message: at, producer: "Gmail", bad: do("NO [OVERQUOTA] Account exceeded command or bandwidth limits."), good: do("NO [OVERQUOTA] Mailbox is full")},
		{id: "over-quota", severity: Warning, message: at, bad: do("NO [OVERQUOTA] Quota exceeded (mailbox for user is full)"), good: inbox + "C: A1 NOOP\nS: * NO [ALERT] Mailbox is at 98% of quota\nS: A1 OK done"},
		{id: "message-too-big", severity: Warning, message: at, bad: do("NO [TOOBIG] Requested message size too big"), good: do(done)},
		{id: "server-trouble", severity: Warning, message: at, bad: do("NO [SERVERBUG] Internal error occurred. Refer to server log for more information."), good: do("NO [CANNOT] Never")},
		{id: "mailbox-damaged", severity: Warning, message: at, producer: "Cyrus IMAP", bad: do("NO Mailbox has an invalid format"), good: do("NO Mailbox does not exist")},
		{id: "mailbox-in-use", severity: Warning, message: at, bad: do("NO [INUSE] Mailbox in use"), good: do("NO Mailbox in users' tree")},
		{id: "client-bug", severity: Warning, message: at, bad: do("NO [CLIENTBUG] Prefix missing"), good: do("NO Prefix missing")},
		{id: "charset-refused", severity: Warning, message: at, bad: inbox + "C: A1 SEARCH CHARSET KOI8-R SUBJECT x\nS: A1 NO [BADCHARSET (US-ASCII UTF-8)] no", good: inbox + "C: A1 SEARCH CHARSET UTF-8 SUBJECT x\nS: * SEARCH\nS: A1 OK done"},
		{id: "messages-gone", severity: Hint, message: at, bad: do("NO [EXPUNGEISSUED] Some of the requested messages no longer exist"), good: do("NO no")},
		{id: "message-unreadable", severity: Warning, message: at, producer: "Gmail", bad: inbox + "C: A1 FETCH 1:5 BODY.PEEK[]\nS: A1 NO Some messages could not be FETCHed (Failure)", good: inbox + "C: A1 FETCH 1:5 FLAGS\nS: A1 NO Some messages (Failure)"},
		{id: "no-such-mailbox", severity: Hint, message: at, bad: do("NO [TRYCREATE] Mailbox doesn't exist: Old"), good: do("NO Mailbox is closed")},
		{id: "mailbox-exists", severity: Hint, message: at, bad: inbox + "C: A1 CREATE Old\nS: A1 NO [ALREADYEXISTS] Mailbox already exists", good: inbox + "C: A1 CREATE Old\nS: A1 OK done"},
		{id: "no-permission", severity: Warning, message: at, bad: do("NO [NOPERM] Permission denied"), good: do("NO no")},
		{id: "limit-reached", severity: Warning, message: at, bad: do("NO [LIMIT] At most 100 mailboxes"), good: do("NO At most 100 mailboxes")},
		{id: "referral", severity: Hint, message: 2, bad: ask("NO [REFERRAL IMAP://user;AUTH=*@mail2.example.org/] Try there"), good: ask("NO Try there")},
		{
			id: "uid-not-sticky", severity: Warning, message: at,
			bad:  inbox + "C: A1 SELECT Old\nS: * NO [UIDNOTSTICKY] No UIDs here\nS: * FLAGS ()\nS: * 0 EXISTS\nS: A1 OK [READ-WRITE] done",
			good: inbox + "C: A1 SELECT Old\nS: * OK [UIDVALIDITY 5] UIDs\nS: * FLAGS ()\nS: * 0 EXISTS\nS: A1 OK [READ-WRITE] done",
		},
		{id: "idle-logout", severity: Warning, message: idle, bad: bye("Disconnected for inactivity."), good: bye("So long")},
		{id: "session-expired", severity: Warning, message: idle, producer: "Gmail", bad: bye("Session expired, please login again."), good: bye("So long")},
		{id: "server-shutdown", severity: Warning, message: idle, bad: bye("Server shutting down."), good: bye("So long")},
		{id: "too-many-errors", severity: Warning, message: idle, bad: bye("Too many invalid IMAP commands."), good: bye("So long")},
		{id: "closed-by-server", severity: Warning, message: idle, bad: bye("So long"), good: inbox + "C: A1 LOGOUT\nS: * BYE So long\nS: A1 OK done"},
		{id: "exchange-command-error", severity: Warning, message: at, producer: "Microsoft Exchange", bad: do("BAD Command Argument Error. 11"), good: do("BAD Argument Error")},
		{id: "command-rejected", severity: Warning, message: at, bad: do("BAD What?"), good: inbox + "C: A1 COPY 1\nS: A1 BAD What?"},
		{id: "command-rejected", severity: Warning, message: 2, bad: ask("BAD What?"), good: greeting + "C: A1 AUTHENTICATE PLAIN\nS: + \nC: *\nS: A1 BAD Given up"},
		{id: "command-failed", severity: Hint, message: at, bad: do("NO Not today"), good: do(done)},
	}
}

// A reason is told once, however often the server gives it; another reason is told as well.
func TestReasonsOnce(t *testing.T) {
	found := ids(play(t, inbox+`C: A1 COPY 1 Old
S: A1 NO [TRYCREATE] no
C: A2 COPY 2 Old
S: A2 NO [TRYCREATE] no
C: A3 COPY 3 Old
S: A3 NO Not today
C: A4 COPY 4 Old
S: A4 NO Not today
C: A5 SUBSCRIBE Old
S: A5 NO Not today
S: * BYE Server shutting down
`))
	require.Equal(t, []string{"hint no-such-mailbox", "hint command-failed", "hint command-failed", "warning server-shutdown"}, only(found, "no-such-mailbox", "command-failed", "server-shutdown", "closed-by-server"))
}

// only keeps the ids that end in one of the names.
func only(found []string, names ...string) []string {
	var out []string
	for _, f := range found {
		for _, n := range names {
			if len(f) > len(n) && f[len(f)-len(n):] == n {
				out = append(out, f)
			}
		}
	}
	return out
}

func TestModes(t *testing.T) { runAll(t, modeChecks()) }

// What ENABLE changes.
func modeChecks() []check {
	on := func(caps string) string {
		return login + "C: E1 ENABLE " + caps + "\nS: * ENABLED " + caps + "\nS: E1 OK done\n" + inbox[len(login):]
	}
	const at = inboxLen + 3
	return []check{
		{id: "number-in-uidonly", severity: Error, message: at, text: "FETCH", bad: on("UIDONLY") + "C: A1 FETCH 1 FLAGS\nS: A1 BAD [UIDREQUIRED] no", good: on("UIDONLY") + "C: A1 UID FETCH 1 FLAGS\nS: A1 OK done"},
		{id: "number-in-uidonly", severity: Error, message: at, bad: on("UIDONLY") + "C: A1 UID SEARCH OR SEEN 1:3\nS: A1 BAD [UIDREQUIRED] no", good: on("UIDONLY") + "C: A1 UID SEARCH OR SEEN UID 1:3\nS: * ESEARCH (TAG \"A1\") UID\nS: A1 OK done"},
		{id: "number-from-uidonly", severity: Error, message: at, bad: on("UIDONLY") + "S: * 1 FETCH (FLAGS (\\Seen))", good: on("UIDONLY") + "S: * 25996 UIDFETCH (FLAGS (\\Seen))"},
		{id: "number-from-uidonly", severity: Error, message: at, bad: on("UIDONLY") + "S: * 1 EXPUNGE", good: on("UIDONLY") + "S: * VANISHED 25996"},
		{id: "expunge-with-qresync", severity: Error, message: at + 1, bad: on("QRESYNC") + "C: A1 NOOP\nS: * 1 EXPUNGE\nS: A1 OK done", good: on("QRESYNC") + "C: A1 NOOP\nS: * VANISHED 5\nS: A1 OK done"},
		{
			id: "expunge-with-qresync", severity: Error, message: at + 1,
			bad:  on("QRESYNC") + "C: A1 EXPUNGE\nS: * 1 EXPUNGE\nS: A1 OK done",
			good: on("QRESYNC") + "C: A1 SELECT Old\nS: * OK [NOMODSEQ] none\nS: A1 OK done\nC: A2 NOOP\nS: * 1 EXPUNGE\nS: A2 OK done",
		},
		{id: "vanished-unasked", severity: Error, message: inboxLen + 1, bad: inbox + "C: A1 NOOP\nS: * VANISHED 5\nS: A1 OK done", good: inbox + "C: A1 NOOP\nS: * 1 EXPUNGE\nS: A1 OK done"},
		{id: "vanished-unasked", severity: Error, message: inboxLen + 1, bad: inbox + "C: A1 NOOP\nS: * 5 UIDFETCH (FLAGS ())\nS: A1 OK done", good: "S: * VANISHED 5\nC: A2 NOOP\nS: A2 OK done"},
		{id: "login-8bit", severity: Warning, message: 1, text: "LOGIN", bad: greeting + "C: A1 LOGIN user {5+}\nC: p‹C3›‹A4›ss\nS: A1 NO no", good: greeting + "C: A1 LOGIN user {5+}\nC: paess\nS: A1 NO no"},
		{id: "search-8bit", severity: Warning, message: inboxLen, bad: inbox + "C: A1 SEARCH SUBJECT {2+}\nC: ‹C3›‹A4›\nS: * SEARCH\nS: A1 OK done", good: inbox + "C: A1 SEARCH CHARSET UTF-8 SUBJECT {2+}\nC: ‹C3›‹A4›\nS: * SEARCH\nS: A1 OK done"},
		{id: "charset-in-utf8-mode", severity: Error, message: at, bad: on("UTF8=ACCEPT") + "C: A1 SEARCH CHARSET UTF-8 SUBJECT x\nS: A1 BAD no", good: on("UTF8=ACCEPT") + "C: A1 SEARCH SUBJECT x\nS: * SEARCH\nS: A1 OK done"},
		{id: "mailbox-8bit", severity: Warning, message: 3, bad: login + "C: A1 CREATE {2+}\nC: ‹C3›‹A4›\nS: A1 NO no", good: login + "C: A1 CREATE &AOQ-\nS: A1 OK done"},
		{
			id: "absurd-zone", severity: Warning, message: inboxLen + 1,
			bad: fetch(`INTERNALDATE "01-Jan-2000 00:00:00 +9900"`), good: fetch(`INTERNALDATE "01-Jan-2000 00:00:00 +1400"`),
		},
		{
			id: "absurd-zone", severity: Warning, message: 3,
			bad:  login + "C: A1 APPEND X \"01-Jan-2000 00:00:00 -1300\" {2+}\nC: hi\nS: A1 OK done",
			good: login + "C: A1 APPEND X \"01-Jan-2000 00:00:00 -1200\" {2+}\nC: hi\nS: A1 OK done",
		},
		{id: "uppercase-rights", severity: Error, message: 3, text: "RW", bad: login + "C: A1 SETACL INBOX fred RW\nS: A1 BAD no", good: login + "C: A1 SETACL INBOX FRED +rw\nS: A1 OK done"},
		{id: "uppercase-rights", severity: Error, message: 4, bad: login + "C: A1 MYRIGHTS INBOX\nS: * MYRIGHTS INBOX LRS\nS: A1 OK done", good: login + "C: A1 MYRIGHTS INBOX\nS: * MYRIGHTS INBOX lrs0\nS: A1 OK done"},
	}
}
