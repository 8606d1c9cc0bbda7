// Package untrace takes out of a WebAssembly module of the Go linker what it needs only to print stack traces: which line and which inlined
// call a place in the code belongs to, files, and how to show arguments. That is a sixth of what a visitor has to load, and a page shows no
// traces. What the collector and recover need (frame sizes, stack maps, deferred calls) stays, and so do the functions' names,
// which the runtime reads when it makes some errors.
package untrace

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Module gives module without that. A layout that is not the one of the Go versions it knows is an error, never a guess.
func Module(module []byte) ([]byte, error) {
	head, data, tail, err := sections(module)
	if err != nil {
		return nil, err
	}
	m, err := load(data)
	if err != nil {
		return nil, err
	}
	if err := m.untrace(); err != nil {
		return nil, err
	}
	body := m.segments()
	out := slices.Concat(head, []byte{sectionData})
	out = binary.AppendUvarint(out, uint64(len(body)))
	return slices.Concat(out, body, tail), nil
}

// The words of runtime.moduledata that matter (runtime/symtab.go), by their number: a word has eight octets.
const (
	pcHeader   = 0
	funcnames  = 1
	cutab      = 4 // slices have three words: address, length, capacity
	filetab    = 7
	pctab      = 10
	pclntable  = 13
	ftab       = 16
	gofunc     = 40
	epclntab   = 41
	wordsKnown = 42
)

// The octets of runtime._func (runtime/runtime2.go).
const (
	funcSP        = 16
	funcFile      = 20
	funcLine      = 24
	funcNPCData   = 28
	funcStartLine = 36
	funcNFuncData = 43
	funcSize      = 44
)

// Tables for traces only (internal/abi/symtab.go). Unsafe points are for preemption by signals, which WebAssembly doesn't have.
var (
	tracePCData   = []int{0 /* UnsafePoint */, 2 /* InlTreeIndex */, 3 /* ArgLiveIndex */}
	traceFuncData = []int{3 /* InlTree */, 5 /* ArgInfo */, 6 /* ArgLiveInfo */}
)

const (
	magic    = 0xfffffff1 // Go 1.20 and later
	noTable  = 0          // among pc tables
	noObject = ^uint32(0) // among function data
)

var errLayout = errors.New("untrace: the module's function tables are not laid out as in Go 1.26")

// untrace clears the tables in memory: zeroes are left out of a module.
func (m memory) untrace() error {
	md, ok := m.moduledata()
	if !ok {
		return errLayout
	}
	pcs, funcs, table := m.slice(md, pctab, 1), m.slice(md, pclntable, 1), m.slice(md, ftab, 8)
	start, end := m.word(md+8*gofunc), m.word(md+8*epclntab)
	if pcs == nil || funcs == nil || len(table) < 16 || start > end || end > uint64(len(m)) {
		return errLayout
	}
	objects := m[start:end]
	usedPCs := make([]bool, len(pcs))
	var kept, all []uint32 // offsets of function data
	for entry := table[:len(table)-8]; len(entry) > 0; entry = entry[8:] {
		off := binary.LittleEndian.Uint32(entry[4:])
		if uint64(off)+funcSize > uint64(len(funcs)) {
			return errLayout
		}
		f := funcs[off:]
		pcdata, funcdata := int(binary.LittleEndian.Uint32(f[funcNPCData:])), int(f[funcNFuncData])
		if pcdata > 16 || funcdata > 16 || len(f) < funcSize+4*(pcdata+funcdata) {
			return errLayout
		}
		binary.LittleEndian.PutUint32(f[funcFile:], noTable)
		binary.LittleEndian.PutUint32(f[funcLine:], noTable)
		binary.LittleEndian.PutUint32(f[funcStartLine:], 0)
		if !use(usedPCs, pcs, binary.LittleEndian.Uint32(f[funcSP:])) {
			return errLayout
		}
		for i := range pcdata {
			at := f[funcSize+4*i:]
			if slices.Contains(tracePCData, i) {
				binary.LittleEndian.PutUint32(at, noTable)
			} else if !use(usedPCs, pcs, binary.LittleEndian.Uint32(at)) {
				return errLayout
			}
		}
		for i := range funcdata {
			at := f[funcSize+4*(pcdata+i):]
			object := binary.LittleEndian.Uint32(at)
			switch {
			case object == noObject:
				continue
			case object >= uint32(len(objects)):
				return errLayout
			case slices.Contains(traceFuncData, i):
				binary.LittleEndian.PutUint32(at, noObject)
			default:
				kept = append(kept, object)
			}
			all = append(all, object)
		}
	}
	for i, used := range usedPCs {
		if !used {
			pcs[i] = 0
		}
	}
	clearOthers(objects, all, kept)
	clear(m.slice(md, cutab, 4))
	clear(m.slice(md, filetab, 1))
	return nil
}

// use marks the pc table at offset, which ends with an empty difference of values: pairs of varints, a value's first and a pc's.
func use(used []bool, pcs []byte, offset uint32) bool {
	if offset == noTable {
		return true
	}
	for at, first := int(offset), true; at < len(pcs); first = false {
		value, n := binary.Uvarint(pcs[at:])
		if n <= 0 {
			return false
		}
		if value == 0 && !first {
			used[at] = true
			return true
		}
		_, n2 := binary.Uvarint(pcs[at+n:])
		if n2 <= 0 {
			return false
		}
		for range n + n2 {
			used[at] = true
			at++
		}
	}
	return false
}

// clearOthers clears the objects that begin at offsets in all but not in kept. One lasts until the next begins.
func clearOthers(objects []byte, all, kept []uint32) {
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Sort(kept)
	for i, from := range all {
		to := uint32(len(objects))
		if i+1 < len(all) {
			to = all[i+1]
		}
		if _, keep := slices.BinarySearch(kept, from); !keep {
			clear(objects[from:to])
		}
	}
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
