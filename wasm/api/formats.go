package api

import (
	"slices"

	"github.com/imapwire/imapwire/parser/annotate/jsondoc"
	"github.com/imapwire/imapwire/parser/transcript"
)

// Formats is the log formats as JSON.
func Formats() []byte {
	var w jsondoc.Writer
	w.Open('[')
	for _, id := range transcript.IDs() {
		w.Open('{').Key("id").String(id).Key("name").String(formatName(id)).Close('}')
	}
	return w.Close(']').Buf
}

func knownFormat(id string) bool { return slices.Contains(transcript.IDs(), id) }

// formatName is a format's name for people.
func formatName(id string) string { return id }
