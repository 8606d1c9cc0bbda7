package lean

import "encoding/binary"

// inverse are comparisons of integers by what is true when they are not.
var inverse = map[byte]byte{
	0x46: 0x47, 0x47: 0x46, 0x48: 0x4e, 0x4e: 0x48, 0x49: 0x4f, 0x4f: 0x49, 0x4a: 0x4c, 0x4c: 0x4a, 0x4b: 0x4d, 0x4d: 0x4b,
	0x51: 0x52, 0x52: 0x51, 0x53: 0x59, 0x59: 0x53, 0x54: 0x5a, 0x5a: 0x54, 0x55: 0x57, 0x57: 0x55, 0x56: 0x58, 0x58: 0x56,
}

// peephole makes some sequences shorter that the compiler doesn't see as one.
func (f *function) peephole() {
	out := &function{code: f.code[:0]}
	ends := func(ops ...byte) bool { return out.is(len(out.code)-len(ops), ops...) }
	for _, i := range f.code {
		out.code = append(out.code, i)
		for n := 0; n != len(out.code); {
			n = len(out.code)
			c := out.code
			switch {
			case ends(opI64Const, opI64Add, opI32WrapI64):
				// The low half of a sum is the sum of the low halves.
				c[n-3], c[n-2], c[n-1] = instr{op: opI32WrapI64}, instr{op: opI32Const, arg: int64(int32(c[n-3].arg))}, instr{op: opI32Add}
				if n >= 4 && c[n-4].op == opI64ExtendI32 {
					out.code = append(c[:n-4], c[n-2:]...)
				}
			case ends(opI64ExtendI32, opI32WrapI64):
				out.code = c[:n-2]
			case ends(opI32Const, opI32Add, opLocalTee, opGlobalSet, opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet) &&
				c[n-7].arg == spLocal && c[n-6].arg == spGlobal && c[n-5].arg == spLocal && c[n-2].arg == spLocal && c[n-1].arg == spGlobal:
				c[n-9].arg += c[n-4].arg
				out.code = c[:n-5]
			case ends(opLocalTee, opGlobalSet, opI32Const, opReturn) && c[n-4].arg == spLocal && c[n-3].arg == spGlobal:
				out.code = append(c[:n-4], c[n-3:]...)
			case ends(opI64Const, opI32WrapI64):
				c[n-2] = instr{op: opI32Const, arg: int64(int32(c[n-2].arg))}
				out.code = c[:n-1]
			case ends(opI64ExtendI32, opI64Eqz):
				c[n-2] = instr{op: opI32Eqz}
				out.code = c[:n-1]
			case ends(opI32Eqz, opI32Eqz) && n >= 3 && c[n-3].op >= opI32Eqz && c[n-3].op <= opLastTest:
				out.code = c[:n-2]
			case (ends(opLocalSet, opLocalGet) || ends(opLocalTee, opLocalSet)) && c[n-2].arg == c[n-1].arg:
				c[n-2].op = opLocalSet ^ opLocalTee ^ c[n-2].op
				out.code = c[:n-1]
			case i.op == opI32Eqz && n >= 2 && inverse[c[n-2].op] != 0:
				c[n-2].op = inverse[c[n-2].op]
				out.code = c[:n-1]
			}
		}
	}
	f.code = out.code
}

// stackEffect is how many values an instruction takes and gives, if it is simple.
func stackEffect(op byte) (takes, gives int, ok bool) {
	switch {
	case op == opLocalGet || op == opGlobalGet || op >= opI32Const && op <= opF64Const:
		return 0, 1, true
	case op == opLocalSet || op == opGlobalSet:
		return 1, 0, true
	case op == opLocalTee || op >= opFirstMemory && op < opFirstStore:
		return 1, 1, true
	case op >= opFirstStore && op <= opLastMemory:
		return 2, 0, true
	case op == opI32Eqz || op == opI64Eqz, op >= 0x67 && op <= 0x69, op >= 0x79 && op <= 0x7b, // of numbers, tests and counts of bits
		op >= 0x8b && op <= 0x91, op >= 0x99 && op <= 0x9f, op >= opI32WrapI64 && op <= opLastPlain: // of floats, and conversions
		return 1, 1, true
	case op > opI32Eqz && op < opI32WrapI64:
		return 2, 1, true
	}
	return 0, 0, false
}

// slots lets a store or load know how far from the stack pointer it is, instead of adding that.
func (f *function) slots() {
	out := f.code[:0]
	for at := 0; at < len(f.code); at++ {
		if f.is(at, opLocalGet, opI32Const, opI32Add) && f.code[at].arg == spLocal && f.code[at+1].arg >= 0 {
			if user := f.user(at + 3); user > 0 {
				i := &f.code[user]
				r := reader{b: i.raw}
				align, offset := r.unsigned(), r.unsigned()
				i.raw = binary.AppendUvarint(binary.AppendUvarint(nil, align), offset+uint64(f.code[at+1].arg))
				out = append(out, f.code[at])
				at += 2
				continue
			}
		}
		out = append(out, f.code[at])
	}
	f.code = out
}

// user finds the store or load to whose address the value is that lies on the stack before at; 0 if something else uses it.
func (f *function) user(at int) int {
	depth := 1
	for ; at < len(f.code); at++ {
		op := f.code[at].op
		takes, gives, ok := stackEffect(op)
		switch {
		case !ok:
			return 0
		case depth > takes:
			depth += gives - takes
		case depth == takes && op >= opFirstMemory && op <= opLastMemory:
			return at
		default:
			return 0
		}
	}
	return 0
}
