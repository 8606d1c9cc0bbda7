package syntax

import "github.com/imapwire/imapwire/parser/wire"

// The methods below build a tree from the front to the back. All of them do nothing on a nil tree, so that a grammar calls them
// whether a tree was asked for or not, and nothing once the tree is full.

// SetLimit sets how many nodes the tree may have from now on; n <= 0 is no limit. See [Tree.Full].
func (t *Tree) SetLimit(n int) {
	if t != nil {
		t.limit = max(n, 0)
	}
}

// Full reports whether a node was left out because of the limit.
func (t *Tree) Full() bool { return t != nil && t.full }

// Open begins a node at start, whose children are the nodes made until it is closed.
func (t *Tree) Open(k Kind, start uint32) ID {
	if t == nil {
		return NoID
	}
	return t.add(Node{Kind: k, Span: span(start, start)})
}

// Close ends the node that Open returned. Nodes are closed in the reverse order of opening.
func (t *Tree) Close(id ID, end uint32) {
	if id != NoID {
		n := &t.Nodes[id]
		n.End, n.Next = end, uint32(len(t.Nodes))
	}
}

// Leaf adds a node without children.
func (t *Tree) Leaf(k Kind, start, end uint32) ID {
	if t == nil {
		return NoID
	}
	return t.add(Node{Kind: k, Span: span(start, end), Next: uint32(len(t.Nodes)) + 1})
}

func (t *Tree) add(n Node) ID {
	if t.limit > 0 && len(t.Nodes) >= t.limit {
		t.full = true
		return NoID
	}
	t.Nodes = append(t.Nodes, n)
	return ID(len(t.Nodes) - 1)
}

// SetKind changes the kind of a node, for a rule that is known only when more of it was read.
func (t *Tree) SetKind(id ID, k Kind) {
	if id != NoID {
		t.Nodes[id].Kind = k
	}
}

// Flag adds flags to a node.
func (t *Tree) Flag(id ID, f Flags) {
	if id != NoID {
		t.Nodes[id].Flags |= f
	}
}

// Mark is a place to come back to with Truncate.
func (t *Tree) Mark() ID {
	if t == nil {
		return 0
	}
	return ID(len(t.Nodes))
}

// Truncate drops all nodes made since the mark, open ones included: the way back from a rule that didn't match. Nodes opened before
// the mark stay open.
func (t *Tree) Truncate(mark ID) {
	if t != nil && int(mark) < len(t.Nodes) {
		t.Nodes = t.Nodes[:mark]
	}
}

// Wrap puts a node around all nodes made since the mark, the last of which must be closed: for a rule that is recognised by what
// follows its first part. Its cost is linear in those nodes.
func (t *Tree) Wrap(mark ID, k Kind, start, end uint32) ID {
	if t == nil || int(mark) > len(t.Nodes) {
		return NoID
	}
	if t.add(Node{}) == NoID {
		return NoID
	}
	copy(t.Nodes[mark+1:], t.Nodes[mark:])
	for i := int(mark) + 1; i < len(t.Nodes); i++ {
		t.Nodes[i].Next++
	}
	t.Nodes[mark] = Node{Kind: k, Span: span(start, end), Next: uint32(len(t.Nodes))}
	return mark
}

// CloseAll closes at end every node that is still open: after a fault, when the rules that opened them have returned.
func (t *Tree) CloseAll(end uint32) {
	if t == nil {
		return
	}
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.Next == 0 {
			n.End, n.Next = max(end, n.Start), uint32(len(t.Nodes))
		}
	}
}

func span(start, end uint32) wire.Span { return wire.Span{Start: start, End: end} }
