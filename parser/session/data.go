package session

import "github.com/imapwire/imapwire/parser/imap"

// untagged applies what the server says without a tag.
func (t *Tracker) untagged(r *imap.Response, f *Effect) {
	if r.Name == imap.RespState && t.greeting(r) {
		return
	}
	t.pair(r, f)
	t.imply(r)
	switch r.Name {
	case imap.RespState:
		t.status(r)
	case imap.RespEnabled:
		if c, ok := r.Data.(*imap.Capabilities); ok {
			t.enable(c.Set)
			t.enableListed()
		}
	case imap.RespFlags:
		if !t.sawClient && t.state == Selected {
			t.box, t.uids = Mailbox{}, uidMap{} // SELECT's first response: its command is not in the log
		}
		if l, ok := r.Data.(*imap.FlagList); ok {
			b := t.target()
			b.Flags = imap.FlagSetOf(l.Flags)
			b.Has |= HasFlags
		}
	case imap.RespExists:
		b := t.target()
		b.Exists = r.Num
		b.Has |= HasExists
	case imap.RespRecent:
		b := t.target()
		b.Recent = r.Num
		b.Has |= HasRecent
	case imap.RespExpunge:
		if b := t.target(); b.Exists > 0 {
			b.Exists--
		}
		t.uids.expunge(r.Num)
	case imap.RespVanished:
		t.vanished(r)
	case imap.RespFetch:
		if uid, ok := r.UID(); ok && (!t.selecting() || t.fresh()) {
			old, known := t.uids.uid(r.Num)
			f.UIDChanged = known && old != uid
			t.uids.learn(r.Num, uid)
		}
		t.fetched(r)
	case imap.RespUIDFetch:
		t.fetched(r)
	}
}

// enableListed notes that ENABLED came for the oldest ENABLE.
func (t *Tracker) enableListed() {
	for i := range t.queue.len() {
		if p := t.queue.at(i); p.name == imap.CmdEnable && !p.listed {
			q := *p
			q.listed = true
			t.queue.set(i, q)
			return
		}
	}
}

// greeting takes the first status response of a connection, RFC 9051 §7.1. After BYE another one means that a log goes on with the next connection.
func (t *Tracker) greeting(r *imap.Response) bool {
	if t.state == Logout && (r.Status == imap.OK || r.Status == imap.PREAUTH) && t.queue.len() == 0 {
		*t = Tracker{sawServer: true, lastSide: t.lastSide, trips: t.trips, caps: t.caps}
		t.caps.forget()
	}
	if t.state != Greeting || t.sawClient {
		return false
	}
	switch r.Status {
	case imap.OK:
		t.state, t.sure = NotAuthenticated, true
	case imap.PREAUTH:
		t.state, t.sure = Authenticated, true
	case imap.BYE:
		t.state, t.sure = Logout, true
	default:
		return false
	}
	return true
}

// status applies an untagged OK, NO, BAD, PREAUTH or BYE.
func (t *Tracker) status(r *imap.Response) {
	switch {
	case r.Status == imap.BYE:
		t.state, t.sure = Logout, true
		t.box, t.uids = Mailbox{}, uidMap{}
	case r.Status == imap.PREAUTH:
		t.reach(Authenticated)
	case r.Status == imap.OK && t.state == Greeting:
		t.state = NotAuthenticated // the greeting, seen after the client spoke
	case r.Code.Is(imap.CodeClosed): // RFC 7162 §3.2.11: what follows is about the mailbox that SELECT opens
		t.box, t.uids, t.opening = Mailbox{}, uidMap{}, Mailbox{}
		t.closed = t.selecting()
	case r.Code != nil:
		t.target().code(r.Code)
	}
}

// selecting tells whether untagged data is about a mailbox that is being opened: a SELECT is outstanding and no command before it.
func (t *Tracker) selecting() bool {
	if t.queue.len() == 0 {
		return false
	}
	p := t.queue.at(0)
	return p.name == imap.CmdSelect || p.name == imap.CmdExamine
}

// target is the mailbox that untagged data is about.
func (t *Tracker) target() *Mailbox {
	if t.selecting() {
		t.opens = true
		return &t.opening
	}
	return &t.box
}

// vanished removes messages by UID, RFC 7162 §3.2.10. With EARLIER they were gone before and nothing is renumbered.
func (t *Tracker) vanished(r *imap.Response) {
	v, ok := r.Data.(*imap.Vanished)
	if !ok || v.Earlier {
		return
	}
	b := t.target()
	n := 0
	for u := range v.UIDs.Ranges() {
		if u.Lo == 0 || u.Hi == 0 {
			return // "*" is not allowed here
		}
		if gone := uint64(u.Hi) - uint64(u.Lo) + 1; gone >= uint64(b.Exists) {
			b.Exists = 0
		} else {
			b.Exists -= uint32(gone)
		}
		if n++; n <= maxVanishedRanges {
			t.uids.vanish(u.Lo, u.Hi)
		}
	}
	if n > maxVanishedRanges {
		t.uids = uidMap{}
	}
}

// maxVanishedRanges bounds the work that one VANISHED response makes; with more ranges the map of UIDs is started afresh.
const maxVanishedRanges = 256

// fetched lets the mailbox's numbers grow with what FETCH data proves.
func (t *Tracker) fetched(r *imap.Response) {
	d, ok := r.Data.(*imap.Fetch)
	if !ok {
		return
	}
	b := t.target()
	if m, ok := d.ModSeq(); ok && b.Has&HasHighestModSeq != 0 && m > b.HighestModSeq && m < 1<<63 {
		b.HighestModSeq = m
	}
}
