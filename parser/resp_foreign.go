package parser

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// oddLine reads what doesn't begin with "* ": continuation requests, tagged responses, and lines that QuirkLeadingNUL, QuirkLeadingSpace,
// QuirkMissingStar and QuirkForeignProtocol forgive.
func (p *Parser) oddLine() bool {
	if p.i > 0 { // "*" without SP
		if p.peek() == '\t' {
			p.leaf(syntax.KindStar, p.i-1)
			return p.sp() && p.untagged()
		}
		if c := p.peek(); c != 0 && c != '\r' && c != '\n' && p.quirk(QuirkMissingSpace, p.i, p.i+1) {
			p.leaf(syntax.KindStar, p.i-1)
			return p.untagged()
		}
		return p.fail(ExpectSP)
	}
	p.leadingBytes()
	switch p.peek() {
	case '*':
		if p.i > 0 {
			return p.responseLine()
		}
	case '+':
		return p.continueReq()
	}
	return p.responseTagged()
}

// leadingBytes skips NULs and blanks before a response.
func (p *Parser) leadingBytes() {
	for p.i < len(p.b) {
		start, c := p.i, p.b[p.i]
		if c != 0 && c != ' ' {
			return
		}
		x := QuirkLeadingNUL
		if c == ' ' {
			x = QuirkLeadingSpace
		}
		for p.i < len(p.b) && p.b[p.i] == c {
			p.i++
		}
		if p.i == len(p.b) || !p.quirk(x, start, p.i) {
			p.i = start
			return
		}
	}
}

// statusLeftOut says that what stands behind the tag tells that a command is completed, but for its OK: "A1 SELECT completed", as examples of
// RFC 1730, RFC 2060 and RFC 4314 had it.
func (p *Parser) statusLeftOut() bool {
	line := p.b[p.i:lineEnd(p.b)]
	first, rest, ok := bytes.Cut(line, []byte{' '})
	if p.isUID(first) {
		first, rest, ok = bytes.Cut(rest, []byte{' '})
	}
	if !ok || imap.LookupCommand(first) == imap.CmdUnknown {
		return false
	}
	last := bytes.TrimRight(rest[bytes.LastIndexByte(rest, ' ')+1:], ".!")
	for _, w := range [...]string{"completed", "complete", "successful", "succeeded", "done", "finished"} {
		if wire.EqualFold(last, w) {
			return true
		}
	}
	return false
}

// textLine reads text to the end of the line, as the whole rest of the response.
func (p *Parser) textLine() (ok bool) {
	p.resp.Text, ok = p.text(syntax.KindText)
	return ok && p.crlf()
}

// starless reads the line that starts at start as an untagged response that lacks its star, if it is one from there to its end.
func (p *Parser) starless(start int) bool {
	i := start
	for i < len(p.b) && p.b[i]-'0' <= 9 {
		i++
	}
	counted := i > start
	if counted && i < len(p.b) && p.b[i] == ' ' {
		i++
	}
	from := i
	for i < len(p.b) && class[p.b[i]]&clsAtom != 0 {
		i++
	}
	name := imap.LookupResponse(p.b[from:i])
	if name == imap.RespUnknown || name == imap.RespState || counted != numberedResponse(name) {
		return false
	}
	notes := len(p.Notes)
	if !p.quirk(QuirkMissingStar, start, start) {
		return false
	}
	p.begun = true
	p.resp = imap.Response{}
	p.dropTree()
	p.i = start
	if p.untagged() && p.first.code == ErrorNone {
		return true
	}
	p.fault, p.first, p.depth = fault{}, fault{}, 0
	p.Notes = p.Notes[:notes]
	return false
}

// foreignLine forgives a line that is no response at all. One that begins with a status word, with a response code or with the data of an
// untagged response lacks its star; any other one is another protocol's, or a broken server's, and becomes an untagged BAD whose text is the
// line. is says that the line was such a one, ok that it could be read.
func (p *Parser) foreignLine(start int) (is, ok bool) {
	if p.peek() == 0 || !p.Quirks.Has(QuirkMissingStar) && !p.Quirks.Has(QuirkForeignProtocol) {
		return false, false
	}
	saved := p.i
	p.i = start
	word := p.b[p.i : p.i+p.run(clsAtom)]
	status := imap.LookupStatus(word)
	bracket := p.b[start] == '['
	r := &p.resp
	if (status != 0 || bracket && imap.LookupCode(p.codeWord()) != 0) && p.quirk(QuirkMissingStar, start, start) {
		p.begun = true
		*r = imap.Response{Name: imap.RespState, Status: imap.OK}
		p.dropTree()
		if bracket {
			return true, p.respText() && p.crlf()
		}
		p.i += len(word)
		return true, p.respCond(start)
	}
	if p.starless(start) {
		return true, true
	}
	p.i = start
	if !p.quirk(QuirkForeignProtocol, start, start+1) {
		p.i = saved
		return false, false
	}
	p.begun = true
	*r = imap.Response{Name: imap.RespState, Status: imap.BAD}
	p.dropTree()
	return true, p.textLine()
}

// codeWord is the atom behind the "[" at the cursor.
func (p *Parser) codeWord() []byte {
	i := p.i + 1
	for i < len(p.b) && class[p.b[i]]&clsAtom != 0 {
		i++
	}
	return p.b[p.i+1 : i]
}

// dropTree takes back the nodes below the root, for a line that is read again from its start.
func (p *Parser) dropTree() { p.dropNodes(0, 1) }
