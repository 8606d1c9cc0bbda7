package transcript

import (
	"bytes"
	"unicode/utf8"
)

// Pagers and system journals cut lines at the width of the screen and put ">" or an ellipsis into the last column, as less -S and journalctl do.

const (
	cutMin = 40  // narrower screens show no log
	cutMax = 400 // nor do wider ones cut
)

// cutMark is the length of the mark at the end of a line.
func cutMark(b []byte) int {
	switch {
	case len(b) > 0 && b[len(b)-1] == '>':
		return 1
	case bytes.HasSuffix(b, []byte("\u2026")):
		return len("\u2026")
	}
	return 0
}

// cutColumn is the width at which the lines of a sample were cut, 0: at none. No line is longer, and all that are as long end in the mark, several of them.
func cutColumn(raw [][]byte) int {
	column, marked := 0, 0
	for _, l := range raw {
		if len(l) < max(column, cutMin) { // nor has it as many characters
			continue
		}
		w := utf8.RuneCount(l)
		switch {
		case w > cutMax:
			return 0
		case w < column:
			continue
		case w > column:
			column, marked = w, 0
		}
		switch {
		case cutMark(l) == 0:
			marked = -len(raw)
		default:
			marked++
		}
	}
	if column < cutMin || marked < 2 {
		return 0
	}
	return column
}

// isCut reports whether a line was cut at the screen's width.
func (w *wrapper) isCut(line []byte) bool {
	return w.cut > 0 && len(line) >= w.cut && cutMark(line) > 0 && utf8.RuneCount(line) == w.cut
}
