package transcript

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/wire"
)

// talk is one connection as far as a stream of the log has shown it.
type talk struct {
	conn     uint32
	pending  imap.Pending
	last     wire.Side
	began    bool // something was sent
	commands bool // by the client
	answered bool // by the server
	prompted bool // by its "+", which was the last that was said
	greeted  bool
	named    bool // the client named itself: LOGIN or AUTHENTICATE was sent
	over     bool // BYE, or the log says that it was closed
	waits    int  // so many "+" are still to come
	tag      tagShape
	asked    []asked // what the client waits for, kept while several connections share a stream
}

// asked is a command that isn't completed.
type asked struct {
	tag  string
	word expectation
	got  []string // what it was sent that comes once: FLAGS, SEARCH, [UIDNEXT
}

// A log without ids may weave several connections into one stream: those that aren't speaking are parked. Each message goes to the connection that it fits
// best: a completion to the one with its tag outstanding, a command to the one whose tags it goes on with, data to the one that asked for such.
const (
	parkedMax = 15
	askedMax  = 32
)

// How well a message fits a connection.
const (
	fitsNot = iota
	fitsMaybe
	fitsFresh // a connection that has a greeting and nothing else
	fitsSome
	fitsLikely
	fitsWell
	fitsSequence // the tag is the next one
	fitsOpening
	fitsSurely
)

// tagShape is a tag as the letters before its number.
type tagShape struct {
	letters string
	number  uint64
	known   bool
}

func shapeOfTag(tag []byte) tagShape {
	letters, number := splitTag(tag)
	return tagShape{string(letters), number, true}
}

func splitTag(tag []byte) (letters []byte, number uint64) {
	i := len(tag)
	for i > 0 && tag[i-1] >= '0' && tag[i-1] <= '9' {
		i--
	}
	number, _ = parseUint(tag[i:])
	return tag[:i], number
}

func (t *talk) clone() talk {
	c := *t
	c.pending = t.pending.Clone()
	c.asked = append([]asked(nil), t.asked...)
	return c
}

// park sets the connection at hand aside for a fresh one. The oldest is forgotten when there are too many.
func (s *Scanner) park(st *stream) {
	if st.over {
		s.end(&st.talk)
	} else {
		if len(st.parked) == parkedMax {
			s.end(&st.parked[0])
			st.parked = append(st.parked[:0], st.parked[1:]...)
		}
		st.parked = append(st.parked, st.talk)
	}
	st.talk = talk{conn: noConn}
}

// renew makes the stream's next message the first of a new connection.
func (s *Scanner) renew(st *stream) {
	s.end(&st.talk)
	pending := st.pending
	pending.Reset()
	st.talk = talk{conn: noConn, pending: pending}
}

// end notes that no further message belongs to a connection.
func (s *Scanner) end(t *talk) {
	if t.conn != noConn {
		s.ended = append(s.ended, t.conn)
	}
}

// has reports whether a command with that tag is outstanding on any connection of the stream.
func (st *stream) has(tag []byte) bool {
	if st.pending.Has(tag) {
		return true
	}
	for i := range st.parked {
		if st.parked[i].pending.Has(tag) {
			return true
		}
	}
	return false
}

// mode is how the client's next line is read, if it isn't a command.
func (st *stream) mode() wire.Mode {
	mode := st.pending.Mode()
	for i := 0; i < len(st.parked) && mode == wire.ModeCommand; i++ {
		mode = st.parked[i].pending.Mode()
	}
	return mode
}

// route makes the connection that a message fits best the one at hand.
func (s *Scanner) route(st *stream, side wire.Side, v *verdict, line []byte) {
	if len(st.parked) == 0 && (!s.woven || v.why != ByCommand) { // nothing to choose among, and only a command begins another
		return
	}
	u := utteranceOf(side, v, line)
	best, at := st.talk.fit(&u), -1
	for i := 0; i < len(st.parked) && best < u.most(); i++ {
		if f := st.parked[i].fit(&u); f > best {
			best, at = f, i
		}
	}
	switch {
	case at >= 0:
		st.talk, st.parked[at] = st.parked[at], st.talk
		if st.parked[at].over && st.parked[at].pending.Len() == 0 {
			s.end(&st.parked[at])
			st.parked = append(st.parked[:at], st.parked[at+1:]...)
		}
	case best == fitsNot && s.woven && v.why == ByCommand && v.weight >= likely && st.began:
		s.park(st)
	}
}

// utterance is a message's first line, and what tells which connection it belongs to.
type utterance struct {
	verdict
	client  bool
	line    []byte
	letters []byte // of a command's tag
	number  uint64
	opens   bool // a command that a connection begins with
	done    bool
	greets  bool
	data    untagged // of an untagged response that is no greeting
}

func utteranceOf(side wire.Side, v *verdict, line []byte) utterance {
	u := utterance{verdict: *v, client: side == wire.Client, line: line}
	switch {
	case u.client:
		u.done = isDone(line)
		if v.why == ByCommand {
			u.letters, u.number = splitTag(v.tag)
			u.opens = isOpening(v.word)
		}
	case v.why == ByCompletion, v.why == ByContinuation:
	case v.status != 0 && isGreeting(line):
		u.greets = true
	case v.why == ByUntagged:
		u.data = dataOf(line)
	}
	return u
}

// most is how well such a message fits a connection at best.
func (u *utterance) most() int {
	switch {
	case u.client, u.greets:
		return fitsSurely
	case u.why == ByCompletion:
		return fitsSurely + 1
	case u.why == ByContinuation:
		return fitsLikely
	case u.why == ByUntagged:
		return fitsWell
	}
	return fitsNot
}

// fit says how well a message fits a connection.
func (t *talk) fit(u *utterance) int {
	if u.client {
		if t.over {
			return fitsNot
		}
		return t.fitClient(u)
	}
	switch {
	case u.why == ByCompletion:
		if t.pending.Has(u.tag) {
			return fitsSurely + t.names(u.tag, u.line)
		}
	case u.why == ByContinuation:
		if t.waits > 0 {
			return fitsLikely
		}
	case u.greets:
		if !t.began {
			return fitsSurely
		}
	case u.why == ByUntagged:
		return t.awaits(&u.data)
	}
	return fitsNot
}

// names is 1 when a completion speaks of the command that it would complete.
func (t *talk) names(tag, line []byte) int {
	for i := range t.asked {
		if a := &t.asked[i]; a.tag == string(tag) && a.word < otherData && containsFold(line[:min(len(line), 200)], expectationWords[a.word]) {
			return 1
		}
	}
	return 0
}

func (t *talk) fitClient(u *utterance) int {
	switch mode := t.pending.Mode(); {
	case mode == wire.ModeIdle && u.done, mode == wire.ModeAuth && u.why != ByCommand && t.last == wire.Server:
		return fitsSurely
	case u.why != ByCommand:
		return fitsNot
	}
	if t.pending.Has(u.tag) {
		return fitsNot
	}
	if !t.tag.known {
		if t.began && u.opens {
			return fitsOpening
		}
		return fitsFresh
	}
	switch {
	case string(u.letters) != t.tag.letters:
		return fitsNot
	case u.opens && t.named:
		return fitsMaybe // who is logged in doesn't log in again
	case u.number == t.tag.number+1 && u.opens:
		return fitsSurely
	case u.number == t.tag.number+1:
		return fitsSequence
	case u.number > t.tag.number && u.number-t.tag.number < 16:
		return fitsLikely
	}
	return fitsMaybe
}

// isOpening: a command that a connection begins with.
func isOpening(word []byte) bool {
	switch upperWord(word) {
	case "CAPABILITY", "LOGIN", "AUTHENTICATE", "STARTTLS", "ID":
		return true
	}
	return false
}

// expectation is what a command makes the server send.
type expectation uint8

const (
	capabilityData expectation = iota
	listData
	selectData
	fetchData
	storeData
	searchData
	statusData
	expungeData
	appendData
	logoutData
	idleData
	noopData
	namespaceData
	idData
	loginData
	otherData // answers to commands that are rare, or were sent before anyone kept count
)

// expectationWords are how completions call the commands.
var expectationWords = [...]string{"capability", "list", "select", "fetch", "store", "search", "status", "expunge", "append", "logout", "idle", "noop", "namespace", "id ", "logged in"}

func expects(word, rest []byte) expectation {
	if wire.EqualFold(word, "UID") {
		word = trimEOL(firstWord(rest))
	}
	switch upperWord(word) {
	case "CAPABILITY", "STARTTLS", "ENABLE":
		return capabilityData
	case "LOGIN", "AUTHENTICATE":
		return loginData
	case "LIST", "LSUB", "XLIST":
		return listData
	case "SELECT", "EXAMINE":
		return selectData
	case "FETCH":
		return fetchData
	case "STORE":
		return storeData
	case "SEARCH", "SORT", "THREAD":
		return searchData
	case "STATUS":
		return statusData
	case "EXPUNGE", "MOVE", "CLOSE":
		return expungeData
	case "APPEND", "COPY":
		return appendData
	case "LOGOUT":
		return logoutData
	case "IDLE":
		return idleData
	case "NOOP", "CHECK":
		return noopData
	case "NAMESPACE":
		return namespaceData
	case "ID":
		return idData
	}
	return otherData
}

// awaits says how well an untagged response fits what the connection waits for.
func (t *talk) awaits(data *untagged) int {
	best := fitsNot
	for i := range t.asked {
		a := &t.asked[i]
		f := a.word.brings(string(data.word[:data.len]))
		if f == fitsWell && a.has(data.once()) {
			f = fitsMaybe
		}
		best = max(best, f)
	}
	if len(t.asked) == 0 && t.pending.Len() > 0 {
		best = fitsMaybe
	}
	return best
}

// served notes what a command was sent.
func (t *talk) served(line []byte) {
	data := dataOf(line)
	for i := range t.asked {
		if a := &t.asked[i]; len(data.once()) > 0 && a.word.brings(string(data.word[:data.len])) == fitsWell && !a.has(data.once()) {
			a.got = append(a.got, string(data.once()))
			return
		}
	}
}

// has reports whether the command was sent once already.
func (a *asked) has(once []byte) bool {
	for _, got := range a.got {
		if got == string(once) {
			return true
		}
	}
	return false
}

// untagged is an untagged response, as far as commands are told by what they are sent.
type untagged struct {
	word [24]byte // in capitals; longer ones are none that is known
	len  int
	code []byte // "[UIDNEXT" of a status
	many bool   // it comes many times for one command
}

// once is what of it comes once for each command: its code, or the word; empty where it comes many times.
func (u *untagged) once() []byte {
	if u.many || len(u.code) > 0 {
		return u.code
	}
	return u.word[:u.len]
}

// dataOf reads a line that is judged to be an untagged response.
func dataOf(line []byte) (u untagged) {
	w, rest := cutWord(trimBlanks(line[min(len(line), 1):]))
	if isDigits(w) {
		w, rest = cutWord(rest)
	}
	u.len = copy(u.word[:], upperWord(trimEOL(w)))
	switch string(u.word[:u.len]) {
	case "LIST", "LSUB", "XLIST", "FETCH", "EXPUNGE", "STATUS", "VANISHED":
		u.many = true
	case "OK", "NO", "BAD":
		u.many = true
		if len(rest) > 0 && rest[0] == '[' {
			u.code = firstWord(trimRight(rest[:min(len(rest), 40)], "]\r\n"))
		}
	}
	return u
}

// brings says how much an untagged response is what a command asks for.
func (x expectation) brings(word string) int {
	asked := false
	loose := false // sent to anyone who has a mailbox open (RFC 9051 §7.4.1, §7.5)
	switch word {
	case "CAPABILITY", "ENABLED":
		asked = x == capabilityData || x == loginData
	case "LIST", "LSUB", "XLIST":
		asked = x == listData
	case "FLAGS":
		asked = x == selectData
	case "OK", "NO", "BAD":
		asked, loose = x == selectData, true
	case "EXISTS", "RECENT":
		asked, loose = x == selectData, x == idleData || x == noopData || x == appendData
	case "FETCH":
		asked, loose = x == fetchData || x == storeData, x == idleData || x == noopData
	case "SEARCH", "ESEARCH", "SORT", "THREAD":
		asked = x == searchData
	case "STATUS":
		asked, loose = x == statusData, x == listData
	case "EXPUNGE", "VANISHED":
		asked, loose = x == expungeData, x == idleData || x == noopData
	case "BYE":
		asked = x == logoutData
	case "NAMESPACE":
		asked = x == namespaceData
	case "ID":
		asked = x == idData
	default:
		asked = x == otherData
	}
	switch {
	case asked:
		return fitsWell
	case loose:
		return fitsSome
	case x == otherData:
		return fitsMaybe
	}
	return fitsNot
}

// keep notes for the connection at hand what routing needs to know about a message.
func (s *Scanner) keep(st *stream, side wire.Side, m *Message, v *verdict) {
	if side == wire.Server {
		switch {
		case v.why == ByContinuation:
			st.waits = max(st.waits-1, 0)
		case v.why == ByCompletion && len(st.asked) > 0:
			for i := range st.asked {
				if st.asked[i].tag == string(v.tag) {
					st.asked = append(st.asked[:i], st.asked[i+1:]...)
					break
				}
			}
		case v.why == ByUntagged && len(st.asked) > 0:
			st.served(m.Wire[:min(len(m.Wire), 256)])
		}
		return
	}
	if m.Mode != wire.ModeCommand {
		return
	}
	tag, rest := cutWord(m.Wire[:min(len(m.Wire), 256)])
	word, rest := cutWord(rest)
	word = trimEOL(word)
	if wire.EqualFold(word, "LOGIN") || wire.EqualFold(word, "AUTHENTICATE") {
		st.named = true
	}
	st.waits = 0
	for i := range m.Literals {
		if h := m.Wire[m.Literals[i].Head.Start:m.Literals[i].Head.End]; bytes.IndexByte(h, '+') < 0 && bytes.IndexByte(h, '-') < 0 {
			st.waits++
		}
	}
	if wire.EqualFold(word, "IDLE") || wire.EqualFold(word, "AUTHENTICATE") {
		st.waits++
	}
	if len(st.parked) == 0 && !s.woven {
		if st.tag.known && len(tag) <= 24 && bytes.HasPrefix(tag, []byte(st.tag.letters)) { // nothing allocated on a single connection
			if rest := tag[len(st.tag.letters):]; isDigits(rest) {
				st.tag.number, _ = parseUint(rest)
				return
			}
		}
		st.tag = shapeOfTag(tag)
		return
	}
	st.tag = shapeOfTag(tag)
	if len(st.asked) == askedMax {
		st.asked = append(st.asked[:0], st.asked[1:]...)
	}
	st.asked = append(st.asked, asked{tag: string(tag), word: expects(word, rest)})
}

// isWoven reports whether the commands of a sample come from several clients by turns: tags with different letters, each counting on after those of another.
func (s *sample) isWoven() bool {
	var shapes [8]tagShape
	var counts [8]int
	n, last, returns := 0, -1, 0
	for i := range s.lines {
		l := &s.lines[i]
		if l.at < 0 || l.inside || l.verdict.why != ByCommand || l.verdict.weight < certain-1 {
			continue
		}
		t := shapeOfTag(l.verdict.tag)
		k := 0
		for k < n && shapes[k].letters != t.letters {
			k++
		}
		if k == n {
			if n == len(shapes) {
				return false
			}
			n++
		} else {
			if t.number <= shapes[k].number { // it doesn't count
				return false
			}
			if k != last {
				returns++
			}
		}
		shapes[k] = t
		counts[k]++
		last = k
	}
	several := 0
	for _, c := range counts[:n] {
		if c >= 2 {
			several++
		}
	}
	return several >= 2 && returns >= 2
}
