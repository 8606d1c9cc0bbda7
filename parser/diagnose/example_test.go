package diagnose_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// A Doctor is shown each message with what parser and session made of it.
func ExampleDoctor() {
	var doctor diagnose.Doctor
	var tracker session.Tracker
	var p parser.Parser
	p.Quirks = parser.Lenient
	var findings []diagnose.Finding
	for i, m := range []transcript.Message{
		{Side: wire.Server, Wire: []byte("* OK [CAPABILITY IMAP4rev1 QRESYNC AUTH=ATOKEN] ready\r\n")},
		{Side: wire.Client, Wire: []byte("A1 LOGIN user secret\r\n")},
		{Side: wire.Server, Wire: []byte("A1 OK done\r\n")},
		{Side: wire.Client, Wire: []byte("A2 ENABLE QRESYNC\r\n")},
		{Side: wire.Server, Wire: []byte("A2 OK ENABLE completed\r\n")},
	} {
		event := session.Event{Side: m.Side, ID: uint32(i)}
		event.Message, event.Err = p.Message(m.Wire, m.Side, tracker.Wire().Mode)
		effect := tracker.Feed(&event)
		findings = doctor.Feed(&diagnose.Case{Message: &m, Event: &event, Effect: effect, Tracker: &tracker, Notes: p.Notes}, findings)
	}
	for _, f := range doctor.Finish(&tracker, findings) {
		fmt.Println(f.Message, f.Severity, f.ID, f.Args, f.Producer)
	}
	// Output:
	// 4 quirk enable-without-enabled [QRESYNC] iCloud
}
