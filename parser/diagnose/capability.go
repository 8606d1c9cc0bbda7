package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about capabilities and what they allow.

// capabilities looks at a list of capabilities, RFC 9051 §7.2.2.
func (x *exam) capabilities() {
	r, d := x.Event.Response, x.d
	l := capabilitiesOf(r)
	if l == nil {
		return
	}
	span := r.Span
	if r.Code.Is(imap.CodeCapability) {
		span = r.Code.Span
	}
	if d.traits &^= shortCaps; l.Set.Has(imap.CapStartTLS) {
		d.traits |= sawStartTLS
	}
	switch mark, ok := x.capabilitiesLeftOut(l); {
	case ok:
		d.traits |= shortCaps
		x.tellLeftOut(mark)
	case !l.Set.Has(imap.CapIMAP4rev1) && !l.Set.Has(imap.CapIMAP4rev2) && x.Event.Err == nil: // RFC 9051 §6.1.1
		x.once(ruleCapabilityWithoutRev, span)
	}
	if l.Set.Has(imap.CapLiteralPlus) && l.Set.Has(imap.CapLiteralMinus) { // RFC 7888 §5
		x.once(ruleLiteralPlusAndMinus, span)
	}
	for i := range l.List {
		if bytes.Equal(l.List[i].Name, []byte("+")) && i > 0 && wire.EqualFold(l.List[i-1].Name, "LITERAL") {
			x.once(ruleLiteralPlusSplit, wire.Span{Start: l.List[i-1].Span.Start, End: l.List[i].Span.End})
		}
	}
	if r.Name == imap.RespCapability && x.cmd != nil && (x.cmd.name == imap.CmdLogin || x.cmd.name == imap.CmdAuthenticate) {
		x.once(ruleCapabilityUntagged, span)
	}
}

// capabilitiesLeftOut tells whether a mark of the paste stands among the capabilities.
func (x *exam) capabilitiesLeftOut(l *imap.Capabilities) (mark wire.Span, ok bool) {
	if x.Message == nil || x.Message.Faithful {
		return mark, false
	}
	for i := range l.List {
		if c := &l.List[i]; c.Known == imap.CapUnknown && leftOutMark(c.Name) > 0 {
			return c.Span, true
		}
	}
	return mark, false
}

// capsKnown tells whether all that the server offers is known.
func (x *exam) capsKnown() bool { return x.Tracker.CapsKnown() && !x.d.has(shortCaps) }

// capabilityNeeded: a command of an extension that the server didn't offer. Only a list that is valid now tells.
func (x *exam) capabilityNeeded() {
	k, caps := x.cmd, x.Tracker.Caps()
	if !x.capsKnown() || caps.Has(imap.CapIMAP4rev2) && inRev2(k) {
		return
	}
	// The list may grow with the login, so the greeting's says nothing about commands that come after it.
	if h := x.Tracker.CapHistory(); len(h) == 0 || h[len(h)-1].State < session.Authenticated && k.state >= session.Authenticated {
		return
	}
	if need, ok := extension(k); ok && !offers(caps, need) {
		x.report(ruleCapabilityNotAdvertised, x.commandSpan(), k.title(), need.String())
	}
}

// offers tells whether a capability, or one that implies it, is in the set.
func offers(s imap.CapSet, c imap.Cap) bool {
	switch c {
	case imap.CapCondStore:
		return s.Has(imap.CapCondStore) || s.Has(imap.CapQResync)
	case imap.CapSort:
		return s.Has(imap.CapSort) || s.Has(imap.CapSortDisplay)
	case imap.CapThread:
		return s.Has(imap.CapThread) || s.Has(imap.CapThreadReferences) || s.Has(imap.CapThreadOrderedSubject) || s.Has(imap.CapThreadRefs)
	case imap.CapMetadata:
		return s.Has(imap.CapMetadata) || s.Has(imap.CapMetadataServer)
	}
	return s.Has(c)
}

// extension is the capability that a command belongs to.
func extension(k *command) (imap.Cap, bool) {
	switch k.name {
	case imap.CmdIdle:
		return imap.CapIdle, true
	case imap.CmdEnable:
		return imap.CapEnable, true
	case imap.CmdMove:
		return imap.CapMove, true
	case imap.CmdNamespace:
		return imap.CapNamespace, true
	case imap.CmdID:
		return imap.CapID, true
	case imap.CmdUnselect:
		return imap.CapUnselect, true
	case imap.CmdSort:
		return imap.CapSort, true
	case imap.CmdThread:
		return imap.CapThread, true
	case imap.CmdGetACL, imap.CmdSetACL, imap.CmdDeleteACL, imap.CmdListRights, imap.CmdMyRights:
		return imap.CapACL, true
	case imap.CmdGetQuota, imap.CmdGetQuotaRoot, imap.CmdSetQuota:
		return imap.CapQuota, true
	case imap.CmdGetMetadata, imap.CmdSetMetadata:
		return imap.CapMetadata, true
	case imap.CmdNotify:
		return imap.CapNotify, true
	case imap.CmdCompress:
		return imap.CapCompressDeflate, true
	case imap.CmdReplace:
		return imap.CapReplace, true
	case imap.CmdUnauthenticate:
		return imap.CapUnauthenticate, true
	case imap.CmdXList:
		return imap.CapXList, true
	case imap.CmdStartTLS:
		return imap.CapStartTLS, true
	case imap.CmdExpunge:
		return imap.CapUIDPlus, k.uid // UID EXPUNGE, RFC 4315 §2.1
	}
	return 0, false
}

// inRev2 tells whether IMAP4rev2 includes the command, RFC 9051 Appendix E.
func inRev2(k *command) bool {
	switch k.name {
	case imap.CmdIdle, imap.CmdEnable, imap.CmdMove, imap.CmdNamespace, imap.CmdUnselect, imap.CmdExpunge:
		return true
	}
	return false
}

// enable: RFC 5161 §3.1: ENABLE is for the authenticated state, before a mailbox is selected.
func (x *exam) enable() {
	k := x.cmd
	if k.name != imap.CmdEnable {
		return
	}
	if k.state == session.Selected && k.sure {
		x.report(ruleEnableInSelected, x.commandSpan())
	}
	a, ok := x.Event.Command.Args.(*imap.EnableArgs)
	if !ok || !x.capsKnown() {
		return
	}
	for i := range a.Caps {
		if c := a.Caps[i]; c.Known != imap.CapUnknown && !offers(x.Tracker.Caps(), c.Known) {
			x.report(ruleEnableUnadvertised, c.Span, clip(c.Name))
		}
	}
}

// enabled: RFC 5161 §3.2: the answer is an untagged ENABLED that lists what is on now, and only what was asked for.
func (x *exam) enabled() {
	k, r := x.cmd, x.Event.Response
	if k == nil || k.name != imap.CmdEnable || r.Status != imap.OK || k.saw&sawEnabled != 0 {
		return
	}
	if x.Tracker.CapsKnown() && disjoint(k.enable, x.Tracker.Caps()) {
		return // nothing that was asked for is offered, so nothing was enabled, and the client knows
	}
	f := x.report(ruleEnableWithoutEnabled, r.Span, k.words)
	f.Related = []uint32{k.id}
}

func disjoint(a, b imap.CapSet) bool {
	for i := range a {
		if a[i]&b[i] != 0 {
			return false
		}
	}
	return true
}

// resync: QRESYNC and VANISHED need ENABLE QRESYNC first, RFC 7162 §3.2.3 and §3.2.6.
func (x *exam) resync() {
	if !x.Tracker.Sure() || x.Tracker.Enabled().Has(imap.CapQResync) {
		return
	}
	for o := range x.Tracker.Unanswered() {
		if o.Name == imap.CmdEnable {
			return // pipelined
		}
	}
	switch a := x.Event.Command.Args.(type) {
	case *imap.SelectArgs:
		if a.QResync != nil {
			x.report(ruleQResyncNotEnabled, x.commandSpan(), x.cmd.title())
		}
	case *imap.FetchArgs:
		if a.Vanished {
			x.report(ruleVanishedNotEnabled, x.commandSpan())
		}
	}
}

// authentication: LOGIN and AUTHENTICATE against what the server offers, RFC 9051 §6.2.2, §6.2.3, §11.3.
func (x *exam) authentication() {
	k, d := x.cmd, x.d
	caps, listed := x.Tracker.Caps(), x.capsKnown()
	// Coremail lists STARTTLS on TLS connections as well.
	clear := d.has(sawStartTLS) && !x.Tracker.TLS() && !d.has(overTLS) && d.server.who != coremail && d.server.who != netease
	switch a := x.Event.Command.Args.(type) {
	case *imap.LoginArgs:
		if x.Tracker.CapsKnown() && caps.Has(imap.CapLoginDisabled) {
			x.report(ruleLoginDisabled, x.commandSpan())
		}
		if clear {
			x.once(ruleClearTextLogin, x.commandSpan(), "LOGIN")
		}
	case *imap.AuthenticateArgs:
		plain := wire.EqualFold(a.Mechanism, "PLAIN") || wire.EqualFold(a.Mechanism, "LOGIN") || wire.EqualFold(a.Mechanism, "XOAUTH2") || wire.EqualFold(a.Mechanism, "OAUTHBEARER")
		if clear && plain {
			x.once(ruleClearTextLogin, x.commandSpan(), "AUTHENTICATE "+clip(a.Mechanism))
		}
		if listed && !advertises(x.Tracker.CapHistory(), a.Mechanism) {
			x.report(ruleMechanismNotAdvertised, x.commandSpan(), clip(a.Mechanism))
		}
		if listed && !a.HasInitial && plain && (caps.Has(imap.CapSASLIR) || caps.Has(imap.CapIMAP4rev2)) && !wire.EqualFold(a.Mechanism, "LOGIN") {
			x.once(ruleSASLIRNotUsed, x.commandSpan(), clip(a.Mechanism))
		}
	}
	if h := x.Tracker.CapHistory(); k.name == imap.CmdCapability && listed && len(h) > 0 && h[len(h)-1].State == k.state {
		x.once(ruleCapabilityAskedAgain, x.commandSpan())
	}
}

// advertises looks for a mechanism in the last list of capabilities.
func advertises(h []session.CapChange, mechanism []byte) bool {
	if len(h) == 0 {
		return true
	}
	words := h[len(h)-1].Words
	found := false
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && words[j] != ' ' {
			j++
		}
		if w := words[i:j]; len(w) > 5 && wire.EqualFold([]byte(w[:5]), "AUTH=") {
			found = true
			if wire.EqualFold(mechanism, w[5:]) {
				return true
			}
		}
		i = j + 1
	}
	return !found
}
