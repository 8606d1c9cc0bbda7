package imap

// MailboxArgs are the arguments of the commands that take a mailbox and nothing else.
type MailboxArgs struct{ Mailbox Mailbox }

// SelectArgs are the arguments of SELECT and EXAMINE (RFC 9051 §6.3.2, RFC 4466 §2.1).
type SelectArgs struct {
	Mailbox   Mailbox
	CondStore bool     // RFC 7162 §3.1.8
	QResync   *QResync // RFC 7162 §3.2.5
	Params    []Param  // all other parameters, and those of the fields that are said again
}

// QResync is the parameter of SELECT (QRESYNC (...)) (RFC 7162 §3.2.5).
type QResync struct {
	UIDValidity uint32
	ModSeq      uint64
	Known       NumSet // the UIDs that the client knows, or none
	Seqs, UIDs  NumSet // seq-match-data: sequence numbers and their UIDs, or none
}

// CreateArgs are the arguments of CREATE (RFC 9051 §6.3.4).
type CreateArgs struct {
	Mailbox Mailbox
	Use     []Flag  // USE of RFC 6154 §3; empty and not nil is "USE ()"
	Params  []Param // all other parameters, and a USE that is not the first, with the attributes as the elements of its list
}

// RenameArgs are the arguments of RENAME (RFC 9051 §6.3.6, RFC 4466 §2.3).
type RenameArgs struct {
	From, To Mailbox
	Params   []Param
}

// ListArgs are the arguments of LIST and its relatives (RFC 9051 §6.3.9).
type ListArgs struct {
	Select    []Param // selection options; not nil: written, even if empty
	Reference Mailbox
	Patterns  []String     // in the connection's encoding if they were read, in UTF-8 if they were built with Str; with the wildcards "%" and "*"
	Return    []Param      // return options; not nil: written. STATUS stands among them, its items in Status
	Status    []StatusItem // what RETURN (STATUS (...)) asks for (RFC 5819 §2)
	Extended  bool         // patterns in parentheses, as RFC 5258 §6 has them, even if there is one only
}

// IsExtended reports whether the command has the form of RFC 5258, by Extended or by what it holds.
func (a *ListArgs) IsExtended() bool {
	return a.Extended || a.Select != nil || a.Return != nil || len(a.Patterns) != 1
}

// StatusArgs are the arguments of STATUS (RFC 9051 §6.3.11).
type StatusArgs struct {
	Mailbox Mailbox
	Items   []StatusItem
}

// ACLArgs are the arguments of SETACL, DELETEACL (no Rights) and LISTRIGHTS (no Rights) (RFC 4314 §3).
type ACLArgs struct {
	Mailbox            Mailbox
	Identifier, Rights String
}

// QuotaArgs are the arguments of GETQUOTA (no Limits) and SETQUOTA (RFC 9208 §4.1).
type QuotaArgs struct {
	Root   String
	Limits []Quota // Usage is not used
}

// MetadataArgs are the arguments of GETMETADATA, whose Entries have NIL values, and SETMETADATA (RFC 5464 §4.2, §4.3).
type MetadataArgs struct {
	Mailbox    Mailbox // "" is the server
	MaxSize    uint64
	Depth      []byte // 0, 1 or infinity; nil if not given
	HasMaxSize bool
	Params     []Param // all other options
	Entries    []Pair
}

// NotifyArgs are the arguments of NOTIFY (RFC 5465 §3.1); nil Groups is NONE.
type NotifyArgs struct {
	Status bool // SET STATUS
	Groups []NotifyGroup
}

// NotifyGroup is an event-group: which mailboxes, and what about them (RFC 5465 §8).
type NotifyGroup struct {
	Filter    []byte    // selected, selected-delayed, inboxes, personal, subscribed, subtree, mailboxes, subtree-one
	Mailboxes []Mailbox // of subtree, subtree-one and mailboxes
	Events    []NotifyEvent
}

// NotifyEvent is one event of a group; no events at all is NONE.
type NotifyEvent struct {
	Name []byte
	Atts []FetchAtt // of MessageNew
}

func (*MailboxArgs) args()  {}
func (*SelectArgs) args()   {}
func (*CreateArgs) args()   {}
func (*RenameArgs) args()   {}
func (*ListArgs) args()     {}
func (*StatusArgs) args()   {}
func (*ACLArgs) args()      {}
func (*QuotaArgs) args()    {}
func (*MetadataArgs) args() {}
func (*NotifyArgs) args()   {}

func (a *MailboxArgs) own() { a.Mailbox.own() }
func (a *SelectArgs) own() {
	a.Mailbox.own()
	ownPtr(&a.QResync)
	ownList(&a.Params)
}

func (q *QResync) own() {
	q.Known.own()
	q.Seqs.own()
	q.UIDs.own()
}

func (a *CreateArgs) own() {
	a.Mailbox.own()
	ownList(&a.Use)
	ownList(&a.Params)
}

func (a *RenameArgs) own() {
	a.From.own()
	a.To.own()
	ownList(&a.Params)
}

func (a *ListArgs) own() {
	ownList(&a.Select)
	a.Reference.own()
	ownList(&a.Patterns)
	ownList(&a.Return)
	ownList(&a.Status)
}

func (a *StatusArgs) own() {
	a.Mailbox.own()
	ownList(&a.Items)
}

func (a *ACLArgs) own() {
	a.Mailbox.own()
	a.Identifier.own()
	a.Rights.own()
}

func (a *QuotaArgs) own() {
	a.Root.own()
	ownList(&a.Limits)
}

func (a *MetadataArgs) own() {
	a.Mailbox.own()
	a.Depth = cloneBytes(a.Depth)
	ownList(&a.Params)
	ownList(&a.Entries)
}
func (a *NotifyArgs) own() { ownList(&a.Groups) }
func (g *NotifyGroup) own() {
	g.Filter = cloneBytes(g.Filter)
	ownList(&g.Mailboxes)
	ownList(&g.Events)
}

func (e *NotifyEvent) own() {
	e.Name = cloneBytes(e.Name)
	ownList(&e.Atts)
}

func (a *MailboxArgs) equal(b *MailboxArgs) bool { return a.Mailbox.Equal(b.Mailbox) }
func (a *SelectArgs) equal(b *SelectArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && a.CondStore == b.CondStore && equalPtr(a.QResync, b.QResync) && equalList(a.Params, b.Params)
}

func (q *QResync) equal(r *QResync) bool {
	return q.UIDValidity == r.UIDValidity && q.ModSeq == r.ModSeq && q.Known.Equal(r.Known) && q.Seqs.Equal(r.Seqs) && q.UIDs.Equal(r.UIDs)
}

func (a *CreateArgs) equal(b *CreateArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && equalNilList(a.Use, b.Use) && equalList(a.Params, b.Params)
}

func (a *RenameArgs) equal(b *RenameArgs) bool {
	return a.From.Equal(b.From) && a.To.Equal(b.To) && equalList(a.Params, b.Params)
}

func (a *ListArgs) equal(b *ListArgs) bool {
	return equalNilList(a.Select, b.Select) && a.Reference.Equal(b.Reference) && equalList(a.Patterns, b.Patterns) &&
		equalNilList(a.Return, b.Return) && equalList(a.Status, b.Status) && a.IsExtended() == b.IsExtended()
}

func (a *StatusArgs) equal(b *StatusArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && equalList(a.Items, b.Items)
}

func (a *ACLArgs) equal(b *ACLArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && a.Identifier.Equal(b.Identifier) && a.Rights.Equal(b.Rights)
}

func (a *QuotaArgs) equal(b *QuotaArgs) bool {
	return a.Root.Equal(b.Root) && equalList(a.Limits, b.Limits)
}

func (a *MetadataArgs) equal(b *MetadataArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && a.HasMaxSize == b.HasMaxSize && a.MaxSize == b.MaxSize && foldEqual(a.Depth, b.Depth) &&
		equalList(a.Params, b.Params) && equalList(a.Entries, b.Entries)
}

func (a *NotifyArgs) equal(b *NotifyArgs) bool {
	return a.Status == b.Status && equalNilList(a.Groups, b.Groups)
}

func (g *NotifyGroup) equal(h *NotifyGroup) bool {
	return foldEqual(g.Filter, h.Filter) && equalList(g.Mailboxes, h.Mailboxes) && equalList(g.Events, h.Events)
}

func (e *NotifyEvent) equal(f *NotifyEvent) bool {
	return foldEqual(e.Name, f.Name) && equalList(e.Atts, f.Atts)
}
