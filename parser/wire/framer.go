package wire

import "bytes"

// Event is what a Framer found.
type Event uint8

// The events of [Framer.Next].
const (
	NeedMore    Event = iota // buf holds no more than a part: call again with a longer one
	LiteralHead              // buf[:n] ends in a literal's header; its octets follow
	LiteralSync              // the same, and the client that sent it waits for "+" before it sends the octets
	FrameEnd                 // buf[:n] is the message
	Dropped                  // buf[:n] is of a message that was refused or broke a limit: throw it away
)

// Framer finds where messages end. It reads one side of a connection; the zero Framer, with Side set, is ready.
//
// A message ends at the first LF, bare or after CR, that isn't within a literal: whether a bare LF is tolerable is for the grammar to
// judge. Whether "{n}" at the end of a line announces a literal depends on where it stands. It does in commands and in data, outside
// quoted strings. It doesn't in the text of a status response or continuation, in the lines of a SASL exchange, in DONE, or in a quoted
// string, finished or not (RFC 9051 §4.3, §9). Response codes count as text, apart from BADCHARSET and NEWNAME, the ones with an astring.
type Framer struct {
	Side   Side   // who sends; if 0, lines are read as a server's, but tagged lines without a status as commands
	Mode   Mode   // what a client's message is, read at its first byte; a server's messages are framed the same in all but ModeOpaque
	Limits Limits // Line, Literal and Frame; the others are the grammar's

	pos      int  // bytes of the message that were searched for a line end, or skipped
	line     int  // where the current line begins
	detached bool // the octets of the literal announced last won't be in buf
	phase    phase
	lex      lexer
	octets   uint64 // of a literal being dropped, those still to come
}

// phase is what the framer does next.
type phase uint8

const (
	inLine    phase = iota // look for the end of the line
	inLiteral              // a header was told; its octets are next
	refused                // a header was told, and the message ends there
	dropLine               // drop bytes up to the end of the line
	dropBytes              // drop the octets of a literal
)

// Next looks for the end of the message that begins at buf[0].
//
// It is called again with the same message when more of it has come, or when the literal that it told has been dealt with, and goes on
// where it was. Bytes are searched once for the line end, and once more if the line ends like a literal's header; octets of literals
// aren't looked at. After FrameEnd the framer stands before the next message, which must be at buf[0] then. n is 0 for NeedMore.
//
// A limit that is broken is told as a [*LimitError] together with Dropped; the message is lost, but not the next: its bytes so far,
// buf[:n], are to be thrown away, and later calls tell those that follow as Dropped as well. A header with a size above Limits.Literal
// is told as such, so that it can be detached or refused; to call Next without doing so is the error. A client that waits for "+" then
// is refused.
//
// In ModeOpaque nothing is looked at and the error is [ErrOpaque].
func (f *Framer) Next(buf []byte) (n int, ev Event, err error) {
	if f.Mode == ModeOpaque && f.pos == 0 && f.phase == inLine {
		return 0, NeedMore, ErrOpaque
	}
	switch f.phase {
	case inLine:
		return f.nextLine(buf)
	case inLiteral:
		if err := f.overLiteral(); err != nil {
			return f.dropLiteral(err)
		}
		if !f.detached {
			size := f.lex.header.Size
			if uint64(len(buf)-f.pos) < size {
				return 0, NeedMore, nil
			}
			f.pos += int(size)
		}
		f.line, f.detached, f.phase = f.pos, false, inLine
		return f.nextLine(buf)
	case refused:
		n = f.pos
		if f.waits() {
			f.Reset()
		} else {
			f.octets, f.phase = f.lex.header.Size, dropBytes
		}
		return n, FrameEnd, nil
	}
	return f.drop(buf)
}

// nextLine goes on in the line that begins at buf[f.line] and was searched up to f.pos.
func (f *Framer) nextLine(buf []byte) (n int, ev Event, err error) {
	if f.pos == 0 {
		f.lex = lexer{at: f.start()}
	}
	lim := f.Limits.Resolved()
	lf := bytes.IndexByte(buf[f.pos:], '\n')
	end := f.pos + lf + 1
	if lf < 0 {
		end = len(buf)
	}
	// Whichever limit is reached first is the one that is told, however the bytes come.
	at, kind, limit := lim.Frame, LimitFrame, lim.Frame
	if lim.Line <= lim.Frame-f.line {
		at, kind, limit = f.line+lim.Line, LimitLine, lim.Line
	}
	if end > at {
		return f.dropFrom(buf, at, kind, limit)
	}
	f.pos = end
	if lf < 0 {
		return 0, NeedMore, nil
	}
	// Few lines look as if a literal followed. Only for those it matters what came before.
	if endsInBrace(buf[f.line:end]) && f.lex.literal(buf[f.line:end]) {
		f.phase = inLiteral
		if f.waits() {
			return end, LiteralSync, nil
		}
		return end, LiteralHead, nil
	}
	f.Reset()
	return end, FrameEnd, nil
}

// endsInBrace reports whether a line, with its line end, ends in "}".
func endsInBrace(line []byte) bool {
	i := len(line) - 2
	if i > 0 && line[i] == '\r' {
		i--
	}
	return i >= 0 && line[i] == '}'
}

// start says where in the grammar a message of this side and mode begins.
func (f *Framer) start() place {
	switch {
	case f.Side == Client && f.Mode == ModeCommand:
		return inData
	case f.Side == Client:
		return inText
	case f.Side == Server:
		return atServerTag
	}
	return atAnyTag
}

// waits reports whether the sender of the literal's header waits for "+" before it goes on.
func (f *Framer) waits() bool { return f.Side == Client && !f.lex.header.NonSync }

// Literal is the header that the last LiteralHead or LiteralSync told.
func (f *Framer) Literal() LiteralHeader { return f.lex.header }

// Detach answers LiteralHead or LiteralSync: the octets of the literal won't be in buf, what follows them will.
func (f *Framer) Detach() { f.detached = f.phase == inLiteral }

// Refuse answers LiteralHead or LiteralSync: the literal isn't wanted, and the message ends with its header, which the next call of
// Next tells as FrameEnd. Octets that come nevertheless, since the sender doesn't wait for "+", are told as Dropped, and so is the rest
// of the message behind them.
func (f *Framer) Refuse() {
	if f.phase == inLiteral {
		f.phase = refused
	}
}

// Reset makes the framer stand before a new message, whatever it was in.
func (f *Framer) Reset() { *f = Framer{Side: f.Side, Mode: f.Mode, Limits: f.Limits} }

// Split is a bufio.SplitFunc: tokens are whole messages. All literals are taken as sent, none as refused. What is left unfinished at
// the end of the input is the last token. A broken limit is an error and ends the scan. The Scanner has a limit of its own, 64 kB if
// not set by its Buffer method.
func (f *Framer) Split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	for {
		n, ev, err := f.Next(data)
		switch {
		case err != nil:
			return 0, nil, err
		case ev == FrameEnd:
			return n, data[:n], nil
		case ev == NeedMore && atEOF && len(data) > 0:
			f.Reset()
			return len(data), data, nil
		case ev == NeedMore:
			return 0, nil, nil
		}
	}
}
