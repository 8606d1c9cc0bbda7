package main

import (
	"bytes"
	"io"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// goimap2Responses has a client ask for the workload, since the library reads responses nowhere else. The command that it writes, and its goroutine, are
// counted in.
func goimap2Responses(w *workload) func() (int, error) {
	conn := &scripted{wrote: make(chan []byte, 1)}
	conn.rest = []byte("* PREAUTH ready\r\n")
	c := imapclient.New(conn, nil)
	if err := c.WaitGreeting(); err != nil {
		return func() (int, error) { return 0, err }
	}
	conn.body = w.bytes
	return func() (n int, err error) {
		switch {
		case strings.HasPrefix(w.name, "list"):
			mailboxes, err := c.List("", "*", nil).Collect()
			return len(mailboxes), err
		case strings.HasPrefix(w.name, "search"):
			if _, err := c.Search(&imap.SearchCriteria{}, nil).Wait(); err != nil {
				return 0, err
			}
			return len(w.messages), nil
		}
		cmd := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true, Envelope: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true}, ModSeq: true, BodySection: []*imap.FetchItemBodySection{{}}})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if body, ok := item.(imapclient.FetchItemDataBodySection); ok {
					io.Copy(io.Discard, body.Literal)
				}
			}
		}
		if err := cmd.Close(); err != nil {
			return 0, err
		}
		return len(w.messages), nil
	}
}

// scripted answers each command with the body and an OK.
type scripted struct {
	wrote chan []byte
	line  []byte
	rest  []byte
	body  []byte
}

func (s *scripted) Write(b []byte) (int, error) {
	s.line = append(s.line, b...)
	if i := bytes.IndexByte(s.line, '\n'); i >= 0 {
		tag, _, _ := bytes.Cut(s.line, []byte(" "))
		s.wrote <- bytes.Clone(tag)
		s.line = s.line[:0]
	}
	return len(b), nil
}

func (s *scripted) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		tag, ok := <-s.wrote
		if !ok {
			return 0, io.EOF
		}
		s.rest = append(append(append([]byte(nil), s.body...), tag...), " OK done\r\n"...)
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func (s *scripted) Close() error                     { return nil }
func (s *scripted) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (s *scripted) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (s *scripted) SetDeadline(time.Time) error      { return nil }
func (s *scripted) SetReadDeadline(time.Time) error  { return nil }
func (s *scripted) SetWriteDeadline(time.Time) error { return nil }
