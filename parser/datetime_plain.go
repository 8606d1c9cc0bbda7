package parser

import "github.com/imapwire/imapwire/parser/imap"

// Dates in the plain form of plain.go. A 29th of February is left to the rules, which know the leap years.

// plainDate reads a date-text without quotes.
func plainDate(b []byte, i int, d *imap.Date) (end int) {
	if i+12 > len(b) {
		return unusual
	}
	day := uint(b[i] - '0')
	if day > 9 {
		return unusual
	}
	i++
	if b[i] != '-' {
		ones := uint(b[i] - '0')
		if ones > 9 {
			return unusual
		}
		day = day*10 + ones
		i++
	}
	year, month := plainMonthYear(b, i)
	if month == 0 || !plainDay(day, month) {
		return unusual
	}
	*d = imap.Date{Year: uint16(year), Month: uint8(month), Day: uint8(day)}
	return i + 9
}

// plainDateTime reads a date-time.
func plainDateTime(b []byte, i int, t *imap.DateTime) (end int) {
	if i+28 > len(b) || b[i] != '"' {
		return unusual
	}
	b = b[i : i+28 : i+28]
	ten := uint(b[1] - '0')
	if b[1] == ' ' {
		ten = 0
	}
	ones := uint(b[2] - '0')
	year, month := plainMonthYear(b, 3)
	hour, minute, second, zoneHour, zoneMinute := two(b, 13), two(b, 16), two(b, 19), two(b, 23), two(b, 25)
	if ten > 9 || ones > 9 || month == 0 || hour > 23 || minute > 59 || second > 60 || zoneHour > 99 || zoneMinute > 99 ||
		b[12] != ' ' || b[15] != ':' || b[18] != ':' || b[21] != ' ' || b[22] != '+' && b[22] != '-' || b[27] != '"' {
		return unusual
	}
	day := ten*10 + ones
	if !plainDay(day, month) {
		return unusual
	}
	zone := int16(zoneHour*60 + zoneMinute)
	if b[22] == '-' {
		zone = -zone
	}
	*t = imap.DateTime{Year: uint16(year), Month: uint8(month), Day: uint8(day), Hour: uint8(hour), Min: uint8(minute), Sec: uint8(second), Zone: zone}
	return i + 28
}

// two is the value of the two digits at i, more than 99 if one is none.
func two(b []byte, i int) uint {
	tens, ones := uint(b[i]-'0'), uint(b[i+1]-'0')
	if tens > 9 || ones > 9 {
		return 100
	}
	return tens*10 + ones
}

// plainDay says that the month has that day in every year.
func plainDay(day, month uint) bool {
	return day-1 < uint(monthDays[month]) && (day != 29 || month != 2)
}

// plainMonthYear reads "-" date-month "-" date-year. The month is 0 if something else stands there.
func plainMonthYear(b []byte, i int) (year, month uint) {
	x := load64(b, i)
	thousands, hundreds, tens, ones := uint(x>>40&0xFF)-'0', uint(x>>48&0xFF)-'0', uint(x>>56)-'0', uint(b[i+8])-'0'
	if x&0xFF != '-' || x>>32&0xFF != '-' || thousands > 9 || hundreds > 9 || tens > 9 || ones > 9 {
		return 0, 0
	}
	word := uint32(x>>8) & 0xDFDFDF
	m := &plainMonths[uint64(word)*monthMultiplier>>60]
	if m.word != word {
		return 0, 0
	}
	return thousands*1000 + hundreds*100 + tens*10 + ones, uint(m.month)
}

// plainMonths has the months, in upper case, where a multiplication finds them.
var plainMonths = [16]struct {
	word  uint32
	month uint8
}{
	1:  {'O' | 'C'<<8 | 'T'<<16, 10},
	2:  {'J' | 'U'<<8 | 'N'<<16, 6},
	3:  {'M' | 'A'<<8 | 'R'<<16, 3},
	4:  {'J' | 'A'<<8 | 'N'<<16, 1},
	5:  {'F' | 'E'<<8 | 'B'<<16, 2},
	6:  {'D' | 'E'<<8 | 'C'<<16, 12},
	8:  {'N' | 'O'<<8 | 'V'<<16, 11},
	9:  {'A' | 'U'<<8 | 'G'<<16, 8},
	10: {'S' | 'E'<<8 | 'P'<<16, 9},
	11: {'A' | 'P'<<8 | 'R'<<16, 4},
	12: {'M' | 'A'<<8 | 'Y'<<16, 5},
	14: {'J' | 'U'<<8 | 'L'<<16, 7},
}

const monthMultiplier = 0xc8fea5d73716e7eb
