package wire

// Span is a half-open range of byte offsets, [Start,End). Messages and texts of 4 GiB and more have no spans.
type Span struct{ Start, End uint32 }

// Len is the number of bytes in the span.
func (s Span) Len() int { return int(s.End) - int(s.Start) }

// Of returns the bytes of b in the span; they alias b. A span that isn't in b panics, as a slice expression does.
func (s Span) Of(b []byte) []byte { return b[s.Start:s.End] }

// Contains reports whether t lies in s; an empty t at either end of s does.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.Start <= t.End && t.End <= s.End }
