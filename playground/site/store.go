package site

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"net/http"
	"time"
)

// Store keeps what was shared until it expires. It sees ciphertext only.
type Store interface {
	// Put keeps data under a name that is not in use, for ttl.
	Put(ctx context.Context, name string, data []byte, ttl time.Duration) error
	// Get is what is kept under name. The error is ErrNotFound when there is nothing, or it has expired.
	Get(ctx context.Context, name string) ([]byte, error)
}

// ErrNotFound says that a store has nothing under a name.
var ErrNotFound = errors.New("nothing is kept under this name")

// lifetimes are how long a share may live.
var lifetimes = map[string]time.Duration{"1d": 24 * time.Hour, "7d": 7 * 24 * time.Hour, "30d": 30 * 24 * time.Hour}

const (
	defaultLifetime = "7d"
	nameOctets      = 15 // of randomness: 2^120 names can't be tried
	nameLength      = nameOctets * 8 / 5
)

// names are in one case: a store may be a directory that folds it.
var names = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// share keeps a ciphertext and answers the name to get it by.
func (s *site) share(w http.ResponseWriter, r *http.Request) {
	if s.config.Store == nil {
		writeError(w, errNoStore)
		return
	}
	ttl := r.URL.Query().Get("ttl")
	if ttl == "" {
		ttl = defaultLifetime
	}
	life, ok := lifetimes[ttl]
	if !ok {
		writeError(w, errBadQuery)
		return
	}
	posted, fault := s.readBody(w, r, MaxShare, errShareTooLarge)
	if fault != nil {
		writeError(w, *fault)
		return
	}
	defer posted.letGo()
	var random [nameOctets]byte
	rand.Read(random[:])
	name := names.EncodeToString(random[:])
	if err := s.config.Store.Put(r.Context(), name, posted.data, life); err != nil {
		writeError(w, errStore)
		return
	}
	w.Header().Set("Location", "/api/share/"+name)
	writeJSON(w, http.StatusCreated, map[string]string{"id": name, "expires": s.config.Now().Add(life).UTC().Format(time.RFC3339)})
}

// shared answers a ciphertext.
func (s *site) shared(w http.ResponseWriter, r *http.Request) {
	if s.config.Store == nil {
		writeError(w, errNoStore)
		return
	}
	name := r.PathValue("id")
	if !validName(name) {
		writeError(w, errNotFound)
		return
	}
	data, err := s.config.Store.Get(r.Context(), name)
	switch {
	case errors.Is(err, ErrNotFound):
		writeError(w, errNotFound)
	case err != nil:
		writeError(w, errStore)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(data)
	}
}

// validName tells whether name is one that share could have made: nothing else reaches a store, a file name in particular.
func validName(name string) bool {
	if len(name) != nameLength {
		return false
	}
	_, err := names.DecodeString(name)
	return err == nil
}

// A kept share begins with the second at which it expires, 8 octets, for stores that can't expire things themselves.
const stampLength = 8

func stamped(data []byte, expires time.Time) []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, stampLength+len(data)), uint64(expires.Unix())), data...)
}

// unstamped is a kept share's data, or ErrNotFound when it has expired.
func unstamped(kept []byte, now time.Time) ([]byte, error) {
	if len(kept) < stampLength {
		return nil, errors.New("a kept share is damaged")
	}
	if now.Unix() >= int64(binary.BigEndian.Uint64(kept)) {
		return nil, ErrNotFound
	}
	return kept[stampLength:], nil
}
