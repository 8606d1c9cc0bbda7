// Package session is the state machine of one IMAP connection: events of both sides go in, in the order in which they were seen, and out come the
// connection's state, which command an answer belongs to, and what is known about capabilities and the selected mailbox.
//
// # Layers
//
// The package sees parsed messages only (package imap); it knows no syntax and reads no bytes. A proxy feeds it what its Readers return, a viewer
// what it found in a transcript.
//
// # Partial transcripts
//
// A fresh Tracker expects a greeting and gets whatever there is: the middle of a session, one side only, a login that a log left out. Until the state
// was observed (Sure), the Tracker infers the least state in which what it sees is possible: a FETCH that is answered OK means that a mailbox is
// selected. A tagged OK always wins over what was believed before.
//
// # Lifetimes
//
// Feed copies what it keeps, so events and their messages may be reused at once. A Tracker is a value: an assignment makes a checkpoint, since nothing
// that can be reached from it is written in place. It is not for two goroutines at once.
//
// # Limits
//
// Memory is bounded whatever is fed: outstanding commands, known UIDs, capability changes have limits (see the constants), beyond which the oldest or
// the newest is forgotten. Nothing is allocated from a number that was read.
//
// # To add an extension
//
// A command that changes the state gets a case in Tracker.completed, data that answers a command one in pending.expects, a response code of SELECT one
// in Mailbox.code.
package session

import (
	"time"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// State is a connection's state, RFC 9051 §3.
type State uint8

const (
	Greeting         State = iota // nothing was seen yet
	NotAuthenticated              // RFC 9051 §3.1
	Authenticated                 // RFC 9051 §3.2
	Selected                      // RFC 9051 §3.3
	Logout                        // RFC 9051 §3.4: BYE was sent
	Opaque                        // TLS or compression began: no IMAP to be read any more, unless the log goes on in clear text
)

// String is the state's stable id.
func (s State) String() string {
	switch s {
	case Greeting:
		return "greeting"
	case NotAuthenticated:
		return "not-authenticated"
	case Authenticated:
		return "authenticated"
	case Selected:
		return "selected"
	case Logout:
		return "logout"
	case Opaque:
		return "opaque"
	}
	return ""
}

// Event is one message of a connection: parsed, or failed (Err, with what could be read of it), or empty when its bytes could not be read at all.
type Event struct {
	imap.Message
	Side    wire.Side // who sent it; needed only when Message is empty
	Err     error     // what the grammar said; nil for a message without fault
	Partial bool      // a command up to a synchronizing literal: the same command follows again, whole
	Syncs   uint8     // synchronizing literals of a whole command whose "+" has not been fed yet
	ID      uint32    // the caller's name for the message
	Span    wire.Span // where it stands, for the caller
	Time    time.Time // when it was seen; zero: unknown
}

// Effect is what an event did.
type Effect struct {
	Answers       uint32        // Event.ID of the command that the event answers, if Paired
	Paired        bool          // Answers is set: ids may be 0
	Before, After State         // the connection's state around the event
	Unilateral    bool          // data that no outstanding command asked for, RFC 9051 §7
	Reused        bool          // a command whose tag an outstanding command has
	UIDChanged    bool          // FETCH data gives a message another UID than before
	Unmatched     bool          // a tagged response or "+" that no command waits for, though commands were seen
	Latency       time.Duration // of a tagged response: since its command; 0: unknown
}

// Limits of what a Tracker remembers.
const (
	maxOutstanding = 256     // commands without a tagged response; the oldest is forgotten
	maxUnseen      = 32      // the same while the server was not seen: a log of the client's side only
	maxKnownUIDs   = 1 << 16 // pairs of sequence number and UID; further ones are not learnt
	maxCapChanges  = 64      // capability changes; later ones replace the last
	maxName        = 1 << 10 // octets of a mailbox name; the rest is cut
)
