package transcript

import (
	"bytes"
	"time"
)

// headedDialect is any log that says on a line of its own who sent the lines below it: proxies, TLS dissectors, packet printers. Which lines are such headings
// and whose they are is learnt from the sample: those that stand right before IMAP again and again, taken without their stamps, sizes and counters. Where
// both sides' headings then look alike, the addresses in them tell the sides apart, first the sender's.
var headedDialect = &dialect{
	id:      "headed",
	name:    "Blocks under headings",
	trust:   2,
	generic: true,
	bare:    bareNoise,
	chunked: true,
	open:    openHeaded,
}

type headedReader struct {
	kinds  []headingKind
	peers  peers
	label  label
	key    []byte
	time   time.Time
	indent int    // blanks before each line of a block
	rule   string // stands around blocks; empty: nothing does
	left   [3]int // per side: octets that a literal still has
	blanks int    // empty lines that are the log's if the block ends here
	lead   bool   // nothing but those since the heading
}

// headingKind is a heading without what varies.
type headingKind struct {
	shape          string
	client, server int // blocks below it that begin with a line of that side
	ends           [2][]byte
}

const (
	headingsMax   = 12
	headingLenMax = 200
)

func (k *headingKind) label() label {
	switch {
	case k.client >= 2 && k.server*10 <= k.client:
		return byClient
	case k.server >= 2 && k.client*10 <= k.server:
		return byServer
	}
	return unmarked
}

func openHeaded(s *sample) reader {
	r := &headedReader{indent: 1 << 10}
	head := -1
	blocks, first, ruled := 0, 0, 0
	rule := -1
	for i := range s.lines {
		l := &s.lines[i]
		switch b := l.body.b; {
		case isBlank(b) || l.inside && (l.at < 0 || !isBlank(b[:l.at])):
		case isRule(b):
			rule = i
		case isRecordDump(trimBlanks(b)):
			return nil
		case l.at < 0:
			head, rule = i, -1
		case isBlank(b[:l.at]):
			if blocks++; head < 0 {
				continue
			}
			first++
			if rule > head {
				ruled++
				r.rule = string(bytes.Trim(s.lines[rule].body.b, " \t\r"))
			}
			if !l.inside {
				r.indent = min(r.indent, l.at)
			}
			r.learn(s.lines[head].body.b, l.verdict)
			head = -1
		default:
			return nil // IMAP stands behind a prefix
		}
	}
	known, both := 0, [3]bool{}
	kept := r.kinds[:0]
	for _, k := range r.kinds {
		if k.client+k.server < 2 || k.label() == unmarked && k.ends[0] == nil {
			continue
		}
		known += k.client + k.server
		if both[k.label()] = true; k.ends[0] != nil && k.label() == unmarked {
			both[byClient], both[byServer] = true, true
		}
		kept = append(kept, k)
	}
	r.kinds = kept
	// Nearly all blocks have a heading of a known kind, and a block is a line or a few.
	oneSided := known >= 6 && len(kept) == 1 && (kept[0].ends[0] != nil || bytes.ContainsAny([]byte(kept[0].shape), "<>"))
	if !s.asked && (known < 4 || known*10 < first*9 || first*12 < blocks || !(both[byClient] && both[byServer] || oneSided)) {
		return nil
	}
	if r.indent == 1<<10 {
		r.indent = 0
	}
	if ruled*2 <= first {
		r.rule = ""
	}
	return r
}

func (r *headedReader) learn(line []byte, v verdict) {
	if len(line) > headingLenMax {
		return
	}
	shape, ends := headingShape(line)
	for i := range r.kinds {
		if k := &r.kinds[i]; k.shape == shape {
			k.vote(v)
			return
		}
	}
	if len(r.kinds) < headingsMax {
		k := headingKind{shape: shape, ends: ends}
		k.vote(v)
		r.kinds = append(r.kinds, k)
	}
}

func (k *headingKind) vote(v verdict) {
	if v.side == 1 {
		k.client++
	} else {
		k.server++
	}
}

// headingShape is a line with "#" for each number, without a stamp at its start, and the two addresses that it holds.
func headingShape(line []byte) (shape string, ends [2][]byte) {
	line = bytes.TrimRight(trimBlanks(line), " \t\r")
	if _, n := findStamp(line[:min(len(line), 40)]); n > 0 {
		line = trimBlanks(line[n:])
	}
	var b [headingLenMax]byte
	out := b[:0]
	for i := 0; i < len(line) && len(out) < len(b); {
		if c := line[i]; c >= '0' && c <= '9' {
			for i < len(line) && isHexOrDot(line[i]) {
				i++
			}
			out = append(out, '#')
			continue
		}
		out = append(out, line[i])
		i++
	}
	n := 0
	for rest := line; len(rest) > 0 && n < 2; {
		var w []byte
		w, rest = cutWord(rest)
		if w = bytes.Trim(w, "(),;"); isEndpoint(w) {
			ends[n] = w
			n++
		}
	}
	if n < 2 {
		ends = [2][]byte{}
	}
	return string(out), ends
}

func isHexOrDot(c byte) bool { return isHex(c) || c == '.' || c == 'x' }

// isEndpoint: a host and a port, "192.0.2.1:143", "[2001:db8::1]:143", "mail.example.org:143" or "192.0.2.1.143".
func isEndpoint(w []byte) bool {
	w = bytes.TrimRight(w, ":")
	i := len(w)
	for i > 0 && w[i-1] >= '0' && w[i-1] <= '9' {
		i--
	}
	if i < 4 || len(w)-i < 2 || len(w)-i > 5 {
		return false
	}
	return w[i-1] == ':' && (bytes.IndexByte(w, '.') > 0 || w[i-2] == ']' || bytes.HasPrefix(w, []byte("localhost"))) || w[i-1] == '.' && bytes.Count(w, []byte(".")) == 4
}

// isRule: a line of dashes or the like.
func isRule(b []byte) bool {
	b = bytes.Trim(b, " \t\r")
	if len(b) < 3 || isAlnum(b[0]) || b[0] == '*' || b[0] == '+' || b[0] == ')' {
		return false
	}
	return len(bytes.Trim(b, string(b[:1]))) == 0
}

func (r *headedReader) clone() reader {
	c := *r
	c.key = bytes.Clone(r.key)
	c.peers = r.peers.clone()
	return &c
}

func (r *headedReader) read(line []byte, e *entry) {
	if r.heading(line, e) {
		return
	}
	e.kind = noiseLine
	if r.label == unmarked && len(r.key) == 0 {
		return
	}
	blanks := len(line) - len(trimBlanks(line))
	switch {
	case isBlank(line):
		if !r.lead {
			r.blanks++
		}
		return
	case r.rule != "" && string(bytes.Trim(line, " \t\r")) == r.rule:
		return
	case blanks < r.indent: // the block is over
		r.label, r.key = unmarked, r.key[:0]
		return
	}
	body := line[min(r.indent, blanks):]
	label := r.label
	if len(r.key) > 0 {
		src, dst := cutEnds(r.key)
		c := r.peers.find(src, dst)
		if label == unmarked {
			c.hear(src, body)
			label = c.label(src)
		}
		e.key = r.peers.key(c)
	}
	left := &r.left[label]
	switch {
	case *left > 0:
		*left -= len(body) + 2 + 2*r.blanks
	case !saysSomething(body):
		return
	default:
		r.blanks = 0
	}
	if h, ok := literalAtEnd(body); ok && *left <= 0 {
		*left = int(min(h.size, 1<<30))
	}
	e.kind, e.label, e.from, e.time = wireLine, label, len(line)-len(body), r.time
	if r.blanks > 0 { // empty lines among the octets of a literal
		var w mapper
		for range r.blanks {
			w.restore("\r\n")
		}
		w.add(seg{b: body, src: uint32(e.from)})
		e.data, e.runs = w.b, w.runs
	}
	r.blanks, r.lead = 0, false
}

// saysSomething: a line that can be IMAP by its own words, SASL included, or at least begins with a tag.
func saysSomething(b []byte) bool {
	if v := judge(b); v.weight >= doubtful {
		return true
	}
	tag, rest := cutWord(b)
	return len(rest) > 0 && plausibleTag(tag) && hasDigit(tag) || looksSASL(b) || len(b) > 0 && (b[0] == ')' || b[0] == ' ')
}

// heading reads a line that says whose the next ones are.
func (r *headedReader) heading(line []byte, e *entry) bool {
	if len(line) > headingLenMax || isBlank(line) {
		return false
	}
	shape, ends := headingShape(line)
	for i := range r.kinds {
		k := &r.kinds[i]
		if k.shape != shape {
			continue
		}
		r.label = k.label()
		r.key = r.key[:0]
		if ends[0] != nil {
			r.key = append(append(append(r.key, ends[0]...), ' '), ends[1]...)
		}
		r.time, _ = findStamp(line[:min(len(line), 40)])
		r.blanks, r.lead = 0, true
		e.kind, e.sign, e.time = noiseLine, true, r.time
		return true
	}
	return false
}

// cutEnds are the two addresses of a key.
func cutEnds(key []byte) (src, dst []byte) {
	src, dst = cutWord(key)
	return bytes.TrimRight(src, ":"), bytes.TrimRight(dst, ":")
}
