package parser

import (
	"math/bits"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// Command reads one whole command: b is everything from its first byte to the CRLF at its end, literals included. Without that CRLF the error
// is ErrTruncated, bytes behind it are an error too. With an error comes what was complete before it, nil only if the tag was not.
func (p *Parser) Command(b []byte) (*imap.Command, error) {
	if p.read(b, wire.Client); !p.failedAtAll() {
		p.Repairs = nil
		return &p.cmd, nil
	}
	p.readForRule(b, wire.Client)
	err := p.finish()
	if p.cmd.Tag == nil {
		return nil, err
	}
	return &p.cmd, err
}

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
//
// RFC 9051 §9. In which state a command is legal is for the session to say.
func (p *Parser) command() bool {
	mark := p.open(syntax.KindCommand)
	var ok bool
	if uid, from := p.plainHead(); from > 0 {
		ok = p.arguments(p.b[from:p.i], from)
		if ok && p.cmd.UID {
			p.close(uid)
		}
	} else {
		ok = p.head()
	}
	if !ok || !p.crlf() {
		return false
	}
	p.close(mark)
	return true
}

// head reads a command without its CRLF, whatever stands there.
func (p *Parser) head() bool {
	p.leadingBlanks()
	if !p.commandTag() || !p.sp() {
		return false
	}
	start := p.i
	name, ok := p.wordAtom(ExpectCommand)
	if !ok {
		return false
	}
	p.cmd.Name = imap.LookupCommand(name)
	p.commands.nameAt = start
	if p.isUID(name) {
		return p.uid()
	}
	return p.arguments(name, start)
}

// plainHead reads tag SP ["UID" SP] and the name of the command, which begins at from, in the plain form of plain.go. uid is what open returned
// for the command behind UID. On from 0 nothing was taken.
func (p *Parser) plainHead() (uid, from int) {
	b := p.b
	if len(b) < 8 {
		return 0, 0
	}
	tag := bits.TrailingZeros64(wordStops(load64(b, 0))) >> 3
	if tag >= len(b) || b[tag] != ' ' {
		tag = plainAtom(b, 0, clsTag)
	}
	from = tag + 1
	if tag <= 0 || from+4 > len(b) || b[tag] != ' ' {
		return 0, 0
	}
	x := load32(b, from)
	isUID := x&0xDFDFDF == 'U'|'I'<<8|'D'<<16 && x>>24 == ' '
	if isUID {
		from += 4
	}
	lo, hi, end := packWord(b, from)
	name := imap.CommandName(commandWords.find(lo, hi))
	if name == imap.CmdUnknown || end >= len(b) || b[end] != ' ' && b[end] != '\r' || isUID && !hasUIDForm(name) {
		return 0, 0
	}
	p.cmd.Tag, p.cmd.Name, p.cmd.UID = b[:tag:tag], name, isUID
	if p.Tree != nil {
		p.i = tag
		p.leaf(syntax.KindTag, 0)
		if isUID {
			p.i, p.commands.nameAt = tag+4, tag+1
			uid = p.openCommand(syntax.KindUid)
		}
	}
	p.i, p.commands.nameAt = end, from
	return uid, from
}

// hasUIDForm says that a command may stand behind UID.
func hasUIDForm(c imap.CommandName) bool {
	switch c {
	case imap.CmdFetch, imap.CmdStore, imap.CmdSearch, imap.CmdCopy, imap.CmdMove, imap.CmdExpunge, imap.CmdSort, imap.CmdThread,
		imap.CmdConvert, imap.CmdReplace, imap.CmdPartial, imap.CmdESearch:
		return true
	}
	return false
}

// leadingBlanks skips blanks before the tag, which QuirkLeadingSpace forgives.
func (p *Parser) leadingBlanks() {
	start := p.i
	for p.peek() == ' ' {
		p.i++
	}
	if p.i > start && (p.i == len(p.b) || !p.quirk(QuirkLeadingSpace, start, p.i)) {
		p.i = start
	}
}

// tag = 1*<any ASTRING-CHAR except "+">
func (p *Parser) commandTag() bool {
	n := p.run(clsTag)
	if n == 0 {
		return p.fail(ExpectTag)
	}
	start := p.i
	p.i += n
	p.cmd.Tag = imap.Tag(p.b[start:p.i:p.i])
	p.leaf(syntax.KindTag, start)
	return true
}

func (p *Parser) isUID(name []byte) bool {
	return len(name) == 3 && lower(name[0]) == 'u' && lower(name[1]) == 'i' && lower(name[2]) == 'd'
}

// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge)
//
// RFC 9051 §9; also sort and thread (RFC 5256 §5), convert (RFC 5259 §10), replace (RFC 8508 §5), esearch (in the text of
// RFC 7377 §2), partial (RFC 1730 §9).
// QuirkUnknownUIDCommand takes any other word.
func (p *Parser) uid() bool {
	mark := p.openCommand(syntax.KindUid)
	if !p.sp() {
		return false
	}
	from := p.i
	n := p.run(clsAtom)
	name := p.b[from : from+n]
	c := imap.LookupCommand(name)
	if !hasUIDForm(c) {
		if n == 0 || from+n == len(p.b) || !p.quirk(QuirkUnknownUIDCommand, from, from+n) {
			return p.failWord(ExpectWord, "FETCH", "STORE", "SEARCH", "COPY", "MOVE", "EXPUNGE", "SORT", "THREAD", "CONVERT", "REPLACE", "PARTIAL", "ESEARCH")
		}
		c = imap.CmdUnknown
	}
	p.cmd.Name = c
	p.i += n
	p.commands.nameAt = from
	p.cmd.UID = true
	if !p.arguments(name, from) {
		return false
	}
	p.close(mark)
	return true
}

// arguments reads what stands between the name of the command and its CRLF.
func (p *Parser) arguments(name []byte, start int) bool {
	switch p.cmd.Name {
	case imap.CmdCapability, imap.CmdNoop, imap.CmdLogout:
		return p.bareCommand(syntax.KindCommandAny)
	case imap.CmdStartTLS:
		return p.bareCommand(syntax.KindCommandNonauth)
	case imap.CmdCheck, imap.CmdClose, imap.CmdUnselect:
		return p.bareCommand(syntax.KindCommandSelect)
	case imap.CmdIdle:
		return p.bareCommand(syntax.KindIdle)
	case imap.CmdNamespace:
		return p.bareCommand(syntax.KindNamespaceCommand)
	case imap.CmdUnauthenticate:
		return p.bareCommand(syntax.KindUnauthenticate)
	case imap.CmdGetJMAPAccess:
		return p.bareCommand(syntax.KindGetjmapaccess)
	case imap.CmdExpunge:
		if !p.cmd.UID {
			return p.bareCommand(syntax.KindCommandSelect)
		}
		return p.uidExpunge()
	case imap.CmdFetch:
		return p.fetchCommand()
	case imap.CmdStore:
		return p.storeCommand()
	case imap.CmdSearch:
		return p.search()
	case imap.CmdSelect:
		return p.selectCommand(syntax.KindSelect)
	case imap.CmdExamine:
		return p.selectCommand(syntax.KindExamine)
	case imap.CmdCopy:
		return p.copy(syntax.KindCopy)
	case imap.CmdMove:
		return p.copy(syntax.KindMove)
	}
	return p.otherArguments(name, start)
}

// otherArguments is arguments for the other commands of RFC 3501 and RFC 9051, and those that look like them.
func (p *Parser) otherArguments(name []byte, start int) bool {
	switch p.cmd.Name {
	case imap.CmdStatus:
		return p.statusCommand()
	case imap.CmdList:
		return p.list(syntax.KindList)
	case imap.CmdXList:
		return p.list(syntax.KindXlist)
	case imap.CmdLSub:
		return p.lsub(syntax.KindLsub)
	case imap.CmdRList:
		return p.lsub(syntax.KindRlist)
	case imap.CmdRLSub:
		return p.lsub(syntax.KindRlsub)
	case imap.CmdLogin:
		return p.login()
	case imap.CmdAuthenticate:
		return p.authenticate()
	case imap.CmdCreate:
		return p.create()
	case imap.CmdDelete:
		return p.mailboxCommand(syntax.KindDelete)
	case imap.CmdRename:
		return p.rename()
	case imap.CmdSubscribe:
		return p.mailboxCommand(syntax.KindSubscribe)
	case imap.CmdUnsubscribe:
		return p.mailboxCommand(syntax.KindUnsubscribe)
	case imap.CmdGetQuotaRoot:
		return p.mailboxCommand(syntax.KindGetquotaroot)
	case imap.CmdGetACL:
		return p.mailboxCommand(syntax.KindGetacl)
	case imap.CmdMyRights:
		return p.mailboxCommand(syntax.KindMyrights)
	}
	p.used = true
	return p.extensionArguments(name, start)
}

// extensionArguments is arguments for what only extensions define, and for the commands that take storage of their own.
func (p *Parser) extensionArguments(name []byte, start int) bool {
	switch p.cmd.Name {
	case imap.CmdAppend:
		return p.append()
	case imap.CmdReplace:
		return p.replace()
	case imap.CmdID:
		return p.id()
	case imap.CmdEnable:
		return p.enable()
	case imap.CmdSort:
		return p.sort()
	case imap.CmdThread:
		return p.thread()
	case imap.CmdESearch:
		return p.esearch()
	case imap.CmdCancelUpdate:
		return p.cancelUpdate()
	case imap.CmdUIDBatches:
		return p.messageBatches()
	case imap.CmdSetACL:
		return p.setACL()
	case imap.CmdDeleteACL:
		return p.deleteACL(syntax.KindDeleteacl)
	case imap.CmdListRights:
		return p.deleteACL(syntax.KindListrights)
	case imap.CmdGetQuota:
		return p.getQuota()
	case imap.CmdSetQuota:
		return p.setQuota()
	case imap.CmdGetMetadata:
		return p.getMetadata()
	case imap.CmdSetMetadata:
		return p.setMetadata()
	case imap.CmdNotify:
		return p.notify()
	case imap.CmdCompress:
		return p.compress()
	case imap.CmdLanguage:
		return p.wordsCommand(syntax.KindLanguageCmd, syntax.KindLangRange)
	case imap.CmdComparator:
		return p.wordsCommand(syntax.KindComparatorCmd, syntax.KindCompOrder)
	case imap.CmdGenURLAuth:
		return p.genURLAuth()
	case imap.CmdResetKey:
		return p.resetKey()
	case imap.CmdURLFetch:
		return p.urlFetch()
	case imap.CmdConvert:
		return p.convert()
	case imap.CmdConversions:
		return p.conversions()
	}
	return p.unknownCommand(name, start)
}

// x-command = "X" atom <experimental command arguments>
//
// RFC 3501 §9. Any other command that has no grammar here is read alike: those of vendors and of the protocols before IMAP4rev1 too.
func (p *Parser) unknownCommand(name []byte, start int) bool {
	kind := syntax.KindVendorCommand
	switch p.cmd.Name {
	case imap.CmdUnknown:
		kind = syntax.KindXCommand
	case imap.CmdFind:
		kind = syntax.KindFind
	case imap.CmdBBoard:
		kind = syntax.KindBboard
	case imap.CmdPartial:
		kind = syntax.KindObsoletePartial
	case imap.CmdXApplePushService:
		kind = syntax.KindXapplepushservice
	case imap.CmdGetAnnotation:
		kind = syntax.KindGetannotation
	case imap.CmdSetAnnotation:
		kind = syntax.KindSetannotation
	}
	mark := p.openCommand(kind)
	if p.peek() != ' ' && !p.endOf() {
		u := p.unknowns.one()
		u.Name = name
		p.cmd.Args = u
		return false
	}
	u, ok := p.unknownRest(name, start)
	p.cmd.Args = u
	if ok {
		p.close(mark)
	}
	return ok
}

// openCommand opens the node of a command that begins with its name, which has been read, and adds the name.
func (p *Parser) openCommand(kind syntax.Kind) int {
	if p.Tree == nil {
		return 0
	}
	return p.openCommandNode(kind)
}

func (p *Parser) openCommandNode(kind syntax.Kind) int {
	at := p.commands.nameAt
	mark := p.openNode(kind, at)
	end := p.i
	p.i = at
	p.i += p.run(clsAtom)
	p.leaf(syntax.KindCommandName, at)
	p.i = end
	return mark
}

// bareCommand is a command without arguments:
//
//	command-any = "CAPABILITY" / "LOGOUT" / "NOOP"        command-nonauth =/ "STARTTLS"        command-select = "CLOSE" / "UNSELECT" / "EXPUNGE"
//
// RFC 9051 §9; and namespace-command, idle (its DONE is a line of its own), unauthenticate (RFC 8437 §6), getjmapaccess (RFC 9698 §4).
func (p *Parser) bareCommand(kind syntax.Kind) bool {
	if p.Tree != nil {
		p.close(p.openCommand(kind))
	}
	return true
}

// endOf fails at the cursor unless the line ends there: SP and more could have stood there too. It is for rules that end in an optional part.
func (p *Parser) endOf() bool {
	if c := p.peek(); c == '\r' || c == '\n' || p.atEnd() {
		return true
	}
	return p.fail(ExpectSP | ExpectCRLF)
}
