package lean

import "slices"

// renumber numbers the places anew at which a function goes on. The compiler counts also what only traces need. Behind a call a place has
// the number that the call stores, and what its frame looks like during the call stands at the number before it. That stays so: the places
// where f really goes on keep their order, and behind them come the calls that don't return. Where f has addresses otherwise, all stays.
func (f *function) renumber(l layout, info *funcInfo, p *program) {
	var resumed, others []int64
	if info.deferReturn > 0 {
		resumed = append(resumed, info.deferReturn, info.deferReturn+1) // the call there is that of deferreturn
	}
	for at := range f.code {
		switch i := &f.code[at]; {
		case f.own(info, at) && f.stores(at) && f.is(at+2, opI32Const, opCall) && p.conduct(f.code[at+3].arg).steady:
			others = append(others, i.arg&placeMask)
		case f.own(info, at) && f.stores(at):
			resumed = append(resumed, i.arg&placeMask)
		case f.own(info, at) && f.is(at, opI64Const, opCall, opReturn):
			if h, ok := p.endless[f.code[at+1].arg]; !ok {
				return
			} else if h.again {
				resumed = append(resumed, i.arg&placeMask)
			} else {
				others = append(others, i.arg&placeMask)
			}
		case f.own(info, at):
			return // somebody else could know it, or it is another number
		case f.back(l, at):
			resumed = append(resumed, i.arg)
		}
	}
	resumed = append(resumed, 0)
	slices.Sort(resumed)
	resumed = slices.Compact(resumed)
	slices.Sort(others)
	others = slices.DeleteFunc(slices.Compact(others), func(place int64) bool {
		_, ok := slices.BinarySearch(resumed, place)
		return ok
	})
	info.places = append(resumed, others...)
	number := map[int64]int64{}
	for n, place := range info.places {
		number[place] = int64(n)
	}

	for at := range f.code {
		switch i := &f.code[at]; {
		case f.own(info, at):
			i.arg = address(info.number, number[i.arg&placeMask])
		case f.back(l, at):
			i.arg = number[i.arg]
		}
	}
	table := make([]int, len(resumed))
	for n, place := range resumed {
		table[n] = f.to(l, place)
	}
	info.deferReturn = number[info.deferReturn]
	f.code[l.table].table = table
	if len(table) == 1 {
		f.code = slices.Delete(f.code, l.table-1, l.table+1)
	}
}

// own tells whether an address in f is at at.
func (f *function) own(info *funcInfo, at int) bool {
	return at < len(f.code) && f.code[at].op == opI64Const && f.code[at].arg&^placeMask == address(info.number, 0)
}

// back tells whether a jump round the loop is at at.
func (f *function) back(l layout, at int) bool {
	return f.is(at, opI32Const, opLocalSet, opBr) && f.code[at+1].arg == 0 && f.code[at+2].label == l.loop && at > l.table
}

// frames is the table of the frame's sizes for the numbers that f has now.
func (info *funcInfo) frames() []byte {
	if info.places == nil {
		return info.stack
	}
	values := make([]int64, len(info.places))
	for n, place := range info.places {
		values[n] = valueAt(info.stack, place)
	}
	return appendPCTable(nil, values)
}

// maps is the table of the maps of pointers for the numbers that f has now: where it was called is looked up one before where it goes on.
func (info *funcInfo) maps() []byte {
	if info.places == nil || info.live == nil {
		return info.live
	}
	values := make([]int64, max(len(info.places)-1, 1))
	for n, place := range info.places[1:] {
		values[n] = valueAt(info.live, place-1)
	}
	return appendPCTable(nil, values)
}
