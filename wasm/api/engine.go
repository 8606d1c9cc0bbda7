package api

import (
	"errors"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
)

// Version of the engine, set when it is linked.
var Version = "devel"

// Engine is what one instance of the module holds: words, and open documents. The zero Engine is ready.
type Engine struct {
	words [len(langs)]*explain.Table
	docs  []*Document // by number; nil: closed
}

var langs = [...]string{"en", "zh"}

// The errors of calls that make no sense.
var (
	errNoDocument = errors.New("there is no such document")
	errNoLanguage = errors.New("there are no words in this language")
	errNoMessage  = errors.New("there is no such message")
	errNoFormat   = errors.New("there is no such format")
	errRange      = errors.New("these are no positions of the text")
)

// SetWords gives the engine the compiled words of a language.
func (e *Engine) SetWords(lang int, table []byte) error {
	if lang < 0 || lang >= len(langs) {
		return errNoLanguage
	}
	t, err := explain.Load(table)
	if err != nil {
		return err
	}
	if t.Lang() != langs[lang] {
		return errors.New("these are words in another language: " + t.Lang())
	}
	e.words[lang] = t
	return nil
}

// table is the words of a language.
func (e *Engine) table(lang int) (*explain.Table, error) {
	if lang < 0 || lang >= len(langs) || e.words[lang] == nil {
		return nil, errNoLanguage
	}
	return e.words[lang], nil
}

// Flags of Open.
const (
	Swap       = 1 << iota // exchange the sides
	FromString             // the text came as a string, so a byte order mark counts
)

// Document is one open text.
type Document struct {
	*annotate.Document
	steps     *annotate.Annotator
	positions *Positions
	words     *explain.Table
	flags     int
	tree      syntax.Tree
	export    *jsondoc.Encoder
}

// Open begins a document and returns its number. The engine keeps text.
func (e *Engine) Open(text []byte, format string, flags, lang int) (number int, err error) {
	words, err := e.table(lang)
	if err != nil {
		return 0, err
	}
	if format != "" && !knownFormat(format) {
		return 0, errNoFormat
	}
	steps := annotate.Begin(text, annotate.Options{Format: format, Swap: flags&Swap != 0})
	d := &Document{Document: steps.Document(), steps: steps, words: words, flags: flags}
	d.measure()
	for i, open := range e.docs {
		if open == nil {
			e.docs[i] = d
			return i, nil
		}
	}
	e.docs = append(e.docs, d)
	return len(e.docs) - 1, nil
}

// measure reads the text's positions anew.
func (d *Document) measure() {
	// What a container held was decoded here, not by a browser, but a page decodes it again when it asks for the text.
	d.positions = NewPositions(d.Text, d.flags&FromString != 0 && d.Container == transcript.Text)
}

// Document is the open document with a number.
func (e *Engine) Document(number int) (*Document, error) {
	if number < 0 || number >= len(e.docs) || e.docs[number] == nil {
		return nil, errNoDocument
	}
	return e.docs[number], nil
}

// Close forgets a document.
func (e *Engine) Close(number int) error {
	if _, err := e.Document(number); err != nil {
		return err
	}
	e.docs[number] = nil
	return nil
}

// SetLang changes the language of a document's words.
func (e *Engine) SetLang(number, lang int) error {
	d, err := e.Document(number)
	if err != nil {
		return err
	}
	words, err := e.table(lang)
	if err != nil {
		return err
	}
	d.words = words
	return nil
}

// Kinds is the names of the syntax kinds as JSON, by number.
func Kinds() []byte {
	var w jsondoc.Writer
	w.Open('[')
	for k := syntax.Kind(0); k.String() != ""; k++ {
		w.String(k.String())
	}
	return w.Close(']').Buf
}

// message is a message by number.
func (d *Document) message(i int) (*annotate.Message, error) {
	if i < 0 || i >= len(d.Messages) {
		return nil, errNoMessage
	}
	return &d.Messages[i], nil
}

// between cuts a range of numbers to those that there are.
func between(from, to, n int) (int, int) {
	to = min(max(to, 0), n)
	return min(max(from, 0), to), to
}
