package wire

import (
	"bytes"
	"strings"
	"testing"
)

var sink int

func run(b *testing.B, in []byte, f func([]byte) int) {
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		sink += f(in)
	}
}

// BenchmarkScan compares the scanners with the walk by class table that they stand for.
func BenchmarkScan(b *testing.B) {
	short, long := []byte("INTERNALDATE "), []byte(strings.Repeat("quoted text ", 100))
	quoted := []byte(`"` + string(long) + `"`)
	b.Run("atom", func(b *testing.B) { run(b, short, ConsumeAtom) })
	b.Run("text", func(b *testing.B) { run(b, long, func(p []byte) int { return ConsumeText(p, true) }) })
	b.Run("text-by-class", func(b *testing.B) { run(b, long, func(p []byte) int { return span(p, TextChar) }) })
	b.Run("quoted", func(b *testing.B) { run(b, quoted, func(p []byte) int { n, _ := ConsumeQuoted(p, true); return n }) })
	b.Run("quoted-short", func(b *testing.B) {
		run(b, []byte(`"example.org" `), func(p []byte) int { n, _ := ConsumeQuoted(p, true); return n })
	})
	b.Run("quoted-by-class", func(b *testing.B) { run(b, quoted[1:], func(p []byte) int { return span(p, QuotedChar) }) })
	b.Run("quoted-by-class-short", func(b *testing.B) {
		run(b, []byte(`example.org"`), func(p []byte) int { return span(p, QuotedChar) })
	})
	b.Run("number", func(b *testing.B) {
		run(b, []byte("4294967295 "), func(p []byte) int { _, n := ConsumeUint32(p); return n })
	})
	b.Run("sequence-set", func(b *testing.B) {
		run(b, []byte(strings.Repeat("1:4,7,", 100)+"*"), ConsumeSequenceSet)
	})
	b.Run("date-time", func(b *testing.B) {
		run(b, []byte(`"17-Jul-1996 02:44:25 -0700"`), func(p []byte) int { _, n := ConsumeDateTime(p); return n })
	})
}

func BenchmarkMUTF7(b *testing.B) {
	name, encoded := []byte("~peter/mail/台北/日本語"), []byte("~peter/mail/&U,BTFw-/&ZeVnLIqe-")
	dst := make([]byte, 0, 100)
	b.Run("encode", func(b *testing.B) { run(b, name, func(p []byte) int { return len(AppendMUTF7(dst, p)) }) })
	b.Run("decode", func(b *testing.B) {
		run(b, encoded, func(p []byte) int { d, _ := AppendMUTF7Decoded(dst, p); return len(d) })
	})
}

func BenchmarkFramer(b *testing.B) {
	frame := func(p []byte) int {
		f, n := Framer{Side: Server}, 0
		for len(p) > 0 {
			m, ev, _ := f.Next(p)
			if ev == FrameEnd {
				p = p[m:]
				n++
			}
		}
		return n
	}
	line := "* 23 FETCH (FLAGS (\\Seen) UID 4827313 RFC822.SIZE 44827)\r\n"
	b.Run("fetch-flags", func(b *testing.B) { run(b, bytes.Repeat([]byte(line), 100), frame) })
	literal := "* 23 FETCH (UID 4827313 BODY[TEXT] {1000}\r\n" + strings.Repeat("x", 1000) + " FLAGS ())\r\n"
	b.Run("fetch-literal", func(b *testing.B) { run(b, bytes.Repeat([]byte(literal), 100), frame) })
}
