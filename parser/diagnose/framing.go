package diagnose

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// framing: literals whose octets are not as many as announced (RFC 9051 §4.3). Only where the format prints bytes as they were: what a log has done to
// line ends is no fault of the sender.
func (x *exam) framing() {
	m := x.Message
	if m == nil {
		return
	}
	side := x.side()
	for i := range m.Literals {
		l := &m.Literals[i]
		head := l.Head.Of(m.Wire)
		if len(head) > 2 && side == wire.Server && zeroPadded(head) && x.d.told.add(ruleLiteralZeroPadded) {
			x.reportAt(ruleLiteralZeroPadded, x.Event.ID, side, l.Head, clip(head))
		}
		if l.State != transcript.Repaired || l.Partial || l.Announced == l.Found {
			continue
		}
		if side == wire.Client && !x.d.first {
			continue // the server, which is not in the log, may have refused it
		}
		rule := ruleLiteralLength
		if octets := l.Octets.Of(m.Wire); isHigh(octets) && uint64(utf8.RuneCount(octets)) == l.Announced {
			rule = ruleLiteralCountsCharacters
		}
		if m.Faithful {
			x.reportAt(rule, x.Event.ID, side, l.Head, itoa(l.Announced), itoa(l.Found))
			continue
		}
		// Elsewhere octets may have come in on the way; unless a product is known for it, that is as likely. What line ends or lost octets explain is told by the repair.
		if (strings.HasPrefix(l.Reason, "long ") || strings.HasPrefix(l.Reason, "charset ")) && !m.Rewritten && x.d.told.add(rule) {
			f := x.reportAt(rule, x.Event.ID, side, l.Head, itoa(l.Announced), itoa(l.Found))
			if f.Severity == Error {
				f.Severity = Hint
			}
		}
	}
}

// zeroPadded: "{012}" is legal, number has leading zeros, but some readers take it for octal.
func zeroPadded(head []byte) bool {
	i := bytes.IndexByte(head, '{')
	return i >= 0 && i+2 < len(head) && head[i+1] == '0' && isDigit(head[i+2])
}

// literals: what the client may send without waiting (RFC 7888), and where it waits without need.
func (x *exam) literals() {
	m, k := x.Message, x.cmd
	if m == nil {
		return
	}
	caps := x.Tracker.Caps()
	plus, minus := caps.Has(imap.CapLiteralPlus), caps.Has(imap.CapLiteralMinus) || caps.Has(imap.CapIMAP4rev2)
	for i := range m.Literals {
		l := &m.Literals[i]
		head := l.Head.Of(m.Wire)
		if bytes.IndexByte(head, '+') >= 0 {
			k.plus = true
			switch {
			case !x.capsKnown() || plus:
			case !minus:
				x.report(ruleLiteralPlusUnadvertised, l.Head)
			case l.Announced > 4096: // RFC 7888 §5
				x.report(ruleLiteralMinusTooLarge, l.Head, itoa(l.Announced))
			}
			continue
		}
		if plus || minus && l.Announced <= 4096 {
			x.once(ruleSyncLiteral, l.Head)
		}
		if !k.earlyOK && l.Found > 0 && (l.State == transcript.Present || l.State == transcript.Repaired) && int(l.Octets.End) < len(m.Wire) {
			k.early, k.earlyOK = l.Head, true
		}
	}
}

// foreign finds lines of another protocol on the port, and text without tag or star.
func (x *exam) foreign(line []byte) {
	if name := otherProtocol(line); name != "" {
		if x.isNoise() && x.d.first && name != "TLS" {
			return // a log may hold the lines of several protocols
		}
		if x.d.told.add(ruleOtherProtocol) {
			x.reportAt(ruleOtherProtocol, x.Event.ID, wire.Server, wire.Span{End: uint32(len(line))}, name)
		}
		return
	}
	if text := bytes.TrimRight(line, "\r\n"); hasPrefixFold(text, "server unavailable") {
		x.reportAt(ruleBareServerText, x.Event.ID, wire.Server, wire.Span{End: uint32(len(text))}, clip(text)).attribute(exchange, 0.8)
	}
}

// otherProtocol names the protocol that a line belongs to; empty for IMAP and for what can't be told.
func otherProtocol(line []byte) string {
	switch {
	case len(line) >= 4 && isDigit(line[0]) && isDigit(line[1]) && isDigit(line[2]) && (line[3] == ' ' || line[3] == '-'):
		switch {
		case line[0] == '2' && line[1] == '2' || line[0] == '4' && line[1] == '2' || line[0] == '5' && line[1] == '5':
			if containsFold(line, "ftp") {
				return "FTP"
			}
			return "SMTP"
		}
	case bytes.HasPrefix(line, []byte("+OK")) || bytes.HasPrefix(line, []byte("-ERR")):
		return "POP3"
	case bytes.HasPrefix(line, []byte("HTTP/1.")), bytes.HasPrefix(line, []byte("<!DOCTYPE")), bytes.HasPrefix(line, []byte("<html")):
		return "HTTP"
	case bytes.HasPrefix(line, []byte("SSH-")):
		return "SSH"
	case len(line) >= 3 && (line[0] == 0x16 || line[0] == 0x15) && line[1] == 0x03 && line[2] <= 0x04:
		return "TLS"
	}
	return ""
}

func hasPrefixFold(b []byte, s string) bool {
	return len(b) >= len(s) && wire.EqualFold(b[:len(s)], s)
}

// itoa is the decimal form of n.
func itoa(n uint64) string {
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return string(b[i:])
		}
	}
}

// greeting: RFC 9051 §7.1: a connection begins with OK, PREAUTH or BYE. And an untagged status that begins no IMAP is looked at for other protocols.
func (x *exam) greeting() {
	r := x.Event.Response
	if x.d.first || x.d.has(sawClient) {
		return
	}
	if r.Name != imap.RespState {
		return
	}
	x.d.traits |= sawGreeting
	line := x.wireBytes()
	if name := otherProtocol(line); name != "" {
		x.once(ruleOtherProtocol, wire.Span{End: uint32(len(line))}, name)
		return
	}
	if r.Status == imap.NO || r.Status == imap.BAD {
		if hasPrefixFold(bytes.TrimLeft(line, " "), "server unavailable") {
			x.report(ruleBareServerText, r.Span, clip(r.Text)).attribute(exchange, 0.8)
			return
		}
		if containsFold(r.Text, "intrusion prevention") {
			x.report(ruleBadGreeting, r.Span, r.Status.String()).attribute(icewarp, 0.8)
			return
		}
		x.d.traits |= gotBadGreeting // or the log begins in the middle: certain when the client goes on
		x.d.greetAt, x.d.greetSpan, x.d.badStatus = x.Event.ID, r.Span, r.Status
	}
}

// greeted: a client that begins with what comes first on a connection took the untagged NO or BAD for the greeting. One that goes on with mailboxes
// shows that the log begins in the middle.
func (x *exam) greeted() {
	if !x.d.has(gotBadGreeting) || x.cmd.name == imap.CmdUnknown {
		return
	}
	if session.Needs(x.cmd.name) >= session.Authenticated {
		x.d.traits &^= gotBadGreeting
		return
	}
	x.turnedAway()
}

// turnedAway reports the untagged NO or BAD that the connection begins with.
func (x *exam) turnedAway() {
	x.d.traits &^= gotBadGreeting
	x.reportAt(ruleBadGreeting, x.d.greetAt, wire.Server, x.d.greetSpan, x.d.badStatus.String())
}

// bye: RFC 9051 §7.1.5: after BYE the server closes. Some repeat it instead.
func (x *exam) bye() {
	r := x.untaggedState()
	if r == nil || r.Status != imap.BYE {
		return
	}
	if x.d.byes++; x.d.byes == 2 {
		x.report(ruleByeRepeated, r.Span)
	}
}

// untaggedBad remembers an untagged BAD while one command is outstanding: it may be all the answer that the command gets.
func (x *exam) untaggedBad() {
	r := x.untaggedState()
	if r == nil || r.Status != imap.BAD || !x.d.first {
		return
	}
	if hasPrefixFold(x.wireBytes(), "server unavailable") {
		x.report(ruleBareServerText, r.Span, clip(r.Text)).attribute(exchange, 0.8)
		return
	}
	if x.Tracker.Outstanding() != 1 {
		return
	}
	for o := range x.Tracker.Unanswered() {
		x.d.badAt, x.d.badFor = x.Event.ID, o.ID
		x.d.traits |= gotBad
	}
}
