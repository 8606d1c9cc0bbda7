package annotate_test

import (
	"strings"
	"testing"

	"github.com/imapwire/imapwire/parser/annotate"
)

// BenchmarkSession annotates many sessions, one after the other, as a document and as a stream.
func BenchmarkSession(b *testing.B) {
	text := []byte(strings.Repeat(session, 2000))
	b.Run("document", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			annotate.Annotate(text, annotate.Options{})
		}
	})
	b.Run("stream", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			for range annotate.Messages(text, annotate.Options{}) {
			}
		}
	})
}
