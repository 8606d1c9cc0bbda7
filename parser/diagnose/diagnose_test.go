package diagnose_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/session"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// A test session is written as a log is read: each line begins with the side that sent it.
//
//	S: * OK ready         a line of the server; CRLF is added
//	C: A1 NOOP            a line of the client; lines that follow a literal's header belong to the same message
//	H: imap.example.org   the server's host
//	T: 90                 seconds go by
//	N: text               a line that the transcript took for no IMAP
//	P: on                 from here on, the log may have changed bytes
//
// ␀ is NUL, ␉ is TAB, ↵ is a CRLF inside a line, ␤ at the end of a line stands for LF instead of CRLF, ‹E9› is the octet 0xE9.
func play(t testing.TB, text string) []diagnose.Finding {
	t.Helper()
	p := newPlayer(t)
	p.play(text)
	return p.finish()
}

type player struct {
	t       testing.TB
	doctor  diagnose.Doctor
	tracker session.Tracker
	parsers [3]parser.Parser
	host    string
	pasted  bool // the format is not faithful
	now     time.Time
	id      uint32
	out     []diagnose.Finding
}

// message is what the transcript would have found.
type message struct {
	transcript.Message
	host string
}

func newPlayer(t testing.TB) *player {
	p := &player{t: t, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	for i := range p.parsers {
		p.parsers[i].Quirks = parser.Lenient
	}
	return p
}

var signs = strings.NewReplacer("␀", "\x00", "␉", "\t", "␤\r\n", "\n", "↵", "\r\n")

// octets undoes the signs of a line.
func octets(line string) []byte {
	line = signs.Replace(line + "\r\n")
	var b []byte
	for {
		i := strings.Index(line, "‹")
		if i < 0 {
			return append(b, line...)
		}
		n, _ := strconv.ParseUint(line[i+3:i+5], 16, 8)
		b = append(append(b, line[:i]...), byte(n))
		line = line[i+5+3:]
	}
}

// play examines the messages of a text.
func (p *player) play(text string) { p.cut(text, p.feed) }

// cut makes messages of a text, in the order of their first lines, as a transcript does.
func (p *player) cut(text string, feed func(*message)) {
	var open [3]*message // a message whose literal goes on, per side
	var framers [3]wire.Framer
	framers[wire.Client].Side, framers[wire.Server].Side = wire.Client, wire.Server
	var list []*message
	at := uint32(0)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		line = strings.TrimLeft(line, " \t")
		start := at
		at += uint32(len(line)) + 1
		require.Greater(p.t, len(line), 1, "a line needs its side: %q", line)
		rest := strings.TrimPrefix(line[2:], " ")
		side := wire.Side(0)
		switch line[:2] {
		case "H:":
			p.host = rest
			continue
		case "P:":
			p.pasted = true
			continue
		case "T:":
			n, err := strconv.Atoi(rest)
			require.NoError(p.t, err)
			p.now = p.now.Add(time.Duration(n) * time.Second)
			continue
		case "N:":
			list = append(list, &message{Message: transcript.Message{Kind: transcript.Noise, Wire: octets(rest), Span: wire.Span{Start: start, End: at}, Time: p.now}, host: p.host})
			continue
		case "C:":
			side = wire.Client
		case "S:":
			side = wire.Server
		default:
			p.t.Fatalf("a line needs its side: %q", line)
		}
		m := open[side]
		if m == nil {
			m = &message{Message: transcript.Message{Side: side, Faithful: !p.pasted, Time: p.now, Span: wire.Span{Start: start}}, host: p.host}
			list = append(list, m)
			open[side] = m
			framers[side].Reset()
		}
		m.Wire = append(m.Wire, octets(rest)...)
		m.Span.End = at
		for done := false; !done; {
			_, ev, err := framers[side].Next(m.Wire)
			require.NoError(p.t, err)
			switch ev {
			case wire.LiteralHead, wire.LiteralSync:
				h := framers[side].Literal()
				i := uint32(strings.LastIndexByte(string(m.Wire), '{'))
				m.Literals = append(m.Literals, transcript.Literal{
					Head: wire.Span{Start: i, End: uint32(len(m.Wire))}, Octets: wire.Span{Start: uint32(len(m.Wire)), End: uint32(len(m.Wire)) + uint32(h.Size)},
					Announced: h.Size, Found: h.Size,
				})
			case wire.FrameEnd:
				open[side] = nil
				done = true
			default:
				done = true
			}
		}
	}
	for _, m := range list {
		feed(m)
	}
}

func (p *player) feed(m *message) {
	w := p.tracker.Wire()
	e := session.Event{ID: p.id, Side: m.Side, Time: m.Time}
	p.id++
	c := diagnose.Case{Message: &m.Message, Event: &e, Host: m.host}
	if m.Kind == transcript.Wire {
		if w.Mode == wire.ModeOpaque {
			w.Mode = wire.ModeCommand // as in the log of a program that sees through TLS
		}
		m.Mode = w.Mode
		r := &p.parsers[m.Side]
		r.Options.UTF8, r.Options.UIDOnly = w.UTF8, w.UIDOnly
		r.Repairs = nil
		for _, l := range m.Literals {
			if l.State != transcript.Present {
				r.Repairs = append(r.Repairs, wire.LiteralRepair{At: l.Head.Start, Size: uint32(l.Octets.Len())})
			}
		}
		e.Message, e.Err = r.Message(m.Wire, m.Side, m.Mode)
		c.Notes = r.Notes
		for _, l := range m.Literals {
			if m.Side == wire.Client && !strings.Contains(string(l.Head.Of(m.Wire)), "+") {
				e.Syncs++
			}
		}
	}
	c.Effect = p.tracker.Feed(&e)
	c.Tracker = &p.tracker
	p.out = p.doctor.Feed(&c, p.out)
}

func (p *player) finish() []diagnose.Finding {
	return p.doctor.Finish(&p.tracker, p.out)
}

// ids lists the ids of findings, severities first.
func ids(fs []diagnose.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Severity.String()+" "+f.ID)
	}
	return out
}

// pick is the first finding with an id, nil if there is none.
func pick(fs []diagnose.Finding, id string) *diagnose.Finding {
	for i := range fs {
		if fs[i].ID == id {
			return &fs[i]
		}
	}
	return nil
}

// check is one rule: a session that breaks it and a near miss that doesn't.
type check struct {
	id       string
	severity diagnose.Severity
	message  int    // the message that the finding is about
	text     string // the evidence in it; "" to not look
	producer string
	bad      string
	good     string // near miss
}

const (
	greeting = "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ IDLE ID ENABLE UIDPLUS MOVE CONDSTORE QRESYNC ESEARCH SORT SASL-IR SPECIAL-USE LIST-STATUS NAMESPACE UNSELECT QUOTA XLIST AUTH=PLAIN AUTH=LOGIN] ready\n"
	login    = greeting + "C: L1 LOGIN user secret\nS: L1 OK done\n"
	inbox    = login + `C: L2 SELECT INBOX
	S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
	S: * OK [PERMANENTFLAGS (\Answered \Deleted \Seen)] limited
	S: * 10 EXISTS
	S: * 0 RECENT
	S: * OK [UIDVALIDITY 7] ok
	S: * OK [UIDNEXT 100] ok
	S: L2 OK [READ-WRITE] done
`
)

// inboxLen is the number of messages of inbox; the next one has this id.
const inboxLen, loginLen = 11, 3

func (c *check) run(t *testing.T) {
	t.Helper()
	p := newPlayer(t)
	p.play(c.bad)
	fs := p.finish()
	f := pick(fs, c.id)
	require.NotNil(t, f, "no %s among %v", c.id, ids(fs))
	require.Equal(t, c.severity.String(), f.Severity.String(), "%s among %v", c.id, ids(fs))
	require.Equal(t, c.message, int(f.Message), "message of %s", c.id)
	require.Equal(t, c.producer, f.Producer)
	if c.text != "" {
		require.Equal(t, c.text, string(f.Span.Of(messageOf(t, c.bad, c.message))))
	}
	if c.good != "" {
		fs = play(t, c.good)
		require.Nil(t, pick(fs, c.id), "%s in the near miss: %v", c.id, ids(fs))
	}
}

// messageOf is the wire form of a message of a test session.
func messageOf(t *testing.T, text string, n int) []byte {
	t.Helper()
	var list [][]byte
	newPlayer(t).cut(text, func(m *message) { list = append(list, m.Wire) })
	return list[n]
}

func runAll(t *testing.T, checks []check) {
	t.Helper()
	for i := range checks {
		c := &checks[i]
		t.Run(c.id, func(t *testing.T) { c.run(t) })
	}
}

// silent asserts that a session has nothing above a hint.
func silent(t *testing.T, text string) {
	t.Helper()
	for _, f := range play(t, text) {
		require.LessOrEqual(t, f.Severity, diagnose.Hint, "%s in message %d %v", f.ID, f.Message, f.Args)
	}
}
