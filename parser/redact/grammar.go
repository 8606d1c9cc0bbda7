package redact

import (
	"bytes"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// grammar adds the edits that follow from what a value is: a mailbox, a user, a field of an envelope, a message.
func (c *copier) grammar(m *transcript.Message) {
	if m.Side == 0 || m.Mode != wire.ModeCommand && m.Side == wire.Client {
		return
	}
	c.repairs = c.repairs[:0]
	for i := range m.Literals {
		if l := &m.Literals[i]; uint64(l.Octets.Len()) != l.Announced {
			c.repairs = append(c.repairs, wire.LiteralRepair{At: l.Head.Start, Size: uint32(l.Octets.Len())})
		}
	}
	c.parser.Quirks, c.parser.Tree, c.parser.Repairs = parser.Lenient, &c.tree, c.repairs
	msg, _ := c.parser.Message(m.Wire, m.Side, m.Mode) // what could not be parsed has no nodes, and is left to the shapes
	c.statusText(m, msg)

	var search uint32 // end of the search key at hand
	nodes := c.tree.Nodes
	for id := range nodes {
		n := &nodes[id]
		switch n.Kind {
		case syntax.KindMailbox, syntax.KindListMailbox, syntax.KindNamespacePrefix:
			if !c.options.Mailboxes && n.Kind != syntax.KindNamespacePrefix {
				c.mailbox(m, c.value(m, uint32(id)))
			}
		case syntax.KindUserid, syntax.KindIdentifier:
			if !c.options.People {
				c.user(m.Wire, c.value(m, uint32(id)))
			}
		case syntax.KindAddress:
			if !c.options.People {
				c.address(m, uint32(id))
			}
		case syntax.KindEnvSubject, syntax.KindBodyFldDesc:
			if !c.options.People {
				c.whole(m.Wire, c.value(m, uint32(id)), Subject)
			}
		case syntax.KindEnvMessageId, syntax.KindEnvInReplyTo, syntax.KindBodyFldId, syntax.KindBodyFldLoc:
			if s := c.value(m, uint32(id)); !c.options.People && s.Len() > 0 && bytes.IndexByte(s.Of(m.Wire), '@') < 0 {
				c.whole(m.Wire, s, Subject)
			}
		case syntax.KindBodyFldParam:
			if !c.options.People {
				c.fileName(m, uint32(id))
			}
		case syntax.KindSearchKey:
			search = max(search, n.End)
		case syntax.KindQuoted, syntax.KindLiteral, syntax.KindAstring, syntax.KindString, syntax.KindUtf8Quoted:
			if n.Start < search && !c.options.People && !isPart(nodes, id) {
				if s := c.value(m, uint32(id)); s.Len() > 0 {
					c.whole(m.Wire, s, Subject)
				}
			}
		case syntax.KindMsgAttStatic, syntax.KindMsgAttDynamic, syntax.KindMsgAttSemistat, syntax.KindMsgAttExt, syntax.KindAppendData, syntax.KindTextLiteral, syntax.KindEntryValue:
			if !c.options.Content {
				c.body(m, uint32(id))
			}
		}
	}
}

// isPart says that a node only repeats the one around it, an astring's quoted string, say.
func isPart(nodes []syntax.Node, id int) bool {
	return id > 0 && nodes[id-1].Span == nodes[id].Span && nodes[id-1].Next > uint32(id) && nodes[id-1].Kind != syntax.KindSearchKey
}

// statusText looks at the parts that have no node of their own: the user name in the text of a status response.
func (c *copier) statusText(m *transcript.Message, msg imap.Message) {
	if msg.Response == nil || c.options.People || len(msg.Response.Text) == 0 {
		return
	}
	start := bytes.LastIndex(m.Wire, msg.Response.Text)
	for i := max(start, 0); start >= 0 && i < start+len(msg.Response.Text); {
		j := i
		for j < len(m.Wire) && isLabel(m.Wire[j]) {
			j++
		}
		if j-i >= shortest {
			if with, ok := c.names.given[key{User, string(m.Wire[i:j])}]; ok {
				c.add(wire.Span{Start: uint32(i), End: uint32(j)}, with, User, byShape)
			}
		}
		i = max(j, i+1)
	}
}

// value is what a node stands for: without quotes, without a literal's header; empty for NIL.
func (c *copier) value(m *transcript.Message, id uint32) wire.Span {
	s := c.tree.Nodes[id].Span
	b := s.Of(m.Wire)
	switch {
	case len(b) >= 2 && b[0] == '"' && b[len(b)-1] == '"':
		return wire.Span{Start: s.Start + 1, End: s.End - 1}
	case wire.EqualFold(b, "NIL") && c.tree.Nodes[id].Kind != syntax.KindMailbox:
		return wire.Span{Start: s.Start, End: s.Start}
	case len(b) > 0 && (b[0] == '{' || b[0] == '~'):
		for i := range m.Literals {
			if l := &m.Literals[i]; l.Head.Start >= s.Start && l.Head.Start < s.End {
				return l.Octets
			}
		}
	}
	return s
}

func (c *copier) whole(b []byte, s wire.Span, k Kind) {
	if s.Len() > 0 && !masked(s.Of(b)) {
		c.add(s, c.names.of(k, s.Of(b)), k, byGrammar)
	}
}

func (c *copier) user(b []byte, s wire.Span) {
	switch value := s.Of(b); {
	case len(value) == 0 || masked(value) || wire.EqualFold(value, "anyone") || wire.EqualFold(value, "anonymous") || wire.EqualFold(value, "owner"):
	case bytes.IndexByte(value, '@') > 0 && isPlaceholder(value):
	case bytes.IndexByte(value, '@') > 0:
		c.whole(b, s, Address)
	default:
		c.whole(b, s, User)
	}
}

// address replaces the four strings of an address so that mailbox and host are those of the same address in running text.
func (c *copier) address(m *transcript.Message, id uint32) {
	var name, local, host wire.Span
	for k := range c.tree.Children(id) {
		switch c.tree.Nodes[k].Kind {
		case syntax.KindAddrName:
			name = c.value(m, k)
		case syntax.KindAddrMailbox:
			local = c.value(m, k)
		case syntax.KindAddrHost:
			host = c.value(m, k)
		}
	}
	c.whole(m.Wire, name, Person)
	if local.Len() == 0 {
		return
	}
	if host.Len() == 0 { // a group's name
		c.whole(m.Wire, local, Person)
		return
	}
	both := append(append(append([]byte(nil), local.Of(m.Wire)...), '@'), host.Of(m.Wire)...)
	if isPlaceholder(both) {
		return
	}
	user, domain, _ := bytes.Cut([]byte(c.names.of(Address, both)), []byte("@"))
	c.add(local, string(user), Address, byGrammar)
	if c.options.Hosts {
		return
	}
	c.add(host, string(domain), Host, byGrammar)
}

// fileName replaces the values of the parameters that people choose; boundaries, charsets and formats stay.
func (c *copier) fileName(m *transcript.Message, id uint32) {
	name := ""
	for k := range c.tree.Children(id) {
		switch n := &c.tree.Nodes[k]; n.Kind {
		case syntax.KindBodyFldParamName:
			name = string(bytes.ToLower(c.value(m, k).Of(m.Wire)))
		case syntax.KindBodyFldParamValue:
			if len(name) >= 4 && (name[:4] == "name" || len(name) >= 8 && name[:8] == "filename") {
				c.whole(m.Wire, c.value(m, k), Subject)
			}
		}
	}
}

// mailbox replaces the levels of a mailbox name that users choose.
func (c *copier) mailbox(m *transcript.Message, s wire.Span) {
	b := s.Of(m.Wire)
	for start := 0; start <= len(b); {
		end := start
		for end < len(b) && !isDelimiter(b, end) {
			end++
		}
		level := b[start:end]
		if n := len(bytes.Trim(level, "%*")); n > 0 && !isCommonMailbox(level) && !masked(level) {
			lead := len(level) - len(bytes.TrimLeft(level, "%*"))
			at := s.Start + uint32(start+lead)
			c.whole(m.Wire, wire.Span{Start: at, End: at + uint32(n)}, Mailbox)
		}
		start = end + 1
	}
}

// isDelimiter takes the usual hierarchy delimiters, but none inside of modified UTF-7, whose alphabet has neither.
func isDelimiter(b []byte, i int) bool {
	return b[i] == '/' || b[i] == '.' || b[i] == '\\' || b[i] == '|'
}

// isCommonMailbox knows the names that programs give, in English and in the modified UTF-7 of Chinese providers: they tell nothing about anybody.
func isCommonMailbox(level []byte) bool {
	switch string(bytes.ToLower(level)) {
	case "inbox", "sent", "sent items", "sent mail", "sent messages", "drafts", "draft", "trash", "deleted items", "deleted messages", "deleted", "junk", "spam", "junk e-mail", "junk email",
		"bulk mail", "bulk", "archive", "archives", "outbox", "templates", "notes", "[gmail]", "[google mail]", "all mail", "starred", "important", "flagged", "chats", "calendar", "contacts", "tasks",
		"journal", "conversation history", "shared", "shared folders", "public", "public folders", "user", "users", "other users", "lists", "mail", "unread", "snoozed", "scheduled", "nil",
		"&xfjt0zab-", "&g0l6p3ux-", "&xfjsijzk-", "&v4nxppcuktvyvzty-", "&v4nxppcutvy-", "&xn9v2v7ftvy-", "&dixtvlkidaik-":
		return true
	}
	return false
}
