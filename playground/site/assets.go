package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// assets are the page's files, read once: they are few, and change only by a new build.
type assets struct{ byPath map[string]*asset }

// asset is one file with the encodings that the build made of it.
type asset struct {
	mediaType string
	caching   string
	bodies    [encodings][]byte // nil: not made
	tags      [encodings]string
}

const (
	identity = iota
	gzipped
	brotli
	encodings
)

var encodingNames = [encodings]string{"identity", "gzip", "br"}

// mediaTypes are written out, because what the system's tables say differs from machine to machine.
var mediaTypes = map[string]string{
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".wasm":        "application/wasm",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".ico":         "image/x-icon",
	".txt":         "text/plain; charset=utf-8",
	".woff2":       "font/woff2",
	".map":         "application/json; charset=utf-8",
}

func readAssets(files fs.FS) (*assets, error) {
	a := &assets{byPath: map[string]*asset{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if strings.HasPrefix(path.Base(name), "_") || strings.HasPrefix(path.Base(name), ".") {
			return nil // rules for hosts that read them
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		encoding, plain := identity, "/"+name
		if p, ok := strings.CutSuffix(plain, ".br"); ok {
			encoding, plain = brotli, p
		} else if p, ok := strings.CutSuffix(plain, ".gz"); ok {
			encoding, plain = gzipped, p
		}
		f := a.byPath[plain]
		if f == nil {
			f = &asset{mediaType: "application/octet-stream", caching: revalid}
			if t, ok := mediaTypes[path.Ext(plain)]; ok {
				f.mediaType = t
			}
			if strings.HasPrefix(plain, hashed) {
				f.caching = immutable
			}
			a.byPath[plain] = f
		}
		sum := sha256.Sum256(body)
		f.bodies[encoding], f.tags[encoding] = body, `"`+hex.EncodeToString(sum[:12])+`"`
		return nil
	})
	if err != nil {
		return nil, err
	}
	if a.byPath["/index.html"] == nil {
		return nil, errors.New("the page's folder has no index.html")
	}
	return a, nil
}

// page serves the page's files.
func (s *site) page(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		writeError(w, errMethod)
		return
	}
	if s.assets == nil {
		s.noPage(w, r)
		return
	}
	name := r.URL.Path
	if name == "/" {
		name = "/index.html"
	}
	f := s.assets.byPath[name]
	if f == nil || f.bodies[identity] == nil {
		writeError(w, errNotFound)
		return
	}
	encoding := f.choose(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Content-Type", f.mediaType)
	h.Set("Cache-Control", f.caching)
	h.Set("ETag", f.tags[encoding])
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), f.tags[encoding]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if encoding != identity {
		h.Set("Content-Encoding", encodingNames[encoding])
	}
	h.Set("Content-Length", strconv.Itoa(len(f.bodies[encoding])))
	if r.Method == http.MethodGet {
		w.Write(f.bodies[encoding])
	}
}

// choose is the best encoding that the client accepts (RFC 9110 §12.5.3) and the build made.
func (f *asset) choose(accept string) int {
	var ok [encodings]bool
	for field := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(field, ";")
		if q, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q="); found && strings.Trim(q, "0.") == "" {
			continue // q=0: anything but this
		}
		for e, known := range encodingNames {
			if strings.EqualFold(strings.TrimSpace(name), known) {
				ok[e] = true
			}
		}
	}
	for e := encodings - 1; e > identity; e-- {
		if ok[e] && f.bodies[e] != nil {
			return e
		}
	}
	return identity
}

// matches tells whether an If-None-Match field names tag.
func matches(field, tag string) bool {
	for t := range strings.SplitSeq(field, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}

// noPage says how to get the page, where it would be.
func (s *site) noPage(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		writeError(w, errNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", never)
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write([]byte("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>imapwire playground</title>\n<main><h1>The page is not here</h1>\n<p>" +
		html.EscapeString(s.config.Missing) + "</p>\n<p>The command line and <code>/api/annotate</code> work without it.</p></main></html>\n"))
}
