//go:build !js

package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// DirStore keeps shares as files in a directory, which it makes when it is first needed. Files appear whole or not at all, and expired
// ones are removed when they are met and once an hour.
type DirStore struct {
	Dir string
	Now func() time.Time // nil: time.Now
}

const shareSuffix = ".share"

func (d *DirStore) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

// Put writes beside and renames, so that a crash leaves no half share.
func (d *DirStore) Put(_ context.Context, name string, data []byte, ttl time.Duration) error {
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.Dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more after the rename
	_, err = f.Write(stamped(data, d.now().Add(ttl)))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), d.path(name))
}

// Get reads a share that has not expired.
func (d *DirStore) Get(_ context.Context, name string) ([]byte, error) {
	b, err := os.ReadFile(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	data, err := unstamped(b, d.now())
	if errors.Is(err, ErrNotFound) {
		os.Remove(d.path(name))
	}
	return data, err
}

func (d *DirStore) path(name string) string { return filepath.Join(d.Dir, name+shareSuffix) }

// Sweep removes what has expired, and what a crash left half written.
func (d *DirStore) Sweep() error {
	files, err := os.ReadDir(d.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		name, share := strings.CutSuffix(f.Name(), shareSuffix)
		if share {
			if _, e := d.Get(context.Background(), name); e != nil && !errors.Is(e, ErrNotFound) {
				err = errors.Join(err, e)
			}
			continue
		}
		if info, e := f.Info(); e == nil && d.now().Sub(info.ModTime()) > time.Hour {
			err = errors.Join(err, os.Remove(filepath.Join(d.Dir, f.Name())))
		}
	}
	return err
}
