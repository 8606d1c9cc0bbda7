package syntax

import (
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/imapwire/imapwire/parser/wire"
	"github.com/stretchr/testify/require"
)

const line = "A1 OK [ALERT] hi\r\n"

// sample is a tree of line in which some bytes, "[ALERT" and "]", belong to no leaf.
func sample(t *Tree) *Tree {
	root := t.Open(KindResponseTagged, 0)
	t.Leaf(KindTag, 0, 2)
	t.Leaf(KindSP, 2, 3)
	state := t.Open(KindRespCondState, 3)
	t.Leaf(KindKeyword, 3, 5)
	t.Leaf(KindSP, 5, 6)
	code := t.Open(KindRespTextCode, 6)
	t.Flag(t.Leaf(KindAtom, 7, 12), FlagQuirk)
	t.Flag(t.Leaf(KindNumber, 12, 12), FlagMissing)
	t.Close(code, 13)
	t.Leaf(KindText, 14, 16)
	t.Close(state, 16)
	t.Leaf(KindCRLF, 16, 18)
	t.Close(root, 18)
	return t
}

const sampleDump = `(response-tagged 0:18
  (tag 0:2 "A1")
  (sp 2:3 " ")
  (resp-cond-state 3:16
    (keyword 3:5 "OK")
    (sp 5:6 " ")
    (resp-text-code 6:13
      (atom 7:12 quirk "ALERT")
      (number 12:12 missing))
    (text 14:16 "hi"))
  (crlf 16:18 "\r\n"))
`

func TestDump(t *testing.T) {
	require.Equal(t, sampleDump, string(sample(new(Tree)).AppendDump(nil, []byte(line))))
	require.Empty(t, new(Tree).AppendDump(nil, nil))
	src := "\x00\t\"\\\xff" + strings.Repeat("x", 100)
	tr := new(Tree)
	tr.Flag(tr.Leaf(KindLiteralOctets, 0, uint32(len(src))), FlagError|FlagSecret)
	require.Equal(t, `(literal-octets 0:105 error secret "\x00\x09\"\\\xff`+strings.Repeat("x", 55)+"\"+45)\n", string(tr.AppendDump(nil, []byte(src))))
	require.Equal(t, "(literal-octets 0:105 error secret)\n", string(tr.AppendDump(nil, []byte("another message"))), "the dump looks only where bytes are")
}

func kinds(t *Tree, ids []ID) (out []string) {
	for _, id := range ids {
		out = append(out, t.Nodes[id].Kind.String())
	}
	return out
}

func TestWalks(t *testing.T) {
	tr := sample(new(Tree))
	require.Equal(t, []string{"tag", "sp", "resp-cond-state", "crlf"}, kinds(tr, slices.Collect(tr.Children(0))))
	require.Empty(t, slices.Collect(tr.Children(1)))
	require.True(t, tr.IsLeaf(1))
	require.False(t, tr.IsLeaf(0))
	for off, want := range map[uint32][]string{
		0:  {"response-tagged", "tag"},
		6:  {"response-tagged", "resp-cond-state", "resp-text-code"},
		11: {"response-tagged", "resp-cond-state", "resp-text-code", "atom"},
		12: {"response-tagged", "resp-cond-state", "resp-text-code"},
		13: {"response-tagged", "resp-cond-state"},
		17: {"response-tagged", "crlf"},
		18: nil,
	} {
		require.Equal(t, want, kinds(tr, slices.Collect(tr.At(off))), "at %d", off)
		id, ok := tr.Innermost(off)
		require.Equal(t, want != nil, ok)
		if ok {
			require.Equal(t, want[len(want)-1], tr.Nodes[id].Kind.String())
		}
	}
	require.Equal(t, []ID{2, 5}, slices.Collect(tr.Find(KindSP)))
	for range tr.Find(KindSP) {
		break
	}
	for range tr.At(11) {
		break
	}
	for range tr.Children(0) {
		break
	}
	require.Empty(t, slices.Collect(new(Tree).At(0)))
}

func TestTokens(t *testing.T) {
	tr := sample(new(Tree))
	var got []string
	for s, id := range tr.Tokens() {
		got = append(got, tr.Nodes[id].Kind.String()+" "+string(s.Of([]byte(line))))
	}
	require.Equal(t, []string{"tag A1", "sp  ", "keyword OK", "sp  ", "resp-text-code [", "atom ALERT", "resp-text-code ]", "resp-cond-state  ", "text hi", "crlf \r\n"}, got)
	for range new(Tree).Tokens() {
		require.Fail(t, "an empty tree has no tokens")
	}
	for stop := range got { // a consumer may stop anywhere
		n := 0
		for range tr.Tokens() {
			if n++; n > stop {
				break
			}
		}
		require.Equal(t, stop+1, n)
	}
}

func TestBuild(t *testing.T) {
	tr := new(Tree)
	root := tr.Open(KindCommand, 0)
	mark := tr.Mark()
	tr.Open(KindFetch, 0)
	tr.Leaf(KindSP, 0, 1)
	tr.Truncate(mark)
	tr.Truncate(99)
	mark = tr.Mark()
	tr.Leaf(KindAtom, 1, 2)
	a := tr.Open(KindList, 2)
	tr.Leaf(KindSP, 2, 3)
	tr.Close(a, 3)
	w := tr.Wrap(mark, KindSearchKey, 1, 3)
	tr.SetKind(w, KindSearch)
	tr.Open(KindSearchKeys, 3)
	tr.Leaf(KindSP, 3, 4)
	tr.CloseAll(5)
	require.Equal(t, root, ID(0))
	require.Equal(t, "(command 0:5\n  (search 1:3\n    (atom 1:2)\n    (list 2:3\n      (sp 2:3)))\n  (search-keys 3:5\n    (sp 3:4)))\n", string(tr.AppendDump(nil, nil)))

	tr.SetLimit(3)
	tr.Reset()
	require.False(t, tr.Full())
	id := tr.Open(KindCommand, 0)
	tr.Leaf(KindTag, 0, 1)
	tr.Leaf(KindSP, 1, 2)
	require.False(t, tr.Full())
	over := tr.Open(KindFetch, 2)
	require.Equal(t, NoID, over)
	require.True(t, tr.Full())
	tr.Flag(over, FlagError)
	tr.SetKind(over, KindSP)
	require.Equal(t, NoID, tr.Wrap(1, KindFetch, 0, 1))
	tr.Close(over, 3)
	tr.Close(id, 3)
	require.Equal(t, "(command 0:3\n  (tag 0:1)\n  (sp 1:2))\n", string(tr.AppendDump(nil, nil)))
	tr.SetLimit(-1)
	tr.Reset()
	require.False(t, tr.Full())
}

// TestNilTree: a grammar builds whether a tree was asked for or not.
func TestNilTree(t *testing.T) {
	var tr *Tree
	require.NotPanics(t, func() {
		tr.SetLimit(1)
		id := tr.Open(KindCommand, 0)
		tr.Flag(tr.Leaf(KindSP, 0, 1), FlagError)
		tr.SetKind(id, KindFetch)
		tr.Truncate(tr.Mark())
		tr.Wrap(0, KindFetch, 0, 1)
		tr.Close(id, 1)
		tr.CloseAll(1)
	})
	require.False(t, tr.Full())
}

func TestDeep(t *testing.T) {
	const depth = 100000
	tr := new(Tree)
	for i := range uint32(depth) {
		tr.Open(KindThreadNested, i)
	}
	for i := range ID(depth) {
		tr.Close(depth-1-i, 2*depth-(depth-1-i))
	}
	pos := uint32(0)
	for s := range tr.Tokens() {
		require.Equal(t, pos, s.Start)
		pos = s.End
	}
	require.Equal(t, uint32(2*depth), pos)
	id, ok := tr.Innermost(depth)
	require.True(t, ok && id == depth-1)
	require.Less(t, len(tr.AppendDump(nil, nil)), depth*150, "the dump stays linear")
}

func TestSizes(t *testing.T) {
	require.EqualValues(t, 16, unsafe.Sizeof(Node{}))
}

func TestNoAllocs(t *testing.T) {
	tr := sample(new(Tree))
	dst := make([]byte, 0, 4096)
	n := 0
	for name, f := range map[string]func(){
		"build": func() { tr.Reset(); sample(tr) },
		"at": func() {
			for id := range tr.At(11) {
				n += int(id)
			}
		},
		"innermost": func() { tr.Innermost(11) },
		"children": func() {
			for id := range tr.Children(0) {
				n += int(id)
			}
		},
		"find": func() {
			for id := range tr.Find(KindSP) {
				n += int(id)
			}
		},
		"tokens": func() {
			for s, id := range tr.Tokens() {
				n += int(id) + s.Len()
			}
		},
		"dump": func() { tr.AppendDump(dst, []byte(line)) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

// FuzzTree builds whatever a grammar could build and checks the tree's promises: preorder, contained, ordered, tiled by its tokens.
func FuzzTree(f *testing.F) {
	f.Add([]byte("\x00\x01\x05\x02\x01\x03\x04\x02\x06\x01\x07"), uint8(0))
	f.Add([]byte("\x10\x20\x30\x41\x02\x02\x02\x13\x25"), uint8(5))
	f.Fuzz(func(t *testing.T, ops []byte, limit uint8) {
		tr := new(Tree)
		tr.SetLimit(int(limit))
		var open, marks []ID
		pos := uint32(0)
		open = append(open, tr.Open(KindCommand, 0))
		for _, op := range ops {
			k, step := Kind(op>>4), uint32(op>>6)
			switch op & 7 {
			case 0, 1:
				pos += step
				marks = append(marks, tr.Mark())
				open = append(open, tr.Open(k, pos))
			case 2:
				if len(open) > 1 {
					pos += step
					tr.Close(open[len(open)-1], pos)
					open, marks = open[:len(open)-1], marks[:len(marks)-1]
				}
			case 3:
				if len(open) > 1 {
					tr.Truncate(marks[len(marks)-1])
					open, marks = open[:len(open)-1], marks[:len(marks)-1]
				}
			default:
				start := pos + step
				pos = start + uint32(op>>3&3)
				tr.Leaf(k, start, pos)
			}
		}
		tr.CloseAll(pos)
		requireTree(t, tr)
	})
}

func requireTree(t *testing.T, tr *Tree) {
	t.Helper()
	for id := range tr.Nodes {
		n := tr.Nodes[id]
		require.LessOrEqual(t, n.Start, n.End)
		require.Greater(t, n.Next, uint32(id))
		pos := n.Start
		for c := range tr.Children(ID(id)) {
			require.True(t, n.Span.Contains(tr.Nodes[c].Span))
			require.LessOrEqual(t, pos, tr.Nodes[c].Start)
			require.LessOrEqual(t, tr.Nodes[c].Next, n.Next)
			pos = tr.Nodes[c].End
		}
	}
	root := tr.Nodes[0].Span
	pos := root.Start
	for s, id := range tr.Tokens() {
		require.Equal(t, pos, s.Start)
		require.Positive(t, s.Len())
		pos = s.End
		inner, ok := tr.Innermost(s.Start)
		require.True(t, ok)
		require.Equal(t, inner, id, "a token lies in the innermost node")
	}
	require.Equal(t, wire.Span{Start: pos, End: pos}, wire.Span{Start: root.End, End: root.End})
}
