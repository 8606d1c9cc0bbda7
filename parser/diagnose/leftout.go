package diagnose

import (
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about text that somebody left out of the paste: "...", "[...]", "…" or "<uid>" in the place of what was sent. What the grammar refuses there is
// nobody's fault, and what is missing there may have been said.

// leftOut tells whether a fault of the grammar is a mark of the paste: the mark stands at the fault, or right before it.
func (x *exam) leftOut(span wire.Span) (mark wire.Span, ok bool) {
	if x.Message == nil || x.Message.Faithful {
		return mark, false
	}
	line := x.wireBytes()
	at := min(int(span.Start), len(line))
	for start := max(0, at-8); start <= at; start++ { // "...", brackets and blanks before the fault
		if n := leftOutMark(line[start:]); n > 0 && start+n+3 > at && glue(line[min(start+n, at):at]) {
			return wire.Span{Start: uint32(start), End: uint32(start + n)}, true
		}
	}
	for at < len(line) && (line[at] == ' ' || line[at] == '(' || line[at] == '"') {
		at++
	}
	if n := leftOutMark(line[at:]); n > 0 {
		return wire.Span{Start: uint32(at), End: uint32(at + n)}, true
	}
	return mark, false
}

// tellLeftOut says once per message that something is left out.
func (x *exam) tellLeftOut(mark wire.Span) {
	if !x.elided {
		x.elided = true
		x.d.gapAfter = x.Event.ID + 1
		x.report(ruleLeftOut, mark)
	}
}

// glue tells whether nothing but the ends of lists and of the line stands between a mark and a fault.
func glue(b []byte) bool {
	for _, c := range b {
		if c != ')' && c != ' ' && c != '"' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// leftOutMark is the length of a mark at the start of b: three dots or more, an ellipsis, either in brackets, or a name in angle brackets.
func leftOutMark(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	closing := byte(0)
	switch b[0] {
	case '[':
		closing = ']'
	case '(':
		closing = ')'
	case '<':
		i := 1
		for i < len(b) && (b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z' || i > 1 && (b[i] == ' ' || b[i] == '-' || b[i] == '_' || isDigit(b[i]))) {
			i++
		}
		if i > 1 && i < len(b) && b[i] == '>' {
			return i + 1
		}
		return 0
	}
	i := 0
	if closing != 0 {
		i = 1
	}
	n := dots(b[i:])
	if n == 0 {
		return 0
	}
	i += n
	if closing == 0 {
		return i
	}
	if i < len(b) && b[i] == closing {
		return i + 1
	}
	return 0
}

// dots is the length of "..." or "…" at the start of b.
func dots(b []byte) int {
	n := 0
	for n < len(b) && b[n] == '.' {
		n++
	}
	if n >= 3 {
		return n
	}
	if len(b) >= 3 && b[0] == 0xE2 && b[1] == 0x80 && b[2] == 0xA6 {
		return 3
	}
	return 0
}

// gap notes a line that says nothing but that lines were left out: what was said there is not known.
func (x *exam) gap() {
	if x.Message == nil || x.Message.Faithful {
		return
	}
	line := x.wireBytes()
	for len(line) > 0 && (line[0] == ' ' || line[0] == '*' || line[0] == '\t') {
		line = line[1:]
	}
	if n := leftOutMark(line); n > 0 && line[0] != '<' && glue(line[n:]) {
		x.d.gapAfter = x.Event.ID + 1
	}
}
