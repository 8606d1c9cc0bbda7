package transcript

import (
	"bytes"
	"strings"
)

// prefixed is a family of server logs of one shape: whatever stands before a mark that names the side, and in it the id of the connection.
type prefixed struct {
	before   string // stands somewhere before the mark
	client   string
	server   string
	open     string // what stands before the connection's id; empty: the log has none
	end      string // bytes that end it
	esc      escape
	mustTime bool // a time stamp stands at the line's start
	reach    int  // how far into the line the mark may stand
	gap      func(payload []byte) (gap bool, size uint64)
}

func (p prefixed) dialect(id, name string) *dialect {
	needs := []string{strings.TrimSuffix(p.client, " "), strings.TrimSuffix(p.server, " ")}
	if p.esc == backslash {
		needs = []string{"]: "}
	}
	return &dialect{id: id, name: name, needs: needs, trust: 5, bare: bareLiteral, chunked: p.esc == backslash, open: func(*sample) reader { return prefixedReader{p} }}
}

type prefixedReader struct{ prefixed }

func (r prefixedReader) clone() reader { return r }

// serverDialects: Zimbra's "imap - C: ", with "C: {512}" for octets; MDaemon's "[4242:1] <-- "; Xeams' "[ 12] C --> "; LBBS's "0x7f12 => ", which is what came from
// the client; wildduck's "[cid] C: ", with "<512 bytes of data>"; Gluon's "C[12]: ".
var serverDialects = []*dialect{
	prefixed{before: " imap - ", client: " imap - C: ", server: " imap - S: ", open: "cid=", end: ";]", reach: 400, gap: isByteCount}.dialect("zimbra", "Zimbra mailbox.log"),
	prefixed{before: "[", client: "] <-- ", server: "] --> ", open: "[", end: "]", mustTime: true, reach: 80}.dialect("mdaemon", "MDaemon"),
	prefixed{before: "[", client: "] C --> ", server: "] S <-- ", open: "[", end: "]", mustTime: true, reach: 80}.dialect("xeams", "Xeams"),
	prefixed{before: "0x", client: " => ", server: " <= ", open: "0x", end: " ", reach: 120}.dialect("lbbs", "LBBS"),
	prefixed{before: "[", client: "] C: ", server: "] S: ", open: "[", end: "]", reach: 80, gap: isByteCount}.dialect("wildduck", "WildDuck"),
	prefixed{client: "C[", server: "S[", open: "[", end: "]", esc: backslash, reach: 2}.dialect("gluon", "Proton Gluon"),
	greenmailDialect,
	mailenableDialect,
	headedDialect,
}

// isByteCount: "{512}" and "<512 bytes of data>" stand for octets.
func isByteCount(b []byte) (bool, uint64) {
	if len(b) < 3 {
		return false, 0
	}
	v, n := parseUint(b[1:])
	if n == 0 {
		return false, 0
	}
	rest := string(b[1+n:])
	return b[0] == '{' && rest == "}" || b[0] == '<' && rest == " bytes of data>", v
}

func (r prefixedReader) read(line []byte, e *entry) {
	head := line[:min(len(line), r.reach)]
	if r.before != "" && !bytes.Contains(head, []byte(r.before)) {
		return
	}
	at := -1
	for _, m := range [...]struct {
		mark  string
		label label
	}{{r.client, byClient}, {r.server, byServer}} {
		if i := bytes.Index(head, []byte(m.mark)); i >= 0 && (at < 0 || i+len(m.mark) < at) {
			at, e.label = i+len(m.mark), m.label
		} else if n := len(m.mark) - 1; m.mark[n] == ' ' && at < 0 && bytes.HasSuffix(head, []byte(m.mark[:n])) { // an editor cut the blank off
			at, e.label = len(line), m.label
			if len(head) < len(line) {
				at = -1
			}
		}
	}
	if at < 0 {
		e.label = unmarked
		return
	}
	if r.mustTime {
		t, n := findStamp(line[:at])
		if n == 0 {
			*e = entry{}
			return
		}
		e.time = t
	} else {
		e.time, _ = findStamp(line[:at])
	}
	e.from = at
	if r.open != "" {
		end := at
		if r.esc == backslash { // the id stands behind the letter
			i := bytes.Index(line[at:min(len(line), at+12)], []byte("]: "))
			if i < 1 || !isDigits(line[at:at+i]) {
				*e = entry{}
				return
			}
			e.key, e.from = line[at:at+i], at+i+3
		} else if i := bytes.LastIndex(line[:end], []byte(r.open)); i >= 0 {
			id := line[i+len(r.open) : end]
			if j := bytes.IndexAny(id, r.end); j >= 0 {
				id = id[:j]
			}
			e.key = bytes.TrimSpace(id)
		}
	}
	if _, n := stamp(e.key); len(e.key) == 0 && r.open != "" || len(e.key) > 64 || n > 0 {
		*e = entry{} // a stamp is no connection
		return
	}
	e.kind, e.esc, e.sign = wireLine, r.esc, r.before == " imap - "
	if r.gap != nil && e.label == byClient {
		if gap, size := r.gap(line[e.from:]); gap {
			e.kind, e.size = gapLine, size
		}
	}
	if e.esc == backslash && bytes.HasSuffix(line, []byte(`\n`)) {
		e.cut = true
	}
}
