package lean

import (
	"encoding/binary"
	"slices"
	"strings"
)

// What the runtime does only for who debugs a program: traces of execution, metrics, dumps, and what it prints about stacks and memory before
// it gives up. Nobody asks a page's engine for them. A stub traps, as giving up does.
var debugging = []string{
	"internal/bisect.New", "internal/bisect.printStack", "internal/bisect.(*Matcher).stack", "runtime.(*Frames).Next",
	"runtime.(*mspan).reportZombies", "runtime.(*profBuf).read", "runtime.(*profBuf).write", "runtime.badPointer",
	"runtime.checkFinalizersAndCleanups", "runtime.debugPrintPointers", "runtime.dopanic_m", "runtime.dumpScanStats",
	"runtime.dumpStacksRec", "runtime.dumpTypesRec", "runtime.dumpgstatus", "runtime.endCheckmarks", "runtime.fmtNSAsMS",
	"runtime.fpTracebackPCs", "runtime.fpunwindExpand", "runtime.gcDumpObject", "runtime.goroutineheader", "runtime.hexdumpWords",
	"runtime.initMetrics", "runtime.postMallocgcDebug", "runtime.printAncestorTraceback", "runtime.printArgs", "runtime.printScavTrace",
	"runtime.printanycustomtype", "runtime.printcomplex128", "runtime.printcomplex64", "runtime.printcreatedby", "runtime.printfloat32",
	"runtime.printfloat64", "runtime.runCheckmark", "runtime.schedtrace", "runtime.setCheckmark", "runtime.startCheckmarks",
	"runtime.traceAcquireEnabled", "runtime.traceAdvance", "runtime.traceReadCPU", "runtime.traceStack", "runtime.traceSyncBatch",
	"runtime.traceback", "runtime.traceback1", "runtime.traceback2", "runtime.tracebackHexdump", "runtime.tracebackothers",
	"runtime.tracebacksomeothers",
}

// debuggingTypes are how the names of methods for the same begin; but whether there is a trace is asked always.
var debuggingTypes = []string{
	"runtime.(*synctestBubble).", "runtime.(*traceMap).", "runtime.(*traceRegionAlloc).", "runtime.(*traceStringTable).",
	"runtime.traceLocker.", "runtime.traceWriter.",
}

const traceAsked = "runtime.traceLocker.ok"

// impossible is what the runtime never comes to with the one thread that it has in a module, without C, and without signals.
var impossible = []string{
	"runtime.(*p).destroy", "runtime.allocm", "runtime.exitsyscallNoP", "runtime.mexit", "runtime.newextram", "runtime.newm",
	"runtime.oneNewExtraM", "runtime.preemptPark", "runtime.scanConservative", "runtime.startm",
}

// profiling is what the runtime does for profiles that nobody asks for.
var profiling = []string{
	"runtime.doRecordGoroutineProfile", "runtime.saveBlockEventStack", "runtime.saveblockevent", "runtime.stkbucket",
	"runtime.tryRecordGoroutineProfile",
}

// idle functions are called always, but what they do is of no use: they look whether compiler and linker made a right module, compare the
// types of several, read settings of other processors, and sample allocations for a profile. They return at once.
var idle = []string{
	"internal/cpu.processOptions", "runtime.check", "runtime.mProf_Malloc", "runtime.moduledataverify1", "runtime.typelinksinit",
}

// nothing is a function that only returns.
var nothing = []byte{0, opGlobalGet, spGlobal, opI32Const, addressSize, opI32Add, opGlobalSet, spGlobal, opI32Const, 0, opEnd}

// stub is a function that traps.
var stub = []byte{0, opUnreachable, opEnd}

// stubbed tells whether a function gets a stub.
func (info *funcInfo) stubbed() bool {
	for _, names := range [][]string{debugging, impossible, profiling} {
		if slices.Contains(names, info.name) {
			return true
		}
	}
	return info.name != traceAsked && slices.ContainsFunc(debuggingTypes, func(start string) bool { return strings.HasPrefix(info.name, start) })
}

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
// Those in descriptors count only if the address of their descriptor is there.
func (m memory) addresses(types []byte, descriptors map[uint64]int, found func(number int)) {
	for at := uint64(0); at+8 <= uint64(len(m)); at += 8 {
		word := m.word(at)
		if number, ok := descriptors[word]; ok {
			found(number)
		}
		if _, ok := descriptors[at]; !ok && word&placeMask == 0 {
			found(int(word>>functionShift - firstFunction))
		}
	}
	for ; len(types) >= 4; types = types[4:] {
		found(int(binary.LittleEndian.Uint32(types)) - firstFunction)
	}
}

// leastDescriptors is how many addresses of functions must follow each other to be the linker's descriptors of functions. Rows of what a
// package does when it begins are shorter, and behind a word whose upper half is their number.
const leastDescriptors = 64

// descriptors are the functions whose address stands in a descriptor, by the address of that. A function value is the address of a descriptor:
// nothing else leads to what stands there. Addresses in tables of methods are none.
func (m memory) descriptors(itabs []byte, count int) map[uint64]int {
	methods := map[uint64]bool{}
	for ; len(itabs) >= 8; itabs = itabs[8:] {
		for at := binary.LittleEndian.Uint64(itabs) + itabMethods; at < uint64(len(m))-8 && m.isCode(at, count); at += 8 {
			methods[at] = true
		}
	}
	all := map[uint64]int{}
	from := uint64(0) // of the row
	for at := uint64(0); at+8 <= uint64(len(m)); at += 8 {
		if m.isCode(at, count) && !methods[at] {
			continue
		}
		if at-from >= 8*leastDescriptors && from > 0 && m.word(from-8)>>32 == 0 {
			for ; from < at; from += 8 {
				all[from] = int(m.word(from)>>functionShift - firstFunction)
			}
		}
		from = at + 8
	}
	return all
}

// itabMethods is where in an itab (internal/abi/iface.go) the addresses of methods begin.
const itabMethods = 24

// isCode tells whether the address of one of so many functions may stand at an address.
func (m memory) isCode(at uint64, count int) bool {
	word := m.word(at)
	return word&placeMask == 0 && word>>functionShift-firstFunction < uint64(count)
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
	descriptors := m.descriptors(m.slice(md, itablinks, 8), len(known))
	m.addresses(m[from:to], descriptors, found)
	for len(todo) > 0 {
		number := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if known[number] != nil && known[number].stubbed() {
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
		for k := range f.code {
			if i := &f.code[k]; i.op == opI32Const || i.op == opI64Const {
				if number, ok := descriptors[uint64(i.arg)]; ok {
					found(number)
				}
			}
		}
	}
	for _, number := range stubs {
		live[number] = false
	}
	return live, nil
}
