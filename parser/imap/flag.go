package imap

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

// Flag is a message flag, a keyword or a mailbox attribute (RFC 9051 §2.3.2, §7.3.1).
type Flag struct {
	Name  []byte // as written, backslash included
	Span  wire.Span
	Known KnownFlag // which of the known ones it is, or FlagUnknown
}

// String returns the name as it was written.
func (f Flag) String() string { return string(f.Name) }

// Flag returns k as a Flag.
func (k KnownFlag) Flag() Flag { return Flag{Name: []byte(k.String()), Known: k} }

// Flags returns the flags of those names: Flags(`\Seen`, "$Forwarded"). Without names it returns an empty list, which is "()".
func Flags(names ...string) []Flag {
	fs := make([]Flag, len(names))
	for i, n := range names {
		fs[i].Name = []byte(n)
		fs[i].Known = LookupFlag(fs[i].Name)
	}
	return fs
}

// HasFlag reports whether k is among fs.
func HasFlag(fs []Flag, k KnownFlag) bool {
	for i := range fs {
		if fs[i].Known == k {
			return k != FlagUnknown
		}
	}
	return false
}

func (f *Flag) own() { f.Name = cloneBytes(f.Name) }

// equal ignores case, for keywords as well: servers keep one of the spellings that they saw.
func (f *Flag) equal(g *Flag) bool {
	if f.Known != FlagUnknown && g.Known != FlagUnknown {
		return f.Known == g.Known
	}
	return foldEqual(f.Name, g.Name)
}

// FlagSet is a set of flags to keep: the flags of one message, say. It owns its memory; the zero FlagSet is empty; names ignore case.
// A copy is independent of its original.
type FlagSet struct {
	known [2]uint64
	other []string // keywords that are not known, in the order in which they came; never changed in place, so copies may share it
}

// The known flags must fit into FlagSet's bits.
var _ [128 - countKnownFlag]struct{}

// FlagSetOf returns the set of fs.
func FlagSetOf(fs []Flag) FlagSet {
	var s FlagSet
	s.Apply(StoreAdd, fs)
	return s
}

// Apply changes s as STORE does with op and fs, and reports whether anything changed.
func (s *FlagSet) Apply(op StoreOp, fs []Flag) (changed bool) {
	old := *s
	if op == StoreReplace {
		*s = FlagSet{}
	}
	for i := range fs {
		k := fs[i].Known
		if k == FlagUnknown {
			k = LookupFlag(fs[i].Name)
		}
		switch {
		case k != FlagUnknown && op == StoreRemove:
			s.known[k>>6] &^= 1 << (k & 63)
		case k != FlagUnknown:
			s.known[k>>6] |= 1 << (k & 63)
		case op == StoreRemove:
			if at := s.find(fs[i].Name); at >= 0 {
				s.other = slices.Concat(s.other[:at], s.other[at+1:])
			}
		case s.find(fs[i].Name) < 0:
			s.other = append(s.other[:len(s.other):len(s.other)], string(fs[i].Name))
		}
	}
	return !s.Equal(old)
}

func (s *FlagSet) find(name []byte) int {
	for i, o := range s.other {
		if wire.EqualFold(name, o) {
			return i
		}
	}
	return -1
}

// Has reports whether k is in s.
func (s FlagSet) Has(k KnownFlag) bool {
	return k != FlagUnknown && k < countKnownFlag && s.known[k>>6]&(1<<(k&63)) != 0
}

// HasName reports whether the flag of that name is in s, in any case.
func (s FlagSet) HasName(name string) bool {
	b := []byte(name)
	if k := LookupFlag(b); k != FlagUnknown {
		return s.Has(k)
	}
	return s.find(b) >= 0
}

// IsZero reports whether s is empty.
func (s FlagSet) IsZero() bool { return s.known == [2]uint64{} && len(s.other) == 0 }

// Equal reports whether s and t have the same flags.
func (s FlagSet) Equal(t FlagSet) bool {
	if s.known != t.known || len(s.other) != len(t.other) {
		return false
	}
	for _, o := range s.other {
		if t.find([]byte(o)) < 0 {
			return false
		}
	}
	return true
}

// Names yields the names of the flags: known ones in their registered spelling, then the others in the order in which they were added.
func (s FlagSet) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, w := range s.known {
			for ; w != 0; w &= w - 1 {
				if !yield(KnownFlag(i<<6 + bits.TrailingZeros64(w)).String()) {
					return
				}
			}
		}
		for _, o := range s.other {
			if !yield(o) {
				return
			}
		}
	}
}

// AppendFlags appends the flags of s to dst, in the order of Names.
func (s FlagSet) AppendFlags(dst []Flag) []Flag {
	for n := range s.Names() {
		b := []byte(n)
		dst = append(dst, Flag{Name: b, Known: LookupFlag(b)})
	}
	return dst
}
