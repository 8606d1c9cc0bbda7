package redact

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/imapwire/imapwire/parser/wire"
)

// names hands out placeholders: the same value of the same kind always gets the same one. Placeholders hold only characters that are legal wherever the
// value stood: in an atom, a quoted string, a literal, JSON and C escapes.
type names struct {
	given map[key]string
	count [len(kindNames)]int
	taken []string // values worth looking for in the result
}

type key struct {
	kind  Kind
	value string
}

func newNames() names { return names{given: make(map[key]string)} }

// shortest is the length from on which a value is looked for everywhere; shorter ones stand in too many places by chance.
const shortest = 4

// of is the placeholder of a value.
func (n *names) of(k Kind, value []byte) string {
	id := key{k, string(value)}
	if k == Address || k == Host || k == Mailbox || k == Keyword {
		id.value = strings.ToLower(id.value)
	}
	if p, ok := n.given[id]; ok {
		return p
	}
	var p string
	switch k {
	case Address:
		local, host, ok := bytes.Cut([]byte(id.value), []byte("@"))
		if !ok {
			p = n.of(User, local)
			break
		}
		p = n.number(User, "user") + "@" + n.of(Host, host)
	case Host:
		p = n.number(k, "host") + ".example"
	case IP:
		p = n.ip(id.value)
	case Password:
		p = n.number(k, "password")
		if hasHigh(value) {
			p = "密码" + p[len("password"):]
		}
	case Token, Ticket:
		p = n.number(k, "token")
	case User:
		p = n.number(k, "user")
		if hasHigh(value) {
			p = "用户" + p[len("user"):]
		}
	case Person:
		p = n.number(k, "Name-")
	case Subject:
		p = n.number(k, "Subject-")
		if hasHigh(value) {
			p = "主题-" + p[len("Subject-"):]
		}
	case Mailbox:
		p = n.number(k, "Folder")
		if _, err := wire.AppendMUTF7Decoded(nil, value); err != nil && bytes.IndexByte(value, '&') >= 0 && !hasHigh(value) {
			p = "Folder&" + p[len("Folder"):] // one that isn't well formed stays so
		} else if bytes.IndexByte(value, '&') >= 0 || bytes.IndexByte(value, ' ') >= 0 && hasHigh(value) {
			p = "&ZYdO9lk5-" + p[len("Folder"):] // a folder in modified UTF-7 stays one
		} else if hasHigh(value) {
			p = "文件夹" + p[len("Folder"):]
		}
	case Keyword:
		p = n.number(k, "Keyword")
		if hasHigh(value) {
			p = "关键字" + p[len("Keyword"):]
		}
	default:
		p = n.number(k, "redacted")
	}
	n.given[id] = p
	if len(value) >= shortest {
		n.taken = append(n.taken, string(value))
	}
	return p
}

func (n *names) number(k Kind, prefix string) string {
	n.count[k]++
	return prefix + strconv.Itoa(n.count[k])
}

// ip counts through the networks for documentation (RFC 5737, RFC 3849).
func (n *names) ip(value string) string {
	n.count[IP]++
	i := n.count[IP]
	if strings.IndexByte(value, ':') >= 0 {
		return "2001:db8::" + strconv.FormatInt(int64(i), 16)
	}
	nets := [...]string{"192.0.2.", "198.51.100.", "203.0.113."}
	return nets[(i-1)/254%3] + strconv.Itoa((i-1)%254+1)
}

func hasHigh(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}

// credential is the placeholder of what a Finder marked.
func (n *names) credential(k Kind, value []byte, people bool) string {
	if k != SASL {
		return n.of(k, value)
	}
	return n.sasl(value, people)
}

// sasl replaces the payload of a SASL line by one of the same shape, so that the exchange can still be understood: the parts of PLAIN (RFC 4616), the
// key-value pairs of XOAUTH2 and OAUTHBEARER (RFC 7628). Everything else becomes the base64 of a word.
func (n *names) sasl(value []byte, people bool) string {
	if string(value) == "=" {
		return "="
	}
	text, ok := decodeBase64(value)
	if !ok {
		return "cmVkYWN0ZWQ="
	}
	n.take(text)
	user := func(b []byte) string {
		switch {
		case len(b) == 0 || people:
			return string(b)
		case bytes.IndexByte(b, '@') > 0:
			return n.of(Address, b)
		}
		return n.of(User, b)
	}
	var shaped string
	switch parts := bytes.Split(text, []byte{0}); {
	case len(parts) == 3 && isText(parts[1]) && isText(parts[2]):
		shaped = user(parts[0]) + "\x00" + user(parts[1]) + "\x00" + n.of(Password, parts[2])
	case bytes.Contains(text, []byte("auth=")) && bytes.IndexByte(text, 1) >= 0:
		for i, field := range bytes.Split(text, []byte{1}) {
			if i > 0 {
				shaped += "\x01"
			}
			name, v, ok := bytes.Cut(field, []byte("="))
			switch {
			case !ok:
				shaped += string(field)
			case string(name) == "user":
				shaped += "user=" + user(v)
			case string(name) == "auth":
				scheme, token, _ := bytes.Cut(v, []byte(" "))
				shaped += "auth=" + string(scheme) + " " + n.of(Token, token)
			case string(name) == "n,a": // the GS2 header of OAUTHBEARER ends in a comma
				shaped += "n,a=" + user(bytes.TrimSuffix(v, []byte(","))) + ","
			case string(name) == "host":
				shaped += "host=" + n.of(Host, v)
			default:
				shaped += string(name) + "=" + string(v)
			}
		}
	default:
		shaped = "redacted"
	}
	return string(wire.AppendBase64(nil, []byte(shaped)))
}

// login takes note of a name that somebody logged in by: servers and logs repeat it, without its domain too.
func (n *names) login(name []byte) {
	if len(name) == 0 || len(name) > 200 || !isText(name) {
		return
	}
	local, _, ok := bytes.Cut(name, []byte("@"))
	if !ok {
		n.of(User, name)
		return
	}
	if isPlaceholder(name) {
		return
	}
	with, _, _ := strings.Cut(n.of(Address, name), "@")
	if id := (key{User, string(local)}); n.given[id] == "" && !isRole(local) {
		n.given[id] = with
	}
}

// isRole says that a local part is a word that logs are full of.
func isRole(local []byte) bool {
	switch string(bytes.ToLower(local)) {
	case "user", "test", "mail", "email", "info", "admin", "support", "contact", "office", "login", "imap", "server", "client", "root", "service", "account", "inbox", "sent", "message", "messages":
		return true
	}
	return false
}

// saslUser is the user's name in what a client sends: of SCRAM (RFC 5802 §7), DIGEST-MD5 (RFC 2831 §2.1.2), CRAM-MD5 (RFC 2195 §2), EXTERNAL, ANONYMOUS,
// OTP, SKEY, PLAIN and LOGIN; nil if it isn't there or the mechanism shows none.
func saslUser(text []byte, mechanism string, asked bool) []byte {
	switch {
	case asked, mechanism == "EXTERNAL", mechanism == "ANONYMOUS":
		return text
	case mechanism == "PLAIN":
		if parts := bytes.Split(text, []byte{0}); len(parts) == 3 {
			return parts[1]
		}
	case mechanism == "OTP":
		return text[bytes.LastIndexByte(text, 0)+1:]
	case mechanism == "CRAM-MD5":
		return text[:max(0, bytes.LastIndexByte(text, ' '))]
	case mechanism == "DIGEST-MD5":
		return parameter(text, "username=")
	case strings.HasPrefix(mechanism, "SCRAM-"):
		if _, name, ok := bytes.Cut(text, []byte(",n=")); ok {
			name, _, _ = bytes.Cut(name, []byte(","))
			return name
		}
	case mechanism == "XOAUTH2", mechanism == "OAUTHBEARER":
		for _, field := range bytes.Split(text, []byte{1}) {
			if name, ok := bytes.CutPrefix(field, []byte("user=")); ok {
				return name
			}
			if name, ok := bytes.CutPrefix(field, []byte("n,a=")); ok {
				return bytes.TrimSuffix(name, []byte(","))
			}
		}
	}
	return nil
}

// take remembers a value that must not stand in the result.
func (n *names) take(value []byte) {
	if len(value) >= shortest {
		n.taken = append(n.taken, string(value))
	}
}

// decodeBase64 takes both alphabets, with or without padding.
func decodeBase64(b []byte) ([]byte, bool) {
	text, err := wire.AppendBase64Decoded(nil, b)
	return text, err == nil && len(text) > 0
}
