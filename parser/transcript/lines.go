package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// physLine is a line of the paste with its outer wrapper taken off.
type physLine struct {
	wire.Span        // the whole line, line end included
	eol       seg    // its line end
	body      seg    // what is left: neither line end nor wrapper
	fenced    bool   // inside a Markdown fence
	fence     bool   // a fence itself
	short     bool   // the log shows only its beginning
	again     bool   // only a copy repeats the line before, or its end
	folds     uint32 // how many more lines of the paste it was folded into
}

// lineReader walks the lines of a paste.
type lineReader struct {
	text   []byte
	at     int
	outer  wrapper
	plain  bool // there is nothing to take off
	fold   fold
	fenced bool
	quoted bool      // the fence that is open, or was last, stands around IMAP, not in it
	again  bool      // the last line was a repetition
	last   wire.Span // it, without its line end
}

// readLines reads the lines of text from at on.
func readLines(text []byte, at int, outer *wrapper, fold *fold) lineReader {
	return lineReader{text: text, at: at, outer: *outer, plain: outer.stripsNothing(), fold: *fold}
}

// next reads the next line into l, unfolded; false at the end.
func (r *lineReader) next(l *physLine) bool {
	ok := r.line(l)
	if r.fold.column == 0 || !ok || l.again || l.fence {
		return ok
	}
	var more physLine
	for last := l.body; l.folds < wrapMax; l.folds++ {
		ahead := *r
		if !ahead.line(&more) || more.again || more.fenced != l.fenced || !r.fold.goesOn(last.b, more.body.b) {
			break
		}
		*r, last = ahead, more.body
		l.body, l.eol, l.End = r.fold.joined(l.body, more.body), more.eol, more.End
	}
	return true
}

// line reads the next line into l as it stands.
func (r *lineReader) line(l *physLine) bool {
	if r.at >= len(r.text) {
		return false
	}
	start := r.at
	end, eol := lineEnd(r.text, start)
	from := eol
	if r.outer.joined {
		if at, behind := breakAt(r.text, start, eol); at >= 0 && behind < eol {
			end, eol, from = behind, at, behind // what ends the line is none of its bytes
		}
	}
	r.at = end
	l.Span, l.folds = wire.Span{Start: uint32(start), End: uint32(end)}, 0
	l.eol = seg{b: r.text[from:end:end], src: uint32(from)}
	body := start
	if start == 0 && bytes.HasPrefix(r.text[:eol], []byte("\xEF\xBB\xBF")) { // a byte order mark
		body = 3
	}
	l.again = r.repeats(start, eol)
	r.again, r.last = l.again, wire.Span{Start: uint32(start), End: uint32(eol)}
	shown := eol
	if l.short = r.outer.isCut(r.text[start:eol]); l.short {
		shown -= cutMark(r.text[start:eol])
	}
	l.body = seg{b: r.text[body:shown:shown], src: uint32(body)}
	if !r.plain {
		l.body = r.outer.strip(l.body)
	}
	if l.fence = isFence(l.body.b); l.fence {
		r.fenced = !r.fenced
	}
	l.fenced = r.fenced && !l.fence
	return true
}

// isFence: the line opens or closes a block of code in Markdown.
func isFence(b []byte) bool {
	t := trimBlanks(b)
	return len(t) >= 3 && (t[0] == '`' || t[0] == '~') && t[1] == t[0] && t[2] == t[0]
}

// repeats reports whether the line only repeats the one before, or its end, in a paste where every line is repeated.
func (r *lineReader) repeats(start, eol int) bool {
	if r.again || start == 0 || !r.outer.doubled && !r.outer.spaced {
		return false
	}
	line := r.text[start:eol]
	return r.outer.doubled && bytes.Equal(line, r.text[r.last.Start:r.last.End]) || r.outer.spaced && isBlank(line)
}

// lineEnd finds the end of the line that begins at start, with its line end and without it.
// CR CR LF, as terminals write it, is one line end; a CR alone is none.
func lineEnd(text []byte, start int) (end, eol int) {
	i := bytes.IndexByte(text[start:], '\n')
	if i < 0 {
		return len(text), len(text)
	}
	end, eol = start+i+1, start+i
	for n := 0; n < 2 && eol > start && text[eol-1] == '\r'; n++ {
		eol--
	}
	return end, eol
}
