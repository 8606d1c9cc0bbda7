package encoder_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// everyOptions are the ways to write that change bytes and never a value.
var everyOptions = map[string]encoder.Options{
	"zero":                   {},
	"minus":                  {Literals: encoder.Minus},
	"plus":                   {Literals: encoder.Plus, Binary: true},
	"quoted":                 {Style: encoder.Quoted},
	"literals":               {Style: encoder.Literals},
	"verbatim":               {Verbatim: true},
	"verbatim with literals": {Verbatim: true, Style: encoder.Literals, Literals: encoder.Plus},
}

// encode writes a parsed message.
func encode(m imap.Message, o encoder.Options) ([]byte, error) {
	switch {
	case m.Command != nil:
		return encoder.AppendCommand(nil, m.Command, o)
	case m.Response != nil:
		return encoder.AppendResponse(nil, m.Response, o)
	case m.Auth != nil:
		return encoder.AppendAuth(nil, *m.Auth)
	}
	return []byte("DONE\r\n"), nil
}

// parse reads a message of that side strictly. The value is owned.
func parse(b []byte, side wire.Side, utf8 bool) (imap.Message, error) {
	p := parser.Parser{Options: parser.Options{UTF8: utf8}}
	m, err := p.Message(b, side, wire.ModeCommand)
	if err != nil {
		return m, err
	}
	c := m.Clone()
	if c.Command != nil {
		c.Command.Source = m.Command.Source
	}
	if c.Response != nil {
		c.Response.Source = m.Response.Source
	}
	return c, nil
}

func equal(a, b imap.Message) bool { return a.Command.Equal(b.Command) && a.Response.Equal(b.Response) }

// checkRoundTrip proves that a message that the strict grammar takes can be written, in every way: the value stays, writing it again changes
// nothing, and verbatim gives back its bytes.
func checkRoundTrip(t *testing.T, in []byte, side wire.Side, utf8 bool) {
	t.Helper()
	m, err := parse(in, side, utf8)
	if err != nil || m.Auth != nil || m.Done {
		return
	}
	for name, o := range everyOptions {
		o.UTF8 = utf8
		out, err := encode(m, o)
		require.NoError(t, err, "%s: %q", name, in)
		again, err := parse(out, side, utf8)
		require.NoError(t, err, "%s: %q became %q", name, in, out)
		require.True(t, equal(m, again), "%s: %q became %q", name, in, out)
		fixed, err := encode(again, o)
		require.NoError(t, err, "%s: %q", name, out)
		require.Equal(t, string(out), string(fixed), "%s: %q", name, in)
		if name == "verbatim" {
			require.Equal(t, string(in), string(out))
		}
	}
}

func TestCorpusRoundTrips(t *testing.T) {
	n := 0
	for test := range corpus.Tests() {
		if test.Result != corpus.Valid || test.Has("auth") || test.Has("idle") {
			continue
		}
		side := wire.Server
		if test.Side == "client" {
			side = wire.Client
		}
		n++
		t.Run(test.ID, func(t *testing.T) { checkRoundTrip(t, test.Bytes(), side, test.Has("utf8")) })
	}
	require.Greater(t, n, 500)
}

// TestSessionsRoundTrip does the same with the messages of all sessions that people pasted whole.
func TestSessionsRoundTrip(t *testing.T) {
	files, err := filepath.Glob("../corpus/transcripts/*/y_*.txt")
	require.NoError(t, err)
	n := 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range transcript.Read(src, transcript.Options{}).Messages {
			if m.Side == 0 || m.Mode != wire.ModeCommand || slices.ContainsFunc(m.Literals, func(l transcript.Literal) bool { return l.State != transcript.Present }) {
				continue
			}
			if checkRoundTrip(t, m.Wire, m.Side, false); t.Failed() {
				t.Fatal(file, m.Line)
			}
			n++
		}
	}
	require.Greater(t, n, 3000)
}

// TestForgivenIsWrittenRight: what lenient parsing made of a broken message is written as the strict grammar wants it, or refused.
func TestForgivenIsWrittenRight(t *testing.T) {
	written, asked := 0, 0
	for test := range corpus.Tests() {
		if test.Result == corpus.Valid || test.Has("auth") || test.Has("idle") {
			continue
		}
		side := wire.Server
		if test.Side == "client" {
			side = wire.Client
		}
		p := parser.Parser{Options: parser.Options{Quirks: parser.Lenient, UTF8: test.Has("utf8")}}
		m, err := p.Message(test.Bytes(), side, wire.ModeCommand)
		if err != nil || m.Auth != nil || m.Done {
			continue
		}
		// Words that this grammar doesn't know, and another may, are written only if that is asked for.
		if slices.ContainsFunc(p.Notes, func(n parser.Note) bool {
			return n.Quirk == parser.QuirkUnknownSearchKey || n.Quirk == parser.QuirkUnknownSortKey
		}) {
			_, err := encode(m, encoder.Options{UTF8: test.Has("utf8")})
			require.ErrorIs(t, err, encoder.ErrName, test.ID)
			asked++
		}
		for _, o := range []encoder.Options{{}, {Verbatim: true}, {UnknownKeys: true}} {
			o.UTF8 = test.Has("utf8")
			out, err := encode(m, o)
			if err != nil {
				continue
			}
			written++
			var q parser.Parser
			if q.UTF8 = o.UTF8; o.UnknownKeys {
				q.Quirks.Add(parser.QuirkUnknownSearchKey)
				q.Quirks.Add(parser.QuirkUnknownSortKey)
			}
			again, err := q.Message(out, side, wire.ModeCommand)
			require.NoError(t, err, "%s: %q became %q", test.ID, test.Bytes(), out)
			if m.Response != nil {
				if _, unknown := m.Response.Data.(*imap.Unknown); unknown {
					continue // bytes that had no form may have one now
				}
			}
			require.True(t, equal(m, again), "%s: %q became %q", test.ID, test.Bytes(), out)
		}
	}
	require.Greater(t, written, 100)
	require.Positive(t, asked)
}
