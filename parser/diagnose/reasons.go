package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about what servers say when they refuse a command or close the connection. The codes are those of RFC 5530 (now RFC 9051 §7.1); most servers
// put the reason into the text alone, and each has its own words for it.

// moment is when a wording means what the table says.
type moment uint8

const (
	anytime moment = iota
	atLogin        // in the answer to LOGIN or AUTHENTICATE
	atBye          // in a BYE that the client did not ask for
)

// reason is one way in which servers tell why. The first row that fits decides, so what is more special stands first.
type reason struct {
	when moment
	code imap.CodeName // CodeUnknown: whatever the code
	text string        // in lower case, anywhere in the text; empty: whatever the text
	rule rule
	who  product // whose wording it is; noProduct: several products have it
}

var reasons = [...]reason{
	// What the text says goes before the code, because it is more exact: Gmail sends OVERQUOTA for bandwidth, Yahoo LIMIT for logins.
	{anytime, 0, "authenticated but not connected", ruleNotConnected, exchange},
	{anytime, 0, "basicauthblocked", ruleBasicAuthBlocked, exchange},
	{anytime, 0, "basic authentication", ruleBasicAuthBlocked, exchange},
	{anytime, 0, "maximum connections", ruleTooManyConnections, courier},
	{anytime, 0, "simultaneous connection", ruleTooManyConnections, noProduct},
	{anytime, 0, "number of connections", ruleTooManyConnections, noProduct},
	{anytime, 0, "number of imap connections", ruleTooManyConnections, noProduct},
	{anytime, 0, "number of concurrent", ruleTooManyConnections, noProduct},
	{anytime, 0, "concurrent connection", ruleTooManyConnections, noProduct},
	{anytime, 0, "too many connections", ruleTooManyConnections, noProduct},
	{anytime, 0, "too many imap", ruleTooManyConnections, noProduct},
	{anytime, 0, "too many open", ruleTooManyConnections, noProduct},
	{anytime, 0, "too many sessions", ruleTooManyConnections, noProduct},
	{anytime, 0, "too many concurrent", ruleTooManyConnections, noProduct},
	{anytime, 0, "connection limit", ruleTooManyConnections, noProduct},
	{anytime, 0, "connections limit", ruleTooManyConnections, noProduct},
	{anytime, 0, "login limit", ruleTooManyConnections, noProduct},
	{anytime, 0, "request is throttled", ruleThrottled, exchange},
	{anytime, 0, "backoff time", ruleThrottled, exchange},
	{anytime, 0, "bandwidth limit", ruleThrottled, gmail},
	{anytime, 0, "throttl", ruleThrottled, noProduct},
	{anytime, 0, "rate limit", ruleThrottled, noProduct},
	{anytime, 0, "too many requests", ruleThrottled, noProduct},
	{anytime, 0, "too many failed", ruleThrottled, noProduct},
	{anytime, 0, "too many login", ruleThrottled, noProduct},
	{anytime, 0, "too many bad login", ruleThrottled, yahoo},
	{anytime, 0, "too many auth", ruleThrottled, noProduct},
	{anytime, imap.CodeThrottled, "", ruleThrottled, gmail},

	{atLogin, 0, "account is abnormal", ruleAccountAbnormal, qq},
	{atLogin, 0, "login fail. ", ruleAccountAbnormal, qq},
	{atLogin, 0, "answer/185833", ruleAppPassword, gmail},
	{atLogin, 0, "application-specific password", ruleAppPassword, noProduct},
	{atLogin, 0, "application specific password", ruleAppPassword, noProduct},
	{atLogin, 0, "app-specific password", ruleAppPassword, noProduct},
	{atLogin, 0, "app specific password", ruleAppPassword, noProduct},
	{atLogin, 0, "application password", ruleAppPassword, noProduct},
	{atLogin, 0, "app password", ruleAppPassword, noProduct},
	{atLogin, 0, "app-password", ruleAppPassword, noProduct},
	{atLogin, 0, "authorization code", ruleAppPassword, noProduct},
	{atLogin, 0, "授权码", ruleAppPassword, noProduct},
	{atLogin, 0, "parol prilozheniya", ruleAppPassword, mailru},
	{atLogin, 0, "пароль приложения", ruleAppPassword, mailru},
	{atLogin, 0, "imap is disabled", ruleIMAPDisabled, yandex},
	{anytime, 0, "not enabled for imap", ruleIMAPDisabled, gmail},
	{anytime, 0, "yet to enable imap", ruleIMAPDisabled, zoho},
	{anytime, 0, "enable imap", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap disabled", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap is not enabled", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap not enabled", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap access disabled", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap access is disabled", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap access is not", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap access not", ruleIMAPDisabled, noProduct},
	{anytime, 0, "imap service is not", ruleIMAPDisabled, noProduct},
	{atLogin, 0, "service is not open", ruleIMAPDisabled, noProduct},
	{atLogin, 0, "protocol is disabled", ruleIMAPDisabled, noProduct},
	{anytime, imap.CodeWebAlert, "", ruleWebLogin, gmail},
	{anytime, 0, "web login required", ruleWebLogin, gmail},
	{anytime, 0, "web browser", ruleWebLogin, noProduct},
	{atLogin, 0, "answer/78754", ruleWebLogin, gmail},
	{atLogin, 0, "suspicious", ruleWebLogin, noProduct},
	{atLogin, 0, "unusual", ruleWebLogin, noProduct},
	{atLogin, 0, "captcha", ruleWebLogin, noProduct},
	{atLogin, 0, "account is locked", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account locked", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account disabled", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account is disabled", ruleAccountUnusable, noProduct},
	{atLogin, 0, "user is disabled", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account is blocked", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account blocked", ruleAccountUnusable, noProduct},
	{atLogin, 0, "account has been", ruleAccountUnusable, noProduct},
	{atLogin, 0, "suspended", ruleAccountUnusable, noProduct},
	{atLogin, 0, "expired", ruleAccountUnusable, noProduct},
	{atLogin, 0, "temporarily locked", ruleAccountUnusable, noProduct},
	{atLogin, imap.CodeExpired, "", ruleAccountUnusable, noProduct},
	{atLogin, imap.CodeAuthorizationFailed, "", ruleAccountUnusable, noProduct},
	{anytime, imap.CodeContactAdmin, "", ruleAccountUnusable, noProduct},
	{anytime, imap.CodePrivacyRequired, "", ruleTLSNeeded, noProduct},
	{anytime, 0, "plaintext auth", ruleTLSNeeded, dovecot},
	{atLogin, 0, "cleartext", ruleTLSNeeded, noProduct},
	{atLogin, 0, "starttls", ruleTLSNeeded, noProduct},
	{atLogin, 0, "requires ssl", ruleTLSNeeded, noProduct},
	{atLogin, 0, "ssl required", ruleTLSNeeded, noProduct},
	{atLogin, 0, "tls required", ruleTLSNeeded, noProduct},
	{atLogin, 0, "requires tls", ruleTLSNeeded, noProduct},
	{atLogin, 0, "encryption required", ruleTLSNeeded, noProduct},
	{atLogin, 0, "secure connection", ruleTLSNeeded, noProduct},

	{atBye, 0, "autologout", ruleIdleLogout, noProduct},
	{atBye, 0, "idle", ruleIdleLogout, noProduct},
	{atBye, 0, "inactiv", ruleIdleLogout, noProduct},
	{atBye, 0, "timeout", ruleIdleLogout, noProduct},
	{atBye, 0, "timed out", ruleIdleLogout, noProduct},
	{atBye, 0, "session expired", ruleSessionExpired, gmail},
	{atBye, 0, "token expired", ruleSessionExpired, noProduct},
	{atBye, 0, "accesstokenexpired", ruleSessionExpired, exchange},
	{atBye, 0, "session invalidated", ruleSessionExpired, exchange},
	{atBye, 0, "shutting down", ruleServerShutdown, noProduct},
	{atBye, 0, "shutdown", ruleServerShutdown, noProduct},
	{atBye, 0, "going down", ruleServerShutdown, noProduct},
	{atBye, 0, "restart", ruleServerShutdown, noProduct},
	{atBye, 0, "maintenance", ruleServerShutdown, noProduct},
	{atBye, 0, "too many invalid", ruleTooManyErrors, noProduct},
	{atBye, 0, "too many bad", ruleTooManyErrors, noProduct},
	{atBye, 0, "too many errors", ruleTooManyErrors, noProduct},
	{atBye, 0, "too many syntax", ruleTooManyErrors, noProduct},
	{atBye, 0, "too many unknown", ruleTooManyErrors, noProduct},
	{atBye, 0, "too many protocol", ruleTooManyErrors, noProduct},

	{anytime, imap.CodeOverQuota, "", ruleOverQuota, noProduct},
	{anytime, 0, "over quota", ruleOverQuota, noProduct},
	{anytime, 0, "overquota", ruleOverQuota, noProduct},
	{anytime, 0, "quota exceeded", ruleOverQuota, noProduct},
	{anytime, 0, "exceeds quota", ruleOverQuota, noProduct},
	{anytime, 0, "exceeded quota", ruleOverQuota, noProduct},
	{anytime, 0, "mailbox is full", ruleOverQuota, noProduct},
	{anytime, 0, "mailbox full", ruleOverQuota, noProduct},
	{anytime, imap.CodeTooBig, "", ruleMessageTooBig, noProduct},
	{anytime, 0, "message too large", ruleMessageTooBig, noProduct},
	{anytime, 0, "too big", ruleMessageTooBig, noProduct},
	{anytime, 0, "maximum message size", ruleMessageTooBig, noProduct},
	{anytime, 0, "message size", ruleMessageTooBig, noProduct},
	{anytime, 0, "invalid format", ruleMailboxDamaged, cyrus},
	{anytime, imap.CodeCorruption, "", ruleMailboxDamaged, noProduct},
	{anytime, 0, "corrupt", ruleMailboxDamaged, noProduct},
	{anytime, imap.CodeServerBug, "", ruleServerTrouble, noProduct},
	{anytime, imap.CodeInUse, "", ruleMailboxInUse, noProduct},
	{anytime, imap.CodeXInUse, "", ruleMailboxInUse, noProduct},
	{anytime, 0, "is locked", ruleMailboxInUse, noProduct},
	{anytime, 0, "locked by", ruleMailboxInUse, noProduct},
	{anytime, imap.CodeClientBug, "", ruleClientBlamed, noProduct},
	{anytime, imap.CodeBadCharset, "", ruleCharsetRefused, noProduct},
	{anytime, 0, "charset", ruleCharsetRefused, noProduct},
	{anytime, imap.CodeExpungeIssued, "", ruleMessagesGone, noProduct},
	{anytime, 0, "no longer exist", ruleMessagesGone, noProduct},
	{anytime, 0, "could not be fetched", ruleMessageUnreadable, gmail},
	{anytime, imap.CodeUnknownCTE, "", ruleMessageUnreadable, noProduct},
	{anytime, imap.CodeTryCreate, "", ruleNoSuchMailbox, noProduct},
	{anytime, imap.CodeNonExistent, "", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "mailbox does not exist", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "mailbox doesn't exist", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "unknown mailbox", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "no such mailbox", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "no such folder", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "unknown folder", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "folder not found", ruleNoSuchMailbox, noProduct},
	{anytime, 0, "mailbox not found", ruleNoSuchMailbox, noProduct},
	{anytime, imap.CodeAlreadyExists, "", ruleMailboxExists, noProduct},
	{anytime, 0, "already exists", ruleMailboxExists, noProduct},
	{anytime, imap.CodeNoPerm, "", ruleNoPermission, noProduct},
	{anytime, 0, "permission denied", ruleNoPermission, noProduct},
	{anytime, 0, "access denied", ruleNoPermission, noProduct},
	{anytime, imap.CodeLimit, "", ruleLimitReached, noProduct},
	{anytime, imap.CodeCannot, "", ruleLimitReached, noProduct},
	{anytime, imap.CodeReferral, "", ruleReferral, noProduct},
	{anytime, imap.CodeUnavailable, "", ruleServerTrouble, noProduct},
	{anytime, imap.CodeTempFail, "", ruleServerTrouble, noProduct},
	{anytime, 0, "temporar", ruleServerTrouble, noProduct},
	{anytime, 0, "try again", ruleServerTrouble, noProduct},
	{anytime, 0, "internal", ruleServerTrouble, noProduct},
	{anytime, 0, "system error", ruleServerTrouble, noProduct},
	{anytime, 0, "server error", ruleServerTrouble, noProduct},
	{anytime, 0, "server unavailable", ruleServerTrouble, exchange},
	{anytime, 0, "server busy", ruleServerTrouble, noProduct},
	{anytime, 0, "server is busy", ruleServerTrouble, noProduct},
	{anytime, 0, "service unavailable", ruleServerTrouble, noProduct},
	{anytime, 0, "backend", ruleServerTrouble, noProduct},
	{anytime, 0, "command argument error", ruleExchangeArguments, exchange},
	{anytime, 0, "command error. 1", ruleExchangeArguments, exchange},
}

// longestReason is how much of a text is looked at.
const longestReason = 200

// explains finds the row for a response that refuses or closes; nil if none fits.
func (x *exam) explains(login, bye bool) *reason {
	r := x.Event.Response
	var buf [longestReason]byte
	text := buf[:copy(buf[:], r.Text)]
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c | 0x20
		}
	}
	var word string // of a code that the table does not name: LogonDenied-BasicAuthBlocked stands in brackets
	if r.Code != nil && r.Code.Name == imap.CodeUnknown {
		word = clip(r.Code.Word)
	}
	for i := range reasons {
		k := &reasons[i]
		switch {
		case k.when == atLogin && !login, k.when == atBye && !bye:
		case k.code != imap.CodeUnknown && !r.Code.Is(k.code):
		case k.text != "" && !bytes.Contains(text, []byte(k.text)) && (word == "" || !containsFold([]byte(word), k.text)):
		default:
			return k
		}
	}
	return nil
}

// appPasswords are the providers that take the account's own password in no mail program, or not once two-factor authentication is on.
var appPasswords = [...]product{gmail, yahoo, icloud, qq, netease, mailru, yandex, fastmail, zoho, protonBridge, seznam, naver, mail139, aliyun, sina, sohu}

// refusal says why a server refuses or closes, once per connection for each reason.
func (x *exam) refusal() {
	r, k, d := x.Event.Response, x.cmd, x.d
	if r.Name != imap.RespState || r.Kind == imap.Continue {
		return
	}
	bye := r.Status == imap.BYE
	switch {
	case r.Status == imap.NO || r.Status == imap.BAD:
	case bye && r.Kind == imap.Untagged:
		if k != nil && k.name == imap.CmdLogout || d.byes > 1 { // asked for, or said before
			return
		}
	case r.Status == imap.OK && containsFold(r.Text, "[throttled]"): // Gmail has it behind the text
		x.reasonOf(ruleThrottled, r.Span).wordedBy(gmail, 0.8)
		return
	default:
		return
	}
	if x.otherwiseTold() {
		return
	}
	tagged := r.Kind == imap.Tagged
	login := k != nil && (k.name == imap.CmdLogin || k.name == imap.CmdAuthenticate)
	if login && tagged && d.has(canceled) {
		d.traits &^= canceled
		return // RFC 9051 §6.2.2: "*" is answered BAD
	}
	if why := x.explains(login || k == nil && x.Effect.Before < session.Authenticated, bye); why != nil {
		x.d.reasoned = x.Event.ID + 1
		if d.told.has(why.rule) {
			return
		}
		f := x.reasonOf(why.rule, r.Span)
		if why.who != noProduct {
			f.wordedBy(why.who, 0.6)
		}
		return
	}
	switch {
	case bye:
		if (d.has(sawClient) || !d.first) && !d.told.has(ruleClosedByServer) && !containsFold(r.Text, "logging out") { // a log of one side doesn't show LOGOUT
			x.reasonOf(ruleClosedByServer, r.Span)
		}
	case !tagged && r.Status == imap.NO && d.first: // RFC 9051 §7.1.2: a warning
		x.once(ruleServerWarning, r.Span, clipTo(r.Text, longestReason))
	case !tagged && d.first && x.Tracker.Outstanding() != 1 && !x.noted(parser.QuirkForeignProtocol): // RFC 9051 §7.1.3; with one command outstanding it is that one's (untaggedBad)
		x.once(ruleUntaggedBad, r.Span, clipTo(r.Text, longestReason))
	case !tagged || k == nil:
	case login && r.Status == imap.NO && !x.Tracker.Caps().Has(imap.CapLoginDisabled):
		x.loginRefused()
	case k.blamed || len(x.out) > x.from: // its fault is told already
	case r.Status == imap.BAD && !d.told.has(ruleCommandRejected):
		x.reasonOf(ruleCommandRejected, r.Span)
	case r.Status == imap.NO && d.refusals.add(rule(k.name)):
		x.reasonOf(ruleCommandFailed, r.Span)
	}
}

// loginRefused is a login that failed without a special reason: most often a wrong password, and with some providers the right one in the wrong place.
func (x *exam) loginRefused() {
	k, d := x.cmd, x.d
	span := x.Event.Response.Span
	if k.name == imap.CmdAuthenticate && isOAuth([]byte(k.words)) {
		if !d.told.has(ruleTokenRefused) {
			x.reasonOf(ruleTokenRefused, span)
		}
		return
	}
	for _, p := range appPasswords {
		if d.server.who == p && d.server.confidence >= likely {
			if !d.told.has(ruleAppPassword) {
				x.reasonOf(ruleAppPassword, span).wordedBy(p, 0.5)
			}
			return
		}
	}
	if !d.told.has(ruleLoginRefused) {
		x.reasonOf(ruleLoginRefused, span)
	}
}

// reasonOf reports a reason at the response at hand: {0} is the command, {1} the text.
func (x *exam) reasonOf(r rule, span wire.Span) *Finding {
	what := x.Event.Response.Status.String()
	if k := x.cmd; k != nil {
		what = k.title()
	}
	x.d.told.add(r)
	f := x.report(r, span, what, clipTo(x.Event.Response.Text, longestReason))
	if x.cmd != nil {
		f.Related = []uint32{x.cmd.id}
	}
	return f
}

// wordedBy names the product whose words these are. That it refuses is no deviation, so the severity stays.
func (f *Finding) wordedBy(p product, confidence float32) {
	f.Producer, f.Confidence = productNames[p].name, confidence
}

// otherwiseTold says that a rule about this very answer has spoken already.
func (x *exam) otherwiseTold() bool {
	for _, f := range x.out[x.from:] {
		switch f.ID {
		case registry[ruleWrongState].id, registry[ruleNetEaseUnsafeLogin].id, registry[ruleBareServerText].id, registry[ruleModSeqZeroRejected].id,
			registry[ruleIDRejected].id, registry[ruleListNoArguments].id, registry[ruleICloudParseError].id, registry[ruleCommandWhileIdle].id,
			registry[ruleBadGreeting].id, registry[ruleByeRepeated].id, registry[ruleOtherProtocol].id:
			return true
		}
	}
	return false
}

// tokenChallenge finds the error that a server sends for a token that it doesn't take: JSON in a challenge, RFC 7628 §3.2.2.
func (x *exam) tokenChallenge() {
	k := x.cmd
	if k == nil || k.name != imap.CmdAuthenticate || !isOAuth([]byte(k.words)) {
		return
	}
	line := bytes.TrimRight(x.wireBytes(), "\r\n")
	var buf [1024]byte
	if len(line) < 6 || line[1] != ' ' || len(line) > len(buf) {
		return
	}
	p, err := wire.AppendBase64Decoded(buf[:0], line[2:])
	if err != nil || len(p) == 0 || p[0] != '{' || !containsFold(p, `"status"`) || x.d.told.has(ruleTokenRefused) {
		return
	}
	x.d.told.add(ruleTokenRefused)
	x.report(ruleTokenRefused, wire.Span{Start: 2, End: uint32(len(line))}, k.title(), clipTo(p, longestReason)).Related = []uint32{k.id}
}

// isOAuth tells whether a mechanism carries a token.
func isOAuth(mechanism []byte) bool {
	return wire.EqualFold(mechanism, "XOAUTH2") || wire.EqualFold(mechanism, "OAUTHBEARER")
}
