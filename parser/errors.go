package parser

import (
	"errors"
	"math/bits"
	"strconv"

	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// ErrTruncated is in the chain of every error that stands at the end of the input: more bytes could have made it valid.
var ErrTruncated error = errors.New("imap: the message ends too early")

// ErrOpaque says that TLS, DEFLATE or a SASL layer begins: what follows is no IMAP.
var ErrOpaque = wire.ErrOpaque

// ErrorCode says what is wrong. errors.Is(err, code) holds for an *Error with that code.
type ErrorCode uint8

// The codes from ErrorExpectedSP on stand in the order of the Expect bits: what was expected first names the code.
const (
	ErrorNone ErrorCode = iota
	ErrorTruncated
	ErrorTrailingData      // bytes after the end of the message
	ErrorNumberOverflow    // a number larger than its rule allows
	ErrorIllegalNUL        // NUL is legal in literal8 only
	ErrorIllegal8Bit       // a byte above 0x7F where its form forbids it
	ErrorIllegalControl    // a control character where none may be
	ErrorBadEscape         // a backslash before anything but " and \
	ErrorBadQuoted         // a quoted string that is not closed on its line
	ErrorBadBase64         // not base64, or wrongly padded
	ErrorBadDate           // a date that no calendar has
	ErrorLiteralNotAllowed // a literal of this form may not stand here
	ErrorDepthLimit
	ErrorNodeLimit
	ErrorLineLimit
	ErrorLiteralLimit
	ErrorFrameLimit
	ErrorExpected // not used by itself: the code of an Expect bit is ErrorExpected+1+bit
	ErrorExpectedSP
	ErrorExpectedCRLF
	ErrorExpectedLParen
	ErrorExpectedRParen
	ErrorExpectedLBracket
	ErrorExpectedRBracket
	ErrorExpectedTag
	ErrorExpectedCommand
	ErrorExpectedResponse
	ErrorExpectedStatus
	ErrorExpectedAtom
	ErrorExpectedAstring
	ErrorExpectedString
	ErrorExpectedNString
	ErrorExpectedNil
	ErrorExpectedNumber
	ErrorExpectedNzNumber
	ErrorExpectedSequenceSet
	ErrorExpectedFlag
	ErrorExpectedDate
	ErrorExpectedDateTime
	ErrorExpectedMailbox
	ErrorExpectedListMailbox
	ErrorExpectedLiteral
	ErrorExpectedSection
	ErrorExpectedSearchKey
	ErrorExpectedFetchAtt
	ErrorExpectedWord
	ErrorExpectedText
	ErrorExpectedBase64
	ErrorExpectedQuote
	ErrorExpectedBody
	ErrorExpectedObjectID
	ErrorExpectedValue
	ErrorExpectedPunct
	errorCodes
)

// Expect is a set of what could have stood at the offset of an error.
type Expect uint64

// The members of Expect. Each has a code ErrorExpected... of the same name.
const (
	ExpectSP Expect = 1 << iota
	ExpectCRLF
	ExpectLParen
	ExpectRParen
	ExpectLBracket
	ExpectRBracket
	ExpectTag
	ExpectCommand
	ExpectResponse
	ExpectStatus
	ExpectAtom
	ExpectAstring
	ExpectString
	ExpectNString
	ExpectNil
	ExpectNumber
	ExpectNzNumber
	ExpectSequenceSet
	ExpectFlag
	ExpectDate
	ExpectDateTime
	ExpectMailbox
	ExpectListMailbox
	ExpectLiteral
	ExpectSection
	ExpectSearchKey
	ExpectFetchAtt
	ExpectWord
	ExpectText
	ExpectBase64
	ExpectQuote
	ExpectBody
	ExpectObjectID
	ExpectValue
	ExpectGreater // ">", as of a partial; this and what follows have the code ErrorExpectedPunct
	ExpectDot
	ExpectColon
	ExpectHyphen
	ExpectRBrace
)

// punctuation has the names of the members from ExpectGreater on.
var punctuation = [...]string{">", ".", ":", "-", "}"}

// errorTexts has the id of each code and what a person reads; the texts of the Expect codes are the names of what was expected.
var errorTexts = [errorCodes]struct{ id, text string }{
	ErrorNone:                {"", "no error"},
	ErrorTruncated:           {"truncated", "the message ends too early"},
	ErrorTrailingData:        {"trailing-data", "the message has ended, but more bytes follow"},
	ErrorNumberOverflow:      {"number-overflow", "the number is too large"},
	ErrorIllegalNUL:          {"illegal-nul", "NUL is not allowed here"},
	ErrorIllegal8Bit:         {"illegal-8bit", "a byte above 0x7F is not allowed here"},
	ErrorIllegalControl:      {"illegal-control", "a control character is not allowed here"},
	ErrorBadEscape:           {"bad-escape", `only \" and \\ are escapes`},
	ErrorBadQuoted:           {"bad-quoted", "the quoted string is not closed on its line"},
	ErrorBadBase64:           {"bad-base64", "this is not base64"},
	ErrorBadDate:             {"bad-date", "there is no such date or time"},
	ErrorLiteralNotAllowed:   {"literal-not-allowed", "this form of literal is not allowed here"},
	ErrorDepthLimit:          {"depth-limit", "parentheses are nested too deeply"},
	ErrorNodeLimit:           {"node-limit", "the message has too many elements"},
	ErrorLineLimit:           {"line-limit", "the line is too long"},
	ErrorLiteralLimit:        {"literal-limit", "the literal is too long"},
	ErrorFrameLimit:          {"frame-limit", "the message is too long"},
	ErrorExpected:            {"expected", "something else"},
	ErrorExpectedSP:          {"expected-sp", "SP"},
	ErrorExpectedCRLF:        {"expected-crlf", "CRLF"},
	ErrorExpectedLParen:      {"expected-lparen", "("},
	ErrorExpectedRParen:      {"expected-rparen", ")"},
	ErrorExpectedLBracket:    {"expected-lbracket", "["},
	ErrorExpectedRBracket:    {"expected-rbracket", "]"},
	ErrorExpectedTag:         {"expected-tag", "tag"},
	ErrorExpectedCommand:     {"expected-command", "command"},
	ErrorExpectedResponse:    {"expected-response", "response"},
	ErrorExpectedStatus:      {"expected-status", "OK, NO or BAD"},
	ErrorExpectedAtom:        {"expected-atom", "atom"},
	ErrorExpectedAstring:     {"expected-astring", "astring"},
	ErrorExpectedString:      {"expected-string", "string"},
	ErrorExpectedNString:     {"expected-nstring", "nstring"},
	ErrorExpectedNil:         {"expected-nil", "NIL"},
	ErrorExpectedNumber:      {"expected-number", "number"},
	ErrorExpectedNzNumber:    {"expected-nz-number", "nz-number"},
	ErrorExpectedSequenceSet: {"expected-sequence-set", "sequence-set"},
	ErrorExpectedFlag:        {"expected-flag", "flag"},
	ErrorExpectedDate:        {"expected-date", "date"},
	ErrorExpectedDateTime:    {"expected-date-time", "date-time"},
	ErrorExpectedMailbox:     {"expected-mailbox", "mailbox"},
	ErrorExpectedListMailbox: {"expected-list-mailbox", "list-mailbox"},
	ErrorExpectedLiteral:     {"expected-literal", "literal"},
	ErrorExpectedSection:     {"expected-section", "section"},
	ErrorExpectedSearchKey:   {"expected-search-key", "search-key"},
	ErrorExpectedFetchAtt:    {"expected-fetch-att", "fetch-att"},
	ErrorExpectedWord:        {"expected-word", "keyword"},
	ErrorExpectedText:        {"expected-text", "text"},
	ErrorExpectedBase64:      {"expected-base64", "base64"},
	ErrorExpectedQuote:       {"expected-quote", `"`},
	ErrorExpectedBody:        {"expected-body", "body"},
	ErrorExpectedObjectID:    {"expected-objectid", "objectid"},
	ErrorExpectedValue:       {"expected-value", "value"},
	ErrorExpectedPunct:       {"expected-punct", "punctuation"},
}

// ID is the stable kebab-case name of the code: "expected-sp".
func (c ErrorCode) ID() string {
	if c >= errorCodes {
		return ""
	}
	return errorTexts[c].id
}

// Error says in a few words what the code means.
func (c ErrorCode) Error() string {
	if c >= errorCodes {
		return "unknown error"
	}
	if c > ErrorExpected {
		return errorTexts[c].text + " expected"
	}
	return errorTexts[c].text
}

// ErrorCodes calls yield with every code that an Error can have.
func ErrorCodes(yield func(ErrorCode) bool) {
	for c := ErrorTruncated; c < errorCodes; c++ {
		if c != ErrorExpected && !yield(c) {
			return
		}
	}
}

// All calls yield with the name of each member: "SP", ")", "number".
func (e Expect) All(yield func(string) bool) {
	for ; e != 0; e &= e - 1 {
		name := e.code().name()
		if e&(ExpectGreater-1) == 0 {
			name = punctuation[bits.TrailingZeros64(uint64(e/ExpectGreater))]
		}
		if !yield(name) {
			return
		}
	}
}

// String is the names of the members as a sentence has them, octets in quotes: number, ")" or SP.
func (e Expect) String() string { return string(appendChoice(nil, e.All)) }

// appendChoice appends names as a choice: a, b or c.
func appendChoice(b []byte, names func(func(string) bool)) []byte {
	start, last := len(b), 0 // of the separator before the last name
	for name := range names {
		if len(b) > start {
			last = len(b)
			b = append(b, ", "...)
		}
		switch {
		case name == `"`:
			b = append(b, `'"'`...)
		case len(name) == 1:
			b = append(b, '"', name[0], '"')
		default:
			b = append(b, name...)
		}
	}
	if last == 0 {
		return b
	}
	tail := string(b[last+len(", "):])
	return append(append(b[:last], " or "...), tail...)
}

// code is the code of the first member.
func (e Expect) code() ErrorCode {
	return ErrorExpected + 1 + ErrorCode(bits.TrailingZeros64(uint64(e|ExpectGreater)))
}

func (c ErrorCode) name() string {
	if c >= errorCodes {
		return ""
	}
	return errorTexts[c].text
}

// Error is a failure of the grammar: where, in which rule, and what could have stood there.
type Error struct {
	Code   ErrorCode
	Rule   syntax.Kind // the innermost rule that was being read
	Span   wire.Span   // from the first byte that cannot continue any valid message; empty at the end of the input
	Expect Expect      // what could have stood there; 0 if the code says it all
	Words  []string    // the keywords among it, in upper case, if they are few
	Base   int64       // offset of the message in its stream; 0 from a Parser
	found  byte        // the byte at Span.Start
}

// Expected calls yield with the name of each thing that could have stood there: those of Expect, and Words in place of "keyword".
func (e *Error) Expected(yield func(string) bool) {
	left := e.Expect
	if len(e.Words) > 0 {
		left &^= ExpectWord | ExpectResponse
		for _, w := range e.Words {
			if !yield(w) {
				return
			}
		}
	}
	left.All(yield)
}

// Error is one line for a person: offset, what was found, what was expected.
func (e *Error) Error() string {
	b := make([]byte, 0, 96)
	b = append(b, "imap: offset "...)
	b = strconv.AppendInt(b, e.Base+int64(e.Span.Start), 10)
	if e.Rule != 0 {
		b = append(append(b, ", in "...), e.Rule.String()...)
	}
	b = append(b, ": "...)
	switch {
	case e.Code == ErrorTruncated:
		b = append(b, e.Code.Error()...)
		if e.Expect != 0 {
			b = appendChoice(append(b, ", expected "...), e.Expected)
		}
	case e.Code > ErrorExpected:
		b = appendChoice(append(b, "expected "...), e.Expected)
		b = append(b, ", found "...)
		b = appendByteName(b, e.found)
	default:
		b = append(b, e.Code.Error()...)
	}
	return string(b)
}

// appendByteName names a byte as a person would: SP, CRLF's CR, 'x', 0x8F.
func appendByteName(b []byte, c byte) []byte {
	switch {
	case c == ' ':
		return append(b, "SP"...)
	case c == '\r':
		return append(b, "CR"...)
	case c == '\n':
		return append(b, "LF"...)
	case c == '\t':
		return append(b, "TAB"...)
	case c > ' ' && c < 0x7F:
		return append(b, '\'', c, '\'')
	}
	const hex = "0123456789ABCDEF"
	return append(b, '0', 'x', hex[c>>4], hex[c&15])
}

// Unwrap is ErrTruncated for an error at the end of the input.
func (e *Error) Unwrap() error {
	if e.Code == ErrorTruncated {
		return ErrTruncated
	}
	return nil
}

// Is makes errors.Is(err, ErrorExpectedSP) work.
func (e *Error) Is(target error) bool {
	c, ok := target.(ErrorCode)
	return ok && c == e.Code
}

// Excerpt shows the line of the message in which the error stands, with a caret below. b is the message that was parsed. Bytes that don't
// print are shown as a dot, so that the caret stands right; a long line is cut on both sides.
func (e *Error) Excerpt(b []byte) string {
	at := min(int(e.Span.Start), len(b))
	from := at
	for from > 0 && b[from-1] != '\n' {
		from--
	}
	to := at
	for to < len(b) && b[to] != '\n' {
		to++
	}
	if to > from && to > at && b[to-1] == '\r' && to-1 > at {
		to--
	}
	const side = 60
	var out []byte
	if at-from > side {
		from = at - side
		out = append(out, "..."...)
	}
	lead := len(out)
	cut := to-at > side
	if cut {
		to = at + side
	}
	for _, c := range b[from:to] {
		if c < ' ' || c >= 0x7F {
			c = '.'
		}
		out = append(out, c)
	}
	if cut {
		out = append(out, "..."...)
	}
	out = append(out, '\n')
	for range lead + at - from {
		out = append(out, ' ')
	}
	out = append(out, '^')
	for k := int(e.Span.Start) + 1; k < int(e.Span.End) && k < to; k++ {
		out = append(out, '~')
	}
	return string(out)
}

// fault is an Error while the parse runs: no allocation until it is returned.
type fault struct {
	code   ErrorCode
	rule   syntax.Kind
	words  uint8 // how many of Parser.words could have stood there
	span   wire.Span
	expect Expect
}

// fail records that none of e stands at the cursor, and returns false. At the end of the input that is a truncation.
func (p *Parser) fail(e Expect) bool { return p.failAt(e.code(), p.i, e) }

// failCode records a failure at offset at whose code says it all.
func (p *Parser) failCode(c ErrorCode, at int) bool { return p.failAt(c, at, 0) }

// failAt records the first failure since the last recovery.
func (p *Parser) failAt(c ErrorCode, at int, e Expect) bool {
	if p.fault.code != ErrorNone {
		return false
	}
	span := wire.Span{Start: uint32(at), End: uint32(at + 1)}
	if at >= len(p.b) {
		span = wire.Span{Start: uint32(len(p.b)), End: uint32(len(p.b))}
		if c < ErrorDepthLimit || c > ErrorFrameLimit {
			c = ErrorTruncated
		}
	}
	if at == p.besideAt {
		e |= p.beside
	}
	p.fault = fault{code: c, rule: p.rule(), span: span, expect: e}
	return false
}

// err is the failure as an error that outlives the parser.
func (p *Parser) err() error {
	f := p.first
	if f.code == ErrorNone {
		f = p.fault
	}
	if f.code == ErrorNone {
		return nil
	}
	e := &Error{Code: f.code, Rule: f.rule, Span: f.span, Expect: f.expect}
	if f.words > 0 {
		e.Words = append(e.Words, p.words[:f.words]...)
	}
	if int(f.span.Start) < len(p.b) {
		e.found = p.b[f.span.Start]
	}
	return e
}
