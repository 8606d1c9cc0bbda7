//go:build !js && !embed

package main

import "io/fs"

// embedded is nil: the page is built when it is needed. Release binaries are made with -tags embed.
var embedded fs.FS
