package api

import (
	"slices"

	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/transcript"
)

// Formats is the log formats as JSON.
func Formats() []byte {
	var w jsondoc.Writer
	w.Open('[')
	for _, id := range transcript.IDs() {
		w.Open('{').Key("id").String(id).Key("name").String(formatName(id)).Close('}')
	}
	return w.Close(']').Buf
}

func knownFormat(id string) bool { return slices.Contains(transcript.IDs(), id) }

// formatName is a format's name for people: what prints it. Names are the same in all languages.
func formatName(id string) string {
	for _, f := range formatNames {
		if f[0] == id {
			return f[1]
		}
	}
	return id
}

var formatNames = [...][2]string{
	{"gluon", "Proton Gluon"},
	{"lbbs", "LBBS"},
	{"mailx", "mailx -v"},
	{"mdaemon", "MDaemon"},
	{"wildduck", "WildDuck"},
	{"xeams", "Xeams"},
	{"zimbra", "Zimbra"},
	{"aioimaplib", "Python aioimaplib"},
	{"bare", "Bare IMAP, no labels"},
	{"blocks", "Blocks per side"},
	{"capture", "Packet capture"},
	{"claws", "Claws Mail, Sylpheed"},
	{"courier", "Courier"},
	{"curl", "curl -v"},
	{"curl-trace", "curl --trace"},
	{"cyrus-telemetry", "Cyrus telemetry"},
	{"dovecot-rawlog", "Dovecot rawlog"},
	{"email-oauth2-proxy", "Email OAuth 2.0 Proxy"},
	{"emailjs", "emailjs-imap-client"},
	{"evolution", "Evolution (Camel)"},
	{"exchange", "Exchange protocol log"},
	{"fetchmail", "fetchmail -v"},
	{"follow", "Wireshark, follow stream"},
	{"geary", "Geary"},
	{"hmailserver", "hMailServer"},
	{"horde", "Horde"},
	{"imap4d", "GNU Mailutils imap4d"},
	{"imapclient", "Python IMAPClient"},
	{"imapflow", "ImapFlow"},
	{"imapflow-raw", "ImapFlow, raw"},
	{"imaplib", "Python imaplib"},
	{"imaplib2", "Python imaplib2, OfflineIMAP"},
	{"interimap", "InterIMAP"},
	{"javamail", "Jakarta Mail (JavaMail)"},
	{"json-lines", "JSON lines"},
	{"k9", "K-9 Mail, Thunderbird for Android"},
	{"labelled", "Labelled lines (C: S:)"},
	{"mail-imapclient", "Perl Mail::IMAPClient"},
	{"mailkit", "MailKit"},
	{"mbsync", "mbsync (isync)"},
	{"mutt", "Mutt, NeoMutt"},
	{"net-imap", "Ruby net-imap"},
	{"net-imap-simple", "Perl Net::IMAP::Simple"},
	{"ngrep", "ngrep -W"},
	{"node-imap", "node-imap (debug)"},
	{"roundcube", "Roundcube"},
	{"s-nail", "S-nail"},
	{"snappymail", "SnappyMail"},
	{"socat", "socat -v"},
	{"stalwart", "Stalwart"},
	{"tcpdump", "tcpdump -A, -X"},
	{"tcpflow", "tcpflow -c"},
	{"thunderbird", "Thunderbird (MOZ_LOG)"},
	{"tshark", "tshark, Wireshark"},
	{"tshark-summary", "tshark, one line per packet"},
}
