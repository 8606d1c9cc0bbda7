package transcript

import (
	"bytes"
	"time"
)

// tcpdumpDialect is the output of tcpdump -A, -x, -xx, -X and -XX.
var tcpdumpDialect = &dialect{
	id:      "tcpdump",
	name:    "tcpdump -A, -X",
	needs:   []string{": Flags [", " IP ", " IP6 ", "0x0000"},
	trust:   3,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return &tcpdumpReader{} },
}

type tcpdumpReader struct {
	peers    peers
	time     time.Time // of the packet at hand
	src, dst []byte
	known    bool // src and dst are those of the packet at hand
	repeat   bool // it was sent before
	skip     int  // octets of its headers that are still to come, as text
	left     int  // octets of its payload
	first    bool // nothing of it was read yet
	hex      []byte
	start    int // where its payload begins, in hexadecimal output; -1: not known yet
	end      int
	at       int // octets of it read so far
}

func (r *tcpdumpReader) clone() reader {
	c := *r
	c.peers = r.peers.clone()
	c.src, c.dst, c.hex = bytes.Clone(r.src), bytes.Clone(r.dst), bytes.Clone(r.hex)
	return &c
}

func (r *tcpdumpReader) read(line []byte, e *entry) {
	if r.heading(line, e) {
		return
	}
	if at, row, ok := tcpdumpRow(line); ok {
		r.row(line, at, row, e)
		return
	}
	if !r.known || r.left <= 0 && r.skip <= 0 {
		if r.known && r.first && isBlank(line) {
			return
		}
		if r.known {
			e.kind = noiseLine
		}
		return
	}
	r.text(line, e)
}

// heading reads "03:21:36.556378 IP 192.0.2.1.35542 > 192.0.2.2.143: Flags [P.], seq 1:138, ack 1, win 64, options [nop,nop,TS val 1 ecr 2], length 137".
// With -v the addresses stand on the next line; with -e the link's stand before.
func (r *tcpdumpReader) heading(line []byte, e *entry) bool {
	i := bytes.Index(line[:min(len(line), 400)], []byte(": Flags ["))
	if i < 0 {
		if t, n := stamp(line); n > 0 && (bytes.HasPrefix(line[n:], []byte(" IP ")) || bytes.HasPrefix(line[n:], []byte(" IP6 "))) {
			r.known, r.left, r.skip = false, 0, 0
			e.kind, e.sign, e.time = noiseLine, true, t
			r.time = t
			return true
		}
		return false
	}
	j := bytes.LastIndex(line[:i], []byte(" > "))
	if j < 0 {
		return false
	}
	k := bytes.LastIndexByte(line[:j], ' ') + 1
	r.src, r.dst = append(r.src[:0], line[k:j]...), append(r.dst[:0], line[j+3:i]...)
	e.kind, e.sign = noiseLine, true
	if t, n := findStamp(line[:k]); n > 0 {
		r.time = t
	}
	e.time = r.time
	rest := line[i+len(": Flags ["):]
	flags := rest[:max(bytes.IndexByte(rest, ']'), 0)]
	c := r.peers.find(r.src, r.dst)
	r.known, r.first, r.start, r.end, r.at = true, true, -1, 0, 0
	r.hex = r.hex[:0]
	opened := bytes.IndexByte(flags, 'S') >= 0
	if opened {
		if bytes.IndexByte(flags, '.') < 0 {
			c.opens(r.src)
		} else {
			c.opens(r.dst)
		}
	}
	r.left = int(numberBehind(rest, ", length "))
	r.skip = 40 + optionsLen(rest)
	if bytes.Contains(line[:k], []byte("IP6 ")) {
		r.skip += 20
	}
	r.repeat = false
	if i := bytes.Index(rest, []byte(", seq ")); i > 0 && r.left > 0 {
		if v, n := parseUint(rest[i+6:]); n > 0 {
			r.repeat = c.repeats(r.src, uint32(v), r.left)
		}
	}
	if opened && bytes.IndexByte(flags, '.') < 0 {
		e.kind, e.opened = infoLine, true
		e.key = r.peers.key(c)
		e.host = r.dst
	}
	return true
}

func numberBehind(b []byte, mark string) uint64 {
	i := bytes.LastIndex(b, []byte(mark))
	if i < 0 {
		return 0
	}
	v, _ := parseUint(b[i+len(mark):])
	return min(v, 1<<24)
}

// optionsLen is how many octets TCP options take that stand in a heading (RFC 9293 §3.1).
func optionsLen(rest []byte) int {
	i := bytes.Index(rest, []byte("options ["))
	if i < 0 {
		return 0
	}
	rest = rest[i+len("options ["):]
	n := 0
	for len(rest) > 0 && rest[0] != ']' {
		j := bytes.IndexAny(rest, ",]")
		if j < 0 {
			break
		}
		option := rest[:j]
		switch {
		case bytes.Equal(option, []byte("nop")), bytes.Equal(option, []byte("eol")):
			n++
		case bytes.HasPrefix(option, []byte("mss ")):
			n += 4
		case bytes.Equal(option, []byte("sackOK")):
			n += 2
		case bytes.HasPrefix(option, []byte("TS ")):
			n += 10
		case bytes.HasPrefix(option, []byte("wscale ")):
			n += 3
		case bytes.HasPrefix(option, []byte("sack ")):
			v, _ := parseUint(option[len("sack "):])
			n += 2 + 8*int(min(v, 4))
		}
		if rest[j] == ']' {
			break
		}
		rest = rest[j+1:]
	}
	return (n + 3) &^ 3
}

// text reads a line of -A: the octets of the headers come first, dots for what can't be printed, then the payload.
func (r *tcpdumpReader) text(line []byte, e *entry) {
	e.kind = noiseLine
	if r.first {
		r.first = false
		if len(line) == 0 {
			return // -A prints each packet on lines of its own
		}
		if line[0] != 'E' && line[0] != '`' && judge(line).weight >= likely { // someone took the headers out
			r.skip = 0
		}
	}
	from := 0
	if r.skip > 0 {
		if r.skip > len(line) {
			r.skip -= len(line) + 1
			return
		}
		from = r.skip
		// A CR before a LF isn't printed, so the headers may be shorter than they were.
		if judge(line[from:]).weight < likely {
			for d := 1; d <= 2 && d <= from; d++ {
				if judge(line[from-d:]).weight >= likely {
					from -= d
					break
				}
			}
		}
		r.skip = 0
	}
	n := len(line) - from
	if r.left <= 0 {
		return
	}
	c := r.peers.find(r.src, r.dst)
	c.hear(r.src, line[from:])
	e.from = from
	e.cut = n >= r.left
	r.left -= n + 2
	if r.repeat {
		return
	}
	e.kind, e.label, e.key, e.time = wireLine, c.label(r.src), r.peers.key(c), r.time
	if e.cut && n == 0 {
		e.kind = noiseLine
	}
}

// tcpdumpRow recognises "<tab>0x0010:  7f00 0001 8ad6 ..." and returns the offset and where the digits begin.
func tcpdumpRow(line []byte) (at, digits int, ok bool) {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	if i == len(line) || line[i] != '0' || !bytes.HasPrefix(line[i:], []byte("0x")) {
		return 0, 0, false
	}
	v, n := hexValue(line[i+2:], 8)
	i += 2 + n
	if n < 4 || i+1 >= len(line) || line[i] != ':' {
		return 0, 0, false
	}
	for i++; i < len(line) && line[i] == ' '; i++ {
	}
	return int(v), i, true
}

// row reads a row of hexadecimal digits. The packet's own headers say where its payload is.
func (r *tcpdumpReader) row(line []byte, at, i int, e *entry) {
	e.kind = noiseLine
	if at == 0 {
		r.hex, r.at, r.start = r.hex[:0], 0, -1
	}
	if at != r.at {
		return
	}
	var data []byte
	var runs []Run
	for len(data) < 16 {
		v, n := hexValue(line[i:], 2)
		if n < 2 {
			break
		}
		if r.start < 0 || r.at+len(data) < r.end {
			runs = append(runs, Run{uint32(len(data)), 1, uint32(i), 2})
		}
		data = append(data, byte(v))
		i += 2
		if i < len(line) && line[i] == ' ' {
			i++
			if i < len(line) && line[i] == ' ' {
				break
			}
		}
	}
	before := r.at
	r.at += len(data)
	if r.start < 0 {
		r.hex = append(r.hex, data...)
		r.locate()
		if r.start < 0 {
			if len(r.hex) > 512 {
				r.hex = r.hex[:0]
			}
			return
		}
	}
	lo, hi := max(r.start-before, 0), min(r.end-before, len(data))
	if lo >= hi {
		return
	}
	r.left = 0
	c := r.peers.find(r.src, r.dst)
	c.hear(r.src, data[lo:hi])
	if r.repeat {
		return
	}
	p := seg{b: data, runs: runs[:min(len(runs), len(data))]}.sub(lo, hi)
	e.kind, e.label, e.key, e.cut = wireLine, c.label(r.src), r.peers.key(c), true
	e.data, e.runs, e.time = p.b, p.runs, r.time
}

// locate finds the payload in the octets so far.
func (r *tcpdumpReader) locate() {
	if len(r.hex) < 20 {
		return
	}
	link := uint32(linkRaw)
	if v := r.hex[0] >> 4; v != 4 && v != 6 || len(r.hex) > 14 && (r.hex[12] == 8 && r.hex[13] == 0 && r.hex[14]>>4 == 4 || r.hex[12] == 0x86 && r.hex[13] == 0xDD) {
		link = linkEthernet
	}
	r.hex = r.hex[:len(r.hex):len(r.hex)]
	s, what := tcpSegment(packet{link: link, data: r.hex, length: 1 << 16})
	if what != isTCP {
		return
	}
	r.start = len(r.hex) - cap(s.data)
	r.end = r.start + s.length
	if !r.known { // the rows were pasted without their headings
		r.src, r.dst = append(r.src[:0], s.src.String()...), append(r.dst[:0], s.dst.String()...)
		r.repeat = s.length > 0 && r.peers.find(r.src, r.dst).repeats(r.src, s.seq, s.length)
	}
}
