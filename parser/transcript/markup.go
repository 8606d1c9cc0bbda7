package transcript

import (
	"bytes"
	"strings"

	"github.com/imapwire/imapwire/parser/wire"
)

// htmlTags are the elements that pages put around the lines of a log.
var htmlTags = [...]string{"BR", "P", "DIV", "SPAN", "PRE", "CODE", "LI", "UL", "OL", "TD", "TR", "TABLE", "TBODY", "TT", "B", "I", "EM", "STRONG", "FONT", "A"}

// htmlTag is the length of a tag of one of them at the start of b: <br />, </p>, <span class="x">. 0: there is none.
func htmlTag(b []byte) int { return tagOf(b, htmlTags[:], '<', '>', " />", 300) }

// tagOf is the length of a tag at the start of b, of an element of a list: an octet that opens it, perhaps "/", the name, one of the octets that may stand
// behind a name, and the octet that closes it among the next ones. 0: there is none.
func tagOf(b []byte, names []string, open, closing byte, behind string, reach int) int {
	if len(b) < 3 || b[0] != open {
		return 0
	}
	i := 1
	if b[i] == '/' {
		i++
	}
	n := i
	for n < len(b) && n < i+8 && isAlnum(b[n]) {
		n++
	}
	if n == len(b) || strings.IndexByte(behind, b[n]) < 0 {
		return 0
	}
	for _, t := range names {
		if wire.EqualFold(b[i:n], t) {
			if end := bytes.IndexByte(b[n:min(len(b), n+reach)], closing); end >= 0 {
				return n + end + 1
			}
			return 0
		}
	}
	return 0
}

// isMarkedUp: a page's tags stand at the line's start or end.
func isMarkedUp(b []byte) bool {
	b = trimRight(b, " \t\r")
	for len(b) > 0 && classes[b[0]]&blank != 0 {
		b = b[1:]
	}
	if htmlTag(b) > 0 {
		return true
	}
	if len(b) == 0 || b[len(b)-1] != '>' {
		return false
	}
	i := bytes.LastIndexByte(b, '<')
	return i >= 0 && i+htmlTag(b[i:]) == len(b)
}

// withoutTags takes the tags out of a line. Nothing else in IMAP begins with "<" and one of their names.
func withoutTags(l seg) seg {
	w := rewriter{of: l}
	for i := 0; i < len(l.b); {
		j := bytes.IndexByte(l.b[i:], '<')
		if j < 0 {
			break
		}
		i += j
		n := htmlTag(l.b[i:])
		if n == 0 {
			i++
			continue
		}
		w.replace(i, i+n, "")
		i += n
	}
	return w.seg()
}

// forumTags are the tags that forums put around logs, in brackets.
var forumTags = [...]string{"CODE", "QUOTE", "FONT", "SIZE", "COLOR", "PRE", "PHP", "ICODE", "SPOILER", "INDENT", "NOPARSE"}

// forumTag is the length of one of them at the start of b: [code], [/CODE], [FONT=courier new], [quote="joe"]. 0: there is none.
func forumTag(b []byte) int { return tagOf(b, forumTags[:], '[', ']', "]=", 80) }

// forumTagBehind is the length of such a tag at the end of b.
func forumTagBehind(b []byte) int {
	t := trimRight(b, " \t\r")
	if len(t) == 0 || t[len(t)-1] != ']' {
		return 0
	}
	i := bytes.LastIndexByte(t, '[')
	if i < 0 || i+forumTag(t[i:]) != len(t) {
		return 0
	}
	return len(b) - i
}

func isForumTagged(b []byte) bool {
	return forumTag(trimBlanks(b)) > 0 || forumTagBehind(b) > 0
}

// withoutForumTags takes the tags off both ends of a line.
func withoutForumTags(l seg) seg {
	for {
		t := trimBlanks(l.b)
		n := forumTag(t)
		if n == 0 {
			break
		}
		l = l.from(len(l.b) - len(t) + n)
	}
	for n := forumTagBehind(l.b); n > 0; n = forumTagBehind(l.b) {
		l = l.sub(0, len(l.b)-n)
	}
	return l
}

// breaksLines reports whether a page's line breaks are all that ends the lines of a text.
func breaksLines(text []byte) bool {
	head := text[:min(len(text), 64<<10)]
	n := bytes.Count(head, []byte("<br")) + bytes.Count(head, []byte("<BR"))
	return n >= 3 && n > 4*bytes.Count(head, []byte{'\n'})
}

// breakAt is where the next line break in text[start:end] stands and where it ends; at -1 when there is none.
func breakAt(text []byte, start, end int) (at, behind int) {
	for i := start; i < end; {
		j := bytes.IndexByte(text[i:end], '<')
		if j < 0 {
			break
		}
		i += j
		if rest := text[i:end]; len(rest) > 3 && rest[1]|0x20 == 'b' && rest[2]|0x20 == 'r' {
			if n := htmlTag(rest); n > 0 {
				return i, i + n
			}
		}
		i++
	}
	return -1, 0
}

// diffHead: a line that only a patch has.
func diffHead(b []byte) bool {
	if len(b) == 0 || b[0] >= 'A' && b[0] != 'd' && b[0] != 'i' && b[0] != 'n' && b[0] != '\\' {
		return false
	}
	for _, h := range [...]string{"diff --git ", "@@ -", "--- ", "+++ ", "index ", "new file mode ", `\ No newline`} {
		if bytes.HasPrefix(b, []byte(h)) {
			return true
		}
	}
	return false
}

// fileMark is the length of a file's name before a line, as grep prints it, and of the line's number: "imap.log:", "imap.log:12:", "imap.log-13-".
func fileMark(b []byte) (name, mark int) {
	n := 0
	named := false
	for n < len(b) && n < 160 && b[n] > ' ' && b[n] != ':' && b[n] != '"' && b[n] != '(' {
		if n > 0 && b[n] == '-' && named { // a line around the one found
			if _, d := parseUint(b[n+1:]); d > 0 && n+1+d < len(b) && b[n+1+d] == '-' {
				return n, n + d + 2
			}
		}
		named = named || b[n] == '.' || b[n] == '/'
		n++
	}
	if n == 0 || n == len(b) || b[n] != ':' || !named {
		return 0, 0
	}
	if _, d := parseUint(b[n+1:]); d > 0 && n+1+d < len(b) && b[n+1+d] == ':' {
		return n, n + d + 2
	}
	return n, n + 1
}
