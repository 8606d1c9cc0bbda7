package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about what is legal but slow, unsafe or fragile.

// fetchHabits looks at what a client fetches, and how.
func (x *exam) fetchHabits() {
	a, ok := x.Event.Command.Args.(*imap.FetchArgs)
	if !ok {
		return
	}
	caps, d, k := x.Tracker.Caps(), x.d, x.cmd
	b := &d.box.box
	if k.state == session.Selected && !b.ReadOnly {
		for i := range a.Atts {
			if t := &a.Atts[i]; setsSeen(t) { // RFC 9051 §6.4.5: BODY[...] sets \Seen, BODY.PEEK[...] doesn't
				x.once(ruleBodyWithoutPeek, x.commandSpan())
				break
			}
		}
	}
	if !everything(a.Set.Raw) {
		return
	}
	if flagsOnly(a) && a.ChangedSince == 0 && offers(caps, imap.CapCondStore) {
		for i := range d.seen[:d.nseen] {
			if s := &d.seen[i]; s.name == x.Tracker.Mailbox() {
				if s.flags++; s.flags == 2 {
					x.report(ruleRefetchFlags, x.commandSpan(), s.name)
				}
			}
		}
	}
	for i := range a.Atts {
		if s := a.Atts[i].Section; s != nil && s.Spec == imap.SectionHeaderFields && len(s.Fields) == 1 && !d.has(sentSearch) && !d.box.empty() {
			x.once(ruleSearchInClient, x.commandSpan(), clip(s.Fields[0].Raw))
		}
	}
}

// empty tells whether the mailbox is known to hold next to nothing.
func (b *boxView) empty() bool { return b.known && b.exists < 2 }

// setsSeen tells whether fetching the item marks the message as read.
func setsSeen(t *imap.FetchAtt) bool {
	switch t.Name {
	case imap.AttSection, imap.AttBinary:
		return !t.Peek
	case imap.AttRFC822, imap.AttRFC822Text:
		return true
	}
	return false
}

// everything tells whether a set is 1:*, in either order.
func everything(raw []byte) bool {
	s := string(raw[:min(len(raw), 4)])
	return len(raw) == 3 && (s == "1:*" || s == "*:1")
}

// flagsOnly tells whether flags, and no more than numbers beside them, are fetched.
func flagsOnly(a *imap.FetchArgs) bool {
	flags := false
	for i := range a.Atts {
		switch a.Atts[i].Name {
		case imap.AttFlags:
			flags = true
		case imap.AttUID, imap.AttModSeq:
		default:
			return false
		}
	}
	return flags
}

// rounds counts commands that could have gone in one, or at once: each waits a round trip for the one before.
func (x *exam) rounds() {
	k, d := x.cmd, x.d
	if k.name == imap.CmdNoop && k.state == session.Selected {
		if d.noops++; d.noops == 3 && x.Tracker.Caps().Has(imap.CapIdle) && !d.has(sentIdle) { // RFC 2177
			x.once(rulePollingNoop, x.commandSpan())
		}
	} else if k.name != imap.CmdNoop {
		d.noops = 0
	}
	kind := x.kind()
	if kind == 0 || !k.alone {
		d.serial, d.lastKind = 0, kind
		return
	}
	if kind != d.lastKind {
		d.serial, d.lastKind = 1, kind
		return
	}
	if d.serial++; d.serial != 5 {
		return
	}
	switch {
	case k.name == imap.CmdFetch:
		x.once(ruleFetchOneByOne, x.commandSpan(), k.title())
	case k.name == imap.CmdStatus && (x.Tracker.Caps().Has(imap.CapListStatus) || x.Tracker.Caps().Has(imap.CapIMAP4rev2)): // RFC 5819
		x.once(ruleStatusPerMailbox, x.commandSpan())
	default: // RFC 9051 §5.5
		x.once(ruleNoPipelining, x.commandSpan(), k.title())
	}
}

// kind tells rows of similar commands apart: FETCH of one message, STORE of one, STATUS. 0: nothing that makes a row.
func (x *exam) kind() uint32 {
	switch k := x.cmd; k.name {
	case imap.CmdStatus:
		return uint32(k.name) << 8
	case imap.CmdFetch, imap.CmdStore, imap.CmdCopy, imap.CmdMove:
		for i := range len(k.set) {
			if !isDigit(k.set[i]) {
				return 0
			}
		}
		if k.set == "" {
			return 0
		}
		n := uint32(k.name) << 8
		if k.uid {
			n |= 1
		}
		return n | uint32(k.asked*0x9E3779B97F4A7C15>>48)<<16 // the same items
	}
	return 0
}

// organizing looks at how messages are moved and mailboxes are used.
func (x *exam) organizing() {
	k, d, caps := x.cmd, x.d, x.Tracker.Caps()
	switch a := x.Event.Command.Args.(type) {
	case *imap.CopyArgs:
		if k.name == imap.CmdCopy {
			d.copied = setMark{id: k.id, set: k.set, uid: k.uid}
			d.traits |= gotCopy
		}
		return
	case *imap.StoreArgs:
		if d.has(gotCopy) && caps.Has(imap.CapMove) && k.set == d.copied.set && k.uid == d.copied.uid && imap.HasFlag(a.Flags, imap.FlagDeleted) && a.Op != imap.StoreRemove {
			if d.told.add(ruleMoveNotUsed) { // RFC 6851
				x.report(ruleMoveNotUsed, x.commandSpan()).Related = []uint32{d.copied.id}
			}
		}
	case *imap.SelectArgs:
		if k.state == session.Selected && x.Tracker.Sure() && x.isSelected(a.Mailbox) {
			x.once(ruleReselect, x.commandSpan(), x.Tracker.Mailbox())
		}
	case *imap.CreateArgs:
		if caps.Has(imap.CapNamespace) && !d.has(sentNamespace) && x.Tracker.Sure() { // RFC 2342
			x.once(ruleNamespaceIgnored, a.Mailbox.Wire.Span, clip(a.Mailbox.Wire.Raw))
		}
		if caps.Has(imap.CapSpecialUse) && !d.has(sawSpecialUse) && usualName(a.Mailbox.Wire.Raw) { // RFC 6154
			x.once(ruleSpecialUseIgnored, a.Mailbox.Wire.Span, clip(a.Mailbox.Wire.Raw))
		}
	case *imap.AppendArgs:
		if n := a.Mailbox.Wire.Raw; d.sentBox != "" && wire.EqualFold(n, "Sent") && d.sentBox != string(n) {
			x.once(ruleSpecialUseIgnored, a.Mailbox.Wire.Span, clip(n))
		}
	case *imap.ListArgs:
		for i := range a.Select {
			if wire.EqualFold(a.Select[i].Name, "SPECIAL-USE") {
				d.traits |= sawSpecialUse
			}
		}
		for i := range a.Return {
			if wire.EqualFold(a.Return[i].Name, "SPECIAL-USE") {
				d.traits |= sawSpecialUse
			}
		}
	}
	if k.name == imap.CmdExpunge && !k.uid && caps.Has(imap.CapUIDPlus) { // RFC 4315 §2.1
		x.once(ruleExpungeWithoutUID, x.commandSpan())
	}
	if k.name != imap.CmdNoop {
		d.traits &^= gotCopy
	}
}

// usualName tells whether a mailbox is named as special mailboxes are in English.
func usualName(name []byte) bool {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' || name[i] == '.' {
			name = name[i+1:]
			break
		}
	}
	for _, s := range [...]string{"Sent", "Sent Items", "Sent Messages", "Drafts", "Trash", "Deleted Items", "Deleted Messages", "Junk", "Spam", "Junk E-mail", "Archive"} {
		if wire.EqualFold(name, s) {
			return true
		}
	}
	return false
}

// neglected says at the end what the client never asked for.
func (x *exam) neglected() {
	d := x.d
	if x.Tracker == nil || len(d.commands) == 0 || !d.has(sawClient) || !d.has(sawSelect) {
		return
	}
	if x.Tracker.Caps().Has(imap.CapID) && !d.has(sentID) { // RFC 2971
		x.reportAt(ruleIDNotSent, d.opening, wire.Client, wire.Span{})
	}
}
