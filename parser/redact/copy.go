package redact

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// edit replaces a range of bytes. Where edits overlap, that of the lower rank stands.
type edit struct {
	wire.Span
	with string
	kind Kind
	rank uint8
	fill bool // with has the length of the span and is put in byte by byte
}

// The ranks of edits.
const (
	byFinder uint8 = iota
	byChoice
	byGrammar
	byShape
)

// copier collects the edits of a text. It parses each message with a tree, so that the place of a value tells what it is.
type copier struct {
	text    []byte
	options Options
	names   names
	parser  parser.Parser
	tree    syntax.Tree
	repairs []wire.LiteralRepair

	mechanism string // of the AUTHENTICATE that is not completed yet
	asked     bool   // the server asked for the user name, as LOGIN does
	named     bool   // the client said its name, or what stands in its place

	edits   []edit      // in the text
	covered []wire.Span // of the text: what messages are made of
	message []edit      // in the wire bytes of the message at hand

	begun, neutral bool
	out            []byte   // the neutral form, while neutral
	waiting        [][]byte // of it: what a command says behind the headers of its literals
	counts         [len(kindNames)]Replacement
}

func (c *copier) part(p *Part) {
	m := &p.Message
	c.message = c.message[:0]
	c.exchange(p)
	for _, s := range p.Secrets {
		c.add(s.Span, c.names.credential(s.Kind, s.Span.Of(m.Wire), c.options.People), s.Kind, byFinder)
	}
	if m.Kind != transcript.Wire {
		// What is no IMAP is looked over with the log's prefixes, at the end.
		c.place(m)
		return
	}
	if !c.begun {
		c.begun, c.neutral = true, !readable(m, c.text)
	}
	c.grammar(m)
	c.shapes(m.Wire, 0, len(m.Wire), &c.message)
	c.message = settle(c.message)
	c.recount(m)
	if c.neutral {
		c.say(m)
		return
	}
	c.place(m)
}

// exchange follows SASL exchanges for the user's name, which servers repeat.
func (c *copier) exchange(p *Part) {
	if c.options.People {
		return
	}
	if k := p.Value.Command; k != nil {
		c.asked = false
		if a, ok := k.Args.(*imap.AuthenticateArgs); ok {
			c.mechanism, c.named = string(bytes.ToUpper(a.Mechanism)), false
		}
	}
	if r := p.Value.Response; r != nil && r.Kind == imap.Continue {
		prompt, ok := decodeBase64(bytes.TrimRight(bytes.TrimPrefix(p.Wire, []byte("+ ")), "\r\n"))
		c.asked = ok && hasPrefixFold(prompt, "user")
	}
	for _, s := range p.Secrets {
		if s.Kind != SASL || p.Side != wire.Client {
			continue
		}
		if text, ok := decodeBase64(s.Span.Of(p.Wire)); ok && (c.asked || !c.named) {
			c.names.login(saslUser(text, c.mechanism, c.asked))
			c.named = true
		}
		c.asked = false
	}
}

func (c *copier) add(s wire.Span, with string, k Kind, rank uint8) {
	if s.Start < s.End {
		c.message = append(c.message, edit{Span: s, with: with, kind: k, rank: rank})
	}
}

// shapes adds what looks like an address, a host or an IP address between start and end of b.
func (c *copier) shapes(b []byte, start, end int, edits *[]edit) {
	if c.options.People && c.options.Hosts {
		return
	}
	scan(b[start:end], func(f found) {
		if f.kind == Address && c.options.People || f.kind != Address && c.options.Hosts {
			return
		}
		value := b[start+f.start : start+f.end]
		if f.kind == Address && isPlaceholder(value) {
			return
		}
		*edits = append(*edits, edit{Span: wire.Span{Start: uint32(start + f.start), End: uint32(start + f.end)}, with: c.names.of(f.kind, value), kind: f.kind, rank: byShape})
	})
}

// isPlaceholder says that an address stands in the domains made for examples already.
func isPlaceholder(address []byte) bool {
	return isReserved(address[bytes.IndexByte(address, '@')+1:])
}

// settle orders edits and drops those that overlap one of a lower rank.
func settle(edits []edit) []edit {
	slices.SortFunc(edits, func(a, b edit) int {
		switch {
		case a.Start != b.Start:
			return int(a.Start) - int(b.Start)
		case a.rank != b.rank:
			return int(a.rank) - int(b.rank)
		}
		return int(b.End) - int(a.End)
	})
	kept := edits[:0]
	for _, e := range edits {
		for len(kept) > 0 && kept[len(kept)-1].End > e.Start && kept[len(kept)-1].rank > e.rank {
			kept = kept[:len(kept)-1]
		}
		if len(kept) > 0 && kept[len(kept)-1].End > e.Start {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// recount adds an edit for the header of each literal whose octets change their number.
func (c *copier) recount(m *transcript.Message) {
	edits := c.message
	for i := range m.Literals {
		l := &m.Literals[i]
		delta := 0
		for _, e := range edits {
			if l.Octets.Contains(e.Span) {
				delta += len(e.with) - int(e.Len())
			}
		}
		if delta == 0 {
			continue
		}
		digits := l.Head
		for digits.Start < digits.End && !isDigit(m.Wire[digits.Start]) {
			digits.Start++
		}
		digits.End = digits.Start
		for int(digits.End) < len(m.Wire) && isDigit(m.Wire[digits.End]) {
			digits.End++
		}
		if size := int64(l.Announced) + int64(delta); size >= 0 {
			c.message = append(c.message, edit{Span: digits, with: strconv.FormatInt(size, 10), rank: byFinder})
		}
	}
	if len(c.message) > len(edits) {
		c.message = settle(c.message)
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// place moves the edits of a message to where its bytes stand in the text.
func (c *copier) place(m *transcript.Message) {
	if m.Runs == nil {
		for _, e := range c.message {
			e.Start += m.Span.Start
			e.End += m.Span.Start
			c.edits = append(c.edits, e)
		}
		if m.Kind == transcript.Wire {
			c.covered = append(c.covered, m.Span)
		}
		return
	}
	r := 0
	for _, e := range c.message {
		for r < len(m.Runs) && m.Runs[r].Wire+m.Runs[r].WireLen <= e.Start {
			r++
		}
		with := e.with
		for i := r; i < len(m.Runs) && m.Runs[i].Wire < e.End; i++ {
			run := &m.Runs[i]
			if run.SrcLen == 0 {
				continue
			}
			at := edit{Span: wire.Span{Start: run.Src, End: run.Src + run.SrcLen}, kind: e.kind, rank: e.rank}
			from, to := max(run.Wire, e.Start), min(run.Wire+run.WireLen, e.End)
			if run.WireLen == run.SrcLen {
				at.Start, at.End = run.Src+from-run.Wire, run.Src+to-run.Wire
				if e.fill {
					at.with = e.with[from-e.Start : to-e.Start]
				}
			} else if e.fill {
				if run.WireLen != 1 || !isWordOctet(m.Wire[run.Wire]) {
					continue // an escape of a line end or a quote stays
				}
				at.with = "x"
			}
			if !e.fill { // all of the placeholder goes to the first place, nothing to the others
				at.with, with = with, ""
			}
			c.edits = append(c.edits, at)
		}
	}
	for i := range m.Runs {
		if run := &m.Runs[i]; run.SrcLen > 0 && m.Kind == transcript.Wire {
			c.covered = append(c.covered, wire.Span{Start: run.Src, End: run.Src + run.SrcLen})
		}
	}
}

// readable says that a message stands in the text as people write it: byte for byte, or with escapes. Hex dumps and base64 are not: a placeholder would
// not fit into them.
func readable(m *transcript.Message, text []byte) bool {
	for i := range m.Runs {
		run := &m.Runs[i]
		if run.WireLen == 0 || run.SrcLen == 0 {
			continue
		}
		src := text[run.Src : run.Src+run.SrcLen]
		if run.WireLen == run.SrcLen {
			if !bytes.Equal(src, m.Wire[run.Wire:run.Wire+run.WireLen]) {
				return false
			}
		} else if src[0] != '\\' && src[0] != '&' && src[0] != '=' && src[0] != '%' && !hasHigh(src) && !bytes.ContainsAny(src, "\r\n*") {
			return false
		}
	}
	return true
}

// say writes a message in the neutral form, each line behind the side that sent it. What a command says behind a synchronizing literal's header waits for
// the "+" that comes in between.
func (c *copier) say(m *transcript.Message) {
	if len(c.waiting) > 0 && (m.Side == wire.Client || len(m.Wire) == 0 || m.Wire[0] != '+') {
		c.flush()
	}
	edits, from := c.message, uint32(0)
	piece := func(to uint32) []byte {
		n := 0
		for n < len(edits) && edits[n].End <= to {
			edits[n].Start -= from
			edits[n].End -= from
			n++
		}
		b := c.apply(nil, m.Wire[from:to], edits[:n])
		edits, from = edits[n:], to
		return b
	}
	var pieces [][]byte
	if m.Side == wire.Client {
		for i := range m.Literals {
			if l := &m.Literals[i]; bytes.IndexByte(l.Head.Of(m.Wire), '+') < 0 && l.Octets.Start > from && int(l.Octets.Start) <= len(m.Wire) {
				pieces = append(pieces, piece(l.Octets.Start))
			}
		}
	}
	pieces = append(pieces, piece(uint32(len(m.Wire))))
	c.lines(m.Side, pieces[0])
	if m.Side == wire.Client {
		c.waiting = pieces[1:]
	} else if len(c.waiting) > 0 {
		c.lines(wire.Client, c.waiting[0])
		c.waiting = c.waiting[1:]
	}
}

// flush writes what no "+" came for.
func (c *copier) flush() {
	for _, b := range c.waiting {
		c.lines(wire.Client, b)
	}
	c.waiting = nil
}

// lines writes lines of a side in the neutral form.
func (c *copier) lines(side wire.Side, b []byte) {
	label := "S: "
	if side == wire.Client {
		label = "C: "
	}
	for len(b) > 0 {
		n := bytes.IndexByte(b, '\n') + 1
		if n == 0 {
			n = len(b)
		}
		c.out = append(append(c.out, label...), b[:n]...)
		b = b[n:]
	}
	if len(c.out) > 0 && c.out[len(c.out)-1] != '\n' {
		c.out = append(c.out, '\r', '\n')
	}
}

// apply appends b to dst with the edits made, and counts them.
func (c *copier) apply(dst, b []byte, edits []edit) []byte {
	at := 0
	for _, e := range edits {
		c.tell(e, b)
		dst = append(append(dst, b[at:e.Start]...), e.with...)
		at = int(e.End)
	}
	return append(dst, b[at:]...)
}

// tell counts an edit, and keeps the first of its kind as the example, unless it shows a credential.
func (c *copier) tell(e edit, b []byte) {
	if e.kind == 0 {
		return
	}
	r := &c.counts[e.kind]
	if r.Count++; r.Count == 1 {
		r.Kind = e.kind
		if e.kind > Ticket {
			r.Before, r.After = clip(e.Of(b)), clip([]byte(e.with))
		}
	}
}

func clip(b []byte) string {
	const most = 80
	if len(b) > most {
		return string(b[:most]) + "…"
	}
	return string(b)
}

func (c *copier) finish() Result {
	c.flush()
	r := Result{Text: c.out, Neutral: c.neutral}
	if !c.neutral {
		for _, s := range c.options.Extra {
			if s.Start < s.End && int(s.End) <= len(c.text) {
				c.edits = append(c.edits, edit{Span: s, with: c.names.of(Chosen, s.Of(c.text)), kind: Chosen, rank: byChoice})
			}
		}
		c.gaps()
		c.echoes()
		r.Text = c.apply(make([]byte, 0, len(c.text)), c.text, settle(c.edits))
	}
	for _, count := range c.counts {
		if count.Count > 0 {
			r.Replaced = append(r.Replaced, count)
		}
	}
	r.Suspects = leaks(r.Text, &c.names, c.options)
	return r
}

// gaps looks over what no message is made of: log prefixes, prompts, comments.
func (c *copier) gaps() {
	slices.SortFunc(c.covered, func(a, b wire.Span) int { return int(a.Start) - int(b.Start) })
	at := 0
	for _, s := range c.covered {
		if int(s.Start) > at {
			c.gap(at, int(s.Start))
		}
		at = max(at, int(s.End))
	}
	if at < len(c.text) {
		c.gap(at, len(c.text))
	}
}

// echoes takes credentials out wherever else they stand as words: logs print their settings, and servers repeat what they refuse. One pass over the text.
func (c *copier) echoes() {
	var secrets []key
	for id := range c.names.given {
		if id.kind <= Token && len(id.value) >= shortest {
			secrets = append(secrets, id)
		}
	}
	if len(secrets) == 0 {
		return
	}
	slices.SortFunc(secrets, func(a, b key) int { return cmp.Or(strings.Compare(a.value, b.value), int(a.kind)-int(b.kind)) }) // equal copies of equal texts

	const long, most = 8, 1000 // octets that tell most values apart; values that begin alike
	var first [256]bool
	short, rest := make(map[string][]key), make(map[string][]key, len(secrets))
	for _, id := range secrets {
		first[id.value[0]] = true
		by, n := rest, long
		if len(id.value) < long {
			by, n = short, shortest
		}
		if alike := by[id.value[:n]]; len(alike) < most {
			by[id.value[:n]] = append(alike, id)
		}
	}
	look := func(at int, among []key) {
		for _, id := range among {
			end := at + len(id.value)
			if end > len(c.text) || string(c.text[at:end]) != id.value || end < len(c.text) && isLabel(c.text[end-1]) && isLabel(c.text[end]) {
				continue
			}
			c.edits = append(c.edits, edit{Span: wire.Span{Start: uint32(at), End: uint32(end)}, with: c.names.given[id], kind: id.kind, rank: byShape})
		}
	}
	for at := 0; at+shortest <= len(c.text); at++ {
		if !first[c.text[at]] || at > 0 && isLabel(c.text[at-1]) && isLabel(c.text[at]) {
			continue
		}
		look(at, short[string(c.text[at:at+shortest])])
		if at+long <= len(c.text) {
			look(at, rest[string(c.text[at:at+long])])
		}
	}
}

// gap looks for shapes between two places, and for user names seen at LOGIN that are no addresses.
func (c *copier) gap(start, end int) {
	c.shapes(c.text, start, end, &c.edits)
	c.dumps(start, end) // what those hold that no message was made of is not known
	if c.options.People {
		return
	}
	c.namedUsers(start, end)
	c.loginNames(c.text, start, end, &c.edits)
	c.sessionIDs(c.text, start, end, &c.edits)
	c.knownUsers(c.text, start, end, 3, &c.edits)
}

// namedUsers finds the values of settings that name a user: user=, Username:, "user": and the user of -u USER:PASSWORD and of URLs.
func (c *copier) namedUsers(start, end int) {
	b := c.text[start:end]
	take := func(from, to int) {
		if value := b[from:to]; len(value) > 0 && len(value) < 200 && !masked(value) && !(bytes.IndexByte(value, '@') > 0 && isPlaceholder(value)) {
			k := User
			if bytes.IndexByte(value, '@') > 0 {
				k = Address
			}
			c.edits = append(c.edits, edit{Span: wire.Span{Start: uint32(start + from), End: uint32(start + to)}, with: c.names.of(k, value), kind: k, rank: byGrammar})
		}
	}
	for p := 1; p < len(b); p++ {
		switch {
		case b[p] == ':' && bytes.HasPrefix(b[p:], []byte("://")):
			if s, ok := userinfo(b, p+3); ok {
				take(p+3, s.from-1)
				end := s.to + 1
				for end < len(b) && (isLabel(b[end]) || b[end] == '.' || b[end] == '-') {
					end++
				}
				c.shapes(c.text, start+s.to+1, start+end, &c.edits)
			}
		case b[p] == ' ':
			if s, ok := option(b, 0, p); ok {
				from := p + 1
				if b[from] == '"' || b[from] == '\'' {
					from++
				}
				take(from, s.from-1)
			}
		case b[p] == ':' || b[p] == '=':
			name := p
			for name > 0 && (b[name-1] == ' ' || b[name-1] == '"' || b[name-1] == '\'') && p-name < 3 {
				name--
			}
			from := max(0, name-80)
			if line := bytes.LastIndexAny(b[from:name], ":\n"); line >= 0 {
				from += line
			}
			if i := containsFold(b[from:name], prompt); i >= 0 && b[p] == ':' {
				take(from+i+len(prompt), name)
				continue
			}
			for _, w := range [...]string{"user", "username", "user_name", "user1", "user2", "login"} {
				if from := name - len(w); from >= 0 && wire.EqualFold(b[from:name], w) && (w != "login" || b[p] == '=') {
					if s := (setting{kind: User, from: p + 1}); s.end(b) {
						take(s.from, s.to)
						p = s.to - 1
					}
					break
				}
			}
		}
	}
}

// loginNames finds the user names of LOGIN commands that stand in other text, as echoed finds their passwords.
func (c *copier) loginNames(b []byte, start, end int, edits *[]edit) {
	for p := start + 1; p < end; p++ {
		if b[p] != ' ' || !isLoginWord(b[start:end], p-start) {
			continue
		}
		var fields [1]wire.Span
		for _, w := range fieldsOf(fields[:0], b[p:min(end, p+longestLogin)], 1) {
			w = unquoted(b, wire.Span{Start: w.Start + uint32(p), End: w.End + uint32(p)})
			name, k := w.Of(b), User
			if at := bytes.IndexByte(name, '@'); at > 0 {
				k = Address
			}
			if len(name) > 0 && !bytes.ContainsAny(name, "\"\\{<") && !masked(name) && !(k == Address && isPlaceholder(name)) {
				*edits = append(*edits, edit{Span: w, with: c.names.of(k, name), kind: k, rank: byGrammar})
			}
		}
	}
}

// isLoginWord says that LOGIN behind a tag, as echoed looks for it, ends at p.
func isLoginWord(b []byte, p int) bool {
	const word = " LOGIN"
	at := p - len(word)
	if at < 1 || !wire.EqualFold(b[at:p], word) {
		return false
	}
	tag := at
	for tag > 0 && at-tag < 12 && isLabel(b[tag-1]) {
		tag--
	}
	return isTag(b[tag:at], string(b[at:p]) == word)
}

// sessionIDs finds the session=<...> and imap(user)<pid><...> of Dovecot and the SESSIONID=<...> of Cyrus, by which other logs of the server tell who that
// was.
func (c *copier) sessionIDs(b []byte, start, end int, edits *[]edit) {
	for at := start; ; {
		i := bytes.IndexByte(b[at:end], '<')
		if i < 0 {
			return
		}
		at += i + 1
		name := b[start : at-1]
		if !hasSuffixFold(name, "session=") && !hasSuffixFold(name, "sessionid=") && !endsInProcess(name) {
			continue
		}
		if n := bytes.IndexAny(b[at:min(end, at+120)], "> \r\n"); n > 0 && b[at+n] == '>' {
			s := wire.Span{Start: uint32(at), End: uint32(at + n)}
			*edits = append(*edits, edit{Span: s, with: c.names.of(Token, s.Of(b)), kind: Token, rank: byGrammar})
		}
	}
}

// endsInProcess recognizes ")<22235>", what Dovecot's log has before the session.
func endsInProcess(b []byte) bool {
	i := len(b) - 1
	if i < 0 || b[i] != '>' {
		return false
	}
	digits := i
	for i > 0 && isDigit(b[i-1]) {
		i--
	}
	return i < digits && i > 1 && b[i-1] == '<' && b[i-2] == ')'
}

func hasSuffixFold(b []byte, s string) bool {
	return len(b) >= len(s) && wire.EqualFold(b[len(b)-len(s):], s)
}

// dumps hides what lines of hexadecimal dumps show.
func (c *copier) dumps(start, end int) {
	for start < end {
		next := start + bytes.IndexByte(c.text[start:end], '\n') + 1
		if next == start {
			next = end
		}
		line := bytes.TrimRight(c.text[start:next], "\r\n")
		blank := len(line) - len(bytes.TrimLeft(line, " \t"))
		if n := isDump(line[blank:]); n > 0 {
			s := wire.Span{Start: uint32(start + blank + n), End: uint32(start + len(line))}
			c.edits = append(c.edits, edit{Span: s, with: c.names.of(Token, s.Of(c.text)), kind: Token, rank: byFinder})
		}
		start = next
	}
}
