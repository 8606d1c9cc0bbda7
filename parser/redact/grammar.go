package redact

import (
	"bytes"
	"slices"
	"strings"

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
	c.urls(m.Wire)

	var search uint32 // end of the search key at hand
	var labels uint32 // end of a list of Gmail's labels
	var operand operands
	field := "" // of ID
	named := false
	values := false // a value is that of an annotation
	if k := msg.Command; k != nil {
		switch k.Name {
		case imap.CmdSetMetadata, imap.CmdSetAnnotation, imap.CmdStore, imap.CmdAppend:
			values = true
		case imap.CmdXApplePushService:
			c.pushedMailboxes(m.Wire)
		}
		if u, ok := k.Args.(*imap.Unknown); ok && !c.options.People && (wire.EqualFold(u.Name, "PROXYAUTH") || wire.EqualFold(u.Name, "X-PROXYAUTH")) {
			if words := fieldsOf(nil, m.Wire, 3); len(words) == 3 { // whose account an administrator opens
				c.user(m.Wire, unquoted(m.Wire, words[2]))
			}
		}
	}
	nodes := c.tree.Nodes
	for id := range nodes {
		n := &nodes[id]
		switch n.Kind {
		case syntax.KindMailbox, syntax.KindListMailbox, syntax.KindNamespacePrefix:
			if !c.options.Mailboxes {
				c.mailbox(m, c.value(m, uint32(id)))
			}
		case syntax.KindUserid, syntax.KindIdentifier:
			named = true
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
		case syntax.KindQuotaRootName:
			if !c.options.Mailboxes {
				c.mailbox(m, c.value(m, uint32(id)))
			}
		case syntax.KindIdField:
			field = string(bytes.ToLower(c.value(m, uint32(id)).Of(m.Wire)))
		case syntax.KindIdValue:
			c.identity(m.Wire, field, c.value(m, uint32(id)))
		case syntax.KindStoreAttFlags:
			if isLabels(n.Of(m.Wire)) {
				labels = n.End
			}
		case syntax.KindFlag, syntax.KindFlagKeyword:
			switch s := c.value(m, uint32(id)); {
			case c.options.Mailboxes || s.Len() == 0 || m.Wire[s.Start] == '\\':
			case n.Start < labels:
				c.mailbox(m, s)
			default:
				c.keyword(m.Wire, s)
			}
		case syntax.KindEntry, syntax.KindFilterName, syntax.KindEntryMatch:
			if !c.options.Mailboxes {
				c.entry(m.Wire, c.value(m, uint32(id)))
			}
		case syntax.KindUrldataSimple, syntax.KindUrlMetaBody:
			if !c.options.Content {
				c.fetchedByURL(m, uint32(id))
			}
		case syntax.KindValue:
			if values && !c.options.Content {
				c.body(m, uint32(id))
			}
		case syntax.KindSearchKey:
			search = max(search, n.End)
		case syntax.KindKeyword:
			operand.key(n.Of(m.Wire))
		case syntax.KindHeaderFldName:
			operand.header = false
		case syntax.KindAtom:
			if n.Start < search && !c.options.People && !isPart(nodes, id) && operand.isText() {
				c.whole(m.Wire, n.Span, Subject)
			}
		case syntax.KindQuoted, syntax.KindLiteral, syntax.KindAstring, syntax.KindString, syntax.KindUtf8Quoted:
			if n.Start < search && !c.options.People && !isPart(nodes, id) && operand.isString() {
				if s := c.value(m, uint32(id)); s.Len() > 0 {
					c.whole(m.Wire, s, Subject)
				}
			}
		case syntax.KindMsgAttStatic, syntax.KindMsgAttDynamic, syntax.KindMsgAttSemistat, syntax.KindMsgAttExt, syntax.KindAppendData, syntax.KindTextLiteral, syntax.KindEntryValue:
			switch {
			case isLabels(n.Of(m.Wire)):
				labels = n.End
			case !c.options.Content:
				c.body(m, uint32(id))
			}
		}
	}
	switch {
	case named || c.options.People:
	case m.Side == wire.Client:
		c.damagedLogin(m.Wire)
	default: // what a server repeats, or a log says in its name
		c.loginNames(m.Wire, 0, len(m.Wire), &c.message)
	}
}

// pushedMailboxes replaces the names of the mailboxes that Apple's push service shall watch: they stand last, in parentheses.
func (c *copier) pushedMailboxes(b []byte) {
	at := containsFold(b, " mailboxes (")
	if at < 0 || c.options.Mailboxes {
		return
	}
	at += len(" mailboxes (")
	end := len(bytes.TrimRight(b, ")\r\n"))
	for _, w := range fieldsOf(nil, b[at:max(at, end)], len(b)) {
		c.levels(b, unquoted(b, wire.Span{Start: w.Start + uint32(at), End: w.End + uint32(at)}))
	}
}

// fetchedByURL fills what a URL led to (RFC 4467 §7, RFC 5524 §3), but not the URL.
func (c *copier) fetchedByURL(m *transcript.Message, id uint32) {
	for k := range c.tree.Children(id) {
		switch c.tree.Nodes[k].Kind {
		case syntax.KindQuoted, syntax.KindLiteral, syntax.KindLiteral8, syntax.KindUtf8Quoted:
			c.fill(m.Wire, c.value(m, k), wholeMessage)
		}
	}
}

// damagedLogin finds the user name of a LOGIN that the grammar could not take apart, where a Finder finds the password.
func (c *copier) damagedLogin(b []byte) {
	words := fieldsOf(nil, b, 3)
	for i := 0; i+1 < len(words) && i < 2; i++ {
		if wire.EqualFold(words[i].Of(b), "LOGIN") {
			if s := unquoted(b, words[i+1]); b[s.Start] != '{' {
				c.user(b, s)
			}
			return
		}
	}
}

// operands tells what the strings of a search key are.
type operands struct {
	text, header bool // the key looks for a text; the name of a header field comes first
}

func (o *operands) key(word []byte) {
	*o = operands{header: wire.EqualFold(word, "HEADER")}
	for _, k := range [...]string{"SUBJECT", "FROM", "TO", "CC", "BCC", "BODY", "TEXT", "HEADER", "X-GM-RAW"} {
		o.text = o.text || wire.EqualFold(word, k)
	}
}

// isString says that the next operand is not the name of a header field.
func (o *operands) isString() bool {
	name := o.header
	o.header = false
	return !name
}

func (o *operands) isText() bool { return o.isString() && o.text }

// isLabels says that an item is Gmail's labels, which are names of mailboxes.
func isLabels(item []byte) bool {
	item = bytes.TrimLeft(item, "+-")
	return len(item) > 11 && wire.EqualFold(item[:11], "X-GM-LABELS")
}

// identity replaces what an ID response or command (RFC 2971 §3.3) says about a person or a session; what it says about programs stays.
func (c *copier) identity(b []byte, field string, s wire.Span) {
	if c.options.People || s.Len() == 0 {
		return
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(field, w) })
	}
	switch {
	case has("user", "mail", "login"):
		c.user(b, s)
	case has("arguments", "environment", "command"): // home directories, what the user typed
		c.whole(b, s, Subject)
	case has("session", "guid", "uuid", "device", "token", "account", "serial"):
		c.whole(b, s, Token)
	}
}

// urls replaces the people, hosts and mailboxes of IMAP URLs (RFC 5092 §11), and who may use an authorized one (RFC 4467 §8).
func (c *copier) urls(b []byte) {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("://"))
		if i < 0 {
			break
		}
		at += i + 3
		if i < 4 || !wire.EqualFold(b[at-7:at-3], "imap") && (i < 5 || !wire.EqualFold(b[at-8:at-3], "imaps")) {
			continue
		}
		end := at
		for end < len(b) && b[end] > ' ' && bytes.IndexByte([]byte("\"'<>)]\\"), b[end]) < 0 {
			end++
		}
		authority := at
		for authority < end && b[authority] != '/' {
			authority++
		}
		if host := bytes.IndexByte(b[at:authority], '@'); host > 0 {
			if !c.options.People {
				user := wire.Span{Start: uint32(at), End: uint32(at + host)}
				if semi := bytes.IndexByte(user.Of(b), ';'); semi >= 0 { // ;AUTH=
					user.End = user.Start + uint32(semi)
				}
				c.user(b, user)
			}
			server := wire.Span{Start: uint32(at + host + 1), End: uint32(authority)}
			if colon := bytes.IndexByte(server.Of(b), ':'); colon >= 0 {
				server.End = server.Start + uint32(colon)
			}
			if !c.options.Hosts && isHost(server.Of(b)) {
				c.whole(b, server, Host)
			}
		}
		path := authority
		for path < end && b[path] != ';' && b[path] != '?' {
			path++
		}
		if authority+1 < path && !c.options.Mailboxes {
			name := wire.Span{Start: uint32(authority + 1), End: uint32(path)}
			c.levels(b, name)
		}
		if i := containsFold(b[path:end], ";urlauth="); i >= 0 && !c.options.People {
			who := path + i + len(";urlauth=")
			stop := who
			for stop < end && b[stop] != ':' {
				stop++
			}
			if plus := bytes.IndexByte(b[who:stop], '+'); plus >= 0 { // submit+user, user+user
				c.user(b, wire.Span{Start: uint32(who + plus + 1), End: uint32(stop)})
			}
		}
		at = end
	}
}

// isPart says that a node only repeats the one around it, an astring's quoted string, say.
func isPart(nodes []syntax.Node, id int) bool {
	return id > 0 && nodes[id-1].Span == nodes[id].Span && nodes[id-1].Next > uint32(id) && nodes[id-1].Kind != syntax.KindSearchKey
}

// statusText looks at the parts that have no node of their own: the user name and the session in the text of a status response.
func (c *copier) statusText(m *transcript.Message, msg imap.Message) {
	if msg.Response == nil || c.options.People || len(msg.Response.Text) == 0 {
		return
	}
	start := bytes.LastIndex(m.Wire, msg.Response.Text)
	if start < 0 {
		return
	}
	if c.mechanism != "" && msg.Response.Kind == imap.Tagged {
		c.mechanism = ""
		c.loggedIn(m.Wire, start)
	}
	c.knownUsers(m.Wire, start, start+len(msg.Response.Text), shortest, &c.message)
	c.sessionIDs(m.Wire, start, start+len(msg.Response.Text), &c.message)
}

// loggedIn finds the user in "ann logged in", where the exchange that came before did not show the name.
func (c *copier) loggedIn(b []byte, start int) {
	end := start
	for end < len(b) && b[end] > ' ' {
		end++
	}
	name := wire.Span{Start: uint32(start), End: uint32(end)}
	for _, said := range [...]string{" logged in", " authenticated", " authorized", " is logged in", " has been"} {
		if hasPrefixFold(b[end:], said) && !wire.EqualFold(name.Of(b), "User") && !wire.EqualFold(name.Of(b), "Successfully") {
			c.user(b, name)
			return
		}
	}
}

func hasPrefixFold(b []byte, s string) bool { return len(b) >= len(s) && wire.EqualFold(b[:len(s)], s) }

// knownUsers finds user names between start and end of b that were seen at a login: whole runs with their dots and signs, and the words in them.
func (c *copier) knownUsers(b []byte, start, end, least int, edits *[]edit) {
	try := func(from, to int) bool {
		if to-from < least {
			return false
		}
		with, ok := c.names.given[key{User, string(b[from:to])}]
		if ok {
			*edits = append(*edits, edit{Span: wire.Span{Start: uint32(from), End: uint32(to)}, with: with, kind: User, rank: byShape})
		}
		return ok
	}
	for i := start; i < end; {
		if !isLabel(b[i]) {
			i++
			continue
		}
		run := i
		for run < end && (isLabel(b[run]) || b[run] == '.' || b[run] == '-' || b[run] == '+') {
			run++
		}
		whole := run
		for whole > i && !isLabel(b[whole-1]) {
			whole--
		}
		if try(i, whole) {
			i = run
			continue
		}
		for i < run {
			j := i
			for j < run && isLabel(b[j]) {
				j++
			}
			try(i, j)
			i = j + 1
		}
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
		c.names.login(value)
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
	if c.options.Hosts || wire.EqualFold(host.Of(m.Wire), ".MISSING-HOST-NAME.") || wire.EqualFold(host.Of(m.Wire), "MISSING_DOMAIN") { // a server's own word for none
		return
	}
	c.add(host, string(domain), Host, byGrammar)
}

// fileName replaces the values of the parameters that people choose, and the letters of boundaries; charsets and formats stay.
func (c *copier) fileName(m *transcript.Message, id uint32) {
	name := ""
	for k := range c.tree.Children(id) {
		switch n := &c.tree.Nodes[k]; n.Kind {
		case syntax.KindBodyFldParamName:
			name = string(bytes.ToLower(c.value(m, k).Of(m.Wire)))
		case syntax.KindBodyFldParamValue:
			switch s := c.value(m, k); {
			case strings.HasPrefix(name, "name"), strings.HasPrefix(name, "filename"):
				c.whole(m.Wire, s, Subject)
			case name == "boundary" && s.Len() > 0:
				with := bytes.Clone(s.Of(m.Wire))
				coverBoundary(with, 0)
				c.message = append(c.message, edit{Span: s, with: string(with), kind: Content, rank: byGrammar, fill: true})
			}
		}
	}
}

// keyword replaces a flag that somebody made up; those of programs tell nothing about anybody.
func (c *copier) keyword(b []byte, s wire.Span) {
	value := s.Of(b)
	if imap.LookupFlag(value) != imap.FlagUnknown {
		return
	}
	for _, known := range [...]string{"NIL", "JunkRecorded", "Redirected", "MDNSent", "ReceiptChecked", "Old", "New", "$TODO", "$Later", "$Work", "$Personal"} {
		if wire.EqualFold(value, known) {
			return
		}
	}
	if b[s.Start] == '$' {
		s.Start++
	}
	c.chosenWord(b, s)
}

// chosenWord replaces a word, or the words in it between characters that may be what is wrong with it.
func (c *copier) chosenWord(b []byte, s wire.Span) {
	for at := s.Start; at < s.End; {
		end := at
		for end < s.End && (isLabel(b[end]) || b[end] == '-' || b[end] == '.' || b[end] == '+') {
			end++
		}
		if end > at {
			c.whole(b, wire.Span{Start: at, End: end}, Keyword)
		}
		at = end + 1
	}
}

// entry replaces the parts of a metadata entry (RFC 5464 §3) or the name of a filter (RFC 5466 §3.1) that somebody chose. What the registries and the
// vendors name stays.
func (c *copier) entry(b []byte, s wire.Span) {
	vendor := false
	for at := s.Start; at < s.End; {
		end := at
		for end < s.End && b[end] != '/' {
			end++
		}
		part := wire.Span{Start: at, End: end}
		if !vendor && !isCommonEntry(part.Of(b)) || bytes.IndexByte(part.Of(b), '@') >= 0 {
			c.chosenWord(b, part)
		}
		vendor = wire.EqualFold(part.Of(b), "vendor") // whose name comes next
		at = end + 1
	}
}

// isCommonEntry knows the parts of entries that programs name: those of RFC 5464, RFC 5466, RFC 6154, RFC 8440 and of Cyrus, Kolab and Dovecot.
func isCommonEntry(part []byte) bool {
	switch string(bytes.ToLower(part)) {
	case "", "shared", "private", "comment", "admin", "motd", "vendor", "filters", "values", "specialuse", "check", "checkperiod", "sort", "thread", "altsubject", "subject",
		"cyrus-imapd", "expire", "squat", "sieve", "sharedseen", "duplicatedeliver", "pop3newuidl", "pop3showafter", "lastupdate", "lastpop", "partition", "server", "size", "usermaxseq",
		"archive", "delete", "noexpire_until", "uniqueid", "synccrcs", "foldersmodseq", "annotsize", "color", "sortorder", "showaslabel", "incpred", "news2mail", "userrawquota",
		"folder-type", "displayname", "pxfb-readable-for", "incidences-for", "activesync", "h-share-attr-desc", "h-ical-settings",
		"dovecot", "pvt", "name", "avatar", "image", "share", "value", "value.priv", "value.shared", "*", "%", "nil":
		return true
	}
	return false
}

// mailbox replaces the levels of a mailbox name that users choose.
func (c *copier) mailbox(m *transcript.Message, s wire.Span) { c.levels(m.Wire, s) }

// levels replaces the levels of a mailbox name at a place of b.
func (c *copier) levels(wireBytes []byte, s wire.Span) {
	b := s.Of(wireBytes)
	for start := 0; start <= len(b); {
		end := start
		for end < len(b) && !isDelimiter(b, end) {
			end++
		}
		level := b[start:end]
		if n := len(bytes.Trim(level, "%*")); n > 0 && !isCommonMailbox(level) && !masked(level) {
			lead := len(level) - len(bytes.TrimLeft(level, "%*"))
			at := s.Start + uint32(start+lead)
			c.whole(wireBytes, wire.Span{Start: at, End: at + uint32(n)}, Mailbox)
		}
		start = end + 1
	}
}

// isDelimiter takes the usual hierarchy delimiters and brackets, but none inside of modified UTF-7, whose alphabet has neither.
func isDelimiter(b []byte, i int) bool {
	return b[i] == '/' || b[i] == '.' || b[i] == '\\' || b[i] == '|' || b[i] == '[' || b[i] == ']'
}

// isCommonMailbox knows the names that programs give, in English and in the modified UTF-7 of Chinese providers: they tell nothing about anybody.
func isCommonMailbox(level []byte) bool {
	switch string(bytes.ToLower(level)) {
	case "inbox", "sent", "sent items", "sent mail", "sent messages", "drafts", "draft", "trash", "deleted items", "deleted messages", "deleted", "junk", "spam", "junk e-mail", "junk email",
		"bulk mail", "bulk", "archive", "archives", "outbox", "templates", "notes", "gmail", "google mail", "all mail", "starred", "important", "flagged", "chats", "calendar", "contacts", "tasks",
		"journal", "conversation history", "shared", "shared folders", "public", "public folders", "user", "users", "other users", "lists", "mail", "unread", "snoozed", "scheduled", "nil",
		"&xfjt0zab-", "&g0l6p3ux-", "&xfjsijzk-", "&v4nxppcuktvyvzty-", "&v4nxppcutvy-", "&xn9v2v7ftvy-", "&dixtvlkidaik-":
		return true
	}
	return false
}
