package session

import "slices"

// Same reports whether t will go on as o does: whatever both are fed from here on has the same effect.
func (t *Tracker) Same(o *Tracker) bool {
	return t.state == o.state && t.resume == o.resume && t.sure == o.sure && t.sawClient == o.sawClient && t.sawServer == o.sawServer && t.lastSide == o.lastSide &&
		t.trips == o.trips && t.tls == o.tls && t.compressed == o.compressed && t.refused == o.refused && t.mode == o.mode && t.modeTag == o.modeTag &&
		t.enabled == o.enabled && t.opens == o.opens && t.closed == o.closed && t.queue.same(&o.queue) && t.caps.same(&o.caps) && t.box.Same(&o.box) && t.opening.Same(&o.opening) &&
		t.uids.same(&o.uids)
}

func (q *queue) same(o *queue) bool {
	return q.n == o.n && slices.Equal(q.near[:q.n], o.near[:o.n]) && slices.Equal(q.far, o.far)
}

func (c *capabilities) same(o *capabilities) bool {
	return c.now == o.now && c.known == o.known && slices.Equal(c.history, o.history)
}

// Same reports whether the same is known about both.
func (b *Mailbox) Same(o *Mailbox) bool {
	return b.Name == o.Name && b.ReadOnly == o.ReadOnly && b.Has == o.Has && b.Exists == o.Exists && b.Recent == o.Recent && b.Unseen == o.Unseen &&
		b.UIDValidity == o.UIDValidity && b.UIDNext == o.UIDNext && b.HighestModSeq == o.HighestModSeq && b.Flags.Equal(o.Flags) && b.Permanent.Equal(o.Permanent)
}

func (m *uidMap) same(o *uidMap) bool {
	return m.n == o.n && m.total == o.total && slices.Equal(m.journal[:m.n], o.journal[:o.n]) && slices.EqualFunc(m.runs, o.runs, func(a, b run) bool {
		return a.shift == b.shift && (len(a.pairs) == len(b.pairs) && len(a.pairs) > 0 && &a.pairs[0] == &b.pairs[0] || slices.Equal(a.pairs, b.pairs))
	})
}
