package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// infer decides who sent an unlabelled line, by what it says and what the connection waits for. 0: nobody, it is no IMAP.
func (s *Scanner) infer(i int) (wire.Side, Why, bool) {
	a := s.at(i)
	if a.kind == noiseLine || isBlank(a.body.b) || s.foreign {
		return 0, 0, false
	}
	if len(s.streams) == 0 {
		s.stream(nil)
	}
	st := &s.streams[a.stream]
	s.opening.atom, s.opening.line = i+1, s.firstLine(a)
	line := s.opening.line.b
	s.opening.verdict = judge(line)
	v := &s.opening.verdict
	if v.why == ByCompletion && st.has(v.tag) {
		return wire.Server, ByOutstanding, true
	}
	if tag, rest := cutWord(line); v.side == 0 && st.has(tag) && statusOf(firstWord(rest)) == wire.BYE { // no server may, and some do
		return wire.Server, ByOutstanding, true
	}
	switch st.mode() {
	case wire.ModeAuth:
		// Between the server's "+" and the completion the client says nothing else (RFC 9051 §6.2.2).
		if v.side != wire.Server && looksSASL(line) && (st.last == wire.Server || len(line) > 3) {
			return wire.Client, BySASL, true
		}
		if string(line) == "*" {
			return wire.Client, BySASL, true
		}
		if v.side == 0 && a.kind == wireLine && st.last == wire.Server && s.goesOn(i) {
			return wire.Client, BySASL, false // something was put in its place
		}
	case wire.ModeIdle:
		if isDone(line) {
			return wire.Client, ByDone, true
		}
	}
	if v.side == 0 || v.weight < likely {
		return s.weigh(i, v, line)
	}
	if v.why == ByDone && !st.commands {
		return 0, 0, false
	}
	if s.sparse && a.kind == otherLine && !s.unmistakable(v, line) && (!s.inCompany(i, v) || v.side == wire.Server && v.why != ByUntagged && !st.commands && !s.adjoins(a)) {
		return 0, 0, false
	}
	return v.side, v.why, v.weight >= likely+1
}

// weigh decides a line of little evidence: a known word with odd arguments, a command nobody knows. It counts when a completion with its tag follows,
// or, in a text that is nearly all IMAP, when nothing speaks against it.
func (s *Scanner) weigh(i int, v *verdict, line []byte) (wire.Side, Why, bool) {
	tag, rest := cutWord(line)
	if v.side == wire.Server {
		if v.weight >= doubtful && !s.sparse && v.why != ByCompletion {
			return v.side, v.why, false
		}
		return 0, 0, false
	}
	plausible := len(rest) > 0 && plausibleTag(tag) && !(isDigits(tag) && s.sparse && v.side == 0 && !isUpper(firstWord(rest)))
	switch {
	case plausible && s.answered(i, tag):
		return wire.Client, ByAnswer, true
	case s.tagless(i, line):
		return wire.Client, ByAnswer, false
	case plausible && v.side == wire.Client && v.weight >= doubtful && !s.sparse:
		return v.side, v.why, false
	}
	return 0, 0, false
}

// goesOn reports whether the server's next step in a SASL exchange, or its end, follows at once.
func (s *Scanner) goesOn(i int) bool {
	const reach = 16
	for j := i + 1; j <= i+reach && s.steps > 0; j++ {
		s.steps--
		b := s.at(j)
		if b == nil {
			return false
		}
		if b.kind == wireLine && !isBlank(b.body.b) {
			v := judge(trimBlanks(b.body.b[:min(len(b.body.b), 512)]))
			return v.why == ByContinuation || v.why == ByCompletion && s.streams[s.at(i).stream].has(v.tag)
		}
	}
	return false
}

// tagless reports whether a line is a command whose tag was forgotten, as people do who type: it stands right behind other lines of the session, and the
// server refuses it, in an untagged response or taking its first word for the tag, or says goodbye.
func (s *Scanner) tagless(i int, line []byte) bool {
	const reach = 3
	word, args := cutWord(line)
	args = trimBlanks(args)
	shape, known := commandShape(word)
	if !known || !shape.fits(args) || !s.adjoins(s.at(i)) {
		return false
	}
	for j := i + 1; j <= i+reach && s.steps > 0; j++ {
		s.steps--
		b := s.at(j)
		if b == nil {
			return false
		}
		if isBlank(b.body.b) {
			continue
		}
		v := judge(trimBlanks(b.body.b[:min(len(b.body.b), 512)]))
		refused := v.status == wire.NO || v.status == wire.BAD
		return v.why == ByUntagged && (refused || v.status == wire.BYE) || v.why == ByCompletion && refused && bytes.Equal(v.tag, word)
	}
	return false
}

// answerReach is how many lines behind a doubtful command its completion is looked for.
const answerReach = 40

// answered reports whether a completion with that tag follows soon.
func (s *Scanner) answered(i int, tag []byte) bool {
	for j := i + 1; j <= i+answerReach && s.steps > 0; j++ {
		s.steps--
		b := s.at(j)
		if b == nil {
			return false
		}
		v := judge(trimBlanks(b.body.b[:min(len(b.body.b), 512)]))
		if v.why == ByCompletion && bytes.Equal(v.tag, tag) {
			return true
		}
		if v.why == ByCommand && v.weight >= likely && bytes.Equal(v.tag, tag) {
			return false // the tag is used again
		}
	}
	return false
}

// unmistakable: an untagged response that no list in prose has as an item: data with its syntax, a refusal, a status with a code or the words of a greeting.
func (s *Scanner) unmistakable(v *verdict, line []byte) bool {
	if v.why != ByUntagged || v.weight < certain {
		return false
	}
	if v.status != wire.OK && v.status != wire.NO {
		return true
	}
	rest := trimBlanks(line[min(len(line), 4):])
	return len(rest) > 0 && (rest[0] == '[' || v.status == wire.OK && isGreetingText(rest))
}

// adjoins reports whether a line stands right behind the last message.
func (s *Scanner) adjoins(a *atom) bool { return s.wireEnd > 0 && s.wireEnd >= a.span.Start }

// inCompany: in prose a lone line is a quotation; IMAP stands in code, or next to more of it.
func (s *Scanner) inCompany(i int, v *verdict) bool {
	a := s.at(i)
	if a.fenced || s.adjoins(a) || a.lead >= 4 {
		return true
	}
	for j, blanks := i+1, 0; s.steps > 0; j++ {
		s.steps--
		b := s.at(j)
		if b == nil {
			return s.lonely(a)
		}
		if b.kind == noiseLine {
			continue
		}
		if isBlank(b.body.b) {
			if blanks++; blanks > 1 {
				return s.lonely(a)
			}
			continue
		}
		line := trimBlanks(b.body.b[:min(len(b.body.b), 512)])
		w := judge(line)
		return w.weight >= likely && w.why != ByContinuation || len(v.tag) > 0 && s.answered(i, v.tag) || v.why == ByCommand && v.weight == certain && hasDigit(v.tag)
	}
	return false
}

// lonely: nothing follows the line. It stands when little else is in the paste.
func (s *Scanner) lonely(a *atom) bool {
	return a.span.Start == 0 || s.wireEnd > 0 && len(bytes.TrimSpace(s.text[s.wireEnd:a.span.Start])) == 0
}
