package transcript

import (
	"bytes"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// rawlogDialect is Dovecot's rawlog. Each line has a stamp; the direction is that of the file, or an I or O behind the stamp, as the program that wrote it
// saw it: imaptest and proxies are clients.
var rawlogDialect = &dialect{
	id:       "dovecot-rawlog",
	name:     "Dovecot rawlog",
	trust:    5,
	bare:     bareLiteral,
	faithful: true,
	chunked:  true,
	open:     openRawlog,
}

type rawlogReader struct{ file label } // whose lines a file of one direction holds

func (r rawlogReader) clone() reader { return r }

func openRawlog(s *sample) reader {
	var votes [3]int
	n := 0
	for i := range s.lines {
		b := s.lines[i].body.b
		k := rawlogStamp(b)
		if k == 0 {
			continue
		}
		n++
		if v := judge(b[k:]); v.weight >= likely {
			votes[v.side]++
		}
	}
	if n == 0 {
		return nil
	}
	r := rawlogReader{}
	switch c, s := votes[wire.Client], votes[wire.Server]; {
	case c > 20*s:
		r.file = byClient
	case s > 20*c:
		r.file = byServer
	}
	return r
}

// rawlogStamp is the length of "1772361667.120345 ".
func rawlogStamp(b []byte) int {
	const n = len("1772361667.120345")
	if len(b) < n || b[10] != '.' || !isDigits(b[:10]) || !isDigits(b[11:n]) {
		return 0
	}
	if len(b) == n {
		return n // an editor cut the blank off
	}
	if b[n] != ' ' {
		return 0
	}
	return n + 1
}

func (r rawlogReader) read(line []byte, e *entry) {
	n := rawlogStamp(line)
	if n == 0 {
		if string(line) == "<<<" || string(line) == ">>>" { // rawlog -b: a read
			e.kind = noiseLine
		}
		return
	}
	e.kind, e.label, e.from = wireLine, r.file, n
	e.time, _ = epoch(line)
	rest := line[n:]
	if len(rest) >= 2 && (rest[0] == 'I' || rest[0] == 'O') && (rest[1] == ':' || rest[1] == '>') && (len(rest) == 2 || rest[2] == ' ') {
		e.label, e.sign = byClient, true
		if rest[0] == 'O' {
			e.label = byServer
		}
		e.cut = rest[1] == '>'
		e.from = min(n+3, len(line))
	}
}

// telemetryDialect is Cyrus telemetry: "<1772361667<" before what was read, ">1772361667>" before what was written, without line ends of their own.
var telemetryDialect = &dialect{
	id:       "cyrus-telemetry",
	name:     "Cyrus telemetry",
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	chunked:  true,
	open:     func(*sample) reader { return &telemetryReader{} },
}

type telemetryReader struct {
	label label
	stamp uint64 // s since 1970
}

func (r *telemetryReader) clone() reader { c := *r; return &c }

// telemetryMark reads a mark at the start of b. Inside a line only a stamp that fits the one before counts: a message may hold anything.
func (r *telemetryReader) mark(b []byte, inside bool) (l label, stamp uint64, n int) {
	if len(b) < 11 || b[0] != '<' && b[0] != '>' {
		return 0, 0, 0
	}
	v, d := parseUint(b[1:])
	if d < 9 || d > 11 || d+1 >= len(b) || b[d+1] != b[0] {
		return 0, 0, 0
	}
	if inside && (v < r.stamp || v-r.stamp > 86400) {
		return 0, 0, 0
	}
	if b[0] == '<' {
		return byClient, v, d + 2
	}
	return byServer, v, d + 2
}

func (r *telemetryReader) read(line []byte, e *entry) {
	if bytes.HasPrefix(line, []byte("---------- ")) {
		r.label = unmarked
		e.kind, e.opened, e.sign = infoLine, true, true
		e.host, _ = cutWord(line[len("---------- "):])
		return
	}
	if l, stamp, n := r.mark(line, r.label != unmarked); n > 0 {
		r.label, r.stamp = l, stamp
		e.from, e.sign = n, true
	} else {
		e.unsaid = true
	}
	if r.label == unmarked {
		e.kind = noiseLine
		return
	}
	e.kind, e.label, e.time = wireLine, r.label, time.Unix(int64(r.stamp), 0).UTC()
	for i := e.from; i < len(line); {
		j := bytes.IndexAny(line[i:], "<>")
		if j < 0 {
			break
		}
		i += j
		if _, _, n := r.mark(line[i:], true); n > 0 {
			e.next, e.cut = i, true
			if i == e.from {
				e.kind = noiseLine
			}
			return
		}
		i++
	}
}

// courierDialect is Courier's IMAPDEBUGFILE: a line for each token that was read, and what was written as it is.
var courierDialect = &dialect{
	id:      "courier",
	name:    "Courier IMAPDEBUGFILE",
	needs:   []string{"READ: ", "WRITE: "},
	trust:   5,
	bare:    bareNoise,
	elides:  clientOctets,
	chunked: true,
	open:    func(*sample) reader { return &courierReader{tight: true} },
}

type courierReader struct {
	writing bool
	tight   bool // no blank before the next token
}

func (r *courierReader) clone() reader { c := *r; return &c }

func (r *courierReader) read(line []byte, e *entry) {
	switch {
	case bytes.HasPrefix(line, []byte("READ: ")):
		if r.writing {
			r.tight = true
		}
		r.writing = false
		r.token(line, e)
	case bytes.HasPrefix(line, []byte("WRITE: ")):
		r.writing = true
		e.kind, e.label, e.from, e.sign = wireLine, byServer, len("WRITE: "), true
	case r.writing:
		e.kind, e.label, e.unsaid = wireLine, byServer, true
	}
}

// token puts a command together again: "READ: ATOM: SELECT", "READ: QUOTED_STRING: INBOX", "READ: EOL".
func (r *courierReader) token(line []byte, e *entry) {
	const prefix = len("READ: ")
	rest := line[prefix:]
	name, text := rest, []byte(nil)
	if i := bytes.Index(rest, []byte(": ")); i > 0 {
		name, text = rest[:i], rest[i+2:]
	}
	at := uint32(len(line) - len(text))
	own := seg{b: text, src: at}
	whole := seg{b: line[prefix:], src: uint32(prefix)}
	var w mapper
	blank := func() {
		if !r.tight {
			w.restore(" ")
		}
		r.tight = false
	}
	switch string(name) {
	case "ATOM", "NUMBER":
		blank()
		w.add(own)
	case "QUOTED_STRING":
		blank()
		w.restore(`"`)
		w.add(own)
		w.restore(`"`)
	case "NIL":
		blank()
		w.unit("NIL", whole)
	case "LPAREN":
		blank()
		w.unit("(", whole)
		r.tight = true
	case "RPAREN":
		w.unit(")", whole)
		r.tight = false
	case "LBRACKET":
		w.unit("[", whole)
		r.tight = true
	case "RBRACKET":
		w.unit("]", whole)
		r.tight = false
	case "EOL":
		w.unit("\r\n", whole)
		r.tight = true
	default:
		if h, ok := literalAtEnd(rest); ok && h.at == 0 {
			blank()
			w.add(whole)
			w.restore("\r\n")
			break
		}
		e.kind = noiseLine
		return
	}
	e.kind, e.label, e.cut, e.sign = wireLine, byClient, true, true
	e.data, e.runs = w.b, w.runs
}
