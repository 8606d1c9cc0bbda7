//go:build !js

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
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
	say     *labels
	colours bool
	width   int
	wrap    bool // break long messages under their text: out is a screen
	full    bool // show literals whole
	brief   bool // no sentences

	tree    syntax.Tree
	at      int // columns written in this line
	state   map[uint32]string
	told    map[string]bool // bodies of findings that were written out
	found   map[tally]*places
	counts  [diagnose.Error + 1]int
	secrets int
}

// tally is what findings are counted by at the end.
type tally struct {
	severity diagnose.Severity
	id       string
}

// places are how often something was found, and the first lines of it.
type places struct {
	count int
	lines [5]int
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
	sign  string
	style style
}{{}, {"i", cyan}, {"▲", yellow}, {"◆", magenta}, {"✗", boldRed}}

// labels are the printer's own words in a language; all others are explain's.
type labels struct {
	one, many              [diagnose.Error + 1]string // names of severities
	client, server         string
	messages, secrets      string // with their number
	octets, sure, noFormat string
	more                   string
	lines                  [2]string // before one line's number, before those of several
	colon                  string
	host, named, by        string // of a connection
}

var labelsOf = map[string]*labels{
	"en": {
		one: [...]string{"", "hint", "warning", "quirk", "error"}, many: [...]string{"", "hints", "warnings", "quirks", "errors"}, client: "client: ", server: "server: ",
		messages: "%d messages", secrets: "%d masked", octets: ", %d octets of %s", sure: ", %.0f %% sure", noFormat: "no known log format", more: "  (and %d more)",
		lines: [...]string{"line", "lines"}, colon: ": ",
		host: "  host ", named: "  server ", by: "  client ",
	},
	"zh": {
		one: [...]string{"", "提示", "警告", "偏差", "错误"}, many: [...]string{"", "提示", "警告", "偏差", "错误"}, client: "客户端：", server: "服务器：",
		messages: "%d 条消息", secrets: "遮盖 %d 处", octets: "，%d 字节（%s）", sure: "，把握 %.0f %%", noFormat: "不是已知的日志格式", more: "  （还有 %d 行）",
		lines: [...]string{"行", "行"}, colon: "：",
		host: "  主机 ", named: "  服务器 ", by: "  客户端 ",
	},
}

// gutter is the columns before a message's text: line number, side, arrow.
const gutter = 10

func newPrinter(c *cli, words *explain.Table, lang string, colours bool) *printer {
	return &printer{
		w: bufio.NewWriterSize(c.out, 1<<16), words: words, say: labelsOf[lang], colours: colours, width: c.width, wrap: c.screen,
		state: map[uint32]string{}, told: map[string]bool{}, found: map[tally]*places{},
	}
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
		p.put(dim, p.say.noFormat)
	default:
		p.put(bold, d.Format)
		p.put(dim, fmt.Sprintf(p.say.sure, 100*d.Confidence()))
	}
	p.put(dim, fmt.Sprintf(p.say.octets, len(d.Text), d.Container))
	p.line()
}

func (p *printer) foot(messages int) {
	p.line()
	p.put(dim, fmt.Sprintf(p.say.messages, messages))
	for s := diagnose.Error; s > 0; s-- {
		if n := p.counts[s]; n > 0 {
			p.put(plain, "  ")
			p.put(marks[s].style, fmt.Sprintf("%s %d %s", marks[s].sign, n, p.severity(s, n)))
		}
	}
	if p.secrets > 0 {
		p.put(dim, "  "+fmt.Sprintf(p.say.secrets, p.secrets))
	}
	p.line()
	p.overview()
	for i := range p.doc.Connections {
		c := &p.doc.Connections[i]
		if c.Server == "" && c.Client == "" && c.Host == "" {
			continue
		}
		p.put(dim, fmt.Sprintf("#%d", c.ID))
		for _, part := range [...][2]string{{p.say.host, c.Host}, {p.say.named, c.Server}, {p.say.by, c.Client}} {
			if part[1] != "" {
				p.put(dim, part[0])
				p.put(plain, visible(part[1]))
			}
		}
		p.line()
	}
}

// overview lists what was found, the worst first, and where.
func (p *printer) overview() {
	for _, k := range slices.SortedFunc(maps.Keys(p.found), func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(p.found[a].lines[0], p.found[b].lines[0]), cmp.Compare(a.id, b.id))
	}) {
		f := p.found[k]
		p.put(marks[k.severity].style, "  "+marks[k.severity].sign+" "+k.id)
		if f.count > 1 {
			p.put(plain, fmt.Sprintf(" ×%d", f.count))
		}
		shown := min(f.count, len(f.lines))
		where := "  " + p.say.lines[min(shown-1, 1)]
		for i, line := range f.lines[:shown] {
			if i == 0 || line != f.lines[i-1] {
				where += fmt.Sprintf(" %d", line)
			}
		}
		if f.count > shown {
			where += " …"
		}
		p.put(dim, where)
		p.line()
	}
}

func (p *printer) severity(s diagnose.Severity, n int) string {
	if n == 1 {
		return p.say.one[s]
	}
	return p.say.many[s]
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
	p.findings(m)
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
	if cells(s) > room || len(b) > room {
		s = s[:fitting(s, room-1)] + "…"
	}
	p.put(how, s)
}

// noise folds lines that are no IMAP: they are in the log already.
func (p *printer) noise(m *annotate.Message) {
	first, more, _ := strings.Cut(strings.TrimRight(string(m.Wire), "\r\n"), "\n")
	p.put(dim, fmt.Sprintf("%6d  ·  ", m.Line))
	p.clipped(dim, []byte(first))
	if more != "" {
		p.put(dim, fmt.Sprintf(p.say.more, 1+strings.Count(more, "\n")))
	}
	p.line()
	p.findings(m)
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

// findings writes what is wrong with a message. The same fault in several places of it is written once.
func (p *printer) findings(m *annotate.Message) {
	var titles [8]string
	for i := range m.Diagnostics {
		f := &m.Diagnostics[i]
		p.count(m, f)
		words := annotate.WordsOf(p.words, &f.Finding)
		title := p.title(f, words)
		again := false
		for k := range min(i, len(titles)) {
			again = again || titles[k] == title
		}
		if again {
			continue
		}
		if i < len(titles) {
			titles[i] = title
		}
		times := 1
		for k := i + 1; k < len(m.Diagnostics); k++ {
			if o := &m.Diagnostics[k]; o.ID == f.ID && p.title(o, annotate.WordsOf(p.words, &o.Finding)) == title {
				times++
			}
		}
		p.finding(f, words, title, times)
	}
}

// count takes a finding into the overview.
func (p *printer) count(m *annotate.Message, f *annotate.Diagnostic) {
	s := min(f.Severity, diagnose.Error)
	p.counts[s]++
	at := p.found[tally{s, f.ID}]
	if at == nil {
		at = new(places)
		p.found[tally{s, f.ID}] = at
	}
	if at.count < len(at.lines) {
		at.lines[at.count] = int(m.Line)
	}
	at.count++
}

func (p *printer) title(f *annotate.Diagnostic, words annotate.Words) string {
	s := min(f.Severity, diagnose.Error)
	title := marks[s].sign + " " + p.say.one[s] + p.say.colon + visible(words.Title)
	if f.Producer != "" {
		title += " (" + visible(f.Producer) + ")"
	}
	return title
}

func (p *printer) finding(f *annotate.Diagnostic, words annotate.Words, title string, times int) {
	if times > 1 {
		title += fmt.Sprintf(" ×%d", times)
	}
	p.paragraph(marks[min(f.Severity, diagnose.Error)].style, title)
	if p.brief || p.told[f.ID+words.Body] { // the first of its kind says it all
		return
	}
	p.told[f.ID+words.Body] = true
	for _, part := range [...]struct{ label, text string }{{"", words.Body}, {p.say.client, words.Client}, {p.say.server, words.Server}} {
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
	line, at := indent, len(indent)
	for word, apart := range breakable(text) {
		wide := cells(word)
		if apart && at > len(indent) {
			wide++
		}
		if at > len(indent) && at+wide > p.width {
			p.put(how, line)
			p.line()
			line, at, apart = indent, len(indent), false
			wide = cells(word)
		}
		if apart && at > len(indent) {
			line += " "
		}
		line += word
		at += wide
	}
	p.put(how, line)
	p.line()
}

func (p *printer) put(how style, s string) {
	for p.wrap && s != "" && p.at+cells(s) > p.width && p.at > 0 {
		n := fitting(s, p.width-p.at)
		if whole := gutter + 1 + cells(s); whole <= p.width && p.at > gutter+1 {
			n = 0 // it fits into a line of its own
		}
		p.style(how, s[:n])
		p.w.WriteByte('\n')
		p.style(plain, strings.Repeat(" ", gutter+1))
		s, p.at = strings.TrimLeft(s[n:], " "), gutter+1
	}
	p.at += cells(s)
	p.style(how, s)
}

func (p *printer) style(how style, s string) {
	switch {
	case s == "":
	case p.colours && how != plain:
		p.w.WriteString("\x1b[" + string(how) + "m" + s + "\x1b[0m")
	default:
		p.w.WriteString(s)
	}
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
