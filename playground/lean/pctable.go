package lean

import "encoding/binary"

// A pc table (runtime.pcvalue) is pairs of varints: by how much a value changes, zigzag, and for how many numbers it then holds; an empty
// change ends it, but for the first. The value begins with -1.

// pcTable is the table at an offset: nil if there is none, false if it isn't one.
func pcTable(pcs []byte, offset uint32) ([]byte, bool) {
	if offset == noTable {
		return nil, true
	}
	if uint64(offset) >= uint64(len(pcs)) {
		return nil, false
	}
	r := reader{b: pcs, at: int(offset)}
	for first := true; ; first = false {
		if r.unsigned() == 0 && !first {
			return pcs[offset:r.at:r.at], !r.bad
		}
		if r.unsigned(); r.bad {
			return nil, false
		}
	}
}

// valueAt is what a table says of a number, -1 without a table or behind its end.
func valueAt(table []byte, number int64) int64 {
	r := reader{b: table}
	value, until := int64(-1), int64(0)
	for first := true; r.at < len(table); first = false {
		change := r.unsigned()
		if change == 0 && !first {
			break
		}
		value += int64(change>>1) ^ -int64(change&1)
		if until += int64(r.unsigned()); number < until {
			return value
		}
	}
	return -1
}

// maxValue is the largest value in a table.
func maxValue(table []byte) (largest int64) {
	r := reader{b: table}
	value := int64(-1)
	for first := true; r.at < len(table); first = false {
		change := r.unsigned()
		if change == 0 && !first {
			break
		}
		value += int64(change>>1) ^ -int64(change&1)
		largest = max(largest, value)
		r.unsigned()
	}
	return largest
}

// lastNumber is up to where a table holds at least: numbers of a function are less.
const lastNumber = 127

// appendPCTable makes a table of values by number.
func appendPCTable(b []byte, values []int64) []byte {
	value := int64(-1)
	for from := 0; from < len(values); {
		to := from + 1
		for to < len(values) && values[to] == values[from] {
			to++
		}
		length := to - from
		if to == len(values) {
			length = max(length, lastNumber-from)
		}
		change := values[from] - value
		b = binary.AppendUvarint(b, uint64(change<<1^change>>63))
		b = binary.AppendUvarint(b, uint64(length))
		value, from = values[from], to
	}
	return append(b, 0)
}
