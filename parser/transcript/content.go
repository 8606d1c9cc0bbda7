package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// verdict is what the words of a line alone say about its sender. Weights are log-odds in spirit: 6 leaves no doubt, 4 is likely, 2 possible.
type verdict struct {
	side   wire.Side
	weight int8
	why    Why
	status wire.Status // of a completion
	tag    []byte      // of a command or a completion
	word   []byte      // of a command: its name
}

const (
	doubtful = 2
	likely   = 4
	certain  = 6
)

// judge reads a line as the first of a message. It keeps nothing and looks at no more than the line's head, so it costs the same for a line of any length.
func judge(l []byte) verdict {
	for len(l) > 0 && l[0] == 0 { // NULs before a response: a server's padding
		l = l[1:]
	}
	if len(l) == 0 {
		return verdict{}
	}
	switch l[0] {
	case '*':
		return judgeUntagged(l)
	case '+':
		if len(l) == 1 || l[1] == ' ' || l[1] == '\r' {
			return verdict{side: wire.Server, weight: likely, why: ByContinuation}
		}
		return verdict{}
	}
	tag, rest := cutWord(l)
	if len(rest) == 0 {
		if isDone(l) {
			return verdict{side: wire.Client, weight: likely, why: ByDone}
		}
		return verdict{}
	}
	word, args := cutWord(rest)
	if !maybeKeyword(word) || !plausibleTag(tag) {
		return verdict{}
	}
	if st := statusOf(word); st == wire.OK || st == wire.NO || st == wire.BAD {
		v := verdict{side: wire.Server, weight: likely, why: ByCompletion, tag: tag, status: st}
		switch {
		case !isUpper(word):
			v.weight = doubtful
		case hasDigit(tag) || len(tag) == 1:
			v.weight = certain - 1
		case len(args) > 0 && args[0] == '[':
			v.weight = certain - 1
		}
		if tag[len(tag)-1] == ':' || tag[len(tag)-1] == ',' {
			v.weight = 1
		}
		return v
	}
	cmd, known := commandShape(word)
	if !known {
		if len(word) > 2 && (word[0] == 'X' || word[0] == 'x') && isUpper(word) && hasDigit(tag) {
			return verdict{side: wire.Client, weight: likely - 1, why: ByCommand, tag: tag, word: word}
		}
		return verdict{}
	}
	v := verdict{side: wire.Client, weight: certain, why: ByCommand, tag: tag, word: word}
	if saysCompleted(word, args) { // the status is forgotten, as in several RFCs
		return verdict{side: wire.Server, weight: doubtful, why: ByCompletion, tag: tag}
	}
	if !cmd.fits(args) {
		v.weight = doubtful
	} else if !isUpper(word) && !hasDigit(tag) {
		v.weight = likely
		if len(tag) > 2 {
			v.weight = likely - 1
		}
	}
	if len(tag) == 1 && tag[0] == '-' && len(args) == 0 { // an item of a list that names it
		v.weight = doubtful
	}
	if c := tag[len(tag)-1]; c == ':' || c == ',' || c == '.' && len(tag) > 1 && !isUpper(word) { // "1. Enable all of it": an item of a list
		v.weight = 1
	}
	return v
}

// saysCompleted reports whether what follows a command's name is the word with which its completion ends.
func saysCompleted(command, args []byte) bool {
	if len(args) > 32 {
		return false
	}
	last := trimRight(args, " .\r")
	if len(command) == len("UID") {
		_, last = cutWord(last)
	}
	switch len(last) {
	case len("completed"):
		return wire.EqualFold(last, "COMPLETED") || wire.EqualFold(last, "SUCCEEDED")
	case len("complete"):
		return wire.EqualFold(last, "COMPLETE") || wire.EqualFold(last, "FINISHED")
	case len("successful"):
		return wire.EqualFold(last, "SUCCESSFUL")
	}
	return false
}

// judgeUntagged is judge for a line that begins with "*".
func judgeUntagged(l []byte) verdict {
	if len(l) < 2 || l[1] != ' ' {
		return verdict{}
	}
	v := verdict{side: wire.Server, why: ByUntagged}
	rest := bytes.TrimLeft(l[1:], " \x00")
	word, args := cutWord(rest)
	if len(word) == 0 {
		return verdict{}
	}
	if isDigits(word) {
		word, args = cutWord(args)
		switch upperWord(word) {
		case "EXISTS", "RECENT", "EXPUNGE":
			v.weight = certain
			if len(bytes.TrimLeft(args, " \t\r")) > 0 {
				v.weight = likely
			}
		case "FETCH", "UIDFETCH", "CONVERTED":
			v.weight = certain
			if len(args) == 0 || args[0] != '(' {
				v.weight = doubtful
			}
		default:
			return verdict{}
		}
		return v
	}
	if st := statusOf(word); st != 0 {
		v.weight, v.status = certain, st
		if !isUpper(word) || len(args) == 0 && st != wire.OK {
			v.weight = doubtful
		}
		return v
	}
	open := len(args) > 0 && args[0] == '('
	fits := true
	switch upperWord(word) {
	case "LIST", "LSUB", "XLIST", "FLAGS":
		fits = open
	case "SEARCH", "SORT":
		fits = len(args) == 0 || args[0] >= '0' && args[0] <= '9' || open || args[0] == '\r'
	case "THREAD":
		fits = len(args) == 0 || open
	case "ESEARCH":
		fits = len(args) == 0 || open || isUpper(firstWord(args))
	case "NAMESPACE", "ID":
		fits = open || wire.EqualFold(firstWord(args), "NIL")
	case "STATUS":
		fits = bytes.IndexByte(args[:min(len(args), 2048)], '(') >= 0 || endsInLiteral(args)
	case "CAPABILITY":
		fits = bytes.Contains(args[:min(len(args), 4096)], []byte("IMAP")) || isUpper(word)
	case "ENABLED", "QUOTA", "QUOTAROOT", "ACL", "MYRIGHTS", "LISTRIGHTS", "METADATA", "ANNOTATION", "VANISHED",
		"URLFETCH", "GENURLAUTH", "LANGUAGE", "COMPARATOR", "CONVERSION", "JMAPACCESS", "UIDBATCHES", "APPENDLIMIT", "NOTIFICATIONOVERFLOW":
		fits = isUpper(word)
	default:
		if isUpper(word) && len(word) > 2 {
			v.weight = doubtful
			return v
		}
		return verdict{}
	}
	v.weight = certain
	if !fits {
		v.weight = doubtful
	} else if !isUpper(word) {
		v.weight = likely + 1
	}
	return v
}

// looksSASL reports whether a client's line can be a step of an AUTHENTICATE exchange (RFC 9051 §6.2.2): base64, "*" to cancel, or a mask that a log put there.
func looksSASL(l []byte) bool {
	l = trimRight(l, "\r ")
	if len(l) == 0 {
		return true // an empty response
	}
	if isMask(l) {
		return true
	}
	n := len(l)
	for n > 0 && l[n-1] == '=' && len(l)-n < 2 {
		n--
	}
	for _, c := range l[:n] {
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/') {
			return false
		}
	}
	return true
}

// looksBase64 reports whether a line can hardly be anything but base64: one long word that fits its length and is no plain one.
func looksBase64(l []byte) bool {
	l = trimRight(l, "\r ")
	return len(l) >= 8 && len(l)%4 == 0 && !isMask(l) && looksSASL(l) && (l[len(l)-1] == '=' || hasDigit(l)) && !isUpper(l) && !isLower(l)
}

// isMask reports whether a log or a person wrote b in place of something secret.
func isMask(b []byte) bool {
	b = trimRight(b, "\" \r\t")
	for len(b) > 0 && (b[0] == '"' || classes[b[0]]&blank != 0) {
		b = b[1:]
	}
	if len(b) == 0 {
		return false
	}
	same := true
	for _, c := range b[1:] {
		same = same && c == b[0]
	}
	switch c := b[0]; {
	case len(b) > 6 && bytes.HasPrefix(b, []byte("###")) && bytes.HasSuffix(b, []byte("###")): // ####CREDENTIALS_REPLACED####
		return true
	case same && (c == '*' || len(b) >= 3 && (c == 'x' || c == 'X' || c == '#' || c == '.' || c == '-')):
		return true
	case (c == '<' && b[len(b)-1] == '>' || c == '[' && b[len(b)-1] == ']' || c == '(' && b[len(b)-1] == ')') && len(b) < 80:
		for _, w := range [...]string{"redact", "hidden", "password", "pass", "secret", "authdata", "masked", "suppressed", "removed", "credential", "omitted", "token", "data", "auth"} {
			if containsFold(b, w) {
				return true
			}
		}
	}
	return bytes.IndexByte(b, "█"[0]) == 0 && bytes.HasPrefix(b, []byte("█"))
}

// isStageDirection: what an article says a side does, in place of what it sends: <connects to port 143>, [CONNECT], (hangs up).
// No message begins with a bracket (RFC 9051 §9: tag, response). A mask in brackets stands for something that was sent.
func isStageDirection(l []byte) bool {
	l = trimRight(l, " \t\r")
	for len(l) > 0 && classes[l[0]]&blank != 0 {
		l = l[1:]
	}
	n := len(l)
	if n < 3 || !(l[0] == '<' && l[n-1] == '>' || l[0] == '[' && l[n-1] == ']' || l[0] == '(' && l[n-1] == ')') || isMask(l) {
		return false
	}
	return !(l[0] == '<' && bytes.IndexByte(l, ' ') < 0) && !(l[0] == '[' && isCode(l)) && bytes.IndexByte(l, '"') < 0
}

// isCode: a response code whose response lost what stands before it, and not only words in brackets: numbers, sets or lists follow its name.
func isCode(l []byte) bool {
	name, args := cutWord(l[1:])
	return isUpper(name) && len(args) > 1 && (args[0] >= '0' && args[0] <= '9' || args[0] == '(')
}

func isDone(l []byte) bool { return wire.EqualFold(trimRight(l, " \r\t"), "DONE") }

// plausibleTag: RFC 9051 §9: tag = 1*<any ASTRING-CHAR except "+">, narrowed to what programs and people choose.
func plausibleTag(t []byte) bool {
	if len(t) == 0 || len(t) > 64 {
		return false
	}
	seen := class(0)
	for _, c := range t {
		seen |= classes[c]
	}
	return seen&tagless == 0 && (seen&alnum != 0 || len(t) == 1)
}

// shape is what the arguments of a command look like, as far as it takes to tell a command from prose.
type shape uint8

const (
	anyArgs shape = iota
	noArgs
	someArgs
	oneMailbox
	twoStrings
	seqSet
	uidCommand
	appendArgs
	mechanism
	listOrNil
	statusArgs
)

// keywordLengths has, by first letter, a bit for the length of each command and status: most words of prose are told by it.
var keywordLengths = [26]uint32{
	0:         1<<len("APPEND") | 1<<len("AUTHENTICATE"),
	'B' - 'A': 1 << len("BAD"), // and BYE
	'C' - 'A': 1<<len("COPY") | 1<<len("CHECK") | 1<<len("CREATE") | 1<<len("CONVERT") | 1<<len("COMPRESS") | 1<<len("CAPABILITY") | 1<<len("CONVERSIONS") |
		1<<len("CANCELUPDATE"),
	'D' - 'A': 1<<len("DELETE") | 1<<len("DELETEACL"),
	'E' - 'A': 1<<len("ENABLE") | 1<<len("EXAMINE"),
	'F' - 'A': 1<<len("FIND") | 1<<len("FETCH"),
	'G' - 'A': 1<<len("GETACL") | 1<<len("GETQUOTA") | 1<<len("GENURLAUTH") | 1<<len("GETMETADATA") | 1<<len("GETQUOTAROOT") | 1<<len("GETJMAPACCESS"),
	'I' - 'A': 1<<len("ID") | 1<<len("IDLE"),
	'L' - 'A': 1<<len("LIST") | 1<<len("LOGIN") | 1<<len("LOGOUT") | 1<<len("LANGUAGE") | 1<<len("LISTRIGHTS"),
	'M' - 'A': 1<<len("MOVE") | 1<<len("MYRIGHTS") | 1<<len("MULTIAPPEND"),
	'N' - 'A': 1<<len("NO") | 1<<len("NOOP") | 1<<len("NOTIFY") | 1<<len("NAMESPACE"),
	'O' - 'A': 1 << len("OK"),
	'P' - 'A': 1<<len("PREAUTH") | 1<<len("PARTIAL") | 1<<len("PROXYAUTH"),
	'R' - 'A': 1<<len("RLIST") | 1<<len("RENAME") | 1<<len("REPLACE") | 1<<len("RESETKEY"),
	'S' - 'A': 1<<len("SORT") | 1<<len("STORE") | 1<<len("STATUS") | 1<<len("STARTTLS") | 1<<len("SUBSCRIBE") | 1<<len("SETMETADATA") | 1<<len("SETANNOTATION"),
	'T' - 'A': 1 << len("THREAD"),
	'U' - 'A': 1<<len("UID") | 1<<len("UNSELECT") | 1<<len("URLFETCH") | 1<<len("UIDBATCHES") | 1<<len("UNSUBSCRIBE") | 1<<len("UNAUTHENTICATE"),
}

// maybeKeyword reports whether a word can be a status or a command. Experimental commands begin with X (RFC 3501 §6.5.1).
func maybeKeyword(word []byte) bool {
	if len(word) == 0 {
		return false
	}
	letter := word[0]&^0x20 - 'A'
	return letter < 26 && (letter == 'X'-'A' || keywordLengths[letter]>>len(word)&1 != 0)
}

func commandShape(word []byte) (shape, bool) {
	switch upperWord(word) {
	case "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "IDLE", "CHECK", "CLOSE", "UNSELECT", "NAMESPACE", "UNAUTHENTICATE", "GETJMAPACCESS":
		return noArgs, true
	case "EXPUNGE", "LANGUAGE", "CONVERSIONS", "COMPARATOR", "RESETKEY":
		return anyArgs, true
	case "SELECT", "EXAMINE", "CREATE", "DELETE", "SUBSCRIBE", "UNSUBSCRIBE", "GETQUOTAROOT", "GETQUOTA", "GETACL", "MYRIGHTS", "PROXYAUTH":
		return oneMailbox, true
	case "LOGIN", "RENAME", "LIST", "LSUB", "XLIST", "RLIST", "RLSUB", "LISTRIGHTS", "DELETEACL", "SETACL", "SETQUOTA", "SETMETADATA", "GETMETADATA",
		"SETANNOTATION", "GETANNOTATION", "FIND":
		return twoStrings, true
	case "STATUS":
		return statusArgs, true
	case "FETCH", "STORE", "COPY", "MOVE", "REPLACE", "CONVERT", "PARTIAL":
		return seqSet, true
	case "UID":
		return uidCommand, true
	case "APPEND", "MULTIAPPEND":
		return appendArgs, true
	case "AUTHENTICATE", "COMPRESS":
		return mechanism, true
	case "ID":
		return listOrNil, true
	case "SEARCH", "SORT", "THREAD", "ENABLE", "ESEARCH", "NOTIFY", "GENURLAUTH", "URLFETCH", "CANCELUPDATE", "UIDBATCHES", "XAPPLEPUSHSERVICE":
		return someArgs, true
	}
	return 0, false
}

// fits reports whether args can follow the command. A comment behind a whole command doesn't count against it.
func (s shape) fits(args []byte) bool {
	args = cutComment(trimRight(args, "\r "))
	w, rest := cutWord(args)
	switch s {
	case noArgs:
		return len(args) == 0
	case someArgs:
		return len(args) > 0 && !proseLike(args)
	case oneMailbox:
		n := argEnd(args)
		return n > 0 && (n == len(args) || args[n] == ' ' && len(args) > n+1 && args[n+1] == '(') || endsInLiteral(args)
	case twoStrings:
		n := argEnd(args)
		if n <= 0 {
			return false
		}
		if n == len(args) {
			return endsInLiteral(args)
		}
		return args[n] == ' ' && !proseLike(args)
	case statusArgs:
		n := argEnd(args)
		return n > 0 && (n+1 < len(args) && args[n] == ' ' && args[n+1] == '(' || n == len(args) && endsInLiteral(args))
	case seqSet:
		return len(w) > 0 && (w[0] >= '0' && w[0] <= '9' || w[0] == '*' || w[0] == '$') && len(rest) > 0 || wire.EqualFold(w, "UID")
	case uidCommand:
		switch upperWord(w) {
		case "FETCH", "STORE", "COPY", "MOVE", "SEARCH", "SORT", "THREAD", "EXPUNGE", "ESEARCH", "REPLACE", "CONVERT":
			return len(rest) > 0
		}
		return false
	case appendArgs:
		n := argEnd(args)
		return n > 0 && n < len(args) || endsInLiteral(args)
	case mechanism:
		return len(w) > 0 && bytes.IndexByte(rest, ' ') < 0 || isMask(rest) || isMask(args)
	case listOrNil:
		return len(args) > 0 && args[0] == '(' || wire.EqualFold(args, "NIL")
	}
	return !proseLike(args)
}

// argEnd is the length of the astring at the start of b.
func argEnd(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	if b[0] == '"' {
		for i := 1; i < len(b); i++ {
			switch b[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return 0
	}
	if b[0] == '(' {
		if i := bytes.IndexByte(b, ')'); i > 0 {
			return i + 1
		}
		return 0
	}
	if i := bytes.IndexByte(b, ' '); i >= 0 {
		return i
	}
	return len(b)
}

// proseLike: a sentence rather than arguments.
func proseLike(b []byte) bool {
	b = bytes.TrimRight(b, " ")
	if len(b) == 0 {
		return false
	}
	if c := b[len(b)-1]; c == ':' || c == '?' || c == ',' || c == ';' {
		return true
	}
	if bytes.IndexByte(b, '"') >= 0 || bytes.IndexByte(b, '(') >= 0 {
		return false
	}
	words := 0
	for len(b) > 0 && words < 5 {
		var w []byte
		w, b = cutWord(b)
		if isLower(w) && len(w) > 1 {
			words++
		}
	}
	return words >= 4
}

// cutComment takes off what a person wrote behind a line: two blanks or a tab, then a mark that no IMAP line has there.
func cutComment(b []byte) []byte {
	if n := commentAt(b); n >= 0 {
		return b[:n]
	}
	return b
}

// commentAt is where a trailing comment begins, blanks included, or -1. Two blanks or a tab announce one; behind one blank it must stand behind
// a line that is whole without it.
func commentAt(b []byte) int {
	if n := fetchComment(b); n > 0 {
		return len(trimRight(b[:n], " \t"))
	}
	if !mayHoldComment(b) {
		return -1
	}
	quoted, near := false, true
	for i := 0; i < len(b); i++ {
		if isAlnum(b[i]) {
			continue
		}
		switch c := b[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted || c != ' ' && c != '\t':
		default:
			j := i
			tab := false
			for j < len(b) && (b[j] == ' ' || b[j] == '\t') {
				tab = tab || b[j] == '\t'
				j++
			}
			if j == len(b) {
				return -1
			}
			switch {
			case isAlnum(b[j]) && (tab || j-i >= 2) && near: // "a1 FETCH 1 FLAGS    the flags only"
				near = false
				if takesNoMore(b[:i]) && bytes.IndexByte(b[j:], ' ') > 0 {
					return i
				}
			case !isAlnum(b[j]):
				if m := commentMark(b[j:]); m > 0 && (tab || j-i >= 2) {
					return i
				} else if m > 0 && near {
					near = false // one place is tried, for the price of one more look
					if closesLine(b[:i], b[j:], m) {
						return i
					}
				}
			}
			i = j - 1
		}
	}
	return -1
}

// mayHoldComment reports whether anywhere in b several blanks or a tab stand, or a mark of a comment behind a blank: in most lines of IMAP none do.
func mayHoldComment(b []byte) bool {
	for i, c := range b {
		if c > ' ' {
			continue
		}
		if c == '\t' {
			return true
		}
		if c == ' ' && i+1 < len(b) {
			switch b[i+1] {
			case ' ', '#', ';', '/', '-', '<', "←"[0]:
				return true
			}
		}
	}
	return false
}

// takesNoMore reports whether a command is whole, and one whose arguments don't go on.
func takesNoMore(line []byte) bool {
	v := judge(line)
	if v.why != ByCommand || v.weight != certain || (nesting{}).after(line).depth != 0 {
		return false
	}
	switch s, _ := commandShape(v.word); s {
	case someArgs, anyArgs:
		return false
	}
	return true
}

// fetchComment is where words begin that can't belong to a FETCH of one item: "a1 FETCH 1 RFC822.SIZE Get message sizes"; -1: nowhere. Behind an item
// without parentheses nothing but modifiers in parentheses follow (RFC 9051 §9: fetch; RFC 4466 §2.4).
func fetchComment(b []byte) int {
	_, rest := cutWord(b)
	word, rest := cutWord(rest)
	if wire.EqualFold(word, "UID") {
		word, rest = cutWord(rest)
	}
	if !wire.EqualFold(word, "FETCH") {
		return -1
	}
	set, rest := cutWord(rest)
	item, rest := cutWord(rest)
	comment := trimBlanks(rest)
	if !isSet(set) {
		return -1
	}
	if len(item) == 0 || item[0] == '(' || bytes.IndexByte(item, '[') >= 0 && bytes.IndexByte(item, ']') < 0 {
		return -1
	}
	if w, more := cutWord(comment); len(more) == 0 || !isAlnum(w[0]) || isUpper(w) || hasDigit(w) {
		return -1
	}
	return len(b) - len(comment)
}

// isSet: RFC 9051 §9: sequence-set.
func isSet(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && c != ':' && c != ',' && c != '*' && c != '$' {
			return false
		}
	}
	return len(b) > 0
}

// commentMark is the length of what begins a comment at the start of b.
func commentMark(b []byte) int {
	switch {
	case b[0] == '#', b[0] == ';':
		return 1
	case bytes.HasPrefix(b, []byte("//")), bytes.HasPrefix(b, []byte("--")):
		return 2
	case bytes.HasPrefix(b, []byte("<-")), bytes.HasPrefix(b, []byte("<=")):
		return len(b) - len(bytes.TrimLeft(b[1:], "-="))
	case bytes.HasPrefix(b, []byte("←")):
		return len("←")
	}
	return 0
}

// closesLine reports whether line is whole, so that a comment with a mark of n bytes may stand behind one blank: an arrow behind any line, another mark
// and a blank behind data or a command with its arguments. Text that people are to read may hold such marks itself (RFC 9051 §9: text).
func closesLine(line, comment []byte, n int) bool {
	v := judge(line)
	if v.weight < likely || len(comment) > n && comment[n] != ' ' && comment[n] != '\t' || len(bytes.TrimSpace(comment[n:])) == 0 {
		return false
	}
	after := nesting{}.after(line)
	if after.depth != 0 || after.quoted {
		return false
	}
	arrow := comment[0] == '<' || comment[0] == 0xE2
	return arrow || v.status == 0 && v.why != ByContinuation && v.weight == certain && !endsInLiteral(line)
}

func endsInLiteral(b []byte) bool {
	_, ok := literalAtEnd(b)
	return ok
}

// header is the announcement of a literal at the end of a line.
type header struct {
	at      int // of "{" or "~{"
	size    uint64
	nonSync bool
	binary  bool
}

// literalAtEnd finds "{n}", "{n+}", "{n-}" or "~{n}" at the end of a line (RFC 9051 §4.3, RFC 7888, RFC 3516). More digits than 2^63 holds are no size.
func literalAtEnd(b []byte) (header, bool) {
	b = bytes.TrimRight(b, "\r")
	n := len(b)
	if n < 3 || b[n-1] != '}' {
		return header{}, false
	}
	h := header{}
	i := n - 2
	if b[i] == '+' || b[i] == '-' {
		h.nonSync = true
		i--
	}
	end := i
	for i >= 0 && b[i] >= '0' && b[i] <= '9' {
		i--
	}
	if i < 0 || i == end || b[i] != '{' || end-i > 19 {
		return header{}, false
	}
	for _, c := range b[i+1 : end+1] {
		h.size = h.size*10 + uint64(c-'0')
	}
	if h.size > 1<<63-1 {
		return header{}, false
	}
	h.at = i
	if i > 0 && b[i-1] == '~' {
		h.at, h.binary = i-1, true
	}
	return h, true
}
