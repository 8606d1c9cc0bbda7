//go:build !js

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// printer writes an annotated transcript for people: one line per message, the sentence that explains it, and what is wrong with it.
type printer struct {
	w       *bufio.Writer
	words   *explain.Table
	doc     *annotate.Document
	colours bool
	width   int
	full    bool // show literals whole
	brief   bool // no sentences

	tree    syntax.Tree
	at      int // columns written in this line
	state   map[uint32]string
	counts  [diagnose.Error + 1]int
	secrets int
}

// Styles are SGR parameters (ECMA-48 §8.3.117): the sixteen colours, which every theme of a terminal makes legible.
type style string

const (
	plain   style = ""
	dim     style = "2"
	bold    style = "1"
	red     style = "31"
	green   style = "32"
	yellow  style = "33"
	blue    style = "34"
	magenta style = "35"
	cyan    style = "36"
	boldRed style = "1;31"
)

var classStyles = map[syntax.Class]style{
	syntax.ClassGap: red, syntax.ClassPunct: dim, syntax.ClassTag: dim, syntax.ClassKeyword: bold, syntax.ClassAtom: blue, syntax.ClassNumber: cyan,
	syntax.ClassString: green, syntax.ClassLiteral: yellow, syntax.ClassFlag: magenta, syntax.ClassNil: dim, syntax.ClassText: plain,
}

var marks = [...]struct {
	sign, word string
	style      style
}{{}, {"i", "hint", cyan}, {"▲", "warning", yellow}, {"◆", "quirk", magenta}, {"✗", "error", boldRed}}

// gutter is the columns before a message's text: line number, side, arrow.
const gutter = 10

func newPrinter(c *cli, words *explain.Table, colours bool) *printer {
	return &printer{w: bufio.NewWriterSize(c.out, 1<<16), words: words, colours: colours, width: c.width, state: map[uint32]string{}}
}

// print writes everything and gives the worst severity that it met.
func (p *printer) print(a *annotate.Annotator) (worst diagnose.Severity, err error) {
	p.doc = a.Document()
	p.head()
	messages := 0
	for m := range a.Messages() {
		messages++
		p.message(m)
		worst = max(worst, worstOf(m))
	}
	p.foot(messages)
	return worst, p.w.Flush()
}

func (p *printer) head() {
	d := p.doc
	switch {
	case d.Problem != "":
		p.put(boldRed, d.Problem)
		p.put(plain, " "+visible(d.Detail))
	case d.Format == "":
		p.put(dim, "no known log format")
	default:
		p.put(bold, d.Format)
		p.put(dim, fmt.Sprintf(", %.0f %% sure", 100*d.Confidence()))
	}
	p.put(dim, fmt.Sprintf(", %d octets of %s", len(d.Text), d.Container))
	p.line()
}

func (p *printer) foot(messages int) {
	p.line()
	p.put(dim, strconv.Itoa(messages)+" messages")
	for s := diagnose.Error; s > 0; s-- {
		if n := p.counts[s]; n > 0 {
			p.put(plain, "  ")
			p.put(marks[s].style, fmt.Sprintf("%s %d %s", marks[s].sign, n, plural(n, marks[s].word)))
		}
	}
	if p.secrets > 0 {
		p.put(dim, fmt.Sprintf("  %d %s masked", p.secrets, plural(p.secrets, "secret")))
	}
	p.line()
	for i := range p.doc.Connections {
		c := &p.doc.Connections[i]
		if c.Server == "" && c.Client == "" && c.Host == "" {
			continue
		}
		p.put(dim, fmt.Sprintf("connection %d", c.ID))
		for _, part := range [...][2]string{{"host", c.Host}, {"server", c.Server}, {"client", c.Client}} {
			if part[1] != "" {
				p.put(dim, "  "+part[0]+" ")
				p.put(plain, visible(part[1]))
			}
		}
		p.line()
	}
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

func (p *printer) message(m *annotate.Message) {
	if m.Kind == annotate.Noise {
		p.noise(m)
		return
	}
	p.lane(m)
	p.tokens(m)
	if m.Latency > 0 {
		p.put(dim, "  "+m.Latency.String())
	}
	p.line()
	if !p.brief {
		if s := visible(string(p.doc.AppendSummary(nil, m, p.words))); s != "" {
			p.paragraph(dim, s)
		}
	}
	p.stateChange(m)
	for i := range m.Diagnostics {
		p.finding(m, &m.Diagnostics[i])
	}
	p.secrets += len(m.Secrets)
}

// lane writes the line number and who speaks; a dashed arrow is a guess.
func (p *printer) lane(m *annotate.Message) {
	p.put(dim, fmt.Sprintf("%6d ", m.Line))
	arrow := "─"
	if !m.SideSure {
		arrow = "╌"
	}
	switch m.Side {
	case wire.Client:
		p.put(blue, "C"+arrow+"→")
	case wire.Server:
		p.put(green, "S"+arrow+"←")
	default:
		p.put(dim, "   ")
	}
	p.put(plain, " ")
}

// tokens writes a message's text in one line, secrets masked, literals folded.
func (p *printer) tokens(m *annotate.Message) {
	tree := p.doc.Tree(m, &p.tree)
	if len(tree.Nodes) == 0 {
		p.text(m, wire.Span{End: uint32(len(m.Wire))}, yellow)
		return
	}
	for span, id := range tree.Tokens() {
		kind := tree.Nodes[id].Kind
		style := classStyles[kind.Class()]
		switch {
		case tree.Nodes[id].Flags&syntax.FlagError != 0:
			style = boldRed
		case kind == syntax.KindRespStatus:
			style = statusStyle(span.Of(m.Wire))
		}
		if int(span.End) == len(m.Wire) { // the end of the message is the end of the line
			span.End = max(span.Start, uint32(len(bytes.TrimRight(m.Wire, "\r\n"))))
		}
		if l := m.LiteralIn(span); l != nil && !p.full && !m.Secret(l.Octets) {
			p.text(m, wire.Span{Start: span.Start, End: min(max(span.Start, l.Head.End), span.End)}, style)
			if span.End > l.Octets.Start || l.Octets.Len() == 0 {
				p.put(yellow, fmt.Sprintf("‹%d octets›", l.Octets.Len()))
			} else { // the line end of the header
				span.Start = span.End
			}
			span.Start = max(span.Start, min(l.Octets.End, span.End))
		}
		p.text(m, span, style)
	}
}

func statusStyle(word []byte) style {
	switch {
	case wire.EqualFold(word, "OK"), wire.EqualFold(word, "PREAUTH"):
		return "1;32"
	case wire.EqualFold(word, "NO"), wire.EqualFold(word, "BYE"):
		return "1;33"
	}
	return boldRed
}

// mask stands for a secret, whatever its length.
const mask = "••••••"

// text writes octets of a message, what is secret of them masked.
func (p *printer) text(m *annotate.Message, s wire.Span, how style) {
	for _, secret := range m.Secrets {
		if secret.Span.End <= s.Start || secret.Span.Start >= s.End {
			continue
		}
		if secret.Span.Start > s.Start {
			p.clipped(how, wire.Span{Start: s.Start, End: secret.Span.Start}.Of(m.Wire))
		}
		if secret.Span.Start >= s.Start { // a secret of several tokens is one mask
			p.put("7", mask)
		}
		s.Start = min(secret.Span.End, s.End)
	}
	p.clipped(how, s.Of(m.Wire))
}

// clipped writes octets up to the width of the terminal, unless everything is asked for.
func (p *printer) clipped(how style, b []byte) {
	if len(b) == 0 {
		return
	}
	room := 4*p.width - p.at // a message may take four lines
	if p.full {
		room = len(b)*4 + 1
	}
	if room <= 1 {
		return
	}
	s := visible(string(b[:min(len(b), room)]))
	if n := utf8.RuneCountInString(s); n > room || len(b) > room {
		r := []rune(s)
		s = string(r[:min(len(r), room-1)]) + "…"
	}
	p.put(how, s)
}

// noise folds lines that are no IMAP: they are in the log already.
func (p *printer) noise(m *annotate.Message) {
	first, more, _ := strings.Cut(strings.TrimRight(string(m.Wire), "\r\n"), "\n")
	p.put(dim, fmt.Sprintf("%6d  ·  ", m.Line))
	p.clipped(dim, []byte(first))
	if more != "" {
		p.put(dim, fmt.Sprintf("  (and %d more)", 1+strings.Count(more, "\n")))
	}
	p.line()
	for i := range m.Diagnostics {
		p.finding(m, &m.Diagnostics[i])
	}
}

func (p *printer) stateChange(m *annotate.Message) {
	now := m.State.String()
	if m.Mailbox != "" {
		now += " " + m.Mailbox
	}
	if p.state[m.Conn] != now {
		p.state[m.Conn] = now
		p.paragraph(cyan, "● "+visible(now))
	}
}

func (p *printer) finding(m *annotate.Message, f *annotate.Diagnostic) {
	s := min(f.Severity, diagnose.Error)
	p.counts[s]++
	words := annotate.WordsOf(p.words, &f.Finding)
	title := marks[s].sign + " " + marks[s].word + ": " + visible(words.Title)
	if f.Producer != "" {
		title += " (" + visible(f.Producer) + ")"
	}
	p.paragraph(marks[s].style, title)
	if p.brief {
		return
	}
	for _, part := range [...]struct{ label, text string }{{"", words.Body}, {"client: ", words.Client}, {"server: ", words.Server}} {
		if part.text != "" {
			p.paragraph(plain, "  "+part.label+visible(part.text))
		}
	}
	if words.RFC != "" {
		clause := "  " + f.ID + ", " + words.RFC
		if words.Section != "" {
			clause += " §" + words.Section
		}
		p.paragraph(dim, clause)
	}
}

// paragraph writes text under a message, broken at the terminal's width.
func (p *printer) paragraph(how style, text string) {
	indent := strings.Repeat(" ", gutter+1+len(text)-len(strings.TrimLeft(text, " ")))
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line) > len(indent) && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > p.width {
			p.put(how, line)
			p.line()
			line = indent
		}
		if len(line) > len(indent) {
			line += " "
		}
		line += word
	}
	p.put(how, line)
	p.line()
}

func (p *printer) put(how style, s string) {
	if s == "" {
		return
	}
	p.at += utf8.RuneCountInString(s)
	if p.colours && how != plain {
		p.w.WriteString("\x1b[" + string(how) + "m" + s + "\x1b[0m")
		return
	}
	p.w.WriteString(s)
}

func (p *printer) line() {
	p.w.WriteByte('\n')
	p.at = 0
}

// visible is a transcript's text as a terminal may show it: whatever could steer the terminal or turn the text's direction is written out.
func visible(s string) string {
	ok := true
	for i := 0; i < len(s) && ok; i++ {
		ok = s[i] >= ' ' && s[i] < 0x7F
	}
	if ok {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case r == utf8.RuneError && n == 1, r < 0x80 && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\x%02X`, s[i])
		case !unicode.IsPrint(r): // C1 controls, bidirectional controls, and other format characters
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}
