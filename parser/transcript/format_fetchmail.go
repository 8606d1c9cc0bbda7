package transcript

import "bytes"

// fetchmailDialect is fetchmail -v: "IMAP> " and "IMAP< ", behind "fetchmail: " and wherever its progress report left the cursor. Octets aren't printed.
var fetchmailDialect = &dialect{
	id:     "fetchmail",
	name:   "fetchmail -v",
	needs:  []string{"fetchmail: ", "IMAP> ", "IMAP< "},
	trust:  5,
	bare:   bareNoise,
	elides: serverOctets,
	open:   func(*sample) reader { return fetchmailReader{} },
}

type fetchmailReader struct{}

func (r fetchmailReader) clone() reader { return r }

func (fetchmailReader) read(line []byte, e *entry) {
	at := 0
	i := bytes.Index(line[:min(len(line), 4096)], []byte("fetchmail: IMAP"))
	switch {
	case i >= 0:
		at = i + len("fetchmail: IMAP")
	case bytes.HasPrefix(line, []byte("IMAP> ")), bytes.HasPrefix(line, []byte("IMAP< ")):
		at = len("IMAP")
	default:
		if bytes.HasPrefix(line, []byte("fetchmail: ")) {
			e.kind, e.sign = noiseLine, true
		}
		return
	}
	if at >= len(line) || line[at] != '>' && line[at] != '<' {
		return
	}
	e.kind, e.label, e.from, e.sign = wireLine, byServer, min(at+2, len(line)), i >= 0
	if line[at] == '>' {
		e.label = byClient
	}
}
