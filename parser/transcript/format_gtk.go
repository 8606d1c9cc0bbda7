package transcript

import "bytes"

// clawsDialect is the log of Claws Mail and Sylpheed: "[stamp] IMAP> " or "IMAP4> ". Both leave out responses and put words of their own in place of
// credentials and of FETCH data.
var clawsDialect = &dialect{
	id:     "claws",
	name:   "Claws Mail / Sylpheed log",
	needs:  []string{"] IMAP"},
	trust:  5,
	bare:   bareNoise,
	elides: allOctets,
	open:   func(*sample) reader { return clawsReader{} },
}

type clawsReader struct{}

func (r clawsReader) clone() reader { return r }

func (clawsReader) read(line []byte, e *entry) {
	if len(line) == 0 || line[0] != '[' {
		return
	}
	end := bytes.Index(line[:min(len(line), 40)], []byte("] "))
	if end < 0 {
		return
	}
	t, n := stamp(line[1:end])
	if n == 0 {
		return
	}
	at := end + 2
	rest := line[at:]
	m := 0
	switch {
	case bytes.HasPrefix(rest, []byte("IMAP4")):
		m = 5
	case bytes.HasPrefix(rest, []byte("IMAP")):
		m = 4
	case bytes.HasPrefix(rest, []byte("* ")):
		e.kind, e.time = noiseLine, t
		return
	default:
		return
	}
	if m+1 >= len(rest) || rest[m+1] != ' ' {
		return
	}
	e.time = t
	e.from = at + m + 2
	// What isn't IMAP here is what the program says instead: "Logging joe to mail.example using CRAM-MD5", "[FETCH data - 803 bytes]".
	p := bytes.TrimRight(line[e.from:], " \r")
	e.sign = true
	switch rest[m] {
	case '>':
		e.kind, e.label = wireLine, byClient
		if bytes.HasPrefix(p, []byte("Logging ")) {
			e.kind = maskedLine
		}
	case '<':
		e.kind, e.label = wireLine, byServer
		if v := judge(p); v.weight == 0 {
			e.kind = noiseLine
		}
	default:
		e.kind = noiseLine
	}
	e.to = at + m + 2 + len(p)
	if e.to == e.from {
		e.kind = noiseLine
	}
}

// interimapDialect is interimap --debug: two connections, "local" and "remote", the selected mailbox behind them; literals are "[...]".
var interimapDialect = &dialect{
	id:    "interimap",
	name:  "interimap --debug",
	needs: []string{": C:", ": S:"},
	trust: 5,
	bare:  bareNoise,
	open:  func(*sample) reader { return interimapReader{} },
}

type interimapReader struct{}

func (r interimapReader) clone() reader { return r }

func (interimapReader) read(line []byte, e *entry) {
	n := 0
	switch {
	case bytes.HasPrefix(line, []byte("local")):
		n = len("local")
	case bytes.HasPrefix(line, []byte("remote")):
		n = len("remote")
	default:
		return
	}
	e.key = line[:n]
	if n < len(line) && line[n] == '(' {
		i := bytes.Index(line[n:], []byte("): "))
		if i < 0 {
			return
		}
		n += i + 1
	}
	if !bytes.HasPrefix(line[n:], []byte(": ")) {
		return
	}
	n += 2
	e.kind = noiseLine
	switch t := line[n:]; {
	case markLen(t, "C: ") > 0:
		e.kind, e.label, e.from, e.sign = wireLine, byClient, n+markLen(t, "C: "), true
	case markLen(t, "S: ") > 0:
		e.kind, e.label, e.from, e.sign = wireLine, byServer, n+markLen(t, "S: "), true
	}
}
