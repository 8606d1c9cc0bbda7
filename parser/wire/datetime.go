package wire

import "time"

// DateTime is a date-time as it was written. The zero value is absent or NIL: Day 0 is no date, whereas second 0 of an epoch would be one.
type DateTime struct {
	Year                       uint16
	Month, Day, Hour, Min, Sec uint8
	Zone                       int16 // minutes east of UTC, at most MaxZone; "-0000" is 0 as well
}

// MaxZone is the farthest zone that can be written, +9999, in minutes: zone = ("+" / "-") 4DIGIT, "hhmm" (RFC 9051 §9). No place on earth is
// more than 14 hours away from UTC, but the grammar has no such limit, and Time can represent them all.
const MaxZone = 99*60 + 99

// Date is a date without time or zone, as SEARCH uses it. The zero value is absent.
type Date struct {
	Year       uint16
	Month, Day uint8
}

// IsZero reports whether there is no date.
func (d DateTime) IsZero() bool { return d.Day == 0 }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Day == 0 }

// Valid reports whether the calendar has the date: its month has that day.
func (d Date) Valid() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month) && d.Year <= 9999
}

// Valid reports whether the calendar has the date and the clock the time. Second 60 is valid: there are leap seconds. So is every zone that
// four digits can write.
func (d DateTime) Valid() bool {
	return d.Date().Valid() && d.Hour < 24 && d.Min < 60 && d.Sec <= 60 && -MaxZone <= d.Zone && d.Zone <= MaxZone
}

func daysIn(year uint16, month uint8) uint8 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Date is the date as it was written, without regard to the zone: what SEARCH compares with (RFC 9051 §6.4.4).
func (d DateTime) Date() Date { return Date{d.Year, d.Month, d.Day} }

// Time converts to a time in the zone that was written; the zero DateTime is the zero time.
func (d DateTime) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	zone := time.UTC
	if d.Zone != 0 {
		zone = time.FixedZone("", int(d.Zone)*60)
	}
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), int(d.Hour), int(d.Min), int(d.Sec), 0, zone)
}

// DateTimeOf converts from a time, in the time's own zone, cut to whole seconds and its zone to whole minutes. The zero time, and years
// that four digits can't write, give the zero DateTime.
func DateTimeOf(t time.Time) DateTime {
	if t.IsZero() {
		return DateTime{}
	}
	_, east := t.Zone()
	zone := east / 60
	if far := zone < -MaxZone || zone > MaxZone; far || east%60 != 0 {
		if far {
			zone = 0
		}
		t = t.In(time.FixedZone("", zone*60))
	}
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return DateTime{}
	}
	hour, minute, sec := t.Clock()
	return DateTime{uint16(year), uint8(month), uint8(day), uint8(hour), uint8(minute), uint8(sec), int16(zone)}
}

// Time is midnight UTC at the beginning of the date; the zero Date is the zero time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
}

// DateOf is the date of a time in the time's own zone. The zero time, and years that four digits can't write, give the zero Date.
func DateOf(t time.Time) Date { return DateTimeOf(t).Date() }

// DateTimeLen is the length of every date-time, quotes included.
const DateTimeLen = 28

// ConsumeDateTime reads a date-time with its quotes (RFC 9051 §9):
//
//	date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
//
// A date-time that isn't Valid is FaultDate; [ScanDateTime] reads it nevertheless.
func ConsumeDateTime(b []byte) (t DateTime, n int) {
	if t, n = ScanDateTime(b); n > 0 && !t.Valid() {
		return DateTime{}, FaultDate.at(1)
	}
	return t, n
}

// ScanDateTime reads what the ABNF of date-time allows, be it a date or not: 31 February, hour 99.
func ScanDateTime(b []byte) (t DateTime, n int) {
	if len(b) == 0 || b[0] != '"' {
		return DateTime{}, 0
	}
	s := scan{b: b, n: 1}
	if s.peek() == ' ' {
		s.n++
		t.Day = uint8(s.digits(1, 1))
	} else {
		t.Day = uint8(s.digits(2, 2))
	}
	s.char('-')
	t.Month = s.month()
	s.char('-')
	t.Year = uint16(s.digits(4, 4))
	s.char(' ')
	t.Hour = uint8(s.digits(2, 2))
	s.char(':')
	t.Min = uint8(s.digits(2, 2))
	s.char(':')
	t.Sec = uint8(s.digits(2, 2))
	s.char(' ')
	sign := int16(1)
	if s.peek() == '-' {
		s.n++
		sign = -1
	} else {
		s.char('+')
	}
	zone := int16(s.digits(4, 4))
	t.Zone = sign * (zone/100*60 + zone%100)
	s.char('"')
	if s.bad < 0 {
		return DateTime{}, s.bad
	}
	return t, s.n
}

// ConsumeDateText reads a date-text (RFC 9051 §9): date-day "-" date-month "-" date-year, the day with one digit or two. A date that
// isn't Valid is FaultDate; [ScanDateText] reads it nevertheless.
func ConsumeDateText(b []byte) (d Date, n int) {
	if d, n = ScanDateText(b); n > 0 && !d.Valid() {
		return Date{}, FaultDate.at(0)
	}
	return d, n
}

// ScanDateText reads what the ABNF of date-text allows, be it a date or not.
func ScanDateText(b []byte) (d Date, n int) {
	if len(b) == 0 || Class[b[0]]&Digit == 0 {
		return Date{}, 0
	}
	s := scan{b: b}
	d.Day = uint8(s.digits(1, 2))
	s.char('-')
	d.Month = s.month()
	s.char('-')
	d.Year = uint16(s.digits(4, 4))
	if s.bad < 0 {
		return Date{}, s.bad
	}
	return d, s.n
}

// ConsumeDate reads a date (RFC 9051 §9): date-text / DQUOTE date-text DQUOTE.
func ConsumeDate(b []byte) (d Date, n int) {
	if len(b) == 0 || b[0] != '"' {
		return ConsumeDateText(b)
	}
	d, n = ConsumeDateText(b[1:])
	if n <= 0 {
		if n == 0 && len(b) > 1 {
			return Date{}, 0 // another quoted string
		}
		return Date{}, missing(b, 1, n)
	}
	s := scan{b: b, n: 1 + n}
	if s.char('"'); s.bad < 0 {
		return Date{}, s.bad
	}
	return d, s.n
}

// scan reads a fixed format; after a fault it stands still.
type scan struct {
	b   []byte
	n   int
	bad int // the negative length, once there was a fault
}

func (s *scan) fail(f Fault) {
	if s.bad == 0 {
		s.bad = f.at(s.n)
	}
}

// peek is the next byte, 0 at the end.
func (s *scan) peek() byte {
	if s.n < len(s.b) {
		return s.b[s.n]
	}
	return 0
}

func (s *scan) char(c byte) {
	switch {
	case s.bad < 0:
	case s.n == len(s.b):
		s.fail(FaultTruncated)
	case s.b[s.n] != c:
		s.fail(FaultChar)
	default:
		s.n++
	}
}

// digits reads least to most digits.
func (s *scan) digits(least, most int) (v int) {
	for i := 0; i < most && s.bad == 0; i++ {
		switch {
		case s.n < len(s.b) && s.b[s.n]-'0' <= 9:
			v = v*10 + int(s.b[s.n]-'0')
			s.n++
		case i >= least:
			return v
		case s.n == len(s.b):
			s.fail(FaultTruncated)
		default:
			s.fail(FaultNumber)
		}
	}
	return v
}

// monthNames are the date-months of RFC 9051 §9, three letters each.
const monthNames = "JanFebMarAprMayJunJulAugSepOctNovDec"

// month reads a date-month, in any case as all words of the grammar.
func (s *scan) month() uint8 {
	if s.bad < 0 {
		return 0
	}
	rest := s.b[s.n:]
	for m := range 12 {
		name := monthNames[3*m : 3*m+3]
		if len(rest) >= 3 && EqualFold(rest[:3], name) {
			s.n += 3
			return uint8(m + 1)
		}
		if len(rest) < 3 && EqualFold(rest, name[:len(rest)]) {
			s.n = len(s.b)
			s.fail(FaultTruncated)
			return 0
		}
	}
	s.fail(FaultDate)
	return 0
}

// AppendDateTime appends a date-time with its quotes; NIL if t is zero. What isn't Valid is written as far as the digits go.
func AppendDateTime(dst []byte, t DateTime) []byte {
	if t.IsZero() {
		return append(dst, "NIL"...)
	}
	dst = append(dst, '"')
	if t.Day < 10 {
		dst = append(dst, ' ', '0'+t.Day)
	} else {
		dst = append2(dst, int(t.Day))
	}
	dst = appendMonthYear(dst, t.Month, t.Year)
	dst = append2(append(dst, ' '), int(t.Hour))
	dst = append2(append(dst, ':'), int(t.Min))
	dst = append2(append(dst, ':'), int(t.Sec))
	sign, zone := byte('+'), int(t.Zone)
	if zone < 0 {
		sign, zone = '-', -zone
	}
	hours := min(zone/60, 99) // +9999 has 99 hours and 99 minutes
	dst = append2(append(dst, ' ', sign), hours)
	dst = append2(dst, zone-hours*60)
	return append(dst, '"')
}

// AppendDate appends a date-text, without quotes; nothing if d is zero.
func AppendDate(dst []byte, d Date) []byte {
	if d.IsZero() {
		return dst
	}
	if d.Day >= 10 {
		dst = append2(dst, int(d.Day))
	} else {
		dst = append(dst, '0'+d.Day)
	}
	return appendMonthYear(dst, d.Month, d.Year)
}

func appendMonthYear(dst []byte, month uint8, year uint16) []byte {
	m := 3 * ((int(month) + 11) % 12)
	dst = append(dst, '-')
	dst = append(dst, monthNames[m:m+3]...)
	dst = append(dst, '-')
	return append2(append2(dst, int(year)/100), int(year)%100)
}

// AppendISODate appends the day of a time in its own zone as ISO 8601 writes it: 2006-01-02.
func AppendISODate(dst []byte, t time.Time) []byte {
	year, month, day := t.Date()
	dst = append2(append2(dst, year/100), year%100)
	dst = append2(append(dst, '-'), int(month))
	return append2(append(dst, '-'), day)
}

// AppendISOTime appends the time of day in its own zone as ISO 8601 writes it, with so many of the decimals of a second, at most 9, cut off
// there: 15:04:05.000.
func AppendISOTime(dst []byte, t time.Time, decimals int) []byte {
	hour, minute, second := t.Clock()
	dst = append2(dst, hour)
	dst = append2(append(dst, ':'), minute)
	dst = append2(append(dst, ':'), second)
	if decimals > 0 {
		dst = append(dst, '.')
	}
	for unit := 100_000_000; decimals > 0; unit, decimals = unit/10, decimals-1 {
		dst = append(dst, '0'+byte(t.Nanosecond()/unit%10))
	}
	return dst
}

// append2 appends the last two digits of v.
func append2(dst []byte, v int) []byte {
	return append(dst, '0'+byte(v/10%10), '0'+byte(v%10))
}
