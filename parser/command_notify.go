package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// notify = "NOTIFY" SP (notify-set / notify-none)
//
//	notify-set = "SET" [status-indicator] SP event-groups        status-indicator = SP "STATUS"        notify-none = "NONE"
//
// RFC 5465 §8.
func (p *Parser) notify() bool {
	mark := p.openCommand(syntax.KindNotify)
	a := &p.commands.notify
	*a = imap.NotifyArgs{}
	p.cmd.Args = a
	if !p.sp() {
		return false
	}
	set := p.open(syntax.KindNotifySet)
	switch p.wordOf(syntax.KindKeyword, "SET", "NONE") {
	case 0:
		if !p.sp() {
			return false
		}
		if p.peek() != '(' {
			start := p.i
			if !p.isWord("STATUS") {
				return p.failWord(ExpectLParen|ExpectWord, "STATUS")
			}
			p.i += len("STATUS")
			p.leaf(syntax.KindStatusIndicator, start)
			a.Status = true
			if !p.sp() {
				return false
			}
		}
		ok := p.eventGroups()
		a.Groups = p.commands.groups.list()
		if !ok {
			return false
		}
	case 1:
		p.becomes(syntax.KindNotifyNone)
	default:
		return false
	}
	p.close(set)
	p.close(mark)
	return true
}

// event-groups = event-group *(SP event-group)
//
// RFC 5465 §8. The groups are the open list of p.commands.groups.
func (p *Parser) eventGroups() bool {
	mark := p.open(syntax.KindEventGroups)
	groups := &p.commands.groups
	for {
		start, inner := p.i, len(p.opened)
		if !p.eventGroup(groups.push()) {
			groups.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.more() {
			break
		}
	}
	if !p.endOf() || !p.spend(groups.open()) {
		return false
	}
	p.close(mark)
	return true
}

// event-group = "(" filter-mailboxes SP events ")"
//
// RFC 5465 §8.
func (p *Parser) eventGroup(g *imap.NotifyGroup) (ok bool) {
	mark := p.open(syntax.KindEventGroup)
	if !p.lparen() {
		return false
	}
	if g.Filter, g.Mailboxes, ok = p.filterMailboxes(notifyFilters); !ok || !p.sp() {
		return false
	}
	ok = p.notifyEvents(g)
	if !ok || !p.rparen() {
		return false
	}
	p.close(mark)
	return true
}

// events = ("(" event *(SP event) ")") / "NONE"
//
// RFC 5465 §8. Events is nil for NONE. QuirkUnparenthesizedItems takes events without parentheses, as two examples of RFC 5465 §4 have them.
func (p *Parser) notifyEvents(g *imap.NotifyGroup) bool {
	mark := p.open(syntax.KindEvents)
	bare := false
	switch {
	case p.peek() == '(':
		p.lparen()
	case p.isWord("NONE"):
		p.word("NONE")
		p.close(mark)
		return true
	case class[p.peek()]&clsAtom != 0 && p.quirk(QuirkUnparenthesizedItems, p.i, p.i+1):
		bare = true
	default:
		return p.failWord(ExpectLParen|ExpectWord, "NONE")
	}
	events := &p.commands.events
	ok := true
	for {
		start, inner := p.i, len(p.opened)
		if last := events.used - 1; events.open() > 0 && events.chunk[last].Atts == nil && wire.EqualFold(events.chunk[last].Name, "MessageNew") {
			p.besides(ExpectLParen)
		}
		if !p.notifyEvent(events.push()) {
			events.pop()
			if ok = p.recover(inner, start); !ok {
				break
			}
		}
		if bare && p.peek() == ')' {
			break // of the group
		}
		if !p.listMore() {
			ok = !p.failed()
			break
		}
	}
	ok = ok && p.spend(events.open())
	g.Events = events.list()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

// event = message-event / mailbox-event / user-event / event-ext
//
//	message-event = ("MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"]) / "MessageExpunge" / "FlagChange" / "AnnotationChange"
//	event-ext     = atom
//
// RFC 5465 §8.
func (p *Parser) notifyEvent(e *imap.NotifyEvent) (ok bool) {
	mark := p.open(syntax.KindEvent)
	if e.Name, ok = p.atom(0); !ok {
		return false
	}
	switch {
	case wire.EqualFold(e.Name, "MessageNew"), wire.EqualFold(e.Name, "MessageExpunge"), wire.EqualFold(e.Name, "FlagChange"),
		wire.EqualFold(e.Name, "AnnotationChange"):
		p.becomes(syntax.KindMessageEvent)
	case wire.EqualFold(e.Name, "MailboxName"), wire.EqualFold(e.Name, "SubscriptionChange"), wire.EqualFold(e.Name, "MailboxMetadataChange"),
		wire.EqualFold(e.Name, "ServerMetadataChange"):
	default:
		p.becomes(syntax.KindEventExt)
	}
	if p.peek() == ' ' && p.peekAt(1) == '(' && wire.EqualFold(e.Name, "MessageNew") {
		p.i++
		ok = p.fetchAttList(syntax.KindFetchAtts)
		e.Atts = p.commands.atts.list()
		if !ok {
			return false
		}
	}
	p.close(mark)
	return true
}
