package parser

import "github.com/imapwire/imapwire/parser/imap"

// The tables below are ordered by keywords.slot. TestKeywords checks them, and prints the line to write for a word that it misses.

// commandWords has the commands that clients send every day; imap.LookupCommand knows the others.
var commandWords = keywords{multiplier: 0xebaa6e4002e7a30f, slots: [keywordSlots]keyword{
	0:  {0x4249524353425553, 0x0000000000000045, uint8(imap.CmdSubscribe)},    // SUBSCRIBE
	1:  {0x535448474952594d, 0x0000000000000000, uint8(imap.CmdMyRights)},     // MYRIGHTS
	3:  {0x534c545452415453, 0x0000000000000000, uint8(imap.CmdStartTLS)},     // STARTTLS
	4:  {0x5443454c45534e55, 0x0000000000000000, uint8(imap.CmdUnselect)},     // UNSELECT
	5:  {0x00005443454c4553, 0x0000000000000000, uint8(imap.CmdSelect)},       // SELECT
	6:  {0x0000444145524854, 0x0000000000000000, uint8(imap.CmdThread)},       // THREAD
	7:  {0x0000004843544546, 0x0000000000000000, uint8(imap.CmdFetch)},        // FETCH
	8:  {0x49544e4548545541, 0x0000000045544143, uint8(imap.CmdAuthenticate)}, // AUTHENTICATE
	9:  {0x0000594649544f4e, 0x0000000000000000, uint8(imap.CmdNotify)},       // NOTIFY
	10: {0x0048435241455345, 0x0000000000000000, uint8(imap.CmdESearch)},      // ESEARCH
	12: {0x004543414c504552, 0x0000000000000000, uint8(imap.CmdReplace)},      // REPLACE
	13: {0x0000444e45505041, 0x0000000000000000, uint8(imap.CmdAppend)},       // APPEND
	15: {0x0000454c42414e45, 0x0000000000000000, uint8(imap.CmdEnable)},       // ENABLE
	16: {0x00004c4341544547, 0x0000000000000000, uint8(imap.CmdGetACL)},       // GETACL
	17: {0x0000004e49474f4c, 0x0000000000000000, uint8(imap.CmdLogin)},        // LOGIN
	19: {0x000000005453494c, 0x0000000000000000, uint8(imap.CmdList)},         // LIST
	20: {0x0000000054524f53, 0x0000000000000000, uint8(imap.CmdSort)},         // SORT
	21: {0x000000004255534c, 0x0000000000000000, uint8(imap.CmdLSub)},         // LSUB
	23: {0x5243534255534e55, 0x0000000000454249, uint8(imap.CmdUnsubscribe)},  // UNSUBSCRIBE
	25: {0x0000535554415453, 0x0000000000000000, uint8(imap.CmdStatus)},       // STATUS
	27: {0x00000000504f4f4e, 0x0000000000000000, uint8(imap.CmdNoop)},         // NOOP
	29: {0x00000000454c4449, 0x0000000000000000, uint8(imap.CmdIdle)},         // IDLE
	30: {0x0000000000004449, 0x0000000000000000, uint8(imap.CmdID)},           // ID
	31: {0x41544f5551544547, 0x0000000000000000, uint8(imap.CmdGetQuota)},     // GETQUOTA
	33: {0x53534552504d4f43, 0x0000000000000000, uint8(imap.CmdCompress)},     // COMPRESS
	36: {0x0000454d414e4552, 0x0000000000000000, uint8(imap.CmdRename)},       // RENAME
	37: {0x41544f5551544547, 0x00000000544f4f52, uint8(imap.CmdGetQuotaRoot)}, // GETQUOTAROOT
	39: {0x0000455441455243, 0x0000000000000000, uint8(imap.CmdCreate)},       // CREATE
	40: {0x00000045524f5453, 0x0000000000000000, uint8(imap.CmdStore)},        // STORE
	41: {0x444154454d544547, 0x0000000000415441, uint8(imap.CmdGetMetadata)},  // GETMETADATA
	42: {0x43415053454d414e, 0x0000000000000045, uint8(imap.CmdNamespace)},    // NAMESPACE
	44: {0x444154454d544553, 0x0000000000415441, uint8(imap.CmdSetMetadata)},  // SETMETADATA
	45: {0x00454e494d415845, 0x0000000000000000, uint8(imap.CmdExamine)},      // EXAMINE
	46: {0x494c494241504143, 0x0000000000005954, uint8(imap.CmdCapability)},   // CAPABILITY
	47: {0x0000484352414553, 0x0000000000000000, uint8(imap.CmdSearch)},       // SEARCH
	48: {0x0000005453494c58, 0x0000000000000000, uint8(imap.CmdXList)},        // XLIST
	49: {0x0000000045564f4d, 0x0000000000000000, uint8(imap.CmdMove)},         // MOVE
	53: {0x00000045534f4c43, 0x0000000000000000, uint8(imap.CmdClose)},        // CLOSE
	54: {0x000054554f474f4c, 0x0000000000000000, uint8(imap.CmdLogout)},       // LOGOUT
	56: {0x0045474e55505845, 0x0000000000000000, uint8(imap.CmdExpunge)},      // EXPUNGE
	57: {0x00004554454c4544, 0x0000000000000000, uint8(imap.CmdDelete)},       // DELETE
	59: {0x0000004b43454843, 0x0000000000000000, uint8(imap.CmdCheck)},        // CHECK
	62: {0x0000000059504f43, 0x0000000000000000, uint8(imap.CmdCopy)},         // COPY
}}

// searchWords has the search keys of RFC 9051 and some of its extensions; imap.LookupSearchKey knows the others.
var searchWords = keywords{multiplier: 0x66391edd3cf9f1f5, slots: [keywordSlots]keyword{
	1:  {0x000000000057454e, 0x0000000000000000, uint8(imap.KeyNew)},        // NEW
	4:  {0x00000000004c4c41, 0x0000000000000000, uint8(imap.KeyAll)},        // ALL
	6:  {0x0000000059444f42, 0x0000000000000000, uint8(imap.KeyBody)},       // BODY
	9:  {0x0000000054584554, 0x0000000000000000, uint8(imap.KeyText)},       // TEXT
	10: {0x0000000000004f54, 0x0000000000000000, uint8(imap.KeyTo)},         // TO
	11: {0x00000045434e4953, 0x0000000000000000, uint8(imap.KeySince)},      // SINCE
	14: {0x4554454c45444e55, 0x0000000000000044, uint8(imap.KeyUndeleted)},  // UNDELETED
	15: {0x0000524544414548, 0x0000000000000000, uint8(imap.KeyHeader)},     // HEADER
	16: {0x005443454a425553, 0x0000000000000000, uint8(imap.KeySubject)},    // SUBJECT
	17: {0x000000004e454553, 0x0000000000000000, uint8(imap.KeySeen)},       // SEEN
	20: {0x000000004d4f5246, 0x0000000000000000, uint8(imap.KeyFrom)},       // FROM
	21: {0x4445524557534e41, 0x0000000000000000, uint8(imap.KeyAnswered)},   // ANSWERED
	23: {0x000045524f464542, 0x0000000000000000, uint8(imap.KeyBefore)},     // BEFORE
	24: {0x0000000000434342, 0x0000000000000000, uint8(imap.KeyBcc)},        // BCC
	26: {0x0044524f5759454b, 0x0000000000000000, uint8(imap.KeyKeyword)},    // KEYWORD
	27: {0x0000000000444955, 0x0000000000000000, uint8(imap.KeyUID)},        // UID
	28: {0x0000544e45434552, 0x0000000000000000, uint8(imap.KeyRecent)},     // RECENT
	29: {0x524f5759454b4e55, 0x0000000000000044, uint8(imap.KeyUnkeyword)},  // UNKEYWORD
	32: {0x00004e4f544e4553, 0x0000000000000000, uint8(imap.KeySentOn)},     // SENTON
	33: {0x4f464542544e4553, 0x0000000000004552, uint8(imap.KeySentBefore)}, // SENTBEFORE
	35: {0x454747414c464e55, 0x0000000000000044, uint8(imap.KeyUnflagged)},  // UNFLAGGED
	36: {0x00004e4545534e55, 0x0000000000000000, uint8(imap.KeyUnseen)},     // UNSEEN
	37: {0x000052454752414c, 0x0000000000000000, uint8(imap.KeyLarger)},     // LARGER
	38: {0x005245474e554f59, 0x0000000000000000, uint8(imap.KeyYounger)},    // YOUNGER
	40: {0x0054464152444e55, 0x0000000000000000, uint8(imap.KeyUndraft)},    // UNDRAFT
	41: {0x0044454747414c46, 0x0000000000000000, uint8(imap.KeyFlagged)},    // FLAGGED
	43: {0x4e49534445564153, 0x0000000000004543, uint8(imap.KeySavedSince)}, // SAVEDSINCE
	44: {0x0000000000444c4f, 0x0000000000000000, uint8(imap.KeyOld)},        // OLD
	45: {0x0000000000004343, 0x0000000000000000, uint8(imap.KeyCc)},         // CC
	46: {0x524557534e414e55, 0x0000000000004445, uint8(imap.KeyUnanswered)}, // UNANSWERED
	47: {0x000000595a5a5546, 0x0000000000000000, uint8(imap.KeyFuzzy)},      // FUZZY
	48: {0x5741522d4d472d58, 0x0000000000000000, uint8(imap.KeyXGMRaw)},     // X-GM-RAW
	50: {0x0000005446415244, 0x0000000000000000, uint8(imap.KeyDraft)},      // DRAFT
	51: {0x0052454c4c414d53, 0x0000000000000000, uint8(imap.KeySmaller)},    // SMALLER
	52: {0x0000514553444f4d, 0x0000000000000000, uint8(imap.KeyModSeq)},     // MODSEQ
	53: {0x000000000000524f, 0x0000000000000000, uint8(imap.KeyOr)},         // OR
	55: {0x0000005245444c4f, 0x0000000000000000, uint8(imap.KeyOlder)},      // OLDER
	57: {0x0000000000544f4e, 0x0000000000000000, uint8(imap.KeyNot)},        // NOT
	60: {0x0000000000004e4f, 0x0000000000000000, uint8(imap.KeyOn)},         // ON
	62: {0x434e4953544e4553, 0x0000000000000045, uint8(imap.KeySentSince)},  // SENTSINCE
	63: {0x00444554454c4544, 0x0000000000000000, uint8(imap.KeyDeleted)},    // DELETED
}}

// attWords has the FETCH items that clients ask for; imap.LookupAtt knows the others.
var attWords = keywords{multiplier: 0x57f963bcbb84fb67, slots: [keywordSlots]keyword{
	3:  {0x4554414445564153, 0x0000000000000000, uint8(imap.AttSaveDate)},      // SAVEDATE
	6:  {0x45504f4c45564e45, 0x0000000000000000, uint8(imap.AttEnvelope)},      // ENVELOPE
	8:  {0x5248542d4d472d58, 0x0000000000004449, uint8(imap.AttXGMThrID)},      // X-GM-THRID
	15: {0x0044494c49414d45, 0x0000000000000000, uint8(imap.AttEmailID)},       // EMAILID
	18: {0x4545502e59444f42, 0x000000000000004b, uint8(imap.AttSection)},       // BODY.PEEK
	22: {0x0000323238434652, 0x0000000000000000, uint8(imap.AttRFC822)},        // RFC822
	25: {0x00005952414e4942, 0x0000000000000000, uint8(imap.AttBinary)},        // BINARY
	26: {0x0057454956455250, 0x0000000000000000, uint8(imap.AttPreview)},       // PREVIEW
	27: {0x42414c2d4d472d58, 0x0000000000534c45, uint8(imap.AttXGMLabels)},     // X-GM-LABELS
	31: {0x542e323238434652, 0x0000000000545845, uint8(imap.AttRFC822Text)},    // RFC822.TEXT
	35: {0x0000005347414c46, 0x0000000000000000, uint8(imap.AttFlags)},         // FLAGS
	36: {0x532e323238434652, 0x0000000000455a49, uint8(imap.AttRFC822Size)},    // RFC822.SIZE
	39: {0x532e5952414e4942, 0x0000000000455a49, uint8(imap.AttBinarySize)},    // BINARY.SIZE
	46: {0x0000514553444f4d, 0x0000000000000000, uint8(imap.AttModSeq)},        // MODSEQ
	47: {0x0000000059444f42, 0x0000000000000000, uint8(imap.AttBody)},          // BODY
	51: {0x4449444145524854, 0x0000000000000000, uint8(imap.AttThreadID)},      // THREADID
	52: {0x0000000000444955, 0x0000000000000000, uint8(imap.AttUID)},           // UID
	55: {0x5552545359444f42, 0x0000004552555443, uint8(imap.AttBodyStructure)}, // BODYSTRUCTURE
	56: {0x47534d2d4d472d58, 0x0000000000004449, uint8(imap.AttXGMMsgID)},      // X-GM-MSGID
	58: {0x502e5952414e4942, 0x00000000004b4545, uint8(imap.AttBinary)},        // BINARY.PEEK
	60: {0x4c414e5245544e49, 0x0000000045544144, uint8(imap.AttInternalDate)},  // INTERNALDATE
	61: {0x482e323238434652, 0x0000005245444145, uint8(imap.AttRFC822Header)},  // RFC822.HEADER
}}

// flagWords has the flags, mailbox attributes and keywords, with the backslash or the dollar that they begin with.
var flagWords = flagTable{multiplier: 0x7016c34f193e7341, slots: [flagSlots]keyword{
	0:   {0x53454343414f4e5c, 0x0000000000000053, uint8(imap.FlagNoAccess)},        // \NOACCESS
	7:   {0x4e45534f54554124, 0x0000000000000054, uint8(imap.FlagAutoSent)},        // $AUTOSENT
	12:  {0x544e45534e444d24, 0x0000000000000000, uint8(imap.FlagMDNSent)},         // $MDNSENT
	15:  {0x4c4948435341485c, 0x000000004e455244, uint8(imap.FlagHasChildren)},     // \HASCHILDREN
	20:  {0x444554454c45445c, 0x0000000000000000, uint8(imap.FlagDeleted)},         // \DELETED
	24:  {0x48434f4e5341485c, 0x00004e4552444c49, uint8(imap.FlagHasNoChildren)},   // \HASNOCHILDREN
	27:  {0x43534255534e5524, 0x0000004445424952, uint8(imap.FlagUnsubscribed)},    // $UNSUBSCRIBED
	29:  {0x4b4e554a544f4e24, 0x0000000000000000, uint8(imap.FlagNotJunk)},         // $NOTJUNK
	35:  {0x4c49414d4c4c415c, 0x0000000000000000, uint8(imap.FlagAllMail)},         // \ALLMAIL
	36:  {0x000048534152545c, 0x0000000000000000, uint8(imap.FlagTrash)},           // \TRASH
	45:  {0x534958454e4f4e5c, 0x00000000544e4554, uint8(imap.FlagNonExistent)},     // \NONEXISTENT
	48:  {0x5454494d42555324, 0x0000000000004445, uint8(imap.FlagSubmitted)},       // $SUBMITTED
	52:  {0x0000004b4e554a5c, 0x0000000000000000, uint8(imap.FlagAttrJunk)},        // \JUNK
	56:  {0x0000000057454e24, 0x0000000000000000, uint8(imap.FlagNew)},             // $NEW
	57:  {0x44454747414c465c, 0x0000000000000000, uint8(imap.FlagFlagged)},         // \FLAGGED
	61:  {0x4c5544454843535c, 0x0000000000004445, uint8(imap.FlagScheduled)},       // \SCHEDULED
	64:  {0x444552524154535c, 0x0000000000000000, uint8(imap.FlagStarred)},         // \STARRED
	66:  {0x00344c4542414c24, 0x0000000000000000, uint8(imap.FlagLabel4)},          // $LABEL4
	68:  {0x00594649544f4e24, 0x0000000000000000, uint8(imap.FlagNotify)},          // $NOTIFY
	77:  {0x004b4e554a544f4e, 0x0000000000000000, uint8(imap.FlagBareNotJunk)},     // NOTJUNK
	78:  {0x5453555254534924, 0x0000000000004445, uint8(imap.FlagIsTrusted)},       // $ISTRUSTED
	80:  {0x0000004e4545535c, 0x0000000000000000, uint8(imap.FlagSeen)},            // \SEEN
	81:  {0x45524557534e4124, 0x0000000000000044, uint8(imap.FlagJMAPAnswered)},    // $ANSWERED
	82:  {0x00384654554f4e5c, 0x0000000000000000, uint8(imap.FlagNoUTF8)},          // \NOUTF8
	85:  {0x43454c45534f4e5c, 0x0000000000000054, uint8(imap.FlagNoselect)},        // \NOSELECT
	90:  {0x0045544f4d45525c, 0x0000000000000000, uint8(imap.FlagRemote)},          // \REMOTE
	91:  {0x00324c4542414c24, 0x0000000000000000, uint8(imap.FlagLabel2)},          // $LABEL2
	93:  {0x000054464152445c, 0x0000000000000000, uint8(imap.FlagDraft)},           // \DRAFT
	95:  {0x0000004d4150535c, 0x0000000000000000, uint8(imap.FlagSpam)},            // \SPAM
	97:  {0x414c464c49414d24, 0x0000003054494247, uint8(imap.FlagMailFlagBit0)},    // $MAILFLAGBIT0
	111: {0x4544524157524f46, 0x0000000000000044, uint8(imap.FlagBareForwarded)},   // FORWARDED
	116: {0x4154524f504d4924, 0x000000000000544e, uint8(imap.FlagImportant)},       // $IMPORTANT
	119: {0x455649484352415c, 0x0000000000000000, uint8(imap.FlagArchive)},         // \ARCHIVE
	120: {0x44524157524f4624, 0x0000000000004445, uint8(imap.FlagForwarded)},       // $FORWARDED
	123: {0x414c464c49414d24, 0x0000003154494247, uint8(imap.FlagMailFlagBit1)},    // $MAILFLAGBIT1
	130: {0x5054494d42555324, 0x0000474e49444e45, uint8(imap.FlagSubmitPending)},   // $SUBMITPENDING
	134: {0x000000004c4c415c, 0x0000000000000000, uint8(imap.FlagAll)},             // \ALL
	140: {0x4f4d454d53414824, 0x0000000000000000, uint8(imap.FlagHasMemo)},         // $HASMEMO
	144: {0x00544e454345525c, 0x0000000000000000, uint8(imap.FlagRecent)},          // \RECENT
	148: {0x414c464c49414d24, 0x0000003254494247, uint8(imap.FlagMailFlagBit2)},    // $MAILFLAGBIT2
	153: {0x0000534f4d454d5c, 0x0000000000000000, uint8(imap.FlagMemos)},           // \MEMOS
	155: {0x4154544153414824, 0x0000544e454d4843, uint8(imap.FlagHasAttachment)},   // $HASATTACHMENT
	156: {0x454b52414d4e555c, 0x0000000000000044, uint8(imap.FlagUnmarked)},        // \UNMARKED
	159: {0x4554524f504d4924, 0x0000000000000044, uint8(imap.FlagImported)},        // $IMPORTED
	163: {0x000000004b4e554a, 0x0000000000000000, uint8(imap.FlagBareJunk)},        // JUNK
	167: {0x44455a4f4f4e535c, 0x0000000000000000, uint8(imap.FlagSnoozed)},         // \SNOOZED
	172: {0x4f484543414c505c, 0x000000005245444c, uint8(imap.FlagPlaceholder)},     // \PLACEHOLDER
	175: {0x0000004b4e554a24, 0x0000000000000000, uint8(imap.FlagJunk)},            // $JUNK
	176: {0x000000544e45535c, 0x0000000000000000, uint8(imap.FlagSent)},            // \SENT
	180: {0x44454747414c4624, 0x0000000000000000, uint8(imap.FlagJMAPFlagged)},     // $FLAGGED
	181: {0x00354c4542414c24, 0x0000000000000000, uint8(imap.FlagLabel5)},          // $LABEL5
	185: {0x004b4e554a4e4f4e, 0x0000000000000000, uint8(imap.FlagNonJunk)},         // NONJUNK
	186: {0x4c4e4f384654555c, 0x0000000000000059, uint8(imap.FlagUTF8Only)},        // \UTF8ONLY
	187: {0x005354464152445c, 0x0000000000000000, uint8(imap.FlagDrafts)},          // \DRAFTS
	191: {0x54414f4e53414824, 0x544e454d48434154, uint8(imap.FlagHasNoAttachment)}, // $HASNOATTACHMENT
	203: {0x0000004e45455324, 0x0000000000000000, uint8(imap.FlagJMAPSeen)},        // $SEEN
	204: {0x495243534255535c, 0x0000000000444542, uint8(imap.FlagSubscribed)},      // \SUBSCRIBED
	205: {0x0000444554554d24, 0x0000000000000000, uint8(imap.FlagMuted)},           // $MUTED
	206: {0x00334c4542414c24, 0x0000000000000000, uint8(imap.FlagLabel3)},          // $LABEL3
	213: {0x0000004f4d454d24, 0x0000000000000000, uint8(imap.FlagMemo)},            // $MEMO
	214: {0x45524557534e415c, 0x0000000000000044, uint8(imap.FlagAnswered)},        // \ANSWERED
	216: {0x0000544641524424, 0x0000000000000000, uint8(imap.FlagJMAPDraft)},       // $DRAFT
	221: {0x55534e554e414324, 0x0045424952435342, uint8(imap.FlagCanUnsubscribe)},  // $CANUNSUBSCRIBE
	222: {0x4e49485349485024, 0x0000000000000047, uint8(imap.FlagPhishing)},        // $PHISHING
	224: {0x4544454b53414d24, 0x000000004c49414d, uint8(imap.FlagMaskedEmail)},     // $MASKEDEMAIL
	227: {0x5245464e494f4e5c, 0x0000000053524f49, uint8(imap.FlagNoinferiors)},     // \NOINFERIORS
	229: {0x0044454b52414d5c, 0x0000000000000000, uint8(imap.FlagMarked)},          // \MARKED
	232: {0x00314c4542414c24, 0x0000000000000000, uint8(imap.FlagLabel1)},          // $LABEL1
	238: {0x0000584f424e495c, 0x0000000000000000, uint8(imap.FlagInbox)},           // \INBOX
	247: {0x45574f4c4c4f4624, 0x0000000000000044, uint8(imap.FlagFollowed)},        // $FOLLOWED
	249: {0x4154524f504d495c, 0x000000000000544e, uint8(imap.FlagAttrImportant)},   // \IMPORTANT
}}

// optionWords has the parameters and options of commands that mean something to the rules, and the return options of SEARCH.
var optionWords = keywords{multiplier: 0xc8d04605312f8089, slots: [keywordSlots]keyword{
	0:  {0x004c414954524150, 0x0000000000000000, uint8(optionPartial)},        // PARTIAL
	1:  {0x00434e5953455251, 0x0000000000000000, uint8(optionQResync)},        // QRESYNC
	4:  {0x0000000000455355, 0x0000000000000000, uint8(optionUse)},            // USE
	8:  {0x00000000004e494d, 0x0000000000000000, uint8(optionOther)},          // MIN
	22: {0x000000000058414d, 0x0000000000000000, uint8(optionOther)},          // MAX
	25: {0x00455a495358414d, 0x0000000000000000, uint8(optionMaxSize)},        // MAXSIZE
	31: {0x44454853494e4156, 0x0000000000000000, uint8(optionVanished)},       // VANISHED
	35: {0x45474e4148434e55, 0x000045434e495344, uint8(optionUnchangedSince)}, // UNCHANGEDSINCE
	38: {0x00000000004c4c41, 0x0000000000000000, uint8(optionOther)},          // ALL
	39: {0x0000455441445055, 0x0000000000000000, uint8(optionUpdate)},         // UPDATE
	40: {0x00545845544e4f43, 0x0000000000000000, uint8(optionContext)},        // CONTEXT
	47: {0x524f5453444e4f43, 0x0000000000000045, uint8(optionCondStore)},      // CONDSTORE
	51: {0x000000544e554f43, 0x0000000000000000, uint8(optionOther)},          // COUNT
	57: {0x0000004854504544, 0x0000000000000000, uint8(optionDepth)},          // DEPTH
	58: {0x0000000045564153, 0x0000000000000000, uint8(optionOther)},          // SAVE
	60: {0x534445474e414843, 0x0000000045434e49, uint8(optionChangedSince)},   // CHANGEDSINCE
}}

// statusWords has the items of STATUS; imap.LookupStatusAtt knows the others.
var statusWords = keywords{multiplier: 0x7ffa3780429cd279, slots: [keywordSlots]keyword{
	1:  {0x00004e4545534e55, 0x0000000000000000, uint8(imap.StatusUnseen)},         // UNSEEN
	12: {0x44494c4156444955, 0x0000000000595449, uint8(imap.StatusUIDValidity)},    // UIDVALIDITY
	18: {0x0000544e45434552, 0x0000000000000000, uint8(imap.StatusRecent)},         // RECENT
	22: {0x49584f424c49414d, 0x0000000000000044, uint8(imap.StatusMailboxID)},      // MAILBOXID
	32: {0x00444554454c4544, 0x0000000000000000, uint8(imap.StatusDeleted)},        // DELETED
	37: {0x005458454e444955, 0x0000000000000000, uint8(imap.StatusUIDNext)},        // UIDNEXT
	38: {0x494c444e45505041, 0x000000000054494d, uint8(imap.StatusAppendLimit)},    // APPENDLIMIT
	42: {0x4d54534548474948, 0x000000514553444f, uint8(imap.StatusHighestModSeq)},  // HIGHESTMODSEQ
	46: {0x2d444554454c4544, 0x00454741524f5453, uint8(imap.StatusDeletedStorage)}, // DELETED-STORAGE
	56: {0x534547415353454d, 0x0000000000000000, uint8(imap.StatusMessages)},       // MESSAGES
	59: {0x00000000455a4953, 0x0000000000000000, uint8(imap.StatusSize)},           // SIZE
}}

// capabilityWords has the capabilities that most servers have; imap.LookupCap knows the others.
var capabilityWords = keywords{multiplier: 0x740b48d90aea0f59, slots: [keywordSlots]keyword{
	1:  {0x00004e4948544957, 0x0000000000000000, uint8(imap.CapWithin)},          // WITHIN
	2:  {0x00000000004c4341, 0x0000000000000000, uint8(imap.CapACL)},             // ACL
	5:  {0x0000000000004449, 0x0000000000000000, uint8(imap.CapID)},              // ID
	7:  {0x0052492d4c534153, 0x0000000000000000, uint8(imap.CapSASLIR)},          // SASL-IR
	8:  {0x534c545452415453, 0x0000000000000000, uint8(imap.CapStartTLS)},        // STARTTLS
	9:  {0x2d4c414943455053, 0x0000000000455355, uint8(imap.CapSpecialUse)},      // SPECIAL-USE
	10: {0x5349444e49474f4c, 0x00000044454c4241, uint8(imap.CapLoginDisabled)},   // LOGINDISABLED
	11: {0x523d444145524854, 0x0000000000534645, uint8(imap.CapThreadRefs)},      // THREAD=REFS
	12: {0x2d4c41524554494c, 0x0000000000000000, uint8(imap.CapLiteralMinus)},    // LITERAL-
	13: {0x00000000454c4449, 0x0000000000000000, uint8(imap.CapIdle)},            // IDLE
	14: {0x5349443d54524f53, 0x0000000059414c50, uint8(imap.CapSortDisplay)},     // SORT=DISPLAY
	15: {0x5645523450414d49, 0x0000000000000031, uint8(imap.CapIMAP4rev1)},       // IMAP4REV1
	16: {0x45522d4e49474f4c, 0x00534c4152524546, uint8(imap.CapLoginReferrals)},  // LOGIN-REFERRALS
	17: {0x3d545845544e4f43, 0x0000484352414553, uint8(imap.CapContextSearch)},   // CONTEXT=SEARCH
	19: {0x00005952414e4942, 0x0000000000000000, uint8(imap.CapBinary)},          // BINARY
	21: {0x53534552504d4f43, 0x4554414c4645443d, uint8(imap.CapCompressDeflate)}, // COMPRESS=DEFLATE
	22: {0x0000000045564f4d, 0x0000000000000000, uint8(imap.CapMove)},            // MOVE
	24: {0x4154532d5453494c, 0x0000000000535554, uint8(imap.CapListStatus)},      // LIST-STATUS
	25: {0x5458452d4d472d58, 0x000000000000312d, uint8(imap.CapXGMExt1)},         // X-GM-EXT-1
	26: {0x4554414e45544143, 0x0000000000000000, uint8(imap.CapCatenate)},        // CATENATE
	28: {0x5458452d5453494c, 0x0000004445444e45, uint8(imap.CapListExtended)},    // LIST-EXTENDED
	29: {0x00434e5953455251, 0x0000000000000000, uint8(imap.CapQResync)},         // QRESYNC
	31: {0x0000454c42414e45, 0x0000000000000000, uint8(imap.CapEnable)},          // ENABLE
	33: {0x00000054524f5345, 0x0000000000000000, uint8(imap.CapESort)},           // ESORT
	35: {0x524f5453444e4f43, 0x0000000000000045, uint8(imap.CapCondStore)},       // CONDSTORE
	37: {0x414c503d48545541, 0x0000000000004e49, uint8(imap.CapAuthPlain)},       // AUTH=PLAIN
	39: {0x00485455414c5255, 0x0000000000000000, uint8(imap.CapURLAuth)},         // URLAUTH
	40: {0x5443454c45534e55, 0x0000000000000000, uint8(imap.CapUnselect)},        // UNSELECT
	42: {0x0000000054524f53, 0x0000000000000000, uint8(imap.CapSort)},            // SORT
	43: {0x4343413d38465455, 0x0000000000545045, uint8(imap.CapUTF8Accept)},      // UTF8=ACCEPT
	44: {0x5645523450414d49, 0x0000000000000032, uint8(imap.CapIMAP4rev2)},       // IMAP4REV2
	45: {0x50504149544c554d, 0x0000000000444e45, uint8(imap.CapMultiAppend)},     // MULTIAPPEND
	47: {0x0048435241455345, 0x0000000000000000, uint8(imap.CapESearch)},         // ESEARCH
	48: {0x533d535554415453, 0x0000000000455a49, uint8(imap.CapStatusSize)},      // STATUS=SIZE
	50: {0x43415053454d414e, 0x0000000000000045, uint8(imap.CapNamespace)},       // NAMESPACE
	52: {0x4554414445564153, 0x0000000000000000, uint8(imap.CapSaveDate)},        // SAVEDATE
	53: {0x0057454956455250, 0x0000000000000000, uint8(imap.CapPreview)},         // PREVIEW
	54: {0x0053554c50444955, 0x0000000000000000, uint8(imap.CapUIDPlus)},         // UIDPLUS
	55: {0x4556454c4e383149, 0x0000000000313d4c, uint8(imap.CapI18NLevel1)},      // I18NLEVEL=1
	56: {0x4e4552444c494843, 0x0000000000000000, uint8(imap.CapChildren)},        // CHILDREN
	57: {0x4552484352414553, 0x0000000000000053, uint8(imap.CapSearchRes)},       // SEARCHRES
	58: {0x415441444154454d, 0x0000000000000000, uint8(imap.CapMetadata)},        // METADATA
	59: {0x00000041544f5551, 0x0000000000000000, uint8(imap.CapQuota)},           // QUOTA
	60: {0x44495443454a424f, 0x0000000000000000, uint8(imap.CapObjectID)},        // OBJECTID
	61: {0x0000005453494c58, 0x0000000000000000, uint8(imap.CapXList)},           // XLIST
	63: {0x0000594649544f4e, 0x0000000000000000, uint8(imap.CapNotify)},          // NOTIFY
}}

// codeWords has the response codes of every day; imap.LookupCode knows the others.
var codeWords = keywords{multiplier: 0x5454cd0fed08544f, slots: [keywordSlots]keyword{
	1:  {0x0000004553554e49, 0x0000000000000000, uint8(imap.CodeInUse)},          // INUSE
	2:  {0x00004e4545534e55, 0x0000000000000000, uint8(imap.CodeUnseen)},         // UNSEEN
	4:  {0x0044455249505845, 0x0000000000000000, uint8(imap.CodeExpired)},        // EXPIRED
	5:  {0x414c494156414e55, 0x0000000000454c42, uint8(imap.CodeUnavailable)},    // UNAVAILABLE
	8:  {0x00004749424f4f54, 0x0000000000000000, uint8(imap.CodeTooBig)},         // TOOBIG
	9:  {0x5542524556524553, 0x0000000000000047, uint8(imap.CodeServerBug)},      // SERVERBUG
	13: {0x00000054494d494c, 0x0000000000000000, uint8(imap.CodeLimit)},          // LIMIT
	17: {0x41544341544e4f43, 0x000000004e494d44, uint8(imap.CodeContactAdmin)},   // CONTACTADMIN
	18: {0x4559444145524c41, 0x0000005354534958, uint8(imap.CodeAlreadyExists)},  // ALREADYEXISTS
	20: {0x5542544e45494c43, 0x0000000000000047, uint8(imap.CodeClientBug)},      // CLIENTBUG
	21: {0x0044495559504f43, 0x0000000000000000, uint8(imap.CodeCopyUID)},        // COPYUID
	26: {0x4e454e414d524550, 0x00005347414c4654, uint8(imap.CodePermanentFlags)}, // PERMANENTFLAGS
	28: {0x4445494649444f4d, 0x0000000000000000, uint8(imap.CodeModified)},       // MODIFIED
	31: {0x5453544f4e444955, 0x00000000594b4349, uint8(imap.CodeUIDNotSticky)},   // UIDNOTSTICKY
	33: {0x5441455243595254, 0x0000000000000045, uint8(imap.CodeTryCreate)},      // TRYCREATE
	37: {0x4d54534548474948, 0x000000514553444f, uint8(imap.CodeHighestModSeq)},  // HIGHESTMODSEQ
	38: {0x54534958454e4f4e, 0x0000000000544e45, uint8(imap.CodeNonExistent)},    // NONEXISTENT
	39: {0x0000004553524150, 0x0000000000000000, uint8(imap.CodeParse)},          // PARSE
	41: {0x4955444e45505041, 0x0000000000000044, uint8(imap.CodeAppendUID)},      // APPENDUID
	42: {0x00004d5245504f4e, 0x0000000000000000, uint8(imap.CodeNoPerm)},         // NOPERM
	46: {0x4952572d44414552, 0x0000000000004554, uint8(imap.CodeReadWrite)},      // READ-WRITE
	47: {0x0000005452454c41, 0x0000000000000000, uint8(imap.CodeAlert)},          // ALERT
	50: {0x00004445534f4c43, 0x0000000000000000, uint8(imap.CodeClosed)},         // CLOSED
	52: {0x0000544f4e4e4143, 0x0000000000000000, uint8(imap.CodeCannot)},         // CANNOT
	53: {0x514553444f4d4f4e, 0x0000000000000000, uint8(imap.CodeNoModSeq)},       // NOMODSEQ
	54: {0x44494c4156444955, 0x0000000000595449, uint8(imap.CodeUIDValidity)},    // UIDVALIDITY
	55: {0x4c4e4f2d44414552, 0x0000000000000059, uint8(imap.CodeReadOnly)},       // READ-ONLY
	58: {0x005458454e444955, 0x0000000000000000, uint8(imap.CodeUIDNext)},        // UIDNEXT
	59: {0x494c494241504143, 0x0000000000005954, uint8(imap.CodeCapability)},     // CAPABILITY
	63: {0x544f55515245564f, 0x0000000000000041, uint8(imap.CodeOverQuota)},      // OVERQUOTA
}}
