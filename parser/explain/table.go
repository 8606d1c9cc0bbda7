package explain

import (
	"errors"
	"sort"
	"strconv"
)

// The compiled form, all numbers little-endian:
//
//	magic, 8 octets; language, a string; for each topic: number of entries u32, entries; strings
//
// An entry is its id and the six texts, each the offset u32 of a string; entries stand in the order of their folded ids. A string is its length u32 and
// its octets of UTF-8; the offset 0 is the empty string.
const (
	magic  = "IWwords1" // the digit changes with the form
	fields = 7          // id, short, long, client, server, abnf, refs
	record = 4 * fields
)

// Table is the words of one language. The zero Table has none.
type Table struct {
	data  []byte
	heap  []byte // the strings: the end of data
	lang  string
	index [topics]struct{ at, n uint32 }
}

// ErrVersion says that a table was compiled for another version of this package.
var ErrVersion = errors.New("explain: the table of words has another form than this program expects; both must come from the same build")

// TableError is a fault in a compiled table.
type TableError struct {
	Offset   int
	Expected string
}

func (e *TableError) Error() string {
	return "explain: damaged table of words: expected " + e.Expected + " at offset " + strconv.Itoa(e.Offset)
}

// Compile makes the table of the language lang ("en", "zh") out of the entries of each topic.
func Compile(lang string, entries [Topics][]Entry) []byte {
	heap := []byte{0, 0, 0, 0}
	known := map[string]uint32{"": 0}
	put := func(s string) uint32 {
		at, ok := known[s]
		if !ok {
			at = uint32(len(heap))
			known[s] = at
			heap = appendU32(heap, uint32(len(s)))
			heap = append(heap, s...)
		}
		return at
	}
	var index []byte
	for _, es := range entries {
		es = append([]Entry(nil), es...)
		sort.Slice(es, func(i, j int) bool { return foldString(es[i].ID) < foldString(es[j].ID) })
		index = appendU32(index, uint32(len(es)))
		for i := range es {
			e := &es[i]
			for _, s := range [fields]string{e.ID, e.Short, e.Long, e.Client, e.Server, e.ABNF, e.Refs} {
				index = appendU32(index, put(s))
			}
		}
	}
	b := append([]byte(magic), 0, 0, 0, 0)
	copy(b[len(magic):], appendU32(nil, uint32(len(lang))))
	b = append(b, lang...)
	b = appendU32(b, uint32(len(index)))
	b = append(b, index...)
	return append(b, heap...)
}

// Load reads what Compile made and keeps b. All offsets are checked here, so that no look-up can fail later. The error is ErrVersion or a *TableError.
func Load(b []byte) (*Table, error) {
	if len(b) < len(magic) || string(b[:len(magic)-1]) != magic[:len(magic)-1] {
		return nil, &TableError{0, "the mark " + magic}
	}
	if string(b[:len(magic)]) != magic {
		return nil, ErrVersion
	}
	at := len(magic)
	size := func(what string, unit int) (int, error) {
		if len(b)-at < 4 {
			return 0, &TableError{at, "the " + what}
		}
		n := int(u32(b[at:]))
		at += 4
		if n > (len(b)-at)/unit {
			return 0, &TableError{at - 4, "a smaller " + what}
		}
		return n, nil
	}
	n, err := size("length of the language's name", 1)
	if err != nil {
		return nil, err
	}
	t := &Table{data: b, lang: string(b[at : at+n])}
	at += n
	n, err = size("length of the index", 1)
	if err != nil {
		return nil, err
	}
	end := at + n
	heap := b[end:]
	for topic := range t.index {
		n, err := size("number of entries", record)
		if err != nil {
			return nil, err
		}
		if at+n*record > end {
			return nil, &TableError{at, "fewer entries"}
		}
		t.index[topic].at, t.index[topic].n = uint32(at), uint32(n)
		for stop := at + n*record; at < stop; at += 4 {
			s := int(u32(b[at:]))
			if s > len(heap)-4 || int(u32(heap[s:])) > len(heap)-4-s {
				return nil, &TableError{at, "the offset of a string"}
			}
		}
	}
	if at != end {
		return nil, &TableError{at, "the end of the index"}
	}
	t.heap = heap
	return t, nil
}

// Lang is the language's tag, "en" or "zh".
func (t *Table) Lang() string { return t.lang }

func (t *Table) str(at int) string {
	s := u32(t.data[at:])
	n := u32(t.heap[s:])
	return string(t.heap[s+4 : s+4+n])
}

// Len is the number of entries of a topic; At is the i-th of them, in the order of their ids.
func (t *Table) Len(topic Topic) int { return int(t.index[topic].n) }

// At is the i-th entry of a topic.
func (t *Table) At(topic Topic, i int) Entry {
	at := int(t.index[topic].at) + i*record
	e := Entry{ID: t.str(at), Short: t.str(at + 4), Long: t.str(at + 8), Client: t.str(at + 12), Server: t.str(at + 16), ABNF: t.str(at + 20), Refs: t.str(at + 24)}
	e.RFC, e.Section = firstRef(e.Refs)
	return e
}

// Entry looks an id up; ok is false if the topic has none of that name.
func (t *Table) Entry(topic Topic, id string) (e Entry, ok bool) {
	if i := t.find(topic, id); i >= 0 {
		return t.At(topic, i), true
	}
	return Entry{}, false
}

// text is the short text of an id, empty if there is none: for phrases.
func (t *Table) text(topic Topic, id string) string {
	if i := t.find(topic, id); i >= 0 {
		return t.str(int(t.index[topic].at) + i*record + 4)
	}
	return ""
}

// find is the index of id in topic, or -1.
func (t *Table) find(topic Topic, id string) int {
	if topic >= topics {
		return -1
	}
	lo, hi := 0, int(t.index[topic].n)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		s := int(u32(t.data[int(t.index[topic].at)+mid*record:]))
		n := int(u32(t.heap[s:]))
		switch c := compareFold(t.heap[s+4:s+4+n], id); {
		case c == 0:
			return mid
		case c < 0:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return -1
}

// compareFold compares without regard to ASCII case, as foldString orders.
func compareFold(a []byte, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// encoding/binary would bring reflection into every program that links this.

func appendU32(dst []byte, n uint32) []byte {
	return append(dst, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
}

func u32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}
