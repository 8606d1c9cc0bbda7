package transcript

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const dumped = "* OK ready\r\na1 LOGIN bob secret\r\na1 OK done\r\n" // 45 octets

func TestHexdump(t *testing.T) {
	for name, dump := range map[string]string{
		"hexdump -C": "00000000  2a 20 4f 4b 20 72 65 61  64 79 0d 0a 61 31 20 4c  |* OK ready..a1 L|\n" +
			"00000010  4f 47 49 4e 20 62 6f 62  20 73 65 63 72 65 74 0d  |OGIN bob secret.|\n" +
			"00000020  0a 61 31 20 4f 4b 20 64  6f 6e 65 0d 0a           |.a1 OK done..|\n0000002d\n",
		"xxd": "00000000: 2a20 4f4b 2072 6561 6479 0d0a 6131 204c  * OK ready..a1 L\n" +
			"00000010: 4f47 494e 2062 6f62 2073 6563 7265 740d  OGIN bob secret.\n" +
			"00000020: 0a61 3120 4f4b 2064 6f6e 650d 0a         .a1 OK done..\n",
		"xxd -u -c 8, behind a prompt, with the text of a row that looks like octets": "$ xxd -u -c 8 log\n" +
			"00000000: 2A20 4F4B 2072 6561  * OK rea\n00000008: 6479 0D0A 6131 204C  dy..a1 L\n00000010: 4F47 494E 2062 6F62  OGIN bob\n" +
			"00000018: 2073 6563 7265 740D   secret.\n00000020: 0A61 3120 4F4B 2064  .a1 OK d\n00000028: 6F6E 650D 0A         ab cd\n",
		"od -A x -t x1z": "000000 2a 20 4f 4b 20 72 65 61 64 79 0d 0a 61 31 20 4c  >* OK ready..a1 L<\r\n" +
			"000010 4f 47 49 4e 20 62 6f 62 20 73 65 63 72 65 74 0d  >OGIN bob secret.<\r\n" +
			"000020 0a 61 31 20 4f 4b 20 64 6f 6e 65 0d 0a           >.a1 OK done..<\r\n00002d\r\n",
		"od -t x1, in a fence": "```\n0000000 2a 20 4f 4b 20 72 65 61 64 79 0d 0a 61 31 20 4c\n0000020 4f 47 49 4e 20 62 6f 62 20 73 65 63 72 65 74 0d\n" +
			"0000040 0a 61 31 20 4f 4b 20 64 6f 6e 65 0d 0a\n0000055\n```\n",
		"a part of a longer one": "00000400  2a 20 4f 4b 20 72 65 61  64 79 0d 0a 61 31 20 4c\n00000410  4f 47 49 4e 20 62 6f 62  20 73 65 63 72 65 74 0d\n" +
			"00000420  0a 61 31 20 4f 4b 20 64  6f 6e 65 0d 0a\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := Read([]byte(dump), Options{})
			require.Equal(t, Hexdump, got.Container)
			require.Equal(t, dumped, string(got.Text))
			require.Len(t, got.Messages, 3)
			require.Equal(t, "a1 LOGIN bob secret\r\n", string(got.Messages[1].Wire))
		})
	}
}

// A "*" stands for rows like the one before it.
func TestHexdumpRepeats(t *testing.T) {
	got := Read([]byte("00000000  61 20 4e 4f 4f 50 0d 0a  78 78 78 78 78 78 78 78\n00000010  78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78\n*\n"+
		"00000040  78 0d 0a\n00000043\n"), Options{})
	require.Equal(t, "a NOOP\r\n"+strings.Repeat("x", 57)+"\r\n", string(got.Text))
}

// What only looks like a dump is read as it stands.
func TestNoHexdump(t *testing.T) {
	const first = "00000000  2a 20 4f 4b 20 72 65 61  64 79 0d 0a 61 31 20 4c\n"
	for name, text := range map[string]string{
		"one row":                   first,
		"a row is missing":          first + "00000020  0a 61 31 20 4f 4b 20 64  6f 6e 65 0d 0a\n",
		"a row stands twice":        first + first,
		"offsets go back":           strings.Replace(first, "00000000", "00000010", 1) + first,
		"too much is left out":      first + "*\n7fffffff  0a 61 31\n",
		"text behind it":            first + "00000010  0d 0a\nS: a OK one\nS: b OK two\nS: c OK three\nS: d OK four\n",
		"rows behind text":          first + "00000010  0d 0a\nsomething\n00000012  0d 0a\n",
		"octets that are no text":   "00000000  00 01 02 03 04 05 06 07  80 90 a0 b0 c0 d0 e0 f0\n00000010  00 01 02 0a\n",
		"both directions, indented": first + "    00000000  61 31 20 4e 4f 4f 50 0d  0a\n",
		"addresses without octets":  "00000000\n00000000\n00000000\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := Read([]byte(text), Options{})
			require.Equal(t, Text, got.Container)
			require.Equal(t, text, string(got.Text))
		})
	}
}

func dumpOf(b []byte) string {
	var s strings.Builder
	for i := 0; i < len(b); i += 16 {
		fmt.Fprintf(&s, "%08x  % x\n", i, b[i:min(len(b), i+16)])
	}
	return s.String()
}

func TestLongHexdump(t *testing.T) {
	text := strings.Repeat(dumped, 20000)
	got := Read([]byte(dumpOf([]byte(text))), Options{})
	require.Equal(t, Hexdump, got.Container)
	require.Equal(t, text, string(got.Text))
}
