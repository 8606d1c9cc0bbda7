package imap

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/wire"
)

// everyArgs and everyData have one value of each type that a Command or Response can hold.
var everyArgs = []Args{
	&LoginArgs{}, &AuthenticateArgs{}, &IDArgs{}, &EnableArgs{}, &WordsArgs{}, &MailboxArgs{}, &SelectArgs{}, &CreateArgs{}, &RenameArgs{},
	&ListArgs{}, &StatusArgs{}, &ACLArgs{}, &QuotaArgs{}, &MetadataArgs{}, &NotifyArgs{}, &AppendArgs{}, &ReplaceArgs{}, &FetchArgs{}, &StoreArgs{},
	&CopyArgs{}, &ExpungeArgs{}, &URLFetchArgs{}, &ConvertArgs{}, &BatchesArgs{}, &SearchArgs{}, &SortArgs{}, &ThreadArgs{}, &Unknown{},
}

var everyData = []Data{
	&Fetch{}, &Capabilities{}, &List{}, &StatusData{}, &NumList{}, &ESearch{}, &Threads{}, &FlagList{}, &Vanished{}, &Namespace{}, &ID{},
	&QuotaData{}, &ACL{}, &Metadata{}, &Words{}, &URLData{}, &Batches{}, &Unknown{},
}

// filler fills every field of a value, lists with two elements, recursive types some levels deep, so that no two leaves are alike.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value, depth int) {
	f.n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.n%100 + 1))
	case reflect.Int16:
		v.SetInt(int64(f.n%100 + 1))
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth-1)
		}
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), depth)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte{'a' + byte(f.n%26), 'a' + byte(f.n/26%26), 'a' + byte(f.n/676%26)})
			return
		}
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			for i := range 2 {
				f.fill(v.Index(i), depth-1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), depth)
		}
		f.tidy(v)
	}
}

// tidy makes the values that a kind of text must be.
func (f *filler) tidy(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *String:
		x.Form, x.Escaped, x.Detached = FormQuoted, false, 0
	case *NumSet:
		*x = SetOf(uint32(f.n), uint32(f.n)+2)
	case *Value:
		if x.IsList = x.List != nil; x.IsList {
			x.Str = String{}
		}
	case *Capability:
		x.Name = append([]byte("x="), x.Name...)
		x.Value = x.Name[2:]
	case *Code:
		x.Name = CodeCopyUID
	}
}

// ignored are the fields that Equal doesn't look at.
var ignored = map[reflect.Type][]string{
	reflect.TypeFor[Flag]():          {"Span", "Name"}, // the name of a known flag
	reflect.TypeFor[Capability]():    {"Span", "Value", "Known"},
	reflect.TypeFor[Capabilities]():  {"Set"},
	reflect.TypeFor[String]():        {"Span", "Form", "NonSync", "Escaped"},
	reflect.TypeFor[NumSet]():        {"Span"},
	reflect.TypeFor[Param]():         {"Span"},
	reflect.TypeFor[Code]():          {"Span", "Word", "Raw"},
	reflect.TypeFor[Command]():       {"Span", "Source"},
	reflect.TypeFor[Response]():      {"Span", "Source"},
	reflect.TypeFor[FetchArgs]():     {"Paren"},
	reflect.TypeFor[ListArgs]():      {"Extended"}, // its lists say it too
	reflect.TypeFor[FetchData]():     {"IsNil"},
	reflect.TypeFor[StatusItem]():    {"Word"},
	reflect.TypeFor[Unknown]():       {"Raw"},
	reflect.TypeFor[AppendMessage](): {"Data", "UTF8"}, // not used beside Catenate
	reflect.TypeFor[Mailbox]():       {"UTF8"},
}

// leaves calls see with every leaf below v that counts, while it is changed.
func leaves(t *testing.T, path string, v reflect.Value, see func(path string)) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
		see(path)
		v.SetBool(!v.Bool())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		old := v.Uint()
		v.SetUint(old ^ 1)
		see(path)
		v.SetUint(old)
	case reflect.Int16:
		v.SetInt(v.Int() + 1)
		see(path)
		v.SetInt(v.Int() - 1)
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			leaves(t, path, v.Elem(), see)
		}
	case reflect.Array:
		for i := range v.Len() {
			leaves(t, path+"[]", v.Index(i), see)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			if b := v.Bytes(); len(b) > 0 {
				b[len(b)-1] ^= 3 // another letter, or another digit
				see(path)
				b[len(b)-1] ^= 3
			}
			return
		}
		for i := range v.Len() {
			leaves(t, path+"[]", v.Index(i), see)
		}
		if v.Len() > 0 {
			old := v.Slice(0, v.Len())
			v.Set(v.Slice(0, v.Len()-1))
			see(path + " shortened")
			v.Set(old)
		}
	case reflect.Struct:
	fields:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			for _, skip := range ignored[v.Type()] {
				if name == skip {
					continue fields
				}
			}
			switch x := v.Addr().Interface().(type) {
			case *Value:
				if x.IsList == (name == "Str") {
					continue
				}
			case *String:
				if name == "Detached" {
					continue // the content goes with it
				}
			}
			leaves(t, path+"."+name, v.Field(i), see)
		}
	}
}

func filledCommands() (cs []*Command) {
	for _, a := range everyArgs {
		f := filler{}
		v := reflect.New(reflect.TypeOf(a).Elem())
		f.fill(v.Elem(), 4)
		cs = append(cs, &Command{Tag: Tag("A1"), Name: CmdFetch, UID: true, Args: v.Interface().(Args), Source: []byte("A1 X")})
	}
	return cs
}

func filledResponses() (rs []*Response) {
	for _, d := range everyData {
		f := filler{}
		v := reflect.New(reflect.TypeOf(d).Elem())
		f.fill(v.Elem(), 4)
		code := new(Code)
		f.fill(reflect.ValueOf(code).Elem(), 3)
		rs = append(rs, &Response{
			Kind: Tagged, Tag: Tag("A1"), Name: RespFetch, Status: OK, Num: 7, Code: code, Text: []byte("text"),
			Data: v.Interface().(Data), Source: []byte("A1 X"),
		})
	}
	return rs
}

func TestCloneIsEqualAndOwned(t *testing.T) {
	for _, c := range filledCommands() {
		d := c.Clone()
		want := c.Clone()
		require.True(t, c.Equal(d), "%T", c.Args)
		require.Nil(t, d.Source)
		d.Source = c.Source
		require.Equal(t, c, d, "%T", c.Args)
		scrub(reflect.ValueOf(c))
		d.Source = nil
		require.Equal(t, want, d, "%T shares memory with its original", c.Args)
	}
	for _, r := range filledResponses() {
		s := r.Clone()
		want := r.Clone()
		require.True(t, r.Equal(s), "%T", r.Data)
		s.Source = r.Source
		require.Equal(t, r, s, "%T", r.Data)
		scrub(reflect.ValueOf(r))
		s.Source = nil
		require.Equal(t, want, s, "%T shares memory with its original", r.Data)
	}
	var nothing *Command
	require.Nil(t, nothing.Clone())
	require.Equal(t, &Command{Name: CmdNoop}, (&Command{Name: CmdNoop}).Clone())
}

// scrub overwrites all memory that v refers to.
func scrub(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			scrub(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			scrub(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			scrub(v.Field(i))
		}
	case reflect.Uint8:
		if v.CanSet() {
			v.SetUint(0xEE)
		}
	case reflect.Uint32, reflect.Uint64:
		if v.CanSet() {
			v.SetUint(0xEEEE)
		}
	}
}

func TestEqualSeesEveryDifference(t *testing.T) {
	for _, c := range filledCommands() {
		d := c.Clone()
		leaves(t, reflect.TypeOf(c.Args).Elem().Name(), reflect.ValueOf(d).Elem(), func(path string) {
			require.False(t, c.Equal(d), "%s doesn't count", path)
			require.False(t, d.Equal(c), "%s doesn't count", path)
		})
		require.True(t, c.Equal(d))
	}
	for _, r := range filledResponses() {
		s := r.Clone()
		leaves(t, reflect.TypeOf(r.Data).Elem().Name(), reflect.ValueOf(s).Elem(), func(path string) {
			require.False(t, r.Equal(s), "%s doesn't count", path)
			require.False(t, s.Equal(r), "%s doesn't count", path)
		})
		require.True(t, r.Equal(s))
	}
}

func TestEqualIgnoresHowItWasWritten(t *testing.T) {
	a := &Command{Tag: Tag("1"), Name: CmdSelect, Args: &SelectArgs{Mailbox: Mailbox{Wire: String{Raw: []byte("inbox"), Form: FormAtom}}}, Span: wire.Span{End: 9}}
	b := &Command{Tag: Tag("1"), Name: CmdSelect, Args: &SelectArgs{Mailbox: MailboxOf("INBOX"), Params: []Param{}}}
	require.True(t, a.Equal(b))
	require.False(t, a.Equal(&Command{Tag: Tag("1"), Name: CmdSelect}))
	require.False(t, a.Equal(&Command{Tag: Tag("1"), Name: CmdSelect, Args: &MailboxArgs{Mailbox: MailboxOf("INBOX")}}))
	require.False(t, (&Command{Name: CmdNoop}).Equal(nil))

	u := func(raw string, vs ...Value) *Unknown {
		return &Unknown{Name: []byte("X"), Raw: []byte(raw), Values: vs}
	}
	require.True(t, u(`a "b"`, ValueOf("a"), Value{Str: Str("b")}).equal(u(`a b`, ValueOf("a"), ValueOf("b"))))
	require.False(t, u("a").equal(u("b")))
}

func TestDeepValuesNeedNoStack(t *testing.T) {
	const deep = 1 << 17
	v, k, b := ValueOf("x"), SearchKey{Op: KeyAll}, &BodyStructure{Type: Str("text"), Subtype: Str("plain")}
	for range deep {
		v = ListOf(v)
		k = Not(k)
		b = &BodyStructure{Multipart: true, Subtype: Str("mixed"), Parts: []*BodyStructure{b}}
	}
	c := &Command{Name: CmdSearch, Args: &SearchArgs{Keys: []SearchKey{k}, Return: []Param{ParamWith("X", v)}}}
	require.True(t, c.Equal(c.Clone()))
	require.True(t, b.Equal(b.Clone()))
	n := 0
	for range k.Walk() {
		n++
	}
	require.Equal(t, deep+1, n)
	part, p := b.Find("text/plain")
	require.NotNil(t, p)
	require.Len(t, part, deep)
}

func TestMessageSide(t *testing.T) {
	require.Equal(t, wire.Client, Message{Command: &Command{}}.Side())
	require.Equal(t, wire.Client, Message{Done: true}.Side())
	require.Equal(t, wire.Client, Message{Auth: &AuthData{}}.Side())
	require.Equal(t, wire.Server, Message{Response: &Response{}}.Side())
	require.Zero(t, Message{}.Side())
	m := Message{Auth: &AuthData{Raw: []byte("AA==")}}
	c := m.Clone()
	m.Auth.Raw[0] = 'B'
	require.Equal(t, "AA==", string(c.Auth.Raw))
}

func TestAuthData(t *testing.T) {
	a := AuthDataOf([]byte("\x00user\x00secret"))
	require.Equal(t, "AHVzZXIAc2VjcmV0", string(a.Raw))
	b, err := a.Append([]byte(">"))
	require.NoError(t, err)
	require.Equal(t, ">\x00user\x00secret", string(b))
	b, err = AuthData{Raw: []byte("not base64")}.Append([]byte(">"))
	require.Error(t, err)
	require.Equal(t, ">", string(b), "what was there stays")

	r := &Response{Kind: Continue, Name: RespState, Text: []byte("AHVzZXI=")}
	b, err = r.AppendChallenge(nil)
	require.NoError(t, err)
	require.Equal(t, "\x00user", string(b))
	_, err = (&Response{Kind: Continue, Text: []byte("go on")}).AppendChallenge(nil)
	require.Error(t, err)
	_, err = (&Response{Kind: Tagged, Text: []byte("AHVzZXI=")}).AppendChallenge(nil)
	require.Error(t, err)
}

func TestCodeIs(t *testing.T) {
	var none *Code
	require.False(t, none.Is(CodeTryCreate))
	require.True(t, (&Code{Name: CodeTryCreate}).Is(CodeTryCreate))
	require.False(t, (&Code{Word: []byte("X")}).Is(CodeUnknown))
	require.Equal(t, "TRYCREATE", (&Code{Name: CodeTryCreate}).String())
	require.Equal(t, "X-Y", (&Code{Word: []byte("X-Y")}).String())
	badURL := func(s string) *Code { return &Code{Name: CodeBadURL, Raw: []byte(s)} }
	require.True(t, badURL("imap://a").equal(badURL("imap://a")))
	require.False(t, badURL("imap://a").equal(badURL("imap://b")))
}

func TestResponseUID(t *testing.T) {
	uid, ok := (&Response{Name: RespFetch, Num: 3, Data: &Fetch{Items: []FetchData{{Name: AttUID, Num: 70}}}}).UID()
	require.True(t, ok)
	require.Equal(t, uint32(70), uid)
	_, ok = (&Response{Name: RespFetch, Num: 3, Data: &Fetch{}}).UID()
	require.False(t, ok)
	uid, ok = (&Response{Name: RespUIDFetch, Num: 3, Data: &Fetch{}}).UID()
	require.True(t, ok)
	require.Equal(t, uint32(3), uid)
	_, ok = (&Response{Name: RespExists, Num: 3}).UID()
	require.False(t, ok)
}
