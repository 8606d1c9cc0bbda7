package transcript

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// A capture becomes text that captureDialect reads:
//
//	# capture: 59 packets, 1 connection with IMAP
//	# 2026-11-21
//	# [1] 192.0.2.1:35542 > 192.0.2.2:143
//	[1] 03:30:49.863012 #4 S: * OK ready
//	[1] 03:30:49.863512 #6 C: a1 NOOP
//	[1] 03:30:50.000001 #9 S> * SEARCH 1 2           a line that breaks off
//	[1] 03:30:50.000002 #9 S- 1448                   octets that weren't captured
//	[1] 03:30:50.000003 #12 C~ 5120 TLS              octets that can't be read
//	# [1] closed
//
// Each line of the connection stands on a line of its own, with its line end as it was, at the time when it was complete.

// captureItem is a line of that text.
type captureItem struct {
	packet int // orders them
	time   time.Time
	conn   int
	mark   [2]byte // "S:" and so on; zero for a remark
	text   []byte
}

// captureText reads a capture. Connections without IMAP are left out.
func captureText(src []byte, limit int) ([]byte, problem) {
	t := readCapture(src)
	var items []captureItem
	conns, sealed := 0, 0
	budget := limit
	var heads [][]byte
	for _, c := range t.all {
		d := newDialogue(c)
		d.budget = &budget
		if !d.imap {
			continue
		}
		conns++
		if d.sealed {
			sealed++
		}
		items = append(items, d.items(conns)...)
		heads = append(heads, d.head(conns))
	}
	slices.SortStableFunc(items, func(a, b captureItem) int { return cmp.Compare(a.packet, b.packet) })

	w := append([]byte(nil), "# capture: "...)
	w = strconv.AppendInt(w, int64(t.packets), 10)
	w = append(w, " packets, "...)
	w = strconv.AppendInt(w, int64(conns), 10)
	w = append(w, " connections with IMAP, "...)
	w = strconv.AppendInt(w, int64(len(t.all)-conns), 10)
	w = append(w, " without"...)
	if t.fragments > 0 {
		w = append(w, "; IP fragments left out: "...)
		w = strconv.AppendInt(w, int64(t.fragments), 10)
	}
	w = append(w, '\n')
	var p problem
	began := make([]bool, conns+1)
	day := -1
	for _, it := range items {
		if d := int(it.time.Unix() / 86400); d != day && !it.time.IsZero() {
			day = d
			w = append(wire.AppendISODate(append(w, "# "...), it.time), '\n')
		}
		if !began[it.conn] {
			began[it.conn] = true
			w = append(w, heads[it.conn-1]...)
		}
		w = it.append(w)
		if len(w) > limit {
			p = problem{id: "too-large"}
			w = w[:limit]
			break
		}
	}
	switch {
	case p.id != "":
	case conns == 0 && t.packets == 0:
		p = problem{id: "empty"}
	case conns == 0:
		p = problem{id: "no-imap"}
	case sealed == conns:
		p = problem{"other-protocol", "TLS"}
	}
	return w, p
}

func (it *captureItem) append(w []byte) []byte {
	if it.mark[0] == 0 {
		w = append(w, "# ["...)
		w = strconv.AppendInt(w, int64(it.conn), 10)
		w = append(w, "] "...)
		return append(append(w, it.text...), '\n')
	}
	w = append(w, '[')
	w = strconv.AppendInt(w, int64(it.conn), 10)
	w = append(w, "] "...)
	w = wire.AppendISOTime(w, it.time, 6)
	w = append(w, " #"...)
	w = strconv.AppendInt(w, int64(it.packet), 10)
	w = append(w, ' ', it.mark[0], it.mark[1], ' ')
	w = append(w, it.text...)
	if it.mark[1] != ':' {
		w = append(w, '\n')
	}
	return w
}

// dialogue is a connection whose two directions are in order.
type dialogue struct {
	conn   *tcpConn
	client int
	imap   bool
	sealed bool // TLS from its first octet on
	chunks [2][]chunk
	turns  []turn
	budget *int    // octets that all streams of the capture may inflate to
	packed [2]bool // the server's side, the client's side is compressed by now: that happens once (RFC 4978 §3)
}

// turn is a command that changes what the connection carries: STARTTLS (RFC 9051 §6.2.1) or COMPRESS (RFC 4978).
type turn struct {
	tag      []byte
	compress bool
	accepted bool
	answered bool
}

func newDialogue(c *tcpConn) *dialogue {
	d := &dialogue{conn: c}
	for i := range c.half {
		d.chunks[i] = c.half[i].chunks()
		d.sealed = d.sealed || isTLS(d.chunks[i])
	}
	const samples = 32
	var votes [2]int
	for i := range d.chunks {
		for n, l := range headLines(d.chunks[i], samples) {
			v := judge(l)
			if v.weight < likely {
				continue
			}
			d.imap = d.imap || !(n > 0 && v.why == ByContinuation)
			if v.side == wire.Client {
				votes[i] += int(v.weight)
			} else {
				votes[i] -= int(v.weight)
			}
		}
	}
	known := knownPort(c.ends[0].port) + knownPort(c.ends[1].port)
	if d.sealed {
		d.imap = c.ends[0].port == 993 || c.ends[1].port == 993
	} else if known > 0 && !d.imap {
		d.imap = len(d.chunks[0]) > 0 || len(d.chunks[1]) > 0
	}
	d.client = c.client
	if d.client < 0 {
		switch a, b := knownPort(c.ends[0].port), knownPort(c.ends[1].port); {
		case votes[0] != votes[1]:
			d.client = 0
			if votes[1] > votes[0] {
				d.client = 1
			}
		case a != b:
			d.client = a // the end without the known port
		case c.ends[0].port < c.ends[1].port:
			d.client = 1
		default:
			d.client = 0
		}
	}
	return d
}

// knownPort is 1 for the ports that IMAP servers listen on, by registration or by custom.
func knownPort(p uint16) int {
	switch p {
	case 143, 993, 220, 1143, 2143, 3143, 10143:
		return 1
	}
	return 0
}

// head is the line that says who talks to whom.
func (d *dialogue) head(n int) []byte {
	w := append([]byte(nil), "# ["...)
	w = strconv.AppendInt(w, int64(n), 10)
	w = append(w, "] "...)
	w = append(w, d.conn.ends[d.client].String()...)
	w = append(w, " > "...)
	w = append(w, d.conn.ends[1-d.client].String()...)
	return append(w, '\n')
}

// items are the lines of both directions.
func (d *dialogue) items(conn int) []captureItem {
	client, server := d.chunks[d.client], d.chunks[1-d.client]
	for _, l := range headLines(client, 1<<20) {
		if t, ok := turnOf(l); ok {
			d.turns = append(d.turns, t)
		}
	}
	items := d.side('S', conn, server)
	items = append(items, d.side('C', conn, client)...)
	slices.SortStableFunc(items, func(a, b captureItem) int { return cmp.Compare(a.packet, b.packet) })
	if d.conn.closed {
		items = append(items, captureItem{packet: d.conn.last.packet, time: d.conn.last.time, conn: conn, text: []byte("closed")})
	}
	return items
}

// turnOf reads a STARTTLS or COMPRESS command.
func turnOf(l []byte) (t turn, ok bool) {
	if len(l) > 128 {
		return t, false
	}
	tag, rest := cutWord(bytes.TrimRight(l, "\r\n"))
	word, arg := cutWord(rest)
	switch {
	case !plausibleTag(tag):
	case upperWord(word) == "STARTTLS" && len(arg) == 0:
		return turn{tag: tag}, true
	case upperWord(word) == "COMPRESS" && upperWord(arg) == "DEFLATE":
		return turn{tag: tag, compress: true}, true
	}
	return t, false
}

// side is the lines of one direction, up to what can't be read.
func (d *dialogue) side(letter byte, conn int, cs []chunk) (items []captureItem) {
	mark := func(kind byte) [2]byte { return [2]byte{letter, kind} }
	seal := func(rest []chunk, what string) {
		if len(rest) == 0 {
			return
		}
		n := int64(0)
		for _, c := range rest {
			n += int64(len(c.data)) + c.gap
		}
		items = append(items, captureItem{rest[0].packet, rest[0].time, conn, mark('~'), append(strconv.AppendInt(nil, n, 10), " "+what...)})
	}
	if isTLS(cs) || d.sealed {
		seal(cs, "TLS")
		return items
	}
	for len(cs) > 0 {
		if cs[0].gap > 0 {
			items = append(items, captureItem{cs[0].packet, cs[0].time, conn, mark('-'), strconv.AppendInt(nil, cs[0].gap, 10)})
			cs = cs[1:]
			continue
		}
		line, last, rest := cutLine(cs)
		kind := byte(':')
		if line[len(line)-1] != '\n' {
			kind = '>'
		}
		items = append(items, captureItem{last.packet, last.time, conn, mark(kind), line})
		cs = rest
		t := d.turned(letter, line)
		switch {
		case t == nil:
		case t.compress:
			side := 0
			if letter == 'C' {
				side = 1
			}
			if d.packed[side] {
				continue
			}
			d.packed[side] = true
			var left []chunk
			if cs, left = inflateChunks(cs, d.budget); len(left) > 0 {
				more := d.side(letter, conn, cs)
				items = append(items, more...)
				seal(left, "DEFLATE")
				return items
			}
		case isTLS(cs):
			seal(cs, "TLS")
			return items
		}
	}
	return items
}

// turned is the command that changed the connection right behind this line: the client's own, or what the server says OK to.
func (d *dialogue) turned(letter byte, line []byte) *turn {
	if letter == 'C' {
		t, ok := turnOf(line)
		if !ok {
			return nil
		}
		for i := range d.turns {
			if u := &d.turns[i]; bytes.Equal(u.tag, t.tag) && u.compress == t.compress && (u.accepted || !u.answered && !u.compress) {
				return u
			}
		}
		return nil
	}
	v := judge(line[:min(len(line), 256)])
	if v.why != ByCompletion {
		return nil
	}
	for i := range d.turns {
		if t := &d.turns[i]; !t.answered && bytes.Equal(t.tag, v.tag) {
			t.answered, t.accepted = true, v.status == wire.OK
			if t.accepted {
				return t
			}
			return nil
		}
	}
	return nil
}

// cutLine takes one line off; last is the chunk that its end came in. A line ends where octets are missing.
func cutLine(cs []chunk) (line []byte, last chunk, rest []chunk) {
	for i := range cs {
		c := cs[i]
		if c.gap > 0 {
			return line, last, cs[i:]
		}
		last = c
		nl := bytes.IndexByte(c.data, '\n')
		if nl < 0 {
			line = append(line, c.data...)
			continue
		}
		if line == nil {
			line = c.data[: nl+1 : nl+1]
		} else {
			line = append(line, c.data[:nl+1]...)
		}
		if c.data = c.data[nl+1:]; len(c.data) == 0 {
			return line, last, cs[i+1:]
		}
		cs[i].data = c.data
		return line, last, cs[i:]
	}
	return line, last, nil
}

// headLines are up to most lines of a direction that came in one piece each.
func headLines(cs []chunk, most int) (lines [][]byte) {
	var part []byte
	for _, c := range cs {
		for b := c.data; len(b) > 0; {
			nl := bytes.IndexByte(b, '\n')
			if nl < 0 {
				if part == nil {
					part = b
				} else {
					part = nil // long or torn: not a head
				}
				break
			}
			l := b[:nl+1]
			if len(part) > 0 && len(part) < 512 {
				l = append(part[:len(part):len(part)], l...)
			}
			part = nil
			lines = append(lines, l)
			if b = b[nl+1:]; len(lines) == most {
				return lines
			}
		}
	}
	return lines
}

// isTLS reports whether a direction goes on with a TLS record (RFC 8446 §5.1).
func isTLS(cs []chunk) bool {
	if len(cs) == 0 || len(cs[0].data) < 3 {
		return false
	}
	b := cs[0].data
	return b[0] >= 0x14 && b[0] <= 0x17 && b[1] == 3 && b[2] <= 4
}

// inflateChunks undoes COMPRESS=DEFLATE. What can't be inflated comes back as left.
func inflateChunks(cs []chunk, budget *int) (plain, left []chunk) {
	n := 0
	for n < len(cs) && cs[n].gap == 0 {
		n++
	}
	var in []byte
	for _, c := range cs[:n] {
		in = append(in, c.data...)
	}
	if len(in) == 0 {
		return nil, cs
	}
	z := inflater{in: in, limit: min(*budget, ratioMax*len(in))}
	i, read, wrote := 0, 0, 0
	emit := func(at, out int) {
		for i < n-1 && read+len(cs[i].data) < at {
			read += len(cs[i].data)
			i++
		}
		if out > wrote {
			plain = append(plain, chunk{data: z.out[wrote:out:out], packet: cs[i].packet, time: cs[i].time})
			wrote = out
		}
	}
	z.flush = emit
	end := z.run()
	*budget -= len(z.out)
	emit(len(in), len(z.out))
	if end == streamBroken && len(z.out) == 0 {
		return nil, cs
	}
	return plain, cs[n:]
}
