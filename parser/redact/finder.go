package redact

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Finder marks the credentials of one connection, message by message. The zero Finder is ready.
type Finder struct {
	mechanism string // of the SASL exchange under way, upper case
	tag       string // of its command; both empty: none
	ticket    bool   // inside the hex dump of a TLS session ticket
	login     bool   // a LOGIN came whose password could not be told: it may come in lines of its own
}

// Clone is a Finder that goes on from here on its own.
func (f *Finder) Clone() *Finder { c := *f; return &c }

// Find appends the credentials of a message to dst, in ascending order. e is the message as it was fed to the session; only its parsed message is read.
// What a log has masked already is not marked.
func (f *Finder) Find(dst []Secret, m *transcript.Message, e *session.Event) []Secret {
	first := len(dst)
	switch {
	case m.Kind != transcript.Wire:
		dst = f.loose(dst, m)
	case f.login && m.Side == wire.Client && m.Mode != wire.ModeAuth && e.Err != nil:
		dst = line(dst, Password, m.Wire)
	case e.Command != nil:
		dst = f.command(dst, m, e.Command)
	case e.Response != nil:
		dst = f.response(dst, m, e.Response)
		if e.Response.Name == imap.RespState && e.Response.Kind != imap.Continue {
			dst = echoed(dst, m.Wire, 0, len(m.Wire))
			if len(dst) == first {
				dst = tokens(dst, m.Wire, 0, len(m.Wire))
			}
		}
	case m.Side == wire.Client && (m.Mode == wire.ModeAuth || e.Auth != nil):
		dst = line(dst, SASL, m.Wire)
	case m.Side == wire.Client:
		dst = f.damaged(dst, m.Wire)
	}
	if m.Kind == transcript.Wire {
		dst = urlauth(dst, first, m.Wire)
	}
	return dst
}

func (f *Finder) command(dst []Secret, m *transcript.Message, c *imap.Command) []Secret {
	switch a := c.Args.(type) {
	case *imap.LoginArgs:
		if !a.Password.IsNil() {
			return mark(dst, Password, m.Wire, inside(a.Password))
		}
		f.login = true
	case *imap.AuthenticateArgs:
		f.mechanism, f.tag = string(bytes.ToUpper(a.Mechanism)), c.Tag.String()
		if a.HasInitial && len(a.Initial.Raw) > 0 {
			if i := bytes.LastIndex(m.Wire, a.Initial.Raw); i > 0 {
				return mark(dst, SASL, m.Wire, wire.Span{Start: uint32(i), End: uint32(i + len(a.Initial.Raw))})
			}
		}
		return dst
	}
	if c.Name == imap.CmdXApplePushService {
		return pushToken(dst, m.Wire)
	}
	return f.damaged(dst, m.Wire)
}

// response marks the challenges of a SASL exchange: with the answers they allow to try passwords offline.
func (f *Finder) response(dst []Secret, m *transcript.Message, r *imap.Response) []Secret {
	switch r.Kind {
	case imap.Tagged:
		f.login = false
		if string(r.Tag) == f.tag {
			f.mechanism, f.tag = "", ""
		}
	case imap.Continue:
		if f.tag != "" && f.mechanism != "LOGIN" && f.mechanism != "PLAIN" {
			start := 1
			for start < len(m.Wire) && m.Wire[start] == ' ' {
				start++
			}
			return mark(dst, SASL, m.Wire, wire.Span{Start: uint32(start), End: uint32(len(bytes.TrimRight(m.Wire, "\r\n ")))})
		}
	}
	return dst
}

// damaged looks for LOGIN and AUTHENTICATE in a command that the grammar could not take apart. A missing tag is no hindrance.
func (f *Finder) damaged(dst []Secret, b []byte) []Secret {
	var fields [5]wire.Span
	words := fieldsOf(fields[:0], b, 5)
	for i := 0; i < len(words) && i < 2; i++ {
		switch word := words[i].Of(b); {
		case wire.EqualFold(word, "LOGIN") && i+2 < len(words):
			// All that follows the user name, since an unquoted password may hold spaces.
			end := uint32(len(bytes.TrimRight(b, "\r\n ")))
			return mark(dst, Password, b, unquoted(b, wire.Span{Start: words[i+2].Start, End: end}))
		case wire.EqualFold(word, "AUTHENTICATE") && i+1 < len(words):
			f.mechanism, f.tag = string(bytes.ToUpper(words[i+1].Of(b))), string(words[0].Of(b))
			if i+2 < len(words) {
				return mark(dst, SASL, b, words[i+2])
			}
			return dst
		}
	}
	return dst
}

// line marks a whole line without its end.
func line(dst []Secret, k Kind, b []byte) []Secret {
	return mark(dst, k, b, wire.Span{End: uint32(len(bytes.TrimRight(b, "\r\n")))})
}

// mark appends a secret, unless it is empty, the cancelling "*", or masked by the log.
func mark(dst []Secret, k Kind, b []byte, s wire.Span) []Secret {
	if s.Start >= s.End || int(s.End) > len(b) || masked(b[s.Start:s.End]) {
		return dst
	}
	return append(dst, Secret{k, s})
}

// masked says that a log has hidden the value: all of it is asterisks, dots, crosses or one of the words that loggers write.
func masked(b []byte) bool {
	switch string(bytes.ToLower(bytes.Trim(b, "\"<>[](){}* "))) {
	case "", "=", "hidden", "redacted", "password", "censored", "value hidden", "masked", "secret elided", "omitted", "xxx":
		return true
	}
	for _, c := range b {
		if c != '*' && c != '.' && c != b[0] {
			return false
		}
	}
	return b[0] == '*' || b[0] == '.' || b[0] == 'x' || b[0] == 'X'
}

// inside is what a string stands for: without its quotes, or the octets of a literal.
func inside(s imap.String) wire.Span {
	sp := s.Span
	switch s.Form {
	case imap.FormQuoted:
		if sp.End-sp.Start >= 2 {
			return wire.Span{Start: sp.Start + 1, End: sp.End - 1}
		}
	case imap.FormLiteral, imap.FormLiteral8:
		if n := uint32(len(s.Raw)); n <= sp.End {
			return wire.Span{Start: sp.End - n, End: sp.End}
		}
	}
	return sp
}

// unquoted is a span without the quotes around it.
func unquoted(b []byte, s wire.Span) wire.Span {
	if s.End-s.Start >= 2 && b[s.Start] == '"' && b[s.End-1] == '"' {
		s.Start++
		s.End--
	}
	return s
}

// fieldsOf appends the first words of a line to words until there are so many, a quoted string being one word.
func fieldsOf(words []wire.Span, b []byte, most int) []wire.Span {
	for i := 0; i < len(b) && len(words) < most; {
		if b[i] == ' ' || b[i] == '\r' || b[i] == '\n' || b[i] == '\t' {
			i++
			continue
		}
		start := i
		quoted := b[i] == '"'
		for i++; i < len(b) && (quoted || b[i] != ' ') && b[i] != '\r' && b[i] != '\n'; i++ {
			if quoted && b[i] == '\\' && i+1 < len(b) {
				i++
			} else if quoted && b[i] == '"' {
				quoted = false
			}
		}
		i = min(i, len(b))
		words = append(words, wire.Span{Start: uint32(start), End: uint32(i)})
	}
	return words
}

// urlauth marks the tokens of authorized URLs (RFC 4467 §3), from first on in dst kept in order.
func urlauth(dst []Secret, first int, b []byte) []Secret {
	const name = ";URLAUTH="
	for at := 0; at < len(b); {
		i := indexFold(b[at:], name)
		if i < 0 {
			break
		}
		start := at + i + len(name)
		end := start
		for end < len(b) && b[end] > ' ' && b[end] != '"' && b[end] != ')' && b[end] != '\\' {
			end++
		}
		if colon := bytes.LastIndexByte(b[start:end], ':'); colon >= 0 && end-start-colon-1 >= 8 {
			dst = mark(dst, Token, b, wire.Span{Start: uint32(start + colon + 1), End: uint32(end)})
		}
		at = end
	}
	sortSecrets(dst[first:])
	return dst
}

// pushToken marks the device token of XAPPLEPUSHSERVICE.
func pushToken(dst []Secret, b []byte) []Secret {
	words := fieldsOf(nil, b, 64)
	for i := 0; i+1 < len(words); i++ {
		if w := unquoted(b, words[i]).Of(b); wire.EqualFold(w, "aps-device-token") || wire.EqualFold(w, "aps-account-id") {
			dst = mark(dst, Token, b, unquoted(b, words[i+1]))
		}
	}
	return dst
}

// sortSecrets orders a short list by place.
func sortSecrets(s []Secret) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j].Span.Start < s[j-1].Span.Start; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

// indexFold is bytes.Index without regard to ASCII case; name is upper case.
func indexFold(b []byte, name string) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], name[0]) // the first character is punctuation: it has no case
		if i < 0 || at+i+len(name) > len(b) {
			return -1
		}
		if wire.EqualFold(b[at+i:at+i+len(name)], name) {
			return at + i
		}
		at += i + 1
	}
}
