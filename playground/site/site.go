// Package site is the playground's web server as one http.Handler: the page's files, /healthz and /api. The local server and the
// Cloudflare Worker serve the same one over different stores; on Cloudflare the files come from the assets binding instead.
//
// Security: nothing that is posted is logged or kept, except what /api/share is asked to keep, which the page has encrypted before. The
// headers of every answer are in headers.go. Errors are JSON with a stable code (errors.go).
package site

import (
	"io/fs"
	"net/http"
	"time"
)

// Limits that an answer states when they are passed.
const (
	MaxTranscript = 32 << 20 // octets posted to /api/annotate, /api/redact and /api/encode
	MaxShare      = 1 << 20  // octets of one shared ciphertext
	MaxAtOnce     = 4        // transcripts annotated at the same time; others wait
	MaxPerMinute  = 60       // posts per minute and client

	maxBodies = 128 << 20        // octets of bodies that are held at the same time, also by those that wait
	maxWait   = 20 * time.Second // how long a post waits for room before it is told to come again
)

// Config is what a site is made of.
type Config struct {
	Assets        fs.FS  // the built page; nil: something else serves it
	Missing       string // why there are no Assets, and what to do about it; shown in place of the page
	Store         Store  // nil: /api/share answers that there is none
	Version       string
	MaxTranscript int64            // 0: the constant of that name
	MaxPerMinute  int              // 0: the constant of that name; less: no limit
	LocalPosts    bool             // clients on this machine may post without a limit
	Now           func() time.Time // nil: time.Now
}

// site is the handler's parts.
type site struct {
	config Config
	assets *assets
	bodies *budget       // octets of posted bodies that are in memory
	octets *budget       // octets of transcripts that are annotated: a large one leaves no room for others
	slots  chan struct{} // one per transcript that is being annotated
	rate   *rate
}

// New makes the handler. An error says that the page's files can't be read.
func New(c Config) (http.Handler, error) {
	if c.MaxTranscript == 0 {
		c.MaxTranscript = MaxTranscript
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.MaxPerMinute == 0 {
		c.MaxPerMinute = MaxPerMinute
	}
	s := &site{
		config: c, bodies: newBudget(max(maxBodies, 2*c.MaxTranscript)), octets: newBudget(c.MaxTranscript),
		slots: make(chan struct{}, MaxAtOnce), rate: newRate(max(1, c.MaxPerMinute), time.Minute),
	}
	if c.Assets != nil {
		var err error
		if s.assets, err = readAssets(c.Assets); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("POST /api/annotate", s.limited(s.annotate))
	mux.HandleFunc("POST /api/redact", s.limited(s.redact))
	mux.HandleFunc("POST /api/encode", s.limited(s.encode))
	mux.HandleFunc("POST /api/share", s.limited(s.share))
	mux.HandleFunc("GET /api/share/{id}", s.shared)
	mux.HandleFunc("GET /api/version", s.version)
	mux.HandleFunc("/api/", s.noSuchCall)
	mux.HandleFunc("/", s.page)

	// Other sites' pages may not make a visitor's browser post here.
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { writeError(w, errCrossOrigin) }))
	return recovered(withHeaders(sameOrigin.Handler(mux))), nil
}

// health says whether the page can be served.
func (s *site) health(w http.ResponseWriter, _ *http.Request) {
	if s.config.Assets == nil && s.config.Missing != "" {
		writeError(w, errNoPage)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("ok\n"))
}

func (s *site) version(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"version": s.config.Version})
}

// noSuchCall answers for every path and method below /api/ that is none, in the API's own manner.
func (s *site) noSuchCall(w http.ResponseWriter, r *http.Request) {
	for path, allow := range map[string]string{
		"/api/annotate": "POST", "/api/redact": "POST", "/api/encode": "POST", "/api/share": "POST", "/api/version": "GET, HEAD",
	} {
		if r.URL.Path == path {
			w.Header().Set("Allow", allow)
			writeError(w, errMethod)
			return
		}
	}
	writeError(w, errNotFound)
}

// limited holds posts to so many per minute and client.
func (s *site) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.config.MaxPerMinute < 0 || s.config.LocalPosts && isLocal(clientOf(r)) {
			next(w, r)
			return
		}
		if wait := s.rate.take(clientOf(r), s.config.Now()); wait > 0 {
			w.Header().Set("Retry-After", seconds(wait))
			writeError(w, errTooMany)
			return
		}
		next(w, r)
	}
}

// recovered turns a panic into an answer. What was posted is not written anywhere, so neither is the panic's value.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				writeError(w, errInternal)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
