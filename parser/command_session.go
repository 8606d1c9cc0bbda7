package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// id = "ID" SPACE id_params_list        id_params_list = "(" #(string SPACE nstring) ")" / nil
//
// RFC 2971 §4. QuirkAtomForString takes atoms.
func (p *Parser) id() bool {
	mark := p.openCommand(syntax.KindId)
	a := &p.commands.id
	*a = imap.IDArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if c := p.peek(); c == 'N' || c == 'n' {
		if !p.nil(syntax.KindIdParamsList) {
			return false
		}
		p.close(mark)
		return true
	}
	if p.peek() != '(' {
		return p.fail(ExpectLParen | ExpectNil)
	}
	ok := p.idParams()
	a.Pairs = p.pairs.emptyList()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// idParams reads "(" #(string SPACE nstring) ")" into the open list of p.pairs.
func (p *Parser) idParams() bool {
	mark := p.open(syntax.KindIdParamsList)
	p.lparen()
	if p.peek() == ')' {
		p.i++
		p.close(mark)
		return true
	}
	for {
		pair := p.pairs.push()
		if !p.string(syntax.KindIdField, &pair.Key) {
			p.pairs.pop()
			return false
		}
		if p.peekPastBlanks() == ')' && p.quirk(QuirkOddPairs, int(pair.Key.Span.Start), p.i) {
			p.rparen()
			break
		}
		if !p.sp() || !p.nstring(syntax.KindIdValue, &pair.Value) {
			p.pairs.pop()
			return false
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(p.pairs.open()) {
		return false
	}
	p.close(mark)
	return true
}

// enable = "ENABLE" 1*(SP capability)
//
// RFC 5161 §4, RFC 9051 §9.
func (p *Parser) enable() bool {
	mark := p.openCommand(syntax.KindEnable)
	a := &p.commands.enable
	*a = imap.EnableArgs{}
	p.cmd.Args = a
	ok := p.sp()
	var set imap.CapSet // which the arguments don't tell
	for ok {
		if !p.plainCapabilities(&set) {
			if ok = p.capability(p.caps.push()); !ok {
				p.caps.pop()
				break
			}
		}
		if !p.more() {
			ok = p.endOf()
			break
		}
	}
	ok = ok && p.spend(p.caps.open())
	a.Caps = p.caps.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// wordsArgs makes what the open list of p.strings holds the arguments of the command.
func (p *Parser) wordsArgs() {
	a := &p.commands.words
	a.Words = p.strings.list()
	p.cmd.Args = a
}

// compress = "COMPRESS" SP algorithm        algorithm = "DEFLATE"
//
// RFC 4978 §5: future algorithms are atoms.
func (p *Parser) compress() bool {
	mark := p.openCommand(syntax.KindCompress)
	ok := p.sp() && p.atomWord(syntax.KindAlgorithm)
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// atomWord reads an atom into the open list of p.strings.
func (p *Parser) atomWord(kind syntax.Kind) bool {
	n := p.run(clsAtom)
	if n == 0 {
		return p.fail(ExpectAtom)
	}
	p.setAtom(kind, p.strings.push(), n)
	return true
}

// language-cmd = "LANGUAGE" *(SP lang-range-quoted)        comparator-cmd = "COMPARATOR" *(SP comp-order-quoted)
//
// RFC 5255 §3.5, §4.10. Both elements are astrings.
func (p *Parser) wordsCommand(kind, item syntax.Kind) bool {
	mark := p.openCommand(kind)
	ok := true
	for ok && p.more() {
		if ok = p.astring(item, p.strings.push()); !ok {
			p.strings.pop()
		}
	}
	ok = ok && p.endOf() && p.spend(p.strings.open())
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// command-select =/ "CANCELUPDATE" 1*(SP quoted)
//
// RFC 5267 §4.3.5: the tags of the commands whose updates are no longer wanted.
func (p *Parser) cancelUpdate() bool {
	mark := p.openCommand(syntax.KindCancelupdate)
	ok := p.sp()
	for ok {
		if p.peek() != '"' {
			ok = p.fail(ExpectQuote)
			break
		}
		if ok = p.quoted(syntax.KindTagString, p.strings.push()); !ok {
			p.strings.pop()
			break
		}
		if !p.more() {
			ok = p.endOf()
			break
		}
	}
	ok = ok && p.spend(p.strings.open())
	p.wordsArgs()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// message-batches = "UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]
//
// RFC 10022 §4.
func (p *Parser) messageBatches() (ok bool) {
	mark := p.openCommand(syntax.KindUidbatches)
	a := &p.commands.batches
	*a = imap.BatchesArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	if a.Size, ok = p.nzNumber(syntax.KindBatchSize); !ok {
		return false
	}
	if p.more() {
		r := p.open(syntax.KindBatchRange)
		if a.From, ok = p.nzNumber(0); !ok || !p.punct(':', ExpectColon) {
			return false
		}
		if a.To, ok = p.nzNumber(0); !ok {
			return false
		}
		p.close(r)
	} else if !p.endOf() {
		return false
	}
	p.close(mark)
	return true
}
