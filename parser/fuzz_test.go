package parser_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
	"github.com/stretchr/testify/require"
)

// seed adds every message that this package's tests know, of the server's side.
func seed(f *testing.F) {
	for _, s := range validResponses {
		f.Add([]byte(s))
	}
	for _, c := range quirkCases {
		f.Add([]byte(c.in))
	}
}

// result is what a parse gives, owned.
type result struct {
	r     *imap.Response
	err   error
	notes []parser.Note
	tree  *syntax.Tree
}

func parse(o parser.Options, tree bool, b []byte) result {
	p := parser.Parser{Options: o}
	if tree {
		p.Tree = new(syntax.Tree)
	}
	r, err := p.Response(b)
	return result{r.Clone(), err, p.Notes, p.Tree}
}

var lenient = parser.Options{Quirks: parser.Lenient}

func sameResponse(a, b *imap.Response) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(b)
}

func sameError(a, b error) bool {
	var x, y *parser.Error
	if !errors.As(a, &x) || !errors.As(b, &y) {
		return a == b
	}
	return x.Code == y.Code && x.Rule == y.Rule && x.Span == y.Span && x.Expect == y.Expect && slices.Equal(x.Words, y.Words) && x.Base == y.Base
}

// FuzzResponse: no panic whatever the bytes, and work linear in them: as many nodes and notes as there are bytes, give or take a factor.
func FuzzResponse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, o := range []parser.Options{{}, lenient, {UTF8: true, UIDOnly: true}} {
			got := parse(o, true, b)
			require.LessOrEqual(t, len(got.tree.Nodes), 8*len(b)+8)
			require.LessOrEqual(t, len(got.notes), 4*len(b)+4)
			if got.err != nil {
				var e *parser.Error
				require.ErrorAs(t, got.err, &e)
				require.NotEmpty(t, e.Error())
				require.NotEmpty(t, e.Excerpt(b))
				require.LessOrEqual(t, e.Span.Start, e.Span.End)
				require.LessOrEqual(t, int(e.Span.End), len(b))
			} else {
				require.NotNil(t, got.r)
			}
		}
	})
}

// FuzzTiling: the nodes are in preorder, lie in their parents one after the other, and leaves and gaps together are all the bytes.
func FuzzTiling(f *testing.F) {
	seed(f)
	f.Add([]byte("0 FETCH(0 {1}\n\r\r\r\n"))
	f.Add([]byte("0 FETCH(0 {17}\n0000000000000000\r\n"))
	f.Add([]byte("*0 FETCH(BODY(\"\" \"\" NIL 0 0 \"\" NIL ()"))
	f.Add([]byte("* 1 FETCH (BODY (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 ()))\r\n"))
	f.Add([]byte("* 1 FETCH (BODY (\"text\" \"plain\" (\"charset\" \"x\") NIL NIL \"7bit\" 1 1 (\"a\" \"b\")))\r\n"))
	f.Add([]byte("* 1 FETCH (BODY (\"multipart\" \"mixed\" NIL NIL NIL \"7bit\" 1 1 (\"a\" \"b\")))\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, o := range []parser.Options{{}, lenient} {
			got := parse(o, true, b)
			checkTree(t, got.tree, len(b))
		}
	})
}

func checkTree(t *testing.T, tree *syntax.Tree, size int) {
	t.Helper()
	nodes := tree.Nodes
	if size == 0 {
		return
	}
	require.NotEmpty(t, nodes)
	require.Equal(t, wire.Span{End: uint32(size)}, nodes[0].Span)
	require.Equal(t, uint32(len(nodes)), nodes[0].Next)
	type open struct{ end, next, at uint32 }
	var stack []open
	for i, n := range nodes {
		for len(stack) > 0 && stack[len(stack)-1].next == uint32(i) {
			stack = stack[:len(stack)-1]
		}
		require.LessOrEqual(t, n.Start, n.End, "node %d", i)
		require.Greater(t, n.Next, uint32(i), "node %d", i)
		if len(stack) > 0 {
			top := &stack[len(stack)-1]
			require.LessOrEqual(t, n.Next, top.next, "node %d", i)
			require.LessOrEqual(t, n.End, top.end, "node %d %s ends behind its parent", i, n.Kind)
			require.GreaterOrEqual(t, n.Start, top.at, "node %d %s starts before its sibling ends", i, n.Kind)
			top.at = n.End
		}
		stack = append(stack, open{n.End, n.Next, n.Start})
	}
	at := uint32(0)
	for span := range tree.Tokens() {
		require.Equal(t, at, span.Start)
		at = span.End
	}
	require.Equal(t, uint32(size), at)
}

// FuzzStrictness: what the strict grammar takes the lenient one takes too, with the same value, and without a note of a quirk.
func FuzzStrictness(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		strict := parse(parser.Options{}, false, b)
		if strict.err != nil {
			return
		}
		loose := parse(lenient, false, b)
		require.NoError(t, loose.err)
		require.True(t, strict.r.Equal(loose.r))
		require.Equal(t, strict.notes, loose.notes)
	})
}

// FuzzTreeless: with a tree or without, the values, the notes and the error are the same.
func FuzzTreeless(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, o := range []parser.Options{{}, lenient} {
			with, without := parse(o, true, b), parse(o, false, b)
			require.True(t, sameError(with.err, without.err), "%v\n%v", with.err, without.err)
			require.True(t, sameResponse(with.r, without.r))
			require.Equal(t, with.notes, without.notes)
		}
	})
}

// FuzzLimits: a limit makes an error of its own, never another value.
func FuzzLimits(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		free := parse(parser.Options{}, false, b)
		if free.err != nil {
			return
		}
		for _, l := range []wire.Limits{{Depth: 1}, {Depth: 2}, {Depth: 4}, {Nodes: 1}, {Nodes: 3}, {Nodes: 10}} {
			got := parse(parser.Options{Limits: l}, false, b)
			if got.err == nil {
				require.True(t, free.r.Equal(got.r))
				continue
			}
			require.True(t, errors.Is(got.err, parser.ErrorDepthLimit) || errors.Is(got.err, parser.ErrorNodeLimit), "%v", got.err)
		}
	})
}

// FuzzTruncation: an error at offset k means that the first k bytes are merely too few; and no proper prefix of a valid message is valid or
// wrong in any other way.
func FuzzTruncation(f *testing.F) {
	seed(f)
	f.Add([]byte("0 OK [INPROGRESS (\"]\" NIL\""))
	f.Add([]byte("* 1 FETCH (0[\"\"] {21}\r\n000000000000000000000)\r\n"))
	f.Add([]byte("* 1 FETCH (0[\"a\\\"\x01\\x\"] 1)\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got := parse(parser.Options{}, false, b)
		var e *parser.Error
		if errors.As(got.err, &e) {
			if e.Code >= parser.ErrorDepthLimit && e.Code <= parser.ErrorFrameLimit {
				return
			}
			if e.Code == parser.ErrorTrailingData {
				require.NoError(t, parse(parser.Options{}, false, b[:e.Span.Start]).err)
				return
			}
			head := parse(parser.Options{}, false, b[:e.Span.Start])
			require.ErrorIs(t, head.err, parser.ErrTruncated, "%v", got.err)
			return
		}
		if len(b) > 400 {
			return
		}
		for k := range b {
			require.ErrorIs(t, parse(parser.Options{}, false, b[:k]).err, parser.ErrTruncated, "%q", b[:k])
		}
	})
}

// FuzzReuse: a parser that has read other messages before gives what a new one gives.
func FuzzReuse(f *testing.F) {
	for k, s := range validResponses {
		f.Add([]byte(s), []byte(validResponses[(k+7)%len(validResponses)]))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		p := parser.Parser{Options: lenient}
		p.Response(a)
		p.Response(b)
		r, err := p.Response(a)
		fresh := parse(lenient, false, a)
		require.True(t, sameError(fresh.err, err))
		require.True(t, sameResponse(fresh.r, r))
		require.True(t, bytes.Equal(a, a))
	})
}
