package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about what a server says that can't be true beside what it said before, and about answers that promise more data than come.

// numberedUID is a message whose number and UID were told together.
type numberedUID struct{ seq, uid uint32 }

// uidOrder: RFC 9051 §2.3.1.1: UIDs ascend with the numbers, and those of messages that are there lie below UIDNEXT.
func (x *exam) uidOrder(r *imap.Response) {
	uid, ok := r.UID()
	if !ok || r.Num == 0 || uid == 0 || !x.counted() {
		return
	}
	last := x.d.pair
	if last.seq != 0 && (r.Num > last.seq && uid <= last.uid || r.Num < last.seq && uid >= last.uid) {
		x.report(ruleUIDNotAscending, r.Span, itoa(uint64(last.seq)), itoa(uint64(last.uid)), itoa(uint64(r.Num)), itoa(uint64(uid)))
	}
	x.d.pair = numberedUID{r.Num, uid}
	if b := &x.d.box.box; b.Has&session.HasUIDNext != 0 && b.UIDNext > 0 && uid >= b.UIDNext && !x.d.has(sawGrowth) {
		x.once(ruleUIDBeyondUIDNext, r.Span, itoa(uint64(uid)), itoa(uint64(b.UIDNext)))
	}
}

// searchData: RFC 9051 §7.3.4: the numbers of SEARCH are those of messages, and ESEARCH tells by tag and kind which command they are for.
func (x *exam) searchData() {
	r, k := x.Event.Response, x.cmd
	switch s := r.Data.(type) {
	case *imap.NumList:
		if k == nil || k.uid || k.name != imap.CmdSearch && k.name != imap.CmdSort || k.state != session.Selected || !x.d.box.known || !x.counted() || x.selecting() {
			return
		}
		for _, n := range s.Nums {
			if n > x.d.box.exists {
				x.report(ruleSearchBeyondExists, r.Span, itoa(uint64(n)), itoa(uint64(x.d.box.exists)))
				return
			}
		}
	case *imap.ESearch:
		x.correlator(s)
	}
}

// correlator: RFC 4466 §2.6.2, RFC 9051 §7.3.4. Searches that go on (RFC 5267 §4.3) report under the tag of a command that is completed.
func (x *exam) correlator(s *imap.ESearch) {
	if s.Tag.IsNil() || len(s.Ext) > 0 || !x.complete() || x.Tracker.Caps().Has(imap.CapContextSearch) || x.d.has(sentNotify) {
		return
	}
	h := hash(s.Tag.Raw)
	for o := range x.Tracker.Unanswered() {
		k := x.d.find(o.ID)
		if k == nil || k.hash != h {
			continue
		}
		if data := s.HasCount || s.Min > 0 || s.Max > 0 || !s.All.IsZero(); data && s.UID != o.UID && k.name == imap.CmdSearch && !x.Tracker.Enabled().Has(imap.CapUIDOnly) {
			x.report(ruleESearchWrongKind, x.Event.Response.Span, k.title()).Related = []uint32{k.id}
		}
		return
	}
	if x.Tracker.Outstanding() > 0 && x.Tracker.Sure() {
		x.report(ruleESearchWrongTag, s.Tag.Span, clip(s.Tag.Raw))
	}
}

// sizes: RFC 9051 §2.3.4: RFC822.SIZE is the number of octets that BODY[] has.
func (x *exam) sizes(f *imap.Fetch) {
	var size uint64
	var body *imap.String
	for i := range f.Items {
		switch it := &f.Items[i]; {
		case it.Name == imap.AttRFC822Size:
			size = it.Num
		case it.Name == imap.AttRFC822, it.Name == imap.AttSection && (it.Section == nil || it.Section.Spec == imap.SectionWhole && len(it.Section.Part) == 0) && !it.HasOrigin:
			body = &it.Str
		}
	}
	if size == 0 || body == nil || body.Form != imap.FormLiteral && body.Form != imap.FormLiteral8 || x.Message == nil {
		return
	}
	for i := range x.Message.Literals {
		if l := &x.Message.Literals[i]; body.Span.Contains(l.Head) && l.Announced != size {
			x.once(ruleSizeMismatch, l.Head, itoa(size), itoa(l.Announced))
		}
	}
}

// partials: RFC 9051 §6.4.5: no more octets than were asked for.
func (x *exam) partials(f *imap.Fetch, k *command) {
	if k.partial == 0 {
		return
	}
	for i := range f.Items {
		if it := &f.Items[i]; (it.Name == imap.AttSection || it.Name == imap.AttBinary) && uint64(it.Str.Len()) > k.partial {
			x.once(rulePartialTooLong, it.Str.Span, itoa(k.partial), itoa(uint64(it.Str.Len())))
		}
	}
}

// promised looks at a completion for what its RFC says that comes with it.
func (x *exam) promised() {
	k, r, d := x.cmd, x.Event.Response, x.d
	if k == nil || r.Status != imap.OK || !x.complete() || !d.untaggedData {
		return
	}
	related := []uint32{k.id}
	switch k.name {
	case imap.CmdSelect, imap.CmdExamine:
		d.pair, d.traits = numberedUID{}, d.traits&^sawGrowth
		if k.saw&sawAny == 0 {
			return
		}
		caps := x.Tracker.Caps()
		on := x.Tracker.Enabled()
		aware := k.condStore || on.Has(imap.CapCondStore) || on.Has(imap.CapQResync)
		if aware && x.Tracker.Box().Has&(session.HasHighestModSeq|session.HasNoModSeq) == 0 && offers(caps, imap.CapCondStore) { // RFC 7162 §3.1.2
			x.report(ruleSelectWithoutModSeq, r.Span, k.box).Related = related
		}
		if caps.Has(imap.CapObjectID) && k.saw&sawMailboxID == 0 { // RFC 8474 §4.2
			x.once(ruleMailboxIDMissing, r.Span, k.title())
		}
	case imap.CmdCreate:
		if x.Tracker.Caps().Has(imap.CapObjectID) && !r.Code.Is(imap.CodeMailboxID) { // RFC 8474 §4.1
			x.once(ruleMailboxIDMissing, r.Span, k.title())
		}
	case imap.CmdMove: // RFC 6851 §3.3
		if (k.saw&sawCopyUID != 0 || r.Code.Is(imap.CodeCopyUID)) && k.saw&sawRemoval == 0 {
			x.report(ruleMoveWithoutExpunge, r.Span).Related = related
		}
	case imap.CmdLogout: // RFC 9051 §6.1.3
		if d.byes == 0 && d.has(sawGreeting) {
			x.report(ruleLogoutWithoutBye, r.Span).Related = related
		}
	}
}

// attributes: RFC 9051 §7.3.1, RFC 5258 §4: some attributes exclude each other.
func (x *exam) attributes(l *imap.List) {
	for _, pair := range [...][2]imap.KnownFlag{
		{imap.FlagHasChildren, imap.FlagHasNoChildren},
		{imap.FlagHasChildren, imap.FlagNoinferiors},
		{imap.FlagMarked, imap.FlagUnmarked},
	} {
		if imap.HasFlag(l.Attrs, pair[0]) && imap.HasFlag(l.Attrs, pair[1]) {
			x.once(ruleListAttributes, x.Event.Response.Span, pair[0].String(), pair[1].String())
			return
		}
	}
}

// pairs: the limits of ID, RFC 2971 §3.3.
func (x *exam) pairs(pairs []imap.Pair, span wire.Span) {
	if len(pairs) > 30 {
		x.once(ruleIDLimits, span)
		return
	}
	for i := range pairs {
		if pairs[i].Key.Len() > 30 || pairs[i].Value.Len() > 1024 {
			x.once(ruleIDLimits, pairs[i].Key.Span)
			return
		}
		for j := range i {
			if string(pairs[i].Key.Raw) == string(pairs[j].Key.Raw) {
				x.once(ruleIDLimits, pairs[i].Key.Span)
				return
			}
		}
	}
}
