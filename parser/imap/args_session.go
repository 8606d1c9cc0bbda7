package imap

// LoginArgs are the arguments of LOGIN (RFC 9051 §6.2.3).
type LoginArgs struct{ User, Password String }

// AuthenticateArgs are the arguments of AUTHENTICATE (RFC 9051 §6.2.2). The lines that follow are no part of the command.
type AuthenticateArgs struct {
	Mechanism  []byte
	Initial    AuthData // the initial response (RFC 4959 §3); "=" on the wire is an empty one
	HasInitial bool
}

// IDArgs are the arguments of ID (RFC 2971 §3.1); nil Pairs is NIL.
type IDArgs struct{ Pairs []Pair }

// EnableArgs are the arguments of ENABLE (RFC 5161 §3.1).
type EnableArgs struct{ Caps []Capability }

// WordsArgs are the arguments of the commands that take a list of strings: LANGUAGE and COMPARATOR (RFC 5255 §3.2, §4.7), COMPRESS
// (RFC 4978 §3), CANCELUPDATE (RFC 5267 §4.3.5), GENURLAUTH and RESETKEY (RFC 4467 §7: URL and mechanism in turn; a mailbox, then
// mechanisms), CONVERSIONS (RFC 5259 §5.1: source and target type).
type WordsArgs struct{ Words []String }

func (*LoginArgs) args()        {}
func (*AuthenticateArgs) args() {}
func (*IDArgs) args()           {}
func (*EnableArgs) args()       {}
func (*WordsArgs) args()        {}

func (a *LoginArgs) own()        { a.User.own(); a.Password.own() }
func (a *AuthenticateArgs) own() { a.Mechanism = cloneBytes(a.Mechanism); a.Initial.own() }
func (a *IDArgs) own()           { ownList(&a.Pairs) }
func (a *EnableArgs) own()       { ownList(&a.Caps) }
func (a *WordsArgs) own()        { ownList(&a.Words) }

func (a *LoginArgs) equal(b *LoginArgs) bool {
	return a.User.Equal(b.User) && a.Password.Equal(b.Password)
}

func (a *AuthenticateArgs) equal(b *AuthenticateArgs) bool {
	return foldEqual(a.Mechanism, b.Mechanism) && a.HasInitial == b.HasInitial && (!a.HasInitial || a.Initial.equal(&b.Initial))
}

func (a *IDArgs) equal(b *IDArgs) bool         { return equalNilList(a.Pairs, b.Pairs) }
func (a *EnableArgs) equal(b *EnableArgs) bool { return equalList(a.Caps, b.Caps) }
func (a *WordsArgs) equal(b *WordsArgs) bool   { return equalList(a.Words, b.Words) }
