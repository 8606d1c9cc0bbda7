package session

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// pair finds the command that asked for untagged data: the oldest outstanding one that expects it, then a command whose purpose is to be told news
// (IDLE, NOOP, CHECK). What nobody asked for is unilateral.
func (t *Tracker) pair(r *imap.Response, f *Effect) {
	if t.correlated(r, f) {
		return
	}
	n := t.queue.len()
	for i := range n {
		if p := t.queue.at(i); p.expects(r) && t.about(p, r) {
			f.Answers, f.Paired = p.id, true
			return
		}
	}
	if r.Name != imap.RespState {
		for i := range n {
			switch p := t.queue.at(i); p.name {
			case imap.CmdIdle, imap.CmdNoop, imap.CmdCheck:
				f.Answers, f.Paired = p.id, true
				f.Unilateral = p.name != imap.CmdIdle // RFC 2177 §3: IDLE asks for updates, the others merely give the server the occasion
				return
			}
		}
	}
	if n == 1 && (r.Status == imap.BAD || r.Status == imap.NO) {
		p := t.queue.at(0)
		f.Answers, f.Paired = p.id, true // a warning or a complaint about the only command there is
		return
	}
	f.Unilateral = true
}

// correlated pairs a search result with the command whose tag it names (RFC 9051 §7.3.4). One that tells what became of an earlier search
// (RFC 5267 §4.3.2) answers no command that is outstanding now. A tag that no command has is not believed.
func (t *Tracker) correlated(r *imap.Response, f *Effect) bool {
	s, ok := r.Data.(*imap.ESearch)
	if !ok || s.Tag.IsNil() {
		return false
	}
	if i := t.queue.find(tagHash(s.Tag.Raw)); i >= 0 {
		f.Answers, f.Paired = t.queue.at(i).id, true
		return true
	}
	for i := range s.Ext {
		if wire.EqualFold(s.Ext[i].Name, "ADDTO") || wire.EqualFold(s.Ext[i].Name, "REMOVEFROM") {
			f.Unilateral = true
			return true
		}
	}
	return false
}

// expects tells whether the command is the kind that data answers.
func (p *pending) expects(r *imap.Response) bool {
	switch r.Name {
	case imap.RespState:
		return p.expectsState(r)
	case imap.RespCapability:
		return p.name == imap.CmdCapability || p.name == imap.CmdLogin || p.name == imap.CmdAuthenticate
	case imap.RespEnabled:
		return p.name == imap.CmdEnable
	case imap.RespExists, imap.RespRecent, imap.RespFlags:
		return p.name == imap.CmdSelect || p.name == imap.CmdExamine
	case imap.RespExpunge:
		return p.name == imap.CmdExpunge || p.name == imap.CmdMove || p.name == imap.CmdReplace
	case imap.RespVanished:
		v, _ := r.Data.(*imap.Vanished)
		if v != nil && v.Earlier {
			return p.vanished || p.qresync
		}
		return p.name == imap.CmdExpunge || p.name == imap.CmdMove || p.name == imap.CmdReplace
	case imap.RespFetch, imap.RespUIDFetch:
		return p.name == imap.CmdFetch || p.name == imap.CmdStore || p.qresync || p.name == imap.CmdPartial
	case imap.RespList:
		return p.name == imap.CmdList || p.name == imap.CmdCreate || p.name == imap.CmdRename
	case imap.RespLSub:
		return p.name == imap.CmdLSub || p.name == imap.CmdRLSub
	case imap.RespXList:
		return p.name == imap.CmdXList
	case imap.RespStatus:
		return p.name == imap.CmdStatus || p.status || p.name == imap.CmdNotify
	case imap.RespSearch:
		return p.name == imap.CmdSearch
	case imap.RespESearch:
		return p.name == imap.CmdSearch || p.name == imap.CmdSort || p.name == imap.CmdESearch || p.name == imap.CmdThread
	case imap.RespSort:
		return p.name == imap.CmdSort
	case imap.RespThread:
		return p.name == imap.CmdThread
	case imap.RespNamespace:
		return p.name == imap.CmdNamespace
	case imap.RespID:
		return p.name == imap.CmdID
	case imap.RespACL:
		return p.name == imap.CmdGetACL
	case imap.RespMyRights:
		return p.name == imap.CmdMyRights || p.name == imap.CmdList
	case imap.RespListRights:
		return p.name == imap.CmdListRights
	case imap.RespQuota:
		return p.name == imap.CmdGetQuota || p.name == imap.CmdSetQuota || p.name == imap.CmdGetQuotaRoot
	case imap.RespQuotaRoot:
		return p.name == imap.CmdGetQuotaRoot
	case imap.RespMetadata:
		return p.name == imap.CmdGetMetadata || p.name == imap.CmdList
	case imap.RespLanguage:
		return p.name == imap.CmdLanguage
	case imap.RespComparator:
		return p.name == imap.CmdComparator
	case imap.RespGenURLAuth:
		return p.name == imap.CmdGenURLAuth
	case imap.RespURLFetch:
		return p.name == imap.CmdURLFetch
	case imap.RespConverted:
		return p.name == imap.CmdConvert
	case imap.RespConversion:
		return p.name == imap.CmdConversions
	case imap.RespJMAPAccess:
		return p.name == imap.CmdGetJMAPAccess
	case imap.RespUIDBatches:
		return p.name == imap.CmdUIDBatches
	}
	return false
}

// expectsState tells whether an untagged status response is a command's data: the codes say so.
func (p *pending) expectsState(r *imap.Response) bool {
	if r.Status == imap.BYE {
		return p.name == imap.CmdLogout
	}
	if r.Code == nil {
		return false
	}
	switch r.Code.Name {
	case imap.CodeUIDValidity, imap.CodeUIDNext, imap.CodeUnseen, imap.CodePermanentFlags, imap.CodeHighestModSeq, imap.CodeNoModSeq,
		imap.CodeReadOnly, imap.CodeReadWrite, imap.CodeMailboxID, imap.CodeUIDNotSticky, imap.CodeClosed:
		return p.name == imap.CmdSelect || p.name == imap.CmdExamine
	case imap.CodeCopyUID:
		return p.name == imap.CmdMove || p.name == imap.CmdCopy
	case imap.CodeAppendUID:
		return p.name == imap.CmdAppend || p.name == imap.CmdReplace
	case imap.CodeCapability:
		return p.name == imap.CmdCapability || p.name == imap.CmdLogin || p.name == imap.CmdAuthenticate
	}
	return false
}

// about tells whether FETCH data is about messages that the command named. Data without a UID can't be compared with a UID set unless the UID of its
// sequence number is known.
func (t *Tracker) about(p *pending, r *imap.Response) bool {
	switch {
	case r.Name != imap.RespFetch && r.Name != imap.RespUIDFetch || p.qresync:
		return true
	case p.uid || r.Name == imap.RespUIDFetch:
		uid, ok := r.UID()
		if !ok {
			uid, ok = t.uids.uid(r.Num)
		}
		return !ok || p.has(uid)
	}
	return p.has(r.Num)
}
