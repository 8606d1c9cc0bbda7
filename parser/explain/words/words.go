// Package words embeds the texts of package explain, English and Simplified Chinese, for programs that run natively. WebAssembly gets a compiled table
// instead, of the one language that it shows.
//
// To add a word: append a block to en/TOPIC.txt and one with the same id to zh/TOPIC.txt; the form is that of [explain.ParseSource]. References and ABNF
// stand in the English file only and hold for both.
package words

import (
	"embed"
	"errors"
	"io/fs"
	"sync"

	"github.com/imapwire/imapwire/parser/explain"
)

//go:embed en/*.txt zh/*.txt
var files embed.FS

// Langs are the languages' tags; the first is the one that others take their references from.
var Langs = []string{"en", "zh"}

// Entries reads the entries of each topic of a language, in the order of the files.
func Entries(lang string) ([explain.Topics][]explain.Entry, error) {
	var all [explain.Topics][]explain.Entry
	for i := range all {
		name := lang + "/" + explain.Topic(i).String() + ".txt"
		text, err := files.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return all, errors.New("explain: no words in the language " + lang + " for " + name)
		} else if err != nil {
			return all, err
		}
		if all[i], err = explain.ParseSource(name, string(text)); err != nil {
			return all, err
		}
	}
	return all, nil
}

// Compiled is the table of a language in the form that [explain.Load] reads.
func Compiled(lang string) ([]byte, error) {
	all, err := Entries(lang)
	if err != nil {
		return nil, err
	}
	if lang != Langs[0] {
		origin, err := Entries(Langs[0])
		if err != nil {
			return nil, err
		}
		for i := range all {
			at := make(map[string]int, len(origin[i]))
			for j, e := range origin[i] {
				at[e.ID] = j
			}
			for j := range all[i] {
				e := &all[i][j]
				if k, ok := at[e.ID]; ok {
					e.ABNF, e.Refs = origin[i][k].ABNF, origin[i][k].Refs
				}
			}
		}
	}
	return explain.Compile(lang, all), nil
}

var english, chinese = sync.OnceValue(func() *explain.Table { return must("en") }), sync.OnceValue(func() *explain.Table { return must("zh") })

// English is the table of English words. It is compiled at the first call, which takes some milliseconds.
func English() *explain.Table { return english() }

// Chinese is the table of Simplified Chinese words.
func Chinese() *explain.Table { return chinese() }

// Table is the table of a language, English if there is none of that tag.
func Table(lang string) *explain.Table {
	if lang == "zh" {
		return Chinese()
	}
	return English()
}

// must panics on damaged sources: they are part of the program, and a test reads them.
func must(lang string) *explain.Table {
	b, err := Compiled(lang)
	if err == nil {
		var t *explain.Table
		if t, err = explain.Load(b); err == nil {
			return t
		}
	}
	panic(err)
}
