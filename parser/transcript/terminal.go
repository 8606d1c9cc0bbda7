package transcript

import (
	"bytes"
	"slices"
)

// screened is a line as a terminal showed it: without control sequences (ECMA-48), and with what was typed over or erased (BS, CSI D, K, P and their like)
// gone. A line in which the cursor never moves back loses its sequences only.
func screened(l seg) seg {
	w := rewriter{of: l}
	for i := 0; i < len(l.b); {
		switch {
		case l.b[i] == '\b':
			return edited(l)
		case l.b[i] != 0x1B:
			i++
			continue
		}
		end := escapeEnd(l.b, i)
		if moves(l.b[i:end]) {
			return edited(l)
		}
		w.replace(i, end, "")
		i = end
	}
	return w.seg()
}

// moves reports whether a control sequence moves the cursor within its line or erases in it.
func moves(s []byte) bool {
	return len(s) > 2 && s[1] == '[' && bytes.IndexByte([]byte("CDKPG@X"), s[len(s)-1]) >= 0
}

// cell is one character of a terminal's line: where it stands in the log. Length 0: never written.
type cell struct{ at, len uint32 }

// screenMax bounds how wide a line is followed.
const screenMax = 4096

// edited writes the characters of a line into cells one after the other, as the cursor goes.
func edited(l seg) seg {
	cells := make([]cell, 0, min(len(l.b), screenMax))
	cursor := 0
	for i := 0; i < len(l.b); {
		switch c := l.b[i]; {
		case c == '\b':
			cursor = max(cursor-1, 0)
			i++
		case c == 7:
			i++
		case c == 0x1B:
			end := escapeEnd(l.b, i)
			if s := l.b[i:end]; moves(s) {
				cells, cursor = move(cells, cursor, s)
			}
			i = end
		default:
			n := 1
			if c >= 0xC0 {
				for i+n < len(l.b) && n < 4 && l.b[i+n]&0xC0 == 0x80 {
					n++
				}
			}
			for len(cells) <= cursor {
				cells = append(cells, cell{})
			}
			cells[cursor] = cell{uint32(i), uint32(n)}
			cursor++
			i += n
		}
	}
	for len(cells) > cursor && (cells[len(cells)-1].len == 0 || l.b[cells[len(cells)-1].at] == ' ') { // what was erased by blanks
		cells = cells[:len(cells)-1]
	}
	m := mapper{b: make([]byte, 0, len(l.b))}
	for i := 0; i < len(cells); {
		at, end := cells[i].at, cells[i].at+cells[i].len
		for i++; at < end && i < len(cells) && cells[i].at == end && cells[i].len > 0; i++ { // what was written at a stretch
			end += cells[i].len
		}
		if at == end {
			m.restore(" ")
			continue
		}
		m.add(l.sub(int(at), int(end)))
	}
	return m.seg()
}

// move does what a control sequence that moves says.
func move(cells []cell, cursor int, s []byte) ([]cell, int) {
	v, digits := parseUint(s[2:])
	n := int(min(v, screenMax))
	count := max(n, 1)
	here := min(cursor, len(cells))
	final := s[len(s)-1]
	if (final == 'P' || final == '@') && len(cells) > screenMax { // all that follows would have to move each time
		return cells, cursor
	}
	switch final {
	case 'C':
		cursor = min(cursor+count, screenMax)
	case 'D':
		cursor = max(cursor-count, 0)
	case 'G':
		cursor = count - 1
	case 'K': // erase in line: 0 from the cursor, 1 up to it, 2 all
		if n == 0 || digits == 0 || n == 2 {
			cells = cells[:here]
		}
	case 'P':
		cells = append(cells[:here], cells[min(here+count, len(cells)):]...)
	case 'X':
		clear(cells[here:min(here+count, len(cells))])
	case '@':
		count = min(count, screenMax-here)
		cells = slices.Insert(cells, here, make([]cell, count)...)
		cells = cells[:min(len(cells), screenMax)] // the rest went off the screen
	}
	return cells, cursor
}

// escapeEnd is the end of the control sequence that starts at b[i].
func escapeEnd(b []byte, i int) int {
	i++
	if i == len(b) {
		return i
	}
	switch b[i] {
	case '[': // CSI: parameters, then one final byte
		for i++; i < len(b) && (b[i] < '@' || b[i] > '~'); i++ {
		}
	case ']': // OSC: up to BEL or ST
		for i++; i < len(b) && b[i] != 7 && b[i] != 0x1B; i++ {
		}
		if i+1 < len(b) && b[i] == 0x1B {
			i++
		}
	}
	return min(i+1, len(b))
}

// colourCode is the length of what a copy left of a control sequence for colours (ECMA-48 SGR) at the start of b, without its ESC or with that written out:
// "[0m", "^[[1;32m", "\x1b[31m". 0: there is none.
func colourCode(b []byte) int {
	n := 0
	for _, esc := range [...]string{"^[", `\x1b`, `\x1B`, `\033`, `\e`, `\u001b`, `\u001B`, "\u241b"} {
		if bytes.HasPrefix(b, []byte(esc)) {
			n = len(esc)
			break
		}
	}
	if n == len(b) || b[n] != '[' {
		return 0
	}
	for n++; n < len(b) && n < 24 && (b[n] >= '0' && b[n] <= '9' || b[n] == ';'); n++ {
	}
	if n == len(b) || b[n] != 'm' {
		return 0
	}
	return n + 1
}

// colourCodes counts them in a line.
func colourCodes(b []byte) (n int) {
	for i := bytes.IndexByte(b, '['); i >= 0 && i < len(b); {
		if k := colourCode(b[i:]); k > 0 {
			n++
			i += k
		} else {
			i++
		}
		j := bytes.IndexByte(b[i:], '[')
		if j < 0 {
			break
		}
		i += j
	}
	return n
}

// withoutCodes takes them out of a line.
func withoutCodes(l seg) seg {
	w := rewriter{of: l}
	for i := 0; i < len(l.b); i++ {
		if k := colourCode(l.b[i:]); k > 0 {
			w.replace(i, i+k, "")
			i += k - 1
		}
	}
	return w.seg()
}
