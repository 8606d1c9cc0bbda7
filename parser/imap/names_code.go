package imap

// CodeName is the name of a response code, the first word inside the brackets.
type CodeName uint8

const (
	// CodeUnknown is any other word, which Code.Word has.
	CodeUnknown              CodeName = iota
	CodeAlert                         // RFC 9051 §7.1
	CodeBadCharset                    // RFC 9051 §7.1
	CodeCapability                    // RFC 9051 §7.1
	CodeParse                         // RFC 9051 §7.1
	CodePermanentFlags                // RFC 9051 §7.1
	CodeReadOnly                      // RFC 9051 §7.1
	CodeReadWrite                     // RFC 9051 §7.1
	CodeTryCreate                     // RFC 9051 §7.1
	CodeUIDNext                       // RFC 9051 §7.1
	CodeUIDValidity                   // RFC 9051 §7.1
	CodeUnseen                        // RFC 3501 §7.1
	CodeAppendUID                     // RFC 9051 §7.1
	CodeCopyUID                       // RFC 9051 §7.1
	CodeUIDNotSticky                  // RFC 9051 §7.1
	CodeUnknownCTE                    // RFC 9051 §7.1
	CodeUnavailable                   // RFC 9051 §7.1
	CodeAuthenticationFailed          // RFC 9051 §7.1
	CodeAuthorizationFailed           // RFC 9051 §7.1
	CodeExpired                       // RFC 9051 §7.1
	CodePrivacyRequired               // RFC 9051 §7.1
	CodeContactAdmin                  // RFC 9051 §7.1
	CodeNoPerm                        // RFC 9051 §7.1
	CodeInUse                         // RFC 9051 §7.1
	CodeExpungeIssued                 // RFC 9051 §7.1
	CodeCorruption                    // RFC 9051 §7.1
	CodeServerBug                     // RFC 9051 §7.1
	CodeClientBug                     // RFC 9051 §7.1
	CodeCannot                        // RFC 9051 §7.1
	CodeLimit                         // RFC 9051 §7.1
	CodeOverQuota                     // RFC 9051 §7.1
	CodeAlreadyExists                 // RFC 9051 §7.1
	CodeNonExistent                   // RFC 9051 §7.1
	CodeNotSaved                      // RFC 9051 §7.1
	CodeHasChildren                   // RFC 9051 §7.1
	CodeClosed                        // RFC 9051 §7.1
	CodeHighestModSeq                 // RFC 7162 §3.1.2.1
	CodeNoModSeq                      // RFC 7162 §3.1.2.2
	CodeModified                      // RFC 7162 §3.1.3
	CodeURLMech                       // RFC 4467 §3
	CodeBadURL                        // RFC 4469 §4
	CodeTooBig                        // RFC 4469 §4
	CodeCompressionActive             // RFC 4978 §3
	CodeBadComparator                 // RFC 5255 §4.9
	CodeAnnotate                      // RFC 5257 §4.5
	CodeAnnotations                   // RFC 5257 §4.2
	CodeTempFail                      // RFC 5259 §9
	CodeMaxConvertMessages            // RFC 5259 §9
	CodeMaxConvertParts               // RFC 5259 §9
	CodeNoUpdate                      // RFC 5267 §4.3.1
	CodeMetadata                      // RFC 5464 §4.2.1
	CodeNotificationOverflow          // RFC 5465 §5.8
	CodeBadEvent                      // RFC 5465 §5
	CodeUndefinedFilter               // RFC 5466 §3.1
	CodeUseAttr                       // RFC 6154 §3
	CodeReferral                      // RFC 2221 §4.1
	CodeDowngraded                    // RFC 6858 §3
	CodeMailboxID                     // RFC 8474 §4
	CodeObjectID                      // draft-ietf-mailmaint-imap-objectid-bis-06 §3, §10
	CodeInProgress                    // RFC 9585 §4
	CodeUIDRequired                   // RFC 9586 §3
	CodeMessageLimit                  // RFC 9738 §3.1
	CodeTooFew                        // RFC 10022 §3.1.3.2
	CodeTooMany                       // RFC 10022 §3.1.5
	CodeNotUTF8                       // RFC 5738 §3.4
	CodeUTF8Only                      // RFC 5738 §3.4
	CodeNewName                       // RFC 2060 §7.1
	CodeWebAlert                      // Gmail
	CodeThrottled                     // Gmail
	CodeXInUse                        // Dovecot; the RFC 5530 word is INUSE
	CodeAnnotateMore                  // draft-daboo-imap-annotatemore; Cyrus
	CodeNetscape                      // Cyrus

	countCodeName = iota
)

var codeNameWords = [countCodeName]string{
	CodeAlert:                "ALERT",
	CodeBadCharset:           "BADCHARSET",
	CodeCapability:           "CAPABILITY",
	CodeParse:                "PARSE",
	CodePermanentFlags:       "PERMANENTFLAGS",
	CodeReadOnly:             "READ-ONLY",
	CodeReadWrite:            "READ-WRITE",
	CodeTryCreate:            "TRYCREATE",
	CodeUIDNext:              "UIDNEXT",
	CodeUIDValidity:          "UIDVALIDITY",
	CodeUnseen:               "UNSEEN",
	CodeAppendUID:            "APPENDUID",
	CodeCopyUID:              "COPYUID",
	CodeUIDNotSticky:         "UIDNOTSTICKY",
	CodeUnknownCTE:           "UNKNOWN-CTE",
	CodeUnavailable:          "UNAVAILABLE",
	CodeAuthenticationFailed: "AUTHENTICATIONFAILED",
	CodeAuthorizationFailed:  "AUTHORIZATIONFAILED",
	CodeExpired:              "EXPIRED",
	CodePrivacyRequired:      "PRIVACYREQUIRED",
	CodeContactAdmin:         "CONTACTADMIN",
	CodeNoPerm:               "NOPERM",
	CodeInUse:                "INUSE",
	CodeExpungeIssued:        "EXPUNGEISSUED",
	CodeCorruption:           "CORRUPTION",
	CodeServerBug:            "SERVERBUG",
	CodeClientBug:            "CLIENTBUG",
	CodeCannot:               "CANNOT",
	CodeLimit:                "LIMIT",
	CodeOverQuota:            "OVERQUOTA",
	CodeAlreadyExists:        "ALREADYEXISTS",
	CodeNonExistent:          "NONEXISTENT",
	CodeNotSaved:             "NOTSAVED",
	CodeHasChildren:          "HASCHILDREN",
	CodeClosed:               "CLOSED",
	CodeHighestModSeq:        "HIGHESTMODSEQ",
	CodeNoModSeq:             "NOMODSEQ",
	CodeModified:             "MODIFIED",
	CodeURLMech:              "URLMECH",
	CodeBadURL:               "BADURL",
	CodeTooBig:               "TOOBIG",
	CodeCompressionActive:    "COMPRESSIONACTIVE",
	CodeBadComparator:        "BADCOMPARATOR",
	CodeAnnotate:             "ANNOTATE",
	CodeAnnotations:          "ANNOTATIONS",
	CodeTempFail:             "TEMPFAIL",
	CodeMaxConvertMessages:   "MAXCONVERTMESSAGES",
	CodeMaxConvertParts:      "MAXCONVERTPARTS",
	CodeNoUpdate:             "NOUPDATE",
	CodeMetadata:             "METADATA",
	CodeNotificationOverflow: "NOTIFICATIONOVERFLOW",
	CodeBadEvent:             "BADEVENT",
	CodeUndefinedFilter:      "UNDEFINED-FILTER",
	CodeUseAttr:              "USEATTR",
	CodeReferral:             "REFERRAL",
	CodeDowngraded:           "DOWNGRADED",
	CodeMailboxID:            "MAILBOXID",
	CodeObjectID:             "OBJECTID",
	CodeInProgress:           "INPROGRESS",
	CodeUIDRequired:          "UIDREQUIRED",
	CodeMessageLimit:         "MESSAGELIMIT",
	CodeTooFew:               "TOOFEW",
	CodeTooMany:              "TOOMANY",
	CodeNotUTF8:              "NOT-UTF-8",
	CodeUTF8Only:             "UTF-8-ONLY",
	CodeNewName:              "NEWNAME",
	CodeWebAlert:             "WEBALERT",
	CodeThrottled:            "THROTTLED",
	CodeXInUse:               "IN-USE",
	CodeAnnotateMore:         "ANNOTATEMORE",
	CodeNetscape:             "NETSCAPE",
}

// String returns the wire spelling, "" for CodeUnknown.
func (n CodeName) String() string {
	if int(n) < len(codeNameWords) {
		return codeNameWords[n]
	}
	return ""
}

// LookupCode returns the response code that b names, in any case, or CodeUnknown.
func LookupCode(b []byte) CodeName {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "ALERT":
		return CodeAlert
	case "BADCHARSET":
		return CodeBadCharset
	case "CAPABILITY":
		return CodeCapability
	case "PARSE":
		return CodeParse
	case "PERMANENTFLAGS":
		return CodePermanentFlags
	case "READ-ONLY":
		return CodeReadOnly
	case "READ-WRITE":
		return CodeReadWrite
	case "TRYCREATE":
		return CodeTryCreate
	case "UIDNEXT":
		return CodeUIDNext
	case "UIDVALIDITY":
		return CodeUIDValidity
	case "UNSEEN":
		return CodeUnseen
	case "APPENDUID":
		return CodeAppendUID
	case "COPYUID":
		return CodeCopyUID
	case "UIDNOTSTICKY":
		return CodeUIDNotSticky
	case "UNKNOWN-CTE":
		return CodeUnknownCTE
	case "UNAVAILABLE":
		return CodeUnavailable
	case "AUTHENTICATIONFAILED":
		return CodeAuthenticationFailed
	case "AUTHORIZATIONFAILED":
		return CodeAuthorizationFailed
	case "EXPIRED":
		return CodeExpired
	case "PRIVACYREQUIRED":
		return CodePrivacyRequired
	case "CONTACTADMIN":
		return CodeContactAdmin
	case "NOPERM":
		return CodeNoPerm
	case "INUSE":
		return CodeInUse
	case "EXPUNGEISSUED":
		return CodeExpungeIssued
	case "CORRUPTION":
		return CodeCorruption
	case "SERVERBUG":
		return CodeServerBug
	case "CLIENTBUG":
		return CodeClientBug
	case "CANNOT":
		return CodeCannot
	case "LIMIT":
		return CodeLimit
	case "OVERQUOTA":
		return CodeOverQuota
	case "ALREADYEXISTS":
		return CodeAlreadyExists
	case "NONEXISTENT":
		return CodeNonExistent
	case "NOTSAVED":
		return CodeNotSaved
	case "HASCHILDREN":
		return CodeHasChildren
	case "CLOSED":
		return CodeClosed
	case "HIGHESTMODSEQ":
		return CodeHighestModSeq
	case "NOMODSEQ":
		return CodeNoModSeq
	case "MODIFIED":
		return CodeModified
	case "URLMECH":
		return CodeURLMech
	case "BADURL":
		return CodeBadURL
	case "TOOBIG":
		return CodeTooBig
	case "COMPRESSIONACTIVE":
		return CodeCompressionActive
	case "BADCOMPARATOR":
		return CodeBadComparator
	case "ANNOTATE":
		return CodeAnnotate
	case "ANNOTATIONS":
		return CodeAnnotations
	case "TEMPFAIL":
		return CodeTempFail
	case "MAXCONVERTMESSAGES":
		return CodeMaxConvertMessages
	case "MAXCONVERTPARTS":
		return CodeMaxConvertParts
	case "NOUPDATE":
		return CodeNoUpdate
	case "METADATA":
		return CodeMetadata
	case "NOTIFICATIONOVERFLOW":
		return CodeNotificationOverflow
	case "BADEVENT":
		return CodeBadEvent
	case "UNDEFINED-FILTER":
		return CodeUndefinedFilter
	case "USEATTR":
		return CodeUseAttr
	case "REFERRAL":
		return CodeReferral
	case "DOWNGRADED":
		return CodeDowngraded
	case "MAILBOXID":
		return CodeMailboxID
	case "OBJECTID":
		return CodeObjectID
	case "INPROGRESS":
		return CodeInProgress
	case "UIDREQUIRED":
		return CodeUIDRequired
	case "MESSAGELIMIT":
		return CodeMessageLimit
	case "TOOFEW":
		return CodeTooFew
	case "TOOMANY":
		return CodeTooMany
	case "NOT-UTF-8":
		return CodeNotUTF8
	case "UTF-8-ONLY":
		return CodeUTF8Only
	case "NEWNAME":
		return CodeNewName
	case "WEBALERT":
		return CodeWebAlert
	case "THROTTLED":
		return CodeThrottled
	case "IN-USE":
		return CodeXInUse
	case "ANNOTATEMORE":
		return CodeAnnotateMore
	case "NETSCAPE":
		return CodeNetscape
	}
	return CodeUnknown
}
