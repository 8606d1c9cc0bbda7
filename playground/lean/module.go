// Package lean makes WebAssembly modules of the Go linker smaller, by nearly half of what a visitor has to load, and no slower.
//
// Some of it is knowledge that a page has no use for: which line and which inlined call a place in the code belongs to, files, the names
// of most functions, and how to show arguments are only for printing stack traces; what fields a struct has, and what a type is called, for
// reflection and the texts of faults. What the collector, maps, interfaces and recover need stays: frame sizes, stack maps, deferred calls,
// and of types sizes, pointers, hashes and methods.
//
// Some of it can be made of less: the tables of functions are steps for the most part, so the module begins by making them.
//
// The rest is how the compiler writes code. Every jump goes through a table at the function's begin, every call that may let the stack
// unwind names a block around the whole function, whose distance is another number each time, every place has a number of its own, though
// nobody asks for most of them, and every call stores where in which function it stands. Jumps forward go straight to where they go, calls
// return by themselves, calls that never return are made by one helper for each callee, places are numbered without gaps, and a function
// knows its own number once, and where its parameters are. That is shorter, compresses better, and engines run it faster.
//
// Four of ten calls go to functions during which the stack never unwinds, unless they panic. Behind these nothing has to go on from elsewhere:
// they check no stack, all of them say that they are at the same place, and no place is counted.
package lean

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// Of the binary format, https://webassembly.github.io/spec/core/binary/modules.html
const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionExport   = 7
	sectionStart    = 8
	sectionCode     = 10
	sectionData     = 11
	sections        = 13

	importFunction = 0
	exportFunction = 0
	typeFunction   = 0x60
	typeI32        = 0x7f
	typeI64        = 0x7e
)

const magicAndVersion = "\x00asm\x01\x00\x00\x00"

var errModule = errors.New("lean: not a WebAssembly module of the Go linker")

// Module gives module without what a page doesn't need. Another layout than that of the version of Go that it knows is an error, never a guess.
func Module(module []byte) ([]byte, error) {
	body, err := split(module)
	if err != nil {
		return nil, err
	}
	m, err := load(body[sectionData])
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(m, []byte(goVersion)) {
		return nil, errLayout
	}
	funcs, err := m.functions()
	if err != nil {
		return nil, err
	}
	if err := shortenAll(&body, m, funcs); err != nil {
		return nil, err
	}
	start, err := m.describe(funcs)
	if err != nil {
		return nil, err
	}
	if err := begin(&body, start); err != nil {
		return nil, err
	}
	body[sectionData] = m.segments()
	return join(body), nil
}

// goVersion is in every module that it linked.
const goVersion = "go1.26"

// split gives the bodies of a module's sections. Sections without meaning are left out.
func split(module []byte) (body [sections][]byte, err error) {
	if !bytes.HasPrefix(module, []byte(magicAndVersion)) {
		return body, errModule
	}
	r := reader{b: module, at: len(magicAndVersion)}
	last := byte(0)
	for r.at < len(module) && !r.bad {
		id, size := r.octet(), r.unsigned()
		if size > uint64(len(module)-r.at) || id >= sections-1 || id != 0 && id <= last {
			return body, errModule // a count of data, the last kind of section, stands before the code and isn't anything that Go makes
		}
		if id != 0 {
			last = id
			body[id] = module[r.at : r.at+int(size)]
		}
		r.skip(int(size))
	}
	if r.bad || body[sectionData] == nil {
		return body, errModule
	}
	return body, nil
}

// join makes a module of its sections.
func join(body [sections][]byte) []byte {
	out := []byte(magicAndVersion)
	for id, b := range body {
		if id > 0 && b != nil {
			out = append(out, byte(id))
			out = binary.AppendUvarint(out, uint64(len(b)))
			out = append(out, b...)
		}
	}
	return out
}

// signature finds the type of a function that takes and gives these, or adds it.
func signature(types []byte, takes, gives []byte) (number uint64, _ []byte, err error) {
	r := reader{b: types}
	count := r.unsigned()
	rest := r.at
	for n := uint64(0); n < count && !r.bad; n++ {
		kind := r.octet()
		var lists [2][]byte
		for i := range lists {
			size := r.unsigned()
			if r.bad || kind != typeFunction || size > uint64(len(types)-r.at) {
				return 0, nil, errModule
			}
			lists[i] = types[r.at : r.at+int(size)]
			r.skip(int(size))
		}
		if bytes.Equal(lists[0], takes) && bytes.Equal(lists[1], gives) {
			return n, types, nil
		}
	}
	if r.bad {
		return 0, nil, errModule
	}
	out := binary.AppendUvarint(nil, count+1)
	out = append(append(out, types[rest:]...), typeFunction, byte(len(takes)))
	out = append(append(out, takes...), byte(len(gives)))
	return count, append(out, gives...), nil
}

// imports counts the functions that a module imports, which are numbered before its own.
func imports(b []byte) (functions int64, err error) {
	if b == nil {
		return 0, nil
	}
	r := reader{b: b}
	for n := r.unsigned(); n > 0 && !r.bad; n-- {
		for range 2 { // module and name
			size := r.unsigned()
			if size > uint64(len(b)) {
				return 0, errModule
			}
			r.skip(int(size))
		}
		if r.octet() != importFunction { // Go imports nothing else
			return 0, errModule
		}
		r.unsigned()
		functions++
	}
	if r.bad {
		return 0, errModule
	}
	return functions, nil
}

// program is what the functions of a module need to know of each other. Functions have here the numbers that calls have.
type program struct {
	helpers   map[int64]helper // by callee
	endless   map[int64]helper // by their own number
	panicwrap int64            // the runtime's function of that name
	imported  int64            // how many stand before the module's own
	bodies    [][]byte         // of the module's own
	conducts  []conduct        // of the module's own
}

// each calls what with the functions that are live, decoded.
func (p *program) each(live []bool, what func(number int, f *function)) error {
	for number, body := range p.bodies {
		if !live[number] {
			continue
		}
		f, err := decode(body)
		if err != nil {
			return err
		}
		what(number, f)
	}
	return nil
}

// shortenAll makes the functions smaller.
func shortenAll(body *[sections][]byte, m memory, known []funcInfo) error {
	imported, err := imports(body[sectionImport])
	if err != nil {
		return err
	}
	ofGo, types, err := signature(body[sectionType], []byte{typeI32}, []byte{typeI32})
	if err != nil {
		return err
	}
	ofHelpers, types, err := signature(types, []byte{typeI64}, []byte{typeI32})
	if err != nil {
		return err
	}
	signatures, code := reader{b: body[sectionFunction]}, reader{b: body[sectionCode]}
	count := signatures.unsigned()
	if code.unsigned() != count || count > uint64(len(code.b)) {
		return errModule
	}
	p := program{helpers: map[int64]helper{}, endless: map[int64]helper{}, panicwrap: none, imported: imported}
	for range count {
		size := code.unsigned()
		if size > uint64(len(code.b)-code.at) {
			return errModule
		}
		p.bodies = append(p.bodies, code.b[code.at:code.at+int(size)])
		code.skip(int(size))
	}
	info := make([]*funcInfo, count)
	var added []byte // bodies of the helpers
	for i := range known {
		f := &known[i]
		if uint64(f.number) >= count {
			continue
		}
		info[f.number] = f
		switch number := imported + int64(f.number); {
		case f.name == "runtime.panicwrap":
			p.panicwrap = number
		case slices.Contains(idle, f.name):
			p.bodies[f.number] = nothing
			f.forget()
		case endless(f.name):
			h := helper{number: imported + int64(count) + int64(len(p.helpers)), again: f.grows(), fault: f.faults()}
			p.helpers[number], p.endless[h.number] = h, h
			b := callOf(number)
			added = append(binary.AppendUvarint(added, uint64(len(b))), b...)
		}
	}
	live, err := p.live(body[sectionExport], m, info)
	if err != nil {
		return err
	}
	if err := p.types(m, live, info); err != nil {
		return err
	}
	if live, err = p.live(body[sectionExport], m, info); err != nil { // without methods that only types knew
		return err
	}
	if err := p.texts(m, live, info); err != nil {
		return err
	}
	if err := p.findConducts(live, info); err != nil {
		return err
	}
	for number, f := range info {
		if f != nil && !live[number] {
			f.forget()
		}
	}
	kinds := binary.AppendUvarint(nil, count+uint64(len(p.helpers)))
	out := binary.AppendUvarint(nil, count+uint64(len(p.helpers)))
	for n, b := range p.bodies {
		kind := signatures.unsigned()
		if !live[n] {
			b = stub
		} else if kind == ofGo && info[n] != nil {
			if b, err = p.shorten(info[n], b); err != nil {
				return err
			}
		}
		kinds = binary.AppendUvarint(kinds, kind)
		out = binary.AppendUvarint(out, uint64(len(b)))
		out = append(out, b...)
	}
	if signatures.bad {
		return errModule
	}
	for range p.helpers {
		kinds = binary.AppendUvarint(kinds, ofHelpers)
	}
	body[sectionType], body[sectionFunction], body[sectionCode] = types, kinds, append(out, added...)
	return nil
}

// shorten makes a function's body smaller.
func (p *program) shorten(info *funcInfo, body []byte) ([]byte, error) {
	f, err := decode(body)
	if err != nil {
		return nil, err
	}
	info.named = slices.ContainsFunc(f.code, func(i instr) bool { return i.op == opCall && i.arg == p.panicwrap })
	l, ok := f.layout()
	if !ok {
		return body, nil
	}
	info.conduct = p.conduct(p.imported + int64(info.number))
	f.calls(info, p)
	f.jumps(l)
	f.unwinds(l)
	if !info.special() {
		f.renumber(l, info, p)
	}
	f.tidy()
	f.peephole()
	f.slots()
	f.addLocals(info)
	return f.append(nil), nil
}
