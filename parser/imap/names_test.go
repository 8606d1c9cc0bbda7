package imap

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkNames proves that constants, spellings and lookup of an enumeration belong together.
func checkNames[T ~uint8 | ~uint16](t *testing.T, count T, word func(T) string, lookup func([]byte) T, nameless ...T) {
	t.Helper()
	require.Equal(t, "", word(0))
	require.Equal(t, "", word(count))
	seen := map[string]bool{}
next:
	for n := T(1); n < count; n++ {
		w := word(n)
		for _, x := range nameless {
			if n == x {
				continue next
			}
		}
		require.NotEmpty(t, w, "member %d", n)
		require.False(t, seen[strings.ToUpper(w)], "%s twice", w)
		require.LessOrEqual(t, len(w), wordMax)
		seen[strings.ToUpper(w)] = true
		for _, spelling := range []string{w, strings.ToLower(w), strings.ToUpper(w)} {
			require.Equal(t, n, lookup([]byte(spelling)), "%s", spelling)
		}
		require.Equal(t, T(0), lookup([]byte(w+"\x00")))
		require.NotEqual(t, n, lookup([]byte(w[:len(w)-1])), "a prefix of %s", w)
		// Octets that differ from a letter by the case bit only are no letters.
		for i := range w {
			b := []byte(w)
			if b[i] ^= 0x20; b[i]|0x20 < 'a' || b[i]|0x20 > 'z' {
				require.NotEqual(t, n, lookup(b), "%q", b)
			}
			b = []byte(w)
			b[i] |= 0x80
			require.Equal(t, T(0), lookup(b), "%q", b)
		}
	}
	require.Equal(t, T(0), lookup(nil))
	require.Equal(t, T(0), lookup(bytes.Repeat([]byte("X"), 1000)))
}

func TestNames(t *testing.T) {
	t.Run("commands", func(t *testing.T) { checkNames(t, countCommandName, CommandName.String, LookupCommand) })
	t.Run("responses", func(t *testing.T) {
		checkNames(t, countResponseName, ResponseName.String, LookupResponse, RespState)
	})
	t.Run("codes", func(t *testing.T) { checkNames(t, countCodeName, CodeName.String, LookupCode) })
	t.Run("items", func(t *testing.T) { checkNames(t, countAttName, AttName.String, LookupAtt, AttSection) })
	t.Run("search keys", func(t *testing.T) {
		checkNames(t, countSearchOp, SearchOp.String, LookupSearchKey, KeyAnd, KeySet)
	})
	t.Run("status items", func(t *testing.T) { checkNames(t, countStatusAtt, StatusAtt.String, LookupStatusAtt) })
	t.Run("flags", func(t *testing.T) { checkNames(t, countKnownFlag, KnownFlag.String, LookupFlag) })
}

func TestCapNames(t *testing.T) {
	for c := Cap(1); c < countCap; c++ {
		w := c.String()
		require.NotEmpty(t, w, "member %d", c)
		if strings.HasSuffix(w, "=") {
			w += "value"
		}
		require.Equal(t, c, LookupCap([]byte(w)), w)
		require.Equal(t, c, LookupCap([]byte(strings.ToLower(w))), w)
	}
	require.Equal(t, CapUnknown, LookupCap([]byte("THREAD=UNHEARD-OF")))
	require.Equal(t, CapUnknown, LookupCap(nil))
	require.Equal(t, CapUnknown, LookupCap([]byte("=")))
	require.Equal(t, CapAppendLimit, LookupCap([]byte("APPENDLIMIT=12")))
}

func TestLookupsOfSeveralNames(t *testing.T) {
	for word, status := range map[string]Status{"OK": OK, "no": NO, "Bad": BAD, "PREAUTH": PREAUTH, "bye": BYE, "OKAY": 0, "": 0} {
		require.Equal(t, status, LookupStatus([]byte(word)), word)
		if status != 0 {
			require.Equal(t, RespState, LookupResponse([]byte(word)))
		}
	}
	require.Equal(t, AttBody, LookupAtt([]byte("BODY")))
	require.Equal(t, AttSection, LookupAtt([]byte("Body.Peek")))
	require.Equal(t, AttBinary, LookupAtt([]byte("BINARY.PEEK")))
	require.Equal(t, "BODY", AttSection.String())
}

func TestUpperAgreesWithBytesToUpper(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	slow := func(b []byte) []byte {
		out := append([]byte{}, b...)
		for i, c := range out {
			if 'a' <= c && c <= 'z' {
				out[i] = c - 'a' + 'A'
			}
		}
		return out
	}
	for n := range wordMax + 1 {
		for at := 0; at+n <= len(all); at++ {
			var buf [wordMax]byte
			require.Equal(t, slow(all[at:at+n]), upper(&buf, all[at:at+n]))
		}
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	words := [][]byte{[]byte("fetch"), []byte(`\Seen`), []byte("BODYSTRUCTURE"), []byte("QUOTA=RES-ANNOTATION-STORAGE"), []byte("x")}
	n := 0
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, w := range words {
			n += int(LookupCommand(w)) + int(LookupFlag(w)) + int(LookupAtt(w)) + int(LookupCap(w)) + int(LookupCode(w)) + int(LookupSearchKey(w))
		}
	}))
	require.NotZero(t, n)
}

func BenchmarkLookup(b *testing.B) {
	b.Run("flag", func(b *testing.B) {
		words := [][]byte{[]byte(`\Seen`), []byte(`\Answered`), []byte(`$Forwarded`), []byte("NonJunk"), []byte("mykeyword")}
		for i := 0; b.Loop(); i++ {
			LookupFlag(words[i%len(words)])
		}
	})
	b.Run("att", func(b *testing.B) {
		words := [][]byte{[]byte("UID"), []byte("FLAGS"), []byte("RFC822.SIZE"), []byte("BODYSTRUCTURE"), []byte("ENVELOPE")}
		for i := 0; b.Loop(); i++ {
			LookupAtt(words[i%len(words)])
		}
	})
	b.Run("cap", func(b *testing.B) {
		words := [][]byte{[]byte("IMAP4rev1"), []byte("IDLE"), []byte("AUTH=PLAIN"), []byte("SPECIAL-USE"), []byte("APPENDLIMIT=1000")}
		for i := 0; b.Loop(); i++ {
			LookupCap(words[i%len(words)])
		}
	})
}
