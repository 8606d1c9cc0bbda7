package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// delete = "DELETE" SP mailbox
//
// RFC 9051 §9. subscribe and unsubscribe, getacl and myrights (RFC 4314 §7), getquotaroot (RFC 9208 §7) have the same form.
func (p *Parser) mailboxCommand(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := &p.commands.mailbox
	*a = imap.MailboxArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if kind == syntax.KindSubscribe || kind == syntax.KindUnsubscribe {
		p.mailboxWord()
	}
	if !p.mailboxArgument(&a.Mailbox) {
		return false
	}
	p.close(mark)
	return true
}

// subscribe_old = "SUBSCRIBE" SPACE "MAILBOX" SPACE mailbox
//
// RFC 2062 §6.3.OBS.3, obsolete: QuirkMailboxWord skips the word.
func (p *Parser) mailboxWord() {
	const w = "MAILBOX "
	if p.hasWord(w) && class[p.peekAt(len(w))] != 0 && p.peekAt(len(w)) > ' ' && p.quirk(QuirkMailboxWord, p.i, p.i+len(w)) {
		start := p.i
		p.i += len(w) - 1
		p.leaf(syntax.KindKeyword, start)
		p.i++
	}
}

// select = "SELECT" SP mailbox [select-params]        examine = "EXAMINE" SP mailbox [select-params]
//
// RFC 4466 §3.
func (p *Parser) selectCommand(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := &p.commands.sel
	*a = imap.SelectArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) {
		return false
	}
	if !p.plainEnd() && !p.lastParams(selectParams, &a.Params) {
		return false
	}
	p.close(mark)
	return true
}

// select-param =/ condstore-param        condstore-param = "CONDSTORE"
// select-param =/ "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
//
// RFC 7162 §7.
func (p *Parser) selectParam(o option) (known, ok bool) {
	a := &p.commands.sel
	switch o {
	case optionCondStore:
		a.CondStore = true
		p.becomes(syntax.KindCondstoreParam)
		return true, true
	case optionQResync:
		q := &p.commands.qresync
		*q = imap.QResync{}
		a.QResync = q
		return true, p.sp() && p.qresync(q)
	}
	return false, true
}

// qresync reads the list behind QRESYNC.
//
//	uidvalidity = nz-number        known-uids = sequence-set        seq-match-data = "(" known-sequence-set SP known-uid-set ")"
//
// RFC 7162 §7. None of the sets may hold "*".
func (p *Parser) qresync(q *imap.QResync) bool {
	mark := p.open(syntax.KindQresyncParam)
	var ok bool
	if !p.lparen() {
		return false
	}
	if q.UIDValidity, ok = p.nzNumber(syntax.KindUidvalidity); !ok || !p.sp() {
		return false
	}
	if q.ModSeq, ok = p.nzNumber64(syntax.KindModSequenceValue); !ok {
		return false
	}
	more := p.listMore()
	if more && p.peek() != '(' {
		if c := p.peek(); c < '1' || c > '9' {
			return p.fail(ExpectSequenceSet | ExpectLParen)
		}
		if !p.uidSet(syntax.KindKnownUids, &q.Known) {
			return false
		}
		more = p.listMore()
	}
	if more {
		match := p.open(syntax.KindSeqMatchData)
		if !p.lparen() || !p.uidSet(syntax.KindKnownSequenceSet, &q.Seqs) || !p.sp() || !p.uidSet(syntax.KindKnownUidSet, &q.UIDs) || !p.rparen() {
			return false
		}
		p.close(match)
		if !p.rparen() {
			return false
		}
	}
	if p.failed() {
		return false
	}
	p.close(mark)
	return true
}

// create = "CREATE" SP mailbox [create-params]
//
// RFC 4466 §3.
func (p *Parser) create() bool {
	mark := p.openCommand(syntax.KindCreate)
	a := &p.commands.create
	*a = imap.CreateArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) {
		return false
	}
	if !p.lastParams(createParams, &a.Params) {
		return false
	}
	p.close(mark)
	return true
}

// create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")"
//
// RFC 6154 §6.
func (p *Parser) useParam(o option) (known, ok bool) {
	if o != optionUse {
		return false, true
	}
	if !p.sp() {
		return true, false
	}
	p.commands.create.Use, ok = p.flagList(syntax.KindUseAttrs, flagsOfUse)
	return true, ok
}

// rename = "RENAME" SP mailbox SP mailbox [rename-params]
//
// RFC 4466 §3.
func (p *Parser) rename() bool {
	mark := p.openCommand(syntax.KindRename)
	a := &p.commands.rename
	*a = imap.RenameArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.From) || !p.sp() || !p.mailboxArgument(&a.To) {
		return false
	}
	if !p.lastParams(renameParams, &a.Params) {
		return false
	}
	p.close(mark)
	return true
}

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
//
// RFC 9051 §9.
func (p *Parser) statusCommand() bool {
	mark := p.openCommand(syntax.KindStatus)
	a := &p.commands.status
	*a = imap.StatusArgs{}
	p.cmd.Args = a
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() {
		return false
	}
	ok := p.statusAtts()
	a.Items = p.statuses.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// statusAtts reads "(" status-att *(SP status-att) ")" into the open list of p.statuses.
//
//	status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN" / "DELETED" / "SIZE"
//
// RFC 9051 §9. Unknown items are kept. QuirkEmptyList takes "()", QuirkUnparenthesizedItems items without parentheses.
func (p *Parser) statusAtts() bool {
	mark := p.open(syntax.KindStatusAtts)
	bare := p.peek() != '(' && class[p.peek()]&clsAtom != 0 && p.quirk(QuirkUnparenthesizedItems, p.i, p.i+1)
	if !bare && !p.lparen() {
		return false
	}
	if p.peek() == ')' && p.quirk(QuirkEmptyList, p.i, p.i+1) {
		p.i++
		p.close(mark)
		return true
	}
	for {
		start := p.i
		inner := len(p.opened)
		if !p.statusAtt() && !p.recover(inner, start) {
			return false
		}
		if bare && !p.more() || !bare && !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.statuses.open()) {
		return false
	}
	p.close(mark)
	return true
}

func (p *Parser) statusAtt() bool {
	start := p.i
	lo, hi, end := packWord(p.b, start)
	if att := imap.StatusAtt(statusWords.find(lo, hi)); att != imap.StatusUnknown && end < len(p.b) && class[p.b[end]]&clsAtom == 0 {
		p.statuses.push().Att = att
		p.i = end
		p.leaf(syntax.KindStatusAtt, start)
		return true
	}
	word, ok := p.wordAtom(ExpectAtom)
	if !ok {
		return false
	}
	s := p.statuses.push()
	s.Att = imap.LookupStatusAtt(word)
	if s.Att == imap.StatusUnknown {
		s.Word = word
		p.unknown(start)
	}
	p.leaf(syntax.KindStatusAtt, start)
	return true
}
