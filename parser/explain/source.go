package explain

import (
	"strconv"
	"strings"
)

// SourceError is a fault in a file of words.
type SourceError struct {
	File  string // "en/kinds.txt"
	Line  int    // 1-based
	Fault string
}

func (e *SourceError) Error() string { return e.File + ":" + strconv.Itoa(e.Line) + ": " + e.Fault }

// ParseSource reads a file of words: blocks separated by empty lines, each line of a block being "field: text". The fields are id, which comes first,
// short, long, client, server, abnf and rfc. A line that begins with "#" is a comment. file names it in errors.
func ParseSource(file, text string) ([]Entry, error) {
	var entries []Entry
	var e *Entry
	seen := make(map[string]bool)
	line := 0
	for text != "" {
		var l string
		l, text, _ = strings.Cut(text, "\n")
		l = strings.TrimRight(l, " \t\r")
		line++
		fail := func(fault string) ([]Entry, error) { return nil, &SourceError{file, line, fault} }
		if l == "" {
			e = nil
			continue
		}
		if l[0] == '#' {
			continue
		}
		field, value, ok := strings.Cut(l, ":")
		value = strings.TrimSpace(value)
		if !ok || value == "" {
			return fail("expected \"field: text\"")
		}
		if field == "id" {
			if e != nil {
				return fail("two ids in one block; an empty line is missing before the second")
			}
			id := foldString(value)
			if seen[id] {
				return fail("the id " + value + " is there already")
			}
			seen[id] = true
			entries = append(entries, Entry{ID: value})
			e = &entries[len(entries)-1]
			continue
		}
		if e == nil {
			return fail("a block begins with its id")
		}
		f := e.field(field)
		switch {
		case f == nil:
			return fail("unknown field " + field)
		case *f != "":
			return fail("the field " + field + " is there twice")
		}
		*f = value
	}
	return entries, nil
}

// field is the place of a field's text, nil if there is no such field.
func (e *Entry) field(name string) *string {
	switch name {
	case "short":
		return &e.Short
	case "long":
		return &e.Long
	case "client":
		return &e.Client
	case "server":
		return &e.Server
	case "abnf":
		return &e.ABNF
	case "rfc":
		return &e.Refs
	}
	return nil
}

// foldString lowers ASCII letters only, so that ids sort the same for every language.
func foldString(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower(c)
	}
	return string(b)
}
