package lean

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

const magic = 0xfffffff1 // Go 1.20 and later

var errLayout = errors.New("lean: the module's function tables are not laid out as in Go 1.26")

// recordSize is how far the descriptions of functions are apart: a head, two pc tables, and what function data aren't for traces.
const recordSize = funcSize + 4*(pcdataStackMap+1) + 4*5

// The runtime finds a function's description by its number: a table says where to begin to look, and it looks on from there. The table has
// places for the other addresses of a function too, which are never read. Few different numbers, far apart, cost next to nothing.
const (
	findStride = 16 * 20 // from one function to the next: runtime.findfuncbucket, a bucket for each 1<<12 addresses
	findSteps  = 32      // how far it looks at most
)

// describe writes anew what the runtime knows about the functions, without what is for traces. Zeroes are left out of a module.
func (m memory) describe(all []funcInfo) (start []byte, err error) {
	md, ok := m.moduledata()
	if !ok {
		return nil, errLayout
	}
	names, pcs, funcs, table := m.slice(md, funcnames, 1), m.slice(md, pctab, 1), m.slice(md, pclntable, 1), m.slice(md, ftab, 8)
	find, end := m.word(md+8*findtab), m.word(md+8*epclntab)
	if find < m.word(md+8*gofunc) || find > end || len(all) > 0 && uint64(all[len(all)-1].number) > (end-find)/findStride {
		return nil, errLayout
	}
	objects := m[m.word(md+8*gofunc):find]
	var every, kept []uint32
	// The runtime takes a goroutine for its own by the beginning of the name of its function.
	newNames, newPCs := append([]byte{0}, "runtime.\x00"...), []byte{0}
	known := map[string]uint32{"": noTable}
	pcTable := func(table []byte) uint32 {
		at, ok := known[string(table)]
		if !ok {
			at = uint32(len(newPCs))
			known[string(table)] = at
			newPCs = append(newPCs, table...)
		}
		return at
	}
	last := slices.Clone(table[len(table)-8:]) // where the last function ends
	var records []byte
	var numbers []uint32
	for i := range all {
		info := &all[i]
		f := info.head
		put := func(at int, v uint32) { binary.LittleEndian.PutUint32(f[at:], v) }
		switch {
		case info.named || strings.HasPrefix(info.name, "reflect."): // the collector knows stubs of reflect by name
			put(funcName, uint32(len(newNames)))
			newNames = append(append(newNames, info.name...), 0)
		case info.ofRuntime():
			put(funcName, 1)
		default:
			put(funcName, 0)
		}
		put(funcFile, noTable)
		put(funcLine, noTable)
		put(funcUnit, 0)
		put(funcStartLine, 0)
		put(funcDeferReturn, uint32(info.deferReturn))
		put(funcSP, pcTable(info.frames()))
		put(funcNPCData, pcdataStackMap+1)
		for k, object := range info.objects {
			if object == noObject {
				continue
			}
			every = append(every, object)
			if info.dead || slices.Contains(traceFuncData, k) {
				info.objects[k] = noObject
			} else {
				kept = append(kept, object)
			}
		}
		for len(info.objects) > 0 && info.objects[len(info.objects)-1] == noObject {
			info.objects = info.objects[:len(info.objects)-1]
		}
		f[funcNFuncData] = byte(len(info.objects))
		record := append(f, 0, 0, 0, 0) // no table of the first kind
		record = binary.LittleEndian.AppendUint32(record, pcTable(info.maps()))
		for _, object := range info.objects {
			record = binary.LittleEndian.AppendUint32(record, object)
		}
		if len(record) > recordSize {
			return nil, errLayout
		}
		records = append(records, record...)
		records = append(records, make([]byte, recordSize-len(record))...)
		numbers = append(numbers, uint32(info.number)+firstFunction)
	}
	funcsAt := m.word(md + 8*pclntable)
	p := packed{first: firstFunction, funcs: funcsAt, records: funcsAt + uint64(len(table)), ftab: m.word(md + 8*ftab), find: find}
	if !p.pack(records, numbers) {
		return nil, errLayout
	}
	octets := p.octets()
	if len(newNames)+len(octets) > len(names) || len(newPCs) > len(pcs) || len(table)+len(records) > len(funcs) {
		return nil, errLayout
	}
	clear(m.slice(md, cutab, 4))
	clear(m.slice(md, filetab, 1))
	clear(names)
	copy(names, newNames)
	copy(names[len(newNames):], octets)
	clear(pcs)
	copy(pcs, newPCs)
	clear(funcs)
	copy(table[len(table)-8:], last)
	clearOthers(objects, every, kept)
	clear(m[find:end])
	return p.unpack(m.word(md+8*funcnames) + uint64(len(newNames))), nil
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
