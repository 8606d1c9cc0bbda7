package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// bareDialect is IMAP without any mark of who speaks: telnet, nc and openssl s_client sessions, JavaMail and go-imap traces, articles.
// Sides come from the words of each line. What the terminal programs say themselves is noise wherever it stands.
var bareDialect = &dialect{
	id:      "bare",
	name:    "Plain IMAP (terminal, article)",
	generic: true,
	bare:    bareInfer,
	open:    func(s *sample) reader { return &bareReader{} },
}

type bareReader struct {
	dump    bool // inside what openssl prints about the TLS session
	openssl bool // it takes commands of its own: a typed line that begins with Q ends it
	ended   bool // by that
	flat    int  // bytes that are left of a line that holds several messages, its line ends lost
}

func (r *bareReader) clone() reader { c := *r; return &c }

func (r *bareReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	if r.tls(t, e) || quotation(line, e) || assigned(line, e) || typed(line, e) || written(line, e) {
		return
	}
	if r.flattened(line, e) {
		return
	}
	if len(t) == 0 || t[0] != 'T' && t[0] != 'C' && t[0] != 'E' {
		return
	}
	switch {
	case bytes.HasPrefix(t, []byte("Trying ")) && bytes.HasSuffix(trimRight(t, " \r"), []byte("...")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connected to ")):
		e.kind, e.opened = infoLine, true
		e.host = bytes.TrimRight(trimRight(t[len("Connected to "):], " \r"), ".")
	case bytes.HasPrefix(t, []byte("Escape character is ")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connection closed by foreign host")), bytes.HasPrefix(t, []byte("Connection to host lost")):
		e.kind, e.closed = infoLine, true
	}
}

// tls drops the certificate and session dumps of openssl s_client, which may stand in the middle of a session: from "---" or a heading up to the next
// "---", "read R BLOCK" or line of IMAP.
func (r *bareReader) tls(t []byte, e *entry) bool {
	// None of its lines begins with another character, and most lines of IMAP do.
	if !r.dump && !r.openssl && (len(t) == 0 || bytes.IndexByte([]byte("CPrw<>0123456789abcdefABDEF"), t[0]) < 0) {
		return false
	}
	switch {
	case r.ended && !bytes.HasPrefix(t, []byte("CONNECT")):
	case r.openssl && !r.dump && len(t) > 0 && t[0] == 'Q' && (len(t) == 1 || judge(t).why == ByCommand):
		r.ended = true
		e.kind, e.closed = infoLine, true
		return true
	case bytes.HasPrefix(t, []byte("CONNECTED(")), bytes.HasPrefix(t, []byte("CONNECTION ESTABLISHED")):
		r.dump, r.openssl, r.ended = true, true, false
		e.kind, e.opened = infoLine, true
		return true
	case bytes.HasPrefix(t, []byte("Post-Handshake New Session Ticket arrived:")):
		r.dump = true
	case bytes.HasPrefix(t, []byte("read R BLOCK")):
		r.dump = false
		e.kind = noiseLine
		return true
	case isRecordDump(t):
	case r.dump && judge(t).weight >= certain:
		r.dump = false
		return false
	case !r.dump:
		return false
	}
	e.kind = noiseLine
	return true
}

// isRecordDump: what s_client -debug and -msg print about each record: "read from 0x55d0 [0x55d6] (90 bytes => 90 (0x5A))", "<<< TLS 1.3, Handshake [length
// 0200]", and rows of octets, "0010 - 22 6f 00-0e   "o..".
func isRecordDump(t []byte) bool {
	switch {
	case len(t) < 8:
		return false
	case isHex(t[0]): // a row of octets may: it begins with its offset
	case bytes.HasPrefix(t, []byte("read from 0x")), bytes.HasPrefix(t, []byte("write to 0x")), bytes.HasPrefix(t, []byte("<<< TLS ")), bytes.HasPrefix(t, []byte(">>> TLS ")),
		bytes.HasPrefix(t, []byte("<<< ??? ")), bytes.HasPrefix(t, []byte(">>> ??? ")):
		return true
	}
	_, n := hexValue(t, 4)
	return n == 4 && bytes.HasPrefix(t[4:], []byte(" - ")) && len(t) > 9 && isHex(t[7]) && isHex(t[8]) && (t[9] == ' ' || t[9] == '-')
}

// quotation is a line that is a quoted line of IMAP as a whole, perhaps as a comment: # b'* BAD unknown command'. Who puts it on a line of its own means it.
func quotation(line []byte, e *entry) bool {
	t := trimBlanks(line)
	if len(t) == 0 || t[0] != '"' && t[0] != '\'' && t[0] != '`' && t[0] != 'b' && t[0] != '#' {
		return false
	}
	t = trimRight(t, " \t\r.,;")
	t = trimBlanks(bytes.TrimLeft(t, "#"))
	if len(t) > 1 && t[0] == 'b' {
		t = t[1:]
	}
	if len(t) < 6 || t[0] != t[len(t)-1] || !isQuote(t[0]) || judge(t[1:]).weight < likely && judge(quotedLine(t[1:], t[0])).weight < likely {
		return false
	}
	e.kind, e.esc, e.sign = wireLine, backslash, true
	e.from = bytes.IndexByte(line, t[0]) + 1
	e.to = bytes.LastIndexByte(line, t[0])
	return true
}

// assigned is a session, or a part of one, in a string that a program gives a name: data = b'* 3 EXISTS\r\na1 OK done\r\n'. Only a string with line ends
// written out is taken for one.
func assigned(line []byte, e *entry) bool {
	const reach = 60
	i := 0
	for i < len(line) && i < reach && classes[line[i]]&quoting == 0 {
		i++
	}
	if i < 3 || i == len(line) || i == reach {
		return false
	}
	head := bytes.TrimRight(bytes.TrimRight(line[:i], "brfu"), " ") // without the kinds of strings that languages have
	name, assigns := bytes.CutSuffix(head, []byte{'='})
	if !assigns || len(name) == 0 {
		return false
	}
	for _, c := range name {
		if !isAlnum(c) && c != '_' && c != '.' && c != '*' && c != ' ' && c != '\t' {
			return false
		}
	}
	end := len(bytes.TrimRight(line, " \t\r,;)")) - 1
	if end <= i+1 || line[end] != line[i] || !bytes.Contains(line[i:end], []byte(`\n`)) || judge(quotedLine(line[i+1:end], line[i])).weight < likely {
		return false
	}
	e.kind, e.esc, e.sign, e.from, e.to = wireLine, backslash, true, i+1, end
	return true
}

// written is a line whose end is written out: "a1 NOOP\r\n".
func written(line []byte, e *entry) bool {
	t := trimRight(line, " \t\r")
	if n := len(t); n < 2 || t[n-2] != '\\' {
		return false
	}
	body := bytes.TrimSuffix(bytes.TrimSuffix(t, []byte(`\n`)), []byte(`\r`))
	if len(body) == len(t) || judge(trimBlanks(body)).weight < likely {
		return false
	}
	e.kind, e.esc, e.from, e.to = wireLine, visibleEOL, len(body)-len(trimBlanks(body)), len(t)
	return true
}

// typed is a command in a PowerShell string, "a1 NOOP`r`n", or in one of several lines, the first and the last of which have its quotes.
func typed(line []byte, e *entry) bool {
	const eol, cr = "`r`n", "`r"
	if bytes.IndexByte(line, '`') < 0 {
		return false
	}
	end := bytes.Index(line, []byte(eol))
	if end < 0 {
		end = len(trimRight(line, " \r"))
		if !bytes.HasSuffix(line[:end], []byte(cr)) {
			return false
		}
		end -= len(cr)
	}
	from := len(line) - len(trimBlanks(line))
	if from < end && (line[from] == '"' || line[from] == '\'') {
		from++
	}
	if from >= end || judge(line[from:end]).why != ByCommand {
		return false
	}
	e.kind, e.from, e.to, e.sign = wireLine, from, end, true
	return true
}

const (
	flatLine = 100 // a line that holds several messages is longer than most that hold one
	flatMin  = 3   // and holds so many more
)

// flattened reads a line that holds several messages, because a page took their line ends for blanks: "1 OK done 2 SELECT INBOX * 3 EXISTS * 0 RECENT".
// Each time it is shown what is left of the line, and tells where the next message begins in it.
func (r *bareReader) flattened(line []byte, e *entry) bool {
	first := r.flat == 0 || len(line) != r.flat
	r.flat = 0
	if first && (len(line) > sampleLineMax || !isFlat(line)) {
		return false
	}
	var messages messageFinder
	n := messages.next(line)
	if own := bytes.TrimRight(line[:n], " "); first && n > 0 && judge(own).weight < likely && !isTagless(own) {
		e.from = n // an article's words, as before a label
		n = messages.next(line)
	}
	if n > 0 {
		e.next, r.flat = n, len(line)-n
		e.to = len(bytes.TrimRight(line[:n], " "))
	}
	e.kind, e.sign = wireLine, true
	return true
}

// isTagless reports whether a line is a command without its tag.
func isTagless(line []byte) bool {
	word, args := cutWord(line)
	shape, known := commandShape(word)
	return known && shape.fits(bytes.TrimSpace(args))
}

// isFlat reports whether several messages stand in a line: a command and its completion, or many, of both kinds.
func isFlat(line []byte) bool {
	if len(line) < flatLine { // then only a command's own completion tells
		tag, rest := cutWord(line)
		if len(rest) == 0 || line[0] == '*' || line[0] == '+' || !bytes.Contains(rest, tag) {
			return false
		}
	}
	own := judge(line)
	n, tagged := 0, false
	for messages := (messageFinder{}); n < flatMin || !tagged; n++ {
		at := messages.next(line)
		if at == 0 {
			return false
		}
		if own.why == ByCommand && bytes.Equal(firstWord(line[at:]), own.tag) {
			return true
		}
		tagged = tagged || line[at] != '*'
	}
	return len(line) >= flatLine
}

// messageFinder goes from message to message in a line.
type messageFinder struct {
	at     int // what stands before is done with
	depth  int // of parentheses
	quoted bool
}

// next is where the next message begins in a line, behind its first octet: after a blank and outside of quotes and lists. 0: nowhere.
func (f *messageFinder) next(line []byte) int {
	word, seen := -1, class(0) // where a word begins that may be the first of a message, and what was seen in it
	for i := f.at; i+1 < len(line); i++ {
		c := line[i]
		k := classes[c]
		if k&(nests|blank) == 0 {
			seen |= k
			continue
		}
		if word >= 0 && k&blank != 0 && (seen&digit != 0 || c == ' ' && line[word] == '*') && beginsMessage(line[word:]) {
			f.at = word
			return word
		}
		word = -1
		switch {
		case c == '"':
			f.quoted = !f.quoted
		case f.quoted:
			if c == '\\' {
				i++
			}
		case c == '(':
			f.depth++
		case c == ')':
			f.depth--
		case c == ' ' && line[i+1] != ' ' && f.depth <= 0 && (i == 0 || !isArrow(line[i-1])):
			word, seen = i+1, 0
		}
	}
	f.at = len(line)
	return 0
}

// isArrow: the octet ends an arrow or a star, behind which a message goes on or begins with its label.
func isArrow(c byte) bool { return c == '*' || c == '<' || c == '>' || c == '|' }

// beginsMessage reports whether an untagged response beyond doubt begins b, or a tag with a digit, and a status or the name of a command. What else the
// line holds stands behind it, so arguments say nothing.
func beginsMessage(b []byte) bool {
	if b[0] == '*' {
		v := judge(b)
		if v.status == wire.OK || v.status == wire.NO || v.status == wire.BAD {
			return len(b) > 5 && (bytes.IndexByte(b[3:6], '[') > 0 || isGreeting(b))
		}
		return v.weight >= likely
	}
	tag, rest := cutWord(b)
	if !hasDigit(tag) {
		return false
	}
	word := firstWord(rest)
	if !maybeKeyword(word) || !plausibleTag(tag) {
		return false
	}
	if st := statusOf(word); st == wire.OK || st == wire.NO || st == wire.BAD {
		return isUpper(word)
	}
	n := len(bytes.TrimRight(tag, "0123456789"))
	_, known := commandShape(word)
	return known && (isUpper(word) || n > 0) && !hasDigit(tag[:n]) // no capability: IMAP4rev1 IDLE
}
