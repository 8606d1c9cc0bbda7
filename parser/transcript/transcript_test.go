package transcript

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/wire"
)

// told is a transcript in short: who said what on which connection, with what became of literals.
func told(text string, o Options) []string {
	var out []string
	tr := Read([]byte(text), o)
	for i := range tr.Messages {
		m := &tr.Messages[i]
		if m.Kind != Wire {
			continue
		}
		s := "S"
		if m.Side == wire.Client {
			s = [...]string{"C", "C/auth", "C/idle", "C/opaque"}[m.Mode]
		}
		if len(tr.Conns) > 1 {
			s += strconv.Itoa(int(m.Conn))
		}
		s += " " + strings.TrimSuffix(strings.ReplaceAll(string(m.Wire), "\r\n", "|"), "|")
		for _, l := range m.Literals {
			s += " {" + l.State.String()
			if l.Reason != "" {
				s += ": " + l.Reason
			}
			s += "}"
		}
		out = append(out, s)
	}
	return out
}

func lines(ls ...string) string { return strings.Join(ls, "\n") + "\n" }

func TestRead(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"labels", lines("S: * OK hi", "C: a NOOP", "S: a OK done"), []string{"S * OK hi", "C a NOOP", "S a OK done"}},
		{"labels that mean the opposite", lines(">>> * OK hi", "<<< a NOOP", ">>> a OK done"), []string{"S * OK hi", "C a NOOP", "S a OK done"}},
		{"a label that only one line explains", lines("C: a SELECT", "S: a BAD what"), []string{"C a SELECT", "S a BAD what"}},
		{
			"no labels", lines("* OK [CAPABILITY IMAP4rev1] ready", "a login bob x", "a OK in", "b SELECT INBOX", "* 3 EXISTS", "b OK done"),
			[]string{"S * OK [CAPABILITY IMAP4rev1] ready", "C a login bob x", "S a OK in", "C b SELECT INBOX", "S * 3 EXISTS", "S b OK done"},
		},
		{"a command that nobody knows has an answer", lines("* OK hi", "a FROBNICATE now", "a BAD what"), []string{"S * OK hi", "C a FROBNICATE now", "S a BAD what"}},
		{
			"SASL and IDLE", lines("* OK hi", "a AUTHENTICATE PLAIN", "+", "AGJvYgB4", "a OK in", "b IDLE", "+ idling", "DONE", "b OK done"),
			[]string{"S * OK hi", "C a AUTHENTICATE PLAIN", "S +", "C/auth AGJvYgB4", "S a OK in", "C b IDLE", "S + idling", "C/idle DONE", "S b OK done"},
		},
		{
			"a cancelled exchange", lines("a AUTHENTICATE LOGIN", "+ VXNlcm5hbWU6", "*", "a BAD cancelled"),
			[]string{"C a AUTHENTICATE LOGIN", "S + VXNlcm5hbWU6", "C/auth *", "S a BAD cancelled"},
		},
		{
			"one direction only", lines("user bob <<< 1 IDLE", "user bob <<< DONE", "user bob <<< 2 NOOP", "user bob <<< 3 LOGOUT"),
			[]string{"C 1 IDLE", "C/idle DONE", "C 2 NOOP", "C 3 LOGOUT"},
		},
		{"pipelining", lines("C: a NOOP", "C: b CHECK", "S: a OK", "S: b OK"), []string{"C a NOOP", "C b CHECK", "S a OK", "S b OK"}},
		{
			"a command with synchronizing literals is one message", lines("C: a LOGIN {3}", "S: + go", "C: bob {6}", "S: + go", "C: secret", "S: a OK in"),
			[]string{"C a LOGIN {3}|bob {6}|secret {present} {present}", "S + go", "S + go", "S a OK in"},
		},
		{
			"a refused literal", lines("C: a APPEND x {5}", "S: a NO [TRYCREATE] no such mailbox", "C: b NOOP", "S: b OK"),
			[]string{"C a APPEND x {5} {elided: refused}", "S a NO [TRYCREATE] no such mailbox", "C b NOOP", "S b OK"},
		},
		{
			"line ends were CRLF", lines("* 1 FETCH (BODY[] {12}", "Hi,", "", "bye", ")", "a OK done"),
			[]string{"S * 1 FETCH (BODY[] {12}|Hi,||bye|) {repaired: line-ends 3}", "S a OK done"},
		},
		{
			"a body that looks like responses", lines("a FETCH 1 BODY[]", "* 1 FETCH (BODY[] {32}", ")", "* 2 EXISTS", "a OK done", "{12}", ")", "a OK done"),
			[]string{"C a FETCH 1 BODY[]", "S * 1 FETCH (BODY[] {32}|)|* 2 EXISTS|a OK done|{12}|) {repaired: line-ends 4}", "S a OK done"},
		},
		{
			"blank lines and blanks got lost", lines("C: a FETCH 1 BODY[]", "S: * 1 FETCH (BODY[] {18}", "S: Hi,", "S: bye", "S:  FLAGS ())", "S: a OK done"),
			[]string{"C a FETCH 1 BODY[]", "S * 1 FETCH (BODY[] {18}|Hi,|bye| FLAGS ()) {repaired: short 8}", "S a OK done"},
		},
		{
			"octets that the log leaves out", lines("C: a FETCH 1 BODY[]", "S: * 1 FETCH (BODY[] {512}", "S: )", "S: a OK done"),
			[]string{"C a FETCH 1 BODY[]", "S * 1 FETCH (BODY[] {512}|) {elided: not-printed 512}", "S a OK done"},
		},
		{
			"octets that a person left out", lines("a FETCH 1 BODY[]", "* 1 FETCH (BODY[] {512}", "Subject: x", "[...]", ")", "a OK done"),
			[]string{"C a FETCH 1 BODY[]", "S * 1 FETCH (BODY[] {512}|Subject: x|[...]|) {elided: mark 493}", "S a OK done"},
		},
		{
			"a masked literal", lines("C: a LOGIN {3}", "S: + go", "C: ******** {6}", "S: + go", "C: ********", "S: a OK in"),
			[]string{"C a LOGIN {3}|******** {6}|******** {masked: masked -5} {masked: masked -2}", "S + go", "S + go", "S a OK in"},
		},
		{"a string that ends inside a line", lines(`* LIST () "/" {5}`, `a"b c`, "* LIST () NIL INBOX"), []string{`S * LIST () "/" {5}|a"b c {present}`, "S * LIST () NIL INBOX"}},
		{"status text is no literal", lines("a NOOP", "a OK see {3}", "b NOOP", "b OK"), []string{"C a NOOP", "S a OK see {3}", "C b NOOP", "S b OK"}},
		{
			"the paste ends inside", lines("S: * OK hi", "C: a FETCH 1 BODY[]", "S: * 1 FETCH (BODY[] {500}", "S: Subject: x"),
			[]string{"S * OK hi", "C a FETCH 1 BODY[]", "S * 1 FETCH (BODY[] {500}|Subject: x {present: cut}"},
		},
		{
			"lines that an RFC wrapped", lines("   C: a SELECT INBOX", "   S: * FLAGS (\\Answered \\Flagged", "         \\Seen)", "   S: a OK done"),
			[]string{"C a SELECT INBOX", `S * FLAGS (\Answered \Flagged \Seen)`, "S a OK done"},
		},
		{"comments", lines("* OK hi", "a login bob x\t\t# log in", "a OK in   # done", "b noop", "b OK"), []string{"S * OK hi", "C a login bob x", "S a OK in", "C b noop", "S b OK"}},
		{
			"two connections by key", lines("[7f01] S: * OK [CAPABILITY IMAP4rev1] a", "[7f02] S: * OK [CAPABILITY IMAP4rev1] b", "[7f01] C: a NOOP", "[7f02] C: a LOGOUT", "[7f02] S: a OK", "[7f01] S: a OK"),
			[]string{"S0 * OK [CAPABILITY IMAP4rev1] a", "S1 * OK [CAPABILITY IMAP4rev1] b", "C0 a NOOP", "C1 a LOGOUT", "S1 a OK", "S0 a OK"},
		},
		{
			"one connection after the other", lines("S: * OK IMAP4 ready", "C: a LOGOUT", "S: * BYE bye", "S: a OK", "S: * OK IMAP4 ready", "C: a NOOP", "S: a OK"),
			[]string{"S0 * OK IMAP4 ready", "C0 a LOGOUT", "S0 * BYE bye", "S0 a OK", "S1 * OK IMAP4 ready", "C1 a NOOP", "S1 a OK"},
		},
		{
			"quotes of the log", lines(`t=1 msg="C: a LIST \"\" *" id=7`, `t=2 msg="S: * LIST () \"/\" INBOX" id=7`, `t=3 msg="S: a OK" id=7`, `t=4 msg="C: b NOOP" id=7`),
			[]string{`C a LIST "" *`, `S * LIST () "/" INBOX`, "S a OK", "C b NOOP"},
		},
		{"quotations on lines of their own", lines("The server says:", "", `# b'* BAD Command!'`, "", "and hangs up for good."), []string{"S * BAD Command!"}},
		{"prose", lines("The list is long.", "* no more bread", "* list of things", "+ milk", "I OK the plan.", "Done"), nil},
		{"another protocol", lines("+OK ready", "USER bob", "+OK", "LIST", "+OK 1 message", "1 120", "."), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, told(test.text, Options{}))
			checkMap(t, Read([]byte(test.text), Options{}))
		})
	}
}

func TestOptions(t *testing.T) {
	text := lines("S: * OK hi", "C: a NOOP", "S: a OK done")
	require.Equal(t, []string{"C * OK hi", "S a NOOP", "C a OK done"}, told(text, Options{Swap: true}))
	require.Equal(t, []string{"S * OK hi", "C a NOOP", "S a OK done"}, told(lines("* OK hi", "a NOOP", "a OK done"), Options{Format: "bare"}))
	require.Empty(t, told(text, Options{Format: "thunderbird"}), "a format that was asked for isn't second-guessed")
	for _, f := range Formats() {
		require.NotEmpty(t, f.Name, f.ID)
		checkMap(t, Read([]byte(text), Options{Format: f.ID}))
	}
}

// Where the log keeps line ends, a bare LF is what was on the wire.
func TestBareLF(t *testing.T) {
	text := "S: * OK hi\r\nC: a NOOP\r\nS: * 1 EXISTS\r\nS: * 2 EXISTS\nS: * 3 EXISTS\r\nS: a OK\r\n"
	tr := Read([]byte(text), Options{})
	require.Equal(t, "* 2 EXISTS\n", string(tr.Messages[3].Wire))
	tr = Read([]byte(strings.ReplaceAll(text, "\r\n", "\n")), Options{})
	require.Equal(t, "* 2 EXISTS\r\n", string(tr.Messages[3].Wire))
}

func TestProblem(t *testing.T) {
	tests := []struct{ text, id, detail string }{
		{"", "empty", ""},
		{" \n\n", "empty", ""},
		{"Nothing of the kind.\n", "no-imap", ""},
		{"+OK ready\nUSER bob\n+OK\n", "other-protocol", "POP3"},
		{"220 mail.example.org ESMTP\nEHLO me\n250 OK\n", "other-protocol", "SMTP"},
		{strings.Repeat("\x00\x01\x02\x03", 100), "binary", ""},
		{"* OK hi\na NOOP\na OK\n", "", ""},
	}
	for _, test := range tests {
		id, detail := Open([]byte(test.text), Options{}).Problem()
		require.Equal(t, test.id, id, "%q", test.text)
		require.Equal(t, test.detail, detail, "%q", test.text)
	}
}

func TestStamp(t *testing.T) {
	tests := []struct {
		text, want string
		n          int
	}{
		{"2026-03-01T10:41:07Z rest", "2026-03-01T10:41:07Z", 20},
		{"2026-03-01 10:41:07,120 - DEBUG", "2026-03-01T10:41:07.12Z", 23},
		{"2026-03-01 10:41:07.120345 UTC - [", "2026-03-01T10:41:07.120345Z", 30},
		{"01-Mar-2026 10:41:07 +0100]: ", "2026-03-01T09:41:07Z", 26},
		{"Mar  1 10:41:07 host", "0000-03-01T10:41:07Z", 15},
		{"Mar 01, 2026 10:41:07 PM com.sun", "2026-03-01T22:41:07Z", 24},
		{"1772361667.120345 I: ", "2026-03-01T10:41:07.120345Z", 17},
		{"10:41:07.120 x", "0000-01-01T10:41:07.12Z", 12},
		{"a1 NOOP", "", 0},
		{"2026-13-01 10:41:07", "", 0},
	}
	for _, test := range tests {
		got, n := stamp([]byte(test.text))
		require.Equal(t, test.n, n, test.text)
		if n > 0 {
			require.Equal(t, test.want, got.UTC().Format("2006-01-02T15:04:05.999999999Z"), test.text)
		}
	}
}

func TestEscapes(t *testing.T) {
	tests := []struct {
		esc      escape
		in, want string
	}{
		{pyRepr, `b'a \\Seen \'x\' "y"\r\n\xe4\t'`, "a \\Seen 'x' \"y\"\r\n\xe4\t"},
		{pyRepr, `"it's"`, "it's"},
		{pyRepr, `b'cut off`, "cut off"},
		{jsInspect, "'ä\\r\\n'", "\xe4\r\n"},
		{visibleEOL, `a \\ b\r\n`, "a \\\\ b\r\n"},
		{backslash, `caf\u00e9 \u{1F600} \303\251 \q`, "caf\u00e9 \U0001F600 \xc3\xa9 \\q"},
	}
	for _, test := range tests {
		got := unescape(seg{b: []byte(test.in)}, test.esc)
		require.Equal(t, test.want, string(got.b), test.in)
	}
}
