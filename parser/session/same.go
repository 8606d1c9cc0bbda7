package session

import "slices"

// Renumber is what an edit of a text did to the numbers of its messages: those before From keep theirs, By is added to those from To on, and those
// between are gone. The zero Renumber changes nothing.
type Renumber struct {
	From, To uint32
	By       int
}

// Of is the number that message id has now; ok is false if it is gone.
func (r Renumber) Of(id uint32) (now uint32, ok bool) {
	switch {
	case r.By == 0 || id < r.From:
		return id, true
	case id < r.To:
		return 0, false
	}
	return id + uint32(r.By), true
}

// Is reports whether message o from before the edit is message id now.
func (r Renumber) Is(id, o uint32) bool {
	now, ok := r.Of(o)
	return ok && now == id
}

// Same reports whether t will go on as o does, whose messages had the numbers from before an edit: whatever both are fed from here on has the same effect.
// How many round trips they have seen has none.
func (t *Tracker) Same(o *Tracker, r Renumber) bool {
	return t.state == o.state && t.resume == o.resume && t.sure == o.sure && t.sawClient == o.sawClient && t.sawServer == o.sawServer && t.lastSide == o.lastSide &&
		t.tls == o.tls && t.compressed == o.compressed && t.refused == o.refused && t.mode == o.mode && t.modeTag == o.modeTag &&
		t.enabled == o.enabled && t.opens == o.opens && t.closed == o.closed && t.queue.same(&o.queue, r) && t.caps.same(&o.caps, r) && t.box.Same(&o.box) && t.opening.Same(&o.opening) &&
		t.uids.same(&o.uids)
}

// Move makes t a tracker of the edited text that has seen so many round trips more.
func (t *Tracker) Move(r Renumber, trips int) {
	t.trips += uint32(trips)
	if r.By == 0 {
		return
	}
	for i := range t.queue.n {
		t.queue.near[i].id, _ = r.Of(t.queue.near[i].id)
	}
	t.queue.far = slices.Clone(t.queue.far)
	for i := range t.queue.far {
		t.queue.far[i].id, _ = r.Of(t.queue.far[i].id)
	}
	t.caps.history = slices.Clone(t.caps.history)
	for i := range t.caps.history {
		t.caps.history[i].ID, _ = r.Of(t.caps.history[i].ID)
	}
}

func (q *queue) same(o *queue, r Renumber) bool {
	same := func(a, b pending) bool {
		if !r.Is(a.id, b.id) {
			return false
		}
		a.id = b.id
		return a == b
	}
	return q.n == o.n && slices.EqualFunc(q.near[:q.n], o.near[:o.n], same) && slices.EqualFunc(q.far, o.far, same)
}

func (c *capabilities) same(o *capabilities, r Renumber) bool {
	return c.now == o.now && c.known == o.known && slices.EqualFunc(c.history, o.history, func(a, b CapChange) bool {
		if !r.Is(a.ID, b.ID) {
			return false
		}
		a.ID = b.ID
		return a == b
	})
}

// Same reports whether the same is known about both.
func (b *Mailbox) Same(o *Mailbox) bool {
	return b.Name == o.Name && b.ReadOnly == o.ReadOnly && b.Has == o.Has && b.Exists == o.Exists && b.Recent == o.Recent && b.Unseen == o.Unseen &&
		b.UIDValidity == o.UIDValidity && b.UIDNext == o.UIDNext && b.HighestModSeq == o.HighestModSeq && b.Flags.Equal(o.Flags) && b.Permanent.Equal(o.Permanent)
}

// same reports whether the same UIDs are known. What is in the journal still and what was merged may differ.
func (m *uidMap) same(o *uidMap) bool {
	if m.n == o.n && m.total == o.total && slices.Equal(m.journal[:m.n], o.journal[:o.n]) && slices.EqualFunc(m.runs, o.runs, sameRun) {
		return true
	}
	if max(m.total, o.total) >= maxKnownUIDs/2 || max(m.total-o.total, o.total-m.total) > len(m.journal) {
		return false
	}
	a, b := *m, *o
	a.merge()
	b.merge()
	if a.total != b.total {
		return false
	}
	k, i := 0, 0 // the pair of b that is next
	for x := range a.runs {
		for _, p := range a.runs[x].pairs {
			for i == len(b.runs[k].pairs) {
				k, i = k+1, 0
			}
			if q := b.runs[k].pairs[i]; p.uid != q.uid || p.seq-a.runs[x].shift != q.seq-b.runs[k].shift {
				return false
			}
			i++
		}
	}
	return true
}

func sameRun(a, b run) bool {
	return a.shift == b.shift && (len(a.pairs) == len(b.pairs) && len(a.pairs) > 0 && &a.pairs[0] == &b.pairs[0] || slices.Equal(a.pairs, b.pairs))
}
