//go:build !js && embed

package main

import (
	"embed"
	"io/fs"
)

//go:embed all:web/dist
var dist embed.FS

// embedded is the built page, for binaries that are used without the repository.
var embedded = func() fs.FS {
	page, err := fs.Sub(dist, "web/dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	return page
}()
