package annotate

import "iter"

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

// release lets go of connections that have ended, but for what the Document says of them: a long log has many.
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
		for len(a.gone) < len(a.lines) {
			a.gone = append(a.gone, nil)
		}
		gone := a.lines[conn].describe()
		a.gone[conn] = &gone
		a.lines[conn] = nil
	}
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
