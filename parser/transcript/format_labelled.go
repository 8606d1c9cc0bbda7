package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// labelledDialect is any transcript that says who speaks before each line, in whatever way: "C: ", ">>> ", "client -> ", "user joe@example.org <<< ",
// or a log's whole prefix with its stamps and numbers. What its prefixes look like, and which of them is whose, is learnt from the sample:
// a prefix belongs to the side that the lines behind it speak for.
var labelledDialect = &dialect{
	id:      "labelled",
	name:    "Labelled lines",
	trust:   2,
	generic: true,
	bare:    bareLiteral,
	open:    openLabelled,
}

// labelledReader knows the prefixes of a paste.
type labelledReader struct {
	prefixes []prefixShape
	mixed    bool // lines without a prefix are IMAP as well
}

// prefixShape is a prefix with what varies taken out: words and numbers stand as \x00, runs of blanks as one blank.
// Words that name a side stay, and so does everything that is neither letter nor digit.
type prefixShape struct {
	shape          string
	client, server int // votes of the lines behind it
	lines          int
}

const (
	maxPrefixes  = 24
	anyWord      = 0x00 // in a shape: any word or number
	prefixLenMax = 240
)

func openLabelled(s *sample) reader {
	r := &labelledReader{}
	marked := 0
	var bare, labelled [3]int
	for i := range s.lines {
		l := &s.lines[i]
		if l.at < 0 {
			continue
		}
		if isBlank(l.body.b[:l.at]) {
			bare[l.verdict.side]++
			continue
		}
		marked++
		labelled[l.verdict.side]++
		r.learn(l.body.b[:l.at], l.verdict)
	}
	if marked == 0 && !s.asked {
		return nil
	}
	kept := r.prefixes[:0]
	for _, p := range r.prefixes {
		if p.plausible() && (p.lines > 1 || s.imap*2 > s.text && (p.namesSide() || marked < 4)) {
			kept = append(kept, p)
		}
	}
	r.prefixes = kept
	// Some programs mark one side only: then all bare lines are the other's.
	r.mixed = labelled[wire.Server]*20 <= marked && bare[wire.Client]*20 <= bare[wire.Server] || labelled[wire.Client]*20 <= marked && bare[wire.Server]*20 <= bare[wire.Client]
	if len(kept) == 0 && !s.asked {
		return nil
	}
	return r
}

func (r *labelledReader) learn(prefix []byte, v verdict) {
	shape := shapeOf(prefix)
	for i := range r.prefixes {
		if p := &r.prefixes[i]; p.shape == shape {
			p.vote(v)
			return
		}
	}
	if len(r.prefixes) < maxPrefixes {
		p := prefixShape{shape: shape}
		p.vote(v)
		r.prefixes = append(r.prefixes, p)
	}
}

func (p *prefixShape) vote(v verdict) {
	p.lines++
	if v.side == wire.Client {
		p.client += v.weight
	} else {
		p.server += v.weight
	}
}

// plausible reports whether a log or a person would write this before each line; a sentence that quotes IMAP is no prefix.
func (p *prefixShape) plausible() bool {
	words, foreign := 0, 0
	for i := 0; i < len(p.shape); i++ {
		switch c := p.shape[i]; {
		case c == anyWord:
			words++
		case c >= 0x80:
			foreign++
		}
	}
	switch p.shape[len(p.shape)-1] {
	case '\'', '"', '`', '(', '{':
		return false
	}
	return words <= 16 && foreign <= 12 && len(p.shape) <= 100
}

// label is whose prefix it is; unmarked when both sides use it.
func (p *prefixShape) label() label {
	more, less, l := p.client, p.server, byClient
	if p.server > p.client {
		more, less, l = p.server, p.client, byServer
	}
	switch {
	case p.namesSide() && more > 3*less:
		return l
	case less == 0 && p.lines >= 3, less*20 < more && p.lines >= 20:
		return l
	}
	return unmarked
}

// namesSide reports whether the shape has a word or an arrow in it that can tell one side from the other.
func (p *prefixShape) namesSide() bool {
	for i := 0; i < len(p.shape); i++ {
		if c := p.shape[i]; c == '<' || c == '>' || c >= 0x80 || isAlnum(c) {
			return true
		}
	}
	return false
}

func (r *labelledReader) clone() reader { return r } // it learns nothing more

func (r *labelledReader) read(line []byte, e *entry) {
	best, at := -1, 0
	for i := range r.prefixes {
		if n := r.prefixes[i].match(line); n > at {
			best, at = i, n
		}
	}
	if best >= 0 {
		e.kind, e.label, e.from = wireLine, r.prefixes[best].label(), at
		e.time, _ = findStamp(line[:at])
		return
	}
	if !r.mixed {
		return
	}
	if t := trimBlanks(line); judge(t).weight >= likely {
		e.kind, e.from = wireLine, len(line)-len(t)
	}
}

// shapeOf is the shape of a prefix. The blanks at its end stay as they are: what is behind them belongs to the line.
func shapeOf(prefix []byte) string {
	body := bytes.TrimRight(prefix, " \t")
	shape := make([]byte, 0, len(prefix))
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case isAlnum(c):
			n := wordLen(body[i:])
			if w := labelWordLen(body[i:]); w > 0 {
				shape = append(shape, body[i:i+w]...)
				i += w
				continue
			}
			shape = append(shape, anyWord)
			i += n
		case c == ' ' || c == '\t':
			for i < len(body) && (body[i] == ' ' || body[i] == '\t') {
				i++
			}
			shape = append(shape, ' ')
		default:
			shape = append(shape, c)
			i++
		}
	}
	return string(append(shape, prefix[len(body):]...))
}

// match is the length of the prefix that line begins with, 0 when it has another shape.
func (p *prefixShape) match(line []byte) int {
	body := len(p.shape)
	for body > 0 && (p.shape[body-1] == ' ' || p.shape[body-1] == '\t') {
		body--
	}
	i := 0
	for k := 0; k < body; k++ {
		if i >= len(line) || i > prefixLenMax {
			return 0
		}
		switch c := p.shape[k]; c {
		case anyWord:
			if !isAlnum(line[i]) {
				return 0
			}
			i += wordLen(line[i:])
		case ' ':
			if line[i] != ' ' && line[i] != '\t' {
				return 0
			}
			for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
				i++
			}
		default:
			if line[i] != c {
				return 0
			}
			i++
		}
	}
	for k := body; k < len(p.shape); k++ {
		if i == len(line) {
			break // an editor cut the blank off an empty line
		}
		if line[i] != p.shape[k] {
			return 0
		}
		i++
	}
	return i
}

// wordLen is the length of the word at the start of b: letters and digits, and what joins them in stamps, addresses, numbers and paths.
func wordLen(b []byte) int {
	n := 0
	for n < len(b) {
		switch c := b[n]; {
		case isAlnum(c):
		case bytes.IndexByte([]byte(".-:@/,+_%$&#=~\\"), c) >= 0 && n+1 < len(b) && (isAlnum(b[n+1]) || b[n+1] == '_'):
		default:
			return n
		}
		n++
	}
	return n
}

// labelWordLen is the length of a word that names a side, 0 when the word at the start of b doesn't.
func labelWordLen(b []byte) int {
	n := 0
	for n < len(b) && isAlnum(b[n]) {
		n++
	}
	if n < len(b) && (b[n] == '.' || b[n] == '@' || b[n] == '-' || b[n] == '_') && n+1 < len(b) && isAlnum(b[n+1]) {
		return 0
	}
	switch upperWord(b[:n]) {
	case "C", "S", "I", "O", "R", "W", "T", "CL", "SV", "CLIENT", "SERVER", "ME", "US", "YOU", "MUA", "SENT", "RECV", "RCVD", "RECEIVED", "SEND", "SENDING",
		"RECEIVING", "TX", "RX", "IN", "OUT", "READ", "WRITE", "WROTE", "INPUT", "OUTPUT", "REQUEST", "RESPONSE", "REQ", "RESP", "REPLY",
		"FROM", "TO", "INCOMING", "OUTGOING", "CLI", "SRV", "UPSTREAM", "DOWNSTREAM", "GOT", "READING", "WRITING", "INBOUND", "OUTBOUND":
		return n
	}
	return 0
}
