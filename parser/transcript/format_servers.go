package transcript

import "bytes"

// imap4dDialect is the transcript of GNU mailutils' imap4d, on standard error or in the system's log. "(data...)" stands for octets.
var imap4dDialect = &dialect{
	id:    "imap4d",
	name:  "GNU mailutils imap4d",
	needs: []string{"imap4d"},
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return imap4dReader{} },
}

type imap4dReader struct{}

func (r imap4dReader) clone() reader { return r }

func (imap4dReader) read(line []byte, e *entry) {
	i := bytes.Index(line[:min(len(line), 120)], []byte("imap4d"))
	if i < 0 {
		return
	}
	e.time, _ = findStamp(line[:i])
	i += len("imap4d")
	if i < len(line) && line[i] == '[' {
		j := bytes.IndexByte(line[i:], ']')
		if j < 0 {
			return
		}
		e.key = line[i+1 : i+j]
		i += j + 1
	}
	if i+2 > len(line) || line[i] != ':' || line[i+1] != ' ' {
		*e = entry{}
		return
	}
	i += 2
	n, l := sideMark(line[i:])
	e.sign = true
	switch {
	case l == unmarked:
		e.kind = noiseLine
	case string(line[i+n:]) == "(data...)":
		e.kind = gapLine
	default:
		e.kind, e.label, e.from = wireLine, l, i+n
	}
}

// hmailserverDialect is hMailServer's log: columns between tabs, in quotes that nothing escapes, line ends as [nl]. SENT is the server.
var hmailserverDialect = &dialect{
	id:    "hmailserver",
	name:  "hMailServer",
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return hmailserverReader{} },
}

type hmailserverReader struct{}

func (r hmailserverReader) clone() reader { return r }

func (hmailserverReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	if len(t) < 8 || t[0] != '"' {
		return
	}
	i := bytes.IndexByte(t[1:], '"') + 1
	if i < 2 || !isUpper(t[1:i]) {
		return
	}
	e.kind = noiseLine
	if string(t[1:i]) != "IMAPD" {
		e.sign = i+1 < len(t) && (t[i+1] == '\t' || t[i+1] == ' ')
		return
	}
	head := trimBlanks(t[i+1:])
	_, n := parseUint(head) // the thread
	head = trimBlanks(head[n:])
	_, m := parseUint(head)
	for _, way := range [...]struct {
		word  string
		label label
	}{{`"SENT: `, byServer}, {`"RECEIVED: `, byClient}} {
		j := bytes.Index(head, []byte(way.word))
		if j < 0 || n == 0 || m == 0 || j > 160 {
			continue
		}
		from := len(line) - len(head) + j + len(way.word)
		to := len(line)
		if line[to-1] == '"' && to > from {
			to--
		}
		e.kind, e.label, e.key, e.sign = wireLine, way.label, head[:m], true
		e.time, _ = findStamp(head[m:j])
		p := unbracket(seg{b: line[from:to], src: uint32(from)})
		e.from, e.to = from, to
		if p.runs != nil {
			e.data, e.runs = p.b, p.runs
		} else if from == to {
			e.data, e.runs = []byte{}, []Run{}
		}
		return
	}
}

// unbracket turns [nl] back into line ends.
func unbracket(p seg) seg {
	var m mapper
	from := 0
	for {
		i := bytes.Index(p.b[from:], []byte("[nl]"))
		if i < 0 {
			break
		}
		m.add(p.sub(from, from+i))
		m.unit("\r\n", p.sub(from+i, from+i+4))
		from += i + 4
	}
	if from == 0 {
		return p
	}
	m.add(p.from(from))
	return m.seg()
}

// stalwartDialect is Stalwart's trace: "Raw IMAP input received (imap.raw-input) ... contents = "...\r\n"", in one line, in several, or as its web page shows it.
var stalwartDialect = &dialect{
	id:       "stalwart",
	name:     "Stalwart",
	needs:    []string{"Raw IMAP ", " (imap."},
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	exact:    true,
	chunked:  true,
	open:     func(*sample) reader { return &stalwartReader{} },
}

type stalwartReader struct {
	label label // of the event at hand
	key   []byte
	entry entry
	size  int // of the event, as the web page shows it
	left  int // octets that are still to come there
}

func (r *stalwartReader) clone() reader { c := *r; c.key = bytes.Clone(r.key); return &c }

// endsField: a field's value ends where the line does or another field begins. Some versions don't escape the quotes inside.
func endsField(rest []byte) bool {
	rest = bytes.TrimRight(rest, " \r")
	if len(rest) == 0 {
		return true
	}
	if !bytes.HasPrefix(rest, []byte(", ")) {
		return false
	}
	n := 2
	for n < len(rest) && isAlnum(rest[n]) {
		n++
	}
	return n > 2 && bytes.HasPrefix(rest[n:], []byte(" = "))
}

func (r *stalwartReader) read(line []byte, e *entry) {
	const mark = "Raw IMAP "
	e.kind = noiseLine
	rest := line
	if i := bytes.Index(line[:min(len(line), 160)], []byte(mark)); i >= 0 {
		r.label, r.entry, r.left = unmarked, entry{}, 0
		switch what := line[i+len(mark):]; {
		case bytes.HasPrefix(what, []byte("input received")):
			r.label = byClient
		case bytes.HasPrefix(what, []byte("output sent")):
			r.label = byServer
		default:
			return
		}
		e.sign = true
		r.entry.time, _ = findStamp(line[:i])
		r.key = r.key[:0]
		rest = line[i:]
	} else if t, n := stamp(line); n > 0 && !t.IsZero() && n < len(line) && line[n] == ' ' && isUpper(firstWord(line[n+1:])) && len(firstWord(line[n+1:])) >= 4 {
		r.label = unmarked // another event, which may be named after a command: "IMAP SELECT command (imap.select)"
		e.sign = bytes.Contains(line, []byte(" (imap."))
	}
	if r.label == unmarked {
		return
	}
	e.time = r.entry.time
	if r.left > 0 {
		r.left -= len(line) + 2
		e.kind, e.label = wireLine, r.label
		return
	}
	for _, name := range [...]string{"remotePort = ", "Remote Port "} {
		if i := bytes.Index(rest, []byte(name)); i >= 0 && (i < 200 || !bytes.Contains(rest[:i], []byte("contents = "))) {
			_, n := parseUint(rest[i+len(name):])
			r.key = append(r.key[:0], rest[i+len(name):][:n]...)
		}
	}
	i := bytes.Index(rest, []byte(`contents = "`))
	t := trimBlanks(rest)
	switch {
	case i >= 0:
		from := len(line) - len(rest) + i + len(`contents = "`)
		to := from
		for to < len(line) && (line[to] != '"' || !endsField(line[to+1:])) {
			if line[to] == '\\' {
				to++
			}
			to++
		}
		to = min(to, len(line))
		if bytes.HasPrefix(line[from:to], []byte("base64:")) {
			from += len("base64:")
			if data, ok := decodeBase64(line[from:to]); ok {
				e.data, e.runs = base64Runs(data, from, to-from)
			}
		}
		e.kind, e.label, e.esc, e.cut, e.sign = wireLine, r.label, backslash, true, true
		e.from, e.to = from, to
	case bytes.HasPrefix(t, []byte("Contents ")) || bytes.HasPrefix(t, []byte("Contents\t")):
		e.kind, e.label, e.esc, e.cut = wireLine, r.label, backslash, true
		e.from = len(line) - len(t) + len("Contents ")
		if !bytes.HasSuffix(t, []byte(`\n`)) { // with real line ends
			e.esc, e.cut = plain, false
			r.left = r.size - (len(line) - e.from) - 2
		}
	case bytes.HasPrefix(t, []byte("Size ")):
		v, _ := parseUint(t[len("Size "):])
		r.size = int(min(v, 1<<30))
		return
	default:
		return
	}
	if e.from == e.to {
		e.kind = noiseLine
	}
	if len(r.key) > 0 {
		e.key = r.key
	}
}

// proxyDialect is email-oauth2-proxy: Python strings behind arrows. What it says to the server upstream is indented.
var proxyDialect = &dialect{
	id:      "email-oauth2-proxy",
	name:    "email-oauth2-proxy",
	needs:   []string{"IMAP ("},
	trust:   5,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return &proxyReader{} },
}

type proxyReader struct{ key []byte }

func (r *proxyReader) clone() reader { return &proxyReader{} }

func (r *proxyReader) read(line []byte, e *entry) {
	i := bytes.Index(line[:min(len(line), 80)], []byte("IMAP ("))
	if i < 0 {
		return
	}
	head := line[i+len("IMAP "):]
	var arrow int
	for _, a := range [...]string{") --> ", ") <-- ", ") <-> ", ")     --> ", ")     <-- ", ")     <-> "} {
		if j := bytes.Index(head[:min(len(head), 200)], []byte(a)); j > 0 {
			arrow = j + 1
			break
		}
	}
	if arrow == 0 {
		return
	}
	e.time, _ = findStamp(line[:i])
	rest := trimBlanks(head[arrow:])
	r.key = append(append(r.key[:0], head[:arrow]...), "client"...)
	if len(head)-arrow-len(rest) > 1 {
		r.key = append(append(r.key[:0], head[:arrow]...), "server"...)
	}
	e.key, e.sign = r.key, true
	switch {
	case bytes.HasPrefix(rest, []byte("--> ")):
		e.label = byClient
	case bytes.HasPrefix(rest, []byte("<-- ")):
		e.label = byServer
	default:
		e.kind = infoLine
		return
	}
	payload := rest[4:]
	e.kind, e.esc, e.cut = wireLine, pyRepr, true
	e.from = len(line) - len(payload)
	switch {
	case bytes.HasPrefix(payload, []byte("b'")), bytes.HasPrefix(payload, []byte(`b"`)), len(payload) > 0 && (payload[0] == '\'' || payload[0] == '"'):
	case bytes.HasPrefix(payload, []byte("[ ")):
		e.kind = infoLine
	default:
		e.esc, e.cut = plain, false
	}
	if bytes.Contains(payload, []byte("[[ Credentials removed")) && e.label == byClient {
		e.kind = maskedLine
		if k := bytes.Index(payload, []byte("[[")); k > 2 && judge(payload[2:]).why == ByCommand {
			e.kind = wireLine
		}
	}
	if !bytes.Contains(payload, []byte(`\n`)) {
		e.cut = false
	}
}

// exchangeDialect is the protocol log of Exchange 2007 and 2010: CSV, in which ">" was sent by the server and "<" received by it.
// What later versions log, a row for each command with its result, is no transcript: its rows come back as statements, but for the answers that they quote.
var exchangeDialect = &dialect{
	id:    "exchange",
	name:  "Exchange protocol log",
	needs: []string{"#Fields: "},
	trust: 5,
	bare:  bareNoise,
	open: func(s *sample) reader {
		r := &exchangeReader{}
		for i := range s.lines {
			var e entry
			r.read(s.lines[i].body.b, &e)
			if r.columns > 0 {
				return &exchangeReader{}
			}
		}
		return nil
	},
}

type exchangeReader struct {
	columns              int
	session, event, data int // their places; event is 0 in logs of summaries
	context              int // there the answer to a refused command stands
}

func (r *exchangeReader) clone() reader { c := *r; return &c }

func (r *exchangeReader) read(line []byte, e *entry) {
	if len(line) == 0 {
		return
	}
	if line[0] == '#' {
		e.kind = noiseLine
		if bytes.HasPrefix(line, []byte("#Fields: ")) {
			*r = exchangeReader{}
			for n, at := 0, len("#Fields: "); at < len(line); n++ {
				name, next := csvField(line, at)
				switch string(bytes.TrimRight(line[name.Wire:name.Wire+name.WireLen], " ")) {
				case "session-id", "sessionId":
					r.session = n
				case "event":
					r.event = n
				case "data":
					r.data = n
				case "context":
					r.context = n
				}
				r.columns = n + 1
				at = next
			}
			e.sign = r.session > 0
		}
		return
	}
	if r.columns == 0 {
		return
	}
	t, n := stamp(line)
	if n == 0 {
		return
	}
	e.kind, e.time, e.sign = infoLine, t, true
	var label label
	for n, at := 0, 0; at < len(line); n++ {
		f, next := csvField(line, at)
		value := line[f.Wire : f.Wire+f.WireLen]
		switch {
		case n == r.session:
			e.key = value
		case r.event > 0 && n == r.event:
			switch string(value) {
			case ">":
				label = byServer
			case "<":
				label = byClient
			case "+":
				e.opened = true
			case "-":
				e.closed = true
			}
		case r.event == 0 && n == r.context:
			r.answer(value, int(f.Wire), e)
		case r.data > 0 && n == r.data && label != unmarked:
			e.kind, e.label = wireLine, label
			e.from, e.to = int(f.Wire), int(f.Wire+f.WireLen)
			if len(value) == 0 { // an empty line of a message
				e.data, e.runs = []byte{}, []Run{}
			}
			if bytes.Contains(value, []byte(`""`)) {
				p := singleQuotes(seg{b: value, src: f.Wire})
				e.data, e.runs = p.b, p.runs
			}
		}
		at = next
	}
}

// answer finds what the server said in the context of a summary: R=""a2 NO LOGIN failed.""; what else it says there, R=OK, is no line of IMAP.
func (r *exchangeReader) answer(context []byte, at int, e *entry) {
	const mark = `R=""`
	i := bytes.Index(context, []byte(mark))
	if i < 0 || i > 0 && context[i-1] != ';' {
		return
	}
	i += len(mark)
	n := bytes.Index(context[i:], []byte(`""`))
	if n < 0 {
		n = len(context) - i
	}
	if v := judge(context[i : i+n]); v.why == ByCompletion || v.why == ByUntagged {
		e.kind, e.label, e.from, e.to = wireLine, byServer, at+i, at+i+n
	}
}

// csvField is where the field at line[at] stands without its quotes, and where the next one begins (RFC 4180).
func csvField(line []byte, at int) (f Run, next int) {
	if line[at] != '"' {
		end := len(line)
		if i := bytes.IndexByte(line[at:], ','); i >= 0 {
			end = at + i
		}
		return Run{Wire: uint32(at), WireLen: uint32(end - at)}, end + 1
	}
	i := at + 1
	for i < len(line) {
		if line[i] == '"' {
			if i+1 >= len(line) || line[i+1] != '"' {
				break
			}
			i++
		}
		i++
	}
	i = min(i, len(line))
	f = Run{Wire: uint32(at + 1), WireLen: uint32(i - at - 1)}
	for i < len(line) && line[i] != ',' {
		i++
	}
	return f, i + 1
}

// singleQuotes takes one of two quotes.
func singleQuotes(p seg) seg {
	var m mapper
	from := 0
	for {
		i := bytes.Index(p.b[from:], []byte(`""`))
		if i < 0 {
			break
		}
		m.add(p.sub(from, from+i))
		m.unit(`"`, p.sub(from+i, from+i+2))
		from += i + 2
	}
	m.add(p.from(from))
	return m.seg()
}
