package parser_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
	"github.com/stretchr/testify/require"
)

func accept(t *testing.T, in string) *imap.Response {
	t.Helper()
	r, err := parser.ParseResponse([]byte(in))
	require.NoError(t, err, in)
	return r
}

func TestValidResponses(t *testing.T) {
	for _, in := range validResponses {
		accept(t, in)
	}
}

func TestStatusResponses(t *testing.T) {
	r := accept(t, "A1 NO [BADCHARSET (US-ASCII \"UTF-8\")] Nope [x]\r\n")
	require.Equal(t, imap.Tagged, r.Kind)
	require.Equal(t, imap.NO, r.Status)
	require.Equal(t, "A1", r.Tag.String())
	require.True(t, r.Code.Is(imap.CodeBadCharset))
	require.Equal(t, "UTF-8", r.Code.Args[0].List[1].Str.String())
	require.Equal(t, "(US-ASCII \"UTF-8\")", string(r.Code.Raw))
	require.Equal(t, "Nope [x]", string(r.Text))

	r = accept(t, "* OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n")
	require.Equal(t, uint64(38505), r.Code.Num)
	require.Equal(t, "304,319:320", r.Code.Set.String())
	require.Equal(t, "3956:3958", r.Code.Dest.String())

	r = accept(t, "* OK [X-NEW any thing \"but] it\r\n")
	require.Equal(t, imap.CodeUnknown, r.Code.Name)
	require.Equal(t, "X-NEW", string(r.Code.Word))
	require.Equal(t, "any thing \"but", string(r.Code.Raw))
	require.Equal(t, "it", string(r.Text))

	require.Equal(t, "[no code", string(accept(t, "* OK [no code\r\n").Text))
	require.Empty(t, accept(t, "A1 OK \r\n").Text)

	r = accept(t, "+ \r\n")
	require.Equal(t, imap.Continue, r.Kind)
	r = accept(t, "* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN X-Y] hi\r\n")
	require.True(t, r.Code.Caps.Set.Has(imap.CapAuthPlain))
	require.Equal(t, "PLAIN", string(r.Code.Caps.List[1].Value))
}

func TestMailboxData(t *testing.T) {
	l := accept(t, "* LIST (\\Noselect \\X) \"\\\\\" {3}\r\na\"b (\"CHILDINFO\" (\"SUBSCRIBED\") OLDNAME (\"old\") X-A (1 (b)))\r\n").Data.(*imap.List)
	require.Equal(t, byte('\\'), l.Delim)
	require.Equal(t, "a\"b", l.Mailbox.Wire.String())
	require.Equal(t, imap.FlagNoselect, l.Attrs[0].Known)
	require.Equal(t, "\\X", l.Attrs[1].String())
	require.Equal(t, "SUBSCRIBED", l.ChildInfo[0].String())
	require.Equal(t, "old", l.OldName.String())
	require.Equal(t, "b", l.Ext[0].Value.List[1].List[0].Str.String())

	l = accept(t, "* LIST () NIL NIL\r\n").Data.(*imap.List)
	require.Zero(t, l.Delim)
	require.Equal(t, imap.FormAtom, l.Mailbox.Wire.Form)
	require.Equal(t, "NIL", l.Mailbox.String())
	require.NotNil(t, l.Attrs)

	s := accept(t, "* STATUS a]b (MESSAGES 3 SIZE 9223372036854775807 X-N (a \"b\"))\r\n").Data.(*imap.StatusData)
	require.Equal(t, "a]b", s.Mailbox.String())
	n, ok := s.Get(imap.StatusSize)
	require.True(t, ok)
	require.Equal(t, uint64(9223372036854775807), n)
	require.Equal(t, "X-N", string(s.Items[2].Word))

	e := accept(t, "* ESEARCH (TAG \"A1\" MAILBOX box UIDVALIDITY 7) UID MIN 2 COUNT 0 ALL 4:5,8 MODSEQ 9 PARTIAL (-1:-5 NIL)\r\n").Data.(*imap.ESearch)
	require.True(t, e.UID && e.HasCount)
	require.Equal(t, uint32(7), e.UIDValidity)
	require.Equal(t, "4:5,8", e.All.String())
	require.Equal(t, "PARTIAL", string(e.Ext[0].Name))

	nums := accept(t, "* SEARCH 1 22 333 4444 55555 666666 7777777 88888888 999999999 4294967295 3 (MODSEQ 5)\r\n").Data.(*imap.NumList)
	require.Equal(t, []uint32{1, 22, 333, 4444, 55555, 666666, 7777777, 88888888, 999999999, 4294967295, 3}, nums.Nums)
	require.Equal(t, uint64(5), nums.ModSeq)

	th := accept(t, "* THREAD (2)(3 6 (4 23)(44 7 96))((5)(6))\r\n").Data.(*imap.Threads)
	require.Equal(t, []imap.ThreadNode{
		{Num: 2},
		{Num: 3},
		{Num: 6, Depth: 1},
		{Num: 4, Depth: 2},
		{Num: 23, Depth: 3},
		{Num: 44, Depth: 2},
		{Num: 7, Depth: 3},
		{Num: 96, Depth: 4},
		{},
		{Num: 5, Depth: 1},
		{Num: 6, Depth: 1},
	}, th.Nodes)

	ns := accept(t, "* NAMESPACE ((\"\" \"/\")(\"#mh/\" NIL \"X-P\" (\"a\" \"b\"))) NIL NIL\r\n").Data.(*imap.Namespace)
	require.Len(t, ns.Personal, 2)
	require.Len(t, ns.Personal[1].Ext, 2)
	require.Nil(t, ns.Other)

	m := accept(t, "* METADATA \"\" (/shared/comment NIL /private/x ~{3}\r\na\x00b)\r\n").Data.(*imap.Metadata)
	require.True(t, m.Entries[0].Value.IsNil())
	require.Equal(t, imap.FormLiteral8, m.Entries[1].Value.Form)
	require.Nil(t, accept(t, "* ID NIL\r\n").Data.(*imap.ID).Pairs)
	require.NotNil(t, accept(t, "* ID ()\r\n").Data.(*imap.ID).Pairs)
}

func TestFetch(t *testing.T) {
	in := "* 7 FETCH (UID 9 FLAGS (\\Seen kw) INTERNALDATE \" 7-Jul-2026 02:44:25 -0730\" RFC822.SIZE 5368709120 MODSEQ (5) BODY[1.2.HEADER.FIELDS (To \"x\")]<3> {2}\r\nhi" +
		" BINARY[1] ~{1}\r\n\x00 BODY[2] NIL PREVIEW \"\" EMAILID (M1) THREADID NIL X-GM-MSGID 18446744073709551615 X-GM-LABELS (\\Inbox \"a b\" c]) X-NEW[1]<2> (a (b)) SAVEDATE NIL)\r\n"
	f := accept(t, in).Data.(*imap.Fetch)
	uid := f.Item(imap.AttUID)
	require.Equal(t, uint64(9), uid.Num)
	require.Equal(t, imap.DateTime{Year: 2026, Month: 7, Day: 7, Hour: 2, Min: 44, Sec: 25, Zone: -450}, f.InternalDate())
	sec := f.Items[5]
	require.Equal(t, imap.AttSection, sec.Name)
	require.Equal(t, []uint32{1, 2}, sec.Section.Part)
	require.Equal(t, "x", sec.Section.Fields[1].String())
	require.True(t, sec.HasOrigin)
	require.Equal(t, uint64(3), sec.Origin)
	require.Equal(t, "hi", sec.Str.String())
	require.Equal(t, "\x00", f.Item(imap.AttBinary).Str.String())
	require.True(t, f.Items[7].Str.IsNil())
	require.False(t, f.Item(imap.AttPreview).Str.IsNil())
	require.Equal(t, uint64(18446744073709551615), f.Item(imap.AttXGMMsgID).Num)
	var labels []string
	for _, l := range f.Item(imap.AttXGMLabels).Flags {
		labels = append(labels, l.String())
	}
	require.Equal(t, []string{"\\Inbox", "a b", "c]"}, labels)
	u := f.Item(imap.AttUnknown).Unknown
	require.Equal(t, "X-NEW[1]<2>", string(u.Name))
	require.Equal(t, "(a (b))", string(u.Raw))
}

func TestBodyStructure(t *testing.T) {
	in := "* 1 FETCH (BODYSTRUCTURE (((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 10 2)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 100 " +
		"(NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) (\"IMAGE\" \"PNG\" NIL \"<c>\" NIL \"BASE64\" 9) 3 NIL (\"attachment\" NIL) (\"en\" \"de\") \"loc\" 1 (\"x\" NIL)) \"ALTERNATIVE\") \"MIXED\" (\"BOUNDARY\" \"b\") NIL \"fr\"))\r\n"
	b := accept(t, in).Data.(*imap.Fetch).BodyStructure()
	require.True(t, b.Multipart && b.Extended)
	require.Equal(t, "b", b.Param("boundary").String())
	require.Equal(t, "fr", b.Languages[0].String())
	require.Len(t, b.Parts, 1)
	alt := b.Parts[0]
	require.Len(t, alt.Parts, 2)
	require.False(t, alt.Extended)
	msg := alt.Parts[1]
	require.Equal(t, "inner", msg.Envelope.Subject.String())
	require.True(t, msg.Parts[0].Is("image/png"))
	require.Equal(t, uint64(3), msg.Lines)
	require.Equal(t, "attachment", msg.Disposition.String())
	require.Len(t, msg.Languages, 2)
	require.Len(t, msg.Ext, 2)
}

// TestDepth: nesting costs a slot on a stack of the parser's own, and has a limit.
func TestDepth(t *testing.T) {
	body := strings.Repeat("(", 5000)
	for _, in := range []string{
		"* 1 FETCH (BODYSTRUCTURE " + body, "* THREAD " + body, "* XNEW " + body, "* 1 FETCH (X-NEW " + body, "* ESEARCH X-Y " + body, "* LIST () NIL a (X-Y " + body,
	} {
		_, err := parser.ParseResponse([]byte(in + "\r\n"))
		require.ErrorIs(t, err, parser.ErrorDepthLimit, in[:20])
	}
	deep := strings.Repeat("(", 60) + "1" + strings.Repeat(")", 60)
	accept(t, "* XNEW "+deep+"\r\n")
	p := parser.Parser{Options: parser.Options{Limits: wire.Limits{Depth: -1}}}
	_, err := p.Response([]byte("* XNEW " + strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000) + "\r\n"))
	require.NoError(t, err)
}

// rejected has an error for each way to be wrong: its code, and the offset of the first byte that cannot be right.
var rejected = []struct {
	in   string
	code parser.ErrorCode
	off  int
}{
	{"* 1 FETCH (FLAGS (\\Seen)X UID 1)\r\n", parser.ErrorExpectedSP, 24},
	{"* 1 FETCH (UID 0)\r\n", parser.ErrorExpectedNzNumber, 15},
	{"* 1 FETCH (UID 4294967296)\r\n", parser.ErrorNumberOverflow, 24},
	{"* 1 FETCH (INTERNALDATE \"32-Jan-2026 00:00:00 +0000\")\r\n", parser.ErrorBadDate, 26},
	{"* 1 FETCH (INTERNALDATE \"30-Feb-2026 00:00:00 +0000\")\r\n", parser.ErrorExpectedDateTime, 28},
	{"* 1 FETCH (BODY[MIME] NIL)\r\n", parser.ErrorExpectedSection, 16},
	{"* 1 FETCH (BODY[] {3}\r\nab", parser.ErrorTruncated, 25},
	{"* LIST () \"//\" a\r\n", parser.ErrorExpectedQuote, 12},
	{"* FLAGS (\\*)\r\n", parser.ErrorExpectedFlag, 10},
	{"* SEARCH 1  2\r\n", parser.ErrorExpectedNzNumber, 11},
	{"* LIST () \"/\" \"a\\b\"\r\n", parser.ErrorBadEscape, 17},
	{"* LIST () \"/\" \"a\xc3\xa4\"\r\n", parser.ErrorIllegal8Bit, 16},
	{"* OK [UIDNEXT x] y\r\n", parser.ErrorExpectedNzNumber, 14},
	{"* 5 EXISTS\n", parser.ErrorExpectedCRLF, 10},
	{"* 5 EXISTS\r\nx", parser.ErrorTrailingData, 12},
	{"A1 YES\r\n", parser.ErrorExpectedStatus, 3},
	{"* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))\r\n", parser.ErrorExpectedLParen, 30},
	{"* THREAD ((1))\r\n", parser.ErrorExpectedLParen, 13},
	{"* VANISHED (EARLIEST) 1\r\n", parser.ErrorExpectedWord, 18},
	{"* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", parser.ErrorLiteralNotAllowed, 20},
	{"", parser.ErrorTruncated, 0},
}

func TestRejected(t *testing.T) {
	for _, c := range rejected {
		_, err := parser.ParseResponse([]byte(c.in))
		var e *parser.Error
		require.ErrorAs(t, err, &e, c.in)
		require.Equal(t, c.code.ID(), e.Code.ID(), c.in)
		require.Equal(t, c.off, int(e.Span.Start), c.in)
		require.ErrorIs(t, err, c.code)
		require.Equal(t, c.code == parser.ErrorTruncated, e.Unwrap() == parser.ErrTruncated)
	}
}

func TestErrorText(t *testing.T) {
	in := []byte("* 12 FETCH (FLAGS (\\Seen)X)\r\n")
	_, err := parser.ParseResponse(in)
	var e *parser.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "imap: offset 25, in msg-att: expected SP or \")\", found 'X'", e.Error())
	require.Equal(t, syntax.KindMsgAtt, e.Rule)
	require.Equal(t, []string{"SP", ")"}, slices.Collect(e.Expect.All))
	require.Equal(t, "* 12 FETCH (FLAGS (\\Seen)X)\n                         ^", e.Excerpt(in))

	for in, want := range map[string]string{
		"A1 UID SEARC<H ALL\r\n":      "imap: offset 12, in uid: expected SEARCH, found '<'",
		"A1 NOTIFY SOME\r\n":          "imap: offset 11, in notify-set: expected SET, found 'O'",
		"A1 NOTIFY IT\r\n":            "imap: offset 10, in notify-set: expected SET or NONE, found 'I'",
		"A1 STORE 1 LABELS (a)\r\n":   "imap: offset 11, in store-att-flags: expected FLAGS, FLAGS.SILENT, X-GM-LABELS, X-GM-LABELS.SILENT, ANNOTATION, \"+\", \"-\" or \"(\", found 'L'",
		"A1 SORT (SIZ) UTF-8 ALL\r\n": "imap: offset 12, in sort-criterion: expected SIZE, found ')'",
		"A1 SORT (B) UTF-8 ALL\r\n":   "imap: offset 9, in sort-criterion: expected keyword, found 'B'",
		"A1 FETCH 1 BODY[]<0.1\r\n":   "imap: offset 21, in partial: expected \">\", found CR",
		"A1 FETCH 1 BODY[TEXT\r\n":    "imap: offset 20, in section: expected \"]\", found CR",
		"A1 LOGIN {3x}\r\nabc\r\n":    "imap: offset 11, in login: expected \"}\", found 'x'",
	} {
		_, err := parser.ParseCommand([]byte(in))
		require.EqualError(t, err, want)
	}
}

// TestPartial: what stands before a fault comes with the error, also in strict.
func TestPartial(t *testing.T) {
	r, err := parser.ParseResponse([]byte("* 3 FETCH (UID 7 FLAGS (\\Seen) RFC822.SIZE x BODY[] NIL)\r\n"))
	require.Error(t, err)
	require.Len(t, r.Data.(*imap.Fetch).Items, 2)
	r, err = parser.ParseResponse([]byte("A7 OK [UIDNEXT 0] x\r\n"))
	require.Error(t, err)
	require.Equal(t, "A7", r.Tag.String())
	r, err = parser.ParseResponse([]byte("\r\n"))
	require.Error(t, err)
	require.Nil(t, r)
}

// TestRecovery: with quirks, a fault in one element costs that element only.
func TestRecovery(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"* 3 FETCH (UID 7 RFC822.SIZE x FLAGS (\\Seen))\r\n", "* 3 FETCH (UID 7 FLAGS (\\Seen))\r\n"},
		{"* 3 FETCH (UID 7 ENVELOPE (\x01 x) FLAGS (\\Seen))\r\n", ""},
		{"* FLAGS (\\Seen {x} \\Draft)\r\n", "* FLAGS (\\Seen \\Draft)\r\n"},
		{"* STATUS a (MESSAGES x UNSEEN 3)\r\n", "* STATUS a (UNSEEN 3)\r\n"},
		{
			"* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")(NIL x% \"c\")(NIL NIL \"d\" \"e\")) NIL NIL NIL NIL NIL NIL NIL))\r\n",
			"* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")(NIL NIL \"d\" \"e\")) NIL NIL NIL NIL NIL NIL NIL))\r\n",
		},
		{"* SEARCH 1 x 3\r\n", "* SEARCH 1 3\r\n"},
		{"* ESEARCH MIN x COUNT 3\r\n", "* ESEARCH COUNT 3\r\n"},
		{"* QUOTA a (STORAGE x 3 MESSAGE 1 2)\r\n", ""},
	} {
		p := parser.Parser{Options: lenient, Tree: new(syntax.Tree)}
		r, err := p.Response([]byte(c.in))
		require.Error(t, err, c.in)
		require.NotNil(t, r.Data, c.in)
		errorNodes := 0
		for _, n := range p.Tree.Nodes {
			if n.Flags&syntax.FlagError != 0 {
				errorNodes++
			}
		}
		require.NotZero(t, errorNodes, c.in)
		checkTree(t, p.Tree, len(c.in))
		if c.want != "" {
			require.True(t, r.Equal(accept(t, c.want)), c.in)
		}
	}

	p := parser.Parser{Options: lenient}
	r, err := p.Response([]byte("* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)(\"TEXT\" {}% NIL)(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 9) \"MIXED\") UID 4)\r\n"))
	require.Error(t, err)
	f := r.Data.(*imap.Fetch)
	require.Len(t, f.BodyStructure().Parts, 3)
	require.Equal(t, uint64(4), f.Item(imap.AttUID).Num)
}

func TestRepairs(t *testing.T) {
	in := "* 1 FETCH (BODY[] {10}\r\nabc UID 4)\r\n"
	p := parser.Parser{Repairs: []wire.LiteralRepair{{At: 18, Size: 3}}}
	r, err := p.Response([]byte(in))
	require.NoError(t, err)
	require.Equal(t, "abc", r.Data.(*imap.Fetch).Items[0].Str.String())
	uid, _ := r.UID()
	require.Equal(t, uint32(4), uid)
	_, err = p.Response([]byte(in))
	require.Error(t, err, "a repair is for one call")
}
