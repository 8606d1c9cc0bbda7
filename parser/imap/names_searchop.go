package imap

// SearchOp is the kind of a search key.
type SearchOp uint8

const (
	// KeyUnknown is any other word, in SearchKey.Field, with its operands in SearchKey.Args.
	KeyUnknown           SearchOp = iota
	KeyAnd                        // the parentheses (RFC 9051 §6.4.4)
	KeySet                        // a sequence set by itself, "$" included (RFC 9051 §6.4.4)
	KeyOr                         // RFC 3501 §6.4.4
	KeyNot                        // RFC 3501 §6.4.4
	KeyFuzzy                      // RFC 6203 §3
	KeyAll                        // RFC 9051 §6.4.4
	KeyUID                        // RFC 3501 §6.4.4
	KeyAnswered                   // RFC 3501 §6.4.4
	KeyDeleted                    // RFC 3501 §6.4.4
	KeyDraft                      // RFC 3501 §6.4.4
	KeyFlagged                    // RFC 3501 §6.4.4
	KeyNew                        // RFC 3501 §6.4.4
	KeyOld                        // RFC 3501 §6.4.4
	KeyRecent                     // RFC 3501 §6.4.4
	KeySeen                       // RFC 3501 §6.4.4
	KeyUnanswered                 // RFC 3501 §6.4.4
	KeyUndeleted                  // RFC 3501 §6.4.4
	KeyUndraft                    // RFC 3501 §6.4.4
	KeyUnflagged                  // RFC 3501 §6.4.4
	KeyUnseen                     // RFC 3501 §6.4.4
	KeyBcc                        // RFC 3501 §6.4.4
	KeyBody                       // RFC 3501 §6.4.4
	KeyCc                         // RFC 3501 §6.4.4
	KeyFrom                       // RFC 3501 §6.4.4
	KeySubject                    // RFC 3501 §6.4.4
	KeyText                       // RFC 3501 §6.4.4
	KeyTo                         // RFC 3501 §6.4.4
	KeyBefore                     // RFC 3501 §6.4.4
	KeyOn                         // RFC 3501 §6.4.4
	KeySince                      // RFC 3501 §6.4.4
	KeySentBefore                 // RFC 3501 §6.4.4
	KeySentOn                     // RFC 3501 §6.4.4
	KeySentSince                  // RFC 3501 §6.4.4
	KeySavedBefore                // RFC 8514 §4.3
	KeySavedOn                    // RFC 8514 §4.3
	KeySavedSince                 // RFC 8514 §4.3
	KeySaveDateSupported          // RFC 8514 §4.3
	KeyLarger                     // RFC 9051
	KeySmaller                    // RFC 9051
	KeyOlder                      // RFC 5032 §3
	KeyYounger                    // RFC 5032 §3
	KeyKeyword                    // RFC 3501 §6.4.4
	KeyUnkeyword                  // RFC 3501 §6.4.4
	KeyHeader                     // RFC 3501 §6.4.4
	KeyUIDAfter                   // RFC 9738 §3.2
	KeyUIDBefore                  // RFC 9738 §3.2
	KeyModSeq                     // RFC 7162 §3.1.5
	KeyAnnotation                 // RFC 5257 §4.8
	KeyFilter                     // RFC 5466 §3.1
	KeyEmailID                    // RFC 8474 §6
	KeyThreadID                   // RFC 8474 §6
	KeyXGMRaw                     // Gmail IMAP extensions
	KeyXGMMsgID                   // Gmail IMAP extensions
	KeyXGMThrID                   // Gmail IMAP extensions
	KeyXGMLabels                  // Gmail IMAP extensions
	KeyInThread                   // draft-ietf-morg-inthread
	KeyThreadRoot                 // draft-ietf-morg-inthread
	KeyThreadLeaf                 // draft-ietf-morg-inthread
	KeyMessageID                  // draft-ietf-morg-inthread
	KeyMIMEPart                   // draft (Dovecot SEARCH=MIMEPART)
	KeyXGUID                      // Dovecot
	KeyXMailbox                   // Dovecot
	KeyXRealUID                   // Dovecot
	KeyXSavedBefore               // Dovecot
	KeyXSavedOn                   // Dovecot
	KeyXSavedSince                // Dovecot
	KeyXAttachmentName            // Cyrus
	KeyXAttachmentBody            // Cyrus
	KeyXListID                    // Cyrus
	KeyXContentType               // Cyrus
	KeyDeliveredTo                // Cyrus
	KeyFolder                     // Cyrus
	KeyCID                        // Cyrus
	KeyConvFlag                   // Cyrus
	KeySpamAbove                  // Cyrus
	KeySpamBelow                  // Cyrus
	KeyIn                         // Cyrus XCONVMULTISORT

	countSearchOp = iota
)

var searchOpWords = [countSearchOp]string{
	KeyOr:                "OR",
	KeyNot:               "NOT",
	KeyFuzzy:             "FUZZY",
	KeyAll:               "ALL",
	KeyUID:               "UID",
	KeyAnswered:          "ANSWERED",
	KeyDeleted:           "DELETED",
	KeyDraft:             "DRAFT",
	KeyFlagged:           "FLAGGED",
	KeyNew:               "NEW",
	KeyOld:               "OLD",
	KeyRecent:            "RECENT",
	KeySeen:              "SEEN",
	KeyUnanswered:        "UNANSWERED",
	KeyUndeleted:         "UNDELETED",
	KeyUndraft:           "UNDRAFT",
	KeyUnflagged:         "UNFLAGGED",
	KeyUnseen:            "UNSEEN",
	KeyBcc:               "BCC",
	KeyBody:              "BODY",
	KeyCc:                "CC",
	KeyFrom:              "FROM",
	KeySubject:           "SUBJECT",
	KeyText:              "TEXT",
	KeyTo:                "TO",
	KeyBefore:            "BEFORE",
	KeyOn:                "ON",
	KeySince:             "SINCE",
	KeySentBefore:        "SENTBEFORE",
	KeySentOn:            "SENTON",
	KeySentSince:         "SENTSINCE",
	KeySavedBefore:       "SAVEDBEFORE",
	KeySavedOn:           "SAVEDON",
	KeySavedSince:        "SAVEDSINCE",
	KeySaveDateSupported: "SAVEDATESUPPORTED",
	KeyLarger:            "LARGER",
	KeySmaller:           "SMALLER",
	KeyOlder:             "OLDER",
	KeyYounger:           "YOUNGER",
	KeyKeyword:           "KEYWORD",
	KeyUnkeyword:         "UNKEYWORD",
	KeyHeader:            "HEADER",
	KeyUIDAfter:          "UIDAFTER",
	KeyUIDBefore:         "UIDBEFORE",
	KeyModSeq:            "MODSEQ",
	KeyAnnotation:        "ANNOTATION",
	KeyFilter:            "FILTER",
	KeyEmailID:           "EMAILID",
	KeyThreadID:          "THREADID",
	KeyXGMRaw:            "X-GM-RAW",
	KeyXGMMsgID:          "X-GM-MSGID",
	KeyXGMThrID:          "X-GM-THRID",
	KeyXGMLabels:         "X-GM-LABELS",
	KeyInThread:          "INTHREAD",
	KeyThreadRoot:        "THREADROOT",
	KeyThreadLeaf:        "THREADLEAF",
	KeyMessageID:         "MESSAGEID",
	KeyMIMEPart:          "MIMEPART",
	KeyXGUID:             "X-GUID",
	KeyXMailbox:          "X-MAILBOX",
	KeyXRealUID:          "X-REAL-UID",
	KeyXSavedBefore:      "X-SAVEDBEFORE",
	KeyXSavedOn:          "X-SAVEDON",
	KeyXSavedSince:       "X-SAVEDSINCE",
	KeyXAttachmentName:   "XATTACHMENTNAME",
	KeyXAttachmentBody:   "XATTACHMENTBODY",
	KeyXListID:           "XLISTID",
	KeyXContentType:      "XCONTENTTYPE",
	KeyDeliveredTo:       "DELIVEREDTO",
	KeyFolder:            "FOLDER",
	KeyCID:               "CID",
	KeyConvFlag:          "CONVFLAG",
	KeySpamAbove:         "SPAMABOVE",
	KeySpamBelow:         "SPAMBELOW",
	KeyIn:                "IN",
}

// String returns the wire spelling, "" for KeyUnknown.
func (n SearchOp) String() string {
	if int(n) < len(searchOpWords) {
		return searchOpWords[n]
	}
	return ""
}

// LookupSearchKey returns the search key that b names, in any case, or KeyUnknown.
func LookupSearchKey(b []byte) SearchOp {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "OR":
		return KeyOr
	case "NOT":
		return KeyNot
	case "FUZZY":
		return KeyFuzzy
	case "ALL":
		return KeyAll
	case "UID":
		return KeyUID
	case "ANSWERED":
		return KeyAnswered
	case "DELETED":
		return KeyDeleted
	case "DRAFT":
		return KeyDraft
	case "FLAGGED":
		return KeyFlagged
	case "NEW":
		return KeyNew
	case "OLD":
		return KeyOld
	case "RECENT":
		return KeyRecent
	case "SEEN":
		return KeySeen
	case "UNANSWERED":
		return KeyUnanswered
	case "UNDELETED":
		return KeyUndeleted
	case "UNDRAFT":
		return KeyUndraft
	case "UNFLAGGED":
		return KeyUnflagged
	case "UNSEEN":
		return KeyUnseen
	case "BCC":
		return KeyBcc
	case "BODY":
		return KeyBody
	case "CC":
		return KeyCc
	case "FROM":
		return KeyFrom
	case "SUBJECT":
		return KeySubject
	case "TEXT":
		return KeyText
	case "TO":
		return KeyTo
	case "BEFORE":
		return KeyBefore
	case "ON":
		return KeyOn
	case "SINCE":
		return KeySince
	case "SENTBEFORE":
		return KeySentBefore
	case "SENTON":
		return KeySentOn
	case "SENTSINCE":
		return KeySentSince
	case "SAVEDBEFORE":
		return KeySavedBefore
	case "SAVEDON":
		return KeySavedOn
	case "SAVEDSINCE":
		return KeySavedSince
	case "SAVEDATESUPPORTED":
		return KeySaveDateSupported
	case "LARGER":
		return KeyLarger
	case "SMALLER":
		return KeySmaller
	case "OLDER":
		return KeyOlder
	case "YOUNGER":
		return KeyYounger
	case "KEYWORD":
		return KeyKeyword
	case "UNKEYWORD":
		return KeyUnkeyword
	case "HEADER":
		return KeyHeader
	case "UIDAFTER":
		return KeyUIDAfter
	case "UIDBEFORE":
		return KeyUIDBefore
	case "MODSEQ":
		return KeyModSeq
	case "ANNOTATION":
		return KeyAnnotation
	case "FILTER":
		return KeyFilter
	case "EMAILID":
		return KeyEmailID
	case "THREADID":
		return KeyThreadID
	case "X-GM-RAW":
		return KeyXGMRaw
	case "X-GM-MSGID":
		return KeyXGMMsgID
	case "X-GM-THRID":
		return KeyXGMThrID
	case "X-GM-LABELS":
		return KeyXGMLabels
	case "INTHREAD":
		return KeyInThread
	case "THREADROOT":
		return KeyThreadRoot
	case "THREADLEAF":
		return KeyThreadLeaf
	case "MESSAGEID":
		return KeyMessageID
	case "MIMEPART":
		return KeyMIMEPart
	case "X-GUID":
		return KeyXGUID
	case "X-MAILBOX":
		return KeyXMailbox
	case "X-REAL-UID":
		return KeyXRealUID
	case "X-SAVEDBEFORE":
		return KeyXSavedBefore
	case "X-SAVEDON":
		return KeyXSavedOn
	case "X-SAVEDSINCE":
		return KeyXSavedSince
	case "XATTACHMENTNAME":
		return KeyXAttachmentName
	case "XATTACHMENTBODY":
		return KeyXAttachmentBody
	case "XLISTID":
		return KeyXListID
	case "XCONTENTTYPE":
		return KeyXContentType
	case "DELIVEREDTO":
		return KeyDeliveredTo
	case "FOLDER":
		return KeyFolder
	case "CID":
		return KeyCID
	case "CONVFLAG":
		return KeyConvFlag
	case "SPAMABOVE":
		return KeySpamAbove
	case "SPAMBELOW":
		return KeySpamBelow
	case "IN":
		return KeyIn
	}
	return KeyUnknown
}
