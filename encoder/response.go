package encoder

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// AppendResponse appends r to dst, CRLF included. A detached literal is an error here. On error dst comes back as it was; the error is an
// [*Error].
func AppendResponse(dst []byte, r *imap.Response, o Options) ([]byte, error) {
	var e enc
	e.start(dst, o)
	e.response(r)
	if e.err != nil {
		t := e.again(dst)
		t.response(r)
		return dst, t.fault(e.err)
	}
	return e.b, nil
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
		e.words("+ ")
	case imap.Tagged:
		if !wire.IsTag([]byte(r.Tag)) {
			e.fail(ErrTag)
		}
		e.raw(r.Tag)
		e.sp()
	case imap.Untagged:
		e.words("* ")
	default:
		e.field("Kind")
		e.fail(ErrName)
	}
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
		e.field("Code")
		e.down()
		e.code(r.Code)
		e.up()
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
		case !isUnknown || u == nil || !wire.IsAtom(u.Name) || imap.LookupResponse(u.Name) != imap.RespUnknown, // a known name has its type
			!numbered && wire.Class[u.Name[0]]&wire.Digit != 0: // it would pass for a number
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

// data writes what follows the name, and reports whether the data has the type that belongs to it.
func (e *enc) data(n imap.ResponseName, data imap.Data) bool {
	switch n {
	case imap.RespExists, imap.RespRecent, imap.RespExpunge:
		return data == nil
	case imap.RespFetch, imap.RespUIDFetch:
		d, ok := data.(*imap.Fetch)
		return ok && d != nil && e.fetchData(d.Items)
	case imap.RespList, imap.RespLSub, imap.RespXList, imap.RespRList, imap.RespRLSub:
		d, ok := data.(*imap.List)
		return ok && d != nil && e.listData(d)
	case imap.RespSearch, imap.RespSort:
		d, ok := data.(*imap.NumList)
		return ok && d != nil && e.numList(d)
	case imap.RespESearch:
		d, ok := data.(*imap.ESearch)
		return ok && d != nil && e.esearch(d)
	case imap.RespThread:
		d, ok := data.(*imap.Threads)
		return ok && d != nil && e.threads(d)
	case imap.RespVanished:
		d, ok := data.(*imap.Vanished)
		return ok && d != nil && e.vanished(d)
	case imap.RespUIDBatches:
		d, ok := data.(*imap.Batches)
		return ok && d != nil && e.batchesData(d)
	case imap.RespURLFetch:
		d, ok := data.(*imap.URLData)
		return ok && d != nil && e.urlData(d)
	case imap.RespConverted:
		d, ok := data.(*imap.Fetch)
		return ok && d != nil && e.converted5259(d)
	}
	return e.mailboxData(n, data)
}

// mailboxData is data for the responses about mailboxes and the server.
func (e *enc) mailboxData(n imap.ResponseName, data imap.Data) bool {
	switch n {
	case imap.RespCapability, imap.RespEnabled:
		d, ok := data.(*imap.Capabilities)
		return ok && d != nil && e.capabilityData(n, d)
	case imap.RespFlags:
		d, ok := data.(*imap.FlagList)
		return ok && d != nil && e.flagsData(d)
	case imap.RespStatus:
		d, ok := data.(*imap.StatusData)
		return ok && d != nil && e.statusData(d)
	case imap.RespNamespace:
		d, ok := data.(*imap.Namespace)
		return ok && d != nil && e.namespace(d)
	case imap.RespID:
		d, ok := data.(*imap.ID)
		return ok && d != nil && e.id(d.Pairs)
	case imap.RespQuota:
		d, ok := data.(*imap.QuotaData)
		return ok && d != nil && e.quotaData(d)
	case imap.RespACL, imap.RespMyRights, imap.RespListRights:
		d, ok := data.(*imap.ACL)
		return ok && d != nil && e.aclData(n, d)
	case imap.RespMetadata:
		d, ok := data.(*imap.Metadata)
		return ok && d != nil && e.metadataData(d)
	case imap.RespLanguage, imap.RespComparator, imap.RespGenURLAuth, imap.RespJMAPAccess, imap.RespQuotaRoot:
		d, ok := data.(*imap.Words)
		return ok && d != nil && e.wordsData(n, d)
	}
	return e.untypedData(n, data)
}

// untypedData is data for the responses that have no type, and those that are not known.
func (e *enc) untypedData(n imap.ResponseName, data imap.Data) bool {
	if f, ok := data.(*imap.Fetch); ok && n == imap.RespStore {
		return f != nil && e.fetchData(f.Items)
	}
	if n == imap.RespCopy && data == nil {
		return true
	}
	d, ok := data.(*imap.Unknown)
	if !ok || d == nil {
		return false
	}
	switch n {
	case imap.RespUnknown:
	case imap.RespConversion, imap.RespXApplePushService, imap.RespAnnotation, imap.RespUserGroup, imap.RespMailbox, imap.RespCopy, imap.RespStore,
		imap.RespBBoard:
		if len(d.Name) > 0 && !wire.EqualFold(d.Name, n.String()) {
			e.fail(ErrName)
		}
	default:
		return false
	}
	if n == imap.RespConversion {
		return e.conversion(d)
	}
	e.unknown(d)
	return true
}

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)        enable-data = "ENABLED" *(SP capability) (RFC 9051 §9)
func (e *enc) capabilityData(n imap.ResponseName, d *imap.Capabilities) bool {
	e.field("List")
	if n == imap.RespCapability && len(d.List) == 0 {
		e.fail(ErrEmpty)
	}
	e.caps(d.List)
	return true
}

// mailbox-data = "FLAGS" SP flag-list (RFC 9051 §9)
func (e *enc) flagsData(d *imap.FlagList) bool {
	e.sp()
	e.field("Flags")
	e.flagList(d.Flags, false)
	return true
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
