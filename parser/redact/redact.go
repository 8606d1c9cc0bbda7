// Package redact finds what is secret or personal in a session, and makes a copy that can be shown to others.
//
// # Layers
//
// A [Finder] follows one connection and marks credentials in each message: passwords, tokens, what SASL exchanges carry. [Copy] takes these out of the
// text, and people, hosts, subjects and message bodies as well, unless told otherwise. The same value gets the same placeholder everywhere, literal
// counts are made right again, and what stands between stays as it was, so that the copy shows the same problem as the original.
//
// # Limits of what it can know
//
// Redaction is best effort. Credentials are found by the grammar, and by their shape where a line could not be parsed; people and hosts by their place
// (envelopes, headers, LOGIN) and by their shape. The result is scanned again, through base64, quoted-printable, encoded words and modified UTF-7; what
// looks suspicious is listed in Result.Suspects and was left in. Around the session, settings, options, URLs and prompts of programs are known (loose.go).
package redact

import (
	"iter"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Kind is what a secret is; String is its stable kebab id.
type Kind uint8

// Credentials come first: they are what a Finder marks.
const (
	Password Kind = iota + 1
	SASL          // what a SASL exchange carries, challenges included
	Token         // OAuth and JWT tokens, URLAUTH, cookies
	Ticket        // TLS session tickets and keys that openssl s_client prints
	User          // the name that somebody logs in by
	Address       // an e-mail address or Message-ID
	Person        // a display name
	Subject       // a subject, description or file name
	Host          // a host name
	IP            // an address of IPv4 or IPv6
	Mailbox       // a mailbox name
	Content       // a message's header or body
	Chosen        // what Options.Extra names
	Keyword       // a flag, or a part of a metadata entry, that is no program's but somebody's own word
)

var kindNames = [...]string{"", "password", "sasl", "token", "ticket", "user", "address", "person", "subject", "host", "ip", "mailbox", "content", "chosen", "keyword"}

// String is the kind's id in the JSON form: "password", "sasl", …
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// Secret is a place in a message's wire bytes that nobody else should see.
type Secret struct {
	Kind Kind
	Span wire.Span
}

// Options choose what is left in a copy; the zero value takes everything out that is secret or personal. Credentials never stay.
type Options struct {
	People    bool        // user names, addresses, display names, subjects
	Hosts     bool        // host names and IP addresses
	Content   bool        // headers and bodies of messages; people and hosts in them are still taken out, unless those stay too
	Mailboxes bool        // mailbox names, labels and keywords; INBOX, the common names of special mailboxes and registered keywords always stay
	Extra     []wire.Span // places of the text that are taken out too, ascending
}

// Part is one message of the text. Parts come in the order of the text and are valid for one step.
type Part struct {
	transcript.Message
	Value   imap.Message // what was parsed; may be empty
	Secrets []Secret     // what a Finder found
}

// Replacement counts what was replaced of one kind, with the first example. Before is never a credential.
type Replacement struct {
	Kind          Kind
	Count         int    // places of the text, equal values counted each time
	Before, After string // the first value and its placeholder; both empty for a credential
}

// Suspect is a place of the copy that a scan of it, decoded layers included, finds suspicious.
type Suspect struct {
	Kind  Kind
	Span  wire.Span // in Result.Text
	Layer Layer     // how it was hidden
}

// Layer is an encoding that a scan looked through.
type Layer uint8

// The layers of a Suspect.
const (
	Plain Layer = iota
	Base64
	QuotedPrintable
	EncodedWord
	UTF7
)

// String is the layer's id: "plain", "base64", "quoted-printable", "encoded-word", "utf-7".
func (l Layer) String() string {
	return [...]string{"plain", "base64", "quoted-printable", "encoded-word", "utf-7"}[l%5]
}

// Result is a safe copy.
type Result struct {
	Text     []byte        // owned
	Neutral  bool          // Text has the plain C: and S: form, since the original's own form shows the bytes encoded (hex, base64)
	Replaced []Replacement // by kind, in the order of the kinds
	Suspects []Suspect     // ascending; at most 1000
}

// Copy makes a safe copy of text, whose messages parts gives in order. Time and memory are linear in the text.
func Copy(text []byte, parts iter.Seq[*Part], o Options) Result {
	c := copier{text: text, options: o, names: newNames()}
	for p := range parts {
		c.part(p)
	}
	return c.finish()
}
