package syntax

import "testing"

func BenchmarkTree(b *testing.B) {
	tr := new(Tree)
	n := 0
	for name, f := range map[string]func(){
		"build": func() { tr.Reset(); sample(tr) },
		"tokens": func() {
			for s := range tr.Tokens() {
				n += s.Len()
			}
		},
		"at": func() {
			for id := range tr.At(11) {
				n += int(id)
			}
		},
		"innermost": func() { tr.Innermost(11) },
	} {
		tr.Reset()
		sample(tr)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}
