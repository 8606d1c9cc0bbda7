package session

import "github.com/imapwire/imapwire/parser/imap"

// Known says which numbers of a Mailbox were told.
type Known uint16

const (
	HasExists Known = 1 << iota
	HasRecent
	HasUIDValidity
	HasUIDNext
	HasUnseen
	HasHighestModSeq
	HasNoModSeq // the server said that the mailbox keeps no mod-sequences
	HasFlags
	HasPermanent
)

// Mailbox is what a connection was told about a mailbox since it was selected.
type Mailbox struct {
	Name          string // decoded; empty if SELECT was not seen
	ReadOnly      bool
	Has           Known
	Exists        uint32
	Recent        uint32
	Unseen        uint32 // sequence number of the first unseen message, RFC 3501 §7.1
	UIDValidity   uint32
	UIDNext       uint32
	HighestModSeq uint64
	Flags         imap.FlagSet
	Permanent     imap.FlagSet
}

// code applies a response code of SELECT, RFC 9051 §7.1.
func (b *Mailbox) code(c *imap.Code) {
	if c == nil {
		return
	}
	switch c.Name {
	case imap.CodeUIDValidity:
		b.UIDValidity = uint32(c.Num)
		b.Has |= HasUIDValidity
	case imap.CodeUIDNext:
		b.UIDNext = uint32(c.Num)
		b.Has |= HasUIDNext
	case imap.CodeUnseen:
		b.Unseen = uint32(c.Num)
		b.Has |= HasUnseen
	case imap.CodeHighestModSeq:
		b.HighestModSeq = c.Num
		b.Has |= HasHighestModSeq
	case imap.CodeNoModSeq:
		b.Has |= HasNoModSeq
	case imap.CodePermanentFlags:
		b.Permanent = imap.FlagSetOf(c.Flags)
		b.Has |= HasPermanent
	case imap.CodeReadOnly:
		b.ReadOnly = true
	case imap.CodeReadWrite:
		b.ReadOnly = false
	}
}

// mailboxName is the name to show and to compare: decoded, INBOX in upper case, of bounded length.
func mailboxName(m imap.Mailbox) string {
	if m.IsInbox() {
		return "INBOX"
	}
	s := m.String()
	if len(s) > maxName {
		s = s[:maxName]
	}
	return s
}
