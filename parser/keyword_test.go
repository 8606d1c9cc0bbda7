package parser

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/imap"
)

// pack packs a word, letter by letter.
func pack(w string) (lo, hi uint64) {
	for i := range len(w) {
		if i < 8 {
			lo |= uint64(w[i]) << (8 * i)
		} else {
			hi |= uint64(w[i]) << (8 * (i - 8))
		}
	}
	return lo, hi
}

// unpack is the word that a table has in a slot.
func unpack(k keyword) string {
	var b []byte
	for _, x := range []uint64{k.lo, k.hi} {
		for ; x != 0; x >>= 8 {
			b = append(b, byte(x))
		}
	}
	return string(b)
}

// A table's words stand where find looks for them and mean what the full lookup says.
func TestKeywords(t *testing.T) {
	for name, c := range map[string]struct {
		table *keywords
		full  func([]byte) uint8
	}{
		"commandWords":    {&commandWords, func(b []byte) uint8 { return uint8(imap.LookupCommand(b)) }},
		"searchWords":     {&searchWords, func(b []byte) uint8 { return uint8(imap.LookupSearchKey(b)) }},
		"attWords":        {&attWords, func(b []byte) uint8 { return uint8(imap.LookupAtt(b)) }},
		"statusWords":     {&statusWords, func(b []byte) uint8 { return uint8(imap.LookupStatusAtt(b)) }},
		"capabilityWords": {&capabilityWords, func(b []byte) uint8 { return uint8(imap.LookupCap(b)) }},
		"codeWords":       {&codeWords, func(b []byte) uint8 { return uint8(imap.LookupCode(b)) }},
	} {
		sameWords(t, name, c.table.slots[:], c.table, c.full)
		require.Zero(t, c.table.find(0, 0), name)
	}
	sameWords(t, "flagWords", flagWords.slots[:], &flagWords, func(b []byte) uint8 { return uint8(imap.LookupFlag(b)) })
}

func sameWords(t *testing.T, name string, slots []keyword, table interface {
	find(lo, hi uint64) uint8
	slot(lo, hi uint64) uint64
}, full func([]byte) uint8,
) {
	for slot, k := range slots {
		if k.id == 0 {
			require.Zero(t, k, "%s has half a word in slot %d", name, slot)
			continue
		}
		word := unpack(k)
		lo, hi := pack(word)
		require.Equal(t, keyword{lo, hi, full([]byte(word))}, k, "%s: %s", name, word)
		require.Equal(t, k.id, table.find(lo, hi), "%s: %s belongs into slot %d: {%#016x, %#016x}", name, word, table.slot(lo, hi), lo, hi)
	}
}

// packWord packs up to sixteen bytes before the first that keywords don't have, wherever in the message they stand.
func TestPackWord(t *testing.T) {
	stops := func(c byte) bool {
		return c < ',' || c >= '[' && c <= '^' || c == '_' || c >= '{'
	}
	text := "X-GM-LABELS.SILENT"
	for n := range len(text) + 1 {
		for c := range 256 {
			for _, before := range []string{"", "a ", "a1234567890 "} {
				for _, behind := range []string{"", "(", "(\\Seen \\Draft $x) abc\r\n"} {
					in := []byte(fmt.Sprintf("%s%s%c%s", before, bytes.ToLower([]byte(text[:n])), 'x', behind))
					at := len(before)
					in[at+n] = byte(c)
					if len(in) < 8 {
						continue
					}
					want := at + n
					for want < len(in) && !stops(in[want]) {
						want++
					}
					want = min(want, at+16)
					lo, hi := pack(string(bytes.ToUpper(in[at:want])))
					if bytes.IndexByte(in[at:want], '`') >= 0 {
						continue // folds to "@", which no keyword has
					}
					gotLo, gotHi, end := packWord(in, at)
					require.Equal(t, want, end, "%q", in)
					require.Equal(t, [2]uint64{lo, hi}, [2]uint64{gotLo, gotHi}, "%q", in)
				}
			}
		}
	}
}
