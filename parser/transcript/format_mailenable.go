package transcript

import (
	"bytes"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// mailenableDialect is MailEnable's activity log: columns between tabs, with a command and what was answered to it in two of them.
var mailenableDialect = &dialect{
	id:    "mailenable",
	name:  "MailEnable",
	needs: []string{"\tIMAP"},
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return &mailenableReader{} },
}

type mailenableReader struct {
	ahead int // where in the row the answer stands: its command was read
	row   []byte
	time  time.Time
}

func (r *mailenableReader) clone() reader { c := *r; c.row = bytes.Clone(r.row); return &c }

func (r *mailenableReader) read(line []byte, e *entry) {
	at, column := 0, 0
	if r.ahead > 0 { // the answer, behind the command
		at, column, r.ahead = 0, 3, 0
		e.key = r.row
	} else {
		t, n := findStamp(line[:min(len(line), 24)])
		if n == 0 || !bytes.HasPrefix(line[n:], []byte("\tIMAP")) {
			return
		}
		r.time, e.sign = t, true
	}
	e.kind, e.time = noiseLine, r.time
	for ; at < len(line); column++ {
		end := len(line)
		if i := bytes.IndexByte(line[at:], '\t'); i >= 0 {
			end = at + i
		}
		field := line[at:end]
		switch v := judge(field); {
		case column == 2 && e.key == nil: // the session
			r.row = append(r.row[:0], field...)
			e.key = r.row
		case column < 3 || v.weight < doubtful:
		case v.side == wire.Client && e.label == unmarked:
			e.kind, e.label, e.from, e.to = wireLine, byClient, at, end
		case v.side == wire.Server && e.label == byClient:
			e.next, r.ahead = at, at
			return
		case v.side == wire.Server && e.label == unmarked:
			e.kind, e.label, e.from, e.to = wireLine, byServer, at, end
			return
		}
		at = end + 1
	}
}
