package imap_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
)

// A client walks the parts of a message to find its text and its attachments.
func ExampleBodyStructure_Walk() {
	r, err := parser.ParseResponse([]byte(`* 4 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 120 4)` +
		`("IMAGE" "PNG" NIL NIL NIL "BASE64" 4096 NIL ("attachment" ("filename" "map.png"))) "MIXED"))` + "\r\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for part, b := range r.Data.(*imap.Fetch).BodyStructure().Walk() {
		fmt.Printf("%v %s %q\n", part, b.MediaType(), b.Filename())
	}
	// Output:
	// [] multipart/mixed ""
	// [1] text/plain ""
	// [2] image/png "map.png"
}

// A set keeps its wire form; what "*" stands for is known by whoever walks over it.
func ExampleNumSet_Nums() {
	set, err := imap.ParseSet("2,4:6,9:*")
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range set.Nums(10) {
		fmt.Print(n, " ")
	}
	fmt.Println(set.Contains(7, 10), set.Count(10))
	// Output: 2 4 5 6 9 10 false 6
}

// What a Parser returns lives until its next message; Clone keeps it.
func ExampleResponse_Clone() {
	var p parser.Parser
	r, err := p.Response([]byte("* 2 FETCH (UID 7 BODY[TEXT]<0> {5}\r\nhello FLAGS (\\Seen))\r\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	kept := r.Clone()
	if _, err = p.Response([]byte("* 3 EXISTS\r\n")); err != nil {
		fmt.Println(err)
		return
	}
	f := kept.Data.(*imap.Fetch)
	uid, _ := f.UID()
	flags, _ := f.Flags()
	fmt.Println(kept.Num, uid, imap.HasFlag(flags, imap.FlagSeen))
	// Output: 2 7 true
}
