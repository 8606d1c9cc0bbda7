package api

import (
	"strings"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Step annotates on and tells how far it came.
func (d *Document) Step(octets int) []byte {
	finished := d.steps.Step(octets)
	done, total := d.steps.Progress()
	var w jsondoc.Writer
	w.Open('{').Key("done").Int(done).Key("total").Int(total).Key("messages").Int(len(d.Messages)).Key("finished").Bool(finished)
	return w.Close('}').Buf
}

// Overview is what the whole text is.
func (d *Document) Overview() []byte {
	var w jsondoc.Writer
	w.Open('{').Key("source").Open('{').Key("container").String(d.Container.String()).Key("bytes").Int(len(d.Text))
	w.Key("length").Int(d.positions.Len()).Key("decoded").Bool(d.Container != transcript.Text).Close('}')
	w.Key("format").Open('{').Key("id").String(d.Format).Key("name").String(formatName(d.Format))
	w.Key("confidence").Ratio(d.Confidence()).Key("guesses").Open('[')
	for _, g := range d.Guesses() {
		w.Open('{').Key("id").String(g.ID).Key("name").String(formatName(g.ID)).Key("confidence").Ratio(g.Confidence).Close('}')
	}
	w.Close(']').Close('}')
	if d.Problem != "" {
		w.Key("problem").Open('{').Key("id").String(d.Problem).Key("detail").String(d.Detail).Close('}')
	}
	d.connections(&w)
	d.totals(&w)
	return w.Close('}').Buf
}

func (d *Document) connections(w *jsondoc.Writer) {
	count := make([]int, len(d.Connections))
	first := make([]uint32, len(d.Connections))
	for i := range first {
		first[i] = annotate.None
	}
	for i := range d.Messages {
		if m := &d.Messages[i]; int(m.Conn) < len(count) && m.Kind != annotate.Noise {
			count[m.Conn]++
			first[m.Conn] = min(first[m.Conn], m.ID)
		}
	}
	w.Key("connections").Open('[')
	for i := range d.Connections {
		c := &d.Connections[i]
		w.Open('{').Key("id").Uint(uint64(c.ID)).Key("host").String(c.Host).Key("server").String(c.Server).Key("client").String(c.Client)
		w.Key("why").Strings(c.Why).Key("messages").Int(count[i]).Key("first").Uint(uint64(first[i])).Close('}')
	}
	w.Close(']')
}

func (d *Document) totals(w *jsondoc.Writer) {
	var commands, client, server, secrets, literals, repaired int
	var severities [diagnose.Error + 1]int
	for i := range d.Messages {
		m := &d.Messages[i]
		switch m.Side {
		case wire.Client:
			client++
		case wire.Server:
			server++
		}
		if m.Kind == annotate.Command {
			commands++
		}
		secrets += len(m.Secrets)
		literals += len(m.Literals)
		for j := range m.Literals {
			if m.Literals[j].State == transcript.Repaired {
				repaired++
			}
		}
		for j := range m.Diagnostics {
			severities[min(m.Diagnostics[j].Severity, diagnose.Error)]++
		}
	}
	w.Key("totals").Open('{').Key("messages").Int(len(d.Messages)).Key("commands").Int(commands).Key("client").Int(client).Key("server").Int(server)
	w.Key("errors").Int(severities[diagnose.Error]).Key("quirks").Int(severities[diagnose.Quirk])
	w.Key("warnings").Int(severities[diagnose.Warning]).Key("hints").Int(severities[diagnose.Hint])
	w.Key("secrets").Int(secrets).Key("literals").Int(literals).Key("repaired").Int(repaired).Close('}')
}

// Summaries is messages [from, to) in words.
func (d *Document) Summaries(from, to int) []byte {
	from, to = between(from, to, len(d.Messages))
	var w jsondoc.Writer
	var text []byte
	w.Open('[')
	for i := from; i < to; i++ {
		m := &d.Messages[i]
		text = d.AppendSummary(text[:0], m, d.words)
		w.Open('{').Key("message").Uint(uint64(m.ID)).Key("summary").String(string(text)).Key("sideWhy").Open('[')
		for _, y := range m.SideWhy {
			e, _ := d.words.Entry(explain.Sides, y.String())
			w.Open('{').Key("id").String(y.String()).Key("text").String(e.Short).Close('}')
		}
		w.Close(']').Close('}')
	}
	return w.Close(']').Buf
}

// ParseError is what the grammar could not read in a message, or null.
func (d *Document) ParseError(message int) ([]byte, error) {
	m, err := d.message(message)
	if err != nil {
		return nil, err
	}
	var w jsondoc.Writer
	if m.Err == nil {
		return w.Null().Buf, nil
	}
	start, end := d.place(m, m.Err.Span)
	w.Open('{').Key("code").String(m.Err.Code.ID()).Key("start").Uint(uint64(start)).Key("end").Uint(uint64(end))
	w.Key("rule").String(m.Err.Rule.String()).Key("expect").Open('[')
	var expected []string
	for x := range m.Err.Expected {
		w.String(x)
		if len(x) == 1 { // an octet, which would be taken for the sentence's own punctuation
			x = "“" + x + "”"
		}
		expected = append(expected, x)
	}
	found := shown(m.Err.Span.Of(m.Wire), 40)
	e, ok := d.words.Entry(explain.Facts, "expected-found")
	if len(expected) == 0 || !ok {
		e, _ = d.words.Entry(explain.Errors, m.Err.Code.ID())
	}
	text := explain.Fill(nil, e.Short, strings.Join(expected, ", "), found)
	return w.Close(']').Key("text").String(string(text)).Close('}').Buf, nil
}

// Findings is all words of diagnostics [from, to), numbered as in the table.
func (d *Document) Findings(from, to int) []byte {
	var w jsondoc.Writer
	w.Open('[')
	index := 0
	for i := range d.Messages {
		all := d.Messages[i].Diagnostics
		if index+len(all) <= from {
			index += len(all)
			continue
		}
		for j := range all {
			if index >= from && index < to {
				d.finding(&w, index, &all[j])
			}
			index++
		}
		if index >= to {
			break
		}
	}
	return w.Close(']').Buf
}

func (d *Document) finding(w *jsondoc.Writer, index int, f *annotate.Diagnostic) {
	words := annotate.WordsOf(d.words, &f.Finding)
	w.Open('{').Key("index").Int(index).Key("id").String(f.ID).Key("severity").String(jsondoc.SeverityName(f.Severity))
	w.Key("message").Uint(uint64(f.Message))
	w.Key("start").Uint(uint64(d.positions.Editor(f.Start))).Key("end").Uint(uint64(d.positions.Editor(f.End))).Key("related").Open('[')
	for _, r := range f.Related {
		w.Uint(uint64(r))
	}
	w.Close(']').Key("title").String(words.Title).Key("body").String(words.Body)
	w.Key("fix").Open('{').Key("client").String(words.Client).Key("server").String(words.Server).Close('}')
	references(w, words.Refs)
	w.Key("producer").String(f.Producer).Key("confidence").Ratio(f.Confidence).Close('}')
}

// references writes "RFC 9051 §7.5.2; RFC 3501 §7.4.2" as a list with addresses.
func references(w *jsondoc.Writer, refs string) {
	w.Key("refs").Open('[')
	for ref := range strings.FieldsFuncSeq(refs, func(r rune) bool { return r == ';' || r == ',' }) {
		rfc, section, _ := strings.Cut(ref, "§")
		rfc, section = strings.TrimSpace(rfc), strings.TrimSpace(section)
		if rfc == "" {
			continue
		}
		w.Open('{').Key("rfc").String(rfc).Key("section").String(section).Key("url").String(address(rfc, section)).Close('}')
	}
	w.Close(']')
}

// address is where a document stands; empty when it is no RFC.
func address(rfc, section string) string {
	number, ok := strings.CutPrefix(rfc, "RFC ")
	if !ok || number == "" || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	at := "https://www.rfc-editor.org/rfc/rfc" + number
	switch {
	case section == "":
		return at
	case section[0] >= 'A' && section[0] <= 'Z':
		return at + "#appendix-" + section
	}
	return at + "#section-" + section
}

// History is what a connection said of capabilities, mailboxes and states, message by message.
func (d *Document) History(connection int) []byte {
	var w jsondoc.Writer
	w.Open('{').Key("connection").Int(connection)
	d.capabilities(&w, connection)
	d.mailboxes(&w, connection)
	w.Key("states").Open('[')
	state := ""
	for i := range d.Messages {
		if m := &d.Messages[i]; int(m.Conn) == connection && m.Kind != annotate.Noise && m.State.String() != state {
			state = m.State.String()
			w.Open('{').Key("message").Uint(uint64(m.ID)).Key("state").String(state).Close('}')
		}
	}
	return w.Close(']').Close('}').Buf
}

func (d *Document) capabilities(w *jsondoc.Writer, connection int) {
	w.Key("capabilities").Open('[')
	if connection >= 0 && connection < len(d.Connections) {
		var before []string
		for _, c := range d.Connections[connection].Caps {
			now := strings.Fields(c.Words)
			w.Open('{').Key("message").Uint(uint64(c.ID)).Key("state").String(c.State.String()).Key("all").Strings(now)
			w.Key("added").Strings(without(now, before)).Key("removed").Strings(without(before, now)).Key("enabled").Bool(false).Close('}')
			before = now
		}
	}
	w.Close(']')
}

// without is what a has and b hasn't, without regard to case.
func without(a, b []string) (rest []string) {
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || strings.EqualFold(x, y)
		}
		if !found {
			rest = append(rest, x)
		}
	}
	return rest
}

// mailboxes lists what became known about the selected mailbox.
func (d *Document) mailboxes(w *jsondoc.Writer, connection int) {
	w.Key("mailboxes").Open('[')
	selected := ""
	for i := range d.Messages {
		m := &d.Messages[i]
		if int(m.Conn) != connection {
			continue
		}
		event := func(mailbox, what, value string) {
			w.Open('{').Key("message").Uint(uint64(m.ID)).Key("mailbox").String(mailbox).Key("what").String(what).Key("value").String(value).Close('}')
		}
		if m.Mailbox != selected {
			if m.Mailbox == "" {
				event(selected, "closed", "")
			} else {
				event(m.Mailbox, "selected", "")
			}
			selected = m.Mailbox
		}
		if m.Side != wire.Server || m.Kind != annotate.Data && m.Kind != annotate.Status {
			continue
		}
		if what := counted(m.Name); what != "" || m.Kind == annotate.Status {
			value, _, _ := d.Parse(m)
			mailboxEvent(value.Response, what, func(what, value string) { event(d.opening(m), what, value) })
		}
	}
	w.Close(']')
}

// opening is the mailbox that m speaks of: the selected one, or the one that is being selected.
func (d *Document) opening(m *annotate.Message) string {
	if m.Mailbox == "" && m.Answers < uint32(len(d.Messages)) {
		if by := d.Messages[m.Answers].AnsweredBy; by < uint32(len(d.Messages)) {
			return d.Messages[by].Mailbox
		}
	}
	return m.Mailbox
}

func counted(name string) string {
	switch name {
	case "EXISTS", "RECENT", "EXPUNGE":
		return strings.ToLower(name)
	}
	return ""
}

func mailboxEvent(r *imap.Response, what string, event func(what, value string)) {
	if r == nil {
		return
	}
	if what != "" {
		event(what, decimal(uint64(r.Num)))
		return
	}
	if r.Code == nil {
		return
	}
	switch r.Code.Name {
	case imap.CodeUIDNext:
		event("uidnext", decimal(r.Code.Num))
	case imap.CodeUIDValidity:
		event("uidvalidity", decimal(r.Code.Num))
	case imap.CodeUnseen:
		event("unseen", decimal(r.Code.Num))
	case imap.CodeHighestModSeq:
		event("highestmodseq", decimal(r.Code.Num))
	}
}
