package annotate

import (
	"sort"

	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Place is where octets s of the wire bytes stand in the text. Octets that the log does not show take the place where they would stand,
// which is empty; a unit that stands for several octets (an escape) is taken whole.
func (m *Message) Place(s wire.Span) (start, end int) {
	if m.Runs == nil {
		return min(m.Start+int(s.Start), m.End), min(m.Start+int(s.End), m.End)
	}
	if s.End <= s.Start {
		start = m.place(s.Start, false)
		return start, start
	}
	for _, r := range m.RunsIn(s) { // the first octet that is shown
		if r.SrcLen > 0 {
			start = m.place(max(s.Start, r.Wire), false)
			return start, max(start, m.place(s.End-1, true))
		}
	}
	start = m.place(s.Start, false)
	return start, start
}

// place maps one octet of the wire bytes to the start of what stands for it in the text, or to its end.
func (m *Message) place(off uint32, end bool) int {
	i := m.run(off)
	if i < 0 {
		return m.Start
	}
	r := m.Runs[i]
	for ; r.SrcLen == 0; r = m.Runs[i] { // restored: behind what stands before it
		if i--; i < 0 {
			return m.begins()
		}
		off = m.Runs[i].Wire + m.Runs[i].WireLen
	}
	switch in := off - r.Wire; {
	case in >= r.WireLen: // behind the run
		return int(r.Src + r.SrcLen)
	case r.WireLen == r.SrcLen && end:
		return int(r.Src + in + 1)
	case r.WireLen == r.SrcLen:
		return int(r.Src + in)
	case end:
		return int(r.Src + r.SrcLen)
	}
	return int(r.Src)
}

// begins is where the first octet stands that the log shows.
func (m *Message) begins() int {
	for _, r := range m.Runs {
		if r.SrcLen > 0 {
			return int(r.Src)
		}
	}
	return m.Start
}

// run is the index of the run that holds octet off of the wire bytes, or of the last before it; -1: there is none.
func (m *Message) run(off uint32) int {
	return sort.Search(len(m.Runs), func(i int) bool { return m.Runs[i].Wire > off }) - 1
}

// Holds tells whether one of m's wire bytes stands at offset off of the text.
func (m *Message) Holds(off int) bool {
	_, ok := m.Offset(off)
	return ok
}

// Offset is the octet of the wire bytes that stands at offset off of the text; ok is false in a log's prefix and wherever m has no octet.
func (m *Message) Offset(off int) (at uint32, ok bool) {
	if m.Runs == nil {
		return uint32(off - m.Start), off >= m.Start && off < m.End && off-m.Start < len(m.Wire)
	}
	// Runs ascend in the text as they do on the wire.
	i := sort.Search(len(m.Runs), func(i int) bool { return int(m.Runs[i].Src) > off }) - 1
	for ; i >= 0 && m.Runs[i].SrcLen == 0; i-- {
	}
	if i < 0 || off >= int(m.Runs[i].Src+m.Runs[i].SrcLen) {
		return 0, false
	}
	r := m.Runs[i]
	if r.WireLen == r.SrcLen {
		return r.Wire + uint32(off) - r.Src, true
	}
	return r.Wire, true
}

// RunsIn is the runs that octets s of the wire bytes lie in.
func (m *Message) RunsIn(s wire.Span) []transcript.Run {
	from := max(m.run(s.Start), 0)
	to := from
	for to < len(m.Runs) && (m.Runs[to].Wire < s.End || to == from) {
		to++
	}
	return m.Runs[from:to]
}

// Spans appends the ranges of the text that hold m's wire bytes to dst, neighbours joined: the runs without what only repair knows.
func (m *Message) Spans(dst [][2]int) [][2]int {
	if m.Runs == nil {
		return append(dst, [2]int{m.Start, m.End})
	}
	from := len(dst)
	for _, r := range m.Runs {
		if r.SrcLen == 0 {
			continue
		}
		start, end := int(r.Src), int(r.Src+r.SrcLen)
		if last := len(dst) - 1; last >= from && dst[last][1] == start {
			dst[last][1] = end
			continue
		}
		dst = append(dst, [2]int{start, end})
	}
	return dst
}

// Whole tells whether the wire bytes are the message's lines themselves, with no prefix and nothing restored.
func (m *Message) Whole() bool { return m.Runs == nil }
