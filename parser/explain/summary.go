package explain

import "github.com/imapwire/imapwire/parser/imap"

// AppendSummary appends one plain sentence about m, with its real arguments, to dst. It quotes neither passwords nor tokens. Parts of a message that
// could not be parsed are left out of the sentence.
func (t *Table) AppendSummary(dst []byte, m imap.Message) []byte {
	p := phraser{t}
	switch {
	case m.Command != nil:
		return append(dst, p.command(m.Command)...)
	case m.Response != nil:
		return append(dst, p.response(m.Response)...)
	case m.Auth != nil:
		return append(dst, p.auth(m.Auth)...)
	case m.Done:
		return append(dst, p.say("done")...)
	}
	return dst
}

// auth words one client line of a SASL exchange; what the line holds is secret.
func (p phraser) auth(a *imap.AuthData) string {
	switch {
	case a.Cancel:
		return p.say("auth.cancel")
	case len(a.Raw) == 0:
		return p.say("auth.empty")
	}
	return p.say("auth", number(uint64(len(a.Raw))))
}
