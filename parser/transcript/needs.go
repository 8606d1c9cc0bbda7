package transcript

import "sync"

// needsMax bounds how many texts all dialects together need, and needleMin is how long each is at least.
const (
	needsMax  = 200
	needleMin = 3
)

// needle is one text that a dialect needs.
type needle struct {
	text    string
	dialect int
	next    uint8 // the next needle with the same hash, counted from 1; 0: none
}

// needleBits is the size of the hash of a needle's first octets.
const needleBits = 12

func needleHash(w uint32) uint32 { return w & 0xFFFFFF * 0x9E3779B1 >> (32 - needleBits) }

// needles are the texts that dialects need, to be found by the hash of their first octets. They are put together when they are first asked for.
type needles struct {
	heads [1 << needleBits]uint8 // by hash: the first needle, counted from 1
	list  [needsMax]needle
}

var allNeedles = sync.OnceValue(func() *needles {
	all := new(needles)
	n := 0
	for i, d := range dialects {
		for _, text := range d.needs {
			h := &all.heads[needleHash(uint32(text[0])<<16|uint32(text[1])<<8|uint32(text[2]))]
			all.list[n] = needle{text, i, *h}
			n++
			*h = uint8(n)
		}
	}
	return all
})

// shown tells of each dialect whether the sample holds one of the texts that it needs: one pass over the sample in place of one for each dialect, of which a
// paste shows few.
func (s *sample) shown() []bool {
	shown := make([]bool, len(dialects))
	for i, d := range dialects {
		shown[i] = len(d.needs) == 0
	}
	all := allNeedles()
	for i := range s.lines {
		b := s.lines[i].body.b
		if len(b) < needleMin {
			continue
		}
		w := uint32(b[0])<<8 | uint32(b[1])
		for k, c := range b[2:] {
			w = w<<8 | uint32(c)
			for h := all.heads[needleHash(w)]; h != 0; {
				x := &all.list[h-1]
				if rest := b[k:]; !shown[x.dialect] && len(rest) >= len(x.text) && string(rest[:len(x.text)]) == x.text {
					shown[x.dialect] = true
				}
				h = x.next
			}
		}
	}
	return shown
}
