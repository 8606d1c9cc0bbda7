package parser

// slab hands out storage for values of one type. Full chunks are kept and new ones added, nothing moves once it was handed out, so
// pointers and slices stay good until reset. After the first few messages no allocation happens any more. The zero slab is ready.
//
// Flat lists are built in place: push per element, then list. A list that outgrows its chunk moves to a larger one before anybody saw it.
type slab[T any] struct {
	chunk  []T // the chunk in use
	used   int // elements of chunk that are handed out, the open list included
	start  int // where the open list begins
	cur    int // index of chunk in chunks
	chunks [][]T
}

const firstChunk = 16

// reset takes everything back. Storage is cleared when it is handed out again, not here.
func (s *slab[T]) reset() {
	s.used, s.start = 0, 0
	if s.cur != 0 {
		s.rewind()
	}
}

// rewind is apart from reset so that reset stays small.
//
//go:noinline
func (s *slab[T]) rewind() { s.cur, s.chunk = 0, s.chunks[0] }

// push adds a zero element to the open list. The pointer is good until the next push.
func (s *slab[T]) push() *T {
	if s.used == len(s.chunk) {
		s.grow(1)
	}
	v := &s.chunk[s.used]
	s.used++
	var zero T
	*v = zero
	return v
}

// room sees to it that there is room for one more element.
func (s *slab[T]) room() {
	if s.used == len(s.chunk) {
		s.grow(1)
	}
}

// next is push for a caller that has called room and sets the whole element. The two are apart so that both are inlined.
func (s *slab[T]) next() *T {
	s.used++
	return &s.chunk[s.used-1]
}

// list closes the open list: its elements, nil when there are none.
func (s *slab[T]) list() []T {
	if s.start == s.used {
		return nil
	}
	l := s.chunk[s.start:s.used:s.used]
	s.start = s.used
	return l
}

// emptyList closes the open list like list, but returns a non-nil empty list when there is no element: "()" rather than NIL.
func (s *slab[T]) emptyList() []T {
	if s.start == s.used {
		return s.none()
	}
	return s.list()
}

// none is an empty list that is not nil.
func (s *slab[T]) none() []T {
	if len(s.chunk) == 0 {
		s.grow(1)
	}
	return s.chunk[s.used:s.used:s.used]
}

// pop takes the last element of the open list back.
func (s *slab[T]) pop() { s.used-- }

// open counts the elements of the open list.
func (s *slab[T]) open() int { return s.used - s.start }

// one hands out a single zero element. No list may be open.
func (s *slab[T]) one() *T {
	v := s.push()
	s.start = s.used
	return v
}

// copyOf hands out a copy of l, which may lie anywhere. No list may be open.
func (s *slab[T]) copyOf(l []T) []T {
	if len(l) == 0 {
		return s.emptyList()
	}
	if len(s.chunk)-s.used < len(l) {
		s.grow(len(l))
	}
	copy(s.chunk[s.used:], l)
	s.used += len(l)
	return s.list()
}

// grow moves the open list to a chunk that has room for n more elements.
func (s *slab[T]) grow(n int) {
	open := s.chunk[s.start:s.used]
	need := len(open) + n
	next := 0
	if s.chunks != nil {
		next = s.cur + 1
	}
	for next < len(s.chunks) && len(s.chunks[next]) < need {
		next++
	}
	if next >= len(s.chunks) {
		size := firstChunk
		if k := len(s.chunks); k > 0 {
			size = 2 * len(s.chunks[k-1])
		}
		for size < need {
			size *= 2
		}
		s.chunks = append(s.chunks, make([]T, size))
		next = len(s.chunks) - 1
	}
	s.cur, s.chunk = next, s.chunks[next]
	copy(s.chunk, open)
	s.start, s.used = 0, len(open)
}

// extended is the stack s with one more element. What was in its place before is still there: whoever pushes sets the fields, for the processor waits where
// it reads a whole struct that it has just written in pieces.
func extended[T any](s []T) []T {
	if len(s) == cap(s) {
		var zero T
		return append(s, zero)
	}
	return s[:len(s)+1]
}
