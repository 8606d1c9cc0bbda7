package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about who may say what when: states, tags, completions, continuations.

// commandSpan is the command word of a message.
func (x *exam) commandSpan() wire.Span {
	line := x.wireBytes()
	tag, word, _ := wire.Head(line)
	at := uint32(len(tag) + 1)
	end := at + uint32(len(word))
	if wire.EqualFold(word, "UID") && int(end) < len(line) {
		_, word, _ = wire.Head(line[at:])
		end += 1 + uint32(len(word))
	}
	if end > uint32(len(line)) {
		return wire.Span{End: uint32(len(line))}
	}
	return wire.Span{Start: at, End: end}
}

// afterLogout: RFC 9051 §3.4. Commands in another wrong state are judged when the server refuses them (refusedState): a log may have left out the
// login, or gone on with another connection.
func (x *exam) afterLogout() {
	if k := x.cmd; k.state == session.Logout && k.name != imap.CmdLogout {
		x.once(ruleCommandAfterLogout, x.commandSpan(), k.title())
	}
}

// refusedState: a command that the state doesn't allow and that the server refused for it, RFC 9051 §6. A code other than CLIENTBUG tells another reason.
func (x *exam) refusedState() {
	k, r := x.cmd, x.Event.Response
	if k == nil || r.Status == imap.OK || !k.sure || x.d.gapAfter > 0 || r.Code != nil && !r.Code.Is(imap.CodeClientBug) || k.state == session.Logout || k.state == session.Opaque || k.failed {
		return
	}
	need := session.Needs(k.name)
	early := need > session.NotAuthenticated && k.state >= session.NotAuthenticated && k.state < need
	late := need == session.NotAuthenticated && k.state > need // LOGIN, AUTHENTICATE, STARTTLS
	if early || late {
		f := x.reportAt(ruleWrongState, k.id, wire.Client, k.word, k.title(), k.state.String())
		f.Related = []uint32{x.Event.ID}
	}
}

// tagUse: RFC 9051 §2.2.1: a client should give every command a tag of its own; with the tag of an outstanding one nobody can tell the answers apart.
func (x *exam) tagUse() {
	tag := wire.Span{End: uint32(len(x.Event.Command.Tag))}
	switch {
	case x.Effect.Reused && x.d.first && x.d.gapAfter == 0: // without answers in the log, all commands look outstanding
		x.report(ruleTagInUse, tag, clip(x.Event.Command.Tag))
	case x.d.used.has(x.cmd.hash):
		x.once(ruleTagNotUnique, tag, clip(x.Event.Command.Tag))
	}
	x.d.used.add(x.cmd.hash)
}

// pipelined: nothing may be sent between STARTTLS and the end of the TLS negotiation (RFC 9051 §6.2.1), and before the result of COMPRESS (RFC 4978 §3).
func (x *exam) pipelined() {
	if !x.d.first || !x.Tracker.Sure() {
		return // the log has no answers
	}
	for o := range x.Tracker.Unanswered() {
		if o.Name == imap.CmdStartTLS && o.ID != x.Event.ID {
			x.report(ruleStartTLSPipelined, x.commandSpan(), x.cmd.title()).Related = []uint32{o.ID}
			return
		}
		if o.Name == imap.CmdCompress && o.ID != x.Event.ID {
			x.report(ruleCompressPipelined, x.commandSpan(), x.cmd.title()).Related = []uint32{o.ID}
			return
		}
	}
}

// pairing: RFC 9051 §2.2.2: every command is completed once, by a response with its tag.
func (x *exam) pairing() {
	r, d := x.Event.Response, x.d
	h := hash(r.Tag)
	span := wire.Span{End: uint32(len(r.Tag))}
	switch {
	case x.Effect.Paired:
		if x.cmd != nil {
			x.cmd.answered = true
		}
		if d.has(gotBad) && d.badFor == x.Effect.Answers {
			d.traits &^= gotBad
		}
		d.answered.add(h)
	case !x.Effect.Unmatched:
	case d.answered.has(h):
		x.report(ruleAnsweredTwice, span, clip(r.Tag))
	case x.complete() && x.Effect.Before >= session.Authenticated && x.Tracker.Sure():
		x.report(ruleUnknownTag, span, clip(r.Tag))
	}
}

// hanging: a server that answers a command with an untagged BAD only leaves its client waiting for ever. It is certain once the client goes on.
func (x *exam) hanging() {
	d := x.d
	if !d.has(gotBad) || d.badFor == x.Event.ID {
		return
	}
	for o := range x.Tracker.Unanswered() {
		if o.ID == d.badFor {
			x.hangs()
			return
		}
	}
	d.traits &^= gotBad
}

func (x *exam) hangs() {
	d := x.d
	d.traits &^= gotBad
	f := x.reportAt(ruleUntaggedBadHangs, d.badAt, wire.Server, wire.Span{})
	f.Related = []uint32{d.badFor}
}

// unanswered: at the end of the log, commands without completion. The last one may just have been cut off; one that others overtook was forgotten.
func (x *exam) unanswered() {
	d := x.d
	if x.Tracker == nil {
		return
	}
	if d.has(gotBad) {
		for o := range x.Tracker.Unanswered() {
			if o.ID == d.badFor {
				x.hangs()
				break
			}
		}
	}
	var last uint32
	commands := d.recent()
	for i := len(commands) - 1; i >= 0 && last == 0; i-- {
		if commands[i].answered {
			last = commands[i].id
		}
	}
	for o := range x.Tracker.Unanswered() {
		k := d.find(o.ID)
		if k == nil || k.id >= last || k.answered || !k.faithful && (d.has(sawNoise) || d.gapAfter > k.id) || k.name == imap.CmdLogout || d.badFor == k.id && d.told.has(ruleUntaggedBadHangs) {
			continue
		}
		x.reportAt(ruleUnanswered, k.id, wire.Server, wire.Span{}, k.title())
	}
}

// has tells whether a rule has spoken.
func (s *onceSet) has(r rule) bool { return s[r>>6]&(1<<(r&63)) != 0 }

// continuation: RFC 9051 §7.6: "+" answers a command that waits for it, and none waits after {n+} (RFC 7888 §3).
func (x *exam) continuation() {
	if line := x.wireBytes(); !x.d.first && !x.d.has(sawClient) && otherProtocol(line) != "" {
		x.foreign(line) // +OK
		return
	}
	if x.cmd != nil {
		x.cmd.plussed = true
		x.earlyLiteral()
		return
	}
	if !x.Effect.Unmatched {
		return
	}
	if k := x.d.latest(); k != nil && k.plus && !k.answered {
		x.report(ruleContinuationNonSync, wire.Span{End: 1}).Related = []uint32{k.id}
		return
	}
	if x.complete() && !x.d.has(sawUnread) && x.Effect.Before >= session.Authenticated { // logs hide what is sent to log in {
		x.report(ruleUnexpectedContinuation, wire.Span{End: 1})
	}
}

// latest is the command that was sent last.
func (d *Doctor) latest() *command {
	if n := len(d.commands); n > 0 {
		return &d.commands[n-1]
	}
	return nil
}

// earlyLiteral: RFC 9051 §4.3: after {n} the client waits for "+" before it sends the octets. In a paste that shows the octets, the "+" stands
// between header and octets, that is, inside the lines of the command.
func (x *exam) earlyLiteral() {
	k := x.cmd
	if k == nil || !k.earlyOK || !x.complete() {
		return
	}
	if x.Event.Response.Kind == imap.Continue && x.Message.Span.Start >= k.spanEnd && k.spanEnd > 0 {
		k.earlyOK = false
		f := x.reportAt(ruleLiteralEarly, k.id, wire.Client, k.early)
		f.Related = []uint32{x.Event.ID}
	}
	if x.Event.Response.Kind == imap.Tagged {
		k.earlyOK = false
	}
}

// whileIdle notes a command that was sent while IDLE runs. Logs may leave out DONE, so that it is wrong is known when either is refused.
func (x *exam) whileIdle() {
	k := x.cmd
	k.during = x.d.mode == wire.ModeIdle
}

// idleRefused: RFC 2177 §3: while IDLE runs only DONE may be sent.
func (x *exam) idleRefused() {
	k := x.cmd
	if k == nil || x.Event.Response.Status != imap.BAD {
		return
	}
	if k.name == imap.CmdIdle {
		commands := x.d.recent()
		for i := range commands {
			if o := &commands[i]; o.during && o.id > k.id {
				k = o
				break
			}
		}
	}
	if k.during {
		k.during = false
		f := x.reportAt(ruleCommandWhileIdle, k.id, wire.Client, k.word, k.title())
		f.Related = []uint32{x.Event.ID}
	}
}

// unread: client lines that are no command: RFC 2177 §3 allows only DONE while IDLE runs. And lines of nobody, which may be another protocol's.
func (x *exam) unread() {
	line := x.wireBytes()
	if len(line) == 0 {
		return
	}
	if x.Message.Mode == wire.ModeIdle && x.Message.Side == wire.Client && x.Event.Err != nil {
		tag, word, _ := wire.Head(line)
		if len(tag) > 0 && len(word) > 0 {
			start := uint32(len(tag) + 1)
			x.report(ruleCommandWhileIdle, wire.Span{Start: start, End: start + uint32(len(word))}, clip(word))
		}
		return
	}
	x.foreign(line)
}

// idleEnds: RFC 2177 §3: a client should end IDLE at least every 29 minutes, before the server logs it out.
func (x *exam) idleEnds() {
	k := x.cmd
	if k == nil || k.name != imap.CmdIdle || x.Effect.Latency.Minutes() <= 30 {
		return
	}
	x.reportAt(ruleIdleTooLong, k.id, wire.Client, wire.Span{}, itoa(uint64(x.Effect.Latency.Minutes())))
}
