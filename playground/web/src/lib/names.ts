/** Names of products and log formats for their ids. What is not here is its id with a capital letter. */

const NAMES: Record<string, string> = {
  icloud: "iCloud", qq: "QQ Mail", netease: "NetEase Mail", "139-mail": "139 Mail", "189-mail": "189 Mail", gmx: "GMX", hmailserver: "hMailServer",
  davmail: "DavMail", mdaemon: "MDaemon", "mail-ru": "Mail.ru", "uw-imap": "UW IMAP", "wp-pl": "wp.pl", oracle: "Oracle Messaging Server", icewarp: "IceWarp",
  wildduck: "WildDuck", greenmail: "GreenMail", groupwise: "GroupWise", communigate: "CommuniGate Pro", cyrus: "Cyrus IMAP", courier: "Courier IMAP",
  exchange: "Microsoft Exchange", james: "Apache James", "proton-bridge": "Proton Mail Bridge", smartermail: "SmarterMail", surgemail: "SurgeMail",
  "apple-mail": "Apple Mail", "ios-mail": "iOS Mail", "claws-mail": "Claws Mail", claws: "Claws Mail", k9: "K-9 Mail", mailkit: "MailKit", javamail: "JavaMail",
  imapflow: "ImapFlow", "imapflow-raw": "ImapFlow, raw", imapclient: "IMAPClient", imaplib: "Python imaplib", offlineimap: "OfflineIMAP", "em-client": "eM Client", "the-bat": "The Bat!",
  "mail-imapclient": "Mail::IMAPClient", "net-imap-simple": "Net::IMAP::Simple", "net-imap": "Ruby net-imap", mutt: "Mutt, NeoMutt", kmail: "KMail",
  "s-nail": "S-nail", "t-online": "T-Online", "samsung-email": "Samsung Email", seamonkey: "SeaMonkey", rainloop: "RainLoop", snappymail: "SnappyMail", interimap: "InterIMAP",
};

/** Projects that write themselves small. */
const SMALL = new Set([
  "curl", "curl-trace", "fetchmail", "mbsync", "imapsync", "imapfilter", "imaplib2", "aioimaplib", "tcpdump", "tshark", "tshark-summary", "ngrep", "tcpflow",
  "socat", "mailx", "emailjs", "node-imap", "go-imap", "public-inbox", "maddy", "mox", "hydroxide",
]);

export function productName(id: string): string {
  return NAMES[id] ?? (SMALL.has(id) ? id : id.charAt(0).toUpperCase() + id.slice(1));
}

const APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** A letter with the key that this machine's programs take for commands. */
export function keys(letter: string): string {
  return (APPLE ? "⌘ " : "Ctrl ") + letter;
}
