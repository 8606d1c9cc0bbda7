package transcript

import (
	"bytes"
	"strconv"
)

// mailIMAPClientDialect is Perl's Mail::IMAPClient with Debug, and so imapsync --debugimap: "Sending: ", "Read: <tab>", and lines that go on indented.
// The announcement of a literal is cut out of what it prints; "LITERAL: received literal ..." tells its size before, and repeats the octets.
var mailIMAPClientDialect = &dialect{
	id:    "mail-imapclient",
	name:  "Mail::IMAPClient / imapsync",
	needs: []string{"Sending", "Read:", "Received ret=", "LITERAL: received literal", "Using Mail::IMAPClient"},
	trust: 5,
	bare:  bareLiteral,
	open:  func(*sample) reader { return &mailIMAPClientReader{} },
}

type mailIMAPClientReader struct {
	label   label
	repeats bool     // inside a buffer dump that repeats what is printed elsewhere
	sizes   []uint64 // of literals that were told and not yet printed
}

func (r *mailIMAPClientReader) clone() reader {
	c := *r
	c.sizes = append([]uint64(nil), r.sizes...)
	return &c
}

func (r *mailIMAPClientReader) read(line []byte, e *entry) {
	if r.repeats {
		e.kind = noiseLine
		if bytes.Contains(line, []byte("<END_OF_iBuffer>")) || bytes.Equal(bytes.TrimSpace(line), []byte("<END>")) {
			r.repeats = false
		} else if !bytes.HasPrefix(line, []byte("  ")) && len(line) > 0 {
			r.repeats = false
			*e = entry{}
			r.read(line, e)
		}
		return
	}
	switch {
	case bytes.HasPrefix(line, []byte("Sending literal: ")):
		e.kind, e.sign, r.label = noiseLine, true, unmarked // "Sending: " follows with the same words
	case bytes.HasPrefix(line, []byte("Sending: ")):
		e.kind, e.label, e.from, r.label = wireLine, byClient, len("Sending: "), byClient
		e.sign = true
	case bytes.HasPrefix(line, []byte("Read: \t")), bytes.HasPrefix(line, []byte("Read:\t")):
		r.label = byServer
		r.server(line, bytes.IndexByte(line, '\t')+1, e)
		e.sign = true
	case bytes.HasPrefix(line, []byte("Read:  ")): // a copy that made blanks of tabs
		r.label = byServer
		e.kind, e.label, e.from = wireLine, byServer, len(line)-len(bytes.TrimLeft(line[len("Read:"):], " "))
		r.elided(line, e)
		e.sign = true
	case bytes.HasPrefix(line, []byte("Received ret=")):
		e.kind, e.sign = noiseLine, true
	case bytes.HasPrefix(line, []byte("Sent ")) && bytes.HasSuffix(bytes.TrimRight(line, "\r"), []byte(" bytes")):
		e.kind, r.label = noiseLine, unmarked
	case bytes.HasPrefix(line, []byte("LITERAL: received literal in line ")):
		e.kind, e.sign = noiseLine, true
		if i := bytes.LastIndex(line, []byte(" of length ")); i > 0 {
			if v, n := parseUint(line[i+len(" of length "):]); n > 0 && len(r.sizes) < 64 {
				r.sizes = append(r.sizes, v)
			}
		}
		r.repeats = !bytes.Contains(line, []byte("<END_OF_iBuffer>"))
	case bytes.HasPrefix(line, []byte("get_envelope: reassembled output=")):
		e.kind, r.repeats = noiseLine, true
	case bytes.HasPrefix(line, []byte("Connected to ")):
		e.kind, e.opened, e.host = infoLine, true, firstWord(line[len("Connected to "):])
	case bytes.HasPrefix(line, []byte("Using Mail::IMAPClient")):
		e.kind, e.sign = noiseLine, true
	case bytes.HasPrefix(line, []byte("  \t")) && r.label == byServer:
		r.server(line, 3, e)
	case bytes.HasPrefix(line, []byte("      ")) && r.label == byServer && judge(trimBlanks(line)).weight >= likely:
		e.kind, e.label, e.from = wireLine, byServer, len(line)-len(trimBlanks(line))
		r.elided(line, e)
	case bytes.HasPrefix(line, []byte("  ")) && r.label != unmarked:
		e.kind, e.label, e.from = moreLine, r.label, 2
	case len(line) == 0 && r.label != unmarked:
		e.kind, e.label = moreLine, r.label
	default:
		r.label = unmarked
	}
}

// server is a line of the server from line[at] on. A tab in it stands where an announced literal begins or ends.
func (r *mailIMAPClientReader) server(line []byte, at int, e *entry) {
	e.kind, e.label, e.from = wireLine, byServer, at
	i := bytes.IndexByte(line[at:], '\t')
	if i < 0 && len(r.sizes) > 0 && judge(line[at:]).why == ByUntagged && !closes(line[at:]) {
		i = len(line) - at // octets that the caller asked to be left out
	}
	if i < 0 || len(r.sizes) == 0 {
		return
	}
	var w mapper
	w.add(seg{b: line[at : at+i], src: uint32(at)})
	w.restore("{" + strconv.FormatUint(r.sizes[0], 10) + "}\r\n")
	r.sizes = r.sizes[1:]
	if at+i < len(line) {
		rest := seg{b: line[at+i+1:], src: uint32(at + i + 1)}
		if j := bytes.IndexByte(rest.b, '\t'); j >= 0 {
			w.add(rest.sub(0, j))
			rest = rest.from(j + 1)
		}
		w.add(rest)
	} else {
		e.cut = true
	}
	e.data, e.runs = w.b, w.runs
}

// elided puts the announcement of a literal back into a line of the server whose tabs became blanks: three or more stand where the octets were.
func (r *mailIMAPClientReader) elided(line []byte, e *entry) {
	i := bytes.Index(line[e.from:], []byte("   "))
	if i < 0 {
		return
	}
	rest := e.from + len(line[e.from:]) - len(bytes.TrimLeft(line[e.from+i:], " "))
	var w mapper
	w.add(seg{b: line[e.from : e.from+i], src: uint32(e.from)})
	if len(r.sizes) > 0 {
		w.restore(" {" + strconv.FormatUint(r.sizes[0], 10) + "}\r\n ")
		r.sizes = r.sizes[1:]
	} else { // the log doesn't say how many there were
		w.restore(" NIL ")
	}
	w.add(seg{b: line[rest:], src: uint32(rest)})
	e.data, e.runs = w.b, w.runs
}

// closes reports whether the parentheses of a line are balanced.
func closes(b []byte) bool { n := (nesting{}).after(b); return n.depth <= 0 }

// netIMAPSimpleDialect is Perl's Net::IMAP::Simple with debug: the line of the source and the function in brackets, the line with its end as "\r\n".
var netIMAPSimpleDialect = &dialect{
	id:    "net-imap-simple",
	name:  "Net::IMAP::Simple",
	needs: []string{" in sub "},
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return &netIMAPSimpleReader{} },
}

type netIMAPSimpleReader struct{}

func (r *netIMAPSimpleReader) clone() reader { c := *r; return &c }

func (r *netIMAPSimpleReader) read(line []byte, e *entry) {
	i := bytes.Index(line[:min(len(line), 200)], []byte(" in sub "))
	if i < 0 || line[0] != '[' {
		return
	}
	j := bytes.Index(line[i:], []byte("] "))
	if j < 0 {
		return
	}
	sub, at := line[i+len(" in sub "):i+j], i+j+2
	e.kind, e.sign = noiseLine, true
	switch string(sub) {
	case "_send_cmd":
		e.kind, e.label, e.from = wireLine, byClient, at
	case "_process_cmd": // _cmd_ok repeats it
		e.kind, e.label, e.from = wireLine, byServer, at
	case "_read_multiline":
		if line = line[at:]; len(line) > 4 && line[0] == '[' {
			if k := bytes.Index(line, []byte(") ")); k > 0 {
				e.kind, e.label, e.from = wireLine, byServer, at+k+2
			}
		}
	case "new":
		const greeting = "got a greeting: "
		if bytes.HasPrefix(line[at:], []byte(greeting)) {
			e.kind, e.label, e.from = wireLine, byServer, at+len(greeting)
		}
	}
	e.esc = visibleEOL
}
