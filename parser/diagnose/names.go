package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about mailbox names, RFC 9051 §5.1.

func spanAt(at, n int) wire.Span { return wire.Span{Start: uint32(at), End: uint32(at + n)} }

// namedNil: NIL where a mailbox stands is the three letters (RFC 9051 §9: mailbox is an astring), easily taken for nothing.
func namedNil(m imap.Mailbox) bool { return m.Wire.Form == imap.FormAtom && m.Wire.Is("NIL") }

// names looks at the mailbox names that a client sends.
func (x *exam) names() {
	switch a := x.Event.Command.Args.(type) {
	case *imap.SelectArgs:
		x.name(a.Mailbox, true)
	case *imap.MailboxArgs:
		x.name(a.Mailbox, true)
		if x.cmd.name == imap.CmdDelete && a.Mailbox.IsInbox() { // RFC 9051 §6.3.5
			x.report(ruleInboxStays, a.Mailbox.Wire.Span, "DELETE")
		}
	case *imap.ACLArgs:
		x.name(a.Mailbox, true)
		x.rights(a.Rights)
	case *imap.StatusArgs:
		x.name(a.Mailbox, true)
		if x.isSelected(a.Mailbox) { // RFC 9051 §6.3.11
			x.once(ruleStatusOfSelected, a.Mailbox.Wire.Span, clip(a.Mailbox.Wire.Raw))
		}
	case *imap.AppendArgs:
		x.name(a.Mailbox, true)
	case *imap.CopyArgs:
		x.name(a.Mailbox, true)
	case *imap.RenameArgs:
		x.name(a.From, true)
		x.name(a.To, true)
	case *imap.CreateArgs:
		x.name(a.Mailbox, false)
		if a.Mailbox.IsInbox() { // RFC 9051 §6.3.4
			x.report(ruleInboxStays, a.Mailbox.Wire.Span, "CREATE")
		}
		if n := a.Mailbox.Wire.Raw; len(n) == 11 && hasPrefixFold(n, "INBOX") && (n[5] == '.' || n[5] == '/') && wire.EqualFold(n[6:], "INBOX") {
			x.report(ruleInboxInbox, a.Mailbox.Wire.Span, clip(n))
		}
	}
}

// isSelected tells whether a mailbox is the one that is selected.
func (x *exam) isSelected(m imap.Mailbox) bool {
	now := x.Tracker.Mailbox()
	return now != "" && (m.IsInbox() && now == "INBOX" || m.String() == now)
}

// name looks at one mailbox name of a command.
func (x *exam) name(m imap.Mailbox, existing bool) {
	raw := m.Wire.Raw
	if namedNil(m) {
		x.once(ruleNilMailbox, m.Wire.Span)
	}
	if n := len(raw); existing && n > 1 && raw[n-1] == '/' { // RFC 9051 §6.3.4: only CREATE takes a trailing delimiter
		x.report(ruleTrailingSeparator, m.Wire.Span, clip(raw))
	}
	x.encoding(m)
}

// encoding: modified UTF-7 (RFC 3501 §5.1.3) or, once enabled, UTF-8 (RFC 9755 §3).
func (x *exam) encoding(m imap.Mailbox) {
	x.rawName(m)
	amp := bytes.IndexByte(m.Wire.Raw, '&')
	if amp < 0 {
		return
	}
	if x.Tracker.Wire().UTF8 {
		if c, err := wire.AppendMUTF7Decoded(nil, m.Wire.Raw); err == nil && !bytes.Equal(c, m.Wire.Raw) {
			x.once(ruleUTF7InUTF8, m.Wire.Span, clip(m.Wire.Raw), clip(c))
		}
		return
	}
	if _, err := wire.AppendMUTF7Decoded(nil, m.Wire.Raw); err != nil {
		x.once(ruleBadUTF7, m.Wire.Span, clip(m.Wire.Raw))
	}
}

// listData looks at LIST, LSUB and XLIST responses.
func (x *exam) listData() {
	r, d := x.Event.Response, x.d
	l, ok := r.Data.(*imap.List)
	if !ok {
		return
	}
	for i := range l.Attrs {
		switch l.Attrs[i].Known {
		case imap.FlagSent, imap.FlagDrafts, imap.FlagTrash, imap.FlagArchive, imap.FlagAll, imap.FlagAttrJunk:
			d.traits |= sawSpecialUse
			if l.Attrs[i].Known == imap.FlagSent {
				d.sentBox = clip([]byte(l.Mailbox.String()))
			}
		}
	}
	x.attributes(l)
	m := l.Mailbox
	switch {
	case namedNil(m):
		x.once(ruleNilMailbox, m.Wire.Span)
	case m.Wire.Form == imap.FormAtom && bytes.IndexByte(m.Wire.Raw, ']') >= 0:
		x.once(ruleBracketInMailbox, m.Wire.Span, clip(m.Wire.Raw))
	case m.Wire.Form == imap.FormLiteral && bytes.IndexByte(m.Wire.Raw, '\\') >= 0:
		x.once(ruleMailboxLiteral, m.Wire.Span, clip(m.Wire.Raw))
	}
	if k := x.cmd; k != nil && k.name == imap.CmdList && k.root && len(m.Wire.Raw) > 0 { // RFC 9051 §6.3.9
		x.once(ruleListRoot, m.Wire.Span, clip(m.Wire.Raw))
	}
	if x.d.server.who == gmail && hasPrefixFold(m.Wire.Raw, "[Gmail]/") || hasPrefixFold(m.Wire.Raw, "[Google Mail]/") {
		x.once(ruleGmailLabels, m.Wire.Span)
	}
	x.encoding(m)
}

// rights: RFC 4314 §2: rights are lower-case letters and digits.
func (x *exam) rights(s imap.String) {
	for _, c := range s.Raw {
		if isUpper(c) {
			x.once(ruleUppercaseRights, s.Span, clip(s.Raw))
			return
		}
	}
}

// otherData looks at the rest of untagged data.
func (x *exam) otherData() {
	r := x.Event.Response
	if q, ok := r.Data.(*imap.QuotaData); ok {
		for i := range q.Quotas {
			if q.Quotas[i].Limit > 1<<32-1 || q.Quotas[i].Usage > 1<<32-1 { // RFC 9208 §7; RFC 2087 had 32 bits
				x.once(ruleQuota64, r.Span, itoa(q.Quotas[i].Limit))
			}
		}
	}
	if id, ok := r.Data.(*imap.ID); ok {
		x.pairs(id.Pairs, r.Span)
	}
	if a, ok := r.Data.(*imap.ACL); ok {
		for i := range a.Entries {
			x.rights(a.Entries[i].Value)
		}
		for i := range a.More {
			x.rights(a.More[i])
		}
	}
	if r.Name == imap.RespUnknown && x.Event.Err == nil && r.Data != nil {
		if u, ok := r.Data.(*imap.Unknown); ok {
			if bytes.IndexByte(u.Name, ' ') < 0 && len(u.Name) > 0 {
				x.once(ruleUnknownResponse, r.Span, clip(u.Name))
			}
		}
	}
	if k := x.cmd; k != nil && r.Name == imap.RespEnabled && k.name == imap.CmdEnable {
		if l, ok := r.Data.(*imap.Capabilities); ok {
			for i := range l.List {
				c := l.List[i]
				// CONDSTORE may come with QRESYNC, RFC 7162 §3.2.3.
				if c.Known != imap.CapUnknown && !k.enable.Has(c.Known) && !(c.Known == imap.CapCondStore && k.enable.Has(imap.CapQResync)) {
					x.report(ruleEnabledUnasked, c.Span, clip(c.Name))
				}
			}
		}
	}
}
