package parser_test

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// A client reads responses until its command is completed; a large body goes elsewhere while it comes.
func ExampleReader_client() {
	conn := strings.NewReader("* 1 FETCH (UID 7 BODY[] {13}\r\nHello, world!)\r\n* 2 EXISTS\r\nA1 OK done\r\n")
	r := parser.NewReader(conn)
	r.OnLiteral = func(l *parser.Literal) error {
		body, err := io.ReadAll(l) // or io.Copy to a file
		fmt.Printf("%d octets: %s\n", l.Size, body)
		return err
	}
	for {
		resp, err := r.ReadResponse()
		if err != nil {
			fmt.Println(err)
			return
		}
		switch {
		case resp.Kind == imap.Tagged:
			fmt.Println(resp.Tag, "is completed:", resp.Status == imap.OK)
			return
		case resp.Name == imap.RespFetch:
			uid, _ := resp.UID()
			fmt.Println("message with UID", uid)
		default:
			fmt.Println(resp.Num, resp.Name)
		}
	}
	// Output:
	// 13 octets: Hello, world!
	// message with UID 7
	// 2 EXISTS
	// A1 is completed: true
}

// A server asks for literals, refuses those that it doesn't want, and answers syntax errors with the tag that it could read.
func ExampleReader_server() {
	conn := strings.NewReader("A1 LOGIN {3}\r\nann secret\r\nA2 APPEND INBOX {9000000}\r\nA3 FETCH x FLAGS\r\nA4 LOGOUT\r\n")
	r := parser.NewReader(conn)
	r.Continue = func() error { fmt.Println("+ go on"); return nil }
	r.OnLiteral = func(l *parser.Literal) error {
		if l.Size > 1<<20 {
			return errors.New("message is too large")
		}
		return nil
	}
	for {
		cmd, err := r.ReadCommand()
		if cmd == nil {
			return // the connection is over
		}
		if err != nil {
			fmt.Println(cmd.Tag, "BAD", err)
			continue
		}
		fmt.Println(cmd.Tag, "OK", cmd.Name)
	}
	// Output:
	// + go on
	// A1 OK LOGIN
	// A2 BAD message is too large
	// A3 BAD imap: offset 62, in fetch: expected sequence-set, found 'x'
	// A4 OK LOGOUT
}

// A proxy reads whatever side says and passes it on as it came. What only a session knows, it tells by State.
func ExampleReader_proxy() {
	conn := strings.NewReader("A1 IDLE\r\nDONE\r\nA2 LOGOUT\r\n")
	var idle bool
	r := parser.NewReader(conn)
	r.Parser.Quirks = parser.Lenient
	r.State = func() (s wire.State) {
		if idle {
			s.Mode = wire.ModeIdle
		}
		return s
	}
	for {
		m, err := r.ReadMessage(wire.Client)
		if r.Bytes() == nil {
			return
		}
		switch {
		case err != nil:
			fmt.Println(err)
		case m.Done:
			idle = false
		case m.Command != nil:
			idle = m.Command.Name == imap.CmdIdle
		}
		fmt.Printf("to the server: %q\n", r.Bytes())
	}
	// Output:
	// to the server: "A1 IDLE\r\n"
	// to the server: "DONE\r\n"
	// to the server: "A2 LOGOUT\r\n"
}

// A test compares values, whatever the spelling.
func ExampleParseResponse() {
	got, err := parser.ParseResponse([]byte("* status {5}\r\nINBOX (messages 3 uidnext 9)\r\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	want, _ := parser.ParseResponse([]byte("* STATUS INBOX (MESSAGES 3 UIDNEXT 9)\r\n"))
	fmt.Println(got.Equal(want))

	_, err = parser.ParseResponse([]byte("* STATUS INBOX (MESSAGES x)\r\n"))
	fmt.Println(err)
	// Output:
	// true
	// imap: offset 25, in status-att-val: expected number, found 'x'
}

// With a tree every byte has a node; with quirks the Notes tell what was forgiven.
func ExampleParser_Response() {
	in := []byte("* FLAGS (\\Seen $Forwarded )\r\n")
	p := parser.Parser{Options: parser.Options{Quirks: parser.Lenient}, Tree: new(syntax.Tree)}
	r, err := p.Response(in)
	fmt.Println(len(r.Data.(*imap.FlagList).Flags), err)
	for _, n := range p.Notes {
		fmt.Printf("%s at %d\n", n.Quirk.ID(), n.Span.Start)
	}
	for id := range p.Tree.At(12) {
		n := p.Tree.Nodes[id]
		fmt.Printf("%s %q\n", n.Kind, n.Of(in))
	}
	// Output:
	// 2 <nil>
	// space-before-paren at 25
	// response "* FLAGS (\\Seen $Forwarded )\r\n"
	// flags-data "FLAGS (\\Seen $Forwarded )"
	// flag-list "(\\Seen $Forwarded )"
	// flag "\\Seen"
}
