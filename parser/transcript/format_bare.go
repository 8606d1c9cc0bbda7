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
	if r.tls(t, e) || quotation(line, e) || typed(line, e) {
		return
	}
	if r.flattened(line, e) {
		return
	}
	switch {
	case bytes.HasPrefix(t, []byte("Trying ")) && bytes.HasSuffix(bytes.TrimRight(t, " \r"), []byte("...")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connected to ")):
		e.kind, e.opened = infoLine, true
		e.host = bytes.TrimRight(bytes.TrimRight(t[len("Connected to "):], " \r"), ".")
	case bytes.HasPrefix(t, []byte("Escape character is ")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connection closed by foreign host")), bytes.HasPrefix(t, []byte("Connection to host lost")):
		e.kind, e.closed = infoLine, true
	}
}

// tls drops the certificate and session dumps of openssl s_client, which may stand in the middle of a session: from "---" or a heading up to the next
// "---", "read R BLOCK" or line of IMAP.
func (r *bareReader) tls(t []byte, e *entry) bool {
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
	case bytes.HasPrefix(t, []byte("read from 0x")), bytes.HasPrefix(t, []byte("write to 0x")), bytes.HasPrefix(t, []byte("<<< TLS ")), bytes.HasPrefix(t, []byte(">>> TLS ")),
		bytes.HasPrefix(t, []byte("<<< ??? ")), bytes.HasPrefix(t, []byte(">>> ??? ")):
		return true
	}
	_, n := hexValue(t, 4)
	return n == 4 && bytes.HasPrefix(t[4:], []byte(" - ")) && len(t) > 9 && isHex(t[7]) && isHex(t[8]) && (t[9] == ' ' || t[9] == '-')
}

// quotation is a line that is a quoted line of IMAP as a whole, perhaps as a comment: # b'* BAD unknown command'. Who puts it on a line of its own means it.
func quotation(line []byte, e *entry) bool {
	t := bytes.TrimRight(trimBlanks(line), " \t\r.,;")
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

// typed is a command in a PowerShell string, "a1 NOOP`r`n", or in one of several lines, the first and the last of which have its quotes.
func typed(line []byte, e *entry) bool {
	const eol, cr = "`r`n", "`r"
	end := bytes.Index(line, []byte(eol))
	if end < 0 {
		end = len(bytes.TrimRight(line, " \r"))
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
	n := nextMessage(line, 1)
	if own := bytes.TrimRight(line[:n], " "); first && n > 0 && judge(own).weight < likely && !isTagless(own) {
		e.from = n // an article's words, as before a label
		n = nextMessage(line, n+1)
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
	own := judge(line)
	n, tagged := 0, false
	for at := 1; at > 0 && (n < flatMin || !tagged); {
		if at = nextMessage(line, at); at > 0 {
			if tag, _ := cutWord(line[at:]); own.why == ByCommand && bytes.Equal(tag, own.tag) {
				return true
			}
			n++
			tagged = tagged || line[at] != '*'
			at++
		}
	}
	return n >= flatMin && tagged && len(line) >= flatLine
}

// nextMessage is where behind from a message begins in a line, after a blank and outside of quotes and lists. 0: nowhere.
func nextMessage(line []byte, from int) int {
	depth := nesting{}.after(line[:from-1])
	for i := from; i < len(line); i++ {
		depth = depth.after(line[i-1 : i])
		if line[i-1] != ' ' || line[i] == ' ' || depth.quoted || depth.depth > 0 || i > 1 && bytes.IndexByte([]byte("*<>|"), line[i-2]) >= 0 {
			continue
		}
		if beginsMessage(line[i:]) {
			return i
		}
	}
	return 0
}

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
	if !hasDigit(tag) || !plausibleTag(tag) {
		return false
	}
	word := firstWord(rest)
	if st := statusOf(word); st == wire.OK || st == wire.NO || st == wire.BAD {
		return isUpper(word)
	}
	n := len(bytes.TrimRight(tag, "0123456789"))
	_, known := commandShape(word)
	return known && (isUpper(word) || n > 0) && !hasDigit(tag[:n]) // no capability: IMAP4rev1 IDLE
}
