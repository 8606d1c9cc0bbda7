package encoder

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// numList writes *(SP nz-number) [SP search-sort-mod-seq] (RFC 9051 §9, RFC 7162 §7).
func (e *enc) numList(l *imap.NumList) bool {
	e.field("Nums")
	for i, n := range l.Nums {
		if n == 0 {
			e.at(i)
			e.fail(ErrNumber)
		}
		if e.src == nil {
			e.b = wire.AppendUint(append(e.b, ' '), uint64(n))
			continue
		}
		e.sp()
		e.number(uint64(n))
	}
	if !l.HasModSeq && l.ModSeq != 0 || l.HasModSeq && len(l.Nums) == 0 {
		e.field("ModSeq")
		e.fail(ErrField)
	}
	if l.HasModSeq {
		e.sp()
		e.byte('(')
		e.word("MODSEQ")
		e.sp()
		e.field("ModSeq")
		e.nz(l.ModSeq)
		e.byte(')')
	}
	return true
}

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data) (RFC 9051 §9)
func (e *enc) esearch(s *imap.ESearch) bool {
	e.searchCorrelator(&s.Tag, &s.Mailbox, s.UIDValidity)
	if s.UID {
		e.sp()
		e.word("UID")
	}
	left := [...]option{
		{"MIN", s.Min != 0},
		{"MAX", s.Max != 0},
		{"COUNT", s.HasCount},
		{"ALL", !s.All.IsZero()},
		{"MODSEQ", s.ModSeq != 0},
	}
	if !s.HasCount && s.Count != 0 {
		e.field("Count")
		e.fail(ErrField)
	}
	said := left
	for next := 0; ; {
		// The source says what comes next; without one, or where it has something else, the order is the one above.
		if e.more() {
			e.pos++
		}
		pick := -1
		for i := range left {
			if left[i].has && (pick < 0 || e.wordFollows(left[i].name)) {
				pick = i
			}
		}
		ext := next < len(s.Ext) && (pick < 0 || !e.wordFollows(left[pick].name) && e.wordFollows(string(s.Ext[next].Name)))
		if pick < 0 && !ext {
			return true
		}
		e.b = append(e.b, ' ')
		if ext {
			e.field("Ext")
			e.at(next)
			for i := range said {
				if s.Ext[next].Is(said[i].name) && (!said[i].has || left[i].has) { // only what was said may be said again
					e.fail(ErrName)
				}
			}
			e.searchExt(&s.Ext[next])
			next++
			continue
		}
		left[pick].has = false
		e.word(left[pick].name)
		e.sp()
		e.searchData(s, left[pick].name)
	}
}

// search-correlator = SP "(" one-correlator *(SP one-correlator) ")"
// one-correlator = "TAG" SP tag-string / "MAILBOX" SP astring / "UIDVALIDITY" SP nz-number (RFC 7377 §4): nothing, the tag, or all three.
func (e *enc) searchCorrelator(tag *imap.String, mailbox *imap.Mailbox, uidValidity uint32) {
	left := [...]option{{"TAG", !tag.IsNil()}, {"MAILBOX", !mailbox.IsZero()}, {"UIDVALIDITY", uidValidity != 0}}
	switch {
	case left[1].has != left[2].has:
		e.field("UIDValidity")
		e.fail(ErrType)
	case left[1].has && !left[0].has:
		e.field("Tag")
		e.fail(ErrEmpty)
	}
	for n := 0; ; n++ {
		if n > 0 && e.more() {
			e.pos++
		}
		pick := -1
		for i := range left {
			if left[i].has && (pick < 0 || e.wordFollows(left[i].name)) {
				pick = i
			}
		}
		switch {
		case pick < 0 && n > 0:
			e.byte(')')
			return
		case pick < 0:
			return
		case n == 0:
			e.sp()
			e.byte('(')
			for i := range left { // the first word is known only now
				if left[i].has && e.wordFollows(left[i].name) {
					pick = i
				}
			}
		default:
			e.b = append(e.b, ' ')
		}
		left[pick].has = false
		e.word(left[pick].name)
		e.sp()
		switch pick {
		case 0:
			e.field("Tag")
			e.tagString(tag)
		case 1:
			e.field("Mailbox")
			e.mailbox(mailbox)
		default:
			e.number(uint64(uidValidity))
		}
	}
}

// tagString writes the tag of a correlator: quoted unless it was read otherwise, since RFC 4466 §3 has a string and RFC 9051 §9 an astring.
func (e *enc) tagString(s *imap.String) {
	if e.Verbatim && s.Form == imap.FormAtom {
		e.string(s, astring)
		return
	}
	e.string(s, str)
}

func (e *enc) searchData(s *imap.ESearch, name string) {
	switch name {
	case "MIN":
		e.number(uint64(s.Min))
	case "MAX":
		e.number(uint64(s.Max))
	case "COUNT":
		e.number(uint64(s.Count))
	case "ALL":
		e.field("All")
		if s.All.IsSaved() {
			e.fail(ErrSet)
		}
		e.set(s.All)
	default:
		e.field("ModSeq")
		e.nz(s.ModSeq)
	}
}

// search-ret-data-ext = search-modifier-name SP search-return-value (RFC 9051 §9)
func (e *enc) searchExt(p *imap.Param) {
	if p.Is("UID") {
		e.fail(ErrName)
	}
	if !p.HasValue {
		e.fail(ErrEmpty)
	}
	if !wire.IsAtom(p.Name) {
		e.fail(ErrAtom)
		return
	}
	e.raw(p.Name)
	e.sp()
	e.down()
	e.field("Value")
	e.searchExtValue(p)
	e.up()
}

// searchExtValue writes what follows the name.
//
//	ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")"        partial-results = sequence-set / "NIL" (RFC 9394 §4)
//	ret-data-addto   = "ADDTO" SP "(" context-position SP sequence-set *(SP context-position SP sequence-set) ")" (RFC 5267 §5)
//	score-list       = "(" [score *(SP score)] ")" (RFC 6203 §7)
func (e *enc) searchExtValue(p *imap.Param) {
	list := p.Value.List
	words := p.Value.IsList
	for i := range list {
		words = words && !list[i].IsList
	}
	ok := true
	switch {
	case p.Is("PARTIAL"):
		if ok = words && len(list) == 2 && isPartialRange(list[0].Str.Raw); ok {
			e.byte('(')
			e.raw(list[0].Str.Raw)
			e.sp()
			if list[1].Str.IsNil() {
				e.word("NIL")
			} else {
				e.uidSet(imap.NumSet{Raw: list[1].Str.Raw})
			}
			e.byte(')')
		}
	case p.Is("ADDTO"), p.Is("REMOVEFROM"):
		if ok = words && len(list) > 0 && len(list)%2 == 0; ok {
			e.byte('(')
			for i := range list {
				if i > 0 {
					e.sp()
				}
				if i%2 == 0 {
					e.bareNumber(&list[i].Str, 1<<32-1)
				} else {
					e.uidSet(imap.NumSet{Raw: list[i].Str.Raw})
				}
			}
			e.byte(')')
		}
	case p.Is("RELEVANCY"):
		if ok = words; ok {
			e.byte('(')
			for i := range list {
				if i > 0 {
					e.sp()
				}
				e.bareNumber(&list[i].Str, 100)
			}
			e.byte(')')
		}
	default:
		e.taggedExtVal(&p.Value)
	}
	if !ok {
		e.fail(ErrType)
	}
}

// thread-data = "THREAD" [SP 1*thread-list]        thread-list = "(" (thread-members / thread-nested) ")"
// thread-members = nz-number *(SP nz-number) [SP thread-nested]        thread-nested = 2*thread-list (RFC 5256 §5)
//
// A node's only child follows it, several stand in parentheses each. A parent that is not there has at least two children.
func (e *enc) threads(t *imap.Threads) bool {
	e.field("Nodes")
	nodes := t.Nodes
	if len(nodes) == 0 {
		return true
	}
	e.sp()
	var fewBrothers, few [64]bool
	sibling := siblings(fewBrothers[:0], nodes)
	paren := few[:0] // for the node at each depth above: whether it opened a parenthesis
	for i, n := range nodes {
		e.at(i)
		d := int(n.Depth)
		if i == 0 && d > 0 || d > len(paren) {
			e.fail(ErrDepth)
			return true
		}
		for len(paren) > d {
			if paren[len(paren)-1] {
				e.byte(')')
			}
			paren = paren[:len(paren)-1]
		}
		missing := n.Num == 0
		only := d > 0 && !sibling[i]
		if missing && (only || i+1 == len(nodes) || nodes[i+1].Depth != n.Depth+1 || !sibling[i+1]) {
			e.fail(ErrEmpty)
			return true
		}
		switch {
		case only:
			e.sp()
		default:
			if d > 0 && nodes[i-1].Depth < n.Depth && nodes[i-1].Num != 0 {
				e.sp()
			}
			e.byte('(')
		}
		paren = append(paren, !only)
		if !missing {
			e.number(uint64(n.Num))
		}
	}
	for len(paren) > 0 {
		if paren[len(paren)-1] {
			e.byte(')')
		}
		paren = paren[:len(paren)-1]
	}
	return true
}

// siblings appends to dst, for each node, whether its parent has other children.
func siblings(dst []bool, nodes []imap.ThreadNode) []bool {
	var few [64]int
	last := few[:0] // at each depth the node that came last below the current parent
	for i, n := range nodes {
		dst = append(dst, false)
		switch d := int(n.Depth); {
		case d < len(last):
			dst[i], dst[last[d]] = true, true
			last = append(last[:d], i)
		default: // one that lies deeper than a child is refused when its turn to be written comes
			last = append(last, i)
		}
	}
	return dst
}

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids (RFC 7162 §7)
func (e *enc) vanished(v *imap.Vanished) bool {
	e.sp()
	if v.Earlier {
		e.byte('(')
		e.word("EARLIER")
		e.byte(')')
		e.sp()
	}
	e.field("UIDs")
	e.uidSet(v.UIDs)
	return true
}

// uidbatches-response = "UIDBATCHES" search-correlator [SP uid-range *("," uid-range)] (RFC 10022 §4)
func (e *enc) batchesData(b *imap.Batches) bool {
	if b.Tag.IsNil() {
		e.field("Tag")
		e.fail(ErrEmpty)
	}
	e.searchCorrelator(&b.Tag, &b.Mailbox, b.UIDValidity)
	if !b.Ranges.IsZero() {
		e.sp()
		e.field("Ranges")
		e.uidSet(b.Ranges)
	}
	return true
}

// urlfetch-data = "URLFETCH" 1*(SP (urldata-simple / urldata-ext / urldata-error))
// urldata-simple = SP url-full SP nstring        urldata-ext = SP url-full 1*(SP "(" url-metadata-el ")") (RFC 4467 §9, RFC 5524 §4)
func (e *enc) urlData(u *imap.URLData) bool {
	e.field("Items")
	if len(u.Items) == 0 {
		e.fail(ErrEmpty)
	}
	for i := range u.Items {
		e.at(i)
		it := &u.Items[i]
		e.down()
		e.sp()
		e.stringField("URL", &it.URL, astring)
		if it.Parts == nil {
			e.sp()
			e.stringField("Data", &it.Data, nstring)
			e.up()
			continue
		}
		e.field("Parts")
		if len(it.Parts) == 0 || !it.Data.IsNil() {
			e.fail(ErrField)
		}
		for k := range it.Parts {
			e.at(k)
			e.urlPart(&it.Parts[k])
		}
		e.up()
	}
	return true
}

// url-metadata-el = "BODYPARTSTRUCTURE" SP body / "BODY" SP nstring / "BINARY" SP (nstring / literal8) (RFC 5524 §4): a list of a name and a value.
// What an extension adds has a value of the generic syntax.
func (e *enc) urlPart(v *imap.Value) {
	if !v.IsList || len(v.List) != 2 || v.List[0].IsList {
		e.fail(ErrType)
		return
	}
	name, value := &v.List[0].Str, &v.List[1]
	e.sp()
	e.byte('(')
	e.atomString(name)
	e.sp()
	switch {
	case name.Is("BODYPARTSTRUCTURE"):
		if !isBody(value) {
			e.fail(ErrType)
			return
		}
		e.bodyAsValue(value)
	case !name.Is("BODY") && !name.Is("BINARY"):
		e.value(value)
	case value.IsList:
		e.fail(ErrType)
	case name.Is("BODY"):
		e.string(&value.Str, nstring)
	default:
		e.string(&value.Str, nstring|literal8)
	}
	e.byte(')')
}
