package site

import (
	"net/http"
	"strings"
)

// policy is the page's Content-Security-Policy: everything from here, nothing inline, scripts only through Trusted Types.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"worker-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types default"

// everywhere is on every answer.
var everywhere = [...][2]string{
	{"Content-Security-Policy", policy},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), " +
		"microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=(), clipboard-read=(self), clipboard-write=(self)"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
}

const (
	immutable = "public, max-age=31536000, immutable" // names that hold a hash of the content
	revalid   = "no-cache"                            // may be kept, but must be asked for
	never     = "no-store"
)

// hashed is the folder of files whose names hold a hash of their content.
const hashed = "/assets/"

func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, f := range everywhere {
			h.Set(f[0], f[1])
		}
		if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/healthz" {
			h.Set("Cache-Control", never)
		}
		next.ServeHTTP(w, r)
	})
}

// HeadersFile is the same table for Cloudflare's assets, in the format of its _headers file.
func HeadersFile() string {
	var b strings.Builder
	b.WriteString("/*\n")
	for _, f := range everywhere {
		b.WriteString("  " + f[0] + ": " + f[1] + "\n")
	}
	b.WriteString("  Cache-Control: " + revalid + "\n" + hashed + "*\n  ! Cache-Control\n  Cache-Control: " + immutable + "\n")
	return b.String()
}
