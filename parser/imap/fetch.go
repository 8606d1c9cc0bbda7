package imap

// Fetch is the data of FETCH, UIDFETCH and CONVERTED: its items in wire order, repeated ones kept.
type Fetch struct{ Items []FetchData }

// FetchData is one item of FETCH data (RFC 9051 §7.5.2), with the fields for all kinds of them.
type FetchData struct {
	Name      AttName
	HasOrigin bool           // BODY[]<origin> was written
	IsNil     bool           // the value is NIL, where that isn't said by Str
	Date      DateTime       // INTERNALDATE, SAVEDATE
	Section   *Section       // of BODY[...], BINARY[...] and BINARY.SIZE[...]; nil is []
	Origin    uint64         // BODY[]<origin>
	Num       uint64         // UID, sizes, MODSEQ, X-GM-MSGID, X-GM-THRID
	Str       String         // BODY[...], BINARY[...], RFC822*, PREVIEW, EMAILID, THREADID
	Flags     []Flag         // FLAGS, X-GM-LABELS
	Envelope  *Envelope      // ENVELOPE
	Body      *BodyStructure // BODY, BODYSTRUCTURE
	Unknown   *Unknown       // every item that has no field here
}

func (*Fetch) data() {}

// Item returns the first item of that name, or nil.
func (f *Fetch) Item(n AttName) *FetchData {
	for i := range f.Items {
		if f.Items[i].Name == n {
			return &f.Items[i]
		}
	}
	return nil
}

// Flags returns what the FLAGS item says; ok is false if there is none.
func (f *Fetch) Flags() (fs []Flag, ok bool) {
	if it := f.Item(AttFlags); it != nil {
		return it.Flags, true
	}
	return nil, false
}

// Size returns RFC822.SIZE in octets.
func (f *Fetch) Size() (uint64, bool) { return f.num(AttRFC822Size) }

// ModSeq returns the mod-sequence (RFC 7162 §3.1.4.2).
func (f *Fetch) ModSeq() (uint64, bool) { return f.num(AttModSeq) }

// UID returns the UID item.
func (f *Fetch) UID() (uint64, bool) { return f.num(AttUID) }

func (f *Fetch) num(n AttName) (uint64, bool) {
	if it := f.Item(n); it != nil {
		return it.Num, true
	}
	return 0, false
}

// InternalDate returns INTERNALDATE, zero if there is none.
func (f *Fetch) InternalDate() DateTime {
	if it := f.Item(AttInternalDate); it != nil {
		return it.Date
	}
	return DateTime{}
}

// Envelope returns ENVELOPE, or nil.
func (f *Fetch) Envelope() *Envelope {
	if it := f.Item(AttEnvelope); it != nil {
		return it.Envelope
	}
	return nil
}

// BodyStructure returns BODYSTRUCTURE, or else BODY, or nil.
func (f *Fetch) BodyStructure() *BodyStructure {
	for _, n := range [...]AttName{AttBodyStructure, AttBody} {
		if it := f.Item(n); it != nil {
			return it.Body
		}
	}
	return nil
}

// Section returns the octets of BODY[s] or BINARY[s]; a nil s is BODY[], and RFC822 says the same. Header names match as servers echo them, in
// any case and order. A partial one counts.
func (f *Fetch) Section(s *Section) (String, bool) {
	for i := range f.Items {
		switch it := &f.Items[i]; it.Name {
		case AttSection, AttBinary:
			if it.Section.Same(s) {
				return it.Str, true
			}
		case AttRFC822:
			if s.IsZero() {
				return it.Str, true
			}
		}
	}
	return String{}, false
}

func (f *Fetch) own()                { ownList(&f.Items) }
func (f *Fetch) equal(g *Fetch) bool { return equalList(f.Items, g.Items) }

func (d *FetchData) own() {
	ownPtr(&d.Section)
	d.Str.own()
	ownList(&d.Flags)
	ownPtr(&d.Envelope)
	ownPtr(&d.Body)
	ownPtr(&d.Unknown)
}

// equal needs no IsNil: the other fields are zero then.
func (d *FetchData) equal(e *FetchData) bool {
	return d.Name == e.Name && d.HasOrigin == e.HasOrigin && d.Date == e.Date && equalSection(d.Section, e.Section) &&
		d.Origin == e.Origin && d.Num == e.Num && d.Str.Equal(e.Str) && equalList(d.Flags, e.Flags) && equalPtr(d.Envelope, e.Envelope) &&
		equalPtr(d.Body, e.Body) && equalPtr(d.Unknown, e.Unknown)
}
