package wire

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDateTime(t *testing.T) {
	for _, tt := range []struct {
		in    string
		want  DateTime
		fault Fault
		at    int
	}{
		{`"17-Jul-1996 02:44:25 -0700" x`, DateTime{1996, 7, 17, 2, 44, 25, -420}, 0, 28},
		{`" 1-jan-2026 00:00:00 +0000"`, DateTime{2026, 1, 1, 0, 0, 0, 0}, 0, 28},
		{`"01-DEC-2026 23:59:60 +0545"`, DateTime{2026, 12, 1, 23, 59, 60, 345}, 0, 28},
		{`"29-Feb-2000 00:00:00 -0000"`, DateTime{2000, 2, 29, 0, 0, 0, 0}, 0, 28},
		{`"29-Feb-1900 00:00:00 +0000"`, DateTime{}, FaultDate, 1},
		{`"31-Apr-2026 00:00:00 +0000"`, DateTime{}, FaultDate, 1},
		{`" 0-Apr-2026 00:00:00 +0000"`, DateTime{}, FaultDate, 1},
		{`"01-Apr-2026 24:00:00 +0000"`, DateTime{}, FaultDate, 1},
		{`"01-Apr-2026 00:60:00 +0000"`, DateTime{}, FaultDate, 1},
		{`"01-Apr-2026 00:00:61 +0000"`, DateTime{}, FaultDate, 1},
		{`"01-Apr-2026 00:00:00 +0060"`, DateTime{2026, 4, 1, 0, 0, 0, 60}, 0, 28},
		{`"01-Apr-2026 00:00:00 -2400"`, DateTime{2026, 4, 1, 0, 0, 0, -24 * 60}, 0, 28},
		{`"01-Apr-2026 00:00:00 -9999"`, DateTime{2026, 4, 1, 0, 0, 0, -MaxZone}, 0, 28},
		{`"01-Apr-2026 00:00:00 +099"`, DateTime{}, FaultNumber, 26},
		{`"1-Apr-2026 00:00:00 +0000"`, DateTime{}, FaultNumber, 2},
		{`"  1-Apr-2026 00:00:00 +0000"`, DateTime{}, FaultNumber, 2},
		{`"01-Foo-2026 00:00:00 +0000"`, DateTime{}, FaultDate, 4},
		{`"01-Apr-26 00:00:00 +0000"`, DateTime{}, FaultNumber, 10},
		{`"01-Apr-2026 00:00:00 GMT"`, DateTime{}, FaultChar, 22},
		{`"01-Apr-2026 00:00:00 +0000 "`, DateTime{}, FaultChar, 27},
		{`"01-Apr-2026 00:00:00`, DateTime{}, FaultTruncated, 21},
		{`"01-A`, DateTime{}, FaultTruncated, 5},
		{`"01-Ax`, DateTime{}, FaultDate, 4},
		{`"`, DateTime{}, FaultTruncated, 1},
		{`01-Apr-2026`, DateTime{}, 0, 0},
		{``, DateTime{}, 0, 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, n := ConsumeDateTime([]byte(tt.in))
			requireLength(t, n, tt.fault, tt.at)
			require.Equal(t, tt.want, got)
			if tt.fault == FaultDate && tt.at == 1 {
				got, n = ScanDateTime([]byte(tt.in))
				require.Equal(t, DateTimeLen, n)
				require.False(t, got.Valid())
			}
		})
	}
	require.Equal(t, `" 1-Jan-2026 03:04:05 -0930"`, string(AppendDateTime(nil, DateTime{2026, 1, 1, 3, 4, 5, -570})))
	require.Equal(t, `"10-Dec-0007 00:00:00 +0000"`, string(AppendDateTime(nil, DateTime{Year: 7, Month: 12, Day: 10})))
	require.Equal(t, "NIL", string(AppendDateTime(nil, DateTime{})))
	require.NotPanics(t, func() { AppendDateTime(nil, DateTime{65535, 255, 255, 255, 255, 255, -32768}) })
}

func TestDate(t *testing.T) {
	for _, tt := range []struct {
		in    string
		want  Date
		fault Fault
		at    int
	}{
		{"1-Feb-1994 x", Date{1994, 2, 1}, 0, 10},
		{"01-Feb-1994", Date{1994, 2, 1}, 0, 11},
		{`"1-feb-1994"`, Date{1994, 2, 1}, 0, 12},
		{"30-Feb-1994", Date{}, FaultDate, 0},
		{"0-Feb-1994", Date{}, FaultDate, 0},
		{`"30-Feb-1994"`, Date{}, FaultDate, 1},
		{"001-Feb-1994", Date{}, FaultChar, 2},
		{"1-Feb-94", Date{}, FaultTruncated, 8}, // two digits more would make it a date
		{"1-Feb-94 ", Date{}, FaultNumber, 8},
		{"1/Feb/1994", Date{}, FaultChar, 1},
		{"1-Feb", Date{}, FaultTruncated, 5},
		{`"1-Feb-1994`, Date{}, FaultTruncated, 11},
		{`"1-Feb-1994x`, Date{}, FaultChar, 11},
		{`"`, Date{}, FaultTruncated, 1},
		{`"abc"`, Date{}, 0, 0},
		{"Feb", Date{}, 0, 0},
		{"", Date{}, 0, 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, n := ConsumeDate([]byte(tt.in))
			requireLength(t, n, tt.fault, tt.at)
			require.Equal(t, tt.want, got)
		})
	}
	require.Equal(t, "1-Feb-1994", string(AppendDate(nil, Date{1994, 2, 1})))
	require.Equal(t, "11-Nov-2011", string(AppendDate(nil, Date{2011, 11, 11})))
	require.Empty(t, AppendDate(nil, Date{}))
}

func TestTimes(t *testing.T) {
	zone := time.FixedZone("", -7*3600)
	at := time.Date(1996, 7, 17, 2, 44, 25, 0, zone)
	d := DateTime{1996, 7, 17, 2, 44, 25, -420}
	require.True(t, d.Time().Equal(at))
	require.Equal(t, d, DateTimeOf(at))
	require.Equal(t, d, DateTimeOf(at.Add(time.Second/2)))
	require.Equal(t, Date{1996, 7, 17}, d.Date())
	require.Equal(t, Date{1996, 7, 17}, DateOf(at))
	require.Equal(t, time.Date(1996, 7, 17, 0, 0, 0, 0, time.UTC), d.Date().Time())

	require.True(t, DateTime{}.IsZero() && Date{}.IsZero())
	require.True(t, DateTime{}.Time().IsZero() && Date{}.Time().IsZero())
	require.True(t, DateTimeOf(time.Time{}).IsZero() && DateOf(time.Time{}).IsZero())
	require.False(t, DateTimeOf(time.Unix(0, 0)).IsZero(), "the epoch is a time")
	require.True(t, DateTimeOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero())

	// A zone with seconds is cut to minutes, the instant stays.
	amsterdam := time.Date(1930, 1, 1, 12, 0, 0, 0, time.FixedZone("AMT", 1172))
	require.Equal(t, DateTime{1930, 1, 1, 11, 59, 28, 19}, DateTimeOf(amsterdam))
	require.True(t, DateTimeOf(amsterdam).Time().Equal(amsterdam))
	far := time.Date(2026, 1, 2, 0, 0, 0, 0, time.FixedZone("", MaxZone*60))
	require.Equal(t, DateTime{2026, 1, 2, 0, 0, 0, MaxZone}, DateTimeOf(far))
	require.Equal(t, `" 2-Jan-2026 00:00:00 +9999"`, string(AppendDateTime(nil, DateTimeOf(far))))
	odd := time.Date(2026, 1, 7, 0, 0, 0, 0, time.FixedZone("", 120*3600))
	require.Equal(t, DateTime{2026, 1, 2, 0, 0, 0, 0}, DateTimeOf(odd), "four digits can't write the zone")
}

func TestAppendISO(t *testing.T) {
	at := time.Date(2026, time.November, 5, 3, 7, 9, 12_345_678, time.UTC)
	require.Equal(t, "on 2026-11-05", string(AppendISODate([]byte("on "), at)))
	require.Equal(t, "0987-01-31", string(AppendISODate(nil, time.Date(987, time.January, 31, 0, 0, 0, 0, time.UTC))))
	for decimals, want := range []string{"03:07:09", "03:07:09.0", "03:07:09.01", "03:07:09.012", "03:07:09.0123", "03:07:09.01234", "03:07:09.012345"} {
		require.Equal(t, want, string(AppendISOTime(nil, at, decimals)))
	}
	require.Equal(t, "at 23:59:59.987654321", string(AppendISOTime([]byte("at "), time.Date(2026, 1, 1, 23, 59, 59, 987_654_321, time.UTC), 9)))
	require.Equal(t, "2026-11-06 02:07:09", string(AppendISOTime(append(AppendISODate(nil, at.In(time.FixedZone("", 23*3600))), ' '), at.In(time.FixedZone("", 23*3600)), 0)))
}
