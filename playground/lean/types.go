package lean

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Kinds of types, and where things stand in their descriptions (internal/abi/type.go).
const (
	kindArray     = 17
	kindChan      = 18
	kindFunc      = 19
	kindInterface = 20
	kindMap       = 21
	kindPointer   = 22
	kindSlice     = 23
	kindStruct    = 25
	kindLast      = 26

	typeFlags = 20
	typeKind  = 23
	typeName  = 40
	typePtrTo = 44
	typeSize  = 48 // and then what only some kinds have
	typeAlign = 32 // of descriptions

	arraySlice       = typeSize + 8 // the slice type with the same elements
	funcCounts       = typeSize     // of parameters and results
	structPackage    = typeSize
	structFields     = typeSize + 8 // slices have three words
	interfacePackage = typeSize
	interfaceMethods = typeSize + 8

	fieldName, fieldType, fieldSize       = 0, 8, 24
	imethodName, imethodType, imethodSize = 0, 4, 8 // of an interface

	uncommonPackage, uncommonCount, uncommonMethods, uncommonSize = 0, 4, 8, 16
	methodName, methodType, methodPlain, methodSize               = 0, 4, 12, 16

	flagUncommon   = 1 << 0
	flagExtraStar  = 1 << 1
	flagMaskDemand = 1 << 4 // the runtime makes the map of pointers by walking the fields

	nameTag, namePackage = 1 << 1, 1 << 2 // what follows a name
)

// noMethod is the type of a method that the linker left out.
const noMethod = ^uint32(0)

// shapes are the sizes of descriptions by kind, and how many types stand at the begin of what is special about them.
var shapes = map[byte]struct{ size, types uint64 }{
	kindArray: {72, 1}, kindChan: {64, 1}, kindFunc: {56, 0}, kindInterface: {80, 0}, kindMap: {112, 3}, kindPointer: {56, 1}, kindSlice: {56, 1},
	kindStruct: {80, 0},
}

// typeInfo is the description of a type.
type typeInfo struct {
	at, end  uint64
	kind     byte
	demand   bool
	uncommon uint64   // its address, or 0
	parts    []uint64 // types that the runtime goes on to from here
	others   []uint64 // types that only reflection goes on to
	live     bool
}

// typeTable are the types of a module. Their descriptions and names stand between base and limit.
type typeTable struct {
	m           memory
	base, limit uint64
	all         []*typeInfo // by address
	known       map[uint64]*typeInfo
}

func (m memory) u16(at uint64) uint64 { return uint64(binary.LittleEndian.Uint16(m[at:])) }
func (m memory) u32(at uint64) uint64 { return uint64(binary.LittleEndian.Uint32(m[at:])) }

// types takes out of the descriptions of types what only reflection and the texts of faults need: the names of types, the fields of structs,
// parameters, and types of which nothing else is known than that a field has them. A module that reflects keeps all. So does one with a
// type that isn't understood.
func (p *program) types(m memory, live []bool, known []*funcInfo) error {
	md, ok := m.moduledata()
	if !ok {
		return errLayout
	}
	for number, f := range known {
		if f != nil && live[number] && strings.HasPrefix(f.name, "reflect.") {
			return nil
		}
	}
	t := typeTable{m: m, base: m.word(md + 8*types), limit: m.word(md + 8*etypes), known: map[uint64]*typeInfo{}}
	if !t.find(m.slice(md, typelinks, 4), m.slice(md, itablinks, 8)) {
		return nil
	}
	if err := t.roots(p, live); err != nil {
		return err
	}
	t.names()
	for _, d := range t.all {
		if d.live {
			t.strip(d)
		} else {
			clear(m[d.at:d.end])
		}
	}
	clear(m.slice(md, typelinks, 4))
	clear(m[md+8*typelinks+8 : md+8*typelinks+24])
	return nil
}

// find finds all types: those that the linker lists, those that these know of, and those that stand between.
func (t *typeTable) find(links, itabs []byte) bool {
	var todo []uint64
	for ; len(links) >= 4; links = links[4:] {
		todo = append(todo, t.base+uint64(binary.LittleEndian.Uint32(links)))
	}
	for ; len(itabs) >= 8; itabs = itabs[8:] {
		itab := binary.LittleEndian.Uint64(itabs)
		if itab > uint64(len(t.m))-16 {
			return false
		}
		todo = append(todo, t.m.word(itab), t.m.word(itab+8))
	}
	for {
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if t.known[at] != nil {
				continue
			}
			d := t.read(at)
			if d == nil {
				return false
			}
			t.known[at] = d
			todo = append(append(todo, d.parts...), d.others...)
		}
		t.all = t.all[:0]
		for _, d := range t.known {
			t.all = append(t.all, d)
		}
		slices.SortFunc(t.all, func(a, b *typeInfo) int { return int(int64(a.at) - int64(b.at)) })
		for i, d := range t.all {
			if i+1 == len(t.all) {
				break
			}
			next := t.all[i+1].at
			if d.end > next {
				return false
			}
			for at := (d.end + typeAlign - 1) &^ (typeAlign - 1); at < next; at += typeAlign {
				// Other data stand there too, such as long strings.
				if d := t.read(at); d != nil && d.end <= next && t.name(t.base+t.m.u32(at+typeName)) > 0 {
					todo = append(todo, at)
				}
			}
		}
		if len(todo) == 0 {
			return len(t.all) > 0
		}
	}
}

// read reads a description, nil if none is there.
func (t *typeTable) read(at uint64) *typeInfo {
	m := t.m
	if at%8 != 0 || at < t.base || t.limit < typeSize || at > t.limit-typeSize {
		return nil
	}
	d := &typeInfo{at: at, kind: m[at+typeKind], demand: m[at+typeFlags]&flagMaskDemand != 0, end: at + typeSize}
	if d.kind == 0 || d.kind > kindLast {
		return nil
	}
	extend := func(from, count, size uint64) bool {
		if count > 1<<16 || from < d.at || from > t.limit || count*size > t.limit-from {
			return false
		}
		d.end = max(d.end, from+count*size)
		return true
	}
	if shape, ok := shapes[d.kind]; ok {
		if !extend(at, 1, shape.size) {
			return nil
		}
		for i := range shape.types {
			d.parts = append(d.parts, m.word(at+typeSize+8*i))
		}
	}
	if m[at+typeFlags]&flagUncommon != 0 {
		d.uncommon = d.end
		if !extend(d.end, 1, uncommonSize) {
			return nil
		}
	}
	switch d.kind {
	case kindArray:
		d.others = append(d.others, m.word(at+arraySlice))
	case kindFunc:
		from, count := d.end, m.u16(at+funcCounts)+m.u16(at+funcCounts+2)&0x7fff // the highest bit tells of a variadic one
		if !extend(from, count, 8) {
			return nil
		}
		for i := range count {
			d.others = append(d.others, m.word(from+8*i))
		}
	case kindInterface:
		from, count := m.word(at+interfaceMethods), m.word(at+interfaceMethods+8)
		if count > 0 && !extend(from, count, imethodSize) {
			return nil
		}
		for i := range count {
			d.others = append(d.others, t.base+m.u32(from+imethodSize*i+imethodType))
		}
	case kindStruct:
		from, count := m.word(at+structFields), m.word(at+structFields+8)
		if count > 0 && !extend(from, count, fieldSize) {
			return nil
		}
		for i := range count {
			of := m.word(from + fieldSize*i + fieldType)
			if d.demand {
				d.parts = append(d.parts, of)
			} else {
				d.others = append(d.others, of)
			}
		}
	}
	if d.uncommon != 0 {
		if from, count := t.methods(d); count > 0 && !extend(from, count, methodSize) {
			return nil
		}
		from, count := t.methods(d)
		for i := range count {
			if of := uint32(m.u32(from + methodSize*i + methodType)); of != noMethod && of != 0 {
				d.others = append(d.others, t.base+uint64(of))
			}
		}
	}
	if to := m.u32(at + typePtrTo); to != 0 {
		d.others = append(d.others, t.base+to)
	}
	return d
}

// methods are where a type's methods stand, and how many.
func (t *typeTable) methods(d *typeInfo) (from, count uint64) {
	if d.uncommon == 0 {
		return 0, 0
	}
	return d.uncommon + t.m.u32(d.uncommon+uncommonMethods), t.m.u16(d.uncommon + uncommonCount)
}

// roots marks the types that live code or other data know, and those that the runtime goes on to from them.
func (t *typeTable) roots(p *program, live []bool) error {
	var todo []*typeInfo
	found := func(d *typeInfo) {
		if d != nil && !d.live {
			d.live = true
			todo = append(todo, d)
		}
	}
	at := func(address uint64) { // of a description, or within one
		n, ok := slices.BinarySearchFunc(t.all, address, func(d *typeInfo, at uint64) int { return int(int64(d.at) - int64(at)) })
		if !ok {
			n--
		}
		if n >= 0 && address < t.all[n].end {
			found(t.all[n])
		}
	}
	err := p.each(live, func(_ int, f *function) {
		for k := range f.code {
			switch i := &f.code[k]; i.op {
			case opI32Const, opI64Const:
				at(uint64(i.arg))
			}
		}
	})
	if err != nil {
		return err
	}
	next := 0
	for word := uint64(0); word+8 <= uint64(len(t.m)); word += 8 {
		for next < len(t.all) && t.all[next].end <= word {
			next++
		}
		if next < len(t.all) && word >= t.all[next].at {
			continue
		}
		at(t.m.word(word))
	}
	for len(todo) > 0 {
		d := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, part := range d.parts {
			found(t.known[part])
		}
	}
	return nil
}

// strip takes out of the description of a type that is used what only reflection needs.
func (t *typeTable) strip(d *typeInfo) {
	m := t.m
	clear(m[d.at+typeName : d.at+typeName+4])
	clear(m[d.at+typePtrTo : d.at+typePtrTo+4])
	m[d.at+typeFlags] &^= flagExtraStar // of a name that is gone
	switch d.kind {
	case kindArray:
		clear(m[d.at+arraySlice : d.at+arraySlice+8])
	case kindFunc:
		from, count := d.at+shapes[kindFunc].size, m.u16(d.at+funcCounts)+m.u16(d.at+funcCounts+2)&0x7fff
		if d.uncommon != 0 {
			from += uncommonSize
		}
		clear(m[from : from+8*count])
		clear(m[d.at+funcCounts : d.at+funcCounts+4])
	case kindStruct:
		clear(m[d.at+structPackage : d.at+structPackage+8])
		from, count := m.word(d.at+structFields), m.word(d.at+structFields+8)
		if d.demand {
			for i := range count {
				clear(m[from+fieldSize*i+fieldName:][:8])
			}
			break
		}
		if count > 0 {
			clear(m[from : from+fieldSize*count])
		}
		clear(m[d.at+structFields : d.at+structFields+24])
	}
	from, count := t.methods(d)
	used := false
	for i := range count {
		method := m[from+methodSize*i:][:methodSize]
		if of := binary.LittleEndian.Uint32(method[methodType:]); of == noMethod || of == 0 {
			clear(method[methodName:methodType])
			continue
		}
		used = true
		clear(method[methodPlain:]) // interfaces have the other
	}
	if d.uncommon != 0 && !used {
		clear(m[d.uncommon+uncommonPackage:][:4])
	}
}

// name is the length of the name at an address, 0 if none is there.
func (t *typeTable) name(at uint64) uint64 {
	if at < t.base || at >= t.limit || t.m[at] > 0xf {
		return 0
	}
	r := reader{b: t.m[:t.limit], at: int(at) + 1}
	r.skip(int(min(r.unsigned(), 1<<20)))
	if t.m[at]&nameTag != 0 && !r.bad {
		r.skip(int(min(r.unsigned(), 1<<20)))
	}
	if t.m[at]&namePackage != 0 {
		r.skip(4)
	}
	if r.bad {
		return 0
	}
	return uint64(r.at) - at
}

// names takes out names that nothing needs: those of types, fields and methods without a use, as far as the runtime doesn't match them.
func (t *typeTable) names() {
	m := t.m
	every, kept := map[uint64]bool{}, map[uint64]bool{}
	var add func(at uint64, keep bool)
	add = func(at uint64, keep bool) {
		size := t.name(at)
		if size == 0 || at == t.base {
			return
		}
		every[at] = true
		if keep {
			kept[at] = true
			if m[at]&namePackage != 0 {
				add(t.base+m.u32(at+size-4), true)
			}
		}
	}
	for _, d := range t.all {
		add(t.base+m.u32(d.at+typeName), false)
		switch d.kind {
		case kindInterface:
			add(m.word(d.at+interfacePackage), d.live)
			from, count := m.word(d.at+interfaceMethods), m.word(d.at+interfaceMethods+8)
			for i := range count {
				add(t.base+m.u32(from+imethodSize*i+imethodName), d.live)
			}
		case kindStruct:
			add(m.word(d.at+structPackage), false)
			from, count := m.word(d.at+structFields), m.word(d.at+structFields+8)
			for i := range count {
				add(m.word(from+fieldSize*i+fieldName), false)
			}
		}
		if d.uncommon != 0 {
			add(t.base+m.u32(d.uncommon+uncommonPackage), d.live)
		}
		from, count := t.methods(d)
		for i := range count {
			of := uint32(m.u32(from + methodSize*i + methodType))
			add(t.base+m.u32(from+methodSize*i+methodName), d.live && of != noMethod && of != 0)
		}
	}
	for at := range every {
		if !kept[at] {
			clear(m[at : at+t.name(at)])
		}
	}
}
