package site

import (
	"encoding/json"
	"net/http"
)

// apiError is an error with a code that programs may rely on.
type apiError struct {
	status  int
	code    string
	message string
}

var (
	errBadQuery      = apiError{http.StatusBadRequest, "bad-query", "A parameter of the query has no such value."}
	errBadFormat     = apiError{http.StatusBadRequest, "unknown-format", "There is no log format with this id."}
	errEmpty         = apiError{http.StatusBadRequest, "empty", "The body is empty."}
	errBody          = apiError{http.StatusBadRequest, "unreadable", "The body could not be read to its end."}
	errCrossOrigin   = apiError{http.StatusForbidden, "cross-origin", "Pages of other sites may not post here."}
	errNotFound      = apiError{http.StatusNotFound, "not-found", "There is nothing under this address, or it has expired."}
	errMethod        = apiError{http.StatusMethodNotAllowed, "method", "This address does not take this method."}
	errTooLarge      = apiError{http.StatusRequestEntityTooLarge, "too-large", "The transcript is larger than this server takes. The page and the command line take more."}
	errShareTooLarge = apiError{http.StatusRequestEntityTooLarge, "too-large", "A short link holds at most 1 MiB of encrypted transcript."}
	errTooMany       = apiError{http.StatusTooManyRequests, "too-many", "Too many posts in the last minute."}
	errBusy          = apiError{http.StatusServiceUnavailable, "busy", "The server is at work on other transcripts. Come again in a moment."}
	errInternal      = apiError{http.StatusInternalServerError, "internal", "The server failed on this request."}
	errStore         = apiError{http.StatusServiceUnavailable, "store", "The store for short links does not answer."}
	errNoStore       = apiError{http.StatusServiceUnavailable, "no-store", "This server keeps no short links."}
	errNoPage        = apiError{http.StatusServiceUnavailable, "no-page", "The page is not built."}
)

func writeError(w http.ResponseWriter, e apiError) {
	if e.code == errBusy.code {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, e.status, map[string]any{"error": map[string]string{"code": e.code, "message": e.message}})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only strings and numbers of our own come here
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}
