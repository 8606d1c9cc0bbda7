package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// prefixShape is a prefix with what varies taken out: words and numbers stand as anyWord, runs of blanks as one blank.
// Words that name a side stay, and so does everything that is neither letter nor digit.
type prefixShape struct {
	shape          string
	client, server int // votes of the lines behind it
	lines          int
	quote          byte     // the quote that it ends in, 0: none
	quoted         int      // lines that close it
	escaped        int      // lines in which quotes inside are escaped
	inner          int      // lines in which they aren't
	ends           int      // lines that show their line end as "\r\n"
	keyWord        int      // which of its words tells connections apart, -1: none
	fixed          []string // per word: what it has to be; empty: anything
}

const (
	anyWord      = 0x00 // in a shape: any word or number
	prefixLenMax = 240
	maxWords     = 24 // of a prefix that are looked at for connections
)

func (p *prefixShape) vote(line []byte, v verdict) {
	p.lines++
	if v.side == wire.Client {
		p.client += int(v.weight)
	} else {
		p.server += int(v.weight)
	}
	c := openQuote(p.shape)
	if c != 0 {
		p.quote = c
		if i := bytes.LastIndexByte(line, c); i > len(p.shape) && i > len(line)-80 {
			p.quoted++
			p.seeQuotes(line[p.match(line, nil):])
		}
	}
	if t := bytes.TrimRight(line, " "); bytes.HasSuffix(t, []byte(`\r\n`)) || c != 0 && bytes.HasSuffix(t, []byte{'\\', 'r', '\\', 'n', c}) {
		p.ends++
	}
}

// seeQuotes notes whether a program escapes the quotes inside its own.
func (p *prefixShape) seeQuotes(payload []byte) {
	for i := 0; i < len(payload); i++ {
		switch payload[i] {
		case '\\':
			i++
			if i < len(payload) && payload[i] == p.quote {
				p.escaped++
				return
			}
		case p.quote:
			if !endsQuoted(payload[i+1:]) {
				p.inner++
			}
			return
		}
	}
}

// endsQuoted reports whether what stands behind a quote shows that it closes a payload: nothing, or the log's next field.
func endsQuoted(rest []byte) bool {
	rest = trimBlanks(rest)
	return len(rest) == 0 || rest[0] == ',' || rest[0] == '}' || rest[0] == '|' || rest[0] == ']' || rest[0] == ')' && len(trimRight(rest, ") ;.")) == 0 || bytes.IndexByte(rest[:min(len(rest), 24)], '=') > 0
}

// openQuote is the quote that a prefix opens and doesn't close: at its end, or msg="S: .
func openQuote(shape string) byte {
	switch c := shape[len(shape)-1]; c {
	case '"', '\'', '`':
		return c
	}
	for _, quote := range [...]byte{'"', '`', '\''} {
		n := 0
		for i := range len(shape) {
			if shape[i] == quote && (quote != '\'' || i == 0 || shape[i-1] == ' ' || n%2 == 1) { // not in "can't"
				n++
			}
		}
		if n%2 == 1 {
			return quote
		}
	}
	return 0
}

// isQuoted: the lines stand in quotes behind this prefix.
func (p *prefixShape) isQuoted() bool { return p.quote != 0 && p.quoted*5 >= p.lines*4 }

// rawQuotes: the program doesn't escape quotes inside its own.
func (p *prefixShape) rawQuotes() bool { return p.inner > 0 && p.escaped == 0 }

// showsEOL: behind this prefix line ends are written out.
func (p *prefixShape) showsEOL() bool { return p.ends > 0 && p.ends*5 >= p.lines*4 }

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
	case '\'', '"', '`':
		if !p.isQuoted() || p.lines < 2 && !(p.namesSide() && p.isField()) || foreign > 0 {
			return false
		}
	case '(', '{':
		return false
	}
	return words <= 16 && foreign <= 12 && len(p.shape) <= 100
}

// isField reports whether the quote that the prefix ends in opens the value of a field, data="..." or read: "...", and no quotation in a sentence.
func (p *prefixShape) isField() bool {
	i := len(p.shape) - 2
	for i >= 0 && p.shape[i] == ' ' {
		i--
	}
	return i >= 0 && (p.shape[i] == '=' || p.shape[i] == ':' || p.shape[i] == '>' || p.shape[i] == ']')
}

// words is how many of its words may be anything: a shape that names more of them says more.
func (p *prefixShape) words() (n int) {
	for i := range len(p.shape) {
		if p.shape[i] == anyWord {
			n++
		}
	}
	for _, w := range p.fixed {
		if w != "" {
			n--
		}
	}
	return n
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
	if p.fixed != nil {
		return true
	}
	for i := 0; i < len(p.shape); i++ {
		if c := p.shape[i]; c == '<' || c == '>' || c >= 0x80 || isAlnum(c) {
			return true
		}
	}
	return false
}

// shapeOf is the shape of a prefix. The blanks at its end stay as they are: what is behind them belongs to the line.
func shapeOf(prefix []byte) string {
	body := trimRight(prefix, " \t")
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

// wordEnds are the lengths of the words of a line, by where they begin, as far as they are known: several prefixes are compared with the same line.
type wordEnds [prefixLenMax + 1]uint8

// wordLen is wordLen at line[i].
func (w *wordEnds) wordLen(line []byte, i int) int {
	if w == nil || i >= len(w) {
		return wordLen(line[i:])
	}
	if w[i] == 0 {
		n := wordLen(line[i:])
		if n > 0xFF {
			return n
		}
		w[i] = uint8(n)
	}
	return int(w[i])
}

// match is the length of the prefix that line begins with, 0 when it has another shape. Its words are put into words, if that isn't nil.
func (p *prefixShape) match(line []byte, words *[maxWords][]byte) int {
	return p.matchWith(line, words, nil)
}

// matchWith is match for one of several prefixes of a line.
func (p *prefixShape) matchWith(line []byte, words *[maxWords][]byte, ends *wordEnds) int {
	body := len(p.shape)
	for body > 0 && (p.shape[body-1] == ' ' || p.shape[body-1] == '\t') {
		body--
	}
	i, w := 0, 0
	for k := 0; k < body; k++ {
		if i >= len(line) || i > prefixLenMax {
			return 0
		}
		switch c := p.shape[k]; c {
		case anyWord:
			if !isAlnum(line[i]) {
				return 0
			}
			n := ends.wordLen(line, i)
			if !p.hasWord(w, line[i:i+n]) {
				return 0
			}
			if words != nil && w < maxWords {
				words[w] = line[i : i+n]
			}
			w++
			i += n
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

// within is where the prefix stands in a line behind from, after a blank and with a time stamp as its first word; 0: nowhere.
func (p *prefixShape) within(line []byte, from int) int {
	if len(p.shape) == 0 || p.shape[0] != anyWord {
		return 0
	}
	for i := from; i+8 < len(line) && i < from+sampleLineMax; i++ {
		if line[i] != ' ' || line[i+1] < '0' || line[i+1] > '9' {
			continue
		}
		rest := line[i+1:]
		if _, n := stamp(rest[:min(len(rest), 40)]); n > 0 && p.match(rest, nil) > n {
			return i + 1
		}
	}
	return 0
}

// wordLen is the length of the word at the start of b: letters and digits, and what joins them in stamps, addresses, numbers and paths.
func wordLen(b []byte) int {
	n := 0
	for n < len(b) {
		switch c := classes[b[n]]; {
		case c&alnum != 0:
		case c&joins != 0 && n+1 < len(b) && (isAlnum(b[n+1]) || b[n+1] == '_'):
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

// counterparts are the words and arrows that stand for the two sides.
var counterparts = [...][2]string{
	{"Client", "Server"},
	{"client", "server"},
	{"CLIENT", "SERVER"},
	{"<--", "-->"},
	{"<-", "->"},
	{"<=", "=>"},
	{"←", "→"},
	{"Sent", "Received"},
	{"SENT", "RECEIVED"},
	{"sent", "received"},
	{"SEND", "RECV"},
	{"send", "recv"},
	{"Send", "Recv"},
	{"Request", "Response"},
	{"request", "response"},
	{"IN", "OUT"},
	{"in", "out"},
	{"In", "Out"},
	{"TX", "RX"},
	{"tx", "rx"},
	{"READ", "WRITE"},
	{"客户端", "服务器"},
	{"<", ">"},
	{"C", "S"},
	{"c", "s"},
}

// counterpart is the shape of the other side's prefix, empty where nothing in the shape has one.
func counterpart(shape string) string {
	for _, c := range counterparts {
		for k := range c {
			from, to := c[k], c[1-k]
			for i := 0; i+len(from) <= len(shape); i++ {
				if shape[i:i+len(from)] != from || isAlnum(from[0]) && (i > 0 && isAlnum(shape[i-1]) || i+len(from) < len(shape) && isAlnum(shape[i+len(from)])) {
					continue
				}
				b := append([]byte(shape[:i]), to...)
				rest := shape[i+len(from):]
				for len(rest) >= len(from) && rest[:len(from)] == from { // ">>>"
					b = append(b, to...)
					rest = rest[len(from):]
				}
				return string(append(b, rest...))
			}
		}
	}
	return ""
}

// findKeys looks for the word of the prefixes that tells connections apart. A log of one connection shows nothing of the kind; one of several shows several
// greetings, each with a value of its own in that place, and each value comes back in other lines.
func findKeys(prefixes []prefixShape, s *sample) {
	var greetings [maxWords][][]byte // per word: its values in greetings
	shape := ""
	for i := range s.lines {
		l := &s.lines[i]
		if l.at <= 0 || l.verdict.why != ByUntagged || l.verdict.status == 0 || !isGreeting(l.body.b[l.at:]) {
			continue
		}
		for k := range prefixes {
			var words [maxWords][]byte
			if p := &prefixes[k]; p.match(l.body.b, &words) != l.at || shape != "" && p.shape != shape {
				continue
			}
			shape = prefixes[k].shape
			for w := range words {
				if words[w] != nil && !isStampWord(words[w]) {
					greetings[w] = append(greetings[w], words[w])
				}
			}
			break
		}
	}
	best, fewest := -1, 0
	for w := range greetings {
		values := greetings[w]
		if len(values) < 2 || len(values) > 64 || !distinct(values) || !comesBack(values, prefixes, s) {
			continue
		}
		if n := mismatches(prefixes, s); best < 0 || n < fewest {
			best, fewest = w, n
		}
	}
	if best >= 0 {
		comesBack(greetings[best], prefixes, s)
	}
}

// isStampWord: a date or a time of day, which tells no connections apart: digits with at least two marks between them.
func isStampWord(w []byte) bool {
	marks := 0
	for i, c := range w {
		switch {
		case c == ':' || c == '-' || c == '/' || c == '.' && marks > 0:
			marks++
		case c == 'T' || c == 'Z' || c == '+' || c == '.':
			if i == 0 {
				return false
			}
		case c < '0' || c > '9':
			return false
		}
	}
	return marks > 1
}

// mismatches counts the completions in the sample whose command was not seen on the same connection, as the prefixes tell connections apart now.
func mismatches(prefixes []prefixShape, s *sample) (n int) {
	seen := map[string]bool{}
	for i := range s.lines {
		l := &s.lines[i]
		if l.at <= 0 || len(l.verdict.tag) == 0 {
			continue
		}
		for k := range prefixes {
			var words [maxWords][]byte
			p := &prefixes[k]
			if p.match(l.body.b, &words) != l.at || p.keyWord < 0 {
				continue
			}
			key := string(words[p.keyWord]) + " " + string(l.verdict.tag)
			if l.verdict.why == ByCommand {
				seen[key] = true
			} else if !seen[key] {
				n++
			}
			break
		}
	}
	return n
}

// distinct reports whether no value stands twice.
func distinct(values [][]byte) bool {
	for i := range values {
		for j := range i {
			if bytes.Equal(values[i], values[j]) {
				return false
			}
		}
	}
	return true
}

// comesBack finds, for every prefix, the word that has one of the values in nearly all of its lines, and makes it the key. It reports false, and sets none,
// where the values don't come back: stamps and counters are distinct, too.
func comesBack(values [][]byte, prefixes []prefixShape, s *sample) bool {
	found := make([]int, len(prefixes))
	for k := range prefixes {
		prefixes[k].keyWord = -1
	}
	for k := range prefixes {
		var hits [maxWords]int
		lines := 0
		for i := range s.lines {
			var words [maxWords][]byte
			if prefixes[k].match(s.lines[i].body.b, &words) == 0 {
				continue
			}
			lines++
			for w := range words {
				for _, v := range values {
					if words[w] != nil && bytes.Equal(words[w], v) {
						hits[w]++
						break
					}
				}
			}
		}
		found[k] = -1
		for w := range hits {
			if hits[w]*10 >= lines*8 && lines > 0 {
				found[k] = w
				break
			}
		}
		if found[k] < 0 && lines >= 3 {
			return false
		}
	}
	for k := range prefixes {
		prefixes[k].keyWord = found[k]
	}
	return true
}
