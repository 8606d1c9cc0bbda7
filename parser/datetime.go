package parser

import (
	"github.com/imapwire/imapwire/parser/imap"
	"github.com/imapwire/imapwire/parser/syntax"
	"github.com/imapwire/imapwire/parser/wire"
)

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
//
//	date-day-fixed = (SP DIGIT) / 2DIGIT    time = 2DIGIT ":" 2DIGIT ":" 2DIGIT    zone = ("+" / "-") 4DIGIT
//
// Days, hours, minutes and seconds must exist; 60 is a leap second. A zone is any four digits, as the rule has it. QuirkLiteralForQuoted takes a literal in a response.
func (p *Parser) dateTime(rule syntax.Kind, t *imap.DateTime) bool {
	start := p.i
	if end := plainDateTime(p.b, start, t); end > 0 {
		p.i = end
		p.leafIn(rule, syntax.KindDateTime, start)
		return true
	}
	if p.peek() != '"' {
		if p.peek() == '{' && p.side == wire.Server && p.Quirks.Has(QuirkLiteralForQuoted) {
			return p.literalDateTime(rule, t)
		}
		return p.fail(ExpectDateTime)
	}
	if at, ok := p.strictDateTime(t); !ok {
		if at >= len(p.b) || !p.looseDateTime(start, t) {
			return p.failAt(p.dateCode(ErrorExpectedDateTime, at), at, ExpectDateTime)
		}
	}
	p.leafIn(rule, syntax.KindDateTime, start)
	return true
}

// literalDateTime reads a date-time that stands in a literal: QuirkLiteralForQuoted.
func (p *Parser) literalDateTime(rule syntax.Kind, t *imap.DateTime) bool {
	start := p.i
	var s imap.String
	if !p.literal(rule, &s) {
		return false
	}
	p.quirk(QuirkLiteralForQuoted, start, p.i)
	var buf [40]byte
	q := Parser{b: append(append(append(buf[:0], '"'), s.Raw[:min(len(s.Raw), len(buf)-2)]...), '"')}
	if _, ok := q.strictDateTime(t); !ok || q.i != len(q.b) {
		if !p.quirk(QuirkBadDate, start, p.i) {
			return p.failAt(ErrorBadDate, start, ExpectDateTime)
		}
		*t = looseDate(s.Raw)
	}
	return true
}

// dateCode is ErrorBadDate for a digit that makes a date no calendar has, else c: there is no date at all.
func (p *Parser) dateCode(c ErrorCode, at int) ErrorCode {
	if at < len(p.b) && p.b[at]-'0' <= 9 {
		return ErrorBadDate
	}
	return c
}

// dateReader reads the fixed columns of a date from b at i. at is the first byte that does not fit, once bad.
type dateReader struct {
	b   []byte
	i   int
	bad bool
}

func (r *dateReader) lit(c byte) {
	if r.bad {
		return
	}
	if r.i >= len(r.b) || r.b[r.i] != c {
		r.bad = true
		return
	}
	r.i++
}

// two reads 2DIGIT between lo and hi. The fault is the first digit that rules the number out.
func (r *dateReader) two(lo, hi int) int {
	if r.bad {
		return 0
	}
	if r.i >= len(r.b) || r.b[r.i]-'0' > 9 || int(r.b[r.i]-'0') > hi/10 {
		r.bad = true
		return 0
	}
	v := int(r.b[r.i]-'0') * 10
	r.i++
	if r.i >= len(r.b) || r.b[r.i]-'0' > 9 || v+int(r.b[r.i]-'0') > hi || v+int(r.b[r.i]-'0') < lo {
		r.bad = true
		return 0
	}
	v += int(r.b[r.i] - '0')
	r.i++
	return v
}

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// month reads "Jan" to "Dec", in any case, if the month can have that day. The fault is the first letter that no such month goes on with.
func (r *dateReader) month(day int) int {
	if r.bad {
		return 0
	}
	best := 0
	for m := 0; m < 12; m++ {
		if day > monthDays[m+1] {
			continue
		}
		n := 0
		for n < 3 && r.i+n < len(r.b) && r.b[r.i+n]|0x20 == monthNames[m*3+n] {
			n++
		}
		if n == 3 {
			r.i += 3
			return m + 1
		}
		best = max(best, n)
	}
	r.i += best
	r.bad = true
	return 0
}

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// year reads 4DIGIT.
func (r *dateReader) year() int {
	return r.two(0, 99)*100 + r.two(0, 99)
}

// rest reads what follows the day of a date: "-" date-month "-" date-year. The date must exist.
func (r *dateReader) rest(day int) imap.Date {
	r.lit('-')
	month := r.month(day)
	r.lit('-')
	year := r.year()
	r.exists(day, month, year)
	return imap.Date{Year: uint16(year), Month: uint8(month), Day: uint8(day)}
}

// exists checks the day against month and year. The fault stands at the year's last digit.
func (r *dateReader) exists(day, month, year int) {
	if r.bad {
		return
	}
	if month == 2 && day == 29 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		r.bad, r.i = true, r.i-1
	}
}

// strictDateTime reads the date-time at the cursor and moves behind it. Else at is the first byte that does not fit.
func (p *Parser) strictDateTime(t *imap.DateTime) (at int, ok bool) {
	r := dateReader{b: p.b, i: p.i + 1}
	var day int
	if r.i < len(r.b) && r.b[r.i] == ' ' {
		r.i++
		if r.i >= len(r.b) || r.b[r.i] < '1' || r.b[r.i] > '9' {
			return r.i, false
		}
		day = int(r.b[r.i] - '0')
		r.i++
	} else {
		day = r.two(1, 31)
	}
	date := r.rest(day)
	r.lit(' ')
	hour := r.two(0, 23)
	r.lit(':')
	minute := r.two(0, 59)
	r.lit(':')
	sec := r.two(0, 60)
	r.lit(' ')
	if r.bad {
		return r.i, false
	}
	sign := 1
	if r.i < len(r.b) && r.b[r.i] == '-' {
		sign = -1
	} else if r.i >= len(r.b) || r.b[r.i] != '+' {
		return r.i, false
	}
	r.i++
	zh, zm := r.two(0, 99), r.two(0, 99)
	r.lit('"')
	if r.bad {
		return r.i, false
	}
	p.i = r.i
	*t = imap.DateTime{Year: date.Year, Month: date.Month, Day: date.Day, Hour: uint8(hour), Min: uint8(minute), Sec: uint8(sec), Zone: int16(sign * (zh*60 + zm))}
	return p.i, true
}

// looseDateTime reads what looks like a date-time: a day of one digit, fields that no calendar has, a missing zone, an empty string. A date
// that does not exist becomes the zero DateTime. It moves behind the closing quote.
func (p *Parser) looseDateTime(start int, t *imap.DateTime) bool {
	end := skipQuoted(p.b, start)
	if end == start+1 {
		return false
	}
	in := p.b[start+1 : end-1]
	if len(in) > 10 && in[0]-'0' <= 9 && in[1] == '-' && p.Quirks.Has(QuirkOneDigitDay) {
		var buf [40]byte
		fixed := append(append(append(buf[:0], '"', ' '), in...), '"')
		q := Parser{b: fixed}
		if _, ok := q.strictDateTime(t); ok && q.i == len(fixed) {
			p.quirk(QuirkOneDigitDay, start, end)
			p.i = end
			return true
		}
	}
	if !p.quirk(QuirkBadDate, start, end) {
		return false
	}
	*t = looseDate(in)
	p.i = end
	return true
}

// looseDate makes what it can of a written date: digits and month names in the order day, month, year, hour, minute, second.
func looseDate(in []byte) (t imap.DateTime) {
	var num [6]int
	n, i, month := 0, 0, 0
	for i < len(in) && n < len(num) {
		if in[i]-'0' <= 9 {
			for i < len(in) && in[i]-'0' <= 9 && num[n] < 10000 {
				num[n] = num[n]*10 + int(in[i]-'0')
				i++
			}
			n++
			continue
		}
		if month == 0 {
			r := dateReader{b: in, i: i}
			if month = r.month(0); month > 0 {
				i += 3
				continue
			}
		}
		if n == 5 && (in[i] == '+' || in[i] == '-') {
			break
		}
		i++
	}
	if month == 0 || n < 2 || num[0] < 1 || num[0] > monthDays[month] || num[1] < 1 || num[1] > 9999 || num[2] > 23 || num[3] > 59 || num[4] > 60 {
		return imap.DateTime{}
	}
	return imap.DateTime{Year: uint16(num[1]), Month: uint8(month), Day: uint8(num[0]), Hour: uint8(num[2]), Min: uint8(num[3]), Sec: uint8(num[4])}
}

// date = date-text / DQUOTE date-text DQUOTE        date-text = date-day "-" date-month "-" date-year
//
//	date-day = 1*2DIGIT
func (p *Parser) date(rule syntax.Kind, d *imap.Date) bool {
	start := p.i
	if end := plainDate(p.b, start, d); end > 0 {
		p.i = end
		p.leafIn(rule, syntax.KindDate, start)
		return true
	}
	r := dateReader{b: p.b, i: p.i}
	quoted := p.peek() == '"'
	if quoted {
		r.i++
	}
	day := r.rest(r.day())
	if quoted {
		r.lit('"')
	}
	if r.bad {
		return p.failAt(p.dateCode(ErrorExpectedDate, r.i), r.i, ExpectDate)
	}
	p.i, *d = r.i, day
	p.leafIn(rule, syntax.KindDate, start)
	return true
}

// day reads 1*2DIGIT, 1 to 31.
func (r *dateReader) day() int {
	d := peekAt(r.b, r.i) - '0'
	if d > 9 {
		r.bad = true
		return 0
	}
	if next := peekAt(r.b, r.i+1); d == 0 || next-'0' <= 9 && d <= 3 {
		return r.two(1, 31)
	}
	r.i++
	return int(d)
}

// peekAt is b[i], NUL behind the end.
func peekAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}
