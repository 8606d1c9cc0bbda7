package parser

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser/imap"
)

// FuzzPlain: what a reader of plain.go takes, at any offset, is what the ordinary way reads there (P10). That it takes nothing is always right.
func FuzzPlain(f *testing.F) {
	n := 0
	for v := range corpus.Tests() {
		if n++; n%16 == 0 {
			f.Add(v.Bytes(), n/16)
		}
	}
	f.Add([]byte("A7 UID SEARCH SINCE 1-Jul-2026 BEFORE 31-Dec-2026 SENTON 29-Feb-2028 UID 1:4294967295,*:7\r\n"), 17)
	f.Add([]byte("* SEARCH 1 2 3 12 13 1234567 7654321 99999 1234567 12345678 1 2 3 4 0 5 6 7 8 9 10\r\n"), 8)
	f.Add([]byte("* 3 FETCH (INTERNALDATE \" 1-Jul-2026 23:59:60 -1130\" MODSEQ (123456789012345) FLAGS (\\Seen $NotJunk NonJunk))\r\n"), 24)
	f.Fuzz(func(t *testing.T, b []byte, i int) {
		if len(b) == 0 {
			return
		}
		samePlain(t, b, int(uint(i)%uint(len(b))))
	})
}

// TestPlain is FuzzPlain at every offset of some vectors.
func TestPlain(t *testing.T) {
	n := 0
	for v := range corpus.Tests() {
		b := v.Bytes()
		if n++; n%4 != 0 || len(b) > 300 {
			continue
		}
		for i := range b {
			samePlain(t, b, i)
		}
	}
}

func samePlain(t *testing.T, b []byte, i int) {
	samePlainDates(t, b, i)
	samePlainNumbers(t, b, i)
	samePlainStrings(t, b, i)
	samePlainWords(t, b, i)
}

func samePlainDates(t *testing.T, b []byte, i int) {
	var date imap.Date
	if end := plainDate(b, i, &date); end > 0 {
		r := dateReader{b: b, i: i}
		want := r.rest(r.day())
		require.False(t, r.bad, "%q", b[i:])
		require.Equal(t, r.i, end, "%q", b[i:])
		require.Equal(t, want, date, "%q", b[i:])
	}
	var plain, strict imap.DateTime
	if end := plainDateTime(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		at, ok := p.strictDateTime(&strict)
		require.True(t, ok, "%q", b[i:])
		require.Equal(t, at, end, "%q", b[i:])
		require.Equal(t, strict, plain, "%q", b[i:])
	}
}

func samePlainNumbers(t *testing.T, b []byte, i int) {
	if v, end := plainNumber(b, i); end > 0 {
		want, err := strconv.ParseUint(string(b[i:end]), 10, 64)
		require.NoError(t, err, "%q", b[i:])
		require.Equal(t, want, v, "%q", b[i:])
		require.False(t, '0' <= b[end] && b[end] <= '9', "%q", b[i:])
	}
	for _, use := range []setUse{0, setStar} {
		end := plainSet(b, i, use == setStar)
		if end < 0 {
			continue
		}
		p, at := Parser{b: b}, i
		for {
			if at = p.setNumber(at, use); at > 0 && b[at] == ':' {
				at = p.setNumber(at+1, use)
			}
			require.Positive(t, at, "%q", b[i:])
			if b[at] != ',' {
				break
			}
			at++
		}
		require.Equal(t, at, end, "%q", b[i:])
	}
	// *(SP nz-number): what stands before each, behind the last, and nothing more than the digits of one.
	var room [20]uint32
	nums, at := room[:1+len(b)%len(room)], i
	k, end := readNumbers(nums, b, i)
	for _, v := range nums[:k] {
		p := Parser{b: b, i: at + 1}
		slow, ok := p.nzDigits(0, 0, max32)
		require.True(t, ok && b[at] == ' ', "%q at %d", b, i)
		require.Equal(t, slow, uint64(v), "%q at %d", b, i)
		at = p.i
	}
	require.Equal(t, at, end, "%q at %d", b, i)
}

func samePlainStrings(t *testing.T, b []byte, i int) {
	var plain, slow imap.String
	if end := plainAString(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		require.True(t, p.astring(0, &slow), "%q", b[i:])
		require.Equal(t, p.i, end, "%q", b[i:])
		require.Equal(t, slow, plain, "%q", b[i:])
	} else {
		require.Zero(t, plain, "%q", b[i:])
	}
	plain = imap.String{}
	if end := plainNString(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		slow = imap.String{}
		require.True(t, p.nstring(0, &slow), "%q", b[i:])
		require.Equal(t, p.i, end, "%q", b[i:])
		require.Equal(t, slow, plain, "%q", b[i:])
	}
	for _, c := range []uint8{clsAtom, clsAstring, clsTag, clsList} {
		want := i
		for want < len(b) && class[b[want]]&c != 0 {
			want++
		}
		p := Parser{b: b, i: i}
		require.Equal(t, want-i, p.run(c), "%q", b[i:])
		if want == len(b) {
			want = unusual
		}
		require.Equal(t, want, plainAtom(b, i, c), "%q", b[i:])
	}
}

func samePlainWords(t *testing.T, b []byte, i int) {
	lo, hi, end := packWord(b, i)
	word := b[i:end]
	require.Equal(t, -1, bytes.IndexFunc(word, func(c rune) bool { return c < ',' || c >= '{' || '[' <= c && c < '`' }), "%q", b[i:])
	for _, same := range []bool{
		keeps(&commandWords, lo, hi, uint8(imap.LookupCommand(word))), keeps(&searchWords, lo, hi, uint8(imap.LookupSearchKey(word))),
		keeps(&attWords, lo, hi, uint8(imap.LookupAtt(word))), keeps(&statusWords, lo, hi, uint8(imap.LookupStatusAtt(word))),
		keeps(&capabilityWords, lo, hi, uint8(imap.LookupCap(word))), keeps(&codeWords, lo, hi, uint8(imap.LookupCode(word))),
	} {
		require.True(t, same, "%q", b[i:])
	}
	if known, end := plainFlag(b, i); end > 0 {
		require.Equal(t, imap.LookupFlag(b[i:end]), known, "%q", b[i:])
		p := Parser{b: b, i: i}
		var f imap.Flag
		require.True(t, p.flag(&f, flagsOfMessage), "%q", b[i:])
		require.Equal(t, p.i, end, "%q", b[i:])
	}
}

// keeps says that a table knows nothing of a word, or what the full lookup says.
func keeps(table *keywords, lo, hi uint64, full uint8) bool {
	id := table.find(lo, hi)
	return id == 0 || id == full
}
