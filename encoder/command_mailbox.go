package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// mailboxArgs writes SP mailbox.
func (e *enc) mailboxArgs(a *imap.MailboxArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	return true
}

// mailboxField writes SP mailbox of the field of that name.
func (e *enc) mailboxField(field string, m *imap.Mailbox) {
	e.sp()
	e.field(field)
	e.mailbox(m)
}

// option is a parameter that has a field of its own in the arguments, beside the Params of the same list. It may stand among those too if the
// field has it: the field has the first of several.
type option struct {
	name string
	has  bool
}

// optionList writes "(" ... ")" with the options that are there and params, which are the field's: options first, or as the source has them.
func (e *enc) optionList(args imap.Args, known []option, field string, params []imap.Param) {
	n := len(params)
	var said [2]bool
	for i := range known {
		if said[i] = known[i].has; said[i] {
			n++
		}
	}
	if n == 0 {
		return
	}
	e.sp()
	e.byte('(')
	for k, next := 0, 0; k < n; k++ {
		if k > 0 {
			e.sp()
		}
		pick := -1
		for i := range known {
			if known[i].has && (pick < 0 || e.wordFollows(known[i].name)) {
				pick = i
			}
		}
		if next < len(params) && (pick < 0 || !e.wordFollows(known[pick].name) && e.wordFollows(string(params[next].Name))) {
			e.field(field)
			e.at(next)
			e.optionParam(&params[next], known, said[:])
			next++
			continue
		}
		known[pick].has = false
		e.word(known[pick].name)
		e.option(args, known[pick].name)
	}
	e.byte(')')
}

// optionParam writes one of the Params beside options, of which those that were said may be said again.
func (e *enc) optionParam(p *imap.Param, known []option, said []bool) {
	for i := range known {
		if p.Is(known[i].name) && (!said[i] || known[i].has) {
			e.fail(ErrName)
			return
		}
	}
	switch {
	case p.Is("USE") && known[0].name == "USE":
		e.useAgain(p)
	case p.Is("DEPTH") && known[len(known)-1].name == "DEPTH":
		e.down()
		e.raw(p.Name)
		e.sp()
		e.field("Value")
		if !p.HasValue || p.Value.IsList || p.Value.Str.Escaped {
			e.fail(ErrType)
		}
		e.depth(p.Value.Str.Raw)
		e.up()
	default:
		e.param(p)
	}
}

// useAgain writes a USE that is not the first; the elements of its list are attributes.
func (e *enc) useAgain(p *imap.Param) {
	e.down()
	defer e.up()
	e.raw(p.Name)
	e.sp()
	e.field("Value")
	if !p.HasValue || !p.Value.IsList {
		e.fail(ErrType)
		return
	}
	e.byte('(')
	for i := range p.Value.List {
		if i > 0 {
			e.sp()
		}
		v := &p.Value.List[i]
		if a := v.Str.Raw; v.IsList || v.Str.Escaped || len(a) < 2 || a[0] != '\\' || !wire.IsAtom(a[1:]) {
			e.fail(ErrFlag)
			return
		}
		e.raw(v.Str.Raw)
	}
	e.byte(')')
}

// option writes what follows the name of an option.
func (e *enc) option(args imap.Args, name string) {
	switch a := args.(type) {
	case *imap.SelectArgs:
		if name == "QRESYNC" {
			e.qresync(a.QResync)
		}
	case *imap.CreateArgs:
		e.sp()
		e.field("Use")
		e.attrList(a.Use)
	case *imap.FetchArgs:
		if name == "CHANGEDSINCE" {
			e.sp()
			e.field("ChangedSince")
			e.nz(a.ChangedSince)
		}
	case *imap.StoreArgs:
		e.sp()
		e.field("UnchangedSince")
		e.number63(a.UnchangedSince)
	case *imap.MetadataArgs:
		e.sp()
		if name == "MAXSIZE" {
			e.field("MaxSize")
			if a.MaxSize > 1<<32-1 {
				e.fail(ErrNumber)
			}
			e.number(a.MaxSize)
			return
		}
		e.field("Depth")
		e.depth(a.Depth)
	}
}

// depth writes "0" / "1" / "infinity" (RFC 5464 §5).
func (e *enc) depth(b []byte) {
	if s := string(b); s != "0" && s != "1" && !wire.EqualFold(b, "infinity") {
		e.fail(ErrName)
		return
	}
	e.raw(b)
}

// select = "SELECT" SP mailbox [select-params] (RFC 4466 §3)
func (e *enc) selectArgs(a *imap.SelectArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	known := [...]option{{"CONDSTORE", a.CondStore}, {"QRESYNC", a.QResync != nil}}
	e.optionList(a, known[:], "Params", a.Params)
	return true
}

// select-param =/ "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")" (RFC 7162 §7)
func (e *enc) qresync(q *imap.QResync) {
	e.field("QResync")
	e.down()
	e.sp()
	e.byte('(')
	e.field("UIDValidity")
	e.nz(uint64(q.UIDValidity))
	e.sp()
	e.field("ModSeq")
	e.nz(q.ModSeq)
	if !q.Known.IsZero() {
		e.sp()
		e.field("Known")
		e.uidSet(q.Known)
	}
	if !q.Seqs.IsZero() || !q.UIDs.IsZero() {
		e.sp()
		e.byte('(')
		e.field("Seqs")
		e.uidSet(q.Seqs)
		e.sp()
		e.field("UIDs")
		e.uidSet(q.UIDs)
		e.byte(')')
	}
	e.byte(')')
	e.up()
}

// create = "CREATE" SP mailbox [create-params]        create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")" (RFC 6154 §6)
func (e *enc) create(a *imap.CreateArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	known := [...]option{{"USE", a.Use != nil}}
	e.optionList(a, known[:], "Params", a.Params)
	return true
}

// attrList writes "(" [attribute *(SP attribute)] ")"; each begins with a backslash.
func (e *enc) attrList(fs []imap.Flag) {
	for i := range fs {
		if name := fs[i].Name; name != nil && (len(name) == 0 || name[0] != '\\') {
			e.at(i)
			e.fail(ErrFlag)
		}
	}
	e.flagList(fs, false)
}

// rename = "RENAME" SP mailbox SP mailbox [rename-params] (RFC 4466 §3)
func (e *enc) rename(a *imap.RenameArgs) bool {
	e.mailboxField("From", &a.From)
	e.mailboxField("To", &a.To)
	e.paramList("Params", a.Params)
	return true
}

// paramList writes SP "(" param *(SP param) ")", if there are any.
func (e *enc) paramList(field string, ps []imap.Param) {
	if len(ps) == 0 {
		return
	}
	e.field(field)
	e.sp()
	e.byte('(')
	e.params(ps, true)
	e.byte(')')
}

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts] (RFC 5258 §6)
func (e *enc) list(a *imap.ListArgs) bool {
	if a.Select != nil {
		e.sp()
		e.field("Select")
		e.byte('(')
		e.listOptions(a.Select)
		if isLone(a.Select) {
			e.fail(ErrType)
		}
		e.byte(')')
	}
	e.mailboxField("Reference", &a.Reference)
	e.sp()
	e.field("Patterns")
	paren := len(a.Patterns) != 1 || a.Extended && a.Select == nil && a.Return == nil
	if e.src != nil && len(a.Patterns) == 1 {
		paren = e.pos < len(e.src) && e.src[e.pos] == '('
	}
	switch {
	case len(a.Patterns) == 0:
		e.fail(ErrEmpty)
		return true
	case paren:
		e.byte('(')
	}
	for i := range a.Patterns {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.pattern(&a.Patterns[i])
	}
	if paren {
		e.byte(')')
	}
	if a.Return == nil {
		if len(a.Status) > 0 {
			e.field("Status")
			e.fail(ErrField)
		}
		return true
	}
	e.sp()
	e.word("RETURN")
	e.sp()
	e.byte('(')
	e.returnOptions(a)
	e.byte(')')
	return true
}

// isLone reports whether RECURSIVEMATCH stands among select options without one that it could refine (RFC 5258 §3.1).
func isLone(ps []imap.Param) (lone bool) {
	for i := range ps {
		switch p := &ps[i]; {
		case p.Is("RECURSIVEMATCH"):
			lone = true
		case !p.Is("REMOTE"):
			return false
		}
	}
	return lone
}

// pattern writes a list-mailbox. One that was built here is in UTF-8, like a name that was, "&" and all, and is converted like one; wildcards stay
// what they are. One that was read stays as it is: it doesn't know its encoding.
func (e *enc) pattern(s *imap.String) {
	p := place(wild | quotable | literal)
	if s.Form == imap.FormAuto {
		e.name(s, true, p)
		return
	}
	e.string(s, p)
}

// listOptions writes option-extension *(SP option-extension): atoms, with values in parentheses (RFC 5258 §6).
func (e *enc) listOptions(ps []imap.Param) {
	for i := range ps {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		e.listOption(&ps[i])
	}
}

func (e *enc) listOption(p *imap.Param) {
	e.atom(p.Name)
	if !p.HasValue {
		return
	}
	e.sp()
	e.down()
	e.field("Value")
	if !p.Value.IsList {
		e.fail(ErrType)
	}
	e.extList(p.Value.List, false)
	e.up()
}

// returnOptions writes the return options; the first STATUS among them takes the items of Status, which stand at the end if it is not there, and a
// further one has its own as a value.
func (e *enc) returnOptions(a *imap.ListArgs) {
	written := len(a.Status) == 0
	for i := range a.Return {
		e.field("Return")
		e.at(i)
		if i > 0 {
			e.sp()
		}
		if wire.EqualFold(a.Return[i].Name, "STATUS") && !(written && len(a.Status) > 0 && a.Return[i].HasValue) {
			if written || a.Return[i].HasValue {
				e.fail(ErrField)
			}
			written = true
			e.statusOption(a.Status)
			continue
		}
		e.listOption(&a.Return[i])
	}
	if !written {
		if len(a.Return) > 0 {
			e.sp()
		}
		e.statusOption(a.Status)
	}
}

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")" (RFC 5819 §4)
func (e *enc) statusOption(items []imap.StatusItem) {
	e.word("STATUS")
	e.sp()
	e.field("Status")
	e.statusAtts(items)
}

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")" (RFC 9051 §9)
func (e *enc) status(a *imap.StatusArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	e.sp()
	e.field("Items")
	e.statusAtts(a.Items)
	return true
}

// setacl = "SETACL" SP mailbox SP identifier SP mod-rights        deleteacl, listrights = ... SP mailbox SP identifier (RFC 4314 §7)
func (e *enc) acl(n imap.CommandName, a *imap.ACLArgs) bool {
	e.mailboxField("Mailbox", &a.Mailbox)
	e.sp()
	e.stringField("Identifier", &a.Identifier, astring)
	e.field("Rights")
	if n == imap.CmdSetACL {
		e.sp()
		e.string(&a.Rights, astring)
	} else if !a.Rights.IsNil() {
		e.fail(ErrField)
	}
	return true
}

// getquota = "GETQUOTA" SP quota-root-name        setquota = "SETQUOTA" SP quota-root-name SP setquota-list (RFC 9208 §7)
func (e *enc) quota(n imap.CommandName, a *imap.QuotaArgs) bool {
	e.sp()
	e.stringField("Root", &a.Root, astring)
	e.field("Limits")
	if n == imap.CmdGetQuota {
		if len(a.Limits) > 0 {
			e.fail(ErrField)
		}
		return true
	}
	e.sp()
	e.byte('(')
	for i := range a.Limits {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		if a.Limits[i].Usage != 0 {
			e.fail(ErrField)
		}
		e.atom(a.Limits[i].Resource)
		e.sp()
		e.number63(a.Limits[i].Limit)
	}
	e.byte(')')
	return true
}

// getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries        setmetadata = "SETMETADATA" SP mailbox SP entry-values
// entries = entry / "(" entry *(SP entry) ")" (RFC 5464 §5)
func (e *enc) metadata(n imap.CommandName, a *imap.MetadataArgs) bool {
	if a.HasMaxSize || a.Depth != nil || len(a.Params) > 0 {
		e.field("MaxSize")
		if n == imap.CmdSetMetadata {
			e.fail(ErrField)
		}
		e.metadataOptions(a)
	}
	if !a.HasMaxSize && a.MaxSize != 0 {
		e.field("MaxSize")
		e.fail(ErrField)
	}
	e.mailboxField("Mailbox", &a.Mailbox)
	e.sp()
	e.field("Entries")
	if len(a.Entries) == 0 {
		e.fail(ErrEmpty)
		return true
	}
	for i := range a.Entries {
		if !isEntry(a.Entries[i].Key.Raw) {
			e.at(i)
			e.fail(ErrName)
		}
	}
	if n == imap.CmdSetMetadata {
		e.pairs(a.Entries, astring, nstring|literal8)
		return true
	}
	paren := len(a.Entries) > 1 || e.src != nil && e.pos < len(e.src) && e.src[e.pos] == '('
	if paren {
		e.byte('(')
	}
	for i := range a.Entries {
		if i > 0 {
			e.sp()
		}
		e.at(i)
		if !a.Entries[i].Value.IsNil() {
			e.fail(ErrField)
		}
		e.string(&a.Entries[i].Key, astring)
	}
	if paren {
		e.byte(')')
	}
	return true
}

// isEntry reports whether b can name a metadata entry: ASCII without wildcards and the lower controls, slashes only between components
// (RFC 5464 §3.1).
func isEntry(b []byte) bool {
	for i, c := range b {
		if c == '*' || c == '%' || c <= 0x19 || c >= 0x80 || c == '/' && (i+1 == len(b) || b[i+1] == '/') {
			return false
		}
	}
	return true
}

// getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"        maxsize-opt = "MAXSIZE" SP number
// scope-opt = "DEPTH" SP ("0" / "1" / "infinity") (RFC 5464 §5)
func (e *enc) metadataOptions(a *imap.MetadataArgs) {
	known := [...]option{{"MAXSIZE", a.HasMaxSize}, {"DEPTH", a.Depth != nil}}
	e.optionList(a, known[:], "Params", a.Params)
}

// notify = "NOTIFY" SP (notify-set / notify-none)        notify-set = "SET" [SP "STATUS"] SP event-groups (RFC 5465 §8)
func (e *enc) notify(a *imap.NotifyArgs) bool {
	e.sp()
	if a.Groups == nil {
		if a.Status {
			e.field("Status")
			e.fail(ErrField)
		}
		e.word("NONE")
		return true
	}
	e.word("SET")
	if a.Status {
		e.sp()
		e.word("STATUS")
	}
	e.field("Groups")
	if len(a.Groups) == 0 {
		e.fail(ErrEmpty)
	}
	for i := range a.Groups {
		e.at(i)
		e.sp()
		e.eventGroup(&a.Groups[i])
	}
	return true
}

// event-group = "(" filter-mailboxes SP events ")"        events = "(" event *(SP event) ")" / "NONE"
// message-event = "MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"] / ... (RFC 5465 §8)
func (e *enc) eventGroup(g *imap.NotifyGroup) {
	e.down()
	e.byte('(')
	e.filterMailboxes(g.Filter, g.Mailboxes)
	e.sp()
	e.field("Events")
	if len(g.Events) == 0 {
		e.word("NONE")
	} else {
		e.byte('(')
		for i := range g.Events {
			if i > 0 {
				e.sp()
			}
			e.at(i)
			e.down()
			e.field("Name")
			e.atom(g.Events[i].Name)
			if g.Events[i].Atts != nil {
				e.sp()
				e.field("Atts")
				e.fetchAtts(g.Events[i].Atts)
			}
			e.up()
		}
		e.byte(')')
	}
	e.byte(')')
	e.up()
}

// filter-mailboxes = "selected" / "selected-delayed" / "inboxes" / "personal" / "subscribed" / "subtree" SP one-or-more-mailbox /
// "mailboxes" SP one-or-more-mailbox / "subtree-one" SP one-or-more-mailbox (RFC 5465 §8, RFC 7377 §4)
func (e *enc) filterMailboxes(filter []byte, ms []imap.Mailbox) {
	e.field("Filter")
	e.atom(filter)
	takes := false
	switch {
	case wire.EqualFold(filter, "selected"), wire.EqualFold(filter, "selected-delayed"), wire.EqualFold(filter, "inboxes"),
		wire.EqualFold(filter, "personal"), wire.EqualFold(filter, "subscribed"):
	case wire.EqualFold(filter, "subtree"), wire.EqualFold(filter, "mailboxes"), wire.EqualFold(filter, "subtree-one"):
		takes = true
	default:
		e.fail(ErrName)
	}
	e.field("Mailboxes")
	switch {
	case takes:
		e.sp()
		e.mailboxes(ms)
	case len(ms) > 0:
		e.fail(ErrField)
	}
}
