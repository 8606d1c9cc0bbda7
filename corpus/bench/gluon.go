package main

import (
	"bytes"

	"github.com/ProtonMail/gluon/imap/command"
	"github.com/ProtonMail/gluon/rfcparser"
)

func gluonCommands(w *workload) func() (int, error) {
	return func() (n int, err error) {
		p := command.NewParser(rfcparser.NewScanner(bytes.NewReader(w.bytes)))
		for range w.messages {
			if _, err := p.Parse(); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
}
