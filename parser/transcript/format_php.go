package transcript

import "bytes"

// hordeDialect is Horde's Imap_Client with debug, Nextcloud Mail's horde log: "C: " and "S: " before the first line only, ">> " before its own words,
// placeholders for large literals.
var hordeDialect = &dialect{
	id:    "horde",
	name:  "Horde / Nextcloud Mail",
	needs: []string{">> Connection to: ", ">> Command ", ">> Slow Command", "[LITERAL DATA: ", "[BINARY DATA: "},
	trust: 5,
	bare:  bareLiteral,
	open: func(s *sample) reader {
		if s.asked {
			return hordeReader{}
		}
		for i := range s.lines {
			b := s.lines[i].body.b
			if bytes.HasPrefix(b, []byte(">> Connection to: ")) || bytes.HasPrefix(b, []byte(">> Command ")) || bytes.HasPrefix(b, []byte(">> Slow Command")) || hordeGap(b) {
				return hordeReader{}
			}
		}
		return nil
	},
}

type hordeReader struct{}

func (r hordeReader) clone() reader { return r }

func (hordeReader) read(line []byte, e *entry) {
	switch {
	case hordeGap(line):
		e.kind, e.sign = gapLine, true
		i := bytes.Index(line, []byte("DATA: "))
		e.size, _ = parseUint(line[i+len("DATA: "):])
	case markLen(line, "C: ") > 0:
		e.kind, e.label, e.from = wireLine, byClient, markLen(line, "C: ")
	case markLen(line, "S: ") > 0:
		e.kind, e.label, e.from = wireLine, byServer, markLen(line, "S: ")
	case bytes.HasPrefix(line, []byte(">> ")):
		e.kind, e.sign = noiseLine, true
		if bytes.HasPrefix(line, []byte(">> Connection to: ")) {
			e.kind, e.opened = infoLine, true
			if i := bytes.Index(line, []byte("://")); i > 0 {
				e.host = bytes.TrimRight(firstWord(line[i+3:]), "/")
			}
		}
	case bytes.HasPrefix(line, []byte("------------------------------")):
		e.kind = noiseLine
	}
}

// hordeGap: "S: [LITERAL DATA: 2618 bytes]".
func hordeGap(b []byte) bool {
	return (bytes.Contains(b, []byte("[LITERAL DATA: ")) || bytes.Contains(b, []byte("[BINARY DATA: "))) && bytes.HasSuffix(bytes.TrimRight(b, " \r"), []byte(" bytes]"))
}

// roundcubeDialect is Roundcube's imap log: stamp, session, four hexadecimal digits for the connection, the side. Lines that follow without all this go on.
var roundcubeDialect = &dialect{
	id:    "roundcube",
	name:  "Roundcube imap log",
	needs: []string{"] C:", "] S:"},
	trust: 5,
	bare:  bareMore,
	open:  func(*sample) reader { return roundcubeReader{} },
}

type roundcubeReader struct{}

func (r roundcubeReader) clone() reader { return r }

func (roundcubeReader) read(line []byte, e *entry) {
	head := line[:min(len(line), 200)]
	for from := 0; from < len(head); {
		i := bytes.IndexByte(head[from:], '[')
		if i < 0 {
			return
		}
		i += from
		from = i + 1
		t := line[i:]
		if len(t) < 9 || t[5] != ']' || t[6] != ' ' || t[8] != ':' || t[7] != 'C' && t[7] != 'S' {
			continue
		}
		if _, n := hexValue(t[1:], 4); n < 4 {
			continue
		}
		e.kind, e.label, e.key, e.sign = wireLine, byServer, t[1:5], i > 0
		if t[7] == 'C' {
			e.label = byClient
		}
		e.from = i + 9
		if e.from < len(line) && line[e.from] == ' ' {
			e.from++
		}
		e.time, _ = findStamp(head[:i])
		return
	}
	if _, n := findStamp(line[:min(len(line), 32)]); n > 0 && line[0] == '[' {
		e.kind = noiseLine
	}
}

// snappymailDialect is SnappyMail's and RainLoop's log: "[stamp][id] IMAP[DATA]: < " and line ends as the letters "\r\n", then a real one.
var snappymailDialect = &dialect{
	id:    "snappymail",
	name:  "SnappyMail / RainLoop log",
	needs: []string{" IMAP["},
	trust: 5,
	bare:  bareLiteral,
	open:  func(*sample) reader { return &snappymailReader{} },
}

type snappymailReader struct{ label label }

func (r *snappymailReader) clone() reader { c := *r; return &c }

func (r *snappymailReader) read(line []byte, e *entry) {
	i := bytes.Index(line[:min(len(line), 120)], []byte(" IMAP["))
	if i < 0 {
		if r.label != unmarked && bytes.HasSuffix(bytes.TrimRight(line, "\r"), []byte(`\r\n`)) {
			e.kind, e.label, e.esc = moreLine, r.label, visibleEOL
			return
		}
		if len(line) > 0 && line[0] == '[' {
			if _, n := findStamp(line[:min(len(line), 40)]); n > 0 {
				e.kind = noiseLine
			}
		}
		return
	}
	r.label = unmarked
	e.kind = noiseLine
	j := bytes.Index(line[i:], []byte("]: "))
	if j < 0 || i+j+5 > len(line) {
		return
	}
	at := i + j + 3
	switch {
	case bytes.HasPrefix(line[at:], []byte("> ")):
		r.label = byClient
	case bytes.HasPrefix(line[at:], []byte("< ")):
		r.label = byServer
	default:
		return
	}
	e.kind, e.label, e.from, e.esc, e.sign = wireLine, r.label, at+2, visibleEOL, true
	e.time, _ = findStamp(line[:i])
	if k := bytes.LastIndexByte(line[:i], '['); k >= 0 && line[i-1] == ']' { // the request's id: each has connections of its own
		e.key = line[k+1 : i-1]
	}
}
