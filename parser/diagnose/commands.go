package diagnose

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// command is what is remembered of a command until well after it was answered.
type command struct {
	id    uint32
	hash  uint64 // of the tag
	name  imap.CommandName
	uid   bool
	state session.State // when it was sent
	sure  bool
	alone bool // nothing was outstanding when it was sent

	failed               bool      // the grammar refused it
	blamed               bool      // a rule found something wrong with it
	answered             bool      // by its tagged response
	saw                  uint32    // data that came for it: sawEnabled and so on
	asked                uint64    // FETCH items, by AttName; STATUS items, by StatusAtt
	got                  uint64    // those that came
	rows                 uint32    // FETCH responses that came
	returns              bool      // SEARCH RETURN
	silent               bool      // SEARCH RETURN (SAVE): the result stays at the server
	root                 bool      // LIST "" ""
	during               bool      // it was sent while IDLE ran
	word                 wire.Span // the command word in its message
	bare                 bool      // the command word is all there is
	faithful             bool      // the log shows what was said
	modseq0              bool      // SEARCH or SORT with MODSEQ 0
	enable               imap.CapSet
	words                string // what ENABLE asked for, AUTHENTICATE's mechanism, the name of an unknown command
	box                  string
	set                  string
	plus                 bool   // it has non-synchronizing literals
	condStore, unchanged bool   // SELECT (CONDSTORE) or (QRESYNC); STORE (UNCHANGEDSINCE)
	partial              uint64 // octets that all of FETCH's sections may have at most; 0: any
	early                wire.Span
	earlyOK              bool // early is the header of a synchronizing literal whose octets stand in the paste
	spanEnd              uint32
	plussed              bool // "+" came
}

// maxCommands bounds what the doctor remembers.
const maxCommands = 64

// recent are the commands that are remembered.
func (d *Doctor) recent() []command { return d.commands[max(len(d.commands)-maxCommands, 0):] }

// remember keeps what answers and later commands will be compared with.
func (d *Doctor) remember(c *Case) *command {
	e := c.Event
	k := command{
		id: e.ID, hash: hash(e.Command.Tag), name: e.Command.Name, uid: e.Command.UID,
		state: c.Effect.After, sure: c.Tracker.Sure(), alone: c.Tracker.Outstanding() <= 1, failed: e.Err != nil,
	}
	switch a := e.Command.Args.(type) {
	case *imap.FetchArgs:
		k.set = clip(a.Set.Raw)
		for i := range a.Atts {
			k.asked |= 1 << (uint(a.Atts[i].Name) & 63)
		}
		k.partial = partialOf(a)
		switch a.Macro { // RFC 9051 §6.4.5
		case imap.MacroFull:
			k.asked |= 1 << imap.AttBody
			fallthrough
		case imap.MacroAll:
			k.asked |= 1 << imap.AttEnvelope
			fallthrough
		case imap.MacroFast:
			k.asked |= 1<<imap.AttFlags | 1<<imap.AttInternalDate | 1<<imap.AttRFC822Size
		}
	case *imap.StatusArgs:
		k.box = clip([]byte(a.Mailbox.String()))
		for i := range a.Items {
			k.asked |= 1 << (uint(a.Items[i].Att) & 63)
		}
	case *imap.SelectArgs:
		if k.box = clip([]byte(a.Mailbox.String())); a.Mailbox.IsInbox() {
			k.box = "INBOX"
		}
		k.condStore = a.CondStore || a.QResync != nil
	case *imap.StoreArgs:
		k.set, k.unchanged = clip(a.Set.Raw), a.HasUnchangedSince
	case *imap.CopyArgs:
		k.set = clip(a.Set.Raw)
	case *imap.SearchArgs:
		k.searchArgs(a)
	case *imap.SortArgs:
		k.searchArgs(&a.SearchArgs)
	case *imap.ThreadArgs:
		k.searchArgs(&a.SearchArgs)
	case *imap.ListArgs:
		k.root = len(a.Reference.Wire.Raw) == 0 && len(a.Patterns) == 1 && a.Patterns[0].Len() == 0
	case *imap.AuthenticateArgs:
		k.words = clip(a.Mechanism)
	case *imap.Unknown:
		k.words = clip(a.Name)
	case *imap.EnableArgs:
		for i := range a.Caps {
			k.enable.Add(a.Caps[i].Known)
			if i > 0 {
				k.words += " "
			}
			k.words += clip(a.Caps[i].Name)
		}
	}
	if m := c.Message; m != nil {
		k.spanEnd, k.faithful = m.Span.End, m.Faithful
		tag, word, _ := wire.Head(m.Wire)
		k.bare = len(bytes.TrimRight(m.Wire, " \r\n")) <= len(tag)+1+len(word)
	}
	switch len(d.commands) {
	case 0:
		d.opening = k.id
		d.commands = make([]command, 0, 4) // short sessions have no more
	case maxCommands * 3 / 2:
		d.commands = d.commands[:copy(d.commands, d.recent())]
	}
	d.commands = append(d.commands, k)
	return &d.commands[len(d.commands)-1]
}

// partialOf is the most octets that a FETCH asks for of any section, 0 if it asks for a whole one.
func partialOf(a *imap.FetchArgs) (most uint64) {
	for i := range a.Atts {
		switch t := &a.Atts[i]; {
		case t.Name != imap.AttSection && t.Name != imap.AttBinary:
		case !t.HasPartial:
			return 0
		default:
			most = max(most, t.Count)
		}
	}
	return most
}

func (k *command) searchArgs(a *imap.SearchArgs) {
	k.returns = a.Return != nil
	k.silent = len(a.Return) > 0
	for i := range a.Return {
		k.silent = k.silent && wire.EqualFold(a.Return[i].Name, "SAVE")
	}
	for i := range a.Keys {
		for key := range a.Keys[i].Walk() {
			if key.Op == imap.KeyModSeq && key.Num == 0 {
				k.modseq0 = true
			}
		}
	}
}

// find returns the remembered command of a message, nil if it is forgotten.
func (d *Doctor) find(id uint32) *command {
	commands := d.recent()
	for i := len(commands) - 1; i >= 0; i-- {
		if commands[i].id == id {
			return &commands[i]
		}
	}
	return nil
}

// wants is the item's bit in asked and got.
func (k *command) wants(bit uint) bool { return k.asked&(1<<(bit&63)) != 0 }

// clip keeps a bounded part of a text as an argument or to compare with.
func clip(b []byte) string { return clipTo(b, 80) }

// clipTo is clip with another bound. No character of UTF-8 is cut.
func clipTo(b []byte, most int) string {
	if len(b) > most {
		for n := 0; n < 3 && most > 0 && b[most]&0xC0 == 0x80; n++ {
			most--
		}
		b = b[:most]
	}
	return string(b)
}

// hash is FNV-1a.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// title is the command as a person names it.
func (k *command) title() string {
	if k.name == imap.CmdUnknown && k.words != "" {
		return k.words
	}
	return title(k.name, k.uid)
}

// title is a command's name as a person says it: UID FETCH.
func title(n imap.CommandName, uid bool) string {
	if uid {
		return "UID " + n.String()
	}
	return n.String()
}
