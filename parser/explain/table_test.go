package explain

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// some are entries of two topics, with texts that occur twice and fields without a text.
func some() (all [Topics][]Entry) {
	all[Kinds] = []Entry{
		{ID: "zone", Short: "a zone", Refs: "RFC 9051 §9", ABNF: "zone = 4DIGIT"},
		{ID: "Atom", Short: "an atom", Long: "more about it", Refs: "RFC 9051 §9"},
	}
	all[Diagnostics] = []Entry{{ID: "odd", Short: "an atom", Client: "mend it", Server: "mend it"}}
	return all
}

func TestTable(t *testing.T) {
	table, err := Load(Compile("en", some()))
	require.NoError(t, err)
	require.Equal(t, "en", table.Lang())
	require.Equal(t, 2, table.Len(Kinds))
	require.Zero(t, table.Len(Commands))
	require.Equal(t, Entry{ID: "Atom", Short: "an atom", Long: "more about it", Refs: "RFC 9051 §9", RFC: "RFC 9051", Section: "9"}, table.At(Kinds, 0))
	require.Equal(t, Entry{ID: "zone", Short: "a zone", Refs: "RFC 9051 §9", RFC: "RFC 9051", Section: "9", ABNF: "zone = 4DIGIT"}, table.At(Kinds, 1))
	e, ok := table.Entry(Diagnostics, "ODD")
	require.True(t, ok)
	require.Equal(t, Entry{ID: "odd", Short: "an atom", Client: "mend it", Server: "mend it"}, e)
	for _, id := range []string{"", "ato", "atoms", "zzz"} {
		_, ok = table.Entry(Kinds, id)
		require.False(t, ok, id)
	}
	_, ok = table.Entry(Commands, "atom")
	require.False(t, ok)

	var many [Topics][]Entry // numbers of strings that need two octets
	for i := range 300 {
		many[Keys] = append(many[Keys], Entry{ID: string(rune(0x4e00 + i)), Short: string(rune(0x4e00 + (i+1)%300))})
	}
	table, err = Load(Compile("zh", many))
	require.NoError(t, err)
	for _, want := range many[Keys] {
		e, ok := table.Entry(Keys, want.ID)
		require.True(t, ok)
		require.Equal(t, want, e)
	}
}

// What is the same in two languages stands in one stretch.
func TestTableOfLanguages(t *testing.T) {
	chinese := some()
	chinese[Kinds][0].Short, chinese[Kinds][1].Short = "时区", "原子"
	a, b := Compile("en", some()), Compile("zh", chinese)
	shared := "\x04Atom\x04zone\x03odd\x0dzone = 4DIGIT\x0cRFC 9051 §9"
	require.Contains(t, string(a), shared)
	require.Contains(t, string(b), shared)
}

func TestLoadRefuses(t *testing.T) {
	table := Compile("en", some())
	_, err := Load([]byte("IWwords1" + string(table[len(magic):])))
	require.ErrorIs(t, err, ErrVersion)
	var fault *TableError
	for cut := range table {
		_, err := Load(table[:cut])
		require.ErrorAs(t, err, &fault, "cut at %d", cut)
	}
	_, err = Load(append(table[:len(table):len(table)], 0))
	require.ErrorAs(t, err, &fault)

	// Whatever an octet is changed to, the table is refused or can be read.
	refused := 0
	for at := len(magic); at < len(table); at++ {
		for _, c := range []byte{0, 1, 2, 0x7f, 0x80, 0xff} {
			damaged := append([]byte(nil), table...)
			damaged[at] = c
			loaded, err := Load(damaged)
			if err != nil {
				refused++
				continue
			}
			for topic := range Topic(Topics) {
				for i := range loaded.Len(topic) {
					loaded.Entry(topic, loaded.At(topic, i).ID)
				}
			}
		}
	}
	require.Greater(t, refused, 300)
}
