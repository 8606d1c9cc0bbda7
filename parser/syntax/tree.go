package syntax

import (
	"iter"

	"github.com/imapwire/imapwire/parser/wire"
)

// Flags say what is special about a node, beside its kind.
type Flags uint16

// The flags of a node. Zero is an ordinary node.
const (
	FlagError   Flags = 1 << iota // the rule failed in here; recovery went on after it
	FlagMissing                   // the grammar wants something here that isn't there; the node is usually empty
	FlagQuirk                     // accepted by a named leniency
	FlagSecret                    // a credential, or what shows one
)

// ID is the index of a node in Tree.Nodes. The root is 0.
type ID = uint32

// NoID is the ID of no node: what building on a nil or full tree returns.
const NoID ID = 1<<32 - 1

// Node is one rule of the grammar matched at Span, in 16 bytes. Next is the index after its subtree, so that the next sibling, if
// there is one, stands there. Next is 0 only while the node is being built.
type Node struct {
	Kind  Kind
	Flags Flags
	wire.Span
	Next uint32
}

// Tree is the syntax tree of one message. The zero Tree is ready, and empty.
type Tree struct {
	Nodes []Node // in preorder

	limit int // 0: none
	full  bool
}

// Reset empties the tree and keeps its memory and its limit.
func (t *Tree) Reset() { t.Nodes, t.full = t.Nodes[:0], false }

// IsLeaf reports whether the node has no children.
func (t *Tree) IsLeaf(id ID) bool { return t.Nodes[id].Next == id+1 }

// Children yields the children of a node, first to last.
func (t *Tree) Children(id ID) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for c, end := id+1, t.Nodes[id].Next; c < end && yield(c); c = t.Nodes[c].Next {
		}
	}
}

// At yields the nodes that contain the byte at off, the root first and the innermost last: nodes have no parent, and need none.
// It yields nothing where off lies outside the tree. The time is linear in the siblings passed on the way down.
func (t *Tree) At(off uint32) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for id := t.childAt(0, uint32(len(t.Nodes)), off); id != NoID && yield(id); {
			id = t.childAt(id+1, t.Nodes[id].Next, off)
		}
	}
}

// Innermost is the smallest node that contains the byte at off; ok is false where off lies outside the tree.
func (t *Tree) Innermost(off uint32) (id ID, ok bool) {
	id = NoID
	for c := t.childAt(0, uint32(len(t.Nodes)), off); c != NoID; c = t.childAt(id+1, t.Nodes[id].Next, off) {
		id = c
	}
	return id, id != NoID
}

// childAt finds the node among the siblings of Nodes[first:end] that contains off. Empty nodes contain nothing.
func (t *Tree) childAt(first, end ID, off uint32) ID {
	for c := first; c < end; c = t.Nodes[c].Next {
		if n := &t.Nodes[c]; n.Start <= off && off < n.End {
			return c
		} else if n.Start > off {
			break
		}
	}
	return NoID
}

// Find yields all nodes of a kind in the order of the message.
func (t *Tree) Find(k Kind) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for i := range t.Nodes {
			if t.Nodes[i].Kind == k && !yield(ID(i)) {
				return
			}
		}
	}
}

// Tokens yields spans that tile the message: every non-empty leaf, and every gap between nodes with the innermost node that it lies
// in. Together the spans are the span of the root, in order, without hole or overlap. A tree up to 64 deep costs no allocation.
func (t *Tree) Tokens() iter.Seq2[wire.Span, ID] {
	return func(yield func(wire.Span, ID) bool) { t.tokens(yield) }
}

func (t *Tree) tokens(yield func(wire.Span, ID) bool) {
	if len(t.Nodes) == 0 {
		return
	}
	var space [64]ID
	open := space[:0] // the path from the root to where we are
	pos := t.Nodes[0].Start
	for i := ID(0); ; {
		// Leave the nodes whose subtree is done, each after the gap behind its last child.
		for len(open) > 0 && (i == ID(len(t.Nodes)) || t.Nodes[open[len(open)-1]].Next <= i) {
			p := open[len(open)-1]
			if end := t.Nodes[p].End; pos < end {
				if !yield(wire.Span{Start: pos, End: end}, p) {
					return
				}
				pos = end
			}
			open = open[:len(open)-1]
		}
		if i == ID(len(t.Nodes)) || i > 0 && len(open) == 0 {
			return
		}
		n := &t.Nodes[i]
		if pos < n.Start {
			if !yield(wire.Span{Start: pos, End: n.Start}, open[len(open)-1]) {
				return
			}
			pos = n.Start
		}
		open = append(open, i)
		i++
	}
}
