//go:build !js

package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/imapwire/imapwire/"

// arrows says what each package of the module may import of it, directly. What is not listed may not be there.
var arrows = map[string][]string{
	"parser/wire":             {},
	"parser/syntax":           {"parser/wire"},
	"parser/imap":             {"parser/wire"},
	"parser/imap/mailtext":    {"parser/wire", "parser/imap"}, // with the standard library's mail packages, which the core does without
	"parser":                  {"parser/wire", "parser/syntax", "parser/imap"},
	"encoder":                 {"parser/wire", "parser/imap"},
	"parser/transcript":       {"parser/wire", "parser/imap"},
	"parser/session":          {"parser/wire", "parser/imap"},
	"parser/explain":          {"parser/wire", "parser/syntax", "parser/imap"},
	"parser/explain/words":    {"parser/explain"},
	"parser/diagnose":         {"parser/wire", "parser/imap", "parser", "parser/transcript", "parser/session"},
	"parser/redact":           {"parser/wire", "parser/syntax", "parser/imap", "parser", "encoder", "parser/transcript", "parser/session"},
	"parser/annotate":         below("parser/annotate"),
	"parser/annotate/jsondoc": below("parser/annotate/jsondoc"),
	"wasm/api":                below("wasm/api"),
	"wasm":                    {"wasm/api"},
	"playground/site":         below("playground/site"),
	"playground/lean":         {},
	"playground":              append(below("playground"), "playground/site", "playground/lean"),
	"corpus":                  {},
}

// below is everything that a package near the top may use. The words themselves are for programs that run natively.
func below(name string) []string {
	all := []string{"parser/wire", "parser/syntax", "parser/imap", "parser", "encoder", "parser/transcript", "parser/session", "parser/explain", "parser/diagnose", "parser/redact"}
	if name != "parser/annotate" {
		all = append(all, "parser/annotate")
	}
	if name != "parser/annotate" && name != "parser/annotate/jsondoc" {
		all = append(all, "parser/annotate/jsondoc")
	}
	if strings.HasPrefix(name, "playground") {
		all = append(all, "parser/explain/words")
	}
	return all
}

func goList(t *testing.T, env []string, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	root, err := repository()
	require.NoError(t, err)
	cmd.Dir = root
	cmd.Env = append(cmd.Environ(), env...)
	out, err := cmd.Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}

// Imports point one way.
func TestArrows(t *testing.T) {
	for _, target := range [][]string{nil, {"GOOS=wasip1", "GOARCH=wasm"}, {"GOOS=js", "GOARCH=wasm"}} {
		for _, line := range goList(t, target, "-e", "-f", `{{.ImportPath}}={{join .Imports ","}}`, "./...") {
			name, imports, _ := strings.Cut(strings.TrimPrefix(line, module), "=")
			allowed, known := arrows[name]
			if !known && imports != "" {
				t.Errorf("%s is not a package that the layout has", name)
			}
			for i := range strings.SplitSeq(imports, ",") {
				if to, ours := strings.CutPrefix(i, module); ours && !slices.Contains(allowed, to) {
					t.Errorf("%s imports %s", name, to)
				}
			}
		}
	}
}

// Tests of the lower layers may reach up only from outside, and nobody but tests uses the corpus.
func TestCorpusIsForTests(t *testing.T) {
	for _, line := range goList(t, nil, "-f", `{{.ImportPath}}={{join .TestImports ","}}`, "./...") {
		name, imports, _ := strings.Cut(strings.TrimPrefix(line, module), "=")
		for i := range strings.SplitSeq(imports, ",") {
			to, ours := strings.CutPrefix(i, module)
			if ours && to != "corpus" && !slices.Contains(arrows[name], to) {
				t.Errorf("tests inside of %s import %s", name, to)
			}
		}
	}
}

// What the WebAssembly module links has none of the packages that would make it larger than all the rest.
func TestWasmLinksNothingHeavy(t *testing.T) {
	closure := goList(t, []string{"GOOS=wasip1", "GOARCH=wasm"}, "-deps", "./wasm")
	require.Contains(t, closure, module+"wasm/api")
	for _, heavy := range []string{
		"fmt", "encoding/json", "encoding/base64", "encoding/binary", "regexp", "log", "reflect", "compress/gzip", "compress/flate", "net/http", "os", module + "corpus",
		module + "parser/explain/words",
	} {
		require.NotContains(t, closure, heavy)
	}
}

// The layers below diagnosis do without init-time maps and reflection too.
func TestHotPathsAreLight(t *testing.T) {
	for _, name := range []string{"parser/wire", "parser/syntax", "parser/imap", "parser", "encoder"} {
		for _, i := range goList(t, nil, "-f", `{{join .Imports " "}}`, "./"+name) {
			require.NotContains(t, []string{"fmt", "encoding/json", "regexp", "log", "reflect", "unsafe", "sync"}, i, name)
		}
	}
}
