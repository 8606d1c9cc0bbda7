package transcript

import (
	"bytes"
	"time"
)

// collectorMark is the length of what a collector of logs puts before each line:
//
//	imap-1  | ...                                           docker compose
//	2026-03-01T10:41:07.123456789Z stdout F ...             kubectl, CRI; docker logs -t without the stream
//	Mar  1 10:41:07 mail imapd[4242]: ...                   syslog, journald; also with an ISO stamp
//	03-01 10:41:07.123  4242  4243 D Tag: ...               logcat
//	{"log":"...\n","stream":"stderr","time":"2026-03-01T10:41:07.123456789Z"}   docker's files
func collectorMark(b []byte) int {
	if bytes.HasPrefix(b, []byte(dockerFile)) && bytes.Contains(b, []byte(`"stream":`)) {
		return len(dockerFile)
	}
	if n := composeMark(b); n > 0 {
		return n
	}
	if _, n := stamp(b); n > 0 && n < len(b) && b[n] == ' ' {
		if m := streamMark(b[n+1:]); m > 0 {
			return n + 1 + m
		}
		if m := programMark(b[n+1:]); m > 0 {
			return n + 1 + m
		}
		if n > len("2026-03-01T10:41:07.123456789") && b[n-1] == 'Z' {
			return n + 1
		}
	}
	return logcatMark(b)
}

// collects reports whether what a collector put before each line is taken off.
func (w *wrapper) collects() bool {
	for ; w != nil; w = w.inner {
		if w.prefix == collectorPrefix {
			return true
		}
	}
	return false
}

// collectedAt is the time that the collector put before a line.
func collectedAt(text []byte, l *physLine) time.Time {
	span, ok := l.body.bounds()
	if !ok || span.Start <= l.Start {
		return time.Time{}
	}
	t, _ := findStamp(text[l.Start:min(span.Start, l.Start+prefixLenMax)])
	return t
}

const dockerFile = `{"log":"`

// stripCollector takes off what a collector put around a line.
func stripCollector(l seg) seg {
	n := collectorMark(l.b)
	if n != len(dockerFile) || l.b[0] != '{' {
		return l.from(n)
	}
	text, _ := jsonStringAt(l.b, n-1)
	l = unescape(l.sub(n, n+len(text.b)), jsonString)
	return l.sub(0, len(bytes.TrimSuffix(l.b, []byte("\n"))))
}

// composeMark: a container's name, blanks up to a column, a bar.
func composeMark(b []byte) int {
	n := 0
	for n < len(b) && n < 64 && (isAlnum(b[n]) || b[n] == '-' || b[n] == '_' || b[n] == '.') {
		n++
	}
	if n == 0 {
		return 0
	}
	for n < len(b) && b[n] == ' ' {
		n++
	}
	if n == 0 || n >= len(b) || b[n] != '|' || b[n-1] != ' ' {
		return 0
	}
	return min(n+2, len(b))
}

func streamMark(b []byte) int {
	for _, s := range [...]string{"stdout F ", "stdout P ", "stderr F ", "stderr P "} {
		if bytes.HasPrefix(b, []byte(s)) {
			return len(s)
		}
	}
	return 0
}

// programMark: a host's name, then a program's with its process: "mail imapd[4242]: ".
func programMark(b []byte) int {
	host, rest := cutWord(b)
	if len(host) == 0 || len(rest) == 0 {
		return 0
	}
	i := bytes.Index(rest[:min(len(rest), 80)], []byte("]: "))
	if i < 2 {
		return 0
	}
	open := bytes.IndexByte(rest[:i], '[')
	if open < 1 || !isDigits(rest[open+1:i]) || bytes.IndexByte(rest[:i], ' ') >= 0 {
		return 0
	}
	return len(b) - len(rest) + i + 3
}

// logcatMark: day, time, process, thread, level, tag.
func logcatMark(b []byte) int {
	if len(b) < 30 || !isDigits(b[:2]) || b[2] != '-' || !isDigits(b[3:5]) || b[5] != ' ' {
		return 0
	}
	_, n := clock(b[6:])
	if n == 0 {
		return 0
	}
	rest := b[6+n:]
	for range 2 {
		rest = bytes.TrimLeft(rest, " ")
		_, d := parseUint(rest)
		if d == 0 || d == len(rest) {
			return 0
		}
		rest = rest[d:]
	}
	level, tag := cutWord(bytes.TrimLeft(rest, " "))
	i := bytes.Index(tag[:min(len(tag), 60)], []byte(": "))
	if len(level) != 1 || bytes.IndexByte([]byte("VDIWEF"), level[0]) < 0 || i < 1 {
		return 0
	}
	return len(b) - len(tag) + i + 2
}

// detectCollected looks at a sample again without what a collector put before nearly all of its lines. It answers only when a dialect with a name is found
// in it then: else the prefix is as good a label as any. Where one was found with the prefix already, it must be the same: it only gets its bare lines back.
func detectCollected(s *sample, found []match, text []byte, at int, format string) (*sample, []match) {
	named := len(found) > 0 && !found[0].dialect.generic && !found[0].dialect.last
	lines := make([][]byte, len(s.lines))
	for i := range s.lines {
		lines[i] = s.lines[i].body.b
	}
	var mark wrapper
	switch {
	case isCollected(lines):
		mark.prefix = collectorPrefix
	case !named && s.isLogged(&mark):
	default:
		return nil, nil
	}
	outer := s.outer
	for range wrappersMax { // a collector may collect what another did
		outer = outer.with(mark)
		for i, l := range lines {
			lines[i] = mark.strip(seg{b: l}).b
		}
		if mark.prefix != collectorPrefix || !isCollected(lines) {
			break
		}
	}
	inner := &sample{size: s.size, thorough: s.thorough, outer: outer.with(findWrapper(lines))}
	inner.take(text, at)
	ms := detect(inner, format)
	if len(ms) == 0 || ms[0].dialect.generic || ms[0].score < 0.8 || named && ms[0].dialect != found[0].dialect {
		return nil, nil
	}
	return inner, ms
}

// isCollected reports whether a collector of logs put its mark before nearly all lines.
func isCollected(lines [][]byte) bool {
	marked, all := 0, 0
	for _, l := range lines {
		if isBlank(l) || isFence(l) {
			continue
		}
		all++
		if collectorMark(l) > 0 {
			marked++
		} else if (all-marked)*10 > len(lines) {
			return false
		}
	}
	return marked > 0 && marked*10 >= all*9
}

// isLogged reports whether an application's logger put one prefix before most lines, of both sides alike, and notes it in w.
func (s *sample) isLogged(w *wrapper) bool {
	r, ok := openLabelled(s).(*labelledReader)
	if !ok {
		return false
	}
	for i := range r.prefixes {
		p := &r.prefixes[i]
		if p.label() != unmarked || p.isQuoted() || p.words() == 0 || p.lines*5 < s.imap*4 {
			continue
		}
		marked := 0
		for k := range s.lines {
			if p.match(s.lines[k].body.b, nil) > 0 {
				marked++
			}
		}
		w.prefix, w.logger = loggerPrefix, p
		return marked*5 >= s.text*3
	}
	return false
}
