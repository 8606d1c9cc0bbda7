package session_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// A viewer feeds what it finds in a log and shows the state and who answers whom.
func ExampleTracker() {
	var t session.Tracker
	var p parser.Parser
	for i, m := range []struct {
		side wire.Side
		text string
	}{
		{wire.Server, "* PREAUTH [CAPABILITY IMAP4rev2] welcome\r\n"},
		{wire.Client, "A1 SELECT INBOX\r\n"},
		{wire.Server, "* 3 EXISTS\r\n"},
		{wire.Server, "A1 OK [READ-WRITE] done\r\n"},
	} {
		message, err := p.Message([]byte(m.text), m.side, t.Wire().Mode)
		effect := t.Feed(&session.Event{Message: message, Err: err, Side: m.side, ID: uint32(i)})
		fmt.Print(i, " ", effect.After)
		if effect.Paired {
			fmt.Print(", answers ", effect.Answers)
		}
		fmt.Println()
	}
	fmt.Println(t.Mailbox(), t.Box().Exists)
	// Output:
	// 0 authenticated
	// 1 authenticated
	// 2 authenticated, answers 1
	// 3 selected, answers 1
	// INBOX 3
}
