package lean

import (
	"slices"
	"strings"
)

// conduct is what a call of a function does to who calls it.
type conduct struct {
	// steady functions run to their end once they are called, unless a panic ends them: nothing that they call waits, allocates or makes the
	// stack larger. So who calls them never has to go on behind that call from elsewhere.
	steady bool
	// silent functions are steady, and nobody looks at the stack while they run, who would ask where they were called.
	silent bool
	room   int64 // octets of stack that it needs at most, with the return address, before anybody checks whether there are as many
}

// steadyRoom is how much stack a function may use that doesn't check it: who called it left as much (runtime/stack.go, stackNosplit). That is
// what the linker holds functions to that are marked nosplit.
const steadyRoom = 800

// addressSize is how much stack a return address takes.
const addressSize = 8

// checkRoom is how much stack asking for more takes.
const checkRoom = 2 * addressSize

// systemstack runs a function on another stack and returns then: it neither waits, nor does its callee use the stack that it was called on.
const systemstack = "runtime.systemstack"

// callGraph is who calls whom, by number, imports not counted; nil if nothing is known about a function.
type callGraph []*callNode

type callNode struct {
	calls    []int
	ends     []int // calls that don't return, and those that only a part of the runtime makes: what they do to the stack doesn't matter
	frame    int64
	checks   bool // it asks for more stack when it begins
	indirect bool // it calls who isn't known
	unsteady bool
	silent   bool // as far as itself is concerned
	conduct
	state visit
}

type visit byte

const (
	unseen visit = iota
	open
	done
)

// findConducts finds out how functions conduct themselves.
func (p *program) findConducts(live []bool, known []*funcInfo) error {
	g := make(callGraph, len(p.bodies))
	err := p.each(live, func(number int, f *function) {
		if known[number] != nil {
			g[number] = p.node(f, known[number], known)
		}
	})
	if err != nil {
		return err
	}
	g.settle()
	p.conducts = make([]conduct, len(g))
	for number, n := range g {
		if _, endless := p.helpers[p.imported+int64(number)]; n != nil && !endless {
			p.conducts[number] = n.conduct
		}
	}
	return nil
}

// conduct is that of a function by the number that calls have.
func (p *program) conduct(number int64) conduct {
	if number < p.imported || number-p.imported >= int64(len(p.conducts)) {
		return conduct{}
	}
	return p.conducts[number-p.imported]
}

// node tells what a function does itself.
func (p *program) node(f *function, info *funcInfo, known []*funcInfo) *callNode {
	n := &callNode{frame: maxValue(info.stack), silent: true}
	if info.name == systemstack {
		n.silent = false
		return n
	}
	n.unsteady = info.name == "runtime.goexit" || info.name == "runtime.systemstack_switch" || info.deferReturn > 0
	_, to, checks := f.check(p)
	if _, ok := f.layout(); checks && !ok {
		n.unsteady = true // it will be left as it is
	}
	n.checks = checks
	for at := range f.code {
		i := &f.code[at]
		switch {
		case i.op == opCallIndirect:
			n.indirect, n.unsteady = true, true
		case i.op == opI32Const && i.arg == 1 && f.is(at+1, opReturn):
			n.unsteady = true // it lets the stack unwind
		case i.op != opCall || checks && at < to:
		case i.arg < p.imported:
			n.unsteady = true
		default:
			callee := int(i.arg - p.imported)
			h, endless := p.helpers[i.arg]
			switch {
			case endless:
				n.silent, n.ends = false, append(n.ends, callee)
				n.unsteady = n.unsteady || h.again
			case callee < len(known) && known[callee] != nil && strings.HasPrefix(known[callee].name, "runtime.gcWriteBarrier"):
				// It goes over to the system stack when its buffer is full, but nobody looks at this one then.
				n.ends = append(n.ends, callee)
			default:
				n.calls = append(n.calls, callee)
			}
		}
	}
	return n
}

// settle finds the conduct of all.
func (g callGraph) settle() {
	for again := true; again; again = g.relent() {
		for _, n := range g {
			if n != nil {
				n.state = unseen
			}
		}
		for number := range g {
			g.visit(number)
		}
	}
}

// visit finds out how a function conducts itself from those that it calls.
func (g callGraph) visit(number int) *callNode {
	if number >= len(g) || g[number] == nil {
		return nil
	}
	n := g[number]
	if n.state == open {
		n.unsteady = true // it calls itself
	}
	if n.state != unseen {
		return n
	}
	n.state = open
	steady, silent, room := true, n.silent, int64(addressSize+checkRoom)
	for _, callee := range n.calls {
		c := g.visit(callee)
		if c == nil {
			steady = false
			continue
		}
		steady = steady && c.steady && c.state == done
		silent = silent && c.silent
		room = max(room, c.room)
	}
	for _, callee := range n.ends {
		if callee < len(g) && g[callee] != nil && !g[callee].checks {
			room = max(room, g.visit(callee).room)
		}
	}
	room += addressSize + n.frame
	n.state = done
	n.conduct = conduct{steady: steady && !n.unsteady && room <= steadyRoom, room: room}
	n.conduct.silent = n.steady && silent
	if n.checks && !n.steady {
		n.room = addressSize + checkRoom
	}
	return n
}

// relent lets functions check their stack after all where those that call them don't, and the linker counted on that they do. It tells
// whether there were any.
func (g callGraph) relent() (changed bool) {
	for number, n := range g {
		if n == nil || n.steady || n.checks {
			continue
		}
		if n.room > steadyRoom {
			changed = g.keepChecks(number) || changed
		}
		if n.indirect {
			for _, c := range g {
				if c != nil && c.steady && c.checks && n.frame+addressSize+c.room > steadyRoom {
					c.unsteady, changed = true, true
				}
			}
		}
	}
	return changed
}

// keepChecks lets those check their stack that a function calls, and those that these call, up to who does.
func (g callGraph) keepChecks(number int) (changed bool) {
	seen, todo := map[int]bool{number: true}, []int{number}
	for len(todo) > 0 {
		n := g[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		for _, callee := range slices.Concat(n.calls, n.ends) {
			if callee >= len(g) || g[callee] == nil || seen[callee] {
				continue
			}
			seen[callee] = true
			switch c := g[callee]; {
			case !c.checks:
				todo = append(todo, callee)
			case c.steady:
				c.unsteady, changed = true, true
			}
		}
	}
	return changed
}

// How a function checks its stack when it begins (cmd/internal/obj/wasm): the stack pointer, the limit of the goroutine's stack, and by how
// much more than a small frame its own is larger.
var (
	checkStart = []byte{opLocalGet, opGlobalGet, opI32WrapI64, opI32Load}
	checkLarge = []byte{opI32Const, opI32Add}
	checkEnd   = []byte{opI32LeU, opIf}
)

// The goroutine is global 2, and the limit of its stack stands there as a second word, behind those of the stack.
const (
	goroutineGlobal = 2
	stackLimit      = "\x02\x10"
)

// check finds where f checks its stack.
func (f *function) check(p *program) (from, to int, ok bool) {
	for from = range f.code {
		if !f.is(from, checkStart...) {
			continue
		}
		c := f.code[from:]
		if c[0].arg != spLocal || c[1].arg != goroutineGlobal || string(c[3].raw) != stackLimit {
			continue
		}
		at := from + len(checkStart)
		if f.is(at, checkLarge...) {
			at += len(checkLarge)
		}
		if !f.is(at, checkEnd...) || !f.is(at+len(checkEnd), beforeCall...) {
			continue
		}
		label, call := f.code[at+1].label, f.code[at+len(checkEnd)+len(beforeCall)-1]
		if h, endless := p.helpers[call.arg]; !endless || !h.again {
			continue
		}
		to = at + len(checkEnd) + slices.IndexFunc(f.code[at+len(checkEnd):], func(i instr) bool { return i.op == opEnd && i.label == label })
		return from, to + 1, true
	}
	return 0, 0, false
}
