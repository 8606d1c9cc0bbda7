//go:build !js

package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/playground/site"
)

func localSite(t *testing.T, maxTranscript int64) http.Handler {
	t.Helper()
	h, err := site.New(site.Config{
		Assets: fstest.MapFS{"index.html": {Data: []byte("page")}}, Store: &site.DirStore{Dir: t.TempDir()}, MaxTranscript: maxTranscript,
	})
	require.NoError(t, err)
	return h
}

func TestLocalAPI(t *testing.T) {
	const limit = 4 << 20
	s := httptest.NewServer(localSite(t, limit))
	defer s.Close()
	apiSuite(t, s.URL, limit)
}

// A server that is told to stop finishes what it has begun.
func TestGracefulShutdown(t *testing.T) {
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	begun, ended := make(chan struct{}), make(chan error, 1)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-ctx.Done()
		time.Sleep(10 * time.Millisecond)
		w.Write([]byte("finished"))
	})
	go func() { ended <- serve(ctx, l, slow, patience) }()
	body := make(chan string)
	go func() {
		_, b := client{t, "http://" + l.Addr().String()}.do("GET", "/", "")
		body <- b
	}()
	<-begun
	stop()
	require.Equal(t, "finished", <-body)
	require.NoError(t, <-ended)
}

// Without Node there is no page, and what says so says what to do; the API is served all the same.
func TestNoNode(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(modulePath+"\n"), 0o600))
	t.Chdir(dir)
	t.Setenv("PATH", dir)
	var said bytes.Buffer
	page, missing, err := (&cli{out: &said, err: &said}).page()
	require.NoError(t, err)
	require.Nil(t, page)
	require.Contains(t, missing, "no Node")
	require.Contains(t, missing, "https://nodejs.org/")
	require.Empty(t, said.String(), "nothing is compiled for a page that can't be built")
	handler, err := site.New(site.Config{Missing: missing})
	require.NoError(t, err)
	s := httptest.NewServer(handler)
	defer s.Close()
	r, body := client{t, s.URL}.do("POST", "/api/redact", sample)
	require.Equal(t, http.StatusOK, r.StatusCode, body)
	r, body = client{t, s.URL}.do("GET", "/", "")
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode)
	require.Contains(t, body, "no Node")
}

func TestTakenPort(t *testing.T) {
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, err = listen(l.Addr().String())
	require.ErrorContains(t, err, "-addr")
}

func TestShownAddress(t *testing.T) {
	require.Equal(t, "127.0.0.1:80", shownAddress(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}))
	require.Equal(t, "localhost:80", shownAddress(&net.TCPAddr{IP: net.IPv4zero, Port: 80}))
}
