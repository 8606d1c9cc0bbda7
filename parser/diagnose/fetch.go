package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// fetchData looks at FETCH responses, RFC 9051 §7.5.2.
func (x *exam) fetchData() {
	r, k := x.Event.Response, x.cmd
	f, ok := r.Data.(*imap.Fetch)
	if !ok {
		return
	}
	if r.Name != imap.RespFetch && r.Name != imap.RespUIDFetch {
		return
	}
	var got uint64
	for i := range f.Items {
		it := &f.Items[i]
		got |= 1 << (uint(it.Name) & 63)
		switch it.Name {
		case imap.AttSection:
			if it.Str.Form == imap.FormQuoted && len(it.Str.Raw) > 0 {
				x.once(ruleBodyQuoted, it.Str.Span)
				x.braces(it.Str)
			}
		case imap.AttFlags, imap.AttXGMLabels:
			x.nilFlag(it.Flags)
		case imap.AttInternalDate, imap.AttSaveDate:
			x.zone(it.Date, r.Span)
		case imap.AttEnvelope:
			x.addresses(it.Envelope)
			if it.Envelope != nil {
				x.braces(it.Envelope.Subject)
			}
		case imap.AttBody, imap.AttBodyStructure:
			x.structure(it.Body, it.Name == imap.AttBody)
		}
	}
	x.outside()
	x.sizes(f)
	x.lookalike()
	if k != nil && k.name == imap.CmdStore && k.unchanged && got&(1<<imap.AttFlags|1<<imap.AttModSeq) == 1<<imap.AttFlags && x.Event.Err == nil { // RFC 7162 §3.1.3
		x.report(ruleStoreWithoutModSeq, r.Span).Related = []uint32{k.id}
	}
	if k == nil || k.name != imap.CmdFetch {
		return
	}
	x.partials(f, k)
	got |= same(got)
	if r.Name == imap.RespUIDFetch { // RFC 9586 §3.3: its number is the UID
		got |= 1 << imap.AttUID
	}
	// RFC 9051 §6.4.9: a FETCH response caused by a UID command includes the UID. Flags alone may be news that nobody asked for.
	news := uint64(1<<imap.AttFlags | 1<<imap.AttModSeq)
	if _, has := r.UID(); k.uid && !has && got&^news != 0 && x.Event.Err == nil {
		x.report(ruleUIDFetchWithoutUID, r.Span).Related = []uint32{k.id}
	}
	if got&k.asked&^news != 0 || k.asked&^news == 0 {
		k.got |= got
		k.rows++
	}
}

// nilFlag: NIL in a list of flags or labels is a keyword of that name, since every atom is one; it was hardly meant so.
func (x *exam) nilFlag(flags []imap.Flag) {
	for i := range flags {
		if wire.EqualFold(flags[i].Name, "NIL") {
			x.once(ruleNilFlag, flags[i].Span)
		}
	}
}

// outside finds items behind the parenthesis that closes the list: the server forgot that it had closed it.
func (x *exam) outside() {
	var at int
	e := x.fault()
	switch {
	case e != nil:
		at = int(e.Span.Start)
	case x.noted(parser.QuirkExtraParen):
		at = int(x.Notes[0].Span.Start)
	default:
		return
	}
	line := x.wireBytes()
	if at >= len(line) || at < 1 {
		return
	}
	if rest := line[at:]; bytes.IndexByte(line[max(0, at-2):at+1], ')') >= 0 && (containsFold(rest, "flags (") || containsFold(rest, "rfc822.size ")) {
		x.report(ruleItemsOutsideFetch, wire.Span{Start: uint32(at), End: uint32(len(line))})
	}
}

// same counts items that servers give under another name: RFC822 is BODY[] and so on, RFC 3501 §6.4.5.
func same(got uint64) uint64 {
	if got&(1<<imap.AttRFC822HeaderLines|1<<imap.AttRFC822HeaderLinesNot) != 0 {
		return 1<<imap.AttRFC822HeaderLines | 1<<imap.AttRFC822HeaderLinesNot
	}
	if got&(1<<imap.AttRFC822) != 0 {
		return 1 << (imap.AttRFC822Peek & 63)
	}
	if got&(1<<imap.AttRFC822Text) != 0 {
		return 1 << (imap.AttRFC822TextPeek & 63)
	}
	return 0
}

// structure looks at a body and all its parts. The tree is walked without recursion because its depth is the sender's choice.
// plain: it came as BODY.
func (x *exam) structure(b *imap.BodyStructure, plain bool) {
	if b == nil {
		return
	}
	if plain && b.Extended { // RFC 9051 §7.5.2
		x.once(ruleBodyExtended, b.Subtype.Span)
	}
	x.part(b)
	if len(b.Parts) == 0 {
		return
	}
	type level struct {
		parts []*imap.BodyStructure
	}
	deepest := 0
	stack := []level{{b.Parts}}
	for len(stack) > 0 {
		deepest = max(deepest, len(stack))
		top := &stack[len(stack)-1]
		if len(top.parts) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		p := top.parts[0]
		top.parts = top.parts[1:]
		if p != nil {
			if x.part(p); len(p.Parts) > 0 {
				stack = append(stack, level{p.Parts})
			}
		}
	}
	if deepest > 8 {
		x.once(ruleDeepStructure, x.Event.Response.Span, itoa(uint64(deepest)))
	}
}

// part looks at what stands in one part of a body for readers that expect less than the grammar allows.
func (x *exam) part(b *imap.BodyStructure) {
	switch {
	case len(b.Ext) > 0: // RFC 9051 §9, body-extension: what later revisions may add
		x.once(ruleBodyExtension, b.Subtype.Span)
	case b.Envelope == nil && b.Type.Is("MESSAGE") && b.Subtype.Is("GLOBAL"): // basic by RFC 3501 §9, a message by RFC 9051 §9
		x.once(ruleGlobalWithoutEnvelope, b.Subtype.Span)
	}
}

// addresses looks at the addresses of an envelope.
func (x *exam) addresses(e *imap.Envelope) {
	if e == nil {
		return
	}
	for _, list := range [...]imap.Addresses{e.From, e.Sender, e.ReplyTo, e.To, e.Cc, e.Bcc} {
		var open *imap.Address // the start of a group whose end is to come
		for i := range list {
			a := &list[i]
			switch {
			case a.IsGroupStart():
				open = a
			case a.IsGroupEnd():
				if open != nil {
					x.once(ruleAddressGroup, open.Mailbox.Span, clip(open.Mailbox.Raw))
				}
				open = nil
			case a.Host.Is(".MISSING-HOST-NAME.") || a.Host.Is("MISSING_DOMAIN") || a.Mailbox.Is("MISSING_MAILBOX"):
				x.once(ruleAddressLikeGroup, a.Host.Span, clip(a.Host.Raw))
			case a.Host.Len() == 0 && a.Mailbox.Len() > 0:
				x.once(ruleAddressWithoutHost, a.Mailbox.Span, clip(a.Mailbox.Raw))
			case leaked(a.Mailbox.Raw) || leaked(a.Host.Raw):
				x.once(ruleSenderLeaked, a.Mailbox.Span, clip(a.Mailbox.Raw))
			}
		}
		// A group start without members and without an end is an address whose host is missing.
		if open != nil && len(list) == 1 {
			x.once(ruleAddressWithoutHost, list[0].Mailbox.Span, clip(list[0].Mailbox.Raw))
		}
	}
}

// braces finds what looks like the header of a literal in a quoted string, where it is text (RFC 9051 §4.3).
func (x *exam) braces(s imap.String) {
	if s.Form != imap.FormQuoted || x.d.told.has(ruleLiteralLookalike) {
		return
	}
	for at := bytes.IndexByte(s.Raw, '{'); at >= 0; {
		if _, n := wire.ConsumeUint32(s.Raw[at+1:]); n > 0 && at+1+n < len(s.Raw) && s.Raw[at+1+n] == '}' {
			x.once(ruleLiteralLookalike, s.Span, clip(s.Raw[at:at+n+2]))
			return
		}
		next := bytes.IndexByte(s.Raw[at+1:], '{')
		if next < 0 {
			return
		}
		at += 1 + next
	}
}

// lookalikeReach is how much of a literal is searched for lines that look like responses.
const lookalikeReach = 2048

// lookalike finds a line in a literal that reads as a completion, "X-Spam-Flag: NO": readers that go by lines take it for one (RFC 9051 §4.3).
func (x *exam) lookalike() {
	if x.Message == nil || x.d.told.has(ruleResponseLookalike) {
		return
	}
	for i := range x.Message.Literals {
		l := &x.Message.Literals[i]
		text := l.Octets.Of(x.wireBytes())
		text = text[:min(len(text), lookalikeReach)]
		for at := 0; at < len(text); {
			line := text[at:]
			if n := bytes.IndexByte(line, '\n'); n >= 0 {
				line = line[:n+1]
			}
			tag, word, status := wire.Head(line)
			if status != 0 && len(tag) > 0 && len(tag)+1+len(word) < len(line) && !bytes.Equal(tag, []byte("*")) {
				n := len(tag) + 1 + len(word)
				x.once(ruleResponseLookalike, spanAt(int(l.Octets.Start)+at, n), clip(line[:n]))
				return
			}
			at += len(line)
		}
	}
}

// leaked finds an encoded word where a local part or a domain should be.
func leaked(b []byte) bool { return bytes.Contains(b, []byte("=?")) && bytes.Contains(b, []byte("?")) }

// zone: the grammar takes four digits (RFC 9051 §9, zone), but no place on earth is further from UTC than twelve hours to the west and fourteen to the east.
func (x *exam) zone(d imap.DateTime, span wire.Span) {
	if !d.IsZero() && (d.Zone < -12*60 || d.Zone > 14*60) {
		sign, minutes := "+", uint64(d.Zone)
		if d.Zone < 0 {
			sign, minutes = "-", uint64(-int64(d.Zone))
		}
		x.once(ruleAbsurdZone, span, sign+itoa(minutes))
	}
}

// zeroPaddedDay: "09-Apr-2008" in a command is legal, date-day-fixed is 2DIGIT as well (RFC 9051 §9), but the RFCs' examples have a space there.
func (x *exam) zeroPaddedDay(line []byte) {
	if x.d.told.has(ruleDateZeroPadded) {
		return
	}
	for i := 0; i+4 < len(line); i++ {
		if line[i] == '"' && line[i+1] == '0' && isDigit(line[i+2]) && line[i+2] != '0' && line[i+3] == '-' && isLetter(line[i+4]) {
			x.once(ruleDateZeroPadded, spanAt(i, 4))
			return
		}
	}
}
