// Package explain has the words: what every construct of IMAP is, in one sentence and in a paragraph, with its RFC and ABNF rule, and one sentence about
// each message with its real arguments.
//
// # Layers
//
// The words are data: text files per language and topic in the folder words, which [Compile] turns into one flat byte string. [Load] reads that string
// in place, so a browser loads the language it shows and no other. Package explain/words embeds the files for programs that run natively.
//
// # Lifetimes
//
// A Table keeps the bytes that it was loaded from and never changes; any number of goroutines may use it. Strings that it returns are owned by the caller.
package explain

import (
	"strings"
	"unicode/utf8"
)

// Topic is a family of ids. Ids are unique within a topic, and compared without regard to ASCII case.
type Topic uint8

// The topics. Each has a file of its own name.
const (
	Kinds        Topic = iota // elements of the grammar, by syntax.Kind.String
	Commands                  // "UID FETCH" has its own entry where it differs from "FETCH"
	Responses                 // untagged data and status responses, "+" included
	Codes                     // response codes
	Items                     // FETCH items, asked for and answered
	StatusItems               // STATUS items
	Keys                      // search keys
	SortKeys                  // sort keys and thread algorithms
	Flags                     // flags, keywords and mailbox attributes
	Capabilities              // "AUTH=" and "RIGHTS=" stand for all that begin so
	Mechanisms                // SASL mechanisms
	Options                   // modifiers, parameters and options of commands: list, search return, select, store, append, metadata, notify, quota resources
	Rights                    // access rights, one letter each
	Errors                    // parser.ErrorCode.ID
	Quirks                    // parser.Quirk.ID
	Diagnostics               // ids of package diagnose
	States                    // session states
	Sides                     // why a side was chosen: transcript.Why
	Repairs                   // why a literal was repaired: transcript.Literal.Reason
	Summaries                 // sentences about messages, and the phrases that they are made of
	Facts                     // labels and sentences of decoded values
	topics                    // their number
)

var topicNames = [topics]string{
	"kinds", "commands", "responses", "codes", "items", "status-items", "keys", "sort-keys", "flags", "capabilities", "mechanisms", "options", "rights",
	"errors", "quirks", "diagnostics", "states", "sides", "repairs", "summaries", "facts",
}

// String is the topic's name, which is its file's name without ".txt".
func (t Topic) String() string {
	if t >= topics {
		return ""
	}
	return topicNames[t]
}

// Topics is the number of topics; they are numbered from 0.
const Topics = int(topics)

// Entry is what there is to say about one id. An empty field has nothing to say.
type Entry struct {
	ID             string
	Short, Long    string // one sentence; a paragraph with the why and the pitfalls. Of diagnostics: title and body
	Client, Server string // what the author of a client, of a server should do
	ABNF           string // the rule, as its RFC writes it
	Refs           string // all references, "RFC 9051 §7.5.2; RFC 3501 §7.4.2"
	RFC, Section   string // the first of Refs: "RFC 9051", "7.5.2"
}

// firstRef splits the first of refs into document and section.
func firstRef(refs string) (rfc, section string) {
	first, _, _ := strings.Cut(refs, ";")
	first, _, _ = strings.Cut(first, ",")
	rfc, section, _ = strings.Cut(strings.TrimSpace(first), "§")
	return strings.TrimSpace(rfc), strings.TrimSpace(section)
}

// Fill appends text to dst, {0}, {1}, … replaced by args. What has no argument stays as it is. Where an argument meets the text, Chinese and Latin are set
// apart by a space, Chinese and quotation marks are not.
func Fill(dst []byte, text string, args ...string) []byte {
	start := len(dst)
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 || i+2 >= len(text) {
			return appendSet(dst, start, text)
		}
		n := int(text[i+1] - '0')
		if text[i+2] != '}' || n > 9 || n >= len(args) {
			dst = append(appendSet(dst, start, text[:i]), '{')
			start, text = len(dst), text[i+1:]
			continue
		}
		dst = appendSet(appendSet(dst, start, text[:i]), start, args[n])
		text = text[i+3:]
	}
}

// appendSet appends s to dst with the space between them that Chinese typography wants: one between a Han character and a Latin letter or digit, none between
// Han characters and quotation marks. Before start nothing is looked at.
func appendSet(dst []byte, start int, s string) []byte {
	if len(dst) == start || s == "" {
		return append(dst, s...)
	}
	last, _ := utf8.DecodeLastRune(dst[start:])
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case han(last) && latin(first), latin(last) && han(first):
		dst = append(dst, ' ')
	case last == ' ' && (first == '“' || han(first)):
		if before, _ := utf8.DecodeLastRune(dst[start : len(dst)-1]); han(before) {
			dst = dst[:len(dst)-1]
		}
	case first == ' ' && (last == '”' || han(last)):
		if after, _ := utf8.DecodeRuneInString(s[size:]); han(after) {
			s = s[size:]
		}
	}
	return append(dst, s...)
}

func han(r rune) bool   { return 0x4E00 <= r && r <= 0x9FFF }
func latin(r rune) bool { return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }
