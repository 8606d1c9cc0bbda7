package parser_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// parseVector parses the message of v with p, whose options it sets.
func parseVector(p *parser.Parser, v *corpus.Test, quirks parser.Quirks, b []byte) (imap.Message, error) {
	p.Quirks, p.UTF8, p.UIDOnly = quirks, v.Has("utf8"), v.Has("uidonly")
	side, mode := wire.Client, wire.ModeCommand
	switch {
	case v.Side == "server":
		side = wire.Server
	case v.Has("auth"):
		mode = wire.ModeAuth
	case v.Has("idle"):
		mode = wire.ModeIdle
	}
	return p.Message(b, side, mode)
}

// equalMessages compares what was read of two messages.
func equalMessages(a, b imap.Message) bool {
	switch {
	case a.Command != nil && b.Command != nil:
		return a.Command.Equal(b.Command)
	case a.Response != nil && b.Response != nil:
		return a.Response.Equal(b.Response)
	case a.Auth != nil && b.Auth != nil:
		return a.Auth.Cancel == b.Auth.Cancel && string(a.Auth.Raw) == string(b.Auth.Raw)
	}
	return a.Done == b.Done && a.Command == nil && b.Command == nil && a.Response == nil && b.Response == nil
}

// owned is a copy of m that outlives the parser.
func owned(m imap.Message) imap.Message {
	m.Command, m.Response = m.Command.Clone(), m.Response.Clone()
	return m
}

// Every vector has the result that it says, strict and lenient, with the error's code and offset, with and without a tree.
func TestVectors(t *testing.T) {
	for v := range corpus.Tests() {
		t.Run(v.ID, func(t *testing.T) {
			b := v.Bytes()
			var p parser.Parser
			m, err := parseVector(&p, v, parser.Quirks{}, b)
			strict, strictErr := owned(m), err
			switch v.Result {
			case corpus.Valid:
				require.NoError(t, err, "%q", b)
			case corpus.Invalid:
				var e *parser.Error
				require.ErrorAs(t, err, &e, "%q", b)
				require.Equal(t, v.Code, e.Code.ID(), "%q: %v\n%s", b, err, e.Excerpt(b))
				require.Equal(t, v.Off, int(e.Span.Start), "%q: %v\n%s", b, err, e.Excerpt(b))
			case corpus.Acceptable:
				require.Error(t, err, "%q", b)
			case corpus.Incomplete:
				require.ErrorIs(t, err, parser.ErrTruncated, "%q", b)
			}

			p.Tree = new(syntax.Tree)
			m, err = parseVector(&p, v, parser.Quirks{}, b)
			require.True(t, equalMessages(strict, m), "the tree changes the value of %q", b)
			require.Equal(t, errorOf(strictErr), errorOf(err), "the tree changes the error of %q", b)
			requireTiles(t, p.Tree, b)

			p.Tree = nil
			m, err = parseVector(&p, v, parser.Lenient, b)
			if v.Canonical != nil {
				want, err := parseVector(new(parser.Parser), v, parser.Quirks{}, []byte(*v.Canonical))
				require.NoError(t, err, "%q", *v.Canonical)
				require.True(t, equalMessages(want, m), "%q is not read as %q", b, *v.Canonical)
			}
			switch v.Result {
			case corpus.Valid:
				require.NoError(t, err, "%q", b)
				require.True(t, equalMessages(strict, m), "lenient reading changes the value of %q", b)
				for _, n := range p.Notes {
					require.Equal(t, parser.QuirkNone, n.Quirk, "%s noted for a valid message %q", n.Quirk.ID(), b)
				}
			case corpus.Acceptable:
				require.NoError(t, err, "%q", b)
				noted := map[string]bool{}
				for _, n := range p.Notes {
					noted[n.Quirk.ID()] = true
				}
				for _, f := range v.Flags {
					if f != "utf8" && f != "uidonly" && f != "auth" && f != "idle" {
						require.True(t, noted[f], "%q: quirk %s is not noted but %v", b, f, noted)
					}
				}
			}
		})
	}
}

// errorOf is what must not depend on whether a tree is built: the innermost rule is only known with one.
func errorOf(err error) any {
	var e *parser.Error
	if !errors.As(err, &e) {
		return nil
	}
	return [4]any{e.Code, e.Span, e.Expect, e.Base}
}

// requireTiles checks that the tree is in preorder, that nodes lie in their parents and in order, and that nothing reaches beyond the message.
func requireTiles(t *testing.T, tree *syntax.Tree, b []byte) {
	t.Helper()
	type frame struct{ end, next uint32 }
	var open []frame
	at := uint32(0)
	for i, n := range tree.Nodes {
		for len(open) > 0 && uint32(i) >= open[len(open)-1].next {
			open = open[:len(open)-1]
		}
		require.LessOrEqual(t, n.Start, n.End, "%q: node %d", b, i)
		require.LessOrEqual(t, int(n.End), len(b), "%q: node %d", b, i)
		require.Greater(t, n.Next, uint32(i), "%q: node %d", b, i)
		require.LessOrEqual(t, int(n.Next), len(tree.Nodes), "%q: node %d", b, i)
		require.GreaterOrEqual(t, n.Start, at, "%q: node %d (%s) begins before its left neighbour", b, i, n.Kind)
		if len(open) > 0 {
			require.LessOrEqual(t, n.End, open[len(open)-1].end, "%q: node %d (%s) reaches out of its parent", b, i, n.Kind)
			require.LessOrEqual(t, n.Next, open[len(open)-1].next, "%q: node %d", b, i)
		}
		at = n.Start
		open = append(open, frame{n.End, n.Next})
	}
}

// An error at offset k means that what stands before k is merely the beginning of a message; and one byte more is no longer.
func TestVectorErrorsAreViablePrefixes(t *testing.T) {
	var p parser.Parser
	for v := range corpus.Tests() {
		b := v.Bytes()
		_, err := parseVector(&p, v, parser.Quirks{}, b)
		var e *parser.Error
		if !errors.As(err, &e) || errors.Is(err, parser.ErrTruncated) {
			continue
		}
		if c := e.Code; c == parser.ErrorDepthLimit || c == parser.ErrorTrailingData {
			continue
		}
		k := int(e.Span.Start)
		_, err = parseVector(&p, v, parser.Quirks{}, b[:k])
		require.ErrorIs(t, err, parser.ErrTruncated, "%s: %q is the beginning of no message", v.ID, b[:k])
		if v.Area == "quirks-server" || v.Side == "server" && strings.Contains(string(b[:k]), " [") {
			continue // what begins as a response code may still be text; and a quirk is told at the element, not at the byte
		}
		_, err = parseVector(&p, v, parser.Quirks{}, b[:k+1])
		require.NotErrorIs(t, err, parser.ErrTruncated, "%s: the error stands too early: nothing can follow %q", v.ID, b[:k+1])
	}
}

// A valid message that is cut anywhere is merely truncated.
func TestVectorPrefixesAreTruncated(t *testing.T) {
	var p parser.Parser
	for v := range corpus.Tests() {
		if v.Result != corpus.Valid {
			continue
		}
		b := v.Bytes()
		for k := range b {
			_, err := parseVector(&p, v, parser.Quirks{}, b[:k])
			require.ErrorIs(t, err, parser.ErrTruncated, "%s: cut at %d: %q", v.ID, k, b[:k])
		}
	}
}
