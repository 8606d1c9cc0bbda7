package syntax_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser/syntax"
)

// A grammar builds the tree, front to back; a highlighter and a tooltip read it.
func ExampleTree() {
	src := []byte("A1 NOOP\r\n")
	var t syntax.Tree
	command := t.Open(syntax.KindCommand, 0)
	t.Leaf(syntax.KindTag, 0, 2)
	t.Leaf(syntax.KindSP, 2, 3)
	t.Leaf(syntax.KindCommandAny, 3, 7)
	t.Leaf(syntax.KindCRLF, 7, 9)
	t.Close(command, 9)

	for span, id := range t.Tokens() {
		fmt.Printf("%-7v %q\n", t.Nodes[id].Kind.Class(), span.Of(src))
	}
	for id := range t.At(4) {
		fmt.Println(t.Nodes[id].Kind, "of", t.Nodes[id].Kind.RFC())
	}
	// Output:
	// tag     "A1"
	// punct   " "
	// keyword "NOOP"
	// punct   "\r\n"
	// command of RFC 9051 §9
	// command-any of RFC 9051 §9
}

func ExampleTree_AppendDump() {
	src := []byte("A1 NOOP\r\n")
	var t syntax.Tree
	command := t.Open(syntax.KindCommand, 0)
	t.Leaf(syntax.KindTag, 0, 2)
	t.Leaf(syntax.KindCommandAny, 3, 7)
	t.Close(command, 9)
	fmt.Printf("%s", t.AppendDump(nil, src))
	// Output:
	// (command 0:9
	//   (tag 0:2 "A1")
	//   (command-any 3:7 "NOOP"))
}
