package transcript

import "bytes"

// unplaced undoes what imapflow's and emailjs's compilers do to a line before they log it: "(* 1104B literal *)" stands where {1104} and its octets stood,
// "\\*" in quotes for the flag \*, and a lone "+" for "+ ".
func unplaced(p seg) seg {
	if string(p.b) == "+" {
		var m mapper
		m.add(p)
		m.restore(" ")
		return m.seg()
	}
	for _, start := range [...]string{`* LSUB ()"`, `* LIST ()"`} {
		if bytes.HasPrefix(p.b, []byte(start)) { // their blank behind an empty list gets lost
			var m mapper
			m.add(p.sub(0, len(start)-1))
			m.restore(" ")
			m.add(p.from(len(start) - 1))
			return m.seg()
		}
	}
	if !bytes.Contains(p.b, []byte("B literal *)\"")) && !bytes.Contains(p.b, []byte(`"\\*"`)) {
		return p
	}
	w := rewriter{of: p}
	for i := 0; i < len(p.b); i++ {
		if p.b[i] != '"' {
			continue
		}
		rest := p.b[i:]
		if bytes.HasPrefix(rest, []byte(`"\\*"`)) {
			w.replace(i, i+5, `\*`)
			i += 4
			continue
		}
		n := placeholderLen(rest)
		if n == 0 {
			continue
		}
		size := firstWord(rest[len(`"(* `):n])
		w.replace(i, i+n, "{"+string(size[:len(size)-1])+"}\r\n")
		i += n - 1
	}
	return w.seg()
}

// placeholderLen is the length of "(* 1104B literal *)", quotes included, at the start of b.
func placeholderLen(b []byte) int {
	const open, end = `"(* `, `B literal *)"`
	if !bytes.HasPrefix(b, []byte(open)) {
		return 0
	}
	_, n := parseUint(b[len(open):])
	if n == 0 || !bytes.HasPrefix(b[len(open)+n:], []byte(end)) {
		return 0
	}
	return len(open) + n + len(end)
}
