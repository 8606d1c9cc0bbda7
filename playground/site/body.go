package site

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// firstRead is the room for the beginning of a body whose length nobody told.
const firstRead = 16 << 10

// body is what a client posted, with the room that it takes of the budget until it is let go.
type body struct {
	data []byte
	from *budget
	held int64
}

func (b *body) letGo() { b.from.give(b.held) }

// readBody reads what was posted, up to limit. Room is taken for what has come, not for what was announced, so that slow clients hold none.
func (s *site) readBody(w http.ResponseWriter, r *http.Request, limit int64, tooLarge apiError) (*body, *apiError) {
	wait, cancel := context.WithTimeout(r.Context(), maxWait)
	defer cancel()
	b := &body{from: s.bodies}
	fault := b.read(wait, http.MaxBytesReader(w, r.Body, limit), min(max(r.ContentLength, 0), firstRead)+1, limit+1)
	if fault == &errTooLarge {
		fault = &tooLarge
	}
	if fault != nil {
		b.letGo()
		return nil, fault
	}
	return b, nil
}

// read reads everything into a buffer that doubles, from a first size up to most.
func (b *body) read(ctx context.Context, from io.Reader, first, most int64) *apiError {
	for size := first; ; size = min(2*size, most) {
		if !b.from.take(ctx, size-b.held) {
			return &errBusy
		}
		b.held = size
		b.data = append(make([]byte, 0, size), b.data...)
		for len(b.data) < cap(b.data) {
			n, err := from.Read(b.data[len(b.data):cap(b.data)])
			b.data = b.data[:len(b.data)+n]
			var large *http.MaxBytesError
			switch {
			case err == nil:
			case errors.As(err, &large):
				return &errTooLarge
			case err != io.EOF:
				return &errBody
			case len(b.data) == 0:
				return &errEmpty
			default:
				return nil
			}
		}
	}
}
