package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// peers tells in the logs of capture tools, where only addresses stand before the data, which address is the client's: the one that sent the first SYN,
// else the one that speaks as a client, else the one with the port that nobody listens on.
type peers struct {
	list []peer
	buf  []byte
}

type peer struct {
	a, b   string // two ends, in the order in which they were seen
	client string // "" until it is known
	sure   bool
	high   [2]uint32 // the end of what each sent so far, for logs that print sequence numbers
}

const peersMax = 1 << 10

func (p *peers) clone() peers { return peers{list: append([]peer(nil), p.list...)} }

// find is the connection between two addresses.
func (p *peers) find(src, dst []byte) *peer {
	for i := len(p.list) - 1; i >= 0; i-- {
		c := &p.list[i]
		if c.a == string(src) && c.b == string(dst) || c.a == string(dst) && c.b == string(src) {
			return c
		}
	}
	if len(p.list) == peersMax {
		p.list = append(p.list[:0], p.list[peersMax/2:]...)
	}
	p.list = append(p.list, peer{a: string(src), b: string(dst)})
	return &p.list[len(p.list)-1]
}

// key names the connection; the bytes are good until the next call.
func (p *peers) key(c *peer) []byte {
	p.buf = append(append(append(p.buf[:0], c.a...), ' '), c.b...)
	return p.buf
}

// opens notes that src opened the connection.
func (c *peer) opens(src []byte) {
	*c = peer{a: c.a, b: c.b, client: string(src), sure: true}
}

// hear learns from the data that src sent.
func (c *peer) hear(src, data []byte) {
	if c.sure {
		return
	}
	v := judge(trimBlanks(data[:min(len(data), 512)]))
	switch {
	case v.weight < likely:
	case v.side == wire.Client:
		c.client, c.sure = string(src), true
		return
	default:
		c.client, c.sure = c.other(src), true
		return
	}
	if c.client != "" {
		return
	}
	switch a, b := serverPort(c.a), serverPort(c.b); {
	case a && !b:
		c.client = c.b
	case b && !a:
		c.client = c.a
	default:
		c.client = c.other(src) // the server greets first (RFC 9051 §7.1)
	}
}

func (c *peer) other(end []byte) string {
	if c.a == string(end) {
		return c.b
	}
	return c.a
}

func (c *peer) label(src []byte) label {
	switch c.client {
	case "":
		return unmarked
	case string(src):
		return byClient
	}
	return byServer
}

// repeats reports whether src sent these octets before; sequence numbers count from anywhere.
func (c *peer) repeats(src []byte, seq uint32, n int) bool {
	h := &c.high[0]
	if c.a != string(src) {
		h = &c.high[1]
	}
	end := seq + uint32(n)
	if back := *h - end; *h != 0 && back < 1<<20 {
		return true
	}
	*h = end
	return false
}

// serverPort reports whether an address ends in a port of IMAP, as a number or by name: 192.0.2.1:143, 192.0.2.1.00143, host.imap2.
func serverPort(addr string) bool {
	i := len(addr)
	for i > 0 && isAlnum(addr[i-1]) {
		i--
	}
	port := bytes.TrimLeft([]byte(addr[i:]), "0")
	switch string(port) {
	case "143", "993", "220", "1143", "imap", "imap2", "imap3", "imaps":
		return true
	}
	return false
}
