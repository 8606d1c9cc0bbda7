package encoder_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// command is what c looks like.
func command(t *testing.T, c *imap.Command, o encoder.Options) string {
	t.Helper()
	b, err := encoder.AppendCommand(nil, c, o)
	require.NoError(t, err)
	return string(b)
}

func response(t *testing.T, r *imap.Response, o encoder.Options) string {
	t.Helper()
	b, err := encoder.AppendResponse(nil, r, o)
	require.NoError(t, err)
	return string(b)
}

func TestConstructors(t *testing.T) {
	for want, c := range map[string]*imap.Command{
		"1 NOOP\r\n":                                       encoder.Command("1", imap.CmdNoop, nil),
		"1 LOGIN ann \"a b\"\r\n":                          encoder.Login("1", "ann", "a b"),
		"1 AUTHENTICATE PLAIN\r\n":                         encoder.Authenticate("1", "PLAIN", nil),
		"1 AUTHENTICATE PLAIN AGEAYg==\r\n":                encoder.Authenticate("1", "PLAIN", []byte("\x00a\x00b")),
		"1 AUTHENTICATE EXTERNAL =\r\n":                    encoder.Authenticate("1", "EXTERNAL", []byte{}),
		"1 SELECT Entw&APw-rfe\r\n":                        encoder.Select("1", "Entwürfe"),
		"1 EXAMINE x\r\n":                                  encoder.Examine("1", "x"),
		"1 CREATE x\r\n":                                   encoder.Create("1", "x"),
		"1 DELETE x\r\n":                                   encoder.Delete("1", "x"),
		"1 ENABLE UTF8=ACCEPT CONDSTORE\r\n":               encoder.Enable("1", "UTF8=ACCEPT", "CONDSTORE"),
		"1 UID EXPUNGE 3:4\r\n":                            encoder.Expunge("1", imap.SetOf(3, 4)),
		"1 LIST \"\" %\r\n":                                encoder.List("1", "", "%"),
		"1 STATUS INBOX (MESSAGES UIDNEXT)\r\n":            encoder.StatusOf("1", "INBOX", imap.StatusMessages, imap.StatusUIDNext),
		"1 APPEND INBOX (\\Seen) {2}\r\nhi\r\n":            encoder.Append("1", "INBOX", imap.Str("hi"), `\Seen`),
		"1 UID FETCH 1:3 (UID FLAGS)\r\n":                  encoder.UID(encoder.Fetch("1", imap.SetOf(1, 2, 3), encoder.Atts(imap.AttUID, imap.AttFlags)...)),
		"1 FETCH 1 BODY.PEEK[1.2]\r\n":                     encoder.Fetch("1", imap.SetOf(1), encoder.Peek(imap.PartSection(1, 2))),
		"1 FETCH 1 BODY.PEEK[HEADER.FIELDS (From To)]\r\n": encoder.Fetch("1", imap.SetOf(1), encoder.Peek(imap.HeaderFields("From", "To"))),
		"1 STORE 1:2 +FLAGS (\\Deleted)\r\n":               encoder.Store("1", imap.SetOf(1, 2), imap.StoreAdd, `\Deleted`),
		"1 COPY * Trash\r\n":                               encoder.Copy("1", imap.SetOf(0), "Trash"),
		"1 MOVE 1 \"NIL\"\r\n":                             encoder.Move("1", imap.SetOf(1), "NIL"),
		"1 SEARCH FROM ann OR SEEN (LARGER 5 UID 1:*)\r\n": encoder.Search("1", imap.TextKey(imap.KeyFrom, "ann"),
			imap.Or(imap.SearchKey{Op: imap.KeySeen}, imap.And(imap.NumKey(imap.KeyLarger, 5), imap.SetKey(imap.KeyUID, imap.RangesOf(imap.NumRange{Lo: 1}))))),
	} {
		require.Equal(t, want, command(t, c, encoder.Options{}))
	}
	for want, r := range map[string]*imap.Response{
		"* OK ready\r\n":                    encoder.Status("", imap.OK, "ready"),
		"a NO \r\n":                         encoder.Status("a", imap.NO, ""),
		"* CAPABILITY IMAP4rev2 X\r\n":      encoder.Capability("IMAP4rev2", "X"),
		"* 3 EXISTS\r\n":                    encoder.Number(3, imap.RespExists),
		"* LIST (\\Sent) \"/\" \"a b\"\r\n": encoder.ListData("a b", '/', `\Sent`),
		"* LIST () NIL INBOX\r\n":           encoder.ListData("INBOX", 0),
		"* LIST () \"\\\\\" x\r\n":          encoder.ListData("x", '\\'),
		"* SEARCH\r\n":                      encoder.SearchData(),
		"* SEARCH 1 5\r\n":                  encoder.SearchData(1, 5),
		"* 1 FETCH (UID 7 FLAGS ())\r\n":    encoder.FetchData(1, imap.FetchData{Name: imap.AttUID, Num: 7}, imap.FetchData{Name: imap.AttFlags}),
	} {
		require.Equal(t, want, response(t, r, encoder.Options{}))
	}
}

// TestStringForms: content, position and peer decide.
func TestStringForms(t *testing.T) {
	long, huge := strings.Repeat("x", 1025), strings.Repeat("x", 5000)
	plus, minus := encoder.Options{Literals: encoder.Plus}, encoder.Options{Literals: encoder.Minus}
	tests := []struct {
		name, content string
		o             encoder.Options
		want          string
	}{
		{"atom", "ann", encoder.Options{}, "ann"},
		{"bracket", "a]b", encoder.Options{}, "a]b"},
		{"blank", "a b", encoder.Options{}, `"a b"`},
		{"empty", "", encoder.Options{}, `""`},
		{"NIL is a string", "nil", encoder.Options{}, `"nil"`},
		{"escapes", `a"b\c`, encoder.Options{}, `"a\"b\\c"`},
		{"wildcard", "100%", encoder.Options{}, `"100%"`},
		{"line break", "a\r\nb", encoder.Options{}, "{4}\r\na\r\nb"},
		{"line break, LITERAL+", "a\r\nb", plus, "{4+}\r\na\r\nb"},
		{"line break, LITERAL-", "a\nb", minus, "{3+}\r\na\nb"},
		{"UTF-8 before ENABLE", "ü", encoder.Options{}, "{2}\r\nü"},
		{"UTF-8 after ENABLE", "ü", encoder.Options{UTF8: true}, `"ü"`},
		{"not UTF-8", "\xff", encoder.Options{UTF8: true}, "{1}\r\n\xff"},
		{"long, waiting costs a round trip", long, encoder.Options{}, `"` + long + `"`},
		{"long, waiting costs nothing", long, plus, "{1025+}\r\n" + long},
		{"longer than a line should be", huge, encoder.Options{}, "{5000}\r\n" + huge},
		{"above what LITERAL- lets through", huge, minus, "{5000}\r\n" + huge},
		{"at its limit", huge[:4096], minus, "{4096+}\r\n" + huge[:4096]},
		{"quoted style", "ann", encoder.Options{Style: encoder.Quoted}, `"ann"`},
		{"literal style", "ann", encoder.Options{Style: encoder.Literals}, "{3}\r\nann"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := encoder.Command("1", imap.CmdGetQuota, &imap.QuotaArgs{Root: imap.Str(tt.content)})
			require.Equal(t, "1 GETQUOTA "+tt.want+"\r\n", command(t, c, tt.o))
		})
	}
}

func TestMailboxEncodings(t *testing.T) {
	old, utf := encoder.Options{}, encoder.Options{UTF8: true}
	mutf7 := imap.Mailbox{Wire: imap.Str("Entw&APw-rfe")}
	for _, tt := range []struct {
		m    imap.Mailbox
		o    encoder.Options
		want string
	}{
		{imap.MailboxOf("Entwürfe"), old, "Entw&APw-rfe"},
		{imap.MailboxOf("Entwürfe"), utf, `"Entwürfe"`},
		{mutf7, old, "Entw&APw-rfe"},
		{mutf7, utf, `"Entwürfe"`},
		{imap.MailboxOf("A&B"), old, "A&-B"},
		{imap.MailboxOf("A&B"), utf, "A&B"},
		{imap.MailboxOf("Inbox"), old, "Inbox"},
		{imap.MailboxOf("a\r\nb"), old, "a&AA0ACg-b"},
	} {
		require.Equal(t, "1 SELECT "+tt.want+"\r\n", command(t, encoder.Command("1", imap.CmdSelect, &imap.SelectArgs{Mailbox: tt.m}), tt.o))
	}
}

// TestNamesAsRead: a name or a pattern that was read is converted only where the connection has another encoding than the one that it was read in,
// with Verbatim and without.
func TestNamesAsRead(t *testing.T) {
	for _, tt := range []struct {
		in          string
		read, write bool   // UTF8
		want        string // "" if it can't be written
	}{
		{"SELECT Entw&APw-rfe", false, false, "SELECT Entw&APw-rfe"},
		{"SELECT Entw&APw-rfe", false, true, `SELECT "Entwürfe"`},
		{`SELECT "Entwürfe"`, true, false, "SELECT Entw&APw-rfe"},
		{"SELECT Entw&APw-rfe", true, true, "SELECT Entw&APw-rfe"}, // a name with "&APw-" in it
		{"SELECT Entw&APw-rfe", true, false, "SELECT Entw&-APw-rfe"},
		{"SELECT A&B", false, false, "SELECT A&B"}, // not well-formed, and the server's own name
		{"SELECT A&B", false, true, ""},
		{"SELECT A&B", true, true, "SELECT A&B"},
		{"SELECT A&B", true, false, "SELECT A&-B"},
		{"SELECT A&-B", false, true, "SELECT A&B"},
		{`LIST "" A&B/*`, false, false, `LIST "" A&B/*`},
		{`LIST "" A&-B/*`, false, false, `LIST "" A&-B/*`},
		{`LIST "" A&B/*`, true, true, `LIST "" A&B/*`},
		{`LIST "" &APw-*`, false, true, `LIST "" &APw-*`}, // a pattern doesn't know its encoding
	} {
		m, err := parse([]byte("1 "+tt.in+"\r\n"), wire.Client, tt.read)
		require.NoError(t, err, tt.in)
		for _, verbatim := range []bool{false, true} {
			out, err := encoder.AppendCommand(nil, m.Command, encoder.Options{UTF8: tt.write, Verbatim: verbatim})
			if tt.want == "" {
				require.ErrorIs(t, err, encoder.ErrUTF7, tt.in)
				continue
			}
			require.NoError(t, err, tt.in)
			require.Equal(t, "1 "+tt.want+"\r\n", string(out), tt.in)
		}
	}
}

func TestSmallest(t *testing.T) {
	small := encoder.Options{Style: encoder.Smallest}
	fetch := encoder.Fetch("1", imap.RangesOf(imap.NumRange{Lo: 3, Hi: 3}, imap.NumRange{Lo: 1, Hi: 2}, imap.NumRange{Lo: 9}),
		encoder.Atts(imap.AttRFC822Size, imap.AttFlags, imap.AttInternalDate)...)
	require.Equal(t, "1 FETCH 1:3,9:* FAST\r\n", command(t, fetch, small))
	fetch.Args.(*imap.FetchArgs).Atts = encoder.Atts(imap.AttFlags)
	fetch.Args.(*imap.FetchArgs).Paren = true
	require.Equal(t, "1 FETCH 1:3,9:* FLAGS\r\n", command(t, fetch, small))
	require.Equal(t, "1 FETCH 3,1:2,9:* (FLAGS)\r\n", command(t, fetch, encoder.Options{}))
	require.Equal(t, "1 STORE 1 FLAGS \\Seen x\r\n", command(t, encoder.Store("1", imap.SetOf(1), imap.StoreReplace, `\Seen`, "x"), small))
	require.Equal(t, "1 STORE 1 FLAGS ()\r\n", command(t, encoder.Store("1", imap.SetOf(1), imap.StoreReplace), small))
}

func TestAppendForms(t *testing.T) {
	nul := imap.Str("a\x00b")
	_, err := encoder.AppendCommand(nil, encoder.Append("1", "x", nul), encoder.Options{})
	require.ErrorIs(t, err, encoder.ErrNUL)
	require.Equal(t, "1 APPEND x ~{3}\r\na\x00b\r\n", command(t, encoder.Append("1", "x", nul), encoder.Options{Binary: true}))
	nul.Form = imap.FormLiteral8
	require.Equal(t, "1 APPEND x ~{3}\r\na\x00b\r\n", command(t, encoder.Append("1", "x", nul), encoder.Options{}), "asked for")
	require.Equal(t, "1 APPEND x {2}\r\n\u00fc\r\n", command(t, encoder.Append("1", "x", imap.Str("ü")), encoder.Options{UTF8: true}),
		"UTF-8 data is wrapped only if the message says so")
	c := encoder.Append("1", "x", imap.Str("ü"))
	c.Args.(*imap.AppendArgs).Messages[0].UTF8 = true
	require.Equal(t, "1 APPEND x UTF8 (~{2}\r\nü)\r\n", command(t, c, encoder.Options{}))

	two := encoder.Append("1", "x", imap.Str("one"), `\Seen`)
	a := two.Args.(*imap.AppendArgs)
	a.Messages = append(a.Messages, imap.AppendMessage{
		Date:     imap.DateTime{Year: 2026, Month: 2, Day: 3, Hour: 4, Min: 5, Sec: 6, Zone: -90},
		Catenate: []imap.CatenatePart{{URL: imap.Str("/INBOX;UID=20")}, {Text: imap.Str("tail")}},
	})
	require.Equal(t, "1 APPEND x (\\Seen) {3+}\r\none \" 3-Feb-2026 04:05:06 -0130\" CATENATE (URL /INBOX;UID=20 TEXT {4+}\r\ntail)\r\n",
		command(t, two, encoder.Options{Literals: encoder.Plus}))
}

// TestLargeLiterals: a literal comes out whole, and a NUL is found wherever it stands, in every piece in which it is copied.
func TestLargeLiterals(t *testing.T) {
	for size := range 6000 {
		if size > 40 && size%61 > 1 {
			continue
		}
		body := strings.Repeat("0123456789", 600)[:size]
		want := "1 APPEND x {" + strconv.Itoa(size) + "}\r\n" + body + "\r\n"
		require.Equal(t, want, command(t, encoder.Append("1", "x", imap.Str(body)), encoder.Options{}))
		if size == 0 {
			continue
		}
		for _, at := range []int{0, size / 2, size - 1} {
			_, err := encoder.AppendCommand(nil, encoder.Append("1", "x", imap.Str(body[:at]+"\x00"+body[at+1:])), encoder.Options{})
			require.ErrorIs(t, err, encoder.ErrNUL, "%d of %d", at, size)
		}
	}
}

func TestThreads(t *testing.T) {
	for want, nodes := range map[string][]imap.ThreadNode{
		"* THREAD\r\n":                          nil,
		"* THREAD (2)(3 6 (4 23)(44 7 96))\r\n": {{Num: 2, Depth: 0}, {Num: 3, Depth: 0}, {Num: 6, Depth: 1}, {Num: 4, Depth: 2}, {Num: 23, Depth: 3}, {Num: 44, Depth: 2}, {Num: 7, Depth: 3}, {Num: 96, Depth: 4}}, // RFC 5256 §4
		"* THREAD ((3)(5))\r\n":                 {{Num: 0, Depth: 0}, {Num: 3, Depth: 1}, {Num: 5, Depth: 1}},
		"* THREAD (1 ((2)(3))(4))\r\n":          {{Num: 1}, {Depth: 1}, {Num: 2, Depth: 2}, {Num: 3, Depth: 2}, {Num: 4, Depth: 1}},
		"* THREAD (1 (2 3)(4 5 (6)(7)))(8)\r\n": {{Num: 1}, {Num: 2, Depth: 1}, {Num: 3, Depth: 2}, {Num: 4, Depth: 1}, {Num: 5, Depth: 2}, {Num: 6, Depth: 3}, {Num: 7, Depth: 3}, {Num: 8}},
	} {
		require.Equal(t, want, response(t, encoder.Data(imap.RespThread, &imap.Threads{Nodes: nodes}), encoder.Options{}))
	}
}

// TestErrorsNameTheField: nothing is written, and the path says where.
func TestErrorsNameTheField(t *testing.T) {
	sel := func(m imap.Mailbox) *imap.Command {
		return encoder.Command("1", imap.CmdSelect, &imap.SelectArgs{Mailbox: m})
	}
	for _, tt := range []struct {
		c    *imap.Command
		path string
		err  error
	}{
		{encoder.Command("", imap.CmdNoop, nil), "Tag", encoder.ErrTag},
		{encoder.Command("+1", imap.CmdNoop, nil), "Tag", encoder.ErrTag},
		{encoder.Command("1\r\n2", imap.CmdNoop, nil), "Tag", encoder.ErrTag},
		{encoder.Command("1", imap.CmdUnknown, nil), "Name", encoder.ErrName},
		{encoder.Command("1", imap.CmdUnknown, &imap.Unknown{Name: []byte("LOGIN")}), "Name", encoder.ErrName},
		{encoder.Command("1", imap.CmdLogin, nil), "Args", encoder.ErrType},
		{encoder.Command("1", imap.CmdLogin, (*imap.LoginArgs)(nil)), "Args", encoder.ErrType},
		{encoder.Command("1", imap.CmdLogin, &imap.SelectArgs{}), "Args", encoder.ErrType},
		{encoder.UID(encoder.Command("1", imap.CmdNoop, nil)), "UID", encoder.ErrField},
		{encoder.Command("1", imap.CmdExpunge, &imap.ExpungeArgs{Set: imap.SetOf(1)}), "UID", encoder.ErrField},
		{encoder.Command("1", imap.CmdLogin, &imap.LoginArgs{User: imap.Str("a")}), "Args.Password", encoder.ErrNIL},
		{encoder.Login("1", "a", "\x00"), "Args.Password", encoder.ErrNUL},
		{sel(imap.Mailbox{}), "Args.Mailbox", encoder.ErrNIL},
		{sel(imap.MailboxOf("\xff")), "Args.Mailbox", encoder.ErrUTF8},
		{sel(imap.Mailbox{Wire: imap.Str("&x")}), "Args.Mailbox", encoder.ErrUTF7},
		{encoder.Fetch("1", imap.NumSet{}, encoder.Peek(nil)), "Args.Set", encoder.ErrSet},
		{encoder.Fetch("1", imap.NumSet{Raw: []byte("1,\r\n2")}, encoder.Peek(nil)), "Args.Set", encoder.ErrSet},
		{encoder.Fetch("1", imap.SetOf(1)), "Args.Atts", encoder.ErrEmpty},
		{encoder.Fetch("1", imap.SetOf(1), encoder.Peek(nil), encoder.Peek(&imap.Section{Spec: imap.SectionMIME})), "Args.Atts[1].Section.Spec", encoder.ErrSection},
		{encoder.Fetch("1", imap.SetOf(1), imap.FetchAtt{Name: imap.AttFlags, Peek: true}), "Args.Atts[0].Peek", encoder.ErrField},
		{encoder.Store("1", imap.SetOf(1), imap.StoreAdd, `\Seen`, "a b"), "Args.Flags[1]", encoder.ErrFlag},
		{encoder.Fetch("1", imap.SetOf(1), imap.FetchAtt{Name: imap.AttSection, Count: 5}), "Args.Atts[0].Offset", encoder.ErrField},
		{encoder.Command("1", imap.CmdStore, &imap.StoreArgs{Set: imap.SetOf(1), UnchangedSince: 7, Annotation: []imap.Value{imap.ValueOf("/comment")}}), "Args.UnchangedSince", encoder.ErrField},
		{encoder.Command("1", imap.CmdGetMetadata, &imap.MetadataArgs{Mailbox: imap.MailboxOf("a"), MaxSize: 7}), "Args.MaxSize", encoder.ErrField},
		{encoder.Command("1", imap.CmdSelect, &imap.SelectArgs{Mailbox: imap.MailboxOf("a"), Params: imap.Params("CONDSTORE")}), "Args.Params[0]", encoder.ErrName},
		{encoder.Command("1", imap.CmdSelect, &imap.SelectArgs{Mailbox: imap.MailboxOf("a"), Params: []imap.Param{imap.ParamWith("X-A", imap.ListOf(imap.ListOf(imap.Value{Str: imap.String{Raw: []byte("*"), Form: imap.FormAtom}})))}}), "Args.Params[0].Value", encoder.ErrType},
		{encoder.Command("1", imap.CmdCreate, &imap.CreateArgs{Mailbox: imap.MailboxOf("a"), Use: imap.Flags(`\Sent`), Params: []imap.Param{imap.ParamWith("USE", imap.ListOf(imap.ValueOf("x")))}}), "Args.Params[0].Value", encoder.ErrFlag},
		{encoder.Search("1"), "Args.Keys", encoder.ErrEmpty},
		{encoder.Search("1", imap.And(imap.SearchKey{Op: imap.KeyAll}, imap.DateKey(imap.KeySince, imap.Date{Year: 2026, Month: 2, Day: 30}))), "Args.Keys[0].Keys[1].Date", encoder.ErrDate},
		{encoder.Search("1", imap.SearchKey{Op: imap.KeyOr}), "Args.Keys[0].Keys", encoder.ErrEmpty},
		{encoder.Command("1", imap.CmdESearch, &imap.SearchArgs{Keys: []imap.SearchKey{{Op: imap.KeyIn, Args: []imap.Value{{Str: imap.Str("x")}}}}}), "Args.Keys[0]", encoder.ErrName},
		{encoder.Search("1", imap.SearchKey{Op: imap.KeyModSeq, Num: 7, Text: imap.Str("priv")}), "Args.Keys[0].Text", encoder.ErrField},
		{encoder.Append("1", "x", imap.Stream(5)), "Args.Messages[0].Data", encoder.ErrStream},
		{encoder.Append("1", "x", imap.String{}), "Args.Messages[0].Data", encoder.ErrNIL},
		{encoder.Command("1", imap.CmdAuthenticate, &imap.AuthenticateArgs{Mechanism: []byte("PLAIN"), HasInitial: true, Initial: imap.AuthData{Raw: []byte("x\r\n")}}), "Args.Initial", encoder.ErrBase64},
		{encoder.Command("1", imap.CmdUnknown, &imap.Unknown{Name: []byte("X"), Raw: []byte(" a\r\nb")}), "Args.Raw", encoder.ErrLineBreak},
		{encoder.Command("1", imap.CmdUnknown, &imap.Unknown{Name: []byte("X"), Raw: []byte(" a{5}")}), "Args.Raw", encoder.ErrText},
	} {
		out, err := encoder.AppendCommand([]byte("kept"), tt.c, encoder.Options{})
		require.Equal(t, "kept", string(out))
		var e *encoder.Error
		require.ErrorAs(t, err, &e, "%s", tt.path)
		require.Equal(t, tt.path, e.Path)
		require.ErrorIs(t, err, tt.err)
		require.Contains(t, err.Error(), tt.path)
	}
	ext := func(v imap.Value) *imap.Response {
		return encoder.FetchData(1, imap.FetchData{Name: imap.AttBodyStructure, Body: &imap.BodyStructure{
			Type: imap.Str("IMAGE"), Subtype: imap.Str("PNG"), Encoding: imap.Str("BASE64"), Extended: true, Ext: []imap.Value{v},
		}})
	}
	for _, tt := range []struct {
		r    *imap.Response
		path string
		err  error
	}{
		{encoder.Status("1", imap.OK, "a\r\n* BYE"), "Text", encoder.ErrLineBreak},
		{encoder.Status("1", imap.OK, "[ALERT] x"), "Text", encoder.ErrText},
		{encoder.Status("1", imap.BYE, "x"), "Status", encoder.ErrName},
		{encoder.Data(imap.RespExpunge, nil), "Num", encoder.ErrNumber},
		{encoder.Data(imap.RespFlags, nil), "Data", encoder.ErrType},
		{encoder.FetchData(1), "Data.Items", encoder.ErrEmpty},
		{&imap.Response{Num: 1, Data: &imap.Unknown{Name: []byte("STATUS")}}, "Name", encoder.ErrName},
		{encoder.FetchData(1, imap.FetchData{Name: imap.AttFlags, Flags: imap.Flags("a)b")}), "Data.Items[0].Flags[0]", encoder.ErrFlag},
		{encoder.FetchData(1, imap.FetchData{Name: imap.AttEnvelope, Envelope: &imap.Envelope{To: imap.Addresses{{}, {Name: imap.Str("\x00")}}}}), "Data.Items[0].Envelope.To[1].Name", encoder.ErrNUL},
		{ext(imap.Value{IsList: true}), "Data.Items[0].Body.Ext[0]", encoder.ErrType},
		{ext(imap.Value{IsList: true, List: []imap.Value{{IsList: true}}}), "Data.Items[0].Body.Ext[0]", encoder.ErrType},
		{ext(imap.Value{Str: imap.String{Raw: []byte("word"), Form: imap.FormAtom}}), "Data.Items[0].Body.Ext[0]", encoder.ErrType},
		{ext(imap.Value{Str: imap.String{Raw: []byte("9223372036854775808"), Form: imap.FormAtom}}), "Data.Items[0].Body.Ext[0]", encoder.ErrType},
		{&imap.Response{Name: imap.RespState, Status: imap.OK, Code: &imap.Code{Word: []byte("X"), Raw: []byte("a]b")}}, "Code.Raw", encoder.ErrText},
		{&imap.Response{Name: imap.RespState, Status: imap.OK, Code: &imap.Code{Name: imap.CodeUIDNext}}, "Code.Num", encoder.ErrNumber},
		{encoder.Data(imap.RespThread, &imap.Threads{Nodes: []imap.ThreadNode{{Num: 1, Depth: 1}}}), "Data.Nodes[0]", encoder.ErrDepth},
		{encoder.Data(imap.RespThread, &imap.Threads{Nodes: []imap.ThreadNode{{Num: 1}, {Num: 2, Depth: 2}}}), "Data.Nodes[1]", encoder.ErrDepth},
		{encoder.Data(imap.RespThread, &imap.Threads{Nodes: []imap.ThreadNode{{}, {Num: 2, Depth: 1}}}), "Data.Nodes[0]", encoder.ErrEmpty},
		{encoder.Data(imap.RespThread, &imap.Threads{Nodes: []imap.ThreadNode{{Num: 1}, {Depth: 1}, {Num: 2, Depth: 2}, {Num: 3, Depth: 2}}}), "Data.Nodes[1]", encoder.ErrEmpty},
	} {
		out, err := encoder.AppendResponse(nil, tt.r, encoder.Options{})
		require.Nil(t, out)
		var e *encoder.Error
		require.ErrorAs(t, err, &e, "%s", tt.path)
		require.Equal(t, tt.path, e.Path)
		require.ErrorIs(t, err, tt.err)
	}
}
