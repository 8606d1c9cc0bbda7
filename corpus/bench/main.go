// Command bench compares this module's parser with others, on the same bytes in the same run:
//
//	cd corpus/bench && go run .
//
// Each figure is a multiple of a scan, which looks every byte up in a table and does nothing with it, so that machines can be compared. The workloads are
// made here, the same on every run. This is a module of its own: the others' dependencies are not the parser's.
package main

import (
	"fmt"
	"os"
	"testing"
	"text/tabwriter"
)

// reader reads a workload once and returns how many messages it saw. An error means that it can't read the shape.
type reader struct {
	name string
	side side
	read func(w *workload) func() (int, error)
}

var readers = []reader{
	{"imapwire", server, ourResponses},
	{"imapwire, tree", server, ourResponsesWithTree},
	{"go-imap v2", server, goimap2Responses},
	{"go-imap v1", server, goimap1Responses},
	{"imapwire", client, ourCommands},
	{"imapwire, tree", client, ourCommandsWithTree},
	{"gluon", client, gluonCommands},
	{"go-imap v1", client, goimap1Commands},
}

func main() {
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "shape\tparser\tx scan\tMB/s\tallocs/message")
	for _, w := range workloads() {
		base := measure(len(w.bytes), func() (int, error) { return scan(w.bytes), nil })
		for _, r := range readers {
			if r.side != w.side {
				continue
			}
			read := r.read(&w)
			n, err := read()
			if err == nil && n < len(w.messages) {
				err = fmt.Errorf("saw %d of %d messages", n, len(w.messages))
			}
			if err != nil {
				fmt.Fprintf(tw, "%s\t%s\t-\t-\t%v\n", w.name, r.name, err)
				continue
			}
			m := measure(len(w.bytes), read)
			fmt.Fprintf(tw, "%s\t%s\t%.3f\t%.0f\t%.1f\n", w.name, r.name, m.speed/base.speed, m.speed, m.allocs/float64(len(w.messages)))
		}
	}
	tw.Flush()
}

type figures struct{ speed, allocs float64 } // MB/s; allocations per pass

// measure takes the best of three runs: other work on the machine only ever slows one down.
func measure(size int, f func() (int, error)) figures {
	var best figures
	for range 3 {
		r := testing.Benchmark(func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
		if s := float64(size) / 1e6 / (float64(r.NsPerOp()) / 1e9); s > best.speed {
			best = figures{s, float64(r.AllocsPerOp())}
		}
	}
	return best
}

var table [256]uint8

func scan(b []byte) (n int) {
	for _, c := range b {
		n += int(table[c])
	}
	return n
}
