package imap

import (
	"bytes"

	"github.com/imapwire/imapwire/parser/wire"
)

// Pair is a name and a value: of ID, of body parameters, of metadata entries.
type Pair struct{ Key, Value String }

func (p *Pair) own()               { p.Key.own(); p.Value.own() }
func (p *Pair) equal(q *Pair) bool { return p.Key.Equal(q.Key) && p.Value.Equal(q.Value) }

// equalFoldPairs compares pairs whose keys ignore case, as those of body parameters do (RFC 2045 §5.1).
func equalFoldPairs(a, b []Pair) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !foldEqual(a[i].Key.Bytes(), b[i].Key.Bytes()) || !a[i].Value.Equal(b[i].Value) {
			return false
		}
	}
	return true
}

// Value is a value of the generic syntax (RFC 4466 §3, tagged-ext-val): a string, number or atom in Str, or a list.
type Value struct {
	Str    String
	List   []Value
	IsList bool
}

// ValueOf returns the value of a bare word or number.
func ValueOf(word string) Value { return Value{Str: String{Raw: []byte(word), Form: FormAtom}} }

// ListOf returns the list of vs.
func ListOf(vs ...Value) Value { return Value{List: vs, IsList: true} }

// Clone returns v with memory of its own.
func (v Value) Clone() Value {
	v.own()
	return v
}

// Equal reports whether v and w are the same value, whatever the forms of their strings.
func (v Value) Equal(w Value) bool { return equalValues([]Value{v}, []Value{w}) }

// own copies lists level by level from a stack of its own: their depth is the sender's choice.
func (v *Value) own() {
	v.Str.own()
	if !v.IsList {
		v.List = nil
		return
	}
	for todo := []*[]Value{&v.List}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if *at == nil {
			continue
		}
		c := make([]Value, len(*at))
		copy(c, *at)
		for i := range c {
			c[i].Str.own()
			if c[i].IsList {
				todo = append(todo, &c[i].List)
			}
		}
		*at = c
	}
}

// equalValues compares two lists of values, with a stack of its own as own has.
func equalValues(a, b []Value) bool {
	type pair struct{ a, b []Value }
	var few [8]pair
	for todo := append(few[:0], pair{a, b}); len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if len(p.a) != len(p.b) {
			return false
		}
		for i := range p.a {
			x, y := &p.a[i], &p.b[i]
			if x.IsList != y.IsList {
				return false
			}
			if x.IsList {
				todo = append(todo, pair{x.List, y.List})
			} else if !x.Str.Equal(y.Str) {
				return false
			}
		}
	}
	return true
}

// Param is a labelled parameter of an extension: label [SP value] (RFC 4466 §3). Options such as those of RETURN are params too.
type Param struct {
	Name     []byte // as written
	Value    Value
	HasValue bool
	Span     wire.Span
}

// ParamOf returns a parameter without a value.
func ParamOf(name string) Param { return Param{Name: []byte(name)} }

// ParamWith returns a parameter with a value.
func ParamWith(name string, v Value) Param {
	return Param{Name: []byte(name), Value: v, HasValue: true}
}

// Params returns parameters without values: Params("MIN", "COUNT"). Without names it returns an empty list, which is "()".
func Params(names ...string) []Param {
	ps := make([]Param, len(names))
	for i, n := range names {
		ps[i] = ParamOf(n)
	}
	return ps
}

// Is reports whether the parameter has that name, in any case.
func (p *Param) Is(name string) bool { return wire.EqualFold(p.Name, name) }

func (p *Param) own() {
	p.Name = cloneBytes(p.Name)
	p.Value.own()
}

func (p *Param) equal(q *Param) bool {
	return foldEqual(p.Name, q.Name) && p.HasValue == q.HasValue && (!p.HasValue || p.Value.Equal(q.Value))
}

// Unknown is a command, response, item or parameter that the package has no type for: its words in the generic syntax.
type Unknown struct {
	Name   []byte  // as written
	Values []Value // what follows; nil where it is not in the generic syntax
	Raw    []byte  // all bytes after the name
}

func (*Unknown) args() {}
func (*Unknown) data() {}

func (u *Unknown) own() {
	u.Name = cloneBytes(u.Name)
	u.Raw = cloneBytes(u.Raw)
	ownList(&u.Values)
}

func (u *Unknown) equal(v *Unknown) bool {
	if !foldEqual(u.Name, v.Name) {
		return false
	}
	if u.Values == nil && v.Values == nil {
		return bytes.Equal(bytes.TrimLeft(u.Raw, " "), bytes.TrimLeft(v.Raw, " "))
	}
	return equalValues(u.Values, v.Values)
}
