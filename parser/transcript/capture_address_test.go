package transcript

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndpointString(t *testing.T) {
	for _, want := range []string{
		"192.0.2.1:143", "0.0.0.0:0", "255.255.255.255:65535", "[::]:143", "[::1]:993", "[2001:db8::1]:143", "[2001:db8:0:1:1:1:1:1]:143",
		"[2001:0:0:1::1]:143", "[2001:db8::1:0:0:1]:143", "[fe80::]:1", "[::ffff:192.0.2.1]:143", "[1:2:3:4:5:6:7:8]:143", "[::2:3:4:5:6:7:8]:143",
	} {
		require.Equal(t, netip.MustParseAddrPort(want).String(), endpointOf(want).String())
	}
	random := rand.New(rand.NewPCG(5, 952))
	for range 5000 {
		e := endpoint{v6: true, port: uint16(random.Uint32())}
		for i := range e.addr {
			if random.IntN(8) == 0 { // runs of zeroes of all lengths, and ties
				e.addr[i] = byte(random.Uint32())
			}
		}
		require.Equal(t, netip.AddrPortFrom(netip.AddrFrom16(e.addr), e.port).String(), e.String())
	}
}

func endpointOf(s string) endpoint {
	p := netip.MustParseAddrPort(s)
	if p.Addr().Is4() {
		e := endpoint{port: p.Port()}
		b := p.Addr().As4()
		copy(e.addr[:], b[:])
		return e
	}
	return endpoint{addr: p.Addr().As16(), v6: true, port: p.Port()}
}
