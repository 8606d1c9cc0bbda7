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
	e, ok := t.Entry(explain.Diagnostics, f.ID)
	for _, topic := range [...]explain.Topic{explain.Quirks, explain.Errors} { // errors and what lenience forgave keep their own ids
		if !ok {
			e, ok = t.Entry(topic, f.ID)
		}
	}
	if !ok && len(f.Args) == 2 && f.Severity == diagnose.Error { // an error of the grammar: its rule and what that expects
		if e, ok = t.Entry(explain.Facts, "expected"); ok {
			return Words{Title: string(explain.Fill(nil, e.Short, f.Args[1]))}
		}
	}
	if !ok {
		return Words{Title: f.ID}
	}
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
