package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// octetsDialect is a log that prints what goes over the wire as the octets' numbers, because the program has bytes where a reader wants a text: Rust's {:?}
// and JSON "[42, 32, 79]", Go's %v "[42 32 79]", Node's "<Buffer 2a 20 4f>", "{0x2a, 0x20}", hexadecimal in one word, base64. One line holds one read or write.
// Whose it is tells what stands before the numbers, if the same stands there for one side only.
var octetsDialect = &dialect{
	id:       "octets",
	name:     "Octets as numbers, hexadecimal or base64",
	needs:    octetsNeeds,
	trust:    2,
	bare:     bareNoise,
	faithful: true,
	chunked:  true,
	last:     true,
	open:     openOctets,
}

// octetsNeeds are what CR LF, or "* ", looks like in each of the forms.
var octetsNeeds = []string{"13, 10", "13 10", "13,10", "0d 0a", "0D 0A", "0d0a", "0D0A", "0x0d", "0x0D", "0xd, 0xa", "42, 32", "42 32", "42,32", "2a 20", "2A 20", "2a20", "2A20", "0x2a", "0x2A", "KiB"}

// octetForm is how octets are written.
type octetForm uint8

const (
	decimalOctets octetForm = iota // 42, 32 or 42 32
	hexOctetPairs                  // 2a 20, 0x2a, 0x20 or 2a:20
	hexOctetWord                   // 2a204f4b
	base64Octets
	octetForms
)

type octetsReader struct {
	form     octetForm
	prefixes []octetPrefix
	whole    bool // line ends are among the octets
}

// octetPrefix is what stands before the numbers, and how often they spoke for each side.
type octetPrefix struct {
	shape          string
	client, server int
}

func (p *octetPrefix) label() label {
	switch {
	case p.client > 3*p.server:
		return byClient
	case p.server > 3*p.client:
		return byServer
	}
	return unmarked
}

// octetsMin is how many octets a line has to show: "a1 NOOP" has no fewer.
const octetsMin = 6

func openOctets(s *sample) reader {
	var lines, told [octetForms]int
	var buf []byte
	for i := range s.lines {
		for f := range octetForms {
			if from, to := octetsIn(s.lines[i].body.b, f); to > 0 {
				lines[f]++
				if buf = appendOctets(buf[:0], s.lines[i].body.b[from:to], f, 256); judgeOctets(buf).weight >= likely {
					told[f]++
				}
			}
		}
	}
	best := octetForm(0)
	for f := range octetForms {
		if told[f] > told[best] {
			best = f
		}
	}
	if !s.asked && (told[best] == 0 || !showsOctets(s)) || told[best]*3 < lines[best] { // rows of a dump begin anywhere
		return nil
	}
	r := &octetsReader{form: best}
	for i := range s.lines {
		line := s.lines[i].body.b
		if from, to := octetsIn(line, best); to > 0 {
			buf = appendOctets(buf[:0], line[from:to], best, sampleLineMax)
			r.whole = r.whole || bytes.HasSuffix(buf, []byte{'\n'})
			r.learn(shapeOf(line[:from]), judgeOctets(buf))
		}
	}
	return r
}

// showsOctets reports whether the sample holds a text that the dialect needs.
func showsOctets(s *sample) bool {
	for i := range s.lines {
		for _, text := range octetsNeeds {
			if bytes.Contains(s.lines[i].body.b, []byte(text)) {
				return true
			}
		}
	}
	return false
}

// judgeOctets judges the first line of what was sent at once.
func judgeOctets(b []byte) verdict {
	b = b[:min(len(b), sampleLineMax)]
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		b = b[:i]
	}
	return judge(trimRight(b, "\r"))
}

func (r *octetsReader) learn(shape string, v verdict) {
	if v.weight < likely {
		return
	}
	at := -1
	for i := range r.prefixes {
		if r.prefixes[i].shape == shape {
			at = i
		}
	}
	if at < 0 {
		if len(r.prefixes) == maxPrefixes {
			return
		}
		at = len(r.prefixes)
		r.prefixes = append(r.prefixes, octetPrefix{shape: shape})
	}
	if v.side == wire.Client {
		r.prefixes[at].client++
	} else {
		r.prefixes[at].server++
	}
}

func (r *octetsReader) clone() reader { return r } // it learns nothing more

func (r *octetsReader) read(line []byte, e *entry) {
	from, to := octetsIn(line, r.form)
	if to == 0 {
		return
	}
	e.from, e.to = from, to
	e.data, e.runs = octetsAt(line, from, to, r.form)
	if len(e.data) == 0 {
		return
	}
	shape := shapeOf(line[:from])
	known := false
	for i := range r.prefixes {
		if r.prefixes[i].shape == shape {
			e.label, known = r.prefixes[i].label(), true
		}
	}
	e.sign = judgeOctets(e.data).weight >= likely
	if !known && !e.sign { // other numbers
		*e = entry{}
		return
	}
	e.kind = wireLine
	e.cut = r.whole && e.data[len(e.data)-1] != '\n'
	e.time, _ = findStamp(line[:min(from, 64)])
}

// octetsIn finds the first stretch of a line that is octets in a form, as many as a line of IMAP has; to 0 where there is none.
func octetsIn(line []byte, f octetForm) (from, to int) {
	for i := 0; i < len(line); {
		if !isAlnum(line[i]) {
			i++
			continue
		}
		var n, octets int
		if f == hexOctetWord || f == base64Octets {
			n, octets = octetWord(line[i:], f)
		} else {
			n, octets = octetRun(line[i:], f)
		}
		if octets >= octetsMin {
			return i, i + n
		}
		for i += n; i < len(line) && isAlnum(line[i]); i++ {
		}
	}
	return 0, 0
}

// octetWord is the length of the word at the start of b, and how many octets it stands for as a whole.
func octetWord(b []byte, f octetForm) (n, octets int) {
	for n < len(b) && (isHex(b[n]) || f == base64Octets && (isAlnum(b[n]) || b[n] == '+' || b[n] == '/' || b[n] == '=')) {
		n++
	}
	switch {
	case n < len(b) && (isAlnum(b[n]) || b[n] == '_' || b[n] == '-'), f == hexOctetWord && n%2 != 0, f == base64Octets && (n%4 != 0 || n < 16):
		return n, 0
	case f == hexOctetWord:
		return n, n / 2
	}
	return n, n / 4 * 3
}

// octetRun is the length of the octets at the start of b, with what stands between them, and how many there are.
func octetRun(b []byte, f octetForm) (n, octets int) {
	for i := 0; i < len(b); {
		d := octetLen(b[i:], f)
		if d == 0 || i+d < len(b) && isAlnum(b[i+d]) {
			break
		}
		octets++
		i += d
		n = i
		for i < len(b) && i-n < 3 && (b[i] == ',' || b[i] == ':' && f == hexOctetPairs || b[i] == ' ') {
			i++
		}
		if i == n {
			break
		}
	}
	return n, octets
}

// octetLen is the length of the number of one octet at the start of b.
func octetLen(b []byte, f octetForm) int {
	if f == decimalOctets {
		v, n := parseUint(b[:min(len(b), 4)])
		if n == 0 || n > 3 || v > 0xFF {
			return 0
		}
		return n
	}
	p := 0
	if len(b) > 2 && b[0] == '0' && b[1]|0x20 == 'x' {
		p = 2
	}
	_, n := hexValue(b[p:], 3)
	if n != 2 && (p == 0 || n != 1) {
		return 0
	}
	return p + n
}

// octetsAt are the octets of line[from:to], each with its place.
func octetsAt(line []byte, from, to int, f octetForm) ([]byte, []Run) {
	switch f {
	case hexOctetWord:
		return hexOctets(line[:to], from, to-from, "")
	case base64Octets:
		data, ok := decodeBase64(line[from:to])
		if !ok {
			return nil, nil
		}
		return base64Runs(data, from, to-from)
	}
	var data []byte
	var runs []Run
	for i := from; i < to; {
		n := octetLen(line[i:to], f)
		if n == 0 {
			i++
			continue
		}
		runs = append(runs, Run{uint32(len(data)), 1, uint32(i), uint32(n)})
		data = append(data, octetValue(line[i:i+n], f))
		i += n
	}
	return data, runs
}

func octetValue(b []byte, f octetForm) byte {
	if f == decimalOctets {
		v, _ := parseUint(b)
		return byte(v)
	}
	if len(b) > 2 {
		b = b[2:]
	}
	v, _ := hexValue(b, 2)
	return byte(v)
}

// appendOctets appends the first octets of b, up to most of them.
func appendOctets(dst, b []byte, f octetForm, most int) []byte {
	switch f {
	case hexOctetWord, base64Octets:
		data, _ := octetsAt(b, 0, min(len(b), most/3*4), f)
		return append(dst, data...)
	}
	for i := 0; i < len(b) && len(dst) < most; {
		n := octetLen(b[i:], f)
		if n == 0 {
			i++
			continue
		}
		dst = append(dst, octetValue(b[i:i+n], f))
		i += n
	}
	return dst
}
