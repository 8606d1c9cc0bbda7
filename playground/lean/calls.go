package lean

import (
	"slices"
	"strings"
)

// Addresses of code: the function's number and 0x1000, and a number within the function (cmd/link/internal/wasm).
const (
	firstFunction = 0x1000
	functionShift = 16
	placeMask     = 1<<functionShift - 1
)

func address(number int, within int64) int64 {
	return (int64(number)+firstFunction)<<functionShift | within
}

// endless tells whether a function of the runtime never returns to who calls it, by its name: it panics, or the stack unwinds.
func endless(name string) bool {
	name, ok := strings.CutPrefix(name, "runtime.")
	switch {
	case !ok:
		return false
	case strings.HasPrefix(name, "goPanic"):
		return true
	}
	switch name {
	case "sigpanic", "morestack", "morestack_noctxt", "gopanic", "throw", "fatal", "panicwrap", "panicdivide", "panicshift", "panicoverflow", "panicdottypeE",
		"panicdottypeI", "panicnildottype", "panicmakeslicelen", "panicmakeslicecap", "panicunsafealignment":
		return true
	}
	return false
}

// helper is the function that makes calls that don't return.
type helper struct {
	number int64
	again  bool // what calls goes on at the stored address all the same, once its stack has grown
	fault  bool // for the frame of what calls is not read any more
}

// The stack pointer is global 0, and while a function of Go runs also its local 1.
const (
	spGlobal = 0
	spLocal  = 1
)

// Before a call stands: the stack pointer, also in local 1, goes down by 8, the address after the call is stored there, and the callee
// begins at its block 0.
var beforeCall = []byte{
	opLocalGet, opI32Const, opI32Sub, opLocalTee, opGlobalSet, opLocalGet, opI64Const, opI64Store, opI32Const, opCall,
}

// stores tells whether at at such an address is about to be stored.
func (f *function) stores(at int) bool {
	from := at - slices.Index(beforeCall, opI64Const)
	if !f.is(from, beforeCall[:len(beforeCall)-2]...) {
		return false
	}
	c := f.code[from:]
	return c[0].arg == spLocal && c[1].arg == 8 && c[3].arg == spLocal && c[4].arg == spGlobal && c[5].arg == spLocal && string(c[7].raw) == plainStore
}

// plainStore is how an i64.store is aligned, and its offset.
const plainStore = "\x03\x00"

// look is what is known of a frame while a call runs.
type look struct{ stack, live int64 }

// lookAt is how f's frame looks during the call behind which f goes on at a place.
func (info *funcInfo) lookAt(place int64) look {
	return look{stack: valueAt(info.stack, place), live: valueAt(info.live, place-1)}
}

// calls lets calls that don't return be made by the helpers of their callee. What follows is never reached. Calls behind which f never goes
// on from elsewhere say that they are at the first place where the frame looks the same: nobody can tell. After a fault only the frame's size
// matters: it is not read any more.
func (f *function) calls(info *funcInfo, p *program) {
	at := slices.Index(beforeCall, opI64Const)
	first, sized := map[look]int64{}, map[int64]int64{}
	for k := range f.code {
		if !f.stores(k) || !f.own(info, k) {
			continue
		}
		place := f.code[k].arg & placeMask
		here := info.lookAt(place)
		if _, ok := first[here]; !ok {
			first[here] = place
		}
		if _, ok := sized[here.stack]; !ok {
			sized[here.stack] = place
		}
	}
	if from, to, ok := f.check(p); ok && info.steady {
		f.code = slices.Delete(f.code, from, to)
	}
	out := f.code[:0]
	for k := 0; k < len(f.code); k++ {
		if !f.is(k, beforeCall...) || !f.stores(k+at) || !f.own(info, k+at) {
			out = append(out, f.code[k])
			continue
		}
		callee := f.code[k+len(beforeCall)-1].arg
		h, endless := p.helpers[callee]
		back := &f.code[k+at].arg
		place := *back & placeMask
		switch conduct := p.conduct(callee); {
		case !endless && !conduct.steady:
			out = append(out, f.code[k])
			continue
		case h.again: // it goes on there
		case h.fault, conduct.silent:
			place = sized[info.lookAt(place).stack]
		default:
			place = first[info.lookAt(place)]
		}
		*back = address(info.number, place)
		if endless {
			out = append(out, instr{op: opI64Const, arg: *back}, instr{op: opCall, arg: h.number}, instr{op: opReturn})
		} else {
			out = append(out, f.code[k:][:len(beforeCall)]...)
		}
		k += len(beforeCall) - 1
	}
	f.code = out
}

// callOf is the body of a function that takes the address after a call of callee, and calls it.
func callOf(callee int64) []byte {
	f := function{locals: []byte{0}, labels: 1, code: []instr{
		{op: opGlobalGet},
		{op: opI32Const, arg: 8},
		{op: opI32Sub},
		{op: opGlobalSet},
		{op: opGlobalGet},
		{op: opLocalGet},
		{op: opI64Store, raw: []byte(plainStore)},
		{op: opI32Const},
		{op: opCall, arg: callee},
		{op: opEnd},
	}}
	return f.append(nil)
}
