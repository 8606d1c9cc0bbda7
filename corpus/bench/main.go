// Command bench compares this module's parser with others, on the same bytes in the same run:
//
//	cd corpus/bench && go run .
//
// Each figure is a multiple of a scan, so that machines can be compared: a loop that looks every byte of a message up in a table and adds up what it
// finds, called once for each message as a parser is. Passes of the scan and of the parser over all messages of a shape alternate for a second; the
// shortest of each counts, for other work on the machine only ever makes one longer. The workloads are made here, the same on every run: a thousand
// messages or some hundred that differ, so that the processor cannot know by heart what comes next, as it does where a few are read again and again.
// This is a module of its own: the others' dependencies are not the parser's.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
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
	only := flag.String("shape", "", "measure the shapes whose name begins so")
	ours := flag.Bool("ours", false, "measure this module's parser alone")
	flag.Parse()
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "shape\tparser\tx scan\tMB/s\tns/message\tallocs/message")
	for _, w := range workloads() {
		if !strings.HasPrefix(w.name, *only) {
			continue
		}
		for _, r := range readers {
			if r.side != w.side || *ours && !strings.HasPrefix(r.name, "imapwire") {
				continue
			}
			read := r.read(&w)
			n, err := read()
			if err == nil && n < len(w.messages) {
				err = fmt.Errorf("saw %d of %d messages", n, len(w.messages))
			}
			if err != nil {
				fmt.Fprintf(tw, "%s\t%s\t-\t-\t-\t%v\n", w.name, r.name, err)
				continue
			}
			scan, pass := measure(&w, read)
			messages := float64(len(w.messages))
			fmt.Fprintf(tw, "%s\t%s\t%.3f\t%.0f\t%.1f\t%.1f\n", w.name, r.name, float64(scan)/float64(pass), float64(len(w.bytes))/1e6/pass.Seconds(),
				float64(pass)/messages, testing.AllocsPerRun(3, func() { read() })/messages)
		}
	}
	tw.Flush()
}

// measure returns how long the shortest pass of the scan and of the reader over the workload is.
func measure(w *workload, read func() (int, error)) (scanned, pass time.Duration) {
	scanned, pass = time.Hour, time.Hour
	end := time.Now().Add(time.Second)
	for n := 0; n < 20 || time.Now().Before(end); n++ {
		start := time.Now()
		for _, m := range w.messages {
			sum += scan(m)
		}
		middle := time.Now()
		read()
		scanned, pass = min(scanned, middle.Sub(start)), min(pass, time.Since(middle))
	}
	return scanned, pass
}

var (
	table [256]uint8
	sum   int
)

//go:noinline
func scan(b []byte) (n int) {
	for _, c := range b {
		n += int(table[c])
	}
	return n
}
