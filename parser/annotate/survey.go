package annotate

import (
	"iter"

	"github.com/imapwire/imapwire/parser/diagnose"
)

// Survey is what only the end of a text tells about its messages: which answer a command got long after it, what was found about a message later, whose
// fault that is. With it a stream is as complete as a Document, for a second pass over the text instead of the memory for all messages.
type Survey struct {
	src      []byte
	doc      *Document
	answered map[uint32]uint32             // commands whose answer came when they had gone
	late     map[uint32][]diagnose.Finding // by message: what was found about it when it had gone
	parties  []diagnose.Parties            // by connection
	done     bool
}

// Look reads all of src, which must not change while the Survey is used.
func Look(src []byte, o Options) *Survey {
	s := &Survey{src: src, answered: map[uint32]uint32{}, late: map[uint32][]diagnose.Finding{}}
	a := Begin(src, o)
	a.survey, s.doc = s, a.doc
	for range a.Messages() {
	}
	s.done = true
	return s
}

// Document says what the text is as a whole. It has no messages, but reads those again that Messages yields.
func (s *Survey) Document() *Document { return s.doc }

// Messages yields what the messages of a Document of the text are, in order. Each is valid for one step. It can be called once.
func (s *Survey) Messages() iter.Seq[*Message] {
	return func(yield func(*Message) bool) {
		a := Begin(s.src, s.doc.options)
		a.survey = s
		for m := range a.Messages() {
			if !yield(s.complete(m)) {
				return
			}
		}
	}
}

// complete adds what became known when m had gone.
func (s *Survey) complete(m *Message) *Message {
	if by, ok := s.answered[m.ID]; ok {
		m.AnsweredBy = by
	}
	for _, f := range s.late[m.ID] {
		m.file(f, None)
	}
	for i := range m.Diagnostics {
		s.parties[m.Conn].Attribute(&m.Diagnostics[i].Finding)
	}
	return m
}

// meet notes who talks on a connection that has ended.
func (s *Survey) meet(conn int, d *diagnose.Doctor) {
	if s == nil || s.done {
		return
	}
	for len(s.parties) <= conn {
		s.parties = append(s.parties, diagnose.Parties{})
	}
	s.parties[conn] = d.Parties()
}

// answer notes that a command is answered which has gone.
func (s *Survey) answer(command, by uint32) {
	if s != nil && !s.done {
		s.answered[command] = by
	}
}

// find notes a finding about a message that has gone, and reports whether the Survey tells it.
func (s *Survey) find(f *diagnose.Finding) bool {
	if s != nil && !s.done {
		s.late[f.Message] = append(s.late[f.Message], *f)
	}
	return s != nil
}
