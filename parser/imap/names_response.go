package imap

// ResponseName is the name of a response: the word that says what its data is.
type ResponseName uint8

const (
	// RespUnknown is any other word; Data is then *Unknown, which has it.
	RespUnknown           ResponseName = iota
	RespState                          // the status responses OK NO BAD PREAUTH BYE, tagged or not, and "+"; not RespStatus, the STATUS data
	RespCapability                     // RFC 9051 §7.2.2
	RespEnabled                        // RFC 9051 §7.2.1
	RespExists                         // RFC 9051 §7.4.1
	RespRecent                         // RFC 9051 §9 obsolete-recent-response
	RespExpunge                        // RFC 9051 §7.5.1
	RespFetch                          // RFC 9051 §7.5.2
	RespUIDFetch                       // RFC 9586 §3.3
	RespVanished                       // RFC 7162 §3.2.10
	RespList                           // RFC 9051 §7.3.1
	RespLSub                           // RFC 3501 §7.2.3
	RespXList                          // Gmail, Cyrus
	RespRList                          // RFC 2193 §5.1
	RespRLSub                          // RFC 2193 §5.2
	RespNamespace                      // RFC 9051 §7.3.2
	RespStatus                         // RFC 9051 §7.3.3
	RespSearch                         // RFC 9051 §9 obsolete-search-response
	RespSort                           // RFC 5256 §4
	RespESearch                        // RFC 9051 §7.3.4
	RespThread                         // RFC 5256 §4
	RespFlags                          // RFC 9051 §7.3.5
	RespID                             // RFC 2971 §3.2
	RespACL                            // RFC 4314 §3.6
	RespListRights                     // RFC 4314 §3.7
	RespMyRights                       // RFC 4314 §3.8
	RespQuota                          // RFC 2087 §5.1
	RespQuotaRoot                      // RFC 2087 §5.2
	RespMetadata                       // RFC 5464 §4.4.1
	RespLanguage                       // RFC 5255 §3.3
	RespComparator                     // RFC 5255 §4.8
	RespGenURLAuth                     // RFC 4467 §7
	RespURLFetch                       // RFC 4467 §7
	RespConverted                      // RFC 5259 §8.1
	RespConversion                     // RFC 5259 §5.2
	RespJMAPAccess                     // RFC 9698 §4
	RespUIDBatches                     // RFC 10022 §3.1.2
	RespXApplePushService              // Apple, Cyrus
	RespAnnotation                     // draft-daboo-imap-annotatemore-08
	RespUserGroup                      // Cyrus
	RespMailbox                        // RFC 1730 §7.2
	RespCopy                           // RFC 1730 §9 msg_obsolete
	RespStore                          // RFC 1730 §9 msg_obsolete
	RespBBoard                         // IMAP2bis (RFC1732)

	countResponseName = iota
)

var responseNameWords = [countResponseName]string{
	RespCapability:        "CAPABILITY",
	RespEnabled:           "ENABLED",
	RespExists:            "EXISTS",
	RespRecent:            "RECENT",
	RespExpunge:           "EXPUNGE",
	RespFetch:             "FETCH",
	RespUIDFetch:          "UIDFETCH",
	RespVanished:          "VANISHED",
	RespList:              "LIST",
	RespLSub:              "LSUB",
	RespXList:             "XLIST",
	RespRList:             "RLIST",
	RespRLSub:             "RLSUB",
	RespNamespace:         "NAMESPACE",
	RespStatus:            "STATUS",
	RespSearch:            "SEARCH",
	RespSort:              "SORT",
	RespESearch:           "ESEARCH",
	RespThread:            "THREAD",
	RespFlags:             "FLAGS",
	RespID:                "ID",
	RespACL:               "ACL",
	RespListRights:        "LISTRIGHTS",
	RespMyRights:          "MYRIGHTS",
	RespQuota:             "QUOTA",
	RespQuotaRoot:         "QUOTAROOT",
	RespMetadata:          "METADATA",
	RespLanguage:          "LANGUAGE",
	RespComparator:        "COMPARATOR",
	RespGenURLAuth:        "GENURLAUTH",
	RespURLFetch:          "URLFETCH",
	RespConverted:         "CONVERTED",
	RespConversion:        "CONVERSION",
	RespJMAPAccess:        "JMAPACCESS",
	RespUIDBatches:        "UIDBATCHES",
	RespXApplePushService: "XAPPLEPUSHSERVICE",
	RespAnnotation:        "ANNOTATION",
	RespUserGroup:         "USERGROUP",
	RespMailbox:           "MAILBOX",
	RespCopy:              "COPY",
	RespStore:             "STORE",
	RespBBoard:            "BBOARD",
}

// String returns the wire spelling, "" for RespUnknown.
func (n ResponseName) String() string {
	if int(n) < len(responseNameWords) {
		return responseNameWords[n]
	}
	return ""
}

// LookupResponse returns the response that the word b names, in any case: RespState for OK, NO, BAD, PREAUTH and BYE, RespUnknown for a word that is not known.
func LookupResponse(b []byte) ResponseName {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "CAPABILITY":
		return RespCapability
	case "ENABLED":
		return RespEnabled
	case "EXISTS":
		return RespExists
	case "RECENT":
		return RespRecent
	case "EXPUNGE":
		return RespExpunge
	case "FETCH":
		return RespFetch
	case "UIDFETCH":
		return RespUIDFetch
	case "VANISHED":
		return RespVanished
	case "LIST":
		return RespList
	case "LSUB":
		return RespLSub
	case "XLIST":
		return RespXList
	case "RLIST":
		return RespRList
	case "RLSUB":
		return RespRLSub
	case "NAMESPACE":
		return RespNamespace
	case "STATUS":
		return RespStatus
	case "SEARCH":
		return RespSearch
	case "SORT":
		return RespSort
	case "ESEARCH":
		return RespESearch
	case "THREAD":
		return RespThread
	case "FLAGS":
		return RespFlags
	case "ID":
		return RespID
	case "ACL":
		return RespACL
	case "LISTRIGHTS":
		return RespListRights
	case "MYRIGHTS":
		return RespMyRights
	case "QUOTA":
		return RespQuota
	case "QUOTAROOT":
		return RespQuotaRoot
	case "METADATA":
		return RespMetadata
	case "LANGUAGE":
		return RespLanguage
	case "COMPARATOR":
		return RespComparator
	case "GENURLAUTH":
		return RespGenURLAuth
	case "URLFETCH":
		return RespURLFetch
	case "CONVERTED":
		return RespConverted
	case "CONVERSION":
		return RespConversion
	case "JMAPACCESS":
		return RespJMAPAccess
	case "UIDBATCHES":
		return RespUIDBatches
	case "XAPPLEPUSHSERVICE":
		return RespXApplePushService
	case "ANNOTATION":
		return RespAnnotation
	case "USERGROUP":
		return RespUserGroup
	case "MAILBOX":
		return RespMailbox
	case "COPY":
		return RespCopy
	case "STORE":
		return RespStore
	case "BBOARD":
		return RespBBoard
	}
	if LookupStatus(b) != 0 {
		return RespState
	}
	return RespUnknown
}
