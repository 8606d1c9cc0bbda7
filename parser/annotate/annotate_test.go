package annotate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/wire"
)

// session is a short conversation, as labelled lines.
const session = "S: * OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] Dovecot ready.\r\n" +
	"C: a1 LOGIN joe secret\r\n" +
	"S: a1 OK Logged in\r\n" +
	"C: a2 SELECT INBOX\r\n" +
	"S: * 172 EXISTS\r\n" +
	"S: a2 OK [READ-WRITE] SELECT completed\r\n" +
	"C: a3 FETCH 12 (FLAGS BODY.PEEK[HEADER])\r\n" +
	"S: * 12 FETCH (FLAGS (\\Seen) BODY[HEADER] {19}\r\n" +
	"S: Subject: hello\r\n" +
	"S: \r\n" +
	"S: )\r\n" +
	"S: a3 OK done\r\n" +
	"C: a4 IDLE\r\n" +
	"S: + idling\r\n" +
	"C: DONE\r\n" +
	"S: a4 OK idle done\r\n" +
	"C: a5 LOGOUT\r\n" +
	"S: * BYE bye\r\n" +
	"S: a5 OK bye\r\n"

func TestAnnotate(t *testing.T) {
	d := annotate.Annotate([]byte(session), annotate.Options{})
	type row struct {
		Side            string
		Kind            annotate.Kind
		Name, Tag       string
		Answers, Answer int
		State, Mailbox  string
	}
	var rows []row
	number := func(id uint32) int {
		if id == annotate.None {
			return -1
		}
		return int(id)
	}
	for _, m := range d.Messages {
		rows = append(rows, row{m.Side.String(), m.Kind, m.Name, string(m.Tag.Of(m.Wire)), number(m.Answers), number(m.AnsweredBy), m.State.String(), m.Mailbox})
	}
	client, server := wire.Client.String(), wire.Server.String()
	require.Equal(t, []row{
		{server, annotate.Greeting, "OK", "", -1, -1, "not-authenticated", ""},
		{client, annotate.Command, "LOGIN", "a1", -1, 2, "not-authenticated", ""},
		{server, annotate.Status, "OK", "a1", 1, -1, "authenticated", ""},
		{client, annotate.Command, "SELECT", "a2", -1, 5, "authenticated", ""},
		{server, annotate.Data, "EXISTS", "", 3, -1, "authenticated", ""},
		{server, annotate.Status, "OK", "a2", 3, -1, "selected", "INBOX"},
		{client, annotate.Command, "FETCH", "a3", -1, 8, "selected", "INBOX"},
		{server, annotate.Data, "FETCH", "", 6, -1, "selected", "INBOX"},
		{server, annotate.Status, "OK", "a3", 6, -1, "selected", "INBOX"},
		{client, annotate.Command, "IDLE", "a4", -1, 12, "selected", "INBOX"},
		{server, annotate.Continuation, "+", "", 9, -1, "selected", "INBOX"},
		{client, annotate.IdleDone, "DONE", "", 9, -1, "selected", "INBOX"},
		{server, annotate.Status, "OK", "a4", 9, -1, "selected", "INBOX"},
		{client, annotate.Command, "LOGOUT", "a5", -1, 15, "selected", "INBOX"},
		{server, annotate.Status, "BYE", "", 13, -1, "logout", ""},
		{server, annotate.Status, "OK", "a5", 13, -1, "logout", ""},
	}, rows)
	require.Equal(t, "labelled", d.Format)
	require.Len(t, d.Connections, 1)
	require.Equal(t, "dovecot", d.Connections[0].Server)
}

// Every octet of the wire that the text shows is found where it stands.
func TestPlaces(t *testing.T) {
	d := annotate.Annotate([]byte(session), annotate.Options{})
	for i := range d.Messages {
		checkPlaces(t, d, &d.Messages[i])
	}
	m := &d.Messages[7]
	require.Equal(t, "* 12 FETCH (FLAGS (\\Seen) BODY[HEADER] {19}\r\nSubject: hello\r\n\r\n)\r\n", string(m.Wire))
	at := strings.Index(string(m.Wire), "hello")
	start, end := m.Place(wire.Span{Start: uint32(at), End: uint32(at + 5)})
	require.Equal(t, "hello", session[start:end])
	require.Same(t, m, d.At(start))
	off, ok := m.Offset(start)
	require.True(t, ok)
	require.Equal(t, uint32(at), off)
	_, ok = m.Offset(m.Start)
	require.False(t, ok, "the label is none of the message")
}

func checkPlaces(t *testing.T, d *annotate.Document, m *annotate.Message) {
	t.Helper()
	require.LessOrEqual(t, m.Start, m.End)
	require.LessOrEqual(t, m.End, len(d.Text))
	last := 0
	for i := range m.Wire {
		start, end := m.Place(wire.Span{Start: uint32(i), End: uint32(i + 1)})
		require.LessOrEqual(t, last, start, "places ascend")
		require.LessOrEqual(t, start, end)
		require.True(t, m.Start <= start && end <= m.End, "a place outside of its message")
		last = start
		if end == start+1 && m.Runs == nil {
			require.Equal(t, m.Wire[i], d.Text[start])
		}
	}
}

func TestAt(t *testing.T) {
	d := annotate.Annotate([]byte(session), annotate.Options{})
	for i := range d.Messages {
		m := &d.Messages[i]
		require.Equal(t, m.ID, d.At(m.Start).ID)
		require.Equal(t, m.ID, d.At(m.End-1).ID)
	}
	require.NotNil(t, d.At(len(session)))
	require.Nil(t, annotate.Annotate(nil, annotate.Options{}).At(0))
}

func TestTree(t *testing.T) {
	d := annotate.Annotate([]byte(session), annotate.Options{})
	for i := range d.Messages {
		m := &d.Messages[i]
		tree := d.Tree(m, nil)
		require.NotEmpty(t, tree.Nodes)
		require.Equal(t, wire.Span{End: uint32(len(m.Wire))}, tree.Nodes[0].Span)
	}
}

// A latency is told on the completing answer.
func TestLatency(t *testing.T) {
	d := annotate.Annotate([]byte("2025-06-23T09:06:36.001Z C: a NOOP\n2025-06-23T09:06:36.251Z S: a OK done\n"), annotate.Options{})
	var found bool
	for _, m := range d.Messages {
		if m.Latency > 0 {
			found = true
			require.Equal(t, 250*time.Millisecond, m.Latency)
			require.Equal(t, annotate.Status, m.Kind)
		}
	}
	require.True(t, found)
}

// What can't be read is an error of its message, in the document's findings under the same id, and no other message suffers.
func TestErrorIsFinding(t *testing.T) {
	d := annotate.Annotate([]byte("C: a1 SELECT\nS: a1 BAD what\nC: a2 NOOP\nS: a2 OK done\n"), annotate.Options{})
	m := &d.Messages[0]
	require.NotNil(t, m.Err)
	var ids []string
	for _, f := range m.Diagnostics {
		ids = append(ids, f.ID)
	}
	require.Contains(t, ids, m.Err.Code.ID())
	require.Equal(t, "a1", string(m.Tag.Of(m.Wire)))
	require.Equal(t, uint32(1), m.AnsweredBy)
	require.Nil(t, d.Messages[2].Err)
}

func TestSteps(t *testing.T) {
	text := []byte(strings.Repeat(session, 50))
	whole := annotate.Annotate(text, annotate.Options{})
	a := annotate.Begin(text, annotate.Options{})
	steps, done := 0, 0
	for finished := false; !finished; steps++ {
		finished = a.Step(1000)
		now, total := a.Progress()
		require.GreaterOrEqual(t, now, done)
		require.Equal(t, len(text), total)
		done = now
	}
	require.Greater(t, steps, 5)
	require.Equal(t, len(text), done)
	requireSame(t, whole, a.Document())
}

// A stream yields what a document holds.
func TestMessages(t *testing.T) {
	text := []byte(strings.Repeat(session, 20))
	whole := annotate.Annotate(text, annotate.Options{})
	n := 0
	for m := range annotate.Messages(text, annotate.Options{}) {
		require.Equal(t, describe(whole, &whole.Messages[n]), describe(whole, m))
		n++
	}
	require.Equal(t, len(whole.Messages), n)
	for range annotate.Messages(text, annotate.Options{}) {
		break // leaving early is no harm
	}
}

// What is found at the end of a connection is told by a stream as well, with a later message if its own has gone.
func TestMessagesTellAll(t *testing.T) {
	for _, text := range []string{
		strings.ReplaceAll(session, "IDLE LITERAL+", "ID"),
		strings.Replace(session, "IDLE LITERAL+", "ID", 1) + strings.Repeat("S: * 172 EXISTS\r\n", 5000),
		session + "-- nothing more",
	} {
		ids := func(list []string, m *annotate.Message) []string {
			for _, f := range m.Diagnostics {
				list = append(list, fmt.Sprint(f.ID, f.Message))
			}
			return list
		}
		var want, got []string
		d := annotate.Annotate([]byte(text), annotate.Options{})
		for i := range d.Messages {
			want = ids(want, &d.Messages[i])
		}
		for m := range annotate.Messages([]byte(text), annotate.Options{}) {
			got = ids(got, m)
		}
		require.NotEmpty(t, want)
		require.ElementsMatch(t, want, got)
	}
}

// A copy that is made while the text is read is the Document's.
func TestRedact(t *testing.T) {
	for _, text := range []string{"", session, strings.Repeat(session, 300), "password: x1\n" + session} {
		want := annotate.Annotate([]byte(text), annotate.Options{}).Redact(redact.Options{})
		require.Equal(t, want, annotate.Redact([]byte(text), annotate.Options{}, redact.Options{}))
	}
}

func TestSwap(t *testing.T) {
	d := annotate.Annotate([]byte(session), annotate.Options{})
	s := annotate.Annotate([]byte(session), annotate.Options{Swap: true})
	require.Equal(t, wire.Server, d.Messages[0].Side)
	require.Equal(t, wire.Client, s.Messages[0].Side)
}

// A command that breaks off in the middle is not described by half of its arguments.
func TestSummaryOfBrokenCommand(t *testing.T) {
	for text, want := range map[string]string{
		"C: A1 UID SEARCH ON 31-May-2002 HEADER\n": "Client sends SEARCH, which cannot be read to its end.",
		"C: A1 STORE 1 FLAGZ (\\Seen)\n":           "Client sends STORE, which cannot be read to its end.",
		"C: A1 SEARCH ON 31-May-2002\n":            "Client searches for ON 2002-05-31.",
	} {
		d := annotate.Annotate([]byte("S: * OK ready\n"+text+"S: A1 OK done\n"), annotate.Options{})
		require.Equal(t, want, string(d.AppendSummary(nil, &d.Messages[1], words.English())))
	}
}
