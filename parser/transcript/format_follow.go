package transcript

import (
	"bytes"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// followDialect is what tshark -z follow,tcp,... and Wireshark's "Follow TCP Stream" write: ASCII, hex dump, raw, YAML and C arrays.
// Which node is the server differs between versions, so the labels weigh little.
var followDialect = &dialect{
	id:      "follow",
	name:    "Wireshark: follow TCP stream",
	trust:   1,
	bare:    bareNoise,
	chunked: true,
	open: func(s *sample) reader {
		r := &followReader{}
		for i := range s.lines {
			if r.mode = followMode(s.lines[i].body.b); r.mode != 0 {
				return &followReader{}
			}
		}
		return nil
	},
}

type followReader struct {
	mode  followKind
	label label
	left  int // octets of the block at hand
	total int
	blank bool // the line before was empty
	from  time.Time
	key   []byte
}

type followKind uint8

const (
	followASCII followKind = iota + 1
	followHex
	followRaw
	followYAML
	followC
)

func (r *followReader) clone() reader { c := *r; c.key = bytes.Clone(r.key); return &c }

// followMode recognises a heading, or a line that no other tool writes.
func followMode(line []byte) followKind {
	switch {
	case bytes.HasPrefix(line, []byte("Follow: ")):
		switch i := bytes.IndexByte(line, ','); string(bytes.TrimRight(line[i+1:], " \r")) {
		case "ascii":
			return followASCII
		case "hex":
			return followHex
		case "raw":
			return followRaw
		case "yaml":
			return followYAML
		}
	case bytes.HasPrefix(line, []byte("char peer")) && bytes.Contains(line, []byte("[] = {")):
		return followC
	case bytes.HasPrefix(line, []byte("# Packet ")) || bytes.HasPrefix(line, []byte("    data: !!binary |")) || bytes.HasPrefix(line, []byte("packets:")):
		return followYAML
	case followHexRow(line) > 0:
		return followHex
	}
	return 0
}

// followHexRow is where the digits begin in "00000010  2a 20 4f ...", indented for one of the two nodes; 0 when line isn't one.
func followHexRow(line []byte) int {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	_, n := hexValue(line[i:], 8)
	d := i + 8
	if n != 8 || len(line) < d+4 || line[d] != ' ' || line[d+1] != ' ' || !isHex(line[d+2]) || !isHex(line[d+3]) || len(line) > d+4 && line[d+4] != ' ' {
		return 0
	}
	return d + 2
}

func (r *followReader) read(line []byte, e *entry) {
	e.key = r.key
	if bytes.HasPrefix(line, []byte("Node ")) || bytes.HasPrefix(line, []byte("Filter: ")) || bytes.HasPrefix(line, []byte("=====")) && r.left <= 0 {
		e.kind, e.sign = noiseLine, true
		if bytes.HasPrefix(line, []byte("Filter: ")) {
			r.key = append(r.key[:0], line[len("Filter: "):]...)
			e.key = r.key
		}
		r.left = 0
		return
	}
	if r.left <= 0 || r.mode != followASCII {
		if m := followMode(line); m != 0 && (m != r.mode || m == followC) {
			r.mode = m
			e.sign = true
			e.kind = noiseLine
			if m != followHex && m != followC {
				return
			}
		}
	}
	switch r.mode {
	case followASCII:
		r.ascii(line, e)
	case followHex:
		if i := followHexRow(line); i > 0 {
			e.kind, e.sign = wireLine, true
			e.label = nodeLabel(line)
			e.cut = true
			e.data, e.runs = hexOctets(line, i, 16, " ")
		}
	case followRaw:
		i := 0
		if len(line) > 0 && line[0] == '\t' {
			i = 1
		}
		if len(line) < i+2 || !isHex(line[i]) {
			return
		}
		e.kind, e.cut, e.label = wireLine, true, nodeLabel(line)
		e.data, e.runs = hexOctets(line, i, len(line), "")
	case followYAML:
		r.yaml(line, e)
	case followC:
		r.array(line, e)
	}
	if e.kind == wireLine && e.data != nil && len(e.data) == 0 {
		e.kind = noiseLine
	}
}

// nodeLabel: what node 1 sent is indented.
func nodeLabel(line []byte) label {
	if line[0] == '\t' || line[0] == ' ' {
		return byServer
	}
	return byClient
}

// ascii reads the count of a block's octets, or a line of the block. A line end that isn't the block's own is the tool's.
func (r *followReader) ascii(line []byte, e *entry) {
	blank := r.blank
	r.blank = isBlank(line)
	if r.left <= 0 || blank && r.left < 64 && r.left*4 < r.total { // what little is missing was lost in the paste
		t := bytes.TrimPrefix(line, []byte("\t"))
		if v, n := parseUint(t); n > 0 && n == len(t) && n < 10 {
			r.left, r.total = int(v), int(v)
			r.label = byClient
			if len(t) < len(line) {
				r.label = byServer
			}
			e.kind, e.sign = noiseLine, true
			return
		}
		if r.left <= 0 && r.blank || r.label == unmarked {
			e.kind = noiseLine
			return
		}
	}
	e.kind, e.label, e.unsaid = wireLine, r.label, r.left <= 0
	e.cut = len(line) == r.left
	r.left -= len(line) + 2
}

// yaml reads the parts of a packet that matter: peer, timestamp and its data in base64.
func (r *followReader) yaml(line []byte, e *entry) {
	t := bytes.TrimLeft(line, " -")
	e.kind = noiseLine
	switch {
	case bytes.HasPrefix(t, []byte("peer: ")):
		e.sign = true
		r.label, r.left = byClient, 0
		if len(t) > 6 && t[6] != '0' {
			r.label = byServer
		}
	case bytes.HasPrefix(t, []byte("timestamp: ")):
		r.from, _ = stamp(t[len("timestamp: "):])
	case bytes.HasPrefix(t, []byte("data: !!binary |")):
		e.sign = true
		r.left = 1
	case r.left > 0:
		b := bytes.TrimRight(t, " ")
		data, ok := decodeBase64(b)
		if !ok {
			r.left = 0
			return
		}
		e.kind, e.label, e.cut, e.time = wireLine, r.label, true, r.from
		e.from, e.to = len(line)-len(t), len(line)-len(t)+len(b)
		e.data, e.runs = base64Runs(data, e.from, len(b))
	}
}

// array reads a row of "char peer0_0[] = { /* Packet 4 */ 0x2a, 0x20 };".
func (r *followReader) array(line []byte, e *entry) {
	i := 0
	if bytes.HasPrefix(line, []byte("char peer")) {
		r.label = byClient
		if len(line) > 9 && line[9] != '0' {
			r.label = byServer
		}
		if i = bytes.IndexByte(line, '{'); i < 0 {
			i = len(line)
		}
	}
	e.kind = noiseLine
	var data []byte
	var runs []Run
	for ; i+3 < len(line); i++ {
		if line[i] != '0' || line[i+1] != 'x' {
			continue
		}
		if v, n := hexValue(line[i+2:], 2); n == 2 {
			runs = append(runs, Run{uint32(len(data)), 1, uint32(i), 4})
			data = append(data, byte(v))
			i += 3
		}
	}
	if len(data) > 0 {
		e.kind, e.label, e.cut, e.data, e.runs = wireLine, r.label, true, data, runs
	}
}

// hexOctets decodes pairs of digits from line[i] on. Between them stands sep, in the middle of a row once more; wider space ends the row.
func hexOctets(line []byte, i, most int, sep string) (data []byte, runs []Run) {
	for len(data) < most && i+1 < len(line) {
		v, n := hexValue(line[i:], 2)
		if n < 2 {
			break
		}
		runs = append(runs, Run{uint32(len(data)), 1, uint32(i), 2})
		data = append(data, byte(v))
		i += 2
		if sep == "" {
			continue
		}
		if i >= len(line) || line[i] != sep[0] {
			break
		}
		if i++; i < len(line) && line[i] == ' ' {
			if i++; i < len(line) && line[i] == ' ' {
				break
			}
		}
	}
	return data, runs
}

// decodeBase64 decodes base64 in which nothing is left over (RFC 4648 §4).
func decodeBase64(b []byte) ([]byte, bool) {
	if len(b) == 0 || len(b)%4 != 0 {
		return nil, false
	}
	out, err := wire.AppendBase64Decoded(make([]byte, 0, len(b)/4*3), b)
	return out, err == nil
}

// base64Runs maps decoded octets, three at a time, to the four characters that they came from.
func base64Runs(data []byte, at, n int) ([]byte, []Run) {
	runs := make([]Run, 0, len(data)/3+1)
	for i, j := 0, 0; i < len(data) && j < n; i, j = i+3, j+4 {
		runs = append(runs, Run{uint32(i), uint32(min(3, len(data)-i)), uint32(at + j), 4})
	}
	return data, runs
}
