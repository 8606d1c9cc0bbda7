package encoder_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
)

func TestParts(t *testing.T) {
	o, plus, utf8 := encoder.Options{}, encoder.Options{Literals: encoder.Plus}, encoder.Options{UTF8: true}
	type part struct {
		b   []byte
		err error
	}
	of := func(b []byte, err error) part { return part{b, err} }
	dst := []byte("x ")
	for want, got := range map[string]part{
		`"ann"`:                       of(encoder.AppendString(dst, imap.Str("ann"), o)),
		`"a\"b"`:                      of(encoder.AppendString(dst, imap.String{Raw: []byte(`a\"b`), Form: imap.FormQuoted, Escaped: true}, o)),
		"{3+}\r\na\nb":                of(encoder.AppendString(dst, imap.Str("a\nb"), plus)),
		"NIL":                         of(encoder.AppendNString(dst, imap.String{}, o)),
		`""`:                          of(encoder.AppendNString(dst, imap.Str(""), o)),
		"ann":                         of(encoder.AppendAString(dst, imap.Str("ann"), o)),
		`"NIL"`:                       of(encoder.AppendAString(dst, imap.Str("NIL"), o)),
		"Entw&APw-rfe":                of(encoder.AppendMailbox(dst, imap.MailboxOf("Entwürfe"), o)),
		`"Entwürfe"`:                  of(encoder.AppendMailbox(dst, imap.MailboxOf("Entwürfe"), utf8)),
		`(\Seen $Junk)`:               of(encoder.AppendFlags(dst, imap.Flags(`\Seen`, "$Junk"))),
		"()":                          of(encoder.AppendFlags(dst, nil)),
		"1:3,9":                       of(encoder.AppendSet(dst, imap.SetOf(1, 2, 3, 9))),
		"1-Feb-2026":                  of(encoder.AppendDate(dst, imap.Date{Year: 2026, Month: 2, Day: 1})),
		"[1.2.MIME]":                  of(encoder.AppendSection(dst, &imap.Section{Part: []uint32{1, 2}, Spec: imap.SectionMIME}, o)),
		"[]":                          of(encoder.AppendSection(dst, nil, o)),
		"[UIDNEXT 7]":                 of(encoder.AppendCode(dst, &imap.Code{Name: imap.CodeUIDNext, Num: 7}, o)),
		"CHARSET UTF-8 BODY {2}\r\nü": of(encoder.AppendSearch(dst, &imap.SearchArgs{Keys: []imap.SearchKey{imap.TextKey(imap.KeyBody, "ü")}}, o)),
		`NOT BODY "ü" (SEEN ALL)`: of(encoder.AppendSearch(dst, &imap.SearchArgs{Keys: []imap.SearchKey{
			imap.Not(imap.TextKey(imap.KeyBody, "ü")), imap.And(imap.SearchKey{Op: imap.KeySeen}, imap.SearchKey{Op: imap.KeyAll}),
		}}, utf8)),
		`" 1-Feb-2026 03:04:05 +0530"`: of(encoder.AppendDateTime(dst, imap.DateTime{Year: 2026, Month: 2, Day: 1, Hour: 3, Min: 4, Sec: 5, Zone: 330})),
		`(NIL "hi" ((NIL NIL "ann" "example.org")) NIL NIL NIL NIL NIL NIL "<1@example.org>")`: of(encoder.AppendEnvelope(dst, &imap.Envelope{
			Subject: imap.Str("hi"), From: imap.Addresses{{Mailbox: imap.Str("ann"), Host: imap.Str("example.org")}}, MessageID: imap.Str("<1@example.org>"),
		}, o)),
		`("TEXT" "PLAIN" ("CHARSET" "UTF-8") NIL NIL "8BIT" 12 1)`: of(encoder.AppendBodyStructure(dst, &imap.BodyStructure{
			Type: imap.Str("TEXT"), Subtype: imap.Str("PLAIN"), Params: []imap.Pair{{Key: imap.Str("CHARSET"), Value: imap.Str("UTF-8")}},
			Encoding: imap.Str("8BIT"), Octets: 12, Lines: 1,
		}, o)),
	} {
		require.NoError(t, got.err, want)
		require.Equal(t, "x "+want, string(got.b))
	}
	for _, tt := range []struct {
		part
		path string
		err  error
	}{
		{of(encoder.AppendAString(dst, imap.String{}, o)), "", encoder.ErrNIL},
		{of(encoder.AppendString(dst, imap.Str("a\x00"), o)), "", encoder.ErrNUL},
		{of(encoder.AppendString(dst, imap.Stream(5), o)), "", encoder.ErrStream},
		{of(encoder.AppendMailbox(dst, imap.MailboxOf("\xff"), o)), "", encoder.ErrUTF8},
		{of(encoder.AppendFlags(dst, imap.Flags("a b"))), "", encoder.ErrFlag},
		{of(encoder.AppendSet(dst, imap.NumSet{})), "", encoder.ErrSet},
		{of(encoder.AppendDate(dst, imap.Date{})), "", encoder.ErrDate},
		{of(encoder.AppendDateTime(dst, imap.DateTime{})), "", encoder.ErrDate},
		{of(encoder.AppendSection(dst, &imap.Section{Spec: imap.SectionHeaderFields}, o)), "Fields", encoder.ErrEmpty},
		{of(encoder.AppendEnvelope(dst, nil, o)), "", encoder.ErrEmpty},
		{of(encoder.AppendEnvelope(dst, &imap.Envelope{Cc: imap.Addresses{{}, {Host: imap.Str("\x00")}}}, o)), "Cc[1].Host", encoder.ErrNUL},
		{of(encoder.AppendBodyStructure(dst, nil, o)), "", encoder.ErrEmpty},
		{of(encoder.AppendBodyStructure(dst, &imap.BodyStructure{Multipart: true, Subtype: imap.Str("MIXED"), Parts: []*imap.BodyStructure{nil}}, o)), "Parts[0]", encoder.ErrEmpty},
		{of(encoder.AppendSearch(dst, nil, o)), "", encoder.ErrEmpty},
		{of(encoder.AppendSearch(dst, &imap.SearchArgs{Keys: []imap.SearchKey{imap.Not(imap.NumKey(imap.KeyLarger, 1<<63))}}, o)), "Keys[0].Keys[0].Num", encoder.ErrNumber},
		{of(encoder.AppendCode(dst, nil, o)), "", encoder.ErrEmpty},
		{of(encoder.AppendCode(dst, &imap.Code{Name: imap.CodeCopyUID, Num: 1, Set: imap.SetOf(1)}, o)), "Dest", encoder.ErrSet},
	} {
		require.Equal(t, "x ", string(tt.b))
		var e *encoder.Error
		require.ErrorAs(t, tt.part.err, &e)
		require.Equal(t, tt.path, e.Path)
		require.ErrorIs(t, e, tt.err)
	}
}
