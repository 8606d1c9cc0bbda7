package encoder_test

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// seedMessages adds the corpus's messages of one side.
func seedMessages(f *testing.F, side string) {
	for t := range corpus.Tests() {
		if t.Side == side {
			f.Add(t.Bytes(), t.Has("utf8"))
		}
	}
}

// FuzzParsedCommand and FuzzParsedResponse: parse -> encode -> parse gives an equal value, to encode again changes nothing, and verbatim gives the
// bytes back.
func FuzzParsedCommand(f *testing.F) {
	seedMessages(f, "client")
	f.Add([]byte("A SEARCH CHARSET \"\" ALL\r\n"), false)
	f.Add([]byte("A SORT (DATE) \"\" ALL\r\n"), false)
	f.Add([]byte("0 0 0\"\r\n"), false) // free text behind a value
	f.Add([]byte("0 0 %\\\r\n"), false)
	f.Add([]byte("0 FETCH 1 0\r\n"), false)
	f.Add([]byte("0 FETCH 1 (PREVIEW (0))\r\n"), false)
	f.Add([]byte("0 0 {0}\n0\r\n"), false)
	f.Add([]byte("0 APPEND 0 \"01-JAn-0000 00:00:00 +7000\" {1}\r\n0\r\n"), false)
	f.Add([]byte("0 0 \"{0}\r\n"), false)
	f.Add([]byte("0 CONVERT 1 (\"\") BODYPARTSTRUCTURE[]\r\n"), false)
	f.Add([]byte("0 SEARCH ON A-Jan-0000\r\n"), false)
	f.Add([]byte("0 0 %% {2}\r\na\" ~{1+}\r\n\x00\" {9}\"\r\n"), false)
	f.Add([]byte("0 0  0\r\n"), false) // a blank too many, in a command of which nothing is known
	f.Fuzz(func(t *testing.T, b []byte, utf8 bool) { checkRoundTrip(t, b, wire.Client, utf8) })
}

func FuzzParsedResponse(f *testing.F) {
	seedMessages(f, "server")
	f.Add([]byte("* 0 0\r\n"), false)
	f.Add([]byte("0 NO [BADCHARSET ({6}\r\n0\xff0000)] \r\n"), true)
	f.Add([]byte("* 5 5\r\n"), false)
	f.Add([]byte("* A\t\r\n"), false)
	f.Add([]byte("* A ~\r\n"), false)
	f.Add([]byte("* 1 ANNOTATION\r\n"), false) // a known word with a number that it doesn't have
	f.Add([]byte("* EXISTS\r\n"), false)
	f.Add([]byte("* MAILBOX\"\r\n"), false)
	f.Add([]byte("* 1 FETCH (PREVIEW (0 \"\"))\r\n"), false)
	f.Add([]byte("* A ( {3}\r\n\r\n)\r\n"), false)
	f.Add([]byte("* 1 0A\r\n"), false)
	f.Add([]byte("* 1 FETCH (0[\"] {21}\r\n000000000000000000000)\r\n"), false)
	f.Add([]byte("* 1 FETCH (0[\"]\\\"\t\" {3}] 0)\r\n"), false)
	f.Fuzz(func(t *testing.T, b []byte, utf8 bool) { checkRoundTrip(t, b, wire.Server, utf8) })
}

// options makes any combination.
func (g *generator) options() encoder.Options {
	return encoder.Options{Literals: encoder.LiteralMode(g.n(3)), UTF8: g.odd(2), Binary: g.odd(2), Verbatim: g.odd(3), Style: encoder.Style(g.n(4))}
}

// checkBuilt proves that a value, however it was built, is either refused, and then nothing was written, or comes out as one message that the
// strict grammar takes and that says the same. So no field can end a line, close a list or begin another message.
func checkBuilt(t *testing.T, m imap.Message, o encoder.Options) {
	out, err := encode(m, o)
	if err != nil {
		var e *encoder.Error
		require.ErrorAs(t, err, &e)
		require.Empty(t, out)
		require.True(t, leads(m, e.Path), "%s: %v", e.Path, e.Err)
		return
	}
	side := m.Side()
	again, err := parse(out, side, o.UTF8)
	require.NoError(t, err, "%q", out)
	if o.Style == encoder.Smallest {
		return // it may say the same in other words
	}
	require.True(t, equal(withCharset(m, again), again), "%q\n%#v\n%#v", out, show(m), show(again))
	checkSegments(t, m, o, out)
}

// leads reports whether there is a field at path in m.
func leads(m imap.Message, path string) bool {
	v := reflect.ValueOf(m.Command)
	if m.Response != nil {
		v = reflect.ValueOf(m.Response)
	}
	for step := range strings.SplitSeq(path, ".") {
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		name, index, hasIndex := strings.Cut(step, "[")
		if v.Kind() != reflect.Struct {
			return false
		}
		if v = v.FieldByName(name); !v.IsValid() {
			return false
		}
		if hasIndex {
			n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if err != nil || v.Kind() != reflect.Slice || n < 0 || n >= v.Len() {
				return false
			}
			v = v.Index(n)
		}
	}
	return true
}

// withCharset returns m, or, where it left out a CHARSET that has to be written, m with that.
func withCharset(m, again imap.Message) imap.Message {
	args := func(m imap.Message) (*imap.SearchArgs, bool) {
		if m.Command != nil {
			switch a := m.Command.Args.(type) {
			case *imap.SearchArgs:
				return a, false
			case *imap.SortArgs:
				return &a.SearchArgs, true
			case *imap.ThreadArgs:
				return &a.SearchArgs, true
			}
		}
		return nil, false
	}
	a, always := args(m)
	b, _ := args(again)
	if a == nil || b == nil || len(a.Charset) > 0 || string(b.Charset) != "UTF-8" {
		return m
	}
	needed := always
	for _, k := range a.Keys {
		for k := range k.Walk() {
			needed = needed || bytes.ContainsFunc(k.Text.Raw, isHigh) || bytes.ContainsFunc(k.Field.Raw, isHigh)
		}
	}
	if needed {
		m = m.Clone()
		a, _ = args(m)
		a.Charset = b.Charset
	}
	return m
}

func isHigh(r rune) bool { return r >= 0x80 }

// show is what a failure prints.
func show(m imap.Message) any {
	if m.Command != nil {
		return m.Command.Args
	}
	return m.Response.Data
}

// checkSegments proves that a Buffer's segments are the same bytes, and that each wait stands right behind the header of a literal whose octets
// follow.
func checkSegments(t *testing.T, m imap.Message, o encoder.Options, want []byte) {
	w := encoder.Buffer{Options: o}
	var err error
	if m.Command != nil {
		err = w.Command(m.Command)
	} else {
		err = w.Response(m.Response)
	}
	require.NoError(t, err)
	var got []byte
	for s := range w.Segments() {
		got = append(got, s.Bytes...)
		require.Zero(t, s.Stream)
		if s.Wait {
			require.True(t, bytes.HasSuffix(s.Bytes, []byte("}\r\n")), "%q", s.Bytes)
			at := bytes.LastIndexByte(s.Bytes, '{')
			h, n := wire.ConsumeLiteralHeader(s.Bytes[at:])
			require.Equal(t, len(s.Bytes)-at, n)
			require.False(t, h.NonSync)
			require.GreaterOrEqual(t, uint64(len(want)-len(got)), h.Size)
		}
	}
	require.Equal(t, string(want), string(got))
}

func FuzzBuiltCommand(f *testing.F) {
	for i := range 256 {
		f.Add([]byte{byte(i), 1, byte(i * 7), 3, 2, byte(i * 3), 4, 1, 0, 3, byte(i), 2, 5, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		g := generator{b: b}
		o := g.options()
		checkBuilt(t, imap.Message{Command: g.command()}, o)
	})
}

func FuzzBuiltResponse(f *testing.F) {
	for i := range 256 {
		f.Add([]byte{byte(i), 1, byte(i * 7), 3, 2, byte(i * 3), 4, 1, 0, 3, byte(i), 2, 5, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		g := generator{b: b}
		o := g.options()
		checkBuilt(t, imap.Message{Response: g.response()}, o)
	})
}
