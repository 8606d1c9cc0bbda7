package lean

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSteady(t *testing.T) {
	quiet, panics := func(calls ...int) *callNode { return &callNode{calls: calls, silent: true, checks: true, frame: 16} }, &callNode{checks: true, ends: []int{0}, frame: 8}
	for name, c := range map[string]struct {
		graph  callGraph
		steady []bool
		silent []bool
	}{
		"leaves": {callGraph{quiet(), panics}, []bool{true, true}, []bool{true, false}},
		"who calls them": {
			callGraph{{checks: true}, panics, quiet(1), quiet(3)}, []bool{true, true, true, false}, []bool{false, false, false, false},
		},
		"who waits":               {callGraph{{checks: true, unsteady: true}, quiet(0)}, []bool{false, false}, []bool{false, false}},
		"who isn't known":         {callGraph{nil, quiet(0), quiet(7)}, []bool{false, false, false}, []bool{false, false, false}},
		"two that call the other": {callGraph{quiet(1), quiet(0), quiet(1)}, []bool{false, false, false}, []bool{false, false, false}},
		"too deep": {
			callGraph{{checks: true, frame: 500}, {checks: true, frame: 300, calls: []int{0}}, {checks: true, calls: []int{1}}},
			[]bool{true, false, false},
			[]bool{false, false, false},
		},
		"as deep as can be": {callGraph{{checks: true, frame: steadyRoom - 2*addressSize - checkRoom}}, []bool{true}, []bool{false}},
		"too deep for who doesn't check": {
			callGraph{{checks: true, frame: 500}, {unsteady: true, frame: 400, calls: []int{0}}, {unsteady: true, checks: true, frame: 400, calls: []int{0}}},
			[]bool{false, false, false},
			[]bool{false, false, false},
		},
		"too deep for who doesn't check and calls whom it was told": {
			callGraph{{checks: true, frame: 500}, {unsteady: true, frame: 400, indirect: true}, {checks: true}},
			[]bool{false, false, true},
			[]bool{false, false, false},
		},
		"too deep where it ends": {callGraph{{frame: 700}, {checks: true, frame: 100, ends: []int{0}}}, []bool{true, false}, []bool{false, false}},
	} {
		c.graph.settle()
		for number, n := range c.graph {
			if n != nil {
				require.Equal(t, c.steady[number], n.steady, "%s: %d", name, number)
				require.Equal(t, c.silent[number], n.conduct.silent, "%s: %d", name, number)
			}
		}
	}
}

// A function that checks its stack, and then calls another.
func TestCheck(t *testing.T) {
	const start, more = "\x23\x00\x21\x01", "\x20\x01\x41\x08\x6b\x22\x01\x24\x00\x20\x01\x42\x80\x80\x9c\x80\x01\x37\x03\x00\x41\x00\x10\x05\x0f\x0b"
	const small, large = "\x20\x01\x23\x02\xa7\x28\x02\x10\x4d\x04\x40", "\x20\x01\x23\x02\xa7\x28\x02\x10\x41\x20\x6a\x4d\x04\x40"
	const rest = "\x20\x01\x29\x03\x08"
	p := program{helpers: map[int64]helper{5: {number: 9, again: true}, 6: {number: 10}}}
	for name, c := range map[string]struct {
		code string
		ok   bool
	}{
		"a small frame":    {start + small + more + rest, true},
		"a large one":      {start + large + more + rest, true},
		"none":             {start + rest, false},
		"another callee":   {start + small + more[:len(more)-3] + "\x06\x0f\x0b" + rest, false},
		"another limit":    {start + "\x20\x01\x23\x02\xa7\x28\x02\x18\x4d\x04\x40" + more + rest, false},
		"another global":   {start + "\x20\x01\x23\x03\xa7\x28\x02\x10\x4d\x04\x40" + more + rest, false},
		"another relation": {start + "\x20\x01\x23\x02\xa7\x28\x02\x10\x4b\x04\x40" + more + rest, false},
	} {
		f, err := decode([]byte("\x01\x01\x7f" + c.code + "\x0b"))
		require.NoError(t, err, name)
		from, to, ok := f.check(&p)
		require.Equal(t, c.ok, ok, name)
		if ok {
			f.code = append(f.code[:from], f.code[to:]...)
			require.Equal(t, "\x01\x01\x7f"+start+rest+"\x0b", string(f.append(nil)), name)
		}
	}
}

// What only a descriptor leads to counts as soon as somebody has the descriptor's address.
func TestDescriptors(t *testing.T) {
	words := func(words ...uint64) (m memory) {
		for _, w := range words {
			m = append(m, byte(w), byte(w>>8), byte(w>>16), byte(w>>24), byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
		}
		return m
	}
	row := func(before uint64, count int) memory {
		all := []uint64{5, before}
		for n := range count {
			all = append(all, uint64(address(n, 0)))
		}
		return words(append(all, 16+8*3, 7)...) // the address of the fourth
	}
	found := func(m memory, itabs []byte) (numbers []int) {
		m.addresses(nil, m.descriptors(itabs, 100), func(number int) {
			if number >= 0 && number < 100 {
				numbers = append(numbers, number)
			}
		})
		return numbers
	}
	require.Equal(t, []int{3}, found(row(5, leastDescriptors), nil))
	require.Len(t, found(row(5, leastDescriptors-1), nil), leastDescriptors-1, "a row that is too short")
	require.Len(t, found(row(leastDescriptors<<32, leastDescriptors), nil), leastDescriptors, "what a package does when it begins")
	m := row(5, leastDescriptors)
	at := uint64(len(m))
	m = append(m, words(1, 2, 3, uint64(address(70, 0)), 0)...)
	require.Equal(t, []int{3, 70}, found(m, words(at)), "a method")
}
