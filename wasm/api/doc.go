// Package api is what the WebAssembly module exports, as ordinary Go: documents behind small numbers, questions about them, answers as
// bytes. Bulk answers are columns of little-endian numbers (see [Columns]); small ones are JSON. All positions that leave this package are
// editor positions (see [Positions]). The TypeScript that reads the answers is wasm/src.
package api
