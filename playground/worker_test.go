//go:build !js

package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// need skips a test that needs more than Go, or fails it where everything must be there (IMAPWIRE_REQUIRE=1, as in CI).
func need(t *testing.T, ok bool, what string) {
	t.Helper()
	switch {
	case ok:
	case os.Getenv("IMAPWIRE_REQUIRE") != "":
		t.Fatal("not here: " + what)
	default:
		t.Skip("left out, because it is not here: " + what)
	}
}

// wrangler is wrangler in the page's build tools, told to stay on this machine.
func wrangler(root string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(root, "playground", "node_modules", ".bin", "wrangler"), args...)
	cmd.Dir = filepath.Join(root, "playground")
	cmd.Env = append(os.Environ(), "WRANGLER_SEND_METRICS=false", "CI=1", "CLOUDFLARE_CF_FETCH_ENABLED=false")
	return cmd
}

// buildWorker builds everything, or skips.
func buildWorker(t *testing.T) (root string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long")
	}
	root, err := repository()
	require.NoError(t, err)
	_, err = os.Stat(filepath.Join(root, "playground", "node_modules", ".bin", "wrangler"))
	need(t, err == nil, "wrangler, which npm ci installs")
	var log bytes.Buffer
	b := builder{root: root, log: &log}
	require.NoError(t, b.all(), log.String())
	require.NoError(t, b.worker(), log.String())
	return root
}

// The Worker gives the same answers as the local server, and the page beside them.
func TestWorkerAPI(t *testing.T) {
	root := buildWorker(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	state := t.TempDir()
	cmd := wrangler(root, "dev", "--local", "--ip", "127.0.0.1", "--port", strconv.Itoa(port), "--persist-to", state, "--show-interactive-dev-session=false")
	cmd.Env = append(cmd.Env, "WRANGLER_LOG_PATH="+filepath.Join(state, "logs"))
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	ownGroup(cmd)
	require.NoError(t, cmd.Start())
	defer func() { endGroup(cmd) }()
	base := "http://127.0.0.1:" + strconv.Itoa(port)
	ready := false
	for range 600 {
		if r, err := http.Get(base + "/healthz"); err == nil {
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if ready = r.StatusCode == http.StatusOK; ready {
				break
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	require.True(t, ready, "wrangler does not answer: %s", &log)
	apiSuite(t, base, 4<<20)

	r, body := client{t, base}.do("GET", "/", "")
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.Contains(t, body, "<!doctype html>")
	require.Contains(t, r.Header.Get("Content-Security-Policy"), "default-src 'none'")
}

// maxWorkerKiB is what Cloudflare takes, compressed.
const maxWorkerKiB = 3 << 10

func TestWorkerSize(t *testing.T) {
	root := buildWorker(t)
	out, err := wrangler(root, "deploy", "--dry-run", "--outdir", t.TempDir()).CombinedOutput()
	require.NoError(t, err, string(out))
	size := regexp.MustCompile(`gzip: ([0-9.]+) KiB`).FindSubmatch(out)
	require.NotNil(t, size, string(out))
	kib, err := strconv.ParseFloat(string(size[1]), 64)
	require.NoError(t, err)
	t.Logf("%.0f KiB compressed", kib)
	require.Less(t, kib, float64(maxWorkerKiB))
}
