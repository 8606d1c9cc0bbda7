package transcript

import (
	"bytes"
	"strconv"
)

// evolutionDialect is Evolution's CAMEL_DEBUG=imapx:io: chunks of the stream in quotes behind "[imapx:A] I/O: ", of both sides alike.
var evolutionDialect = &dialect{
	id:    "evolution",
	name:  "Evolution CAMEL_DEBUG",
	needs: []string{"[imapx:"},
	bare:  bareNoise,
	open:  func(*sample) reader { return &evolutionReader{} },
}

type evolutionReader struct {
	inside bool
	key    byte
}

func (r *evolutionReader) clone() reader { c := *r; return &c }

func (r *evolutionReader) read(line []byte, e *entry) {
	const mark = "] I/O: "
	if bytes.HasPrefix(line, []byte("[imapx:")) {
		r.inside = false
		e.kind, e.sign = noiseLine, true
		i := bytes.Index(line[:min(len(line), 24)], []byte(mark))
		if i < 0 {
			return
		}
		r.key = line[i-1]
		at := i + len(mark)
		if at >= len(line) || line[at] != '\'' {
			if bytes.HasSuffix(line, []byte("...")) {
				e.kind = maskedLine
			}
			return
		}
		e.from = at + 1
	} else if !r.inside {
		return
	}
	e.kind, e.key = wireLine, []byte{r.key}
	end := len(bytes.TrimRight(line, "\r"))
	r.inside = true
	if end > e.from && line[end-1] == '\'' {
		e.to, r.inside = end-1, false
		if e.to == e.from {
			e.kind = noiseLine
		}
	}
}

// gearyDialect is Geary --debug: level, time, domain "geary.Imap.Net", the source in brackets, SEND or RECV, and the message printed back from its parsed
// form: a literal appears as "{literal/2618b}".
var gearyDialect = &dialect{
	id:       "geary",
	name:     "Geary --debug",
	needs:    []string{" SEND: ", " RECV: "},
	trust:    5,
	bare:     bareNoise,
	elides:   allOctets,
	rewrites: allOctets,
	open:     func(*sample) reader { return gearyReader{} },
}

type gearyReader struct{}

func (r gearyReader) clone() reader { return r }

func (gearyReader) read(line []byte, e *entry) {
	head := line[:min(len(line), 240)]
	i := indexFold(head, "geary.imap.net")
	if i < 0 {
		return
	}
	e.kind = noiseLine
	for _, mark := range [...]struct {
		text  string
		label label
	}{{" SEND: ", byClient}, {" RECV: ", byServer}} {
		j := bytes.Index(head[i:], []byte(mark.text))
		if j < 0 {
			continue
		}
		e.kind, e.label, e.sign = wireLine, mark.label, true
		e.from = i + j + len(mark.text)
		e.time, _ = findStamp(head[:i])
		if k := bytes.IndexByte(head[i:i+j], '['); k >= 0 {
			if m := bytes.IndexAny(head[i+k+1:i+j], "/] "); m > 0 {
				e.key = head[i+k+1 : i+k+1+m]
			}
		}
		e.data, e.runs = gearyLiterals(line, e.from)
		return
	}
}

// gearyLiterals writes "{literal/2618b}" as the announcement that it was, nil when there is none.
func gearyLiterals(line []byte, at int) ([]byte, []Run) {
	const mark = "{literal/"
	if !bytes.Contains(line[at:], []byte(mark)) {
		return nil, nil
	}
	var w mapper
	for at < len(line) {
		i := bytes.Index(line[at:], []byte(mark))
		if i < 0 {
			break
		}
		size, n := parseUint(line[at+i+len(mark):])
		end := at + i + len(mark) + n
		if n == 0 || !bytes.HasPrefix(line[end:], []byte("b}")) {
			break
		}
		end += 2
		w.add(seg{b: line[at : at+i], src: uint32(at)})
		w.unit("{"+strconv.FormatUint(size, 10)+"}", seg{b: line[at+i : end], src: uint32(at + i)})
		w.restore("\r\n")
		at = end
	}
	w.add(seg{b: line[at:], src: uint32(at)})
	return w.b, w.runs
}

// indexFold finds a lower-case text in any case.
func indexFold(b []byte, lower string) int {
	for i := 0; i+len(lower) <= len(b); i++ {
		if containsFold(b[i:i+len(lower)], lower) {
			return i
		}
	}
	return -1
}
