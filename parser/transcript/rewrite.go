package transcript

import "bytes"

// rewriter makes a seg of another one in which parts are taken out or replaced, one behind the other, in one pass over its map.
type rewriter struct {
	of      seg
	at      int // what stands before it is done
	run     int // the first run that can map what stands there
	changed bool
	m       mapper
}

// replace puts text in place of octets [i, j), which it stands for as a whole; empty text leaves them out. What stands before them stays.
func (w *rewriter) replace(i, j int, text string) {
	w.keep(i)
	if text != "" {
		var of seg
		of, w.run = w.of.part(i, j, w.run)
		w.m.unit(text, of)
	}
	w.at, w.changed = j, true
}

// keep takes what stands before octet i as it is.
func (w *rewriter) keep(i int) {
	if i > w.at {
		var part seg
		part, w.run = w.of.part(w.at, i, w.run)
		w.m.add(part)
		w.at = i
	}
}

// seg is what came of it: the same where nothing was replaced.
func (w *rewriter) seg() seg {
	if !w.changed {
		return w.of
	}
	w.keep(len(w.of.b))
	return w.m.seg()
}

// replacement is what stands for a text, and the text.
type replacement struct{ from, to string }

// replaced is l with the text of each replacement of a list in its place. All of them begin with the octet first; with 0x80 for it, with any that isn't ASCII.
func replaced(l seg, first byte, list []replacement) seg {
	w := rewriter{of: l}
	for i := 0; i < len(l.b); i++ {
		if c := l.b[i]; c != first && (c < 0x80 || first < 0x80) {
			continue
		}
		for _, r := range list {
			if bytes.HasPrefix(l.b[i:], []byte(r.from)) {
				w.replace(i, i+len(r.from), r.to)
				i += len(r.from) - 1
				break
			}
		}
	}
	return w.seg()
}
