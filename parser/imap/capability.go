package imap

import (
	"bytes"
	"iter"
	"math/bits"

	"github.com/imapwire/imapwire/parser/wire"
)

// CapSet is a set of known capabilities: a value to keep, with nothing behind it. The zero CapSet is empty.
type CapSet [4]uint64

// The known capabilities must fit into CapSet's bits.
var _ [256 - countCap]struct{}

// CapSetOf returns the set of cs.
func CapSetOf(cs ...Cap) CapSet {
	var s CapSet
	for _, c := range cs {
		s.Add(c)
	}
	return s
}

// Add puts c into s; CapUnknown stays outside.
func (s *CapSet) Add(c Cap) {
	if c != CapUnknown && c < countCap {
		s[c>>6] |= 1 << (c & 63)
	}
}

// Has reports whether c is in s.
func (s CapSet) Has(c Cap) bool { return c < countCap && s[c>>6]&(1<<(c&63)) != 0 }

// IsZero reports whether s is empty.
func (s CapSet) IsZero() bool { return s == CapSet{} }

// All yields the members of s in the order of their constants.
func (s CapSet) All() iter.Seq[Cap] {
	return func(yield func(Cap) bool) {
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				if !yield(Cap(i<<6 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// Capability is one word of a capability list (RFC 9051 §7.2.2).
type Capability struct {
	Name  []byte // the whole word, as written
	Value []byte // what follows its "=", or nil
	Span  wire.Span
	Known Cap
}

// Caps returns the capabilities of those names: Caps("IMAP4rev2", "AUTH=PLAIN").
func Caps(names ...string) []Capability {
	cs := make([]Capability, len(names))
	for i, n := range names {
		cs[i] = CapabilityOf([]byte(n))
	}
	return cs
}

// CapabilityOf returns the capability of the word b, which it keeps.
func CapabilityOf(b []byte) Capability {
	c := Capability{Name: b, Known: LookupCap(b)}
	if i := bytes.IndexByte(b, '='); i >= 0 {
		c.Value = b[i+1:]
	}
	return c
}

// Capabilities is the data of CAPABILITY and ENABLED, and of the CAPABILITY code.
type Capabilities struct {
	Set  CapSet       // the known ones; owned
	List []Capability // all, in wire order
}

func (*Capabilities) data() {}

// CapabilitiesOf returns the list of those names with its set.
func CapabilitiesOf(names ...string) *Capabilities {
	c := &Capabilities{List: Caps(names...)}
	for i := range c.List {
		c.Set.Add(c.List[i].Known)
	}
	return c
}

func (c *Capability) own() {
	c.Name = cloneBytes(c.Name)
	if c.Value != nil && len(c.Value) <= len(c.Name) {
		c.Value = c.Name[len(c.Name)-len(c.Value):]
	}
}

func (c *Capability) equal(d *Capability) bool { return foldEqual(c.Name, d.Name) }

func (c *Capabilities) own()                       { ownList(&c.List) }
func (c *Capabilities) equal(d *Capabilities) bool { return equalList(c.List, d.List) }
