package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// login = "LOGIN" SP userid SP password        userid = astring        password = astring
//
// RFC 9051 §9.
func (p *Parser) login() bool {
	mark := p.openCommand(syntax.KindLogin)
	a := &p.commands.login
	*a = imap.LoginArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if p.maskedLogin(a) {
		p.close(mark)
		return true
	}
	if !p.argument(syntax.KindUserid, &a.User) || !p.sp() {
		return false
	}
	from := p.nodeCount()
	if !p.maskedRest(syntax.KindPassword, &a.Password) && !p.argument(syntax.KindPassword, &a.Password) {
		return false
	}
	p.secretSince(from)
	p.close(mark)
	return true
}

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
//
//	auth-type = atom        initial-resp = (base64 / "=")
//
// RFC 9051 §9, RFC 4959 §7. The lines of the exchange are messages of their own: see AuthLine.
func (p *Parser) authenticate() bool {
	mark := p.openCommand(syntax.KindAuthenticate)
	a := &p.commands.authenticate
	*a = imap.AuthenticateArgs{}
	p.cmd.Args = a
	var ok bool
	if !p.sp() {
		return false
	}
	if p.peek() == '"' && p.quirk(QuirkStringForAtom, p.i, p.i+1) { // as ACAP and ManageSieve have it
		var s imap.String
		if !p.quoted(syntax.KindAuthType, &s) {
			return false
		}
		a.Mechanism = s.Raw
	} else if a.Mechanism, ok = p.atom(syntax.KindAuthType); !ok {
		return false
	}
	if !p.more() {
		if !p.endOf() {
			return false
		}
		p.close(mark)
		return true
	}
	a.HasInitial = true
	start, from := p.i, p.nodeCount()
	if p.peek() == '=' {
		p.i++
		p.leaf(syntax.KindInitialResp, start)
		p.close(mark)
		return true
	}
	if p.maskedData(&a.Initial, syntax.KindInitialResp) {
		p.close(mark)
		return true
	}
	a.Initial.Raw, ok = p.base64()
	if ok && p.i == start {
		ok = p.fail(ExpectBase64)
	}
	if !ok {
		return false
	}
	p.leaf(syntax.KindInitialResp, start)
	p.secretSince(from)
	p.close(mark)
	return true
}

// AuthLine reads one line that a client sends in a SASL exchange, its CRLF included: base64, "*" to cancel, or nothing, which is an empty
// response. The result aliases b. It disturbs nothing that Command or Response returned, except Tree and Notes.
//
// RFC 9051 §6.2.2, §9: authenticate = ... *(CRLF base64)
func (p *Parser) AuthLine(b []byte) (imap.AuthData, error) {
	p.start(b, wire.Client)
	var a imap.AuthData
	mark := p.open(syntax.KindCommand)
	if p.authLine(&a) {
		p.close(mark)
	}
	return a, p.finishLine()
}

func (p *Parser) authLine(a *imap.AuthData) bool {
	if p.maskedData(a, syntax.KindAuthResponse) {
		return p.crlf()
	}
	if p.peek() == '*' {
		p.i++
		p.leaf(syntax.KindAuthCancel, 0)
		a.Cancel = true
		return p.crlf()
	}
	raw, ok := p.base64()
	a.Raw = raw
	if !ok {
		return false
	}
	if p.i > 0 {
		p.leaf(syntax.KindAuthResponse, 0)
		p.mark(syntax.FlagSecret)
	}
	return p.crlf()
}

// IdleDone reads the line that ends IDLE: DONE, in any case, and CRLF. It disturbs nothing that Command or Response returned, except Tree
// and Notes.
//
// RFC 2177 §3, RFC 9051 §9: idle = "IDLE" CRLF "DONE"
func (p *Parser) IdleDone(b []byte) error {
	p.start(b, wire.Client)
	mark := p.open(syntax.KindCommand)
	if !p.hasWord("DONE") {
		c := p.choice()
		c.add("DONE")
		c.fail(ExpectWord, ExpectCRLF)
		return p.finishLine()
	}
	p.i += len("DONE")
	p.leaf(syntax.KindIdleDone, 0)
	if p.crlf() {
		p.close(mark)
	}
	return p.finishLine()
}

// finishLine ends AuthLine and IdleDone: the rest of a line that failed becomes an Error node.
func (p *Parser) finishLine() error {
	if p.failedAtAll() && p.i < len(p.b) {
		from := p.i
		p.i = len(p.b)
		p.leaf(syntax.KindError, from)
		p.mark(syntax.FlagError)
	}
	p.close(0)
	return p.finish()
}

// base64Chars has the bytes of base64-char.
var base64Chars = [256]bool{
	'+': true, '/': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true,
	'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
}

// base64 = *(4base64-char) [base64-terminal]        base64-terminal = (2base64-char "==") / (3base64-char "=")
//
// RFC 9051 §9. It may be empty. QuirkUnpaddedBase64 takes a last group whose padding is missing.
func (p *Parser) base64() ([]byte, bool) {
	start, b := p.i, p.b
	i := start
	for i < len(b) && base64Chars[b[i]] {
		i++
	}
	group := (i - start) & 3
	for pad := 4 - group; group >= 2 && pad > 0 && i < len(b) && b[i] == '='; pad-- {
		i++
		group = (group + 1) & 3
	}
	p.i = i
	if group != 0 {
		if i == len(b) || group == 1 || b[i] != '\r' && b[i] != '\n' || !p.quirk(QuirkUnpaddedBase64, start, i) {
			return b[start:i:i], p.failAt(ErrorBadBase64, i, ExpectBase64)
		}
	}
	return b[start:i:i], true
}

// secretSince flags the nodes added since there were n: they hold what must not be shown.
func (p *Parser) secretSince(n int) {
	if p.Tree != nil {
		for k := n; k < len(p.Tree.Nodes); k++ {
			p.Tree.Nodes[k].Flags |= syntax.FlagSecret
		}
	}
}
