package api

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBinarySize(t *testing.T) {
	for _, n := range []uint64{1024, 1075, 1076, 1126, 1127, 44827, 1<<20 - 1, 1 << 20, 1<<20 + 1<<19, 5_000_000_000, 1 << 52} {
		f, unit := float64(n)/1024, " KiB"
		if f >= 1024 {
			f, unit = f/1024, " MiB"
		}
		require.Equal(t, strconv.FormatFloat(f, 'f', 1, 64)+unit, binarySize(n))
	}
	require.Equal(t, "17592186044416.0 MiB", binarySize(math.MaxUint64))
}
