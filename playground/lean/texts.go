package lean

import (
	"bytes"
	"slices"
)

// throwing are functions of the runtime that give up for a fault of its own or of the memory, and say why.
var throwing = []string{"runtime.throw", "runtime.fatal"}

// tellingTexts are in texts that stay: what a visitor can run into.
var tellingTexts = [][]byte{[]byte("memory"), []byte("stack")}

// giveText is how a caller gives a text: its address, and behind it its length.
var giveText = []byte{
	opLocalGet, opI64Const, opI64Store, opLocalGet, opI64ExtendI32, opI64Const, opI64Add, opI32WrapI64, opI64Const, opI64Store,
}

// Where in it the text's address is, how far from the stack pointer the length is stored, and the length.
const (
	givenAddress = 1
	givenPlace   = 5
	givenLength  = 8
)

// texts takes out why the runtime would give up, as far as only faults of its own are meant: nobody can mend these in a page. It still does.
func (p *program) texts(m memory, live []bool, known []*funcInfo) error {
	type site struct{ number, at int }
	var sites []site
	var used []uint64 // addresses of memory, or other numbers
	decoded := map[int]*function{}
	err := p.each(live, func(number int, f *function) {
		for at := range f.code {
			i := &f.code[at]
			if f.throws(at, p.imported, known) {
				sites, decoded[number] = append(sites, site{number, at}), f
			} else if (i.op == opI32Const || i.op == opI64Const) && !f.throws(at-givenAddress, p.imported, known) {
				used = append(used, uint64(i.arg))
			}
		}
	})
	if err != nil {
		return err
	}
	for at := uint64(0); at+8 <= uint64(len(m)); at += 8 {
		used = append(used, m.word(at))
	}
	slices.Sort(used)
	m.powers(used)
	var gone [][]byte // several places may give the same
	for _, s := range sites {
		f := decoded[s.number]
		address, length := &f.code[s.at+givenAddress].arg, &f.code[s.at+givenLength].arg
		from, to := uint64(*address), uint64(*address)+uint64(*length)
		if *address <= 0 || *length <= 0 || to < from || to > uint64(len(m)) {
			continue
		}
		n, _ := slices.BinarySearch(used, from)
		if n < len(used) && used[n] < to || slices.ContainsFunc(tellingTexts, func(text []byte) bool { return bytes.Contains(m[from:to], text) }) {
			continue
		}
		*address, *length = 0, 0
		gone = append(gone, m[from:to])
	}
	for _, text := range gone {
		clear(text)
	}
	for number, f := range decoded {
		p.bodies[number] = f.append(nil)
	}
	return nil
}

// The table of powers of ten that numbers with a point are written with, and that is random octets for a compressor: its first and last octets,
// and its size (internal/strconv).
var (
	firstPower = []byte("\x88\x02\x1c\x08\xa0\xd5\x8f\xfa\x53\xe4\x60\xcd\x69\xc8\x32\x17")
	lastPower  = []byte("\x67\x75\x44\x69\x64\xb4\x3e\xd1\xfb\xa9\xd1\xd2\xf2\x95\x71\x4b")
)

const powersSize = 16 * (348 + 347 + 1)

// powers takes the table of powers of ten out if none of these addresses is in it.
func (m memory) powers(used []uint64) {
	at := bytes.Index(m, firstPower)
	if at < 0 || powersSize > len(m)-at || !bytes.HasSuffix(m[at:at+powersSize], lastPower) {
		return
	}
	if n, _ := slices.BinarySearch(used, uint64(at)); n == len(used) || used[n] >= uint64(at+powersSize) {
		clear(m[at : at+powersSize])
	}
}

// throws tells whether at at a text is given to a function that gives up.
func (f *function) throws(at int, imported int64, known []*funcInfo) bool {
	call := at + len(giveText) + len(beforeCall) - 1
	if !f.is(at, giveText...) || !f.is(at+len(giveText), beforeCall...) || f.code[at+givenPlace].arg != 8 ||
		string(f.code[at+givenAddress+1].raw) != plainStore || string(f.code[at+givenLength+1].raw) != plainStore {
		return false
	}
	number := f.code[call].arg - imported
	return number >= 0 && number < int64(len(known)) && known[number] != nil && slices.Contains(throwing, known[number].name)
}
