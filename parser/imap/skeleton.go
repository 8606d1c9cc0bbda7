package imap

import (
	"github.com/imapwire/imapwire/parser/wire"
	"iter"
)

type (
	DateTime = wire.DateTime
	Date     = wire.Date
	Status   = wire.Status
)

const (
	OK, NO, BAD  = wire.OK, wire.NO, wire.BAD
	PREAUTH, BYE = wire.PREAUTH, wire.BYE
)

type Form uint8

const (
	FormNil Form = iota
	FormAuto
	FormAtom
	FormQuoted
	FormLiteral
	FormLiteral8
) // Auto: built here, the encoder chooses
// String is 40 bytes; the zero String is NIL, which the encoder refuses where the grammar has no NIL. NIL read where an astring stands is FormAtom.
type String struct {
	Raw              []byte
	Span             wire.Span
	Form             Form
	Escaped, NonSync bool
	Detached         uint32
}                                         // Raw: between the delimiters, still escaped if Escaped. Detached: size of a literal whose octets went elsewhere; Raw is nil
func Str(s string) String                 { panic("unbuilt") }
func Bytes(b []byte) String               { panic("unbuilt") }
func Stream(size uint32) String           { panic("unbuilt") } // Bytes keeps b; Stream is Detached: the octets come from a reader
func (s String) String() string           { panic("unbuilt") }
func (s String) Append(dst []byte) []byte { panic("unbuilt") }
func (s String) Bytes() []byte            { panic("unbuilt") } // decoded; Append doesn't allocate by itself. Raw itself unless Escaped
func (s String) IsNil() bool              { panic("unbuilt") }
func (s String) Len() int                 { panic("unbuilt") }
func (s String) Is(t string) bool         { panic("unbuilt") }
func (s String) Equal(t String) bool      { panic("unbuilt") }
func (s String) Clone() String            { panic("unbuilt") } // Is: ASCII fold
type Tag []byte

func (t Tag) String() string { panic("unbuilt") } // bytes, or every parse would allocate; pending[string(tag)] doesn't
type Mailbox struct {
	Wire String
	UTF8 bool
}

func MailboxOf(utf8 string) Mailbox     { panic("unbuilt") } // the value knows its own encoding, so the encoder converts, once, to what the connection needs. Not embedded: a field named String hides the method
func (m Mailbox) String() string        { panic("unbuilt") }
func (m Mailbox) Name() (string, error) { panic("unbuilt") }
func (m Mailbox) IsInbox() bool         { panic("unbuilt") }
func (m Mailbox) Equal(n Mailbox) bool  { panic("unbuilt") }
func (m Mailbox) Clone() Mailbox        { panic("unbuilt") } // String: the raw name where decoding fails
type Flag struct {
	Name  []byte
	Span  wire.Span
	Known KnownFlag
}

func (f Flag) String() string             { panic("unbuilt") }
func (k KnownFlag) Flag() Flag            { panic("unbuilt") }
func Flags(names ...string) []Flag        { panic("unbuilt") }
func HasFlag(fs []Flag, k KnownFlag) bool { panic("unbuilt") } // Name has its backslash. Flags(`\Seen`, "$Forwarded")
type FlagSet struct {
	known [2]uint64
	other []string
}                                                             // owned; zero is empty; keywords fold
func FlagSetOf(fs []Flag) FlagSet                             { panic("unbuilt") }
func (s *FlagSet) Apply(op StoreOp, fs []Flag) (changed bool) { panic("unbuilt") }
func (s FlagSet) Has(k KnownFlag) bool                        { panic("unbuilt") }
func (s FlagSet) HasName(name string) bool                    { panic("unbuilt") }
func (s FlagSet) Equal(t FlagSet) bool                        { panic("unbuilt") }
func (s FlagSet) Names() iter.Seq[string]                     { panic("unbuilt") }
func (s FlagSet) AppendFlags(dst []Flag) []Flag               { panic("unbuilt") }

type CapSet [4]uint64

func CapSetOf(cs ...Cap) CapSet     { panic("unbuilt") }
func (s *CapSet) Add(c Cap)         { panic("unbuilt") }
func (s CapSet) Has(c Cap) bool     { panic("unbuilt") }
func (s CapSet) All() iter.Seq[Cap] { panic("unbuilt") } // known ones as bits; a value to keep
type Capability struct {
	Name, Value []byte
	Span        wire.Span
	Known       Cap
}

func Caps(names ...string) []Capability { panic("unbuilt") } // AUTH=PLAIN: the whole word, and what follows "="
type NumSet struct {
	Raw  []byte
	Span wire.Span
} // sequence-set, uid-set, "$": validated wire form, so 1:4294967295 costs nothing. Sequence numbers or UIDs: Command.UID says
type NumRange struct{ Lo, Hi uint32 }

func SetOf(nums ...uint32) NumSet                     { panic("unbuilt") }
func RangesOf(rs ...NumRange) NumSet                  { panic("unbuilt") }
func ParseSet(s string) (NumSet, error)               { panic("unbuilt") } // ordered, "*" (0) being the largest: 5:* and *:5 are {5,0}. SetOf sorts and joins
func (s NumSet) Ranges() iter.Seq[NumRange]           { panic("unbuilt") }
func (s NumSet) Nums(max uint32) iter.Seq[uint32]     { panic("unbuilt") } // max stands for "*" and bounds the walk: a hostile set can't spin; neither allocates
func (s NumSet) Contains(n, max uint32) bool          { panic("unbuilt") }
func (s NumSet) Count(max uint32) uint64              { panic("unbuilt") }
func (s NumSet) Normal(max uint32) NumSet             { panic("unbuilt") } // Normal: sorted, joined, without "*"
func (s NumSet) IsZero() bool                         { panic("unbuilt") }
func (s NumSet) IsSaved() bool                        { panic("unbuilt") }
func (s NumSet) HasStar() bool                        { panic("unbuilt") }
func (s NumSet) String() string                       { panic("unbuilt") }
func Pairs(src, dst NumSet) iter.Seq2[uint32, uint32] { panic("unbuilt") } // COPYUID, pairwise, in wire order
type Pair struct{ Key, Value String }
type Value struct {
	Str    String
	List   []Value
	IsList bool
}
type Param struct {
	Name     []byte
	Value    Value
	HasValue bool
	Span     wire.Span
} // Pair: ID, body parameters, metadata. Value: generic syntax. Param: extension label [SP value]
type Unknown struct {
	Name   []byte
	Values []Value
	Raw    []byte
}

func (*Unknown) args() {}
func (*Unknown) data() {} // Raw: all bytes after the name

type Command struct {
	Tag  Tag
	Name CommandName
	UID  bool
	Args Args
	Span wire.Span
}
type Args interface{ args() }

func (c *Command) Equal(d *Command) bool { panic("unbuilt") }
func (c *Command) Clone() *Command       { panic("unbuilt") }

type ResponseKind uint8

const (
	Untagged ResponseKind = iota
	Tagged
	Continue
)

type Response struct {
	Kind   ResponseKind
	Name   ResponseName
	Tag    Tag
	Status Status
	Num    uint32
	Code   *Code
	Text   []byte
	Data   Data
	Span   wire.Span
}
type Data interface{ data() }

func (r *Response) Equal(s *Response) bool                     { panic("unbuilt") }
func (r *Response) Clone() *Response                           { panic("unbuilt") }
func (r *Response) UID() (uint32, bool)                        { panic("unbuilt") } // Data nil: EXISTS, RECENT, EXPUNGE, Num says it all. UID: of FETCH (its UID item) and UIDFETCH (Num)
func (r *Response) AppendChallenge(dst []byte) ([]byte, error) { panic("unbuilt") } // a "+" as base64; only the caller knows that it is one

type Code struct {
	Name      CodeName
	Word      []byte
	Num       uint64
	Set, Dest NumSet
	Flags     []Flag
	Caps      *Capabilities
	Args      []Value
	Raw       []byte
	Span      wire.Span
}

// Num: UIDNEXT, UNSEEN, HIGHESTMODSEQ, ..., the UIDVALIDITY of APPENDUID and COPYUID; Set: APPENDUID, MODIFIED, COPYUID's source, Dest its destination; Args: every other known code; Raw: after the word
func (c *Code) Is(n CodeName) bool { panic("unbuilt") } // also on nil: r.Code.Is(imap.CodeTryCreate) needs no check

type AuthData struct {
	Raw    []byte
	Cancel bool
}

func (a AuthData) Append(dst []byte) ([]byte, error) { panic("unbuilt") }
func AuthDataOf(b []byte) AuthData                   { panic("unbuilt") } // base64 as sent; empty is the empty response; Cancel is "*"
type Message struct {
	Command  *Command
	Response *Response
	Auth     *AuthData
	Done     bool
}

func (m Message) Side() wire.Side { panic("unbuilt") } // any of them; one is set

type LoginArgs struct{ User, Password String }
type AuthenticateArgs struct {
	Mechanism  []byte
	Initial    AuthData
	HasInitial bool
} // "=" is HasInitial with empty Raw
type IDArgs struct{ Pairs []Pair }
type EnableArgs struct{ Caps []Capability }
type MailboxArgs struct{ Mailbox Mailbox }
type SelectArgs struct {
	Mailbox   Mailbox
	CondStore bool
	QResync   *QResync
	Params    []Param
} // ID: nil Pairs is NIL. Params: in every type, what the fields don't name
type QResync struct {
	UIDValidity       uint32
	ModSeq            uint64
	Known, Seqs, UIDs NumSet
}
type CreateArgs struct {
	Mailbox Mailbox
	Use     []Flag
	Params  []Param
}
type RenameArgs struct {
	From, To Mailbox
	Params   []Param
}
type ListArgs struct {
	Select    []Param
	Reference Mailbox
	Patterns  []String
	Return    []Param
	Status    []StatusItem
	Extended  bool
} // Extended: written in the RFC 5258 form
type StatusArgs struct {
	Mailbox Mailbox
	Items   []StatusItem
}
type AppendArgs struct {
	Mailbox  Mailbox
	Messages []AppendMessage
} // several: MULTIAPPEND
type AppendMessage struct {
	Flags    []Flag
	Date     DateTime
	Data     String
	UTF8     bool
	Catenate []CatenatePart
	Ext      []Param
} // Catenate non-nil: instead of Data
type CatenatePart struct{ URL, Text String }
type ReplaceArgs struct {
	Num     uint32
	Mailbox Mailbox
	Message AppendMessage
}
type FetchArgs struct {
	Set          NumSet
	Macro        Macro
	Atts         []FetchAtt
	Paren        bool
	ChangedSince uint64
	Vanished     bool
	Mods         []Param
} // CatenatePart: one of the two is not NIL. Paren: one item written as a list
type FetchAtt struct {
	Name             AttName
	Peek, HasPartial bool
	Section          *Section
	Offset, Count    uint64
	Unknown          *Unknown
	Params           []Param
} // nil Section of a section item: []
type Section struct {
	Part   []uint32
	Spec   SectionSpec
	Fields []String
}

func (s *Section) Same(t *Section) bool { panic("unbuilt") }
func (s *Section) String() string       { panic("unbuilt") } // Same: servers echo other case, order and quoting
type StoreArgs struct {
	Set                       NumSet
	Op                        StoreOp
	Silent, HasUnchangedSince bool
	Flags                     []Flag
	UnchangedSince            uint64
	Labels                    bool
	Mods                      []Param
	Annotation                []Value
}
type CopyArgs struct {
	Set     NumSet
	Mailbox Mailbox
}
type ExpungeArgs struct{ Set NumSet } // UID EXPUNGE
type SearchArgs struct {
	Return  []Param
	Charset []byte
	Keys    []SearchKey
	In      []SearchScope
	Update  []FetchAtt
} // Keys are ANDed; Return non-nil: RETURN was written
type SortArgs struct {
	SearchArgs
	Sort []SortKey
}
type SortKey struct {
	Name    []byte
	Args    []String
	Reverse bool
}
type ThreadArgs struct {
	SearchArgs
	Algorithm []byte
}
type SearchScope struct {
	Filter    []byte
	Mailboxes []Mailbox
	Params    []Param
}
type SearchKey struct {
	Op          SearchOp
	Keys        []SearchKey
	Field, Text String
	Set         NumSet
	Num         uint64
	Date        Date
	Args        []Value
}

// Keys of KeyAnd (the parentheses): any number, KeyOr: two, KeyNot and KeyFuzzy: one. Field: HEADER's name, MODSEQ's entry
func And(k ...SearchKey) SearchKey              { panic("unbuilt") }
func Or(a, b SearchKey) SearchKey               { panic("unbuilt") }
func Not(k SearchKey) SearchKey                 { panic("unbuilt") }
func TextKey(op SearchOp, s string) SearchKey   { panic("unbuilt") }
func DateKey(op SearchOp, d Date) SearchKey     { panic("unbuilt") }
func (k *SearchKey) Walk() iter.Seq[*SearchKey] { panic("unbuilt") } // k and below, parents first; to edit, edit through the pointer
type ACLArgs struct {
	Mailbox            Mailbox
	Identifier, Rights String
}
type QuotaArgs struct {
	Root   String
	Limits []Quota
}
type MetadataArgs struct {
	Mailbox    Mailbox
	MaxSize    uint64
	Depth      []byte
	HasMaxSize bool
	Entries    []Pair
}
type NotifyArgs struct {
	Status bool
	Groups []NotifyGroup
}
type NotifyGroup struct {
	Filter    []byte
	Mailboxes []Mailbox
	Events    []NotifyEvent
}
type NotifyEvent struct {
	Name []byte
	Atts []FetchAtt
}
type URLFetchArgs struct{ URLs []URLItem }
type URLItem struct {
	URL    String
	Params []Param
} // nil Groups: NONE
type ConvertArgs struct {
	Set    NumSet
	Type   String
	Params []Pair
	Atts   []FetchAtt
}
type BatchesArgs struct{ Size, From, To uint32 }
type WordsArgs struct{ Words []String }
type Macro uint8

const (
	MacroNone Macro = iota
	MacroAll
	MacroFast
	MacroFull
)

type StoreOp uint8

const (
	StoreReplace StoreOp = iota
	StoreAdd
	StoreRemove
)

type SectionSpec uint8

const (
	SectionWhole SectionSpec = iota
	SectionHeader
	SectionHeaderFields
	SectionHeaderFieldsNot
	SectionText
	SectionMIME
)

func (*LoginArgs) args()        {}
func (*AuthenticateArgs) args() {}
func (*IDArgs) args()           {}
func (*EnableArgs) args()       {}
func (*MailboxArgs) args()      {}
func (*SelectArgs) args()       {}
func (*AppendArgs) args()       {}
func (*FetchArgs) args()        {}
func (*StoreArgs) args()        {}
func (*CopyArgs) args()         {}
func (*SearchArgs) args()       {}
func (*SortArgs) args()         {}
func (*ThreadArgs) args()       {} // and the other Args types above

type Fetch struct{ Items []FetchData } // FETCH, UIDFETCH, CONVERTED: wire order, repeats kept
type FetchData struct {
	Name             AttName
	HasOrigin, IsNil bool
	Date             DateTime
	Section          *Section
	Origin, Num      uint64
	Str              String
	Flags            []Flag
	Envelope         *Envelope
	Body             *BodyStructure
	Unknown          *Unknown
}

// Num: UID, sizes, MODSEQ, X-GM-MSGID; Str: BODY[], BINARY[], RFC822*, PREVIEW, EMAILID; Flags: FLAGS, X-GM-LABELS; Date: INTERNALDATE, SAVEDATE; Origin: BODY[]<origin>; Unknown: everything without a field
func (f *Fetch) Item(n AttName) *FetchData         { panic("unbuilt") }
func (f *Fetch) Flags() ([]Flag, bool)             { panic("unbuilt") }
func (f *Fetch) Size() (uint64, bool)              { panic("unbuilt") }
func (f *Fetch) ModSeq() (uint64, bool)            { panic("unbuilt") }
func (f *Fetch) InternalDate() DateTime            { panic("unbuilt") }
func (f *Fetch) Envelope() *Envelope               { panic("unbuilt") }
func (f *Fetch) BodyStructure() *BodyStructure     { panic("unbuilt") }
func (f *Fetch) Section(s *Section) (String, bool) { panic("unbuilt") } // BODY or BODYSTRUCTURE; nil Section: BODY[] or RFC822
type Envelope struct {
	Date, Subject                      String
	From, Sender, ReplyTo, To, Cc, Bcc Addresses
	InReplyTo, MessageID               String
}

func (e *Envelope) Clone() *Envelope { panic("unbuilt") }

type Addresses []Address

func (as Addresses) Mailboxes() iter.Seq2[String, *Address] { panic("unbuilt") } // without the group marks; the name of the group beside each
type Address struct{ Name, ADL, Mailbox, Host String }

func (a *Address) Spec() string       { panic("unbuilt") }
func (a *Address) IsGroupStart() bool { panic("unbuilt") }
func (a *Address) IsGroupEnd() bool   { panic("unbuilt") } // mailbox@host; encoded words and net/mail are the caller's: they cost the wasm too much
type BodyStructure struct {
	Type, Subtype             String
	Params                    []Pair
	ID, Description, Encoding String
	Octets, Lines             uint64
	Envelope                  *Envelope
	Parts                     []*BodyStructure
	Multipart, Extended       bool
	MD5, Disposition          String
	DispositionParams         []Pair
	Languages                 []String
	Location                  String
	Ext                       []Value
}                                                                                // Parts: of a multipart; the one body of a message/rfc822. Extended: extension data was written
func (b *BodyStructure) Is(mediaType string) bool                                { panic("unbuilt") }
func (b *BodyStructure) Param(name string) String                                { panic("unbuilt") }
func (b *BodyStructure) Filename() string                                        { panic("unbuilt") }
func (b *BodyStructure) Clone() *BodyStructure                                   { panic("unbuilt") } // Is("text/plain"), Is("image/*")
func (b *BodyStructure) Walk() iter.Seq2[[]uint32, *BodyStructure]               { panic("unbuilt") } // parts with the number that BODY[...] takes (nil: a multipart root), message/rfc822 counted right; the number is valid for one step
func (b *BodyStructure) Find(mediaType string) (part []uint32, p *BodyStructure) { panic("unbuilt") } // the first that is no attachment; part is owned
type Capabilities struct {
	Set  CapSet
	List []Capability
}
type List struct {
	Attrs            []Flag
	Delim            byte
	Mailbox, OldName Mailbox
	ChildInfo        []String
	Ext              []Param
} // Delim 0: NIL

type StatusItem struct {
	Att   StatusAtt
	Word  []byte
	Num   uint64
	Value Value
}
type StatusData struct {
	Mailbox Mailbox
	Items   []StatusItem
}

func (s *StatusData) Get(a StatusAtt) (uint64, bool) { panic("unbuilt") }

type NumList struct {
	Nums      []uint32
	ModSeq    uint64
	HasModSeq bool
}
type ESearch struct {
	Tag             String
	UID, HasCount   bool
	Min, Max, Count uint32
	All             NumSet
	ModSeq          uint64
	Mailbox         Mailbox
	UIDValidity     uint32
	Ext             []Param
}
type Threads struct{ Nodes []ThreadNode }
type ThreadNode struct{ Num, Depth uint32 } // preorder: depth is the sender's choice, so no recursion, here or in the parser. Num 0: a parent that is not there
type FlagList struct{ Flags []Flag }
type Vanished struct {
	Earlier bool
	UIDs    NumSet
}
type Namespace struct{ Personal, Other, Shared []NamespaceItem }
type NamespaceItem struct {
	Prefix Mailbox
	Delim  byte
	Ext    []Value
}
type ID struct{ Pairs []Pair }
type Quota struct {
	Resource     []byte
	Usage, Limit uint64
}
type QuotaData struct {
	Root   String
	Quotas []Quota
}
type ACL struct {
	Mailbox Mailbox
	Entries []Pair
	More    []String
}
type Metadata struct {
	Mailbox Mailbox
	Entries []Pair
	Names   bool
} // Names: the unsolicited form without values
type Words struct {
	Mailbox Mailbox
	Words   []String
}
type URLData struct{ Items []URLDatum }
type URLDatum struct {
	URL, Data String
	Parts     []Value
}
type Batches struct {
	Tag    String
	Ranges NumSet
}

func (*Fetch) data()        {}
func (*Capabilities) data() {}
func (*List) data()         {}
func (*StatusData) data()   {}
func (*NumList) data()      {}
func (*ESearch) data()      {}
func (*Vanished) data()     {} // and the other Data types above
func (*CreateArgs) args()   {}
func (*RenameArgs) args()   {}
func (*ListArgs) args()     {}
func (*StatusArgs) args()   {}
func (*ReplaceArgs) args()  {}
func (*ExpungeArgs) args()  {}
func (*ACLArgs) args()      {}
func (*QuotaArgs) args()    {}
func (*MetadataArgs) args() {}
func (*NotifyArgs) args()   {}
func (*URLFetchArgs) args() {}
func (*ConvertArgs) args()  {}
func (*BatchesArgs) args()  {}
func (*WordsArgs) args()    {}
func (*Threads) data()      {}
func (*FlagList) data()     {}
func (*Namespace) data()    {}
func (*ID) data()           {}
func (*QuotaData) data()    {}
func (*ACL) data()          {}
func (*Metadata) data()     {}
func (*Words) data()        {}
func (*URLData) data()      {}
func (*Batches) data()      {}
