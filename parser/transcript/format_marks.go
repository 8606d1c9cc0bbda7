package transcript

import "bytes"

// marks are the formats that put one constant mark before each line of a side, and nothing else worth reading.
type marks struct {
	client, server string
	signs          []string // what only this program writes, anywhere in a line
	faithful       bool
	bare           bareRule
}

// dialect is a dialect made of marks. It needs to see one of its signs, or the generic dialect does as well.
func (m marks) dialect(id, name string) *dialect {
	return &dialect{id: id, name: name, needs: m.signs, trust: 5, bare: m.bare, faithful: m.faithful, open: func(s *sample) reader {
		if s.asked {
			return marksReader{m}
		}
		for i := range s.lines {
			for _, sign := range m.signs {
				if bytes.Contains(s.lines[i].body.b, []byte(sign)) {
					return marksReader{m}
				}
			}
		}
		return nil
	}}
}

// marksDialects: s-nail's mark for the server begins with its mark for the client; Ruby's net-imap marks every line of a literal; so does Webklex's php-imap.
var marksDialects = []*dialect{
	marks{client: "s-nail: >>> ", server: "s-nail: >>> SERVER: ", signs: []string{"s-nail: >>> SERVER: "}}.dialect("s-nail", "s-nail -d"),
	marks{client: "mailx: >>> ", server: "mailx: >>> SERVER: ", signs: []string{"mailx: >>> SERVER: "}}.dialect("mailx", "mailx -d"),
	marks{client: "C: ", server: "S: ", signs: []string{"C: RUBY0"}, faithful: true}.dialect("net-imap", "Ruby net-imap"),
}

type marksReader struct{ marks }

func (r marksReader) clone() reader { return r }

func (r marksReader) read(line []byte, e *entry) {
	n := markLen(line, r.server)
	if n > 0 {
		e.kind, e.label, e.from = wireLine, byServer, n
	} else if n = markLen(line, r.client); n > 0 {
		e.kind, e.label, e.from = wireLine, byClient, n
	}
	for _, sign := range r.signs {
		e.sign = e.sign || bytes.HasPrefix(line, []byte(sign))
	}
}

// markLen is the length of a mark at the start of a line; the blank at its end may have been cut off an empty line.
func markLen(line []byte, mark string) int {
	if bytes.HasPrefix(line, []byte(mark)) {
		return len(mark)
	}
	if n := len(mark) - 1; mark[n] == ' ' && string(line) == mark[:n] {
		return n
	}
	return 0
}
