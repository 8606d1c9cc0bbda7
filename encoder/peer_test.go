package encoder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
)

func TestOptionsFor(t *testing.T) {
	for _, tt := range []struct {
		caps string
		want encoder.Options
	}{
		{"IMAP4rev1", encoder.Options{}},
		{"IMAP4rev1 LITERAL+", encoder.Options{Literals: encoder.Plus}},
		{"IMAP4rev1 LITERAL-", encoder.Options{Literals: encoder.Minus}},
		{"IMAP4rev1 LITERAL+ BINARY", encoder.Options{Literals: encoder.Plus, Binary: true}},
		{"IMAP4rev2", encoder.Options{Literals: encoder.Minus}}, // RFC 9051 §4.3; Appendix B: no literal8 in APPEND
		{"IMAP4rev2 LITERAL+", encoder.Options{Literals: encoder.Plus}},
		{"IMAP4rev2 BINARY", encoder.Options{Literals: encoder.Minus, Binary: true}},
		{"IMAP4rev1 ENABLE UTF8=ACCEPT", encoder.Options{}}, // RFC 9755 §3: it takes an ENABLE
	} {
		require.Equal(t, tt.want, encoder.OptionsFor(imap.CapabilitiesOf(strings.Fields(tt.caps)...).Set), tt.caps)
	}
}

// TestPeers writes the same commands for servers of different capabilities.
func TestPeers(t *testing.T) {
	const (
		rev1, plus, minus = "IMAP4rev1", "IMAP4rev1 LITERAL+", "IMAP4rev1 LITERAL-"
		rev2, binary      = "IMAP4rev2", "IMAP4rev1 LITERAL- BINARY"
		utf8              = "UTF8" // after ENABLE UTF8=ACCEPT
	)
	size := func(n int) string { return strings.Repeat("x", n) }
	login := func(password string) *imap.Command { return encoder.Login("1", "ann", password) }
	find := func(text string) *imap.Command { return encoder.Search("1", imap.TextKey(imap.KeySubject, text)) }
	store := func(message string) *imap.Command { return encoder.Append("1", "x", imap.Str(message)) }
	wrapped := encoder.Append("1", "x", imap.Str("ü"))
	wrapped.Args.(*imap.AppendArgs).Messages[0].UTF8 = true
	note := encoder.Command("1", imap.CmdSetMetadata, &imap.MetadataArgs{Mailbox: imap.MailboxOf("x"), Entries: []imap.Pair{{Key: imap.Str("/private/comment"), Value: imap.Str("a\x00")}}})
	sort := encoder.Command("1", imap.CmdSort, &imap.SortArgs{Sort: []imap.SortKey{imap.SortKeyOf("DATE")}, SearchArgs: imap.SearchArgs{Keys: []imap.SearchKey{{Op: imap.KeyAll}}}})
	for _, tt := range []struct {
		c    *imap.Command
		caps string
		want string // "" if it can't be written
	}{
		// RFC 7888 §3, §5: what may be sent without a wait
		{store(size(4096)), rev1, "1 APPEND x {4096}\r\n" + size(4096)},
		{store(size(4096)), minus, "1 APPEND x {4096+}\r\n" + size(4096)},
		{store(size(4097)), minus, "1 APPEND x {4097}\r\n" + size(4097)},
		{store(size(4096)), rev2, "1 APPEND x {4096+}\r\n" + size(4096)},
		{store(size(4097)), rev2, "1 APPEND x {4097}\r\n" + size(4097)},
		{store(size(4097)), plus, "1 APPEND x {4097+}\r\n" + size(4097)},
		{store(""), plus, "1 APPEND x {0+}\r\n"},
		{store(""), rev1, "1 APPEND x {0}\r\n"},
		// RFC 3516 §4.4, RFC 7888 §6: literal8
		{store("a\x00"), rev1, ""},
		{store("a\x00"), plus, ""},
		{store("a\x00"), rev2, ""},
		{store("a\x00"), binary, "1 APPEND x ~{2+}\r\na\x00"},
		{store("a"), binary, "1 APPEND x {1+}\r\na"},
		{store(size(4096) + "\x00"), binary, "1 APPEND x ~{4097}\r\n" + size(4096) + "\x00"},
		{note, plus, "1 SETMETADATA x (/private/comment ~{2}\r\na\x00)"}, // RFC 5464 §5 has literal8, RFC 4466 §3 no "+" without BINARY
		{note, binary, "1 SETMETADATA x (/private/comment ~{2+}\r\na\x00)"},
		{login("a\x00"), binary, ""},
		{find("a\x00"), binary, ""},
		// RFC 9755 §3: UTF-8 in quoted strings, mailbox names and APPEND
		{login("Grüße"), rev1, "1 LOGIN ann {7}\r\nGrüße"},
		{login("Grüße"), utf8, `1 LOGIN ann "Grüße"`},
		{login("\xfc"), utf8, "1 LOGIN ann {1}\r\n\xfc"},
		{encoder.Select("1", "Grüße"), rev1, "1 SELECT Gr&APwA3w-e"},
		{encoder.Select("1", "Grüße"), rev2, "1 SELECT Gr&APwA3w-e"},
		{encoder.Select("1", "Grüße"), utf8, `1 SELECT "Grüße"`},
		{encoder.Select("1", "A&B"), rev1, "1 SELECT A&-B"},
		{encoder.Select("1", "A&B"), utf8, "1 SELECT A&B"},
		{store("ü"), utf8, "1 APPEND x {2}\r\nü"},
		{wrapped, utf8, "1 APPEND x UTF8 (~{2}\r\nü)"},
		// RFC 3501 §6.4.4: without CHARSET a search is in ASCII; RFC 9755 §3: with UTF-8 enabled there is none
		{find("two words"), rev1, `1 SEARCH SUBJECT "two words"`},
		{find("Grüße"), rev1, "1 SEARCH CHARSET UTF-8 SUBJECT {7}\r\nGrüße"},
		{find("Grüße"), plus, "1 SEARCH CHARSET UTF-8 SUBJECT {7+}\r\nGrüße"},
		{find("Grüße"), utf8, `1 SEARCH SUBJECT "Grüße"`},
		{find("\xfc"), rev1, "1 SEARCH SUBJECT {1}\r\n\xfc"}, // in no charset that can be told
		{sort, rev1, "1 SORT (DATE) UTF-8 ALL"},
		// what an atom is (RFC 9051 §9)
		{encoder.Select("1", "NIL"), rev1, `1 SELECT "NIL"`},
		{encoder.Select("1", "nil"), utf8, `1 SELECT "nil"`},
		{encoder.Select("1", "NILS"), rev1, "1 SELECT NILS"},
		{encoder.Select("1", "inbox"), rev1, "1 SELECT inbox"},
		{encoder.Select("1", ""), rev1, `1 SELECT ""`},
		{encoder.Select("1", "a]b[c"), rev1, "1 SELECT a]b[c"},
		{encoder.Select("1", "a+b"), rev1, "1 SELECT a+b"},
		{encoder.Select("1", "a*"), rev1, `1 SELECT "a*"`},
		{encoder.Select("1", `a\b`), rev1, `1 SELECT "a\\b"`},
		{encoder.Select("1", "a{1}"), rev1, `1 SELECT "a{1}"`},
		{encoder.Select("1", "~{1}"), rev1, `1 SELECT "~{1}"`},
		{encoder.Select("1", "a\tb"), rev1, "1 SELECT a&AAk-b"}, // RFC 3501 §5.1.3: only printable ASCII stands for itself
		{encoder.Select("1", "a\tb"), utf8, "1 SELECT \"a\tb\""},
		{encoder.Select("1", "a\x7fb"), utf8, "1 SELECT \"a\x7fb\""},
		{encoder.Select("1", "a\r\nb"), utf8, "1 SELECT {4}\r\na\r\nb"},
		{encoder.Select("1", "a\x00b"), utf8, ""},
		// list-mailbox has wildcards and "]"
		{encoder.List("1", "", "*"), rev1, `1 LIST "" *`},
		{encoder.List("1", "a b/", "%/x]*"), rev1, `1 LIST "a b/" %/x]*`},
		{encoder.List("1", "%", "(x"), rev1, `1 LIST "%" "(x"`},
		{encoder.List("1", "", "ü*"), rev1, `1 LIST "" &APw-*`},
		{encoder.List("1", "", "ü*"), utf8, `1 LIST "" "ü*"`},
		{encoder.List("1", "", "A&B/*"), rev1, `1 LIST "" A&-B/*`}, // RFC 3501 §5.1.3: "&" begins a shift
		{encoder.List("1", "", "A&B/*"), utf8, `1 LIST "" A&B/*`},
		{encoder.List("1", "A&B/", "&-%"), rev1, `1 LIST A&-B/ &--%`},
		{encoder.List("1", "", "a\r\n%"), rev1, `1 LIST "" a&AA0ACg-%`},
		{encoder.List("1", "", "\xff%"), rev1, ""},
		{encoder.List("1", "", "\xff%"), utf8, ""},
		{encoder.List("1", "", ""), rev1, `1 LIST "" ""`},
		// flags are atoms, with or without a backslash
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, `\Seen`, "$Forwarded", "a}b", "NIL"), rev1, `1 STORE 1 +FLAGS (\Seen $Forwarded a}b NIL)`},
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, `\*`), rev1, ""},
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, "a]b"), rev1, ""},
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, ""), rev1, ""},
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, "schön"), utf8, ""},
	} {
		o := encoder.Options{UTF8: true}
		if tt.caps != utf8 {
			o = encoder.OptionsFor(imap.CapabilitiesOf(strings.Fields(tt.caps)...).Set)
		}
		out, err := encoder.AppendCommand(nil, tt.c, o)
		if tt.want == "" {
			require.Error(t, err, "%s: %q", tt.caps, out)
			continue
		}
		require.NoError(t, err, "%s: %q", tt.caps, tt.want)
		require.Equal(t, tt.want+"\r\n", string(out), tt.caps)
		again, err := parse(out, 1, o.UTF8)
		require.NoError(t, err)
		require.NotNil(t, again.Command)
	}
}

// TestResponseForms: what a server may write doesn't depend on what a client may.
func TestResponseForms(t *testing.T) {
	plus, utf8 := encoder.Options{Literals: encoder.Plus}, encoder.Options{UTF8: true}
	subject := func(s string) *imap.Response {
		return encoder.FetchData(1, imap.FetchData{Name: imap.AttEnvelope, Envelope: &imap.Envelope{Subject: imap.Str(s)}})
	}
	env := func(s string) string {
		return "* 1 FETCH (ENVELOPE (NIL " + s + " NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"
	}
	body := func(name imap.AttName, s string) *imap.Response {
		return encoder.FetchData(1, imap.FetchData{Name: name, Str: imap.Str(s), Section: imap.PartSection(1)})
	}
	for _, tt := range []struct {
		r    *imap.Response
		o    encoder.Options
		want string
	}{
		{subject("hi"), plus, env(`"hi"`)}, // nstring has no atoms
		{subject(""), plus, env(`""`)},
		{subject("NIL"), plus, env(`"NIL"`)},
		{subject("a\r\nb"), plus, env("{4}\r\na\r\nb")}, // RFC 7888 §3: servers never write "+"
		{subject("ü"), plus, env("{2}\r\nü")},
		{subject("ü"), utf8, env(`"ü"`)},
		{subject("\xfc"), utf8, env("{1}\r\n\xfc")},
		{body(imap.AttSection, "a\r\n"), plus, "* 1 FETCH (BODY[1] {3}\r\na\r\n)\r\n"},
		{body(imap.AttBinary, "a\x00"), plus, "* 1 FETCH (BINARY[1] ~{2}\r\na\x00)\r\n"}, // RFC 3516 §4.2
		{body(imap.AttBinary, "a"), plus, "* 1 FETCH (BINARY[1] \"a\")\r\n"},
		{encoder.ListData("NIL", '/'), plus, "* LIST () \"/\" \"NIL\"\r\n"},
		{encoder.ListData("Grüße", '\\'), plus, "* LIST () \"\\\\\" Gr&APwA3w-e\r\n"},
		{encoder.ListData("Grüße", '"'), utf8, "* LIST () \"\\\"\" \"Grüße\"\r\n"},
		{encoder.Status("", imap.OK, "schön"), encoder.Options{}, "* OK schön\r\n"}, // RFC 9051 §9 text
		{encoder.Status("A", imap.BAD, "[sic"), encoder.Options{}, "A BAD [sic\r\n"},
		{encoder.Data(imap.RespFlags, &imap.FlagList{Flags: imap.Flags(`\Seen`, "x")}), plus, "* FLAGS (\\Seen x)\r\n"},
		{
			&imap.Response{Name: imap.RespState, Status: imap.OK, Code: &imap.Code{Name: imap.CodePermanentFlags, Flags: imap.Flags(`\Seen`, `\*`)}, Text: []byte("[x] y")}, plus,
			"* OK [PERMANENTFLAGS (\\Seen \\*)] [x] y\r\n",
		},
	} {
		require.Equal(t, tt.want, response(t, tt.r, tt.o))
		_, err := parse([]byte(tt.want), 2, tt.o.UTF8)
		require.NoError(t, err, tt.want)
	}
}
