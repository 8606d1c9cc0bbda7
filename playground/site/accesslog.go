package site

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Logged writes a line to log for each request: when, method, what was asked for, status, octets answered, and how long it took. It says
// nothing of who asked or what was posted; names of shares and paths that are none are left out, since they may be somebody's words.
func Logged(next http.Handler, log io.Writer, now func() time.Time) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := now()
		c := &counted{ResponseWriter: w}
		defer func() {
			if c.status == 0 {
				c.status = http.StatusOK // nothing was written, as for HEAD
			}
			what := r.Pattern // the mux has written it into the request
			switch {
			case what == "/" && (c.status == http.StatusOK || c.status == http.StatusNotModified):
				what = r.URL.Path // a file of the page
			case what == "/" || what == "":
				what = "-"
			}
			if _, path, ok := strings.Cut(what, " "); ok {
				what = path
			}
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(log, "%s %s %s %d %d %s\n", began.UTC().Format(time.RFC3339), method(r.Method), what, c.status, c.octets, now().Sub(began).Round(time.Microsecond))
		}()
		next.ServeHTTP(c, r)
	})
}

// method is a request's method, if it is one that somebody standardised: a client may send any word.
func method(s string) string {
	switch s {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return s
	}
	return "-"
}

// counted counts what is answered.
type counted struct {
	http.ResponseWriter
	status int
	octets int64
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.octets += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }
