package transcript

import "bytes"

// wrapper is what stands around every line of a log or an article and belongs to neither: quote marks, line numbers, a collector's stamp, colours, entities.
type wrapper struct {
	prefix prefixKind
	repeats
	colours bool   // a terminal's control sequences, and backspaces
	codes   bool   // what is left of control sequences for colours whose ESC got lost
	tags    bool   // a page's tags around each line
	forum   bool   // tags of a forum, [code], before or behind lines
	joined  bool   // lines end in <br>, and no other way
	html    bool   // &lt; and its like
	stars   bool   // "\\* OK": Markdown's escape of the "*" before untagged responses
	stress  bool   // "**a1 NOOP**": Markdown's asterisks around words
	ticks   bool   // each line is code of its own: `...` or **`...`**
	marks   bool   // line ends are written out as words: <CRLF>
	columns bool   // the bars of a table's columns at the ends of lines
	breaks  bool   // two blanks at the ends of lines: Markdown's line breaks
	apart   bool   // numberPrefix: a blank stands behind each
	cut     int    // the column in which lines were cut, 0: none
	indent  int    // indentPrefix: so many blanks
	levels  int    // quotePrefix: so many marks
	file    string // filePrefix: its name
	logger  *prefixShape
	inner   *wrapper // what stands around the lines inside this one: a collector's stamp in a quoted mail
}

const wrappersMax = 4

// with is w around what in stands around.
func (w wrapper) with(in wrapper) wrapper {
	if w.inner != nil {
		in = w.inner.with(in)
	}
	if in.isPlain() {
		return w
	}
	w.inner = &in
	return w
}

// isPlain: there is nothing to take off.
func (w *wrapper) isPlain() bool {
	return *w == wrapper{levels: w.levels, file: w.file}
}

// stripsNothing: strip leaves every line as it is.
func (w *wrapper) stripsNothing() bool {
	return *w == wrapper{levels: w.levels, file: w.file, repeats: w.repeats, joined: w.joined}
}

type prefixKind uint8

const (
	noPrefix prefixKind = iota
	quotePrefix
	numberPrefix
	collectorPrefix // of the program that collected the log: syslog, journald, docker, kubectl, logcat
	indentPrefix
	diffPrefix   // "+" before each line
	filePrefix   // the name of a file, as grep prints it
	loggerPrefix // of an application's logger, before lines of another format
	commentPrefix
)

// strip takes the wrapper off a line.
func (w *wrapper) strip(l seg) seg {
	if w.colours && bytes.ContainsAny(l.b, "\x1b\b") {
		l = screened(l)
	}
	if w.codes && bytes.IndexByte(l.b, '[') >= 0 {
		l = withoutCodes(l)
	}
	if w.tags && bytes.IndexByte(l.b, '<') >= 0 {
		l = withoutTags(l)
	}
	if w.html && bytes.IndexByte(l.b, '&') >= 0 {
		l = unescapeEntities(l)
	}
	if w.forum {
		l = withoutForumTags(l)
	}
	switch w.prefix {
	case commentPrefix:
		l = l.from(commentLine(l.b))
	case quotePrefix:
		n, _ := quoteMarks(l.b, w.levels)
		l = l.from(n)
	case numberPrefix:
		n := lineNumber(l.b)
		if w.apart && n > 0 && n < len(l.b) && l.b[n] == ' ' {
			n++
		}
		l = l.from(n)
	case collectorPrefix:
		l = stripCollector(l)
	case diffPrefix:
		if len(l.b) > 0 && (l.b[0] == '+' || l.b[0] == '-' || l.b[0] == ' ') && !diffHead(l.b) {
			l = l.from(1)
		}
	case loggerPrefix:
		l = l.from(w.logger.match(l.b, nil))
	case filePrefix:
		if name, n := fileMark(l.b); string(l.b[:name]) == w.file {
			l = l.from(n)
		}
	case indentPrefix:
		l = l.from(min(w.indent, len(l.b)-len(trimBlanks(l.b))))
	}
	if w.stress && bytes.IndexByte(l.b, '*') >= 0 {
		l = withoutStress(l)
	}
	if w.stars {
		l = unescapeMarkdown(l)
	}
	if w.ticks {
		open, end := codeSpan(l.b)
		l = l.sub(open, end)
	}
	if w.marks {
		l = l.sub(0, len(l.b)-lineEndMark(l.b))
	}
	if w.breaks {
		l = l.sub(0, len(l.b)-lineBreak(l.b))
	}
	if w.columns {
		l = l.sub(0, len(l.b)-columnEnd(l.b))
	}
	if w.inner != nil {
		l = w.inner.strip(l)
	}
	return l
}

// lineEndMark is the length of a line end that is written out at the end of a line, as documents do.
func lineEndMark(b []byte) int {
	t := trimRight(b, " \t")
	if n := len(t); n == 0 || t[n-1] != '>' && t[n-1] != ']' && t[n-1] < 0x80 {
		return 0
	}
	for _, m := range [...]string{"<CRLF>", "<crlf>", "<CR><LF>", "<cr><lf>", "[CRLF]", "\u240d\u240a", "\u21b5"} {
		if bytes.HasSuffix(t, []byte(m)) {
			return len(b) - len(t) + len(m)
		}
	}
	return 0
}

// columnEnd is the length of what a table or a box leaves at the end of a line that was copied out of it: bars, with blanks before and between them.
func columnEnd(b []byte) int {
	n := len(b)
	for bars := false; ; {
		t := trimRight(b[:n], " \t|")
		bars = bars || bytes.IndexByte(b[len(t):n], '|') >= 0
		n = len(t)
		for _, bar := range [...]string{"\u2502", "\u2503", "\u2551", "\u258f", "\u2595"} {
			if bytes.HasSuffix(t, []byte(bar)) {
				n, bars = n-len(bar), true
			}
		}
		if n < len(t) {
			continue
		}
		if !bars {
			return 0
		}
		return len(b) - n
	}
}

// quoteMarks is the length of up to levels marks "> " at the start of a quoted line, of mail or Markdown, and how many there are.
func quoteMarks(b []byte, levels int) (n, marks int) {
	for marks < levels && n < len(b) && b[n] == '>' {
		marks++
		n++
		if n < len(b) && b[n] == ' ' {
			n++
		}
	}
	return n, marks
}

// commentLine is the length of what makes a comment of a line in a program: "# ", "// ", ";; ".
func commentLine(b []byte) int {
	n := len(b) - len(trimBlanks(b))
	from := n
	for n < len(b) && (b[n] == '#' || b[n] == ';' || b[n] == '/' && (n > from || n+1 < len(b) && b[n+1] == '/')) && b[n] == b[from] {
		n++
	}
	if n == from {
		return 0
	}
	if n < len(b) && b[n] == ' ' {
		n++
	}
	return n
}

// lineNumber is the length of "12:", "12|", "12." or "12<tab>" at the start of a line, as editors, cat -n and grep -n print them.
func lineNumber(b []byte) int {
	n := 0
	for n < len(b) && b[n] == ' ' {
		n++
	}
	d := n
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	if n == d || n-d > 7 || n == len(b) {
		return 0
	}
	switch b[n] {
	case ':', '|', '.', '\t', ')':
		return n + 1
	}
	return 0
}

// entities are those that a page's own escaping writes; what a mail body holds is none of our business.
var entities = [...]replacement{
	{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", `"`}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&apos;", "'"}, {"&nbsp;", " "}, {"&#34;", `"`}, {"&#160;", " "},
}

// escapedTwice: what was escaped once was escaped again.
func escapedTwice(b []byte) bool {
	for i := bytes.Index(b, []byte("&amp;")); i >= 0; i = nextIndex(b, i, "&amp;") {
		for _, name := range [...]string{"lt;", "gt;", "quot;", "#34;", "#39;", "amp;"} {
			if bytes.HasPrefix(b[i+len("&amp;"):], []byte(name)) {
				return true
			}
		}
	}
	return false
}

func unescapeEntities(l seg) seg { return replaced(l, '&', entities[:]) }

// charMarks is a set of characters that wrappers are made of.
type charMarks uint16

const (
	inked charMarks = 1 << iota // any that isn't blank
	controls
	angles
	quotes
	ampersands
	backticks
	bars
	backslashes
	stars
	squares
)

var marksOf = func() (t [256]charMarks) {
	for c := range t {
		if classes[c]&blank == 0 {
			t[c] = inked
		}
	}
	for i, list := range [...]string{"\b\x1b", "<>", `"`, "&", "`", "|", `\`, "*", "["} {
		for _, c := range []byte(list) {
			t[c] |= controls << i
		}
	}
	return t
}()

// marksIn is which of the marks stand in a line: most lines have none, and needn't be searched for each.
func marksIn(l []byte) (seen charMarks) {
	for _, c := range l {
		seen |= marksOf[c]
	}
	return seen
}

// findWrapper looks for the wrappers that most lines have, one in the other.
func findWrapper(raw [][]byte) wrapper {
	w := outermost(raw)
	w.cut = cutColumn(raw)
	for n, last := 1, w; (last.prefix != noPrefix || last.html) && n < wrappersMax; n++ {
		within := make([][]byte, len(raw))
		for i, l := range raw {
			within[i] = w.strip(seg{b: l}).b
		}
		last = outermost(within)
		last.repeats = repeats{}
		w = w.with(last)
	}
	return w
}

// outermost looks for the outermost wrapper.
func outermost(raw [][]byte) wrapper {
	w := wrapper{levels: 8}
	lines, quoted, numbered, entity, rawAngle, colour, columns, ticks, marks, breaks := 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	last, rising := uint64(0), 0
	indent, indented := 1<<20, 0
	tags, added, patch, filed, commented, apart, codes := 0, 0, 0, 0, 0, 0, 0
	for _, l := range raw {
		seen := marksIn(l)
		if seen&inked == 0 || isFence(l) {
			continue
		}
		lines++
		if seen&controls != 0 && (bytes.Contains(l, []byte("\x1b[")) || bytes.IndexByte(l, '\b') > 0) {
			colour++
			l = screened(seg{b: l}).b
			seen = marksIn(l)
		}
		if seen&squares != 0 && colourCodes(l) > 1 {
			codes++
			l = withoutCodes(seg{b: l}).b
			seen = marksIn(l)
		}
		if seen&angles != 0 && isMarkedUp(l) {
			tags++
			l = withoutTags(seg{b: l}).b
			seen = marksIn(l)
		}
		if len(l) > 0 && l[0] == '+' && (len(l) == 1 || l[1] != ' ') {
			added++
		}
		if diffHead(l) || len(l) > 0 && (l[0] == ' ' || l[0] == '-') {
			patch++
		}
		if lines == 1 || w.file != "" && bytes.HasPrefix(l, []byte(w.file)) {
			if name, _ := fileMark(l); name > 0 && (lines == 1 || name == len(w.file)) {
				w.file = string(l[:name])
				filed++
			}
		}
		if seen&ampersands != 0 && (bytes.Contains(l, []byte("&lt;")) || bytes.Contains(l, []byte("&gt;")) || bytes.Contains(l, []byte("&quot;")) || bytes.Contains(l, []byte("&#34;")) || escapedTwice(l)) {
			entity++
		}
		if seen&(angles|quotes) != 0 {
			rawAngle++
		}
		if seen&backticks != 0 {
			if open, _ := codeSpan(l); open > 0 {
				ticks++
			}
		}
		if (seen&bars != 0 || len(l) > 0 && l[len(l)-1] >= 0x80) && columnEnd(l) > 0 {
			columns++
		}
		if commentLine(l) > 0 {
			commented++
		}
		w.forum = w.forum || isForumTagged(l)
		if lineEndMark(l) > 0 {
			marks++
		}
		if lineBreak(l) > 0 {
			breaks++
		}
		w.stars = w.stars || seen&backslashes != 0 && escapedStar(l) >= 0
		w.stress = w.stress || seen&stars != 0 && stressed(l)
		if n := len(l) - len(trimBlanks(l)); n > 0 {
			indented++
			indent = min(indent, n)
		}
		if _, n := quoteMarks(l, 8); n > 0 && (len(l) == 1 || l[1] == ' ' || l[1] == '>') {
			quoted++
			w.levels = min(w.levels, n)
		}
		if n := lineNumber(l); n > 0 {
			numbered++
			if n == len(l) || l[n] == ' ' {
				apart++
			}
			if v, _ := parseUint(bytes.TrimLeft(l, " ")); v == last+1 {
				rising++
				last = v
			} else {
				last = v
			}
		}
	}
	if lines == 0 {
		return w
	}
	w.repeats = findRepeats(raw)
	w.colours = colour > 0
	w.codes = codes > 2 && codes*3 > lines
	w.tags = tags > 2 && tags*5 >= lines*4
	w.html = entity > 0 && entity >= rawAngle
	w.ticks = ticks > 1 && ticks*5 >= lines*4
	w.marks = marks > 1 && marks*2 > lines
	w.breaks = breaks > 2 && breaks*2 > lines
	w.columns = columns > 2 && columns*2 > lines
	switch {
	case quoted*10 >= lines*9 && lines > 1:
		w.prefix = quotePrefix
	case numbered*10 >= lines*9 && rising*10 >= lines*8 && lines > 2:
		w.prefix, w.apart = numberPrefix, apart == numbered
	case added > 2 && added*10 >= (lines-patch)*9 && added*2 > lines:
		w.prefix = diffPrefix
	case filed > 2 && filed*10 >= lines*9:
		w.prefix = filePrefix
	case commented > 2 && commented*10 >= lines*9:
		w.prefix = commentPrefix
	case indented == lines && lines > 2:
		w.prefix, w.indent = indentPrefix, indent
	}
	return w
}
