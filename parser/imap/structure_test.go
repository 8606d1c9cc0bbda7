package imap

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// part is a leaf, mixed a multipart, attached a message whose body is b.
func part(mediaType string) *BodyStructure {
	typ, sub, _ := strings.Cut(mediaType, "/")
	return &BodyStructure{Type: Str(typ), Subtype: Str(sub)}
}

func mixed(parts ...*BodyStructure) *BodyStructure {
	return &BodyStructure{Multipart: true, Subtype: Str("MIXED"), Parts: parts}
}

func attached(b *BodyStructure) *BodyStructure {
	m := part("message/rfc822")
	m.Parts = []*BodyStructure{b}
	return m
}

func numbered(b *BodyStructure) (out []string) {
	for number, p := range b.Walk() {
		out = append(out, strings.TrimSpace(PartSection(number...).String()+" "+p.MediaType()))
	}
	return out
}

func TestWalkNumbersParts(t *testing.T) {
	require.Equal(t, []string{"[1] text/plain"}, numbered(part("TEXT/PLAIN")))
	// The example of RFC 9051 §6.4.5.1.
	b := mixed(part("text/plain"), part("application/octet-stream"), attached(mixed(part("text/plain"), part("application/octet-stream"))),
		mixed(part("image/gif"), attached(mixed(part("text/plain"), mixed(part("text/plain"), part("text/richtext"))))))
	require.Equal(t, []string{
		"[] multipart/mixed", "[1] text/plain", "[2] application/octet-stream",
		"[3] message/rfc822", "[] multipart/mixed", "[3.1] text/plain", "[3.2] application/octet-stream",
		"[4] multipart/mixed", "[4.1] image/gif", "[4.2] message/rfc822", "[] multipart/mixed", "[4.2.1] text/plain",
		"[4.2.2] multipart/mixed", "[4.2.2.1] text/plain", "[4.2.2.2] text/richtext",
	}, numbered(b))
	require.Equal(t, []string{"[1] message/rfc822", "[1.1] text/plain"}, numbered(attached(part("text/plain"))))
	require.Equal(t, []string{"[] multipart/mixed"}, numbered(mixed()))
	require.Equal(t, []string{"[] multipart/mixed", "[2] a/b"}, numbered(mixed(nil, part("a/b"))))

	n := 0
	for range b.Walk() {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func TestFind(t *testing.T) {
	att := attached(mixed(part("text/html")))
	att.Disposition = Str("ATTACHMENT")
	file := part("text/html")
	file.Disposition = Str("attachment")
	b := mixed(part("text/plain"), att, file, mixed(part("text/html")))
	number, p := b.Find("Text/HTML")
	require.Equal(t, []uint32{4, 1}, number)
	require.Same(t, b.Parts[3].Parts[0], p)
	number, p = b.Find("image/*")
	require.Nil(t, p)
	require.Nil(t, number)
	number, p = b.Find("multipart/mixed")
	require.Same(t, b, p)
	require.Nil(t, number)
	_, p = b.Find("*/plain")
	require.Same(t, b.Parts[0], p)
}

func TestMediaTypeIs(t *testing.T) {
	require.True(t, part("TEXT/Plain").Is("text/plain"))
	require.True(t, part("image/png").Is("image/*"))
	require.False(t, part("image/png").Is("text/*"))
	require.False(t, part("image/png").Is("image"))
	require.True(t, mixed().Is("multipart/*"))
	require.False(t, mixed().Is("text/*"))
}

func params(kv ...string) (ps []Pair) {
	for i := 0; i < len(kv); i += 2 {
		ps = append(ps, Pair{Str(kv[i]), Str(kv[i+1])})
	}
	return ps
}

func TestFilename(t *testing.T) {
	tests := []struct {
		name        string
		disposition []Pair
		params      []Pair
		want        string
	}{
		{"none", nil, params("charset", "utf-8"), ""},
		{"plain", params("FileName", "a.txt"), params("name", "b.txt"), "a.txt"},
		{"only a name", nil, params("Name", "b.txt"), "b.txt"},
		{"extended", params("filename*", "UTF-8'en'na%C3%AFve%20plan.txt"), nil, "naïve plan.txt"},
		{"extended wins", params("filename", "naive.txt", "filename*", "utf-8''na%c3%afve.txt"), nil, "naïve.txt"},
		{"Latin 1", params("filename*", "ISO-8859-1''na%EFve"), nil, "naïve"},
		{"continued", params("filename*0", "one ", "filename*1", "two ", "filename*2", "three"), nil, "one two three"},
		{"continued out of order", params("filename*1", "b", "filename*0", "a", "size", "1"), nil, "ab"},
		{"continued, partly encoded", params("filename*0*", "utf-8''%E2%82%AC", "filename*1", "%41", "filename*2*", "%41"), nil, "€%41A"},
		{"a gap ends it", params("filename*0", "a", "filename*2", "c"), nil, "a"},
		{"bad percent", params("filename*", "utf-8''100%zz%4"), nil, "100%zz%4"},
		{"bad UTF-8", params("filename*", "utf-8''%ff"), nil, "\uFFFD"},
		{"no charset", params("filename*", "plain%20text"), nil, "plain text"},
		{"leading zeros", params("filename*00", "a"), nil, "a"},
		{"other names", params("filenames", "x", "file*0", "y"), nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, (&BodyStructure{DispositionParams: tt.disposition, Params: tt.params}).Filename())
		})
	}
	require.Equal(t, "utf-8", (&BodyStructure{Params: params("CHARSET", "utf-8")}).Param("charset").String())
	require.True(t, part("a/b").Param("x").IsNil())
}

func TestAddresses(t *testing.T) {
	addr := func(name, mailbox, host string) Address {
		return Address{Name: Str(name), Mailbox: Str(mailbox), Host: Str(host)}
	}
	as := Addresses{addr("A", "a", "example.org"), {Mailbox: Str("team")}, addr("B", "b", "example.org"), {}, addr("C", "c", "example.org")}
	var got []string
	for group, a := range as.Mailboxes() {
		got = append(got, group.String()+":"+a.Spec())
	}
	require.Equal(t, []string{":a@example.org", "team:b@example.org", ":c@example.org"}, got)
	require.True(t, as[1].IsGroupStart())
	require.True(t, as[3].IsGroupEnd())
	require.False(t, as[0].IsGroupStart() || as[0].IsGroupEnd())
	require.Equal(t, "team", as[1].Spec())
	for range as.Mailboxes() {
		break
	}
}

func TestSection(t *testing.T) {
	require.Equal(t, "[]", (*Section)(nil).String())
	require.Equal(t, "[1.2.MIME]", (&Section{Part: []uint32{1, 2}, Spec: SectionMIME}).String())
	require.Equal(t, "[HEADER.FIELDS (From To)]", HeaderFields("From", "To").String())
	require.True(t, HeaderFields("From", "To").Same(HeaderFields("TO", "from")))
	require.False(t, HeaderFields("From", "To").Same(HeaderFields("From", "Cc")))
	require.False(t, HeaderFields("From", "From").Same(HeaderFields("From", "To")))
	require.True(t, (*Section)(nil).Same(&Section{}))
	require.False(t, PartSection(1).Same(PartSection(1, 1)))
	require.False(t, PartSection(1).Same(&Section{Part: []uint32{1}, Spec: SectionText}))
	quoted := &Section{Spec: SectionHeaderFields, Fields: []String{{Raw: []byte(`Fr\om`), Escaped: true, Form: FormQuoted}}}
	require.True(t, quoted.Same(HeaderFields("from")))
}

func TestFetchSection(t *testing.T) {
	f := &Fetch{Items: []FetchData{
		{Name: AttSection, Section: HeaderFields("SUBJECT", "FROM"), Str: Str("h")},
		{Name: AttSection, Section: PartSection(1), Str: Str("one")},
		{Name: AttRFC822, Str: Str("all")},
		{Name: AttRFC822Size, Num: 0},
		{Name: AttFlags, Flags: Flags()},
	}}
	s, ok := f.Section(HeaderFields("From", "Subject"))
	require.True(t, ok)
	require.Equal(t, "h", s.String())
	s, ok = f.Section(nil)
	require.True(t, ok)
	require.Equal(t, "all", s.String())
	_, ok = f.Section(PartSection(2))
	require.False(t, ok)
	n, ok := f.Size()
	require.True(t, ok)
	require.Zero(t, n)
	fs, ok := f.Flags()
	require.True(t, ok)
	require.Empty(t, fs)
	_, ok = f.ModSeq()
	require.False(t, ok)
	require.Nil(t, f.Envelope())
	require.Nil(t, f.BodyStructure())
	require.True(t, f.InternalDate().IsZero())
}

func TestSearchKeyWalk(t *testing.T) {
	k := And(Or(TextKey(KeyFrom, "a"), Not(TextKey(KeyTo, "b"))), SetKey(KeyUID, SetOf(1)))
	var ops []SearchOp
	for x := range k.Walk() {
		ops = append(ops, x.Op)
		if x.Op == KeyTo {
			x.Text = Str("edited")
		}
	}
	require.Equal(t, []SearchOp{KeyAnd, KeyOr, KeyFrom, KeyNot, KeyTo, KeyUID}, ops)
	require.Equal(t, "edited", k.Keys[0].Keys[1].Keys[0].Text.String())
	n := 0
	require.Zero(t, testing.AllocsPerRun(10, func() {
		for range k.Walk() {
			n++
		}
	}))
	for range k.Walk() {
		break
	}
}
