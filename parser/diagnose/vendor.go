package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about habits of named products that are told by what they say.

// vendorText looks at the text of completions.
func (x *exam) vendorText() {
	r, k := x.Event.Response, x.cmd
	line := x.wireBytes()
	switch {
	case r.Status == imap.NO && containsFold(r.Text, "unsafe login"):
		// RFC 2971 §3.1 forbids to refuse service for want of ID; NetEase does, Coremail elsewhere too.
		f := x.report(ruleNetEaseUnsafeLogin, r.Span)
		f.attribute(netease, 0.9)
		if k != nil {
			f.Related = []uint32{k.id}
		}
	case r.Status == imap.OK && (bytes.Contains(line, []byte(`[Error="Microsoft.Exchange`)) || bytes.Contains(line, []byte("AuthResultFromPopImapEnd="))):
		x.report(ruleExchangeErrorInOK, r.Span).attribute(exchange, 0.97)
	}
}

// loginPrompt: the prompts of the LOGIN mechanism. The draft has "User Name" and "Password" with a NUL behind them, most servers say "Username:".
func (x *exam) loginPrompt() {
	k := x.cmd
	if k == nil || k.name != imap.CmdAuthenticate {
		return
	}
	line := bytes.TrimRight(x.wireBytes(), "\r\n")
	if len(line) < 6 || line[0] != '+' || line[1] != ' ' || len(line) > 200 {
		return
	}
	var buf [200]byte
	p, err := wire.AppendBase64Decoded(buf[:0], line[2:])
	n := len(p)
	if err != nil || n == 0 || p[n-1] != 0 {
		return
	}
	if p = p[:n-1]; hasPrefixFold(p, "user") || hasPrefixFold(p, "pass") {
		x.once(ruleLoginPrompt, wire.Span{Start: 2, End: uint32(len(line))}, clip(p))
	}
}

// commandForm looks at the way in which a command is written.
func (x *exam) commandForm() {
	k, line := x.cmd, x.wireBytes()
	if n := lineLength(line); n > 8192 { // RFC 7162 §4; RFC 2683 §3.2.1.5 had 8000 for servers and 1000 for clients
		x.once(ruleCommandTooLong, x.commandSpan(), itoa(uint64(n)))
	}
	switch a := x.Event.Command.Args.(type) {
	case *imap.AppendArgs:
		for i := range a.Messages {
			m := &a.Messages[i]
			if m.UTF8 {
				x.once(ruleAppendUTF8, m.Data.Span)
				if x.Tracker.Sure() && !x.Tracker.Wire().UTF8 && !x.enabling() && x.complete() { // RFC 6855 §4
					x.once(ruleAppendUTF8Unasked, m.Data.Span)
				}
			}
			x.zone(m.Date, x.commandSpan())
			if !m.Date.IsZero() {
				x.zeroPaddedDay(line[:min(len(line), 400)])
			}
		}
	case *imap.IDArgs:
		x.pairs(a.Pairs, x.commandSpan())
	}
	switch k.name {
	case imap.CmdID:
		x.d.traits |= sentID
	case imap.CmdXList: // RFC 6154 took its place
		x.once(ruleXListObsolete, x.commandSpan())
	case imap.CmdNamespace:
		x.d.traits |= sentNamespace
	case imap.CmdNotify:
		x.d.traits |= sentNotify
	case imap.CmdIdle:
		x.d.traits |= sentIdle
	case imap.CmdSearch, imap.CmdSort, imap.CmdThread, imap.CmdESearch:
		x.d.traits |= sentSearch
		if k.failed || len(x.Notes) > 0 {
			x.unquoted(line)
		}
	case imap.CmdStore:
		if at := missingSpace(line); (k.failed || x.noted(parser.QuirkMissingSpace)) && at > 0 {
			x.report(ruleStoreMissingSpace, spanAt(at, 1))
		}
	}
}

// lineLength is the length of the longest line of a command; what stands in literals doesn't count, so lines that follow one are left out.
func lineLength(line []byte) int {
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		return i + 1
	}
	return len(line)
}

// unquoted: the words after a text key are search keys again, unless they are quoted: SUBJECT hello world.
func (x *exam) unquoted(line []byte) {
	words := bytes.Fields(line)
	for i, w := range words {
		n := 0
		switch {
		case wire.EqualFold(w, "HEADER"):
			n = 2
		case wire.EqualFold(w, "SUBJECT"), wire.EqualFold(w, "FROM"), wire.EqualFold(w, "TO"), wire.EqualFold(w, "CC"), wire.EqualFold(w, "BCC"),
			wire.EqualFold(w, "BODY"), wire.EqualFold(w, "TEXT"):
			n = 1
		}
		if n == 0 || i+n+1 >= len(words) {
			continue
		}
		value, next := words[i+n], words[i+n+1]
		if value[0] != '"' && value[0] != '{' && imap.LookupSearchKey(next) == imap.KeyUnknown && isLetter(next[0]) {
			at := bytes.Index(line, next)
			x.report(ruleSearchUnquoted, spanAt(at, len(next)), clip(next))
			return
		}
	}
}

// missingSpace finds "5+FLAGS": the set and the item without SP between. It returns where the space is missing, 0 if it isn't.
func missingSpace(line []byte) int {
	for i := 1; i+5 < len(line); i++ {
		if (line[i] == '+' || line[i] == '-') && (isDigit(line[i-1]) || line[i-1] == '*') && wire.EqualFold(line[i+1:i+6], "FLAGS") {
			return i
		}
	}
	return 0
}

// readOnly tells whether the server said that the mailbox can't be changed.
func (d *Doctor) readOnly() bool { return d.first && d.box.box.ReadOnly }

// store looks at changes of flags, RFC 9051 §6.4.6.
func (x *exam) store() {
	a, ok := x.Event.Command.Args.(*imap.StoreArgs)
	k := x.cmd
	if !ok {
		if k.state == session.Selected && x.d.readOnly() && (k.name == imap.CmdExpunge || k.name == imap.CmdMove) {
			x.report(ruleWriteInReadOnly, x.commandSpan(), k.title())
		}
		return
	}
	b := &x.d.box.box
	if k.state == session.Selected && x.d.readOnly() {
		x.report(ruleWriteInReadOnly, x.commandSpan(), k.title())
		return
	}
	for i := range a.Flags {
		f := a.Flags[i]
		switch {
		case a.Labels:
		case f.Known == imap.FlagRecent: // RFC 3501 §2.3.2: only the server sets it
			x.report(ruleStoreRecent, f.Span)
		case k.state != session.Selected || b.Has&session.HasPermanent == 0 || a.Op == imap.StoreRemove:
		case b.Permanent.HasName(f.String()):
		case f.Known != imap.FlagUnknown && f.Name[0] == '\\' || !b.Permanent.Has(imap.FlagStar): // RFC 9051 §7.1, PERMANENTFLAGS
			x.once(ruleFlagNotPermanent, f.Span, clip(f.Name))
		}
	}
}
