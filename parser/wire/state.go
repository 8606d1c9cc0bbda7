package wire

// Side says who sent bytes. The zero Side is none: not known, or neither.
type Side uint8

// The two sides of a connection.
const (
	Client Side = iota + 1
	Server
)

// String is "client", "server" or "none".
func (s Side) String() string {
	switch s {
	case Client:
		return "client"
	case Server:
		return "server"
	}
	return "none"
}

// Mode says what the client's next line is. The bytes alone don't tell: the connection's state does.
type Mode uint8

// The modes.
const (
	ModeCommand Mode = iota // a tagged command
	ModeAuth                // a line of a SASL exchange: base64, empty or "*" (RFC 9051 §6.2.2); no literal can occur
	ModeIdle                // DONE (RFC 9051 §6.3.13); no literal can occur
	ModeOpaque              // no IMAP any more: TLS, DEFLATE or a SASL security layer begins
)

// String is "command", "auth", "idle" or "opaque".
func (m Mode) String() string {
	switch m {
	case ModeCommand:
		return "command"
	case ModeAuth:
		return "auth"
	case ModeIdle:
		return "idle"
	case ModeOpaque:
		return "opaque"
	}
	return ""
}

// State is what a reader must be told about the connection because the bytes that it reads don't say it.
type State struct {
	Mode    Mode
	Refused bool // the literal announced last was answered NO or BAD: its octets won't come
	UTF8    bool // UTF8=ACCEPT or IMAP4rev2 is enabled: quoted strings may hold UTF-8 (RFC 9755 §3, RFC 9051 §4.3)
	UIDOnly bool // UIDONLY is enabled (RFC 9586 §3)
}

// Status is the condition that a status response states (RFC 9051 §7.1). The zero Status is none.
type Status uint8

// The status conditions.
const (
	OK Status = iota + 1
	NO
	BAD
	PREAUTH
	BYE
)

// String is the word of the status, "OK"; "" for none.
func (s Status) String() string {
	switch s {
	case OK:
		return "OK"
	case NO:
		return "NO"
	case BAD:
		return "BAD"
	case PREAUTH:
		return "PREAUTH"
	case BYE:
		return "BYE"
	}
	return ""
}

// statusOf tells the status that a word names, in any case; 0 if it names none.
func statusOf(word []byte) Status {
	switch len(word) {
	case 2:
		switch {
		case EqualFold(word, "OK"):
			return OK
		case EqualFold(word, "NO"):
			return NO
		}
	case 3:
		switch {
		case EqualFold(word, "BAD"):
			return BAD
		case EqualFold(word, "BYE"):
			return BYE
		}
	case 7:
		if EqualFold(word, "PREAUTH") {
			return PREAUTH
		}
	}
	return 0
}

// LiteralRepair says that the literal whose header starts at At in a message has Size octets there, whatever its header announces.
// A transcript whose line ends, blanks or bodies were lost states so; the grammar then takes what is really there.
type LiteralRepair struct {
	At   uint32 // offset of "{" or "~{" in the message
	Size uint32 // octets that follow the header's CRLF
}
