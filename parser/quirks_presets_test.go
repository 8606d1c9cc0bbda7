package parser_test

import (
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/stretchr/testify/require"
)

func TestQuirksFor(t *testing.T) {
	n := 0
	for product := range parser.Products {
		q, ok := parser.QuirksFor(product)
		require.True(t, ok, product)
		require.NotZero(t, q, product)
		for x := range q.All() {
			require.True(t, parser.Lenient.Has(x), product)
			require.False(t, x.OfCommands(), product)
		}
		n++
	}
	require.Greater(t, n, 20)
	_, ok := parser.QuirksFor("nobody")
	require.False(t, ok)

	davmail, ok := parser.QuirksFor("DavMail")
	require.True(t, ok)
	p := parser.Parser{Options: parser.Options{Quirks: davmail}}
	r, err := p.Response([]byte("*  522 EXISTS\r\n"))
	require.NoError(t, err)
	require.Equal(t, uint32(522), r.Num)
	_, err = p.Response([]byte("* OK\r\n"))
	require.ErrorIs(t, err, parser.ErrorExpectedSP)
}

func TestQuirksSet(t *testing.T) {
	var q parser.Quirks
	q.Add(parser.QuirkNUL)
	q.Add(parser.QuirkMissingSpace)
	require.True(t, q.Has(parser.QuirkNUL))
	require.True(t, q.Has(parser.QuirkMissingSpace))
	require.False(t, q.Has(parser.QuirkBareLF))
	q.Remove(parser.QuirkNUL)
	require.Equal(t, parser.QuirksOf(parser.QuirkMissingSpace), q)
	seen := map[string]bool{}
	for x := range parser.Lenient.All() {
		id := x.ID()
		require.NotEmpty(t, id)
		require.False(t, seen[id], id)
		seen[id] = true
		back, ok := parser.QuirkByID(id)
		require.True(t, ok)
		require.Equal(t, x, back)
	}
}
