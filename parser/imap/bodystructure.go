package imap

import (
	"iter"
	"strings"

	"github.com/imapwire/imapwire/parser/wire"
)

// BodyStructure is the MIME structure of a message or of a part of it (RFC 9051 §7.5.2), from BODYSTRUCTURE or BODY.
type BodyStructure struct {
	Type, Subtype             String // Type is zero for a multipart, which doesn't write it
	Params                    []Pair // of the media type: charset, name, boundary
	ID, Description, Encoding String
	Octets                    uint64    // size in the transfer encoding
	Lines                     uint64    // of text and message parts
	Envelope                  *Envelope // of message/rfc822 and message/global
	Parts                     []*BodyStructure
	Multipart                 bool // Parts are the parts of a multipart; else the one body of a message part
	Extended                  bool // extension data was written, as BODYSTRUCTURE does; the fields below

	MD5               String
	Disposition       String // "attachment", "inline"; NIL if there is none
	DispositionParams []Pair
	Languages         []String
	Location          String
	Ext               []Value // extension data of the future
}

// Is reports whether the media type is mediaType, in any case: Is("text/plain"), Is("image/*").
func (b *BodyStructure) Is(mediaType string) bool {
	typ, sub, ok := strings.Cut(mediaType, "/")
	if !ok {
		return false
	}
	if b.Multipart && b.Type.IsNil() {
		if typ != "*" && !equalFoldString(typ, "multipart") {
			return false
		}
	} else if typ != "*" && !b.Type.Is(typ) {
		return false
	}
	return sub == "*" || b.Subtype.Is(sub)
}

func equalFoldString(s, t string) bool { return wire.EqualFold([]byte(s), t) }

// MediaType returns the media type in lower case: "text/plain".
func (b *BodyStructure) MediaType() string {
	typ := "multipart"
	if !b.Type.IsNil() {
		typ = b.Type.String()
	}
	return strings.ToLower(typ + "/" + b.Subtype.String())
}

// Param returns the parameter of that name of the media type, NIL if there is none.
func (b *BodyStructure) Param(name string) String { return findPair(b.Params, name) }

func findPair(ps []Pair, name string) String {
	for i := range ps {
		if ps[i].Key.Is(name) {
			return ps[i].Value
		}
	}
	return String{}
}

// IsAttachment reports whether the part's disposition is attachment.
func (b *BodyStructure) IsAttachment() bool { return b.Disposition.Is("attachment") }

// Filename returns the part's file name, "" if it has none: the disposition's filename, or else the media type's name, continuations and
// character sets of RFC 2231 decoded (UTF-8, US-ASCII and ISO-8859-1; package mailtext knows how to decode more, and encoded words).
// It is what the sender wrote: it may hold slashes and "..".
func (b *BodyStructure) Filename() string {
	if s, ok := ParamValue(b.DispositionParams, "filename"); ok {
		return s
	}
	s, _ := ParamValue(b.Params, "name")
	return s
}

// Clone returns a copy that owns its memory.
func (b *BodyStructure) Clone() *BodyStructure {
	ownPtr(&b)
	return b
}

// Equal reports whether b and c say the same.
func (b *BodyStructure) Equal(c *BodyStructure) bool { return equalPtr(b, c) }

// Walk yields b and the parts below it, parents first, each with the number that BODY[...] takes for it (RFC 9051 §6.4.5.1). A multipart that is
// the body of a message, the root's or an attached one's, has no number of its own: nil. The number is valid for one step. Depth costs no recursion.
func (b *BodyStructure) Walk() iter.Seq2[[]uint32, *BodyStructure] {
	return func(yield func([]uint32, *BodyStructure) bool) {
		type level struct {
			parts []*BodyStructure
			next  int
			depth int  // length of the number that the parts' numbers begin with
			body  bool // parts is the body of a message
		}
		root := [1]*BodyStructure{b}
		path := make([]uint32, 0, 16)
		var few [16]level
		for todo := append(few[:0], level{parts: root[:], body: true}); len(todo) > 0; {
			top := &todo[len(todo)-1]
			if top.next == len(top.parts) {
				todo = todo[:len(todo)-1]
				continue
			}
			part := top.parts[top.next]
			top.next++
			path = path[:top.depth]
			if part == nil {
				continue
			}
			number := []uint32(nil)
			if !top.body || !part.Multipart {
				path = append(path, uint32(top.next))
				number = path[:len(path):len(path)]
			}
			if !yield(number, part) {
				return
			}
			if len(part.Parts) > 0 {
				todo = append(todo, level{parts: part.Parts, depth: len(path), body: !part.Multipart})
			}
		}
	}
}

// Find returns the first part of that media type that neither is an attachment nor lies in one, and its number, which the caller owns.
// p is nil if there is none.
func (b *BodyStructure) Find(mediaType string) (part []uint32, p *BodyStructure) {
	var within []uint32 // the attachment that the walk is in
	for number, q := range b.Walk() {
		switch {
		case within != nil && (number == nil || hasPrefix(number, within)):
			continue
		case q.IsAttachment() && number != nil:
			within = append(within[:0], number...)
			continue
		}
		within = nil
		if q.Is(mediaType) {
			return append([]uint32(nil), number...), q
		}
	}
	return nil, nil
}

func hasPrefix(s, prefix []uint32) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range prefix {
		if s[i] != prefix[i] {
			return false
		}
	}
	return true
}

// own copies the parts from a stack of its own: their depth is the sender's choice.
func (b *BodyStructure) own() {
	for todo := []*BodyStructure{b}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, s := range [...]*String{&at.Type, &at.Subtype, &at.ID, &at.Description, &at.Encoding, &at.MD5, &at.Disposition, &at.Location} {
			s.own()
		}
		ownList(&at.Params)
		ownPtr(&at.Envelope)
		ownList(&at.DispositionParams)
		ownList(&at.Languages)
		ownList(&at.Ext)
		if at.Parts == nil {
			continue
		}
		parts := make([]*BodyStructure, len(at.Parts))
		for i, p := range at.Parts {
			if p != nil {
				c := *p
				parts[i] = &c
				todo = append(todo, &c)
			}
		}
		at.Parts = parts
	}
}

func (b *BodyStructure) equal(c *BodyStructure) bool {
	type pair struct{ b, c *BodyStructure }
	var few [8]pair
	for todo := append(few[:0], pair{b, c}); len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !p.b.same(p.c) {
			return false
		}
		for i := range p.b.Parts {
			x, y := p.b.Parts[i], p.c.Parts[i]
			if x == nil || y == nil {
				if x != y {
					return false
				}
				continue
			}
			todo = append(todo, pair{x, y})
		}
	}
	return true
}

// same compares two parts without those below them. Media types, dispositions and the names of parameters ignore case.
func (b *BodyStructure) same(c *BodyStructure) bool {
	return foldString(&b.Type, &c.Type) && foldString(&b.Subtype, &c.Subtype) && equalFoldPairs(b.Params, c.Params) && b.ID.Equal(c.ID) &&
		b.Description.Equal(c.Description) && foldString(&b.Encoding, &c.Encoding) && b.Octets == c.Octets && b.Lines == c.Lines &&
		equalPtr(b.Envelope, c.Envelope) && len(b.Parts) == len(c.Parts) && b.Multipart == c.Multipart && b.Extended == c.Extended &&
		b.MD5.Equal(c.MD5) && foldString(&b.Disposition, &c.Disposition) && equalFoldPairs(b.DispositionParams, c.DispositionParams) &&
		equalList(b.Languages, c.Languages) && b.Location.Equal(c.Location) && equalValues(b.Ext, c.Ext)
}

func foldString(a, b *String) bool {
	return a.IsNil() == b.IsNil() && a.Detached == b.Detached && sameField(a, b)
}
