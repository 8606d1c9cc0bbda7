package parser_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

func set(t *testing.T, s string) imap.NumSet {
	t.Helper()
	n, err := imap.ParseSet(s)
	require.NoError(t, err)
	return n
}

// name is a mailbox as IMAP4rev1 writes it.
func name(s string) imap.Mailbox { return imap.Mailbox{Wire: imap.Str(s)} }

// What each command says reaches the field that is meant for it.
func TestCommandValues(t *testing.T) {
	date := imap.Date{Year: 2026, Month: 2, Day: 1}
	uid := imap.FetchAtt{Name: imap.AttUID}
	for _, c := range []struct {
		in   string
		name imap.CommandName
		uid  bool
		args imap.Args
	}{
		{`NOOP`, imap.CmdNoop, false, nil},
		{`EXPUNGE`, imap.CmdExpunge, false, nil},
		{`UID EXPUNGE 1:3`, imap.CmdExpunge, true, &imap.ExpungeArgs{Set: set(t, "1:3")}},
		{"LOGIN {3}\r\nbob \"a \\\"b\\\"\"", imap.CmdLogin, false, &imap.LoginArgs{User: imap.Str("bob"), Password: imap.Str(`a "b"`)}},
		{`AUTHENTICATE PLAIN`, imap.CmdAuthenticate, false, &imap.AuthenticateArgs{Mechanism: []byte("PLAIN")}},
		{`AUTHENTICATE EXTERNAL =`, imap.CmdAuthenticate, false, &imap.AuthenticateArgs{Mechanism: []byte("EXTERNAL"), HasInitial: true}},
		{
			`AUTHENTICATE PLAIN YQ==`, imap.CmdAuthenticate, false,
			&imap.AuthenticateArgs{Mechanism: []byte("PLAIN"), HasInitial: true, Initial: imap.AuthData{Raw: []byte("YQ==")}},
		},
		{`ID NIL`, imap.CmdID, false, &imap.IDArgs{}},
		{`ID ()`, imap.CmdID, false, &imap.IDArgs{Pairs: []imap.Pair{}}},
		{`ID ("name" "x" "os" NIL)`, imap.CmdID, false, &imap.IDArgs{Pairs: []imap.Pair{{Key: imap.Str("name"), Value: imap.Str("x")}, {Key: imap.Str("os")}}}},
		{`ENABLE CONDSTORE X-NEW`, imap.CmdEnable, false, &imap.EnableArgs{Caps: imap.Caps("CONDSTORE", "X-NEW")}},
		{`DELETE "a b"`, imap.CmdDelete, false, &imap.MailboxArgs{Mailbox: name("a b")}},
		{`SELECT INBOX`, imap.CmdSelect, false, &imap.SelectArgs{Mailbox: name("INBOX")}},
		{`EXAMINE a (CONDSTORE QRESYNC (7 9 41:211 (1,3 2,6)) X-A (b))`, imap.CmdExamine, false, &imap.SelectArgs{
			Mailbox: name("a"), CondStore: true,
			QResync: &imap.QResync{UIDValidity: 7, ModSeq: 9, Known: set(t, "41:211"), Seqs: set(t, "1,3"), UIDs: set(t, "2,6")},
			Params:  []imap.Param{imap.ParamWith("X-A", imap.ListOf(imap.ValueOf("b")))},
		}},
		{`CREATE a (USE (\Sent \Drafts))`, imap.CmdCreate, false, &imap.CreateArgs{Mailbox: name("a"), Use: imap.Flags(`\Sent`, `\Drafts`)}},
		{`RENAME a b`, imap.CmdRename, false, &imap.RenameArgs{From: name("a"), To: name("b")}},
		{`LIST "" %`, imap.CmdList, false, &imap.ListArgs{Reference: name(""), Patterns: []imap.String{imap.Str("%")}}},
		{`LIST (SUBSCRIBED) "" (a "b c") RETURN (CHILDREN STATUS (MESSAGES))`, imap.CmdList, false, &imap.ListArgs{
			Select:    imap.Params("SUBSCRIBED"),
			Reference: name(""), Patterns: []imap.String{imap.Str("a"), imap.Str("b c")}, Return: imap.Params("CHILDREN", "STATUS"),
			Status: imap.StatusAtts(imap.StatusMessages), Extended: true,
		}},
		{`LSUB a *`, imap.CmdLSub, false, &imap.ListArgs{Reference: name("a"), Patterns: []imap.String{imap.Str("*")}}},
		{`STATUS a (UIDNEXT X-NEW)`, imap.CmdStatus, false, &imap.StatusArgs{
			Mailbox: name("a"),
			Items:   []imap.StatusItem{{Att: imap.StatusUIDNext}, {Word: []byte("X-NEW")}},
		}},
		{"APPEND a (\\Seen) \" 1-Feb-2026 09:30:00 +0100\" {2}\r\nhi", imap.CmdAppend, false, &imap.AppendArgs{Mailbox: name("a"), Messages: []imap.AppendMessage{{
			Flags: imap.Flags(`\Seen`), Date: imap.DateTime{Year: 2026, Month: 2, Day: 1, Hour: 9, Min: 30, Zone: 60}, Data: imap.Str("hi"),
		}}}},
		{"APPEND a {1}\r\nx () UTF8 (~{1}\r\ny)", imap.CmdAppend, false, &imap.AppendArgs{Mailbox: name("a"), Messages: []imap.AppendMessage{
			{Data: imap.Str("x")}, {Flags: []imap.Flag{}, UTF8: true, Data: imap.Str("y")},
		}}},
		{"APPEND a CATENATE (URL \"/b\" TEXT {1}\r\nx)", imap.CmdAppend, false, &imap.AppendArgs{Mailbox: name("a"), Messages: []imap.AppendMessage{{
			Catenate: []imap.CatenatePart{{URL: imap.Str("/b")}, {Text: imap.Str("x")}},
		}}}},
		{"UID REPLACE 7 a {1}\r\nx", imap.CmdReplace, true, &imap.ReplaceArgs{Num: 7, Mailbox: name("a"), Message: imap.AppendMessage{Data: imap.Str("x")}}},
		{"REPLACE * a {1}\r\nx", imap.CmdReplace, false, &imap.ReplaceArgs{Mailbox: name("a"), Message: imap.AppendMessage{Data: imap.Str("x")}}},
		{`FETCH 1 ALL`, imap.CmdFetch, false, &imap.FetchArgs{Set: set(t, "1"), Macro: imap.MacroAll}},
		{`FETCH 1 BODY`, imap.CmdFetch, false, &imap.FetchArgs{Set: set(t, "1"), Atts: []imap.FetchAtt{{Name: imap.AttBody}}}},
		{`UID FETCH $ (BODY[] BODY.PEEK[1.2.HEADER.FIELDS.NOT (a b)]<5.10>) (CHANGEDSINCE 3 VANISHED)`, imap.CmdFetch, true, &imap.FetchArgs{
			Set: set(t, "$"), Paren: true,
			Atts: []imap.FetchAtt{{Name: imap.AttSection}, {
				Name: imap.AttSection, Peek: true, HasPartial: true, Offset: 5, Count: 10,
				Section: &imap.Section{Part: []uint32{1, 2}, Spec: imap.SectionHeaderFieldsNot, Fields: []imap.String{imap.Str("a"), imap.Str("b")}},
			}},
			ChangedSince: 3, Vanished: true,
		}},
		{`FETCH 1 (BINARY.PEEK[2]<0.1> BINARY.SIZE[] PREVIEW (LAZY))`, imap.CmdFetch, false, &imap.FetchArgs{Set: set(t, "1"), Paren: true, Atts: []imap.FetchAtt{
			{Name: imap.AttBinary, Peek: true, Section: imap.PartSection(2), HasPartial: true, Count: 1},
			{Name: imap.AttBinarySize},
			{Name: imap.AttPreview, Params: imap.Params("LAZY")},
		}}},
		{`FETCH 1 PREVIEW (CHANGEDSINCE 5)`, imap.CmdFetch, false, &imap.FetchArgs{Set: set(t, "1"), Atts: []imap.FetchAtt{{Name: imap.AttPreview}}, ChangedSince: 5}},
		{`STORE 1:* (UNCHANGEDSINCE 0) -FLAGS.SILENT (\Seen a)`, imap.CmdStore, false, &imap.StoreArgs{
			Set: set(t, "1:*"), Op: imap.StoreRemove, Silent: true,
			HasUnchangedSince: true, Flags: imap.Flags(`\Seen`, "a"),
		}},
		{`STORE 1 FLAGS a b`, imap.CmdStore, false, &imap.StoreArgs{Set: set(t, "1"), Flags: imap.Flags("a", "b")}},
		{`STORE 1 +X-GM-LABELS (\Inbox "a b")`, imap.CmdStore, false, &imap.StoreArgs{Set: set(t, "1"), Op: imap.StoreAdd, Labels: true, Flags: imap.Flags(`\Inbox`, "a b")}},
		{`COPY 2 b`, imap.CmdCopy, false, &imap.CopyArgs{Set: set(t, "2"), Mailbox: name("b")}},
		{`SEARCH SEEN NOT FROM bob`, imap.CmdSearch, false, &imap.SearchArgs{Keys: []imap.SearchKey{{Op: imap.KeySeen}, imap.Not(imap.TextKey(imap.KeyFrom, "bob"))}}},
		{`SEARCH RETURN () CHARSET UTF-8 OR (1:3 LARGER 5) SINCE 1-Feb-2026 HEADER a ""`, imap.CmdSearch, false, &imap.SearchArgs{
			Return: []imap.Param{}, Charset: []byte("UTF-8"),
			Keys: []imap.SearchKey{
				imap.Or(imap.And(imap.SetKey(imap.KeySet, set(t, "1:3")), imap.NumKey(imap.KeyLarger, 5)), imap.DateKey(imap.KeySince, date)),
				imap.HeaderKey("a", ""),
			},
		}},
		{`UID SEARCH RETURN (COUNT UPDATE(UID) PARTIAL -1:-5) MODSEQ "/flags/a" all 7`, imap.CmdSearch, true, &imap.SearchArgs{
			Return: []imap.Param{imap.ParamOf("COUNT"), imap.ParamOf("UPDATE"), imap.ParamWith("PARTIAL", imap.ValueOf("-1:-5"))}, Update: []imap.FetchAtt{uid},
			Keys: []imap.SearchKey{{Op: imap.KeyModSeq, Field: imap.Str("/flags/a"), Text: imap.Str("all"), Num: 7}},
		}},
		{`ESEARCH IN (selected mailboxes (a b) (X 1)) FUZZY ALL`, imap.CmdESearch, false, &imap.SearchArgs{
			In: []imap.SearchScope{
				{Filter: []byte("selected")},
				{Filter: []byte("mailboxes"), Mailboxes: []imap.Mailbox{name("a"), name("b")}, Params: []imap.Param{imap.ParamWith("X", imap.ValueOf("1"))}},
			},
			Keys: []imap.SearchKey{{Op: imap.KeyFuzzy, Keys: []imap.SearchKey{{Op: imap.KeyAll}}}},
		}},
		{`SORT (REVERSE DATE HASFLAG \Seen) US-ASCII ALL`, imap.CmdSort, false, &imap.SortArgs{Sort: []imap.SortKey{
			{Name: []byte("DATE"), Reverse: true},
			{Name: []byte("HASFLAG"), Args: []imap.String{imap.Str(`\Seen`)}},
		}, SearchArgs: imap.SearchArgs{Charset: []byte("US-ASCII"), Keys: []imap.SearchKey{{Op: imap.KeyAll}}}}},
		{`THREAD REFS UTF-8 1`, imap.CmdThread, false, &imap.ThreadArgs{
			Algorithm:  []byte("REFS"),
			SearchArgs: imap.SearchArgs{Charset: []byte("UTF-8"), Keys: []imap.SearchKey{imap.SetKey(imap.KeySet, set(t, "1"))}},
		}},
		{`SETACL a bob +lr`, imap.CmdSetACL, false, &imap.ACLArgs{Mailbox: name("a"), Identifier: imap.Str("bob"), Rights: imap.Str("+lr")}},
		{`SETQUOTA "" (STORAGE 5)`, imap.CmdSetQuota, false, &imap.QuotaArgs{Root: imap.Str(""), Limits: []imap.Quota{{Resource: []byte("STORAGE"), Limit: 5}}}},
		{`SETQUOTA r ()`, imap.CmdSetQuota, false, &imap.QuotaArgs{Root: imap.Str("r"), Limits: []imap.Quota{}}},
		{`GETMETADATA (MAXSIZE 5 DEPTH 1) "" (/a /b)`, imap.CmdGetMetadata, false, &imap.MetadataArgs{
			Mailbox: name(""), MaxSize: 5, HasMaxSize: true, Depth: []byte("1"),
			Entries: []imap.Pair{{Key: imap.Str("/a")}, {Key: imap.Str("/b")}},
		}},
		{"SETMETADATA a (/b NIL /c ~{1}\r\n\x00)", imap.CmdSetMetadata, false, &imap.MetadataArgs{Mailbox: name("a"), Entries: []imap.Pair{
			{Key: imap.Str("/b")},
			{Key: imap.Str("/c"), Value: imap.Bytes([]byte{0})},
		}}},
		{`NOTIFY NONE`, imap.CmdNotify, false, &imap.NotifyArgs{}},
		{`NOTIFY SET STATUS (selected (MessageNew (UID) FlagChange)) (subtree (a b) NONE)`, imap.CmdNotify, false, &imap.NotifyArgs{Status: true, Groups: []imap.NotifyGroup{
			{Filter: []byte("selected"), Events: []imap.NotifyEvent{{Name: []byte("MessageNew"), Atts: []imap.FetchAtt{uid}}, {Name: []byte("FlagChange")}}},
			{Filter: []byte("subtree"), Mailboxes: []imap.Mailbox{name("a"), name("b")}},
		}}},
		{`URLFETCH "a" (b BINARY)`, imap.CmdURLFetch, false, &imap.URLFetchArgs{URLs: []imap.URLItem{{URL: imap.Str("a")}, {URL: imap.Str("b"), Params: imap.Params("BINARY")}}}},
		{`GENURLAUTH a INTERNAL`, imap.CmdGenURLAuth, false, &imap.WordsArgs{Words: []imap.String{imap.Str("a"), imap.Str("INTERNAL")}}},
		{`CONVERT 2 ("text/plain" ("charset" utf-8)) BINARY[1]`, imap.CmdConvert, false, &imap.ConvertArgs{
			Set: set(t, "2"), Type: imap.Str("text/plain"),
			Params: []imap.Pair{{Key: imap.Str("charset"), Value: imap.Str("utf-8")}}, Atts: []imap.FetchAtt{{Name: imap.AttBinary, Section: imap.PartSection(1)}},
		}},
		{`UIDBATCHES 500 2:9`, imap.CmdUIDBatches, false, &imap.BatchesArgs{Size: 500, From: 2, To: 9}},
		{`XNEW (a NIL) "b"`, imap.CmdUnknown, false, &imap.Unknown{
			Name: []byte("XNEW"), Raw: []byte(` (a NIL) "b"`),
			Values: []imap.Value{imap.ListOf(imap.ValueOf("a"), imap.Value{}), {Str: imap.Str("b")}},
		}},
	} {
		got, err := parser.ParseCommand([]byte("A1 " + c.in + "\r\n"))
		require.NoError(t, err, c.in)
		want := &imap.Command{Tag: imap.Tag("A1"), Name: c.name, UID: c.uid, Args: c.args}
		require.True(t, want.Equal(got), "%s\nwant %+v\ngot  %+v", c.in, c.args, got.Args)
	}
}

// Spans point at what they say.
func TestCommandSpans(t *testing.T) {
	in := "A1 LOGIN \"al ice\" {3}\r\nabc\r\n"
	var p parser.Parser
	c, err := p.Command([]byte(in))
	require.NoError(t, err)
	require.Equal(t, len(in), c.Span.Len())
	a := c.Args.(*imap.LoginArgs)
	require.Equal(t, `"al ice"`, string(a.User.Span.Of([]byte(in))))
	require.Equal(t, "{3}\r\nabc", string(a.Password.Span.Of([]byte(in))))

	in = "A1 UID STORE 7,9 +FLAGS (\\Seen $Junk)\r\n"
	c, err = p.Command([]byte(in))
	require.NoError(t, err)
	s := c.Args.(*imap.StoreArgs)
	require.Equal(t, "7,9", string(s.Set.Span.Of([]byte(in))))
	require.Equal(t, `\Seen`, string(s.Flags[0].Span.Of([]byte(in))))
	require.Equal(t, "$Junk", string(s.Flags[1].Span.Of([]byte(in))))
}

// The tree of a command is nested as its ABNF is.
func TestCommandTree(t *testing.T) {
	in := "A1 UID FETCH 1 (FLAGS BODY[1.TEXT]<0.5>) (CHANGEDSINCE 7)\r\n"
	p := parser.Parser{Tree: new(syntax.Tree)}
	_, err := p.Command([]byte(in))
	require.NoError(t, err)
	for kind, want := range map[syntax.Kind]string{
		syntax.KindTag: "A1", syntax.KindUid: "UID FETCH 1 (FLAGS BODY[1.TEXT]<0.5>) (CHANGEDSINCE 7)", syntax.KindFetch: "FETCH 1 (FLAGS BODY[1.TEXT]<0.5>) (CHANGEDSINCE 7)",
		syntax.KindFetchAtts: "(FLAGS BODY[1.TEXT]<0.5>)", syntax.KindSection: "[1.TEXT]", syntax.KindSectionPart: "1", syntax.KindPartial: "<0.5>",
		syntax.KindChgsinceFetchMod: "CHANGEDSINCE 7",
	} {
		found := false
		for id := range p.Tree.Find(kind) {
			require.Equal(t, want, string(p.Tree.Nodes[id].Span.Of([]byte(in))), kind.String())
			found = true
		}
		require.True(t, found, kind.String())
	}
}

// Secrets are flagged as such: nothing that shows a tree shows them by accident.
func TestCommandSecrets(t *testing.T) {
	p := parser.Parser{Tree: new(syntax.Tree)}
	for in, secret := range map[string]string{
		"A1 LOGIN alice \"open sesame\"\r\n": `"open sesame"`,
		"A1 AUTHENTICATE PLAIN YWJj\r\n":     "YWJj",
	} {
		_, err := p.Command([]byte(in))
		require.NoError(t, err)
		found := ""
		for _, n := range p.Tree.Nodes {
			if n.Flags&syntax.FlagSecret != 0 {
				found = string(n.Span.Of([]byte(in)))
			}
		}
		require.Equal(t, secret, found)
	}
	_, err := p.AuthLine([]byte("YWJj\r\n"))
	require.NoError(t, err)
	require.NotZero(t, p.Tree.Nodes[1].Flags&syntax.FlagSecret)
}

// A fault costs the element that has it: strict or not, what came before stays; with a quirk on, what comes behind does too.
func TestCommandKeepsTheGoodPart(t *testing.T) {
	c, err := parser.ParseCommand([]byte("A1 FETCH 1:3 (UID BODY[HEADR] FLAGS)\r\n"))
	require.Error(t, err)
	f := c.Args.(*imap.FetchArgs)
	require.Equal(t, "1:3", f.Set.String())
	require.Len(t, f.Atts, 1)

	lenient := parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}
	c, err = lenient.Command([]byte("A1 FETCH 1:3 (UID BODY[HEADR] FLAGS)\r\n"))
	require.ErrorIs(t, err, parser.ErrorExpectedSection)
	f = c.Args.(*imap.FetchArgs)
	require.Len(t, f.Atts, 2)
	require.Equal(t, imap.AttFlags, f.Atts[1].Name)

	c, err = lenient.Command([]byte("A1 SEARCH UNSEEN (SINCE yesterday FROM bob) LARGER x SMALLER 5\r\n"))
	require.ErrorIs(t, err, parser.ErrorExpectedDate)
	keys := c.Args.(*imap.SearchArgs).Keys
	require.Equal(t, imap.KeyUnseen, keys[0].Op)
	require.Equal(t, imap.KeyAnd, keys[1].Op)
	require.True(t, keys[1].Keys[len(keys[1].Keys)-1].Text.Is("bob"))
	require.Equal(t, imap.KeySmaller, keys[len(keys)-1].Op)

	c, err = lenient.Command([]byte("A1 SETQUOTA \"\" (STORAGE x MESSAGE 5)\r\n"))
	require.Error(t, err)
	require.Equal(t, []imap.Quota{{Resource: []byte("MESSAGE"), Limit: 5}}, c.Args.(*imap.QuotaArgs).Limits)

	c, err = parser.ParseCommand([]byte("A1"))
	require.ErrorIs(t, err, parser.ErrTruncated)
	require.Equal(t, "A1", c.Tag.String(), "the tag was read: a server needs it for its BAD")
	c, err = parser.ParseCommand([]byte("(A1\r\n"))
	require.ErrorIs(t, err, parser.ErrorExpectedTag)
	require.Nil(t, c)
}

// Limits are kept, and nesting costs no stack.
func TestCommandLimits(t *testing.T) {
	deep := func(open, end string, n int) []byte {
		return []byte("A1 SEARCH " + strings.Repeat(open, n) + "ALL" + strings.Repeat(end, n) + "\r\n")
	}
	p := parser.Parser{}
	for _, open := range []string{"(", "NOT ", "FUZZY ", "INTHREAD REFS "} {
		end := ""
		if open == "(" {
			end = ")"
		}
		_, err := p.Command(deep(open, end, 50))
		require.NoError(t, err, open)
		_, err = p.Command(deep(open, end, 100000))
		require.ErrorIs(t, err, parser.ErrorDepthLimit, open)
	}
	p.Limits.Depth = -1
	_, err := p.Command(deep("(", ")", 100000))
	require.NoError(t, err)

	p = parser.Parser{}
	p.Limits.Nodes = 10
	_, err = p.Command([]byte("A1 STORE 1 FLAGS (a b c d e f g h i j k l)\r\n"))
	require.ErrorIs(t, err, parser.ErrorNodeLimit)
	_, err = p.Command([]byte("A1 STORE 1 FLAGS (a b)\r\n"))
	require.NoError(t, err)
}
