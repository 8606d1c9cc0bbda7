package imap

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFlagsByName(t *testing.T) {
	fs := Flags(`\seen`, "$forwarded", "Work", `\HasChildren`)
	require.Equal(t, FlagSeen, fs[0].Known)
	require.Equal(t, FlagForwarded, fs[1].Known)
	require.Equal(t, FlagUnknown, fs[2].Known)
	require.Equal(t, FlagHasChildren, fs[3].Known)
	require.Equal(t, `\seen`, fs[0].String(), "the spelling stays")
	require.Equal(t, `\Seen`, FlagSeen.Flag().String())
	require.True(t, HasFlag(fs, FlagSeen))
	require.False(t, HasFlag(fs, FlagDeleted))
	require.False(t, HasFlag(fs, FlagUnknown))
	require.NotNil(t, Flags())
}

func TestFlagSetApply(t *testing.T) {
	tests := []struct {
		name    string
		start   []Flag
		op      StoreOp
		apply   []Flag
		want    []string
		changed bool
	}{
		{"add to nothing", nil, StoreAdd, Flags(`\Seen`, "Work"), []string{`\Seen`, "Work"}, true},
		{"add again in another case", Flags(`\Seen`, "Work"), StoreAdd, Flags(`\SEEN`, "WORK"), []string{`\Seen`, "Work"}, false},
		{"remove", Flags(`\Seen`, "Work", "Home"), StoreRemove, Flags("work"), []string{`\Seen`, "Home"}, true},
		{"remove what isn't there", Flags(`\Seen`), StoreRemove, Flags(`\Draft`, "x"), []string{`\Seen`}, false},
		{"replace", Flags(`\Seen`, "Work"), StoreReplace, Flags(`\Draft`), []string{`\Draft`}, true},
		{"replace by the same", Flags("Work", `\Seen`), StoreReplace, Flags(`\Seen`, "work"), []string{`\Seen`, "work"}, false},
		{"replace by nothing", Flags("Work"), StoreReplace, nil, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := FlagSetOf(tt.start)
			before := s
			require.Equal(t, tt.changed, s.Apply(tt.op, tt.apply))
			require.Equal(t, tt.want, slices.Collect(s.Names()))
			require.True(t, before.Equal(FlagSetOf(tt.start)), "a copy is independent")
		})
	}
}

func TestFlagSetCopiesDoNotShare(t *testing.T) {
	a := FlagSetOf(Flags("one", "two", "three"))
	b, c := a, a
	b.Apply(StoreAdd, Flags("four"))
	c.Apply(StoreAdd, Flags("five"))
	b.Apply(StoreRemove, Flags("one"))
	require.Equal(t, []string{"one", "two", "three"}, slices.Collect(a.Names()))
	require.Equal(t, []string{"two", "three", "four"}, slices.Collect(b.Names()))
	require.Equal(t, []string{"one", "two", "three", "five"}, slices.Collect(c.Names()))
}

func TestFlagSetLookups(t *testing.T) {
	s := FlagSetOf(Flags(`\Seen`, "Work", "$MDNSent"))
	require.True(t, s.Has(FlagSeen))
	require.True(t, s.HasName("work"))
	require.True(t, s.HasName(`\SEEN`))
	require.False(t, s.HasName("home"))
	require.False(t, s.Has(FlagUnknown))
	require.False(t, s.IsZero())
	require.True(t, FlagSet{}.IsZero())
	require.True(t, FlagSetOf(s.AppendFlags(nil)).Equal(s))
	require.False(t, s.Equal(FlagSetOf(Flags(`\Seen`, "Home", "$MDNSent"))))
}

func TestCapSet(t *testing.T) {
	c := CapabilitiesOf("IMAP4rev1", "AUTH=PLAIN", "auth=x-unheard-of", "RIGHTS=texk", "APPENDLIMIT=1000", "X-NEW")
	require.Equal(t, []Cap{CapIMAP4rev1, CapAuth, CapRights, CapAppendLimit, CapAuthPlain}, slices.Collect(c.Set.All()))
	require.Equal(t, "texk", string(c.List[3].Value))
	require.Nil(t, c.List[0].Value)
	require.Equal(t, CapUnknown, c.List[5].Known)

	s := CapSetOf(CapIdle, CapMove, CapUnknown)
	require.True(t, s.Has(CapIdle))
	require.False(t, s.Has(CapUnknown))
	require.False(t, s.Has(countCap))
	require.Equal(t, CapSetOf(CapMove, CapIdle), s, "a set is comparable")
	require.True(t, CapSet{}.IsZero())
}
