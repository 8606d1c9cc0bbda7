package lean

import "encoding/binary"

// packed are the descriptions of functions as the module holds them: sorted by place within a description instead of by function, for what
// stands at the same place is alike and compresses to half. The module's start function puts them where the runtime reads them, in less
// than a millisecond, and makes the tables of where they are, which are nothing but steps.
type packed struct {
	count   int    // of functions
	first   uint32 // the number that the first step is added to
	steps   []byte // from one function's number to the next
	places  []byte // where in a description the octets of a row stand; what has no row is zero
	rows    []byte // an octet of each function for each place
	records uint64 // address of the descriptions, and of the tables that they come with
	funcs   uint64
	ftab    uint64
	find    uint64
}

// pack sorts descriptions, each of recordSize.
func (p *packed) pack(records []byte, numbers []uint32) bool {
	p.count = len(numbers)
	last := p.first
	for _, number := range numbers {
		if number-last > 0xff {
			return false
		}
		p.steps = append(p.steps, byte(number-last))
		last = number
	}
	for place := 4; place < recordSize; place++ { // at 0 stands the number
		row := make([]byte, p.count)
		used := byte(0)
		for n := range row {
			row[n] = records[n*recordSize+place]
			used |= row[n]
		}
		if used != 0 {
			p.places = append(p.places, byte(place))
			p.rows = append(p.rows, row...)
		}
	}
	return len(p.places) > 0
}

// octets are what the start function reads.
func (p *packed) octets() []byte {
	return append(append(append([]byte(nil), p.places...), p.steps...), p.rows...)
}

// unpack is the body of the start function. What it reads stands at an address.
func (p *packed) unpack(at uint64) []byte {
	const n, from, to, number, table, place = 0, 1, 2, 3, 4, 5
	f := function{locals: []byte{1, 6, typeI32}, labels: 1}
	emit := func(op byte, arg ...uint64) {
		i := instr{op: op}
		switch {
		case op >= opFirstMemory && op <= opLastMemory: // offset; alignment is only a hint
			i.raw = append([]byte{0}, binary.AppendUvarint(nil, arg[0])...)
		case op == opLoop:
			i.label, i.raw = int(arg[0]), []byte{void}
			f.labels = max(f.labels, i.label+1)
		case op == opBrIf, op == opEnd:
			i.label = int(arg[0])
		case len(arg) > 0:
			i.arg = int64(arg[0])
		}
		f.code = append(f.code, i)
	}
	set := func(local, value uint64) {
		emit(opI32Const, value)
		emit(opLocalSet, local)
	}
	add := func(local, value uint64) {
		emit(opLocalGet, local)
		emit(opI32Const, value)
		emit(opI32Add)
		emit(opLocalTee, local)
	}
	step := func(local, value uint64) {
		add(local, value)
		f.code[len(f.code)-1].op = opLocalSet
	}
	steps := at + uint64(len(p.places))
	set(from, steps)
	set(to, p.records)
	set(table, p.ftab)
	set(number, uint64(p.first))
	emit(opLoop, 1)
	{
		emit(opLocalGet, from)
		emit(opI32Load8U, 0)
		emit(opLocalGet, number)
		emit(opI32Add)
		emit(opLocalSet, number)

		emit(opLocalGet, to)
		emit(opLocalGet, number)
		emit(opI32Store, 0)

		emit(opLocalGet, table)
		emit(opLocalGet, number)
		emit(opI32Store, 0)
		emit(opLocalGet, table)
		emit(opLocalGet, to)
		emit(opI32Const, p.funcs)
		emit(opI32Sub)
		emit(opI32Store, 4)

		emit(opLocalGet, number)
		emit(opI32Const, firstFunction)
		emit(opI32Sub)
		emit(opI32Const, findStride)
		emit(opI32Mul)
		emit(opLocalGet, n)
		f.code = append(f.code, instr{op: opI32Const, arg: -findSteps})
		emit(opI32And)
		emit(opI32Store, p.find)

		step(from, 1)
		step(to, recordSize)
		step(table, 8)
		add(n, 1)
		emit(opI32Const, uint64(p.count))
		emit(opI32Ne)
		emit(opBrIf, 1)
	}
	emit(opEnd, 1)
	set(place, at)
	emit(opLoop, 2)
	{
		emit(opLocalGet, place)
		emit(opI32Load8U, 0)
		emit(opI32Const, p.records)
		emit(opI32Add)
		emit(opLocalSet, to)
		set(n, uint64(p.count))
		emit(opLoop, 3)
		{
			emit(opLocalGet, to)
			emit(opLocalGet, from)
			emit(opI32Load8U, 0)
			emit(opI32Store8, 0)
			step(from, 1)
			step(to, recordSize)
			f.code = append(f.code, instr{op: opLocalGet, arg: n}, instr{op: opI32Const, arg: -1}, instr{op: opI32Add}, instr{op: opLocalTee, arg: n})
			emit(opBrIf, 3)
		}
		emit(opEnd, 3)
		add(place, 1)
		emit(opI32Const, steps)
		emit(opI32Ne)
		emit(opBrIf, 2)
	}
	emit(opEnd, 2)
	emit(opEnd, 0)
	return f.append(nil)
}

// begin adds a function that runs when the module starts.
func begin(body *[sections][]byte, code []byte) error {
	if body[sectionStart] != nil {
		return errModule
	}
	imported, err := imports(body[sectionImport])
	if err != nil {
		return err
	}
	kind, types, err := signature(body[sectionType], nil, nil)
	if err != nil {
		return err
	}
	body[sectionType] = types
	if body[sectionFunction], _, err = appendTo(body[sectionFunction], binary.AppendUvarint(nil, kind)); err != nil {
		return err
	}
	var number uint64
	if body[sectionCode], number, err = appendTo(body[sectionCode], append(binary.AppendUvarint(nil, uint64(len(code))), code...)); err != nil {
		return err
	}
	body[sectionStart] = binary.AppendUvarint(nil, uint64(imported)+number)
	return nil
}

// appendTo adds an entry to a section that begins with how many it has, and tells the entry's number.
func appendTo(section, entry []byte) (_ []byte, number uint64, err error) {
	r := reader{b: section}
	if number = r.unsigned(); r.bad {
		return nil, 0, errModule
	}
	return append(append(binary.AppendUvarint(nil, number+1), section[r.at:]...), entry...), number, nil
}
