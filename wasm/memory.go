//go:build wasip1

package main

import "runtime"

// Go's collector is made to work beside the program, on other threads. Here is only one: a collection goes on for many calls, and as long as
// it does, storing a pointer costs more than ten times as much. So src/wasi.ts turns it off (GOGC=off, with a limit far away), and memory is
// collected here, at once, between two calls.

const (
	spare     = 32 << 20  // octets that may be garbage
	spareMost = 256 << 20 // the same, while a long text is annotated
	spareEach = 20        // octets that annotating one octet takes, garbage included
)

var (
	live   uint64         // octets that were in use after the last collection
	leeway uint64 = spare // octets more, at which the next is due
)

// expect tells that a text of n octets is about to be annotated.
func expect(n uint32) { leeway = min(spare+spareEach*uint64(n), spareMost) }

// collect frees what nobody needs any more, when that may be much.
func collect() {
	if inUse() < live+max(live, leeway) {
		return
	}
	runtime.GC()
	live = inUse()
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
