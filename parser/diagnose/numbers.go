package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about message numbers, RFC 9051 §7.4 and §7.5, and about the codes of SELECT.

// counted tells whether nothing can be missing in the log since the server last told how many messages there are: between lines of the log's own, or of
// an article, some may be left out or shown twice.
func (x *exam) counted() bool {
	d := x.d
	return x.Message != nil && x.Message.Faithful || d.noiseAfter <= d.countAt && d.gapAfter <= d.countAt
}

// numbers compares EXISTS, EXPUNGE, VANISHED and FETCH with the mailbox as it was before.
func (x *exam) numbers() {
	r, d := x.Event.Response, x.d
	if r.Name == imap.RespRecent {
		if x.Tracker.Enabled().Has(imap.CapIMAP4rev2) { // RFC 9051 §E
			x.once(ruleRecentInRev2, r.Span)
		}
		return
	}
	if x.Effect.Before != session.Selected || x.selecting() || !d.has(sawClient) {
		return
	}
	known := d.box.known && x.counted()
	switch r.Name {
	case imap.RespExists: // RFC 9051 §7.4.1: it shrinks by EXPUNGE only
		if known && r.Num < d.box.exists {
			x.report(ruleExistsDecreased, r.Span, itoa(uint64(d.box.exists)), itoa(uint64(r.Num)))
		}
		if !d.box.known || r.Num > d.box.exists {
			d.traits |= sawGrowth
		}
	case imap.RespExpunge:
		if known && r.Num > d.box.exists {
			x.report(ruleExpungeBeyondExists, r.Span, itoa(uint64(r.Num)), itoa(uint64(d.box.exists)))
		}
		x.expungeWhen(r)
		d.pair = numberedUID{}
	case imap.RespVanished:
		d.pair = numberedUID{}
		if v, ok := r.Data.(*imap.Vanished); ok && !v.Earlier {
			x.expungeWhen(r)
		}
	case imap.RespFetch:
		if known && r.Num > d.box.exists {
			x.report(ruleFetchBeyondExists, r.Span, itoa(uint64(r.Num)), itoa(uint64(d.box.exists)))
		}
		if x.Effect.UIDChanged {
			x.report(ruleUIDChanged, r.Span, itoa(uint64(r.Num)))
		} else {
			x.uidOrder(r)
		}
	}
}

// selecting tells whether a SELECT is outstanding, so that news may be about either mailbox.
func (x *exam) selecting() bool {
	for o := range x.Tracker.Unanswered() {
		if o.Name == imap.CmdSelect || o.Name == imap.CmdExamine {
			return true
		}
	}
	return false
}

// expungeWhen: RFC 9051 §7.5.1, RFC 7162 §3.2.10.2: messages must not be renumbered while no command runs, nor while all that runs is FETCH, STORE or
// SEARCH by sequence number: the client could not know which message a number means.
func (x *exam) expungeWhen(r *imap.Response) {
	if x.d.has(sentNotify) || x.Tracker.Enabled().Has(imap.CapUIDOnly) {
		return // RFC 5465 §5.3, RFC 9586 §3.6: the client has agreed not to count
	}
	n := 0
	var by session.Open
	for o := range x.Tracker.Unanswered() {
		switch o.Name {
		case imap.CmdFetch, imap.CmdStore, imap.CmdSearch:
			if o.UID {
				return
			}
			by = o
			n++
		case imap.CmdClose: // RFC 9051 §6.4.1
			x.once(ruleExpungeOnClose, r.Span)
			return
		default:
			return
		}
	}
	switch {
	case n > 0:
		x.report(ruleExpungeDuringFetch, r.Span, title(by.Name, by.UID)).Related = []uint32{by.ID}
	case x.d.has(sawClient) && x.Tracker.Sure() && x.complete():
		x.report(ruleExpungeWithoutCommand, r.Span)
	}
}

// commandSets looks at the message sets that a client names.
func (x *exam) commandSets() {
	c := x.Event.Command
	var set imap.NumSet
	switch a := c.Args.(type) {
	case *imap.FetchArgs:
		set = a.Set
	case *imap.StoreArgs:
		set = a.Set
	case *imap.CopyArgs:
		set = a.Set
	default:
		return
	}
	if set.IsZero() || set.IsSaved() {
		return
	}
	var last, highest uint32
	for r := range set.Ranges() {
		if last != 0 && r.Lo != 0 && r.Lo < last {
			x.once(ruleDescendingSet, set.Span, clip(set.Raw))
		}
		if r.Hi != 0 {
			last, highest = r.Hi, max(highest, r.Hi)
		}
	}
	if descendingRange(set.Raw) {
		x.once(ruleDescendingSet, set.Span, clip(set.Raw))
	}
	// RFC 9051 §9, seq-number: "the server should respond with a tagged BAD to a sequence number that is larger than the number of messages".
	if b := &x.d.box; !c.UID && b.known && x.cmd.state == session.Selected && x.cmd.alone && highest > b.exists {
		x.report(ruleSequenceBeyondExists, set.Span, itoa(uint64(highest)), itoa(uint64(b.exists)))
	}
}

// descendingRange finds "5:1" in a set: legal (RFC 9051 §9: seq-range in any order), refused by some servers.
func descendingRange(raw []byte) bool {
	for i := 0; i < len(raw); {
		a, n := wire.ConsumeUint32(raw[i:])
		if n <= 0 {
			i++
			continue
		}
		i += n
		if i >= len(raw) || raw[i] != ':' {
			continue
		}
		b, n := wire.ConsumeUint32(raw[i+1:])
		if n > 0 && b < a {
			return true
		}
	}
	return false
}

// codes looks at the numbers in response codes.
func (x *exam) codes() {
	r := x.Event.Response
	if r.Code == nil {
		return
	}
	switch c := r.Code; c.Name {
	case imap.CodeUIDValidity: // RFC 9051 §2.3.1.1: nz-number
		if c.Num == 0 && x.zero(c) {
			x.report(ruleUIDValidityZero, c.Span)
		}
	case imap.CodeUIDNext:
		if c.Num == 0 && x.zero(c) {
			x.report(ruleUIDNextZero, c.Span)
		}
	case imap.CodeUnseen:
		if c.Num == 0 && x.zero(c) {
			x.report(ruleUnseenZero, c.Span)
		}
	case imap.CodeHighestModSeq: // RFC 7162 §3.1.2: without mod-sequences the code is NOMODSEQ
		if c.Num == 0 && x.zero(c) {
			x.report(ruleHighestModSeqZero, c.Span)
		}
	case imap.CodeCopyUID: // RFC 4315 §3: both sets name the same number of messages
		const last = ^uint32(0)
		a, b := c.Set, c.Dest
		if !a.IsZero() && !b.IsZero() && !a.HasStar() && !b.HasStar() && a.Count(last) != b.Count(last) {
			x.report(ruleCopyUIDUnequal, c.Span, itoa(a.Count(last)), itoa(b.Count(last)))
		}
	case imap.CodeAlert: // RFC 9051 §7.1: the text must be shown to the user
		if x.d.reasoned != x.Event.ID+1 { // which says it more exactly
			x.report(ruleAlert, c.Span, clip(r.Text))
		}
	case imap.CodeUIDNotSticky: // RFC 4315 §3
		x.once(ruleUIDNotSticky, c.Span)
	}
}

// zero tells that the code's number was read as 0, rather than not read at all.
func (x *exam) zero(c *imap.Code) bool {
	line := x.wireBytes()
	if int(c.Span.End) > len(line) {
		return false
	}
	for _, b := range c.Span.Of(line) {
		if '1' <= b && b <= '9' {
			return false
		}
		if b == '0' {
			return true
		}
	}
	return false
}
