package parser

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
//
//	resp-cond-auth = ("OK" / "PREAUTH") SP resp-text    resp-cond-bye = "BYE" SP resp-text
//
// The word from start to the cursor has been read.
func (p *Parser) respCond(start int) bool {
	r := &p.resp
	r.Name = imap.RespState
	r.Status = imap.LookupStatus(p.b[start:p.i])
	kind := syntax.KindRespCondState
	if r.Status == imap.BYE {
		kind = syntax.KindRespCondBye
	} else if r.Status == imap.PREAUTH {
		kind = syntax.KindRespCondAuth
	}
	mark := p.openAt(kind, start)
	p.leaf(syntax.KindRespStatus, start)
	if !p.respText() {
		return false
	}
	p.close(mark)
	return p.crlf()
}

// SP resp-text, where resp-text = ["[" resp-text-code "]" SP] [text]
//
// RFC 9051 §9; RFC 3501 §9 wants at least one byte of text, RFC 9051 keeps the SP before none. QuirkMissingText forgives a missing SP.
func (p *Parser) respText() bool {
	mark := p.open(syntax.KindRespText)
	r := &p.resp
	if p.peek() == ' ' {
		p.i++
	} else if p.peek() != '[' || p.resp.Status == 0 || p.i == 0 || p.b[p.i-1] != ' ' { // a line that begins with its code
		if c := p.peek(); (c == '\r' || c == '\n') && p.quirk(QuirkMissingText, p.i, p.i) {
			p.close(mark)
			return true
		}
		if p.i > 0 || p.peek() != '[' {
			return p.fail(ExpectSP)
		}
	}
	if p.peek() == '[' && (bytes.IndexByte(p.b[p.i:], ']') > 0 || p.codeHasLiteral()) {
		done, ok := p.bracketed()
		if !ok {
			return false
		}
		if done {
			p.close(mark)
			return true
		}
	}
	var ok bool
	r.Text, ok = p.text(syntax.KindText)
	if ok {
		p.close(mark)
	}
	return ok
}

// codeHasLiteral says that a literal begins in the code at the cursor, whose "]" has not come. Only two codes may have one; anywhere else the
// bytes of its header are text.
func (p *Parser) codeHasLiteral() bool {
	w := p.codeWord()
	if !wire.EqualFold(w, "BADCHARSET") && !wire.EqualFold(w, "NEWNAME") {
		return false
	}
	for i := p.i; i < len(p.b) && p.b[i] != '\r' && p.b[i] != '\n'; {
		switch p.b[i] {
		case '"':
			i = skipQuoted(p.b, i)
			continue
		case '{':
			k := i + 1
			for k < len(p.b) && p.b[k]-'0' <= 9 {
				k++
			}
			if c := peekAt(p.b, k+1); k > i+1 && peekAt(p.b, k) == '}' && (c == '\r' || c == '\n') {
				return true
			}
		}
		i++
	}
	return false
}

// peekPastBlanks is the first byte at or behind the cursor that is no blank.
func (p *Parser) peekPastBlanks() byte {
	i := p.i
	for i < len(p.b) && p.b[i] == ' ' {
		i++
	}
	return peekAt(p.b, i)
}

// bracketed reads "[" resp-text-code "]" SP. done says that the line ends behind the bracket, which has no SP.
func (p *Parser) bracketed() (done, ok bool) {
	start := p.i
	if !p.respTextCode() {
		return false, false
	}
	if p.resp.Code == nil {
		return false, true // free text after all
	}
	switch c := p.peek(); {
	case c == ' ':
		p.i++
		return false, true
	case c == '\r' || c == '\n':
		if p.quirk(QuirkMissingText, p.i, p.i) {
			return true, true
		}
	case p.i < len(p.b) && p.quirk(QuirkCodeWithoutSpace, start, p.i):
		return false, true
	}
	return false, p.fail(ExpectSP)
}
