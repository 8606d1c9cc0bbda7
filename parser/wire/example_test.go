package wire_test

import (
	"fmt"
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// A server reads a command whose first literal waits for its "+" and whose second comes at once.
func ExampleFramer() {
	f := wire.Framer{Side: wire.Client}
	var buf []byte
	for _, piece := range []string{"a LOGIN {3}\r\n", "joe {3+}\r\nxyz\r\nb NO", "OP\r\n"} {
		buf = append(buf, piece...)
		for ev := wire.Event(99); ev != wire.NeedMore; {
			var n int
			n, ev, _ = f.Next(buf)
			switch ev {
			case wire.LiteralSync:
				fmt.Println("+ go on with", f.Literal().Size)
			case wire.FrameEnd:
				fmt.Printf("%q\n", buf[:n])
				buf = buf[n:]
			}
		}
	}
	// Output:
	// + go on with 3
	// "a LOGIN {3}\r\njoe {3+}\r\nxyz\r\n"
	// "b NOOP\r\n"
}

func ExampleAppendMUTF7() {
	fmt.Printf("%s\n", wire.AppendMUTF7(nil, []byte("Entwürfe & Notizen")))
	// Output: Entw&APw-rfe &- Notizen
}

func ExampleAppendMUTF7Decoded() {
	name, err := wire.AppendMUTF7Decoded(nil, []byte("~peter/mail/&U,BTFw-/&ZeVnLIqe-"))
	fmt.Printf("%s %v\n", name, err)
	_, err = wire.AppendMUTF7Decoded(nil, []byte("R&D"))
	fmt.Println(err)
	// Output:
	// ~peter/mail/台北/日本語 <nil>
	// wire: modified UTF-7: a shift isn't ended, at offset 3
}

func ExampleConsumeDateTime() {
	d, n := wire.ConsumeDateTime([]byte(`"17-Jul-1996 02:44:25 -0700")`))
	fmt.Println(n, d.Time().Format(time.RFC3339))
	fmt.Printf("%s\n", wire.AppendDateTime(nil, d))
	// Output:
	// 28 1996-07-17T02:44:25-07:00
	// "17-Jul-1996 02:44:25 -0700"
}

func ExampleFaultOf() {
	n := wire.ConsumeSequenceSet([]byte("1:4,0"))
	fault, at := wire.FaultOf(n)
	fmt.Println(fault, "at", at)
	fmt.Println(wire.IsTruncated(wire.ConsumeSequenceSet([]byte("1:4,"))))
	// Output:
	// zero or a leading zero in a number that may have neither at 4
	// true
}
