// Package mailtext turns the header fields of an IMAP envelope or body structure into text for people and into the types of the standard library:
// encoded words (RFC 2047), parameters in any character set (RFC 2231), [net/mail.Address] and [net/textproto.MIMEHeader].
//
// It is a package of its own because the standard library's mime and net/mail weigh more than all of package imap. Nothing in the
// wire format, the parser or the encoder imports it.
package mailtext

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"github.com/imapwire/imapwire/parser/imap"
)

// Decoder decodes header text. The zero Decoder knows UTF-8, US-ASCII and ISO-8859-1; CharsetReader adds others.
type Decoder struct {
	// CharsetReader returns a reader of UTF-8 for text in charset, given in lower case, as [mime.WordDecoder] wants it. It may be nil.
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
}

// Text returns the text of a header field: encoded words decoded, those in an unknown character set left as they are. NIL is "". Raw UTF-8 passes;
// other octets above %x7F become U+FFFD.
func (d *Decoder) Text(s imap.String) string {
	raw := s.String()
	w := mime.WordDecoder{CharsetReader: d.CharsetReader}
	out, err := w.DecodeHeader(raw)
	if err != nil {
		out = d.knownWords(raw, &w)
	}
	if !utf8.ValidString(out) {
		return strings.ToValidUTF8(out, "\uFFFD")
	}
	return out
}

// knownWords decodes what can be decoded of a text that has an encoded word in an unknown character set, which DecodeHeader gives up on.
func (d *Decoder) knownWords(s string, w *mime.WordDecoder) string {
	known := *w
	known.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if d.CharsetReader != nil {
			if r, err := d.CharsetReader(charset, input); err == nil {
				return r, nil
			}
		}
		return nil, errUnknown
	}
	var b strings.Builder
	for {
		start := strings.Index(s, "=?")
		if start < 0 {
			b.WriteString(s)
			return b.String()
		}
		end := wordEnd(s[start:])
		if end < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		word := s[start : start+end]
		if text, err := known.Decode(word); err == nil {
			b.WriteString(text)
		} else {
			b.WriteString(word)
		}
		s = s[start+end:]
	}
}

var errUnknown = mailtextError("unknown character set")

type mailtextError string

func (e mailtextError) Error() string { return "mailtext: " + string(e) }

// wordEnd returns the length of the encoded word at the start of s, -1 if there is none: "=?" charset "?" encoding "?" text "?=" (RFC 2047 §2).
func wordEnd(s string) int {
	at := 2
	for range 2 {
		i := strings.IndexByte(s[at:], '?')
		if i < 0 {
			return -1
		}
		at += i + 1
	}
	i := strings.Index(s[at:], "?=")
	if i < 0 {
		return -1
	}
	return at + i + 2
}

// Address returns a as the standard library's address: display name decoded, local part and domain as they are.
func (d *Decoder) Address(a *imap.Address) mail.Address {
	return mail.Address{Name: d.Text(a.Name), Address: a.Spec()}
}

// Addresses returns the addresses of a list without its group marks.
func (d *Decoder) Addresses(as imap.Addresses) []*mail.Address {
	var out []*mail.Address
	for _, a := range as.Mailboxes() {
		m := d.Address(a)
		out = append(out, &m)
	}
	return out
}

// Header returns the envelope as a message header: decoded, without the fields that are NIL. Address lists are written the way RFC 5322 has them,
// names encoded where they need it, groups without their names.
func (d *Decoder) Header(e *imap.Envelope) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	for name, s := range map[string]imap.String{"Date": e.Date, "Subject": e.Subject, "In-Reply-To": e.InReplyTo, "Message-Id": e.MessageID} {
		if !s.IsNil() {
			h.Set(name, oneLine(d.Text(s)))
		}
	}
	for name, as := range map[string]imap.Addresses{"From": e.From, "Sender": e.Sender, "Reply-To": e.ReplyTo, "To": e.To, "Cc": e.Cc, "Bcc": e.Bcc} {
		var list []string
		for _, a := range d.Addresses(as) {
			list = append(list, oneLine(a.String()))
		}
		if list != nil {
			h.Set(name, strings.Join(list, ", "))
		}
	}
	return h
}

// oneLine replaces line breaks, so that no field can begin another.
func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(s)
}

// Filename returns a part's file name: the disposition's filename, or else the media type's name. RFC 2231 is followed, and encoded words, which have
// no place in parameters, are decoded because senders put them there. It may hold slashes and "..": it is what the sender wrote.
func (d *Decoder) Filename(b *imap.BodyStructure) string {
	if s, ok := d.Param(b.DispositionParams, "filename"); ok {
		return s
	}
	s, _ := d.Param(b.Params, "name")
	return s
}

// Param returns the parameter of that name, put together and decoded; ok is false if there is none.
func (d *Decoder) Param(ps []imap.Pair, name string) (value string, ok bool) {
	octets, charset, ok := imap.ParamOctets(ps, name)
	if !ok {
		return "", false
	}
	switch strings.ToLower(charset) {
	case "":
		return d.Text(imap.Bytes(octets)), true
	case "utf-8", "us-ascii":
	default:
		if d.CharsetReader != nil {
			if r, err := d.CharsetReader(strings.ToLower(charset), bytes.NewReader(octets)); err == nil {
				if b, err := io.ReadAll(r); err == nil {
					octets = b
				}
				break
			}
		}
		return imap.ParamValue(ps, name)
	}
	return strings.ToValidUTF8(string(octets), "\uFFFD"), true
}

// Encode returns s as header text: as it is if it is printable ASCII, else as encoded words in UTF-8.
func Encode(s string) string { return mime.QEncoding.Encode("utf-8", s) }

// AddressOf returns an envelope address for a. The display name is encoded where it needs it; a's address is split at its last "@".
func AddressOf(a *mail.Address) imap.Address {
	var out imap.Address
	if a.Name != "" {
		out.Name = imap.Str(Encode(a.Name))
	}
	if i := strings.LastIndexByte(a.Address, '@'); i >= 0 {
		out.Mailbox, out.Host = imap.Str(a.Address[:i]), imap.Str(a.Address[i+1:])
	} else {
		out.Mailbox, out.Host = imap.Str(a.Address), imap.Str("")
	}
	return out
}
