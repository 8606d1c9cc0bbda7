package imap

// Cap is a capability, SASL mechanisms (AUTH=PLAIN) included.
type Cap uint16

const (
	// CapUnknown is any other word, which Capability.Name has.
	CapUnknown                       Cap = iota
	CapIMAP4rev1                         // RFC 3501 §6.1.1
	CapIMAP4rev2                         // RFC 9051 §6.1.1
	CapIMAP4                             // RFC 1730 §6.1.1
	CapAuth                              // RFC 9051 §7.2.2
	CapStartTLS                          // RFC 9051 §6.2.1
	CapLoginDisabled                     // RFC 9051 §6.2.3
	CapACL                               // RFC 2086
	CapRights                            // RFC 4314 §2
	CapAnnotateExperiment1               // RFC 5257 §3
	CapAppendLimit                       // RFC 7889 §2
	CapBinary                            // RFC 3516 §4
	CapCatenate                          // RFC 4469 §2
	CapChildren                          // RFC 3348 §3
	CapCompressDeflate                   // RFC 4978 §3
	CapCondStore                         // RFC 7162 §3.1
	CapQResync                           // RFC 7162 §3.2
	CapContextSearch                     // RFC 5267 §4
	CapContextSort                       // RFC 5267 §4
	CapConvert                           // RFC 5259 §3.1
	CapCreateSpecialUse                  // RFC 6154 §3
	CapEnable                            // RFC 5161 §3
	CapESearch                           // RFC 4731 §3
	CapESort                             // RFC 5267 §3.1
	CapFilters                           // RFC 5466 §3
	CapI18NLevel1                        // RFC 5255 §4.3
	CapI18NLevel2                        // RFC 5255 §4.4
	CapID                                // RFC 2971 §3
	CapIdle                              // RFC 2177 §3
	CapIMAPSieve                         // RFC 6785 §2.1
	CapInProgress                        // RFC 9585 §3
	CapJMAPAccess                        // RFC 9698 §3
	CapLanguage                          // RFC 5255 §3.1
	CapListExtended                      // RFC 5258 §3
	CapListMetadata                      // RFC 9590 §3
	CapListMyRights                      // RFC 8440 §3
	CapListStatus                        // RFC 5819 §2
	CapLiteralPlus                       // RFC 7888 §3
	CapLiteralMinus                      // RFC 7888 §5
	CapLoginReferrals                    // RFC 2221 §3
	CapMailboxReferrals                  // RFC 2193 §3
	CapMessageLimit                      // RFC 9738 §3
	CapSaveLimit                         // RFC 9738 §3
	CapMetadata                          // RFC 5464 §3
	CapMetadataServer                    // RFC 5464 §3
	CapMove                              // RFC 6851 §3
	CapMultiAppend                       // RFC 3502 §6.3.11
	CapMultiSearch                       // RFC 7377 §2
	CapNamespace                         // RFC 2342 §4
	CapNotify                            // RFC 5465 §3
	CapObjectID                          // RFC 8474 §3
	CapObjectIDPlus                      // draft-ietf-mailmaint-imap-objectid-bis-06 §2
	CapPartial                           // RFC 9394 §3
	CapPreview                           // RFC 8970 §3
	CapQuota                             // RFC 2087 §3
	CapQuotaStorage                      // RFC 9208 §3
	CapQuotaMessage                      // RFC 9208 §5.2
	CapQuotaMailbox                      // RFC 9208 §5.3
	CapQuotaAnnotationStorage            // RFC 9208 §5.4
	CapQuotaSet                          // RFC 9208 §4.1.3
	CapReplace                           // RFC 8508 §3
	CapSASLIR                            // RFC 4959 §3
	CapSaveDate                          // RFC 8514 §4.1
	CapSearchFuzzy                       // RFC 6203 §3
	CapSearchRes                         // RFC 5182 §2
	CapSort                              // RFC 5256 §1
	CapSortDisplay                       // RFC 5957 §3
	CapSpecialUse                        // RFC 6154 §2
	CapStatusSize                        // RFC 8438 §3
	CapThreadOrderedSubject              // RFC 5256 §1
	CapThreadReferences                  // RFC 5256 §1
	CapUIDBatches                        // RFC 10022 §3
	CapUIDOnly                           // RFC 9586 §3
	CapUIDPlus                           // RFC 4315 §1
	CapUnauthenticate                    // RFC 8437 §3
	CapUnselect                          // RFC 3691 §2
	CapURLPartial                        // RFC 5550 §5.7.1
	CapURLAuth                           // RFC 4467 §4
	CapURLAuthBinary                     // RFC 5524 §3
	CapURLFetchBinary                    // RFC 5524 §6
	CapUTF8Accept                        // RFC 6855 §3
	CapUTF8Only                          // RFC 6855 §6
	CapUTF8All                           // RFC 5738 §6
	CapUTF8Append                        // RFC 5738 §4
	CapUTF8User                          // RFC 5738 §5
	CapWithin                            // RFC 5032 §2
	CapThread                            // IANA registry
	CapXGMExt1                           // Gmail IMAP extensions
	CapXList                             // Gmail/Cyrus/Zimbra
	CapXYZZY                             // Gmail
	CapXApplePushService                 // Apple
	CapXAppleLiteral                     // Apple
	CapXAppleRemoteLinks                 // Apple
	CapXYMHighestModSeq                  // Yahoo Mail
	CapXMsgExt                           // Yahoo Mail
	CapXUIDOnly                          // Yahoo Mail
	CapXAOLNetMail                       // AOL
	CapXCMExt1                           // Coremail
	CapClientAccessRules                 // Microsoft Exchange
	CapClientNetworkPresenceLocation     // Microsoft Exchange
	CapBackendAuthenticate               // Microsoft Exchange
	CapXProxy3                           // Microsoft Exchange
	CapXCourierOutbox                    // Courier-IMAP
	CapXMagicTrash                       // Courier-IMAP
	CapACL2Union                         // Courier-IMAP
	CapPreviewFuzzy                      // Dovecot
	CapSnippetFuzzy                      // Dovecot
	CapSearchMIMEPart                    // draft-ietf-morg
	CapThreadRefs                        // draft-ietf-morg-inthread
	CapAnnotateMore                      // draft-daboo-imap-annotatemore-08
	CapDigestSHA1                        // Cyrus IMAP
	CapMUpdate                           // Cyrus Murder
	CapNoAtomicRename                    // Cyrus IMAP
	CapSortModSeq                        // Cyrus IMAP
	CapSortUID                           // Cyrus IMAP
	CapXCreatedModSeq                    // Cyrus IMAP
	CapXReplication                      // Cyrus IMAP
	CapXReplicationArchive               // Cyrus IMAP
	CapXSieveMailbox                     // Cyrus IMAP
	CapXUserGroups                       // Cyrus IMAP
	CapXNetscape                         // Netscape/Sun
	CapXSunIMAP                          // Sun/Oracle Messaging Server
	CapXSunSort                          // Sun/Oracle Messaging Server
	CapXSender                           // Sun/Oracle Messaging Server
	CapXServerInfo                       // Sun/Oracle Messaging Server
	CapXUM1                              // Sun/Oracle Messaging Server
	CapXUnauthenticate                   // Sun/Oracle Messaging Server
	CapXStop                             // Proton Mail Bridge
	CapXGWExtensions                     // Novell GroupWise
	CapAuthPlain                         // RFC 4616
	CapAuthLogin                         // draft-murchison-sasl-login-00
	CapAuthCRAMMD5                       // RFC 2195
	CapAuthDigestMD5                     // RFC 2831
	CapAuthSCRAMSHA1                     // RFC 5802
	CapAuthSCRAMSHA1Plus                 // RFC 5802
	CapAuthSCRAMSHA256                   // RFC 7677
	CapAuthSCRAMSHA256Plus               // RFC 7677
	CapAuthSCRAMSHA512                   // draft-melnikov-scram-sha-512
	CapAuthSCRAMSHA512Plus               // draft-melnikov-scram-sha-512
	CapAuthGSSAPI                        // RFC 4752
	CapAuthGS2KRB5                       // RFC 5801
	CapAuthGS2KRB5Plus                   // RFC 5801
	CapAuthGSSSPNEGO                     // draft-leach (Microsoft)
	CapAuthExternal                      // RFC 4422
	CapAuthAnonymous                     // RFC 4505
	CapAuthOAuthBearer                   // RFC 7628
	CapAuthOAuth10A                      // RFC 7628
	CapAuthXOAuth2                       // Google, Microsoft
	CapAuthXOAuth                        // Google
	CapAuthPlainClientToken              // Gmail
	CapAuthNTLM                          // Microsoft
	CapAuthKerberosV4                    // RFC 2222 §7.1
	CapAuthSKey                          // RFC 2222 §7.3
	CapAuthOTP                           // RFC 2444
	CapAuthSecurID                       // RFC 2808
	CapAuthSAML20                        // RFC 6595
	CapAuthOpenID20                      // RFC 6616
	CapAuthEAPAES128                     // RFC 7055
	CapAuthECDSANIST256PChallenge        // IANA SASL registry
	CapAuthAToken                        // Apple iCloud
	CapAuthAToken2                       // Apple iCloud
	CapAuthWSToken                       // Apple iCloud
	CapAuthXZimbra                       // Zimbra
	CapAuthXYMCookieB64                  // Yahoo Mail
	CapAuthXGWTrustedApp                 // Novell GroupWise

	countCap = iota
)

var capWords = [countCap]string{
	CapIMAP4rev1:                     "IMAP4rev1",
	CapIMAP4rev2:                     "IMAP4rev2",
	CapIMAP4:                         "IMAP4",
	CapAuth:                          "AUTH=",
	CapStartTLS:                      "STARTTLS",
	CapLoginDisabled:                 "LOGINDISABLED",
	CapACL:                           "ACL",
	CapRights:                        "RIGHTS=",
	CapAnnotateExperiment1:           "ANNOTATE-EXPERIMENT-1",
	CapAppendLimit:                   "APPENDLIMIT",
	CapBinary:                        "BINARY",
	CapCatenate:                      "CATENATE",
	CapChildren:                      "CHILDREN",
	CapCompressDeflate:               "COMPRESS=DEFLATE",
	CapCondStore:                     "CONDSTORE",
	CapQResync:                       "QRESYNC",
	CapContextSearch:                 "CONTEXT=SEARCH",
	CapContextSort:                   "CONTEXT=SORT",
	CapConvert:                       "CONVERT",
	CapCreateSpecialUse:              "CREATE-SPECIAL-USE",
	CapEnable:                        "ENABLE",
	CapESearch:                       "ESEARCH",
	CapESort:                         "ESORT",
	CapFilters:                       "FILTERS",
	CapI18NLevel1:                    "I18NLEVEL=1",
	CapI18NLevel2:                    "I18NLEVEL=2",
	CapID:                            "ID",
	CapIdle:                          "IDLE",
	CapIMAPSieve:                     "IMAPSIEVE=",
	CapInProgress:                    "INPROGRESS",
	CapJMAPAccess:                    "JMAPACCESS",
	CapLanguage:                      "LANGUAGE",
	CapListExtended:                  "LIST-EXTENDED",
	CapListMetadata:                  "LIST-METADATA",
	CapListMyRights:                  "LIST-MYRIGHTS",
	CapListStatus:                    "LIST-STATUS",
	CapLiteralPlus:                   "LITERAL+",
	CapLiteralMinus:                  "LITERAL-",
	CapLoginReferrals:                "LOGIN-REFERRALS",
	CapMailboxReferrals:              "MAILBOX-REFERRALS",
	CapMessageLimit:                  "MESSAGELIMIT=",
	CapSaveLimit:                     "SAVELIMIT=",
	CapMetadata:                      "METADATA",
	CapMetadataServer:                "METADATA-SERVER",
	CapMove:                          "MOVE",
	CapMultiAppend:                   "MULTIAPPEND",
	CapMultiSearch:                   "MULTISEARCH",
	CapNamespace:                     "NAMESPACE",
	CapNotify:                        "NOTIFY",
	CapObjectID:                      "OBJECTID",
	CapObjectIDPlus:                  "OBJECTID+",
	CapPartial:                       "PARTIAL",
	CapPreview:                       "PREVIEW",
	CapQuota:                         "QUOTA",
	CapQuotaStorage:                  "QUOTA=RES-STORAGE",
	CapQuotaMessage:                  "QUOTA=RES-MESSAGE",
	CapQuotaMailbox:                  "QUOTA=RES-MAILBOX",
	CapQuotaAnnotationStorage:        "QUOTA=RES-ANNOTATION-STORAGE",
	CapQuotaSet:                      "QUOTASET",
	CapReplace:                       "REPLACE",
	CapSASLIR:                        "SASL-IR",
	CapSaveDate:                      "SAVEDATE",
	CapSearchFuzzy:                   "SEARCH=FUZZY",
	CapSearchRes:                     "SEARCHRES",
	CapSort:                          "SORT",
	CapSortDisplay:                   "SORT=DISPLAY",
	CapSpecialUse:                    "SPECIAL-USE",
	CapStatusSize:                    "STATUS=SIZE",
	CapThreadOrderedSubject:          "THREAD=ORDEREDSUBJECT",
	CapThreadReferences:              "THREAD=REFERENCES",
	CapUIDBatches:                    "UIDBATCHES",
	CapUIDOnly:                       "UIDONLY",
	CapUIDPlus:                       "UIDPLUS",
	CapUnauthenticate:                "UNAUTHENTICATE",
	CapUnselect:                      "UNSELECT",
	CapURLPartial:                    "URL-PARTIAL",
	CapURLAuth:                       "URLAUTH",
	CapURLAuthBinary:                 "URLAUTH=BINARY",
	CapURLFetchBinary:                "URLFETCH=BINARY",
	CapUTF8Accept:                    "UTF8=ACCEPT",
	CapUTF8Only:                      "UTF8=ONLY",
	CapUTF8All:                       "UTF8=ALL",
	CapUTF8Append:                    "UTF8=APPEND",
	CapUTF8User:                      "UTF8=USER",
	CapWithin:                        "WITHIN",
	CapThread:                        "THREAD",
	CapXGMExt1:                       "X-GM-EXT-1",
	CapXList:                         "XLIST",
	CapXYZZY:                         "XYZZY",
	CapXApplePushService:             "XAPPLEPUSHSERVICE",
	CapXAppleLiteral:                 "XAPPLELITERAL",
	CapXAppleRemoteLinks:             "X-APPLE-REMOTE-LINKS",
	CapXYMHighestModSeq:              "XYMHIGHESTMODSEQ",
	CapXMsgExt:                       "X-MSG-EXT",
	CapXUIDOnly:                      "X-UIDONLY",
	CapXAOLNetMail:                   "XAOL-NETMAIL",
	CapXCMExt1:                       "X-CM-EXT-1",
	CapClientAccessRules:             "CLIENTACCESSRULES",
	CapClientNetworkPresenceLocation: "CLIENTNETWORKPRESENCELOCATION",
	CapBackendAuthenticate:           "BACKENDAUTHENTICATE",
	CapXProxy3:                       "XPROXY3",
	CapXCourierOutbox:                "XCOURIEROUTBOX=",
	CapXMagicTrash:                   "XMAGICTRASH",
	CapACL2Union:                     "ACL2=UNION",
	CapPreviewFuzzy:                  "PREVIEW=FUZZY",
	CapSnippetFuzzy:                  "SNIPPET=FUZZY",
	CapSearchMIMEPart:                "SEARCH=MIMEPART",
	CapThreadRefs:                    "THREAD=REFS",
	CapAnnotateMore:                  "ANNOTATEMORE",
	CapDigestSHA1:                    "DIGEST=SHA1",
	CapMUpdate:                       "MUPDATE=",
	CapNoAtomicRename:                "NO_ATOMIC_RENAME",
	CapSortModSeq:                    "SORT=MODSEQ",
	CapSortUID:                       "SORT=UID",
	CapXCreatedModSeq:                "X-CREATEDMODSEQ",
	CapXReplication:                  "X-REPLICATION",
	CapXReplicationArchive:           "X-REPLICATION-ARCHIVE",
	CapXSieveMailbox:                 "X-SIEVE-MAILBOX",
	CapXUserGroups:                   "XUSERGROUPS",
	CapXNetscape:                     "X-NETSCAPE",
	CapXSunIMAP:                      "X-SUN-IMAP",
	CapXSunSort:                      "X-SUN-SORT",
	CapXSender:                       "XSENDER",
	CapXServerInfo:                   "XSERVERINFO",
	CapXUM1:                          "XUM1",
	CapXUnauthenticate:               "X-UNAUTHENTICATE",
	CapXStop:                         "XSTOP",
	CapXGWExtensions:                 "XGWEXTENSIONS",
	CapAuthPlain:                     "AUTH=PLAIN",
	CapAuthLogin:                     "AUTH=LOGIN",
	CapAuthCRAMMD5:                   "AUTH=CRAM-MD5",
	CapAuthDigestMD5:                 "AUTH=DIGEST-MD5",
	CapAuthSCRAMSHA1:                 "AUTH=SCRAM-SHA-1",
	CapAuthSCRAMSHA1Plus:             "AUTH=SCRAM-SHA-1-PLUS",
	CapAuthSCRAMSHA256:               "AUTH=SCRAM-SHA-256",
	CapAuthSCRAMSHA256Plus:           "AUTH=SCRAM-SHA-256-PLUS",
	CapAuthSCRAMSHA512:               "AUTH=SCRAM-SHA-512",
	CapAuthSCRAMSHA512Plus:           "AUTH=SCRAM-SHA-512-PLUS",
	CapAuthGSSAPI:                    "AUTH=GSSAPI",
	CapAuthGS2KRB5:                   "AUTH=GS2-KRB5",
	CapAuthGS2KRB5Plus:               "AUTH=GS2-KRB5-PLUS",
	CapAuthGSSSPNEGO:                 "AUTH=GSS-SPNEGO",
	CapAuthExternal:                  "AUTH=EXTERNAL",
	CapAuthAnonymous:                 "AUTH=ANONYMOUS",
	CapAuthOAuthBearer:               "AUTH=OAUTHBEARER",
	CapAuthOAuth10A:                  "AUTH=OAUTH10A",
	CapAuthXOAuth2:                   "AUTH=XOAUTH2",
	CapAuthXOAuth:                    "AUTH=XOAUTH",
	CapAuthPlainClientToken:          "AUTH=PLAIN-CLIENTTOKEN",
	CapAuthNTLM:                      "AUTH=NTLM",
	CapAuthKerberosV4:                "AUTH=KERBEROS_V4",
	CapAuthSKey:                      "AUTH=SKEY",
	CapAuthOTP:                       "AUTH=OTP",
	CapAuthSecurID:                   "AUTH=SECURID",
	CapAuthSAML20:                    "AUTH=SAML20",
	CapAuthOpenID20:                  "AUTH=OPENID20",
	CapAuthEAPAES128:                 "AUTH=EAP-AES128",
	CapAuthECDSANIST256PChallenge:    "AUTH=ECDSA-NIST256P-CHALLENGE",
	CapAuthAToken:                    "AUTH=ATOKEN",
	CapAuthAToken2:                   "AUTH=ATOKEN2",
	CapAuthWSToken:                   "AUTH=WSTOKEN",
	CapAuthXZimbra:                   "AUTH=X-ZIMBRA",
	CapAuthXYMCookieB64:              "AUTH=XYMCOOKIEB64",
	CapAuthXGWTrustedApp:             "AUTH=XGWTRUSTEDAPP",
}

// String returns the wire spelling, "" for CapUnknown.
func (n Cap) String() string {
	if int(n) < len(capWords) {
		return capWords[n]
	}
	return ""
}
