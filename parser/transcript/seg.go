package transcript

import "github.com/imapwire/imapwire/parser/wire"

// seg is a stretch of bytes and the place in the paste that they came from.
// Without runs it is the paste itself, from src on; otherwise runs map it, their Wire offsets counting from b[0].
type seg struct {
	b    []byte
	src  uint32
	runs []Run
}

// sub is s[i:j]. A unit run that is cut keeps the whole of its source.
func (s seg) sub(i, j int) seg {
	t, _ := s.part(i, j, 0)
	return t
}

// part is sub for one who takes several parts, each behind the last: run is the first run that can map b[i:], and comes back for the part behind this one.
func (s seg) part(i, j, run int) (t seg, next int) {
	if i == 0 && j == len(s.b) {
		return s, 0
	}
	if s.runs == nil {
		return seg{b: s.b[i:j:j], src: s.src + uint32(i)}, 0
	}
	for run < len(s.runs) && int(s.runs[run].Wire+s.runs[run].WireLen) <= i {
		run++
	}
	next = run
	for next < len(s.runs) && int(s.runs[next].Wire) < j {
		next++
	}
	t = seg{b: s.b[i:j:j], runs: make([]Run, 0, next-run)}
	for _, r := range s.runs[run:next] {
		lo, hi := max(int(r.Wire), i), min(int(r.Wire+r.WireLen), j)
		if lo >= hi {
			continue
		}
		c := Run{Wire: uint32(lo - i), WireLen: uint32(hi - lo), Src: r.Src, SrcLen: r.SrcLen}
		if r.SrcLen == r.WireLen {
			c.Src += uint32(lo) - r.Wire
			c.SrcLen = c.WireLen
		}
		t.runs = append(t.runs, c)
	}
	return t, max(next-1, run) // the last one may go on
}

// from is s[i:].
func (s seg) from(i int) seg { return s.sub(i, len(s.b)) }

// bounds is the stretch of the paste that s came from; ok is false when all of it was restored.
func (s seg) bounds() (span wire.Span, ok bool) {
	if s.runs == nil {
		return wire.Span{Start: s.src, End: s.src + uint32(len(s.b))}, len(s.b) > 0
	}
	for _, r := range s.runs {
		if r.SrcLen == 0 {
			continue
		}
		if !ok {
			span.Start, ok = r.Src, true
		}
		span.End = max(span.End, r.Src+r.SrcLen)
	}
	return span, ok
}

// mapper builds a seg whose bytes come from here and there.
type mapper struct {
	b    []byte
	runs []Run
}

func (m *mapper) seg() seg {
	if m.runs == nil {
		m.runs = []Run{}
	}
	return seg{b: m.b, runs: m.runs}
}

// add appends s with its map.
func (m *mapper) add(s seg) {
	if len(s.b) == 0 {
		return
	}
	at := uint32(len(m.b))
	m.b = append(m.b, s.b...)
	if s.runs == nil {
		m.run(Run{at, uint32(len(s.b)), s.src, uint32(len(s.b))})
		return
	}
	for _, r := range s.runs {
		r.Wire += at
		m.run(r)
	}
}

// unit appends bytes that stand for a stretch of the source as a whole.
func (m *mapper) unit(b string, of seg) {
	at := uint32(len(m.b))
	m.b = append(m.b, b...)
	span, ok := of.bounds()
	if !ok {
		span.End = span.Start
	}
	m.run(Run{at, uint32(len(b)), span.Start, span.End - span.Start})
}

// restore appends bytes that the paste lost.
func (m *mapper) restore(b string) {
	at := uint32(len(m.b))
	m.b = append(m.b, b...)
	m.run(Run{at, uint32(len(b)), 0, 0})
}

// run appends r, joined to the last one where both map byte by byte and touch.
func (m *mapper) run(r Run) {
	if r.WireLen == 0 {
		return
	}
	if n := len(m.runs); n > 0 && r.WireLen == r.SrcLen {
		p := &m.runs[n-1]
		if p.WireLen == p.SrcLen && p.Src+p.SrcLen == r.Src && p.Wire+p.WireLen == r.Wire {
			p.WireLen += r.WireLen
			p.SrcLen += r.SrcLen
			return
		}
	}
	if n := len(m.runs); n > 0 && r.SrcLen == 0 {
		if p := &m.runs[n-1]; p.SrcLen == 0 && p.Wire+p.WireLen == r.Wire {
			p.WireLen += r.WireLen
			return
		}
	}
	m.runs = append(m.runs, r)
}

// builder collects a message. As long as its bytes are one stretch of the paste, it copies nothing.
type builder struct {
	text   []byte
	kept   *store
	lo, hi uint32 // the stretch, while m isn't in use
	begun  bool
	spread bool // m is in use
	m      mapper
}

// reset begins another message, whose bytes go into k where they have to be put together.
func (w *builder) reset(text []byte, k *store) {
	w.text, w.kept, w.lo, w.hi, w.begun, w.spread = text, k, 0, 0, false, false
}

func (w *builder) len() int {
	if w.spread {
		return len(w.m.b)
	}
	return int(w.hi - w.lo)
}

func (w *builder) bytes() []byte {
	if w.spread {
		return w.m.b
	}
	return w.text[w.lo:w.hi:w.hi]
}

func (w *builder) add(s seg) {
	if len(s.b) == 0 {
		return
	}
	if !w.spread && s.runs == nil {
		n := uint32(len(s.b))
		if !w.begun {
			w.lo, w.hi, w.begun = s.src, s.src+n, true
			return
		}
		if w.hi == s.src {
			w.hi += n
			return
		}
	}
	w.scatter()
	w.m.add(s)
}

func (w *builder) restore(b string) {
	w.scatter()
	w.m.restore(b)
}

func (w *builder) scatter() {
	if w.spread {
		return
	}
	w.spread, w.m = true, w.kept.room()
	if w.begun {
		w.m.add(seg{b: w.text[w.lo:w.hi], src: w.lo})
	}
}

// finish is the message's bytes and their map; runs are nil when the bytes are exactly span.
func (w *builder) finish(span wire.Span) ([]byte, []Run) {
	if w.spread {
		return w.kept.keep(&w.m)
	}
	b := w.bytes()
	if (wire.Span{Start: w.lo, End: w.hi}) == span {
		return b, nil
	}
	if len(b) == 0 {
		return b, []Run{}
	}
	return b, w.kept.run(Run{0, uint32(len(b)), w.lo, uint32(len(b))})
}

// store is where the octets and maps of messages stay that are no stretch of the paste: many of them are allocated together.
type store struct {
	octets []byte
	runs   []Run
}

const (
	storeOctets = 16 << 10
	storeRuns   = 512
)

// room is a mapper whose bytes and runs go behind those that are kept already, as far as there is room: they are copied only if they need more.
func (k *store) room() mapper {
	if cap(k.octets)-len(k.octets) < storeOctets/64 { // a short paste needs little
		k.octets = make([]byte, 0, min(max(2*cap(k.octets), storeOctets/8), storeOctets))
	}
	k.roomForRuns(storeRuns / 64)
	return mapper{b: k.octets[len(k.octets):], runs: k.runs[len(k.runs):]}
}

// keep keeps what was built in room.
func (k *store) keep(m *mapper) ([]byte, []Run) {
	b, runs := len(k.octets), len(k.runs)
	if n := len(m.b); n <= cap(k.octets)-b {
		k.octets = k.octets[:b+n]
	}
	if n := len(m.runs); n <= cap(k.runs)-runs {
		k.runs = k.runs[:runs+n]
	}
	return m.b[:len(m.b):len(m.b)], m.runs[:len(m.runs):len(m.runs)]
}

func (k *store) roomForRuns(n int) {
	if cap(k.runs)-len(k.runs) < n {
		k.runs = make([]Run, 0, min(max(2*cap(k.runs), storeRuns/8), storeRuns))
	}
}

// run keeps a map of one run.
func (k *store) run(r Run) []Run {
	k.roomForRuns(1)
	n := len(k.runs)
	k.runs = append(k.runs, r)
	return k.runs[n : n+1 : n+1]
}
