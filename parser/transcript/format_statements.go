package transcript

import "bytes"

// statements is a server's log that tells about sessions in words of its own and holds nothing of what was sent. It is recognised so that the reader can be
// told what it is: its lines come back as statements about connections.
type statements struct {
	marks  []string // one of them stands in each of its lines about IMAP
	opened string
	closed string
	open   string // what stands before the session's id
	end    string // bytes that end it
	first  bool   // it stands before everything else that looks like one
}

func (s statements) dialect(id, name string) *dialect {
	return &dialect{id: id, name: name, needs: s.marks, trust: 1, bare: bareNoise, open: func(*sample) reader { return statementsReader{s} }}
}

type statementsReader struct{ statements }

func (r statementsReader) clone() reader { return r }

var statementDialects = []*dialect{
	statements{marks: []string{" imap(", "imap-login: "}, opened: "Login: ", closed: ": Disconnected", open: "<", end: ">"}.dialect("dovecot-log", "Dovecot log"),
	statements{marks: []string{" imap login:\"", " client logged in", " mail proxy ", " mail auth "}, opened: "client connected", closed: "client disconnected", open: "*", end: " "}.dialect("nginx-mail", "nginx mail proxy"),
	statements{marks: []string{" IMAP Command ", "org.apache.james.imap", "o.a.j.imap", "com.icegreen.greenmail.imap", "c.i.g.imap", "ImapHandlerStringMessage"}, opened: "Connection established", closed: "Connection closed", open: "sessionId=", end: ",;) "}.dialect("james", "Apache James, GreenMail"),
	statements{marks: []string{"imapd: LOGIN, user=", "imapd: LOGOUT, user=", "imapd: DISCONNECTED, user=", "imapd-ssl: LOGIN, user=", "imapd-ssl: LOGOUT, user="}, opened: "LOGIN,", closed: "LOGOUT,", open: "ip=[", end: "]"}.dialect("courier-log", "Courier log"),
	statements{marks: []string{"cyrus/imap", "cyr_imap"}, opened: "accepted connection", closed: "USAGE ", open: "[", end: "]", first: true}.dialect("cyrus-log", "Cyrus log"),
	statements{marks: []string{" Login user=", " Logout user=", " Autologout user=", " Login failed user=", "SSL service init from", "Command stream end of file, while"}, opened: "service init", closed: " Logout user=", open: "imapd[", end: "]"}.dialect("uw-imapd-log", "UW imapd log"),
	statements{marks: []string{" imap - "}, opened: " imap - connected", closed: " imap - dropping connection", open: "cid=", end: ";]"}.dialect("zimbra-log", "Zimbra log"),
}

func (r statementsReader) read(line []byte, e *entry) {
	t, n := findStamp(line[:min(len(line), 64)])
	if n == 0 {
		return
	}
	head := line[:min(len(line), 400)]
	found := false
	for _, m := range r.marks {
		found = found || bytes.Contains(head, []byte(m))
	}
	if !found {
		return
	}
	e.kind, e.time, e.sign = infoLine, t, true
	e.opened = bytes.Contains(head, []byte(r.opened))
	e.closed = bytes.Contains(head, []byte(r.closed))
	i := bytes.LastIndex(head, []byte(r.open))
	if r.first {
		i = bytes.Index(head, []byte(r.open))
	}
	if i >= 0 {
		id := head[i+len(r.open):]
		if j := bytes.IndexAny(id, r.end); j > 0 && j <= 64 {
			e.key = id[:j]
		}
	}
}
