package api

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// fact is something that a token's octets say, decoded.
type fact struct{ id, label, value string }

// facts reads what can be read from the token at the end of path and from the rules around it.
func (d *Document) facts(tree *syntax.Tree, path []syntax.ID, m *annotate.Message) (all []fact) {
	add := func(id, value string) {
		if value == "" {
			return
		}
		label := id
		if e, ok := d.words.Entry(explain.Facts, id); ok {
			label = e.Short
		}
		for _, f := range all {
			if f.id == id {
				return // the innermost says it best
			}
		}
		all = append(all, fact{id, label, value})
	}
	for i := len(path) - 1; i >= 0; i-- {
		n := &tree.Nodes[path[i]]
		b := n.Of(m.Wire)
		switch n.Kind {
		case syntax.KindMailbox, syntax.KindListMailbox, syntax.KindMboxOrPat:
			add("mailbox-name", mailboxName(content(tree, path[i], m)))
		case syntax.KindDateTime:
			add("date-utc", utc(b))
		case syntax.KindSequenceSet, syntax.KindUidSet, syntax.KindKnownUids, syntax.KindKnownSequenceSet, syntax.KindKnownUidSet:
			add("set-count", setCount(b))
		case syntax.KindChallenge, syntax.KindInitialResp, syntax.KindAuthResponse, syntax.KindBase64:
			d.saslFacts(bytes.TrimRight(b, "\r\n"), add)
		case syntax.KindLiteral, syntax.KindLiteral8, syntax.KindLiteralHeader:
			literalFacts(m, n.Span, add)
		case syntax.KindQuoted:
			if text := content(tree, path[i], m); len(b) >= 2 && !bytes.Equal(text, b[1:len(b)-1]) {
				add("unescaped", string(text))
			}
		}
		if i == len(path)-1 {
			text := content(tree, path[i], m)
			if word, ok := decodeWords(text); ok {
				add("encoded-word", word)
			}
			if n.Kind.Class() == syntax.ClassNumber {
				add("size", size(b, tree, path, m))
			}
		}
	}
	return all
}

// content is what a string node says, quotes, escapes and literal header taken off.
func content(tree *syntax.Tree, id syntax.ID, m *annotate.Message) []byte {
	for i := id; i < tree.Nodes[id].Next; i++ {
		n := &tree.Nodes[i]
		b := n.Of(m.Wire)
		switch {
		case n.Kind == syntax.KindLiteralOctets:
			return b
		case len(b) >= 2 && b[0] == '"' && b[len(b)-1] == '"':
			return wire.AppendUnquoted(nil, b[1:len(b)-1])
		}
	}
	return tree.Nodes[id].Of(m.Wire)
}

// mailboxName is a name in modified UTF-7 (RFC 3501 §5.1.3) decoded; empty when it is the same or can't be.
func mailboxName(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return ""
	}
	name, err := wire.AppendMUTF7Decoded(nil, raw)
	if err != nil {
		return ""
	}
	return string(name)
}

// utc is a date-time in UTC.
func utc(b []byte) string {
	quoted := bytes.Trim(b, `"`)
	t, n := wire.ConsumeDateTime([]byte(`"` + string(quoted) + `"`))
	if n <= 0 {
		return ""
	}
	at := t.Time().UTC()
	return string(append(wire.AppendISOTime(append(wire.AppendISODate(nil, at), ' '), at, 0), " UTC"...))
}

// setCount is how many messages a set names.
func setCount(b []byte) string {
	set, err := imap.ParseSet(string(b))
	if err != nil || set.IsSaved() || set.HasStar() {
		return ""
	}
	return strconv.FormatUint(set.Count(1<<32-1), 10)
}

// saslFacts decodes base64 of a SASL exchange; what PLAIN says is named (RFC 4616 §2).
func (d *Document) saslFacts(b []byte, add func(id, value string)) {
	raw, err := wire.AppendBase64Decoded(nil, b)
	if err != nil || len(raw) == 0 {
		return
	}
	if parts := bytes.Split(raw, []byte{0}); len(parts) == 3 && utf8.Valid(raw) {
		add("sasl-authzid", string(parts[0]))
		add("sasl-authcid", string(parts[1]))
		add("sasl-password", string(parts[2]))
		return
	}
	add("base64", shown(raw, 400))
}

func literalFacts(m *annotate.Message, s wire.Span, add func(id, value string)) {
	for i := range m.Literals {
		l := &m.Literals[i]
		if l.Head.Start < s.Start || l.Head.Start >= s.End {
			continue
		}
		add("announced", decimal(l.Announced))
		if l.Found != l.Announced {
			add("found", decimal(l.Found))
		}
		return
	}
}

// size is a number of octets in larger units, where the rule around it says that it is one.
func size(b []byte, tree *syntax.Tree, path []syntax.ID, m *annotate.Message) string {
	n, used := wire.ConsumeUint64(b)
	if used != len(b) || n < 1024 || len(path) < 2 {
		return ""
	}
	around := tree.Nodes[path[len(path)-2]]
	text := around.Of(m.Wire)
	octets := around.Kind == syntax.KindLiteralHeader
	for _, name := range [...]string{"RFC822.SIZE", "SIZE", "BINARY.SIZE"} {
		octets = octets || len(text) > len(name) && wire.EqualFold(text[:len(name)], name)
	}
	if !octets {
		return ""
	}
	return binarySize(n)
}

// binarySize is a number of octets in KiB or MiB, with one digit behind the point.
func binarySize(n uint64) string {
	of, unit := uint64(1)<<10, " KiB"
	if n >= 1<<20 {
		of, unit = 1<<20, " MiB"
	}
	tenths, rest := n/of*10+n%of*10/of, n%of*10%of
	if rest > of/2 || rest == of/2 && tenths%2 == 1 {
		tenths++
	}
	return strconv.FormatUint(tenths/10, 10) + "." + strconv.FormatUint(tenths%10, 10) + unit
}

// Inlays is decoded values to show behind tokens of messages [from, to).
func (d *Document) Inlays(from, to int) []byte {
	from, to = between(from, to, len(d.Messages))
	var w jsondoc.Writer
	w.Open('[')
	for i := from; i < to; i++ {
		m := &d.Messages[i]
		tree := d.Tree(m, &d.tree)
		for id := syntax.ID(0); int(id) < len(tree.Nodes); id++ {
			n := &tree.Nodes[id]
			text := ""
			switch n.Kind {
			case syntax.KindMailbox, syntax.KindListMailbox:
				text = mailboxName(content(tree, id, m))
			case syntax.KindDateTime:
				text = utc(n.Of(m.Wire))
			}
			if text != "" && !overlapsSecret(m, n.Span) {
				_, end := d.place(m, n.Span)
				w.Open('{').Key("at").Uint(uint64(end)).Key("text").String(text).Close('}')
			}
		}
	}
	return w.Close(']').Buf
}
