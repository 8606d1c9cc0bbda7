package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// aclArgs makes the storage of the ACL commands the arguments of the command.
func (p *Parser) aclArgs() *imap.ACLArgs {
	a := &p.commands.acl
	*a = imap.ACLArgs{}
	p.cmd.Args = a
	return a
}

// setacl = "SETACL" SP mailbox SP identifier SP mod-rights        identifier = astring        mod-rights = astring
//
// RFC 4314 §7. The sign of the rights is part of the string.
func (p *Parser) setACL() bool {
	mark := p.openCommand(syntax.KindSetacl)
	a := p.aclArgs()
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() || !p.astring(syntax.KindIdentifier, &a.Identifier) || !p.sp() ||
		!p.astring(syntax.KindModRights, &a.Rights) {
		return false
	}
	p.close(mark)
	return true
}

// deleteacl = "DELETEACL" SP mailbox SP identifier        listrights = "LISTRIGHTS" SP mailbox SP identifier
//
// RFC 4314 §7.
func (p *Parser) deleteACL(kind syntax.Kind) bool {
	mark := p.openCommand(kind)
	a := p.aclArgs()
	if !p.sp() || !p.mailboxArgument(&a.Mailbox) || !p.sp() || !p.astring(syntax.KindIdentifier, &a.Identifier) {
		return false
	}
	p.close(mark)
	return true
}

// quotaArgs makes the storage of the quota commands the arguments of the command.
func (p *Parser) quotaArgs() *imap.QuotaArgs {
	a := &p.commands.quota
	*a = imap.QuotaArgs{}
	p.cmd.Args = a
	return a
}

// getquota = "GETQUOTA" SP quota-root-name        quota-root-name = astring
//
// RFC 9208 §7.
func (p *Parser) getQuota() bool {
	mark := p.openCommand(syntax.KindGetquota)
	a := p.quotaArgs()
	if !p.sp() || !p.astring(syntax.KindQuotaRootName, &a.Root) {
		return false
	}
	p.close(mark)
	return true
}

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list        setquota-list = "(" [setquota-resource *(SP setquota-resource)] ")"
//
// RFC 9208 §7.
func (p *Parser) setQuota() bool {
	mark := p.openCommand(syntax.KindSetquota)
	a := p.quotaArgs()
	if !p.sp() || !p.astring(syntax.KindQuotaRootName, &a.Root) || !p.sp() {
		return false
	}
	ok := p.setQuotaList()
	a.Limits = p.commands.quotas.emptyList()
	if !ok {
		return false
	}
	p.close(mark)
	return true
}

func (p *Parser) setQuotaList() bool {
	mark := p.open(syntax.KindSetquotaList)
	quotas := &p.commands.quotas
	if !p.lparen() {
		return false
	}
	if p.peek() == ')' {
		p.i++
		p.close(mark)
		return true
	}
	p.besides(ExpectRParen)
	for {
		start, inner := p.i, len(p.opened)
		if !p.setQuotaResource(quotas.push()) {
			quotas.pop()
			if !p.recover(inner, start) {
				return false
			}
		}
		if !p.listMore() {
			break
		}
	}
	if p.failed() || !p.spend(quotas.open()) {
		return false
	}
	p.close(mark)
	return true
}

// setquota-resource = resource-name SP resource-limit        resource-name = "STORAGE" / … / atom        resource-limit = number64
//
// RFC 9208 §7.
func (p *Parser) setQuotaResource(q *imap.Quota) (ok bool) {
	mark := p.open(syntax.KindSetquotaResource)
	if q.Resource, ok = p.atom(syntax.KindResourceName); !ok || !p.sp() {
		return false
	}
	if q.Limit, ok = p.number64(syntax.KindResourceLimit); !ok {
		return false
	}
	p.close(mark)
	return true
}
