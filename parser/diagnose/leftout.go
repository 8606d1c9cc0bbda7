package diagnose

import (
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Rules about text that somebody left out of the paste or masked: "...", "[...]", "…", "xxxx" or "<uid>" in the place of what was sent. What the grammar refuses there is
// nobody's fault, and what is missing there may have been said.

// leftOut tells whether a fault of the grammar is a mark of the paste: the mark stands at the fault, or right before it.
func (x *exam) leftOut(span wire.Span) (mark wire.Span, ok bool) {
	if x.Message == nil || x.Message.Faithful {
		return mark, false
	}
	line := x.wireBytes()
	at := min(int(span.Start), len(line))
	if end := len(line) - 3; x.Message.Short && int(span.End) >= end { // what would stand there the log doesn't show
		return wire.Span{Start: uint32(max(end, 0)), End: uint32(len(line))}, true
	}
	for start := max(0, at-24); start <= at; start++ { // what the mark is made of, or ends of lists, before the fault
		if n := leftOutMark(line[start:]); n > 0 && start+n+3 > at && glue(line[min(start+n, at):at]) && !x.counts(start) {
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

// counts tells whether an octet is one of those that a literal announces, so that nothing stands in its place.
func (x *exam) counts(at int) bool {
	for i := range x.Message.Literals {
		if l := &x.Message.Literals[i]; l.State == transcript.Present && l.Octets.Start <= uint32(at) && uint32(at) < l.Octets.End {
			return true
		}
	}
	return false
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

// leftOutMark is the length of a mark at the start of b: three dots or more or an ellipsis, in brackets or not; a run of "x", "*" or "#"; a name in angle
// brackets or braces; a word such as "redacted" in brackets.
func leftOutMark(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	switch c := b[0]; c {
	case '[', '(':
		closing := byte(']')
		if c == '(' {
			closing = ')'
		}
		if n := 1 + dots(b[1:]); n > 1 && n < len(b) && b[n] == closing {
			return n + 1
		}
		if n := name(b[1:]); n > 0 && 1+n < len(b) && b[1+n] == closing && saysLeftOut(b[1:1+n]) {
			return n + 2
		}
		return 0
	case '<', '{':
		closing := c + 2
		if n := name(b[1:]); n > 0 && 1+n < len(b) && b[1+n] == closing && (c != '<' || !isElement(b[1:1+n])) {
			return n + 2
		}
		return 0
	case 'x', 'X', '*', '#':
		n := 1
		for n < len(b) && b[n] == c {
			n++
		}
		if n < 3 {
			return 0
		}
		return n
	}
	return dots(b)
}

// name is the length of what can name a thing in angle brackets: letters, then blanks, digits and signs as well.
func name(b []byte) int {
	i := 0
	for i < len(b) && (b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z' || i > 0 && (b[i] == ' ' || b[i] == '-' || b[i] == '_' || b[i] == '+' || isDigit(b[i]))) {
		i++
	}
	return i
}

// isElement tells whether a name in angle brackets is that of an element of HTML, which stands for nothing that was left out.
func isElement(b []byte) bool {
	for _, e := range [...]string{
		"html", "head", "body", "script", "style", "meta", "link", "title", "div", "span", "br", "hr", "pre", "code", "img", "svg", "iframe", "form", "input", "button",
		"table", "tbody", "tr", "td", "th", "ul", "ol", "li", "strong", "em", "font", "center", "blockquote", "textarea", "select", "option", "video", "audio", "canvas", "object", "embed",
	} {
		if wire.EqualFold(b, e) {
			return true
		}
	}
	return false
}

// saysLeftOut looks for the words that people put in the place of what nobody shall read.
func saysLeftOut(b []byte) bool {
	for _, w := range [...]string{"redact", "remov", "mask", "hidden", "omit", "snip", "delet", "censor", "anonym", "password", "token", "changed"} {
		if containsFold(b, w) {
			return true
		}
	}
	return false
}

// dots is the length of "...", ". . ." or "…" at the start of b.
func dots(b []byte) int {
	n, at := 0, 0
	for i := 0; i < len(b) && (b[i] == '.' || b[i] == ' ' && at == i && i > 0); i++ {
		if b[i] == '.' {
			n++
			at = i + 1
		}
	}
	if n >= 3 {
		return at
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
