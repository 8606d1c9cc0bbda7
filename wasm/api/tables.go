package api

import (
	"math"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/diagnose"
	"github.com/imapwire/imapwire/parser/redact"
	"github.com/imapwire/imapwire/parser/transcript"
	"github.com/imapwire/imapwire/parser/wire"
)

// Tables is all messages, diagnostics, secrets and literals as columns. The order is that of EngineDocument.tables in document.ts.
func (d *Document) Tables() []byte {
	n := 0
	for i := range d.Messages {
		n += 96 + len(d.Messages[i].Runs)*8
	}
	c := &Columns{b: make([]byte, 0, n+4096)}
	pool := newStrings()
	d.messageColumns(c, pool)
	d.diagnosticColumns(c, pool)
	d.secretColumns(c, pool)
	d.literalColumns(c, pool)
	d.rangeColumns(c)
	c.Strings(pool)
	return c.b
}

func (d *Document) messageColumns(c *Columns, pool *Strings) {
	all := d.Messages
	n := len(all)
	u32 := func(at func(m *annotate.Message) uint32) {
		b := c.grow(4 * n)
		for i := range all {
			put32(b[4*i:], at(&all[i]))
		}
		c.align()
	}
	u8 := func(at func(m *annotate.Message) uint8) {
		b := c.grow(n)
		for i := range all {
			b[i] = at(&all[i])
		}
		c.align()
	}
	// names are the numbers of strings that mostly equal the one before.
	names := func(of func(m *annotate.Message) string) {
		last, known := "", uint32(0)
		u32(func(m *annotate.Message) uint32 {
			if s := of(m); s != last {
				last, known = s, pool.number(s)
			}
			return known
		})
	}
	first := func(count func(m *annotate.Message) int) {
		sum := 0
		U32(c, n+1, func(i int) uint32 {
			if i > 0 {
				sum += count(&all[i-1])
			}
			return uint32(sum)
		})
	}
	c.Count(n)
	u32(func(m *annotate.Message) uint32 { return d.positions.Editor(m.Start) })
	u32(func(m *annotate.Message) uint32 { return d.positions.Editor(m.End) })
	u32(func(m *annotate.Message) uint32 { return m.Line })
	u32(func(m *annotate.Message) uint32 { return m.Line + d.positions.Breaks(m.Start, m.End) })
	u32(func(m *annotate.Message) uint32 { return m.Conn })
	u8(func(m *annotate.Message) uint8 { return uint8(m.Side) })
	u8(func(m *annotate.Message) uint8 { return truth(m.SideSure) })
	u8(func(m *annotate.Message) uint8 { return uint8(m.Kind) })
	u8(func(m *annotate.Message) uint8 { return uint8(m.Status) })
	u8(func(m *annotate.Message) uint8 { return uint8(m.State) })
	u8(func(m *annotate.Message) uint8 { return uint8(worst(m)) })
	u8(func(m *annotate.Message) uint8 { return truth(m.Err != nil) })
	names(func(m *annotate.Message) string { return m.Name })
	u32(func(m *annotate.Message) uint32 { return pool.numberOf(m.Tag.Of(m.Wire)) })
	names(func(m *annotate.Message) string { return m.Mailbox })
	u32(func(m *annotate.Message) uint32 { return m.Answers })
	u32(func(m *annotate.Message) uint32 { return m.AnsweredBy })
	F64(c, n, func(i int) float64 {
		if all[i].Time.IsZero() {
			return math.NaN()
		}
		return float64(all[i].Time.UnixMicro()) / 1000
	})
	F32(c, n, func(i int) float32 {
		if all[i].Latency == 0 {
			return float32(math.NaN())
		}
		return float32(all[i].Latency.Microseconds()) / 1000
	})
	u32(func(m *annotate.Message) uint32 { return uint32(len(m.Wire)) })
	first(func(m *annotate.Message) int { return len(m.Diagnostics) })
	first(func(m *annotate.Message) int { return len(m.Secrets) })
	first(func(m *annotate.Message) int { return len(m.Literals) })
	var spans [][2]int
	first(func(m *annotate.Message) int { spans = m.Spans(spans[:0]); return len(spans) })
}

func (d *Document) diagnosticColumns(c *Columns, pool *Strings) {
	var all []*annotate.Diagnostic
	for i := range d.Messages {
		for j := range d.Messages[i].Diagnostics {
			all = append(all, &d.Messages[i].Diagnostics[j])
		}
	}
	n := len(all)
	c.Count(n)
	U32(c, n, func(i int) uint32 { return all[i].Message })
	U32(c, n, func(i int) uint32 { return d.positions.Editor(all[i].Start) })
	U32(c, n, func(i int) uint32 { return d.positions.Editor(all[i].End) })
	U8(c, n, func(i int) uint8 { return uint8(all[i].Severity) })
	U32(c, n, func(i int) uint32 { return pool.number(all[i].ID) })
	U32(c, n, func(i int) uint32 { return pool.number(annotate.WordsOf(d.words, &all[i].Finding).Title) })
	U32(c, n, func(i int) uint32 { return pool.number(all[i].Producer) })
}

func (d *Document) secretColumns(c *Columns, pool *Strings) {
	type place struct {
		message    *annotate.Message
		secret     *redact.Secret
		start, end uint32
	}
	var all []place
	for i := range d.Messages {
		m := &d.Messages[i]
		for j := range m.Secrets {
			start, end := d.place(m, m.Secrets[j].Span)
			all = append(all, place{m, &m.Secrets[j], start, end})
		}
	}
	n := len(all)
	c.Count(n)
	U32(c, n, func(i int) uint32 { return all[i].message.ID })
	U32(c, n, func(i int) uint32 { return all[i].start })
	U32(c, n, func(i int) uint32 { return all[i].end })
	U32(c, n, func(i int) uint32 { return pool.number(all[i].secret.Kind.String()) })
}

func (d *Document) literalColumns(c *Columns, pool *Strings) {
	type place struct {
		message   *annotate.Message
		literal   *transcript.Literal
		at, until [2]uint32 // of the octets and of the header
	}
	var all []place
	for i := range d.Messages {
		m := &d.Messages[i]
		for j := range m.Literals {
			p := place{message: m, literal: &m.Literals[j]}
			p.at[0], p.until[0] = d.place(m, p.literal.Octets)
			p.at[1], p.until[1] = d.place(m, p.literal.Head)
			all = append(all, p)
		}
	}
	n := len(all)
	c.Count(n)
	U32(c, n, func(i int) uint32 { return all[i].message.ID })
	for part := range 2 {
		U32(c, n, func(i int) uint32 { return all[i].at[part] })
		U32(c, n, func(i int) uint32 { return all[i].until[part] })
	}
	U32(c, n, func(i int) uint32 { return all[i].literal.Octets.Start })
	U32(c, n, func(i int) uint32 { return all[i].literal.Octets.End })
	F64(c, n, func(i int) float64 { return float64(all[i].literal.Announced) })
	F64(c, n, func(i int) float64 { return float64(all[i].literal.Found) })
	U8(c, n, func(i int) uint8 { return uint8(all[i].literal.State) })
	U32(c, n, func(i int) uint32 {
		if r := all[i].literal.Reason; r != "" {
			return pool.number(annotate.RepairWords(d.words, r))
		}
		return 0
	})
}

func (d *Document) rangeColumns(c *Columns) {
	var all []uint32
	var spans [][2]int
	for i := range d.Messages {
		spans = d.Messages[i].Spans(spans[:0])
		for _, s := range spans {
			all = append(all, d.positions.Editor(s[0]), d.positions.Editor(s[1]))
		}
	}
	c.Count(len(all) / 2)
	U32(c, len(all), func(i int) uint32 { return all[i] })
}

// place is where octets of a message stand in the editor.
func (d *Document) place(m *annotate.Message, s wire.Span) (start, end uint32) {
	from, to := m.Place(s)
	return d.positions.Editor(from), d.positions.Editor(to)
}

func worst(m *annotate.Message) (s diagnose.Severity) {
	for i := range m.Diagnostics {
		s = max(s, m.Diagnostics[i].Severity)
	}
	return s
}

func truth(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}
