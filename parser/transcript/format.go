package transcript

import (
	"time"

	"github.com/imapwire/imapwire/parser/wire"
)

// A dialect is one way in which programs or people write IMAP down. It lives in a file of its own, format_<family>.go, and is listed in dialects.
type dialect struct {
	id   string // stable, kebab-case; Guess.ID and Options.Format
	name string // for people

	// open gives a fresh reader for one paste, or nil when the sample can't be this dialect. Dialects that learn something from the sample do it here.
	open func(s *sample) reader

	// needs are texts of three octets or more of which a paste has to hold at least one: without them the reader makes IMAP of no line and shows no sign.
	// Such a dialect costs nothing where it isn't in use. Empty: it has to be tried.
	needs []string

	trust    int      // how much a label of this dialect weighs against what the lines themselves say: 5 for a program's own words, 1 for a bare arrow
	bare     bareRule // what a line is that the reader doesn't know
	faithful bool     // prints every byte as it was on the wire, line ends included
	elides   sides    // whose octets of literals it never prints
	rewrites sides    // whose messages it prints anew from what it parsed
	chunked  bool     // prints network reads: a literal goes on after lines of the other side
	exact    bool     // faithful, and its line ends are the wire's for certain, bare LFs included
	loose    bool     // unmarked lines among marked ones may be octets of a literal, too
	generic  bool     // recognises what it has no name for; a dialect with a name wins a tie
	last     bool     // gives way to any other where no text of IMAP is seen
}

// sides is a set of sides.
type sides uint8

const (
	clientOctets sides = 1 << iota
	serverOctets
	allOctets = clientOctets | serverOctets
)

func (s sides) has(side wire.Side) bool { return s&(1<<(side-wire.Client)) != 0 }

// reader looks at one line after the other. It may keep state between lines: a header that says whose the next lines are, the offsets of a dump.
type reader interface {
	// read says in e what the line is; line has neither its line end nor an outer wrapper (quote marks, a container's name, colours), and must not be kept.
	// e arrives zeroed: to leave it so means "not mine".
	read(line []byte, e *entry)
	// clone is a reader in the same state that goes on independently.
	clone() reader
}

// lineEnder is a reader that is told, before it reads a line, how that ended in the paste.
type lineEnder interface{ lineEnd(eol []byte) }

// elider is a reader that knows better than its dialect whose octets of literals the log never prints.
type elider interface{ elides() sides }

// feeder shows lines, or what is left of them, to a reader.
type feeder struct {
	reader
	ender lineEnder // the same, nil where it doesn't ask for line ends
}

func feed(r reader) feeder {
	ender, _ := r.(lineEnder)
	return feeder{r, ender}
}

func (f *feeder) show(eol, line []byte, e *entry) {
	if f.ender != nil {
		f.ender.lineEnd(eol)
	}
	f.reader.read(line, e)
}

// entry is what a reader says of a line.
type entry struct {
	kind  entryKind
	label label
	// from and to bound the payload in the line; to 0 means its end.
	from, to int
	esc      escape // how the payload is written
	short    bool   // the log shows only the beginning of the line
	cut      bool   // the payload's end isn't the end of a protocol line: the next entry of this side goes on in it
	key      []byte // which connection, where the log says so: a pointer, a descriptor, a session; aliases the line
	host     []byte // the peer, where the log says so
	time     time.Time
	size     uint64 // gapLine: how many octets were left out, where known
	unsaid   bool   // wireLine: nothing in the line itself says that it is one, only that it stands below one
	opened   bool   // infoLine: a connection begins here
	closed   bool   // infoLine: it ends here
	next     int    // where in the same line another entry begins; 0: nowhere
	sign     bool   // only this dialect writes such a line
	data     []byte // a payload that the reader decoded itself (base64, hex, dumps); each of its bytes maps to [from,to) as a whole unless runs say more
	runs     []Run  // map of data: Wire counts from data[0], Src from the line's first byte
}

type entryKind uint8

const (
	otherLine  entryKind = iota // not this dialect's
	wireLine                    // IMAP: one protocol line, or several with their line ends written in the payload
	moreLine                    // goes on where the last wire entry of its connection stopped: next protocol line of the same side
	infoLine                    // the log's own words about the connection
	noiseLine                   // the log's other chatter: never IMAP, not even inside a literal
	gapLine                     // stands where octets of a literal were left out
	opaqueLine                  // stands where octets went that can't be read: TLS, compression
	maskedLine                  // stands where a line of the client was left out because it is secret
)

// label is the sender as the dialect tells it. Whether it tells the truth is decided for the whole paste, by what the lines say (RFC 9051 tells
// servers from clients better than arrows do).
type label uint8

const (
	unmarked label = iota
	byClient
	byServer
)

func (l label) other() label {
	switch l {
	case byClient:
		return byServer
	case byServer:
		return byClient
	}
	return unmarked
}

// bareRule is what becomes of a line that the reader returned as otherLine.
type bareRule uint8

const (
	bareLiteral bareRule = iota // may be octets of an open literal or a wrapped line; otherwise noise
	bareNoise                   // never IMAP
	bareMore                    // goes on where the last wire entry stopped, whatever it says
	bareServer                  // the server's, if it can be
	bareInfer                   // whoever's its words say
)

// escape is how a payload is written.
type escape uint8

const (
	plain            escape = iota
	pyRepr                  // b'...' or '...' as Python's repr, quotes included
	jsInspect               // '...' as Node's util.inspect, quotes included
	jsonString              // a JSON string without its quotes
	backslash               // \r \n \t \\ \" \xHH \u{...} without quotes, as C, Go and Rust print them
	placeholders            // as it is, with "(* 1104B literal *)" for a literal; see unplaced
	jsonPlaceholders        // the same in a JSON string
	visibleEOL              // only \r and \n are escaped, and nothing else
)

// dialects is every dialect, those with a name first.
var dialects = append(append([]*dialect{
	mozlogDialect,
	muttDialect,
	mbsyncDialect,
	fetchmailDialect,
	imaplibDialect,
	imaplib2Dialect,
	imapclientDialect,
	aioimaplibDialect,
	curlDialect,
	curlTraceDialect,
	mailIMAPClientDialect,
	netIMAPSimpleDialect,
	nodeIMAPDialect,
	blocksDialect,
	mailkitDialect,
	hordeDialect,
	roundcubeDialect,
	snappymailDialect,
	evolutionDialect,
	gearyDialect,
	k9Dialect,
	javamailDialect,
	clawsDialect,
	interimapDialect,
	outlookDialect,
	kimapDialect,
	indyDialect,
	mailbeeDialect,
	chilkatDialect,
	asyncImapDialect,
	davmailDialect,
	pinoPrettyDialect,
}, append(marksDialects, networkDialects...)...),
	octetsDialect,
	labelledDialect,
	bareDialect,
)

func dialectByID(id string) *dialect {
	for _, d := range dialects {
		if d.id == id {
			return d
		}
	}
	return nil
}

// Format is a format that can be read.
type Format struct {
	ID   string // stable, for Options.Format and Guess.ID
	Name string // for people: programs keep their names in every language
}

// Formats lists every format that Options.Format can name.
func Formats() []Format {
	fs := make([]Format, 0, len(dialects))
	for _, d := range dialects {
		fs = append(fs, Format{d.id, d.name})
	}
	return fs
}

// IDs lists the ids of every format.
func IDs() []string {
	ids := make([]string, 0, len(dialects))
	for _, d := range dialects {
		ids = append(ids, d.id)
	}
	return ids
}
