package wire

// Head looks at the beginning of a line without parsing it: the tag, the word after it, and the status if that word is one. The slices
// alias line.
//
// tag is "*" of untagged and "+" of continuations, which have no word. Of "* 5 EXISTS" the word is EXISTS: numbers before it are passed
// over; of "a UID FETCH" it is UID. Blanks may be doubled, and NULs may stand before the tag. A line that doesn't begin like a message has
// no tag; one that goes on like none has no word. Whether the status is one depends on who sent the line: "a NO" of a client is no status.
func Head(line []byte) (tag, word []byte, status Status) {
	i := 0
	for i < len(line) && (line[i] == 0 || isBlank(line[i])) {
		i++
	}
	line = line[i:]
	if len(line) == 0 {
		return nil, nil, 0
	}
	switch line[0] {
	case '+':
		return line[:1], nil, 0
	case '*':
		tag = line[:1]
	default:
		n := ConsumeTag(line)
		if n == 0 || n < len(line) && !isBlank(line[n]) && line[n] != '\r' && line[n] != '\n' {
			return nil, nil, 0
		}
		tag = line[:n]
	}
	word = nextWord(line[len(tag):])
	if tag[0] == '*' && len(word) > 0 && span(word, Digit) == len(word) {
		rest := line[cap(line)-cap(word)+len(word):]
		word = nextWord(rest)
	}
	return tag, word, statusOf(word)
}

// nextWord is the atom after blanks, nil if there is none.
func nextWord(b []byte) []byte {
	i := 0
	for i < len(b) && isBlank(b[i]) {
		i++
	}
	if n := ConsumeAtom(b[i:]); n > 0 {
		return b[i : i+n]
	}
	return nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
