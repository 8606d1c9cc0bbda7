package imap

import (
	"errors"

	"github.com/imapwire/imapwire/parser/wire"
)

type (
	// DateTime is a date and time as IMAP writes it.
	DateTime = wire.DateTime
	// Date is a date without a time, as search keys have it.
	Date = wire.Date
	// Status is the condition of a status response: OK, NO, BAD, PREAUTH or BYE.
	Status = wire.Status
)

// The status conditions (RFC 9051 §7.1).
const (
	OK      = wire.OK
	NO      = wire.NO
	BAD     = wire.BAD
	PREAUTH = wire.PREAUTH
	BYE     = wire.BYE
)

// ResponseKind says what a response begins with.
type ResponseKind uint8

const (
	Untagged ResponseKind = iota // "*"
	Tagged                       // the tag of a command, which it completes
	Continue                     // "+"
)

// Response is a server response (RFC 9051 §7), all of its literals included.
type Response struct {
	Kind   ResponseKind
	Name   ResponseName // RespState for status responses and "+"
	Tag    Tag          // of a Tagged one
	Status Status       // of status responses
	Num    uint32       // EXISTS, RECENT, EXPUNGE; the message number of FETCH, the UID of UIDFETCH
	Code   *Code        // the response code of a status response or "+", or nil
	Text   []byte       // the text of a status response or "+", without the code and the space behind it
	Data   Data         // its type follows from Name, see Data; nil where Num says it all
	Span   wire.Span

	// Source is the message's bytes as read, or nil; see Command.Source.
	Source []byte
}

// Data is what a response says. The dynamic type follows from the response's name:
//
//	OK NO BAD PREAUTH BYE, "+", EXISTS, RECENT, EXPUNGE   nil
//	CAPABILITY ENABLED                        *Capabilities
//	FETCH UIDFETCH CONVERTED                  *Fetch
//	LIST LSUB XLIST RLIST RLSUB               *List
//	STATUS                                    *StatusData
//	SEARCH SORT                               *NumList
//	ESEARCH                                   *ESearch
//	THREAD                                    *Threads
//	FLAGS                                     *FlagList
//	VANISHED                                  *Vanished
//	NAMESPACE                                 *Namespace
//	ID                                        *ID
//	QUOTA                                     *QuotaData
//	ACL MYRIGHTS LISTRIGHTS                   *ACL
//	METADATA                                  *Metadata
//	LANGUAGE COMPARATOR GENURLAUTH
//	JMAPACCESS QUOTAROOT                      *Words
//	URLFETCH                                  *URLData
//	UIDBATCHES                                *Batches
//	all others                                *Unknown
//
// The interface never holds a nil pointer.
type Data interface{ data() }

// Equal reports whether r and s say the same; see Command.Equal.
func (r *Response) Equal(s *Response) bool {
	if r == nil || s == nil {
		return r == s
	}
	return r.Kind == s.Kind && r.Name == s.Name && string(r.Tag) == string(s.Tag) && r.Status == s.Status && r.Num == s.Num &&
		equalPtr(r.Code, s.Code) && string(r.Text) == string(s.Text) && equalData(r.Data, s.Data)
}

// Clone returns a copy that owns its memory, without Source.
func (r *Response) Clone() *Response {
	if r == nil {
		return nil
	}
	s := *r
	s.Tag, s.Text = cloneBytes(r.Tag), cloneBytes(r.Text)
	ownPtr(&s.Code)
	s.Data = cloneData(r.Data)
	s.Source = nil
	return &s
}

// UID returns the UID that a FETCH (its UID item) or UIDFETCH response is about.
func (r *Response) UID() (uint32, bool) {
	switch r.Name {
	case RespUIDFetch:
		return r.Num, r.Num != 0
	case RespFetch:
		if f, ok := r.Data.(*Fetch); ok {
			if it := f.Item(AttUID); it != nil && it.Num>>32 == 0 {
				return uint32(it.Num), true
			}
		}
	}
	return 0, false
}

// AppendChallenge appends what a "+" response says when its text is base64 (RFC 9051 §6.2.2), to dst. Only the caller knows that a SASL
// exchange is under way. A challenge that looks like a response code is none: base64 has no "[".
func (r *Response) AppendChallenge(dst []byte) ([]byte, error) {
	if r.Kind != Continue || r.Code != nil {
		return dst, errNoChallenge
	}
	return appendBase64Decoded(dst, r.Text)
}

var errNoChallenge = errors.New("not a continuation with base64")

// appendBase64Decoded leaves dst as it was where b is no base64.
func appendBase64Decoded(dst, b []byte) ([]byte, error) {
	out, err := wire.AppendBase64Decoded(dst, b)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// AuthData is one client line of a SASL exchange, or the initial response of AUTHENTICATE.
type AuthData struct {
	Raw    []byte // base64 as sent; empty is the empty response
	Cancel bool   // "*": the client gives up (RFC 9051 §6.2.2)
}

// AuthDataOf returns the line that sends b.
func AuthDataOf(b []byte) AuthData {
	return AuthData{Raw: wire.AppendBase64([]byte{}, b)}
}

// Append appends the decoded octets to dst.
func (a AuthData) Append(dst []byte) ([]byte, error) { return appendBase64Decoded(dst, a.Raw) }

func (a *AuthData) own() { a.Raw = cloneBytes(a.Raw) }
func (a *AuthData) equal(b *AuthData) bool {
	return string(a.Raw) == string(b.Raw) && a.Cancel == b.Cancel
}

// Message is any message of a connection; one of its fields is set.
type Message struct {
	Command  *Command
	Response *Response
	Auth     *AuthData // a client line of a SASL exchange
	Done     bool      // DONE, which ends IDLE (RFC 2177 §3)
}

// Side returns who sends such a message, 0 for the empty one.
func (m Message) Side() wire.Side {
	switch {
	case m.Response != nil:
		return wire.Server
	case m.Command != nil || m.Auth != nil || m.Done:
		return wire.Client
	}
	return 0
}

// Clone returns a copy that owns its memory.
func (m Message) Clone() Message {
	m.Command, m.Response = m.Command.Clone(), m.Response.Clone()
	ownPtr(&m.Auth)
	return m
}
