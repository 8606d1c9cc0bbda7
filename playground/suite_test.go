//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const sample = "S: * OK [CAPABILITY IMAP4rev1] ready\r\nC: a LOGIN joe open-sesame\r\nS: a OK done\r\nC: b LOGOUT\r\nS: * BYE bye\r\nS: b OK bye\r\n"

// client asks the server at base.
type client struct {
	t    *testing.T
	base string
}

func (c client) do(method, path, body string, header ...string) (*http.Response, string) {
	c.t.Helper()
	r, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	require.NoError(c.t, err)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	return resp, string(b)
}

// document is what a test looks at in a Document.
type document struct {
	Version  int
	Format   struct{ ID string }
	Messages []struct{ Side, Kind, Wire, Summary string }
	Secrets  []struct {
		Start, End int
		Kind       string
	}
}

// apiSuite holds every server to the same answers, wherever it runs. maxTranscript is its limit.
func apiSuite(t *testing.T, base string, maxTranscript int) {
	c := client{t, base}
	refused := func(status int, code string, r *http.Response, body string) {
		t.Helper()
		require.Equal(t, status, r.StatusCode, body)
		require.Equal(t, "application/json; charset=utf-8", r.Header.Get("Content-Type"))
		var e struct {
			Error struct{ Code, Message string }
		}
		require.NoError(t, json.Unmarshal([]byte(body), &e))
		require.Equal(t, code, e.Error.Code)
		require.NotEmpty(t, e.Error.Message)
	}

	t.Run("annotate", func(t *testing.T) {
		r, body := c.do("POST", "/api/annotate", sample, "Content-Type", "message/anything")
		require.Equal(t, http.StatusOK, r.StatusCode)
		require.Equal(t, "no-store", r.Header.Get("Cache-Control"))
		var d document
		require.NoError(t, json.Unmarshal([]byte(body), &d))
		require.Equal(t, 1, d.Version)
		require.Equal(t, "labelled", d.Format.ID)
		require.Len(t, d.Messages, 6)
		require.Equal(t, "client", d.Messages[1].Side)
		require.Equal(t, "a LOGIN joe open-sesame\r\n", d.Messages[1].Wire)
		require.NotEmpty(t, d.Messages[1].Summary)
	})
	t.Run("annotate with options", func(t *testing.T) {
		_, body := c.do("POST", "/api/annotate?swap&lang=zh&format=labelled", sample)
		var d document
		require.NoError(t, json.Unmarshal([]byte(body), &d))
		require.Equal(t, "server", d.Messages[1].Side)
		require.NotEmpty(t, d.Messages[0].Summary)
		_, english := c.do("POST", "/api/annotate?swap=1", sample)
		require.NotEqual(t, english, body)
	})
	t.Run("redact", func(t *testing.T) {
		_, body := c.do("POST", "/api/annotate?redact=true", sample)
		require.NotContains(t, body, "open-sesame")
		r, body := c.do("POST", "/api/redact", sample)
		require.Equal(t, "text/plain; charset=utf-8", r.Header.Get("Content-Type"))
		require.NotContains(t, body, "open-sesame")
		require.Contains(t, body, "LOGIN")
	})
	t.Run("encode", func(t *testing.T) {
		r, body := c.do("POST", "/api/encode?style=smallest", "a1 uid fetch 1,2,3 (FLAGS)\r\n")
		require.Equal(t, "text/plain; charset=utf-8", r.Header.Get("Content-Type"))
		require.Equal(t, "C: a1 UID FETCH 1:3 FLAGS\r\n", body)
		_, body = c.do("POST", "/api/encode?style=literals&literals=plus", "a1 SELECT \"Sent Mail\"\r\n")
		require.Equal(t, "C: a1 SELECT {9+}\r\nC: Sent Mail\r\n", body)
	})
	t.Run("refusals", func(t *testing.T) {
		for _, x := range []struct {
			method, path, body string
			status             int
			code               string
		}{
			{"POST", "/api/annotate", "", 400, "empty"},
			{"POST", "/api/annotate?format=nosuch", "x", 400, "unknown-format"},
			{"POST", "/api/annotate?lang=tlh", "x", 400, "bad-query"},
			{"POST", "/api/annotate?swap=maybe", "x", 400, "bad-query"},
			{"POST", "/api/annotate?formt=x", "x", 400, "bad-query"},
			{"POST", "/api/encode?style=baroque", "x", 400, "bad-query"},
			{"GET", "/api/annotate", "", 405, "method"},
			{"DELETE", "/api/share", "", 405, "method"},
			{"GET", "/api/none", "", 404, "not-found"},
			{"GET", "/api/share/" + strings.Repeat("a", 24), "", 404, "not-found"},
			{"GET", "/api/share/..%2f..%2fgo.mod", "", 404, "not-found"},
			{"POST", "/api/share?ttl=100y", "x", 400, "bad-query"},
			{"POST", "/api/share", "", 400, "empty"},
			{"POST", "/api/share", strings.Repeat("x", 1<<20+1), 413, "too-large"},
			{"POST", "/api/redact", strings.Repeat("x", maxTranscript+1), 413, "too-large"},
		} {
			r, body := c.do(x.method, x.path, x.body)
			t.Log(x.method, x.path)
			refused(x.status, x.code, r, body)
		}
	})
	t.Run("other sites", func(t *testing.T) {
		r, body := c.do("POST", "/api/share", "x", "Sec-Fetch-Site", "cross-site", "Origin", "https://example.org")
		refused(403, "cross-origin", r, body)
	})
	t.Run("share", func(t *testing.T) {
		data := []byte("<null>\x00\xff\r\n")
		r, body := c.do("POST", "/api/share?ttl=1d", string(data))
		require.Equal(t, http.StatusCreated, r.StatusCode, body)
		var made struct{ ID, Expires string }
		require.NoError(t, json.Unmarshal([]byte(body), &made))
		require.NotEmpty(t, made.Expires)
		r, body = c.do("GET", "/api/share/"+made.ID, "")
		require.Equal(t, http.StatusOK, r.StatusCode)
		require.Equal(t, "application/octet-stream", r.Header.Get("Content-Type"))
		require.True(t, bytes.Equal(data, []byte(body)))
		r, _ = c.do("HEAD", "/api/share/"+made.ID, "")
		require.Equal(t, http.StatusOK, r.StatusCode)
		_, again := c.do("POST", "/api/share", string(data))
		require.NotContains(t, again, made.ID)
	})
	t.Run("nasty", func(t *testing.T) {
		for _, text := range []string{"\x00\xff\xfe", strings.Repeat("(", 1<<20), "a {4294967295}\r\n", "220 mail.example.org ESMTP\r\nEHLO x\r\n", "<html><script>"} {
			r, body := c.do("POST", "/api/annotate", text)
			require.Equal(t, http.StatusOK, r.StatusCode)
			require.True(t, json.Valid([]byte(body)))
		}
	})
	t.Run("many at once", func(t *testing.T) {
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				r, err := http.Post(base+"/api/redact", "text/plain", strings.NewReader(sample))
				if err != nil {
					t.Error(err)
					return
				}
				defer r.Body.Close()
				if b, err := io.ReadAll(r.Body); err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(b), "LOGIN") {
					t.Error(r.Status, err, string(b))
				}
			})
		}
		all.Wait()
	})
	t.Run("headers", func(t *testing.T) {
		for _, x := range []struct{ method, path, body string }{
			{"GET", "/", ""}, {"GET", "/healthz", ""}, {"GET", "/api/none", ""}, {"POST", "/api/redact", sample}, {"POST", "/api/redact", ""}, {"DELETE", "/api/share", ""},
		} {
			r, _ := c.do(x.method, x.path, x.body)
			for name, want := range map[string]string{
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin",
				"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			} {
				require.Equal(t, []string{want}, r.Header.Values(name), x.path)
			}
			require.Contains(t, r.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';", x.path)
			require.Contains(t, r.Header.Get("Permissions-Policy"), "camera=()", x.path)
			if x.path != "/" {
				require.Equal(t, []string{"no-store"}, r.Header.Values("Cache-Control"), x.path)
			}
		}
	})
	t.Run("health", func(t *testing.T) {
		r, _ := c.do("GET", "/healthz", "")
		require.Equal(t, http.StatusOK, r.StatusCode)
	})
}
