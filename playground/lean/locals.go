package lean

import (
	"encoding/binary"
	"slices"
)

// Two locals of its own that a function gets, before the compiler's, so that they are the same in every function.
const (
	callerLocal = spLocal + 1 // where its frame ends: the return address stands there, and behind it what its caller gives and gets
	baseLocal   = spLocal + 2 // its own address
	ownLocals   = 2
)

// atCaller stands for callerLocal until the locals are numbered anew.
const atCaller = -1

// addLocals lets f know its own address once instead of at every call, and the place of its parameters instead of how far they are from the
// stack pointer, which is another number for every size of a frame. What is left are small numbers, the same in all functions.
func (f *function) addLocals(info *funcInfo) {
	if !f.is(0, opGlobalGet, opLocalSet) || f.code[0].arg != spGlobal || f.code[1].arg != spLocal {
		return
	}
	before, ok := f.declare()
	if !ok {
		return
	}
	f.locals = before
	frame := f.frame(info)
	out := make([]instr, 0, len(f.code)+16)
	for at, i := range f.code {
		if at == 2 {
			out = append(out, f.begin(info, frame)...)
		}
		switch {
		case f.own(info, at) && i.arg&placeMask == 0:
			i = instr{op: opLocalGet, arg: baseLocal}
		case f.own(info, at):
			out = append(out, instr{op: opLocalGet, arg: baseLocal}, instr{op: opI64Const, arg: i.arg & placeMask})
			i = instr{op: opI64Or}
		case i.op >= opLocalGet && i.op <= opLocalTee && i.arg == atCaller:
			i.arg = callerLocal
		case i.op >= opLocalGet && i.op <= opLocalTee && i.arg > spLocal:
			i.arg += ownLocals
		}
		out = append(out, i)
	}
	f.code = out
}

// begin sets the locals that f needs.
func (f *function) begin(info *funcInfo, frame int64) (set []instr) {
	if places := !info.steady && slices.ContainsFunc(f.code, func(i instr) bool { return i.op == opBrTable }); frame > 0 && !places {
		set = append(set, instr{op: opLocalGet, arg: spLocal}, instr{op: opLocalSet, arg: callerLocal})
	} else if frame > 0 {
		// When f goes on at another place than its begin, its frame stands already.
		set = append(set, instr{op: opLocalGet, arg: spLocal}, instr{op: opI32Const, arg: frame}, instr{op: opI32Const},
			instr{op: opLocalGet}, instr{op: opSelect}, instr{op: opI32Add}, instr{op: opLocalSet, arg: callerLocal})
	}
	for at := range f.code {
		if f.own(info, at) {
			return append(set, instr{op: opI64Const, arg: address(info.number, 0)}, instr{op: opLocalSet, arg: baseLocal})
		}
	}
	return set
}

// frame lets loads and stores of what f's caller gives and gets know their distance from there, and tells the size of the frame; 0 if there
// are none. The stack doesn't move under a function that runs: who moves it unwinds the stack of calls, and f begins anew.
func (f *function) frame(info *funcInfo) int64 {
	size, from := int64(0), 0
	for at := range f.code {
		switch i := f.code[at]; {
		case i.op == opLocalSet && i.arg == spLocal && !f.is(at-1, opGlobalGet),
			i.op == opLocalTee && i.arg == spLocal && !f.is(at-1, opI32Sub) && !f.is(at-1, opI32Add):
			return 0 // it moves the stack pointer otherwise
		case f.is(at, opLocalGet, opI32Const, opI32Sub, opLocalTee, opGlobalSet) && i.arg == spLocal && f.code[at+3].arg == spLocal &&
			!f.own(info, at+6):
			if size != 0 || f.code[at+1].arg <= 0 {
				return 0
			}
			size, from = f.code[at+1].arg, at+5
		}
	}
	if size == 0 {
		return 0
	}
	found := false
	for at := from; at < len(f.code); at++ {
		if f.code[at].op != opLocalGet || f.code[at].arg != spLocal {
			continue
		}
		if f.is(at, opLocalGet, opI32Const, opI32Add, opGlobalSet, opI32Const, opReturn) && f.code[at+1].arg == size+addressSize {
			f.code[at].arg, f.code[at+1].arg = atCaller, addressSize // the frame and the address, off the stack
			found = true
			continue
		}
		user := f.user(at + 1)
		if user == 0 {
			continue
		}
		i := &f.code[user]
		r := reader{b: i.raw}
		align, offset := r.unsigned(), r.unsigned()
		if offset > uint64(size) {
			i.raw = binary.AppendUvarint(binary.AppendUvarint(nil, align), offset-uint64(size))
			f.code[at].arg = atCaller
			found = true
		}
	}
	if !found {
		return 0
	}
	return size
}

// declare gives the declarations of f's locals with its own among them. The compiler declares the stack pointer first, and nothing else of
// its type.
func (f *function) declare() ([]byte, bool) {
	r := reader{b: f.locals}
	groups := r.unsigned()
	if groups == 0 || r.unsigned() != 1 || r.octet() != typeI32 || r.bad {
		return nil, false
	}
	rest := f.locals[r.at:]
	count := uint64(0)
	if len(rest) > 0 {
		if size := r.unsigned(); r.octet() == typeI64 {
			count, groups, rest = size, groups-1, f.locals[r.at:]
		}
	}
	if r.bad {
		return nil, false
	}
	locals := append(binary.AppendUvarint(nil, groups+1), 2, typeI32)
	return append(append(binary.AppendUvarint(locals, count+1), typeI64), rest...), true
}
