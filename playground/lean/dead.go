package lean

import (
	"encoding/binary"
	"slices"
)

// What the runtime does only for who debugs a program: traces of execution, metrics, dumps, and what it prints about stacks and memory before
// it gives up. Nobody asks a page's engine for them. A stub traps, as giving up does.
var debugging = []string{
	"internal/bisect.New", "internal/bisect.printStack", "internal/bisect.(*Matcher).stack", "runtime.(*Frames).Next",
	"runtime.(*mspan).reportZombies", "runtime.(*profBuf).read", "runtime.(*profBuf).write", "runtime.checkFinalizersAndCleanups",
	"runtime.debugPrintPointers", "runtime.dumpScanStats", "runtime.dumpStacksRec", "runtime.dumpTypesRec", "runtime.dumpgstatus",
	"runtime.fpTracebackPCs", "runtime.fpunwindExpand", "runtime.gcDumpObject", "runtime.goroutineheader", "runtime.hexdumpWords",
	"runtime.initMetrics", "runtime.printAncestorTraceback", "runtime.printArgs", "runtime.printScavTrace", "runtime.printanycustomtype",
	"runtime.printcomplex128", "runtime.printcomplex64", "runtime.printfloat32", "runtime.printfloat64",
	"runtime.schedtrace", "runtime.traceAdvance", "runtime.traceReadCPU", "runtime.traceStack", "runtime.traceSyncBatch",
	"runtime.traceback", "runtime.traceback1", "runtime.traceback2", "runtime.tracebackHexdump", "runtime.tracebackothers",
}

// stub is a function that traps.
var stub = []byte{0, opUnreachable, opEnd}

// uses are what a function calls, and whose address it has.
func (f *function) uses(imported int64) (all []int) {
	for k := range f.code {
		switch i := &f.code[k]; {
		case i.op == opCall:
			all = append(all, int(i.arg-imported))
		case i.op == opI64Const && i.arg&placeMask == 0:
			all = append(all, int(i.arg>>functionShift-firstFunction))
		case i.op == opI32Const:
			all = append(all, int(i.arg-firstFunction))
		}
	}
	return all
}

// addresses calls found for every number that may be a function's in memory: addresses of code, and numbers of functions in the tables of types.
func (m memory) addresses(types []byte, found func(number int)) {
	for at := 0; at+8 <= len(m); at += 8 {
		if word := m.word(uint64(at)); word&placeMask == 0 {
			found(int(word>>functionShift - firstFunction))
		}
	}
	for ; len(types) >= 4; types = types[4:] {
		found(int(binary.LittleEndian.Uint32(types)) - firstFunction)
	}
}

// live tells which functions can still be called if those for debugging call nothing: those that the module exports, that are in memory, and
// that others use that can.
func (p *program) live(exports []byte, m memory, known []*funcInfo) ([]bool, error) {
	md, ok := m.moduledata()
	if !ok {
		return nil, errLayout
	}
	from, to := m.word(md+8*types), m.word(md+8*etypes)
	if from > to || to > uint64(len(m)) {
		return nil, errLayout
	}
	live := make([]bool, len(known))
	var todo, stubs []int
	found := func(number int) {
		if number >= 0 && number < len(live) && !live[number] {
			live[number] = true
			todo = append(todo, number)
		}
	}
	r := reader{b: exports}
	for n := r.unsigned(); n > 0 && !r.bad; n-- {
		r.skip(int(min(r.unsigned(), uint64(len(exports)))))
		if kind, number := r.octet(), r.unsigned(); kind == exportFunction {
			found(int(number) - int(p.imported))
		}
	}
	if r.bad {
		return nil, errModule
	}
	m.addresses(m[from:to], found)
	for len(todo) > 0 {
		number := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if known[number] != nil && slices.Contains(debugging, known[number].name) {
			stubs = append(stubs, number)
			continue
		}
		f, err := decode(p.bodies[number])
		if err != nil {
			return nil, err
		}
		for _, used := range f.uses(p.imported) {
			found(used)
		}
	}
	for _, number := range stubs {
		live[number] = false
	}
	return live, nil
}
