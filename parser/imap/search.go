package imap

import "iter"

// SearchArgs are the arguments of SEARCH and ESEARCH (RFC 9051 §6.4.4, RFC 7377 §2).
type SearchArgs struct {
	Return  []Param       // the result options; not nil: RETURN was written, even if empty
	Charset []byte        // nil: none was said
	Keys    []SearchKey   // all of them must match
	In      []SearchScope // the mailboxes of ESEARCH; not nil: IN (...) was written
	Update  []FetchAtt    // the items of RETURN (UPDATE (...)) (RFC 5465 §7); UPDATE itself stands in Return
}

// SortArgs are the arguments of SORT (RFC 5256 §3).
type SortArgs struct {
	SearchArgs
	Sort []SortKey
}

// SortKey is a sort criterion.
type SortKey struct {
	Name    []byte   // as written
	Args    []String // operands of ANNOTATION (RFC 5257 §4.9) and of vendors' keys
	Reverse bool
}

// SortKeyOf returns the criterion of that name.
func SortKeyOf(name string) SortKey { return SortKey{Name: []byte(name)} }

// ThreadArgs are the arguments of THREAD (RFC 5256 §3).
type ThreadArgs struct {
	SearchArgs
	Algorithm []byte // REFERENCES, ORDEREDSUBJECT, ...
}

// SearchScope is a source of ESEARCH: mailboxes, chosen by a filter, and options (RFC 7377 §2.2).
type SearchScope struct {
	Filter    []byte
	Mailboxes []Mailbox // of subtree, subtree-one and mailboxes
	Params    []Param
}

// SearchKey is a search key, with the fields for all kinds of them.
type SearchKey struct {
	Op    SearchOp
	Keys  []SearchKey // KeyAnd: any number; KeyOr: two; KeyNot, KeyFuzzy and KeyInThread: one
	Field String      // HEADER's name, MODSEQ's and ANNOTATION's entry, an unknown key's word
	Text  String      // the string, keyword, filter or id; MODSEQ's entry type, ANNOTATION's value, INTHREAD's algorithm
	Set   NumSet      // KeySet and KeyUID
	Num   uint64      // sizes, ages, mod-sequences, UIDs, Gmail's ids
	Date  Date
	Args  []Value // ANNOTATION's attribute, MIMEPART's list, the operands of an unknown key
}

// And returns the key that matches what all of k match.
func And(k ...SearchKey) SearchKey { return SearchKey{Op: KeyAnd, Keys: k} }

// Or returns the key that matches what a or b matches.
func Or(a, b SearchKey) SearchKey { return SearchKey{Op: KeyOr, Keys: []SearchKey{a, b}} }

// Not returns the key that matches what k doesn't.
func Not(k SearchKey) SearchKey { return SearchKey{Op: KeyNot, Keys: []SearchKey{k}} }

// TextKey returns a key with a string operand, such as KeyFrom or KeyKeyword.
func TextKey(op SearchOp, s string) SearchKey { return SearchKey{Op: op, Text: Str(s)} }

// DateKey returns a key with a date operand, such as KeySince.
func DateKey(op SearchOp, d Date) SearchKey { return SearchKey{Op: op, Date: d} }

// NumKey returns a key with a number operand, such as KeyLarger.
func NumKey(op SearchOp, n uint64) SearchKey { return SearchKey{Op: op, Num: n} }

// SetKey returns a key with a number set: KeySet or KeyUID.
func SetKey(op SearchOp, s NumSet) SearchKey { return SearchKey{Op: op, Set: s} }

// HeaderKey returns the key HEADER name value.
func HeaderKey(name, value string) SearchKey {
	return SearchKey{Op: KeyHeader, Field: Str(name), Text: Str(value)}
}

// Walk yields k and the keys below it, parents first, in wire order. To edit a key, edit through the pointer; a key whose Keys were replaced is
// walked with the new ones. Depth costs no recursion.
func (k *SearchKey) Walk() iter.Seq[*SearchKey] {
	return func(yield func(*SearchKey) bool) {
		if !yield(k) {
			return
		}
		var few [16][]SearchKey
		for todo := append(few[:0], k.Keys); len(todo) > 0; {
			top := len(todo) - 1
			if len(todo[top]) == 0 {
				todo = todo[:top]
				continue
			}
			next := &todo[top][0]
			todo[top] = todo[top][1:]
			if !yield(next) {
				return
			}
			if len(next.Keys) > 0 {
				todo = append(todo, next.Keys)
			}
		}
	}
}

func (*SearchArgs) args() {}
func (*SortArgs) args()   {}
func (*ThreadArgs) args() {}

func (a *SearchArgs) own() {
	ownList(&a.Return)
	a.Charset = cloneBytes(a.Charset)
	ownKeys(&a.Keys)
	ownList(&a.In)
	ownList(&a.Update)
}

// ownKeys copies the keys level by level from a stack of its own: their depth is the sender's choice.
func ownKeys(keys *[]SearchKey) {
	for todo := []*[]SearchKey{keys}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if *at == nil {
			continue
		}
		c := make([]SearchKey, len(*at))
		copy(c, *at)
		for i := range c {
			k := &c[i]
			k.Field.own()
			k.Text.own()
			k.Set.own()
			ownList(&k.Args)
			todo = append(todo, &k.Keys)
		}
		*at = c
	}
}

func (a *SortArgs) own() {
	a.SearchArgs.own()
	ownList(&a.Sort)
}

func (k *SortKey) own() {
	k.Name = cloneBytes(k.Name)
	ownList(&k.Args)
}

func (a *ThreadArgs) own() {
	a.SearchArgs.own()
	a.Algorithm = cloneBytes(a.Algorithm)
}

func (s *SearchScope) own() {
	s.Filter = cloneBytes(s.Filter)
	ownList(&s.Mailboxes)
	ownList(&s.Params)
}

func (a *SearchArgs) equal(b *SearchArgs) bool {
	return equalNilList(a.Return, b.Return) && foldEqual(a.Charset, b.Charset) && equalKeys(a.Keys, b.Keys) && equalNilList(a.In, b.In) &&
		equalList(a.Update, b.Update)
}

func equalKeys(a, b []SearchKey) bool {
	type pair struct{ a, b []SearchKey }
	var few [8]pair
	for todo := append(few[:0], pair{a, b}); len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if len(p.a) != len(p.b) {
			return false
		}
		for i := range p.a {
			x, y := &p.a[i], &p.b[i]
			if !x.same(y) {
				return false
			}
			if len(x.Keys) > 0 || len(y.Keys) > 0 {
				todo = append(todo, pair{x.Keys, y.Keys})
			}
		}
	}
	return true
}

// same compares two keys without those below them. Header names, keywords and unknown words ignore case; the text of others does not.
func (k *SearchKey) same(l *SearchKey) bool {
	if k.Op != l.Op || k.Num != l.Num || k.Date != l.Date || !k.Set.Equal(l.Set) || !equalValues(k.Args, l.Args) {
		return false
	}
	if k.Op == KeyUnknown || k.Op == KeyHeader {
		if !foldEqual(k.Field.Bytes(), l.Field.Bytes()) {
			return false
		}
	} else if !k.Field.Equal(l.Field) {
		return false
	}
	if k.Op == KeyKeyword || k.Op == KeyUnkeyword || k.Op == KeyModSeq || k.Op == KeyInThread {
		return foldEqual(k.Text.Bytes(), l.Text.Bytes())
	}
	return k.Text.Equal(l.Text)
}

func (a *SortArgs) equal(b *SortArgs) bool {
	return a.SearchArgs.equal(&b.SearchArgs) && equalList(a.Sort, b.Sort)
}

func (k *SortKey) equal(l *SortKey) bool {
	return foldEqual(k.Name, l.Name) && k.Reverse == l.Reverse && equalList(k.Args, l.Args)
}

func (a *ThreadArgs) equal(b *ThreadArgs) bool {
	return a.SearchArgs.equal(&b.SearchArgs) && foldEqual(a.Algorithm, b.Algorithm)
}

func (s *SearchScope) equal(t *SearchScope) bool {
	return foldEqual(s.Filter, t.Filter) && equalList(s.Mailboxes, t.Mailboxes) && equalList(s.Params, t.Params)
}
