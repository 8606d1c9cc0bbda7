package wire

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAtoms(t *testing.T) {
	for _, tt := range []struct {
		name string
		read func([]byte) int
		in   string
		want string
	}{
		{"atom", ConsumeAtom, "FLAGS)", "FLAGS"},
		{"atom ends at a bracket", ConsumeAtom, "UIDNEXT]", "UIDNEXT"},
		{"atom of odd characters", ConsumeAtom, "}[~&<>+=/#$;,x {", "}[~&<>+=/#$;,x"},
		{"atom of nothing", ConsumeAtom, "", ""},
		{"no atom", ConsumeAtom, "(a)", ""},
		{"no atom of 8 bits", ConsumeAtom, "\xc3\xa4", ""},
		{"DEL ends an atom", ConsumeAtom, "a\x7f", "a"},
		{"0x1a ends an atom", ConsumeAtom, "a\x1a", "a"},
		{"astring", ConsumeAstringAtom, "a]b c", "a]b"},
		{"list-mailbox", ConsumeListMailbox, "INBOX/%*] x", "INBOX/%*]"},
		{"tag", ConsumeTag, "a]1 NOOP", "a]1"},
		{"tag without plus", ConsumeTag, "a+1", "a"},
		{"label", ConsumeLabel, "x-a.b:9_ (", "x-a.b:9_"},
		{"label not from a digit", ConsumeLabel, "9x", ""},
		{"label of nothing", ConsumeLabel, "", ""},
		{"code text", ConsumeCodeText, "a \"b\" [c] d", `a "b" [c`},
		{"text", func(b []byte) int { return ConsumeText(b, false) }, "done\tat \x01 last (\"]\r\n", "done\tat \x01 last (\"]"},
		{"text without UTF-8", func(b []byte) int { return ConsumeText(b, false) }, "gr\xc3\xbcn", "gr"},
		{"text with UTF-8", func(b []byte) int { return ConsumeText(b, true) }, "gr\xc3\xbcn \xf0\x9f\x98\x80\n", "gr\xc3\xbcn \xf0\x9f\x98\x80"},
		{"text with broken UTF-8", func(b []byte) int { return ConsumeText(b, true) }, "a \xc0\xaf", "a "},
		{"text before NUL", func(b []byte) int { return ConsumeText(b, true) }, "a\x00b", "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, len(tt.want), tt.read([]byte(tt.in)))
		})
	}
	require.True(t, IsAtom("a") && IsAstringAtom([]byte("a]")) && IsListMailbox("%") && IsTag("a]") && IsFilterName("a+"))
	require.False(t, IsAtom("") || IsAtom("a]") || IsAstringAtom("%") || IsListMailbox(`"`) || IsTag("+") || IsFilterName("a/b"))
	require.True(t, IsObjectID(strings.Repeat("a", 255)))
	require.False(t, IsObjectID(strings.Repeat("a", 256)) || IsObjectID(""))
}

// length is a Consume result in readable form.
func requireLength(t *testing.T, n int, f Fault, at int) {
	t.Helper()
	got, off := FaultOf(n)
	require.Equal(t, f, got, "%v instead of %v", got, f)
	if f == FaultNone {
		require.Equal(t, at, n)
	} else {
		require.Equal(t, at, off)
	}
}

func TestQuoted(t *testing.T) {
	for _, tt := range []struct {
		in    string
		utf8  bool
		fault Fault
		at    int // length, or place of the fault
		value string
	}{
		{`""x`, false, 0, 2, ""},
		{`"abc" x`, false, 0, 5, "abc"},
		{`"a\"b\\c"`, false, 0, 9, `a"b\c`},
		{"\"a\tb\x01\x7f\"", false, 0, 7, "a\tb\x01\x7f"},
		{`"eight characters and more (){}%*]" "x"`, false, 0, 35, "eight characters and more (){}%*]"},
		{`abc`, false, 0, 0, ""},
		{``, false, 0, 0, ""},
		{`"abc`, false, FaultTruncated, 4, ""},
		{`"abc\`, false, FaultTruncated, 5, ""},
		{`"`, false, FaultTruncated, 1, ""},
		{`"a\b"`, false, FaultEscape, 2, ""},
		{"\"a\rb\"", false, FaultLineEnd, 2, ""},
		{"\"a\nb\"", false, FaultLineEnd, 2, ""},
		{"\"a\\\n\"", false, FaultLineEnd, 3, ""},
		{"\"a\x00\"", false, FaultChar, 2, ""},
		{"\"gr\xc3\xbcn\"", false, FaultUTF8, 3, ""},
		{"\"\xc3", false, FaultUTF8, 1, ""},
		{"\"gr\xc3\xbcn\"", true, 0, 7, "grün"},
		{"\"\xc3", true, FaultTruncated, 2, ""},
		{"\"\xed\xa0\x80\"", true, FaultUTF8, 1, ""}, // a surrogate
		{"\"\xc0\x80\"", true, FaultUTF8, 1, ""},     // overlong
		{"\"\xf4\x90\x80\x80\"", true, FaultUTF8, 1, ""},
		{"\"\xfc\"", true, FaultUTF8, 1, ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			n, escaped := ConsumeQuoted([]byte(tt.in), tt.utf8)
			requireLength(t, n, tt.fault, tt.at)
			if n <= 0 {
				return
			}
			raw := []byte(tt.in)[1 : n-1]
			require.Equal(t, strings.Contains(string(raw), `\`), escaped)
			require.Equal(t, tt.value, string(AppendUnquoted(nil, raw)))
			require.Equal(t, tt.in[:n], string(AppendQuoted(nil, []byte(tt.value))))
			require.True(t, CanQuote([]byte(tt.value), tt.utf8))
		})
	}
	require.Equal(t, "x\x01\"a\x02\"", string(AppendQuoted([]byte("x\x01"), []byte("a\x02"))))
	require.False(t, CanQuote([]byte("a\n"), true) || CanQuote([]byte("a\x00"), true) || CanQuote([]byte("\xc3\xa4"), false))
	require.Equal(t, `a\`, string(AppendUnquoted(nil, []byte(`\a\`))), "a last backslash stays")
}

func TestQuotedAny(t *testing.T) {
	for _, tt := range []struct {
		in    string
		fault Fault
		at    int
		has   QuotedBits
		value string
	}{
		{`"a"b`, 0, 3, 0, "a"},
		{`"a\b\"\\"`, 0, 9, QuotedBadEscape | QuotedEscaped, `ab"\`},
		{"\"\xe4\xc3\xa4\x00\"", 0, 6, QuotedBadUTF8 | QuotedUTF8 | QuotedNUL, "\xe4\xc3\xa4\x00"},
		{"\"\\\xe4\"", 0, 4, QuotedBadEscape | QuotedBadUTF8, "\xe4"},
		{"\"a\r\n", FaultLineEnd, 2, 0, ""},
		{`"a`, FaultTruncated, 2, 0, ""},
		{`a`, 0, 0, 0, ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			n, has := ConsumeQuotedAny([]byte(tt.in))
			requireLength(t, n, tt.fault, tt.at)
			require.Equal(t, tt.has, has)
			if n > 0 {
				require.Equal(t, tt.value, string(AppendUnquoted(nil, []byte(tt.in)[1:n-1])))
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	narrow := func(f func([]byte) (uint32, int)) func([]byte) (uint64, int) {
		return func(b []byte) (uint64, int) { v, n := f(b); return uint64(v), n }
	}
	u32, nz32 := narrow(ConsumeUint32), narrow(ConsumeNzUint32)
	for _, tt := range []struct {
		name  string
		read  func([]byte) (uint64, int)
		in    string
		v     uint64
		fault Fault
		at    int
	}{
		{"number", u32, "42)", 42, 0, 2},
		{"number with leading zeros", u32, "00042", 42, 0, 5},
		{"largest number", u32, "4294967295", math.MaxUint32, 0, 10},
		{"number too large", u32, "4294967296", 0, FaultOverflow, 0},
		{"number far too large", u32, strings.Repeat("9", 100), 0, FaultOverflow, 0},
		{"no number", u32, "x", 0, 0, 0},
		{"no negative number", u32, "-1", 0, 0, 0},
		{"nothing", u32, "", 0, 0, 0},
		{"nz-number", nz32, "10", 10, 0, 2},
		{"nz-number zero", nz32, "0", 0, FaultZero, 0},
		{"nz-number with leading zero", nz32, "01", 0, FaultZero, 0},
		{"number64", ConsumeUint63, "9223372036854775807", math.MaxInt64, 0, 19},
		{"number64 too large", ConsumeUint63, "9223372036854775808", 0, FaultOverflow, 0},
		{"nz-number64 zero", ConsumeNzUint63, "0", 0, FaultZero, 0},
		{"nz-number64", ConsumeNzUint63, "1", 1, 0, 1},
		{"64 bits", ConsumeUint64, "18446744073709551615", math.MaxUint64, 0, 20},
		{"more than 64 bits", ConsumeUint64, "18446744073709551616", 0, FaultOverflow, 0},
		{"wraps to a small number", ConsumeUint64, "36893488147419103232", 0, FaultOverflow, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, n := tt.read([]byte(tt.in))
			requireLength(t, n, tt.fault, tt.at)
			require.Equal(t, tt.v, v)
		})
	}
	require.Equal(t, "x18446744073709551615", string(AppendUint([]byte("x"), math.MaxUint64)))
	for v := uint64(1); v < 1e10; v += v/97 + 1 { // all lengths, on both sides of where they change
		for _, n := range []uint64{v, v * 10, 1e7 - v%1e3, 1e8 - 1 - v%7} {
			for _, room := range []int{1, 32} { // which of its ways it takes depends on the room
				require.Equal(t, "x"+strconv.FormatUint(n, 10), string(AppendUint(append(make([]byte, 0, room), 'x'), n)))
			}
		}
	}
}

func TestSets(t *testing.T) {
	for _, tt := range []struct {
		in       string
		fault    Fault // of a sequence-set
		at       int
		uidFault Fault
		uidAt    int
	}{
		{"1", 0, 1, 0, 1},
		{"1:4,7 ", 0, 5, 0, 5},
		{"4:1", 0, 3, 0, 3},
		{"1:4294967295)", 0, 12, 0, 12},
		{"*", 0, 1, 0, 0},
		{"5:*,*:9,*", 0, 9, FaultNumber, 2},
		{"$", 0, 1, 0, 0},
		{"$,1", 0, 1, 0, 0},
		{"1,$", FaultNumber, 2, FaultNumber, 2},
		{"", 0, 0, 0, 0},
		{"a", 0, 0, 0, 0},
		{"1,", FaultTruncated, 2, FaultTruncated, 2},
		{"1:", FaultTruncated, 2, FaultTruncated, 2},
		{"1, ", FaultNumber, 2, FaultNumber, 2},
		{"1::2", FaultNumber, 2, FaultNumber, 2},
		{"1:2:3", 0, 3, 0, 3},
		{"0", FaultZero, 0, FaultZero, 0},
		{"1,0:3", FaultZero, 2, FaultZero, 2},
		{"3:4294967296", FaultOverflow, 2, FaultOverflow, 2},
	} {
		t.Run(tt.in, func(t *testing.T) {
			requireLength(t, ConsumeSequenceSet([]byte(tt.in)), tt.fault, tt.at)
			requireLength(t, ConsumeUIDSet([]byte(tt.in)), tt.uidFault, tt.uidAt)
		})
	}
	lo, hi, n := ConsumeSeqRange([]byte("*:5,6"))
	require.Equal(t, []uint32{SeqStar, 5, 3}, []uint32{lo, hi, uint32(n)})
	lo, hi, n = ConsumeUIDRange([]byte("7,8"))
	require.Equal(t, []uint32{7, 7, 1}, []uint32{lo, hi, uint32(n)})
	b := AppendSeqRange(nil, 1, 3)
	b = AppendSeqRange(append(b, ','), 4, 4)
	b = AppendSeqRange(append(b, ','), 5, SeqStar)
	b = AppendSeqRange(append(b, ','), SeqStar, SeqStar)
	require.Equal(t, "1:3,4,5:*,*", string(b))
}

func TestLiteralHeader(t *testing.T) {
	for _, tt := range []struct {
		in    string
		h     LiteralHeader
		fault Fault
		at    int
	}{
		{"{3}\r\nabc", LiteralHeader{Size: 3}, 0, 5},
		{"{3}\nabc", LiteralHeader{Size: 3}, 0, 4},
		{"{0}\r\n", LiteralHeader{}, 0, 5},
		{"{003}\r\n", LiteralHeader{Size: 3}, 0, 7},
		{"{10+}\r\n", LiteralHeader{Size: 10, NonSync: true}, 0, 7},
		{"~{10}\r\n", LiteralHeader{Size: 10, Binary: true}, 0, 7},
		{"~{10+}\r\n", LiteralHeader{Size: 10, NonSync: true, Binary: true}, 0, 8},
		{"{9223372036854775807}\r\n", LiteralHeader{Size: math.MaxInt64}, 0, 23},
		{"{9223372036854775808}\r\n", LiteralHeader{}, FaultOverflow, 1},
		{"{}\r\n", LiteralHeader{}, FaultNumber, 1},
		{"{a}\r\n", LiteralHeader{}, FaultNumber, 1},
		{"{-1}\r\n", LiteralHeader{}, FaultNumber, 1},
		{"{3-}\r\n", LiteralHeader{}, FaultChar, 2},
		{"{3++}\r\n", LiteralHeader{}, FaultChar, 3},
		{"{3} \r\n", LiteralHeader{}, FaultChar, 3},
		{"{3}\r\r\n", LiteralHeader{}, FaultChar, 4},
		{"{3}x", LiteralHeader{}, FaultChar, 3},
		{"{", LiteralHeader{}, FaultTruncated, 1},
		{"{3", LiteralHeader{}, FaultTruncated, 2},
		{"{3+", LiteralHeader{}, FaultTruncated, 3},
		{"{3}", LiteralHeader{}, FaultTruncated, 3},
		{"{3}\r", LiteralHeader{}, FaultTruncated, 4},
		{"~x", LiteralHeader{}, 0, 0},
		{"~", LiteralHeader{}, 0, 0},
		{"3}", LiteralHeader{}, 0, 0},
		{"", LiteralHeader{}, 0, 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			h, n := ConsumeLiteralHeader([]byte(tt.in))
			requireLength(t, n, tt.fault, tt.at)
			require.Equal(t, tt.h, h)
			if n > 0 {
				again, m := ConsumeLiteralHeader(AppendLiteralHeader(nil, h))
				require.Positive(t, m)
				require.Equal(t, h, again)
			}
		})
	}
	require.Equal(t, "~{7+}\r\n", string(AppendLiteralHeader(nil, LiteralHeader{7, true, true})))
}

func TestBase64(t *testing.T) {
	for _, tt := range []struct {
		in    string
		fault Fault
		at    int
	}{
		{"", 0, 0},
		{"*", 0, 0},
		{"=", 0, 0},
		{"AGEAYg==\r\n", 0, 8},
		{"YWJj", 0, 4},
		{"YWI=", 0, 4},
		{"ab+/", 0, 4},
		{"YWJj=", 0, 4}, // what follows is another's concern
		{"Y\r\n", FaultBase64, 1},
		{"YWJjY=", FaultBase64, 5},
		{"YW\r\n", FaultBase64, 2},
		{"YWI\r\n", FaultBase64, 3},
		{"YW=\r\n", FaultBase64, 3},
		{"Y", FaultTruncated, 1},
		{"YW", FaultTruncated, 2},
		{"YW=", FaultTruncated, 3},
		{"YWI", FaultTruncated, 3},
	} {
		t.Run(tt.in, func(t *testing.T) { requireLength(t, ConsumeBase64([]byte(tt.in)), tt.fault, tt.at) })
	}
}

func TestFaults(t *testing.T) {
	seen := map[string]bool{}
	for f := range faultCount {
		require.NotEmpty(t, f.Error())
		require.False(t, seen[f.Error()], "%q twice", f.Error())
		seen[f.Error()] = true
		if f != FaultNone {
			for _, off := range []int{0, 1, 1 << 20} {
				got, at := FaultOf(f.at(off))
				require.Equal(t, f, got)
				require.Equal(t, off, at)
				require.Negative(t, f.at(off))
				require.Equal(t, f == FaultTruncated, IsTruncated(f.at(off)))
			}
		}
	}
	require.Less(t, int(faultCount), 1<<faultBits)
	require.NotEmpty(t, faultCount.Error())
	f, off := FaultOf(5)
	require.Equal(t, FaultNone, f)
	require.Zero(t, off)
}

func TestHead(t *testing.T) {
	for _, tt := range []struct {
		in, tag, word string
		status        Status
	}{
		{"A1 LOGIN a b\r\n", "A1", "LOGIN", 0},
		{"a UID FETCH 1 FLAGS", "a", "UID", 0},
		{"A1 OK done\r\n", "A1", "OK", OK},
		{"A1 no\r\n", "A1", "no", NO},
		{"* BYE\r\n", "*", "BYE", BYE},
		{"* PREAUTH [CAPABILITY IMAP4rev2] hi", "*", "PREAUTH", PREAUTH},
		{"* bad x", "*", "bad", BAD},
		{"* 23 EXISTS\r\n", "*", "EXISTS", 0},
		{"* 1 FETCH (FLAGS ())", "*", "FETCH", 0},
		{"* SEARCH\r\n", "*", "SEARCH", 0},
		{"* FLAGS(\\Seen)", "*", "FLAGS", 0},
		{"*  OK  x", "*", "OK", OK},
		{"\x00\x00* OK x", "*", "OK", OK},
		{"* 23\r\n", "*", "", 0},
		{"*\r\n", "*", "", 0},
		{"+ idling\r\n", "+", "", 0},
		{"+\r\n", "+", "", 0},
		{"DONE\r\n", "DONE", "", 0},
		{"A1\tNOOP", "A1", "NOOP", 0},
		{"", "", "", 0},
		{"\r\n", "", "", 0},
		{"{5}\r\n", "", "", 0},
		{"a(b c", "", "", 0},
		{"\xff\xfe* OK", "", "", 0},
		{"A1 (x", "A1", "", 0},
		{"A1 OKAY", "A1", "OKAY", 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			tag, word, status := Head([]byte(tt.in))
			require.Equal(t, []string{tt.tag, tt.word}, []string{string(tag), string(word)})
			require.Equal(t, tt.status, status)
		})
	}
}

func TestNames(t *testing.T) {
	require.Equal(t, []string{"none", "client", "server"}, []string{Side(0).String(), Client.String(), Server.String()})
	require.Equal(t, []string{"command", "auth", "idle", "opaque", ""},
		[]string{ModeCommand.String(), ModeAuth.String(), ModeIdle.String(), ModeOpaque.String(), Mode(9).String()})
	for s := OK; s <= BYE; s++ {
		require.Equal(t, s, statusOf([]byte(strings.ToLower(s.String()))))
	}
	require.Empty(t, Status(0).String())
	require.Equal(t, []string{"line", "literal", "frame", ""},
		[]string{LimitLine.String(), LimitLiteral.String(), LimitFrame.String(), LimitKind(0).String()})
}

func TestSpan(t *testing.T) {
	s := Span{2, 5}
	require.Equal(t, 3, s.Len())
	require.Equal(t, "cde", string(s.Of([]byte("abcdef"))))
	require.True(t, s.Contains(s) && s.Contains(Span{5, 5}) && s.Contains(Span{3, 4}))
	require.False(t, s.Contains(Span{1, 3}) || s.Contains(Span{4, 6}) || s.Contains(Span{4, 3}))
}

func TestLimits(t *testing.T) {
	require.Equal(t, Limits{DefaultLine, DefaultLiteral, DefaultFrame, DefaultDepth, DefaultNodes}, Limits{}.Resolved())
	require.Equal(t, Limits{1, math.MaxInt, 3, math.MaxInt, 5}, Limits{1, -1, 3, -2, 5}.Resolved())
}
