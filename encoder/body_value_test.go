package encoder_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// TestURLFetchBodies: a body structure that URLFETCH has as a generic value is written as it was read, and what was changed in it, in any place, is
// written only where the grammar still has it.
func TestURLFetchBodies(t *testing.T) {
	written, refused := 0, 0
	for _, body := range []string{
		`("TEXT" "PLAIN" NIL NIL NIL "7BIT" 2 1)`,
		`("TEXT" "PLAIN" ("CHARSET" "UTF-8") "<1@example.org>" "a part" "7BIT" 2 1 "md5" ("inline" ("filename" "x")) ("en" "de") "loc" 12 ("x" (NIL 3)))`,
		`(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 2 1)(("IMAGE" "PNG" NIL NIL NIL "BASE64" 2) "RELATED") "MIXED" ("BOUNDARY" "x") NIL "en" NIL "y")`,
		`("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 9 ("date" NIL ((NIL NIL "ann" "example.org")("Bob" NIL "bob" "example.org")) NIL NIL NIL NIL NIL NIL "<1>")` +
			` ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 2 1) 3 NIL)`,
		`("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 9)`,
	} {
		in := "* URLFETCH imap://example.org/x (BODYPARTSTRUCTURE " + body + ")\r\n"
		m, err := parse([]byte(in), wire.Server, false)
		require.NoError(t, err, body)
		require.Equal(t, in, response(t, m.Response, encoder.Options{}))
		root := &m.Response.Data.(*imap.URLData).Items[0].Parts[0].List[1]
		try := func() {
			for _, o := range []encoder.Options{{}, {Style: encoder.Literals}} {
				out, err := encoder.AppendResponse(nil, m.Response, o)
				if err != nil {
					require.ErrorIs(t, err, encoder.ErrType)
					refused++
					continue
				}
				again, err := parse(out, wire.Server, false)
				require.NoError(t, err, "%s", out)
				require.True(t, equal(m, again), "%s", out)
				written++
			}
		}
		for todo := []*imap.Value{root}; len(todo) > 0; {
			v := todo[0]
			todo = todo[1:]
			kept := *v
			for _, other := range []imap.Value{
				{},
				{IsList: true},
				{Str: imap.Str("text")},
				{Str: imap.String{Raw: []byte("7"), Form: imap.FormAtom}},
				{Str: imap.String{Raw: []byte("word"), Form: imap.FormAtom}},
				{Str: imap.String{Raw: []byte("x"), Form: imap.FormLiteral8}},
				{IsList: true, List: []imap.Value{{Str: imap.Str("a")}}},
				{IsList: true, List: []imap.Value{{Str: imap.Str("a")}, {Str: imap.Str("b")}}},
			} {
				*v = other
				try()
			}
			*v = kept
			for i := range kept.List {
				todo = append(todo, &kept.List[i])
				v.List = slices.Delete(slices.Clone(kept.List), i, i+1)
				try()
				v.List = slices.Insert(slices.Clone(kept.List), i, kept.List[i])
				try()
			}
			*v = kept
		}
	}
	require.Greater(t, written, 100)
	require.Greater(t, refused, 1000)
}
