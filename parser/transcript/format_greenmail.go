package transcript

import "bytes"

// greenmailDialect is what GreenMail logs when it is verbose, in whatever layout of its logger: "S: " before each line that it writes, with the line end shown
// as \r\n, and "IMAP Line received : <...>" around what it reads. What it understood of a command ("C: tag=a1, command=LOGIN") repeats that.
var greenmailDialect = &dialect{
	id:    "greenmail",
	name:  "GreenMail",
	needs: []string{greenmailReceived, greenmailWritten, greenmailParsed},
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return greenmailReader{} },
}

const (
	greenmailReceived = "IMAP Line received : <"
	greenmailWritten  = "LoggingOutputStream"
	greenmailParsed   = "C: tag="
)

type greenmailReader struct{}

func (r greenmailReader) clone() reader { return r }

func (greenmailReader) read(line []byte, e *entry) {
	head := line[:min(len(line), 240)]
	if i := bytes.Index(head, []byte(greenmailReceived)); i > 0 {
		e.from = i + len(greenmailReceived)
		e.to = len(bytes.TrimRight(line, " "))
		if e.to > e.from && line[e.to-1] == '>' {
			e.to--
		}
		e.kind, e.label, e.esc = wireLine, byClient, visibleEOL
	} else if i := bytes.Index(head, []byte(greenmailWritten)); i > 0 {
		j := bytes.Index(head[i:], []byte("S: "))
		if j < 0 {
			return
		}
		e.kind, e.label, e.esc, e.from = wireLine, byServer, visibleEOL, i+j+3
	} else if i := bytes.Index(head, []byte(greenmailParsed)); i > 0 {
		e.kind = noiseLine
	} else {
		return
	}
	e.sign = true
	e.time, _ = findStamp(head[:min(e.from, len(head))])
	if i, j := bytes.Index(head, []byte("[imap:")), bytes.IndexByte(head, ']'); i >= 0 && j > i && j < e.from { // the name of the session's thread
		e.key = head[i+1 : j]
	}
	if e.from == e.to {
		e.kind = noiseLine
	}
}
