package transcript

import "bytes"

// mozlogDialect is Thunderbird's and SeaMonkey's MOZ_LOG=IMAP:5, in all its generations: with stamps or without, with pid and level or with NSPR's thread
// number. "SendData:" is the client, "CreateNewLineFromSocket:" the server; the pointer before the host tells connections apart, which interleave.
var mozlogDialect = &dialect{
	id:       "thunderbird",
	name:     "Thunderbird MOZ_LOG",
	needs:    []string{"SendData:", "CreateNewLineFromSocket:", "ProcessCurrentURL: entering", ":TellThreadToDie:"},
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	open:     func(*sample) reader { return &mozlogReader{} },
}

type mozlogReader struct {
	cut   bool // the last wire line was cut; the rest comes without pointer and host
	label label
	key   []byte
}

// mozlogChunk is the size at which what is printed is cut; a line end below it is cut at, too, so only a whole chunk without one goes on.
const mozlogChunk = 400

func mozlogCut(data []byte) bool {
	return len(data) == mozlogChunk && data[mozlogChunk-1] != '\r'
}

func (r *mozlogReader) clone() reader { c := *r; return &c }

func (r *mozlogReader) read(line []byte, e *entry) {
	n := 0
	if t, m := stamp(line); m > 0 && (m == len(line) || line[m] != '[') { // else a thread whose number is as long as a time
		e.time, n = t, m
		if i := bytes.Index(line[n:], []byte("- ")); i >= 0 && i < 40 {
			n += i + 2
		}
	}
	m, module := mozlogHead(line[n:])
	if m == 0 {
		return
	}
	n += m
	e.kind = noiseLine
	msg := line[n:]
	if !bytes.HasPrefix(module, []byte("IMAP")) && len(module) > 0 {
		return
	}
	key, rest := mozlogPointer(msg)
	if key == nil {
		if r.cut && len(module) > 0 {
			r.cut = mozlogCut(msg)
			e.kind, e.label, e.key, e.from, e.cut = moreLine, r.label, r.key, n, r.cut
		}
		return
	}
	e.key = key
	if i := bytes.IndexByte(rest, ':'); i > 0 {
		e.host = rest[:i]
	}
	for _, mark := range [...]struct {
		text  string
		label label
	}{{":SendData: ", byClient}, {":CreateNewLineFromSocket: ", byServer}} {
		i := bytes.Index(rest, []byte(mark.text))
		if i < 0 {
			i = bytes.Index(rest, []byte(mark.text[:len(mark.text)-1]))
			if i < 0 || i+len(mark.text)-1 != len(rest) {
				continue
			}
			i-- // the blank behind an empty line was cut off
		}
		e.sign = true
		e.from = min(n+len(msg)-len(rest)+i+len(mark.text), len(line))
		if bytes.HasPrefix(line[e.from:], []byte("Logging suppressed for this command")) {
			e.kind = maskedLine
			return
		}
		e.kind, e.label = wireLine, mark.label
		r.cut = mozlogCut(line[e.from:])
		r.label, r.key, e.cut = mark.label, append(r.key[:0], key...), r.cut
		return
	}
	if bytes.Contains(rest, []byte("ProcessCurrentURL: entering")) || bytes.Contains(rest, []byte(":TellThreadToDie:")) {
		e.kind, e.sign = infoLine, true
		e.closed = bytes.Contains(rest, []byte("TellThreadToDie"))
	}
}

// mozlogHead reads "[Parent 4242: IMAP]: I/IMAP ", "[IMAP]: D/IMAP " or NSPR's "1234[7f00]: ", and what module it names.
func mozlogHead(b []byte) (n int, module []byte) {
	i := 0
	if len(b) > 0 && b[0] == '-' {
		i++
	}
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == len(b) || b[i] != '[' {
		return 0, nil
	}
	end := bytes.Index(b, []byte("]: "))
	if end < 0 || end > 80 {
		return 0, nil
	}
	n = end + 3
	if rest := b[n:]; len(rest) > 2 && rest[1] == '/' && bytes.IndexByte([]byte("EWIDV"), rest[0]) >= 0 {
		w := bytes.IndexByte(rest, ' ')
		if w < 0 {
			w = len(rest)
		}
		return min(n+w+1, len(b)), rest[2:w]
	}
	if i == 0 {
		return 0, nil // in brackets, but neither level nor module: some other log
	}
	return n, nil
}

// mozlogPointer reads the connection's address before a colon.
func mozlogPointer(b []byte) (key, rest []byte) {
	i := 0
	if bytes.HasPrefix(b, []byte("0x")) {
		i = 2
	}
	start := i
	for i < len(b) && isHex(b[i]) {
		i++
	}
	if i-start < 6 || i == len(b) || b[i] != ':' {
		return nil, nil
	}
	return b[:i], b[i+1:]
}
