package redact

import "bytes"

// found is a person's or a machine's name in running text.
type found struct {
	kind       Kind
	start, end int
}

// scan finds addresses, host names and IP addresses by their shape. The work is linear: each byte is looked at a bounded number of times.
func scan(b []byte, yield func(found)) {
	for i := 0; i < len(b); {
		c := b[i]
		if !isLabel(c) && c != ':' {
			i++
			continue
		}
		end := i
		for end < len(b) && isWordByte(b[end]) {
			end++
		}
		word(b, i, end, yield)
		i = max(end, i+1)
	}
}

// isLabel is a character of a host label or of most local parts.
func isLabel(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c >= 0x80
}

func isWordByte(c byte) bool {
	return isLabel(c) || c == '.' || c == '-' || c == '+' || c == '@' || c == ':' || c == '=' || c == '\'' || c == '~'
}

// word looks at a run of word bytes: an address if there is an @, else hosts and IP addresses.
func word(b []byte, start, end int, yield func(found)) {
	for start < end {
		at := bytes.IndexByte(b[start:end], '@')
		if at < 0 {
			break
		}
		at += start
		from := at
		for from > start && isLocal(b[from-1]) {
			from--
		}
		to := at + 1
		for to < end && (isLabel(b[to]) || b[to] == '.' || b[to] == '-') {
			to++
		}
		for to > at+1 && (b[to-1] == '.' || b[to-1] == '-') {
			to--
		}
		if from < at && to > at+1 {
			if from > start {
				hosts(b, start, from, yield)
			}
			yield(found{Address, from, to})
			start = to
			continue
		}
		start = at + 1
	}
	hosts(b, start, end, yield)
}

func isLocal(c byte) bool {
	return isLabel(c) || c == '.' || c == '-' || c == '+' || c == '=' || c == '\'' || c == '~'
}

// hosts looks for host names and IP addresses between start and end.
func hosts(b []byte, start, end int, yield func(found)) {
	if n := ipv6(b[start:end]); n > 0 {
		yield(found{IP, start, start + n})
		return
	}
	for i := start; i < end; {
		if !isLabel(b[i]) {
			i++
			continue
		}
		j := i
		for j < end && (isLabel(b[j]) || b[j] == '.' || b[j] == '-') {
			j++
		}
		k := j
		for k > i && (b[k-1] == '.' || b[k-1] == '-') {
			k--
		}
		switch name := b[i:k]; {
		case isIPv4(name):
			yield(found{IP, i, k})
		case isHost(name):
			yield(found{Host, i, k})
		}
		i = j
	}
}

// isIPv4 recognises four numbers up to 255, leaving alone those for documentation, loopback and "any".
func isIPv4(b []byte) bool {
	part, digits, dots := 0, 0, 0
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9' && digits < 3:
			part, digits = part*10+int(c-'0'), digits+1
		case c == '.' && digits > 0 && part <= 255:
			part, digits, dots = 0, 0, dots+1
		default:
			return false
		}
	}
	if dots != 3 || digits == 0 || part > 255 {
		return false
	}
	for _, known := range [...]string{"127.", "0.0.0.0", "192.0.2.", "198.51.100.", "203.0.113.", "255.255."} {
		if bytes.HasPrefix(b, []byte(known)) {
			return false
		}
	}
	return true
}

// ipv6 is the length of an IPv6 address that begins b and fills the word, else 0. At least two groups and two colons are asked for, so that a time of
// day is none.
func ipv6(b []byte) int {
	colons, double, hex := 0, false, 0
	for i, c := range b {
		switch {
		case c == ':':
			colons++
			if i > 0 && b[i-1] == ':' {
				double = true
			}
			hex = 0
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
			hex++
			if hex > 4 {
				return 0
			}
		case c == '.':
			if !isIPv4(b[i-hex:]) {
				return 0
			}
			return len(b)
		default:
			return 0
		}
	}
	if colons < 2 || colons > 7 || !double && colons != 7 || len(b) < 4 || bytes.HasPrefix(bytes.ToLower(b), []byte("2001:db8:")) || string(b) == "::1" {
		return 0
	}
	return len(b)
}

// isHost recognises a host name: two labels or more, the last one a top-level domain as people write it, in lower case or after one that is.
// Words of the protocol (BODY.PEEK, HEADER.FIELDS) are upper case, and their last labels are no domains.
func isHost(b []byte) bool {
	dot := bytes.LastIndexByte(b, '.')
	if dot <= 0 || bytes.Contains(b, []byte("..")) || b[0] == '.' || b[0] == '-' {
		return false
	}
	tld := b[dot+1:]
	if len(tld) < 2 || len(tld) > 12 {
		return false
	}
	for _, c := range tld {
		if !('a' <= c && c <= 'z') {
			return false
		}
	}
	return isTLD(string(tld)) && !isReserved(b) && !isProvider(b)
}

// isTLD knows the country codes by their length, except those that are file name extensions or program names more often, and the common others.
func isTLD(s string) bool {
	if len(s) == 2 {
		switch s {
		case "go", "js", "ts", "rb", "py", "pl", "sh", "cc", "rs", "so", "md", "ps", "gz":
			return false
		}
		return true
	}
	switch s {
	case "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "mobi", "email", "mail", "cloud", "online", "site", "tech", "app", "dev", "xyz", "top", "shop",
		"local", "localdomain", "lan", "internal", "intranet", "corp", "home", "arpa", "systems", "network", "solutions", "company", "agency", "academy", "university", "hosting":
		return true
	}
	return false
}

// isReserved says that a name is made for examples (RFC 2606, RFC 6761).
func isReserved(b []byte) bool {
	s := string(bytes.ToLower(b))
	for _, end := range [...]string{".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net", "localhost.localdomain"} {
		if len(s) >= len(end) && s[len(s)-len(end):] == end {
			return true
		}
	}
	return false
}

// isProvider says that a name is that of a public mail provider, a standards body or a mail program: it tells nothing about anybody, and much about the problem.
func isProvider(b []byte) bool {
	s := string(bytes.ToLower(b))
	for _, end := range [...]string{
		"gmail.com", "googlemail.com", "google.com", "outlook.com", "office365.com", "microsoft.com", "live.com", "hotmail.com", "icloud.com", "apple.com", "me.com",
		"yahoo.com", "aol.com", "qq.com", "163.com", "126.com", "188.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "mail.ru", "yandex.com", "yandex.ru", "gmx.net", "gmx.de",
		"web.de", "fastmail.com", "zoho.com", "protonmail.com", "proton.me", "ietf.org", "rfc-editor.org", "iana.org", "dovecot.org", "dovecot.fi", "cyrusimap.org", "courier-mta.org", "stalw.art",
	} {
		if s == end || len(s) > len(end) && s[len(s)-len(end):] == end && s[len(s)-len(end)-1] == '.' {
			return true
		}
	}
	return false
}
