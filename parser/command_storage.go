package parser

import "github.com/imapwire/imapwire/parser/imap"

// commandStore is the storage that only commands need: one struct per type of arguments, and the slabs of their lists.
type commandStore struct {
	login        imap.LoginArgs
	authenticate imap.AuthenticateArgs
	id           imap.IDArgs
	enable       imap.EnableArgs
	mailbox      imap.MailboxArgs
	sel          imap.SelectArgs
	qresync      imap.QResync
	create       imap.CreateArgs
	rename       imap.RenameArgs
	list         imap.ListArgs
	status       imap.StatusArgs
	append       imap.AppendArgs
	replace      imap.ReplaceArgs
	fetch        imap.FetchArgs
	storeArgs    imap.StoreArgs
	copy         imap.CopyArgs
	expunge      imap.ExpungeArgs
	search       imap.SearchArgs
	sort         imap.SortArgs
	thread       imap.ThreadArgs
	acl          imap.ACLArgs
	quota        imap.QuotaArgs
	metadata     imap.MetadataArgs
	notify       imap.NotifyArgs
	urls         imap.URLFetchArgs
	convert      imap.ConvertArgs
	batches      imap.BatchesArgs
	words        imap.WordsArgs

	atts      slab[imap.FetchAtt]
	messages  slab[imap.AppendMessage]
	catenates slab[imap.CatenatePart]
	mailboxes slab[imap.Mailbox]
	keys      slab[imap.SearchKey]
	sortKeys  slab[imap.SortKey]
	scopes    slab[imap.SearchScope]
	returns   slab[imap.Param] // of SEARCH: fetch-atts with parameters of their own may stand among them
	groups    slab[imap.NotifyGroup]
	events    slab[imap.NotifyEvent]
	quotas    slab[imap.Quota]
	urlItems  slab[imap.URLItem]

	keyStack  []imap.SearchKey // keys whose list is still open
	keyFrames []keyFrame
	nameAt    int // where the name of the command begins
	returnAt  int // where RETURN could stand instead of a search key, -1 for nowhere
	charsetAt int // where CHARSET could
}

// reset takes everything back. The structs are cleared when they are handed out again.
func (s *commandStore) reset() {
	s.atts.reset()
	s.messages.reset()
	s.catenates.reset()
	s.mailboxes.reset()
	s.keys.reset()
	s.sortKeys.reset()
	s.scopes.reset()
	s.returns.reset()
	s.groups.reset()
	s.events.reset()
	s.quotas.reset()
	s.urlItems.reset()
	s.keyStack, s.keyFrames = s.keyStack[:0], s.keyFrames[:0]
}
