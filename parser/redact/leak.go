package redact

import (
	"bytes"
	"slices"

	"github.com/imapwire/imapwire/parser/wire"
)

const mostSuspects = 1000

// leaks scans a copy for what should not be in it: the values that were replaced, and whatever still has the shape of a person, a machine or a token;
// in the clear, and inside base64, quoted-printable, encoded words (RFC 2047) and modified UTF-7.
func leaks(text []byte, n *names, o Options) []Suspect {
	l := leakScan{values: make(map[uint32][]string), options: o}
	for _, v := range n.taken {
		l.values[prefix(v)] = append(l.values[prefix(v)], v)
	}
	l.look(text, wire.Span{End: uint32(len(text))}, Plain)
	l.layers(text)
	slices.SortStableFunc(l.found, func(a, b Suspect) int { return int(a.Span.Start) - int(b.Span.Start) })
	return l.found
}

type leakScan struct {
	values  map[uint32][]string // by their first four octets
	options Options
	found   []Suspect
	buf     []byte
}

func prefix[T string | []byte](v T) uint32 {
	return uint32(v[0]) | uint32(v[1])<<8 | uint32(v[2])<<16 | uint32(v[3])<<24
}

func (l *leakScan) add(s Suspect) {
	if len(l.found) < mostSuspects {
		l.found = append(l.found, s)
	}
}

// look scans b. In the clear a suspect stands where it was found; in a layer it stands where the whole encoded piece does.
func (l *leakScan) look(b []byte, at wire.Span, layer Layer) {
	place := func(start, end int) wire.Span {
		if layer == Plain {
			return wire.Span{Start: uint32(start), End: uint32(end)}
		}
		return at
	}
	if len(l.values) > 0 {
		for i := 0; i+shortest <= len(b); i++ {
			if i > 0 && isLabel(b[i-1]) && isLabel(b[i]) {
				continue
			}
			for _, v := range l.values[prefix(b[i:])] {
				if end := i + len(v); end <= len(b) && string(b[i:end]) == v && (end == len(b) || !isLabel(b[end-1]) || !isLabel(b[end])) {
					l.add(Suspect{Chosen, place(i, end), layer})
					if layer != Plain {
						return
					}
				}
			}
		}
	}
	scan(b, func(f found) {
		if f.kind == Address && (l.options.People || isPlaceholder(b[f.start:f.end])) || f.kind != Address && l.options.Hosts {
			return
		}
		if !isFiller(b[f.start:f.end]) {
			l.add(Suspect{f.kind, place(f.start, f.end), layer})
		}
	})
}

// isFiller says that nothing is left of a value but what cover puts in its place.
func isFiller(b []byte) bool {
	for _, c := range b {
		if isLabel(c) && c < 0x80 && c != 'x' && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// layers finds encoded pieces and looks into them.
func (l *leakScan) layers(text []byte) {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '=' && i+1 < len(text) && text[i+1] == '?':
			i = l.encodedWord(text, i)
		case c == '&':
			i = l.utf7(text, i)
		case c == '=' && i+2 < len(text) && unhex(text[i+1]) >= 0 && unhex(text[i+2]) >= 0:
			i = l.quotedPrintable(text, i)
		case isBase64(c):
			j := i
			for j < len(text) && isBase64(text[j]) {
				j++
			}
			if piece := text[i:j]; j-i >= 16 {
				at := wire.Span{Start: uint32(i), End: uint32(j)}
				if isJWT(piece) {
					l.add(Suspect{Token, at, Plain})
				} else if plain, ok := decodeBase64(piece); ok {
					l.look(plain, at, Base64)
				}
			}
			if eq := bytes.IndexByte(text[i:j], '='); eq >= 0 && i+eq+2 < j && unhex(text[i+eq+1]) >= 0 && unhex(text[i+eq+2]) >= 0 {
				j = l.quotedPrintable(text, i+eq)
			}
			i = j
		default:
			i++
		}
	}
}

// encodedWord looks into "=?charset?B?text?=", and returns where to go on.
func (l *leakScan) encodedWord(text []byte, start int) int {
	const longest = 1000
	rest := text[start+2 : min(len(text), start+longest)]
	charset := bytes.IndexByte(rest, '?')
	if charset < 0 || charset+3 > len(rest) || rest[charset+2] != '?' {
		return start + 2
	}
	body := rest[charset+3:]
	end := bytes.Index(body, []byte("?="))
	if end < 0 {
		return start + 2
	}
	stop := start + 2 + charset + 3 + end + 2
	at := wire.Span{Start: uint32(start), End: uint32(stop)}
	if rest[charset+1]|0x20 == 'b' {
		if plain, ok := decodeBase64(body[:end]); ok {
			l.look(plain, at, EncodedWord)
		}
	} else {
		l.buf = appendQ(l.buf[:0], body[:end], true)
		l.look(l.buf, at, EncodedWord)
	}
	return stop
}

// utf7 looks into a mailbox name from "&" on.
func (l *leakScan) utf7(text []byte, start int) int {
	end := start + 1
	for end < len(text) && end-start < 1000 && text[end] > ' ' && text[end] != '"' && text[end] < 0x7F {
		end++
	}
	if plain, err := wire.AppendMUTF7Decoded(l.buf[:0], text[start:end]); err == nil {
		l.buf = plain
		l.look(plain, wire.Span{Start: uint32(start), End: uint32(end)}, UTF7)
	}
	return end
}

// quotedPrintable looks into the rest of a line from an escaped octet on, with the word before it.
func (l *leakScan) quotedPrintable(text []byte, i int) int {
	start, end := i, i
	for start > 0 && i-start < 200 && text[start-1] > ' ' {
		start--
	}
	for end < len(text) && end-i < 1000 && text[end] != '\n' {
		end++
	}
	l.buf = appendQ(l.buf[:0], text[start:end], false)
	l.look(l.buf, wire.Span{Start: uint32(start), End: uint32(end)}, QuotedPrintable)
	return end
}

// appendQ decodes =XX, and "_" as a space in encoded words.
func appendQ(dst, b []byte, word bool) []byte {
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '=' && i+2 < len(b) && unhex(b[i+1]) >= 0 && unhex(b[i+2]) >= 0:
			dst = append(dst, byte(unhex(b[i+1])<<4|unhex(b[i+2])))
			i += 2
		case b[i] == '_' && word:
			dst = append(dst, ' ')
		default:
			dst = append(dst, b[i])
		}
	}
	return dst
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
