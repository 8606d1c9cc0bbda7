package imap

// AttName is the name of a data item of FETCH and CONVERT, in requests and in data.
type AttName uint8

const (
	// AttUnknown is any other word; the item then has its Unknown.
	AttUnknown              AttName = iota
	AttSection                      // BODY[...] and BODY.PEEK[...] (RFC 9051 §6.4.5)
	AttBinary                       // RFC 3516 §4.2; with BINARY.PEEK
	AttBinarySize                   // RFC 3516 §4.2
	AttBody                         // BODY without a section: BODYSTRUCTURE without extension data (RFC 9051 §6.4.5)
	AttBodyStructure                // RFC 9051 §6.4.5
	AttEnvelope                     // RFC 9051 §6.4.5
	AttFlags                        // RFC 9051 §6.4.5
	AttInternalDate                 // RFC 9051 §6.4.5
	AttRFC822                       // RFC 3501 §6.4.5
	AttRFC822Header                 // RFC 3501 §6.4.5
	AttRFC822Size                   // RFC 9051 §6.4.5
	AttRFC822Text                   // RFC 3501 §6.4.5
	AttUID                          // RFC 9051 §6.4.5
	AttModSeq                       // RFC 7162 §3.1.4.2
	AttAnnotation                   // RFC 5257 §4.3
	AttEmailID                      // RFC 8474 §5.3
	AttThreadID                     // RFC 8474 §5.3
	AttObjectID                     // draft-ietf-mailmaint-imap-objectid-bis-06 §7.5
	AttSaveDate                     // RFC 8514 §4.2
	AttPreview                      // RFC 8970 §3.1
	AttSnippet                      // Dovecot
	AttXGMMsgID                     // Gmail IMAP extensions
	AttXGMThrID                     // Gmail IMAP extensions
	AttXGMLabels                    // Gmail IMAP extensions
	AttXGUID                        // Dovecot
	AttXMailbox                     // Dovecot
	AttXRealUID                     // Dovecot
	AttXSaveDate                    // Dovecot
	AttXMsgID                       // Yahoo Mail
	AttCreatedModSeq                // Cyrus
	AttDigestSHA1                   // Cyrus
	AttRFC822SHA1                   // Cyrus
	AttRFC822FileSize               // Cyrus
	AttCID                          // Cyrus
	AttBaseCID                      // Cyrus
	AttFolder                       // Cyrus
	AttMailboxes                    // Cyrus
	AttMailboxIDs                   // Cyrus
	AttLastUpdated                  // Cyrus
	AttUIDValidity                  // Cyrus
	AttRFC822Peek                   // RFC 1730
	AttRFC822TextPeek               // RFC 1730
	AttRFC822HeaderLines            // RFC 1730
	AttRFC822HeaderLinesNot         // RFC 1730
	AttBodyPartStructure            // RFC 5259 §10
	AttAvailableConversions         // RFC 5259 §10

	countAttName = iota
)

var attNameWords = [countAttName]string{
	AttSection:              "BODY",
	AttBinary:               "BINARY",
	AttBinarySize:           "BINARY.SIZE",
	AttBody:                 "BODY",
	AttBodyStructure:        "BODYSTRUCTURE",
	AttEnvelope:             "ENVELOPE",
	AttFlags:                "FLAGS",
	AttInternalDate:         "INTERNALDATE",
	AttRFC822:               "RFC822",
	AttRFC822Header:         "RFC822.HEADER",
	AttRFC822Size:           "RFC822.SIZE",
	AttRFC822Text:           "RFC822.TEXT",
	AttUID:                  "UID",
	AttModSeq:               "MODSEQ",
	AttAnnotation:           "ANNOTATION",
	AttEmailID:              "EMAILID",
	AttThreadID:             "THREADID",
	AttObjectID:             "OBJECTID",
	AttSaveDate:             "SAVEDATE",
	AttPreview:              "PREVIEW",
	AttSnippet:              "SNIPPET",
	AttXGMMsgID:             "X-GM-MSGID",
	AttXGMThrID:             "X-GM-THRID",
	AttXGMLabels:            "X-GM-LABELS",
	AttXGUID:                "X-GUID",
	AttXMailbox:             "X-MAILBOX",
	AttXRealUID:             "X-REAL-UID",
	AttXSaveDate:            "X-SAVEDATE",
	AttXMsgID:               "X-MSG-ID",
	AttCreatedModSeq:        "CREATEDMODSEQ",
	AttDigestSHA1:           "DIGEST.SHA1",
	AttRFC822SHA1:           "RFC822.SHA1",
	AttRFC822FileSize:       "RFC822.FILESIZE",
	AttCID:                  "CID",
	AttBaseCID:              "BASECID",
	AttFolder:               "FOLDER",
	AttMailboxes:            "MAILBOXES",
	AttMailboxIDs:           "MAILBOXIDS",
	AttLastUpdated:          "LASTUPDATED",
	AttUIDValidity:          "UIDVALIDITY",
	AttRFC822Peek:           "RFC822.PEEK",
	AttRFC822TextPeek:       "RFC822.TEXT.PEEK",
	AttRFC822HeaderLines:    "RFC822.HEADER.LINES",
	AttRFC822HeaderLinesNot: "RFC822.HEADER.LINES.NOT",
	AttBodyPartStructure:    "BODYPARTSTRUCTURE",
	AttAvailableConversions: "AVAILABLECONVERSIONS",
}

// String returns the wire spelling, "" for AttUnknown.
func (n AttName) String() string {
	if int(n) < len(attNameWords) {
		return attNameWords[n]
	}
	return ""
}

// LookupAtt returns the data item that b names, in any case, or AttUnknown. b is the word before a section: "BODY" is AttBody
// (AttSection once a "[" follows), and "BODY.PEEK" and "BINARY.PEEK" are AttSection and AttBinary, which FetchAtt.Peek tells apart.
func LookupAtt(b []byte) AttName {
	var buf [wordMax]byte
	switch string(upper(&buf, b)) {
	case "BODY.PEEK":
		return AttSection
	case "BINARY", "BINARY.PEEK":
		return AttBinary
	case "BINARY.SIZE":
		return AttBinarySize
	case "BODY":
		return AttBody
	case "BODYSTRUCTURE":
		return AttBodyStructure
	case "ENVELOPE":
		return AttEnvelope
	case "FLAGS":
		return AttFlags
	case "INTERNALDATE":
		return AttInternalDate
	case "RFC822":
		return AttRFC822
	case "RFC822.HEADER":
		return AttRFC822Header
	case "RFC822.SIZE":
		return AttRFC822Size
	case "RFC822.TEXT":
		return AttRFC822Text
	case "UID":
		return AttUID
	case "MODSEQ":
		return AttModSeq
	case "ANNOTATION":
		return AttAnnotation
	case "EMAILID":
		return AttEmailID
	case "THREADID":
		return AttThreadID
	case "OBJECTID":
		return AttObjectID
	case "SAVEDATE":
		return AttSaveDate
	case "PREVIEW":
		return AttPreview
	case "SNIPPET":
		return AttSnippet
	case "X-GM-MSGID":
		return AttXGMMsgID
	case "X-GM-THRID":
		return AttXGMThrID
	case "X-GM-LABELS":
		return AttXGMLabels
	case "X-GUID":
		return AttXGUID
	case "X-MAILBOX":
		return AttXMailbox
	case "X-REAL-UID":
		return AttXRealUID
	case "X-SAVEDATE":
		return AttXSaveDate
	case "X-MSG-ID":
		return AttXMsgID
	case "CREATEDMODSEQ":
		return AttCreatedModSeq
	case "DIGEST.SHA1":
		return AttDigestSHA1
	case "RFC822.SHA1":
		return AttRFC822SHA1
	case "RFC822.FILESIZE":
		return AttRFC822FileSize
	case "CID":
		return AttCID
	case "BASECID":
		return AttBaseCID
	case "FOLDER":
		return AttFolder
	case "MAILBOXES":
		return AttMailboxes
	case "MAILBOXIDS":
		return AttMailboxIDs
	case "LASTUPDATED":
		return AttLastUpdated
	case "UIDVALIDITY":
		return AttUIDValidity
	case "RFC822.PEEK":
		return AttRFC822Peek
	case "RFC822.TEXT.PEEK":
		return AttRFC822TextPeek
	case "RFC822.HEADER.LINES":
		return AttRFC822HeaderLines
	case "RFC822.HEADER.LINES.NOT":
		return AttRFC822HeaderLinesNot
	case "BODYPARTSTRUCTURE":
		return AttBodyPartStructure
	case "AVAILABLECONVERSIONS":
		return AttAvailableConversions
	}
	return AttUnknown
}
