package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// Parser reads whole messages. The zero value is ready, and strict. Reuse it: after a few messages it allocates nothing. It is not for two
// goroutines at once.
//
// What Command and Response return aliases their input and the parser's storage until the next call of either; Clone what is to be kept.
type Parser struct {
	Options
	// Repairs, ascending by At, is for the next call only: a transcript knows that a literal is not as long as it was announced.
	Repairs []wire.LiteralRepair
	// Tree, if not nil, is reset and filled by each call. For a tree per message, set another before the call.
	Tree *syntax.Tree
	// Notes tells what the quirks forgave in the last message, and where unknown elements stand in it.
	Notes []Note

	b     []byte    // the message
	i     int       // the cursor
	side  wire.Side // who sent it
	fault fault     // what made the current rule give up
	first fault     // the first fault that was recovered from
	depth int       // open parentheses that count towards Limits.Depth
	nodes int       // elements that Limits.Nodes still allows

	deepest int      // Limits.Depth, resolved
	repair  int      // the next of Repairs
	opened  []uint32 // open nodes of Tree
	// detached holds the offsets of the literals whose octets are not in b: a Reader gave them to somebody else.
	detached []uint32

	looseQuotes  bool             // this is the second attempt, which takes unescaped quotes as text
	envelopeDone bool             // a string may be followed by the name of the next FETCH item
	words        [maxWords]string // that could have stood where the first fault is
	beside       Expect           // what else could stand at besideAt than what the rule that is tried there expects
	besideAt     int
	begun        bool // the tag, the star or the plus was read: there is something to return

	scratch syntax.Tree // of the second attempt, which learns the rule of an error
	store
}

// store is the memory that values live in.
type store struct {
	resp imap.Response
	cmd  imap.Command
	code imap.Code

	strings  slab[imap.String]
	flags    slab[imap.Flag]
	pairs    slab[imap.Pair]
	values   slab[imap.Value]
	params   slab[imap.Param]
	unknowns slab[imap.Unknown]
	nums     slab[uint32]
	sections slab[imap.Section]
	statuses slab[imap.StatusItem]
	caps     slab[imap.Capability]

	used        bool   // something was handed out that is not reset every time
	bytes       []byte // unescaped words
	valueStack  []imap.Value
	valueFrames []valueFrame

	responses responseStore
	commands  commandStore
}

// ParseResponse reads one whole response, strictly. The result owns its memory.
func ParseResponse(b []byte) (*imap.Response, error) {
	var p Parser
	r, err := p.Response(b)
	return r.Clone(), err
}

// ParseCommand reads one whole command, strictly. The result owns its memory.
func ParseCommand(b []byte) (*imap.Command, error) {
	var p Parser
	c, err := p.Command(b)
	return c.Clone(), err
}

// Response reads one whole response: b is everything from its first byte to the CRLF at its end, literals included. Without that CRLF the
// error is ErrTruncated, bytes behind it are an error too. With an error comes what was complete before it, nil only if the tag was not.
//
// RFC 9051 §9: response = *(continue-req / response-data) response-done; greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
func (p *Parser) Response(b []byte) (*imap.Response, error) {
	if p.read(b, wire.Server); !p.failedAtAll() {
		p.Repairs = nil
		return &p.resp, nil
	}
	p.readForRule(b, wire.Server)
	if p.fault.code != ErrorTruncated && (p.Quirks.Has(QuirkUnescapedQuote) || p.Quirks.Has(QuirkStrayBackslash)) {
		// Quotes inside quoted strings can only be told when the strict reading has failed: read again and keep the better result.
		p.looseQuotes = true
		if p.attempt(b, wire.Server); p.failedAtAll() {
			p.looseQuotes = false
			p.attempt(b, wire.Server)
		}
		p.looseQuotes = false
	}
	err := p.finish()
	if !p.begun {
		return nil, err
	}
	return &p.resp, err
}

// attempt reads b as a message of side and, when that fails without a tree, reads it once more with one: only then does anybody ask which
// rule it was, and the good case pays nothing for knowing.
func (p *Parser) attempt(b []byte, side wire.Side) bool {
	p.read(b, side)
	return !p.failedAtAll() || p.readForRule(b, side)
}

func (p *Parser) readForRule(b []byte, side wire.Side) bool {
	if p.Tree == nil {
		p.Tree = &p.scratch
		p.read(b, side)
		p.Tree = nil
	}
	return false
}

// failedAtAll says that something failed, whether it was recovered from or not.
func (p *Parser) failedAtAll() bool { return p.first.code != ErrorNone || p.fault.code != ErrorNone }

// read reads b once.
func (p *Parser) read(b []byte, side wire.Side) {
	if side != p.side {
		p.store.resetAll()
	}
	p.start(b, side)
	var ok bool
	if side == wire.Server {
		p.store.resetResponse()
		ok = p.response()
		p.resp.Span, p.resp.Source = wire.Span{End: uint32(p.i)}, b
	} else {
		p.store.resetCommand()
		ok = p.command()
		p.cmd.Span, p.cmd.Source = wire.Span{End: uint32(p.i)}, b
	}
	if !ok {
		p.closeRest()
	}
}

// closeRest closes the nodes that a message without an end leaves open, around an error node of what was not read.
func (p *Parser) closeRest() {
	if p.i < len(p.b) {
		from := p.i
		p.i = len(p.b)
		p.leaf(syntax.KindError, from)
		p.mark(syntax.FlagError)
	}
	p.close(0)
}

// start makes the parser ready for b.
func (p *Parser) start(b []byte, side wire.Side) {
	p.b, p.i, p.side = b, 0, side
	p.fault.code, p.first.code = ErrorNone, ErrorNone
	p.depth, p.repair, p.beside, p.besideAt = 0, 0, 0, 0
	p.deepest = limit(p.Limits.Depth, wire.DefaultDepth)
	p.nodes = limit(p.Limits.Nodes, wire.DefaultNodes)
	p.Notes = p.Notes[:0]
	p.envelopeDone, p.begun = false, false
	if p.Tree != nil {
		p.Tree.Reset()
		p.opened = p.opened[:0]
	}
}

// finish ends a call: what was for this one only is forgotten, the fault becomes an error.
func (p *Parser) finish() error {
	p.Repairs = nil
	if !p.failedAtAll() {
		return nil
	}
	return p.err()
}

// Message reads b as whichever of the four kinds of message it is: a response, or by mode a command, a line of a SASL exchange, or DONE.
func (p *Parser) Message(b []byte, side wire.Side, mode wire.Mode) (m imap.Message, err error) {
	switch {
	case side == wire.Server:
		m.Response, err = p.Response(b)
	case mode == wire.ModeAuth:
		var a imap.AuthData
		if a, err = p.AuthLine(b); err == nil {
			m.Auth = &a
		}
	case mode == wire.ModeIdle:
		err = p.IdleDone(b)
		m.Done = err == nil
	case mode == wire.ModeOpaque:
		err = ErrOpaque
	default:
		m.Command, err = p.Command(b)
	}
	return m, err
}

// Reset lets go of the input, of all storage and of the Notes. Options and Tree stay.
func (p *Parser) Reset() {
	*p = Parser{Options: p.Options, Tree: p.Tree}
}

// resetAll takes back what messages of either side used.
func (s *store) resetAll() {
	s.used = true
	s.resetResponse()
	s.used = true
	s.resetCommand()
}

// resetResponse takes back what a response used.
func (s *store) resetResponse() {
	s.resp = imap.Response{}
	s.flags.reset()
	s.responses.items.reset()
	if s.used {
		s.used = false
		s.resetShared()
		s.responses.reset()
	}
}

// resetCommand takes back what a command used. What commands of every day use is reset without asking; who uses more says so by used.
func (s *store) resetCommand() {
	s.cmd = imap.Command{}
	s.flags.reset()
	s.strings.reset()
	s.sections.reset()
	s.nums.reset()
	s.params.reset()
	s.statuses.reset()
	s.commands.atts.reset()
	s.commands.keys.reset()
	s.commands.returns.reset()
	if s.used {
		s.used = false
		s.resetShared()
		s.commands.reset()
	}
}

func (s *store) resetShared() {
	s.strings.reset()
	s.flags.reset()
	s.pairs.reset()
	s.values.reset()
	s.params.reset()
	s.unknowns.reset()
	s.nums.reset()
	s.sections.reset()
	s.statuses.reset()
	s.caps.reset()
	s.bytes = s.bytes[:0]
	s.valueStack, s.valueFrames = s.valueStack[:0], s.valueFrames[:0]
}

// enter counts an opening parenthesis towards Limits.Depth.
func (p *Parser) enter() bool {
	if p.depth >= p.deepest {
		return p.failCode(ErrorDepthLimit, p.i)
	}
	p.depth++
	return true
}

// leave counts a closing one.
func (p *Parser) leave() { p.depth-- }
