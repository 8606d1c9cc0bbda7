//go:build !js

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/imapwire/imapwire/parser/explain/words"
	"github.com/imapwire/imapwire/playground/lean"
	"github.com/imapwire/imapwire/playground/site"
)

// modulePath is how a repository of this module is known.
const modulePath = "module github.com/imapwire/imapwire"

// builder makes what the page needs, out of the repository at root, as far as it is missing or older than its source.
type builder struct {
	root  string
	log   io.Writer
	force bool
}

func (c *cli) build(args []string) (int, error) {
	f := c.flags("build", "", "builds what the page needs, as far as it is missing or older than its source.", "", "-worker")
	engine := f.Bool("engine", false, "only the engine (wasm/dist)")
	worker := f.Bool("worker", false, "also the Cloudflare Worker (playground/build), for wrangler")
	force := f.Bool("force", false, "also what is newer than its source")
	if _, err := f.parse(args); err != nil {
		return 0, err
	}
	root, err := repository()
	if err != nil {
		return 0, err
	}
	b := builder{root: root, log: c.err, force: *force}
	if *engine {
		return exitDone, errors.Join(b.engine(), b.words())
	}
	if err := b.all(); err != nil || !*worker {
		return exitDone, err
	}
	return exitDone, b.worker()
}

// repository finds the module's root at or above the working directory.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if line, _, _ := bytes.Cut(mod, []byte("\n")); err == nil && strings.TrimSpace(string(line)) == modulePath {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", errors.New("this is not a clone of the imapwire repository")
		}
		dir = above
	}
}

func (b *builder) path(parts ...string) string {
	return filepath.Join(append([]string{b.root}, parts...)...)
}

// toolsMissing is what this machine lacks to build the page. All else works without it.
type toolsMissing struct{ error }

// all builds engine, words and page. The error is toolsMissing when only Node or a network is missing.
func (b *builder) all() error {
	if b.modified(b.path("playground", "web", "dist", "index.html")).IsZero() {
		if err := node(); err != nil { // before a minute of compiling
			return err
		}
	}
	for _, step := range []func() error{b.engine, b.words, b.packages, b.page} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// inlined are the packages whose functions are worth inlining, for they run for every octet. Elsewhere inlining makes the module larger and
// nothing faster: what a page waits for is the module, and Cloudflare takes Workers of a certain size only.
var inlined = []string{"parser/wire", "parser/syntax"}

// inlining are the flags of the go command for that.
func inlining() []string {
	const module = "github.com/imapwire/imapwire/"
	flags := []string{"-gcflags=" + module + "...=-l"}
	for _, name := range inlined {
		flags = append(flags, "-gcflags="+module+name+"=") // the last pattern that matches holds
	}
	return flags
}

// engine compiles the parser to WebAssembly, and makes it lean.
func (b *builder) engine() error {
	out := b.path("wasm", "dist", "imapwire.wasm")
	if !b.stale([]string{out}, isGo, "parser", "encoder", "wasm", "playground/lean", "go.mod", "go.sum") {
		return nil
	}
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("the go command is needed to build the engine: https://go.dev/dl/")
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := b.link(out); err != nil {
		return err
	}
	return b.lean(out)
}

// link compiles the engine to out, as the go command makes it.
func (b *builder) link(out string) error {
	flags := "-s -w"
	if commit, err := exec.Command("git", "-C", b.root, "describe", "--tags", "--always", "--dirty").Output(); err == nil {
		flags += " -X github.com/imapwire/imapwire/wasm/api.Version=" + strings.TrimSpace(string(commit))
	}
	args := append([]string{"build", "-buildmode=c-shared", "-trimpath", "-ldflags=" + flags, "-o", out}, inlining()...)
	cmd := exec.Command("go", append(args, "./wasm")...)
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=")
	return b.run("engine", "compiling the parser to WebAssembly", cmd, "")
}

// lean makes the module at name smaller. With a module of another version of Go than it knows, the module works as it is.
func (b *builder) lean(name string) error {
	module, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	smaller, err := lean.Module(module)
	if err != nil {
		fmt.Fprintf(b.log, "%-9s left as it is: %v\n", "engine", err)
		return nil
	}
	fmt.Fprintf(b.log, "%-9s %.1f MB, made lean %.1f MB\n", "engine", float64(len(module))/1e6, float64(len(smaller))/1e6)
	return os.WriteFile(name, smaller, 0o644)
}

// words writes the tables of words. They are in this binary; if the texts are newer, a new binary must do it.
func (b *builder) words() error {
	var outs []string
	for _, lang := range words.Langs {
		outs = append(outs, b.path("wasm", "dist", "words-"+lang+".bin"))
	}
	isWord := func(name string) bool { return isGo(name) || strings.HasSuffix(name, ".txt") }
	if !b.stale(outs, isWord, "parser/explain") {
		return nil
	}
	if self, err := os.Executable(); err == nil && b.stale([]string{self}, isWord, "parser/explain") && !b.force {
		return b.run("words", "compiling the explanations", exec.Command("go", "run", "./playground", "build", "-engine", "-force"), "")
	}
	for i, lang := range words.Langs {
		table, err := words.Compiled(lang)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(outs[i]), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(outs[i], table, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// packages installs what the page's build needs, as the lock says.
func (b *builder) packages() error {
	lock, installed := b.path("playground", "package-lock.json"), b.path("playground", "node_modules", ".package-lock.json")
	if !b.stalePage() && b.modified(installed).After(b.modified(lock)) {
		return nil
	}
	if err := node(); err != nil {
		return err
	}
	if b.modified(installed).After(b.modified(lock)) && !b.force {
		return nil
	}
	cmd := exec.Command("npm", "ci", "--no-audit", "--no-fund")
	cmd.Dir = b.path("playground")
	if err := b.run("packages", "installing the page's build tools (npm ci)", cmd,
		"npm could not install the packages. Without a network it needs its cache; with a proxy it needs npm's proxy settings"); err != nil {
		return toolsMissing{err}
	}
	return nil
}

// page bundles the page, and writes the headers that it is delivered with beside it, for hosts that read such a file.
func (b *builder) page() error {
	if b.stalePage() {
		cmd := exec.Command("npm", "run", "--silent", "build")
		cmd.Dir = b.path("playground")
		if err := b.run("page", "bundling the page", cmd, ""); err != nil {
			return err
		}
	}
	return os.WriteFile(b.path("playground", "web", "dist", "_headers"), []byte(site.HeadersFile()), 0o644)
}

// worker compiles the Cloudflare Worker, and says which files of the page it needs.
func (b *builder) worker() error {
	out := b.path("playground", "build")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if err := b.run("shim", "writing the Worker's entry", exec.Command("go", "tool", "workers-assets-gen", "-mode=go", "-o", out), ""); err != nil {
		return err
	}
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(out, "app.wasm")}, inlining()...)
	cmd := exec.Command("go", append(args, "./playground")...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if err := b.run("worker", "compiling the server for Workers", cmd, ""); err != nil {
		return err
	}
	return os.WriteFile(b.path("playground", "web", "dist", ".assetsignore"), []byte("*.br\n*.gz\n"), 0o644) // Cloudflare compresses by itself
}

func (b *builder) stalePage() bool {
	source := func(name string) bool { return !strings.Contains(filepath.ToSlash(name), "/test/") }
	outs := []string{b.path("playground", "web", "dist", "index.html")}
	return b.stale(outs, source, "playground/web", "playground/package.json", "playground/package-lock.json", "wasm/src", "wasm/package.json",
		"wasm/tsconfig.json", "wasm/dist/imapwire.wasm", "corpus/transcripts") || b.stale(outs, isBinary, "wasm/dist")
}

// node checks that Node is there and new enough.
func node() error {
	const need = "Node 20 or newer with npm is needed to build the page: https://nodejs.org/"
	out, err := exec.Command("node", "--version").Output()
	if err != nil {
		return toolsMissing{errors.New("there is no Node here: " + need)}
	}
	var major int
	if fmt.Sscanf(string(out), "v%d.", &major); major < 20 {
		return toolsMissing{fmt.Errorf("this is Node %s: %s", strings.TrimSpace(string(out)), need)}
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return toolsMissing{errors.New("there is no npm here: " + need)}
	}
	return nil
}

// run runs one step of the build, telling what it does and how long it took. What it writes is shown only if it fails, before advice.
func (b *builder) run(name, what string, cmd *exec.Cmd, advice string) error {
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if cmd.Dir == "" {
		cmd.Dir = b.root
	}
	fmt.Fprintf(b.log, "%-9s %s … ", name, what)
	start := time.Now()
	if err := cmd.Run(); err != nil {
		fmt.Fprintf(b.log, "failed\n%s", output.Bytes())
		return errors.Join(fmt.Errorf("%s: %w", strings.Join(cmd.Args, " "), err), advise(advice))
	}
	fmt.Fprintf(b.log, "%.1f s\n", time.Since(start).Seconds())
	return nil
}

func advise(advice string) error {
	if advice == "" {
		return nil
	}
	return errors.New(advice)
}

func isGo(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "go.mod") || strings.HasSuffix(name, "go.sum")
}

func isBinary(name string) bool {
	return strings.HasSuffix(name, ".wasm") || strings.HasSuffix(name, ".bin")
}

// built are folders that hold no sources.
var built = []string{"dist", "node_modules", ".wrangler", "testdata"}

// stale tells whether one of outs is missing, or older than a source below the places that match.
func (b *builder) stale(outs []string, match func(name string) bool, places ...string) bool {
	if b.force {
		return true
	}
	oldest := time.Now().Add(time.Hour)
	for _, out := range outs {
		if t := b.modified(out); t.Before(oldest) {
			oldest = t
		}
	}
	found := false
	for _, place := range places {
		top := b.path(filepath.FromSlash(place))
		filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // a place that is not there has no sources
			case entry.IsDir():
				if name != top && slices.Contains(built, entry.Name()) {
					return fs.SkipDir
				}
				return nil
			case match(name):
				if info, err := entry.Info(); err == nil && info.ModTime().After(oldest) {
					found = true
					return fs.SkipAll
				}
			}
			return nil
		})
	}
	return found
}

// modified is when a file was last written; the zero time if it is missing.
func (b *builder) modified(name string) time.Time {
	info, err := os.Stat(name)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
