package session

import "github.com/imapwire/imapwire/parser/imap"

// Known says which fields of a Mailbox were told; a number that was not told is 0.
type Known uint16

// The fields of a Mailbox, of the same names.
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
	ReadOnly      bool   // EXAMINE, or READ-ONLY was said
	Has           Known  // which of the fields below were told
	Exists        uint32 // messages, kept up to date by EXISTS, EXPUNGE and VANISHED
	Recent        uint32 // RECENT as it was told last, RFC 3501 §7.3.2
	Unseen        uint32 // sequence number of the first unseen message, RFC 3501 §7.1
	UIDValidity   uint32
	UIDNext       uint32
	HighestModSeq uint64       // at most 63 bits, RFC 7162 §7
	Flags         imap.FlagSet // that the mailbox defines, RFC 9051 §7.3.5
	Permanent     imap.FlagSet // PERMANENTFLAGS: those that a client can change for good
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
