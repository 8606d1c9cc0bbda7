package explain

import (
	"strconv"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
)

// phraser puts sentences together out of the phrases of the topic Summaries, so that each language keeps its own word order.
type phraser struct{ *Table }

// say fills the phrase id. A phrase that the table lacks gives its arguments alone, which is better than nothing.
func (p phraser) say(id string, args ...string) string {
	text := p.text(Summaries, id)
	if text == "" {
		for i, a := range args {
			if i > 0 {
				text += " "
			}
			text += a
		}
		return text
	}
	return string(Fill(nil, text, args...))
}

// count fills id.one or id.many, whichever n asks for, with n as {0}.
func (p phraser) count(id string, n uint64, args ...string) string {
	if n == 1 {
		id += ".one"
	} else {
		id += ".many"
	}
	return p.say(id, append([]string{strconv.FormatUint(n, 10)}, args...)...)
}

// join makes a list of items, the last one joined by the language's "and". More than most items are counted.
func (p phraser) join(items []string) string {
	const most = 6
	said := items[:0]
	for _, item := range items {
		if item != "" { // what could not be read has no words
			said = append(said, item)
		}
	}
	items = said
	if n := len(items); n > most {
		items = append(items[:most-1:most-1], p.count("more", uint64(n-most+1)))
	}
	s := ""
	for i, item := range items {
		switch {
		case i == 0:
			s = item
		case i == len(items)-1:
			s = p.say("join.last", s, item)
		default:
			s = p.say("join", s, item)
		}
	}
	return s
}

// longest is how many characters of a value a sentence quotes.
const longest = 60

// clip makes a value fit into a sentence: control characters become spaces, a long value is cut at a character.
func clip(s string) string {
	b := make([]byte, 0, min(len(s), 4*longest))
	n := 0
	for i, r := range s {
		if n == longest {
			return string(b) + "…"
		}
		if r < ' ' || r == 0x7F || r == utf8.RuneError || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 {
			r = ' '
		}
		if r == ' ' && (i == 0 || len(b) > 0 && b[len(b)-1] == ' ') {
			continue
		}
		b = utf8.AppendRune(b, r)
		n++
	}
	return string(b)
}

func (p phraser) quoted(s string) string { return p.say("quoted", clip(s)) }

// mailbox names a mailbox as a person reads it: decoded.
func (p phraser) mailbox(m imap.Mailbox) string {
	if m.IsInbox() {
		return "INBOX"
	}
	name := m.String()
	if name == "" {
		return p.say("root")
	}
	return p.quoted(name)
}

// messages names the messages of a set.
func (p phraser) messages(set imap.NumSet, uid bool) string {
	unit := "seq"
	if uid {
		unit = "uid"
	}
	if set.IsSaved() {
		return p.say("set.saved")
	}
	var first imap.NumRange
	n := 0
	for r := range set.Ranges() {
		if n == 0 {
			first = r
		}
		n++
		if n > 1 {
			break
		}
	}
	switch {
	case n == 0:
		return p.say("set.none")
	case n > 1:
		return p.say("set."+unit+".many", clip(set.String()))
	case first.Lo == 1 && first.Hi == 0:
		return p.say("set.all")
	case first.Lo == 0:
		return p.say("set.last")
	case first.Hi == 0:
		return p.say("set."+unit+".from", number(uint64(first.Lo)))
	case first.Lo == first.Hi:
		return p.say("set."+unit+".one", number(uint64(first.Lo)))
	}
	return p.say("set."+unit+".range", number(uint64(first.Lo)), number(uint64(first.Hi)))
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }

// octets words a size: exact below 1000, then rounded to three digits.
func (p phraser) octets(n uint64) string {
	switch {
	case n < 1000:
		return p.count("octets", n)
	case n < 1000*1000:
		return p.say("kilobytes", decimal(n, 1000))
	default:
		return p.say("megabytes", decimal(n, 1000*1000))
	}
}

// decimal is n/unit with one digit after the point, or none from 100 on.
func decimal(n, unit uint64) string {
	if n >= 100*unit {
		return number((n + unit/2) / unit)
	}
	tenths := (n*10 + unit/2) / unit
	if tenths%10 == 0 {
		return number(tenths / 10)
	}
	return number(tenths/10) + "." + number(tenths%10)
}

// flags lists the names of flags as they stand on the wire.
func (p phraser) flags(fs []imap.Flag) string {
	names := make([]string, len(fs))
	for i := range fs {
		names[i] = clip(fs[i].String())
	}
	return p.join(names)
}
