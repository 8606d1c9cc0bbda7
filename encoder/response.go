package encoder

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// AppendResponse appends r to dst, CRLF included. A detached literal is an error here. On error dst comes back as it was; the error is an
// [*Error].
func AppendResponse(dst []byte, r *imap.Response, o Options) ([]byte, error) {
	e := enc{Options: o, b: dst}
	e.response(r)
	return e.finish(dst)
}

// response = *(continue-req / response-data) response-done (RFC 9051 §9): one of its lines
func (e *enc) response(r *imap.Response) {
	if e.Verbatim {
		e.src = r.Source
	}
	e.field("Tag")
	if r.Kind != imap.Tagged && len(r.Tag) > 0 {
		e.fail(ErrField)
	}
	switch r.Kind {
	case imap.Continue:
		e.byte('+')
	case imap.Tagged:
		if !wire.IsTag([]byte(r.Tag)) {
			e.fail(ErrTag)
		}
		e.raw(r.Tag)
	case imap.Untagged:
		e.byte('*')
	default:
		e.field("Kind")
		e.fail(ErrName)
	}
	e.sp()
	e.field("Name")
	switch {
	case r.Name == imap.RespState:
		e.state(r)
	case r.Kind != imap.Untagged:
		e.fail(ErrType)
	default:
		if r.Status != 0 || r.Code != nil || len(r.Text) > 0 {
			e.field("Status")
			e.fail(ErrField)
		}
		e.responseData(r)
	}
	e.crlf()
}

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text        continue-req = "+" SP (resp-text / base64) CRLF
// resp-text = ["[" resp-text-code "]" SP] [text] (RFC 9051 §9)
func (e *enc) state(r *imap.Response) {
	e.field("Status")
	switch {
	case r.Kind == imap.Continue:
		if r.Status != 0 {
			e.fail(ErrField)
		}
	case r.Status < imap.OK || r.Status > imap.BYE || r.Kind == imap.Tagged && r.Status > imap.BAD:
		e.fail(ErrName)
	default:
		e.word(r.Status.String())
		e.sp()
	}
	if r.Data != nil || r.Num != 0 {
		e.field("Data")
		e.fail(ErrField)
	}
	e.field("Text")
	if r.Code != nil {
		e.code(r.Code)
		e.sp() // also where there is no text
		e.field("Text")
	} else if len(r.Text) > 0 && r.Text[0] == '[' && bytes.IndexByte(r.Text, ']') > 0 {
		e.fail(ErrText) // it would be read as a code
	}
	e.text(r.Text)
}

// responseData writes the name and the data of an untagged response; the data's type must be the one that package imap's Data lists.
func (e *enc) responseData(r *imap.Response) {
	numbered := false
	switch r.Name {
	case imap.RespExists, imap.RespRecent:
		e.field("Num")
		e.number(uint64(r.Num))
		numbered = true
	case imap.RespExpunge, imap.RespFetch, imap.RespUIDFetch, imap.RespConverted, imap.RespCopy, imap.RespStore:
		e.field("Num")
		e.nz(uint64(r.Num))
		numbered = true
	case imap.RespUnknown:
		if r.Num != 0 {
			e.number(uint64(r.Num))
			numbered = true
		}
	}
	if numbered {
		e.sp()
	} else if r.Num != 0 {
		e.field("Num")
		e.fail(ErrField)
	}
	e.field("Name")
	u, isUnknown := r.Data.(*imap.Unknown)
	if r.Name == imap.RespUnknown {
		switch {
		case !isUnknown || u == nil || !wire.IsAtom(u.Name) || !isUnknownResponse(u.Name, numbered),
			!numbered && allDigits(u.Name): // it would pass for the number
			e.fail(ErrName)
			return
		}
		e.raw(u.Name)
	} else {
		w := r.Name.String()
		if w == "" {
			e.fail(ErrName)
		}
		e.word(w)
	}
	e.field("Data")
	e.down()
	if !e.data(r.Name, r.Data) {
		e.fail(ErrType)
	}
	e.up()
}

// isUnknownResponse reports whether a response of that name is one without a type: a known name is, where a number stands that it doesn't have, or
// lacks one that it does.
func isUnknownResponse(name []byte, numbered bool) bool {
	switch imap.LookupResponse(name) {
	case imap.RespUnknown:
		return true
	case imap.RespExists, imap.RespRecent, imap.RespExpunge, imap.RespFetch, imap.RespUIDFetch, imap.RespConverted, imap.RespCopy, imap.RespStore:
		return !numbered
	}
	return numbered
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return true
}

// data writes what follows the name.
func (e *enc) data(n imap.ResponseName, data imap.Data) bool {
	switch d := data.(type) {
	case nil:
		switch n {
		case imap.RespExists, imap.RespRecent, imap.RespExpunge, imap.RespCopy:
			return true
		}
		return false
	case *imap.Unknown:
		switch n {
		case imap.RespUnknown, imap.RespConversion, imap.RespXApplePushService, imap.RespAnnotation, imap.RespUserGroup, imap.RespMailbox,
			imap.RespCopy, imap.RespStore, imap.RespBBoard:
			if d == nil {
				return false
			}
			if n != imap.RespUnknown && len(d.Name) > 0 && !wire.EqualFold(d.Name, n.String()) {
				e.fail(ErrName)
			}
			if n == imap.RespConversion {
				return e.conversion(d)
			}
			e.unknown(d)
			return true
		}
		return false
	case *imap.Fetch:
		switch n {
		case imap.RespFetch, imap.RespUIDFetch, imap.RespStore:
			return d != nil && e.fetchData(d.Items)
		case imap.RespConverted:
			return d != nil && e.converted5259(d)
		}
		return false
	case *imap.Capabilities:
		if d == nil || n != imap.RespCapability && n != imap.RespEnabled {
			return false
		}
		e.field("List")
		if n == imap.RespCapability && len(d.List) == 0 {
			e.fail(ErrEmpty)
		}
		e.caps(d.List)
		return true
	case *imap.List:
		switch n {
		case imap.RespList, imap.RespLSub, imap.RespXList, imap.RespRList, imap.RespRLSub:
			return d != nil && e.listData(d)
		}
		return false
	case *imap.FlagList:
		if d == nil || n != imap.RespFlags {
			return false
		}
		e.sp()
		e.field("Flags")
		e.flagList(d.Flags, false)
		return true
	case *imap.Words:
		return d != nil && e.wordsData(n, d)
	case *imap.ACL:
		return d != nil && e.aclData(n, d)
	}
	return e.otherData(n, data)
}

// conversion-data = "CONVERSION" SP quoted-from-mime-type SP quoted-to-mime-type [SP "(" transcoding-param-name *(SP ...) ")"] (RFC 5259 §10)
func (e *enc) conversion(u *imap.Unknown) bool {
	if len(u.Values) < 2 || len(u.Values) > 3 || u.Values[0].IsList || u.Values[1].IsList || len(u.Values) == 3 && !u.Values[2].IsList {
		return false
	}
	e.sp()
	e.string(&u.Values[0].Str, str)
	e.sp()
	e.string(&u.Values[1].Str, str)
	if len(u.Values) == 3 {
		e.sp()
		e.extList(u.Values[2].List, false)
	}
	return true
}

// otherData writes the data of the types that belong to one name each.
func (e *enc) otherData(n imap.ResponseName, data imap.Data) bool {
	switch d := data.(type) {
	case *imap.StatusData:
		return d != nil && n == imap.RespStatus && e.statusData(d)
	case *imap.NumList:
		return d != nil && (n == imap.RespSearch || n == imap.RespSort) && e.numList(d)
	case *imap.ESearch:
		return d != nil && n == imap.RespESearch && e.esearch(d)
	case *imap.Threads:
		return d != nil && n == imap.RespThread && e.threads(d)
	case *imap.Vanished:
		return d != nil && n == imap.RespVanished && e.vanished(d)
	case *imap.Namespace:
		return d != nil && n == imap.RespNamespace && e.namespace(d)
	case *imap.ID:
		if d == nil || n != imap.RespID {
			return false
		}
		e.id(d.Pairs)
		return true
	case *imap.QuotaData:
		return d != nil && n == imap.RespQuota && e.quotaData(d)
	case *imap.Metadata:
		return d != nil && n == imap.RespMetadata && e.metadataData(d)
	case *imap.URLData:
		return d != nil && n == imap.RespURLFetch && e.urlData(d)
	case *imap.Batches:
		return d != nil && n == imap.RespUIDBatches && e.batchesData(d)
	}
	return false
}
