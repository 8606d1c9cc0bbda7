package parser

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/corpus"
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// FuzzPlain: what a reader of plain.go takes, at any offset, is what the ordinary way reads there (P10). That it takes nothing is always right.
func FuzzPlain(f *testing.F) {
	n := 0
	for v := range corpus.Tests() {
		if n++; n%16 == 0 {
			f.Add(v.Bytes(), n/16)
		}
	}
	f.Add([]byte("A7 UID SEARCH SINCE 1-Jul-2026 BEFORE 31-Dec-2026 SENTON 29-Feb-2028 UID 1:4294967295,*:7\r\n"), 17)
	f.Add([]byte("* SEARCH 1 2 3 12 13 1234567 7654321 99999 1234567 12345678 1 2 3 4 0 5 6 7 8 9 10\r\n"), 8)
	f.Add([]byte("* 3 FETCH (INTERNALDATE \" 1-Jul-2026 23:59:60 -1130\" MODSEQ (123456789012345) FLAGS (\\Seen $NotJunk NonJunk))\r\n"), 24)
	for _, in := range []string{
		"a1 UID FETCH 1:5 (UID FLAGS BODY.PEEK[HEADER.FIELDS (From \"To\" X]y)] BODY[] BODY[TEXT] BODY[HEADER] RFC822.SIZE)\r\n",
		"a2 UID STORE 7,9 -FLAGS.SILENT (\\Seen $Junk) \r\n",
		"a3 SEARCH UNSEEN HEADER Subject \"x y\" LARGER 12345 3:* UID 4,5 SENTBEFORE 1-Jul-2026 NOT SEEN FROM {1}\r\nx\r\n",
		"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL \"d\" \"7BIT\" 3 1)(\"A\" \"B\" NIL \"<i>\" NIL \"8BIT\" 3 \"md5\" (\"inline\" NIL) NIL \"l\") \"MIXED\" (\"B\" \"c\") NIL NIL NIL) UID 7)\r\n",
	} {
		for i := 2; i < len(in); i++ {
			if c := in[i-1]; c == ' ' || c == '(' || c == ')' || in[i] == ' ' {
				f.Add([]byte(in), i)
			}
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, i int) {
		if len(b) == 0 {
			return
		}
		samePlain(t, b, int(uint(i)%uint(len(b))))
	})
}

// TestPlain is FuzzPlain at every offset of some vectors.
func TestPlain(t *testing.T) {
	n := 0
	for v := range corpus.Tests() {
		b := v.Bytes()
		if n++; n%4 != 0 || len(b) > 300 {
			continue
		}
		for i := range b {
			samePlain(t, b, i)
		}
	}
}

func samePlain(t *testing.T, b []byte, i int) {
	samePlainDates(t, b, i)
	samePlainNumbers(t, b, i)
	samePlainStrings(t, b, i)
	samePlainWords(t, b, i)
	if i == 0 || b[i] == ' ' || bytes.IndexByte([]byte(" ()["), b[i-1]) >= 0 {
		samePlainItems(t, b, i)
		samePlainCommands(t, b, i)
	}
}

func samePlainDates(t *testing.T, b []byte, i int) {
	var date imap.Date
	if end := plainDate(b, i, &date); end > 0 {
		r := dateReader{b: b, i: i}
		want := r.rest(r.day())
		require.False(t, r.bad, "%q", b[i:])
		require.Equal(t, r.i, end, "%q", b[i:])
		require.Equal(t, want, date, "%q", b[i:])
	}
	var plain, strict imap.DateTime
	if end := plainDateTime(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		at, ok := p.strictDateTime(&strict)
		require.True(t, ok, "%q", b[i:])
		require.Equal(t, at, end, "%q", b[i:])
		require.Equal(t, strict, plain, "%q", b[i:])
	}
}

func samePlainNumbers(t *testing.T, b []byte, i int) {
	if v, end := plainNumber(b, i); end > 0 {
		want, err := strconv.ParseUint(string(b[i:end]), 10, 64)
		require.NoError(t, err, "%q", b[i:])
		require.Equal(t, want, v, "%q", b[i:])
		require.False(t, '0' <= b[end] && b[end] <= '9', "%q", b[i:])
	}
	for _, use := range []setUse{0, setStar} {
		end := plainSet(b, i, use == setStar)
		if end < 0 {
			continue
		}
		p, at := Parser{b: b}, i
		for {
			if at = p.setNumber(at, use); at > 0 && b[at] == ':' {
				at = p.setNumber(at+1, use)
			}
			require.Positive(t, at, "%q", b[i:])
			if b[at] != ',' {
				break
			}
			at++
		}
		require.Equal(t, at, end, "%q", b[i:])
	}
	// *(SP nz-number): what stands before each, behind the last, and nothing more than the digits of one.
	var room [20]uint32
	nums, at := room[:1+len(b)%len(room)], i
	k, end := readNumbers(nums, b, i)
	for _, v := range nums[:k] {
		p := Parser{b: b, i: at + 1}
		slow, ok := p.nzDigits(0, 0, max32)
		require.True(t, ok && b[at] == ' ', "%q at %d", b, i)
		require.Equal(t, slow, uint64(v), "%q at %d", b, i)
		at = p.i
	}
	require.Equal(t, at, end, "%q at %d", b, i)
}

func samePlainStrings(t *testing.T, b []byte, i int) {
	var plain, slow imap.String
	if end := plainAString(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		require.True(t, p.astring(0, &slow), "%q", b[i:])
		require.Equal(t, p.i, end, "%q", b[i:])
		require.Equal(t, slow, plain, "%q", b[i:])
	} else {
		require.Zero(t, plain, "%q", b[i:])
	}
	plain = imap.String{}
	if end := plainNString(b, i, &plain); end > 0 {
		p := Parser{b: b, i: i}
		slow = imap.String{}
		require.True(t, p.nstring(0, &slow), "%q", b[i:])
		require.Equal(t, p.i, end, "%q", b[i:])
		require.Equal(t, slow, plain, "%q", b[i:])
	}
	for _, c := range []uint8{clsAtom, clsAstring, clsTag, clsList} {
		want := i
		for want < len(b) && class[b[want]]&c != 0 {
			want++
		}
		p := Parser{b: b, i: i}
		require.Equal(t, want-i, p.run(c), "%q", b[i:])
		if want == len(b) {
			want = unusual
		}
		require.Equal(t, want, plainAtom(b, i, c), "%q", b[i:])
	}
}

func samePlainWords(t *testing.T, b []byte, i int) {
	lo, hi, end := packWord(b, i)
	word := b[i:end]
	require.Equal(t, -1, bytes.IndexFunc(word, func(c rune) bool { return c < ',' || c >= '{' || '[' <= c && c < '`' }), "%q", b[i:])
	for _, same := range []bool{
		keeps(&commandWords, lo, hi, uint8(imap.LookupCommand(word))), keeps(&searchWords, lo, hi, uint8(imap.LookupSearchKey(word))),
		keeps(&attWords, lo, hi, uint8(imap.LookupAtt(word))), keeps(&statusWords, lo, hi, uint8(imap.LookupStatusAtt(word))),
		keeps(&capabilityWords, lo, hi, uint8(imap.LookupCap(word))), keeps(&codeWords, lo, hi, uint8(imap.LookupCode(word))),
	} {
		require.True(t, same, "%q", b[i:])
	}
}

// keeps says that a table knows nothing of a word, or what the full lookup says.
func keeps(table *keywords, lo, hi uint64, full uint8) bool {
	id := table.find(lo, hi)
	return id == 0 || id == full
}

// sameRule holds that where plain takes something at offset i of b, ordinary takes the same: value, cursor, nodes of the tree and of the limit.
func sameRule(t *testing.T, b []byte, i int, side wire.Side, plain, ordinary func(p *Parser) (value any, ok bool)) {
	for _, tree := range []bool{false, true} {
		quick, slow := &ruleParsers[0], &ruleParsers[1]
		quick.Tree, slow.Tree = nil, nil
		if tree {
			quick.Tree, slow.Tree = new(syntax.Tree), new(syntax.Tree)
		}
		standAt(quick, b, i, side)
		left := quick.nodes
		got, ok := plain(quick)
		if !ok {
			if i != quick.i || quick.nodes != left || tree && (len(quick.Tree.Nodes) != 2 || len(quick.opened) != 2) {
				require.Fail(t, "not all was taken back", "%q", b[i:])
			}
			continue
		}
		standAt(slow, b, i, side)
		want, ok := ordinary(slow)
		require.True(t, ok, "%q", b[i:])
		require.Equal(t, want, got, "%q", b[i:])
		require.Equal(t, slow.i, quick.i, "%q", b[i:])
		require.Equal(t, slow.nodes, quick.nodes, "%q", b[i:])
		require.Empty(t, slow.Notes, "%q", b[i:])
		if tree {
			require.Equal(t, slow.opened, quick.opened, "%q", b[i:])
			require.Equal(t, slow.Tree.Nodes, quick.Tree.Nodes, "%q", b[i:])
		}
	}
}

// ruleParsers are what sameRule reads with, kept because clearing them takes longer than most rules.
var ruleParsers [2]Parser

// standAt makes p ready to read a rule at offset i of b, below two open nodes.
func standAt(p *Parser, b []byte, i int, side wire.Side) {
	p.resetAll()
	p.commands.keyStack, p.commands.keyFrames = p.commands.keyStack[:0], p.commands.keyFrames[:0]
	p.start(b, side)
	p.i = i
	p.open(syntax.KindBody)
	p.open(syntax.KindBodyType1part)
}

func samePlainItems(t *testing.T, b []byte, i int) {
	var d imap.FetchData
	item := func(p *Parser) (any, bool) {
		d := new(imap.FetchData)
		ok := p.msgAttItem(d)
		return d, ok
	}
	ended := func(p *Parser, end int) (any, bool) {
		if end > 0 {
			p.i = end
		}
		c := d
		return &c, end > 0
	}
	sameRule(t, b, i, wire.Server, func(p *Parser) (any, bool) {
		d = imap.FetchData{}
		if i+8 > len(b) {
			return nil, false
		}
		return ended(p, p.plainNumberItem(&d, load64(b, i), i))
	}, item)
	sameRule(t, b, i, wire.Server, func(p *Parser) (any, bool) {
		d = imap.FetchData{Name: imap.AttFlags}
		if !bytes.HasPrefix(b[i:], []byte("FLAGS (")) {
			return nil, false
		}
		return ended(p, p.plainFlagsItem(&d, i))
	}, item)
	sameRule(t, b, i, wire.Server, func(p *Parser) (any, bool) {
		d = imap.FetchData{Name: imap.AttEnvelope}
		if !bytes.HasPrefix(b[i:], []byte("ENVELOPE")) {
			return nil, false
		}
		end, nodes := p.plainEnvelopeItem(&d, i), p.nodes
		if end < 0 {
			p.i = i
		}
		p.nodes = nodes
		return ended(p, end)
	}, item)
	for use := range flagsGmail {
		sameRule(t, b, i, wire.Server, func(p *Parser) (any, bool) {
			list, ok := p.plainFlagList(syntax.KindFlagList, use)
			return list, ok
		}, func(p *Parser) (any, bool) {
			mark := p.open(syntax.KindFlagList)
			if p.lparen() && p.peek() == ')' {
				p.i++
			} else {
				for !p.failed() && p.flag(p.flags.push(), use) && p.listMore() {
				}
			}
			list := p.flags.emptyList()
			ok := !p.failed() && p.spend(len(list))
			p.close(mark)
			return list, ok
		})
	}
	part := func(read func(p *Parser, s *imap.BodyStructure) bool) func(p *Parser) (any, bool) {
		return func(p *Parser) (any, bool) {
			s := new(imap.BodyStructure)
			ok := read(p, s)
			return s, ok
		}
	}
	sameRule(t, b, i, wire.Server, part((*Parser).plainPart), part(func(p *Parser, s *imap.BodyStructure) bool {
		if !p.plainBodyFields(s) {
			return false
		}
		nested, ok := p.bodyRest(s)
		return ok && !nested
	}))
	sameRule(t, b, i, wire.Server, part((*Parser).plainMpart), part((*Parser).mpartRest))
}

func samePlainCommands(t *testing.T, b []byte, i int) {
	store := func(read func(p *Parser, a *imap.StoreArgs) bool) func(p *Parser) (any, bool) {
		return func(p *Parser) (any, bool) {
			a := new(imap.StoreArgs)
			ok := read(p, a)
			return a, ok
		}
	}
	sameRule(t, b, i, wire.Client, store((*Parser).plainStore), store((*Parser).storeArguments))
	sameRule(t, b, i, wire.Client, func(p *Parser) (any, bool) {
		ok := p.plainKeys()
		if !ok {
			standAt(p, b, i, wire.Client) // the keys that it took are the first of the list
		}
		return p.commands.keyStack, ok
	}, func(p *Parser) (any, bool) {
		ok := p.searchKeyList()
		return p.commands.keyStack, ok
	})
	sameRule(t, b, i, wire.Client, func(p *Parser) (any, bool) {
		end := p.plainAtt(i)
		if end < 0 {
			return nil, false
		}
		p.i = end
		return p.commands.atts.list(), true
	}, func(p *Parser) (any, bool) {
		ok := p.fetchAtt(p.commands.atts.push(), true)
		return p.commands.atts.list(), ok
	})
	sameRule(t, b, i, wire.Client, func(p *Parser) (any, bool) {
		var s imap.NumSet
		ok := p.setArgument(&s)
		if !ok {
			standAt(p, b, i, wire.Client)
		}
		return s, ok
	}, func(p *Parser) (any, bool) {
		var s imap.NumSet
		ok := p.sp() && p.sequenceSet(0, &s) && p.sp()
		return s, ok
	})
}
