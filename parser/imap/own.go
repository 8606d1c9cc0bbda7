package imap

import "bytes"

// Every type that holds memory has two methods by these patterns, and Clone and Equal are made of them:
// own replaces what the value refers to by copies of its own, equal compares what it says.

type owner[T any] interface {
	*T
	own()
}

type equaler[T any] interface {
	*T
	equal(*T) bool
}

// ownList replaces *s by a copy whose elements own their memory; nil stays nil, and empty stays empty.
func ownList[T any, P owner[T]](s *[]T) {
	if *s == nil {
		return
	}
	c := make([]T, len(*s))
	copy(c, *s)
	for i := range c {
		P(&c[i]).own()
	}
	*s = c
}

// equalList compares element by element; nil equals empty.
func equalList[T any, P equaler[T]](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !P(&a[i]).equal(&b[i]) {
			return false
		}
	}
	return true
}

// equalNilList is equalList where NIL, or nothing at all, and "()" say different things.
func equalNilList[T any, P equaler[T]](a, b []T) bool {
	return (a == nil) == (b == nil) && equalList[T, P](a, b)
}

// ownPtr replaces *p by a copy that owns its memory; nil stays nil.
func ownPtr[T any, P owner[T]](p **T) {
	if *p == nil {
		return
	}
	c := new(T)
	*c = **p
	P(c).own()
	*p = c
}

func equalPtr[T any, P equaler[T]](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return P(a).equal(b)
}

// foldEqual compares two words, ASCII letters in any case.
func foldEqual(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	if bytes.Equal(a, b) {
		return true
	}
	for i, c := range a {
		if c != b[i] && upper1(c) != upper1(b[i]) {
			return false
		}
	}
	return true
}
