package imap

import "iter"

// Envelope is a message's envelope (RFC 9051 §7.5.2): header fields as the server parsed them, encoded words (RFC 2047) and all. Package
// mailtext decodes them.
type Envelope struct {
	Date, Subject                      String
	From, Sender, ReplyTo, To, Cc, Bcc Addresses // nil is NIL
	InReplyTo, MessageID               String
}

// Addresses is an address list, group marks included.
type Addresses []Address

// Address is an address structure. A NIL host makes it a group mark (RFC 9051 §7.5.2): with a mailbox, which is the group's name, the start of a
// group, without one its end.
type Address struct {
	Name    String // display name
	ADL     String // source route, obsolete
	Mailbox String // local part
	Host    String // domain
}

// Spec returns mailbox@host, or only the mailbox where there is no host. Parts are taken as they are: what needs quoting is not quoted.
func (a *Address) Spec() string {
	if a.Host.IsNil() {
		return a.Mailbox.String()
	}
	b := make([]byte, 0, len(a.Mailbox.Raw)+1+len(a.Host.Raw))
	b = append(a.Mailbox.Append(b), '@')
	return string(a.Host.Append(b))
}

// IsGroupStart reports whether a begins a group.
func (a *Address) IsGroupStart() bool { return a.Host.IsNil() && !a.Mailbox.IsNil() }

// IsGroupEnd reports whether a ends a group.
func (a *Address) IsGroupEnd() bool { return a.Host.IsNil() && a.Mailbox.IsNil() }

// Mailboxes yields the addresses without the group marks, each with the name of the group that it stands in, NIL outside groups.
func (as Addresses) Mailboxes() iter.Seq2[String, *Address] {
	return func(yield func(String, *Address) bool) {
		var group String
		for i := range as {
			switch a := &as[i]; {
			case a.IsGroupStart():
				group = a.Mailbox
			case a.IsGroupEnd():
				group = String{}
			default:
				if !yield(group, a) {
					return
				}
			}
		}
	}
}

// Clone returns a copy that owns its memory.
func (e *Envelope) Clone() *Envelope {
	ownPtr(&e)
	return e
}

// Equal reports whether e and f say the same.
func (e *Envelope) Equal(f *Envelope) bool { return equalPtr(e, f) }

func (e *Envelope) own() {
	for _, s := range [...]*String{&e.Date, &e.Subject, &e.InReplyTo, &e.MessageID} {
		s.own()
	}
	for _, as := range [...]*Addresses{&e.From, &e.Sender, &e.ReplyTo, &e.To, &e.Cc, &e.Bcc} {
		ownList((*[]Address)(as))
	}
}

func (e *Envelope) equal(f *Envelope) bool {
	return e.Date.Equal(f.Date) && e.Subject.Equal(f.Subject) && equalList(e.From, f.From) && equalList(e.Sender, f.Sender) &&
		equalList(e.ReplyTo, f.ReplyTo) && equalList(e.To, f.To) && equalList(e.Cc, f.Cc) && equalList(e.Bcc, f.Bcc) &&
		e.InReplyTo.Equal(f.InReplyTo) && e.MessageID.Equal(f.MessageID)
}

func (a *Address) own() {
	a.Name.own()
	a.ADL.own()
	a.Mailbox.own()
	a.Host.own()
}

func (a *Address) equal(b *Address) bool {
	return a.Name.Equal(b.Name) && a.ADL.Equal(b.ADL) && a.Mailbox.Equal(b.Mailbox) && a.Host.Equal(b.Host)
}
