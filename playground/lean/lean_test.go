package lean

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// source needs what stays of the tables, and goes on at every kind of place: the collector walks deep stacks that move, goroutines wait for
// each other, deferred calls run and recover after faults, loops and switches jump to and fro.
const source = `package main

import (
	"errors"
	"sort"
)

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

type named struct{ name string }

func (n named) Name() string { return n.name }

type namer interface{ Name() string }

//go:noinline
func nameOf(n namer) string { return n.Name() }

func message(f func()) (text string) {
	defer func() { text = recover().(error).Error() }()
	f()
	return "none"
}

func steps(n int) (count int) {
outer:
	for i := 0; ; i++ {
		switch {
		case n == 1:
			break outer
		case n%2 == 0:
			n /= 2
		default:
			for range 3 {
				count++
			}
			n = 3*n + 1
			continue
		}
		count++
		if i > 1000 {
			return -1
		}
	}
	return count
}

func squares(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i * i
		}
	}()
	return c
}

// The runtime walks the fields of so large a type.
type large struct {
	name string
	rows [3000]struct {
		number int
		tree   *node
	}
}

func (l *large) count() (n int) {
	for i := range l.rows {
		if l.rows[i].tree != nil {
			n += l.rows[i].tree.count()
		}
	}
	return n
}

type key struct {
	s string
	f float64
}

func (k key) hidden() int { return len(k.s) }

// What maps take for the same, and which types have which methods.
func dynamic() (kinds, count int) {
	seen := map[any]int{}
	for i := range 300 {
		for _, k := range []any{key{string(rune('a' + i%5)), float64(i % 3)}, [2]string{"x", string(rune('a' + i%7))}, i % 11, "text", &seen} {
			seen[k]++
			switch k := k.(type) {
			case interface{ hidden() int }:
				count += k.hidden()
			case [2]string:
				count += 1000
			case error:
				panic("no error")
			}
		}
	}
	return len(seen), count
}

// Nothing that element calls lets the stack unwind, unless it panics.
//
//go:noinline
func element(in []int, i int) int { return in[i] }

// sumBelow goes as deep as the stack must grow for, and calls element on the way back.
func sumBelow(in []int, n int) int {
	if n == 0 {
		build(8)
		return element(in, len(in)-1)
	}
	room := [9]int{n, element(in, n%len(in))}
	return sumBelow(in, n-1) + element(room[:], 1)
}

// past gives what was added up before an element that isn't there.
func past(in []int, n int) (sum int, fault string) {
	defer func() { fault = recover().(error).Error() }()
	for i := range n + 1 {
		sum += sumBelow(in[:n], 40) + element(in[:n], i)
	}
	return sum, "none"
}

type problem struct{ at int }

func (p *problem) Error() string { return "a problem" }

func main() {
	total := 0
	l := &large{name: "l"}
	for i := range l.rows {
		l.rows[i].tree = build(i % 4)
	}
	kinds, methods := dynamic()
	println("dynamic", kinds, methods)
	var found *problem
	println(errors.As(errors.Join(errors.New("other"), &problem{7}), &found), found.at)
	sorted := []key{{"b", 2}, {"a", 1}, {"c", 3}}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].s < sorted[j].s })
	println(sorted[0].s, sorted[1].s, sorted[2].s)
	for i := range 100 {
		total += build(12).count() + sum(500)
		if !fault(nil, i) {
			panic("a fault passed")
		}
	}
	println("total", total)
	for v := range squares(300) {
		total += v
		sum(v % 50)
	}
	println("squares", total)
	count := map[string]int{}
	for n := range 3000 {
		count[string(rune('a'+n%26))] += steps(n + 1)
	}
	println("steps", count["a"], count["z"])
	println("large", l.count())
	for _, n := range []int{1, 10, 100, 1000, 3000} {
		println("below", sumBelow([]int{3, 1, 4, 1, 5}, n))
	}
	println(past([]int{2, 7, 1, 8}, 3))
	var nothing *node
	var noName *named
	println(message(func() { nothing.left = nil }))
	println(message(func() { nameOf(noName) }))
	println(message(func() { println(any(noName).(interface{ Other() })) }))
	println(message(func() { println(total / len(squares(0))) }))
}
`

const output = `dynamic 35 300300
true 7
a b c
total 13344100
squares 22299150
steps 16052 11484
large 19500
below 6
below 33
below 285
below 2805
below 8405
424 runtime error: index out of range [3] with length 3
runtime error: invalid memory address or nil pointer dereference
value method main.named.Name called using nil *named pointer
interface conversion: *main.named is not interface { Other() }: missing method Other
runtime error: integer divide by zero
`

// Names of types are gone from the texts of faults.
var leanOutput = strings.Replace(output, "*main.named is not interface { Other() }: ", " is not : ", 1)

const run = `
const { WASI } = require("node:wasi");
const wasi = new WASI({ version: "preview1" });
const module = new WebAssembly.Module(require("node:fs").readFileSync(process.argv[1]));
process.exitCode = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
`

// compiled is source as a module.
var compiled = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "lean")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644); err != nil {
		return nil, err
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", "main.wasm", "main.go")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	return os.ReadFile(filepath.Join(dir, "main.wasm"))
})

func TestModule(t *testing.T) {
	module, err := compiled()
	require.NoError(t, err)
	lean, err := Module(module)
	require.NoError(t, err)
	require.Less(t, len(lean), len(module)*9/10)

	again, err := Module(module)
	require.NoError(t, err)
	require.True(t, bytes.Equal(lean, again), "the same each time")

	if _, err := exec.LookPath("node"); err != nil {
		require.Empty(t, os.Getenv("IMAPWIRE_REQUIRE"), "Node must be here")
		t.Skip("no Node to run it")
	}
	for want, m := range map[string][]byte{output: module, leanOutput: lean} {
		file := filepath.Join(t.TempDir(), "main.wasm")
		require.NoError(t, os.WriteFile(file, m, 0o644))
		out, err := exec.Command("node", "--no-warnings", "-e", run, file).CombinedOutput()
		require.NoError(t, err, string(out))
		require.Equal(t, want, string(out))
	}
}

// What decode reads of a function, append writes.
func TestFunctionsStay(t *testing.T) {
	module, err := compiled()
	require.NoError(t, err)
	body, err := split(module)
	require.NoError(t, err)
	r := reader{b: body[sectionCode]}
	laidOut := 0
	for range r.unsigned() {
		size := int(r.unsigned())
		octets := r.b[r.at : r.at+size]
		r.skip(size)
		f, err := decode(octets)
		require.NoError(t, err)
		again, err := decode(f.append(nil)) // the linker doesn't write all numbers as short as can be
		require.NoError(t, err)
		require.Len(t, again.code, len(f.code))
		for k := range f.code {
			was, is := f.code[k], again.code[k]
			require.True(t, was.op == is.op && was.label == is.label && was.arg == is.arg && slices.Equal(was.table, is.table))
		}
		if _, ok := f.layout(); ok {
			laidOut++
		}
		for cut := range min(size, 40) {
			_, err := decode(octets[:cut])
			require.Error(t, err)
		}
	}
	require.Greater(t, laidOut, 500)
}

// A loop as the compiler writes it: block 0 jumps to 2, 1 is its body, 2 goes back to 1 or on to 3, which returns.
func TestFlow(t *testing.T) {
	body := []byte{
		0,                                                                        // no locals
		opLoop, void, opBlock, void, opBlock, void, opBlock, void, opBlock, void, // L, and the ends of which 3, 2, 1, 0 follow
		opLocalGet, 0, opBrTable, 5, 0, 1, 1, 2, 3, 3, opEnd, // numbers 0 to 4
		opI32Const, 3, opLocalSet, 0, opBr, 3, opEnd, // to 2
		opLocalGet, 9, opIf, void, opI32Const, 4, opLocalSet, 0, opBr, 3, opEnd, opEnd, // to 3
		opLocalGet, 8, opI32Eqz, opIf, void, opI32Const, 1, opLocalSet, 0, opBr, 2, opEnd, opEnd, // to 1
		opI32Const, 0, opReturn, opEnd, opUnreachable, opEnd,
	}
	f, err := decode(body)
	require.NoError(t, err)
	l, ok := f.layout()
	require.True(t, ok)
	require.Len(t, l.blocks, 4)
	f.jumps(l)
	info := funcInfo{number: 7, deferReturn: 0}
	f.renumber(l, &info, &program{})
	f.tidy()
	require.Equal(t, []int64{0, 1}, info.places)
	require.Equal(t, []byte{
		0,
		opLoop, void, opBlock, void, opBlock, void, opBlock, void, opBlock, void,
		opLocalGet, 0, opBrTable, 1, 0, 1, opEnd,
		opBr, 1, opEnd,
		opLocalGet, 9, opBrIf, 1, opEnd,
		opLocalGet, 8, opI32Eqz, opIf, void, opI32Const, 1, opLocalSet, 0, opBr, 2, opEnd, opEnd,
		opI32Const, 0, opReturn, opEnd, opUnreachable, opEnd,
	}, f.append(nil))
}

func TestPeephole(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"a place in the frame", "\x20\x01\xad\x42\x18\x7c\xa7", "\x20\x01\x41\x18\x6a"},
		{"the low half of a sum", "\x20\x02\x42\x7f\x7c\xa7", "\x20\x02\xa7\x41\x7f\x6a"},
		{"a truth widened and narrowed", "\x20\x02\x50\xad\xa7", "\x20\x02\x50"},
		{"not less", "\x20\x02\x20\x03\x53\x45", "\x20\x02\x20\x03\x59"},
		{"an address of memory", "\x42\xe0\xf5\x39\xa7\x29\x03\x08", "\x41\xe0\xf5\x39\x29\x03\x08"},
		{"not false", "\x20\x02\x50\xad\x50\x45", "\x20\x02\x50"},
		{"set and got", "\x41\x05\x21\x03\x20\x03", "\x41\x05\x22\x03"},
		{"set twice", "\x41\x05\x22\x03\x21\x03", "\x41\x05\x21\x03"},
		{"a store into the frame", "\x20\x01\x41\x10\x6a\x20\x02\x29\x03\x00\x37\x03\x08", "\x20\x01\x20\x02\x29\x03\x00\x37\x03\x18"},
		{"a place in the frame kept", "\x20\x01\x41\x10\x6a\x22\x02\x29\x03\x00", "\x20\x01\x41\x10\x6a\x22\x02\x29\x03\x00"},
		{"not zero stays", "\x20\x02\x50\x45", "\x20\x02\x50\x45"},
		{
			"the frame and the address, off the stack",
			"\x20\x01\x41\x30\x6a\x22\x01\x24\x00\x20\x01\x41\x08\x6a\x22\x01\x24\x00\x41\x00\x0f",
			"\x20\x01\x41\x38\x6a\x24\x00\x41\x00\x0f",
		},
	} {
		f, err := decode([]byte("\x00" + c.before + "\x0b"))
		require.NoError(t, err, c.name)
		f.peephole()
		f.slots()
		require.Equal(t, "\x00"+c.after+"\x0b", string(f.append(nil)), c.name)
	}
}

// A function keeps its own address and where its parameters are in locals before the compiler's: there the first is an i64, or a float, or
// there is none.
func TestLocals(t *testing.T) {
	const start = "\x23\x00\x21\x01"
	const call, at = "\x20\x01\x42\x83\x80\x9c\x80\x01\x37\x03\x00", "\x42\x80\x80\x9c\x80\x01"
	const short, known = "\x20\x01\x20\x03\x42\x03\x84\x37\x03\x00", at + "\x21\x03"
	const frame, caller = "\x20\x01\x41\x10\x6b\x22\x01\x24\x00", "\x20\x01\x21\x02"
	const table = "\x02\x40\x20\x00\x0e\x00\x00\x0b" // it may go on elsewhere
	const param, passed = "\x20\x01\x29\x03\x18", "\x20\x02\x29\x03\x08"
	for _, c := range []struct{ name, locals, body, wantLocals, want string }{
		{"with others", "\x02\x01\x7f\x02\x7e", start + call + "\x20\x03\x21\x02", "\x02\x02\x7f\x03\x7e", start + known + short + "\x20\x05\x21\x04"},
		{"with a float", "\x02\x01\x7f\x01\x7d", start + call + "\x20\x02", "\x03\x02\x7f\x01\x7e\x01\x7d", start + known + short + "\x20\x04"},
		{"alone", "\x01\x01\x7f", start + call, "\x02\x02\x7f\x01\x7e", start + known + short},
		{"its own address", "\x01\x01\x7f", start + call + at, "\x02\x02\x7f\x01\x7e", start + known + short + "\x20\x03"},
		{"no call", "\x01\x01\x7f", start + "\x01", "\x02\x02\x7f\x01\x7e", start + "\x01"},
		{"other locals than the compiler's", "\x01\x01\x7e", start + call, "\x01\x01\x7e", start + call},
		{"two stack pointers", "\x01\x02\x7f", start + call, "\x01\x02\x7f", start + call},
		{"no stack pointer", "\x01\x01\x7f", call, "\x01\x01\x7f", call},
		{"a parameter", "\x01\x01\x7f", start + frame + param, "\x02\x02\x7f\x01\x7e", start + caller + frame + passed},
		{"a parameter, anywhere", "\x01\x01\x7f", start + table + frame + param, "\x02\x02\x7f\x01\x7e", start + "\x20\x01\x41\x10\x41\x00\x20\x00\x1b\x6a\x21\x02" + table + frame + passed},
		{"a result", "\x01\x01\x7f", start + frame + "\x20\x01\x42\x01\x37\x03\x18", "\x02\x02\x7f\x01\x7e", start + caller + frame + "\x20\x02\x42\x01\x37\x03\x08"},
		{"its own frame", "\x01\x01\x7f", start + frame + "\x20\x01\x29\x03\x08", "\x02\x02\x7f\x01\x7e", start + frame + "\x20\x01\x29\x03\x08"},
		{"before the frame stands", "\x01\x01\x7f", start + param + frame, "\x02\x02\x7f\x01\x7e", start + param + frame},
		{"two frames", "\x01\x01\x7f", start + frame + frame + param, "\x02\x02\x7f\x01\x7e", start + frame + frame + param},
		{"another stack", "\x01\x01\x7f", start + frame + param + "\x41\x00\x21\x01", "\x02\x02\x7f\x01\x7e", start + frame + param + "\x41\x00\x21\x01"},
	} {
		f, err := decode([]byte(c.locals + c.body + "\x0b"))
		require.NoError(t, err, c.name)
		f.addLocals(&funcInfo{number: 7})
		require.Equal(t, c.wantLocals+c.want+"\x0b", string(f.append(nil)), c.name)
	}
}

// A text goes if nothing but giving up needs it, unless it tells what a visitor can run into.
func TestTexts(t *testing.T) {
	const give = "\x20\x01\x42%c\x37\x03\x00\x20\x01\xad\x42\x08\x7c\xa7\x42%c\x37\x03\x00"
	const call = "\x20\x01\x41\x08\x6b\x22\x01\x24\x00\x20\x01\x42\x00\x37\x03\x00\x41\x00\x10%c"
	site := func(address, length, callee rune) string { return fmt.Sprintf(give+call, address, length, callee) }
	m := memory("................................bad spanno memorysharedreused")
	p := program{imported: 1}
	for _, body := range []string{
		site(32, 8, 2) + site(40, 9, 2) + site(49, 6, 2) + site(55, 6, 2), // the second function throws
		"",
		site(49, 6, 4), // the fourth is another
		"\x42\x39\x1a", // within the last text
	} {
		p.bodies = append(p.bodies, []byte("\x00"+body+"\x0b"))
	}
	known := []*funcInfo{{name: "runtime.f"}, {name: "runtime.throw"}, nil, nil}
	require.NoError(t, p.texts(m, []bool{true, true, true, true}, known))
	require.Equal(t, "................................\x00\x00\x00\x00\x00\x00\x00\x00no memorysharedreused", string(m))
	require.Equal(t, "\x00"+site(0, 0, 2)+site(40, 9, 2)+site(49, 6, 2)+site(55, 6, 2)+"\x0b", string(p.bodies[0]))
}

func TestPowers(t *testing.T) {
	table := make(memory, 16+powersSize+16)
	copy(table[16:], firstPower)
	copy(table[powersSize:], lastPower)
	for _, used := range [][]uint64{nil, {15}, {16 + powersSize}, {1, 1 << 20}} {
		m := slices.Clone(table)
		m.powers(used)
		require.Equal(t, make(memory, len(m)), m)
	}
	for _, used := range [][]uint64{{16}, {1, 100, 1 << 20}, {15 + powersSize}} {
		m := slices.Clone(table)
		m.powers(used)
		require.Equal(t, table, m)
	}
	for _, at := range []int{16, 15 + powersSize} {
		m := slices.Clone(table)
		m[at]++
		other := slices.Clone(m)
		m.powers(nil)
		require.Equal(t, other, m, "another table")
	}
	table[:20].powers(nil)
}

func TestPCTable(t *testing.T) {
	values := []int64{-1, 0, 0, 5, 5, -3, -3}
	table := appendPCTable(nil, values)
	for n, v := range values {
		require.Equal(t, v, valueAt(table, int64(n)))
	}
	require.Equal(t, int64(-3), valueAt(table, lastNumber-1))
	require.Equal(t, int64(-1), valueAt(table, lastNumber))
	require.Equal(t, int64(-1), valueAt(nil, 0))

	pcs := append([]byte{0}, append(table, "rest"...)...)
	found, ok := pcTable(pcs, 1)
	require.True(t, ok)
	require.Equal(t, table, found)
	for _, cut := range []int{1, 2, len(table)} {
		_, ok = pcTable(pcs[:cut], 1)
		require.False(t, ok)
	}
}

// Whatever is wrong with a module, it is refused or stays a module.
func TestModuleDamaged(t *testing.T) {
	module, err := compiled()
	require.NoError(t, err)
	body, err := split(module)
	require.NoError(t, err)
	m, err := load(body[sectionData])
	require.NoError(t, err)
	md, ok := m.moduledata()
	require.True(t, ok)
	for _, cut := range []int{len(module) - 1, len(module) / 2, len(module) / 4, 100, 9} {
		_, err := Module(module[:cut])
		require.Error(t, err, "cut at %d", cut)
	}

	next := rand.New(rand.NewPCG(1, 2))
	ranges := func(word, size uint64) (from, to uint64) {
		from = m.word(md + 8*word)
		return from, from + m.word(md+8*word+8)*size
	}
	typesFrom := m.word(md+8*types) + m.u32(m.word(md+8*typelinks))
	pcsFrom, pcsTo := ranges(pctab, 1)
	funcsFrom, funcsTo := ranges(pclntable, 1)
	places := map[string]func(b *[sections][]byte, m memory) []byte{
		"the code":         func(b *[sections][]byte, _ memory) []byte { return b[sectionCode] },
		"the exports":      func(b *[sections][]byte, _ memory) []byte { return b[sectionExport] },
		"the signatures":   func(b *[sections][]byte, _ memory) []byte { return b[sectionType] },
		"the moduledata":   func(_ *[sections][]byte, m memory) []byte { return m[md : md+8*wordsKnown] },
		"the descriptions": func(_ *[sections][]byte, m memory) []byte { return m[funcsFrom:funcsTo] },
		"the pc tables":    func(_ *[sections][]byte, m memory) []byte { return m[pcsFrom:pcsTo] },
		"types":            func(_ *[sections][]byte, m memory) []byte { return m[typesFrom:][:60000] },
	}
	dir := t.TempDir()
	refused, made := 0, 0
	for name, place := range places {
		for n := range 6 {
			other, memory := body, slices.Clone(m)
			for id := range other {
				other[id] = bytes.Clone(body[id])
			}
			at := place(&other, memory)
			for range 1 + next.IntN(3) {
				at[next.IntN(len(at))] = byte(next.Uint32())
			}
			other[sectionData] = memory.segments()
			damaged := join(other)
			smaller, err := Module(damaged)
			if err != nil {
				refused++
				continue
			}
			file := filepath.Join(dir, fmt.Sprintf("%s %d", name, n))
			require.NoError(t, os.WriteFile(file+".was", damaged, 0o644))
			require.NoError(t, os.WriteFile(file+".is", smaller, 0o644))
			made++
		}
	}
	require.Positive(t, refused)
	require.Positive(t, made)
	if _, err := exec.LookPath("node"); err != nil {
		require.Empty(t, os.Getenv("IMAPWIRE_REQUIRE"), "Node must be here")
		t.Skip("no Node to look at the modules")
	}
	out, err := exec.Command("node", "-e", validate, dir).CombinedOutput()
	require.NoError(t, err, string(out))
}

const validate = `
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const dir = process.argv[1];
const valid = (name) => WebAssembly.validate(readFileSync(join(dir, name)));
for (const name of readdirSync(dir)) {
	if (name.endsWith(".was") && valid(name) && !valid(name.slice(0, -3) + "is")) {
		console.log(name);
		process.exitCode = 1;
	}
}
`

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

// What packed holds gives the descriptions back.
func TestPacked(t *testing.T) {
	records := make([]byte, 3*recordSize)
	copy(records[4:], "one")
	copy(records[recordSize+4:], "two")
	copy(records[2*recordSize+4:], "six")
	records[3*recordSize-1] = 9
	p := packed{first: firstFunction}
	require.True(t, p.pack(records, []uint32{firstFunction, firstFunction + 1, firstFunction + 5}))
	require.Equal(t, "\x04\x05\x06\x47"+"\x00\x01\x04"+"ots"+"nwi"+"eox"+"\x00\x00\x09", string(p.octets()))
	_, err := decode(p.unpack(1 << 20))
	require.NoError(t, err)

	p = packed{first: firstFunction}
	require.False(t, p.pack(records, []uint32{firstFunction, firstFunction + 256, firstFunction + 257}), "a step that an octet doesn't hold")
}

func TestBegin(t *testing.T) {
	body := [sections][]byte{
		sectionType: []byte("\x01\x60\x01\x7f\x01\x7f"), sectionImport: []byte("\x01\x01m\x01f\x00\x00"), sectionFunction: []byte("\x01\x00"), sectionCode: []byte("\x01\x02\x00\x0b"),
	}
	require.NoError(t, begin(&body, []byte("\x00\x0b")))
	require.Equal(t, "\x02\x60\x01\x7f\x01\x7f\x60\x00\x00", string(body[sectionType]))
	require.Equal(t, "\x02\x00\x01", string(body[sectionFunction]))
	require.Equal(t, "\x02\x02\x00\x0b\x02\x00\x0b", string(body[sectionCode]))
	require.Equal(t, "\x02", string(body[sectionStart]), "behind the import and the first")
	require.Error(t, begin(&body, []byte("\x00\x0b")), "something begins already")
	require.Error(t, begin(&[sections][]byte{sectionType: []byte("\x00")}, nil))
}
