package transcript

import "bytes"

// k9Dialect is K-9 Mail's and Thunderbird for Android's log: "conn12345>>> " before what it sends, which is on the wire as it stands, and
// "conn12345<<<#2# [OK, [READ-WRITE], done]": the server's response as a parsed list. That is turned back into a line as far as it goes; what were strings
// and what atoms is lost.
var k9Dialect = &dialect{
	id:       "k9",
	name:     "K-9 Mail / Thunderbird for Android",
	needs:    []string{">>>", "<<<"},
	trust:    5,
	bare:     bareNoise,
	elides:   allOctets,
	rewrites: serverOctets,
	open:     func(*sample) reader { return k9Reader{} },
}

type k9Reader struct{}

func (r k9Reader) clone() reader { return r }

func (k9Reader) read(line []byte, e *entry) {
	head := line[:min(len(line), 160)]
	i := bytes.Index(head, []byte("conn"))
	for ; i >= 0; i = nextIndex(head, i, "conn") {
		n := i + len("conn")
		if n < len(head) && head[n] == '-' {
			n++
		}
		d := n
		for n < len(head) && head[n] >= '0' && head[n] <= '9' {
			n++
		}
		if n == d {
			continue
		}
		e.key = line[i:n]
		if n < len(head) && head[n] == ' ' {
			n++
		}
		switch {
		case bytes.HasPrefix(line[n:], []byte(">>>")):
			e.label = byClient
		case bytes.HasPrefix(line[n:], []byte("<<<")):
			e.label = byServer
		default:
			continue
		}
		n += 3
		if n < len(line) && line[n] == ' ' {
			n++
		}
		e.kind, e.from, e.sign = wireLine, n, true
		e.time, _ = findStamp(head[:i])
		if bytes.HasPrefix(line[n:], []byte("[Command Hidden")) {
			e.kind = maskedLine
		}
		if e.label == byServer {
			e.data, e.runs = k9Response(line, n)
		}
		return
	}
}

// nextIndex finds the next place of text behind i.
func nextIndex(b []byte, i int, text string) int {
	j := bytes.Index(b[i+1:], []byte(text))
	if j < 0 {
		return -1
	}
	return i + 1 + j
}

// k9Response turns "#null# [LIST, [\HasChildren], /, INBOX]" into `* LIST (\HasChildren) / INBOX`; nil when it isn't of that form.
func k9Response(line []byte, at int) ([]byte, []Run) {
	if at >= len(line) || line[at] != '#' {
		return nil, nil
	}
	end := bytes.IndexByte(line[at+1:], '#')
	if end < 0 {
		return nil, nil
	}
	end += at + 1
	var w mapper
	piece := func(i, j int) seg { return seg{b: line[i:j], src: uint32(i)} }
	switch tag := line[at+1 : end]; string(tag) {
	case "null":
		w.unit("*", piece(at, end+1))
	case "+":
		w.unit("+", piece(at, end+1))
	default:
		w.add(piece(at+1, end))
	}
	i := end + 1
	for i < len(line) && line[i] == ' ' {
		i++
	}
	last := len(bytes.TrimRight(line, " \r"))
	if i >= last || line[i] != '[' || line[last-1] != ']' {
		return nil, nil
	}
	w.restore(" ")
	body := i + 1
	status := statusOf(bytes.TrimRight(firstWord(line[body:last]), ",")) != 0
	depth := 0
	for k := body; k < last-1; k++ {
		switch c := line[k]; {
		case c == '[':
			depth++
			if status && depth == 1 { // the response code; what is nested in it was a list
				w.add(piece(k, k+1))
			} else {
				w.unit("(", piece(k, k+1))
			}
		case c == ']' && depth > 0:
			depth--
			if status && depth == 0 {
				w.add(piece(k, k+1))
			} else {
				w.unit(")", piece(k, k+1))
			}
		case c == ',' && k+1 < last && line[k+1] == ' ':
		default:
			w.add(piece(k, k+1))
		}
	}
	return w.b, w.runs
}
