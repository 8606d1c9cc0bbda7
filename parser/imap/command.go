package imap

import "github.com/imapwire/imapwire/parser/wire"

// Tag is the tag of a command and of its completion. It is bytes, or every parse would allocate; as a map key write pending[string(tag)], which
// doesn't allocate either.
type Tag []byte

// String returns the tag as a string.
func (t Tag) String() string { return string(t) }

// Command is a client command: tag SP command CRLF (RFC 9051 §9), all of its literals included.
type Command struct {
	Tag  Tag
	Name CommandName
	UID  bool // UID FETCH, UID EXPUNGE: numbers are UIDs
	Args Args // its type follows from Name, see Args; nil for commands without arguments
	Span wire.Span

	// Source is the message's bytes as read, or nil. The encoder's Verbatim option takes spellings from it that the other fields don't keep,
	// such as the case of keywords; it never takes a value from it. Clone drops it, Equal ignores it.
	Source []byte
}

// Args are the arguments of a command. The dynamic type follows from the command's name:
//
//	LOGIN                                     *LoginArgs
//	AUTHENTICATE                              *AuthenticateArgs
//	ID                                        *IDArgs
//	ENABLE                                    *EnableArgs
//	DELETE SUBSCRIBE UNSUBSCRIBE
//	GETQUOTAROOT GETACL MYRIGHTS              *MailboxArgs
//	SELECT EXAMINE                            *SelectArgs
//	CREATE                                    *CreateArgs
//	RENAME                                    *RenameArgs
//	LIST LSUB RLIST RLSUB XLIST               *ListArgs
//	STATUS                                    *StatusArgs
//	APPEND                                    *AppendArgs
//	REPLACE                                   *ReplaceArgs
//	FETCH                                     *FetchArgs
//	STORE                                     *StoreArgs
//	COPY MOVE                                 *CopyArgs
//	EXPUNGE with UID                          *ExpungeArgs
//	SEARCH ESEARCH                            *SearchArgs
//	SORT                                      *SortArgs
//	THREAD                                    *ThreadArgs
//	SETACL DELETEACL LISTRIGHTS               *ACLArgs
//	GETQUOTA SETQUOTA                         *QuotaArgs
//	GETMETADATA SETMETADATA                   *MetadataArgs
//	NOTIFY                                    *NotifyArgs
//	URLFETCH                                  *URLFetchArgs
//	CONVERT                                   *ConvertArgs
//	UIDBATCHES                                *BatchesArgs
//	LANGUAGE COMPARATOR COMPRESS CANCELUPDATE
//	GENURLAUTH RESETKEY CONVERSIONS           *WordsArgs
//	all others                                nil, or *Unknown
//
// The interface never holds a nil pointer.
type Args interface{ args() }

// Equal reports whether c and d say the same: spans, string forms, literal kinds, escapes, the case of keywords and Source don't count.
func (c *Command) Equal(d *Command) bool {
	if c == nil || d == nil {
		return c == d
	}
	return string(c.Tag) == string(d.Tag) && c.Name == d.Name && c.UID == d.UID && equalArgs(c.substance(), d.substance())
}

// substance returns the arguments, nil where they say nothing: no words, or a known command's Unknown without values.
func (c *Command) substance() Args {
	if w, ok := c.Args.(*WordsArgs); ok && w != nil && len(w.Words) == 0 {
		return nil
	}
	if u, ok := c.Args.(*Unknown); ok && u != nil && c.Name != CmdUnknown && len(u.Values) == 0 && len(u.Raw) == 0 {
		return nil
	}
	return c.Args
}

// Clone returns a copy that owns its memory, without Source.
func (c *Command) Clone() *Command {
	if c == nil {
		return nil
	}
	d := *c
	d.Tag = cloneBytes(c.Tag)
	d.Args = cloneArgs(c.Args)
	d.Source = nil
	return &d
}
