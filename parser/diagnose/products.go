package diagnose

import "github.com/imapwire/imapwire/parser/wire"

// product is a server or client that can be told by what it says.
type product uint8

const (
	noProduct product = iota
	// Servers.
	archiveopteryx
	axigen
	citadel
	communigate
	coremail
	courier
	cyrus
	davmail
	domino
	dovecot
	exchange
	exim
	fastmail
	globalMail
	gmail
	gmx
	greenmail
	groupwise
	hmailserver
	homepl
	hydroxide
	icewarp
	icloud
	interia
	intermail
	james
	kerio
	maddy
	mailde
	mailenable
	mailru
	mailutils
	mdaemon
	mox
	netease
	oracle
	protonBridge
	publicInbox
	qip
	qq
	rambler
	sina
	smartermail
	stalwart
	surgemail
	uwimap
	wildduck
	winwebmail
	wp
	xeams
	yahoo
	yandex
	zimbra
	zoho
	aliyun
	mail139
	mail189
	sohu
	feishu
	naver
	seznam
	tonline
	purelymail
	migadu
	// Clients.
	appleMail
	alpine
	claws
	curl
	emailengine
	emailjs
	evolution
	fetchmail
	goIMAP
	haskellnet
	himalaya
	imapEngine
	imapfilter
	imapflow
	imaplib
	interimap
	iosMail
	javamail
	k9
	kmail
	mailImapClient
	mailkit
	mailspring
	mbsync
	mutt
	nextcloud
	nodeIMAP
	offlineimap
	outlook
	roundcube
	rubyNetIMAP
	snail
	sylpheed
	thunderbird
	wino
	emClient
	fairEmail
	foxmail
	geary
	gmailApp
	horde
	imapsync
	mailMate
	postbox
	rainloop
	samsungEmail
	seamonkey
	theBat
	trojita
	products
)

// productNames has the id and the name to show of each product.
var productNames = [products]struct{ id, name string }{
	archiveopteryx: {"archiveopteryx", "Archiveopteryx"},
	axigen:         {"axigen", "Axigen"},
	citadel:        {"citadel", "Citadel"},
	communigate:    {"communigate", "CommuniGate Pro"},
	coremail:       {"coremail", "Coremail"},
	courier:        {"courier", "Courier IMAP"},
	cyrus:          {"cyrus", "Cyrus IMAP"},
	davmail:        {"davmail", "DavMail"},
	domino:         {"domino", "HCL Domino"},
	dovecot:        {"dovecot", "Dovecot"},
	exchange:       {"exchange", "Microsoft Exchange"},
	exim:           {"exim", "an Exim site"},
	fastmail:       {"fastmail", "Fastmail"},
	globalMail:     {"global-mail", "global-mail.cn"},
	gmail:          {"gmail", "Gmail"},
	gmx:            {"gmx", "GMX / 1&1"},
	greenmail:      {"greenmail", "GreenMail"},
	groupwise:      {"groupwise", "GroupWise"},
	hmailserver:    {"hmailserver", "hMailServer"},
	homepl:         {"home-pl", "home.pl IdeaImapServer"},
	hydroxide:      {"hydroxide", "hydroxide"},
	icewarp:        {"icewarp", "IceWarp"},
	icloud:         {"icloud", "iCloud"},
	interia:        {"interia", "interia.pl"},
	intermail:      {"intermail", "InterMail"},
	james:          {"james", "Apache James"},
	kerio:          {"kerio", "Kerio Connect"},
	maddy:          {"maddy", "maddy"},
	mailde:         {"mail-de", "mail.de"},
	mailenable:     {"mailenable", "MailEnable"},
	mailru:         {"mail-ru", "Mail.ru"},
	mailutils:      {"mailutils", "GNU Mailutils imap4d"},
	mdaemon:        {"mdaemon", "MDaemon"},
	mox:            {"mox", "mox"},
	netease:        {"netease", "NetEase Mail"},
	oracle:         {"oracle", "Oracle / Sun Messaging Server"},
	protonBridge:   {"proton-bridge", "Proton Mail Bridge"},
	publicInbox:    {"public-inbox", "public-inbox-imapd"},
	qip:            {"qip", "QIP.ru"},
	qq:             {"qq", "QQ Mail"},
	rambler:        {"rambler", "Rambler"},
	sina:           {"sina", "Sina Mail"},
	smartermail:    {"smartermail", "SmarterMail"},
	stalwart:       {"stalwart", "Stalwart"},
	surgemail:      {"surgemail", "SurgeMail"},
	uwimap:         {"uw-imap", "UW IMAP"},
	wildduck:       {"wildduck", "WildDuck"},
	winwebmail:     {"winwebmail", "WinWebMail"},
	wp:             {"wp-pl", "wp.pl"},
	xeams:          {"xeams", "Xeams"},
	yahoo:          {"yahoo", "Yahoo Mail"},
	yandex:         {"yandex", "Yandex Mail"},
	zimbra:         {"zimbra", "Zimbra"},
	zoho:           {"zoho", "Zoho Mail"},
	aliyun:         {"aliyun", "Alibaba Mail"},
	mail139:        {"139-mail", "139 Mail"},
	mail189:        {"189-mail", "189 Mail"},
	sohu:           {"sohu", "Sohu Mail"},
	feishu:         {"feishu", "Feishu / Lark Mail"},
	naver:          {"naver", "Naver Mail"},
	seznam:         {"seznam", "Seznam Email"},
	tonline:        {"t-online", "T-Online"},
	purelymail:     {"purelymail", "Purelymail"},
	migadu:         {"migadu", "Migadu"},
	appleMail:      {"apple-mail", "Apple Mail"},
	alpine:         {"alpine", "Alpine / c-client"},
	claws:          {"claws-mail", "Claws Mail"},
	curl:           {"curl", "curl"},
	emailengine:    {"emailengine", "EmailEngine"},
	emailjs:        {"emailjs", "emailjs-imap-client"},
	evolution:      {"evolution", "Evolution"},
	fetchmail:      {"fetchmail", "fetchmail"},
	goIMAP:         {"go-imap", "go-imap"},
	haskellnet:     {"haskellnet", "HaskellNet"},
	himalaya:       {"himalaya", "Himalaya"},
	imapEngine:     {"imapengine", "ImapEngine"},
	imapfilter:     {"imapfilter", "imapfilter"},
	imapflow:       {"imapflow", "ImapFlow"},
	imaplib:        {"imaplib", "Python imaplib"},
	interimap:      {"interimap", "InterIMAP"},
	iosMail:        {"ios-mail", "iOS Mail"},
	javamail:       {"javamail", "JavaMail / Angus Mail"},
	k9:             {"k9", "K-9 Mail / Thunderbird for Android"},
	kmail:          {"kmail", "KMail"},
	mailImapClient: {"mail-imapclient", "Perl Mail::IMAPClient"},
	mailkit:        {"mailkit", "MailKit"},
	mailspring:     {"mailspring", "Mailspring"},
	mbsync:         {"mbsync", "mbsync"},
	mutt:           {"mutt", "mutt / NeoMutt"},
	nextcloud:      {"nextcloud", "Nextcloud Mail"},
	nodeIMAP:       {"node-imap", "node-imap"},
	offlineimap:    {"offlineimap", "OfflineIMAP"},
	outlook:        {"outlook", "Outlook"},
	roundcube:      {"roundcube", "Roundcube"},
	rubyNetIMAP:    {"net-imap", "Ruby net-imap"},
	snail:          {"s-nail", "S-nail"},
	sylpheed:       {"sylpheed", "Sylpheed"},
	thunderbird:    {"thunderbird", "Thunderbird"},
	wino:           {"wino", "Wino Mail"},
	emClient:       {"em-client", "eM Client"},
	fairEmail:      {"fairemail", "FairEmail"},
	foxmail:        {"foxmail", "Foxmail"},
	geary:          {"geary", "Geary"},
	gmailApp:       {"gmail-android", "Gmail for Android"},
	horde:          {"horde", "Horde"},
	imapsync:       {"imapsync", "imapsync"},
	mailMate:       {"mailmate", "MailMate"},
	postbox:        {"postbox", "Postbox"},
	rainloop:       {"rainloop", "RainLoop / SnappyMail"},
	samsungEmail:   {"samsung-email", "Samsung Email"},
	seamonkey:      {"seamonkey", "SeaMonkey"},
	theBat:         {"the-bat", "The Bat!"},
	trojita:        {"trojita", "Trojitá"},
}

// identity is who one side of the connection probably is.
type identity struct {
	who        product
	confidence float32
}

// clue is a piece of text that a product is known by.
type clue struct {
	text       string // compared without regard to ASCII case
	who        product
	confidence float32
}

// believe takes evidence; the strongest wins. reason is kept for Why.
func (d *Doctor) believe(i *identity, c clue, reason string) {
	if c.confidence <= i.confidence {
		return
	}
	i.who, i.confidence = c.who, c.confidence
	for _, w := range d.why {
		if w == reason {
			return
		}
	}
	if len(d.why) < 8 {
		d.why = append(d.why[:len(d.why):len(d.why)], reason)
	}
}

// search looks for clues in text.
func (d *Doctor) search(i *identity, clues []clue, text []byte, reason string) {
	letters := lettersIn(text)
	for k := range clues {
		if c := &clues[k]; c.confidence > i.confidence && letters.mayHold(c.text) && containsFold(text, c.text) {
			d.believe(i, *c, reason)
		}
	}
}

// letterSet is the set of letters in a text, whatever their case; other characters count as letters that they share their last five bits with.
type letterSet uint32

func lettersIn(text []byte) (s letterSet) {
	for _, c := range text {
		s |= 1 << (c & 31)
	}
	return s
}

// mayHold reports whether the ends of a word are among the letters: most words are told by that to be none of a short text.
func (s letterSet) mayHold(word string) bool {
	n := len(word)
	return n == 0 || s>>(word[0]&31)&1 != 0 && s>>(word[n-1]&31)&1 != 0 && s>>(word[n/2]&31)&1 != 0
}

// containsFold is bytes.Contains without regard to ASCII case; s is in lower case.
func containsFold(b []byte, s string) bool {
	if len(s) == 0 {
		return true
	}
	lower, upper := s[0], s[0]
	if 'a' <= lower && lower <= 'z' {
		upper -= 'a' - 'A'
	}
	for i := 0; i+len(s) <= len(b); i++ {
		if (b[i] == lower || b[i] == upper) && wire.EqualFold(b[i:i+len(s)], s) {
			return true
		}
	}
	return false
}

// hasSuffixFold is strings.HasSuffix without regard to ASCII case.
func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && wire.EqualFold([]byte(s[len(s)-len(suffix):]), suffix)
}
