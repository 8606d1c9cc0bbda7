package lean

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// The words of runtime.moduledata that matter (runtime/symtab.go), by their number: a word has eight octets.
const (
	pcHeader   = 0
	funcnames  = 1 // slices have three words: address, length, capacity
	cutab      = 4
	filetab    = 7
	pctab      = 10
	pclntable  = 13
	ftab       = 16
	findtab    = 19
	types      = 37
	etypes     = 38
	gofunc     = 40
	epclntab   = 41
	typelinks  = 45
	itablinks  = 48
	wordsKnown = 51
)

// The octets of runtime._func (runtime/runtime2.go). Behind it stand the numbers of its pc tables, and then those of its other data.
const (
	funcEntry       = 0
	funcName        = 4
	funcArgs        = 8
	funcDeferReturn = 12
	funcSP          = 16
	funcFile        = 20
	funcLine        = 24
	funcNPCData     = 28
	funcUnit        = 32
	funcStartLine   = 36
	funcNFuncData   = 43
	funcSize        = 44
)

// Of internal/abi/symtab.go. Other pc tables are for traces, and for preemption by signals, which WebAssembly doesn't have.
const (
	pcdataStackMap = 1 // which map of pointers holds
	noTable        = 0 // among pc tables
)

// traceFuncData are the function data for traces only; the others are for the collector and for deferred calls.
var traceFuncData = []int{3 /* InlTree */, 5 /* ArgInfo */, 6 /* ArgLiveInfo */, 7 /* WrapInfo */}

const noObject = ^uint32(0) // among function data

// funcInfo is what the runtime knows about a function.
type funcInfo struct {
	number  int // of the code, imports not counted
	name    string
	head    []byte   // its _func
	stack   []byte   // pc table: the size of the frame
	live    []byte   // pc table: the number of the map of pointers in the frame; nil without one
	objects []uint32 // function data
	dead    bool     // never called
	conduct

	deferReturn int64   // the place where it goes on when it has recovered; 0 if it doesn't
	named       bool    // the runtime reads its name when it makes errors
	places      []int64 // what the numbers of its places were before they were numbered anew; nil if they weren't
}

// functions reads what the runtime knows.
func (m memory) functions() ([]funcInfo, error) {
	md, ok := m.moduledata()
	if !ok {
		return nil, errLayout
	}
	names, pcs, funcs, table := m.slice(md, funcnames, 1), m.slice(md, pctab, 1), m.slice(md, pclntable, 1), m.slice(md, ftab, 8)
	start, end := m.word(md+8*gofunc), m.word(md+8*epclntab)
	if len(table) < 16 || start > end || end > uint64(len(m)) {
		return nil, errLayout
	}
	all := make([]funcInfo, 0, len(table)/8)
	for entry := table[:len(table)-8]; len(entry) > 0; entry = entry[8:] {
		number, off := binary.LittleEndian.Uint32(entry), binary.LittleEndian.Uint32(entry[4:])
		if number < firstFunction || uint64(off)+funcSize > uint64(len(funcs)) {
			return nil, errLayout
		}
		f := slices.Clone(funcs[off:][:funcSize])
		name, pcdata := binary.LittleEndian.Uint32(f[funcName:]), int(binary.LittleEndian.Uint32(f[funcNPCData:]))
		funcdata := int(f[funcNFuncData])
		if uint64(name) >= uint64(len(names)) || pcdata > 16 || funcdata > 16 || uint64(len(funcs))-uint64(off) < uint64(funcSize+4*(pcdata+funcdata)) {
			return nil, errLayout
		}
		text, _, ok := bytes.Cut(names[name:], []byte{0})
		if !ok {
			return nil, errLayout
		}
		info := funcInfo{
			number: int(number) - firstFunction, name: string(text), head: f,
			deferReturn: int64(binary.LittleEndian.Uint32(f[funcDeferReturn:])),
		}
		if info.stack, ok = pcTable(pcs, binary.LittleEndian.Uint32(f[funcSP:])); !ok {
			return nil, errLayout
		}
		if pcdata > pcdataStackMap {
			if info.live, ok = pcTable(pcs, binary.LittleEndian.Uint32(funcs[off+funcSize+4*pcdataStackMap:])); !ok {
				return nil, errLayout
			}
		}
		for i := range funcdata {
			object := binary.LittleEndian.Uint32(funcs[int(off)+funcSize+4*(pcdata+i):])
			if object != noObject && uint64(object) >= end-start {
				return nil, errLayout
			}
			info.objects = append(info.objects, object)
		}
		all = append(all, info)
	}
	return all, nil
}

// forget lets nothing be known about a function but where it is, for it is never called.
func (info *funcInfo) forget() {
	clear(info.head[funcArgs:])
	info.stack, info.live, info.deferReturn, info.dead = nil, nil, 0, true
}

// grows tells whether a function makes the stack larger and lets its caller go on where it says.
func (info *funcInfo) grows() bool { return strings.HasPrefix(info.name, "runtime.morestack") }

// faults tells whether a function is called where a pointer was nil.
func (info *funcInfo) faults() bool { return info.name == "runtime.sigpanic" }

// ofRuntime tells whether a function is the runtime's.
func (info *funcInfo) ofRuntime() bool { return strings.HasPrefix(info.name, "runtime.") }

// special tells whether f may go on where only the runtime knows.
func (info *funcInfo) special() bool {
	return info.name == "runtime.goexit" || info.name == "runtime.systemstack_switch" || !strings.Contains(info.name, ".")
}

// moduledata finds where the runtime's description of the module is: it begins with the address of the function tables' header, and with
// that of the names, which the header knows too.
func (m memory) moduledata() (uint64, bool) {
	for md := uint64(0); md+8*wordsKnown <= uint64(len(m)); md += 8 {
		header := m.word(md + 8*pcHeader)
		if header == 0 || header%8 != 0 || header >= uint64(len(m)) || uint64(len(m))-header < 72 || binary.LittleEndian.Uint32(m[header:]) != magic {
			continue
		}
		// magic, two zeroes, the least size of an instruction, of a pointer; counts of functions and files, nothing, offsets of tables
		if [4]byte(m[header+4:]) != [4]byte{0, 0, 1, 8} {
			continue
		}
		same := true
		for i, table := range []uint64{funcnames, cutab, filetab, pctab, pclntable} {
			same = same && m.word(md+8*table) == header+m.word(header+32+8*uint64(i))
		}
		if same && m.word(md+8*(ftab+1)) == m.word(header+8)+1 {
			return md, true
		}
	}
	return 0, false
}
