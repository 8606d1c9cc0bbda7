package transcript

import "strconv"

// String is the address and port as net/netip writes them, which would bring a fiftieth of the whole engine along.
func (e endpoint) String() string {
	var w []byte
	if e.v6 {
		w = append(appendIPv6(append(w, '['), e.addr), ']')
	} else {
		w = appendIPv4(w, e.addr[:4])
	}
	return string(strconv.AppendUint(append(w, ':'), uint64(e.port), 10))
}

func appendIPv4(w, addr []byte) []byte {
	for i, octet := range addr {
		if i > 0 {
			w = append(w, '.')
		}
		w = strconv.AppendUint(w, uint64(octet), 10)
	}
	return w
}

// appendIPv6 writes an address as RFC 5952 §4 and §5 want it: no leading zeroes, the first of the longest runs of zero fields as "::" unless
// it is one field only, and an IPv4-mapped address with its IPv4 part.
func appendIPv6(w []byte, addr [16]byte) []byte {
	if mapped := [12]byte{10: 0xff, 11: 0xff}; [12]byte(addr[:12]) == mapped {
		return appendIPv4(append(w, "::ffff:"...), addr[12:])
	}
	var fields [8]uint64
	for i := range fields {
		fields[i] = uint64(addr[2*i])<<8 | uint64(addr[2*i+1])
	}
	from, to := 8, 8 // the run that "::" stands for
	for i, zeroes := 0, 0; i < 8; i++ {
		if fields[i] != 0 {
			zeroes = 0
			continue
		}
		if zeroes++; zeroes > 1 && (from == 8 || zeroes > to-from) {
			from, to = i+1-zeroes, i+1
		}
	}
	for i := 0; i < 8; i++ {
		if i == from {
			w = append(w, "::"...)
			i = to - 1
			continue
		}
		if i > 0 && i != to {
			w = append(w, ':')
		}
		w = strconv.AppendUint(w, fields[i], 16)
	}
	return w
}
