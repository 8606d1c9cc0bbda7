package corpus_test

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
)

// Every vector has an id of its own that was never another's, says where its syntax comes from or what it is for, and is well formed.
func TestVectorsAreWellFormed(t *testing.T) {
	known := map[string]bool{}
	for c := range corpus.Constructs() {
		require.False(t, known[c.ID], "construct %s stands twice", c.ID)
		known[c.ID] = true
		require.NotEmpty(t, c.Source, "construct %s has no source", c.ID)
		require.Contains(t, []string{"C", "S", "both"}, c.Direction, c.ID)
	}
	seen := map[string]bool{}
	for id := range corpus.Retired() {
		seen[id] = true
	}
	ids := regexp.MustCompile(`^[a-z0-9-]+[./][a-z0-9.-]+$`)
	for v := range corpus.Tests() {
		require.Regexp(t, ids, v.ID)
		require.False(t, seen[v.ID], "id %s is used twice, or again", v.ID)
		seen[v.ID] = true
		require.True(t, v.Source != "" || v.Comment != "" || len(v.Covers) > 0, "%s says neither source nor purpose", v.ID)
		for _, c := range v.Covers {
			require.True(t, known[c], "%s covers %s, which is no construct", v.ID, c)
		}
		require.Contains(t, []string{"client", "server"}, v.Side, v.ID)
		require.True(t, v.In == "" || v.InHex == "", "%s has its bytes twice", v.ID)
		if v.InHex != "" {
			b, err := hex.DecodeString(v.InHex)
			require.NoError(t, err, v.ID)
			require.True(t, bytes.ContainsFunc(b, func(r rune) bool { return r >= 0x80 }), "%s needs no inHex", v.ID)
		}
		switch v.Result {
		case corpus.Valid, corpus.Incomplete:
			require.Empty(t, v.Code, v.ID)
		case corpus.Invalid:
			require.NotEmpty(t, v.Code, v.ID)
			require.Less(t, v.Off, len(v.Bytes()), v.ID)
		case corpus.Acceptable:
			require.NotEmpty(t, v.Flags, "%s doesn't name the quirk", v.ID)
		default:
			t.Errorf("%s: result %q", v.ID, v.Result)
		}
	}
}

// Every deviation has a name of its own, a finding, a session and another one in which it is missing.
func TestFindingsAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for f := range corpus.Findings() {
		require.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, f.Name)
		require.False(t, seen[f.Name], "%s stands twice", f.Name)
		seen[f.Name] = true
		require.NotEmpty(t, f.ID, f.Name)
		require.Contains(t, []string{"error", "quirk", "warning", "hint"}, f.Severity, f.Name)
		require.Subset(t, []string{"labelled", "bare", "mozilla"}, f.Forms, f.Name)
		require.Contains(t, []string{"", "login", "select"}, f.Begin, f.Name)
		require.NotEmpty(t, f.Text, f.Name)
		require.NotEqual(t, f.Text, f.Near, f.Name)
		text, near := f.Sessions()
		for _, line := range slices.Concat(text, near) {
			require.Regexp(t, "^[CS]: ", line, f.Name)
		}
	}
}

// Names and addresses are those that are reserved for examples: no host or mailbox of anybody is in the corpus.
func TestVectorsUseExampleNames(t *testing.T) {
	host := regexp.MustCompile(`(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|de|uk|cn|jp|fr|ru|me|info)\b`)
	reserved := regexp.MustCompile(`(?i)(?:^|\.)example\.(?:com|org|net)$`)
	address := regexp.MustCompile(`\b\d{2,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`)
	for v := range corpus.Tests() {
		s := string(v.Bytes())
		for _, h := range host.FindAllString(s, -1) {
			require.Regexp(t, reserved, h, v.ID)
		}
		for _, a := range address.FindAllString(s, -1) {
			require.True(t, strings.HasPrefix(a, "192.0.2.") || strings.HasPrefix(a, "198.51.100.") || strings.HasPrefix(a, "203.0.113."), "%s: %s", v.ID, a)
		}
	}
}

// No construct is without a case, and none that can go wrong at a known place is without a bad one.
func TestEveryConstructHasACase(t *testing.T) {
	good, bad := map[string]bool{}, map[string]bool{}
	for v := range corpus.Tests() {
		for _, c := range v.Covers {
			if v.Result == corpus.Valid || v.Result == corpus.Acceptable {
				good[c] = true
			} else {
				bad[c] = true
			}
		}
	}
	for c := range corpus.Constructs() {
		require.True(t, good[c.ID], "no case for %s (%s)", c.ID, c.Name)
		switch c.Kind {
		case "capability", "mechanism", "right", "thread":
			require.True(t, bad[c.ID], "no bad case for %s (%s)", c.ID, c.Name)
		}
	}
}
