package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// AppendCommand appends c to dst, CRLF included. The octets of synchronizing literals follow their headers at once: to wait between them, use
// [Buffer] or [Writer]. A detached literal is an error here. On error dst comes back as it was; the error is an [*Error].
func AppendCommand(dst []byte, c *imap.Command, o Options) ([]byte, error) {
	var e enc
	e.start(dst, o)
	e.client = true
	e.command(c)
	if e.err != nil {
		t := e.again(dst)
		t.command(c)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF (RFC 9051 §9)
func (e *enc) command(c *imap.Command) {
	if e.Verbatim {
		e.src = c.Source
	}
	e.field("Tag")
	if !wire.IsTag([]byte(c.Tag)) {
		e.fail(ErrTag)
	}
	e.raw(c.Tag)
	e.sp()
	e.field("UID")
	if c.UID {
		if !takesUID(c) {
			e.fail(ErrField)
		}
		e.word("UID")
		e.sp()
	} else if _, ok := c.Args.(*imap.ExpungeArgs); ok {
		e.fail(ErrField)
	}
	e.field("Name")
	e.commandWord(c)
	e.field("Args")
	e.down()
	e.commandArgs(c.Name, c.Args)
	e.up()
	e.crlf()
}

// takesUID reports whether the command has a UID form. An EXPUNGE has one only with a set, which it lacks otherwise.
func takesUID(c *imap.Command) bool {
	switch c.Name {
	case imap.CmdFetch, imap.CmdStore, imap.CmdCopy, imap.CmdMove, imap.CmdSearch, imap.CmdSort, imap.CmdThread, imap.CmdReplace,
		imap.CmdConvert, imap.CmdPartial, imap.CmdESearch:
		return true
	case imap.CmdExpunge:
		return c.Args != nil
	}
	return false
}

// commandWord writes the command's name.
func (e *enc) commandWord(c *imap.Command) {
	if c.Name != imap.CmdUnknown {
		w := c.Name.String()
		if w == "" {
			e.fail(ErrName)
		}
		e.word(w)
		return
	}
	u, ok := c.Args.(*imap.Unknown)
	if !ok || u == nil {
		e.fail(ErrName)
		return
	}
	// A known word has arguments of its own; "UID" begins another command.
	if !wire.IsAtom(u.Name) || imap.LookupCommand(u.Name) != imap.CmdUnknown || wire.EqualFold(u.Name, "UID") {
		e.fail(ErrName)
		return
	}
	e.raw(u.Name)
}

// commandArgs writes what follows the name; its type must be the one that package imap's Args lists for it.
func (e *enc) commandArgs(n imap.CommandName, args imap.Args) {
	ok := false
	switch {
	case args == nil:
		ok = needsNoArgs(n)
	case takesUnknown(n):
		ok = e.unknownCommand(n, args)
	default:
		ok = e.messageCommand(n, args)
	}
	if !ok {
		e.fail(ErrType)
	}
}

// unknownCommand writes the arguments of the commands that have no type, and those that are not known.
func (e *enc) unknownCommand(n imap.CommandName, args imap.Args) bool {
	a, ok := args.(*imap.Unknown)
	if !ok || a == nil {
		return false
	}
	if n != imap.CmdUnknown && len(a.Name) > 0 && !wire.EqualFold(a.Name, n.String()) {
		e.fail(ErrName)
	}
	e.unknown(a)
	return true
}

// needsNoArgs reports whether the command may stand by itself.
func needsNoArgs(n imap.CommandName) bool {
	switch n {
	case imap.CmdCapability, imap.CmdNoop, imap.CmdLogout, imap.CmdStartTLS, imap.CmdCheck, imap.CmdClose, imap.CmdUnselect, imap.CmdIdle,
		imap.CmdNamespace, imap.CmdExpunge, imap.CmdUnauthenticate, imap.CmdGetJMAPAccess, imap.CmdLanguage, imap.CmdComparator, imap.CmdResetKey:
		return true
	}
	return takesUnknown(n) && n != imap.CmdUnknown
}

// takesUnknown reports whether the command is one whose arguments have no type.
func takesUnknown(n imap.CommandName) bool {
	switch n {
	case imap.CmdUnknown, imap.CmdXApplePushService, imap.CmdGetAnnotation, imap.CmdSetAnnotation, imap.CmdNetscape, imap.CmdGetUserGroup,
		imap.CmdSetUserGroup, imap.CmdXFer, imap.CmdXRename, imap.CmdXWarmup, imap.CmdXMEID, imap.CmdXRunAnnotator, imap.CmdMUpdatePush,
		imap.CmdFind, imap.CmdPartial, imap.CmdBBoard:
		return true
	}
	return false
}

// messageCommand writes the arguments of the commands about messages, if args has the type that belongs to n.
func (e *enc) messageCommand(n imap.CommandName, args imap.Args) bool {
	switch n {
	case imap.CmdFetch:
		a, ok := args.(*imap.FetchArgs)
		return ok && a != nil && e.fetch(a)
	case imap.CmdStore:
		a, ok := args.(*imap.StoreArgs)
		return ok && a != nil && e.store(a)
	case imap.CmdSearch, imap.CmdESearch:
		a, ok := args.(*imap.SearchArgs)
		return ok && a != nil && e.search(n, a)
	case imap.CmdAppend:
		a, ok := args.(*imap.AppendArgs)
		return ok && a != nil && e.append(a)
	case imap.CmdReplace:
		a, ok := args.(*imap.ReplaceArgs)
		return ok && a != nil && e.replace(a)
	case imap.CmdCopy, imap.CmdMove:
		a, ok := args.(*imap.CopyArgs)
		return ok && a != nil && e.copy(a)
	case imap.CmdExpunge:
		a, ok := args.(*imap.ExpungeArgs)
		return ok && a != nil && e.expunge(a)
	case imap.CmdSort:
		a, ok := args.(*imap.SortArgs)
		return ok && a != nil && e.sort(a)
	case imap.CmdThread:
		a, ok := args.(*imap.ThreadArgs)
		return ok && a != nil && e.thread(a)
	case imap.CmdURLFetch:
		a, ok := args.(*imap.URLFetchArgs)
		return ok && a != nil && e.urlFetch(a)
	case imap.CmdConvert:
		a, ok := args.(*imap.ConvertArgs)
		return ok && a != nil && e.convert(a)
	case imap.CmdUIDBatches:
		a, ok := args.(*imap.BatchesArgs)
		return ok && a != nil && e.batches(a)
	}
	return e.mailboxCommand(n, args)
}

// mailboxCommand is messageCommand for the commands about mailboxes.
func (e *enc) mailboxCommand(n imap.CommandName, args imap.Args) bool {
	switch n {
	case imap.CmdSelect, imap.CmdExamine:
		a, ok := args.(*imap.SelectArgs)
		return ok && a != nil && e.selectArgs(a)
	case imap.CmdStatus:
		a, ok := args.(*imap.StatusArgs)
		return ok && a != nil && e.status(a)
	case imap.CmdList, imap.CmdXList:
		a, ok := args.(*imap.ListArgs)
		return ok && a != nil && e.list(a)
	case imap.CmdLSub, imap.CmdRList, imap.CmdRLSub:
		a, ok := args.(*imap.ListArgs)
		return ok && a != nil && !a.IsExtended() && e.list(a)
	case imap.CmdDelete, imap.CmdSubscribe, imap.CmdUnsubscribe, imap.CmdGetQuotaRoot, imap.CmdGetACL, imap.CmdMyRights:
		a, ok := args.(*imap.MailboxArgs)
		return ok && a != nil && e.mailboxArgs(a)
	case imap.CmdCreate:
		a, ok := args.(*imap.CreateArgs)
		return ok && a != nil && e.create(a)
	case imap.CmdRename:
		a, ok := args.(*imap.RenameArgs)
		return ok && a != nil && e.rename(a)
	case imap.CmdSetACL, imap.CmdDeleteACL, imap.CmdListRights:
		a, ok := args.(*imap.ACLArgs)
		return ok && a != nil && e.acl(n, a)
	case imap.CmdGetQuota, imap.CmdSetQuota:
		a, ok := args.(*imap.QuotaArgs)
		return ok && a != nil && e.quota(n, a)
	case imap.CmdGetMetadata, imap.CmdSetMetadata:
		a, ok := args.(*imap.MetadataArgs)
		return ok && a != nil && e.metadata(n, a)
	case imap.CmdNotify:
		a, ok := args.(*imap.NotifyArgs)
		return ok && a != nil && e.notify(a)
	}
	return e.sessionCommand(n, args)
}

// sessionCommand is messageCommand for the commands about the connection.
func (e *enc) sessionCommand(n imap.CommandName, args imap.Args) bool {
	switch n {
	case imap.CmdLogin:
		a, ok := args.(*imap.LoginArgs)
		return ok && a != nil && e.login(a)
	case imap.CmdAuthenticate:
		a, ok := args.(*imap.AuthenticateArgs)
		return ok && a != nil && e.authenticate(a)
	case imap.CmdID:
		a, ok := args.(*imap.IDArgs)
		return ok && a != nil && e.id(a.Pairs)
	case imap.CmdEnable:
		a, ok := args.(*imap.EnableArgs)
		return ok && a != nil && e.enable(a)
	}
	a, ok := args.(*imap.WordsArgs)
	return ok && a != nil && e.wordsCommand(n, a)
}
