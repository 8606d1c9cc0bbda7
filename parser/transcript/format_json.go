package transcript

import (
	"bytes"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// imapflowDialect is the log of imapflow: an object per line, with what was said as text that was put together anew.
var imapflowDialect = &dialect{
	id:       "imapflow",
	name:     "imapflow (pino)",
	needs:    []string{`"src"`},
	trust:    5,
	bare:     bareNoise,
	elides:   allOctets,
	rewrites: allOctets,
	open:     func(s *sample) reader { return openImapflow(s, false) },
}

// imapflowRawDialect is the same with logRaw: the octets of each read and write in base64, and beside them the text, which isn't needed then.
var imapflowRawDialect = &dialect{
	id:       "imapflow-raw",
	name:     "imapflow (pino, logRaw)",
	needs:    []string{`"src"`},
	trust:    5,
	bare:     bareNoise,
	chunked:  true,
	faithful: true,
	exact:    true,
	open:     func(s *sample) reader { return openImapflow(s, true) },
}

type imapflowReader struct {
	raw  bool
	said []byte  // what the client said last, as text
	deep [3]bool // per side: its octets are compressed by now, so its texts are what there is
}

func (r *imapflowReader) clone() reader { return &imapflowReader{r.raw, bytes.Clone(r.said), r.deep} }

func openImapflow(s *sample, raw bool) reader {
	lines, octets := 0, 0
	for i := range s.lines {
		var o jsonLine
		if !o.read(s.lines[i].body.b) || o.src.b == nil || o.msg.b == nil {
			continue
		}
		lines++
		if o.raw() && o.data.b != nil {
			octets++
		}
	}
	if lines == 0 || raw != (octets > 0) {
		return nil
	}
	return &imapflowReader{raw: raw}
}

func (o *jsonLine) raw() bool {
	return bytes.Equal(o.msg.b, []byte("read from socket")) || bytes.Equal(o.msg.b, []byte("write to socket"))
}

func (r *imapflowReader) read(line []byte, e *entry) {
	var o jsonLine
	if !o.read(line) || o.src.b == nil || o.msg.b == nil {
		return
	}
	e.time, e.key = o.stamp(), o.id
	switch string(o.src.b) {
	case "c":
		e.label = byClient
	case "s":
		e.label = byServer
	default:
		e.kind = infoLine
		e.opened = bytes.HasPrefix(o.msg.b, []byte("Established"))
		e.closed = bytes.HasPrefix(o.msg.b, []byte("Closed")) || bytes.Equal(o.msg.b, []byte("Connection closed"))
		e.host = o.host
		return
	}
	e.sign = true
	switch {
	case o.raw():
		e.kind = noiseLine
		data, ok := decodeBase64(o.data.b)
		if !ok {
			return
		}
		e.kind, e.cut = wireLine, true
		if o.compressed && isBinary(data) {
			r.deep[e.label] = true
			e.kind = opaqueLine
			return
		}
		if o.hidden { // the text before it says the same without its secret
			if len(r.said) == 0 {
				e.kind = maskedLine
				return
			}
			e.data = append(bytes.Clone(r.said), "\r\n"...)
			e.runs = []Run{{WireLen: uint32(len(e.data))}}
			return
		}
		e.from, e.to = o.data.at, o.data.at+len(o.data.b)
		e.data, e.runs = base64Runs(data, e.from, len(o.data.b))
	case r.raw && !r.deep[e.label]:
		e.kind = noiseLine // the same once more
		if e.label == byClient {
			r.said = append(r.said[:0], unescape(seg{b: o.msg.b}, jsonPlaceholders).b...)
		}
	default:
		e.kind, e.esc = wireLine, jsonPlaceholders
		e.from, e.to = o.msg.at, o.msg.at+len(o.msg.b)
		if e.to == e.from {
			e.kind = noiseLine
		}
	}
}

// jsonDialect is any log of one object per line whose text is in a member "msg", "message", "data", "line", "log" or "text", with the sender in another
// member or in front of the text.
var jsonDialect = &dialect{
	id:      "json-lines",
	name:    "JSON lines",
	trust:   3,
	bare:    bareNoise,
	chunked: true,
	open:    openJSON,
}

func openJSON(s *sample) reader {
	n, bare := 0, 0
	for i := range s.lines {
		var o jsonLine
		if b := s.lines[i].body.b; o.read(b) {
			if t := o.text(); t.b != nil {
				if p, _ := payloadAt(t.b); p >= 0 {
					n++
					if p == 0 {
						bare++
					}
				}
			}
		}
	}
	if n == 0 {
		return nil
	}
	return &jsonReader{bare: bare*10 > n*9}
}

type jsonReader struct {
	bare bool // no mark stands before the texts
}

func (r *jsonReader) clone() reader { return r }

func (r *jsonReader) read(line []byte, e *entry) {
	var o jsonLine
	if !o.read(line) {
		return
	}
	t := o.text()
	e.kind, e.time, e.key = noiseLine, o.stamp(), o.id
	if t.b == nil {
		return
	}
	from, l := 0, o.side
	if r.bare {
		// What looks like a mark is the text's own.
	} else if n, w := sideMark(t.b); n > 0 {
		from, l = n, w
	} else if p := sideColon(t.b); p > 0 {
		from, l = p, sideWord(t.b[:p])
	} else if p, _ := payloadAt(t.b); p > 0 {
		if w := sideWord(t.b[:p]); w != unmarked {
			from, l = p, w
		} else if l == unmarked && endsInColon(t.b[:p]) {
			from = p
		}
	} else if n, w := arrowMark(t.b); n > 0 {
		from, l = n, w
	}
	// A text without a mark may be the octets of a literal; if it isn't, it is nobody's.
	e.kind, e.label, e.esc = wireLine, l, jsonString
	e.from, e.to = t.at+from, t.at+len(t.b)
	e.cut = bytes.Contains(t.b, []byte(`\r\n`))
	if !e.cut && bytes.HasSuffix(t.b, []byte(`\n`)) {
		e.to -= 2 // the log's own
	}
	if e.from >= e.to { // an empty line
		e.to = e.from
		e.data, e.runs = []byte{}, []Run{}
	}
}

// sideColon is where the text goes on behind "imap client: ".
func sideColon(b []byte) int {
	i := bytes.Index(b[:min(len(b), 80)], []byte(": "))
	if i < 2 || sideWord(b[:i]) == unmarked || judge(b).weight >= likely {
		return 0
	}
	return i + 2
}

func endsInColon(b []byte) bool {
	b = bytes.TrimRight(b, " ")
	return len(b) > 0 && b[len(b)-1] == ':'
}

// sideMark reads "C: " or "S: " at the start of a text.
func sideMark(b []byte) (int, label) {
	if len(b) < 2 || b[1] != ':' {
		return 0, unmarked
	}
	n := 2
	if n < len(b) && b[n] == ' ' {
		n++
	}
	switch b[0] {
	case 'C':
		return n, byClient
	case 'S':
		return n, byServer
	}
	return 0, unmarked
}

// arrowMark reads an arrow at the start of a text.
func arrowMark(b []byte) (int, label) {
	w, rest := cutWord(b)
	if len(w) == 0 || isAlnum(w[0]) || len(rest) == len(b) {
		return 0, unmarked
	}
	l := sideOfName(w)
	if l == unmarked {
		return 0, unmarked
	}
	return len(b) - len(rest), l
}

// sideWord is the side that the last word or arrow of a prefix names.
func sideWord(b []byte) label {
	b = bytes.TrimRight(b, " :")
	i := len(b)
	for i > 0 && b[i-1] != ' ' && b[i-1] != ']' {
		i--
	}
	return sideOfName(b[i:])
}

// sideOfName is the side that a member's value, or a mark before a line, stands for.
func sideOfName(w []byte) label {
	switch upperWord(w) {
	case "C", "CLIENT", "SEND", "SENT", "OUT", "OUTGOING", "OUTBOUND", "TX", "WRITE", "REQUEST", "COMMAND", "C2S", "C->S", "CLIENT_TO_SERVER", "CLIENTTOSERVER", "TO_SERVER", ">", ">>", ">>>", "->", "-->", "=>", "CLIENT->SERVER":
		return byClient
	case "S", "SERVER", "RECV", "RECEIVED", "RECEIVE", "IN", "INCOMING", "INBOUND", "RX", "READ", "RESPONSE", "S2C", "S->C", "SERVER_TO_CLIENT", "SERVERTOCLIENT", "FROM_SERVER", "<", "<<", "<<<", "<-", "<--", "<=", "SERVER->CLIENT":
		return byServer
	}
	return unmarked
}

// jsonText is a string of an object as it is written, without its quotes, and where it stands in the line.
type jsonText struct {
	b  []byte
	at int
}

// jsonLine is what an object of a log says, as far as it matters here.
type jsonLine struct {
	src, msg, data     jsonText
	id, host           []byte
	time               []byte
	side               label
	hidden, compressed bool
}

// read reads an object of strings, numbers and words; what is nested deeper is stepped over. Of a member that stands there twice the last counts.
func (o *jsonLine) read(line []byte) bool {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	if i == len(line) || line[i] != '{' {
		return false
	}
	for i++; i < len(line); {
		switch c := line[i]; {
		case c == '"':
			name, after := jsonStringAt(line, i)
			i = after
			for i < len(line) && (line[i] == ' ' || line[i] == ':') {
				i++
			}
			if i >= len(line) {
				return true // cut off: what was read counts
			}
			switch line[i] {
			case '"':
				value, after := jsonStringAt(line, i)
				o.set(name.b, value, true)
				i = after
			case '{', '[':
				i = skipNested(line, i)
			default:
				j := i
				for j < len(line) && line[j] != ',' && line[j] != '}' {
					j++
				}
				o.set(name.b, jsonText{bytes.TrimRight(line[i:j], " "), i}, false)
				i = j
			}
		case c == '}':
			return true
		default:
			i++
		}
	}
	return o.src.b != nil || o.msg.b != nil
}

// jsonStringAt reads the string whose quote is line[i] and returns the index behind it.
func jsonStringAt(line []byte, i int) (jsonText, int) {
	j := i + 1
	for j < len(line) && line[j] != '"' {
		if line[j] == '\\' {
			j++
		}
		j++
	}
	j = min(j, len(line))
	return jsonText{line[i+1 : j : j], i + 1}, min(j+1, len(line))
}

// skipNested returns the index behind the array or object at line[i].
func skipNested(line []byte, i int) int {
	depth := 0
	for i < len(line) {
		switch line[i] {
		case '"':
			_, i = jsonStringAt(line, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return i
}

func (o *jsonLine) set(name []byte, v jsonText, quoted bool) {
	switch upperWord(name) {
	case "SRC":
		o.src = v
		o.side = sideOfName(v.b)
	case "DIR", "DIRECTION", "SIDE", "TYPE", "FROM", "PEER", "WHO", "EVENT", "ACTION":
		if s := sideOfName(v.b); s != unmarked {
			o.side = s
		}
	case "MSG", "MESSAGE", "LINE", "LOG", "TEXT", "CONTENT", "CONTENTS", "RAW", "PAYLOAD", "COMMAND", "RESPONSE", "@MESSAGE", "SHORT_MESSAGE", "FULL_MESSAGE", "BODY":
		if quoted && (o.msg.b == nil || wire.EqualFold(name, "MSG") || wire.EqualFold(name, "MESSAGE")) {
			o.msg = v
		}
	case "DATA":
		if quoted {
			o.data = v
		}
	case "CID", "CONN", "CONNECTION", "CONNID", "CONNECTIONID", "CONNECTION_ID", "SESSION", "SESSIONID", "SESSION_ID", "SID", "STREAM", "_SESSION", "_SESSION_ID", "_SID", "_CONNECTION":
		o.id = v.b
	case "HOST", "REMOTEADDRESS":
		if quoted {
			o.host = v.b
		}
	case "TIME", "TS", "T", "TIMESTAMP", "@TIMESTAMP", "DATE":
		o.time = v.b
	case "HIDDEN":
		o.hidden = string(v.b) == "true"
	case "COMPRESS":
		o.compressed = string(v.b) == "true"
	}
}

// text is the member in which IMAP can stand.
func (o *jsonLine) text() jsonText {
	if o.msg.b != nil {
		if o.data.b != nil {
			if p, _ := payloadAt(o.msg.b); p < 0 {
				return o.data
			}
		}
		return o.msg
	}
	return o.data
}

func (o *jsonLine) stamp() time.Time {
	if len(o.time) == 0 {
		return time.Time{}
	}
	t, _ := stamp(o.time)
	return t
}

// emailjsDialect is the log of emailjs-imap-client: "[DEBUG][2026-03-01T10:41:07.120Z][1][joe][mail.example.org] C: W1 ID NIL".
var emailjsDialect = &dialect{
	id:       "emailjs",
	name:     "emailjs-imap-client",
	trust:    5,
	bare:     bareNoise,
	elides:   allOctets,
	rewrites: allOctets,
	open:     func(*sample) reader { return emailjsReader{} },
}

type emailjsReader struct{}

func (r emailjsReader) clone() reader { return r }

func (emailjsReader) read(line []byte, e *entry) {
	var field [5][]byte
	at := 0
	for i := range field {
		end := bytes.IndexByte(line[at:min(len(line), at+200)], ']')
		if at >= len(line) || line[at] != '[' || end < 0 {
			return
		}
		field[i] = line[at+1 : at+end]
		at += end + 1
	}
	t, n := stamp(field[1])
	if n == 0 || !isUpper(field[0]) || at >= len(line) || line[at] != ' ' {
		return
	}
	e.time, e.key, e.host = t, field[2], field[4]
	e.sign = true
	n, l := sideMark(line[at+1:])
	if l == unmarked {
		e.kind = infoLine
		e.opened = bytes.HasPrefix(line[at+1:], []byte("Connecting to "))
		return
	}
	e.kind, e.label, e.esc, e.from = wireLine, l, placeholders, at+1+n
}
