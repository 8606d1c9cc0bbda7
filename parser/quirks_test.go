package parser_test

import (
	"strings"
	"testing"

	"github.com/imapwire/imapwire/parser"
	"github.com/stretchr/testify/require"
)

// quirkCases has, for every quirk of responses, wire text that the strict grammar refuses and that the quirks named take. Where want is not
// empty, the response that the strict grammar reads from it must be equal: what was forgiven changes nothing else.
var quirkCases = []struct {
	quirks string // ids, the first is the one that the case is about
	in     string
	want   string
}{
	{"bare-lf", "* 5 EXISTS\n", "* 5 EXISTS\r\n"},
	{"bare-lf", "* 1 FETCH (BODY[] {3}\nabc)\r\n", "* 1 FETCH (BODY[] {3}\r\nabc)\r\n"},
	{"extra-cr", "* 5 EXISTS\r\r\n", "* 5 EXISTS\r\n"},
	{"literal-for-quoted", "* 1 FETCH (INTERNALDATE {26}\r\n17-Jul-1996 02:44:25 -0700)\r\n", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n"},
	{"objectid-chars", "* 1 FETCH (EMAILID (M.1) UID 2)\r\n", ""},
	{"lone-thread", "* THREAD (1 (2))(3)\r\n", "* THREAD (1 2)(3)\r\n"},
	{"star-in-flags", "* OK [PERMANENTFLAGS (\\Seen *)] x\r\n", "* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n"},
	{"malformed-code", "* OK [PERMANENTFLAGS (\\Seen ( a)] x\r\n", ""},
	{"mime-without-part", "* 1 FETCH (BODY[MIME] NIL)\r\n", ""},
	{"empty-list", "* METADATA a ()\r\n", ""},
	{"trailing-space", "* STATUS Inbox (MESSAGES 1) \r\n", "* STATUS Inbox (MESSAGES 1)\r\n"},
	{"trailing-space", "* CAPABILITY IMAP4rev1 UIDPLUS \r\n", "* CAPABILITY IMAP4rev1 UIDPLUS\r\n"},
	{"trailing-space", "* SEARCH 1 2 3 \r\n", "* SEARCH 1 2 3\r\n"},
	{"trailing-space", "* SEARCH \r\n", "* SEARCH\r\n"},
	{"trailing-space", "* LIST () \"/\" a \r\n", "* LIST () \"/\" a\r\n"},
	{"trailing-space", "* 3 EXPUNGE  \r\n", "* 3 EXPUNGE\r\n"},
	{"extra-space", "* CAPABILITY IMAP4rev1 LITERAL+  STARTTLS\r\n", "* CAPABILITY IMAP4rev1 LITERAL+ STARTTLS\r\n"},
	{"extra-space", "*  522 EXISTS\r\n", "* 522 EXISTS\r\n"},
	{"extra-space", "* QUOTA \"\" (STORAGE  10 512)\r\n", "* QUOTA \"\" (STORAGE 10 512)\r\n"},
	{"extra-space", "* 1 FETCH (FLAGS (\\Seen  \\Draft))\r\n", "* 1 FETCH (FLAGS (\\Seen \\Draft))\r\n"},
	{"extra-space", "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\"  (\"CHARSET\" \"a\") NIL NIL \"7BIT\" 1 1))\r\n", "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"a\") NIL NIL \"7BIT\" 1 1))\r\n"},
	{"tab-for-space", "*\t5 EXISTS\r\n", ""},
	{"space-before-paren", "* FLAGS (\\Seen $Forwarded )\r\n", "* FLAGS (\\Seen $Forwarded)\r\n"},
	{"space-before-paren", "* 11487 FETCH (UID 19436 )\r\n", "* 11487 FETCH (UID 19436)\r\n"},
	{"space-before-paren", "* ID (\"name\" \"x\" )\r\n", "* ID (\"name\" \"x\")\r\n"},
	{"space-after-paren", "* FLAGS ( \\Seen)\r\n", "* FLAGS (\\Seen)\r\n"},
	{"leading-nul", "\x00\x00* 5 EXISTS\r\n", "* 5 EXISTS\r\n"},
	{"leading-space", " * 5 EXISTS\r\n", "* 5 EXISTS\r\n"},
	{"nul-octet", "* OK a\x00b\r\n", ""},
	{"nul-octet", "* LIST () \"/\" \"a\x00b\"\r\n", ""},
	{"nul-octet", "* 1 FETCH (BODY[] {3}\r\na\x00b)\r\n", ""},
	{"missing-text", "A1 OK\r\n", "A1 OK \r\n"},
	{"missing-text", "* OK [UIDNEXT 4]\r\n", "* OK [UIDNEXT 4] \r\n"},
	{"code-without-space", "* OK [UIDNEXT 4]next\r\n", "* OK [UIDNEXT 4] next\r\n"},
	{"plus-without-space", "+\r\n", "+ \r\n"},
	{"plus-without-space", "+go\r\n", "+ go\r\n"},
	{"missing-status", "* [COPYUID 124 10 233] \r\n", "* OK [COPYUID 124 10 233] \r\n"},
	{"malformed-code", "* OK [UIDNEXT abc] x\r\n", ""},
	{"malformed-code", "* OK [PERMANENTFLAGS Flags] x\r\n", ""},
	{"free-text-code", "A OK [Error=\"Example:Cross Server\" Result=0] done.\r\n", ""},
	{"empty-uid-set missing-text", "* OK [COPYUID 701  ]\r\n", ""},
	{"tagged-bye", "A6 BYE logging out\r\n", ""},
	{"foreign-protocol", "421 Server is busy, try again later.\r\n", "* BAD 421 Server is busy, try again later.\r\n"},
	{"foreign-protocol", "Server Unavailable. 15\r\n", "* BAD Server Unavailable. 15\r\n"},
	{"missing-star", "[COPYUID 124 10 233] \r\n", "* OK [COPYUID 124 10 233] \r\n"},
	{"missing-star leading-space", " NO LOGOUT Intrusion prevention active\r\n", "* NO LOGOUT Intrusion prevention active\r\n"},
	{"zero-number", "* OK [UIDVALIDITY 0] x\r\n", ""},
	{"zero-number", "* 0 FETCH (FLAGS (\\Seen))\r\n", ""},
	{"zero-number", "* STATUS a (UIDNEXT 0 MESSAGES 2)\r\n", ""},
	{"number-overflow", "* 4294967296 EXISTS\r\n", "* 4294967295 EXISTS\r\n"},
	{"negative-number", "* 1 FETCH (RFC822.SIZE -1 UID 2)\r\n", "* 1 FETCH (RFC822.SIZE 0 UID 2)\r\n"},
	{"negative-number", "* 1 FETCH (MODSEQ (-1) UID 4)\r\n", ""},
	{"float-number", "* 1 FETCH (BODY (\"APPLICATION\" \"PDF\" NIL NIL NIL \"BASE64\" 3.45027e+06))\r\n", "* 1 FETCH (BODY (\"APPLICATION\" \"PDF\" NIL NIL NIL \"BASE64\" 3450270))\r\n"},
	{"quoted-number", "* 1 FETCH (RFC822.SIZE \"12\" UID 2)\r\n", "* 1 FETCH (RFC822.SIZE 12 UID 2)\r\n"},
	{"trailing-comma", "* VANISHED 1,2,\r\n", "* VANISHED 1,2\r\n"},
	{"star-in-flags", "* FLAGS (\\Answered \\*)\r\n", ""},
	{"bracket-in-atom", "* FLAGS (OIB-Seen-[Example]/Alle Nachrichten)\r\n", ""},
	{"quoted-flag", "* FLAGS (\"\\\\Deleted\" \\Answered)\r\n", "* FLAGS (\\Deleted \\Answered)\r\n"},
	{"empty-flag", "* XLIST (\\HasNoChildren \\) \".\" \"INBOX.ARCH\"\r\n", ""},
	{"attribute-without-backslash", "* LIST (HasNoChildren) \"/\" a\r\n", ""},
	{"nil-in-list", "* 1 FETCH (ENVELOPE (NIL NIL (NIL (NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"unquoted-name", "* LIST (\\HasNoChildren) \"/\" INBOX/Da\tOggetto\r\n", ""},
	{"unquoted-name", "* LIST (\\HasNoChildren) \"/\" Sent Items\r\n", ""},
	{"unquoted-name", "* STATUS Sent Items (MESSAGES 3)\r\n", ""},
	{"bad-delimiter", "* LIST () \"\" a\r\n", "* LIST () NIL a\r\n"},
	{"bad-delimiter", "* LIST () / a\r\n", "* LIST () \"/\" a\r\n"},
	{"missing-list", "* STATUS INBOX\r\n", ""},
	{"missing-list", "* FLAGS\r\n", ""},
	{"missing-list", "* QUOTA \"\"\r\n", ""},
	{"missing-list", "* ID\r\n", "* ID NIL\r\n"},
	{"missing-value", "* 2 FETCH (INTERNALDATE NIL UID 3 ENVELOPE NIL)\r\n", ""},
	{"missing-list", "* CAPABILITY\r\n", ""},
	{"empty-uid-set", "* VANISHED (EARLIER) \r\n", ""},
	{"missing-value", "* 2 FETCH (UID 3 FLAGS)\r\n", ""},
	{"odd-pairs", "* ID (\"name\" \"x\" \"version\")\r\n", "* ID (\"name\" \"x\" \"version\" NIL)\r\n"},
	{"atom-for-string", "* ID (support-url https://example.org/support name Bridge)\r\n", "* ID (\"support-url\" \"https://example.org/support\" \"name\" \"Bridge\")\r\n"},
	{"atom-for-string", "* 1 FETCH (ENVELOPE (NIL NIL ((Bridge NIL support example.org)) NIL NIL NIL NIL NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL NIL ((\"Bridge\" NIL \"support\" \"example.org\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"nil-for-string", "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" (\"boundary\" NIL) NIL NIL NIL 1 1))\r\n", ""},
	{"nil-for-string", "* 1 FETCH (BODY (NIL NIL NIL NIL NIL \"7BIT\" 563))\r\n", ""},
	{"string-for-nil", "* 1 FETCH (ENVELOPE (NIL NIL \"\" NIL NIL NIL NIL NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"parens-for-nil", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL () () NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"parens-for-nil", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" () NIL NIL \"7BIT\" 1 1 NIL () () ()))\r\n", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1 NIL NIL NIL NIL))\r\n"},
	{"literal8", "* 1 FETCH (BODY[] ~{3}\r\nabc)\r\n", "* 1 FETCH (BODY[] {3}\r\nabc)\r\n"},
	{"nonsync-from-server", "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", "* 1 FETCH (BODY[] {3}\r\nabc)\r\n"},
	{"bad-escape", "* LIST () \"/\" \"a\\b\"\r\n", ""},
	{"unescaped-quote", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<\"x\"@example.org>\") UID 4)\r\n", ""},
	{"unescaped-quote", "* 1 FETCH (BODY (\"TEXT\" \"HTML\"\" NIL NIL NIL \"7BIT\" 1 1) UID 5)\r\n", ""},
	{"stray-backslash", "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"example.com\\\")) NIL NIL NIL NIL NIL NIL NIL) UID 5)\r\n", ""},
	{"line-break-in-quoted", "* 1 FETCH (ENVELOPE (NIL \"a\r\n b\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n", ""},
	{"8bit-in-quoted", "* LIST () \"/\" \"G\xf6r\"\r\n", ""},
	{"8bit-in-atom", "* FLAGS (gr\xc3\xbcn \\Seen)\r\n", ""},
	{"8bit-in-text", "* NO G\xf6r\r\n", ""},
	{"one-digit-day", "* 1 FETCH (INTERNALDATE \"4-Jan-2015 16:53:35 +0800\")\r\n", "* 1 FETCH (INTERNALDATE \" 4-Jan-2015 16:53:35 +0800\")\r\n"},
	{"bad-date", "* 1 FETCH (INTERNALDATE \"00-Jan-0000 00:00:00 +0000\" UID 3)\r\n", ""},
	{"empty-fetch", "* 6 FETCH ()\r\n", ""},
	{"wrapped-item", "* 2 FETCH (UID 14935 (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)) RFC822.SIZE 3)\r\n", "* 2 FETCH (UID 14935 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) RFC822.SIZE 3)\r\n"},
	{"missing-value", "* 2 FETCH (UID 3 BODY[2])\r\n", ""},
	{"missing-value", "* 2 FETCH (BODY[2] UID 3)\r\n", ""},
	{"partial-echo", "* 2 FETCH (BODY[]<0.5> {5}\r\nabcde)\r\n", "* 2 FETCH (BODY[]<0> {5}\r\nabcde)\r\n"},
	{"missing-paren", "* 2 FETCH (UID 3\r\n", "* 2 FETCH (UID 3)\r\n"},
	{"extra-paren", "* 2 FETCH (UID 3))\r\n", "* 2 FETCH (UID 3)\r\n"},
	{"extra-paren missing-paren", "* 2 FETCH (BODY[] {3}\r\nabc) FLAGS (\\Seen) RFC822.SIZE 3\r\n", "* 2 FETCH (BODY[] {3}\r\nabc FLAGS (\\Seen) RFC822.SIZE 3)\r\n"},
	{"bare-item-value", "* 2 FETCH (MODSEQ 3 UID 4)\r\n", "* 2 FETCH (MODSEQ (3) UID 4)\r\n"},
	{"space-between-addresses", "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\" \"c\") (\"d\" NIL \"e\" \"f\")) NIL NIL NIL NIL NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\" \"c\")(\"d\" NIL \"e\" \"f\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"missing-envelope-field", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL) UID 3)\r\n", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL) UID 3)\r\n"},
	{"missing-envelope-field", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL \"<a@example.org>\") UID 3)\r\n", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL \"<a@example.org>\") UID 3)\r\n"},
	{"extra-envelope-field", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL NIL (\"x\")) UID 3)\r\n", "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL) UID 3)\r\n"},
	{"short-address", "* 1 FETCH (ENVELOPE (NIL \"s\" ((\"a\" \"example.org\")) NIL NIL NIL NIL NIL NIL NIL))\r\n", "* 1 FETCH (ENVELOPE (NIL \"s\" ((NIL NIL \"a\" \"example.org\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"},
	{"childless-multipart", "* 1 FETCH (BODY (\"ALTERNATIVE\"))\r\n", ""},
	{"childless-multipart", "* 1 FETCH (BODYSTRUCTURE ((\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL)(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\"))\r\n", ""},
	{"childless-multipart", "* 1 FETCH (BODYSTRUCTURE (\"RELATED\" NIL (\"ATTACHMENT\" NIL) NIL))\r\n", ""},
	{"multipart-as-part", "* 1 FETCH (BODYSTRUCTURE (\"multipart\" \"related\" (\"boundary\" \"x\") NIL NIL \"7BIT\" 400 (\"boundary\" \"x\") NIL NIL NIL))\r\n", ""},
	{"space-between-parts", "* 1 FETCH (BODY ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) (\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\"))\r\n", "* 1 FETCH (BODY ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\"))\r\n"},
	{"missing-subtype", "* 1 FETCH (BODY (\"X-ZIP\" (\"BOUNDARY\" \"\") NIL NIL \"7BIT\" 10))\r\n", ""},
	{"missing-lines", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 NIL (\"attachment\" NIL)))\r\n", ""},
	{"missing-body-fields", "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL) UID 3)\r\n", ""},
	{"message-without-envelope", "* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 10 NIL (\"attachment\" NIL) NIL NIL))\r\n", ""},
	{"empty-message-body", "* 1 FETCH (BODY (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 10 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) () 0))\r\n", ""},
	{"empty-message-body", "* 1 FETCH (BODY (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 10 () 0))\r\n", ""},
	{"disposition-string", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL \"inline\" NIL NIL))\r\n", ""},
	{"disposition-string", "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3) \"mixed\" (\"boundary\" \"x\") \"Multipart message\" NIL))\r\n", ""},
	{"disposition-nil", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL (NIL NIL) NIL NIL))\r\n", ""},
	{"disposition-without-params", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL (\"inline\") NIL NIL))\r\n", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL (\"inline\" NIL) NIL NIL))\r\n"},
	{"swapped-body-fields", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL NIL (\"inline\" NIL) NIL))\r\n", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7bit\" 74 3 NIL (\"inline\" NIL) NIL NIL))\r\n"},
	{"swapped-body-fields", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0 (\"BOUNDARY\" \"x\") NIL NIL))\r\n", ""},
	{"string-before-structure", "* 1 FETCH (BODYSTRUCTURE \"\" (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1))\r\n", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1))\r\n"},
	{"odd-correlator", "* ESEARCH (MAILBOX a TAG \"A1\") COUNT 2\r\n", ""},
	{"rfc822-section", "* 1 FETCH (RFC822[] {2}\r\nab)\r\n", "* 1 FETCH (RFC822 {2}\r\nab)\r\n"},
	{"missing-space", "*5 EXISTS\r\n", ""},
	{"missing-space", "* SEARCH 4 8(MODSEQ 15)\r\n", "* SEARCH 4 8 (MODSEQ 15)\r\n"},
}

func quirksOf(t *testing.T, ids string) (q parser.Quirks) {
	t.Helper()
	for _, id := range strings.Fields(ids) {
		x, ok := parser.QuirkByID(id)
		require.True(t, ok, id)
		q.Add(x)
	}
	return q
}

func TestQuirks(t *testing.T) {
	for _, c := range quirkCases {
		t.Run(c.quirks+" "+c.in, func(t *testing.T) {
			_, err := parser.ParseResponse([]byte(c.in))
			require.Error(t, err, "strict")

			for name, q := range map[string]parser.Quirks{"alone": quirksOf(t, c.quirks), "lenient": parser.Lenient} {
				p := parser.Parser{Options: parser.Options{Quirks: q}}
				r, err := p.Response([]byte(c.in))
				require.NoError(t, err, name)
				var ids []string
				for _, n := range p.Notes {
					ids = append(ids, n.Quirk.ID())
					require.LessOrEqual(t, n.Span.End, uint32(len(c.in)), name)
				}
				require.Contains(t, ids, strings.Fields(c.quirks)[0], name)
				if c.want != "" {
					want, err := parser.ParseResponse([]byte(c.want))
					require.NoError(t, err)
					require.True(t, r.Equal(want), name)
				}
			}
		})
	}
}

// TestQuirksCovered: a quirk without a case is one that nobody knows to work.
func TestQuirksCovered(t *testing.T) {
	covered := map[string]bool{}
	for _, c := range quirkCases {
		for _, id := range strings.Fields(c.quirks) {
			covered[id] = true
		}
	}
	for x := range parser.Lenient.All() {
		if !x.OfCommands() && !covered[x.ID()] {
			t.Errorf("%s has no case", x.ID())
		}
	}
}
