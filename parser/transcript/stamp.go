package transcript

import (
	"bytes"
	"time"
)

// findStamp finds the first time stamp in a log line's prefix and the length up to its end. Stamps without a date are in year 0; without a zone, UTC.
func findStamp(b []byte) (time.Time, int) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		if !isAlnum(c) || i > 0 && isAlnum(b[i-1]) || c > '9' && monthOf(b[i:]) == 0 {
			continue
		}
		if t, n := stamp(b[i:]); n > 0 {
			return t, i + n
		}
	}
	return time.Time{}, 0
}

// stamp reads a time stamp at the start of b in one of the shapes that logs use, and its length, 0 when there is none.
func stamp(b []byte) (time.Time, int) {
	year, month, day, n := date(b)
	if n == 0 {
		if t, n := epoch(b); n > 0 {
			return t, n
		}
		c, n := clock(b)
		if n == 0 {
			return time.Time{}, 0
		}
		return dayTime(c), n
	}
	if n == len(b) {
		return time.Time{}, 0
	}
	switch b[n] {
	case 'T', ' ', ':', '-', '_':
	default:
		return time.Time{}, 0
	}
	p := n + 1
	for p < len(b) && b[p] == ' ' {
		p++
	}
	c, m := clock(b[p:])
	if m == 0 {
		return time.Time{}, 0
	}
	p += m
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Add(c)
	if off, m := zone(b[p:]); m > 0 {
		t = t.Add(-off)
		p += m
	}
	return t, p
}

// date reads 2026-03-01, 2026/03/01, 2026.03.01, 20260301, 01-Mar-2026, 01/Mar/2026, Mar 01 2026 or Mar  1 (year 0).
func date(b []byte) (year, month, day, n int) {
	d := 0
	for d < len(b) && d < 9 && b[d] >= '0' && b[d] <= '9' {
		d++
	}
	num := func(i, j int) int {
		v, _ := parseUint(b[i:j])
		return int(v)
	}
	switch {
	case d == 4 && len(b) >= 10 && (b[4] == '-' || b[4] == '/' || b[4] == '.') && b[7] == b[4] && isDigits(b[5:7]) && isDigits(b[8:10]):
		year, month, day, n = num(0, 4), num(5, 7), num(8, 10), 10
	case d == 8:
		year, month, day, n = num(0, 4), num(4, 6), num(6, 8), 8
	case (d == 1 || d == 2) && len(b) >= d+9 && (b[d] == '-' || b[d] == '/' || b[d] == ' ') && monthOf(b[d+1:]) > 0 && isDigits(b[d+5:d+9]):
		year, month, day, n = num(d+5, d+9), monthOf(b[d+1:]), num(0, d), d+9
	case d == 0 && len(b) >= 6 && monthOf(b) > 0 && b[3] == ' ':
		p := 4
		if b[p] == ' ' {
			p++
		}
		q := p
		for q < len(b) && q < p+2 && b[q] >= '0' && b[q] <= '9' {
			q++
		}
		if q == p {
			return 0, 0, 0, 0
		}
		month, day, n = monthOf(b), num(p, q), q
		if q+5 <= len(b) && b[q] == ' ' && isDigits(b[q+1:q+5]) {
			year, n = num(q+1, q+5), q+5
		} else if q+6 <= len(b) && b[q] == ',' && isDigits(b[q+2:q+6]) {
			year, n = num(q+2, q+6), q+6
		}
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, 0, 0, 0
	}
	return year, month, day, n
}

func monthOf(b []byte) int {
	if len(b) < 3 {
		return 0
	}
	switch string([]byte{b[0] &^ 0x20, b[1] &^ 0x20, b[2] &^ 0x20}) {
	case "JAN":
		return 1
	case "FEB":
		return 2
	case "MAR":
		return 3
	case "APR":
		return 4
	case "MAY":
		return 5
	case "JUN":
		return 6
	case "JUL":
		return 7
	case "AUG":
		return 8
	case "SEP":
		return 9
	case "OCT":
		return 10
	case "NOV":
		return 11
	case "DEC":
		return 12
	}
	return 0
}

// clock reads HH:MM:SS with an optional fraction, and AM or PM.
func clock(b []byte) (time.Duration, int) {
	h := 0
	for h < len(b) && h < 3 && b[h] >= '0' && b[h] <= '9' {
		h++
	}
	if h < 1 || h > 2 || len(b) < h+6 || b[h] != ':' || b[h+3] != ':' || !isDigits(b[h+1:h+3]) || !isDigits(b[h+4:h+6]) {
		return 0, 0
	}
	hour, _ := parseUint(b[:h])
	minute, _ := parseUint(b[h+1 : h+3])
	second, _ := parseUint(b[h+4 : h+6])
	if hour > 24 || minute > 59 || second > 60 {
		return 0, 0
	}
	n := h + 6
	d := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if n+1 < len(b) && (b[n] == '.' || b[n] == ',') && b[n+1] >= '0' && b[n+1] <= '9' {
		n++
		unit := time.Second / 10
		for ; n < len(b) && b[n] >= '0' && b[n] <= '9'; n++ {
			d += time.Duration(b[n]-'0') * unit
			unit /= 10
		}
	}
	if n+3 <= len(b) && b[n] == ' ' && (b[n+2]|0x20) == 'm' && ((b[n+1]|0x20) == 'a' || (b[n+1]|0x20) == 'p') {
		if (b[n+1]|0x20) == 'p' && hour < 12 {
			d += 12 * time.Hour
		} else if (b[n+1]|0x20) == 'a' && hour == 12 {
			d -= 12 * time.Hour
		}
		n += 3
	}
	return d, n
}

// zone reads Z, UTC, GMT, +0100 or +01:00, with or without a blank before it.
func zone(b []byte) (time.Duration, int) {
	p := 0
	if p < len(b) && b[p] == ' ' {
		p++
	}
	rest := b[p:]
	switch {
	case bytes.HasPrefix(rest, []byte("UTC")), bytes.HasPrefix(rest, []byte("GMT")):
		return 0, p + 3
	case len(rest) > 0 && rest[0] == 'Z' && (len(rest) == 1 || !isAlnum(rest[1])):
		return 0, p + 1
	case len(rest) >= 5 && (rest[0] == '+' || rest[0] == '-') && isDigits(rest[1:3]):
		m := 3
		if rest[3] == ':' {
			m = 4
		}
		if len(rest) < m+2 || !isDigits(rest[m:m+2]) {
			return 0, 0
		}
		hours, _ := parseUint(rest[1:3])
		minutes, _ := parseUint(rest[m : m+2])
		d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
		if rest[0] == '-' {
			d = -d
		}
		return d, p + m + 2
	}
	return 0, 0
}

// epoch reads seconds since 1970 with an optional fraction, or milliseconds: 10 or 13 digits.
func epoch(b []byte) (time.Time, int) {
	v, n := parseUint(b)
	if n == 13 && v > 1_000_000_000_000 {
		return time.UnixMilli(int64(v)).UTC(), n
	}
	if n != 10 || v < 500_000_000 {
		return time.Time{}, 0
	}
	t := time.Unix(int64(v), 0).UTC()
	if n+1 < len(b) && b[n] == '.' && b[n+1] >= '0' && b[n+1] <= '9' {
		n++
		unit := time.Second / 10
		for ; n < len(b) && b[n] >= '0' && b[n] <= '9'; n++ {
			t = t.Add(time.Duration(b[n]-'0') * unit)
			unit /= 10
		}
	}
	return t, n
}

// dayTime is a time of day without a date.
func dayTime(c time.Duration) time.Time {
	return time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Add(c)
}
