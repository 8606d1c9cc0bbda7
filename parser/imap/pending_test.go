package imap

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/wire"
)

func TestPendingModes(t *testing.T) {
	var p Pending
	require.Equal(t, wire.ModeCommand, p.Mode())

	p.Command([]byte("a1"), []byte("authenticate"))
	require.Equal(t, wire.ModeAuth, p.Mode())
	require.True(t, p.Completed([]byte("a1")))
	require.Equal(t, wire.ModeCommand, p.Mode())

	p.Command([]byte("a2"), []byte("IDLE"))
	require.Equal(t, wire.ModeIdle, p.Mode())
	p.Done()
	require.Equal(t, wire.ModeCommand, p.Mode())
	p.Command([]byte("a3"), []byte("FETCH")) // pipelined behind DONE
	require.True(t, p.Has([]byte("a2")))
	require.True(t, p.Completed([]byte("a2")))
	require.True(t, p.Completed([]byte("a3")))
	require.False(t, p.Completed([]byte("a3")))
	require.Zero(t, p.Len())
}

func TestPendingCloneIsIndependent(t *testing.T) {
	var p Pending
	p.Command([]byte("a"), []byte("NOOP"))
	c := p.Clone()
	p.Completed([]byte("a"))
	p.Command([]byte("b"), []byte("IDLE"))
	require.True(t, c.Has([]byte("a")))
	require.False(t, c.Has([]byte("b")))
	require.Equal(t, wire.ModeCommand, c.Mode())
}

func TestPendingForgetsTheOldest(t *testing.T) {
	var p Pending
	for i := range maxPending + 1 {
		p.Command([]byte(strconv.Itoa(i)), []byte("NOOP"))
	}
	require.Equal(t, maxPending, p.Len())
	require.False(t, p.Has([]byte("0")))
	require.True(t, p.Has([]byte(strconv.Itoa(maxPending))))
}

func TestPendingAbandon(t *testing.T) {
	var p Pending
	p.Command([]byte("a"), []byte("IDLE"))
	p.Command([]byte("b"), []byte("NOOP"))
	p.Abandon()
	require.Equal(t, wire.ModeCommand, p.Mode())
	require.True(t, p.Has([]byte("b")))
}
