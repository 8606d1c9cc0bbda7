//go:build !js

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/imapwire/imapwire/playground/site"
)

// timeouts of a server.
type timeouts struct{ header, read, write, idle, shutdown time.Duration }

// patience is long enough for the largest transcript on a slow line, and short enough that nobody holds connections.
var patience = timeouts{header: 10 * time.Second, read: time.Minute, write: 2 * time.Minute, idle: 2 * time.Minute, shutdown: 5 * time.Second}

const (
	sweepEvery = time.Hour
	maxHeader  = 64 << 10
)

func (c *cli) serve(args []string) (int, error) {
	f := c.flags("serve", "", "serves the page and its API on this machine; first it builds what is missing.", "", "-addr 127.0.0.1:0", "-addr :8080 -data /var/lib/imapwire")
	addr := f.String("addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes any that is free")
	rate := f.Int("rate", site.MaxPerMinute, "`posts` per minute and client; 0: no limit. Clients on this machine have none, unless -rate is given")
	logged := f.Bool("log", false, "write a line per request to the error output: what was asked for, never what was posted or by whom")
	data := f.String("data", "", "`directory` for short links (default: one in the user's cache)")
	if _, err := f.parse(args); err != nil {
		return 0, err
	}
	if *data == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		*data = filepath.Join(cache, "imapwire", "shares")
	}
	listener, err := listen(*addr)
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	page, missing, err := c.page()
	if err != nil {
		return 0, err
	}
	store := &site.DirStore{Dir: *data}
	config := site.Config{Assets: page, Missing: missing, Store: store, Version: version(), MaxPerMinute: *rate, LocalPosts: true}
	if *rate <= 0 {
		config.MaxPerMinute = -1
	}
	f.Visit(func(given *flag.Flag) { config.LocalPosts = config.LocalPosts && given.Name != "rate" })
	handler, err := site.New(config)
	if err != nil {
		return 0, err
	}
	if *logged {
		handler = site.Logged(handler, c.err, time.Now)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go sweep(ctx, store)

	fmt.Fprintf(c.out, "imapwire playground: http://%s/\n", shownAddress(listener.Addr()))
	if missing != "" {
		fmt.Fprintf(c.err, "%s\nThe API is served without the page, and \"playground annotate FILE\" works.\n", missing)
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintln(c.out, "Others can reach this address: it speaks plain HTTP, so put a proxy with TLS before it.")
	}
	return exitDone, serve(ctx, listener, handler, patience)
}

// serve answers until ctx ends, then lets those finish that it has begun to answer.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, t timeouts) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: t.header, ReadTimeout: t.read, WriteTimeout: t.write, IdleTimeout: t.idle, MaxHeaderBytes: maxHeader,
		ErrorLog: log.New(io.Discard, "", 0), // it would tell clients' addresses and what they sent
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.Background(), t.shutdown)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return server.Close()
	}
	return nil
}

// listen takes the address, or says what to do about it.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken, perhaps by another playground: stop that, or choose another address with -addr 127.0.0.1:0", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s is not for everybody to listen on: choose a port above 1023 with -addr", addr)
	}
	return l, err
}

// shownAddress is an address that a browser can open.
func shownAddress(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return a.String()
	}
	return net.JoinHostPort("localhost", fmt.Sprint(tcp.Port))
}

// page is the built page: in the binary, or built in the repository that the command is started in. Without either, missing says what to do,
// and the API is served without it.
func (c *cli) page() (page fs.FS, missing string, err error) {
	if embedded != nil {
		return embedded, "", nil
	}
	root, err := repository()
	if err != nil {
		return nil, "This binary has no page in it, and this is not its repository. Clone it and run \"go run ./playground\" there, or take a release.", nil
	}
	b := builder{root: root, log: c.err}
	var lacking toolsMissing
	switch err := b.all(); {
	case errors.As(err, &lacking):
		return nil, "The page could not be built: " + err.Error() + ".", nil
	case err != nil:
		return nil, "", err
	}
	return os.DirFS(b.path("playground", "web", "dist")), "", nil
}

// sweep removes expired shares from time to time.
func sweep(ctx context.Context, store *site.DirStore) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		store.Sweep() // what can't be removed now is met again
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
