package transcript

import "bytes"

// kimapDialect is KIMAP's log (KMail, Akonadi; KIMAP_LOGFILE): "C: " before what is sent, "S: " before a response printed back from its parsed form: blanks
// inside the outer parentheses, a response code behind the text, in brackets with blanks. What were quoted strings and what atoms is lost.
var kimapDialect = &dialect{
	id:       "kimap",
	name:     "KMail / KIMAP log",
	needs:    []string{"S: "},
	trust:    5,
	bare:     bareLiteral,
	elides:   clientOctets,
	rewrites: serverOctets,
	open: func(s *sample) reader {
		if s.asked {
			return kimapReader{}
		}
		for i := range s.lines {
			if b := s.lines[i].body.b; bytes.HasPrefix(b, []byte("S: ")) && kimapPrinted(b) {
				return kimapReader{}
			}
		}
		return nil
	},
}

type kimapReader struct{}

func (r kimapReader) clone() reader { return r }

// kimapPrinted: a code in brackets with blanks ends the line, or a list does that begins with a blank. No server writes either.
func kimapPrinted(b []byte) bool {
	b = bytes.TrimRight(b, " \r")
	return bytes.HasSuffix(b, []byte("  ]")) && bytes.Contains(b, []byte(" [ ")) || bytes.HasSuffix(b, []byte(" )")) && bytes.Contains(b, []byte(" ( "))
}

func (kimapReader) read(line []byte, e *entry) {
	switch {
	case markLen(line, "C: ") > 0:
		e.kind, e.label, e.from = wireLine, byClient, markLen(line, "C: ")
	case markLen(line, "S: ") > 0:
		e.kind, e.label, e.from = wireLine, byServer, markLen(line, "S: ")
		if kimapPrinted(line) {
			e.sign = true
		}
		e.data, e.runs = kimapResponse(line, e.from)
	case string(bytes.TrimRight(line, " \r")) == "X":
		e.kind, e.closed = infoLine, true
	}
}

// kimapResponse writes a response as it was on the wire, as far as that is known: "* LIST (\Sent) / Sent" for "* LIST ( \Sent ) / Sent",
// "* OK [UIDNEXT 4] text" for "* OK text [ UIDNEXT 4  ]". It is nil where nothing has to change.
func kimapResponse(line []byte, at int) ([]byte, []Run) {
	end := len(bytes.TrimRight(line, " \r"))
	if end <= at {
		return nil, nil
	}
	p := func(i, j int) seg { return seg{b: line[i:j], src: uint32(i)} }
	var m mapper
	if v := judge(line[at:]); v.status != 0 {
		open := bytes.LastIndex(line[at:end], []byte(" [ "))
		text := at
		for range 2 { // behind the tag and the status
			if i := bytes.IndexByte(line[text:end], ' '); i >= 0 {
				text += i + 1
			}
		}
		if open < 0 || line[end-1] != ']' || at+open+1 < text {
			return nil, nil
		}
		open += at + 1
		m.add(p(at, text))
		m.add(p(open, open+1))
		kimapWords(&m, line, open+1, end-1)
		m.add(p(end-1, end))
		if last := len(bytes.TrimRight(line[:open], " ")); text < last { // else nothing but blanks stands before the code
			m.restore(" ")
			m.add(p(text, last))
		}
		return m.b, m.runs
	}
	if !kimapPrinted(line) && !bytes.Contains(line[at:end], []byte("( ")) {
		return nil, nil
	}
	if n := kimapList(line[at:end]); n > 0 {
		kimapWords(&m, line, at, at+n)
		for n += at; n < end; {
			word := n + 1
			for n = word; n < end && (line[n] != ' ' || n > word+1); n++ { // the delimiter, then all the rest
			}
			m.restore(" ")
			kimapString(&m, p(word, n))
		}
		return m.b, m.runs
	}
	kimapWords(&m, line, at, end)
	return m.b, m.runs
}

// kimapList is the length up to the end of the flags of a LIST response that lost the quotes of its delimiter, else 0: "* LIST ( \\Sent )".
func kimapList(b []byte) int {
	i := bytes.Index(b, []byte(" ) "))
	if i < 0 || i+4 >= len(b) || b[i+4] != ' ' || b[i+3] == '"' {
		return 0
	}
	_, rest := cutWord(b)
	switch upperWord(firstWord(rest)) {
	case "LIST", "LSUB", "XLIST":
		return i + 2
	}
	return 0
}

// kimapString quotes what can't stand there without quotes: a delimiter (RFC 9051 §9: mailbox-list), a name that isn't one word.
func kimapString(m *mapper, p seg) {
	if len(p.b) != 1 && bytes.IndexByte(p.b, ' ') < 0 {
		m.add(p)
		return
	}
	m.restore(`"`)
	m.add(p)
	m.restore(`"`)
}

// kimapWords appends line[i:j] without the blanks inside parentheses, and without blanks at both ends.
func kimapWords(m *mapper, line []byte, i, j int) {
	for i < j && line[i] == ' ' {
		i++
	}
	for j > i && line[j-1] == ' ' {
		j--
	}
	from, quoted := i, false
	for k := i; k < j; k++ {
		switch c := line[k]; {
		case quoted && c == '\\':
			k++
		case c == '"':
			quoted = !quoted
		case quoted || c != ' ':
		case line[k-1] == '(' || k+1 < j && (line[k+1] == ')' || line[k+1] == ' '):
			m.add(seg{b: line[from:k], src: uint32(from)})
			from = k + 1
		}
	}
	m.add(seg{b: line[from:j], src: uint32(from)})
}
