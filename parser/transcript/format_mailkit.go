package transcript

import "bytes"

// mailkitDialect is MailKit's ProtocolLogger: "Connected to imaps://host:993/", then "C: " and "S: " before every line, a stamp before them if wanted.
// The mark is written per network buffer: where a buffer of the server ends inside a line, the client's next line follows on the same one, and the rest
// of the server's has no mark.
var mailkitDialect = &dialect{
	id:       "mailkit",
	name:     "MailKit ProtocolLogger",
	needs:    []string{"Connected to imap", "C: "},
	trust:    5,
	bare:     bareLiteral,
	faithful: true,
	open: func(s *sample) reader {
		if s.asked {
			return &mailkitReader{}
		}
		for i := range s.lines {
			if b := s.lines[i].body.b; bytes.Contains(b, []byte("Connected to imap")) || mailkitTag(b) {
				return &mailkitReader{}
			}
		}
		return nil
	},
}

type mailkitReader struct {
	cut bool // the server's last line goes on without a mark
}

func (r *mailkitReader) clone() reader { c := *r; return &c }

func (r *mailkitReader) read(line []byte, e *entry) {
	n := 0
	if t, m := stamp(line); m > 0 && m+1 < len(line) && line[m] == ' ' {
		e.time, n = t, m+1
	}
	t := line[n:]
	switch {
	case markLen(t, "C: ") > 0:
		e.kind, e.label, e.from = wireLine, byClient, n+markLen(t, "C: ")
		e.sign = mailkitTag(t)
	case markLen(t, "S: ") > 0:
		e.kind, e.label, e.from = wireLine, byServer, n+markLen(t, "S: ")
		r.cut = false
		if i := mailkitInside(t); i > 0 {
			e.next, e.cut, r.cut = n+i, true, true
		}
	case bytes.HasPrefix(t, []byte("Connected to imap")):
		e.kind, e.opened, e.sign = infoLine, true, true
		if i := bytes.Index(t, []byte("://")); i > 0 {
			e.host = bytes.TrimRight(firstWord(t[i+3:]), "/")
		}
	case r.cut && len(t) > 0:
		e.kind, e.label = moreLine, byServer
		r.cut = false
	}
}

// mailkitTag: "C: " and a tag of one letter and eight digits.
func mailkitTag(b []byte) bool {
	i := bytes.Index(b[:min(len(b), 48)], []byte("C: "))
	return i >= 0 && len(b) > i+13 && b[i+3] >= 'A' && b[i+3] <= 'Z' && isDigits(b[i+4:i+12]) && b[i+12] == ' '
}

// mailkitInside is where a client's line begins inside a server's.
func mailkitInside(b []byte) int {
	for from := 3; from < len(b); {
		i := bytes.Index(b[from:], []byte("C: "))
		if i < 0 {
			return 0
		}
		from += i
		if t := b[from:]; len(t) > 13 && t[3] >= 'A' && t[3] <= 'Z' && isDigits(t[4:12]) && t[12] == ' ' {
			return from
		}
		from++
	}
	return 0
}
