package encoder_test

import (
	"bytes"
	"fmt"
	"net"
	"strings"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
)

// A client and a server, both written with this package and the parser, over a pipe.
func ExampleWriter() {
	near, far := net.Pipe()
	go newServer().serve(far)
	c := newClient(near)
	c.read() // the greeting
	c.do(encoder.Login("A1", "ann", "pass word"))
	done, _ := c.do(encoder.Append("A2", "INBOX", imap.Str("Subject: hello\r\n\r\nWorld\r\n"), `\Seen`))
	fmt.Println(done.Tag, done.Status)
	c.do(encoder.Select("A3", "INBOX"))
	c.do(encoder.Fetch("A4", imap.SetOf(1), encoder.Peek(nil), imap.FetchAtt{Name: imap.AttFlags}))
	f, _ := data[*imap.Fetch](c)
	body, _ := f.Section(nil)
	flags, _ := f.Flags()
	fmt.Printf("%q %v\n", body.String(), flags[0])
	c.do(encoder.Command("A5", imap.CmdLogout, nil))
	// Output:
	// A2 OK
	// "Subject: hello\r\n\r\nWorld\r\n" \Seen
}

func ExampleAppendCommand() {
	c := encoder.UID(encoder.Search("A1", imap.Or(imap.TextKey(imap.KeyFrom, "ann"), imap.TextKey(imap.KeySubject, "two words"))))
	b, err := encoder.AppendCommand(nil, c, encoder.Options{})
	fmt.Printf("%q %v\n", b, err)
	_, err = encoder.AppendCommand(nil, encoder.Select("A2\r\nA3", "INBOX"), encoder.Options{})
	fmt.Println(err)
	// Output:
	// "A1 UID SEARCH OR FROM ann SUBJECT \"two words\"\r\n" <nil>
	// encoder: Tag: not a tag
}

// A client that may not send a literal's octets before the server asks for them.
func ExampleBuffer_Segments() {
	var w encoder.Buffer
	w.Command(encoder.Append("A1", "Drafts", imap.Str("Hi\r\n")))
	for s := range w.Segments() {
		fmt.Printf("%q wait=%t\n", s.Bytes, s.Wait)
	}
	// Output:
	// "A1 APPEND Drafts {4}\r\n" wait=true
	// "Hi\r\n\r\n" wait=false
}

// A message that is not in memory goes from its reader to the server: its size is announced, and its octets are sent once the server asks for them.
func ExampleWriter_Command() {
	var line bytes.Buffer // stands for the connection
	w := encoder.NewWriter(&line)
	w.Wait = func() error {
		// Here a client reads responses until the server's "+", or returns an error made from a tagged NO.
		line.WriteString("(the server says +)")
		return nil
	}
	body := strings.NewReader("Subject: hello\r\n\r\nWorld\r\n")
	err := w.Command(encoder.Append("A1", "Drafts", imap.Stream(uint32(body.Len())), `\Draft`), body)
	fmt.Printf("%q %v\n", line.String(), err)
	// Output: "A1 APPEND Drafts (\\Draft) {25}\r\n(the server says +)Subject: hello\r\n\r\nWorld\r\n\r\n" <nil>
}

// What a server in a test answers to SELECT and to FETCH.
func ExampleWriter_Response() {
	var line bytes.Buffer
	w := encoder.NewWriter(&line)
	w.Response(encoder.FlagsData(`\Seen`, "$Work"))
	w.Response(encoder.Number(23, imap.RespExists))
	w.Response(encoder.WithCode(encoder.Status("", imap.OK, "UIDs valid"), imap.Code{Name: imap.CodeUIDValidity, Num: 3857529045}))
	w.Response(encoder.WithCode(encoder.Status("A2", imap.OK, "done"), imap.Code{Name: imap.CodeReadWrite}))
	w.Response(encoder.FetchData(12, imap.FetchData{Name: imap.AttUID, Num: 77}, imap.FetchData{Name: imap.AttSection, Str: imap.Str("Hi\r\n")}))
	w.Flush()
	fmt.Print(strings.ReplaceAll(line.String(), "\r", ""))
	// Output:
	// * FLAGS (\Seen $Work)
	// * 23 EXISTS
	// * OK [UIDVALIDITY 3857529045] UIDs valid
	// A2 OK [READ-WRITE] done
	// * 12 FETCH (UID 77 BODY[] {4}
	// Hi
	// )
}

// One element of a message, for those who write the rest themselves.
func ExampleAppendMailbox() {
	b := []byte("A1 XMARK ")
	b, err := encoder.AppendMailbox(b, imap.MailboxOf("Entwürfe"), encoder.Options{})
	fmt.Printf("%q %v\n", b, err)
	// Output: "A1 XMARK Entw&APw-rfe" <nil>
}

// A command without a shortcut of its own is built from its arguments.
func ExampleCommand() {
	newest := imap.SortKeyOf("DATE")
	newest.Reverse = true
	sort := encoder.UID(encoder.Command("A6", imap.CmdSort, &imap.SortArgs{
		SearchArgs: imap.SearchArgs{Charset: []byte("UTF-8"), Keys: []imap.SearchKey{{Op: imap.KeyUnseen}}},
		Sort:       []imap.SortKey{newest, imap.SortKeyOf("SUBJECT")},
	}))
	b, err := encoder.AppendCommand(nil, sort, encoder.Options{})
	fmt.Printf("%q %v\n", b, err)
	// Output: "A6 UID SORT (REVERSE DATE SUBJECT) UTF-8 UNSEEN\r\n" <nil>
}
