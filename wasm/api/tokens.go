package api

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// Classes beyond those of package syntax, as CLASSES in types.ts has them.
const (
	classCode = syntax.ClassText + 1 + iota
	classMailbox
	classSet
	classStatusOK
	classStatusNo
	classStatusBad
	classLiteralHead
)

// tokenFields is the numbers per token: TOKEN_FIELDS in types.ts.
const tokenFields = 6

// Tokens is the tokens of messages [from, to) as one column of tokenFields numbers each.
func (d *Document) Tokens(from, to int) []byte {
	from, to = between(from, to, len(d.Messages))
	var all []uint32
	var classes []syntax.Class
	for i := from; i < to; i++ {
		m := &d.Messages[i]
		tree := d.Tree(m, &d.tree)
		classes = classify(classes[:0], tree, m)
		for span, id := range tree.Tokens() {
			class := classes[id]
			if !tree.IsLeaf(id) && isPunctuation(span.Of(m.Wire)) { // octets that no child covers
				class = syntax.ClassPunct
			}
			if m.Kind == annotate.Data && wire.EqualFold(bytes.TrimSpace(span.Of(m.Wire)), m.Name) {
				class = syntax.ClassKeyword
			}
			if l := m.LiteralIn(span); l != nil && class == syntax.ClassLiteral && span.Start <= l.Head.Start {
				head := wire.Span{Start: span.Start, End: l.Octets.Start}
				all = d.token(all, m, tree, head, id, classLiteralHead)
				span.Start = l.Octets.Start
			}
			all = d.token(all, m, tree, span, id, class)
		}
	}
	var c Columns
	c.Count(len(all) / tokenFields)
	U32(&c, len(all), func(i int) uint32 { return all[i] })
	return c.b
}

// token appends the records of one token, one for each range of the text that it stands on.
func (d *Document) token(all []uint32, m *annotate.Message, tree *syntax.Tree, s wire.Span, id syntax.ID, class syntax.Class) []uint32 {
	n := &tree.Nodes[id]
	flags := uint32(n.Flags)
	if overlapsSecret(m, s) {
		flags |= uint32(syntax.FlagSecret)
	}
	for start, end := range pieces(m, s) {
		if at, until := d.positions.Editor(start), d.positions.Editor(end); at < until {
			all = append(all, at, until, uint32(class)|flags<<8, uint32(n.Kind), m.ID, id)
		}
	}
	return all
}

// pieces yields the ranges of the text that hold octets s of m: one, unless the log put something between.
func pieces(m *annotate.Message, s wire.Span) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		if m.Runs == nil {
			yield(m.Place(s))
			return
		}
		start, end := -1, -1
		for _, r := range m.RunsIn(s) {
			if r.SrcLen == 0 {
				continue
			}
			from, to := m.Place(wire.Span{Start: max(s.Start, r.Wire), End: min(s.End, r.Wire+r.WireLen)})
			if from == end {
				end = to
				continue
			}
			if start >= 0 && !yield(start, end) {
				return
			}
			start, end = from, to
		}
		if start >= 0 {
			yield(start, end)
		}
	}
}

// classify gives every node of a tree its class: that of its kind, made finer by the rules around it.
func classify(dst []syntax.Class, tree *syntax.Tree, m *annotate.Message) []syntax.Class {
	for i := range tree.Nodes {
		dst = append(dst, tree.Nodes[i].Kind.Class())
	}
	top := make([]bool, len(tree.Nodes)) // directly below the root
	if len(tree.Nodes) > 0 {
		for id := range tree.Children(0) {
			top[id] = true
		}
	}
	for i := range tree.Nodes {
		n := &tree.Nodes[i]
		// Only the name of what the message is stays a keyword, so that it stands out.
		if dst[i] == syntax.ClassKeyword && n.Kind != syntax.KindCommandName && !(n.Kind == syntax.KindKeyword && top[i]) {
			dst[i] = syntax.ClassAtom
		}
		switch n.Kind {
		case syntax.KindRespStatus:
			dst[i] = statusClass(n.Of(m.Wire))
		case syntax.KindRespCodeName:
			dst[i] = classCode
		case syntax.KindLiteralHeader:
			dst[i] = classLiteralHead
		case syntax.KindMailbox, syntax.KindListMailbox, syntax.KindMboxOrPat:
			refine(dst[i:n.Next], classMailbox)
		case syntax.KindSequenceSet, syntax.KindUidSet, syntax.KindKnownUids, syntax.KindPartialRange:
			refine(dst[i:n.Next], classSet)
		}
	}
	return dst
}

// isPunctuation tells whether octets are neither words nor numbers.
func isPunctuation(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
			return false
		}
	}
	return true
}

// refine makes words of a subtree one class; punctuation, literals' headers and NIL stay what they are.
func refine(classes []syntax.Class, to syntax.Class) {
	for i, c := range classes {
		switch c {
		case syntax.ClassAtom, syntax.ClassString, syntax.ClassNumber, syntax.ClassKeyword:
			classes[i] = to
		}
	}
}

func statusClass(word []byte) syntax.Class {
	switch {
	case wire.EqualFold(word, "OK"), wire.EqualFold(word, "PREAUTH"):
		return classStatusOK
	case wire.EqualFold(word, "NO"), wire.EqualFold(word, "BYE"):
		return classStatusNo
	case wire.EqualFold(word, "BAD"):
		return classStatusBad
	}
	return syntax.ClassKeyword
}

func overlapsSecret(m *annotate.Message, s wire.Span) bool {
	for i := range m.Secrets {
		if x := m.Secrets[i].Span; x.Start < s.End && s.Start < x.End {
			return true
		}
	}
	return false
}

// Tree is a message's tree as columns: EngineDocument.tree in document.ts.
func (d *Document) TreeColumns(message int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil {
		return nil, err
	}
	tree := d.Tree(m, &d.tree)
	classes := classify(nil, tree, m)
	n := len(tree.Nodes)
	var c Columns
	c.Count(n)
	U32(&c, n, func(i int) uint32 { return tree.Nodes[i].Next })
	var ends []uint32
	U8(&c, n, func(i int) uint8 {
		for len(ends) > 0 && ends[len(ends)-1] <= uint32(i) {
			ends = ends[:len(ends)-1]
		}
		ends = append(ends, tree.Nodes[i].Next)
		return uint8(min(len(ends)-1, 255))
	})
	U16(&c, n, func(i int) uint16 { return uint16(tree.Nodes[i].Kind) })
	U8(&c, n, func(i int) syntax.Class { return classes[i] })
	U8(&c, n, func(i int) uint8 {
		f := tree.Nodes[i].Flags
		if overlapsSecret(m, tree.Nodes[i].Span) {
			f |= syntax.FlagSecret
		}
		return uint8(f)
	})
	U32(&c, n, func(i int) uint32 { return tree.Nodes[i].Start })
	U32(&c, n, func(i int) uint32 { return tree.Nodes[i].End })
	U32(&c, n, func(i int) uint32 { start, _ := d.place(m, tree.Nodes[i].Span); return start })
	U32(&c, n, func(i int) uint32 { _, end := d.place(m, tree.Nodes[i].Span); return end })
	values := make([]string, n)
	for i := range values {
		if tree.IsLeaf(uint32(i)) {
			values[i] = shown(tree.Nodes[i].Of(m.Wire), 80)
		}
	}
	c.List(values)
	return c.b, nil
}

// Wire is a message's octets and where they stand.
func (d *Document) Wire(message int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil {
		return nil, err
	}
	var c Columns
	c.Count(len(m.Wire))
	c.Octets(m.Wire)
	if m.Runs == nil {
		start, end := d.positions.Editor(m.Start), d.positions.Editor(m.End)
		c.Count(4)
		U32(&c, 4, func(i int) uint32 { return [...]uint32{0, uint32(len(m.Wire)), start, end - start}[i] })
		return c.b, nil
	}
	c.Count(4 * len(m.Runs))
	U32(&c, 4*len(m.Runs), func(i int) uint32 {
		r := m.Runs[i/4]
		start, end := d.positions.Editor(int(r.Src)), d.positions.Editor(int(r.Src+r.SrcLen))
		return [...]uint32{r.Wire, r.WireLen, start, end - start}[i%4]
	})
	return c.b, nil
}
