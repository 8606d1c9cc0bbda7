package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// login = "LOGIN" SP userid SP password        userid, password = astring (RFC 9051 §9)
func (e *enc) login(a *imap.LoginArgs) bool {
	e.sp()
	e.stringField("User", &a.User, astring)
	e.sp()
	e.stringField("Password", &a.Password, astring)
	return true
}

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]        initial-resp = (base64 / "=") (RFC 9051 §9, RFC 4959 §4)
func (e *enc) authenticate(a *imap.AuthenticateArgs) bool {
	e.sp()
	e.field("Mechanism")
	e.atom(a.Mechanism)
	e.field("Initial")
	switch {
	case !a.HasInitial:
		if len(a.Initial.Raw) > 0 || a.Initial.Cancel {
			e.fail(ErrField)
		}
		return true
	case a.Initial.Cancel:
		e.fail(ErrBase64)
	}
	e.sp()
	if len(a.Initial.Raw) == 0 {
		e.byte('=')
		return true
	}
	e.base64(a.Initial.Raw)
	return true
}

// id = "ID" SP id-params-list        id-params-list = "(" *(string SP nstring) ")" / nil (RFC 2971 §4)
func (e *enc) id(pairs []imap.Pair) bool {
	e.sp()
	e.field("Pairs")
	if pairs == nil {
		e.word("NIL")
		return true
	}
	e.pairs(pairs, str, nstring)
	return true
}

// enable = "ENABLE" 1*(SP capability) (RFC 9051 §9)
func (e *enc) enable(a *imap.EnableArgs) bool {
	e.field("Caps")
	if len(a.Caps) == 0 {
		e.fail(ErrEmpty)
	}
	e.caps(a.Caps)
	return true
}

// wordsCommand writes the arguments of the commands that take strings, if n is one.
//
//	language-cmd    = "LANGUAGE" *(SP lang-range-quoted)      comparator-cmd = "COMPARATOR" *(SP comp-order-quoted) (RFC 5255 §3.5, §4.10)
//	compress        = "COMPRESS" SP algorithm (RFC 4978 §5)   command-select =/ "CANCELUPDATE" 1*(SP quoted) (RFC 5267 §5)
//	genurlauth      = "GENURLAUTH" 1*(SP url-rump SP mechanism)
//	resetkey        = "RESETKEY" [SP mailbox *(SP mechanism)] (RFC 4467 §9)
//	conversions-cmd = "CONVERSIONS" SP from-mime-type-req SP to-mime-type-req (RFC 5259 §10)
func (e *enc) wordsCommand(n imap.CommandName, a *imap.WordsArgs) bool {
	e.field("Words")
	words := a.Words
	switch n {
	case imap.CmdLanguage, imap.CmdComparator:
		e.strings(words, astring)
	case imap.CmdConversions:
		if len(words) != 2 {
			e.fail(ErrEmpty)
		}
		e.strings(words, astring)
	case imap.CmdCompress:
		if len(words) != 1 {
			e.fail(ErrEmpty)
		}
		e.atoms(words)
	case imap.CmdCancelUpdate:
		if len(words) == 0 {
			e.fail(ErrEmpty)
		}
		e.strings(words, quotable)
	case imap.CmdGenURLAuth:
		if len(words) == 0 || len(words)%2 != 0 {
			e.fail(ErrEmpty)
		}
		for i := 0; i+1 < len(words); i += 2 {
			e.at(i)
			e.sp()
			e.string(&words[i], astring)
			e.at(i + 1)
			e.sp()
			e.mechanism(&words[i+1])
		}
	case imap.CmdResetKey:
		for i := range words {
			e.at(i)
			e.sp()
			if i == 0 {
				e.string(&words[0], astring)
			} else {
				e.mechanism(&words[i])
			}
		}
	default:
		return false
	}
	return true
}

// atoms writes *(SP atom).
func (e *enc) atoms(ss []imap.String) {
	for i := range ss {
		e.at(i)
		e.sp()
		e.atomString(&ss[i])
	}
}

// atomString writes a String that must be an atom.
func (e *enc) atomString(s *imap.String) {
	if s.IsNil() || s.Escaped || !wire.IsAtom(s.Raw) {
		e.fail(ErrAtom)
		return
	}
	e.raw(s.Raw)
}

// mechanism = "INTERNAL" / 1*(ALPHA / DIGIT / "-" / ".") (RFC 4467 §9)
func (e *enc) mechanism(s *imap.String) {
	for _, c := range s.Raw {
		if wire.Class[c]&(wire.Alpha|wire.Digit) == 0 && c != '-' && c != '.' {
			e.fail(ErrAtom)
			return
		}
	}
	e.atomString(s)
}
