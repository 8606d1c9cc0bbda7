package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

var page = fstest.MapFS{
	"index.html":           {Data: []byte("<!doctype html>")},
	"index.html.br":        {Data: []byte("brotli")},
	"index.html.gz":        {Data: []byte("gzip")},
	"assets/main-abc.js":   {Data: []byte("1")},
	"assets/eng-abc.wasm":  {Data: []byte("\x00asm")},
	"manifest.webmanifest": {Data: []byte("{}")},
	"_headers":             {Data: []byte("/*")},
}

// get asks handler and reads the whole answer.
func get(h http.Handler, method, path string, header ...string) (*http.Response, string) {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), w.Body.String()
}

func newSite(t *testing.T, c Config) http.Handler {
	t.Helper()
	h, err := New(c)
	require.NoError(t, err)
	return h
}

func TestPage(t *testing.T) {
	h := newSite(t, Config{Assets: page})
	for _, c := range []struct {
		method, path, accept     string
		status                   int
		mediaType, encoding, how string
		body                     string
	}{
		{"GET", "/", "", 200, "text/html; charset=utf-8", "", revalid, "<!doctype html>"},
		{"GET", "/", "gzip, br", 200, "text/html; charset=utf-8", "br", revalid, "brotli"},
		{"GET", "/", "gzip, br;q=0", 200, "text/html; charset=utf-8", "gzip", revalid, "gzip"},
		{"GET", "/", "gzip;q=0.0, deflate", 200, "text/html; charset=utf-8", "", revalid, "<!doctype html>"},
		{"GET", "/index.html", "GZIP", 200, "text/html; charset=utf-8", "gzip", revalid, "gzip"},
		{"HEAD", "/", "br", 200, "text/html; charset=utf-8", "br", revalid, ""},
		{"GET", "/assets/main-abc.js", "br", 200, "text/javascript; charset=utf-8", "", immutable, "1"},
		{"GET", "/assets/eng-abc.wasm", "", 200, "application/wasm", "", immutable, "\x00asm"},
		{"GET", "/manifest.webmanifest", "", 200, "application/manifest+json; charset=utf-8", "", revalid, "{}"},
		{"GET", "/none", "", 404, "application/json; charset=utf-8", "", never, ""},
		{"GET", "/_headers", "", 404, "application/json; charset=utf-8", "", never, ""},
		{"GET", "/index.html.br", "", 404, "application/json; charset=utf-8", "", never, ""},
		{"POST", "/", "", 405, "application/json; charset=utf-8", "", never, ""},
		{"GET", "/healthz", "", 200, "text/plain; charset=utf-8", "", never, "ok\n"},
	} {
		r, body := get(h, c.method, c.path, "Accept-Encoding", c.accept)
		name := c.method + " " + c.path + " " + c.accept
		require.Equal(t, c.status, r.StatusCode, name)
		require.Equal(t, c.mediaType, r.Header.Get("Content-Type"), name)
		require.Equal(t, c.encoding, r.Header.Get("Content-Encoding"), name)
		require.Equal(t, c.how, r.Header.Get("Cache-Control"), name)
		if c.body != "" || c.method == "HEAD" {
			require.Equal(t, c.body, body, name)
		}
		for _, f := range everywhere {
			require.Equal(t, f[1], r.Header.Get(f[0]), name)
		}
	}
}

func TestRevalidation(t *testing.T) {
	h := newSite(t, Config{Assets: page})
	plain, _ := get(h, "GET", "/")
	brotli, _ := get(h, "GET", "/", "Accept-Encoding", "br")
	require.NotEqual(t, plain.Header.Get("ETag"), brotli.Header.Get("ETag"))
	r, body := get(h, "GET", "/", "If-None-Match", `"x", W/`+plain.Header.Get("ETag"))
	require.Equal(t, http.StatusNotModified, r.StatusCode)
	require.Empty(t, body)
	require.Contains(t, r.Header.Values("Vary"), "Accept-Encoding")
}

// Without the page the site says how to get it, and is not healthy.
func TestNoPage(t *testing.T) {
	h := newSite(t, Config{Missing: "Clone <it>."})
	r, body := get(h, "GET", "/")
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode)
	require.Contains(t, body, "Clone &lt;it&gt;.")
	r, body = get(h, "GET", "/healthz")
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode)
	require.Contains(t, body, `"no-page"`)
	_, err := New(Config{Assets: fstest.MapFS{}})
	require.Error(t, err)
}

// The policy allows nothing but the site's own files.
func TestPolicy(t *testing.T) {
	for _, directive := range []string{
		"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "worker-src 'self'", "base-uri 'none'",
		"form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types default",
	} {
		require.Contains(t, policy, directive)
	}
	require.NotContains(t, policy, "unsafe-inline")
	require.NotContains(t, policy, "http")
	file := HeadersFile()
	require.Contains(t, file, "  Content-Security-Policy: "+policy+"\n")
	require.Contains(t, file, hashed+"*\n")
	// The page's Paste button asks for the clipboard; the browser still asks the user.
	require.Contains(t, file, "clipboard-read=(self), clipboard-write=(self)")
	require.Contains(t, file, "camera=()")
}

func TestRate(t *testing.T) {
	now := time.Unix(1000, 0)
	r := newRate(3, time.Minute)
	for range 3 {
		require.Zero(t, r.take("a", now))
	}
	require.Equal(t, 20*time.Second, r.take("a", now))
	require.Zero(t, r.take("b", now), "everybody has an allowance of their own")
	require.Zero(t, r.take("a", now.Add(21*time.Second)))
	require.NotZero(t, r.take("a", now.Add(21*time.Second)))
	require.Zero(t, r.take("a", now.Add(time.Hour)))
	for i := range 2 * maxClients {
		r.take(string(rune(i)), now)
	}
	require.LessOrEqual(t, len(r.buckets), maxClients)
}

func TestTooManyPosts(t *testing.T) {
	h := newSite(t, Config{Now: func() time.Time { return time.Unix(0, 0) }})
	var r *http.Response
	for range MaxPerMinute + 1 {
		r, _ = get(h, "POST", "/api/redact")
	}
	require.Equal(t, http.StatusTooManyRequests, r.StatusCode)
	require.Equal(t, "1", r.Header.Get("Retry-After"))
}

// The log tells what is asked for, and nothing of what or who.
func TestAccessLog(t *testing.T) {
	var log strings.Builder
	now := time.Unix(0, 0)
	clock := func() time.Time { now = now.Add(time.Millisecond); return now }
	h := Logged(newSite(t, Config{Assets: page, Store: failing{}}), &log, clock)
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "/", "", "GET / 200 15 1ms"},
		{"HEAD", "/", "", "HEAD / 200 0 1ms"},
		{"GET", "/assets/main-abc.js?q=private", "", "GET /assets/main-abc.js 200 1 1ms"},
		{"GET", "/private", "", "GET - 404 "},
		{"POST", "/api/redact?format=private", "private", "POST /api/redact 400 "},
		{"POST", "/api/redact", "S: * OK private\r\n", "POST /api/redact 200 "},
		{"GET", "/api/share/" + strings.Repeat("private2", 3), "", "GET /api/share/{id} 503 "},
		{"PRIVATE", "/", "", "- - 405 "},
		{"GET", "/api/private", "", "GET /api/ 404 "},
	} {
		log.Reset()
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(c.method, c.path, strings.NewReader(c.body)))
		require.Regexp(t, "^1970-01-01T00:00:00Z "+regexp.QuoteMeta(c.want)+".*\n$", log.String())
		require.NotContains(t, strings.ToLower(log.String()), "private")
		require.NotContains(t, log.String(), "192.0.2.1")
	}
}

// A fault inside is an answer without a word of what was posted.
func TestPanic(t *testing.T) {
	h := recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") }))
	r, body := get(h, "GET", "/")
	require.Equal(t, http.StatusInternalServerError, r.StatusCode)
	require.NotContains(t, body, "secret")
	require.Contains(t, body, `"internal"`)
}

type failing struct{}

func (failing) Put(context.Context, string, []byte, time.Duration) error {
	return errors.New("disk full")
}
func (failing) Get(context.Context, string) ([]byte, error) { return nil, errors.New("disk gone") }

func TestStoreFails(t *testing.T) {
	h := newSite(t, Config{Store: failing{}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "/api/share", strings.NewReader("x")))
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.NotContains(t, w.Body.String(), "disk")
	r, _ := get(h, "GET", "/api/share/"+strings.Repeat("a", nameLength))
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode)
	r, _ = get(newSite(t, Config{}), "GET", "/api/share/"+strings.Repeat("a", nameLength))
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode)
}

func TestValidName(t *testing.T) {
	require.True(t, validName(strings.Repeat("a2", nameLength/2)))
	for _, name := range []string{"", "..", strings.Repeat("a", nameLength-1), strings.Repeat("A", nameLength), strings.Repeat("/", nameLength), strings.Repeat("a", nameLength-1) + "."} {
		require.False(t, validName(name), name)
	}
}

func TestBodies(t *testing.T) {
	s := &site{bodies: newBudget(1 << 20)}
	read := func(n int, told int64, limit int64) (*body, *apiError) {
		r := httptest.NewRequest("POST", "/", io.LimitReader(zeros{}, int64(n)))
		r.ContentLength = told
		return s.readBody(httptest.NewRecorder(), r, limit, errShareTooLarge)
	}
	for _, n := range []int{1, firstRead - 1, firstRead, firstRead + 1, 300 << 10} {
		for _, told := range []int64{-1, int64(n)} {
			b, fault := read(n, told, 300<<10)
			require.Nil(t, fault, n)
			require.Len(t, b.data, n)
			require.LessOrEqual(t, b.held, int64(2*n+firstRead))
			b.letGo()
			_, fault = read(n, told, int64(n)-1)
			require.Equal(t, &errShareTooLarge, fault, "%d", n)
		}
	}
	_, fault := read(0, 0, 10)
	require.Equal(t, &errEmpty, fault)
	require.Equal(t, int64(1<<20), s.bodies.left, "all room is given back")
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// Who finds no room waits, and gets it when another gives it back, or gives up when told to.
func TestBudget(t *testing.T) {
	b := newBudget(10)
	require.True(t, b.take(t.Context(), 10))
	ended, end := context.WithCancel(t.Context())
	end()
	require.False(t, b.take(ended, 1))
	got := make(chan bool)
	for range 3 {
		go func() { got <- b.take(t.Context(), 3) }()
	}
	b.give(4)
	require.True(t, <-got)
	b.give(6)
	require.True(t, <-got)
	require.True(t, <-got)
	require.Equal(t, int64(1), b.left)
}

func TestLocalPosts(t *testing.T) {
	for _, c := range []struct {
		config Config
		client string
		status int
	}{
		{Config{LocalPosts: true}, "127.0.0.1:5", http.StatusBadRequest},
		{Config{LocalPosts: true}, "[::1]:5", http.StatusBadRequest},
		{Config{LocalPosts: true}, "192.0.2.1:5", http.StatusTooManyRequests},
		{Config{}, "127.0.0.1:5", http.StatusTooManyRequests},
		{Config{MaxPerMinute: -1}, "192.0.2.1:5", http.StatusBadRequest},
		{Config{MaxPerMinute: 2 * MaxPerMinute}, "192.0.2.1:5", http.StatusBadRequest},
	} {
		c.config.Now = func() time.Time { return time.Unix(0, 0) }
		h := newSite(t, c.config)
		var status int
		for range MaxPerMinute + 1 {
			r := httptest.NewRequest("POST", "/api/redact", nil)
			r.RemoteAddr = c.client
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			status = w.Code
		}
		require.Equal(t, c.status, status, c)
	}
}
