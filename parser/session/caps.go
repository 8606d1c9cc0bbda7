package session

import "github.com/imapwire/imapwire/parser/imap"

// CapChange is a list of capabilities that differs from the one before it.
type CapChange struct {
	ID    uint32      // Event.ID of the response that gave the list
	State State       // of the connection when it came
	Set   imap.CapSet // those of the list that the library knows
	Words string      // all words as written, unknown ones included, separated by spaces
}

// capabilities are the server's lists over time.
type capabilities struct {
	now     imap.CapSet
	known   bool
	history []CapChange // replaced, never written to: copies share it
}

// maxCapWords bounds the octets kept of one list.
const maxCapWords = 1 << 13

func (c *capabilities) set(id uint32, s State, l *imap.Capabilities) {
	c.now, c.known = l.Set, true
	n := len(c.history)
	if n > 0 && sameWords(c.history[n-1].Words, l.List) && c.history[n-1].State == s {
		return
	}
	if n == maxCapChanges {
		n--
	}
	h := make([]CapChange, n+1)
	copy(h, c.history[:n])
	h[n] = CapChange{ID: id, State: s, Set: l.Set, Words: joinWords(l.List)}
	c.history = h
}

// forget makes the last list invalid; the history stays.
func (c *capabilities) forget() { c.now, c.known = imap.CapSet{}, false }

func joinWords(l []imap.Capability) string {
	var b []byte
	for i := range l {
		if len(b)+len(l[i].Name) >= maxCapWords {
			break
		}
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, l[i].Name...)
	}
	return string(b)
}

// sameWords compares without joining.
func sameWords(s string, l []imap.Capability) bool {
	for i := range l {
		if i > 0 {
			if len(s) == 0 || s[0] != ' ' {
				return false
			}
			s = s[1:]
		}
		n := len(l[i].Name)
		if len(s) < n || s[:n] != string(l[i].Name) {
			return false
		}
		s = s[n:]
	}
	return s == ""
}
