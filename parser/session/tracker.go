package session

import (
	"iter"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// Tracker follows one connection. The zero value is a fresh one. It may be copied by assignment at any time; copy and original go on independently.
type Tracker struct {
	state  State
	resume State // the state to go on in when a log is readable after Opaque
	sure   bool  // state was observed, not inferred

	sawClient, sawServer bool
	lastSide             wire.Side
	trips                uint32

	tls, compressed, refused bool
	mode                     wire.Mode // Auth or Idle while that exchange lasts
	modeTag                  uint64    // the tag that ends it

	queue   queue
	enabled imap.CapSet
	caps    capabilities
	box     Mailbox // the selected mailbox
	opening Mailbox // what is said about the mailbox of an outstanding SELECT
	opens   bool    // something was said about it
	closed  bool    // CLOSED came since: what follows is about the mailbox that is being opened
	uids    uidMap
}

// Feed takes the next event of the connection and says what it did. Any order is accepted; what can't be believed changes nothing.
func (t *Tracker) Feed(e *Event) Effect {
	f := Effect{Before: t.state}
	if t.state == Opaque && e.Err == nil && (e.Command != nil || e.Response != nil) {
		t.state = t.resume // the log of a program that sees through TLS or DEFLATE
	}
	switch {
	case e.Command != nil:
		t.turn(wire.Client)
		t.command(e, &f)
	case e.Response != nil:
		t.turn(wire.Server)
		t.response(e, &f)
	case e.Auth != nil:
		t.turn(wire.Client)
		t.exchange(&f)
	case e.Done:
		t.turn(wire.Client)
		t.exchange(&f)
		if t.mode == wire.ModeIdle {
			t.mode = wire.ModeCommand
		}
	default:
		t.turn(e.Side)
	}
	f.After = t.state
	return f
}

// turn counts the times that the client spoke after the server had: each has cost a round trip.
func (t *Tracker) turn(s wire.Side) {
	switch s {
	case wire.Client:
		t.refused = false
		if t.lastSide == wire.Server {
			t.trips++
		}
		t.sawClient = true
	case wire.Server:
		t.sawServer = true
	default:
		return
	}
	t.lastSide = s
}

// exchange pairs a client line of a SASL exchange, or DONE, with the command that opened it.
func (t *Tracker) exchange(f *Effect) {
	if t.mode == wire.ModeCommand {
		return
	}
	if i := t.queue.find(t.modeTag); i >= 0 {
		f.Answers, f.Paired = t.queue.at(i).id, true
	}
}

// command registers what the client asks for.
func (t *Tracker) command(e *Event, f *Effect) {
	c := e.Command
	h := tagHash(c.Tag)
	p := newPending(h, e)
	if i := t.queue.find(h); i >= 0 {
		if q := t.queue.at(i); q.partial && q.name == p.name { // the rest of it
			p.id, p.at = q.id, q.at
			t.queue.set(i, p)
			t.begin(e, h)
			return
		}
		f.Reused = true
	}
	t.assume(c)
	for t.queue.len() >= maxOutstanding || !t.sawServer && t.queue.len() >= maxUnseen {
		t.queue.remove(0)
	}
	t.queue.add(p)
	t.begin(e, h)
}

// begin notes the commands that change how the next client line is read.
func (t *Tracker) begin(e *Event, h uint64) {
	switch e.Command.Name {
	case imap.CmdIdle:
		t.mode, t.modeTag = wire.ModeIdle, h
	case imap.CmdAuthenticate:
		if !e.Partial {
			t.mode, t.modeTag = wire.ModeAuth, h
		}
	}
}

// response handles what the server sends.
func (t *Tracker) response(e *Event, f *Effect) {
	r := e.Response
	switch r.Kind {
	case imap.Continue:
		t.continuation(f)
	case imap.Tagged:
		t.tagged(e, f)
	default:
		t.untagged(r, f)
	}
	if r.Code != nil && r.Code.Is(imap.CodeCapability) && r.Code.Caps != nil {
		t.caps.set(e.ID, t.state, r.Code.Caps)
	} else if c, ok := r.Data.(*imap.Capabilities); ok && r.Name == imap.RespCapability {
		t.caps.set(e.ID, t.listState(f), c)
	}
}

// listState is the state that a list of capabilities is for: one that comes while a login is answered is for what follows.
func (t *Tracker) listState(f *Effect) State {
	if f.Paired && t.state == NotAuthenticated {
		for i := range t.queue.len() {
			if p := t.queue.at(i); p.id == f.Answers && (p.name == imap.CmdLogin || p.name == imap.CmdAuthenticate) {
				return Authenticated
			}
		}
	}
	return t.state
}

// continuation pairs "+" with the newest command that waits for one: an exchange first, then a literal.
func (t *Tracker) continuation(f *Effect) {
	if t.mode != wire.ModeCommand {
		if i := t.queue.find(t.modeTag); i >= 0 {
			f.Answers, f.Paired = t.queue.at(i).id, true
			return
		}
	}
	for i := t.queue.len() - 1; i >= 0; i-- {
		if p := t.queue.at(i); p.partial || p.syncs > 0 {
			f.Answers, f.Paired = p.id, true
			if p.syncs > 0 {
				q := *p
				q.syncs--
				t.queue.set(i, q)
			}
			return
		}
	}
	f.Unmatched = t.sawClient
}

// tagged completes a command.
func (t *Tracker) tagged(e *Event, f *Effect) {
	r := e.Response
	h := tagHash(r.Tag)
	i := t.queue.find(h)
	if i < 0 {
		f.Unmatched = t.sawClient
		t.inferTagged(r)
		return
	}
	p := *t.queue.at(i)
	t.queue.remove(i)
	f.Answers, f.Paired = p.id, true
	if !p.at.IsZero() && !e.Time.IsZero() {
		if d := e.Time.Sub(p.at); d > 0 {
			f.Latency = d
		}
	}
	if t.mode != wire.ModeCommand && t.modeTag == h {
		t.mode = wire.ModeCommand
	}
	if (p.partial || p.syncs > 0) && r.Status != imap.OK {
		t.refused = true
	}
	switch r.Status {
	case imap.OK:
		t.completed(&p, r)
	case imap.BYE:
		t.state, t.sure = Logout, true
	case imap.NO:
		if p.name == imap.CmdSelect || p.name == imap.CmdExamine {
			t.deselect() // RFC 9051 §6.3.2: a SELECT that fails leaves no mailbox selected
		}
	}
	if p.name == imap.CmdSelect || p.name == imap.CmdExamine {
		t.opening, t.opens, t.closed = Mailbox{}, false, false
	}
}

// fresh tells whether the map of UIDs is about the mailbox that is being opened: no other is selected any more.
func (t *Tracker) fresh() bool { return t.closed || t.state != Selected }

// completed is the transition that a command makes when it is answered OK, RFC 9051 §3 and the extensions' own.
func (t *Tracker) completed(p *pending, r *imap.Response) {
	switch p.name {
	case imap.CmdLogin, imap.CmdAuthenticate: // RFC 9051 §6.2.2, §6.2.3
		t.reach(Authenticated)
		t.sure = true
	case imap.CmdStartTLS: // RFC 9051 §6.2.1: what was learnt before is void
		t.tls, t.resume, t.state = true, NotAuthenticated, Opaque
		t.caps.forget()
	case imap.CmdCompress: // RFC 4978 §3
		if t.state != Opaque {
			t.resume = t.state
		}
		t.compressed, t.state = true, Opaque
	case imap.CmdEnable: // RFC 5161 §3.2; servers that answer OK without ENABLED have been seen to mean it
		if !p.listed {
			if t.caps.known { // Dovecot leaves ENABLED out if nothing that was asked for is offered
				for i := range p.asked {
					p.asked[i] &= t.caps.now[i]
				}
			}
			t.enable(p.asked)
		}
		t.reach(Authenticated)
	case imap.CmdSelect, imap.CmdExamine: // RFC 9051 §6.3.2, §6.3.3
		t.open(p, r)
	case imap.CmdClose, imap.CmdUnselect: // RFC 9051 §6.4.1, §6.4.2
		t.deselect()
		t.sure = true
	case imap.CmdUnauthenticate: // RFC 8437 §3
		t.deselect()
		t.state, t.sure = NotAuthenticated, true
		t.enabled = imap.CapSet{}
		t.caps.forget()
	case imap.CmdLogout: // RFC 9051 §6.1.3
		t.state, t.sure = Logout, true
	default:
		t.reach(Needs(p.name))
	}
}

// enable switches on what was asked for or listed. CONDSTORE comes with QRESYNC, RFC 7162 §3.2.3.
func (t *Tracker) enable(s imap.CapSet) {
	for i := range s {
		t.enabled[i] |= s[i]
	}
	if t.enabled.Has(imap.CapQResync) {
		t.enabled.Add(imap.CapCondStore)
	}
}

// deselect leaves the selected state.
func (t *Tracker) deselect() {
	t.box, t.uids = Mailbox{}, uidMap{}
	if t.state == Selected || t.state < Authenticated {
		t.state = Authenticated
	}
}

// open enters the selected state with what was said since SELECT.
func (t *Tracker) open(p *pending, r *imap.Response) {
	t.box = t.opening
	t.box.Name = p.box
	t.box.ReadOnly = p.name == imap.CmdExamine
	if !t.fresh() {
		t.uids = uidMap{}
	}
	t.box.code(r.Code)
	t.state, t.sure = Selected, true
	if p.condstore { // RFC 7162 §3.1: the parameter enables it for the connection
		t.enabled.Add(imap.CapCondStore)
	}
}

// Wire is what bytes don't tell the Readers: how the next client line is to be read, whether an announced literal was refused, and what ENABLE changed.
func (t *Tracker) Wire() wire.State {
	w := wire.State{
		Mode:    t.mode,
		Refused: t.refused,
		UTF8:    t.enabled.Has(imap.CapUTF8Accept) || t.enabled.Has(imap.CapIMAP4rev2),
		UIDOnly: t.enabled.Has(imap.CapUIDOnly),
	}
	if t.state == Opaque {
		w.Mode = wire.ModeOpaque
	}
	return w
}

// State is the state after the last event.
func (t *Tracker) State() State { return t.state }

// Sure tells whether the state was observed rather than inferred from what a partial transcript shows.
func (t *Tracker) Sure() bool { return t.sure }

// TLS tells whether STARTTLS succeeded. TLS from the first byte on can't be seen.
func (t *Tracker) TLS() bool { return t.tls }

// Compressed tells whether COMPRESS succeeded.
func (t *Tracker) Compressed() bool { return t.compressed }

// Trips counts the times that the client spoke after the server had: each is at least one round trip of waiting.
func (t *Tracker) Trips() int { return int(t.trips) }

// Caps is the last list of capabilities that the server gave and that is still valid; empty if there was none.
func (t *Tracker) Caps() imap.CapSet { return t.caps.now }

// CapsKnown tells whether a list of capabilities is valid, be it empty.
func (t *Tracker) CapsKnown() bool { return t.caps.known }

// CapHistory is every list of capabilities that differs from the one before, in order. It must not be written to.
func (t *Tracker) CapHistory() []CapChange { return t.caps.history }

// Enabled is what ENABLE, or a command that implies it, switched on.
func (t *Tracker) Enabled() imap.CapSet { return t.enabled }

// Outstanding counts the commands that have no tagged response yet.
func (t *Tracker) Outstanding() int { return t.queue.len() }

// Open is a command without a tagged response.
type Open struct {
	ID      uint32 // its Event.ID
	Name    imap.CommandName
	UID     bool // UID stands in front
	Partial bool // it waits for "+" before a literal
}

// Unanswered walks the commands that have no tagged response yet, oldest first.
func (t *Tracker) Unanswered() iter.Seq[Open] {
	return func(yield func(Open) bool) {
		for i := range t.queue.len() {
			p := t.queue.at(i)
			if !yield(Open{ID: p.id, Name: p.name, UID: p.uid, Partial: p.partial || p.syncs > 0}) {
				return
			}
		}
	}
}

// Waiting finds the command with this tag that has no tagged response yet.
func (t *Tracker) Waiting(tag imap.Tag) (Open, bool) {
	i := t.queue.find(tagHash(tag))
	if i < 0 {
		return Open{}, false
	}
	p := t.queue.at(i)
	return Open{ID: p.id, Name: p.name, UID: p.uid, Partial: p.partial || p.syncs > 0}, true
}

// Mailbox is the name of the selected mailbox, decoded; empty if none is selected or its name was not seen.
func (t *Tracker) Mailbox() string { return t.box.Name }

// Box is what is known about the selected mailbox; zero if none is selected.
func (t *Tracker) Box() Mailbox { return t.box }

// Opening is what an outstanding SELECT or EXAMINE has been told so far.
func (t *Tracker) Opening() (Mailbox, bool) { return t.opening, t.opens }

// UID is the UID of a message of the selected mailbox, if a response told it.
func (t *Tracker) UID(seq uint32) (uint32, bool) { return t.uids.uid(seq) }

// Seq is the message sequence number of a UID in the selected mailbox, if a response told it.
func (t *Tracker) Seq(uid uint32) (uint32, bool) { return t.uids.seq(uid) }
