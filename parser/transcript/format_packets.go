package transcript

import (
	"bytes"
	"time"
)

// ngrepDialect is ngrep -q, with and without -W byline. Each octet is a character, a dot for those that can't be printed.
var ngrepDialect = &dialect{
	id:      "ngrep",
	name:    "ngrep",
	trust:   3,
	bare:    bareNoise,
	chunked: true,
	open:    openNgrep,
}

type ngrepReader struct {
	peers   peers
	time    time.Time
	byline  bool
	src     []byte
	at      int // index into peers.list of the packet at hand, -1: none
	lead    bool
	pending bool      // the row before ended in a dot that may be the CR of a line end
	quota   [2]uint64 // octets of a literal that are still to come, from peer.a and from the other end
	width   int       // of a row
	blanks  int       // at the end of the row before, unless that was the packet's last
	tag     []byte    // of the client's last line
	tail    []byte    // of the row before
}

func openNgrep(s *sample) reader {
	rows, indented, width := 0, 0, 0
	headed := false
	for i := range s.lines {
		b := s.lines[i].body.b
		if _, _, ok := ngrepHeading(b); ok {
			headed = true
			continue
		}
		if bytes.HasPrefix(b, []byte("  ")) {
			width = max(width, len(b)-2)
		}
		if headed && len(b) > 0 && b[0] != '#' {
			rows++
			if bytes.HasPrefix(b, []byte("  ")) {
				indented++
			}
			headed = false
		}
	}
	if rows == 0 {
		return nil
	}
	return &ngrepReader{byline: indented*2 < rows, at: -1, width: width}
}

func (r *ngrepReader) clone() reader {
	c := *r
	c.peers, c.src, c.tag, c.tail = r.peers.clone(), bytes.Clone(r.src), bytes.Clone(r.tag), bytes.Clone(r.tail)
	return &c
}

// ngrepHeading reads "T 192.0.2.1:143 -> 192.0.2.2:35542 [AP] #4", with a stamp behind the T under -t.
func ngrepHeading(line []byte) (src, dst []byte, ok bool) {
	if len(line) < 8 || line[0] != 'T' || line[1] != ' ' && line[1] != '(' {
		return nil, nil, false
	}
	i := bytes.Index(line, []byte(" -> "))
	if i < 3 {
		return nil, nil, false
	}
	src = line[bytes.LastIndexByte(line[:i], ' ')+1 : i]
	dst = firstWord(line[i+4:])
	return src, dst, bytes.IndexByte(src, ':') > 0 && bytes.IndexByte(dst, ':') > 0
}

// isNgrepFiller: a mark for each packet that didn't match, and the last words.
func isNgrepFiller(line []byte) bool {
	if len(line) > 0 && line[0] == '#' {
		rest := bytes.TrimLeft(line, "#")
		return len(rest) == 0 || string(rest) == "exit"
	}
	return bytes.HasSuffix(line, []byte(" matched")) && bytes.Contains(line, []byte(" received, "))
}

func (r *ngrepReader) read(line []byte, e *entry) {
	if src, dst, ok := ngrepHeading(line); ok {
		c := r.peers.find(src, dst)
		r.src = append(r.src[:0], src...)
		for i := range r.peers.list {
			if &r.peers.list[i] == c {
				r.at = i
			}
		}
		r.lead, r.pending, r.blanks = true, false, 0
		r.tail = r.tail[:0]
		e.kind, e.sign = noiseLine, true
		r.time, _ = findStamp(line)
		return
	}
	if r.at < 0 || isNgrepFiller(line) || r.at >= len(r.peers.list) {
		e.kind = noiseLine
		return
	}
	c := &r.peers.list[r.at]
	e.kind, e.key, e.time = wireLine, r.peers.key(c), r.time
	if r.byline {
		if len(line) == 0 {
			e.kind = noiseLine // behind each packet
			return
		}
		e.unsaid = !r.lead
		if r.lead {
			c.hear(r.src, line)
			r.lead = false
		}
		e.label = c.label(r.src)
		if line[len(line)-1] == '.' {
			e.to = len(line) - 1
			if e.to == 0 {
				e.data, e.runs = []byte{}, []Run{}
			}
		}
		return
	}
	if !bytes.HasPrefix(line, []byte("  ")) {
		e.kind = noiseLine
		return
	}
	if r.lead {
		c.hear(r.src, line[2:])
		r.lead = false
	}
	e.label, e.cut = c.label(r.src), true
	if e.label == byClient {
		if v := judge(bytes.TrimRight(line[2:], " .")); v.why == ByCommand {
			r.tag = append(r.tag[:0], v.tag...)
		}
	}
	q := &r.quota[0]
	if c.a != string(r.src) {
		q = &r.quota[1]
	}
	r.row(line, q, e)
	if len(e.data) == 0 {
		e.kind = noiseLine
	}
}

// row turns the dots of a row back into line ends where they were that: at the end of a packet's last row, which blanks fill up, before what can only be
// another line, behind the announcement of a literal, and, two by two, inside the octets of one, of which the row has as many as there were.
func (r *ngrepReader) row(line []byte, quota *uint64, e *entry) {
	var w mapper
	for range r.blanks {
		w.restore(" ")
	}
	*quota -= min(*quota, uint64(r.blanks))
	row := bytes.TrimRight(line[2:], " ")
	r.blanks = max(len(line)-2, r.width) - len(row)
	last := r.blanks > 0
	at := func(i, j int) seg { return seg{b: row[i:j:j], src: uint32(2 + i)} }
	i := 0
	if r.pending {
		r.pending = false
		if len(row) > 0 && row[0] == '.' {
			w.restore("\r\n")
			i = 1
			*quota -= min(*quota, 2)
		} else {
			w.restore(".")
			*quota -= min(*quota, 1)
		}
	}
	from := i
	for i < len(row) {
		if row[i] != '.' {
			i++
			*quota -= min(*quota, 1)
			continue
		}
		n := 1
		for i+n < len(row) && row[i+n] == '.' {
			n++
		}
		rest := row[i+n:]
		inside := *quota > 0
		size := uint64(0)
		ends := 0 // so many of the dots are line ends, two dots each
		switch {
		case inside && n > 5: // octets above 0x7F
		case inside:
			ends = int(min(uint64(n), *quota)) / 2
		case n >= 2 && (len(rest) == 0 || r.startsLine(rest, !last)):
			ends = 1
		case n >= 2 && r.announces(row[:i], &size):
			ends = n / 2
		}
		if len(rest) == 0 && !last && n%2 == 1 && (inside || n == 1 && i > 0 && row[i-1] == '}') {
			n-- // the other half may stand on the next row
			r.pending = true
			ends = min(ends, n/2)
		}
		if !inside && ends > 0 {
			if r.announces(row[:i+n-2*ends], &size) {
				*quota = size
			}
		}
		dots := i + n - 2*ends
		w.add(at(from, dots))
		for k := range ends {
			w.restore("\r")
			w.unit("\n", at(dots+2*k, dots+2*k+2))
		}
		if inside {
			*quota -= min(*quota, uint64(n))
		} else if *quota > 0 && ends > 1 {
			*quota -= min(*quota, uint64(2*(ends-1)))
		}
		i += n
		from = i
		if r.pending {
			i++
			from = i
		}
	}
	w.add(at(min(from, len(row)), len(row)))
	e.data, e.runs = w.b, w.runs
	r.tail = append(r.tail[:0], row[max(len(row)-24, 0):]...)
}

// announces reports whether the octets so far end in the announcement of a literal, which may have begun on the row before.
func (r *ngrepReader) announces(b []byte, size *uint64) bool {
	if len(b) < 24 {
		b = append(r.tail[:len(r.tail):len(r.tail)], b...)
	}
	h, ok := literalAtEnd(b)
	*size = h.size
	return ok
}

// startsLine reports whether a new line of the protocol can begin with b, of which a row may show no more than its first bytes.
func (r *ngrepReader) startsLine(b []byte, cut bool) bool {
	for _, start := range [...][]byte{[]byte("* "), []byte("+ "), append(r.tag[:len(r.tag):len(r.tag)], ' '), []byte(")..")} {
		if len(start) > 1 && bytes.HasPrefix(b, start) || cut && len(start) > len(b) && bytes.HasPrefix(start, b) {
			return true
		}
	}
	v := judge(b)
	return v.weight >= likely && v.why == ByCommand
}

// tcpflowDialect is tcpflow -c: "192.000.002.001.00143-192.000.002.002.35542: " once before the octets of each packet.
var tcpflowDialect = &dialect{
	id:      "tcpflow",
	name:    "tcpflow -c",
	trust:   3,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return &tcpflowReader{at: -1} },
}

type tcpflowReader struct {
	peers  peers
	src    []byte
	at     int
	crlf   bool // lines that end in CRLF were seen
	lf     bool // lines that end in LF alone were: with both, line ends came through, and those are the tool's
	bare   bool // this line is one of them
	blanks int  // empty lines that may be the tool's
}

func (r *tcpflowReader) clone() reader {
	c := *r
	c.peers, c.src = r.peers.clone(), bytes.Clone(r.src)
	return &c
}

func (r *tcpflowReader) lineEnd(eol []byte) {
	r.bare = len(eol) == 1
	r.crlf = r.crlf || len(eol) == 2
	r.lf = r.lf || r.bare
}

// tcpflowPrefix reads the addresses before a packet's octets.
func tcpflowPrefix(line []byte) (src, dst []byte, n int) {
	if len(line) == 0 || !isHex(line[0]) && line[0] != '.' && line[0] != '-' && line[0] != ':' {
		return nil, nil, 0
	}
	i := bytes.Index(line[:min(len(line), 120)], []byte(": "))
	if i < 0 {
		if len(line) < 120 && bytes.HasSuffix(line, []byte(":")) {
			i = len(line) - 1
		} else {
			return nil, nil, 0
		}
	}
	for i := range line[:i] {
		if c := line[i]; !isHex(c) && c != '.' && c != '-' && c != ':' {
			return nil, nil, 0
		}
	}
	dash := bytes.IndexByte(line[:i], '-')
	if dash < 0 {
		return nil, nil, 0
	}
	src, dst = line[:dash], line[dash+1:i]
	if !isFlowEnd(src) || !isFlowEnd(dst) {
		return nil, nil, 0
	}
	return src, dst, min(i+2, len(line))
}

// isFlowEnd: an address and a port of five digits, "192.000.002.001.00143" or "2001:...:0001.00143".
func isFlowEnd(b []byte) bool {
	dot := bytes.LastIndexByte(b, '.')
	return dot > 6 && len(b)-dot == 6 && isDigits(b[dot+1:]) && (bytes.Count(b, []byte(".")) == 4 || bytes.IndexByte(b, ':') > 0)
}

func (r *tcpflowReader) read(line []byte, e *entry) {
	from := 0
	if src, dst, n := tcpflowPrefix(line); n > 0 {
		c := r.peers.find(src, dst)
		for i := range r.peers.list {
			if &r.peers.list[i] == c {
				r.at = i
			}
		}
		r.src = append(r.src[:0], src...)
		c.hear(src, line[n:])
		from, e.sign = n, true
	}
	if r.at < 0 || r.at >= len(r.peers.list) {
		return
	}
	e.unsaid = from == 0
	told := r.lf && r.crlf
	if len(line) == 0 && (!told || r.bare) {
		// Behind each packet that ended in a line end stands an empty line. Where it can't be told from the packet's own, the next line tells.
		e.kind = noiseLine
		if !told {
			r.blanks++
		}
		return
	}
	c := &r.peers.list[r.at]
	e.kind, e.label, e.key, e.from = wireLine, c.label(r.src), r.peers.key(c), from
	e.cut = told && r.bare
	if from == len(line) && e.cut {
		e.kind = noiseLine
	}
	if r.blanks > 0 && from == 0 {
		var w mapper
		for range r.blanks {
			w.restore("\r\n")
		}
		w.add(seg{b: line})
		e.data, e.runs = w.b, w.runs
	}
	r.blanks = 0
}

// socatDialect is socat -v: a heading with the direction before the octets of each read.
var socatDialect = &dialect{
	id:      "socat",
	name:    "socat -v",
	needs:   []string{" length="},
	trust:   2,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return &socatReader{} },
}

type socatReader struct {
	label label
	time  time.Time
	left  int
}

func (r *socatReader) clone() reader { c := *r; return &c }

func (r *socatReader) read(line []byte, e *entry) {
	if len(line) > 20 && (line[0] == '>' || line[0] == '<') && line[1] == ' ' {
		if t, n := stamp(line[2:]); n > 0 {
			if i := bytes.Index(line, []byte(" length=")); i > 0 && bytes.Contains(line, []byte(" from=")) {
				v, _ := parseUint(line[i+len(" length="):])
				r.left = int(min(v, 1<<24))
				r.label = byServer
				if line[0] == '>' {
					r.label = byClient
				}
				e.kind, e.sign, r.time = noiseLine, true, t
				return
			}
		}
	}
	if r.label == unmarked || r.left <= 0 {
		return
	}
	e.kind, e.label, e.esc, e.time = wireLine, r.label, backslash, r.time
	shown := len(unescape(seg{b: line}, backslash).b)
	e.cut = shown >= r.left
	r.left -= shown + 1
}
