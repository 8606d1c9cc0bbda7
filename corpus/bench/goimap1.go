package main

import (
	"bufio"
	"bytes"
	"io"

	"github.com/emersion/go-imap"
)

func goimap1Responses(w *workload) func() (int, error) {
	return func() (n int, err error) {
		r := imap.NewReader(bufio.NewReader(bytes.NewReader(w.bytes)))
		for range w.messages {
			resp, err := imap.ReadResp(r)
			if err != nil {
				return n, err
			}
			// FETCH data are fields until they are asked for as a message.
			if data, ok := resp.(*imap.DataResp); ok {
				if name, fields, ok := imap.ParseNamedResp(data); ok && name == "FETCH" && len(fields) >= 2 {
					m := new(imap.Message)
					if list, ok := fields[1].([]interface{}); ok {
						if err := m.Parse(list); err != nil {
							return n, err
						}
					}
				}
			}
			n++
		}
		return n, nil
	}
}

func goimap1Commands(w *workload) func() (int, error) {
	return func() (n int, err error) {
		r := imap.NewReader(bufio.NewReader(bytes.NewReader(w.bytes)))
		for {
			fields, err := r.ReadLine()
			if err == io.EOF {
				return n, nil
			} else if err != nil {
				return n, err
			}
			var c imap.Command
			if err := c.Parse(fields); err != nil {
				return n, err
			}
			n++
		}
	}
}
