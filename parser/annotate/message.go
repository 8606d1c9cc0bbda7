package annotate

import (
	"math"
	"strconv"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// kindOf is the kind that the transcript alone can tell; describeMessage makes it exact once the message is read.
func kindOf(in *transcript.Message) Kind {
	switch in.Kind {
	case transcript.Octets:
		return Literal
	case transcript.Opaque:
		return Opaque
	case transcript.Wire:
		switch {
		case in.Side == wire.Server:
			return Data
		case in.Side != wire.Client:
			return Noise
		case in.Mode == wire.ModeAuth:
			return Auth
		case in.Mode == wire.ModeIdle:
			return IdleDone
		}
		return Command
	}
	return Noise
}

// describeMessage fills what the value tells: kind, name, tag, condition.
func (a *Annotator) describeMessage(m *Message, e *session.Event, effect session.Effect) {
	switch {
	case e.Command != nil:
		m.Kind, m.Name = Command, commandName(e.Command)
		m.Tag = tagSpan(m.Wire, e.Command.Tag)
	case e.Auth != nil:
		m.Kind = Auth
	case e.Done:
		m.Kind, m.Name = IdleDone, "DONE"
	case e.Response != nil:
		r := e.Response
		m.Name, m.Tag = responseName(r), tagSpan(m.Wire, r.Tag)
		switch {
		case r.Kind == imap.Continue:
			m.Kind, m.Name = Continuation, "+"
		case r.Name == imap.RespState:
			m.Kind, m.Status = Status, r.Status
			if effect.Before == session.Greeting && r.Kind == imap.Untagged && (r.Status == imap.OK || r.Status == imap.PREAUTH || r.Status == imap.BYE) {
				m.Kind = Greeting
			}
		default:
			m.Kind = Data
		}
	}
}

// commandName is the name as a protocol text has it: "UID FETCH".
func commandName(c *imap.Command) string {
	name := c.Name.String()
	if c.Name == imap.CmdUnknown {
		name = ""
		if u, ok := c.Args.(*imap.Unknown); ok {
			name = upper(u.Name)
		}
	}
	if c.UID {
		return "UID " + name
	}
	return name
}

func responseName(r *imap.Response) string {
	switch {
	case r.Name == imap.RespState:
		return statusName(r.Status)
	case r.Name == imap.RespUnknown:
		if u, ok := r.Data.(*imap.Unknown); ok {
			return upper(u.Name)
		}
		return ""
	}
	return r.Name.String()
}

var statusNames = [...]string{"", "OK", "NO", "BAD", "PREAUTH", "BYE"}

func statusName(s wire.Status) string { return statusNames[min(int(s), len(statusNames)-1)] }

// upper is b in capitals; names have no other letters than ASCII.
func upper(b []byte) string {
	s := make([]byte, len(b))
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		s[i] = c
	}
	return string(s)
}

// tagSpan is where the tag stands: at the start of the message, but for spaces that lenience forgave.
func tagSpan(b []byte, tag imap.Tag) wire.Span {
	if len(tag) == 0 {
		return wire.Span{}
	}
	at := 0
	for at < len(b) && (b[at] == ' ' || b[at] == '\t' || b[at] == 0) {
		at++
	}
	return wire.Span{Start: uint32(at), End: uint32(min(at+len(tag), len(b)))}
}

// announce gives strings whose octets the log left out the size that was announced for them, which is what a sentence about them says.
func announce(m *Message, value imap.Message) {
	if len(m.Literals) == 0 || value.Response == nil {
		return
	}
	f, ok := value.Response.Data.(*imap.Fetch)
	if !ok {
		return
	}
	for i := range f.Items {
		s := &f.Items[i].Str
		if len(s.Raw) > 0 || s.Form != imap.FormLiteral && s.Form != imap.FormLiteral8 {
			continue
		}
		for j := range m.Literals {
			if l := &m.Literals[j]; l.State == transcript.Elided && s.Span.Contains(l.Head) {
				s.Detached = uint32(min(l.Announced, math.MaxUint32))
			}
		}
	}
}

// appendSummary appends one sentence about m to dst: explain's for what the grammar read, and plain words for the rest.
func appendSummary(dst []byte, m *Message, value imap.Message, words *explain.Table) []byte {
	id := ""
	switch m.Kind {
	case Noise:
		id = "noise"
		if m.source == transcript.Info {
			id = "info"
		}
	case Opaque:
		id = "opaque"
	case Literal:
		id = "octets-alone"
	default:
		from := len(dst)
		switch {
		case m.Err != nil && m.Err.Code != parser.ErrorTruncated && value.Command != nil && value.Command.Name != imap.CmdUnknown:
			return explain.Fill(dst, phrase(words, "command.unreadable"), value.Command.Name.String())
		case m.Kind == Greeting && value.Response != nil:
			dst = words.AppendGreeting(dst, value.Response)
		default:
			announce(m, value)
			dst = words.AppendSummary(dst, value)
		}
		if len(dst) > from {
			return dst
		}
		id = "response.broken"
		if m.Side == wire.Client {
			id = "command.broken"
		}
	}
	return explain.Fill(dst, phrase(words, id), strconv.Itoa(len(m.Wire)))
}

// phrase is the pattern of a summary.
func phrase(words *explain.Table, id string) string {
	e, _ := words.Entry(explain.Summaries, id)
	return e.Short
}
