package lean

import "slices"

// How the Go compiler lays out a function (cmd/internal/obj/wasm): an outer block that is left with 1 when the stack unwinds, a loop, and a
// block for every place where execution can go on. A table of branches at the loop's begin chooses among these by the number in local 0:
// what follows the end of the innermost block is basic block 0. A jump sets the number and goes round the loop.
type layout struct {
	unwind, loop int   // labels, or none
	table        int   // where the table is in the code
	blocks       []int // labels by number of the basic block that follows their end
}

// layout finds out whether f is laid out like that.
func (f *function) layout() (l layout, ok bool) {
	at := 0
	if f.is(at, opGlobalGet, opLocalSet) {
		at += 2
	}
	var open []int
	l.loop, l.unwind = none, none
	outer := 0 // of open
	for ; f.is(at, opBlock) || f.is(at, opLoop); at++ {
		if f.code[at].op == opLoop {
			if l.loop != none {
				return l, false
			}
			l.loop, outer = f.code[at].label, len(open)+1
		}
		open = append(open, f.code[at].label)
	}
	if !f.is(at, opLocalGet, opBrTable, opEnd) || f.code[at].arg != 0 {
		return l, false
	}
	l.table = at + 1
	table := f.code[l.table].table
	last := slices.Index(open, table[len(table)-1])
	if last < outer {
		return l, false
	}
	l.blocks = slices.Clone(open[last:])
	slices.Reverse(l.blocks)
	for _, label := range table {
		if !slices.Contains(l.blocks, label) {
			return l, false
		}
	}
	if before := slices.DeleteFunc(open[:last], func(label int) bool { return label == l.loop }); len(before) == 1 {
		l.unwind = before[0]
	} else if len(before) > 1 {
		return l, false
	}
	return l, true
}

// to is the label that a number chooses.
func (f *function) to(l layout, number int64) int {
	table := f.code[l.table].table
	return table[min(max(number, 0), int64(len(table)-1))]
}

// jumps lets every jump to a block further down go there at once, which is the end of a block that is open.
func (f *function) jumps(l layout) {
	place := make([]int, f.labels) // by label, the number of its basic block and 1
	for number, label := range l.blocks {
		place[label] = number + 1
	}
	current := 0
	out := f.code[:0]
	for at := 0; at < len(f.code); at++ {
		i := f.code[at]
		switch {
		case i.op == opEnd && place[i.label] > 0:
			current = place[i.label]
		case f.back(l, at):
			if to := f.to(l, i.arg); place[to] > current {
				i = instr{op: opBr, label: to}
				at += 2
			}
		}
		out = append(out, i)
	}
	f.code = out
}

// void is the type of a block without a result.
const void = 0x40

// tidy takes out what is never reached, blocks that nothing branches to the end of, and conditions of nothing but a branch.
func (f *function) tidy() {
	for {
		before := len(f.code)
		f.unreachable()
		f.conditions()
		f.unused()
		if len(f.code) == before {
			return
		}
	}
}

// unreachable takes out what follows a branch, up to the end of the block.
func (f *function) unreachable() {
	out := f.code[:0]
	dead, depth := false, 0 // depth of blocks within what is dead
	for _, i := range f.code {
		if dead {
			switch i.op {
			case opBlock, opLoop, opIf:
				depth++
			case opEnd:
				dead = depth > 0
				depth--
			case opElse:
				dead = depth > 0
			}
			if dead {
				continue
			}
			depth = 0
		}
		out = append(out, i)
		switch i.op {
		case opBr, opBrTable, opReturn, opUnreachable:
			dead = true
		}
	}
	f.code = out
}

// conditions makes conditional branches of conditions around a branch.
func (f *function) conditions() {
	out := f.code[:0]
	for at := 0; at < len(f.code); at++ {
		i := f.code[at]
		if f.is(at, opIf, opBr, opEnd) && i.raw[0] == void && f.code[at+1].label != i.label {
			i = instr{op: opBrIf, label: f.code[at+1].label}
			at += 2
		}
		out = append(out, i)
	}
	f.code = out
}

// unused takes out blocks and loops whose label nothing needs.
func (f *function) unused() {
	used := make([]bool, f.labels)
	for k := range f.code {
		switch i := &f.code[k]; i.op {
		case opBr, opBrIf:
			used[i.label] = true
		case opBrTable:
			for _, label := range i.table {
				used[label] = true
			}
		case opBlock, opLoop:
			used[i.label] = used[i.label] || i.raw[0] != void
		case opIf:
			used[i.label] = true // its end matters
		}
	}
	used[0] = true
	f.code = slices.DeleteFunc(f.code, func(i instr) bool {
		return (i.op == opBlock || i.op == opLoop || i.op == opEnd) && !used[i.label]
	})
}

// unwinds lets f return where it went to the outer block for that: how far out that is was another number each time.
func (f *function) unwinds(l layout) {
	if l.unwind == none {
		return
	}
	out := make([]instr, 0, len(f.code)+len(f.code)/16)
	for _, i := range f.code {
		if i.op != opBrIf || i.label != l.unwind {
			out = append(out, i)
			continue
		}
		out = append(out,
			instr{op: opIf, label: f.labels, raw: []byte{void}}, instr{op: opI32Const, arg: 1},
			instr{op: opReturn}, instr{op: opEnd, label: f.labels})
		f.labels++
	}
	f.code = out
}
