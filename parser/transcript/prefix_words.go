package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// A shape says nothing about its words. Two kinds of them tell lines apart nevertheless, in whatever language a log is written: the word that stands
// before all lines of the client and before none of the server's, and the word that stands before lines of IMAP and before none of the log's own.

// wordUse is how often a word stands at one place of a prefix.
type wordUse struct {
	text           string
	client, server int // before lines of IMAP
	other          int // before other lines
}

const maxUses = 6 // words at one place; with more it is no mark but text

// wordPlace is the words at one place of a prefix.
type wordPlace struct {
	uses []wordUse
	free bool // too many, or numbers: it tells nothing
}

func (p *wordPlace) see(word []byte, count func(*wordUse)) {
	if p.free {
		return
	}
	for i := range p.uses {
		if p.uses[i].text == string(word) {
			count(&p.uses[i])
			return
		}
	}
	if len(p.uses) == maxUses || len(word) > 1 && hasDigit(word) {
		p.free = true
		return
	}
	p.uses = append(p.uses, wordUse{text: string(word)})
	count(&p.uses[len(p.uses)-1])
}

// tellWords finds the words that tell lines apart behind each prefix, and makes prefixes of their own of them.
func (r *labelledReader) tellWords(s *sample) {
	var fits []fit // of the prefixes as they are; nil: not looked for
	for i, n := 0, len(r.prefixes); i < n; i++ {
		p := &r.prefixes[i]
		if p.words() == 0 || p.lines < 2 {
			continue
		}
		if fits == nil {
			fits = r.fits(s)
		}
		places, others := r.wordsOf(i, s, fits)
		if k := sidePlace(places[:]); p.label() == unmarked && k >= 0 {
			r.splitAt(i, k, places[k].uses, others > 0)
			fits = nil
			continue
		}
		if others > 0 && p.fix(ownWords(places[:], others)) {
			fits = nil
		}
	}
}

// fit is the prefix that a line of the sample begins with, -1: none, and its length.
type fit struct{ prefix, at int16 }

// fits is the fit of each line that may be IMAP.
func (r *labelledReader) fits(s *sample) []fit {
	fits := make([]fit, len(s.lines))
	for i := range s.lines {
		fits[i].prefix = -1
		if l := &s.lines[i]; !l.inside || l.at >= 0 {
			best, at := r.best(l.body.b)
			fits[i] = fit{int16(best), int16(at)}
		}
	}
	return fits
}

// wordsOf counts the words of a prefix in the sample, and the lines outside of literals that it stands before and that are no IMAP.
func (r *labelledReader) wordsOf(which int, s *sample, fits []fit) (places [maxWords]wordPlace, others int) {
	for i := range s.lines {
		if int(fits[i].prefix) != which {
			continue
		}
		l, n := &s.lines[i], int(fits[i].at)
		var words [maxWords][]byte
		r.prefixes[which].match(l.body.b, &words)
		count := func(u *wordUse) { u.other++ }
		switch {
		case l.at == n && l.verdict.side == wire.Client:
			count = func(u *wordUse) { u.client++ }
		case l.at == n:
			count = func(u *wordUse) { u.server++ }
		case l.at > 0 || isBlank(l.body.b[n:]) || looksSASL(l.body.b[n:]) || isDone(l.body.b[n:]):
			continue // not IMAP for sure, nor sure to be none
		default:
			others++
		}
		for k := range words {
			if words[k] != nil {
				places[k].see(words[k], count)
			}
		}
	}
	return places, others
}

// sidePlace is the place whose word tells the client's lines from the server's, -1: none. The last one that does is nearest to the lines.
func sidePlace(places []wordPlace) int {
places:
	for k := len(places) - 1; k >= 0; k-- {
		clients, servers := 0, 0
		for _, u := range places[k].uses {
			if u.client > 0 && u.server > 0 {
				continue places
			}
			clients += u.client
			servers += u.server
		}
		if !places[k].free && clients > 0 && servers > 0 && clients+servers >= 3 {
			return k
		}
	}
	return -1
}

// ownWords is the word that all lines of IMAP have and some others don't, at its place; of several the one nearest to the lines. Lines that have it and
// aren't known for IMAP may be octets of a literal.
func ownWords(places []wordPlace, others int) (fixed []string) {
	for k := len(places) - 1; k >= 0; k-- {
		own, count, shared := -1, 0, 0
		for i, u := range places[k].uses {
			if u.client+u.server > 0 {
				own, count, shared = i, count+1, u.other
			}
		}
		if places[k].free || count != 1 || shared == others || places[k].uses[own].client+places[k].uses[own].server < 2 {
			continue
		}
		fixed = make([]string, k+1)
		fixed[k] = places[k].uses[own].text
		return fixed
	}
	return nil
}

// fix narrows a prefix to lines with these words, and reports whether there are any.
func (p *prefixShape) fix(words []string) bool {
	if words != nil {
		p.fixed = words
	}
	return words != nil
}

// splitAt makes a prefix for each word at place k that stands before IMAP. Where the log has other lines of this shape, no other word is IMAP.
func (r *labelledReader) splitAt(i, k int, uses []wordUse, strict bool) {
	whole := r.prefixes[i]
	first := true
	for _, u := range uses {
		if u.client+u.server == 0 || !first && len(r.prefixes) == maxPrefixes {
			continue
		}
		p := whole
		p.fixed = make([]string, k+1)
		p.fixed[k] = u.text
		p.client, p.server, p.lines = u.client*certain, u.server*certain, u.client+u.server
		if first && strict {
			r.prefixes[i] = p
		} else {
			r.prefixes = append(r.prefixes, p)
		}
		first = false
	}
}

// hasWord reports whether the word at place w may be this one.
func (p *prefixShape) hasWord(w int, word []byte) bool {
	return w >= len(p.fixed) || p.fixed[w] == "" || bytes.Equal(word, []byte(p.fixed[w]))
}

// own reports whether a line has the shape of the prefix and other words: then it is the log's own.
func (p *prefixShape) own(line []byte) bool {
	if p.fixed == nil {
		return false
	}
	any := *p
	any.fixed = nil
	return any.match(line, nil) > 0
}

// siblings reports whether a prefix was seen that differs from this one in a word only and stands before the other side's lines.
func (r *labelledReader) siblings(p prefixShape) bool {
	for i := range r.prefixes {
		q := &r.prefixes[i]
		if q.lines > 1 && q.shape != p.shape && (p.client == 0) == (q.server == 0) && q.plausible() && wordless(q.shape) == wordless(p.shape) {
			return true
		}
	}
	return false
}

// wordless is a shape without the words that name sides.
func wordless(shape string) string {
	b := make([]byte, 0, len(shape))
	for i := 0; i < len(shape); i++ {
		if isAlnum(shape[i]) {
			for i+1 < len(shape) && isAlnum(shape[i+1]) {
				i++
			}
			b = append(b, anyWord)
			continue
		}
		b = append(b, shape[i])
	}
	return string(b)
}
