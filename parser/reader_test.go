package parser_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
	"github.com/stretchr/testify/require"
)

// chunks is a source that gives its bytes in pieces of n, and an error of its own before each when fail is set.
type chunks struct {
	b    []byte
	n    int
	fail bool
	odd  bool
}

var errDeadline = errors.New("deadline")

func (c *chunks) Read(b []byte) (int, error) {
	if c.fail {
		if c.odd = !c.odd; c.odd {
			return 0, errDeadline
		}
	}
	if len(c.b) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), max(c.n, 1))], c.b)
	c.b = c.b[n:]
	return n, nil
}

func TestReaderReadsResponses(t *testing.T) {
	stream := "* OK hello\r\n* 1 FETCH (BODY[] {5}\r\nab\r\nc)\r\n* bad\x00line\r\nA1 OK done\r\n"
	for _, n := range []int{1, 2, 7, 4096} {
		r := parser.NewReader(&chunks{b: []byte(stream), n: n})
		m, err := r.ReadResponse()
		require.NoError(t, err)
		require.Equal(t, "hello", string(m.Text))
		require.Equal(t, int64(0), r.Offset())
		m, err = r.ReadResponse()
		require.NoError(t, err)
		require.Equal(t, "ab\r\nc", string(m.Data.(*imap.Fetch).Items[0].Str.Raw))
		require.Equal(t, int64(12), r.Offset())
		_, err = r.ReadResponse()
		require.Error(t, err)
		m, err = r.ReadResponse()
		require.NoError(t, err)
		require.Equal(t, "A1", m.Tag.String())
		require.Equal(t, "A1 OK done\r\n", string(r.Bytes()))
		_, err = r.ReadResponse()
		require.Equal(t, io.EOF, err)
		require.Nil(t, r.Bytes())
	}
}

func TestReaderTruncatedStream(t *testing.T) {
	r := parser.NewReader(strings.NewReader("* OK hel"))
	_, err := r.ReadResponse()
	require.Equal(t, io.ErrUnexpectedEOF, err)
	require.Equal(t, "* OK hel", string(r.Buffered()))
}

func TestReaderSourceErrorLosesNothing(t *testing.T) {
	stream := "A1 APPEND a {3}\r\nabc\r\nA2 NOOP\r\n"
	r := parser.NewReader(&chunks{b: []byte(stream), n: 1, fail: true})
	var got []string
	for {
		c, err := r.ReadCommand()
		if errors.Is(err, errDeadline) {
			continue
		}
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		got = append(got, c.Tag.String()+" "+string(r.Bytes()))
	}
	require.Equal(t, []string{"A1 A1 APPEND a {3}\r\nabc\r\n", "A2 A2 NOOP\r\n"}, got)
}

func TestReaderStreamsLiterals(t *testing.T) {
	body := strings.Repeat("0123456789", 100_000)
	stream := "A1 APPEND a (\\Seen) {1000000}\r\n" + body + "\r\nA2 NOOP\r\n"
	for _, n := range []int{1000, 50_000} {
		var got bytes.Buffer
		pluses := 0
		r := parser.NewReader(&chunks{b: []byte(stream), n: n})
		r.Continue = func() error { pluses++; return nil }
		r.OnLiteral = func(l *parser.Literal) error {
			c, err := l.Command()
			require.NoError(t, err)
			require.Equal(t, imap.CmdAppend, c.Name)
			require.Equal(t, "a", c.Args.(*imap.AppendArgs).Mailbox.String())
			_, err = io.Copy(&got, l)
			return err
		}
		c, err := r.ReadCommand()
		require.NoError(t, err)
		data := c.Args.(*imap.AppendArgs).Messages[0].Data
		require.Equal(t, uint32(len(body)), data.Detached)
		require.Nil(t, data.Raw)
		require.Equal(t, body, got.String())
		require.Equal(t, 1, pluses)
		require.Less(t, cap(r.Bytes()), 4096*4)
		c, err = r.ReadCommand()
		require.NoError(t, err)
		require.Equal(t, "A2", c.Tag.String())
		require.Equal(t, int64(len(stream)-len("A2 NOOP\r\n")), r.Offset())
	}
}

func TestReaderHalfReadLiteralIsDropped(t *testing.T) {
	r := parser.NewReader(strings.NewReader("* 1 FETCH (BODY[] {10}\r\n0123456789 UID 7)\r\n* 2 EXISTS\r\n"))
	r.OnLiteral = func(l *parser.Literal) error {
		var b [4]byte
		_, err := io.ReadFull(l, b[:])
		return err
	}
	m, err := r.ReadResponse()
	require.NoError(t, err)
	uid, _ := m.UID()
	require.Equal(t, uint32(7), uid)
	m, err = r.ReadResponse()
	require.NoError(t, err)
	require.Equal(t, uint32(2), m.Num)
}

func TestReaderRefusesLiterals(t *testing.T) {
	refused := errors.New("too big")
	for _, in := range []string{
		"A1 APPEND a {9}\r\nA2 NOOP\r\n",                         // the client waits, and is not asked
		"A1 APPEND a {9+}\r\n12345678\n (\\Seen)\r\nA2 NOOP\r\n", // it doesn't: octets and rest are dropped
	} {
		pluses := 0
		r := parser.NewReader(iotest.OneByteReader(strings.NewReader(in)))
		r.Continue = func() error { pluses++; return nil }
		r.OnLiteral = func(l *parser.Literal) error { return refused }
		c, err := r.ReadCommand()
		require.ErrorIs(t, err, refused)
		require.Equal(t, "A1", c.Tag.String())
		require.Zero(t, pluses)
		c, err = r.ReadCommand()
		require.NoError(t, err)
		require.Equal(t, "A2", c.Tag.String())
	}
}

func TestReaderLimits(t *testing.T) {
	r := parser.NewReader(strings.NewReader("A1 APPEND a {9+}\r\n123456789\r\nA2 NOOP\r\n"))
	r.Parser.Limits.Literal = 5
	c, err := r.ReadCommand()
	require.ErrorIs(t, err, parser.ErrorLiteralLimit)
	require.Equal(t, "A1", c.Tag.String())
	c, err = r.ReadCommand()
	require.NoError(t, err)
	require.Equal(t, "A2", c.Tag.String())
}

func TestReaderKeepsTheCommandThroughSASLAndIdle(t *testing.T) {
	r := parser.NewReader(iotest.OneByteReader(strings.NewReader("A1 AUTHENTICATE PLAIN\r\nAGFubgBzZWNyZXQ=\r\nA2 IDLE\r\nDONE\r\nA3 NOOP\r\n")))
	c, err := r.ReadCommand()
	require.NoError(t, err)
	a, err := r.ReadAuthLine()
	require.NoError(t, err)
	require.Equal(t, "AGFubgBzZWNyZXQ=", string(a.Raw))
	require.Equal(t, "A1", c.Tag.String())
	c, err = r.ReadCommand()
	require.NoError(t, err)
	require.NoError(t, r.ReadIdleDone())
	require.Equal(t, "A2", c.Tag.String())
}

func TestReaderWatchesWithState(t *testing.T) {
	in := "A1 IDLE\r\nDONE\r\nA2 APPEND a {3}\r\nA3 COMPRESS DEFLATE\r\n\x00\x01"
	states := []wire.State{{}, {Mode: wire.ModeIdle}, {}, {Refused: true}, {}, {Mode: wire.ModeOpaque}}
	r := parser.NewReader(strings.NewReader(in))
	r.State = func() (s wire.State) { s, states = states[0], states[1:]; return s }
	m, err := r.ReadMessage(wire.Client)
	require.NoError(t, err)
	require.Equal(t, imap.CmdIdle, m.Command.Name)
	m, err = r.ReadMessage(wire.Client)
	require.NoError(t, err)
	require.True(t, m.Done)
	m, err = r.ReadMessage(wire.Client)
	require.ErrorIs(t, err, parser.ErrTruncated)
	require.Equal(t, "A2", m.Command.Tag.String())
	m, err = r.ReadMessage(wire.Client)
	require.NoError(t, err)
	require.Equal(t, "A3", m.Command.Tag.String())
	_, err = r.ReadMessage(wire.Client)
	require.ErrorIs(t, err, parser.ErrOpaque)
	require.Equal(t, "\x00\x01", string(r.Buffered()))
	require.Empty(t, states)
}

// FuzzChunks: however the bytes come, and whatever literals are given away, messages, values and errors are the same.
func FuzzChunks(f *testing.F) {
	for k, s := range validResponses {
		f.Add([]byte(s+validResponses[(k+3)%len(validResponses)]), uint8(k), k%2 == 0)
	}
	for k, c := range quirkCases {
		f.Add([]byte(c.in+"* 1 EXISTS\r\n"), uint8(k), k%2 == 0)
	}
	f.Fuzz(func(t *testing.T, b []byte, n uint8, away bool) {
		type message struct {
			r   *imap.Response
			err error
			at  int64
		}
		read := func(src io.Reader, detach bool) (all []message) {
			r := parser.NewReader(src)
			r.Parser.Limits = wire.Limits{Line: 300, Literal: 100, Frame: 1000}
			if detach {
				r.OnLiteral = func(l *parser.Literal) error {
					if l.Size%2 == 1 && l.Size < 50 {
						_, err := io.Copy(io.Discard, l)
						return err
					}
					return nil
				}
			}
			for {
				m, err := r.ReadResponse()
				if errors.Is(err, errDeadline) {
					continue
				}
				all = append(all, message{m.Clone(), err, r.Offset()})
				if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
					return all
				}
			}
		}
		whole := read(bytes.NewReader(b), away)
		pieces := read(&chunks{b: b, n: int(n % 9), fail: n%3 == 0}, away)
		require.Len(t, pieces, len(whole))
		for k := range whole {
			require.True(t, sameError(whole[k].err, pieces[k].err), "%v, %v", whole[k].err, pieces[k].err)
			require.True(t, sameResponse(whole[k].r, pieces[k].r), k)
			require.Equal(t, whole[k].at, pieces[k].at)
		}
	})
}
