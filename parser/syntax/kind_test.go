package syntax

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shortNames are the constants that aren't their name in CamelCase.
var shortNames = map[string]string{
	"sp": "SP", "crlf": "CRLF", "lparen": "LParen", "rparen": "RParen",
	"lbracket": "LBracket", "rbracket": "RBracket", "langle": "LAngle", "rangle": "RAngle",
}

func constant(name string) string {
	if s, ok := shortNames[name]; ok {
		return "Kind" + s
	}
	var b strings.Builder
	for _, part := range strings.Split(name, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return "Kind" + b.String()
}

func TestKindTable(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	source := regexp.MustCompile(`^(RFC \d+ (§|[A-Z]\.)[A-Z0-9.]+|draft-[a-z0-9-]+ §[0-9.]+|[A-Z0-9.-]+ \([A-Z][a-z]+\)|[A-Z][A-Za-z0-9 .-]+)$`)
	names := map[string]Kind{}
	for k := range kindCount {
		r := kindTable[k]
		require.Regexp(t, kebab, r.name, "kind %d", k)
		require.NotContains(t, names, r.name)
		names[r.name] = k
		if k != KindError {
			require.Regexp(t, source, r.rfc, r.name)
			require.NotEqual(t, ClassGap, r.class, "%s: only what recovery skipped is a gap", r.name)
		}
		require.Less(t, r.class, classCount)
		require.Equal(t, []string{r.name, r.rfc}, []string{k.String(), k.RFC()})
		found, ok := KindNamed(r.name)
		require.True(t, ok && found == k && k.Class() == r.class)
	}
	require.Equal(t, Kinds, len(names))
	_, ok := KindNamed("no-such-kind")
	require.False(t, ok)
}

// TestKindConstants holds constants and rows in lock step: the same names in the same order under the same headings.
func TestKindConstants(t *testing.T) {
	var consts []string
	file, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	require.NoError(t, err)
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				consts = append(consts, s.(*ast.ValueSpec).Names[0].Name)
			}
		}
	}
	require.Equal(t, "kindCount", consts[len(consts)-1])
	consts = consts[:len(consts)-1]
	require.Len(t, consts, Kinds)
	for i, c := range consts {
		require.Equal(t, constant(kindTable[i].name), c, "row %d", i)
	}
	var rows []string
	for _, m := range regexp.MustCompile(`(?m)^\t(Kind\w+):`).FindAllStringSubmatch(read(t, "table.go"), -1) {
		rows = append(rows, m[1])
	}
	require.Equal(t, consts, rows, "the rows stand in the order of the constants")
	headings := func(name string) []string {
		return regexp.MustCompile(`(?m)^\t// .*\.$`).FindAllString(read(t, name), -1)
	}
	require.Equal(t, headings("kinds.go"), headings("table.go"))
}

func read(t *testing.T, name string) string {
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

func TestUnknownKind(t *testing.T) {
	require.Empty(t, Kind(65535).String()+Kind(65535).RFC()+Class(200).String())
	require.Equal(t, ClassGap, Kind(65535).Class())
	require.Equal(t, "gap", KindError.Class().String())
	require.Equal(t, "text", ClassText.String())
	require.Zero(t, KindError)
}
