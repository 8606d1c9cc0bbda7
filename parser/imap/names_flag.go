package imap

// KnownFlag is a flag that has a meaning of its own: system flags, registered keywords and mailbox attributes share one table, because \Flagged is both
// and the same lists carry them. A keyword and an attribute of the same word are two members: FlagJunk is $Junk, FlagAttrJunk is \Junk, FlagBareJunk is Junk.
type KnownFlag uint8

const (
	// FlagUnknown is any other name, which Flag.Name has.
	FlagUnknown         KnownFlag = iota
	FlagAnswered                  // RFC 9051 §2.3.2
	FlagFlagged                   // RFC 9051 §7.3.1
	FlagDeleted                   // RFC 9051 §2.3.2
	FlagSeen                      // RFC 9051 §2.3.2
	FlagDraft                     // RFC 9051 §2.3.2
	FlagRecent                    // RFC 3501 §2.3.2
	FlagStar                      // RFC 9051 §7.1
	FlagMDNSent                   // RFC 3503
	FlagForwarded                 // RFC 9051 §2.3.2
	FlagSubmitPending             // RFC 5550
	FlagSubmitted                 // RFC 5550
	FlagJunk                      // RFC 9051 §2.3.2
	FlagNotJunk                   // RFC 9051 §2.3.2
	FlagPhishing                  // RFC 9051 §2.3.2
	FlagImportant                 // RFC 8457 §2
	FlagMailFlagBit0              // RFC 9979 §3.1
	FlagMailFlagBit1              // RFC 9979 §3.1
	FlagMailFlagBit2              // RFC 9979 §3.1
	FlagHasAttachment             // RFC 9979 §4.1
	FlagHasNoAttachment           // RFC 9979 §4.2
	FlagHasMemo                   // RFC 9979 §5.1
	FlagMemo                      // RFC 9979 §5.2
	FlagCanUnsubscribe            // RFC 9979 §6.1
	FlagUnsubscribed              // RFC 9979 §6.2
	FlagAutoSent                  // RFC 9979 §7.1
	FlagFollowed                  // RFC 9979 §7.2
	FlagImported                  // RFC 9979 §7.3
	FlagIsTrusted                 // RFC 9979 §7.4
	FlagMaskedEmail               // RFC 9979 §7.5
	FlagMuted                     // RFC 9979 §7.6
	FlagNew                       // RFC 9979 §7.7
	FlagNotify                    // RFC 9979 §7.8
	FlagJMAPSeen                  // RFC 8621 §4.1.1
	FlagJMAPFlagged               // RFC 8621 §4.1.1
	FlagJMAPAnswered              // RFC 8621 §4.1.1
	FlagJMAPDraft                 // RFC 8621 §4.1.1
	FlagBareForwarded             // common practice
	FlagBareJunk                  // common practice (Thunderbird, Apple)
	FlagNonJunk                   // common practice (Thunderbird)
	FlagBareNotJunk               // common practice (Apple)
	FlagLabel1                    // Thunderbird
	FlagLabel2                    // Thunderbird
	FlagLabel3                    // Thunderbird
	FlagLabel4                    // Thunderbird
	FlagLabel5                    // Thunderbird
	FlagNoinferiors               // RFC 9051 §7.3.1
	FlagNoselect                  // RFC 9051 §7.3.1
	FlagMarked                    // RFC 9051 §7.3.1
	FlagUnmarked                  // RFC 9051 §7.3.1
	FlagHasChildren               // RFC 9051 §7.3.1
	FlagHasNoChildren             // RFC 9051 §7.3.1
	FlagNonExistent               // RFC 9051 §7.3.1
	FlagSubscribed                // RFC 9051 §7.3.1
	FlagRemote                    // RFC 9051 §7.3.1
	FlagNoAccess                  // RFC 5465 §5.9
	FlagAll                       // RFC 9051 §7.3.1
	FlagArchive                   // RFC 9051 §7.3.1
	FlagDrafts                    // RFC 9051 §7.3.1
	FlagAttrJunk                  // RFC 9051 §7.3.1
	FlagSent                      // RFC 9051 §7.3.1
	FlagTrash                     // RFC 9051 §7.3.1
	FlagAttrImportant             // RFC 8457 §3
	FlagMemos                     // RFC 9979 §8.3
	FlagScheduled                 // RFC 9979 §8.2
	FlagSnoozed                   // RFC 9979 §8.1
	FlagNoUTF8                    // RFC 5738 §3.4
	FlagUTF8Only                  // RFC 5738 §3.4
	FlagInbox                     // Gmail XLIST
	FlagAllMail                   // Gmail XLIST
	FlagSpam                      // Gmail XLIST
	FlagStarred                   // Gmail XLIST
	FlagPlaceholder               // Cyrus XLIST drafts

	countKnownFlag = iota
)

var knownFlagWords = [countKnownFlag]string{
	FlagAnswered:        "\\Answered",
	FlagFlagged:         "\\Flagged",
	FlagDeleted:         "\\Deleted",
	FlagSeen:            "\\Seen",
	FlagDraft:           "\\Draft",
	FlagRecent:          "\\Recent",
	FlagStar:            "\\*",
	FlagMDNSent:         "$MDNSent",
	FlagForwarded:       "$Forwarded",
	FlagSubmitPending:   "$SubmitPending",
	FlagSubmitted:       "$Submitted",
	FlagJunk:            "$Junk",
	FlagNotJunk:         "$NotJunk",
	FlagPhishing:        "$Phishing",
	FlagImportant:       "$Important",
	FlagMailFlagBit0:    "$MailFlagBit0",
	FlagMailFlagBit1:    "$MailFlagBit1",
	FlagMailFlagBit2:    "$MailFlagBit2",
	FlagHasAttachment:   "$hasattachment",
	FlagHasNoAttachment: "$hasnoattachment",
	FlagHasMemo:         "$hasmemo",
	FlagMemo:            "$memo",
	FlagCanUnsubscribe:  "$canunsubscribe",
	FlagUnsubscribed:    "$unsubscribed",
	FlagAutoSent:        "$autosent",
	FlagFollowed:        "$followed",
	FlagImported:        "$imported",
	FlagIsTrusted:       "$istrusted",
	FlagMaskedEmail:     "$maskedemail",
	FlagMuted:           "$muted",
	FlagNew:             "$new",
	FlagNotify:          "$notify",
	FlagJMAPSeen:        "$seen",
	FlagJMAPFlagged:     "$flagged",
	FlagJMAPAnswered:    "$answered",
	FlagJMAPDraft:       "$draft",
	FlagBareForwarded:   "Forwarded",
	FlagBareJunk:        "Junk",
	FlagNonJunk:         "NonJunk",
	FlagBareNotJunk:     "NotJunk",
	FlagLabel1:          "$Label1",
	FlagLabel2:          "$Label2",
	FlagLabel3:          "$Label3",
	FlagLabel4:          "$Label4",
	FlagLabel5:          "$Label5",
	FlagNoinferiors:     "\\Noinferiors",
	FlagNoselect:        "\\Noselect",
	FlagMarked:          "\\Marked",
	FlagUnmarked:        "\\Unmarked",
	FlagHasChildren:     "\\HasChildren",
	FlagHasNoChildren:   "\\HasNoChildren",
	FlagNonExistent:     "\\NonExistent",
	FlagSubscribed:      "\\Subscribed",
	FlagRemote:          "\\Remote",
	FlagNoAccess:        "\\NoAccess",
	FlagAll:             "\\All",
	FlagArchive:         "\\Archive",
	FlagDrafts:          "\\Drafts",
	FlagAttrJunk:        "\\Junk",
	FlagSent:            "\\Sent",
	FlagTrash:           "\\Trash",
	FlagAttrImportant:   "\\Important",
	FlagMemos:           "\\Memos",
	FlagScheduled:       "\\Scheduled",
	FlagSnoozed:         "\\Snoozed",
	FlagNoUTF8:          "\\NoUTF8",
	FlagUTF8Only:        "\\UTF8Only",
	FlagInbox:           "\\Inbox",
	FlagAllMail:         "\\AllMail",
	FlagSpam:            "\\Spam",
	FlagStarred:         "\\Starred",
	FlagPlaceholder:     "\\Placeholder",
}

// String returns the wire spelling, "" for FlagUnknown.
func (n KnownFlag) String() string {
	if int(n) < len(knownFlagWords) {
		return knownFlagWords[n]
	}
	return ""
}

// LookupFlag returns the flag that b names, in any case and with its backslash or dollar sign, or FlagUnknown.
func LookupFlag(b []byte) KnownFlag {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "\\ANSWERED":
		return FlagAnswered
	case "\\FLAGGED":
		return FlagFlagged
	case "\\DELETED":
		return FlagDeleted
	case "\\SEEN":
		return FlagSeen
	case "\\DRAFT":
		return FlagDraft
	case "\\RECENT":
		return FlagRecent
	case "\\*":
		return FlagStar
	case "$MDNSENT":
		return FlagMDNSent
	case "$FORWARDED":
		return FlagForwarded
	case "$SUBMITPENDING":
		return FlagSubmitPending
	case "$SUBMITTED":
		return FlagSubmitted
	case "$JUNK":
		return FlagJunk
	case "$NOTJUNK":
		return FlagNotJunk
	case "$PHISHING":
		return FlagPhishing
	case "$IMPORTANT":
		return FlagImportant
	case "$MAILFLAGBIT0":
		return FlagMailFlagBit0
	case "$MAILFLAGBIT1":
		return FlagMailFlagBit1
	case "$MAILFLAGBIT2":
		return FlagMailFlagBit2
	case "$HASATTACHMENT":
		return FlagHasAttachment
	case "$HASNOATTACHMENT":
		return FlagHasNoAttachment
	case "$HASMEMO":
		return FlagHasMemo
	case "$MEMO":
		return FlagMemo
	case "$CANUNSUBSCRIBE":
		return FlagCanUnsubscribe
	case "$UNSUBSCRIBED":
		return FlagUnsubscribed
	case "$AUTOSENT":
		return FlagAutoSent
	case "$FOLLOWED":
		return FlagFollowed
	case "$IMPORTED":
		return FlagImported
	case "$ISTRUSTED":
		return FlagIsTrusted
	case "$MASKEDEMAIL":
		return FlagMaskedEmail
	case "$MUTED":
		return FlagMuted
	case "$NEW":
		return FlagNew
	case "$NOTIFY":
		return FlagNotify
	case "$SEEN":
		return FlagJMAPSeen
	case "$FLAGGED":
		return FlagJMAPFlagged
	case "$ANSWERED":
		return FlagJMAPAnswered
	case "$DRAFT":
		return FlagJMAPDraft
	case "FORWARDED":
		return FlagBareForwarded
	case "JUNK":
		return FlagBareJunk
	case "NONJUNK":
		return FlagNonJunk
	case "NOTJUNK":
		return FlagBareNotJunk
	case "$LABEL1":
		return FlagLabel1
	case "$LABEL2":
		return FlagLabel2
	case "$LABEL3":
		return FlagLabel3
	case "$LABEL4":
		return FlagLabel4
	case "$LABEL5":
		return FlagLabel5
	case "\\NOINFERIORS":
		return FlagNoinferiors
	case "\\NOSELECT":
		return FlagNoselect
	case "\\MARKED":
		return FlagMarked
	case "\\UNMARKED":
		return FlagUnmarked
	case "\\HASCHILDREN":
		return FlagHasChildren
	case "\\HASNOCHILDREN":
		return FlagHasNoChildren
	case "\\NONEXISTENT":
		return FlagNonExistent
	case "\\SUBSCRIBED":
		return FlagSubscribed
	case "\\REMOTE":
		return FlagRemote
	case "\\NOACCESS":
		return FlagNoAccess
	case "\\ALL":
		return FlagAll
	case "\\ARCHIVE":
		return FlagArchive
	case "\\DRAFTS":
		return FlagDrafts
	case "\\JUNK":
		return FlagAttrJunk
	case "\\SENT":
		return FlagSent
	case "\\TRASH":
		return FlagTrash
	case "\\IMPORTANT":
		return FlagAttrImportant
	case "\\MEMOS":
		return FlagMemos
	case "\\SCHEDULED":
		return FlagScheduled
	case "\\SNOOZED":
		return FlagSnoozed
	case "\\NOUTF8":
		return FlagNoUTF8
	case "\\UTF8ONLY":
		return FlagUTF8Only
	case "\\INBOX":
		return FlagInbox
	case "\\ALLMAIL":
		return FlagAllMail
	case "\\SPAM":
		return FlagSpam
	case "\\STARRED":
		return FlagStarred
	case "\\PLACEHOLDER":
		return FlagPlaceholder
	}
	return FlagUnknown
}
