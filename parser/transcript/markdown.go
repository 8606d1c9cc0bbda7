package transcript

import "bytes"

// escapedStar is where the backslash stands that escapes the "*" of an untagged response, -1: nowhere.
func escapedStar(b []byte) int {
	i := bytes.Index(b, []byte(`\* `))
	if i < 0 || judge(b[i+1:]).weight < likely {
		return -1
	}
	return i
}

// unescapeMarkdown takes Markdown's backslashes off a line: before the "*" of an untagged response, and before what no backslash stands in IMAP
// (RFC 9051 §9: flag, flag-perm, QUOTED-CHAR): brackets, braces and the like.
func unescapeMarkdown(l seg) seg {
	star := escapedStar(l.b)
	w := rewriter{of: l}
	for i := 0; i+1 < len(l.b); i++ {
		j := bytes.IndexByte(l.b[i:], '\\')
		if j < 0 || i+j+1 >= len(l.b) {
			break
		}
		i += j
		if i != star && bytes.IndexByte([]byte("[]_<>{}~|"), l.b[i+1]) < 0 {
			i++ // an escaped backslash escapes nothing
			continue
		}
		w.replace(i, i+1, "")
	}
	return w.seg()
}

// codeSpan bounds what stands in a line that is one span of Markdown code as a whole, stressed or not.
func codeSpan(b []byte) (open, end int) {
	t := bytes.Trim(b, "*_ \t")
	open = bytes.IndexByte(b, '`')
	if open < 0 || len(t) < 3 || t[0] != '`' || t[1] == '`' || t[len(t)-1] != '`' {
		return 0, len(b)
	}
	return open + 1, bytes.LastIndexByte(b, '`')
}

// lineBreak is the length of the two blanks that break a line in Markdown.
func lineBreak(b []byte) int {
	if n := len(b); n > 2 && b[n-1] == ' ' && b[n-2] == ' ' && b[n-3] != ' ' {
		return 2
	}
	return 0
}

// stressed reports whether asterisks stress IMAP in a line: "**a1 LOGIN joe secret**", "a1 *OK* done".
func stressed(b []byte) bool {
	i := bytes.IndexByte(b, '*')
	if i < 0 {
		return false
	}
	if len(b) > 1 && i == 0 && b[1] == ' ' { // most lines with an asterisk are untagged responses
		if i = bytes.IndexByte(b[1:], '*'); i < 0 {
			return false
		}
	}
	l := seg{b: b}
	return len(withoutStress(l).b) < len(b)
}

// withoutStress takes the asterisks off that stress a line or words of it in Markdown. Only where IMAP comes out that was none before: "LIST "" *a*" has a
// pattern, and what a mail body stresses stays.
func withoutStress(l seg) seg {
	for n := 2; n > 0; n-- {
		t, ok := withoutStars(l, n)
		if !ok {
			continue
		}
		if at, _ := payloadAt(t.b); at < 0 {
			continue
		}
		if at, v := payloadAt(l.b); at < 0 || n == 2 && (l.b[0] == '*' && l.b[1] == '*' || v.weight < certain-1) {
			return t
		}
	}
	return l
}

// withoutStars takes pairs of n asterisks off that stand around words: the first before one and behind none, the second the other way round. What names a
// speaker, "**C:**", is a label as it stands.
func withoutStars(l seg, n int) (seg, bool) {
	w := rewriter{of: l}
	for i := 0; i < len(l.b); {
		run := starRun(l.b[i:])
		if run == 0 {
			i++
			continue
		}
		behind := i == 0 || classes[l.b[i-1]]&blank != 0 || l.b[i-1] == '(' || l.b[i-1] == '>'
		end := i + run
		if run == n && behind && end < len(l.b) && (n == 2 && l.b[end] != ' ' || isAlnum(l.b[end]) || l.b[end] == '\\') {
			if end = closingStars(l.b, end, n); end < 0 {
				return l, false
			}
			if label := l.b[end-1] == ':' || end+n < len(l.b) && l.b[end+n] == ':'; !label {
				w.replace(i, i+n, "")
				w.replace(end, end+n, "")
			}
			end += n
		}
		i = end
	}
	return w.seg(), w.changed
}

// starRun is how many asterisks b begins with.
func starRun(b []byte) (n int) {
	for n < len(b) && b[n] == '*' {
		n++
	}
	return n
}

// closingStars is where the n asterisks stand that close what began before b[i], behind a word; -1: nowhere.
func closingStars(b []byte, i, n int) int {
	for i < len(b) {
		run := starRun(b[i:])
		if run == n && b[i-1] != ' ' {
			return i
		}
		i += max(run, 1)
	}
	return -1
}
