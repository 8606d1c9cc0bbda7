package diagnose

import (
	"slices"

	"github.com/imapwire/imapwire/parser/session"
)

// Same reports whether d will go on as o does where the text stands octets further on and its messages have other numbers: whatever both are fed from
// here on makes them say the same. What nothing will be compared with any more may differ.
func (d *Doctor) Same(o *Doctor, octets int, r session.Renumber) bool {
	if d == o { // from before the edit
		return true
	}
	return d.server == o.server && d.client == o.client && slices.Equal(d.why, o.why) && d.first == o.first && d.told == o.told && d.mode == o.mode &&
		d.box.exists == o.box.exists && d.box.known == o.box.known && d.box.box.Same(&o.box.box) && d.sameSelections(o, r) &&
		d.answered.same(&o.answered) && d.used.same(&o.used) && d.traits == o.traits && d.untaggedData == o.untaggedData &&
		min(d.noops, 3) == min(o.noops, 3) && min(d.serial, 5) == min(o.serial, 5) && min(d.byes, 2) == min(o.byes, 2) && d.lastKind == o.lastKind && d.sameMessages(o, r) &&
		d.sentBox == o.sentBox && d.pair == o.pair && d.refusals == o.refusals && d.sameCommands(o, octets, r)
}

// sameMessages compares the messages that later ones may refer to.
func (d *Doctor) sameMessages(o *Doctor, r session.Renumber) bool {
	after := func(a, b uint32) bool { return a == b && a == 0 || a > 0 && b > 0 && r.Is(a-1, b-1) } // numbers plus 1
	return after(d.gapAfter, o.gapAfter) && after(d.noiseAfter, o.noiseAfter) && after(d.countAt, o.countAt) &&
		(!d.has(gotAlert) || r.Is(d.alertAt, o.alertAt)) &&
		(!d.has(gotBad) || r.Is(d.badAt, o.badAt)) && (!d.has(gotBad) && !d.told.has(ruleUntaggedBadHangs) || r.Is(d.badFor, o.badFor)) &&
		(!d.has(gotBadGreeting) || r.Is(d.greetAt, o.greetAt) && d.greetSpan == o.greetSpan && d.badStatus == o.badStatus) &&
		(!d.has(gotCopy) || r.Is(d.copied.id, o.copied.id) && d.copied.set == o.copied.set && d.copied.uid == o.copied.uid)
}

func (d *Doctor) sameSelections(o *Doctor, r session.Renumber) bool {
	return slices.EqualFunc(d.seen[:d.nseen], o.seen[:o.nseen], func(a, b selection) bool {
		if !r.Is(a.id, b.id) {
			return false
		}
		a.id, a.flags, b.flags = b.id, min(a.flags, 2), min(b.flags, 2)
		return a == b
	})
}

// sameCommands compares the commands that something may come for yet, and how many came after each of them: so many more make it forgotten.
func (d *Doctor) sameCommands(o *Doctor, octets int, r session.Renumber) bool {
	a, b := d.recent(), o.recent()
	if (len(a) == 0) != (len(b) == 0) || len(a) > 0 && !d.has(sentID) && !r.Is(d.opening, o.opening) {
		return false
	}
	for n := 1; n <= max(len(a), len(b)); n++ {
		var p, q *command
		if n <= len(a) && a[len(a)-n].open() {
			p = &a[len(a)-n]
		}
		if n <= len(b) && b[len(b)-n].open() {
			q = &b[len(b)-n]
		}
		if (p == nil) != (q == nil) || p != nil && !p.same(*q, octets, r) {
			return false
		}
	}
	return true
}

// open tells whether anything may come yet that is compared with the command.
func (k *command) open() bool { return !k.answered || k.during }

// same compares commands. Where the message of one ends matters only to what may come before that, so it need not have moved. Of the data that came only
// that there was some counts.
func (k command) same(o command, octets int, r session.Renumber) bool {
	if !r.Is(k.id, o.id) {
		return false
	}
	if k.spanEnd == o.spanEnd+uint32(octets) {
		k.spanEnd = o.spanEnd
	}
	k.id, k.rows, o.rows = o.id, min(k.rows, 1), min(o.rows, 1)
	return k == o
}

// same reports whether the same tags are remembered, and for as long.
func (r *ring) same(o *ring) bool {
	for i := range uint8(len(r.tags)) {
		if r.tags[(r.next-1-i)&31] != o.tags[(o.next-1-i)&31] {
			return false
		}
	}
	return true
}

// Move makes d a doctor of the edited text, in which what it has seen stands octets further on.
func (d *Doctor) Move(octets int, r session.Renumber) {
	for i := range d.commands {
		k := &d.commands[i]
		if k.spanEnd > 0 {
			k.spanEnd = uint32(max(int(k.spanEnd)+octets, 1))
		}
		renumber(&k.id, r)
	}
	if r.By == 0 {
		return
	}
	for _, id := range [...]*uint32{&d.opening, &d.alertAt, &d.badAt, &d.badFor, &d.greetAt, &d.copied.id} {
		renumber(id, r)
	}
	for _, after := range [...]*uint32{&d.gapAfter, &d.noiseAfter, &d.countAt, &d.reasoned} {
		if *after > 0 {
			*after--
			renumber(after, r)
			*after++ // 0 if it is gone
		}
	}
	for i := range d.seen[:d.nseen] {
		renumber(&d.seen[i].id, r)
	}
}

// renumber gives a message its new number; one that is gone gets a number that no message has.
func renumber(id *uint32, r session.Renumber) {
	now, ok := r.Of(*id)
	if !ok {
		now = ^uint32(0)
	}
	*id = now
}
