package site

import (
	"context"
	"sync"
)

// budget is a number of octets that requests share. Who finds too few left waits until others give back.
type budget struct {
	mu    sync.Mutex
	left  int64
	freed chan struct{} // closed when something is given back
}

func newBudget(n int64) *budget { return &budget{left: n, freed: make(chan struct{})} }

// take takes n octets, or gives up when ctx ends. n is at most what newBudget got.
func (b *budget) take(ctx context.Context, n int64) bool {
	for {
		b.mu.Lock()
		if b.left >= n {
			b.left -= n
			b.mu.Unlock()
			return true
		}
		freed := b.freed
		b.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return false
		}
	}
}

// give gives n octets back.
func (b *budget) give(n int64) {
	b.mu.Lock()
	b.left += n
	close(b.freed)
	b.freed = make(chan struct{})
	b.mu.Unlock()
}
