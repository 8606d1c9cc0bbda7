package transcript

import "bytes"

// mailbeeDialect is MailBee's log: "[10:14:12.50] [RECV] ", then a network read with its line ends as the letters \r\n, then how long it was.
var mailbeeDialect = &dialect{
	id:      "mailbee",
	name:    "MailBee",
	needs:   []string{"[SEND] ", "[RECV] "},
	trust:   5,
	bare:    bareNoise,
	chunked: true,
	open:    func(*sample) reader { return mailbeeReader{} },
}

type mailbeeReader struct{}

func (r mailbeeReader) clone() reader { return r }

func (mailbeeReader) read(line []byte, e *entry) {
	head := line[:min(len(line), 80)]
	t, n := findStamp(head)
	if n == 0 || head[0] != '[' {
		return
	}
	i := bytes.Index(head, []byte("] [SEND] "))
	e.label = byClient
	if i < 0 {
		i, e.label = bytes.Index(head, []byte("] [RECV] ")), byServer
	}
	if i < 0 {
		e.kind, e.label = noiseLine, unmarked
		return
	}
	e.kind, e.time, e.sign, e.esc = wireLine, t, true, visibleEOL
	e.from = i + len("] [RECV] ")
	e.to = max(len(bytes.TrimRight(line, " \r")), e.from)
	if k := bytes.LastIndex(line[e.from:e.to], []byte(" [Total ")); k >= 0 && line[e.to-1] == ']' {
		e.to = e.from + k
	}
	e.cut = !bytes.HasSuffix(line[e.from:e.to], []byte(`\n`))
}

// chilkatDialect is what Chilkat's LastErrorText says of a session: "ImapCmdSent: " and "ImapCmdResp: " in an indented list of what it did, where other
// entries repeat the response.
var chilkatDialect = &dialect{
	id:     "chilkat",
	name:   "Chilkat LastErrorText",
	needs:  []string{"ImapCmdSent: ", "ImapCmdResp: ", "serverResponse: ", "imapSelectResponse: "},
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   func(*sample) reader { return chilkatReader{} },
}

type chilkatReader struct{}

func (r chilkatReader) clone() reader { return r }

func (chilkatReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	switch {
	case bytes.HasPrefix(t, []byte("ImapCmdSent: ")):
		e.label = byClient
	case bytes.HasPrefix(t, []byte("ImapCmdResp: ")):
		e.label = byServer
	default:
		e.kind = noiseLine
		e.sign = bytes.HasPrefix(t, []byte("serverResponse: ")) || bytes.HasPrefix(t, []byte("imapSelectResponse: "))
		return
	}
	e.kind, e.sign, e.from = wireLine, true, len(line)-len(t)+len("ImapCmdSent: ")
}
