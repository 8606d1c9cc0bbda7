package session

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
	"time"
)

type State uint8

const (
	Greeting State = iota
	NotAuthenticated
	Authenticated
	Selected
	Logout
	Opaque
)

type Event struct {
	imap.Message
	Side    wire.Side
	Err     error
	Partial bool
	ID      uint32
	Span    wire.Span
	Time    time.Time
} // Side: when Message is empty. Partial: a command up to a synchronizing literal
type Effect struct {
	Answers       uint32
	Before, After State
	Unilateral    bool
} // Answers: the Event.ID of the command; 0: none
type Tracker struct{ state State }

func (t *Tracker) Feed(e *Event) Effect { panic("unbuilt") } // zero: a fresh connection; copies what it keeps; copyable; not for two goroutines at once
func (t *Tracker) Wire() wire.State     { panic("unbuilt") }
func (t *Tracker) State() State         { panic("unbuilt") }
func (t *Tracker) Caps() imap.CapSet    { panic("unbuilt") }
func (t *Tracker) Enabled() imap.CapSet { panic("unbuilt") }
func (t *Tracker) Outstanding() int     { panic("unbuilt") }
