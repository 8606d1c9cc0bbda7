package encoder_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"sync"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
)

// server is a small IMAP server with one account, written with this package and the parser: enough for real clients to hold a session.
type server struct {
	mu    sync.Mutex
	boxes map[string][]message
}

type message struct {
	uid   uint32
	flags imap.FlagSet
	body  []byte
}

func newServer() *server {
	return &server{boxes: map[string][]message{"INBOX": nil, "Entwürfe": nil}}
}

// session is one connection.
type session struct {
	*server
	r      *parser.Reader
	w      *encoder.Writer
	name   string // the selected mailbox
	logged bool
}

var errNo = errors.New("not possible")

// serve holds one session.
func (s *server) serve(conn net.Conn) {
	defer conn.Close()
	c := &session{server: s, r: parser.NewReader(conn), w: encoder.NewWriter(conn)}
	c.r.Continue = func() error { return c.w.Continue("go on") }
	c.w.Response(encoder.Status("", imap.OK, "ready"))
	c.w.Flush()
	for {
		cmd, err := c.r.ReadCommand()
		if cmd == nil {
			return // the connection is gone
		}
		if err == nil {
			s.mu.Lock()
			err = c.answer(cmd)
			s.mu.Unlock()
		}
		status, text := imap.OK, "done"
		var syntax *parser.Error
		switch {
		case errors.As(err, &syntax):
			status, text = imap.BAD, strings.ReplaceAll(err.Error(), "[", "(")
		case err != nil:
			status, text = imap.NO, err.Error()
		}
		c.w.Response(encoder.Status(cmd.Tag.String(), status, text))
		if c.w.Flush() != nil || cmd.Name == imap.CmdLogout {
			return
		}
	}
}

// answer writes the data of a command.
func (c *session) answer(cmd *imap.Command) error {
	switch cmd.Name {
	case imap.CmdCapability:
		return c.w.Response(encoder.Capability("IMAP4rev1", "LITERAL+", "SASL-IR", "IDLE", "AUTH=PLAIN", "MOVE"))
	case imap.CmdNoop, imap.CmdCheck, imap.CmdClose:
		return nil
	case imap.CmdLogout:
		return c.w.Response(encoder.Status("", imap.BYE, "bye"))
	case imap.CmdLogin:
		a := cmd.Args.(*imap.LoginArgs)
		return c.login(a.User.String(), a.Password.String())
	case imap.CmdAuthenticate:
		return c.authenticate(cmd.Args.(*imap.AuthenticateArgs))
	}
	if !c.logged {
		return errNo
	}
	switch a := cmd.Args.(type) {
	case nil:
		if cmd.Name == imap.CmdIdle {
			if err := c.w.Continue("idling"); err != nil {
				return err
			}
			return c.r.ReadIdleDone()
		}
	case *imap.ListArgs:
		for name := range c.boxes {
			if err := c.w.Response(encoder.ListData(name, '/', `\HasNoChildren`)); err != nil {
				return err
			}
		}
		return nil
	case *imap.SelectArgs:
		return c.selectBox(a.Mailbox.String())
	case *imap.AppendArgs:
		for _, m := range a.Messages {
			c.boxes[a.Mailbox.String()] = append(c.boxes[a.Mailbox.String()],
				message{uid: uint32(len(c.boxes[a.Mailbox.String()]) + 1), flags: imap.FlagSetOf(m.Flags), body: m.Data.Clone().Bytes()})
		}
		return nil
	case *imap.SearchArgs:
		return c.search(a, cmd.UID)
	case *imap.FetchArgs:
		return c.each(a.Set, cmd.UID, func(n uint32, m *message) error { return c.fetch(n, m, a.Atts, cmd.UID) })
	case *imap.StoreArgs:
		return c.each(a.Set, cmd.UID, func(n uint32, m *message) error {
			m.flags.Apply(a.Op, a.Flags)
			return c.w.Response(encoder.FetchData(n, imap.FetchData{Name: imap.AttFlags, Flags: m.flags.AppendFlags(nil)}))
		})
	}
	return errNo
}

func (c *session) login(user, password string) error {
	if user != "ann" || password != "pass word" {
		return errNo
	}
	c.logged = true
	return nil
}

func (c *session) authenticate(a *imap.AuthenticateArgs) error {
	initial := a.Initial
	if !a.HasInitial {
		if err := c.w.Challenge(nil); err != nil {
			return err
		}
		var err error
		if initial, err = c.r.ReadAuthLine(); err != nil || initial.Cancel {
			return errNo
		}
	}
	b, err := initial.Append(nil)
	if parts := strings.Split(string(b), "\x00"); err == nil && len(parts) == 3 {
		return c.login(parts[1], parts[2])
	}
	return errNo
}

func (c *session) selectBox(name string) error {
	box, ok := c.boxes[name]
	if !ok {
		return errNo
	}
	c.name = name
	c.w.Response(encoder.Data(imap.RespFlags, &imap.FlagList{Flags: imap.Flags(`\Seen`, `\Deleted`)}))
	c.w.Response(encoder.Number(uint32(len(box)), imap.RespExists))
	return c.w.Status(nil, imap.OK, &imap.Code{Name: imap.CodeUIDValidity, Num: 7}, "UIDs valid")
}

// each calls do for the messages of a set.
func (c *session) each(set imap.NumSet, uid bool, do func(n uint32, m *message) error) error {
	box := c.boxes[c.name]
	for i := range box {
		n, last := uint32(i+1), uint32(len(box))
		if uid {
			n, last = box[i].uid, box[len(box)-1].uid
		}
		if set.Contains(n, last) {
			if err := do(uint32(i+1), &box[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *session) fetch(n uint32, m *message, atts []imap.FetchAtt, uid bool) error {
	var items []imap.FetchData
	if uid {
		items = append(items, imap.FetchData{Name: imap.AttUID, Num: uint64(m.uid)})
	}
	for _, a := range atts {
		d := imap.FetchData{Name: a.Name, Section: a.Section}
		switch a.Name {
		case imap.AttFlags:
			d.Flags = m.flags.AppendFlags(nil)
		case imap.AttRFC822Size:
			d.Num = uint64(len(m.body))
		case imap.AttSection, imap.AttRFC822:
			d.Str = imap.Bytes(m.body)
			if !a.Section.IsZero() {
				_, text, _ := bytes.Cut(m.body, []byte("\r\n\r\n"))
				d.Str = imap.Bytes(text)
			}
		default:
			continue
		}
		items = append(items, d)
	}
	return c.w.Response(encoder.FetchData(n, items...))
}

func (c *session) search(a *imap.SearchArgs, uid bool) error {
	var found []uint32
	for i, m := range c.boxes[c.name] {
		ok := true
		for _, k := range a.Keys {
			switch k.Op {
			case imap.KeySubject, imap.KeyText, imap.KeyBody, imap.KeyFrom:
				ok = ok && bytes.Contains(m.body, k.Text.Bytes())
			case imap.KeySeen:
				ok = ok && m.flags.Has(imap.FlagSeen)
			}
		}
		if ok && uid {
			found = append(found, m.uid)
		} else if ok {
			found = append(found, uint32(i+1))
		}
	}
	return c.w.Response(encoder.SearchData(found...))
}

// client is a small client: it sends a command and gathers the responses up to its completion.
type client struct {
	r      *parser.Reader
	w      *encoder.Writer
	seen   []*imap.Response
	tagged *imap.Response
}

func newClient(conn io.ReadWriter) *client {
	c := &client{r: parser.NewReader(conn), w: encoder.NewWriter(conn)}
	c.w.Wait = c.goAhead
	return c
}

var errRefused = errors.New("the server refused the literal")

// goAhead reads until the server asks for a literal's octets, or refuses them.
func (c *client) goAhead() error {
	for {
		r, err := c.read()
		switch {
		case err != nil:
			return err
		case r.Kind == imap.Continue:
			return nil
		case r.Kind == imap.Tagged:
			return errRefused
		}
	}
}

func (c *client) read() (*imap.Response, error) {
	r, err := c.r.ReadResponse()
	if err != nil {
		return nil, err
	}
	r = r.Clone()
	c.seen = append(c.seen, r)
	if r.Kind == imap.Tagged {
		c.tagged = r
	}
	return r, nil
}

// do sends a command and returns its completion; what else came is in seen.
func (c *client) do(cmd *imap.Command, bodies ...io.Reader) (*imap.Response, error) {
	c.seen, c.tagged = c.seen[:0], nil
	if err := c.w.Command(cmd, bodies...); err != nil && !errors.Is(err, errRefused) {
		return nil, err
	}
	for c.tagged == nil {
		if _, err := c.read(); err != nil {
			return nil, err
		}
	}
	return c.tagged, nil
}

// data returns the data of a response of the last command.
func data[T imap.Data](c *client) (d T, ok bool) {
	for _, r := range c.seen {
		if d, ok = r.Data.(T); ok {
			return d, true
		}
	}
	return d, false
}
