package transcript

import "bytes"

// blocksDialect is any log that says in a heading of its own whose the next lines are: imapfilter -d ("getting response (5):"),
// libetpan ("<<<<<<< read <<<<<<"), Apple Mail's connection log ("READ Mar 01 10:41:07.161 -- host:... -- socket:0x6000").
var blocksDialect = &dialect{
	id:      "blocks",
	name:    "Apple Mail, imapfilter, libetpan",
	trust:   5,
	bare:    bareLiteral,
	loose:   true,
	chunked: true,
	open: func(s *sample) reader {
		r := &blocksReader{}
		n := 0
		for i := range s.lines {
			if h := blockHeading(s.lines[i].body.b); h.known {
				n++
			}
		}
		if n < 2 && !s.asked {
			return nil
		}
		return r
	},
}

type blocksReader struct {
	label label
	key   []byte
	lead  bool // nothing but blank lines since the heading
	over  bool // a blank line since then: what follows is a block's only inside a literal
}

func (r *blocksReader) clone() reader { c := *r; c.key = append([]byte(nil), r.key...); return &c }

// heading is what a block's heading says.
type heading struct {
	known bool
	label label
	key   []byte
	host  []byte
	close bool
}

func blockHeading(line []byte) (h heading) {
	t := bytes.TrimRight(line, " \r")
	switch {
	case bytes.HasPrefix(t, []byte("getting response (")) && bytes.HasSuffix(t, []byte("):")):
		return heading{known: true, label: byServer, key: t[len("getting response (") : len(t)-2]}
	case bytes.HasPrefix(t, []byte("sending command (")) && bytes.HasSuffix(t, []byte("):")):
		return heading{known: true, label: byClient, key: t[len("sending command (") : len(t)-2]}
	case bytes.HasPrefix(t, []byte("<<<<<<< read <<<<<<")):
		return heading{known: true, label: byServer}
	case bytes.HasPrefix(t, []byte(">>>>>>> send >>>>>>")):
		return heading{known: true, label: byClient}
	case bytes.HasPrefix(t, []byte("<<<<<<< end read <<<<<<")), bytes.HasPrefix(t, []byte(">>>>>>> end send >>>>>>")):
		return heading{known: true}
	}
	word := firstWord(t)
	switch string(word) {
	case "READ", "WROTE", "CONNECTED", "INITIATING", "CLOSED", "CLOSE", "ERROR":
		i := bytes.Index(t, []byte("-- host:"))
		if i < 0 {
			return h
		}
		h.known, h.host = true, firstWord(t[i+len("-- host:"):])
		if j := bytes.Index(t, []byte("socket:")); j > 0 {
			h.key = firstWord(t[j+len("socket:"):])
		}
		switch word[0] {
		case 'R':
			h.label = byServer
		case 'W':
			h.label = byClient
		}
		h.close = bytes.HasPrefix(word, []byte("CLOSE"))
	}
	return h
}

func (r *blocksReader) read(line []byte, e *entry) {
	if h := blockHeading(line); h.known {
		r.label, r.lead, r.over = h.label, true, false
		r.key = append(r.key[:0], h.key...)
		e.kind, e.sign, e.host, e.key = noiseLine, true, h.host, h.key
		if h.close {
			e.kind, e.closed = infoLine, true
		}
		return
	}
	if r.label == unmarked {
		return
	}
	if isBlank(line) {
		// A blank line behind the heading separates; one among the octets of a literal belongs to them.
		if r.lead {
			e.kind = noiseLine
		}
		r.over = r.over || !r.lead
		return
	}
	if r.over && judge(line).weight < likely {
		return
	}
	r.lead = false
	e.kind, e.label, e.key = wireLine, r.label, r.key
}
