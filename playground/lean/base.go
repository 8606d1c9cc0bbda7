package lean

import "encoding/binary"

// baseLocal is the local in which a function keeps its own address. It stands before the compiler's, so that it is the same in every function.
const baseLocal = spLocal + 1

// base lets f know its own address once instead of at every call: what is left is a small number, and the octets around it are the same in
// all functions.
func (f *function) base(info *funcInfo) {
	uses := 0
	for at := range f.code {
		if f.own(info, at) {
			uses++
		}
	}
	if uses < 2 || !f.declare() {
		return
	}
	out := make([]instr, 0, len(f.code)+2*uses+2)
	start := 0
	if f.is(0, opGlobalGet, opLocalSet) {
		start = 2
	}
	for at, i := range f.code {
		if at == start {
			out = append(out, instr{op: opI64Const, arg: address(info.number, 0)}, instr{op: opLocalSet, arg: baseLocal})
		}
		switch {
		case f.own(info, at) && i.arg&placeMask == 0:
			i = instr{op: opLocalGet, arg: baseLocal}
		case f.own(info, at):
			out = append(out, instr{op: opLocalGet, arg: baseLocal}, instr{op: opI64Const, arg: i.arg & placeMask})
			i = instr{op: opI64Or}
		case i.op >= opLocalGet && i.op <= opLocalTee && i.arg >= baseLocal:
			i.arg++
		}
		out = append(out, i)
	}
	f.code = out
}

// declare declares baseLocal. The compiler declares the stack pointer first, and nothing else of its type.
func (f *function) declare() bool {
	r := reader{b: f.locals}
	groups := r.unsigned()
	if groups == 0 || r.unsigned() != 1 || r.octet() != typeI32 || r.bad {
		return false
	}
	first := f.locals[:r.at]
	rest := f.locals[r.at:]
	count := uint64(0)
	if len(rest) > 0 {
		if size := r.unsigned(); r.octet() == typeI64 {
			count, groups, rest = size, groups-1, f.locals[r.at:]
		}
	}
	if r.bad {
		return false
	}
	_, n := binary.Uvarint(first)
	locals := append(binary.AppendUvarint(nil, groups+1), first[n:]...)
	locals = append(binary.AppendUvarint(locals, count+1), typeI64)
	f.locals = append(locals, rest...)
	return true
}
