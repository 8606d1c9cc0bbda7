package api_test

import (
	"encoding/binary"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/wasm/api"
)

const session = "S: * OK [CAPABILITY IMAP4rev1] ready\r\n" +
	"C: a LOGIN joe open-sesame\r\n" +
	"S: * CAPABILITY IMAP4rev1 IDLE\r\n" +
	"S: a OK done\r\n" +
	"C: b SELECT \"Entw&APw-rfe\"\r\n" +
	"S: * 3 EXISTS\r\n" +
	"S: * OK [UIDNEXT 9] next\r\n" +
	"S: b OK [READ-WRITE] done\r\n" +
	"C: c FETCH 1:3,5 (RFC822.SIZE)\r\n" +
	"S: * 1 FETCH (RFC822.SIZE 44827)\r\n" +
	"S: c OK done\r\n"

func newEngine(t *testing.T) *api.Engine {
	t.Helper()
	e := new(api.Engine)
	for i, table := range compiled() {
		require.NoError(t, e.SetWords(i, table))
	}
	return e
}

// compiled is the words of all languages, compiled once: it takes longer than most tests.
var compiled = sync.OnceValue(func() (all [][]byte) {
	for _, lang := range words.Langs {
		table, err := words.Compiled(lang)
		if err != nil {
			panic(err)
		}
		all = append(all, table)
	}
	return all
})

func open(t *testing.T, text string) *api.Document {
	t.Helper()
	e := newEngine(t)
	n, err := e.Open([]byte(text), "", api.FromString, 0)
	require.NoError(t, err)
	d, err := e.Document(n)
	require.NoError(t, err)
	for {
		var p struct{ Finished bool }
		require.NoError(t, json.Unmarshal(d.Step(1<<20), &p))
		if p.Finished {
			return d
		}
	}
}

// explanation is what a test looks at.
type explanation struct {
	Message     int
	Title, Lead string
	Path        []struct{ Kind, Title string }
	Refs        []struct{ RFC, Section, URL string }
	Facts       []struct{ ID, Label, Value string }
	Flags       int
}

// at explains the first place of text that word stands at.
func at(t *testing.T, d *api.Document, text, word string) (e explanation) {
	t.Helper()
	text = strings.ReplaceAll(text, "\r\n", "\n")
	i := strings.Index(text, word)
	require.GreaterOrEqual(t, i, 0)
	require.NoError(t, json.Unmarshal(d.ExplainPosition(i), &e))
	return e
}

func TestExplain(t *testing.T) {
	d := open(t, session)
	for _, c := range []struct{ word, title, fact, value string }{
		{"LOGIN", "LOGIN", "", ""},
		{"CAPABILITY IMAP4rev1 IDLE", "CAPABILITY", "", ""},
		{"IDLE", "IDLE", "", ""},
		{"EXISTS", "EXISTS", "", ""},
		{"UIDNEXT", "UIDNEXT", "", ""},
		{"READ-WRITE", "READ WRITE", "", ""},
		{"44827", "RFC822.SIZE", "size", "43.8 KiB"},
		{"1:3,5", "sequence set", "set-count", "4"},
		{"Entw&", "mailbox", "mailbox-name", "Entwürfe"},
	} {
		e := at(t, d, session, c.word)
		require.Equal(t, c.title, e.Title, c.word)
		require.NotEmpty(t, e.Lead, c.word)
		value := ""
		for _, f := range e.Facts {
			if f.ID == c.fact {
				value = f.Value
				require.NotEqual(t, f.ID, f.Label, "facts have labels")
			}
		}
		require.Equal(t, c.value, value, c.word)
	}
	secret := at(t, d, session, "open-sesame")
	require.NotZero(t, secret.Flags&8)
}

func TestReferences(t *testing.T) {
	e := at(t, open(t, session), session, "LOGIN")
	require.NotEmpty(t, e.Refs)
	require.Equal(t, "https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3", e.Refs[0].URL)
}

func TestHistory(t *testing.T) {
	d := open(t, session)
	var h struct {
		Capabilities []struct {
			Message             int
			All, Added, Removed []string
		}
		Mailboxes []struct {
			Message              int
			Mailbox, What, Value string
		}
		States []struct {
			Message int
			State   string
		}
	}
	require.NoError(t, json.Unmarshal(d.History(0), &h))
	require.Len(t, h.Capabilities, 2)
	require.Equal(t, []string{"IDLE"}, h.Capabilities[1].Added)
	var said []string
	for _, m := range h.Mailboxes {
		said = append(said, m.Mailbox+" "+m.What+" "+m.Value)
	}
	require.Equal(t, []string{"Entwürfe exists 3", "Entwürfe uidnext 9", "Entwürfe selected "}, said)
	require.Equal(t, "selected", h.States[len(h.States)-1].State)
	require.True(t, json.Valid(d.History(99)))
}

// The engine refuses what makes no sense, and goes on.
func TestRefusals(t *testing.T) {
	e := newEngine(t)
	_, err := e.Open(nil, "", 0, 7)
	require.Error(t, err)
	_, err = e.Open(nil, "nosuch", 0, 0)
	require.Error(t, err)
	_, err = new(api.Engine).Open(nil, "", 0, 0)
	require.Error(t, err, "there are no words")
	for _, n := range []int{-1, 0, 9} {
		_, err = e.Document(n)
		require.Error(t, err)
		require.Error(t, e.Close(n))
	}
	require.Error(t, e.SetWords(1, compiled()[0]), "words in another language")
	require.Error(t, e.SetWords(0, []byte("nonsense")))
	n, err := e.Open([]byte(session), "", 0, 0)
	require.NoError(t, err)
	require.NoError(t, e.SetLang(n, 1))
	require.Error(t, e.SetLang(n, 2))
	require.NoError(t, e.Close(n))
	again, err := e.Open(nil, "", 0, 0)
	require.NoError(t, err)
	require.Equal(t, n, again, "numbers are used again")
	d, err := e.Document(again)
	require.NoError(t, err)
	for _, call := range []func() ([]byte, error){
		func() ([]byte, error) { return d.TreeColumns(0) },
		func() ([]byte, error) { return d.Wire(-1) },
		func() ([]byte, error) { return d.Literal(0) },
		func() ([]byte, error) { return d.Minimal(0) },
		func() ([]byte, error) { return d.ParseError(5) },
		func() ([]byte, error) { return d.Encode(0, 0, 0) },
		func() ([]byte, error) { return d.Edit(1, 2, nil) },
	} {
		_, err := call()
		require.Error(t, err)
	}
	require.Equal(t, "null", string(d.ExplainPosition(0)))
}

// A finding's smallest transcript shows the finding again.
func TestMinimal(t *testing.T) {
	text := session + strings.Repeat("C: n NOOP\r\nS: n OK done\r\n", 50) + "C: z FETCH 1 (\r\nS: z BAD what\r\n"
	d := open(t, text)
	var all []struct {
		ID      string
		Message int
	}
	require.NoError(t, json.Unmarshal(d.Findings(0, 1<<30), &all))
	found := false
	for i, f := range all {
		if d.Messages[f.Message].Err == nil {
			continue
		}
		found = true
		small, err := d.Minimal(i)
		require.NoError(t, err)
		require.Less(t, len(small), len(text)/2)
		require.NotContains(t, string(small), "open-sesame")
		var again []struct{ ID string }
		require.NoError(t, json.Unmarshal(open(t, string(small)).Findings(0, 1<<30), &again))
		require.Contains(t, again, struct{ ID string }{f.ID})
	}
	require.True(t, found)
}

// Columns begin where typed arrays can.
func TestColumns(t *testing.T) {
	var c api.Columns
	c.Count(3)
	api.U8(&c, 3, func(i int) uint8 { return uint8(i) })
	api.U16(&c, 1, func(int) uint16 { return 0x0102 })
	api.U32(&c, 1, func(int) uint32 { return 0x01020304 })
	b := c.Bytes()
	require.Len(t, b, 32)
	require.Equal(t, uint32(3), binary.LittleEndian.Uint32(b))
	require.Equal(t, []byte{0, 1, 2, 0, 0, 0, 0, 0}, b[8:16])
	require.Equal(t, uint16(0x0102), binary.LittleEndian.Uint16(b[16:]))
	require.Equal(t, uint32(0x01020304), binary.LittleEndian.Uint32(b[24:]))
}

// FuzzDocument asks a document everything, whatever the text and the edit.
func FuzzDocument(f *testing.F) {
	f.Add(session, 10, 5, "x")
	f.Add("", 0, 0, "")
	f.Add("\xEF\xBB\xBF* OK {3}\r\n\x00(", 1, 2, "\r")
	f.Add("a AUTHENTICATE PLAIN AGpvZQBzZWNyZXQ=\r\n+ \r\n* 1 FETCH (BODY[] {30}\r\nContent-Type: multipart/x; boundary=b\r\n\r\n--b\r\n", 3, 9, "é")
	f.Fuzz(func(t *testing.T, text string, start, n int, insert string) {
		d := open(t, text)
		for range 2 {
			for _, b := range [][]byte{d.Overview(), d.Summaries(0, 100), d.Findings(0, 100), d.History(0), d.Inlays(0, 100), d.ExplainPosition(start)} {
				require.True(t, json.Valid(b))
			}
			d.Tables()
			d.Tokens(0, 100)
			for i := range min(len(d.Messages), 20) {
				_, err := d.TreeColumns(i)
				require.NoError(t, err)
				_, err = d.Wire(i)
				require.NoError(t, err)
				_, err = d.Encode(i, i%3, i%4)
				require.NoError(t, err)
				for at := 0; at < len(d.Messages[i].Wire); at += 7 {
					b, err := d.ExplainWire(i, at)
					require.NoError(t, err)
					require.True(t, json.Valid(b))
				}
				for j := range d.Messages[i].Literals {
					b, err := d.Literal(j)
					require.NoError(t, err)
					require.True(t, json.Valid(b))
				}
			}
			var whole []byte
			for part := 0; ; part++ {
				b := d.JSON(part)
				if b == nil {
					break
				}
				whole = append(whole, b...)
			}
			require.True(t, json.Valid(whole))
			_, err := d.Redact(15, 0, 1<<30, nil)
			require.NoError(t, err)
			d.Edit(start, start+n, []byte(insert))
		}
	})
}

// Every format has a name of its own for the menu; those that name a program need no other than their id.
func TestFormats(t *testing.T) {
	var all []struct{ ID, Name string }
	require.NoError(t, json.Unmarshal(api.Formats(), &all))
	require.NotEmpty(t, all)
	seen := map[string]string{}
	for _, f := range all {
		require.NotEmpty(t, f.Name, f.ID)
		require.Empty(t, seen[f.Name], f.ID)
		seen[f.Name] = f.ID
	}
}
