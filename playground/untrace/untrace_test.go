package untrace

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// program needs what stays of the tables: the collector walks deep stacks that move, and deferred calls run and recover after faults.
const program = `package main

type node struct{ left, right *node }

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{build(depth - 1), build(depth - 1)}
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.count() + n.right.count()
}

func sum(n int) (total int) {
	kept := []int{n}
	if n == 0 {
		build(10)
		return 0
	}
	return sum(n-1) + kept[0]
}

func fault(in []int, i int) (recovered bool) {
	defer func() { recovered = recover() != nil }()
	for range 1 {
		defer func() { build(4) }()
	}
	return in[i] == 0
}

func main() {
	total := 0
	for i := range 100 {
		total += build(12).count() + sum(500)
		if !fault(nil, i) {
			panic("a fault passed")
		}
	}
	println("total", total)
}
`

const run = `
const { WASI } = require("node:wasi");
const wasi = new WASI({ version: "preview1" });
const module = new WebAssembly.Module(require("node:fs").readFileSync(process.argv[1]));
process.exitCode = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
`

// compiled is program as a module.
func compiled(t *testing.T) []byte {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644))
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", "main.wasm", "main.go")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	module, err := os.ReadFile(filepath.Join(dir, "main.wasm"))
	require.NoError(t, err)
	return module
}

func TestModule(t *testing.T) {
	module := compiled(t)
	lean, err := Module(module)
	require.NoError(t, err)
	require.Less(t, len(lean), len(module)*9/10)

	again, err := Module(lean)
	require.NoError(t, err)
	require.Equal(t, len(lean), len(again), "nothing is left to take")

	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no Node to run it")
	}
	name := filepath.Join(t.TempDir(), "lean.wasm")
	require.NoError(t, os.WriteFile(name, lean, 0o644))
	out, err := exec.Command("node", "--no-warnings", "-e", run, name).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, "total 13344100\n", string(out)) // 100 times 2^13-1 nodes and the sum of 1 to 500
}

func TestModuleRefuses(t *testing.T) {
	for name, module := range map[string]string{
		"nothing":             "",
		"another format":      "\x7fELF\x02\x01\x01\x00",
		"no data":             "\x00asm\x01\x00\x00\x00",
		"a section cut short": "\x00asm\x01\x00\x00\x00\x0b\x05\x01",
		"a passive segment":   "\x00asm\x01\x00\x00\x00\x0b\x04\x01\x01\x01x",
		"a segment too far":   "\x00asm\x01\x00\x00\x00\x0b\x0a\x01\x00\x41\xff\xff\xff\xff\x07\x0b\x01x",
		"no tables":           "\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\x08\x0b\x01x",
	} {
		_, err := Module([]byte(module))
		require.Error(t, err, name)
	}
}

func TestSegments(t *testing.T) {
	far := make(memory, 200)
	copy(far[70:], "near\x00\x00and far")
	copy(far[150:], "away")
	for _, m := range []memory{nil, []byte("all"), far[:154]} {
		again, err := load(m.segments())
		require.NoError(t, err)
		require.Equal(t, m, again)
	}
}

func TestSigned(t *testing.T) {
	for _, v := range []int64{0, 1, 63, 64, 127, 128, 8191, 8192, 1 << 31, -1, -64, -65, -1 << 40} {
		got, n := signed(append(appendSigned(nil, v), 0xff))
		require.Equal(t, v, got)
		require.Len(t, appendSigned(nil, v), n)
	}
}
