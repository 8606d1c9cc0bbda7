package imap

// List is the data of LIST, LSUB, XLIST, RLIST and RLSUB (RFC 9051 §7.3.1).
type List struct {
	Attrs     []Flag
	Delim     byte // the hierarchy delimiter; 0: NIL
	Mailbox   Mailbox
	OldName   Mailbox  // OLDNAME (RFC 9051 §6.3.9.7); zero if not given
	ChildInfo []String // CHILDINFO (RFC 5258 §3.5); nil if not given
	Ext       []Param  // all other extended items; not nil: the parentheses were written
}

// StatusItem is an item of STATUS, asked for (no value) or answered.
type StatusItem struct {
	Att   StatusAtt
	Word  []byte // as written
	Num   uint64 // where the value is a number
	Value Value  // where it is not, or the item is not known; of APPENDLIMIT 0 the zero as well, since without it Num 0 is NIL
}

// StatusAtts returns those items to ask for.
func StatusAtts(atts ...StatusAtt) []StatusItem {
	items := make([]StatusItem, len(atts))
	for i, a := range atts {
		items[i].Att = a
	}
	return items
}

// StatusData is the data of STATUS (RFC 9051 §7.3.3).
type StatusData struct {
	Mailbox Mailbox
	Items   []StatusItem
}

// Get returns the number of an item; ok is false if it is not there.
func (s *StatusData) Get(a StatusAtt) (n uint64, ok bool) {
	for i := range s.Items {
		if s.Items[i].Att == a && a != StatusUnknown {
			return s.Items[i].Num, true
		}
	}
	return 0, false
}

// NumList is the data of SEARCH and SORT: numbers in the server's order (RFC 9051 §9 obsolete-search-response, RFC 5256 §4).
type NumList struct {
	Nums      []uint32
	ModSeq    uint64 // RFC 7162 §3.1.6
	HasModSeq bool
}

// ESearch is the data of ESEARCH (RFC 9051 §7.3.4). Which of its numbers were given shows by their being not zero, but for Count.
type ESearch struct {
	Tag             String // the search correlator; NIL if there is none
	UID, HasCount   bool
	Min, Max, Count uint32
	All             NumSet
	ModSeq          uint64
	Mailbox         Mailbox // of a multi-mailbox search (RFC 7377 §2.1), with its UIDVALIDITY
	UIDValidity     uint32
	Ext             []Param // PARTIAL, ADDTO, REMOVEFROM, RELEVANCY and what else there is, and what is said again
}

// Threads is the data of THREAD (RFC 5256 §4), flat: depth is the sender's choice, so nothing here, or in the parser, recurses.
type Threads struct{ Nodes []ThreadNode }

// ThreadNode is a message in its thread: nodes stand in preorder, and the children of a node are the following ones of one more Depth.
// Num 0 is a parent that is not there: its children stand together in parentheses without one.
type ThreadNode struct{ Num, Depth uint32 }

// FlagList is the data of FLAGS (RFC 9051 §7.3.5).
type FlagList struct{ Flags []Flag }

// Vanished is the data of VANISHED (RFC 7162 §3.2.10).
type Vanished struct {
	Earlier bool
	UIDs    NumSet
}

// Namespace is the data of NAMESPACE (RFC 9051 §7.3.2); a nil list is NIL.
type Namespace struct{ Personal, Other, Shared []NamespaceItem }

// NamespaceItem is one namespace.
type NamespaceItem struct {
	Prefix Mailbox
	Delim  byte    // 0: NIL
	Ext    []Value // extensions: a name and its list in turn
}

// ID is the data of ID (RFC 2971 §3.2); nil Pairs is NIL.
type ID struct{ Pairs []Pair }

// Quota is one resource of a quota root (RFC 9208 §4.2.1).
type Quota struct {
	Resource     []byte
	Usage, Limit uint64 // STORAGE counts units of 1024 octets
}

// QuotaData is the data of QUOTA.
type QuotaData struct {
	Root   String
	Quotas []Quota
}

// ACL is the data of ACL (identifiers and rights), MYRIGHTS (one pair with a NIL key) and LISTRIGHTS (identifier and required rights, then the
// optional ones in More) (RFC 4314 §3.6 to §3.8).
type ACL struct {
	Mailbox Mailbox
	Entries []Pair
	More    []String
}

// Metadata is the data of METADATA (RFC 5464 §4.4).
type Metadata struct {
	Mailbox Mailbox // "" is the server
	Entries []Pair
	Names   bool // the unsolicited form: entry names without values
}

// Words is the data of LANGUAGE, COMPARATOR, GENURLAUTH and JMAPACCESS: strings; and of QUOTAROOT: the mailbox's roots.
type Words struct {
	Mailbox Mailbox // of QUOTAROOT
	Words   []String
}

// URLData is the data of URLFETCH (RFC 4467 §7, RFC 5524 §3.2).
type URLData struct{ Items []URLDatum }

// URLDatum is a URL and what it gave: Data, NIL if it gave nothing, or the parts of the extended form.
type URLDatum struct {
	URL, Data String
	Parts     []Value
}

// Batches is the data of UIDBATCHES (RFC 10022 §3.1.2): the ranges of the batches, in order.
type Batches struct {
	Tag         String
	Mailbox     Mailbox // of the correlator, zero if it has none; UIDValidity is 0 then
	UIDValidity uint32
	Ranges      NumSet
}

func (*List) data()       {}
func (*StatusData) data() {}
func (*NumList) data()    {}
func (*ESearch) data()    {}
func (*Threads) data()    {}
func (*FlagList) data()   {}
func (*Vanished) data()   {}
func (*Namespace) data()  {}
func (*ID) data()         {}
func (*QuotaData) data()  {}
func (*ACL) data()        {}
func (*Metadata) data()   {}
func (*Words) data()      {}
func (*URLData) data()    {}
func (*Batches) data()    {}

func (l *List) own() {
	ownList(&l.Attrs)
	l.Mailbox.own()
	l.OldName.own()
	ownList(&l.ChildInfo)
	ownList(&l.Ext)
}

func (i *StatusItem) own() {
	i.Word = cloneBytes(i.Word)
	i.Value.own()
}

func (s *StatusData) own() {
	s.Mailbox.own()
	ownList(&s.Items)
}

func (n *NumList) own() {
	if n.Nums != nil {
		n.Nums = append(make([]uint32, 0, len(n.Nums)), n.Nums...)
	}
}

func (e *ESearch) own() {
	e.Tag.own()
	e.All.own()
	e.Mailbox.own()
	ownList(&e.Ext)
}

func (t *Threads) own() {
	if t.Nodes != nil {
		t.Nodes = append(make([]ThreadNode, 0, len(t.Nodes)), t.Nodes...)
	}
}
func (f *FlagList) own() { ownList(&f.Flags) }
func (v *Vanished) own() { v.UIDs.own() }
func (n *Namespace) own() {
	ownList(&n.Personal)
	ownList(&n.Other)
	ownList(&n.Shared)
}

func (n *NamespaceItem) own() {
	n.Prefix.own()
	ownList(&n.Ext)
}
func (i *ID) own()        { ownList(&i.Pairs) }
func (q *Quota) own()     { q.Resource = cloneBytes(q.Resource) }
func (q *QuotaData) own() { q.Root.own(); ownList(&q.Quotas) }
func (a *ACL) own() {
	a.Mailbox.own()
	ownList(&a.Entries)
	ownList(&a.More)
}

func (m *Metadata) own() {
	m.Mailbox.own()
	ownList(&m.Entries)
}

func (w *Words) own() {
	w.Mailbox.own()
	ownList(&w.Words)
}
func (u *URLData) own() { ownList(&u.Items) }
func (u *URLDatum) own() {
	u.URL.own()
	u.Data.own()
	ownList(&u.Parts)
}
func (b *Batches) own() { b.Tag.own(); b.Mailbox.own(); b.Ranges.own() }

func (l *List) equal(m *List) bool {
	return equalList(l.Attrs, m.Attrs) && l.Delim == m.Delim && l.Mailbox.Equal(m.Mailbox) && l.OldName.Equal(m.OldName) &&
		equalNilList(l.ChildInfo, m.ChildInfo) && equalList(l.Ext, m.Ext)
}

func (i *StatusItem) equal(j *StatusItem) bool {
	if i.Att == StatusAppendLimit && i.Num == j.Num && i.Num != 0 {
		return j.Att == i.Att
	}
	return i.Att == j.Att && (i.Att != StatusUnknown || foldEqual(i.Word, j.Word)) && i.Num == j.Num && i.Value.Equal(j.Value)
}

func (s *StatusData) equal(t *StatusData) bool {
	return s.Mailbox.Equal(t.Mailbox) && equalList(s.Items, t.Items)
}

func (n *NumList) equal(m *NumList) bool {
	if len(n.Nums) != len(m.Nums) {
		return false
	}
	for i := range n.Nums {
		if n.Nums[i] != m.Nums[i] {
			return false
		}
	}
	return n.HasModSeq == m.HasModSeq && n.ModSeq == m.ModSeq
}

func (e *ESearch) equal(f *ESearch) bool {
	return e.Tag.Equal(f.Tag) && e.UID == f.UID && e.HasCount == f.HasCount && e.Min == f.Min && e.Max == f.Max && e.Count == f.Count &&
		e.All.Equal(f.All) && e.ModSeq == f.ModSeq && e.Mailbox.Equal(f.Mailbox) && e.UIDValidity == f.UIDValidity && equalList(e.Ext, f.Ext)
}

func (t *Threads) equal(u *Threads) bool {
	if len(t.Nodes) != len(u.Nodes) {
		return false
	}
	for i := range t.Nodes {
		if t.Nodes[i] != u.Nodes[i] {
			return false
		}
	}
	return true
}
func (f *FlagList) equal(g *FlagList) bool { return equalList(f.Flags, g.Flags) }
func (v *Vanished) equal(w *Vanished) bool { return v.Earlier == w.Earlier && v.UIDs.Equal(w.UIDs) }
func (n *Namespace) equal(m *Namespace) bool {
	return equalNilList(n.Personal, m.Personal) && equalNilList(n.Other, m.Other) && equalNilList(n.Shared, m.Shared)
}

func (n *NamespaceItem) equal(m *NamespaceItem) bool {
	return n.Prefix.Equal(m.Prefix) && n.Delim == m.Delim && equalValues(n.Ext, m.Ext)
}
func (i *ID) equal(j *ID) bool { return equalNilList(i.Pairs, j.Pairs) }
func (q *Quota) equal(r *Quota) bool {
	return foldEqual(q.Resource, r.Resource) && q.Usage == r.Usage && q.Limit == r.Limit
}

func (q *QuotaData) equal(r *QuotaData) bool {
	return q.Root.Equal(r.Root) && equalList(q.Quotas, r.Quotas)
}

func (a *ACL) equal(b *ACL) bool {
	return a.Mailbox.Equal(b.Mailbox) && equalList(a.Entries, b.Entries) && equalList(a.More, b.More)
}

func (m *Metadata) equal(n *Metadata) bool {
	return m.Mailbox.Equal(n.Mailbox) && equalList(m.Entries, n.Entries) && m.Names == n.Names
}

func (w *Words) equal(x *Words) bool {
	return w.Mailbox.Equal(x.Mailbox) && equalList(w.Words, x.Words)
}
func (u *URLData) equal(v *URLData) bool { return equalList(u.Items, v.Items) }
func (u *URLDatum) equal(v *URLDatum) bool {
	return u.URL.Equal(v.URL) && u.Data.Equal(v.Data) && equalValues(u.Parts, v.Parts)
}

func (b *Batches) equal(c *Batches) bool {
	return b.Tag.Equal(c.Tag) && b.Mailbox.Equal(c.Mailbox) && b.UIDValidity == c.UIDValidity && b.Ranges.Equal(c.Ranges)
}
