package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// responseStore is the storage that only responses need.
type responseStore struct {
	capabilities imap.Capabilities
	fetch        imap.Fetch
	list         imap.List
	status       imap.StatusData
	numList      imap.NumList
	esearch      imap.ESearch
	threads      imap.Threads
	flagList     imap.FlagList
	vanished     imap.Vanished
	namespace    imap.Namespace
	id           imap.ID
	quota        imap.QuotaData
	acl          imap.ACL
	metadata     imap.Metadata
	words        imap.Words
	urls         imap.URLData
	batches      imap.Batches

	items          slab[imap.FetchData]
	envelopes      slab[imap.Envelope]
	addresses      slab[imap.Address]
	bodies         slab[imap.BodyStructure]
	parts          slab[*imap.BodyStructure]
	threadNodes    slab[imap.ThreadNode]
	namespaceItems slab[imap.NamespaceItem]
	quotas         slab[imap.Quota]
	urlItems       slab[imap.URLDatum]

	partStack  []*imap.BodyStructure
	bodyFrames []bodyFrame
	lists      []int // open thread lists
}

func (s *responseStore) reset() {
	s.envelopes.reset()
	s.addresses.reset()
	s.bodies.reset()
	s.parts.reset()
	s.threadNodes.reset()
	s.namespaceItems.reset()
	s.quotas.reset()
	s.urlItems.reset()
	s.partStack, s.bodyFrames, s.lists = s.partStack[:0], s.bodyFrames[:0], s.lists[:0]
}

// response reads a greeting, a continuation request, or an untagged or tagged response, to its CRLF.
//
//	response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data / enable-data) CRLF
//
// RFC 9051 §9.
func (p *Parser) response() bool {
	mark := p.open(syntax.KindResponse)
	ok := p.responseLine()
	if ok && p.Tree != nil {
		end := p.i
		last := p.Tree.Nodes[len(p.Tree.Nodes)-1] // a CR before the line end may be its last octet
		p.i = max(lineEnd(p.b[:end]), int(last.End))
		p.closeNodes(mark + 1) // the data that the response holds: the CRLF is the response's own
		p.i = end
		p.close(mark)
	}
	return ok
}

func (p *Parser) responseLine() bool {
	if p.peek() == '*' {
		p.begun = true
		if p.fetchHead() {
			return p.msgAtt() && p.crlf()
		}
		p.i++
		if p.peek() == ' ' {
			p.leaf(syntax.KindStar, p.i-1)
			return p.sp() && p.untagged()
		}
		return p.oddLine()
	}
	return p.oddLine()
}

// fetchHead takes "* " nz-number " FETCH " in the form that servers write it in, which is how most responses begin. On false nothing was taken.
func (p *Parser) fetchHead() bool {
	b := p.b
	if len(b) < 16 || b[1] != ' ' || b[2]-'1' > 8 {
		return false
	}
	v, i := uint32(b[2]-'0'), 3
	for i < 11 && b[i]-'0' <= 9 {
		v = v*10 + uint32(b[i]-'0')
		i++
	}
	if len(b)-i < 8 || load64(b, i) != fetchWord || p.i != 0 {
		return false
	}
	p.resp.Num, p.resp.Name = v, imap.RespFetch
	if p.Tree != nil {
		p.i = 1
		p.leaf(syntax.KindStar, 0)
		p.openAt(syntax.KindMessageData, 2)
		p.i = i
		p.leaf(syntax.KindNumber, 2)
		p.i = i + 6
		p.leaf(syntax.KindKeyword, i+1)
	}
	p.i = i + 7
	return true
}

// fetchWord is " FETCH (" as load64 reads it.
const fetchWord = uint64(' ') | 'F'<<8 | 'E'<<16 | 'T'<<24 | 'C'<<32 | 'H'<<40 | ' '<<48 | '('<<56

// untagged reads what follows "* ".
func (p *Parser) untagged() bool {
	if p.peek()-'0' <= 9 {
		return p.plainNumbered() || p.numbered()
	}
	start := p.i
	name, n := knownResponse(p.b, start)
	if n == 0 {
		n = p.run(clsAtom)
		if n == 0 || p.i+n >= len(p.b) || p.b[start] == '[' {
			return p.untaggedOdd(n)
		}
		name = imap.LookupResponse(p.b[start : start+n])
	}
	word := p.b[start : start+n : start+n]
	p.i += n
	r := &p.resp
	r.Name = name
	if name == imap.RespState {
		return p.respCond(start)
	}
	if numberedResponse(name) {
		p.i -= n // the word alone is none: its number comes first
		return p.failAt(ErrorExpectedNumber, start+n, ExpectNumber)
	}
	if name == imap.RespUnknown {
		return p.unknownResponse(word, start)
	}
	if k := dataKind(name); k != 0 {
		p.openAt(k, start)
	}
	p.leaf(syntax.KindKeyword, start)
	p.used = name != imap.RespList
	switch name {
	case imap.RespCapability:
		return p.capabilityData()
	case imap.RespEnabled:
		return p.enableData()
	case imap.RespVanished:
		return p.expungedResp()
	case imap.RespList, imap.RespLSub, imap.RespXList, imap.RespRList, imap.RespRLSub:
		return p.mailboxList()
	case imap.RespNamespace:
		return p.namespaceResponse()
	case imap.RespStatus:
		return p.statusData()
	case imap.RespSearch, imap.RespSort:
		return p.searchData()
	case imap.RespESearch:
		return p.esearchResponse()
	case imap.RespThread:
		return p.threadData()
	case imap.RespFlags:
		return p.flagsData()
	case imap.RespID:
		return p.idResponse()
	case imap.RespACL:
		return p.aclData()
	case imap.RespListRights:
		return p.listrightsData()
	case imap.RespMyRights:
		return p.myrightsData()
	case imap.RespQuota:
		return p.quotaResponse()
	case imap.RespQuotaRoot:
		return p.quotarootResponse()
	case imap.RespMetadata:
		return p.metadataResp()
	case imap.RespLanguage:
		return p.languageData()
	case imap.RespComparator:
		return p.comparatorData()
	case imap.RespGenURLAuth:
		return p.genurlauthData()
	case imap.RespURLFetch:
		return p.urlfetchData()
	case imap.RespConversion:
		return p.conversionData()
	case imap.RespJMAPAccess:
		return p.jmapaccessData()
	case imap.RespUIDBatches:
		return p.uidbatchesResponse()
	}
	return p.vendorResponse(word)
}

// knownResponse knows the names that most responses without a number have, as servers write them, by one load and a comparison. n is 0 for any
// other.
func knownResponse(b []byte, i int) (name imap.ResponseName, n int) {
	if len(b)-i < 8 {
		return imap.RespUnknown, 0
	}
	switch x := load64(b, i); {
	case x&mask24 == 'O'|'K'<<8|' '<<16, x&mask24 == 'N'|'O'<<8|' '<<16:
		return imap.RespState, 2
	case x&mask40 == 'L'|'I'<<8|'S'<<16|'T'<<24|' '<<32:
		return imap.RespList, 4
	case x&mask48 == 'F'|'L'<<8|'A'<<16|'G'<<24|'S'<<32|' '<<40:
		return imap.RespFlags, 5
	case x&mask56 == 'S'|'E'<<8|'A'<<16|'R'<<24|'C'<<32|'H'<<40|' '<<48:
		return imap.RespSearch, 6
	case x&mask56 == 'S'|'T'<<8|'A'<<16|'T'<<24|'U'<<32|'S'<<40|' '<<48:
		return imap.RespStatus, 6
	}
	return imap.RespUnknown, 0
}

// numberedResponse says that a response of this name has its number first.
func numberedResponse(n imap.ResponseName) bool {
	switch n {
	case imap.RespExists, imap.RespRecent, imap.RespExpunge, imap.RespFetch, imap.RespUIDFetch, imap.RespConverted, imap.RespCopy, imap.RespStore:
		return true
	}
	return false
}

// untaggedOdd is untagged where no word stands: QuirkMissingStatus takes "* [CODE] text" as OK.
func (p *Parser) untaggedOdd(n int) bool {
	if p.peek() == '[' && p.i+n < len(p.b) && p.quirk(QuirkMissingStatus, p.i, p.i+1) {
		p.resp.Name, p.resp.Status = imap.RespState, imap.OK
		return p.respText() && p.crlf()
	}
	if p.peek() != '[' {
		p.i += n
	}
	return p.fail(ExpectResponse | ExpectNumber)
}

// plainNumbered reads EXISTS, RECENT and EXPUNGE in the plain form of plain.go. On false nothing was taken.
func (p *Parser) plainNumbered() bool {
	b, start := p.b, p.i
	num, end := plainNumber(b, start)
	if end < 0 || num > max32 || len(b)-end < 8 || b[end] != ' ' {
		return false
	}
	r, word := &p.resp, end+1
	switch x := load64(b, end); {
	case x == existsWord:
		r.Name, end = imap.RespExists, word+6
	case x == recentWord:
		r.Name, end = imap.RespRecent, word+6
	case x == expungeWord && num > 0 && b[start] != '0':
		r.Name, end = imap.RespExpunge, word+7
	default:
		return false
	}
	if end+2 != len(b) || b[end] != '\r' || b[end+1] != '\n' {
		r.Name = imap.RespUnknown
		return false
	}
	r.Num = uint32(num)
	if p.Tree != nil {
		p.openNode(dataKind(r.Name), start)
		p.addToken(0, syntax.KindNumber, spanOf(start, word-1))
		p.addToken(0, syntax.KindKeyword, spanOf(word, end))
	}
	p.i = end + 2
	return true
}

// What stands behind the number of most responses that have one, as load64 reads it.
const (
	existsWord  = uint64(' ') | 'E'<<8 | 'X'<<16 | 'I'<<24 | 'S'<<32 | 'T'<<40 | 'S'<<48 | '\r'<<56
	recentWord  = uint64(' ') | 'R'<<8 | 'E'<<16 | 'C'<<24 | 'E'<<32 | 'N'<<40 | 'T'<<48 | '\r'<<56
	expungeWord = uint64(' ') | 'E'<<8 | 'X'<<16 | 'P'<<24 | 'U'<<32 | 'N'<<40 | 'G'<<48 | 'E'<<56
)

// numbered reads the responses that begin with a number.
//
//	mailbox-data =/ number SP "EXISTS"
//	message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))
func (p *Parser) numbered() bool {
	start := p.i
	p.openAt(syntax.KindMessageData, start)
	v, ok := p.digits(0, syntax.KindNumber, max32, ExpectNumber)
	if !ok {
		return false
	}
	numEnd := p.i
	r := &p.resp
	r.Num = uint32(v)
	if !p.sp() {
		return false
	}
	at := p.i
	n := p.run(clsAtom)
	if n == 0 || p.i+n >= len(p.b) {
		if v == 0 {
			return p.failNumbered()
		}
		p.i += n
		return p.fail(ExpectResponse)
	}
	word := p.b[at : at+n : at+n]
	name := imap.LookupResponse(word)
	if !numberedResponse(name) {
		if name != imap.RespUnknown { // until the word ended, one that nobody knows could come
			return p.failAt(ErrorExpectedResponse, at+n, ExpectResponse)
		}
		// Only known names may count from zero: in a value without a type the number 0 is none.
		if v == 0 && !p.quirk(QuirkZeroNumber, start, numEnd) {
			return p.failNumbered()
		}
		p.i += n
		p.becomes(syntax.KindVendorResponse)
		return p.unknownResponse(word, at)
	}
	r.Name = name
	p.becomes(dataKind(name))
	if p.b[start] == '0' && name != imap.RespExists && name != imap.RespRecent && !p.quirk(QuirkZeroNumber, start, numEnd) {
		return p.failAt(ErrorExpectedNzNumber, at+n, ExpectNzNumber) // until the word ended, "* 0 EXISTS" or another word could come
	}
	p.i += n
	p.leaf(syntax.KindKeyword, at)
	switch name {
	case imap.RespFetch, imap.RespUIDFetch, imap.RespStore:
		if name == imap.RespStore && p.peek() == '\r' {
			return p.crlf()
		}
		if p.i < len(p.b) && p.b[p.i] == ' ' {
			r.Data = &p.responses.fetch
		}
		return p.sp() && p.msgAtt() && p.crlf()
	case imap.RespConverted:
		return p.convertedData()
	}
	return p.crlf()
}

// failStatus fails where the status of a tagged response should stand.
func (p *Parser) failStatus() bool {
	c := p.choice()
	c.add("OK")
	c.add("NO")
	c.add("BAD")
	return c.fail(ExpectStatus, ExpectSP)
}

// failNumbered fails at what is no name of a response that counts.
func (p *Parser) failNumbered() bool {
	return p.failWord(ExpectResponse, "EXISTS", "RECENT", "EXPUNGE", "FETCH", "UIDFETCH", "CONVERTED", "COPY", "STORE")
}

// unknownResponse reads a response that no RFC of ours has: RFC 9051 §2.2.2 asks to take what comes.
func (p *Parser) unknownResponse(word []byte, start int) bool {
	p.leaf(syntax.KindUnknownResponse, start)
	p.resp.Name = imap.RespUnknown
	if !p.wordEnds(word) {
		return false
	}
	u, ok := p.unknownRest(word, start)
	p.resp.Data = u
	return ok && p.crlf()
}

// wordEnds says that the name of a response without a type of its own ends where it was read: nothing but SP or the line end follows it.
func (p *Parser) wordEnds(word []byte) bool {
	if c := p.peek(); c == ' ' || c == '\t' || c == '\r' || c == '\n' || p.quirk(QuirkMissingSpace, p.i, p.i+1) {
		return true
	}
	u := p.unknowns.one()
	u.Name = word
	p.resp.Data = u
	return p.fail(ExpectSP | ExpectCRLF)
}

// vendorResponse reads a response that is known by name only.
func (p *Parser) vendorResponse(word []byte) bool {
	if !p.wordEnds(word) {
		return false
	}
	notes := len(p.Notes)
	u, ok := p.unknownRest(word, p.i-len(word))
	p.resp.Data = u
	if ok {
		p.Notes = p.Notes[:notes]
	}
	return ok && p.crlf()
}

// response-tagged = tag SP resp-cond-state CRLF
//
//	tag = 1*<any ASTRING-CHAR except "+">
func (p *Parser) responseTagged() bool {
	start := p.i
	n := p.run(clsTag)
	if n == 0 || p.i+n >= len(p.b) {
		if n == 0 && p.i < len(p.b) {
			if is, ok := p.foreignLine(start); is {
				return ok
			}
		}
		p.i += n
		return p.failWord(ExpectTag|ExpectWord, "*", "+")
	}
	word := p.i + n
	if p.b[word] == ' ' {
		p.begun = true
		p.resp.Kind, p.resp.Tag, p.resp.Name = imap.Tagged, p.b[start:word:word], imap.RespState
		p.i = word
		p.leaf(syntax.KindTag, start)
		if !p.sp() {
			return false
		}
		at := p.i
		p.i += p.run(clsAtom)
		if p.i < len(p.b) {
			switch s := imap.LookupStatus(p.b[at:p.i]); s {
			case imap.OK, imap.NO, imap.BAD:
				return p.respCond(at)
			case imap.BYE, imap.PREAUTH:
				if p.quirk(QuirkTaggedBye, at, p.i) {
					return p.respCond(at)
				}
			}
		}
		p.i = at
		if p.statusLeftOut() && p.quirk(QuirkMissingStatus, at, at) {
			p.resp.Status = imap.OK
			return p.textLine()
		}
		if is, ok := p.foreignLine(start); is {
			return ok
		}
		return p.failStatus()
	}
	if is, ok := p.foreignLine(start); is {
		return ok
	}
	p.i = word
	return p.fail(ExpectSP)
}

// continue-req = "+" SP (resp-text / base64) CRLF
//
// Whether the text is base64 only the caller knows. QuirkPlusWithoutSpace takes "+" CRLF, and text right behind the plus.
func (p *Parser) continueReq() bool {
	r := &p.resp
	r.Kind, r.Name = imap.Continue, imap.RespState
	p.begun = true
	mark := p.open(syntax.KindContinueReq)
	p.i++
	p.leaf(syntax.KindPlus, p.i-1)
	if p.peek() != ' ' {
		if p.i == len(p.b) || !p.quirk(QuirkPlusWithoutSpace, p.i-1, p.i) {
			return p.fail(ExpectSP)
		}
		var ok bool
		if r.Text, ok = p.text(syntax.KindText); !ok {
			return false
		}
		p.close(mark)
		return p.crlf()
	}
	if !p.respText() {
		return false
	}
	p.close(mark)
	return p.crlf()
}

// dataKind is the kind of the node that holds the data of an untagged response, 0 where its rule opens one itself.
func dataKind(n imap.ResponseName) syntax.Kind {
	switch n {
	case imap.RespCapability:
		return 0
	case imap.RespURLFetch:
		return syntax.KindUrlfetchData
	case imap.RespEnabled:
		return syntax.KindEnableData
	case imap.RespList, imap.RespLSub, imap.RespXList, imap.RespRList, imap.RespRLSub, imap.RespStatus:
		return syntax.KindMailboxData
	case imap.RespNamespace:
		return syntax.KindNamespaceResponse
	case imap.RespSearch:
		return syntax.KindSearchData
	case imap.RespESearch:
		return syntax.KindEsearchResponse
	case imap.RespSort:
		return syntax.KindSortData
	case imap.RespThread:
		return syntax.KindThreadData
	case imap.RespFlags:
		return syntax.KindFlagsData
	case imap.RespExists:
		return syntax.KindExistsData
	case imap.RespRecent:
		return syntax.KindObsoleteRecentResponse
	case imap.RespExpunge:
		return syntax.KindExpungeData
	case imap.RespFetch, imap.RespConverted:
		return syntax.KindMessageData
	case imap.RespUIDFetch:
		return syntax.KindUidfetchResp
	case imap.RespVanished:
		return syntax.KindExpungedResp
	case imap.RespID:
		return syntax.KindIdResponse
	case imap.RespACL:
		return syntax.KindAclData
	case imap.RespListRights:
		return syntax.KindListrightsData
	case imap.RespMyRights:
		return syntax.KindMyrightsData
	case imap.RespQuota:
		return syntax.KindQuotaResponse
	case imap.RespQuotaRoot:
		return syntax.KindQuotarootResponse
	case imap.RespMetadata:
		return syntax.KindMetadataResp
	case imap.RespLanguage:
		return syntax.KindLanguageData
	case imap.RespComparator:
		return syntax.KindComparatorData
	case imap.RespGenURLAuth:
		return syntax.KindGenurlauthData
	case imap.RespConversion:
		return syntax.KindConversionData
	case imap.RespJMAPAccess:
		return syntax.KindJmapaccessData
	case imap.RespUIDBatches:
		return syntax.KindUidbatchesResponse
	case imap.RespAnnotation:
		return syntax.KindAnnotationResp
	}
	return syntax.KindVendorResponse
}

// lineEnd is where the line end of the message b begins.
func lineEnd(b []byte) int {
	i := len(b)
	if i > 0 && b[i-1] == '\n' {
		i--
	}
	for i > 0 && b[i-1] == '\r' {
		i--
	}
	return i
}
