package transcript

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/wire"
)

// captureBuilder makes capture files packet by packet, so that the ones in the corpus can be made anew: go test -run CaptureCorpus -update.
type captureBuilder struct {
	order binary.ByteOrder
	nano  bool
	ng    bool
	link  uint32
	snap  int
	vlan  bool
	v6    bool
	out   bytes.Buffer
	at    time.Time
	ifs   []uint32 // link types of a pcapng file's interfaces
	iface uint32
}

func newCapture(link uint32) *captureBuilder {
	return &captureBuilder{order: binary.LittleEndian, link: link, at: time.Date(2026, 3, 1, 10, 41, 7, 120_000_000, time.UTC)}
}

func (c *captureBuilder) u16(v uint16) { _ = binary.Write(&c.out, c.order, v) }
func (c *captureBuilder) u32(v uint32) { _ = binary.Write(&c.out, c.order, v) }

func (c *captureBuilder) header() {
	if c.ng {
		c.u32(0x0A0D0D0A)
		c.u32(28)
		c.u32(0x1A2B3C4D)
		c.u16(1)
		c.u16(0)
		c.u32(0xFFFFFFFF)
		c.u32(0xFFFFFFFF)
		c.u32(28)
		for i, link := range c.ifs {
			c.u32(1)
			c.u32(32)
			c.u16(uint16(link))
			c.u16(0)
			c.u32(0)
			c.u16(9) // if_tsresol: microseconds, then nanoseconds
			c.u16(1)
			c.out.Write([]byte{byte(6 + 3*i), 0, 0, 0})
			c.u32(0)
			c.u32(32)
		}
		return
	}
	magic := uint32(0xA1B2C3D4)
	if c.nano {
		magic = 0xA1B23C4D
	}
	c.u32(magic)
	c.u16(2)
	c.u16(4)
	c.u32(0)
	c.u32(0)
	c.u32(65535)
	c.u32(c.link)
}

// frame adds a packet with its link's header around the IP packet.
func (c *captureBuilder) frame(ip []byte) {
	if c.out.Len() == 0 {
		c.header()
	}
	c.at = c.at.Add(25 * time.Millisecond)
	link := c.link
	if c.ng {
		link = c.ifs[c.iface]
	}
	ether := []byte{8, 0}
	if ip[0]>>4 == 6 {
		ether = []byte{0x86, 0xDD}
	}
	var p []byte
	switch link {
	case linkEthernet:
		p = append(p, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2)
		if c.vlan {
			p = append(p, 0x81, 0, 0, 7)
		}
		p = append(p, ether...)
	case linkNull, linkLoop:
		p = append(p, 2, 0, 0, 0)
	case linkCooked:
		p = append(append(p, 0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0), ether...)
	case linkCooked2:
		p = append(append(p, ether...), 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0)
	}
	p = append(p, ip...)
	if link == linkEthernet && len(p) < 60 {
		p = append(p, make([]byte, 60-len(p))...) // Ethernet's padding
	}
	whole := len(p)
	if c.snap > 0 && len(p) > c.snap {
		p = p[:c.snap]
	}
	if c.ng {
		stamp := uint64(c.at.UnixMicro())
		if c.iface == 1 {
			stamp = uint64(c.at.UnixNano())
		}
		pad := (4 - len(p)%4) % 4
		c.u32(6)
		c.u32(uint32(32 + len(p) + pad))
		c.u32(c.iface)
		c.u32(uint32(stamp >> 32))
		c.u32(uint32(stamp))
		c.u32(uint32(len(p)))
		c.u32(uint32(whole))
		c.out.Write(p)
		c.out.Write(make([]byte, pad))
		c.u32(uint32(32 + len(p) + pad))
		return
	}
	c.u32(uint32(c.at.Unix()))
	if c.nano {
		c.u32(uint32(c.at.Nanosecond()))
	} else {
		c.u32(uint32(c.at.Nanosecond() / 1000))
	}
	c.u32(uint32(len(p)))
	c.u32(uint32(whole))
	c.out.Write(p)
}

// flow is a TCP connection that a capture is made of.
type flow struct {
	c            *captureBuilder
	client, port uint16
	seq          map[string]uint32
}

func (c *captureBuilder) flow(client, port uint16) *flow {
	return &flow{c: c, client: client, port: port, seq: map[string]uint32{"C": 0xFFFFFFF0, "S": 77}} // the client's numbers wrap round
}

// raw is one IP packet.
func (f *flow) raw(side string, seq uint32, flags byte, data string) []byte {
	src, dst := f.client, f.port
	if side == "S" {
		src, dst = dst, src
	}
	t := binary.BigEndian.AppendUint16(nil, src)
	t = binary.BigEndian.AppendUint16(t, dst)
	t = binary.BigEndian.AppendUint32(t, seq)
	t = append(t, 0, 0, 0, 0, 8<<4, flags, 0, 64, 0, 0, 0, 0)
	t = append(t, 1, 1, 8, 10, 0, 0, 0, 7, 0, 0, 0, 9) // no-ops and time stamps
	t = append(t, data...)
	ends := [2][]byte{{192, 0, 2, 7}, {192, 0, 2, 1}}
	if f.c.v6 {
		ends[0] = append([]byte{0x20, 1, 0xD, 0xB8}, make([]byte, 11)...)
		ends[1] = append(bytes.Clone(ends[0]), 1)
		ends[0] = append(ends[0], 7)
	}
	if side == "S" {
		ends[0], ends[1] = ends[1], ends[0]
	}
	var ip []byte
	if f.c.v6 {
		ip = append(ip, 0x60, 0, 0, 0)
		ip = binary.BigEndian.AppendUint16(ip, uint16(8+len(t)))
		ip = append(ip, 0, 64) // a hop-by-hop header follows
		ip = append(append(ip, ends[0]...), ends[1]...)
		ip = append(ip, 6, 0, 1, 4, 0, 0, 0, 0)
	} else {
		ip = append(ip, 0x45, 0)
		ip = binary.BigEndian.AppendUint16(ip, uint16(20+len(t)))
		ip = append(ip, 0, 1, 0x40, 0, 64, 6, 0, 0)
		ip = append(append(ip, ends[0]...), ends[1]...)
	}
	return append(ip, t...)
}

// segment is what a side sends next; it comes back to be captured later, or again.
func (f *flow) segment(side string, flags byte, data string) []byte {
	ip := f.raw(side, f.seq[side], flags, data)
	f.seq[side] += uint32(len(data))
	if flags&(tcpSYN|tcpFIN) != 0 {
		f.seq[side]++
	}
	return ip
}

func (f *flow) opens() *flow {
	f.c.frame(f.segment("C", tcpSYN, ""))
	f.c.frame(f.segment("S", tcpSYN|tcpACK, ""))
	return f
}

func (f *flow) says(side, data string) { f.c.frame(f.segment(side, tcpACK|8, data)) }

func (f *flow) closes() {
	f.c.frame(f.segment("C", tcpFIN|tcpACK, ""))
	f.c.frame(f.segment("S", tcpFIN|tcpACK, ""))
}

const captureMail = "From: Alice <alice@example.org>\r\nSubject: hello\r\n\r\n* 99 EXISTS\r\n)\r\na9 OK done\r\n"

func (f *flow) session() {
	f.says("S", "* OK mail.example.org ready\r\n")
	f.says("C", "a1 LOGIN bob \"not a secret\"\r\n")
	f.says("S", "* CAPABILITY IMAP4rev1\r\na1 OK")
	f.says("S", " Logged in\r\n")
	f.says("C", "a2 FETCH 1 BODY[]\r\n")
	f.says("S", "* 1 FETCH (BODY[] {79}\r\n"+captureMail[:40])
	f.says("S", captureMail[40:]+")\r\na2 OK Fetched\r\n")
	f.says("C", "a3 APPEND Drafts {6}\r\n")
	f.says("S", "+ go on\r\n")
	f.says("C", "Hi\nyou")
	f.says("C", "\r\n")
	f.says("S", "a3 OK Stored\r\n")
}

var captureSession = []string{
	"S * OK mail.example.org ready\r\n", "C a1 LOGIN bob \"not a secret\"\r\n", "S * CAPABILITY IMAP4rev1\r\n", "S a1 OK Logged in\r\n",
	"C a2 FETCH 1 BODY[]\r\n", "S * 1 FETCH (BODY[] {79}\r\n" + captureMail + ")\r\n", "S a2 OK Fetched\r\n",
	"C a3 APPEND Drafts {6}\r\nHi\nyou\r\n", "S + go on\r\n", "S a3 OK Stored\r\n",
}

// heard are the messages of a transcript, each with its side.
func heard(tr *Transcript) (all []string) {
	for i := range tr.Messages {
		switch m := &tr.Messages[i]; {
		case m.Kind == Opaque:
			all = append(all, "opaque")
		case m.Kind != Wire:
		case m.Side == wire.Client:
			all = append(all, "C "+string(m.Wire))
		default:
			all = append(all, "S "+string(m.Wire))
		}
	}
	return all
}

func deflateFlushed(t testing.TB) func(parts ...string) []string {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	require.NoError(t, err)
	return func(parts ...string) (out []string) {
		for _, p := range parts {
			b.Reset()
			_, err := w.Write([]byte(p))
			require.NoError(t, err)
			require.NoError(t, w.Flush())
			out = append(out, b.String())
		}
		return out
	}
}

// captures are the captures of the corpus, by their names there.
func captures(t testing.TB) map[string][]byte {
	files := map[string][]byte{}
	keep := func(name string, c *captureBuilder) { files[name] = bytes.Clone(c.out.Bytes()) }

	c := newCapture(linkEthernet)
	f := c.flow(51234, 143).opens()
	f.session()
	f.closes()
	keep("y_ethernet_001.pcap", c)

	c = newCapture(linkEthernet)
	c.order, c.nano, c.vlan, c.v6 = binary.BigEndian, true, true, true
	f = c.flow(51234, 143).opens()
	f.session()
	f.closes()
	keep("y_ipv6-vlan-nanoseconds_001.pcap", c)

	c = newCapture(0)
	c.ng, c.ifs = true, []uint32{linkCooked, linkRaw}
	a, b := c.flow(51234, 143).opens(), c.flow(51235, 143)
	a.says("S", "* OK mail.example.org ready\r\n")
	c.iface = 1
	b.opens()
	b.says("S", "* PREAUTH mail.example.org ready\r\n")
	c.iface = 0
	a.says("C", "a1 NOOP\r\n")
	c.iface = 1
	b.says("C", "a1 CAPABILITY\r\n")
	b.says("S", "* CAPABILITY IMAP4rev1\r\na1 OK done\r\n")
	c.iface = 0
	a.says("S", "a1 OK done\r\n")
	keep("y_two-connections_001.pcapng", c)

	// A capture that begins in the middle, packets out of order, sent again, and sent again in other pieces.
	c = newCapture(linkNull)
	f = c.flow(51234, 1143)
	f.says("C", "a1 FETCH 1:2 FLAGS\r\n")
	one := f.segment("S", tcpACK, "* 1 FETCH (FLAGS")
	two := f.seq["S"]
	three := f.segment("S", tcpACK, " (\\Seen))\r\n")
	four := f.segment("S", tcpACK, "* 2 FETCH (FLAGS ())\r\n")
	last := f.segment("S", tcpACK, "a1 OK Fetched\r\n")
	c.frame(one)
	c.frame(four)
	c.frame(one)
	c.frame(f.raw("S", two-5, tcpACK, "FLAGS (\\Seen)"))
	c.frame(last)
	c.frame(three)
	f.says("C", "a2 NOOP\r\n")
	f.says("S", "a2 OK done\r\n")
	keep("i_disorder_001.pcap", c)

	// A packet of a literal is missing, another was cut by the capture's limit.
	c = newCapture(linkCooked)
	f = c.flow(51234, 143).opens()
	f.says("S", "* OK mail.example.org ready\r\n")
	f.says("C", "a1 FETCH 1 BODY[]\r\n")
	f.says("S", "* 1 FETCH (BODY[] {79}\r\n"+captureMail[:20])
	_ = f.segment("S", tcpACK, captureMail[20:50])
	f.says("S", captureMail[50:]+")\r\na1 OK Fetched\r\n")
	c.snap = 16 + 20 + 32 + 30
	f.says("S", "* 2 EXISTS\r\n* OK this is longer than what is kept of a packet\r\n* 3 EXISTS\r\n")
	f.says("S", "* 4 EXISTS\r\n")
	keep("i_gaps_001.pcap", c)

	c = newCapture(linkEthernet)
	f = c.flow(51234, 143).opens()
	f.says("S", "* OK mail.example.org ready\r\n")
	f.says("C", "a1 COMPRESS DEFLATE\r\n")
	f.says("S", "a1 OK DEFLATE active\r\n")
	client, server := deflateFlushed(t), deflateFlushed(t)
	for i, p := range client("a2 NOOP\r\n", "a3 LOGOUT\r\n") {
		f.says("C", p)
		f.says("S", server("a2 OK done\r\n", "* BYE bye\r\na3 OK done\r\n")[i])
		if i == 0 {
			server = deflateFlushed(t)
			server("a2 OK done\r\n")
		}
	}
	keep("y_compress_001.pcap", c)

	c = newCapture(linkEthernet)
	f = c.flow(51234, 143).opens()
	f.says("S", "* OK mail.example.org ready\r\n")
	f.says("C", "a1 STARTTLS\r\n")
	f.says("S", "a1 OK begin\r\n")
	f.says("C", "\x16\x03\x01\x00\x05hello")
	f.says("S", "\x16\x03\x03\x00\x05hello")
	keep("i_starttls_001.pcap", c)

	c = newCapture(linkEthernet)
	f = c.flow(51234, 993).opens()
	f.says("C", "\x16\x03\x01\x00\x05hello")
	f.says("S", "\x16\x03\x03\x00\x05hello")
	keep("n_tls_001.pcap", c)
	return files
}

func TestCaptureCorpus(t *testing.T) {
	for name, built := range captures(t) {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(corpusDir, "capture", name)
			sides := strings.TrimSuffix(path, filepath.Ext(path)) + ".sides"
			tr := Read(built, Options{})
			checkMap(t, tr)
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, built, 0o644))
				require.NoError(t, os.WriteFile(sides, golden(tr), 0o644))
				return
			}
			file, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, bytes.Equal(file, built), "run with -update")
			want, err := os.ReadFile(sides)
			require.NoError(t, err)
			require.Equal(t, string(want), string(golden(tr)))
		})
	}
}

func TestCaptureLinks(t *testing.T) {
	for _, link := range []uint32{linkNull, linkLoop, linkEthernet, linkCooked, linkCooked2, linkRaw, linkRawBSD, linkIPv4} {
		for _, v6 := range []bool{false, true} {
			c := newCapture(link)
			c.v6 = v6
			f := c.flow(51234, 143).opens()
			f.session()
			f.closes()
			tr := Read(c.out.Bytes(), Options{})
			require.Equal(t, Pcap, tr.Container)
			require.Equal(t, "capture", tr.Format)
			require.Equal(t, captureSession, heard(tr), "link type %d", link)
			for i := range tr.Messages {
				if m := &tr.Messages[i]; m.Kind == Wire {
					require.True(t, m.Faithful)
					require.Equal(t, 2026, m.Time.Year())
				}
			}
		}
	}
}

// Nothing but the content tells who is who: neither a SYN nor a port.
func TestCaptureSidesByContent(t *testing.T) {
	c := newCapture(linkRaw)
	c.flow(40001, 40002).session()
	require.Equal(t, captureSession, heard(Read(c.out.Bytes(), Options{})))
}

func TestCapturePortReuse(t *testing.T) {
	c := newCapture(linkRaw)
	for range 2 {
		f := c.flow(51234, 143)
		f.seq["C"] = uint32(c.out.Len()) * 7
		f.opens().session()
		f.closes()
	}
	tr := Read(c.out.Bytes(), Options{})
	require.Len(t, tr.Conns, 2)
	require.Equal(t, append(append([]string{}, captureSession...), captureSession...), heard(tr))
}

// Other connections don't disturb, and a capture without IMAP says so.
func TestCaptureOthers(t *testing.T) {
	c := newCapture(linkEthernet)
	web, mail := c.flow(50001, 80).opens(), c.flow(50002, 143).opens()
	web.says("C", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
	mail.session()
	web.says("S", "HTTP/1.1 204 No Content\r\n\r\n")
	require.Equal(t, captureSession, heard(Read(c.out.Bytes(), Options{})))

	c = newCapture(linkEthernet)
	c.flow(50001, 80).opens().says("C", "GET / HTTP/1.1\r\n\r\n")
	s := Open(c.out.Bytes(), Options{})
	id, _ := s.Problem()
	require.Equal(t, "no-imap", id)

	c = newCapture(linkEthernet)
	f := c.flow(50001, 993).opens()
	f.says("C", "\x16\x03\x01\x00\x05hello")
	id, detail := Open(c.out.Bytes(), Options{}).Problem()
	require.Equal(t, "other-protocol", id)
	require.Equal(t, "TLS", detail)
}

// The octets that a capture lost are nobody's fault.
func TestCaptureGapIsNoFault(t *testing.T) {
	tr := Read(captures(t)["i_gaps_001.pcap"], Options{})
	for i := range tr.Messages {
		if m := &tr.Messages[i]; len(m.Literals) > 0 {
			require.False(t, m.Faithful)
			require.Contains(t, string(m.Wire), "a9 OK done\r\n)\r\n")
		}
	}
}

func TestContainers(t *testing.T) {
	text := "S: * OK mail.example.org ready\r\nC: a1 NOOP\r\nS: a1 OK done ü€𝄞\r\n"
	want := heard(Read([]byte(text), Options{}))
	require.Len(t, want, 3)

	gz := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		w.Name = "imap.log"
		_, err := w.Write(b)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return out.Bytes()
	}
	utf := func(order binary.AppendByteOrder, mark bool) []byte {
		var out []byte
		if mark {
			out = order.AppendUint16(out, 0xFEFF)
		}
		for _, r := range text {
			if r > 0xFFFF {
				out = order.AppendUint16(order.AppendUint16(out, uint16(0xD800+(r-0x10000)>>10)), uint16(0xDC00+(r-0x10000)&0x3FF))
				continue
			}
			out = order.AppendUint16(out, uint16(r))
		}
		return out
	}
	capture := captures(t)["y_ethernet_001.pcap"]
	tests := []struct {
		name      string
		src       []byte
		container Container
		want      []string
	}{
		{"plain", []byte(text), Text, want},
		{"UTF-8 with a byte order mark", []byte("\xEF\xBB\xBF" + text), Text, want},
		{"gzip", gz([]byte(text)), Gzip, want},
		{"two gzip members", append(gz([]byte(text[:40])), gz([]byte(text[40:]))...), Gzip, want},
		{"UTF-16 little-endian", utf(binary.LittleEndian, true), UTF16, want},
		{"UTF-16 big-endian", utf(binary.BigEndian, true), UTF16, want},
		{"UTF-16 little-endian without a mark", utf(binary.LittleEndian, false), UTF16, want},
		{"UTF-16 big-endian without a mark", utf(binary.BigEndian, false), UTF16, want},
		{"UTF-16 in gzip", gz(utf(binary.LittleEndian, true)), Gzip, want},
		{"capture in gzip", gz(capture), Pcap, captureSession},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := Read(tt.src, Options{})
			require.Equal(t, tt.container, tr.Container)
			require.Equal(t, tt.want, heard(tr))
		})
	}

	long := gz(bytes.Repeat([]byte("* 1 EXISTS\r\n"), 1<<20))
	s := Open(long, Options{Limit: 1 << 16})
	require.LessOrEqual(t, len(s.Text()), 1<<16)
	require.NotEmpty(t, s.Text())
	id, _ := s.Problem()
	require.Equal(t, "too-large", id)
	cut := Read(gz([]byte(strings.Repeat(text, 50)))[:60], Options{})
	require.Equal(t, Gzip, cut.Container, "a download that broke off")
}

func FuzzCapture(f *testing.F) {
	for _, b := range captures(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !isPcap(b) && !isPcapNG(b) {
			return
		}
		tr := Read(b, Options{Limit: 1 << 20})
		require.LessOrEqual(t, len(tr.Text), 1<<20)
		checkMap(t, tr)
	})
}
