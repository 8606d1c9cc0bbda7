package diagnose

// Family is what a rule measures against.
type Family uint8

const (
	Grammar  Family = iota // what the parser refused or forgave; the ids are the parser's
	Protocol               // the RFCs
	Product                // known deviations of products
	Practice               // speed, safety, robustness
)

// String is the family's name.
func (f Family) String() string {
	switch f {
	case Grammar:
		return "grammar"
	case Protocol:
		return "protocol"
	case Product:
		return "product"
	case Practice:
		return "practice"
	}
	return ""
}

// class decides the severity of a rule's findings.
type class uint8

const (
	breach   class = iota // Error, or Quirk of a product that is known for it
	semantic              // Warning, or Quirk of a product that is known for it
	harmful               // Warning
	advice                // Hint
)

// Rule is an entry of the registry.
type Rule struct {
	ID       string
	Severity Severity // where the evidence names no product
	Family   Family
}

// rule is the number of a rule of this package.
type rule uint8

// What the protocol forbids.
const (
	ruleNone rule = iota
	ruleWrongState
	ruleCommandWhileIdle
	ruleCommandAfterLogout
	ruleTagInUse
	ruleTagNotUnique
	ruleUnknownTag
	ruleAnsweredTwice
	ruleUnanswered
	ruleUnexpectedContinuation
	ruleContinuationNonSync
	ruleLiteralEarly
	ruleLiteralPlusUnadvertised
	ruleLiteralMinusTooLarge
	ruleLiteralLength
	ruleLiteralCountsCharacters
	ruleBadGreeting
	ruleOtherProtocol
	ruleExpungeDuringFetch
	ruleExpungeWithoutCommand
	ruleExpungeBeyondExists
	ruleExistsDecreased
	ruleFetchBeyondExists
	ruleSequenceBeyondExists
	ruleUIDChanged
	ruleUIDFetchWithoutUID
	ruleUIDValidityChanged
	ruleUIDValidityZero
	ruleUIDNextZero
	ruleUnseenZero
	ruleHighestModSeqZero
	ruleSelectIncomplete
	ruleSelectWithoutUIDValidity
	ruleMissingResponse
	ruleEnableInSelected
	ruleEnableUnadvertised
	ruleEnableWithoutEnabled
	ruleEnabledUnasked
	ruleQResyncNotEnabled
	ruleVanishedNotEnabled
	ruleCapabilityWithoutRev
	ruleLiteralPlusAndMinus
	ruleCapabilityNotAdvertised
	ruleMechanismNotAdvertised
	ruleStartTLSPipelined
	ruleWriteInReadOnly
	ruleFlagNotPermanent
	ruleStoreRecent
	ruleLoginDisabled
	ruleIdleTooLong
	ruleFetchItemMissing
	ruleStatusItemMissing
	ruleStatusItemUnasked
	ruleStatusOfSelected
	ruleSearchForESearch
	ruleUnknownResponse
	ruleBadUTF7
	ruleUTF7InUTF8
	ruleCopyUIDUnequal
	ruleExamineWithoutReadOnly
	ruleLeftOut
)

// What certain products do.
const (
	ruleLoginPrompt rule = iota + 100
	ruleExchangeErrorInOK
	ruleBareServerText
	ruleByeRepeated
	ruleUntaggedBadHangs
	ruleAlertUnusable
	ruleAlert
	ruleCapabilityUntagged
	ruleLiteralPlusSplit
	ruleNetEaseUnsafeLogin
	ruleModSeqZeroRejected
	ruleICloudParseError
	ruleIDRejected
	ruleListRoot
	ruleListNoArguments
	ruleXListObsolete
	ruleGmailLabels
	ruleRecentNotCleared
	ruleBracketInMailbox
	ruleNilMailbox
	ruleMailboxLiteral
	ruleNilFlag
	ruleQuota64
	ruleBodyQuoted
	ruleLiteralZeroPadded
	ruleSenderLeaked
	ruleAddressLikeGroup
	ruleAddressWithoutHost
	ruleDeepStructure
	ruleDateZeroPadded
	ruleAppendUTF8
	ruleDescendingSet
	ruleCommandTooLong
	ruleSearchUnquoted
	ruleStoreMissingSpace
	ruleTrailingSeparator
	ruleInboxInbox
	ruleItemsOutsideFetch
	ruleResponseCut
)

// What could be done better.
const (
	ruleClearTextLogin rule = iota + 150
	ruleRefetchFlags
	rulePollingNoop
	ruleFetchOneByOne
	ruleNoPipelining
	ruleStatusPerMailbox
	ruleSyncLiteral
	ruleBodyWithoutPeek
	ruleSearchInClient
	ruleIDNotSent
	ruleNamespaceIgnored
	ruleSpecialUseIgnored
	ruleMoveNotUsed
	ruleExpungeWithoutUID
	ruleCapabilityAskedAgain
	ruleSASLIRNotUsed
	ruleReselect
)

// What servers say when they refuse or close, and what ENABLE changes.
const (
	ruleLoginRefused rule = iota + 180
	ruleAppPassword
	ruleIMAPDisabled
	ruleWebLogin
	ruleBasicAuthBlocked
	ruleAccountAbnormal
	ruleAccountUnusable
	ruleTLSNeeded
	ruleTokenRefused
	ruleNotConnected
	ruleTooManyConnections
	ruleThrottled
	ruleOverQuota
	ruleMessageTooBig
	ruleServerTrouble
	ruleMailboxDamaged
	ruleMailboxInUse
	ruleClientBlamed
	ruleCharsetRefused
	ruleMessagesGone
	ruleMessageUnreadable
	ruleNoSuchMailbox
	ruleMailboxExists
	ruleNoPermission
	ruleLimitReached
	ruleReferral
	ruleUIDNotSticky
	ruleIdleLogout
	ruleSessionExpired
	ruleServerShutdown
	ruleTooManyErrors
	ruleClosedByServer
	ruleExchangeArguments
	ruleCommandRejected
	ruleCommandFailed
	ruleNumberInUIDOnly
	ruleNumberFromUIDOnly
	ruleExpungeWithQResync
	ruleVanishedUnasked
	ruleLogin8Bit
	ruleSearch8Bit
	ruleCharsetInUTF8
	ruleMailbox8Bit
	ruleAbsurdZone
	ruleUppercaseRights
	ruleServerWarning
	ruleUntaggedBad
	ruleResponseLookalike
	ruleLiteralLookalike
	ruleAddressGroup
	ruleGlobalWithoutEnvelope
	ruleBodyExtension
	ruleUIDNotAscending
	ruleUIDBeyondUIDNext
	ruleSearchBeyondExists
	ruleSizeMismatch
	ruleESearchWrongTag
	ruleESearchWrongKind
	ruleMoveWithoutExpunge
	ruleLogoutWithoutBye
	ruleExpungeOnClose
	ruleListAttributes
	ruleIDLimits
	ruleBodyExtended
	ruleCompressPipelined
	ruleAppendUTF8Unasked
	ruleInboxStays
	ruleSelectWithoutModSeq
	ruleStoreWithoutModSeq
	ruleMailboxIDMissing
	rulePartialTooLong
	ruleRelevancy
	ruleRecentInRev2
	rules
)

// entry is what the registry knows about a rule.
type entry struct {
	id      string
	class   class
	family  Family
	because []product // products that are known for it
}

var registry = [rules]entry{
	ruleWrongState:               {"wrong-state", breach, Protocol, []product{wino}},
	ruleCommandWhileIdle:         {"command-while-idle", breach, Protocol, []product{iosMail}},
	ruleCommandAfterLogout:       {"command-after-logout", harmful, Protocol, nil},
	ruleTagInUse:                 {"tag-in-use", breach, Protocol, nil},
	ruleTagNotUnique:             {"tag-not-unique", advice, Protocol, nil},
	ruleUnknownTag:               {"unknown-tag", advice, Protocol, nil},
	ruleAnsweredTwice:            {"answered-twice", breach, Protocol, nil},
	ruleUnanswered:               {"command-unanswered", semantic, Protocol, nil},
	ruleUnexpectedContinuation:   {"unexpected-continuation", breach, Protocol, nil},
	ruleContinuationNonSync:      {"continuation-for-nonsync", breach, Protocol, nil},
	ruleLiteralEarly:             {"literal-before-continuation", breach, Protocol, []product{imapEngine}},
	ruleLiteralPlusUnadvertised:  {"literal-plus-unadvertised", breach, Protocol, nil},
	ruleLiteralMinusTooLarge:     {"literal-minus-too-large", breach, Protocol, nil},
	ruleLiteralLength:            {"literal-length-wrong", breach, Protocol, []product{domino, rambler}},
	ruleLiteralCountsCharacters:  {"literal-counts-characters", breach, Protocol, nil},
	ruleBadGreeting:              {"bad-greeting", breach, Protocol, []product{icewarp}},
	ruleOtherProtocol:            {"other-protocol", breach, Protocol, []product{smartermail}},
	ruleExpungeDuringFetch:       {"expunge-during-fetch", breach, Protocol, nil},
	ruleExpungeWithoutCommand:    {"expunge-without-command", breach, Protocol, nil},
	ruleExpungeBeyondExists:      {"expunge-beyond-exists", breach, Protocol, nil},
	ruleExistsDecreased:          {"exists-decreased", breach, Protocol, nil},
	ruleFetchBeyondExists:        {"fetch-beyond-exists", semantic, Protocol, []product{exchange}},
	ruleSequenceBeyondExists:     {"sequence-beyond-exists", harmful, Protocol, nil},
	ruleUIDChanged:               {"uid-changed", breach, Protocol, nil},
	ruleUIDFetchWithoutUID:       {"uid-fetch-without-uid", breach, Protocol, nil},
	ruleUIDValidityChanged:       {"uidvalidity-changed", harmful, Protocol, nil},
	ruleUIDValidityZero:          {"uidvalidity-zero", breach, Protocol, []product{winwebmail, smartermail}},
	ruleUIDNextZero:              {"uidnext-zero", breach, Protocol, nil},
	ruleUnseenZero:               {"unseen-zero", breach, Protocol, nil},
	ruleHighestModSeqZero:        {"highestmodseq-zero", breach, Protocol, nil},
	ruleSelectIncomplete:         {"select-incomplete", breach, Protocol, nil},
	ruleSelectWithoutUIDValidity: {"select-without-uidvalidity", harmful, Protocol, nil},
	ruleMissingResponse:          {"missing-response", breach, Protocol, nil},
	ruleEnableInSelected:         {"enable-in-selected", breach, Protocol, nil},
	ruleEnableUnadvertised:       {"enable-unadvertised", advice, Protocol, nil},
	ruleEnableWithoutEnabled:     {"enable-without-enabled", breach, Protocol, []product{icloud}},
	ruleEnabledUnasked:           {"enabled-unasked", harmful, Protocol, nil},
	ruleQResyncNotEnabled:        {"qresync-not-enabled", breach, Protocol, nil},
	ruleVanishedNotEnabled:       {"vanished-not-enabled", breach, Protocol, nil},
	ruleCapabilityWithoutRev:     {"capability-without-imap4", breach, Protocol, nil},
	ruleLiteralPlusAndMinus:      {"literal-plus-and-minus", breach, Protocol, nil},
	ruleCapabilityNotAdvertised:  {"capability-not-advertised", harmful, Protocol, nil},
	ruleMechanismNotAdvertised:   {"mechanism-not-advertised", harmful, Protocol, nil},
	ruleStartTLSPipelined:        {"starttls-pipelined", breach, Protocol, nil},
	ruleWriteInReadOnly:          {"write-in-read-only", harmful, Protocol, nil},
	ruleFlagNotPermanent:         {"flag-not-permanent", harmful, Protocol, nil},
	ruleStoreRecent:              {"store-recent", breach, Protocol, nil},
	ruleLoginDisabled:            {"login-disabled", breach, Protocol, nil},
	ruleIdleTooLong:              {"idle-too-long", harmful, Protocol, nil},
	ruleFetchItemMissing:         {"fetch-item-missing", semantic, Protocol, []product{icloud}},
	ruleStatusItemMissing:        {"status-item-missing", semantic, Protocol, []product{netease, coremail}},
	ruleStatusItemUnasked:        {"status-item-unasked", advice, Protocol, nil},
	ruleStatusOfSelected:         {"status-of-selected", advice, Protocol, nil},
	ruleSearchForESearch:         {"search-for-esearch", semantic, Protocol, []product{cyrus}},
	ruleUnknownResponse:          {"unknown-response", advice, Protocol, nil},
	ruleBadUTF7:                  {"bad-utf7", harmful, Protocol, nil},
	ruleUTF7InUTF8:               {"utf7-in-utf8-mode", advice, Protocol, nil},
	ruleLeftOut:                  {"left-out", advice, Protocol, nil},
	ruleExamineWithoutReadOnly:   {"examine-without-read-only", breach, Protocol, nil},
	ruleCopyUIDUnequal:           {"copyuid-unequal", breach, Protocol, nil},

	ruleLoginPrompt:        {"login-prompt", semantic, Product, []product{qq}},
	ruleExchangeErrorInOK:  {"exchange-error-in-ok", breach, Product, []product{exchange}},
	ruleBareServerText:     {"bare-server-text", breach, Product, []product{exchange}},
	ruleByeRepeated:        {"bye-repeated", semantic, Product, []product{yandex}},
	ruleUntaggedBadHangs:   {"untagged-bad-hangs", semantic, Product, []product{qq, interia}},
	ruleAlertUnusable:      {"alert-unusable", semantic, Product, []product{interia}},
	ruleAlert:              {"alert", advice, Product, nil},
	ruleCapabilityUntagged: {"capability-untagged-at-login", advice, Product, []product{gmail, homepl}},
	ruleLiteralPlusSplit:   {"literal-plus-split", advice, Product, nil},
	ruleNetEaseUnsafeLogin: {"unsafe-login", semantic, Product, []product{netease, coremail}},
	ruleModSeqZeroRejected: {"modseq-zero-rejected", semantic, Product, []product{icloud}},
	ruleICloudParseError:   {"parse-error-reply", advice, Product, nil},
	ruleIDRejected:         {"id-rejected", semantic, Product, []product{mailde, exchange, gmx}},
	ruleListRoot:           {"list-root-name", advice, Product, []product{protonBridge}},
	ruleListNoArguments:    {"list-without-arguments", advice, Product, nil},
	ruleXListObsolete:      {"xlist-obsolete", advice, Product, nil},
	ruleGmailLabels:        {"gmail-labels", advice, Product, nil},
	ruleRecentNotCleared:   {"recent-not-cleared", semantic, Product, []product{sina}},
	ruleBracketInMailbox:   {"bracket-in-mailbox", advice, Product, []product{courier}},
	ruleNilMailbox:         {"nil-mailbox", advice, Product, nil},
	ruleNilFlag:            {"nil-flag", advice, Product, []product{gmail}},
	ruleMailboxLiteral:     {"mailbox-literal", advice, Product, []product{exchange}},
	ruleQuota64:            {"quota-64bit", advice, Product, []product{gmail}},
	ruleBodyQuoted:         {"body-quoted", advice, Product, []product{yahoo}},
	ruleLiteralZeroPadded:  {"literal-zero-padded", advice, Product, nil},
	ruleSenderLeaked:       {"sender-header-leaked", semantic, Product, []product{gmail}},
	ruleAddressLikeGroup:   {"address-like-group", advice, Product, []product{exchange}},
	ruleAddressWithoutHost: {"address-without-host", advice, Product, nil},
	ruleDeepStructure:      {"deep-structure", advice, Product, nil},
	ruleDateZeroPadded:     {"date-zero-padded", advice, Product, []product{appleMail, iosMail}},
	ruleAppendUTF8:         {"append-utf8", advice, Product, []product{thunderbird}},
	ruleDescendingSet:      {"descending-set", advice, Product, []product{himalaya}},
	ruleCommandTooLong:     {"command-too-long", harmful, Product, []product{nextcloud}},
	ruleSearchUnquoted:     {"search-unquoted", harmful, Product, nil},
	ruleStoreMissingSpace:  {"store-missing-space", breach, Product, []product{haskellnet}},
	ruleTrailingSeparator:  {"trailing-separator", harmful, Product, []product{thunderbird}},
	ruleInboxInbox:         {"inbox-inbox", harmful, Product, []product{appleMail, iosMail}},
	ruleResponseCut:        {"response-cut", breach, Product, []product{yandex}},
	ruleItemsOutsideFetch:  {"items-outside-fetch", breach, Product, []product{xeams}},

	ruleClearTextLogin:       {"clear-text-login", harmful, Practice, nil},
	ruleRefetchFlags:         {"refetch-flags", advice, Practice, nil},
	rulePollingNoop:          {"polling-noop", advice, Practice, nil},
	ruleFetchOneByOne:        {"fetch-one-by-one", advice, Practice, nil},
	ruleNoPipelining:         {"no-pipelining", advice, Practice, nil},
	ruleStatusPerMailbox:     {"status-per-mailbox", advice, Practice, nil},
	ruleSyncLiteral:          {"sync-literal", advice, Practice, nil},
	ruleBodyWithoutPeek:      {"body-without-peek", advice, Practice, nil},
	ruleSearchInClient:       {"search-in-client", advice, Practice, nil},
	ruleIDNotSent:            {"id-not-sent", advice, Practice, nil},
	ruleNamespaceIgnored:     {"namespace-ignored", advice, Practice, nil},
	ruleSpecialUseIgnored:    {"special-use-ignored", advice, Practice, nil},
	ruleMoveNotUsed:          {"move-not-used", advice, Practice, nil},
	ruleExpungeWithoutUID:    {"expunge-without-uid", advice, Practice, nil},
	ruleCapabilityAskedAgain: {"capability-asked-again", advice, Practice, nil},
	ruleSASLIRNotUsed:        {"sasl-ir-not-used", advice, Practice, nil},
	ruleReselect:             {"reselect", advice, Practice, nil},

	ruleLoginRefused:       {"login-refused", harmful, Product, nil},
	ruleAppPassword:        {"app-password-needed", harmful, Product, nil},
	ruleIMAPDisabled:       {"imap-disabled", harmful, Product, nil},
	ruleWebLogin:           {"web-login-required", harmful, Product, nil},
	ruleBasicAuthBlocked:   {"basic-auth-blocked", harmful, Product, nil},
	ruleAccountAbnormal:    {"account-abnormal", harmful, Product, nil},
	ruleAccountUnusable:    {"account-unusable", harmful, Product, nil},
	ruleTLSNeeded:          {"tls-needed", harmful, Product, nil},
	ruleTokenRefused:       {"token-refused", harmful, Product, nil},
	ruleNotConnected:       {"authenticated-not-connected", harmful, Product, nil},
	ruleTooManyConnections: {"too-many-connections", harmful, Product, nil},
	ruleThrottled:          {"throttled", harmful, Product, nil},
	ruleOverQuota:          {"over-quota", harmful, Product, nil},
	ruleMessageTooBig:      {"message-too-big", harmful, Product, nil},
	ruleServerTrouble:      {"server-trouble", harmful, Product, nil},
	ruleMailboxDamaged:     {"mailbox-damaged", harmful, Product, nil},
	ruleMailboxInUse:       {"mailbox-in-use", harmful, Product, nil},
	ruleClientBlamed:       {"client-bug", harmful, Product, nil},
	ruleCharsetRefused:     {"charset-refused", harmful, Product, nil},
	ruleMessagesGone:       {"messages-gone", advice, Product, nil},
	ruleMessageUnreadable:  {"message-unreadable", harmful, Product, nil},
	ruleNoSuchMailbox:      {"no-such-mailbox", advice, Product, nil},
	ruleMailboxExists:      {"mailbox-exists", advice, Product, nil},
	ruleNoPermission:       {"no-permission", harmful, Product, nil},
	ruleLimitReached:       {"limit-reached", harmful, Product, nil},
	ruleReferral:           {"referral", advice, Product, nil},
	ruleUIDNotSticky:       {"uid-not-sticky", harmful, Product, nil},
	ruleIdleLogout:         {"idle-logout", harmful, Product, nil},
	ruleSessionExpired:     {"session-expired", harmful, Product, nil},
	ruleServerShutdown:     {"server-shutdown", harmful, Product, nil},
	ruleTooManyErrors:      {"too-many-errors", harmful, Product, nil},
	ruleClosedByServer:     {"closed-by-server", harmful, Product, nil},
	ruleExchangeArguments:  {"exchange-command-error", harmful, Product, nil},
	ruleCommandRejected:    {"command-rejected", harmful, Product, nil},
	ruleCommandFailed:      {"command-failed", advice, Product, nil},
	ruleNumberInUIDOnly:    {"number-in-uidonly", breach, Protocol, nil},
	ruleNumberFromUIDOnly:  {"number-from-uidonly", breach, Protocol, nil},
	ruleExpungeWithQResync: {"expunge-with-qresync", breach, Protocol, nil},
	ruleVanishedUnasked:    {"vanished-unasked", breach, Protocol, nil},
	ruleLogin8Bit:          {"login-8bit", harmful, Protocol, nil},
	ruleSearch8Bit:         {"search-8bit", harmful, Protocol, nil},
	ruleCharsetInUTF8:      {"charset-in-utf8-mode", breach, Protocol, nil},
	ruleMailbox8Bit:        {"mailbox-8bit", harmful, Protocol, nil},
	ruleAbsurdZone:         {"absurd-zone", harmful, Protocol, nil},
	ruleUppercaseRights:    {"uppercase-rights", breach, Protocol, nil},

	ruleServerWarning:         {"server-warning", advice, Protocol, nil},
	ruleUntaggedBad:           {"untagged-bad", harmful, Protocol, nil},
	ruleResponseLookalike:     {"response-lookalike", advice, Practice, nil},
	ruleLiteralLookalike:      {"literal-lookalike", advice, Practice, nil},
	ruleAddressGroup:          {"address-group", advice, Practice, []product{dovecot}},
	ruleGlobalWithoutEnvelope: {"global-without-envelope", advice, Product, []product{dovecot}},
	ruleBodyExtension:         {"body-extension", advice, Practice, nil},

	ruleUIDNotAscending:     {"uid-not-ascending", breach, Protocol, nil},
	ruleUIDBeyondUIDNext:    {"uid-beyond-uidnext", breach, Protocol, nil},
	ruleSearchBeyondExists:  {"search-beyond-exists", breach, Protocol, nil},
	ruleSizeMismatch:        {"size-mismatch", semantic, Protocol, []product{exchange, domino}},
	ruleESearchWrongTag:     {"esearch-wrong-tag", breach, Protocol, nil},
	ruleESearchWrongKind:    {"esearch-wrong-kind", breach, Protocol, nil},
	ruleMoveWithoutExpunge:  {"move-without-expunge", semantic, Protocol, nil},
	ruleLogoutWithoutBye:    {"logout-without-bye", breach, Protocol, nil},
	ruleExpungeOnClose:      {"expunge-on-close", breach, Protocol, nil},
	ruleListAttributes:      {"list-attributes-contradict", breach, Protocol, nil},
	ruleIDLimits:            {"id-limits", breach, Protocol, nil},
	ruleBodyExtended:        {"body-with-extension", semantic, Protocol, nil},
	ruleCompressPipelined:   {"compress-pipelined", breach, Protocol, nil},
	ruleAppendUTF8Unasked:   {"append-utf8-not-enabled", breach, Protocol, nil},
	ruleInboxStays:          {"inbox-always-exists", breach, Protocol, nil},
	ruleSelectWithoutModSeq: {"select-without-modseq", breach, Protocol, nil},
	ruleStoreWithoutModSeq:  {"store-without-modseq", breach, Protocol, nil},
	ruleMailboxIDMissing:    {"mailboxid-missing", semantic, Protocol, nil},
	rulePartialTooLong:      {"partial-too-long", breach, Protocol, nil},
	ruleRelevancy:           {"relevancy-without-fuzzy", breach, Protocol, nil},
	ruleRecentInRev2:        {"recent-in-rev2", advice, Protocol, nil},
}

// Registry is every rule of this package, in a stable order. The ids of the grammar's errors and quirks are the parser's.
func Registry() []Rule {
	var out []Rule
	for i := range registry {
		if e := &registry[i]; e.id != "" {
			out = append(out, Rule{ID: e.id, Severity: e.class.severity(), Family: e.family})
		}
	}
	return out
}

func (c class) severity() Severity {
	switch c {
	case breach:
		return Error
	case semantic, harmful:
		return Warning
	}
	return Hint
}
