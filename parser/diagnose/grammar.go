package diagnose

import (
	"bytes"
	"errors"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// grammar turns what the parser refused and forgave into findings with the parser's ids.
func (x *exam) grammar() {
	side := x.side()
	x.gap()
	for i := range x.Notes {
		n := &x.Notes[i]
		if n.Quirk == parser.QuirkMaskedSecret {
			continue // what a log masked is no fault of the sender's
		}
		if x.Message != nil && x.Message.Rewritten && isForm(n.Quirk) {
			continue // the log's own hand
		}
		if mark, ok := x.leftOut(n.Span); ok {
			x.tellLeftOut(mark)
			continue
		}
		c := noteClass(n.Quirk)
		f := Finding{ID: n.Quirk.ID(), Severity: c.severity(), Message: x.Event.ID, Span: n.Span, Confidence: 1, side: side}
		if lossy(n.Quirk) && x.Message != nil && !x.Message.Faithful {
			f.Severity = Hint // the paste may have lost it; unless a product is known for it
		}
		x.d.Parties().blame(&f, c, knownFor(n.Quirk))
		x.out = append(x.out, f)
	}
	e := x.fault()
	if e == nil {
		return
	}
	if mark, ok := x.leftOut(e.Span); ok {
		x.tellLeftOut(mark)
		return
	}
	f := Finding{ID: e.Code.ID(), Severity: Error, Message: x.Event.ID, Span: e.Span, Confidence: 1, side: side, Args: []string{e.Rule.String(), e.Expect.String()}}
	if e.Code == parser.ErrorTruncated && (x.cut() || x.refused()) {
		f.Severity = Hint // the paste ends here, or the server's answer ended it
	}
	if x.Message != nil && x.Message.Rewritten {
		f.Severity = Hint // the log may have printed it so
	}
	x.out = append(x.out, f)
	x.brokenOff(e)
}

// brokenOff finds a FETCH response that ends in the middle, or in which the next response begins.
func (x *exam) brokenOff(e *parser.Error) {
	r, line := x.Event.Response, x.wireBytes()
	if x.Message == nil {
		return
	}
	if r == nil || r.Name != imap.RespFetch || !x.Message.Faithful && len(x.Message.Literals) > 0 || x.cut() || len(line) == 0 {
		return
	}
	end := len(bytes.TrimRight(line, "\r\n"))
	if int(e.Span.Start) >= end && end < len(line) && line[end-1] != ')' {
		x.report(ruleResponseCut, wire.Span{Start: uint32(end - 1), End: uint32(len(line))})
		return
	}
	for at := 2; at+4 < len(line); at++ {
		if line[at] != '*' || line[at+1] != ' ' || !isDigit(line[at+2]) {
			continue
		}
		if _, n := wire.ConsumeUint32(line[at+2:]); n > 0 && hasPrefixFold(line[at+2+n:], " FETCH (") {
			x.report(ruleResponseCut, wire.Span{Start: uint32(at), End: uint32(len(line))})
			return
		}
	}
}

// fault is what the grammar refused the message for, nil if it didn't.
func (x *exam) fault() *parser.Error {
	if x.Event.Err == nil {
		return nil
	}
	e, _ := errors.AsType[*parser.Error](x.Event.Err)
	return e
}

// noteClass: what the generic syntax read is no fault.
func noteClass(q parser.Quirk) class {
	if q == parser.QuirkNone {
		return advice
	}
	return breach
}

// lossy tells whether a deviation may come from a terminal, a log or an editor that changed blanks and line ends.
func lossy(q parser.Quirk) bool {
	switch q {
	case parser.QuirkPlusWithoutSpace, parser.QuirkMissingText, parser.QuirkTrailingSpace, parser.QuirkExtraSpace, parser.QuirkTabSpace,
		parser.QuirkBareLF, parser.QuirkExtraCR:
		return true
	}
	return false
}

// isForm reports whether a quirk is about how something is written and not about what is said: that a log prints as it likes which has parsed it before.
func isForm(q parser.Quirk) bool {
	switch q {
	case parser.QuirkTrailingSpace, parser.QuirkExtraSpace, parser.QuirkTabSpace, parser.QuirkSpaceBeforeParen, parser.QuirkSpaceAfterParen,
		parser.QuirkSpaceBetweenAddresses, parser.QuirkSpaceBetweenParts, parser.QuirkMissingSpace, parser.QuirkPlusWithoutSpace, parser.QuirkCodeWithoutSpace,
		parser.QuirkQuotedNumber, parser.QuirkQuotedFlag, parser.QuirkUnquotedName, parser.QuirkBadDelimiter, parser.QuirkLiteralForQuoted,
		parser.QuirkAtomForString, parser.QuirkNilForString, parser.QuirkStringForNil, parser.QuirkParensForNil, parser.QuirkStringForAtom, parser.QuirkUnquotedArgument,
		parser.QuirkBadEscape, parser.QuirkUnescapedQuote, parser.QuirkStrayBackslash, parser.QuirkLineBreakInQuoted, parser.QuirkBracketInAtom,
		parser.Quirk8BitInQuoted, parser.Quirk8BitInAtom, parser.Quirk8BitInText, parser.QuirkBareItemValue, parser.QuirkUnparenthesizedItems:
		return true
	}
	return false
}

// cut tells whether the paste ends inside a literal of the message.
func (x *exam) cut() bool {
	if x.Message == nil {
		return false
	}
	for i := range x.Message.Literals {
		if x.Message.Literals[i].Partial {
			return true
		}
	}
	return false
}

// refused tells whether the command ends in a literal that the server refused: then it is the server's answer that ended it (RFC 9051 §4.3).
func (x *exam) refused() bool {
	if x.Message == nil || len(x.Message.Literals) == 0 {
		return false
	}
	l := &x.Message.Literals[len(x.Message.Literals)-1]
	return l.State == transcript.Elided && l.Reason == "refused"
}

// side is who sent the message.
func (x *exam) side() wire.Side {
	if s := x.Event.Message.Side(); s != 0 {
		return s
	}
	if x.Message != nil && x.Message.Side != 0 {
		return x.Message.Side
	}
	return x.Event.Side
}

// wireBytes is the message as it was sent.
func (x *exam) wireBytes() []byte {
	if x.Message == nil {
		return nil
	}
	return x.Message.Wire
}

// isNoise tells whether the transcript took the message for no IMAP.
func (x *exam) isNoise() bool { return x.Message != nil && x.Message.Kind == transcript.Noise }

// known lists the products that are known for a deviation from the grammar.
var known = [...]struct {
	quirk   parser.Quirk
	because []product
}{
	{parser.QuirkTrailingSpace, []product{exchange, qq, icloud, yahoo, globalMail, mutt}},
	{parser.QuirkExtraSpace, []product{globalMail, davmail, domino}},
	{parser.QuirkSpaceBeforeParen, []product{qq, surgemail}},
	{parser.QuirkMissingText, []product{gmail, icloud, exchange}},
	{parser.QuirkPlusWithoutSpace, []product{publicInbox}},
	{parser.QuirkMissingStatus, []product{exchange, homepl}},
	{parser.QuirkMissingStar, []product{exchange, homepl}},
	{parser.QuirkFreeTextCode, []product{exchange}},
	{parser.QuirkEmptyUIDSet, []product{exchange}},
	{parser.QuirkTaggedBye, []product{wp}},
	{parser.QuirkForeignProtocol, []product{exchange, smartermail, icewarp}},
	{parser.QuirkLeadingSpace, []product{icewarp}},
	{parser.QuirkZeroNumber, []product{winwebmail, smartermail, courier}},
	{parser.QuirkNegativeNumber, []product{zoho}},
	{parser.QuirkFloatNumber, []product{mailru}},
	{parser.QuirkStarInFlags, []product{zoho, greenmail}},
	{parser.QuirkBracketInAtom, []product{gmail}},
	{parser.QuirkQuotedFlag, []product{intermail, gmail}},
	{parser.QuirkEmptyFlag, []product{homepl}},
	{parser.QuirkNilInList, []product{gmail, smartermail}},
	{parser.QuirkUnquotedName, []product{exchange}},
	{parser.QuirkTabSpace, []product{exchange}},
	{parser.QuirkAtomForString, []product{protonBridge}},
	{parser.QuirkNilForString, []product{mailru, icloud, exchange}},
	{parser.QuirkStringForNil, []product{exchange}},
	{parser.QuirkParensForNil, []product{protonBridge, hydroxide}},
	{parser.QuirkUnescapedQuote, []product{icloud, netease, coremail}},
	{parser.QuirkStrayBackslash, []product{qq}},
	{parser.QuirkLineBreakInQuoted, []product{cyrus, exchange, netease, coremail}},
	{parser.Quirk8BitInQuoted, []product{dovecot, cyrus, courier}},
	{parser.QuirkOneDigitDay, []product{qq}},
	{parser.QuirkBadDate, []product{domino}},
	{parser.QuirkEmptyFetch, []product{qip}},
	{parser.QuirkWrappedItem, []product{domino}},
	{parser.QuirkMissingValue, []product{yandex}},
	{parser.QuirkMissingParen, []product{yandex}},
	{parser.QuirkSpaceBetweenAddresses, []product{exchange}},
	{parser.QuirkMissingEnvelopeField, []product{qq}},
	{parser.QuirkShortAddress, []product{smartermail}},
	{parser.QuirkChildlessMultipart, []product{gmail, yandex, qq}},
	{parser.QuirkSpaceBetweenParts, []product{maddy}},
	{parser.QuirkMessageWithoutEnvelope, []product{gmail, dovecot}},
	{parser.QuirkEmptyMessageBody, []product{domino}},
	{parser.QuirkDispositionString, []product{exchange}},
	{parser.QuirkDispositionNil, []product{exchange}},
	{parser.QuirkDispositionWithoutParams, []product{citadel}},
	{parser.QuirkSwappedBodyFields, []product{icewarp, exchange, netease, coremail}},
	{parser.QuirkStringBeforeStructure, []product{davmail}},
}

func knownFor(q parser.Quirk) []product {
	for i := range known {
		if known[i].quirk == q {
			return known[i].because
		}
	}
	return nil
}

// noted tells whether the grammar forgave one of these quirks in the message.
func (x *exam) noted(qs ...parser.Quirk) bool {
	for _, n := range x.Notes {
		for _, q := range qs {
			if n.Quirk == q {
				return true
			}
		}
	}
	return false
}

// untaggedState is the event's untagged status response, or nil.
func (x *exam) untaggedState() *imap.Response {
	if r := x.Event.Response; r != nil && r.Kind == imap.Untagged && r.Name == imap.RespState {
		return r
	}
	return nil
}
