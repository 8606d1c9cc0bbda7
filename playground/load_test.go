//go:build !js

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/imapwire/imapwire/playground/site"
)

// startServer serves a site as the serve command does, until stop.
func startServer(t *testing.T, handler http.Handler, patience timeouts) (base string, stop func()) {
	t.Helper()
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, l, handler, patience) }()
	stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	t.Cleanup(stop)
	return "http://" + l.Addr().String(), stop
}

// session is a transcript of some kilobytes with secrets, n of its fetches.
func session(n int) string {
	var b strings.Builder
	b.WriteString(sample[:strings.Index(sample, "C: b LOGOUT")])
	for i := range n {
		fmt.Fprintf(&b, "C: f%d FETCH %d (FLAGS UID)\r\nS: * %d FETCH (FLAGS (\\Seen) UID %d)\r\nS: f%d OK done\r\n", i, i+1, i+1, i+100, i)
	}
	return b.String()
}

const (
	loadRequests = 2000
	loadClients  = 100
)

// Thousands of posts from many clients at once: each is answered, rightly, and what they needed is given back.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	handler, err := site.New(site.Config{Store: &site.DirStore{Dir: t.TempDir()}, LocalPosts: true})
	require.NoError(t, err)
	base, stop := startServer(t, handler, patience)
	transport := &http.Transport{MaxIdleConnsPerHost: loadClients}
	web := &http.Client{Transport: transport}
	text := session(40)

	post := func(path, body string) (int, string, error) {
		r, err := web.Post(base+path, "text/plain", strings.NewReader(body))
		if err != nil {
			return 0, "", err
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		return r.StatusCode, string(b), err
	}
	calls := []func(i int) error{
		func(int) error {
			status, body, err := post("/api/annotate", text)
			if err == nil && (status != http.StatusOK || !strings.HasSuffix(body, "}\n") || !strings.HasPrefix(body, `{"version":1`)) {
				err = fmt.Errorf("annotate: %d, %d octets", status, len(body))
			}
			return err
		},
		func(int) error {
			status, body, err := post("/api/redact", text)
			if err == nil && (status != http.StatusOK || strings.Contains(body, "open-sesame") || !strings.Contains(body, "f39 OK")) {
				err = fmt.Errorf("redact: %d, %d octets", status, len(body))
			}
			return err
		},
		func(i int) error {
			sealed := fmt.Sprintf("ciphertext %d", i)
			status, body, err := post("/api/share?ttl=1d", sealed)
			if err != nil || status != http.StatusCreated {
				return errors.Join(err, fmt.Errorf("share: %d", status))
			}
			var made struct{ ID string }
			if err := json.Unmarshal([]byte(body), &made); err != nil {
				return err
			}
			r, err := web.Get(base + "/api/share/" + made.ID)
			if err != nil {
				return err
			}
			defer r.Body.Close()
			got, err := io.ReadAll(r.Body)
			if err == nil && string(got) != sealed {
				err = fmt.Errorf("share %s is %q, not %q", made.ID, got, sealed)
			}
			return err
		},
	}
	round := func(n int) (took []time.Duration) {
		jobs, times, failed := make(chan int), make(chan time.Duration, n), make(chan error, n)
		var clients sync.WaitGroup
		for range loadClients {
			clients.Go(func() {
				for i := range jobs {
					began := time.Now()
					if err := calls[i%len(calls)](i); err != nil {
						failed <- err
					}
					times <- time.Since(began)
				}
			})
		}
		for i := range n {
			jobs <- i
		}
		close(jobs)
		clients.Wait()
		close(failed)
		for err := range failed {
			require.NoError(t, err)
		}
		close(times)
		for d := range times {
			took = append(took, d)
		}
		require.Len(t, took, n, "none is lost")
		slices.Sort(took)
		return took
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	round(loadRequests / 4) // what is allocated once
	before, began := heap(), time.Now()
	took := round(loadRequests)
	spent, after := time.Since(began), heap()
	t.Logf("%d requests of %d clients, %d octets each: %.0f a second; half within %v, 99 of 100 within %v; heap %d kB before, %d kB after",
		loadRequests, loadClients, len(text), loadRequests/spent.Seconds(), took[len(took)/2], took[len(took)*99/100], before>>10, after>>10)
	require.Less(t, after, before+8<<20, "memory is given back")

	transport.CloseIdleConnections()
	stop()
	_, _, err = post("/api/redact", text)
	require.Error(t, err, "nobody listens any more")
}

// Large transcripts at once wait for each other instead of taking memory for all.
func TestLargePostsWait(t *testing.T) {
	const limit = 1 << 20
	base, _ := startServer(t, localSite(t, limit), patience)
	text := session(limit / 80)[:limit]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			r, err := http.Post(base+"/api/redact", "text/plain", strings.NewReader(text))
			if err != nil {
				t.Error(err)
				return
			}
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if r.StatusCode != http.StatusOK {
				t.Error(r.Status)
			}
		})
	}
	all.Wait()
}

// A server that is told to stop under load answers whatever it has begun to read, whole.
func TestShutdownUnderLoad(t *testing.T) {
	inner := localSite(t, 1<<20)
	var begun, whole atomic.Int64
	busy := make(chan struct{})
	base, stop := startServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if begun.Add(1) == 50 {
			close(busy)
		}
		inner.ServeHTTP(w, r)
	}), patience)
	text := session(200)
	var clients sync.WaitGroup
	for range 20 {
		clients.Go(func() {
			web := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			for {
				r, err := web.Post(base+"/api/annotate", "text/plain", strings.NewReader(text))
				if err != nil {
					return // the door is shut
				}
				b, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err != nil || r.StatusCode != http.StatusOK && r.StatusCode != http.StatusTooManyRequests || !strings.HasSuffix(string(b), "}\n") {
					t.Errorf("%v %v, %d octets", r.Status, err, len(b))
				}
				whole.Add(1)
			}
		})
	}
	<-busy
	stop()
	clients.Wait()
	require.Equal(t, begun.Load(), whole.Load())
}

// Who sends the head or the body of a request too slowly, or nothing at all, is hung up on.
func TestSlowClients(t *testing.T) {
	const short = 50 * time.Millisecond
	base, _ := startServer(t, localSite(t, 1<<20), timeouts{header: short, read: 2 * short, write: time.Minute, idle: short, shutdown: time.Second})
	for name, sent := range map[string]string{
		"no request":       "",
		"half a header":    "POST /api/redact HTTP/1.1\r\nHost: x\r\nX-",
		"half a body":      "POST /api/redact HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nS: * OK",
		"idle after a get": "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		require.NoError(t, err)
		_, err = io.WriteString(c, sent)
		require.NoError(t, err)
		require.NoError(t, c.SetReadDeadline(time.Now().Add(time.Minute)))
		_, err = io.ReadAll(c)
		var late net.Error
		require.False(t, errors.As(err, &late) && late.Timeout(), name)
		c.Close()
	}
}
