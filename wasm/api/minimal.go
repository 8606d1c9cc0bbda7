package api

import (
	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/wire"
)

// Minimal is the lines that a finding needs, as C: and S: lines, redacted: the greeting, the commands that brought the connection where
// it is with their answers, what belongs to the finding, and the finding's own message.
func (d *Document) Minimal(index int) ([]byte, error) {
	f := d.diagnostic(index)
	if f == nil {
		return nil, errNoMessage
	}
	wanted := map[uint32]bool{f.Message: true}
	for _, r := range f.Related {
		wanted[r] = true
	}
	d.withOwners(wanted)
	conn := d.Messages[f.Message].Conn
	state := ""
	for i := range d.Messages {
		m := &d.Messages[i]
		if m.Conn != conn || m.Kind == annotate.Noise {
			continue
		}
		if m.ID > f.Message {
			break
		}
		if now := m.State.String(); now != state || m.Kind == annotate.Greeting {
			wanted[m.ID] = true
			state = now
		}
	}
	d.withOwners(wanted)
	var text []byte
	for i := range d.Messages {
		if m := &d.Messages[i]; wanted[m.ID] && m.Conn == conn && m.Kind != annotate.Noise {
			text = appendLabelled(text, m)
		}
	}
	return annotate.Annotate(text, annotate.Options{}).Redact(redact.Options{}).Text, nil
}

// withOwners adds the command that a wanted message answers, and the answer that completes a wanted command.
func (d *Document) withOwners(wanted map[uint32]bool) {
	for i := range d.Messages {
		m := &d.Messages[i]
		if !wanted[m.ID] {
			continue
		}
		if m.Answers != annotate.None {
			wanted[m.Answers] = true
		}
	}
	for i := range d.Messages {
		m := &d.Messages[i]
		if wanted[m.ID] && m.AnsweredBy != annotate.None {
			wanted[m.AnsweredBy] = true
		}
	}
}

// appendLabelled appends a message with a label before each of its lines.
func appendLabelled(dst []byte, m *annotate.Message) []byte {
	label := "S: "
	if m.Side == wire.Client {
		label = "C: "
	}
	begin := true
	for _, c := range m.Wire {
		if begin {
			dst = append(dst, label...)
			begin = false
		}
		dst = append(dst, c)
		begin = c == '\n'
	}
	if !begin {
		dst = append(dst, '\r', '\n')
	}
	return dst
}

func (d *Document) diagnostic(index int) *annotate.Diagnostic {
	if index < 0 {
		return nil
	}
	for i := range d.Messages {
		all := d.Messages[i].Diagnostics
		if index < len(all) {
			return &all[index]
		}
		index -= len(all)
	}
	return nil
}
