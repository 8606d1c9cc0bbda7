package mailtext_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/imap/mailtext"
)

// An envelope arrives as it stood in the header; a Decoder makes it readable.
func ExampleDecoder_Text() {
	r, err := parser.ParseResponse([]byte(`* 1 FETCH (ENVELOPE (NIL "=?utf-8?Q?caf=C3=A9?=" ` +
		`(("=?iso-8859-1?Q?Andr=E9?=" NIL "andre" "example.org")) NIL NIL NIL NIL NIL NIL NIL))` + "\r\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	e := r.Data.(*imap.Fetch).Envelope()
	var d mailtext.Decoder
	fmt.Println(d.Text(e.Subject))
	for _, a := range d.Addresses(e.From) {
		fmt.Println(a.Name, a.Address)
	}
	// Output:
	// café
	// André andre@example.org
}
