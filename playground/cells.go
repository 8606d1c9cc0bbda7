//go:build !js

package main

import (
	"iter"
	"unicode/utf8"
)

// cells is how many columns of a terminal a text takes: ideographs take two (Unicode Standard Annex 11).
func cells(s string) (n int) {
	for _, r := range s {
		n += width(r)
	}
	return n
}

func width(r rune) int {
	switch {
	case r < 0x1100:
		return 1
	case r <= 0x115F, 0x2E80 <= r && r <= 0xA4CF && r != 0x303F, 0xAC00 <= r && r <= 0xD7A3, 0xF900 <= r && r <= 0xFAFF, 0xFE30 <= r && r <= 0xFE6F,
		0xFF00 <= r && r <= 0xFF60, 0xFFE0 <= r && r <= 0xFFE6, 0x1F300 <= r && r <= 0x1FAFF, 0x20000 <= r && r <= 0x3FFFD:
		return 2
	}
	return 1
}

// fitting is how many octets of s fit into room columns.
func fitting(s string, room int) int {
	for i, r := range s {
		if room -= width(r); room < 0 {
			return i
		}
	}
	return len(s)
}

// breakable walks the pieces of a text between which a line may be broken: words, and ideographs with the punctuation that must not begin a line. It
// tells whether a space stands before the piece.
func breakable(text string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		apart := false
		for text != "" {
			if text[0] == ' ' {
				text, apart = text[1:], true
				continue
			}
			n := piece(text)
			if !yield(text[:n], apart) {
				return
			}
			text, apart = text[n:], false
		}
	}
}

// piece is the length of the first piece of a text that doesn't begin with a space.
func piece(text string) int {
	last, n := utf8.DecodeRuneInString(text)
	for n < len(text) && text[n] != ' ' {
		r, size := utf8.DecodeRuneInString(text[n:])
		if !follows(r) && !opens(last) && (width(last) == 2 || width(r) == 2) {
			break
		}
		last = r
		n += size
	}
	return n
}

// follows tells punctuation that must not begin a line.
func follows(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '）', '》', '”', '’', '…':
		return true
	}
	return false
}

// opens tells punctuation that must not end a line.
func opens(r rune) bool { return r == '（' || r == '《' || r == '“' }
