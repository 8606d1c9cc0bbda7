package parser

import (
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// The tree is written while the values are read: a rule opens a node where it starts and closes it where it ends; a token is a leaf.
// Without a tree these calls are one comparison.

// open starts a node at the cursor. What it returns goes to close.
func (p *Parser) open(k syntax.Kind) int {
	if p.Tree != nil {
		return p.openNode(k, p.i)
	}
	return 0
}

// openAt is open for a node that began before the cursor.
func (p *Parser) openAt(k syntax.Kind, start int) int {
	if p.Tree != nil {
		return p.openNode(k, start)
	}
	return 0
}

// close ends the node that open started, and those that a rule below left open when it failed.
func (p *Parser) close(mark int) {
	if p.Tree != nil {
		p.closeNodes(mark)
	}
}

// closeAt is close for a node that ended at end, before the cursor.
func (p *Parser) closeAt(mark, end int) {
	if p.Tree != nil {
		p.closeNodesAt(mark, end)
	}
}

// leaf adds a token from start to the cursor.
func (p *Parser) leaf(k syntax.Kind, start int) {
	if p.Tree != nil {
		p.addLeaf(k, start)
	}
}

// leafTo is leaf for a token that ended at end, before or behind the cursor.
func (p *Parser) leafTo(k syntax.Kind, start, end int) {
	if p.Tree != nil {
		p.addToken(0, k, spanOf(start, end))
	}
}

// leafIn adds a token that is all there is of the rule: "env-subject" with a quoted string in it. Rule 0 is no node.
func (p *Parser) leafIn(rule, k syntax.Kind, start int) {
	if p.Tree != nil {
		p.addLeafIn(rule, k, start)
	}
}

// literalNodes adds a literal from start to the cursor whose last size bytes are its octets: leafIn, with header and octets below.
func (p *Parser) literalNodes(rule, k syntax.Kind, start, size int) {
	if p.Tree == nil {
		return
	}
	t := p.Tree
	head, n := spanOf(start, p.i-size), uint32(3)
	if size == 0 {
		n = 2
	}
	if rule != 0 {
		t.Nodes = append(t.Nodes, syntax.Node{Kind: rule, Span: spanOf(start, p.i), Next: uint32(len(t.Nodes)) + 1 + n})
	}
	next := uint32(len(t.Nodes)) + n
	t.Nodes = append(t.Nodes, syntax.Node{Kind: k, Span: spanOf(start, p.i), Next: next},
		syntax.Node{Kind: syntax.KindLiteralHeader, Span: head, Next: next - n + 2})
	if size > 0 {
		t.Nodes = append(t.Nodes, syntax.Node{Kind: syntax.KindLiteralOctets, Span: spanOf(p.i-size, p.i), Next: next})
	}
}

func (p *Parser) openNode(k syntax.Kind, start int) int {
	t := p.Tree
	mark := len(p.opened)
	p.opened = append(p.opened, uint32(len(t.Nodes)))
	t.Nodes = append(t.Nodes, syntax.Node{Kind: k, Span: wire.Span{Start: uint32(start)}})
	return mark
}

func (p *Parser) closeNodes(mark int) { p.closeNodesAt(mark, p.i) }

// closeNodesAt is close for a node that ended before the cursor. There is a tree.
func (p *Parser) closeNodesAt(mark, end int) {
	t := p.Tree
	for n := len(p.opened); n > mark; n-- {
		node := &t.Nodes[p.opened[n-1]]
		node.End, node.Next = uint32(end), uint32(len(t.Nodes))
	}
	p.opened = p.opened[:min(mark, len(p.opened))]
}

func (p *Parser) addLeaf(k syntax.Kind, start int) {
	t := p.Tree
	t.Nodes = append(t.Nodes, syntax.Node{Kind: k, Span: wire.Span{Start: uint32(start), End: uint32(p.i)}, Next: uint32(len(t.Nodes) + 1)})
}

func (p *Parser) addLeafIn(rule, k syntax.Kind, start int) {
	p.addToken(rule, k, spanOf(start, p.i))
}

// addToken is addLeafIn for a token that may end before the cursor. There is a tree.
func (p *Parser) addToken(rule, k syntax.Kind, span wire.Span) {
	t := p.Tree
	n := uint32(len(t.Nodes))
	if rule == 0 {
		t.Nodes = append(t.Nodes, syntax.Node{Kind: k, Span: span, Next: n + 1})
		return
	}
	t.Nodes = append(t.Nodes, syntax.Node{Kind: rule, Span: span, Next: n + 2}, syntax.Node{Kind: k, Span: span, Next: n + 2})
}

// mark sets flags on the node that was added or opened last.
func (p *Parser) mark(f syntax.Flags) {
	if p.Tree != nil && len(p.Tree.Nodes) > 0 {
		p.Tree.Nodes[len(p.Tree.Nodes)-1].Flags |= f
	}
}

// markRule sets flags on the innermost open node.
func (p *Parser) markRule(f syntax.Flags) {
	if p.Tree != nil && len(p.opened) > 0 {
		p.Tree.Nodes[p.opened[len(p.opened)-1]].Flags |= f
	}
}

// rule is the innermost rule that is being read, 0 without a tree.
func (p *Parser) rule() syntax.Kind {
	if p.Tree == nil || len(p.opened) == 0 {
		return 0
	}
	return p.Tree.Nodes[p.opened[len(p.opened)-1]].Kind
}

// nodeCount is how many nodes there are, for dropNodes.
func (p *Parser) nodeCount() int {
	if p.Tree == nil {
		return 0
	}
	return len(p.Tree.Nodes)
}

// dropNodes takes back the nodes made since there were count, in a rule that tries again from where it began: the node that open started
// with mark stays open.
func (p *Parser) dropNodes(mark, count int) {
	if p.Tree != nil {
		p.opened = p.opened[:mark+1]
		p.Tree.Nodes = p.Tree.Nodes[:count]
	}
}

// dropOpened takes back the node that open returned mark for, which is the last one.
func (p *Parser) dropOpened(mark int) {
	if p.Tree != nil {
		p.Tree.Nodes = p.Tree.Nodes[:p.opened[mark]]
		p.opened = p.opened[:mark]
	}
}
