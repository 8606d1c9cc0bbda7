package transcript

import "bytes"

// payloadAt finds where IMAP begins in a log line: 0 for a bare one, -1 when nothing in the line's first bytes looks like IMAP.
func payloadAt(l []byte) (int, verdict) {
	const reach = 240
	if v := judge(l); v.weight >= likely && v.why != ByDone {
		return 0, v
	}
	// What begins within a word is a tag only if the next word is a status or a command, and "* " ends one. Behind a quote the next word may end in one.
	end, odd := wordEnd(l, 0)
	for from := 0; from < len(l) && from < reach; {
		next := end
		for next < len(l) && classes[l[next]]&blank != 0 {
			next++
		}
		word, odder := wordEnd(l, next)
		p, last := max(from, 1), min(end, reach)
		if odd&nul == 0 && !maybeKeyword(l[next:word]) && (odd&quoting == 0 || !maybeKeyword(unquotedPart(l[next:word]))) {
			p = last
			if end > from && end <= reach && l[end-1] == '*' {
				p = max(end-1, 1)
			}
		}
		for ; p < last; p++ {
			if !startsWord(l, p) {
				continue
			}
			if v := judge(l[p:]); v.weight >= likely && v.why != ByDone && v.why != ByContinuation && !isNamed(l[:p], v) {
				return p, v
			}
			if isQuote(l[p-1]) {
				if v := judge(quotedLine(l[p:], l[p-1])); v.weight >= likely && (v.why == ByCommand || v.why == ByUntagged && l[p-1] == '\'') { // Python's
					return p, v
				}
			}
		}
		from, end, odd = next, word, odder
	}
	return -1, verdict{}
}

// wordEnd is where the word at l[at] ends, and the classes of its octets.
func wordEnd(l []byte, at int) (end int, seen class) {
	for at < len(l) {
		k := classes[l[at]]
		if k&blank != 0 {
			break
		}
		seen |= k
		at++
	}
	return at, seen
}

// isNamed reports whether a sentence names a command rather than quotes it: "the server returns a CAPABILITY", "send an IDLE".
func isNamed(before []byte, v verdict) bool {
	if v.why != ByCommand || len(v.tag) > 3 || !isLower(v.tag) || before[len(before)-1] != ' ' {
		return false
	}
	switch string(v.tag) {
	case "a", "an", "the", "no", "my", "its", "one", "two", "new":
		from := bytes.LastIndexByte(before[:len(before)-1], ' ') + 1
		word := before[from : len(before)-1]
		return len(word) > 1 && isLower(word) && (from > 0 || labelWordLen(word) != len(word))
	}
	return false
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// quotedLine is the first line of what stands behind a quote: up to a line end that is written out, or the quote that closes it. A command without arguments
// isn't told by its words otherwise.
func quotedLine(b []byte, quote byte) []byte {
	for i, c := range b[:min(len(b), 256)] {
		if c == quote || c == '\\' && i+1 < len(b) && b[i+1] == 'r' {
			return b[:i]
		}
	}
	return b
}

// unquotedPart is a word up to a quote or a backslash.
func unquotedPart(word []byte) []byte {
	for i, c := range word {
		if c == '\\' || isQuote(c) {
			return word[:i]
		}
	}
	return word
}

// startsWord reports whether a message may begin at l[p], behind a log's prefix.
func startsWord(l []byte, p int) bool {
	switch l[p-1] {
	case ' ', '\t', ':', '>', '<', ']', '|', '\'', '"', '`', ')', '}', ',', '*', '=', ';':
		return true
	}
	return l[p-1] >= 0x80 && l[p] < 0x80 // a fullwidth colon, an arrow
}
