package encoder_test

import (
	"bytes"
	"reflect"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// generator makes values out of fuzz bytes: any value of any type that a message can hold, likely ones more often than unlikely ones.
// When the bytes run out everything is small and plain, so it ends.
type generator struct {
	b     []byte
	depth int
}

func (g *generator) next() byte {
	if len(g.b) == 0 {
		return 0
	}
	c := g.b[0]
	g.b = g.b[1:]
	return c
}

func (g *generator) n(max int) int { return int(g.next()) % max }

// odd is true about once in n times, never once the bytes have run out.
func (g *generator) odd(n int) bool { return len(g.b) > 0 && g.n(n) == n-1 }

func pick[T any](g *generator, from []T) T { return from[g.n(len(from))] }

var contents = []string{
	"a", "INBOX", "Drafts/2026", "two words", "", "NIL", "nil", "quote\"d", "back\\slash", "Entw\u00fcrfe", "Entw&APw-rfe", "&", "A&-B",
	"line\r\nbreak", "end\n", "{3}", "{3+}\r\nabc", "a{1}", "a]b", "(x)", "100%", "*", "\\Seen", "$Junk", "~{1}", "1:*", "007", "=?utf-8?q?x?=", "nul\x00", "\xff\xfe",
	"A1 OK done\r\n* BYE x", "\t", "\x7f", "+", "inbox", "/shared/comment", "text/plain", "vendor.x", "infinity", "selected", "subtree", "REFS", "priv", "value",
}

func (g *generator) bytes() []byte {
	if g.odd(4) {
		n := min(g.n(12), len(g.b))
		b := append([]byte{}, g.b[:n]...)
		g.b = g.b[n:]
		return b
	}
	return []byte(pick(g, contents))
}

var atoms = []string{
	"a", "MIN", "COUNT", "x-ext", "PLAIN", "STORAGE", "US-ASCII", "ARRIVAL", "REFERENCES", "MessageNew", "inboxes", "mailboxes", "BODY", "STATUS",
	"CONDSTORE", "UPDATE", "SUBSCRIBED", "vendor.example", "ALL", "PARTIAL", "0", "1", "LAZY", "UIDNEXT",
}

// word makes what should be an atom, and mostly is one.
func (g *generator) word() []byte {
	if g.odd(16) {
		return g.bytes()
	}
	return []byte(pick(g, atoms))
}

func (g *generator) string() imap.String {
	if g.odd(12) {
		return imap.String{}
	}
	s := imap.Bytes(g.bytes())
	if g.odd(4) {
		s.Form = imap.Form(1 + g.n(5))
	}
	return s
}

var sets = []string{"1", "1:*", "*", "2,4:7", "5:3", "$", "1:4294967295", "3,2,1", "1:2,", "", "0", "9,*:4"}

var flagNames = []string{`\Seen`, `\Deleted`, `$Junk`, "Work", `\Noselect`, `\HasChildren`, `\*`, `\`, "", "a b", `\x-y`, "x]"}

func (g *generator) value(v reflect.Value) {
	if g.depth++; g.depth > 6 {
		g.b = nil
	}
	defer func() { g.depth-- }()
	switch x := v.Addr().Interface().(type) {
	case *imap.String:
		*x = g.string()
	case *imap.Mailbox:
		*x = imap.Mailbox{Wire: g.string(), UTF8: g.odd(2)}
	case *imap.NumSet:
		if !g.odd(3) {
			*x = imap.NumSet{Raw: []byte(pick(g, sets))}
		}
	case *imap.Flag:
		*x = imap.Flags(pick(g, flagNames))[0]
	case *imap.Capability:
		*x = imap.CapabilityOf(g.word())
	case *imap.CapSet:
	case *wire.Span:
	case *imap.DateTime:
		if !g.odd(4) {
			*x = imap.DateTime{Year: 2026, Month: uint8(1 + g.n(13)), Day: uint8(g.n(32)), Hour: uint8(g.n(25)), Min: uint8(g.n(61)), Sec: uint8(g.n(61)), Zone: int16(g.next())*8 - 1000}
			if x.IsZero() {
				*x = imap.DateTime{}
			}
		}
	case *imap.Date:
		*x = imap.Date{Year: uint16(g.n(256)) * 40, Month: uint8(1 + g.n(13)), Day: uint8(g.n(32))}
	case *imap.Value:
		if g.odd(4) {
			x.IsList = true
			g.list(reflect.ValueOf(&x.List).Elem())
			return
		}
		x.Str = g.string()
	case *imap.Param:
		x.Name = g.word()
		if x.HasValue = g.odd(2); x.HasValue {
			g.value(reflect.ValueOf(&x.Value).Elem())
		}
	case *imap.Unknown:
		x.Name = g.word()
		g.list(reflect.ValueOf(&x.Values).Elem())
	case *imap.SortKey:
		x.Name, x.Reverse = []byte(pick(g, []string{"ARRIVAL", "date", "SUBJECT", "ANNOTATION", "HASFLAG"})), g.odd(2)
		if len(x.Name) > 6 && x.Name[0] != 'S' && x.Name[1] != 'R' {
			g.list(reflect.ValueOf(&x.Args).Elem())
		}
	case *imap.AuthData:
		*x = imap.AuthDataOf(g.bytes())
		if g.odd(8) {
			x.Raw = g.bytes()
		}
	case *imap.ThreadNode:
		*x = imap.ThreadNode{Num: uint32(g.n(4)), Depth: uint32(g.n(4))}
	case *imap.SearchKey:
		g.searchKey(x)
	case *imap.FetchAtt:
		g.fields(v)
		tidyAtt(x)
	case *imap.FetchData:
		g.fetchData(x)
	case *imap.StatusItem:
		x.Att = imap.StatusAtt(1 + g.n(16))
		switch x.Att {
		case imap.StatusXGUID, imap.StatusUniqueID, imap.StatusMailboxID, imap.StatusObjectID:
			g.value(reflect.ValueOf(&x.Value).Elem())
		default:
			x.Num = uint64(g.n(4))
		}
	case *imap.Quota:
		x.Resource, x.Limit = g.word(), uint64(g.n(100))
	case *imap.StatusArgs:
		g.value(reflect.ValueOf(&x.Mailbox).Elem())
		x.Items = imap.StatusAtts(imap.StatusAtt(g.n(20)), imap.StatusUIDNext)
	case *imap.ListArgs:
		g.fields(v)
		for i, p := range x.Patterns {
			if bytes.ContainsFunc(p.Raw, func(r rune) bool { return r < ' ' || r > '~' || r == '&' }) {
				x.Patterns[i] = imap.Str("%") // it would be converted
			}
		}
		x.Status = nil
		if x.Return != nil && g.odd(3) {
			x.Return = append(x.Return, imap.ParamOf("STATUS"))
			x.Status = imap.StatusAtts(imap.StatusMessages, imap.StatusAtt(1+g.n(12)))
		}
	default:
		g.fields(v)
	}
}

// searchKey makes a key with the operands that it takes: what it doesn't take is not written.
func (g *generator) searchKey(k *imap.SearchKey) {
	k.Op = imap.SearchOp(1 + g.n(80))
	switch k.Op {
	case imap.KeyAnd, imap.KeyOr, imap.KeyNot, imap.KeyFuzzy, imap.KeyInThread:
		n := 1
		if k.Op == imap.KeyOr {
			n = 2
		}
		if g.odd(10) {
			n++
		}
		k.Keys = make([]imap.SearchKey, n)
		for i := range k.Keys {
			g.depth++
			if k.Keys[i].Op = imap.KeyAll; g.depth < 12 {
				g.searchKey(&k.Keys[i])
			}
			g.depth--
		}
		if k.Op == imap.KeyInThread {
			k.Text = imap.Str(pick(g, []string{"REFS", "a b"}))
		}
	case imap.KeySet, imap.KeyUID:
		g.value(reflect.ValueOf(&k.Set).Elem())
	case imap.KeyBefore, imap.KeyOn, imap.KeySince, imap.KeySentBefore, imap.KeySentOn, imap.KeySentSince, imap.KeySavedBefore, imap.KeySavedOn,
		imap.KeySavedSince, imap.KeyXSavedBefore, imap.KeyXSavedOn, imap.KeyXSavedSince:
		g.value(reflect.ValueOf(&k.Date).Elem())
	case imap.KeyLarger, imap.KeySmaller, imap.KeyOlder, imap.KeyYounger, imap.KeyUIDAfter, imap.KeyUIDBefore, imap.KeyXRealUID, imap.KeySpamAbove,
		imap.KeySpamBelow, imap.KeyXGMMsgID, imap.KeyXGMThrID:
		g.fields(reflect.ValueOf(&k.Num).Elem())
	case imap.KeyModSeq:
		g.fields(reflect.ValueOf(&k.Num).Elem())
		if g.odd(2) {
			k.Field, k.Text = g.string(), imap.Str(pick(g, []string{"priv", "ALL", "x"}))
		}
	case imap.KeyHeader:
		k.Field, k.Text = g.string(), g.string()
	case imap.KeyAnnotation:
		k.Field, k.Text, k.Args = g.string(), g.string(), []imap.Value{imap.ValueOf(pick(g, []string{"value", "value.priv", "x"}))}
	case imap.KeyMIMEPart, imap.KeyIn:
		k.Args = make([]imap.Value, 1)
		g.value(reflect.ValueOf(&k.Args[0]).Elem())
	case imap.KeyAll, imap.KeyAnswered, imap.KeyDeleted, imap.KeyDraft, imap.KeyFlagged, imap.KeyNew, imap.KeyOld, imap.KeyRecent, imap.KeySeen,
		imap.KeyUnanswered, imap.KeyUndeleted, imap.KeyUndraft, imap.KeyUnflagged, imap.KeyUnseen, imap.KeySaveDateSupported,
		imap.KeyThreadRoot, imap.KeyThreadLeaf:
	default:
		if k.Op.String() != "" {
			k.Text = g.string()
		}
	}
}

// tidyAtt drops what the item doesn't take.
func tidyAtt(a *imap.FetchAtt) {
	switch a.Name {
	case imap.AttUnknown, imap.AttAnnotation, imap.AttRFC822HeaderLines, imap.AttRFC822HeaderLinesNot:
		*a = imap.FetchAtt{Name: a.Name, Unknown: a.Unknown}
		if a.Unknown != nil && a.Name != imap.AttUnknown {
			a.Unknown.Name = []byte(a.Name.String())
		}
		return
	case imap.AttSection, imap.AttBinary:
		if !a.HasPartial {
			a.Offset, a.Count = 0, 0
		}
		a.Params, a.Unknown = nil, nil
	case imap.AttPreview, imap.AttSnippet:
		*a = imap.FetchAtt{Name: a.Name, Params: a.Params}
		for i := range a.Params {
			a.Params[i].HasValue = false
		}
	case imap.AttBinarySize, imap.AttBodyPartStructure, imap.AttAvailableConversions:
		*a = imap.FetchAtt{Name: a.Name, Section: a.Section}
	default:
		*a = imap.FetchAtt{Name: a.Name}
	}
}

// fetchData makes an item with the value that it has.
func (g *generator) fetchData(d *imap.FetchData) {
	var all imap.FetchData
	all.Name = imap.AttName(g.n(50))
	d.Name = all.Name
	fill := func(field any) { g.value(reflect.ValueOf(field).Elem()) }
	switch d.Name {
	case imap.AttFlags, imap.AttXGMLabels:
		fill(&d.Flags)
	case imap.AttUID, imap.AttXRealUID, imap.AttRFC822Size, imap.AttModSeq, imap.AttCreatedModSeq, imap.AttXGMMsgID, imap.AttXGMThrID:
		fill(&d.Num)
	case imap.AttInternalDate, imap.AttSaveDate, imap.AttXSaveDate:
		fill(&d.Date)
	case imap.AttEnvelope:
		fill(&d.Envelope)
	case imap.AttBody, imap.AttBodyStructure:
		d.Body = g.body(0)
	case imap.AttSection, imap.AttBinary:
		fill(&d.Section)
		fill(&d.Str)
		if g.odd(2) {
			d.HasOrigin = true
			fill(&d.Origin)
		}
	case imap.AttBinarySize:
		fill(&d.Section)
		fill(&d.Num)
	case imap.AttRFC822, imap.AttRFC822Header, imap.AttRFC822Text, imap.AttPreview, imap.AttSnippet, imap.AttEmailID, imap.AttThreadID, imap.AttXGUID,
		imap.AttXMailbox, imap.AttDigestSHA1, imap.AttRFC822SHA1, imap.AttXMsgID:
		fill(&d.Str)
	default:
		fill(&d.Unknown)
		if d.Unknown != nil && d.Name != imap.AttUnknown {
			d.Unknown.Name = []byte(d.Name.String())
		}
	}
}

// body makes a structure that hangs together.
func (g *generator) body(depth int) *imap.BodyStructure {
	b := &imap.BodyStructure{Subtype: g.string(), Extended: g.odd(2)}
	fill := func(field any) { g.value(reflect.ValueOf(field).Elem()) }
	if b.Multipart = depth < 4 && g.odd(3); b.Multipart {
		for range 1 + g.n(3) {
			b.Parts = append(b.Parts, g.body(depth+1))
		}
	} else {
		b.Type, b.ID, b.Description, b.Encoding = imap.Str(pick(g, []string{"TEXT", "text", "image", `a"b`})), g.string(), g.string(), g.string()
		b.Octets = uint64(g.n(200))
		if depth < 4 && g.odd(4) {
			b.Type, b.Subtype = imap.Str("message"), imap.Str(pick(g, []string{"rfc822", "GLOBAL"}))
			b.Envelope = new(imap.Envelope)
			fill(b.Envelope)
			b.Parts = []*imap.BodyStructure{g.body(depth + 1)}
		}
		if b.Type.Is("text") || b.Envelope != nil {
			b.Lines = uint64(g.n(9))
		}
		fill(&b.Params)
	}
	if b.Extended {
		if b.Multipart {
			fill(&b.Params)
		} else {
			b.MD5 = g.string()
		}
		if b.Disposition = g.string(); !b.Disposition.IsNil() {
			fill(&b.DispositionParams)
		}
		fill(&b.Languages)
		b.Location = g.string()
		fill(&b.Ext)
	}
	return b
}

// code makes a code with the arguments that it takes.
func (g *generator) code() *imap.Code {
	c := &imap.Code{Name: imap.CodeName(g.n(100))}
	fill := func(field any) { g.value(reflect.ValueOf(field).Elem()) }
	switch c.Name {
	case imap.CodeUnknown:
		c.Word, c.Raw = g.word(), g.bytes()
	case imap.CodeUIDNext, imap.CodeUIDValidity, imap.CodeUnseen, imap.CodeMaxConvertMessages, imap.CodeMaxConvertParts, imap.CodeHighestModSeq:
		fill(&c.Num)
	case imap.CodeAppendUID:
		fill(&c.Num)
		fill(&c.Set)
	case imap.CodeCopyUID:
		fill(&c.Num)
		fill(&c.Set)
		fill(&c.Dest)
	case imap.CodeModified, imap.CodeDowngraded:
		fill(&c.Set)
	case imap.CodePermanentFlags:
		fill(&c.Flags)
	case imap.CodeCapability:
		c.Caps = new(imap.Capabilities)
		fill(&c.Caps.List)
	case imap.CodeBadCharset, imap.CodeBadEvent, imap.CodeMailboxID, imap.CodeObjectID, imap.CodeURLMech, imap.CodeBadURL, imap.CodeReferral,
		imap.CodeAnnotate, imap.CodeAnnotations, imap.CodeNoUpdate, imap.CodeMetadata, imap.CodeUndefinedFilter, imap.CodeInProgress,
		imap.CodeMessageLimit, imap.CodeNewName:
		fill(&c.Args)
	default:
		c.Raw = g.bytes()
	}
	return c
}

func (g *generator) fields(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(g.odd(3))
	case reflect.Uint8, reflect.Uint16:
		v.SetUint(uint64(g.n(100)))
	case reflect.Uint32:
		v.SetUint(pick(g, []uint64{0, 1, 2, 77, 1<<32 - 1}))
	case reflect.Uint64:
		v.SetUint(pick(g, []uint64{0, 1, 2, 77, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63, 1<<64 - 1}))
	case reflect.Int16:
		v.SetInt(int64(g.next()))
	case reflect.Pointer:
		if g.odd(2) {
			v.Set(reflect.New(v.Type().Elem()))
			g.value(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes(g.word())
			return
		}
		g.list(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Source" {
				g.value(v.Field(i))
			}
		}
	}
}

// list makes nil, "()" or some elements.
func (g *generator) list(v reflect.Value) {
	n := g.n(5) - 1
	if n < 0 {
		return
	}
	if n == 0 && !g.odd(3) {
		n = 1
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		g.value(v.Index(i))
	}
}

// argsOf has a value of each type of arguments, with the names that go with it.
var argsOf = []struct {
	args  imap.Args
	names []imap.CommandName
}{
	{nil, []imap.CommandName{imap.CmdCapability, imap.CmdNoop, imap.CmdExpunge, imap.CmdIdle, imap.CmdLanguage, imap.CmdNetscape}},
	{&imap.LoginArgs{}, []imap.CommandName{imap.CmdLogin}},
	{&imap.AuthenticateArgs{}, []imap.CommandName{imap.CmdAuthenticate}},
	{&imap.IDArgs{}, []imap.CommandName{imap.CmdID}},
	{&imap.EnableArgs{}, []imap.CommandName{imap.CmdEnable}},
	{&imap.WordsArgs{}, []imap.CommandName{imap.CmdLanguage, imap.CmdComparator, imap.CmdCompress, imap.CmdCancelUpdate, imap.CmdGenURLAuth, imap.CmdResetKey, imap.CmdConversions}},
	{&imap.MailboxArgs{}, []imap.CommandName{imap.CmdDelete, imap.CmdSubscribe, imap.CmdGetACL, imap.CmdGetQuotaRoot, imap.CmdMyRights}},
	{&imap.SelectArgs{}, []imap.CommandName{imap.CmdSelect, imap.CmdExamine}},
	{&imap.CreateArgs{}, []imap.CommandName{imap.CmdCreate}},
	{&imap.RenameArgs{}, []imap.CommandName{imap.CmdRename}},
	{&imap.ListArgs{}, []imap.CommandName{imap.CmdList, imap.CmdLSub, imap.CmdXList, imap.CmdRList}},
	{&imap.StatusArgs{}, []imap.CommandName{imap.CmdStatus}},
	{&imap.ACLArgs{}, []imap.CommandName{imap.CmdSetACL, imap.CmdDeleteACL, imap.CmdListRights}},
	{&imap.QuotaArgs{}, []imap.CommandName{imap.CmdGetQuota, imap.CmdSetQuota}},
	{&imap.MetadataArgs{}, []imap.CommandName{imap.CmdGetMetadata, imap.CmdSetMetadata}},
	{&imap.NotifyArgs{}, []imap.CommandName{imap.CmdNotify}},
	{&imap.AppendArgs{}, []imap.CommandName{imap.CmdAppend}},
	{&imap.ReplaceArgs{}, []imap.CommandName{imap.CmdReplace}},
	{&imap.FetchArgs{}, []imap.CommandName{imap.CmdFetch}},
	{&imap.StoreArgs{}, []imap.CommandName{imap.CmdStore}},
	{&imap.CopyArgs{}, []imap.CommandName{imap.CmdCopy, imap.CmdMove}},
	{&imap.ExpungeArgs{}, []imap.CommandName{imap.CmdExpunge}},
	{&imap.SearchArgs{}, []imap.CommandName{imap.CmdSearch, imap.CmdESearch}},
	{&imap.SortArgs{}, []imap.CommandName{imap.CmdSort}},
	{&imap.ThreadArgs{}, []imap.CommandName{imap.CmdThread}},
	{&imap.URLFetchArgs{}, []imap.CommandName{imap.CmdURLFetch}},
	{&imap.ConvertArgs{}, []imap.CommandName{imap.CmdConvert}},
	{&imap.BatchesArgs{}, []imap.CommandName{imap.CmdUIDBatches}},
	{&imap.Unknown{}, []imap.CommandName{imap.CmdUnknown, imap.CmdXFer, imap.CmdFind}},
}

func (g *generator) command() *imap.Command {
	kind := pick(g, argsOf)
	c := &imap.Command{Tag: imap.Tag("A1"), Name: pick(g, kind.names), UID: g.odd(2)}
	if g.odd(20) {
		c.Tag = g.bytes()
	}
	if g.odd(30) {
		c.Name = imap.CommandName(g.next())
	}
	if kind.args != nil {
		v := reflect.New(reflect.TypeOf(kind.args).Elem())
		g.value(v.Elem())
		c.Args = v.Interface().(imap.Args)
		if u, ok := c.Args.(*imap.Unknown); ok && c.Name != imap.CmdUnknown {
			u.Name = []byte(c.Name.String())
		}
	}
	return c
}

// dataOf has a value of each type of data, with the names that go with it.
var dataOf = []struct {
	data  imap.Data
	names []imap.ResponseName
}{
	{nil, []imap.ResponseName{imap.RespState, imap.RespExists, imap.RespExpunge, imap.RespRecent}},
	{&imap.Fetch{}, []imap.ResponseName{imap.RespFetch, imap.RespUIDFetch, imap.RespConverted}},
	{&imap.Capabilities{}, []imap.ResponseName{imap.RespCapability, imap.RespEnabled}},
	{&imap.List{}, []imap.ResponseName{imap.RespList, imap.RespLSub, imap.RespXList}},
	{&imap.StatusData{}, []imap.ResponseName{imap.RespStatus}},
	{&imap.NumList{}, []imap.ResponseName{imap.RespSearch, imap.RespSort}},
	{&imap.ESearch{}, []imap.ResponseName{imap.RespESearch}},
	{&imap.Threads{}, []imap.ResponseName{imap.RespThread}},
	{&imap.FlagList{}, []imap.ResponseName{imap.RespFlags}},
	{&imap.Vanished{}, []imap.ResponseName{imap.RespVanished}},
	{&imap.Namespace{}, []imap.ResponseName{imap.RespNamespace}},
	{&imap.ID{}, []imap.ResponseName{imap.RespID}},
	{&imap.QuotaData{}, []imap.ResponseName{imap.RespQuota}},
	{&imap.ACL{}, []imap.ResponseName{imap.RespACL, imap.RespMyRights, imap.RespListRights}},
	{&imap.Metadata{}, []imap.ResponseName{imap.RespMetadata}},
	{&imap.Words{}, []imap.ResponseName{imap.RespLanguage, imap.RespComparator, imap.RespGenURLAuth, imap.RespJMAPAccess, imap.RespQuotaRoot}},
	{&imap.URLData{}, []imap.ResponseName{imap.RespURLFetch}},
	{&imap.Batches{}, []imap.ResponseName{imap.RespUIDBatches}},
	{&imap.Unknown{}, []imap.ResponseName{imap.RespUnknown, imap.RespUserGroup, imap.RespXApplePushService}},
}

func (g *generator) response() *imap.Response {
	kind := pick(g, dataOf)
	r := &imap.Response{Name: pick(g, kind.names), Num: uint32(g.n(3))}
	if r.Name == imap.RespState {
		r.Num = 0
		r.Kind = imap.ResponseKind(g.n(3))
		if r.Kind == imap.Tagged {
			r.Tag = imap.Tag("A1")
		}
		if r.Kind != imap.Continue {
			r.Status = imap.Status(1 + g.n(5))
		}
		if g.odd(2) {
			r.Code = g.code()
		}
		r.Text = g.bytes()
	}
	if kind.data != nil {
		v := reflect.New(reflect.TypeOf(kind.data).Elem())
		g.value(v.Elem())
		r.Data = v.Interface().(imap.Data)
		if u, ok := r.Data.(*imap.Unknown); ok && r.Name != imap.RespUnknown {
			u.Name = []byte(r.Name.String())
		}
	}
	return r
}
