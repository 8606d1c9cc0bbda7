package explain

import "github.com/imapwire/imapwire/parser/imap"

// response words a response.
func (p phraser) response(r *imap.Response) string {
	switch r.Kind {
	case imap.Continue:
		if r.Code == nil && len(r.Text) == 0 {
			return p.say("continue.empty")
		}
		return p.say("continue", clip(string(r.Text)))
	case imap.Tagged:
		return p.state("tagged", r, clip(string(r.Tag)))
	}
	name := foldString(r.Name.String())
	switch d := r.Data.(type) {
	case nil:
		switch r.Name {
		case imap.RespState:
			return p.state("untagged", r, "")
		case imap.RespExists, imap.RespRecent:
			return p.count("response."+name, uint64(r.Num))
		case imap.RespExpunge:
			return p.say("response.expunge", number(uint64(r.Num)))
		}
	case *imap.Unknown:
		word := string(d.Name)
		if word == "" {
			word = r.Name.String()
		}
		return p.say("response.unknown", clip(word))
	case *imap.Capabilities:
		return p.count("response."+name, uint64(len(d.List)), p.capabilities(d.List))
	case *imap.FlagList:
		return p.count("response.flags", uint64(len(d.Flags)), p.flags(d.Flags))
	case *imap.List:
		if len(d.Attrs) > 0 {
			return p.say("response.list.attrs", p.mailbox(d.Mailbox), p.flags(d.Attrs))
		}
		return p.say("response.list", p.mailbox(d.Mailbox))
	case *imap.StatusData:
		values := make([]string, len(d.Items))
		for i := range d.Items {
			values[i] = p.statusItems(d.Items[i:i+1]) + " " + number(d.Items[i].Num)
		}
		return p.say("response.status", p.mailbox(d.Mailbox), p.join(values))
	case *imap.NumList:
		return p.count("response.search", uint64(len(d.Nums)))
	case *imap.ESearch:
		return p.esearch(d)
	case *imap.Threads:
		return p.count("response.thread", uint64(len(d.Nodes)))
	case *imap.Fetch:
		return p.fetchData(r, d)
	case *imap.Vanished:
		if d.Earlier {
			return p.say("response.vanished.earlier", p.messages(d.UIDs, true))
		}
		return p.say("response.vanished", p.messages(d.UIDs, true))
	case *imap.Namespace:
		return p.say("response.namespace", number(uint64(len(d.Personal))), number(uint64(len(d.Other))), number(uint64(len(d.Shared))))
	case *imap.ID:
		return p.identification("response.id", d.Pairs)
	case *imap.QuotaData:
		return p.count("response.quota", uint64(len(d.Quotas)), p.quoted(d.Root.String()))
	case *imap.ACL:
		return p.say("response."+name, p.mailbox(d.Mailbox))
	case *imap.Metadata:
		return p.count("response.metadata", uint64(len(d.Entries)), p.mailbox(d.Mailbox))
	case *imap.Words:
		words := make([]string, len(d.Words))
		for i := range d.Words {
			words[i] = clip(d.Words[i].String())
		}
		return p.say("response."+name, p.join(words))
	case *imap.URLData:
		return p.count("response.urlfetch", uint64(len(d.Items)))
	case *imap.Batches:
		return p.say("response.uidbatches", clip(d.Ranges.String()))
	}
	if name == "" {
		return p.say("response.broken")
	}
	return p.say("response.other", r.Name.String())
}

// state words a status response: how a command ended, or what the server remarks; its code first, else its text.
func (p phraser) state(kind string, r *imap.Response, tag string) string {
	id := kind + "." + foldString(r.Status.String())
	s := p.say(id, tag)
	if r.Code != nil {
		if about := p.code(r.Code); about != "" {
			return p.say("with.code", s, about)
		}
	}
	if text := clip(string(r.Text)); text != "" {
		return p.say("with.text", s, text)
	}
	return p.say("sentence", s)
}

// AppendGreeting is AppendSummary for the first line of a connection, which only the caller knows to be one.
func (t *Table) AppendGreeting(dst []byte, r *imap.Response) []byte {
	p := phraser{t}
	if r.Kind != imap.Untagged || r.Name != imap.RespState {
		return append(dst, p.response(r)...)
	}
	return append(dst, p.state("greeting", r, "")...)
}

// code words a response code with its arguments, "" if there are no words for it.
func (p phraser) code(c *imap.Code) string {
	name := c.Name.String()
	if c.Name == imap.CodeUnknown {
		return clip(string(c.Word))
	}
	id := "code." + foldString(name)
	switch {
	case c.Caps != nil:
		return p.count(id, uint64(len(c.Caps.List)))
	case p.text(Summaries, id) == "":
		return name
	case c.Name == imap.CodeCopyUID:
		return p.say(id, clip(c.Set.String()), clip(c.Dest.String()))
	case c.Flags != nil:
		return p.say(id, p.flags(c.Flags))
	case !c.Set.IsZero():
		return p.say(id, clip(c.Set.String()))
	}
	return p.say(id, number(c.Num))
}

func (p phraser) esearch(d *imap.ESearch) string {
	var found []string
	if d.HasCount {
		found = append(found, p.count("esearch.count", uint64(d.Count)))
	}
	if d.Min > 0 {
		found = append(found, p.say("esearch.min", number(uint64(d.Min))))
	}
	if d.Max > 0 {
		found = append(found, p.say("esearch.max", number(uint64(d.Max))))
	}
	if !d.All.IsZero() {
		found = append(found, p.messages(d.All, d.UID))
	}
	if len(found) == 0 && len(d.Ext) > 0 { // RFC 5267 §4.3.2 ADDTO and REMOVEFROM, RFC 9394 §3.1 PARTIAL
		for i := range d.Ext {
			found = append(found, clip(string(d.Ext[i].Name)))
		}
		return p.say("esearch.other", p.join(found))
	}
	if len(found) == 0 {
		return p.say("esearch.none")
	}
	return p.say("esearch", p.join(found))
}

// fetchData words FETCH data: which message, and what of it.
func (p phraser) fetchData(r *imap.Response, d *imap.Fetch) string {
	items := make([]string, 0, len(d.Items))
	for i := range d.Items {
		item := &d.Items[i]
		var s string
		switch item.Name {
		case imap.AttUID:
			s = p.say("data.uid", number(item.Num))
		case imap.AttRFC822Size:
			s = p.say("data.size", p.octets(item.Num))
		case imap.AttFlags:
			if s = p.say("data.flags", p.flags(item.Flags)); len(item.Flags) == 0 {
				s = p.say("data.flags.none")
			}
		case imap.AttSection, imap.AttBinary:
			n := uint64(item.Str.Len())
			if item.Str.Detached > 0 {
				n = uint64(item.Str.Detached)
			}
			s = p.say("data.section", p.section(item.Section), p.octets(n))
		case imap.AttEnvelope:
			s = p.say("att.envelope")
			if item.Envelope != nil && item.Envelope.Subject.Len() > 0 {
				s = p.say("data.envelope", p.quoted(item.Envelope.Subject.String()))
			}
		case imap.AttUnknown:
			if item.Unknown != nil {
				s = clip(string(item.Unknown.Name))
			}
		default:
			word := item.Name.String()
			if s = p.text(Summaries, "att."+foldString(word)); s == "" {
				s = word
			}
		}
		if s != "" {
			items = append(items, s)
		}
	}
	which := "response.fetch"
	if r.Name == imap.RespUIDFetch {
		which = "response.uidfetch"
	}
	if len(items) == 0 {
		return p.say(which+".empty", number(uint64(r.Num)))
	}
	return p.say(which, number(uint64(r.Num)), p.join(items))
}
