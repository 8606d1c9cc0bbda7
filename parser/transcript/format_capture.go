package transcript

import (
	"bytes"
	"time"
)

// networkDialects are those of captures, capture tools, servers and structured logs.
var networkDialects = append([]*dialect{
	captureDialect,
	tcpdumpDialect,
	followDialect,
	tsharkSummaryDialect,
	tsharkDialect,
	ngrepDialect,
	tcpflowDialect,
	socatDialect,
	imapflowDialect,
	imapflowRawDialect,
	emailjsDialect,
	jsonDialect,
	rawlogDialect,
	telemetryDialect,
	courierDialect,
	imap4dDialect,
	hmailserverDialect,
	stalwartDialect,
	proxyDialect,
	exchangeDialect,
}, append(serverDialects, statementDialects...)...)

// captureDialect is the text that a capture file becomes; see captureText.
var captureDialect = &dialect{
	id:       "capture",
	name:     "pcap, pcapng",
	trust:    60, // who opened the connection is known
	bare:     bareNoise,
	faithful: true,
	exact:    true,
	chunked:  true,
	open:     func(*sample) reader { return &captureReader{} },
}

type captureReader struct{ day time.Time }

func (r *captureReader) clone() reader { c := *r; return &c }

func (r *captureReader) read(line []byte, e *entry) {
	if len(line) < 3 {
		return
	}
	if line[0] == '#' && line[1] == ' ' {
		r.remark(line, e)
		return
	}
	if line[0] != '[' {
		return
	}
	i := bytes.Index(line[:min(len(line), 16)], []byte("] "))
	if i < 2 || !isDigits(line[1:i]) {
		return
	}
	e.key = line[1:i]
	i += 2
	c, n := clock(line[i:])
	if n == 0 || i+n+3 > len(line) || line[i+n] != ' ' || line[i+n+1] != '#' {
		return
	}
	if !r.day.IsZero() {
		e.time = r.day.Add(c)
	}
	i += n + 2
	_, n = parseUint(line[i:])
	if i += n; n == 0 || i+3 > len(line) || line[i] != ' ' {
		return
	}
	switch line[i+1] {
	case 'C':
		e.label = byClient
	case 'S':
		e.label = byServer
	default:
		return
	}
	e.from = min(i+4, len(line))
	switch line[i+2] {
	case ':':
		e.kind = wireLine
	case '>':
		e.kind, e.cut = wireLine, true
	case '-':
		e.kind = gapLine
		e.size, _ = parseUint(line[e.from:])
	case '~':
		e.kind = opaqueLine
		e.size, _ = parseUint(line[e.from:])
	}
}

// remark reads what is said about the capture and its connections.
func (r *captureReader) remark(line []byte, e *entry) {
	rest := line[2:]
	e.kind, e.sign = noiseLine, true
	switch {
	case bytes.HasPrefix(rest, []byte("capture: ")):
	case rest[0] == '[':
		i := bytes.Index(rest, []byte("] "))
		if i < 2 || !isDigits(rest[1:i]) {
			*e = entry{}
			return
		}
		e.kind, e.key = infoLine, rest[1:i]
		rest = rest[i+2:]
		if j := bytes.Index(rest, []byte(" > ")); j > 0 {
			e.opened, e.host = true, rest[j+3:]
			return
		}
		e.closed = bytes.HasPrefix(rest, []byte("closed"))
	default:
		year, month, day, n := date(rest)
		if n == 0 {
			*e = entry{}
			return
		}
		r.day = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
}
