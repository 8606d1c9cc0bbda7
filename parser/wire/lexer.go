package wire

// lexer follows the bytes of a message, apart from the octets of its literals, just so far that it can tell whether the end of a line
// is the header of a literal. It can stop and go on between any two bytes.
type lexer struct {
	at      place
	braces  braces
	tagged  bool // the line has a tag, or what looks like one
	word    [12]byte
	wordLen uint8
	header  LiteralHeader // the last one, whole once braces is headerDone
}

// place is where in the grammar the next byte stands.
type place uint8

const (
	atServerTag  place = iota // "*", "+" or a tag, of a server
	atAnyTag                  // the same, the side unknown
	inServerTag               // in a tag
	inAnyTag                  // in a tag, the side unknown
	atServerWord              // the word after "*" or a tag, of a server
	atAnyWord                 // the same, the side unknown
	atRespText                // after OK, NO, BAD, BYE, PREAUTH
	inCodeName                // after "[" there
	inCode                    // in the arguments of a code that may hold literals
	inCodeQuoted
	inCodeEscape
	inData // anywhere else where literals may stand
	inQuoted
	inEscape
	inText // where no literal can be any more
)

// braces is how much of a literal's header the bytes before are.
type braces uint8

const (
	noBraces braces = iota
	tilde           // ~
	opened          // {
	sized           // {n
	plussed         // {n+
	closed          // {n}
	returned        // {n} CR
	headerDone
)

// literal reads on through b, which is a line or a part of one, and reports whether it ends in a literal's header and line end.
func (l *lexer) literal(b []byte) bool {
	if l.braces == headerDone {
		l.braces = noBraces
	}
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch l.at {
		case inText:
			return false
		case inData, inCode:
			if l.brace(c); l.braces != noBraces {
				continue
			}
			switch {
			case c == '"':
				l.at++ // inQuoted, inCodeQuoted
			case c == ']' && l.at == inCode:
				l.at = inText
			}
		case inQuoted, inCodeQuoted:
			switch c {
			case '"':
				l.at--
			case '\\':
				l.at++ // inEscape, inCodeEscape
			}
		case inEscape, inCodeEscape:
			l.at--
		default:
			if !l.head(c) {
				i-- // the byte begins what comes after
			}
		}
	}
	return l.braces == headerDone
}

// brace takes one more byte in data.
func (l *lexer) brace(c byte) {
	h := &l.header
	switch {
	case c == '{':
		*h = LiteralHeader{Binary: l.braces == tilde}
		l.braces = opened
		return
	case c == '~':
		l.braces = tilde
		return
	case c == '\n':
		if l.braces == closed || l.braces == returned {
			l.braces = headerDone
			return
		}
	case c == '\r':
		if l.braces == closed {
			l.braces = returned
			return
		}
	case c == '}':
		if l.braces == sized || l.braces == plussed {
			l.braces = closed
			return
		}
	case c == '+':
		if l.braces == sized {
			l.braces, h.NonSync = plussed, true
			return
		}
	case c-'0' <= 9:
		if l.braces == opened || l.braces == sized {
			const limit = 1<<63 - 1
			if d := uint64(c - '0'); h.Size <= (limit-d)/10 {
				l.braces, h.Size = sized, h.Size*10+d
				return
			}
		}
	}
	l.braces = noBraces
}

// head takes one byte of the head of a server's message and reports whether it belongs there.
func (l *lexer) head(c byte) bool {
	blank := c == ' ' || c == '\t'
	switch l.at {
	case atServerTag, atAnyTag:
		switch {
		case blank || c == 0: // NULs before a response are known of some servers
		case c == '*':
			l.at += atServerWord - atServerTag
		case Class[c]&TagChar != 0:
			l.tagged = true
			l.at += inServerTag - atServerTag
		default:
			l.at = inText // a continuation, or no IMAP
		}
	case inServerTag, inAnyTag:
		switch {
		case blank:
			l.at += atServerWord - inServerTag
		case Class[c]&TagChar == 0:
			l.at = inText
		}
	case atServerWord, atAnyWord:
		if Class[c]&AtomChar != 0 {
			l.collect(c)
			return true
		}
		if l.wordLen == 0 && blank {
			return true
		}
		switch {
		case statusOf(l.collected()) != 0:
			l.at = atRespText
		case l.tagged && l.at == atServerWord: // a server's tagged responses have a status
			l.at = inText
		default:
			l.at = inData
		}
		l.wordLen = 0
		return false
	case atRespText:
		switch {
		case blank:
		case c == '[':
			l.at = inCodeName
		default:
			l.at = inText
		}
	case inCodeName:
		if Class[c]&AtomChar != 0 {
			l.collect(c)
			return true
		}
		l.at = inText
		if w := l.collected(); c == ' ' && (EqualFold(w, "BADCHARSET") || EqualFold(w, "NEWNAME")) {
			l.at = inCode
		}
	}
	return true
}

// collect keeps a byte of a word; of words longer than any known no more than that they are.
func (l *lexer) collect(c byte) {
	if int(l.wordLen) < len(l.word) {
		l.word[l.wordLen] = c
		l.wordLen++
	}
}

func (l *lexer) collected() []byte { return l.word[:l.wordLen] }
