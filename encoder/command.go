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
	switch a := args.(type) {
	case nil:
		ok = needsNoArgs(n)
	case *imap.Unknown:
		if ok = a != nil && takesUnknown(n); ok {
			if n != imap.CmdUnknown && len(a.Name) > 0 && !wire.EqualFold(a.Name, n.String()) {
				e.fail(ErrName)
			}
			e.unknown(a)
		}
	case *imap.LoginArgs:
		if ok = a != nil && n == imap.CmdLogin; ok {
			e.login(a)
		}
	case *imap.AuthenticateArgs:
		if ok = a != nil && n == imap.CmdAuthenticate; ok {
			e.authenticate(a)
		}
	case *imap.IDArgs:
		if ok = a != nil && n == imap.CmdID; ok {
			e.id(a.Pairs)
		}
	case *imap.EnableArgs:
		if ok = a != nil && n == imap.CmdEnable; ok {
			e.enable(a)
		}
	case *imap.WordsArgs:
		if a != nil {
			ok = e.wordsCommand(n, a)
		}
	default:
		ok = e.mailboxCommand(n, args) || e.messageCommand(n, args)
	}
	if !ok {
		e.fail(ErrType)
	}
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

// mailboxCommand writes the arguments of the commands about mailboxes, if args and n are such.
func (e *enc) mailboxCommand(n imap.CommandName, args imap.Args) bool {
	switch a := args.(type) {
	case *imap.MailboxArgs:
		switch n {
		case imap.CmdDelete, imap.CmdSubscribe, imap.CmdUnsubscribe, imap.CmdGetQuotaRoot, imap.CmdGetACL, imap.CmdMyRights:
		default:
			return false
		}
		return a != nil && e.mailboxArgs(a)
	case *imap.SelectArgs:
		return a != nil && (n == imap.CmdSelect || n == imap.CmdExamine) && e.selectArgs(a)
	case *imap.CreateArgs:
		return a != nil && n == imap.CmdCreate && e.create(a)
	case *imap.RenameArgs:
		return a != nil && n == imap.CmdRename && e.rename(a)
	case *imap.ListArgs:
		switch n {
		case imap.CmdList, imap.CmdXList:
			return a != nil && e.list(a)
		case imap.CmdLSub, imap.CmdRList, imap.CmdRLSub:
			return a != nil && !a.IsExtended() && e.list(a)
		}
	case *imap.StatusArgs:
		return a != nil && n == imap.CmdStatus && e.status(a)
	case *imap.ACLArgs:
		return a != nil && e.acl(n, a)
	case *imap.QuotaArgs:
		return a != nil && e.quota(n, a)
	case *imap.MetadataArgs:
		return a != nil && e.metadata(n, a)
	case *imap.NotifyArgs:
		return a != nil && n == imap.CmdNotify && e.notify(a)
	}
	return false
}

// messageCommand writes the arguments of the commands about messages, if args and n are such.
func (e *enc) messageCommand(n imap.CommandName, args imap.Args) bool {
	switch a := args.(type) {
	case *imap.AppendArgs:
		return a != nil && n == imap.CmdAppend && e.append(a)
	case *imap.ReplaceArgs:
		return a != nil && n == imap.CmdReplace && e.replace(a)
	case *imap.FetchArgs:
		return a != nil && n == imap.CmdFetch && e.fetch(a)
	case *imap.StoreArgs:
		return a != nil && n == imap.CmdStore && e.store(a)
	case *imap.CopyArgs:
		return a != nil && (n == imap.CmdCopy || n == imap.CmdMove) && e.copy(a)
	case *imap.ExpungeArgs:
		return a != nil && n == imap.CmdExpunge && e.expunge(a)
	case *imap.SearchArgs:
		return a != nil && (n == imap.CmdSearch || n == imap.CmdESearch) && e.search(n, a)
	case *imap.SortArgs:
		return a != nil && n == imap.CmdSort && e.sort(a)
	case *imap.ThreadArgs:
		return a != nil && n == imap.CmdThread && e.thread(a)
	case *imap.URLFetchArgs:
		return a != nil && n == imap.CmdURLFetch && e.urlFetch(a)
	case *imap.ConvertArgs:
		return a != nil && n == imap.CmdConvert && e.convert(a)
	case *imap.BatchesArgs:
		return a != nil && n == imap.CmdUIDBatches && e.batches(a)
	}
	return false
}
