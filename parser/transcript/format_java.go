package transcript

import "bytes"

// javamailDialect is JavaMail's, Jakarta Mail's and Angus's mail.debug: lines of both sides without a mark, "DEBUG IMAPS: " before its own words.
// The AUTHENTICATE exchange is left out; its result is told among those words.
var javamailDialect = &dialect{
	id:    "javamail",
	name:  "JavaMail / Jakarta Mail debug",
	needs: []string{"DEBUG IMAP", "DEBUG: "},
	bare:  bareInfer,
	open: func(s *sample) reader {
		if s.asked {
			return javamailReader{}
		}
		for i := range s.lines {
			if javamailOwn(s.lines[i].body.b) {
				return javamailReader{}
			}
		}
		return nil
	},
}

type javamailReader struct{}

func (r javamailReader) clone() reader { return r }

func javamailOwn(b []byte) bool {
	return bytes.HasPrefix(b, []byte("DEBUG IMAP")) || bytes.HasPrefix(b, []byte("DEBUG: ")) || bytes.HasPrefix(b, []byte("DEBUG: getProvider")) || bytes.HasPrefix(b, []byte("DEBUG: setDebug"))
}

func (javamailReader) read(line []byte, e *entry) {
	if !javamailOwn(line) {
		return
	}
	e.kind, e.sign = noiseLine, true
	switch {
	case bytes.Contains(line, []byte(" command result: ")):
		i := bytes.Index(line, []byte(" command result: ")) + len(" command result: ")
		e.kind, e.label, e.from = wireLine, byServer, i
	case bytes.Contains(line, []byte(" command trace suppressed")):
		e.kind = maskedLine
	case bytes.Contains(line, []byte("trying to connect to host ")):
		e.kind, e.opened = infoLine, true
		if i := bytes.IndexByte(line, '"'); i > 0 {
			if n := argEnd(line[i:]); n > 2 {
				e.host = line[i+1 : i+n-1]
			}
		}
	case bytes.Contains(line, []byte("IMAPProtocol logout")):
		e.kind, e.closed = infoLine, true
	}
}
