//go:build !js

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/playground/lean"
)

// The engine that visitors load says of every transcript of the corpus what the one says that the go command made.
func TestLeanEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	root, err := repository()
	require.NoError(t, err)
	left := ""
	if _, err := os.Stat(filepath.Join(root, "wasm", "dist", "node.js")); err != nil {
		left = "the engine's JavaScript is not built: go run ./playground build"
	} else if _, err := exec.LookPath("node"); err != nil {
		left = "no Node to run engines"
	}
	if left != "" {
		require.Empty(t, os.Getenv("IMAPWIRE_REQUIRE"), left)
		t.Skip(left)
	}
	dir := t.TempDir()
	for _, lang := range words.Langs {
		table, err := words.Compiled(lang)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "words-"+lang+".bin"), table, 0o644))
	}
	linked, smaller := filepath.Join(dir, "linked.wasm"), filepath.Join(dir, "lean.wasm")
	b := builder{root: root, log: io.Discard}
	require.NoError(t, b.link(linked))
	module, err := os.ReadFile(linked)
	require.NoError(t, err)
	module, err = lean.Module(module)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(smaller, module, 0o644))
	out, err := exec.Command("node", filepath.Join(root, "playground", "testdata", "compare.mjs"), linked, smaller, dir,
		filepath.Join(root, "corpus", "transcripts")).CombinedOutput()
	require.NoError(t, err, string(out))
	t.Logf("%s", out)
}
