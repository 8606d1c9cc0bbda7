package session

import (
	"time"

	"github.com/imapwire/imapwire/parser/imap"
)

// pending is a command that waits for its tagged response.
type pending struct {
	tag       uint64 // hash of the tag
	at        time.Time
	box       string // mailbox of SELECT and EXAMINE, decoded
	id        uint32
	lo, hi    uint32 // bounds of its message set; 0, 0: no set; hi 2^32-1 stands for "*"
	name      imap.CommandName
	syncs     uint8 // "+" still to come
	uid       bool  // the set has UIDs
	partial   bool
	condstore bool // CONDSTORE or QRESYNC parameter of SELECT, or a MODSEQ item
	qresync   bool
	vanished  bool        // FETCH with VANISHED
	status    bool        // LIST with RETURN (STATUS ...)
	listed    bool        // ENABLED came for this ENABLE
	asked     imap.CapSet // what ENABLE asks for
}

// tagHash is FNV-1a. Two tags of a connection that collide would have to be made on purpose, and would only be paired wrongly.
func tagHash(tag imap.Tag) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range tag {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// newPending keeps what answers must be compared with.
func newPending(tag uint64, e *Event) pending {
	c := e.Command
	p := pending{tag: tag, at: e.Time, id: e.ID, name: c.Name, uid: c.UID, partial: e.Partial, syncs: e.Syncs}
	switch a := c.Args.(type) {
	case *imap.SelectArgs:
		p.box = mailboxName(a.Mailbox)
		p.qresync = a.QResync != nil
		p.condstore = a.CondStore || p.qresync
	case *imap.FetchArgs:
		p.bounds(a.Set)
		p.vanished = a.Vanished
	case *imap.StoreArgs:
		p.bounds(a.Set)
	case *imap.CopyArgs:
		p.bounds(a.Set)
	case *imap.ExpungeArgs:
		if a != nil {
			p.bounds(a.Set)
		}
	case *imap.ConvertArgs:
		p.bounds(a.Set)
	case *imap.ReplaceArgs:
		p.lo, p.hi = a.Num, a.Num
	case *imap.EnableArgs:
		for i := range a.Caps {
			p.asked.Add(a.Caps[i].Known)
		}
	case *imap.ListArgs:
		p.status = len(a.Status) > 0
	}
	return p
}

// bounds keeps the smallest and the largest number of a set: enough to tell answers from news, and no copy of a set of any length.
func (p *pending) bounds(s imap.NumSet) {
	if s.IsZero() {
		return
	}
	if s.IsSaved() {
		p.lo, p.hi = 1, ^uint32(0)
		return
	}
	p.lo = ^uint32(0)
	for r := range s.Ranges() {
		if r.Hi == 0 {
			r.Hi = ^uint32(0)
			if r.Lo == 0 {
				r.Lo = 1
			}
			p.lo = min(p.lo, 1) // "5:*" includes the last message even if that is below 5
		}
		p.lo, p.hi = min(p.lo, r.Lo), max(p.hi, r.Hi)
	}
}

// has tells whether a message number may be in the command's set.
func (p *pending) has(n uint32) bool {
	return p.hi == 0 || p.lo <= n && n <= p.hi
}

const nearby = 8

// queue holds the outstanding commands, oldest first. The first ones live in the Tracker itself, so that following a session allocates nothing; the
// rest is in a slice that is replaced, never written to, because copies of the Tracker share it.
type queue struct {
	n    int
	near [nearby]pending
	far  []pending
}

func (q *queue) len() int { return q.n + len(q.far) }

// at is the command at an index, to be read only: use set to change it.
func (q *queue) at(i int) *pending {
	if i < q.n {
		return &q.near[i]
	}
	return &q.far[i-q.n]
}

func (q *queue) set(i int, p pending) {
	if i < q.n {
		q.near[i] = p
		return
	}
	far := append([]pending(nil), q.far...)
	far[i-q.n] = p
	q.far = far
}

func (q *queue) add(p pending) {
	if q.n < nearby && len(q.far) == 0 {
		q.near[q.n] = p
		q.n++
		return
	}
	far := make([]pending, len(q.far)+1)
	far[copy(far, q.far)] = p
	q.far = far
}

// remove takes a command out; the oldest of the far ones moves near.
func (q *queue) remove(i int) {
	if i >= q.n {
		i -= q.n
		far := make([]pending, 0, len(q.far)-1)
		far = append(far, q.far[:i]...)
		q.far = append(far, q.far[i+1:]...)
		return
	}
	copy(q.near[i:q.n], q.near[i+1:q.n])
	q.n--
	q.near[q.n] = pending{}
	if len(q.far) > 0 {
		q.near[q.n] = q.far[0]
		q.n++
		q.far = q.far[1:]
	}
}

// find returns the index of the newest command with a tag, -1 if there is none: a client that reuses a tag means its last command.
func (q *queue) find(tag uint64) int {
	for i := len(q.far) - 1; i >= 0; i-- {
		if q.far[i].tag == tag {
			return q.n + i
		}
	}
	for i := q.n - 1; i >= 0; i-- {
		if q.near[i].tag == tag {
			return i
		}
	}
	return -1
}
