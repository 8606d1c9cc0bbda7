package transcript

import "bytes"

// curlDialect is curl -v and --trace-time: "> " what curl sends, "< " what it reads, "* " its own words, "{ [57 bytes data]" in place of octets.
// An untagged response is "< * ...": a bare "* 1 FETCH" is what curl wrote to its output.
var curlDialect = &dialect{
	id:    "curl",
	name:  "curl -v",
	trust: 5,
	bare:  bareNoise,
	open: func(s *sample) reader {
		if s.asked {
			return curlReader{}
		}
		for i := range s.lines { // arrows alone are anybody's
			var e entry
			if (curlReader{}).read(s.lines[i].body.b, &e); e.sign {
				return curlReader{}
			}
		}
		return nil
	},
}

type curlReader struct{}

func (r curlReader) clone() reader { return r }

func (curlReader) read(line []byte, e *entry) {
	n := 0
	if c, m := clock(line); m >= 15 {
		e.time = dayTime(c)
		n = m
		for n < len(line) && line[n] == ' ' {
			n++
		}
	}
	if n < len(line) && line[n] == '[' { // the transfer's number, of curl --trace-ids
		if i := bytes.Index(line[n:min(len(line), n+24)], []byte("] ")); i > 0 {
			n += i + 2
		}
	}
	rest := line[n:]
	if len(rest) < 2 || rest[1] != ' ' {
		if len(rest) == 1 && (rest[0] == '>' || rest[0] == '<') {
			e.kind, e.label, e.from = wireLine, byServer, n+1
			if rest[0] == '>' {
				e.label = byClient
			}
		}
		return
	}
	switch rest[0] {
	case '>':
		e.kind, e.label, e.from = wireLine, byClient, n+2
	case '<':
		e.kind, e.label, e.from = wireLine, byServer, n+2
	case '{', '}':
		if bytes.Contains(rest, []byte(" bytes data]")) {
			e.kind, e.sign = gapLine, true
			e.size, _ = parseUint(trimBlanks(bytes.TrimLeft(rest[1:], " [")))
		}
	case '*':
		e.kind = noiseLine
		switch {
		case bytes.HasPrefix(rest, []byte("* Connected to ")):
			e.kind, e.opened, e.sign = infoLine, true, true
			e.host = firstWord(rest[len("* Connected to "):])
		case bytes.HasPrefix(rest, []byte("* Connection #")), bytes.HasPrefix(rest, []byte("* Closing connection")):
			e.kind, e.closed, e.sign = infoLine, true, true
		case bytes.HasPrefix(rest, []byte("*   Trying ")):
			e.sign = true
		}
	}
}

// curlTraceDialect is curl --trace and --trace-ascii: a heading for each read or write, then a dump of it.
var curlTraceDialect = &dialect{
	id:      "curl-trace",
	name:    "curl --trace",
	needs:   []string{"<= Recv ", "=> Send ", "== Info: "},
	trust:   5,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return &curlTraceReader{} },
}

type curlTraceReader struct {
	label label  // whose block this is
	end   int    // where the last row of it ended
	size  int    // how long the block is
	eol   bool   // the last row's line end was given
	hex   bool   // rows are hexadecimal
	buf   []byte // of the row at hand
}

func (r *curlTraceReader) clone() reader {
	c := *r
	c.buf = nil
	return &c
}

const curlRow = 64 // characters in a row of --trace-ascii

func (r *curlTraceReader) read(line []byte, e *entry) {
	n := 0
	if c, m := clock(line); m >= 15 && m < len(line) && line[m] == ' ' {
		e.time = dayTime(c)
		n = m + 1
	}
	if n < len(line) && line[n] == '[' {
		if i := bytes.Index(line[n:min(len(line), n+24)], []byte("] ")); i > 0 {
			n += i + 2
		}
	}
	head := line[n:]
	switch {
	case bytes.HasPrefix(head, []byte("<= Recv ")), bytes.HasPrefix(head, []byte("=> Send ")):
		*r = curlTraceReader{label: byServer}
		if head[0] == '=' {
			r.label = byClient
		}
		if i := bytes.Index(head, []byte(", ")); i > 0 {
			v, _ := parseUint(head[i+2:])
			r.size = int(v)
		}
		if bytes.Contains(head, []byte(" SSL data")) {
			r.label = unmarked
		}
		e.kind, e.sign = noiseLine, true
		return
	case bytes.HasPrefix(head, []byte("== Info: ")):
		r.label = unmarked
		e.kind, e.sign = noiseLine, true
		if bytes.Contains(head, []byte("Connected to ")) {
			e.kind, e.opened = infoLine, true
		} else if bytes.Contains(head, []byte("Connection #")) {
			e.kind, e.closed = infoLine, true
		}
		return
	}
	at, m := hexValue(line, 8)
	if m < 4 || len(line) < m+2 || line[m] != ':' || line[m+1] != ' ' {
		if len(line) == m+1 && m >= 4 && line[m] == ':' {
			line = append(line[:m+1:m+1], ' ') // an editor cut the blank off an empty row
		} else {
			return
		}
	}
	if r.label == unmarked {
		e.kind = noiseLine
		return
	}
	if at == 0 {
		r.hex = isHexRow(line[m+2:], r.size)
	}
	e.kind, e.label, e.cut = wireLine, r.label, true
	if r.hex {
		e.data, e.runs = hexRow(line, m+2, r.size-int(at))
		if len(e.data) == 0 {
			e.kind = noiseLine
		}
		return
	}
	var w mapper
	if int(at) == r.end+2 && at > 0 && !r.eol {
		w.restore("\r\n")
	}
	row := line[m+2:]
	w.add(seg{b: row, src: uint32(min(m+2, len(line)))})
	r.end = int(at) + len(row)
	r.eol = len(row) < curlRow && r.end+2 <= r.size || r.end+2 == r.size
	if r.eol {
		w.restore("\r\n")
	}
	e.data, e.runs = w.b, w.runs
	if len(e.data) == 0 {
		e.kind = noiseLine
	}
}

// isHexRow: sixteen pairs of digits, or as many as the block has octets, and then the text of the same length.
func isHexRow(row []byte, size int) bool {
	pairs := 0
	for i := 0; i+2 < len(row) && isHex(row[i]) && isHex(row[i+1]) && row[i+2] == ' '; i += 3 {
		pairs++
	}
	return pairs == min(16, size) && pairs > 0
}

// hexRow decodes up to most octets of a row whose first pair of digits is at line[i].
func hexRow(line []byte, i, most int) (data []byte, runs []Run) {
	for n := 0; n < 16 && n < most && i+1 < len(line); n++ {
		v, k := hexValue(line[i:], 2)
		if k < 2 {
			break
		}
		runs = append(runs, Run{uint32(len(data)), 1, uint32(i), 2})
		data = append(data, byte(v))
		i += 2
		if i < len(line) && line[i] == ' ' {
			i++
		}
	}
	return data, runs
}
