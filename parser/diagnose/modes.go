package diagnose

import (
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about what ENABLE changes for both sides: UIDONLY, QRESYNC, UTF8=ACCEPT; and about octets above 127 where nothing was enabled.

// numbered: RFC 9586 §3: with UIDONLY no command may name messages by number.
func (x *exam) numbered() {
	k := x.cmd
	if !x.Tracker.Enabled().Has(imap.CapUIDOnly) {
		return
	}
	span, bad := x.commandSpan(), false
	switch k.name {
	case imap.CmdFetch, imap.CmdStore, imap.CmdSearch, imap.CmdCopy, imap.CmdMove, imap.CmdSort, imap.CmdThread, imap.CmdReplace, imap.CmdConvert: // §3.2, §3.8
		bad = !k.uid
	case imap.CmdPartial:
		bad = true
	}
	switch a := x.Event.Command.Args.(type) {
	case *imap.SearchArgs:
		bad = bad || hasNumbers(a) // §3.5
	case *imap.SortArgs:
		bad = bad || hasNumbers(&a.SearchArgs)
	case *imap.ThreadArgs:
		bad = bad || hasNumbers(&a.SearchArgs)
	case *imap.SelectArgs:
		bad = a.QResync != nil && !a.QResync.Seqs.IsZero() // §3.7
	}
	if bad {
		x.report(ruleNumberInUIDOnly, span, k.title())
	}
}

// hasNumbers tells whether a search names messages by their sequence numbers.
func hasNumbers(a *imap.SearchArgs) bool {
	for i := range a.Keys {
		for key := range a.Keys[i].Walk() {
			if key.Op == imap.KeySet && !key.Set.IsSaved() {
				return true
			}
		}
	}
	return false
}

// removal: which of EXPUNGE, VANISHED, FETCH and UIDFETCH a server may send depends on what the client enabled.
func (x *exam) removal() {
	r, d, on := x.Event.Response, x.d, x.Tracker.Enabled()
	if x.Event.Err != nil {
		return
	}
	switch r.Name {
	case imap.RespFetch, imap.RespExpunge:
		switch {
		case on.Has(imap.CapUIDOnly): // RFC 9586 §3: UIDFETCH and VANISHED instead
			x.report(ruleNumberFromUIDOnly, r.Span, r.Name.String())
		case r.Name == imap.RespExpunge && d.has(qresyncListed) && d.box.box.Has&session.HasNoModSeq == 0: // RFC 7162 §3.2.10
			x.report(ruleExpungeWithQResync, r.Span)
		}
	case imap.RespVanished, imap.RespUIDFetch:
		if d.has(sawGreeting) && x.complete() && !on.Has(imap.CapUIDOnly) && !(r.Name == imap.RespVanished && on.Has(imap.CapQResync)) && !x.enabling() {
			x.report(ruleVanishedUnasked, r.Span, r.Name.String())
		}
	}
}

// enabling tells whether an ENABLE is outstanding.
func (x *exam) enabling() bool {
	for o := range x.Tracker.Unanswered() {
		if o.Name == imap.CmdEnable {
			return true
		}
	}
	return false
}

// highOctets: user names, passwords and search strings above 127 before anything allows them.
func (x *exam) highOctets() {
	utf8 := x.Tracker.Wire().UTF8
	switch a := x.Event.Command.Args.(type) {
	case *imap.LoginArgs: // RFC 6855 §5, whatever is enabled; RFC 9755 keeps it
		for _, s := range [...]imap.String{a.User, a.Password} {
			if isHigh(s.Raw) {
				x.report(ruleLogin8Bit, x.commandSpan())
				return
			}
		}
	case *imap.SearchArgs:
		x.searchCharset(a, utf8)
		x.relevancy(a)
	case *imap.SortArgs:
		x.searchCharset(&a.SearchArgs, true) // it always has a charset
		x.relevancy(&a.SearchArgs)
	case *imap.ThreadArgs:
		x.searchCharset(&a.SearchArgs, true)
	}
}

// searchCharset: RFC 3501 §6.4.4: without CHARSET strings are US-ASCII. RFC 6855 §3: with UTF8=ACCEPT they are UTF-8 and CHARSET must not be said.
func (x *exam) searchCharset(a *imap.SearchArgs, utf8 bool) {
	if len(a.Charset) > 0 {
		if x.cmd.name == imap.CmdSearch && x.Tracker.Enabled().Has(imap.CapUTF8Accept) {
			x.once(ruleCharsetInUTF8, x.commandSpan(), clip(a.Charset))
		}
		return
	}
	if utf8 || x.Tracker.Caps().Has(imap.CapIMAP4rev2) {
		return
	}
	for i := range a.Keys {
		for key := range a.Keys[i].Walk() {
			if isHigh(key.Text.Raw) {
				x.once(ruleSearch8Bit, key.Text.Span)
				return
			}
		}
	}
}

// relevancy: RFC 6203 §4: RELEVANCY is for fuzzy searches only.
func (x *exam) relevancy(a *imap.SearchArgs) {
	for i := range a.Return {
		if !wire.EqualFold(a.Return[i].Name, "RELEVANCY") {
			continue
		}
		for k := range a.Keys {
			for key := range a.Keys[k].Walk() {
				if key.Op == imap.KeyFuzzy {
					return
				}
			}
		}
		x.report(ruleRelevancy, x.commandSpan())
		return
	}
}

// isHigh tells whether an octet is above 127.
func isHigh(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}

// enabledList notes what the server says that it switched on.
func (x *exam) enabledList() {
	if l, ok := x.Event.Response.Data.(*imap.Capabilities); ok && x.Event.Response.Name == imap.RespEnabled && l.Set.Has(imap.CapQResync) {
		x.d.traits |= qresyncListed
	}
}

// rawName: RFC 3501 §5.1: mailbox names are 7-bit, modified UTF-7 for the rest, until UTF-8 is enabled.
func (x *exam) rawName(m imap.Mailbox) {
	if isHigh(m.Wire.Raw) && !x.Tracker.Wire().UTF8 && !x.enabling() && !x.noted(parser.Quirk8BitInQuoted, parser.Quirk8BitInAtom) { // which say it already
		x.once(ruleMailbox8Bit, m.Wire.Span, clip(m.Wire.Raw))
	}
}
