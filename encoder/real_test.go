package encoder_test

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/encoder"
	"github.com/imapwire/imapwire/parser/imap"
)

// need finds a program. Without it the test is skipped, unless IMAPWIRE_REQUIRE=1 says that the machine is meant to have it.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		unavailable(t, name+" is not installed")
	}
	return path
}

func unavailable(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("IMAPWIRE_REQUIRE") == "1" {
		t.Fatalf("%s, and IMAPWIRE_REQUIRE=1 wants it", why)
	}
	t.Skipf("%s; the session with it is not held", why)
}

// freePort returns a port of the loopback that nobody listens on.
func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// dovecotConfig is a configuration for any version; MAIL stands for what came to be written another way in 2.4.
const dovecotConfig = `
MAIL
protocols = imap
listen = 127.0.0.1
base_dir = DIR/run
state_dir = DIR/run
log_path = DIR/log
ssl = no
auth_mechanisms = plain
default_internal_user = INTERNAL
default_internal_group = GROUP
default_login_user = LOGIN
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  separator = /
}
`

const dovecotMail23 = `
disable_plaintext_auth = no
mail_location = maildir:DIR/mail
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=UID gid=GID home=DIR/home
}
`

// The versions come first, before any other setting.
const dovecotMail24 = `
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = DIR/mail
passdb static {
  password = secret
}
userdb static {
  fields {
    uid = UID
    gid = GID
    home = DIR/home
  }
}
`

// dovecotMail chooses by what "dovecot --version" prints, such as "2.4.1-4 (7d8c0e5759)".
func dovecotMail(version string) string {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	m, _ := strconv.Atoi(major)
	n, _ := strconv.Atoi(minor)
	if m > 2 || m == 2 && n >= 4 {
		return dovecotMail24
	}
	return dovecotMail23
}

func TestDovecotMail(t *testing.T) {
	for version, want := range map[string]string{
		"2.3.19.1 (9b53102964)\n": dovecotMail23,
		"2.2.36":                  dovecotMail23,
		"2.4.1-4 (7d8c0e5759)\n":  dovecotMail24,
		"2.10.0":                  dovecotMail24,
		"3.0.0":                   dovecotMail24,
	} {
		require.Equal(t, want, dovecotMail(version), version)
	}
}

// startDovecot runs a Dovecot with a configuration and a store of its own and returns its address.
func startDovecot(t *testing.T) string {
	t.Helper()
	bin := "/usr/sbin/dovecot"
	if _, err := os.Stat(bin); err != nil {
		bin = need(t, "dovecot")
	}
	dir, err := os.MkdirTemp("", "imapwire") // short: it holds the paths of sockets
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	me, err := user.Current()
	require.NoError(t, err)
	group, err := user.LookupGroupId(me.Gid)
	require.NoError(t, err)
	internal, groupName, login, uid, gid := me.Username, group.Name, me.Username, me.Uid, me.Gid
	if me.Uid == "0" {
		owner, err := user.Lookup("dovecot")
		if err != nil {
			unavailable(t, "Dovecot's user doesn't exist")
		}
		internal, groupName, login, uid, gid = "dovecot", "dovecot", "dovenull", owner.Uid, owner.Gid
	}
	port := freePort(t)
	version, err := exec.Command(bin, "--version").Output()
	require.NoError(t, err)
	conf := strings.NewReplacer("DIR", dir, "PORT", strconv.Itoa(port), "INTERNAL", internal, "GROUP", groupName, "LOGIN", login, "UID", uid, "GID", gid).
		Replace(strings.Replace(dovecotConfig, "MAIL", dovecotMail(string(version)), 1))
	for _, sub := range []string{"home", "mail", "run"} {
		require.NoError(t, os.Mkdir(filepath.Join(dir, sub), 0o755))
	}
	require.NoError(t, os.Chmod(dir, 0o755))
	if me.Uid == "0" {
		n, _ := strconv.Atoi(uid)
		g, _ := strconv.Atoi(gid)
		require.NoError(t, os.Chown(filepath.Join(dir, "home"), n, g))
		require.NoError(t, os.Chown(filepath.Join(dir, "mail"), n, g))
	}
	file := filepath.Join(dir, "dovecot.conf")
	require.NoError(t, os.WriteFile(file, []byte(conf), 0o644))
	cmd := exec.Command(bin, "-F", "-c", file)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	})
	addr := "127.0.0.1:" + strconv.Itoa(port)
	for range 100 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return addr
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	unavailable(t, "Dovecot doesn't start: "+out.String()+string(log))
	return ""
}

// TestDovecot holds a session with a real server: login, list, append in all forms, fetch of everything, store, search, idle, move, logout.
func TestDovecot(t *testing.T) {
	conn, err := net.Dial("tcp", startDovecot(t))
	require.NoError(t, err)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	c := newClient(conn)
	greeting, err := c.read()
	require.NoError(t, err)
	require.Equal(t, imap.OK, greeting.Status)
	n := 0
	ok := func(cmd *imap.Command) {
		t.Helper()
		n++
		cmd.Tag = imap.Tag("A" + strconv.Itoa(n))
		r, err := c.do(cmd)
		require.NoError(t, err)
		require.Equal(t, imap.OK, r.Status, "%s", r.Text)
	}
	ok(encoder.Login("", "ann", "secret"))
	ok(encoder.Command("", imap.CmdCapability, nil))
	caps, found := data[*imap.Capabilities](c)
	require.True(t, found)
	require.True(t, caps.Set.Has(imap.CapIMAP4rev1))

	ok(encoder.Command("", imap.CmdCreate, &imap.CreateArgs{Mailbox: imap.MailboxOf("Entwürfe/\"2026\"")}))
	ok(encoder.List("", "", "*"))
	names := map[string]bool{}
	for _, r := range c.seen {
		if l, ok := r.Data.(*imap.List); ok {
			names[l.Mailbox.String()] = true
		}
	}
	require.True(t, names["INBOX"] && names["Entwürfe/\"2026\""], "%v", names)

	// The same message with a literal that waits, with one that doesn't, and from a reader.
	body := "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n"
	ok(encoder.Append("", "INBOX", imap.Str(body), `\Seen`))
	require.Equal(t, imap.Continue, c.seen[0].Kind, "the server asked for the octets")
	c.w.Options = encoder.OptionsFor(caps.Set)
	require.Equal(t, encoder.Plus, c.w.Literals)
	ok(encoder.Append("", "INBOX", imap.Str(body), `\Flagged`, "$Work"))
	require.NotEqual(t, imap.Continue, c.seen[0].Kind)
	c.w.Literals = encoder.Sync
	r, err := c.do(encoder.Append("S1", "INBOX", imap.Stream(uint32(len(body)))), strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, imap.OK, r.Status)
	require.True(t, r.Code.Is(imap.CodeAppendUID))
	r, err = c.do(encoder.Append("S2", "No/Such", imap.Str(body)))
	require.NoError(t, err)
	require.Equal(t, imap.NO, r.Status)
	require.True(t, r.Code.Is(imap.CodeTryCreate))

	ok(encoder.Select("", "INBOX"))
	ok(encoder.UID(encoder.Fetch("", imap.RangesOf(imap.NumRange{Lo: 1}), append(encoder.Atts(imap.AttFlags, imap.AttUID, imap.AttInternalDate, imap.AttRFC822Size,
		imap.AttEnvelope, imap.AttBody, imap.AttBodyStructure, imap.AttRFC822Header, imap.AttModSeq), encoder.Peek(nil), encoder.Peek(imap.PartSection(1)),
		encoder.Peek(imap.HeaderFields("Subject", "To")), imap.FetchAtt{Name: imap.AttBinary, Peek: true, Section: imap.PartSection(1)},
		imap.FetchAtt{Name: imap.AttSection, Peek: true, HasPartial: true, Offset: 2, Count: 5})...)))
	fetched := 0
	for _, r := range c.seen {
		if f, ok := r.Data.(*imap.Fetch); ok {
			fetched++
			whole, ok := f.Section(nil)
			require.True(t, ok)
			require.Equal(t, body, whole.String())
			to := f.Envelope().To
			require.Equal(t, "bob@example.org", to[0].Spec())
			require.True(t, f.BodyStructure().Is("text/plain"))
			fields, ok := f.Section(imap.HeaderFields("To", "Subject"))
			require.True(t, ok)
			require.Contains(t, fields.String(), "bob@example.org")
		}
	}
	require.Equal(t, 3, fetched)

	ok(encoder.Store("", imap.SetOf(1, 2), imap.StoreAdd, `\Answered`, "$Forwarded"))
	f, found := data[*imap.Fetch](c)
	require.True(t, found)
	flags, _ := f.Flags()
	require.True(t, imap.HasFlag(flags, imap.FlagForwarded))
	ok(encoder.Search("", imap.Or(imap.TextKey(imap.KeyFrom, "ann"), imap.TextKey(imap.KeyBody, "no\r\nsuch")), imap.Not(imap.SearchKey{Op: imap.KeyDeleted})))
	found1, found := data[*imap.NumList](c)
	require.True(t, found)
	require.Equal(t, []uint32{1, 2, 3}, found1.Nums)
	search := encoder.UID(encoder.Search("", imap.TextKey(imap.KeyKeyword, "$Work")))
	search.Args.(*imap.SearchArgs).Return = imap.Params("MIN", "COUNT", "ALL")
	ok(search)
	es, found := data[*imap.ESearch](c)
	require.True(t, found)
	require.Equal(t, uint32(1), es.Count)
	require.Equal(t, "2", es.All.String())

	require.NoError(t, c.w.Command(encoder.Command("I1", imap.CmdIdle, nil)))
	require.NoError(t, c.goAhead())
	require.NoError(t, c.w.Done())
	c.tagged = nil
	for c.tagged == nil {
		_, err := c.read()
		require.NoError(t, err)
	}
	require.Equal(t, imap.OK, c.tagged.Status)

	ok(encoder.Move("", imap.SetOf(1), "Entwürfe/\"2026\""))
	ok(encoder.StatusOf("", "Entwürfe/\"2026\"", imap.StatusMessages, imap.StatusUIDNext))
	st, found := data[*imap.StatusData](c)
	require.True(t, found)
	messages, _ := st.Get(imap.StatusMessages)
	require.Equal(t, uint64(1), messages)
	ok(encoder.Command("", imap.CmdLogout, nil))
}

// listen serves on the loopback until the test ends.
func listen(t *testing.T) (addr string, s *server) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	s = newServer()
	go func() {
		for {
			conn, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err == nil {
				go s.serve(conn)
			}
		}
	}()
	return l.Addr().String(), s
}

const imaplibSession = `
import imaplib, sys
M = imaplib.IMAP4(sys.argv[1], int(sys.argv[2]))
assert 'IDLE' in M.capabilities, M.capabilities
try:
    M.login('ann', 'wrong')
    assert False
except imaplib.IMAP4.error:
    pass
M.login('ann', 'pass word')
typ, boxes = M.list()
assert typ == 'OK' and len(boxes) == 2, boxes
typ, _ = M.append('INBOX', '(\\Seen)', None, b'Subject: one\r\n\r\nHello\r\n')
assert typ == 'OK'
typ, n = M.select('"Entw&APw-rfe"')
assert typ == 'OK', n
typ, n = M.select('INBOX')
assert n == [b'1'], n
typ, found = M.search(None, 'SUBJECT', '"one"')
assert found == [b'1'], found
typ, parts = M.fetch('1', '(FLAGS RFC822.SIZE BODY.PEEK[])')
assert parts[0][1] == b'Subject: one\r\n\r\nHello\r\n', parts
typ, parts = M.uid('STORE', '1', '+FLAGS', '(\\Deleted)')
assert b'\\Deleted' in parts[0], parts
typ, _ = M.noop()
assert typ == 'OK'
M.logout()
print('session held')
`

// TestImaplib lets Python's client hold a session with the server of server_test.go.
func TestImaplib(t *testing.T) {
	python := need(t, "python3")
	addr, _ := listen(t)
	host, port, _ := net.SplitHostPort(addr)
	out, err := exec.Command(python, "-c", imaplibSession, host, port).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "session held")
}

// TestCurl lets curl append and fetch a message.
func TestCurl(t *testing.T) {
	curl := need(t, "curl")
	addr, s := listen(t)
	mail := filepath.Join(t.TempDir(), "mail.txt")
	require.NoError(t, os.WriteFile(mail, []byte("Subject: from curl\r\n\r\nHi\r\n"), 0o600))
	out, err := exec.Command(curl, "-sS", "--max-time", "20", "-u", "ann:pass word", "-T", mail, "imap://"+addr+"/INBOX").CombinedOutput()
	require.NoError(t, err, "%s", out)
	s.mu.Lock()
	require.Len(t, s.boxes["INBOX"], 1)
	require.Equal(t, "Subject: from curl\r\n\r\nHi\r\n", string(s.boxes["INBOX"][0].body))
	s.mu.Unlock()
	out, err = exec.Command(curl, "-sS", "--max-time", "20", "-u", "ann:pass word", "imap://"+addr+"/INBOX;UID=1").CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, "Subject: from curl\r\n\r\nHi\r\n", string(out))
}
