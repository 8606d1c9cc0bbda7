package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about whether a command got the data that it must get.

// What came for a command: bits of command.saw.
const (
	sawEnabled uint32 = 1 << iota
	sawCapability
	sawNamespace
	sawID
	sawSearch
	sawESearch
	sawSort
	sawThread
	sawStatus
	sawFlags
	sawExists
	sawUIDValidity
	sawMailboxID
	sawCopyUID
	sawRemoval
	sawQuota
	sawQuotaRoot
	sawACL
	sawMyRights
	sawListRights
	sawAny
)

// see notes that data came for a command.
func (x *exam) see() {
	k := x.cmd
	if k == nil {
		return
	}
	k.saw |= sawAny
	switch x.Event.Response.Name {
	case imap.RespEnabled:
		k.saw |= sawEnabled
	case imap.RespCapability:
		k.saw |= sawCapability
	case imap.RespNamespace:
		k.saw |= sawNamespace
	case imap.RespID:
		k.saw |= sawID
	case imap.RespSearch:
		k.saw |= sawSearch
	case imap.RespESearch:
		k.saw |= sawESearch
	case imap.RespSort:
		k.saw |= sawSort
	case imap.RespThread:
		k.saw |= sawThread
	case imap.RespStatus:
		k.saw |= sawStatus
	case imap.RespFlags:
		k.saw |= sawFlags
	case imap.RespExists:
		k.saw |= sawExists
	case imap.RespExpunge, imap.RespVanished:
		k.saw |= sawRemoval
	case imap.RespQuota:
		k.saw |= sawQuota
	case imap.RespQuotaRoot:
		k.saw |= sawQuotaRoot
	case imap.RespACL:
		k.saw |= sawACL
	case imap.RespMyRights:
		k.saw |= sawMyRights
	case imap.RespListRights:
		k.saw |= sawListRights
	}
	if c := x.Event.Response.Code; c != nil {
		switch c.Name {
		case imap.CodeUIDValidity:
			k.saw |= sawUIDValidity
		case imap.CodeMailboxID:
			k.saw |= sawMailboxID
		case imap.CodeCopyUID:
			k.saw |= sawCopyUID
		}
	}
}

// complete tells whether the log can be trusted to show all that was said: its format prints everything, or nothing but the session stands in it. A
// log with lines of its own may have put one of them in the place of data, and whoever pasted it may have left some out.
func (x *exam) complete() bool {
	if gap := x.d.gapAfter; gap > 0 && (x.cmd == nil || gap > x.cmd.id) {
		return false
	}
	return x.Message != nil && (x.Message.Faithful || !x.d.has(sawNoise))
}

// required are the commands whose answer must have data, and what came if it had.
var required = [...]struct {
	command imap.CommandName
	saw     uint32
	data    string
}{
	{imap.CmdCapability, sawCapability, "CAPABILITY"},  // RFC 9051 §6.1.1
	{imap.CmdNamespace, sawNamespace, "NAMESPACE"},     // RFC 9051 §6.3.10
	{imap.CmdID, sawID, "ID"},                          // RFC 2971 §3.1
	{imap.CmdSearch, sawSearch | sawESearch, "SEARCH"}, // RFC 3501 §6.4.4, RFC 9051 §6.4.4
	{imap.CmdSort, sawSort | sawESearch, "SORT"},       // RFC 5256 §3
	{imap.CmdThread, sawThread | sawESearch, "THREAD"}, // RFC 5256 §3
	{imap.CmdStatus, sawStatus, "STATUS"},              // RFC 9051 §6.3.11
	{imap.CmdGetQuotaRoot, sawQuotaRoot, "QUOTAROOT"},  // RFC 9208 §4.1.3
	{imap.CmdGetQuota, sawQuota, "QUOTA"},              // RFC 9208 §4.1.2
	{imap.CmdGetACL, sawACL, "ACL"},                    // RFC 4314 §3.3
	{imap.CmdMyRights, sawMyRights, "MYRIGHTS"},        // RFC 4314 §3.5
	{imap.CmdListRights, sawListRights, "LISTRIGHTS"},  // RFC 4314 §3.4
}

// requiredData is the data that should have come for a completed command and didn't; empty if nothing lacks.
func (x *exam) requiredData(k *command) string {
	for i := range required {
		if r := &required[i]; r.command == k.name {
			switch {
			case k.saw&r.saw != 0,
				k.name == imap.CmdCapability && x.Event.Response.Code.Is(imap.CodeCapability),
				k.name == imap.CmdSearch && k.silent,                                    // RFC 5182 §2.1: SAVE alone returns nothing
				k.name == imap.CmdStatus && !x.Message.Faithful && !x.d.has(sawAnswers): // some logs leave out LIST, STATUS and FETCH
				return ""
			}
			return r.data
		}
	}
	return ""
}

// missing: a command that was completed OK without the response that its RFC requires.
func (x *exam) missing() {
	k, r := x.cmd, x.Event.Response
	if k == nil || r.Status != imap.OK || !x.d.untaggedData || !x.complete() {
		return
	}
	if want := x.requiredData(k); want != "" {
		x.report(ruleMissingResponse, r.Span, k.title(), want).Related = []uint32{k.id}
	}
	rev2 := x.Tracker.Enabled().Has(imap.CapIMAP4rev2)                                                    // RFC 9051 §6.4.4
	if k.name == imap.CmdSearch && (k.returns || rev2) && k.saw&sawSearch != 0 && k.saw&sawESearch == 0 { // RFC 4731 §3.1
		x.report(ruleSearchForESearch, r.Span).Related = []uint32{k.id}
	}
	x.missingItems()
}

// missingItems: FETCH items and STATUS items that were asked for and never came.
func (x *exam) missingItems() {
	k, r := x.cmd, x.Event.Response
	switch k.name {
	case imap.CmdFetch:
		lost := k.asked &^ k.got &^ (1<<imap.AttUnknown | 1<<imap.AttBinarySize)
		if k.rows == 0 || lost == 0 || k.failed {
			return
		}
		for a := range uint(64) {
			if lost&(1<<a) != 0 {
				f := x.report(ruleFetchItemMissing, r.Span, imap.AttName(a).String())
				f.Related = []uint32{k.id}
				return
			}
		}
	case imap.CmdStatus:
		lost := k.asked &^ k.got
		if k.saw&sawStatus == 0 || k.failed {
			return
		}
		for a := uint(1); a < 64; a++ {
			if lost&(1<<a) != 0 {
				x.report(ruleStatusItemMissing, r.Span, imap.StatusAtt(a).String(), k.box).Related = []uint32{k.id}
				return
			}
		}
	}
}

// selected: what SELECT must tell, RFC 9051 §6.3.2, and what changed since the mailbox was selected last.
func (x *exam) selected() {
	k, r, d := x.cmd, x.Event.Response, x.d
	if k == nil || k.name != imap.CmdSelect && k.name != imap.CmdExamine || r.Status != imap.OK {
		return
	}
	d.traits |= sawSelect
	if k.saw&sawAny != 0 && x.complete() {
		switch {
		case k.saw&sawExists == 0:
			x.report(ruleSelectIncomplete, r.Span, k.box, "EXISTS").Related = []uint32{k.id}
		case k.saw&sawFlags == 0:
			x.report(ruleSelectIncomplete, r.Span, k.box, "FLAGS").Related = []uint32{k.id}
		case k.saw&sawUIDValidity == 0:
			x.report(ruleSelectWithoutUIDValidity, r.Span, k.box).Related = []uint32{k.id}
		}
	}
	if k.name == imap.CmdExamine && !r.Code.Is(imap.CodeReadOnly) && x.complete() { // RFC 9051 §6.3.3
		x.report(ruleExamineWithoutReadOnly, r.Span, k.box).Related = []uint32{k.id}
	}
	b := x.Tracker.Box()
	for i := range d.seen[:d.nseen] {
		s := &d.seen[i]
		if s.name != k.box {
			continue
		}
		if b.Has&session.HasUIDValidity != 0 && s.uidValidity != 0 && b.UIDValidity != s.uidValidity { // RFC 9051 §2.3.1.1
			x.report(ruleUIDValidityChanged, r.Span, k.box, itoa(uint64(s.uidValidity)), itoa(uint64(b.UIDValidity))).Related = []uint32{s.id}
		}
		// RFC 3501 §2.3.2: \Recent is for the first session that is told of a message only.
		if s.recent > 0 && s.recent == s.exists && b.Has&session.HasRecent != 0 && b.Recent >= s.recent && b.Recent == b.Exists && k.name == imap.CmdSelect {
			x.once(ruleRecentNotCleared, r.Span, k.box, itoa(uint64(b.Recent)))
		}
		s.uidValidity, s.id, s.recent, s.exists = b.UIDValidity, k.id, b.Recent, b.Exists
		return
	}
	if d.nseen == len(d.seen) {
		copy(d.seen[:], d.seen[1:])
		d.nseen--
	}
	d.seen[d.nseen] = selection{name: k.box, uidValidity: b.UIDValidity, recent: b.Recent, exists: b.Exists, id: k.id}
	d.nseen++
}

// statusData: RFC 9051 §7.3.3: the items that were asked for, and only those.
func (x *exam) statusData() {
	r := x.Event.Response
	s, ok := r.Data.(*imap.StatusData)
	if !ok {
		return
	}
	if namedNil(s.Mailbox) {
		x.once(ruleNilMailbox, s.Mailbox.Wire.Span)
	}
	k := x.cmd
	if k == nil || k.name != imap.CmdStatus {
		return
	}
	for i := range s.Items {
		a := s.Items[i].Att
		k.got |= 1 << (uint(a) & 63)
		if a != imap.StatusUnknown && !k.wants(uint(a)) && !k.failed {
			x.once(ruleStatusItemUnasked, r.Span, a.String())
		}
	}
}

// rejected: completions that refuse what is legal.
func (x *exam) rejected() {
	k, r := x.cmd, x.Event.Response
	if k == nil || r.Status == imap.OK {
		return
	}
	switch {
	case k.modseq0 && r.Status == imap.BAD: // RFC 7162 §3.1.5: mod-sequence-valzer
		x.report(ruleModSeqZeroRejected, r.Span, k.title()).Related = []uint32{k.id}
	case k.name == imap.CmdID && r.Status == imap.BAD && x.Tracker.Caps().Has(imap.CapID): // RFC 2971 §3
		x.report(ruleIDRejected, r.Span).Related = []uint32{k.id}
	case k.name == imap.CmdList && k.bare:
		x.reportAt(ruleListNoArguments, k.id, wire.Client, wire.Span{}).Related = []uint32{x.Event.ID}
	}
	if containsFold(r.Text, "parse error (took ") {
		x.report(ruleICloudParseError, r.Span, k.title()).attribute(icloud, 0.7)
	}
	if x.d.has(gotAlert) && r.Status == imap.NO && x.d.told.add(ruleAlertUnusable) {
		x.reportAt(ruleAlertUnusable, x.d.alertAt, wire.Server, wire.Span{}).Related = []uint32{x.Event.ID}
	}
}

// loginAnswer: a login that is answered OK but has a demand.
func (x *exam) loginAnswer() {
	k, r, d := x.cmd, x.Event.Response, x.d
	if k == nil {
		return
	}
	if (k.name == imap.CmdLogin || k.name == imap.CmdAuthenticate) && r.Status == imap.OK {
		if r.Code.Is(imap.CodeAlert) {
			d.traits |= gotAlert
			d.alertAt = x.Event.ID
		}
		return
	}
	if r.Status == imap.OK && session.Needs(k.name) >= session.Authenticated {
		d.traits &^= gotAlert // the account works
	}
}
