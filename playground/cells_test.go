//go:build !js

package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCells(t *testing.T) {
	require.Equal(t, 3, cells("a é"))
	require.Equal(t, 6, cells("a：中b"))
	require.Equal(t, 4, fitting("a：中b", 3))
	require.Equal(t, len("a：中b"), fitting("a：中b", 6))
}

// A line is broken at spaces and between ideographs, but not before punctuation that closes, nor behind one that opens.
func TestBreakable(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"one two", "one| two"},
		{"", ""},
		{"登录被拒绝：no way。", "登|录|被|拒|绝：|no| way。"},
		{"用 TLS 连接", "用| TLS| 连|接"},
		{"（中）文", "（中）|文"},
	} {
		var b strings.Builder
		for word, apart := range breakable(tc.text) {
			if b.Len() > 0 {
				b.WriteByte('|')
			}
			if apart {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		require.Equal(t, tc.want, b.String())
	}
}

// On a screen long messages are broken under their text; elsewhere, in files and pipes, each stays on its line.
func TestWrap(t *testing.T) {
	write := func(wrap bool) string {
		var out bytes.Buffer
		p := &printer{w: bufio.NewWriter(&out), width: 30, wrap: wrap}
		p.put(plain, strings.Repeat(" ", gutter+1))
		for _, s := range []string{"FETCH", " ", "1:2", " ", "RFC822.SIZE", " ", strings.Repeat("x", 40)} {
			p.put(plain, s)
		}
		p.line()
		require.NoError(t, p.w.Flush())
		return out.String()
	}
	require.Equal(t, "           FETCH 1:2 RFC822.SIZE "+strings.Repeat("x", 40)+"\n", write(false))
	for _, line := range strings.Split(strings.TrimSpace(write(true)), "\n") {
		require.LessOrEqual(t, cells(line), 30)
	}
	require.Equal(t, strings.ReplaceAll(strings.ReplaceAll(write(false), " ", ""), "\n", ""), strings.ReplaceAll(strings.ReplaceAll(write(true), " ", ""), "\n", ""))
}

func TestPrintedOnce(t *testing.T) {
	const log = "S: * OK [CAPABILITY IMAP4rev1] ready\r\nC: 1 NOOP\r\nS: 1 OK\r\nC: 2 NOOP\r\nS: 2 OK\r\n"
	_, out, _ := run(t, log, "annotate", "-")
	require.Equal(t, 2, strings.Count(out, "A status response without text"))
	require.Equal(t, 1, strings.Count(out, "missing-text, RFC"))
	_, out, _ = run(t, log, "annotate", "-lang", "zh", "-")
	require.Contains(t, out, "5 条消息")
	require.NotContains(t, out, "client: ")
}
