package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// Logs put something in the place of a credential: "*****", "<hidden>", "[REDACTED]", "[Redact: Count=1 Showcredentials=OFF]", "****** [17]".
// With QuirkMaskedSecret that is read as the credential, which it is not, and noted: it is never the client's fault. What the strict grammar can
// read stays what it is.

// lineEnd is the offset of the CR or LF that ends the line at the cursor, -1 if there is none.
func (p *Parser) lineEnd() int {
	for i := p.i; i < len(p.b); i++ {
		if p.b[i] == '\r' || p.b[i] == '\n' {
			return i
		}
	}
	return -1
}

// maskEnd is the offset behind the mask at i, which ends before end: a run of "*", "." or "#", words between two runs of "#" or two asterisks on each side, or a group in <>, [] or ().
// Else it is i.
func (p *Parser) maskEnd(i, end int) int {
	b := p.b[:end]
	if i >= end {
		return i
	}
	var closer byte
	switch b[i] {
	case '*', '.', '#':
		start := i
		for i < end && (b[i] == '*' || b[i] == '.' || b[i] == '#') {
			i++
		}
		if i-start > 2 && b[start] == '#' && end > i+2 && string(b[end-3:end]) == "###" { // ####CREDENTIALS_REPLACED####
			return end
		}
		if i-start == 2 && b[start] == '*' && end > i+2 && string(b[end-2:end]) == "**" { // **REDACTED**
			return end
		}
		return i
	case '<':
		closer = '>'
	case '[':
		closer = ']'
	case '(':
		closer = ')'
	default:
		return i
	}
	for k := i + 1; k < end; k++ {
		if b[k] == closer {
			return k + 1
		}
	}
	return i
}

// isMask says that there is nothing but masks, and blanks between them, from i to end.
func (p *Parser) isMask(i, end int) bool {
	if i >= end {
		return false
	}
	for i < end {
		k := p.maskEnd(i, end)
		if k == i {
			return false
		}
		for i = k; i < end && p.b[i] == ' '; i++ {
		}
	}
	return true
}

// setMask makes what stands from the cursor to end an atom that is noted as a mask.
func (p *Parser) setMask(rule syntax.Kind, s *imap.String, end int) bool {
	start := p.i
	p.setAtom(rule, s, end-start)
	return p.quirk(QuirkMaskedSecret, start, end)
}

// maskedLogin takes the arguments of LOGIN where a mask stands for the user, or one mask for user and password, which is NIL then.
func (p *Parser) maskedLogin(a *imap.LoginArgs) bool {
	if !p.Quirks.Has(QuirkMaskedSecret) {
		return false
	}
	end := p.lineEnd()
	if end < 0 {
		return false
	}
	user := p.maskEnd(p.i, end)
	if user == p.i {
		return false
	}
	if user == end {
		strict := 0
		for _, c := range p.b[p.i:end] {
			if c == ' ' {
				strict++
			}
		}
		if strict == 1 && class[p.b[p.i]]&clsAstring != 0 {
			return false // two arguments
		}
		return p.setMask(syntax.KindUserid, &a.User, end)
	}
	if p.b[user] != ' ' || class[p.b[p.i]]&clsAstring != 0 {
		return false
	}
	p.setMask(syntax.KindUserid, &a.User, user)
	return p.sp() && (p.maskedRest(syntax.KindPassword, &a.Password) || p.argument(syntax.KindPassword, &a.Password))
}

// maskedRest takes the rest of the line as a password that is masked.
func (p *Parser) maskedRest(rule syntax.Kind, s *imap.String) bool {
	if !p.Quirks.Has(QuirkMaskedSecret) {
		return false
	}
	end := p.lineEnd()
	if end < 0 || p.i+p.run(clsAstring) == end || !p.isMask(p.i, end) {
		return false
	}
	return p.setMask(rule, s, end)
}

// maskedData takes the rest of the line as a line of a SASL exchange that is masked, with or without quotes around the mask. "*" alone cancels.
func (p *Parser) maskedData(a *imap.AuthData, kind syntax.Kind) bool {
	if !p.Quirks.Has(QuirkMaskedSecret) {
		return false
	}
	end := p.lineEnd()
	if end < 0 || kind == syntax.KindAuthResponse && end == p.i+1 && p.b[p.i] == '*' {
		return false
	}
	quoted := end > p.i+2 && p.b[p.i] == '"' && p.b[end-1] == '"' && p.isMask(p.i+1, end-1)
	if !quoted && !p.isMask(p.i, end) {
		return false
	}
	start := p.i
	p.i = end
	a.Raw = p.b[start:end:end]
	p.leaf(kind, start)
	return p.quirk(QuirkMaskedSecret, start, end)
}
