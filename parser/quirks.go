package parser

import (
	"iter"
	"math/bits"

	"github.com/imapwire/imapwire/parser/syntax"
)

// Quirk is one deviation from the grammar that a Parser can forgive. Its id is stable; its words are in package explain.
type Quirk uint8

// The quirks of responses. None is on by default. A quirk acts only where the strict grammar has failed.
const (
	QuirkNone                        Quirk = iota // of a Note: something unknown was read by the generic syntax
	QuirkBareLF                                   // a line that ends in LF without CR
	QuirkExtraCR                                  // CR CR LF at a line end, or a CR inside a line
	QuirkTrailingSpace                            // blanks before the line end
	QuirkExtraSpace                               // several blanks where the grammar has one SP
	QuirkTabSpace                                 // a TAB where the grammar has SP
	QuirkSpaceBeforeParen                         // a blank before a closing parenthesis
	QuirkSpaceAfterParen                          // a blank behind an opening parenthesis
	QuirkLeadingNUL                               // NUL octets before a response
	QuirkLeadingSpace                             // blanks before a message
	QuirkNUL                                      // a NUL octet inside a line, a quoted string or a literal
	QuirkMissingText                              // a status response without SP and text
	QuirkCodeWithoutSpace                         // a response code with no SP behind its bracket
	QuirkPlusWithoutSpace                         // a continuation request without SP
	QuirkMissingStatus                            // a status response without its status word: a code alone, or that a command is completed
	QuirkMalformedCode                            // a response code whose arguments break its own rule; its bytes are kept
	QuirkFreeTextCode                             // brackets behind the status that hold no response code
	QuirkEmptyUIDSet                              // APPENDUID or COPYUID without its sets
	QuirkTaggedBye                                // BYE or PREAUTH with a tag
	QuirkForeignProtocol                          // a line of another protocol, or of none; it is read as an untagged BAD
	QuirkMissingStar                              // an untagged response without its star
	QuirkZeroNumber                               // 0, or a leading zero, where the grammar wants a number above 0
	QuirkNumberOverflow                           // a number larger than its rule allows; the largest is taken
	QuirkNegativeNumber                           // a negative number; 0 is taken
	QuirkFloatNumber                              // a number in scientific notation or with a fraction
	QuirkQuotedNumber                             // a number in quotes
	QuirkTrailingComma                            // a comma behind the last element of a set
	QuirkStarInFlags                              // \* outside PERMANENTFLAGS, or * without its backslash
	QuirkBracketInAtom                            // ] or another special in an unquoted flag
	QuirkQuotedFlag                               // a flag in quotes
	QuirkEmptyFlag                                // a backslash with no flag name behind it
	QuirkNilInList                                // NIL as an element of a list that cannot have it
	QuirkAttributeWithoutBackslash                // a mailbox attribute without its backslash
	QuirkUnquotedName                             // a mailbox name with blanks or specials that is neither quoted nor a literal
	QuirkBadDelimiter                             // a hierarchy delimiter that is not one quoted character or NIL
	QuirkLiteralForQuoted                         // a literal where the grammar has a quoted string only
	QuirkObjectIDChars                            // an object id with characters other than letters, digits, "_" and "-"
	QuirkMIMEWithoutPart                          // the section MIME without a part number
	QuirkLoneThread                               // a nested thread list that stands alone, where at least two must
	QuirkEmptyList                                // () where at least one element must stand
	QuirkMissingList                              // a list that was left out at the end of a message
	QuirkOddPairs                                 // a list of pairs whose last value is missing
	QuirkAtomForString                            // an atom where the grammar wants a string
	QuirkNilForString                             // NIL where the grammar wants a string
	QuirkStringForNil                             // a string where the grammar wants NIL or a list
	QuirkParensForNil                             // () where the grammar wants NIL
	QuirkLiteral8                                 // a literal8 where the grammar has none
	QuirkNonSyncFromServer                        // {n+} in a response
	QuirkBadEscape                                // a backslash in a quoted string before anything but a quote or a backslash
	QuirkUnescapedQuote                           // a quote inside a quoted string that is not escaped
	QuirkStrayBackslash                           // a backslash that escapes the closing quote
	QuirkLineBreakInQuoted                        // a line break inside a quoted string
	Quirk8BitInQuoted                             // octets above 0x7F in a quoted string, without UTF8=ACCEPT or not UTF-8
	Quirk8BitInAtom                               // octets above 0x7F in an atom
	Quirk8BitInText                               // text that is not UTF-8
	QuirkOneDigitDay                              // a day of one digit without the SP before it
	QuirkBadDate                                  // a date or time that does not exist or is written otherwise
	QuirkEmptyFetch                               // FETCH without a data item
	QuirkWrappedItem                              // a FETCH item in parentheses of its own
	QuirkMissingValue                             // a FETCH item without its value
	QuirkPartialEcho                              // <origin.count> where a response has <origin>
	QuirkMissingParen                             // a closing parenthesis that is missing at the line end
	QuirkExtraParen                               // a closing parenthesis too many
	QuirkBareItemValue                            // a FETCH value without the parentheses that its rule asks for
	QuirkSpaceBetweenAddresses                    // a SP between addresses
	QuirkMissingEnvelopeField                     // an envelope with fewer than ten fields
	QuirkExtraEnvelopeField                       // an envelope with more than ten fields
	QuirkShortAddress                             // an address with fewer than four fields
	QuirkChildlessMultipart                       // a multipart without a part
	QuirkMultipartAsPart                          // a multipart that is written as a single part
	QuirkSpaceBetweenParts                        // a SP between body parts, or between other elements that have none
	QuirkMissingSubtype                           // a body without its subtype, or a multipart without one
	QuirkMissingLines                             // a text or message part without its line count
	QuirkMissingBodyFields                        // a body that ends before its last mandatory field
	QuirkMessageWithoutEnvelope                   // a message/rfc822 or message/global part without envelope and body
	QuirkEmptyMessageBody                         // a body that is ()
	QuirkDispositionString                        // a disposition that is a string instead of a list
	QuirkDispositionNil                           // a disposition whose type is NIL
	QuirkDispositionWithoutParams                 // a disposition without its parameters
	QuirkSwappedBodyFields                        // a body field of another form than its place asks for
	QuirkStringBeforeStructure                    // a string between BODYSTRUCTURE and its list
	QuirkOddCorrelator                            // a search correlator without one of its parts, or with one twice
	QuirkRFC822Section                            // [] behind RFC822
	QuirkMissingSpace                             // no SP between two elements that need one
	QuirkUnknownSearchKey                         // a word among the search keys that is none
	QuirkUnknownSortKey                           // a word among the sort keys that is none
	QuirkUnknownUIDCommand                        // UID before a command that has no such form
	QuirkUnquotedArgument                         // an argument with characters that only a string may have
	QuirkStringForAtom                            // a string where the grammar wants an atom
	QuirkLabelChars                               // a parameter name with characters that a tagged-ext-label cannot have
	QuirkUnparenthesizedItems                     // a list of items without its parentheses
	QuirkMetadataOptionsAfterMailbox              // GETMETADATA options behind the mailbox
	QuirkMailboxWord                              // SUBSCRIBE MAILBOX, as IMAP4 once had it
	QuirkSectionPartZero                          // part number 0, as RFC 1730 had it
	QuirkLoneSelectOption                         // RECURSIVEMATCH without the selection option that it needs
	QuirkMacroInList                              // ALL, FAST or FULL in a list of items
	QuirkEntryName                                // a metadata entry with *, %, a control character, an empty component or a slash at its end, or the entry of MODSEQ that is no flag's
	QuirkUnpaddedBase64                           // base64 without its padding
	QuirkMaskedSecret                             // what a log put in the place of a credential
	QuirkLiteralForLiteral8                       // a literal where the grammar has a literal8 only

	quirkCount = iota
)

var quirkIDs = [quirkCount]string{
	QuirkNone:                        "unknown-value",
	QuirkBareLF:                      "bare-lf",
	QuirkExtraCR:                     "extra-cr",
	QuirkTrailingSpace:               "trailing-space",
	QuirkExtraSpace:                  "extra-space",
	QuirkTabSpace:                    "tab-for-space",
	QuirkSpaceBeforeParen:            "space-before-paren",
	QuirkSpaceAfterParen:             "space-after-paren",
	QuirkLeadingNUL:                  "leading-nul",
	QuirkLeadingSpace:                "leading-space",
	QuirkNUL:                         "nul-octet",
	QuirkMissingText:                 "missing-text",
	QuirkCodeWithoutSpace:            "code-without-space",
	QuirkPlusWithoutSpace:            "plus-without-space",
	QuirkMissingStatus:               "missing-status",
	QuirkMalformedCode:               "malformed-code",
	QuirkFreeTextCode:                "free-text-code",
	QuirkEmptyUIDSet:                 "empty-uid-set",
	QuirkTaggedBye:                   "tagged-bye",
	QuirkForeignProtocol:             "foreign-protocol",
	QuirkMissingStar:                 "missing-star",
	QuirkZeroNumber:                  "zero-number",
	QuirkNumberOverflow:              "number-overflow",
	QuirkNegativeNumber:              "negative-number",
	QuirkFloatNumber:                 "float-number",
	QuirkQuotedNumber:                "quoted-number",
	QuirkTrailingComma:               "trailing-comma",
	QuirkStarInFlags:                 "star-in-flags",
	QuirkBracketInAtom:               "bracket-in-atom",
	QuirkQuotedFlag:                  "quoted-flag",
	QuirkEmptyFlag:                   "empty-flag",
	QuirkNilInList:                   "nil-in-list",
	QuirkAttributeWithoutBackslash:   "attribute-without-backslash",
	QuirkUnquotedName:                "unquoted-name",
	QuirkBadDelimiter:                "bad-delimiter",
	QuirkLiteralForQuoted:            "literal-for-quoted",
	QuirkObjectIDChars:               "objectid-chars",
	QuirkMIMEWithoutPart:             "mime-without-part",
	QuirkLoneThread:                  "lone-thread",
	QuirkEmptyList:                   "empty-list",
	QuirkMissingList:                 "missing-list",
	QuirkOddPairs:                    "odd-pairs",
	QuirkAtomForString:               "atom-for-string",
	QuirkNilForString:                "nil-for-string",
	QuirkStringForNil:                "string-for-nil",
	QuirkParensForNil:                "parens-for-nil",
	QuirkLiteral8:                    "literal8",
	QuirkNonSyncFromServer:           "nonsync-from-server",
	QuirkBadEscape:                   "bad-escape",
	QuirkUnescapedQuote:              "unescaped-quote",
	QuirkStrayBackslash:              "stray-backslash",
	QuirkLineBreakInQuoted:           "line-break-in-quoted",
	Quirk8BitInQuoted:                "8bit-in-quoted",
	Quirk8BitInAtom:                  "8bit-in-atom",
	Quirk8BitInText:                  "8bit-in-text",
	QuirkOneDigitDay:                 "one-digit-day",
	QuirkBadDate:                     "bad-date",
	QuirkEmptyFetch:                  "empty-fetch",
	QuirkWrappedItem:                 "wrapped-item",
	QuirkMissingValue:                "missing-value",
	QuirkPartialEcho:                 "partial-echo",
	QuirkMissingParen:                "missing-paren",
	QuirkExtraParen:                  "extra-paren",
	QuirkBareItemValue:               "bare-item-value",
	QuirkSpaceBetweenAddresses:       "space-between-addresses",
	QuirkMissingEnvelopeField:        "missing-envelope-field",
	QuirkExtraEnvelopeField:          "extra-envelope-field",
	QuirkShortAddress:                "short-address",
	QuirkChildlessMultipart:          "childless-multipart",
	QuirkMultipartAsPart:             "multipart-as-part",
	QuirkSpaceBetweenParts:           "space-between-parts",
	QuirkMissingSubtype:              "missing-subtype",
	QuirkMissingLines:                "missing-lines",
	QuirkMissingBodyFields:           "missing-body-fields",
	QuirkMessageWithoutEnvelope:      "message-without-envelope",
	QuirkEmptyMessageBody:            "empty-message-body",
	QuirkDispositionString:           "disposition-string",
	QuirkDispositionNil:              "disposition-nil",
	QuirkDispositionWithoutParams:    "disposition-without-params",
	QuirkSwappedBodyFields:           "swapped-body-fields",
	QuirkStringBeforeStructure:       "string-before-structure",
	QuirkOddCorrelator:               "odd-correlator",
	QuirkRFC822Section:               "rfc822-section",
	QuirkMissingSpace:                "missing-space",
	QuirkUnknownSearchKey:            "unknown-search-key",
	QuirkUnknownSortKey:              "unknown-sort-key",
	QuirkUnknownUIDCommand:           "unknown-uid-command",
	QuirkUnquotedArgument:            "unquoted-argument",
	QuirkStringForAtom:               "string-for-atom",
	QuirkLabelChars:                  "label-chars",
	QuirkUnparenthesizedItems:        "unparenthesized-items",
	QuirkMetadataOptionsAfterMailbox: "metadata-options-after-mailbox",
	QuirkMailboxWord:                 "mailbox-word",
	QuirkSectionPartZero:             "section-part-zero",
	QuirkLoneSelectOption:            "lone-select-option",
	QuirkMacroInList:                 "macro-in-list",
	QuirkEntryName:                   "entry-name",
	QuirkUnpaddedBase64:              "unpadded-base64",
	QuirkMaskedSecret:                "masked-secret",
	QuirkLiteralForLiteral8:          "literal-for-literal8",
}

// ID is the stable kebab-case name of the quirk: "trailing-space"; of QuirkNone, "unknown-value".
func (x Quirk) ID() string {
	if int(x) < len(quirkIDs) {
		return quirkIDs[x]
	}
	return ""
}

// OfCommands says that only commands can need the quirk.
func (x Quirk) OfCommands() bool { return x > QuirkMissingSpace }

// QuirkByID is the quirk whose ID is id.
func QuirkByID(id string) (x Quirk, ok bool) {
	for k := range quirkIDs {
		if quirkIDs[k] == id {
			return Quirk(k), true
		}
	}
	return QuirkNone, false
}

// Quirks is a set of quirks. The zero value is empty: strict.
type Quirks [2]uint64

// Lenient has every quirk.
var Lenient = Quirks{^uint64(0) &^ 1, 1<<(quirkCount-64) - 1}

// QuirksOf is the set of xs.
func QuirksOf(xs ...Quirk) Quirks {
	var q Quirks
	for _, x := range xs {
		q.Add(x)
	}
	return q
}

// Add puts x in.
func (q *Quirks) Add(x Quirk) { q[x>>6&1] |= 1 << (x & 63) }

// Remove takes x out.
func (q *Quirks) Remove(x Quirk) { q[x>>6&1] &^= 1 << (x & 63) }

// Has says that x is in the set.
func (q Quirks) Has(x Quirk) bool { return q[x>>6&1]>>(x&63)&1 != 0 }

// Or is the union of q and r.
func (q Quirks) Or(r Quirks) Quirks { return Quirks{q[0] | r[0], q[1] | r[1]} }

// All yields the members in the order of their declaration.
func (q Quirks) All() iter.Seq[Quirk] {
	return func(yield func(Quirk) bool) {
		for w, word := range q {
			for ; word != 0; word &= word - 1 {
				if !yield(Quirk(w<<6 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// quirk says whether x forgives what stands from start to end, and notes it. A rule calls it only where the strict grammar has failed.
func (p *Parser) quirk(x Quirk, start, end int) bool {
	if !p.Quirks.Has(x) {
		return false
	}
	p.note(x, start, end)
	p.markRule(syntax.FlagQuirk)
	return true
}

// note adds a Note.
func (p *Parser) note(x Quirk, start, end int) {
	p.Notes = append(p.Notes, Note{Quirk: x, Span: spanOf(start, end)})
}

// unknown notes something that was read by the generic syntax, from start to the cursor.
func (p *Parser) unknown(start int) { p.note(QuirkNone, start, p.i) }
