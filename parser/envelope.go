package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP env-in-reply-to SP
// env-message-id ")"
//
// RFC 9051 §9. Date, subject, in-reply-to and message-id are nstring, the others address lists or NIL.
func (p *Parser) envelope(e *imap.Envelope) bool {
	if p.plainEnvelope(e) {
		return true
	}
	mark := p.open(syntax.KindEnvelope)
	if !p.lparen() {
		return false
	}
	if !p.envelopeFields(e) {
		return false
	}
	p.close(mark)
	return true
}

// envelopeFields reads the ten fields and the ")". QuirkMissingEnvelopeField takes fewer.
func (p *Parser) envelopeFields(e *imap.Envelope) bool {
	if p.envEnd(e, 0) {
		return true
	}
	if !p.nstring(syntax.KindEnvDate, &e.Date) {
		return false
	}
	if p.envEnd(e, 1) {
		return true
	}
	if !p.sp() || !p.nstring(syntax.KindEnvSubject, &e.Subject) {
		return false
	}
	lists := [6]*imap.Addresses{&e.From, &e.Sender, &e.ReplyTo, &e.To, &e.Cc, &e.Bcc}
	for k, list := range lists {
		if p.i+1 < len(p.b) && p.b[p.i] == ' ' && (p.b[p.i+1] == '(' || p.b[p.i+1] == 'N') {
			p.i++
			if !p.addressList(syntax.KindEnvFrom+syntax.Kind(k), list) {
				return false
			}
			continue
		}
		if p.envEnd(e, 2+k) {
			return true
		}
		if !p.sp() {
			return false
		}
		if p.peek() == '"' && p.peekAt(1) != '"' && p.Quirks.Has(QuirkMissingEnvelopeField) {
			// A string where a list belongs: the lists that are left are missing.
			p.quirk(QuirkMissingEnvelopeField, p.i, p.i)
			return p.nstring(syntax.KindEnvInReplyTo, &e.InReplyTo) && (p.envEnd(e, 9) || p.sp() && p.nstring(syntax.KindEnvMessageId, &e.MessageID) && p.envClose())
		}
		if !p.addressList(syntax.KindEnvFrom+syntax.Kind(k), list) {
			return false
		}
	}
	if p.envEnd(e, 8) {
		return true
	}
	if !p.sp() {
		return false
	}
	if !p.nstring(syntax.KindEnvInReplyTo, &e.InReplyTo) {
		return false
	}
	if p.envEnd(e, 9) {
		return true
	}
	return p.sp() && p.nstring(syntax.KindEnvMessageId, &e.MessageID) && p.envClose()
}

// envEnd says that the envelope ends before field n, which QuirkMissingEnvelopeField forgives. Nine fields whose last one looks like a
// message id lack in-reply-to, not message-id.
func (p *Parser) envEnd(e *imap.Envelope, n int) bool {
	if p.peek() != ')' || !p.quirk(QuirkMissingEnvelopeField, p.i, p.i) {
		return false
	}
	p.i++
	if n == 9 && len(e.InReplyTo.Raw) > 2 && e.InReplyTo.Raw[0] == '<' && e.MessageID.IsNil() && e.InReplyTo.Form == imap.FormQuoted {
		e.MessageID, e.InReplyTo = e.InReplyTo, imap.String{}
	}
	return true
}

// envClose reads the ")". QuirkExtraEnvelopeField skips what comes before it.
func (p *Parser) envClose() bool {
	if p.peek() == ' ' && p.Quirks.Has(QuirkExtraEnvelopeField) && p.peekPastBlanks() != ')' {
		start := p.i
		for p.peek() == ' ' && p.peekPastBlanks() != ')' {
			p.i++
			var v imap.Value
			if !p.value(&v, valueAny) {
				return false
			}
		}
		p.quirk(QuirkExtraEnvelopeField, start, p.i)
	}
	return p.rparen()
}

// env-from = "(" 1*address ")" / nil
//
// The addresses have nothing between them. QuirkParensForNil takes "()", QuirkSpaceBetweenAddresses a SP, QuirkNilInList a NIL.
func (p *Parser) addressList(kind syntax.Kind, list *imap.Addresses) bool {
	mark := p.open(kind)
	if p.i+1 < len(p.b) && p.b[p.i] == '(' && p.b[p.i+1] == '(' {
		p.i++
	} else {
		done, ok := p.addressListSlow()
		if !ok {
			return false
		}
		if done {
			p.close(mark)
			return true
		}
	}
	addresses := &p.responses.addresses
	for {
		start, inner := p.i, len(p.opened)
		if !p.address(addresses.push()) {
			addresses.pop()
			if !p.recoverList(inner, start) {
				*list = addresses.list()
				return false
			}
		}
		if p.i < len(p.b) && p.b[p.i] == '(' {
			continue
		}
		if p.i < len(p.b) && p.b[p.i] == ')' {
			break
		}
		if !p.nextAddress() {
			if p.failed() {
				*list = addresses.list()
				return false
			}
			break
		}
	}
	p.i++
	ok := p.spend(addresses.open())
	*list = addresses.list()
	p.close(mark)
	return ok
}

// nextAddress deals with what stands between addresses and should not. It returns whether one follows; else ")" does, or a fault.
func (p *Parser) nextAddress() bool {
	for {
		p.maybeSP(QuirkSpaceBetweenAddresses)
		switch {
		case p.peek() == '(':
			return true
		case p.peek() == ')':
			return false
		case p.isNil() && p.quirk(QuirkNilInList, p.i, p.i+3):
			p.nil(syntax.KindAddress)
			for p.peek() == ' ' {
				p.i++
			}
		default:
			p.fail(ExpectLParen | ExpectRParen)
			return false
		}
	}
}

// addressListSlow reads NIL, or what stands for it, or the start of an unusual list. done says that there is no list.
func (p *Parser) addressListSlow() (done, ok bool) {
	start := p.i
	switch {
	case p.isNil():
		p.skipNil(0)
		return true, true
	case p.peek() == '"' && p.peekAt(1) == '"' && p.quirk(QuirkStringForNil, start, start+2):
		p.i += 2
		p.leaf(syntax.KindQuoted, start)
		return true, true
	case p.peek() != '(':
		return false, p.failWord(ExpectLParen|ExpectNil, "NIL")
	}
	p.i++
	if p.peek() == ')' {
		if p.quirk(QuirkParensForNil, start, p.i+1) {
			p.i++
			return true, true
		}
		return false, p.fail(ExpectLParen)
	}
	p.maybeSP(QuirkSpaceAfterParen)
	if p.peek() == '(' {
		return false, true
	}
	if p.isNil() && p.Quirks.Has(QuirkNilInList) {
		if p.nextAddress() {
			return false, true
		}
		if p.failed() {
			return false, false
		}
		p.i++
		return true, true
	}
	return false, p.fail(ExpectLParen)
}

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"        each is nstring
//
// RFC 9051 §9. QuirkShortAddress takes fewer fields.
func (p *Parser) address(a *imap.Address) bool {
	if p.plainAddress(a) {
		return true
	}
	mark := p.open(syntax.KindAddress)
	if !p.lparen() {
		return false
	}
	if !p.nstring(syntax.KindAddrName, &a.Name) {
		return false
	}
	fields := [3]*imap.String{&a.ADL, &a.Mailbox, &a.Host}
	for k, f := range fields {
		if p.i+1 < len(p.b) && p.b[p.i] == ' ' && p.b[p.i+1] > ' ' {
			p.i++
		} else if !p.addressSP(a, k) {
			if p.failed() {
				return false
			}
			p.i++
			p.close(mark)
			return true
		}
		if !p.nstring(syntax.KindAddrAdl+syntax.Kind(k), f) {
			return false
		}
	}
	if !p.rparen() {
		return false
	}
	p.close(mark)
	return true
}

// addressSP is sp, or false with no fault when the address ends here and QuirkShortAddress forgives it: two fields are mailbox and host.
func (p *Parser) addressSP(a *imap.Address, k int) bool {
	if p.peek() == ')' && k > 0 && p.quirk(QuirkShortAddress, p.i, p.i) {
		if k == 1 {
			a.Mailbox, a.Host, a.Name, a.ADL = a.Name, a.ADL, imap.String{}, imap.String{}
		}
		return false
	}
	return p.sp()
}

// plainAddress reads an address whose fields are all plain. On false nothing was taken.
func (p *Parser) plainAddress(a *imap.Address) bool {
	b, start := p.b, p.i
	if p.looseQuotes || start >= len(b) || b[start] != '(' {
		return false
	}
	i := plainNString(b, start+1, &a.Name)
	if i > 0 && b[i] == ' ' {
		i = plainNString(b, i+1, &a.ADL)
		if i > 0 && b[i] == ' ' {
			i = plainNString(b, i+1, &a.Mailbox)
			if i > 0 && b[i] == ' ' {
				i = plainNString(b, i+1, &a.Host)
				if i > 0 && b[i] == ')' {
					p.i = i + 1
					if p.Tree != nil {
						mark := p.openAt(syntax.KindAddress, start)
						p.stringNodes(syntax.KindAddrName, &a.Name)
						p.stringNodes(syntax.KindAddrAdl, &a.ADL)
						p.stringNodes(syntax.KindAddrMailbox, &a.Mailbox)
						p.stringNodes(syntax.KindAddrHost, &a.Host)
						p.close(mark)
					}
					return true
				}
			}
		}
	}
	*a = imap.Address{}
	return false
}
