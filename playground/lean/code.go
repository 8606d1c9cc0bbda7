package lean

import "encoding/binary"

// Instructions that matter, https://webassembly.github.io/spec/core/binary/instructions.html
const (
	opUnreachable  = 0x00
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opSelect       = 0x1b
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opFirstMemory  = 0x28
	opI32Load      = 0x28
	opI32Load8U    = 0x2d
	opFirstStore   = 0x36
	opI32Store     = 0x36
	opI64Store     = 0x37
	opI32Store8    = 0x3a
	opLastMemory   = 0x3e
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opFirstPlain   = 0x45
	opI32Eqz       = 0x45
	opI32Ne        = 0x47
	opI32LeU       = 0x4d
	opI64Eqz       = 0x50
	opLastTest     = 0x66 // what compares is from i32.eqz to here, and gives 0 or 1
	opI32Add       = 0x6a
	opI32Sub       = 0x6b
	opI32Mul       = 0x6c
	opI32And       = 0x71
	opI64Add       = 0x7c
	opI64Or        = 0x84
	opI32WrapI64   = 0xa7
	opI64ExtendI32 = 0xad // unsigned
	opLastPlain    = 0xc4
	opPrefix       = 0xfc
)

// none is no label.
const none = -1

// instr is one instruction. Labels are numbered within a function in the order of their blocks; 0 is the function's own.
type instr struct {
	op    byte
	label int    // of a branch: where it goes; of a block, its else and its end: the block's own
	arg   int64  // of constants, calls, locals and globals
	table []int  // labels
	raw   []byte // what follows op, of all others
}

// function is the body of a function.
type function struct {
	locals []byte // their declarations
	code   []instr
	labels int
}

// decode reads a function's body.
func decode(body []byte) (*function, error) {
	r := reader{b: body}
	for n := r.unsigned(); n > 0 && !r.bad; n-- {
		r.unsigned()
		r.skip(1)
	}
	f := &function{locals: body[:r.at], code: make([]instr, 0, len(body)/2), labels: 1}
	open := []int{0}
	target := func(depth uint64) int {
		if depth >= uint64(len(open)) {
			r.bad = true
			return 0
		}
		return open[len(open)-1-int(depth)]
	}
	for len(open) > 0 && !r.bad {
		i := instr{op: r.octet()}
		at := r.at
		switch op := i.op; {
		case op == opBlock || op == opLoop || op == opIf:
			r.skip(1) // a type by number isn't anything that Go makes
			i.label = f.labels
			f.labels++
			open = append(open, i.label)
		case op == opElse:
			i.label = open[len(open)-1]
		case op == opEnd:
			i.label = open[len(open)-1]
			open = open[:len(open)-1]
		case op == opBr || op == opBrIf:
			i.label = target(r.unsigned())
		case op == opBrTable:
			n := r.unsigned()
			if n > uint64(len(body)) {
				return nil, errModule
			}
			for range n + 1 {
				i.table = append(i.table, target(r.unsigned()))
			}
		case op == opCall || op >= opLocalGet && op <= opGlobalSet:
			i.arg = int64(r.unsigned())
		case op == opI32Const || op == opI64Const:
			i.arg = r.signed()
		case op == opCallIndirect || op >= opFirstMemory && op <= opLastMemory:
			r.unsigned()
			r.unsigned()
		case op == opMemorySize || op == opMemoryGrow:
			r.skip(1)
		case op == opF32Const:
			r.skip(4)
		case op == opF64Const:
			r.skip(8)
		case op == opPrefix:
			switch what := r.unsigned(); {
			case what == 10: // memory.copy
				r.skip(2)
			case what == 11: // memory.fill
				r.skip(1)
			case what > 7: // others truncate floats
				return nil, errModule
			}
		case op <= 0x01 || op == opReturn || op == opDrop || op == opSelect || op >= opFirstPlain && op <= opLastPlain:
		default:
			return nil, errModule
		}
		if r.bad {
			return nil, errModule
		}
		i.raw = body[at:r.at]
		f.code = append(f.code, i)
	}
	if r.bad || r.at != len(body) {
		return nil, errModule
	}
	return f, nil
}

// append writes a function's body.
func (f *function) append(b []byte) []byte {
	b = append(b, f.locals...)
	opened, open := make([]int, f.labels), 1 // by label, how many blocks are open in its block
	opened[0] = 1
	depth := func(label int) uint64 { return uint64(open - opened[label]) }
	for k := range f.code {
		i := &f.code[k]
		b = append(b, i.op)
		switch op := i.op; {
		case op == opBlock || op == opLoop || op == opIf:
			open++
			opened[i.label] = open
			b = append(b, i.raw...)
		case op == opEnd:
			open--
		case op == opBr || op == opBrIf:
			b = binary.AppendUvarint(b, depth(i.label))
		case op == opBrTable:
			b = binary.AppendUvarint(b, uint64(len(i.table)-1))
			for _, label := range i.table {
				b = binary.AppendUvarint(b, depth(label))
			}
		case op == opCall || op >= opLocalGet && op <= opGlobalSet:
			b = binary.AppendUvarint(b, uint64(i.arg))
		case op == opI32Const || op == opI64Const:
			b = appendSigned(b, i.arg)
		default:
			b = append(b, i.raw...)
		}
	}
	return b
}

// is tells whether the instructions from at on have these operations.
func (f *function) is(at int, ops ...byte) bool {
	if at < 0 || at+len(ops) > len(f.code) {
		return false
	}
	for k, op := range ops {
		if f.code[at+k].op != op {
			return false
		}
	}
	return true
}

// reader reads numbers. It goes bad where there are none.
type reader struct {
	b   []byte
	at  int
	bad bool
}

func (r *reader) octet() byte {
	if r.at >= len(r.b) {
		r.bad = true
		return 0
	}
	r.at++
	return r.b[r.at-1]
}

func (r *reader) skip(n int) {
	if n > len(r.b)-r.at {
		r.bad = true
		return
	}
	r.at += n
}

func (r *reader) unsigned() uint64 {
	v, n := binary.Uvarint(r.b[r.at:])
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.at += n
	return v
}

func (r *reader) signed() int64 {
	v, n := signed(r.b[r.at:])
	if n <= 0 {
		r.bad = true
	}
	r.at += n
	return v
}
