package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKIMAPEmptyLine(t *testing.T) {
	for _, line := range []string{"S: ", "S:", "S:  ", "S: \r"} {
		var e entry
		kimapReader{}.read([]byte(line), &e)
		require.Nil(t, e.data, "%q", line)
	}
}

func TestKIMAPCodeWithoutText(t *testing.T) {
	var e entry
	kimapReader{}.read([]byte("S: 0 OK  [ ALERT  ]"), &e)
	require.Equal(t, "0 OK [ALERT]", string(e.data))
}
