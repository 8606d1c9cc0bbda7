package syntax

import (
	"github.com/imapwire/imapwire/parser/wire"
	"iter"
)

type Kind uint16

func (k Kind) String() string { panic("unbuilt") }
func (k Kind) RFC() string    { panic("unbuilt") }
func (k Kind) Class() Class   { panic("unbuilt") } // 0: bytes skipped by recovery. "fetch-att", "RFC 9051 §9"
type Class uint8

const (
	ClassGap Class = iota
	ClassPunct
	ClassTag
	ClassKeyword
	ClassAtom
	ClassNumber
	ClassString
	ClassLiteral
	ClassFlag
	ClassNil
	ClassText
) // what a highlighter wants, so that it needs no table over hundreds of kinds
type Flags uint16

const (
	FlagError Flags = 1 << iota
	FlagMissing
	FlagQuirk
	FlagSecret
)

type Node struct {
	Kind  Kind
	Flags Flags
	wire.Span
	Next uint32
}
type ID = uint32 // index into Nodes; the root is 0
type Tree struct{ Nodes []Node }

func (t *Tree) At(off uint32) iter.Seq[ID]            { panic("unbuilt") }
func (t *Tree) Innermost(off uint32) (id ID, ok bool) { panic("unbuilt") } // root first: nodes have no parent, and need none
func (t *Tree) Children(id ID) iter.Seq[ID]           { panic("unbuilt") }
func (t *Tree) IsLeaf(id ID) bool                     { panic("unbuilt") }
func (t *Tree) Find(k Kind) iter.Seq[ID]              { panic("unbuilt") }
func (t *Tree) Tokens() iter.Seq2[wire.Span, ID]      { panic("unbuilt") } // tiles the message: leaves, and gaps with the node they lie in
func (t *Tree) Reset()                                { panic("unbuilt") }
func (t *Tree) AppendDump(dst, src []byte) []byte     { panic("unbuilt") }
