package annotate

import (
	"iter"
	"strings"
)

// How far Messages looks ahead for the answer to a command before it yields the command without.
const (
	windowMessages = 4096
	windowOctets   = 4 << 20
)

// releaseReach is how many messages back the findings of a connection that ended are told which product they concern.
const releaseReach = 512

// Messages annotates src and yields its messages in order, each when nothing more will become known about it: a command when it is
// answered, or when more than 4096 messages or 4 MiB of them wait for its answer. Memory beside src is bounded by that, whatever the
// length of src. A message, and all that it refers to, is valid for one step. A finding about a message that was yielded before comes
// with a later message; its Message field tells.
func Messages(src []byte, o Options) iter.Seq[*Message] { return Begin(src, o).Messages() }

// Messages is the function of that name over what Begin opened. Document tells what the whole text is meanwhile, and reads messages again
// that were yielded; its own list of them is only the window. It can't be used after a Step, or twice.
func (a *Annotator) Messages() iter.Seq[*Message] {
	return func(yield func(*Message) bool) {
		a.stream = true
		octets := 0
		for a.next() {
			octets += len(a.doc.Messages[len(a.doc.Messages)-1].Wire)
			a.release()
			if !a.drop(&octets, false, yield) {
				return
			}
		}
		a.finish()
		a.describe()
		a.drop(&octets, true, yield)
	}
}

// release lets go of connections that have ended, but for what the Document says of them, and of that their capabilities: a long log has many.
func (a *Annotator) release() {
	for _, conn := range a.scan.Ended() {
		if int(conn) >= len(a.lines) || a.lines[conn] == nil {
			continue
		}
		a.end(int(conn))
		for i := max(a.head, len(a.doc.Messages)-releaseReach); i < len(a.doc.Messages); i++ {
			if a.doc.Messages[i].Conn == conn {
				a.attribute(a.doc.Messages[i : i+1])
			}
		}
		a.list(int(conn) + 1)
		c := &a.doc.Connections[conn]
		*c = a.lines[conn].describe()
		c.Conn, c.Why, c.Caps = a.scan.Conns()[conn], a.alike(c.Why), nil
		a.lines[conn] = nil
	}
}

// maxAlike bounds what is kept to find what is alike.
const maxAlike = 1 << 10

// alike is a list of reasons like why, one for all connections that have the same: most logs of many connections are about one server.
func (a *Annotator) alike(why []string) []string {
	key := strings.Join(why, " ")
	if known, ok := a.whys[key]; ok {
		return known
	}
	if a.whys == nil {
		a.whys = map[string][]string{}
	}
	if len(a.whys) < maxAlike {
		a.whys[key] = why
	}
	return why
}

// drop yields what is done at the head of the window, or must go; the newest message stays, so that there is one to tell with what is found at the end.
// octets counts those in the window.
func (a *Annotator) drop(octets *int, all bool, yield func(*Message) bool) bool {
	for ; a.head < len(a.doc.Messages)-1 || all && a.head < len(a.doc.Messages); a.head++ {
		m := &a.doc.Messages[a.head]
		held := len(a.doc.Messages) - a.head
		if waits := m.Kind == Command && m.AnsweredBy == None && held < windowMessages && *octets < windowOctets; waits && !all {
			break
		}
		*octets -= len(m.Wire)
		if !yield(m) {
			return false
		}
	}
	if a.head > len(a.doc.Messages)/2 { // so that each message is moved at most once on average
		n := copy(a.doc.Messages, a.doc.Messages[a.head:])
		clear(a.doc.Messages[n:])
		a.doc.Messages = a.doc.Messages[:n]
		a.first += uint32(a.head)
		a.head = 0
	}
	return true
}
