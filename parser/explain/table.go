package explain

import (
	"errors"
	"sort"
	"strconv"
)

// The compiled form, numbers being u32, little-endian, or varints:
//
//	magic, 8 octets; language, u32 length and octets; number of entries of each topic, u32; length of the columns, u32; columns; strings
//
// There is a column for each field, first those that are the same in every language: with the tables of two behind each other, a compressor then
// sees a long stretch twice. A column has a varint for each entry of each topic, in the order of their folded ids: 0 for no text, 1 for the next string,
// and from 2 on the number of a string that was used before, counted from 2. A string is its length, a varint, and its octets of UTF-8.
const magic = "IWwords2" // the digit changes with the form

// The fields of an entry, in the order of their columns.
const (
	fieldID = iota
	fieldABNF
	fieldRefs
	fieldShort
	fieldLong
	fieldClient
	fieldServer
	fields
)

// Table is the words of one language. The zero Table has none.
type Table struct {
	heap  []byte   // the strings: the end of what was loaded
	at    []uint32 // where they begin, for each entry of each topic its fields; behind the end of heap stands none
	lang  string
	index [topics]struct{ first, n int } // of entries
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
	var columns, heap []byte
	known := map[string]int{}
	put := func(s string) {
		number, ok := known[s]
		switch {
		case s == "":
			columns = append(columns, 0)
		case ok:
			columns = appendVarint(columns, number+2)
		default:
			known[s] = len(known)
			columns = append(columns, 1)
			heap = append(appendVarint(heap, len(s)), s...)
		}
	}
	b := appendU32([]byte(magic), uint32(len(lang)))
	b = append(b, lang...)
	for topic, es := range entries {
		es = append([]Entry(nil), es...)
		sort.Slice(es, func(i, j int) bool { return foldString(es[i].ID) < foldString(es[j].ID) })
		entries[topic] = es
		b = appendU32(b, uint32(len(es)))
	}
	for field := range fields {
		for _, es := range entries {
			for i := range es {
				e := &es[i]
				put([fields]string{e.ID, e.ABNF, e.Refs, e.Short, e.Long, e.Client, e.Server}[field])
			}
		}
	}
	b = appendU32(b, uint32(len(columns)))
	b = append(b, columns...)
	return append(b, heap...)
}

// Load reads what Compile made and keeps b. All places are checked here, so that no look-up can fail later. The error is ErrVersion or a *TableError.
func Load(b []byte) (*Table, error) {
	if len(b) < len(magic) || string(b[:len(magic)-1]) != magic[:len(magic)-1] {
		return nil, &TableError{0, "the mark " + magic}
	}
	if string(b[:len(magic)]) != magic {
		return nil, ErrVersion
	}
	at := len(magic)
	size := func(what string) (int, error) {
		if len(b)-at < 4 {
			return 0, &TableError{at, "the " + what}
		}
		n := int(u32(b[at:]))
		at += 4
		if n > len(b)-at {
			return 0, &TableError{at - 4, "a smaller " + what}
		}
		return n, nil
	}
	n, err := size("length of the language's name")
	if err != nil {
		return nil, err
	}
	t := &Table{lang: string(b[at : at+n])}
	at += n
	entries := 0
	for topic := range t.index {
		if n, err = size("number of entries"); err != nil {
			return nil, err
		}
		t.index[topic].first, t.index[topic].n = entries, n
		entries += n
	}
	if n, err = size("length of the columns"); err != nil {
		return nil, err
	}
	if entries > n/fields { // each field takes an octet at least
		return nil, &TableError{at - 4, "longer columns"}
	}
	columns, end := b[:at+n], at+n
	t.heap = b[end:]
	t.at = make([]uint32, entries*fields)
	var strings []uint32 // where each begins
	next := 0
	for i := range t.at {
		field, entry := i/entries, i%entries
		number, size := varint(columns[at:])
		if size == 0 {
			return nil, &TableError{at, "the number of a string"}
		}
		place := uint32(len(t.heap))
		switch {
		case number == 1:
			length, size := varint(t.heap[next:])
			if size == 0 || length > len(t.heap)-next-size {
				return nil, &TableError{end + next, "a string"}
			}
			place = uint32(next)
			strings = append(strings, place)
			next += size + length
		case number-2 >= len(strings):
			return nil, &TableError{at, "the number of a string before"}
		case number > 1:
			place = strings[number-2]
		}
		t.at[entry*fields+field] = place
		at += size
	}
	if at != end || next != len(t.heap) {
		return nil, &TableError{at, "the end of the columns and of the strings"}
	}
	return t, nil
}

// Lang is the language's tag, "en" or "zh".
func (t *Table) Lang() string { return t.lang }

// octets are those of a field of an entry.
func (t *Table) octets(entry, field int) []byte {
	at := int(t.at[entry*fields+field])
	n, size := varint(t.heap[at:])
	return t.heap[at+size:][:n]
}

func (t *Table) str(entry, field int) string { return string(t.octets(entry, field)) }

// Len is the number of entries of a topic; At is the i-th of them, in the order of their ids.
func (t *Table) Len(topic Topic) int { return t.index[topic].n }

// At is the i-th entry of a topic.
func (t *Table) At(topic Topic, i int) Entry {
	i += t.index[topic].first
	e := Entry{
		ID: t.str(i, fieldID), Short: t.str(i, fieldShort), Long: t.str(i, fieldLong), Client: t.str(i, fieldClient), Server: t.str(i, fieldServer),
		ABNF: t.str(i, fieldABNF), Refs: t.str(i, fieldRefs),
	}
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
		return t.str(t.index[topic].first+i, fieldShort)
	}
	return ""
}

// find is the index of id in topic, or -1.
func (t *Table) find(topic Topic, id string) int {
	if topic >= topics {
		return -1
	}
	lo, hi := 0, t.index[topic].n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		switch c := compareFold(t.octets(t.index[topic].first+mid, fieldID), id); {
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

func appendVarint(dst []byte, n int) []byte {
	for ; n > 0x7f; n >>= 7 {
		dst = append(dst, byte(n)|0x80)
	}
	return append(dst, byte(n))
}

// varint reads a number below 1<<28 at the begin of b, and tells its length: 0 if there is none. Before the end of b it is 0.
func varint(b []byte) (n, size int) {
	for shift := 0; size < len(b) && shift < 28; shift += 7 {
		c := b[size]
		size++
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			return n, size
		}
	}
	return 0, 0
}
