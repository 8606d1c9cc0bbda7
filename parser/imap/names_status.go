package imap

// StatusAtt is a status data item, asked for by STATUS and by LIST RETURN (STATUS ...).
type StatusAtt uint8

const (
	// StatusUnknown is any other word, which StatusItem.Word has.
	StatusUnknown        StatusAtt = iota
	StatusMessages                 // RFC 9051 §6.3.11
	StatusRecent                   // RFC 3501 §6.3.10
	StatusUIDNext                  // RFC 9051 §6.3.11
	StatusUIDValidity              // RFC 9051 §6.3.11
	StatusUnseen                   // RFC 9051 §6.3.11
	StatusDeleted                  // RFC 9051 §6.3.11
	StatusDeletedStorage           // RFC 9208 §4.1.4
	StatusSize                     // RFC 9051 §6.3.11
	StatusHighestModSeq            // RFC 7162 §3.1.7
	StatusAppendLimit              // RFC 7889 §3.1
	StatusMailboxID                // RFC 8474 §4.3
	StatusObjectID                 // draft-ietf-mailmaint-imap-objectid-bis-06 §7.4
	StatusXSize                    // Dovecot
	StatusXGUID                    // Dovecot
	StatusCreatedModSeq            // Cyrus
	StatusUniqueID                 // Cyrus

	countStatusAtt = iota
)

var statusAttWords = [countStatusAtt]string{
	StatusMessages:       "MESSAGES",
	StatusRecent:         "RECENT",
	StatusUIDNext:        "UIDNEXT",
	StatusUIDValidity:    "UIDVALIDITY",
	StatusUnseen:         "UNSEEN",
	StatusDeleted:        "DELETED",
	StatusDeletedStorage: "DELETED-STORAGE",
	StatusSize:           "SIZE",
	StatusHighestModSeq:  "HIGHESTMODSEQ",
	StatusAppendLimit:    "APPENDLIMIT",
	StatusMailboxID:      "MAILBOXID",
	StatusObjectID:       "OBJECTID",
	StatusXSize:          "X-SIZE",
	StatusXGUID:          "X-GUID",
	StatusCreatedModSeq:  "CREATEDMODSEQ",
	StatusUniqueID:       "UNIQUEID",
}

// String returns the wire spelling, "" for StatusUnknown.
func (n StatusAtt) String() string {
	if int(n) < len(statusAttWords) {
		return statusAttWords[n]
	}
	return ""
}

// LookupStatusAtt returns the status item that b names, in any case, or StatusUnknown.
func LookupStatusAtt(b []byte) StatusAtt {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "MESSAGES":
		return StatusMessages
	case "RECENT":
		return StatusRecent
	case "UIDNEXT":
		return StatusUIDNext
	case "UIDVALIDITY":
		return StatusUIDValidity
	case "UNSEEN":
		return StatusUnseen
	case "DELETED":
		return StatusDeleted
	case "DELETED-STORAGE":
		return StatusDeletedStorage
	case "SIZE":
		return StatusSize
	case "HIGHESTMODSEQ":
		return StatusHighestModSeq
	case "APPENDLIMIT":
		return StatusAppendLimit
	case "MAILBOXID":
		return StatusMailboxID
	case "OBJECTID":
		return StatusObjectID
	case "X-SIZE":
		return StatusXSize
	case "X-GUID":
		return StatusXGUID
	case "CREATEDMODSEQ":
		return StatusCreatedModSeq
	case "UNIQUEID":
		return StatusUniqueID
	}
	return StatusUnknown
}
