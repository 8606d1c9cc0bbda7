package imap

// AppendArgs are the arguments of APPEND (RFC 9051 §6.3.12); several messages are MULTIAPPEND (RFC 3502 §6.3.11).
type AppendArgs struct {
	Mailbox  Mailbox
	Messages []AppendMessage
}

// AppendMessage is a message to append, with its flags and date.
type AppendMessage struct {
	Flags    []Flag         // not nil: written, even if empty
	Date     DateTime       // zero: not given
	Data     String         // the message: a literal, or literal8 (RFC 3516 §4.4)
	UTF8     bool           // Data stands in UTF8 (...) (RFC 6855 §4)
	Catenate []CatenatePart // not nil: the message is put together from these, and Data is not used (RFC 4469 §3)
	Ext      []Param        // append-ext (RFC 4466 §2.7), ANNOTATION among them
}

// CatenatePart is a part of CATENATE: one of the two is not NIL. A Text of FormLiteral8 is UTF8 (...) (RFC 5738 §4).
type CatenatePart struct{ URL, Text String }

// ReplaceArgs are the arguments of REPLACE (RFC 8508 §3.2).
type ReplaceArgs struct {
	Num     uint32 // the message to replace; 0 is "*"
	Mailbox Mailbox
	Message AppendMessage
}

// Macro is a macro that stands for several items in FETCH (RFC 9051 §6.4.5).
type Macro uint8

const (
	MacroNone Macro = iota
	MacroAll        // ALL
	MacroFast       // FAST
	MacroFull       // FULL
)

var macroWords = [...]string{"", "ALL", "FAST", "FULL"}

// String returns the wire spelling, "" for MacroNone.
func (m Macro) String() string {
	if int(m) < len(macroWords) {
		return macroWords[m]
	}
	return ""
}

// FetchArgs are the arguments of FETCH (RFC 9051 §6.4.5).
type FetchArgs struct {
	Set          NumSet
	Macro        Macro // instead of Atts
	Atts         []FetchAtt
	Paren        bool    // one item is written as a list; several always are
	ChangedSince uint64  // RFC 7162 §3.1.4; 0: not given
	Vanished     bool    // RFC 7162 §3.2.6
	Mods         []Param // all other modifiers (RFC 4466 §2.4)
}

// FetchAtt is an item that FETCH asks for.
type FetchAtt struct {
	Name             AttName
	Peek, HasPartial bool
	Section          *Section // of AttSection, AttBinary, AttBinarySize and the two of CONVERT; nil is []
	Offset, Count    uint64   // the partial <Offset.Count>
	Unknown          *Unknown // an item without fields here, and ANNOTATION's operands
	Params           []Param  // modifiers in parentheses: PREVIEW (LAZY)
}

// StoreOp is what STORE does with the flags that it is given.
type StoreOp uint8

const (
	StoreReplace StoreOp = iota // FLAGS
	StoreAdd                    // +FLAGS
	StoreRemove                 // -FLAGS
)

// String returns the sign, "" for StoreReplace.
func (o StoreOp) String() string {
	switch o {
	case StoreAdd:
		return "+"
	case StoreRemove:
		return "-"
	}
	return ""
}

// StoreArgs are the arguments of STORE (RFC 9051 §6.4.6).
type StoreArgs struct {
	Set               NumSet
	Op                StoreOp
	Silent            bool
	HasUnchangedSince bool // RFC 7162 §3.1.3; the number may be 0
	Labels            bool // X-GM-LABELS instead of FLAGS; the labels are in Flags
	Flags             []Flag
	UnchangedSince    uint64
	Mods              []Param // all other modifiers (RFC 4466 §2.5)
	Annotation        []Value // not nil: ANNOTATION (...) instead of flags (RFC 5257 §4.5)
}

// CopyArgs are the arguments of COPY and MOVE (RFC 9051 §6.4.7, §6.4.8).
type CopyArgs struct {
	Set     NumSet
	Mailbox Mailbox
}

// ExpungeArgs are the arguments of UID EXPUNGE (RFC 9051 §6.4.9).
type ExpungeArgs struct{ Set NumSet }

// URLFetchArgs are the arguments of URLFETCH (RFC 4467 §7, RFC 5524 §3.1).
type URLFetchArgs struct{ URLs []URLItem }

// URLItem is a URL, with parameters in the extended form; not nil: written in parentheses.
type URLItem struct {
	URL    String
	Params []Param
}

// ConvertArgs are the arguments of CONVERT (RFC 5259 §6).
type ConvertArgs struct {
	Set    NumSet
	Type   String // NIL: the server's default conversion
	Params []Pair // parameters of the type
	Atts   []FetchAtt
}

// BatchesArgs are the arguments of UIDBATCHES (RFC 10022 §3.1): the size of a batch, and the batches wanted; 0: all.
type BatchesArgs struct{ Size, From, To uint32 }

func (*AppendArgs) args()   {}
func (*ReplaceArgs) args()  {}
func (*FetchArgs) args()    {}
func (*StoreArgs) args()    {}
func (*CopyArgs) args()     {}
func (*ExpungeArgs) args()  {}
func (*URLFetchArgs) args() {}
func (*ConvertArgs) args()  {}
func (*BatchesArgs) args()  {}

func (a *AppendArgs) own() {
	a.Mailbox.own()
	ownList(&a.Messages)
}

func (m *AppendMessage) own() {
	ownList(&m.Flags)
	m.Data.own()
	ownList(&m.Catenate)
	ownList(&m.Ext)
}
func (p *CatenatePart) own() { p.URL.own(); p.Text.own() }
func (a *ReplaceArgs) own()  { a.Mailbox.own(); a.Message.own() }
func (a *FetchArgs) own() {
	a.Set.own()
	ownList(&a.Atts)
	ownList(&a.Mods)
}

func (a *FetchAtt) own() {
	ownPtr(&a.Section)
	ownPtr(&a.Unknown)
	ownList(&a.Params)
}

func (a *StoreArgs) own() {
	a.Set.own()
	ownList(&a.Flags)
	ownList(&a.Mods)
	ownList(&a.Annotation)
}
func (a *CopyArgs) own()     { a.Set.own(); a.Mailbox.own() }
func (a *ExpungeArgs) own()  { a.Set.own() }
func (a *URLFetchArgs) own() { ownList(&a.URLs) }
func (u *URLItem) own()      { u.URL.own(); ownList(&u.Params) }
func (a *ConvertArgs) own() {
	a.Set.own()
	a.Type.own()
	ownList(&a.Params)
	ownList(&a.Atts)
}
func (a *BatchesArgs) own() {}

func (a *AppendArgs) equal(b *AppendArgs) bool {
	return a.Mailbox.Equal(b.Mailbox) && equalList(a.Messages, b.Messages)
}

func (m *AppendMessage) equal(n *AppendMessage) bool {
	if (m.Catenate == nil) != (n.Catenate == nil) || m.Catenate == nil && (!m.Data.Equal(n.Data) || m.UTF8 != n.UTF8) {
		return false
	}
	return equalNilList(m.Flags, n.Flags) && m.Date == n.Date && equalList(m.Catenate, n.Catenate) && equalList(m.Ext, n.Ext)
}

func (p *CatenatePart) equal(q *CatenatePart) bool {
	return p.URL.Equal(q.URL) && p.Text.Equal(q.Text) && (p.Text.Form == FormLiteral8) == (q.Text.Form == FormLiteral8)
}

func (a *ReplaceArgs) equal(b *ReplaceArgs) bool {
	return a.Num == b.Num && a.Mailbox.Equal(b.Mailbox) && a.Message.equal(&b.Message)
}

func (a *FetchArgs) equal(b *FetchArgs) bool {
	return a.Set.Equal(b.Set) && a.Macro == b.Macro && equalList(a.Atts, b.Atts) && a.ChangedSince == b.ChangedSince &&
		a.Vanished == b.Vanished && equalList(a.Mods, b.Mods)
}

func (a *FetchAtt) equal(b *FetchAtt) bool {
	return a.Name == b.Name && a.Peek == b.Peek && a.HasPartial == b.HasPartial && a.Offset == b.Offset && a.Count == b.Count &&
		equalSection(a.Section, b.Section) && equalPtr(a.Unknown, b.Unknown) && equalNilList(a.Params, b.Params)
}

func (a *StoreArgs) equal(b *StoreArgs) bool {
	return a.Set.Equal(b.Set) && a.Op == b.Op && a.Silent == b.Silent && a.Labels == b.Labels && equalList(a.Flags, b.Flags) &&
		a.HasUnchangedSince == b.HasUnchangedSince && a.UnchangedSince == b.UnchangedSince && equalList(a.Mods, b.Mods) &&
		(a.Annotation == nil) == (b.Annotation == nil) && equalValues(a.Annotation, b.Annotation)
}

func (a *CopyArgs) equal(b *CopyArgs) bool {
	return a.Set.Equal(b.Set) && a.Mailbox.Equal(b.Mailbox)
}
func (a *ExpungeArgs) equal(b *ExpungeArgs) bool   { return a.Set.Equal(b.Set) }
func (a *URLFetchArgs) equal(b *URLFetchArgs) bool { return equalList(a.URLs, b.URLs) }
func (u *URLItem) equal(v *URLItem) bool {
	return u.URL.Equal(v.URL) && equalNilList(u.Params, v.Params)
}

func (a *ConvertArgs) equal(b *ConvertArgs) bool {
	return a.Set.Equal(b.Set) && a.Type.Equal(b.Type) && equalFoldPairs(a.Params, b.Params) && equalList(a.Atts, b.Atts)
}
func (a *BatchesArgs) equal(b *BatchesArgs) bool { return *a == *b }
