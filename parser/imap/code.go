package imap

import "github.com/imapwire/imapwire/parser/wire"

// Code is a response code (RFC 9051 §7.1): what stands in brackets before a status text.
type Code struct {
	Name CodeName
	Word []byte // the word as written; needed for CodeUnknown only

	// Num is the number of UIDNEXT, UIDVALIDITY, UNSEEN, HIGHESTMODSEQ, MAXCONVERTMESSAGES, MAXCONVERTPARTS and MESSAGELIMIT, and the
	// UIDVALIDITY of APPENDUID and COPYUID.
	Num uint64
	// Set is the set of APPENDUID, MODIFIED and DOWNGRADED and the source of COPYUID.
	Set NumSet
	// Dest is the destination of COPYUID.
	Dest  NumSet
	Flags []Flag        // PERMANENTFLAGS
	Caps  *Capabilities // CAPABILITY
	Args  []Value       // what every other known code says, in the generic syntax
	Raw   []byte        // the bytes after the word, without the space; all that there is for text that is not in the generic syntax
	Span  wire.Span
}

// Is reports whether the code is n. It may be asked of nil: r.Code.Is(imap.CodeTryCreate) needs no check.
func (c *Code) Is(n CodeName) bool { return c != nil && c.Name == n && n != CodeUnknown }

// String returns the code's word in its wire spelling.
func (c *Code) String() string {
	if c.Name != CodeUnknown {
		return c.Name.String()
	}
	return string(c.Word)
}

func (c *Code) own() {
	c.Word, c.Raw = cloneBytes(c.Word), cloneBytes(c.Raw)
	c.Set.own()
	c.Dest.own()
	ownList(&c.Flags)
	ownPtr(&c.Caps)
	ownList(&c.Args)
}

func (c *Code) equal(d *Code) bool {
	if c.Name != d.Name || c.Name == CodeUnknown && !foldEqual(c.Word, d.Word) {
		return false
	}
	if c.isRaw() || d.isRaw() {
		return c.isRaw() == d.isRaw() && string(c.Raw) == string(d.Raw)
	}
	return c.Num == d.Num && c.Set.Equal(d.Set) && c.Dest.Equal(d.Dest) && equalList(c.Flags, d.Flags) && equalPtr(c.Caps, d.Caps) &&
		equalValues(c.Args, d.Args)
}

// isRaw reports whether Raw is all that the code has.
func (c *Code) isRaw() bool {
	return len(c.Raw) > 0 && c.Num == 0 && c.Set.IsZero() && c.Dest.IsZero() && c.Flags == nil && c.Caps == nil && c.Args == nil
}
