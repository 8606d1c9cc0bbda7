package transcript

import "bytes"

// imaplib2Dialect is imaplib2, also inside offlineimap's log: stamp, thread, arrow, the repr of what went over the wire. Only reader and writer say what did;
// handlers repeat it.
var imaplib2Dialect = &dialect{
	id:    "imaplib2",
	name:  "imaplib2 / OfflineIMAP",
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return imaplib2Reader{} },
}

type imaplib2Reader struct{}

func (r imaplib2Reader) clone() reader { return r }

func (imaplib2Reader) read(line []byte, e *entry) {
	n := 0
	if head := line[:min(len(line), 80)]; bytes.IndexByte(head, '[') >= 0 { // most lines have none
		if i := bytes.Index(head, []byte("[imap]: ")); i >= 0 {
			n = i + len("[imap]: ")
		}
	}
	t, m := minutesSeconds(line[n:])
	if m == 0 {
		if n > 0 {
			e.kind = noiseLine
		}
		return
	}
	if full, k := stamp(line); k > 0 && n > 0 {
		t = full
	}
	e.time = t
	n += m
	rest := line[n:]
	for _, mark := range [...]struct {
		text  string
		label label
	}{{"writer > b", byClient}, {"reader < b", byServer}, {"writer > '", byClient}, {"reader < '", byServer}, {`writer > "`, byClient}, {`reader < "`, byServer}} {
		i := bytes.Index(rest[:min(len(rest), 120)], []byte(mark.text))
		if i < 0 {
			continue
		}
		e.kind, e.label, e.esc, e.sign = wireLine, mark.label, pyRepr, true
		e.from = n + i + len(mark.text) - 1
		if k := bytes.LastIndexByte(bytes.TrimRight(rest[:i], " "), ' '); k >= 0 {
			e.host = rest[:k]
		} else if i > 0 {
			e.host = bytes.TrimRight(rest[:i], " ")
		}
		return
	}
	e.kind, e.sign = noiseLine, true // handlers repeat what the reader read
}

// imapclientDialect is IMAPClient's logging, under whatever formatter the application chose: "> b'...'" and "< b'...'" at the end of a log line.
var imapclientDialect = &dialect{
	id:     "imapclient",
	name:   "Python IMAPClient",
	needs:  []string{"> b", "> '", `> "`, "< b", "< '", `< "`},
	trust:  5,
	bare:   bareNoise,
	elides: serverOctets,
	open:   func(*sample) reader { return imapclientReader{} },
}

type imapclientReader struct{}

func (r imapclientReader) clone() reader { return r }

func (imapclientReader) read(line []byte, e *entry) {
	head := line[:min(len(line), prefixLenMax)]
	for i := 0; i+3 < len(head); i++ {
		c := head[i]
		if c != '>' && c != '<' || head[i+1] != ' ' || i > 0 && head[i-1] != ' ' && head[i-1] != ':' {
			continue
		}
		q := i + 2
		if head[q] == 'b' {
			q++
		}
		if q >= len(head) || head[q] != '\'' && head[q] != '"' {
			continue
		}
		e.time, _ = findStamp(head[:i])
		if i > 0 || len(line) > q {
			e.kind, e.label, e.esc, e.from = wireLine, byServer, pyRepr, i+2
		}
		if c == '>' {
			e.label = byClient
		}
		e.sign = bytes.Contains(head[:i], []byte("imapclient"))
		return
	}
	if bytes.Contains(line, []byte("read literal size ")) {
		e.kind = gapLine
	}
}

// aioimaplibDialect is aioimaplib: "Sending : b'...'" and "Received : b'...'", whole network reads with their line ends.
var aioimaplibDialect = &dialect{
	id:       "aioimaplib",
	name:     "Python aioimaplib",
	needs:    []string{"Sending : b", "Received : b", "tagged status b", "ignored untagged response : b"},
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	chunked:  true,
	open:     func(*sample) reader { return aioimaplibReader{} },
}

type aioimaplibReader struct{}

func (r aioimaplibReader) clone() reader { return r }

func (aioimaplibReader) read(line []byte, e *entry) {
	head := line[:min(len(line), prefixLenMax)]
	for _, mark := range [...]struct {
		text  string
		label label
	}{{"Sending : b", byClient}, {"Received : b", byServer}} {
		i := bytes.Index(head, []byte(mark.text))
		if i < 0 || i > 0 && isAlnum(head[i-1]) {
			continue
		}
		e.kind, e.label, e.esc, e.sign, e.cut = wireLine, mark.label, pyRepr, true, true
		e.from = i + len(mark.text) - 1
		e.time, _ = findStamp(head[:i])
		return
	}
	for _, again := range [...]string{"tagged status b", "ignored untagged response : b"} { // what was received, once more
		if i := bytes.Index(head, []byte(again)); i > 0 && !isAlnum(head[i-1]) {
			e.kind, e.sign = noiseLine, true
			return
		}
	}
}
