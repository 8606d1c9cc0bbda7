package mailtext

import (
	"io"
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/imap"
)

// rot13ish stands for a character set that the standard library doesn't know.
func rot13ish(charset string, in io.Reader) (io.Reader, error) {
	if charset != "x-upper" {
		return nil, errUnknown
	}
	b, err := io.ReadAll(in)
	return strings.NewReader(strings.ToUpper(string(b))), err
}

func TestText(t *testing.T) {
	var plain Decoder
	more := Decoder{CharsetReader: rot13ish}
	for _, tt := range []struct {
		d        *Decoder
		in, want string
	}{
		{&plain, "Minutes", "Minutes"},
		{&plain, "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"},
		{&plain, "Re: =?UTF-8?B?R3LDvMOfZQ==?= =?utf-8?q?_aus_M?=", "Re: Grüße aus M"},
		{&plain, "=?iso-8859-1?q?na=EFve?=", "naïve"},
		{&plain, "=?x-upper?q?abc?= then =?utf-8?q?=C3=BC?=", "=?x-upper?q?abc?= then ü"},
		{&more, "=?x-upper?q?abc?=", "ABC"},
		{&more, "=?x-none?q?abc?= =?x-upper?q?d?= =?", "=?x-none?q?abc?= D =?"},
		{&plain, "raw ü", "raw ü"},
		{&plain, "raw \xfc", "raw \uFFFD"},
		{&plain, "=?utf-8?q?broken", "=?utf-8?q?broken"},
	} {
		require.Equal(t, tt.want, tt.d.Text(imap.Str(tt.in)), "%q", tt.in)
	}
	require.Empty(t, plain.Text(imap.String{}))
}

func TestHeader(t *testing.T) {
	e := &imap.Envelope{
		Date: imap.Str("Mon, 5 Jan 2026 09:30:00 +0000"), Subject: imap.Str("=?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n x"),
		From: imap.Addresses{{Name: imap.Str("=?utf-8?q?J=C3=B6rg?="), Mailbox: imap.Str("joerg"), Host: imap.Str("example.org")}},
		To:   imap.Addresses{{Mailbox: imap.Str("team")}, {Mailbox: imap.Str("bob"), Host: imap.Str("example.com")}, {}},
	}
	var d Decoder
	h := d.Header(e)
	require.Equal(t, "Grüße  x", h.Get("Subject"))
	require.Equal(t, `=?utf-8?q?J=C3=B6rg?= <joerg@example.org>`, h.Get("From"))
	require.Equal(t, "<bob@example.com>", h.Get("To"))
	require.Empty(t, h.Values("Cc"))
	require.Empty(t, h.Values("Message-Id"))
	list, err := mail.ParseAddressList(h.Get("From"))
	require.NoError(t, err)
	require.Equal(t, "Jörg", list[0].Name)
}

func TestAddressOf(t *testing.T) {
	var d Decoder
	for _, a := range []mail.Address{{Name: "Jörg", Address: "joerg@example.org"}, {Address: "a@b@example.org"}, {Name: "Ann Lee", Address: "ann@example.com"}} {
		b := AddressOf(&a)
		require.Equal(t, a, d.Address(&b))
		require.False(t, b.IsGroupStart())
	}
}

func TestFilename(t *testing.T) {
	pairs := func(kv ...string) (ps []imap.Pair) {
		for i := 0; i < len(kv); i += 2 {
			ps = append(ps, imap.Pair{Key: imap.Str(kv[i]), Value: imap.Str(kv[i+1])})
		}
		return ps
	}
	d := Decoder{CharsetReader: rot13ish}
	for _, tt := range []struct {
		params []imap.Pair
		want   string
	}{
		{pairs("filename", "a.txt"), "a.txt"},
		{pairs("filename", "=?utf-8?q?=C3=BC?=.txt"), "ü.txt"},
		{pairs("filename*", "x-upper''abc"), "ABC"},
		{pairs("filename*0*", "utf-8''%C3%BC", "filename*1", ".txt"), "ü.txt"},
		{pairs("filename*", "iso-8859-1''%FC"), "ü"},
		{pairs("filename*", "x-none''%FC"), "\uFFFD"},
		{nil, ""},
	} {
		require.Equal(t, tt.want, d.Filename(&imap.BodyStructure{DispositionParams: tt.params}))
		require.Equal(t, tt.want, d.Filename(&imap.BodyStructure{Params: append(pairs("x", "y"), renamed(tt.params)...)}))
	}
}

// renamed gives the parameters the name that the media type has for them.
func renamed(ps []imap.Pair) (out []imap.Pair) {
	for _, p := range ps {
		out = append(out, imap.Pair{Key: imap.Str(strings.Replace(p.Key.String(), "filename", "name", 1)), Value: p.Value})
	}
	return out
}
