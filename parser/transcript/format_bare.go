package transcript

import "bytes"

// bareDialect is IMAP without any mark of who speaks: telnet, nc and openssl s_client sessions, JavaMail and go-imap traces, articles.
// Sides come from the words of each line. What the terminal programs say themselves is noise wherever it stands.
var bareDialect = &dialect{
	id:      "bare",
	name:    "Plain IMAP (terminal, article)",
	generic: true,
	bare:    bareInfer,
	open:    func(s *sample) reader { return &bareReader{} },
}

type bareReader struct {
	dump    bool // inside what openssl prints about the TLS session
	openssl bool // it takes commands of its own: a typed line that begins with Q ends it
	ended   bool // by that
}

func (r *bareReader) clone() reader { c := *r; return &c }

func (r *bareReader) read(line []byte, e *entry) {
	t := trimBlanks(line)
	if r.tls(t, e) || quotation(line, e) {
		return
	}
	switch {
	case bytes.HasPrefix(t, []byte("Trying ")) && bytes.HasSuffix(bytes.TrimRight(t, " \r"), []byte("...")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connected to ")):
		e.kind, e.opened = infoLine, true
		e.host = bytes.TrimRight(bytes.TrimRight(t[len("Connected to "):], " \r"), ".")
	case bytes.HasPrefix(t, []byte("Escape character is ")):
		e.kind = noiseLine
	case bytes.HasPrefix(t, []byte("Connection closed by foreign host")), bytes.HasPrefix(t, []byte("Connection to host lost")):
		e.kind, e.closed = infoLine, true
	}
}

// tls drops the certificate and session dumps of openssl s_client, which may stand in the middle of a session: from "---" or a heading up to the next
// "---", "read R BLOCK" or line of IMAP.
func (r *bareReader) tls(t []byte, e *entry) bool {
	switch {
	case r.ended && !bytes.HasPrefix(t, []byte("CONNECT")):
	case r.openssl && !r.dump && len(t) > 0 && t[0] == 'Q' && (len(t) == 1 || judge(t).why == ByCommand):
		r.ended = true
		e.kind, e.closed = infoLine, true
		return true
	case bytes.HasPrefix(t, []byte("CONNECTED(")), bytes.HasPrefix(t, []byte("CONNECTION ESTABLISHED")):
		r.dump, r.openssl, r.ended = true, true, false
		e.kind, e.opened = infoLine, true
		return true
	case bytes.HasPrefix(t, []byte("Post-Handshake New Session Ticket arrived:")):
		r.dump = true
	case bytes.HasPrefix(t, []byte("read R BLOCK")):
		r.dump = false
		e.kind = noiseLine
		return true
	case isRecordDump(t):
	case r.dump && judge(t).weight >= certain:
		r.dump = false
		return false
	case !r.dump:
		return false
	}
	e.kind = noiseLine
	return true
}

// isRecordDump: what s_client -debug and -msg print about each record: "read from 0x55d0 [0x55d6] (90 bytes => 90 (0x5A))", "<<< TLS 1.3, Handshake [length
// 0200]", and rows of octets, "0010 - 22 6f 00-0e   "o..".
func isRecordDump(t []byte) bool {
	switch {
	case len(t) < 8:
		return false
	case bytes.HasPrefix(t, []byte("read from 0x")), bytes.HasPrefix(t, []byte("write to 0x")), bytes.HasPrefix(t, []byte("<<< TLS ")), bytes.HasPrefix(t, []byte(">>> TLS ")),
		bytes.HasPrefix(t, []byte("<<< ??? ")), bytes.HasPrefix(t, []byte(">>> ??? ")):
		return true
	}
	_, n := hexValue(t, 4)
	return n == 4 && bytes.HasPrefix(t[4:], []byte(" - ")) && len(t) > 9 && isHex(t[7]) && isHex(t[8]) && (t[9] == ' ' || t[9] == '-')
}

// quotation is a line that is a quoted line of IMAP as a whole, perhaps as a comment: # b'* BAD unknown command'. Who puts it on a line of its own means it.
func quotation(line []byte, e *entry) bool {
	t := bytes.TrimRight(trimBlanks(line), " \t\r.,;")
	t = trimBlanks(bytes.TrimLeft(t, "#"))
	if len(t) > 1 && t[0] == 'b' {
		t = t[1:]
	}
	if len(t) < 6 || t[0] != t[len(t)-1] || t[0] != '"' && t[0] != '\'' && t[0] != '`' || judge(t[1:]).weight < likely {
		return false
	}
	e.kind, e.esc, e.sign = wireLine, backslash, true
	e.from = bytes.IndexByte(line, t[0]) + 1
	e.to = bytes.LastIndexByte(line, t[0])
	return true
}
