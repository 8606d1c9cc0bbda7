package imap

import (
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

// Pending is what a connection has under way: the commands that are not completed yet, and so how the client's next line is to be read.
// It is the part of a session that one must know to tell messages apart at all: a SASL line from a command, DONE from a tag, a completion from a command.
//
// The zero Pending is a fresh connection. Tags are kept as hashes, so nothing that it was shown is retained and nothing is allocated per command in steady state.
// A copy shares memory with its original: take Clone to keep a state. Not for two goroutines at once.
type Pending struct {
	open []pendingCommand
	done bool // DONE was sent: the client's next line is a command, even before IDLE is completed
}

type pendingCommand struct {
	tag  uint64
	mode wire.Mode // what the client's lines are while this command is outstanding
}

// maxPending bounds what a peer that never answers can make us keep; the oldest command is forgotten first.
const maxPending = 1024

// Command notes that the client began a command; name is the word after its tag.
// A tag that is in use already stands for the new command: one of them will never be told apart from the other.
func (p *Pending) Command(tag, name []byte) {
	c := pendingCommand{tag: hashTag(tag)}
	switch {
	case wire.EqualFold(name, "AUTHENTICATE"):
		c.mode = wire.ModeAuth // RFC 9051 §6.2.2
	case wire.EqualFold(name, "IDLE"):
		c.mode = wire.ModeIdle // RFC 2177 §3
	}
	p.done = false
	if i := p.find(c.tag); i >= 0 {
		p.open[i] = c
		return
	}
	if len(p.open) == maxPending {
		copy(p.open, p.open[1:])
		p.open = p.open[:maxPending-1]
	}
	p.open = append(p.open, c)
}

// Done notes that the client ended IDLE.
func (p *Pending) Done() { p.done = true }

// Completed notes a tagged response and says whether a command with that tag was outstanding.
func (p *Pending) Completed(tag []byte) bool {
	i := p.find(hashTag(tag))
	if i < 0 {
		return false
	}
	p.open = append(p.open[:i], p.open[i+1:]...)
	return true
}

// Has reports whether a command with that tag is outstanding.
func (p *Pending) Has(tag []byte) bool { return p.find(hashTag(tag)) >= 0 }

// Len is the number of outstanding commands.
func (p *Pending) Len() int { return len(p.open) }

// Mode says how the client's next line is to be read. AUTHENTICATE and IDLE forbid other commands until they are completed (RFC 9051 §5.5),
// so the last command decides.
func (p *Pending) Mode() wire.Mode {
	for i := len(p.open) - 1; i >= 0; i-- {
		switch m := p.open[i].mode; {
		case m == wire.ModeAuth:
			return m
		case m == wire.ModeIdle && !p.done:
			return m
		}
	}
	return wire.ModeCommand
}

// Abandon forgets an AUTHENTICATE or IDLE whose end was not seen: a log that leaves out one direction shows only that commands go on.
func (p *Pending) Abandon() {
	kept := p.open[:0]
	for _, c := range p.open {
		if c.mode == wire.ModeCommand {
			kept = append(kept, c)
		}
	}
	p.open, p.done = kept, false
}

// Reset makes p a fresh connection again and keeps its memory.
func (p *Pending) Reset() { p.open, p.done = p.open[:0], false }

// Clone is a copy that shares no memory.
func (p *Pending) Clone() Pending {
	c := *p
	c.open = append([]pendingCommand(nil), p.open...)
	return c
}

func (p *Pending) find(tag uint64) int {
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i].tag == tag {
			return i
		}
	}
	return -1
}

// hashTag is FNV-1a. Tags are case-sensitive (RFC 9051 §2.2.1: the client generates them, the server repeats them).
func hashTag(tag []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range tag {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// Equal reports whether p and o stand for the same.
func (p *Pending) Equal(o *Pending) bool { return p.done == o.done && slices.Equal(p.open, o.open) }
