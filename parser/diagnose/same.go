package diagnose

import "slices"

// Same reports whether d will go on as o does where the text stands octets further on: whatever both are fed from here on makes them say the same.
func (d *Doctor) Same(o *Doctor, octets int) bool {
	if d == o {
		return true
	}
	return d.server == o.server && d.client == o.client && slices.Equal(d.why, o.why) && d.first == o.first && d.told == o.told && d.mode == o.mode &&
		d.box.exists == o.box.exists && d.box.known == o.box.known && d.box.box.Same(&o.box.box) && d.seen == o.seen && d.nseen == o.nseen &&
		d.answered == o.answered && d.used == o.used && d.traits == o.traits && d.untaggedData == o.untaggedData && d.noops == o.noops && d.serial == o.serial &&
		d.byes == o.byes && d.lastKind == o.lastKind && d.alertAt == o.alertAt && d.badAt == o.badAt && d.badFor == o.badFor && d.badStatus == o.badStatus &&
		d.greetAt == o.greetAt && d.greetSpan == o.greetSpan && d.gapAfter == o.gapAfter && d.noiseAfter == o.noiseAfter && d.countAt == o.countAt &&
		d.copied == o.copied && d.sentBox == o.sentBox && d.reasoned == o.reasoned && d.refusals == o.refusals && slices.EqualFunc(d.commands, o.commands, func(a, b command) bool { return a.same(b, octets) })
}

// same compares commands. Where the message of one ends matters only to what may come before that, so it need not have moved.
func (k command) same(o command, octets int) bool {
	if k.spanEnd == o.spanEnd+uint32(octets) {
		k.spanEnd = o.spanEnd
	}
	return k == o
}

// Move makes d a doctor of the text that it has seen, octets further on.
func (d *Doctor) Move(octets int) {
	for i := range d.commands {
		if k := &d.commands[i]; k.spanEnd > 0 {
			k.spanEnd = uint32(max(int(k.spanEnd)+octets, 1))
		}
	}
}
