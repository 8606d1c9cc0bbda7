package transcript

import "bytes"

// asyncImapDialect is the trace of Rust's async-imap, which Delta Chat and others use: `encode: input: Some(RequestId("A0001")), Ok("SELECT INBOX")` and
// `decode: input: Ok("...")`, the latter with all that wasn't decoded yet, so that most of it is printed again and again.
var asyncImapDialect = &dialect{
	id:       "async-imap",
	name:     "Rust async-imap / Delta Chat",
	needs:    []string{"encode: input: ", "decode: input: "},
	trust:    5,
	bare:     bareNoise,
	faithful: true,
	chunked:  true,
	elides:   clientOctets,
	open:     func(*sample) reader { return &asyncImapReader{} },
}

type asyncImapReader struct {
	buffer []byte // what the last decoding began with
}

func (r *asyncImapReader) clone() reader {
	return &asyncImapReader{buffer: bytes.Clone(r.buffer)}
}

func (r *asyncImapReader) read(line []byte, e *entry) {
	const encoding, decoding, request, text = "encode: input: ", "decode: input: ", `Some(RequestId("`, `Ok("`
	head := line[:min(len(line), prefixLenMax)]
	i := bytes.Index(head, []byte(encoding))
	e.label = byClient
	if i < 0 {
		i, e.label = bytes.Index(head, []byte(decoding)), byServer
	}
	if i < 0 {
		e.label = unmarked
		return
	}
	e.time, _ = findStamp(head[:i])
	e.from = i + len(encoding)
	var m mapper
	if rest := line[e.from:]; bytes.HasPrefix(rest, []byte(request)) {
		at := e.from + len(request)
		if n := bytes.IndexByte(line[at:], '"'); n > 0 {
			m.add(seg{b: line[at : at+n], src: uint32(at)})
			m.restore(" ")
		}
	}
	k := bytes.Index(line[e.from:], []byte(text))
	if k < 0 || k > 120 {
		*e = entry{kind: noiseLine}
		return
	}
	at := e.from + k + len(text)
	payload := unescape(seg{b: line[at : at+debugString(line[at:])], src: uint32(at)}, backslash)
	e.kind, e.sign, e.from = wireLine, true, at
	if e.label == byClient {
		m.add(payload)
		e.data, e.runs = m.b, m.seg().runs
		return
	}
	whole := payload.b
	payload = payload.from(r.repeated(whole))
	r.buffer = append(r.buffer[:0], whole...)
	if len(payload.b) == 0 {
		e.kind, e.from = noiseLine, 0
		return
	}
	m.add(payload)
	e.data, e.runs = m.b, m.seg().runs
	e.cut = m.b[len(m.b)-1] != '\n'
}

// debugString is the length of a string up to the quote that closes it, as {:?} prints it.
func debugString(b []byte) int {
	i := 0
	for i < len(b) && b[i] != '"' {
		if b[i] == '\\' {
			i++
		}
		i++
	}
	return min(i, len(b))
}

// repeated is how much of what is printed now was printed before: all of the last buffer, if it held no whole response, or what stood behind its first one.
func (r *asyncImapReader) repeated(b []byte) int {
	old := r.buffer[responseEnd(r.buffer):]
	if !bytes.HasPrefix(b, old) {
		return 0
	}
	return len(old)
}

// responseEnd is where the first response in b ends, 0 if it doesn't.
func responseEnd(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return 0
		}
		h, literal := literalAtEnd(bytes.TrimRight(b[at:at+i], "\r"))
		at += i + 1
		if v := judge(b[:at]); !literal || v.endsInText() {
			return at
		}
		if h.size > uint64(len(b)-at) {
			return 0
		}
		at += int(h.size)
	}
}
