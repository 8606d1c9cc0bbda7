package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// Some programs log what they are asked to do and not what they send: "C: SELECT INBOX", "C (5): LOGIN * *". The tag that went over the wire before it
// (RFC 9051 §9: command) comes back with the server's completion.

// lostTag is the tag of a labelled command that its log left out: that of the next completion, nil where the line has a tag or nothing answers it.
func (s *Scanner) lostTag(i int, line []byte, v *verdict) []byte {
	a := s.at(i)
	if a.label == unmarked || s.muddled || v.why == ByCommand && v.weight >= likely {
		return nil
	}
	word, args := cutWord(line)
	shape, known := commandShape(word)
	if !known || !isUpper(word) && !shape.fits(args) {
		return nil
	}
	st := &s.streams[a.stream]
	for j := i + 1; j <= i+answerReach && s.steps > 0; j++ {
		s.steps--
		b := s.at(j)
		if b == nil {
			return nil
		}
		if b.kind != wireLine || b.stream != a.stream || b.label == unmarked || isBlank(b.body.b) {
			continue
		}
		w := judge(trimBlanks(b.body.b[:min(len(b.body.b), 512)]))
		switch {
		case w.why == ByCommand && w.weight >= likely, w.why == ByUntagged && (w.status == wire.BAD || w.status == wire.BYE):
			return nil // this one shows its tag; or the server missed one
		case w.why != ByCompletion || st.has(w.tag):
		case b.label == a.label || bytes.Equal(w.tag, word):
			return nil
		default:
			return w.tag
		}
	}
	return nil
}

// tagged puts a tag that the log left out before a line.
func tagged(tag []byte, line seg) seg {
	var m mapper
	m.restore(string(tag) + " ")
	m.add(line)
	return m.seg()
}
