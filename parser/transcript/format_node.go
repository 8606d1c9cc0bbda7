package transcript

import "bytes"

// nodeIMAPDialect is node-imap's debug function: an arrow and the line as util.inspect prints strings. Octets aren't printed; a response with literals is
// printed again from its beginning, without the announcement, each time a literal was read.
var nodeIMAPDialect = &dialect{
	id:     "node-imap",
	name:   "node-imap",
	needs:  []string{"=> ", "<= ", "[connection] ", "[parsing incoming]"},
	trust:  5,
	bare:   bareNoise,
	elides: serverOctets,
	open:   func(*sample) reader { return &nodeIMAPReader{} },
}

type nodeIMAPReader struct {
	grows []byte // what was printed up to an announcement
}

func (r *nodeIMAPReader) clone() reader {
	c := *r
	c.grows = append([]byte(nil), r.grows...)
	return &c
}

func (r *nodeIMAPReader) read(line []byte, e *entry) {
	t, n := line, 0
	if s, m := findStamp(line[:min(len(line), 60)]); m > 0 && m < 40 {
		e.time = s
	}
	if i := bytes.Index(line[:min(len(line), 60)], []byte("> '")); i > 0 || len(line) < 4 {
		n = max(i-1, 0)
	} else if i := bytes.Index(line[:min(len(line), 60)], []byte("<= ")); i > 0 {
		n = i
	}
	t = line[n:]
	if len(t) < 4 || t[2] != ' ' {
		if bytes.HasPrefix(line, []byte("[connection] ")) || bytes.HasPrefix(line, []byte("[parsing incoming]")) {
			e.kind, e.sign = noiseLine, true
			e.opened = bytes.HasPrefix(line, []byte("[connection] Connected to host"))
			if e.opened {
				e.kind = infoLine
			}
		}
		return
	}
	switch string(t[:3]) {
	case "=> ":
		e.label = byClient
	case "<= ":
		e.label = byServer
	default:
		return
	}
	p := t[3:]
	if p[0] != '\'' && p[0] != '"' && p[0] != '`' {
		if e.label == byClient && isDone(p) {
			e.kind, e.from, e.sign = wireLine, n+3, true
			return
		}
		e.label = unmarked
		return
	}
	e.kind, e.from, e.esc, e.sign = wireLine, n+3, jsInspect, true
	if e.label != byServer {
		return
	}
	if len(r.grows) > 0 {
		c := 0
		for c < len(p) && c < len(r.grows) && p[c] == r.grows[c] {
			c++
		}
		if c > 8 && bytes.Contains(p[:c], []byte(" FETCH ")) {
			r.rest(p, c, n+3, e)
		}
	}
	r.grows = r.grows[:0]
	if endsInLiteral(bytes.TrimRight(p, "'\"`\r")) {
		r.grows = append(r.grows, p...)
	}
}

// rest reduces a response that is printed again to what is new in it: from p[c] on.
func (r *nodeIMAPReader) rest(p []byte, c, at int, e *entry) {
	if c < len(p) && p[c] == '"' { // the octets were put in as a quoted string
		if n := argEnd(p[c:]); n > 0 {
			c += n
		}
	} else if bytes.HasPrefix(p[c:], []byte(`\x00`)) { // or a number, which isn't printed
		c += len(`\x00`)
	}
	end := len(bytes.TrimRight(p, "\r")) - 1
	if end < c {
		e.kind = noiseLine
		return
	}
	e.from, e.to, e.esc = at+c, at+end, backslash
}

// pinoPrettyDialect is imapflow's log as pino-pretty prints it: a stamp in brackets, the level and the line; then its fields, one in a line, indented,
// among them who sent it: too late to be of use, so sides come from the words.
var pinoPrettyDialect = &dialect{
	id:       "pino-pretty",
	name:     "imapflow through pino-pretty",
	needs:    []string{`    src: "`},
	bare:     bareNoise,
	elides:   allOctets,
	rewrites: allOctets,
	open: func(s *sample) reader {
		for i := range s.lines {
			if s.asked || bytes.HasPrefix(s.lines[i].body.b, []byte(`    src: "`)) {
				return pinoPrettyReader{}
			}
		}
		return nil
	},
}

type pinoPrettyReader struct{}

func (r pinoPrettyReader) clone() reader { return r }

func (pinoPrettyReader) read(line []byte, e *entry) {
	e.kind = noiseLine
	if t := trimBlanks(line); len(t)+4 <= len(line) {
		e.sign = bytes.HasPrefix(t, []byte(`src: "`))
		return
	}
	head := line[:min(len(line), 120)]
	t, n := findStamp(head[:min(len(head), 40)])
	if n == 0 || head[0] != '[' {
		return
	}
	for _, level := range [...]string{"] DEBUG", "] TRACE"} {
		i := bytes.Index(head, []byte(level))
		if i < 0 {
			continue
		}
		k := bytes.Index(head[i:], []byte(": "))
		if k < 0 || k > 60 {
			continue
		}
		e.kind, e.time, e.esc, e.from = wireLine, t, placeholders, i+k+2
	}
}
