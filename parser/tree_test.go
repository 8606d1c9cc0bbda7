package parser_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/syntax"
)

// The nodes of a literal: the rule that it stands for, the literal, its header, its octets.
func TestLiteralNodes(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string // kind and bytes, in preorder
	}{
		{"A1 DELETE {3}\r\nabc\r\n", []string{"mailbox {3}\r\nabc", "literal {3}\r\nabc", "literal-header {3}\r\n", "literal-octets abc"}},
		{"A1 DELETE {0+}\r\n\r\n", []string{"mailbox {0+}\r\n", "literal {0+}\r\n", "literal-header {0+}\r\n"}},
		{"A1 APPEND a ~{2}\r\n\x00x\r\n", []string{"mailbox a", "literal8 ~{2}\r\n\x00x", "literal-header ~{2}\r\n", "literal-octets \x00x"}},
	} {
		p := parser.Parser{Tree: new(syntax.Tree)}
		_, err := p.Command([]byte(c.in))
		require.NoError(t, err, "%q", c.in)
		requireTiles(t, p.Tree, []byte(c.in))
		var got []string
		for i := range p.Tree.Nodes {
			if n := &p.Tree.Nodes[i]; n.Kind.String() == "mailbox" && n.Start == 10 || n.Kind >= syntax.KindLiteral && n.Kind <= syntax.KindLiteralOctets {
				got = append(got, n.Kind.String()+" "+string(n.Of([]byte(c.in))))
			}
		}
		require.Equal(t, c.want, got, "%q", c.in)
	}
}
