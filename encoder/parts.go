package encoder

import "github.com/imapwire/imapwire/parser/imap"

// The functions below append one element of a message, for those who write a command or a response of their own around it. Like [AppendCommand] they
// write what is valid or nothing: on error dst comes back as it was, and the error is an [*Error] whose Path begins at the element. Literals have the
// form of Options.Literals where the element stands in commands; a server leaves that at Sync. Octets follow their header at once.

// AppendString appends a string: quoted or a literal (RFC 9051 §9). NIL is an error.
func AppendString(dst []byte, s imap.String, o Options) ([]byte, error) {
	return appendString(dst, &s, o, str)
}

// AppendNString appends an nstring: a string, or NIL for the zero String (RFC 9051 §9).
func AppendNString(dst []byte, s imap.String, o Options) ([]byte, error) {
	return appendString(dst, &s, o, nstring)
}

// AppendAString appends an astring: an atom where the content allows it, else a string (RFC 9051 §9). A string "NIL" gets quotes; NIL is an error.
func AppendAString(dst []byte, s imap.String, o Options) ([]byte, error) {
	return appendString(dst, &s, o, astring)
}

func appendString(dst []byte, s *imap.String, o Options, p place) ([]byte, error) {
	var e enc
	e.start(dst, o)
	e.client = true
	e.string(s, p)
	return e.part(dst)
}

// part returns what an element without fields has become.
func (e *enc) part(dst []byte) ([]byte, error) {
	if e.err != nil {
		return dst, &Error{Err: e.err}
	}
	return e.b, nil
}

// AppendMailbox appends a mailbox name as an astring, in UTF-8 or modified UTF-7 as o.UTF8 says (RFC 9051 §5.1).
func AppendMailbox(dst []byte, m imap.Mailbox, o Options) ([]byte, error) {
	var e enc
	e.start(dst, o)
	e.client = true
	e.mailbox(&m)
	return e.part(dst)
}

// AppendFlags appends a flag-list with its parentheses (RFC 9051 §9).
func AppendFlags(dst []byte, fs []imap.Flag) ([]byte, error) {
	var e enc
	e.start(dst, Options{})
	e.flagList(fs, false)
	return e.part(dst)
}

// AppendSet appends a sequence-set (RFC 9051 §9).
func AppendSet(dst []byte, s imap.NumSet) ([]byte, error) {
	var e enc
	e.start(dst, Options{})
	e.set(s)
	return e.part(dst)
}

// AppendDate appends a date as search keys have it: 1-Feb-1994 (RFC 9051 §9).
func AppendDate(dst []byte, d imap.Date) ([]byte, error) {
	var e enc
	e.start(dst, Options{})
	e.date(d)
	return e.part(dst)
}

// AppendDateTime appends a date-time in its quotes: " 1-Feb-1994 21:52:25 -0800", the day always of two characters (RFC 9051 §9).
func AppendDateTime(dst []byte, d imap.DateTime) ([]byte, error) {
	var e enc
	e.start(dst, Options{})
	e.dateTime(d)
	return e.part(dst)
}

// AppendSection appends a section with its brackets, as it stands behind BODY (RFC 9051 §9); a nil one is [].
func AppendSection(dst []byte, s *imap.Section, o Options) ([]byte, error) {
	var e enc
	e.start(dst, o)
	e.client = true
	e.section(s, false)
	if e.err != nil {
		t := e.again(dst)
		t.section(s, false)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}

// AppendEnvelope appends an envelope (RFC 9051 §7.5.2).
func AppendEnvelope(dst []byte, v *imap.Envelope, o Options) ([]byte, error) {
	if v == nil {
		return dst, &Error{Err: ErrEmpty}
	}
	var e enc
	e.start(dst, o)
	e.envelope(v)
	if e.err != nil {
		t := e.again(dst)
		t.envelope(v)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}

// AppendBodyStructure appends the structure of a message (RFC 9051 §7.5.2), with the extension data if b is Extended.
func AppendBodyStructure(dst []byte, b *imap.BodyStructure, o Options) ([]byte, error) {
	if b == nil {
		return dst, &Error{Err: ErrEmpty}
	}
	var e enc
	e.start(dst, o)
	e.body(b)
	if e.err != nil {
		t := e.again(dst)
		t.body(b)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}

// AppendSearch appends a search program: the character set, if there is one, and the keys, from "CHARSET" or the first key on (RFC 9051 §9). It writes
// no return options.
func AppendSearch(dst []byte, a *imap.SearchArgs, o Options) ([]byte, error) {
	if a == nil {
		return dst, &Error{Err: ErrEmpty}
	}
	var e enc
	e.start(dst, o)
	e.client = true
	e.searchProgram(a)
	if e.err != nil {
		t := e.again(dst)
		t.searchProgram(a)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}

// AppendCode appends a response code with its brackets (RFC 9051 §7.1).
func AppendCode(dst []byte, c *imap.Code, o Options) ([]byte, error) {
	if c == nil {
		return dst, &Error{Err: ErrEmpty}
	}
	var e enc
	e.start(dst, o)
	e.code(c)
	if e.err != nil {
		t := e.again(dst)
		t.code(c)
		return dst, t.fault(e.err)
	}
	return e.b, nil
}
