package transcript

import "bytes"

// outlookDialect is the IMAP log of Outlook and Outlook Express: "IMAP: 11:40:24 [tx] wk2e SELECT ...", "[rx]" for what came, "[db]" for its own words;
// older versions write "2026.03.01 10:41:07 IMAP (host): <rx> ...". Octets of literals aren't printed, only how many came.
var outlookDialect = &dialect{
	id:     "outlook",
	name:   "Outlook IMAP log",
	needs:  []string{"[tx]", "[rx]", "<tx>", "<rx>", "[db]", "<db>"},
	trust:  5,
	bare:   bareLiteral,
	elides: allOctets,
	open:   func(*sample) reader { return outlookReader{} },
}

type outlookReader struct{}

func (r outlookReader) clone() reader { return r }

func (outlookReader) read(line []byte, e *entry) {
	head := line[:min(len(line), 160)]
	i := bytes.Index(head, []byte("IMAP"))
	if i < 0 {
		return
	}
	for _, mark := range [...]struct {
		text  string
		label label
	}{{"[tx]", byClient}, {"[rx]", byServer}, {"<tx>", byClient}, {"<rx>", byServer}, {"[db]", unmarked}, {"<db>", unmarked}} {
		k := bytes.Index(head[i:], []byte(mark.text))
		if k < 0 {
			continue
		}
		t, n := findStamp(head[:i+k])
		if n == 0 {
			continue
		}
		e.time, e.sign = t, true
		e.from = i + k + len(mark.text)
		if e.from < len(line) && line[e.from] == ' ' {
			e.from++
		}
		e.kind, e.label = wireLine, mark.label
		text := line[e.from:]
		switch size, gap := outlookGap(text); {
		case mark.label == unmarked:
			outlookOwn(text, e)
		case gap:
			e.kind, e.size = gapLine, size
		}
		return
	}
}

// outlookGap: "Buffer (literal) of length 553".
func outlookGap(b []byte) (size uint64, ok bool) {
	const before, behind = "Buffer (", "of length "
	i := bytes.Index(b, []byte(behind))
	if i < 0 || !bytes.HasPrefix(b, []byte(before)) {
		return 0, false
	}
	size, n := parseUint(b[i+len(behind):])
	return size, n > 0
}

// outlookOwn reads what the program says itself: "Connecting to 'mail.example.org' on port 993.", "Connection to 'mail.example.org' closed."
func outlookOwn(b []byte, e *entry) {
	e.kind = noiseLine
	e.opened = bytes.HasPrefix(b, []byte("Connecting to '"))
	e.closed = bytes.HasPrefix(b, []byte("Connection to '")) && bytes.Contains(b, []byte("' closed"))
	if !e.opened && !e.closed {
		return
	}
	e.kind = infoLine
	rest := b[bytes.IndexByte(b, '\'')+1:]
	if i := bytes.IndexByte(rest, '\''); i > 0 {
		e.host = rest[:i]
	}
}
