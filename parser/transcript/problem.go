package transcript

import "bytes"

// problem is why there is nothing to show.
type problem struct{ id, detail string }

// problem looks for the reason in a sample that has no IMAP in it.
func (s *sample) problem(text []byte) problem {
	switch {
	case len(bytes.TrimSpace(text[:min(len(text), 1<<20)])) == 0:
		return problem{id: "empty"}
	case s.imap > 0:
		return problem{}
	case isBinary(text[:min(len(text), 64<<10)]):
		return problem{id: "binary"}
	}
	if p := s.otherProtocol(); p != "" {
		return problem{"other-protocol", p}
	}
	return problem{id: "no-imap"}
}

// isBinary: control characters that no text and no terminal log holds in such number.
func isBinary(b []byte) bool {
	odd := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0x1B && c != '\b' && c != '\f' {
			odd++
		}
	}
	return odd*20 > len(b)
}

// foreign reports whether the sample speaks another protocol, of whose replies some look like completions: "250 OK". Then there is no IMAP in it.
func (s *sample) foreign() bool {
	for i := range s.lines {
		l := &s.lines[i]
		if l.at >= 0 && (l.verdict.why != ByCompletion || len(l.verdict.tag) != 3 || !isDigits(l.verdict.tag)) {
			return false
		}
	}
	return s.otherProtocol() != ""
}

// otherProtocol names the protocol that the sample's lines speak instead.
func (s *sample) otherProtocol() string {
	var pop, smtp, http, sieve int
	for i := range s.lines {
		t := trimBlanks(s.lines[i].body.b)
		for _, mark := range [...]string{"S: ", "C: ", "< ", "> ", "<<< ", ">>> "} {
			t = bytes.TrimPrefix(t, []byte(mark))
		}
		switch {
		case bytes.HasPrefix(t, []byte("+OK")), bytes.HasPrefix(t, []byte("-ERR")):
			pop++
		case len(t) > 4 && isDigits(t[:3]) && (t[3] == ' ' || t[3] == '-') && t[0] >= '2' && t[0] <= '5', bytes.HasPrefix(t, []byte("EHLO ")), bytes.HasPrefix(t, []byte("MAIL FROM:")):
			smtp++
		case bytes.HasPrefix(t, []byte("HTTP/")), bytes.HasSuffix(bytes.TrimRight(t, "\r"), []byte("HTTP/1.1")):
			http++
		case bytes.HasPrefix(t, []byte("\"IMPLEMENTATION\"")), bytes.HasPrefix(t, []byte("\"SIEVE\"")):
			sieve++
		}
	}
	switch {
	case http > 0 && http >= smtp:
		return "HTTP"
	case sieve > 0:
		return "ManageSieve"
	case pop > 1:
		return "POP3"
	case smtp > 1:
		return "SMTP"
	}
	return ""
}
