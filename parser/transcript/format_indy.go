package transcript

import "bytes"

// indyDialect is Indy's TIdLogFile and its kin (Delphi, C++ Builder): "Sent ", "Recv " or "Stat ", when, a colon, and one network read or write with its line
// ends as <EOL>, <CR> and <LF>.
var indyDialect = &dialect{
	id:       "indy",
	name:     "Indy TIdLogFile",
	needs:    []string{"<EOL>"},
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	chunked:  true,
	open:     func(*sample) reader { return indyReader{} },
}

type indyReader struct{}

func (r indyReader) clone() reader { return r }

func (indyReader) read(line []byte, e *entry) {
	const words = len("Sent ")
	if len(line) < words {
		return
	}
	switch string(line[:words]) {
	case "Sent ":
		e.label = byClient
	case "Recv ":
		e.label = byServer
	case "Stat ":
		e.kind = infoLine
		e.opened = bytes.HasSuffix(bytes.TrimRight(line, " \r"), []byte("Connected."))
		e.closed = bytes.HasSuffix(bytes.TrimRight(line, " \r"), []byte("Disconnected."))
		if !e.opened && !e.closed {
			e.kind = noiseLine
		}
		return
	default:
		return
	}
	i := bytes.Index(line[:min(len(line), 64)], []byte(": "))
	if i < words && i != words-1 {
		e.label = unmarked
		return
	}
	e.kind, e.from, e.sign = wireLine, i+2, true
	e.time, _ = findStamp(line[words:max(i, words)])
	p := lineEndMarks(seg{b: line[e.from:], src: uint32(e.from)})
	e.cut = !bytes.HasSuffix(p.b, []byte("\n"))
	e.data, e.runs = p.b, p.runs
	if p.runs == nil {
		e.data, e.runs = nil, nil
	}
}

// lineEndMarks turns <EOL>, <CR> and <LF> back into line ends.
func lineEndMarks(p seg) seg {
	return replaced(p, '<', []replacement{{"<EOL>", "\r\n"}, {"<CR>", "\r"}, {"<LF>", "\n"}})
}
