package explain_test

import (
	"fmt"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// What a message says, in one sentence.
func ExampleTable_AppendSummary() {
	var p parser.Parser
	m, err := p.Message([]byte("a7 UID STORE 4:6 +FLAGS (\\Deleted)\r\n"), wire.Client, wire.ModeCommand)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", words.English().AppendSummary(nil, m))
	fmt.Printf("%s\n", words.Chinese().AppendSummary(nil, m))
	// Output:
	// Client adds \Deleted to messages with UIDs 4 to 6.
	// 客户端给邮件（UID 4 至 6）加上 \Deleted。
}

// What the token under a pointer is: with a tree, by its place in the grammar.
func ExampleTable_Token() {
	var tree syntax.Tree
	src := []byte("* OK [UIDVALIDITY 3857529045] UIDs valid\r\n")
	p := parser.Parser{Tree: &tree}
	if _, err := p.Response(src); err != nil {
		fmt.Println(err)
		return
	}
	for i, n := range tree.Nodes {
		if n.Kind == syntax.KindRespCodeName {
			e, _ := words.English().Token(&tree, syntax.ID(i), src)
			fmt.Println(e.Short, e.RFC, e.Section)
		}
	}
	// Output: While this number stays, cached UIDs are valid. RFC 9051 7.1
}

// The words of one id, by topic.
func ExampleTable_Entry() {
	e, ok := words.English().Entry(explain.Items, "BODY.PEEK")
	fmt.Println(ok, e.Short)
	// Output: true A part of the message, without marking it as read.
}
