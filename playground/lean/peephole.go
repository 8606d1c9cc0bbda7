package lean

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
			case i.op == opI32Eqz && n >= 2 && inverse[c[n-2].op] != 0:
				c[n-2].op = inverse[c[n-2].op]
				out.code = c[:n-1]
			}
		}
	}
	f.code = out.code
}
