package transcript

import (
	"cmp"
	"slices"
	"time"
)

// tcpConn is a TCP connection of a capture.
type tcpConn struct {
	ends   [2]endpoint
	half   [2]tcpHalf // what ends[0] sent, what ends[1] sent
	client int        // which end opened it; -1: the capture doesn't show it
	first  segment    // without data
	last   segment
	closed bool
}

// tcpHalf is one direction.
type tcpHalf struct {
	parts  []tcpPart
	seen   bool
	seq    uint32 // a sequence number of this direction
	pos    int64  // and the position that it stands for: sequence numbers wrap round, positions don't
	syn    bool
	isn    uint32
	start  int64 // position of the first octet, when syn
	closed bool
}

// tcpPart is the payload of a segment.
type tcpPart struct {
	pos    int64
	packet int
	time   time.Time
	data   []byte // may be less than length: captures cut packets
	length int
}

// chunk is a piece of what one side sent, in order; gap octets are missing instead of data.
type chunk struct {
	data   []byte
	gap    int64
	packet int // by then it had arrived
	time   time.Time
}

type connKey struct{ a, b endpoint }

// keyOf is the same for both directions.
func keyOf(s segment) connKey {
	if c := cmp.Or(slices.Compare(s.src.addr[:], s.dst.addr[:]), cmp.Compare(s.src.port, s.dst.port)); c > 0 {
		return connKey{s.dst, s.src}
	}
	return connKey{s.src, s.dst}
}

// tcpConns collects the connections of a capture.
type tcpConns struct {
	open      map[connKey]*tcpConn
	all       []*tcpConn
	packets   int
	fragments int
}

func readCapture(src []byte) *tcpConns {
	t := &tcpConns{open: map[connKey]*tcpConn{}}
	packets(src, func(p packet) {
		t.packets++
		s, what := tcpSegment(p)
		switch what {
		case isTCP:
			t.add(s)
		case isFragment:
			t.fragments++
		}
	})
	return t
}

// add files a segment under its connection.
func (t *tcpConns) add(s segment) {
	key := keyOf(s)
	c := t.open[key]
	if c != nil && s.flags&tcpSYN != 0 && s.flags&tcpACK == 0 && c.reopens(s) {
		c = nil
	}
	if c == nil {
		c = &tcpConn{ends: [2]endpoint{s.src, s.dst}, client: -1, first: s}
		c.first.data = nil
		t.open[key] = c
		t.all = append(t.all, c)
	}
	from := 0
	if s.src != c.ends[0] {
		from = 1
	}
	h := &c.half[from]
	if s.flags&tcpSYN != 0 {
		c.client = from
		if s.flags&tcpACK != 0 {
			c.client = 1 - from
		}
	}
	h.add(s)
	h.closed = h.closed || s.flags&tcpFIN != 0
	c.closed = c.closed || s.flags&tcpRST != 0 || c.half[0].closed && c.half[1].closed
	c.last = s
	c.last.data = nil
}

// reopens reports whether a SYN begins another connection between the same ports: not when it repeats the one that began this.
func (c *tcpConn) reopens(s segment) bool {
	h := &c.half[0]
	if s.src != c.ends[0] {
		h = &c.half[1]
	}
	return !h.syn && h.seen || h.syn && h.isn != s.seq
}

func (h *tcpHalf) add(s segment) {
	if !h.seen {
		h.seen, h.seq = true, s.seq
	}
	pos := h.pos + int64(int32(s.seq-h.seq))
	if pos > h.pos {
		h.pos, h.seq = pos, s.seq
	}
	if s.flags&tcpSYN != 0 {
		pos++
		if !h.syn {
			h.syn, h.isn, h.start = true, s.seq, pos
		}
	}
	if s.length > 0 {
		h.parts = append(h.parts, tcpPart{pos: pos, packet: s.packet, time: s.time, data: s.data, length: s.length})
	}
}

// chunks puts the payloads in order: what came twice is taken once, as it came first, and what never came is a gap.
func (h *tcpHalf) chunks() []chunk {
	slices.SortStableFunc(h.parts, func(a, b tcpPart) int { return cmp.Compare(a.pos, b.pos) })
	var cs []chunk
	next := h.start
	if !h.syn && len(h.parts) > 0 {
		next = h.parts[0].pos
	}
	packet, at := 0, time.Time{}
	for _, p := range h.parts {
		end := p.pos + int64(p.length)
		if end <= next {
			continue
		}
		if p.packet > packet { // it waits for those before it
			packet, at = p.packet, p.time
		}
		if p.pos > next {
			cs = append(cs, chunk{gap: p.pos - next, packet: packet, time: at})
			next = p.pos
		}
		data := p.data[min(int(next-p.pos), len(p.data)):]
		if len(data) > 0 {
			cs = append(cs, chunk{data: data, packet: packet, time: at})
			next += int64(len(data))
		}
		if next < end {
			cs = append(cs, chunk{gap: end - next, packet: packet, time: at})
			next = end
		}
	}
	return cs
}
