package parser_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
)

// seenInCorpus is what the vectors, read leniently, have brought up.
type seenInCorpus struct {
	commands  map[imap.CommandName]bool
	responses map[imap.ResponseName]bool
	codes     map[imap.CodeName]bool
	requests  map[imap.AttName]bool
	data      map[imap.AttName]bool
	keys      map[imap.SearchOp]bool
	asked     map[imap.StatusAtt]bool
	answered  map[imap.StatusAtt]bool
	caps      map[imap.Cap]bool
	flags     map[imap.KnownFlag]bool
	kinds     map[syntax.Kind]bool
	quirks    map[parser.Quirk]bool
	errors    map[parser.ErrorCode]bool
}

func (s *seenInCorpus) flagList(fs []imap.Flag) {
	for _, f := range fs {
		s.flags[f.Known] = true
	}
}

func (s *seenInCorpus) capabilities(list []imap.Capability) {
	for _, c := range list {
		s.caps[c.Known] = true
	}
}

func (s *seenInCorpus) atts(list []imap.FetchAtt) {
	for _, a := range list {
		s.requests[a.Name] = true
	}
}

func (s *seenInCorpus) search(a *imap.SearchArgs) {
	s.atts(a.Update)
	for i := range a.Keys {
		for k := range a.Keys[i].Walk() {
			s.keys[k.Op] = true
		}
	}
}

func (s *seenInCorpus) command(c *imap.Command) {
	s.commands[c.Name] = true
	switch a := c.Args.(type) {
	case *imap.FetchArgs:
		s.atts(a.Atts)
	case *imap.ConvertArgs:
		s.atts(a.Atts)
	case *imap.SearchArgs:
		s.search(a)
	case *imap.SortArgs:
		s.search(&a.SearchArgs)
	case *imap.ThreadArgs:
		s.search(&a.SearchArgs)
	case *imap.StoreArgs:
		s.flagList(a.Flags)
	case *imap.EnableArgs:
		s.capabilities(a.Caps)
	case *imap.CreateArgs:
		s.flagList(a.Use)
	case *imap.AppendArgs:
		for _, m := range a.Messages {
			s.flagList(m.Flags)
		}
	case *imap.StatusArgs:
		for _, i := range a.Items {
			s.asked[i.Att] = true
		}
	}
}

func (s *seenInCorpus) response(r *imap.Response) {
	s.responses[r.Name] = true
	if r.Code != nil {
		s.codes[r.Code.Name] = true
		s.flagList(r.Code.Flags)
		if r.Code.Caps != nil {
			s.capabilities(r.Code.Caps.List)
		}
	}
	switch d := r.Data.(type) {
	case *imap.Capabilities:
		s.capabilities(d.List)
	case *imap.List:
		s.flagList(d.Attrs)
	case *imap.FlagList:
		s.flagList(d.Flags)
	case *imap.StatusData:
		for _, i := range d.Items {
			s.answered[i.Att] = true
		}
	case *imap.Fetch:
		for _, i := range d.Items {
			s.data[i.Name] = true
			s.flagList(i.Flags)
		}
	}
}

// readCorpus reads every vector strictly and leniently and collects what turned up.
func readCorpus(t *testing.T) *seenInCorpus {
	s := &seenInCorpus{
		map[imap.CommandName]bool{},
		map[imap.ResponseName]bool{},
		map[imap.CodeName]bool{},
		map[imap.AttName]bool{},
		map[imap.AttName]bool{},
		map[imap.SearchOp]bool{},
		map[imap.StatusAtt]bool{},
		map[imap.StatusAtt]bool{},
		map[imap.Cap]bool{},
		map[imap.KnownFlag]bool{},
		map[syntax.Kind]bool{},
		map[parser.Quirk]bool{},
		map[parser.ErrorCode]bool{},
	}
	p := parser.Parser{Tree: new(syntax.Tree)}
	for v := range corpus.Tests() {
		b := v.Bytes()
		_, err := parseVector(&p, v, parser.Quirks{}, b)
		if e, ok := err.(*parser.Error); ok {
			s.errors[e.Code] = true
		}
		m, _ := parseVector(&p, v, parser.Lenient, b)
		for _, n := range p.Tree.Nodes {
			s.kinds[n.Kind] = true
		}
		for _, n := range p.Notes {
			s.quirks[n.Quirk] = true
		}
		if m.Command != nil {
			s.command(m.Command)
		}
		if m.Response != nil {
			s.response(m.Response)
		}
	}
	return s
}

// missing lists the members of an enumeration, beginning with 1, that are not in seen.
func missing[N ~uint8 | ~uint16](seen map[N]bool, word func(N) string, last int) (names []string) {
	for i := 1; i <= last; i++ {
		n := N(i)
		if !seen[n] && word(n) != "" {
			names = append(names, word(n))
		}
	}
	return names
}

// Every name that the library knows has a vector: commands, responses, codes, items, keys, flags, capabilities, kinds of nodes, quirks and errors.
func TestCorpusCoversEveryName(t *testing.T) {
	s := readCorpus(t)
	assertNone(t, missing(s.commands, imap.CommandName.String, 255), "commands")
	assertNone(t, missing(s.responses, imap.ResponseName.String, 255), "responses")
	assertNone(t, missing(s.codes, imap.CodeName.String, 255), "response codes")
	assertNone(t, missing(s.keys, imap.SearchOp.String, 255), "search keys")
	assertNone(t, missing(s.asked, imap.StatusAtt.String, 255), "STATUS items asked for")
	assertNone(t, missing(s.caps, imap.Cap.String, 1023), "capabilities")
	assertNone(t, missing(s.flags, imap.KnownFlag.String, 255), "flags")
	either := map[imap.AttName]bool{}
	for _, m := range []map[imap.AttName]bool{s.requests, s.data} {
		for n := range m {
			either[n] = true
		}
	}
	assertNone(t, missing(either, imap.AttName.String, 255), "FETCH items")
	var kinds []string
	for k := syntax.Kind(0); int(k) < syntax.Kinds; k++ {
		if !s.kinds[k] && !kindsWithoutNode[k] {
			kinds = append(kinds, k.String())
		}
		require.False(t, s.kinds[k] && kindsWithoutNode[k], "%s has nodes: take it out of kindsWithoutNode", k)
	}
	assertNone(t, kinds, "kinds of nodes")
	var quirks []string
	for q := range parser.Lenient.All() {
		if !s.quirks[q] {
			quirks = append(quirks, q.ID())
		}
	}
	assertNone(t, quirks, "quirks")
	var codes []string
	for c := range parser.ErrorCodes {
		if !s.errors[c] && !limitErrors[c] {
			codes = append(codes, c.ID())
		}
	}
	assertNone(t, codes, "errors")
}

func assertNone(t *testing.T, names []string, what string) {
	t.Helper()
	if len(names) > 0 {
		t.Errorf("%s without a case in the corpus: %q", what, names)
	}
}

// limitErrors are the codes that need other options than a vector has, or, of lines, literals and frames, that only the Framer's limits give; and
// those that no rule can give any more: text runs to the line end, and what is expected at it is a CRLF.
var limitErrors = map[parser.ErrorCode]bool{
	parser.ErrorNodeLimit: true, parser.ErrorLineLimit: true, parser.ErrorLiteralLimit: true, parser.ErrorFrameLimit: true,
	parser.ErrorIllegalControl: true, parser.ErrorExpectedText: true,
}

// kindsWithoutNode are the kinds of the table that no rule makes a node of, and why.
var kindsWithoutNode = map[syntax.Kind]bool{
	// Single octets between elements are what the node around them has beside its children: Tree.Tokens yields them.
	syntax.KindSP: true, syntax.KindCRLF: true, syntax.KindLParen: true, syntax.KindRParen: true, syntax.KindLBracket: true,
	syntax.KindRBracket: true, syntax.KindLAngle: true, syntax.KindRAngle: true, syntax.KindComma: true, syntax.KindColon: true,
	syntax.KindDot: true,

	// Rules that are only a choice: the node is the alternative that was taken. A string is quoted or literal, a response says its kind by
	// its first child and its value, a command by its name, an argument by the rule of what it is.
	syntax.KindAstring: true, syntax.KindString: true, syntax.KindNstring: true, syntax.KindTaggedExtSimple: true,
	syntax.KindResponseData: true, syntax.KindResponseTagged: true, syntax.KindResponseFatal: true, syntax.KindResponsePayload: true,
	syntax.KindCommandAuth: true, syntax.KindMboxOrPat: true, syntax.KindUrlFetchArg: true, syntax.KindConvertMsgAtt: true,

	// Rules that only give another one a second name: tagged-ext-val, tagged-ext-comp, search-data, search-key.
	syntax.KindFetchModifParams: true, syntax.KindStoreModifParams: true, syntax.KindSearchModParams: true, syntax.KindSearchReturnValue: true,
	syntax.KindOptionValComp: true, syntax.KindObsoleteSearchResponse: true, syntax.KindSearchKeys: true,

	// Patterns for the parameters and options of extensions: the node is that of the place, such as select-param, append-ext, list-return-opt.
	syntax.KindTaggedExt: true, syntax.KindOptionExtension: true, syntax.KindAppendOpts: true,

	// What only the session knows: that a response is the first, that a "+" is a step of SASL, that a line is base64.
	syntax.KindGreeting: true, syntax.KindChallenge: true, syntax.KindBase64: true,

	// Parts of one token, which its value takes apart: a set of ten thousand numbers is one node, not ten thousand, and a date-time another.
	syntax.KindSeqRange: true, syntax.KindMinusNumber: true, syntax.KindDateText: true, syntax.KindDateDay: true, syntax.KindDateMonth: true,
	syntax.KindDateYear: true, syntax.KindTime: true, syntax.KindZone: true,

	// The lists in the errors of CONVERT are read as generic values.
	syntax.KindMimetypeAndParams: true,
}
