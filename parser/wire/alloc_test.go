package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// fault keeps a result, so that the call is not for nothing.
var fault Fault

// TestNoAllocs runs everything that a grammar calls on the way.
func TestNoAllocs(t *testing.T) {
	dst := make([]byte, 0, 1024)
	fetch := []byte("* 1 FETCH (BODY[] {3}\r\nabc FLAGS (\\Seen))\r\n")
	frame := Framer{Side: Server}
	for name, f := range map[string]func(){
		"atom":       func() { ConsumeAtom(fetch) },
		"text":       func() { ConsumeText(fetch, true) },
		"quoted":     func() { ConsumeQuoted([]byte(`"a\"b"`), true) },
		"number":     func() { ConsumeUint64(fetch[2:]) },
		"set":        func() { ConsumeSequenceSet([]byte("1:4,7,*")) },
		"literal":    func() { ConsumeLiteralHeader(fetch[18:]) },
		"date-time":  func() { ConsumeDateTime([]byte(`"17-Jul-1996 02:44:25 -0700"`)) },
		"date":       func() { ConsumeDate([]byte("17-Jul-1996")) },
		"a fault":    func() { fault, _ = FaultOf(ConsumeSequenceSet([]byte("1:0"))) },
		"head":       func() { Head(fetch) },
		"fold":       func() { EqualFold(fetch[4:9], "fetch") },
		"to MUTF7":   func() { AppendMUTF7(dst, []byte("Entwürfe")) },
		"from MUTF7": func() { AppendMUTF7Decoded(dst, []byte("Entw&APw-rfe")) },
		"quote":      func() { AppendQuoted(dst, []byte(`a"b`)) },
		"unquote":    func() { AppendUnquoted(dst, []byte(`a\"b`)) },
		"to date":    func() { AppendDateTime(dst, DateTime{Year: 2026, Month: 1, Day: 1}) },
		"framer": func() {
			for ev := NeedMore; ev != FrameEnd; {
				_, ev, _ = frame.Next(fetch)
			}
		},
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}
