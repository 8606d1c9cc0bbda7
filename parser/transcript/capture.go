package transcript

import "time"

// packet is a captured frame.
type packet struct {
	number int // counts from 1, as capture tools do
	time   time.Time
	link   uint32 // LINKTYPE_ of its interface
	data   []byte // as much of it as was captured
	length int    // how long it was on the wire
}

// Link types (https://www.tcpdump.org/linktypes.html).
const (
	linkNull     = 0
	linkEthernet = 1
	linkRawBSD   = 12
	linkRawOther = 14
	linkRaw      = 101
	linkLoop     = 108
	linkCooked   = 113
	linkIPv4     = 228
	linkIPv6     = 229
	linkCooked2  = 276
)

func isPcap(b []byte) bool {
	_, _, ok := pcapMagic(b)
	return ok
}

// pcapMagic reads the first word of a capture in the classic format, with stamps in microseconds or nanoseconds.
func pcapMagic(b []byte) (order byteOrder, nano, ok bool) {
	if len(b) < 24 {
		return order, false, false
	}
	for _, order := range [...]byteOrder{littleEndian, bigEndian} {
		switch order.u32(b) {
		case 0xA1B2C3D4:
			return order, false, true
		case 0xA1B23C4D:
			return order, true, true
		}
	}
	return order, false, false
}

func isPcapNG(b []byte) bool {
	if len(b) < 28 || bigEndian.u32(b) != 0x0A0D0D0A {
		return false
	}
	return littleEndian.u32(b[8:]) == 0x1A2B3C4D || bigEndian.u32(b[8:]) == 0x1A2B3C4D
}

// packets calls yield for each packet of a capture, in the file's order. A file that breaks off gives the packets before that.
func packets(b []byte, yield func(packet)) {
	if isPcapNG(b) {
		pcapngPackets(b, yield)
		return
	}
	pcapPackets(b, yield)
}

// pcapPackets reads the classic format (draft-ietf-opsawg-pcap).
func pcapPackets(b []byte, yield func(packet)) {
	order, nano, _ := pcapMagic(b)
	link := order.u32(b[20:]) & 0x0FFFFFFF
	b = b[24:]
	for n := 1; len(b) >= 16; n++ {
		size := order.u32(b[8:])
		fraction := int64(order.u32(b[4:]))
		if !nano {
			fraction *= 1000
		}
		p := packet{number: n, link: link, time: time.Unix(int64(order.u32(b)), fraction).UTC(), length: int(order.u32(b[12:]))}
		b = b[16:]
		p.data = b[:min(uint64(size), uint64(len(b)))]
		b = b[len(p.data):]
		yield(p)
	}
}

// captureInterface is an interface of a pcapng file.
type captureInterface struct {
	link   uint32
	power  uint8 // of the unit of its stamps: 10^-power s, or 2^-power s
	binary bool
	offset int64 // s
}

const interfacesMax = 1 << 12

// Block types of pcapng (draft-ietf-opsawg-pcapng §4).
const (
	sectionBlock   = 0x0A0D0D0A
	interfaceBlock = 1
	packetBlock    = 2
	simpleBlock    = 3
	enhancedBlock  = 6
)

func pcapngPackets(b []byte, yield func(packet)) {
	var (
		order      byteOrder
		interfaces []captureInterface
	)
	for n := 1; len(b) >= 12; {
		if bigEndian.u32(b) == sectionBlock { // the same in either order
			order = bigEndian
			if littleEndian.u32(b[8:]) == 0x1A2B3C4D {
				order = littleEndian
			}
			interfaces = interfaces[:0]
		}
		kind := order.u32(b)
		size := uint64(order.u32(b[4:]))
		if size < 12 || size%4 != 0 {
			return
		}
		cut := size > uint64(len(b))
		block := b[8:min(size-4, uint64(len(b)))]
		if cut {
			b, block = nil, b[8:]
		} else {
			b = b[size:]
		}
		switch kind {
		case interfaceBlock:
			if len(block) >= 8 && len(interfaces) < interfacesMax {
				interfaces = append(interfaces, readInterface(order, block))
			}
		case enhancedBlock, packetBlock:
			if len(block) < 20 {
				continue
			}
			id := order.u32(block)
			if kind == packetBlock {
				id = uint32(order.u16(block))
			}
			if uint64(id) >= uint64(len(interfaces)) {
				n++
				continue
			}
			in := &interfaces[id]
			stamp := uint64(order.u32(block[4:]))<<32 | uint64(order.u32(block[8:]))
			size := order.u32(block[12:])
			p := packet{number: n, link: in.link, time: in.time(stamp), length: int(order.u32(block[16:]))}
			p.data = block[20:][:min(uint64(size), uint64(len(block)-20))]
			n++
			yield(p)
		case simpleBlock:
			if len(block) < 4 || len(interfaces) == 0 {
				continue
			}
			p := packet{number: n, link: interfaces[0].link, length: int(order.u32(block))}
			p.data = block[4:][:min(uint64(p.length), uint64(len(block)-4))]
			n++
			yield(p)
		}
	}
}

func readInterface(order byteOrder, block []byte) captureInterface {
	in := captureInterface{link: uint32(order.u16(block)), power: 6}
	const (
		resolution = 9
		tsOffset   = 14
	)
	for o := block[8:]; len(o) >= 4; {
		code, size := order.u16(o), int(order.u16(o[2:]))
		o = o[4:]
		if code == 0 || size > len(o) {
			break
		}
		switch {
		case code == resolution && size == 1:
			in.power, in.binary = o[0]&0x7F, o[0]&0x80 != 0
		case code == tsOffset && size == 8:
			high, low := order.u32(o), order.u32(o[4:])
			if order == littleEndian {
				high, low = low, high
			}
			in.offset = int64(uint64(high)<<32 | uint64(low))
		}
		o = o[min((size+3)&^3, len(o)):]
	}
	return in
}

func (in *captureInterface) time(stamp uint64) time.Time {
	unit := uint64(1)
	switch {
	case in.binary:
		if in.power > 60 {
			return time.Time{}
		}
		unit <<= in.power
	default:
		if in.power > 18 {
			return time.Time{}
		}
		for range in.power {
			unit *= 10
		}
	}
	s, rest := stamp/unit, stamp%unit
	return time.Unix(int64(s)+in.offset, int64(float64(rest)/float64(unit)*1e9+0.5)).UTC()
}

// segment is the TCP part of a packet.
type segment struct {
	packet   int
	time     time.Time
	src, dst endpoint
	seq      uint32
	flags    byte
	data     []byte // the octets that were captured
	length   int    // how many there were
}

// endpoint is an address, 4 or 16 octets, and a port; it is comparable.
type endpoint struct {
	addr [16]byte
	v6   bool
	port uint16
}

const (
	tcpFIN = 1 << iota
	tcpSYN
	tcpRST
	_
	tcpACK
)

// strangeness is why a packet gave no segment.
type strangeness uint8

const (
	isTCP strangeness = iota
	isOther
	isFragment
)

// tcpSegment finds the TCP segment in a packet.
func tcpSegment(p packet) (s segment, what strangeness) {
	b := p.data
	kind := uint16(0) // EtherType; 0: look at the version
	switch p.link {
	case linkEthernet:
		if len(b) < 14 {
			return s, isOther
		}
		kind, b = bigEndian.u16(b[12:]), b[14:]
		for n := 0; n < 4 && (kind == 0x8100 || kind == 0x88A8 || kind == 0x9100) && len(b) >= 4; n++ { // IEEE 802.1Q
			kind, b = bigEndian.u16(b[2:]), b[4:]
		}
		if kind == 0x8864 && len(b) >= 8 { // PPPoE session: its header, then the PPP protocol
			kind, b = 0, b[8:]
		}
	case linkNull, linkLoop:
		if len(b) < 4 {
			return s, isOther
		}
		b = b[4:]
	case linkCooked:
		if len(b) < 16 {
			return s, isOther
		}
		kind, b = bigEndian.u16(b[14:]), b[16:]
	case linkCooked2:
		if len(b) < 20 {
			return s, isOther
		}
		kind, b = bigEndian.u16(b), b[20:]
	case linkRaw, linkRawBSD, linkRawOther, linkIPv4, linkIPv6:
	default:
		return s, isOther
	}
	if kind != 0 && kind != 0x0800 && kind != 0x86DD || len(b) < 20 {
		return s, isOther
	}
	switch b[0] >> 4 {
	case 4:
		b, what = s.ipv4(b, p)
	case 6:
		b, what = s.ipv6(b)
	default:
		what = isOther
	}
	if what != isTCP {
		return s, what
	}
	if len(b) < 20 {
		return s, isOther
	}
	s.src.port, s.dst.port = bigEndian.u16(b), bigEndian.u16(b[2:])
	s.seq, s.flags = bigEndian.u32(b[4:]), b[13]
	header := int(b[12]>>4) * 4
	if header < 20 || header > len(b) || header > s.length {
		return s, isOther
	}
	s.length -= header
	s.data = b[header:]
	s.data = s.data[:min(len(s.data), s.length)] // what is behind is Ethernet's padding
	s.packet, s.time = p.number, p.time
	return s, isTCP
}

// ipv4 reads an IPv4 header (RFC 791 §3.1) and returns what stands behind it.
func (s *segment) ipv4(b []byte, p packet) ([]byte, strangeness) {
	header, total := int(b[0]&15)*4, int(bigEndian.u16(b[2:]))
	if header < 20 || header > len(b) || b[9] != 6 {
		return nil, isOther
	}
	if bigEndian.u16(b[6:])&0x3FFF != 0 { // more fragments, or an offset
		return nil, isFragment
	}
	if total == 0 { // left to the network card
		total = len(b) + max(0, p.length-len(p.data))
	}
	copy(s.src.addr[:], b[12:16])
	copy(s.dst.addr[:], b[16:20])
	s.length = total - header
	return b[header:], isTCP
}

// ipv6 reads an IPv6 header and its extension headers (RFC 8200 §3, §4).
func (s *segment) ipv6(b []byte) ([]byte, strangeness) {
	if len(b) < 40 {
		return nil, isOther
	}
	next := b[6]
	s.length = int(bigEndian.u16(b[4:]))
	if s.length == 0 { // a jumbogram, or left to the network card
		s.length = len(b) - 40
	}
	copy(s.src.addr[:], b[8:24])
	copy(s.dst.addr[:], b[24:40])
	s.src.v6, s.dst.v6 = true, true
	b = b[40:]
	for n := 0; n < 16; n++ {
		size := 0
		switch next {
		case 6:
			return b, isTCP
		case 44:
			return nil, isFragment
		case 0, 43, 60, 135, 139, 140: // hop-by-hop, routing, destination options, mobility, HIP, shim6
			if len(b) < 8 {
				return nil, isOther
			}
			size = (int(b[1]) + 1) * 8
		case 51: // authentication header (RFC 4302)
			if len(b) < 8 {
				return nil, isOther
			}
			size = (int(b[1]) + 2) * 4
		default:
			return nil, isOther
		}
		if size > len(b) {
			return nil, isOther
		}
		next, b = b[0], b[size:]
		s.length -= size
	}
	return nil, isOther
}
