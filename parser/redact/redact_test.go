package redact

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// script reads lines labelled "C: " and "S: " into messages: a line that ends in a literal's header goes on with the next line of its side.
func script(text []byte) []transcript.Message {
	var ms []transcript.Message
	open := make(map[wire.Side]int) // index+1 of a message whose literal is not complete
	mode := wire.ModeCommand
	for at := 0; at < len(text); {
		end := at + bytes.IndexByte(text[at:], '\n') + 1
		side := wire.Client
		if text[at] == 'S' {
			side = wire.Server
		}
		b := text[at+3 : end]
		i := open[side] - 1
		if i < 0 || side == wire.Server && text[at+3] == '+' {
			ms = append(ms, transcript.Message{Side: side, Span: wire.Span{Start: uint32(at)}})
			i = len(ms) - 1
			if side == wire.Client {
				ms[i].Mode = mode
			}
		}
		m := &ms[i]
		m.Runs = append(m.Runs, transcript.Run{Wire: uint32(len(m.Wire)), WireLen: uint32(len(b)), Src: uint32(at + 3), SrcLen: uint32(len(b))})
		m.Wire = append(m.Wire, b...)
		m.Span.End = uint32(end)
		open[side] = 0
		if n := len(m.Literals); n > 0 && int(m.Literals[n-1].Octets.End) >= len(m.Wire) {
			open[side] = i + 1
		} else if brace := bytes.LastIndexByte(m.Wire, '{'); brace >= 0 && bytes.HasSuffix(m.Wire, []byte("}\r\n")) {
			size, n := wire.ConsumeUint32(m.Wire[brace+1:])
			if n > 0 {
				start := uint32(len(m.Wire))
				m.Literals = append(m.Literals, transcript.Literal{Head: wire.Span{Start: uint32(brace), End: start}, Octets: wire.Span{Start: start, End: start + size}, Announced: uint64(size), Found: uint64(size)})
				open[side] = i + 1
			}
		}
		switch word := string(bytes.ToUpper(b)); {
		case side == wire.Client && strings.Contains(word, "AUTHENTICATE"):
			mode = wire.ModeAuth
		case side == wire.Server && b[0] != '+' && b[0] != '*':
			mode = wire.ModeCommand
		}
		at = end
	}
	return ms
}

// parts parses messages and finds their credentials.
func parts(ms []transcript.Message) iter.Seq[*Part] {
	return func(yield func(*Part) bool) {
		var f Finder
		p := parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}
		for i := range ms {
			m := &ms[i]
			e := session.Event{Side: m.Side, ID: uint32(i)}
			for _, l := range m.Literals {
				p.Repairs = append(p.Repairs, wire.LiteralRepair{At: l.Head.Start, Size: l.Octets.End - l.Octets.Start})
			}
			if m.Kind == transcript.Wire {
				e.Message, e.Err = p.Message(m.Wire, m.Side, m.Mode)
			}
			if !yield(&Part{Message: *m, Value: e.Message, Secrets: f.Find(nil, m, &e)}) {
				return
			}
		}
	}
}

// safe is the copy of a transcript written with LF, in which every line end is CRLF.
func safe(t *testing.T, lines string, o Options) Result {
	t.Helper()
	text := []byte(strings.ReplaceAll(lines, "\n", "\r\n"))
	return Copy(text, parts(script(text)), o)
}

func TestCopy(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"login atoms", "C: a1 LOGIN bob s3cretpw\nS: a1 OK bob logged in\n", "C: a1 LOGIN user1 password1\nS: a1 OK bob logged in\n"},
		{
			"login quoted, an address", "C: a1 LOGIN \"bob@corp.net\" \"s3 cret\"\nS: a1 OK bob@corp.net authenticated (Success)\n",
			"C: a1 LOGIN \"user1@host1.example\" \"password1\"\nS: a1 OK user1@host1.example authenticated (Success)\n",
		},
		{
			"login literals", "C: a1 LOGIN {6}\nS: + go\nC: robert {8}\nS: + go\nC: s3cretpw\nS: a1 OK robert is in\n",
			"C: a1 LOGIN {5}\nS: + go\nC: user1 {9}\nS: + go\nC: password1\nS: a1 OK user1 is in\n",
		},
		{"SASL PLAIN", "C: a1 AUTHENTICATE PLAIN\nS: + \nC: AGJvYgBzM2NyZXRwdw==\nS: a1 OK in\n", "C: a1 AUTHENTICATE PLAIN\nS: + \nC: AHVzZXIxAHBhc3N3b3JkMQ==\nS: a1 OK in\n"},
		{"SASL-IR", "C: a1 AUTHENTICATE PLAIN AGJvYgBzM2NyZXRwdw==\nS: a1 OK in\n", "C: a1 AUTHENTICATE PLAIN AHVzZXIxAHBhc3N3b3JkMQ==\nS: a1 OK in\n"},
		{
			"CRAM-MD5, both ways", "C: a1 AUTHENTICATE CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQGV4PmFiYw==\nC: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0\nS: a1 OK in\n",
			"C: a1 AUTHENTICATE CRAM-MD5\nS: + cmVkYWN0ZWQ=\nC: cmVkYWN0ZWQ=\nS: a1 OK in\n",
		},
		{
			"the name in SCRAM, and its echo", "C: a1 AUTHENTICATE SCRAM-SHA-256\nS: + \nC: biwsbj1hbm4ubGVlLHI9OWY4ZTdk\nS: a1 OK ann.lee logged in SESSIONID=<corp-17-ann>\n",
			"C: a1 AUTHENTICATE SCRAM-SHA-256\nS: + \nC: cmVkYWN0ZWQ=\nS: a1 OK user1 logged in SESSIONID=<token1>\n",
		},
		{
			"a name that no exchange shows", "C: a1 AUTHENTICATE GSSAPI YIIBaQ==\nS: a1 OK ann.lee authenticated\n",
			"C: a1 AUTHENTICATE GSSAPI cmVkYWN0ZWQ=\nS: a1 OK user1 authenticated\n",
		},
		{"the local part alone", "C: a1 LOGIN ann.lee@corp.net s3cretpw\nS: a1 NO ann.lee may not\n", "C: a1 LOGIN user1@host1.example password1\nS: a1 NO user1 may not\n"},
		{"somebody else's account", "C: a1 PROXYAUTH ann.lee\nS: a1 OK in\n", "C: a1 PROXYAUTH user1\nS: a1 OK in\n"},
		{"what a URL led to", "S: * URLFETCH \"imap://corp.net/Acme\" \"Big deal\"\n", "S: * URLFETCH \"imap://host1.example/Folder1\" \"xxx xxxx\"\n"},
		{"namespaces", "S: * NAMESPACE ((\"INBOX.\" \".\")) ((\"user.ann.\" \".\")) NIL\n", "S: * NAMESPACE ((\"INBOX.\" \".\")) ((\"user.Folder1.\" \".\")) NIL\n"},
		{"masked already", "C: a1 LOGIN bob ********\nS: a1 OK in\n", "C: a1 LOGIN user1 ********\nS: a1 OK in\n"},
		{"mailboxes", "C: a1 SELECT Customers/Acme\nS: a1 OK in\nC: a2 SELECT INBOX\nS: a2 OK in\n", "C: a1 SELECT Folder1/Folder2\nS: a1 OK in\nC: a2 SELECT INBOX\nS: a2 OK in\n"},
		{
			"an address twice", "S: * 1 FETCH (ENVELOPE (NIL \"Budget\" ((\"Ann Lee\" NIL \"ann\" \"corp.net\")) NIL NIL NIL NIL NIL NIL \"<1@corp.net>\"))\nC: a1 SEARCH FROM \"ann@corp.net\"\n",
			"S: * 1 FETCH (ENVELOPE (NIL \"Subject-1\" ((\"Name-1\" NIL \"user1\" \"host1.example\")) NIL NIL NIL NIL NIL NIL \"<user2@host1.example>\"))\nC: a1 SEARCH FROM \"Subject-2\"\n",
		},
		{"hosts and IPs", "S: * OK mail.corp.net ready for 10.11.12.13\n", "S: * OK host1.example ready for 192.0.2.1\n"},
		{"providers stay", "S: * OK imap.gmail.com ready\n", "S: * OK imap.gmail.com ready\n"},
		{"protocol words stay", "C: a1 FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject)] RFC822.SIZE)\n", "C: a1 FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject)] RFC822.SIZE)\n"},
		{
			"body", "S: * 1 FETCH (BODY[] {60}\nS: Subject: Budget\nS: Content-Type: text/plain\nS: \nS: See ann@x.de.\nS: )\n",
			"S: * 1 FETCH (BODY[] {60}\nS: Subject: xxxxxx\nS: Content-Type: text/plain\nS: \nS: xxx xxx@x.xx.\nS: )\n",
		},
		{
			"URLAUTH", "S: * GENURLAUTH \"imap://ann@corp.net/INBOX/;uid=20;urlauth=submit+ann:internal:91354a473744909de610943775f92038\"\n",
			"S: * GENURLAUTH \"imap://user1@host1.example/INBOX/;uid=20;urlauth=submit+user1:internal:token1\"\n",
		},
		{
			"who may use a URL, and where it points", "S: a1 NO [REFERRAL imap://ann.lee;AUTH=*@corp.net/Acme] moved\n",
			"S: a1 NO [REFERRAL imap://user1;AUTH=*@host1.example/Folder1] moved\n",
		},
		{"LOGIN in a server's text", "S: a1 BAD what is \"a1 LOGIN ann s3cretpw\"\n", "S: a1 BAD what is \"a1 LOGIN user1 password1\"\n"},
		{"LOGIN without a tag", "C: LOGIN ann.lee s3cretpw\n", "C: LOGIN user1 password1\n"},
		{"a name with dots in a text", "C: a1 LOGIN ann.lee s3cretpw\nS: a1 BAD LOGIN ann.lee\n", "C: a1 LOGIN user1 password1\nS: a1 BAD LOGIN user1\n"},
		{
			"ID", "C: a1 ID (\"name\" \"x\" \"user\" \"ann.lee\" \"x-session-id\" \"5f3a9c\" \"remote-ip\" \"10.1.2.3\")\nS: a1 OK in\n",
			"C: a1 ID (\"name\" \"x\" \"user\" \"user1\" \"x-session-id\" \"token1\" \"remote-ip\" \"192.0.2.1\")\nS: a1 OK in\n",
		},
		{
			"Gmail's labels", "S: * 1 FETCH (X-GM-LABELS (\"\\\\Inbox\" Acme \"Big Corp\"))\nC: a1 STORE 1 +X-GM-LABELS (Acme)\n",
			"S: * 1 FETCH (X-GM-LABELS (\"\\\\Inbox\" Folder1 \"Folder2\"))\nC: a1 STORE 1 +X-GM-LABELS (Folder1)\n",
		},
		{"quota roots", "S: * QUOTA \"user.annlee\" (STORAGE 1 2)\n", "S: * QUOTA \"user.Folder1\" (STORAGE 1 2)\n"},
		{"metadata", "C: a1 SETMETADATA INBOX (/private/comment \"Big deal\")\n", "C: a1 SETMETADATA INBOX (/private/comment \"xxx xxxx\")\n"},
		{
			"keywords", "S: * FLAGS (\\Seen $Forwarded $Label1 NonJunk Acme-Deal $Acme)\nC: a1 STORE 1 +FLAGS (acme-deal)\nS: * 1 FETCH (FLAGS (\\Seen Acme-Deal))\n",
			"S: * FLAGS (\\Seen $Forwarded $Label1 NonJunk Keyword1 $Keyword2)\nC: a1 STORE 1 +FLAGS (Keyword1)\nS: * 1 FETCH (FLAGS (\\Seen Keyword1))\n",
		},
		{"a keyword with brackets", "S: * FLAGS (OIB-[Acme]/Deal)\n", "S: * FLAGS (Keyword1[Keyword2]/Keyword3)\n"},
		{"a keyword that is no ASCII", "S: * FLAGS (Vorgänge)\n", "S: * FLAGS (关键字1)\n"},
		{
			"metadata entries", "C: a1 GETMETADATA INBOX (/private/filters/values/acme /shared/vendor/kolab/folder-type /private/vendor/big-corp/ann@corp.net /private/comment)\nC: a2 SEARCH FILTER acme\n",
			"C: a1 GETMETADATA INBOX (/private/filters/values/Keyword1 /shared/vendor/kolab/folder-type /private/vendor/big-corp/Keyword2@Keyword3 /private/comment)\nC: a2 SEARCH FILTER Keyword1\n",
		},
		{
			"a boundary made of a host", "S: * 1 FETCH (BODY[] {94}\nS: Content-Type: multipart/mixed; boundary=\"=_mail.corp.net-7\"\nS: \nS: --=_mail.corp.net-7\nS: \nS: Hi.\nS: )\n",
			"S: * 1 FETCH (BODY[] {94}\nS: Content-Type: multipart/mixed; boundary=\"=_xxxx.xxxx.xxx-7\"\nS: \nS: --=_xxxx.xxxx.xxx-7\nS: \nS: xx.\nS: )\n",
		},
		{"searched words", "C: a1 SEARCH SUBJECT Budget HEADER List-Id acme KEYWORD Budget\n", "C: a1 SEARCH SUBJECT Subject-1 HEADER List-Id Subject-2 KEYWORD Keyword1\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, strings.ReplaceAll(string(safe(t, tc.in, Options{}).Text), "\r\n", "\n"))
		})
	}
}

// Options leave in what they name, and what stays in a literal keeps its count right.
func TestOptions(t *testing.T) {
	const in = "C: a1 LOGIN bob s3cretpw\nS: * OK mail.corp.net\nC: a2 SELECT Acme\nS: * 1 FETCH (BODY[TEXT] {19}\nS: Write to ann@x.de\nS: )\n"
	for _, tc := range []struct {
		name string
		o    Options
		want string
	}{
		{"people", Options{People: true}, "C: a1 LOGIN bob password1\nS: * OK host1.example\nC: a2 SELECT Folder1\nS: * 1 FETCH (BODY[TEXT] {19}\nS: xxxxx xx xxx@x.xx\nS: )\n"},
		{"hosts", Options{Hosts: true}, "C: a1 LOGIN user1 password1\nS: * OK mail.corp.net\nC: a2 SELECT Folder1\nS: * 1 FETCH (BODY[TEXT] {19}\nS: xxxxx xx xxx@x.xx\nS: )\n"},
		{"content", Options{Content: true}, "C: a1 LOGIN user1 password1\nS: * OK host1.example\nC: a2 SELECT Folder1\nS: * 1 FETCH (BODY[TEXT] {30}\nS: Write to user2@host2.example\nS: )\n"},
		{"mailboxes", Options{Mailboxes: true}, "C: a1 LOGIN user1 password1\nS: * OK host1.example\nC: a2 SELECT Acme\nS: * 1 FETCH (BODY[TEXT] {19}\nS: xxxxx xx xxx@x.xx\nS: )\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, strings.ReplaceAll(string(safe(t, in, tc.o).Text), "\r\n", "\n"))
		})
	}
}

func TestReplaced(t *testing.T) {
	r := safe(t, "C: a1 LOGIN bob s3cretpw\nC: a2 SELECT Acme\nC: a3 SELECT Acme\n", Options{})
	require.Equal(t, []Replacement{{Kind: Password, Count: 1}, {Kind: User, Count: 1, Before: "bob", After: "user1"}, {Kind: Mailbox, Count: 2, Before: "Acme", After: "Folder1"}}, r.Replaced)
	require.Empty(t, r.Suspects)
}

// A value that was taken out in one place and stands encoded in another is a suspect.
func TestSuspects(t *testing.T) {
	for _, tc := range []struct{ in, at string }{
		{"C: a1 LOGIN bob s3cretpw\nS: * 1 FETCH (X-NOTE czNjcmV0cHcgaXMgdGhlIHBhc3N3b3Jk)\n", "czNjcmV0cHcgaXMgdGhlIHBhc3N3b3Jk"},
		{"C: a1 LOGIN bob s3cretpw\nS: * OK =?utf-8?Q?s3=63retpw?=\n", "=?utf-8?Q?s3=63retpw?="},
		{"C: a1 LOGIN bob s3cretpw\nS: * OK s3=63retpw\n", "s3=63retpw"},
		{"S: * JWT eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U\n", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"},
	} {
		r := safe(t, tc.in, Options{})
		require.NotEmpty(t, r.Suspects, "%q", tc.in)
		require.Equal(t, tc.at, strings.TrimRight(string(r.Suspects[0].Span.Of(r.Text)), "\r\n"), tc.in)
	}
}

// Text that is no IMAP is looked over for keys and settings.
func TestNoise(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"    Session-ID: 5F3A9C\n", "    Session-ID: token1\n"},
		{"    TLS session ticket:\n    0000 - 3f 8a 00 11 22 33 44 55-66 77 88 99 aa bb cc dd   ?...\"3DUfw......\n    Start Time: 1\n", "    TLS session ticket:\n    0000 -token1\n    Start Time: 1\n"},
		{"config: password=hunter22 user=x\n", "config: password=password1 user=x\n"},
		{"Connecting to mail.corp.net (10.1.2.3) as ann@corp.net\n", "Connecting to host1.example (192.0.2.1) as user1@host2.example\n"},
		{"at 12:30:01.123 on port 993\n", "at 12:30:01.123 on port 993\n"},
		{"00000010: 4749 4e20 616c 6963 652e 776f 6e64 6572  GIN alice.wonder\n", "00000010: token1\n"},
		{"> a1 LOGIN ann.lee hunter22 was sent by ann.lee\n", "> a1 LOGIN user1 password1 was sent by user1\n"},
		{`{"msg":"a1 LOGIN ann.lee \"hunter 22\""}` + "\n", `{"msg":"a1 LOGIN user1 \"password1\""}` + "\n"},
		{"A1 NO LOGIN requires username and password\n", "A1 NO LOGIN requires username and password\n"},
		{"imap(ann)<22235><J3zbmsBgVsR/AAAB>: Info: Logged in, session=<J3zbmsBgVsR/AAAB>\n", "imap(ann)<22235><token1>: Info: Logged in, session=<token1>\n"},
		{"the login page was seen\n", "the login page was seen\n"},
		{"QyBhIExPR0lOIGFubi5sZWUgaHVudGVyMjI=\n", "token1\n"},
		{"$ curl -u ann.lee:hunter22 imaps://mail.corp.net/\n", "$ curl -u user1:password1 imaps://host1.example/\n"},
		{"$ curl imaps://ann.lee:hunter22@mail.corp.net/\n", "$ curl imaps://user2:password1@host1.example/\n"},
		{"auth: { user: 'ann.lee', pass: 'hunter22' }\n", "auth: { user: 'user1', pass: 'password1' }\n"},
		{"Enter password for ann.lee: hunter22\nS:\n", "Enter password for user1: password1\nS:\n"},
		{`{"user":"ann.lee","pass":"hunter22","accessToken":"ya29.abcdefgh"}` + "\n", `{"user":"user1","pass":"password1","accessToken":"token1"}` + "\n"},
	} {
		text := []byte(tc.in)
		m := transcript.Message{Kind: transcript.Noise, Wire: text, Span: wire.Span{End: uint32(len(text))}}
		require.Equal(t, tc.want, string(Copy(text, parts([]transcript.Message{m}), Options{}).Text))
	}
}

// A log that prints its settings shows the password before the session does.
func TestEchoes(t *testing.T) {
	text := []byte("Credentials: user bob, pass s3cretpw\r\nC: a1 LOGIN bob s3cretpw\r\n")
	const at = 38
	ms := []transcript.Message{
		{Kind: transcript.Noise, Wire: text[:at], Span: wire.Span{End: at}},
		{Side: wire.Client, Wire: text[at+3:], Span: wire.Span{Start: at, End: uint32(len(text))}, Runs: []transcript.Run{{WireLen: uint32(len(text) - at - 3), Src: at + 3, SrcLen: uint32(len(text) - at - 3)}}},
	}
	require.Equal(t, "Credentials: user user1, pass password1\r\nC: a1 LOGIN user1 password1\r\n", string(Copy(text, parts(ms), Options{}).Text))
}

// Equal texts have equal copies, however many values there are to look for.
func TestManyEchoes(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "token=abcd%04d\n", i)
	}
	for i := range 300 {
		fmt.Fprintf(&b, "seen abcd%04d\n", i)
	}
	text := []byte(b.String())
	m := transcript.Message{Kind: transcript.Noise, Wire: text, Span: wire.Span{End: uint32(len(text))}}
	first := string(Copy(text, parts([]transcript.Message{m}), Options{}).Text)
	require.NotContains(t, first, "abcd")
	require.Contains(t, first, "token=token300\nseen token1\n")
	require.Equal(t, first, string(Copy(text, parts([]transcript.Message{m}), Options{}).Text))
}

// A dump of octets is hidden beside messages too: what it holds is not known.
func TestDumpsAmongMessages(t *testing.T) {
	text := []byte("C: a1 NOOP\r\n00000010: 4749 4e20 616c 6963 652e 776f 6e64 6572  GIN alice.wonder\r\n")
	const at = 12
	ms := []transcript.Message{
		{Side: wire.Client, Wire: text[3:at], Span: wire.Span{End: at}, Runs: []transcript.Run{{WireLen: at - 3, Src: 3, SrcLen: at - 3}}},
		{Kind: transcript.Noise, Wire: text[at:], Span: wire.Span{Start: at, End: uint32(len(text))}},
	}
	require.Equal(t, "C: a1 NOOP\r\n00000010: token1\r\n", string(Copy(text, parts(ms), Options{}).Text))
}

// FuzzCopy is property P13: a copy holds no password, in the clear or in base64, whatever the transcript around it is.
func FuzzCopy(f *testing.F) {
	f.Add("C: a1 NOOP\nS: a1 OK done\n", "hunter22secret")
	f.Add("S: * 1 FETCH (BODY[] {10}\nS: Subject: x\nS: )\n", "p@ss word{3}")
	f.Fuzz(func(t *testing.T, around, password string) {
		around = strings.ReplaceAll(around, "\r", "")
		if len(password) < 8 || strings.ContainsAny(password, "\x00\r\n\"\\") || strings.Contains(around, password) || masked([]byte(password)) {
			return
		}
		for _, c := range password {
			if c < ' ' || c > '~' {
				return
			}
		}
		ir := wire.AppendBase64(nil, []byte("\x00bob\x00"+password))
		lines := "C: a1 LOGIN bob \"" + password + "\"\nS: a1 NO no\nC: a2 AUTHENTICATE PLAIN\nS: + \nC: " + string(ir) + "\nS: a2 OK in\n"
		for _, l := range strings.Split(around, "\n") {
			if strings.HasPrefix(l, "C: ") || strings.HasPrefix(l, "S: ") {
				lines += l + "\n"
			}
		}
		r := safe(t, lines, Options{})
		require.NotContains(t, string(r.Text), password)
		require.NotContains(t, string(r.Text), string(ir))
	})
}

// The filler of a message body looks like addresses still; there is nobody behind it.
func TestFillerIsNoSuspect(t *testing.T) {
	r := safe(t, "S: * 1 FETCH (BODY[] {61}\nS: From: ann.b-c@corp.net\nS: X-Via: mail.corp.net 10.1.2.3\nS: \nS: hi\nS: )\n", Options{})
	require.Contains(t, string(r.Text), "From: xxx.x-x@xxxx.xxx")
	require.Empty(t, r.Suspects)
}
