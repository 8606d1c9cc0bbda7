package parser_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/syntax"
)

// benchCommands is what clients send all day, and the longest forms of it.
var benchCommands = []string{
	"A001 CAPABILITY\r\n",
	"A002 LOGIN {5+}\r\nalice \"correct horse\"\r\n",
	"A003 ENABLE CONDSTORE QRESYNC\r\n",
	"A004 LIST (SUBSCRIBED) \"\" (\"INBOX\" \"Archive/%\") RETURN (CHILDREN STATUS (MESSAGES UNSEEN UIDNEXT))\r\n",
	"A005 SELECT INBOX (QRESYNC (67890007 90060115194045000 41:211,214:541 (1,3,5 41,43,45)))\r\n",
	"A006 STATUS \"Sent Items\" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ)\r\n",
	"A007 UID FETCH 4827313:4828442 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT TO CC Message-ID References)]) (CHANGEDSINCE 12345 VANISHED)\r\n",
	"A008 FETCH 1:* (FLAGS BODYSTRUCTURE BODY.PEEK[1.2.MIME]<0.2048> BINARY.SIZE[1] MODSEQ)\r\n",
	"A009 UID STORE 100,105:107 (UNCHANGEDSINCE 12121230045) +FLAGS.SILENT (\\Seen \\Deleted $Junk)\r\n",
	"A010 UID SEARCH RETURN (MIN MAX COUNT ALL) CHARSET UTF-8 OR (FROM \"smith\" SINCE 1-Feb-2026) NOT (SUBJECT {5+}\r\nlunch KEYWORD $Forwarded) UID 1:500,700:*\r\n",
	"A011 SORT (REVERSE DATE SUBJECT) UTF-8 UNDELETED LARGER 5000\r\n",
	"A012 APPEND Drafts (\\Seen \\Draft) \" 1-Feb-2026 09:30:00 +0100\" {25+}\r\nSubject: hello\r\n\r\nhello\r\n\r\n",
	"A013 UID COPY 100:110,115,120:130 Archive/2026\r\n",
	"A014 GETMETADATA (MAXSIZE 1024 DEPTH 1) INBOX (/shared/comment /private/comment)\r\n",
	"A015 NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange)) (personal (MailboxName))\r\n",
	"A016 IDLE\r\n",
}

// A parser that is reused allocates nothing, with or without a tree, strict or lenient.
func TestCommandAllocatesNothing(t *testing.T) {
	for _, tree := range []*syntax.Tree{nil, new(syntax.Tree)} {
		for _, quirks := range []parser.Quirks{{}, parser.Lenient} {
			read := command(&parser.Parser{Options: parser.Options{Quirks: quirks}, Tree: tree})
			for _, c := range benchCommands {
				require.NoError(t, read([]byte(c)), "%q", c)
			}
			for _, c := range benchCommands {
				b := []byte(c)
				require.Zero(t, testing.AllocsPerRun(20, func() { read(b) }), "%q", c)
			}
		}
	}
	p := parser.Parser{Tree: new(syntax.Tree)}
	line, done := []byte("AGFsaWNlAHNlY3JldA==\r\n"), []byte("DONE\r\n")
	require.Zero(t, testing.AllocsPerRun(20, func() { p.AuthLine(line); p.IdleDone(done) }))
}

func BenchmarkCommands(b *testing.B) {
	for _, c := range []struct {
		name string
		p    *parser.Parser
	}{
		{"values", new(parser.Parser)},
		{"lenient", &parser.Parser{Options: parser.Options{Quirks: parser.Lenient}}},
		{"tree", &parser.Parser{Tree: new(syntax.Tree)}},
	} {
		b.Run(c.name, func(b *testing.B) { benchmark(b, benchCommands, command(c.p)) })
	}
}
