package imap

// cloneArgs returns a copy of a that owns its memory.
func cloneArgs(a Args) Args {
	switch a := a.(type) {
	case *LoginArgs:
		return cloned(a)
	case *AuthenticateArgs:
		return cloned(a)
	case *IDArgs:
		return cloned(a)
	case *EnableArgs:
		return cloned(a)
	case *WordsArgs:
		return cloned(a)
	case *MailboxArgs:
		return cloned(a)
	case *SelectArgs:
		return cloned(a)
	case *CreateArgs:
		return cloned(a)
	case *RenameArgs:
		return cloned(a)
	case *ListArgs:
		return cloned(a)
	case *StatusArgs:
		return cloned(a)
	case *ACLArgs:
		return cloned(a)
	case *QuotaArgs:
		return cloned(a)
	case *MetadataArgs:
		return cloned(a)
	case *NotifyArgs:
		return cloned(a)
	case *AppendArgs:
		return cloned(a)
	case *ReplaceArgs:
		return cloned(a)
	case *FetchArgs:
		return cloned(a)
	case *StoreArgs:
		return cloned(a)
	case *CopyArgs:
		return cloned(a)
	case *ExpungeArgs:
		return cloned(a)
	case *URLFetchArgs:
		return cloned(a)
	case *ConvertArgs:
		return cloned(a)
	case *BatchesArgs:
		return cloned(a)
	case *SearchArgs:
		return cloned(a)
	case *SortArgs:
		return cloned(a)
	case *ThreadArgs:
		return cloned(a)
	case *Unknown:
		return cloned(a)
	}
	return nil
}

// cloneData returns a copy of d that owns its memory.
func cloneData(d Data) Data {
	switch d := d.(type) {
	case *Fetch:
		return cloned(d)
	case *Capabilities:
		return cloned(d)
	case *List:
		return cloned(d)
	case *StatusData:
		return cloned(d)
	case *NumList:
		return cloned(d)
	case *ESearch:
		return cloned(d)
	case *Threads:
		return cloned(d)
	case *FlagList:
		return cloned(d)
	case *Vanished:
		return cloned(d)
	case *Namespace:
		return cloned(d)
	case *ID:
		return cloned(d)
	case *QuotaData:
		return cloned(d)
	case *ACL:
		return cloned(d)
	case *Metadata:
		return cloned(d)
	case *Words:
		return cloned(d)
	case *URLData:
		return cloned(d)
	case *Batches:
		return cloned(d)
	case *Unknown:
		return cloned(d)
	}
	return nil
}

// cloned returns a copy of *p that owns its memory. A nil pointer has no place in an Args or Data; it comes back as the zero value.
func cloned[T any, P owner[T]](p P) P {
	c := P(new(T))
	if p != nil {
		*c = *p
	}
	c.own()
	return c
}
