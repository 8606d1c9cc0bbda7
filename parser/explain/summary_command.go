package explain

import (
	"math"
	"strconv"

	"github.com/imapwire/imapwire/parser/imap"
)

// command words a command. A command whose arguments are missing or of no known shape is worded by its name alone.
func (p phraser) command(c *imap.Command) string {
	name := c.Name.String()
	if c.UID {
		name = "UID " + name
	}
	switch a := c.Args.(type) {
	case nil:
		if c.Name == imap.CmdExpunge && c.UID {
			break
		}
		if s := p.text(Summaries, "command."+foldString(name)); s != "" {
			return s
		}
	case *imap.Unknown:
		if c.Name == imap.CmdUnknown {
			return p.say("command.unknown", clip(string(a.Name)))
		}
	case *imap.LoginArgs:
		return p.say("login", p.quoted(a.User.String()))
	case *imap.AuthenticateArgs:
		if a.HasInitial {
			return p.say("authenticate.initial", clip(string(a.Mechanism)))
		}
		return p.say("authenticate", clip(string(a.Mechanism)))
	case *imap.IDArgs:
		return p.identification("id", a.Pairs)
	case *imap.EnableArgs:
		return p.say("enable", p.capabilities(a.Caps))
	case *imap.MailboxArgs:
		return p.say("command."+foldString(name), p.mailbox(a.Mailbox))
	case *imap.SelectArgs:
		return p.selectMailbox(c.Name, a)
	case *imap.CreateArgs:
		if len(a.Use) > 0 {
			return p.say("create.use", p.mailbox(a.Mailbox), p.flags(a.Use))
		}
		return p.say("create", p.mailbox(a.Mailbox))
	case *imap.RenameArgs:
		return p.say("rename", p.mailbox(a.From), p.mailbox(a.To))
	case *imap.ListArgs:
		return p.list(c.Name, a)
	case *imap.StatusArgs:
		return p.say("status", p.statusItems(a.Items), p.mailbox(a.Mailbox))
	case *imap.AppendArgs:
		return p.append(a)
	case *imap.ReplaceArgs:
		if c.UID {
			return p.say("replace.uid", number(uint64(a.Num)), p.mailbox(a.Mailbox))
		}
		return p.say("replace", number(uint64(a.Num)), p.mailbox(a.Mailbox))
	case *imap.FetchArgs:
		return p.fetch(c.UID, a)
	case *imap.StoreArgs:
		return p.store(c.UID, a)
	case *imap.CopyArgs:
		if c.Name == imap.CmdMove {
			return p.say("move", p.messages(a.Set, c.UID), p.mailbox(a.Mailbox))
		}
		return p.say("copy", p.messages(a.Set, c.UID), p.mailbox(a.Mailbox))
	case *imap.ExpungeArgs:
		return p.say("expunge.uid", p.messages(a.Set, true))
	case *imap.SearchArgs:
		return p.search("search", c.UID, a)
	case *imap.SortArgs:
		keys := make([]string, len(a.Sort))
		for i, k := range a.Sort {
			keys[i] = clip(string(k.Name))
			if k.Reverse {
				keys[i] = "REVERSE " + keys[i]
			}
		}
		return p.say("sort", p.search("sort.search", c.UID, &a.SearchArgs), p.join(keys))
	case *imap.ThreadArgs:
		return p.say("thread", p.search("sort.search", c.UID, &a.SearchArgs), clip(string(a.Algorithm)))
	case *imap.ACLArgs:
		return p.say("command."+foldString(name), p.mailbox(a.Mailbox), p.quoted(a.Identifier.String()), p.quoted(a.Rights.String()))
	case *imap.QuotaArgs:
		return p.say("command."+foldString(name), p.quoted(a.Root.String()))
	case *imap.MetadataArgs:
		entries := make([]string, len(a.Entries))
		for i := range a.Entries {
			entries[i] = clip(a.Entries[i].Key.String())
		}
		return p.say("command."+foldString(name), p.join(entries), p.mailbox(a.Mailbox))
	case *imap.NotifyArgs:
		if a.Groups == nil {
			return p.say("notify.none")
		}
		return p.count("notify", uint64(len(a.Groups)))
	case *imap.URLFetchArgs:
		return p.count("urlfetch", uint64(len(a.URLs)))
	case *imap.ConvertArgs:
		return p.say("convert", p.messages(a.Set, c.UID), p.quoted(a.Type.String()))
	case *imap.BatchesArgs:
		return p.say("uidbatches", number(uint64(a.Size)))
	case *imap.WordsArgs:
		words := make([]string, len(a.Words))
		for i := range a.Words {
			words[i] = clip(a.Words[i].String())
		}
		return p.say("command."+foldString(name), p.join(words))
	}
	if name == "" {
		return p.say("command.broken")
	}
	return p.say("command.other", name)
}

// identification words ID: the name and version if they are there.
func (p phraser) identification(id string, pairs []imap.Pair) string {
	var name, version string
	for i := range pairs {
		switch key := &pairs[i].Key; {
		case key.Is("name"):
			name = clip(pairs[i].Value.String())
		case key.Is("version"):
			version = clip(pairs[i].Value.String())
		}
	}
	switch {
	case len(pairs) == 0:
		return p.say(id + ".nil")
	case name == "":
		return p.count(id+".fields", uint64(len(pairs)))
	case version != "":
		name += " " + version
	}
	return p.say(id, name)
}

func (p phraser) capabilities(caps []imap.Capability) string {
	names := make([]string, len(caps))
	for i := range caps {
		names[i] = clip(string(caps[i].Name))
	}
	return p.join(names)
}

func (p phraser) selectMailbox(name imap.CommandName, a *imap.SelectArgs) string {
	s := p.say("select", p.mailbox(a.Mailbox))
	if name == imap.CmdExamine {
		s = p.say("examine", p.mailbox(a.Mailbox))
	}
	switch {
	case a.QResync != nil:
		s = p.say("select.qresync", s, number(a.QResync.ModSeq))
	case a.CondStore:
		s = p.say("select.condstore", s)
	}
	return p.say("sentence", s)
}

func (p phraser) list(name imap.CommandName, a *imap.ListArgs) string {
	what := "list"
	if name == imap.CmdLSub || name == imap.CmdRLSub {
		what = "lsub"
	}
	for i := range a.Select {
		if string(a.Select[i].Name) == "SUBSCRIBED" {
			what = "lsub"
		}
	}
	var s string
	ref := a.Reference.String()
	switch {
	case len(a.Patterns) == 1 && a.Patterns[0].Len() == 0 && ref == "":
		s = p.say("list.root")
	case len(a.Patterns) == 1 && ref == "" && (a.Patterns[0].Is("*") || a.Patterns[0].Is("%")):
		s = p.say(what + ".all")
		if a.Patterns[0].Is("%") {
			s = p.say(what + ".top")
		}
	default:
		patterns := make([]string, len(a.Patterns))
		for i := range a.Patterns {
			patterns[i] = p.quoted(a.Patterns[i].String())
		}
		s = p.say(what, p.join(patterns))
		if ref != "" {
			s = p.say("list.below", s, p.quoted(ref))
		}
	}
	if len(a.Status) > 0 {
		s = p.say("list.status", s, p.statusItems(a.Status))
	}
	return p.say("sentence", s)
}

func (p phraser) statusItems(items []imap.StatusItem) string {
	names := make([]string, len(items))
	for i := range items {
		word := items[i].Att.String()
		if word == "" {
			word = clip(string(items[i].Word))
		}
		if names[i] = p.text(Summaries, "status."+foldString(word)); names[i] == "" {
			names[i] = word
		}
	}
	return p.join(names)
}

func (p phraser) append(a *imap.AppendArgs) string {
	box := p.mailbox(a.Mailbox)
	if len(a.Messages) != 1 {
		return p.say("sentence", p.count("append", uint64(len(a.Messages)), box))
	}
	m := &a.Messages[0]
	var s string
	if m.Catenate != nil {
		s = p.count("append.catenate", uint64(len(m.Catenate)), box)
	} else {
		n := uint64(m.Data.Len())
		if m.Data.Detached > 0 {
			n = uint64(m.Data.Detached)
		}
		s = p.say("append.one", p.octets(n), box)
	}
	if len(m.Flags) > 0 {
		s = p.say("append.flags", s, p.flags(m.Flags))
	}
	return p.say("sentence", s)
}

// fetch words what is asked for, whether it marks messages as read, and since when.
func (p phraser) fetch(uid bool, a *imap.FetchArgs) string {
	which := p.messages(a.Set, uid)
	var s string
	if a.Macro != imap.MacroNone {
		s = p.say([]string{"", "fetch.all", "fetch.fast", "fetch.full"}[a.Macro&3], which)
	} else {
		items := make([]string, len(a.Atts))
		reads, peeks := false, false
		for i := range a.Atts {
			att := &a.Atts[i]
			items[i] = p.fetchAtt(att)
			switch att.Name {
			case imap.AttSection, imap.AttBinary:
				reads, peeks = reads || !att.Peek, peeks || att.Peek
			case imap.AttRFC822, imap.AttRFC822Text:
				reads = true
			}
		}
		s = p.say("fetch", p.join(items), which)
		one := a.Set.Count(math.MaxUint32) == 1
		switch {
		case reads && one:
			s = p.say("fetch.reads", s)
		case reads:
			s = p.say("fetch.reads.many", s)
		case peeks && one:
			s = p.say("fetch.peeks", s)
		case peeks:
			s = p.say("fetch.peeks.many", s)
		}
	}
	if a.ChangedSince > 0 {
		s = p.say("fetch.changedsince", s, number(a.ChangedSince))
	}
	return p.say("sentence", s)
}

func (p phraser) fetchAtt(att *imap.FetchAtt) string {
	var s string
	switch att.Name {
	case imap.AttSection, imap.AttBinary:
		s = p.section(att.Section)
	case imap.AttUnknown:
		if att.Unknown != nil {
			return clip(string(att.Unknown.Name))
		}
		return ""
	default:
		word := att.Name.String()
		if s = p.text(Summaries, "att."+foldString(word)); s == "" {
			s = word
		}
	}
	if att.HasPartial {
		s = p.say("partial", s, p.octets(att.Count), number(att.Offset))
	}
	return s
}

// section words a part of a message: "13 header fields", "the text of part 1.2".
func (p phraser) section(sec *imap.Section) string {
	if sec == nil {
		return p.say("section.whole")
	}
	var s string
	switch sec.Spec {
	case imap.SectionHeader:
		s = p.say("section.header")
	case imap.SectionHeaderFields:
		if len(sec.Fields) <= 3 {
			fields := make([]string, len(sec.Fields))
			for i, f := range sec.Fields {
				fields[i] = clip(f.String())
			}
			s = p.count("section.fields.named", uint64(len(fields)), p.join(fields))
		} else {
			s = p.count("section.fields", uint64(len(sec.Fields)))
		}
	case imap.SectionHeaderFieldsNot:
		s = p.count("section.fields.not", uint64(len(sec.Fields)))
	case imap.SectionText:
		s = p.say("section.text")
	case imap.SectionMIME:
		s = p.say("section.mime")
	default:
		if len(sec.Part) == 0 {
			return p.say("section.whole")
		}
		return p.say("section.part", part(sec.Part))
	}
	if len(sec.Part) > 0 {
		s = p.say("section.of", s, part(sec.Part))
	}
	return s
}

func part(numbers []uint32) string {
	var b []byte
	for i, n := range numbers {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return clip(string(b))
}

func (p phraser) store(uid bool, a *imap.StoreArgs) string {
	id := [...]string{imap.StoreReplace: "store.replace", imap.StoreAdd: "store.add", imap.StoreRemove: "store.remove"}[a.Op%3]
	if len(a.Flags) == 0 && a.Op == imap.StoreReplace {
		id = "store.clear"
	}
	s := p.say(id, p.flags(a.Flags), p.messages(a.Set, uid))
	if a.HasUnchangedSince {
		s = p.say("store.unchangedsince", s, number(a.UnchangedSince))
	}
	if a.Silent {
		s = p.say("store.silent", s)
	}
	return p.say("sentence", s)
}

// search words the keys when they are few, and counts them when they are many.
func (p phraser) search(id string, uid bool, a *imap.SearchArgs) string {
	keys := make([]string, 0, 4)
	for i := range a.Keys {
		keys = append(keys, p.searchKey(&a.Keys[i]))
	}
	if uid {
		id += ".uid"
	}
	return p.say(id, p.join(keys))
}

// searchKey words one key; nested ones by their number only, since their depth is the sender's choice.
func (p phraser) searchKey(k *imap.SearchKey) string {
	word := k.Op.String()
	switch k.Op {
	case imap.KeySet:
		return p.messages(k.Set, false)
	case imap.KeyUID:
		return p.messages(k.Set, true)
	case imap.KeyAnd:
		return p.count("key.and", uint64(len(k.Keys)))
	case imap.KeyOr:
		return p.say("key.or")
	case imap.KeyNot:
		if len(k.Keys) == 1 && len(k.Keys[0].Keys) == 0 {
			return p.say("key.not", p.searchKey(&k.Keys[0]))
		}
		return word
	case imap.KeyHeader:
		return word + " " + clip(k.Field.String()) + " " + p.quoted(k.Text.String())
	}
	switch {
	case !k.Text.IsNil():
		return word + " " + p.quoted(k.Text.String())
	case k.Date != (imap.Date{}):
		d := k.Date
		return word + " " + strconv.Itoa(int(d.Year)) + "-" + twoDigits(d.Month) + "-" + twoDigits(d.Day)
	case k.Num > 0:
		return word + " " + number(k.Num)
	}
	return word
}

func twoDigits(n uint8) string { return string([]byte{'0' + n/10%10, '0' + n%10}) }
