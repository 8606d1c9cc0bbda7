package redact_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// A proxy that writes a log finds what must not stand in it.
func ExampleFinder_Find() {
	line := []byte("a1 LOGIN bob \"open sesame\"\r\n")
	var p parser.Parser
	message, err := p.Message(line, wire.Client, wire.ModeCommand)
	event := session.Event{Message: message, Err: err, Side: wire.Client}

	var f redact.Finder
	for _, s := range f.Find(nil, &transcript.Message{Side: wire.Client, Wire: line}, &event) {
		fmt.Printf("%s<%v>%s", line[:s.Span.Start], s.Kind, line[s.Span.End:])
	}
	// Output: a1 LOGIN bob "<password>"
}
