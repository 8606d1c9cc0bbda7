package encoder

import "github.com/imapwire/imapwire/parser/imap"

// The constructors below make the messages that clients and servers send all day, so that a session in a test reads like one. Everything else is
// a struct literal away.

// Command returns a command; args is nil for those that have none.
func Command(tag string, name imap.CommandName, args imap.Args) *imap.Command {
	return &imap.Command{Tag: imap.Tag(tag), Name: name, Args: args}
}

// UID returns c with its numbers meant as UIDs: UID FETCH and so on.
func UID(c *imap.Command) *imap.Command {
	c.UID = true
	return c
}

// Login returns LOGIN.
func Login(tag, user, password string) *imap.Command {
	return Command(tag, imap.CmdLogin, &imap.LoginArgs{User: imap.Str(user), Password: imap.Str(password)})
}

// Authenticate returns AUTHENTICATE, with an initial response (RFC 4959) unless it is nil.
func Authenticate(tag, mechanism string, initial []byte) *imap.Command {
	a := &imap.AuthenticateArgs{Mechanism: []byte(mechanism), HasInitial: initial != nil}
	if initial != nil {
		a.Initial = imap.AuthDataOf(initial)
	}
	return Command(tag, imap.CmdAuthenticate, a)
}

// Select returns SELECT; name is in UTF-8.
func Select(tag, name string) *imap.Command {
	return Command(tag, imap.CmdSelect, &imap.SelectArgs{Mailbox: imap.MailboxOf(name)})
}

// Examine returns EXAMINE, which selects a mailbox to read only; name is in UTF-8.
func Examine(tag, name string) *imap.Command {
	return Command(tag, imap.CmdExamine, &imap.SelectArgs{Mailbox: imap.MailboxOf(name)})
}

// Create returns CREATE; name is in UTF-8.
func Create(tag, name string) *imap.Command {
	return Command(tag, imap.CmdCreate, &imap.CreateArgs{Mailbox: imap.MailboxOf(name)})
}

// Delete returns DELETE; name is in UTF-8.
func Delete(tag, name string) *imap.Command {
	return Command(tag, imap.CmdDelete, &imap.MailboxArgs{Mailbox: imap.MailboxOf(name)})
}

// Enable returns ENABLE.
func Enable(tag string, caps ...string) *imap.Command {
	return Command(tag, imap.CmdEnable, &imap.EnableArgs{Caps: imap.Caps(caps...)})
}

// List returns LIST; reference and pattern are in UTF-8, and the pattern may have the wildcards "%" and "*". A pattern in modified UTF-7 is an
// imap.String with the form in which it was read, such as FormQuoted: it is written as it is.
func List(tag, reference, pattern string) *imap.Command {
	return Command(tag, imap.CmdList, &imap.ListArgs{Reference: imap.MailboxOf(reference), Patterns: []imap.String{imap.Str(pattern)}})
}

// StatusOf returns STATUS.
func StatusOf(tag, name string, atts ...imap.StatusAtt) *imap.Command {
	return Command(tag, imap.CmdStatus, &imap.StatusArgs{Mailbox: imap.MailboxOf(name), Items: imap.StatusAtts(atts...)})
}

// Append returns APPEND of one message.
func Append(tag, name string, message imap.String, flags ...string) *imap.Command {
	m := imap.AppendMessage{Data: message}
	if len(flags) > 0 {
		m.Flags = imap.Flags(flags...)
	}
	return Command(tag, imap.CmdAppend, &imap.AppendArgs{Mailbox: imap.MailboxOf(name), Messages: []imap.AppendMessage{m}})
}

// Fetch returns FETCH.
func Fetch(tag string, set imap.NumSet, atts ...imap.FetchAtt) *imap.Command {
	return Command(tag, imap.CmdFetch, &imap.FetchArgs{Set: set, Atts: atts})
}

// Atts returns items that need nothing but their names: Atts(imap.AttUID, imap.AttFlags).
func Atts(names ...imap.AttName) []imap.FetchAtt {
	atts := make([]imap.FetchAtt, len(names))
	for i, n := range names {
		atts[i].Name = n
	}
	return atts
}

// Peek returns the item BODY.PEEK[s]; a nil s is BODY.PEEK[].
func Peek(s *imap.Section) imap.FetchAtt {
	return imap.FetchAtt{Name: imap.AttSection, Peek: true, Section: s}
}

// Store returns STORE.
func Store(tag string, set imap.NumSet, op imap.StoreOp, flags ...string) *imap.Command {
	return Command(tag, imap.CmdStore, &imap.StoreArgs{Set: set, Op: op, Flags: imap.Flags(flags...)})
}

// Copy returns COPY.
func Copy(tag string, set imap.NumSet, name string) *imap.Command {
	return Command(tag, imap.CmdCopy, &imap.CopyArgs{Set: set, Mailbox: imap.MailboxOf(name)})
}

// Move returns MOVE.
func Move(tag string, set imap.NumSet, name string) *imap.Command {
	return Command(tag, imap.CmdMove, &imap.CopyArgs{Set: set, Mailbox: imap.MailboxOf(name)})
}

// Expunge returns UID EXPUNGE (RFC 4315 §2.1). An EXPUNGE of all messages is Command(tag, imap.CmdExpunge, nil).
func Expunge(tag string, uids imap.NumSet) *imap.Command {
	return UID(Command(tag, imap.CmdExpunge, &imap.ExpungeArgs{Set: uids}))
}

// Search returns SEARCH for messages that match all keys. If they hold UTF-8 it is written with a CHARSET, unless UTF-8 is enabled.
func Search(tag string, keys ...imap.SearchKey) *imap.Command {
	return Command(tag, imap.CmdSearch, &imap.SearchArgs{Keys: keys})
}

// Status returns a status response; without a tag it is untagged. A greeting is one: Status("", imap.OK, "ready").
func Status(tag string, s imap.Status, text string) *imap.Response {
	r := &imap.Response{Name: imap.RespState, Status: s, Text: []byte(text)}
	if tag != "" {
		r.Kind, r.Tag = imap.Tagged, imap.Tag(tag)
	}
	return r
}

// WithCode returns the status response r with a response code: WithCode(Status("A1", imap.NO, "no"), imap.Code{Name: imap.CodeTryCreate}).
func WithCode(r *imap.Response, c imap.Code) *imap.Response {
	r.Code = &c
	return r
}

// Data returns an untagged response with data.
func Data(name imap.ResponseName, data imap.Data) *imap.Response {
	return &imap.Response{Name: name, Data: data}
}

// Number returns an untagged response that is a number and a name: Number(23, imap.RespExists).
func Number(n uint32, name imap.ResponseName) *imap.Response {
	return &imap.Response{Name: name, Num: n}
}

// FetchData returns a FETCH response for message n.
func FetchData(n uint32, items ...imap.FetchData) *imap.Response {
	return &imap.Response{Name: imap.RespFetch, Num: n, Data: &imap.Fetch{Items: items}}
}

// Capability returns a CAPABILITY response.
func Capability(names ...string) *imap.Response {
	return Data(imap.RespCapability, imap.CapabilitiesOf(names...))
}

// FlagsData returns a FLAGS response.
func FlagsData(flags ...string) *imap.Response {
	return Data(imap.RespFlags, &imap.FlagList{Flags: imap.Flags(flags...)})
}

// ListData returns a LIST response; delim 0 is NIL, name is in UTF-8.
func ListData(name string, delim byte, attrs ...string) *imap.Response {
	return Data(imap.RespList, &imap.List{Attrs: imap.Flags(attrs...), Delim: delim, Mailbox: imap.MailboxOf(name)})
}

// SearchData returns a SEARCH response.
func SearchData(nums ...uint32) *imap.Response {
	return Data(imap.RespSearch, &imap.NumList{Nums: nums})
}
