package session

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The map against the obvious one: a slice with the UID of every message, 0 where it isn't known.
func TestUIDMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		var m uidMap
		uids := make([]uint32, 3000)
		known := make([]bool, len(uids))
		next := uint32(0)
		for i := range uids {
			next += 1 + r.Uint32N(3)
			uids[i] = next
		}
		for range 4000 {
			i := r.IntN(len(uids))
			switch r.IntN(10) {
			case 0:
				m.expunge(uint32(i + 1))
				uids, known = append(uids[:i], uids[i+1:]...), append(known[:i], known[i+1:]...)
			case 1:
				m.vanish(uids[i], uids[i])
				uids, known = append(uids[:i], uids[i+1:]...), append(known[:i], known[i+1:]...)
			default:
				m.learn(uint32(i+1), uids[i])
				known[i] = true
			}
			i = r.IntN(len(uids))
			uid, ok := m.uid(uint32(i + 1))
			require.Equal(t, known[i], ok, "number %d", i+1)
			if ok {
				require.Equal(t, uids[i], uid)
				seq, ok := m.seq(uid)
				require.True(t, ok)
				require.Equal(t, uint32(i+1), seq)
			}
		}
	}
}

func TestUIDMapLimits(t *testing.T) {
	var m uidMap
	for i := uint32(1); i < 2*maxKnownUIDs; i++ {
		m.learn(i, i)
	}
	require.LessOrEqual(t, m.total, maxKnownUIDs)
	m.vanish(1, ^uint32(0))
	require.Zero(t, m.total)
	m.learn(0, 5)
	m.learn(5, 0)
	m.expunge(0)
	m.vanish(7, 3)
	require.Zero(t, m.total)
}
