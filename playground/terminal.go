//go:build !js

package main

import (
	"os"
	"strconv"
)

// Columns when nothing tells how many there are, and the fewest that a layout can use.
const (
	defaultWidth = 100
	minWidth     = 40
)

// terminal tells whether f is one that likes colours (https://no-color.org), and how wide it is.
func terminal(f *os.File) (colours bool, width int) {
	width, _ = strconv.Atoi(os.Getenv("COLUMNS"))
	is := isTerminal(f)
	if width == 0 && is {
		width = columns(f)
	}
	if width == 0 {
		width = defaultWidth
	}
	return is && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", max(width, minWidth)
}

// isTerminal tells whether somebody sits at the other end of f. The null device is none, though it is a device of characters too.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
