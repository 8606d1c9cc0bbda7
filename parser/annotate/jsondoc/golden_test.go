package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/parser/annotate"
	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/explain/words"
)

var update = flag.Bool("update", false, "write the goldens anew; look at every line that changes")

const transcripts = "../../../corpus/transcripts"

// document is the contract, as a reader of the JSON would declare it. Fields that it does not know are refused.
type document struct {
	Version int `json:"version"`
	Source  struct {
		Container string  `json:"container"`
		Bytes     int     `json:"bytes"`
		Text      *string `json:"text"`
	} `json:"source"`
	Format struct {
		ID         string  `json:"id"`
		Confidence float64 `json:"confidence"`
		Guesses    []struct {
			ID         string  `json:"id"`
			Confidence float64 `json:"confidence"`
		} `json:"guesses"`
	} `json:"format"`
	Problem *struct {
		ID     string `json:"id"`
		Detail string `json:"detail"`
	} `json:"problem"`
	Connections []struct {
		ID     int      `json:"id"`
		Host   string   `json:"host"`
		Server string   `json:"server"`
		Client string   `json:"client"`
		Why    []string `json:"why"`
	} `json:"connections"`
	Messages    []message `json:"messages"`
	Diagnostics []finding `json:"diagnostics"`
	Secrets     []struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Kind  string `json:"kind"`
	} `json:"secrets"`
}

// message is one of the messages.
type message struct {
	ID         int      `json:"id"`
	Connection int      `json:"connection"`
	Side       string   `json:"side"`
	SideSure   bool     `json:"sideSure"`
	SideWhy    []string `json:"sideWhy"`
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Line       int      `json:"line"`
	Spans      [][2]int `json:"spans"`
	Wire       string   `json:"wire"`
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	Tag        string   `json:"tag"`
	Answers    *int     `json:"answers"`
	AnsweredBy *int     `json:"answeredBy"`
	State      string   `json:"state"`
	Mailbox    string   `json:"mailbox"`
	Time       string   `json:"time"`
	LatencyMs  float64  `json:"latencyMs"`
	Summary    string   `json:"summary"`
	Nodes      []struct {
		Kind  string   `json:"kind"`
		Start int      `json:"start"`
		End   int      `json:"end"`
		Depth int      `json:"depth"`
		Flags []string `json:"flags"`
	} `json:"nodes"`
	Literals []struct {
		Start     int    `json:"start"`
		Announced int    `json:"announced"`
		Found     int    `json:"found"`
		State     string `json:"state"`
		Reason    string `json:"reason"`
	} `json:"literals"`
	Error *struct {
		Code   string   `json:"code"`
		Start  int      `json:"start"`
		End    int      `json:"end"`
		Rule   string   `json:"rule"`
		Expect []string `json:"expect"`
	} `json:"error"`
}

// finding is one of the diagnostics.
type finding struct {
	ID         string                          `json:"id"`
	Severity   string                          `json:"severity"`
	Message    int                             `json:"message"`
	Start      int                             `json:"start"`
	End        int                             `json:"end"`
	Related    []int                           `json:"related"`
	Title      string                          `json:"title"`
	Body       string                          `json:"body"`
	Fix        struct{ Client, Server string } `json:"fix"`
	RFC        string                          `json:"rfc"`
	Section    string                          `json:"section"`
	Producer   string                          `json:"producer"`
	Confidence float64                         `json:"confidence"`
}

var kebab = regexp.MustCompile(`^[a-z0-9]+([-+*][a-z0-9]+)*$`)

// TestTranscripts holds what is said about every transcript of the corpus to its golden, and to the contract.
func TestTranscripts(t *testing.T) {
	n := 0
	require.NoError(t, filepath.WalkDir(transcripts, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".txt" {
			return err
		}
		n++
		rel, _ := filepath.Rel(transcripts, name)
		t.Run(filepath.ToSlash(rel), func(t *testing.T) {
			src, err := os.ReadFile(name)
			require.NoError(t, err)
			d := annotate.Annotate(src, annotate.Options{})
			var brief bytes.Buffer
			e := jsondoc.Encoder{Doc: d, Brief: true} // without words: they may be improved without a look at every golden
			require.NoError(t, e.Rest(&brief))
			golden := strings.TrimSuffix(name, ".txt") + ".json"
			if *update {
				require.NoError(t, os.WriteFile(golden, brief.Bytes(), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err, "go test ./parser/annotate/jsondoc -update writes it")
			if !bytes.Equal(want, brief.Bytes()) {
				requireLines(t, strings.Split(string(want), "\n"), strings.Split(brief.String(), "\n"))
			}
			var full bytes.Buffer
			require.NoError(t, jsondoc.Write(&full, d, words.Table("zh")))
			checkContract(t, full.Bytes(), d.Text)
			var streamed bytes.Buffer
			_, err = jsondoc.Stream(&streamed, src, annotate.Options{}, words.Table("zh"))
			require.NoError(t, err)
			require.True(t, bytes.Equal(full.Bytes(), streamed.Bytes()), "the same when it is streamed")
		})
		return nil
	}))
	require.NotZero(t, n, "the corpus has transcripts")
}

// requireLines tells the first line that differs: the whole would bury it.
func requireLines(t *testing.T, want, got []string) {
	t.Helper()
	for i := range min(len(want), len(got)) {
		require.Equal(t, want[i], got[i], "line %d", i+1)
	}
	require.Equal(t, len(want), len(got), "lines")
}

// checkContract holds JSON to what the fields mean.
func checkContract(t *testing.T, b, text []byte) {
	t.Helper()
	var d document
	r := json.NewDecoder(bytes.NewReader(b))
	r.DisallowUnknownFields()
	require.NoError(t, r.Decode(&d))
	require.Equal(t, 1, d.Version)
	require.Equal(t, len(text), d.Source.Bytes)
	covered, last := 0, 0
	for i, m := range d.Messages {
		require.Equal(t, i, m.ID)
		require.LessOrEqual(t, m.Connection, max(len(d.Connections)-1, 0))
		require.Contains(t, []string{"client", "server", "none"}, m.Side)
		require.Contains(t, []string{"greeting", "command", "continuation", "data", "status", "auth", "idle-done", "literal", "opaque", "noise"}, m.Kind)
		require.LessOrEqual(t, last, m.Start, "messages ascend")
		last = m.Start
		require.LessOrEqual(t, m.Start, covered, "no octet is lost")
		if m.Start < covered { // only a command with literals is spoken over: by the "+" that it waits for, and by other connections
			require.True(t, slices.ContainsFunc(d.Messages[:i], func(over message) bool { return over.End > m.Start && len(over.Spans) > 0 }), "message %d overlaps", i)
		}
		covered = max(covered, m.End)
		require.Equal(t, 1+bytes.Count(text[:m.Start], []byte{'\n'}), m.Line, "message %d", i)
		if m.Start > 0 && m.Start < len(text) {
			require.Regexp(t, `(?i)(\n|<br\s*/?>)$`, string(text[max(0, m.Start-8):m.Start]), "message %d begins with a line; pages end them with <br>, and with no line feed", i)
		}
		for _, s := range m.Spans {
			require.True(t, m.Start <= s[0] && s[0] < s[1] && s[1] <= m.End)
		}
		for _, c := range m.Wire {
			require.Less(t, c, rune(256))
		}
		if m.Answers != nil {
			require.Less(t, *m.Answers, i)
			require.Equal(t, d.Messages[*m.Answers].Connection, m.Connection)
		}
		if m.AnsweredBy != nil {
			require.Equal(t, i, *d.Messages[*m.AnsweredBy].Answers)
			require.Equal(t, "command", m.Kind)
		}
		require.NotEmpty(t, m.Summary)
		depth := -1
		for _, n := range m.Nodes {
			require.LessOrEqual(t, n.Depth, depth+1)
			depth = n.Depth
			require.True(t, m.Start <= n.Start && n.Start <= n.End && n.End <= m.End)
			require.Regexp(t, kebab, n.Kind)
		}
		for _, l := range m.Literals {
			require.Contains(t, []string{"present", "repaired", "elided", "masked"}, l.State)
		}
		if m.Error != nil {
			require.Regexp(t, kebab, m.Error.Code)
			require.True(t, slices.ContainsFunc(d.Diagnostics, func(f finding) bool {
				return f.ID == m.Error.Code && f.Message == i
			}), "error %s of message %d is a diagnostic", m.Error.Code, i)
		}
	}
	require.Equal(t, len(text), covered, "no octet is lost")
	for _, f := range d.Diagnostics {
		require.Regexp(t, kebab, f.ID)
		require.Contains(t, []string{"error", "quirk", "warning", "hint"}, f.Severity)
		require.NotEmpty(t, f.Title, f.ID)
		m := d.Messages[f.Message]
		require.True(t, m.Start <= f.Start && f.Start <= f.End && f.End <= m.End, f.ID)
	}
	for _, s := range d.Secrets {
		require.True(t, s.Start <= s.End && s.End <= len(text))
	}
}
