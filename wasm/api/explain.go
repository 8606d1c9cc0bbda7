package api

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// tokenShown is how many octets of a token an explanation shows.
const tokenShown = 200

var null = []byte("null")

// ExplainPosition explains the innermost token at a position of the editor, or answers null.
func (d *Document) ExplainPosition(position int) []byte {
	off := d.positions.Octet(position)
	m := d.At(off)
	if m == nil {
		return null
	}
	at, ok := m.Offset(off)
	if !ok { // in a prefix, say, or behind the end: the message as a whole
		return d.explain(m, 0)
	}
	return d.explainOffset(m, at)
}

// ExplainWire explains the innermost token at an octet of a message.
func (d *Document) ExplainWire(message, offset int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil || offset < 0 || offset >= len(m.Wire) {
		return null, err
	}
	return d.explainOffset(m, uint32(offset)), nil
}

func (d *Document) explainOffset(m *annotate.Message, at uint32) []byte {
	tree := d.Tree(m, &d.tree)
	id, _ := tree.Innermost(at)
	return d.explainIn(tree, m, id)
}

// ExplainNode explains a node of a message's tree.
func (d *Document) ExplainNode(message, node int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil || node < 0 {
		return null, err
	}
	return d.explain(m, uint32(node)), nil
}

func (d *Document) explain(m *annotate.Message, id syntax.ID) []byte {
	return d.explainIn(d.Tree(m, &d.tree), m, id)
}

func (d *Document) explainIn(tree *syntax.Tree, m *annotate.Message, id syntax.ID) []byte {
	if int(id) >= len(tree.Nodes) {
		return d.explainWhole(m)
	}
	n := &tree.Nodes[id]
	path := ancestors(nil, tree, id)
	entry := d.entry(tree, path, m)
	var w jsondoc.Writer
	w.Open('{').Key("message").Uint(uint64(m.ID)).Key("path").Open('[')
	for i, step := range path {
		start, end := d.place(m, tree.Nodes[step].Span)
		w.Open('{').Key("node").Uint(uint64(step)).Key("kind").String(tree.Nodes[step].Kind.String())
		w.Key("title").String(d.title(tree, path[:i+1], m)).Key("start").Uint(uint64(start)).Key("end").Uint(uint64(end)).Close('}')
	}
	class := classify(nil, tree, m)[id]
	flags := n.Flags
	if overlapsSecret(m, n.Span) {
		flags |= syntax.FlagSecret
	}
	w.Close(']').Key("title").String(d.title(tree, path, m)).Key("token").String(shown(n.Of(m.Wire), tokenShown))
	w.Key("class").String(className(class)).Key("flags").Uint(uint64(flags))
	w.Key("lead").String(entry.Short).Key("long").String(entry.Long).Key("abnf").String(entry.ABNF)
	references(&w, entry.Refs)
	w.Key("facts").Open('[')
	for _, f := range d.facts(tree, path, m) {
		w.Open('{').Key("id").String(f.id).Key("label").String(f.label).Key("value").String(f.value)
		if flags&syntax.FlagSecret != 0 {
			w.Key("secret").Bool(true)
		}
		w.Close('}')
	}
	w.Close(']').Key("notes").Strings(d.notes(m, n.Span))
	return w.Close('}').Buf
}

// explainWhole explains a message that has no tree: no IMAP, or IMAP that can't be read.
func (d *Document) explainWhole(m *annotate.Message) []byte {
	var w jsondoc.Writer
	start, end := d.positions.Editor(m.Start), d.positions.Editor(m.End)
	title := m.Kind.String()
	lead := string(d.AppendSummary(nil, m, d.words))
	w.Open('{').Key("message").Uint(uint64(m.ID)).Key("path").Open('[').Open('{').Key("node").Int(0).Key("kind").String("").Key("title").String(title)
	w.Key("start").Uint(uint64(start)).Key("end").Uint(uint64(end)).Close('}').Close(']')
	w.Key("title").String(title).Key("token").String(shown(m.Wire, tokenShown)).Key("class").String("gap").Key("flags").Int(0)
	w.Key("lead").String(lead).Key("long").String("").Key("abnf").String("")
	references(&w, "")
	w.Key("facts").Open('[').Close(']').Key("notes").Strings(nil)
	return w.Close('}').Buf
}

// ancestors appends the way from the root to a node, the node included.
func ancestors(dst []syntax.ID, tree *syntax.Tree, id syntax.ID) []syntax.ID {
	for at := syntax.ID(0); ; {
		dst = append(dst, at)
		if at == id {
			return dst
		}
		for at++; tree.Nodes[at].Next <= id; at = tree.Nodes[at].Next {
		}
	}
}

// entry is the words about the token at the end of path. A plain word or value is explained by the rule that it belongs to: the number after
// RFC822.SIZE by RFC822.SIZE, not by number64.
func (d *Document) entry(tree *syntax.Tree, path []syntax.ID, m *annotate.Message) explain.Entry {
	last := len(path) - 1
	own, _ := d.words.Token(tree, path[last], m.Wire)
	kind := tree.Nodes[path[last]].Kind
	if m.Kind == annotate.Data && wire.EqualFold(tree.Nodes[path[last]].Of(m.Wire), m.Name) { // what the response is
		if e, ok := d.words.Entry(explain.Responses, m.Name); ok {
			return e
		}
	}
	if own.Short != "" && (own.ID != kind.String() || !isPlain(kind)) {
		return own
	}
	for i := last - 1; i > 0; i-- {
		if e, ok := d.words.Token(tree, path[i], m.Wire); ok && e.Short != "" && (e.ID != tree.Nodes[path[i]].Kind.String() || !isPlain(tree.Nodes[path[i]].Kind)) {
			return e
		}
	}
	if own.Short == "" {
		own.Short = string(d.AppendSummary(nil, m, d.words))
	}
	return own
}

// isPlain says that a kind is only the form of a value, and what it means stands around it.
func isPlain(k syntax.Kind) bool {
	switch k {
	case syntax.KindKeyword, syntax.KindAtom, syntax.KindAstring, syntax.KindString, syntax.KindNstring, syntax.KindQuoted, syntax.KindUtf8Quoted,
		syntax.KindNumber, syntax.KindNzNumber, syntax.KindNumber64, syntax.KindNzNumber64, syntax.KindMinusNumber, syntax.KindTaggedExtLabel,
		syntax.KindMsgAttDynamic, syntax.KindMsgAttStatic, syntax.KindMsgAttSemistat, syntax.KindMsgAttExt:
		return true
	}
	return false
}

// title is a short name of the token at the end of path: the name that its words stand under, or its rule's name with blanks for hyphens.
func (d *Document) title(tree *syntax.Tree, path []syntax.ID, m *annotate.Message) string {
	if e := d.entry(tree, path, m); e.ID != "" {
		return strings.ReplaceAll(e.ID, "-", " ")
	}
	return strings.ReplaceAll(tree.Nodes[path[len(path)-1]].Kind.String(), "-", " ")
}

// notes says what was repaired or forgiven within s.
func (d *Document) notes(m *annotate.Message, s wire.Span) (notes []string) {
	for i := range m.Literals {
		l := &m.Literals[i]
		if l.Reason != "" && l.Head.Start < s.End && s.Start < max(l.Octets.End, l.Head.End) {
			notes = append(notes, annotate.RepairWords(d.words, l.Reason))
		}
	}
	_, forgiven, _ := d.Parse(m)
	for _, n := range forgiven {
		if n.Quirk == 0 || n.Span.Start >= s.End || s.Start >= n.Span.End {
			continue
		}
		if e, ok := d.words.Entry(explain.Quirks, n.Quirk.ID()); ok {
			notes = append(notes, e.Short)
		}
	}
	return notes
}

// className is a class in the words of CLASSES in types.ts.
func className(c syntax.Class) string {
	if s := c.String(); s != "" {
		return s
	}
	return [...]string{"code", "mailbox", "set", "status-ok", "status-no", "status-bad", "literal-head"}[c-classCode]
}

// shown is octets as text: UTF-8 as it is, other octets as \xHH, cut after at most n octets.
func shown(b []byte, n int) string {
	cut := len(b) > n
	if cut {
		b = b[:n]
	}
	var s []byte
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == '\r':
			s = append(s, `\r`...)
		case r == '\n':
			s = append(s, `\n`...)
		case r == utf8.RuneError && size == 1 && cut && !utf8.FullRune(b):
			// the cut goes through a character: leave it out
		case r == utf8.RuneError && size == 1, r < ' ', r == 0x7F:
			const hex = "0123456789ABCDEF"
			s = append(s, '\\', 'x', hex[b[0]>>4], hex[b[0]&15])
		default:
			s = append(s, b[:size]...)
		}
		b = b[size:]
	}
	if cut {
		s = append(s, "…"...)
	}
	return string(s)
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
