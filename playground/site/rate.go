package site

import (
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// rate allows every client so many posts per time, the unused ones saved up to a full allowance.
type rate struct {
	mu      sync.Mutex
	burst   float64
	each    time.Duration // until another one is allowed
	buckets map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// maxClients bounds the memory for clients. When it is reached, those that have their full allowance back are forgotten.
const maxClients = 10000

func newRate(n int, per time.Duration) *rate {
	return &rate{burst: float64(n), each: per / time.Duration(n), buckets: map[string]bucket{}}
}

// take takes one from the client's allowance, or says how long to wait for one.
func (r *rate) take(client string, now time.Time) (wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.buckets) >= maxClients {
		full := time.Duration(r.burst) * r.each
		for c, b := range r.buckets {
			if now.Sub(b.at) > full {
				delete(r.buckets, c)
			}
		}
		if len(r.buckets) >= maxClients { // that many at once is an attack: begin anew rather than grow
			clear(r.buckets)
		}
	}
	b, known := r.buckets[client]
	if !known {
		b = bucket{left: r.burst, at: now}
	}
	b.left = min(r.burst, b.left+float64(now.Sub(b.at))/float64(r.each))
	b.at = now
	if b.left < 1 {
		r.buckets[client] = b
		return time.Duration((1 - b.left) * float64(r.each))
	}
	b.left--
	r.buckets[client] = b
	return 0
}

// clientOf is who posts: the connection's address. A header could say anything.
func clientOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// seconds is a duration for Retry-After, rounded up.
func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

// isLocal tells whether a client is on this machine.
func isLocal(client string) bool {
	ip := net.ParseIP(client)
	return ip != nil && ip.IsLoopback()
}
