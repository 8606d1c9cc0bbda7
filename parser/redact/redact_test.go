package redact

import (
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// parts runs the part of the chain that redaction needs: transcript, grammar, finder.
func parts(text []byte) iter.Seq[*Part] {
	return func(yield func(*Part) bool) {
		t := transcript.Read(text, transcript.Options{Format: "labelled"})
		finders := make(map[uint32]*Finder)
		p := parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}
		for i := range t.Messages {
			part := Part{Message: t.Messages[i]}
			m := &part.Message
			e := session.Event{Side: m.Side, ID: uint32(i)}
			if m.Kind == transcript.Wire && m.Side != 0 {
				for _, l := range m.Literals {
					p.Repairs = append(p.Repairs, wire.LiteralRepair{At: l.Head.Start, Size: uint32(l.Octets.Len())})
				}
				e.Message, e.Err = p.Message(m.Wire, m.Side, m.Mode)
			}
			f := finders[m.Conn]
			if f == nil {
				f = new(Finder)
				finders[m.Conn] = f
			}
			part.Secrets = f.Find(nil, m, &e)
			if !yield(&part) {
				return
			}
		}
	}
}

// safe is the copy of a transcript written with LF, in which every line end is CRLF.
func safe(t *testing.T, lines string, o Options) Result {
	t.Helper()
	text := []byte(strings.ReplaceAll(lines, "\n", "\r\n"))
	return Copy(text, parts(text), o)
}

func TestCopy(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"login atoms", "C: a1 LOGIN bob s3cretpw\nS: a1 OK bob logged in\n", "C: a1 LOGIN user1 password1\nS: a1 OK bob logged in\n"},
		{"login quoted, an address", "C: a1 LOGIN \"bob@corp.net\" \"s3 cret\"\nS: a1 OK bob@corp.net authenticated (Success)\n",
			"C: a1 LOGIN \"user1@host1.example\" \"password1\"\nS: a1 OK user1@host1.example authenticated (Success)\n"},
		{"login literals", "C: a1 LOGIN {6}\nS: + go\nC: robert {8}\nS: + go\nC: s3cretpw\nS: a1 OK robert is in\n",
			"C: a1 LOGIN {5}\nS: + go\nC: user1 {9}\nS: + go\nC: password1\nS: a1 OK user1 is in\n"},
		{"SASL PLAIN", "C: a1 AUTHENTICATE PLAIN\nS: + \nC: AGJvYgBzM2NyZXRwdw==\nS: a1 OK in\n", "C: a1 AUTHENTICATE PLAIN\nS: + \nC: AHVzZXIxAHBhc3N3b3JkMQ==\nS: a1 OK in\n"},
		{"SASL-IR", "C: a1 AUTHENTICATE PLAIN AGJvYgBzM2NyZXRwdw==\nS: a1 OK in\n", "C: a1 AUTHENTICATE PLAIN AHVzZXIxAHBhc3N3b3JkMQ==\nS: a1 OK in\n"},
		{"CRAM-MD5, both ways", "C: a1 AUTHENTICATE CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQGV4PmFiYw==\nC: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0\nS: a1 OK in\n",
			"C: a1 AUTHENTICATE CRAM-MD5\nS: + cmVkYWN0ZWQ=\nC: cmVkYWN0ZWQ=\nS: a1 OK in\n"},
		{"masked already", "C: a1 LOGIN bob ********\nS: a1 OK in\n", "C: a1 LOGIN user1 ********\nS: a1 OK in\n"},
		{"mailboxes", "C: a1 SELECT Customers/Acme\nS: a1 OK in\nC: a2 SELECT INBOX\nS: a2 OK in\n", "C: a1 SELECT Folder1/Folder2\nS: a1 OK in\nC: a2 SELECT INBOX\nS: a2 OK in\n"},
		{"an address twice", "S: * 1 FETCH (ENVELOPE (NIL \"Budget\" ((\"Ann Lee\" NIL \"ann\" \"corp.net\")) NIL NIL NIL NIL NIL NIL \"<1@corp.net>\"))\nC: a1 SEARCH FROM \"ann@corp.net\"\n",
			"S: * 1 FETCH (ENVELOPE (NIL \"Subject-1\" ((\"Name-1\" NIL \"user1\" \"host1.example\")) NIL NIL NIL NIL NIL NIL \"<user2@host1.example>\"))\nC: a1 SEARCH FROM \"Subject-2\"\n"},
		{"hosts and IPs", "S: * OK mail.corp.net ready for 10.11.12.13\n", "S: * OK host1.example ready for 192.0.2.1\n"},
		{"providers stay", "S: * OK imap.gmail.com ready\n", "S: * OK imap.gmail.com ready\n"},
		{"protocol words stay", "C: a1 FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject)] RFC822.SIZE)\n", "C: a1 FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject)] RFC822.SIZE)\n"},
		{"body", "S: * 1 FETCH (BODY[] {56}\nS: Subject: Budget\nS: Content-Type: text/plain\nS: \nS: See ann@x.de.\nS: )\n",
			"S: * 1 FETCH (BODY[] {56}\nS: Subject: xxxxxx\nS: Content-Type: text/plain\nS: \nS: xxx xxx@x.xx.\nS: )\n"},
		{"URLAUTH", "S: * GENURLAUTH \"imap://ann@corp.net/INBOX/;uid=20;urlauth=submit+ann:internal:91354a473744909de610943775f92038\"\n",
			"S: * GENURLAUTH \"imap://user1@host1.example/INBOX/;uid=20;urlauth=submit+ann:internal:token1\"\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, strings.ReplaceAll(string(safe(t, tc.in, Options{}).Text), "\r\n", "\n"))
		})
	}
}
