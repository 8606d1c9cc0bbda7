package imap

// CommandName is the name of a command, without the UID in front: UID FETCH is CmdFetch, and Command.UID is set.
type CommandName uint8

const (
	// CmdUnknown is any other word; Args is then *Unknown, which has it.
	CmdUnknown           CommandName = iota
	CmdCapability                    // RFC 9051 §6.1.1
	CmdNoop                          // RFC 9051 §6.1.2
	CmdLogout                        // RFC 9051 §6.1.3
	CmdID                            // RFC 2971 §3.1
	CmdLanguage                      // RFC 5255 §3.2
	CmdStartTLS                      // RFC 9051 §6.2.1
	CmdAuthenticate                  // RFC 9051 §6.2.2
	CmdLogin                         // RFC 9051 §6.2.3
	CmdEnable                        // RFC 9051 §6.3.1
	CmdSelect                        // RFC 9051 §6.3.2
	CmdExamine                       // RFC 9051 §6.3.3
	CmdCreate                        // RFC 9051 §6.3.4
	CmdDelete                        // RFC 9051 §6.3.5
	CmdRename                        // RFC 9051 §6.3.6
	CmdSubscribe                     // RFC 9051 §6.3.7
	CmdUnsubscribe                   // RFC 9051 §6.3.8
	CmdList                          // RFC 9051 §6.3.9
	CmdLSub                          // RFC 3501 §6.3.9
	CmdNamespace                     // RFC 9051 §6.3.10
	CmdStatus                        // RFC 9051 §6.3.11
	CmdAppend                        // RFC 9051 §6.3.12
	CmdIdle                          // RFC 9051 §6.3.13
	CmdSetACL                        // RFC 4314 §3.1
	CmdDeleteACL                     // RFC 4314 §3.2
	CmdGetACL                        // RFC 4314 §3.3
	CmdListRights                    // RFC 4314 §3.4
	CmdMyRights                      // RFC 4314 §3.5
	CmdGetQuota                      // RFC 2087 §4.2
	CmdGetQuotaRoot                  // RFC 2087 §4.3
	CmdSetQuota                      // RFC 2087 §4.1
	CmdRList                         // RFC 2193 §5.1
	CmdRLSub                         // RFC 2193 §5.2
	CmdComparator                    // RFC 5255 §4.7
	CmdGenURLAuth                    // RFC 4467 §7
	CmdResetKey                      // RFC 4467 §7
	CmdURLFetch                      // RFC 4467 §7
	CmdGetMetadata                   // RFC 5464 §4.2
	CmdSetMetadata                   // RFC 5464 §4.3
	CmdNotify                        // RFC 5465 §3.1
	CmdESearch                       // RFC 7377 §2
	CmdConversions                   // RFC 5259 §5.1
	CmdCompress                      // RFC 4978 §3
	CmdUnauthenticate                // RFC 8437 §3
	CmdGetJMAPAccess                 // RFC 9698 §4
	CmdCheck                         // RFC 3501 §6.4.1
	CmdClose                         // RFC 9051 §6.4.1
	CmdUnselect                      // RFC 9051 §6.4.2
	CmdExpunge                       // RFC 9051 §6.4.3
	CmdSearch                        // RFC 9051 §6.4.4
	CmdFetch                         // RFC 9051 §6.4.5
	CmdStore                         // RFC 9051 §6.4.6
	CmdCopy                          // RFC 9051 §6.4.7
	CmdMove                          // RFC 9051 §6.4.8
	CmdSort                          // RFC 5256 §3
	CmdThread                        // RFC 5256 §3
	CmdReplace                       // RFC 8508 §3.2
	CmdCancelUpdate                  // RFC 5267 §4.3.5
	CmdConvert                       // RFC 5259 §6
	CmdUIDBatches                    // RFC 10022 §3.1
	CmdXList                         // Gmail, Cyrus, Zimbra
	CmdXApplePushService             // Apple
	CmdGetAnnotation                 // draft-daboo-imap-annotatemore-08 §4.2
	CmdSetAnnotation                 // draft-daboo-imap-annotatemore-08 §4.3
	CmdNetscape                      // Netscape
	CmdGetUserGroup                  // Cyrus IMAP
	CmdSetUserGroup                  // Cyrus IMAP
	CmdXFer                          // Cyrus Murder
	CmdXRename                       // Cyrus IMAP
	CmdXWarmup                       // Cyrus IMAP
	CmdXMEID                         // Cyrus IMAP
	CmdXRunAnnotator                 // Cyrus IMAP
	CmdMUpdatePush                   // Cyrus Murder
	CmdFind                          // RFC 1730 §6.3.8: FIND MAILBOXES, FIND ALL.MAILBOXES
	CmdPartial                       // RFC 1730 §6.4.6
	CmdBBoard                        // IMAP2bis (see RFC1732, RFC2061)

	countCommandName = iota
)

var commandNameWords = [countCommandName]string{
	CmdCapability:        "CAPABILITY",
	CmdNoop:              "NOOP",
	CmdLogout:            "LOGOUT",
	CmdID:                "ID",
	CmdLanguage:          "LANGUAGE",
	CmdStartTLS:          "STARTTLS",
	CmdAuthenticate:      "AUTHENTICATE",
	CmdLogin:             "LOGIN",
	CmdEnable:            "ENABLE",
	CmdSelect:            "SELECT",
	CmdExamine:           "EXAMINE",
	CmdCreate:            "CREATE",
	CmdDelete:            "DELETE",
	CmdRename:            "RENAME",
	CmdSubscribe:         "SUBSCRIBE",
	CmdUnsubscribe:       "UNSUBSCRIBE",
	CmdList:              "LIST",
	CmdLSub:              "LSUB",
	CmdNamespace:         "NAMESPACE",
	CmdStatus:            "STATUS",
	CmdAppend:            "APPEND",
	CmdIdle:              "IDLE",
	CmdSetACL:            "SETACL",
	CmdDeleteACL:         "DELETEACL",
	CmdGetACL:            "GETACL",
	CmdListRights:        "LISTRIGHTS",
	CmdMyRights:          "MYRIGHTS",
	CmdGetQuota:          "GETQUOTA",
	CmdGetQuotaRoot:      "GETQUOTAROOT",
	CmdSetQuota:          "SETQUOTA",
	CmdRList:             "RLIST",
	CmdRLSub:             "RLSUB",
	CmdComparator:        "COMPARATOR",
	CmdGenURLAuth:        "GENURLAUTH",
	CmdResetKey:          "RESETKEY",
	CmdURLFetch:          "URLFETCH",
	CmdGetMetadata:       "GETMETADATA",
	CmdSetMetadata:       "SETMETADATA",
	CmdNotify:            "NOTIFY",
	CmdESearch:           "ESEARCH",
	CmdConversions:       "CONVERSIONS",
	CmdCompress:          "COMPRESS",
	CmdUnauthenticate:    "UNAUTHENTICATE",
	CmdGetJMAPAccess:     "GETJMAPACCESS",
	CmdCheck:             "CHECK",
	CmdClose:             "CLOSE",
	CmdUnselect:          "UNSELECT",
	CmdExpunge:           "EXPUNGE",
	CmdSearch:            "SEARCH",
	CmdFetch:             "FETCH",
	CmdStore:             "STORE",
	CmdCopy:              "COPY",
	CmdMove:              "MOVE",
	CmdSort:              "SORT",
	CmdThread:            "THREAD",
	CmdReplace:           "REPLACE",
	CmdCancelUpdate:      "CANCELUPDATE",
	CmdConvert:           "CONVERT",
	CmdUIDBatches:        "UIDBATCHES",
	CmdXList:             "XLIST",
	CmdXApplePushService: "XAPPLEPUSHSERVICE",
	CmdGetAnnotation:     "GETANNOTATION",
	CmdSetAnnotation:     "SETANNOTATION",
	CmdNetscape:          "NETSCAPE",
	CmdGetUserGroup:      "GETUSERGROUP",
	CmdSetUserGroup:      "SETUSERGROUP",
	CmdXFer:              "XFER",
	CmdXRename:           "XRENAME",
	CmdXWarmup:           "XWARMUP",
	CmdXMEID:             "XMEID",
	CmdXRunAnnotator:     "XRUNANNOTATOR",
	CmdMUpdatePush:       "MUPDATEPUSH",
	CmdFind:              "FIND",
	CmdPartial:           "PARTIAL",
	CmdBBoard:            "BBOARD",
}

// String returns the wire spelling, "" for CmdUnknown.
func (n CommandName) String() string {
	if int(n) < len(commandNameWords) {
		return commandNameWords[n]
	}
	return ""
}

// LookupCommand returns the command that b names, in any case, or CmdUnknown. "UID" is none: it is a prefix.
func LookupCommand(b []byte) CommandName {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "CAPABILITY":
		return CmdCapability
	case "NOOP":
		return CmdNoop
	case "LOGOUT":
		return CmdLogout
	case "ID":
		return CmdID
	case "LANGUAGE":
		return CmdLanguage
	case "STARTTLS":
		return CmdStartTLS
	case "AUTHENTICATE":
		return CmdAuthenticate
	case "LOGIN":
		return CmdLogin
	case "ENABLE":
		return CmdEnable
	case "SELECT":
		return CmdSelect
	case "EXAMINE":
		return CmdExamine
	case "CREATE":
		return CmdCreate
	case "DELETE":
		return CmdDelete
	case "RENAME":
		return CmdRename
	case "SUBSCRIBE":
		return CmdSubscribe
	case "UNSUBSCRIBE":
		return CmdUnsubscribe
	case "LIST":
		return CmdList
	case "LSUB":
		return CmdLSub
	case "NAMESPACE":
		return CmdNamespace
	case "STATUS":
		return CmdStatus
	case "APPEND":
		return CmdAppend
	case "IDLE":
		return CmdIdle
	case "SETACL":
		return CmdSetACL
	case "DELETEACL":
		return CmdDeleteACL
	case "GETACL":
		return CmdGetACL
	case "LISTRIGHTS":
		return CmdListRights
	case "MYRIGHTS":
		return CmdMyRights
	case "GETQUOTA":
		return CmdGetQuota
	case "GETQUOTAROOT":
		return CmdGetQuotaRoot
	case "SETQUOTA":
		return CmdSetQuota
	case "RLIST":
		return CmdRList
	case "RLSUB":
		return CmdRLSub
	case "COMPARATOR":
		return CmdComparator
	case "GENURLAUTH":
		return CmdGenURLAuth
	case "RESETKEY":
		return CmdResetKey
	case "URLFETCH":
		return CmdURLFetch
	case "GETMETADATA":
		return CmdGetMetadata
	case "SETMETADATA":
		return CmdSetMetadata
	case "NOTIFY":
		return CmdNotify
	case "ESEARCH":
		return CmdESearch
	case "CONVERSIONS":
		return CmdConversions
	case "COMPRESS":
		return CmdCompress
	case "UNAUTHENTICATE":
		return CmdUnauthenticate
	case "GETJMAPACCESS":
		return CmdGetJMAPAccess
	case "CHECK":
		return CmdCheck
	case "CLOSE":
		return CmdClose
	case "UNSELECT":
		return CmdUnselect
	case "EXPUNGE":
		return CmdExpunge
	case "SEARCH":
		return CmdSearch
	case "FETCH":
		return CmdFetch
	case "STORE":
		return CmdStore
	case "COPY":
		return CmdCopy
	case "MOVE":
		return CmdMove
	case "SORT":
		return CmdSort
	case "THREAD":
		return CmdThread
	case "REPLACE":
		return CmdReplace
	case "CANCELUPDATE":
		return CmdCancelUpdate
	case "CONVERT":
		return CmdConvert
	case "UIDBATCHES":
		return CmdUIDBatches
	case "XLIST":
		return CmdXList
	case "XAPPLEPUSHSERVICE":
		return CmdXApplePushService
	case "GETANNOTATION":
		return CmdGetAnnotation
	case "SETANNOTATION":
		return CmdSetAnnotation
	case "NETSCAPE":
		return CmdNetscape
	case "GETUSERGROUP":
		return CmdGetUserGroup
	case "SETUSERGROUP":
		return CmdSetUserGroup
	case "XFER":
		return CmdXFer
	case "XRENAME":
		return CmdXRename
	case "XWARMUP":
		return CmdXWarmup
	case "XMEID":
		return CmdXMEID
	case "XRUNANNOTATOR":
		return CmdXRunAnnotator
	case "MUPDATEPUSH":
		return CmdMUpdatePush
	case "FIND":
		return CmdFind
	case "PARTIAL":
		return CmdPartial
	case "BBOARD":
		return CmdBBoard
	}
	return CmdUnknown
}
