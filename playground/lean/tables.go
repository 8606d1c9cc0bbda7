package lean

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

const magic = 0xfffffff1 // Go 1.20 and later

var errLayout = errors.New("lean: the module's function tables are not laid out as in Go 1.26")

// recordSize is how far the descriptions of functions are apart, if they are small enough. That it is the same for most makes the table of
// where they are compress to nothing.
const recordSize = funcSize + 4*7

// The runtime finds a function's description by its number: a table says where to begin to look, and it looks on from there. The table has
// places for the other addresses of a function too, which are never read. Few different numbers, far apart, cost next to nothing.
const (
	findStride = 16 * 20 // from one function to the next: runtime.findfuncbucket, a bucket for each 1<<12 addresses
	findSteps  = 32      // how far it looks at most
)

// describe writes anew what the runtime knows about the functions, without what is for traces. Zeroes are left out of a module.
func (m memory) describe(all []funcInfo) error {
	md, ok := m.moduledata()
	if !ok {
		return errLayout
	}
	names, pcs, funcs, table := m.slice(md, funcnames, 1), m.slice(md, pctab, 1), m.slice(md, pclntable, 1), m.slice(md, ftab, 8)
	find, end := m.word(md+8*findtab), m.word(md+8*epclntab)
	if find < m.word(md+8*gofunc) || find > end || len(all) > 0 && uint64(all[len(all)-1].number) > (end-find)/findStride {
		return errLayout
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
	records := make([]byte, len(table)) // which stands at the begin of the same table
	offsets := slices.Clone(table)
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
		live := pcTable(info.maps())
		pcdata := 0
		if live != noTable {
			pcdata = pcdataStackMap + 1
		}
		put(funcNPCData, uint32(pcdata))
		for k, object := range info.objects {
			if object == noObject {
				continue
			}
			every = append(every, object)
			if slices.Contains(traceFuncData, k) {
				info.objects[k] = noObject
			} else {
				kept = append(kept, object)
			}
		}
		for len(info.objects) > 0 && info.objects[len(info.objects)-1] == noObject {
			info.objects = info.objects[:len(info.objects)-1]
		}
		f[funcNFuncData] = byte(len(info.objects))
		binary.LittleEndian.PutUint32(offsets[8*i+4:], uint32(len(records)))
		begin := len(records)
		records = append(records, f...)
		if pcdata > 0 {
			records = append(records, 0, 0, 0, 0)
			records = binary.LittleEndian.AppendUint32(records, live)
		}
		for _, object := range info.objects {
			records = binary.LittleEndian.AppendUint32(records, object)
		}
		records = append(records, make([]byte, max(0, begin+recordSize-len(records)))...)
	}
	if len(newNames) > len(names) || len(newPCs) > len(pcs) || len(records) > len(funcs) {
		return errLayout
	}
	clear(m.slice(md, cutab, 4))
	clear(m.slice(md, filetab, 1))
	clear(names)
	copy(names, newNames)
	clear(pcs)
	copy(pcs, newPCs)
	clear(funcs)
	copy(funcs, records)
	copy(table, offsets)
	clearOthers(objects, every, kept)
	clear(m[find:end])
	for i := range all {
		binary.LittleEndian.PutUint32(m[find+uint64(all[i].number)*findStride:], uint32(i)&^(findSteps-1))
	}
	return nil
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
