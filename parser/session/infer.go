package session

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
)

// Needs is the least state in which a command is allowed, RFC 9051 §6 and the extensions: Greeting stands for any state. LOGIN, AUTHENTICATE and
// STARTTLS are allowed in NotAuthenticated only, ENABLE before a mailbox is selected.
func Needs(n imap.CommandName) State {
	switch n {
	case imap.CmdUnknown, imap.CmdCapability, imap.CmdNoop, imap.CmdLogout, imap.CmdID, imap.CmdLanguage:
		return Greeting
	case imap.CmdStartTLS, imap.CmdLogin, imap.CmdAuthenticate:
		return NotAuthenticated
	case imap.CmdCheck, imap.CmdClose, imap.CmdUnselect, imap.CmdExpunge, imap.CmdSearch, imap.CmdFetch, imap.CmdStore, imap.CmdCopy, imap.CmdMove,
		imap.CmdSort, imap.CmdThread, imap.CmdReplace, imap.CmdCancelUpdate, imap.CmdConvert, imap.CmdUIDBatches, imap.CmdPartial:
		return Selected
	}
	return Authenticated
}

// reach raises the state to what was proved possible. Logout and Opaque are left alone unless a command was answered in them.
func (t *Tracker) reach(s State) {
	if s == Greeting || s == NotAuthenticated && t.state != Greeting {
		return
	}
	if t.state < s || t.state == Logout {
		t.state = s
		t.sure = true
	}
}

// assume infers from what the client sends, while nothing better is known: a client that talks to nobody visible knows its state.
func (t *Tracker) assume(c *imap.Command) {
	n := Needs(c.Name)
	if t.state == Greeting && n == Greeting {
		t.state = NotAuthenticated
	}
	if t.sure && t.sawServer || t.state == Logout || t.state == Opaque || t.state >= n && (n != Selected || t.sawServer) {
		return
	}
	t.state = n
	if n == Selected {
		for i := t.queue.len() - 1; i >= 0; i-- { // the SELECT whose answer is not in the log
			if p := t.queue.at(i); p.name == imap.CmdSelect || p.name == imap.CmdExamine {
				t.box.Name, t.box.ReadOnly = p.box, p.name == imap.CmdExamine
				break
			}
		}
	}
}

// imply infers from untagged data that only comes in a certain state, as long as no client was seen to know better.
func (t *Tracker) imply(r *imap.Response) {
	if t.sawClient && t.sure || t.selecting() {
		return
	}
	var s State
	switch r.Name {
	case imap.RespExists, imap.RespRecent, imap.RespFlags, imap.RespExpunge, imap.RespFetch, imap.RespUIDFetch, imap.RespVanished,
		imap.RespSearch, imap.RespSort, imap.RespThread:
		s = Selected
	case imap.RespList, imap.RespLSub, imap.RespXList, imap.RespStatus, imap.RespNamespace, imap.RespEnabled, imap.RespQuota, imap.RespQuotaRoot,
		imap.RespACL, imap.RespMyRights, imap.RespMetadata:
		s = Authenticated
	case imap.RespState:
		if r.Code != nil {
			switch r.Code.Name {
			case imap.CodeUIDValidity, imap.CodeUIDNext, imap.CodePermanentFlags, imap.CodeUnseen, imap.CodeHighestModSeq:
				s = Selected
			}
		}
	}
	if s != Greeting && t.state < s {
		t.state = s
	}
}

// inferTagged reads a tagged response whose command is not in the log.
func (t *Tracker) inferTagged(r *imap.Response) {
	if t.state == Greeting {
		t.state = NotAuthenticated
	}
	if r.Status != imap.OK {
		return
	}
	switch {
	case r.Code.Is(imap.CodeReadWrite), r.Code.Is(imap.CodeReadOnly): // RFC 9051 §7.1: only SELECT and EXAMINE are answered so
		t.reach(Selected)
		t.box.code(r.Code)
	case t.state == NotAuthenticated && (r.Code.Is(imap.CodeCapability) || saysLogin(r.Text)):
		t.reach(Authenticated)
	}
}

// saysLogin looks for the words with which servers confirm a login. Only used where the command itself is missing.
func saysLogin(text []byte) bool {
	for _, w := range [...]string{"logged in", "login", "authenticat"} {
		for i := 0; i+len(w) <= len(text); i++ {
			if bytes.EqualFold(text[i:i+len(w)], []byte(w)) {
				return true
			}
		}
	}
	return false
}
