//go:build js && wasm

// Command playground, compiled for Cloudflare Workers: it answers /api and /healthz. The page itself comes from the assets binding, which
// needs no Go. A fresh instance of Go is started for every request, so nothing is done before one.
package main

import (
	"net/http"
	"time"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare/kv"

	"github.com/imapwire/imapwire/playground/site"
)

// shares is the KV binding of wrangler.jsonc.
const shares = "SHARES"

// maxTranscript is less than on a machine of one's own: a Worker has 128 MB.
const maxTranscript = 4 << 20

func main() {
	handler, err := site.New(site.Config{Store: site.KVStore{KV: namespace{}}, MaxTranscript: maxTranscript, Version: "worker"})
	if err != nil {
		panic(err) // only assets can fail, and there are none here
	}
	workers.Serve(http.Handler(handler))
}

// namespace is Workers KV. The binding exists only while a request is answered, so it is looked up each time.
type namespace struct{}

// Put keeps value under key for ttl, which KV wants to be a minute at least.
func (namespace) Put(key, value string, ttl time.Duration) error {
	ns, err := kv.NewNamespace(shares)
	if err != nil {
		return err
	}
	return ns.PutString(key, value, &kv.PutOptions{ExpirationTTL: int(ttl / time.Second)})
}

// Get is what is kept under key.
func (namespace) Get(key string) (string, error) {
	ns, err := kv.NewNamespace(shares)
	if err != nil {
		return "", err
	}
	return ns.GetString(key, nil)
}
