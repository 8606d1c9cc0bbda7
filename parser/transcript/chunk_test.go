package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A read may end anywhere, between CR and LF as well.
func TestReadEndsBetweenCRAndLF(t *testing.T) {
	tr := Read([]byte("Follow: tcp,raw\nNode 0: 192.0.2.7:51234\nNode 1: 192.0.2.1:143\n"+
		"\t2a20312046455443482028424f44595b5d207b337d0d\n"+ // * 1 FETCH (BODY[] {3} CR
		"\t0a616263290d\n"+ // LF abc) CR
		"\t0a\n"+
		"6131204e4f4f500d0a\n"), Options{})
	checkMap(t, tr)
	require.Equal(t, []string{"S * 1 FETCH (BODY[] {3}\r\nabc)\r\n", "C a1 NOOP\r\n"}, heard(tr))
	require.Equal(t, uint64(3), tr.Messages[1].Literals[0].Found)
}
