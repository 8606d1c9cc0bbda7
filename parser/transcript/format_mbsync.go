package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// mbsyncDialect is mbsync -D, -Dn and -DN (formerly -V) and git imap-send -v: ">>> " before what the client sends, nothing before the server's lines,
// a letter for the store when both are IMAP. Octets are printed with N only, between bars.
var mbsyncDialect = &dialect{
	id:    "mbsync",
	name:  "mbsync -D",
	needs: []string{">>> "},
	trust: 5,
	bare:  bareServer,
	open: func(s *sample) reader {
		if s.asked {
			return &mbsyncReader{}
		}
		for i := range s.lines {
			var e entry
			if b := s.lines[i].body.b; bytes.HasPrefix(b[min(mbsyncHead(b, &e), len(b)):], []byte(">>> ")) {
				return &mbsyncReader{}
			}
		}
		return nil
	},
}

type mbsyncReader struct {
	rest   bool  // the server announced a literal: the rest of its line follows
	octets label // inside bars: whose
}

func (r *mbsyncReader) clone() reader { c := *r; return &c }

func (r *mbsyncReader) read(line []byte, e *entry) {
	if l := mbsyncBar(line); l != unmarked {
		e.kind, e.sign = noiseLine, true
		if r.octets == unmarked {
			r.octets = l
			if len(line) == 9 {
				return
			}
		}
		// A literal without a line end at its own end has the closing bar glued to its last line.
		if n := len(line) - 9; n > 0 {
			e.kind, e.label, e.to, e.cut = wireLine, r.octets, n, true
		}
		r.octets = unmarked
		return
	}
	if r.octets != unmarked {
		e.kind, e.label = wireLine, r.octets
		return
	}
	n := mbsyncHead(line, e)
	rest := line[n:]
	switch {
	case bytes.HasPrefix(rest, []byte(">>> ")):
		e.kind, e.label, e.from = wireLine, byClient, n+4
	case bytes.HasPrefix(rest, []byte(">+> ")):
		e.kind, e.label, e.from, e.sign = wireLine, byClient, n+4, true
	case bytes.HasPrefix(rest, []byte("Opening far side")), bytes.HasPrefix(rest, []byte("Opening master")), bytes.HasPrefix(rest, []byte("*** IMAP Warning ***")),
		bytes.HasPrefix(rest, []byte("Channel ")):
		e.kind, e.sign = noiseLine, true
	case judge(rest).side == wire.Server && judge(rest).weight >= doubtful, r.rest && mbsyncRest(rest):
		e.kind, e.label, e.from = wireLine, byServer, n
		r.rest = endsInLiteral(rest)
	case n > 0:
		e.kind = noiseLine
	}
}

// mbsyncBar: "=========" stands around the server's octets, ">>>>>>>>>" around the client's; unmarked where line ends in neither.
func mbsyncBar(line []byte) label {
	switch {
	case bytes.HasSuffix(line, []byte("=========")) && (len(line) == 9 || line[len(line)-10] != '='):
		return byServer
	case bytes.HasSuffix(line, []byte(">>>>>>>>>")) && (len(line) == 9 || line[len(line)-10] != '>'):
		return byClient
	}
	return unmarked
}

// mbsyncHead skips "(3 in progress) " and the store's letter, which tells connections apart.
func mbsyncHead(line []byte, e *entry) int {
	n := 0
	if len(line) > 1 && line[0] == '(' {
		if i := bytes.Index(line[:min(len(line), 40)], []byte(" in progress) ")); i > 0 {
			n = i + len(" in progress) ")
			e.sign = true
		}
	}
	if len(line) > n+3 && line[n+1] == ':' && line[n+2] == ' ' && bytes.IndexByte([]byte("FNMS"), line[n]) >= 0 {
		e.key = line[n : n+1]
		n += 3
	}
	return n
}

// mbsyncRest: what follows octets begins with ")" or a blank.
func mbsyncRest(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	if b[0] == ')' {
		return len(bytes.TrimRight(b, ")\r")) == 0
	}
	return b[0] == ' ' && len(b) > 1 && (isFetchItem(b[1:]) || b[len(b)-1] == ')')
}
