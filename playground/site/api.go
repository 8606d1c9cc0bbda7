package site

import (
	"net/http"
	"slices"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/transcript"
)

// query is what the parameters of an annotation say.
type query struct {
	options annotate.Options
	words   *explain.Table
	redact  bool
	encode  encoder.Options
}

// readQuery refuses what it doesn't know: a misspelt parameter that does nothing would be worse.
func readQuery(r *http.Request) (q query, fault *apiError) {
	lang := "en"
	for name, values := range r.URL.Query() {
		value := values[len(values)-1]
		ok := true
		switch name {
		case "format":
			if ok = value == "" || slices.Contains(transcript.IDs(), value); !ok {
				return q, &errBadFormat
			}
			q.options.Format = value
		case "swap":
			q.options.Swap, ok = truth(value)
		case "redact":
			q.redact, ok = truth(value)
		case "lang":
			lang = value
		case "style":
			i := slices.Index(Styles, value)
			q.encode.Style, ok = encoder.Style(i), i >= 0
		case "literals":
			i := slices.Index(LiteralModes, value)
			q.encode.Literals, ok = encoder.LiteralMode(i), i >= 0
		case "utf8":
			q.encode.UTF8, ok = truth(value)
		case "verbatim":
			q.encode.Verbatim, ok = truth(value)
		default:
			ok = false
		}
		if !ok {
			return q, &errBadQuery
		}
	}
	words, ok := wordsIn(lang)
	if !ok {
		return q, &errBadQuery
	}
	q.words = words
	return q, nil
}

// truth reads a switch: present without a value means yes.
func truth(s string) (v, ok bool) {
	switch s {
	case "", "1", "true", "yes", "on":
		return true, true
	case "0", "false", "no", "off":
		return false, true
	}
	return false, false
}

// annotate answers the Document of a transcript as JSON.
func (s *site) annotate(w http.ResponseWriter, r *http.Request) {
	s.work(w, r, func(q query, text []byte) {
		doc := annotate.Annotate(text, q.options)
		if q.redact {
			doc = annotate.Annotate(doc.Redact(redact.Options{}).Text, q.options)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		jsondoc.Write(w, doc, q.words) // an error is a reader who left
	})
}

// redact answers a safe copy of a transcript.
func (s *site) redact(w http.ResponseWriter, r *http.Request) {
	s.work(w, r, func(q query, text []byte) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write(annotate.Redact(text, q.options, redact.Options{}).Text)
	})
}

// work reads the parameters and the body, and lets do work on them when there is room.
func (s *site) work(w http.ResponseWriter, r *http.Request, do func(q query, text []byte)) {
	q, fault := readQuery(r)
	var posted *body
	if fault == nil {
		posted, fault = s.readBody(w, r, s.config.MaxTranscript, errTooLarge)
	}
	if fault != nil {
		writeError(w, *fault)
		return
	}
	defer posted.letGo()
	size := int64(len(posted.data))
	if !s.octets.take(r.Context(), size) {
		return // the client left
	}
	defer s.octets.give(size)
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
		do(q, posted.data)
	case <-r.Context().Done():
	}
}

// wordsIn is the words of a language.
func wordsIn(lang string) (*explain.Table, bool) {
	if !slices.Contains(words.Langs, lang) {
		return nil, false
	}
	return words.Table(lang), true
}
