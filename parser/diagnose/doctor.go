package diagnose

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/wire"
)

// Doctor examines one connection, message by message. The zero value is ready. It is not for two goroutines at once.
type Doctor struct {
	server, client identity
	why            []string

	first    bool      // a message of the server was seen
	commands []command // the latest commands, oldest first; see recent
	opening  uint32    // the first command of all
	told     onceSet   // rules that speak once per connection and have spoken
	box      boxView   // the selected mailbox before the event
	mode     wire.Mode // how the client's line was to be read before the event
	seen     [8]selection
	nseen    int
	answered ring // tags answered lately
	used     ring // tags used lately

	traits        trait
	untaggedData  bool        // the log shows what the server says without a tag
	noops, serial int         // NOOPs in a row; similar commands in a row, each waiting for the one before
	byes          int         // BYEs seen
	lastKind      uint32      // what the row is made of
	alertAt       uint32      // the login that was answered OK [ALERT]
	badAt, badFor uint32      // an untagged BAD and the command it is about
	badStatus     imap.Status // of the untagged NO or BAD that the connection began with, in message greetAt
	greetAt       uint32
	greetSpan     wire.Span
	gapAfter      uint32      // the latest message, plus 1, behind or in which something is left out; 0: none
	noiseAfter    uint32      // the latest line of the log's own, plus 1; 0: none
	countAt       uint32      // the latest EXISTS or EXPUNGE, plus 1
	copied        setMark     // the last COPY, for MOVE
	pair          numberedUID // the last that FETCH told
	sentBox       string      // the mailbox that LIST marked as \Sent
	reasoned      uint32      // the latest response, plus 1, whose reason was told
	refusals      onceSet     // commands, by name, whose refusal was told
	exam          exam        // scratch of Feed
}

// trait is something that a side has done at least once.
type trait uint32

const (
	sentID trait = 1 << iota
	sentNamespace
	sentSearch
	sentIdle
	sentNotify
	sawSpecialUse // LIST told a special use, or the client asked
	sawStartTLS   // the server offered STARTTLS
	gotAlert      // LOGIN was answered OK [ALERT]
	gotBad        // an untagged BAD is pending
	gotCopy       // the last command was a COPY
	sawClient
	sawSelect
	gotBadGreeting
	sawHost
	overTLS    // the port says so
	sawNoise   // the log has lines of its own
	sawAnswers // LIST, STATUS or FETCH data stands in the log
	sawUnread  // a client line that could not be read came since the last completion
	sawGreeting
	canceled      // the client gave up the SASL exchange
	qresyncListed // ENABLED named QRESYNC
	sawGrowth     // messages came since the mailbox was selected
	shortCaps     // something is left out of the last list of capabilities
)

func (d *Doctor) has(t trait) bool { return d.traits&t != 0 }

// onceSet holds the rules that have spoken.
type onceSet [4]uint64

func (s *onceSet) add(r rule) (first bool) {
	first = s[r>>6]&(1<<(r&63)) == 0
	s[r>>6] |= 1 << (r & 63)
	return first
}

// ring remembers the latest tags, by half their hash.
type ring struct {
	tags [32]uint32
	next uint8
}

func (r *ring) add(h uint64) { r.tags[r.next&31] = uint32(h >> 32); r.next++ }

func (r *ring) has(h uint64) bool {
	for _, t := range r.tags {
		if t == uint32(h>>32) {
			return t != 0
		}
	}
	return false
}

// boxView is what the doctor compares news with.
type boxView struct {
	exists uint32
	known  bool
	box    session.Mailbox
}

// selection remembers what a mailbox said when it was selected.
type selection struct {
	name        string
	uidValidity uint32
	exists      uint32
	recent      uint32
	id          uint32
	flags       int // times that all flags were fetched
}

// setMark remembers which messages a command named.
type setMark struct {
	id  uint32
	set string
	uid bool
}

// exam is the examination of one message.
type exam struct {
	*Case
	d    *Doctor
	out  []Finding
	from int      // where in out the findings of this event begin
	cmd  *command // the command that the event is, or answers; nil: none that is known

	elided bool // something is left out of the message
}

// Feed examines the next message of the connection and appends what it finds to out.
func (d *Doctor) Feed(c *Case, out []Finding) []Finding {
	x := &d.exam
	*x = exam{Case: c, d: d, out: out, from: len(out)}
	e := c.Event
	if c.Host != "" && !d.has(sawHost) {
		d.recognizeHost(c.Host)
	}
	switch {
	case e.Command != nil:
		d.recognizeClient(c)
	case e.Response != nil:
		d.recognizeServer(c)
	}
	x.grammar()
	x.framing()
	switch {
	case e.Command != nil:
		d.traits |= sawClient
		x.cmd = d.remember(c)
		x.cmd.word = x.commandSpan()
		for _, rule := range commandRules {
			rule(x)
		}
		for i := range x.out[x.from:] {
			if x.out[x.from+i].Severity >= Warning {
				x.cmd.blamed = true
			}
		}
	case e.Response != nil:
		if c.Effect.Paired {
			x.cmd = d.find(c.Effect.Answers)
		}
		switch e.Response.Kind {
		case imap.Tagged:
			for _, rule := range taggedRules {
				rule(x)
			}
		case imap.Continue:
			for _, rule := range continuationRules {
				rule(x)
			}
		default:
			this := responses(1) << (e.Response.Name & 63)
			for i := range untaggedRules {
				if r := &untaggedRules[i]; r.at&this != 0 {
					r.look(x)
				}
			}
		}
		if e.Response.Code != nil {
			x.codes()
		}
		x.capabilities()
		d.first = true
	case e.Auth != nil, e.Done:
		d.traits |= sawClient
		if e.Auth != nil && e.Auth.Cancel {
			d.traits |= canceled
		}
	default:
		if x.side() == wire.Client {
			d.traits |= sawUnread
		}
		if x.isNoise() {
			d.traits |= sawNoise
			d.noiseAfter = e.ID + 1
		}
		x.unread()
	}
	d.note(c)
	out = x.out
	x.Case, x.d, x.out, x.cmd = nil, nil, nil, nil // a copy of d must not keep them
	return out
}

// note takes over what the next event will be compared with.
func (d *Doctor) note(c *Case) {
	d.mode = c.Tracker.Wire().Mode
	d.box.box = c.Tracker.Box()
	d.box.exists = d.box.box.Exists
	d.box.known = d.box.box.Has&session.HasExists != 0
	if r := c.Event.Response; r != nil && r.Kind == imap.Tagged {
		d.traits &^= sawUnread
	}
	if r := c.Event.Response; r != nil && r.Kind == imap.Untagged && r.Name != imap.RespState {
		d.untaggedData = true
		switch r.Name {
		case imap.RespExists, imap.RespExpunge:
			d.countAt = c.Event.ID + 1
		case imap.RespList, imap.RespLSub, imap.RespStatus, imap.RespFetch:
			d.traits |= sawAnswers
		}
	}
}

// commandRules look at a command when it is sent.
var commandRules = [...]func(*exam){
	(*exam).greeted, (*exam).afterLogout, (*exam).whileIdle, (*exam).tagUse, (*exam).pipelined, (*exam).hanging,
	(*exam).enable, (*exam).capabilityNeeded, (*exam).authentication, (*exam).literals,
	(*exam).commandSets, (*exam).store, (*exam).names, (*exam).commandForm,
	(*exam).resync, (*exam).numbered, (*exam).highOctets, (*exam).fetchHabits, (*exam).rounds, (*exam).organizing,
}

// taggedRules look at a completion.
var taggedRules = [...]func(*exam){
	(*exam).pairing, (*exam).earlyLiteral, (*exam).refusedState, (*exam).idleRefused, (*exam).enabled, (*exam).selected, (*exam).promised, (*exam).missing,
	(*exam).vendorText, (*exam).loginAnswer, (*exam).rejected, (*exam).idleEnds, (*exam).refusal,
}

// responses is a set of names of responses.
type responses uint64

// every holds all names of responses.
const every = ^responses(0)

// to is the set of these names.
func to(names ...imap.ResponseName) (s responses) {
	for _, n := range names {
		s |= 1 << (n & 63)
	}
	return s
}

// untaggedRules look at data and status without a tag, each at the responses that it has something to say about.
var untaggedRules = [...]struct {
	at   responses
	look func(*exam)
}{
	{every, (*exam).see},
	{to(imap.RespState), (*exam).greeting},
	{to(imap.RespState), (*exam).bye},
	{to(imap.RespState), (*exam).untaggedBad},
	{to(imap.RespExists, imap.RespExpunge, imap.RespVanished, imap.RespFetch, imap.RespRecent), (*exam).numbers},
	{to(imap.RespSearch, imap.RespSort, imap.RespESearch), (*exam).searchData},
	{to(imap.RespFetch, imap.RespUIDFetch), (*exam).fetchData},
	{to(imap.RespStatus), (*exam).statusData},
	{to(imap.RespList, imap.RespLSub, imap.RespXList, imap.RespRList, imap.RespRLSub), (*exam).listData},
	{to(imap.RespQuota, imap.RespQuotaRoot, imap.RespACL, imap.RespListRights, imap.RespMyRights, imap.RespEnabled, imap.RespID, imap.RespUnknown), (*exam).otherData},
	{to(imap.RespEnabled), (*exam).enabledList},
	{to(imap.RespFetch, imap.RespExpunge, imap.RespVanished, imap.RespUIDFetch), (*exam).removal},
	{to(imap.RespState), (*exam).refusal},
}

// continuationRules look at "+".
var continuationRules = [...]func(*exam){(*exam).continuation, (*exam).loginPrompt, (*exam).tokenChallenge}

// Finish says what is only known at the end of the connection. t is the Tracker after the last event. d is what it was before: it may go on.
func (d *Doctor) Finish(t *session.Tracker, out []Finding) []Finding {
	defer func(traits trait) { d.traits = traits }(d.traits)
	var nothing struct { // in one piece of memory
		Case
		session.Event
	}
	nothing.Case.Event, nothing.Case.Tracker = &nothing.Event, t
	x := &d.exam
	*x = exam{Case: &nothing.Case, d: d, out: out}
	if d.has(gotBadGreeting) && d.badStatus == imap.NO { // and nothing came after it
		x.turnedAway()
	}
	x.unanswered()
	x.neglected()
	out = x.out
	*x = exam{}
	return out
}

// Clone is a copy that goes on independently.
func (d *Doctor) Clone() *Doctor {
	c := *d
	c.commands = append([]command(nil), d.recent()...)
	return &c
}

// Server is the id of the product that the server probably is; empty if nothing tells.
func (d *Doctor) Server() string { return d.server.id() }

// Client is the id of the product that the client probably is; empty if nothing tells.
func (d *Doctor) Client() string { return d.client.id() }

// Why says where the evidence for Server and Client came from: greeting, ID, capabilities, text, host, client-ID, tags, commands.
func (d *Doctor) Why() []string { return d.why }

// likely is the confidence from which on a product may be named.
const likely = 0.5

func (i identity) id() string {
	if i.confidence < likely {
		return ""
	}
	return productNames[i.who].id
}

// report finds a fault in the message at hand.
func (x *exam) report(r rule, span wire.Span, args ...string) *Finding {
	return x.reportAt(r, x.Event.ID, x.side(), span, args...)
}

// once reports a rule the first time that it applies to the connection.
func (x *exam) once(r rule, span wire.Span, args ...string) {
	if x.d.told.add(r) {
		x.report(r, span, args...)
	}
}

// reportAt finds a fault of side in message id.
func (x *exam) reportAt(r rule, id uint32, side wire.Side, span wire.Span, args ...string) *Finding {
	e := &registry[r]
	f := Finding{ID: e.id, Severity: e.class.severity(), Message: id, Span: span, Args: args, Confidence: 1, side: side}
	x.d.Parties().blame(&f, e.class, e.because)
	x.out = append(x.out, f)
	return &x.out[len(x.out)-1]
}

// Attribute looks at an earlier finding of the connection again: if the product has been recognized since, and is known for it, the finding names it
// and becomes a Quirk. It reports whether anything changed. Worth a call for each finding when all messages of a connection have been seen.
func (d *Doctor) Attribute(f *Finding) (changed bool) { return d.Parties().Attribute(f) }

// Parties are who both sides of a connection probably are.
type Parties struct{ server, client identity }

// Parties is what is known of both sides so far.
func (d *Doctor) Parties() Parties { return Parties{d.server, d.client} }

// Attribute is Doctor.Attribute.
func (p Parties) Attribute(f *Finding) (changed bool) {
	if f.Producer != "" || p.who(f.side).confidence < likely {
		return false
	}
	for i := range registry {
		if e := &registry[i]; e.id == f.ID && e.id != "" {
			p.blame(f, e.class, e.because)
			return f.Producer != ""
		}
	}
	for i := range known {
		if known[i].quirk.ID() == f.ID {
			p.blame(f, breach, known[i].because)
			break
		}
	}
	return f.Producer != ""
}

// blame names the product, if the evidence shows one that is known for the deviation.
func (p Parties) blame(f *Finding, c class, known []product) {
	who := p.who(f.side)
	if who.confidence < likely {
		return
	}
	for _, k := range known {
		if k == who.who {
			if c == breach || c == semantic {
				f.Severity = Quirk
			}
			f.Producer, f.Confidence = productNames[k].name, who.confidence
			return
		}
	}
}

// who is what is believed of the client, or else of the server.
func (p Parties) who(side wire.Side) identity {
	if side == wire.Client {
		return p.client
	}
	return p.server
}

// attribute names the product where the deviation itself is the evidence.
func (f *Finding) attribute(p product, confidence float32) {
	if f.Severity == Error || f.Severity == Warning {
		f.Severity = Quirk
	}
	if confidence > f.Confidence || f.Producer == "" {
		f.Producer, f.Confidence = productNames[p].name, confidence
	}
}
