package syntax

import "strconv"

// The dump is for people and golden files: it bounds what a hostile message can make of it.
const (
	dumpIndent = 40 // deeper nodes aren't indented further
	dumpText   = 60 // bytes of a leaf shown
)

// AppendDump appends the tree as an S-expression, one node per line, each with its kind, span, flags and, if it is a leaf, the bytes
// of src (the message that was parsed):
//
//	(response-tagged 0:10
//	  (tag 0:2 "A1")
//	  (sp 2:3 " ")
//
// Leaves longer than 60 bytes are cut, with the number of bytes left out behind.
func (t *Tree) AppendDump(dst, src []byte) []byte {
	var space [64]ID
	open := space[:0]
	for i := ID(0); i < ID(len(t.Nodes)); i++ {
		for len(open) > 0 && t.Nodes[open[len(open)-1]].Next <= i {
			dst = append(dst, ')')
			open = open[:len(open)-1]
		}
		if i > 0 {
			dst = append(dst, '\n')
		}
		for range min(len(open), dumpIndent) {
			dst = append(dst, "  "...)
		}
		dst = t.appendNode(dst, src, i)
		open = append(open, i)
	}
	for range open {
		dst = append(dst, ')')
	}
	if len(t.Nodes) > 0 {
		dst = append(dst, '\n')
	}
	return dst
}

// appendNode appends a node up to, but without, its children and closing parenthesis.
func (t *Tree) appendNode(dst, src []byte, id ID) []byte {
	n := &t.Nodes[id]
	dst = append(dst, '(')
	dst = append(dst, n.Kind.String()...)
	dst = append(dst, ' ')
	dst = strconv.AppendUint(dst, uint64(n.Start), 10)
	dst = append(dst, ':')
	dst = strconv.AppendUint(dst, uint64(n.End), 10)
	for i, name := range [...]string{" error", " missing", " quirk", " secret"} {
		if n.Flags&(1<<i) != 0 {
			dst = append(dst, name...)
		}
	}
	if t.IsLeaf(id) && n.Start < n.End && int(n.End) <= len(src) {
		dst = append(dst, ' ')
		dst = appendText(dst, n.Span.Of(src))
	}
	return dst
}

// appendText appends bytes in double quotes, in ASCII.
func appendText(dst, b []byte) []byte {
	more := max(len(b)-dumpText, 0)
	b = b[:len(b)-more]
	dst = append(dst, '"')
	for _, c := range b {
		switch {
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '"', c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ', c > '~':
			const hex = "0123456789abcdef"
			dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	dst = append(dst, '"')
	if more > 0 {
		dst = append(dst, '+')
		dst = strconv.AppendInt(dst, int64(more), 10)
	}
	return dst
}
