// Package corpus holds the test data of the project: wire vectors in a form that any language can read, the list of IMAP constructs that they
// cover, and pasted transcripts with what is to be found in them.
//
// It is imported by tests only, and imports nothing of the module. What the iterators yield is read only.
//
// # Vectors
//
// vectors/*.json, one file per area of the protocol. A group has tests of one ABNF rule and one side of the connection. A test is one whole
// message: In, or InHex where bytes above 0x7F occur. Its Result says what the strict grammar makes of it:
//
//	valid       accepted
//	invalid     refused with the error Code at offset Off, the first byte that cannot continue any valid message
//	acceptable  refused by the strict grammar, accepted by the lenient one, which notes the quirks that Flags names
//	incomplete  the beginning of a valid message
//
// Flags besides quirks: utf8 and uidonly (that was enabled), auth and idle (what the line is a line of). Covers names the constructs of
// constructs.tsv that the test is a case of, Source where the syntax is defined. Canonical is what an encoder writes for the value, absent when
// that is In itself or was not looked at. Ids are never reused: those of tests that are gone stand in retired.txt.
//
// # Findings
//
// findings.json has the deviations that were seen in the wild: per deviation a session in which a finding must name it, with the product if one is
// known for it, and a near miss, which differs little and must not be called so.
package corpus

import (
	"embed"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
)

//go:embed vectors findings.json constructs.tsv retired.txt
var files embed.FS

// Results of a Test.
const (
	Valid      = "valid"
	Invalid    = "invalid"
	Acceptable = "acceptable"
	Incomplete = "incomplete"
)

// Area is one file of vectors.
type Area struct {
	Schema int     `json:"schema"`
	Area   string  `json:"area"`
	Notes  string  `json:"notes"`
	Groups []Group `json:"groups"`
}

// Group is the tests of one rule and one side, "client" or "server".
type Group struct {
	Rule  string `json:"rule"`
	Side  string `json:"side"`
	Tests []Test `json:"tests"`
}

// Test is one vector; the package's documentation says what its values mean.
type Test struct {
	ID        string   `json:"id"`                  // never reused
	Covers    []string `json:"covers,omitempty"`    // ids of constructs.tsv
	Comment   string   `json:"comment,omitempty"`   // what is special about it
	Source    string   `json:"source,omitempty"`    // RFC and section that define the syntax
	Flags     []string `json:"flags,omitempty"`     // quirks, and what was enabled
	In        string   `json:"in,omitempty"`        // the message, ASCII
	InHex     string   `json:"inHex,omitempty"`     // the message in hexadecimal, instead of In
	Result    string   `json:"result"`              // Valid, Invalid, Acceptable or Incomplete
	Code      string   `json:"code,omitempty"`      // of an Invalid one: the parser's error
	Off       int      `json:"off,omitempty"`       // octets before the fault
	Canonical *string  `json:"canonical,omitempty"` // what an encoder writes, if that is not In

	Area string `json:"-"` // of the file
	Rule string `json:"-"` // of the group, an ABNF name
	Side string `json:"-"` // of the group
}

// Bytes are the bytes of the message. It panics on bad hexadecimal digits, which the lint test excludes.
func (t *Test) Bytes() []byte {
	if t.InHex == "" {
		return []byte(t.In)
	}
	b, err := hex.DecodeString(t.InHex)
	if err != nil {
		panic("corpus: " + t.ID + ": " + err.Error())
	}
	return b
}

// Has says that the test has that flag.
func (t *Test) Has(flag string) bool {
	for _, f := range t.Flags {
		if f == flag {
			return true
		}
	}
	return false
}

// Finding is a deviation that was seen in the wild.
type Finding struct {
	Name     string   `json:"name"`               // kebab case, unique
	ID       string   `json:"finding"`            // of the finding that names it
	Severity string   `json:"severity"`           // of that finding in a log that shows octets as they were
	Producer string   `json:"producer,omitempty"` // the product that the finding names; empty if it need not name one
	Forms    []string `json:"forms,omitempty"`    // logs that can show it: labelled, bare, mozilla; none: all of them
	Greeting string   `json:"greeting,omitempty"` // the server's first line
	Begin    string   `json:"begin,omitempty"`    // what comes before: login, select or nothing
	Text     []string `json:"text"`               // the lines in which it is found
	Near     []string `json:"near"`               // the near miss

	before []string
}

// Sessions returns the lines of the session that has the deviation and of the one that has not. A line begins with "C: " or "S: ", the side that sent
// it or, in a literal, that sends it; a line end that is not CRLF stands in the line. Characters are octets.
func (f *Finding) Sessions() (text, near []string) {
	return slices.Concat(f.before, f.Text), slices.Concat(f.before, f.Near)
}

// Findings yields the deviations that were seen in the wild. It panics if the file is malformed, which the lint test excludes.
func Findings() iter.Seq[*Finding] {
	b, err := files.ReadFile("findings.json")
	if err != nil {
		panic(err)
	}
	var all struct {
		Begins   map[string][]string `json:"begins"`
		Findings []Finding           `json:"findings"`
	}
	if err := json.Unmarshal(b, &all); err != nil {
		panic("corpus: findings.json: " + err.Error())
	}
	return func(yield func(*Finding) bool) {
		for i := range all.Findings {
			f := &all.Findings[i]
			if f.Greeting != "" {
				f.before = append(f.before, "S: "+f.Greeting)
			}
			f.before = append(f.before, all.Begins[f.Begin]...)
			if !yield(f) {
				return
			}
		}
	}
}

// Construct is one row of constructs.tsv: a command, response, code, item, key, flag, capability or form of the protocol.
type Construct struct {
	ID        string // "search-key.older": what Test.Covers names
	Kind      string // "search-key"
	Name      string // "OLDER"
	Direction string // C, S or both
	Source    string // "RFC5032 §3"
	Gate      string // the capability that it needs, "-" for none
	States    string // where it is legal
	ABNF      string // the rule, or the part of one
}

// Areas yields the files of vectors in the order of their names. It panics if one is malformed, which the lint test excludes.
func Areas() iter.Seq[*Area] {
	return func(yield func(*Area) bool) {
		entries, err := fs.ReadDir(files, "vectors")
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			b, err := files.ReadFile(path.Join("vectors", e.Name()))
			if err != nil {
				panic(err)
			}
			a := new(Area)
			if err := json.Unmarshal(b, a); err != nil {
				panic("corpus: " + e.Name() + ": " + err.Error())
			}
			if !yield(a) {
				return
			}
		}
	}
}

// Tests yields all vectors.
func Tests() iter.Seq[*Test] {
	return func(yield func(*Test) bool) {
		for a := range Areas() {
			for g := range a.Groups {
				for i := range a.Groups[g].Tests {
					t := &a.Groups[g].Tests[i]
					t.Area, t.Rule, t.Side = a.Area, a.Groups[g].Rule, a.Groups[g].Side
					if !yield(t) {
						return
					}
				}
			}
		}
	}
}

// Constructs yields the rows of constructs.tsv.
func Constructs() iter.Seq[Construct] {
	return func(yield func(Construct) bool) {
		for line := range lines("constructs.tsv") {
			f := strings.Split(line, "\t")
			if len(f) != 8 || f[0] == "id" {
				continue
			}
			if !yield(Construct{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]}) {
				return
			}
		}
	}
}

// Retired yields the ids that were in use once.
func Retired() iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range lines("retired.txt") {
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// lines yields the lines of a file.
func lines(name string) iter.Seq[string] {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(b)) {
			if !yield(strings.TrimSuffix(line, "\n")) {
				return
			}
		}
	}
}
