package imap

import (
	"errors"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/wire"
)

// Mailbox is a mailbox name. It knows its own encoding: modified UTF-7 (RFC 3501 §5.1.3) unless UTF8 is set, so the encoder can convert it,
// once, to what the connection needs. The zero Mailbox is no name at all.
type Mailbox struct {
	Wire String // the name as it stands on the wire
	UTF8 bool   // Wire is UTF-8: after ENABLE UTF8=ACCEPT or IMAP4rev2 (RFC 9755 §3, RFC 9051 §5.1), or built by MailboxOf
}

var errMailboxUTF8 = errors.New("mailbox name is not valid UTF-8")

// MailboxOf returns the mailbox of that name, in UTF-8.
func MailboxOf(utf8 string) Mailbox { return Mailbox{Wire: Str(utf8), UTF8: true} }

// Name returns the name in UTF-8. The error says that the name is not valid in its encoding.
func (m Mailbox) Name() (string, error) {
	if m.UTF8 {
		b := m.Wire.Bytes()
		if !utf8.Valid(b) {
			return "", errMailboxUTF8
		}
		return string(b), nil
	}
	raw := m.Wire.Bytes()
	b, err := wire.AppendMUTF7Decoded(make([]byte, 0, len(raw)), raw)
	if err != nil {
		return "", err
	}
	return string(b), nil
}

// String returns the name in UTF-8, or the name as it stands on the wire where it can't be decoded.
func (m Mailbox) String() string {
	if s, err := m.Name(); err == nil {
		return s
	}
	return m.Wire.String()
}

// IsZero reports whether m is no name at all.
func (m Mailbox) IsZero() bool { return m.Wire.IsNil() }

// IsInbox reports whether m is INBOX, which is the only name that ignores case (RFC 9051 §5.1).
func (m Mailbox) IsInbox() bool { return m.Wire.Is("INBOX") }

// Equal reports whether m and n name the same mailbox: INBOX in any case, others compared in UTF-8, names that can't be decoded by their bytes.
func (m Mailbox) Equal(n Mailbox) bool {
	switch {
	case m.IsZero() || n.IsZero():
		return m.IsZero() == n.IsZero()
	case m.UTF8 == n.UTF8:
		if m.Wire.Equal(n.Wire) {
			return true
		}
		// Unequal bytes are unequal names: modified UTF-7 has one encoding per name. Only INBOX is left.
		return m.IsInbox() && n.IsInbox()
	case m.IsInbox() || n.IsInbox():
		return m.IsInbox() && n.IsInbox()
	}
	a, errA := m.Name()
	b, errB := n.Name()
	if errA != nil || errB != nil {
		return m.Wire.Equal(n.Wire)
	}
	return a == b
}

// Clone returns m with memory of its own.
func (m Mailbox) Clone() Mailbox {
	m.own()
	return m
}

func (m *Mailbox) own()                  { m.Wire.own() }
func (m *Mailbox) equal(n *Mailbox) bool { return m.Equal(*n) }
