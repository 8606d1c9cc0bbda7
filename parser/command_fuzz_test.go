package parser_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// seedClient adds the client side of the corpus to f.
func seedClient(f *testing.F, flag string) {
	for v := range corpus.Tests() {
		if v.Side == "client" && (flag == "" && !v.Has("auth") && !v.Has("idle") || flag != "" && v.Has(flag)) {
			f.Add(v.Bytes())
		}
	}
}

// FuzzCommand checks what holds for any bytes that a client sends: no panic, nodes linear in the input, the tree tiles the message and changes
// nothing, lenience changes no value that strict reading accepts, and an error at k means that what stands before k is merely truncated.
func FuzzCommand(f *testing.F) {
	seedClient(f, "")
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<14 {
			return
		}
		var p parser.Parser
		c, strictErr := p.Command(b)
		strict := c.Clone()
		var e *parser.Error
		if errors.As(strictErr, &e) && !errors.Is(strictErr, parser.ErrTruncated) {
			require.Less(t, int(e.Span.Start), len(b))
			if e.Code != parser.ErrorDepthLimit && e.Code != parser.ErrorTrailingData {
				_, err := p.Command(b[:e.Span.Start])
				require.ErrorIs(t, err, parser.ErrTruncated, "%q: %v, but %q is no beginning of a command", b, strictErr, b[:e.Span.Start])
			}
		}

		p.Tree = new(syntax.Tree)
		c, err := p.Command(b)
		require.True(t, strict.Equal(c), "the tree changes the value")
		require.Equal(t, errorOf(strictErr), errorOf(err), "the tree changes the error")
		requireTiles(t, p.Tree, b)
		require.LessOrEqual(t, len(p.Tree.Nodes), 4*len(b)+4)

		p.Quirks = parser.Lenient
		c, err = p.Command(b)
		requireTiles(t, p.Tree, b)
		require.LessOrEqual(t, len(p.Notes), 2*len(b)+2)
		if strictErr == nil {
			require.NoError(t, err, "strict accepts %q, lenient does not", b)
			require.True(t, strict.Equal(c), "lenience changes the value of %q", b)
			for _, n := range p.Notes {
				require.Equal(t, parser.QuirkNone, n.Quirk, "%q is valid, but %s is noted", b, n.Quirk.ID())
			}
		}
	})
}

// FuzzAuthLine checks the lines of SASL exchanges and IDLE.
func FuzzAuthLine(f *testing.F) {
	seedClient(f, "auth")
	seedClient(f, "idle")
	f.Fuzz(func(t *testing.T, b []byte) {
		var p parser.Parser
		p.Tree = new(syntax.Tree)
		a, err := p.AuthLine(b)
		requireTiles(t, p.Tree, b)
		if err == nil {
			require.True(t, a.Cancel || len(a.Raw)%4 == 0)
			_, err := imap.AuthData.Append(a, nil)
			require.NoError(t, err)
		}
		err = p.IdleDone(b)
		requireTiles(t, p.Tree, b)
		if err == nil {
			require.Len(t, b, 6)
		}
	})
}
