package transcript

import (
	"bytes"
	"time"
)

// tsharkSummaryDialect is the packet list of tshark and Wireshark, one line per packet: only the first or last line of its data is shown.
var tsharkSummaryDialect = &dialect{
	id:     "tshark-summary",
	name:   "Wireshark: packet list",
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   func(*sample) reader { return tsharkSummaryReader{} },
}

type tsharkSummaryReader struct{}

func (r tsharkSummaryReader) clone() reader { return r }

// read finds "  6   0.027277    192.0.2.1 → 192.0.2.2    IMAP 84 Request: a1 NOOP".
func (tsharkSummaryReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	_, n := parseUint(t)
	if n == 0 || n == len(t) || t[n] != ' ' && t[n] != '\t' {
		return
	}
	_, i := tsharkProtocol(t, "IMAP")
	if i < 0 {
		if _, j := tsharkProtocol(t, "TCP"); j > 0 {
			e.kind, e.sign = noiseLine, true
		}
		return
	}
	rest := t[i:]
	at := len(line) - len(rest)
	e.sign = true
	switch {
	case bytes.HasPrefix(rest, []byte("Request: ")):
		e.kind, e.label, e.from = wireLine, byClient, at+len("Request: ")
	case bytes.HasPrefix(rest, []byte("Response: ")):
		e.kind, e.label, e.from = wireLine, byServer, at+len("Response: ")
	default:
		e.kind = noiseLine
		return
	}
	head := trimBlanks(t[n:])
	if stampAt, m := stamp(head); m > 0 {
		e.time = stampAt
	} else if s, m := parseUint(head); m > 0 && m < len(head) && head[m] == '.' && s < 86400 { // seconds since the capture began
		c := time.Duration(s) * time.Second
		unit := time.Second / 10
		for m++; m < len(head) && head[m] >= '0' && head[m] <= '9'; m++ {
			c += time.Duration(head[m]-'0') * unit
			unit /= 10
		}
		e.time = dayTime(c)
	}
}

// tsharkProtocol finds the protocol's column, which stands before the packet's length, and what is behind that.
func tsharkProtocol(t []byte, name string) (at, rest int) {
	for from := 0; ; {
		i := bytes.Index(t[from:min(len(t), 400)], []byte(name))
		if i < 0 {
			return -1, -1
		}
		i += from
		from = i + len(name)
		if i == 0 || t[i-1] != ' ' && t[i-1] != '\t' {
			continue
		}
		j := i + len(name)
		k := j
		for k < len(t) && (t[k] == ' ' || t[k] == '\t') {
			k++
		}
		_, n := parseUint(t[k:])
		if k == j || n == 0 || k+n >= len(t) || t[k+n] != ' ' && t[k+n] != '\t' {
			continue
		}
		for k += n; k < len(t) && (t[k] == ' ' || t[k] == '\t'); k++ {
		}
		return i, k
	}
}

// tsharkDialect is the packet details of tshark -V and -T json, and of Wireshark's export. JSON holds every octet; -V leaves out those of literals.
var tsharkDialect = &dialect{
	id:      "tshark",
	name:    "Wireshark: packet details",
	needs:   []string{`"imap.line":`, `"tcp.payload":`, "Transmission Control Protocol, Src Port: "},
	trust:   3,
	bare:    bareNoise,
	chunked: true,
	open: func(s *sample) reader {
		for i := range s.lines {
			b := s.lines[i].body.b
			if bytes.Contains(b, []byte(`"imap.line":`)) || bytes.Contains(b, []byte(`"tcp.payload":`)) || isTsharkTCP(b) {
				return &tsharkReader{}
			}
		}
		return nil
	},
}

type tsharkReader struct {
	peers    peers
	src, dst []byte
	time     time.Time
	asked    label // of imap.isrequest
	stream   []byte
	payload  bool // its octets were given in full
	seq      uint32
}

func (r *tsharkReader) clone() reader {
	c := *r
	c.peers = r.peers.clone()
	c.src, c.dst, c.stream = bytes.Clone(r.src), bytes.Clone(r.dst), bytes.Clone(r.stream)
	return &c
}

func isTsharkTCP(b []byte) bool {
	return bytes.HasPrefix(b, []byte("Transmission Control Protocol, Src Port: "))
}

func (r *tsharkReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	if len(t) > 0 && t[0] == '"' {
		r.json(t, len(line)-len(t), e)
		return
	}
	e.kind = noiseLine
	switch {
	case bytes.HasPrefix(t, []byte("Arrival Time: ")):
		r.time, _ = stamp(t[len("Arrival Time: "):])
	case bytes.HasPrefix(t, []byte("Epoch Time: ")), bytes.HasPrefix(t, []byte("Epoch Arrival Time: ")):
		r.time, _ = stamp(t[bytes.IndexByte(t, ':')+2:])
	case isTsharkTCP(t):
		e.sign = true
		r.src = appendDigits(r.src[:0], t, "Src Port: ")
		r.dst = appendDigits(r.dst[:0], t, "Dst Port: ")
	case bytes.HasPrefix(t, []byte("[Stream index: ")):
		r.stream = appendDigits(r.stream[:0], t, "index: ")
	case bytes.HasPrefix(t, []byte("Line: ")), bytes.HasPrefix(t, []byte("Line [")): // "Line [truncated]: " when it is long
		i := bytes.Index(t, []byte(": ")) + 2
		if i < 2 {
			return
		}
		e.from = len(line) - len(t) + i
		e.esc, e.sign = visibleEOL, true
		e.short = bytes.HasPrefix(t, []byte("Line [truncated]"))
		r.wire(t[i:], e)
		if e.short && judge(t[i:]).weight < doubtful { // what went before it is cut off: it goes on in nothing
			e.kind = gapLine
		}
	case bytes.HasPrefix(t, []byte("Request")), bytes.HasPrefix(t, []byte("Response")): // the line's parts once more
		e.sign = len(t) < len(line)
	}
}

// appendDigits appends the number in parentheses, or else the bare one, that stands behind a mark.
func appendDigits(dst, b []byte, mark string) []byte {
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		return dst
	}
	w := firstWord(b[i+len(mark):])
	if len(w) > 0 && !isDigits(w[:1]) { // "imap (143)"
		if j := bytes.IndexByte(b[i:], '('); j > 0 {
			w = b[i+j+1:]
		}
	}
	_, n := parseUint(w)
	return append(dst, w[:n]...)
}

func (r *tsharkReader) wire(text []byte, e *entry) {
	c := r.peers.find(r.src, r.dst)
	c.hear(r.src, text)
	e.kind, e.time = wireLine, r.time
	e.label = c.label(r.src)
	if r.asked != unmarked {
		e.label = r.asked
	}
	e.key = r.peers.key(c)
	if len(r.stream) > 0 {
		e.key = r.stream
	}
}

// json reads one member of the JSON that tshark writes, one to a line.
func (r *tsharkReader) json(t []byte, at int, e *entry) {
	e.kind = noiseLine
	i := bytes.Index(t, []byte(`": "`))
	if i < 1 {
		return
	}
	name := t[1:i]
	from := i + 4
	to := bytes.LastIndexByte(t, '"')
	if to < from {
		return
	}
	value := t[from:to]
	switch string(name) {
	case "frame.time_epoch":
		r.time, _ = stamp(value)
		r.asked, r.payload = unmarked, false
	case "tcp.srcport":
		r.src = append(r.src[:0], value...)
	case "tcp.dstport":
		r.dst = append(r.dst[:0], value...)
	case "tcp.stream":
		r.stream = append(r.stream[:0], value...)
	case "tcp.seq":
		v, _ := parseUint(value)
		r.seq = uint32(v)
	case "tcp.payload":
		e.sign = true
		data, runs := colonHex(t, from, to, at)
		if len(data) == 0 {
			return
		}
		r.payload = true
		if r.peers.find(r.src, r.dst).repeats(r.src, r.seq, len(data)) {
			return
		}
		r.wire(data, e)
		e.data, e.runs, e.cut = data, runs, true
	case "imap.isrequest":
		e.sign = true
		r.asked = byServer
		if string(value) == "1" || string(value) == "True" {
			r.asked = byClient
		}
	case "imap.line":
		e.sign = true
		if !r.payload {
			r.wire(value, e)
			e.from, e.to, e.esc = at+from, at+to, jsonString
		}
	}
}

// colonHex decodes "2a:20:4f" in t[from:to]; at is where t begins in the line.
func colonHex(t []byte, from, to, at int) (data []byte, runs []Run) {
	for i := from; i+1 < to; i += 3 {
		v, n := hexValue(t[i:], 2)
		if n < 2 || i+2 < to && t[i+2] != ':' {
			return nil, nil
		}
		runs = append(runs, Run{uint32(len(data)), 1, uint32(at + i), 2})
		data = append(data, byte(v))
	}
	return data, runs
}
