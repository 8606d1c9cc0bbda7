package encoder_test

import (
	"fmt"
	"net"

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
