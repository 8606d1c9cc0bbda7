package session_test

import (
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	. "github.com/imapwire/imapwire/parser/session"
)

// BenchmarkFeed follows a command, a hundred FETCH responses and the completion, already parsed.
func BenchmarkFeed(b *testing.B) {
	p := play(b, inbox)
	parsers := make([]parser.Parser, 3)
	var events []Event
	cmd, err := parsers[0].Command([]byte("x UID FETCH 1:* (FLAGS)\r\n"))
	if err != nil {
		b.Fatal(err)
	}
	fetch, err := parsers[1].Response([]byte("* 2 FETCH (UID 55 FLAGS (\\Seen))\r\n"))
	if err != nil {
		b.Fatal(err)
	}
	ok, err := parsers[2].Response([]byte("x OK done\r\n"))
	if err != nil {
		b.Fatal(err)
	}
	events = append(events, Event{Message: imap.Message{Command: cmd}})
	for range 100 {
		events = append(events, Event{Message: imap.Message{Response: fetch}})
	}
	events = append(events, Event{Message: imap.Message{Response: ok}})
	b.ReportAllocs()
	for b.Loop() {
		for i := range events {
			p.tracker.Feed(&events[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/message")
}

// BenchmarkCheckpoint is what an editor pays to be able to go on from here.
func BenchmarkCheckpoint(b *testing.B) {
	p := play(b, inbox)
	var kept [64]Tracker
	for i := 0; b.Loop(); i++ {
		kept[i&63] = p.tracker
	}
	_ = kept
}
