package site

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"time"
)

// StringKV is a store of strings under keys that forgets them after a time: Workers KV.
type StringKV interface {
	Put(key, value string, ttl time.Duration) error
	Get(key string) (string, error) // anything for a missing key: it is told apart by what KVStore writes before its values
}

// KVStore keeps shares in a StringKV.
type KVStore struct {
	KV  StringKV
	Now func() time.Time // nil: time.Now
}

// kvMark begins every value that KVStore writes. A missing key reads as "<null>", which is no error and has none.
const kvMark = "share1:"

// Put keeps data as base64, since a value is text.
func (s KVStore) Put(_ context.Context, name string, data []byte, ttl time.Duration) error {
	return s.KV.Put(name, kvMark+base64.StdEncoding.EncodeToString(stamped(data, s.now().Add(ttl))), ttl)
}

// Get reads a share that has not expired. KV itself forgets late.
func (s KVStore) Get(_ context.Context, name string) ([]byte, error) {
	value, err := s.KV.Get(name)
	if err != nil {
		return nil, err
	}
	value, ok := strings.CutPrefix(value, kvMark)
	if !ok {
		return nil, ErrNotFound
	}
	kept, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return nil, errors.New("a kept share is damaged")
	}
	return unstamped(kept, s.now())
}

func (s KVStore) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}
