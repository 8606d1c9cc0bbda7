package transcript

import "bytes"

// davmailDialect is DavMail's log, a gateway that speaks IMAP with mail programs: "[ImapConnection-50432] davmail  - < a1 CAPABILITY", where "<" is what the
// program sent. Instead of a login it writes "LOGIN ********", without the tag; octets of literals aren't printed.
var davmailDialect = &dialect{
	id:     "davmail",
	name:   "DavMail",
	needs:  []string{"[ImapConnection-"},
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   func(*sample) reader { return davmailReader{} },
}

type davmailReader struct{}

func (r davmailReader) clone() reader { return r }

func (davmailReader) read(line []byte, e *entry) {
	const thread = "[ImapConnection-"
	head := line[:min(len(line), 160)]
	i := bytes.Index(head, []byte(thread))
	if i < 0 {
		return
	}
	e.kind, e.sign = noiseLine, true
	n := bytes.IndexByte(head[i:], ']')
	if n < 0 {
		return
	}
	e.key = head[i+1 : i+n]
	for _, mark := range [...]struct {
		text  string
		label label
	}{{" - < ", byClient}, {" - > ", byServer}} {
		k := bytes.Index(head[i:], []byte(mark.text))
		if k < 0 {
			continue
		}
		e.time, _ = findStamp(head[:i])
		e.kind, e.label, e.from = wireLine, mark.label, i+k+len(mark.text)
		if word, rest := cutWord(line[e.from:]); mark.label == byClient && isMask(rest) && isUpper(word) {
			e.kind = maskedLine
		}
		return
	}
}
