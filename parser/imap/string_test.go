package imap

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStringContent(t *testing.T) {
	quoted := func(raw string) String {
		return String{Raw: []byte(raw), Form: FormQuoted, Escaped: true}
	}
	tests := []struct {
		name string
		s    String
		want string
	}{
		{"built", Str("a b"), "a b"},
		{"empty", Str(""), ""},
		{"atom", String{Raw: []byte("NIL"), Form: FormAtom}, "NIL"},
		{"escaped quote", quoted(`say \"hi\"`), `say "hi"`},
		{"escaped backslash", quoted(`a\\b\\`), `a\b\`},
		{"backslash before a plain one", quoted(`\\\"`), `\"`},
		{"backslash without escape", String{Raw: []byte(`a\b`), Form: FormLiteral}, `a\b`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, tt.s.String())
			require.Equal(t, tt.want, string(tt.s.Bytes()))
			require.Equal(t, ">"+tt.want, string(tt.s.Append([]byte(">"))))
			require.Equal(t, len(tt.want), tt.s.Len())
			require.True(t, tt.s.Equal(Str(tt.want)))
			require.True(t, Str(tt.want).Equal(tt.s))
			require.True(t, tt.s.Is(tt.want))
			require.False(t, tt.s.Is(tt.want+"x"))
			require.False(t, tt.s.Equal(Str(tt.want+"x")))
			require.False(t, tt.s.Equal(String{}))
			require.False(t, tt.s.IsNil())
		})
	}
}

func TestStringNilIsNotEmpty(t *testing.T) {
	require.True(t, String{}.IsNil())
	require.False(t, String{}.Equal(Str("")))
	require.True(t, String{}.Equal(String{}))
	require.False(t, String{}.Is(""))
	require.Nil(t, String{}.Bytes())
	require.NotNil(t, Bytes(nil).Bytes())
	require.False(t, Bytes(nil).IsNil())
}

func TestStringIsIgnoresCaseOfASCIIOnly(t *testing.T) {
	require.True(t, Str("inBOX").Is("INBOX"))
	require.False(t, Str("ä").Is("Ä"))
	require.False(t, Str("[").Is("{"), "0x5B and 0x7B differ in the case bit and are no letters")
	require.True(t, String{Raw: []byte(`A\"b`), Escaped: true, Form: FormQuoted}.Is(`a"B`))
}

func TestStringDetached(t *testing.T) {
	s := Stream(70000)
	require.Equal(t, 70000, s.Len())
	require.Equal(t, "", s.String())
	require.True(t, s.Equal(Stream(70000)))
	require.False(t, s.Equal(Stream(70001)))
	require.False(t, s.Equal(Str("")))
	require.True(t, Stream(0).Equal(Str("")))
}

func TestStringCloneOwns(t *testing.T) {
	raw := []byte("abc")
	s := Bytes(raw)
	c := s.Clone()
	raw[0] = 'X'
	require.Equal(t, "Xbc", s.String(), "Bytes keeps its argument")
	require.Equal(t, "abc", c.String())
}

func TestStringAllocations(t *testing.T) {
	plain, esc, buf := Str("subject"), String{Raw: []byte(`a\"b`), Form: FormQuoted, Escaped: true}, make([]byte, 0, 64)
	var sink []byte
	var n int
	require.Zero(t, testing.AllocsPerRun(100, func() {
		sink = plain.Append(buf)
		sink = esc.Append(buf)
		sink = plain.Bytes()
		if esc.Is(`A"B`) && esc.Equal(plain) {
			t.Error("not equal")
		}
		n += esc.Len()
	}))
	_, _ = sink, n
}

func TestMailbox(t *testing.T) {
	utf7 := func(s string) Mailbox { return Mailbox{Wire: Str(s)} }
	require.Equal(t, "Entwürfe", utf7("Entw&APw-rfe").String())
	require.Equal(t, "A&B", utf7("A&-B").String())
	require.True(t, utf7("Entw&APw-rfe").Equal(MailboxOf("Entwürfe")))
	require.True(t, MailboxOf("Entwürfe").Equal(utf7("Entw&APw-rfe")))
	require.False(t, MailboxOf("Entw&APw-rfe").Equal(utf7("Entw&APw-rfe")), "an ampersand is an ampersand in UTF-8")
	require.True(t, utf7("inbox").Equal(MailboxOf("INBOX")))
	require.True(t, MailboxOf("InBox").IsInbox())
	require.False(t, utf7("inbox/a").Equal(utf7("INBOX/a")), "only INBOX itself ignores case")

	_, err := utf7("&bad").Name()
	require.Error(t, err)
	require.Equal(t, "&bad", utf7("&bad").String(), "what can't be decoded is shown as it is")
	_, err = Mailbox{Wire: Str("\xff"), UTF8: true}.Name()
	require.Error(t, err)

	require.True(t, Mailbox{}.IsZero())
	require.False(t, MailboxOf("").IsZero())
	require.False(t, MailboxOf("").Equal(Mailbox{}))
}
