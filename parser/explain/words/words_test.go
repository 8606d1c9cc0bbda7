package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/explain"
)

// Both languages have the same ids, and every entry says something in both.
func TestLanguagesAgree(t *testing.T) {
	en, err := Entries("en")
	require.NoError(t, err)
	zh, err := Entries("zh")
	require.NoError(t, err)
	for i := range en {
		topic := explain.Topic(i)
		has := make(map[string]explain.Entry)
		for _, e := range zh[i] {
			has[e.ID] = e
			if e.ABNF != "" || e.Refs != "" {
				t.Errorf("zh/%s: %s has references or ABNF, which belong into the English file", topic, e.ID)
			}
		}
		for _, e := range en[i] {
			z, ok := has[e.ID]
			if !ok {
				t.Errorf("%s: %q is not translated", topic, e.ID)
				continue
			}
			delete(has, e.ID)
			for _, f := range []struct{ name, en, zh string }{{"short", e.Short, z.Short}, {"long", e.Long, z.Long}, {"client", e.Client, z.Client}, {"server", e.Server, z.Server}} {
				if (f.en == "") != (f.zh == "") {
					t.Errorf("%s: %q has %s in one language only", topic, e.ID, f.name)
				}
			}
			if e.Short == "" {
				t.Errorf("%s: %q says nothing", topic, e.ID)
			}
		}
		for id := range has {
			t.Errorf("%s: %q is only in Chinese", topic, id)
		}
	}
}

func TestTables(t *testing.T) {
	for _, lang := range Langs {
		table := Table(lang)
		require.Equal(t, lang, table.Lang())
	}
}
