package session

// uidMap knows the UIDs of message sequence numbers as far as responses told them, and follows EXPUNGE and VANISHED, RFC 9051 §2.3.1.
//
// News go to a small journal inside the Tracker; when it is full they are merged into runs of pairs. Runs and the list of runs are replaced, never
// written to, since copies of a Tracker share them. So learning is cheap (one run copied per full journal) and so is an EXPUNGE (one run, and the list).
type uidMap struct {
	n       int
	total   int
	journal [32]pair
	runs    []run
}

type pair struct{ seq, uid uint32 }

// run is a part of the mailbox: pairs in ascending order of their sequence numbers, each of which is less than written by shift.
type run struct {
	shift uint32
	pairs []pair
}

const runLength = 256

func (r *run) first() uint32 { return r.pairs[0].seq - r.shift }
func (r *run) last() uint32  { return r.pairs[len(r.pairs)-1].seq - r.shift }

// find returns the index of the first pair of the run whose sequence number is not below seq.
func (r *run) find(seq uint32) int {
	lo, hi := 0, len(r.pairs)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if r.pairs[m].seq-r.shift < seq {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// learn notes the UID of a sequence number.
func (m *uidMap) learn(seq, uid uint32) {
	if seq == 0 || uid == 0 {
		return
	}
	if u, ok := m.uid(seq); ok && u == uid {
		return
	}
	if m.total >= maxKnownUIDs {
		return
	}
	if m.n == len(m.journal) {
		m.merge()
	}
	m.journal[m.n] = pair{seq, uid}
	m.n++
	m.total++
}

func (m *uidMap) uid(seq uint32) (uint32, bool) {
	for i := m.n - 1; i >= 0; i-- {
		if m.journal[i].seq == seq {
			return m.journal[i].uid, true
		}
	}
	lo, hi := 0, len(m.runs)
	for lo < hi {
		k := int(uint(lo+hi) >> 1)
		if m.runs[k].last() < seq {
			lo = k + 1
		} else {
			hi = k
		}
	}
	if lo == len(m.runs) {
		return 0, false
	}
	r := &m.runs[lo]
	if i := r.find(seq); i < len(r.pairs) && r.pairs[i].seq-r.shift == seq {
		return r.pairs[i].uid, true
	}
	return 0, false
}

func (m *uidMap) seq(uid uint32) (uint32, bool) {
	for i := m.n - 1; i >= 0; i-- {
		if m.journal[i].uid == uid {
			return m.journal[i].seq, true
		}
	}
	for k := range m.runs {
		r := &m.runs[k]
		if uid < r.pairs[0].uid || uid > r.pairs[len(r.pairs)-1].uid {
			continue
		}
		for _, p := range r.pairs {
			if p.uid == uid {
				return p.seq - r.shift, true
			}
		}
	}
	return 0, false
}

// merge empties the journal into new runs.
func (m *uidMap) merge() {
	j := m.journal[:m.n]
	for i := 1; i < len(j); i++ { // insertion sort, stable: the newest of equal numbers stays last
		for k := i; k > 0 && j[k].seq < j[k-1].seq; k-- {
			j[k], j[k-1] = j[k-1], j[k]
		}
	}
	w := runWriter{runs: make([]run, 0, len(m.runs)+2)}
	for k := range m.runs {
		r := &m.runs[k]
		n := 0
		for n < len(j) && (j[n].seq <= r.last() || k == len(m.runs)-1) {
			n++
		}
		if n == 0 {
			w.keep(*r)
			continue
		}
		news := j[:n]
		j = j[n:]
		for _, p := range r.pairs {
			p.seq -= r.shift
			for len(news) > 0 && news[0].seq < p.seq {
				w.put(news[0])
				news = news[1:]
			}
			w.put(p)
			for len(news) > 0 && news[0].seq == p.seq {
				w.put(news[0])
				news = news[1:]
			}
		}
		for _, p := range news {
			w.put(p)
		}
		w.close()
	}
	for _, p := range j {
		w.put(p)
	}
	w.close()
	m.runs, m.total, m.n = w.runs, w.total, 0
}

// runWriter builds a list of runs from pairs in ascending order; of equal numbers the last wins.
type runWriter struct {
	runs  []run
	now   []pair
	total int
}

func (w *runWriter) keep(r run) {
	w.close()
	w.runs = append(w.runs, r)
	w.total += len(r.pairs)
}

func (w *runWriter) put(p pair) {
	if n := len(w.now); n > 0 && w.now[n-1].seq == p.seq {
		w.now[n-1] = p
		return
	}
	if len(w.now) == runLength {
		w.close()
	}
	if w.now == nil {
		w.now = make([]pair, 0, runLength)
	}
	w.now = append(w.now, p)
}

func (w *runWriter) close() {
	if len(w.now) > 0 {
		w.runs = append(w.runs, run{pairs: w.now})
		w.total += len(w.now)
		w.now = nil
	}
}

// expunge removes a message and moves all later ones down, RFC 9051 §7.5.1.
func (m *uidMap) expunge(seq uint32) {
	if seq == 0 || m.total == 0 {
		return
	}
	n := 0
	for _, p := range m.journal[:m.n] {
		if p.seq == seq {
			continue
		}
		if p.seq > seq {
			p.seq--
		}
		m.journal[n] = p
		n++
	}
	m.n = n
	k := 0
	for k < len(m.runs) && m.runs[k].last() < seq {
		k++
	}
	if k < len(m.runs) {
		w := runWriter{runs: append(make([]run, 0, len(m.runs)), m.runs[:k]...)}
		for ; k < len(m.runs); k++ {
			r := m.runs[k]
			if r.first() > seq {
				r.shift++
				w.runs = append(w.runs, r)
				continue
			}
			for _, p := range r.pairs {
				switch p.seq -= r.shift; {
				case p.seq > seq:
					p.seq--
					w.put(p)
				case p.seq < seq:
					w.put(p)
				}
			}
			w.close()
		}
		m.runs = w.runs
	}
	m.count()
}

// vanish removes the messages lo to hi by UID and moves all later ones down by their number.
func (m *uidMap) vanish(lo, hi uint32) {
	if m.total == 0 || hi < lo || hi-lo == ^uint32(0) {
		*m = uidMap{}
		return
	}
	m.merge()
	gone := hi - lo + 1
	w := runWriter{runs: make([]run, 0, len(m.runs))}
	for _, r := range m.runs {
		switch {
		case r.pairs[len(r.pairs)-1].uid < lo:
			w.keep(r)
		case r.pairs[0].uid > hi && r.first() > gone:
			r.shift += gone
			w.keep(r)
		default:
			for _, p := range r.pairs {
				p.seq -= r.shift
				switch {
				case p.uid < lo:
					w.put(p)
				case p.uid > hi && p.seq > gone:
					p.seq -= gone
					w.put(p)
				}
			}
			w.close()
		}
	}
	m.runs = w.runs
	m.count()
}

func (m *uidMap) count() {
	m.total = m.n
	for k := range m.runs {
		m.total += len(m.runs[k].pairs)
	}
}
