package imap

import "strconv"

// SectionSpec is the text that a section names within its part (RFC 9051 §6.4.5).
type SectionSpec uint8

const (
	SectionWhole           SectionSpec = iota // the part itself: []
	SectionHeader                             // HEADER
	SectionHeaderFields                       // HEADER.FIELDS (...)
	SectionHeaderFieldsNot                    // HEADER.FIELDS.NOT (...)
	SectionText                               // TEXT
	SectionMIME                               // MIME, of a numbered part only
)

var sectionWords = [...]string{"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"}

// String returns the wire spelling, "" for SectionWhole.
func (s SectionSpec) String() string {
	if int(s) < len(sectionWords) {
		return sectionWords[s]
	}
	return ""
}

// Section is what stands in the brackets of BODY[...] and BINARY[...]: section-spec = section-msgtext / (section-part ["." section-text])
// (RFC 9051 §9). A nil *Section and the zero Section are both [].
type Section struct {
	Part   []uint32 // 1.2.3
	Spec   SectionSpec
	Fields []String // header names of SectionHeaderFields and SectionHeaderFieldsNot
}

// PartSection returns the section of the part with that number: PartSection(1, 2) is [1.2].
func PartSection(part ...uint32) *Section { return &Section{Part: part} }

// HeaderFields returns the section of those header fields of the message.
func HeaderFields(names ...string) *Section {
	s := &Section{Spec: SectionHeaderFields, Fields: make([]String, len(names))}
	for i, n := range names {
		s.Fields[i] = Str(n)
	}
	return s
}

// Same reports whether s and t name the same octets: header names in any case, any order and any quoting, as servers echo them.
func (s *Section) Same(t *Section) bool {
	if s == nil {
		s = &Section{}
	}
	if t == nil {
		t = &Section{}
	}
	if !s.samePart(t) || len(s.Fields) != len(t.Fields) {
		return false
	}
	return s.covers(t) && t.covers(s)
}

// covers reports whether each header name of t is one of s.
func (s *Section) covers(t *Section) bool {
	for i := range t.Fields {
		found := false
		for j := range s.Fields {
			if found = sameField(&s.Fields[j], &t.Fields[i]); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func sameField(a, b *String) bool {
	if a.Escaped || b.Escaped {
		return foldEqual(a.Bytes(), b.Bytes())
	}
	return foldEqual(a.Raw, b.Raw)
}

func (s *Section) samePart(t *Section) bool {
	if s.Spec != t.Spec || len(s.Part) != len(t.Part) {
		return false
	}
	for i := range s.Part {
		if s.Part[i] != t.Part[i] {
			return false
		}
	}
	return true
}

// IsZero reports whether s is [], nil included.
func (s *Section) IsZero() bool { return s == nil || len(s.Part) == 0 && s.Spec == SectionWhole }

// String returns the section in a readable form, brackets included, header names unquoted: "[1.2.HEADER.FIELDS (From To)]".
func (s *Section) String() string {
	var room [64]byte
	b := append(room[:0], '[')
	if s != nil {
		for i, p := range s.Part {
			if i > 0 {
				b = append(b, '.')
			}
			b = strconv.AppendUint(b, uint64(p), 10)
		}
		if s.Spec != SectionWhole {
			if len(s.Part) > 0 {
				b = append(b, '.')
			}
			b = append(b, s.Spec.String()...)
		}
		if s.Spec == SectionHeaderFields || s.Spec == SectionHeaderFieldsNot {
			b = append(b, " ("...)
			for i, f := range s.Fields {
				if i > 0 {
					b = append(b, ' ')
				}
				b = f.Append(b)
			}
			b = append(b, ')')
		}
	}
	return string(append(b, ']'))
}

func (s *Section) own() {
	if s.Part != nil {
		s.Part = append(make([]uint32, 0, len(s.Part)), s.Part...)
	}
	ownList(&s.Fields)
}

func equalSection(s, t *Section) bool {
	if s == nil || t == nil {
		return s.IsZero() && t.IsZero()
	}
	if !s.samePart(t) || len(s.Fields) != len(t.Fields) {
		return false
	}
	for i := range s.Fields {
		if !sameField(&s.Fields[i], &t.Fields[i]) {
			return false
		}
	}
	return true
}
