package annotate

import (
	"strings"

	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
)

// Words is all there is to say about a finding, its arguments filled in.
type Words struct {
	Title, Body    string
	Client, Server string // what the author of a client, of a server should do
	RFC, Section   string // the first of Refs
	Refs           string // "RFC 9051 §7.5.2; RFC 3501 §7.4.2"
}

// WordsOf words a finding. Without a table the title is the finding's id.
func WordsOf(t *explain.Table, f *diagnose.Finding) Words {
	if t == nil {
		return Words{Title: f.ID}
	}
	if e, ok := t.Entry(explain.Diagnostics, f.ID); ok {
		return wordsOf(&e, f)
	}
	e, known := t.Entry(explain.Errors, f.ID)                                       // what the grammar refused keeps the parser's id, and has the rule and what it expects as arguments
	if q, ok := t.Entry(explain.Quirks, f.ID); ok && (!known || len(f.Args) != 2) { // so does what lenience forgave; a few ids are both
		w := wordsOf(&q, f)
		if g, ok := t.Entry(explain.Facts, "grammar-quirk"); ok && w.Body == "" {
			w.Body = g.Long
		}
		return w
	}
	if !known && len(f.Args) == 2 && f.Args[1] != "" {
		if x, ok := t.Entry(explain.Facts, "expected"); ok {
			e.Short = string(explain.Fill(nil, x.Short, f.Args[1]))
			known = true
		}
	}
	if !known {
		return Words{Title: f.ID}
	}
	w := wordsOf(&e, f)
	general := "grammar-error"
	if len(f.Args) != 2 || f.Args[0] == "" || f.Args[1] == "" {
		general = "grammar-error-plain"
	}
	if g, ok := t.Entry(explain.Facts, general); ok {
		g := wordsOf(&g, f)
		if w.Body == "" {
			w.Body = g.Body
		}
		if w.Client == "" && w.Server == "" {
			w.Client, w.Server = g.Client, g.Server
		}
	}
	if w.RFC == "" && len(f.Args) > 0 { // where the rule stands that was broken
		if k, ok := t.Entry(explain.Kinds, f.Args[0]); ok {
			w.RFC, w.Section, w.Refs = k.RFC, k.Section, k.Refs
		}
	}
	return w
}

// wordsOf fills the finding's arguments into an entry.
func wordsOf(e *explain.Entry, f *diagnose.Finding) Words {
	fill := func(s string) string { return string(explain.Fill(nil, s, f.Args...)) }
	return Words{Title: fill(e.Short), Body: fill(e.Long), Client: fill(e.Client), Server: fill(e.Server), RFC: e.RFC, Section: e.Section, Refs: e.Refs}
}

// RepairWords words the reason of a literal's repair: an id, and its numbers after spaces. Without a table it is the reason itself.
func RepairWords(t *explain.Table, reason string) string {
	if t == nil {
		return reason
	}
	id, args, _ := strings.Cut(reason, " ")
	e, ok := t.Entry(explain.Repairs, id)
	if !ok {
		return reason
	}
	return string(explain.Fill(nil, e.Short, strings.Fields(args)...))
}
