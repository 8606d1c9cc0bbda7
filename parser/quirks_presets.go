package parser

import "github.com/imapwire/imapwire/parser/wire"

// preset is what one product is known to need, beyond the line-level quirks that everybody may.
type preset struct {
	product string
	quirks  []Quirk
}

// presets has the deviations seen from each product. Names are in lower case, as session and diagnose report them.
var presets = []preset{
	{"exchange", []Quirk{
		QuirkTrailingSpace, QuirkMissingText, QuirkMissingStatus, QuirkMissingStar, QuirkEmptyUIDSet, QuirkFreeTextCode, QuirkForeignProtocol,
		QuirkUnquotedName, QuirkSpaceBetweenAddresses, QuirkNegativeNumber, QuirkDispositionString, QuirkDispositionNil, QuirkNilForString, QuirkLineBreakInQuoted,
		QuirkUnescapedQuote,
	}},
	{"gmail", []Quirk{QuirkMissingText, QuirkBracketInAtom, QuirkNilInList, QuirkChildlessMultipart, QuirkMessageWithoutEnvelope, QuirkUnescapedQuote}},
	{"icloud", []Quirk{QuirkTrailingSpace, QuirkMissingText, QuirkNilForString, QuirkUnescapedQuote}},
	{"yahoo", []Quirk{QuirkTrailingSpace}},
	{"qq", []Quirk{QuirkTrailingSpace, QuirkSpaceBeforeParen, QuirkOneDigitDay, QuirkMissingEnvelopeField, QuirkStrayBackslash, QuirkChildlessMultipart, QuirkNUL}},
	{"coremail", []Quirk{QuirkExtraSpace, QuirkTrailingSpace, QuirkUnescapedQuote, QuirkLineBreakInQuoted, QuirkSwappedBodyFields, Quirk8BitInQuoted}},
	{"domino", []Quirk{QuirkWrappedItem, QuirkBadDate, QuirkExtraSpace, QuirkEmptyMessageBody, QuirkMissingSpace}},
	{"courier", []Quirk{QuirkZeroNumber, Quirk8BitInQuoted}},
	{"cyrus", []Quirk{QuirkLineBreakInQuoted, Quirk8BitInQuoted}},
	{"dovecot", []Quirk{Quirk8BitInQuoted, QuirkChildlessMultipart}},
	{"davmail", []Quirk{QuirkExtraSpace, QuirkStringBeforeStructure}},
	{"mail.ru", []Quirk{QuirkNilForString, QuirkFloatNumber}},
	{"yandex", []Quirk{QuirkMissingValue, QuirkMissingParen, QuirkChildlessMultipart}},
	{"zoho", []Quirk{QuirkStarInFlags, QuirkNegativeNumber}},
	{"proton", []Quirk{QuirkAtomForString, QuirkParensForNil}},
	{"hydroxide", []Quirk{QuirkParensForNil}},
	{"smartermail", []Quirk{QuirkZeroNumber, QuirkNilInList, QuirkShortAddress, QuirkForeignProtocol}},
	{"surgemail", []Quirk{QuirkSpaceBeforeParen}},
	{"intermail", []Quirk{QuirkQuotedFlag}},
	{"icewarp", []Quirk{QuirkLeadingSpace, QuirkMissingStar, QuirkSwappedBodyFields, QuirkNilForString}},
	{"maddy", []Quirk{QuirkSpaceBetweenParts}},
	{"citadel", []Quirk{QuirkDispositionWithoutParams}},
	{"greenmail", []Quirk{QuirkStarInFlags}},
	{"winwebmail", []Quirk{QuirkZeroNumber}},
	{"home.pl", []Quirk{QuirkEmptyFlag, QuirkMissingStatus, QuirkMissingStar}},
	{"wp.pl", []Quirk{QuirkTaggedBye}},
	{"qip", []Quirk{QuirkEmptyFetch}},
	{"public-inbox", []Quirk{QuirkPlusWithoutSpace}},
}

// Line has the quirks that concern blanks and line ends only: a log or a terminal adds and loses them, whoever wrote the message.
var Line = QuirksOf(QuirkBareLF, QuirkExtraCR, QuirkTrailingSpace, QuirkExtraSpace, QuirkTabSpace, QuirkLeadingSpace, QuirkLeadingNUL, QuirkSpaceBeforeParen,
	QuirkSpaceAfterParen)

// QuirksFor is what responses of a product need: one of Products, in any case. ok is false for any other.
func QuirksFor(product string) (q Quirks, ok bool) {
	for _, s := range presets {
		if wire.EqualFold([]byte(product), s.product) {
			return QuirksOf(s.quirks...), true
		}
	}
	return Quirks{}, false
}

// Products yields the names that QuirksFor knows.
func Products(yield func(string) bool) {
	for _, s := range presets {
		if !yield(s.product) {
			return
		}
	}
}
