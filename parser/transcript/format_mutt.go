package transcript

import "bytes"

// muttDialect is the debug file of mutt and neomutt: stamp, perhaps level and function, the socket's descriptor with an arrow, the line.
// Octets of literals stand bare, at higher levels, and so does what was sent in one piece with the line before.
var muttDialect = &dialect{
	id:    "mutt",
	name:  "mutt / neomutt debug",
	trust: 4,
	bare:  bareLiteral,
	open:  func(*sample) reader { return &muttReader{} },
}

type muttReader struct {
	label label // of the line before
	key   []byte
}

func (r *muttReader) clone() reader { c := *r; return &c }

func (r *muttReader) read(line []byte, e *entry) {
	n := 0
	if len(line) > 0 && line[0] == '[' {
		end := bytes.IndexByte(line[:min(len(line), 120)], ']')
		if end < 0 {
			return
		}
		t, m := stamp(line[1:end])
		if m == 0 {
			return
		}
		e.time, e.kind = t, noiseLine
		n = end + 1
		if n+2 < len(line) && line[n] == '<' && line[n+2] == '>' { // neomutt's level
			n += 3
		}
		if n < len(line) && line[n] == ' ' {
			f := n + 1
			for f < len(line) && (isAlnum(line[f]) || line[f] == '_') {
				f++
			}
			if f > n+1 && bytes.HasPrefix(line[f:], []byte("() ")) { // neomutt's function
				n = f + 2
			}
		}
		if n < len(line) && line[n] == ' ' {
			n++
		}
	} else if r.label == byClient && judge(line).why == ByCommand {
		// Sent in one piece with the command before, so the log shows it without a stamp.
		e.kind, e.label, e.key = wireLine, byClient, r.key
		e.next = max(glued(line), 0)
		return
	} else if i := glued(line); i > 0 {
		e.next = i
		return
	} else if muttOwn(line) {
		e.kind = noiseLine
		return
	}
	d := n
	if n > 0 && bytes.HasPrefix(line[n:], []byte("-1> ")) { // a connection that was closed before
		d++
	}
	for d < len(line) && line[d] >= '0' && line[d] <= '9' {
		d++
	}
	if d == n || d-n > 5 || d+1 >= len(line) || line[d] != '>' && line[d] != '<' || line[d+1] != ' ' {
		if n > 0 {
			r.label = unmarked
		}
		return
	}
	e.kind, e.label, e.from, e.key, e.sign = wireLine, byServer, d+2, line[n:d], n > 0
	if line[d] == '>' {
		e.label = byClient
	}
	r.label, r.key = e.label, append(r.key[:0], e.key...)
	if i := glued(line[e.from:]); i > 0 {
		e.next = e.from + i
	}
}

// muttOwn reports whether a line without a stamp is what older versions say themselves: "Handling FETCH", "imap_read_literal: reading 25 bytes".
func muttOwn(line []byte) bool {
	if word, ok := bytes.CutPrefix(line, []byte("Handling ")); ok {
		return isUpper(bytes.TrimRight(word, "\r"))
	}
	n := 0
	for n < len(line) && (line[n] >= 'a' && line[n] <= 'z' || line[n] == '_') {
		n++
	}
	return bytes.HasPrefix(line, []byte("IMAP queue drained")) || n < len(line) && line[n] == ':' && bytes.IndexByte(line[:n], '_') > 0
}

// glued finds a log record behind octets that didn't end in a line end: "last words[2026-03-01 10:41:07] 4< )".
func glued(line []byte) int {
	for from := 1; from < len(line); {
		i := bytes.IndexByte(line[from:], '[')
		if i < 0 {
			return -1
		}
		from += i
		if rest := line[from+1:]; len(rest) > 20 && rest[19] == ']' {
			if _, n := stamp(rest); n == 19 {
				return from
			}
		}
		from++
	}
	return -1
}
