//go:build !js

package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// memory is a StringKV that answers for a missing key as Workers KV does.
type memory map[string]string

func (m memory) Put(key, value string, _ time.Duration) error { m[key] = value; return nil }
func (m memory) Get(key string) (string, error) {
	if v, ok := m[key]; ok {
		return v, nil
	}
	return "<null>", nil
}

func TestStores(t *testing.T) {
	now := time.Unix(1e9, 0)
	clock := func() time.Time { return now }
	dir := filepath.Join(t.TempDir(), "shares")
	for name, s := range map[string]Store{"directory": &DirStore{Dir: dir, Now: clock}, "kv": KVStore{KV: memory{}, Now: clock}} {
		t.Run(name, func(t *testing.T) {
			now = time.Unix(1e9, 0)
			ctx := context.Background()
			_, err := s.Get(ctx, "none")
			require.ErrorIs(t, err, ErrNotFound)
			data := []byte("\x00\xff<null>\r\n")
			require.NoError(t, s.Put(ctx, "one", data, time.Hour))
			require.NoError(t, s.Put(ctx, "two", nil, 2*time.Hour))
			got, err := s.Get(ctx, "one")
			require.NoError(t, err)
			require.Equal(t, data, got)
			now = now.Add(time.Hour)
			_, err = s.Get(ctx, "one")
			require.ErrorIs(t, err, ErrNotFound)
			got, err = s.Get(ctx, "two")
			require.NoError(t, err)
			require.Empty(t, got)
		})
	}
}

func TestSweep(t *testing.T) {
	now := time.Now()
	d := &DirStore{Dir: filepath.Join(t.TempDir(), "shares"), Now: func() time.Time { return now }}
	require.NoError(t, d.Sweep(), "there is no directory yet")
	ctx := context.Background()
	require.NoError(t, d.Put(ctx, "short", []byte("x"), time.Minute))
	require.NoError(t, d.Put(ctx, "long", []byte("x"), 24*time.Hour))
	require.NoError(t, os.WriteFile(filepath.Join(d.Dir, "new-123"), nil, 0o600))
	now = now.Add(2 * time.Hour)
	require.NoError(t, d.Sweep())
	files, err := os.ReadDir(d.Dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.Equal(t, "long"+shareSuffix, files[0].Name())
}

// until is a StringKV that notes how long it was told to keep a value.
type until struct {
	memory
	ttl time.Duration
}

func (u *until) Put(key, value string, ttl time.Duration) error {
	u.ttl = ttl
	return u.memory.Put(key, value, ttl)
}

// The store is told when to forget, and a value that it forgets late is not given out.
func TestKVForgets(t *testing.T) {
	now := time.Unix(1e9, 0)
	kv := &until{memory: memory{}}
	h := newSite(t, Config{Store: KVStore{KV: kv, Now: func() time.Time { return now }}, Now: func() time.Time { return now }})
	for ttl, life := range lifetimes {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", "/api/share?ttl="+ttl, strings.NewReader("sealed")))
		require.Equal(t, http.StatusCreated, w.Code)
		require.Equal(t, life, kv.ttl)
		require.Contains(t, w.Body.String(), now.Add(life).UTC().Format(time.RFC3339))
		made := w.Result().Header.Get("Location")
		now = now.Add(life - time.Second)
		r, body := get(h, "GET", made)
		require.Equal(t, http.StatusOK, r.StatusCode)
		require.Equal(t, "sealed", body)
		now = now.Add(time.Second)
		r, _ = get(h, "GET", made)
		require.Equal(t, http.StatusNotFound, r.StatusCode)
	}
}

// A damaged file is an error of the store, not a share.
func TestDamagedShare(t *testing.T) {
	d := &DirStore{Dir: t.TempDir()}
	require.NoError(t, os.WriteFile(d.path("a"), []byte("x"), 0o600))
	_, err := d.Get(context.Background(), "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, ErrNotFound)
}
