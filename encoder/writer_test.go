package encoder_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
)

// log records what goes over the line, with the points where the writer waited.
type log struct {
	bytes.Buffer
	refuse bool
}

func (l *log) writer(o encoder.Options) *encoder.Writer {
	w := encoder.NewWriter(l)
	w.Options = o
	w.Wait = func() error {
		l.WriteString("<wait>")
		if l.refuse {
			return errors.New("refused")
		}
		return nil
	}
	return w
}

func TestWriterWaits(t *testing.T) {
	c := encoder.Login("1", "a\r\nb", "c\nd")
	var l log
	require.NoError(t, l.writer(encoder.Options{}).Command(c))
	require.Equal(t, "1 LOGIN {4}\r\n<wait>a\r\nb {3}\r\n<wait>c\nd\r\n", l.String())

	l = log{}
	require.NoError(t, l.writer(encoder.Options{Literals: encoder.Plus}).Command(c))
	require.Equal(t, "1 LOGIN {4+}\r\na\r\nb {3+}\r\nc\nd\r\n", l.String())

	l = log{refuse: true}
	require.EqualError(t, l.writer(encoder.Options{}).Command(c), "refused")
	require.Equal(t, "1 LOGIN {4}\r\n<wait>", l.String(), "the command ends there")

	l = log{}
	w := l.writer(encoder.Options{})
	w.Wait = nil
	require.Error(t, w.Command(c))
	require.Empty(t, l.String())
}

func TestWriterStreams(t *testing.T) {
	c := encoder.Append("1", "x", imap.Stream(5))
	a := c.Args.(*imap.AppendArgs)
	a.Messages = append(a.Messages, imap.AppendMessage{Catenate: []imap.CatenatePart{{URL: imap.Str("/x;UID=1")}, {Text: imap.Stream(3)}}},
		imap.AppendMessage{Data: imap.Stream(0)})
	var l log
	require.NoError(t, l.writer(encoder.Options{Literals: encoder.Plus}).Command(c, strings.NewReader("hello"), strings.NewReader("abc...")))
	require.Equal(t, "1 APPEND x {5+}\r\nhello CATENATE (URL /x;UID=1 TEXT {3+}\r\nabc) {0+}\r\n\r\n", l.String())

	l = log{}
	err := l.writer(encoder.Options{}).Command(c, strings.NewReader("hello"))
	require.ErrorIs(t, err, encoder.ErrStream)
	require.Empty(t, l.String(), "the readers are counted first")

	err = l.writer(encoder.Options{}).Command(encoder.Append("1", "x", imap.Stream(5)), strings.NewReader("abc"))
	require.ErrorIs(t, err, encoder.ErrSize)

	l = log{}
	w := l.writer(encoder.Options{})
	require.NoError(t, w.Response(encoder.FetchData(1, imap.FetchData{Name: imap.AttSection, Str: imap.Stream(4)}), strings.NewReader("body")))
	require.NoError(t, w.Flush())
	require.Equal(t, "* 1 FETCH (BODY[] {4}\r\nbody)\r\n", l.String())
}

// TestWriterLends: large literals go out from where they are, and come out the same as those that are copied.
func TestWriterLends(t *testing.T) {
	large, nul := strings.Repeat("large ", 2000), strings.Repeat("nul\x00", 2000)
	c := encoder.Append("1", "x", imap.Str(large))
	a := c.Args.(*imap.AppendArgs)
	a.Messages = append(a.Messages, imap.AppendMessage{Data: imap.Str("small")}, imap.AppendMessage{Data: imap.Str(nul)}, imap.AppendMessage{Data: imap.Str(large)})
	for _, o := range []encoder.Options{{Binary: true}, {Binary: true, Literals: encoder.Minus}, {Binary: true, Literals: encoder.Plus}} {
		want, err := encoder.AppendCommand(nil, c, o)
		require.NoError(t, err)
		var l log
		w := l.writer(o)
		for range 2 {
			l.Reset()
			require.NoError(t, w.Command(c))
			require.Equal(t, string(want), strings.ReplaceAll(l.String(), "<wait>", ""))
			require.Equal(t, o.Literals == encoder.Plus, !strings.Contains(l.String(), "}\r\n<wait>large"))
		}
	}
	var l log
	require.ErrorIs(t, l.writer(encoder.Options{}).Command(c), encoder.ErrNUL)
	require.Empty(t, l.String())

	w := l.writer(encoder.Options{})
	r := encoder.FetchData(1, imap.FetchData{Name: imap.AttSection, Str: imap.Str(large)}, imap.FetchData{Name: imap.AttBinary, Str: imap.Str(nul), Section: imap.PartSection(1)})
	require.NoError(t, w.Response(r))
	require.NoError(t, w.Flush())
	require.Equal(t, response(t, r, encoder.Options{}), l.String())

	l.Reset()
	c = encoder.Select("1", strings.Repeat("ü", 3000)) // what it becomes is lent
	require.NoError(t, l.writer(encoder.Options{Literals: encoder.Plus}).Command(c))
	require.Equal(t, command(t, c, encoder.Options{Literals: encoder.Plus}), l.String())
}

func TestWriterSASLAndIdle(t *testing.T) {
	var l log
	w := l.writer(encoder.Options{})
	require.NoError(t, w.Challenge([]byte("user?")))
	require.NoError(t, w.Challenge(nil))
	require.NoError(t, w.Continue("go on"))
	require.NoError(t, w.Auth(imap.AuthDataOf([]byte("me"))))
	require.NoError(t, w.Auth(imap.AuthData{}))
	require.NoError(t, w.Auth(imap.AuthData{Cancel: true}))
	require.NoError(t, w.Done())
	require.Equal(t, "+ dXNlcj8=\r\n+ \r\n+ go on\r\nbWU=\r\n\r\n*\r\nDONE\r\n", l.String())
	require.ErrorIs(t, w.Auth(imap.AuthData{Raw: []byte("x\r\nA1 LOGOUT")}), encoder.ErrBase64)
	require.ErrorIs(t, w.Continue("a\r\nb"), encoder.ErrLineBreak)

	l.Reset()
	require.NoError(t, w.Status(imap.Tag("1"), imap.NO, &imap.Code{Name: imap.CodeTryCreate}, "no"))
	require.Empty(t, l.String(), "responses wait for Flush")
	require.NoError(t, w.Status(nil, imap.OK, nil, "hi"))
	require.NoError(t, w.Flush())
	require.Equal(t, "1 NO [TRYCREATE] no\r\n* OK hi\r\n", l.String())
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriterReportsTheConnection(t *testing.T) {
	require.ErrorIs(t, encoder.NewWriter(failing{}).Command(encoder.Command("1", imap.CmdNoop, nil)), io.ErrClosedPipe)
	require.ErrorIs(t, encoder.NewWriter(failing{}).Done(), io.ErrClosedPipe)
}

func TestBufferGathers(t *testing.T) {
	var w encoder.Buffer
	require.NoError(t, w.Command(encoder.Command("1", imap.CmdNoop, nil)))
	require.Error(t, w.Command(encoder.Command("", imap.CmdNoop, nil)))
	require.NoError(t, w.Command(encoder.Append("2", "x", imap.Stream(9))))
	var got []encoder.Segment
	for s := range w.Segments() {
		got = append(got, s)
	}
	require.Equal(t, []encoder.Segment{{Bytes: []byte("1 NOOP\r\n2 APPEND x {9}\r\n"), Wait: true, Stream: 9}, {Bytes: []byte("\r\n")}}, got)
	w.Reset()
	for range w.Segments() {
		t.Error("not empty")
	}
}

// TestVerbatimEdit: of an edited message only what was edited changes.
func TestVerbatimEdit(t *testing.T) {
	in := "a7 uid fetch 0001 (flags body.peek[header.fields (\"From\" {002+}\r\nTo)]) (vanished changedsince 7)\r\n"
	in = strings.Replace(in, "0001", "1:*", 1)
	m, err := parse([]byte(in), 1, false)
	require.NoError(t, err)
	require.Equal(t, in, command(t, m.Command, encoder.Options{Verbatim: true}))
	a := m.Command.Args.(*imap.FetchArgs)
	a.Set = imap.SetOf(5)
	a.Atts[0].Name = imap.AttUID
	require.Equal(t, strings.NewReplacer("1:*", "5", "flags", "UID").Replace(in), command(t, m.Command, encoder.Options{Verbatim: true}))
	require.Equal(t, "a7 UID FETCH 5 (UID BODY.PEEK[HEADER.FIELDS (From To)]) (CHANGEDSINCE 7 VANISHED)\r\n", command(t, m.Command, encoder.Options{}))
}
