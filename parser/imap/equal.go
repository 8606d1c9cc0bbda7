package imap

// equalArgs reports whether a and b are of one type and say the same.
func equalArgs(a, b Args) bool {
	switch a := a.(type) {
	case nil:
		return b == nil
	case *LoginArgs:
		b, ok := b.(*LoginArgs)
		return ok && equalPtr(a, b)
	case *AuthenticateArgs:
		b, ok := b.(*AuthenticateArgs)
		return ok && equalPtr(a, b)
	case *IDArgs:
		b, ok := b.(*IDArgs)
		return ok && equalPtr(a, b)
	case *EnableArgs:
		b, ok := b.(*EnableArgs)
		return ok && equalPtr(a, b)
	case *WordsArgs:
		b, ok := b.(*WordsArgs)
		return ok && equalPtr(a, b)
	case *MailboxArgs:
		b, ok := b.(*MailboxArgs)
		return ok && equalPtr(a, b)
	case *SelectArgs:
		b, ok := b.(*SelectArgs)
		return ok && equalPtr(a, b)
	case *CreateArgs:
		b, ok := b.(*CreateArgs)
		return ok && equalPtr(a, b)
	case *RenameArgs:
		b, ok := b.(*RenameArgs)
		return ok && equalPtr(a, b)
	case *ListArgs:
		b, ok := b.(*ListArgs)
		return ok && equalPtr(a, b)
	case *StatusArgs:
		b, ok := b.(*StatusArgs)
		return ok && equalPtr(a, b)
	case *ACLArgs:
		b, ok := b.(*ACLArgs)
		return ok && equalPtr(a, b)
	case *QuotaArgs:
		b, ok := b.(*QuotaArgs)
		return ok && equalPtr(a, b)
	case *MetadataArgs:
		b, ok := b.(*MetadataArgs)
		return ok && equalPtr(a, b)
	case *NotifyArgs:
		b, ok := b.(*NotifyArgs)
		return ok && equalPtr(a, b)
	case *AppendArgs:
		b, ok := b.(*AppendArgs)
		return ok && equalPtr(a, b)
	case *ReplaceArgs:
		b, ok := b.(*ReplaceArgs)
		return ok && equalPtr(a, b)
	case *FetchArgs:
		b, ok := b.(*FetchArgs)
		return ok && equalPtr(a, b)
	case *StoreArgs:
		b, ok := b.(*StoreArgs)
		return ok && equalPtr(a, b)
	case *CopyArgs:
		b, ok := b.(*CopyArgs)
		return ok && equalPtr(a, b)
	case *ExpungeArgs:
		b, ok := b.(*ExpungeArgs)
		return ok && equalPtr(a, b)
	case *URLFetchArgs:
		b, ok := b.(*URLFetchArgs)
		return ok && equalPtr(a, b)
	case *ConvertArgs:
		b, ok := b.(*ConvertArgs)
		return ok && equalPtr(a, b)
	case *BatchesArgs:
		b, ok := b.(*BatchesArgs)
		return ok && equalPtr(a, b)
	case *SearchArgs:
		b, ok := b.(*SearchArgs)
		return ok && equalPtr(a, b)
	case *SortArgs:
		b, ok := b.(*SortArgs)
		return ok && equalPtr(a, b)
	case *ThreadArgs:
		b, ok := b.(*ThreadArgs)
		return ok && equalPtr(a, b)
	case *Unknown:
		b, ok := b.(*Unknown)
		return ok && equalPtr(a, b)
	}
	return false
}

// equalData reports whether a and b are of one type and say the same.
func equalData(a, b Data) bool {
	switch a := a.(type) {
	case nil:
		return b == nil
	case *Fetch:
		b, ok := b.(*Fetch)
		return ok && equalPtr(a, b)
	case *Capabilities:
		b, ok := b.(*Capabilities)
		return ok && equalPtr(a, b)
	case *List:
		b, ok := b.(*List)
		return ok && equalPtr(a, b)
	case *StatusData:
		b, ok := b.(*StatusData)
		return ok && equalPtr(a, b)
	case *NumList:
		b, ok := b.(*NumList)
		return ok && equalPtr(a, b)
	case *ESearch:
		b, ok := b.(*ESearch)
		return ok && equalPtr(a, b)
	case *Threads:
		b, ok := b.(*Threads)
		return ok && equalPtr(a, b)
	case *FlagList:
		b, ok := b.(*FlagList)
		return ok && equalPtr(a, b)
	case *Vanished:
		b, ok := b.(*Vanished)
		return ok && equalPtr(a, b)
	case *Namespace:
		b, ok := b.(*Namespace)
		return ok && equalPtr(a, b)
	case *ID:
		b, ok := b.(*ID)
		return ok && equalPtr(a, b)
	case *QuotaData:
		b, ok := b.(*QuotaData)
		return ok && equalPtr(a, b)
	case *ACL:
		b, ok := b.(*ACL)
		return ok && equalPtr(a, b)
	case *Metadata:
		b, ok := b.(*Metadata)
		return ok && equalPtr(a, b)
	case *Words:
		b, ok := b.(*Words)
		return ok && equalPtr(a, b)
	case *URLData:
		b, ok := b.(*URLData)
		return ok && equalPtr(a, b)
	case *Batches:
		b, ok := b.(*Batches)
		return ok && equalPtr(a, b)
	case *Unknown:
		b, ok := b.(*Unknown)
		return ok && equalPtr(a, b)
	}
	return false
}
