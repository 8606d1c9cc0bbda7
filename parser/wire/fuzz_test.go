package wire

import (
	"bytes"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// seedTokens are beginnings of tokens of every sort.
var seedTokens = []string{
	"", "INBOX", "a]b+c", `"a\"b\\c"`, "\"gr\xc3\xbcn\"", "\"\xed\xa0\x80\"", `"unfinished`, `"bad\escape"`, "\"line\r\nend\"", "plain text, long enough for two words\r\n",
	"4294967295", "18446744073709551616", "0001", "1:*,5,9:3", "$", "1,,2", "{10}\r\n", "~{3+}\r\n", "{9223372036854775808}\r\n", "AGEAYg==",
	`"17-Jul-1996 02:44:25 -0700"`, `" 1-Jan-2026 00:00:00 +0000"`, "1-Feb-1994", `"01-Feb-1994"`, "* 1 FETCH (FLAGS ())\r\n", "&U,BTFw-", "a\x00b\x7f\xff",
}

// FuzzScanners compares what is fast with what is plain.
func FuzzScanners(f *testing.F) {
	for _, s := range seedTokens {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		require.Equal(t, slowPlainQuoted(b), plainQuoted(b))
		requirePlainQuoted(t, b)
		require.Equal(t, slowPlainText(b), plainText(b))
		for _, withUTF8 := range []bool{false, true} {
			require.Equal(t, slowText(b, withUTF8), ConsumeText(b, withUTF8))
			n, escaped := ConsumeQuoted(b, withUTF8)
			value, length := slowQuoted(b, withUTF8)
			require.Equal(t, max(n, 0), length)
			if n > 0 {
				require.Equal(t, value, string(AppendUnquoted(nil, b[1:n-1])))
				require.Equal(t, escaped, bytes.IndexByte(b[:n], '\\') >= 0)
				if any, has := ConsumeQuotedAny(b); any != n || has&^(QuotedEscaped|QuotedUTF8) != 0 {
					t.Fatalf("the lenient scanner sees %d %b", any, has)
				}
			}
			if CanQuote(b, withUTF8) {
				q := AppendQuoted(nil, b)
				m, _ := ConsumeQuoted(q, withUTF8)
				require.Equal(t, len(q), m)
				require.Equal(t, string(b), string(AppendUnquoted(nil, q[1:m-1])))
			}
		}
		limit := new(big.Int).SetUint64(1<<64 - 1)
		digits := span(b, Digit)
		v, n := ConsumeUint64(b)
		if want, ok := new(big.Int).SetString(string(b[:digits]), 10); !ok {
			require.Zero(t, n)
		} else if want.Cmp(limit) > 0 {
			requireLength(t, n, FaultOverflow, 0)
		} else {
			require.Equal(t, want.Uint64(), v)
			require.Equal(t, digits, n)
		}
		if n := ConsumeBase64(b); n > 0 {
			_, err := base64.StdEncoding.DecodeString(string(b[:n]))
			require.NoError(t, err)
		}
		if h, n := ConsumeLiteralHeader(b); n > 0 {
			again, m := ConsumeLiteralHeader(AppendLiteralHeader(nil, h))
			require.Positive(t, m)
			require.Equal(t, h, again)
		}
		checkSet(t, b)
		requireFaultsInside(t, b)
		tag, word, _ := Head(b)
		require.True(t, bytes.Contains(b, tag) && bytes.Contains(b, word))
	})
}

func slowText(b []byte, withUTF8 bool) (n int) {
	for n < len(b) {
		r, m := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && m == 1 || r == 0 || r == '\r' || r == '\n' || r > 0x7F && !withUTF8 {
			break
		}
		n += m
	}
	return n
}

// slowQuoted reads the grammar rune by rune; length 0 if there is no quoted string.
func slowQuoted(b []byte, withUTF8 bool) (value string, length int) {
	if len(b) == 0 || b[0] != '"' {
		return "", 0
	}
	var out strings.Builder
	for n := 1; n < len(b); {
		if b[n] == '"' {
			return out.String(), n + 1
		}
		if b[n] == '\\' {
			if n++; n == len(b) || b[n] != '"' && b[n] != '\\' {
				return "", 0
			}
			out.WriteByte(b[n])
			n++
			continue
		}
		m := slowText(b[n:min(len(b), n+1)], false)
		if m == 0 && withUTF8 {
			_, m = utf8.DecodeRune(b[n:])
			if m == 1 {
				return "", 0
			}
		}
		if m == 0 {
			return "", 0
		}
		out.Write(b[n : n+m])
		n += m
	}
	return "", 0
}

// checkSet reads a set again, member by member, and writes it again.
func checkSet(t *testing.T, b []byte) {
	n := ConsumeSequenceSet(b)
	if n <= 0 || b[0] == '$' {
		return
	}
	var again []byte
	for _, part := range strings.Split(string(b[:n]), ",") {
		lo, hi, m := ConsumeSeqRange([]byte(part))
		require.Equal(t, len(part), m)
		again = append(AppendSeqRange(again, lo, hi), ',')
	}
	require.Equal(t, len(again)-1, ConsumeSequenceSet(again[:len(again)-1]))
	if u := ConsumeUIDSet(b[:n]); u == n {
		require.NotContains(t, string(b[:n]), "*")
	}
}

// requireFaultsInside checks of every reader that lengths and faults lie in b, and that a truncation is at its end.
func requireFaultsInside(t *testing.T, b []byte) {
	quoted, _ := ConsumeQuoted(b, true)
	_, nz := ConsumeNzUint32(b)
	_, u63 := ConsumeNzUint63(b)
	_, head := ConsumeLiteralHeader(b)
	_, dateTime := ConsumeDateTime(b)
	_, date := ConsumeDate(b)
	for _, n := range []int{quoted, nz, u63, head, dateTime, date, ConsumeSequenceSet(b), ConsumeUIDSet(b), ConsumeBase64(b)} {
		fault, off := FaultOf(n)
		require.True(t, n <= len(b) && off <= len(b))
		require.Equal(t, fault == FaultTruncated, n < 0 && off == len(b), "%v at %d of %q", fault, off, b)
	}
}

var seedStreams = []string{
	"a NOOP\r\nb LOGIN {1}\r\nx {2+}\r\n\r\n\r\n", "* 1 FETCH (BODY[] {3}\r\na\r\n FLAGS ())\r\n* OK [ALERT] {3}\r\n+ x {1}\r\n",
	"A NO [BADCHARSET ({5}\r\nUTF-8)] x {3}\r\n", "a LOGIN \"x {3}\r\nb \"\\\"\" {1+}\n\n\n", "* X ~{2}\r\n\x00\n\r\n", "* X {9223372036854775807}\r\n", "\x00* BYE {1}\nx\n",
	"a {{1+}\r\n~~{1+}\r\n\n{1++}\r\n", "* OK [BADCHARSET \"]\" {1}\r\n]] {1}\r\nx",
}

// FuzzFramer: however a stream is cut, the messages are the same, they lose no byte, and none is longer than the limits let it be.
func FuzzFramer(f *testing.F) {
	for i, s := range seedStreams {
		f.Add([]byte(s), uint8(i), uint8(i*3), uint8(8+i), uint8(20))
	}
	f.Fuzz(func(t *testing.T, stream []byte, how, piece, line, frame uint8) {
		if len(stream) > 1<<12 {
			return
		}
		fr := Framer{Side: Side(how % 3), Mode: Mode(how / 3 % 3), Limits: Limits{Literal: int(line) * 2}}
		if how&0x80 != 0 {
			fr.Limits.Line, fr.Limits.Frame = int(line), int(frame)
		}
		whole := frames(fr, string(stream), max(len(stream), 1))
		require.Equal(t, whole, frames(fr, string(stream), 1))
		require.Equal(t, whole, frames(fr, string(stream), 1+int(piece)))
		requireConserved(t, fr, stream)
	})
}

// requireConserved checks that what Next tells adds up to the stream, with some literals detached and some refused.
func requireConserved(t *testing.T, f Framer, stream []byte) {
	rest, buf, total, literals := stream, []byte(nil), 0, 0
	detached := 0
	for {
		n, ev, err := f.Next(buf)
		require.LessOrEqual(t, n, len(buf))
		switch {
		case ev == NeedMore && len(rest) == 0:
			require.NoError(t, err)
			require.Equal(t, len(stream), total+detached+len(buf))
			return
		case ev == NeedMore:
			require.Zero(t, n)
			buf, rest = append(buf, rest[0]), rest[1:]
		case ev == LiteralHead || ev == LiteralSync:
			require.Equal(t, byte('\n'), buf[n-1])
			if literals++; literals%3 == 1 && f.Literal().Size <= uint64(len(rest)) && n == len(buf) {
				f.Detach()
				detached += int(f.Literal().Size)
				rest = rest[f.Literal().Size:]
			} else if literals%3 == 2 {
				f.Refuse()
			}
		default:
			require.Positive(t, n)
			require.True(t, ev == Dropped || err == nil)
			if ev == FrameEnd {
				require.Equal(t, byte('\n'), buf[n-1])
				if f.Limits.Frame > 0 {
					require.LessOrEqual(t, n, f.Limits.Frame)
				}
			}
			buf, total = buf[n:], total+n
		}
	}
}

// FuzzMUTF7: what decodes encodes to the same bytes, every name survives the way there and back, and the standard library agrees on the
// code units.
func FuzzMUTF7(f *testing.F) {
	for _, s := range []string{"INBOX", "A&-B", "&U,BTFw-/&ZeVnLIqe-", "&2D3eAA-", "&APx-", "&ACY-", "Entwürfe", "&&", "a\xff", "😀日本", "&U,BTFw-&ZeVnLIqe-", "&AAA-"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if name, err := AppendMUTF7Decoded(nil, b); err == nil {
			require.True(t, utf8.Valid(name))
			require.Equal(t, string(b), string(AppendMUTF7(nil, name)))
		}
		encoded := AppendMUTF7(nil, b)
		for _, c := range encoded {
			require.True(t, c >= ' ' && c <= '~')
		}
		name, err := AppendMUTF7Decoded(nil, encoded)
		require.NoError(t, err)
		require.Equal(t, string([]rune(string(b))), string(name))
		require.Equal(t, slowMUTF7(string(b)), string(encoded))
	})
}

// slowMUTF7 is the encoding by way of UTF-16 and the standard base64.
func slowMUTF7(s string) string {
	enc := base64.NewEncoding(mutf7Alphabet).WithPadding(base64.NoPadding)
	var out strings.Builder
	var run []rune
	flush := func() {
		var units []byte
		for _, u := range utf16.Encode(run) {
			units = append(units, byte(u>>8), byte(u))
		}
		if run = nil; units != nil {
			out.WriteString("&" + enc.EncodeToString(units) + "-")
		}
	}
	for _, r := range s {
		if r < ' ' || r > '~' {
			run = append(run, r)
			continue
		}
		flush()
		if out.WriteRune(r); r == '&' {
			out.WriteByte('-')
		}
	}
	flush()
	return out.String()
}

// FuzzDateTime: what is read is what package time reads, and writes back to the same value.
func FuzzDateTime(f *testing.F) {
	for _, s := range seedTokens {
		f.Add([]byte(s))
	}
	f.Add([]byte(`"29-Feb-1900 00:00:00 +0000"`))
	f.Add([]byte(`"31-Jun-2026 23:59:60 -1159"`))
	f.Add([]byte(`" 1-Jan-0000 00:00:00 +9999"`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, n := ConsumeDateTime(b); n > 0 {
			require.Equal(t, DateTimeLen, n)
			again, m := ConsumeDateTime(AppendDateTime(nil, d))
			require.Equal(t, DateTimeLen, m)
			require.Equal(t, d, again)
			if d.Sec < 60 {
				require.Equal(t, d, DateTimeOf(d.Time()))
				const unzoned = `"_2-Jan-2006 15:04:05` // package time has limits for zones, the grammar has none
				_, err := time.Parse(unzoned, string(b[:len(unzoned)]))
				require.NoError(t, err)
			}
		}
		if d, n := ConsumeDate(b); n > 0 {
			again, m := ConsumeDate(AppendDate(nil, d))
			require.Positive(t, m)
			require.Equal(t, d, again)
			require.Equal(t, d, DateOf(d.Time()))
			_, err := time.Parse("2-Jan-2006", strings.Trim(string(b[:n]), `"`))
			require.NoError(t, err)
		}
	})
}
